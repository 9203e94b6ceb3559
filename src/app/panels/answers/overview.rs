//! Environment by environment, and owner by owner: how many live credentials lead from one to another; a
//! click lists them.

use std::collections::BTreeMap;

use egui::{Grid, RichText, Ui};

use crate::analysis::LeadingAcross;
use crate::app::model::command::{Command, SightCommand, TableCommand};
use crate::app::model::query::NOBODY;
use crate::app::model::tab::Tab;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::figures::stated_beside;
use crate::app::panels::answers::parts::sentence_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{note_ui, whole_link_ui};
use crate::app::work::answers::Answers;
use crate::graph::{EnvironmentIndex, OwnerIndex};
use crate::inventory::{grouped, shown};
use crate::scene::Face;

/// Up to this many environments have rows and columns: those with most credentials between them.
const MOST: usize = 24;

/// How far the two tables stand apart, in points.
const BETWEEN: f32 = 48.0;

/// Counts between what stands in rows and in columns.
struct Pairs<'a, T> {
    /// What a row and a column are.
    noun: &'static str,
    /// Rows and columns in their order.
    listed: Vec<T>,
    left_out: usize,
    counts: &'a BTreeMap<(T, T), LeadingAcross>,
    /// What one is called: a search text can name it so.
    name: &'a dyn Fn(T) -> String,
    /// How a credential is found that is held by a row, and that opens a column.
    keys: [&'static str; 2],
    /// The same in words.
    words: [&'static str; 2],
}

/// The tab.
pub(crate) fn overview_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    if answers.environment_pairs.is_empty() {
        note_ui(ui, context.theme, "No live credential is held in one place and opens another");
        return;
    }
    let text = "Live credentials that are held in the environment of the row, or by a service of its \
                owner, and open something in that of the column; a click lists them";
    let environment =
        |at: EnvironmentIndex| answers.graph.environment(at).display().replace('"', "");
    let owner = |at: Option<OwnerIndex>| {
        at.map_or(NOBODY.to_owned(), |at| answers.graph.owner_name(at).replace('"', ""))
    };
    egui::ScrollArea::both().id_salt("environments").show(ui, |ui| {
        sentence_ui(ui, context, text);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = BETWEEN;
            let (listed, left_out) = environments(answers);
            let pairs = Pairs {
                noun: "environments",
                listed,
                left_out,
                counts: &answers.environment_pairs,
                name: &environment,
                keys: ["held", "opens"],
                words: ["Held in", "opens"],
            };
            pairs_ui(ui, context, &pairs);
            let found = &answers.owner_pairs;
            if found.owners.iter().all(Option::is_none) {
                note_ui(ui, context.theme, "No row says who owns a service");
                return;
            }
            let pairs = Pairs {
                noun: "owners",
                listed: found.owners.clone(),
                left_out: found.left_out,
                counts: &found.counts,
                name: &owner,
                keys: ["holder", "target"],
                words: ["Held by services of", "opens services of"],
            };
            pairs_ui(ui, context, &pairs);
        });
    });
}

/// One of the tables.
fn pairs_ui<T: Copy + Ord>(ui: &mut Ui, context: &mut PanelContext<'_>, pairs: &Pairs<'_, T>) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        Grid::new(pairs.noun).spacing([18.0, 4.0]).show(ui, |ui| {
            let strong = |text: &str| {
                let text = RichText::new(text).font(font(Face::Strong, size::NOTE));
                text.color(ink(context.theme.second))
            };
            let named = |at: T| strong(&shown(&(pairs.name)(at)));
            ui.label(strong(&format!("{} \\ {}", pairs.words[0].to_lowercase(), pairs.words[1])));
            for &at in &pairs.listed {
                ui.label(named(at));
            }
            ui.end_row();
            for &from in &pairs.listed {
                ui.label(named(from));
                for &to in &pairs.listed {
                    cell_ui(ui, context, pairs, (from, to));
                }
                ui.end_row();
            }
        });
        if pairs.left_out > 0 {
            let text = format!("{} more {} have fewer", grouped(pairs.left_out as u64), pairs.noun);
            note_ui(ui, context.theme, &text);
        }
    });
}

/// The environments with most credentials between them, in order of tier, and how many are left out.
fn environments(answers: &Answers) -> (Vec<EnvironmentIndex>, usize) {
    let mut counts = BTreeMap::<EnvironmentIndex, u64>::new();
    for (&(from, to), &count) in &answers.environment_pairs {
        for at in [from, to] {
            *counts.entry(at).or_default() += u64::from(count.all);
        }
    }
    let mut all: Vec<(EnvironmentIndex, u64)> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let left_out = all.len().saturating_sub(MOST);
    let mut listed: Vec<EnvironmentIndex> = all.into_iter().take(MOST).map(|(at, _)| at).collect();
    listed.sort_by_key(|&at| (answers.graph.environment(at).tier, at));
    (listed, left_out)
}

/// A figure that lists what it counts, and the stated part of it where that is less; nothing where there is
/// none.
fn cell_ui<T: Copy + Ord>(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    pairs: &Pairs<'_, T>,
    at: (T, T),
) {
    let Some(&LeadingAcross { all, stated }) = pairs.counts.get(&at) else {
        note_ui(ui, context.theme, "·");
        return;
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let beside = stated_beside(all.into(), Some(stated.into()));
        figure_ui(
            ui,
            context,
            pairs,
            at,
            &Figure { text: grouped(all.into()), ends: format!("{all}{beside}"), term: "" },
        );
        if stated == 0 {
            let text = RichText::new("assumed").size(size::NOTE).color(ink(context.theme.muted));
            ui.add(egui::Label::new(text).extend());
        } else if stated < all {
            let text = format!("{} stated", grouped(stated.into()));
            let ends = format!("{stated} stated");
            figure_ui(ui, context, pairs, at, &Figure { text, ends, term: " stated:yes" });
        }
    });
}

/// One figure of a cell: as it is read, what ends its description, and what more a search for what it counts asks.
struct Figure {
    text: String,
    ends: String,
    term: &'static str,
}

fn figure_ui<T: Copy + Ord>(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    pairs: &Pairs<'_, T>,
    (from, to): (T, T),
    figure: &Figure,
) {
    let link = whole_link_ui(ui, context.theme, &figure.text);
    let ([held, opens], [holder, target]) = (pairs.words, pairs.keys);
    let named = [from, to].map(|at| (pairs.name)(at));
    let [row, column] = named.each_ref().map(|name| shown(name));
    let said = format!("{held} {row}, {opens} {column}: {}", figure.ends);
    link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &said));
    if link.on_hover_text(&said).clicked() {
        let [from, to] = &named;
        let wanted = format!("{holder}:\"{from}\" {target}:\"{to}\" dead:no{}", figure.term);
        context.push(Command::ClearFilters);
        context.push(Command::Sight(SightCommand::OnlyFound(wanted)));
        context.push(Command::Table(TableCommand::Show(Tab::Credentials)));
    }
}
