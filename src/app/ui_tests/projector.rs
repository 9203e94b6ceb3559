//! The projector theme: what is written over columns, and how much larger everything is.

use crate::app::model::command::{Command, LookCommand};
use crate::app::shell::offscreen::Offscreen;
use crate::inventory::Assumptions;
use crate::project::Opening;
use crate::scene::{
    Area, Face, FontMetrics, MeasureText as _, PictureSubject, ThemeMode, ViewKind,
};

/// A window without a screen of this size in the projector theme.
fn projected(name: &str, size: (u32, u32), kind: ViewKind) -> Offscreen {
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let mut window = Offscreen::new(&assumptions, size);
    window.window.model.session.theme_mode = ThemeMode::Projector;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name);
    let bytes = std::fs::read(path).expect("the sample is there");
    super::open_in_place(&mut window.window.model, Opening::Bytes(vec![(name.to_owned(), bytes)]));
    window.window.model.apply(Command::Look(LookCommand::ShowAs(kind)));
    window.window.model.finish_jobs();
    for _ in 0..60 {
        window.frame();
    }
    window
}

#[test]
fn in_the_projector_theme_no_heading_lies_over_another() {
    let fonts = FontMetrics::default();
    for name in ["payments.csv", "talk.csv", "messy.csv"] {
        for kind in [ViewKind::Map, ViewKind::Lanes, ViewKind::Spread] {
            let window = projected(name, (1366, 768), kind);
            let picture = window.window.picture().expect("it is drawn");
            let is_heading = |subject| matches!(subject, Some(PictureSubject::Region(_)));
            let texts = picture.map.texts.iter().filter(|text| is_heading(text.subject));
            let areas: Vec<(Area, &str)> = texts
                .map(|text| {
                    let (size, at) = (text.style.size, text.at);
                    let width = fonts.width(&text.text, size, Face::Strong);
                    let (left, top) = (at.x - width / 2.0, at.y - size / 2.0);
                    (Area { left, top, width, height: size }, text.text.as_str())
                })
                .collect();
            let map = window.window.model.map().expect("it is laid out");
            let regions = map.regions.iter().filter(|own| !own.shape.outline.is_empty()).count();
            let all = areas.len() == regions;
            assert!(all, "{name} {kind:?}: {} of {regions} have headings", areas.len());
            for (at, (one, text)) in areas.iter().enumerate() {
                for (other, beside) in areas.iter().skip(at + 1) {
                    assert!(!one.meets(other), "{name} {kind:?}: {text} over {beside}");
                }
            }
        }
    }
}

#[test]
fn the_projector_theme_shows_panels_larger_as_far_as_the_window_has_room() {
    for (size, least, most) in [
        ((800, 520), 1.0, 1.0),
        ((1366, 768), 1.45, 1.48),
        ((1920, 1080), 1.7, 1.7),
        ((1000, 2000), 1.25, 1.25),
    ] {
        let mut window = projected("talk.csv", size, ViewKind::Map);
        let zoom = window.step().zoom;
        assert!((least - 0.001..=most + 0.001).contains(&zoom), "{size:?}: {zoom}");
        window.window.model.apply(Command::Look(LookCommand::SwapTheme));
        for _ in 0..4 {
            window.frame();
        }
        assert!((window.step().zoom - 1.0).abs() < 1e-6, "the other themes are as they were");
    }
}
