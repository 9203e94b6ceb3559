//! Where names stand beside their marks.

use crate::analysis::Subject;

/// On which side of its mark a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameSide {
    /// Below it.
    Below,
    /// Above it.
    Above,
    /// To the right of it.
    Right,
    /// To the left of it.
    Left,
    /// Below it, to the right.
    BelowRight,
    /// Above it, to the right.
    AboveRight,
    /// Below it, to the left.
    BelowLeft,
    /// Above it, to the left.
    AboveLeft,
}

impl NameSide {
    /// All sides, the ones first on which names read best.
    pub const ALL: [Self; 8] = [
        Self::Below,
        Self::Above,
        Self::Right,
        Self::Left,
        Self::BelowRight,
        Self::AboveRight,
        Self::BelowLeft,
        Self::AboveLeft,
    ];
}

/// The names on a picture, and on which side of its mark each stands, as far as it is beside it.
pub type Names = std::collections::BTreeMap<Subject, Option<NameSide>>;
