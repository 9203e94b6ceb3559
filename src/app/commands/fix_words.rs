//! What fixes are called where they are offered, and what each does.

use crate::analysis::FixKind;

/// What a fix is called where it is offered.
pub(crate) fn fix_name(kind: FixKind) -> &'static str {
    match kind {
        FixKind::Revoke => "Revoke",
        FixKind::SplitByEnvironment => "Split by environment",
        FixKind::SplitByService => "Split by service",
        FixKind::SplitByOwner => "Split by owner",
        FixKind::WorkloadIdentity => "Give a workload identity",
    }
}

/// What a fix does.
pub(crate) fn fix_tip(kind: FixKind) -> &'static str {
    match kind {
        FixKind::Revoke => "It is gone, and with it every access through it",
        FixKind::SplitByEnvironment => {
            "A new credential for each environment, with that environment's holders and grants alone"
        }
        FixKind::SplitByService => "A new credential for each service that holds it",
        FixKind::SplitByOwner => "A new credential for each owner of those who hold it",
        FixKind::WorkloadIdentity => {
            "Each chosen holder gets an identity that cannot be carried away"
        }
    }
}
