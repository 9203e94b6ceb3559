//! The dialects in which a table may be written, to be tried one after another.

use crate::import::container::RawTable;
use crate::import::csv::dialect::{DELIMITERS, Dialect, can_delimit};
use crate::import::csv::quote_signs::QuoteSigns;

/// How many of [`DELIMITERS`] are tried on every table: those that exports write by default.
const COMMON: usize = 4;
/// How many of them are tried at all. The rest appear too often in prose and in names: with the
/// colon, a YAML file would be read as a table.
const TRIED: usize = 8;

/// What the user decided about a file's dialect; what is left open is detected.
#[derive(Clone, Copy, Default)]
pub(crate) struct DialectOverrides {
    pub(crate) delimiter: Option<char>,
    pub(crate) quote: Option<char>,
    /// Whether there is an escape sign.
    pub(crate) has_escape: Option<bool>,
}

/// The common dialects that the overrides allow; only those with the given delimiter, if the
/// overrides or a first line `sep=;` give one.
pub(crate) fn common_dialects(raw: &RawTable<'_>, overrides: DialectOverrides) -> Vec<Dialect> {
    if raw.is_packed() {
        return vec![Dialect::PACKED];
    }
    match overrides.delimiter.or_else(|| declared_delimiter(raw.text.as_str())) {
        Some(sign) => dialects(raw, &[sign], overrides),
        None => dialects(raw, &delimiters(0, COMMON), overrides),
    }
}

/// The dialects that are tried where no common one shows a header.
pub(crate) fn rare_dialects(raw: &RawTable<'_>, overrides: DialectOverrides) -> Vec<Dialect> {
    if raw.is_packed() || overrides.delimiter.is_some() {
        return Vec::new();
    }
    dialects(raw, &delimiters(COMMON, TRIED), overrides)
}

/// The dialects with the delimiter that a mapping names; none if the overrides of this very file
/// name another one.
pub(crate) fn dialects_with(
    raw: &RawTable<'_>,
    sign: char,
    overrides: DialectOverrides,
) -> Vec<Dialect> {
    if raw.is_packed() {
        return vec![Dialect::PACKED];
    }
    match overrides.delimiter {
        Some(own) if own != sign => Vec::new(),
        _ => dialects(raw, &[sign], overrides),
    }
}

/// The dialect that is assumed where nothing shows which one it is.
pub(crate) fn fallback_dialect(raw: &RawTable<'_>) -> Dialect {
    let line_end = line_end(raw.text.as_str());
    Dialect { delimiter: b',', quote: b'"', has_escape: false, line_end }
}

fn delimiters(from: usize, to: usize) -> Vec<char> {
    DELIMITERS.iter().take(to).skip(from).map(|(sign, _)| *sign).collect()
}

/// One dialect for each delimiter: its quote and its escape sign are what the cells show, unless the
/// overrides name them.
fn dialects(raw: &RawTable<'_>, signs: &[char], overrides: DialectOverrides) -> Vec<Dialect> {
    let text = raw.text.as_str();
    let line_end = line_end(text);
    let wanted = overrides.quote.and_then(|quote| u8::try_from(quote).ok());
    let dialect = |delimiter: u8| {
        let found = QuoteSigns::of(text, delimiter, wanted);
        let has_escape = overrides.has_escape.unwrap_or(found.has_escape);
        Dialect { delimiter, quote: found.quote, has_escape, line_end }
    };
    signs.iter().filter_map(|sign| Some(dialect(u8::try_from(*sign).ok()?))).collect()
}

/// How many bytes of a text are looked at: thousands of lines, enough for a majority, whatever the size
/// of the file. Nothing else that shows the dialect is looked at beyond it.
pub(crate) const LOOK: usize = 1 << 18;

/// The byte that ends lines: CR where it stands alone more often than LF appears at all.
///
/// Both are counted outside of quoted cells, which may hold either; where quotes enclose every end
/// of a line, they are counted everywhere. Where both counts differ in what they say, a quote may well be
/// left open, and the first line end outside of quotes decides.
pub(crate) fn line_end(text: &str) -> u8 {
    let start = text.as_bytes().get(..LOOK).unwrap_or(text.as_bytes());
    let (mut in_quotes, mut outside, mut all) = (false, Ends::default(), Ends::default());
    let mut first = Ends::default();
    for at in memchr::memchr3_iter(b'"', b'\n', b'\r', start) {
        let end = match (start.get(at), start.get(at + 1)) {
            (Some(b'"'), _) => {
                in_quotes = !in_quotes;
                continue;
            }
            (Some(b'\r'), Some(b'\n')) => continue,
            (Some(b'\r'), _) => Ends { feeds: 0, lone_returns: 1 },
            _ => Ends { feeds: 1, lone_returns: 0 },
        };
        all = all.plus(end);
        if !in_quotes {
            first = if outside == Ends::default() { end } else { first };
            outside = outside.plus(end);
        }
    }
    let counted = if outside == Ends::default() {
        all
    } else if outside.are_returns() == all.are_returns() {
        outside
    } else {
        first
    };
    if counted.are_returns() { b'\r' } else { b'\n' }
}

/// How many lines end in LF, and in a CR alone.
#[derive(Clone, Copy, Default, PartialEq)]
struct Ends {
    feeds: usize,
    lone_returns: usize,
}

impl Ends {
    fn are_returns(self) -> bool {
        self.lone_returns > self.feeds
    }

    fn plus(self, other: Self) -> Self {
        Self {
            feeds: self.feeds + other.feeds,
            lone_returns: self.lone_returns + other.lone_returns,
        }
    }
}

/// The delimiter that a first line `sep=;` declares.
fn declared_delimiter(text: &str) -> Option<char> {
    let rest = text.lines().next()?.trim_start_matches([' ', '\u{feff}']).strip_prefix("sep=")?;
    let mut signs = rest.trim_end_matches(['\r', '\n']).chars();
    signs.next().filter(|sign| signs.next().is_none() && can_delimit(*sign))
}
