//! The inspector while an owner is in question: the figures, and all that is theirs.

use egui::{RichText, ScrollArea, Ui, vec2};

use crate::analysis::{OwnerFigures, Subject, is_alone, owner_label};
use crate::app::columns::owners::{findings, live_and_dead};
use crate::app::model::command::{Command, NamesCommand};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::figures::stated_beside;
use crate::app::panels::answers::parts::sentence_ui;
use crate::app::panels::answers::rotation_start::rotation_start_ui;
use crate::app::widgets::note_field::note_field_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, note_button_ui, subject_ui};
use crate::app::work::answers::Answers;
use crate::graph::{CredentialIndex, InstanceIndex, OwnerIndex};
use crate::inventory::{counted, shown};
use crate::project::{NoteOn, SubjectName};
use crate::scene::Face;

/// The height of a line of the list: only those in sight are drawn.
const ROW: f32 = 22.0;

/// The right panel.
pub(crate) fn owner_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    owner: Option<OwnerIndex>,
) {
    let Some(figures) = answers.owners.of(owner) else { return };
    let name = shown(owner_label(&answers.graph, owner)).into_owned();
    let title = RichText::new(&name).font(font(Face::Strong, size::HEADING));
    ui.add(egui::Label::new(title.color(ink(context.theme.text))).wrap());
    for line in lines(answers, figures, &name) {
        sentence_ui(ui, context, &line);
    }
    if let Some(owner) = owner {
        let start = SubjectName::Owner(answers.graph.owner_name(owner).to_owned());
        rotation_start_ui(ui, context, start.clone());
        pseudonym_ui(ui, context, &start);
        note_field_ui(ui, context, NoteOn::Subject(start));
    }
    let instances = counted(figures.service_instances, "service instance", "service instances");
    let credentials = live_and_dead(figures.credentials);
    let what = if owner.is_some() { "Theirs" } else { "Nobody\u{2019}s" };
    heading_ui(ui, context.theme, &format!("{what}: credentials {credentials}, {instances}"));
    let credentials: Vec<CredentialIndex> = answers.owners.credentials_of(owner).collect();
    let instances: Vec<InstanceIndex> = answers.owners.instances_of(owner).collect();
    let whole = credentials.len() + instances.len();
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().interact_size.y = ROW;
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, whole, |ui, rows| {
        for row in rows {
            let subject =
                credentials.get(row).copied().map(Subject::Credential).or_else(|| {
                    instances.get(row - credentials.len()).copied().map(Subject::Instance)
                });
            if let Some(subject) = subject {
                row_ui(ui, context, answers, (subject, owner));
            }
        }
    });
}

/// The way to a pseudonym of the user's own, while real names are in sight.
fn pseudonym_ui(ui: &mut Ui, context: &mut PanelContext<'_>, owner: &SubjectName) {
    if context.model.hidden.is_some() {
        return;
    }
    let chosen = context.model.project.pseudonyms.chosen_for(owner);
    let text = match chosen {
        Some(chosen) => format!("Pseudonym: {}…", shown(chosen)),
        None => "Pseudonym…".to_owned(),
    };
    let hint = "What stands for this owner where names are hidden";
    if note_button_ui(ui, text).on_hover_text(hint).clicked() {
        context.push(Command::Names(NamesCommand::AskPseudonym(owner.clone())));
    }
}

/// What is to be said of an owner before the list.
fn lines(answers: &Answers, figures: &OwnerFigures, name: &str) -> Vec<String> {
    let others = answers.graph.instances().len() - figures.service_instances;
    let beside = stated_beside(figures.reach.into(), Some(figures.reach_stated.into()));
    let reach = match others {
        0 => "No service instance is another's".to_owned(),
        1 => {
            format!("All of it together reaches {} of 1 instance of others{beside}", figures.reach)
        }
        others => format!(
            "All of it together reaches {} of {others} service instances of others{beside}",
            figures.reach
        ),
    };
    let mut lines = vec![
        reach,
        format!("Findings: {}", findings(figures)),
        format!("Shared: {}", live_and_dead(figures.shared)),
        format!("Across environments: {}", live_and_dead(figures.crossing)),
        format!("Without expiry: {} live", figures.no_expiry),
    ];
    if figures.owner.is_some() {
        let services = counted(figures.service_instances_alone, "service", "services");
        let credentials = live_and_dead(figures.credentials_alone);
        lines.push(format!(
            "If {name} leaves, this stands without anybody: credentials {credentials}, {services}"
        ));
        if figures.credentials_alone_apart > 0 {
            let more =
                counted(figures.credentials_alone_apart, "live credential", "live credentials");
            lines.push(format!("If ids across sources are apart, {more} more"));
        }
    }
    lines
}

/// One thing of the owner's: whether it is dead, and whether another owner is named for it.
fn row_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    (subject, owner): (Subject, Option<OwnerIndex>),
) {
    let graph = &answers.graph;
    let (owners, is_dead) = match subject {
        Subject::Credential(at) => (graph.owners_of(at), !graph.credential(at).is_live()),
        Subject::Instance(at) => (graph.owners_of_instance(at), false),
    };
    let mut notes: Vec<&str> = Vec::new();
    notes.extend(is_dead.then_some("dead"));
    notes.extend((owner.is_some() && is_alone(owners, owner)).then_some("alone"));
    let size = vec2(ui.available_width() - 12.0, ROW);
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        if !notes.is_empty() {
            let text = RichText::new(notes.join(", ")).size(size::NOTE);
            ui.label(text.color(ink(context.theme.muted)));
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            subject_ui(ui, context, subject);
        });
    });
}
