//! Integration tests, in one binary: each room's promises from the outside.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test's helper may fail loudly; the lints spare test functions alone"
)]

mod analysis;
mod answers;
mod asked;
mod assumed_links;
mod attestation;
mod canary;
mod canary_outputs;
mod caps;
mod cases;
mod cli;
mod commands;
mod formats;
mod finding_work;
mod export_files;
mod exports;
mod check;
mod check_hidden;
mod defended;
mod dependencies;
mod difference;
mod worse;
mod fuzz;
mod gate;
mod graph;
mod hidden_names;
mod hostile;
mod id_alone;
mod import;
mod incident;
mod imports;
mod joins;
mod killed;
mod layering;
mod ledger;
mod layout;
mod lines;
mod links_in_columns;
mod manual;
mod names;
mod naughty;
mod not_read;
mod opengraph;
mod opengraph_round_trip;
mod outputs;
mod overview;
mod packaging;
mod orders;
mod picture;
mod picture_files;
mod policies;
mod preview;
mod printed_mapping;
mod project_diff;
mod project_file;
mod projects;
mod promises;
mod properties;
mod real_data;
mod report_schema;
mod recovered;
mod redaction;
mod redacted_pictures;
mod round_trip;
mod terminal;
mod same_bytes;
mod samples;
mod sample_projects;
mod shells;
mod scene;
mod segments;
mod several;
mod truth;
mod view_pictures;
mod views;
mod vocabulary;
#[cfg(target_os = "linux")]
mod wiping;
#[cfg(feature = "gui")]
mod window;
mod workshop;
