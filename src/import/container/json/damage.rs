//! Where a JSON text is damaged, and what stands there: named by its kind, never by its characters.

use crate::import::container::json::scan::Scan;

/// How many bytes are walked between two looks at the progress: a few milliseconds.
const STEP: usize = 1 << 20;
/// Lists and objects within each other beyond this depth are damaged or meant to harm.
const MOST_DEPTH: usize = 128;

/// A place where a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    pub(crate) at: usize,
    /// What is wrong there, and what to do.
    pub(crate) what: &'static str,
}

/// What may stand next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    /// A value, or the end of a list that has none.
    ValueOrEnd,
    /// A value behind a comma.
    Element,
    Name,
    /// A name, or the end of an object that has none.
    NameOrEnd,
    Colon,
    /// A comma, or the end of the list or object.
    CommaOrEnd,
}

/// The first place from `at` on where the value that starts there is damaged; `None` if it is whole,
/// or somebody asked to stop. Costs the bytes up to there.
pub(crate) fn find(scan: Scan<'_>, at: usize) -> Option<Damage> {
    let bytes = scan.text.as_bytes();
    let (mut open, mut next, mut place, mut polled) = (Vec::new(), Next::Value, at, at);
    loop {
        if place - polled > STEP {
            polled = place;
            if scan.progress.is_cancelled() {
                return None;
            }
        }
        while bytes.get(place).is_some_and(|byte| b" \t\r\n".contains(byte)) {
            place += 1;
        }
        let found = |what| Some(Damage { at: place, what });
        let Some(&byte) = bytes.get(place) else {
            return found("the file ends in the middle of this entry; export it again");
        };
        match (next, byte) {
            (Next::Value | Next::ValueOrEnd | Next::Element, b'{' | b'[') => {
                if open.len() >= MOST_DEPTH {
                    return found("lists and objects stand too deep within each other here");
                }
                open.push(byte);
                next = if byte == b'{' { Next::NameOrEnd } else { Next::ValueOrEnd };
                place += 1;
            }
            (Next::Value | Next::ValueOrEnd | Next::Element, b'"') => {
                match string_end(bytes, place) {
                    Ok(end) => (place, next) = (end, Next::CommaOrEnd),
                    Err(damage) => return Some(damage),
                }
            }
            (Next::Name | Next::NameOrEnd, b'"') => match string_end(bytes, place) {
                Ok(end) => (place, next) = (end, Next::Colon),
                Err(damage) => return Some(damage),
            },
            (Next::Colon, b':') => (place, next) = (place + 1, Next::Value),
            (Next::CommaOrEnd, b',') => {
                next = if open.last() == Some(&b'{') { Next::Name } else { Next::Element };
                place += 1;
            }
            (Next::CommaOrEnd | Next::NameOrEnd, b'}') if open.last() == Some(&b'{') => {
                open.pop();
                (place, next) = (place + 1, Next::CommaOrEnd);
            }
            (Next::CommaOrEnd | Next::ValueOrEnd, b']') if open.last() == Some(&b'[') => {
                open.pop();
                (place, next) = (place + 1, Next::CommaOrEnd);
            }
            (Next::Value | Next::ValueOrEnd | Next::Element, _) => match plain_end(bytes, place) {
                Some(end) => (place, next) = (end, Next::CommaOrEnd),
                None => return found(what_stands_there(bytes, place, next)),
            },
            _ => return found(what_stands_there(bytes, place, next)),
        }
        if open.is_empty() && next == Next::CommaOrEnd {
            return None;
        }
    }
}

/// Where a string ends.
fn string_end(bytes: &[u8], at: usize) -> Result<usize, Damage> {
    let mut place = at + 1;
    loop {
        let what = match bytes.get(place) {
            None => {
                "a text that starts here never ends; write the missing quote, or export it again"
            }
            Some(b'"') => return Ok(place + 1),
            Some(b'\\') => match bytes.get(place + 1) {
                Some(b'u') => {
                    let digits = bytes.get(place + 2..place + 6).unwrap_or_default();
                    if digits.len() == 4 && digits.iter().all(u8::is_ascii_hexdigit) {
                        place += 6;
                        continue;
                    }
                    "this is no escape that JSON knows; a backslash is written twice"
                }
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                    place += 2;
                    continue;
                }
                _ => "this is no escape that JSON knows; a backslash is written twice",
            },
            Some(0..0x20) => {
                "a text breaks off at the end of its line, or holds a control character; write \
                 line breaks as \\n"
            }
            Some(_) => {
                place += 1;
                continue;
            }
        };
        let at = if place >= bytes.len() { at } else { place };
        return Err(Damage { at, what });
    }
}

/// Where a number or one of JSON's three words ends.
fn plain_end(bytes: &[u8], at: usize) -> Option<usize> {
    let is_end = |byte: &u8| b",]}: \t\r\n".contains(byte);
    let rest = bytes.get(at..)?;
    let length = rest.iter().position(is_end).unwrap_or(rest.len());
    let word = std::str::from_utf8(rest.get(..length)?).ok()?;
    let is_known = matches!(word, "true" | "false" | "null");
    let is_number = || {
        word.starts_with(|sign: char| sign == '-' || sign.is_ascii_digit())
            && serde_json::from_str::<serde_json::Number>(word).is_ok()
    };
    (is_known || is_number()).then_some(at + length)
}

/// What stands where something else must, in words without a character of it.
fn what_stands_there(bytes: &[u8], at: usize, next: Next) -> &'static str {
    let starts = |word: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(word));
    let is_value = matches!(next, Next::Value | Next::ValueOrEnd | Next::Element);
    match bytes.get(at) {
        _ if starts(b"NaN") || starts(b"Infinity") || starts(b"-Infinity") => {
            "NaN and Infinity are no JSON; write null in their place"
        }
        Some(b'\'' | b'`') => "JSON has double quotes only; replace the single ones",
        _ if starts(b"//") || starts(b"/*") || starts(b"#") => {
            "JSON has no comments; remove this one"
        }
        Some(b'}' | b']') if matches!(next, Next::Element | Next::Name) => {
            "a comma stands before the closing bracket; remove it"
        }
        Some(b'}' | b']') if next == Next::CommaOrEnd => {
            "this bracket closes what was opened by the other kind; export it again"
        }
        _ if starts(b"True") || starts(b"False") || starts(b"None") || starts(b"undefined") => {
            "this is a word of another language; write true, false or null"
        }
        Some(_) if next == Next::CommaOrEnd => {
            "a comma or a closing bracket is missing before this"
        }
        Some(_) if next == Next::Colon => "a colon is missing behind the name before this",
        Some(_) if is_value => "a value is missing here, or its quotes are",
        _ => "a name in double quotes is missing here",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Progress;

    #[test]
    fn the_first_damage_is_found_where_it_is() {
        let progress = Progress::default();
        for (text, place, word) in [
            (r#"{"a":1,"b":[true,null,-2.5e3],"c":{}} x"#, None, ""),
            (r#"{"a":"x\u00e4\"","b":[]}"#, None, ""),
            (r#"{"a":NaN}"#, Some(5), "NaN"),
            (r#"{"a":-Infinity}"#, Some(5), "Infinity"),
            ("{'a':1}", Some(1), "double quotes"),
            (r#"{"a":1,}"#, Some(7), "comma stands before"),
            (r#"{"a":[1,]}"#, Some(8), "comma stands before"),
            (r#"{"a":1 "b":2}"#, Some(7), "comma or a closing"),
            (r#"{"a" 1}"#, Some(5), "colon"),
            (r#"{"a":1"#, Some(6), "file ends"),
            (r#"{"a":"x"#, Some(5), "never ends"),
            ("{\"a\":\"x\ny\"}", Some(7), "control character"),
            (r#"{"a":"x\-y"}"#, Some(7), "escape"),
            (r#"{"a":1// x"#, Some(5), "missing"),
            (r#"{"a":1, // x"#, Some(8), "comments"),
            (r#"{"a":[1}"#, Some(7), "other kind"),
            (r#"{"a":None}"#, Some(5), "another language"),
            (r#"{"a":01}"#, Some(5), "value is missing"),
            ("{a:1}", Some(1), "a name"),
            (r#"{"a":}"#, Some(5), "value is missing"),
        ] {
            let found = find(Scan { text, progress: &progress }, 0);
            assert_eq!(found.map(|damage| damage.at), place, "{text}");
            assert!(found.is_none_or(|damage| damage.what.contains(word)), "{text} {found:?}");
        }
    }
}
