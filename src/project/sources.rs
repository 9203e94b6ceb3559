//! What was imported: where it came from, how it was read, and what the reading gave.

use std::path::PathBuf;
use std::sync::Arc;

use crate::import::{FileBytes, ImportSettings};
use crate::inventory::Inventory;

/// What is to be opened.
#[derive(Clone, Debug)]
pub enum Opening {
    /// Files on disk.
    Files(Vec<PathBuf>),
    /// Bytes that came some other way: dropped, or a sample that ships with the program.
    Bytes(Vec<(String, Vec<u8>)>),
    /// Text that was pasted. It may hold secrets, so it is not kept.
    Pasted(FileBytes),
}

impl Opening {
    /// What is opened, by name.
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Files(paths) => paths.iter().map(|path| path.display().to_string()).collect(),
            Self::Bytes(parts) => parts.iter().map(|(name, _)| name.clone()).collect(),
            Self::Pasted(file) => vec![file.name.clone()],
        }
    }

    /// Where it can be read from again.
    pub fn kept(&self) -> Option<Self> {
        match self {
            Self::Files(_) | Self::Bytes(_) => Some(self.clone()),
            Self::Pasted(_) => None,
        }
    }

    /// What stays known of it while its bytes are elsewhere.
    #[must_use]
    pub fn without_text(&self) -> Self {
        match self {
            Self::Files(_) | Self::Bytes(_) => self.clone(),
            Self::Pasted(file) => Self::Pasted(FileBytes::new(file.name.clone(), Vec::new())),
        }
    }
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
}

impl Sources {
    /// The files that can be read anew; standard input cannot.
    pub fn paths(&self) -> Vec<PathBuf> {
        let Some(Opening::Files(paths)) = &self.opening else { return Vec::new() };
        paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect()
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
