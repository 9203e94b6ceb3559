//! A report of earlier, read back: what was found then, of what, and what was read for it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::baseline_credentials::{KnownCredential, WrittenCredential, credentials_of};
use crate::analysis::{Rule, Severity};
use crate::inventory::{Assumptions, Date};

/// What an earlier report says that a check compares with.
#[derive(Clone, Debug)]
pub struct BaselineReport {
    pub(super) findings: Vec<KnownFinding>,
    /// The credentials, by the id that each is printed under.
    pub(super) credentials: BTreeMap<String, KnownCredential>,
    /// Of each credential's ids the one that it is printed under.
    pub(super) printed: BTreeMap<String, String>,
    /// The environments of all services, where it lists the services.
    pub(super) environments: Option<BTreeSet<String>>,
    /// For each file that was read the meanings of its columns.
    pub(super) read: BTreeMap<String, BTreeSet<String>>,
    /// The files that brought nothing.
    pub(super) empty: BTreeSet<String>,
    /// Whether it says how its files were read.
    pub(super) says_what_was_read: bool,
    pub(super) connected_pairs: Option<u64>,
    /// What it assumes; nothing where it does not say.
    pub(super) assumed: Option<Assumptions>,
}

/// A finding of the report.
#[derive(Clone, Debug)]
pub(super) struct KnownFinding {
    pub(super) rule: Rule,
    pub(super) severity: Severity,
    pub(super) subject: KnownSubject,
    /// The files of its evidence.
    pub(super) files: BTreeSet<String>,
}

/// What a finding is about, by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KnownSubject {
    Credential(String),
    Service { service: String, environment: String },
}

/// Why a file is no report that can be compared with.
#[derive(Debug, thiserror::Error)]
pub enum BaselineReportError {
    /// It is no JSON, or not that of a report.
    #[error(
        "line {line}, column {column}: {found}; write one with `keyreach report FILE… -o NAME.json`"
    )]
    NotAReport {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// What is wrong.
        found: String,
    },
    /// It is of a version that is not known.
    #[error("this is a report of version {0}, and this program knows version 1; write it anew")]
    Newer(u64),
    /// It leaves the findings out.
    #[error("the report has no findings; write it without --only, or with --only findings,import")]
    NoFindings,
    /// What it assumes makes no sense.
    #[error("the assumptions of the report cannot be read: {0}; write it anew")]
    Assumptions(String),
    /// A finding has a rule or a severity that is not known, or is about nothing.
    #[error("finding {number} of the report has {what}; write it anew")]
    Odd {
        /// Which, from 1.
        number: usize,
        /// What is wrong.
        what: String,
    },
}

#[derive(Deserialize)]
struct Report {
    version: u64,
    as_of: Option<String>,
    assumptions: Option<Map<String, Value>>,
    findings: Option<Vec<Finding>>,
    credentials: Option<Vec<WrittenCredential>>,
    services: Option<Vec<Environment>>,
    import: Option<Vec<Import>>,
    summary: Option<Summary>,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
    severity: String,
    credential: Option<String>,
    service: Option<Service>,
    #[serde(default)]
    evidence: Vec<Evidence>,
}

#[derive(Deserialize)]
struct Service {
    service: String,
    environment: String,
}

#[derive(Deserialize)]
struct Evidence {
    file: String,
}

#[derive(Deserialize)]
struct Environment {
    environment: String,
}

#[derive(Deserialize)]
struct Import {
    file: String,
    rows_accepted: Option<u64>,
    rows_merged: Option<u64>,
    #[serde(default)]
    columns: Vec<Column>,
}

#[derive(Deserialize)]
struct Column {
    meaning: Option<String>,
}

#[derive(Deserialize)]
struct Summary {
    exposure: Exposure,
}

#[derive(Deserialize)]
struct Exposure {
    connected_pairs: u64,
}

impl BaselineReport {
    /// Whether a file says of itself that it is a report.
    pub fn is_one(bytes: &[u8]) -> bool {
        // It is the first member of a report; blanks may stand anywhere.
        let start: Vec<u8> =
            bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(32).collect();
        start.starts_with(b"{\"format\":\"keyreach-report\"")
    }

    /// Reads a report.
    ///
    /// # Errors
    /// Where it is none, is of another version, or has no findings.
    pub fn parse(bytes: &[u8]) -> Result<Self, BaselineReportError> {
        let report: Report = serde_json::from_slice(bytes).map_err(|error| {
            let found = error.to_string();
            let found = found.split(" at line ").next().unwrap_or_default().to_owned();
            BaselineReportError::NotAReport { line: error.line(), column: error.column(), found }
        })?;
        if report.version != 1 {
            return Err(BaselineReportError::Newer(report.version));
        }
        let findings = report.findings.ok_or(BaselineReportError::NoFindings)?;
        let findings = (1..).zip(findings).map(|(number, finding)| known(number, finding));
        let (credentials, printed) = credentials_of(report.credentials.unwrap_or_default());
        let says_what_was_read = report.import.is_some();
        let (mut read, mut empty) = (BTreeMap::new(), BTreeSet::new());
        for import in report.import.unwrap_or_default() {
            if (import.rows_accepted, import.rows_merged) == (Some(0), Some(0)) {
                empty.insert(import.file.clone());
            }
            let meanings = import.columns.into_iter().filter_map(|column| column.meaning);
            read.insert(import.file, meanings.collect());
        }
        Ok(Self {
            findings: findings.collect::<Result<_, _>>()?,
            credentials,
            printed,
            environments: report
                .services
                .map(|all| all.into_iter().map(|service| service.environment).collect()),
            read,
            empty,
            says_what_was_read,
            connected_pairs: report.summary.map(|summary| summary.exposure.connected_pairs),
            assumed: assumed(report.as_of, report.assumptions)?,
        })
    }

    /// What the report assumes, where findings can rest on what it assumes otherwise; what fixes cost is
    /// no matter of findings. It is judged on the later day of the two: that time passes is no
    /// assumption, but that it goes back is one.
    pub fn other_assumptions(&self, now: &Assumptions) -> Option<Assumptions> {
        let then = self.assumed.clone()?;
        let then = Assumptions {
            as_of: then.as_of.max(now.as_of),
            costs: now.costs.clone(),
            costs_by_type: now.costs_by_type.clone(),
            cost_by_holders: now.cost_by_holders,
            marks: now.marks.clone(),
            ..then
        };
        (then != *now).then_some(then)
    }

    /// What the report assumes otherwise, in words.
    pub(super) fn differs(&self, now: &Assumptions) -> Vec<String> {
        let Some(then) = self.other_assumptions(now) else { return Vec::new() };
        let mut words = Vec::new();
        if then.as_of != now.as_of {
            words.push(format!("the baseline is of a later day: as of {}", then.as_of));
        }
        let (old, new) = (then.changed(), now.changed());
        let missing = |of: &[String], other: &[String], start: &str| -> Vec<String> {
            let only = of.iter().filter(|line| !other.contains(line));
            only.map(|line| format!("{start}: {line}")).collect()
        };
        words.extend(missing(&old, &new, "only in the baseline"));
        words.extend(missing(&new, &old, "only now"));
        words
    }
}

/// What a report says that it assumes, read as a policy.
fn assumed(
    as_of: Option<String>,
    assumptions: Option<Map<String, Value>>,
) -> Result<Option<Assumptions>, BaselineReportError> {
    let (Some(as_of), Some(mut policy)) = (as_of, assumptions) else { return Ok(None) };
    // What says in words what the rest says, and what the inventory says, is no policy.
    policy.remove("changed");
    policy.remove("environments_from_names");
    let wrong = BaselineReportError::Assumptions;
    let Ok(as_of) = as_of.parse::<Date>() else {
        return Err(wrong(format!("“{as_of}” is no day")));
    };
    let policy = toml::to_string(&policy).map_err(|error| wrong(error.to_string()))?;
    let policy = Assumptions::from_policy(&policy, as_of);
    policy.map(Some).map_err(|error| wrong(error.what))
}

fn known(number: usize, finding: Finding) -> Result<KnownFinding, BaselineReportError> {
    let odd = |what: String| BaselineReportError::Odd { number, what };
    let Finding { rule, severity, credential, service, evidence } = finding;
    let found_rule = Rule::ALL.into_iter().find(|one| one.id() == rule);
    let found_severity = Severity::ALL.into_iter().find(|one| one.word() == severity);
    let subject = match (credential, service) {
        (Some(credential), _) => KnownSubject::Credential(credential),
        (None, Some(Service { service, environment })) => {
            KnownSubject::Service { service, environment }
        }
        (None, None) => return Err(odd("neither a credential nor a service".to_owned())),
    };
    Ok(KnownFinding {
        rule: found_rule.ok_or_else(|| odd(format!("an unknown rule “{rule}”")))?,
        severity: found_severity.ok_or_else(|| odd(format!("an unknown severity “{severity}”")))?,
        subject,
        files: evidence.into_iter().map(|place| place.file).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<BaselineReport, String> {
        BaselineReport::parse(text.as_bytes()).map_err(|error| error.to_string())
    }

    const HEAD: &str = "{\"format\":\"keyreach-report\",\"version\":1,";

    #[test]
    fn findings_aliases_and_columns_are_read() {
        let text = format!(
            "{HEAD}\"import\":[{{\"file\":\"a.csv\",\"columns\":[{{\"meaning\":\"owner\"}},\
             {{\"meaning\":null}}]}}],\"credentials\":[{{\"id\":\"k\",\"aliases\":[\"l\"]}}],\
             \"summary\":{{\"exposure\":{{\"connected_pairs\":7}}}},\"findings\":[\
             {{\"rule\":\"KR01\",\"severity\":\"high\",\"credential\":\"k\",\"service\":null,\
             \"evidence\":[{{\"file\":\"a.csv\",\"line\":3}}]}},\
             {{\"rule\":\"KR09\",\"severity\":\"low\",\"service\":\
             {{\"service\":\"x\",\"environment\":\"dev\"}}}}]}}"
        );
        let report = parse(&text).unwrap();
        assert_eq!(report.findings.len(), 2);
        assert_eq!(report.findings[0].rule, Rule::CrossesEnvironments);
        assert_eq!(report.printed["l"], "k");
        assert_eq!(report.read["a.csv"].iter().collect::<Vec<_>>(), ["owner"]);
        assert_eq!(report.connected_pairs, Some(7));
        let service = KnownSubject::Service { service: "x".into(), environment: "dev".into() };
        assert_eq!(report.findings[1].subject, service);
    }

    #[test]
    fn what_a_report_assumes_is_read_back_as_it_was() {
        let policy = "unstated_access = \"holds\"\npivot_needs = \"write\"\nrotation_days = 30\n\
                      ids_across_sources = \"apart\"\nplain_sight = [\"attic\"]\n\
                      entry_points = [\"shop@prod\"]\n[costs]\nk = 5\n[environment_aliases]\n\
                      build = \"build\"\n\"a.b c\" = \"prod\"\n[environment_tiers]\ndr = 3\n\
                      uat = \"none\"\n[rules]\nKR05 = \"off\"\n";
        let day: Date = "2026-11-23".parse().unwrap();
        let later: Date = "2026-12-23".parse().unwrap();
        for policy in ["", policy] {
            let policy = Assumptions::from_policy(policy, day).unwrap();
            let written = serde_json::to_string(&policy.written()).unwrap();
            let text = format!(
                "{HEAD}\"as_of\":\"2026-11-23\",\"assumptions\":{written},\"findings\":[]}}"
            );
            let report = parse(&text).unwrap();
            assert_eq!(report.assumed.as_ref(), Some(&policy));
            // Time passes, and what fixes cost changes no finding.
            let now = Assumptions { as_of: later, cost_by_holders: true, ..policy.clone() };
            assert_eq!(report.other_assumptions(&now), None);
            assert!(report.differs(&now).is_empty());
        }
        let text = format!(
            "{HEAD}\"as_of\":\"2026-12-23\",\"assumptions\":{{\"rules\":{{\"KR05\":\"off\"}}}},\
             \"findings\":[]}}"
        );
        let now = Assumptions { rotation_days: 30, ..Assumptions::new(day) };
        let expected = [
            "the baseline is of a later day: as of 2026-12-23",
            "only in the baseline: rules: KR05 is off",
            "only now: days until old: 30, by default 90",
        ];
        assert_eq!(parse(&text).unwrap().differs(&now), expected);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let cases = [
            ("{\n\"format\"", "line 2, column 8: EOF while parsing"),
            (&format!("{HEAD}\"findings\":[{{}}]}}"), "missing field `rule`"),
            ("{\"version\":9}", "version 9"),
            (&format!("{HEAD}\"summary\":null}}"), "no findings"),
            (
                &format!("{HEAD}\"findings\":[{{\"rule\":\"KR01\",\"severity\":\"high\"}}]}}"),
                "finding 1 of the report has neither a credential nor a service",
            ),
            (
                &format!(
                    "{HEAD}\"findings\":[{{\"rule\":\"KR99\",\"severity\":\"high\",\
                     \"credential\":\"k\"}}]}}"
                ),
                "unknown rule “KR99”",
            ),
            (
                &format!("{HEAD}\"as_of\":\"soon\",\"assumptions\":{{}},\"findings\":[]}}"),
                "cannot be read: “soon” is no day",
            ),
            (
                &format!(
                    "{HEAD}\"as_of\":\"2026-11-23\",\"assumptions\":{{\"unused_days\":0}},\
                     \"findings\":[]}}"
                ),
                "cannot be read: unused_days is 0",
            ),
        ];
        for (text, expected) in cases {
            let error = parse(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn a_report_is_known_by_its_first_member() {
        assert!(BaselineReport::is_one(b" {\n \"format\": \"keyreach-report\",\"version\":1}"));
        assert!(!BaselineReport::is_one(b"{\"format\":\"keyreach-rotation\"}"));
        assert!(!BaselineReport::is_one(b"id,service\nformat,keyreach-report\n"));
    }
}
