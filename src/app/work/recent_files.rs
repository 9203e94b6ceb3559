//! The list of files that were opened before, as it is kept for the next start: a line of JSON for each,
//! the latest first.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::import::{ImportSettings, PartKind, ReadOverrides, settings_to_keep};
use crate::project::Opening;

/// A file that was opened before, and which of its tables were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RecentFile {
    path: KeptPath,
    #[serde(default, flatten)]
    parts: ReadParts,
}

/// The worksheets, members and arrays of a file that were chosen or left out, where anything was said of
/// them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct ReadParts {
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    arrays: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    members: Vec<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    left_out: BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    parts: BTreeMap<PartKind, BTreeMap<String, bool>>,
}

/// A path: as text, or where it is none, as its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum KeptPath {
    Text(String),
    Bytes(Vec<u8>),
}

impl Default for KeptPath {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl KeptPath {
    fn of(path: &Path) -> Self {
        match path.to_str() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Bytes(path.as_os_str().as_encoded_bytes().to_vec()),
        }
    }

    /// An empty one where it is none on this system.
    fn path(&self) -> PathBuf {
        match self {
            Self::Text(text) => PathBuf::from(text),
            #[cfg(unix)]
            Self::Bytes(bytes) => {
                use std::os::unix::ffi::OsStrExt as _;
                PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
            }
            #[cfg(not(unix))]
            Self::Bytes(_) => PathBuf::new(),
        }
    }
}

impl RecentFile {
    /// A file of which all is read that is read unless something else is said.
    pub(crate) fn of(path: &Path) -> Self {
        Self { path: KeptPath::of(path), parts: ReadParts::default() }
    }

    /// The files of what is opened, each with what was said of its tables.
    pub(crate) fn all_of(opening: &Opening, settings: &ImportSettings) -> Vec<Self> {
        // Names of tables that may be secrets are not kept.
        let settings = settings_to_keep(settings, &[]);
        let places = places(opening);
        let count = places.len();
        let folder = |place: &(PathBuf, bool)| place.1;
        let first = places.iter().position(folder).unwrap_or(count);
        // Behind a folder nobody knows the places any more, for each of its files has one.
        let known = |(place, (path, _)): (usize, (PathBuf, bool))| {
            let overrides = settings.overrides.get(&place).filter(|_| place < first);
            (!path.as_os_str().is_empty()).then(|| Self {
                path: KeptPath::of(&path),
                parts: ReadParts {
                    sheet: settings.sheet.clone(),
                    arrays: settings.arrays.clone(),
                    members: settings.members.clone(),
                    left_out: settings.left_out.clone(),
                    parts: overrides.map(|own| own.parts.clone()).unwrap_or_default(),
                },
            })
        };
        places.into_iter().enumerate().filter_map(known).collect()
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> PathBuf {
        self.path.path()
    }

    /// The same with its path from the root: the next start may be in another folder.
    #[must_use]
    pub(crate) fn whole(self) -> Self {
        let path = self.path();
        let path = std::path::absolute(&path).unwrap_or(path);
        Self { path: KeptPath::of(&path), ..self }
    }

    /// How it is read: as other files, but for its tables, of which those are read that were before.
    pub(crate) fn settings(&self, usual: &ImportSettings) -> ImportSettings {
        let ReadParts { sheet, arrays, members, left_out, parts } = self.parts.clone();
        let overrides = ReadOverrides { parts, ..ReadOverrides::default() };
        let overrides =
            if overrides.is_silent() { BTreeMap::new() } else { BTreeMap::from([(0, overrides)]) };
        ImportSettings { sheet, arrays, members, left_out, overrides, ..usual.clone() }
    }

    /// As it is listed: its path, and which of its tables were taken in or left out by name.
    pub(crate) fn words(&self) -> String {
        let ReadParts { sheet, arrays, members, left_out, parts } = &self.parts;
        let named = |wanted: bool| {
            let parts = parts.values().flatten();
            parts.filter(move |(_, is_read)| **is_read == wanted).map(|(name, _)| name.as_str())
        };
        let read = sheet.iter().chain(arrays).chain(members).map(String::as_str);
        let read: Vec<&str> = read.chain(named(true)).collect();
        let not_read: Vec<&str> = left_out.iter().map(String::as_str).chain(named(false)).collect();
        let mut words = vec![self.path().display().to_string()];
        for (what, names) in [("with", read), ("without", not_read)] {
            if !names.is_empty() {
                words.push(format!("{what} {}", names.join(", ")));
            }
        }
        words.join(", ")
    }
}

/// The files of what is opened in the order in which they are read, and whether each is a folder; what
/// is no file has an empty path.
fn places(opening: &Opening) -> Vec<(PathBuf, bool)> {
    match opening {
        Opening::Files(paths) => paths.iter().map(|path| (path.clone(), path.is_dir())).collect(),
        Opening::Bytes(parts) => vec![(PathBuf::new(), false); parts.len()],
        Opening::Pasted(_) => vec![(PathBuf::new(), false)],
        Opening::Together(parts) => parts.iter().flat_map(places).collect(),
    }
}

/// The list as text.
pub(crate) fn recent_text(files: &[RecentFile]) -> String {
    // Texts, numbers and switches: there is nothing that JSON could not say.
    let lines = files.iter().filter_map(|file| serde_json::to_string(file).ok());
    lines.map(|line| line + "\n").collect()
}

/// The list that a text holds; lines that cannot be read are left out.
pub(crate) fn read_recent(text: &str) -> Vec<RecentFile> {
    let files = text.lines().filter_map(|line| serde_json::from_str(line).ok());
    without_doubles(files)
}

/// The list as it was kept by earlier versions: a path in each line.
pub(crate) fn read_recent_paths(text: &str) -> Vec<RecentFile> {
    without_doubles(text.lines().map(|line| RecentFile::of(Path::new(line))))
}

fn without_doubles(files: impl Iterator<Item = RecentFile>) -> Vec<RecentFile> {
    let mut all: Vec<RecentFile> = Vec::new();
    for file in files {
        let is_listed = all.iter().any(|own| own.path == file.path);
        if !is_listed && !file.path().as_os_str().is_empty() {
            all.push(file);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(path: &str) -> RecentFile {
        let parts = BTreeMap::from([("Keys".to_owned(), true), ("Old\nkeys".to_owned(), false)]);
        RecentFile {
            path: KeptPath::Text(path.to_owned()),
            parts: ReadParts {
                sheet: Some("Keys".to_owned()),
                parts: BTreeMap::from([(PartKind::Worksheet, parts)]),
                ..ReadParts::default()
            },
        }
    }

    #[test]
    fn paths_and_sheets_of_any_characters_come_back() {
        let odd =
            ["/a/line\nfeed.csv", "/a/\"quoted\".xlsx", " leading", "C:\\x\r\n", "/a/\u{2028}ü"];
        let mut files: Vec<RecentFile> = odd.iter().map(|path| chosen(path)).collect();
        files.push(RecentFile::of(Path::new("/plain.csv")));
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt as _;
            files.push(RecentFile::of(Path::new(std::ffi::OsStr::from_bytes(b"/a/\xff\n.csv"))));
        }
        let text = recent_text(&files);
        assert_eq!(text.lines().count(), files.len());
        assert_eq!(read_recent(&text), files);
        let paths: Vec<PathBuf> = read_recent(&text).iter().map(RecentFile::path).collect();
        assert_eq!(paths[0], Path::new(odd[0]));
        assert!(text.contains("{\"path\":\"/plain.csv\"}\n"), "{text}");
    }

    #[test]
    fn damaged_lines_and_doubles_are_left_out_and_the_older_list_is_read() {
        let text = "{\"path\":\"/a.csv\"}\nno json\n{\"path\":7}\n\n{\"path\":\"\"}\n[]\n\
                    {\"path\":\"/b.csv\",\"from a newer version\":true}\n{\"path\":\"/a.csv\"}\n";
        let paths = |files: Vec<RecentFile>| files.iter().map(RecentFile::path).collect::<Vec<_>>();
        assert_eq!(paths(read_recent(text)), [Path::new("/a.csv"), Path::new("/b.csv")]);
        let older = "/a.csv\n/b.csv\n\n/a.csv";
        assert_eq!(paths(read_recent_paths(older)), [Path::new("/a.csv"), Path::new("/b.csv")]);
    }

    #[test]
    fn each_file_of_several_has_the_tables_that_were_chosen_of_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let only = |name: &str| ReadOverrides {
            parts: BTreeMap::from([(
                PartKind::Worksheet,
                BTreeMap::from([(name.to_owned(), true)]),
            )]),
            ..ReadOverrides::default()
        };
        let overrides = (0..5).map(|at| (at, only(&format!("sheet {at}")))).collect();
        let settings = ImportSettings { overrides, ..ImportSettings::default() };
        let opening =
            Opening::Bytes(vec![("sample".to_owned(), Vec::new())]).and(Opening::Files(vec![
                "/a.xlsx".into(),
                folder.path().to_owned(),
                "/b.xlsx".into(),
            ]));
        let files = RecentFile::all_of(&opening, &settings);
        let words: Vec<String> = files.iter().map(RecentFile::words).collect();
        let folder = folder.path().display().to_string();
        assert_eq!(words, ["/a.xlsx, with sheet 1", &folder, "/b.xlsx"]);
        let again = files[0].settings(&ImportSettings::default());
        assert_eq!(again.overrides.get(&0), settings.overrides.get(&1));
        assert_eq!(files[1].settings(&ImportSettings::default()), ImportSettings::default());
    }
}
