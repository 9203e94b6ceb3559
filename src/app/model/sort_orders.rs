//! In which order the tables of paths, choke points and owners are shown.

use std::cmp::Reverse;

use crate::analysis::{LiveAndDead, OwnerFigures, Path, Subject};
use crate::app::model::answer_sort::AnswerSort;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::AssessedAnswers;
use crate::graph::CredentialIndex;
use crate::inventory::Cost;

/// For each row in sight its place in the answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orders {
    pub(crate) paths: Vec<usize>,
    pub(crate) choke_points: Vec<usize>,
    pub(crate) owners: Vec<usize>,
}

/// What one row is sorted by: greater numbers first, then words in their order.
pub(crate) type Key = (Reverse<u64>, String);

pub(crate) fn ordered<T>(
    all: &[T],
    sort: AnswerSort,
    reversed: bool,
    key: impl Fn(&T) -> Key,
) -> Vec<usize> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    if sort != AnswerSort::AsFound {
        order.sort_by_cached_key(|&at| all.get(at).map(&key));
    }
    if reversed {
        order.reverse();
    }
    order
}

pub(crate) fn path_order(answers: &Answers, sort: AnswerSort) -> impl Fn(&Path) -> Key + '_ {
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
            | AnswerSort::Reach
            | AnswerSort::Credentials
            | AnswerSort::Instances
            | AnswerSort::Shared
            | AnswerSort::Crossing
            | AnswerSort::NoExpiry
            | AnswerSort::Findings
            | AnswerSort::Alone => String::new(),
        };
        (Reverse(0), text)
    }
}

pub(crate) fn choke_order<'a>(
    answers: &'a Answers,
    assessed: &'a AssessedAnswers,
    sort: AnswerSort,
) -> impl Fn(&(CredentialIndex, u64)) -> Key + 'a {
    let graph = &answers.graph;
    move |&(at, _)| {
        let number = match sort {
            AnswerSort::PairsStated => assessed.pairs_stated_on(at),
            AnswerSort::InCut => u64::from(assessed.is_in_cut(at)),
            AnswerSort::Cost => match assessed.costs.of(at) {
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
            | AnswerSort::Assumed
            | AnswerSort::Credentials
            | AnswerSort::Instances
            | AnswerSort::Shared
            | AnswerSort::Crossing
            | AnswerSort::NoExpiry
            | AnswerSort::Findings
            | AnswerSort::Alone => 0,
        };
        let name = match sort {
            AnswerSort::Credential => answers.name(Subject::Credential(at)),
            _ => String::new(),
        };
        (Reverse(number), name)
    }
}

/// Owners are found by name, and what nobody owns last.
pub(crate) fn owner_order(sort: AnswerSort) -> impl Fn(&OwnerFigures) -> Key {
    move |figures| {
        let both = |LiveAndDead { live, dead }: LiveAndDead| ((live as u64) << 32) + dead as u64;
        let worst_first = |sum: u64, &count: &usize| (sum << 16) + count.min(0xFFFF) as u64;
        let number = match sort {
            AnswerSort::Credentials => both(figures.credentials),
            AnswerSort::Instances => figures.service_instances as u64,
            AnswerSort::Shared => both(figures.shared),
            AnswerSort::Crossing => both(figures.crossing),
            AnswerSort::NoExpiry => figures.no_expiry as u64,
            AnswerSort::Findings => figures.findings.iter().fold(0, worst_first),
            AnswerSort::Reach => u64::from(figures.reach),
            AnswerSort::Alone => {
                (figures.credentials_alone.all() + figures.service_instances_alone) as u64
            }
            AnswerSort::AsFound
            | AnswerSort::From
            | AnswerSort::To
            | AnswerSort::Through
            | AnswerSort::Assumed
            | AnswerSort::Credential
            | AnswerSort::PairsStated
            | AnswerSort::InCut
            | AnswerSort::Cost
            | AnswerSort::Holds
            | AnswerSort::Grants => 0,
        };
        (Reverse(number), String::new())
    }
}
