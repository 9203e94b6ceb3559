//! What to do first, in some lines at the top of a report.

use crate::analysis::{Finding, Severity};
use crate::export::answered::Answered;
use crate::export::document::{Document, Item};
use crate::inventory::{counted, grouped};

/// How many steps are named: as many as people begin with.
const MOST: usize = 3;

/// Adds the exposure in a sentence, and the first steps of the plan; without a plan what the worst
/// findings advise.
pub(crate) fn first_steps(answered: &Answered<'_>, document: &mut Document) {
    let answers = answered.answers;
    document.sentence(answers.exposure.sentence());
    let steps: Vec<Item> = (0..MOST).filter_map(|at| step(answered, at)).collect();
    let steps = if steps.is_empty() { worst(answered) } else { steps };
    if !steps.is_empty() {
        document.list([Item::with("What to do first", steps)]);
    }
}

fn step(answered: &Answered<'_>, at: usize) -> Option<Item> {
    let plan = &answered.assessment.plan;
    let step = plan.steps.get(at)?;
    let name = answered.graph().credential_name(step.fix.credential);
    let closed = step.pairs.0.saturating_sub(step.pairs.1);
    let closed = match closed {
        0 => String::new(),
        closed => {
            format!("closes {} of {} connected pairs, ", grouped(closed), grouped(step.pairs.0))
        }
    };
    let lost = match step.lost {
        0 => "loses no access".to_owned(),
        lost => format!("loses {}", counted(lost as usize, "access", "accesses")),
    };
    let (adds, remark) = (plan.adds_to(at), step.remark());
    Some(Item::from(format!("{} {name}{adds}: {closed}{lost}{remark}", step.fix.kind.word())))
}

/// What the worst findings advise.
fn worst(answered: &Answered<'_>) -> Vec<Item> {
    let answers = answered.answers;
    let is_bad = |finding: &&Finding| finding.severity <= Severity::High;
    let findings = answers.findings.iter().filter(is_bad).take(MOST);
    let item = |finding: &Finding| {
        let name = finding.subject.name(&answers.graph);
        Item::from(format!("{name}: {}", answers.details(finding).advice))
    };
    findings.map(item).collect()
}
