//! Bytes into text: which encoding, and whether it is text at all.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use zeroize::Zeroizing;

use crate::import::error::ImportError;
use crate::inventory::Progress;

/// The text of a file: borrowed where the bytes are UTF-8, else a copy that is wiped when dropped.
pub(crate) enum Text<'a> {
    Borrowed(&'a str),
    Decoded(Zeroizing<String>),
}

impl Text<'_> {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Decoded(text) => text,
        }
    }
}

/// How places of a text correspond to bytes of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// The same number of bytes, after a byte-order mark of this length.
    Same(u64),
    /// Two for each unit of UTF-16, after a byte-order mark of this length.
    Utf16(u64),
    /// One for each character.
    Single,
    /// Not known.
    Unknown,
}

impl Counted {
    /// How a text is counted whose encoding people call so.
    pub(crate) fn of(encoding: &str) -> Self {
        let mark = encoding.contains("byte-order mark");
        match encoding {
            "UTF-8" => Self::Same(0),
            "Windows-1252" => Self::Single,
            _ if encoding.starts_with("UTF-16") => Self::Utf16(if mark { 2 } else { 0 }),
            _ if mark => Self::Same(3),
            _ => Self::Unknown,
        }
    }
}

/// Turns places of a text into places of its file, going forwards.
pub(crate) struct Offsets {
    counted: Counted,
    at: usize,
    bytes: u64,
}

impl Offsets {
    pub(crate) fn new(counted: Counted) -> Self {
        Self { counted, at: 0, bytes: 0 }
    }

    /// The byte of the file for a place of the text; places must be asked for in order.
    pub(crate) fn at(&mut self, text: &str, place: usize) -> Option<u64> {
        let between = text.get(self.at..place).unwrap_or_default();
        let (before, bytes) = match self.counted {
            Counted::Unknown => return None,
            Counted::Same(mark) => return Some(mark + place as u64),
            Counted::Utf16(mark) => {
                (mark, between.chars().map(|letter| 2 * letter.len_utf16() as u64).sum::<u64>())
            }
            Counted::Single => (0, between.chars().count() as u64),
        };
        self.bytes += bytes;
        self.at = self.at.max(place);
        Some(before + self.bytes)
    }
}

/// Decodes the bytes of `file` and names the encoding for people.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    file: &str,
    progress: &Progress,
) -> Result<(Text<'a>, &'static str), ImportError> {
    if let Some(looks_like) = magic(bytes) {
        return Err(ImportError::NotText { file: file.to_owned(), looks_like });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return by_mark(rest, encoding, progress);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Ok((decoded(bytes, encoding, progress)?, utf16_name(encoding, false)));
    }
    if looks_binary(bytes) {
        return Err(ImportError::NotText { file: file.to_owned(), looks_like: "binary data" });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Text::Borrowed(text), "UTF-8")),
        Err(_) if mostly_utf8(bytes) => {
            Ok((decoded(bytes, UTF_8, progress)?, "UTF-8 with damaged bytes"))
        }
        Err(_) => Ok((decoded(bytes, WINDOWS_1252, progress)?, "Windows-1252")),
    }
}

/// Whether an encoding is known by this name.
pub(crate) fn is_encoding(name: &str) -> bool {
    Encoding::for_label(name.as_bytes()).is_some()
}

/// Decodes the bytes in the encoding that the user chose, and returns its usual name.
pub(crate) fn decode_as<'a>(
    bytes: &'a [u8],
    file: &str,
    encoding: &str,
    progress: &Progress,
) -> Result<(Text<'a>, &'static str), ImportError> {
    let Some(encoding) = Encoding::for_label(encoding.as_bytes()) else {
        return decode(bytes, file, progress);
    };
    if let Some(looks_like) = magic(bytes) {
        return Err(ImportError::NotText { file: file.to_owned(), looks_like });
    }
    let mark = Encoding::for_bom(bytes).filter(|(marked, _)| *marked == encoding);
    let rest = bytes.get(mark.map_or(0, |(_, mark)| mark)..).unwrap_or_default();
    if mark.is_some() || encoding == UTF_8 {
        let (text, name) = by_mark(rest, encoding, progress)?;
        return Ok((text, if mark.is_some() { name } else { plain_name(name) }));
    }
    let name = match encoding {
        _ if encoding == UTF_16LE || encoding == UTF_16BE => utf16_name(encoding, false),
        _ if encoding == WINDOWS_1252 => "Windows-1252",
        other => other.name(),
    };
    Ok((decoded(rest, encoding, progress)?, name))
}

/// The name of UTF-8 where no mark was seen.
fn plain_name(name: &'static str) -> &'static str {
    if name.contains("byte-order mark") { "UTF-8" } else { name }
}

fn by_mark<'a>(
    rest: &'a [u8],
    encoding: &'static Encoding,
    progress: &Progress,
) -> Result<(Text<'a>, &'static str), ImportError> {
    if encoding != UTF_8 {
        return Ok((decoded(rest, encoding, progress)?, utf16_name(encoding, true)));
    }
    Ok(match std::str::from_utf8(rest) {
        Ok(text) => (Text::Borrowed(text), "UTF-8 with a byte-order mark"),
        Err(_) => (decoded(rest, UTF_8, progress)?, "UTF-8 with damaged bytes"),
    })
}

fn utf16_name(encoding: &'static Encoding, marked: bool) -> &'static str {
    match (encoding == UTF_16LE, marked) {
        (true, true) => "UTF-16 little endian with a byte-order mark",
        (true, false) => "UTF-16 little endian",
        (false, true) => "UTF-16 big endian with a byte-order mark",
        (false, false) => "UTF-16 big endian",
    }
}

/// How many bytes are decoded between two looks at the progress: a few milliseconds.
const STEP: usize = 1 << 20;

/// The buffer is made large enough beforehand, so that growing leaves no unwiped copy behind.
///
/// # Errors
/// Where somebody asked to stop.
fn decoded(
    bytes: &[u8],
    encoding: &'static Encoding,
    progress: &Progress,
) -> Result<Text<'static>, ImportError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3);
    let mut text = Zeroizing::new(String::with_capacity(room));
    let mut rest = bytes;
    loop {
        if progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        let piece = rest.get(..STEP).unwrap_or(rest);
        let is_last = piece.len() == rest.len();
        let (result, read, _) = decoder.decode_to_string(piece, &mut text, is_last);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            encoding_rs::CoderResult::InputEmpty if is_last => return Ok(Text::Decoded(text)),
            encoding_rs::CoderResult::InputEmpty => {}
            encoding_rs::CoderResult::OutputFull => {
                let mut wider = Zeroizing::new(String::with_capacity(text.capacity() * 2));
                wider.push_str(&text);
                text = wider;
            }
        }
    }
}

/// How files begin that are no text, and what they are.
const MAGIC: [(&[u8], &str); 8] = [
    (b"\x1f\x8b", "a gzip archive within another"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"(\xb5\x2f\xfd", "a zstd archive"),
];

fn magic(bytes: &[u8]) -> Option<&'static str> {
    MAGIC.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, what)| *what)
}

/// The bytes by which a file is judged: about as many as git looks at for the same question.
fn sample(bytes: &[u8]) -> &[u8] {
    bytes.get(..bytes.len().min(8192)).unwrap_or_default()
}

/// Western text in UTF-16 has a zero in every other byte: in three of five at least, because names may
/// have other letters too, and in one of twenty at most of the bytes between.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = sample(bytes).as_chunks::<2>();
    let (mut first, mut second) = (0, 0);
    for &[one, two] in pairs {
        first += usize::from(one == 0);
        second += usize::from(two == 0);
    }
    let (many, few) = (pairs.len() * 3 / 5, pairs.len() / 20);
    match pairs.len() >= 4 {
        true if second > many && first <= few => Some(UTF_16LE),
        true if first > many && second <= few => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether more than one byte in twenty is a control character. A few in a text are damaged names;
/// two of them are delimiters and do not count.
fn looks_binary(bytes: &[u8]) -> bool {
    let sample = sample(bytes);
    let is_control =
        |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c | 1 | 0x1f);
    let controls = sample.iter().filter(is_control).count();
    controls > 8 && controls * 20 > sample.len()
}

/// Whether there are more whole multi-byte characters than damaged ones.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut damaged) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    whole > damaged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let (text, name) = decode(bytes, "f", &Progress::default()).unwrap();
        (text.as_str().to_owned(), name)
    }

    #[test]
    fn encodings_are_recognised_with_and_without_a_mark() {
        assert_eq!(read("id,ä\n".as_bytes()), ("id,ä\n".to_owned(), "UTF-8"));
        assert_eq!(read(b"\xef\xbb\xbfid").0, "id");
        assert_eq!(read(b"\xff\xfei\0d\0").0, "id");
        assert_eq!(read(b"\xfe\xff\0i\0d").0, "id");
        assert_eq!(read(b"i\0d\0,\0x\0\n\0").0, "id,x\n");
        assert_eq!(read(b"\0i\0d\0,\0x\0\n").0, "id,x\n");
        assert_eq!(read(b"id,M\xfcller\n"), ("id,Müller\n".to_owned(), "Windows-1252"));
        assert_eq!(read("ä,ö,\u{fffd}".as_bytes()).1, "UTF-8");
        assert_eq!(read(b"\xc3\xa4,\xc3\xb6,\xff\n").1, "UTF-8 with damaged bytes");
    }

    #[test]
    fn binary_files_are_named_by_their_first_bytes() {
        let error = |bytes: &[u8]| {
            let read = decode(bytes, "f", &Progress::default()).map(|_| ());
            read.unwrap_err().to_string()
        };
        assert!(error(b"\x1f\x8brest").contains("gzip"));
        let junk: Vec<u8> = (0..200_u8).map(|byte| byte.wrapping_mul(7) % 32).collect();
        assert!(error(&junk).contains("binary"));
    }

    #[test]
    fn a_stray_nul_is_still_text() {
        assert_eq!(read(b"id,service\nab\0c,x\n").0, "id,service\nab\0c,x\n");
    }

    #[test]
    fn decoding_stops_when_it_is_cancelled() {
        let stop = Progress::default();
        stop.cancel();
        let ended = decode(b"\xff\xfea\0", "f", &stop).map(|_| ()).unwrap_err();
        assert_eq!(ended, ImportError::Cancelled);
    }
}
