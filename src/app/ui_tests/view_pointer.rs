//! What the pointer and single keys do in each view: only what is drawn there counts.

use egui::{Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, open, sample, settle};
use crate::analysis::Subject;
use crate::app::model::command::{Command, LookCommand};
use crate::app::model::job_end::JobEnd;
use crate::app::shell::window::Window;
use crate::app::work::map_layout::Content;
use crate::app::work::view_layout::{SpreadOf, Wanted, laid_out};
use crate::inventory::Progress;
use crate::scene::{Picture, PictureSubject, Shape, ViewKind};

/// What grants has no stated access, and is dead.
const TABLE: &str = "id,service,environment,access,status\nk,a,dev,holds,\nk,b,prod,grants,\n\
                     old,a,dev,,revoked\n";

/// A sample in some view, with nothing selected and all in sight.
fn shown(name: &str, kind: ViewKind) -> Harness<'static, Window> {
    let mut harness = sample(name);
    show(&mut harness, kind);
    harness
}

fn show(harness: &mut Harness<'static, Window>, kind: ViewKind) {
    for command in [
        Command::Select(None),
        Command::Look(LookCommand::ShowAs(kind)),
        Command::Look(LookCommand::Fit),
    ] {
        harness.state_mut().model.apply(command);
        settle(harness);
    }
}

fn picture(harness: &Harness<'static, Window>) -> Picture {
    harness.state().picture().expect("it is drawn").clone()
}

fn selected(harness: &Harness<'static, Window>) -> Vec<Subject> {
    harness.state().model.selected_all().to_vec()
}

fn button(
    harness: &mut Harness<'static, Window>,
    (button, pressed): (PointerButton, bool),
    pos: Pos2,
    modifiers: Modifiers,
) {
    let event = egui::Event::PointerButton { pos, button, pressed, modifiers };
    harness.event_modifiers(event, modifiers);
    harness.step();
}

fn click(harness: &mut Harness<'static, Window>, pos: Pos2, which: PointerButton) {
    harness.hover_at(pos);
    harness.run();
    for pressed in [true, false] {
        button(harness, (which, pressed), pos, Modifiers::NONE);
    }
}

/// Drags from one corner to the other with Shift; the button stays down.
fn draw_box(harness: &mut Harness<'static, Window>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    harness.run();
    button(harness, (PointerButton::Primary, true), from, Modifiers::SHIFT);
    for pos in [from.lerp(to, 0.5), to] {
        harness.event_modifiers(egui::Event::PointerMoved(pos), Modifiers::SHIFT);
        harness.step();
    }
}

fn end_box(harness: &mut Harness<'static, Window>, at: Pos2) {
    button(harness, (PointerButton::Primary, false), at, Modifiers::SHIFT);
    settle(harness);
}

/// The middle of a cell in sight, and its ends.
fn a_cell(picture: &Picture) -> (Pos2, [Subject; 2]) {
    let cell = picture.map.groups.iter().find_map(|group| match group.subject {
        PictureSubject::Link(of, to) => {
            let shape = picture.map.shapes.get(group.shapes.start)?;
            let Shape::Disc { centre, .. } = shape else { return None };
            let ends = [Subject::Credential(of), Subject::Instance(to)];
            Some((pos2(centre.x, centre.y), ends))
        }
        _ => None,
    });
    cell.expect("a cell is in sight")
}

#[test]
fn a_box_in_any_view_selects_exactly_the_marks_that_are_drawn_in_it() {
    for kind in [ViewKind::Lanes, ViewKind::Matrix, ViewKind::Strands] {
        let mut harness = shown("talk.csv", kind);
        let picture = picture(&harness);
        let (left, top) = (picture.area.left + 1.0, picture.area.top + 1.0);
        // The left part, where a table has its rows.
        let (right, bottom) = (left + 0.4 * picture.area.width, top + 0.7 * picture.area.height);
        let within = |at: crate::layout::Point| {
            (left..=right).contains(&at.x) && (top..=bottom).contains(&at.y)
        };
        let drawn = picture.marks.iter().filter(|own| within(own.centre));
        let mut expected: Vec<Subject> = drawn.map(|own| own.subject).collect();
        expected.sort_unstable();
        expected.dedup();
        assert!(!expected.is_empty(), "{kind:?}");
        draw_box(&mut harness, pos2(right, bottom), pos2(left, top));
        end_box(&mut harness, pos2(left, top));
        let mut found = selected(&harness);
        found.sort_unstable();
        assert_eq!(found, expected, "{kind:?}");
    }
}

#[test]
fn a_box_over_nothing_and_one_that_escape_puts_away_leave_what_is_selected() {
    for with_escape in [false, true] {
        let mut harness = shown("talk.csv", ViewKind::Matrix);
        let before = picture(&harness).marks[0].subject;
        harness.state_mut().model.apply(Command::Select(Some(before)));
        settle(&mut harness);
        let picture = picture(&harness);
        let corner = pos2(picture.area.right() - 4.0, picture.legend_top - 4.0);
        let other = if with_escape {
            pos2(picture.area.left + 2.0, picture.area.top + 2.0)
        } else {
            corner - vec2(40.0, 40.0)
        };
        draw_box(&mut harness, corner, other);
        let camera = harness.state().camera();
        if with_escape {
            harness.key_press_modifiers(Modifiers::SHIFT, Key::Escape);
            harness.step();
            harness.event(egui::Event::PointerMoved(other + vec2(30.0, 30.0)));
            harness.step();
        }
        end_box(&mut harness, other);
        assert_eq!(selected(&harness), [before]);
        assert_eq!(harness.state().camera(), camera, "nothing moves either");
        // Escape is free again.
        harness.key_press(Key::Escape);
        settle(&mut harness);
        assert_eq!(selected(&harness), []);
    }
}

#[test]
fn the_other_button_opens_the_menu_of_a_mark_and_that_of_the_picture_on_empty_ground() {
    let mut harness = shown("talk.csv", ViewKind::Map);
    let picture = picture(&harness);
    let mark = picture.marks[0];
    let is_open = |harness: &Harness<'static, Window>| egui::Popup::is_any_open(&harness.ctx);
    let at = pos2(mark.centre.x, mark.centre.y);
    let offers =
        |harness: &Harness<'static, Window>, name: &str| harness.query_all_by_label(name).count();
    click(&mut harness, at, PointerButton::Secondary);
    harness.run();
    assert!(is_open(&harness));
    assert_eq!(selected(&harness), [mark.subject]);
    let of_mark = offers(&harness, "Paths from here");
    assert_eq!(offers(&harness, "Copy the picture"), 0);
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!is_open(&harness));
    let corner = pos2(picture.area.left + 3.0, picture.area.top + 3.0);
    assert!(
        !picture
            .marks
            .iter()
            .any(|own| own.centre.x < corner.x + 20.0 && own.centre.y < corner.y + 20.0)
    );
    let without = offers(&harness, "Paths from here");
    assert!(without < of_mark, "the menu of the mark offers them");
    click(&mut harness, corner, PointerButton::Secondary);
    harness.run();
    assert_eq!(offers(&harness, "Copy the picture"), 1);
    assert_eq!(offers(&harness, "Paths from here"), without, "what is selected lies far away");
}

#[test]
fn an_empty_view_says_what_would_fill_it_and_keeps_its_menu() {
    let mut harness = empty();
    let rows = b"id,service,environment,access\nk,a,dev,grants\n";
    open(&mut harness, "keys.csv", rows.to_vec());
    settle(&mut harness);
    show(&mut harness, ViewKind::Path);
    harness.get_by_label("No entry point reaches a crown jewel; pick From and To in Paths");
    harness.get_by_label("Path ▾");
    show(&mut harness, ViewKind::Spread);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let nothing = Wanted::Spread(SpreadOf::default());
    let by = crate::project::GroupBy::Environment;
    let aspect = harness.state().model.views.pane_aspect();
    let content = Content { answers: &answers, by, part: None, aspect, pane: None };
    let (map, stage) =
        laid_out(&nothing, content, &Progress::default()).expect("it is not cancelled");
    let map = crate::scene::GroupedMap::new(map);
    let view = harness.state().model.views.active().id;
    harness.state_mut().model.apply(Command::Ended(JobEnd::LaidOut(view, map, stage)));
    harness.run();
    harness.get_by_label("Select something and press 3");
    harness.get_by_label("Spread ▾");
}

#[test]
fn space_focuses_and_enter_presses_the_strong_button_though_the_map_has_the_focus() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let before = selected(&harness);
    assert_eq!(before.len(), 1);
    harness.get_by_label("Map of credentials and services").focus();
    settle(&mut harness);
    for _ in 0..2 {
        harness.key_press(Key::Enter);
        settle(&mut harness);
        assert_eq!(selected(&harness), before);
    }
    harness.key_press(Key::Space);
    settle(&mut harness);
    assert_eq!(selected(&harness), before);
    assert!(harness.state().model.views.active().spec.focused);
}

#[test]
fn each_of_two_narrow_views_says_what_it_is_and_is_switched_by_the_mouse() {
    let mut harness = sample("talk.csv");
    for command in [LookCommand::Split, LookCommand::ShowAs(ViewKind::Matrix)] {
        harness.state_mut().model.apply(Command::Look(command));
        settle(&mut harness);
    }
    for view in harness.state().model.views.iter() {
        assert!(view.spec.camera.expect("it is drawn").viewport.width < 500.0);
    }
    let (left, right) =
        (harness.get_by_label("Map ▾").rect(), harness.get_by_label("Matrix ▾").rect());
    assert!(left.right() < right.left());
    harness.get_by_label("Map ▾").click();
    harness.run();
    harness.get_by_label("2  Lanes").click();
    harness.run();
    settle(&mut harness);
    harness.get_by_label("Lanes ▾");
    harness.get_by_label("Matrix ▾");
}

#[test]
fn a_click_on_a_cell_of_the_view_that_is_not_active_selects_its_credential() {
    let mut harness = shown("talk.csv", ViewKind::Matrix);
    for command in [LookCommand::Split, LookCommand::ShowAs(ViewKind::Map)] {
        harness.state_mut().model.apply(Command::Look(command));
        settle(&mut harness);
    }
    let active = harness.state().model.views.active().id;
    harness.state_mut().model.apply(Command::Select(None));
    settle(&mut harness);
    let other = harness.state().model.views.iter().find(|view| view.id != active);
    let other = other.expect("there are two").id;
    harness.state_mut().model.apply(Command::Look(LookCommand::ToView(other)));
    settle(&mut harness);
    let (at, [credential, _]) = a_cell(&picture(&harness));
    harness.state_mut().model.apply(Command::Look(LookCommand::ToView(active)));
    settle(&mut harness);
    click(&mut harness, at, PointerButton::Primary);
    settle(&mut harness);
    assert_eq!(selected(&harness), [credential]);
}

#[test]
fn both_clicks_of_a_double_click_on_a_cell_are_about_its_credential() {
    let mut harness = shown("talk.csv", ViewKind::Matrix);
    // A frame of the tests is longer than a double click.
    harness.ctx.options_mut(|options| options.input_options.max_double_click_delay = 5.0);
    let (at, [credential, _]) = a_cell(&picture(&harness));
    click(&mut harness, at, PointerButton::Primary);
    for pressed in [true, false] {
        button(&mut harness, (PointerButton::Primary, pressed), at, Modifiers::NONE);
    }
    settle(&mut harness);
    assert_eq!(selected(&harness), [credential]);
    assert!(harness.state().model.views.active().spec.focused);
}

#[test]
fn the_line_of_a_strand_is_clicked_between_its_cells() {
    let mut harness = shown("talk.csv", ViewKind::Strands);
    let picture = picture(&harness);
    let found = picture.map.groups.iter().find_map(|group| {
        let PictureSubject::Mark(subject) = group.subject else { return None };
        let shapes = picture.map.shapes.get(group.shapes.clone())?;
        let [Shape::Line { from, to, .. }] = shapes else { return None };
        let along = |step: u8| from.y + (to.y - from.y) * f32::from(step) / 20.0;
        let spots = (1..20_u8).map(|step| crate::layout::Point { x: from.x, y: along(step) });
        let is_own = |at: &crate::layout::Point| {
            picture.subject_at(*at, 4.0) == Some(PictureSubject::Mark(subject))
                && picture.mark_at(*at, 8.0).is_none()
        };
        Some((subject, spots.into_iter().find(is_own)?))
    });
    let (subject, at) = found.expect("a line is in sight");
    click(&mut harness, pos2(at.x, at.y), PointerButton::Primary);
    settle(&mut harness);
    assert_eq!(selected(&harness), [subject]);
}

#[test]
fn no_cell_lies_below_the_legend_or_the_names() {
    for kind in [ViewKind::Matrix, ViewKind::Strands] {
        let mut harness = shown("payments.csv", kind);
        for (x, y) in [(0.0, 0.0), (-60.0, -90.0), (-133.0, -211.0)] {
            harness.state_mut().model.apply(Command::Look(LookCommand::Pan(x, y)));
            settle(&mut harness);
            let picture = picture(&harness);
            let head = if kind == ViewKind::Matrix { 100.0 } else { 19.0 };
            let mut cells = 0;
            for group in &picture.map.groups {
                let PictureSubject::Link(..) = group.subject else { continue };
                let Some(Shape::Disc { centre, .. }) = picture.map.shapes.get(group.shapes.start)
                else {
                    continue;
                };
                cells += 1;
                assert!(centre.y <= picture.legend_top, "{kind:?} {centre:?}");
                assert!(centre.y >= picture.area.top + head, "{kind:?} {centre:?}");
                assert!(centre.x >= picture.area.left + 100.0, "{kind:?} {centre:?}");
            }
            assert!(cells > 0);
        }
    }
}

#[test]
fn names_of_columns_that_begin_alike_can_be_told_apart() {
    let long = "storefront-to-the-ledger-of-all-payments-in-the-second-region";
    let names = ["read", "write"].map(|end| format!("{long}-{end}"));
    let rows = names
        .iter()
        .flat_map(|id| [format!("{id},a,dev,holds\n"), format!("{id},b,prod,grants\n")]);
    let table: String =
        std::iter::once("id,service,environment,access\n".to_owned()).chain(rows).collect();
    let mut harness = empty();
    open(&mut harness, "keys.csv", table.into_bytes());
    settle(&mut harness);
    show(&mut harness, ViewKind::Matrix);
    let picture = picture(&harness);
    let texts = picture.map.texts.iter().filter(|own| own.text.starts_with("store"));
    let texts: Vec<&str> = texts.map(|own| own.text.as_str()).collect();
    assert_eq!(texts.len(), 2);
    for end in ["-read", "-write"] {
        assert!(texts.iter().any(|text| text.ends_with(end) && text.contains('…')), "{texts:?}");
    }
}

#[test]
fn a_tooltip_says_of_a_link_what_a_step_along_it_says() {
    let mut harness = empty();
    open(&mut harness, "keys.csv", TABLE.as_bytes().to_vec());
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let map = harness.state().model.map().expect("it is laid out");
    let find = |name| answers.find_named(name).expect("it is there");
    let (Subject::Credential(old), Subject::Instance(a)) = (find("old"), find("a@dev")) else {
        panic!("they are a credential and a service")
    };
    let says =
        crate::app::panels::map_description::describe(&answers, map, PictureSubject::Link(old, a));
    let steps = crate::app::model::walking::steps_from(&answers, find("old"), 100);
    assert!(!steps.is_empty() && says.contains(", dead, assumed"), "{says}");
    for line in says.lines() {
        assert!(steps.iter().any(|(_, words)| words.starts_with(line)), "{line}");
    }
}
