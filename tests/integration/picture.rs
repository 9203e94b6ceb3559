//! The picture knows what it shows: subjects, legend, assumptions, what is hidden.

use std::collections::BTreeSet;
use std::sync::Arc;

use keyreach::analysis::{Answers, Subject};
use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Progress};
use keyreach::layout::{Point, lay_out};
use keyreach::scene::{
    Area, Camera, DARK, Face, FontMetrics, Map, MeasureText as _, Picture, PictureSubject, Theme,
    ThemeMode, View, chart, draw, fitted_camera,
};

use super::gate::Wrong;

const VIEWPORT: Area = Area { left: 40.0, top: 20.0, width: 900.0, height: 600.0 };

struct Sample {
    graph: AccessGraph,
    map: Map,
}

impl Sample {
    fn read() -> Self {
        Self::of("talk.csv")
    }

    fn of(name: &str) -> Self {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
        let file = FileBytes::new(name, std::fs::read(folder.join(name)).unwrap());
        let settings = ImportSettings::default();
        let key = FingerprintKey::from_bytes([7; 32]);
        let imported = import(vec![file], &key, &settings, &Progress::default()).unwrap();
        let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
        let graph = AccessGraph::build(Arc::new(imported), &assumptions);
        let answers = Answers::compute(graph, &Progress::default()).unwrap();
        let chart = chart(&answers);
        let layout = lay_out(&chart.layout_input(), &Progress::default()).unwrap();
        Self { map: chart.map.placed(&layout), graph: Arc::unwrap_or_clone(answers.graph) }
    }

    fn picture(&self, visible: &[bool], most_links: usize) -> Picture {
        self.fitted((VIEWPORT, &DARK), visible, most_links).1
    }

    /// A picture of the whole, and where it looks.
    fn fitted(
        &self,
        (viewport, theme): (Area, &Theme),
        visible: &[bool],
        most_links: usize,
    ) -> (Camera, Picture) {
        let camera = Camera { centre: Point::default(), zoom: 1.0, viewport };
        let instances: Vec<usize> = self.map.regions.iter().map(|it| it.instances).collect();
        let view = View {
            map: &self.map,
            graph: &self.graph,
            camera,
            theme,
            visible,
            in_regions: &instances,
            highlight: None,
            changes: None,
            selected: &[],
            compromised: &[],
            hovered: None,
            most_links,
            disputed: keyreach::analysis::Disputed::default(),
            names_before: None,
            grouping: None,
            routes: None,
            margin: 0.0,
            reserved: None,
            focused: false,
        };
        let fonts = FontMetrics::default();
        let camera = fitted_camera(self.map.extent(), &view, &fonts);
        (camera, draw(&View { camera, ..view }, &fonts))
    }

    fn whole(&self) -> Picture {
        self.picture(&vec![true; self.map.marks.len()], 60_000)
    }
}

#[test]
fn every_mark_is_found_where_the_picture_shows_it() {
    let sample = Sample::read();
    let picture = sample.whole();
    let drawn: BTreeSet<Subject> = picture.marks.iter().map(|mark| mark.subject).collect();
    let expected: BTreeSet<Subject> = sample.map.marks.iter().map(|mark| mark.subject).collect();
    assert_eq!(drawn, expected);
    for mark in &picture.marks {
        assert_eq!(picture.mark_at(mark.centre, 4.0), Some(mark.subject));
        let found = picture.subject_at(mark.centre, 4.0);
        assert_eq!(found, Some(PictureSubject::Mark(mark.subject)));
    }
    let corner = Point { x: VIEWPORT.left + 1.0, y: VIEWPORT.top + 1.0 };
    assert_eq!(picture.subject_at(corner, 4.0), None);
    let outside = Point { x: -500.0, y: -500.0 };
    assert_eq!(picture.mark_at(outside, 10_000.0), None);
}

#[test]
fn every_shape_and_every_name_on_the_map_stands_for_something() {
    let sample = Sample::read();
    let picture = sample.whole();
    let mut next = 0;
    for group in &picture.map.groups {
        assert_eq!(group.shapes.start, next, "shapes before {group:?} stand for nothing");
        assert!(!group.shapes.is_empty());
        next = group.shapes.end;
    }
    assert_eq!(next, picture.map.shapes.len());
    let subjects: BTreeSet<_> = picture.map.groups.iter().map(|group| group.subject).collect();
    for mark in &sample.map.marks {
        assert!(subjects.contains(&PictureSubject::Mark(mark.subject)), "{mark:?}");
    }
    for link in &sample.map.links {
        let end = |mark: u32| sample.map.marks[mark as usize].subject;
        let (Subject::Credential(credential), Subject::Instance(instance)) =
            (end(link.credential), end(link.instance))
        else {
            panic!("{link:?} has its ends the wrong way round");
        };
        let subject = PictureSubject::Link(credential, instance);
        assert!(subjects.contains(&subject), "{link:?}");
    }
    assert!(picture.map.texts.iter().all(|text| text.subject.is_some()));
    assert!(picture.map.texts.iter().any(|text| text.text == "deploy-key-prod"));
}

#[test]
fn a_link_is_found_between_its_ends() {
    let sample = Sample::read();
    let picture = sample.whole();
    let centre = |subject: Subject| {
        picture.marks.iter().find(|mark| mark.subject == subject).unwrap().centre
    };
    let mut found = 0;
    for group in &picture.map.groups {
        let PictureSubject::Link(credential, instance) = group.subject else { continue };
        let (from, to) =
            (centre(Subject::Credential(credential)), centre(Subject::Instance(instance)));
        let middle = Point { x: from.x.midpoint(to.x), y: from.y.midpoint(to.y) };
        found += usize::from(picture.subject_at(middle, 1.0) == Some(group.subject));
    }
    // Where links cross, or run below a mark, the middle of one belongs to another.
    assert!(found * 2 > sample.map.links.len(), "{found} of {}", sample.map.links.len());
}

#[test]
fn the_legend_and_the_assumptions_are_in_the_picture() {
    let sample = Sample::read();
    let picture = sample.whole();
    assert_eq!(picture.furniture.title, "Map of credentials and services");
    assert_eq!(picture.furniture.as_of, jiff::civil::date(2026, 11, 23));
    assert!(
        picture.furniture.assumptions.contains(&"rows without access: holds and grants".to_owned())
    );
    assert!(picture.furniture.hidden.is_empty());
    let legend: Vec<&str> = picture.legend.texts.iter().map(|it| it.text.as_str()).collect();
    let legend = legend.join(" ");
    for entry in ["credential", "critical", "leads upwards", "grants", "holds"] {
        assert!(legend.contains(entry), "{entry} is not in {legend}");
    }
    let fonts = FontMetrics::default();
    for text in &picture.legend.texts {
        let width = fonts.width(&text.text, text.style.size, Face::Regular);
        assert!(text.at.x >= VIEWPORT.left && text.at.x + width <= VIEWPORT.right());
        assert!(text.at.y <= VIEWPORT.bottom());
    }
    assert_eq!((picture.area, picture.background), (VIEWPORT, DARK.canvas));
}

#[test]
fn no_region_of_the_whole_lies_below_the_legend() {
    let mut wrong = Wrong::default();
    for sample in ["talk.csv", "payments.csv", "messy.csv"] {
        let own = Sample::of(sample);
        let visible = vec![true; own.map.marks.len()];
        for mode in [ThemeMode::Light, ThemeMode::Dark, ThemeMode::Projector] {
            for (width, height) in [(800.0, 400.0), (1366.0, 660.0), (1920.0, 1000.0)] {
                let viewport = Area { left: 0.0, top: 0.0, width, height };
                let theme = Theme::of(mode);
                let (camera, picture) = own.fitted((viewport, &theme), &visible, 60_000);
                let outlines = own.map.regions.iter().flat_map(|region| &region.shape.outline);
                let feet = outlines.map(|&at| camera.screen_from_scene(at).y);
                let lowest = feet.fold(f32::NEG_INFINITY, f32::max);
                let top = picture.legend_top;
                wrong.unless(lowest <= top, || {
                    format!("{sample} {mode:?} {width}x{height}: {lowest} below {top}")
                });
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn what_is_hidden_is_counted_in_the_picture() {
    let sample = Sample::read();
    let marks = sample.map.marks.len();
    let visible: Vec<bool> = (0..marks).map(|mark| mark != 0).collect();
    let picture = sample.picture(&visible, 2);
    // The hidden mark has its links hidden too.
    let (shown, links) = (marks - 1, sample.map.links.len() - sample.map.links_of(0).len());
    let expected = [
        format!("{shown} of {marks} shown, 1 hidden by filters"),
        format!("{links} links in sight are bundled from group to group"),
    ];
    assert_eq!(picture.furniture.hidden, expected);
    let texts: Vec<&str> = picture.legend.texts.iter().map(|it| it.text.as_str()).collect();
    assert!(texts.starts_with(&expected.each_ref().map(String::as_str)), "{texts:?}");
    assert_eq!(picture.marks.len(), shown);
}
