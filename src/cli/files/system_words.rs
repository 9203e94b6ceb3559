//! What the system says, in plain words.

use std::io;

/// What the system says, without the number that only programmers know, and without the name of a
/// temporary file.
pub(in crate::cli) fn plain(error: &io::Error) -> String {
    match (error.raw_os_error(), error.kind()) {
        (Some(code), _) => error.to_string().replace(&format!(" (os error {code})"), ""),
        (None, io::ErrorKind::Other) => error.to_string(),
        (None, kind) => kind.to_string(),
    }
}
