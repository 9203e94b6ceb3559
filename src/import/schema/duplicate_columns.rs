//! Several columns with one heading, and how the second is read beside the first.
//!
//! Every service counts, each with the environment column of the same number, if there are as many
//! environments as services. Environments, owners and tags are read as one list. Where a credential
//! can have one value only, the second column is read if the first is blank; if both differ, the
//! row gets a problem. Further lists of services within JSON objects are read beside the first, each
//! with its own environments.

use zeroize::Zeroizing;

use crate::import::schema::candidates::Columns;
use crate::import::schema::nested_ends::{list_path, lists_further_services};
use crate::import::vocabulary::synonyms::{Meaning, Synonyms, normalised};

/// A column with the same heading as an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DuplicateColumn {
    pub(crate) meaning: Meaning,
    pub(crate) column: usize,
    pub(crate) how: How,
}

/// How a second column is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// As further services, with the environments of another column.
    OwnService { environment: Option<usize> },
    /// As more of the list in the first.
    List,
    /// Where the first is blank.
    Instead,
}

/// A column of services, and that of their environments.
pub(crate) type Pair = (usize, Option<usize>);

/// The columns of a table that have the same heading as one that is read.
pub(crate) fn duplicates(header: &[String], columns: &Columns) -> Vec<DuplicateColumn> {
    let words: Vec<Zeroizing<String>> =
        header.iter().map(|name| Zeroizing::new(normalised(name))).collect();
    let spare = columns.superseded.iter().map(|(at, _)| at).chain(&columns.other_secrets);
    let mut spare: Vec<usize> = spare.copied().collect();
    spare.sort_unstable();
    let first = |at: usize| {
        let word = words.get(at).filter(|word| !word.is_empty())?;
        columns.meanings().find(|(_, first)| *first < at && words.get(*first) == Some(word))
    };
    let mut found: Vec<DuplicateColumn> = further_lists(header, columns);
    let is_list = |at: &usize| found.iter().any(|one| one.column == *at);
    spare.retain(|at| !is_list(at));
    let mut repeated: Vec<DuplicateColumn> = spare
        .into_iter()
        .filter_map(|column| {
            let (meaning, _) = first(column)?;
            Some(DuplicateColumn { meaning, column, how: how(meaning) })
        })
        .collect();
    for (service, environment) in ENDS {
        pair(&mut repeated, service, (environment, columns.of(environment)));
    }
    found.extend(repeated);
    if let Some(start) = second_table(header, columns) {
        found.retain(|one| one.column < start);
    }
    found
}

/// The first column of a second table that stands beside the first, behind a column without a name: the
/// heading that names its credentials and those of two columns or more beside it are the same again.
/// What it says of its credentials is nothing of those of the first.
pub(crate) fn second_table(header: &[String], columns: &Columns) -> Option<usize> {
    let words: Vec<Zeroizing<String>> =
        header.iter().map(|name| Zeroizing::new(normalised(name))).collect();
    let naming = columns.of(Meaning::Id).or_else(|| columns.of(Meaning::Label))?;
    let name = words.get(naming).filter(|name| !name.is_empty())?;
    let again = (naming + 1..words.len()).find(|at| words.get(*at) == Some(name))?;
    let distance = again - naming;
    let gap = (naming..again).rfind(|at| words.get(*at).is_some_and(|word| word.is_empty()))?;
    let repeats = |at: &usize| {
        let word = words.get(*at).filter(|word| !word.is_empty());
        word.is_some() && word == at.checked_sub(distance).and_then(|first| words.get(first))
    };
    ((gap + 1..words.len()).filter(repeats).count() > 1).then_some(gap + 1)
}

/// What names services, and what names their environments.
const ENDS: [(Meaning, Meaning); 3] = [
    (Meaning::Service, Meaning::Environment),
    (Meaning::Holder, Meaning::HolderEnvironment),
    (Meaning::Target, Meaning::TargetEnvironment),
];

/// The lists of services beside the first one of their meaning.
fn further_lists(header: &[String], columns: &Columns) -> Vec<DuplicateColumn> {
    let synonyms = Synonyms::new();
    let is_further = |at: usize| {
        header.get(at).is_some_and(|name| {
            list_path(name, &synonyms).is_some() || lists_further_services(name)
        })
    };
    let mut found = Vec::new();
    for (service, label) in ENDS {
        let Some(first) = columns.of(service) else { continue };
        // Of two members that name the services of one list, the better one is read.
        let path = |at: usize| header.get(at).and_then(|name| list_path(name, &synonyms));
        for (column, meaning) in &columns.superseded {
            let is_of_same = path(*column).is_some() && path(*column) == path(first);
            if *meaning == service && is_further(*column) && !is_of_same {
                let environment = environment_beside(header, columns, (*column, label));
                let how = How::OwnService { environment };
                found.push(DuplicateColumn { meaning: service, column: *column, how });
            }
        }
    }
    found.sort_unstable_by_key(|one| one.column);
    found
}

/// The column of the environments of a column of services; `label` is what it means. A list within
/// objects has its own, or none.
pub(crate) fn environment_beside(
    header: &[String],
    columns: &Columns,
    (service, label): (usize, Meaning),
) -> Option<usize> {
    let synonyms = Synonyms::new();
    let path = |at: usize| header.get(at).and_then(|name| list_path(name, &synonyms));
    let first = columns.of(label);
    let own = path(service);
    let further = columns.superseded.iter().filter(|(_, meaning)| *meaning == label);
    let mut all = first.into_iter().chain(further.map(|(at, _)| *at));
    match own {
        Some(_) => all.find(|at| path(*at) == own),
        None if label == Meaning::Environment => first,
        None => first.filter(|at| path(*at).is_none()),
    }
}

fn how(meaning: Meaning) -> How {
    match meaning {
        Meaning::Service | Meaning::Holder | Meaning::Target => {
            How::OwnService { environment: None }
        }
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
fn pair(
    found: &mut Vec<DuplicateColumn>,
    service: Meaning,
    (label, first): (Meaning, Option<usize>),
) {
    let of = |found: &[DuplicateColumn], meaning| {
        let own = found.iter().filter(|one| one.meaning == meaning);
        own.map(|one| one.column).collect::<Vec<usize>>()
    };
    let (services, labels) = (of(found, service), of(found, label));
    let own = !services.is_empty() && services.len() == labels.len();
    let mut next = labels.into_iter();
    for one in found.iter_mut().filter(|one| one.meaning == service) {
        one.how = How::OwnService { environment: if own { next.next() } else { first } };
    }
    if own {
        found.retain(|one| one.meaning != label);
    }
}

impl DuplicateColumn {
    /// The columns of services and environments that are read beside the first ones.
    pub(crate) fn pair(&self) -> Option<Pair> {
        match self.how {
            How::OwnService { environment } => Some((self.column, environment)),
            How::List | How::Instead => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::vocabulary::synonyms::Synonyms;

    fn found(header: &str) -> Vec<(usize, How)> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        let columns = Columns::resolve(&header, &Synonyms::new());
        duplicates(&header, &columns).into_iter().map(|one| (one.column, one.how)).collect()
    }

    #[test]
    fn services_have_the_environments_of_the_same_number() {
        let beside = |environment| How::OwnService { environment };
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
