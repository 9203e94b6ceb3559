//! The tables of a file, opened as the user said.

use crate::import::container;
use crate::import::container::encoding::{Counted, Text};
use crate::import::container::{Layout, OpenOptions, PartKind, RawTable, WantedParts};
use crate::import::csv::sample;
use crate::import::csv::sample::SampledTable;
use crate::import::error::ImportError;
use crate::import::formats;
use crate::import::schema::by_mapping;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::overrides::ReadOverrides;
use crate::import::{FileBytes, ImportSettings};
use crate::inventory::Progress;

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
        let mut tables = container::open(&file.bytes, &file.name, known, context.progress)?;
        attach_further(file, &mut tables, context.progress)?;
        Ok(tables)
    };
    if let Some(encoding) = &context.overrides.encoding {
        return open(Some(encoding));
    }
    let named = mappings.iter().map(|mapping| (mapping, false));
    for (mapping, is_remembered) in named.chain(remembered.iter().map(|mapping| (mapping, true))) {
        let Some(encoding) = &mapping.encoding else { continue };
        let tables = open(Some(encoding))?;
        let fits = |raw: &RawTable<'_>| {
            let mapping = (mapping, is_remembered);
            by_mapping::applies_to(&SampledTable::new(raw), &file.name, mapping, context)
        };
        if tables.iter().any(fits) {
            return Ok(tables);
        }
    }
    open(None)
}

/// Lets the only table of a file that is read in segments know of the rest of its text, and looks at
/// places all over it.
fn attach_further(
    file: &FileBytes,
    tables: &mut [RawTable<'_>],
    progress: &Progress,
) -> Result<(), ImportError> {
    if let (Some(further), [raw]) = (&file.further, tables)
        && let (Counted::Same(mark), Layout::Delimited) = (raw.counted, raw.layout)
        && matches!(raw.text, Text::Borrowed(_))
    {
        let pieces = sample::pieces_of(further, mark, progress);
        raw.spread = pieces.map_err(|unread| ImportError::of_unread(unread, &file.name))?;
        raw.further = Some(further.clone());
    }
    Ok(())
}

/// Whether a file of which only the start is in memory must be there whole: where its text is to be
/// decoded from another encoding. Costs the start.
pub(crate) fn needs_whole(file: &FileBytes, context: DetectionContext<'_>) -> bool {
    let is_in_segments = |raw: &RawTable<'_>| raw.further.is_some();
    file.further.is_some()
        && open_tables(file, context).is_ok_and(|tables| !tables.iter().any(is_in_segments))
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
