//! What was looked at when a project was saved last.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::project::scene::Scene;

/// Which fixes a view shows on its map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeenFixes {
    /// None: what is there as it is.
    AsItIs,
    /// Those of the what-if list.
    Listed,
    /// Those that the plan proposes.
    Plan,
    /// Those of a scenario, by its name.
    Scenario(String),
}

/// What one view showed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenView {
    /// The same as a scene without words.
    pub scene: Scene,
    /// The fixes whose changes it showed, where two views were compared.
    pub fixes: Option<SeenFixes>,
    /// Whether it was the active one.
    pub active: bool,
}

/// What each view showed, from left to right. Looking at something else is no work: any two are equal, so
/// that it is neither undone nor asked about at closing.
#[derive(Clone, Debug, Default)]
pub struct LastView(Arc<Vec<SeenView>>);

impl LastView {
    /// What the views show.
    pub fn of(views: Vec<SeenView>) -> Self {
        Self(Arc::new(views))
    }

    /// What files of version 4 hold: scenes, that of the active view first.
    pub fn of_scenes(scenes: Vec<Scene>) -> Self {
        let views = (0..).zip(scenes);
        let view = |(at, scene): (usize, Scene)| SeenView { scene, fixes: None, active: at == 0 };
        let mut views: Vec<SeenView> = views.map(view).collect();
        // The active one was opened last, so that it is on the right.
        views.reverse();
        Self::of(views)
    }

    /// What each view showed; nothing where that is not known.
    pub fn views(&self) -> &[SeenView] {
        &self.0
    }
}

impl PartialEq for LastView {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
