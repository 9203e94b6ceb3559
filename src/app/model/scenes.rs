//! Makes scenes, changes them, and puts them on screen.

use std::sync::Arc;

use crate::app::model::deck::export_scenes;
use crate::app::model::panes::Pane;
use crate::app::model::presentation::{Reveal, reveal};
use crate::app::model::scene_command::SceneCommand;
use crate::app::model::scene_making::scene_of;
use crate::app::model::scene_showing::{show_scene, what_is_seen};
use crate::app::model::state::Model;
use crate::app::model::tab::Tab;
use crate::inventory::shown;
use crate::project::{Scene, Scenes};

/// Carries out what concerns scenes.
pub(crate) fn apply_scene(model: &mut Model, command: SceneCommand) {
    match command {
        SceneCommand::Add => add(model),
        SceneCommand::Show(at) => show(model, at),
        SceneCommand::TakeOver(at) => {
            let Some(now) = scene_of(model) else { return };
            change(model, at, |own| {
                let Scene { caption, notes, hides_answer, hop, .. } = own.clone();
                *own = Scene { caption, notes, hides_answer, hop: hop.or(now.hop), ..now };
            });
        }
        SceneCommand::Duplicate(at) => {
            if let Some(scene) = model.project.scenes.get(at).cloned() {
                insert(model, at + 1, scene);
            }
        }
        SceneCommand::Remove(at) => {
            let mut scenes = Scenes::clone(&model.project.scenes);
            if scenes.remove(at) {
                let last = scenes.len().checked_sub(1);
                model.session.scene = last.map(|last| at.min(last));
                model.project.scenes = Arc::new(scenes);
            }
        }
        SceneCommand::Shift(from, to) => {
            let mut scenes = Scenes::clone(&model.project.scenes);
            if scenes.shift(from, to) {
                model.session.scene = Some(to.min(scenes.len().saturating_sub(1)));
                model.project.scenes = Arc::new(scenes);
            }
        }
        SceneCommand::Caption(at, text) => {
            let text = model.without_secrets(&text);
            change(model, at, |own| own.caption = text);
        }
        SceneCommand::Notes(at, text) => {
            let text = model.without_secrets(&text);
            change(model, at, |own| own.notes = text);
        }
        SceneCommand::HideAnswer(at, on) => {
            change(model, at, |own| own.hides_answer = on);
        }
        SceneCommand::Export => export_scenes(model),
        SceneCommand::HopByHop(at, on) => {
            change(model, at, |own| own.hop = on.then_some(0));
            if model.session.scene == Some(at) {
                show(model, at);
            }
        }
    }
}

fn add(model: &mut Model) {
    let Some(scene) = scene_of(model) else { return };
    let after = model.session.scene.map_or(usize::MAX, |at| at + 1);
    model.session.tab = Tab::Scenes;
    model.session.unfold(Pane::Tables);
    insert(model, after, scene);
}

fn insert(model: &mut Model, at: usize, scene: Scene) {
    let mut scenes = Scenes::clone(&model.project.scenes);
    model.session.scene = Some(scenes.insert(at, scene));
    model.project.scenes = Arc::new(scenes);
}

fn change(model: &mut Model, at: usize, change: impl FnOnce(&mut Scene)) {
    let mut scenes = Scenes::clone(&model.project.scenes);
    if scenes.change(at, change) {
        model.project.scenes = Arc::new(scenes);
    }
}

/// Shows a scene as it begins, and says what of it is gone.
fn show(model: &mut Model, at: usize) {
    let Some(scene) = model.project.scenes.get(at).cloned() else { return };
    model.session.scene = Some(at);
    let Reveal { hop, after: _ } = reveal(&scene, 0);
    show_scene(model, &what_is_seen(&scene), Reveal { hop, after: scene.with_fixes });
    let missing = model.answers_as_is().map(|answers| scene.missing_in(&answers.graph));
    if let Some(missing) = missing.filter(|missing| !missing.is_empty()) {
        let missing = missing.join(", ");
        model.notice = Some(format!("the inventory lacks of this scene: {}", shown(&missing)));
    }
}
