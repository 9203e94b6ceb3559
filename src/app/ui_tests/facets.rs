//! Facets: each of them by a click, and what is in sight then.

use std::collections::BTreeSet;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::sample;
use crate::analysis::{Crossing, Severity, Subject};
use crate::app::model::command::Command;
use crate::app::model::filters::{EndKind, Facet};
use crate::app::shell::window::Window;
use crate::app::work::answers::Answers;
use crate::graph::{CredentialIndex, EnvironmentIndex, InstanceIndex, OwnerIndex};

/// Every facet that the left panel offers for these answers, with its name and how many it counts,
/// of which how many are dead.
///
/// A new facet does not compile until it is listed.
pub(super) fn facets(answers: &Answers) -> Vec<Offered> {
    let graph = &answers.graph;
    let dead = |wanted: &dyn Fn(CredentialIndex) -> bool| {
        let all = graph.credential_indices().filter(|at| wanted(*at));
        all.filter(|at| !graph.credential(*at).is_live()).count()
    };
    let sharing = |at: CredentialIndex| &answers.sharing[at.index()];
    let shared = dead(&|at| sharing(at).shared);
    let crossing = dead(&|at| sharing(at).crossing != Crossing::None);
    let mut facets = vec![
        (Facet::Unshared, "Hide unshared credentials".to_owned(), None),
        (
            Facet::Shared,
            "Only what shares".to_owned(),
            Some([answers.totals.shared_credentials, shared]),
        ),
        (
            Facet::Crossing,
            "Only what crosses".to_owned(),
            Some([answers.totals.cross_environment_credentials, crossing]),
        ),
    ];
    for (at, environment) in graph.environments().iter().enumerate() {
        let at = EnvironmentIndex(at as u32);
        let count = graph.instances().iter().filter(|own| own.environment == at).count();
        facets.push((Facet::Environment(at), environment.display().to_owned(), Some([count, 0])));
    }
    for severity in Severity::ALL {
        facets.push((Facet::Severity(severity), severity.word().to_owned(), None));
    }
    let kinds: BTreeSet<_> = graph.credentials().iter().filter_map(|own| own.kind).collect();
    for kind in kinds {
        let count = graph.credentials().iter().filter(|own| own.kind == Some(kind)).count();
        let name = graph.inventory().text(kind).to_owned();
        let dead = dead(&|at| graph.credential(at).kind == Some(kind));
        facets.push((Facet::Kind(kind), name, Some([count, dead])));
    }
    for (at, name) in graph.owners().iter().enumerate() {
        let at = OwnerIndex(at as u32);
        let owned = graph.credential_indices().filter(|own| graph.owners_of(*own).contains(&at));
        let dead = dead(&|own| graph.owners_of(own).contains(&at));
        facets.push((Facet::Owner(at), name.clone(), Some([owned.count(), dead])));
    }
    facets.extend(ends(answers));
    let (credentials, from) = answers.headline.counted();
    if credentials.len() + from.len() > 0 {
        let count = [credentials.len() + from.len(), 0];
        facets.push((Facet::Headline, "Only what the headline counts".to_owned(), Some(count)));
    }
    for (facet, ..) in &facets {
        listed(*facet);
    }
    facets
}

type Offered = (Facet, String, Option<[usize; 2]>);

/// Entry points, crown jewels and what is both, as far as there are any.
fn ends(answers: &Answers) -> Vec<Offered> {
    let ends = [
        (EndKind::EntryPoint, "Only entry points"),
        (EndKind::CrownJewel, "Only crown jewels"),
        (EndKind::AlreadyFallen, "Only already fallen"),
    ];
    let counted = ends.map(|(kind, name)| (kind, name, kind.members(&answers.ends).len()));
    let some = counted.into_iter().filter(|(.., count)| *count > 0);
    some.map(|(kind, name, count)| (Facet::End(kind), name.to_owned(), Some([count, 0]))).collect()
}

/// A new facet does not compile until it is listed.
fn listed(facet: Facet) {
    match facet {
        // It is about the other facets, and offered beside one of them alone.
        Facet::Hidden => panic!("it is no facet of its own"),
        Facet::Environment(_)
        | Facet::Kind(_)
        | Facet::Owner(_)
        | Facet::Severity(_)
        | Facet::End(_)
        | Facet::Shared
        | Facet::Crossing
        | Facet::Headline
        | Facet::Unshared => {}
    }
}

/// What a facet alone leaves in sight, worked out from the graph row by row.
fn left_by(answers: &Answers, facet: Facet) -> VisibleMarks {
    let graph = &answers.graph;
    let joins = |at: CredentialIndex| {
        let sharing = &answers.sharing[at.index()];
        (sharing.shared, sharing.crossing != Crossing::None)
    };
    let has = |subject, severity| {
        answers.findings.iter().any(|own| own.subject == subject && own.severity == severity)
    };
    let is_end = |kind: EndKind, at: &InstanceIndex| kind.members(&answers.ends).contains(at);
    let credentials = graph.credential_indices().filter(|&at| match facet {
        Facet::Environment(hidden) => {
            let linked = graph.instances_of(at);
            linked.is_empty() || linked.iter().any(|own| graph.instance(*own).environment != hidden)
        }
        Facet::Kind(kind) => graph.credential(at).kind == Some(kind),
        Facet::Owner(owner) => graph.owners_of(at).contains(&owner),
        Facet::Severity(severity) => has(Subject::Credential(at), severity),
        Facet::End(kind) => graph.instances_of(at).iter().any(|own| is_end(kind, own)),
        Facet::Hidden => panic!("it is no facet of its own"),
        Facet::Shared | Facet::Unshared => joins(at).0 || joins(at).1,
        Facet::Crossing => joins(at).1,
        Facet::Headline => {
            let (credentials, from) = answers.headline.counted();
            let linked = graph.instances_of(at);
            credentials.contains(&at) || linked.iter().any(|own| from.contains(own))
        }
    });
    let credentials: BTreeSet<CredentialIndex> = credentials.collect();
    let instances = graph.instance_indices().filter(|at| match facet {
        Facet::Environment(hidden) => graph.instance(*at).environment != hidden,
        Facet::Unshared => true,
        Facet::End(kind) => is_end(kind, at),
        Facet::Hidden => panic!("it is no facet of its own"),
        Facet::Severity(severity) if has(Subject::Instance(*at), severity) => true,
        Facet::Headline if !answers.headline.counted().1.is_empty() => {
            answers.headline.counted().1.contains(at)
        }
        Facet::Headline => credentials.iter().any(|own| graph.instances_of(*own).contains(at)),
        Facet::Kind(_) | Facet::Owner(_) | Facet::Severity(_) | Facet::Shared | Facet::Crossing => {
            credentials.iter().any(|own| graph.instances_of(*own).contains(at))
        }
    });
    let mut marks = VisibleMarks::of(answers, credentials.iter().copied(), instances);
    if let Facet::Severity(severity) = facet {
        marks.findings.retain(|at| answers.findings[*at as usize].severity == severity);
    }
    marks
}

/// What tables and map show.
#[derive(Debug, PartialEq, Eq)]
struct VisibleMarks {
    credentials: BTreeSet<CredentialIndex>,
    instances: BTreeSet<InstanceIndex>,
    findings: BTreeSet<u32>,
    marks: BTreeSet<Subject>,
}

impl VisibleMarks {
    fn of(
        answers: &Answers,
        credentials: impl Iterator<Item = CredentialIndex>,
        instances: impl Iterator<Item = InstanceIndex>,
    ) -> Self {
        let (credentials, instances) =
            (credentials.collect::<BTreeSet<_>>(), instances.collect::<BTreeSet<_>>());
        let marks = credentials.iter().copied().map(Subject::Credential);
        let marks: BTreeSet<_> =
            marks.chain(instances.iter().copied().map(Subject::Instance)).collect();
        let findings = (0_u32..).zip(&answers.findings);
        let findings = findings.filter(|(_, own)| marks.contains(&own.subject));
        let findings = findings.map(|(at, _)| at).collect();
        Self { credentials, instances, findings, marks }
    }

    fn seen(harness: &Harness<'static, Window>) -> Self {
        let model = &harness.state().model;
        let map = model.map().expect("the map is laid out");
        let marks = map
            .marks
            .iter()
            .zip(&model.views.active().data.sight.marks)
            .filter(|(_, shown)| **shown);
        Self {
            credentials: model.lists.credentials.iter().copied().collect(),
            instances: model.lists.instances.iter().copied().collect(),
            findings: model.lists.findings.iter().copied().collect(),
            marks: marks.map(|(mark, _)| mark.subject).collect(),
        }
    }
}

fn click(harness: &Harness<'static, Window>, label: &str) {
    harness.get_by_role_and_label(egui::accesskit::Role::CheckBox, label).click();
}

/// What a facet hides is what is shown alone by another click.
fn assert_hides_the_rest(
    harness: &mut Harness<'static, Window>,
    (seen, whole): (&VisibleMarks, &VisibleMarks),
    label: &str,
) {
    assert_says_how_many_are_hidden(harness, (seen, whole), label);
    click(harness, "Only what is hidden");
    harness.run();
    let hidden = VisibleMarks::seen(harness);
    assert_eq!(hidden.marks, &whole.marks - &seen.marks, "{label}");
    assert_eq!(hidden.findings, &whole.findings - &seen.findings, "{label}");
    click(harness, "Only what is hidden");
    harness.run();
    assert_eq!(VisibleMarks::seen(harness), *seen, "{label}");
}

/// The line below the filters counts the credentials that they hide, and how many of them are dead.
fn assert_says_how_many_are_hidden(
    harness: &Harness<'static, Window>,
    (seen, whole): (&VisibleMarks, &VisibleMarks),
    label: &str,
) {
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let hidden = &whole.credentials - &seen.credentials;
    let dead = hidden.iter().filter(|at| !answers.graph.credential(**at).is_live()).count();
    let noun = if hidden.len() == 1 { "credential" } else { "credentials" };
    let dead = match (dead, hidden.len()) {
        (0, _) => String::new(),
        (1, 1) => ", dead".to_owned(),
        (dead, all) if dead == all => ", all of them dead".to_owned(),
        (dead, _) => format!(", {dead} of them dead"),
    };
    let expected = format!("{} {noun} hidden{dead}", hidden.len());
    assert!(harness.query_by_label(&expected).is_some(), "{label}: {expected}");
}

/// A sample in a window so high that the whole left panel is in sight.
fn tall(name: &str) -> Harness<'static, Window> {
    let mut harness = sample(name);
    harness.set_size(egui::vec2(1280.0, 3200.0));
    harness.run();
    harness
}

#[test]
fn each_facet_by_a_click_leaves_what_it_names_and_a_second_click_takes_it_back() {
    let mut effective = Vec::new();
    for name in ["talk.csv", "messy.csv"] {
        let mut harness = tall(name);
        let answers = harness.state().model.answers.clone().expect("there are answers");
        let whole = VisibleMarks::seen(&harness);
        for (facet, name, count) in facets(&answers) {
            let label = count.map_or(name.clone(), |[count, dead]| match dead {
                0 => format!("{name}  {count}"),
                dead => format!("{name}  {} live, {dead} dead", count - dead),
            });
            click(&harness, &label);
            harness.run();
            let seen = VisibleMarks::seen(&harness);
            assert_eq!(seen, left_by(&answers, facet), "{label}");
            assert!(harness.state().model.filters().has(facet), "{label}");
            let whole_count = count.map(|[all, _]| all);
            match facet {
                Facet::Kind(_) | Facet::Owner(_) => {
                    assert_eq!(Some(seen.credentials.len()), whole_count, "{label}");
                }
                Facet::End(_) => assert_eq!(Some(seen.instances.len()), whole_count, "{label}"),
                _ => {}
            }
            assert_hides_the_rest(&mut harness, (&seen, &whole), &label);
            if seen.credentials.len() < whole.credentials.len() && !seen.credentials.is_empty() {
                effective.push(std::mem::discriminant(&facet));
            }
            click(&harness, &label);
            harness.run();
            assert_eq!(VisibleMarks::seen(&harness), whole, "{label}");
            assert!(!harness.state().model.filters().any(), "{label}");
        }
    }
    for (facet, name, _) in facets(tall("talk.csv").state().model.answers.as_ref().unwrap()) {
        assert!(effective.contains(&std::mem::discriminant(&facet)), "{name} never hid anything");
    }
}

#[test]
fn two_values_of_a_facet_show_what_has_either_and_two_facets_what_has_both() {
    let mut harness = sample("messy.csv");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let offered: Vec<Facet> = facets(&answers).into_iter().map(|(facet, ..)| facet).collect();
    let same =
        |one: &Facet, other: &Facet| std::mem::discriminant(one) == std::mem::discriminant(other);
    for (at, &one) in offered.iter().enumerate() {
        for &other in offered.iter().skip(at + 1) {
            let model = &mut harness.state_mut().model;
            model.apply(Command::ClearFilters);
            model.apply(Command::Filter(one, true));
            model.apply(Command::Filter(other, true));
            let seen: BTreeSet<_> = model.lists.credentials.iter().copied().collect();
            let (a, b) = (left_by(&answers, one).credentials, left_by(&answers, other).credentials);
            let linked_elsewhere = |at: &CredentialIndex| {
                let linked = answers.graph.instances_of(*at);
                let place = |own: InstanceIndex| answers.graph.instance(own).environment;
                let shown = |own: InstanceIndex| {
                    let place = Facet::Environment(place(own));
                    place != one && place != other
                };
                linked.is_empty() || linked.into_iter().any(shown)
            };
            let expected: BTreeSet<_> = match one {
                Facet::Environment(_) if same(&one, &other) => {
                    a.iter().copied().filter(linked_elsewhere).collect()
                }
                _ if same(&one, &other) => a.union(&b).copied().collect(),
                _ => a.intersection(&b).copied().collect(),
            };
            assert_eq!(seen, expected, "{one:?} and {other:?}");
        }
    }
}
