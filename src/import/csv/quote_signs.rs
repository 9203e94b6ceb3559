//! Which sign quotes the cells of a text, and whether another one escapes it: by how cells begin and
//! end, before anything is known of their number.
//!
//! Rows that are one cell short or long say nothing of the quote: if their width chose it, an
//! apostrophe, which quotes nothing in most files, would win wherever a quoted cell holds the
//! delimiter, and would cut that cell in two.

use crate::import::csv::dialect::ESCAPE;

/// How much of a text is looked at, in bytes: hundreds of rows.
const LOOK: usize = 1 << 16;

/// The first line of an export of `KeePass` 1, which escapes in each of its cells, also where the first
/// of them show nothing of it.
const KEEPASS_1: &str = "\"Account\",\"Login Name\",\"Password\",\"Web Site\",\"Comments\"";

/// The quote of a text, and whether there is an escape sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuoteSigns {
    pub(crate) quote: u8,
    pub(crate) has_escape: bool,
}

impl QuoteSigns {
    /// What the start of a text shows, if its cells are separated by `delimiter`. A quote that is
    /// `wanted` is not questioned.
    pub(crate) fn of(text: &str, delimiter: u8, wanted: Option<u8>) -> Self {
        let start = text.as_bytes().get(..LOOK).unwrap_or(text.as_bytes());
        let count = |quote| QuotedCells::count(start, delimiter, quote);
        let (double, single) = (count(b'"'), count(b'\''));
        let is_single = single.whole > double.whole && single.are_quoted(start, b'\'');
        let quote = wanted.unwrap_or(if is_single { b'\'' } else { b'"' });
        let cells = if quote == b'\'' { single } else { double };
        let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
        let is_keepass_1 = quote == b'"' && first.trim_end() == KEEPASS_1;
        Self { quote, has_escape: is_keepass_1 || cells.escaped > cells.doubled }
    }
}

/// What one sign does in the cells of a text.
#[derive(Clone, Copy, Default)]
struct QuotedCells {
    /// Cells that begin and end with it.
    whole: usize,
    /// How many of them hold a delimiter or the end of a line, for which they need it.
    needed: usize,
    /// Where it stands within such a cell behind an escape sign, and ends nothing.
    escaped: usize,
    /// Where it stands there twice.
    doubled: usize,
}

impl QuotedCells {
    fn count(text: &[u8], delimiter: u8, quote: u8) -> Self {
        let mut cells = Self::default();
        let mut starts_cell = true;
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            if byte == quote && starts_cell {
                at = cells.skip_quoted(text, at + 1, (delimiter, quote));
                starts_cell = false;
                continue;
            }
            let is_blank = matches!(byte, b' ' | b'\t') && byte != delimiter;
            starts_cell = ends_cell(byte, delimiter) || (starts_cell && is_blank);
            at += 1;
        }
        cells
    }

    /// Whether these cells are quoted, and are not merely names with quotes around them: a program
    /// quotes the cells that need it, or all, or at least one in each line.
    fn are_quoted(&self, text: &[u8], quote: u8) -> bool {
        let lines = memchr::memchr2_iter(b'\n', b'\r', text).count();
        self.needed > 0 || text.first() == Some(&quote) || self.whole > lines
    }

    /// Reads on behind a quote that opens a cell; returns where the quote is closed, or where the
    /// text ends.
    fn skip_quoted(&mut self, text: &[u8], from: usize, (delimiter, quote): (u8, u8)) -> usize {
        let mut at = from;
        let (mut escaped, mut doubled) = (0, 0);
        while let Some(next) = text.get(at..).and_then(|rest| memchr::memchr(quote, rest)) {
            let place = at + next;
            at = place + 1;
            let signs = text.get(from..place).unwrap_or_default().iter().rev();
            let is_escaped = signs.take_while(|byte| **byte == ESCAPE).count() % 2 == 1;
            let behind = text.get(at..).unwrap_or_default();
            let blanks = behind.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            let closes = |byte: Option<&u8>| byte.is_none_or(|byte| ends_cell(*byte, delimiter));
            if closes(behind.first()) || closes(behind.get(blanks)) {
                self.whole += 1;
                let inner = text.get(from..place).unwrap_or_default();
                self.needed += usize::from(inner.iter().any(|byte| ends_cell(*byte, delimiter)));
                self.escaped += escaped;
                self.doubled += doubled;
                return at;
            }
            if behind.first() == Some(&quote) {
                doubled += 1;
                at += 1;
            } else if is_escaped {
                escaped += 1;
            } else {
                return at;
            }
        }
        text.len()
    }
}

fn ends_cell(byte: u8, delimiter: u8) -> bool {
    byte == delimiter || matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> (char, bool) {
        let QuoteSigns { quote, has_escape } = QuoteSigns::of(text, b',', None);
        (char::from(quote), has_escape)
    }

    #[test]
    fn the_quote_is_the_sign_with_which_cells_begin_and_end() {
        for text in [
            "id,service\n1,O'Neil\n",
            "\"k1\",\"Moor,Falke-12!\",\"ledger\"\n\"k2\",\"x\",\"mail\"\n",
            "id,owner,\"notes,\"link\"\nk1,\"a, b\",'it\nk2,'it,c\n",
            "id,service\n'0012,a\n'0013,b\n",
            "id,service\n'---',a\nk2,b\n",
            "",
        ] {
            assert_eq!(signs(text), ('"', false), "{text}");
        }
        for text in ["'id','service'\n'1','a,b'\n", "id,service\n'1', 'a,b' \n"] {
            assert_eq!(signs(text), ('\'', false), "{text}");
        }
    }

    #[test]
    fn an_escape_sign_shows_in_cells_that_it_keeps_open() {
        assert_eq!(signs("\"a\",\"b\"\n\"x\\\"y\",\"z\"\n"), ('"', true));
        assert_eq!(
            signs(&format!("{KEEPASS_1}\r\n\"a\",\"b\",\"c\\\\d\",\"\",\"\"\r\n")),
            ('"', true)
        );
        for text in [
            "a,b\n\"C:\\\",\"D:\\\"\n",
            "a,b\n\"{\"\"a\"\":\"\"x\\\"\"y\"\"}\",1\n",
            "a,b\n{\"a\":\"x\\\"y\"},1\n",
        ] {
            assert_eq!(signs(text), ('"', false), "{text}");
        }
    }
}
