//! The entries of a JSON text: each object is a row, or a row for each credential that it lists.

use std::collections::BTreeSet;

use crate::import::container::json::carried::{
    Carried, OwnNames, Subject, add_carriers, carried, elements, heading_beside, own_names,
};
use crate::import::container::json::damage;
use crate::import::container::json::lists::opens;
use crate::import::container::json::named::NameAround;
use crate::import::container::json::rows::{DEPTH, RowReader, offset};
use crate::import::container::json::scan::Scan;
use crate::import::container::json::text::{Member, Members};
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::inventory::UnreadKind;

/// How many entries show what an array has.
const LOOK: usize = 20;

pub(crate) const NO_OBJECT: &str =
    "this entry is not an object; each entry must be one row in braces";

/// Why an entry is not read.
pub(crate) enum NoEntry {
    /// It is a value of another kind.
    NoObject,
    /// It is damaged.
    Damaged,
}

/// What is around entries.
#[derive(Clone, Copy, Default)]
pub(crate) struct Around<'a> {
    /// The name of their list.
    pub(crate) list: &'a str,
    /// What they have from the names of the members around them.
    pub(crate) names: &'a [NameAround],
}

/// Members that are added to the rows below them, each with its heading.
type Beside<'a> = Vec<(String, &'a str)>;

/// Reads entries into rows.
pub(crate) struct EntryReader<'a> {
    pub(crate) rows: RowReader<'a>,
    scan: Scan<'a>,
    synonyms: &'a Synonyms,
    /// The names of the lists whose objects have lists of credentials: an object of theirs without
    /// one is read like the others.
    carriers: BTreeSet<String>,
    /// Where the document ends that is read, if it is damaged.
    pub(crate) limit: usize,
}

/// One entry, and what is above it.
struct Entry<'e, 'a> {
    members: &'e Members<'a>,
    list: &'e str,
    names: &'e [NameAround],
    beside: &'e Beside<'a>,
    at: usize,
}

impl<'a> EntryReader<'a> {
    pub(crate) fn new(scan: Scan<'a>, synonyms: &'a Synonyms) -> Self {
        let (rows, carriers) = (RowReader::new(scan, synonyms), BTreeSet::new());
        Self { rows, scan, synonyms, carriers, limit: scan.text.len() }
    }

    /// Reads the first `most` elements of an array that was opened just before `at`; returns where it
    /// ends.
    pub(crate) fn array(&mut self, mut at: usize, most: usize, around: Around<'_>) -> usize {
        self.learn(at, around.list);
        let (text, first) = (self.scan.text, self.rows.rows() as usize);
        let (mut comma, mut is_open) = (None, true);
        while !self.rows.is_stopped_at(at)
            && (self.rows.rows() as usize) < first.saturating_add(most)
        {
            at = self.scan.skip_space(at);
            match text.as_bytes().get(at) {
                Some(b']') => {
                    if let Some(comma) = comma {
                        self.rows.odd_comma(comma, "a comma behind the last entry");
                    }
                    return at + 1;
                }
                Some(b',') => {
                    if is_open {
                        self.rows.odd_comma(at, "a comma without an entry before it");
                    }
                    (comma, is_open) = (Some(at), true);
                    at += 1;
                }
                None => {
                    let why = "the file ends before its array is closed; export it again";
                    self.rows.breaks_at(at, why);
                    return at;
                }
                Some(_) => {
                    if !is_open {
                        self.rows.odd_comma(at, "no comma between two entries");
                    }
                    (comma, is_open) = (None, false);
                    match self.element(at, around) {
                        Some(end) => at = end,
                        None => return text.len(),
                    }
                }
            }
        }
        at
    }

    /// Reads one element of an array; returns where it ends, `None` where it is damaged.
    fn element(&mut self, at: usize, around: Around<'_>) -> Option<usize> {
        match self.object(at, around) {
            Ok(end) => Some(end),
            Err(NoEntry::NoObject) => {
                self.rows.breaks(at, NO_OBJECT);
                self.scan.value_end(at).or_else(|| self.damaged(at))
            }
            Err(NoEntry::Damaged) => self.damaged(at),
        }
    }

    /// Reports a damaged entry of an array, behind which nothing is read.
    fn damaged(&mut self, at: usize) -> Option<usize> {
        let found = damage::find(self.scan, at);
        let end = found.as_ref().map_or(at, |damage| damage.at);
        self.rows.breaks_at(end, found.map_or("it is damaged", |damage| damage.what));
        self.leave_rest(end);
        None
    }

    /// Reports that all behind a damaged entry of an array is not read.
    fn leave_rest(&mut self, at: usize) {
        let text = self.scan.text;
        let behind = self.scan.line_end(at);
        let rest = text.get(behind..self.limit).unwrap_or_default();
        let size = rest.lines().filter(|line| !line.trim().is_empty()).count() as u64;
        if size > 0 {
            let line = self.rows.line_of(behind) + 1;
            self.rows.add_unread(line, UnreadKind::Text, "", size, "it follows a damaged entry");
        }
    }

    /// Reads the object that starts at `at`; returns where it ends, or why it is none.
    pub(crate) fn object(&mut self, at: usize, around: Around<'_>) -> Result<usize, NoEntry> {
        let rest: &'a str = self.scan.text.get(at..).unwrap_or_default();
        if !rest.starts_with('{') {
            return Err(NoEntry::NoObject);
        }
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Members<'a>>();
        match stream.next() {
            Some(Ok(members)) => {
                let end = at + stream.byte_offset();
                self.members(&members, at, around);
                Ok(end)
            }
            Some(Err(_)) | None => Err(NoEntry::Damaged),
        }
    }

    /// Reads the objects that are entries by their names.
    pub(crate) fn named(&mut self, entries: &[(Vec<NameAround>, &'a str)], list: &str) {
        for (names, value) in entries {
            let at = offset(self.scan.text, value);
            if self.rows.is_stopped_at(at) {
                return;
            }
            let around = Around { list, names };
            if self.object(at, around).is_err() {
                self.rows.breaks(at, NO_OBJECT);
            }
        }
    }

    /// Reads an object whose members are known: one row, or one for each credential that it lists.
    pub(crate) fn members(&mut self, members: &Members<'a>, at: usize, around: Around<'_>) {
        let Around { list, names } = around;
        self.entry(&Entry { members, list, names, beside: &Vec::new(), at });
    }

    /// Looks at the first entries of an array for lists of credentials within them.
    fn learn(&mut self, at: usize, list: &str) {
        if self.carriers.contains(list) {
            return;
        }
        let mut found: Vec<Members<'a>> = Vec::new();
        let mut at = at;
        while found.len() < LOOK {
            at = self.scan.skip_space(at);
            let rest: &'a str = self.scan.text.get(at..).unwrap_or_default();
            if rest.starts_with(',') {
                at += 1;
                continue;
            }
            let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Members<'a>>();
            let Some(Ok(members)) = stream.next().filter(|_| rest.starts_with('{')) else { break };
            at += stream.byte_offset();
            found.push(members);
        }
        add_carriers(&found, list, self.synonyms, &mut self.carriers);
    }

    fn entry(&mut self, entry: &Entry<'_, 'a>) {
        let Entry { members, list, names, beside, at } = *entry;
        let is_service = |name: &NameAround| name.meaning == Some(Meaning::Service);
        let subject = if names.iter().any(is_service) {
            Subject::Service { by_list: true }
        } else {
            Subject::of(members, list, self.synonyms)
        };
        let mut found: Vec<Option<Carried>> = Vec::with_capacity(members.0.len());
        for (name, value) in &members.0 {
            let own = carried(&(name.clone(), *value), subject, self.synonyms);
            let is_list = opens(value, '[', ']') || opens(value, '[', '{');
            let is_carrier = is_list && self.carriers.contains(name.as_ref());
            found.push(own.or_else(|| is_carrier.then_some(Carried::Nested)));
        }
        if found.iter().any(Option::is_some) {
            self.carriers.insert(list.to_owned());
        } else if beside.is_empty() && !self.carriers.contains(list) {
            self.rows.start_row(at);
            self.names_around(names, &[members]);
            return self.rows.flatten(members, &mut String::new(), DEPTH);
        }
        self.spread(entry, &found, subject);
    }

    /// One row for each credential of the lists that carry any, with the other members beside it; one
    /// row with only these where there is none.
    fn spread(&mut self, entry: &Entry<'_, 'a>, found: &[Option<Carried>], subject: Subject) {
        let Entry { members, list, names, beside, at } = *entry;
        let lists: Vec<(&Member<'a>, &Carried)> = members
            .0
            .iter()
            .zip(found)
            .filter_map(|(member, what)| Some((member, what.as_ref()?)))
            .collect();
        let mut own = OwnNames::default();
        for ((name, value), what) in &lists {
            let OwnNames { ids, names } = own_names((name, what), value, self.synonyms);
            own = OwnNames { ids: own.ids || ids, names: own.names || names };
        }
        let mut all = beside.clone();
        for ((name, value), _) in members.0.iter().zip(found).filter(|(_, what)| what.is_none()) {
            let known = (own, self.synonyms);
            all.push((heading_beside(name, members, (subject, list), known), *value));
        }
        let mut any = false;
        for ((name, value), what) in lists {
            for element in elements(value) {
                any = true;
                self.carried_row((name, what), element.get(), (names, &all));
            }
        }
        if !any {
            self.rows.start_row(at);
            self.names_around(names, &[members]);
            self.beside(&all);
        }
    }

    /// Reads one element of a list that carries credentials.
    fn carried_row(
        &mut self,
        (name, what): (&str, &Carried),
        element: &'a str,
        (names, beside): (&[NameAround], &Beside<'a>),
    ) {
        let at = offset(self.scan.text, element);
        let (kind, access) = match what {
            Carried::Texts { heading, access } => {
                self.rows.start_row(at);
                self.names_around(names, &[]);
                self.beside(beside);
                self.rows.value(element, &mut heading.clone(), DEPTH);
                return self.access(name, *access, None);
            }
            Carried::Objects { kind, access } => (*kind, *access),
            Carried::Nested => (None, None),
        };
        let Ok(own) = serde_json::from_str::<Members<'a>>(element) else {
            return self.rows.breaks(at, NO_OBJECT);
        };
        if *what == Carried::Nested {
            let entry = Entry { members: &own, list: name, names, beside, at };
            return self.entry(&entry);
        }
        self.rows.start_row(at);
        self.names_around(names, &[&own]);
        self.beside(beside);
        for (member, value) in &own.0 {
            let mut path = match kind {
                Some(_) => format!("credential.{member}"),
                None => format!("{member} ({name})"),
            };
            self.rows.value(value, &mut path, DEPTH);
        }
        if let Some(kind) = kind {
            self.rows.cell("credential.kind", kind);
        }
        self.access(name, access, Some(&own));
    }

    /// What the service is to the credentials of a list, unless they say it themselves.
    fn access(&mut self, name: &str, access: Option<&str>, own: Option<&Members<'a>>) {
        let says = |(name, _): &Member<'a>| {
            self.synonyms.meaning(name).is_some_and(|(own, _)| own == Meaning::Access)
        };
        if own.is_some_and(|own| own.0.iter().any(says)) {
            return;
        }
        if let Some(access) = access {
            self.rows.cell(&format!("access ({name})"), access);
        }
    }

    fn beside(&mut self, beside: &Beside<'a>) {
        for (heading, value) in beside {
            self.rows.value(value, &mut heading.clone(), DEPTH);
        }
    }

    /// Adds what the names around an entry say, unless the entry says it itself; where it says
    /// something else, the name stands in a column of its own.
    fn names_around(&mut self, names: &[NameAround], members: &[&Members<'a>]) {
        for NameAround { heading, meaning, text } in names {
            let is_it = |name: &str| {
                meaning.is_some()
                    && self.synonyms.meaning(name).map(|(meaning, _)| meaning) == *meaning
            };
            let plain = |(name, value): &&Member<'a>| {
                !value.starts_with(['{', '[']) && !matches!(*value, "null" | "\"\"") && is_it(name)
            };
            let own = members.iter().flat_map(|members| &members.0).find(plain);
            match own {
                None => self.rows.cell(heading, text),
                Some((_, value)) if value.trim_matches('"').eq_ignore_ascii_case(text) => {}
                Some(_) => self.rows.cell("group (key)", text),
            }
        }
    }
}
