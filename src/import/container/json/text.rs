//! The parts of a JSON text: the members of an object as they are written, and the text of a string.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

/// A member of an object: its name, and its value as it is written.
pub(crate) type Member<'a> = (Cow<'a, str>, &'a str);

/// The members of an object in their order, their values as they are written.
pub(crate) struct Members<'a>(pub(crate) Vec<Member<'a>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    members.push((name.0, value.get()));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

/// A member's name, borrowed where it holds no escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Letters;
        impl<'de> Visitor<'de> for Letters {
            type Value = Name<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Letters)
    }
}

pub(crate) fn owned(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

/// The text of a JSON string. It is decoded here, because the parser's own buffers are not wiped.
pub(crate) fn unquoted(raw: &str) -> Zeroizing<String> {
    let inside = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')).unwrap_or(raw);
    if !inside.contains('\\') {
        return owned(inside);
    }
    // An escape is never shorter than the character that it stands for.
    let mut text = Zeroizing::new(String::with_capacity(inside.len()));
    let mut rest = inside;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        text.push_str(plain);
        let (letter, after) = escape(escaped);
        text.push(letter);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The character that an escape stands for, and what follows it.
fn escape(escaped: &str) -> (char, &str) {
    let after = escaped.get(1..).unwrap_or_default();
    match escaped.as_bytes().first() {
        Some(b'n') => ('\n', after),
        Some(b't') => ('\t', after),
        Some(b'r') => ('\r', after),
        Some(b'b') => ('\u{8}', after),
        Some(b'f') => ('\u{c}', after),
        Some(b'u') => unit(after),
        Some(plain) => (char::from(*plain), after),
        None => (char::REPLACEMENT_CHARACTER, after),
    }
}

fn unit(digits: &str) -> (char, &str) {
    let read = |text: &str| text.get(..4).and_then(|four| u32::from_str_radix(four, 16).ok());
    let high = read(digits).unwrap_or(0xfffd);
    let after = digits.get(4..).unwrap_or_default();
    let low = after.strip_prefix("\\u").filter(|_| (0xd800..0xdc00).contains(&high)).and_then(read);
    if let Some(low) = low.filter(|low| (0xdc00..0xe000).contains(low)) {
        let letter = char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00));
        let after = after.get(6..).unwrap_or_default();
        return (letter.unwrap_or(char::REPLACEMENT_CHARACTER), after);
    }
    (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read() {
        assert_eq!(*unquoted(r#""a\n\u00e4\ud83d\ude00\/\"\\""#), "a\nä😀/\"\\");
        assert_eq!(*unquoted(r#""\ud83dx""#), "\u{fffd}x");
    }
}
