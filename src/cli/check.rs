//! The gate of a pipeline: fails where findings are bad enough, or where a baseline does not have them.

use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;

use super::arguments::{CheckArguments, CheckFormat};
use super::files::{is_project_file, not_read};
use super::inputs::{graph, two_graphs};
use super::streams::{FOUND, Failure, INPUT, Streams, USAGE, deliver};
use crate::analysis::{
    Answers, Assessment, LISTED_PATHS, Question, Severity, assess_only, difference, unmatched,
};
use crate::export::{
    Baseline, BaselineReport, FailOn, SarifContext, Verdict, verdict, verdict_document,
    write_junit, write_sarif, write_text, write_verdict_json,
};
use crate::graph::AccessGraph;
use crate::inventory::Progress;

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
    // Nobody holds the handle by which it could be cancelled.
    let progress = Progress::default();
    let CheckArguments { files, reading, assume, .. } = arguments;
    let report = match &arguments.baseline {
        Some(path) => report_of(path)?,
        None => None,
    };
    if report.is_some() && reading.hide.redact.is_some() {
        let why = "a report as the baseline holds the names; name the older inventory or project to \
                   hide them";
        return Err(Failure(USAGE, why.to_owned()));
    }
    let (old, new) = match (&arguments.baseline, &report) {
        (Some(path), None) => {
            let [old, new] =
                two_graphs([std::slice::from_ref(path), files], reading, assume, streams)?;
            (Some(old), new)
        }
        _ => (None, graph(files, reading, assume, streams)?),
    };
    warn(&new, streams);
    let Some(answers) = Answers::compute(new, &progress) else { return Ok(()) };
    let before = old.and_then(|old| Answers::compute(old, &progress));
    let differs =
        before.as_ref().and_then(|before| difference(before.side(), answers.side(), &progress));
    let baseline = match (&report, &before, &differs) {
        (Some(report), ..) => Baseline::Report(report),
        (None, Some(before), Some(differs)) => Baseline::Inventory(before, differs),
        _ => Baseline::None,
    };
    let verdict = verdict(&answers, baseline, fail_on);
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
    deliver(arguments.output.as_deref(), streams.out, |out| match format {
        CheckFormat::Text => write_text(&verdict_document(verdict), out),
        CheckFormat::Json => write_verdict_json(verdict, out),
        CheckFormat::Sarif => write_sarif(verdict, &SarifContext { assessment, folder }, out),
        CheckFormat::Junit => write_junit(verdict, out),
    })
}

/// How many bytes of a file are looked at to see whether it is a report.
const START: u64 = 256;

/// The report in a file, packed or not; `None` where it is a project or an inventory.
fn report_of(path: &Path) -> Result<Option<BaselineReport>, Failure> {
    if is_project_file(path) || path.as_os_str() == "-" || path.is_dir() {
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
