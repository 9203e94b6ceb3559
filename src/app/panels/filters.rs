//! The left panel: search, and what is in sight.

use egui::{Response, RichText, ScrollArea, Ui};

use crate::analysis::Severity;
use crate::app::model::command::{Command, LookCommand, SightCommand};
use crate::app::model::figure::Figure;
use crate::app::model::filters::{EndKind, Facet};
use crate::app::model::query::complete::Completion;
use crate::app::model::query::parse::{Term, parse};
use crate::app::paint::style::{ink, size};
use crate::app::panels::saved_filters::saved_filters_ui;
use crate::app::widgets::figures::figure_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{
    box_ui, capitalised, heading_ui, note_button_ui, note_ui, severity_ink, subject_ui, swatch_ui,
};
use crate::app::work::facet_counts::{Counted, EnvironmentCount};
use crate::graph::OwnerIndex;
use crate::inventory::{counted, grouped, live_and_dead, shown};

/// How many hits of a search are listed; the palette lists more.
const MOST_HITS: usize = 12;

/// Most values of one facet that are listed.
const MOST_VALUES: usize = 200;

/// Above this many owners a field narrows them.
const FEW: usize = 12;

/// The left panel.
pub(crate) fn filters_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let field = search_ui(ui, context);
    left_ui(ui, context);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        // Room for the scroll bar, which lies over the figures.
        ui.set_max_width(ui.available_width() - 12.0);
        found_ui(ui, context, &field);
        switches_ui(ui, context);
        environments_ui(ui, context);
        severities_ui(ui, context);
        kinds_ui(ui, context);
        owners_ui(ui, context);
        saved_filters_ui(ui, context);
    });
}

fn search_ui(ui: &mut Ui, context: &mut PanelContext<'_>) -> Response {
    let mut text = context.model.session.search.clone();
    // Escape clears it, and is not lost with the focus.
    let filter = egui::EventFilter {
        escape: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        tab: false,
    };
    let field = egui::TextEdit::singleline(&mut text)
        .hint_text("Search")
        .event_filter(filter)
        .desired_width(f32::INFINITY);
    let response = ui.add(field).on_hover_text(
        "Names, “x in prod”, and type: env: owner: severity: kind: rule: storage: dead: assumed: \
         reach>20 created<2025 expires<2027-01",
    );
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search credentials and services")
    });
    if response.changed() {
        context.push(Command::Look(LookCommand::Search(text)));
    }
    response
}

/// What the text of the search field finds, and the way to make a filter of it.
fn found_ui(ui: &mut Ui, context: &mut PanelContext<'_>, field: &Response) {
    let text = context.model.session.search.clone();
    if !text.trim().is_empty() {
        completions_ui(ui, context, field);
        hits_ui(ui, context, (field, &text));
    }
    only_found_ui(ui, context);
}

/// How the text may go on: a click writes it.
fn completions_ui(ui: &mut Ui, context: &mut PanelContext<'_>, field: &Response) {
    let [found, _] = &context.model.found;
    if found.completions.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        for Completion { name, text } in &found.completions {
            if note_button_ui(ui, name.as_str()).clicked() {
                context.commands.push(Command::Look(LookCommand::Search(text.clone())));
                write_on(ui, field, text);
            }
        }
    });
}

/// Gives a field the focus, with the caret behind its new text.
fn write_on(ui: &Ui, field: &Response, text: &str) {
    field.request_focus();
    if let Some(mut state) = egui::TextEdit::load_state(ui.ctx(), field.id) {
        let end = egui::text::CCursor::new(text.chars().count());
        state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
        state.store(ui.ctx(), field.id);
    }
}

/// What was found, or what is wrong with the text.
fn hits_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (field, text): (&Response, &str)) {
    let [found, _] = &context.model.found;
    if let Some(unclear) = &found.unclear {
        note_ui(ui, context.theme, &capitalised(unclear));
        return;
    }
    let shown = found.best.get(..MOST_HITS).unwrap_or(&found.best);
    if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        context.commands.push(Command::Select(shown.first().copied()));
        // What is typed next belongs to the field, and is no key of the window.
        field.request_focus();
    }
    match found.total {
        0 => {
            let nothing = if is_plain(text) {
                "No credential or service has that in its name"
            } else {
                "No credential or service matches"
            };
            note_ui(ui, context.theme, nothing);
        }
        total if total > shown.len() => {
            note_ui(
                ui,
                context.theme,
                &format!("{} of {}; type more to narrow", shown.len(), grouped(total as u64)),
            );
        }
        _ => {}
    }
    for &subject in shown {
        subject_ui(ui, context, subject);
    }
    if found.total > 0 {
        let button = note_button_ui(ui, "Show only these");
        if button.on_hover_text("Hides everything else, as a filter").clicked() {
            context.push(Command::Sight(SightCommand::OnlyFound(text.to_owned())));
        }
    }
}

/// Whether a text is about names alone.
fn is_plain(text: &str) -> bool {
    parse(text).is_ok_and(|terms| terms.iter().all(|term| matches!(term, Term::Text(_))))
}

/// The search text that is a filter, with the way out of it.
fn only_found_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let search = context.model.filters().search();
    if search.is_empty() {
        return;
    }
    let mut on = true;
    let text = format!("Only “{}”", shown(search));
    if box_ui(ui, context, &mut on, &text).changed() {
        context.push(Command::Sight(SightCommand::OnlyFound(String::new())));
    }
    if let Some(unclear) = &context.model.views.active().data.sight.unclear {
        let text = format!("It hides nothing now: {unclear}");
        note_ui(ui, context.theme, &text);
    }
}

/// How much the filters leave, and the way to show everything again: always at the same place.
fn left_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers.clone() else { return };
    let whole = answers.graph.credentials().len() + answers.graph.instances().len();
    let left = context.model.views.active().data.sight.left(whole);
    let text = format!("Showing {} of {}", grouped(left as u64), grouped(whole as u64));
    note_ui(ui, context.theme, &text).on_hover_text("Credentials and services");
    let any = context.model.filters().any();
    ui.add_enabled_ui(any, |ui| {
        if note_button_ui(ui, "Clear the filters").clicked() {
            context.push(Command::ClearFilters);
        }
    });
}

fn switch_ui(ui: &mut Ui, context: &mut PanelContext<'_>, facet: Facet, text: &str) -> Response {
    let mut on = context.model.filters().has(facet);
    let response = box_ui(ui, context, &mut on, text);
    if response.changed() {
        context.push(Command::Filter(facet, on));
    }
    response
}

fn switches_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers.clone() else { return };
    let totals = &answers.totals;
    heading_ui(ui, context.theme, "Show");
    let hint = "Hides credentials that join nothing; every service stays";
    switch_ui(ui, context, Facet::Unshared, "Hide unshared credentials").on_hover_text(hint);
    let count = live_and_dead(totals.shared_credentials, totals.shared_dead);
    let text = format!("Only what shares  {count}");
    let hint = "Shows shared credentials, and of the services those that share them";
    switch_ui(ui, context, Facet::Shared, &text).on_hover_text(hint);
    let dead = totals.cross_environment_dead;
    let count = live_and_dead(totals.cross_environment_credentials, dead);
    let text = format!("Only what crosses  {count}");
    let hint = "Shows credentials linked to several environments, and the services they join";
    switch_ui(ui, context, Facet::Crossing, &text).on_hover_text(hint);
    let (credentials, from) = answers.headline.counted();
    let count = credentials.len() + from.len();
    if count > 0 {
        let text = format!("Only what the headline counts  {}", grouped(count as u64));
        let hint = "Shows the credentials or entry points of the sentence at the top, and what is \
                    linked to them";
        switch_ui(ui, context, Facet::Headline, &text).on_hover_text(hint);
    }
    for kind in EndKind::ALL {
        let count = kind.members(&answers.ends).len();
        if count > 0 {
            let text = format!("Only {}  {}", kind.words(), grouped(count as u64));
            let hint = "Shows these services, and the credentials that are linked to them";
            switch_ui(ui, context, Facet::End(kind), &text).on_hover_text(hint);
        }
    }
    hidden_ui(ui, context);
}

/// How many the filters hide, with the way to them, and back. The lines stand there without filters
/// too: nothing below them may move away from under the pointer when one is set.
fn hidden_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if !context.model.filters().any() {
        note_ui(ui, context.theme, "0 credentials hidden");
        note_ui(ui, context.theme, "0 services hidden");
        let text = RichText::new("Only what is hidden").size(size::NOTE);
        ui.add_enabled(false, egui::Checkbox::new(&mut false, text));
        return;
    }
    let (credentials, services) = context.model.views.active().data.sight.hidden;
    let dead = match context.model.views.active().data.sight.hidden_dead {
        0 => String::new(),
        1 if credentials == 1 => ", dead".to_owned(),
        all if all == credentials => ", all of them dead".to_owned(),
        some => format!(", {} of them dead", grouped(some as u64)),
    };
    let text = format!("{} hidden{dead}", counted(credentials, "credential", "credentials"));
    figure_ui(ui, context, &text, Figure::HiddenCredentials);
    let text = format!("{} hidden", counted(services, "service", "services"));
    figure_ui(ui, context, &text, Figure::HiddenServices);
    let hint = "Shows what the other filters hide, and nothing else";
    switch_ui(ui, context, Facet::Hidden, "Only what is hidden").on_hover_text(hint);
}

fn environments_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers.clone() else { return };
    heading_ui(ui, context.theme, "Environment");
    let environments = answers.graph.environments();
    for &EnvironmentCount { index, tint, instances } in &answers.facets.environments {
        let facet = Facet::Environment(index);
        let Some(environment) = environments.get(index.0 as usize) else { continue };
        let mut in_sight = !context.model.filters().has(facet);
        ui.horizontal(|ui| {
            swatch_ui(ui, ink(context.theme.region(tint)), in_sight);
            let count = grouped(instances as u64);
            let name = format!("{}  {count}", shown(environment.display()));
            if box_ui(ui, context, &mut in_sight, &name).changed() {
                context.push(Command::Filter(facet, !in_sight));
            }
        });
    }
}

fn severities_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers.clone() else { return };
    heading_ui(ui, context.theme, "Severity");
    for severity in Severity::ALL {
        let count = answers.facets.findings_of(severity);
        ui.horizontal(|ui| {
            swatch_ui(ui, severity_ink(context.theme, Some(severity)), true);
            switch_ui(ui, context, Facet::Severity(severity), severity.word());
            let text = counted(count, "finding", "findings");
            figure_ui(ui, context, &text, Figure::Findings(severity));
        });
    }
}

fn kinds_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers.clone() else { return };
    let kinds = &answers.facets.kinds;
    if kinds.is_empty() {
        return;
    }
    heading_ui(ui, context.theme, "Type");
    for &(kind, Counted { all, dead }) in kinds.iter().take(MOST_VALUES) {
        let name = shown(answers.graph.inventory().text(kind)).into_owned();
        let text = format!("{name}  {}", live_and_dead(all, dead));
        switch_ui(ui, context, Facet::Kind(kind), &text);
    }
}

/// A field that narrows the owners that are listed; what it says is kept until the window closes.
fn narrowed_ui(ui: &mut Ui) -> String {
    let id = ui.make_persistent_id("owners wanted");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let hint = RichText::new("Filter owners").size(size::NOTE);
    let field = egui::TextEdit::singleline(&mut text)
        .font(egui::TextStyle::Small)
        .hint_text(hint)
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Filter owners"));
    let wanted = text.trim().to_lowercase();
    ui.data_mut(|data| data.insert_temp(id, text));
    wanted
}

fn owners_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers.clone() else { return };
    let owners = answers.graph.owners();
    if owners.is_empty() {
        return;
    }
    heading_ui(ui, context.theme, "Owner");
    let wanted = if owners.len() > FEW { narrowed_ui(ui) } else { String::new() };
    let with_counts = (0_u32..).zip(owners.iter().zip(&answers.facets.owners));
    let fits = with_counts
        .filter(|(_, (owner, _))| wanted.is_empty() || owner.to_lowercase().contains(&wanted));
    let mut more = 0_u64;
    for (at, (index, (owner, count))) in fits.enumerate() {
        if at >= MOST_VALUES {
            more += 1;
            continue;
        }
        let text = format!("{}  {}", shown(owner), live_and_dead(count.all, count.dead));
        switch_ui(ui, context, Facet::Owner(OwnerIndex(index)), &text);
    }
    if more > 0 {
        let text = format!("and {} more owners; type to narrow them", grouped(more));
        note_ui(ui, context.theme, &text);
    }
}
