//! What of the credentials, services and marks is in sight of a view.

use crate::analysis::Subject;
use crate::app::model::filters::Filters;
use crate::app::work::answers::Answers;
use crate::scene::Map;

/// What passes the filters of a view, and which marks of its map are in sight.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visibility {
    /// One for each mark of the map.
    pub(crate) marks: Vec<bool>,
    /// How many instances are in sight, one count for each region of the map.
    pub(crate) in_regions: Vec<usize>,
    credential_passes: Vec<bool>,
    instance_passes: Vec<bool>,
}

impl Visibility {
    /// Filters credentials and services; the marks are still to be shown.
    pub(crate) fn build(answers: &Answers, filters: &Filters) -> Self {
        let graph = &answers.graph;
        let credential_passes: Vec<bool> =
            graph.credential_indices().map(|at| filters.pass_credential(answers, at)).collect();
        let instance_passes = graph
            .instance_indices()
            .map(|at| filters.pass_instance(answers, at, &credential_passes))
            .collect();
        Self { credential_passes, instance_passes, ..Self::default() }
    }

    /// Which marks of a map are in sight; a focus leaves only what is lit.
    pub(crate) fn show_marks(&mut self, map: &Map, lit: impl Fn(u32) -> bool) {
        self.marks = (0_u32..)
            .zip(&map.marks)
            .map(|(index, mark)| self.passes(mark.subject) && lit(index))
            .collect();
        self.in_regions = vec![0; map.regions.len()];
        for (mark, _) in map.marks.iter().zip(&self.marks).filter(|(_, shown)| **shown) {
            if let Some(count) = mark.region.and_then(|at| self.in_regions.get_mut(at as usize)) {
                *count += usize::from(matches!(mark.subject, Subject::Instance(_)));
            }
        }
    }

    /// Whether a subject passes the filters.
    pub(crate) fn passes(&self, subject: Subject) -> bool {
        match subject {
            Subject::Credential(at) => self.credential_passes.get(at.index()).copied(),
            Subject::Instance(at) => self.instance_passes.get(at.index()).copied(),
        }
        .unwrap_or(false)
    }
}
