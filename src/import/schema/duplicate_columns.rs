//! Several columns with one heading, and how the second is read beside the first.
//!
//! Every service counts, each with the environment column of the same number, if there are as many
//! environments as services. Environments, owners and tags are read as one list. Where a credential
//! can have one value only, the second column is read if the first is blank; if both differ, the
//! row gets a problem.

use zeroize::Zeroizing;

use crate::import::schema::candidates::Columns;
use crate::import::vocabulary::synonyms::{Meaning, normalised};

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
    let mut found: Vec<DuplicateColumn> = spare
        .into_iter()
        .filter_map(|column| {
            let (meaning, _) = first(column)?;
            Some(DuplicateColumn { meaning, column, how: how(meaning) })
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
