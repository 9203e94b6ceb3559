//! What each owner answers for, as a document and as a part of the report's.

use super::basis::basis;
use crate::analysis::{Answers, LiveAndDead, OwnerFigures, Severity, owner_label};
use crate::export::document::{Document, Item, Line};
use crate::export::owners::{AnsweredOwners, credentials_alone, instances_alone, others};
use crate::graph::AccessGraph;
use crate::inventory::counted;

/// All owners, the farthest reaching first, or everything that is one owner's and what would stand
/// without anybody if they left.
pub fn owners_document(answered: &AnsweredOwners<'_>) -> Document {
    let AnsweredOwners { answers, only } = *answered;
    let mut document = Document::default();
    basis(answered.graph(), &mut document);
    let Some(figures) = only else {
        owners(answers, usize::MAX, &mut document);
        return document;
    };
    document.list([owner_item(answers, figures)]);
    possessions(answers, figures, &mut document);
    departure(answers, figures, &mut document);
    document
}

/// Adds the first owners with their figures.
pub(crate) fn owners(answers: &Answers, most: usize, document: &mut Document) {
    let ranked = answers.owners.farthest_reaching();
    if ranked.is_empty() {
        return;
    }
    document.heading("Owners, those whose things reach farthest first");
    let listed = ranked.iter().take(most).map(|figures| owner_item(answers, figures));
    document.first_of(ranked.len(), listed);
}

fn owner_item(answers: &Answers, figures: &OwnerFigures) -> Item {
    let graph = &answers.graph;
    let line = Line::from(format!("{}: ", owner_label(graph, figures.owner)));
    let line = line.text(format!("{}, ", credentials(figures.credentials)));
    let instances = figures.service_instances;
    let line = line.text(counted(instances, "service instance", "service instances"));
    let line = match graph.instances().len() - instances {
        // Nothing is left that could be reached.
        0 => line,
        whole => {
            let line = line.text(", together reaching ");
            let line = line.figure(figures.reach.into(), "service instances of others");
            let line = line.text(format!(" of {}", counted(whole, "other", "others")));
            let reached = (figures.reach as usize, figures.reach_stated as usize);
            line.stated_share(reached, "service instances of others")
        }
    };
    let of = |severity: Severity| {
        let count = figures.findings.get(severity.rank()).copied().unwrap_or(0);
        (count > 0).then(|| format!("{count} {}", severity.word()))
    };
    let found: Vec<String> = Severity::ALL.into_iter().filter_map(of).collect();
    let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
    let no_expiry = counted(figures.no_expiry, "live credential", "live credentials");
    let mut below = vec![
        Item::from(format!("findings: {found}")),
        Item::from(format!(
            "shared: {}; across environments: {}; without expiry: {no_expiry}",
            credentials(figures.shared),
            credentials(figures.crossing),
        )),
    ];
    if figures.owner.is_some() {
        below.push(Item::from(format!("no other owner is named for {}", alone(figures))));
    }
    Item::with(line, below)
}

/// "3 live credentials, 1 dead".
fn credentials(LiveAndDead { live, dead }: LiveAndDead) -> String {
    let live = counted(live, "live credential", "live credentials");
    if dead == 0 { live } else { format!("{live}, {dead} dead") }
}

fn alone(figures: &OwnerFigures) -> String {
    let instances = figures.service_instances_alone;
    format!(
        "{} and {}{}",
        credentials(figures.credentials_alone),
        counted(instances, "service instance", "service instances"),
        apart(figures)
    )
}

/// What more an id across sources alone keeps from standing on one owner; empty where nothing does.
fn apart(figures: &OwnerFigures) -> String {
    match figures.credentials_alone_apart {
        0 => String::new(),
        more => {
            let more = counted(more, "more live credential", "more live credentials");
            format!(", {more} if ids across sources are apart")
        }
    }
}

/// Everything that is one owner's.
fn possessions(answers: &Answers, figures: &OwnerFigures, document: &mut Document) {
    let (graph, owner) = (&answers.graph, figures.owner);
    let beside = |others: Vec<&str>| {
        if others.is_empty() { String::new() } else { format!("  also {}", others.join(", ")) }
    };
    if figures.credentials.all() > 0 {
        document.heading(credentials(figures.credentials));
        document.list(answers.owners.credentials_of(owner).map(|at| {
            let others = beside(others(graph, graph.owners_of(at), owner));
            let dead = dead_mark(graph.credential(at).is_live());
            Item::from(format!("{}{dead}{others}", graph.credential_name(at)))
        }));
    }
    if figures.service_instances > 0 {
        let count = figures.service_instances;
        document.heading(counted(count, "service instance", "service instances"));
        document.list(answers.owners.instances_of(owner).map(|at| {
            let others = beside(others(graph, graph.owners_of_instance(at), owner));
            Item::from(format!("{}{others}", graph.instance_name(at)))
        }));
    }
}

fn dead_mark(is_live: bool) -> &'static str {
    if is_live { "" } else { ", dead" }
}

/// What would stand without anybody if the owner left.
fn departure(answers: &Answers, figures: &OwnerFigures, document: &mut Document) {
    let (graph, owner) = (&answers.graph, figures.owner);
    if owner.is_none() {
        document.heading("All of this stands without anybody already");
        return;
    }
    let name = owner_label(graph, owner);
    if figures.credentials_alone.all() + figures.service_instances_alone == 0 {
        document
            .heading(format!("If {name} leaves, nothing stands without anybody{}", apart(figures)));
        return;
    }
    let alone = alone(figures);
    document.heading(format!("If {name} leaves, {alone} would stand without anybody"));
    document.list(credentials_left(answers, graph, figures));
    let instances = instances_alone(answers, owner);
    document.list(instances.map(|at| Item::from(graph.instance_name(at))));
}

fn credentials_left(answers: &Answers, graph: &AccessGraph, figures: &OwnerFigures) -> Vec<Item> {
    let named = credentials_alone(answers, figures.owner).map(|at| {
        let dead = dead_mark(graph.credential(at).is_live());
        Item::from(format!("{}{dead}", graph.credential_name(at)))
    });
    named.collect()
}
