//! In which order to replace credentials once something has fallen.

use super::asked::{graph_in_question, starts};
use crate::analysis;
use crate::cli::arguments::{RotationArguments, TableFormat};
use crate::cli::streams::{Failure, Streams, USAGE, deliver};
use crate::export::{
    AnsweredRotation, DocumentFormat, TableFileFormat, TableSource, rotation_document,
    tabletop_of_rotation, write_document, write_document_pdf, write_html, write_markdown,
    write_rotation_json, write_styled_text, write_table,
};

/// Why a card is not written.
pub(super) const NO_CARD: &str =
    "a card is a page for people: write it as text, markdown, html or pdf";

pub(in crate::cli) fn rotation(
    arguments: &RotationArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let RotationArguments { files, from, card, format, output, reading, assume } = arguments;
    let format = TableFormat::chosen(*format, output.as_deref())
        .map_err(|message| Failure(USAGE, message))?;
    let form = format.of_document();
    if *card && form.is_none() {
        return Err(Failure(USAGE, NO_CARD.to_owned()));
    }
    let graph = graph_in_question(files, reading, assume, streams)?;
    let starts = starts(&graph, &streams.all_known_as(&graph, from))?;
    let rotation = analysis::rotation(&graph, &starts);
    let answered = AnsweredRotation { graph: &graph, starts: &starts, rotation: &rotation };
    if *card {
        let form = streams.form(form, output.as_deref())?.unwrap_or(DocumentFormat::Text);
        let card = tabletop_of_rotation(&answered);
        return deliver(output.as_deref(), streams.out, |out| write_document(form, &card, out));
    }
    let style = streams.text_style(format == TableFormat::Text, output.as_deref());
    deliver(output.as_deref(), streams.out, |out| match format {
        TableFormat::Json => write_rotation_json(&answered, out),
        TableFormat::Csv => {
            write_table(TableFileFormat::Csv, &TableSource::Rotation(answered), out)
        }
        TableFormat::Text => {
            write_styled_text(&rotation_document(&answered), style.unwrap_or_default(), out)
        }
        TableFormat::Markdown => write_markdown(&rotation_document(&answered), out),
        TableFormat::Html => write_html(&rotation_document(&answered), None, out),
        TableFormat::Pdf => write_document_pdf(&rotation_document(&answered), None, out),
    })
}
