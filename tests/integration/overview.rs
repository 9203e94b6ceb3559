//! Large maps from afar: each body is a named group, and the groups are all there is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use keyreach::analysis::{Answers, Subject};
use keyreach::graph::{AccessGraph, testing};
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Progress};
use keyreach::layout::{OrderEffort, Point, lay_out};
use keyreach::project::GroupBy;
use keyreach::scene::{
    Anchor, Area, Camera, DARK, FontMetrics, Grouping, MOST_LINKS, Map, MeasureText as _, Picture,
    PictureSubject, SectionsBy, Text, View, chart_by, draw, fitted_camera, lanes, least_zoom_into,
};

/// An invented inventory of some thousand links, whose owners are those of credentials alone.
fn invented(seed: u64) -> Answers {
    let mut rows = Vec::new();
    keyreach::cli::generate::write_inventory(3_600, seed, &mut rows).unwrap();
    let key = FingerprintKey::from_bytes([7; 32]);
    let files = vec![FileBytes::new("rows.csv", rows)];
    let inventory = import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let graph = AccessGraph::build(Arc::new(inventory), &assumptions);
    Answers::compute(graph, &Progress::default()).unwrap()
}

fn placed(answers: &Answers, by: GroupBy) -> Map {
    let chart = chart_by(answers, by);
    let layout = lay_out(&chart.layout_input(), &Progress::default()).unwrap();
    chart.map.placed(&layout)
}

fn view<'a>(answers: &'a Answers, map: &'a Map, camera: Camera) -> View<'a> {
    View {
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
        most_links: MOST_LINKS,
        grouping: None,
        routes: None,
        margin: 0.0,
        reserved: None,
        disputed: keyreach::analysis::Disputed::default(),
        names_before: None,
        focused: false,
    }
}

fn fitted(answers: &Answers, map: &Map, (width, height): (f32, f32)) -> Camera {
    let viewport = Area { left: 0.0, top: 0.0, width, height };
    let anywhere = Camera { centre: Point::default(), zoom: 1.0, viewport };
    fitted_camera(map.extent(), &view(answers, map, anywhere), &FontMetrics::default())
}

fn picture(answers: &Answers, map: &Map, camera: Camera) -> Picture {
    draw(&view(answers, map, camera), &FontMetrics::default())
}

/// The instances of all bodies of each region.
fn counted(picture: &Picture) -> BTreeMap<Option<u16>, u32> {
    let mut counts = BTreeMap::new();
    for group in &picture.map.groups {
        if let PictureSubject::Group { region, instances, .. } = group.subject {
            *counts.entry(region).or_default() += instances;
        }
    }
    counts
}

fn check_counts(map: &Map, picture: &Picture) {
    let counts = counted(picture);
    for (at, region) in (0_u16..).zip(&map.regions) {
        let own = counts.get(&Some(at)).copied().unwrap_or(0);
        assert_eq!(own as usize, region.instances, "{}", region.name);
    }
    for (at, section) in (0_u32..).zip(&map.sections.all) {
        let lies_in = |mark: u32| {
            let own = map.sections.of_mark(mark);
            let outer = own.and_then(|own| map.sections.all[own as usize].within);
            own == Some(at) || outer == Some(at)
        };
        let is_instance =
            |mark: &u32| matches!(map.marks[*mark as usize].subject, Subject::Instance(_));
        let marks = 0..map.marks.len() as u32;
        let marks = marks.filter(|mark| is_instance(mark) || section.region.is_none());
        assert_eq!(marks.filter(|mark| lies_in(*mark)).count(), section.instances);
    }
}

fn check_places(map: &Map) {
    for (at, mark) in (0_u32..).zip(&map.marks) {
        let Some(section) = map.sections.of_mark(at) else {
            assert_eq!(mark.region, None, "what lies in a region lies in a section");
            continue;
        };
        let section = &map.sections.all[section as usize];
        assert_eq!(section.region, mark.region);
        let (area, r) = (section.area(), mark.radius - 0.01);
        let Point { x, y } = mark.at;
        assert!(x - r >= area.left && x + r <= area.right(), "{mark:?} in {section:?}");
        assert!(y - r >= area.top && y + r <= area.bottom(), "{mark:?} in {section:?}");
    }
}

fn check_bodies(map: &Map, picture: &Picture) {
    for (at, body) in picture.bodies.iter().enumerate() {
        for other in &picture.bodies[..at] {
            let (x, y) = (body.centre.x - other.centre.x, body.centre.y - other.centre.y);
            assert!(x.hypot(y) + 0.01 >= body.radius + other.radius, "{body:?} {other:?}");
        }
    }
    let place = |text: &Text| {
        let width = FontMetrics::default().width(&text.text, text.style.size, text.style.face);
        let height = text.style.size;
        assert_ne!(text.anchor, Anchor::Foot);
        Area { left: text.left(width), top: text.at.y - height / 2.0, width, height }
    };
    let texts: Vec<(&Text, Area)> =
        picture.map.texts.iter().map(|text| (text, place(text))).collect();
    for (at, (text, area)) in texts.iter().enumerate() {
        for (other, own) in &texts[..at] {
            assert!(!own.meets(area), "{} lies on {}", text.text, other.text);
        }
        for mark in &picture.marks {
            let x = mark.centre.x.clamp(area.left, area.right());
            let y = mark.centre.y.clamp(area.top, area.bottom());
            let far = (x - mark.centre.x).hypot(y - mark.centre.y);
            assert!(far >= mark.radius, "{} lies over {mark:?}", text.text);
        }
    }
    check_names(map, picture);
}

/// Four in five bodies at least have their names, in one line or several, uncut unless long; none has another one's.
fn check_names(map: &Map, picture: &Picture) {
    let (named, all) = named_bodies(map, picture);
    assert!(named * 5 >= all * 4, "{named} of {all}");
}

/// How many bodies have their names, and how many there are.
fn named_bodies(map: &Map, picture: &Picture) -> (usize, usize) {
    let mut written: BTreeMap<u32, String> = BTreeMap::new();
    for text in &picture.map.texts {
        let Some(PictureSubject::Group { section: Some(section), .. }) = text.subject else {
            continue;
        };
        // In a body stands its figure, and above one of several the largest of them, in smaller type.
        let is_part = map.sections.all[section as usize].folded > 0 && text.text.contains(" · ");
        if text.text.contains(char::is_alphabetic) && !is_part {
            *written.entry(section).or_default() += &text.text;
        }
    }
    let letters =
        |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
    for (section, text) in &written {
        let name = &map.sections.all[*section as usize].name;
        let start = text.split('·').next().unwrap().trim_end();
        if start.contains('…') {
            let start = letters(start.trim_end_matches('…'));
            assert!(
                name.chars().count() > 48 && letters(name).starts_with(&start),
                "{text} {name}"
            );
        } else {
            assert_eq!(letters(start), letters(name));
        }
    }
    let sections = picture.map.groups.iter().filter_map(|group| match group.subject {
        PictureSubject::Group { section, .. } => section,
        _ => None,
    });
    let sections: BTreeSet<u32> = sections.collect();
    assert!(!sections.is_empty());
    (written.len(), sections.len())
}

/// Every body between regions stands for the credentials that join the regions that its name says.
fn check_combinations(answers: &Answers, map: &Map, picture: &Picture) {
    let mut between = 0;
    for group in &picture.map.groups {
        let PictureSubject::Group { region: None, section, credentials, .. } = group.subject else {
            continue;
        };
        let at = section.expect("a body between regions has a name");
        let section = &map.sections.all[at as usize];
        assert_eq!((section.region, section.instances), (None, credentials as usize));
        between += credentials as usize;
    }
    let lie_between = map.marks.iter().filter(|mark| mark.region.is_none());
    assert_eq!(between, lie_between.count());
    let graph = &answers.graph;
    for (at, mark) in (0_u32..).zip(&map.marks).filter(|(_, mark)| mark.region.is_none()) {
        let Subject::Credential(credential) = mark.subject else { panic!("{mark:?}") };
        let edges = graph.held_by(credential).iter().chain(graph.grants(credential));
        let joined: BTreeSet<&str> = edges
            .filter_map(|edge| map.mark_of(Subject::Instance(graph.edge(*edge).instance)))
            .filter_map(|mark| map.marks[mark as usize].region)
            .map(|region| map.regions[usize::from(region)].name.as_str())
            .collect();
        let name = &map.sections.all[map.sections.of_mark(at).unwrap() as usize].name;
        if !name.ends_with(" more combinations") {
            let named: BTreeSet<&str> =
                name.split(", ").flat_map(|own| own.split(" and ")).collect();
            assert_eq!(named, joined);
        }
    }
}

#[test]
fn from_afar_each_body_is_a_section_with_its_name_and_together_they_are_all() {
    for seed in [1, 2] {
        let answers = invented(seed);
        for by in [GroupBy::Environment, GroupBy::Kind] {
            let map = placed(&answers, by);
            assert_eq!(map.sections.by, SectionsBy::Owner);
            check_places(&map);
            for pane in [(900.0, 460.0), (1_400.0, 760.0)] {
                let camera = fitted(&answers, &map, pane);
                let picture = picture(&answers, &map, camera);
                assert!(!picture.bodies.is_empty(), "{by:?} {pane:?}");
                check_counts(&map, &picture);
                check_bodies(&map, &picture);
                check_combinations(&answers, &map, &picture);
            }
        }
    }
}

#[test]
fn in_a_small_pane_names_stand_beside_bodies_too() {
    for seed in [1, 2] {
        let answers = invented(seed);
        let chart = chart_by(&answers, GroupBy::Environment).for_pane(1.9);
        let layout = lay_out(&chart.layout_input(), &Progress::default()).unwrap();
        let map = chart.map.placed(&layout);
        for pane in [(768.0, 430.0), (770.0, 520.0)] {
            let picture = picture(&answers, &map, fitted(&answers, &map, pane));
            check_bodies(&map, &picture);
            let (named, all) = named_bodies(&map, &picture);
            assert!(named * 20 >= all * 17, "{named} of {all} in {pane:?}");
        }
    }
}

#[test]
fn what_is_hidden_shares_a_line_where_there_is_room() {
    let answers = invented(1);
    let mut map = placed(&answers, GroupBy::Environment);
    map.remarks = vec!["one thing is left out of it".to_owned(), "another is too".to_owned()];
    let lines = |width: f32| {
        let picture = picture(&answers, &map, fitted(&answers, &map, (width, 500.0)));
        let height = |start: &str| {
            let text = picture.legend.texts.iter().find(|own| own.text.starts_with(start));
            text.expect("it is said").at.y
        };
        (height("one thing"), height("another"))
    };
    let (first, second) = lines(900.0);
    assert!((first - second).abs() < 0.01, "{first} {second}");
    let (first, second) = lines(220.0);
    assert!(second > first);
}

#[test]
fn the_small_ones_of_a_region_fold_into_one_body_and_open_from_nearer() {
    let answers = invented(1);
    let map = placed(&answers, GroupBy::Environment);
    let (at, rest) =
        (0_u32..).zip(&map.sections.all).find(|(_, own)| own.folded > 0).expect("one is folded");
    assert_eq!(rest.name, format!("and {} more owners", rest.folded));
    let inner = || map.sections.all.iter().filter(|own| own.within == Some(at));
    assert_eq!(inner().count(), rest.folded);
    assert_eq!(inner().map(|own| own.instances).sum::<usize>(), rest.instances);
    // None of them is larger than one that has a box of its own.
    let is_beside = |own: &&keyreach::scene::Section| {
        own.region == rest.region && own.within.is_none() && own.folded == 0
    };
    let smallest = map.sections.all.iter().filter(is_beside).map(|own| own.instances).min();
    assert!(inner().all(|own| Some(own.instances) <= smallest));
    let camera = fitted(&answers, &map, (900.0, 460.0));
    let stands_for = |zoom: f32, section: u32| {
        let groups = Grouping::new(&map, &[], zoom).groups;
        groups.iter().any(|group| group.section == Some(section))
    };
    assert!(stands_for(camera.zoom, at));
    let inside = Camera::fit(rest.area(), camera.viewport, 28.0);
    // What is entered is open, however small the pane is, and stays closed from farther away.
    let least = least_zoom_into(&map, &rest.area(), camera.viewport);
    assert!(!stands_for(least, at) && stands_for(least * 0.99, at), "{least}");
    let inside = Camera { zoom: inside.zoom.max(least), ..inside };
    assert!(!stands_for(inside.zoom, at));
    let first = (0_u32..).zip(&map.sections.all).find(|(_, own)| own.within == Some(at)).unwrap();
    assert!(stands_for(inside.zoom, first.0), "{:?}", first.1);
}

/// Small owners have boxes so small that the groups of a map of this size would never fall into them.
#[test]
fn whatever_is_folded_opens_however_many_owners_there_are() {
    for owners in [60, 150, 400] {
        let row = |at: u32| {
            let environment = ["dev", "staging", "prod"][at as usize % 3];
            // Half of all belongs to ten owners.
            let owner = if at.is_multiple_of(2) { at / 2 % 10 } else { 10 + at / 2 % owners };
            format!("key-{at} both s{at}@{environment} service_owner=team{owner}\n")
        };
        let rows: String = (0..2_400).map(row).collect();
        let answers = Answers::compute(testing::graph(&rows), &Progress::default()).unwrap();
        let map = placed(&answers, GroupBy::Environment);
        let folded = (0_u32..).zip(&map.sections.all).filter(|(_, own)| own.folded > 0);
        let folded: Vec<_> = folded.collect();
        assert!(!folded.is_empty(), "{owners} owners");
        for (_, section) in folded {
            let viewport = Area { left: 0.0, top: 0.0, width: 760.0, height: 430.0 };
            let zoom = least_zoom_into(&map, &section.area(), viewport);
            let camera = Camera { centre: section.area().centre(), zoom, viewport };
            let picture = picture(&answers, &map, camera);
            let is_body = picture.bodies.iter().any(|body| body.extent == section.area());
            assert!(!is_body, "{} of {owners} stays one body at {zoom}", section.name);
            // What is in it is seen: marks, or bodies of their own.
            let is_within = |own: &Area| section.area().holds(own.centre());
            let bodies = picture.bodies.iter().filter(|body| is_within(&body.extent)).count();
            let marks = picture.marks.iter().filter(|mark| {
                let own = map.mark_of(mark.subject).unwrap();
                section.area().holds(map.marks[own as usize].at)
            });
            assert!(bodies + marks.count() > 3, "{} of {owners}", section.name);
        }
    }
}

/// So many services of each environment that the map is divided, each with a key of its own; `of` says what a
/// row has beside.
fn rows(of: impl Fn(u32) -> String) -> Answers {
    let row = |at: u32| {
        let environment = ["dev", "prod"][at as usize % 2];
        format!("key-{at} both {}@{environment}\n", of(at))
    };
    let rows: String = (0..2_400).map(row).collect();
    Answers::compute(testing::graph(&rows), &Progress::default()).unwrap()
}

#[test]
fn where_no_owner_and_no_kind_is_known_names_that_begin_alike_are_groups() {
    let answers = rows(|at| format!("{}-{at}", ["pay", "shop", "mail"][at as usize % 3]));
    let map = chart_by(&answers, GroupBy::Environment).map;
    assert_eq!(map.sections.by, SectionsBy::FirstWord);
    let section = |own: &'_ keyreach::scene::Section| (own.region, own.name.clone());
    let names: BTreeMap<(Option<u16>, String), usize> =
        map.sections.all.iter().map(|own| (section(own), own.instances)).collect();
    let expected = [(0, "mail"), (0, "pay"), (0, "shop"), (1, "mail"), (1, "pay"), (1, "shop")];
    let expected = expected.map(|(region, name)| ((Some(region), name.to_owned()), 400));
    assert_eq!(names, expected.into_iter().collect());
}

#[test]
fn where_nothing_is_known_and_no_names_are_alike_there_are_no_sections() {
    let answers = rows(|at| format!("s{at}"));
    assert!(chart_by(&answers, GroupBy::Environment).map.sections.all.is_empty());
    // Small maps have none whatever is known.
    let few = Answers::compute(testing::graph("k both pay-a@dev\n"), &Progress::default()).unwrap();
    assert!(chart_by(&few, GroupBy::Environment).map.sections.all.is_empty());
}

fn in_lanes(answers: &Answers, aspect: f32) -> Map {
    let chart = chart_by(answers, GroupBy::Environment).for_pane(aspect);
    lanes(&chart, OrderEffort::Simple, &Progress::default()).unwrap().0
}

/// The environments of all that each credential is linked to, found in the graph.
fn joined(answers: &Answers, mark: &keyreach::scene::Mark) -> BTreeSet<String> {
    let Subject::Credential(at) = mark.subject else { return BTreeSet::new() };
    let graph = &answers.graph;
    let edges = graph.held_by(at).iter().chain(graph.grants(at));
    let instances = edges.map(|&edge| graph.edge(edge).instance);
    instances.map(|own| graph.environment_of(own).display().to_owned()).collect()
}

#[test]
fn lanes_of_a_large_map_have_bands_of_owners_and_credentials_by_what_they_join() {
    for seed in [1, 2] {
        let answers = invented(seed);
        for (aspect, pane) in [(1.6, (900.0, 560.0)), (2.4, (1_700.0, 700.0))] {
            let map = in_lanes(&answers, aspect);
            check_bands(&answers, &map);
            let picture = picture(&answers, &map, fitted(&answers, &map, pane));
            check_counts(&map, &picture);
            check_bodies(&map, &picture);
        }
    }
}

/// Each mark lies within the box of its section, boxes lie beside each other, those of one name at one height,
/// and a credential in a lane or in a group of those that join the same.
fn check_bands(answers: &Answers, map: &Map) {
    let sections = &map.sections.all;
    for (at, mark) in (0_u32..).zip(&map.marks) {
        let section = map.sections.of_mark(at).expect("each mark lies in a section");
        let section = &sections[section as usize];
        assert_eq!(section.region, mark.region);
        let (area, r) = (section.area(), mark.radius);
        let Point { x, y } = mark.at;
        assert!(x - r >= area.left && x + r <= area.right(), "{mark:?} in {section:?}");
        assert!(y - r >= area.top && y + r <= area.bottom(), "{mark:?} in {section:?}");
        let names = joined(answers, mark);
        assert_eq!(names.len() > 1, section.region.is_none(), "{section:?} {names:?}");
        if section.region.is_none() {
            let of_section = section.name.replace(" and ", ", ");
            let of_section: BTreeSet<String> = of_section.split(", ").map(str::to_owned).collect();
            assert_eq!(of_section, names);
        }
    }
    for (at, mark) in map.marks.iter().enumerate() {
        for other in map.marks.iter().skip(at + 1).take(400) {
            let far = (mark.at.x - other.at.x).hypot(mark.at.y - other.at.y);
            assert!(far >= mark.radius + other.radius, "{mark:?} {other:?}");
        }
    }
    for (at, own) in sections.iter().enumerate() {
        for (before, other) in sections[..at].iter().enumerate() {
            if own.within == Some(before as u32) {
                let (inner, outer) = (own.area(), other.area());
                assert!(inner.left >= outer.left && inner.right() <= outer.right(), "{own:?}");
                assert!(inner.top >= outer.top && inner.bottom() <= outer.bottom(), "{own:?}");
            } else if own.within == other.within {
                assert!(!own.area().meets(&other.area()), "{own:?} {other:?}");
            }
            let is_band = own.within.is_none() && own.region.is_some() && own.folded == 0;
            if is_band && own.name == other.name && other.within.is_none() {
                assert!((own.area().top - other.area().top).abs() < 0.1, "{own:?} {other:?}");
            }
        }
    }
}
