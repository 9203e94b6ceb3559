//! Which columns, where the newer of two inventories lacks them, explain that a finding is new or more
//! severe: without them worse is assumed, or nobody can say which credentials are one.

use crate::analysis::questions::findings::finding::Finding;
use crate::analysis::questions::findings::rule::Rule;
use crate::analysis::questions::observed::ColumnKind;

/// Which rows are one credential, and where and what it is linked to.
pub const PLACE_COLUMNS: [ColumnKind; 5] = [
    ColumnKind::Id,
    ColumnKind::Name,
    ColumnKind::Secret,
    ColumnKind::Service,
    ColumnKind::Environment,
];
/// Who holds and grants, and how much: without them worse is assumed.
pub const ACCESS_COLUMNS: [ColumnKind; 2] = [ColumnKind::Access, ColumnKind::Level];
/// Whether a credential is in use.
pub const LIFE_COLUMNS: [ColumnKind; 2] = [ColumnKind::Status, ColumnKind::Expiry];
/// Where attackers start, and what must not fall.
pub const END_COLUMNS: [ColumnKind; 2] = [ColumnKind::EntryPoint, ColumnKind::CrownJewel];

/// What a rule reads of the rows of its own credential that makes it silent.
pub fn own_columns(rule: Rule) -> &'static [ColumnKind] {
    match rule {
        Rule::NoOwner => &[ColumnKind::Owner],
        Rule::NoExpiry => &[ColumnKind::Expiry],
        Rule::Old => &[ColumnKind::LastRotated],
        Rule::Unused => &[ColumnKind::LastUse],
        _ => &[],
    }
}

/// What a finding's rule reads of other credentials and instances, so that a source that is missing counts
/// too; `None` where it reads none. `was_found` says that it is more severe, not new; the rest, whether the
/// highest tier has moved, and whether the credential led before into what is the highest tier now.
pub fn columns_of_others(
    finding: &Finding,
    was_found: bool,
    has_moved: impl Fn() -> bool,
    led_into_top: impl Fn() -> bool,
) -> Option<Vec<ColumnKind>> {
    match finding.rule {
        Rule::OnPath => {
            let mut read = [LIFE_COLUMNS, END_COLUMNS].concat();
            if has_moved() {
                read.push(ColumnKind::Environment);
            }
            if finding.assumed {
                read.extend(ACCESS_COLUMNS);
            }
            Some(read)
        }
        Rule::ExtractionPoint => Some([LIFE_COLUMNS, ACCESS_COLUMNS].concat()),
        // What sort of service a holder is, of several sorts that are said one counts.
        Rule::ReadyForShortLived => Some(vec![ColumnKind::ServiceKind]),
        Rule::SeveralOfOneIdentity => Some(LIFE_COLUMNS.to_vec()),
        // It is more severe where it reaches a large part of all, through whatever credentials.
        Rule::ReusedAcrossServices if was_found => {
            Some([&LIFE_COLUMNS[..], &ACCESS_COLUMNS, &PLACE_COLUMNS].concat())
        }
        Rule::CrossesEnvironments if was_found && led_into_top() => {
            Some(vec![ColumnKind::Environment])
        }
        _ => None,
    }
}
