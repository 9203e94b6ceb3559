//! Each view at the smallest and at a large size: none of its texts is cut, lies over another one, or leaves it.

use std::fmt::Write as _;

use egui::{Vec2, vec2};

use super::sizes::drawn_at;
use super::sizes_states::State;
use super::{sample, settle};
use crate::app::model::command::{AnswerCommand, Command, GoCommand, LookCommand};
use crate::app::model::route::RouteOf;
use crate::scene::{
    Anchor, Area, FontMetrics, MeasureText as _, Picture, Text, ThemeMode, ViewKind,
};

/// A sample that is drawn quickly.
const SAMPLE: &str = "talk.csv";

/// The views beside the map, of which there are tests of its own, each with something in question.
fn views() -> Vec<State> {
    let kinds = [ViewKind::Lanes, ViewKind::Matrix, ViewKind::Strands]
        .map(|kind| (kind, Command::Look(LookCommand::ShowAs(kind))));
    let mut all: Vec<State> = kinds
        .into_iter()
        .chain([(ViewKind::Path, Command::Answer(AnswerCommand::Show(RouteOf::Proof)))])
        .map(|(kind, command)| view(kind, |_| command))
        .collect();
    all.push(view(ViewKind::Spread, |answers| {
        let start = answers.find_named("deploy-key-prod").expect("the sample has it");
        Command::Go(GoCommand::SpreadFrom(vec![start]))
    }));
    all
}

fn view(
    kind: ViewKind,
    command: impl FnOnce(&crate::app::work::answers::Answers) -> Command,
) -> State {
    let mut harness = sample(SAMPLE);
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    harness.state_mut().model.apply(command(&answers));
    settle(&mut harness);
    if kind == ViewKind::Path {
        harness.state_mut().model.apply(Command::Look(LookCommand::ShowAs(kind)));
        settle(&mut harness);
    }
    assert_eq!(harness.state().model.map().expect("it is laid out").kind, kind);
    State { name: kind.name().to_owned(), sideways: false, harness }
}

/// Where a text stands, without the room above and below its letters.
fn area_of(text: &Text) -> Area {
    let size = text.style.size;
    let width = FontMetrics::default().width(&text.text, size, text.style.face);
    let (width, height) = (width - 1.0, size * 0.8);
    match text.anchor {
        Anchor::Foot => Area {
            left: text.at.x - height / 2.0,
            top: text.at.y - width,
            width: height,
            height: width,
        },
        Anchor::Middle | Anchor::Left => {
            Area { left: text.left(width), top: text.at.y - height / 2.0, width, height }
        }
    }
}

/// What is wrong with the texts of a picture; where the view `scrolls`, they go on beyond its edges.
fn faults(picture: &Picture, scrolls: bool) -> Vec<String> {
    let mut faults = Vec::new();
    for (layer, is_map) in [(&picture.map, true), (&picture.legend, false)] {
        let mut pane = picture.area.grown(0.5);
        if is_map {
            // What is below the legend is not seen.
            pane.height = picture.legend_top - pane.top;
        }
        let all: Vec<(&Text, Area)> =
            layer.texts.iter().map(|text| (text, area_of(text))).collect();
        let seen: Vec<&(&Text, Area)> = all.iter().filter(|(_, own)| own.meets(&pane)).collect();
        for (at, (text, area)) in seen.iter().enumerate() {
            if !scrolls && (area.left < pane.left || area.right() > pane.right()) {
                faults.push(format!("“{}” is cut at the side", text.text));
            }
            for (other, _) in seen.iter().take(at).filter(|(_, own)| own.meets(area)) {
                faults.push(format!("“{}” and “{}” overlap", text.text, other.text));
            }
        }
    }
    faults
}

fn check((size, scale): (Vec2, f32), theme: ThemeMode) {
    let mut report = String::new();
    for mut state in views() {
        let mut found = drawn_at(&mut state, (size, scale), theme);
        let picture = state.harness.state().picture().expect("it is drawn");
        assert!(picture.map.texts.len() > 3, "{}", state.name);
        found.extend(faults(picture, state.name == ViewKind::Path.name()));
        for fault in found {
            writeln!(report, "{}: {fault}", state.name).expect("a text takes all");
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_view_of_the_smallest_window_is_legible() {
    check((vec2(800.0, 520.0), 1.0), ThemeMode::Dark);
}

#[test]
fn every_view_of_a_large_window_is_legible() {
    check((vec2(1920.0, 1080.0), 1.0), ThemeMode::Projector);
}
