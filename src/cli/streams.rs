//! Where answers and warnings go, and how a run ends.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::arguments::is_gzip;
use super::files::{is_standard_stream, not_written, plain, write_whole};
use super::remarks::Remarks;
use crate::analysis::Unmatched;
use crate::export::{DocumentFormat, TextStyle, unmatched_lines};
use crate::inventory::{Inventory, Progress, counted, shown};
use crate::project::Redaction;

pub(super) use super::exit_codes::{FOUND, INPUT, OUTPUT, USAGE};

/// Where answers and warnings go.
pub(super) struct Streams<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) err: &'a mut dyn Write,
    pub(super) remarks: Remarks,
    /// The names that are hidden.
    pub(super) hidden: Option<Redaction>,
    /// How an answer in text looks best on the terminal to which it goes.
    pub(super) style: Option<TextStyle>,
    /// Whether that has codes of ours, with names escaped already.
    pub(super) has_own_codes: Arc<AtomicBool>,
    /// How far the work is that a person waits for. Nobody holds it to cancel it.
    pub(super) progress: Progress,
}

impl Streams<'_> {
    /// Hides names from now on.
    pub(super) fn hide(&mut self, names: Redaction) {
        self.hidden = Some(names);
    }

    /// What a document is written as: text for a terminal where it goes to one.
    ///
    /// # Errors
    /// Where it would be a PDF on a terminal.
    pub(super) fn form(
        &self,
        form: Option<DocumentFormat>,
        file: Option<&Path>,
    ) -> Result<Option<DocumentFormat>, Failure> {
        if form == Some(DocumentFormat::Pdf) {
            self.refuse_on_terminal("a PDF", file)?;
        }
        let is_text = form == Some(DocumentFormat::Text);
        Ok(self.text_style(is_text, file).map(DocumentFormat::Terminal).or(form))
    }

    /// Refuses to write what is no text to a terminal.
    ///
    /// # Errors
    /// One sentence that says what to do.
    pub(super) fn refuse_on_terminal(
        &self,
        what: &str,
        file: Option<&Path>,
    ) -> Result<(), Failure> {
        if self.style.is_none() || file.is_some_and(|file| !is_standard_stream(file)) {
            return Ok(());
        }
        let how = "is no text and is not written to a terminal; name a file with --output, or lead the \
                   output into one";
        Err(Failure(USAGE, format!("{what} {how}")))
    }

    /// How an answer looks best that goes to this file; `None` where it is no text, or that no terminal.
    pub(super) fn text_style(&self, is_text: bool, file: Option<&Path>) -> Option<TextStyle> {
        let style = self.style.filter(|_| is_text && file.is_none_or(is_standard_stream));
        self.has_own_codes.store(style.is_some(), Ordering::Relaxed);
        style
    }

    /// Warns of column mappings that serve nothing, and says what was read where that is wanted.
    pub(super) fn remark_on_reading(&mut self, inventory: &Inventory) {
        if self.remarks == Remarks::All {
            for source in &inventory.sources {
                let ledger = &source.ledger;
                self.remark(&format!(
                    "read {}: {}: {} accepted, {} merged, {} skipped, {} rejected",
                    source.name,
                    counted(ledger.read() as usize, "row", "rows"),
                    ledger.accepted,
                    ledger.merged,
                    ledger.skipped,
                    ledger.rejected
                ));
            }
        }
        if self.remarks != Remarks::Errors {
            warn_of_unused_mappings(inventory, self.err);
        }
    }

    /// Warns of names of the policy that the inventory does not know.
    pub(super) fn warn_of_unmatched_names(&mut self, unmatched: &[Unmatched]) {
        if self.remarks != Remarks::Errors {
            warn_of_unmatched_names(unmatched, self.err);
        }
    }

    /// Writes a warning, whatever remarks are wanted: something of the user's is concerned.
    pub(super) fn warn(&mut self, warning: &str) {
        // Where even the error stream is closed nobody is left to be warned.
        drop(writeln!(self.err, "keyreach: warning: {}", shown(warning)));
    }

    /// Writes a warning, unless errors alone are wanted.
    pub(super) fn warn_unless_quiet(&mut self, warning: &str) {
        if self.remarks != Remarks::Errors {
            self.warn(warning);
        }
    }

    /// Writes what comes of a command, unless errors alone are wanted.
    pub(super) fn note(&mut self, words: &str) {
        if self.remarks != Remarks::Errors {
            // Where even the error stream is closed nobody reads it.
            drop(writeln!(self.err, "keyreach: {}", shown(words)));
        }
    }

    /// Writes a remark where all are wanted.
    pub(super) fn remark(&mut self, words: &str) {
        if self.remarks == Remarks::All {
            // Where even the error stream is closed nobody reads it.
            drop(writeln!(self.err, "keyreach: {}", shown(words)));
        }
    }
}

/// Warns of names of the policy that the inventory does not know, a line for each.
pub fn warn_of_unmatched_names(unmatched: &[Unmatched], err: &mut dyn Write) {
    for line in unmatched_lines(unmatched) {
        // Where even the error stream is closed nobody is left to be warned.
        drop(writeln!(err, "keyreach: warning: {line}"));
    }
}

/// Warns of what scenes show that is gone, a line each.
pub fn warn_of_gone(gone: &[String], err: &mut dyn Write) {
    for line in gone {
        // As above.
        drop(writeln!(err, "keyreach: warning: {}", shown(line)));
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
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let Some(file) = file.filter(|file| !is_standard_stream(file)) else {
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
