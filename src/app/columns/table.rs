//! The table of a tab, whatever stands in it: its columns, its rows in words, and what is copied.

use crate::analysis::{Finding, Subject};
use crate::app::columns::chokes::{CHOKE_POINTS, choke_cell};
use crate::app::columns::column::{Cell, Column, Kind, Tone, plain};
use crate::app::columns::findings::{FINDINGS, GROUP, finding_cell, finding_fills, is_filled};
use crate::app::columns::owners::{OWNERS, owner_cell};
use crate::app::columns::paths::{PATHS, marks_cut, path_cell};
use crate::app::columns::problems::{PROBLEMS, problem_cell, whole_problem};
use crate::app::columns::subjects::{
    CREDENTIALS, INSTANCES, credential_cell, credential_fills, instance_cell, instance_fills,
};
use crate::app::model::Model;
use crate::app::model::finding_groups::group_words;
use crate::app::model::route::RouteOf;
use crate::app::model::tab::Tab;
use crate::app::work::answers::Answers;
use crate::inventory::{Problem, starts_formula};

/// How a row stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// What is selected.
    Selected,
    /// Where one was in this table, though something else is selected now.
    Left,
    Plain,
}

/// The table of a tab.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    model: &'a Model,
    answers: &'a Answers,
    tab: Tab,
}

impl<'a> Table<'a> {
    /// The table of the tab in sight; none where it shows no table, or nothing is open.
    pub(crate) fn in_sight(model: &'a Model) -> Option<Self> {
        let tab = model.session.tab;
        let answers = model.answers.as_deref()?;
        let table = Self { model, answers, tab };
        (!table.all_columns().is_empty()).then_some(table)
    }

    fn all_columns(&self) -> &'static [Column] {
        match self.tab {
            Tab::Findings => &FINDINGS,
            Tab::Credentials => &CREDENTIALS,
            Tab::Services => &INSTANCES,
            Tab::Problems => &PROBLEMS,
            Tab::Paths if marks_cut(self.model) => &PATHS,
            Tab::Paths => PATHS.split_last().map_or(&[], |(_, others)| others),
            Tab::ChokePoints => &CHOKE_POINTS,
            Tab::Owners => &OWNERS,
            Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage
            | Tab::Overview
            | Tab::Imports
            | Tab::Scenes
            | Tab::Workshop
            | Tab::Rotation => &[],
        }
    }

    /// How many columns it has where none is empty.
    pub(crate) fn most_columns(&self) -> usize {
        self.all_columns().len()
    }

    /// The columns in which any row has something, each with its number. Looks at rows until one has:
    /// at all of them only where a column is empty.
    pub(crate) fn columns(&self) -> Vec<(usize, Column)> {
        let all = self.all_columns().iter().copied().enumerate();
        let register = &self.model.project.findings;
        let all =
            all.filter(|&(column, _)| self.tab != Tab::Findings || is_filled(register, column));
        let filled = all.filter(|&(column, _)| (0..self.rows()).any(|row| self.fills(row, column)));
        self.group_column().into_iter().chain(filled).collect()
    }

    /// The first column of findings that are grouped.
    fn group_column(&self) -> Option<(usize, Column)> {
        let by = self.model.session.finding_group.filter(|_| self.tab == Tab::Findings)?;
        Some((GROUP, plain(by.word(), Kind::Words)))
    }

    /// The group of a finding, said in the first row of each.
    fn group_cell(&self, row: usize) -> Cell {
        let words = group_words(&self.model.lists.finding_groups, row);
        words.map_or_else(
            || Cell::second(""),
            |(text, label)| Cell { plain: Some(label.to_owned()), ..Cell::new(text, Tone::Text) },
        )
    }

    pub(crate) fn rows(&self) -> usize {
        self.model.rows(self.tab)
    }

    /// What a row is about, if it is about a credential or a service.
    pub(crate) fn subject(&self, row: usize) -> Option<Subject> {
        self.model.subject_at(self.answers, self.tab, row)
    }

    fn finding(&self, row: usize) -> Option<&'a Finding> {
        let at = self.model.lists.findings.get(row)?;
        self.answers.findings.get(*at as usize)
    }

    fn problem(&self, row: usize) -> Option<&'a Problem> {
        let at = self.model.lists.problems.rows.get(row)?;
        self.answers.problem(*at)
    }

    /// Whether a row has something in a column; cheap, because it is asked of many.
    fn fills(&self, row: usize, column: usize) -> bool {
        match (self.tab, self.subject(row)) {
            (Tab::Findings, _) => {
                let finding = self.finding(row);
                finding.is_some_and(|own| finding_fills(self.answers, own, column))
            }
            (Tab::Credentials, Some(Subject::Credential(at))) => {
                credential_fills(self.answers, at, column)
            }
            (Tab::Services, Some(Subject::Instance(at))) => {
                instance_fills(self.answers, at, column)
            }
            (Tab::Problems, _) => {
                column != 1 || self.problem(row).is_some_and(|own| !own.column.is_empty())
            }
            (Tab::ChokePoints, Some(Subject::Credential(at))) => {
                column != 3 || self.model.assessment.as_ref().is_some_and(|own| own.is_in_cut(at))
            }
            _ => true,
        }
    }

    /// A cell in words.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Cell {
        let (model, answers) = (self.model, self.answers);
        let found = match self.tab {
            Tab::Findings if column == GROUP => Some(self.group_cell(row)),
            Tab::Findings => {
                let standings = model.standings.as_ref().map(|own| &*own.standings);
                self.finding(row).map(|finding| finding_cell(answers, standings, finding, column))
            }
            Tab::Credentials | Tab::Services => self.subject(row).map(|subject| match subject {
                Subject::Credential(at) => credential_cell(answers, at, column),
                Subject::Instance(at) => instance_cell(answers, at, column),
            }),
            Tab::Problems => self.problem(row).map(|own| problem_cell(answers, own, column)),
            Tab::Paths => {
                let path = model.path_at(row);
                path.map(|(_, path)| path_cell(model, answers, path, column))
            }
            Tab::ChokePoints => {
                let own = model.choke_point_at(row).zip(model.assessment.as_ref());
                own.map(|(own, judged)| choke_cell(answers, judged, own, column))
            }
            Tab::Owners => model.owner_at(row).map(|own| owner_cell(answers, own, column)),
            Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage
            | Tab::Overview
            | Tab::Imports
            | Tab::Scenes
            | Tab::Workshop
            | Tab::Rotation => None,
        };
        found.unwrap_or_else(|| Cell::second(""))
    }

    /// What the tip says of a row on which the pointer rests.
    pub(crate) fn tip(&self, row: usize) -> Option<String> {
        self.problem(row).filter(|_| self.tab == Tab::Problems).map(whole_problem)
    }

    /// Whether a row is what is selected, or where one was before.
    pub(crate) fn standing(&self, row: usize) -> Standing {
        let left = self.model.session.table_of(self.tab).row;
        let selected = match self.tab {
            Tab::Problems => return standing(left == Some(row), false),
            Tab::Paths => {
                let of = self.model.route.as_ref().map(|route| route.of);
                self.model.path_at(row).is_some_and(|(at, _)| of == Some(RouteOf::Listed(at)))
            }
            Tab::Owners => {
                let own = self.model.owner_at(row).map(|own| own.owner);
                own.is_some() && own == self.model.owner.map(|chosen| chosen.0)
            }
            Tab::Findings | Tab::Credentials | Tab::Services | Tab::ChokePoints => {
                let own = self.subject(row);
                let is_it = own.is_some_and(|own| self.model.is_selected(own));
                // Of several findings on one thing, the one that was picked stands out.
                let other = left.filter(|&left| left != row && self.subject(left) == own);
                is_it && other.is_none()
            }
            Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage
            | Tab::Overview
            | Tab::Imports
            | Tab::Scenes
            | Tab::Workshop
            | Tab::Rotation => false,
        };
        standing(selected, left == Some(row))
    }

    /// The row to be copied, or to be scrolled to: the one that was picked, or the first that is about
    /// what is selected.
    pub(crate) fn row_in_question(&self) -> Option<usize> {
        let left = self.model.session.table_of(self.tab).row.filter(|row| *row < self.rows());
        left.or_else(|| {
            let mut rows = 0..self.rows();
            rows.find(|&row| self.standing(row) == Standing::Selected)
        })
    }

    /// The rows to be copied: where several things are selected, all that are about them, else the row in
    /// question.
    pub(crate) fn rows_in_question(&self) -> Vec<usize> {
        let rows = self.rows_of_selection();
        if rows.is_empty() { self.row_in_question().into_iter().collect() } else { rows }
    }

    /// Whether there is a row to be copied. Looks no further than to the first.
    pub(crate) fn has_row_in_question(&self) -> bool {
        let is_selected = |row| self.is_of_selection(row);
        let has_several = self.has_several_selected() && (0..self.rows()).any(is_selected);
        has_several || self.row_in_question().is_some()
    }

    /// The rows that are about what is selected, where that is several things.
    fn rows_of_selection(&self) -> Vec<usize> {
        if !self.has_several_selected() {
            return Vec::new();
        }
        (0..self.rows()).filter(|&row| self.is_of_selection(row)).collect()
    }

    pub(crate) fn has_several_selected(&self) -> bool {
        self.model.selected_all().len() > 1
    }

    fn is_of_selection(&self, row: usize) -> bool {
        self.subject(row).is_some_and(|subject| self.model.is_selected(subject))
    }

    /// Rows as text between tabs, below the headings: exactly the columns in sight.
    pub(crate) fn copied_rows(&self, rows: impl IntoIterator<Item = usize>) -> String {
        copied_rows(&self.columns(), rows, &|row, column| self.cell(row, column))
    }
}

/// Rows as text between tabs, below their headings. What a spreadsheet would take for a formula gets an
/// apostrophe before it, as in exported tables.
pub(crate) fn copied_rows(
    columns: &[(usize, Column)],
    rows: impl IntoIterator<Item = usize>,
    cell: &dyn Fn(usize, usize) -> Cell,
) -> String {
    let headings: Vec<&str> = columns.iter().map(|(_, column)| column.heading).collect();
    let mut text = headings.join("\t");
    text.push('\n');
    for row in rows {
        for (at, &(number, _)) in columns.iter().enumerate() {
            if at > 0 {
                text.push('\t');
            }
            let cell = cell(row, number);
            if starts_formula(cell.copied()) {
                text.push('\'');
            }
            text.push_str(cell.copied());
        }
        text.push('\n');
    }
    text
}

fn standing(is_selected: bool, was_left: bool) -> Standing {
    match (is_selected, was_left) {
        (true, _) => Standing::Selected,
        (false, true) => Standing::Left,
        (false, false) => Standing::Plain,
    }
}
