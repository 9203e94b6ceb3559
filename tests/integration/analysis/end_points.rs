//! Which instances are entry points and which are crown jewels, by hand.

use std::sync::Arc;

use keyreach::analysis::{Ends, ends};
use keyreach::graph::{AccessGraph, InstanceIndex, testing};
use keyreach::inventory::Assumptions;

/// One of everything: three tiers, an environment without one, and none at all.
const LANDSCAPE: &str = "- - web@dev,runner@ci,web@prod,db@prod,probe@mars,lone@\n";

/// The instances of one list, as written.
fn names(graph: &AccessGraph, list: &[InstanceIndex]) -> String {
    let names: Vec<String> = list.iter().map(|&at| graph.written_name(at)).collect();
    names.join(" ")
}

/// Entry points, crown jewels and what has already fallen, each by name.
fn named_ends(rows: &str, entry_points: &[&str], crown_jewels: &[&str]) -> (Ends, [String; 3]) {
    let mut policy = Assumptions::new(testing::as_of());
    policy.entry_points = entry_points.iter().map(|&name| name.to_owned()).collect();
    policy.crown_jewels = crown_jewels.iter().map(|&name| name.to_owned()).collect();
    let graph = AccessGraph::build(Arc::new(testing::inventory(rows)), &policy);
    let ends = ends(&graph);
    let lists = [&ends.entry_points, &ends.crown_jewels, &ends.already_fallen];
    let lists = lists.map(|list| names(&graph, list));
    (ends, lists)
}

/// With what rows or the policy flag, the entry points, the crown jewels, and what is both.
#[test]
fn ends_are_those_flagged_and_by_default_those_of_the_tiers() {
    let below = "runner@ci web@dev";
    let top = "db@prod web@prod";
    for (flags, entry_points, crown_jewels, both) in [
        ("", below, top, ""),
        ("- - lone@ entry=yes", "lone@", top, ""),
        ("- - lone@ jewel=yes", below, "lone@", ""),
        ("- - lone@ jewel=yes\n- - probe@mars jewel=yes", below, "lone@ probe@mars", ""),
        ("- - lone@ entry=yes\n- - probe@mars jewel=yes", "lone@", "probe@mars", ""),
        // What is flagged one way is no default of the other.
        ("- - web@dev jewel=yes", "runner@ci", "web@dev", ""),
        ("- - web@prod entry=yes", "web@prod", "db@prod", ""),
        ("- - web@prod jewel=yes", below, "web@prod", ""),
        ("- - web@dev entry=yes", "web@dev", top, ""),
        // What is flagged both ways is an entry point, and stands in for no default.
        ("- - web@dev entry=yes jewel=yes", "web@dev", "", "web@dev"),
        ("- - web@prod entry=yes jewel=yes", "web@prod", "", "web@prod"),
        (
            "- - web@prod entry=yes jewel=yes\n- - db@prod jewel=yes",
            "web@prod",
            "db@prod",
            "web@prod",
        ),
        ("- - web@dev entry=no jewel=no", below, top, ""),
    ] {
        let (ends, lists) = named_ends(&format!("{LANDSCAPE}{flags}"), &[], &[]);
        assert_eq!(lists, [entry_points, crown_jewels, both], "{flags}");
        assert!(!ends.entry_points_unknown && !ends.crown_jewels_unknown, "{flags}");
    }
}

#[test]
fn what_the_policy_names_counts_as_flagged_and_never_falls_back_on_tiers() {
    let below = "runner@ci web@dev";
    let top = "db@prod web@prod";
    for (entry_points, jewels, expected, unknown) in [
        (&["lone@"][..], &[][..], ["lone@", top, ""], (false, false)),
        (&[], &["web@dev"], ["runner@ci", "web@dev", ""], (false, false)),
        (&["web@Production"], &[], ["web@prod", "db@prod", ""], (false, false)),
        (&["web@dev"], &["web@dev", "db@prod"], ["web@dev", "db@prod", "web@dev"], (false, false)),
        (&["nobody@dev"], &[], ["", top, ""], (true, false)),
        (&[], &["nobody@dev"], [below, "", ""], (false, true)),
        (&["nobody@dev", "lone@"], &[], ["lone@", top, ""], (false, false)),
    ] {
        let (ends, lists) = named_ends(LANDSCAPE, entry_points, jewels);
        assert_eq!(lists, expected, "{entry_points:?} {jewels:?}");
        let found = (ends.entry_points_unknown, ends.crown_jewels_unknown);
        assert_eq!(found, unknown, "{entry_points:?} {jewels:?}");
    }
    // Rows and policy add up.
    let flagged = format!("{LANDSCAPE}- - web@dev entry=yes\n- - db@prod jewel=yes");
    let (_, lists) = named_ends(&flagged, &["runner@ci"], &["web@prod"]);
    assert_eq!(lists, [below, top, ""]);
}

#[test]
fn the_highest_tier_is_the_highest_that_there_is() {
    let (_, lists) = named_ends("- - a@dev,b@ci,c@mars,d@", &[], &[]);
    assert_eq!(lists, ["a@dev", "b@ci", ""]);
    let (_, lists) = named_ends("- - a@prod,b@prod", &[], &[]);
    assert_eq!(lists, ["", "a@prod b@prod", ""]);
    let (_, lists) = named_ends("- - a@mars,b@", &[], &[]);
    assert_eq!(lists, ["", "", ""]);
}
