//! The actions that concern answers: paths, cut and plan, what-if, and what they rest on.

use egui::Key;

use crate::analysis::FixKind;
use crate::app::commands::action::{Action, Needs, action, ctrl, key};
use crate::app::model::Model;
use crate::app::model::command::{
    AnswerCommand, Command, End, FixCommand, LookCommand, PolicyCommand, RotationCommand,
    TableCommand,
};
use crate::app::model::picking::Picking;
use crate::app::model::rotation::start_in_question;
use crate::app::model::tab::Tab;
use crate::inventory::Assumptions;
use crate::project::NamedFix;

/// They follow the other actions in menu and palette.
pub(crate) const ANSWER_ACTIONS: [Action; 26] = [
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
        "What if the selected credential were revoked",
        "Put its revoking into the what-if list",
        None,
        (Needs::Credential, |model| fix(model, FixKind::Revoke)),
    ),
    action(
        "What if it were split by environment",
        "A new credential for each environment instead of the selected one",
        None,
        (Needs::Credential, |model| fix(model, FixKind::SplitByEnvironment)),
    ),
    action(
        "What if it were split by service",
        "A new credential for each service that holds the selected one",
        None,
        (Needs::Credential, |model| fix(model, FixKind::SplitByService)),
    ),
    action(
        "What if it were split by owner",
        "A new credential for each owner of those who hold the selected one",
        None,
        (Needs::Credential, |model| fix(model, FixKind::SplitByOwner)),
    ),
    action(
        "What if its holders had workload identities",
        "Identities that cannot be carried away instead of the selected one",
        None,
        (Needs::Credential, |model| fix(model, FixKind::WorkloadIdentity)),
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
        "If the selection has fallen…",
        "Take it to have fallen, beside what is taken so already, and show what to do in which order",
        None,
        (Needs::Start, |model| {
            start_in_question(model)
                .map_or(Command::Back, |start| Command::Rotate(RotationCommand::Add(start)))
        }),
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
    action(
        "Reached by",
        "Light the entry points that reach the selected service, and their ways; again: its reach",
        None,
        (Needs::Instance, |model| {
            Command::Look(LookCommand::ReachedBy(!model.session.shows_reached_by))
        }),
    ),
    action(
        "Pick the selected service as an entry point",
        "Assume that an attacker starts there, or take that back",
        None,
        (Needs::Instance, |model| picked(model, Picking::EntryPoint)),
    ),
    action(
        "Pick the selected service as a crown jewel",
        "Assume that it must not fall, or take that back",
        None,
        (Needs::Instance, |model| picked(model, Picking::CrownJewel)),
    ),
    action(
        "Paths from the selected service",
        "Look for lateral-movement paths that start there",
        None,
        (Needs::Instance, |model| pick_end(model, End::From)),
    ),
    action(
        "Paths to the selected service",
        "Look for lateral-movement paths that end there",
        None,
        (Needs::Instance, |model| pick_end(model, End::To)),
    ),
];

/// The fix of the selected credential, for the what-if list.
fn fix(model: &Model, kind: FixKind) -> Command {
    let at = model.answers.as_ref().zip(model.selected_credential());
    let id = at.map_or("", |(answers, at)| answers.graph.credential_name(at));
    Command::Fix(FixCommand::Add(NamedFix::new(id, kind)))
}

/// The assumptions with the selected service picked, or no longer picked.
fn picked(model: &Model, picking: Picking) -> Command {
    let assumptions = Assumptions::clone(&model.project.assumptions);
    let at = model.answers.as_ref().zip(model.selected_instance());
    Command::Assume(match at {
        Some((answers, at)) => picking.toggled(&assumptions, &answers.graph, at),
        None => assumptions,
    })
}

fn pick_end(model: &Model, end: End) -> Command {
    Command::Answer(AnswerCommand::Pick(end, model.selected_instance()))
}
