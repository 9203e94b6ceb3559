//! Columns of one heading: what the second says beside the first.
//!
//! Services stand beside each other, each with the environment column of its own number, if there
//! are as many. Environments, owners and tags are read as one list. Of what can be said but once,
//! the second column is read where the first says nothing, and else it is told.

use zeroize::Zeroizing;

use crate::import::csv::records::Records;
use crate::import::schema::candidates::Columns;
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::{Meaning, normalised};
use crate::import::vocabulary::words;

/// A column whose heading is that of an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Double {
    pub(crate) meaning: Meaning,
    pub(crate) column: usize,
    how: How,
}

/// How a second column is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// Beside the first, with environments of its own.
    Beside { environment: Option<usize> },
    /// As more of the list in the first.
    List,
    /// Where the first says nothing.
    Instead,
}

/// A column of services with its environments.
pub(crate) type Pair = (usize, Option<usize>);

/// The columns of a table that have the heading of another one that is read.
pub(crate) fn doubles(header: &[String], columns: &Columns) -> Vec<Double> {
    let words: Vec<Zeroizing<String>> =
        header.iter().map(|name| Zeroizing::new(normalised(name))).collect();
    let spare = columns.outdone.iter().map(|(at, _)| at).chain(&columns.other_secrets);
    let mut spare: Vec<usize> = spare.copied().collect();
    spare.sort_unstable();
    let first = |at: usize| {
        let word = words.get(at).filter(|word| !word.is_empty())?;
        columns.meanings().find(|(_, first)| *first < at && words.get(*first) == Some(word))
    };
    let mut found: Vec<Double> = spare
        .into_iter()
        .filter_map(|column| {
            let (meaning, _) = first(column)?;
            Some(Double { meaning, column, how: how(meaning) })
        })
        .collect();
    for (service, environment) in [
        (Meaning::Service, Meaning::Environment),
        (Meaning::Holder, Meaning::HolderEnvironment),
        (Meaning::Target, Meaning::TargetEnvironment),
    ] {
        pair(&mut found, service, (environment, columns.of(environment)));
    }
    found
}

fn how(meaning: Meaning) -> How {
    match meaning {
        Meaning::Service | Meaning::Holder | Meaning::Target => How::Beside { environment: None },
        Meaning::Environment
        | Meaning::HolderEnvironment
        | Meaning::TargetEnvironment
        | Meaning::Owner
        | Meaning::ServiceOwner
        | Meaning::Tags => How::List,
        _ => How::Instead,
    }
}

/// Gives each service column its environments: those of its own number, or the only ones.
fn pair(found: &mut Vec<Double>, service: Meaning, (label, first): (Meaning, Option<usize>)) {
    let of = |found: &[Double], meaning| {
        let own = found.iter().filter(|one| one.meaning == meaning);
        own.map(|one| one.column).collect::<Vec<usize>>()
    };
    let (services, labels) = (of(found, service), of(found, label));
    let own = !services.is_empty() && services.len() == labels.len();
    let mut next = labels.into_iter();
    for one in found.iter_mut().filter(|one| one.meaning == service) {
        one.how = How::Beside { environment: if own { next.next() } else { first } };
    }
    if own {
        found.retain(|one| one.meaning != label);
    }
}

impl Double {
    /// The services and environments that are read beside the first ones.
    pub(crate) fn pair(&self) -> Option<Pair> {
        match self.how {
            How::Beside { environment } => Some((self.column, environment)),
            How::List | How::Instead => None,
        }
    }
}

/// What a row says in its second columns.
#[derive(Default)]
pub(crate) struct Second {
    /// The cells of first columns with what the second ones add.
    pub(crate) changes: Vec<(usize, Meaning, Zeroizing<String>)>,
    /// What is said again and differs.
    pub(crate) lost: Vec<Meaning>,
}

/// What the second columns of a row add to the first ones, and what they say otherwise.
pub(crate) fn second(plan: &Plan, records: &Records<'_>) -> Second {
    let mut second = Second::default();
    for double in plan.doubles.iter().filter(|double| double.pair().is_none()) {
        let Some(first) = plan.columns().of(double.meaning) else { continue };
        let changes = &mut second.changes;
        let earlier = changes.iter().position(|(at, ..)| *at == first);
        let text = earlier.and_then(|at| changes.get(at));
        let own = text.map_or_else(|| records.cell(first), |(.., text)| text.as_str());
        let other = records.cell(double.column);
        if words::is_unknown(other) || own == other {
            continue;
        }
        let text = match double.how {
            _ if words::is_unknown(own) => other.to_owned(),
            How::List if !own.starts_with('[') => format!("{own};{other}"),
            _ => {
                second.lost.push(double.meaning);
                continue;
            }
        };
        let text = Zeroizing::new(text);
        match earlier.and_then(|at| changes.get_mut(at)) {
            Some((.., kept)) => *kept = text,
            None => changes.push((first, double.meaning, text)),
        }
    }
    second
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::vocabulary::synonyms::Synonyms;

    fn found(header: &str) -> Vec<(usize, How)> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        let columns = Columns::resolve(&header, &Synonyms::new());
        doubles(&header, &columns).into_iter().map(|one| (one.column, one.how)).collect()
    }

    #[test]
    fn services_go_with_the_environments_of_their_number() {
        let beside = |environment| How::Beside { environment };
        assert_eq!(found("id,service,service,environment"), [(2, beside(Some(3)))]);
        let pairs = "id,service,environment,service,environment";
        assert_eq!(found(pairs), [(3, beside(Some(4)))]);
        assert_eq!(
            found("id,service,service,env,env,env"),
            [(2, beside(Some(3))), (4, How::List), (5, How::List)]
        );
        assert_eq!(found("id,consumer,consumer,target"), [(2, beside(None))]);
        assert_eq!(
            found("id,service,owner,Owner,status,status"),
            [(3, How::List), (5, How::Instead)]
        );
        assert_eq!(found("id,password,service,password"), [(3, How::Instead)]);
        assert_eq!(found("id,credential_id,service"), []);
    }
}
