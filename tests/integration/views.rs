//! The views: where each puts what, from what the rows say.

use std::collections::{BTreeMap, BTreeSet};

use keyreach::analysis::{
    Answers, Counting, Movement, Path, Starts, Subject, blast_radius, paths_between, reached_by,
};
use keyreach::graph::testing;
use keyreach::inventory::Progress;
use keyreach::layout::{OrderEffort, Point};
use keyreach::project::GroupBy;
use keyreach::scene::{
    Area, Camera, Face, LIGHT, Map, MeasureText, PictureSubject, Spread, View, ViewKind, chart,
    chart_by, draw, fitted_camera, lanes, matrix, paths, spread, strands,
};
use proptest::prelude::*;

fn answers(rows: &str) -> Answers {
    Answers::compute(testing::graph(rows), &Progress::default()).unwrap()
}

/// The name of a mark, as it stands in the rows.
fn name(answers: &Answers, subject: Subject) -> String {
    match subject {
        Subject::Instance(at) => {
            let environment = answers.graph.environment_of(at).display();
            format!("{}@{environment}", answers.graph.service_name(at))
        }
        Subject::Credential(at) => answers.graph.credential_name(at).to_owned(),
    }
}

/// The columns of a map from left to right, each with the names of its marks in order of name.
fn columns(answers: &Answers, map: &Map) -> String {
    let mut columns: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for mark in &map.marks {
        columns.entry(mark.at.x.round() as i64).or_default().push(name(answers, mark.subject));
    }
    let column = |mut names: Vec<String>| {
        names.sort();
        names.join(" ")
    };
    columns.into_values().map(column).collect::<Vec<_>>().join(" | ")
}

fn in_lanes(answers: &Answers) -> Map {
    lanes(&chart(answers), OrderEffort::Full, &Progress::default()).unwrap().0
}

/// No two marks of a map overlap.
fn lies_apart(map: &Map) -> bool {
    map.marks.iter().enumerate().all(|(at, a)| {
        map.marks
            .iter()
            .take(at)
            .all(|b| (a.at.x - b.at.x).hypot(a.at.y - b.at.y) + 0.01 >= a.radius + b.radius)
    })
}

#[test]
fn lanes_stand_in_order_of_tier_with_credentials_between_what_they_join() {
    let answers = answers(
        "up    holds  app@dev\n\
         up    grants db@prod\n\
         own   both   app@dev\n\
         late  holds  run@ci\n\
         late  grants db@prod\n\
         last  both   db@prod\n",
    );
    let map = in_lanes(&answers);
    assert_eq!(map.kind, ViewKind::Lanes);
    // From the lowest tier to the highest; what ends in prod alone stands behind it.
    assert_eq!(columns(&answers, &map), "app@dev | own up | run@ci | late | db@prod | last");
    let headings: Vec<(&str, bool)> = map
        .regions
        .iter()
        .map(|region| (region.name.as_str(), region.shape.outline.is_empty()))
        .collect();
    assert_eq!(headings, [("ci", false), ("dev", false), ("prod", false)]);
    assert!(lies_apart(&map));
}

#[test]
fn what_has_no_tier_stands_left_of_all_lanes_that_have_one() {
    let answers = answers("k both app@dev\nk both eu@emea\nk both db@prod\n");
    let map = in_lanes(&answers);
    let x = |name: &str| {
        let mark = map.marks.iter().find(|mark| self::name(&answers, mark.subject) == name);
        mark.unwrap().at.x
    };
    assert!(x("eu@emea") < x("app@dev") && x("app@dev") < x("db@prod"));
    assert!(x("k") > x("eu@emea") && x("k") < x("db@prod"));
}

#[test]
fn lanes_follow_what_the_map_is_grouped_by() {
    let answers = answers("k both app@dev service_owner=ann\nk both db@dev service_owner=ben\n");
    let chart = chart_by(&answers, GroupBy::Owner);
    let (map, _) = lanes(&chart, OrderEffort::Full, &Progress::default()).unwrap();
    assert_eq!(columns(&answers, &map), "app@dev | k | db@dev");
}

#[test]
fn a_long_lane_stands_several_abreast_so_that_the_picture_is_no_strip() {
    let rows: Vec<String> = (0..900).map(|at| format!("k{at} both s{at}@dev\n")).collect();
    let map = in_lanes(&answers(&rows.concat()));
    let extent = map.extent();
    let aspect = extent.width / extent.height;
    assert!((1.2..3.0).contains(&aspect), "{extent:?}");
    assert!(lies_apart(&map));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_is_in_lanes_lies_apart_and_within_the_strip_of_its_environment(
        rows in prop::collection::vec((0_u8..9, 0_u8..3, 0_u8..7, 0_usize..4), 1..40),
    ) {
        let access = ["holds", "grants", "both"];
        let environments = ["dev", "ci", "prod", "emea"];
        let text: Vec<String> = rows
            .iter()
            .map(|&(key, kind, service, environment)| {
                let environment = environments[environment];
                format!("k{key} {} s{service}@{environment}\n", access[usize::from(kind)])
            })
            .collect();
        let answers = answers(&text.concat());
        let map = in_lanes(&answers);
        prop_assert!(lies_apart(&map));
        for mark in &map.marks {
            if let Subject::Instance(at) = mark.subject {
                let environment = answers.graph.environment_of(at).display();
                let lane = map.regions.iter().find(|own| own.name == environment).unwrap();
                let xs = lane.shape.outline.iter().map(|corner| corner.x);
                let (low, high) = (xs.clone().fold(f32::MAX, f32::min), xs.fold(f32::MIN, f32::max));
                prop_assert!(low < mark.at.x && mark.at.x < high);
            }
        }
        prop_assert_eq!(&map.marks, &in_lanes(&answers).marks);
    }
}

const CHAIN: &str = "first holds app@dev\n\
                     first grants run@ci\n\
                     next holds run@ci\n\
                     next grants db@prod\n\
                     idle holds run@ci\n";

fn subject(answers: &Answers, name: &str) -> Subject {
    answers
        .graph
        .credential_indices()
        .map(Subject::Credential)
        .chain(answers.graph.instance_indices().map(Subject::Instance))
        .find(|&at| self::name(answers, at) == name)
        .unwrap()
}

fn spread_from(answers: &Answers, name: &str) -> Map {
    let mut starts = Starts::default();
    match subject(answers, name) {
        Subject::Credential(at) => starts.credentials.push(at),
        Subject::Instance(at) => starts.instances.push(at),
    }
    let radius = blast_radius(&answers.graph, &starts, Counting::All);
    let of = Spread::Reaches(starts, radius);
    spread(&chart(answers), &answers.graph, &of, &Progress::default()).unwrap()
}

fn headings(map: &Map) -> Vec<(&str, usize)> {
    map.regions.iter().map(|region| (region.name.as_str(), region.instances)).collect()
}

#[test]
fn a_spread_has_a_column_for_each_hop_and_credentials_between() {
    let answers = answers(CHAIN);
    let map = spread_from(&answers, "app@dev");
    assert_eq!(columns(&answers, &map), "app@dev | first | run@ci | next | db@prod");
    assert_eq!(headings(&map), [("start", 1), ("hop 1", 1), ("hop 2", 1)]);
    assert_eq!(map.remarks, ["1 credential that opens nothing more is not drawn"]);
    let map = spread_from(&answers, "first");
    assert_eq!(columns(&answers, &map), "first | run@ci | next | db@prod");
    assert_eq!(headings(&map), [("start", 0), ("hop 1", 1), ("hop 2", 1)]);
    let map = spread_from(&answers, "db@prod");
    assert_eq!((columns(&answers, &map).as_str(), map.links.len()), ("db@prod", 0));
}

#[test]
fn backwards_what_is_reached_stands_at_the_right_behind_those_who_reach_it() {
    let answers = answers(CHAIN);
    let Subject::Instance(to) = subject(&answers, "db@prod") else { panic!("an instance") };
    let [all, stated] = [Counting::All, Counting::StatedOnly]
        .map(|counting| Movement::new(&answers.graph, counting));
    let entries = &answers.ends.entry_points;
    let found = reached_by((&all, &stated), entries, to, &Progress::default()).unwrap();
    let of = Spread::ReachedBy(found);
    let map = spread(&chart(&answers), &answers.graph, &of, &Progress::default()).unwrap();
    assert_eq!(columns(&answers, &map), "app@dev | first | run@ci | next | db@prod");
    assert_eq!(headings(&map), [("2 hops away", 1), ("1 hop away", 1), ("reached", 1)]);
}

fn paths_of(answers: &Answers, from: &str, to: &str) -> Vec<Path> {
    let ends = [from, to].map(|name| match subject(answers, name) {
        Subject::Instance(at) => at,
        Subject::Credential(_) => panic!("an instance"),
    });
    let movement = Movement::new(&answers.graph, Counting::All);
    paths_between(&movement, &ends[..1], &ends[1..], 25, &Progress::default()).unwrap()
}

fn drawn_paths(answers: &Answers, all: &[Path]) -> Map {
    paths(&chart(answers), &answers.graph, all, &Progress::default()).unwrap()
}

#[test]
fn a_path_leads_from_left_to_right_with_the_rows_that_show_it() {
    let answers = answers(CHAIN);
    let map = drawn_paths(&answers, &paths_of(&answers, "app@dev", "db@prod"));
    assert_eq!(columns(&answers, &map), "app@dev | first | run@ci | next | db@prod");
    let notes: BTreeMap<String, String> = map
        .notes
        .iter()
        .map(|note| {
            let subject = map.marks[note.mark as usize].subject;
            (name(&answers, subject), note.lines.join("; "))
        })
        .collect();
    assert_eq!(notes["first"], "held rows.csv:1; opens rows.csv:2");
    assert_eq!(notes["next"], "held rows.csv:3; opens rows.csv:4");
    assert_eq!(headings(&map), [("start", 0), ("hop 1", 0), ("hop 2", 0)]);
}

#[test]
fn where_paths_differ_in_length_each_stop_stands_behind_all_that_leads_to_it() {
    let answers = answers(
        "short holds a@dev\nshort grants z@prod\n\
         long holds a@dev\nlong grants m@ci\n\
         last holds m@ci\nlast grants z@prod\n",
    );
    let found = paths_of(&answers, "a@dev", "z@prod");
    assert_eq!(found.len(), 2);
    let map = drawn_paths(&answers, &found);
    assert_eq!(columns(&answers, &map), "a@dev | long short | m@ci | last | z@prod");
    // No heading says which hop it is: it is not the same on both.
    assert!(map.regions.is_empty());
    assert!(lies_apart(&map));
}

#[test]
fn no_path_is_an_empty_picture() {
    let map = drawn_paths(&answers(CHAIN), &[]);
    assert!(map.marks.is_empty() && map.links.is_empty() && map.regions.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn a_spread_shows_exactly_what_is_reached_in_the_column_of_its_hop(
        rows in prop::collection::vec((0_u8..8, 0_u8..3, 0_u8..8), 1..40),
    ) {
        let access = ["holds", "grants", "both"];
        let text: Vec<String> = rows
            .iter()
            .map(|&(key, kind, at)| format!("k{key} {} s{at}@dev\n", access[usize::from(kind)]))
            .collect();
        let answers = answers(&text.concat());
        for start in answers.graph.instance_indices() {
            let starts = Starts { instances: vec![start], ..Starts::default() };
            let radius = blast_radius(&answers.graph, &starts, Counting::All);
            let map = spread_from(&answers, &name(&answers, Subject::Instance(start)));
            prop_assert_eq!(map.marks.iter().filter(|own| matches!(own.subject, Subject::Instance(_))).count(), radius.reached.len() + 1);
            let hops: BTreeMap<_, u32> =
                radius.reached.iter().map(|own| (own.instance, own.hops)).collect();
            let x = |subject| {
                map.mark_of(subject).map(|mark| map.marks[mark as usize].at.x)
            };
            for (&one, &hop) in &hops {
                for (&other, &later) in &hops {
                    let [one, other] = [one, other].map(|at| x(Subject::Instance(at)).unwrap());
                    prop_assert_eq!(hop.cmp(&later), one.partial_cmp(&other).unwrap());
                }
            }
            // Every link leads from one column to the next, and everything but the start is led to.
            for reached in &radius.reached {
                prop_assert!(map.link_between(reached.via, reached.instance).is_some());
            }
            prop_assert!(lies_apart(&map));
        }
    }
}

/// A table in letters: a line for each row, in it a sign for each column: `o` held, `<` granted, `x`
/// both; `|` where a credential's own line passes.
fn table(answers: &Answers, map: &Map) -> String {
    let mut rows: Vec<_> =
        map.marks.iter().filter(|mark| matches!(mark.subject, Subject::Instance(_))).collect();
    rows.sort_by(|a, b| a.at.y.total_cmp(&b.at.y));
    let xs = map.marks.iter().filter(|mark| matches!(mark.subject, Subject::Credential(_)));
    let mut xs: Vec<i64> = xs.map(|mark| mark.at.x.round() as i64).collect();
    xs.sort_unstable();
    xs.dedup();
    let mut printed = Vec::new();
    for row in rows {
        let sign = |x: &i64| {
            let of_column = map.marks.iter().zip(0_u32..);
            let mut found = ' ';
            for (_, mark) in of_column.filter(|(own, _)| {
                matches!(own.subject, Subject::Credential(_)) && own.at.x.round() as i64 == *x
            }) {
                let links: Vec<_> =
                    map.links_of(mark).iter().map(|&at| map.links[at as usize]).collect();
                let ys = links.iter().map(|link| map.marks[link.instance as usize].at.y);
                let (low, high) =
                    (ys.clone().fold(f32::MAX, f32::min), ys.fold(f32::MIN, f32::max));
                if low < row.at.y && row.at.y < high {
                    found = '|';
                }
                for link in links {
                    if map.marks[link.instance as usize].subject == row.subject {
                        found = match (link.holds, link.grants) {
                            (Some(_), Some(_)) => 'x',
                            (Some(_), None) => 'o',
                            _ => '<',
                        };
                    }
                }
            }
            found
        };
        let line: String = xs.iter().map(sign).collect();
        printed.push(format!("{:8}{line}", name(answers, row.subject)).trim_end().to_owned());
    }
    printed.join("\n")
}

fn as_strands(answers: &Answers) -> Map {
    strands(&chart(answers), OrderEffort::Full, &Progress::default()).unwrap().0
}

fn as_matrix(answers: &Answers) -> Map {
    matrix(&chart(answers), OrderEffort::Full, &Progress::default()).unwrap().0
}

#[test]
fn each_strand_runs_over_the_rows_that_it_joins_in_blocks_by_tier() {
    let answers = answers(
        "up holds app@dev\nup grants db@prod\nup grants mid@ci\n\
         own both db@prod\n",
    );
    // The second strand begins where the first one ends, and its own mark needs a row: another column.
    assert_eq!(table(&answers, &as_strands(&answers)), "app@dev o\nmid@ci  <\ndb@prod <x");
}

#[test]
fn strands_that_have_no_row_in_common_share_a_column() {
    let answers = answers("k both a@dev\nl both b@ci\nm both c@prod\n");
    let map = as_strands(&answers);
    // The marks of neighbours would lie on each other's rows: every second one fits.
    assert_eq!(table(&answers, &map), "a@dev   x\nb@ci     x\nc@prod  x");
}

#[test]
fn a_matrix_has_blocks_on_both_sides_and_what_crosses_comes_first() {
    let answers = answers(
        "dev-key both app@dev\n\
         prod-key both db@prod\n\
         up holds app@dev\nup grants db@prod\n",
    );
    assert_eq!(table(&answers, &as_matrix(&answers)), "app@dev ox\ndb@prod < x");
}

#[test]
fn what_is_shared_lies_together_in_a_matrix() {
    // Three pairs of services that share a credential each, written across each other.
    let answers = answers(
        "a both s1@dev\nb both s2@dev\nc both s3@dev\nc both s4@dev\na both s5@dev\nb both s6@dev\n",
    );
    let map = as_matrix(&answers);
    let (_, given) = matrix(&chart(&answers), OrderEffort::Given, &Progress::default()).unwrap();
    let (_, best) = matrix(&chart(&answers), OrderEffort::Full, &Progress::default()).unwrap();
    // Each credential joins two neighbouring rows: three steps in all.
    assert_eq!((given, best), (1 + 4 + 4, 3), "{}", table(&answers, &map));
}

fn seen<'a>(answers: &'a Answers, map: &'a Map, camera: Camera) -> View<'a> {
    View {
        map,
        graph: &answers.graph,
        camera,
        theme: &LIGHT,
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
    }
}

struct Fixed;

impl MeasureText for Fixed {
    fn width(&self, text: &str, size: f32, _: Face) -> f32 {
        text.chars().count() as f32 * size / 2.0
    }
}

const PANE: Area = Area { left: 0.0, top: 0.0, width: 900.0, height: 500.0 };

/// A table from its beginning on.
fn first_look(answers: &Answers, map: &Map) -> Camera {
    let anywhere = Camera { centre: Point::default(), zoom: 1.0, viewport: PANE };
    fitted_camera(map.extent(), &seen(answers, map, anywhere), &Fixed)
}

#[test]
fn every_cell_of_a_table_is_found_where_it_is_drawn_and_names_stay_at_the_edge() {
    let answers = answers(CHAIN);
    for map in [as_strands(&answers), as_matrix(&answers)] {
        let camera = first_look(&answers, &map);
        let picture = draw(&seen(&answers, &map, camera), &Fixed);
        for link in &map.links {
            let [credential, instance] =
                [link.credential, link.instance].map(|mark| map.marks[mark as usize]);
            let at = Point { x: credential.at.x, y: instance.at.y };
            let found = picture.subject_at(camera.screen_from_scene(at), 4.0);
            let (Subject::Credential(of), Subject::Instance(to)) =
                (credential.subject, instance.subject)
            else {
                panic!("a credential and an instance")
            };
            assert_eq!(found, Some(PictureSubject::Link(of, to)));
        }
        let drawn: BTreeSet<Subject> = picture.marks.iter().map(|mark| mark.subject).collect();
        assert_eq!(drawn, map.marks.iter().map(|mark| mark.subject).collect());
        let texts: Vec<&str> = picture.map.texts.iter().map(|text| text.text.as_str()).collect();
        for own in ["app", "run", "db", "first"] {
            assert!(texts.contains(&own), "{own}: {texts:?}");
        }
        // Far to the right the rows still have their names.
        let far = draw(&seen(&answers, &map, camera.panned(-400.0, 0.0)), &Fixed);
        let named = far.map.texts.iter().filter(|text| text.text == "app").count();
        assert_eq!(named, 1);
        assert!(far.marks.iter().all(|mark| matches!(mark.subject, Subject::Instance(_))));
    }
}

/// Twelve credentials with long names over the same two rows.
fn twelve_strands() -> Answers {
    let row = |at: usize| {
        format!(
            "checkout-session-signing-key-{at:02} holds a@dev\ncheckout-session-signing-key-{at:02} grants b@prod\n"
        )
    };
    answers(&(0..12).map(row).collect::<String>())
}

#[test]
fn columns_of_a_small_table_are_as_far_apart_as_its_pane_has_room() {
    let answers = twelve_strands();
    let size = [PANE.width, PANE.height];
    for (lay_out, least) in [
        (strands as fn(&_, _, &_) -> Option<(Map, u64)>, 0.55),
        (matrix as fn(&_, _, &_) -> Option<(Map, u64)>, 0.5),
    ] {
        let placed = |pane: Option<[f32; 2]>| {
            let chart = chart(&answers).in_pane(pane);
            lay_out(&chart, OrderEffort::Full, &Progress::default()).unwrap().0
        };
        let taken = |map: &Map| {
            let picture = draw(&seen(&answers, map, first_look(&answers, map)), &Fixed);
            let of_credential =
                |own: &&keyreach::scene::DrawnMark| matches!(own.subject, Subject::Credential(_));
            let heads: Vec<f32> =
                picture.marks.iter().filter(of_credential).map(|own| own.centre.x).collect();
            assert_eq!(heads.len(), 12, "all are in sight");
            let right = heads.iter().copied().fold(0.0, f32::max);
            assert!(right < PANE.right() - 8.0, "{right}");
            (right - 170.0) / (PANE.width - 170.0)
        };
        let [close, wide] = [placed(None), placed(Some(size))].map(|map| taken(&map));
        assert!(close < 0.45 && wide > least, "{close} {wide}");
        // What is hidden leaves its room to the others.
        let map = placed(Some(size));
        let first = map.marks.iter().filter(|own| matches!(own.subject, Subject::Instance(_)));
        let instances = first.count();
        let visible: Vec<bool> = (0..map.marks.len()).map(|at| at < instances + 6).collect();
        let x = |map: &Map, at: usize| map.marks[instances + at].at.x;
        let apart = |map: &Map| {
            let mut all: Vec<f32> = (0..6).map(|at| x(map, at)).collect();
            all.sort_by(f32::total_cmp);
            all[1] - all[0]
        };
        assert!(apart(&map.closed_up(&visible)) > apart(&map).min(43.0));
    }
}

#[test]
fn the_name_of_a_chosen_strand_stands_on_its_other_side_rather_than_over_another_mark() {
    // k2 and k3 begin side by side; k1 begins a row higher, at the left.
    let answers = answers(
        "k1 holds a@dev\nk1 grants b@dev\nk2 holds b@dev\nk2 grants c@dev\nk3 holds b@dev\nk3 grants c@dev\n",
    );
    let map = as_strands(&answers);
    let named = |name: &str| {
        map.marks.iter().position(|own| self::name(&answers, own.subject) == name).unwrap()
    };
    let [second, third] = ["k2", "k3"].map(|name| map.marks[named(name)].at.x);
    let chosen = if second < third { "k2" } else { "k3" };
    let own = [named(chosen) as u32];
    let mut view = seen(&answers, &map, first_look(&answers, &map));
    view.selected = &own;
    let picture = draw(&view, &Fixed);
    let subject = map.marks[own[0] as usize].subject;
    let head = picture.marks.iter().find(|mark| mark.subject == subject).unwrap().centre;
    let text = picture.map.texts.iter().find(|text| text.text == chosen).unwrap();
    assert!(text.at.x < head.x, "{} beside {}", text.at.x, head.x);
}

#[test]
fn the_ground_of_a_block_of_rows_reaches_to_the_edge_of_the_table() {
    let answers = answers(CHAIN);
    for map in [as_strands(&answers), as_matrix(&answers)] {
        let picture = draw(&seen(&answers, &map, first_look(&answers, &map)), &Fixed);
        let grounds = picture.map.groups.iter().filter_map(|group| match group.subject {
            PictureSubject::Region(_) => picture.map.shapes.get(group.shapes.clone())?.first(),
            _ => None,
        });
        let rights: Vec<f32> = grounds
            .map(|shape| match shape {
                keyreach::scene::Shape::Rectangle { high, .. } => high.x,
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(
            !rights.is_empty() && rights.iter().all(|right| (right - PANE.right()).abs() < 0.01)
        );
    }
}

#[test]
fn of_a_large_table_only_what_is_in_sight_is_drawn() {
    let rows: Vec<String> = (0..6_000)
        .map(|at| format!("k{at} holds s{at}@dev\nk{at} grants s{}@prod\n", at * 7 % 6_000))
        .collect();
    let answers = answers(&rows.concat());
    for map in [as_strands(&answers), as_matrix(&answers)] {
        let near = draw(&seen(&answers, &map, first_look(&answers, &map)), &Fixed);
        assert!(near.map.shapes.len() < 2_500, "{}", near.map.shapes.len());
        assert!(near.marks.len() > 10, "{}", near.marks.len());
        let whole = Camera::fit(map.extent(), PANE, 10.0);
        let far = draw(&seen(&answers, &map, whole), &Fixed);
        assert!(far.map.shapes.len() < 40_000, "{}", far.map.shapes.len());
        assert!(!far.map.shapes.is_empty());
        // Upright lines that are too many to be drawn are not left out without a word.
        let undrawn = "6,000 lines of credentials are not drawn from so far".to_owned();
        assert_eq!(far.furniture.hidden.contains(&undrawn), map.kind == ViewKind::Strands);
    }
}
