//! What the picture of the map shows, in words: for tooltips and for the accessibility tree.

use egui::{Response, Sense, Ui, UiBuilder, pos2, vec2};

use crate::analysis::Subject;
use crate::app::model::command::Command;
use crate::app::model::views::View;
use crate::app::model::walking::{link_words, steps_from};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::work::answers::Answers;
use crate::graph::EdgeIndex;
use crate::inventory::{counted, shown};
use crate::scene::{Group, Map, Picture, PictureSubject};

/// Up to this many marks are in the accessibility tree; of more, those whose names are written. A
/// longer list is walked by nobody, and made anew in every frame.
const MOST_NODES: usize = 300;

/// Up to this many steps each way from what is selected.
const MOST_STEPS: usize = 100;

/// What a shape or a text of the picture stands for.
pub(crate) fn describe(answers: &Answers, map: &Map, subject: PictureSubject) -> String {
    let graph = &answers.graph;
    match subject {
        PictureSubject::Mark(subject) => describe_mark(answers, subject),
        PictureSubject::Link(credential, instance) => {
            let kinds = [graph.held_by(credential), graph.grants(credential)];
            let of_pair = |edges: &[EdgeIndex]| {
                edges.iter().copied().find(|at| graph.edge(*at).instance == instance)
            };
            let found = kinds.into_iter().filter_map(of_pair);
            let lines: Vec<String> = found.map(|at| link_words(answers, at)).collect();
            lines.join("\n")
        }
        PictureSubject::Region(at) if map.kind.is_grouped() => {
            format!("{}, {}", region_name(map, at), map.grouped_by.word())
        }
        PictureSubject::Region(at) => region_name(map, at),
        PictureSubject::Group { region, section, instances, credentials } => {
            let services =
                (instances > 0).then(|| counted(instances as usize, "service", "services"));
            let credentials = (credentials > 0)
                .then(|| counted(credentials as usize, "credential", "credentials"));
            let counts: Vec<String> = services.into_iter().chain(credentials).collect();
            let counts = counts.join(" and ");
            let place = region.map_or_else(
                || " between regions".to_owned(),
                |at| format!(" in {}", region_name(map, at)),
            );
            let name = section_name(map, section);
            format!("{name}{counts}{place}\nclick to see them")
        }
        PictureSubject::Bundle { links, .. } => {
            format!("{} between these two groups", counted(links as usize, "link", "links"))
        }
    }
}

/// A group as one end of a bundle: “41 services in prod”.
pub(crate) fn describe_group(map: &Map, group: &Group) -> String {
    let count = match group.instances {
        0 => counted(group.credentials as usize, "credential", "credentials"),
        some => counted(some as usize, "service", "services"),
    };
    let place = group.region.map_or_else(
        || " between regions".to_owned(),
        |at| format!(" in {}", region_name(map, at)),
    );
    format!("{}{count}{place}", section_name(map, group.section))
}

/// The name of a section, before what lies in it.
fn section_name(map: &Map, section: Option<u32>) -> String {
    let section = section.and_then(|at| map.sections.all.get(at as usize));
    section.map_or_else(String::new, |own| format!("{}: ", shown(&own.name)))
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
    several_ui(ui, context, (map, picture), answers);
    walk_ui(ui, context, (map, picture), answers);
    let builder = UiBuilder::new().max_rect(map.rect).accessibility_parent(map.id);
    let below = ui.new_child(builder);
    for mark in picture.described_marks(MOST_NODES) {
        let size = vec2(2.0 * mark.radius, 2.0 * mark.radius);
        let rect = egui::Rect::from_center_size(pos2(mark.centre.x, mark.centre.y), size);
        let id = map.id.with(mark.subject);
        let text = describe_mark(answers, mark.subject);
        node_ui(&below, context, (rect, id), (text, Command::Select(Some(mark.subject))));
    }
}

/// All that is selected together: also where it is out of sight, hidden, or one of too many.
fn several_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (map, picture): (&Response, &Picture),
    answers: &Answers,
) {
    let all = context.model.selected_all();
    if all.len() < 2 {
        return;
    }
    let named: Vec<Subject> = all.iter().copied().take(MOST_NODES).collect();
    let builder = UiBuilder::new().max_rect(map.rect).accessibility_parent(map.id);
    let below = ui.new_child(builder);
    let whole = all.len();
    for (place, subject) in named.into_iter().enumerate() {
        let what = describe_mark(answers, subject);
        let text = format!("selected, {} of {whole}: {what}", place + 1);
        let place = (rect_of((map, picture), subject), map.id.with(("several", place)));
        node_ui(&below, context, place, (text, Command::Select(Some(subject))));
    }
}

/// Where something is drawn; a point in the corner for what is out of sight.
fn rect_of((map, picture): (&Response, &Picture), subject: Subject) -> egui::Rect {
    let drawn = picture.marks.iter().find(|own| own.subject == subject);
    let nowhere = egui::Rect::from_min_size(map.rect.min, vec2(1.0, 1.0));
    drawn.map_or(nowhere, |own| {
        let centre = pos2(own.centre.x, own.centre.y);
        egui::Rect::from_center_size(centre, vec2(2.0 * own.radius, 2.0 * own.radius))
    })
}

/// What is selected and what can be stepped to from there, with what a step means: also where it is
/// out of sight, hidden, or one of too many.
fn walk_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (map, picture): (&Response, &Picture),
    answers: &Answers,
) {
    let Some(selected) = context.model.selected() else { return };
    let parent = map.id.with("steps");
    let steps = steps_from(answers, selected, MOST_STEPS);
    let builder = UiBuilder::new().max_rect(map.rect).accessibility_parent(map.id);
    let below = ui.new_child(builder);
    let own = (selected, format!("selected: {}", describe_mark(answers, selected)));
    let all = std::iter::once(own).chain(steps);
    for (place, (subject, words)) in all.enumerate() {
        let rect = rect_of((map, picture), subject);
        let command = Command::Select(Some(subject));
        node_ui(&below, context, (rect, parent.with(place)), (words, command));
    }
}

/// One node of the tree, and what a press on it does.
pub(crate) fn node_ui(
    below: &Ui,
    context: &mut PanelContext<'_>,
    (rect, id): (egui::Rect, egui::Id),
    (text, command): (String, Command),
) {
    let response = below.interact(rect, id, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &text));
    below.ctx().accesskit_node_builder(id, |node| {
        node.add_action(egui::accesskit::Action::Click);
    });
    let click = egui::accesskit::Action::Click;
    if below.input(|input| input.has_accesskit_action_request(id, click)) {
        context.push(command);
    }
}

/// What the last step along a link means, in the corner of the map: it is read aloud when it changes.
pub(crate) fn last_step_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    (map, of): (egui::Rect, &View),
    picture: Option<&Picture>,
) {
    let is_active = context.model.views.active().id == of.id;
    let Some(step) = context.model.last_step().filter(|_| is_active) else { return };
    let room = vec2((map.width() * 0.5).min(360.0), 24.0);
    let below = if of.spec.around.is_some() { 80.0 } else { 8.0 };
    let above = egui::Rect::from_min_size(map.min + vec2(8.0, below), room);
    let place = picture.and_then(beside_menus).unwrap_or(above);
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        let frame = egui::Frame::new()
            .fill(ink(context.theme.raised))
            .stroke(egui::Stroke::new(1.0, ink(context.theme.line)))
            .corner_radius(6)
            .inner_margin(egui::Margin::symmetric(8, 2));
        frame.show(ui, |ui| {
            let text = egui::RichText::new(&step.words).size(size::NOTE);
            let label = egui::Label::new(text.color(ink(context.theme.text))).truncate();
            let response = ui.add(label);
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_live(egui::accesskit::Live::Polite);
            });
        });
    });
}

/// The least width of a place for a step in words, and the greatest, in points.
const STEP_WIDTHS: (f32, f32) = (180.0, 360.0);

/// The place to the right of the menus, where they stand below the picture and there is room for it: what is fitted
/// leaves it free.
fn beside_menus(picture: &Picture) -> Option<egui::Rect> {
    let menus = picture.reserved.filter(|own| own.top > picture.area.centre().y)?;
    let left = menus.right() + 8.0;
    let right = picture.minimap.map_or(picture.area.right(), |own| own.area.left) - 8.0;
    let (least, most) = STEP_WIDTHS;
    let width = (right - left).min(most);
    let place = egui::Rect::from_min_size(pos2(left, menus.top), vec2(width, menus.height));
    (width >= least).then_some(place)
}
