//! Pictures of views: what is written where, and what the legend says of it.

use keyreach::analysis::{
    Answers, Counting, Disputed, Movement, Starts, Subject, blast_radius, paths_between,
};
use keyreach::graph::{InstanceIndex, testing};
use keyreach::inventory::Progress;
use keyreach::layout::{OrderEffort, Point};
use keyreach::scene::{
    Area, Camera, FontMetrics, LIGHT, Map, MeasureText as _, Picture, PictureSubject, Shape,
    Spread, View, ViewKind, chart, draw, fitted_camera, is_in_frame, matrix, paths, spread,
    strands,
};

fn answers(rows: &str) -> Answers {
    Answers::compute(testing::graph(rows), &Progress::default()).unwrap()
}

/// Rows by number.
fn rows(count: u32, row: impl Fn(u32) -> String) -> String {
    (0..count).map(row).collect::<Vec<_>>().concat()
}

fn as_matrix(answers: &Answers) -> Map {
    matrix(&chart(answers), OrderEffort::Full, &Progress::default()).unwrap().0
}

fn as_strands(answers: &Answers) -> Map {
    strands(&chart(answers), OrderEffort::Full, &Progress::default()).unwrap().0
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
        disputed: Disputed::default(),
        names_before: None,
        grouping: None,
        routes: None,
        margin: 0.0,
        reserved: None,
        focused: false,
    }
}

/// The room of the menus in the corner, as a window asks for it.
const MENUS: (f32, f32) = (306.0, 26.0);

fn fitted<'a>(answers: &'a Answers, map: &'a Map, (width, height): (f32, f32)) -> View<'a> {
    let viewport = Area { left: 0.0, top: 0.0, width, height };
    let anywhere = Camera { centre: Point::default(), zoom: 1.0, viewport };
    let view = View { reserved: Some(MENUS), ..seen(answers, map, anywhere) };
    let camera = fitted_camera(map.extent(), &view, &FontMetrics::default());
    View { camera, ..view }
}

fn credential(answers: &Answers, name: &str) -> Subject {
    let all = answers.graph.credential_indices();
    let found = all.into_iter().find(|&at| answers.graph.credential_name(at) == name);
    Subject::Credential(found.unwrap())
}

fn service(answers: &Answers, name: &str) -> InstanceIndex {
    let mut all = answers.graph.instance_indices();
    all.find(|&at| answers.graph.service_name(at) == name).unwrap()
}

/// Where the lines of text are that stand for a mark.
fn texts_of_marks(picture: &Picture) -> Vec<(&str, Area)> {
    let fonts = FontMetrics::default();
    let texts = picture.map.texts.iter();
    let of_marks = texts.filter(|text| matches!(text.subject, Some(PictureSubject::Mark(_))));
    of_marks
        .map(|text| {
            let width = fonts.width(&text.text, text.style.size, text.style.face);
            let (left, top) = (text.left(width), text.at.y - text.style.size / 2.0);
            (text.text.as_str(), Area { left, top, width, height: text.style.size })
        })
        .collect()
}

#[test]
fn no_note_lies_below_the_menus_or_the_legend_wherever_the_picture_is_moved() {
    let answers = answers("k holds app@dev\nk grants db@prod\n");
    let movement = Movement::new(&answers.graph, Counting::All);
    let [from, to] = ["app", "db"].map(|name| [service(&answers, name)]);
    let all = paths_between(&movement, &from, &to, 25, &Progress::default()).unwrap();
    let map = paths(&chart(&answers), &answers.graph, &all, &Progress::default()).unwrap();
    let view = fitted(&answers, &map, (700.0, 400.0));
    let mut written = 0;
    for step in 0..60_u8 {
        // The mark comes down from the middle into the corner.
        let (x, y) = (-2.0 * f32::from(step), 3.0 * f32::from(step));
        let picture =
            draw(&View { camera: view.camera.panned(x, y), ..view }, &FontMetrics::default());
        let menus = picture.reserved.expect("there is room for the menus");
        for (text, area) in texts_of_marks(&picture) {
            assert!(!area.meets(&menus), "{text} below the menus after {step} steps");
            assert!(area.bottom() <= picture.legend_top + 1.0, "{text} after {step} steps");
            written += usize::from(text.starts_with("held"));
        }
    }
    assert!(written > 5, "{written} notes were in sight");
}

/// Services of two environments, each with credentials of their own whose names begin and end alike.
fn alike() -> Answers {
    let rows = (0..14_u8).map(|at| {
        let word = ["ledger", "gateway", "refund", "invoice", "payout", "dispute", "fraud"]
            [usize::from(at % 7)];
        format!("payments-platform-{word}-client-{at:02}-dev both {word}-{at:02}@dev\n")
    });
    answers(&rows.collect::<String>())
}

#[test]
fn a_matrix_in_a_low_pane_shows_rows_and_its_menus_cover_nothing() {
    let answers = alike();
    let map = as_matrix(&answers);
    let view = fitted(&answers, &map, (470.0, 250.0));
    let picture = draw(&view, &FontMetrics::default());
    let rows = picture.marks.iter().filter(|mark| matches!(mark.subject, Subject::Instance(_)));
    assert!(rows.count() >= 5);
    let (menus, table) = (picture.reserved.expect("the menus"), picture.table.expect("a table"));
    assert!(!menus.meets(&table));
    for (text, area) in texts_of_marks(&picture) {
        // Names of columns run upwards from where they stand.
        assert!(area.top < table.top || !area.meets(&menus), "{text}");
    }
    for mark in &picture.marks {
        assert!(!menus.grown(mark.radius).holds(mark.centre), "{mark:?}");
    }
}

#[test]
fn columns_whose_names_begin_and_end_alike_can_be_told_apart() {
    let answers = alike();
    let map = as_matrix(&answers);
    for size in [(470.0, 250.0), (760.0, 420.0), (1200.0, 640.0)] {
        let picture = draw(&fitted(&answers, &map, size), &FontMetrics::default());
        let names = picture.map.texts.iter().filter(|text| {
            matches!(text.subject, Some(PictureSubject::Mark(Subject::Credential(_))))
        });
        let mut names: Vec<&str> = names.map(|text| text.text.as_str()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert!(count > 8 && names.len() == count, "{size:?}: {names:?}");
    }
}

#[test]
fn what_is_linked_to_nothing_is_no_credential_of_several_environments() {
    let both = rows(8, |at| format!("both{at} holds a@dev\nboth{at} grants b@prod\n"));
    let answers = answers(&format!("{both}own both a@dev\nalone -\n"));
    let map = as_matrix(&answers);
    let picture = draw(&fitted(&answers, &map, (1000.0, 600.0)), &FontMetrics::default());
    let texts: Vec<&str> = picture.map.texts.iter().map(|text| text.text.as_str()).collect();
    assert!(map.marks.iter().any(|own| own.subject == credential(&answers, "alone")));
    assert!(texts.contains(&"several environments  8"), "{texts:?}");
    let x = |name: &str| {
        let own = map.mark_of(credential(&answers, name)).unwrap();
        map.marks[own as usize].at.x
    };
    assert!(x("both0") < x("own") && x("own") < x("alone"));
}

#[test]
fn the_line_beside_the_rows_of_a_table_ends_with_them() {
    let answers = answers("k holds app@dev\nk grants db@prod\n");
    for map in [as_matrix(&answers), as_strands(&answers)] {
        let view = fitted(&answers, &map, (900.0, 600.0));
        let picture = draw(&view, &FontMetrics::default());
        let last = map.marks.iter().filter(|own| matches!(own.subject, Subject::Instance(_)));
        let last = last.map(|own| own.at.y).fold(0.0, f32::max);
        let end = view.camera.screen_from_scene(Point { x: 0.0, y: last + 15.0 }).y;
        let upright = picture.map.shapes.iter().filter_map(|shape| match shape {
            Shape::Line { from, to, .. } if (from.x - to.x).abs() < 0.01 => Some(from.y.max(to.y)),
            _ => None,
        });
        let lowest = upright.fold(0.0, f32::max);
        assert!(lowest > 0.0 && lowest <= end, "{:?}: {lowest} beyond {end}", map.kind);
    }
}

#[test]
fn no_row_is_drawn_whose_mark_or_name_the_end_of_the_table_would_cut() {
    let rows = rows(60, |at| format!("k{at} both service-gjpq-{at}@dev\n"));
    let answers = answers(&rows);
    for map in [as_matrix(&answers), as_strands(&answers)] {
        for height in [400.0, 403.0, 406.0, 409.0, 412.0, 415.0] {
            let picture = draw(&fitted(&answers, &map, (900.0, height)), &FontMetrics::default());
            let bottom = picture.table.expect("a table").bottom();
            for mark in &picture.marks {
                assert!(mark.centre.y + mark.radius <= bottom, "{mark:?} of {bottom}");
            }
            for (text, area) in texts_of_marks(&picture) {
                // Letters reach below the line by about an eighth of their size.
                assert!(area.bottom() + 0.125 * area.height <= bottom, "{text} of {bottom}");
            }
        }
    }
}

#[test]
fn a_sign_that_no_font_has_is_written_as_its_number_on_every_view() {
    let answers = answers("prod-🔑 holds app@dev\nprod-🔑 grants ☁@prod\n");
    for map in [as_matrix(&answers), as_strands(&answers)] {
        let picture = draw(&fitted(&answers, &map, (1000.0, 600.0)), &FontMetrics::default());
        let texts: Vec<&str> = picture.map.texts.iter().map(|text| text.text.as_str()).collect();
        for name in ["prod-[U+1F511]", "[U+2601]"] {
            assert!(texts.contains(&name), "{name}: {texts:?}");
        }
    }
}

#[test]
fn a_column_of_a_table_is_in_the_frame_with_one_of_its_cells() {
    // The first credential joins the last two rows alone.
    let rows = rows(80, |at| format!("k{at} both s{at}@dev\n"));
    let answers = answers(&format!("up holds x@ci\nup grants y@prod\n{rows}"));
    let map = as_matrix(&answers);
    let own = map.mark_of(credential(&answers, "up")).unwrap();
    let view = fitted(&answers, &map, (900.0, 500.0));
    let fonts = FontMetrics::default();
    let column = map.marks[own as usize].at;
    let rows: Vec<f32> = map
        .links_of(own)
        .iter()
        .map(|&at| map.marks[map.links[at as usize].instance as usize].at.y)
        .collect();
    let at = |y: f32| View {
        camera: Camera { centre: Point { x: column.x + 200.0, y }, ..view.camera },
        ..view
    };
    assert!(is_in_frame(&at(rows[0]), own, &fonts));
    let far = rows.iter().copied().fold(0.0, f32::max) + 2_000.0;
    assert!(!is_in_frame(&at(far), own, &fonts), "its column alone says nothing");
}

#[test]
fn the_bodies_of_a_large_spread_say_of_which_environments_their_services_are() {
    let grants = rows(2_600, |at| {
        let environment = if at % 3 == 0 { "staging" } else { "prod" };
        format!("start grants s{at}@{environment}\n")
    });
    let rows = format!("start holds a@dev\n{grants}");
    let answers = answers(&rows);
    let chart = chart(&answers);
    let own = credential(&answers, "start");
    let Subject::Credential(own) = own else { panic!("a credential") };
    let starts = Starts { credentials: vec![own], ..Starts::default() };
    let radius = blast_radius(&answers.graph, &starts, Counting::All);
    let of = Spread::Reaches(starts, radius);
    let map = spread(&chart, &answers.graph, &of, &Progress::default()).unwrap();
    assert_eq!(map.kind, ViewKind::Spread);
    let picture = draw(&fitted(&answers, &map, (1200.0, 700.0)), &FontMetrics::default());
    assert!(!picture.bodies.is_empty(), "it is seen from afar");
    let texts: Vec<&str> = picture.map.texts.iter().map(|text| text.text.as_str()).collect();
    assert!(texts.iter().any(|own| own.contains("prod")), "{texts:?}");
}
