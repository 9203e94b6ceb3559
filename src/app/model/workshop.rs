//! The work in a workshop: disputes, stated facts and notes, also while scenes are presented.

use std::sync::Arc;

use crate::analysis::Subject;
use crate::app::jobs::JobKind;
use crate::app::jobs::dialog::Asking;
use crate::app::model::choosing_pseudonyms::cover_new_names;
use crate::app::model::disputes_in_sight::DisputesInSight;
use crate::app::model::file_dialogs::save;
use crate::app::model::presentation::Story;
use crate::app::model::project_jobs::key_of_project;
use crate::app::model::rebuild::analyse_again;
use crate::app::model::state::Model;
use crate::app::model::to_copy::ToCopy;
use crate::app::model::workshop_command::{WorkshopCommand, WorkshopDraft, WorkshopKey, Written};
use crate::app::work::workshop::{minutes_text, save_handed_over, save_minutes};
use crate::graph::{AccessGraph, EdgeIndex};
use crate::inventory::AssumptionKind;
use crate::project::{
    Assumption, Dispute, InstanceName, LinkName, PathName, Project, SceneMark, SubjectName,
    Workshop, WorkshopItem, WorkshopNote, WorkshopNoteKind, WrittenFact, state_fact, without_entry,
};

/// How many of the links that are assumed are offered one by one.
const MOST_LINKS: usize = 40;

/// Why facts wait while names are hidden.
const FACTS_HIDDEN: &str =
    "names are hidden: show them first (H), so that a fact stands beside the true names";

impl Model {
    /// How many assumed links are disputed of what is shown.
    pub(crate) fn disputed_links(&self) -> usize {
        let graph = self.answers.as_ref().map(|answers| &answers.graph);
        graph.map_or(0, |graph| self.project.workshop.disputed_links(graph).len())
    }

    /// Who disputes an assumption and why, a sentence each.
    pub(crate) fn disputes_of(&self, kind: AssumptionKind) -> Vec<String> {
        self.project.workshop.disputes_of(&Assumption::Policy(kind))
    }

    /// Words on an assumption, with the word that it is disputed where it is.
    pub(crate) fn with_dispute(&self, kind: AssumptionKind, words: String) -> String {
        self.disputed.disputed().beside(kind, words)
    }

    /// What can be disputed: the links in question that are assumed, then what stands in the line of
    /// assumptions.
    pub(crate) fn disputable(&self) -> Vec<Assumption> {
        let policy = AssumptionKind::ALL.into_iter().map(Assumption::Policy);
        let Some(answers) = &self.answers else { return policy.collect() };
        let graph = &answers.graph;
        let links = self.edges_in_question(graph).into_iter();
        let assumed = links.filter(|edge| {
            let edge = graph.edge(*edge);
            edge.assumed || edge.level_assumed()
        });
        let links =
            assumed.take(MOST_LINKS).map(|edge| Assumption::Link(LinkName::of(graph, edge)));
        links.chain(policy).collect()
    }

    /// The links of what is selected, or of the paths in question.
    fn edges_in_question(&self, graph: &AccessGraph) -> Vec<EdgeIndex> {
        let mut edges: Vec<EdgeIndex> = Vec::new();
        for subject in self.selected_all() {
            let (some, others) = match subject {
                Subject::Credential(at) => (graph.held_by(*at), graph.grants(*at)),
                Subject::Instance(at) => (graph.holds(*at), graph.granted_by(*at)),
            };
            edges.extend(some.iter().chain(others));
        }
        for path in self.route.iter().flat_map(|route| &route.paths) {
            for hop in &path.hops {
                edges.extend(hop.from.and_then(|from| graph.held_for(from, hop.edge)));
                edges.push(hop.edge);
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        edges.retain(|edge| seen.insert(*edge));
        edges
    }

    /// The names of what is in question.
    fn names_in_question(&self) -> Vec<SubjectName> {
        let Some(answers) = &self.answers else { return Vec::new() };
        let graph = &answers.graph;
        let selected = self.selected_all();
        if !selected.is_empty() {
            return selected.iter().map(|own| SubjectName::of(graph, *own)).collect();
        }
        if let Some(owner) = self.owner.and_then(|own| own.0) {
            return vec![SubjectName::Owner(graph.owner_name(owner).to_owned())];
        }
        match self.route.as_ref().map(|route| route.paths.as_slice()) {
            Some([one]) => vec![SubjectName::Path(Box::new(PathName::of(graph, one)))],
            _ => Vec::new(),
        }
    }

    /// The scene that is presented.
    fn scene_mark(&self) -> Option<SceneMark> {
        let own = self.session.presentation.as_ref()?;
        let scene = self.project.scenes.get(own.at)?;
        let number = u32::try_from(own.at).ok()?.saturating_add(1);
        Some(SceneMark { number, caption: scene.caption.clone() })
    }
}

/// Carries out what concerns the work in a workshop.
pub(crate) fn apply_workshop(model: &mut Model, command: WorkshopCommand) {
    match command {
        WorkshopCommand::Begin(key) => {
            let written = begun(model, key);
            ask(model, written);
        }
        WorkshopCommand::Ask(written) => ask(model, *written),
        WorkshopCommand::Edit(written) => {
            if let Some(draft) = &mut model.session.workshop {
                *draft = WorkshopDraft { written: *written, why: None };
            }
        }
        WorkshopCommand::Keep => keep(model),
        WorkshopCommand::Leave => model.session.workshop = None,
        WorkshopCommand::TakeBack(number) => take_back(model, number),
        WorkshopCommand::CopyMinutes => {
            let text = minutes_text(lasting(model));
            model.to_copy = Some(ToCopy::Text(text));
            model.report_done("the minutes are in the clipboard, as Markdown".to_owned());
        }
        WorkshopCommand::SaveMinutes => {
            let asking = Asking {
                title: "Save the minutes",
                file_name: "minutes.md",
                kind: ("Markdown", "md"),
                otherwise: "`keyreach minutes PROJECT --output FILE` writes them",
            };
            let project = lasting(model).clone();
            save(model, asking, move |path| save_minutes(&project, path));
        }
        WorkshopCommand::SaveFacts => save_facts(model),
    }
}

/// What a key begins to write down, about what is in question.
fn begun(model: &Model, key: WorkshopKey) -> Written {
    match key {
        WorkshopKey::Note(kind) => {
            let (about, text) = (model.names_in_question(), String::new());
            Written::Note(WorkshopNote { kind, about, text })
        }
        WorkshopKey::Dispute => {
            let all = model.disputable();
            let link = all.iter().find(|own| matches!(own, Assumption::Link(_)));
            let first = Assumption::Policy(AssumptionKind::UnstatedAccess);
            let assumption = link.cloned().unwrap_or(first);
            Written::Dispute(Dispute { assumption, by: String::new(), remark: String::new() })
        }
        WorkshopKey::Fact => Written::Fact(fact_on(&model.names_in_question())),
    }
}

/// A fact with what is known of its ends.
pub(crate) fn fact_on(names: &[SubjectName]) -> WrittenFact {
    let mut fact = WrittenFact::default();
    for name in names {
        match name {
            SubjectName::Credential(own) if fact.credential.is_empty() => {
                own.as_str().clone_into(&mut fact.credential);
            }
            SubjectName::Instance(InstanceName { service, environment })
                if fact.service.is_empty() =>
            {
                fact.service.clone_from(service);
                fact.environment.clone_from(environment);
            }
            _ => {}
        }
    }
    fact
}

/// Opens the field.
fn ask(model: &mut Model, mut written: Written) {
    // The guided story is told on a sample, which nobody keeps.
    let is_story = model.session.story == Story::Shown;
    if model.answers.is_none() || model.staging.is_some() || is_story {
        return;
    }
    if let Written::Note(WorkshopNote { kind: WorkshopNoteKind::Owner, about, .. }) = &written
        && about.is_empty()
        && model.session.presentation.is_none()
    {
        model.notice = Some("select a credential, a service or a path first".to_owned());
        return;
    }
    let by = &model.session.workshop_by;
    match &mut written {
        Written::Dispute(own) if own.by.is_empty() => own.by.clone_from(by),
        Written::Fact(own) if own.by.is_empty() => own.by.clone_from(by),
        Written::Note(_) | Written::Dispute(_) | Written::Fact(_) => {}
    }
    let waits = model.hidden.is_some() && matches!(written, Written::Fact(_));
    let why = waits.then(|| FACTS_HIDDEN.to_owned());
    model.session.workshop = Some(WorkshopDraft { written, why });
}

/// All that lasts of the project: while scenes are presented, without what they assume.
fn lasting(model: &Model) -> &Project {
    model.session.presentation.as_ref().map_or(&model.project, |own| &own.before)
}

/// Keeps what is written, or says why it cannot be kept.
fn keep(model: &mut Model) {
    let Some(draft) = model.session.workshop.clone() else { return };
    let is_added = model
        .answers_as_is()
        .zip(written_fact(&draft.written))
        .is_some_and(|(answers, fact)| fact.is_new_instance(&answers.graph));
    match kept(model, &draft.written) {
        Ok(project) => {
            match &draft.written {
                Written::Dispute(Dispute { by, .. }) | Written::Fact(WrittenFact { by, .. }) => {
                    by.trim().clone_into(&mut model.session.workshop_by);
                }
                Written::Note(_) => {}
            }
            model.session.workshop = None;
            put(model, &project);
            let added = written_fact(&draft.written).filter(|_| is_added);
            let last = project.workshop.entries().last().map(|own| own.number);
            if let Some(own) = &mut model.session.presentation {
                own.taken_back = None;
                own.added = last.filter(|_| added.is_some());
            } else if let Some(fact) = added {
                let name = written_name(fact);
                model.report_done(format!("stated: “{name}” is in no file, and is added"));
            }
        }
        Err(why) => {
            if let Some(draft) = &mut model.session.workshop {
                draft.why = Some(why);
            }
        }
    }
}

fn written_fact(written: &Written) -> Option<&WrittenFact> {
    match written {
        Written::Fact(fact) => Some(fact),
        Written::Note(_) | Written::Dispute(_) => None,
    }
}

/// The service instance of a fact, as it was written.
fn written_name(fact: &WrittenFact) -> String {
    let (service, environment) = (fact.service.trim(), fact.environment.trim());
    if environment.is_empty() { service.to_owned() } else { format!("{service} in {environment}") }
}

/// The project with what is written.
fn kept(model: &Model, written: &Written) -> Result<Project, String> {
    let project = lasting(model);
    let when = (model.today, model.scene_mark());
    let item = match written {
        Written::Fact(fact) => {
            if model.hidden.is_some() {
                return Err(FACTS_HIDDEN.to_owned());
            }
            let answers = model.answers_as_is().filter(|_| !model.runs(JobKind::Analysis));
            let answers = answers.ok_or("wait until what runs is done")?;
            return state_fact(project, &answers.graph, fact, when);
        }
        Written::Note(note) => {
            let text = clean(model, &note.text);
            if text.is_empty() {
                return Err("write something first".to_owned());
            }
            if note.kind == WorkshopNoteKind::Owner && note.about.is_empty() {
                return Err("select a credential, a service or a path first".to_owned());
            }
            WorkshopItem::Note(WorkshopNote { text, ..note.clone() })
        }
        Written::Dispute(own) => {
            let dispute = Dispute {
                assumption: own.assumption.clone(),
                by: clean(model, &own.by),
                remark: clean(model, &own.remark),
            };
            let is_said = project.workshop.disputes().any(|(_, known)| *known == dispute);
            if is_said {
                return Err(
                    "this is disputed already, by the same and for the same reason".to_owned()
                );
            }
            WorkshopItem::Dispute(dispute)
        }
    };
    let mut workshop = Workshop::clone(&project.workshop);
    workshop.add(when.0, when.1, item);
    Ok(Project { workshop: Arc::new(workshop), ..project.clone() })
}

/// What somebody wrote, on one line, with a mask in the place of secret values.
fn clean(model: &Model, text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    model.without_secrets(&one_line)
}

/// Takes an entry back.
fn take_back(model: &mut Model, number: u32) {
    let is_fact = |own: &Project| {
        own.workshop.entry(number).is_some_and(|own| matches!(own.item, WorkshopItem::Fact(_)))
    };
    let project = lasting(model);
    if is_fact(project) && model.hidden.is_some() {
        model.notice = Some(FACTS_HIDDEN.to_owned());
        return;
    }
    let without = without_entry(project, number);
    put(model, &without);
}

/// Takes back what was written down last while scenes are presented, and says so there.
pub(crate) fn take_back_last(model: &mut Model) {
    let Some(own) = &model.session.presentation else { return };
    let Some((number, words)) = own.said_last().map(|last| (last.number, last.item.words())) else {
        return;
    };
    take_back(model, number);
    let is_gone = lasting(model).workshop.entry(number).is_none();
    if let Some(own) = &mut model.session.presentation {
        own.taken_back =
            Some(if is_gone { format!("taken back: {words}") } else { FACTS_HIDDEN.to_owned() });
    }
}

/// Takes over what workshops brought, and the inventory with what was stated; it lasts also where scenes are
/// presented.
fn put(model: &mut Model, project: &Project) {
    let Project { workshop, sources, .. } = project;
    let is_other = !Arc::ptr_eq(&lasting(model).sources, sources);
    let presented = model.session.presentation.as_mut().map(|own| &mut own.before);
    for own in std::iter::once(&mut model.project).chain(presented) {
        own.workshop = workshop.clone();
        own.sources = sources.clone();
    }
    if is_other {
        cover_new_names(model, None);
        analyse_again(model);
    }
}

/// Asks where what was stated shall go, and writes it.
fn save_facts(model: &mut Model) {
    let Some(answers) = model.answers_as_is().cloned() else { return };
    if lasting(model).workshop.facts().next().is_none() {
        model.notice = Some("nothing was stated yet: press G to state a fact".to_owned());
        return;
    }
    let asking = Asking {
        title: "Save what was stated",
        file_name: "stated.csv",
        kind: ("CSV", "csv"),
        otherwise: "`keyreach stated PROJECT --output FILE` writes it",
    };
    let (key, workshop) = (key_of_project(model), lasting(model).workshop.clone());
    save(model, asking, move |path| save_handed_over((&answers, &workshop), key.as_ref(), path));
}

/// Keeps in sight what is disputed of what the answers that are shown assume.
pub(crate) fn follow_disputes(model: &mut Model) {
    let Some(answers) = model.answers.clone() else {
        model.disputed = DisputesInSight::default();
        return;
    };
    let workshop = model.project.workshop.clone();
    if model.disputed.is_of(&workshop, &answers) {
        return;
    }
    let now = DisputesInSight::of(workshop, answers);
    if !now.says_the_same(&model.disputed) {
        model.picture += 1;
    }
    model.disputed = now;
}
