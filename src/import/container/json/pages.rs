//! What the pages of an answer say of themselves: errors, and further pages that the file lacks.

use crate::import::container::json::lists::names_next_page;
use crate::import::container::json::scan::Scan;
use crate::import::container::json::text::{Member, Members};

/// How many pages with an error are reported one by one.
const MOST: usize = 100;
/// Members in which a page reports an error. The text of one is never shown.
#[rustfmt::skip]
const ERRORS: [&str; 9] = [
    "error", "errors", "error_code", "errorcode", "error_message", "errormessage", "errorsummary",
    "error_description", "partialerrors",
];
/// What the pages of a file say.
#[derive(Default)]
pub(crate) struct Pages {
    /// Where pages begin that report an error.
    errors: Vec<usize>,
    /// Where the last page begins, if it names another one.
    next: Option<usize>,
}

impl Pages {
    /// Takes in a page.
    pub(crate) fn add(&mut self, page: &Members<'_>, at: usize) {
        if reports_error(page) && self.errors.len() < MOST {
            self.errors.push(at);
        }
        self.next = names_next(page).then_some(at);
    }

    /// What the file lacks, with the lines.
    pub(crate) fn lacking(&self, scan: Scan<'_>) -> Vec<(u32, &'static str)> {
        let (mut counted, mut line) = (0, 1);
        let mut line_of = |at: usize| {
            let between = scan.text.as_bytes().get(counted..at).unwrap_or_default();
            line += memchr::memchr_iter(b'\n', between).count() as u32;
            counted = counted.max(at);
            line
        };
        let errors = self.errors.iter().map(|at| {
            let why = "this page reports an error, so that the list is probably not complete; \
                       export it again";
            (*at, why)
        });
        let next = self.next.map(|at| {
            let why = "this page names a next one that the file does not have, so that the list is \
                       not complete; export all pages";
            (at, why)
        });
        errors.chain(next).map(|(at, why)| (line_of(at), why)).collect()
    }
}

/// Whether an object reports an error.
pub(crate) fn reports_error(page: &Members<'_>) -> bool {
    page.0.iter().any(|(name, value)| is_one_of(name, &ERRORS) && says_something(value))
}

fn names_next(page: &Members<'_>) -> bool {
    let is_next = |(name, value): &Member<'_>| {
        names_next_page(name) && value.starts_with('"') && says_something(value)
    };
    let is_more = |(name, value): &Member<'_>| {
        is_one_of(name, &["has_more", "hasmore", "istruncated"]) && *value == "true"
    };
    page.0.iter().any(|member| is_next(member) || is_more(member))
}

fn is_one_of(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(name))
}

fn says_something(value: &str) -> bool {
    let plain: String = value.chars().filter(|sign| !sign.is_whitespace()).take(6).collect();
    !matches!(plain.as_str(), "null" | "false" | "0" | "\"\"" | "[]" | "{}" | "[null]")
}
