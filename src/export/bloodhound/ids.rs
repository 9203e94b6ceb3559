//! Stable ids of nodes: the same thing has the same id in every run and on every machine, so that a newer
//! upload replaces an older one.

/// How many digits an id has: 128 bits.
const DIGITS: usize = 32;

/// The id of what has a kind and a printed name: an unkeyed digest in capital hexadecimal digits, for
/// BloodHound compares ids in capitals, and gives colons a meaning.
pub(super) fn node_id(kind: &str, name: &str) -> String {
    let digest = blake3::hash(format!("{kind}\n{name}").as_bytes());
    digest.to_hex().chars().take(DIGITS).map(|digit| digit.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::node_id;

    #[test]
    fn an_id_rests_on_kind_and_name_alone() {
        let id = node_id("KR_Credential", "K1");
        assert_eq!(id, node_id("KR_Credential", "K1"));
        assert_ne!(id, node_id("KR_Service", "K1"));
        assert_eq!(id.len(), 32);
        assert!(id.chars().all(|digit| digit.is_ascii_digit() || digit.is_ascii_uppercase()));
    }
}
