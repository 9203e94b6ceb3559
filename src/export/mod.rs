//! Answers into bytes: the report, the blast radius, who reaches an instance, the order of rotation,
//! owners, paths, what-if and the difference, each as JSON, text, Markdown and a page of HTML; pictures as
//! SVG and PDF; every answer and the inventory as tables and workbooks; the graph for other programs; rejected
//! rows.

mod document;
mod wrap;
mod text;
mod curve;
mod html;
mod markdown;
mod finding_work;
mod answered;
mod assumed;
mod json;
mod json_lines;
mod report_parts;
mod row_text;
mod hops;
mod entries;
mod disputes;
mod import_entries;
mod finding_entries;
mod fix_lists;
mod between;
mod rotation;
mod owners;
mod report;
mod report_schema;
mod reached_by;
mod answered_difference;
mod difference;
mod difference_json;
mod inventory;
mod paths;
mod radius;
mod rejected;
mod asked_list;
mod handed_over;
mod what_if;
mod tables;
mod graphs;
mod bloodhound;
mod documents;
mod gate;
mod pictures;
mod deck;
mod paged;
mod document_format;

pub use answered::Answered;
pub use answered_difference::AnsweredDifference;
pub use asked_list::write_asked_list;
pub use assumed::unmatched_lines;
pub use bloodhound::{BLOODHOUND_FILES, BloodhoundFile, bloodhound_files, is_own_bloodhound_file};
pub use deck::{DeckPage, write_deck_html, write_deck_markdown, write_deck_pdf};
pub use difference::{BY_COUNT_ALONE, DifferenceEntry, DifferenceSection, difference_sections};
pub use difference_json::write_difference_json;
pub use document::{Block, Curve, Document, Item, Line, RowReference, Span, Table};
pub use document_format::{DocumentFormat, write_document};
pub use documents::difference::difference_document;
pub use documents::finding::finding_document;
pub use documents::fix_lists::{fix_lists_document, tasks_document};
pub use documents::glossary::add_glossary;
pub use documents::minutes::minutes_document;
pub use documents::owners::owners_document;
pub use documents::paths::{paths_document, route_document};
pub use documents::radius::radius_document;
pub use documents::reached_by::reached_by_document;
pub use documents::report::{report_document, report_document_of};
pub use documents::rotation::rotation_document;
pub use documents::tabletop::{tabletop_of_path, tabletop_of_path_from, tabletop_of_rotation};
pub use documents::what_if::what_if_document;
pub use finding_work::FindingWork;
pub use fix_lists::{
    AnsweredFixLists, AnsweredTasks, write_fix_lists_json, write_fix_lists_table, write_tasks_json,
    write_tasks_table,
};
pub use gate::{
    Baseline, BaselineReport, BaselineReportError, FailOn, FindingState, SarifContext, Verdict,
    hidden_report, verdict, verdict_document, write_junit, write_sarif, write_verdict_json,
};
pub use graphs::{GraphFileFormat, GraphPart, write_graph};
pub use handed_over::write_handed_over;
pub use html::write_html;
pub use inventory::write_inventory;
pub use markdown::write_markdown;
pub use owners::{AnsweredOwners, write_owners_json};
pub use paged::write_document_pdf;
pub use paths::{AnsweredPaths, AskedEnds, write_paths_json};
pub use pictures::{ReportPicture, report_picture, report_picture_svg, write_pdf, write_svg};
pub use radius::{AnsweredRadius, write_radius_json};
pub use reached_by::{AnsweredReachedBy, write_reached_by_json};
pub use rejected::{rejected, write_rejected};
pub use report::{write_report, write_report_parts, write_report_while};
pub use report_parts::ReportPart;
pub use report_schema::write_report_schema;
pub use rotation::{AnsweredRotation, write_rotation_json};
pub use row_text::{row_line, row_text};
pub use tables::{ExportTable, FirstRows, TableFileFormat, TableSource, write_table};
pub use text::{TextStyle, write_styled_text, write_text};
pub use what_if::{AnsweredWhatIf, write_what_if_json};
