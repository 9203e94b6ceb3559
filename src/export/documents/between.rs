//! What lies between entry points and crown jewels, as part of the report's document.

use super::names::path_line;
use crate::analysis::{
    Costs, Cut, Gap, MinimumCut, Precision, Silence, UNBREAKABLE, Witness, marked_words,
    unread_facts,
};
use crate::export::answered::Answered;
use crate::export::document::{Document, Item, Line, more};
use crate::export::hops::assumed_mark;
use crate::graph::AccessGraph;
use crate::inventory::counted;

/// How many entries are listed of a kind.
const MOST: usize = 20;
/// How many of what is listed beside the answer itself.
const FEW: usize = 5;
/// How long the bar of the whole is.
const BAR: u64 = 20;

/// Adds the crown jewels that an attacker has from the start.
pub(super) fn already_fallen(answered: &Answered<'_>, document: &mut Document) {
    let graph = answered.graph();
    let fallen = &answered.answers.ends.already_fallen;
    if fallen.is_empty() {
        return;
    }
    let count = counted(fallen.len(), "crown jewel", "crown jewels");
    document.heading(format!("{count} at once an entry point"));
    let listed = fallen.iter().take(MOST);
    let listed = listed.map(|&at| format!("already fallen: {}", graph.instance_name(at)));
    document.first_of(fallen.len(), listed.map(Item::from));
}

/// Adds the cut, and the one with stated access alone where that is another.
pub(super) fn cuts(answered: &Answered<'_>, document: &mut Document) {
    let assessment = answered.assessment;
    let (cut, stated) = (&assessment.cut, &assessment.cut_stated);
    if is_empty(cut) {
        return;
    }
    one_cut(answered, cut, "", document);
    if stated == cut || is_empty(stated) {
        document.list([Item::from(stated.stated_words(cut))]);
    } else {
        one_cut(answered, stated, " with stated access alone", document);
    }
}

fn is_empty(cut: &Cut) -> bool {
    matches!(cut, Cut::Found(cut) if cut.credentials.is_empty())
}

fn one_cut(answered: &Answered<'_>, cut: &Cut, which: &str, document: &mut Document) {
    let graph = answered.graph();
    match cut {
        Cut::Found(cut) => {
            document.heading(format!("Minimum cut{which}: {}", cut.figures()));
            let named = cut.credentials.iter().take(MOST);
            let mark = |at| assumed_mark(!answered.assessment.is_assumed_member(at));
            let named =
                named.map(|&at| Item::from(format!("{}{}", graph.credential_name(at), mark(at))));
            document.first_of(cut.credentials.len(), named);
            document.list([proof(graph, cut)]);
        }
        Cut::Unbreakable(found) => {
            document.heading(format!("No cut{which}: {UNBREAKABLE}"));
            document.list([Item::from(path_line(graph, found))]);
        }
    }
}

/// The witness paths: no cheaper set can close them all.
fn proof(graph: &AccessGraph, cut: &MinimumCut) -> Item {
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
    Item::with(cut.proof(), below)
}

/// Adds the steps of the plan, as a curve too: what is left after no fix, one fix, two fixes and so on.
pub(super) fn plan(answered: &Answered<'_>, document: &mut Document) {
    let (graph, assessment) = (answered.graph(), answered.assessment);
    let plan = &assessment.plan;
    let Some(&whole) = plan.curve().first() else {
        if plan.cut_short || matches!(assessment.cut, Cut::Unbreakable(_)) {
            document.heading("Plan");
            document.list([Item::from(plan.beside(&assessment.cut))]);
        }
        return;
    };
    document.heading("Plan: connected pairs left after each fix");
    document.curve("Connected pairs", plan.curve());
    let row = |number: usize, left: u64, fix: String| {
        let left_line = Line::default().figure(left, "connected pairs");
        vec![number.to_string().into(), left_line, bar(left, whole), fix.into()]
    };
    let steps = (1..).zip(plan.steps.iter().take(MOST)).map(|(number, step)| {
        let name = graph.credential_name(step.fix.credential);
        let lost = counted(step.lost as usize, "access", "accesses");
        let (adds, remark) = (plan.adds_to(number - 1), step.remark());
        let kind = step.fix.kind.word();
        row(number, step.pairs.1, format!("{kind} {name}{adds}, {lost} lost{remark}"))
    });
    let rows = std::iter::once(row(0, whole, String::new())).chain(steps);
    document.table(&[true, true, false, false], rows);
    document.first_of(plan.steps.len().saturating_sub(MOST), []);
    let sentences = [
        plan.words(),
        plan.beside(&assessment.cut),
        plan.assumed_words(),
        plan.precision_words().to_owned(),
        assessment.plan_stated.stated_words(),
        marked_words(graph, &Costs::new(graph)),
    ];
    document.list(sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(Item::from));
}

/// A bar of the share; what is not nothing has a mark.
fn bar(part: u64, whole: u64) -> Line {
    let signs = u128::from(part) * u128::from(BAR) / u128::from(whole.max(1));
    Line::of_bar((signs as u8).max(u8::from(part > 0)))
}

/// Adds what depends on each credential.
pub(super) fn choke_points(answered: &Answered<'_>, document: &mut Document) {
    let (graph, assessment) = (answered.graph(), answered.assessment);
    let (chokes, stated) = (&assessment.choke_points, &assessment.choke_points_stated);
    let all = chokes.ranked();
    if all.is_empty() {
        return;
    }
    let whole = answered.answers.exposure.connected_pairs;
    document.heading(format!(
        "Choke points: connected pairs (of {whole}) that depend on each credential"
    ));
    let rows = all.iter().take(MOST).map(|&(at, pairs)| {
        let stated = stated.pairs.get(at.index()).copied().unwrap_or(0);
        let name = graph.credential_name(at);
        let figure = Line::default().figure(pairs, "connected pairs");
        let mark = assumed_mark(stated > 0);
        vec![figure, format!("{name}, {stated} with stated access alone{mark}").into()]
    });
    document.table(&[true, false], rows);
    document.list(more(all.len(), MOST.min(all.len())));
    if chokes.precision != Precision::Exact {
        document.list([Item::from(chokes.precision.words())]);
    }
}

/// Adds the shortest paths.
pub(super) fn paths(answered: &Answered<'_>, document: &mut Document) {
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
        document.list([Item::from("With stated access alone there is none")]);
        return;
    }
    let below = stated.iter().take(FEW).map(|path| Item::from(path_line(graph, path)));
    document.list([Item::with("With stated access alone", below.collect())]);
}

/// Adds what the inventory does not say, and why that matters.
pub(super) fn coverage(answered: &Answered<'_>, document: &mut Document) {
    let (coverage, inventory) = (&answered.answers.coverage, answered.graph().inventory());
    let gaps = Silence::ALL.map(|silence| (silence, silence.gap(coverage)));
    let line = |(silence, gap): (Silence, Gap)| {
        let figure = Line::default().figure(gap.missing as u64, silence.of());
        Item::from(figure.text(format!(" {}", silence.words(gap))))
    };
    let silent = gaps.into_iter().filter(|(_, gap)| gap.missing > 0).map(line);
    document.heading("Coverage: what the inventory does not say (silence is not safety)");
    let mut all: Vec<Item> = silent.chain(coverage.assumed_words().map(Item::from)).collect();
    all.extend(unread_facts(inventory).iter().map(|fact| Item::from(fact.words(inventory))));
    if all.is_empty() {
        document.list([Item::from("nothing that is looked for is missing")]);
    }
    document.list(all);
}
