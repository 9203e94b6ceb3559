//! Passwords behind the name of an account, where nothing else stands in the text: `admin / X`,
//! `login root X`, `sa:X@db1`.

use std::ops::Range;

use crate::import::secrets::secret_shapes::{is_mixed, is_place};
use crate::import::secrets::words_of_secrets::Word;

/// Names of accounts that every system has.
#[rustfmt::skip]
const ACCOUNTS: [&str; 24] = [
    "admin", "administrator", "adm", "root", "sa", "sysadmin", "sysdba", "sys", "system", "dba", "postgres",
    "oracle", "mysql", "mssql", "scott", "ubuntu", "ec2-user", "pi", "guest", "gast", "user", "usr",
    "superuser", "hauptbenutzer",
];
/// Words before the name of an account.
#[rustfmt::skip]
const LOGINS: [&str; 22] = [
    "login", "logon", "log", "in", "user", "username", "account", "acct", "zugang", "anmeldung", "benutzer",
    "konto", "accès", "compte", "utilisateur", "acceso", "usuario", "cuenta", "accesso", "utente",
    "toegang", "acesso",
];

/// The password of a text that says an account and a password, and nothing else.
pub(crate) fn behind_accounts(text: &str) -> Option<Range<usize>> {
    let separates = |sign: char| sign.is_whitespace() || "/|:,;–→".contains(sign);
    let parts = text.split(separates).filter(|part| !part.is_empty() && *part != "-");
    let mut parts = parts.skip_while(|part| is_any(part, &LOGINS) && !is_any(part, &ACCOUNTS));
    let (account, value) = (parts.next()?, parts.next()?);
    if parts.next().is_some() || !is_any(account, &ACCOUNTS) {
        return None;
    }
    let own = value.split('@').next().filter(|own| own.len() >= 8).unwrap_or(value);
    let is_value = is_mixed(own)
        && own.bytes().any(|byte| byte.is_ascii_digit())
        && !own.contains(['-', '_', '.', '\\'])
        && !is_place(value);
    let start = value.as_ptr() as usize - text.as_ptr() as usize;
    is_value.then(|| start..start + own.len())
}

fn is_any(part: &str, known: &[&str]) -> bool {
    known.iter().any(|word| Word { text: part, start: 0 }.is(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_an_account_alone_is_a_password() {
        for (text, secret) in [
            ("login admin/zx9moos03", "zx9moos03"),
            ("Zugang admin zx9moos05", "zx9moos05"),
            ("admin:zx9moos11@db1", "zx9moos11"),
            ("admin | zx9moos27", "zx9moos27"),
            ("admin - zx9moos28", "zx9moos28"),
            ("adm Moosgrün99$", "Moosgrün99$"),
            ("SA/Moos2024xy", "Moos2024xy"),
        ] {
            assert_eq!(behind_accounts(text).map(|found| &text[found]), Some(secret), "{text}");
        }
        for name in [
            "admin portal",
            "root ca-bundle-2024",
            "admin / eu-west-1",
            "user / db1.acme.example",
            "admin api v2",
            "oracle db01",
            "prod/web01abc",
            "system: checkout service 2024",
            "admin",
        ] {
            assert_eq!(behind_accounts(name), None, "{name}");
        }
    }
}
