//! The actions that concern answers: paths, cut and plan, what-if, and what they rest on. What can be
//! done with what is selected stands in [`crate::app::commands::subject_action`].

use egui::Key;

use crate::app::commands::action::{Action, Needs, action, ctrl, key};
use crate::app::model::command::{
    Command, FixCommand, PolicyCommand, RotationCommand, TableCommand,
};
use crate::app::model::tab::Tab;

/// They follow the other actions in menu and palette.
pub(crate) const ANSWER_ACTIONS: [Action; 17] = [
    action(
        "Show the paths",
        "Lateral-movement paths from entry points to crown jewels, the shortest first",
        ctrl(Key::Num5),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Paths))),
    ),
    action(
        "Show the choke points",
        "For each credential the pairs that fall apart when it alone goes",
        ctrl(Key::Num6),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::ChokePoints))),
    ),
    action(
        "Show cut and plan",
        "The cheapest credentials to remove, with the proof, and the fixes step by step",
        ctrl(Key::Num7),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::CutAndPlan))),
    ),
    action(
        "Show what-if",
        "The list of fixes, with what each and all together would bring and break",
        ctrl(Key::Num8),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::WhatIf))),
    ),
    action(
        "What if the whole plan were done",
        "Put every step of the plan into the what-if list",
        None,
        (Needs::Assessment, |_| Command::Fix(FixCommand::AddPlan)),
    ),
    action(
        "What if the minimum cut were revoked",
        "Put every credential of the minimum cut into the what-if list",
        None,
        (Needs::Assessment, |_| Command::Fix(FixCommand::AddCut)),
    ),
    action(
        "Show everything with the fixes, or as it is",
        "Map, tables and figures follow: as the inventory is, or with the fixes in force",
        key(Key::B),
        (Needs::Fixes, |model| Command::Fix(FixCommand::ShowWith(!model.session.with_fixes))),
    ),
    action(
        "Clear the what-if list",
        "Take all fixes out",
        None,
        (Needs::Fixes, |_| Command::Fix(FixCommand::Clear)),
    ),
    action(
        "Show the coverage",
        "What the inventory cannot say, and what counts as entry point or crown jewel",
        ctrl(Key::Num9),
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Coverage))),
    ),
    action(
        "Show the environments",
        "How many credentials are held in each environment and open something in each other one",
        None,
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Overview))),
    ),
    action(
        "Show the imports",
        "Exposure and open findings over the imports of the project, as curves and a table",
        None,
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Imports))),
    ),
    action(
        "Show the owners",
        "What each owner answers for, how far it reaches, and what stands alone without them",
        None,
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Owners))),
    ),
    action(
        "Show the rotation order",
        "What to clean and to replace, wave by wave, once something has fallen",
        None,
        (Needs::Inventory, |_| Command::Table(TableCommand::Show(Tab::Rotation))),
    ),
    action(
        "Clear what has fallen",
        "Take all starts of the rotation out, with what is ticked off",
        None,
        (Needs::Fallen, |_| Command::Rotate(RotationCommand::Clear)),
    ),
    action(
        "Assumptions…",
        "Everything that answers rest on: access, ends, limits, plain sight, environments, costs",
        key(Key::A),
        (Needs::Inventory, |model| Command::Policy(PolicyCommand::Open(!model.session.policy))),
    ),
    action(
        "Load policy…",
        "Assume what a policy file says",
        None,
        (Needs::Nothing, |_| Command::Policy(PolicyCommand::Load)),
    ),
    action(
        "Save policy…",
        "Write the assumptions as a file, to keep, share and give to --policy",
        None,
        (Needs::Nothing, |_| Command::Policy(PolicyCommand::Save)),
    ),
];
