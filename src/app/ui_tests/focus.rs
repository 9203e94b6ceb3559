//! The focus on what lies within some hops round something.

use std::collections::BTreeSet;

use egui::{Key, Modifiers, PointerButton};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, open, sample, settle};
use crate::analysis::Subject;
use crate::app::model::command::{Command, GoCommand, LookCommand};
use crate::app::shell::window::Window;
use crate::scene::ViewKind;

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

fn shown(harness: &Harness<'static, Window>) -> BTreeSet<Subject> {
    let data = &harness.state().model.views.active().data;
    let map = data.map.as_ref().expect("the map is laid out");
    let marks = map.marks.iter().zip(&data.sight.marks).filter(|(_, shown)| **shown);
    marks.map(|(mark, _)| mark.subject).collect()
}

fn names(harness: &Harness<'static, Window>) -> Vec<String> {
    let answers = harness.state().model.answers.as_ref().expect("there are answers");
    shown(harness).into_iter().map(|own| answers.name(own)).collect()
}

#[test]
fn hops_are_counted_by_hand_from_a_service_and_from_a_credential() {
    // a –k1→ b –k2→ c –k3→ d, and k4 that only a holds.
    let table = "id,service,environment,access\nk1,a,dev,holds\nk1,b,dev,grants\nk2,b,dev,holds\n\
                 k2,c,dev,grants\nk3,c,dev,holds\nk3,d,dev,grants\nk4,a,dev,holds\n";
    let mut harness = empty();
    open(&mut harness, "chain.csv", table.as_bytes().to_vec());
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    for (name, hops, expected) in [
        ("a@dev", 1, "k1 k4 a b"),
        ("a@dev", 2, "k1 k2 k4 a b c"),
        ("k2", 1, "k2 b c"),
        ("k2", 2, "k1 k2 k3 a b c d"),
        ("k2", 3, "k1 k2 k3 k4 a b c d"),
        ("d@dev", 3, "k1 k2 k3 a b c d"),
    ] {
        let centre = answers.find_named(name).expect("it is there");
        apply(&mut harness, Command::Go(GoCommand::FocusAround(vec![centre])));
        apply(&mut harness, Command::Go(GoCommand::Hops(hops)));
        let found: BTreeSet<String> =
            names(&harness).iter().map(|own| own.replace(" in dev", "")).collect();
        let expected: BTreeSet<String> = expected.split(' ').map(str::to_owned).collect();
        assert_eq!(found, expected, "{hops} round {name}");
    }
}

/// What lies within a number of links of what is in the middle, one ring after the other.
fn within(harness: &Harness<'static, Window>, middle: &[Subject], hops: u8) -> BTreeSet<Subject> {
    let answers = harness.state().model.answers.as_ref().expect("there are answers");
    let mut found = BTreeSet::new();
    for &centre in middle {
        let links = match centre {
            Subject::Instance(_) => 2 * hops,
            Subject::Credential(_) => 2 * hops - 1,
        };
        let mut own = BTreeSet::from([centre]);
        for _ in 0..links {
            let before = own.clone();
            for edge in answers.graph.edges() {
                let ends = [Subject::Credential(edge.credential), Subject::Instance(edge.instance)];
                if ends.iter().any(|end| before.contains(end)) {
                    own.extend(ends);
                }
            }
        }
        found.extend(own);
    }
    found
}

#[test]
fn what_is_shown_is_what_rings_of_links_reach_from_one_thing_or_several() {
    let mut harness = sample("payments.csv");
    settle(&mut harness);
    let all: Vec<Subject> =
        harness.state().model.answers.as_ref().expect("answers").subjects().collect();
    let last = *all.last().expect("there are some");
    for (at, hops) in [(0, 1), (9, 1), (30, 2), (all.len() - 3, 1), (all.len() - 9, 2)] {
        for centre in [vec![all[at]], vec![all[at], last]] {
            apply(&mut harness, Command::Go(GoCommand::FocusAround(centre.clone())));
            apply(&mut harness, Command::Go(GoCommand::Hops(hops)));
            assert_eq!(shown(&harness), within(&harness, &centre, hops), "{centre:?} {hops}");
        }
    }
}

#[test]
fn a_double_click_focuses_the_slider_widens_it_and_escape_leaves_it() {
    let mut harness = sample("talk.csv");
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Look(LookCommand::Fit));
    let whole = shown(&harness);
    let picture = harness.state().picture().expect("the map is drawn").clone();
    let is_credential = |own: &&crate::scene::DrawnMark| {
        matches!(own.subject, Subject::Credential(_)) && own.radius > 4.0
    };
    let mark = *picture.marks.iter().rev().find(is_credential).expect("there is one");
    let pos = egui::pos2(mark.centre.x, mark.centre.y);
    harness.hover_at(pos);
    harness.run();
    // A frame of the tests is longer than a double click.
    harness.ctx.options_mut(|options| options.input_options.max_double_click_delay = 5.0);
    for pressed in [true, false, true, false] {
        harness.event(egui::Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        harness.step();
    }
    settle(&mut harness);
    assert_eq!(harness.state().model.selected(), Some(mark.subject));
    assert_eq!(shown(&harness), within(&harness, &[mark.subject], 2));
    assert!(shown(&harness).len() < whole.len());
    let picture = harness.state().picture().expect("the map is drawn");
    assert!(picture.marks.iter().all(|own| picture.area.holds(own.centre)), "all are in sight");
    harness.get_by_label("2 hops");
    harness.get_by_label("Within how many hops").focus();
    harness.run();
    harness.key_press(Key::ArrowLeft);
    settle(&mut harness);
    assert_eq!(shown(&harness), within(&harness, &[mark.subject], 1));
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert_eq!(shown(&harness), whole);
    assert_eq!(harness.state().model.selected(), Some(mark.subject), "it stays selected");
}

#[test]
fn within_the_focus_something_else_can_be_selected_and_the_focus_stays() {
    let mut harness = sample("talk.csv");
    settle(&mut harness);
    let worst = harness.state().model.selected().expect("the worst is selected");
    apply(&mut harness, Command::Go(GoCommand::FocusAround(vec![worst])));
    let before = shown(&harness);
    let other = *before.iter().find(|own| **own != worst).expect("it has services");
    apply(&mut harness, Command::Select(Some(other)));
    assert_eq!(shown(&harness), before);
    harness.get_by_label_contains(&format!("{} of 63", before.len()));
    harness.get_by_label("Show all").click();
    settle(&mut harness);
    assert_eq!(shown(&harness).len(), 63);
}

#[test]
fn the_focus_is_laid_out_alone_in_each_view_and_leaving_it_brings_all_back_to_its_place() {
    for kind in [ViewKind::Map, ViewKind::Lanes, ViewKind::Matrix, ViewKind::Strands] {
        let mut harness = sample("payments.csv");
        apply(&mut harness, Command::Look(LookCommand::ShowAs(kind)));
        let whole = harness.state().model.map().expect("it is laid out").clone();
        let centre = vec![harness.state().model.selected().expect("the worst is selected")];
        apply(&mut harness, Command::Go(GoCommand::FocusAround(centre.clone())));
        apply(&mut harness, Command::Go(GoCommand::Hops(1)));
        let map = harness.state().model.map().expect("it is laid out").clone();
        assert_eq!(map.kind, kind);
        let own: BTreeSet<Subject> = map.marks.iter().map(|mark| mark.subject).collect();
        assert_eq!(own, within(&harness, &centre, 1), "{kind:?}: nothing else is on it");
        let between = whole.links.iter().filter(|link| {
            [link.credential, link.instance]
                .iter()
                .all(|&at| own.contains(&whole.marks[at as usize].subject))
        });
        assert_eq!(map.links.len(), between.count(), "{kind:?}: all links between them");
        for mark in &map.marks {
            let region = |map: &crate::scene::Map, at: Option<u16>| {
                at.map(|at| map.regions[usize::from(at)].name.clone())
            };
            let before = whole.marks[whole.mark_of(mark.subject).expect("it was there") as usize];
            assert_eq!(region(&map, mark.region), region(&whole, before.region));
        }
        let (small, large) = (map.extent(), whole.extent());
        assert!(small.width * small.height < 0.5 * large.width * large.height, "{kind:?}");
        let picture = harness.state().picture().expect("it is drawn");
        let hidden = whole.marks.len() - own.len();
        let words =
            format!("{} of {} shown, {hidden} hidden by focus", own.len(), whole.marks.len());
        let said = picture.furniture.hidden.join("; ");
        assert!(said.contains(&words), "{kind:?}: {said}");
        let is_drawn = |subject: &Subject| picture.marks.iter().any(|own| own.subject == *subject);
        // A table is scrolled.
        let all = own.iter().all(is_drawn);
        assert!(all || map.is_table(), "{kind:?}: all of it is in the pane");
        harness.key_press(Key::Escape);
        settle(&mut harness);
        let again = harness.state().model.map().expect("it is laid out");
        assert_eq!(again.marks, whole.marks, "{kind:?}");
    }
}

#[test]
fn a_focus_that_is_cancelled_is_not_entered_and_can_be_asked_for_again() {
    let mut harness = sample("payments.csv");
    let id = harness.state().model.views.active().id;
    let centre = vec![harness.state().model.selected().expect("the worst is selected")];
    let whole = shown(&harness);
    let model = &mut harness.state_mut().model;
    model.apply(Command::Go(GoCommand::FocusAround(centre.clone())));
    model.apply(Command::Cancel(crate::app::jobs::JobKind::Layout(id)));
    settle(&mut harness);
    assert!(!harness.state().model.views.active().spec.focused);
    assert_eq!(shown(&harness), whole);
    apply(&mut harness, Command::Go(GoCommand::FocusAround(centre.clone())));
    assert_eq!(shown(&harness), within(&harness, &centre, 2));
}
