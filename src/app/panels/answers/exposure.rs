//! Exposure in one line under the headline: figures that lead to what they count.

use egui::{RichText, Ui};

use super::super::Desk;
use super::said_ui;
use crate::app::answers::Answers;
use crate::app::jobs::JobKind;
use crate::app::look::{ink, size};
use crate::app::model::{Command, Tab, TableCommand};

/// The line.
pub(in crate::app::panels) fn exposure_ui(ui: &mut Ui, desk: &mut Desk<'_>, answers: &Answers) {
    let exposure = &answers.exposure;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if exposure.pairs == 0 {
            figure_ui(ui, desk, &exposure.sentence(), Tab::Coverage);
            return;
        }
        let connected = format!(
            "{} of {} pairs of entry point and crown jewel are connected",
            exposure.connected_pairs, exposure.pairs
        );
        figure_ui(ui, desk, &connected, Tab::Paths);
        let stated = format!("{} with stated access alone", exposure.connected_pairs_stated);
        said_ui(ui, desk, &format!("· {stated}"));
        said_ui(ui, desk, "·");
        let ends = format!(
            "{} entry points, {} crown jewels",
            exposure.entry_points, exposure.crown_jewels
        );
        figure_ui(ui, desk, &ends, Tab::Coverage);
        if exposure.already_fallen > 0 {
            let fallen = format!("{} already fallen", exposure.already_fallen);
            said_ui(ui, desk, "·");
            figure_ui(ui, desk, &fallen, Tab::Coverage);
        }
        cut_ui(ui, desk);
    });
}

/// The size of the minimum cut, as soon as it is known.
fn cut_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(judged) = desk.model.judged.clone() else {
        if desk.model.runs(JobKind::Judgement) {
            said_ui(ui, desk, "· working out the cut…");
        }
        return;
    };
    let text = match judged.cut() {
        None => "nothing cuts them all".to_owned(),
        Some(cut) => match cut.credentials.len() {
            0 => return,
            1 => "1 credential cuts them all".to_owned(),
            count => format!("{count} credentials cut them all"),
        },
    };
    said_ui(ui, desk, "·");
    figure_ui(ui, desk, &text, Tab::CutAndPlan);
}

/// A figure that leads to the tab of what it counts.
fn figure_ui(ui: &mut Ui, desk: &mut Desk<'_>, text: &str, tab: Tab) {
    let text = RichText::new(text).size(size::NOTE).color(ink(desk.theme.second));
    let hint = format!("Show {}", tab.name().to_lowercase());
    if ui.link(text).on_hover_text(hint).clicked() {
        desk.push(Command::Table(TableCommand::Show(tab)));
    }
}
