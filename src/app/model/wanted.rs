//! What is to be laid out for a view: what it spreads from, which paths it shows.

use crate::analysis::{Path, Subject};
use crate::app::jobs::ViewId;
use crate::app::model::state::Model;
use crate::app::work::answers::Answers;
use crate::app::work::view_layout::{SpreadOf, Wanted};
use crate::project::{Lookup, NamedSubject};
use crate::scene::ViewKind;

/// What is to be laid out for a view; `None` for one that is closed.
pub(crate) fn wanted_of(model: &Model, view: ViewId) -> Option<Wanted> {
    let spec = &model.views.iter().find(|own| own.id == view)?.spec;
    Some(match spec.kind {
        ViewKind::Map => Wanted::Map(model.seen.clone()),
        ViewKind::Lanes => Wanted::Lanes,
        ViewKind::Spread if spec.spread.starts.is_empty() => Wanted::Spread(spread_now(model)),
        ViewKind::Spread => Wanted::Spread(spec.spread.clone()),
        ViewKind::Strands => Wanted::Strands,
        ViewKind::Matrix => Wanted::Matrix(model.selected_credential().map(Subject::Credential)),
        ViewKind::Path => Wanted::Paths(paths_in_question(model)),
    })
}

/// What a spread begins with now: what is selected, and if that is taken to have fallen, all that is; if
/// nothing is selected, what has fallen, where the path in question starts, or the worst.
pub(crate) fn spread_now(model: &Model) -> SpreadOf {
    let Some(answers) = &model.answers else { return SpreadOf::default() };
    let fallen = fallen(model, answers);
    let starts = match model.selected_all() {
        [one] if fallen.contains(one) => fallen,
        [_, ..] => model.selected_all().to_vec(),
        [] if !fallen.is_empty() => fallen,
        [] => {
            let path = model.route.as_ref().and_then(|route| route.paths.first());
            let start = path.map(|path| Subject::Instance(path.from));
            let worst = answers.findings.first().map(|finding| finding.subject);
            start.or(worst).into_iter().collect()
        }
    };
    SpreadOf { starts, backwards: false }
}

/// What is taken to have fallen, as far as it is there.
pub(crate) fn fallen(model: &Model, answers: &Answers) -> Vec<Subject> {
    let mut fallen = Vec::new();
    for name in model.project.rotation.starts() {
        match name.found_in(&answers.graph, &[]) {
            Lookup::Found(NamedSubject::Subject(subject)) => fallen.push(subject),
            Lookup::Found(NamedSubject::Owner(owner)) => {
                let owners = &answers.owners;
                fallen.extend(owners.credentials_of(Some(owner)).map(Subject::Credential));
                fallen.extend(owners.instances_of(Some(owner)).map(Subject::Instance));
            }
            Lookup::Found(NamedSubject::Path(_)) | Lookup::Several | Lookup::Gone => {}
        }
    }
    fallen
}

/// The paths in question, or between the picked ends, or else the shortest of all, or of those that
/// run through what is selected if there is one.
fn paths_in_question(model: &Model) -> Vec<Path> {
    if let Some(route) = &model.route {
        return route.paths.clone();
    }
    let listed = model.listed_paths().unwrap_or_default();
    if model.picked.any() {
        return listed.to_vec();
    }
    let is_on = |path: &&Path, subject: Subject| match subject {
        Subject::Instance(at) => path.from == at || path.hops.iter().any(|hop| hop.to == at),
        Subject::Credential(at) => path.hops.iter().any(|hop| hop.credential == at),
    };
    let selected = model.selected_all();
    let through = listed.iter().find(|path| selected.iter().any(|own| is_on(path, *own)));
    through.or(listed.first()).cloned().into_iter().collect()
}
