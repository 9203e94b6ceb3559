//! What has to be read with a picture: title, legend, assumptions, day, and what is hidden.

use crate::inventory::Date;

/// In which of the theme's text colours a line of the legend is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LegendTone {
    /// About this picture: how much is hidden.
    Count,
    /// About every picture: what the marks mean.
    Key,
    /// What the signs of fixes mean.
    Fixes,
}

/// Entries of the legend that begin a new line together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegendLine {
    /// The colour.
    pub tone: LegendTone,
    /// The entries, in order; a line is only broken between them.
    pub entries: Vec<String>,
}

/// What has to be read with a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// What the picture is.
    pub title: String,
    /// The day as of which everything was assessed.
    pub as_of: Date,
    /// What the picture assumes, one entry for each assumption; hostile characters are escaped.
    pub assumptions: Vec<String>,
    /// How much is hidden or left out, and why; empty where everything is in the picture.
    pub hidden: Vec<String>,
    /// What the marks mean, with `hidden` at its top.
    pub legend: Vec<LegendLine>,
}

impl Furniture {
    /// All but the legend as one text, for those who cannot see the picture.
    pub fn description(&self) -> String {
        let as_of = format!("as of {}", self.as_of);
        let assumed = self.assumptions.iter().cloned();
        let all: Vec<String> =
            std::iter::once(as_of).chain(assumed).chain(self.hidden.iter().cloned()).collect();
        all.join("; ")
    }
}
