//! The wizard: files as they would be understood, every guess a control, before anything is opened.

use egui::{Align, Layout, RichText, ScrollArea, Sense, Ui};
use egui_extras::{Column, TableBuilder};

use crate::app::model::command::{Command, StageChoice, StageCommand};
use crate::app::model::staging::{Staging, by_word};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::PanelContext;
use crate::app::panels::staged_rows::rows_ui;
use crate::app::widgets::parts::{chip_ui, heading_ui, note_ui, strong_button_ui};
use crate::app::work::staged_files::{ImportCounts, ReplacementSummary};
use crate::import::{DELIMITERS, Preview, PreviewColumn, delimiter_name, meaning_word, meanings};
use crate::inventory::counted;
use crate::inventory::shown;
use crate::scene::{Face, Theme};

/// Delimiters with their names.
const QUOTES: [(char, &str); 2] = [('"', "double quote"), ('\'', "single quote")];
const ENCODINGS: [&str; 8] = [
    "utf-8",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "utf-16le",
    "utf-16be",
    "shift_jis",
    "gb18030",
];

/// The wizard, in place of the map.
pub(crate) fn wizard_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(staging) = &context.model.staging else { return };
    let (theme, out) = (context.theme, &mut *context.commands);
    let mut push = |command: StageCommand| out.push(Command::Stage(command));
    head_ui(ui, theme, staging, &mut push);
    if let Some(notice) = &context.model.notice {
        note_ui(ui, theme, &crate::app::panels::bars::capitalised(notice));
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
            tables_ui(ui, theme, (staging, preview), &mut push);
            missing_ui(ui, theme, preview);
            secrets_ui(ui, theme, (staging, preview), &mut push);
            ui.add_space(4.0);
            columns_ui(ui, theme, preview, &mut push);
            rows_ui(ui, theme, preview);
        }
    }
}

type Push<'a> = &'a mut dyn FnMut(StageCommand);

/// What is staged, what will happen, and the two ways out.
fn head_ui(ui: &mut Ui, theme: &Theme, staging: &Staging, push: Push<'_>) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let waits = if staging.wanted { "Importing…" } else { "Import" };
            let import =
                ui.add_enabled_ui(!is_empty(staging), |ui| strong_button_ui(ui, theme, waits));
            let import = import.inner.on_disabled_hover_text("No row of it can be taken");
            if import.on_hover_text("Open it in place of what is open (Enter)").clicked() {
                push(StageCommand::Commit);
            }
            let cancel = ui.button("Cancel the import");
            if cancel.on_hover_text("Leave what is open as it is (Esc)").clicked() {
                push(StageCommand::Cancel);
            }
            let savable = matches!(staging.preview(), Some(Ok(preview)) if preview.recognised);
            if ui.add_enabled(savable, egui::Button::new("Save the mapping…")).clicked() {
                push(StageCommand::SaveMapping);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = RichText::new("Is this how it is meant?");
                let title = title.font(font(Face::Strong, size::HEADING));
                ui.label(title.color(ink(theme.text)));
            });
        });
    });
    let (text, wrong) = numbers(staging);
    let colour = if wrong { theme.severity[1] } else { theme.second };
    ui.add(egui::Label::new(RichText::new(text).color(ink(colour))).wrap());
    if let Some(Ok(ImportCounts { beside: Some(beside), .. })) = &staging.result {
        note_ui(ui, theme, &replaced(beside));
    }
}

/// Whether it was counted, and no row would be taken.
fn is_empty(staging: &Staging) -> bool {
    let result = staging.result.as_ref().and_then(|result| result.as_ref().ok());
    result.is_some_and(ImportCounts::is_empty)
}

/// What becomes of what is open, in numbers.
fn replaced(beside: &ReplacementSummary) -> String {
    let ReplacementSummary { open, stay, come, is_newer } = *beside;
    let told = format!(
        "It takes the place of what is open. Of the {} there {stay} are in it too, by their ids, and \
         {} go; {come} come. Undo brings it back.",
        counted(open, "credential", "credentials"),
        open - stay,
    );
    if is_newer {
        format!("{told} It is a newer export of it: what is different is shown first.")
    } else {
        told
    }
}

/// What will happen, in numbers.
fn numbers(staging: &Staging) -> (String, bool) {
    let mut known = staging.files.previews.values().filter_map(|preview| preview.as_ref().ok());
    if known.any(Preview::is_held_back) {
        let text = "Nothing is imported yet: what holds secrets is said to mean something else";
        return (text.to_owned(), true);
    }
    let mut known = staging.files.previews.values().filter_map(|preview| preview.as_ref().ok());
    let unknown = known.find(|preview| !preview.recognised);
    if let (Some(preview), Some(Err(_))) = (unknown, &staging.result) {
        let table = shown(&preview.table);
        let text = format!("Nothing is imported yet: no header is known in {table}");
        return (text, true);
    }
    match &staging.result {
        None => ("Counting what will come of it…".to_owned(), false),
        Some(Err(message)) => (super::bars::capitalised(&shown(message)), true),
        Some(Ok(ImportCounts { inventory, .. })) => {
            let ledger = inventory.ledger();
            let text = format!(
                "{}: {} accepted, {} merged, {} skipped, {} rejected → {}, {}",
                counted(ledger.read() as usize, "row", "rows"),
                ledger.accepted,
                ledger.merged,
                ledger.skipped,
                ledger.rejected,
                counted(inventory.identities.len(), "credential", "credentials"),
                counted(inventory.instances.len(), "service instance", "service instances"),
            );
            (text, false)
        }
    }
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
            let text = RichText::new(format!("Decide for all {alike} files of this shape"));
            let text = text.size(size::NOTE).color(ink(theme.second));
            if ui.checkbox(&mut on, text).changed() {
                push(StageCommand::ForAll(on));
            }
        }
    });
}

/// How the file is written: every guess is a control.
fn written_ui(
    ui: &mut Ui,
    theme: &Theme,
    (staging, preview): (&Staging, &Preview),
    push: Push<'_>,
) {
    let said = staging.said();
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        let note = |text: String| RichText::new(text).size(size::NOTE).color(ink(theme.second));
        if preview.delimiter.is_some() {
            let name = preview.delimiter.map_or_else(String::new, delimiter_name);
            let options = DELIMITERS.map(|(sign, name)| (Some(sign), name));
            choice_ui(ui, "Delimiter", (&name, said.delimiter.is_some()), &options, &mut |sign| {
                push(StageCommand::Choose(StageChoice::Delimiter(sign)));
            });
            let name = name_of(&QUOTES, preview.quote);
            let options = QUOTES.map(|(sign, name)| (Some(sign), name));
            choice_ui(ui, "Quote", (name, said.quote.is_some()), &options, &mut |sign| {
                push(StageCommand::Choose(StageChoice::Quote(sign)));
            });
            let is = preview.written.first().map_or("", String::as_str);
            let is = is.trim_start_matches("encoding: ");
            let options = ENCODINGS.map(|name| (Some(name), name));
            choice_ui(ui, "Encoding", (is, said.encoding.is_some()), &options, &mut |name| {
                push(StageCommand::Choose(StageChoice::Encoding(name)));
            });
            header_ui(ui, (preview, said.header_line.is_some()), push);
        } else {
            ui.label(note(preview.written.join(", ")));
        }
        if let Some(name) = preview.read_as {
            chip_ui(ui, theme, &format!("read as: {name}"), ink(theme.second));
        } else if preview.recognised {
            chip_ui(ui, theme, by_word(preview.by), ink(theme.second));
        }
        if !said.is_silent() && ui.button("As detected").clicked() {
            push(StageCommand::Choose(StageChoice::AsFound));
        }
    });
}

fn name_of(names: &[(char, &'static str)], sign: Option<char>) -> &'static str {
    names.iter().find(|(own, _)| Some(*own) == sign).map_or("other", |(_, name)| name)
}

/// One thing that was found out, with what it could be instead.
fn choice_ui<T: Copy>(
    ui: &mut Ui,
    label: &str,
    (is, said): (&str, bool),
    options: &[(Option<T>, &str)],
    choose: &mut dyn FnMut(Option<T>),
) {
    let how = if said { "you said so" } else { "detected" };
    ui.label(RichText::new(label).size(size::NOTE));
    let text = RichText::new(format!("{is} · {how}")).size(size::NOTE);
    let shown =
        egui::ComboBox::from_id_salt(label).height(420.0).selected_text(text).show_ui(ui, |ui| {
            if ui.selectable_label(!said, "as detected").clicked() {
                choose(None);
            }
            for (value, name) in options {
                if ui.selectable_label(said && *name == is, *name).clicked() {
                    choose(*value);
                }
            }
        });
    let name = format!("{label}: {is}, {how}");
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
}

/// What stands for a header in a table that has none.
const NO_HEADER: &str = "no header";

fn header_ui(ui: &mut Ui, (preview, said): (&Preview, bool), push: Push<'_>) {
    let is = match preview.header_line {
        0 if preview.mapping.header_line == Some(0) => NO_HEADER.to_owned(),
        0 if preview.recognised => "as in the part before".to_owned(),
        0 => "none known".to_owned(),
        line => format!("line {line}"),
    };
    let lines: Vec<String> = (1..=12_u32).map(|line| format!("line {line}")).collect();
    let lines = (1..=12).zip(&lines).map(|(line, name)| (Some(line), name.as_str()));
    let options: Vec<(Option<u32>, &str)> =
        std::iter::once((Some(0), NO_HEADER)).chain(lines).collect();
    choice_ui(ui, "Header", (&is, said), &options, &mut |line| {
        push(StageCommand::Choose(StageChoice::HeaderLine(line)));
    });
}

/// Which of several tables is in sight: those that an archive packs, the parts of a folder.
fn tables_ui(ui: &mut Ui, theme: &Theme, (staging, preview): (&Staging, &Preview), push: Push<'_>) {
    let count = preview.tables.len();
    if count < 2 {
        return;
    }
    ui.horizontal(|ui| {
        ui.label(RichText::new("Table").size(size::NOTE));
        let name = |at: usize| preview.tables.get(at).map_or("", String::as_str);
        let is = format!("{} · {} of {count}", name(preview.at), preview.at + 1);
        let combo = egui::ComboBox::from_id_salt(("table", staging.at))
            .width(320.0)
            .height(360.0)
            .truncate()
            .selected_text(RichText::new(&is).size(size::NOTE));
        let menu = combo.show_ui(ui, |ui| {
            for at in 0..count {
                if ui.selectable_label(at == preview.at, name(at)).clicked() {
                    push(StageCommand::ShowTable(at));
                }
            }
        });
        let label = format!("Table: {is}");
        menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
        note_ui(
            ui,
            theme,
            &format!(
                "All {count} are imported. What you say of how they are written serves all; \
                 meanings serve those with the columns of this one"
            ),
        );
    });
}

/// Columns of secrets that are said to mean something else: why nothing is imported, and what to do.
fn secrets_ui(
    ui: &mut Ui,
    theme: &Theme,
    (staging, preview): (&Staging, &Preview),
    push: Push<'_>,
) {
    let said = staging.said();
    for (at, column) in preview.columns.iter().enumerate() {
        let Some(sign) = column.secrets else { continue };
        let ticked = said.columns.iter().any(|columns| columns.no_secrets_in.contains(&at));
        let (heading, meaning) = (&column.heading, meaning_word(column.meaning));
        let told = if column.harmless {
            format!("“{heading}” {sign}; it is read as the {meaning} all the same")
        } else {
            format!(
                "“{heading}” {sign}, and is said to be the {meaning}: secret values would be kept \
                 as names, so nothing is imported. Call it the secret value or not used, or say that"
            )
        };
        let grave = if column.harmless { theme.muted } else { theme.severity[1] };
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("⚠").size(size::NOTE).color(ink(grave)));
            ui.label(RichText::new(told).size(size::NOTE).color(ink(theme.text)));
            if column.harmless && !ticked {
                note_ui(ui, theme, "The mapping says that it holds no secret values");
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
    for told in &preview.missing {
        ui.horizontal(|ui| {
            let grave = !(preview.names_credentials && preview.names_services);
            let colour = if grave { theme.severity[1] } else { theme.muted };
            ui.label(RichText::new("⚠").size(size::NOTE).color(ink(colour)));
            let text = RichText::new(super::bars::capitalised(told)).size(size::NOTE);
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
            "Each row of this export speaks of several credentials, and each of them has columns \
             of its own: what they mean is settled by the format and cannot be chosen here",
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
                    ui.label(mark).on_hover_text("unsure: look at it");
                }
            });
            row.col(|ui| {
                ui.add(egui::Label::new(RichText::new(&column.heading)).truncate());
            });
            row.col(|ui| meaning_ui(ui, (at, column), preview.fixed, push));
            row.col(|ui| {
                let text = RichText::new(super::bars::capitalised(&column.reason)).size(size::NOTE);
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
            // First, for it is the choice that needs no looking for.
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
