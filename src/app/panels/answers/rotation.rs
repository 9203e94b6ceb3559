//! The rotation order: what to clean first, what to replace in which wave, and what is done already.

use egui::{Checkbox, RichText, ScrollArea, Ui, vec2};

use crate::analysis::{Rotation, Subject, Wave};
use crate::app::commands::copied_text::card_of_rotation;
use crate::app::jobs::JobKind;
use crate::app::model::command::{Command, RotationCommand};
use crate::app::model::rotation::start_in_question;
use crate::app::model::state::RotationInSight;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::parts::{sentence_ui, waiting_ui_of};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::parts::{note_ui, subject_ui};
use crate::app::widgets::picker::{Offered, picker_ui};
use crate::app::work::answers::Answers;
use crate::app::work::rotation::RotationLine;
use crate::export::AnsweredRotation;
use crate::graph::{AccessGraph, OwnerIndex};
use crate::inventory::{counted, shown};
use crate::project::{RotationStep, SubjectName};
use crate::scene::Face;

/// The height of a line: only those in sight are drawn.
const ROW: f32 = 22.0;

/// How wide the part of a line is at most that names what is done; owners stay near it.
const MOST_WIDE: f32 = 520.0;

/// How wide the part of a line is that names owners.
const OWNERS: f32 = 260.0;

/// Where less than this is left for all of it, all of it scrolls.
const LOW: f32 = 8.0 * ROW;

/// The tab.
pub(crate) fn rotation_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    if ui.available_height() < LOW {
        let all = ScrollArea::vertical().id_salt("low rotation").auto_shrink(false);
        all.show_viewport(ui, |ui, seen| low_ui(ui, context, answers, seen));
        return;
    }
    let Some(in_sight) = fallen_ui(ui, context, answers) else { return };
    let lines = in_sight.found.lines.len();
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, lines, |ui, rows| {
        lines_ui(ui, context, answers, (&in_sight, rows));
    });
}

/// The tab where it is low, of which only a part is seen.
fn low_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, seen: egui::Rect) {
    let top = ui.cursor().top();
    let Some(in_sight) = fallen_ui(ui, context, answers) else { return };
    let above = ui.cursor().top() - top;
    let lines = in_sight.found.lines.len();
    let line = |height: f32| ((height - above) / ROW).max(0.0) as usize;
    let (first, last) = (line(seen.top()).min(lines), (line(seen.bottom()) + 1).min(lines));
    ui.add_space(first as f32 * ROW);
    lines_ui(ui, context, answers, (&in_sight, first..last));
    ui.add_space((lines - last) as f32 * ROW);
}

/// What has fallen, and how much is to be done; the order, once it is known.
fn fallen_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
) -> Option<RotationInSight> {
    starts_ui(ui, context, answers);
    if context.model.project.rotation.starts().is_empty() {
        let text = "Nothing is taken to have fallen. Pick a credential, a service or an owner here, \
                    or select one and press “If this has fallen…” in the inspector";
        note_ui(ui, context.theme, text);
        return None;
    }
    let Some(in_sight) = context.model.rotation.clone() else {
        let again = Command::Rotate(RotationCommand::WorkOut);
        waiting_ui_of(ui, context, JobKind::Rotation, again);
        return None;
    };
    sentence_ui(ui, context, &summary(&in_sight));
    if let Some(words) = &in_sight.found.dead_by_id {
        note_ui(ui, context.theme, &shown(words));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().interact_size.y = ROW;
    Some(in_sight)
}

/// Some lines of the order.
fn lines_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    (in_sight, rows): (&RotationInSight, std::ops::Range<usize>),
) {
    for &line in in_sight.found.lines.get(rows).unwrap_or_default() {
        line_ui(ui, context, answers, (line, &in_sight.found.rotation));
    }
}

/// What is taken to have fallen, each with the way out, and the way to more.
fn starts_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let list = context.model.project.rotation.clone();
    let known = context.model.rotation.as_ref().map(|own| own.found.known.clone());
    ui.horizontal_wrapped(|ui| {
        if !list.starts().is_empty() {
            sentence_ui(ui, context, "Fallen");
        }
        for (at, start) in list.starts().iter().enumerate() {
            let name = shown(&start.words()).into_owned();
            let is_gone = known.as_ref().and_then(|known| known.get(at)) == Some(&false);
            let text = if is_gone { format!("{name}, gone  ×") } else { format!("{name}  ×") };
            let hint = format!("Take {name} out");
            let button =
                note_button_ui(ui, RichText::new(text).size(size::NOTE)).on_hover_text(&hint);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &hint));
            if button.clicked() {
                context.push(Command::Rotate(RotationCommand::TakeOut(at)));
            }
        }
        let other = start_in_question(context.model).filter(|own| !list.starts().contains(own));
        if let Some(start) = other {
            add_ui(ui, context, start);
        }
        let words = ("Pick what has fallen", "Filter credentials, services and owners");
        let offer = |filter: &str| offered(answers, filter);
        if let Some(start) = picker_ui(ui, context.theme, words, offer) {
            context.push(Command::Rotate(RotationCommand::Add(start)));
        }
        card_ui(ui, context, answers);
    });
}

/// The way to a card for a tabletop exercise, once the order is known.
fn card_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let Some(in_sight) = context.model.rotation.clone() else { return };
    let hint = "A page for an exercise: start, what the players hear hop by hop, roles, questions";
    if note_button_ui(ui, "Copy as a tabletop card").on_hover_text(hint).clicked() {
        let (_, starts) = context.model.project.rotation.found_in(&answers.graph);
        let rotation = &in_sight.found.rotation;
        let answered = AnsweredRotation { graph: &answers.graph, starts: &starts, rotation };
        context.push(Command::Copy(card_of_rotation(&answered)));
    }
}

/// Credentials, services and owners by their names.
fn offered(answers: &Answers, filter: &str) -> Offered<SubjectName> {
    let graph = &answers.graph;
    let subjects = answers.subjects().map(|own| (answers.name(own), SubjectName::of(graph, own)));
    let owners = graph.owners().iter().map(|owner| {
        let start = SubjectName::Owner(owner.clone());
        (shown(&start.words()).into_owned(), start)
    });
    Offered::of(owners.chain(subjects), filter)
}

/// Offers to take what is selected to have fallen too.
fn add_ui(ui: &mut Ui, context: &mut PanelContext<'_>, start: SubjectName) {
    let text = format!("Add {}", shown(&start.words()));
    if note_button_ui(ui, RichText::new(text).size(size::NOTE)).clicked() {
        context.push(Command::Rotate(RotationCommand::Add(start)));
    }
}

fn summary(RotationInSight { found, done }: &RotationInSight) -> String {
    let Rotation { clean_first, waves, reached, reached_stated, .. } = &found.rotation;
    let instances = counted(clean_first.len(), "service instance", "service instances");
    let credentials = counted(found.rotation.credentials(), "credential", "credentials");
    let waves = counted(waves.len(), "wave", "waves");
    let opened = counted(*reached, "instance", "instances");
    format!(
        "{instances} to clean, {credentials} to replace in {waves}; before the first wave they open \
         {opened}, {reached_stated} by stated access alone. {done} of {} steps done",
        found.steps
    )
}

fn line_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    (line, rotation): (RotationLine, &Rotation),
) {
    let size = vec2(ui.available_width() - 14.0, ROW);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        match line.step(&answers.graph, rotation) {
            Some(step) => step_ui(ui, context, answers, (line, rotation, &step)),
            None => words_ui(ui, context, (line, rotation)),
        }
    });
}

/// A heading, or what is still reached after a wave.
fn words_ui(ui: &mut Ui, context: &PanelContext<'_>, (line, rotation): (RotationLine, &Rotation)) {
    let (text, is_heading) = match line {
        RotationLine::CleanFirst => {
            let instances = rotation.clean_first.len();
            let instances = counted(instances, "service instance", "service instances");
            (format!("Clean first: {instances}, so that no new secret is read there"), true)
        }
        RotationLine::Wave(at) => {
            let wave = rotation.waves.get(at as usize).copied().unwrap_or_default();
            let credentials = counted(wave.credentials, "credential", "credentials");
            let groups = counted(wave.groups, "group", "groups");
            (format!("Wave {}: replace {credentials} in {groups}", at + 1), true)
        }
        RotationLine::Group(at) => {
            let count = rotation.groups.get(at as usize).map_or(0, |group| group.credentials.len());
            (format!("{count} credentials that wait for each other, in one go"), false)
        }
        RotationLine::After(at) => (after(rotation, at), false),
        RotationLine::Clean(_) | RotationLine::Replace(..) | RotationLine::Put(..) => return,
    };
    let text = RichText::new(text);
    let text = if is_heading {
        text.font(font(Face::Strong, size::NOTE)).color(ink(context.theme.text))
    } else {
        text.size(size::NOTE).color(ink(context.theme.second))
    };
    ui.add(egui::Label::new(text).truncate());
}

fn after(rotation: &Rotation, at: u32) -> String {
    let wave: Wave = rotation.waves.get(at as usize).copied().unwrap_or_default();
    let whole = rotation.reached;
    let number = at + 1;
    match wave.still_reached {
        0 => format!("After wave {number} nothing that was obtained opens anything any more"),
        still => format!(
            "After wave {number} what is not yet replaced opens {still} of {whole} instances, {} by \
             stated access alone",
            wave.still_reached_stated
        ),
    }
}

/// A line to tick off.
fn step_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    (line, rotation, step): (RotationLine, &Rotation, &RotationStep),
) {
    let shown_line = ShownLine::of(answers, line, rotation);
    ui.add_space(shown_line.indent);
    let mut done = context.model.project.rotation.is_done(step);
    let box_ui = ui.add(Checkbox::without_text(&mut done));
    let label = shown_line.label(answers);
    box_ui.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, done, &label));
    if box_ui.changed() {
        context.push(Command::Rotate(RotationCommand::Tick(step.clone(), done)));
    }
    let words = |text: &str| RichText::new(text.to_owned()).size(size::NOTE);
    ui.label(words(shown_line.verb).color(ink(context.theme.second)));
    let width = (ui.available_width() - OWNERS).clamp(120.0, MOST_WIDE);
    ui.allocate_ui_with_layout(
        vec2(width, ROW),
        egui::Layout::left_to_right(egui::Align::Center),
        |ui| {
            ui.set_min_width(width);
            subject_ui(ui, context, shown_line.subject);
            if !shown_line.note.is_empty() {
                let note = words(&shown_line.note).color(ink(context.theme.muted));
                ui.add(egui::Label::new(note).truncate());
            }
        },
    );
    let owners = words(&shown_line.owners).color(ink(context.theme.second));
    ui.add(egui::Label::new(owners).truncate());
}

/// What a line that can be ticked off shows.
struct ShownLine {
    indent: f32,
    verb: &'static str,
    subject: Subject,
    note: String,
    owners: String,
}

impl ShownLine {
    fn of(answers: &Answers, line: RotationLine, rotation: &Rotation) -> Self {
        let graph = &answers.graph;
        match line {
            RotationLine::Replace(group, at) => {
                let group = rotation.groups.get(group as usize);
                let assumed = group.is_some_and(|own| own.assumed.binary_search(&at).is_ok());
                let note = if assumed { "assumed" } else { "" };
                Self {
                    indent: 12.0,
                    verb: "Replace",
                    subject: Subject::Credential(at),
                    note: note.to_owned(),
                    owners: owners(graph, graph.owners_of(at)),
                }
            }
            RotationLine::Put(group, _, at) => {
                let group = rotation.groups.get(group as usize);
                let assumed = group.is_some_and(|own| !own.is_stated_holder(at));
                Self {
                    indent: 40.0,
                    verb: "put the new secret into",
                    subject: Subject::Instance(at),
                    note: if assumed { "assumed" } else { "" }.to_owned(),
                    owners: owners(graph, graph.owners_of_instance(at)),
                }
            }
            RotationLine::Clean(_)
            | RotationLine::CleanFirst
            | RotationLine::Wave(_)
            | RotationLine::Group(_)
            | RotationLine::After(_) => Self::clean(answers, line, rotation),
        }
    }

    /// An instance to clean, and when it is closed again.
    fn clean(answers: &Answers, line: RotationLine, rotation: &Rotation) -> Self {
        let graph = &answers.graph;
        let at = match line {
            RotationLine::Clean(at) => at as usize,
            _ => usize::MAX,
        };
        let clean = rotation.clean_first.get(at);
        let instance = clean.map_or(crate::graph::InstanceIndex(0), |clean| clean.instance);
        let mut notes = Vec::new();
        notes.extend(clean.filter(|own| own.assumed).map(|_| "assumed".to_owned()));
        notes.extend(clean.map(|own| match own.closed_after {
            0 => "nothing that was obtained opens it".to_owned(),
            wave => format!("closed after wave {wave}"),
        }));
        Self {
            indent: 12.0,
            verb: "Clean",
            subject: Subject::Instance(instance),
            note: notes.join(", "),
            owners: owners(graph, graph.owners_of_instance(instance)),
        }
    }

    /// What a reader of the screen hears at the box.
    fn label(&self, answers: &Answers) -> String {
        format!("{} {}", self.verb, answers.name(self.subject))
    }
}

fn owners(graph: &AccessGraph, of: &[OwnerIndex]) -> String {
    if of.is_empty() {
        return "no owner".to_owned();
    }
    let names: Vec<_> = of.iter().map(|&own| shown(graph.owner_name(own)).into_owned()).collect();
    names.join(", ")
}
