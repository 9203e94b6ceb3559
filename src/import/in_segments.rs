//! Whether a large file can be read segment by segment, and the start of it, by which it is known how
//! it is written.
//!
//! So is read what is certainly one table of UTF-8 text whose lines end in LF. All else is read whole:
//! archives, workbooks and JSON, other encodings (which only the whole shows), other line ends. The
//! outcome is that of the whole file.

use std::sync::Arc;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use zeroize::Zeroizing;

use crate::import::csv::dialect_candidates::{LOOK, line_end};
use crate::import::further::{Further, ReadAt, SegmentSizes, Unread};
use crate::import::input::FileBytes;
use crate::inventory::Progress;

/// How many lines the start must have at least: a sample of 200 records, each of up to 100 lines.
const LINES: usize = 20_000;
/// How many of the first lines must not look like JSON: it is searched in the first hundred.
const NOT_JSON: usize = 200;
/// How many bytes are checked at a time.
const STEP: usize = 4 << 20;

/// A file that is read in segments; `None` where it must be read whole. Reads all of it once, to see
/// whether it is UTF-8.
///
/// # Errors
/// In words for people where the bytes cannot be read.
pub fn in_segments(
    name: impl Into<String>,
    source: Arc<dyn ReadAt>,
    sizes: SegmentSizes,
) -> Result<Option<FileBytes>, String> {
    let further = Further::new(source, sizes.segment);
    let read = || {
        let start = start(&further, sizes.start)?;
        let fits = is_delimited(&start) && is_utf8(&further)?;
        Ok(fits.then_some(start))
    };
    match read() {
        Err(Unread::Failed(why)) => Err(why),
        // Nobody can ask this to stop.
        Err(Unread::Cancelled) | Ok(None) => Ok(None),
        Ok(Some(mut start)) => Ok(Some(FileBytes {
            further: Some(further),
            ..FileBytes::new(name, std::mem::take(&mut *start))
        })),
    }
}

/// Whole lines from the start of a file: all that detection looks at.
fn start(further: &Further, least: usize) -> Result<Zeroizing<Vec<u8>>, Unread> {
    let mut start = Zeroizing::new(Vec::new());
    let mut more = least.max(LOOK);
    loop {
        further.read_on(start.len() as u64, more, &mut start, &Progress::default())?;
        if start.len() as u64 == further.length() {
            return Ok(start);
        }
        let is_row = |line: &&[u8]| {
            let first = line.iter().find(|byte| !byte.is_ascii_whitespace());
            first.is_some_and(|byte| !b"#;!/".contains(byte))
        };
        let cut = memchr::memrchr(b'\n', &start).map_or(0, |end| end + 1);
        let lines = start.get(..cut).unwrap_or_default().split(|byte| *byte == b'\n');
        if lines.filter(is_row).take(LINES).count() == LINES {
            start.truncate(cut);
            return Ok(start);
        }
        more = start.len();
    }
}

/// Whether a file starts as text with delimiters does that ends its lines in LF.
fn is_delimited(start: &[u8]) -> bool {
    let sample = start.get(..8192).unwrap_or(start);
    let Ok(whole) = std::str::from_utf8(start) else { return false };
    let whole = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let text = whole.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
    let lines = text.split(['\n', '\r']).map(str::trim_start).filter(|line| !line.is_empty());
    !sample.contains(&0)
        && !text.starts_with("PK")
        && !text.starts_with('<')
        && !lines.take(NOT_JSON).any(|line| line.starts_with(['{', '[']))
        && line_end(whole) == b'\n'
        && whole.contains('\n')
}

/// Whether all bytes of a file together are UTF-8. Pieces are looked at side by side.
fn is_utf8(further: &Further) -> Result<bool, Unread> {
    let pieces = further.length().div_ceil(STEP as u64);
    let room = || Zeroizing::new(Vec::new());
    let ends = (0..pieces).into_par_iter().map_init(room, |buffer, piece| {
        buffer.clear();
        further.read_on(piece * STEP as u64, STEP, buffer, &Progress::default())?;
        Ok(cut_ends(buffer))
    });
    let Some(ends) = ends.collect::<Result<Option<Vec<CutEnds>>, Unread>>()? else {
        return Ok(false);
    };
    let mut cut = Vec::new();
    for CutEnds { start, end } in ends {
        cut.extend(start);
        if std::str::from_utf8(&cut).is_err() {
            return Ok(false);
        }
        cut = end;
    }
    Ok(cut.is_empty())
}

/// What a piece of a text has of a character that began before it, and of one that ends behind it.
struct CutEnds {
    start: Vec<u8>,
    end: Vec<u8>,
}

/// `None` where the bytes between are no UTF-8.
fn cut_ends(piece: &[u8]) -> Option<CutEnds> {
    let is_further = |byte: &&u8| **byte & 0b1100_0000 == 0b1000_0000;
    let (start, rest) =
        piece.split_at_checked(piece.iter().take(3).take_while(is_further).count())?;
    let valid = match std::str::from_utf8(rest) {
        Ok(_) => rest.len(),
        // A character may be cut at the end.
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => return None,
    };
    Some(CutEnds { start: start.to_vec(), end: rest.get(valid..)?.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_utf8_wherever_its_characters_are_cut() {
        let is_utf8 = |bytes: Vec<u8>| is_utf8(&Further::new(Arc::new(bytes), 1)).unwrap();
        for letter in ["x", "ü", "€", "🔑"] {
            for before in 0..5 {
                // The last of them lies across the end of a piece, or right behind it.
                let mut text = "x".repeat(STEP - before).into_bytes();
                text.extend(letter.as_bytes());
                assert!(is_utf8(text.clone()), "{letter} {before}");
                text.push(b'x');
                assert!(is_utf8(text.clone()), "{letter} {before}");
                let end = STEP - before + letter.len();
                for wrong in (STEP - before)..end {
                    let mut other = text.clone();
                    other[wrong] = 0xff;
                    assert!(!is_utf8(other), "{letter} {before} {wrong}");
                    if letter.len() > 1 {
                        let mut other = text.clone();
                        other.remove(wrong);
                        assert!(!is_utf8(other), "{letter} {before} {wrong}");
                    }
                }
            }
        }
        assert!(!is_utf8(vec![0x80]) && !is_utf8(vec![0xe2, 0x82]) && is_utf8(Vec::new()));
    }
}
