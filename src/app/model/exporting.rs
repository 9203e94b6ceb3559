//! From what was answered to the file.

use std::path::{Path, PathBuf};

use crate::analysis::Subject;
use crate::app::jobs::JobKind;
use crate::app::jobs::dialog::Asking;
use crate::app::model::Model;
use crate::app::model::export_dialog::{ExportCommand, ExportDialog, ExportWhat};
use crate::app::model::job_end::JobEnd;
use crate::app::model::picture_export::PictureWanted;
use crate::app::work::answers::Answers;
use crate::app::work::exporting::{Export, LeftRows, ReportToSave, TableToSave};
use crate::cli::ExportForm;
use crate::export::ExportTable;

/// How large a picture of the whole is, in pixels.
const WHOLE: (u32, u32) = (1_600, 1_000);

/// Carries out what was asked of the question.
pub(crate) fn apply_export(model: &mut Model, command: ExportCommand) {
    match command {
        ExportCommand::Ask => ask(model),
        ExportCommand::Cancel => model.session.export.is_open = false,
        ExportCommand::Browse => browse(model),
        ExportCommand::Write => write(model),
        other => {
            if let Some(dialog) = &mut model.session.export.dialog {
                change(dialog, other);
            }
        }
    }
}

fn change(dialog: &mut ExportDialog, command: ExportCommand) {
    match command {
        ExportCommand::What(what) => dialog.set_what(what),
        ExportCommand::Ending(ending) => dialog.set_ending(ending),
        ExportCommand::Path(path) => dialog.set_path(path),
        ExportCommand::Whole(is_whole) => dialog.is_whole = is_whole,
        ExportCommand::Theme(theme) => dialog.theme = theme,
        ExportCommand::Scale(scale) => dialog.scale = scale,
        ExportCommand::Transparent(is_transparent) => dialog.is_transparent = is_transparent,
        ExportCommand::Ask
        | ExportCommand::Browse
        | ExportCommand::Write
        | ExportCommand::Cancel => {}
    }
}

/// Asks what is to be exported; what was answered before is proposed again.
fn ask(model: &mut Model) {
    let folder = folder(model);
    let theme = model.session.theme_mode;
    let export = &mut model.session.export;
    let dialog = export.dialog.get_or_insert_with(|| ExportDialog::new(folder.as_deref(), theme));
    (dialog.why, dialog.replaces) = (None, false);
    export.is_open = true;
}

/// The folder of what is open.
fn folder(model: &Model) -> Option<PathBuf> {
    let first = model.project.sources.paths().into_iter().next()?;
    first.parent().map(Path::to_owned)
}

fn browse(model: &mut Model) {
    let Some(dialog) = &model.session.export.dialog else { return };
    let asking = match dialog.what {
        ExportWhat::Picture => ("keyreach-picture.svg", ("Picture", "svg")),
        ExportWhat::Report => ("keyreach-report.html", ("Report", "html")),
        ExportWhat::Table(_) => ("keyreach.csv", ("CSV", "csv")),
    };
    let (file_name, kind) = asking;
    let asking = Asking { title: "Export", file_name, kind, otherwise: "type where it shall go" };
    let ask = model.ask_where.clone();
    model.jobs.start(JobKind::Dialog, move |_| JobEnd::ExportPlace(ask(asking)));
}

/// Takes over the place that was chosen in the system's dialog, which has asked about replacing.
pub(crate) fn take_export_place(model: &mut Model, path: Option<PathBuf>) {
    let Some(dialog) = &mut model.session.export.dialog else { return };
    match path {
        Some(path) => {
            dialog.set_path(path.display().to_string());
            dialog.replaces = path.exists();
        }
        None => dialog.why = Some("no file was chosen; type where it shall go".to_owned()),
    }
}

fn write(model: &mut Model) {
    let Some(dialog) = model.session.export.dialog.clone() else { return };
    let text = dialog.path.trim();
    if text.is_empty() {
        return refuse(model, "type where it shall go".to_owned(), false);
    }
    let path = PathBuf::from(text);
    let export = match export(model, &dialog) {
        Ok(export) => export,
        Err(why) => return refuse(model, why, false),
    };
    if path.is_dir() {
        return refuse(model, "this is a folder; add the name of a file".to_owned(), false);
    }
    if model.project.sources.paths().contains(&path) {
        return refuse(model, "this file is what was read; name another one".to_owned(), false);
    }
    if crate::cli::is_project_file(&path) {
        return refuse(model, "this file is a project; name another one".to_owned(), false);
    }
    if path.exists() && !dialog.replaces {
        return refuse(model, "there is a file of this name".to_owned(), true);
    }
    model.session.export.is_open = false;
    model.jobs.start(JobKind::Export, move |_| JobEnd::Exported(export.write_to(&path)));
}

/// What became of it: where it cannot be written, the question comes back with why.
pub(crate) fn take_exported(model: &mut Model, result: Result<String, String>) {
    match result {
        Ok(report) => model.notice = Some(report),
        Err(why) => {
            model.session.export.is_open = model.session.export.dialog.is_some();
            refuse(model, why, false);
        }
    }
}

fn refuse(model: &mut Model, why: String, replaces: bool) {
    if let Some(dialog) = &mut model.session.export.dialog {
        (dialog.why, dialog.replaces) = (Some(why), replaces);
    }
}

/// All that is to be written.
///
/// # Errors
/// A sentence where something is missing, or the path's end says no format.
fn export(model: &Model, dialog: &ExportDialog) -> Result<Export, String> {
    let not_yet = || "it is still being worked out; try again in a moment".to_owned();
    match dialog.what {
        ExportWhat::Picture => {
            let format = dialog.picture_format()?;
            let seen = model.views.active().spec.camera.map(|camera| camera.viewport);
            let size = seen.filter(|_| !dialog.is_whole);
            let size =
                size.map(|area| (area.width.max(320.0) as u32, area.height.max(240.0) as u32));
            let wanted = PictureWanted {
                is_whole: dialog.is_whole,
                theme: dialog.theme,
                size: size.unwrap_or(WHOLE),
                scale: f32::from(dialog.scale),
                is_transparent: dialog.is_transparent,
            };
            let picture = model.picture_to_save(&wanted).ok_or_else(not_yet)?;
            Ok(Export::Picture(Box::new(picture), format))
        }
        ExportWhat::Report => {
            let format = dialog.report_format()?;
            let answers = model.answers.clone().ok_or_else(not_yet)?;
            let assessed = model.assessment.clone().ok_or_else(not_yet)?;
            let standings = model.standings.as_ref().ok_or_else(not_yet)?.standings.clone();
            let register = model.project.findings.clone();
            let notes = model.project.notes.clone();
            let report = ReportToSave { answers, assessed, standings, register, notes };
            Ok(Export::Report(Box::new(report), format))
        }
        ExportWhat::Table(table) => {
            let form = dialog.table_form()?;
            if let (ExportTable::Inventory, ExportForm::Table(format)) = (table, form) {
                let inventory = model.inventory().cloned().ok_or_else(not_yet)?;
                let key = model.run_key.known().cloned();
                let key =
                    key.ok_or("the key of its fingerprints is not at hand; open its files again")?;
                return Ok(Export::Inventory(inventory, key, format));
            }
            let answers = model.answers.clone().ok_or_else(not_yet)?;
            let assessed = model.assessment.clone().ok_or_else(not_yet)?;
            let is_filtered = dialog.what.is_filtered() && !dialog.is_whole;
            let only = is_filtered.then(|| left_by_filters(model, &answers));
            Ok(Export::Table(Box::new(TableToSave { table, form, answers, assessed, only })))
        }
    }
}

/// What the filters of the active view leave, in the order of the answers.
fn left_by_filters(model: &Model, answers: &Answers) -> LeftRows {
    let (sight, graph) = (&model.views.active().data.sight, &answers.graph);
    let passes = |subject| sight.passes(subject);
    LeftRows {
        findings: answers.findings.iter().copied().filter(|it| sight.passes_finding(it)).collect(),
        credentials: graph
            .credential_indices()
            .filter(|&at| passes(Subject::Credential(at)))
            .collect(),
        instances: graph.instance_indices().filter(|&at| passes(Subject::Instance(at))).collect(),
    }
}
