//! Files that the window is to open and that are not there.

use std::path::{Path, PathBuf};

use crate::inventory::{did_you_mean, nearest};

/// How many names of a folder are compared with one that is not there.
const MOST_NAMES: usize = 10_000;

/// Checks that everything that the window is to open is there.
///
/// # Errors
/// One sentence that names the first that is not, with the names beside it that may be meant.
pub fn check_for_missing_files(files: &[PathBuf]) -> Result<(), String> {
    // What cannot be looked at is there, as far as anybody knows; reading it says more.
    let is_missing = |file: &&PathBuf| matches!(file.try_exists(), Ok(false));
    let Some(file) = files.iter().find(is_missing) else { return Ok(()) };
    let how = match near(file).as_slice() {
        [] => "check its name".to_owned(),
        near => did_you_mean(near),
    };
    Err(format!("there is no such file; {how}: {}", file.display()))
}

/// The names in the same folder that are nearest to that of a file.
fn near(file: &Path) -> Vec<String> {
    let Some(name) = file.file_name().and_then(|name| name.to_str()) else { return Vec::new() };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or_else(|| Path::new(".")));
    let Ok(entries) = entries else { return Vec::new() };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let names: Vec<String> = names.take(MOST_NAMES).collect();
    nearest(name, names.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_is_named_with_what_may_be_meant() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["payments.csv", "other.xlsx"] {
            std::fs::write(folder.path().join(name), "a").unwrap();
        }
        let check = |names: &[&str]| {
            let paths: Vec<PathBuf> = names.iter().map(|name| folder.path().join(name)).collect();
            check_for_missing_files(&paths)
        };
        assert_eq!(check(&["payments.csv", "other.xlsx", "."]), Ok(()));
        assert_eq!(check(&[]), Ok(()));
        let said = check(&["other.xlsx", "payment.csv"]).unwrap_err();
        let start = "there is no such file; did you mean “payments.csv”?: ";
        assert!(said.starts_with(start) && said.ends_with("payment.csv"), "{said}");
        for far in ["zebra", "no/payments.csv"] {
            let said = check(&[far]).unwrap_err();
            assert!(said.starts_with("there is no such file; check its name: "), "{said}");
        }
    }
}
