//! The states of the window that are drawn at each size.

use std::fmt::Write as _;
use std::path::Path;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{SMALL, empty, open, sample, settle, stage};
use crate::analysis::Subject;
use crate::app::model::command::{
    AnswerCommand, Command, FixCommand, LookCommand, PolicyCommand, RotationCommand, TableCommand,
};
use crate::app::model::policy_section::PolicySection;
use crate::app::model::rotation::start_in_question;
use crate::app::model::route::RouteOf;
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;

/// A sample whose map is drawn quickly.
const SMALL_SAMPLE: &str = "talk.csv";

type Drawn = Harness<'static, Window>;

/// A state, and whether a table in it is scrolled sideways.
pub(super) struct State {
    pub(super) name: String,
    pub(super) sideways: bool,
    pub(super) harness: Drawn,
}

fn state(name: &str, harness: Drawn) -> State {
    State { name: name.to_owned(), sideways: false, harness }
}

fn with(name: &str, of: &str, commands: Vec<Command>) -> State {
    let mut harness = sample(of);
    settle(&mut harness);
    for command in commands {
        harness.state_mut().model.apply(command);
        settle(&mut harness);
    }
    state(name, harness)
}

/// An inventory whose names are as long as exports have them, and whose figures have four digits.
pub(super) fn long_names() -> Drawn {
    let mut text = "id,label,type,owner,service,environment,access\n".to_owned();
    let long =
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:payments/gateway/settlement";
    for row in 0..1_020_u32 {
        let environment = ["development", "staging-europe-west", "production"][row as usize % 3];
        let (key, service) = (row % 30 / 2, row % 30);
        let access = if row % 2 == 0 { "grants" } else { "holds" };
        writeln!(
            text,
            "{long}/{key},Key of the settlement gateway of the payments platform {key},\
             database password,Platform engineering and reliability,\
             payments-settlement-gateway-{service},{environment},{access}"
        )
        .expect("a text takes all");
    }
    let mut harness = empty();
    open(
        &mut harness,
        "inventory-of-all-credentials-of-the-payments-platform.csv",
        text.into_bytes(),
    );
    settle(&mut harness);
    harness
}

fn first_instance(harness: &Drawn) -> Subject {
    let model = &harness.state().model;
    let answers = model.answers.as_ref().expect("there are answers");
    let reached = answers.ends.crown_jewels.iter().copied();
    let most = reached.max_by_key(|at| answers.reached_by.of(*at));
    Subject::Instance(most.expect("there are crown jewels"))
}

/// Every state of the window that matters, each once.
pub(super) fn states() -> Vec<State> {
    let mut all = vec![state("the start page", empty())];
    for tab in Tab::ALL {
        let show = Command::Table(TableCommand::Show(tab));
        all.push(with(tab.name(), SMALL_SAMPLE, vec![show]));
    }
    all.push(with(
        "problems",
        "messy.csv",
        vec![Command::Table(TableCommand::Show(Tab::Problems))],
    ));
    let mut instance = sample(SMALL_SAMPLE);
    settle(&mut instance);
    let at = first_instance(&instance);
    instance.state_mut().model.apply(Command::Select(Some(at)));
    settle(&mut instance);
    instance.state_mut().model.apply(Command::Look(LookCommand::ReachedBy(true)));
    settle(&mut instance);
    all.push(state("an instance", instance));
    all.push(with(
        "a path",
        SMALL_SAMPLE,
        vec![Command::Answer(AnswerCommand::Show(RouteOf::Proof))],
    ));
    all.push(with(
        "an owner",
        SMALL_SAMPLE,
        vec![
            Command::Table(TableCommand::Show(Tab::Owners)),
            Command::Table(TableCommand::Pick(0)),
        ],
    ));
    all.push(with("what-if", SMALL_SAMPLE, vec![Command::Fix(FixCommand::AddPlan)]));
    all.push(with(
        "with the fixes",
        SMALL_SAMPLE,
        vec![Command::Fix(FixCommand::AddPlan), Command::Fix(FixCommand::ShowWith(true))],
    ));
    all.push(rotation());
    all.push(with("assumptions", SMALL_SAMPLE, vec![Command::Policy(PolicyCommand::Open(true))]));
    all.push(with(
        "environments",
        "messy.csv",
        vec![Command::Policy(PolicyCommand::OpenAt(PolicySection::Environments))],
    ));
    all.push(state("long names", long_names()));
    all.push(with("a larger map", "payments.csv", Vec::new()));
    all.push(with("a split map", SMALL_SAMPLE, vec![Command::Look(LookCommand::Split)]));
    all.push(wizard());
    all.extend(overlays());
    all
}

fn rotation() -> State {
    let mut harness = sample(SMALL_SAMPLE);
    settle(&mut harness);
    let start = start_in_question(&harness.state().model).expect("the worst is selected");
    harness.state_mut().model.apply(Command::Rotate(RotationCommand::Add(start)));
    settle(&mut harness);
    state("the order of rotation", harness)
}

fn wizard() -> State {
    let mut harness = empty();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/messy.csv");
    let text = std::fs::read_to_string(path).expect("the sample is there");
    stage(&mut harness, &[("messy.csv", &text), ("small.csv", SMALL)]);
    State { sideways: true, ..state("the wizard", harness) }
}

/// What lies over the window.
fn overlays() -> Vec<State> {
    let mut all = vec![
        with(
            "the palette",
            SMALL_SAMPLE,
            vec![
                Command::Look(LookCommand::Palette(true)),
                Command::Look(LookCommand::PaletteText("ledger".to_owned())),
            ],
        ),
        with("the keys", SMALL_SAMPLE, vec![Command::Look(LookCommand::Help(true))]),
        with(
            "the history",
            SMALL_SAMPLE,
            vec![Command::Fix(FixCommand::AddPlan), Command::Look(LookCommand::History(true))],
        ),
    ];
    let mut menu = sample(SMALL_SAMPLE);
    settle(&mut menu);
    menu.get_by_label("View").click();
    menu.run();
    all.push(state("a menu", menu));
    let folder = tempfile::tempdir().expect("a folder");
    let mut changed = super::reimport::changed_file(folder.path());
    changed.state_mut().model.notice = Some("nothing could be written, because ".repeat(4));
    settle(&mut changed);
    all.push(state("notices", changed));
    let mut comparison = super::reimport::changed_file(folder.path());
    let read = crate::app::model::command::ReimportCommand::Read;
    comparison.state_mut().model.apply(Command::Reimport(read));
    settle(&mut comparison);
    all.push(state("a comparison", comparison));
    all
}
