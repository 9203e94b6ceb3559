//! An inventory under assumptions: who holds and who grants, merged, named and sorted.
