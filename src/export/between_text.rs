//! What lies between entry points and crown jewels, for a terminal or a mail.

use std::io::{self, Write};

use super::Answered;
use super::between::ranked;
use crate::analysis::{Coverage, Cut, Gap, MinimumCut, Path, Plan, Precision};
use crate::graph::AccessGraph;
use crate::inventory::counted;
use crate::inventory::shown;

/// How many entries are listed of a kind.
const MOST: usize = 20;
/// How many of what is listed beside the answer itself.
const FEW: usize = 5;
/// How long the bar of the whole is.
const BAR: u64 = 20;

/// Writes exposure, cut, plan, choke points, paths and coverage.
pub(super) fn write_between(answered: &Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (graph, judgement) = (answered.graph, answered.judgement);
    writeln!(out, "\n{}", judgement.exposure.sentence())?;
    for &at in judgement.ends.already_fallen.iter().take(MOST) {
        writeln!(out, "  already fallen: {}", shown(&graph.instance_name(at)))?;
    }
    write_cut(answered, out)?;
    write_plan(answered, out)?;
    write_choke_points(answered, out)?;
    write_paths(answered, out)?;
    write_coverage(&judgement.coverage, out)
}

fn write_rest(whole: usize, out: &mut dyn Write) -> io::Result<()> {
    if whole > MOST {
        writeln!(out, "  and {} more", whole - MOST)?;
    }
    Ok(())
}

/// The cut, and the one by stated access alone where that is another.
fn write_cut(answered: &Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (graph, judgement) = (answered.graph, answered.judgement);
    let (cut, stated) = (&judgement.cut, &judgement.cut_stated);
    if is_empty(cut) {
        return Ok(());
    }
    write_one_cut(graph, cut, "", out)?;
    if stated == cut {
        return writeln!(out, "  By stated access alone it is the same");
    }
    if is_empty(stated) {
        return writeln!(out, "  By stated access alone there is nothing to cut");
    }
    write_one_cut(graph, stated, " by stated access alone", out)
}

fn is_empty(cut: &Cut) -> bool {
    matches!(cut, Cut::Found(cut) if cut.credentials.is_empty())
}

fn write_one_cut(
    graph: &AccessGraph,
    cut: &Cut,
    which: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    match cut {
        Cut::Found(cut) => {
            let others = if cut.others_exist { "; others cost as little" } else { "" };
            let count = counted(cut.credentials.len(), "credential", "credentials");
            writeln!(out, "\nMinimum cut{which}: {count}, cost {}{others}", cut.cost)?;
            for &at in cut.credentials.iter().take(MOST) {
                writeln!(out, "  {}", shown(graph.credential_name(at)))?;
            }
            write_rest(cut.credentials.len(), out)?;
            write_proof(graph, cut, out)
        }
        Cut::Unbreakable(found) => {
            writeln!(out, "\nNo cut{which}: this path leads through what may never be removed")?;
            write_path(graph, found, out)
        }
    }
}

/// The witness paths: no cheaper set can close them all.
fn write_proof(graph: &AccessGraph, cut: &MinimumCut, out: &mut dyn Write) -> io::Result<()> {
    let alone = cut.witnesses.iter().all(|witness| witness.flow == 1);
    let what = if alone && cut.witnesses.len() == cut.credentials.len() {
        "as many paths of which no two share a credential"
    } else {
        "paths that carry as much, no credential more than its cost"
    };
    writeln!(out, "  It takes no less, for there are {what}:")?;
    for witness in cut.witnesses.iter().take(FEW) {
        if witness.flow > 1 {
            write!(out, "  {} ×", witness.flow)?;
        }
        write_path(graph, &witness.path, out)?;
    }
    let more = cut.witnesses.len().saturating_sub(FEW);
    if more > 0 {
        writeln!(out, "    and {more} more")?;
    }
    Ok(())
}

fn write_path(graph: &AccessGraph, path: &Path, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "    {}", shown(&graph.instance_name(path.from)))?;
    for hop in &path.hops {
        let credential = shown(graph.credential_name(hop.credential));
        write!(out, " → {credential} → {}", shown(&graph.instance_name(hop.to)))?;
    }
    writeln!(out, "{}", if path.is_stated(graph) { "" } else { "  (assumed)" })
}

/// The steps as a curve: what is left after no fix, one fix, two fixes and so on.
fn write_plan(answered: &Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (graph, judgement) = (answered.graph, answered.judgement);
    let plan = &judgement.plan;
    let Some(&whole) = plan.curve().first() else { return Ok(()) };
    writeln!(out, "\nPlan: connected pairs left after each fix")?;
    writeln!(out, "  {:>3} {whole:>12}  {}", 0, bar(whole, whole))?;
    for (number, step) in (1..).zip(plan.steps.iter().take(MOST)) {
        let name = shown(graph.credential_name(step.fix.credential));
        let (left, fix) = (step.pairs.1, step.fix.kind.word());
        let bar = bar(left, whole);
        writeln!(
            out,
            "  {number:>3} {left:>12}  {bar:<20}  {fix} {name}, {} lost",
            counted(step.lost as usize, "access", "accesses")
        )?;
    }
    write_rest(plan.steps.len(), out)?;
    let beside = plan.beside(&judgement.cut);
    writeln!(out, "  {beside}")?;
    writeln!(out, "  By stated access alone: {}", in_short(&judgement.plan_stated))
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
    let fixes =
        if plan.steps.len() == 1 { "1 fix" } else { &format!("{} fixes", plan.steps.len()) };
    format!("{first} → {last} connected pairs by {fixes}")
}

fn write_choke_points(answered: &Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (graph, judgement) = (answered.graph, answered.judgement);
    let (chokes, stated) = (&judgement.choke_points, &judgement.choke_points_stated);
    let all = ranked(chokes);
    if all.is_empty() {
        return Ok(());
    }
    let whole = judgement.exposure.connected_pairs;
    writeln!(out, "\nChoke points: of {whole} connected pairs how many need it")?;
    for &(at, pairs) in all.iter().take(MOST) {
        let stated = stated.pairs.get(at.index()).copied().unwrap_or(0);
        let name = shown(graph.credential_name(at));
        writeln!(out, "  {pairs:>12}  {name}, {stated} by stated access alone")?;
    }
    write_rest(all.len(), out)?;
    if let Precision::Sampled { taken, whole, error } = chokes.precision {
        writeln!(
            out,
            "  Estimated from {taken} of {whole} entry points: a figure is off by more than {} pairs \
             in one of twenty cases at most",
            error.ceil()
        )?;
    }
    Ok(())
}

fn write_paths(answered: &Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (graph, judgement) = (answered.graph, answered.judgement);
    if judgement.paths.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nShortest paths")?;
    for found in judgement.paths.iter().take(MOST) {
        write_path(graph, found, out)?;
    }
    write_rest(judgement.paths.len(), out)?;
    if judgement.paths.iter().take(MOST).all(|path| path.is_stated(graph)) {
        return Ok(());
    }
    match judgement.paths_stated.as_slice() {
        [] => writeln!(out, "  By stated access alone there is none"),
        paths => {
            writeln!(out, "  By stated access alone")?;
            paths.iter().take(FEW).try_for_each(|path| write_path(graph, path, out))
        }
    }
}

/// What the inventory does not say, and why that matters.
fn write_coverage(coverage: &Coverage, out: &mut dyn Write) -> io::Result<()> {
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
    writeln!(out, "\nCoverage: what the inventory does not say, for silence is not safety")?;
    let (credentials, instances) = ("live credentials", "service instances");
    for (gap, of, what) in [
        (credentials_without_holder, credentials, "have no known holder"),
        (credentials_without_grant, credentials, "open nothing that is known"),
        (credentials_without_owner, credentials, "have no known owner"),
        (credentials_without_expiry, credentials, "have no known expiry"),
        (instances_without_grant, instances, "are opened by no known credential"),
        (instances_without_owner, instances, "have no known owner"),
        (instances_without_environment, instances, "have no known environment"),
    ] {
        let Gap { missing, missing_stated, of: whole } = gap;
        let stated = if missing_stated == missing {
            String::new()
        } else {
            format!(", {missing_stated} by stated access alone")
        };
        writeln!(out, "  {missing} of {whole} {of} {what}{stated}")?;
    }
    writeln!(out, "  {assumed_edges} of {edges} accesses are assumed")
}
