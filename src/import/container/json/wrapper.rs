//! What one JSON object is: a row, or a wrapper around the arrays that hold the rows.
//!
//! Of several arrays the one whose objects fit a known export or name secrets holds the rows,
//! whatever their lengths; others whose objects say the same kind of thing are read with it. Objects
//! that stand under names of their own are read like those of an array.

use std::collections::BTreeSet;

use crate::import::container::json::carried::{Subject, carried};
use crate::import::container::json::entries::{Around, EntryReader};
use crate::import::container::json::lists::{listed_kind, names_something, opens};
use crate::import::container::json::named::{NameAround, are_alike, environments, names};
use crate::import::container::json::rows::{DEPTH, offset};
use crate::import::container::json::scan::Scan;
use crate::import::container::json::text::{Member, Members};
use crate::import::container::parts::{Decision, WantedParts};
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};

/// How many objects of an array show what all of them are.
const LOOK: usize = 20;

/// What is known when objects are judged.
#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    pub(crate) scan: Scan<'a>,
    pub(crate) synonyms: &'a Synonyms,
    /// Whether a header is that of a known export.
    pub(crate) is_known: fn(&[String]) -> bool,
    /// Which arrays the user wants.
    pub(crate) wanted: WantedParts<'a>,
}

/// What an object is.
pub(crate) enum Document<'a> {
    /// A row by itself.
    Row,
    /// A wrapper around nothing but empty arrays.
    Empty,
    /// A wrapper around arrays, in the order of the text.
    Arrays(Vec<Array<'a>>),
}

/// A list within a wrapper, or an object with entries by their names.
pub(crate) struct Array<'a> {
    /// The names of the members around it, and its own.
    pub(crate) path: String,
    /// Its text; of entries by their names, that of the first.
    pub(crate) text: &'a str,
    /// Whether it has objects.
    pub(crate) has_objects: bool,
    /// Whether its objects are rows.
    pub(crate) is_read: bool,
    /// What its entries have from the names around it.
    pub(crate) around: Vec<NameAround>,
    /// The entries, each with the names around it, where they are no list.
    pub(crate) entries: Vec<(Vec<NameAround>, &'a str)>,
    /// The path of the object under whose names it stands with others of its kind.
    pub(crate) family: Option<String>,
    /// The name of the list that says what its entries are about; empty where none does.
    pub(crate) subject: String,
}

impl<'a> Array<'a> {
    /// A list that is not read yet.
    fn of_list(path: String, text: &'a str) -> Self {
        Self {
            path,
            text,
            has_objects: opens(text, '[', '{'),
            is_read: false,
            around: Vec::new(),
            entries: Vec::new(),
            family: None,
            subject: String::new(),
        }
    }

    /// What is remembered of an array that is read, so that its like in the next document is read too.
    pub(crate) fn choice(&self) -> &str {
        self.family.as_deref().unwrap_or(&self.path)
    }
}

/// An object that is searched for lists.
struct Level<'a> {
    path: String,
    members: Members<'a>,
    around: Vec<NameAround>,
    family: Option<String>,
}

/// How likely the objects of an array are credentials, and what their members mean.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    points: u8,
    meanings: BTreeSet<Meaning>,
}

impl<'a> Judge<'a> {
    /// Judges an object. `chosen` are the paths of the arrays that were read in earlier objects of the
    /// same file; `is_whole` says that it is the only one.
    pub(crate) fn document(
        self,
        members: &Members<'a>,
        chosen: &[String],
        is_whole: bool,
    ) -> Document<'a> {
        let names = |(name, value): &Member<'_>| names_something(self.synonyms, name, value);
        let is_named = members.0.iter().any(names);
        let candidates = |(name, value): &Member<'a>| {
            (listed_kind(name).is_none() && opens(value, '[', '{'))
                || self.are_entries_beside_names(name, value)
        };
        let any_wanted = self.wanted.taken().next().is_some();
        if is_named && !(any_wanted || is_whole && members.0.iter().any(candidates)) {
            return Document::Row;
        }
        let (mut arrays, is_empty) = self.arrays(members, is_named && !any_wanted);
        let is_chosen = |array: &Array<'_>| chosen.iter().any(|own| own == array.choice());
        if !arrays.iter().any(|array| array.has_objects) {
            let is_known = arrays.iter().any(is_chosen);
            return match is_empty && !is_named {
                _ if is_known => Document::Empty,
                true => Document::Empty,
                false => Document::Row,
            };
        }
        let is_taken = |array: &Array<'_>| {
            array.has_objects && self.wanted.decision(&array.path).is_some_and(Decision::is_taken)
        };
        if is_named && !arrays.iter().any(is_taken) && self.is_row(members, &arrays) {
            return Document::Row;
        }
        if arrays.iter().any(is_chosen) {
            for array in &mut arrays {
                array.is_read = array.has_objects && is_chosen(array);
            }
        } else {
            self.choose(&mut arrays);
        }
        for array in &mut arrays {
            if let Some(decision) = self.wanted.decision(&array.path) {
                array.is_read = array.has_objects && decision.is_taken();
            }
        }
        Document::Arrays(arrays)
    }

    /// Whether an object names a credential or a service.
    pub(crate) fn names_something(self, members: &Members<'_>) -> bool {
        members.0.iter().any(|(name, value)| names_something(self.synonyms, name, value))
    }

    /// The lists within an object, and whether some list is empty, or the object itself. The objects
    /// within it are searched too, as long as none of them names a credential or a service.
    fn arrays(self, members: &Members<'a>, only_first: bool) -> (Vec<Array<'a>>, bool) {
        let mut arrays = Vec::new();
        let mut is_empty = members.0.is_empty();
        let (path, members) = (String::new(), Members(members.0.clone()));
        let mut levels = vec![Level { path, members, around: Vec::new(), family: None }];
        let most = if only_first { 2 } else { DEPTH };
        for depth in 0..most {
            let mut next = Vec::new();
            for level in &levels {
                let word = level.path.rsplit('.').next().unwrap_or_default();
                let found = names(&level.members, word, self.synonyms)
                    .or_else(|| environments(&level.members).filter(|_| level.family.is_some()));
                if let Some(names) = found.filter(|_| !(only_first && depth == 0)) {
                    self.entries_by_name(level, |text| names.name(text), (&mut arrays, &mut next));
                } else if !(only_first && depth > 0) {
                    is_empty |= self.lists_of(level, &mut arrays, &mut next);
                }
            }
            if only_first {
                let alike = |level: &Level<'a>| are_alike(&level.members, self.synonyms);
                next.retain(alike);
            }
            levels = next;
        }
        arrays.sort_by_key(|array| offset(self.scan.text, array.text));
        (arrays, is_empty)
    }

    /// Adds the lists of an object, and the objects in which there may be more; whether some list is
    /// empty.
    fn lists_of(
        self,
        level: &Level<'a>,
        arrays: &mut Vec<Array<'a>>,
        next: &mut Vec<Level<'a>>,
    ) -> bool {
        let named = |(name, value): &Member<'_>| names_something(self.synonyms, name, value);
        let mut is_empty = false;
        for (name, value) in &level.members.0 {
            let path = joined(&level.path, name);
            let (around, family) = (level.around.clone(), level.family.clone());
            if value.starts_with('[') && listed_kind(name).is_none() {
                is_empty |= opens(value, '[', ']');
                let subject = name.to_string();
                arrays.push(Array { around, family, subject, ..Array::of_list(path, value) });
            } else if value.starts_with('{') {
                let (members, _) = self.scan.members_before_damage(offset(self.scan.text, value));
                let is_open = !members.0.iter().any(named)
                    || members.0.iter().any(|(_, value)| opens(value, '[', '{'));
                if is_open {
                    next.push(Level { path, members, around, family });
                }
            }
        }
        is_empty
    }

    /// Adds the entries of an object that stand there under their own names.
    fn entries_by_name(
        self,
        level: &Level<'a>,
        name_of: impl Fn(&str) -> NameAround,
        (arrays, next): (&mut Vec<Array<'a>>, &mut Vec<Level<'a>>),
    ) {
        let family = level.family.clone().unwrap_or_else(|| joined(&level.path, "*"));
        let mut entries: Vec<(Vec<NameAround>, &'a str)> = Vec::new();
        for (name, value) in &level.members.0 {
            let mut around = level.around.clone();
            around.push(name_of(name));
            let path = joined(&level.path, name);
            if value.starts_with('[') {
                let family = Some(family.clone());
                arrays.push(Array { around, family, ..Array::of_list(path, value) });
            } else if value.starts_with('{') {
                let (members, _) = self.scan.members_before_damage(offset(self.scan.text, value));
                if self.has_entries_within(&members, name) {
                    let family = Some(family.clone());
                    next.push(Level { path, members, around, family });
                } else if !members.0.is_empty() {
                    entries.push((around, value));
                }
            }
        }
        if let Some((_, text)) = entries.first() {
            let word = level.path.rsplit('.').next().filter(|_| level.family.is_none());
            arrays.push(Array {
                path: if level.path.is_empty() { "*".to_owned() } else { level.path.clone() },
                text,
                has_objects: true,
                is_read: false,
                around: Vec::new(),
                entries,
                family: Some(family),
                subject: word.unwrap_or_default().to_owned(),
            });
        }
    }

    /// Whether a member of an object that names something itself holds entries by their names.
    fn are_entries_beside_names(self, name: &str, value: &'a str) -> bool {
        if !value.starts_with('{') {
            return false;
        }
        let (members, _) = self.scan.members_before_damage(offset(self.scan.text, value));
        are_alike(&members, self.synonyms) && names(&members, name, self.synonyms).is_some()
    }

    /// Whether an object under a name is no entry, but wraps entries.
    fn has_entries_within(self, members: &Members<'a>, word: &str) -> bool {
        let named = |(name, value): &Member<'_>| names_something(self.synonyms, name, value);
        let is_part = |(_, value): &Member<'_>| value.starts_with(['{', '[']);
        if members.0.iter().any(named) || !members.0.iter().any(is_part) {
            return false;
        }
        let subject = Subject::of(members, word, self.synonyms);
        let lists = |member: &Member<'_>| {
            opens(member.1, '[', '{') && carried(member, subject, self.synonyms).is_none()
        };
        names(members, word, self.synonyms).is_some()
            || environments(members).is_some()
            || (members.0.iter().all(is_part) && members.0.iter().any(|one| opens(one.1, '[', '{')))
            || members.0.iter().any(lists)
    }

    /// Whether an object that names something is itself a row, and its lists belong to it.
    fn is_row(self, members: &Members<'a>, arrays: &[Array<'a>]) -> bool {
        use Meaning::{Environment, Fingerprint, Holder, Service, Target, Value};
        let meaning = |name: &str| self.synonyms.meaning(name).map(|(meaning, _)| meaning);
        let has = |wanted: &[Meaning]| {
            let plain = members.0.iter().filter(|(_, value)| !value.starts_with(['{', '[']));
            plain.filter_map(|(name, _)| meaning(name)).any(|meaning| wanted.contains(&meaning))
        };
        let subject = Subject::of(members, "", self.synonyms);
        let lists = |member: &Member<'_>| carried(member, subject, self.synonyms).is_some();
        if has(&[Value, Fingerprint]) {
            return true;
        }
        if has(&[Service, Holder, Target, Environment]) && members.0.iter().any(lists) {
            return true;
        }
        let of_services = |array: &&Array<'_>| {
            matches!(meaning(&array.path), Some(Service | Holder | Target | Environment))
        };
        let others = arrays.iter().filter(|array| array.has_objects && !of_services(array));
        others.map(|array| self.rank(array).points).max().unwrap_or(0) < 2
    }

    /// Decides which arrays hold the rows.
    fn choose(self, arrays: &mut [Array<'a>]) {
        let is_open = |array: &Array<'_>| {
            array.has_objects && self.wanted.decision(&array.path).is_none_or(Decision::is_taken)
        };
        if arrays.iter().filter(|array| is_open(array)).count() == 1 {
            for array in arrays {
                array.is_read = is_open(array);
            }
            return;
        }
        let ranks: Vec<Option<Rank>> =
            arrays.iter().map(|array| is_open(array).then(|| self.rank(array))).collect();
        let all = arrays.iter().zip(&ranks).enumerate();
        let known = all.filter_map(|(at, (array, rank))| Some((at, array, rank.as_ref()?)));
        let best = known.max_by_key(|(_, array, rank)| {
            let depth = array.path.matches('.').count();
            (rank.points, std::cmp::Reverse(depth), array.text.len())
        });
        let Some((best, chosen, rank)) = best else { return };
        let is_of_family = |array: &Array<'_>| {
            is_open(array) && chosen.family.is_some() && array.family == chosen.family
        };
        let same: Vec<bool> = arrays
            .iter()
            .zip(&ranks)
            .enumerate()
            .map(|(at, (array, own))| {
                at == best || is_of_family(array) || (rank.points > 1 && own.as_ref() == Some(rank))
            })
            .collect();
        for (array, is_read) in arrays.iter_mut().zip(same) {
            array.is_read = is_read;
        }
    }

    fn rank(self, array: &Array<'a>) -> Rank {
        let mut reader = EntryReader::new(self.scan, self.synonyms);
        let first = array.entries.get(..LOOK.min(array.entries.len())).unwrap_or_default();
        if first.is_empty() {
            let around = Around { list: &array.subject, names: &array.around };
            reader.array(offset(self.scan.text, array.text) + 1, LOOK, around);
        }
        reader.named(first, &array.subject);
        let reader = reader.rows;
        let meanings = reader.header.iter().filter_map(|name| self.synonyms.meaning(name));
        let meanings: BTreeSet<Meaning> = meanings.map(|(meaning, _)| meaning).collect();
        let has_secret =
            [Meaning::Value, Meaning::Fingerprint].iter().any(|meaning| meanings.contains(meaning));
        let anchors = meanings.iter().filter(|meaning| meaning.anchors()).count();
        let points = match () {
            () if (self.is_known)(&reader.header) => 4,
            () if has_secret => 3,
            () if anchors > 0 && meanings.len() > 1 => 2,
            () => u8::from(anchors > 0),
        };
        Rank { points, meanings }
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
