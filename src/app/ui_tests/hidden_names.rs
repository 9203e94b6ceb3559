//! Names hidden in the window: nothing of them is left in sight, and all else stays as it was.

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::planted_names::{NEEDLE, everything_said, planted};
use super::{sample as sample_file, settle};
use crate::analysis::{FixKind, Subject};
use crate::app::model::Model;
use crate::app::model::command::{
    ArrangeCommand, Command, FindingCommand, FixCommand, LookCommand, NamesCommand, PresentCommand,
    ProjectCommand, ReimportCommand, RotationCommand, ScenarioCommand, SceneCommand, SightCommand,
    TableCommand,
};
use crate::app::model::job_end::JobEnd;
use crate::app::shell::window::Window;
use crate::app::work::shown_names::ShownNames;
use crate::graph::InstanceIndex;
use crate::inventory::{Assumptions, Progress};
use crate::project::{
    CredentialName, GroupBy, NamedFix, NoteOn, Project, RedactedKind, RedactedKinds, Scene,
    SceneQuestion, SubjectName,
};

/// How the jobs end that concern names.
pub(super) fn ends(model: &Model) -> [JobEnd; 2] {
    let shown = ShownNames::of(model.project.clone(), None, None, &Progress::default());
    [
        JobEnd::NamesShown(Box::new(shown.expect("nobody cancels"))),
        JobEnd::PseudonymsMade(model.project.pseudonyms.clone()),
    ]
}

/// Hides and shows names in each way.
pub(super) fn commands() -> [Command; 7] {
    let thing = SubjectName::Credential(CredentialName::Known("k1".to_owned()));
    [
        NamesCommand::AskPseudonym(thing),
        NamesCommand::EditPseudonym("the first".to_owned()),
        NamesCommand::ChoosePseudonym,
        NamesCommand::LeavePseudonym,
        NamesCommand::Switch,
        NamesCommand::Hide(RedactedKinds::of([RedactedKind::Owners])),
        NamesCommand::Kind(RedactedKind::Services),
    ]
    .map(Command::Names)
}

pub(super) fn all_kinds() -> RedactedKinds {
    RedactedKinds::of(RedactedKind::ALL)
}

pub(super) fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    let model = &mut harness.state_mut().model;
    model.apply(command);
    model.finish_jobs();
    harness.run();
}

pub(super) fn hide(harness: &mut Harness<'static, Window>, kinds: RedactedKinds) {
    apply(harness, Command::Names(NamesCommand::Hide(kinds)));
}

pub(super) fn show(harness: &mut Harness<'static, Window>) {
    assert!(harness.state().model.hidden.is_some());
    apply(harness, Command::Names(NamesCommand::Switch));
    assert!(harness.state().model.hidden.is_none());
}

#[test]
fn hiding_names_and_showing_them_leaves_the_camera_where_it_is() {
    let mut harness = super::sample("talk.csv");
    for _ in 0..2 {
        apply(&mut harness, Command::Look(LookCommand::Zoom(1.5)));
    }
    let camera = harness.state().camera().expect("it was drawn");
    hide(&mut harness, all_kinds());
    assert_eq!(harness.state().camera(), Some(camera));
    show(&mut harness);
    assert_eq!(harness.state().camera(), Some(camera));
}

/// Where everything lies, what is selected, and how it is judged.
fn standing(model: &Model) -> String {
    let answers = model.answers.as_ref().expect("it is open");
    let findings: Vec<_> =
        answers.findings.iter().map(|one| (one.rule, one.subject, one.severity)).collect();
    let map = model.map().expect("it is laid out");
    let marks: Vec<_> = map.marks.iter().map(|mark| (mark.subject, mark.at)).collect();
    let fixes: Vec<_> = model.what_if.standings.iter().map(|own| own.fix().cloned()).collect();
    let standings = model.standings.as_ref().map(|own| own.standings.counts(&answers.findings));
    format!(
        "{findings:?}{marks:?}{:?}{:?}{fixes:?}{:?}{standings:?}{:?}",
        model.selected_all(),
        model.picked,
        model.rotation.as_ref().map(|own| own.found.known.clone()),
        model.views.active().data.pins,
    )
}

#[test]
fn nothing_moves_when_names_are_hidden_or_shown() {
    let mut harness = planted();
    let before = harness.state().model.project.clone();
    let labels = |harness: &Harness<'static, Window>| -> Vec<String> {
        harness.state().model.history.labels().map(str::to_owned).collect()
    };
    let (open, steps) = (standing(&harness.state().model), labels(&harness));
    for kinds in [all_kinds(), RedactedKinds::default(), RedactedKinds::of([RedactedKind::Owners])]
    {
        hide(&mut harness, kinds);
        assert_eq!(standing(&harness.state().model), open);
        assert!(labels(&harness).is_empty());
    }
    show(&mut harness);
    assert_eq!(standing(&harness.state().model), open);
    let after = &harness.state().model.project;
    assert!(!after.pseudonyms.is_empty());
    assert_eq!(*after, Project { pseudonyms: after.pseudonyms.clone(), ..before });
    assert_eq!(labels(&harness), steps);
    let made = after.pseudonyms.clone();
    apply(&mut harness, Command::Undo);
    assert_eq!(harness.state().model.project.pseudonyms, made, "what was made is never undone");
}

/// The name that a credential has while names are hidden.
fn pseudonym(harness: &Harness<'static, Window>, id: &str) -> CredentialName {
    let hidden = harness.state().model.hidden.as_ref().expect("names are hidden");
    let thing = SubjectName::Credential(CredentialName::Known(id.to_owned()));
    let name = hidden.open.pseudonyms.pseudonym_of(&thing).expect("it has one");
    CredentialName::Known(name.to_owned())
}

/// The last fix, how much has fallen, and the days between rotations, under the true names.
fn listed(harness: &Harness<'static, Window>) -> (Option<String>, usize, i32) {
    let project = harness.state().model.open_project();
    let last = project.fixes.list().last().map(|fix| fix.credential.as_str().to_owned());
    (last, project.rotation.starts().len(), project.assumptions.rotation_days)
}

#[test]
fn what_is_done_while_names_are_hidden_is_done_to_what_they_stand_for() {
    let mut harness = planted();
    hide(&mut harness, all_kinds());
    let answers = harness.state().model.answers.clone().expect("it is open");
    let hidden = pseudonym(&harness, "zqx.key.2");
    let at = answers.graph.find_credential(hidden.as_str()).expect("it is found by its pseudonym");
    assert_eq!(CredentialName::of(&answers.graph, at), hidden);
    let fix = NamedFix::new(hidden.as_str(), FixKind::SplitByEnvironment);
    let mut policy = Assumptions::clone(&harness.state().model.project.assumptions);
    policy.rotation_days = 17;
    policy.crown_jewels.push(answers.graph.written_name(InstanceIndex(1)));
    for command in [
        Command::Fix(FixCommand::Add(fix)),
        Command::Rotate(RotationCommand::Add(SubjectName::Credential(hidden))),
        Command::Sight(SightCommand::Hide(vec![Subject::Credential(at)])),
        Command::Arrange(ArrangeCommand::GroupBy(GroupBy::Owner)),
        Command::Assume(policy),
    ] {
        apply(&mut harness, command);
    }
    let done = (Some("zqx.key.2".to_owned()), 2, 17);
    assert_eq!(listed(&harness), done);
    assert_eq!(harness.state().model.history.labels().count(), 5);
    // A step of these is taken back and made again while names are hidden.
    apply(&mut harness, Command::Undo);
    assert_ne!(listed(&harness).2, 17);
    apply(&mut harness, Command::Redo);
    assert_eq!(listed(&harness), done);
    show(&mut harness);
    assert_eq!(listed(&harness), done);
    let model = &harness.state().model;
    let steps: Vec<&str> = model.history.labels().collect();
    let last = &steps[steps.len() - 5..];
    assert!(last[0].contains("zqx.key.2"), "{last:?}");
    let jewel = &model.project.assumptions.crown_jewels[1].to_lowercase();
    assert!(jewel.contains(NEEDLE), "{jewel}");
    for _ in 0..5 {
        apply(&mut harness, Command::Undo);
    }
    let project = &harness.state().model.project;
    assert_eq!((project.fixes.list().len(), project.rotation.starts().len()), (1, 1));
}

/// What is written would stand beside pseudonyms, and paths may hold names.
#[test]
fn what_cannot_be_done_while_names_are_hidden_says_why_and_changes_nothing() {
    let mut harness = planted();
    hide(&mut harness, all_kinds());
    let thing = SubjectName::Credential(pseudonym(&harness, "zqx.key.2"));
    let before = harness.state().model.open_project().clone();
    for command in [
        Command::Finding(FindingCommand::Note(NoteOn::Subject(thing.clone()), "new".to_owned())),
        Command::Scenario(ScenarioCommand::Keep("new".to_owned())),
        Command::Scene(SceneCommand::Caption(0, "new".to_owned())),
        Command::Names(NamesCommand::AskPseudonym(thing)),
        Command::Reimport(ReimportCommand::Read),
        Command::Close,
        Command::Project(ProjectCommand::SaveAs),
    ] {
        apply(&mut harness, command.clone());
        let model = &mut harness.state_mut().model;
        let why = model.notice.take().expect("it says why not");
        assert!(why.contains("show them first"), "{why}");
        assert_eq!(*model.open_project(), before, "{command:?}");
    }
}

/// A scene that is made, moved, copied or changed while names are hidden is one of the true names.
#[test]
fn scenes_are_made_and_moved_while_names_are_hidden() {
    let mut harness = planted();
    let written = harness.state().model.project.scenes.clone();
    let [first, second] = [0, 1].map(|at| written.get(at).expect("it is made").clone());
    hide(&mut harness, RedactedKinds::default());
    let shown = harness.state().model.project.scenes.clone();
    let caption = shown.get(0).map(|own| own.caption.clone()).unwrap_or_default();
    assert!(caption.starts_with("How far does credential "), "{caption}");
    assert_eq!(shown.get(1).map(|own| own.title(1)).as_deref(), Some("Scene 2"));
    let scenes = |harness: &Harness<'static, Window>| {
        harness.state().model.open_project().scenes.list().to_vec()
    };
    apply(&mut harness, Command::Scene(SceneCommand::Shift(0, 1)));
    assert_eq!(scenes(&harness), [second.clone(), first.clone()]);
    apply(&mut harness, Command::Scene(SceneCommand::Duplicate(1)));
    assert_eq!(scenes(&harness), [second.clone(), first.clone(), first.clone()]);
    apply(&mut harness, Command::Scene(SceneCommand::HideAnswer(0, true)));
    let hides = Scene { hides_answer: true, ..second };
    assert_eq!(scenes(&harness), [hides.clone(), first.clone(), first.clone()]);
    apply(&mut harness, Command::Scene(SceneCommand::Remove(2)));
    let at = harness.state().model.answers.as_ref().and_then(|answers| {
        answers.graph.find_credential(pseudonym(&harness, "zqx.key.2").as_str())
    });
    apply(&mut harness, Command::Select(at.map(Subject::Credential)));
    apply(&mut harness, Command::Scene(SceneCommand::Add));
    let made = scenes(&harness);
    assert_eq!(made[..2], [hides, first]);
    assert_eq!(made[2].caption, "How far does zqx.key.2 reach?");
    let key = SubjectName::Credential(CredentialName::Known("zqx.key.2".to_owned()));
    assert_eq!(made[2].question, SceneQuestion::Reach(vec![key]));
    show(&mut harness);
    assert_eq!(scenes(&harness), made);
}

#[test]
fn the_key_hides_names_on_the_stage_and_the_presentation_goes_on() {
    let mut harness = planted();
    apply(&mut harness, Command::Present(PresentCommand::Start));
    apply(&mut harness, Command::Present(PresentCommand::GoTo(0)));
    settle(&mut harness);
    assert!(everything_said(&harness).contains("zqx-deploy-key"));
    for is_hidden in [true, false] {
        harness.key_press(Key::H);
        harness.step();
        harness.state_mut().model.finish_jobs();
        settle(&mut harness);
        let model = &harness.state().model;
        assert_eq!(model.hidden.is_some(), is_hidden);
        let own = model.session.presentation.as_ref().expect("it goes on");
        assert_eq!((own.at, own.step), (0, 0));
        let said = everything_said(&harness);
        assert_eq!(said.contains("names hidden"), is_hidden);
        assert_eq!(said.contains("zqx-deploy-key"), !is_hidden, "{said}");
    }
    apply(&mut harness, Command::Present(PresentCommand::Leave));
    assert!(harness.state().model.session.paused.is_none());
}

/// What was searched for is hidden with the names, and there again with them.
#[test]
fn a_search_text_comes_back_with_the_names() {
    let mut harness = planted();
    apply(&mut harness, Command::Sight(SightCommand::OnlyFound("zqx.key.2".to_owned())));
    let texts = |harness: &Harness<'static, Window>| {
        let model = &harness.state().model;
        let filter = model.views.active().spec.filters.search().to_owned();
        (model.session.search.clone(), filter)
    };
    let before = texts(&harness);
    assert_eq!(before, ("zqx".to_owned(), "zqx.key.2".to_owned()));
    hide(&mut harness, RedactedKinds::default());
    assert_eq!(texts(&harness), (String::new(), String::new()));
    hide(&mut harness, all_kinds());
    show(&mut harness);
    assert_eq!(texts(&harness), before);
}

#[test]
fn a_pseudonym_is_chosen_in_the_menu_of_a_thing_and_taken_back_by_name() {
    let mut harness = sample_file("talk.csv");
    let key = CredentialName::Known("deploy-key-prod".to_owned());
    let thing = SubjectName::Credential(key);
    let choose = |harness: &mut Harness<'static, Window>, text: &str| {
        let ask = NamesCommand::AskPseudonym(thing.clone());
        for command in
            [ask, NamesCommand::EditPseudonym(text.to_owned()), NamesCommand::ChoosePseudonym]
        {
            apply(harness, Command::Names(command));
        }
    };
    choose(&mut harness, "The Deploy-Key-Prod of ours");
    harness.get_by_label_contains("it holds a real name");
    apply(&mut harness, Command::Back);
    assert!(harness.state().model.session.pseudonym.is_none());
    choose(&mut harness, "the master key");
    let model = &harness.state().model;
    assert_eq!(model.session.pseudonym, None);
    assert_eq!(model.undoes(), Some("the pseudonym of “deploy-key-prod”"));
    assert!(model.saving.has_unsaved(&model.project));
    hide(&mut harness, RedactedKinds::default());
    assert!(everything_said(&harness).contains("the master key"));
    show(&mut harness);
    apply(&mut harness, Command::Undo);
    assert_eq!(harness.state().model.project.pseudonyms.chosen_for(&thing), None);
    hide(&mut harness, RedactedKinds::default());
    assert!(!everything_said(&harness).contains("the master key"));
}

#[test]
fn an_owner_gets_a_pseudonym_in_the_panel_of_what_is_theirs() {
    let mut harness = sample_file("talk.csv");
    let answers = harness.state().model.answers.clone().expect("it is open");
    let owner = crate::graph::OwnerIndex(0);
    let name = answers.graph.owner_name(owner).to_owned();
    apply(&mut harness, Command::Table(TableCommand::PickOwner(Some(owner))));
    harness.get_by_label("Pseudonym…").click();
    harness.run();
    harness.state_mut().model.finish_jobs();
    harness.run();
    harness.get_by_label(&format!("Pseudonym of “{name}”"));
    apply(&mut harness, Command::Names(NamesCommand::EditPseudonym("the night shift".to_owned())));
    harness.get_by_label("Use this pseudonym").click();
    harness.run();
    harness.get_by_label("Pseudonym: the night shift…");
    let label = format!("the pseudonym of “{name}”");
    assert_eq!(harness.state().model.undoes(), Some(label.as_str()));
    hide(&mut harness, RedactedKinds::default());
    let said = everything_said(&harness);
    assert!(said.contains("the night shift") && !said.contains("pseudonym: "), "{said}");
}

#[test]
fn the_key_hides_and_the_window_says_so() {
    let mut harness = sample_file("talk.csv");
    assert!(harness.query_by_label("Names hidden ▾").is_none());
    harness.key_press(Key::H);
    harness.step();
    harness.state_mut().model.finish_jobs();
    harness.run();
    harness.get_by_label("Names hidden ▾");
    assert_eq!(harness.state().model.title(), "Names hidden – Keyreach");
    assert!(!everything_said(&harness).contains("deploy-key-prod"));
    apply(&mut harness, Command::Names(NamesCommand::Kind(RedactedKind::Credentials)));
    assert!(everything_said(&harness).contains("deploy-key-prod"));
    harness.key_press(Key::H);
    harness.step();
    harness.state_mut().model.finish_jobs();
    harness.run();
    assert!(harness.query_by_label("Names hidden ▾").is_none());
}
