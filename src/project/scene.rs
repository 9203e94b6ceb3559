//! A scene: what is shown at one step of a presentation, under names, so that it outlives a newer export.

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
