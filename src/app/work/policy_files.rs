//! Policies on disk: read and written off the drawing thread.

use std::path::Path;

use crate::inventory::{Assumptions, Date};

/// A policy that was read, with the name of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoadedPolicy {
    pub(crate) name: String,
    pub(crate) assumptions: Assumptions,
}

impl LoadedPolicy {
    /// Reads a policy; the as-of date stays as it is.
    ///
    /// # Errors
    /// Where the file cannot be read or is not a policy, in words that say what to do.
    pub(crate) fn read(path: &Path, as_of: Date) -> Result<Self, String> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| crate::cli::not_read("the policy", &error, path))?;
        let assumptions =
            Assumptions::from_policy(&text, as_of).map_err(|error| format!("{error}: {shown}"))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, assumptions })
    }
}

/// Writes assumptions as a policy; says where they are.
///
/// # Errors
/// Where they cannot be written.
pub(crate) fn save_policy(assumptions: &Assumptions, path: &Path) -> Result<String, String> {
    let text = assumptions.to_policy();
    match crate::cli::write_whole(path, |out| out.write_all(text.as_bytes())) {
        Ok(()) => Ok(format!("The policy is in {}", path.display())),
        Err(error) => Err(crate::cli::not_written("the policy", &error, path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read_from_a_file_and_one_that_is_none_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let as_of = jiff::civil::date(2026, 7, 1);
        let path = folder.path().join("policy.toml");
        let mut kept = Assumptions::new(as_of);
        kept.rotation_days = 30;
        std::fs::write(&path, kept.to_policy()).unwrap();
        let read = LoadedPolicy::read(&path, as_of).unwrap();
        assert_eq!((read.name.as_str(), read.assumptions), ("policy.toml", kept));
        std::fs::write(&path, "colour = 1").unwrap();
        assert!(LoadedPolicy::read(&path, as_of).unwrap_err().contains("not a key of a policy"));
        let missing = LoadedPolicy::read(&folder.path().join("no.toml"), as_of).unwrap_err();
        assert!(missing.contains("could not be read"));
    }
}
