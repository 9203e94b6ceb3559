//! What a view shows: keys and menu choose it, and what is in question stays.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{click_at, sample, selected_name, settle};
use crate::analysis::Subject;
use crate::app::commands::table::all;
use crate::app::model::command::{AnswerCommand, Command, LookCommand, RotationCommand};
use crate::app::model::route::RouteOf;
use crate::app::shell::window::Window;
use crate::layout::Point;
use crate::project::SubjectName;
use crate::scene::{Map, PictureSubject, ViewKind};

fn press(harness: &mut Harness<'static, Window>, key: Key) {
    harness.key_press(key);
    harness.run();
    settle(harness);
}

fn map<'a>(harness: &'a Harness<'static, Window>) -> &'a Map {
    harness.state().model.map().expect("the view is laid out")
}

fn select(harness: &mut Harness<'static, Window>, id: &str) -> Subject {
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let subject = answers.find_named(id).expect("the sample has it");
    harness.state_mut().model.apply(Command::Select(Some(subject)));
    settle(harness);
    subject
}

const KEYS: [(Key, ViewKind); 6] = [
    (Key::Num1, ViewKind::Map),
    (Key::Num2, ViewKind::Lanes),
    (Key::Num3, ViewKind::Spread),
    (Key::Num4, ViewKind::Matrix),
    (Key::Num5, ViewKind::Strands),
    (Key::Num6, ViewKind::Path),
];

#[test]
fn each_key_shows_its_view_of_the_same_selection_and_the_menu_names_it() {
    let mut harness = sample("talk.csv");
    let selected = selected_name(&harness);
    for (key, kind) in KEYS.into_iter().rev() {
        press(&mut harness, key);
        assert_eq!(map(&harness).kind, kind);
        assert_eq!(selected_name(&harness), selected, "{kind:?}");
        harness.get_by_label(&format!("{} of credentials and services", kind.name()));
        let picture = harness.state().picture().expect("it is drawn");
        assert!(!picture.map.shapes.is_empty(), "{kind:?}");
        let title = format!("{} of credentials and services", kind.name());
        assert_eq!(picture.furniture.title, title);
        // The key stands beside the name in the menu of the corner.
        let in_table = all().find(|action| action.name == kind.name()).expect("it is an action");
        assert_eq!(in_table.keys_text(), kind.key().to_string());
    }
    assert_eq!(ViewKind::ALL.len(), KEYS.len());
}

#[test]
fn the_menu_in_the_corner_chooses_what_the_view_shows() {
    let mut harness = sample("talk.csv");
    harness.get_by_label("Map ▾").click();
    harness.run();
    harness.get_by_label("2  Lanes").click();
    harness.run();
    settle(&mut harness);
    assert_eq!(map(&harness).kind, ViewKind::Lanes);
    harness.get_by_label("Lanes ▾");
}

#[test]
fn tables_have_their_keys_with_ctrl() {
    let mut harness = sample("talk.csv");
    for (key, tab) in [(Key::Num2, "Show the credentials"), (Key::Num9, "Show the coverage")] {
        let action = all().find(|action| action.name == tab).expect("it is an action");
        let shortcut = action.shortcuts().next().expect("it has a key");
        assert_eq!((shortcut.modifiers, shortcut.logical_key), (Modifiers::COMMAND, key));
    }
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run();
    assert_eq!(harness.state().model.session.tab, crate::app::model::tab::Tab::Credentials);
    assert_eq!(map(&harness).kind, ViewKind::Map);
}

#[test]
fn a_spread_begins_with_what_is_selected_and_keeps_its_start_while_other_things_are() {
    let mut harness = sample("payments.csv");
    let start = select(&mut harness, "release-deploy-key");
    let reached = harness.state().model.selection.as_ref().expect("selected").radius.reached.len();
    press(&mut harness, Key::Num3);
    let instances = |map: &Map| {
        map.marks.iter().filter(|own| matches!(own.subject, Subject::Instance(_))).count()
    };
    assert_eq!(instances(map(&harness)), reached);
    let whole = map(&harness).marks.len();
    let other = map(&harness).marks.first().expect("something is reached").subject;
    harness.state_mut().model.apply(Command::Select(Some(other)));
    settle(&mut harness);
    assert_eq!(map(&harness).marks.len(), whole);
    assert!(map(&harness).mark_of(start).is_some());
    press(&mut harness, Key::Num3);
    let model = &harness.state().model;
    assert_eq!(model.views.active().spec.spread.starts, [other]);
}

#[test]
fn what_is_selected_of_what_has_fallen_spreads_with_all_that_has() {
    let mut harness = sample("payments.csv");
    let (one, other) = ("release-deploy-key", "lumen-ai-shared");
    let graph = harness.state().model.answers.clone().expect("there are answers");
    for id in [one, other] {
        let subject = graph.find_named(id).expect("the sample has it");
        let name = SubjectName::of(&graph.graph, subject);
        harness.state_mut().model.apply(Command::Rotate(RotationCommand::Add(name)));
    }
    settle(&mut harness);
    select(&mut harness, one);
    press(&mut harness, Key::Num3);
    assert_eq!(harness.state().model.views.active().spec.spread.starts.len(), 2);
    assert_eq!(
        map(&harness).regions.first().map(|own| own.name.as_str()),
        Some("2 that have fallen")
    );
}

#[test]
fn backwards_the_selected_service_stands_at_the_right() {
    let mut harness = sample("payments.csv");
    let to = select(&mut harness, "ledger-db@prod");
    harness.state_mut().model.apply(Command::Look(LookCommand::SpreadBackwards));
    settle(&mut harness);
    let map = map(&harness);
    let x = |mark: u32| map.marks.get(mark as usize).map_or(f32::NAN, |own| own.at.x);
    let right = x(map.mark_of(to).expect("it is in the picture"));
    assert!(map.marks.len() > 2 && map.marks.iter().all(|mark| mark.at.x <= right));
}

#[test]
fn the_path_view_shows_the_path_that_is_picked_in_the_table() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    press(&mut harness, Key::Num6);
    let shows = |harness: &Harness<'static, Window>, at: usize| {
        let model = &harness.state().model;
        let path = model.listed_paths().expect("there are paths").get(at).expect("it is there");
        let map = map(harness);
        let ends = [path.from, path.to].map(|at| map.mark_of(Subject::Instance(at)));
        ends.iter().all(Option::is_some) && map.marks.len() == 2 * path.hops.len() + 1
    };
    assert!(shows(&harness, 0));
    let last = harness.state().model.listed_paths().expect("there are paths").len() - 1;
    let show = Command::Answer(AnswerCommand::Show(RouteOf::Listed(last)));
    harness.state_mut().model.apply(show);
    settle(&mut harness);
    assert!(shows(&harness, last) && !shows(&harness, 0));
}

#[test]
fn a_click_on_a_cell_selects_its_credential_and_a_second_one_its_service() {
    let mut harness = sample("talk.csv");
    harness.key_press(Key::Escape);
    for key in [Key::Num4, Key::Num5] {
        press(&mut harness, key);
        let picture = harness.state().picture().expect("it is drawn");
        let own = picture.map.groups.iter().find_map(|group| match group.subject {
            PictureSubject::Link(of, to) => {
                let shape = picture.map.shapes.get(group.shapes.start)?;
                let crate::scene::Shape::Disc { centre, .. } = shape else { return None };
                Some((*centre, of, to))
            }
            _ => None,
        });
        let (Point { x, y }, of, to) = own.expect("a cell is in sight");
        click_at(&mut harness, egui::pos2(x, y));
        assert_eq!(harness.state().model.selected(), Some(Subject::Credential(of)));
        let camera = harness.state().camera();
        click_at(&mut harness, egui::pos2(x, y));
        assert_eq!(harness.state().model.selected(), Some(Subject::Instance(to)));
        assert_eq!(harness.state().camera(), camera, "the table stays where it is");
        harness.state_mut().model.apply(Command::Select(None));
        settle(&mut harness);
    }
}

#[test]
fn back_on_the_map_everything_is_there_and_regions_can_be_collapsed_there_alone() {
    let mut harness = sample("talk.csv");
    let marks = map(&harness).marks.clone();
    press(&mut harness, Key::Num3);
    let collapse = Command::Arrange(crate::app::model::command::ArrangeCommand::CollapseAll(true));
    harness.state_mut().model.apply(collapse);
    settle(&mut harness);
    assert!(harness.state().model.project.arrangement.collapsed.is_empty());
    press(&mut harness, Key::Num1);
    assert_eq!(map(&harness).marks, marks);
}
