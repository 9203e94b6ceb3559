//! One sentence that is always true: whether credentials held below the highest tier open it.

use super::Sharing;
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex};
use crate::inventory::Tier;

/// What the headline counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    /// Live credentials held below the highest tier that grant the highest tier.
    pub into_top: usize,
    /// How many of them do so by assumed access alone.
    pub assumed: usize,
    /// The labels of the environments below that hold one.
    pub from: Vec<String>,
    /// The labels of the highest tier.
    pub top: Vec<String>,
    /// How many known environments there are.
    pub environments: usize,
    /// Credentials that cross environments in any way.
    pub crossing: usize,
}

/// Works the headline out. Costs time in proportion to the edges.
pub fn headline(graph: &AccessGraph, sharing: &[Sharing]) -> Headline {
    let known = || graph.environments().iter().filter(|environment| environment.is_known());
    let Some(top) = known().filter_map(|environment| environment.tier).max() else {
        return Headline { environments: known().count(), ..Headline::default() };
    };
    let labels = known().filter(|environment| environment.tier == Some(top));
    let mut headline = Headline {
        top: labels.map(|environment| environment.label.clone()).collect(),
        environments: known().count(),
        crossing: sharing
            .iter()
            .filter(|sharing| sharing.crossing != super::Crossing::None)
            .count(),
        ..Headline::default()
    };
    for credential in graph.credential_indices() {
        count(graph, credential, top, &mut headline);
    }
    headline.from.sort_unstable_by_key(|label| {
        (graph.assumptions().environments.tier(label), label.clone())
    });
    headline.from.dedup();
    headline
}

fn count(graph: &AccessGraph, credential: CredentialIndex, top: Tier, headline: &mut Headline) {
    if !graph.credential(credential).is_live() {
        return;
    }
    let tier = |edge: EdgeIndex| graph.environment_of(graph.edge(edge).instance).tier;
    let below: Vec<EdgeIndex> = graph
        .held_by(credential)
        .iter()
        .copied()
        .filter(|&edge| tier(edge).is_some_and(|held| held < top))
        .collect();
    let into: Vec<EdgeIndex> =
        graph.grants(credential).iter().copied().filter(|&edge| tier(edge) == Some(top)).collect();
    if below.is_empty() || into.is_empty() {
        return;
    }
    let stated = |edges: &[EdgeIndex]| edges.iter().any(|&edge| !graph.edge(edge).assumed);
    headline.into_top += 1;
    headline.assumed += usize::from(!(stated(&below) && stated(&into)));
    for edge in below {
        let label = &graph.environment_of(graph.edge(edge).instance).label;
        if !headline.from.contains(label) {
            headline.from.push(label.clone());
        }
    }
}

impl Headline {
    /// The sentence.
    pub fn sentence(&self) -> String {
        let top = joined(&self.top);
        if self.into_top > 0 {
            let noun = if self.into_top == 1 { "credential lets" } else { "credentials let" };
            let base = format!("{} {noun} {} reach {top}", self.into_top, joined(&self.from));
            return match (self.assumed, self.into_top) {
                (0, _) => base,
                (1, 1) => format!("{base}, on assumed access only"),
                (all, whole) if all == whole => format!("{base}, all on assumed access only"),
                (some, _) => format!("{base}; {some} of them on assumed access only"),
            };
        }
        match (self.environments, self.top.is_empty()) {
            (0, _) => {
                "The inventory names no environment, so nothing can be said to cross".to_owned()
            }
            (1, _) => "The inventory names one environment only, so nothing can be said to cross"
                .to_owned(),
            (_, true) => "No environment has a known tier, so upwards and downwards cannot be told"
                .to_owned(),
            (_, false) => format!(
                "No credential held below {top} grants {top} directly; {} cross environments",
                self.crossing
            ),
        }
    }
}

fn joined(labels: &[String]) -> String {
    match labels {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::Headline;

    #[test]
    fn the_sentence_says_how_many_rest_on_assumptions() {
        let mut headline = Headline {
            into_top: 3,
            assumed: 2,
            from: vec!["dev".to_owned(), "ci".to_owned()],
            top: vec!["prod".to_owned()],
            environments: 3,
            crossing: 4,
        };
        let said = "3 credentials let dev and ci reach prod; 2 of them on assumed access only";
        assert_eq!(headline.sentence(), said);
        headline.assumed = 0;
        headline.into_top = 1;
        assert_eq!(headline.sentence(), "1 credential lets dev and ci reach prod");
        headline.into_top = 0;
        assert!(headline.sentence().starts_with("No credential held below prod grants prod"));
    }
}
