//! The one table of what can be done: menu, palette, tooltips and the page of keys read it. What
//! concerns answers stands in [`crate::app::commands::answers`].

use egui::{Key, Modifiers};

use crate::app::commands::action::{Action, Needs, action, ctrl, key, shift};
use crate::app::commands::answers::ANSWER_ACTIONS;
use crate::app::commands::copying::COPY_ACTIONS;
use crate::app::commands::files::FILE_ACTIONS;
use crate::app::commands::going::GO_ACTIONS;
use crate::app::commands::names::NAME_ACTIONS;
use crate::app::commands::scenes::SCENE_ACTIONS;
use crate::app::commands::selecting::SELECT_ACTIONS;
use crate::app::commands::workshop::WORKSHOP_ACTIONS;
use crate::app::model::Model;
use crate::app::model::arranging::{hub_in_question, region_in_question};
use crate::app::model::command::{
    ArrangeCommand, Command, FindingCommand, LookCommand, NamesCommand, ProjectCommand,
    ReimportCommand, StageCommand, TableCommand, UnsavedAnswer, WorkshopCommand,
};
use crate::app::model::export_dialog::ExportCommand;
use crate::app::model::filters::Facet;
use crate::app::model::tab::Tab;
use crate::project::GroupBy;
use crate::scene::ViewKind;

/// The menus of the top bar from left to right, each with its actions; the palette lists them in the
/// same order.
pub(crate) const MENUS: [(&str, &[&[Action]]); 6] = [
    ("File", &[&FILE_ACTIONS]),
    ("Edit", &[&EDIT_ACTIONS, &SELECT_ACTIONS, &COPY_ACTIONS]),
    ("View", &[&GO_ACTIONS, &VIEW_ACTIONS, &NAME_ACTIONS]),
    ("Analysis", &[&ANSWER_ACTIONS]),
    ("Scenes", &[&SCENE_ACTIONS, &WORKSHOP_ACTIONS]),
    ("Help", &[&[HELP]]),
];

/// The menu on what is selected stands before this one.
pub(crate) const BEFORE_SELECTION: &str = "Analysis";

/// What is found, taken back and made again.
const EDIT_ACTIONS: [Action; 5] = [
    action(
        "Search or run a command",
        "Find anything by name",
        ctrl(Key::K),
        (Needs::Nothing, |model| Command::Look(LookCommand::Palette(!model.session.palette))),
    ),
    action(
        "Press the strong button",
        "The one button that stands out: open, import, replace, or show the worst",
        key(Key::Enter),
        (Needs::Strong, strong),
    ),
    action(
        "Undo",
        "Take the last change back: an import, closing, a fix, or what is assumed",
        ctrl(Key::Z),
        (Needs::Undo, |_| Command::Undo),
    ),
    action("Redo", "Do it again", ctrl(Key::Y), (Needs::Redo, |_| Command::Redo))
        .or(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z),
    action(
        "History",
        "All changes that can be taken back or made again, and the way to each",
        ctrl(Key::H),
        (Needs::History, |model| Command::Look(LookCommand::History(!model.session.history))),
    ),
];

/// What is shown of an inventory, and how.
const VIEW_ACTIONS: [Action; 34] = [
    action(
        "Map",
        "Regions by environment: what belongs together, and what joins it",
        key(Key::Num1),
        (Needs::Inventory, |_| Command::Look(LookCommand::ShowAs(ViewKind::Map))),
    ),
    action(
        "Lanes",
        "A lane for each environment in order of tier: what climbs from one to the next",
        key(Key::Num2),
        (Needs::Inventory, |_| Command::Look(LookCommand::ShowAs(ViewKind::Lanes))),
    ),
    action(
        "Spread",
        "What falls hop by hop if what is selected has fallen",
        key(Key::Num3),
        (Needs::Inventory, |_| Command::Look(LookCommand::ShowAs(ViewKind::Spread))),
    ),
    action(
        "Matrix",
        "Services in rows and credentials in columns: who shares what with whom",
        key(Key::Num4),
        (Needs::Inventory, |_| Command::Look(LookCommand::ShowAs(ViewKind::Matrix))),
    ),
    action(
        "Strands",
        "Services in rows, each credential an upright line over those that it joins",
        key(Key::Num5),
        (Needs::Inventory, |_| Command::Look(LookCommand::ShowAs(ViewKind::Strands))),
    ),
    action(
        "Path",
        "The path in question, those between the picked ends, or the shortest: hop by hop, with the rows",
        key(Key::Num6),
        (Needs::Inventory, |_| Command::Look(LookCommand::ShowAs(ViewKind::Path))),
    ),
    action(
        "Spread backwards",
        "Who reaches the selected service, hop by hop",
        None,
        (Needs::Instance, |_| Command::Look(LookCommand::SpreadBackwards)),
    ),
    action(
        "Fit the map",
        "Show the whole map",
        key(Key::F),
        (Needs::Inventory, |_| Command::Look(LookCommand::Fit)),
    ),
    action(
        "Focus on the selection",
        "Show only what belongs to the selection",
        key(Key::Space),
        (Needs::Selection, |_| Command::Look(LookCommand::Focus)),
    ),
    action(
        "Select with a lasso",
        "Select what lies within the line that is drawn next with the pointer; Alt and a drag do the same",
        key(Key::L),
        (Needs::Inventory, |model| Command::Look(LookCommand::Lasso(!model.session.lasso))),
    ),
    action(
        "Zoom in",
        "Look closer",
        key(Key::Plus),
        (Needs::Inventory, |_| Command::Look(LookCommand::Zoom(1.25))),
    ),
    action(
        "Zoom out",
        "Look from farther away",
        key(Key::Minus),
        (Needs::Inventory, |_| Command::Look(LookCommand::Zoom(0.8))),
    ),
    action(
        "Hide unshared credentials",
        "Show only what joins something, or all",
        key(Key::U),
        (Needs::Inventory, |model| {
            Command::Filter(Facet::Unshared, !model.filters().has(Facet::Unshared))
        }),
    ),
    action(
        "Clear the filters",
        "Show everything again",
        key(Key::C),
        (Needs::Inventory, |_| Command::ClearFilters),
    ),
    action(
        "Swap the theme",
        "Dark or light",
        key(Key::T),
        (Needs::Nothing, |_| Command::Look(LookCommand::SwapTheme)),
    ),
    action(
        "Group by environment",
        "Make environments the regions of the map",
        None,
        (Needs::Inventory, |_| group_by(GroupBy::Environment)),
    ),
    action(
        "Group by owner",
        "Make the owners of services the regions of the map",
        None,
        (Needs::Inventory, |_| group_by(GroupBy::Owner)),
    ),
    action(
        "Group by kind",
        "Make the kinds of service the regions of the map",
        None,
        (Needs::Inventory, |_| group_by(GroupBy::Kind)),
    ),
    action(
        "Group by service",
        "Make services, each with its instances, the regions of the map",
        None,
        (Needs::Inventory, |_| group_by(GroupBy::Service)),
    ),
    action(
        "Collapse or open the region",
        "Show the region of what is selected as one body, or all that is in it again",
        key(Key::E),
        (Needs::Region, |model| {
            let (name, is_open) = region_in_question(model).unwrap_or_default();
            Command::Arrange(ArrangeCommand::Collapse(name, is_open))
        }),
    ),
    action(
        "Fold or show what hangs on it",
        "Fold all that is linked to what is selected alone into a badge on it, or show it again",
        None,
        (Needs::Hub, |model| {
            let fold = |(name, is_folded): (_, bool)| {
                Command::Arrange(ArrangeCommand::FoldHub(name, !is_folded))
            };
            hub_in_question(model).map_or(Command::Look(LookCommand::ToMap), fold)
        }),
    ),
    action(
        "Collapse all regions",
        "Show each region of the map as one body",
        None,
        (Needs::Map, |_| Command::Arrange(ArrangeCommand::CollapseAll(true))),
    ),
    action(
        "Open all regions",
        "Show all that is in the regions of the map",
        None,
        (Needs::Map, |_| Command::Arrange(ArrangeCommand::CollapseAll(false))),
    ),
    action(
        "Unpin all",
        "Let all that was moved on the map stand where the layout puts it",
        None,
        (Needs::Pins, |_| Command::Arrange(ArrangeCommand::UnpinAll)),
    ),
    action(
        "Two views side by side",
        "A second view beside the first, with the same selection, and a picture, filters and camera of its own",
        key(Key::V),
        (Needs::OneView, |_| Command::Look(LookCommand::Split)),
    ),
    action(
        "Close the other view",
        "Leave only the active view",
        shift(Key::V),
        (Needs::TwoViews, |_| Command::Look(LookCommand::CloseOtherView)),
    ),
    action(
        "Go to the other view",
        "Let filters, tables and keys be about the other view",
        key(Key::X),
        (Needs::TwoViews, |_| Command::Look(LookCommand::ToOtherView)),
    ),
    action(
        "Fold the filters",
        "Fold or unfold the left panel",
        key(Key::OpenBracket),
        (Needs::Inventory, |_| Command::Look(LookCommand::FoldFilters)),
    ),
    action(
        "Fold the inspector",
        "Fold or unfold the right panel",
        key(Key::CloseBracket),
        (Needs::Inventory, |_| Command::Look(LookCommand::FoldInspector)),
    ),
    action(
        "Fold the tables",
        "Fold or unfold the bottom panel",
        key(Key::Backslash),
        (Needs::Inventory, |_| Command::Look(LookCommand::FoldTables)),
    ),
    action(
        "Show the findings",
        "What is worth showing, the worst first",
        ctrl(Key::Num1),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Findings))),
    ),
    action(
        "Show the credentials",
        "The table of credentials",
        ctrl(Key::Num2),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Credentials))),
    ),
    action(
        "Show the services",
        "The table of service instances",
        ctrl(Key::Num3),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Services))),
    ),
    action(
        "Show the problems",
        "What could not be read as it is",
        ctrl(Key::Num4),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Problems))),
    ),
];

/// The page of keys itself; apart, because it closes what it opens.
pub(crate) const HELP: Action = action(
    "Show the keys",
    "All keys and what they do",
    key(Key::F1),
    (Needs::Nothing, |model| Command::Look(LookCommand::Help(!model.session.help))),
);

/// Every action with the page of keys.
pub(crate) fn all() -> impl Iterator<Item = &'static Action> {
    MENUS.iter().flat_map(|(_, parts)| parts.iter().copied().flatten())
}

/// What the one strong button in sight does.
fn strong(model: &Model) -> Command {
    if model.saving.dialog.is_some() {
        Command::Project(ProjectCommand::SaveThere)
    } else if model.saving.asks() {
        Command::Project(ProjectCommand::Answer(UnsavedAnswer::Save))
    } else if model.session.workshop.is_some() {
        Command::Workshop(WorkshopCommand::Keep)
    } else if model.session.pseudonym.is_some() {
        Command::Names(NamesCommand::ChoosePseudonym)
    } else if let Some(draft) = &model.session.decision {
        Command::Finding(FindingCommand::Decide(Box::new(draft.clone())))
    } else if model.session.export.is_open {
        Command::Export(ExportCommand::Write)
    } else if model.comparison.is_some() {
        Command::Reimport(ReimportCommand::Replace)
    } else if model.staging.is_some() {
        Command::Stage(StageCommand::Commit)
    } else if model.answers.is_some() {
        Command::ShowWorst
    } else {
        Command::AskForFiles
    }
}

/// Makes something the regions of the map.
fn group_by(by: GroupBy) -> Command {
    Command::Arrange(ArrangeCommand::GroupBy(by))
}
