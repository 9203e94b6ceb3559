//! The tables of a file, opened as the user said.

use crate::import::container;
use crate::import::container::{OpenOptions, PartKind, RawTable, WantedParts};
use crate::import::csv::sample::SampledTable;
use crate::import::error::ImportError;
use crate::import::formats;
use crate::import::schema::by_mapping;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::overrides::ReadOverrides;
use crate::import::{FileBytes, ImportSettings};

/// Which parts of a file are wanted: what was decided on this file prevails.
pub(crate) fn wanted_parts<'a>(
    kind: PartKind,
    settings: &'a ImportSettings,
    overrides: &'a ReadOverrides,
) -> WantedParts<'a> {
    let only = match kind {
        PartKind::Member => settings.members.as_slice(),
        PartKind::Worksheet => settings.sheet.as_slice(),
        PartKind::Array => settings.arrays.as_slice(),
    };
    WantedParts { only, left_out: &settings.left_out, chosen: overrides.parts.get(&kind) }
}

/// Opens the tables of a file in the encoding that the user chose, or else that of the column mapping
/// that fits one of them.
///
/// # Errors
/// Where the file is no table.
pub(crate) fn open_tables<'a>(
    file: &'a FileBytes,
    context: DetectionContext<'_>,
) -> Result<Vec<RawTable<'a>>, ImportError> {
    let ImportSettings { mappings, remembered, .. } = context.settings;
    let is_known = |header: &[String]| formats::recognise(header).is_some();
    let open = |encoding: Option<&str>| {
        let [sheets, arrays] = [PartKind::Worksheet, PartKind::Array]
            .map(|kind| wanted_parts(kind, context.settings, context.overrides));
        let known = OpenOptions { sheets, arrays, encoding, is_known };
        container::open(&file.bytes, &file.name, known, context.progress)
    };
    if let Some(encoding) = &context.overrides.encoding {
        return open(Some(encoding));
    }
    let named = mappings.iter().map(|mapping| (mapping, false));
    for (mapping, is_remembered) in named.chain(remembered.iter().map(|mapping| (mapping, true))) {
        let Some(encoding) = &mapping.encoding else { continue };
        let tables = open(Some(encoding))?;
        let fits = |raw: &RawTable<'_>| {
            by_mapping::applies_to(&SampledTable::new(raw), mapping, is_remembered, context)
        };
        if tables.iter().any(fits) {
            return Ok(tables);
        }
    }
    open(None)
}

/// The name of a table within its file, if that may hold several: a worksheet, or a member of an
/// archive.
pub(crate) fn table_in_file<'n>(
    file: &str,
    member: &'n str,
    raw: &'n RawTable<'_>,
) -> Option<&'n str> {
    let within = || member.strip_prefix(file)?.strip_prefix('/');
    raw.sheet.as_ref().map(|sheet| sheet.name.as_str()).or_else(within)
}
