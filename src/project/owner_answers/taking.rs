//! A list that came back, taken in row by row.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::adding::Adding;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex};
use crate::import::{AnsweredThing, Fingerprinter, OwnerAnswer, OwnerAnswers, RefusedAnswer};
use crate::inventory::{
    AnsweredBy, CredentialFacts, Date, FactSet, FactsId, Inventory, Ledger, Link, Place, Problem,
    ProblemKind, Row, Source, SpokenInstanceId, Status, TOKEN, did_you_mean, nearest,
};
use crate::project::notes::{NoteOn, Notes};
use crate::project::sources::Sources;
use crate::project::state::Project;
use crate::project::subject_name::{InstanceName, SubjectName};

/// A project with the answers of an owner.
#[derive(Clone, Debug)]
pub struct TakenAnswers {
    /// The project with a source for the list, and a row for each answer.
    pub project: Project,
    /// Whose answers they are; empty where the list names nobody.
    pub owner: String,
    /// What became of the rows.
    pub ledger: Ledger,
    /// The rows that were not taken, in order.
    pub refused: Vec<RefusedAnswer>,
    /// The day as which the same list was read before, if it was, and is not said to be given anew.
    pub read_before: Option<Date>,
}

/// The day on which answers were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerDay {
    /// The day.
    pub on: Date,
    /// Whether somebody said so: the same list may be given anew on another day.
    pub is_said: bool,
}

/// Takes in the answers of a list, given on a day, into the project of whose inventory the graph is. The
/// fingerprints behind tokens are found with the key of the project.
///
/// What the owner answered on the day already is not added once more; nor is, where nobody says that it was
/// given on another day, what the same list brought before. A list that brings nothing leaves the project as
/// it is.
///
/// Costs a copy of the inventory.
pub fn take_answers(
    project: &Project,
    graph: &AccessGraph,
    (file, list): (&str, OwnerAnswers),
    AnswerDay { on, is_said }: AnswerDay,
    keyed: Option<&Fingerprinter>,
) -> TakenAnswers {
    let OwnerAnswers { owner, answers, refused, unanswered, columns, digest } = list;
    let by = AnsweredBy { owner: owner.clone(), on, list: Some(digest) };
    let read_before = read_before(graph.inventory(), &by).filter(|day| !is_said || *day == on);
    let mut taking = Taking {
        graph,
        owner: owner_of(graph, &owner),
        known: KnownAnswers::of(graph.inventory(), &by, read_before),
        read_before,
        adding: Adding::to(graph),
        answered: BTreeMap::new(),
        notes: Notes::clone(&project.notes),
        by,
        keyed,
        file,
        ledger: Ledger { skipped: unanswered, ..Ledger::default() },
        refused,
    };
    let source = Source {
        header: columns.iter().map(|column| column.name.clone()).collect(),
        notes: vec![format!("answers of {owner} of {on}")],
        columns,
        facts: FactSet::ALL,
        answered: Some(taking.by.clone()),
        ..Source::new(file)
    };
    let place = taking.adding.source(source);
    for answer in &answers {
        let place = place.map(|source| Place { source, line: answer.line });
        if let Err(refused) = taking.take(answer, place) {
            taking.refused.push(refused);
        }
    }
    taking.finish(project)
}

/// The owner of a name.
fn owner_of(graph: &AccessGraph, name: &str) -> Option<OwnerIndex> {
    let at = graph.owners().iter().position(|known| known == name);
    at.map(|at| OwnerIndex(at as u32))
}

/// The day as which the same list of the same owner was read last.
fn read_before(inventory: &Inventory, by: &AnsweredBy) -> Option<Date> {
    let answered = inventory.sources.iter().rev().filter_map(|source| source.answered.as_ref());
    let mut same = answered.filter(|own| own.owner == by.owner && own.list == by.list);
    same.find(|own| own.list.is_some()).map(|own| own.on)
}

/// What an owner answered already.
struct KnownAnswers {
    /// Credentials with facts.
    credentials: BTreeSet<(u32, FactsId)>,
    /// Service instances, as rows speak of them.
    instances: BTreeSet<SpokenInstanceId>,
}

impl KnownAnswers {
    /// Those of the day, and those of the same list if it was read before.
    fn of(inventory: &Inventory, by: &AnsweredBy, read_before: Option<Date>) -> Self {
        let is_own = |source: &Source| {
            source.answered.as_ref().is_some_and(|own| {
                let is_same_list = read_before.is_some() && own.list == by.list;
                own.owner == by.owner && (own.on == by.on || is_same_list)
            })
        };
        let own: Vec<bool> = inventory.sources.iter().map(is_own).collect();
        let mut known = Self { credentials: BTreeSet::new(), instances: BTreeSet::new() };
        if !own.contains(&true) {
            return known;
        }
        let is_of_own = |row: &Row| own.get(usize::from(row.place.source.0)) == Some(&true);
        let rows = inventory.rows.iter().filter(|row| is_of_own(row));
        known.credentials = rows.filter_map(|row| Some((row.credential?.0, row.facts))).collect();
        let of_link = |link: &&Link| inventory.rows.get(link.row.0 as usize).is_some_and(is_of_own);
        known.instances =
            inventory.links.iter().filter(of_link).map(|link| link.instance).collect();
        known
    }
}

/// What a row is about once it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Credential(CredentialIndex),
    Instance(InstanceIndex),
}

/// A list that is being taken in.
struct Taking<'a> {
    graph: &'a AccessGraph,
    owner: Option<OwnerIndex>,
    by: AnsweredBy,
    keyed: Option<&'a Fingerprinter>,
    file: &'a str,
    /// What the owner answered already.
    known: KnownAnswers,
    /// The day as which the same list was read before.
    read_before: Option<Date>,
    adding: Adding<'a>,
    /// What was answered in this list, and how.
    answered: BTreeMap<Found, OwnerAnswer>,
    notes: Notes,
    ledger: Ledger,
    refused: Vec<RefusedAnswer>,
}

impl Taking<'_> {
    /// Takes one answer in.
    fn take(&mut self, answer: &OwnerAnswer, place: Option<Place>) -> Result<(), RefusedAnswer> {
        let place = place.ok_or_else(|| {
            refused(answer, "", "the project has as many sources as it can have".to_owned())
        })?;
        let found = self.find(answer)?;
        if let Some(rotated) = answer.rotated.filter(|rotated| *rotated > self.by.on) {
            let on = self.by.on;
            let message =
                format!("{rotated} is after the day of the answers, {on}; correct one of the two");
            return Err(refused(answer, "rotated_on", message));
        }
        if let Some(earlier) = self.answered.get(&found) {
            let same = OwnerAnswer { line: earlier.line, ..answer.clone() } == *earlier;
            if same {
                self.ledger.merged += 1;
                return Ok(());
            }
            let line = earlier.line;
            let message =
                format!("line {line} answers otherwise on the same; leave one of the two");
            return Err(refused(answer, "id", message));
        }
        self.answered.insert(found, answer.clone());
        match found {
            Found::Credential(at) => self.take_on_credential(at, answer, place),
            Found::Instance(at) => self.take_on_instance(at, answer, place),
        }
        Ok(())
    }

    fn take_on_credential(&mut self, at: CredentialIndex, answer: &OwnerAnswer, place: Place) {
        let status = match answer.needed {
            None => Status::Unstated,
            Some(true) => Status::Live,
            Some(false) => Status::Unneeded,
        };
        let facts = CredentialFacts {
            status,
            last_rotated: answer.rotated,
            expires: answer.expires,
            ..CredentialFacts::default()
        };
        let facts = self.adding.facts(facts);
        let inventory = self.graph.inventory();
        let rows = self.graph.rows_of(at).iter();
        let mut rows = rows.filter_map(|row| inventory.rows.get(row.0 as usize)?.credential);
        if rows.next().is_some_and(|whole| self.known.credentials.contains(&(whole.0, facts))) {
            self.ledger.merged += 1;
            return;
        }
        self.ledger.accepted += 1;
        self.adding.row_on(at, facts, place);
    }

    /// A service that nobody needs has that as a note.
    fn take_on_instance(&mut self, at: InstanceIndex, answer: &OwnerAnswer, place: Place) {
        let link = self.adding.link_to(at);
        let is_known = link.is_some_and(|link| self.known.instances.contains(&link.instance));
        if is_known && (answer.needed != Some(false) || self.read_before.is_some()) {
            self.ledger.merged += 1;
            return;
        }
        if answer.needed == Some(false) && !self.note_unneeded(at) {
            self.ledger.merged += 1;
            return;
        }
        self.ledger.accepted += 1;
        self.adding.row_on_instance(at, place);
    }

    /// Notes that nobody needs a service any more. Says whether that was not noted before.
    fn note_unneeded(&mut self, at: InstanceIndex) -> bool {
        let name = InstanceName::of(self.graph, at);
        let AnsweredBy { owner, on, list: _ } = &self.by;
        let note = format!("No longer needed, as {owner} answered on {on} ({})", self.file);
        let on = NoteOn::Subject(SubjectName::Instance(name));
        let before = self.notes.on(&on).unwrap_or_default();
        if before.lines().any(|line| line == note) {
            return false;
        }
        let text = if before.is_empty() { note } else { format!("{before}\n{note}") };
        self.notes.write(on, &text);
        true
    }

    /// What an answer is about, which must be the owner's.
    fn find(&self, answer: &OwnerAnswer) -> Result<Found, RefusedAnswer> {
        let Some(owner) = self.owner else {
            let near = nearest(&self.by.owner, self.graph.owners().iter().map(String::as_str));
            let meant = match near.as_slice() {
                [] => "write the owner as the list had it".to_owned(),
                near => did_you_mean(near),
            };
            let message = format!("nothing in the inventory is theirs; {meant}");
            return Err(refused(answer, "owner", message));
        };
        let gone = "there is no such thing in the inventory any more; leave the row out, or import \
                    the inventory that has it";
        let not_theirs = "this is not theirs, by the inventory; leave the row out, or correct the \
                          owner in the inventory";
        match &answer.thing {
            AnsweredThing::Service(service, environment) => {
                let found = self.graph.find_instance(service, environment);
                let found = found.ok_or_else(|| refused(answer, "id", gone.to_owned()))?;
                if self.graph.owners_of_instance(found).contains(&owner) {
                    return Ok(Found::Instance(found));
                }
                Err(refused(answer, "id", not_theirs.to_owned()))
            }
            AnsweredThing::Credential(id) => {
                let found = self.find_credential(id, owner);
                let found = found.map_err(|message| refused(answer, "id", message.to_owned()))?;
                let found = found.ok_or_else(|| refused(answer, "id", gone.to_owned()))?;
                if self.graph.owners_of(found).contains(&owner) {
                    return Ok(Found::Credential(found));
                }
                Err(refused(answer, "id", not_theirs.to_owned()))
            }
        }
    }

    /// The credential of an id or a token; an error where several have the id.
    fn find_credential(
        &self,
        id: &str,
        owner: OwnerIndex,
    ) -> Result<Option<CredentialIndex>, &'static str> {
        if id.starts_with(TOKEN) {
            let keyed = self.keyed.ok_or(
                "this stands for a secret, and the key of the project is not there to tell which; \
                 put it back",
            )?;
            let has_it = |at: &CredentialIndex| {
                self.graph.owners_of(*at).contains(&owner)
                    && self.graph.fingerprint_of(*at).is_some_and(|own| keyed.token(own) == id)
            };
            return Ok(self.graph.credential_indices().find(has_it));
        }
        match self.graph.find_credential(id) {
            Some(found) => Ok(Some(found)),
            None if self.graph.bearers_of(id).is_empty() => Ok(None),
            None => Err("several credentials have this id; write the id that Keyreach prints"),
        }
    }

    fn finish(self, project: &Project) -> TakenAnswers {
        let Self { adding, notes, mut ledger, mut refused, by, read_before, .. } = self;
        let mut inventory = adding.inventory;
        refused.sort_by_key(|one| one.line);
        ledger.rejected = refused.len() as u64;
        let owner = by.owner;
        if ledger.accepted == 0
            && (read_before.is_some() || (ledger.merged > 0 && refused.is_empty()))
        {
            // What is known is not said once more, nor are the problems of before.
            return TakenAnswers { project: project.clone(), owner, ledger, refused, read_before };
        }
        let source = crate::inventory::SourceId(inventory.sources.len() as u16 - 1);
        if let Some(last) = inventory.sources.last_mut() {
            last.ledger = ledger;
        }
        inventory.problems.extend(refused.iter().map(|one| Problem {
            column: one.column.clone(),
            row_rejected: true,
            ..Problem::new(Place { source, line: one.line }, one.kind, one.message.clone())
        }));
        let sources =
            Sources { inventory: Some(Arc::new(inventory)), ..Sources::clone(&project.sources) };
        let project =
            Project { sources: Arc::new(sources), notes: Arc::new(notes), ..project.clone() };
        TakenAnswers { project, owner, ledger, refused, read_before }
    }
}

/// Why an answer is not taken.
fn refused(answer: &OwnerAnswer, column: &str, message: String) -> RefusedAnswer {
    let (line, column) = (answer.line, column.to_owned());
    RefusedAnswer { line, column, kind: ProblemKind::RefusedAnswer, message }
}
