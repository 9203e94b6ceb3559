//! What is being typed into a field, and is no part of the project until the field is left.

use std::sync::Arc;

use crate::project::{NoteOn, Notes, Project, Scene, Scenes};

/// A text that is kept once its field is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypedText {
    /// A note.
    Note(NoteOn, String),
    /// The caption of a scene, by its place.
    Caption(usize, String),
    /// The presenter's notes on a scene, likewise.
    SceneNotes(usize, String),
}

impl TypedText {
    /// A project with the text, as it is kept: `masked` takes secret values out.
    pub(crate) fn kept_in(&self, project: Project, masked: impl Fn(&str) -> String) -> Project {
        match self {
            Self::Note(on, text) => {
                let mut notes = Notes::clone(&project.notes);
                notes.write(on.clone(), &masked(text));
                Project { notes: Arc::new(notes), ..project }
            }
            Self::Caption(at, text) => with_scene(project, *at, |own| own.caption = masked(text)),
            Self::SceneNotes(at, text) => with_scene(project, *at, |own| own.notes = masked(text)),
        }
    }
}

/// A project with one of its scenes changed.
fn with_scene(project: Project, at: usize, change: impl FnOnce(&mut Scene)) -> Project {
    let mut scenes = project.scenes.list().to_vec();
    let Some(own) = scenes.get_mut(at) else { return project };
    change(own);
    Project { scenes: Arc::new(Scenes::of(scenes)), ..project }
}
