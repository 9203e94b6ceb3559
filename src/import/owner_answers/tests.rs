//! Lists that came back, good and bad.

use super::*;
use jiff::civil::date;

const HEADER: &str = "owner,kind,id,environment,name,type,used_in,last_rotated,expires,\
                      still_needed,rotated_on,expires_on\n";

fn read(rows: &str) -> OwnerAnswers {
    read_owner_answers(format!("{HEADER}{rows}").as_bytes(), "list.csv").unwrap()
}

fn refused(rows: &str) -> Vec<(u32, String, String)> {
    let refused = read(rows).refused.into_iter();
    refused.map(|one| (one.line, one.column, one.message)).collect()
}

#[test]
fn answers_are_read_with_their_lines_and_open_questions_are_counted() {
    let read = read(
        "ann,credential,k1,,,,,,,yes,2026-03-01,\n\nann,credential,k2,,,,,,,,,\n\
         ann,service,web,dev,,,,,,Nein,,\n",
    );
    let of = |line, thing, needed, rotated| OwnerAnswer {
        line,
        thing,
        needed: Some(needed),
        rotated,
        expires: None,
    };
    let web = AnsweredThing::Service("web".to_owned(), "dev".to_owned());
    let k1 = AnsweredThing::Credential("k1".to_owned());
    let expected = [of(2, k1, true, Some(date(2026, 3, 1))), of(5, web, false, None)];
    assert_eq!((read.owner.as_str(), read.answers.as_slice()), ("ann", &expected[..]));
    assert_eq!((read.unanswered, read.refused.len()), (2, 0));
}

#[test]
fn a_list_that_a_spreadsheet_saved_with_other_signs_is_the_same_list() {
    let plain = format!("{HEADER}ann,credential,'=k;1,,,,,,,no,01/12/2026,13/12/2026\n");
    let quoted = plain.replace("'=k;1", "\"'=k;1\"");
    let expected = read_owner_answers(plain.as_bytes(), "list.csv").unwrap();
    assert_eq!(expected.answers[0].rotated, Some(date(2026, 12, 1)), "the other shows the order");
    assert_eq!(expected.answers[0].thing, AnsweredThing::Credential("=k;1".to_owned()));
    for (from, to) in [(",", ";"), (",", "\t"), ("\n", "\r\n"), ("owner", "\u{feff}owner")] {
        let other = quoted.replace(from, to);
        assert_eq!(read_owner_answers(other.as_bytes(), "list.csv").unwrap(), expected, "{to:?}");
    }
}

#[test]
fn what_cannot_be_taken_says_where_what_and_what_to_do() {
    for (row, column, expected) in [
        ("ann,credential,k1,,,,,,,perhaps,,", "still_needed", "found “perhaps”; write yes or no"),
        ("ann,credential,k1,,,,,,,,soon,", "rotated_on", "write it as 2026-03-01"),
        ("ann,credential,k1,,,,,,,,30/02/2026,", "rotated_on", "there is no such day"),
        ("ann,credential,k1,,,,,,,,01/02/2026,", "rotated_on", "the day or the month first"),
        ("ann,credential,k1,,,,,,,,,9999-12-31", "expires_on", "leave the cell blank"),
        ("ann,key,k1,,,,,,,yes,,", "kind", "found “key”; write credential or service"),
        (",credential,k1,,,,,,,yes,,", "owner", "names no owner"),
        ("ann,credential,,,,,,,,yes,,", "id", "names nothing"),
        ("ann,service,web,dev,,,,,,,2026-03-01,", "rotated_on", "a service has no such date"),
        ("ann,credential,k1,yes", "", "the row has 4 cells and the header 12"),
        ("ann,credential,k1,,,,,,,yes,,,", "", "the row has 13 cells and the header 12"),
        ("ann,credential,k1,,,,,,,yes,,\"", "", "a quotation mark opens here"),
        ("ann,credential,k1,,,,,,,hunter2-long-9,,", "still_needed", "found this word"),
    ] {
        let all = refused(&format!("{row}\n"));
        let [(line, at, message)] = all.as_slice() else { panic!("{row}: {all:?}") };
        assert_eq!((*line, at.as_str()), (2, column), "{row}");
        assert!(message.contains(expected), "{row}: {message}");
    }
    let two = refused("ann,credential,k1,,,,,,,yes,,\nbob,credential,k2,,,,,,,yes,,\n");
    assert!(two[0].2.contains("the row is of bob, and the list that of ann"), "{two:?}");
}

#[test]
fn what_is_no_list_is_refused_as_a_whole() {
    let error = |text: &str| read_owner_answers(text.as_bytes(), "x.csv").unwrap_err().to_string();
    assert!(error("id,service\nk1,web\n").contains("no column “owner”"));
    assert!(error(&HEADER.replace("still_needed", "needed")).contains("no column “still_needed”"));
    assert!(error(" \n").contains("the file is empty"));
    assert!(read_owner_answers(b"PK\x03\x04 and more", "x.xlsx").is_err());
}

#[test]
fn every_beginning_of_a_list_is_read_without_a_panic() {
    let text = format!("{HEADER}ann,credential,\"k\n1\",,,,,,,yes,2026-03-01,\né,\"");
    for end in 0..=text.len() {
        drop(read_owner_answers(&text.as_bytes()[..end], "x.csv"));
    }
}
