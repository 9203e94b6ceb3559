//! Which files and columns of a report of earlier the inventory lacks, and which findings that explains: by
//! the same columns as beside an older inventory, as far as the report says what that had.

use std::collections::{BTreeMap, BTreeSet};

use super::baseline_credentials::KnownCredential;
use super::baseline_report::{BaselineReport, KnownFinding, KnownSubject};
use crate::analysis::{
    ACCESS_COLUMNS, Answers, ColumnKind, END_COLUMNS, Finding, LIFE_COLUMNS, PLACE_COLUMNS, Rule,
    Subject, columns_of_others, own_columns,
};
use crate::inventory::{Source, Tier};

/// What is missing of a file of the report.
enum Lost {
    /// All of it.
    File,
    /// What these say.
    Columns(Vec<ColumnKind>),
}

impl Lost {
    fn counts(&self, kinds: &[ColumnKind]) -> bool {
        match self {
            Self::File => true,
            Self::Columns(lost) => lost.iter().any(|kind| kinds.contains(kind)),
        }
    }
}

/// Which files of the report, or which of their columns, the inventory does not have.
pub(super) struct LackingOfReport<'a> {
    answers: &'a Answers,
    report: &'a BaselineReport,
    /// The files that are not there, or without a column that had a meaning.
    files: BTreeSet<&'a str>,
    /// What is missing of the files that had anything.
    lost: BTreeMap<&'a str, Lost>,
    /// For each source of the inventory the file of the report that it is.
    file_of: Vec<Option<&'a str>>,
    /// For each subject of the report the files of the evidence of its findings.
    rows: BTreeMap<&'a KnownSubject, BTreeSet<&'a str>>,
}

impl<'a> LackingOfReport<'a> {
    /// Files correspond by name, then by the last part of their path; a lone one to a lone one.
    pub(super) fn new(answers: &'a Answers, report: &'a BaselineReport) -> Self {
        let sources = &answers.graph.inventory().sources;
        let mut file_of = vec![None; sources.len()];
        let (mut files, mut lost) = (BTreeSet::new(), BTreeMap::new());
        for (name, meanings) in &report.read {
            let source = counterpart(sources, name, report.read.len() == 1);
            let known = source.and_then(|at| sources.get(at)).map(meanings_of);
            if let Some(slot) = source.and_then(|at| file_of.get_mut(at)) {
                *slot = Some(name.as_str());
            }
            if known
                .as_ref()
                .is_none_or(|known| !meanings.iter().all(|it| known.contains(it.as_str())))
            {
                files.insert(name.as_str());
            }
            if !report.empty.contains(name) {
                lost.extend(lost_of(meanings, known.as_ref()).map(|lost| (name.as_str(), lost)));
            }
        }
        let mut rows: BTreeMap<&KnownSubject, BTreeSet<&str>> = BTreeMap::new();
        for finding in &report.findings {
            let of = rows.entry(&finding.subject).or_default();
            of.extend(finding.files.iter().map(String::as_str));
        }
        Self { answers, report, files, lost, file_of, rows }
    }

    /// Whether nobody can say that a finding is gone. Paths, and what looks at other credentials too,
    /// rest on every file.
    pub(super) fn hides(&self, finding: &KnownFinding) -> bool {
        let everywhere = matches!(
            finding.rule,
            Rule::OnPath
                | Rule::ExtractionPoint
                | Rule::ReusedAcrossOwners
                | Rule::ReadyForShortLived
                | Rule::SeveralOfOneIdentity
                | Rule::JoinedByIdAcrossSources
        );
        !self.report.says_what_was_read
            || everywhere && !self.files.is_empty()
            || finding.files.iter().any(|file| self.files.contains(file.as_str()))
    }

    /// Whether what is missing, or a credential that was revoked, explains a finding that is new or, where it
    /// `was_found`, more severe. `names` are those under which the report may have what it is about.
    pub(super) fn explains(
        &self,
        finding: &Finding,
        names: &[KnownSubject],
        was_found: bool,
    ) -> bool {
        let twin = names.iter().find_map(|name| match name {
            KnownSubject::Credential(id) => self.report.credentials.get(id),
            KnownSubject::Service { .. } => None,
        });
        if finding.rule == Rule::DeadYetMapped && twin.is_some_and(|twin| twin.is_live) {
            return true;
        }
        if self.lost.is_empty() {
            return false;
        }
        let rows = names.iter().filter_map(|name| self.rows.get(name)).flatten();
        let old_rows: BTreeSet<&str> = rows.copied().collect();
        let new_rows = self.files_of(finding);
        let own = own_columns(finding.rule);
        let both = old_rows.union(&new_rows).copied().collect();
        let others = columns_of_others(
            finding,
            was_found,
            || self.top_has_moved(),
            || twin.is_some_and(|twin| self.led_into_top(twin)),
        );
        let (live, ids) = match finding.subject {
            Subject::Instance(_) => (false, true),
            Subject::Credential(at) => {
                let graph = &self.answers.graph;
                (graph.credential(at).is_live(), !graph.aliases(at).is_empty())
            }
        };
        // A part of a credential that an id joins across sources can have been dead by itself.
        let may_have_been_dead = twin.is_some_and(|twin| !twin.is_live || twin.is_joined);
        // Which credential of the report it is cannot be said.
        let is_unsure = twin.map_or(!ids, |twin| twin.is_vague);
        if is_unsure || !own.is_empty() && self.lacks_in(&both, own) {
            return true;
        }
        // Of a credential that was not there, nothing but what its own rows are silent about is explained.
        let is_known = match finding.subject {
            Subject::Credential(_) => twin.is_some() || self.report.credentials.is_empty(),
            Subject::Instance(_) => true,
        };
        if !is_known && !self.lacks_in(&new_rows, &[ColumnKind::Id, ColumnKind::Name]) {
            return false;
        }
        let links = [&PLACE_COLUMNS[..], &ACCESS_COLUMNS].concat();
        others.is_some_and(|read| self.lost.values().any(|lost| lost.counts(&read)))
            || self.lacks_in(&new_rows, &links)
            || live && may_have_been_dead && self.lacks_in(&old_rows, &LIFE_COLUMNS)
    }

    /// What is missing that can connect pairs which were apart, in words: without it worse is assumed, or
    /// other services are entry points and crown jewels.
    pub(super) fn may_connect(&self) -> Vec<String> {
        let read = [&PLACE_COLUMNS[..], &ACCESS_COLUMNS, &LIFE_COLUMNS, &END_COLUMNS].concat();
        let words = |(file, lost): (&&str, &Lost)| {
            let Lost::Columns(lost) = lost else {
                return Some(format!("the inventory has no source “{file}” now"));
            };
            let lost = lost.iter().filter(|kind| read.contains(kind));
            let mut names: Vec<&str> =
                lost.filter_map(|kind| kind.meanings().first().copied()).collect();
            names.dedup();
            let names = names.join(", ");
            (!names.is_empty()).then(|| format!("“{file}” has no column for {names} now"))
        };
        self.lost.iter().filter_map(words).collect()
    }

    /// The files of the report that the rows of a finding are from.
    fn files_of(&self, finding: &Finding) -> BTreeSet<&'a str> {
        let places = self.answers.details(finding).evidence;
        let file = |source: usize| self.file_of.get(source).copied().flatten();
        places.iter().filter_map(|place| file(usize::from(place.source.0))).collect()
    }

    fn lacks_in(&self, files: &BTreeSet<&str>, kinds: &[ColumnKind]) -> bool {
        let lost = files.iter().filter_map(|file| self.lost.get(*file));
        lost.into_iter().any(|lost| lost.counts(kinds))
    }

    fn tier(&self, environment: &str) -> Option<Tier> {
        let environments = &self.answers.graph.assumptions().environments;
        environments.tier(&environments.canonical(environment))
    }

    /// The highest tier in which anything runs now.
    fn top(&self) -> Option<Tier> {
        let graph = &self.answers.graph;
        graph.instance_indices().filter_map(|at| graph.environment_of(at).tier).max()
    }

    /// Whether what is missing may be what placed services above all that are left. A report without its
    /// services does not say.
    fn top_has_moved(&self) -> bool {
        let lacks_places = self.lost.values().any(|lost| lost.counts(&[ColumnKind::Environment]));
        let environments = self.report.environments.as_ref();
        let was_higher = environments
            .is_none_or(|all| all.iter().filter_map(|label| self.tier(label)).max() > self.top());
        lacks_places && was_higher
    }

    /// Whether a credential led before into the tier that is the highest now, for nothing is left above.
    fn led_into_top(&self, twin: &KnownCredential) -> bool {
        let top = self.top();
        let tier = |environment: &str| self.tier(environment);
        self.top_has_moved()
            && twin
                .uses
                .iter()
                .any(|it| it.holds && matches!(tier(&it.environment), Some(at) if Some(at) < top))
            && twin.uses.iter().any(|it| it.grants && tier(&it.environment) == top)
    }
}

/// The source that a file of the report is.
fn counterpart(sources: &[Source], name: &str, is_only: bool) -> Option<usize> {
    let last = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let same = sources.iter().position(|source| source.name == name);
    let alike = || sources.iter().position(|source| last(&source.name) == last(name));
    let only = || (is_only && sources.len() == 1).then_some(0);
    same.or_else(alike).or_else(only)
}

fn meanings_of(source: &Source) -> BTreeSet<&'static str> {
    source.columns.iter().filter_map(|column| column.meaning).collect()
}

/// What is missing of a file that had columns of these meanings; `None` where nothing is.
fn lost_of(before: &BTreeSet<String>, now: Option<&BTreeSet<&'static str>>) -> Option<Lost> {
    let Some(now) = now else { return Some(Lost::File) };
    let lost = ColumnKind::ALL.into_iter().filter(|kind| {
        let meanings = kind.meanings();
        meanings.iter().any(|it| before.contains(*it))
            && !meanings.iter().any(|it| now.contains(it))
    });
    let lost: Vec<ColumnKind> = lost.collect();
    (!lost.is_empty()).then_some(Lost::Columns(lost))
}
