//! What lies between marks can be clicked: links, bundles and the spots of a table; and what cannot be told
//! apart is in the accessibility tree.

use egui::pos2;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{click_at, empty, open, sample, settle};
use crate::analysis::Subject;
use crate::app::model::command::{Command, LookCommand};
use crate::app::shell::window::Window;
use crate::layout::Point;
use crate::scene::{Picture, PictureSubject, Shape, ViewKind};

fn picture(harness: &Harness<'static, Window>) -> Picture {
    harness.state().picture().expect("it is drawn").clone()
}

fn selected(harness: &Harness<'static, Window>) -> Vec<Subject> {
    harness.state().model.selected_all().to_vec()
}

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

/// A window on a generated inventory with this many rows, nothing selected and all in sight.
fn generated(rows: usize) -> Harness<'static, Window> {
    let mut bytes = Vec::new();
    crate::cli::generate::write_inventory(rows as _, 1, &mut bytes).expect("memory takes it");
    let mut harness = empty();
    open(&mut harness, "generated.csv", bytes);
    settle(&mut harness);
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Look(LookCommand::Fit));
    harness
}

/// A point of the picture, along something that is wanted, at which nothing else can be clicked.
fn a_point(
    picture: &Picture,
    is_wanted: impl Fn(PictureSubject) -> bool,
) -> Option<(PictureSubject, Point)> {
    let wanted = picture.map.groups.iter().filter(|group| is_wanted(group.subject));
    let mut points = wanted.flat_map(|group| {
        let shapes = &picture.map.shapes[group.shapes.clone()];
        let middles = shapes.iter().filter_map(Shape::middle);
        middles.map(|at| (group.subject, at)).collect::<Vec<_>>()
    });
    points.find(|(subject, at)| {
        picture.subject_at(*at, 4.0) == Some(*subject)
            && picture.mark_at(*at, 8.0).is_none()
            && at.y < picture.legend_top - 4.0
            && picture.area.holds(*at)
            && picture.reserved.is_none_or(|own| !own.holds(*at))
    })
}

#[test]
fn a_click_on_a_link_selects_what_it_joins_and_escape_goes_back() {
    for kind in [ViewKind::Map, ViewKind::Lanes] {
        let mut harness = sample("talk.csv");
        apply(&mut harness, Command::Select(None));
        apply(&mut harness, Command::Look(LookCommand::ShowAs(kind)));
        let first = picture(&harness).marks[0].subject;
        apply(&mut harness, Command::Select(Some(first)));
        apply(&mut harness, Command::Look(LookCommand::Fit));
        let picture = picture(&harness);
        let is_link =
            |own| matches!(own, PictureSubject::Link(of, _) if Subject::Credential(of) != first);
        let (link, at) = a_point(&picture, is_link).expect("a link can be clicked");
        let PictureSubject::Link(credential, instance) = link else { panic!("{link:?}") };
        click_at(&mut harness, pos2(at.x, at.y));
        assert_eq!(selected(&harness), [Subject::Credential(credential)], "{kind:?}");
        let model = &harness.state().model;
        let words = model.last_step().expect("it is said what the link means").words.clone();
        let answers = model.answers.clone().expect("there are answers");
        for end in [Subject::Credential(credential), Subject::Instance(instance)] {
            assert!(words.contains(&answers.name(end)), "{words}");
        }
        assert!(harness.query_all_by_label(&words).next().is_some(), "{words} is on the screen");
        harness.key_press(egui::Key::Escape);
        settle(&mut harness);
        assert_eq!(selected(&harness), [first], "{kind:?}");
    }
}

#[test]
fn a_click_on_a_bundle_selects_the_credentials_that_it_stands_for() {
    let mut harness = generated(3_000);
    let picture = picture(&harness);
    let is_bundle = |own| matches!(own, PictureSubject::Bundle { .. });
    let (bundle, at) = a_point(&picture, is_bundle).expect("a bundle can be clicked");
    let PictureSubject::Bundle { links, .. } = bundle else { panic!("{bundle:?}") };
    click_at(&mut harness, pos2(at.x, at.y));
    let all = selected(&harness);
    assert!(!all.is_empty() && all.len() <= links as usize, "{} of {links}", all.len());
    assert!(all.iter().all(|own| matches!(own, Subject::Credential(_))));
    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    assert_eq!(selected(&harness), []);
}

#[test]
fn a_spot_of_a_table_from_afar_selects_the_credentials_whose_columns_are_there() {
    for kind in [ViewKind::Matrix, ViewKind::Strands] {
        let mut harness = generated(3_000);
        apply(&mut harness, Command::Look(LookCommand::ShowAs(kind)));
        apply(&mut harness, Command::Look(LookCommand::Zoom(0.02)));
        let picture = picture(&harness);
        let body = picture.table.expect("it is a table");
        let spots = picture.map.shapes.iter().filter_map(|shape| match shape {
            Shape::Rectangle { low, high, .. }
                if (high.x - low.x - 4.0).abs() < 0.1 && (high.y - low.y - 4.0).abs() < 0.1 =>
            {
                shape.middle()
            }
            _ => None,
        });
        // In strands the lines of credentials are clicked as well.
        let is_free = |at: &Point| {
            let found = picture.subject_at(*at, 4.0);
            body.holds(*at) && (found.is_none() || kind == ViewKind::Strands)
        };
        let at = spots.into_iter().find(is_free).expect("a spot can be clicked");
        let camera = harness.state().camera().expect("a camera");
        click_at(&mut harness, pos2(at.x, at.y));
        let all = selected(&harness);
        assert!(!all.is_empty(), "{kind:?}");
        let map = harness.state().model.map().expect("it is laid out");
        for subject in all {
            assert!(matches!(subject, Subject::Credential(_)));
            let mark = map.marks[map.mark_of(subject).expect("it is on the map") as usize];
            let x = camera.screen_from_scene(mark.at).x;
            assert!((x - at.x).abs() <= 4.0, "the column at {x} is not at {}", at.x);
        }
    }
}

#[test]
fn bodies_and_bundles_are_in_the_accessibility_tree_and_can_be_pressed_there() {
    let mut harness = generated(3_000);
    harness.run();
    let far = harness.state().camera().expect("a camera");
    let bundles = harness.query_all_by_label_contains(" between ");
    let press = bundles.last().expect("a bundle is in the tree");
    press.click_accesskit();
    harness.run();
    settle(&mut harness);
    assert!(!selected(&harness).is_empty());
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Look(LookCommand::Fit));
    harness.run();
    let bodies = harness.query_all_by_label_contains("click to see them");
    bodies.last().expect("a body is in the tree").click_accesskit();
    harness.run();
    settle(&mut harness);
    assert!(harness.state().camera().expect("a camera").zoom > 1.2 * far.zoom);
}

#[test]
fn the_rows_of_tables_are_rows_with_their_cells_and_the_selected_one_says_so() {
    let mut harness = sample("talk.csv");
    harness.run();
    let name = super::selected_name(&harness).expect("the worst is selected");
    let rows = harness.query_all_by_role(egui::accesskit::Role::Row);
    let text = |cell: egui_kittest::Node<'_>| {
        let node = cell.accesskit_node();
        node.value().or(node.label())
    };
    let rows: Vec<(Option<bool>, Vec<String>)> = rows
        .map(|row| {
            let cells = row.children_recursive().filter_map(text).collect();
            (row.accesskit_node().is_selected(), cells)
        })
        .collect();
    // A finding each: of several about what is selected all are.
    let (chosen, others): (Vec<_>, Vec<_>) = rows.iter().partition(|(on, _)| *on == Some(true));
    assert!(!chosen.is_empty() && !others.is_empty(), "{rows:?}");
    let is_named = |cells: &[String]| cells.iter().any(|cell| cell.ends_with(&name));
    assert!(chosen.iter().all(|(_, cells)| is_named(cells)), "{chosen:?}");
    assert!(!others.iter().any(|(_, cells)| is_named(cells)), "{others:?}");
}
