//! How a staged file is written: delimiter, quote, encoding, header, and which table is in sight.

use egui::{RichText, Ui};

use crate::app::model::command::{StageChoice, StageCommand};
use crate::app::model::staging::{Staging, by_word};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::parts::{chip_ui, note_ui};
use crate::import::{DELIMITERS, EnvironmentInNames, Preview, delimiter_name};
use crate::scene::Theme;

/// Where the wizard's controls put what is asked.
pub(crate) type Push<'a> = &'a mut dyn FnMut(StageCommand);

/// Quotes with their names.
const QUOTES: [(char, &str); 2] = [('"', "double quote"), ('\'', "single quote")];

/// The encodings offered.
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

/// How the file is written: every guess is a control.
pub(crate) fn written_ui(
    ui: &mut Ui,
    theme: &Theme,
    (staging, preview): (&Staging, &Preview),
    push: Push<'_>,
) {
    let said = staging.overrides_in_sight();
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
        } else {
            ui.label(note(preview.written.join(", ")));
        }
        if !preview.header.lines.is_empty() {
            header_ui(ui, (preview, said.header_line.is_some()), push);
            groups_ui(ui, (preview, said.has_groups.is_some()), push);
        }
    });
    ui.horizontal_wrapped(|ui| {
        names_ui(ui, (preview, said.environment_in_names.is_some()), push);
        if let Some(name) = &preview.read_as {
            chip_ui(ui, theme, &format!("read as: {name}"), ink(theme.second));
        } else if preview.recognised {
            chip_ui(ui, theme, by_word(preview.by), ink(theme.second));
        }
        if !staging.overrides().is_silent() && ui.button("As detected").clicked() {
            push(StageCommand::Choose(StageChoice::AsFound));
        }
        titles_ui(ui, theme, preview);
    });
}

fn name_of(names: &[(char, &'static str)], sign: Option<char>) -> &'static str {
    names.iter().find(|(own, _)| Some(*own) == sign).map_or("other", |(_, name)| name)
}

/// One thing that was detected, with what it could be instead.
fn choice_ui<T: Copy>(
    ui: &mut Ui,
    label: &str,
    (is, said): (&str, bool),
    options: &[(Option<T>, &str)],
    choose: &mut dyn FnMut(Option<T>),
) {
    let how = if said { "set by you" } else { "detected" };
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

/// Whether environments are read from the names of services, where names carry any.
fn names_ui(ui: &mut Ui, (preview, said): (&Preview, bool), push: Push<'_>) {
    let Some(decision) = preview.environment_in_names else { return };
    let is = match decision {
        EnvironmentInNames::Assumed => "read, as an assumption",
        EnvironmentInNames::Confirmed => CONFIRMED,
        EnvironmentInNames::Ignored => IGNORED,
    };
    let options = [
        (Some(EnvironmentInNames::Confirmed), CONFIRMED),
        (Some(EnvironmentInNames::Ignored), IGNORED),
    ];
    choice_ui(ui, "Environment in names", (is, said), &options, &mut |decision| {
        push(StageCommand::Choose(StageChoice::EnvironmentInNames(decision)));
    });
}

/// Names like `web-prod` say the environment for certain.
const CONFIRMED: &str = "read, confirmed";

/// Names like `web-prod` are read as they stand.
const IGNORED: &str = "not read";

/// What stands for a header in a table that has none.
const NO_HEADER: &str = "no header";

fn header_ui(ui: &mut Ui, (preview, said): (&Preview, bool), push: Push<'_>) {
    let is = match preview.header_line {
        0 if preview.mapping.header_line == Some(0) => NO_HEADER.to_owned(),
        0 if preview.recognised => "as in the part before".to_owned(),
        0 => "none known".to_owned(),
        line => line_name(preview, line),
    };
    let lines = &preview.header.lines;
    let names: Vec<String> = lines.iter().map(|line| line_name(preview, *line)).collect();
    let lines = lines.iter().zip(&names).map(|(line, name)| (Some(*line), name.as_str()));
    let options: Vec<(Option<u32>, &str)> =
        std::iter::once((Some(0), NO_HEADER)).chain(lines).collect();
    choice_ui(ui, "Header", (&is, said), &options, &mut |line| {
        push(StageCommand::Choose(StageChoice::HeaderLine(line)));
    });
}

/// A line as the file numbers it; a row as the worksheet does.
fn line_name(preview: &Preview, line: u32) -> String {
    format!("{} {line}", line_word(preview))
}

fn line_word(preview: &Preview) -> &'static str {
    if preview.delimiter.is_some() { "line" } else { "row" }
}

/// Whether the line above the header names groups of its columns.
fn groups_ui(ui: &mut Ui, (preview, said): (&Preview, bool), push: Push<'_>) {
    let header = &preview.header;
    if header.line_above == 0 {
        return;
    }
    let above = line_name(preview, header.line_above);
    let is = if header.group_line > 0 { above.as_str() } else { NO_GROUPS };
    let options = [(Some(false), NO_GROUPS), (Some(true), above.as_str())];
    choice_ui(ui, "Groups", (is, said), &options, &mut |has_groups| {
        push(StageCommand::Choose(StageChoice::Groups(has_groups)));
    });
}

/// What stands for groups in a table that names none.
const NO_GROUPS: &str = "not named";

/// Which lines above the header are titles, so that nobody misses a row.
fn titles_ui(ui: &mut Ui, theme: &Theme, preview: &Preview) {
    let titles = &preview.header.titles;
    let word = line_word(preview);
    let text = match (titles.as_slice(), titles.last()) {
        ([only], _) => format!("{word} {only} is a title and is not read"),
        ([first, ..], Some(last)) => {
            format!("{} {word}s from {first} to {last} are titles and are not read", titles.len())
        }
        _ => return,
    };
    note_ui(ui, theme, &text);
}

/// Which of several tables is in sight: those that an archive packs, the parts of a folder.
pub(crate) fn tables_ui(
    ui: &mut Ui,
    theme: &Theme,
    (staging, preview): (&Staging, &Preview),
    push: Push<'_>,
) {
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
        let holds = match preview.table_in_file {
            Some(_) => "Header and groups are set for each by itself",
            None => "What you set here holds for all of them",
        };
        let text = format!(
            "Each with a known header is imported. {holds}; meanings hold for those with the same \
             columns as this one"
        );
        note_ui(ui, theme, &text);
    });
}
