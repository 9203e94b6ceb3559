//! Words for what a service is to a credential, and for the level of access.

use crate::inventory::{Access, Level};

use crate::import::vocabulary::languages::{WordColumn, meaning_of};

use super::compare::spaced;

/// An access word; `None` for one that is not known.
pub(crate) fn access(cell: &str) -> Option<Access> {
    let word = spaced(cell);
    match word.as_str() {
        "holds" | "hold" | "holder" | "held" | "held by" | "stores" | "store" | "stored"
        | "stored in" | "stored by" | "uses" | "use" | "used" | "user" | "used by" | "using"
        | "consumer" | "consumes" | "consume" | "consumed by" | "client" | "reads" | "has"
        | "contains" | "keeps" | "configured" | "configured in" | "injected" | "injected into"
        | "mounts" | "mounted" | "embeds" | "embedded" | "caller" | "source" | "possesses"
        | "in" => Some(Access::Holds),
        "grants"
        | "grant"
        | "granted"
        | "opens"
        | "open"
        | "accepts"
        | "accept"
        | "accepted by"
        | "accesses"
        | "access"
        | "access to"
        | "grants access"
        | "grants access to"
        | "valid for"
        | "valid at"
        | "provider"
        | "provides"
        | "provided by"
        | "target"
        | "unlocks"
        | "authenticates"
        | "authenticates to"
        | "authenticates at"
        | "authenticates against"
        | "auth against"
        | "validates"
        | "logs in to"
        | "login"
        | "login to"
        | "server"
        | "destination" => Some(Access::Grants),
        "both" | "holds and grants" | "grants and holds" | "holds grants" | "grants holds"
        | "holds & grants" | "bidirectional" | "uses and accepts" => Some(Access::Both),
        _ => foreign_access(&word).or_else(|| relation(&word)).or_else(|| both_in_a_list(&word)),
    }
}

fn foreign_access(word: &str) -> Option<Access> {
    match meaning_of(WordColumn::Access, word)? {
        "holds" => Some(Access::Holds),
        "grants" => Some(Access::Grants),
        "both" => Some(Access::Both),
        _ => None,
    }
}

/// `Used by::Uses`, as CMDBs name a relation from both of its ends; the first known word counts.
fn relation(word: &str) -> Option<Access> {
    let (one, other) = word.split_once("::")?;
    access(one).or_else(|| access(other))
}

/// `holds;grants` and the like.
fn both_in_a_list(word: &str) -> Option<Access> {
    let (one, other) = word.split_once([';', ',', '+', '/', '|'])?;
    match (access(one.trim())?, access(other.trim())?) {
        (one, other) if one == other => Some(one),
        _ => Some(Access::Both),
    }
}

/// A level word; `None` for one that is not known.
pub(crate) fn level(cell: &str) -> Option<Level> {
    let word = spaced(cell);
    match word.as_str() {
        "read" | "ro" | "r" | "read only" | "readonly" | "reader" | "viewer" | "view" | "list"
        | "get" | "select" | "guest" => Some(Level::Read),
        "write" | "rw" | "r/w" | "w" | "read write" | "readwrite" | "read/write" | "writer"
        | "editor" | "edit" | "contributor" | "modify" | "update" | "read and write"
        | "publish" | "developer" => Some(Level::Write),
        "admin" | "administrator" | "owner" | "superuser" | "super user" | "root" | "full"
        | "full access" | "full control" | "all" | "all privileges" | "sysadmin" | "sa"
        | "sudo" | "superadmin" | "super admin" | "rwx" | "*" | "dba" | "domain admin"
        | "maintainer" => Some(Level::Admin),
        _ => foreign_level(&word),
    }
}

fn foreign_level(word: &str) -> Option<Level> {
    match meaning_of(WordColumn::Level, word)? {
        "read" => Some(Level::Read),
        "write" => Some(Level::Write),
        "admin" => Some(Level::Admin),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_words_show_who_holds_and_what_grants() {
        assert_eq!(access("Holds"), Some(Access::Holds));
        assert_eq!(access("used-by"), Some(Access::Holds));
        assert_eq!(access("Valid for"), Some(Access::Grants));
        assert_eq!(access("both"), Some(Access::Both));
        assert_eq!(access("holds; grants"), Some(Access::Both));
        assert_eq!(access("nutzt, gewährt"), Some(Access::Both));
        assert_eq!(access("sort of"), None);
    }

    #[test]
    fn levels_have_their_words() {
        assert_eq!(level("read-only"), Some(Level::Read));
        assert_eq!(level("RW"), Some(Level::Write));
        assert_eq!(level("Owner"), Some(Level::Admin));
    }
}
