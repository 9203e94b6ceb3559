//! The report: all answers in one form.

use std::io::{self, Write};
use std::sync::{Arc, OnceLock};

use super::arguments::{OutputFormat, ReportArguments};
use super::inputs::{opened, policy};
use super::rejected::save_rejected;
use super::streams::{Failure, OUTPUT, Streams, USAGE, deliver};
use crate::analysis::{
    Answers, Assessment, Disputed, Rotation, Starts, assess_only, ends, rotation, unmatched,
};
use crate::export::{
    Answered, AnsweredRotation, Document, DocumentFormat, FindingWork, ReportPart, add_glossary,
    report_document_of, report_picture, report_picture_svg, write_document, write_document_pdf,
    write_html, write_report_while,
};
use crate::project::{Project, RotationList, Standings, Workshop};

/// Carries out `report`. What lies between entry points and crown jewels takes longest: it is worked out
/// while all else is answered, and written.
pub(super) fn report(
    arguments: &ReportArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let format = OutputFormat::chosen(arguments.format, arguments.output.as_deref())
        .map_err(|message| Failure(USAGE, message))?;
    let form = streams.form(format.of_document(), arguments.output.as_deref())?;
    let policy = policy(&arguments.assume)?;
    let mut opened = opened(&arguments.files, &arguments.reading, &streams.progress)?;
    let fallen = Arc::clone(&opened.fallen);
    let said = opened.project.as_ref().map(|own| (own.workshop.clone(), own.assumptions.clone()));
    // What was decided on findings has real names in it.
    let project = if opened.hide.is_none() { opened.project.take() } else { None };
    let graph = Arc::new(opened.graph(&arguments.assume, policy, streams));
    let fallen = streams.known_list(&graph, &fallen);
    streams.remark_on_reading(graph.inventory());
    streams.warn_of_unmatched_names(&unmatched(&graph));
    let workshop = said.map(|(own, policy)| match &streams.hidden {
        None => own,
        Some(hidden) => Arc::new(hidden.workshop(&own, &policy)),
    });
    if let Some(file) = &arguments.rejected {
        save_rejected(graph.inventory(), file).map_err(|message| Failure(OUTPUT, message))?;
    }
    let parts = match arguments.only.as_slice() {
        [] => ReportPart::ALL.as_slice(),
        only => only,
    };
    let questions: Vec<_> = parts.iter().flat_map(|part| part.questions()).copied().collect();
    let (ends, progress, found) = (ends(&graph), streams.progress.clone(), OnceLock::new());
    let assess = || assess_only(&graph, &ends, arguments.max_paths, &questions, &progress);
    let done = std::thread::scope(|scope| {
        let work = scope.spawn(|| {
            if let Some(assessment) = assess() {
                found.get_or_init(|| assessment);
            }
        });
        let wait = || {
            if let Err(panic) = work.join() {
                std::panic::resume_unwind(panic);
            }
            found.get()
        };
        let Some(answers) = Answers::compute(Arc::clone(&graph), &progress) else { return Ok(()) };
        let asked =
            Asked { arguments, form, parts, fallen: &fallen, workshop: workshop.as_deref() };
        let done = write_answers(&asked, (&answers, project.as_ref()), wait, streams);
        // The process ends: giving back a million rows piece by piece takes longer than writing the text.
        std::mem::forget(answers);
        done
    });
    std::mem::forget(found);
    done
}

/// What is asked of a report.
struct Asked<'a> {
    arguments: &'a ReportArguments,
    /// `None` for JSON.
    form: Option<DocumentFormat>,
    parts: &'a [ReportPart],
    fallen: &'a RotationList,
    workshop: Option<&'a Workshop>,
}

/// Writes the report; `assessment` waits for what lies between entry points and crown jewels, and gives
/// nothing when cancelled.
fn write_answers<'a>(
    asked: &Asked<'_>,
    (answers, project): (&'a Answers, Option<&'a Project>),
    assessment: impl FnOnce() -> Option<&'a Assessment>,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let Asked { arguments, form, parts, fallen, workshop } = *asked;
    let standings = project.map(|project| Standings::of(answers, &project.findings));
    let known = project.zip(standings.as_ref());
    let work = known.map(|(project, standings)| FindingWork {
        standings,
        register: &project.findings,
        notes: &project.notes,
    });
    let (unasked, full) = (Assessment::unasked(), arguments.full);
    let mut answered = Answered { answers, assessment: &unasked, full, work, workshop };
    let output = arguments.output.as_deref();
    let Some(form) = form else {
        return deliver(output, streams.out, |out| {
            write_report_while(&answered, parts, assessment, out)
        });
    };
    let Some(assessment) = assessment() else { return Ok(()) };
    answered.assessment = assessment;
    let graph = &answers.graph;
    let starts = fallen.found_in(graph).1;
    let any_fallen = !starts.credentials.is_empty() || !starts.instances.is_empty();
    let order = (any_fallen && arguments.only.is_empty()).then(|| rotation(graph, &starts));
    let order = order.as_ref().map(|order| (&starts, order));
    deliver(output, streams.out, |out| {
        write(form, &answered, &document(form, &answered, parts, order), out)
    })
}

/// The report with the order of rotation of what has fallen; whoever reads it elsewhere than on a terminal
/// has a glossary too.
fn document(
    form: DocumentFormat,
    answered: &Answered<'_>,
    parts: &[ReportPart],
    order: Option<(&Starts, &Rotation)>,
) -> Document {
    let graph = &answered.answers.graph;
    let order = order.map(|(starts, rotation)| AnsweredRotation { graph, starts, rotation });
    let mut document = report_document_of(answered, parts, order.as_ref());
    let is_text = matches!(form, DocumentFormat::Text | DocumentFormat::Terminal(_));
    if !is_text && parts.len() == ReportPart::ALL.len() {
        add_glossary(&mut document);
    }
    document
}

fn write(
    form: DocumentFormat,
    answered: &Answered<'_>,
    document: &Document,
    out: &mut dyn Write,
) -> io::Result<()> {
    let workshop = answered.workshop;
    let kinds = workshop.map(Workshop::disputed_kinds).unwrap_or_default();
    let links = workshop.map_or(0, |own| own.disputed_links(&answered.answers.graph).len());
    let disputed = Disputed { kinds: &kinds, links };
    let picture = || report_picture(answered.answers, answered.assessment, disputed);
    match form {
        DocumentFormat::Html => {
            let picture = picture().and_then(|it| report_picture_svg(&it, &answered.answers.graph));
            write_html(document, picture.as_deref(), out)
        }
        DocumentFormat::Pdf => {
            write_document_pdf(document, picture().as_ref().map(|picture| &picture.light), out)
        }
        DocumentFormat::Text | DocumentFormat::Terminal(_) | DocumentFormat::Markdown => {
            write_document(form, document, out)
        }
    }
}
