//! What was imported: where it came from, how it was read, and what the reading gave.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::import::{FileBytes, ImportSettings};
use crate::inventory::{Inventory, Source};

/// What is to be opened.
#[derive(Clone, Debug)]
pub enum Opening {
    /// Files on disk.
    Files(Vec<PathBuf>),
    /// Bytes that came some other way: dropped, or a sample that ships with the program.
    Bytes(Vec<(String, Vec<u8>)>),
    /// Text that was pasted. It may hold secrets, so it is not kept.
    Pasted(FileBytes),
    /// Several of these, one after another: what was open, and what was added to it.
    Together(Vec<Self>),
}

impl Opening {
    /// What is opened, by name.
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Files(paths) => paths.iter().map(|path| path.display().to_string()).collect(),
            Self::Bytes(parts) => parts.iter().map(|(name, _)| name.clone()).collect(),
            Self::Pasted(file) => vec![file.name.clone()],
            Self::Together(parts) => parts.iter().flat_map(Self::names).collect(),
        }
    }

    /// Where it can be read from again; nothing if any part of it was pasted.
    pub fn kept(&self) -> Option<Self> {
        match self {
            Self::Files(_) | Self::Bytes(_) => Some(self.clone()),
            Self::Pasted(_) => None,
            Self::Together(parts) => {
                let kept: Option<Vec<Self>> = parts.iter().map(Self::kept).collect();
                kept.map(Self::Together)
            }
        }
    }

    /// This and then another one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut parts = match self {
            Self::Together(parts) => parts,
            one => vec![one],
        };
        parts.push(other);
        Self::Together(parts)
    }

    /// The files on disk among it.
    pub fn paths(&self) -> Vec<PathBuf> {
        match self {
            Self::Files(paths) => paths.clone(),
            Self::Bytes(_) | Self::Pasted(_) => Vec::new(),
            Self::Together(parts) => parts.iter().flat_map(Self::paths).collect(),
        }
    }

    /// What stays known of it while its bytes are elsewhere.
    #[must_use]
    pub fn without_text(&self) -> Self {
        match self {
            Self::Files(_) | Self::Bytes(_) => self.clone(),
            Self::Pasted(file) => Self::Pasted(FileBytes::new(file.name.clone(), Vec::new())),
            Self::Together(parts) => Self::Together(parts.iter().map(Self::without_text).collect()),
        }
    }
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadFile {
    /// Its name or path, as it was given; of a folder each of its files has one.
    pub name: String,
    /// How many bytes it had.
    pub bytes: u64,
    /// Stands for its content: equal for equal bytes under one key, and reveals nothing without it.
    pub digest: String,
}

/// The files of what is open as they were read, and under which key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadFiles {
    /// Each file, of a folder each of those in it; nothing where nobody looked.
    pub files: Vec<ReadFile>,
    /// The mark of the key that made the fingerprints; none where nobody knows it.
    pub key: Option<String>,
}

/// The sources that are open; none where nothing is.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The names of the files.
    pub files: Vec<String>,
    /// What reading them gave. It is kept because what was pasted cannot be read again.
    pub inventory: Option<Arc<Inventory>>,
    /// Where they can be read from again; not what was pasted.
    pub opening: Option<Opening>,
    /// How they were read: column mappings, and what was decided on single files.
    pub settings: Arc<ImportSettings>,
    /// The files as they were read.
    pub read: ReadFiles,
}

impl Sources {
    /// The files that can be read anew; standard input cannot.
    pub fn paths(&self) -> Vec<PathBuf> {
        let mut paths = self.opening.as_ref().map(Opening::paths).unwrap_or_default();
        paths.retain(|path| path.as_os_str() != "-");
        paths
    }

    /// Whether both are of one reading of the same files, whatever was answered and stated since.
    pub fn is_of_same_files(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (&self.inventory, &other.inventory) else { return false };
        let imported = |of: &Inventory| -> Vec<Source> {
            of.sources.iter().filter(|source| source.is_imported()).cloned().collect()
        };
        (&self.files, &self.read) == (&other.files, &other.read)
            && one.identities.len() == two.identities.len()
            && imported(one) == imported(two)
    }
}

/// Every import makes an inventory of its own, so that comparing the pointers is enough.
impl PartialEq for Sources {
    fn eq(&self, other: &Self) -> bool {
        match (&self.inventory, &other.inventory) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}
