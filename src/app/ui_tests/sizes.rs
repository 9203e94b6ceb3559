//! At every size of the window and in every theme: nothing is cut without a sign, nothing overlaps,
//! nothing jumps.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use egui::epaint::{ClippedShape, TextShape};
use egui::{Order, Rect, Shape, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::sizes_states::{State, long_names, states};
use super::{sample, settle};
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::shell::window::{Window, zoom_in};
use crate::scene::{Theme, ThemeMode};

/// The themes in which a state is drawn at a size. Dark and light differ in colours alone, so that they
/// take turns: every size and every state has both.
fn themes(state: usize, size: usize) -> [ThemeMode; 2] {
    let plain = if (state + size).is_multiple_of(2) { ThemeMode::Dark } else { ThemeMode::Light };
    [plain, ThemeMode::Projector]
}

/// Sizes in points, each with the pixels of a point. The last are screens at 200 %.
pub(super) const SIZES: [(Vec2, f32); 9] = [
    (vec2(800.0, 520.0), 1.0),
    (vec2(1000.0, 600.0), 1.0),
    (vec2(1280.0, 720.0), 1.0),
    (vec2(1366.0, 768.0), 1.0),
    (vec2(1440.0, 900.0), 1.0),
    (vec2(1920.0, 1080.0), 1.0),
    (vec2(800.0, 520.0), 2.0),
    (vec2(960.0, 540.0), 2.0),
    (vec2(1280.0, 720.0), 2.0),
];

/// What the harness leaves free round the window.
pub(super) const ROUND: f32 = 8.0;

/// Gives the window a size.
pub(super) fn resize(harness: &mut Harness<'static, Window>, size: Vec2) {
    harness.set_size(size + Vec2::splat(2.0 * ROUND));
}

/// The sizes that type may have outside the map, in points.
const TYPE: [f32; 4] = [12.0, 14.0, 18.0, 26.0];

/// A text on screen.
#[derive(Clone)]
struct Seen {
    text: String,
    /// The ink of each line.
    lines: Vec<Rect>,
    clip: Rect,
    elided: bool,
    sizes: Vec<f32>,
}

impl Seen {
    fn of(clip: Rect, shape: &TextShape) -> Self {
        let at = shape.pos.to_vec2();
        let lines =
            shape.galley.rows.iter().filter(|row| !row.row.visuals.mesh_bounds.is_negative());
        let lines = lines.map(|row| row.row.visuals.mesh_bounds.translate(row.pos.to_vec2() + at));
        Self {
            text: shape.galley.text().to_owned(),
            lines: lines.collect(),
            clip,
            elided: shape.galley.elided,
            sizes: shape.galley.job.sections.iter().map(|own| own.format.font_id.size).collect(),
        }
    }

    fn whole(&self) -> Rect {
        self.lines.iter().fold(Rect::NOTHING, |all, line| all.union(*line))
    }

    /// What is seen of a line.
    fn visible(&self) -> impl Iterator<Item = Rect> {
        let clip = self.clip;
        self.lines.iter().map(move |line| line.intersect(clip)).filter(Rect::is_positive)
    }
}

/// Everything that is drawn, one by one.
fn each(shapes: &[ClippedShape], mut of: impl FnMut(Rect, &Shape)) {
    fn go(clip: Rect, shape: &Shape, of: &mut dyn FnMut(Rect, &Shape)) {
        match shape {
            Shape::Vec(all) => all.iter().for_each(|own| go(clip, own, of)),
            other => of(clip, other),
        }
    }
    for ClippedShape { clip_rect, shape, .. } in shapes {
        go(*clip_rect, shape, &mut of);
    }
}

/// What lies over the window: menus, windows, tips.
fn floating(harness: &Harness<'static, Window>) -> Vec<Rect> {
    harness.ctx.memory(|memory| {
        let layers = memory.areas().visible_layer_ids();
        let above = layers.into_iter().filter(|layer| layer.order != Order::Background);
        above.filter_map(|layer| memory.area_rect(layer.id)).collect()
    })
}

/// The texts that can be read: what lies under something that floats is not among them, and the map
/// has tests of its own.
fn texts(harness: &Harness<'static, Window>, maps: &[Rect]) -> (Vec<Seen>, Vec<String>) {
    let floating = floating(harness);
    let mut seen: Vec<Seen> = Vec::new();
    let mut covered = Vec::new();
    each(&harness.output().shapes, |clip, shape| match shape {
        Shape::Text(text) => {
            let own = Seen::of(clip, text);
            if own.visible().next().is_some() {
                seen.push(own);
            }
        }
        Shape::Rect(rect) if rect.fill.is_opaque() => {
            let ground = rect.rect.intersect(clip);
            let floats =
                floating.iter().any(|area| (area.intersect(ground)).area() > 0.9 * area.area());
            for text in &seen {
                let hidden: f32 = text
                    .visible()
                    .map(|line| line.shrink(1.0).intersect(ground))
                    .filter(Rect::is_positive)
                    .map(|own| own.area())
                    .sum();
                if hidden > 0.0 && !floats && !is_on_a_map(text, maps) {
                    covered.push(format!("“{}” is covered", text.text));
                }
            }
            if floats {
                seen.retain(|text| text.visible().all(|line| !line.intersects(ground)));
            }
        }
        _ => {}
    });
    seen.retain(|text| !is_on_a_map(text, maps));
    (seen, covered)
}

fn is_on_a_map(text: &Seen, maps: &[Rect]) -> bool {
    maps.iter().any(|map| map.expand(1.0).contains_rect(text.clip))
}

/// The views of the map.
fn maps(harness: &Harness<'static, Window>) -> Vec<Rect> {
    let all = harness.query_all_by_label_contains(" of credentials and services");
    all.map(|node| node.rect()).collect()
}

/// What is wrong with what is on the screen.
fn faults(harness: &Harness<'static, Window>, sideways: bool) -> BTreeSet<String> {
    let maps = maps(harness);
    let screen = harness.ctx.content_rect().shrink(ROUND);
    let (texts, covered) = texts(harness, &maps);
    let mut faults: BTreeSet<String> = covered.into_iter().collect();
    for text in &texts {
        let short: String = text.text.chars().take(60).collect();
        for line in &text.lines {
            let seen = line.intersect(text.clip);
            if !seen.is_positive() {
                continue;
            }
            let cut = (line.width() - seen.width()).max(0.0);
            // Where a table is scrolled sideways, its last column in sight goes on beyond the edge.
            let at_edge = text.clip.right() > screen.right() - 48.0;
            let goes_on = sideways && seen.left() <= line.left() + 1.0 && at_edge;
            if cut > 1.0 && !goes_on {
                faults.insert(format!("“{short}” is cut at the side by {cut:.0}"));
            }
            if !screen.expand(0.5).contains_rect(seen) {
                faults.insert(format!("“{short}” leaves the window"));
            }
            // A line that a scrolled list shows in part goes on when it is scrolled; bars do not scroll.
            let is_bar = text.clip.width() > 0.95 * screen.width() && text.clip.height() < 80.0;
            let has_room = text.clip.height() >= line.height() && !is_bar;
            if line.height() - seen.height() > 1.0 && !has_room && !sideways {
                faults.insert(format!("“{short}” is cut above or below"));
            }
        }
        if text.elided && !is_named(harness, &text.text) {
            faults.insert(format!("“{short}” is shortened, and nothing tells the whole"));
        }
        if let Some(size) = text.sizes.iter().find(|size| !TYPE.contains(size)) {
            faults.insert(format!("“{short}” is set in {size}"));
        }
    }
    let strong = strong_buttons(harness);
    if strong.len() > 1 {
        faults.insert(format!("several buttons stand out: {strong:?}"));
    }
    for (at, a) in texts.iter().enumerate() {
        for b in texts.iter().skip(at + 1).filter(|b| b.whole().intersects(a.whole())) {
            let shared = a.visible().flat_map(|a| b.visible().map(move |b| a.intersect(b)));
            if shared.into_iter().any(|own| own.width() > 1.0 && own.height() > 1.0) {
                faults.insert(format!("“{}” and “{}” overlap", a.text, b.text));
            }
        }
    }
    faults
}

/// The buttons that are filled with the accent colour.
fn strong_buttons(harness: &Harness<'static, Window>) -> Vec<Rect> {
    let theme = Theme::of(harness.state().model.session.theme_mode);
    let accent = crate::app::paint::style::ink(theme.accent);
    let mut found = Vec::new();
    each(&harness.output().shapes, |clip, shape| {
        if let Shape::Rect(rect) = shape
            && rect.fill == accent
            && rect.rect.height() >= 20.0
            && rect.rect.width() >= 40.0
            && rect.rect.intersects(clip)
        {
            found.push(rect.rect);
        }
    });
    found
}

/// Whether the whole of a shortened text is told: labels show it once the pointer rests on them.
fn is_named(harness: &Harness<'static, Window>, text: &str) -> bool {
    harness.query_all_by_label(text).next().is_some()
        || harness.query_all_by_value(text).next().is_some()
        || harness.query_all_by_label_contains(text).next().is_some()
}

/// Draws a state at a size until it rests; returns what is wrong.
pub(super) fn drawn_at(
    state: &mut State,
    (size, scale): (Vec2, f32),
    theme: ThemeMode,
) -> BTreeSet<String> {
    let harness = &mut state.harness;
    harness.state_mut().model.session.theme_mode = theme;
    // A window of this size has fewer points where each is shown larger.
    let zoom = match theme {
        ThemeMode::Dark | ThemeMode::Light => 1.0,
        ThemeMode::Projector => zoom_in(size, Theme::of(theme).type_size),
    };
    // The harness keeps its points as they are.
    harness.state_mut().most_zoom = 1.0;
    // Other pixels of a point stretch the window in the next frame.
    harness.set_pixels_per_point(scale);
    harness.run_steps(1);
    resize(harness, size / zoom);
    harness.run_ok();
    harness.run_steps(2);
    let before: Vec<(String, Rect)> = positions(harness);
    harness.run_steps(1);
    let mut faults = faults(harness, state.sideways);
    let after = positions(harness);
    if before != after {
        let moved = before.iter().zip(&after).find(|(a, b)| a != b);
        faults.insert(format!("something moves by itself: {moved:?}"));
    }
    faults
}

fn positions(harness: &Harness<'static, Window>) -> Vec<(String, Rect)> {
    let mut all = Vec::new();
    each(&harness.output().shapes, |clip, shape| {
        if let Shape::Text(text) = shape {
            let seen = Seen::of(clip, text);
            all.push((seen.text.clone(), seen.whole()));
        }
    });
    all
}

#[test]
fn nothing_is_cut_overlaps_or_jumps_at_any_size_in_any_theme() {
    let mut report = String::new();
    let mut drawn = 0;
    for (number, mut state) in states().into_iter().enumerate() {
        for (at, size) in SIZES.into_iter().enumerate() {
            for theme in themes(number, at) {
                let faults = drawn_at(&mut state, size, theme);
                drawn += 1;
                for fault in faults {
                    let (Vec2 { x, y }, scale) = size;
                    let at = format!("{} at {x} × {y} × {scale}, {}", state.name, theme.word());
                    writeln!(report, "{at}: {fault}").expect("a text takes all");
                }
            }
        }
    }
    assert!(drawn > 460, "{drawn} pictures");
    assert!(report.is_empty(), "{report}");
}

#[test]
fn a_cut_an_overlap_and_a_wrong_size_are_found_where_they_are_planted() {
    use egui::{Align2, Color32, FontId, pos2};
    let mut harness = Harness::builder()
        .with_size(vec2(300.0, 200.0))
        .with_context_setup(|context| context.set_fonts(crate::app::paint::style::fonts()))
        .build_ui_state(
            |ui, _: &mut Window| {
                let ink = Color32::WHITE;
                let font = FontId::proportional(12.0);
                let painter = ui.painter();
                painter.text(pos2(10.0, 10.0), Align2::LEFT_TOP, "first", font.clone(), ink);
                painter.text(pos2(12.0, 12.0), Align2::LEFT_TOP, "second", font.clone(), ink);
                let narrow = Rect::from_min_size(pos2(10.0, 60.0), vec2(20.0, 60.0));
                let clipped = painter.with_clip_rect(narrow);
                clipped.text(pos2(10.0, 70.0), Align2::LEFT_TOP, "a long one", font.clone(), ink);
                painter.text(
                    pos2(10.0, 140.0),
                    Align2::LEFT_TOP,
                    "odd",
                    FontId::proportional(13.0),
                    ink,
                );
                painter.text(pos2(290.0, 160.0), Align2::LEFT_TOP, "beyond", font, ink);
                let short = egui::text::LayoutJob {
                    wrap: egui::text::TextWrapping::truncate_at_width(30.0),
                    ..egui::text::LayoutJob::simple_singleline(
                        "nobody says it all".into(),
                        FontId::proportional(12.0),
                        ink,
                    )
                };
                let galley = ui.fonts_mut(|fonts| fonts.layout_job(short));
                ui.painter().galley(pos2(100.0, 60.0), galley, ink);
            },
            crate::app::shell::offscreen::headless(&crate::inventory::Assumptions::new(
                jiff::civil::date(2026, 11, 23),
            )),
        );
    harness.run();
    let found: Vec<String> = faults(&harness, false).into_iter().collect();
    for (fault, about) in [
        ("overlap", "“first” and “second”"),
        ("cut at the side", "a long one"),
        ("set in 13", "odd"),
        ("leaves the window", "beyond"),
        ("nothing tells the whole", "nobody says"),
    ] {
        let is_it = |own: &String| own.contains(fault) && own.contains(about);
        assert!(found.iter().any(is_it), "{about} {fault}: {found:?}");
    }
}

pub(super) fn map_of(harness: &Harness<'static, Window>) -> Rect {
    harness.get_by_label("Map of credentials and services").rect()
}

/// At some sizes in points: how many pixels a point has moves nothing.
fn check_that_the_map_stands_still(sizes: std::ops::Range<usize>) {
    for (size, _) in SIZES[sizes].iter().copied() {
        let mut harness = sample("payments.csv");
        resize(&mut harness, size);
        harness.run_ok();
        let still = map_of(&harness);
        assert!(still.width() >= size.x / 2.0, "{still:?} of {size:?}");
        settle(&mut harness);
        assert_eq!(map_of(&harness), still, "answers arrive");
        let subjects: Vec<_> =
            harness.state().model.answers.as_ref().unwrap().subjects().step_by(97).collect();
        for subject in subjects {
            harness.state_mut().model.apply(Command::Select(Some(subject)));
            settle(&mut harness);
            assert_eq!(map_of(&harness), still, "{subject:?} is selected");
        }
        harness.state_mut().model.notice = Some("it could not be written ".repeat(9));
        harness.run_ok();
        assert_eq!(map_of(&harness), still, "a notice comes");
        for tab in [Tab::Credentials, Tab::Services, Tab::Problems, Tab::Paths, Tab::Owners] {
            harness.state_mut().model.apply(Command::Table(TableCommand::Show(tab)));
            settle(&mut harness);
            assert_eq!(map_of(&harness), still, "{} is shown", tab.name());
        }
        let mut long = long_names();
        resize(&mut long, size);
        long.run_ok();
        assert_eq!(map_of(&long), still, "other names");
    }
}

#[test]
fn the_map_stands_still_in_small_windows_whatever_is_selected_answered_or_said() {
    check_that_the_map_stands_still(0..4);
}

#[test]
fn the_map_stands_still_in_large_windows_whatever_is_selected_answered_or_said() {
    check_that_the_map_stands_still(4..6);
    check_that_the_map_stands_still(7..8);
}
