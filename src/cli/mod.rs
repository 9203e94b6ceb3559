//! Arguments into answers, without a window.

pub mod generate;
