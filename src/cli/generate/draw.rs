//! Draws one credential after another: whom it belongs to, what it grants, who holds it.

use super::landscape::{Group, Landscape};
use super::random::{Random, root_power};

/// How many fingerprints each environment remembers for re-use; bounds the memory.
const REMEMBERED: usize = 40_000;
/// Grants beyond which a secret belongs to no team any more.
const TEAM_SECRET: usize = 20;

/// One drawn credential.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) team: usize,
    pub(super) fingerprint: u64,
    pub(super) grants: Vec<u32>,
    pub(super) holds: Vec<u32>,
}

/// What outlives a single credential: the fingerprints that may come again.
pub(super) struct Drawing<'a> {
    landscape: &'a Landscape,
    most_grants: usize,
    fingerprints: [Vec<u64>; 5],
}

impl<'a> Drawing<'a> {
    pub(super) fn new(landscape: &'a Landscape) -> Self {
        let most_grants = (landscape.instances.len() / 20).clamp(20, 800);
        Self { landscape, most_grants, fingerprints: Default::default() }
    }

    /// Draws the next credential into `drawn`, whose lists are used again.
    pub(super) fn next(&mut self, drawn: &mut Drawn, random: &mut Random) {
        let Drawn { team, fingerprint, grants, holds } = drawn;
        grants.clear();
        holds.clear();
        let Some(home) = self.landscape.any_group(random) else { return };
        *team = home.team;
        let layer = 1 + random.below(5);
        // A few credentials point anywhere; they close the cycles.
        let anywhere = random.chance(2);
        let targets = if anywhere { home.members() } else { home.inside(layer) };
        let holders = if anywhere { home.members() } else { home.outside(layer) };
        let wanted = grant_count(random).min(self.most_grants);
        let wide = wanted > TEAM_SECRET && random.chance(300);
        for _ in 0..wanted {
            let target = if wanted > TEAM_SECRET {
                self.elsewhere(home, layer, wide, random)
            } else {
                match random.below(100) {
                    0..85 => random.pick(targets),
                    85..95 => self.platform(home, random),
                    _ => {
                        let crosses = random.chance(400);
                        self.elsewhere(home, layer, crosses, random)
                    }
                }
            };
            grants.extend(target);
        }
        for _ in 0..holder_count(random) {
            holds.extend(random.pick(holders));
        }
        for list in [grants, holds] {
            list.sort_unstable();
            list.dedup();
        }
        *fingerprint = self.fingerprint(home.environment, random);
    }

    fn platform(&self, home: &Group, random: &mut Random) -> Option<u32> {
        self.landscape.platform.get(home.environment).and_then(|list| random.pick_popular(list))
    }

    /// An instance of another team; of any environment if the secret `crosses`.
    fn elsewhere(
        &self,
        home: &Group,
        layer: usize,
        crosses: bool,
        random: &mut Random,
    ) -> Option<u32> {
        let Landscape { groups, neighbours, .. } = self.landscape;
        let other = if crosses {
            random.below(groups.len())
        } else {
            neighbours.get(home.environment).and_then(|list| random.pick(list))?
        };
        groups.get(other).and_then(|group| random.pick(group.inside(layer)))
    }

    /// A new fingerprint, or in 3 % one seen before: mostly of the same environment.
    fn fingerprint(&mut self, environment: usize, random: &mut Random) -> u64 {
        if random.chance(30) {
            let from = if random.chance(200) { random.below(5) } else { environment };
            let again = self.fingerprints.get(from).and_then(|list| random.pick(list));
            if let Some(fingerprint) = again {
                return fingerprint;
            }
        }
        let fingerprint = random.bits();
        if let Some(list) = self.fingerprints.get_mut(environment)
            && list.len() < REMEMBERED
        {
            list.push(fingerprint);
        }
        fingerprint
    }
}

/// One grant in 64 %, two in 20 %, else a power law: more than n in about n^(-16/15) of cases.
fn grant_count(random: &mut Random) -> usize {
    match random.below(100) {
        0..64 => 1,
        64..84 => 2,
        // A share of exactly 0 becomes infinity, which the cast takes to the largest count.
        _ => 2 + (1.0 / root_power(random.share(), 15)).min(1e6) as usize,
    }
}

fn holder_count(random: &mut Random) -> usize {
    match random.below(1000) {
        0..250 => 0,
        250..750 => 1,
        750..880 => 2,
        880..995 => 3 + random.below(2),
        _ => 5 + random.below(25),
    }
}
