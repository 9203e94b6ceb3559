//! What lies between entry points and crown jewels, as part of the report's document.

use super::names::path_line;
use crate::analysis::{Coverage, Cut, Gap, MinimumCut, Plan, Precision, Witness};
use crate::export::answered::Answered;
use crate::export::document::{Document, Item, Line, more};
use crate::graph::AccessGraph;
use crate::inventory::counted;

/// How many entries are listed of a kind.
const MOST: usize = 20;
/// How many of what is listed beside the answer itself.
const FEW: usize = 5;
/// How long the bar of the whole is.
const BAR: u64 = 20;

/// Adds exposure, cut, plan, choke points, paths and coverage.
pub(crate) fn between(answered: &Answered<'_>, document: &mut Document) {
    let graph = answered.graph();
    document.heading(answered.answers.exposure.sentence());
    let fallen = answered.answers.ends.already_fallen.iter().take(MOST);
    document
        .list(fallen.map(|&at| Item::from(format!("already fallen: {}", graph.instance_name(at)))));
    cuts(answered, document);
    plan(answered, document);
    choke_points(answered, document);
    paths(answered, document);
    coverage(&answered.answers.coverage, document);
}

/// The cut, and the one by stated access alone where that is another.
fn cuts(answered: &Answered<'_>, document: &mut Document) {
    let (graph, assessment) = (answered.graph(), answered.assessment);
    let (cut, stated) = (&assessment.cut, &assessment.cut_stated);
    if is_empty(cut) {
        return;
    }
    one_cut(graph, cut, "", document);
    if stated == cut {
        document.list([Item::from("By stated access alone it is the same")]);
    } else if is_empty(stated) {
        document.list([Item::from("By stated access alone there is nothing to cut")]);
    } else {
        one_cut(graph, stated, " by stated access alone", document);
    }
}

fn is_empty(cut: &Cut) -> bool {
    matches!(cut, Cut::Found(cut) if cut.credentials.is_empty())
}

fn one_cut(graph: &AccessGraph, cut: &Cut, which: &str, document: &mut Document) {
    match cut {
        Cut::Found(cut) => {
            let others = if cut.others_exist { "; others cost as little" } else { "" };
            let count = counted(cut.credentials.len(), "credential", "credentials");
            document.heading(format!("Minimum cut{which}: {count}, cost {}{others}", cut.cost));
            let named = cut.credentials.iter().take(MOST);
            let named = named.map(|&at| Item::from(graph.credential_name(at)));
            document.first_of(cut.credentials.len(), named);
            document.list([proof(graph, cut)]);
        }
        Cut::Unbreakable(found) => {
            document.heading(format!(
                "No cut{which}: this path leads through what may never be removed"
            ));
            document.list([Item::from(path_line(graph, found))]);
        }
    }
}

/// The witness paths: no cheaper set can close them all.
fn proof(graph: &AccessGraph, cut: &MinimumCut) -> Item {
    let alone = cut.witnesses.iter().all(|witness| witness.flow == 1);
    let what = if alone && cut.witnesses.len() == cut.credentials.len() {
        "as many paths of which no two share a credential"
    } else {
        "paths that carry as much, no credential more than its cost"
    };
    let witness = |witness: &Witness| {
        let path = path_line(graph, &witness.path);
        if witness.flow == 1 {
            return Item::from(path);
        }
        let mut line = Line::from(format!("{} × ", witness.flow));
        line.spans.extend(path.spans);
        Item::from(line)
    };
    let mut below: Vec<Item> = cut.witnesses.iter().take(FEW).map(witness).collect();
    below.extend(more(cut.witnesses.len(), below.len()));
    Item::with(format!("No cheaper cut exists, because there are {what}:"), below)
}

/// The steps as a curve: what is left after no fix, one fix, two fixes and so on.
fn plan(answered: &Answered<'_>, document: &mut Document) {
    let (graph, assessment) = (answered.graph(), answered.assessment);
    let plan = &assessment.plan;
    let Some(&whole) = plan.curve().first() else { return };
    document.heading("Plan: connected pairs left after each fix");
    let row = |number: usize, left: u64, fix: String| {
        let left_line = Line::default().figure(left, "connected pairs");
        vec![number.to_string().into(), left_line, bar(left, whole).into(), fix.into()]
    };
    let steps = (1..).zip(plan.steps.iter().take(MOST)).map(|(number, step)| {
        let name = graph.credential_name(step.fix.credential);
        let lost = counted(step.lost as usize, "access", "accesses");
        row(number, step.pairs.1, format!("{} {name}, {lost} lost", step.fix.kind.word()))
    });
    let rows = std::iter::once(row(0, whole, String::new())).chain(steps);
    document.table(&[true, true, false, false], rows);
    document.first_of(plan.steps.len().saturating_sub(MOST), []);
    document.list([
        Item::from(plan.beside(&assessment.cut)),
        Item::from(format!("By stated access alone: {}", in_short(&assessment.plan_stated))),
    ]);
}

/// A bar of the share; what is not nothing has a mark.
fn bar(part: u64, whole: u64) -> String {
    let marks = u128::from(part) * u128::from(BAR) / u128::from(whole.max(1));
    "#".repeat((marks as usize).max(usize::from(part > 0)))
}

fn in_short(plan: &Plan) -> String {
    let curve = plan.curve();
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else {
        return "nothing to fix".to_owned();
    };
    let fixes = counted(plan.steps.len(), "fix", "fixes");
    format!("{first} → {last} connected pairs by {fixes}")
}

fn choke_points(answered: &Answered<'_>, document: &mut Document) {
    let (graph, assessment) = (answered.graph(), answered.assessment);
    let (chokes, stated) = (&assessment.choke_points, &assessment.choke_points_stated);
    let all = chokes.ranked();
    if all.is_empty() {
        return;
    }
    let whole = answered.answers.exposure.connected_pairs;
    document.heading(format!("Choke points: of {whole} connected pairs how many need it"));
    let rows = all.iter().take(MOST).map(|&(at, pairs)| {
        let stated = stated.pairs.get(at.index()).copied().unwrap_or(0);
        let name = graph.credential_name(at);
        let figure = Line::default().figure(pairs, "connected pairs");
        vec![figure, format!("{name}, {stated} by stated access alone").into()]
    });
    document.table(&[true, false], rows);
    document.list(more(all.len(), MOST.min(all.len())));
    if let Precision::Sampled { taken, whole, error } = chokes.precision {
        document.list([Item::from(format!(
            "Estimated from {taken} of {whole} entry points: a figure is off by more than {} pairs \
             in one of twenty cases at most",
            error.ceil()
        ))]);
    }
}

fn paths(answered: &Answered<'_>, document: &mut Document) {
    let (graph, assessment) = (answered.graph(), answered.assessment);
    if assessment.paths.is_empty() {
        return;
    }
    document.heading("Shortest paths");
    let listed = assessment.paths.iter().take(MOST);
    document
        .first_of(assessment.paths.len(), listed.map(|found| Item::from(path_line(graph, found))));
    if assessment.paths.iter().take(MOST).all(|path| path.is_stated(graph)) {
        return;
    }
    let stated = &assessment.paths_stated;
    if stated.is_empty() {
        document.list([Item::from("By stated access alone there is none")]);
        return;
    }
    let below = stated.iter().take(FEW).map(|path| Item::from(path_line(graph, path)));
    document.list([Item::with("By stated access alone", below.collect())]);
}

/// What the inventory does not say, and why that matters.
fn coverage(coverage: &Coverage, document: &mut Document) {
    let Coverage {
        credentials_without_holder,
        credentials_without_grant,
        credentials_without_owner,
        credentials_without_expiry,
        instances_without_grant,
        instances_without_owner,
        instances_without_environment,
        assumed_edges,
        edges,
    } = *coverage;
    document.heading("Coverage: what the inventory does not say, for silence is not safety");
    let (credentials, instances) = ("live credentials", "service instances");
    let gaps = [
        (credentials_without_holder, credentials, "have no known holder"),
        (credentials_without_grant, credentials, "open nothing that is known"),
        (credentials_without_owner, credentials, "have no known owner"),
        (credentials_without_expiry, credentials, "have no known expiry"),
        (instances_without_grant, instances, "are opened by no known credential"),
        (instances_without_owner, instances, "have no known owner"),
        (instances_without_environment, instances, "have no known environment"),
    ];
    let line = |(gap, of, what): (Gap, &'static str, &str)| {
        let Gap { missing, missing_stated, of: whole } = gap;
        let stated = if missing_stated == missing {
            String::new()
        } else {
            format!(", {missing_stated} by stated access alone")
        };
        let figure = Line::default().figure(missing as u64, of);
        Item::from(figure.text(format!(" of {whole} {of} {what}{stated}")))
    };
    document.list(gaps.map(line));
    document.list([Item::from(format!("{assumed_edges} of {edges} accesses are assumed"))]);
}
