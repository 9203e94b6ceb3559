//! Scenes: what is shown step by step, each under names, so that it outlives a newer export.

use serde::{Deserialize, Serialize};

use crate::graph::AccessGraph;
use crate::project::filters::NamedFilters;
use crate::project::fixes::NamedFix;
use crate::project::subject_name::{CredentialName, InstanceName, Lookup, SubjectName};

/// As what a scene shows the inventory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SceneView {
    /// Regions, and what joins them.
    #[default]
    Map,
    /// A lane for each environment.
    Lanes,
    /// A column for each hop.
    Spread,
    /// Credentials as columns, service instances as rows.
    Matrix,
    /// Credentials as lines over the service instances that they join.
    Strands,
    /// Paths from left to right.
    Path,
}

/// Where a scene looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SceneCamera {
    /// At all that is in sight.
    #[default]
    Whole,
    /// At the area round these: the outermost that were seen when the scene was made. A map that is laid
    /// out anew, or for a screen of another shape, has them elsewhere.
    Around(Vec<SubjectName>),
}

/// What alone of the picture a scene leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SceneFocus {
    /// What belongs to what is in question.
    Lit,
    /// What lies within this number of hops round something.
    Around(Vec<SubjectName>, u8),
}

/// One hop of a path: the credential, and what it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneHop {
    /// The credential.
    pub credential: CredentialName,
    /// The service instance that it opens.
    pub to: InstanceName,
}

/// A path with every service instance on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenePath {
    /// Where it starts.
    pub from: InstanceName,
    /// Its hops, in order.
    pub hops: Vec<SceneHop>,
}

/// What a scene lights.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SceneQuestion {
    /// Nothing.
    #[default]
    Nothing,
    /// These things and all that they reach.
    Reach(Vec<SubjectName>),
    /// A service instance, and the entry points that reach it.
    ReachedBy(InstanceName),
    /// All of an owner, or what nobody owns.
    Owner(Option<String>),
    /// Paths.
    Paths(Vec<ScenePath>),
}

/// What the spread begins with that a scene shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneSpread {
    /// The starts.
    pub starts: Vec<SubjectName>,
    /// Whether it shows who reaches them instead.
    pub backwards: bool,
}

/// One step of a presentation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    /// What the audience reads.
    pub caption: String,
    /// What the presenter reads.
    pub notes: String,
    /// As what the inventory is shown.
    pub view: SceneView,
    /// What a spread begins with.
    pub spread: SceneSpread,
    /// Where one looks.
    pub camera: SceneCamera,
    /// What the filters leave, with what is hidden by hand.
    pub filters: NamedFilters,
    /// Whether what the filters leave out is dimmed instead of hidden.
    pub dims: bool,
    /// What alone is in sight.
    pub focus: Option<SceneFocus>,
    /// What is lit.
    pub question: SceneQuestion,
    /// Up to which hop it is lit at first; all at once without.
    pub hop: Option<u32>,
    /// What is taken to have fallen.
    pub compromised: Vec<SubjectName>,
    /// The what-if list.
    pub fixes: Vec<NamedFix>,
    /// Whether it shows the inventory after the fixes, once it has shown it before them.
    pub with_fixes: bool,
    /// Whether nothing is lit and no figure is shown, so that the audience looks first.
    pub hides_answer: bool,
}

impl Scene {
    /// The caption, or what stands for it where there is none.
    pub fn title(&self, place: usize) -> String {
        match self.caption.trim() {
            "" => format!("Scene {}", place + 1),
            caption => caption.to_owned(),
        }
    }

    /// What of it a graph does not have, a few words each, none of them twice.
    pub fn missing_in(&self, graph: &AccessGraph) -> Vec<String> {
        let Self { spread, camera: _, filters, focus, question, compromised, fixes, .. } = self;
        // Where the camera looks is found by what is left of it.
        let mut names: Vec<SubjectName> =
            spread.starts.iter().chain(compromised).cloned().collect();
        if let Some(SceneFocus::Around(centre, _)) = focus {
            names.extend(centre.iter().cloned());
        }
        let mut missing = Vec::new();
        match question {
            SceneQuestion::Nothing | SceneQuestion::Owner(None) => {}
            SceneQuestion::Reach(things) => names.extend(things.iter().cloned()),
            SceneQuestion::ReachedBy(to) => names.push(SubjectName::Instance(to.clone())),
            SceneQuestion::Owner(Some(owner)) => names.push(SubjectName::Owner(owner.clone())),
            SceneQuestion::Paths(paths) => {
                for path in paths {
                    names.push(SubjectName::Instance(path.from.clone()));
                    for SceneHop { credential, to } in &path.hops {
                        names.push(SubjectName::Credential(credential.clone()));
                        names.push(SubjectName::Instance(to.clone()));
                    }
                }
            }
        }
        let is_gone = |name: &&SubjectName| !matches!(name.found_in(graph, &[]), Lookup::Found(_));
        missing.extend(names.iter().filter(is_gone).map(|name| format!("“{}”", name.words())));
        missing.extend(filters.missing_in(graph));
        for fix in fixes {
            if let Some(why) = fix.found_in(graph).says() {
                missing.push(format!("fix “{}”: {why}", fix.title()));
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        missing.retain(|words| seen.insert(words.clone()));
        missing
    }

    /// The credentials of which it speaks.
    pub fn credentials(&self) -> Vec<CredentialName> {
        let mut found = std::cell::RefCell::new(Vec::new());
        // Renaming comes by every one.
        drop(self.renamed(|name| {
            found.borrow_mut().push(name.clone());
            name.clone()
        }));
        std::mem::take(found.get_mut())
    }

    /// The same with the names that a newer export has for its credentials.
    #[must_use]
    pub fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        let all = |names: &[SubjectName]| -> Vec<SubjectName> {
            names.iter().map(|name| name.renamed(&newer)).collect()
        };
        let path = |path: &ScenePath| ScenePath {
            from: path.from.clone(),
            hops: path
                .hops
                .iter()
                .map(|hop| SceneHop { credential: newer(&hop.credential), to: hop.to.clone() })
                .collect(),
        };
        Self {
            spread: SceneSpread { starts: all(&self.spread.starts), ..self.spread },
            camera: match &self.camera {
                SceneCamera::Whole => SceneCamera::Whole,
                SceneCamera::Around(names) => SceneCamera::Around(all(names)),
            },
            filters: self.filters.renamed(&newer),
            focus: self.focus.as_ref().map(|focus| match focus {
                SceneFocus::Lit => SceneFocus::Lit,
                SceneFocus::Around(centre, hops) => SceneFocus::Around(all(centre), *hops),
            }),
            question: match &self.question {
                SceneQuestion::Reach(names) => SceneQuestion::Reach(all(names)),
                SceneQuestion::Paths(paths) => {
                    SceneQuestion::Paths(paths.iter().map(path).collect())
                }
                SceneQuestion::Nothing | SceneQuestion::ReachedBy(_) | SceneQuestion::Owner(_) => {
                    self.question.clone()
                }
            },
            compromised: all(&self.compromised),
            fixes: self
                .fixes
                .iter()
                .map(|fix| NamedFix { credential: newer(&fix.credential), ..fix.clone() })
                .collect(),
            ..self.clone()
        }
    }
}

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
            lost.extend(
                gone.map(|what| format!("scene {}: {what} is no longer in the inventory", at + 1)),
            );
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::FixKind;
    use crate::graph::testing::graph;

    fn known(id: &str) -> CredentialName {
        CredentialName::Known(id.to_owned())
    }

    fn thing(id: &str) -> SubjectName {
        SubjectName::Credential(known(id))
    }

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
        assert!(scenes.lost(&scenes, (&old, &old)).is_empty());
        let mut credentials = renamed.list()[0].credentials();
        credentials.sort_unstable();
        credentials.dedup();
        assert_eq!(credentials, [known("elsewhere"), known("k2"), known("l")]);
    }
}
