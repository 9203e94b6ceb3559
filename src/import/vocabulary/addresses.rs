//! Web addresses and connection strings: the server that they lead to.

/// The server that a web address or a connection string leads to; any other text unchanged. Of the
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
        return path;
    }
    server
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
