//! Paths in the inspector: hop by hop, each with its credential and the rows behind it.

use egui::{RichText, ScrollArea, Ui};

use crate::analysis::{Path, Step, Subject, stated_hops};
use crate::app::commands::copied_text::{card_of_path, paths_text};
use crate::app::model::command::Command;
use crate::app::model::route::{Route, RouteOf};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::cut::ends;
use crate::app::panels::answers::parts::sentence_ui;
use crate::app::widgets::fold::{Fold, fold_ui};
use crate::app::widgets::note_field::note_field_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{chip_ui, note_button_ui, note_ui, subject_ui};
use crate::app::work::answers::Answers;
use crate::graph::EdgeIndex;
use crate::inventory::{Place, counted, grouped, shown};
use crate::project::{NoteOn, PathName, SubjectName};
use crate::scene::Face;

/// How many paths are shown hop by hop.
const MOST: usize = 60;

/// The inspector while paths are in question.
pub(crate) fn route_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let Some(route) = &context.model.route else { return };
    let route = route.clone();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 12.0);
        let title = RichText::new(title(context, &route)).font(font(Face::Strong, size::HEADING));
        ui.add(egui::Label::new(title.color(ink(context.theme.text))).wrap());
        if note_button_ui(ui, "Copy as text").clicked() {
            context.push(Command::Copy(paths_text(answers, &route.paths)));
        }
        match route.paths.as_slice() {
            [path] => {
                let hint = "A page for an exercise: start, what the players hear hop by hop, roles, questions";
                let card = note_button_ui(ui, "Copy as a tabletop card").on_hover_text(hint);
                if card.clicked() {
                    context.push(Command::Copy(card_of_path(answers, path)));
                }
                path_ui(ui, context, answers, path);
                let name = PathName::of(&answers.graph, path);
                let name = SubjectName::Path(Box::new(name));
                note_field_ui(ui, context, NoteOn::Subject(name));
            }
            paths => {
                let proof = "No cheaper set of credentials closes all of these paths";
                sentence_ui(ui, context, proof);
                for (index, path) in paths.iter().take(MOST).enumerate() {
                    let fold = Fold::new(context.theme, &ends(answers, path));
                    fold_ui(ui, context.theme, ("witness", index), fold, |ui| {
                        path_ui(ui, context, answers, path);
                    });
                }
                if paths.len() > MOST {
                    note_ui(
                        ui,
                        context.theme,
                        &format!("and {} more", grouped((paths.len() - MOST) as u64)),
                    );
                }
            }
        }
    });
}

fn title(context: &PanelContext<'_>, route: &Route) -> String {
    match route.of {
        RouteOf::Listed(at) => {
            let whole = context.model.listed_paths().map_or(0, <[Path]>::len);
            let row = context.model.row_of_path(at).unwrap_or(at);
            {
                let [row, whole] = [row as u64 + 1, whole as u64].map(grouped);
                format!("Path {row} of {whole}")
            }
        }
        RouteOf::Witness(_) => "A path of the proof".to_owned(),
        RouteOf::Proof => {
            format!("The proof: {}", counted(route.paths.len(), "path", "paths"))
        }
        RouteOf::Unbreakable => "The path that nothing may cut".to_owned(),
        RouteOf::Scene => match route.paths.len() {
            1 => "The path of the scene".to_owned(),
            several => format!("The scene: {}", counted(several, "path", "paths")),
        },
    }
}

fn path_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, path: &Path) {
    ui.horizontal_wrapped(|ui| {
        sentence_ui(ui, context, &counted(path.hops.len(), "hop", "hops"));
        if !path.is_stated(&answers.graph) {
            chip_ui(ui, context.theme, "assumed", ink(context.theme.muted));
        }
    });
    subject_ui(ui, context, Subject::Instance(path.from));
    for (hop, stated) in path.hops.iter().zip(stated_hops(&answers.graph, &path.hops)) {
        hop_ui(ui, context, answers, (hop, stated));
    }
}

/// One hop: where the credential was found, and what it opened, each with its row.
fn hop_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    (hop, stated): (&Step, bool),
) {
    let graph = &answers.graph;
    let found = hop.from.and_then(|from| graph.held_for(from, hop.edge));
    let (held, opened) = graph.places_of_hop(hop.from, hop.edge);
    ui.indent(("hop", hop.to.0), |ui| {
        subject_ui(ui, context, Subject::Credential(hop.credential));
        if !stated {
            note_ui(ui, context.theme, "this hop is assumed");
        }
        if let Some(edge) = found {
            edge_ui(ui, context, answers, ("found there", edge, held));
        }
        edge_ui(ui, context, answers, ("opens the next", hop.edge, opened));
    });
    subject_ui(ui, context, Subject::Instance(hop.to));
}

fn edge_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    answers: &Answers,
    (word, edge, place): (&str, EdgeIndex, Option<Place>),
) {
    let graph = &answers.graph;
    let whole = graph.evidence(edge).len();
    let first = place.map(|place| graph.inventory().place_text(place));
    let place = first.map(|place| shown(&place).into_owned()).unwrap_or_default();
    let more = if whole > 1 { format!(" and {} more", whole - 1) } else { String::new() };
    let known = graph.edge(edge);
    let assumed = match (known.assumed, known.level_assumed()) {
        (true, _) => ", assumed",
        (false, true) => ", level assumed",
        (false, false) => "",
    };
    let disputed = context.model.disputed.link_words(edge);
    note_ui(ui, context.theme, &format!("{word}{assumed}{disputed}: {place}{more}"));
}
