//! In which order the tables of paths and choke points are shown.

use std::cmp::Reverse;

use crate::analysis::{Path, Subject};
use crate::app::model::Model;
use crate::app::model::session::Tab;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::Assessment;
use crate::graph::CredentialIndex;
use crate::inventory::Cost;

/// What a table of answers is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum AnswerSort {
    /// As it was worked out: the shortest paths first, the credentials with most pairs first.
    #[default]
    AsFound,
    From,
    To,
    Through,
    /// What rests on assumed access last.
    Assumed,
    Credential,
    PairsStated,
    InCut,
    Cost,
    Holds,
    Grants,
    Reach,
}

impl AnswerSort {
    /// Whether the greatest stands first until the order is turned round.
    pub(crate) fn starts_with_the_greatest(self, tab: Tab) -> bool {
        match self {
            Self::AsFound => tab == Tab::ChokePoints,
            Self::PairsStated
            | Self::InCut
            | Self::Cost
            | Self::Holds
            | Self::Grants
            | Self::Reach => true,
            Self::From | Self::To | Self::Through | Self::Assumed | Self::Credential => false,
        }
    }
}

/// For each row in sight its place in the answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orders {
    paths: Vec<usize>,
    choke_points: Vec<usize>,
}

impl Model {
    /// Sorts both tables anew.
    pub(crate) fn order_answers(&mut self) {
        self.orders = Orders::default();
        let Some(answers) = self.answers.clone() else { return };
        let (sort, reversed) = (self.session.answer_sort, self.session.answers_reversed);
        if let Some(paths) = self.listed_paths() {
            self.orders.paths = ordered(paths, sort, reversed, path_order(&answers, sort));
        }
        if let Some(judged) = self.judged.clone() {
            let order = choke_order(&answers, &judged, sort);
            self.orders.choke_points = ordered(&judged.choke_points, sort, reversed, order);
        }
    }

    /// The path in a row, and which of the listed ones it is.
    pub(crate) fn path_at(&self, row: usize) -> Option<(usize, &Path)> {
        let at = *self.orders.paths.get(row)?;
        Some((at, self.listed_paths()?.get(at)?))
    }

    /// The row in which a listed path stands.
    pub(crate) fn row_of_path(&self, at: usize) -> Option<usize> {
        self.orders.paths.iter().position(|own| *own == at)
    }

    /// The choke point in a row, with the pairs that hang on it.
    pub(crate) fn choke_point_at(&self, row: usize) -> Option<(CredentialIndex, u64)> {
        let at = *self.orders.choke_points.get(row)?;
        self.judged.as_ref()?.choke_points.get(at).copied()
    }

    /// The row in which a choke point stands.
    pub(crate) fn row_of_choke_point(&self, credential: CredentialIndex) -> Option<usize> {
        let rows = 0..self.orders.choke_points.len();
        rows.into_iter()
            .find(|&row| self.choke_point_at(row).is_some_and(|(own, _)| own == credential))
    }
}

/// What one row is sorted by: greater numbers first, then words in their order.
type Key = (Reverse<u64>, String);

fn ordered<T>(all: &[T], sort: AnswerSort, reversed: bool, key: impl Fn(&T) -> Key) -> Vec<usize> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    if sort != AnswerSort::AsFound {
        order.sort_by_cached_key(|&at| all.get(at).map(&key));
    }
    if reversed {
        order.reverse();
    }
    order
}

fn path_order(answers: &Answers, sort: AnswerSort) -> impl Fn(&Path) -> Key + '_ {
    let graph = &answers.graph;
    move |path| {
        let text = match sort {
            AnswerSort::From => answers.name(Subject::Instance(path.from)),
            AnswerSort::To => answers.name(Subject::Instance(path.to)),
            AnswerSort::Through => {
                let names = path.hops.iter().map(|hop| graph.credential_name(hop.credential));
                names.collect::<Vec<_>>().join("\n")
            }
            AnswerSort::Assumed if path.is_stated(graph) => String::new(),
            AnswerSort::Assumed => "assumed".to_owned(),
            AnswerSort::AsFound
            | AnswerSort::Credential
            | AnswerSort::PairsStated
            | AnswerSort::InCut
            | AnswerSort::Cost
            | AnswerSort::Holds
            | AnswerSort::Grants
            | AnswerSort::Reach => String::new(),
        };
        (Reverse(0), text)
    }
}

fn choke_order<'a>(
    answers: &'a Answers,
    judged: &'a Assessment,
    sort: AnswerSort,
) -> impl Fn(&(CredentialIndex, u64)) -> Key + 'a {
    let graph = &answers.graph;
    move |&(at, _)| {
        let number = match sort {
            AnswerSort::PairsStated => judged.pairs_stated_on(at),
            AnswerSort::InCut => u64::from(judged.is_in_cut(at)),
            AnswerSort::Cost => match judged.costs.of(at) {
                Cost::Units(units) => u64::from(units.get()),
                Cost::Never => u64::MAX,
            },
            AnswerSort::Holds => graph.held_by(at).len() as u64,
            AnswerSort::Grants => graph.grants(at).len() as u64,
            AnswerSort::Reach => u64::from(answers.reach_of(Subject::Credential(at))),
            AnswerSort::AsFound
            | AnswerSort::Credential
            | AnswerSort::From
            | AnswerSort::To
            | AnswerSort::Through
            | AnswerSort::Assumed => 0,
        };
        let name = match sort {
            AnswerSort::Credential => answers.name(Subject::Credential(at)),
            _ => String::new(),
        };
        (Reverse(number), name)
    }
}
