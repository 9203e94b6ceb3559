//! What a scene names, in a graph; and what of a graph a scene names.

use crate::analysis::{Path, Step, Subject};
use crate::graph::AccessGraph;
use crate::project::{
    CredentialName, InstanceName, NamedSubject, SceneHop, ScenePath, SceneView, SubjectName,
};
use crate::scene::ViewKind;

/// Those of some names that a graph has, in the same order.
pub(crate) fn subjects_of(names: &[SubjectName], graph: &AccessGraph) -> Vec<Subject> {
    let found = names.iter().filter_map(|name| match name.found_in(graph, &[]).found()? {
        NamedSubject::Subject(subject) => Some(subject),
        NamedSubject::Owner(_) | NamedSubject::Path(_) => None,
    });
    found.collect()
}

/// The names of some subjects.
pub(crate) fn names_of(subjects: &[Subject], graph: &AccessGraph) -> Vec<SubjectName> {
    subjects.iter().map(|subject| SubjectName::of(graph, *subject)).collect()
}

/// The names along a path.
pub(crate) fn scene_path(path: &Path, graph: &AccessGraph) -> ScenePath {
    let hop = |hop: &Step| SceneHop {
        credential: CredentialName::of(graph, hop.credential),
        to: InstanceName::of(graph, hop.to),
    };
    ScenePath {
        from: InstanceName::of(graph, path.from),
        hops: path.hops.iter().map(hop).collect(),
    }
}

/// The path of these names; none where a hop of it is gone.
pub(crate) fn path_of(named: &ScenePath, graph: &AccessGraph) -> Option<Path> {
    let from = named.from.found_in(graph)?;
    let mut at = from;
    let mut hops = Vec::with_capacity(named.hops.len());
    for SceneHop { credential, to } in &named.hops {
        let credential = credential.found_in(graph).found()?;
        let to = to.found_in(graph)?;
        let of_pair =
            |edges: &[_]| edges.iter().copied().find(|own| graph.edge(*own).instance == to);
        let edge = of_pair(graph.grants(credential))?;
        let mut held = graph.held_by(credential).iter();
        held.find(|own| graph.edge(**own).instance == at)?;
        hops.push(Step { from: Some(at), credential, edge, to });
        at = to;
    }
    Some(Path { from, to: at, hops })
}

/// What a view shows, as scenes call it.
pub(crate) fn scene_view(kind: ViewKind) -> SceneView {
    match kind {
        ViewKind::Map => SceneView::Map,
        ViewKind::Lanes => SceneView::Lanes,
        ViewKind::Spread => SceneView::Spread,
        ViewKind::Matrix => SceneView::Matrix,
        ViewKind::Strands => SceneView::Strands,
        ViewKind::Path => SceneView::Path,
    }
}

/// What a view shows of that name.
pub(crate) fn kind_of(view: SceneView) -> ViewKind {
    match view {
        SceneView::Map => ViewKind::Map,
        SceneView::Lanes => ViewKind::Lanes,
        SceneView::Spread => ViewKind::Spread,
        SceneView::Matrix => ViewKind::Matrix,
        SceneView::Strands => ViewKind::Strands,
        SceneView::Path => ViewKind::Path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Counting, Movement, paths_between};
    use crate::graph::testing::graph;
    use crate::inventory::Progress;

    #[test]
    fn a_path_is_found_again_by_its_names_and_not_where_a_hop_is_gone() {
        let rows = "k holds shop@dev\nk grants pay@prod\nl holds pay@prod\nl grants bank@prod";
        let graph_of_now = graph(rows);
        let ends = |service: &str, environment: &str| {
            graph_of_now.find_instance(service, environment).unwrap()
        };
        let movement = Movement::new(&graph_of_now, Counting::All);
        let (from, to) = (ends("shop", "dev"), ends("bank", "prod"));
        let paths = paths_between(&movement, &[from], &[to], 5, &Progress::default()).unwrap();
        let named = scene_path(&paths[0], &graph_of_now);
        assert_eq!(path_of(&named, &graph_of_now).as_ref(), Some(&paths[0]));
        let later = graph(&format!("a holds aardvark@dev\n{rows}"));
        let again = path_of(&named, &later).unwrap();
        assert_eq!(scene_path(&again, &later), named);
        for gone in ["l holds pay@prod", "k grants pay@prod", "l grants bank@prod"] {
            let left: Vec<&str> = rows.split('\n').filter(|row| *row != gone).collect();
            assert_eq!(path_of(&named, &graph(&left.join("\n"))), None, "{gone}");
        }
    }

    #[test]
    fn views_and_scenes_have_names_for_the_same() {
        for kind in ViewKind::ALL {
            assert_eq!(kind_of(scene_view(kind)), kind);
        }
    }
}
