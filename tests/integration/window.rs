//! The window without a screen.

use keyreach::app::{ScreenshotRequest, screenshot};
use keyreach::inventory::Assumptions;
use keyreach::scene::{ThemeMode, ViewKind};

fn shot(file: &str) -> ScreenshotRequest {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(file);
    ScreenshotRequest {
        settings: keyreach::import::ImportSettings::default(),
        files: vec![path],
        assumptions: Assumptions::new(jiff::civil::date(2026, 11, 23)),
        size: (1280, 800),
        theme_mode: ThemeMode::Dark,
        view: ViewKind::Map,
        select: None,
        from: Vec::new(),
        hide: None,
    }
}

#[test]
fn the_same_inventory_gives_the_same_picture() {
    let first = screenshot(&shot("talk.csv")).expect("the sample opens");
    let second = screenshot(&shot("talk.csv")).expect("the sample opens");
    assert!(first == second);
    let colours: std::collections::BTreeSet<[u8; 4]> =
        first.image.pixels().map(|pixel| pixel.0).collect();
    assert!(colours.len() > 200, "an empty picture has few colours: {}", colours.len());
}

#[test]
fn a_file_that_is_not_there_is_an_error_with_its_name() {
    let error = screenshot(&shot("no-such-file.csv")).expect_err("nothing is there");
    assert!(error.to_string().contains("no-such-file.csv"), "{error}");
}
