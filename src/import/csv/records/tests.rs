//! Reading of records: lines, quotes, comments and mixed line ends.

use super::*;

const COMMA: Dialect = Dialect { delimiter: b',', quote: b'"', has_escape: false, line_end: b'\n' };

fn read(text: &str) -> Vec<(u32, Found, Vec<String>)> {
    all(Records::new(text, COMMA))
}

fn all(mut records: Records<'_>) -> Vec<(u32, Found, Vec<String>)> {
    let mut all = Vec::new();
    while let Some(found) = records.read().unwrap() {
        let cells = (0..records.width()).map(|at| records.cell(at).to_owned()).collect();
        all.push((records.line(), found, cells));
    }
    all
}

fn cells(line: u32, cells: &[&str]) -> (u32, Found, Vec<String>) {
    (line, Found::Cells, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn records_know_the_line_on_which_they_start() {
    let text = "a,b\r\n\r\n# note\n\"c\nd\",\"e \"\"f\"\"\"\r\ng, h ";
    let expected = vec![
        cells(1, &["a", "b"]),
        (2, Found::Blank, vec![]),
        cells(3, &["# note"]),
        cells(4, &["c\nd", "e \"f\""]),
        cells(6, &["g", "h"]),
    ];
    assert_eq!(read(text), expected);
}

#[test]
fn every_delimiter_is_found_wherever_it_stands() {
    for length in 0..20 {
        let text = format!("{},b,,c", "\u{ac}x".repeat(length));
        let first = "\u{ac}x".repeat(length);
        assert_eq!(read(&text), [cells(1, &[&first, "b", "", "c"])]);
    }
}

fn below(text: &str, header: usize) -> Vec<(u32, Found, Vec<String>)> {
    all(Records::below(text, COMMA, header))
}

#[test]
fn a_quote_that_opens_by_mistake_swallows_no_row() {
    let open = |found: &[(u32, Found, Vec<String>)]| {
        let is_open = |found: &Found| matches!(found, Found::OpenQuote { .. });
        found.iter().filter(|(_, found, _)| is_open(found)).map(|(at, ..)| *at).collect()
    };
    let lines = |text| -> Vec<u32> { open(&below(text, 3)) };
    assert_eq!(lines("k2,\"b,dev\nk3,\"c\",dev\nk4,d,dev\n"), [1]);
    assert_eq!(lines("k2,\"b,dev\nk3,c,dev\nk4,d\",dev\n"), [1], "k3 is a row by itself");
    assert!(lines("k2,\"b,dev\nk3,c\",dev\n").is_empty(), "as wide as the header");
    assert_eq!(lines("k2,\"b,dev\nk3,\"c,dev\nk4,d,dev\n"), [1, 2]);
    assert!(lines("k2,\"b\nc, d\" ,dev\n").is_empty());
    assert!(lines("k2,\"b \"\"c\"\"\n\",dev\r\n").is_empty());
    assert_eq!(below("k1,  \"b, c\", dev\n", 3)[0].2, ["k1", "b, c", "dev"]);
    let stray = "k1,\"b\" c,dev\n";
    let mut records = Records::below(stray, COMMA, 3);
    assert_eq!(records.read(), Ok(Some(Found::Cells)));
    assert!(records.has_stray_quote());
}

#[test]
fn mixed_line_ends_are_split_where_each_part_is_a_row() {
    let rows = |text: &str, header: usize| -> Vec<String> {
        let found = below(text, header);
        found.iter().map(|(line, _, cells)| format!("{line} {}", cells.join("|"))).collect()
    };
    assert_eq!(rows("a,b\rc,d\ne,f\n", 2), ["1 a|b", "1 c|d", "2 e|f"]);
    assert_eq!(rows("a,b\rc,d\r\n\re,f\r\n", 2), ["1 a|b", "1 c|d", "2 e|f"]);
    assert_eq!(rows("a,b\r\rc,d\n", 2), ["1 a|b", "1 ", "1 c|d"]);
    assert_eq!(rows("a\rb\nc\n", 1), ["1 a", "1 b", "2 c"]);
    assert_eq!(rows("a,\"b\rx\"\rc,\"d\"\n", 2), ["1 a|b\rx", "1 c|d"]);
    assert_eq!(rows("a,b\rc,\"d\ny\"\ne,f\n", 2), ["1 a|b", "1 c|d\ny", "3 e|f"]);
    assert_eq!(rows("a,b\rc,d,e\nf,g\n", 2), ["1 a|b\rc|d|e", "2 f|g"]);
    assert_eq!(rows("\"a\rb\",c\nd,e\n", 2), ["1 a\rb|c", "2 d|e"]);
    let other = Dialect { line_end: b'\r', ..COMMA };
    let found = all(Records::below("a,b\nc,d\re,f\r\ng,h\r", other, 2));
    let cells: Vec<String> = found.iter().map(|(.., cells)| cells.join("|")).collect();
    assert_eq!(cells, ["a|b", "c|d", "e|f", "g|h"]);
}

#[test]
fn a_line_with_a_number_sign_is_a_row_if_it_is_as_wide_as_the_header() {
    let found = below("#1,a,b\n# don't, \"quote\n#2,\"a, b\",c\n", 3);
    let kinds: Vec<Found> = found.iter().map(|(_, found, _)| *found).collect();
    assert_eq!(kinds, [Found::Cells, Found::Comment, Found::Cells]);
    assert_eq!(found[2].2, ["#2", "a, b", "c"]);
    assert_eq!(below("# a\n#b\n", 1)[1].1, Found::Comment);
}

#[test]
fn a_quote_that_never_closes_costs_one_line() {
    let found = read("a,b\n\"c,d\ne,f\n");
    assert_eq!(found[1].1, Found::OpenQuote { lines: 2 });
    assert_eq!(found[1].2, ["\"c", "d"]);
    assert_eq!(found[2], cells(3, &["e", "f"]));
}

#[test]
fn a_quote_that_swallows_a_hundred_lines_is_open() {
    let text = format!("\"a,b\n{}x\"\n", "c,d\n".repeat(200));
    let found = read(&text);
    assert_eq!(found[0].1, Found::OpenQuote { lines: 100 });
    assert_eq!(found.len(), 202);
}

#[test]
fn a_last_line_without_an_end_is_whole_even_if_quoted() {
    assert_eq!(read("a,\"b\""), [cells(1, &["a", "b"])]);
}

#[test]
fn a_line_over_16_mebibytes_is_refused_with_its_number() {
    let text = format!("a,b\n{}\n", "x".repeat(LONGEST_LINE + 1));
    let mut records = Records::new(&text, COMMA);
    records.read().unwrap();
    let bytes = LONGEST_LINE as u64 + 1;
    assert_eq!(records.read(), Err(LineTooLong { line: 2, bytes }));
}
