//! What the picture of the map shows, in words: for tooltips and for the accessibility tree.

use egui::{Response, Sense, Ui, UiBuilder, pos2, vec2};

use crate::analysis::Subject;
use crate::app::model::command::Command;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::work::answers::Answers;
use crate::inventory::{counted, shown};
use crate::scene::{Map, Picture, PictureSubject};

/// Up to this many marks are in the accessibility tree; of more, those whose names are written. A
/// longer list is walked by nobody, and made anew in every frame.
const MOST_NODES: usize = 300;

/// What a shape or a text of the picture stands for.
pub(crate) fn describe(answers: &Answers, map: &Map, subject: PictureSubject) -> String {
    let graph = &answers.graph;
    match subject {
        PictureSubject::Mark(subject) => describe_mark(answers, subject),
        PictureSubject::Link(credential, instance) => {
            let credential_name = answers.name(Subject::Credential(credential));
            let service = answers.name(Subject::Instance(instance));
            let holds = graph.held_by(credential).iter();
            let grants = graph.grants(credential).iter();
            let mut lines = Vec::new();
            if holds.map(|&at| graph.edge(at)).any(|edge| edge.instance == instance) {
                lines.push(format!("{service} holds {credential_name}"));
            }
            if grants.map(|&at| graph.edge(at)).any(|edge| edge.instance == instance) {
                lines.push(format!("{credential_name} grants {service}"));
            }
            lines.join("\n")
        }
        PictureSubject::Region(at) if map.kind.is_grouped() => {
            format!("{}, {}", region_name(map, at), map.grouped_by.word())
        }
        PictureSubject::Region(at) => region_name(map, at),
        PictureSubject::Group { region, instances, credentials } => {
            let services = counted(instances as usize, "service", "services");
            let credentials = counted(credentials as usize, "credential", "credentials");
            let place = region.map_or_else(
                || " between regions".to_owned(),
                |at| format!(" in {}", region_name(map, at)),
            );
            format!("{services} and {credentials}{place}\nclick to see them")
        }
        PictureSubject::Bundle { links } => {
            format!("{} between these two groups", counted(links as usize, "link", "links"))
        }
    }
}

fn region_name(map: &Map, region: u16) -> String {
    let region = map.regions.get(usize::from(region));
    region.map_or_else(String::new, |region| shown(&region.name).into_owned())
}

fn describe_mark(answers: &Answers, subject: Subject) -> String {
    let name = answers.name(subject);
    let sort = match subject {
        Subject::Credential(_) => "credential",
        Subject::Instance(_) => "service",
    };
    let reach = counted(answers.reach_of(subject) as usize, "service", "services");
    let stated = answers.fewer_stated_of(subject);
    let stated = stated.map_or_else(String::new, |stated| format!(" ({stated} stated)"));
    let severity = answers.severity(subject);
    let severity = severity.map_or_else(String::new, |worst| format!(", {}", worst.word()));
    format!("{name}, {sort}, reaches {reach}{stated}{severity}")
}

/// Puts the marks of the picture into the accessibility tree, below the map; costs nothing while
/// nobody reads the tree.
pub(crate) fn describe_marks_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (map, picture): (&Response, &Picture),
    answers: &Answers,
) {
    let description = format!("{}\n{}", picture.furniture.title, picture.furniture.description());
    let is_read = ui.ctx().accesskit_node_builder(map.id, |node| {
        node.set_description(description);
    });
    if is_read.is_none() {
        return;
    }
    let builder = UiBuilder::new().max_rect(map.rect).accessibility_parent(map.id);
    let below = ui.new_child(builder);
    for mark in picture.described_marks(MOST_NODES) {
        let size = vec2(2.0 * mark.radius, 2.0 * mark.radius);
        let rect = egui::Rect::from_center_size(pos2(mark.centre.x, mark.centre.y), size);
        let id = map.id.with(mark.subject);
        let response = below.interact(rect, id, Sense::hover());
        response.widget_info(|| {
            let text = describe_mark(answers, mark.subject);
            egui::WidgetInfo::labeled(egui::Role::Button, true, text)
        });
        ui.ctx().accesskit_node_builder(id, |node| {
            node.add_action(egui::accesskit::Action::Click);
        });
        let click = egui::accesskit::Action::Click;
        if ui.input(|input| input.has_accesskit_action_request(id, click)) {
            context.push(Command::Select(Some(mark.subject)));
        }
    }
}
