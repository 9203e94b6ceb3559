//! Texts that stand in a column of secret values and are none: remarks, partly masked values, the
//! names of types, and pointers to a place in a vault.

use super::compare::spaced;

/// The most bytes of a remark: longer texts say something that nobody can tell from a passphrase.
const LONGEST: usize = 64;

/// Remarks by all their words.
#[rustfmt::skip]
const WHOLE: [&str; 127] = [
    // yes, no
    "yes", "no", "y", "n", "ja", "nein", "oui", "non", "si", "sí", "sì", "sim", "não", "nao", "nee",
    "true", "false", "set", "present", "exists",
    // encrypted
    "encrypted", "verschlüsselt", "chiffré", "crypté", "cifrado", "cifrada", "cifrato", "cifrata",
    "criptografado", "criptografada", "encriptado", "encriptada", "versleuteld", "hashed",
    // by other means
    "sso", "saml", "oauth", "oauth2", "oidc", "mfa", "2fa", "ldap", "kerberos", "passkey", "passwordless",
    "managed identity", "workload identity", "certificate based", "smartcard", "smart card",
    // in a store
    "vault", "keepass", "keepassxc", "1password", "bitwarden", "lastpass", "key vault", "keychain",
    "password safe", "passwort safe", "tresor", "passworttresor", "coffre fort", "kluis",
    // the same, nobody knows, confidential
    "same", "ditto", "idem", "dito", "gleich", "unbekannt", "keine angabe", "inconnu",
    "non communiqué", "desconocido", "desconocida", "desconhecido", "desconhecida", "sconosciuto",
    "sconosciuta", "onbekend", "confidential", "vertraulich", "confidentiel",
    // the same as elsewhere, still to come, there but not here
    "same as above", "as above", "see above", "wie oben", "gleiches wie oben", "siehe oben", "s.o", "s.d",
    "w.o", "s. o", "s. d", "w. o", "unverändert", "unchanged", "inchangé", "sin cambios", "invariato",
    "ongewijzigd", "todo", "to do", "wird nachgereicht", "configured", "konfiguriert", "gesetzt",
    "vorhanden", "existiert", "rotated", "generated", "auto generated", "generiert",
    // kinds of credentials
    "ssm", "azurekeyvault", "azure key vault", "aws secrets manager", "cert", "certificate", "zertifikat",
    "certificat", "certificato", "certificado", "certificaat", "ssh key", "ssh schlüssel", "public key",
];
/// The first word of a remark that sends people somewhere: `see vault`, `siehe KeePass`.
#[rustfmt::skip]
const SENDS: [&str; 53] = [
    "see", "ask", "contact", "check", "refer", "siehe", "frag", "frage", "fragen", "bitte", "steht",
    "liegt", "voir", "demander", "demandez", "consulter", "contacter", "ver", "véase", "vease",
    "consultar", "preguntar", "pedir", "perguntar", "vedi", "vedere", "chiedere", "chiedi", "zie",
    "vraag", "vragen", "bekend", "stored", "kept", "managed", "held", "gespeichert", "hinterlegt",
    "verwaltet", "conservé", "stocké", "bei", "same", "wie", "gleich", "gleiches", "like", "comme",
    "misma", "mismo", "mesma", "stessa", "zelfde",
];
/// The first word of a remark if a word for a store follows: `in Vault`, `im Tresor`.
#[rustfmt::skip]
const PLACES: [&str; 17] = [
    "in", "im", "bei", "dans", "en", "nel", "nella", "no", "na", "via", "from", "aus", "s.", "cf",
    "cf.", "rotated", "by",
];
/// Words for where secrets are kept.
#[rustfmt::skip]
const STORES: [&str; 22] = [
    "vault", "keepass", "keepassxc", "1password", "bitwarden", "lastpass", "keychain", "safe", "tresor",
    "passwortsafe", "passworttresor", "coffre", "bóveda", "boveda", "caja", "cassaforte", "cofre",
    "kluis", "cyberark", "keyvault", "manager", "secretsmanager",
];

/// Whether a trimmed cell is a remark in the place of a value.
pub(super) fn is_remark(cell: &str) -> bool {
    let has_space = cell.contains(char::is_whitespace);
    if cell.len() > LONGEST
        || (!has_space && has_digit(cell) && !cell.starts_with(['1', '2', 'o', 'O']))
    {
        return false;
    }
    let inner = cell.trim_matches(|letter: char| !letter.is_alphanumeric());
    let words = spaced(inner);
    if WHOLE.contains(&words.as_str()) {
        return true;
    }
    let mut parts = words.split(' ');
    let (Some(first), Some(_)) = (parts.next(), parts.clone().next()) else { return false };
    SENDS.contains(&first) || (PLACES.contains(&first) && parts.any(|part| STORES.contains(&part)))
}

fn has_digit(cell: &str) -> bool {
    cell.bytes().any(|byte| byte.is_ascii_digit())
}

/// The most signs of each clear end of a value that is masked between them.
const LONGEST_END: usize = 8;
/// How many signs of a mask make one; an ellipsis is one by itself.
const SHORTEST_MASK: usize = 3;

/// Whether a part of a value is masked: at an end, or between short clear ends.
pub(super) fn is_partly_masked(cell: &str) -> bool {
    // Hardly any value has three such signs in a row, or a sign that begins with this byte.
    let bytes = cell.as_bytes();
    let is_run = |three: &[u8]| {
        matches!(three, [b'*', b'*', b'*'] | [b'.', b'.', b'.'] | [b'X', b'X', b'X'])
    };
    let may_be = memchr::memchr(0xe2, bytes).is_some() || bytes.windows(SHORTEST_MASK).any(is_run);
    if !may_be || cell.contains(char::is_whitespace) {
        return false;
    }
    let is_mask = |letter: char| matches!(letter, '*' | '•' | '●' | '.' | 'X');
    let letters: Vec<char> = cell.chars().collect();
    let mut from = 0;
    for run in letters.chunk_by(|one, other| one == other) {
        let to = from + run.len();
        let masks = match run.first() {
            Some('…') => true,
            Some(letter) => is_mask(*letter) && run.len() >= SHORTEST_MASK,
            None => false,
        };
        let clear_end = letters.len() - to;
        if masks
            && (from == 0 || clear_end == 0 || (from <= LONGEST_END && clear_end <= LONGEST_END))
        {
            return true;
        }
        from = to;
    }
    false
}

/// Whether a cell is what a program writes in the place of a value that it cannot print.
pub(super) fn is_type_name(cell: &str) -> bool {
    let is_path = |rest: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".[]`,+$_@".contains(&byte);
        !rest.is_empty() && rest.bytes().all(plain)
    };
    let starts =
        ["System.", "Microsoft.", "java.", "javax.", "[Ljava.", "[B@", "[C@", "Newtonsoft."];
    let between = |open: &str, close: &str| cell.starts_with(open) && cell.ends_with(close);
    starts.iter().any(|start| cell.strip_prefix(start).is_some_and(is_path))
        || between("[object ", "]")
        || between("<class '", ">")
        || between("<object ", ">")
        || between("<Buffer ", ">")
        || (between("<", ">") && cell.contains(" object at 0x"))
        || matches!(cell, "[Object]" | "[Array]" | "[Function]" | "[Circular]" | "Array" | "Object")
}

/// The beginnings of pointers to a place in a vault.
#[rustfmt::skip]
const POINTERS: [&str; 27] = [
    "vault:", "vault://", "hashivault:", "op://", "kv/", "secret/data/", "arn:aws:secretsmanager:",
    "arn:aws:ssm:", "@microsoft.keyvault(", "keepass://", "keyvault:", "akv:", "akv://", "ssm:",
    "secretsmanager:", "aws-sm:", "ref+", "bws:", "doppler:", "gcpsm:", "gcp-sm:", "sm://", "conjur:",
    "akeyless:", "infisical:", "cyberark:", "pass://",
];

/// Whether a cell says where in a vault the value is, and does not hold it.
pub(super) fn is_pointer(cell: &str) -> bool {
    if cell.contains(char::is_whitespace) || !cell.contains(['/', '#', ':']) {
        return false;
    }
    let begins = |start: &str| {
        let (own, rest) = cell.split_at_checked(start.len())?;
        own.eq_ignore_ascii_case(start).then_some(rest)
    };
    let rest = POINTERS.iter().find_map(|start| begins(start));
    rest.is_some_and(|rest| rest.contains(['/', '#', ':', '=']))
        || (cell.starts_with("projects/") && cell.contains("/secrets/"))
        || (cell.starts_with("https://") && cell.contains(".vault.azure.net/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_no_values() {
        for cell in WHOLE {
            assert!(is_remark(cell) && is_remark(&cell.to_uppercase()), "{cell}");
        }
        for first in SENDS {
            assert!(is_remark(&format!("{first} Jane")), "{first}");
        }
        for cell in [
            "siehe KeePass",
            "See vault",
            "bei Jane",
            "wie Prod",
            "(misma que clave-bd)",
            "w.o.",
            "in Vault",
            "Ask Jane",
            "(encrypted)",
            "im Tresor",
            "SSO",
        ] {
            assert!(is_remark(cell), "{cell}");
        }
        for cell in [
            "hunter2",
            "changeme",
            "Seerose99",
            "in2deep",
            "correct horse battery",
            "secret",
            "see",
        ] {
            assert!(!is_remark(cell), "{cell}");
        }
    }

    #[test]
    fn partly_masked_values_are_no_values() {
        for cell in [
            "ghp_...",
            "AKIA****************",
            "sk-…abcd",
            "***1234",
            "AKIA****ABCD",
            "abcd1234XXX",
            "x•••",
        ] {
            assert!(is_partly_masked(cell), "{cell}");
        }
        for cell in ["a.b..c", "Summer...Of...Sixty9", "X1XX2", "p**s", "hunter2", "1.2.3"] {
            assert!(!is_partly_masked(cell), "{cell}");
        }
    }

    #[test]
    fn type_names_and_pointers_are_no_values() {
        for cell in
            ["System.Object[]", "[object Object]", "System.Security.SecureString", "[B@6d06d69c"]
        {
            assert!(is_type_name(cell), "{cell}");
        }
        for cell in ["System.Of9 Down", "Systems", "[object]x"] {
            assert!(!is_type_name(cell), "{cell}");
        }
        for cell in
            ["vault:secret/data/app#pw", "op://prod/db/password", "projects/p/secrets/s/versions/1"]
        {
            assert!(is_pointer(cell), "{cell}");
        }
        for cell in ["vault:hunter2", "https://user:x@h/", "p/ss#word", "kv"] {
            assert!(!is_pointer(cell), "{cell}");
        }
    }
}
