//! The files of the packages name each other by one id, as desktops look for them.

use std::path::{Path, PathBuf};

const ID: &str = "app.keyreach.Keyreach";

fn packaging(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(packaging(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_menu_entry_the_icon_and_the_description_have_one_id() {
    let metainfo = text(&format!("{ID}.metainfo.xml"));
    assert!(metainfo.contains(&format!("<id>{ID}</id>")), "{metainfo}");
    let launchable = format!("<launchable type=\"desktop-id\">{ID}.desktop</launchable>");
    assert!(metainfo.contains(&launchable), "{metainfo}");
    let desktop = text(&format!("{ID}.desktop"));
    assert!(desktop.lines().any(|line| line == format!("Icon={ID}")), "{desktop}");
    assert!(packaging(&format!("{ID}.svg")).is_file());
    let stage = text("stage.sh");
    for name in ["desktop", "svg", "metainfo.xml"] {
        assert!(stage.contains(&format!("cp packaging/{ID}.{name} ")), "{name}: {stage}");
    }
    // The window says under the same id whose it is.
    let window = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/shell/startup.rs");
    let window = std::fs::read_to_string(window).unwrap();
    assert!(window.contains(&format!(".with_app_id(\"{ID}\")")));
}

#[test]
fn every_part_has_the_form_of_a_reverse_domain_name() {
    let parts: Vec<&str> = ID.split('.').collect();
    assert_eq!(parts.len(), 3);
    for part in parts {
        assert!(part.starts_with(|first: char| first.is_ascii_alphabetic()), "{part}");
        assert!(part.chars().all(|letter| letter.is_ascii_alphanumeric()), "{part}");
    }
}
