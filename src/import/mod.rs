//! The front door: bytes of any known format in, an inventory with its problems and its ledger out.
//!
//! Files go through these rooms in order, and never back:
//!
//! - `vocabulary`: what words mean, knowing no file.
//! - `secrets`: secret values found, masked, and replaced by keyed fingerprints.
//! - `file_digest`: what stands for the content of a file.
//! - `container`: the bytes of a file into the tables that it holds.
//! - `csv`: text with delimiters into records.
//! - `formats`: the known exports of tools, as data.
//! - `schema`: what the columns of a table mean.
//! - `rows`: records and their schema into facts.
//! - `resolve`: what all rows say together: which of them are about one credential, and which
//!   brought something new.
//! - `open_tables`: the tables of a file, opened as the user said.
//! - `in_segments`: whether a large file can be read segment by segment.
//! - `pipeline`: the order of these steps.
//! - `preview`: the same for the first rows of a file, before anything is imported.
//! - `owner_answers`: the answers of owners on what is theirs, in a form of their own.
//!
//! **Rows.** Every record and every skipped line counts as a row read, except the one header line.
//! Blank lines, lines that start with `#` and are not as wide as the header, lines above the header
//! and repeated headers are *skipped*, as are rows of a known export that say outright that they are
//! about no credential. A quoted record over several lines is one row. In a file with secrets, each
//! line that an open quote swallowed counts as a rejected row.
//!
//! **Secret values** become keyed fingerprints at once and are masked in the other cells of their
//! row; then the bytes are wiped. In a file with a column of secrets, a row whose cells are more or
//! fewer than the header's is rejected whole, because its value could be anywhere.

mod further;
mod error;
mod input;
mod vocabulary;
mod secrets;
mod file_digest;
mod container;
mod csv;
mod formats;
mod schema;
mod rows;
mod resolve;
mod open_tables;
mod in_segments;
mod pipeline;
mod preview;
mod owner_answers;

pub use crate::import::container::archive::is_table;
pub use crate::import::container::parts::{FilePart, PartKind};
pub use crate::import::csv::dialect::{DELIMITERS, delimiter_name};
pub use crate::import::error::ImportError;
pub use crate::import::file_digest::file_digest;
pub use crate::import::further::{Further, ReadAt, SegmentSizes};
pub use crate::import::in_segments::in_segments;
pub use crate::import::input::{Bytes, FileBytes};
pub use crate::import::owner_answers::{
    ANSWER_COLUMNS, AnsweredThing, CREDENTIAL_KIND, OwnerAnswer, OwnerAnswers, RefusedAnswer,
    SERVICE_KIND, read_owner_answers,
};
pub use crate::import::pipeline::{import, import_with_values};
pub use crate::import::preview::proposed_mapping::{joined_mappings, mappings_of};
pub use crate::import::preview::read_preview::preview;
pub use crate::import::preview::table_preview::{
    Fate, HeaderPreview, Preview, PreviewCell, PreviewColumn, PreviewRequest, PreviewRow,
    meaning_word,
};
pub use crate::import::preview::unknown_words::PreviewWord;
pub use crate::import::resolve::misplaced_secrets::ImportedValues;
pub use crate::import::schema::column_mapping::{ColumnMapping, meanings};
pub use crate::import::schema::export_columns::EXPORT_COLUMNS;
pub use crate::import::schema::kept_settings::settings_to_keep;
pub use crate::import::schema::mapping_error::MappingError;
pub use crate::import::schema::mapping_file::MappingFile;
pub use crate::import::schema::mapping_rules::{MappingCredential, MappingRules};
pub use crate::import::schema::names_decision::EnvironmentInNames;
pub use crate::import::schema::overrides::{
    ColumnOverrides, HeaderMark, HeaderOverrides, ReadOverrides,
};
pub use crate::import::schema::settings::ImportSettings;
pub use crate::import::schema::table_schema::By;
pub use crate::import::schema::value_words::{ValueWords, WordKind};
pub use crate::import::secrets::fingerprint::{FingerprintKey, Fingerprinter, KeyError};
pub use crate::import::secrets::secret_detection::{holds_secret, without_secrets};
pub use crate::import::vocabulary::lists::{is_service_name, owners, written, written_within_name};
