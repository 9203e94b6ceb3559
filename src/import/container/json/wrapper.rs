//! What one JSON object is: a row, or a wrapper around the arrays that hold the rows.
//!
//! Of several arrays the one whose objects fit a known export or name secrets holds the rows,
//! whatever their lengths; others whose objects say the same kind of thing are read with it.

use std::collections::BTreeSet;

use crate::import::container::json::lists::{listed_kind, lists_secrets, names_something, opens};
use crate::import::container::json::rows::{DEPTH, RowReader, offset};
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

/// A list within a wrapper.
pub(crate) struct Array<'a> {
    /// The names of the members around it, and its own.
    pub(crate) path: String,
    pub(crate) text: &'a str,
    /// Whether it has objects.
    pub(crate) has_objects: bool,
    /// Whether its objects are rows.
    pub(crate) is_read: bool,
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
        let candidates =
            |(name, value): &Member<'_>| listed_kind(name).is_none() && opens(value, '[', '{');
        let any_wanted = self.wanted.taken().next().is_some();
        if is_named && !(any_wanted || is_whole && members.0.iter().any(candidates)) {
            return Document::Row;
        }
        let (mut arrays, is_empty) = self.arrays(members, is_named && !any_wanted);
        if !arrays.iter().any(|array| array.has_objects) {
            let is_known = arrays.iter().any(|array| chosen.contains(&array.path));
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
        if arrays.iter().any(|array| chosen.contains(&array.path)) {
            for array in &mut arrays {
                array.is_read = array.has_objects && chosen.contains(&array.path);
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

    /// The lists within an object, and whether some list is empty, or the object itself. The objects
    /// within it are searched too, as long as none of them names a credential or a service.
    fn arrays(self, members: &Members<'a>, only_first: bool) -> (Vec<Array<'a>>, bool) {
        let mut arrays = Vec::new();
        let mut is_empty = members.0.is_empty();
        let mut level = vec![(String::new(), Members(members.0.clone()))];
        let most = if only_first { 1 } else { DEPTH };
        for _ in 0..most {
            let mut next = Vec::new();
            for (path, members) in &level {
                for (name, value) in &members.0 {
                    let path =
                        if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                    if value.starts_with('[') && listed_kind(name).is_none() {
                        let is_blank = opens(value, '[', ']');
                        is_empty |= is_blank;
                        let has_objects = opens(value, '[', '{');
                        arrays.push(Array { path, text: value, has_objects, is_read: false });
                    } else if value.starts_with('{')
                        && let Some((within, _)) = self.scan.members(offset(self.scan.text, value))
                    {
                        next.push((path, within));
                    }
                }
            }
            let named = |(name, value): &Member<'_>| names_something(self.synonyms, name, value);
            next.retain(|(_, members)| {
                !members.0.iter().any(named)
                    || members.0.iter().any(|(_, value)| opens(value, '[', '{'))
            });
            level = next;
        }
        arrays.sort_by_key(|array| offset(self.scan.text, array.text));
        (arrays, is_empty)
    }

    /// Whether an object that names something is itself a row, and its lists belong to it.
    fn is_row(self, members: &Members<'a>, arrays: &[Array<'a>]) -> bool {
        use Meaning::{Environment, Fingerprint, Holder, Service, Target, Value};
        let meaning = |name: &str| self.synonyms.meaning(name).map(|(meaning, _)| meaning);
        let has = |wanted: &[Meaning]| {
            let plain = members.0.iter().filter(|(_, value)| !value.starts_with(['{', '[']));
            plain.filter_map(|(name, _)| meaning(name)).any(|meaning| wanted.contains(&meaning))
        };
        let lists = |(name, value): &Member<'_>| lists_secrets(self.synonyms, name, value);
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
        let Some((best, _, rank)) = best else { return };
        let same: Vec<bool> = ranks
            .iter()
            .enumerate()
            .map(|(at, own)| at == best || (rank.points > 1 && own.as_ref() == Some(rank)))
            .collect();
        for (array, is_read) in arrays.iter_mut().zip(same) {
            array.is_read = is_read;
        }
    }

    fn rank(self, array: &Array<'a>) -> Rank {
        let mut reader = RowReader::new(self.scan, self.synonyms);
        reader.array(offset(self.scan.text, array.text) + 1, LOOK);
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
