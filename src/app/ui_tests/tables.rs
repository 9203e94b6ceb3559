//! The tables: what they measure, what they keep, and what is copied of them.

use std::fmt::Write as _;

use egui::{Key, Modifiers, PointerButton, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{empty, open, sample, settle};
use crate::app::columns::table::{Standing, Table};
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::app::work::sort::Sort;

type Drawn = Harness<'static, Window>;

fn show(harness: &mut Drawn, tab: Tab) {
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(tab)));
    settle(harness);
}

/// What went into the clipboard in the last frames.
fn copied(harness: &mut Drawn, act: impl FnOnce(&mut Drawn)) -> Option<String> {
    act(harness);
    for _ in 0..4 {
        harness.step();
        let commands = harness.output().platform_output.commands.iter();
        let mut text = commands.filter_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = text.next_back() {
            return Some(text);
        }
    }
    None
}

fn click_with(harness: &mut Drawn, at: Rect, button: PointerButton) {
    let pos = at.center();
    harness.hover_at(pos);
    harness.run_ok();
    for pressed in [true, false] {
        harness.event(egui::Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers: Modifiers::NONE,
        });
        harness.step();
    }
    harness.run_ok();
}

const TABLE: &str = "id,type,service,environment,access,owner\n\
                     =cmd(),token,shop,dev,holds,\nk2,token,shop,prod,grants,\nk2,token,bank,dev,holds,\n";

#[test]
fn a_copied_row_has_exactly_the_columns_in_sight_below_their_headings_and_no_formula() {
    let mut harness = empty();
    open(&mut harness, "small.csv", TABLE.as_bytes().to_vec());
    settle(&mut harness);
    show(&mut harness, Tab::Credentials);
    harness.state_mut().model.apply(Command::Table(TableCommand::SortBy(Sort::Name)));
    harness.state_mut().model.apply(Command::Table(TableCommand::Pick(0)));
    settle(&mut harness);
    let text = copied(&mut harness, |harness| {
        harness.event(egui::Event::Key {
            key: Key::C,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        });
    });
    let text = text.expect("the row is copied");
    let lines: Vec<&str> = text.lines().collect();
    // Nobody owns anything here: there is no column of owners.
    let headings = "Credential\tSeverity\tType\tEnvironments\tHeld by\tGrants\tReach";
    assert_eq!(lines[0], headings);
    assert_eq!(lines.len(), 2);
    let cells: Vec<&str> = lines[1].split('\t').collect();
    assert_eq!((cells[0], cells[2], cells[3]), ("'=cmd()", "token", "dev"));
    assert_eq!((cells[4], cells[5]), ("1", "0"));
    assert!(harness.query_by_label("Sort by owner").is_none());
    // The system's own event of copying does the same.
    let again = copied(&mut harness, |harness| harness.event(egui::Event::Copy));
    assert_eq!(again.as_deref(), Some(text.as_str()));
}

#[test]
fn the_menu_of_a_row_copies_the_cell_under_the_pointer_or_the_row() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    show(&mut harness, Tab::Services);
    let below = harness.get_by_label("Map of credentials and services").rect().bottom();
    let cell = {
        let cells = harness.query_all_by_label("prod");
        let mut cells = cells.filter(|node| node.rect().top() > below);
        cells.next().expect("a service is in prod").rect()
    };
    click_with(&mut harness, cell, PointerButton::Secondary);
    let text = copied(&mut harness, |harness| harness.get_by_label("Copy cell").click());
    assert_eq!(text.as_deref(), Some("prod"));
    click_with(&mut harness, cell, PointerButton::Secondary);
    let text = copied(&mut harness, |harness| harness.get_by_label("Copy row").click());
    let text = text.expect("the row is copied");
    assert!(text.starts_with("Service\tSeverity\tKind\tEnvironment"), "{text}");
    assert!(
        text.lines().nth(1).is_some_and(|row| row.split('\t').nth(3) == Some("prod")),
        "{text}"
    );
}

#[test]
fn each_table_keeps_its_order_its_row_and_its_place_while_others_are_shown() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    show(&mut harness, Tab::Credentials);
    harness.state_mut().model.apply(Command::Table(TableCommand::SortBy(Sort::Grants)));
    harness.state_mut().model.apply(Command::Table(TableCommand::Pick(90)));
    settle(&mut harness);
    let seen = |harness: &Drawn| -> Vec<String> {
        let below = harness.get_by_label("Map of credentials and services").rect().bottom();
        let labels = harness.query_all_by_role(egui::accesskit::Role::Label);
        let labels = labels.filter(|node| node.rect().top() > below + 70.0);
        labels.filter_map(|node| node.accesskit_node().label()).collect()
    };
    harness.run_steps(30);
    let before = seen(&harness);
    show(&mut harness, Tab::Services);
    harness.state_mut().model.apply(Command::Table(TableCommand::SortBy(Sort::Name)));
    harness.state_mut().model.apply(Command::Table(TableCommand::Pick(3)));
    settle(&mut harness);
    show(&mut harness, Tab::Credentials);
    harness.run_steps(30);
    assert_eq!(seen(&harness), before);
    let model = &harness.state().model;
    assert_eq!(model.session.table().sort, Sort::Grants);
    assert_eq!(model.session.table().row, Some(90));
    let table = Table::in_sight(model).expect("a table is in sight");
    // The service is what is selected now: the row is marked as left, not as selected.
    assert_eq!(table.standing(90), Standing::Left);
    assert_eq!(model.session.table_of(Tab::Services).row, Some(3));
    assert_eq!(model.session.table_of(Tab::Services).sort, Sort::Name);
}

#[test]
fn figures_stand_at_the_right_of_their_columns_with_their_thousands_apart() {
    let mut text = "id,service,environment,access\n".to_owned();
    for row in 0..1_234 {
        writeln!(text, "k{row},shop-{row},dev,holds\nhub,shop-{row},dev,grants").expect("a text");
    }
    let mut harness = empty();
    open(&mut harness, "hub.csv", text.into_bytes());
    settle(&mut harness);
    show(&mut harness, Tab::Credentials);
    harness.state_mut().model.apply(Command::Table(TableCommand::SortBy(Sort::Grants)));
    settle(&mut harness);
    harness.get_by_label("Credentials 1,235");
    let granted: Vec<Rect> = harness.query_all_by_label("1,234").map(|node| node.rect()).collect();
    let zero: Vec<Rect> = harness.query_all_by_label("0").map(|node| node.rect()).collect();
    let right = granted.iter().map(Rect::right).fold(f32::NAN, f32::max);
    assert!(granted.len() > 1, "grants and reach");
    assert!(zero.iter().any(|own| granted.iter().any(|at| (at.right() - own.right()).abs() < 0.6)));
    assert!(right.is_finite());
    harness.get_by_label_contains("2,468 rows");
}

#[test]
fn a_hovered_row_leaves_the_selected_one_as_it_is() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    show(&mut harness, Tab::Findings);
    harness.state_mut().model.apply(Command::Table(TableCommand::Pick(0)));
    settle(&mut harness);
    let fill = harness.ctx.global_style().visuals.selection.bg_fill;
    let marked = |harness: &Drawn| -> Vec<Rect> {
        let shapes = harness.output().shapes.iter();
        let rects = shapes.filter_map(|own| match &own.shape {
            egui::Shape::Rect(rect) if rect.fill == fill => Some(rect.rect),
            _ => None,
        });
        rects.filter(|rect| rect.width() > 400.0).collect()
    };
    let before = marked(&harness);
    assert_eq!(before.len(), 1);
    harness.hover_at(before[0].center());
    harness.run_ok();
    assert_eq!(marked(&harness), before, "the pointer is on it");
    harness.hover_at(before[0].center() + egui::vec2(0.0, 24.0));
    harness.run_ok();
    assert_eq!(marked(&harness), before, "the pointer is on the next one");
}
