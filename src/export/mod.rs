//! Answers into bytes: the report as JSON and as text.
