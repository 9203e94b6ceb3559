//! What a pipeline learns: which findings fail it, as text, JSON, SARIF or JUnit. In order:
//!
//! - `baseline_credentials`, `baseline_report`: a report of earlier as what is known already.
//! - `baseline_hidden`: the same under pseudonyms.
//! - `report_lacking`: what the inventory lacks of such a report, and what that explains.
//! - `beside`, `beside_report`: which findings are new, and what became of the known ones.
//! - `decided`: of which findings the risk is accepted.
//! - `verdict`: which findings fail.
//! - `fingerprint`: what a finding is recognised by from run to run.
//! - `listed`: which findings stand in a form that has no room for all.
//! - `artifact_uri`: the name of a file as SARIF writes it.
//! - `document`, `json`, `sarif_rules`, `sarif`, `junit`: the forms.

mod baseline_credentials;
mod baseline_report;
mod baseline_hidden;
mod report_lacking;
mod beside;
mod beside_report;
mod decided;
mod verdict;
mod fingerprint;
mod listed;
mod artifact_uri;
mod document;
mod json;
mod sarif_rules;
mod sarif;
mod junit;

pub use baseline_hidden::hidden_report;
pub use baseline_report::{BaselineReport, BaselineReportError};
pub use beside::FindingState;
pub use document::verdict_document;
pub use json::write_verdict_json;
pub use junit::write_junit;
pub use sarif::{SarifContext, write_sarif};
pub use verdict::{Baseline, FailOn, Verdict, verdict};
