//! A finished picture: shapes and texts, with nothing left to decide.
