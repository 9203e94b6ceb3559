//! The first screens as somebody reviewed them.

use egui_kittest::{Harness, SnapshotOptions};

use super::{SMALL, bend_links, empty, open_sample, settle, stage};
use crate::app::model::command::{Command, FixCommand};
use crate::app::shell::window::Window;

/// A sample as it looks in the window, with links round marks.
fn bent(name: &str) -> Harness<'static, Window> {
    let mut harness = empty();
    bend_links(&mut harness);
    open_sample(&mut harness, name);
    harness
}

#[test]
fn the_first_screens_look_as_reviewed() {
    let options = SnapshotOptions::new()
        .output_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"))
        .threshold(0.6)
        .max_failed_pixels(200);
    let mut start = empty();
    start.snapshot_options("start", &options);
    let mut results = start.take_snapshot_results();
    let mut talk = bent("talk.csv");
    talk.snapshot_options("talk", &options);
    results.extend_harness(&mut talk);
    let mut light = bent("payments.csv");
    light.key_press(egui::Key::T);
    light.run();
    light.snapshot_options("payments-light", &options);
    results.extend_harness(&mut light);
    let mut staged = empty();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/messy.csv");
    let text = std::fs::read_to_string(path).expect("the sample is there");
    stage(&mut staged, &[("messy.csv", &text), ("small.csv", SMALL)]);
    staged.snapshot_options("wizard", &options);
    results.extend_harness(&mut staged);
    let mut fixed = bent("payments.csv");
    fixed.state_mut().model.apply(Command::Fix(FixCommand::AddPlan));
    settle(&mut fixed);
    fixed.snapshot_options("what-if", &options);
    results.extend_harness(&mut fixed);
    results.unwrap();
}
