//! The figures at the top of the inspector: those that say most, each with its whole and with what stated
//! access alone gives.

use egui::{RichText, Ui};

use crate::analysis::Subject;
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::work::answers::Answers;
use crate::graph::{AccessGraph, EdgeIndex};
use crate::inventory::{grouped, live_and_dead};
use crate::scene::Face;

/// What stands behind a figure of which stated access gives less; empty where it gives as much.
pub(crate) fn stated_beside(all: u64, stated: Option<u64>) -> String {
    let fewer = stated.filter(|stated| *stated < all);
    fewer.map_or_else(String::new, |stated| format!(", {} stated", grouped(stated)))
}

/// A figure, of what it is, and how much stated access alone gives.
struct Counted {
    text: String,
    of: &'static str,
    all: u64,
    stated: u64,
}

pub(crate) fn figures_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    answers: &Answers,
    subject: Subject,
) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        for Counted { text, of, all, stated } in figures(context, answers, subject) {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let text = RichText::new(text).font(font(Face::Strong, size::BODY));
                ui.label(text.color(ink(context.theme.text)));
                note_ui(ui, context.theme, of);
                if stated < all {
                    note_ui(ui, context.theme, &format!("{} stated", grouped(stated)));
                }
            });
        }
    });
}

fn figures(context: &PanelContext<'_>, answers: &Answers, subject: Subject) -> Vec<Counted> {
    let (graph, exposure) = (&answers.graph, &answers.exposure);
    let of = |part: u64, whole: u64| format!("{} of {}", grouped(part), grouped(whole));
    let mut figures = Vec::new();
    match subject {
        Subject::Credential(at) => {
            if let Some(judged) = &context.model.assessment {
                let (all, stated) = (judged.pairs_on(at), judged.pairs_stated_on(at));
                let text = of(all, exposure.connected_pairs);
                figures.push(Counted { text, of: "pairs hang on it", all, stated });
            }
            figures.push(links(graph, graph.held_by(at), "hold it"));
            figures.push(links(graph, graph.grants(at), "it opens"));
        }
        Subject::Instance(at) => {
            let (all, stated) = answers.reached_by.of(at);
            let (all, stated) = (u64::from(all), u64::from(stated));
            let text = of(all, answers.ends.entry_points_beside(at) as u64);
            let of = if answers.ends.is_entry_point(at) {
                "other entry points reach it"
            } else {
                "entry points reach it"
            };
            figures.push(Counted { text, of, all, stated });
            figures.push(live_links(graph, graph.holds(at), "it holds"));
            figures.push(live_links(graph, graph.granted_by(at), "open it"));
        }
    }
    figures
}

/// Links of several credentials, dead ones apart.
fn live_links(graph: &AccessGraph, edges: &[EdgeIndex], of: &'static str) -> Counted {
    let dead = graph.dead_among(edges);
    let is_live = |edge: &&EdgeIndex| graph.credential(graph.edge(**edge).credential).is_live();
    let stated = edges.iter().filter(is_live).filter(|&&edge| !graph.edge(edge).assumed).count();
    let text = live_and_dead(edges.len(), dead);
    Counted { text, of, all: (edges.len() - dead) as u64, stated: stated as u64 }
}

/// Links of one credential.
fn links(graph: &AccessGraph, edges: &[EdgeIndex], of: &'static str) -> Counted {
    let all = edges.len() as u64;
    let stated = edges.iter().filter(|&&edge| !graph.edge(edge).assumed).count() as u64;
    Counted { text: grouped(all), of, all, stated }
}
