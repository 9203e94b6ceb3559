//! Bytes of any known format into an inventory, its problems and its ledger.
