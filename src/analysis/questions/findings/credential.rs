//! The rules on a credential's own state: KR04 to KR07, KR11, KR13 and KR16.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::analysis::questions::findings::case::{
    Case, Verdict, listed, on_assumption, stated_beside,
};
use crate::analysis::questions::findings::rule::{Reason, Rule};
use crate::graph::{CredentialIndex, LifeDoubt, StatedLinks};
use crate::inventory::{AnsweredBy, Date, Fact, LastUsed, SourceId, Status, counted};

/// One step worse where the credential joins services or environments.
fn raised(
    case: &Case<'_>,
    at: CredentialIndex,
    first: impl Into<Cow<'static, str>>,
) -> Vec<Reason> {
    let mut why = vec![Reason::new(0, first)];
    let sharing = case.sharing.get(at.index());
    if let Some(crossing) = case.crossing_reason(at) {
        why.push(crossing);
    } else if sharing.is_some_and(|sharing| sharing.shared) {
        why.push(case.reason(1, || {
            let is_stated = case.graph.stated_links(at).any(StatedLinks::is_shared);
            format!("it is shared{}", on_assumption(!is_stated))
        }));
    }
    why
}

/// What the rows of a credential leave open: that none of them names it, which means something only
/// where a column was read for it; otherwise, that no column was.
fn silence(
    case: &Case<'_>,
    at: CredentialIndex,
    fact: Fact,
    words: &'static str,
) -> Cow<'static, str> {
    if !case.in_words {
        return words.into();
    }
    let inventory = case.graph.inventory();
    let rows = case.graph.rows_of(at).iter();
    let mut rows = rows.filter_map(|row| inventory.rows.get(row.0 as usize)).peekable();
    // A credential that a fix made has no rows of its own.
    let was_read = rows.peek().is_none() || rows.any(|row| inventory.reads(row.place.source, fact));
    if was_read {
        words.into()
    } else {
        case.text(|| format!("no column was read as the {}", fact.word()))
    }
}

/// KR07: it is dead, and something is still linked to it.
pub(crate) fn dead(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let graph = case.graph;
    if graph.held_by(at).is_empty() && graph.grants(at).is_empty() {
        return None;
    }
    let by_id_alone = graph.credential(at).doubt == LifeDoubt::DeadByIdAlone;
    let why = case.reason(0, || {
        let count = graph.instances_of(at).len();
        let instances = counted(count, "service instance is", "service instances are");
        let stated = graph.stated_links(at).flat_map(StatedLinks::instances);
        let beside = stated_beside(stated.collect::<BTreeSet<_>>().len(), count);
        format!("it is dead, and {instances} still linked to it{beside}")
    });
    let mut why = vec![why];
    if by_id_alone {
        let words =
            "some of its rows do not say that it is dead: an id across sources alone makes it so";
        why.push(Reason::new(0, words));
    }
    let advice = if by_id_alone {
        "find out whether it is one credential in all sources, and take it out of the rows that still \
         name it"
    } else {
        "take it out of the rows that still name it"
    };
    let mut verdict = Verdict::new(Rule::DeadYetMapped, why, advice);
    verdict.assumed = by_id_alone;
    Some(verdict)
}

/// KR04: nobody answers for it.
pub(crate) fn owner(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    if !case.graph.owners_of(at).is_empty() {
        return None;
    }
    let why = raised(case, at, silence(case, at, Fact::Owner, "no row names an owner"));
    let advice = case.text(|| {
        let near = case.graph.instances_of(at);
        let near = near.into_iter().flat_map(|at| case.graph.owners_of_instance(at));
        let near: BTreeSet<_> = near.copied().collect();
        let names: Vec<&str> = near.into_iter().map(|owner| case.graph.owner_name(owner)).collect();
        let advice = "name an owner, so that somebody rotates it".to_owned();
        match names.as_slice() {
            [] => advice,
            names => {
                format!("{advice}; ask the owners of what it is linked to first: {}", listed(names))
            }
        }
    });
    Some(Verdict::new(Rule::NoOwner, why, advice))
}

/// KR05: it never ends.
pub(crate) fn expiry(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    if case.graph.credential(at).expires.is_some() {
        return None;
    }
    let why = raised(case, at, silence(case, at, Fact::Expiry, "no row names an expiry"));
    let advice = "set an expiry, or replace it with a short-lived identity";
    Some(Verdict::new(Rule::NoExpiry, why, advice))
}

fn days_since(case: &Case<'_>, date: Date) -> i32 {
    // Two valid days are never out of the span's range.
    date.until(case.graph.assumptions().as_of).map_or(0, |span| span.get_days())
}

/// KR06: it was not replaced for long.
pub(crate) fn age(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let credential = case.graph.credential(at);
    let (date, [what, since]) = match (credential.last_rotated, credential.created) {
        (Some(date), _) => (date, ["was last rotated", ""]),
        (None, Some(date)) => (date, ["was created", " and has never been rotated"]),
        (None, None) => return None,
    };
    let (days, limit) = (days_since(case, date), case.graph.assumptions().rotation_days);
    if days <= limit {
        return None;
    }
    let words = case.text(|| {
        let limit = in_days(limit);
        format!("it {what} {} ago{since}; the limit is {limit}", in_days(days))
    });
    let why = raised(case, at, words);
    let advice = "rotate it, and automate its rotation";
    Some(Verdict::new(Rule::Old, why, advice))
}

/// A number of days in words.
fn in_days(days: i32) -> String {
    counted(usize::try_from(days).unwrap_or(0), "day", "days")
}

/// KR11: one secret has several ids.
pub(crate) fn ids(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let ids = case.graph.aliases(at);
    if ids.len() < 2 {
        return None;
    }
    let why = case.reason(1, || {
        let names: Vec<&str> = ids.iter().map(|&id| case.graph.inventory().text(id)).collect();
        format!("one secret is listed under {} ids: {}", ids.len(), listed(&names))
    });
    let advice = "keep one id, or give each use its own secret";
    Some(Verdict::new(Rule::SeveralIds, vec![why], advice))
}

/// KR13: nobody uses it.
pub(crate) fn use_of(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    let limit = case.graph.assumptions().unused_days;
    let reason = match case.graph.credential(at).last_used {
        LastUsed::Unstated => return None,
        LastUsed::Never => Cow::Borrowed("it was never used"),
        LastUsed::On(date) => {
            let days = days_since(case, date);
            if days <= limit {
                return None;
            }
            case.text(|| {
                format!("it was last used {} ago; the limit is {}", in_days(days), in_days(limit))
            })
        }
    };
    let advice = "revoke it, because nothing uses it";
    let mut why = raised(case, at, reason);
    if case.in_words {
        why.extend(unread_use(case, at).map(|words| Reason::new(0, words)));
    }
    Some(Verdict::new(Rule::Unused, why, advice))
}

/// KR16: rows say that nobody needs it any more.
pub(crate) fn unneeded(case: &Case<'_>, at: CredentialIndex) -> Option<Verdict> {
    if !case.graph.credential(at).unneeded {
        return None;
    }
    let said = case.text(|| format!("{}, nobody needs it any more", listed(&who_says(case, at))));
    let advice = "revoke it, and take it out of where it is held";
    Some(Verdict::new(Rule::Unneeded, raised(case, at, said), advice))
}

/// Who says that a credential is no longer needed, in words.
fn who_says(case: &Case<'_>, at: CredentialIndex) -> Vec<String> {
    let inventory = case.graph.inventory();
    let rows = case.graph.rows_of(at).iter();
    let rows = rows.filter_map(|row| inventory.rows.get(row.0 as usize)).filter(|row| {
        let facts = inventory.facts.get(row.facts.0 as usize);
        facts.is_some_and(|facts| facts.status == Status::Unneeded)
    });
    let sources = rows.filter_map(|row| inventory.sources.get(usize::from(row.place.source.0)));
    let who = sources.map(|source| match &source.answered {
        Some(AnsweredBy { owner, on, .. }) => format!("as {owner} answered on {on}"),
        None => format!("as {} says", source.name),
    });
    let who: BTreeSet<String> = who.collect();
    who.into_iter().collect()
}

/// How many sources are named of those that do not say the last use.
const MOST_SOURCES: usize = 5;

/// Which sources of an unused credential's rows have no column of the last use: there it may be in
/// use.
fn unread_use(case: &Case<'_>, at: CredentialIndex) -> Option<String> {
    let inventory = case.graph.inventory();
    let rows = case.graph.rows_of(at).iter();
    let sources = rows.filter_map(|row| Some(inventory.rows.get(row.0 as usize)?.place.source));
    let silent: BTreeSet<SourceId> =
        sources.filter(|source| !inventory.reads(*source, Fact::LastUse)).collect();
    let name = |source: &SourceId| {
        let source = inventory.sources.get(usize::from(source.0));
        source.map_or("?", |source| source.name.as_str())
    };
    let names: Vec<&str> = silent.iter().take(MOST_SOURCES).map(name).collect();
    let more = match silent.len() - names.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!names.is_empty()).then(|| {
        let word = Fact::LastUse.word();
        format!("no column was read as the {word} in {}{more}", names.join(", "))
    })
}
