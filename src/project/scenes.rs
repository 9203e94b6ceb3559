//! The scenes of a project, in their order.

use crate::graph::AccessGraph;
use crate::project::scene::Scene;
use crate::project::subject_name::CredentialName;

/// The scenes, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenes(Vec<Scene>);

impl Scenes {
    /// Scenes in this order.
    pub fn of(scenes: Vec<Scene>) -> Self {
        Self(scenes)
    }

    /// The scenes in order.
    pub fn list(&self) -> &[Scene] {
        &self.0
    }

    /// The scene at a place.
    pub fn get(&self, at: usize) -> Option<&Scene> {
        self.0.get(at)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts a scene at a place, before the one that stands there, or at the end; where it stands.
    pub fn insert(&mut self, at: usize, scene: Scene) -> usize {
        let at = at.min(self.0.len());
        self.0.insert(at, scene);
        at
    }

    /// Changes the scene at a place. Says whether it is there and is another one now.
    pub fn change(&mut self, at: usize, change: impl FnOnce(&mut Scene)) -> bool {
        let Some(own) = self.0.get_mut(at) else { return false };
        let before = own.clone();
        change(own);
        *own != before
    }

    /// Takes the scene at a place out. Says whether it was there.
    pub fn remove(&mut self, at: usize) -> bool {
        let is_there = at < self.0.len();
        if is_there {
            self.0.remove(at);
        }
        is_there
    }

    /// Moves the scene at a place so that it stands at another one. Says whether anything changed.
    pub fn shift(&mut self, from: usize, to: usize) -> bool {
        let to = to.min(self.0.len().saturating_sub(1));
        if from >= self.0.len() || from == to {
            return false;
        }
        let scene = self.0.remove(from);
        self.0.insert(to, scene);
        true
    }

    /// Gives credentials the names under which a newer inventory has them.
    #[must_use]
    pub fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        Self(self.0.iter().map(|scene| scene.renamed(&newer)).collect())
    }

    /// What scenes show that a graph does not have: a sentence each.
    pub fn gone_from(&self, graph: &AccessGraph) -> Vec<String> {
        let mut gone = Vec::new();
        for (at, scene) in self.0.iter().enumerate() {
            let own = scene.missing_in(graph).into_iter();
            gone.extend(own.map(|what| gone_words(at, &what)));
        }
        gone
    }

    /// What was in the older graph and, under its `renamed` name, is not in the newer one: a sentence
    /// each.
    pub(super) fn lost(
        &self,
        renamed: &Self,
        (old, new): (&AccessGraph, &AccessGraph),
    ) -> Vec<String> {
        let mut lost = Vec::new();
        for (at, (was, is)) in self.0.iter().zip(&renamed.0).enumerate() {
            let before = was.missing_in(old);
            let gone = is.missing_in(new).into_iter().filter(|words| !before.contains(words));
            lost.extend(gone.map(|what| gone_words(at, &what)));
        }
        lost
    }
}

/// That something a scene shows is gone.
fn gone_words(scene: usize, what: &str) -> String {
    // Of a fix the words say already what is the matter.
    let end = if what.starts_with("fix ") { "" } else { " is no longer in the inventory" };
    format!("scene {}: {what}{end}", scene + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::FixKind;
    use crate::graph::testing::graph;
    use crate::project::fixes::NamedFix;
    use crate::project::scene::{SceneCamera, SceneFocus, SceneHop, ScenePath, SceneQuestion};
    use crate::project::subject_name::{InstanceName, SubjectName};

    fn captions(scenes: &Scenes) -> String {
        scenes.list().iter().map(|scene| scene.caption.as_str()).collect()
    }

    fn named(caption: &str) -> Scene {
        Scene { caption: caption.to_owned(), ..Scene::default() }
    }

    #[test]
    fn scenes_stand_where_they_are_put_and_moved() {
        let mut scenes = Scenes::default();
        for caption in ["a", "c", "d"] {
            scenes.insert(usize::MAX, named(caption));
        }
        assert_eq!(scenes.insert(1, named("b")), 1);
        assert_eq!(captions(&scenes), "abcd");
        for (from, to, wanted) in [(0, 2, "bcad"), (3, 0, "dbca"), (1, 9, "dcab"), (2, 1, "dacb")] {
            assert!(scenes.shift(from, to));
            assert_eq!(captions(&scenes), wanted);
        }
        assert!(!scenes.shift(1, 1) && !scenes.shift(9, 0) && !scenes.remove(4));
        assert!(scenes.remove(0) && scenes.len() == 3);
        assert!(scenes.change(0, |own| own.caption.push('!')));
        assert!(!scenes.change(0, |_| {}) && !scenes.change(7, |own| own.hides_answer = true));
        assert_eq!(captions(&scenes), "a!cb");
        assert_eq!(scenes.get(1).map(|own| own.title(1)).as_deref(), Some("c"));
        assert_eq!(Scene::default().title(1), "Scene 2");
    }

    fn known(id: &str) -> CredentialName {
        CredentialName::Known(id.to_owned())
    }

    fn thing(id: &str) -> SubjectName {
        SubjectName::Credential(known(id))
    }

    #[test]
    fn what_a_scene_shows_is_found_by_name_and_what_is_gone_is_listed_once() {
        let at = |service: &str, environment: &str| InstanceName {
            service: service.to_owned(),
            environment: environment.to_owned(),
        };
        let path = ScenePath {
            from: at("shop", "dev"),
            hops: vec![SceneHop { credential: known("k"), to: at("pay", "prod") }],
        };
        let scene = Scene {
            question: SceneQuestion::Paths(vec![path]),
            compromised: vec![thing("k"), thing("l")],
            fixes: vec![NamedFix::new("l", FixKind::Revoke)],
            camera: SceneCamera::Around(vec![thing("elsewhere")]),
            focus: Some(SceneFocus::Around(vec![thing("k")], 2)),
            ..Scene::default()
        };
        let old = graph("k holds shop@dev\nk grants pay@prod\nl holds pay@prod");
        assert!(scene.missing_in(&old).is_empty());
        let new = graph("k2 holds shop@dev");
        let missing = scene.missing_in(&new);
        let wanted = ["“k”", "“l”", "“pay in prod”", "fix “revoke l”: no longer in the inventory"];
        assert_eq!(missing, wanted);
        let newer = |name: &CredentialName| {
            if name.as_str() == "k" { known("k2") } else { name.clone() }
        };
        let scenes = Scenes::of(vec![scene]);
        let renamed = scenes.renamed(newer);
        let lost = scenes.lost(&renamed, (&old, &new));
        assert_eq!(lost.len(), 3, "{lost:?}");
        assert_eq!(lost[0], "scene 1: “l” is no longer in the inventory");
        assert_eq!(lost[2], "scene 1: fix “revoke l”: no longer in the inventory");
        assert!(scenes.lost(&scenes, (&old, &old)).is_empty());
        let mut credentials = renamed.list()[0].credentials();
        credentials.sort_unstable();
        credentials.dedup();
        assert_eq!(credentials, [known("elsewhere"), known("k2"), known("l")]);
    }
}
