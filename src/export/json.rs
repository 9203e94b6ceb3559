//! JSON as people may read it too: indented, or an entry a line, and with hidden characters written as
//! their numbers.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::inventory::is_hidden;

/// Writes indented JSON that ends in a line end.
///
/// Control, bidirectional and zero-width characters are escaped: a reader gets them back, and
/// nobody who looks at the file is misled by them.
pub(super) fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    // Known to the compiler, unlike `out`: most writes are of a few bytes.
    let mut buffered = io::BufWriter::with_capacity(1 << 16, out);
    value.serialize(&mut Serializer::with_formatter(
        &mut buffered,
        Visible(PrettyFormatter::new()),
    ))?;
    buffered.write_all(b"\n")?;
    buffered.flush()
}

/// A list whose entries are made one after another while they are written, so that memory does not
/// grow with their number.
pub(super) struct Each<F>(pub(super) F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Adds compact JSON, without a line end; the same characters are escaped.
pub(super) fn write_compact(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Visible(CompactFormatter)))?;
    Ok(())
}

/// Adds compact JSON to bytes.
pub(super) fn add_compact(value: &impl Serialize, bytes: &mut Vec<u8>) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(bytes, Visible(CompactFormatter)))?;
    Ok(())
}

/// Writes hidden characters as their numbers, and leaves the rest to another formatter.
struct Visible<F>(F);

impl<F: Formatter> Formatter for Visible<F> {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
        if fragment.bytes().all(is_plain) || !fragment.chars().any(is_hidden) {
            return out.write_all(fragment.as_bytes());
        }
        for character in fragment.chars() {
            let mut room = [0; 4];
            if !is_hidden(character) {
                out.write_all(character.encode_utf8(&mut room).as_bytes())?;
                continue;
            }
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::write_json;

    #[test]
    fn hidden_characters_are_escaped_and_come_back() {
        let name = "a\u{202e}b\u{200b}\u{7f}\u{e0041}ä\n\"";
        let mut bytes = Vec::new();
        write_json(&[name], &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "[\n  \"a\\u202eb\\u200b\u{7f}\\udb40\\udc41ä\\n\\\"\"\n]\n"
                .replace('\u{7f}', "\\u007f")
        );
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).unwrap(), [name]);
    }
}
