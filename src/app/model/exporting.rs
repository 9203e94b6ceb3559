//! From what was answered to the file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::{Finding, Subject};
use crate::app::jobs::JobKind;
use crate::app::jobs::dialog::{Asking, ShowFolder};
use crate::app::model::Model;
use crate::app::model::export_dialog::{ExportCommand, ExportDialog};
use crate::app::model::export_what::{ExportWhat, Extent};
use crate::app::model::job_end::JobEnd;
use crate::app::model::picture_export::PictureWanted;
use crate::app::model::remembered::keep_settings;
use crate::app::work::answers::Answers;
use crate::app::work::export_preview::ExportPreview;
use crate::app::work::exporting::{
    Export, FixesToSave, LeftRows, ReportToSave, TableToSave, WorkToSave,
};
use crate::cli::ExportForm;
use crate::export::ExportTable;
use crate::project::{Fixes, NamedFix};

/// Why nothing can be written of what is selected, where nothing is.
const NOTHING_SELECTED: &str = "nothing is selected: select a credential or a service first";

/// Why no table is written that would be empty.
const NO_ROWS: &str = "there is no such row: clear the filters, select others, or take all rows";

/// Why nothing can be written while answers are still missing.
const NOT_YET: &str = "it is still being worked out; try again in a moment";

/// Why no order of rotation is written, where there is none.
const NOTHING_FALLEN: &str = "nothing is marked as compromised: use “Mark as compromised” in the menu of a credential or a service";

/// Carries out what was asked of the question.
pub(crate) fn apply_export(model: &mut Model, command: ExportCommand) {
    match command {
        ExportCommand::Ask => ask(model),
        ExportCommand::Cancel => model.session.export.is_open = false,
        ExportCommand::Browse => browse(model),
        ExportCommand::Write => write(model),
        ExportCommand::OpenFolder => open_folder(model),
        other => {
            if let Some(dialog) = &mut model.session.export.dialog {
                change(dialog, other);
                preview(model);
            }
        }
    }
}

fn change(dialog: &mut ExportDialog, command: ExportCommand) {
    match command {
        ExportCommand::What(what) => dialog.set_what(what),
        ExportCommand::Ending(ending) => dialog.set_ending(ending),
        ExportCommand::Path(path) => dialog.set_path(path),
        ExportCommand::Extent(extent) => dialog.extent = extent,
        ExportCommand::Theme(theme) => dialog.theme = theme,
        ExportCommand::Scale(scale) => dialog.scale = scale,
        ExportCommand::Transparent(is_transparent) => dialog.is_transparent = is_transparent,
        ExportCommand::Ask
        | ExportCommand::Browse
        | ExportCommand::Write
        | ExportCommand::Cancel
        | ExportCommand::OpenFolder => {}
    }
}

/// Asks what is to be exported; what was answered before is proposed again.
fn ask(model: &mut Model) {
    let folder = folder(model);
    let theme = model.session.theme_mode;
    let new = || ExportDialog::new(folder.as_deref(), theme, &model.settings.export);
    let export = &mut model.session.export;
    let dialog = export.dialog.get_or_insert_with(new);
    (dialog.why, dialog.replaces) = (None, false);
    (export.is_open, export.preview) = (true, None);
    preview(model);
}

/// Makes a preview of what would be written, unless it is there already or on its way.
fn preview(model: &mut Model) {
    let Some(dialog) = model.session.export.dialog.clone() else { return };
    let of = dialog.preview_of();
    let known = model.session.export.preview.as_ref().is_some_and(|(known, _)| *known == of);
    if known {
        return;
    }
    let export = export(model, &dialog);
    model.session.export.preview = Some((of, None));
    model.jobs.start(JobKind::ExportPreview, move |_| {
        let preview = match export {
            Ok(export) => ExportPreview::of(&export),
            Err(why) => ExportPreview::Nothing(why),
        };
        JobEnd::ExportPreviewed(Arc::new(preview))
    });
}

/// Takes over the preview that was asked for last.
pub(crate) fn take_preview(model: &mut Model, preview: Arc<ExportPreview>) {
    if let Some((_, known)) = &mut model.session.export.preview {
        *known = Some(preview);
    }
}

/// Shows the folder of what was written last.
fn open_folder(model: &mut Model) {
    let Some((_, folder)) = model.session.export.written.clone() else { return };
    let ShowFolder(show) = model.session.export.show_folder.clone();
    model.jobs.start(JobKind::OpenFolder, move |_| match show(&folder) {
        Ok(()) => JobEnd::Cancelled,
        Err(error) => JobEnd::Saved(Err(format!(
            "the system opened no folder ({error}); it is {}",
            folder.display()
        ))),
    });
}

/// The folder of what is open.
fn folder(model: &Model) -> Option<PathBuf> {
    // While names are hidden the project knows no path.
    let first = model.project.sources.paths().into_iter().next()?;
    first.parent().map(Path::to_owned)
}

fn browse(model: &mut Model) {
    let Some(dialog) = &model.session.export.dialog else { return };
    let asking = match dialog.what {
        ExportWhat::Picture => ("keyreach-picture.svg", ("Picture", "svg")),
        ExportWhat::Report => ("keyreach-report.html", ("Report", "html")),
        ExportWhat::Table(_) => ("keyreach.csv", ("CSV", "csv")),
        ExportWhat::BloodHound => ("keyreach-bloodhound", ("Folder", "*")),
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
            // A folder was chosen, whatever is in it.
            dialog.replaces = path.is_file();
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
    let is_folder = dialog.what == ExportWhat::BloodHound;
    if path.is_dir() && !is_folder {
        return refuse(model, "this is a folder; add the name of a file".to_owned(), false);
    }
    if path.is_file() && is_folder {
        return refuse(model, "this is a file; name a folder".to_owned(), false);
    }
    if model.open_project().sources.paths().contains(&path) {
        return refuse(model, "this file is what was read; name another one".to_owned(), false);
    }
    if crate::cli::is_project_file(&path) {
        return refuse(model, "this file is a project; name another one".to_owned(), false);
    }
    if path.exists() && !dialog.replaces {
        let foreign = || crate::cli::foreign_bloodhound_file(&path).ok().flatten();
        let what = match is_folder.then(foreign) {
            None => "there is a file of this name".to_owned(),
            Some(None) => {
                "there is a folder of this name; what an earlier export left in it is replaced"
                    .to_owned()
            }
            Some(Some(file)) => {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                format!("there is a folder of this name with a {name} that Keyreach did not write")
            }
        };
        return refuse(model, what, true);
    }
    model.session.export.is_open = false;
    model.settings.export = dialog.choices();
    keep_settings(model);
    model.jobs.start(JobKind::Export, move |progress| {
        JobEnd::Exported(export.write_to(&path, progress).map(|report| (report, path)))
    });
}

/// What became of it: where it cannot be written, the question comes back with why.
pub(crate) fn take_exported(model: &mut Model, result: Result<(String, PathBuf), String>) {
    match result {
        Ok((report, path)) => {
            let folder =
                std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned));
            model.session.export.written = folder.map(|folder| (report.clone(), folder));
            model.report_done(report);
        }
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
    let not_yet = || NOT_YET.to_owned();
    match dialog.what {
        ExportWhat::Picture => {
            let format = dialog.picture_format()?;
            let wanted = PictureWanted {
                extent: dialog.extent,
                theme: dialog.theme,
                size: None,
                scale: f32::from(dialog.scale),
                is_transparent: dialog.is_transparent,
            };
            if dialog.extent == Extent::Selected && !model.has_highlight() {
                return Err(NOTHING_SELECTED.to_owned());
            }
            let picture = model.picture_to_save(&wanted).ok_or_else(not_yet)?;
            Ok(Export::Picture(Box::new(picture), format))
        }
        ExportWhat::Report => {
            let format = dialog.report_format()?;
            let answers = model.answers.clone().ok_or_else(not_yet)?;
            let assessed = model.assessment.clone().ok_or_else(not_yet)?;
            let work = work_to_save(model).ok_or_else(not_yet)?;
            let (_, fallen) = model.project.rotation.found_in(&answers.graph);
            let workshop = model.project.workshop.clone();
            let report = ReportToSave { answers, assessed, work, workshop, fallen };
            Ok(Export::Report(Box::new(report), format))
        }
        ExportWhat::BloodHound => {
            Ok(Export::BloodHound(model.answers.clone().ok_or_else(not_yet)?))
        }
        ExportWhat::Table(table) => export_table(model, dialog, table),
    }
}

/// A table, or a graph.
///
/// # Errors
/// As [`export`].
fn export_table(
    model: &Model,
    dialog: &ExportDialog,
    table: ExportTable,
) -> Result<Export, String> {
    let not_yet = || NOT_YET.to_owned();
    let answers = model.answers.clone().ok_or_else(not_yet)?;
    let form = dialog.table_form()?;
    match (table, form) {
        (ExportTable::Tasks, _) => {
            let list = listed_fixes(model).ok_or_else(not_yet)?;
            return Ok(Export::Tasks(Box::new(list), dialog.table_format()?));
        }
        (ExportTable::Rotation, _) => {
            let (_, starts) = model.project.rotation.found_in(&answers.graph);
            if starts.credentials.is_empty() && starts.instances.is_empty() {
                return Err(NOTHING_FALLEN.to_owned());
            }
            return Ok(Export::Rotation(answers, starts, dialog.table_format()?));
        }
        (ExportTable::Inventory, ExportForm::Table(format)) => {
            let inventory = model.inventory().cloned().ok_or_else(not_yet)?;
            let key = model.run_key.known().cloned();
            let key =
                key.ok_or("the key of its fingerprints is not at hand; open its files again")?;
            return Ok(Export::Inventory(inventory, key, format));
        }
        _ => {}
    }
    let assessed = model.assessment.clone().ok_or_else(not_yet)?;
    let extent = if dialog.what.is_filtered() { dialog.extent } else { Extent::Whole };
    let only = left_rows(model, &answers, extent)?;
    if only.as_ref().is_some_and(|left| left.rows(table) == 0) {
        return Err(NO_ROWS.to_owned());
    }
    let work = work_to_save(model);
    let table = TableToSave { table, form, answers, assessed, work, only };
    Ok(Export::Table(Box::new(table)))
}

/// The what-if list, or else the steps of the plan; `None` until that is known.
fn listed_fixes(model: &Model) -> Option<FixesToSave> {
    let answers = model.answers_as_is()?.clone();
    let own = &model.project.fixes;
    let (name, fixes) = if own.is_empty() {
        let steps = &model.assessment.as_ref()?.assessment.plan.steps;
        let steps = steps.iter().map(|step| NamedFix::of(&answers.graph, &step.fix));
        ("the plan", Fixes::of(steps.collect()))
    } else {
        ("the what-if list", Fixes::clone(own))
    };
    Some(FixesToSave { answers, name, fixes })
}

/// How findings stand, once that is known.
fn work_to_save(model: &Model) -> Option<WorkToSave> {
    let standings = model.standings.as_ref()?.standings.clone();
    let project = &model.project;
    let (register, notes) = (project.findings.clone(), project.notes.clone());
    Some(WorkToSave { standings, register, notes })
}

/// The rows that are wanted, in the order of the answers; `None` for all.
///
/// # Errors
/// A sentence where nothing is selected of which they would be.
fn left_rows(model: &Model, answers: &Answers, extent: Extent) -> Result<Option<LeftRows>, String> {
    let (sight, graph) = (&model.views.active().data.sight, &answers.graph);
    let passes = |subject: Subject| match extent {
        Extent::Whole => true,
        Extent::Seen => sight.passes(subject),
        Extent::Selected => model.is_selected(subject),
    };
    let findings: Vec<Finding> = match extent {
        Extent::Whole => return Ok(None),
        Extent::Selected if model.selected_all().is_empty() => {
            return Err(NOTHING_SELECTED.to_owned());
        }
        Extent::Selected => {
            answers.findings.iter().copied().filter(|it| passes(it.subject)).collect()
        }
        Extent::Seen => {
            let mut listed = model.lists.findings.clone();
            listed.sort_unstable();
            listed.iter().filter_map(|&at| answers.findings.get(at as usize).copied()).collect()
        }
    };
    let credentials = graph.credential_indices().filter(|&at| passes(Subject::Credential(at)));
    let instances = graph.instance_indices().filter(|&at| passes(Subject::Instance(at)));
    let (credentials, instances) = (credentials.collect(), instances.collect());
    Ok(Some(LeftRows { findings, credentials, instances }))
}
