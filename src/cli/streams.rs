//! Where answers and warnings go, and how a run ends.

use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::arguments::is_gzip;
use super::files::{not_written, plain, write_whole};
use crate::analysis::Unmatched;
use crate::export::unmatched_lines;
use crate::inventory::{Inventory, shown};
use crate::project::Redaction;

/// The input could not be read or imported.
pub(super) const INPUT: u8 = 1;
/// Wrong usage, an unknown name, or no window.
pub(super) const USAGE: u8 = 2;
/// The output could not be written.
pub(super) const OUTPUT: u8 = 3;
/// The newer of two inventories is worse, and that was to fail.
pub(super) const WORSE: u8 = 5;

/// Where answers and warnings go.
pub(super) struct Streams<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) err: &'a mut dyn Write,
    /// The names that are hidden.
    pub(super) hidden: Option<Redaction>,
}

impl Streams<'_> {
    /// Hides names from now on.
    pub(super) fn hide(&mut self, names: Redaction) {
        self.hidden = Some(names);
    }

    /// Warns of column mappings that serve nothing.
    pub(super) fn warn_of_unused_mappings(&mut self, inventory: &Inventory) {
        warn_of_unused_mappings(inventory, self.err);
    }

    /// Warns of names of the policy that the inventory does not know.
    pub(super) fn warn_of_unmatched_names(&mut self, unmatched: &[Unmatched]) {
        warn_of_unmatched_names(unmatched, self.err);
    }
}

/// Warns of names of the policy that the inventory does not know, a line for each.
pub fn warn_of_unmatched_names(unmatched: &[Unmatched], err: &mut dyn Write) {
    for line in unmatched_lines(unmatched) {
        // Where even the error stream is closed nobody is left to be warned.
        drop(writeln!(err, "keyreach: warning: {line}"));
    }
}

/// What ends a run early: an exit code and a sentence.
pub(super) struct Failure(pub(super) u8, pub(super) String);

/// Warns of column mappings that were named and do not serve a table, a line for each and why.
fn warn_of_unused_mappings(inventory: &Inventory, err: &mut dyn Write) {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for source in &inventory.sources {
        for why in &source.unmapped {
            match reasons.iter_mut().find(|(known, _)| known == why) {
                Some((_, files)) => files.push(&source.name),
                None => reasons.push((why, vec![&source.name])),
            }
        }
    }
    for (why, files) in reasons {
        let first = files.first().copied().unwrap_or_default();
        let more = match files.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let line = format!("keyreach: warning: {why}: {first}{more}");
        // Where even the error stream is closed nobody is left to be warned.
        drop(writeln!(err, "{}", shown(&line)));
    }
}

/// Writes to the file that was named, packed where its name ends in `.gz`, or else to standard
/// output.
pub(super) fn deliver(
    file: Option<&Path>,
    out: &mut dyn Write,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let Some(file) = file else {
        let mut buffered = io::BufWriter::new(out);
        return match write(&mut buffered).and_then(|()| buffered.flush()) {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => {
                Err(Failure(OUTPUT, format!("the answer could not be written: {}", plain(&error))))
            }
            Ok(()) => Ok(()),
        };
    };
    let written = write_whole(file, |out| {
        if !is_gzip(file) {
            return write(out);
        }
        let mut packed = io::BufWriter::new(GzEncoder::new(out, Compression::default()));
        write(&mut packed)?;
        packed.into_inner().map_err(io::IntoInnerError::into_error)?.finish().map(drop)
    });
    written.map_err(|error| Failure(OUTPUT, not_written("the file", &error, file)))
}
