//! The actions that concern scenes, and the keys while they are presented.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::app::commands::action::{Action, Needs, action, key};
use crate::app::model::Model;
use crate::app::model::command::{
    Command, LookCommand, PresentCommand, SceneCommand, TableCommand, WorkshopKey,
};
use crate::app::model::tab::Tab;
use crate::project::WorkshopNoteKind;

/// What can be done with scenes.
pub(crate) const SCENE_ACTIONS: [Action; 11] = [
    action(
        "Show the scenes",
        "What is shown step by step, in its order",
        None,
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Scenes))),
    ),
    action(
        "Add a scene",
        "Keep what is on screen as a scene: view, filters, selection, fixes, where you look",
        key(Key::S),
        (Needs::Inventory, |_| Command::Scene(SceneCommand::Add)),
    ),
    action(
        "Take over what is on screen",
        "Let the scene that was shown last show what is on screen",
        None,
        (Needs::Scene, |model| Command::Scene(SceneCommand::TakeOver(at(model)))),
    ),
    action(
        "Duplicate the scene",
        "Make another scene like the one that was shown last, after it",
        None,
        (Needs::Scene, |model| Command::Scene(SceneCommand::Duplicate(at(model)))),
    ),
    action(
        "Move the scene earlier",
        "Let the scene that was shown last come before the one before it",
        shift_alt(Key::ArrowLeft),
        (Needs::Scene, |model| {
            Command::Scene(SceneCommand::Shift(at(model), at(model).saturating_sub(1)))
        }),
    ),
    action(
        "Move the scene later",
        "Let the scene that was shown last come after the one after it",
        shift_alt(Key::ArrowRight),
        (Needs::Scene, |model| Command::Scene(SceneCommand::Shift(at(model), at(model) + 1))),
    ),
    action(
        "Delete the scene",
        "Take the scene that was shown last out",
        None,
        (Needs::Scene, |model| Command::Scene(SceneCommand::Remove(at(model)))),
    ),
    action(
        "Present",
        "Show the scenes on the whole screen, step by step",
        key(Key::F5),
        (Needs::Scenes, |_| Command::Present(PresentCommand::Start)),
    ),
    action(
        "Presenter's window",
        "Give presentations a window with notes, what comes next and the time, or no longer",
        None,
        (Needs::Nothing, |_| Command::Present(PresentCommand::PresenterWindow)),
    ),
    action(
        "Show the guided story",
        "Two minutes on a small sample: what the pictures say, and how one key joins dev to prod",
        None,
        (Needs::Closed, |_| Command::Present(PresentCommand::Story)),
    ),
    action(
        "Full screen",
        "Give the window the whole screen, or no longer",
        key(Key::F11),
        (Needs::Nothing, |model| {
            Command::Look(LookCommand::FullScreen(!model.session.full_screen))
        }),
    ),
];

/// The place of the scene that was shown last.
fn at(model: &Model) -> usize {
    model.session.scene.unwrap_or(0)
}

#[expect(clippy::unnecessary_wraps, reason = "an entry of the table may have no shortcut")]
const fn shift_alt(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::ALT.plus(Modifiers::SHIFT), key))
}

/// Keys that count while scenes are presented, those of remotes among them.
pub(crate) struct PresentingKeys {
    pub(crate) keys: &'static [Key],
    /// The keys as they are written on keyboards.
    pub(crate) name: &'static str,
    pub(crate) does: &'static str,
    pub(crate) command: PresentCommand,
}

const fn keys(
    (keys, name): (&'static [Key], &'static str),
    does: &'static str,
    command: PresentCommand,
) -> PresentingKeys {
    PresentingKeys { keys, name, does, command }
}

const OWNER: WorkshopKey = WorkshopKey::Note(WorkshopNoteKind::Owner);
const NEXT_STEP: WorkshopKey = WorkshopKey::Note(WorkshopNoteKind::NextStep);
const PARKED: WorkshopKey = WorkshopKey::Note(WorkshopNoteKind::Parked);

const fn write(key: WorkshopKey) -> PresentCommand {
    PresentCommand::Write(key)
}

/// All of them but the digits, each of which shows the scene of its number.
pub(crate) const PRESENTING: [PresentingKeys; 21] = [
    keys(
        (
            &[Key::ArrowRight, Key::ArrowDown, Key::Space, Key::PageDown, Key::Enter],
            "Right, Down, Space, Page down, Enter",
        ),
        "The next step, hop or scene",
        PresentCommand::Next,
    ),
    keys(
        (
            &[Key::ArrowLeft, Key::ArrowUp, Key::PageUp, Key::Backspace],
            "Left, Up, Page up, Backspace",
        ),
        "The step before",
        PresentCommand::Previous,
    ),
    keys((&[Key::Home], "Home"), "The first scene", PresentCommand::First),
    keys((&[Key::End], "End"), "The last scene", PresentCommand::Last),
    keys((&[Key::P], "P"), "Let the hops come by themselves, or stop them", PresentCommand::Play),
    keys(
        (&[Key::R], "R"),
        "Back to the scene, after something else was looked at",
        PresentCommand::Return,
    ),
    keys((&[Key::B, Key::Period], "B, ."), "A blank screen, or the scene", PresentCommand::Blank),
    keys((&[Key::S], "S"), "A spotlight at the pointer", PresentCommand::Spotlight),
    keys((&[Key::L], "L"), "A laser dot at the pointer", PresentCommand::LaserDot),
    keys((&[Key::H], "H"), "Hide names, or show them again", PresentCommand::Names),
    keys(
        (&[Key::N], "N"),
        "A window for the presenter: notes, what comes next, the time",
        PresentCommand::PresenterWindow,
    ),
    keys((&[Key::O], "O"), "Note an owner of what is selected", write(OWNER)),
    keys((&[Key::D], "D"), "Note a next step", write(NEXT_STEP)),
    keys((&[Key::Q], "Q"), "Park a question", write(PARKED)),
    keys((&[Key::Y], "Y"), "Dispute an assumption", write(WorkshopKey::Dispute)),
    keys((&[Key::G], "G"), "State a holder or a grant", write(WorkshopKey::Fact)),
    keys((&[Key::U], "U"), "Take back what was written down last", PresentCommand::TakeBack),
    keys((&[Key::C], "C"), "How long it has taken", PresentCommand::Clock),
    keys(
        (&[Key::Plus, Key::Equals], "+"),
        "Five minutes more: the clock shows what is left",
        PresentCommand::Minutes(5),
    ),
    keys((&[Key::Minus], "-"), "Five minutes fewer", PresentCommand::Minutes(-5)),
    keys((&[Key::Escape, Key::F5], "Esc, F5"), "End the presentation", PresentCommand::Leave),
];

/// The digits, from the first scene to the tenth.
pub(crate) const DIGITS: [Key; 10] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
    Key::Num0,
];
