//! The gate of a pipeline: fails where findings are bad enough, or where a baseline does not have them.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use flate2::read::GzDecoder;

use super::arguments::{CheckArguments, CheckFormat};
use super::files::{is_project_file, is_standard_stream, not_read};
use super::inputs::{Compared, opened, policy, two_graphs};
use super::streams::{FOUND, Failure, INPUT, Streams, USAGE, deliver};
use crate::analysis::{
    Answers, Assessment, LISTED_PATHS, Question, Severity, assess_only, difference, unmatched,
};
use crate::export::{
    Baseline, BaselineReport, FailOn, SarifContext, Verdict, hidden_report, verdict,
    verdict_document, write_junit, write_sarif, write_styled_text, write_verdict_json,
};
use crate::graph::AccessGraph;
use crate::project::{FindingRegister, Standings};

/// Carries out `check`.
pub(super) fn checked(
    arguments: &CheckArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let format = CheckFormat::chosen(arguments.format, arguments.output.as_deref());
    let format = format.map_err(|message| Failure(USAGE, message))?;
    let fail_on = match (arguments.fail_on, &arguments.baseline) {
        (Some(FailOn::Worse), None) => {
            let why = "nothing is known to be worse than; name a --baseline";
            return Err(Failure(USAGE, why.to_owned()));
        }
        (Some(fail_on), _) => fail_on,
        (None, None) => FailOn::Severity(Severity::Low),
        (None, Some(_)) => FailOn::Worse,
    };
    let progress = streams.progress.clone();
    let report = match &arguments.baseline {
        Some(path) => report_of(path)?,
        None => None,
    };
    let Sides { old, new, findings } = sides(arguments, report.is_some(), streams)?;
    let report = match (report, &mut streams.hidden) {
        (Some(report), Some(names)) => Some(hidden_report(report, names, new.assumptions())),
        (report, _) => report,
    };
    warn(&new, streams);
    let other = report.as_ref().and_then(|report| report.other_assumptions(new.assumptions()));
    let alike = other.map(|other| AccessGraph::build(new.inventory().clone(), &other));
    let Some(answers) = Answers::compute(new, &progress) else { return Ok(()) };
    let compute = |graph| Answers::compute(graph, &progress);
    let (before, alike) = (old.and_then(compute), alike.and_then(compute));
    let differs =
        before.as_ref().and_then(|before| difference(before.side(), answers.side(), &progress));
    let baseline = match (&report, &before, &differs) {
        (Some(report), ..) => Baseline::Report(report, alike.as_ref()),
        (None, Some(before), Some(differs)) => Baseline::Inventory(before, differs),
        _ => Baseline::None,
    };
    let standings = findings.map(|findings| Standings::of(&answers, &findings));
    let verdict = verdict(&answers, baseline, fail_on, standings.as_ref());
    let questions: &[Question] = match format {
        CheckFormat::Sarif => &[Question::Paths],
        CheckFormat::Text | CheckFormat::Json | CheckFormat::Junit => &[],
    };
    let (graph, ends) = (&answers.graph, &answers.ends);
    let Some(assessment) = assess_only(graph, ends, LISTED_PATHS, questions, &progress) else {
        return Ok(());
    };
    write(arguments, format, (&verdict, &assessment), streams)?;
    match verdict.failure() {
        Some(failure) => Err(Failure(FOUND, format!("the check failed: {failure}"))),
        None => Ok(()),
    }
}

/// What is judged, and what it is compared with.
struct Sides {
    /// The inventory of the baseline, where it is no report.
    old: Option<AccessGraph>,
    new: AccessGraph,
    /// What was decided on the findings, where a project is judged.
    findings: Option<Arc<FindingRegister>>,
}

fn sides(
    arguments: &CheckArguments,
    is_beside_report: bool,
    streams: &mut Streams<'_>,
) -> Result<Sides, Failure> {
    let CheckArguments { files, baseline, reading, assume, .. } = arguments;
    let sides = match baseline {
        Some(path) if !is_beside_report => {
            let both = [std::slice::from_ref(path), files];
            let Compared { old, new, findings } = two_graphs(both, reading, assume, streams)?;
            Sides { old: Some(old), new, findings }
        }
        _ => {
            let policy = policy(assume)?;
            let opened = opened(files, reading, &streams.progress)?;
            let findings = opened.project.as_ref().map(|project| project.findings.clone());
            Sides { old: None, new: opened.graph(assume, policy, streams), findings }
        }
    };
    let accepts = |findings: &Arc<FindingRegister>| {
        findings.records.values().any(|record| record.decision.until().is_some())
    };
    if reading.hide.redact.is_some() && sides.findings.as_ref().is_some_and(accepts) {
        let why = "the project has findings with accepted risk, which it knows by their real names; \
                   leave --redact out";
        return Err(Failure(USAGE, why.to_owned()));
    }
    Ok(sides)
}

fn warn(graph: &AccessGraph, streams: &mut Streams<'_>) {
    streams.remark_on_reading(graph.inventory());
    streams.warn_of_unmatched_names(&unmatched(graph));
}

fn write(
    arguments: &CheckArguments,
    format: CheckFormat,
    (verdict, assessment): (&Verdict<'_>, &Assessment),
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let folder = std::env::current_dir().unwrap_or_default();
    let folder = folder.to_str().unwrap_or_default();
    let style = streams.text_style(format == CheckFormat::Text, arguments.output.as_deref());
    deliver(arguments.output.as_deref(), streams.out, |out| match format {
        CheckFormat::Text => {
            write_styled_text(&verdict_document(verdict), style.unwrap_or_default(), out)
        }
        CheckFormat::Json => write_verdict_json(verdict, out),
        CheckFormat::Sarif => write_sarif(verdict, &SarifContext { assessment, folder }, out),
        CheckFormat::Junit => write_junit(verdict, out),
    })
}

/// How many bytes of a file are looked at to see whether it is a report.
const START: u64 = 256;

/// The report in a file, packed or not; `None` where it is a project or an inventory.
fn report_of(path: &Path) -> Result<Option<BaselineReport>, Failure> {
    if is_project_file(path) || is_standard_stream(path) || path.is_dir() {
        return Ok(None);
    }
    let failed = |error: &std::io::Error| Failure(INPUT, not_read("the baseline", error, path));
    let read = |most: u64| -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut magic = Vec::new();
        std::fs::File::open(path)?.take(2).read_to_end(&mut magic)?;
        let file = std::fs::File::open(path)?;
        if magic == [0x1f, 0x8b] {
            GzDecoder::new(file).take(most).read_to_end(&mut bytes)?;
        } else {
            file.take(most).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    };
    if !BaselineReport::is_one(&read(START).map_err(|error| failed(&error))?) {
        return Ok(None);
    }
    let bytes = read(u64::MAX).map_err(|error| failed(&error))?;
    let report = BaselineReport::parse(&bytes);
    report.map(Some).map_err(|error| Failure(INPUT, format!("{error}: {}", path.display())))
}
