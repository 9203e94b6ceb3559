use super::*;

fn rows(text: &str) -> (Vec<Vec<String>>, Vec<u32>, Vec<u32>) {
    let JsonFile::Rows { rows: read, .. } =
        read(text, |_| false, WantedParts::OPEN, &Progress::default())
    else {
        panic!("{text} is JSON");
    };
    let rows = read.packed.text.trim_end_matches('\u{1e}').split('\u{1e}');
    let rows = rows.map(|row| row.split('\u{1f}').map(str::to_owned).collect()).collect();
    (rows, read.packed.lines, read.broken.iter().map(|broken| broken.line).collect())
}

#[test]
fn arrays_lines_and_arrays_within_objects_are_rows() {
    let expected = [["id", "env"], ["a", "1"], ["b", ""]];
    for (text, lines) in [
        ("[{\"id\":\"a\",\"env\":1},\n{\"id\":\"b\",\"env\":null}]", [1, 1, 2]),
        ("{\"id\":\"a\",\"env\":1}\n{\"id\":\"b\"}\n", [1, 1, 2]),
        ("{\"n\":2,\n\"items\":[\n{\"id\":\"a\",\"env\":1},{\"id\":\"b\"}]}", [1, 3, 3]),
    ] {
        let (rows, found, broken) = rows(text);
        assert_eq!(rows, expected, "{text}");
        assert_eq!((found.as_slice(), broken.len()), (&lines[..], 0), "{text}");
    }
}

#[test]
fn objects_and_lists_within_become_columns() {
    let (rows, ..) = rows(
        r#"[{"login":{"user":"u","uris":[{"uri":"x"},{"uri":"y","m":1}]},"t":["a","b"],"o":["a"]}]"#,
    );
    assert_eq!(rows[0], ["login.user", "login.uris.uri", "login.uris.m", "t", "o"]);
    assert_eq!(rows[1], ["u", r#"["x","y"]"#, "[null,1]", r#"["a","b"]"#, "a"]);
}

#[test]
fn what_breaks_is_reported_with_its_line_and_the_rest_is_kept() {
    let (kept, _, broken) = rows("{\"id\":1}\n{\"id\":\n7\n{\"id\":2}\n");
    assert_eq!(kept.len(), 3, "{kept:?}");
    assert_eq!(broken, [2, 3]);
    let (kept, _, broken) = rows("[{\"id\":1},\n5,\n{\"id\":2},\n{\"id\":");
    assert_eq!(kept.len(), 3);
    assert_eq!(broken, [2, 4]);
}

#[test]
fn text_in_braces_is_not_json() {
    for text in ["{name},service\n", "see the file\n\n{\"id\":1}\nand what it says\n"] {
        let read = read(text, |_| false, WantedParts::OPEN, &Progress::default());
        assert!(matches!(read, JsonFile::NotJson), "{text}");
    }
}

#[test]
fn documents_in_a_row_are_all_read() {
    let expected = [["id", "env"], ["a", "1"], ["b", "2"]];
    for text in [
        r#"[{"id":"a","env":1}][{"id":"b","env":2}]"#,
        r#"{"items":[{"id":"a","env":1}]}{"items":[{"id":"b","env":2}]}"#,
        "[{\"id\":\"a\",\"env\":1}]\n\n{\"id\":\"b\",\"env\":2}",
        "\u{1e}{\"id\":\"a\",\"env\":1}\n\u{1e}{\"id\":\"b\",\"env\":2}\n",
    ] {
        let (rows, _, broken) = rows(text);
        assert_eq!(rows, expected, "{text}");
        assert!(broken.is_empty(), "{text}");
    }
}

#[test]
fn text_around_entries_is_reported_with_its_line() {
    let text = "Export of 2026-11-01\n\n{\"id\":\"a\",\"env\":1}\nWARN slow answer\n\
                {\"id\":\"b\",\"env\":2}\nDone.\n";
    let (rows, lines, broken) = rows(text);
    assert_eq!(rows.len(), 3);
    assert_eq!(lines, [1, 3, 5]);
    assert_eq!(broken, [1, 4, 6]);
}

#[test]
fn reading_stops_within_a_few_megabytes_once_it_is_cancelled() {
    let purpose = "signs in ".repeat(50);
    let entry =
        format!(r#"{{"id":"a","service":"web","environment":"dev","purpose":"{purpose}"}}"#);
    let entries = vec![entry.as_str(); 20_000];
    for text in [
        format!("[{}]", entries.join(",")),
        entries.join("\n"),
        format!(r#"{{"items":[{}]}}"#, entries.join(",")),
    ] {
        let stop = Progress::default();
        stop.cancel();
        let JsonFile::Rows { rows: read, .. } = read(&text, |_| false, WantedParts::OPEN, &stop)
        else {
            panic!("it is JSON");
        };
        assert!(read.packed.lines.len() < entries.len() / 2, "{}", read.packed.lines.len());
    }
}
