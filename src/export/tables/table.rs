//! Every table under one name, and what it is made from.

use std::io;

use super::cell::{Cell, TakeRow};
use super::{credentials, findings, owners, paths, plan, rotation, services, tasks};
use crate::analysis::{Answers, Finding, Question};
use crate::export::Answered;
use crate::export::fix_lists::AnsweredTasks;
use crate::export::inventory::inventory_rows;
use crate::export::rotation::AnsweredRotation;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::import::{EXPORT_COLUMNS, Fingerprinter};
use crate::inventory::Inventory;

/// What can be exported as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportTable {
    /// The rows of the inventory.
    Inventory,
    /// The findings.
    Findings,
    /// The credentials.
    Credentials,
    /// The service instances.
    Services,
    /// The listed lateral-movement paths, a row for each hop.
    Paths,
    /// The plan, step by step.
    Plan,
    /// The order of rotation of what has fallen.
    Rotation,
    /// The owners.
    Owners,
    /// The tasks of a list of fixes.
    Tasks,
}

impl ExportTable {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::Inventory,
        Self::Findings,
        Self::Credentials,
        Self::Services,
        Self::Paths,
        Self::Plan,
        Self::Rotation,
        Self::Owners,
        Self::Tasks,
    ];

    /// Its name on the command line, and that of the worksheet.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inventory => "inventory",
            Self::Findings => "findings",
            Self::Credentials => "credentials",
            Self::Services => "services",
            Self::Paths => "paths",
            Self::Plan => "plan",
            Self::Rotation => "rotation",
            Self::Owners => "owners",
            Self::Tasks => "tasks",
        }
    }

    /// The one with a name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.word() == word)
    }

    /// What has to be asked for it between entry points and crown jewels.
    pub fn questions(self) -> &'static [Question] {
        match self {
            Self::Paths => &[Question::Paths],
            Self::Plan => &[Question::Plan],
            Self::Inventory
            | Self::Findings
            | Self::Credentials
            | Self::Services
            | Self::Rotation
            | Self::Owners
            | Self::Tasks => &[],
        }
    }
}

/// A table with what its rows are made from.
#[derive(Clone, Copy)]
pub enum TableSource<'a> {
    /// The rows of an inventory, with the tokens of the key under which it was read.
    Inventory(&'a Inventory, &'a Fingerprinter),
    /// The findings, or those that are wanted.
    Findings(Answered<'a>, Option<&'a [Finding]>),
    /// The credentials.
    Credentials(&'a Answers, Option<&'a [CredentialIndex]>),
    /// The service instances.
    Services(&'a Answers, Option<&'a [InstanceIndex]>),
    /// The paths that were asked for.
    Paths(Answered<'a>),
    /// The plan.
    Plan(Answered<'a>),
    /// The order of rotation.
    Rotation(AnsweredRotation<'a>),
    /// The owners.
    Owners(&'a Answers),
    /// The tasks.
    Tasks(AnsweredTasks<'a>),
}

impl TableSource<'_> {
    /// Which table it is.
    pub fn table(&self) -> ExportTable {
        match self {
            Self::Inventory(..) => ExportTable::Inventory,
            Self::Findings(..) => ExportTable::Findings,
            Self::Credentials(..) => ExportTable::Credentials,
            Self::Services(..) => ExportTable::Services,
            Self::Paths(_) => ExportTable::Paths,
            Self::Plan(_) => ExportTable::Plan,
            Self::Rotation(_) => ExportTable::Rotation,
            Self::Owners(_) => ExportTable::Owners,
            Self::Tasks(_) => ExportTable::Tasks,
        }
    }

    /// The names of its columns.
    pub(super) fn columns(&self) -> &'static [&'static str] {
        match self {
            Self::Inventory(..) => &EXPORT_COLUMNS,
            Self::Findings(..) => &findings::COLUMNS,
            Self::Credentials(..) => &credentials::COLUMNS,
            Self::Services(..) => &services::COLUMNS,
            Self::Paths(_) => &paths::COLUMNS,
            Self::Plan(_) => &plan::COLUMNS,
            Self::Rotation(_) => &rotation::COLUMNS,
            Self::Owners(_) => &owners::COLUMNS,
            Self::Tasks(_) => &tasks::COLUMNS,
        }
    }

    /// Gives its rows one after another, each with a cell for every column.
    pub(super) fn rows(&self, take: &mut TakeRow<'_>) -> io::Result<()> {
        match self {
            Self::Inventory(inventory, keyed) => {
                inventory_rows(inventory, keyed, &mut |cells| take(&cells.map(Cell::from)))
            }
            Self::Findings(answered, only) => findings::rows(answered, *only, take),
            Self::Credentials(answers, only) => credentials::rows(answers, *only, take),
            Self::Services(answers, only) => services::rows(answers, *only, take),
            Self::Paths(answered) => paths::rows(answered, take),
            Self::Plan(answered) => plan::rows(answered, take),
            Self::Rotation(answered) => rotation::rows(answered, take),
            Self::Owners(answers) => owners::rows(answers, take),
            Self::Tasks(answered) => tasks::rows(answered, take),
        }
    }
}
