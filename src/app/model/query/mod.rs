//! What a search text asks for: free text, and terms such as `env:prod` or `reach>20`.
//!
//! - `parse`: a text into terms; knows nothing of what is open.
//! - `known`: what each key can be followed by in what is open.
//! - `unclear`: what is wrong with a text, in words.
//! - `owned`: the owners that a text names.
//! - `ways`: from where to where credentials lead by stated access.
//! - `wanted`: terms into tests on credentials and services.
//! - `complete`: how the last word of a text may go on.

pub(crate) mod parse;
pub(crate) mod known;
pub(crate) mod unclear;
pub(crate) mod owned;
pub(crate) mod ways;
pub(crate) mod wanted;
pub(crate) mod complete;

pub(crate) use known::NOBODY;
