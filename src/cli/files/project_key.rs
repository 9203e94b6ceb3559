//! The key of a project, which lies beside it.

use std::{fs, io};

use super::atomic::write_private_on;
use super::disk::Disk;
use super::project_paths::ProjectPaths;
use super::{not_read, not_written};
use crate::import::FingerprintKey;

/// The key of a project.
#[derive(Clone, Debug)]
pub enum ProjectKey {
    /// It lies beside the project.
    Known(FingerprintKey),
    /// There is none. All but the matching of new values works.
    Missing,
    /// The key beside the project is that of another one.
    OfAnother,
    /// What lies beside the project cannot be read as a key, and why.
    Unreadable(String),
}

impl ProjectKey {
    /// The key, if it is known.
    pub fn known(&self) -> Option<&FingerprintKey> {
        match self {
            Self::Known(key) => Some(key),
            Self::Missing | Self::OfAnother | Self::Unreadable(_) => None,
        }
    }

    /// What has to be said of it where new values are read, if anything.
    pub(super) fn warning(&self, paths: &ProjectPaths) -> Option<String> {
        let key = paths.key.display();
        let then =
            "equal secrets of what is read now and of what was read before are matched by id alone";
        match self {
            Self::Known(_) => None,
            Self::Missing => Some(format!("the key of the project is not there; {then}: {key}")),
            Self::OfAnother => Some(format!("the key is that of another project; {then}: {key}")),
            Self::Unreadable(why) => Some(format!("{why}; {then}")),
        }
    }
}

/// The key beside a project whose fingerprints have a key of this mark.
pub(super) fn key_of(paths: &ProjectPaths, mark: Option<&str>) -> ProjectKey {
    let text = match fs::read_to_string(&paths.key) {
        Ok(text) => zeroize::Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return ProjectKey::Missing,
        Err(error) => {
            let why = not_read("the key of the project", &error, &paths.key);
            return ProjectKey::Unreadable(why);
        }
    };
    match FingerprintKey::parse(&text) {
        Err(error) => ProjectKey::Unreadable(format!("{error}: {}", paths.key.display())),
        Ok(key) if mark.is_none_or(|mark| mark == key.mark()) => ProjectKey::Known(key),
        Ok(_) => ProjectKey::OfAnother,
    }
}

/// The key that lies where that of a project would, if there is one.
///
/// # Errors
/// One sentence where it cannot be read or is none.
pub(in crate::cli) fn key_beside(paths: &ProjectPaths) -> Result<Option<FingerprintKey>, String> {
    match key_of(paths, None) {
        ProjectKey::Known(key) => Ok(Some(key)),
        ProjectKey::Missing | ProjectKey::OfAnother => Ok(None),
        ProjectKey::Unreadable(why) => Err(why),
    }
}

/// What has to be said where others can read the key of a project, if they can; on other systems than
/// Unix nothing is known of it.
pub(super) fn exposed_key(paths: &ProjectPaths) -> Option<String> {
    #[cfg(unix)]
    {
        let mode = fs::metadata(&paths.key).ok()?.permissions();
        let mode = std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777;
        if mode & 0o077 != 0 {
            let key = paths.key.display();
            return Some(format!(
                "others can read the key of the project (its mode is {mode:03o}): with it and the \
                 project weak secrets can be guessed; take that away with `chmod 600`: {key}"
            ));
        }
    }
    #[cfg(not(unix))]
    let _: &ProjectPaths = paths;
    None
}

/// Writes the key beside a project; one that is there already is left. Says whether it was written.
pub(super) fn keep_key(
    key: &FingerprintKey,
    paths: &ProjectPaths,
    disk: &mut dyn Disk,
) -> Result<bool, String> {
    match key_of(paths, Some(&key.mark())) {
        ProjectKey::Known(_) => Ok(false),
        ProjectKey::Unreadable(why) => {
            Err(format!("{why}; move it away, or save under another name"))
        }
        ProjectKey::OfAnother => Err(format!(
            "a key of another project is there already; move it away, or save under another name: {}",
            paths.key.display()
        )),
        ProjectKey::Missing => {
            let text = key.to_text();
            let written = write_private_on(disk, &paths.key, |out| out.write_all(text.as_bytes()));
            written.map(|()| true).map_err(|error| {
                // It may be there all the same, for a project that is not.
                drop(disk.remove(&paths.key));
                not_written("the key of the project", &error, &paths.key)
            })
        }
    }
}
