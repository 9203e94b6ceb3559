//! What the edges of Keyreach's own files say.

/// What an edge of Keyreach's says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OwnEdge {
    /// That a service holds a credential.
    Holds(Basis),
    /// That a credential opens a service.
    Opens(Basis),
    /// What the nodes say as well: environments and owners.
    Repeats,
}

/// What an edge rests on, where it does not say so itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    Stated,
    Assumed,
    /// Stated, and too little to go on from there.
    Narrow,
}

impl OwnEdge {
    /// What an edge of a kind says; `None` for kinds of others.
    pub(super) fn of(kind: &str) -> Option<Self> {
        match kind {
            "KR_Holds" | "KR_OnceHeld" => Some(Self::Holds(Basis::Stated)),
            "KR_MayHold" => Some(Self::Holds(Basis::Assumed)),
            "KR_Grants" | "KR_OnceGranted" => Some(Self::Opens(Basis::Stated)),
            "KR_MayGrant" => Some(Self::Opens(Basis::Assumed)),
            "KR_Reaches" => Some(Self::Opens(Basis::Narrow)),
            "KR_Contains" | "KR_Owns" => Some(Self::Repeats),
            _ => None,
        }
    }
}
