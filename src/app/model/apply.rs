//! The one place where the model changes: a command comes in, is carried out, and where that changed
//! the project it becomes one step of the history.

use crate::app::jobs::{JobKind, ViewId, drop_in_background};
use crate::app::model::arranging::apply_arrange;
use crate::app::model::attestation::take_owner_answers;
use crate::app::model::autosave::{take_found, take_kept};
use crate::app::model::choosing_pseudonyms::keep_pseudonyms;
use crate::app::model::command::{
    Command, NamesCommand, PresentCommand, StageCommand, TableCommand, WorkshopCommand,
};
use crate::app::model::compared_views::{follow_compared, take_compared};
use crate::app::model::copying::{copy_picture, take_picture};
use crate::app::model::exporting::{apply_export, take_export_place, take_exported, take_preview};
use crate::app::model::file_dialogs;
use crate::app::model::finding_work::{apply_finding, follow_findings};
use crate::app::model::fix_effects::{show_changes, take_outcome, take_radius};
use crate::app::model::fix_list::apply_fix;
use crate::app::model::following::follow_views;
use crate::app::model::going::apply_go;
use crate::app::model::hidden_names::Met;
use crate::app::model::hiding::{apply_sight, clear_filters};
use crate::app::model::hiding_names::{apply_names, cancel_names, carry_over, met, take_names};
use crate::app::model::job_end::JobEnd;
use crate::app::model::lasting::note_what_lasts;
use crate::app::model::listing::{list_problems, relist, show_marks, take_problems};
use crate::app::model::look::{apply_look, back};
use crate::app::model::looking_back::{look_of, looks_elsewhere, note_look};
use crate::app::model::opening::{close, open, open_inventory, open_recent, take_failure};
use crate::app::model::paths::{apply_answer, take_assessment, take_longer_plan, take_paths};
use crate::app::model::policy::{apply_policy, assume, take_policy};
use crate::app::model::presenting::{apply_presenting, looks_around, on_stage, show_again};
use crate::app::model::project_file::{apply_project, take_place, take_project, take_saved};
use crate::app::model::project_jobs::ask_for_files;
use crate::app::model::rebuild::{take_answers, take_answers_with_fixes};
use crate::app::model::reimport::{apply_reimport, take_comparison, take_imported};
use crate::app::model::remembered::report_kept_files;
use crate::app::model::rotation::{apply_rotation, take_rotation};
use crate::app::model::rows_of_figure::show_rows_of;
use crate::app::model::scenarios::{apply_scenario, take_scenarios, take_tasks};
use crate::app::model::scene_showing::{look_again, look_at_awaited};
use crate::app::model::scenes::apply_scene;
use crate::app::model::selecting::{
    relight, select, select_all, show_worst, take_reached_by, walk_findings,
};
use crate::app::model::stage::{apply_stage, take_count, take_prepared, take_previews};
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::model::step_label::step_label;
use crate::app::model::story::{apply_story, begin_story};
use crate::app::model::tables::apply_table;
use crate::app::model::thumbnails::{follow_scenes, take_thumbnails};
use crate::app::model::to_copy::ToCopy;
use crate::app::model::travel::{go_to_step, redo, undo};
use crate::app::model::views::{CameraRequest, View};
use crate::app::model::workshop::{apply_workshop, follow_disputes, take_back_last};
use crate::app::work::map_layout::{MapStage, SeenMap};
use crate::project::Opening;
use crate::scene::{GroupedMap, ViewKind};

impl Model {
    /// Carries out one command. Whatever of the project it changes is one undo step.
    pub(crate) fn apply(&mut self, command: Command) {
        let Some(command) = on_stage(self, command).filter(|own| self.takes(own)) else { return };
        match met(self, &command) {
            Met::Nothing => {}
            Met::Waits => return,
            Met::Refused(why) => {
                self.notice = Some(why.to_owned());
                return;
            }
        }
        let explores = looks_around(&command);
        let presents = self.session.presentation.is_some();
        // Under other names it is the same project, and the same with pseudonyms to be had.
        let is_renamed =
            matches!(command, Command::Ended(JobEnd::NamesShown(_) | JobEnd::PseudonymsMade(_)));
        let travels = matches!(command, Command::Undo | Command::Redo | Command::GoToStep(_));
        let label = step_label(self, &command);
        let before = self.project.clone();
        let lasting = self.session.presentation.as_ref().map(|own| own.before.clone());
        let look = looks_elsewhere(&command).then(|| look_of(self));
        carry_out(self, command);
        starts::begin_after_maps(self);
        // What scenes assume is gone at the end of a presentation.
        let presents = presents || self.session.presentation.is_some();
        if !is_renamed && !presents {
            carry_over(self, &before);
        }
        follow_findings(self);
        follow_disputes(self);
        follow_compared(self);
        follow_views(self);
        follow_scenes(self);
        if let Some(presentation) = self.session.presentation.as_mut().filter(|_| explores) {
            presentation.explores = true;
        }
        if let Some(look) = look.filter(|_| !presents) {
            note_look(self, look);
        }
        if let Some(lasting) = lasting.filter(|_| !is_renamed) {
            note_what_lasts(self, label.clone(), lasting);
        }
        if std::mem::take(&mut self.saving.is_opened_anew) || is_renamed {
            return;
        }
        if !travels
            && !presents
            && let Some(label) = label.after(&before, &self.project)
        {
            self.history.record(label, before);
        }
    }

    /// Collects what jobs have finished. Says whether anything changed.
    pub(crate) fn collect_jobs(&mut self) -> bool {
        let ends = self.jobs.ended();
        let changed = !ends.is_empty();
        self.take_ends(ends);
        changed
    }

    /// Waits until no job runs any more; for pictures and tests.
    pub(crate) fn finish_jobs(&mut self) {
        loop {
            let ends = self.jobs.wait();
            if ends.is_empty() {
                self.kept_files.write_all();
                report_kept_files(self);
                return;
            }
            self.take_ends(ends);
        }
    }

    /// Takes over what jobs ended with; what was worked out over names that are other ones now is dropped.
    fn take_ends(&mut self, ends: Vec<JobEnd>) {
        let mut is_renamed = false;
        for end in ends {
            let names_nothing = matches!(
                end,
                JobEnd::ProjectSaved(_)
                    | JobEnd::UnsavedKept(_)
                    | JobEnd::UnsavedFound(_)
                    | JobEnd::ChangedOnDisk(_)
                    | JobEnd::Kept
            );
            if is_renamed && !names_nothing {
                continue;
            }
            is_renamed |= matches!(end, JobEnd::NamesShown(_));
            self.apply(Command::Ended(end));
        }
    }
}

fn carry_out(model: &mut Model, command: Command) {
    match command {
        Command::Open(opening) => open(model, opening),
        Command::OpenRecent(at) => open_recent(model, at),
        Command::Stage(command) => apply_stage(model, command),
        Command::AskForFiles => ask_for_files(model),
        Command::SaveRejected => file_dialogs::save_rejected(model),
        Command::Export(command) => apply_export(model, command),
        Command::Reimport(command) => apply_reimport(model, command),
        Command::Project(command) => apply_project(model, command),
        Command::Close => close(model),
        Command::Select(subject) => select(model, subject),
        Command::SelectAll(subjects) => select_all(model, subjects),
        Command::WalkFindings(step) => walk_findings(model, step),
        Command::ShowWorst => show_worst(model),
        Command::Back => back(model),
        Command::Filter(facet, on) => {
            model.views.active_mut().spec.filters.set(facet, on);
            relist(model);
        }
        Command::ClearFilters => {
            clear_filters(model);
            model.session.finding_state = None;
            relist(model);
            model.session.problem_text.clear();
            model.session.rejected_only = false;
            list_problems(model);
        }
        Command::Sight(command) => apply_sight(model, command),
        Command::Table(TableCommand::RowsOf(figure)) => show_rows_of(model, figure),
        Command::Table(command) => apply_table(model, &command),
        Command::Answer(command) => apply_answer(model, command),
        Command::Fix(command) => apply_fix(model, command),
        Command::Scenario(command) => apply_scenario(model, command),
        Command::Scene(command) => apply_scene(model, command),
        Command::Present(command) if apply_story(model, command) => {}
        Command::Present(PresentCommand::Write(key)) => {
            apply_workshop(model, WorkshopCommand::Begin(key));
        }
        Command::Present(PresentCommand::TakeBack) => take_back_last(model),
        Command::Workshop(command) => apply_workshop(model, command),
        Command::Present(PresentCommand::Names) => apply_names(model, NamesCommand::Switch),
        Command::Present(command) => apply_presenting(model, command),
        Command::Finding(command) => apply_finding(model, command),
        Command::Rotate(command) => apply_rotation(model, command),
        Command::Arrange(command) => apply_arrange(model, command),
        Command::Go(command) => apply_go(model, command),
        Command::Look(command) => apply_look(model, command),
        Command::Names(command) => apply_names(model, command),
        Command::Assume(assumptions) => assume(model, assumptions),
        Command::Policy(command) => apply_policy(model, command),
        Command::Undo => undo(model),
        Command::Redo => redo(model),
        Command::GoToStep(position) => go_to_step(model, position),
        Command::Ended(end) => take_end(model, end),
        Command::Cancel(JobKind::Names) => cancel_names(model),
        Command::Cancel(kind) => cancel(model, kind),
        Command::Copy(text) => model.to_copy = Some(ToCopy::Text(text)),
        Command::CopyPicture => copy_picture(model),
        Command::DismissNotice => model.notice = None,
    }
}

/// What is said where a dialog gave no file.
const NO_FILE: &str = "no file was chosen; if no dialog appeared, drop files on the window or name them on the \
                       command line";

/// Takes what a job ended with.
fn take_end(model: &mut Model, end: JobEnd) {
    match end {
        JobEnd::Imported(Ok(newer)) => take_imported(model, newer),
        JobEnd::Staged(prepared, counts) => take_prepared(model, *prepared, counts),
        JobEnd::Previewed(previews) => take_previews(model, previews),
        JobEnd::ImportCounts(result) => take_count(model, result),
        JobEnd::Filtered(list) => take_problems(model, list),
        JobEnd::Imported(Err(message)) => take_failure(model, &message),
        JobEnd::Answered(answers) => {
            take_answers(model, &answers);
            if let Some(last) = model.session.last_view.take() {
                look_again(model, &last);
            }
            begin_story(model);
            show_again(model);
        }
        JobEnd::AnsweredWithFixes(answers, as_is) => {
            take_answers_with_fixes(model, &answers, as_is);
            look_at_awaited(model);
        }
        JobEnd::LaidOut(view, map, stage) => take_map(model, view, map, stage),
        JobEnd::Kept => report_kept_files(model),
        JobEnd::ScenesDrawn(pictures) => take_thumbnails(model, pictures),
        JobEnd::ProjectOpened(project) => take_project(model, project),
        JobEnd::UnsavedKept(result) => take_kept(model, *result),
        JobEnd::UnsavedFound(found) => take_found(model, found),
        JobEnd::ProjectSaved(result) => take_saved(model, *result),
        JobEnd::PlaceChosen(path) => take_place(model, path),
        JobEnd::Saved(Ok(report)) => model.report_done(report),
        JobEnd::Saved(Err(why)) => model.notice = Some(why),
        JobEnd::ExportPlace(path) => take_export_place(model, path),
        JobEnd::Exported(result) => take_exported(model, result),
        JobEnd::ExportPreviewed(preview) => take_preview(model, preview),
        JobEnd::PictureDrawn(image) => take_picture(model, image),
        JobEnd::Chosen(Some(paths)) if !paths.is_empty() => {
            apply_stage(model, StageCommand::Begin(Opening::Files(paths)));
        }
        JobEnd::Chosen(_) => {
            model.notice = Some(NO_FILE.to_owned());
        }
        JobEnd::Assessment(found) => take_assessment(model, found),
        JobEnd::PlannedFurther(found, budget) => take_longer_plan(model, found, budget),
        JobEnd::PathsFound(found) => take_paths(model, found),
        JobEnd::WhatIf(outcome) => take_outcome(model, outcome),
        JobEnd::RadiusAfter(radius) => take_radius(model, radius),
        JobEnd::ReachedBy(found) => take_reached_by(model, found),
        JobEnd::Rotation(found) => take_rotation(model, found),
        JobEnd::ScenariosCompared(table) => take_scenarios(model, table),
        JobEnd::ViewsCompared(found) => take_compared(model, found),
        JobEnd::TasksWritten(text) => take_tasks(model, text),
        JobEnd::Other(newer) => open_inventory(model, newer),
        JobEnd::Compared(result) => take_comparison(model, result),
        JobEnd::ChangedOnDisk(paths) => model.changed_on_disk = paths,
        JobEnd::AnswersRead(read) => take_owner_answers(model, read),
        JobEnd::PolicyRead(read) => take_policy(model, read),
        JobEnd::PseudonymsMade(made) => keep_pseudonyms(model, &made),
        JobEnd::NamesShown(shown) => take_names(model, *shown),
        JobEnd::Cancelled => {}
    }
}

/// Puts a map into the view that it was laid out for, if that is still open.
fn take_map(model: &mut Model, view: ViewId, laid_out: GroupedMap, stage: MapStage) {
    let GroupedMap { map, groupings } = laid_out;
    let asked = |view: &View| (view.spec.kind, view.spec.part().cloned());
    let Some((kind, part)) = model.views.get_mut(view).map(|view| asked(view)) else { return };
    if map.kind != kind {
        return;
    }
    let is_part = map.part_of.is_some();
    let is_rough = stage == MapStage::Rough;
    let compares = model.views.compares;
    for own in model.views.iter_mut() {
        // A view that was opened beside a rough map gets the final one too, and one that is compared with it
        // every map.
        let is_other = own.id != view && !compares && (is_rough || !own.data.is_rough);
        if is_other || asked(own) != (kind, part.clone()) {
            continue;
        }
        let is_other_kind =
            own.data.map.as_ref().is_some_and(|before| {
                before.kind != map.kind || before.part_of.is_some() != is_part
            });
        let has_moved = own.data.laid_out.as_ref().is_none_or(|before| !map.lies_as(before));
        own.data.laid_out = Some(map.clone());
        own.data.base = None;
        own.data.groupings.clone_from(&groupings);
        own.data.map = Some(map.clone());
        own.data.is_rough = is_rough;
        // Where everything stays the eye may stay too.
        let may_be_elsewhere = stage != MapStage::Kept && has_moved;
        if may_be_elsewhere || is_other_kind || own.spec.camera.is_none() {
            // A table is shown from where the selection is.
            let to_lit = map.is_table() && own.data.highlight.is_some();
            own.spec.camera_request = Some(match () {
                () if to_lit => CameraRequest::JumpToSelection,
                () if is_part => CameraRequest::Fit,
                () => own.spec.fit_of_focus(),
            });
        }
    }
    if let Some(answers) = model.answers.clone() {
        if is_rough {
            starts::finish_map(model, answers, view);
        } else if kind == ViewKind::Map
            && !is_part
            && (model.as_is.is_none() || model.seen.is_none())
        {
            drop_in_background(model.seen.replace(SeenMap { answers, map }));
        }
    }
    show_changes(model);
    relight(model);
}

fn cancel(model: &mut Model, kind: JobKind) {
    if kind == JobKind::Save {
        model.notice = Some("saving takes only a moment; it goes on".to_owned());
        return;
    }
    model.jobs.cancel(kind);
    if let Some(staging) = model.staging.as_mut().filter(|_| kind == JobKind::Import) {
        staging.wanted = false;
        staging.result = Some(Err("counting was cancelled; change anything to count".into()));
    }
    if let JobKind::Layout(view) = kind
        && let Some(view) = model.views.get_mut(view)
        && view.data.map.is_some()
    {
        // The view stays what its picture shows, and can be asked for another one again.
        view.spec.set_picture(view.data.shown.clone());
        view.data.asked_part = view.spec.part().cloned();
        show_marks(model);
    }
    let kept = if model.answers.is_some() { "; what was open is unchanged" } else { "" };
    model.notice = Some(format!("{} was cancelled{kept}", kind.doing()));
}
