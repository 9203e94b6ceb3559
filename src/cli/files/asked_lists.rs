//! The lists of what owners are asked, each in a file of its own.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{not_written, write_folder};
use crate::analysis::Answers;
use crate::export::write_asked_list;
use crate::graph::OwnerIndex;
use crate::import::Fingerprinter;
use crate::project::AskedLists;

/// Why lists were not written.
#[derive(Clone, Debug)]
pub enum ListsNotWritten {
    /// A list is there already, and an owner may have answered in it; nothing was written.
    AlreadyThere(PathBuf),
    /// One sentence on what failed.
    Failed(String),
}

/// Writes the lists of all owners into a folder, made where it is not there, a file for each owner that
/// has anything: how many, and by owner the credentials that are on no list of theirs.
///
/// # Errors
/// Where one of these files is there already and `replace` is not given, before anything is written; and
/// where one cannot be written.
pub fn write_asked_lists(
    answers: &Answers,
    folder: &Path,
    keyed: Option<&Fingerprinter>,
    replace: bool,
) -> Result<(usize, Vec<(String, String)>), ListsNotWritten> {
    let asked = AskedLists::of(&answers.graph, &answers.owners, keyed);
    let (mut names, mut left_out, mut lists) = (BTreeSet::new(), Vec::new(), Vec::new());
    for at in (0..answers.graph.owners().len() as u32).map(OwnerIndex) {
        let list = asked.list(at);
        left_out.extend(list.left_out.iter().map(|id| (list.owner.clone(), id.clone())));
        if !list.things.is_empty() {
            lists.push((at, file_name(&list.owner, &mut names)));
        }
    }
    let mut there = lists.iter().map(|(_, file)| folder.join(file)).filter(|file| file.exists());
    if let Some(there) = there.next().filter(|_| !replace) {
        return Err(ListsNotWritten::AlreadyThere(there));
    }
    let files = lists.iter().map(|(at, file)| {
        let list = asked.list(*at);
        (file.clone(), move |out: &mut dyn Write| write_asked_list(&list, out))
    });
    write_folder(folder, files, &[])
        .map_err(|(error, at)| ListsNotWritten::Failed(not_written("the list", &error, &at)))?;
    Ok((lists.len(), left_out))
}

/// The most characters of an owner's name in the name of a file.
const LONGEST_NAME: usize = 80;

/// The name of an owner's file: letters, digits and a few signs, and no two the same without case.
fn file_name(owner: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |letter: char| {
        if letter.is_alphanumeric() || "._-@".contains(letter) { letter } else { '-' }
    };
    let name: String = owner.chars().take(LONGEST_NAME).map(plain).collect();
    // No hidden file, and none that a system keeps for itself.
    let name = match name.trim_matches(['.', '-']) {
        "" => "owner".to_owned(),
        name if is_device(name) => format!("owner-{name}"),
        name => name.to_owned(),
    };
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    let free = names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default();
    format!("{free}.csv")
}

/// Whether Windows takes a name for a device.
fn is_device(name: &str) -> bool {
    let start = name.split('.').next().unwrap_or_default().to_lowercase();
    let numbered = |device: &str| {
        let number = start.strip_prefix(device);
        number
            .is_some_and(|number| number.len() == 1 && number.bytes().all(|at| at.is_ascii_digit()))
    };
    matches!(start.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_owner_has_a_file_of_a_harmless_name() {
        let mut taken = BTreeSet::new();
        let mut name = |owner: &str| file_name(owner, &mut taken);
        assert_eq!(name("Team Payments"), "Team-Payments.csv");
        assert_eq!(name("team/payments"), "team-payments-2.csv");
        assert_eq!((name("../../etc"), name("..")), ("etc.csv".to_owned(), "owner.csv".to_owned()));
        assert_eq!((name("con"), name("Zoë")), ("owner-con.csv".to_owned(), "Zoë.csv".to_owned()));
        assert_eq!(name(&"x".repeat(300)).len(), LONGEST_NAME + 4);
        assert_eq!(name("a\u{202e}\n\0b"), "a---b.csv");
    }
}
