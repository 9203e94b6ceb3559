//! The regions of the map: which there are, and in which of them each service instance lies.

use std::collections::HashMap;

use super::map::Region;
use super::theme::RegionTint;
use crate::graph::{AccessGraph, CredentialIndex, Environment, InstanceIndex, Role};
use crate::inventory::{Tier, grouped};
use crate::layout::{LayoutRegion, RegionShape};
use crate::project::GroupBy;

/// At most this many regions are drawn, the largest ones; the others stand in one together.
const MOST_REGIONS: usize = 40;

/// One for no tier, and one for each tier that has a colour of its own.
const RANKS: usize = 5;

/// Up to this many environments of one tier stand one above the other.
const STACKED: usize = 4;

/// About how many services' room a region takes beside that of its own: its name and its edges.
const ROOM_OF_REGION: usize = 12;

/// How much wider than high the pane is.
const ASPECT: f32 = 2.1;

/// Which region each instance lies in, and what the regions are.
pub(super) struct Partition {
    of_instance: Vec<u16>,
    pub(super) regions: Vec<Region>,
    pub(super) layout: Vec<LayoutRegion>,
}

impl Partition {
    /// Divides the instances. Costs time in proportion to them, sorted.
    pub(super) fn new(graph: &AccessGraph, by: GroupBy) -> Self {
        if by == GroupBy::Environment {
            return Self::by_environment(graph);
        }
        let names: Vec<Option<&str>> =
            graph.instance_indices().map(|at| name_of(graph, at, by)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in names.iter().flatten() {
            *counts.entry(name).or_insert(0) += 1;
        }
        let mut ranked: Vec<(&str, usize)> = counts.into_iter().collect();
        ranked.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let unknown = names.iter().filter(|name| name.is_none()).count();
        Self::ranked(&names, &ranked, (unknown, by))
    }

    fn by_environment(graph: &AccessGraph) -> Self {
        let mut counts = vec![0_usize; graph.environments().len()];
        for instance in graph.instances() {
            if let Some(count) = counts.get_mut(instance.environment.index()) {
                *count += 1;
            }
        }
        let tints = region_tints(graph).into_iter();
        let all = graph.environments().iter().zip(counts).zip(tints);
        let region =
            |((environment, instances), colour): ((&Environment, usize), RegionTint)| Region {
                name: environment.display().to_owned(),
                colour,
                instances,
                shape: RegionShape::default(),
            };
        let columns = environment_columns(graph.environments());
        Self {
            of_instance: graph.instances().iter().map(|own| own.environment.0 as u16).collect(),
            regions: all.map(region).collect(),
            layout: columns.into_iter().map(|column| LayoutRegion { column }).collect(),
        }
    }

    /// The largest regions, one for the rest, and to the left of all one for what is not known.
    fn ranked(
        names: &[Option<&str>],
        ranked: &[(&str, usize)],
        (unknown, by): (usize, GroupBy),
    ) -> Self {
        // One for the rest is not worth it where it would be one region alone.
        let own = if ranked.len() > MOST_REGIONS + 1 { MOST_REGIONS } else { ranked.len() };
        let (largest, rest) = ranked.split_at(own);
        let mut sizes: Vec<(String, usize)> =
            largest.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        let numbers: HashMap<&str, u16> =
            largest.iter().enumerate().map(|(at, (name, _))| (*name, at as u16)).collect();
        let of_rest = sizes.len() as u16;
        if !rest.is_empty() {
            let count = rest.iter().map(|(_, count)| count).sum();
            sizes.push((format!("{} other {}", grouped(rest.len() as u64), plural(by)), count));
        }
        let columns = columns(&sizes.iter().map(|(_, count)| *count).collect::<Vec<_>>());
        let mut layout: Vec<LayoutRegion> =
            columns.into_iter().map(|column| LayoutRegion { column: column + 1 }).collect();
        let of_unknown = sizes.len() as u16;
        if unknown > 0 {
            sizes.push((unknown_word(by).to_owned(), unknown));
            layout.push(LayoutRegion { column: 0 });
        }
        let place = |name: Option<&str>| match name {
            Some(name) => numbers.get(name).copied().unwrap_or(of_rest),
            None => of_unknown,
        };
        let region = |(name, instances): (String, usize)| Region {
            name,
            colour: RegionTint::plain(5),
            instances,
            shape: RegionShape::default(),
        };
        Self {
            of_instance: names.iter().copied().map(place).collect(),
            regions: sizes.into_iter().map(region).collect(),
            layout,
        }
    }

    /// The region of an instance.
    pub(super) fn of(&self, instance: InstanceIndex) -> Option<u16> {
        self.of_instance.get(instance.index()).copied()
    }

    /// The region in which all that a credential is linked to lies, if there is one.
    pub(super) fn home(&self, graph: &AccessGraph, credential: CredentialIndex) -> Option<u16> {
        let both = graph.held_by(credential).iter().chain(graph.grants(credential));
        let mut regions = both.map(|&edge| self.of(graph.edge(edge).instance));
        let first = regions.next()??;
        regions.all(|own| own == Some(first)).then_some(first)
    }
}

/// What an instance is grouped by; `None` where that is not known.
fn name_of(graph: &AccessGraph, at: InstanceIndex, by: GroupBy) -> Option<&str> {
    match by {
        GroupBy::Environment => Some(graph.environment_of(at).display()),
        GroupBy::Service => Some(graph.service_name(at)),
        GroupBy::Kind => match graph.instance(at).role {
            Role::Unknown => None,
            role => Some(role.word()),
        },
        GroupBy::Owner => match graph.owners_of_instance(at) {
            [] => None,
            [one] => Some(graph.owner_name(*one)),
            [_, ..] => Some("several owners"),
        },
    }
}

pub(super) fn plural(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Environment => "environments",
        GroupBy::Owner => "owners",
        GroupBy::Kind => "kinds",
        GroupBy::Service => "services",
    }
}

pub(super) fn unknown_word(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Owner => "no owner stated",
        GroupBy::Kind => "kind unknown",
        GroupBy::Environment | GroupBy::Service => "unknown",
    }
}

/// Distributes regions of these sizes, the largest first, over columns of about the same height.
fn columns(sizes: &[usize]) -> Vec<u32> {
    let count = ((sizes.len() as f32 * ASPECT).sqrt().ceil() as usize).clamp(1, 12);
    let mut heights = vec![0_usize; count.min(sizes.len()).max(1)];
    sizes
        .iter()
        .map(|size| {
            let lowest = (0_u32..).zip(&heights).min_by_key(|(at, height)| (**height, *at));
            let column = lowest.map_or(0, |(at, _)| at);
            if let Some(height) = heights.get_mut(column as usize) {
                *height += size + ROOM_OF_REGION;
            }
            column
        })
        .collect()
}

/// The column on the map and the colour of an environment: tiers 0 to 3, other, unknown.
pub fn region_colour(environment: &Environment) -> usize {
    match environment.tier {
        Some(Tier(rank)) => usize::from(rank.min(3)),
        None if environment.is_known() => 4,
        None => 5,
    }
}

/// The colour of each environment: of those of one tier each has another shade. Costs time in
/// proportion to the environments.
pub fn region_tints(graph: &AccessGraph) -> Vec<RegionTint> {
    let columns: Vec<usize> = graph.environments().iter().map(region_colour).collect();
    let mut several = [0_usize; 6];
    for &column in &columns {
        if let Some(count) = several.get_mut(column) {
            *count += 1;
        }
    }
    let mut seen = [0_usize; 6];
    let tint = |&column: &usize| {
        let several = several.get(column).copied().unwrap_or(1);
        let Some(at) = seen.get_mut(column) else { return RegionTint::default() };
        *at += 1;
        RegionTint::of_several(column, *at - 1, several)
    };
    columns.iter().map(tint).collect()
}

/// The column of each environment on the map, from left to right by tier. Where many share a tier, or have
/// none, they stand in several columns beside each other, so that the whole keeps the shape of a pane.
fn environment_columns(environments: &[Environment]) -> Vec<u32> {
    let ranks: Vec<usize> = environments.iter().map(tier_rank).collect();
    let mut counts = [0_usize; RANKS];
    for &rank in &ranks {
        if let Some(count) = counts.get_mut(rank) {
            *count += 1;
        }
    }
    let wanted = (ranks.len() as f32 * ASPECT).sqrt().ceil() as usize;
    let wide = counts.map(|count| match count {
        0..=STACKED => 1,
        many => (many * wanted).div_ceil(ranks.len()),
    });
    let mut seen = [0_usize; RANKS];
    let mut column = |rank: usize| {
        let left: usize = wide.iter().take(rank).sum();
        let (at, count) = (seen.get_mut(rank)?, counts.get(rank)?);
        let own = left + *at * wide.get(rank)? / (*count).max(1);
        *at += 1;
        Some(own as u32)
    };
    ranks.into_iter().map(|rank| column(rank).unwrap_or(0)).collect()
}

/// What has no tier stands to the left of all that has one, never beyond the highest.
fn tier_rank(environment: &Environment) -> usize {
    match region_colour(environment) {
        tier @ 0..=3 => tier + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::environment_columns;
    use crate::graph::Environment;
    use crate::inventory::Tier;

    fn environments(tiers: impl Iterator<Item = Option<u8>>) -> Vec<Environment> {
        let of = |(at, tier): (usize, Option<u8>)| Environment {
            label: format!("e{at}"),
            tier: tier.map(Tier),
            from_names: false,
        };
        tiers.enumerate().map(of).collect()
    }

    #[test]
    fn tiers_stand_from_left_to_right_and_what_has_none_before_them() {
        let tiers = [Some(3), None, Some(0), Some(1), Some(0), Some(2)];
        let columns = environment_columns(&environments(tiers.into_iter()));
        assert_eq!(columns, [4, 0, 1, 2, 1, 3]);
    }

    #[test]
    fn many_environments_of_one_tier_stand_in_columns_of_about_as_many() {
        let none = std::iter::repeat_n(None, 60);
        let columns = environment_columns(&environments(none.chain([Some(3)])));
        let mut sizes = BTreeMap::<u32, usize>::new();
        for column in &columns {
            *sizes.entry(*column).or_default() += 1;
        }
        // The square root of 61 times 2.1 is 11.3, so that each column has five or six.
        assert_eq!(sizes.len(), 13, "{sizes:?}");
        assert!(sizes.values().rev().skip(1).all(|size| [5, 6, 4].contains(size)), "{sizes:?}");
        assert!(columns.is_sorted(), "by name, and the tier at the right");
    }
}
