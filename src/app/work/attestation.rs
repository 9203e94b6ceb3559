//! What owners are asked and what they answered, written and read off the drawing thread.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::work::answers::Answers;
use crate::cli::{ListsNotWritten, write_asked_lists};
use crate::graph::AccessGraph;
use crate::import::{FingerprintKey, Fingerprinter, read_owner_answers};
use crate::inventory::{Date, Inventory, Ledger, counted, shown};
use crate::project::{AnswerDay, Notes, Project, take_answers};

/// The answers of owners in the project that was open when they were read.
#[derive(Clone, Debug)]
pub(crate) struct ReadAnswers {
    /// What was open, without them.
    pub(crate) before: Project,
    /// The inventory with them.
    pub(crate) inventory: Arc<Inventory>,
    /// The notes with what they say of services.
    pub(crate) notes: Arc<Notes>,
    /// What became of their rows, in words.
    pub(crate) words: String,
}

/// Reads lists that owners have answered on a day into a project, of which the answers are.
///
/// # Errors
/// In words, where a file cannot be read or is no such list, or nothing of it could be taken.
pub(crate) fn read_answers(
    project: &Project,
    open: &Answers,
    (paths, on): (&[PathBuf], Date),
    key: Option<&FingerprintKey>,
) -> Result<ReadAnswers, String> {
    let keyed = key.map(Fingerprinter::new);
    let files = crate::cli::read_files(paths).map_err(|error| error.to_string())?;
    let (mut now, mut graph) = (project.clone(), None);
    let (mut total, mut owners, mut read_before) = (Ledger::default(), Vec::new(), Vec::new());
    for mut file in files {
        file.load().map_err(|why| format!("{why}: {}", file.name))?;
        let list = read_owner_answers(&file.bytes, &file.name);
        let list = list.map_err(|error| error.to_string())?;
        let name = Path::new(&file.name).file_name().unwrap_or_default().to_string_lossy();
        let on_list = (&*name, list);
        let day = AnswerDay { on, is_said: false };
        let of = graph.as_ref().unwrap_or(&open.graph);
        let taken = take_answers(&now, of, on_list, day, keyed.as_ref());
        if let Some(day) = taken.read_before {
            let name = shown(&name);
            read_before.push(format!("{name} was read already, as answers of {day}"));
        }
        (now, total) = (taken.project, sum(total, &taken.ledger));
        owners.push(shown(&taken.owner).into_owned());
        let inventory = now.sources.inventory.clone().unwrap_or_default();
        graph = Some(Arc::new(AccessGraph::build(inventory, open.graph.assumptions())));
    }
    let mut words = words(&owners, &total);
    for before in read_before {
        words = format!("{words}; {before}");
    }
    if total.accepted + total.merged == 0 {
        return Err(format!("no answer was taken in: {words}"));
    }
    let inventory = now.sources.inventory.clone().unwrap_or_default();
    Ok(ReadAnswers { before: project.clone(), inventory, notes: now.notes, words })
}

fn sum(mut total: Ledger, more: &Ledger) -> Ledger {
    total.add(more);
    total
}

/// "ann: 3 answers accepted, 1 row without an answer, 2 rows refused, which are among the problems".
fn words(owners: &[String], ledger: &Ledger) -> String {
    let Ledger { accepted, merged, skipped, rejected } = *ledger;
    let count = |count: u64, one: &str, several: &str| counted(count as usize, one, several);
    let mut parts = vec![format!("{} accepted", count(accepted, "answer", "answers"))];
    if merged > 0 {
        parts.push(format!("{} known before", count(merged, "answer", "answers")));
    }
    if skipped > 0 {
        parts.push(format!("{} without an answer", count(skipped, "row", "rows")));
    }
    if rejected > 0 {
        let them = count(rejected, "row", "rows");
        parts.push(format!("{them} refused, for reasons that are among the problems"));
    }
    format!("{}: {}", owners.join(", "), parts.join(", "))
}

/// Writes the lists of all owners into a folder; says where they are, or why they are nowhere.
pub(crate) fn save_asked_lists(
    answers: &Answers,
    folder: &Path,
    key: Option<&FingerprintKey>,
) -> Result<String, String> {
    let keyed = key.map(Fingerprinter::new);
    match write_asked_lists(answers, folder, keyed.as_ref(), false) {
        Err(ListsNotWritten::Failed(message)) => Err(message),
        Err(ListsNotWritten::AlreadyThere(file)) => {
            let how = "a list is there already, and may have answers in it; choose another folder";
            Err(format!("{how}: {}", file.display()))
        }
        Ok((files, left_out)) => {
            let lists = counted(files, "list", "lists");
            let left_out = match left_out.len() {
                0 => String::new(),
                count => format!(
                    "; {} on none, because only ids of other owners or of several credentials name \
                     them",
                    counted(count, "credential is", "credentials are")
                ),
            };
            Ok(format!("{lists} of owners in {}{left_out}", folder.display()))
        }
    }
}
