//! What is visible into positions: regions by environment, nodes by force.
