//! The report for a terminal or a mail; hostile characters are shown escaped.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::Answered;
use super::assumed::write_assumed;
use super::between_text::write_between;
use crate::analysis::{Reason, Severity};
use crate::inventory::counted;
use crate::inventory::shown;

/// How many findings of each severity, and how many ranked credentials, are listed.
const MOST: usize = 20;

/// Writes the report as plain text.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_text(answered: &Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    let graph = answered.graph;
    writeln!(out, "{}\n", shown(&answered.headline.sentence()))?;
    write_assumed(graph, out)?;
    for source in &graph.inventory().sources {
        let ledger = &source.ledger;
        writeln!(
            out,
            "{}: {}: {} accepted, {} merged, {} skipped, {} rejected",
            shown(&source.name),
            counted(ledger.read() as usize, "row", "rows"),
            ledger.accepted,
            ledger.merged,
            ledger.skipped,
            ledger.rejected
        )?;
        for note in &source.unmapped {
            writeln!(out, "  {}", shown(note))?;
        }
    }
    let totals = answered.totals;
    writeln!(
        out,
        "{} ({} shared, {} across environments), {}, {}",
        counted(totals.credentials, "credential", "credentials"),
        totals.shared_credentials,
        totals.cross_environment_credentials,
        counted(totals.service_instances, "service instance", "service instances"),
        counted(totals.environments, "environment", "environments")
    )?;
    write_between(answered, out)?;
    write_findings(answered, out)?;
    write_ranking(answered, out)?;
    write_problems(answered, out)
}

fn write_findings(answered: &Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    let graph = answered.graph;
    for severity in Severity::ALL {
        let of_this = || answered.findings.iter().filter(move |f| f.severity == severity);
        let whole = of_this().count();
        if whole == 0 {
            continue;
        }
        writeln!(out, "\n{} {}", whole, severity.word())?;
        for finding in of_this().take(MOST) {
            let name = finding.subject.name(graph);
            writeln!(out, "  {} {}: {}", finding.rule.id(), finding.rule.title(), shown(&name))?;
            for Reason { words, weight } in &finding.why {
                let weight = if *weight == 0 { String::new() } else { format!(" ({weight:+})") };
                writeln!(out, "      because {}{weight}", shown(words))?;
            }
            writeln!(out, "      so {}", shown(&finding.advice))?;
            let attack = finding.technique;
            let attack = attack.map(|attack| format!("; ATT&CK {} {}", attack.id(), attack.name()));
            let owasp = finding.rule.owasp();
            writeln!(out, "      OWASP {owasp}:2025{}", attack.unwrap_or_default())?;
            if let Some(&place) = finding.evidence.first() {
                let first = graph.inventory().place_text(place);
                let first_of = match finding.evidence.len() {
                    1 => String::new(),
                    total => format!(", the first of {total} rows"),
                };
                writeln!(out, "      see {}{first_of}", shown(&first))?;
            }
        }
        if whole > MOST {
            writeln!(out, "  and {} more", whole - MOST)?;
        }
    }
    Ok(())
}

fn write_ranking(answered: &Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    let graph = answered.graph;
    let reach = |at: usize| answered.reach.credentials.get(at).copied().unwrap_or(0);
    let mut ranked: Vec<_> = graph.credential_indices().collect();
    ranked.sort_by_key(|at| Reverse(reach(at.index())));
    writeln!(out, "\nFarthest reaching credentials")?;
    for at in ranked.into_iter().take(MOST).filter(|at| reach(at.index()) > 0) {
        writeln!(
            out,
            "  {:>6} of {}  {}",
            reach(at.index()),
            graph.instances().len(),
            shown(graph.credential_name(at))
        )?;
    }
    Ok(())
}

/// What could not be taken as it stands: rejected rows first, for they are missing from the rest.
fn write_problems(answered: &Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    let inventory = answered.graph.inventory();
    let problems = answered.graph.all_problems();
    if problems.is_empty() {
        return Ok(());
    }
    let of_rows = || problems.iter().filter(|problem| problem.row_rejected);
    let of_cells = problems.iter().filter(|problem| !problem.row_rejected);
    let all = counted(problems.len(), "problem", "problems");
    writeln!(out, "\n{all} ({} rejected a row)", of_rows().count())?;
    for problem in of_rows().chain(of_cells).take(MOST) {
        let place = inventory.place_text(problem.place);
        let column = if problem.column.is_empty() { "" } else { ", column " };
        let (place, name, message) =
            (shown(&place), shown(&problem.column), shown(&problem.message));
        writeln!(out, "  {place}{column}{name}: {message}")?;
    }
    if problems.len() > MOST {
        writeln!(out, "  and {} more", problems.len() - MOST)?;
    }
    Ok(())
}
