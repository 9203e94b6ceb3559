//! The views of what is open, each for a question.

/// What a view shows of what is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ViewKind {
    /// Regions by environment, or by what else is wished, and what joins them.
    #[default]
    Map,
    /// A lane for each environment in order of tier, credentials between what they join.
    Lanes,
    /// What something reaches, or who reaches it, with a column for each hop.
    Spread,
    /// Credentials are columns and service instances are rows, so that what is shared lies together.
    Matrix,
    /// Service instances are rows, and credentials upright lines over those that they join.
    Strands,
    /// Paths from left to right, with the rows that show each hop.
    Path,
}

impl ViewKind {
    /// All of them, in the order of their keys.
    pub const ALL: [Self; 6] =
        [Self::Map, Self::Lanes, Self::Spread, Self::Matrix, Self::Strands, Self::Path];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Map => "Map",
            Self::Lanes => "Lanes",
            Self::Spread => "Spread",
            Self::Matrix => "Matrix",
            Self::Strands => "Strands",
            Self::Path => "Path",
        }
    }

    /// The digit that chooses it.
    pub fn key(self) -> char {
        match self {
            Self::Map => '1',
            Self::Lanes => '2',
            Self::Spread => '3',
            Self::Matrix => '4',
            Self::Strands => '5',
            Self::Path => '6',
        }
    }

    /// Its name on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Lanes => "lanes",
            Self::Spread => "spread",
            Self::Matrix => "matrix",
            Self::Strands => "strands",
            Self::Path => "path",
        }
    }

    /// The kind with a name on the command line.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether what the map is grouped by shows in it.
    pub fn is_grouped(self) -> bool {
        match self {
            Self::Map | Self::Lanes | Self::Matrix | Self::Strands => true,
            Self::Spread | Self::Path => false,
        }
    }

    /// The question that it answers.
    pub fn question(self) -> &'static str {
        match self {
            Self::Map => "What belongs together, and what joins it",
            Self::Lanes => "What climbs from one environment to the next",
            Self::Spread => "How far it spreads, hop by hop",
            Self::Matrix => "Who shares what with whom",
            Self::Strands => "What each credential joins, one by one",
            Self::Path => "Which way exactly, and which rows show it",
        }
    }
}
