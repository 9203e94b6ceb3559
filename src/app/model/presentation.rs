//! What is known while scenes are presented, and of the scenes in the window.

use std::sync::Arc;
use std::time::Instant;

use crate::app::work::answers::Answers;
use crate::project::{Arrangement, Project, Scene, WorkshopEntry};
use crate::scene::ThemeMode;

/// How far the guided story has got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Story {
    #[default]
    NotShown,
    /// Its sample is being read.
    Opening,
    /// It is presented.
    Shown,
    /// It was, or was skipped: a file of one's own comes next.
    Seen,
}

/// What stands at the pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PointerAid {
    #[default]
    None,
    /// All but a circle round it is dimmed.
    Spotlight,
    /// A dot.
    LaserDot,
}

/// How much of a scene is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reveal {
    /// Up to which hop what is in question is lit; all of it without.
    pub(crate) hop: Option<u32>,
    /// Whether the fixes are made.
    pub(crate) after: bool,
}

/// How many steps a scene has that come one after the other, at the least one.
pub(crate) fn steps(scene: &Scene, last_hop: u32) -> usize {
    match scene.hop {
        _ if shows_fixes(scene) => 2,
        Some(first) => last_hop.saturating_sub(first) as usize + 1,
        None => 1,
    }
}

/// What of a scene is shown at one of its steps; the last one for a step beyond them.
pub(crate) fn reveal(scene: &Scene, step: usize) -> Reveal {
    let after = shows_fixes(scene) && step > 0;
    let step = u32::try_from(step).unwrap_or(u32::MAX);
    let more = if shows_fixes(scene) { 0 } else { step };
    Reveal { hop: scene.hop.map(|first| first.saturating_add(more)), after }
}

/// Whether a scene shows the inventory before fixes and after them.
pub(crate) fn shows_fixes(scene: &Scene) -> bool {
    scene.with_fixes && !scene.fixes.is_empty()
}

/// A presentation that is going on.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug)]
pub(crate) struct Presentation {
    /// What the user had made before: all of it is there again at the end.
    pub(crate) before: Project,
    /// What was on screen before.
    pub(crate) looked_at: Scene,
    pub(crate) theme: ThemeMode,
    /// The place of the scene, and how many of its steps came before this one.
    pub(crate) at: usize,
    pub(crate) step: usize,
    /// Whether the steps of the scene come by themselves.
    pub(crate) plays: bool,
    pub(crate) is_blank: bool,
    pub(crate) aid: PointerAid,
    pub(crate) has_clock: bool,
    /// How many minutes are planned; none where nobody said so.
    pub(crate) minutes: u32,
    pub(crate) since: Instant,
    /// Whether something else than the scene is looked at.
    pub(crate) explores: bool,
    /// The highest number of what was said in workshops before.
    pub(crate) said_before: u32,
    /// The entry that stated something of a service that no file has.
    pub(crate) added: Option<u32>,
    /// What was taken back on the scene in sight, in words.
    pub(crate) taken_back: Option<String>,
}

impl Presentation {
    /// What was written down last in this presentation.
    pub(crate) fn said_last(&self) -> Option<&WorkshopEntry> {
        self.before.workshop.entries().last().filter(|own| own.number > self.said_before)
    }
}

/// The pictures of scenes in the window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Thumbnails {
    /// Of which answers they are, and how the map is arranged in them.
    pub(crate) of: Option<(Arc<Answers>, Arc<Arrangement>)>,
    pub(crate) pictures: Vec<(Scene, Arc<egui::ColorImage>)>,
}

impl Thumbnails {
    /// The picture of a scene.
    pub(crate) fn picture(&self, scene: &Scene) -> Option<&Arc<egui::ColorImage>> {
        self.pictures.iter().find(|(own, _)| is_same_picture(own, scene)).map(|(_, image)| image)
    }
}

/// Whether two scenes look the same: what people wrote does not stand in the picture.
pub(crate) fn is_same_picture(one: &Scene, other: &Scene) -> bool {
    let bare = |scene: &Scene| Scene {
        caption: String::new(),
        notes: String::new(),
        hop: None,
        ..scene.clone()
    };
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::FixKind;
    use crate::project::NamedFix;

    #[test]
    fn a_scene_has_a_step_for_each_hop_or_one_before_fixes_and_one_after_them() {
        let whole = Scene::default();
        let hops = Scene { hop: Some(1), ..Scene::default() };
        let fixes = vec![NamedFix::new("k", FixKind::Revoke)];
        let before = Scene { fixes: fixes.clone(), ..Scene::default() };
        let both = Scene { fixes, with_fixes: true, hop: Some(1), ..Scene::default() };
        let counts = [&whole, &hops, &before, &both].map(|scene| steps(scene, 4));
        assert_eq!(counts, [1, 4, 1, 2]);
        assert_eq!(steps(&hops, 0), 1);
        let shown = |scene: &Scene, step: usize| {
            let Reveal { hop, after } = reveal(scene, step);
            (hop, after)
        };
        assert_eq!(shown(&whole, 3), (None, false));
        assert_eq!([0, 2].map(|step| shown(&hops, step)), [(Some(1), false), (Some(3), false)]);
        assert_eq!([0, 1].map(|step| shown(&both, step)), [(Some(1), false), (Some(1), true)]);
        assert_eq!(shown(&hops, usize::MAX), (Some(u32::MAX), false));
    }
}
