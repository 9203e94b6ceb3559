//! The rules on a credential's own state: KR04 to KR07, KR11 and KR13.

use super::{Case, Rule, Severity, Verdict};
use crate::analysis::Crossing;
use crate::graph::CredentialIndex;
use crate::inventory::{Date, LastUsed};

/// Judges a credential by its owners, dates, ids and life.
pub(super) fn judge(case: &Case<'_>, at: CredentialIndex, verdicts: &mut Vec<Verdict>) {
    let credential = case.graph.credential(at);
    if !credential.is_live() {
        verdicts.extend(dead(case, at));
        return;
    }
    verdicts.extend(owner(case, at));
    verdicts.extend(expiry(case, at));
    verdicts.extend(age(case, at));
    verdicts.extend(ids(case, at));
    verdicts.extend(use_of(case, at));
}

/// One step worse where the credential joins services or environments.
fn raised(case: &Case<'_>, at: CredentialIndex, why: &mut Vec<String>) -> Severity {
    let sharing = case.sharing.get(at.index());
    if sharing.is_some_and(|sharing| sharing.crossing != Crossing::None) {
        why.push("it crosses environments".to_owned());
        return Severity::Medium;
    }
    if sharing.is_some_and(|sharing| sharing.shared) {
        why.push("it is shared".to_owned());
        return Severity::Medium;
    }
    Severity::Low
}

fn dead(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let linked = case.graph.instances_of(at).len();
    if linked == 0 {
        return None;
    }
    let why = vec![format!("it is dead, and {linked} service instances are still mapped to it")];
    let advice = "take it out of the services that still name it";
    Some(Verdict::new(Rule::DeadYetMapped, Severity::Low, why, advice))
}

fn owner(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    if !case.graph.owners_of(at).is_empty() {
        return None;
    }
    let mut why = vec!["no row names an owner".to_owned()];
    let severity = raised(case, at, &mut why);
    let advice = "find who answers for it; nobody rotates what nobody owns";
    Some(Verdict::new(Rule::NoOwner, severity, why, advice))
}

fn expiry(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    if case.graph.credential(at).expires.is_some() {
        return None;
    }
    let mut why = vec!["no row names an expiry".to_owned()];
    let severity = raised(case, at, &mut why);
    let advice = "let it expire, or replace it by an identity that lives for minutes";
    Some(Verdict::new(Rule::NoExpiry, severity, why, advice))
}

fn days_since(case: &Case<'_>, date: Date) -> i32 {
    // Two valid days are never out of the span's range.
    date.until(case.graph.assumptions().as_of).map_or(0, |span| span.get_days())
}

fn age(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let credential = case.graph.credential(at);
    let (date, what) = match (credential.last_rotated, credential.created) {
        (Some(date), _) => (date, "last rotated"),
        (None, Some(date)) => (date, "created, and never rotated since,"),
        (None, None) => return None,
    };
    let (days, limit) = (days_since(case, date), case.graph.assumptions().rotation_days);
    if days <= limit {
        return None;
    }
    let mut why = vec![format!("it was {what} {days} days ago; the limit is {limit}")];
    let severity = raised(case, at, &mut why);
    let advice = "rotate it, and let a machine do so from now on";
    Some(Verdict::new(Rule::Old, severity, why, advice))
}

fn ids(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let ids = case.graph.aliases(at);
    if ids.len() < 2 {
        return None;
    }
    let names: Vec<&str> = ids.iter().take(5).map(|&id| case.graph.inventory().text(id)).collect();
    let why = vec![format!("one secret is listed under {} ids: {}", ids.len(), names.join(", "))];
    let advice = "keep one id, or give each use a secret of its own";
    Some(Verdict::new(Rule::SeveralIds, Severity::Medium, why, advice))
}

fn use_of(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let limit = case.graph.assumptions().unused_days;
    let reason = match case.graph.credential(at).last_used {
        LastUsed::Unsaid => return None,
        LastUsed::Never => "it was never used".to_owned(),
        LastUsed::On(date) => {
            let days = days_since(case, date);
            if days <= limit {
                return None;
            }
            format!("it was last used {days} days ago; the limit is {limit}")
        }
    };
    let mut why = vec![reason];
    let severity = raised(case, at, &mut why);
    let advice = "revoke it; what nobody uses nobody misses";
    Some(Verdict::new(Rule::Unused, severity, why, advice))
}
