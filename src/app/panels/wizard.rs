//! The wizard: files as they would be understood, every guess a control, before anything is opened.

use egui::{Align, Layout, RichText, ScrollArea, Sense, Ui};
use egui_extras::{Column, TableBuilder};

use crate::app::model::command::{Command, StageChoice, StageCommand};
use crate::app::model::staging::Staging;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::staged_rows::rows_ui;
use crate::app::panels::wizard_dialect::{Push, tables_ui, written_ui};
use crate::app::panels::wizard_parts::parts_ui;
use crate::app::panels::wizard_words::words_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{capitalised, heading_ui, note_ui, strong_button_ui};
use crate::app::work::staged_files::{ImportCounts, ReplacementSummary};
use crate::import::{Preview, PreviewColumn, meaning_word, meanings};
use crate::inventory::{Ledger, counted, shown};
use crate::scene::{Face, Theme};

/// The wizard, in place of the map.
pub(crate) fn wizard_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(staging) = &context.model.staging else { return };
    let (theme, out) = (context.theme, &mut *context.commands);
    let mut push = |command: StageCommand| out.push(Command::Stage(command));
    head_ui(ui, theme, staging, &mut push);
    if context.model.answers.is_some() {
        let can_add = context.model.project.sources.opening.is_some();
        placement_ui(ui, (staging, can_add), &mut push);
    }
    outcome_ui(ui, theme, staging);
    if let Some(notice) = &context.model.notice {
        note_ui(ui, theme, &capitalised(notice));
    }
    files_ui(ui, theme, staging, &mut push);
    match staging.preview() {
        None => {}
        Some(Err(message)) => {
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                ui.label(RichText::new("⚠").color(ink(theme.severity[1])));
                ui.add(egui::Label::new(shown(message)).wrap());
            });
        }
        Some(Ok(preview)) => {
            written_ui(ui, theme, (staging, preview), &mut push);
            parts_ui(ui, preview, &mut push);
            tables_ui(ui, theme, (staging, preview), &mut push);
            missing_ui(ui, theme, preview);
            words_ui(ui, theme, preview, &mut push);
            secrets_ui(ui, theme, (staging, preview), &mut push);
            ui.add_space(4.0);
            columns_ui(ui, theme, preview, &mut push);
            rows_ui(ui, theme, preview);
        }
    }
}

/// What is staged, what will happen, and the two ways out.
fn head_ui(ui: &mut Ui, theme: &Theme, staging: &Staging, push: Push<'_>) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let waits = if staging.wanted { "Importing…" } else { "Import" };
            let blocked = blocked(staging);
            let import =
                ui.add_enabled_ui(blocked.is_none(), |ui| strong_button_ui(ui, theme, waits));
            let import = import.inner.on_disabled_hover_text(blocked.unwrap_or_default());
            let does = match staging.base {
                Some(_) => "Add it to what is open (Enter)",
                None => "Open it in place of what is open (Enter)",
            };
            if import.on_hover_text(does).clicked() {
                push(StageCommand::Commit);
            }
            let cancel = ui.button("Cancel the import");
            if cancel.on_hover_text("Leave what is open as it is (Esc)").clicked() {
                push(StageCommand::Cancel);
            }
            let savable = matches!(staging.preview(), Some(Ok(preview)) if preview.recognised);
            if ui.add_enabled(savable, egui::Button::new("Save the column mapping…")).clicked() {
                push(StageCommand::SaveMapping);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = RichText::new("Check how the file is read");
                let title = title.font(font(Face::Strong, size::HEADING));
                ui.label(title.color(ink(theme.text)));
            });
        });
    });
}

/// Whether it is added to what is open or takes its place.
fn placement_ui(ui: &mut Ui, (staging, can_add): (&Staging, bool), push: Push<'_>) {
    ui.horizontal(|ui| {
        let adds = staging.base.is_some();
        let text = |text: &str| RichText::new(text).size(size::NOTE);
        if ui.selectable_label(!adds, text("Replace what is open")).clicked() && adds {
            push(StageCommand::AddToOpen(false));
        }
        let add = egui::Button::selectable(adds, text("Add to what is open"));
        let why = "What is open was pasted and is not kept; open all files together";
        if ui.add_enabled(can_add, add).on_disabled_hover_text(why).clicked() && !adds {
            push(StageCommand::AddToOpen(true));
        }
    });
}

/// What will come of it, in numbers, and what each source brings.
fn outcome_ui(ui: &mut Ui, theme: &Theme, staging: &Staging) {
    let (text, wrong) = numbers(staging);
    let colour = if wrong { theme.severity[1] } else { theme.second };
    ui.add(egui::Label::new(RichText::new(text).color(ink(colour))).wrap());
    let Some(Ok(counts)) = &staging.result else { return };
    let sources = &counts.inventory.sources;
    if sources.len() > 1 {
        let list = ScrollArea::vertical().id_salt("what each source brings").max_height(54.0);
        list.show(ui, |ui| {
            for source in sources {
                let text = format!("{}: {}", shown(&source.name), rows_of(&source.ledger));
                note_ui(ui, theme, &text);
            }
        });
    }
    if let Some(beside) = &counts.beside {
        let text = if staging.base.is_some() { added(beside) } else { replaced(beside) };
        note_ui(ui, theme, &text);
    }
}

/// Why nothing can be imported now.
fn blocked(staging: &Staging) -> Option<String> {
    let mut known = staging.files.previews.values().filter_map(|preview| preview.as_ref().ok());
    if known.any(Preview::is_held_back) {
        return Some("A column that holds secrets has another meaning: settle that first".into());
    }
    match &staging.result {
        Some(Err(message)) => Some(capitalised(&shown(message))),
        Some(Ok(counts)) if counts.is_empty() => Some("No row can be imported".to_owned()),
        Some(Ok(_)) | None => None,
    }
}

/// What becomes of what is open if this is added to it.
fn added(beside: &ReplacementSummary) -> String {
    let ReplacementSummary { open, come, .. } = *beside;
    format!(
        "It is added to {}; {come} {} new. Undo takes it away again.",
        counted(open, "open credential", "open credentials"),
        if come == 1 { "is" } else { "are" },
    )
}

/// What becomes of what is open, in numbers.
fn replaced(beside: &ReplacementSummary) -> String {
    let ReplacementSummary { open, stay, come, is_newer } = *beside;
    let summary = format!(
        "It replaces what is open. Of {}, {stay} stay and {} go; {come} {} new. Undo brings it back.",
        counted(open, "open credential", "open credentials"),
        open - stay,
        if come == 1 { "is" } else { "are" },
    );
    if is_newer {
        format!(
            "{summary} It is a newer export of the same inventory: the differences are shown first."
        )
    } else {
        summary
    }
}

/// What will happen, in numbers.
fn numbers(staging: &Staging) -> (String, bool) {
    let mut known = staging.files.previews.values().filter_map(|preview| preview.as_ref().ok());
    if known.any(Preview::is_held_back) {
        let text = "Nothing is imported yet: a column that holds secrets has another meaning";
        return (text.to_owned(), true);
    }
    let mut known = staging.files.previews.values().filter_map(|preview| preview.as_ref().ok());
    let unknown = known.find(|preview| !preview.recognised);
    if let (Some(preview), Some(Err(_))) = (unknown, &staging.result) {
        let table = shown(&preview.table);
        let text = format!("Nothing is imported yet: no header is recognised in {table}");
        return (text, true);
    }
    match &staging.result {
        None => ("Counting what will be imported…".to_owned(), false),
        Some(Err(message)) => (capitalised(&shown(message)), true),
        Some(Ok(ImportCounts { inventory, credentials, instances, .. })) => {
            let text = format!(
                "{} → {}, {}",
                rows_of(&inventory.ledger()),
                counted(*credentials, "credential", "credentials"),
                counted(*instances, "service instance", "service instances"),
            );
            (text, false)
        }
    }
}

/// What became of the rows, in numbers.
fn rows_of(ledger: &Ledger) -> String {
    format!(
        "{}: {} accepted, {} merged, {} skipped, {} rejected",
        counted(ledger.read() as usize, "row", "rows"),
        ledger.accepted,
        ledger.merged,
        ledger.skipped,
        ledger.rejected,
    )
}

/// The files, where there are several, and whether one decision serves those alike.
fn files_ui(ui: &mut Ui, theme: &Theme, staging: &Staging, push: Push<'_>) {
    let previews = &staging.files.previews;
    if previews.len() < 2 {
        return;
    }
    ui.horizontal(|ui| {
        ScrollArea::horizontal().id_salt("staged files").max_width(860.0).show(ui, |ui| {
            for (&at, preview) in previews {
                let Some(file) = staging.files.held.0.get(at) else { continue };
                let good = preview.as_ref().is_ok_and(|own| own.recognised && !own.is_held_back());
                let mark = if good { "" } else { "⚠ " };
                let is_folder = staging.files.held.parts(at).len() > 1;
                let name = file.part_of.as_ref().filter(|_| is_folder).unwrap_or(&file.name);
                let text = RichText::new(format!("{mark}{}", shown(name))).size(size::NOTE);
                if ui.selectable_label(at == staging.at, text).clicked() {
                    push(StageCommand::Show(at));
                }
            }
        });
        let alike = staging.alike().len();
        if alike > 1 {
            let mut on = staging.for_all;
            let text = RichText::new(format!("Decide for all {alike} files with these columns"));
            let text = text.size(size::NOTE).color(ink(theme.second));
            if ui.checkbox(&mut on, text).changed() {
                push(StageCommand::ForAll(on));
            }
        }
    });
}

/// Columns of secrets that were given another meaning: why nothing is imported, and what to do.
fn secrets_ui(
    ui: &mut Ui,
    theme: &Theme,
    (staging, preview): (&Staging, &Preview),
    push: Push<'_>,
) {
    let said = staging.overrides_in_sight();
    for (at, column) in preview.columns.iter().enumerate() {
        let Some(sign) = column.secrets else { continue };
        let ticked = said.columns.iter().any(|columns| {
            let is_about = columns.header.is_none_or(|header| header == preview.header_mark);
            is_about && columns.no_secrets_in.contains(&at)
        });
        let (heading, meaning) = (&column.heading, meaning_word(column.meaning));
        let text = if column.harmless {
            format!("“{heading}” {sign}; it is still read as {meaning}")
        } else {
            format!(
                "“{heading}” {sign}, but its meaning is {meaning}: secret values would be kept \
                 as names, so nothing is imported. Mark it as the secret value or not used, or say that"
            )
        };
        let grave = if column.harmless { theme.muted } else { theme.severity[1] };
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("⚠").size(size::NOTE).color(ink(grave)));
            ui.label(RichText::new(text).size(size::NOTE).color(ink(theme.text)));
            if column.harmless && !ticked {
                note_ui(ui, theme, "The column mapping says that it holds no secret values");
                return;
            }
            let mut on = ticked;
            let label = format!("“{heading}” holds no secret values");
            if ui.checkbox(&mut on, RichText::new(label).size(size::NOTE)).changed() {
                push(StageCommand::Choose(StageChoice::NoSecretsIn(at, on)));
            }
        });
    }
}

fn missing_ui(ui: &mut Ui, theme: &Theme, preview: &Preview) {
    for missing in &preview.missing {
        ui.horizontal(|ui| {
            let grave = !(preview.names_credentials && preview.names_services);
            let colour = if grave { theme.severity[1] } else { theme.muted };
            ui.label(RichText::new("⚠").size(size::NOTE).color(ink(colour)));
            let text = RichText::new(capitalised(missing)).size(size::NOTE);
            ui.add(egui::Label::new(text.color(ink(theme.second))).wrap());
        });
    }
}

/// Every column with what it means, and why.
fn columns_ui(ui: &mut Ui, theme: &Theme, preview: &Preview, push: Push<'_>) {
    let unsure = preview.columns.iter().filter(|column| column.unsure).count();
    let count = preview.columns.len();
    let columns = counted(count, "column and what it means", "columns and what they mean");
    heading_ui(ui, theme, &format!("{columns}, {unsure} unsure"));
    if preview.fixed && preview.recognised {
        note_ui(
            ui,
            theme,
            "Each row of this export describes several credentials, each with its own columns: \
             what they mean is settled by the format and cannot be chosen here",
        );
    }
    let height = (ui.available_height() * 0.46).max(120.0);
    let heading = (ui.available_width() * 0.22).clamp(160.0, 360.0);
    let table = TableBuilder::new(ui)
        .id_salt("staged columns")
        .sense(Sense::hover())
        .auto_shrink([false, true])
        .max_scroll_height(height)
        .min_scrolled_height(0.0)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(24.0))
        .column(Column::exact(heading).clip(true))
        .column(Column::exact(312.0))
        .column(Column::remainder().clip(true));
    table.body(|body| {
        body.rows(28.0, count, |mut row| {
            let at = row.index();
            let Some(column) = preview.columns.get(at) else { return };
            row.col(|ui| {
                if column.unsure {
                    let mark = RichText::new("?").color(ink(theme.severity[1]));
                    ui.label(mark).on_hover_text("unsure: check it");
                }
            });
            row.col(|ui| {
                ui.add(egui::Label::new(RichText::new(&column.heading)).truncate());
            });
            row.col(|ui| meaning_ui(ui, (at, column), preview.fixed, push));
            row.col(|ui| {
                let text = RichText::new(capitalised(&column.reason)).size(size::NOTE);
                ui.add(egui::Label::new(text.color(ink(theme.muted))).truncate());
            });
        });
    });
}

fn meaning_ui(ui: &mut Ui, (at, column): (usize, &PreviewColumn), fixed: bool, push: Push<'_>) {
    let word = meaning_word(column.meaning);
    ui.add_enabled_ui(!fixed, |ui| {
        let combo = egui::ComboBox::from_id_salt(("meaning", at))
            .width(294.0)
            .height(360.0)
            .truncate()
            .selected_text(RichText::new(word).size(size::NOTE));
        let shown = combo.show_ui(ui, |ui| {
            // First, so that nobody has to look for it.
            let mut names = meanings();
            names.rotate_right(1);
            for name in names {
                if ui.selectable_label(name == column.meaning, meaning_word(name)).clicked() {
                    push(StageCommand::Choose(StageChoice::Meaning(at, name)));
                }
            }
        });
        let name = format!("Meaning of {}: {word}", column.heading);
        shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
    });
}
