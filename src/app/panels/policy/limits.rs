//! Age limits, extraction points, and which storage counts as plain sight.

use egui::Ui;

use crate::app::model::command::Command;
use crate::app::panels::policy::fields::{back_ui, listed_ui, number_ui, text_ui};
use crate::app::panels::policy::section::{Both, section_ui};
use crate::app::widgets::fold::{Fold, fold_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::inventory::{Assumptions, counted};

/// A limit: what it means, its label, its value and default, and the assumptions with another.
type Limit<'a> = (&'a str, &'a str, [u32; 2], fn(&Assumptions, u32) -> Assumptions);

fn signed(days: u32) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// The limits.
pub(crate) fn limits_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (now, default): Both<'_>) {
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
    section_ui(ui, context, ("Limits", differs), |ui, context| {
        for (means, label, [value, usual], with) in limits {
            note_ui(ui, context.theme, means);
            if let Some(number) = number_ui(ui, context, (label, value)) {
                context.push(Command::Assume(with(now, number)));
            }
            if back_ui(ui, context, (label, &usual.to_string()), value != usual) {
                context.push(Command::Assume(with(now, usual)));
            }
        }
    });
}

/// The words for storage in plain sight.
pub(crate) fn plain_sight_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (now, default): Both<'_>,
) {
    let differs = now.plain_sight != default.plain_sight;
    section_ui(ui, context, ("Plain sight", differs), |ui, context| {
        let means = "A credential is in plain sight (KR08) if its storage has one of these words. \
                     Vaults and other secret stores win.";
        note_ui(ui, context.theme, means);
        let with = |words: Vec<String>| Assumptions { plain_sight: words, ..now.clone() };
        if let Some(word) = text_ui(ui, ("Another word for plain sight", "Add a word")) {
            let word = word.to_lowercase();
            if !now.plain_sight.contains(&word) {
                let mut words = now.plain_sight.clone();
                words.push(word);
                context.push(Command::Assume(with(words)));
            }
        }
        let usual = counted(default.plain_sight.len(), "word", "words");
        if back_ui(ui, context, ("plain sight", &usual), differs) {
            context.push(Command::Assume(with(default.plain_sight.clone())));
        }
        let words = counted(now.plain_sight.len(), "word", "words");
        let fold = Fold::new(context.theme, &words);
        fold_ui(ui, context.theme, "plain sight words", fold, |ui| {
            for (at, word) in now.plain_sight.iter().enumerate() {
                if listed_ui(ui, word, None, context) {
                    let mut words = now.plain_sight.clone();
                    words.remove(at);
                    context.push(Command::Assume(with(words)));
                }
            }
        });
    });
}
