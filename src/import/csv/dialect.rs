//! How a table separates and quotes its cells, and ends its lines.

use crate::import::container::packer;

/// How a file separates and quotes its cells, and ends its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    pub(crate) quote: u8,
    /// Whether [`ESCAPE`] before a quote or another one, within quotes, stands for that sign alone.
    pub(crate) has_escape: bool,
    pub(crate) line_end: u8,
}

/// The only escape sign: that of `KeePass` 1, and of what databases write.
pub(crate) const ESCAPE: u8 = b'\\';

impl Dialect {
    /// The dialect of packed text, which has neither quotes nor comments.
    pub(crate) const PACKED: Self = Self {
        delimiter: packer::CELL as u8,
        quote: packer::QUOTE as u8,
        has_escape: false,
        line_end: packer::ROW as u8,
    };

    /// The byte that ends lines in other tables; none for packed text.
    pub(crate) fn other_end(self) -> Option<u8> {
        match self.line_end {
            b'\n' => Some(b'\r'),
            b'\r' => Some(b'\n'),
            _ => None,
        }
    }
}

/// The delimiters that are known by name, the most common ones first. A user may choose any other
/// character for which [`can_delimit`] holds.
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

/// Whether a character can be chosen as a delimiter: ASCII, and no letter, digit, quote, or end of
/// a line.
pub(crate) fn can_delimit(sign: char) -> bool {
    sign.is_ascii() && !sign.is_ascii_alphanumeric() && !"\"'\r\n\0".contains(sign)
}

/// The name of a delimiter, or the character itself.
pub fn delimiter_name(sign: char) -> String {
    let known = DELIMITERS.iter().find(|(own, _)| *own == sign);
    known.map_or_else(|| format!("“{}”", sign.escape_default()), |(_, name)| (*name).to_owned())
}
