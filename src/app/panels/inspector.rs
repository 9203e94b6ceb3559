//! The right panel: all that is known of what is selected, each fact with its source.

use egui::{RichText, ScrollArea, Ui};

use crate::analysis::{RadiusChange, Subject, owner_label};
use crate::app::model::command::{Command, LookCommand, TableCommand};
use crate::app::model::rotation::start_in_question;
use crate::app::model::selection::HopFigures;
use crate::app::model::state::ChosenOwner;
use crate::app::paint::reading_order;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::figures::{figures_ui, stated_beside};
use crate::app::panels::answers::owner::owner_ui;
use crate::app::panels::answers::reached_by::reached_by_ui;
use crate::app::panels::answers::rotation_start::rotation_start_ui;
use crate::app::panels::answers::route::route_ui;
use crate::app::panels::answers::standing::{
    credential_actions_ui, credential_standing_ui, instance_actions_ui, instance_standing_ui,
};
use crate::app::panels::evidence::{evidence_ui, findings_ui};
use crate::app::panels::several::several_ui;
use crate::app::widgets::fold::{Fold, fold_ui};
use crate::app::widgets::note_field::note_field_ui;
use crate::app::widgets::pages::page_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::parts::{chip_ui, heading_ui, note_ui, severity_ink, subject_ui};
use crate::app::work::answers::Answers;
use crate::graph::{CredentialIndex, EdgeIndex, InstanceIndex, OwnerIndex};
use crate::inventory::shown;
use crate::inventory::{LastUsed, NameId, counted, grouped, live_and_dead};
use crate::project::{NoteOn, SubjectName};
use crate::scene::{Face, ViewKind};

/// A list in the panel shows this many entries; the tables have them all.
const MOST: usize = 40;

/// The right panel.
pub(crate) fn inspector_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if let (Some(_), Some(answers)) = (&context.model.route, context.model.answers.clone()) {
        ui.set_width(ui.available_width());
        return route_ui(ui, context, &answers);
    }
    if let (Some(ChosenOwner(owner)), Some(answers)) =
        (context.model.owner, context.model.answers.clone())
    {
        ui.set_width(ui.available_width());
        return owner_ui(ui, context, &answers, owner);
    }
    let (Some(selection), Some(answers)) =
        (&context.model.selection, context.model.answers.clone())
    else {
        note_ui(
            ui,
            context.theme,
            "Select a credential or a service to see what it reaches and why",
        );
        return;
    };
    // The panel keeps its width whatever stands in it.
    ui.set_width(ui.available_width());
    let Some(subject) = selection.one() else {
        ScrollArea::vertical().id_salt("several").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 12.0);
            several_ui(ui, context, &answers);
            radius_ui(ui, context);
        });
        return;
    };
    one_ui(ui, context, &answers, subject);
}

/// All that is known of one thing.
fn one_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, subject: Subject) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        // Room for the scroll bar, which lies over the text.
        ui.set_max_width(ui.available_width() - 12.0);
        title_ui(ui, context, answers, subject);
        if context.model.selection_is_hidden() {
            note_ui(ui, context.theme, "The filters hide it on the map and in the tables");
            if note_button_ui(ui, "Clear the filters").clicked() {
                context.push(Command::ClearFilters);
            }
        }
        let owners = match subject {
            Subject::Credential(at) => answers.graph.owners_of(at),
            Subject::Instance(at) => answers.graph.owners_of_instance(at),
        };
        owners_fact_ui(ui, context, answers, owners);
        figures_ui(ui, context, answers, subject);
        ui.add_space(4.0);
        match subject {
            Subject::Credential(at) => credential_actions_ui(ui, context, answers, at),
            Subject::Instance(at) => instance_actions_ui(ui, context, answers, at),
        }
        let name = SubjectName::of(&answers.graph, subject);
        workshop_notes_ui(ui, context, &name);
        note_field_ui(ui, context, NoteOn::Subject(name));
        radius_ui(ui, context);
        findings_ui(ui, context, answers, subject);
        match subject {
            Subject::Credential(at) => {
                credential_standing_ui(ui, context, answers, at);
                credential_ui(ui, context, answers, at);
            }
            Subject::Instance(at) => {
                heading_ui(ui, context.theme, "Between entry points and crown jewels");
                instance_standing_ui(ui, context, answers, at);
                reached_by_ui(ui, context, answers, at);
                instance_ui(ui, context, answers, at);
            }
        }
        evidence_ui(ui, context, answers, subject);
    });
}

/// What workshops noted on something.
fn workshop_notes_ui(ui: &mut Ui, context: &PanelContext<'_>, name: &SubjectName) {
    for (entry, own) in context.model.project.workshop.notes() {
        if own.about.contains(name) {
            let words = format!("{}: {} ({})", own.kind.word(), own.text, entry.on);
            note_ui(ui, context.theme, &shown(&words));
        }
    }
}

fn title_ui(ui: &mut Ui, context: &PanelContext<'_>, answers: &Answers, subject: Subject) {
    let readable = match subject {
        Subject::Credential(at) => answers.graph.readable_name(at),
        Subject::Instance(_) => None,
    };
    let title = match &readable {
        Some(name) => shown(name).into_owned(),
        None => answers.name(subject),
    };
    // Two lines at most: the whole name stands in the tip.
    let face = font(Face::Strong, size::HEADING);
    let colour = ink(context.theme.text);
    let mut job = reading_order::job(&title, &egui::TextFormat::simple(face, colour));
    job.wrap.max_width = ui.available_width();
    job.wrap.max_rows = 2;
    ui.add(egui::Label::new(job).wrap());
    if readable.is_some() {
        note_ui(ui, context.theme, &answers.name(subject));
    }
    ui.horizontal_wrapped(|ui| {
        if let Some(severity) = answers.severity(subject) {
            let colour = severity_ink(context.theme, Some(severity));
            chip_ui(ui, context.theme, severity.word(), colour);
        }
        if let Subject::Credential(at) = subject
            && !answers.graph.credential(at).is_live()
        {
            chip_ui(ui, context.theme, "dead", ink(context.theme.muted));
        }
        let (reach, whole) = (answers.reach_of(subject), answers.graph.instances().len());
        ui.label(
            RichText::new(format!(
                "reaches {} of {}{}",
                grouped(u64::from(reach)),
                counted(whole, "instance", "instances"),
                stated_beside(u64::from(reach), answers.fewer_stated_of(subject).map(u64::from))
            ))
            .color(ink(context.theme.second)),
        );
    });
    let radius = context.model.what_if.radius.filter(|radius| radius.subject == subject);
    let has_changed =
        |radius: &RadiusChange| radius.after != radius.before || radius.stated.1 != radius.stated.0;
    if let Some(radius) = radius.filter(has_changed) {
        let after = u64::from(radius.after);
        let stated = stated_beside(after, Some(radius.stated.1.into()));
        let text = format!("with the fixes in force it reaches {}{stated}", grouped(after));
        ui.label(RichText::new(text).size(size::NOTE).color(ink(context.theme.fixed)));
    }
}

fn fact_ui(ui: &mut Ui, context: &PanelContext<'_>, name: &str, value: &str) {
    // Facts are read one below the other; nothing in them is pressed.
    let pressed = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 16.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(name).size(size::NOTE).color(ink(context.theme.muted)));
        ui.label(RichText::new(value).size(size::NOTE).color(ink(context.theme.text)));
    });
    ui.spacing_mut().interact_size.y = pressed;
}

/// The owners, each with the way to all that is theirs.
fn owners_fact_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    owners: &[OwnerIndex],
) {
    let pressed = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 16.0);
    ui.horizontal_wrapped(|ui| {
        let text = |text: &str| RichText::new(text.to_owned()).size(size::NOTE);
        ui.label(text("Owner").color(ink(context.theme.muted)));
        let nobody = owners.is_empty().then_some(None);
        for owner in owners.iter().copied().map(Some).chain(nobody) {
            let name = shown(owner_label(&answers.graph, owner)).into_owned();
            let link = ui.link(text(&name).color(ink(context.theme.text)));
            if link.on_hover_text("Show all that is theirs").clicked() {
                context.push(Command::Table(TableCommand::PickOwner(owner)));
            }
        }
    });
    ui.spacing_mut().interact_size.y = pressed;
}

fn text(answers: &Answers, name: Option<NameId>) -> String {
    name.map_or_else(
        || "unknown".to_owned(),
        |name| shown(answers.graph.inventory().text(name)).into_owned(),
    )
}

fn day(date: Option<crate::inventory::Date>) -> String {
    date.map_or_else(|| "unknown".to_owned(), |date| date.to_string())
}

fn list(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    if names.is_empty() { "unknown".to_owned() } else { names.join(", ") }
}

fn credential_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    at: CredentialIndex,
) {
    heading_ui(ui, context.theme, "What is known");
    let graph = &answers.graph;
    let credential = graph.credential(at);
    let inventory = graph.inventory();
    let own = graph.aliases(at);
    fact_ui(ui, context, "Type", &text(answers, credential.kind));
    if credential.label.is_some() {
        fact_ui(ui, context, "Name", &text(answers, credential.label));
    }
    if own.len() > 1 {
        let others = own.iter().skip(1).map(|&id| shown(inventory.text(id)).into_owned());
        fact_ui(ui, context, "Aliases", &list(others));
    }
    if credential.identity.is_some() {
        fact_ui(ui, context, "Identity", &text(answers, credential.identity));
    }
    if let Some(join) = credential.joined_by {
        fact_ui(ui, context, "Rows joined by", join.words());
    }
    let kept = graph.storages_of(at).iter().map(|&s| shown(inventory.text(s)).into_owned());
    fact_ui(ui, context, "Kept in", &list(kept));
    fact_ui(ui, context, "Created", &day(credential.created));
    fact_ui(ui, context, "Rotated", &day(credential.last_rotated));
    let used = match credential.last_used {
        LastUsed::Unstated => "unknown".to_owned(),
        LastUsed::Never => "never".to_owned(),
        LastUsed::On(date) => date.to_string(),
    };
    fact_ui(ui, context, "Last used", &used);
    fact_ui(ui, context, "Expires", &day(credential.expires));
    edges_ui(
        ui,
        context,
        answers,
        &EdgeList { name: "Held by", edges: graph.held_by(at), end: End::Instance },
    );
    edges_ui(
        ui,
        context,
        answers,
        &EdgeList { name: "Grants", edges: graph.grants(at), end: End::Instance },
    );
}

fn instance_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, at: InstanceIndex) {
    heading_ui(ui, context.theme, "What is known");
    let graph = &answers.graph;
    let instance = graph.instance(at);
    fact_ui(ui, context, "Kind", &text(answers, instance.kind));
    edges_ui(
        ui,
        context,
        answers,
        &EdgeList { name: "Holds", edges: graph.holds(at), end: End::Credential },
    );
    edges_ui(
        ui,
        context,
        answers,
        &EdgeList { name: "Granted by", edges: graph.granted_by(at), end: End::Credential },
    );
}

#[derive(Clone, Copy)]
enum End {
    Credential,
    Instance,
}

/// The edges of one kind at what is selected.
struct EdgeList<'a> {
    name: &'a str,
    edges: &'a [EdgeIndex],
    end: End,
}

fn edges_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, list: &EdgeList<'_>) {
    let &EdgeList { name, edges, end } = list;
    let is_dead = |edge: &EdgeIndex| {
        !answers.graph.credential(answers.graph.edge(*edge).credential).is_live()
    };
    // A credential says at the top that it is dead; here credentials of both kinds stand together.
    let dead = match end {
        End::Credential => answers.graph.dead_among(edges),
        End::Instance => 0,
    };
    heading_ui(ui, context.theme, &format!("{name} {}", live_and_dead(edges.len(), dead)));
    let page = page_ui(ui, context.theme, name, (edges.len(), MOST));
    for &index in edges.get(page).unwrap_or_default() {
        let edge = answers.graph.edge(index);
        let subject = match end {
            End::Credential => Subject::Credential(edge.credential),
            End::Instance => Subject::Instance(edge.instance),
        };
        subject_ui(ui, context, subject);
        let dead = matches!(end, End::Credential) && is_dead(&index);
        let disputed = context.model.disputed.link_words(index);
        let note = match (dead, edge.assumed) {
            (false, false) if disputed.is_empty() => continue,
            (false, false) => "    stated",
            (false, true) => "    assumed",
            (true, false) => "    dead",
            (true, true) => "    dead, assumed",
        };
        note_ui(ui, context.theme, &format!("{note}{disputed}"));
    }
}

/// Whether what is selected can fall: a dead credential gives nothing away.
fn is_live(context: &PanelContext<'_>) -> bool {
    match (context.model.selected_credential(), &context.model.answers) {
        (Some(at), Some(answers)) => answers.graph.credential(at).is_live(),
        _ => true,
    }
}

/// What the button does.
const SPREAD: &str = "Show it hop by hop, from left to right (3)";

fn radius_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(selection) = &context.model.selection else { return };
    let (radius, stated) = (&selection.radius, &selection.stated);
    let mark = |stated: bool| if stated { "" } else { ", assumed" };
    heading_ui(ui, context.theme, "Blast radius");
    if let Some(start) = start_in_question(context.model).filter(|_| is_live(context)) {
        rotation_start_ui(ui, context, start);
    }
    if radius.reached.is_empty() {
        note_ui(ui, context.theme, "Reaches no service instance");
    } else if note_button_ui(ui, "Blast radius from here").on_hover_text(SPREAD).clicked() {
        context.push(Command::Look(LookCommand::ShowAs(ViewKind::Spread)));
    }
    for HopFigures { hop, reached, stated: by_stated } in selection.hops.clone() {
        let count = reached.len();
        let beside = stated_beside(count as u64, Some(by_stated as u64));
        let title = format!("hop {hop}   {}{beside}", grouped(count as u64));
        fold_ui(ui, context.theme, ("hop", hop), Fold::new(context.theme, &title), |ui| {
            let at_hop = radius.reached.get(reached).unwrap_or_default();
            let page = page_ui(ui, context.theme, ("hop", hop), (count, MOST));
            for reached in at_hop.get(page).unwrap_or_default() {
                subject_ui(ui, context, Subject::Instance(reached.instance));
                let via = context.model.answers.as_ref().map(|answers| {
                    let name = answers.name(Subject::Credential(reached.via));
                    format!("    through {name}{}", mark(stated.reaches(reached.instance)))
                });
                note_ui(ui, context.theme, &via.unwrap_or_default());
            }
        });
    }
    let obtained = &radius.obtained;
    if !obtained.is_empty() {
        let by_stated = selection.obtained_stated as u64;
        let beside = stated_beside(obtained.len() as u64, Some(by_stated));
        let title = format!("Also rotate   {}{beside}", grouped(obtained.len() as u64));
        fold_ui(ui, context.theme, "also rotate", Fold::new(context.theme, &title), |ui| {
            let page = page_ui(ui, context.theme, "also rotate", (obtained.len(), MOST));
            for obtained in obtained.get(page).unwrap_or_default() {
                subject_ui(ui, context, Subject::Credential(obtained.credential));
                if !stated.obtains(obtained.credential) {
                    note_ui(ui, context.theme, "    assumed");
                }
            }
        });
    }
}
