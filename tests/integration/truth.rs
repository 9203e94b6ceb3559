//! The picture tells nothing that is not so: checked on random pictures from their shapes alone, by
//! geometry that knows nothing of how links find their way.

use std::sync::LazyLock;

use keyreach::analysis::{Crossing, Severity, Subject};
use keyreach::graph::{AccessGraph, CredentialIndex, EdgeIndex, InstanceIndex, Role, testing};
use keyreach::layout::Point;
use keyreach::scene::{
    Area, Camera, DARK, Dash, DrawnMark, FontMetrics, Grouping, Highlight, Link, Map, Mark,
    MarkStyle, MeasureText as _, Names, Picture, PictureSubject, RegionTint, Routes, Shape,
    ShapeGroup, Text, View, draw,
};
use proptest::prelude::*;

const INSTANCES: u32 = 60;
const CREDENTIALS: u32 = 70;
const VIEWPORT: Area = Area { left: 0.0, top: 0.0, width: 1_100.0, height: 640.0 };

static NAMES: LazyLock<AccessGraph> = LazyLock::new(|| {
    let instances = (0..INSTANCES).map(|at| format!("- - s{at}@dev\n"));
    let credentials = (0..CREDENTIALS).map(|at| format!("k{at} holds s0@dev\n"));
    testing::graph(&instances.chain(credentials).collect::<String>())
});

/// Where a mark is put, as far as there is room, and how it looks.
#[derive(Clone, Copy, Debug)]
struct Drawn {
    at: (f32, f32),
    radius: f32,
    dead: bool,
    assumed: bool,
}

fn some_mark() -> impl Strategy<Value = Drawn> {
    (0.0..1_000.0_f32, 0.0..560.0_f32, 4.0..16.0_f32, any::<bool>(), any::<bool>())
        .prop_map(|(x, y, radius, dead, assumed)| Drawn { at: (x, y), radius, dead, assumed })
}

#[derive(Clone, Debug)]
struct Scene {
    marks: Vec<Drawn>,
    links: Vec<(u32, u32, u8, [bool; 2])>,
    zoom: f32,
    selected: Option<u32>,
    hovered: Option<u32>,
}

fn some_scene() -> impl Strategy<Value = Scene> {
    let marks = prop::collection::vec(some_mark(), (INSTANCES + CREDENTIALS) as usize);
    let link = (0..CREDENTIALS, 0..INSTANCES, 1..4_u8, any::<[bool; 2]>());
    let links = prop::collection::vec(link, 1..160);
    let chosen = || prop::option::of(0..INSTANCES + CREDENTIALS);
    (marks, links, prop::sample::select(vec![0.35_f32, 0.8, 1.0, 2.2]), chosen(), chosen())
        .prop_map(|(marks, links, zoom, selected, hovered)| Scene {
            marks,
            links,
            zoom,
            selected,
            hovered,
        })
}

impl Scene {
    /// A map on which no marks overlap, however small the picture makes them.
    fn map(&self) -> Map {
        let mut marks: Vec<Mark> = Vec::new();
        for (index, drawn) in (0_u32..).zip(&self.marks) {
            let (subject, style) = if index < INSTANCES {
                (Subject::Instance(InstanceIndex(index)), instance())
            } else {
                let at = CredentialIndex(index - INSTANCES);
                (Subject::Credential(at), credential(at, drawn.dead, drawn.assumed))
            };
            let mut at = Point { x: drawn.at.0, y: drawn.at.1 };
            // Further along its row until there is room: 28 units are 10 pixels at the least zoom.
            while marks.iter().any(|own| {
                let near = (own.at.x - at.x).hypot(own.at.y - at.y);
                near < own.radius + drawn.radius + 28.0
            }) {
                at.x += 9.0;
                if at.x > 1_500.0 {
                    at = Point { x: 0.0, y: at.y + 17.0 };
                }
            }
            marks.push(Mark { subject, at, radius: drawn.radius, style, weight: 1, region: None });
        }
        let mut links: Vec<Link> = Vec::new();
        for &(credential, instance, kinds, assumed) in &self.links {
            let edge = |bit: u8| (kinds & bit != 0).then_some(EdgeIndex(0));
            let (holds, grants) = (edge(1), edge(2));
            let credential = INSTANCES + credential;
            let holds_assumed = holds.is_some() && assumed[0];
            let grants_assumed = grants.is_some() && assumed[1];
            links.push(Link { credential, instance, holds, grants, holds_assumed, grants_assumed });
        }
        links.sort_by_key(|link| (link.credential, link.instance));
        links.dedup_by_key(|link| (link.credential, link.instance));
        Map::new(marks, links, Vec::new(), [INSTANCES as usize, CREDENTIALS as usize])
    }

    fn picture(&self, map: &Map) -> Picture {
        self.moved(map, (0.0, 60_000), None)
    }

    /// The picture with the map moved to the left by some pixels.
    fn moved(
        &self,
        map: &Map,
        (by, most_links): (f32, usize),
        names_before: Option<&Names>,
    ) -> Picture {
        let (centre, routes) = (Point { x: 500.0 + by / self.zoom, y: 300.0 }, None);
        self.seen(map, (centre, VIEWPORT), most_links, (names_before, routes))
    }

    /// The picture of a part of the map, with ways that may be kept from another one.
    fn seen(
        &self,
        map: &Map,
        (centre, viewport): (Point, Area),
        most_links: usize,
        (names_before, routes): (Option<&Names>, Option<&Routes>),
    ) -> Picture {
        let lit = self.selected.or(self.hovered).map(|mark| {
            Highlight::of_subjects(map, {
                let own = map.marks[mark as usize].subject;
                let near = map.links_of(mark).iter().map(|&at| {
                    let link = map.links[at as usize];
                    let other =
                        if link.credential == mark { link.instance } else { link.credential };
                    map.marks[other as usize].subject
                });
                std::iter::once(own).chain(near).collect::<Vec<_>>().into_iter()
            })
        });
        let view = View {
            map,
            graph: &NAMES,
            camera: Camera { centre, zoom: self.zoom, viewport },
            theme: &DARK,
            visible: &[],
            in_regions: &[],
            highlight: lit.as_ref(),
            changes: None,
            selected: self.selected.as_slice(),
            compromised: &[],
            hovered: self.hovered,
            most_links,
            disputed: keyreach::analysis::Disputed::default(),
            names_before,
            grouping: None,
            routes,
            margin: 0.0,
            reserved: None,
            focused: false,
        };
        draw(&view, &FontMetrics::default())
    }
}

fn instance() -> MarkStyle {
    MarkStyle::Instance {
        colour: RegionTint::plain(1),
        role: Role::Database,
        extraction_point: false,
        entry_point: false,
        crown_jewel: false,
    }
}

/// Every sixth credential has a critical finding.
fn is_critical(at: CredentialIndex) -> bool {
    at.0.is_multiple_of(6)
}

fn credential(at: CredentialIndex, dead: bool, assumed: bool) -> MarkStyle {
    let severity = Some(if is_critical(at) { Severity::Critical } else { Severity::High });
    MarkStyle::Credential { severity, shared: true, crossing: Crossing::None, dead, assumed }
}

/// The line of a link, in pieces.
fn line_of(shapes: &[Shape]) -> Vec<(Point, Point, Dash)> {
    let mut pieces = Vec::new();
    for shape in shapes {
        match shape {
            Shape::Line { from, to, pen } => pieces.push((*from, *to, pen.dash)),
            Shape::Polyline { points, pen } => {
                pieces.extend(points.windows(2).map(|pair| (pair[0], pair[1], pen.dash)));
            }
            _ => {}
        }
    }
    pieces
}

/// The least distance of a point from a piece, by walking along it in steps of a third of a pixel.
fn least_distance(point: Point, from: Point, to: Point) -> f32 {
    let steps = ((to.x - from.x).hypot(to.y - from.y) * 3.0).ceil().max(1.0) as u32;
    let walked = (0..=steps).map(|step| {
        let share = step as f32 / steps as f32;
        let (x, y) = (from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
        (x - point.x).hypot(y - point.y)
    });
    walked.fold(f32::MAX, f32::min)
}

fn box_meets(mark: &DrawnMark, from: Point, to: Point) -> bool {
    Area::around([from, to].into_iter()).unwrap().grown(mark.radius).holds(mark.centre)
}

/// The links that run through a mark which they do not touch.
pub(crate) fn through_marks(picture: &Picture) -> Vec<String> {
    let mut found = Vec::new();
    for group in &picture.map.groups {
        let PictureSubject::Link(credential, instance) = group.subject else { continue };
        let own = [Subject::Credential(credential), Subject::Instance(instance)];
        for (from, to, _) in line_of(&picture.map.shapes[group.shapes.clone()]) {
            for mark in picture.marks.iter().filter(|mark| !own.contains(&mark.subject)) {
                if box_meets(mark, from, to) && least_distance(mark.centre, from, to) < mark.radius
                {
                    found.push(format!("{:?} runs through {:?}", group.subject, mark));
                }
            }
        }
    }
    found
}

fn link_of(map: &Map, credential: CredentialIndex, instance: InstanceIndex) -> Link {
    map.links[map.link_between(credential, instance).unwrap() as usize]
}

/// What is assumed of a link is dotted, and nothing else: where it both holds and grants, each on its own
/// half, the grants on that with the arrowhead.
fn check_dashes(link: &Link, shapes: &[Shape]) -> Result<(), String> {
    let dash = |assumed: bool| if assumed { Dash::Dotted } else { Dash::Plain };
    let (holds, grants) = (dash(link.holds_assumed), dash(link.grants_assumed));
    let expected = match (link.holds, link.grants) {
        (Some(_), Some(_)) => [holds, grants],
        (Some(_), None) => [holds; 2],
        (None, _) => [grants; 2],
    };
    let pieces = line_of(shapes);
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Ok(()) };
    if [first.2, last.2] != expected {
        return Err(format!("runs {:?} and {:?}, not {expected:?}", first.2, last.2));
    }
    let changes = pieces.windows(2).filter(|pair| pair[0].2 != pair[1].2).count();
    if changes != usize::from(expected[0] != expected[1]) {
        return Err(format!("changes {changes} times"));
    }
    let length = |dash: Option<Dash>| -> f32 {
        let own = pieces.iter().filter(|piece| dash.is_none_or(|dash| piece.2 == dash));
        own.map(|(from, to, _)| (to.x - from.x).hypot(to.y - from.y)).sum()
    };
    let whole = length(None);
    // Of a line that is mostly arrowhead no half can be seen.
    if changes > 0 && whole > 30.0 && expected.iter().any(|dash| length(Some(*dash)) < 0.25 * whole)
    {
        return Err("one half is too short to be seen".to_owned());
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::properties::cases(48))]

    #[test]
    fn no_link_runs_through_a_mark_that_it_does_not_touch(scene in some_scene()) {
        let map = scene.map();
        let picture = scene.picture(&map);
        let links = picture.map.groups.iter();
        let links = links.filter(|group| matches!(group.subject, PictureSubject::Link(..))).count();
        // Closer, no link may be in sight, and from afar, those of one service alone are folded.
        prop_assert!(links > 0 || (scene.zoom - 0.8).abs() > 0.01);
        let found = through_marks(&picture);
        prop_assert!(found.is_empty(), "{} of {links}: {found:#?}", found.len());
    }

    #[test]
    fn from_afar_no_lit_link_runs_through_a_mark_or_a_body_that_it_does_not_touch(
        scene in some_scene(),
        selected in 0..INSTANCES + CREDENTIALS,
    ) {
        let scene = Scene { zoom: 0.28, selected: Some(selected), hovered: None, ..scene };
        let map = scene.map();
        let picture = scene.moved(&map, (0.0, 0), None);
        prop_assert!(!picture.bodies.is_empty(), "it is far");
        let found = through_marks(&picture);
        prop_assert!(found.is_empty(), "{}: {found:#?}", found.len());
    }

    #[test]
    fn no_link_crosses_the_outline_of_what_is_selected(
        scene in some_scene(),
        selected in 0..INSTANCES + CREDENTIALS,
    ) {
        let scene = Scene { selected: Some(selected), ..scene };
        let map = scene.map();
        let picture = scene.picture(&map);
        let own = map.marks[selected as usize].subject;
        let place = |of: Subject| picture.marks.iter().find(|mark| mark.subject == of);
        let Some(mark) = place(own) else { return Ok(()) };
        for group in &picture.map.groups {
            let PictureSubject::Link(credential, instance) = group.subject else { continue };
            let ends = [Subject::Credential(credential), Subject::Instance(instance)];
            if ends.contains(&own) {
                continue;
            }
            // An end that lies closer by may be reached.
            let ends = ends.map(|end| map.marks[map.mark_of(end).unwrap() as usize].at);
            let near = ends.map(|at| {
                let at = [at.x - 500.0, at.y - 300.0].map(|own| own * scene.zoom);
                let [x, y] = [VIEWPORT.width / 2.0 + at[0], VIEWPORT.height / 2.0 + at[1]];
                (x - mark.centre.x).hypot(y - mark.centre.y) - 0.3
            });
            let kept = near.into_iter().fold(mark.radius + 6.0, f32::min);
            for (from, to, _) in line_of(&picture.map.shapes[group.shapes.clone()]) {
                let distance = least_distance(mark.centre, from, to);
                prop_assert!(distance >= kept, "{:?}: {distance} of {kept}", group.subject);
            }
        }
    }

    #[test]
    fn where_work_is_limited_what_is_lit_finds_its_way_first(
        scene in some_scene(),
        selected in 0..INSTANCES + CREDENTIALS,
    ) {
        let scene = Scene { selected: Some(selected), hovered: None, ..scene };
        let map = scene.map();
        let from = (Point { x: 500.0, y: 300.0 }, VIEWPORT);
        let at_rest = scene.seen(&map, from, 60_000, (None, None));
        let mut routes = Routes::default();
        // So little work is enough for the first four ways.
        routes.begin(1, Some(1));
        let hurried = scene.seen(&map, from, 60_000, (None, Some(&routes)));
        let (lit, all) = (&hurried.lit_ways, &at_rest.lit_ways);
        prop_assert_eq!(lit.len(), all.len());
        for (lit, all) in lit.iter().zip(all).take(4) {
            prop_assert_eq!(&lit.points, &all.points);
        }
        prop_assume!(!lit.is_empty());
        // All others run straight: from first to last point nothing turns.
        let mut last: Option<(PictureSubject, usize)> = None;
        for group in &hurried.map.groups {
            let PictureSubject::Link(credential, instance) = group.subject else { continue };
            let ends = [Subject::Credential(credential), Subject::Instance(instance)];
            if ends.map(|end| map.mark_of(end)).contains(&Some(selected)) {
                continue;
            }
            let turns = hurried.map.shapes[group.shapes.clone()].iter().filter(
                |shape| matches!(shape, Shape::Polyline { points, .. } if points.len() > 2),
            );
            last = Some((group.subject, turns.count())).filter(|(_, turns)| *turns > 0).or(last);
        }
        prop_assert!(last.is_none(), "{last:?} was bent before all that is lit");
    }

    #[test]
    fn kept_ways_are_those_that_would_be_found_anew(scene in some_scene()) {
        let map = scene.map();
        let mut routes = Routes::default();
        routes.begin(1, None);
        let from = Point { x: 500.0, y: 300.0 };
        scene.seen(&map, (from, VIEWPORT), 60_000, (None, Some(&routes)));
        for (by, viewport) in [
            ((40.0, -25.0), VIEWPORT),
            ((-300.0, 90.0), VIEWPORT),
            ((0.0, 0.0), Area { left: 30.0, top: 20.0, width: 700.0, height: 400.0 }),
        ] {
            let to = Point { x: from.x + by.0 / scene.zoom, y: from.y + by.1 / scene.zoom };
            routes.begin(1, None);
            let kept = scene.seen(&map, (to, viewport), 60_000, (None, Some(&routes)));
            prop_assert!(routes.is_complete());
            let anew = scene.seen(&map, (to, viewport), 60_000, (None, None));
            prop_assert_eq!(&kept.map.shapes, &anew.map.shapes);
        }
    }

    #[test]
    fn a_budget_is_kept_to_and_some_frames_later_every_link_has_its_way(scene in some_scene()) {
        let map = scene.map();
        let mut routes = Routes::default();
        let from = (Point { x: 500.0, y: 300.0 }, VIEWPORT);
        let anew = scene.seen(&map, from, 60_000, (None, None));
        let mut frames = 0;
        loop {
            routes.begin(1, Some(50));
            let picture = scene.seen(&map, from, 60_000, (None, Some(&routes)));
            frames += 1;
            if routes.is_complete() {
                prop_assert_eq!(&picture.map.shapes, &anew.map.shapes);
                break;
            }
            prop_assert!(frames < 40);
        }
        // In another picture the same lies in the way, and the ways are there at once.
        routes.begin(2, Some(1));
        let picture = scene.seen(&map, from, 60_000, (None, Some(&routes)));
        prop_assert!(routes.is_complete());
        prop_assert_eq!(&picture.map.shapes, &anew.map.shapes);
        // With no work at all everything runs straight, and is complete so.
        routes.begin(3, Some(0));
        scene.seen(&map, from, 60_000, (None, Some(&routes)));
        prop_assert!(routes.is_complete());
    }

    #[test]
    fn what_is_lit_lies_over_all_that_is_not(scene in some_scene()) {
        let map = scene.map();
        let picture = scene.picture(&map);
        let Some(chosen) = scene.selected.or(scene.hovered) else { return Ok(()) };
        let lit = |subject: PictureSubject| {
            let near = |mark: u32| mark == chosen || map.links_of(chosen).iter().any(|&at| {
                let link = map.links[at as usize];
                link.credential == mark || link.instance == mark
            });
            match subject {
                PictureSubject::Mark(own) => {
                    let mark = map.mark_of(own).unwrap();
                    near(mark) || Some(mark) == scene.hovered || Some(mark) == scene.selected
                }
                PictureSubject::Link(credential, instance) => {
                    let ends = [Subject::Credential(credential), Subject::Instance(instance)];
                    let ends = ends.map(|end| map.mark_of(end).unwrap());
                    let pointed_at = scene.hovered.is_some_and(|mark| ends.contains(&mark));
                    ends.into_iter().all(near) || pointed_at
                }
                _ => false,
            }
        };
        // A line of a mark alone leads to its name.
        let leads = |group: &&ShapeGroup| {
            matches!(group.subject, PictureSubject::Mark(_))
                && picture.map.shapes[group.shapes.clone()]
                    .iter()
                    .all(|shape| matches!(shape, Shape::Line { .. }))
        };
        let drawn = picture.map.groups.iter().filter(|group| !leads(group));
        let mut order = drawn.map(|group| lit(group.subject));
        prop_assert!(order.by_ref().skip_while(|lit| !lit).all(|lit| lit));
    }

    #[test]
    fn only_what_is_assumed_is_dotted_and_only_what_is_dead_is_hollow(scene in some_scene()) {
        let map = scene.map();
        let picture = scene.picture(&map);
        for group in &picture.map.groups {
            let shapes = &picture.map.shapes[group.shapes.clone()];
            match group.subject {
                PictureSubject::Link(credential, instance) => {
                    let link = link_of(&map, credential, instance);
                    if let Err(reason) = check_dashes(&link, shapes) {
                        prop_assert!(false, "{reason}: {link:?} {shapes:?}");
                    }
                    let heads = shapes.iter().filter(|it| matches!(it, Shape::Convex { .. }));
                    let heads = heads.count();
                    prop_assert_eq!(heads, usize::from(link.grants.is_some()), "{:?}", shapes);
                    let dot = shapes.iter().any(|shape| matches!(shape, Shape::Disc { .. }));
                    prop_assert!(!dot || link.holds.is_some());
                }
                PictureSubject::Mark(Subject::Credential(at)) => {
                    // A line alone leads to a name.
                    if shapes.iter().all(|shape| matches!(shape, Shape::Line { .. })) {
                        continue;
                    }
                    let mark = map.mark_of(Subject::Credential(at)).unwrap();
                    let hollow = shapes.iter().any(|shape| {
                        matches!(shape, Shape::Convex { fill, .. } if *fill == DARK.canvas)
                    });
                    prop_assert_eq!(hollow, scene.marks[mark as usize].dead, "{:?}", shapes);
                }
                _ => {}
            }
        }
    }
}

/// The places of all texts on the map.
fn text_places(picture: &Picture) -> Vec<(Option<PictureSubject>, Area)> {
    let fonts = FontMetrics::default();
    let place = |text: &Text| {
        let width = fonts.width(&text.text, text.style.size, text.style.face);
        let (left, top) = (text.at.x - width / 2.0, text.at.y - text.style.size / 2.0);
        (text.subject, Area { left, top, width, height: text.style.size })
    };
    picture.map.texts.iter().map(place).collect()
}

fn covers(place: &Area, mark: &DrawnMark) -> bool {
    let x = mark.centre.x.clamp(place.left, place.right());
    let y = mark.centre.y.clamp(place.top, place.bottom());
    (x - mark.centre.x).hypot(y - mark.centre.y) < mark.radius
}

proptest! {
    #![proptest_config(crate::properties::cases(24))]

    #[test]
    fn names_lie_over_no_mark_and_not_over_each_other(scene in some_scene()) {
        let map = scene.map();
        let picture = scene.picture(&map);
        let places = text_places(&picture);
        for (at, (subject, place)) in places.iter().enumerate() {
            for (other, meets) in &places[at + 1..] {
                prop_assert!(!place.meets(meets), "{:?} and {:?}", subject, other);
            }
            for mark in &picture.marks {
                prop_assert!(!covers(place, mark), "{:?} lies over {:?}", subject, mark);
            }
        }
    }

    #[test]
    fn what_is_critical_and_what_is_chosen_has_its_name(scene in some_scene()) {
        let map = scene.map();
        let picture = scene.picture(&map);
        for (index, mark) in (0_u32..).zip(&map.marks) {
            let chosen = [scene.selected, scene.hovered].contains(&Some(index));
            let critical = match mark.subject {
                Subject::Credential(at) => {
                    is_critical(at) && !scene.marks[index as usize].dead
                }
                Subject::Instance(_) => false,
            };
            let drawn = picture.marks.iter().find(|own| own.subject == mark.subject);
            let in_sight = drawn.is_some_and(|own| VIEWPORT.holds(own.centre));
            if in_sight && (chosen || critical) {
                prop_assert!(picture.names.contains_key(&mark.subject), "{:?}", mark);
            }
        }
    }

    #[test]
    fn names_stay_where_they_are_while_the_map_moves(scene in some_scene()) {
        let map = scene.map();
        let mut before = scene.picture(&map);
        for step in 1..6_u8 {
            let by = 9.0 * f32::from(step);
            let picture = scene.moved(&map, (by, 60_000), Some(&before.names));
            // What comes into sight, or leaves it, may take or give room at the edges.
            let inner = VIEWPORT.grown(-200.0);
            for mark in picture.marks.iter().filter(|mark| inner.holds(mark.centre)) {
                let (old, new) = (before.names.get(&mark.subject), picture.names.get(&mark.subject));
                if let Some(Some(old)) = old {
                    prop_assert_eq!(new, Some(&Some(*old)), "{:?}", mark);
                }
            }
            before = picture;
        }
    }

    #[test]
    fn a_bundle_holds_exactly_the_links_between_its_two_groups(scene in some_scene()) {
        let map = scene.map();
        let grouping = Grouping::new(&map, &[], scene.zoom);
        let group_of = |mark: u32| {
            let holds = |group: &&keyreach::scene::Group| grouping.members(group).contains(&mark);
            let found: Vec<_> = grouping.groups.iter().filter(holds).collect();
            assert_eq!(found.len(), 1, "a mark lies in one group");
            grouping.groups.iter().position(|group| group == found[0]).unwrap() as u32
        };
        let mut expected = std::collections::BTreeMap::new();
        for link in &map.links {
            let ends = [group_of(link.credential), group_of(link.instance)];
            *expected.entry([ends[0].min(ends[1]), ends[0].max(ends[1])]).or_insert(0_u32) += 1;
        }
        let bundles: std::collections::BTreeMap<_, _> =
            grouping.bundles.iter().map(|bundle| (bundle.groups, bundle.count)).collect();
        prop_assert_eq!(&bundles, &expected);
        // What the picture draws are some of these, from body to body.
        let picture = scene.moved(&map, (0.0, 0), None);
        for group in &picture.map.groups {
            let PictureSubject::Bundle { links, groups, lit } = group.subject else { continue };
            if !lit {
                // A click on it is about these very links.
                let own = map.links_of_bundle(&grouping, groups, None);
                let ends = |at: &u32| {
                    let link = map.links[*at as usize];
                    let ends = [group_of(link.credential), group_of(link.instance)];
                    [ends[0].min(ends[1]), ends[0].max(ends[1])]
                };
                prop_assert!(own.iter().all(|at| ends(at) == groups));
                prop_assert_eq!(own.len(), links as usize);
            }
            let line = line_of(&picture.map.shapes[group.shapes.clone()]);
            let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
            let camera = Camera {
                centre: Point { x: 500.0, y: 300.0 },
                zoom: scene.zoom,
                viewport: VIEWPORT,
            };
            let from_rim = |at: Point, group: u32| {
                // A mark that stands for itself has no body.
                let Some(own) = grouping.groups.get(group as usize) else { return 0.0 };
                let centre = camera.screen_from_scene(own.centre);
                let away = |to: Point| (centre.x - to.x).hypot(centre.y - to.y);
                let body = picture.bodies.iter().find(|body| away(body.centre) < 0.01);
                // A group of one mark is drawn as that mark.
                (away(at) - body.map_or(4.0, |body| body.radius)).abs()
            };
            // The largest arrowhead lies between the line and a body, or a mark of any size.
            for off in [from_rim(first.0, groups[0]), from_rim(last.1, groups[1])] {
                prop_assert!(off < 24.0, "{:?} ends {} pixels off", groups, off);
            }
            // Of what is lit a bundle of its own tells the number.
            let is_of_groups = groups.iter().all(|&own| (own as usize) < grouping.groups.len());
            let all = if is_of_groups { expected.get(&groups).copied().unwrap_or(0) } else { links };
            prop_assert!(links > 0 && links <= all, "{} of {}", links, all);
            prop_assert!(links == all || scene.selected.or(scene.hovered).is_some());
        }
    }
}

#[test]
fn a_bundle_whose_grants_are_all_assumed_is_dotted_before_its_arrowhead() {
    let drawn = |x: f32| Drawn { at: (x, 300.0), radius: 10.0, dead: false, assumed: false };
    let mut marks = vec![drawn(100.0), drawn(900.0)];
    marks.resize(INSTANCES as usize, Drawn { at: (0.0, 9_000.0), ..drawn(0.0) });
    marks.push(drawn(500.0));
    marks.resize((INSTANCES + CREDENTIALS) as usize, Drawn { at: (0.0, 9_500.0), ..drawn(0.0) });
    for (assumed, expected) in [
        ([false, true], vec![Dash::Plain, Dash::Dotted]),
        ([true, true], vec![Dash::Dotted]),
        ([false, false], vec![Dash::Plain]),
    ] {
        let links = vec![(0, 0, 1, [false; 2]), (0, 1, 3, assumed)];
        let (selected, hovered) = (None, None);
        let scene = Scene { marks: marks.clone(), links, zoom: 1.0, selected, hovered };
        let map = scene.map();
        let picture = scene.moved(&map, (0.0, 0), None);
        let is_bundle =
            |group: &&ShapeGroup| matches!(group.subject, PictureSubject::Bundle { .. });
        // From the key in the middle to what it opens at the right.
        let mut pieces: Vec<(Point, Point, Dash)> = picture
            .map
            .groups
            .iter()
            .filter(is_bundle)
            .flat_map(|group| line_of(&picture.map.shapes[group.shapes.clone()]))
            .filter(|(from, to, _)| from.x.min(to.x) > VIEWPORT.width / 2.0 - 20.0)
            .collect();
        pieces.sort_by(|a, b| a.0.x.min(a.1.x).total_cmp(&b.0.x.min(b.1.x)));
        let mut dashes: Vec<Dash> = pieces.into_iter().map(|(.., dash)| dash).collect();
        dashes.dedup();
        assert_eq!(dashes, expected, "{assumed:?}");
    }
}

/// The arrowheads and the ends of a way, at every zoom: an arrow points at what is granted.
#[test]
fn the_way_from_holder_to_target_can_be_followed_at_every_zoom() {
    let drawn = |x: f32| Drawn { at: (x, 300.0), radius: 10.0, dead: false, assumed: false };
    let mut marks = vec![drawn(100.0), drawn(900.0)];
    marks.resize(INSTANCES as usize, Drawn { at: (0.0, 9_000.0), ..drawn(0.0) });
    marks.push(drawn(500.0));
    marks.resize((INSTANCES + CREDENTIALS) as usize, Drawn { at: (0.0, 9_500.0), ..drawn(0.0) });
    for zoom in [0.1, 0.3, 1.0, 3.0] {
        for selected in [None, Some(INSTANCES)] {
            let links = vec![(0, 0, 1, [false; 2]), (0, 1, 2, [false; 2])];
            let scene = Scene { marks: marks.clone(), links, zoom, selected, hovered: None };
            let map = scene.map();
            let picture = scene.picture(&map);
            let arrows: Vec<Point> = picture
                .map
                .groups
                .iter()
                .filter(|group| matches!(group.subject, PictureSubject::Link(..)))
                .flat_map(|group| &picture.map.shapes[group.shapes.clone()])
                .filter_map(|shape| match shape {
                    Shape::Convex { points, .. } => Some(points.clone()),
                    _ => None,
                })
                .flat_map(|points| {
                    let width = (points[1].y - points[2].y).abs();
                    assert!(width >= 3.5, "{width} pixels at {zoom}");
                    points.into_iter().take(1)
                })
                .collect();
            let [tip] = arrows[..] else { panic!("one arrow at {zoom}, not {arrows:?}") };
            let target = picture
                .marks
                .iter()
                .find(|mark| mark.subject == Subject::Instance(InstanceIndex(1)));
            if let Some(target) = target {
                let gap = target.centre.x - target.radius - tip.x;
                assert!(gap.abs() < 0.1, "the tip is {gap} pixels from what is granted");
            }
        }
    }
}
