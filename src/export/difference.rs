//! The difference between two inventories in words, sort by sort.

use super::answered_difference::AnsweredDifference;
use super::hops::{assumed_mark, rows_of};
use crate::analysis::{
    Answers, EndsChanged, Explanation, Finding, Lacking, PathChange, UnobservedFinding,
    WorseFinding, stated_hops,
};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, EdgeKind};
use crate::inventory::shown;

/// The old findings that changes name, or the new ones.
pub(super) fn named<'a>(
    findings: &'a [Finding],
    at: &'a [usize],
) -> impl ExactSizeIterator<Item = Option<&'a Finding>> {
    at.iter().map(|&at| findings.get(at))
}

/// How many sources and columns that are missing are named beside one finding.
const MOST_LACKING: usize = 20;

/// One sort of difference in words; hostile characters are escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceSection {
    /// What it counts, of one and of several: "credential added", "credentials added".
    pub what: [&'static str; 2],
    /// How many there are.
    pub total: usize,
    /// The first of them, as many as were asked for.
    pub entries: Vec<DifferenceEntry>,
}

impl DifferenceSection {
    /// How many of what there are: "1 credential added".
    pub fn heading(&self) -> String {
        let [one, several] = self.what;
        match self.total {
            0 => format!("no {several}"),
            1 => format!("1 {one}"),
            total => format!("{total} {several}"),
        }
    }
}

/// One thing that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DifferenceEntry {
    /// What it is.
    pub text: String,
    /// For a path its hops, each with the rows behind it; for a finding its reasons, or what is
    /// missing.
    pub details: Vec<String>,
}

/// Everything that differs, in the order in which it is listed; of each sort at most `most`.
pub fn difference_sections(
    answered: &AnsweredDifference<'_>,
    most: usize,
) -> Vec<DifferenceSection> {
    let d = answered.difference;
    let (old, new) = (&answered.old.graph, &answered.new.graph);
    let changed = d.credentials_changed.iter();
    let changed =
        changed.map(|one| format!("{}: {}", new.credential_name(one.new), one.what.join("; ")));
    let opened = ["newly connected pair", "newly connected pairs"];
    let closed = ["pair no longer connected", "pairs no longer connected"];
    let unobserved = ["connected pair not observed", "connected pairs not observed"];
    let lacking = ["source or column missing", "sources and columns missing"];
    let appeared = |at: &CredentialIndex| credential(new, *at);
    let gone = Went::of(answered, false);
    let unseen = Went::of(answered, true);
    let mut sections = finding_sections(answered, most);
    sections.extend([
        path_section((opened, most), (new, true), (&d.opened, d.opened_total)),
        path_section((closed, most), (old, false), (&d.closed, d.closed_total)),
        path_section((unobserved, most), (old, false), (&d.unobserved, d.unobserved_total)),
        section((lacking, most), d.lacking.iter().map(|one| one.words(old.inventory()))),
        section(
            (["credential added", "credentials added"], most),
            d.credentials_appeared.iter().map(appeared),
        ),
        section(
            (["credential removed", "credentials removed"], most),
            gone.credentials.into_iter(),
        ),
        section(
            (["credential not observed", "credentials not observed"], most),
            unseen.credentials.into_iter(),
        ),
        section((["credential changed", "credentials changed"], most), changed),
        section(
            (["service instance added", "service instances added"], most),
            d.instances_appeared.iter().map(|&at| new.instance_name(at)),
        ),
        section(
            (["service instance removed", "service instances removed"], most),
            gone.instances.into_iter(),
        ),
        section(
            (["service instance not observed", "service instances not observed"], most),
            unseen.instances.into_iter(),
        ),
        section(
            (["link added", "links added"], most),
            d.edges_appeared.iter().map(|&at| link(new, at)),
        ),
        section(
            (["link stated that was assumed", "links stated that were assumed"], most),
            d.edges_stated.iter().map(|&at| link(new, at)),
        ),
        section(
            (["link assumed that was stated", "links assumed that were stated"], most),
            d.edges_assumed.iter().map(|&at| link(new, at)),
        ),
        section((["link removed", "links removed"], most), gone.links.into_iter()),
        section((["link not observed", "links not observed"], most), unseen.links.into_iter()),
    ]);
    sections
}

/// A credential by name, and whether it is dead.
fn credential(graph: &AccessGraph, at: CredentialIndex) -> String {
    let dead = if graph.credential(at).is_live() { "" } else { "  (dead)" };
    format!("{}{dead}", graph.credential_name(at))
}

/// What the newer inventory no longer has, by name.
struct Went {
    credentials: Vec<String>,
    instances: Vec<String>,
    links: Vec<String>,
}

impl Went {
    /// What it cannot show because it lacks the source, or what else is gone.
    fn of(answered: &AnsweredDifference<'_>, is_unobserved: bool) -> Self {
        let (d, old) = (answered.difference, &answered.old.graph);
        let credentials = d.credentials_went.iter().copied();
        let instances = d.instances_went.iter().copied();
        let links = d.edges_went.iter().copied();
        Self {
            credentials: credentials
                .filter(|&at| answered.is_credential_unobserved(at) == is_unobserved)
                .map(|at| credential(old, at))
                .collect(),
            instances: instances
                .filter(|&at| answered.is_instance_unobserved(at) == is_unobserved)
                .map(|at| old.instance_name(at))
                .collect(),
            links: links
                .filter(|&at| answered.is_link_unobserved(at) == is_unobserved)
                .map(|at| link(old, at))
                .collect(),
        }
    }
}

/// What became of the findings.
fn finding_sections(answered: &AnsweredDifference<'_>, most: usize) -> Vec<DifferenceSection> {
    let AnsweredDifference { old, new, difference } = *answered;
    let changes = &difference.findings;
    let of = |side: &Answers, finding: Option<&Finding>| {
        finding.map(|finding| finding_entry(side, finding)).unwrap_or_default()
    };
    let explained = |at: usize| explained(answered, at);
    let worse = |&WorseFinding { old: before, new: after }: &WorseFinding| {
        let mut entry = of(new, new.findings.get(after));
        let before = old.findings.get(before).map_or("?", |finding| finding.severity.word());
        entry.text = format!("{}, {before} before", entry.text);
        entry.details.extend(explained(after));
        entry
    };
    let unobserved = |one: &UnobservedFinding| {
        let mut entry = of(old, old.findings.get(one.old));
        let lacking = one.lacking.iter().take(MOST_LACKING);
        let words = lacking.map(|one| shown(&one.words(old.graph.inventory())).into_owned());
        entry.details = words.collect();
        entry
    };
    let section = |what, total, entries| DifferenceSection { what, total, entries };
    let fresh = |&at: &usize| {
        let mut entry = of(new, new.findings.get(at));
        entry.details.extend(explained(at));
        entry
    };
    let gone = named(&old.findings, &changes.gone).take(most);
    vec![
        section(
            ["new finding", "new findings"],
            changes.new.len(),
            changes.new.iter().take(most).map(fresh).collect(),
        ),
        section(
            ["finding more severe", "findings more severe"],
            changes.worse.len(),
            changes.worse.iter().take(most).map(worse).collect(),
        ),
        section(
            ["finding gone", "findings gone"],
            changes.gone.len(),
            gone.map(|finding| of(old, finding)).collect(),
        ),
        section(
            ["finding not observed", "findings not observed"],
            changes.not_observed.len(),
            changes.not_observed.iter().take(most).map(unobserved).collect(),
        ),
    ]
}

/// Why a new or worse finding does not count as worse, if it does not.
fn explained(answered: &AnsweredDifference<'_>, at: usize) -> Vec<String> {
    let inventory = answered.old.graph.inventory();
    match answered.difference.findings.explained.get(&at) {
        None => Vec::new(),
        Some(Explanation::Revoked) => vec!["not worse: it was revoked".to_owned()],
        Some(Explanation::NotObserved(lacking)) => {
            let words = |one: &Lacking| format!("not observed: {}", one.words(inventory));
            let first = lacking.iter().take(MOST_LACKING);
            first.map(|one| shown(&words(one)).into_owned()).collect()
        }
    }
}

/// A finding with its reasons and the first row behind it.
fn finding_entry(answers: &Answers, finding: &Finding) -> DifferenceEntry {
    let (graph, said) = (&answers.graph, answers.details(finding));
    let (rule, name) = (finding.rule, finding.subject.name(graph));
    let severity = finding.severity.word();
    let text = format!("{} {}: {name}: {severity}", rule.id(), rule.title());
    let mut details: Vec<String> =
        said.why.iter().map(|reason| shown(&format!("because {reason}")).into_owned()).collect();
    let row = said.evidence.first().map(|&place| graph.inventory().place_text(place));
    details.extend(row.map(|row| shown(&format!("see {row}")).into_owned()));
    DifferenceEntry { text: shown(&text).into_owned(), details }
}

fn section(
    (what, most): ([&'static str; 2], usize),
    entries: impl ExactSizeIterator<Item = String>,
) -> DifferenceSection {
    let total = entries.len();
    let entries = entries
        .take(most)
        .map(|text| DifferenceEntry { text: shown(&text).into_owned(), details: Vec::new() });
    DifferenceSection { what, total, entries: entries.collect() }
}

/// Paths of one side; `is_new` says whether it is the newer one.
fn path_section(
    (what, most): ([&'static str; 2], usize),
    (graph, is_new): (&AccessGraph, bool),
    (paths, total): (&[PathChange], usize),
) -> DifferenceSection {
    let entry = |path: &PathChange| {
        let (from, to) = (graph.instance_name(path.from), graph.instance_name(path.to));
        let mark = assumed_mark(path.is_stated(graph));
        let text = shown(&format!("{from} to {to}{mark}")).into_owned();
        let hops = path.hops.iter().zip(stated_hops(graph, &path.hops));
        let hops = hops.map(|(hop, stated)| hop_text(graph, hop, stated));
        let details = ends_words(graph, path, is_new).into_iter().chain(hops).collect();
        DifferenceEntry { text, details }
    };
    DifferenceSection { what, total, entries: paths.iter().take(most).map(entry).collect() }
}

/// That the way is on both sides, and what makes it no pair on the other one.
fn ends_words(graph: &AccessGraph, path: &PathChange, is_new: bool) -> Option<String> {
    let EndsChanged { entry_point, crown_jewel } = path.ends_changed;
    let (from, to) = (graph.instance_name(path.from), graph.instance_name(path.to));
    let changed = |is: bool, name: String, what: &str, now: &str| {
        is.then(|| {
            if is_new { format!("{name} is {now} now") } else { format!("{name} is {what} now") }
        })
    };
    let said = [
        changed(entry_point, from, "no entry point", "an entry point"),
        changed(crown_jewel, to, "no crown jewel", "a crown jewel"),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let both = if is_new { "the way was there before" } else { "the way is still there" };
    (!said.is_empty()).then(|| shown(&format!("{both}: {}", said.join(", and "))).into_owned())
}

fn hop_text(graph: &AccessGraph, hop: &crate::analysis::Step, is_stated: bool) -> String {
    let name = graph.credential_name(hop.credential);
    let at = graph.instance_name(hop.to);
    let rows = rows_of(graph, hop);
    let rows: Vec<String> = rows.iter().map(|place| graph.inventory().place_text(*place)).collect();
    let mark = assumed_mark(is_stated);
    shown(&format!("with {name} into {at}  ({}){mark}", rows.join(", "))).into_owned()
}

/// What has to be said where paths were not compared one by one.
pub const BY_COUNT_ALONE: &str = "The graphs are large: paths were compared only for starts whose \
                                  number of reached instances changed";

fn link(graph: &AccessGraph, at: EdgeIndex) -> String {
    let edge = graph.edge(at);
    let word = if edge.kind == EdgeKind::Holds { "is held by" } else { "grants" };
    let row = graph.place_of_link(at).map(|place| graph.inventory().place_text(place));
    format!(
        "{} {word} {}  ({}){}",
        graph.credential_name(edge.credential),
        graph.instance_name(edge.instance),
        row.unwrap_or_default(),
        assumed_mark(!edge.assumes())
    )
}
