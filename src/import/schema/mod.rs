//! Which line is the header, and what each column means.

pub(crate) mod export_columns;
pub(crate) mod misnamed;
pub(crate) mod candidates;
pub(crate) mod nested_ends;
pub(crate) mod format_columns;
pub(crate) mod table_rules;
pub(crate) mod value_words;
pub(crate) mod table_schema;
pub(crate) mod column_keys;
pub(crate) mod mapping_error;
pub(crate) mod mapping_rules;
pub(crate) mod column_mapping;
pub(crate) mod overrides;
pub(crate) mod settings;
pub(crate) mod context;
pub(crate) mod multi_row_header;
pub(crate) mod header;
pub(crate) mod by_mapping;
pub(crate) mod secret_columns;
pub(crate) mod detect;
pub(crate) mod duplicate_columns;
pub(crate) mod row_plan;
pub(crate) mod day_orders;
pub(crate) mod second_columns;
pub(crate) mod mapping_of_plan;
pub(crate) mod unread_columns;
