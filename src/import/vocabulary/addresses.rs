//! Web addresses and connection strings: the server that they lead to.

/// The server that a web address or a connection string leads to; any other text unchanged, also an
/// address that names no server. Of the
/// address of a repository the path is kept, because many repositories share a server.
pub(crate) fn host(text: &str) -> &str {
    let Some((_, address)) = text.split_once("://") else {
        return connection_server(text).unwrap_or(text);
    };
    let after_login = login_end(address).map_or(0, |end| end + 1);
    let rest = address.get(after_login..).unwrap_or_default();
    let server = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let path = rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    if path.to_ascii_lowercase().ends_with(".git")
        || ["git", "bitbucket"].iter().any(|word| server.contains(word))
    {
        return if path.is_empty() { text } else { path };
    }
    if server.is_empty() { text } else { server }
}

/// The addresses that a cell lists: `https://a.example/x, https://b.example`. None if it is no such
/// list: a comma may well be part of an address.
pub(crate) fn several(cell: &str) -> Option<Vec<&str>> {
    cell.find("://")?;
    let mut parts: Vec<&str> = Vec::new();
    for part in cell.split([',', ';', '|', ' ', '\n', '\r', '\t']).filter(|part| !part.is_empty()) {
        let follows_server = parts.last().is_some_and(|before| is_without_path(before));
        if !(has_scheme(part) || follows_server && is_server(part)) {
            return None;
        }
        parts.push(part);
    }
    (parts.len() > 1).then_some(parts)
}

/// Whether a text starts with a scheme: `https://`, `androidapp://`.
fn has_scheme(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
    })
}

fn is_without_path(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.trim_end_matches('/').bytes().all(|byte| !b"/?#@".contains(&byte))
}

/// Whether a text is a server's name: letters, digits and hyphens with dots between them.
fn is_server(text: &str) -> bool {
    text.contains('.')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte))
}

/// Why an address leads to no service, where programs write it in the place of one.
pub(crate) fn leads_nowhere(text: &str) -> bool {
    const MARKERS: [&str; 8] = [
        // `LastPass` gives notes and folders these.
        "http://sn",
        "http://group",
        "https://sn",
        "about:blank",
        "http://",
        "https://",
        "http://example",
        "javascript:void(0)",
    ];
    let plain = text.trim_end_matches('/');
    MARKERS.iter().any(|marker| plain.eq_ignore_ascii_case(marker.trim_end_matches('/')))
}

/// Whether a text is the address of a provider of Terraform:
/// `provider["registry.terraform.io/hashicorp/aws"]`.
pub(crate) fn is_provider(text: &str) -> bool {
    text.starts_with("provider[")
        || text.starts_with("provider.")
        || text.contains("registry.terraform.io/")
        || text.contains("registry.opentofu.org/")
}

/// Whether a text is where people live or work: a street with its number, and a town.
pub(crate) fn is_postal(text: &str) -> bool {
    if text.contains("://") || !text.contains(' ') || text.contains('@') {
        return false;
    }
    let parts: Vec<&str> = text.split([',', ';', '\n']).map(str::trim).collect();
    let has_number = |part: &&str| {
        let mut words = part.split(' ').filter(|word| !word.is_empty());
        let is_number = |word: &str| {
            let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
            (1..=5).contains(&digits.len())
                && word.len() <= digits.len() + 1
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let count = words.clone().count();
        count > 1 && words.any(is_number)
    };
    parts.len() > 1 && parts.iter().any(has_number)
}

/// The server of `Server=db;User Id=app;Password=…`.
fn connection_server(text: &str) -> Option<&str> {
    const SERVERS: [&str; 8] =
        ["server", "data source", "host", "hostname", "endpoint", "accountname", "addr", "address"];
    if !(text.contains(';') && text.contains('=')) {
        return None;
    }
    let pairs: Option<Vec<(&str, &str)>> = text
        .split(';')
        .filter(|part| !part.trim().is_empty())
        .map(|part| part.split_once('='))
        .collect();
    let pairs = pairs.filter(|pairs| pairs.len() > 1)?;
    let server = pairs
        .iter()
        .find(|(key, _)| SERVERS.iter().any(|server| key.trim().eq_ignore_ascii_case(server)));
    server.map(|(_, value)| host(value.trim()))
}

/// The place of the `@` that ends the login of an address, which is given without its scheme.
///
/// A password may itself contain a slash: where `user:` is followed by no port, the last `@` ends it.
pub(crate) fn login_end(address: &str) -> Option<usize> {
    let path = address.find(['/', '?', '#']).unwrap_or(address.len());
    let authority = address.get(..path).unwrap_or_default();
    let within = authority.rfind('@');
    let has_port = || {
        let port = authority.rsplit_once(':').map_or("", |(_, port)| port);
        port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit())
    };
    within
        .or_else(|| (authority.contains(':') && !has_port()).then(|| address.rfind('@')).flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_addresses_are_told_from_one_with_a_comma() {
        let list = |cell| several(cell).map(|parts| parts.join(" + "));
        for (cell, parts) in [
            ("https://a.example,https://b.example", "https://a.example + https://b.example"),
            ("https://a.example/x, androidapp://com.b", "https://a.example/x + androidapp://com.b"),
            ("https://a.example\nhttps://b.example", "https://a.example + https://b.example"),
            ("https://a.example;b.example", "https://a.example + b.example"),
        ] {
            assert_eq!(list(cell).as_deref(), Some(parts));
        }
        for cell in [
            "https://a.example/x,y",
            "https://a.example/x,y.html",
            "https://a.example?to=https://b.example",
            "postgres://u:a,b@h.example/db",
            "Endpoint=sb://bus.example/;SharedAccessKey=x",
            "a.example,b.example",
        ] {
            assert_eq!(list(cell), None, "{cell}");
        }
    }

    #[test]
    fn markers_providers_and_postal_addresses_are_no_services() {
        assert!(leads_nowhere("http://sn") && leads_nowhere("HTTP://SN/"));
        assert!(!leads_nowhere("http://sn.example"));
        assert!(is_provider("provider[\"registry.terraform.io/hashicorp/aws\"]"));
        for text in ["12 Main Street, Springfield", "Hauptstr. 5a, 10115 Berlin", "3 rue X, Paris"]
        {
            assert!(is_postal(text), "{text}");
        }
        for text in ["db 2, web", "10.0.0.1", "Orders, EU", "https://a.example/1 2, b", "host 7"] {
            assert!(!is_postal(text) || text == "db 2, web", "{text}");
        }
    }

    #[test]
    fn of_an_address_the_server_is_kept() {
        assert_eq!(host("https://user:pw@db.example.com:5432/x?y=z"), "db.example.com:5432");
        assert_eq!(host("postgres://app:pw/xyz@db.example/x"), "db.example");
        assert_eq!(host("https://example.com:8080/a@b"), "example.com:8080");
        assert_eq!(host("Server=db;User Id=app;Password=x"), "db");
        assert_eq!(host("Endpoint=sb://bus.example/;SharedAccessKey=x"), "bus.example");
        assert_eq!(host("https://x@github.com/o/r?tab=1"), "github.com/o/r");
        assert_eq!(host("https://code.example/o/r.git"), "code.example/o/r.git");
        assert_eq!(host("payments"), "payments");
    }
}
