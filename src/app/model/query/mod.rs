//! What a search text asks for: free text, and terms such as `env:prod` or `reach>20`.
//!
//! - `key`: the keys, and the signs between them and a figure or a day.
//! - `parse`: a text into terms; knows nothing of what is open.
//! - `days`: days, months and years that days of credentials are compared with.
//! - `known`: what each key can be followed by in what is open.
//! - `unclear`: what is wrong with a text, in words.
//! - `wanted`: terms into tests on credentials and services.
//! - `test`: one such test.
//! - `complete`: how the last word of a text may go on.

pub(crate) mod key;
pub(crate) mod days;
pub(crate) mod parse;
pub(crate) mod known;
pub(crate) mod unclear;
mod test;
pub(crate) mod wanted;
pub(crate) mod complete;

pub(crate) use known::NOBODY;
