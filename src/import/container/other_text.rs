//! Texts that are no tables: settings, documents, keys and scripts. Their lines may hold secrets
//! anywhere, so nothing of them is read or shown.

/// How many lines are looked at: settings look alike from the first to the last.
const LOOK: usize = 200;
/// How many of ten lines must have the form of settings: values over several lines leave some without.
const LEAST: usize = 8;

/// What a text is that is certainly no table, for people. Costs the first lines.
pub(crate) fn kind(text: &str) -> Option<&'static str> {
    let start = text.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
    if is_document(start) {
        return Some("an XML or HTML document");
    }
    if start.starts_with("#!") {
        return Some("a script");
    }
    let is_key = [
        "-----BEGIN ",
        "---- BEGIN ",
        "PuTTY-User-Key-File",
        "ssh-rsa ",
        "ssh-ed25519 ",
        "ecdsa-sha2-",
    ];
    if is_key.iter().any(|key| start.starts_with(key)) {
        return Some("a key, a certificate or a list of these");
    }
    let is_comment = |line: &&str| line.starts_with(['#', ';', '!']) || line.starts_with("//");
    let lines = || {
        let lines = start.split(['\n', '\r']).map(str::trim_end);
        lines.filter(|line| !line.trim().is_empty() && !is_comment(&line.trim())).take(LOOK)
    };
    let first = lines().next()?;
    let most = |is_one: &dyn Fn(&str) -> bool| {
        let (all, ones) =
            lines().fold((0, 0), |(all, ones), line| (all + 1, ones + usize::from(is_one(line))));
        is_one(first) && ones * 10 >= all * LEAST
    };
    let is_section = |line: &str| line.starts_with('[') && line.trim_end().ends_with(']');
    if most(&|line| is_section(line) || is_assignment(line)) {
        let has_sections = lines().any(is_section);
        return Some(if has_sections {
            "an INI or TOML file"
        } else {
            "a list of NAME=value lines"
        });
    }
    if most(&is_of_yaml) {
        return Some("a YAML file, or another list of “name: value” lines");
    }
    most(&|line| line.trim_start().starts_with("machine ") || line.starts_with([' ', '\t']))
        .then_some("a .netrc file")
}

/// Whether a text begins as XML or HTML does, and ends with a tag.
fn is_document(start: &str) -> bool {
    let Some(rest) = start.strip_prefix('<') else { return false };
    rest.starts_with("?xml")
        || rest.starts_with("!DOCTYPE")
        || rest.starts_with("!--")
        || (rest.starts_with(|sign: char| sign.is_ascii_alphabetic())
            && start.trim_end().ends_with('>')
            && (start.contains("</") || start.contains("/>")))
}

/// `NAME=value`, `name = value`, `export NAME=value`.
fn is_assignment(line: &str) -> bool {
    const BEFORE: [&str; 7] =
        ["export ", "set ", "setx ", "ENV ", "declare -x ", "local ", "$env:"];
    let line = line.trim_start();
    let line = BEFORE.iter().find_map(|word| line.strip_prefix(word)).unwrap_or(line);
    let Some((name, value)) = line.split_once('=') else { return false };
    // `==` compares, and what stands before a lone sign is empty.
    !value.starts_with('=') && is_name(name.trim().trim_matches('"'))
}

/// `name:`, `name: value`, `- item`, `---`, and what is indented below.
fn is_of_yaml(line: &str) -> bool {
    let inner = line.trim_start();
    let item = inner == "-" || inner.starts_with("- ");
    if item || inner == "---" || inner == "..." || inner.starts_with("%YAML") {
        return true;
    }
    if inner.len() < line.len() && !inner.contains([',', ';']) {
        return true;
    }
    let Some((name, value)) = inner.split_once(':') else { return false };
    let is_value = value.is_empty() || value.starts_with([' ', '\t']);
    is_value && is_name(name.trim().trim_matches(['"', '\'']))
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 80
        && name.chars().all(|letter| letter.is_alphanumeric() || "_.-/ ".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_documents_keys_and_scripts_are_no_tables() {
        for (text, what) in [
            ("DB_HOST=db\nDB_PASSWORD=harbour-otter-password\nLOG=debug\n", "NAME=value"),
            ("# local\n\nexport TOKEN='x'\nexport USER=ops\n", "NAME=value"),
            ("DB_PASSWORD=harbour-otter-password", "NAME=value"),
            ("db.user = ops\r\ndb.password = x\r\n", "NAME=value"),
            ("[keyring]\ndisplay-name=Login\n\n[1]\nsecret=x\n", "INI"),
            ("apiVersion: v1\ndata:\n  POSTGRES_PASSWORD: x\n  certificate: |\n    abc\n", "YAML"),
            ("---\n- name: db\n  password: x\n", "YAML"),
            ("password: x\n", "YAML"),
            ("<?xml version=\"1.0\"?>\n<pwlist><pwentry/></pwlist>", "XML"),
            ("\u{feff}<pwlist>\n<password>x</password>\n</pwlist>\n", "XML"),
            ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n", "key"),
            ("#!/bin/sh\ncurl -u ops:x https://h\n", "script"),
            ("machine h login u password x\nmachine i login u password y\n", "netrc"),
        ] {
            assert!(kind(text).is_some_and(|kind| kind.contains(what)), "{text}: {:?}", kind(text));
        }
    }

    #[test]
    fn tables_are_none_of_these() {
        for text in [
            "",
            "id,service\nk1,web\n",
            "Report: Credentials\nDate: 2026-01-01\n\nid,service\nk1,web\n",
            "name,service\nServer=db;Pwd=x,web\nServer=db;Pwd=y,web\n",
            "# id,service\nk1,web\n",
            "<id>,service\nk1,web\n",
            "service\na\nb\n",
            "k1;web=1;dev\nk2;web;dev\n",
            "id\tservice\nk1\tkey: value\n",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
