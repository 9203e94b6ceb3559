//! What is only assumed looks so, and nothing else: each side of a link for itself, in every view.

use keyreach::analysis::Answers;
use keyreach::graph::testing;
use keyreach::inventory::Progress;
use keyreach::layout::{OrderEffort, Point, lay_out};
use keyreach::scene::{
    Area, Camera, DARK, Dash, FontMetrics, LegendSign, Map, Picture, PictureSubject, Shape, View,
    chart, draw, fitted_camera, matrix, strands,
};

/// A row says that app in dev holds the key, another one names app without saying how; db in prod is granted
/// by the one and held by the other.
const ROWS: &str = "K holds app@dev\nK ? app@dev\nK grants db@prod\n\
                    L grants db@prod\nL ? db@prod\nL holds app@dev\n\
                    M ? app@dev\nM ? db@prod\n\
                    N both app@dev\nN both db@prod\n";

const PANE: Area = Area { left: 0.0, top: 0.0, width: 900.0, height: 500.0 };

fn answers(rows: &str) -> Answers {
    Answers::compute(testing::graph(rows), &Progress::default()).unwrap()
}

fn on_a_map(answers: &Answers) -> Map {
    let chart = chart(answers);
    let layout = lay_out(&chart.layout_input(), &Progress::default()).unwrap();
    chart.map.placed(&layout)
}

fn drawn(answers: &Answers, map: &Map) -> Picture {
    let anywhere = Camera { centre: Point::default(), zoom: 1.0, viewport: PANE };
    let view = View {
        map,
        graph: &answers.graph,
        camera: anywhere,
        theme: &DARK,
        visible: &[],
        in_regions: &[],
        highlight: None,
        changes: None,
        selected: &[],
        compromised: &[],
        hovered: None,
        most_links: 2_000,
        disputed: keyreach::analysis::Disputed::default(),
        names_before: None,
        grouping: None,
        routes: None,
        margin: 0.0,
        reserved: None,
        focused: false,
    };
    let fonts = FontMetrics::default();
    let camera = fitted_camera(map.extent(), &view, &fonts);
    draw(&View { camera, ..view }, &fonts)
}

/// The shapes of the link between a credential and a service.
fn link<'a>(
    answers: &Answers,
    picture: &'a Picture,
    (credential, service): (&str, &str),
) -> &'a [Shape] {
    let graph = &answers.graph;
    let group = picture.map.groups.iter().find(|group| match group.subject {
        PictureSubject::Link(of, at) => {
            graph.credential_name(of) == credential && graph.service_name(at) == service
        }
        _ => false,
    });
    &picture.map.shapes[group.unwrap().shapes.clone()]
}

fn dashes(shapes: &[Shape]) -> Vec<Dash> {
    let dash = |shape: &Shape| match shape {
        Shape::Line { pen, .. } | Shape::Polyline { pen, .. } | Shape::Ring { pen, .. } => {
            Some(pen.dash)
        }
        _ => None,
    };
    shapes.iter().filter_map(dash).collect()
}

fn signs(picture: &Picture) -> Vec<LegendSign> {
    let lines = picture.furniture.legend.iter();
    lines.flat_map(|line| &line.entries).filter_map(|entry| entry.sign).collect()
}

#[test]
fn on_the_map_each_half_of_a_link_says_whether_it_is_assumed() {
    use Dash::{Dotted, Plain};
    let answers = answers(ROWS);
    let picture = drawn(&answers, &on_a_map(&answers));
    let of = |ends| dashes(link(&answers, &picture, ends));
    // The half with the arrowhead comes second.
    assert_eq!(of(("K", "app")), [Plain, Dotted]);
    assert_eq!(of(("L", "db")), [Dotted, Plain]);
    assert_eq!(of(("M", "app")), [Dotted]);
    assert_eq!(of(("N", "app")), [Plain]);
    assert_eq!(of(("K", "db")), [Plain]);
    for sign in [LegendSign::GrantsAssumed, LegendSign::HoldsAssumed, LegendSign::HoldsAndGrants] {
        assert!(signs(&picture).contains(&sign), "{sign:?}: {:?}", signs(&picture));
    }
}

/// Whether something is filled with another colour than the ground.
fn is_filled(shape: &Shape) -> bool {
    match shape {
        Shape::Disc { fill, .. } | Shape::Convex { fill, .. } => *fill != DARK.canvas,
        _ => false,
    }
}

#[test]
fn in_tables_each_side_of_a_cell_says_whether_it_is_assumed_and_none_is_hollow() {
    let answers = answers(ROWS);
    let chart = chart(&answers);
    let progress = Progress::default();
    for map in [
        matrix(&chart, OrderEffort::Full, &progress).unwrap().0,
        strands(&chart, OrderEffort::Full, &progress).unwrap().0,
    ] {
        let picture = drawn(&answers, &map);
        // A dotted ring is an assumed hold, a dotted triangle an assumed grant.
        let of = |ends| {
            let shapes = link(&answers, &picture, ends);
            let ring = shapes.iter().any(|shape| matches!(shape, Shape::Ring { .. }));
            let triangle = shapes.iter().any(|shape| matches!(shape, Shape::Polyline { .. }));
            let filled = shapes.iter().filter(|shape| is_filled(shape)).count();
            assert!(dashes(shapes).iter().all(|dash| *dash == Dash::Dotted), "{shapes:?}");
            (ring, triangle, filled)
        };
        // What it is stands there filled in any case.
        assert_eq!(of(("K", "app")), (false, true, 2));
        assert_eq!(of(("L", "db")), (true, false, 2));
        assert_eq!(of(("M", "app")), (true, true, 2));
        assert_eq!(of(("N", "app")), (false, false, 2));
        assert_eq!(of(("K", "db")), (false, false, 1));
        assert!(signs(&picture).contains(&LegendSign::CellAssumed));
    }
}
