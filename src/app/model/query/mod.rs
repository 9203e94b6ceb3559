//! What a search text asks for: free text, and terms such as `env:prod` or `reach>20`.
//!
//! - `key`: the keys, and the signs between them and a figure or a day.
//! - `parse`: a text into terms; knows nothing of what is open.
//! - `days`: days, months and years that days of credentials are compared with.
//! - `known`: what each key can be followed by in what is open.
//! - `unclear`: what is wrong with a text, in words.
//! - `owned`: the owners that a text names.
//! - `ways`: from where to where credentials lead by stated access.
//! - `test`: one test on a credential or a service.
//! - `wanted`: terms into such tests.
//! - `complete`: how the last word of a text may go on.

pub(crate) mod key;
pub(crate) mod days;
pub(crate) mod parse;
pub(crate) mod known;
pub(crate) mod unclear;
pub(crate) mod owned;
pub(crate) mod ways;
mod test;
pub(crate) mod wanted;
pub(crate) mod complete;

pub(crate) use known::NOBODY;
