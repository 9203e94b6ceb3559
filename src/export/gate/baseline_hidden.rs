//! A report of earlier under pseudonyms, to be compared with an inventory under the same ones.

use super::baseline_credentials::{KnownCredential, UNNAMED, own_id};
use super::baseline_report::{BaselineReport, KnownFinding, KnownSubject};
use crate::inventory::Assumptions;
use crate::project::{Redaction, ReportNames};

/// The report under pseudonyms, which learn the names that only it has: beside an inventory under the same
/// ones it says what it said.
#[must_use]
pub fn hidden_report(
    report: BaselineReport,
    names: &mut Redaction,
    now: &Assumptions,
) -> BaselineReport {
    let policy = report.assumed.clone().unwrap_or_else(|| Assumptions::new(now.as_of));
    names.learn_report(&names_of(&report), &policy);
    let names: &Redaction = names;
    let credential = |id: String| names.credential_of_report(&id);
    let file = |name: String| names.file_of_report(&name);
    let finding = |one: KnownFinding| KnownFinding {
        subject: match one.subject {
            KnownSubject::Credential(id) => KnownSubject::Credential(credential(id)),
            KnownSubject::Service { service, environment } => KnownSubject::Service {
                service: names.service_of_report(&service),
                environment: names.environment_of_report(&environment),
            },
        },
        files: one.files.into_iter().map(file).collect(),
        ..one
    };
    let known = |(id, one): (String, KnownCredential)| (credential(id), one.hidden(names));
    let ids = |(alias, id): (String, String)| (credential(alias), credential(id));
    let environment = |label: String| names.environment_of_report(&label);
    BaselineReport {
        findings: report.findings.into_iter().map(finding).collect(),
        credentials: report.credentials.into_iter().map(known).collect(),
        printed: report.printed.into_iter().map(ids).collect(),
        environments: report.environments.map(|all| all.into_iter().map(environment).collect()),
        read: report.read.into_iter().map(|(name, read)| (file(name), read)).collect(),
        empty: report.empty.into_iter().map(file).collect(),
        assumed: report.assumed.map(|assumed| names.policy(&assumed)),
        ..report
    }
}

fn names_of(report: &BaselineReport) -> ReportNames {
    let mut names = ReportNames {
        credentials: report.credentials.keys().chain(report.printed.keys()).cloned().collect(),
        environments: report.environments.clone().unwrap_or_default(),
        files: report.read.keys().cloned().collect(),
        ..ReportNames::default()
    };
    let uses = report.credentials.values().flat_map(|one| &one.uses);
    names.environments.extend(uses.map(|one| one.environment.clone()));
    for finding in &report.findings {
        names.files.extend(finding.files.iter().cloned());
        match &finding.subject {
            KnownSubject::Credential(id) => drop(names.credentials.insert(id.clone())),
            KnownSubject::Service { service, environment } => {
                names.services.insert(service.clone());
                names.environments.insert(environment.clone());
            }
        }
    }
    // What was made of a place in a file, or of an id that several have, leads back to these.
    let ids = std::mem::take(&mut names.credentials);
    let ids = ids.iter().filter(|id| !id.starts_with(UNNAMED)).map(|id| own_id(id).to_owned());
    names.credentials = ids.collect();
    names
}
