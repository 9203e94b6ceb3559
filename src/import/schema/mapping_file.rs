//! Files of column mappings: one mapping, or one for each table of a file that has several.
//!
//! ```toml
//! [[tables]]
//! table = "Keys"
//!
//! [tables.columns]
//! "Secret Name" = "name"
//! "Used by" = "holder"
//!
//! [[tables]]
//! table = "Apps"
//! ```
//!
//! A mapping with the name of a table serves that table alone. Above its columns stands whatever may
//! stand above those of a single mapping.

use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};

use crate::import::schema::column_mapping::ColumnMapping;
use crate::import::schema::mapping_error::{MappingError, check_keys};
use crate::inventory::shown;
use crate::inventory::toml_text::{syntax, visible};

/// The column mappings of a file, in the order in which they are tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingFile {
    /// The mappings, each for one table or for whatever has its columns.
    pub tables: Vec<ColumnMapping>,
}

/// The key of a file with several mappings.
const TABLES: &str = "tables";

impl MappingFile {
    /// Reads a file with one mapping or several.
    ///
    /// # Errors
    /// Where the text is none; the message says what to write instead.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let wrong = |error: &toml::de::Error| MappingError::at(text, syntax(error));
        let document = DeTable::parse(text).map_err(|error| wrong(&error))?;
        let Some((key, tables)) = document.get_ref().get_key_value(TABLES) else {
            return Ok(Self { tables: vec![ColumnMapping::parse(text)?] });
        };
        if let Some(other) = document.get_ref().keys().find(|other| other.get_ref() != TABLES) {
            let what = format!(
                "“{}” stands beside the tables; write it below the table for which it holds",
                other.get_ref()
            );
            return Err(MappingError::at(text, (what, other.span().start)));
        }
        match tables.get_ref() {
            DeValue::Array(all) if all.is_empty() => {
                let what = "“tables” is empty; write [[tables]] for each table".to_owned();
                return Err(MappingError::at(text, (what, key.span().start)));
            }
            DeValue::Array(all) => {
                for table in all {
                    if let DeValue::Table(table) = table.get_ref() {
                        check_keys(table, text)?;
                    }
                }
            }
            _ => {}
        }
        let file: Self = toml::from_str(text).map_err(|error| wrong(&error))?;
        file.tables.iter().try_for_each(ColumnMapping::check)?;
        Ok(file)
    }

    /// The text of the file: one mapping that is for no table in particular stands alone.
    pub fn to_toml(&self) -> String {
        match self.tables.as_slice() {
            [one] if one.table.is_none() => one.to_toml(),
            // Strings, characters and a number: TOML can write all of them.
            _ => visible(&toml::to_string(self).unwrap_or_default()),
        }
    }
}

/// For each of the mappings that are for no other table why it does not fit one with this header.
pub(crate) fn why_unused(
    mappings: &[ColumnMapping],
    table: &str,
    header: &[String],
) -> Vec<String> {
    let explain = |mapping: &ColumnMapping| {
        let which = mapping.file.as_ref().map_or_else(String::new, |file| format!(" {file}"));
        let lacking: Vec<String> =
            mapping.lacking(header).iter().map(|name| format!("“{}”", shown(name))).collect();
        let why = match lacking.as_slice() {
            [] => "the table has no such header".to_owned(),
            [one] => format!("the table has no column {one}"),
            several => format!("the table has no columns {}", several.join(", ")),
        };
        format!("the column mapping{which} was not used: {why}")
    };
    mappings.iter().filter(|mapping| mapping.is_for(table)).map(explain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_mapping_and_of_several_come_back_from_their_text() {
        let one = "[columns]\nA = \"id\"\n";
        let file = MappingFile::parse(one).unwrap();
        assert_eq!(file.to_toml(), one);
        let two = "[[tables]]\ntable = \"Keys\"\nheader_line = 2\n\n[tables.columns]\nA = \"id\"\n\n\
                   [[tables]]\ntable = \"Apps\"\n\n[tables.columns]\nB = \"service\"\n";
        let file = MappingFile::parse(two).unwrap();
        assert_eq!(file.tables.len(), 2);
        assert_eq!(MappingFile::parse(&file.to_toml()).unwrap(), file);
        let [keys, apps] = file.tables.as_slice() else { panic!("two") };
        assert!(keys.is_for("a/b.xlsx/Keys") && keys.is_for("Keys"));
        assert!(!keys.is_for("a/b.xlsx/MyKeys") && !apps.is_for("a/b.xlsx/Keys"));
    }

    #[test]
    fn mistakes_in_files_of_several_mappings_are_named_with_their_place() {
        for (text, what) in [
            ("x = 1\n[[tables]]\n[tables.columns]\nA = \"id\"\n", "“x” stands beside the tables"),
            ("tables = []\n", "“tables” is empty"),
            ("tables = 3\n", "(line 1, column 10)"),
            ("[[tables]]\ntabel = \"K\"\n", "did you mean “table”? (line 2, column 1)"),
            ("[[tables]]\n[tables.columns]\nA = \"idd\"\n", "cannot mean “idd”"),
            ("[[tables]]\ntable = \"K\"\n", "missing field `columns`"),
        ] {
            let message = MappingFile::parse(text).unwrap_err().to_string();
            assert!(message.contains(what), "{message}");
        }
    }
}
