//! Names that many credentials have, so that they identify none: `DB_PASSWORD`, `API_KEY`, `password`.
//!
//! Every application may have a variable `DB_PASSWORD`. Names with a word of their own, such as
//! `STRIPE_API_KEY`, may well be what people call one credential.

/// Whole names, whatever their case.
#[rustfmt::skip]
const WHOLE: [&str; 40] = [
    "password", "passwort", "kennwort", "passwd", "pwd", "pass", "pw", "secret", "secrets", "token", "key",
    "keys", "apikey", "api key", "credential", "credentials", "creds", "login", "value", "default", "new",
    "neu", "nouveau", "nuevo", "nuovo", "nieuw", "novo", "standard", "test", "mot de passe", "geheimnis",
    "schlüssel", "contraseña", "clave", "senha", "chave", "wachtwoord", "sleutel", "chiave", "segreto",
];

/// The words of variables that say what kind of secret they hold.
#[rustfmt::skip]
const SECRETS: [&str; 18] = [
    "PASSWORD", "PASS", "PASSWD", "PWD", "PW", "SECRET", "SECRETS", "TOKEN", "KEY", "KEYS", "APIKEY",
    "CREDENTIAL", "CREDENTIALS", "CREDS", "DSN", "URL", "URI", "SALT",
];

/// The words that stand beside them in variables that every application may have.
#[rustfmt::skip]
const BESIDE: [&str; 49] = [
    "DB", "DATABASE", "POSTGRES", "POSTGRESQL", "PG", "MYSQL", "MARIADB", "MONGO", "MONGODB", "MSSQL", "SQL",
    "REDIS", "RABBITMQ", "AMQP", "KAFKA", "SMTP", "MAIL", "EMAIL", "LDAP", "FTP", "SFTP", "SSH", "API", "APP",
    "ADMIN", "ROOT", "USER", "JWT", "SESSION", "COOKIE", "CSRF", "ENCRYPTION", "ENCRYPT", "ACCESS", "PRIVATE",
    "PUBLIC", "AUTH", "OAUTH", "CLIENT", "SIGNING", "MASTER", "SERVICE", "AWS", "ID", "S3", "REFRESH",
    "BASIC", "CONNECTION", "STRING",
];

/// Whether a name of a credential is one that many have.
pub(crate) fn is_generic_name(cell: &str) -> bool {
    if cell.len() > 40 {
        return false;
    }
    let is_variable = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    if cell.contains('_') && cell.bytes().all(is_variable) {
        let parts = || cell.split('_').filter(|part| !part.is_empty());
        let is_known = |part: &str| SECRETS.contains(&part) || BESIDE.contains(&part);
        return parts().all(is_known) && parts().any(|part| SECRETS.contains(&part));
    }
    WHOLE.iter().any(|word| {
        word.len() == cell.len()
            && (cell.eq_ignore_ascii_case(word) || cell.to_lowercase() == *word)
    })
}

/// Whether a cell of ids is a number that programs write where there is no id: zeros, or four nines and
/// more.
pub(crate) fn is_filler_number(cell: &str) -> bool {
    let all = |digit: u8| cell.bytes().all(|byte| byte == digit);
    !cell.is_empty() && (all(b'0') || (cell.len() >= 4 && all(b'9')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_credentials_are_told_from_those_of_one() {
        for name in
            ["DB_PASSWORD", "API_KEY", "AWS_SECRET_ACCESS_KEY", "SECRET_KEY", "password", "Key"]
        {
            assert!(is_generic_name(name), "{name}");
        }
        for name in [
            "STRIPE_API_KEY",
            "PAYMENTS_DB_PASSWORD",
            "CRED_001",
            "deploy-key",
            "db-password",
            "KEY_PAYMENTS",
            "USER_ID",
            "k1",
            "A_B",
        ] {
            assert!(!is_generic_name(name), "{name}");
        }
    }

    #[test]
    fn numbers_that_stand_for_none_are_known() {
        assert!(is_filler_number("0") && is_filler_number("0000") && is_filler_number("999999"));
        assert!(!is_filler_number("99") && !is_filler_number("1000") && !is_filler_number(""));
    }
}
