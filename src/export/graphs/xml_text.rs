//! Names in XML: what has a meaning there is escaped, hidden characters stand as references, so that a
//! reader sees them and a parser gets them back, and what XML cannot hold stands as `\u{…}`.

use std::borrow::Cow;

use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;
use quick_xml::name::QName;

use crate::inventory::is_hidden;

/// A text as it stands in XML, within an element or an attribute.
pub(in crate::export) fn xml_text(text: &str) -> Cow<'_, str> {
    let is_plain = |letter: char| {
        let has_meaning = matches!(letter, '<' | '>' | '&' | '"' | '\'');
        !has_meaning && !is_hidden(letter) && can_stand_in_xml(letter)
    };
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            other if !can_stand_in_xml(other) => out.extend(other.escape_unicode()),
            other if is_hidden(other) => out.extend([format!("&#x{:X};", u32::from(other))]),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// Whether XML 1.0 has a way to write a character.
fn can_stand_in_xml(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// An element with attributes, whose values are any texts.
pub(in crate::export) fn element<'a>(
    name: &'a str,
    attributes: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute(Attribute { key: QName(key), value: xml_text(value) });
    }
    element
}

#[cfg(test)]
mod tests {
    use super::xml_text;

    #[test]
    fn marks_are_escaped_and_hidden_characters_stand_as_references() {
        assert_eq!(xml_text("<a b=\"c\">&'"), "&lt;a b=&quot;c&quot;&gt;&amp;&apos;");
        assert_eq!(xml_text("a\u{202e}b\tc\nd"), "a&#x202E;b&#x9;c&#xA;d");
        assert_eq!(xml_text("\u{1}"), "\\u{1}");
        assert_eq!(xml_text("no\u{ffff}char"), "no\\u{ffff}char");
        assert_eq!(xml_text("Zahlung – ä 😀"), "Zahlung – ä 😀");
    }
}
