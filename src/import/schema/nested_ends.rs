//! Members of nested objects whose outer name says what they are: in JSON, the services below
//! `holders` hold a credential and those below `grants` are what it grants; an `owner` that is blank
//! beside `owner.team` is the object itself.
//!
//! Each such list has a service, an environment and a level of its own, and none of them says
//! anything of another list. Several lists of one side are read one beside the other.

use crate::import::schema::candidates::Columns;
use crate::import::schema::misnamed::is_address;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms, normalised};
use crate::import::vocabulary::words;
use crate::inventory::Access;

/// Which side of a credential the services of a list are on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Holder,
    Target,
}

impl Side {
    /// What the list's services mean, and their environments.
    pub(crate) fn meanings(self) -> (Meaning, Meaning) {
        match self {
            Self::Holder => (Meaning::Holder, Meaning::HolderEnvironment),
            Self::Target => (Meaning::Target, Meaning::TargetEnvironment),
        }
    }
}

/// What the name of a list says of its services.
#[derive(Clone, Copy)]
struct Role {
    side: Side,
    /// Whether it says so only beside a list of the other side: `client` beside `server`.
    is_weak: bool,
}

/// The columns of one list.
struct EndList<'a> {
    /// Its name, with those of the members around it.
    path: &'a str,
    role: Role,
    service: Option<(u8, usize)>,
    environment: Option<usize>,
    level: Option<usize>,
    access: Option<usize>,
}

/// Reads the services of nested objects as holders and targets, where their outer names say which is
/// which. `cells` gives the cells of a column.
pub(crate) fn read_ends<'a>(
    columns: &mut Columns,
    header: &[String],
    synonyms: &Synonyms,
    cells: &dyn Fn(usize) -> Vec<&'a str>,
) {
    let lists = lists(header, synonyms, cells);
    if lists.is_empty() {
        return;
    }
    let has = |side: Side| {
        columns.of(side.meanings().0).is_some()
            || lists.iter().any(|list| list.role.side == side && list.service.is_some())
    };
    let has_both = has(Side::Holder) && has(Side::Target);
    for list in lists.iter().filter(|list| has_both || !list.role.is_weak) {
        let Some((_, service)) = list.service else { continue };
        let (meaning, environment) = list.role.side.meanings();
        let own = columns.of(meaning).and_then(|at| header.get(at));
        if own.is_some_and(|name| is_address(&normalised(name))) {
            columns.superseded.extend(columns.of(meaning).map(|at| (at, meaning)));
            columns.set(meaning, None);
        }
        take(columns, service, meaning);
        if let Some(at) = list.environment {
            take(columns, at, environment);
        }
        take_levels(columns, list, cells);
    }
    let of_ends =
        |at: usize| header.get(at).is_some_and(|name| list_path(name, synonyms).is_some());
    for meaning in [Meaning::Service, Meaning::Environment, Meaning::Id, Meaning::Label] {
        let others = columns.superseded.iter().filter(|(_, own)| *own == meaning);
        let next = others.map(|(at, _)| *at).filter(|at| !of_ends(*at)).min();
        if let Some(at) = next.filter(|_| columns.of(meaning).is_none()) {
            columns.superseded.retain(|one| *one != (at, meaning));
            columns.set(meaning, Some(at));
        }
    }
}

/// Gives a column a meaning. Of several columns the first of the table is the first of the meaning.
fn take(columns: &mut Columns, at: usize, meaning: Meaning) {
    columns.forget(at);
    match columns.of(meaning) {
        Some(first) if first < at => columns.superseded.push((at, meaning)),
        later => {
            columns.superseded.extend(later.map(|later| (later, meaning)));
            columns.set(meaning, Some(at));
        }
    }
}

/// Reads the levels of what is granted. What a list calls `access` is a level as well, where the name
/// of the list says already which side its services are on.
fn take_levels<'a>(
    columns: &mut Columns,
    list: &EndList<'_>,
    cells: &dyn Fn(usize) -> Vec<&'a str>,
) {
    let is_target = list.role.side == Side::Target;
    let access = list.access.inspect(|at| columns.forget(*at));
    let of_access = access.filter(|at| is_target && are_levels(&cells(*at)));
    if let Some(at) = list.level.or(of_access).filter(|_| is_target) {
        columns.superseded.extend(columns.of(Meaning::Level).map(|at| (at, Meaning::Level)));
        columns.forget(at);
        columns.set(Meaning::Level, Some(at));
    }
    let is_level = |at: usize| columns.of(Meaning::Level) == Some(at);
    if let Some(at) = access.filter(|at| !is_level(*at)) {
        columns.superseded.push((at, Meaning::Access));
    }
}

/// Whether most words of a column are levels of access.
fn are_levels(cells: &[&str]) -> bool {
    let is_separator = |letter: char| matches!(letter, '[' | ']' | ',' | '"');
    let words = || cells.iter().flat_map(|cell| cell.split(is_separator));
    let known = || words().map(str::trim).filter(|word| !word.is_empty() && *word != "null");
    known().filter(|word| words::level(word).is_some()).count() * 2 > known().count()
}

/// The lists of a header whose names say on which side their services are, in their order.
fn lists<'a, 'h>(
    header: &'h [String],
    synonyms: &Synonyms,
    cells: &dyn Fn(usize) -> Vec<&'a str>,
) -> Vec<EndList<'h>> {
    let mut lists: Vec<EndList<'h>> = Vec::new();
    for (at, name) in header.iter().enumerate() {
        let (path, role, member) = match within_list(name, synonyms) {
            Some((path, role)) => (path, role, name.get(path.len() + 1..).unwrap_or_default()),
            None => match role_of_plain(name, synonyms).filter(|_| are_names(&cells(at))) {
                Some(role) => (name.as_str(), role, "service"),
                None => continue,
            },
        };
        let place = lists.iter().position(|list| list.path == path).unwrap_or_else(|| {
            let (service, environment, level, access) = (None, None, None, None);
            lists.push(EndList { path, role, service, environment, level, access });
            lists.len() - 1
        });
        let Some(list) = lists.get_mut(place) else { continue };
        let named = |rank| Some((rank, at));
        match synonyms.meaning(member).map(|(meaning, _)| meaning) {
            Some(Meaning::Service) => list.service = best(list.service, named(0)),
            Some(Meaning::Label) => list.service = best(list.service, named(1)),
            Some(Meaning::Id) => list.service = best(list.service, named(2)),
            Some(Meaning::Environment) => list.environment = list.environment.or(Some(at)),
            Some(Meaning::Level) => list.level = list.level.or(Some(at)),
            Some(Meaning::Access) => list.access = list.access.or(Some(at)),
            _ => {}
        }
    }
    lists.retain(|list| list.service.is_some());
    lists
}

fn best(one: Option<(u8, usize)>, other: Option<(u8, usize)>) -> Option<(u8, usize)> {
    one.into_iter().chain(other).min()
}

/// The list to which a column belongs, whose name says on which side its services are.
pub(crate) fn list_path<'h>(name: &'h str, synonyms: &Synonyms) -> Option<&'h str> {
    within_list(name, synonyms).map(|(path, _)| path)
}

/// The innermost list around a member that says on which side its services are.
fn within_list<'h>(name: &'h str, synonyms: &Synonyms) -> Option<(&'h str, Role)> {
    let mut path = name;
    while let Some((outer, _)) = path.rsplit_once('.') {
        let last = outer.rsplit('.').next().unwrap_or(outer);
        if let Some(role) = role(&normalised(last), synonyms) {
            return Some((outer, role));
        }
        path = outer;
    }
    None
}

/// What the services below a name are to the credential: `consumers`, `used_by`, `grants`.
fn role(word: &str, synonyms: &Synonyms) -> Option<Role> {
    let (side, is_weak) = match synonyms.meaning(word).map(|(meaning, _)| meaning) {
        Some(Meaning::Holder) => (Side::Holder, matches!(word, "source" | "from")),
        Some(Meaning::Target) if is_address(word) => return None,
        Some(Meaning::Target) => {
            (Side::Target, matches!(word, "provider" | "resource" | "to" | "destination"))
        }
        Some(Meaning::Service) if word.starts_with("consumer") || word.starts_with("used") => {
            (Side::Holder, true)
        }
        Some(_) => return None,
        None => {
            let single = word.strip_suffix('s').unwrap_or(word);
            let side = match words::access(word).or_else(|| words::access(single))? {
                Access::Holds => Side::Holder,
                Access::Grants => Side::Target,
                Access::Both | Access::Unstated => return None,
            };
            let weak = ["user", "client", "server", "login", "in", "ha", "contain", "provider"];
            (side, weak.contains(&single))
        }
    };
    Some(Role { side, is_weak })
}

/// What the services of a plain list are, where its name alone says it.
fn role_of_plain(name: &str, synonyms: &Synonyms) -> Option<Role> {
    let word = normalised(name);
    let is_known = matches!(word.as_str(), "holds" | "accepts" | "accepted by" | "consumed by");
    role(&word, synonyms).filter(|_| is_known)
}

/// Whether cells are names: neither numbers nor flags.
fn are_names(cells: &[&str]) -> bool {
    let is_name = |cell: &&str| {
        cell.bytes().any(|byte| byte.is_ascii_alphabetic())
            && !matches!(cell.to_ascii_lowercase().as_str(), "yes" | "no" | "true" | "false" | "x")
    };
    !cells.is_empty() && cells.iter().all(is_name)
}

/// Whether a plain column lists further services, beside the one that names the row's.
pub(crate) fn lists_further_services(name: &str) -> bool {
    let words = normalised(name);
    ["allowed ", "permitted ", "authorized ", "authorised "]
        .iter()
        .any(|start| words.starts_with(start))
}

/// Reads the first member of an object in place of the object, where the object itself has no cell: it
/// was null, or a text, in some entry.
pub(crate) fn read_members<'a>(
    columns: &mut Columns,
    header: &[String],
    cells: &impl Fn(usize) -> Vec<&'a str>,
) {
    let blank: Vec<(Meaning, usize)> = columns
        .meanings()
        .filter(|(_, at)| header.get(*at).is_some_and(|name| name.contains('.')))
        .filter(|(_, at)| cells(*at).is_empty())
        .collect();
    for (meaning, at) in blank {
        let Some(outer) = header.get(at) else { continue };
        let is_member = |(column, own): &&(usize, Meaning)| {
            let name = header.get(*column).and_then(|name| name.strip_prefix(outer.as_str()));
            *own == meaning && name.is_some_and(|rest| rest.starts_with('.'))
        };
        let filled = |(column, _): &&(usize, Meaning)| !cells(*column).is_empty();
        let members = columns.superseded.iter().filter(is_member).filter(filled);
        if let Some(column) = members.map(|(column, _)| *column).min() {
            columns.forget(column);
            columns.superseded.push((at, meaning));
            columns.set(meaning, Some(column));
        }
    }
}
