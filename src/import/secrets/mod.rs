//! Secret values: found where they do not belong, masked, and replaced by keyed fingerprints.

pub(crate) mod value_traces;
pub(crate) mod fingerprint;
pub(crate) mod redaction;
pub(crate) mod words_of_secrets;
pub(crate) mod secret_shapes;
pub(crate) mod labelled_secrets;
pub(crate) mod behind_accounts;
pub(crate) mod command_lines;
pub(crate) mod secret_detection;
pub(crate) mod composed_values;
