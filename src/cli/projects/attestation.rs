//! What owners are asked, and what they answered.

use std::collections::BTreeSet;
use std::path::Path;

use super::fix_lists::answered;
use super::import::{check_place, locked, not_saved};
use crate::analysis::Answers;
use crate::cli::arguments::{AttestationArguments, AttestedArguments};
use crate::cli::files::{
    Expected, OpenedProject, is_project_file, not_written, open_project, read_files, save_project,
    today, write_whole,
};
use crate::cli::streams::{Failure, INPUT, OUTPUT, Streams, USAGE, deliver};
use crate::export::write_asked_list;
use crate::graph::{AccessGraph, OwnerIndex};
use crate::import::{FileBytes, Fingerprinter, read_owner_answers};
use crate::inventory::{Date, Ledger, Progress, did_you_mean, nearest};
use crate::project::{AskedLists, Project, take_answers};

/// Carries out `attestation`.
pub(in crate::cli) fn attestation(
    arguments: &AttestationArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let AttestationArguments { project, owner, output, assume } = arguments;
    let (opened, answers) = answered(project, assume)?;
    let keyed = opened.key.known().map(Fingerprinter::new);
    let lists = AskedLists::of(&answers.graph, &answers.owners, keyed.as_ref());
    if let Some(owner) = owner {
        let list = lists.list(owner_named(&answers, owner)?);
        for id in &list.left_out {
            streams.warn(&left_out_words(&list.owner, id));
        }
        return deliver(output.as_deref(), streams.out, |out| write_asked_list(&list, out));
    }
    let Some(folder) = output.as_deref().filter(|output| output.as_os_str() != "-") else {
        let how = "name the owner whose list is wanted with --owner, or with -o a folder for the lists \
                   of all";
        return Err(Failure(USAGE, how.to_owned()));
    };
    let (_, left_out) = write_asked_lists(&answers, folder, keyed.as_ref())
        .map_err(|message| Failure(OUTPUT, message))?;
    for (owner, id) in &left_out {
        streams.warn(&left_out_words(owner, id));
    }
    Ok(())
}

/// Writes the lists of all owners into a folder, made where it is not there, a file for each owner that
/// has anything: how many, and by owner the credentials that are on no list of theirs.
///
/// # Errors
/// One sentence where one cannot be written.
pub fn write_asked_lists(
    answers: &Answers,
    folder: &Path,
    keyed: Option<&Fingerprinter>,
) -> Result<(usize, Vec<(String, String)>), String> {
    let failed = |error: &std::io::Error, at: &Path| not_written("the list", error, at);
    if !folder.is_dir() {
        std::fs::create_dir(folder).map_err(|error| failed(&error, folder))?;
    }
    let lists = AskedLists::of(&answers.graph, &answers.owners, keyed);
    let (mut names, mut left_out) = (BTreeSet::new(), Vec::new());
    for at in (0..answers.graph.owners().len() as u32).map(OwnerIndex) {
        let list = lists.list(at);
        left_out.extend(list.left_out.iter().map(|id| (list.owner.clone(), id.clone())));
        if list.things.is_empty() {
            continue;
        }
        let file = folder.join(file_name(&list.owner, &mut names));
        let written = write_whole(&file, |out| write_asked_list(&list, out));
        written.map_err(|error| failed(&error, &file))?;
    }
    Ok((names.len(), left_out))
}

fn owner_named(answers: &Answers, name: &str) -> Result<OwnerIndex, Failure> {
    let owners = answers.graph.owners();
    if let Some(at) = owners.iter().position(|own| own == name) {
        return Ok(OwnerIndex(at as u32));
    }
    let near = nearest(name, owners.iter().map(String::as_str));
    let meant = if near.is_empty() {
        "`keyreach owners` lists them".to_owned()
    } else {
        did_you_mean(&near)
    };
    Err(Failure(USAGE, format!("nothing is owned by “{name}”; {meant}")))
}

fn left_out_words(owner: &str, id: &str) -> String {
    format!(
        "{id} is not on the list of {owner}: only the id of another owner, or one that several \
         credentials have, names it, and it has no fingerprint under a key that is there"
    )
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

/// Carries out `attested`.
pub(in crate::cli) fn attested(
    arguments: &AttestedArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let AttestedArguments { project: path, answers, on } = arguments;
    if let Some(file) = answers.iter().find(|file| is_project_file(file)) {
        let how = "this is a project, no list that an owner has answered";
        return Err(Failure(USAGE, format!("{how}: {}", file.display())));
    }
    let opened = open_project(path, today(), &Progress::default());
    let OpenedProject { mut project, key, paths, digest } =
        opened.map_err(|message| Failure(INPUT, message))?;
    check_place(&paths).map_err(|message| Failure(OUTPUT, message))?;
    let _lock = locked(&paths, path)?;
    let keyed = key.known().map(Fingerprinter::new);
    let files = read_files(answers).map_err(|error| Failure(INPUT, error.to_string()))?;
    let on = on.unwrap_or_else(today);
    let mut taken = 0;
    for mut file in files {
        file.load().map_err(|why| Failure(INPUT, format!("{why}: {}", file.name)))?;
        let ledger = take_file(&mut project, (&file, on), keyed.as_ref(), streams)?;
        taken += ledger.accepted + ledger.merged;
    }
    if taken == 0 {
        let why = "no answer could be taken in, and the project is as it was";
        return Err(Failure(INPUT, format!("{why}: {}", path.display())));
    }
    let saved = save_project(&project, key.known(), &paths, (today(), Expected::Content(&digest)));
    saved.map(drop).map_err(not_saved)
}

/// Takes the answers of one file in, and says which rows were refused.
fn take_file(
    project: &mut Project,
    (file, on): (&FileBytes, Date),
    keyed: Option<&Fingerprinter>,
    streams: &mut Streams<'_>,
) -> Result<Ledger, Failure> {
    let list = read_owner_answers(&file.bytes, &file.name);
    let list = list.map_err(|error| Failure(INPUT, error.to_string()))?;
    let inventory = project.sources.inventory.clone().unwrap_or_default();
    let graph = AccessGraph::build(inventory, &project.assumptions);
    let taken = take_answers(project, &graph, (&file.name, list), on, keyed);
    for one in &taken.refused {
        let column =
            if one.column.is_empty() { String::new() } else { format!("{}: ", one.column) };
        streams.warn(&format!("{}:{}: {column}{}", file.name, one.line, one.message));
    }
    let ledger = taken.ledger;
    streams.remark(&format!(
        "read {}: answers of {} of {on}: {} accepted, {} merged, {} without an answer, {} refused",
        file.name, taken.owner, ledger.accepted, ledger.merged, ledger.skipped, ledger.rejected
    ));
    *project = taken.project;
    Ok(ledger)
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
