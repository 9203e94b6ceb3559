//! Pictures in files: drawn again by others they look as they do here, and every name in them is the one
//! that was meant.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use keyreach::app::{RenderRequest, Rendered, ScreenshotRequest, render};
use keyreach::cli::{PictureExtent, PictureFormat};
use keyreach::import::ImportSettings;
use keyreach::inventory::{Assumptions, shown};
use keyreach::scene::{FONT_FILES, ThemeMode, ViewKind};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, roxmltree};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)
}

fn drawn(file: PathBuf, view: ViewKind, theme_mode: ThemeMode) -> Rendered {
    render(&wanted(file, view, theme_mode)).unwrap()
}

fn wanted(file: PathBuf, view: ViewKind, theme_mode: ThemeMode) -> RenderRequest {
    let of = ScreenshotRequest {
        files: vec![file],
        settings: ImportSettings::default(),
        assumptions: Assumptions::new(jiff::civil::date(2026, 11, 23)),
        size: (900, 600),
        theme_mode,
        view,
        select: None,
        from: Vec::new(),
        hide: None,
    };
    RenderRequest { of, extent: PictureExtent::View, scale: 1, transparent: false }
}

// web holds k1, which opens db; db holds k2, which opens vault. Nothing leads from other.
#[test]
fn a_spread_begins_with_what_is_said_to_be_compromised() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("in.csv");
    let rows = "id,service,environment,access\nk1,web,dev,holds\nk1,db,test,grants\nk2,db,test,holds\n\
                k2,vault,prod,grants\nk3,other,dev,holds\n";
    std::fs::write(&file, rows).unwrap();
    let spread = |from: &[&str]| {
        let mut request = wanted(file.clone(), ViewKind::Spread, ThemeMode::Light);
        request.of.from = from.iter().map(|&name| name.to_owned()).collect();
        render(&request).map(|picture| svg(&picture)).map_err(|why| why.to_string())
    };
    let reached = |from: &[&str]| {
        let drawn = spread(from).unwrap();
        let names = ["web", "db", "vault", "other"];
        names.map(|name| drawn.contains(&format!("{name} in ")))
    };
    assert_eq!(reached(&["k1"]), [false, true, true, false]);
    assert_eq!(reached(&["db@test"]), [false, true, true, false]);
    assert_eq!(reached(&["web@dev"]), [true, true, true, false]);
    assert_eq!(reached(&["other@dev", "k2"]), [false, false, true, true]);
    let why = spread(&["web@dve"]).unwrap_err();
    assert!(why.contains("web@dve") && why.contains("web@dev"), "{why}");
}

fn bytes(picture: &Rendered, format: PictureFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write(format, &mut bytes).unwrap();
    bytes
}

fn svg(picture: &Rendered) -> String {
    String::from_utf8(bytes(picture, PictureFormat::Svg)).unwrap()
}

/// What another program makes of an SVG, with the fonts of the window.
fn by_resvg(svg: &str) -> Pixmap {
    let mut options = usvg::Options::default();
    for (_, font) in FONT_FILES {
        options.fontdb_mut().load_font_data(font.to_vec());
    }
    let tree = usvg::Tree::from_str(svg, &options).unwrap();
    let size = tree.size();
    let mut pixels = Pixmap::new(size.width() as u32, size.height() as u32).unwrap();
    resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
    pixels
}

/// The share of pixels that are clearly another colour, each taken with its neighbours: how the edges of
/// letters and lines are smoothed differs from program to program.
fn unlike(ours: &image::RgbaImage, theirs: &Pixmap) -> f64 {
    const SIDE: u32 = 4;
    assert_eq!((ours.width(), ours.height()), (theirs.width(), theirs.height()));
    let (mut unlike, mut all) = (0_u32, 0_u32);
    for top in (0..ours.height() - SIDE).step_by(SIDE as usize) {
        for left in (0..ours.width() - SIDE).step_by(SIDE as usize) {
            let mut sums = [0_i64; 3];
            for (x, y) in (0..SIDE).flat_map(|x| (0..SIDE).map(move |y| (left + x, top + y))) {
                let a = ours.get_pixel(x, y).0;
                let b = theirs.pixel(x, y).unwrap();
                let b = [b.red(), b.green(), b.blue()];
                for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
                    *sum += i64::from(*a) - i64::from(b);
                }
            }
            all += 1;
            let pixels = i64::from(SIDE * SIDE);
            unlike += u32::from(sums.iter().any(|sum| sum.abs() > 48 * pixels));
        }
    }
    f64::from(unlike) / f64::from(all)
}

#[test]
fn an_svg_drawn_by_another_program_looks_as_our_own_pixels() {
    for (view, theme) in [
        (ViewKind::Map, ThemeMode::Light),
        (ViewKind::Map, ThemeMode::Dark),
        (ViewKind::Lanes, ThemeMode::Projector),
        (ViewKind::Matrix, ThemeMode::Light),
        (ViewKind::Strands, ThemeMode::Dark),
    ] {
        let picture = drawn(sample("payments.csv"), view, theme);
        let png = bytes(&picture, PictureFormat::Png);
        let ours = image::load_from_memory(&png).unwrap().to_rgba8();
        let share = unlike(&ours, &by_resvg(&svg(&picture)));
        assert!(share < 0.012, "{view:?} {theme:?}: {share} is unlike");
    }
}

#[test]
fn a_picture_without_background_has_none_behind_its_heading_either() {
    let mut request = wanted(sample("payments.csv"), ViewKind::Map, ThemeMode::Light);
    request.transparent = true;
    let png = bytes(&render(&request).unwrap(), PictureFormat::Png);
    let image = image::load_from_memory(&png).unwrap().to_rgba8();
    let heading = || (0..image.width()).flat_map(|x| (0..60).map(move |y| (x, y)));
    let opacity = |(x, y)| image.get_pixel(x, y).0[3];
    assert!(heading().filter(|at| opacity(*at) == 0).count() > 40_000, "letters stand on nothing");
    assert!(heading().filter(|at| opacity(*at) > 200).count() > 500, "the letters are there");
    request.transparent = false;
    let png = bytes(&render(&request).unwrap(), PictureFormat::Png);
    let image = image::load_from_memory(&png).unwrap().to_rgba8();
    assert!(image.pixels().all(|pixel| pixel.0[3] == 255));
}

// A hub that is selected has a button in the window, beside its lower right, with which it is folded.
#[test]
fn what_can_only_be_clicked_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("in.csv");
    let rows: Vec<String> = (0..6).map(|at| format!("k{at},hub,dev,holds")).collect();
    std::fs::write(&file, format!("id,service,environment,access\n{}\n", rows.join("\n"))).unwrap();
    let mut request = wanted(file, ViewKind::Map, ThemeMode::Light);
    request.of.select = Some("hub@dev".to_owned());
    let drawn = svg(&render(&request).unwrap());
    assert!(drawn.contains("service hub in dev"), "{drawn}");
    assert!(!drawn.contains(">\u{2212}<"), "{drawn}");
    assert!(drawn.contains("<title>region dev, service instances: 1</title>"), "{drawn}");
}

#[test]
fn every_mark_has_its_name_as_a_title_and_every_id_stands_once() {
    let picture = drawn(sample("talk.csv"), ViewKind::Map, ThemeMode::Light);
    let text = svg(&picture);
    let document = roxmltree::Document::parse(&text).unwrap();
    let titles: BTreeSet<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("title"))
        .filter_map(|node| node.text())
        .collect();
    // All of them, counted in the file with the eyes.
    for name in ["credential deploy-key-prod", "service checkout in prod"] {
        assert!(titles.contains(name), "{name} is not among {titles:?}");
    }
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    let distinct: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len(), "{ids:?}");
    let words: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .map(|node| {
            assert!(node.attribute("textLength").unwrap().parse::<f32>().unwrap() > 0.0);
            node.text().unwrap()
        })
        .collect();
    // The heading says the day and what is assumed.
    assert!(words.iter().any(|text| text.ends_with("as of 2026-11-23")), "{words:?}");
    assert!(words.iter().any(|text| text.starts_with("Assumed: ")), "{words:?}");
    assert!(words.contains(&"deploy-key-prod"), "{words:?}");
}

#[test]
fn hostile_names_stay_names() {
    let long = "n".repeat(10_000);
    let names = [
        "<script>alert(1)</script>",
        "a&amp;b",
        "\"'><g/>",
        "]]>",
        "x\u{202e}y",
        "z\u{1}z",
        "\u{fffe}q",
        &long,
    ];
    let mut text = "credential,service,environment,access\n".to_owned();
    for name in names {
        let quoted = name.replace('"', "\"\"");
        let two = format!("\"{quoted}\",app,dev,holds\n\"{quoted}\",db,prod,grants\n");
        text.push_str(&two);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hostile.csv");
    std::fs::write(&file, text).unwrap();
    for view in [ViewKind::Map, ViewKind::Strands] {
        let picture = drawn(file.clone(), view, ThemeMode::Light);
        let text = svg(&picture);
        let document = roxmltree::Document::parse(&text).unwrap();
        let tags: BTreeSet<&str> =
            document.descendants().map(|node| node.tag_name().name()).collect();
        let known = BTreeSet::from([
            "", "svg", "title", "desc", "g", "rect", "path", "circle", "text", "clipPath",
        ]);
        assert!(tags.is_subset(&known), "{tags:?}");
        let titles: BTreeSet<&str> = document
            .descendants()
            .filter(|n| n.has_tag_name("title"))
            .filter_map(|n| n.text())
            .collect();
        for name in names {
            let title = format!("credential {}", shown(name)).replace('\u{fffe}', "\u{fffd}");
            assert!(
                titles.contains(title.as_str()),
                "{view:?}: {}",
                title.get(..60.min(title.len())).unwrap()
            );
        }
        assert!(bytes(&picture, PictureFormat::Pdf).starts_with(b"%PDF-1."));
    }
}

#[test]
fn a_pdf_is_tagged_holds_its_fonts_and_comes_out_the_same_twice() {
    let pdf =
        || bytes(&drawn(sample("talk.csv"), ViewKind::Map, ThemeMode::Light), PictureFormat::Pdf);
    let first = pdf();
    assert_eq!(first, pdf());
    let text = String::from_utf8_lossy(&first);
    for part in ["%PDF-1.", "/StructTreeRoot", "/Figure", "/FontFile", "OpenSans", "%%EOF"] {
        assert!(text.contains(part), "no {part}");
    }
}
