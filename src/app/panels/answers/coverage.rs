//! What the answers rest on: the ends, and what the inventory cannot say.

use egui::{RichText, Ui};

use crate::analysis::{Silence, Subject};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::parts::{sentence_ui, side_by_side_ui};
use crate::app::panels::answers::standing::ends_of;
use crate::app::widgets::fold::{Fold, fold_ui};
use crate::app::widgets::pages::{PAGE, page_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{capitalised, heading_ui, note_ui, subject_ui};
use crate::app::work::answers::Answers;
use crate::graph::InstanceIndex;
use crate::inventory::{counted, grouped, shown};
use crate::scene::Face;

/// The tab.
pub(crate) fn coverage_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    side_by_side_ui(ui, context, |ui, context, left| {
        if left { gaps_ui(ui, context, answers) } else { ends_ui(ui, context, answers) }
    });
}

fn title_ui(ui: &mut Ui, context: &PanelContext<'_>, text: &str) {
    let title = RichText::new(text).font(font(Face::Strong, size::BODY));
    ui.label(title.color(ink(context.theme.text)));
}

fn gaps_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    title_ui(ui, context, "What the inventory cannot say");
    sentence_ui(ui, context, "Silence is not safety: what no row says, no answer here can show");
    let inventory = answers.graph.inventory();
    for fact in crate::analysis::unread_facts(inventory) {
        sentence_ui(ui, context, &capitalised(&shown(&fact.words(inventory))));
    }
    let coverage = &answers.coverage;
    if let Some(text) = coverage.assumed_words() {
        sentence_ui(ui, context, &text);
    }
    for silence in Silence::ALL {
        let gap = silence.gap(coverage);
        let text = format!("{} {}", grouped(gap.missing as u64), silence.words(gap));
        if gap.missing == 0 {
            note_ui(ui, context.theme, &text);
            continue;
        }
        let fold = Fold::new(context.theme, &text);
        fold_ui(ui, context.theme, silence, fold, |ui| {
            let page = page_ui(ui, context.theme, silence, (gap.missing, PAGE));
            let members = silence.members(&answers.graph);
            for subject in members.skip(page.start).take(page.len()) {
                subject_ui(ui, context, subject);
            }
        });
    }
}

fn ends_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    title_ui(ui, context, "Ends");
    let exposure = &answers.exposure;
    if exposure.pairs == 0 {
        sentence_ui(ui, context, &exposure.sentence());
    } else {
        let pairs = format!(
            "{} × {} make {}, not counting an instance with itself",
            counted(exposure.entry_points, "entry point", "entry points"),
            counted(exposure.crown_jewels, "crown jewel", "crown jewels"),
            counted(exposure.pairs as usize, "pair", "pairs")
        );
        sentence_ui(ui, context, &pairs);
    }
    let ends = &answers.ends;
    let lists = [
        ("Entry points", &ends.entry_points, "Entry point"),
        ("Crown jewels", &ends.crown_jewels, "Crown jewel"),
        ("Already fallen", &ends.already_fallen, "Already fallen"),
    ];
    for (name, members, what) in lists {
        if members.is_empty() {
            continue;
        }
        heading_ui(ui, context.theme, &format!("{name} {}", grouped(members.len() as u64)));
        let page = page_ui(ui, context.theme, name, (members.len(), PAGE));
        let members = members.get(page).unwrap_or_default();
        let whys: Vec<&str> = members.iter().map(|&at| why(answers, at, what)).collect();
        let same = whys.windows(2).all(|pair| pair.first() == pair.last());
        if let Some(first) = whys.first().filter(|_| same) {
            note_ui(ui, context.theme, &capitalised(first));
        }
        for (&at, why) in members.iter().zip(&whys) {
            end_ui(ui, context, (at, if same { "" } else { why }));
        }
    }
}

/// Why an instance is what it is.
fn why(answers: &Answers, at: InstanceIndex, what: &str) -> &'static str {
    let found = ends_of(answers, at).into_iter().find(|(word, _)| *word == what);
    found.map_or("", |(_, why)| why)
}

fn end_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (at, why): (InstanceIndex, &str)) {
    ui.horizontal(|ui| {
        subject_ui(ui, context, Subject::Instance(at));
        let text = RichText::new(why).size(size::NOTE).color(ink(context.theme.muted));
        ui.add(egui::Label::new(text).truncate());
    });
}
