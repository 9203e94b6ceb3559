//! The figure that belongs to what a scene shows: one line below its caption.

use crate::analysis::{Path, hop_by_hop};
use crate::app::model::presentation::{Reveal, shows_fixes};
use crate::app::model::state::Model;
use crate::app::work::answers::Answers;
use crate::graph::AccessGraph;
use crate::inventory::{counted, grouped, shown};
use crate::project::{Scene, SceneQuestion};

/// What is said of what is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SceneFigure {
    /// One line.
    Line(String),
    /// How many pairs are connected, of how many: a counter that runs down once fixes are made.
    Pairs { connected: u64, pairs: u64, with_fixes: bool },
}

impl SceneFigure {
    /// As one line, with this number of connected pairs: while a counter runs it is another one.
    pub(crate) fn words_with(&self, connected: u64) -> String {
        match self {
            Self::Line(line) => line.clone(),
            Self::Pairs { pairs, with_fixes, .. } => {
                let (connected, pairs) = (grouped(connected), grouped(*pairs));
                let when = if *with_fixes { " with the fixes" } else { "" };
                format!(
                    "{connected} of {pairs} pairs of entry point and crown jewel connected{when}"
                )
            }
        }
    }

    /// As one line.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Line(line) => line.clone(),
            Self::Pairs { connected, .. } => self.words_with(*connected),
        }
    }
}

impl Model {
    /// The last hop that what is in question has.
    pub(crate) fn last_hop(&self) -> u32 {
        if let Some(route) = &self.route {
            let hops = route.paths.iter().map(|path| path.hops.len());
            return hops.max().unwrap_or(0) as u32;
        }
        let last = self.selection.as_ref().and_then(|own| own.hops.last());
        last.filter(|_| !self.session.shows_reached_by).map_or(0, |own| own.hop)
    }

    /// The figure of a scene that is on screen; none where it hides the answer, or there is nothing to count.
    pub(crate) fn scene_figure(&self, scene: &Scene, reveal: Reveal) -> Option<SceneFigure> {
        let answers = self.answers.as_ref().filter(|_| !scene.hides_answer)?;
        if shows_fixes(scene) {
            return pairs_figure(answers, self.as_is.is_some());
        }
        let line = match &scene.question {
            SceneQuestion::Nothing => return pairs_figure(answers, false),
            SceneQuestion::Owner(_) => return None,
            SceneQuestion::Reach(_) => reach_line(self, answers, reveal.hop),
            SceneQuestion::ReachedBy(_) => reached_by_line(self, answers),
            SceneQuestion::Paths(_) => paths_line(self, &answers.graph, reveal.hop),
        };
        line.map(SceneFigure::Line)
    }
}

fn pairs_figure(answers: &Answers, with_fixes: bool) -> Option<SceneFigure> {
    let exposure = &answers.exposure;
    (exposure.pairs > 0).then_some(SceneFigure::Pairs {
        connected: exposure.connected_pairs,
        pairs: exposure.pairs,
        with_fixes,
    })
}

fn reach_line(model: &Model, answers: &Answers, hop: Option<u32>) -> Option<String> {
    let selection = model.selection.as_ref()?;
    let whole = grouped(answers.graph.instances().len() as u64);
    let falls = hop_by_hop(&selection.radius);
    let last = falls.last().map_or(0, |fall| fall.so_far);
    let Some(hop) = hop else {
        let hops = counted(falls.len(), "hop", "hops");
        let reached = grouped(last as u64);
        return Some(format!("{reached} of {whole} services reached in {hops}"));
    };
    match falls.iter().rfind(|fall| fall.hop <= hop) {
        Some(fall) => Some(fall.words(&answers.graph)),
        None => Some(format!("before the first hop: 0 of {whole}")),
    }
}

fn reached_by_line(model: &Model, answers: &Answers) -> Option<String> {
    let to = model.selected_instance()?;
    let (count, _) = answers.reached_by.of(to);
    let whole = answers.ends.entry_points_beside_words(to);
    Some(format!("reached by {} of {whole}", grouped(u64::from(count))))
}

fn paths_line(model: &Model, graph: &AccessGraph, hop: Option<u32>) -> Option<String> {
    let paths: &[Path] = &model.route.as_ref()?.paths;
    let [path] = paths else { return Some(counted(paths.len(), "path", "paths")) };
    let whole = counted(path.hops.len(), "hop", "hops");
    let Some(hop) = hop else { return Some(whole) };
    let Some(last) = path.hops.iter().take(hop as usize).next_back() else {
        return Some(format!("it starts in {}", shown(&graph.instance_name(path.from))));
    };
    let at = path.hops.len().min(hop as usize);
    let (credential, to) = (graph.credential_name(last.credential), graph.instance_name(last.to));
    Some(format!("hop {at} of {}: {} opens {}", path.hops.len(), shown(credential), shown(&to)))
}
