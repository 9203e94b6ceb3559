//! Answers into what a view shows of them: the map, or one of its other forms.

use crate::analysis::{Counting, Path, Starts, Subject, blast_radius};
use crate::app::work::answers::Answers;
use crate::app::work::map_layout::{Content, MapStage, SeenMap, first_map};
use crate::inventory::Progress;
use crate::layout::OrderEffort;
use crate::scene::{Map, Spread, lanes, matrix_about, paths, spread, strands};

/// From this many links on, lanes are put into a simple order: the best one takes too long.
const SIMPLE_FROM: usize = 60_000;

/// What a spread begins with, and which way it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SpreadOf {
    pub(crate) starts: Vec<Subject>,
    /// Who reaches the instance instead of what falls with it.
    pub(crate) backwards: bool,
}

/// What is to be laid out for a view.
#[derive(Clone, Debug)]
pub(crate) enum Wanted {
    Map(Option<SeenMap>),
    Lanes,
    Spread(SpreadOf),
    Paths(Vec<Path>),
    Strands,
    /// With the rows of one credential together.
    Matrix(Option<Subject>),
}

/// Lays out what is wanted; `None` when cancelled.
pub(crate) fn laid_out(
    wanted: &Wanted,
    content: Content<'_>,
    progress: &Progress,
) -> Option<(Map, MapStage)> {
    let graph = &content.answers.graph;
    let map = match wanted {
        Wanted::Map(seen) => return first_map(content, seen.as_ref(), progress),
        Wanted::Lanes => {
            let chart = content.chart();
            let is_large = chart.map.links.len() >= SIMPLE_FROM;
            let effort = if is_large { OrderEffort::Simple } else { OrderEffort::Full };
            lanes(&chart, effort, progress)?.0
        }
        Wanted::Spread(of) => {
            let chart = content.chart();
            spread(&chart, graph, &found(content.answers, of, progress)?, progress)?
        }
        Wanted::Strands => strands(&content.chart(), OrderEffort::Full, progress)?.0,
        Wanted::Matrix(about) => {
            matrix_about(&content.chart(), *about, OrderEffort::Full, progress)?.0
        }
        Wanted::Paths(all) => paths(&content.chart(), graph, all, progress)?,
    };
    Some((map, MapStage::Anew))
}

/// Works out what a spread shows; `None` when cancelled.
fn found(answers: &Answers, of: &SpreadOf, progress: &Progress) -> Option<Spread> {
    if let ([Subject::Instance(to)], true) = (of.starts.as_slice(), of.backwards) {
        return Some(Spread::ReachedBy(answers.who_reaches(*to, progress)?));
    }
    let mut starts = Starts::default();
    for start in &of.starts {
        match *start {
            Subject::Credential(at) => starts.credentials.push(at),
            Subject::Instance(at) => starts.instances.push(at),
        }
    }
    let radius = blast_radius(&answers.graph, &starts, Counting::All);
    Some(Spread::Reaches(starts, radius))
}
