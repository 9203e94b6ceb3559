//! Exposure in one line under the headline: figures that lead to what they count.

use egui::{Color32, RichText, Ui};

use crate::analysis::Exposure;
use crate::app::jobs::JobKind;
use crate::app::model::command::{Command, FixCommand, TableCommand};
use crate::app::model::figure::Figure;
use crate::app::model::filters::EndKind;
use crate::app::model::tab::Tab;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::figures::figure_in_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_width;
use crate::app::work::answers::Answers;
use crate::inventory::{counted, grouped};

/// What stands between two pieces.
const BETWEEN: &str = "·";

/// How far the pieces stand apart from it.
const GAP: f32 = 8.0;

/// A piece of the line.
struct Piece {
    text: String,
    /// What it says where there is no room for all.
    short: Option<String>,
    colour: Color32,
    does: Does,
    /// Where there is no room for all, those of the lowest rank are left out first: they stand in the
    /// filters and in the coverage too.
    rank: u8,
}

/// What a click on a piece does.
enum Does {
    Nothing,
    Rows(Figure),
    /// Shows the coverage.
    Coverage,
    /// Shows everything with the fixes, or as it is.
    ShowWith(bool),
}

/// The line. It never takes a second one.
pub(crate) fn exposure_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let mut pieces = pieces(context, answers);
    if width(ui, &pieces) > ui.available_width() {
        for piece in &mut pieces {
            piece.text = piece.short.take().unwrap_or_else(|| std::mem::take(&mut piece.text));
        }
    }
    while pieces.len() > 1 && width(ui, &pieces) > ui.available_width() {
        let lowest = pieces.iter().map(|piece| piece.rank).min();
        let at = pieces.iter().rposition(|piece| Some(piece.rank) == lowest);
        pieces.remove(at.unwrap_or_default());
    }
    ui.spacing_mut().item_spacing.x = GAP;
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            ui.label(RichText::new(BETWEEN).size(size::NOTE).color(ink(context.theme.muted)));
        }
        piece_ui(ui, context, piece);
    }
}

fn width(ui: &Ui, pieces: &[Piece]) -> f32 {
    let texts: f32 = pieces.iter().map(|piece| note_width(ui, &piece.text)).sum();
    let gaps = pieces.len().saturating_sub(1) as f32;
    texts + gaps * (note_width(ui, BETWEEN) + 2.0 * GAP) + 1.0
}

fn piece_ui(ui: &mut Ui, context: &mut PanelContext<'_>, piece: &Piece) {
    let text = RichText::new(&piece.text).size(size::NOTE).color(piece.colour);
    match piece.does {
        Does::Nothing => {
            ui.add(egui::Label::new(text).truncate());
        }
        Does::Rows(figure) => figure_in_ui(ui, context, (&piece.text, piece.colour), figure),
        Does::Coverage => {
            if ui.link(text).on_hover_text("Show the coverage").clicked() {
                context.push(Command::Table(TableCommand::Show(Tab::Coverage)));
            }
        }
        Does::ShowWith(with) => {
            let on = context.model.session.with_fixes;
            let hint = "Map, tables and figures follow (B)";
            let choice = ui.link(text).on_hover_text(hint);
            choice.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::Button, true, on == with, &piece.text)
            });
            if choice.clicked() && on != with {
                context.push(Command::Fix(FixCommand::ShowWith(with)));
            }
        }
    }
}

fn pieces(context: &PanelContext<'_>, answers: &Answers) -> Vec<Piece> {
    let exposure = &answers.exposure;
    let mut line = Line { context, pieces: Vec::new() };
    line.switch();
    if exposure.pairs == 0 {
        line.add(exposure.sentence(), Does::Coverage, 9);
        return line.pieces;
    }
    line.add(exposure.connected(), Does::Rows(Figure::ConnectedPairs), 8);
    let short = format!("{} stated", grouped(exposure.connected_pairs_stated));
    line.add_or(exposure.stated_words(), short, Does::Rows(Figure::StatedPairs), 5);
    line.with_fixes();
    line.ends(exposure);
    line.cut();
    line.pieces
}

/// The line while it is put together.
struct Line<'a> {
    context: &'a PanelContext<'a>,
    pieces: Vec<Piece>,
}

impl Line<'_> {
    fn add(&mut self, text: String, does: Does, rank: u8) {
        let colour = ink(self.context.theme.second);
        self.pieces.push(Piece { text, short: None, colour, does, rank });
    }

    fn add_or(&mut self, text: String, short: String, does: Does, rank: u8) {
        self.add(text, does, rank);
        if let Some(last) = self.pieces.last_mut() {
            last.short = Some(short);
        }
    }

    /// What counts as an end, each with the way to its list.
    fn ends(&mut self, exposure: &Exposure) {
        let fallen = exposure.already_fallen;
        let ends = [
            (EndKind::EntryPoint, counted(exposure.entry_points, "entry point", "entry points")),
            (EndKind::CrownJewel, counted(exposure.crown_jewels, "crown jewel", "crown jewels")),
            (EndKind::AlreadyFallen, format!("{} already fallen", grouped(fallen as u64))),
        ];
        for (kind, text) in ends {
            if kind != EndKind::AlreadyFallen || fallen > 0 {
                self.add(text, Does::Rows(Figure::Ends(kind)), 1);
            }
        }
    }

    /// The switch between what is open as it is and with the fixes in force.
    fn switch(&mut self) {
        let model = self.context.model;
        let with = match model.fixes_in_force().len() {
            0 => return,
            1 => "with the fix".to_owned(),
            count => format!("with the {} fixes", grouped(count as u64)),
        };
        let on = model.session.with_fixes;
        for (text, own) in [("as it is".to_owned(), false), (with, true)] {
            let theme = self.context.theme;
            let colour = ink(if on == own { theme.text } else { theme.accent });
            let does = Does::ShowWith(own);
            self.pieces.push(Piece { text, short: None, colour, does, rank: 7 });
        }
        if on && model.as_is.is_none() && model.runs(JobKind::Analysis) {
            self.add("working it out…".to_owned(), Does::Nothing, 6);
        }
    }

    /// What the fixes in force leave, as soon as it is known; or what there was without them.
    fn with_fixes(&mut self) {
        let model = self.context.model;
        let count = model.fixes_in_force().len();
        if count == 0 {
            return;
        }
        if let Some(as_is) = &model.as_is {
            let before = grouped(as_is.answers.exposure.connected_pairs);
            return self.add(format!("{before} as it is"), Does::Rows(Figure::PairsAsIs), 6);
        }
        let fixes = match count {
            1 => "the fix".to_owned(),
            count => format!("the {} fixes", grouped(count as u64)),
        };
        let Some(outcome) = &model.what_if.outcome else {
            let text = format!("working out what {fixes} would leave…");
            return self.add(text, Does::Nothing, 4);
        };
        let (before, after) = outcome.all.connected_pairs;
        let stated = match after {
            0 => String::new(),
            _ => format!(" ({} stated)", grouped(outcome.all.connected_pairs_stated.1)),
        };
        let theme = self.context.theme;
        let colour = ink(if after < before { theme.fixed } else { theme.second });
        let text = format!("{}{stated} with {fixes}", grouped(after));
        let does = Does::Rows(Figure::PairsWithFixes);
        self.pieces.push(Piece { text, short: None, colour, does, rank: 6 });
    }

    /// The size of the minimum cut, as soon as it is known.
    fn cut(&mut self) {
        let model = self.context.model;
        let Some(judged) = &model.assessment else {
            if model.runs(JobKind::Assessment) {
                self.add("working out the cut…".to_owned(), Does::Nothing, 2);
            }
            return;
        };
        let count = match judged.cut().map(|cut| cut.credentials.len()) {
            None => {
                return self.add("nothing cuts them all".to_owned(), Does::Rows(Figure::Cut), 3);
            }
            Some(0) => return,
            Some(count) => count,
        };
        let verb = if count == 1 { "cuts" } else { "cut" };
        let text = format!("{} {verb} them all", counted(count, "credential", "credentials"));
        let short = format!("cut of {}", grouped(count as u64));
        self.add_or(text, short, Does::Rows(Figure::Cut), 3);
    }
}
