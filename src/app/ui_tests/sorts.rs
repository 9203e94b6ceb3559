//! Every column of every table that sorts, by a click on its heading.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;
use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{empty, settle};
use crate::analysis::{Finding, LiveAndDead, OwnerFigures, Path, Severity, Subject};
use crate::app::model::Model;
use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::app::work::answers::Answers;
use crate::app::work::sort::Sort;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::Problem;
use crate::project::Opening;

/// What stands in a row.
enum Row<'a> {
    Finding(usize, &'a Finding),
    Credential(CredentialIndex),
    Instance(InstanceIndex),
    Problem(usize, &'a Problem),
    Path(&'a Path),
    ChokePoint(CredentialIndex, u64),
    Owner(usize, &'a OwnerFigures),
}

/// The rows of the table in sight, from the top.
fn rows<'a>(model: &'a Model, answers: &'a Answers) -> Vec<Row<'a>> {
    let lists = &model.lists;
    match model.session.tab {
        Tab::Findings => {
            let all = lists.findings.iter().map(|at| *at as usize);
            all.map(|at| Row::Finding(at, &answers.findings[at])).collect()
        }
        Tab::Credentials => lists.credentials.iter().copied().map(Row::Credential).collect(),
        Tab::Services => lists.instances.iter().copied().map(Row::Instance).collect(),
        Tab::Problems => {
            let all = lists.problems.rows.iter();
            all.map(|at| Row::Problem(*at as usize, answers.problem(*at).unwrap())).collect()
        }
        Tab::Paths => {
            (0..).map_while(|row| model.path_at(row)).map(|own| Row::Path(own.1)).collect()
        }
        Tab::ChokePoints => {
            let all = (0..).map_while(|row| model.choke_point_at(row));
            all.map(|(at, pairs)| Row::ChokePoint(at, pairs)).collect()
        }
        Tab::Owners => {
            let all = (0..).map_while(|row| model.owner_at(row));
            let place = |own: &OwnerFigures| {
                let figures = &answers.owners.figures;
                figures.iter().position(|known| known == own).expect("it is one of them")
            };
            all.map(|own| Row::Owner(place(own), own)).collect()
        }
        Tab::CutAndPlan
        | Tab::WhatIf
        | Tab::Coverage
        | Tab::Overview
        | Tab::Imports
        | Tab::Scenes
        | Tab::Workshop
        | Tab::Rotation => Vec::new(),
    }
}

/// How two rows of a table stand to each other by the column that it is sorted by.
fn compare(model: &Model, answers: &Answers, (a, b): (&Row<'_>, &Row<'_>)) -> Ordering {
    let sort = model.session.table().sort;
    match (a, b) {
        (&Row::Finding(a_at, a), &Row::Finding(b_at, b)) => {
            by_finding(answers, sort, (a_at, a), (b_at, b))
        }
        (&Row::Credential(a), &Row::Credential(b)) => by_credential(answers, sort, (a, b)),
        (&Row::Instance(a), &Row::Instance(b)) => by_instance(answers, sort, (a, b)),
        (&Row::Problem(a_at, a), &Row::Problem(b_at, b)) => match sort {
            Sort::Place => a_at.cmp(&b_at),
            Sort::Name => a.column.cmp(&b.column),
            Sort::Kind => a.kind.cmp(&b.kind),
            Sort::Rejected => b.row_rejected.cmp(&a.row_rejected),
            Sort::Message => a.message.cmp(&b.message),
            other => panic!("no column of the problems sorts by {other:?}"),
        },
        (&Row::Path(a), &Row::Path(b)) => {
            let name = |at| answers.name(Subject::Instance(at));
            let through = |path: &Path| -> Vec<String> {
                let hops = path.hops.iter();
                hops.map(|hop| answers.graph.credential_name(hop.credential).to_owned()).collect()
            };
            let assumed = |path: &Path| !path.is_stated(&answers.graph);
            match model.session.table().answer_sort {
                AnswerSort::AsFound => a.hops.len().cmp(&b.hops.len()),
                AnswerSort::From => name(a.from).cmp(&name(b.from)),
                AnswerSort::To => name(a.to).cmp(&name(b.to)),
                AnswerSort::Through => through(a).cmp(&through(b)),
                AnswerSort::Assumed => assumed(a).cmp(&assumed(b)),
                other => panic!("no column of the paths sorts by {other:?}"),
            }
        }
        (&Row::ChokePoint(a, a_pairs), &Row::ChokePoint(b, b_pairs)) => {
            let assessed = model.assessment.as_ref().expect("it is worked out");
            match model.session.table().answer_sort {
                AnswerSort::Credential => by_credential(answers, Sort::Name, (a, b)),
                AnswerSort::AsFound => b_pairs.cmp(&a_pairs),
                AnswerSort::PairsStated => {
                    assessed.pairs_stated_on(b).cmp(&assessed.pairs_stated_on(a))
                }
                AnswerSort::InCut => assessed.is_in_cut(b).cmp(&assessed.is_in_cut(a)),
                AnswerSort::Cost => assessed.costs.of(b).cmp(&assessed.costs.of(a)),
                AnswerSort::Holds => by_credential(answers, Sort::Holds, (a, b)),
                AnswerSort::Grants => by_credential(answers, Sort::Grants, (a, b)),
                AnswerSort::Reach => by_credential(answers, Sort::Reach, (a, b)),
                other => panic!("no column of the choke points sorts by {other:?}"),
            }
        }
        (&Row::Owner(a_at, a), &Row::Owner(b_at, b)) => {
            by_owner(model.session.table().answer_sort, (a_at, a), (b_at, b))
        }
        _ => panic!("a table has rows of one sort"),
    }
}

fn by_finding(
    answers: &Answers,
    sort: Sort,
    (a_at, a): (usize, &Finding),
    (b_at, b): (usize, &Finding),
) -> Ordering {
    match sort {
        Sort::Severity => a_at.cmp(&b_at),
        Sort::Kind => a.rule.id().cmp(b.rule.id()),
        Sort::Name => a.subject.cmp(&b.subject),
        Sort::Reach => answers.reach_of(b.subject).cmp(&answers.reach_of(a.subject)),
        Sort::Assumed => a.assumed.cmp(&b.assumed),
        Sort::Environment => {
            let joined = |subject| match subject {
                Subject::Credential(at) => answers.sharing[at.index()].environments.len(),
                Subject::Instance(_) => 1,
            };
            joined(b.subject).cmp(&joined(a.subject))
        }
        Sort::Owner => owner(answers, a.subject).cmp(&owner(answers, b.subject)),
        // Nothing is decided here: they stand as they were found.
        Sort::State | Sort::FirstSeen | Sort::Assignee | Sort::Due => Ordering::Equal,
        other => panic!("no column of the findings sorts by {other:?}"),
    }
}

fn by_owner(
    sort: AnswerSort,
    (a_at, a): (usize, &OwnerFigures),
    (b_at, b): (usize, &OwnerFigures),
) -> Ordering {
    let both = |own: LiveAndDead| (own.live, own.dead);
    let alone = |own: &OwnerFigures| {
        let LiveAndDead { live, dead } = own.credentials_alone;
        live + dead + own.service_instances_alone
    };
    match sort {
        AnswerSort::AsFound => a_at.cmp(&b_at),
        AnswerSort::Credentials => both(b.credentials).cmp(&both(a.credentials)),
        AnswerSort::Instances => b.service_instances.cmp(&a.service_instances),
        AnswerSort::Shared => both(b.shared).cmp(&both(a.shared)),
        AnswerSort::Crossing => both(b.crossing).cmp(&both(a.crossing)),
        AnswerSort::NoExpiry => b.no_expiry.cmp(&a.no_expiry),
        AnswerSort::Findings => b.findings.cmp(&a.findings),
        AnswerSort::Reach => b.reach.cmp(&a.reach),
        AnswerSort::Alone => alone(b).cmp(&alone(a)),
        other => panic!("no column of the owners sorts by {other:?}"),
    }
}

/// The worst first, then what has no finding.
fn rank(answers: &Answers, subject: Subject) -> usize {
    answers.severity(subject).map_or(usize::MAX, Severity::rank)
}

/// The name of the first owner.
fn owner(answers: &Answers, subject: Subject) -> Option<&str> {
    let graph = &answers.graph;
    let owners = match subject {
        Subject::Credential(at) => graph.owners_of(at),
        Subject::Instance(at) => graph.owners_of_instance(at),
    };
    owners.first().map(|own| graph.owner_name(*own))
}

fn by_credential(
    answers: &Answers,
    sort: Sort,
    (a, b): (CredentialIndex, CredentialIndex),
) -> Ordering {
    let graph = &answers.graph;
    let compared = |key: &dyn Fn(CredentialIndex) -> usize| key(a).cmp(&key(b));
    let most_first = |key: &dyn Fn(CredentialIndex) -> usize| key(b).cmp(&key(a));
    match sort {
        Sort::Name => graph.credential_name(a).cmp(graph.credential_name(b)),
        Sort::Severity => compared(&|at| rank(answers, Subject::Credential(at))),
        Sort::Kind => {
            let kind = |at| graph.credential(at).kind.map(|own| graph.inventory().text(own));
            kind(a).cmp(&kind(b))
        }
        Sort::Owner => {
            let owner = |at| graph.owners_of(at).first().map(|own| graph.owner_name(*own));
            owner(a).cmp(&owner(b))
        }
        Sort::Environment => {
            most_first(&|at: CredentialIndex| answers.sharing[at.index()].environments.len())
        }
        Sort::State => compared(&|at| usize::from(!graph.credential(at).is_live())),
        Sort::Holds => most_first(&|at| graph.held_by(at).len()),
        Sort::Grants => most_first(&|at| graph.grants(at).len()),
        Sort::Reach => most_first(&|at| answers.reach_of(Subject::Credential(at)) as usize),
        other => panic!("no column of the credentials sorts by {other:?}"),
    }
}

fn by_instance(answers: &Answers, sort: Sort, (a, b): (InstanceIndex, InstanceIndex)) -> Ordering {
    let graph = &answers.graph;
    let reach = |at| Reverse(answers.reach_of(Subject::Instance(at)));
    match sort {
        Sort::Name => graph.service_name(a).cmp(graph.service_name(b)),
        Sort::Severity => {
            let rank = |at| rank(answers, Subject::Instance(at));
            rank(a).cmp(&rank(b))
        }
        Sort::Kind => graph.instance(a).role.cmp(&graph.instance(b).role),
        Sort::Environment => graph.environment_of(a).label.cmp(&graph.environment_of(b).label),
        Sort::Owner => {
            let owner = |at| graph.owners_of_instance(at).first().map(|own| graph.owner_name(*own));
            owner(a).cmp(&owner(b))
        }
        Sort::Holds => graph.holds(b).len().cmp(&graph.holds(a).len()),
        Sort::Grants => graph.granted_by(b).len().cmp(&graph.granted_by(a).len()),
        Sort::Reach => reach(a).cmp(&reach(b)),
        Sort::ReachedBy => {
            let by = |at: InstanceIndex| Reverse(answers.reached_by.all[at.index()]);
            by(a).cmp(&by(b))
        }
        other => panic!("no column of the services sorts by {other:?}"),
    }
}

/// The headings of the table in sight that sort, as they are called on screen.
fn headings(harness: &Harness<'static, Window>) -> Vec<String> {
    let all = harness.query_all_by_label_contains("Sort by ");
    all.filter_map(|node| node.accesskit_node().label()).collect()
}

/// How neighbours in the table in sight stand to each other by the column that it is sorted by.
fn steps(harness: &Harness<'static, Window>) -> BTreeSet<Ordering> {
    let model = &harness.state().model;
    let answers = model.answers.clone().expect("there are answers");
    let rows = rows(model, &answers);
    rows.windows(2).map(|pair| compare(model, &answers, (&pair[0], &pair[1]))).collect()
}

/// Three samples as one inventory, judged with costs that differ.
fn much() -> Harness<'static, Window> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let files = ["payments.csv", "messy.csv", "talk.csv"].map(|name| folder.join(name)).to_vec();
    let mut harness = empty();
    let model = &mut harness.state_mut().model;
    Arc::make_mut(&mut model.project.assumptions).cost_by_holders = true;
    model.apply(Command::Open(Opening::Files(files)));
    settle(&mut harness);
    assert!(harness.state().model.answers.is_some());
    harness
}

#[test]
fn each_heading_of_each_table_sorts_by_what_it_names_and_a_second_click_turns_it_round() {
    let mut harness = much();
    let mut sorted = 0;
    for tab in Tab::ALL {
        harness.state_mut().model.apply(Command::Table(TableCommand::Show(tab)));
        settle(&mut harness);
        let headings = headings(&harness);
        // Each column is sorted by out of the order of another one.
        for (heading, before) in headings.iter().zip(headings.iter().cycle().skip(1)) {
            harness.get_by_label(before).click();
            settle(&mut harness);
            harness.get_by_label(heading).click();
            settle(&mut harness);
            let forwards = steps(&harness);
            let at = format!("{heading} in {}", tab.name());
            assert!(forwards.contains(&Ordering::Less), "{at}: all rows are equal");
            assert!(!forwards.contains(&Ordering::Greater), "{at}");
            harness.get_by_label(heading).click();
            settle(&mut harness);
            let backwards = steps(&harness);
            assert!(backwards.contains(&Ordering::Greater), "{at}, turned round");
            assert!(!backwards.contains(&Ordering::Less), "{at}, turned round");
            sorted += 1;
        }
        if !matches!(
            tab,
            Tab::CutAndPlan
                | Tab::WhatIf
                | Tab::Coverage
                | Tab::Overview
                | Tab::Imports
                | Tab::Scenes
                | Tab::Workshop
                | Tab::Rotation
        ) {
            assert!(headings.len() > 4, "{} can be sorted", tab.name());
        }
    }
    assert!(sorted > 30, "{sorted} columns were sorted by");
}
