//! The map: what is clicked, read aloud and saved is what the picture shows.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{sample, selected_name};
use crate::analysis::Subject;
use crate::app::model::command::{Command, LookCommand};
use crate::app::paint::painter::Painted;
use crate::app::paint::raster::{Canvas, CpuRaster};
use crate::app::paint::style::fonts;
use crate::app::shell::window::Window;
use crate::scene::{Picture, PictureSubject};

/// Paints a picture alone, without a window around it.
fn painted_alone(picture: &Picture, (width, height): (u32, u32)) -> image::RgbaImage {
    let context = egui::Context::default();
    context.set_fonts(fonts());
    let input = || egui::RawInput {
        screen_rect: Some(egui::Rect::from_min_size(
            egui::Pos2::ZERO,
            egui::vec2(width as f32, height as f32),
        )),
        ..Default::default()
    };
    let painted = Painted::new(picture.clone(), 1.0);
    let mut raster = CpuRaster::default();
    let mut primitives = Vec::new();
    for _ in 0..2 {
        let mut output = context.run_ui(input(), |ui| painted.paint(ui.painter()));
        raster.update(&mut output.textures_delta);
        primitives = context.tessellate(output.shapes, 1.0);
    }
    let canvas = Canvas { width, height, pixels_per_point: 1.0, background: [0, 0, 0, 255] };
    raster.paint(&primitives, &canvas)
}

#[test]
fn the_screenshot_shows_the_picture_of_the_window_pixel_by_pixel() {
    let mut harness = sample("talk.csv");
    let window = harness.render().expect("a picture");
    let picture = harness.state().picture().expect("the map is drawn").clone();
    let alone = painted_alone(&picture, window.dimensions());
    let (left, top) = (picture.area.left.ceil() as u32, picture.area.top.ceil() as u32);
    let (right, bottom) = (picture.area.right() as u32, picture.area.bottom() as u32);
    assert!(right - left > 300 && bottom - top > 200, "{:?}", picture.area);
    let mut colours = std::collections::BTreeSet::new();
    for y in top..bottom {
        for x in left..right {
            // A button stands in the part that is kept free for it.
            let at = crate::layout::Point { x: x as f32, y: y as f32 };
            if picture.reserved.is_some_and(|area| area.grown(2.0).holds(at)) {
                continue;
            }
            let (seen, drawn) = (window.get_pixel(x, y), alone.get_pixel(x, y));
            // Glyphs lie elsewhere in the other atlas, which rounds their edges differently.
            let close = seen.0.iter().zip(drawn.0).all(|(a, b)| a.abs_diff(b) <= 2);
            assert!(close, "{seen:?} is not {drawn:?} at {x}, {y}");
            colours.insert(drawn.0);
        }
    }
    assert!(colours.len() > 100, "an empty picture has few colours: {}", colours.len());
}

#[test]
fn the_marks_of_the_map_are_in_the_accessibility_tree_and_can_be_pressed_there() {
    let mut harness = sample("talk.csv");
    harness.key_press(egui::Key::Escape);
    harness.key_press(egui::Key::F);
    harness.run();
    assert_eq!(selected_name(&harness), None);
    let picture = harness.state().picture().expect("the map is drawn").clone();
    assert!(!picture.marks.is_empty());
    for mark in &picture.marks {
        let answers = harness.state().model.answers.clone().expect("the sample is open");
        let name = answers.name(mark.subject);
        let sort = match mark.subject {
            Subject::Credential(_) => "credential",
            Subject::Instance(_) => "service",
        };
        let label = format!("{name}, {sort}, reaches");
        assert!(harness.query_all_by_label_contains(&label).next().is_some(), "{label}");
        let at = picture.mark_at(mark.centre, 4.0);
        assert_eq!(at, Some(mark.subject));
    }
    let nodes: Vec<_> =
        harness.query_all_by_label_contains("deploy-key-prod, credential, reaches").collect();
    nodes.first().expect("the credential is in the tree").click_accesskit();
    drop(nodes);
    harness.run();
    assert_eq!(selected_name(&harness).as_deref(), Some("deploy-key-prod"));
}

#[test]
fn a_tooltip_names_the_link_under_the_pointer() {
    let mut harness = sample("talk.csv");
    harness.key_press(egui::Key::Escape);
    harness.key_press(egui::Key::F);
    harness.run();
    let picture = harness.state().picture().expect("the map is drawn").clone();
    let answers = harness.state().model.answers.clone().expect("the sample is open");
    let (subject, at) = picture
        .map
        .groups
        .iter()
        .find_map(|group| {
            let line = picture.map.shapes[group.shapes.clone()].first()?;
            let crate::scene::Shape::Line { from, to, .. } = line else { return None };
            let at = crate::layout::Point { x: from.x.midpoint(to.x), y: from.y.midpoint(to.y) };
            let found = picture.subject_at(at, 4.0)?;
            matches!(found, PictureSubject::Link(..)).then_some((found, at))
        })
        .expect("a link can be pointed at");
    let text = {
        let map = harness.state().model.map().expect("the map is there").clone();
        crate::app::panels::map_description::describe(&answers, &map, subject)
    };
    assert!(text.contains(" holds ") || text.contains(" grants "), "{text}");
    harness.hover_at(egui::pos2(at.x, at.y));
    for _ in 0..60 {
        harness.step();
    }
    assert!(harness.query_all_by_label(&text).next().is_some(), "{text}");
}

#[test]
fn what_is_fitted_lies_above_the_menus_in_the_corner_in_a_low_pane_too() {
    use crate::app::model::command::TableCommand;
    use crate::app::model::tab::Tab;
    let mut harness = sample("payments.csv");
    for tab in [Tab::Findings, Tab::WhatIf] {
        for command in [Command::Table(TableCommand::Show(tab)), Command::Look(LookCommand::Fit)] {
            harness.state_mut().model.apply(command);
            super::settle(&mut harness);
        }
        let picture = harness.state().picture().expect("the map is drawn").clone();
        let corner = picture.reserved.expect("the menus stand there");
        let camera = harness.state().camera().expect("the map is in sight");
        let map = harness.state().model.map().expect("it is laid out");
        for at in map.regions.iter().flat_map(|region| &region.shape.outline) {
            let y = camera.screen_from_scene(*at).y;
            assert!(y <= corner.top, "{tab:?}: the foot at {y} lies below {}", corner.top);
        }
    }
}

/// A window on a generated inventory with this many rows, nothing selected and all in sight.
fn generated(rows: usize) -> Harness<'static, Window> {
    let mut bytes = Vec::new();
    crate::cli::generate::write_inventory(rows as _, 1, &mut bytes).expect("memory takes it");
    let mut harness = super::empty();
    super::open(&mut harness, "generated.csv", bytes);
    harness.key_press(egui::Key::Escape);
    harness.key_press(egui::Key::F);
    harness.run();
    harness
}

#[test]
fn a_click_on_the_body_of_a_group_goes_there_and_keeps_the_selection() {
    let mut harness = generated(3_000);
    let picture = harness.state().picture().expect("the map is drawn").clone();
    let far = harness.state().camera().expect("the map is in sight");
    assert!(!picture.bodies.is_empty(), "marks too small to be told apart are bodies");
    assert!(picture.furniture.hidden.iter().any(|line| line.contains("bundled")));
    let covered = |at| picture.mark_at(at, 6.0).is_some();
    let body = picture.bodies.iter().find(|body| !covered(body.centre)).expect("one is free");
    super::click_at(&mut harness, egui::pos2(body.centre.x, body.centre.y));
    let near = harness.state().camera().expect("the map is in sight");
    assert!(near.zoom > 1.5 * far.zoom, "{} is not nearer than {}", near.zoom, far.zoom);
    let middle = near.screen_from_scene(body.extent.centre());
    let picture = harness.state().picture().expect("the map is drawn").clone();
    assert!(picture.area.holds(middle));
    let minimap = picture.minimap.expect("a part of a large map has a minimap");
    let (goal, area) = (minimap.area.centre(), minimap.area);
    super::click_at(&mut harness, egui::pos2(goal.x, goal.y));
    let moved = harness.state().camera().expect("the map is in sight");
    let whole = minimap.whole.centre();
    let off = (moved.centre.x - whole.x).hypot(moved.centre.y - whole.y);
    assert!(off < minimap.whole.width / area.width * 2.0, "{off} from the middle of the map");
    assert!((moved.zoom - near.zoom).abs() < 1e-6);
}

#[test]
fn a_click_on_the_small_owners_shows_each_of_them_and_escape_comes_out_again() {
    let mut harness = generated(3_600);
    let far = harness.state().camera().expect("the map is in sight");
    let map = harness.state().model.map().expect("it is laid out").clone();
    let sections = &map.sections.all;
    let named = |picture: &Picture| -> Vec<u32> {
        let groups = picture.map.groups.iter().filter_map(|group| match group.subject {
            PictureSubject::Group { section, .. } => section,
            _ => None,
        });
        groups.collect()
    };
    let picture = harness.state().picture().expect("the map is drawn").clone();
    let is_folded = |at: &u32| sections[*at as usize].folded > 0;
    let own = named(&picture).into_iter().find(is_folded).expect("some owners are small");
    let area = sections[own as usize].area();
    let body = picture.bodies.iter().find(|body| body.extent == area).expect("it is a body");
    // Its name is read aloud, and is a way in too.
    let start = format!("{}: ", sections[own as usize].name);
    assert!(harness.query_all_by_label_contains(&start).next().is_some(), "{start}");
    super::click_at(&mut harness, egui::pos2(body.centre.x, body.centre.y));
    let picture = harness.state().picture().expect("the map is drawn").clone();
    assert!(!named(&picture).contains(&own), "it is no body any more");
    let is_within = |at: &u32| sections[*at as usize].within == Some(own);
    let is_seen = picture.marks.iter().any(|drawn| {
        let mark = map.mark_of(drawn.subject).expect("it is on the map");
        map.sections.of_mark(mark).is_some_and(|at| is_within(&at))
    });
    // As bodies of their own, or, where they are few, mark by mark.
    assert!(is_seen || named(&picture).iter().any(is_within), "what is in it is seen");
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_eq!(harness.state().camera(), Some(far));
}

#[test]
fn the_small_map_shows_where_what_is_selected_and_lit_lies() {
    let mut harness = generated(3_600);
    let count = |harness: &Harness<'static, Window>| {
        let picture = harness.state().picture().expect("the map is drawn");
        picture.minimap.map(|_| picture.minimap_layer.shapes.len())
    };
    harness.state_mut().model.apply(Command::Look(LookCommand::Zoom(4.0)));
    super::settle(&mut harness);
    let without = count(&harness).expect("a part is in sight");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let worst = answers.farthest_reaching().first().copied().expect("something reaches");
    harness.state_mut().model.apply(Command::Select(Some(Subject::Credential(worst))));
    super::settle(&mut harness);
    harness.state_mut().model.apply(Command::Look(LookCommand::Zoom(4.0)));
    super::settle(&mut harness);
    let with = count(&harness).expect("a part is in sight");
    // At least the disc and the ring of what is selected, and a spot for it.
    assert!(with >= without + 3, "{with} shapes, {without} without a selection");
}

#[test]
fn a_pane_that_gets_another_size_while_the_camera_is_on_its_way_is_fitted_all_the_same() {
    let mut harness = sample("talk.csv");
    super::settle(&mut harness);
    let fit = |harness: &mut Harness<'static, Window>| {
        harness.state_mut().model.apply(Command::Look(LookCommand::FitSelection));
    };
    harness.state_mut().model.apply(Command::Look(LookCommand::Zoom(0.4)));
    harness.run_steps(30);
    fit(&mut harness);
    harness.step();
    harness.set_size(egui::vec2(1000.0, 620.0));
    harness.run_steps(60);
    let camera = harness.state().camera().expect("the map is in sight");
    fit(&mut harness);
    harness.run_steps(60);
    let again = harness.state().camera().expect("the map is in sight");
    assert!((camera.zoom - again.zoom).abs() < 0.001, "{camera:?} {again:?}");
    let [from, to] = [camera, again].map(|own| own.centre);
    assert!((from.x - to.x).hypot(from.y - to.y) < 0.5, "{camera:?} {again:?}");
}
