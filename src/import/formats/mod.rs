//! Known exports, whose columns mean something else than their names alone would say.
//!
//! An export is data: by which columns it is recognised, what they mean, and what holds for every
//! row. A row of some exports has several credentials: such an export has slots, one for each.

pub(crate) mod known_format;
pub(crate) mod browsers;
pub(crate) mod ci_variables;
pub(crate) mod cloud;
pub(crate) mod creddata;
pub(crate) mod cyberark;
pub(crate) mod entra;
pub(crate) mod github;
pub(crate) mod gitleaks;
pub(crate) mod managers;
pub(crate) mod opengraph;
pub(crate) mod scanners;
pub(crate) mod servicenow;
pub(crate) mod vaults;
pub(crate) mod known;

pub(crate) use crate::import::formats::known::recognise;
pub(crate) use crate::import::formats::known_format::KnownFormat;
