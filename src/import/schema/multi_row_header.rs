//! Headers of several lines: names of groups of columns above the names of the columns, and lines
//! below the header that describe the columns in brackets, by types or by units.

use zeroize::Zeroizing;

use crate::import::csv::sample::Record;
use crate::import::schema::candidates::Columns;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms, normalised};
use crate::import::vocabulary::words;

/// How many records right below a header may belong to it: a line of names, one of types or units, and
/// a rule.
const MOST_BELOW: usize = 3;

/// The names of columns together with the groups in the record before, if that names groups: as the
/// user says, or else as both records show.
///
/// A group is named above each of its columns, or only above the first.
pub(crate) fn joined(
    sample: &[Record],
    at: usize,
    (synonyms, has_groups): (&Synonyms, Option<bool>),
) -> Option<Zeroizing<Vec<String>>> {
    match has_groups {
        None => detected(sample, at, synonyms),
        Some(true) => joined_anyway(sample, at, synonyms),
        Some(false) => None,
    }
}

/// The names of columns together with what stands above them, whatever that is.
pub(crate) fn joined_anyway(
    sample: &[Record],
    at: usize,
    synonyms: &Synonyms,
) -> Option<Zeroizing<Vec<String>>> {
    let (_, groups) = sample.get(at.checked_sub(1)?)?;
    let (_, names) = sample.get(at)?;
    let spread = spread_groups(groups);
    let group_of = |at: usize| spread.get(at).or(spread.last()).copied().unwrap_or_default();
    let alone = |group: &str| spread.iter().filter(|other| **other == group).count() == 1;
    let both = names.iter().enumerate().map(|(at, name)| {
        let group = group_of(at);
        one_name((group, alone(group)), name, synonyms).trim_end().to_owned()
    });
    Some(Zeroizing::new(both.collect()))
}

fn detected(sample: &[Record], at: usize, synonyms: &Synonyms) -> Option<Zeroizing<Vec<String>>> {
    let (_, groups) = sample.get(at.checked_sub(1)?)?;
    let (_, names) = sample.get(at)?;
    if groups.len() != names.len() || names.iter().any(|name| name.is_empty()) {
        return None;
    }
    let spread = spread_groups(groups);
    let repeats = spread.windows(2).any(|two| matches!(two, [one, other] if one == other));
    let known = names.iter().filter(|name| synonyms.meaning(name).is_some()).count();
    if !repeats || known < 2 || known * 2 < names.len() {
        return None;
    }
    let is_known = |name: &str| synonyms.meaning(name).is_some();
    let filled = || groups.iter().filter(|group| !group.is_empty());
    if filled().count() == 0
        || filled().filter(|group| is_known(group)).count() * 2 < filled().count()
    {
        return None;
    }
    let alone = |group: &str| spread.iter().filter(|other| **other == group).count() == 1;
    let pairs = spread.iter().zip(names);
    let both = pairs.map(|(group, name)| one_name((group, alone(group)), name, synonyms));
    let both = Zeroizing::new(both.collect::<Vec<String>>());
    // A name below “Service” is that of the service, though a name alone has a meaning too.
    let meanings = |header: &[String]| {
        let columns = Columns::resolve(header, synonyms);
        let services = [Meaning::Service, Meaning::Holder, Meaning::Target];
        let services = services.into_iter().filter(|meaning| columns.of(*meaning).is_some());
        (columns.meanings().count(), services.count())
    };
    let plain: Zeroizing<Vec<String>> =
        Zeroizing::new(names.iter().map(|name| name.as_str().to_owned()).collect());
    (meanings(&both) > meanings(&plain)).then_some(both)
}

/// For each column the name of its group.
fn spread_groups(groups: &[Zeroizing<String>]) -> Vec<&str> {
    let mut before = "";
    let over = groups.iter().map(|group| {
        if !group.is_empty() {
            before = group.trim_start_matches('#').trim_start();
        }
        before
    });
    over.collect()
}

/// The name of a column together with that of its group.
fn one_name((group, alone): (&str, bool), name: &str, synonyms: &Synonyms) -> String {
    let both = format!("{group} {name}");
    if group.is_empty() {
        return name.to_owned();
    }
    if synonyms.meaning(&both).is_some() {
        return both;
    }
    // The id of a holder is not the id of a credential.
    let general = ["id", "name", "number", "type", "kind", "category", "key", "reference", "uuid"];
    let word = normalised(name);
    let of_name = synonyms.meaning(name);
    if of_name.is_some() && !general.contains(&word.as_str()) {
        return name.to_owned();
    }
    let of_group = synonyms.meaning(group);
    let secret = of_group
        .is_some_and(|(meaning, _)| matches!(meaning, Meaning::Value | Meaning::OtherSecret));
    if of_group.is_some() && (word == "name" || alone || (secret && of_name.is_none())) {
        return group.to_owned();
    }
    both
}

/// The last line right below the header that repeats the columns' names, or gives types or units; 0
/// if there is none.
pub(crate) fn last_line_below(below: &[Record], header: &[String], synonyms: &Synonyms) -> u32 {
    let describes =
        |(_, cells): &&Record| cells.len() == header.len() && describes_columns(cells, synonyms);
    below.iter().take(MOST_BELOW).take_while(describes).last().map_or(0, |(line, _)| *line)
}

/// Whether all cells of a row are names in brackets, types, units, or rules.
fn describes_columns(cells: &[Zeroizing<String>], synonyms: &Synonyms) -> bool {
    let filled = || cells.iter().map(|cell| cell.as_str()).filter(|cell| !cell.is_empty());
    let count = filled().count();
    if count < 2 {
        return count == 1 && cells.len() > 1 && filled().all(is_unit_in_brackets);
    }
    let is_name = |cell: &str| synonyms.meaning(cell).is_some();
    filled().all(|cell| is_bracketed(cell) || is_type(cell))
        || filled().all(|cell| cell.len() > 1 && cell.bytes().all(|byte| b"-=".contains(&byte)))
        || (count > 3
            && count == cells.len()
            && filled().all(|cell| is_name(cell) || is_type(cell)))
}

fn is_bracketed(cell: &str) -> bool {
    let inner = |open: char, close: char| cell.strip_prefix(open)?.strip_suffix(close);
    let inner = inner('(', ')').or_else(|| inner('[', ']'));
    inner.is_some_and(|inner| inner.len() < 32 && !inner.contains(['"', ',']))
        && !words::is_unknown(cell)
}

fn is_unit_in_brackets(cell: &str) -> bool {
    is_bracketed(cell) && is_type(cell.trim_matches(['(', ')', '[', ']']))
}

/// Whether a cell names a data type or a format.
fn is_type(cell: &str) -> bool {
    const TYPES: [&str; 38] = [
        "string",
        "str",
        "text",
        "varchar",
        "nvarchar",
        "varchar2",
        "char",
        "character",
        "int",
        "integer",
        "bigint",
        "smallint",
        "number",
        "numeric",
        "decimal",
        "float",
        "double",
        "real",
        "bool",
        "boolean",
        "date",
        "datetime",
        "timestamp",
        "time",
        "uuid",
        "guid",
        "enum",
        "json",
        "blob",
        "binary",
        "array",
        "days",
        "utc",
        "yes/no",
        "y/n",
        "yyyy-mm-dd",
        "dd.mm.yyyy",
        "r/w",
    ];
    let (word, size) = cell.split_once('(').unwrap_or((cell, ")"));
    let sized = size.strip_suffix(')').is_some_and(|size| {
        size.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b' '))
    });
    sized && TYPES.iter().any(|one| word.trim_end().eq_ignore_ascii_case(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(line: u32, cells: &str) -> Record {
        (line, cells.split(',').map(|cell| Zeroizing::new(cell.to_owned())).collect())
    }

    fn joins(groups: &str, names: &str) -> Option<String> {
        let sample = [record(1, groups), record(2, names)];
        joined(&sample, 1, (&Synonyms::new(), None)).map(|names| names.join(","))
    }

    #[test]
    fn groups_come_before_the_names_of_their_columns() {
        assert_eq!(
            joins("Credential,Credential,Service,Service,Access", "ID,Type,Name,Environment,Mode"),
            Some(
                "Credential ID,Credential Type,Service Name,Service Environment,Access".to_owned()
            )
        );
        assert_eq!(
            joins("Credential,,Holder,,Target,", "ID,Expires,Name,Environment,Name,Environment"),
            Some(
                "Credential ID,Credential Expires,Holder,Holder Environment,Target name,\
                 Target Environment"
                    .replace("name", "Name")
            )
        );
        assert_eq!(joins("id,service,service", "k1,web,api"), None);
        assert_eq!(joins("id,service,environment", "name,type,owner"), None);
    }

    #[test]
    fn a_group_of_secrets_is_one_of_secrets() {
        assert_eq!(
            joins("Secret,Secret,Service,Service", "Now,Before,Name,Environment"),
            Some("Secret,Secret,Service Name,Service Environment".to_owned())
        );
    }

    #[test]
    fn rows_of_names_in_brackets_types_and_rules_are_no_rows() {
        let is = |cells: &str| describes_columns(&record(1, cells).1, &Synonyms::new());
        for cells in [
            "(id),(value),(name),(env),(r/w)",
            "string,varchar(255),text,date",
            "---,-------,---",
            ",,(days)",
            "[UTC],,date",
            "id,value,name,env",
        ] {
            assert!(is(cells), "{cells}");
        }
        for cells in ["(unknown),(none)", "k1,web,dev", "token,server", "(db),web,prod", ",,x", ""]
        {
            assert!(!is(cells), "{cells}");
        }
    }
}
