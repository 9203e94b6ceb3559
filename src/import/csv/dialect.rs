//! How tables may be parted: what stands between their cells, quotes them, and ends their lines.

use crate::import::container::Sheet;
use crate::import::csv::records::Dialect;
use crate::import::schema::overrides::ReadOverrides;

/// The delimiters that are known by name, the usual ones first. Any other sign can be said.
pub const DELIMITERS: [(char, &str); 13] = [
    (',', "comma"),
    (';', "semicolon"),
    ('\t', "tab"),
    ('|', "pipe"),
    ('^', "caret"),
    ('~', "tilde"),
    ('\u{1}', "control A, as Hive writes"),
    ('\u{1f}', "unit separator"),
    (':', "colon"),
    (' ', "space"),
    ('!', "exclamation mark"),
    ('*', "asterisk"),
    ('/', "slash"),
];
/// Those of them that are tried on every table.
const USUAL: usize = 4;
/// Those of them that are tried at all. The rest stand in prose and in names too often.
const TRIED: usize = 8;

/// What can be said to part cells: an ASCII sign that is no letter, digit, quote, or end of a line.
pub(crate) fn can_part(sign: char) -> bool {
    sign.is_ascii() && !sign.is_ascii_alphanumeric() && !"\"'\r\n\0".contains(sign)
}

/// The name of a delimiter, or the sign itself.
pub fn delimiter_name(sign: char) -> String {
    let known = DELIMITERS.iter().find(|(own, _)| *own == sign);
    known.map_or_else(|| format!("“{}”", sign.escape_default()), |(_, name)| (*name).to_owned())
}

/// The usual ways of parting cells that nobody spoke against; just what was said, if it was.
pub(crate) fn usual(sheet: &Sheet<'_>, said: &ReadOverrides) -> Vec<Dialect> {
    match (sheet.dialect, said.delimiter.or_else(|| named(sheet.text.as_str()))) {
        (Some(known), _) => vec![known],
        (None, Some(sign)) => by(sheet, &[sign], said),
        (None, None) => by(sheet, &signs(0, USUAL), said),
    }
}

/// The ways that are tried where the usual ones show nothing.
pub(crate) fn seldom(sheet: &Sheet<'_>, said: &ReadOverrides) -> Vec<Dialect> {
    if sheet.dialect.is_some() || said.delimiter.is_some() {
        return Vec::new();
    }
    by(sheet, &signs(USUAL, TRIED), said)
}

/// The ways by a delimiter that a mapping names, unless something else was said of this very file.
pub(crate) fn by_sign(sheet: &Sheet<'_>, sign: char, said: &ReadOverrides) -> Vec<Dialect> {
    match (sheet.dialect, said.delimiter) {
        (Some(known), _) => vec![known],
        (None, Some(own)) if own != sign => Vec::new(),
        (None, _) => by(sheet, &[sign], said),
    }
}

fn signs(from: usize, to: usize) -> Vec<char> {
    DELIMITERS.iter().take(to).skip(from).map(|(sign, _)| *sign).collect()
}

fn by(sheet: &Sheet<'_>, signs: &[char], said: &ReadOverrides) -> Vec<Dialect> {
    let line_end = line_end(sheet.text.as_str());
    let quotes = [b'"', b'\''].into_iter();
    let quotes = quotes.filter(|own| said.quote.is_none_or(|quote| quote == char::from(*own)));
    let all = quotes.flat_map(|quote| signs.iter().map(move |sign| (quote, *sign)));
    let known = all.filter_map(|(quote, sign)| Some((quote, u8::try_from(sign).ok()?)));
    known.map(|(quote, delimiter)| Dialect { delimiter, quote, line_end }).collect()
}

/// Lines end in CR where it stands alone more often than LF stands at all, both counted between
/// quoted cells, which may hold either; where quotes swallow every end of a line, everywhere.
pub(crate) fn line_end(text: &str) -> u8 {
    const LOOK: usize = 1 << 18;
    let start = text.as_bytes().get(..LOOK).unwrap_or(text.as_bytes());
    let (mut in_quotes, mut between, mut all) = (false, Ends::default(), Ends::default());
    for at in memchr::memchr3_iter(b'"', b'\n', b'\r', start) {
        let end = match (start.get(at), start.get(at + 1)) {
            (Some(b'"'), _) => {
                in_quotes = !in_quotes;
                continue;
            }
            (Some(b'\r'), Some(b'\n')) => continue,
            (Some(b'\r'), _) => Ends { feeds: 0, alone: 1 },
            _ => Ends { feeds: 1, alone: 0 },
        };
        all = all.and(end);
        if !in_quotes {
            between = between.and(end);
        }
    }
    let counted = if between == Ends::default() { all } else { between };
    if counted.alone > counted.feeds { b'\r' } else { b'\n' }
}

/// How many lines end in LF, and in a CR alone.
#[derive(Clone, Copy, Default, PartialEq)]
struct Ends {
    feeds: usize,
    alone: usize,
}

impl Ends {
    fn and(self, other: Self) -> Self {
        Self { feeds: self.feeds + other.feeds, alone: self.alone + other.alone }
    }
}

/// The delimiter that a first line `sep=;` names.
fn named(text: &str) -> Option<char> {
    let rest = text.lines().next()?.trim_start_matches([' ', '\u{feff}']).strip_prefix("sep=")?;
    let mut signs = rest.trim_end_matches(['\r', '\n']).chars();
    signs.next().filter(|sign| signs.next().is_none() && can_part(*sign))
}
