//! The one place where the model changes.

use std::sync::Arc;

use crate::analysis::{Counting, Starts, Subject, blast_radius, find_again};
use crate::app::jobs::{JobEnd, JobKind, Opening, drop_in_background};
use crate::app::work::comparison::Newer;
use crate::graph::CredentialIndex;
use crate::inventory::{Assumptions, Inventory};
use crate::scene::{Highlight, HighlightLevel, RadiusHighlight, ThemeMode};

use crate::app::model::command::{Command, LookCommand, StageCommand, Step, TableCommand};
use crate::app::model::lists::Lists;
use crate::app::model::open_document::OpenDocument;
use crate::app::model::search::Found;
use crate::app::model::session::CameraWish;
use crate::app::model::session::Sort;
use crate::app::model::{Model, Selection};

/// How many recent files are kept.
const MOST_RECENT: usize = 8;

impl Model {
    /// Carries out one command.
    pub(crate) fn apply(&mut self, command: Command) {
        match command {
            Command::Open(opening) => self.open(opening),
            Command::Stage(command) => self.apply_stage(command),
            Command::AskForFiles => self.jobs.ask_for_files(),
            Command::SaveRejected => {
                if let Some(inventory) = self.document.inventory.clone() {
                    self.jobs.save_rejected(inventory);
                }
            }
            Command::Reimport(command) => self.apply_reimport(command),
            Command::Close => self.close(),
            Command::Select(subject) => self.select(subject),
            Command::WalkFindings(step) => self.walk_findings(step),
            Command::ShowWorst => self.show_worst(),
            Command::Back => self.back(),
            Command::Filter(facet, on) => {
                self.session.filters.set(facet, on);
                self.relist();
            }
            Command::ClearFilters => {
                self.session.filters = crate::app::model::filters::Filters::default();
                self.relist();
                self.session.problem_text.clear();
                self.session.rejected_only = false;
                self.list_problems();
            }
            Command::Table(command) => self.apply_table(&command),
            Command::Answer(command) => self.apply_answer(command),
            Command::Fix(command) => self.apply_fix(command),
            Command::Look(command) => self.apply_look(command),
            Command::Assume(assumptions) => self.assume(assumptions),
            Command::Policy(command) => self.apply_policy(command),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Cancel(kind) => self.cancel(kind),
            Command::DismissNotice => self.notice = None,
        }
    }

    fn open(&mut self, opening: Opening) {
        self.opening = opening.names();
        self.notice = None;
        self.comparison = None;
        self.jobs.import(opening, self.import_settings.clone());
    }

    /// Opens an inventory in place of what is open: one undo step.
    pub(crate) fn open_inventory(&mut self, inventory: Arc<Inventory>, opening: &Opening) {
        let files = self.note_opening(opening);
        self.keep_fixes_known_to(&inventory);
        self.stand_on(OpenDocument { files, inventory: Some(inventory), opened: opening.kept() });
    }

    /// Notes an undo step before an inventory is opened, and its files among the recent ones;
    /// gives their names.
    pub(crate) fn note_opening(&mut self, opening: &Opening) -> Vec<String> {
        if let Opening::Files(paths) = opening {
            for path in paths.iter().rev() {
                self.recent.retain(|known| known != path);
                self.recent.insert(0, path.clone());
            }
            self.recent.truncate(MOST_RECENT);
            self.remember_recent();
        }
        let files = opening.names();
        self.note_step(match files.as_slice() {
            [one] => format!("the import of {}", one.rsplit('/').next().unwrap_or(one)),
            several => format!("the import of {} files", several.len()),
        });
        files
    }

    fn close(&mut self) {
        self.jobs.cancel(JobKind::Import);
        self.note_step("the closing".to_owned());
        self.fixes = crate::project::Fixes::default();
        self.stand_on(OpenDocument::default());
        self.notice = None;
    }

    fn cancel(&mut self, kind: JobKind) {
        self.jobs.cancel(kind);
        if let Some(staging) = self.staging.as_mut().filter(|_| kind == JobKind::Import) {
            staging.wanted = false;
            staging.result = Some(Err("counting was cancelled; change anything to count".into()));
        }
        let kept = if self.answers.is_some() { "; what was open is unchanged" } else { "" };
        self.notice = Some(format!("{} was cancelled{kept}", kind.doing()));
    }

    pub(crate) fn finish_job(&mut self, end: JobEnd) {
        match end {
            JobEnd::Imported(Ok((inventory, opening))) => {
                self.take_imported(Newer { inventory, opening });
            }
            JobEnd::Staged(prepared) => self.take_prepared(*prepared),
            JobEnd::Previewed(previews) => self.take_previews(previews),
            JobEnd::ImportCounts(result) => self.take_count(result),
            JobEnd::Filtered(list) => self.take_problems(list),
            JobEnd::Imported(Err(message)) => {
                self.recent.retain(|path| !self.opening.contains(&path.display().to_string()));
                let others = match self.opening.len() {
                    0 | 1 => String::new(),
                    count => format!("; none of the {count} files was opened"),
                };
                self.notice = Some(format!("{message}{others}"));
            }
            JobEnd::Answered(answers) => self.take_answers(answers),
            JobEnd::LaidOut(map) => {
                self.map = Some(map);
                self.session.wish = Some(CameraWish::Fit);
                self.show_changes();
                self.relight();
            }
            JobEnd::Saved(said) => self.notice = Some(said),
            JobEnd::Chosen(Some(paths)) if !paths.is_empty() => {
                self.apply_stage(StageCommand::Begin(Opening::Files(paths)));
            }
            JobEnd::Chosen(_) => {
                self.notice = Some(
                    "no file was chosen; if no dialog appeared, drop files on the window or name \
                     them on the command line"
                        .to_owned(),
                );
            }
            JobEnd::Assessment(judged) => self.take_judged(judged),
            JobEnd::PathsFound(found) => self.take_paths(found),
            JobEnd::WhatIf(outcome) => self.take_outcome(outcome),
            JobEnd::RadiusAfter(radius) => self.take_radius(radius),
            JobEnd::Other(Newer { inventory, opening }) => {
                self.open_inventory(inventory, &opening);
            }
            JobEnd::Compared(result) => self.take_comparison(result),
            JobEnd::ChangedOnDisk(paths) => self.changed_on_disk = paths,
            JobEnd::PolicyRead(read) => self.take_policy(read),
            JobEnd::Cancelled => {}
        }
    }

    pub(crate) fn take_answers(&mut self, answers: Arc<crate::app::work::answers::Answers>) {
        self.take_answers_for(answers, None);
    }

    /// Puts answers in place of others, of whose credentials each is said to be the `same` as one of
    /// the newer ones, or none.
    pub(crate) fn take_answers_for(
        &mut self,
        answers: Arc<crate::app::work::answers::Answers>,
        same: Option<&[Option<CredentialIndex>]>,
    ) {
        let old = self.answers.clone();
        let before = self.selected().zip(old.as_deref());
        let kept = before.and_then(|(subject, old)| match (subject, same) {
            (Subject::Credential(at), Some(same)) => {
                same.get(at.index()).copied().flatten().map(Subject::Credential)
            }
            _ => find_again(&old.graph, subject, &answers.graph),
        });
        let asked = self.select_first.as_deref().and_then(|id| find_named(id, &answers));
        if asked.is_some() {
            self.select_first = None;
        }
        if let Some(old) = &old {
            let filters = &self.session.filters;
            self.session.filters = filters.found_again(&old.graph, &answers.graph);
        }
        self.answers = Some(answers.clone());
        // The fixes are found anew once everything else is.
        self.fixing.standings.clear();
        let map = self.map.take();
        self.relist();
        self.list_problems();
        self.search();
        let worst = answers.findings.first().map(|finding| finding.subject);
        self.select(asked.or(kept).or(worst));
        self.judge_anew(old.as_deref(), &answers);
        self.jobs.lay_out(answers);
        drop_in_background((old, map));
    }

    pub(crate) fn select(&mut self, subject: Option<Subject>) {
        self.route = None;
        let (Some(subject), Some(answers)) = (subject, self.answers.clone()) else {
            self.selection = None;
            self.session.focused = false;
            self.ask_radius();
            self.relight();
            return;
        };
        let starts = match subject {
            Subject::Credential(at) => Starts { credentials: vec![at], instances: Vec::new() },
            Subject::Instance(at) => Starts { credentials: Vec::new(), instances: vec![at] },
        };
        let radius = blast_radius(&answers.graph, &starts, Counting::All);
        self.selection = Some(Selection { subject, radius, highlight: None });
        self.session.scroll_to_selection = true;
        self.session.row = None;
        self.ask_radius();
        self.relight();
    }

    /// Works out anew what the selection, or the paths in question, light on the map.
    pub(crate) fn relight(&mut self) {
        if let (Some(route), Some(map)) = (&mut self.route, &self.map) {
            route.highlight = Some(Highlight::of_paths(map, &route.paths));
        }
        if let (Some(selection), Some(map), Some(answers)) =
            (&mut self.selection, &self.map, &self.answers)
        {
            selection.highlight = Some(Highlight::of_radius(&RadiusHighlight {
                map,
                graph: &answers.graph,
                subject: selection.subject,
                radius: &selection.radius,
            }));
        }
        self.show_marks();
    }

    fn show_marks(&mut self) {
        self.picture += 1;
        let Some(map) = &self.map else { return };
        let map = map.clone();
        let focused = self.session.focused;
        let highlight = self.highlight().filter(|_| focused).cloned();
        self.lists.show_marks(&map, |mark| {
            highlight.as_ref().is_none_or(|highlight| highlight.mark(mark) > HighlightLevel::Dimmed)
        });
    }

    fn relist(&mut self) {
        self.session.row = None;
        if let Some(answers) = &self.answers {
            let problems = std::mem::take(&mut self.lists.problems);
            self.lists = Lists::build(answers, &self.session);
            self.lists.problems = problems;
            self.show_marks();
        }
    }

    pub(crate) fn reassume(&mut self, assumptions: Assumptions) {
        self.assumptions = assumptions;
        if let Some(inventory) = &self.document.inventory {
            self.jobs.analyse(inventory.clone(), self.assumptions.clone());
        }
    }

    fn show_worst(&mut self) {
        let worst = self.answers.as_ref().and_then(|answers| answers.findings.first());
        if let Some(subject) = worst.map(|finding| finding.subject) {
            self.session.tab = crate::app::model::session::Tab::Findings;
            self.relist();
            self.select(Some(subject));
            self.session.wish = Some(CameraWish::FitSelection);
        }
    }

    fn walk_findings(&mut self, step: Step) {
        let Some(answers) = self.answers.clone() else { return };
        let subjects: Vec<Subject> = self
            .lists
            .findings
            .iter()
            .filter_map(|&at| answers.findings.get(at as usize).map(|finding| finding.subject))
            .collect();
        let here = self.selected().and_then(|own| subjects.iter().position(|other| *other == own));
        let own = self.selected();
        let next = match (step, here) {
            (_, None) => subjects.first(),
            (Step::Next, Some(at)) => {
                subjects.iter().skip(at).find(|subject| Some(**subject) != own)
            }
            (Step::Previous, Some(at)) => subjects.get(at.saturating_sub(1)),
        };
        if let Some(&subject) = next {
            self.select(Some(subject));
        }
    }

    fn back(&mut self) {
        let in_question = self.in_question();
        let session = &mut self.session;
        if self.comparison.is_some() {
            self.keep();
        } else if session.palette || session.help {
            session.palette = false;
            session.help = false;
        } else if self.staging.is_some() {
            self.leave_staging();
        } else if session.policy {
            session.policy = false;
        } else if session.focused {
            session.focused = false;
            session.wish = Some(CameraWish::Fit);
            self.show_marks();
        } else if in_question {
            self.select(None);
        } else if session.filters.any() {
            session.filters = crate::app::model::filters::Filters::default();
            self.relist();
        }
    }

    fn apply_table(&mut self, command: &TableCommand) {
        match *command {
            TableCommand::Show(tab) => {
                self.session.tab = tab;
                self.session.sort = if tab == crate::app::model::session::Tab::Problems {
                    Sort::Place
                } else {
                    Sort::default()
                };
                self.session.reversed = false;
                self.session.answer_sort = crate::app::model::sort_orders::AnswerSort::default();
                self.session.answers_reversed = false;
                self.session.in_table = true;
                self.session.folded.remove("tables");
            }
            TableCommand::SortAnswersBy(sort) => {
                let again = self.session.answer_sort == sort;
                self.session.answers_reversed = again && !self.session.answers_reversed;
                self.session.answer_sort = sort;
            }
            TableCommand::Pick(row) => return self.pick_row(row),
            TableCommand::Walk(by) => return self.walk_table(by),
            TableCommand::SortBy(sort) => {
                self.session.reversed = self.session.sort == sort && !self.session.reversed;
                self.session.sort = sort;
            }
            TableCommand::RejectedOnly(on) => {
                self.session.tab = crate::app::model::session::Tab::Problems;
                self.session.sort = Sort::Place;
                self.session.reversed = false;
                self.session.rejected_only = on;
                self.session.folded.remove("tables");
            }
            TableCommand::FindProblems(ref text) => self.session.problem_text.clone_from(text),
        }
        self.session.row = None;
        if self.session.tab == crate::app::model::session::Tab::Problems {
            return self.list_problems();
        }
        if self.session.tab.is_answer() {
            return self.order_answers();
        }
        if let Some(answers) = &self.answers {
            self.lists.order(answers, &self.session);
        }
    }

    /// Selects what stands so many rows below what is selected.
    fn walk_table(&mut self, by: i32) {
        let Some(answers) = self.answers.clone() else { return };
        let tab = self.session.tab;
        let rows = self.rows(tab);
        let own = self.session.row.filter(|_| self.session.in_table).or_else(|| {
            // A problem is about no subject.
            let selected =
                self.selected().filter(|_| tab != crate::app::model::session::Tab::Problems)?;
            (0..rows).find(|&row| self.subject_at(&answers, tab, row) == Some(selected))
        });
        let next = own.map_or(0, |row| row.saturating_add_signed(by as isize));
        self.pick_row(next.min(rows.saturating_sub(1)));
    }

    /// Selects what stands in a row of the table in sight.
    fn pick_row(&mut self, row: usize) {
        let Some(answers) = self.answers.clone() else { return };
        self.session.in_table = true;
        self.session.scroll_to_selection = true;
        if self.session.tab == crate::app::model::session::Tab::Paths {
            if let Some((at, _)) = self.path_at(row) {
                self.show_route(super::RouteOf::Listed(at));
            }
        } else if let Some(subject) = self.subject_at(&answers, self.session.tab, row) {
            self.select(Some(subject));
        }
        self.session.row = Some(row);
    }

    /// Finds anew what the texts of the search field and of the palette ask for.
    fn search(&mut self) {
        let Some(answers) = &self.answers else {
            self.found = <[Found; 2]>::default();
            return;
        };
        let palette = if self.session.palette { self.session.palette_text.as_str() } else { "" };
        self.found =
            [self.session.search.as_str(), palette].map(|text| Found::search(answers, text));
    }

    fn apply_look(&mut self, command: LookCommand) {
        let session = &mut self.session;
        match command {
            LookCommand::SwapTheme => {
                session.edition = match session.edition {
                    ThemeMode::Dark => ThemeMode::Light,
                    ThemeMode::Light => ThemeMode::Dark,
                };
            }
            LookCommand::Fit => session.wish = Some(CameraWish::Fit),
            LookCommand::Focus => {
                session.focused = self.route.is_some() || self.selection.is_some();
                session.wish = Some(CameraWish::FitSelection);
                self.show_marks();
            }
            LookCommand::Zoom(factor) => session.wish = Some(CameraWish::Zoom(factor)),
            LookCommand::Pan(x, y) => session.wish = Some(CameraWish::Pan(x, y)),
            LookCommand::Palette(open) => {
                session.palette = open;
                session.palette_text.clear();
                session.palette_at = 0;
                self.search();
            }
            LookCommand::PaletteText(text) => {
                session.palette_text = text;
                session.palette_at = 0;
                self.search();
            }
            LookCommand::PaletteStep(by) => {
                let at = session.palette_at.saturating_add_signed(by as isize);
                let last = self.offers().len().saturating_sub(1);
                self.session.palette_at = at.min(last);
            }
            LookCommand::Help(open) => session.help = open,
            LookCommand::FoldFilters => session.fold("filters"),
            LookCommand::FoldInspector => session.fold("inspector"),
            LookCommand::FoldTables => session.fold("tables"),
            LookCommand::Search(text) => {
                session.search = text;
                self.search();
            }
            LookCommand::ToMap => session.in_table = false,
        }
    }

    pub(crate) fn remember_recent(&mut self) {
        let Some(file) = &self.recent_file else { return };
        // Whole paths, for the next start may be in another folder.
        let whole =
            |path: &std::path::PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let lines: Vec<String> =
            self.recent.iter().map(|path| whole(path).display().to_string()).collect();
        let written = file
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(file, lines.join("\n")));
        if let Err(error) = written {
            self.notice = Some(format!("the list of recent files was not kept: {error}"));
        }
    }
}

/// A credential by id, or an instance written `service@environment`.
fn find_named(id: &str, answers: &crate::app::work::answers::Answers) -> Option<Subject> {
    let credential = answers.graph.find_credential(id).map(Subject::Credential);
    credential.or_else(|| {
        let (service, environment) = id.rsplit_once('@').unwrap_or((id, ""));
        answers.graph.find_instance(service, environment).map(Subject::Instance)
    })
}
