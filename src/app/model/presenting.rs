//! Presents scenes: one after the other, and what comes of each step by step.

use std::time::Instant;

use crate::app::model::command::{Command, LookCommand};
use crate::app::model::presentation::{PointerAid, Presentation, Reveal, reveal, steps};
use crate::app::model::remembered::keep_settings;
use crate::app::model::scene_command::PresentCommand;
use crate::app::model::scene_making::scene_of;
use crate::app::model::scene_showing::{show_scene, what_is_seen};
use crate::app::model::settings::PresenterWindow;
use crate::app::model::state::Model;
use crate::project::Scene;
use crate::scene::ThemeMode;

/// The longest presentation that can be planned, in minutes.
const MOST_MINUTES: u32 = 480;

/// The highest number of a screen for the presenter.
pub(crate) const MOST_SCREENS: u8 = 4;

/// Carries out what is asked while scenes are presented, or that they are.
pub(crate) fn apply_presenting(model: &mut Model, command: PresentCommand) {
    match command {
        PresentCommand::Start => return begin(model),
        PresentCommand::PresenterWindow => {
            model.settings.presenter.wanted = !model.settings.presenter.wanted;
            return keep_settings(model);
        }
        PresentCommand::PresenterScreen(number) => {
            let screen = number.min(MOST_SCREENS);
            model.settings.presenter = PresenterWindow { wanted: true, screen };
            return keep_settings(model);
        }
        _ => {}
    }
    let count = model.project.scenes.len();
    let Some(presentation) = &mut model.session.presentation else { return };
    let (at, step) = (presentation.at, presentation.step);
    match command {
        PresentCommand::Leave => leave_stage(model),
        PresentCommand::Next => next(model, (at, step)),
        PresentCommand::Previous if step > 0 => go_to(model, at, step - 1),
        PresentCommand::Previous => {
            if let Some(before) = at.checked_sub(1) {
                go_to(model, before, usize::MAX);
            }
        }
        PresentCommand::First => go_to(model, 0, 0),
        PresentCommand::Last => go_to(model, count.saturating_sub(1), 0),
        PresentCommand::GoTo(place) if place < count => go_to(model, place, 0),
        PresentCommand::GoTo(_)
        | PresentCommand::Start
        | PresentCommand::Story
        | PresentCommand::PresenterWindow
        | PresentCommand::PresenterScreen(_)
        | PresentCommand::Write(_)
        | PresentCommand::TakeBack
        | PresentCommand::Names => {}
        PresentCommand::Return => go_to(model, at, step),
        PresentCommand::Play => presentation.plays = !presentation.plays,
        PresentCommand::PlayOn => play_on(model, (at, step)),
        PresentCommand::Blank => presentation.is_blank = !presentation.is_blank,
        PresentCommand::Spotlight => toggle(&mut presentation.aid, PointerAid::Spotlight),
        PresentCommand::LaserDot => toggle(&mut presentation.aid, PointerAid::LaserDot),
        PresentCommand::Clock => presentation.has_clock = !presentation.has_clock,
        PresentCommand::Minutes(by) => {
            presentation.has_clock = true;
            let minutes = presentation.minutes.saturating_add_signed(by);
            presentation.minutes = minutes.min(MOST_MINUTES);
        }
    }
}

fn toggle(aid: &mut PointerAid, wanted: PointerAid) {
    *aid = if *aid == wanted { PointerAid::None } else { wanted };
}

/// Presents the scenes of the project, from the one that was shown last.
pub(crate) fn begin(model: &mut Model) {
    let is_ready = model.session.presentation.is_none() && !model.project.scenes.is_empty();
    let Some(looked_at) = scene_of(model).filter(|_| is_ready) else { return };
    let last = model.project.scenes.len() - 1;
    let at = model.session.scene.unwrap_or(0).min(last);
    model.session.presentation = Some(Box::new(Presentation {
        before: model.project.clone(),
        looked_at,
        theme: model.session.theme_mode,
        at,
        step: 0,
        plays: false,
        is_blank: false,
        aid: PointerAid::None,
        has_clock: false,
        minutes: 0,
        since: Instant::now(),
        explores: false,
        said_before: model.project.workshop.entries().last().map_or(0, |own| own.number),
        added: None,
        taken_back: None,
    }));
    model.session.theme_mode = ThemeMode::Projector;
    model.notice = None;
    go_to(model, at, 0);
}

/// Ends the presentation. What the scenes assumed is no longer in the project.
pub(crate) fn leave_stage(model: &mut Model) {
    let Some(presentation) = model.session.presentation.take() else { return };
    let Presentation { before, looked_at, theme, at, .. } = *presentation;
    model.session.theme_mode = theme;
    let (hop, after) = (looked_at.hop, looked_at.with_fixes);
    // What was looked at holds what the project had of all that scenes change.
    show_scene(model, &looked_at, Reveal { hop, after });
    model.project = before;
    model.session.scene = Some(at);
}

/// Ends the presentation for as long as names are being hidden or shown.
pub(crate) fn pause(model: &mut Model) {
    model.session.paused = model.session.presentation.clone();
    leave_stage(model);
}

/// Goes on with a presentation that was paused, where it was.
pub(crate) fn go_on(model: &mut Model) {
    let Some(paused) = model.session.paused.take() else { return };
    model.session.scene = Some(paused.at);
    begin(model);
    if let Some(own) = &mut model.session.presentation {
        let Presentation { before, looked_at, theme, .. } = own.as_ref().clone();
        let is_blank = paused.is_blank;
        **own = Presentation { before, looked_at, theme, plays: false, ..*paused };
        let (at, step) = (own.at, own.step);
        go_to(model, at, step);
        if let Some(own) = &mut model.session.presentation {
            own.is_blank = is_blank;
        }
    }
}

fn next(model: &mut Model, (at, step): (usize, usize)) {
    let Some(scene) = model.project.scenes.get(at) else { return };
    if step + 1 < steps(scene, model.last_hop()) {
        go_to(model, at, step + 1);
    } else if at + 1 < model.project.scenes.len() {
        go_to(model, at + 1, 0);
    }
}

/// Shows the next step of the scene that plays, and stops at its last one.
fn play_on(model: &mut Model, (at, step): (usize, usize)) {
    let Some(scene) = model.project.scenes.get(at) else { return };
    let has_more = step + 1 < steps(scene, model.last_hop());
    let goes_on = model.session.presentation.as_ref().is_some_and(|own| own.plays);
    if goes_on && has_more {
        go_to(model, at, step + 1);
    }
    if let Some(presentation) = &mut model.session.presentation {
        presentation.plays = goes_on && has_more;
    }
}

/// Shows what is presented again, where the answers behind it are other ones.
pub(crate) fn show_again(model: &mut Model) {
    if let Some(own) = &model.session.presentation {
        let (at, step, is_blank) = (own.at, own.step, own.is_blank);
        go_to(model, at, step);
        if let Some(own) = &mut model.session.presentation {
            own.is_blank = is_blank;
        }
    }
}

/// Shows one of the steps of a scene; of too high a number its last one.
fn go_to(model: &mut Model, at: usize, step: usize) {
    let Some(scene) = model.project.scenes.get(at).cloned() else { return };
    show_scene(model, &what_is_seen(&scene), reveal(&scene, step));
    // How many hops there are is known once what is in question is selected.
    let last = steps(&scene, model.last_hop()) - 1;
    if let Some(presentation) = &mut model.session.presentation {
        presentation.plays &= presentation.at == at;
        presentation.at = at;
        presentation.step = step.min(last);
        presentation.is_blank = false;
        presentation.explores = false;
        presentation.taken_back = None;
    }
    model.session.scene = Some(at);
}

impl Model {
    /// The scene that is presented, and what of it is shown.
    pub(crate) fn presented(&self) -> Option<(&Scene, Reveal)> {
        let own = self.session.presentation.as_ref()?;
        let scene = self.project.scenes.get(own.at)?;
        Some((scene, reveal(scene, own.step)))
    }

    /// Whether a command can be carried out now: while scenes are presented only what looks at something
    /// else, so that nothing is changed that is gone at the end.
    pub(crate) fn takes(&self, command: &Command) -> bool {
        if self.session.presentation.is_none() {
            return true;
        }
        match command {
            Command::Present(_)
            | Command::Workshop(_)
            | Command::Ended(_)
            | Command::Cancel(_)
            | Command::DismissNotice => true,
            command => looks_around(command) || is_about_the_view(command),
        }
    }
}

/// Notes that the picture of a scene was moved: there is a way back then.
pub(crate) fn note_moved(model: &mut Model, input: &egui::InputState) {
    let is_scrolled = input.smooth_scroll_delta() != egui::Vec2::ZERO;
    let is_moved = input.pointer.is_decidedly_dragging() || is_scrolled;
    if let Some(own) = &mut model.session.presentation {
        own.explores |= is_moved || (input.zoom_delta() - 1.0).abs() > f32::EPSILON;
    }
}

/// What becomes of a command while scenes are presented: a click on nothing leaves the scene as it is, and shows
/// it again after something else was looked at.
pub(crate) fn on_stage(model: &Model, command: Command) -> Option<Command> {
    match (&model.session.presentation, command) {
        (Some(own), Command::Select(None)) => {
            own.explores.then_some(Command::Present(PresentCommand::Return))
        }
        (_, command) => Some(command),
    }
}

/// Whether a command looks at something else than the scene.
pub(crate) fn looks_around(command: &Command) -> bool {
    match command {
        Command::Select(_) | Command::SelectAll(_) | Command::Go(_) => true,
        Command::Look(look) => matches!(
            look,
            LookCommand::Fit
                | LookCommand::FitSelection
                | LookCommand::Focus
                | LookCommand::Zoom(_)
                | LookCommand::Pan(..)
        ),
        _ => false,
    }
}

/// Whether a command says which view or which part of the window has the keys.
fn is_about_the_view(command: &Command) -> bool {
    matches!(
        command,
        Command::Look(LookCommand::ToView(_) | LookCommand::ToMap | LookCommand::Lasso(false))
    )
}
