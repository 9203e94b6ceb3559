//! Where marks stand in columns, links lead round those that they do not touch, however long the columns
//! are.

use std::fmt::Write as _;

use keyreach::analysis::{Answers, Counting, Starts, blast_radius};
use keyreach::graph::testing;
use keyreach::inventory::Progress;
use keyreach::layout::{OrderEffort, Point};
use keyreach::scene::{
    Area, Camera, DARK, FontMetrics, Map, Picture, PictureSubject, Routes, Spread, View, chart,
    draw, fitted_camera, lanes, spread,
};
use proptest::prelude::*;

use crate::truth::through_marks;

const PANE: Area = Area { left: 0.0, top: 0.0, width: 1_280.0, height: 800.0 };

/// Three environments of so many services that they stand abreast, and credentials that join some of them.
fn some_rows() -> impl Strategy<Value = String> {
    let environments = ["dev", "ci", "prod"];
    let service = (0..130_u32, 0..3_usize);
    let of_one = (service.clone(), prop::collection::vec(service, 1..4));
    prop::collection::vec(of_one, 90..160).prop_map(move |credentials| {
        let mut rows = String::new();
        for environment in environments {
            for at in 0..130 {
                writeln!(rows, "- - s{at}@{environment}").unwrap();
            }
        }
        for (key, ((holder, of), grants)) in credentials.iter().enumerate() {
            writeln!(rows, "k{key} holds s{holder}@{}", environments[*of]).unwrap();
            for (service, of) in grants {
                writeln!(rows, "k{key} grants s{service}@{}", environments[*of]).unwrap();
            }
        }
        rows
    })
}

/// The whole of a view, or what is in its middle as much nearer as `times` says.
fn drawn(answers: &Answers, map: &Map, times: f32) -> (Picture, usize) {
    let mut routes = Routes::default();
    routes.begin(1, None);
    let camera = Camera { centre: Point::default(), zoom: 1.0, viewport: PANE };
    let view = View {
        map,
        graph: &answers.graph,
        camera,
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
        routes: Some(&routes),
        margin: 0.0,
        reserved: None,
        focused: false,
    };
    let fonts = FontMetrics::default();
    let camera = fitted_camera(map.extent(), &view, &fonts);
    let camera = Camera { zoom: camera.zoom * times, ..camera };
    let picture = draw(&View { camera, ..view }, &fonts);
    (picture, routes.blocked())
}

fn links(picture: &Picture) -> usize {
    let is_link = |subject| matches!(subject, PictureSubject::Link(..));
    picture.map.groups.iter().filter(|group| is_link(group.subject)).count()
}

fn check(answers: &Answers, map: &Map) -> Result<(), TestCaseError> {
    for times in [1.0, 3.0] {
        let (picture, blocked) = drawn(answers, map, times);
        // What is in the middle may be few, or none.
        prop_assert!(times > 1.0 || links(&picture) > 10);
        let found = through_marks(&picture);
        prop_assert!(found.is_empty(), "{} at {times}: {:#?}", found.len(), found.first());
        prop_assert_eq!(blocked, 0);
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::properties::cases(3))]

    #[test]
    fn in_lanes_and_in_a_spread_no_link_runs_through_a_mark_that_it_does_not_touch(
        rows in some_rows(),
    ) {
        let answers = Answers::compute(testing::graph(&rows), &Progress::default()).unwrap();
        let chart = chart(&answers);
        let (map, _) = lanes(&chart, OrderEffort::Full, &Progress::default()).unwrap();
        check(&answers, &map)?;
        let holders = |at: &keyreach::graph::InstanceIndex| !answers.graph.holds(*at).is_empty();
        let mut starts = Starts::default();
        starts.instances.extend(answers.graph.instance_indices().filter(holders).take(40));
        let radius = blast_radius(&answers.graph, &starts, Counting::All);
        let of = Spread::Reaches(starts, radius);
        let map = spread(&chart, &answers.graph, &of, &Progress::default()).unwrap();
        check(&answers, &map)?;
    }
}
