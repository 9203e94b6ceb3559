//! A report of earlier, read back: what was found then, of what, and what was read for it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::analysis::{Rule, Severity};

/// What an earlier report says that a check compares with.
#[derive(Clone, Debug)]
pub struct BaselineReport {
    pub(super) findings: Vec<KnownFinding>,
    /// Of each credential's ids the one that it is printed under.
    pub(super) printed: BTreeMap<String, String>,
    /// For each file that was read the meanings of its columns.
    pub(super) read: BTreeMap<String, BTreeSet<String>>,
    /// Whether it says how its files were read.
    pub(super) says_what_was_read: bool,
    pub(super) connected_pairs: Option<u64>,
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
    findings: Option<Vec<Finding>>,
    credentials: Option<Vec<Credential>>,
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
struct Credential {
    id: String,
    #[serde(default)]
    aliases: Vec<String>,
}

#[derive(Deserialize)]
struct Import {
    file: String,
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
        let mut printed = BTreeMap::new();
        for Credential { id, aliases } in report.credentials.unwrap_or_default() {
            printed.extend(aliases.into_iter().map(|alias| (alias, id.clone())));
        }
        let says_what_was_read = report.import.is_some();
        let read = report.import.unwrap_or_default().into_iter().map(|import| {
            let meanings = import.columns.into_iter().filter_map(|column| column.meaning);
            (import.file, meanings.collect())
        });
        Ok(Self {
            findings: findings.collect::<Result<_, _>>()?,
            printed,
            read: read.collect(),
            says_what_was_read,
            connected_pairs: report.summary.map(|summary| summary.exposure.connected_pairs),
        })
    }
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
