//! What can be read of a damaged project: each section whose digest is that of its lines was written so,
//! wherever the damage is.

use std::collections::BTreeMap;
use std::ops::Range;

use super::section::{FileEnd, Section, SectionEnd, SectionStart};
use crate::project::ends::NamedEnds;

/// How often the start of one section is tried: more than one can only stand in what is no project.
const MOST_TRIED: usize = 4;

/// A file without its damage.
pub(super) struct Repaired {
    /// The first line and the sections; those that are lost are empty.
    pub(super) bytes: Vec<u8>,
    /// The sections that are lost.
    pub(super) lost: Vec<Section>,
}

impl Repaired {
    /// Whether the inventory is lost: its sections say something together alone.
    pub(super) fn lost_inventory(&self) -> bool {
        self.lost.contains(&Section::Rows)
    }

    /// The parts that are lost, in words.
    pub(super) fn lost_words(&self) -> Vec<&'static str> {
        let made = self.lost.iter().filter(|own| !own.is_of_inventory()).map(|own| own.words());
        made.chain(self.lost_inventory().then_some("the inventory")).collect()
    }
}

/// Takes the sections of a file that are whole. `None` where its head is not: nothing says how it is to be
/// judged then. Costs a few passes over the file.
pub(super) fn repaired(bytes: &[u8]) -> Option<Repaired> {
    let first = line_end(bytes, 0)?;
    let whole = whole_sections(bytes, first);
    let is_there = |section: Section| whole.contains_key(&section);
    let sections = || Section::ALL.into_iter().filter(|own| !own.is_of_old_versions());
    let inventory = sections().filter(|own| own.is_of_inventory()).all(is_there);
    let findings = is_there(Section::Imports) && is_there(Section::Findings);
    let is_kept = |section: Section| {
        let with_others = match section {
            _ if section.is_of_inventory() => inventory,
            // What imports made of findings says nothing without the list of imports, nor this without it.
            Section::Imports | Section::Findings => findings,
            _ => true,
        };
        with_others && is_there(section)
    };
    if !is_kept(Section::About) {
        return None;
    }
    let mut made = bytes.get(..first)?.to_vec();
    let mut lost = Vec::new();
    for section in sections() {
        if let Some(range) = whole.get(&section).filter(|_| is_kept(section)) {
            made.extend_from_slice(bytes.get(range.clone())?);
        } else {
            lost.push(section);
            made.extend(empty(section)?);
        }
    }
    let digest = blake3::hash(&made).to_hex();
    made.extend(line(&FileEnd { end: digest.as_str() })?);
    Some(Repaired { bytes: made, lost })
}

/// Where each section stands that ends with the digest of its lines.
fn whole_sections(bytes: &[u8], first: usize) -> BTreeMap<Section, Range<usize>> {
    let (mut found, mut tried) = (BTreeMap::new(), BTreeMap::<Section, usize>::new());
    let mut at = first;
    while let Some(end) = line_end(bytes, at) {
        let start: Option<SectionStart> =
            bytes.get(at..end).and_then(|line| serde_json::from_slice(line).ok());
        let next = start.and_then(|start| {
            let tried = tried.entry(start.section).or_default();
            *tried += 1;
            let is_new = *tried <= MOST_TRIED && !found.contains_key(&start.section);
            let end = is_new.then(|| whole_end(bytes, (at, end), start.entries))??;
            found.insert(start.section, at..end);
            Some(end)
        });
        at = next.unwrap_or(end);
    }
    found
}

/// Where a section ends whose first line is given, if it is whole.
fn whole_end(bytes: &[u8], (at, mut end): (usize, usize), entries: u64) -> Option<usize> {
    for _ in 0..entries {
        end = line_end(bytes, end)?;
    }
    let behind = line_end(bytes, end)?;
    let written: SectionEnd<&str> = serde_json::from_slice(bytes.get(end..behind)?).ok()?;
    let digest = blake3::hash(bytes.get(at..end)?).to_hex();
    (written.digest == digest.as_str()).then_some(behind)
}

/// Where a line ends, behind its sign.
fn line_end(bytes: &[u8], at: usize) -> Option<usize> {
    Some(at + memchr::memchr(b'\n', bytes.get(at..)?)? + 1)
}

/// A section of nothing; of one that has just one entry the usual one.
fn empty(section: Section) -> Option<Vec<u8>> {
    let is_ends = section == Section::Ends;
    let mut made = line(&SectionStart { section, entries: u64::from(is_ends) })?;
    if is_ends {
        made.extend(line(&NamedEnds::default())?);
    }
    let digest = blake3::hash(&made).to_hex();
    made.extend(line(&SectionEnd { digest: digest.as_str() })?);
    Some(made)
}

fn line(entry: &impl serde::Serialize) -> Option<Vec<u8>> {
    let mut line = serde_json::to_vec(entry).ok()?;
    line.push(b'\n');
    Some(line)
}
