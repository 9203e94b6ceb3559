//! Several things that are selected together: by Ctrl+click, box and lasso.

use std::collections::BTreeSet;

use egui::{Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{sample, settle};
use crate::analysis::{Counting, Starts, Subject, blast_radius};
use crate::app::model::command::{Command, LookCommand, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::scene::DrawnMark;

const CTRL: Modifiers = Modifiers::COMMAND;

/// The sample with nothing selected and the whole map in sight.
fn whole() -> Harness<'static, Window> {
    let mut harness = sample("talk.csv");
    harness.state_mut().model.apply(Command::Select(None));
    harness.state_mut().model.apply(Command::Look(LookCommand::Fit));
    settle(&mut harness);
    harness
}

fn marks(harness: &Harness<'static, Window>) -> Vec<DrawnMark> {
    harness.state().picture().expect("the map is drawn").marks.clone()
}

fn at(mark: &DrawnMark) -> Pos2 {
    pos2(mark.centre.x, mark.centre.y)
}

fn button(harness: &mut Harness<'static, Window>, (pos, pressed): (Pos2, bool), keys: Modifiers) {
    harness.event_modifiers(
        egui::Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: keys,
        },
        keys,
    );
    harness.step();
}

fn click(harness: &mut Harness<'static, Window>, pos: Pos2, keys: Modifiers) {
    harness.hover_at(pos);
    harness.run();
    button(harness, (pos, true), keys);
    button(harness, (pos, false), keys);
    settle(harness);
    // Two clicks within a moment would be a double click.
    harness.run_steps(30);
}

fn drag(harness: &mut Harness<'static, Window>, way: &[Pos2], keys: Modifiers) {
    let [first, rest @ ..] = way else { panic!("a way has a beginning") };
    harness.hover_at(*first);
    harness.run();
    button(harness, (*first, true), keys);
    for pos in rest {
        harness.event_modifiers(egui::Event::PointerMoved(*pos), keys);
        harness.step();
    }
    button(harness, (*rest.last().expect("a way has an end"), false), keys);
    settle(harness);
}

fn selected(harness: &Harness<'static, Window>) -> BTreeSet<Subject> {
    harness.state().model.selected_all().iter().copied().collect()
}

#[test]
fn ctrl_click_adds_marks_and_takes_them_out_again() {
    let mut harness = whole();
    let all = marks(&harness);
    let [first, second, third] = [&all[0], &all[5], &all[10]];
    for (mark, expected) in [
        (first, vec![first.subject]),
        (second, vec![first.subject, second.subject]),
        (third, vec![first.subject, second.subject, third.subject]),
        (second, vec![first.subject, third.subject]),
    ] {
        let now = marks(&harness).into_iter().find(|own| own.subject == mark.subject);
        click(&mut harness, at(&now.expect("it is still drawn")), CTRL);
        assert_eq!(harness.state().model.selected_all(), expected);
    }
    harness.get_by_label("2 selected");
}

#[test]
fn a_row_of_a_table_is_added_too() {
    let mut harness = whole();
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Services)));
    settle(&mut harness);
    let map = harness.get_by_label("Map of credentials and services").rect();
    let rows: Vec<Pos2> = {
        let rows = harness.query_all_by_label("dev").map(|own| own.rect());
        rows.filter(|rect| rect.top() > map.bottom()).map(|rect| rect.center()).take(2).collect()
    };
    for row in &rows {
        click(&mut harness, *row, CTRL);
    }
    assert_eq!(selected(&harness).len(), 2);
}

#[test]
fn a_box_selects_exactly_what_lies_in_it_and_the_map_stays_where_it_is() {
    let mut harness = whole();
    let before = harness.state().camera();
    let area = harness.state().picture().expect("the map is drawn").area;
    let middle = pos2(area.left + area.width / 2.0, area.top + area.height / 2.0);
    let corner = pos2(area.left + 3.0, area.top + 3.0);
    let within = |mark: &DrawnMark| {
        let pos = at(mark);
        (corner.x..=middle.x).contains(&pos.x) && (corner.y..=middle.y).contains(&pos.y)
    };
    let expected: BTreeSet<_> =
        marks(&harness).iter().filter(|own| within(own)).map(|own| own.subject).collect();
    assert!(expected.len() > 1);
    drag(&mut harness, &[middle, corner + egui::vec2(40.0, 40.0), corner], Modifiers::SHIFT);
    assert_eq!(selected(&harness), expected);
    assert_eq!(harness.state().camera().map(|own| own.zoom), before.map(|own| own.zoom));
}

#[test]
fn a_lasso_selects_what_lies_within_and_with_ctrl_beside_what_is_selected() {
    let mut harness = whole();
    let all = marks(&harness);
    let mark = all[0];
    let other = *all.last().expect("there are marks");
    click(&mut harness, at(&other), Modifiers::NONE);
    let now = marks(&harness).into_iter().find(|own| own.subject == mark.subject);
    let middle = at(&now.expect("it is still drawn"));
    let round: Vec<Pos2> = (0..=12_u8)
        .map(|step| {
            let turn = f32::from(step) / 12.0 * std::f32::consts::TAU;
            middle + egui::vec2(turn.cos(), turn.sin()) * 12.0
        })
        .collect();
    let inside: BTreeSet<_> = marks(&harness)
        .iter()
        .filter(|own| at(own).distance(middle) < 11.0)
        .map(|own| own.subject)
        .collect();
    drag(&mut harness, &round, Modifiers::ALT);
    assert_eq!(selected(&harness), inside);
    harness.state_mut().model.apply(Command::Select(Some(other.subject)));
    settle(&mut harness);
    let now = marks(&harness).into_iter().find(|own| own.subject == mark.subject);
    let moved = at(&now.expect("it is still drawn")) - middle;
    let round: Vec<Pos2> = round.into_iter().map(|pos| pos + moved).collect();
    drag(&mut harness, &round, Modifiers::ALT.plus(CTRL));
    assert!(selected(&harness).contains(&other.subject) && selected(&harness).len() > 1);
}

#[test]
fn the_inspector_says_how_many_and_what_they_reach_together() {
    let mut harness = whole();
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let graph = &answers.graph;
    let credentials: Vec<_> = graph.credential_indices().take(3).collect();
    let instances: Vec<_> = graph.instance_indices().take(2).collect();
    let all = credentials.iter().copied().map(Subject::Credential);
    let all = all.chain(instances.iter().copied().map(Subject::Instance)).collect();
    harness.state_mut().model.apply(Command::SelectAll(all));
    settle(&mut harness);
    harness.get_by_label("5 selected");
    let dead = credentials.iter().filter(|at| !graph.credential(**at).is_live()).count();
    let words = crate::inventory::live_and_dead(3, dead);
    harness.get_by_label(&format!("credentials {words}, 2 services"));
    let starts = Starts { credentials, instances };
    let reached = blast_radius(graph, &starts, Counting::All).reached.len();
    harness.get_by_label_contains(&format!("together they reach {reached} of 32"));
    let out: Vec<_> = harness.query_all_by_label("Take it out").collect();
    out.first().expect("each can be taken out").click();
    drop(out);
    settle(&mut harness);
    harness.get_by_label("4 selected");
}

#[test]
fn what_is_pointed_at_gets_an_outline_and_the_light_of_the_selection_stays() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let lit = |harness: &Harness<'static, Window>| {
        harness.state().model.views.active().data.highlight.clone().expect("it is lit")
    };
    let before = lit(&harness);
    let model = &harness.state().model;
    let map = model.map().expect("the map is laid out").clone();
    let other = marks(&harness).into_iter().find(|own| {
        let at = map.mark_of(own.subject).expect("it is on the map");
        before.mark(at) == crate::scene::HighlightLevel::Dimmed
    });
    let other = other.expect("something is not in question");
    harness.hover_at(at(&other));
    harness.run();
    assert_eq!(lit(&harness), before);
}
