//! What a search text asks for: free text, and terms such as `env:prod` or `reach>20`.
//!
//! - `parse`: a text into terms; knows nothing of what is open.
//! - `known`: what each key can be followed by in what is open.
//! - `wanted`: terms into tests on credentials and services, or what is wrong with them in words.
//! - `complete`: how the last word of a text may go on.

pub(crate) mod parse;
pub(crate) mod known;
pub(crate) mod wanted;
pub(crate) mod complete;
