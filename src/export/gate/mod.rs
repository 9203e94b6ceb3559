//! What a pipeline learns: which findings fail it, as text, JSON, SARIF or JUnit. In order:
//!
//! - `baseline_report`: a report of earlier as what is known already.
//! - `verdict`: which findings are new, which fail, and what became of the known ones.
//! - `fingerprint`: what a finding is recognised by from run to run.
//! - `listed`: which findings stand in a form that has no room for all.
//! - `artifact_uri`: the name of a file as SARIF writes it.
//! - `document`, `json`, `sarif_rules`, `sarif`, `junit`: the forms.

mod baseline_report;
mod verdict;
mod fingerprint;
mod listed;
mod artifact_uri;
mod document;
mod json;
mod sarif_rules;
mod sarif;
mod junit;

pub use baseline_report::{BaselineReport, BaselineReportError};
pub use document::verdict_document;
pub use json::write_verdict_json;
pub use junit::write_junit;
pub use sarif::{SarifContext, write_sarif};
pub use verdict::{Baseline, FailOn, FindingState, Verdict, verdict};
