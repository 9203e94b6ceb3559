//! What each owner answers for, as a table.

use std::io;

use super::cell::{Cell, TakeRow};
use crate::analysis::{Answers, OwnerFigures, Severity, owner_label};

pub(super) const COLUMNS: [&str; 19] = [
    "owner",
    "is_named",
    "credentials",
    "credentials_live",
    "service_instances",
    "shared_credentials",
    "shared_credentials_live",
    "cross_environment_credentials",
    "cross_environment_credentials_live",
    "no_expiry",
    "findings_critical",
    "findings_high",
    "findings_medium",
    "findings_low",
    "reach",
    "reach_stated",
    "credentials_alone",
    "credentials_alone_live",
    "service_instances_alone",
];

/// Gives a row for each owner, and one for what nobody owns.
pub(super) fn rows(answers: &Answers, take: &mut TakeRow<'_>) -> io::Result<()> {
    answers.owners.figures.iter().try_for_each(|figures| take(&row(answers, figures)))
}

fn row<'a>(answers: &'a Answers, figures: &OwnerFigures) -> [Cell<'a>; COLUMNS.len()] {
    let of = |severity: Severity| {
        Cell::from(figures.findings.get(severity.rank()).copied().unwrap_or(0))
    };
    [
        owner_label(&answers.graph, figures.owner).into(),
        figures.owner.is_some().into(),
        figures.credentials.all().into(),
        figures.credentials.live.into(),
        figures.service_instances.into(),
        figures.shared.all().into(),
        figures.shared.live.into(),
        figures.crossing.all().into(),
        figures.crossing.live.into(),
        figures.no_expiry.into(),
        of(Severity::Critical),
        of(Severity::High),
        of(Severity::Medium),
        of(Severity::Low),
        figures.reach.into(),
        figures.reach_stated.into(),
        figures.credentials_alone.all().into(),
        figures.credentials_alone.live.into(),
        figures.service_instances_alone.into(),
    ]
}
