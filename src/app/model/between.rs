//! Paths, cut and plan in the window: which ends are picked, and which paths are in question.

use std::sync::Arc;

use crate::analysis::{Cut, Path, Subject, find_again};
use crate::app::jobs::JobKind;
use crate::app::model::Model;
use crate::app::model::command::{AnswerCommand, End};
use crate::app::model::session::Tab;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::{Assessment, FoundPaths, PickedEnds};
use crate::graph::InstanceIndex;
use crate::scene::Highlight;

/// So many paths between picked ends are looked for at first, and so many more each time.
const PATHS_AT_A_TIME: usize = 25;

/// Which paths are in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RouteOf {
    /// One of those in the tab of paths.
    Listed(usize),
    /// One of the paths that prove the minimum cut.
    Witness(usize),
    /// All of them.
    Proof,
    /// The path that nothing may cut.
    Unbreakable,
}

/// Paths on the map and in the inspector.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) of: RouteOf,
    pub(crate) paths: Vec<Path>,
    pub(crate) highlight: Option<Highlight>,
}

impl Model {
    pub(crate) fn apply_answer(&mut self, command: AnswerCommand) {
        match command {
            AnswerCommand::Judge => {
                if let Some(answers) = self.answers.clone() {
                    self.jobs.judge(answers);
                }
            }
            AnswerCommand::Show(of) => self.show_route(of),
            AnswerCommand::Pick(end, instance) => {
                let ends = match end {
                    End::From => PickedEnds { from: instance, ..self.picked },
                    End::To => PickedEnds { to: instance, ..self.picked },
                };
                self.pick_ends(ends);
            }
            AnswerCommand::SwapEnds => {
                let PickedEnds { from, to, stated_only } = self.picked;
                self.pick_ends(PickedEnds { from: to, to: from, stated_only });
            }
            AnswerCommand::StatedOnly(stated_only) => {
                self.pick_ends(PickedEnds { stated_only, ..self.picked });
            }
            AnswerCommand::SelectStep(at) => {
                let judged = self.judged.clone();
                let step = judged.as_ref().and_then(|judged| judged.assessment.plan.steps.get(at));
                if let Some(step) = step {
                    self.select(Some(Subject::Credential(step.fix.credential)));
                }
            }
            AnswerCommand::MorePaths => {
                let asked = self.found_paths.as_ref().map_or(0, |found| found.asked);
                self.find_paths(asked + PATHS_AT_A_TIME);
            }
        }
    }

    fn pick_ends(&mut self, ends: PickedEnds) {
        self.picked = ends;
        self.found_paths = None;
        self.drop_route();
        self.session.tab = Tab::Paths;
        self.session.row = None;
        self.session.in_table = true;
        self.session.folded.remove("tables");
        self.find_paths(PATHS_AT_A_TIME);
        self.order_answers();
    }

    fn find_paths(&mut self, asked: usize) {
        self.jobs.cancel(JobKind::Paths);
        if let Some(answers) = self.answers.clone().filter(|_| self.picked.any()) {
            self.jobs.find_paths(answers, self.picked, asked);
        }
    }

    /// Starts what the cheap answers did not wait for, once they are there.
    pub(crate) fn judge_anew(&mut self, old: Option<&Answers>, answers: &Arc<Answers>) {
        self.judged = None;
        self.found_paths = None;
        self.route = None;
        self.jobs.judge(answers.clone());
        let again = |at: Option<InstanceIndex>| match find_again(
            &old?.graph,
            Subject::Instance(at?),
            &answers.graph,
        ) {
            Some(Subject::Instance(at)) => Some(at),
            Some(Subject::Credential(_)) | None => None,
        };
        let PickedEnds { from, to, stated_only } = self.picked;
        self.picked = PickedEnds { from: again(from), to: again(to), stated_only };
        self.find_paths(PATHS_AT_A_TIME);
        self.refix();
    }

    pub(crate) fn take_judged(&mut self, judged: Arc<Assessment>) {
        self.judged = Some(judged);
        self.order_answers();
    }

    pub(crate) fn take_paths(&mut self, found: Arc<FoundPaths>) {
        if found.ends == self.picked {
            self.found_paths = Some(found);
            self.order_answers();
        }
    }

    /// The paths of the tab: between picked ends, or the shortest of each pair; `None` while they
    /// are not known.
    pub(crate) fn listed_paths(&self) -> Option<&[Path]> {
        if self.picked.any() {
            return self.found_paths.as_ref().map(|found| found.paths.as_slice());
        }
        let assessment = self.judged.as_ref().map(|judged| &judged.assessment)?;
        let paths =
            if self.picked.stated_only { &assessment.paths_stated } else { &assessment.paths };
        Some(paths)
    }

    fn paths_of(&self, of: RouteOf) -> Vec<Path> {
        let assessment = self.judged.as_ref().map(|judged| &judged.assessment);
        match (of, assessment.map(|assessment| &assessment.cut)) {
            (RouteOf::Listed(at), _) => {
                self.listed_paths().and_then(|paths| paths.get(at)).cloned().into_iter().collect()
            }
            (RouteOf::Witness(at), Some(Cut::Found(cut))) => {
                cut.witnesses.get(at).map(|witness| witness.path.clone()).into_iter().collect()
            }
            (RouteOf::Proof, Some(Cut::Found(cut))) => {
                cut.witnesses.iter().map(|witness| witness.path.clone()).collect()
            }
            (RouteOf::Unbreakable, Some(Cut::Unbreakable(path))) => vec![path.clone()],
            (RouteOf::Witness(_) | RouteOf::Proof | RouteOf::Unbreakable, _) => Vec::new(),
        }
    }

    /// Puts paths on the map and in the inspector, in place of what is selected.
    pub(crate) fn show_route(&mut self, of: RouteOf) {
        let paths = self.paths_of(of);
        if paths.is_empty() {
            return;
        }
        self.selection = None;
        self.route = Some(Route { of, paths, highlight: None });
        if let RouteOf::Listed(at) = of {
            self.session.row = self.row_of_path(at);
        }
        self.relight();
    }

    fn drop_route(&mut self) {
        if self.route.take().is_some() {
            self.relight();
        }
    }

    /// What is lit on the map.
    pub(crate) fn highlight(&self) -> Option<&Highlight> {
        match &self.route {
            Some(route) => route.highlight.as_ref(),
            None => self.selection.as_ref().and_then(|selection| selection.highlight.as_ref()),
        }
    }

    /// Whether something is in question: what is selected, or paths.
    pub(crate) fn in_question(&self) -> bool {
        self.route.is_some() || self.selection.is_some()
    }

    /// How many rows the tab in sight has.
    pub(crate) fn rows(&self, tab: Tab) -> usize {
        match tab {
            Tab::Paths => self.listed_paths().map_or(0, <[Path]>::len),
            Tab::ChokePoints => self.judged.as_ref().map_or(0, |judged| judged.choke_points.len()),
            Tab::Findings
            | Tab::Credentials
            | Tab::Services
            | Tab::Problems
            | Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage => self.lists.rows(tab),
        }
    }

    /// What a row of the tab is about.
    pub(crate) fn subject_at(&self, answers: &Answers, tab: Tab, row: usize) -> Option<Subject> {
        match tab {
            Tab::ChokePoints => self.choke_point_at(row).map(|(at, _)| Subject::Credential(at)),
            Tab::Paths
            | Tab::Findings
            | Tab::Credentials
            | Tab::Services
            | Tab::Problems
            | Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage => self.lists.subject_at(answers, tab, row),
        }
    }
}
