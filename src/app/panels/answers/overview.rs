//! Environment by environment: how many live credentials lead from one into another; a click lists them.

use egui::{Grid, RichText, Ui};

use crate::app::model::command::{Command, SightCommand, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::parts::sentence_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{link_ui, note_ui};
use crate::app::work::answers::Answers;
use crate::graph::EnvironmentIndex;
use crate::inventory::{grouped, shown};
use crate::scene::Face;

/// Up to this many environments have rows and columns: those with most credentials between them.
const MOST: usize = 24;

/// The tab.
pub(crate) fn overview_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    if answers.environment_pairs.is_empty() {
        note_ui(ui, context.theme, "No live credential is held in one place and opens another");
        return;
    }
    let text = "Live credentials that are held in the environment of the row and open something in \
                that of the column; a click lists them";
    let (listed, left_out) = environments(answers);
    egui::ScrollArea::both().id_salt("environments").show(ui, |ui| {
        sentence_ui(ui, context, text);
        Grid::new("environment pairs").spacing([18.0, 4.0]).show(ui, |ui| {
            let strong = |text: &str| {
                let text = RichText::new(text).font(font(Face::Strong, size::NOTE));
                text.color(ink(context.theme.second))
            };
            ui.label(strong("held in \\ opens"));
            for at in &listed {
                ui.label(strong(&name(answers, *at)));
            }
            ui.end_row();
            for &from in &listed {
                ui.label(strong(&name(answers, from)));
                for &to in &listed {
                    cell_ui(ui, context, answers, (from, to));
                }
                ui.end_row();
            }
        });
        if left_out > 0 {
            let text = format!("{} more environments have fewer", grouped(left_out as u64));
            note_ui(ui, context.theme, &text);
        }
    });
}

fn name(answers: &Answers, at: EnvironmentIndex) -> String {
    shown(answers.graph.environment(at).display()).into_owned()
}

/// The environments with most credentials between them, in order of tier, and how many are left out.
fn environments(answers: &Answers) -> (Vec<EnvironmentIndex>, usize) {
    let mut counts = std::collections::BTreeMap::<EnvironmentIndex, u64>::new();
    for (&(from, to), &count) in &answers.environment_pairs {
        for at in [from, to] {
            *counts.entry(at).or_default() += u64::from(count);
        }
    }
    let mut all: Vec<(EnvironmentIndex, u64)> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let left_out = all.len().saturating_sub(MOST);
    let mut listed: Vec<EnvironmentIndex> = all.into_iter().take(MOST).map(|(at, _)| at).collect();
    listed.sort_by_key(|&at| (answers.graph.environment(at).tier, at));
    (listed, left_out)
}

/// A figure that lists what it counts; nothing where there is none.
fn cell_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    pair: (EnvironmentIndex, EnvironmentIndex),
) {
    let Some(&count) = answers.environment_pairs.get(&pair) else {
        note_ui(ui, context.theme, "·");
        return;
    };
    let label = |at: EnvironmentIndex| answers.graph.environment(at).display().replace('"', "");
    let link = link_ui(ui, context.theme, &grouped(count.into()));
    let (from, to) = (label(pair.0), label(pair.1));
    let said = format!("Held in {}, opens {}: {count}", shown(&from), shown(&to));
    link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &said));
    if link.on_hover_text(&said).clicked() {
        let wanted = format!("held:\"{from}\" opens:\"{to}\" dead:no");
        context.push(Command::ClearFilters);
        context.push(Command::Sight(SightCommand::OnlyFound(wanted)));
        context.push(Command::Table(TableCommand::Show(Tab::Credentials)));
    }
}
