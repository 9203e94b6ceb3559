//! What every kind of mark and link looks like: the shapes of the finished picture, one by one.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use keyreach::analysis::{Answers, Changes, Crossing, Severity, Subject};
use keyreach::graph::{AccessGraph, CredentialIndex, EdgeIndex, InstanceIndex, Role, testing};
use keyreach::inventory::Progress;
use keyreach::layout::{Layout, Point, RegionShape, lay_out};
use keyreach::project::GroupBy;
use keyreach::scene::{
    Area, Camera, Colour, DARK, Dash, Face, Highlight, LIGHT, LegendSign, Link, Map, MapChanges,
    Mark, MarkStyle, MeasureText, Picture, Region, RegionTint, Shape, View, chart, chart_by, draw,
};

struct Fixed;

impl MeasureText for Fixed {
    fn width(&self, text: &str, size: f32, _: Face) -> f32 {
        text.chars().count() as f32 * size / 2.0
    }
}

/// The middle of the picture, where the camera puts the origin of the map.
const MIDDLE: Point = Point { x: 200.0, y: 200.0 };
const EVERY_CROSSING: [Crossing; 3] = [Crossing::None, Crossing::Across, Crossing::Upwards];

/// Where the names of the marks come from.
static NAMES: LazyLock<AccessGraph> =
    LazyLock::new(|| testing::graph("k both web@dev\nl both db@dev\n"));

fn looking<'a>(map: &'a Map, change: impl FnOnce(&mut View<'a>)) -> Picture {
    let viewport = Area { left: 0.0, top: 0.0, width: 400.0, height: 400.0 };
    let mut view = View {
        map,
        graph: &NAMES,
        camera: Camera { centre: Point::default(), zoom: 1.0, viewport },
        theme: &DARK,
        visible: &[],
        in_regions: &[],
        highlight: None,
        changes: None,
        selected: &[],
        compromised: &[],
        hovered: None,
        most_links: 1_000,
        disputed: keyreach::analysis::Disputed::default(),
        names_before: None,
        grouping: None,
        routes: None,
        margin: 0.0,
        reserved: None,
        focused: false,
    };
    change(&mut view);
    draw(&view, &Fixed)
}

fn mark(subject: Subject, look: MarkStyle) -> Mark {
    let radius = match subject {
        Subject::Instance(_) => 20.0,
        Subject::Credential(_) => 10.0,
    };
    Mark { subject, at: Point::default(), radius, style: look, weight: 1, region: None }
}

/// A map of one mark.
fn alone(mark: Mark) -> Map {
    Map::new(vec![mark], Vec::new(), Vec::new(), [2, 2])
}

/// An instance without any sign.
fn plain_instance() -> MarkStyle {
    MarkStyle::Instance {
        colour: RegionTint::plain(0),
        role: Role::Unknown,
        extraction_point: false,
        entry_point: false,
        crown_jewel: false,
    }
}

/// A credential without any sign.
fn plain_credential() -> MarkStyle {
    MarkStyle::Credential {
        severity: None,
        shared: false,
        crossing: Crossing::None,
        dead: false,
        assumed: false,
    }
}

fn instance(look: MarkStyle) -> Mark {
    mark(Subject::Instance(InstanceIndex(0)), look)
}

fn credential(look: MarkStyle) -> Mark {
    mark(Subject::Credential(CredentialIndex(0)), look)
}

/// The corners of a shape, or those of the square round it.
fn corners(shape: &Shape) -> Vec<Point> {
    match shape {
        Shape::Line { from, to, .. } => vec![*from, *to],
        Shape::Rectangle { low, high, .. } => vec![*low, *high],
        Shape::Polyline { points, .. }
        | Shape::Convex { points, .. }
        | Shape::Polygon { points, .. } => points.clone(),
        Shape::Disc { centre, radius, .. } | Shape::Ring { centre, radius, .. } => vec![
            Point { x: centre.x - radius, y: centre.y - radius },
            Point { x: centre.x + radius, y: centre.y + radius },
        ],
    }
}

fn extent(shape: &Shape) -> Area {
    Area::around(corners(shape).into_iter()).unwrap()
}

fn colour(shape: &Shape) -> Colour {
    match shape {
        Shape::Line { pen, .. } | Shape::Polyline { pen, .. } | Shape::Ring { pen, .. } => {
            pen.colour
        }
        Shape::Disc { fill, .. }
        | Shape::Rectangle { fill, .. }
        | Shape::Convex { fill, .. }
        | Shape::Polygon { fill, .. } => *fill,
    }
}

/// A shape in a word, with its number of corners.
fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Line { .. } => "line".to_owned(),
        Shape::Rectangle { .. } => "rectangle".to_owned(),
        Shape::Polyline { points, .. } => format!("stroke {}", points.len()),
        Shape::Disc { .. } => "disc".to_owned(),
        Shape::Ring { .. } => "ring".to_owned(),
        Shape::Convex { points, .. } => format!("convex {}", points.len()),
        Shape::Polygon { points, .. } => format!("polygon {}", points.len()),
    }
}

fn kinds<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> Vec<String> {
    shapes.into_iter().map(kind).collect()
}

/// Whether a disc, ring or diamond lies about the middle and is so large.
fn is_about(shape: &Shape, middle: Point, radius: f32) -> bool {
    let area = extent(shape);
    let near = |a: f32, b: f32| (a - b).abs() < 0.01;
    near(area.centre().x, middle.x)
        && near(area.centre().y, middle.y)
        && near(area.width, 2.0 * radius)
        && near(area.height, 2.0 * radius)
}

/// The badges of an instance in the middle: those at its upper left, and those at its upper right.
fn badges(picture: &Picture) -> [Vec<&Shape>; 2] {
    let at = |side: f32| {
        let middle = Point { x: MIDDLE.x + side * 18.0, y: MIDDLE.y - 19.0 };
        let room = Area { left: middle.x - 9.0, top: middle.y - 9.0, width: 18.0, height: 18.0 };
        let lies = |shape: &&Shape| corners(shape).iter().all(|&corner| room.holds(corner));
        picture.map.shapes.iter().filter(lies).collect()
    };
    [at(-1.0), at(1.0)]
}

#[test]
fn crowns_are_on_crown_jewels_and_doors_on_entry_points_and_rings_on_extraction_points() {
    for role in Role::ALL {
        for signs in 0..8_u8 {
            let has = |bit: u8| signs & bit != 0;
            let (extraction_point, entry_point, crown_jewel) = (has(1), has(2), has(4));
            let look = MarkStyle::Instance {
                colour: RegionTint::plain(3),
                role,
                extraction_point,
                entry_point,
                crown_jewel,
            };
            let picture = looking(&alone(instance(look)), |_| ());
            let [left, right] = badges(&picture);
            let door: &[&str] = if entry_point { &["stroke 4", "stroke 2", "disc"] } else { &[] };
            let crown: &[&str] = if crown_jewel { &["polygon 7"] } else { &[] };
            assert_eq!((kinds(left), kinds(right)), (owned(door), owned(crown)), "{look:?}");
            let discs = picture.map.shapes.iter().filter(|shape| is_about(shape, MIDDLE, 20.0));
            let discs: Vec<_> = discs.map(|shape| (kind(shape), colour(shape))).collect();
            assert_eq!(discs, [("disc".to_owned(), DARK.regions[3])], "{look:?}");
            let rings = picture.map.shapes.iter().filter(|shape| is_about(shape, MIDDLE, 23.0));
            let rings: Vec<_> = rings.map(|shape| (kind(shape), colour(shape))).collect();
            let doubled = ("ring".to_owned(), DARK.regions[3]);
            let expected = if extraction_point { vec![doubled] } else { vec![] };
            assert_eq!(rings, expected, "{look:?}");
        }
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[test]
fn every_role_has_a_sign_of_its_own() {
    for role in Role::ALL {
        let sign: &[&str] = match role {
            Role::Application => &["stroke 5", "stroke 2"],
            Role::Database => &["stroke 6", "stroke 4", "stroke 4", "stroke 4"],
            Role::Ci => &["stroke 3", "stroke 2"],
            Role::Repository => &["stroke 2", "stroke 3", "disc", "disc", "disc"],
            Role::Saas => &["stroke 10"],
            Role::Sidecar => &["stroke 5", "stroke 5"],
            Role::Broker => &["stroke 3", "stroke 3"],
            Role::SecretStore => &["stroke 5", "stroke 6"],
            Role::Unknown => &["ring"],
        };
        let MarkStyle::Instance { colour, extraction_point, entry_point, crown_jewel, .. } =
            plain_instance()
        else {
            panic!("an instance")
        };
        let look = MarkStyle::Instance { role, colour, extraction_point, entry_point, crown_jewel };
        let picture = looking(&alone(instance(look)), |_| ());
        let within = |shape: &&Shape| extent(shape).width < 25.0;
        let inner: Vec<&Shape> = picture.map.shapes.iter().filter(within).collect();
        assert_eq!(kinds(inner.iter().copied()), owned(sign), "{role:?}");
        assert!(inner.iter().all(|shape| self::colour(shape) == DARK.canvas), "{role:?}");
    }
}

#[test]
fn an_instance_has_the_colour_of_its_environment() {
    for theme in [DARK, LIGHT] {
        for (colour, hue) in theme.regions.into_iter().enumerate() {
            let look = MarkStyle::Instance {
                colour: RegionTint::plain(colour),
                role: Role::Unknown,
                extraction_point: false,
                entry_point: false,
                crown_jewel: false,
            };
            let picture = looking(&alone(instance(look)), |view| view.theme = &theme);
            assert_eq!(self::colour(&picture.map.shapes[0]), hue);
        }
    }
}

/// The diamonds about the middle: whether each is filled or a line, its radius, dash and colour.
fn diamonds(picture: &Picture) -> Vec<(&'static str, f32, Dash, Colour)> {
    let described = |shape: &Shape| {
        let radius = extent(shape).width / 2.0;
        assert!(is_about(shape, MIDDLE, radius), "{shape:?}");
        match shape {
            Shape::Convex { points, fill } if points.len() == 4 => {
                ("filled", radius, Dash::Plain, *fill)
            }
            Shape::Polyline { points, pen } if points.len() == 5 && points[0] == points[4] => {
                ("line", radius, pen.dash, pen.colour)
            }
            other => panic!("no diamond: {other:?}"),
        }
    };
    picture.map.shapes.iter().map(described).collect()
}

#[test]
fn credentials_show_their_severity_where_they_join_and_what_is_dead_assumed_or_upwards() {
    let severities = Severity::ALL.map(Some).into_iter().chain([None]);
    for (severity, crossing) in severities.flat_map(|s| EVERY_CROSSING.map(|c| (s, c))) {
        for signs in 0..8_u8 {
            let (shared, dead, assumed) = (signs & 1 != 0, signs & 2 != 0, signs & 4 != 0);
            let look = MarkStyle::Credential { severity, shared, crossing, dead, assumed };
            let joins = shared || crossing != Crossing::None;
            let hue = match severity.filter(|_| joins) {
                Some(Severity::Critical) => DARK.severity[0],
                Some(Severity::High) => DARK.severity[1],
                Some(Severity::Medium) => DARK.severity[2],
                Some(Severity::Low) => DARK.severity[3],
                None => DARK.muted,
            };
            let fill = match (dead, joins) {
                (true, _) => DARK.canvas,
                (false, true) => hue,
                (false, false) => hue.faded(0.7).over(DARK.canvas),
            };
            // What is assumed has dashes round a smaller core; what is dead is empty.
            let core = if assumed && !dead { 6.0 } else { 10.0 };
            let mut expected = vec![("filled", core, Dash::Plain, fill)];
            if dead || assumed {
                let dash = if assumed { Dash::Dashed } else { Dash::Plain };
                expected.push(("line", 10.0, dash, hue));
            }
            if crossing == Crossing::Upwards {
                expected.push(("line", 13.5, Dash::Plain, hue));
            }
            let picture = looking(&alone(credential(look)), |_| ());
            assert_eq!(diamonds(&picture), expected, "{look:?}");
        }
    }
}

#[test]
fn from_afar_marks_stay_in_sight_and_lose_their_signs() {
    let look = MarkStyle::Instance {
        colour: RegionTint::plain(0),
        role: Role::Ci,
        extraction_point: true,
        entry_point: true,
        crown_jewel: true,
    };
    let upwards = MarkStyle::Credential {
        severity: Some(Severity::High),
        shared: true,
        crossing: Crossing::Upwards,
        dead: false,
        assumed: true,
    };
    for (mark, kind) in [(instance(look), "disc"), (credential(upwards), "convex 4")] {
        let picture = looking(&alone(mark), |view| view.camera.zoom = 0.01);
        assert_eq!(self::kind(&picture.map.shapes[0]), kind);
        assert!(picture.map.shapes.iter().all(|shape| is_about(shape, MIDDLE, 3.0)), "{picture:?}");
    }
    // Of thousands each is a dot.
    let marks = vec![credential(upwards); 1_000];
    let picture = looking(&Map::new(marks, vec![], vec![], [2, 2]), |view| view.camera.zoom = 0.01);
    assert!(picture.map.shapes.iter().all(|shape| is_about(shape, MIDDLE, 1.2)));
    assert_eq!(
        (picture.map.shapes.len(), kind(&picture.map.shapes[0])),
        (1_000, "disc".to_owned())
    );
}

#[test]
fn what_is_selected_or_hovered_has_a_halo_of_its_own_form_and_colour() {
    for (mark, radius, form) in [
        (instance(plain_instance()), 26.0, "ring"),
        (credential(plain_credential()), 15.0, "stroke 5"),
    ] {
        let map = alone(mark);
        for (selected, hovered, halo) in [
            (None, None, None),
            (Some(0), None, Some(DARK.accent)),
            (None, Some(0), Some(DARK.text)),
            (Some(0), Some(0), Some(DARK.accent)),
        ] {
            let picture = looking(&map, |view| {
                view.selected = if selected == Some(0) { &[0] } else { &[] };
                view.hovered = hovered;
            });
            let found = picture.map.shapes.iter().filter(|shape| is_about(shape, MIDDLE, radius));
            let found: Vec<_> = found.map(|shape| (kind(shape), colour(shape))).collect();
            let expected: Vec<_> = halo.into_iter().map(|hue| (form.to_owned(), hue)).collect();
            assert_eq!(found, expected);
        }
    }
}

/// A credential at the left and an instance at the right, joined by one link.
fn joined(look: MarkStyle, link: Link) -> Map {
    let mut marks = vec![instance(plain_instance()), credential(look)];
    marks[0].at.x = 100.0;
    marks[1].at.x = -100.0;
    Map::new(marks, vec![link], Vec::new(), [2, 2])
}

fn link(holds: bool, grants: bool, assumed: bool) -> Link {
    let edge = |there: bool| there.then_some(EdgeIndex(0));
    Link {
        credential: 1,
        instance: 0,
        holds: edge(holds),
        grants: edge(grants),
        holds_assumed: holds && assumed,
        grants_assumed: grants && assumed,
    }
}

/// What is drawn between the two marks.
fn between(picture: &Picture) -> Vec<&Shape> {
    let far = |shape: &&Shape| {
        let area = extent(shape);
        area.left > MIDDLE.x - 92.0 && area.right() < MIDDLE.x + 82.0
    };
    picture.map.shapes.iter().filter(far).collect()
}

fn dash(shape: &Shape) -> Dash {
    match shape {
        Shape::Line { pen, .. } | Shape::Polyline { pen, .. } | Shape::Ring { pen, .. } => pen.dash,
        Shape::Disc { .. }
        | Shape::Rectangle { .. }
        | Shape::Convex { .. }
        | Shape::Polygon { .. } => Dash::Plain,
    }
}

#[test]
fn the_legend_has_the_colour_of_a_lit_link_though_no_mark_has_it() {
    // A credential that joins nothing is grey, however bad what is found of it.
    let look = MarkStyle::Credential {
        severity: Some(Severity::Medium),
        shared: false,
        crossing: Crossing::None,
        dead: false,
        assumed: false,
    };
    let map = joined(look, link(false, true, false));
    let all = map.marks.iter().map(|mark| mark.subject).collect::<Vec<_>>();
    let highlight = Highlight::of_subjects(&map, all.into_iter());
    let has_it = |picture: &Picture| {
        let entries = picture.furniture.legend.iter().flat_map(|line| &line.entries);
        let sign = LegendSign::Severity(Severity::Medium);
        entries.into_iter().any(|entry| entry.sign == Some(sign))
    };
    assert!(!has_it(&looking(&map, |_| {})), "its links are grey too");
    let lit = looking(&map, |view| view.highlight = Some(&highlight));
    let hue = DARK.severity[Severity::Medium.rank()];
    let is_drawn = between(&lit).iter().any(|shape| colour(shape) == hue);
    assert!(is_drawn && has_it(&lit));
    // What the pointer is on moves no legend.
    let pointed_at = looking(&map, |view| view.hovered = Some(1));
    assert_eq!(pointed_at.furniture.legend, looking(&map, |_| {}).furniture.legend);
}

#[test]
fn a_link_points_at_what_is_granted_and_is_dotted_where_it_is_assumed() {
    for (holds, grants) in [(true, false), (false, true), (true, true)] {
        for assumed in [false, true] {
            let map = joined(plain_credential(), link(holds, grants, assumed));
            let picture = looking(&map, |_| ());
            let shapes = between(&picture);
            let expected: &[&str] = match (holds, grants) {
                (true, true) => &["line", "convex 3", "disc"],
                (false, true) => &["line", "convex 3"],
                (_, false) => &["line"],
            };
            assert_eq!(kinds(shapes.iter().copied()), owned(expected));
            assert_eq!(dash(shapes[0]), if assumed { Dash::Dotted } else { Dash::Plain });
            if let Some(Shape::Convex { points, .. }) = shapes.get(1) {
                let instance = MIDDLE.x + 100.0 - 20.0;
                assert!((points[0].x - instance).abs() < 0.01, "the tip touches the instance");
                assert!(points[1].x < points[0].x && points[2].x < points[0].x);
            }
        }
    }
}

#[test]
fn a_link_has_the_severity_and_the_weight_of_what_its_credential_joins() {
    for severity in Severity::ALL {
        let look = |crossing, shared, dead| MarkStyle::Credential {
            severity: Some(severity),
            shared,
            crossing,
            dead,
            assumed: false,
        };
        let hue = DARK.severity[severity.rank()];
        for (look, width, colour) in [
            (look(Crossing::Upwards, false, false), 1.8, hue),
            (look(Crossing::Across, false, false), 1.4, hue),
            (look(Crossing::None, true, false), 1.0, DARK.muted.faded(0.75)),
            (look(Crossing::None, false, false), 1.0, DARK.muted.faded(0.4)),
            (look(Crossing::Upwards, true, true), 1.0, DARK.muted.faded(0.6)),
        ] {
            let picture = looking(&joined(look, link(true, false, false)), |_| ());
            let [Shape::Line { pen, .. }] = between(&picture)[..] else { panic!("one line") };
            assert!((pen.width - width).abs() < 0.001 && pen.colour == colour, "{look:?} {pen:?}");
        }
    }
}

#[test]
fn what_fixes_end_is_crossed_out_and_what_they_part_has_a_gap() {
    let map = joined(plain_credential(), link(true, false, false));
    let (own, at) = (CredentialIndex(0), InstanceIndex(0));
    let nothing = Changes::default();
    let strokes = |changes: Changes| {
        let changes = MapChanges::new(&map, &changes);
        let picture = looking(&map, |view| view.changes = Some(&changes));
        let fixed = picture.map.shapes.iter().filter(|shape| colour(shape) == DARK.fixed);
        let on_mark = |shape: &&Shape| extent(shape).centre().x < MIDDLE.x - 80.0;
        let (on_mark, on_link): (Vec<_>, Vec<_>) = fixed.partition(on_mark);
        let described = |shape: &Shape| {
            let area = extent(shape);
            let way = match (area.width > 0.1, area.height > 0.1) {
                (true, true) => "slanted",
                (true, false) => "level",
                (false, _) => "upright",
            };
            let dash = if dash(shape) == Dash::Dashed { " dashed" } else { "" };
            format!("{way}{dash}")
        };
        let described = |of: Vec<&Shape>| of.into_iter().map(described).collect::<Vec<_>>();
        (described(on_mark), described(on_link))
    };
    let none: [&str; 0] = [];
    let check = |changes: Changes, mark: &[&str], link: &[&str]| {
        assert_eq!(strokes(changes.clone()), (owned(mark), owned(link)), "{changes:?}");
    };
    check(nothing.clone(), &none, &none);
    check(Changes { gone: vec![own], ..nothing.clone() }, &["slanted", "slanted"], &none);
    check(Changes { replaced: vec![own], ..nothing.clone() }, &["upright"], &none);
    let cut = Changes { cut: vec![(own, at)], ..nothing.clone() };
    check(cut, &none, &["level", "slanted", "slanted"]);
    let parted = Changes { parted: vec![(own, at)], ..nothing };
    check(parted, &none, &["level", "upright", "level", "upright"]);
}

#[test]
fn what_is_not_in_question_steps_back_and_what_is_hidden_is_not_there() {
    let mut marks = vec![instance(plain_instance()), credential(plain_credential())];
    marks[1].at.x = -100.0;
    let map = Map::new(marks, Vec::new(), Vec::new(), [2, 2]);
    let discs = |picture: &Picture| {
        let discs = picture.map.shapes.iter().filter(|shape| is_about(shape, MIDDLE, 20.0));
        discs.map(colour).collect::<Vec<_>>()
    };
    let lit = Highlight::around(&map, 0);
    let dark = Highlight::around(&map, 1);
    let plain = looking(&map, |_| ());
    assert_eq!(discs(&plain), [DARK.regions[0]]);
    assert_eq!(discs(&looking(&map, |view| view.highlight = Some(&lit))), [DARK.regions[0]]);
    let dimmed = DARK.regions[0].faded(0.25).over(DARK.canvas);
    assert_eq!(discs(&looking(&map, |view| view.highlight = Some(&dark))), [dimmed]);
    let hidden = looking(&map, |view| view.visible = &[false, true]);
    assert!(discs(&hidden).is_empty());
    let names = |picture: &Picture| {
        let mut names: Vec<_> = picture.map.texts.iter().map(|text| text.text.clone()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&plain), ["db", "k"]);
    assert_eq!(names(&hidden), ["k"]);
}

#[test]
fn a_region_bears_its_name_and_how_many_of_it_are_in_sight() {
    let outline = [(-150.0, -100.0), (150.0, -100.0), (150.0, 150.0), (-150.0, 150.0)];
    let outline = outline.map(|(x, y)| Point { x, y }).to_vec();
    let shape = RegionShape { outline, label_at: Point::default() };
    for (colour, hue) in DARK.regions.into_iter().enumerate() {
        let tint = RegionTint::plain(colour);
        let region =
            Region { name: "dev".to_owned(), colour: tint, instances: 3, shape: shape.clone() };
        let map = Map::new(Vec::new(), Vec::new(), vec![region], [2, 2]);
        for (in_sight, words) in [(3, "dev  3"), (2, "dev  2 of 3"), (0, "dev  0 of 3")] {
            let counts = [in_sight];
            let picture = looking(&map, |view| view.in_regions = &counts);
            let [text] = &picture.map.texts[..] else { panic!("one name") };
            assert_eq!((text.text.as_str(), text.style.colour), (words, DARK.text));
            assert_eq!(kinds(&picture.map.shapes), ["polygon 4", "stroke 5"]);
            assert_eq!(
                picture.map.shapes.iter().map(self::colour).collect::<Vec<_>>(),
                [hue.faded(DARK.wash), hue.faded(0.45)]
            );
        }
    }
}

fn charted(rows: &str) -> (AccessGraph, keyreach::scene::Chart) {
    let graph = testing::graph(rows);
    let answers = Answers::compute(graph, &Progress::default()).unwrap();
    let chart = chart(&answers);
    (Arc::unwrap_or_clone(answers.graph), chart)
}

fn look_of(map: &Map, subject: Option<Subject>) -> MarkStyle {
    map.marks[map.mark_of(subject.unwrap()).unwrap() as usize].style
}

#[test]
fn an_instance_looks_like_what_the_rows_say_of_it() {
    let mut held = String::new();
    for at in 0..10 {
        writeln!(held, "k{at} holds hub@test").unwrap();
    }
    for at in 0..9 {
        writeln!(held, "k{at} holds most@test").unwrap();
    }
    let rows = format!(
        "- - door@dev entry=yes\n- - gold@prod jewel=yes kind=database\n\
         - - both@staging entry=yes jewel=yes\n- - bare@mars entry=no jewel=no\n\
         - - runner@ kind=CI\n{held}"
    );
    let (graph, chart) = charted(&rows);
    for (name, environment, colour, role, [extraction, entry, jewel]) in [
        ("door", "dev", 0, Role::Unknown, [false, true, false]),
        ("hub", "test", 1, Role::Unknown, [true, false, false]),
        ("most", "test", 1, Role::Unknown, [false, false, false]),
        ("both", "staging", 2, Role::Unknown, [false, true, true]),
        ("gold", "prod", 3, Role::Database, [false, false, true]),
        ("bare", "mars", 4, Role::Unknown, [false, false, false]),
        ("runner", "", 5, Role::Ci, [true, false, false]),
    ] {
        let expected = MarkStyle::Instance {
            colour: RegionTint::plain(colour),
            role,
            extraction_point: extraction,
            entry_point: entry,
            crown_jewel: jewel,
        };
        let at = graph.find_instance(name, environment).map(Subject::Instance);
        assert_eq!(look_of(&chart.map, at), expected, "{name}");
    }
}

#[test]
fn a_credential_looks_like_the_worst_that_is_found_of_it() {
    let rows = "\
        critical holds a@dev\ncritical grants b@prod\n\
        high holds b@dev owner=ops\nhigh ? c@prod owner=ops\n\
        medium holds a@prod,c@prod\n\
        low holds a@prod\n\
        clean holds a@prod owner=ops expires=2027-01-01\n\
        assumed ? a@prod owner=ops expires=2027-01-01\n\
        dead holds a@prod status=dead\n\
        across holds a@prod\nacross grants b@dev\n";
    let (graph, chart) = charted(rows);
    for (id, severity, crossing, [shared, dead, assumed]) in [
        ("critical", Some(Severity::Critical), Crossing::Upwards, [false, false, false]),
        ("high", Some(Severity::High), Crossing::Upwards, [true, false, false]),
        ("medium", Some(Severity::Medium), Crossing::None, [true, false, false]),
        ("low", Some(Severity::Low), Crossing::None, [false, false, false]),
        ("clean", None, Crossing::None, [false, false, false]),
        ("assumed", None, Crossing::None, [false, false, true]),
        ("dead", Some(Severity::Low), Crossing::None, [false, true, false]),
        ("across", Some(Severity::Medium), Crossing::Across, [false, false, false]),
    ] {
        let expected = MarkStyle::Credential { severity, shared, crossing, dead, assumed };
        let at = graph.find_credential(id).map(Subject::Credential);
        assert_eq!(look_of(&chart.map, at), expected, "{id}");
    }
}

/// From rows to shapes: one crown, on the jewel, and one door, on the entry point.
#[test]
fn a_charted_and_placed_map_crowns_the_jewel_and_puts_the_door_on_the_entry_point() {
    let (graph, chart) = charted(
        "k holds web@dev\nk grants db@prod\n- - web@dev entry=yes\n- - db@prod jewel=yes\n",
    );
    let layout = lay_out(&chart.layout_input(), &Progress::default()).unwrap();
    let map = chart.map.placed(&layout);
    let viewport = Area { left: 0.0, top: 0.0, width: 900.0, height: 600.0 };
    let camera = Camera::fit(map.extent(), viewport, 20.0);
    let picture = looking(&map, |view| view.camera = camera);
    let middle_of = |service: &str, environment: &str| {
        let at = graph.find_instance(service, environment).map(Subject::Instance).unwrap();
        camera.screen_from_scene(map.marks[map.mark_of(at).unwrap() as usize].at)
    };
    let [crown] = picture
        .map
        .shapes
        .iter()
        .filter(|shape| kind(shape) == "polygon 7")
        .collect::<Vec<_>>()[..]
    else {
        panic!("one crown")
    };
    let (jewel, entry) = (middle_of("db", "prod"), middle_of("web", "dev"));
    let near = |shape: &Shape, at: Point| {
        let centre = extent(shape).centre();
        (centre.x - at.x).hypot(centre.y - at.y)
    };
    assert!(near(crown, jewel) < near(crown, entry) && near(crown, jewel) < 60.0);
    let doors = picture.map.shapes.iter().filter(|shape| kind(shape) == "stroke 4");
    let doors: Vec<_> = doors.map(|shape| near(shape, entry) < near(shape, jewel)).collect();
    assert_eq!(doors, [true]);
}

#[test]
fn a_pointer_that_rests_on_a_mark_dims_nothing_and_leaves_what_is_selected_lit() {
    let mut marks = vec![instance(plain_instance()), credential(plain_credential())];
    marks[1].at.x = -100.0;
    let map = Map::new(marks, Vec::new(), Vec::new(), [2, 2]);
    let fills = |picture: &Picture| {
        let discs = picture.map.shapes.iter().filter(|shape| matches!(shape, Shape::Disc { .. }));
        discs.map(colour).collect::<Vec<_>>()
    };
    let plain = looking(&map, |_| ());
    let pointed = looking(&map, |view| view.hovered = Some(1));
    assert_eq!(fills(&pointed), fills(&plain));
    let lit = Highlight::around(&map, 0);
    let selected = looking(&map, |view| {
        (view.selected, view.highlight) = (&[0], Some(&lit));
    });
    let both = looking(&map, |view| {
        (view.selected, view.highlight, view.hovered) = (&[0], Some(&lit), Some(1));
    });
    assert_eq!(fills(&both), fills(&selected));
}

#[test]
fn the_service_that_holds_what_is_selected_has_its_name_in_the_densest_crowd() {
    // A key that one service holds and twelve grant, and others that crowd round its holder.
    let mut rows = "key holds holder@dev\n".to_owned();
    for at in 0..12 {
        writeln!(rows, "key grants target{at}@prod").unwrap();
    }
    for at in 0..48 {
        writeln!(rows, "own{at} both other{at}@dev").unwrap();
    }
    let (graph, chart) = charted(&rows);
    let subject = |name: &str, place: &str| graph.find_instance(name, place).map(Subject::Instance);
    let mut positions = vec![Point { x: -400.0, y: -250.0 }; chart.map.marks.len()];
    let mut put = |subject: Option<Subject>, x: f32, y: f32| {
        positions[chart.map.mark_of(subject.unwrap()).unwrap() as usize] = Point { x, y };
    };
    put(subject("holder", "dev"), 0.0, 0.0);
    let round = (0..49).filter(|at| *at != 24);
    for (at, place) in round.enumerate() {
        let (x, y) = ((place % 7 - 3) as f32, (place / 7 - 3) as f32);
        put(subject(&format!("other{at}"), "dev"), 30.0 * x, 30.0 * y);
    }
    for at in 0..12_u8 {
        put(subject(&format!("target{at}"), "prod"), 300.0, 40.0 * f32::from(at) - 240.0);
    }
    let key = Subject::Credential(CredentialIndex(
        graph.credential_indices().find(|at| graph.credential_name(*at) == "key").unwrap().0,
    ));
    put(Some(key), 200.0, 0.0);
    let regions = vec![RegionShape::default(); chart.map.regions.len()];
    let map = chart.map.placed(&Layout { positions, regions, ..Layout::default() });
    let own = [map.mark_of(key).unwrap()];
    let lit = Highlight::around(&map, own[0]);
    let picture = looking(&map, |view| {
        view.graph = &graph;
        view.camera.viewport = Area { left: 0.0, top: 0.0, width: 900.0, height: 600.0 };
        (view.selected, view.highlight) = (&own, Some(&lit));
    });
    assert!(picture.names.contains_key(&subject("holder", "dev").unwrap()), "{:?}", picture.names);
}

#[test]
fn a_map_is_grouped_by_owner_kind_or_service_and_what_is_unknown_stands_at_the_left() {
    let rows = "- - shop@dev kind=application service_owner=Web\n\
                - - shop@prod kind=application service_owner=Web\n\
                - - ledger@prod kind=database service_owner=Money\n\
                d grants stray@prod\n\
                a both shop@dev,ledger@prod\n";
    let answers = Answers::compute(testing::graph(rows), &Progress::default()).unwrap();
    let regions = |by: GroupBy| {
        let chart = chart_by(&answers, by);
        let layout = lay_out(&chart.layout_input(), &Progress::default()).unwrap();
        let map = chart.map.placed(&layout);
        let left = |at: &Region| at.shape.outline.iter().map(|p| p.x).fold(f32::MAX, f32::min);
        let mut found: Vec<_> =
            map.regions.iter().map(|own| (left(own), own.name.clone(), own.instances)).collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let all: Vec<(String, usize)> = found.into_iter().map(|(_, name, n)| (name, n)).collect();
        all
    };
    let named = |all: &[(&str, usize)]| -> Vec<(String, usize)> {
        all.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    };
    let sorted = |mut all: Vec<(String, usize)>| {
        all.sort();
        all
    };
    let owners = regions(GroupBy::Owner);
    assert_eq!(owners[0], ("no owner stated".to_owned(), 1));
    assert_eq!(sorted(owners), named(&[("Money", 1), ("Web", 2), ("no owner stated", 1)]));
    let kinds = regions(GroupBy::Kind);
    assert_eq!(kinds[0], ("kind unknown".to_owned(), 1));
    assert_eq!(sorted(kinds), named(&[("application", 2), ("database", 1), ("kind unknown", 1)]));
    let services = sorted(regions(GroupBy::Service));
    assert_eq!(services, named(&[("ledger", 1), ("shop", 2), ("stray", 1)]));
    assert_eq!(sorted(regions(GroupBy::Environment)), named(&[("dev", 1), ("prod", 3)]));
}
