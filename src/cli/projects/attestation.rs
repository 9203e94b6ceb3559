//! What owners are asked, and what they answered.

use super::fix_lists::{AnsweredProject, answered};
use super::import::{check_place, locked, not_saved};
use crate::analysis::Answers;
use crate::cli::arguments::{AttestationArguments, AttestedArguments};
use crate::cli::files::{
    Expected, ListsNotWritten, OpenedProject, is_project_file, open_project, read_files,
    save_project, today, write_asked_lists,
};
use crate::cli::streams::{Failure, INPUT, OUTPUT, Streams, USAGE, deliver};
use crate::export::write_asked_list;
use crate::graph::{AccessGraph, OwnerIndex};
use crate::import::{FileBytes, Fingerprinter, read_owner_answers};
use crate::inventory::{Ledger, Progress, did_you_mean, nearest, shown};
use crate::project::{AnswerDay, AskedLists, Project, take_answers};

/// Carries out `attestation`.
pub(in crate::cli) fn attestation(
    arguments: &AttestationArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let AttestationArguments { project, owner, output, force, assume, hide } = arguments;
    let AnsweredProject { opened, answers, .. } = answered(project, (assume, hide), streams)?;
    let keyed = opened.key.known().map(Fingerprinter::new);
    let lists = AskedLists::of(&answers.graph, &answers.owners, keyed.as_ref());
    if let Some(owner) = owner {
        let owner = streams.owner_known_as(&answers.graph, owner);
        let list = lists.list(owner_named(&answers, &owner)?);
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
    let written = write_asked_lists(&answers, folder, keyed.as_ref(), *force);
    let (_, left_out) = written.map_err(|error| Failure(OUTPUT, not_written_words(&error)))?;
    for (owner, id) in &left_out {
        streams.warn(&left_out_words(owner, id));
    }
    Ok(())
}

fn not_written_words(error: &ListsNotWritten) -> String {
    match error {
        ListsNotWritten::Failed(message) => message.clone(),
        ListsNotWritten::AlreadyThere(file) => {
            let how = "a list is there already, and may have answers in it; name another folder, or \
                       --force replaces it";
            format!("{how}: {}", file.display())
        }
    }
}

fn owner_named(answers: &Answers, name: &str) -> Result<OwnerIndex, Failure> {
    let owners = answers.graph.owners();
    if let Some(at) = owners.iter().position(|own| own == name || shown(own) == name) {
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
    // Where everything is judged as of a later day, answers may be of that day too.
    let latest = today().max(project.assumptions.as_of);
    if let Some(on) = on.filter(|on| *on > latest) {
        let how = "the day on which the answers were given cannot be later than today";
        return Err(Failure(USAGE, format!("{how}, {latest}: --on {on}")));
    }
    let day = AnswerDay { on: on.unwrap_or_else(today), is_said: on.is_some() };
    let mut taken = 0;
    for mut file in files {
        file.load().map_err(|why| Failure(INPUT, format!("{why}: {}", file.name)))?;
        let ledger = take_file(&mut project, (&file, day), keyed.as_ref(), streams)?;
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
    (file, day): (&FileBytes, AnswerDay),
    keyed: Option<&Fingerprinter>,
    streams: &mut Streams<'_>,
) -> Result<Ledger, Failure> {
    let list = read_owner_answers(&file.bytes, &file.name);
    let list = list.map_err(|error| Failure(INPUT, error.to_string()))?;
    let inventory = project.sources.inventory.clone().unwrap_or_default();
    let graph = AccessGraph::build(inventory, &project.assumptions);
    let taken = take_answers(project, &graph, (&file.name, list), day, keyed);
    for one in &taken.refused {
        let column =
            if one.column.is_empty() { String::new() } else { format!("{}: ", one.column) };
        streams.warn(&format!("{}:{}: {column}{}", file.name, one.line, one.message));
    }
    let (ledger, on) = (taken.ledger, day.on);
    if let Some(before) = taken.read_before {
        streams.warn(&format!(
            "{}: this list was read already, as answers of {} of {before}; nothing that it brought then is \
             added once more (--on DATE: it was given anew on another day)",
            file.name, taken.owner
        ));
    }
    streams.remark(&format!(
        "read {}: answers of {} of {on}: {} accepted, {} merged, {} without an answer, {} refused",
        file.name, taken.owner, ledger.accepted, ledger.merged, ledger.skipped, ledger.rejected
    ));
    *project = taken.project;
    Ok(ledger)
}
