//! Age limits, extraction points, and which storage counts as plain sight.

use egui::{RichText, Ui};

use super::super::Desk;
use super::super::parts::note_ui;
use super::fields::{back_ui, listed_ui, number_ui, text_ui};
use super::{Both, section_ui};
use crate::app::look::size;
use crate::app::model::Command;
use crate::inventory::{Assumptions, counted};

/// A limit: what it means, its label, its value and default, and the assumptions with another.
type Limit<'a> = (&'a str, &'a str, [u32; 2], fn(&Assumptions, u32) -> Assumptions);

fn signed(days: u32) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// The limits.
pub(super) fn limits_ui(ui: &mut Ui, desk: &mut Desk<'_>, (now, default): Both<'_>) {
    let days = |days: i32| u32::try_from(days).unwrap_or(0);
    let limits: [Limit<'_>; 3] = [
        (
            "Days without rotation after which a credential is old (KR06)",
            "Days until old",
            [now, default].map(|of| days(of.rotation_days)),
            |now, days| Assumptions { rotation_days: signed(days), ..now.clone() },
        ),
        (
            "Days without use after which a credential is unused (KR13)",
            "Days until unused",
            [now, default].map(|of| days(of.unused_days)),
            |now, days| Assumptions { unused_days: signed(days), ..now.clone() },
        ),
        (
            "Credentials that make their holder an extraction point (KR09)",
            "Credentials of an extraction point",
            [now, default].map(|of| of.extraction_point_holds as u32),
            |now, count| Assumptions { extraction_point_holds: count as usize, ..now.clone() },
        ),
    ];
    let differs = limits.iter().any(|(_, _, [value, usual], _)| value != usual);
    section_ui(ui, desk, ("Limits", differs), |ui, desk| {
        for (means, label, [value, usual], with) in limits {
            note_ui(ui, desk.theme, means);
            if let Some(number) = number_ui(ui, desk, (label, value)) {
                desk.push(Command::Assume(with(now, number)));
            }
            if back_ui(ui, desk, (label, &usual.to_string()), value != usual) {
                desk.push(Command::Assume(with(now, usual)));
            }
        }
    });
}

/// The words for storage in plain sight.
pub(super) fn plain_sight_ui(ui: &mut Ui, desk: &mut Desk<'_>, (now, default): Both<'_>) {
    let differs = now.plain_sight != default.plain_sight;
    section_ui(ui, desk, ("Plain sight", differs), |ui, desk| {
        let means = "A credential is in plain sight (KR08) if its storage has one of these words. \
                     Vaults and other secret stores win.";
        note_ui(ui, desk.theme, means);
        let with = |words: Vec<String>| Assumptions { plain_sight: words, ..now.clone() };
        if let Some(word) = text_ui(ui, ("Another word for plain sight", "Add a word")) {
            let word = word.to_lowercase();
            if !now.plain_sight.contains(&word) {
                let mut words = now.plain_sight.clone();
                words.push(word);
                desk.push(Command::Assume(with(words)));
            }
        }
        let usual = counted(default.plain_sight.len(), "word", "words");
        if back_ui(ui, desk, ("plain sight", &usual), differs) {
            desk.push(Command::Assume(with(default.plain_sight.clone())));
        }
        let title = RichText::new(counted(now.plain_sight.len(), "word", "words")).size(size::NOTE);
        egui::CollapsingHeader::new(title).id_salt("plain sight words").show(ui, |ui| {
            for (at, word) in now.plain_sight.iter().enumerate() {
                if listed_ui(ui, word, None, desk) {
                    let mut words = now.plain_sight.clone();
                    words.remove(at);
                    desk.push(Command::Assume(with(words)));
                }
            }
        });
    });
}
