//! The rotation order in the window: from anything to what must be done, ticked off and undone.

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, open, open_in_place, sample, settle};
use crate::analysis::{Starts, Subject, rotation};
use crate::app::model::command::{Command, ReimportCommand, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::app::work::rotation::RotationLine;
use crate::project::Opening;

/// `k` opens hub, which holds `l`, which opens pay: `k` goes first, else the new `l` is read with it.
const ROWS: &str = "id,service,environment,access,owner\nk,shop,dev,holds,anna\n\
                    k,hub,test,grants,anna\nl,hub,test,holds,bert\nl,pay,prod,grants,bert\n";

fn opened() -> Harness<'static, Window> {
    let mut harness = empty();
    harness.set_size(egui::vec2(1280.0, 1400.0));
    open(&mut harness, "rows.csv", ROWS.as_bytes().to_vec());
    settle(&mut harness);
    harness
}

fn select(harness: &mut Harness<'static, Window>, id: &str) {
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let subject = answers.find_named(id).expect("it is there");
    harness.state_mut().model.apply(Command::Select(Some(subject)));
    settle(harness);
}

fn starts(harness: &Harness<'static, Window>) -> usize {
    harness.state().model.project.rotation.starts().len()
}

#[test]
fn what_no_row_states_and_what_counts_as_dead_by_an_id_alone_is_marked_in_the_list() {
    let mut harness = empty();
    harness.set_size(egui::vec2(1280.0, 1400.0));
    let head = "id,service,environment,access,status\n";
    let files = [
        // web holds j and, by assumption, k.
        (
            "a.csv",
            format!(
                "{head}j,web,dev,holds,\nj,pay,prod,grants,\nk,web,dev,,\nk,hub,test,grants,\n"
            ),
        ),
        ("b.csv", format!("{head}j,old,test,holds,revoked\n")),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes())).to_vec();
    open_in_place(&mut harness.state_mut().model, Opening::Bytes(files));
    settle(&mut harness);
    let fallen = Subject::Instance(crate::graph::InstanceIndex(0));
    let graph = harness.state().model.answers.clone().unwrap().graph.clone();
    let web = graph.instance_indices().find(|&at| graph.instance_name(at) == "web in dev");
    let fallen = web.map_or(fallen, Subject::Instance);
    harness.state_mut().model.apply(Command::Select(Some(fallen)));
    settle(&mut harness);
    harness.get_by_label("If this has fallen…").click();
    settle(&mut harness);
    harness.get_by_label_contains("j counts as dead by an id across sources alone");
    let found = harness.state().model.rotation.clone().unwrap().found;
    let put =
        |line: &&RotationLine| matches!(line, RotationLine::Put(_, _, at) if Some(*at) == web);
    assert_eq!(found.lines.iter().filter(put).count(), 1);
    // Beside “Replace k” and beside where its new secret goes.
    assert_eq!(harness.get_all_by_label("assumed").count(), 2);
}

#[test]
fn what_has_fallen_leads_from_the_inspector_to_waves_that_can_be_ticked_off() {
    let mut harness = opened();
    select(&mut harness, "k");
    harness.get_by_label("If this has fallen…").click();
    settle(&mut harness);
    assert_eq!(harness.state().model.session.tab, Tab::Rotation);
    // k and what it opens: hub with l, and pay.
    harness
        .get_by_label_contains("2 service instances to clean, 2 credentials to replace in 2 waves");
    harness.get_by_label("Wave 1: replace 1 credential in 1 group");
    harness.get_by_label(
        "After wave 1 what is not yet replaced opens 1 of 2 instances, 1 by stated access alone",
    );
    harness.get_by_label("After wave 2 nothing that was obtained opens anything any more");
    harness.get_by_label_contains("0 of 6 steps done");
    for step in ["Clean hub in test", "Replace k", "put the new secret into shop in dev"] {
        harness.get_by_role_and_label(Role::CheckBox, step).click();
        settle(&mut harness);
    }
    harness.get_by_label_contains("3 of 6 steps done");
    assert_eq!(harness.state().model.undoes(), Some("ticking a step off"));
    harness.state_mut().model.apply(Command::Undo);
    settle(&mut harness);
    harness.get_by_label_contains("2 of 6 steps done");
    harness.state_mut().model.apply(Command::Redo);
    settle(&mut harness);
    harness.get_by_label_contains("3 of 6 steps done");
}

#[test]
fn further_starts_are_added_and_taken_out_and_undo_takes_each_back() {
    let mut harness = opened();
    select(&mut harness, "l");
    harness.get_by_label("If this has fallen…").click();
    settle(&mut harness);
    harness.get_by_label_contains("1 credential to replace in 1 wave");
    select(&mut harness, "shop@dev");
    harness.get_by_label("If this has fallen too…").click();
    settle(&mut harness);
    assert_eq!(starts(&harness), 2);
    harness.get_by_label_contains("3 service instances to clean, 2 credentials to replace");
    harness.get_by_label("Rotation order");
    harness.get_by_label("Take l out").click();
    settle(&mut harness);
    assert_eq!(starts(&harness), 1);
    harness.state_mut().model.apply(Command::Undo);
    settle(&mut harness);
    assert_eq!(starts(&harness), 2);
    harness.get_by_label_contains("2 credentials to replace in 2 waves");
    for name in ["Take l out", "Take shop in dev out"] {
        harness.get_by_label(name).click();
        settle(&mut harness);
    }
    harness.get_by_label_contains("Nothing is taken to have fallen");
    assert!(harness.state().model.rotation.is_none());
}

#[test]
fn all_that_is_an_owners_falls_with_the_owner() {
    let mut harness = opened();
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Owners)));
    settle(&mut harness);
    harness.get_by_role_and_label(Role::Label, "bert").click();
    settle(&mut harness);
    harness.get_by_label("If this has fallen…").click();
    settle(&mut harness);
    harness.get_by_label("Take all of bert out");
    // l, with hub and pay, whose rows name bert.
    let found = harness.state().model.rotation.clone().expect("it is worked out").found;
    assert_eq!(found.rotation.credentials(), 1);
}

#[test]
fn ticks_and_starts_are_found_again_by_name_in_a_newer_export() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, ROWS).expect("written");
    let mut harness = empty();
    harness.set_size(egui::vec2(1280.0, 1400.0));
    harness.state_mut().model.apply(Command::Open(Opening::Files(vec![path.clone()])));
    settle(&mut harness);
    select(&mut harness, "k");
    harness.get_by_label("If this has fallen…").click();
    settle(&mut harness);
    harness.get_by_role_and_label(Role::CheckBox, "Replace l").click();
    settle(&mut harness);
    // Names that sort before all others give everything another number.
    let rows = ROWS.replace("k,shop,dev", "a,aaa,aaa,holds,aaa\nk,shop,dev");
    std::fs::write(&path, rows).expect("written");
    for command in [ReimportCommand::Read, ReimportCommand::Replace] {
        harness.state_mut().model.apply(Command::Reimport(command));
        settle(&mut harness);
    }
    assert!(harness.state().model.inventory().is_some_and(|own| own.names.find("aaa").is_some()));
    harness.get_by_label_contains("1 of 6 steps done");
    harness.get_by_label("Take k out");
}

#[test]
fn the_lines_hold_each_step_of_the_order_once_whatever_has_fallen() {
    for name in ["talk.csv", "payments.csv", "messy.csv"] {
        let mut harness = sample(name);
        settle(&mut harness);
        let answers = harness.state().model.answers.clone().expect("there are answers");
        let graph = &answers.graph;
        for subject in answers.subjects().step_by(7) {
            let mut starts = Starts::default();
            match subject {
                Subject::Credential(at) => starts.credentials.push(at),
                Subject::Instance(at) => starts.instances.push(at),
            }
            let expected = rotation(graph, &starts);
            let mut list = crate::project::RotationList::default();
            list.add(crate::project::SubjectName::of(graph, subject));
            let found = crate::app::work::rotation::FoundRotation::of(&answers, &list);
            assert_eq!(found.rotation, expected);
            let count = |wanted: fn(&RotationLine) -> bool| {
                found.lines.iter().filter(|line| wanted(line)).count()
            };
            let groups = expected.groups.iter();
            let puts = groups.flat_map(|group| &group.credentials);
            let puts: usize = puts.map(|at| graph.held_by(*at).len()).sum();
            let own = [
                count(|line| matches!(line, RotationLine::Clean(_))),
                count(|line| matches!(line, RotationLine::Replace(..))),
                count(|line| matches!(line, RotationLine::Put(..))),
                count(|line| matches!(line, RotationLine::Wave(_))),
                count(|line| matches!(line, RotationLine::After(_))),
            ];
            let waves = expected.waves.len();
            let whole = [expected.clean_first.len(), expected.credentials(), puts, waves, waves];
            assert_eq!(own, whole, "{name}");
            assert_eq!(found.steps, whole[..3].iter().sum::<usize>());
        }
    }
}
