//! The panels: a grip alone sets a size, and the status bar stays in sight.

use egui::vec2;
use egui_kittest::kittest::Queryable as _;

use super::sample;
use super::sizes::{ROUND, SIZES, map_of, resize};
use crate::app::model::command::{Command, LookCommand};

#[test]
fn a_grip_alone_sets_the_width_of_a_panel_and_a_double_click_takes_that_back() {
    let mut harness = sample("payments.csv");
    harness.run_ok();
    let before = map_of(&harness);
    let grip = harness.get_by_label("Width of the filters").rect();
    assert!((grip.width() - 6.0).abs() < 0.01, "{grip:?}");
    let at = grip.center();
    harness.drag_at(at);
    harness.run_ok();
    harness.hover_at(at + vec2(40.0, 0.0));
    harness.run_ok();
    harness.drop_at(at + vec2(40.0, 0.0));
    harness.run_ok();
    let wider = map_of(&harness);
    assert!((wider.left() - before.left() - 40.0).abs() < 0.5, "{wider:?}");
    assert!((wider.right() - before.right()).abs() < 0.01);
    harness
        .state_mut()
        .model
        .apply(Command::Look(LookCommand::Resize(crate::app::model::panes::Grip::Filters, None)));
    harness.run_ok();
    assert_eq!(map_of(&harness), before);
}

#[test]
fn the_status_bar_is_in_sight_at_every_size() {
    for (size, _) in SIZES {
        let mut harness = sample("payments.csv");
        resize(&mut harness, size);
        harness.run_ok();
        let bar = harness.get_by_label("Assumptions…").rect();
        let foot = size.y + ROUND;
        assert!(bar.bottom() <= foot && bar.top() > foot - 32.0, "{bar:?} of {size:?}");
        let rows = harness.get_by_label_contains("526 rows").rect();
        assert!(rows.right() < bar.left() && rows.bottom() <= foot, "{rows:?}");
    }
}
