//! What workshops brought to a project: its minutes, and the facts that were stated.

use super::fix_lists::{AnsweredProject, answered};
use crate::cli::arguments::{AssumptionArguments, MinutesArguments, StatedArguments};
use crate::cli::files::{open_project, today};
use crate::cli::streams::{Failure, INPUT, Streams, deliver};
use crate::export::{minutes_document, write_handed_over, write_markdown};
use crate::import::Fingerprinter;
use crate::inventory::{Inventory, Progress, counted};
use crate::project::{Project, Redaction, facts_to_hand_over};

/// Carries out `minutes`.
pub(in crate::cli) fn minutes(
    arguments: &MinutesArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let MinutesArguments { project, output, hide } = arguments;
    let opened = open_project(project, today(), &Progress::default());
    let own = opened.map_err(|message| Failure(INPUT, message))?.project;
    let shown = match hide.redact {
        None => own,
        Some(kinds) => hidden(&Redaction::of_project(kinds, &own), &own),
    };
    deliver(output.as_deref(), streams.out, |out| write_markdown(&minutes_document(&shown), out))
}

/// A project as its minutes need it, under pseudonyms.
fn hidden(names: &Redaction, own: &Project) -> Project {
    let policy = &own.assumptions;
    let hidden = |inventory: &Inventory| std::sync::Arc::new(names.inventory(inventory, policy));
    let inventory = own.sources.inventory.as_deref().map(hidden);
    let sources = crate::project::Sources { inventory, ..crate::project::Sources::default() };
    Project {
        sources: std::sync::Arc::new(sources),
        workshop: std::sync::Arc::new(names.workshop(&own.workshop, policy)),
        ..Project::new(policy.as_of)
    }
}

/// Carries out `stated`.
pub(in crate::cli) fn stated(
    arguments: &StatedArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let StatedArguments { project, output, hide } = arguments;
    let found = answered(project, (&AssumptionArguments::default(), hide), streams)?;
    let AnsweredProject { opened, answers, .. } = found;
    let keyed = opened.key.known().map(Fingerprinter::new);
    let workshop = &opened.project.workshop;
    let handed = facts_to_hand_over(&answers.graph, workshop, keyed.as_ref());
    for left_out in &handed.left_out {
        streams.warn(left_out);
    }
    if handed.facts.is_empty() && !handed.left_out.is_empty() {
        let left = counted(handed.left_out.len(), "fact", "facts");
        let why = format!("nothing can be handed over: {left} left out");
        return Err(Failure(INPUT, format!("{why}: {}", project.display())));
    }
    deliver(output.as_deref(), streams.out, |out| write_handed_over(&handed, out))
}
