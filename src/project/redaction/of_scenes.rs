//! Scenes under pseudonyms: what they show stays, what people wrote does not.

use super::field_text::FieldText;
use super::names::{Gathered, Redaction};
use super::of_project::{credential, instance, subject};
use crate::inventory::Assumptions;
use crate::project::filters::{HiddenByHand, NamedFilters};
use crate::project::pseudonyms::NameOf;
use crate::project::{
    Scene, SceneCamera, SceneFocus, SceneHop, ScenePath, SceneQuestion, SceneSpread, Scenes,
    SubjectName,
};

/// All names in scenes, of things that are gone too.
pub(super) fn gather(scenes: &Scenes, to: &mut Gathered) {
    for scene in scenes.list() {
        let HiddenByHand { hidden, shown, others_hidden: _ } = &scene.filters.by_hand;
        let mut subjects: Vec<&SubjectName> = hidden.iter().chain(shown).collect();
        subjects.extend(scene.spread.starts.iter().chain(&scene.compromised));
        if let SceneCamera::Around(names) = &scene.camera {
            subjects.extend(names);
        }
        if let Some(SceneFocus::Around(centre, _)) = &scene.focus {
            subjects.extend(centre);
        }
        match &scene.question {
            SceneQuestion::Nothing | SceneQuestion::Owner(None) => {}
            SceneQuestion::Reach(things) => subjects.extend(things),
            SceneQuestion::ReachedBy(at) => instance(at, to),
            SceneQuestion::Owner(Some(owner)) => to.add(NameOf::Owner, owner),
            SceneQuestion::Paths(paths) => {
                for ScenePath { from, hops } in paths {
                    instance(from, to);
                    for SceneHop { credential: of, to: at } in hops {
                        credential(of, to);
                        instance(at, to);
                    }
                }
            }
        }
        for name in subjects {
            subject(name, to);
        }
        for fix in &scene.fixes {
            credential(&fix.credential, to);
            for name in fix.holders.iter().chain(fix.grants.iter().flatten()) {
                instance(name, to);
            }
        }
        for label in &scene.filters.hidden_environments {
            to.add(NameOf::Environment, label);
        }
        for owner in &scene.filters.owners {
            to.add(NameOf::Owner, owner);
        }
        for kind in &scene.filters.types {
            to.add(NameOf::Type, kind);
        }
    }
}

impl Redaction {
    /// Scenes under pseudonyms. Captions and notes are free text and go, like a search text.
    pub(super) fn scenes(&self, scenes: &Scenes, policy: &Assumptions) -> Scenes {
        let fields = FieldText::new(self);
        let scene = |scene| self.scene(scene, policy, &fields);
        Scenes::of(scenes.list().iter().map(scene).collect())
    }

    /// A scene without its caption and notes.
    pub(super) fn scene(
        &self,
        scene: &Scene,
        policy: &Assumptions,
        fields: &FieldText<'_>,
    ) -> Scene {
        let all = |names: &[SubjectName]| -> Vec<SubjectName> {
            names.iter().map(|name| self.subject(name, policy)).collect()
        };
        let Scene { view, spread, camera, filters, dims, focus, question, .. } = scene;
        let Scene {
            hop, compromised, fixes, with_fixes, hides_answer, caption: _, notes: _, ..
        } = scene;
        Scene {
            caption: String::new(),
            notes: String::new(),
            view: *view,
            spread: SceneSpread { starts: all(&spread.starts), backwards: spread.backwards },
            camera: match camera {
                SceneCamera::Whole => SceneCamera::Whole,
                SceneCamera::Around(names) => SceneCamera::Around(all(names)),
            },
            filters: self.filters(filters, policy, fields),
            dims: *dims,
            focus: focus.as_ref().map(|focus| match focus {
                SceneFocus::Lit => SceneFocus::Lit,
                SceneFocus::Around(centre, hops) => SceneFocus::Around(all(centre), *hops),
            }),
            question: self.question(question, policy),
            hop: *hop,
            compromised: all(compromised),
            fixes: fixes.iter().map(|fix| self.fix(fix, policy)).collect(),
            with_fixes: *with_fixes,
            hides_answer: *hides_answer,
        }
    }

    fn question(&self, question: &SceneQuestion, policy: &Assumptions) -> SceneQuestion {
        let path = |path: &ScenePath| ScenePath {
            from: self.instance(&path.from, policy),
            hops: path
                .hops
                .iter()
                .map(|SceneHop { credential, to }| SceneHop {
                    credential: self.credential_name(credential),
                    to: self.instance(to, policy),
                })
                .collect(),
        };
        match question {
            SceneQuestion::Nothing => SceneQuestion::Nothing,
            SceneQuestion::Reach(names) => {
                SceneQuestion::Reach(names.iter().map(|name| self.subject(name, policy)).collect())
            }
            SceneQuestion::ReachedBy(at) => SceneQuestion::ReachedBy(self.instance(at, policy)),
            SceneQuestion::Owner(owner) => SceneQuestion::Owner(
                owner.as_ref().map(|own| self.of(NameOf::Owner, own).into_owned()),
            ),
            SceneQuestion::Paths(paths) => SceneQuestion::Paths(paths.iter().map(path).collect()),
        }
    }

    /// Filters without a search text.
    pub(super) fn filters(
        &self,
        filters: &NamedFilters,
        policy: &Assumptions,
        fields: &FieldText<'_>,
    ) -> NamedFilters {
        let NamedFilters { hidden_environments, types, owners, severities, switches, .. } = filters;
        let HiddenByHand { hidden, shown, others_hidden } = &filters.by_hand;
        let types = types.iter().map(|name| fields.field(NameOf::Type, name)).collect();
        NamedFilters {
            hidden_environments: hidden_environments
                .iter()
                .map(|label| self.label(label, policy))
                .collect(),
            types,
            owners: owners.iter().map(|own| self.of(NameOf::Owner, own).into_owned()).collect(),
            severities: severities.clone(),
            switches: switches.clone(),
            search: String::new(),
            by_hand: HiddenByHand {
                hidden: hidden.iter().map(|name| self.subject(name, policy)).collect(),
                shown: shown.iter().map(|name| self.subject(name, policy)).collect(),
                others_hidden: *others_hidden,
            },
        }
    }
}
