//! Scenes that were changed while names were hidden, carried back to the names.

use super::field_text::FieldText;
use super::names::Redaction;
use super::reveal::TextKind;
use crate::inventory::Assumptions;
use crate::project::{Scene, Scenes};

/// Scenes as they are shown while names are hidden, and what each is under its names: a caption that is
/// hidden cannot be read back.
#[derive(Clone, Debug, Default)]
pub struct KnownScenes {
    /// Each pair that was ever in sight.
    pairs: Vec<(Scene, Scene)>,
    /// Those of now, as they are shown and under their names.
    now: (Scenes, Scenes),
}

impl KnownScenes {
    /// Notes the scenes as they are now: shown, and under their names in the same order.
    pub fn note(&mut self, shown: &Scenes, open: &Scenes) {
        for pair in shown.list().iter().cloned().zip(open.list().iter().cloned()) {
            if !self.pairs.contains(&pair) {
                self.pairs.push(pair);
            }
        }
        self.now = (shown.clone(), open.clone());
    }

    /// The scenes that are shown as `after`, under their names: those of now in another order, without
    /// some, with new ones, or with one changed; none where that is not certain.
    pub(super) fn carried_back(
        &self,
        after: &Scenes,
        (hides, own): (&Redaction, &Assumptions),
        (reveals, shown): (&Redaction, &Assumptions),
    ) -> Option<Scenes> {
        if self.is_ambiguous() {
            return None;
        }
        let fields = FieldText::new(reveals);
        let (before, open) = &self.now;
        let now = || before.list().iter().zip(open.list());
        let mut back = Vec::with_capacity(after.len());
        for (at, scene) in after.list().iter().enumerate() {
            let known = || self.pairs.iter().rev().find(|(own, _)| own == scene);
            let found = now().find(|(own, _)| *own == scene).map(|(_, open)| open);
            if let Some(found) = found.or_else(|| known().map(|(_, open)| open)) {
                back.push(found.clone());
                continue;
            }
            let was = now().nth(at).filter(|_| before.len() == after.len());
            let names = |text: &str| hides.reveal(text, TextKind::Plain).ok().map(|(text, _)| text);
            let new = reveals.scene(scene, shown, &fields);
            back.push(scene_back(scene, was, new, names)?);
        }
        let back = Scenes::of(back);
        (hides.shown_scenes(&back, own) == *after).then_some(back)
    }

    /// Whether two scenes of now look alike while names are hidden and are not the same.
    fn is_ambiguous(&self) -> bool {
        let (shown, open) = (self.now.0.list(), self.now.1.list());
        let pairs: Vec<(&Scene, &Scene)> = shown.iter().zip(open).collect();
        let unlike = |(at, one): (usize, &(&Scene, &Scene))| {
            pairs.iter().skip(at + 1).any(|other| one.0 == other.0 && one.1 != other.1)
        };
        pairs.iter().enumerate().any(unlike)
    }
}

/// A scene that is new, or that was another one as shown and under its names; `new` is the scene under
/// names as far as it can be read back.
fn scene_back(
    scene: &Scene,
    was: Option<(&Scene, &Scene)>,
    new: Scene,
    names: impl Fn(&str) -> Option<String>,
) -> Option<Scene> {
    let Some((before, open)) = was else {
        return Some(Scene { caption: names(&scene.caption)?, notes: names(&scene.notes)?, ..new });
    };
    let looks_alike = *before
        == Scene {
            caption: before.caption.clone(),
            notes: before.notes.clone(),
            hop: before.hop,
            hides_answer: before.hides_answer,
            ..scene.clone()
        };
    let back = if looks_alike {
        Scene { hop: scene.hop, hides_answer: scene.hides_answer, ..open.clone() }
    } else {
        new
    };
    let kept = |is_same: bool, open: &str, shown: &str| {
        if is_same { Some(open.to_owned()) } else { names(shown) }
    };
    Some(Scene {
        caption: kept(before.caption == scene.caption, &open.caption, &scene.caption)?,
        notes: kept(before.notes == scene.notes, &open.notes, &scene.notes)?,
        ..back
    })
}
