//! Answers taken into small projects, and kept over newer exports.

use std::sync::Arc;

use super::*;
use crate::graph::AccessGraph;
use crate::graph::testing::{as_of, graph};
use crate::import::read_owner_answers;
use crate::inventory::{Date, LastUsed};
use crate::project::{NoteOn, Project, Sources, SubjectName};

const HEADER: &str = "owner,kind,id,environment,still_needed,rotated_on,expires_on\n";
const ROWS: &str = "k holds shop@dev owner=ann\nk grants pay@prod\nl holds pay@prod owner=bob;ann\n\
                    m holds pay@prod owner=bob\n- holds web@dev service_owner=ann\n";
const DAY: Date = Date::constant(2026, 6, 20);

fn project(rows: &str) -> (Project, AccessGraph) {
    let graph = graph(rows);
    let sources = Sources { inventory: Some(graph.inventory().clone()), ..Sources::default() };
    let project = Project { sources: Arc::new(sources), ..Project::new(as_of()) };
    (project, graph)
}

fn taken((project, graph): &(Project, AccessGraph), rows: &str, on: Date) -> TakenAnswers {
    let list = read_owner_answers(format!("{HEADER}{rows}").as_bytes(), "ann.csv").unwrap();
    let day = AnswerDay { on, is_said: true };
    take_answers(project, graph, ("ann.csv", list), day, None)
}

fn after(taken: &TakenAnswers) -> (Project, AccessGraph) {
    let inventory = taken.project.sources.inventory.clone().unwrap();
    let graph = AccessGraph::build(inventory, &taken.project.assumptions);
    (taken.project.clone(), graph)
}

fn is_unneeded(graph: &AccessGraph, id: &str) -> bool {
    graph.credential(graph.find_credential(id).unwrap()).unneeded
}

#[test]
fn each_answer_is_a_row_with_its_day_and_source() {
    let before = project(ROWS);
    let rows = "ann,credential,k,,no,2026-05-01,2027-01-31\nann,credential,l,,yes,,\n\
                ann,service,web,dev,no,,\nann,credential,k,,no,2026-05-01,2027-01-31\n";
    let taken = taken(&before, rows, DAY);
    let ledger = taken.ledger;
    assert_eq!((ledger.accepted, ledger.merged, ledger.rejected), (3, 1, 0), "{:?}", taken.refused);
    let (project, graph) = after(&taken);
    let k = graph.credential(graph.find_credential("k").unwrap());
    assert_eq!(k.last_rotated, Some(Date::constant(2026, 5, 1)));
    assert_eq!((k.expires, k.last_used), (Some(Date::constant(2027, 1, 31)), LastUsed::Unstated));
    assert!(k.is_live() && k.unneeded && !is_unneeded(&graph, "l"));
    let rows = graph.rows_of(graph.find_credential("k").unwrap());
    let places: Vec<String> = rows
        .iter()
        .filter_map(|row| graph.place_of(*row))
        .map(|place| graph.inventory().place_text(place))
        .collect();
    assert_eq!(places, ["rows.csv:1", "rows.csv:2", "ann.csv:2"]);
    let web = graph.find_instance("web", "dev").unwrap();
    assert_eq!(graph.rows_of_instance(web).len(), 2);
    let notes: Vec<_> = project.notes.all().collect();
    let [(NoteOn::Subject(SubjectName::Instance(name)), note)] = notes.as_slice() else { panic!() };
    assert_eq!(name.service, "web");
    assert_eq!(*note, "No longer needed, as ann answered on 2026-06-20 (ann.csv)");
    // Nothing else differs: the same links, owners and ids.
    assert_eq!(graph.edges(), before.1.edges());
    assert_eq!(graph.owners(), before.1.owners());
}

#[test]
fn what_is_gone_or_not_theirs_is_refused_in_words() {
    let before = project(ROWS);
    for (row, column, expected) in [
        ("ann,credential,x,,yes,,", "id", "no such thing in the inventory any more"),
        ("ann,credential,m,,yes,,", "id", "this is not theirs"),
        ("ann,service,pay,prod,no,,", "id", "this is not theirs"),
        ("ann,service,web,qa,no,,", "id", "no such thing"),
        ("anna,credential,k,,yes,,", "owner", "did you mean “ann”?"),
        ("ann,credential,k,,,2026-06-21,", "rotated_on", "after the day of the answers"),
        ("ann,credential,keyreach:v1:00,,yes,,", "id", ""),
    ] {
        let taken = taken(&before, &format!("{row}\n"), DAY);
        let [refused] = taken.refused.as_slice() else { panic!("{row}: {taken:?}") };
        assert_eq!((refused.line, refused.column.as_str()), (2, column), "{row}");
        assert!(refused.message.contains(expected), "{row}: {}", refused.message);
        let inventory = taken.project.sources.inventory.as_ref().unwrap();
        assert_eq!(inventory.problems.len(), 1 + before.1.inventory().problems.len());
        assert_eq!(inventory.rows, before.1.inventory().rows);
    }
    let twice = taken(&before, "ann,credential,k,,yes,,\nann,credential,k,,no,,\n", DAY);
    assert!(twice.refused[0].message.contains("line 2 answers otherwise"), "{twice:?}");
    assert_eq!((twice.ledger.accepted, twice.ledger.rejected), (1, 1));
}

#[test]
fn of_each_owner_the_last_answer_counts_and_one_who_needs_it_is_enough() {
    let days = [10, 12].map(|day| Date::constant(2026, 6, day));
    let said = |answers: &[(&str, Date)]| {
        let mut now = project(ROWS);
        for (row, on) in answers {
            now = after(&taken(&now, row, *on));
        }
        is_unneeded(&now.1, "l")
    };
    let (no, yes) = ("ann,credential,l,,no,,\n", "ann,credential,l,,yes,,\n");
    let bob = "bob,credential,l,,yes,,\n";
    assert!(said(&[(no, days[0])]) && said(&[(yes, days[0]), (no, days[1])]));
    assert!(!said(&[(no, days[0]), (yes, days[1])]) && !said(&[(no, days[0]), (bob, days[0])]));
    // The day counts, not the order in which lists are read; on one day the last list.
    assert!(said(&[(no, days[1]), (yes, days[0])]) && !said(&[(no, days[0]), (yes, days[0])]));
}

/// A list read without a word on its day.
fn read_on((project, graph): &(Project, AccessGraph), rows: &str, on: Date) -> TakenAnswers {
    let list = read_owner_answers(format!("{HEADER}{rows}").as_bytes(), "ann.csv").unwrap();
    take_answers(project, graph, ("ann.csv", list), AnswerDay { on, is_said: false }, None)
}

#[test]
fn the_same_list_again_brings_nothing_new() {
    let rows = "ann,credential,k,,no,,\nann,service,web,dev,no,,\n";
    let once = taken(&project(ROWS), rows, DAY);
    let rows_of = |taken: &TakenAnswers| {
        let inventory = taken.project.sources.inventory.clone().unwrap();
        (inventory.sources.len(), inventory.rows.len(), inventory.problems.len())
    };
    let later = Date::constant(2026, 6, 25);
    let agains = [
        taken(&after(&once), rows, DAY),
        read_on(&after(&once), rows, DAY),
        read_on(&after(&once), rows, later),
    ];
    for again in &agains {
        assert_eq!((again.ledger.accepted, again.ledger.merged), (0, 2));
        assert_eq!(again.project.notes, once.project.notes);
        assert_eq!((rows_of(again), again.read_before), (rows_of(&once), Some(DAY)));
    }
    // A service that is needed is said once too.
    let needed = taken(&project(ROWS), "ann,service,web,dev,yes,,\n", DAY);
    let again = taken(&after(&needed), "ann,service,web,dev,yes,,\n", DAY);
    assert_eq!((again.ledger.accepted, rows_of(&again)), (0, rows_of(&needed)));
    // Given anew on another day it is another answer.
    let anew = taken(&after(&once), rows, later);
    assert_eq!((anew.ledger.accepted, anew.read_before), (2, None));
    // Another list of the day after is one too.
    let other = read_on(&after(&once), "ann,credential,k,,no,,\n", later);
    assert_eq!((other.ledger.accepted, other.read_before), (1, None));
}

#[test]
fn a_list_read_again_brings_what_was_refused_before_and_can_be_taken_now() {
    let rows = "ann,credential,k,,no,,\nann,credential,m,,no,,\n";
    let once = taken(&project(ROWS), rows, DAY);
    assert_eq!((once.ledger.accepted, once.ledger.rejected), (1, 1));
    let again = read_on(&after(&once), rows, DAY);
    assert_eq!((again.ledger.accepted, again.refused.len()), (0, 1));
    let problems =
        |taken: &TakenAnswers| taken.project.sources.inventory.clone().unwrap().problems.len();
    assert_eq!(problems(&again), problems(&once), "they are not said twice");
    // In a newer export m is hers.
    let newer = graph(&ROWS.replace("m holds pay@prod owner=bob", "m holds pay@prod owner=ann"));
    let kept = keep_answers(&after(&once).1, newer.inventory().clone());
    let sources = Sources { inventory: Some(kept.inventory.clone()), ..Sources::default() };
    let project = Project { sources: Arc::new(sources), ..Project::new(as_of()) };
    let now = AccessGraph::build(kept.inventory, newer.assumptions());
    let again = read_on(&(project, now), rows, DAY);
    assert_eq!((again.ledger.accepted, again.ledger.merged, again.ledger.rejected), (1, 1, 0));
}

#[test]
fn answers_are_kept_over_a_newer_export_and_what_is_lost_is_said() {
    let rows = "ann,credential,k,,no,,\nann,credential,l,,yes,,\nann,service,web,dev,no,,\n";
    let (_, old) = after(&taken(&project(ROWS), rows, DAY));
    let newer = graph(
        "z holds aaa@dev owner=ann\nk holds shop@dev owner=ann\nk grants pay@prod\n\
         l holds pay@prod owner=bob\n",
    );
    let kept = keep_answers(&old, newer.inventory().clone());
    assert_eq!(
        kept.lost,
        [
            "answer of ann of 2026-06-20 on “l”: no longer theirs",
            "answer of ann of 2026-06-20 on “web in dev”: no longer in the inventory",
        ]
    );
    let now = AccessGraph::build(kept.inventory.clone(), newer.assumptions());
    assert!(is_unneeded(&now, "k") && !is_unneeded(&now, "l") && !is_unneeded(&now, "z"));
    assert_eq!(kept.inventory.rows.len(), newer.inventory().rows.len() + 1);
    // Without answers an inventory is left as it is.
    let plain = keep_answers(&newer, newer.inventory().clone());
    assert!(Arc::ptr_eq(&plain.inventory, newer.inventory()) && plain.lost.is_empty());
}
