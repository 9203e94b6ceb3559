//! Why a policy cannot be used, and where in it.

use crate::inventory::toml_text::{place, syntax};

/// Why a policy file cannot be used: what was found, what to write instead, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} (line {line}, column {column})")]
pub struct PolicyError {
    /// What was found, and what to write instead.
    pub what: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

impl PolicyError {
    /// An error at a byte of the text.
    pub(super) fn at(text: &str, byte: usize, what: String) -> Self {
        let (line, column) = place(text, byte);
        Self { what, line, column }
    }

    /// An error of TOML itself.
    pub(super) fn syntax(text: &str, error: &toml::de::Error) -> Self {
        let (what, byte) = syntax(error);
        Self::at(text, byte, format!("this is not a policy file: {what}"))
    }
}
