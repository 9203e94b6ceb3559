//! The questions, each in its own file: pure functions from the graph to answers.
