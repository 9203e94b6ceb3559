//! The invented company: its teams, their services, and where each service runs.

use std::collections::BTreeMap;

use super::random::{Random, root_power};

pub(super) const ENVIRONMENTS: [&str; 5] = ["prod", "staging", "test", "dev", "ci"];
const ENVIRONMENT_WEIGHTS: [usize; 5] = [34, 22, 18, 18, 8];
const SUBJECTS: [&str; 40] = [
    "accounts", "adverts", "alerts", "archive", "auth", "basket", "billing", "booking", "campaign",
    "catalog", "claims", "content", "delivery", "devices", "events", "exports", "forecast",
    "fraud", "imports", "invoices", "ledger", "loyalty", "mail", "maps", "media", "metering",
    "orders", "partners", "payouts", "pricing", "profiles", "refunds", "reports", "returns",
    "routing", "search", "sessions", "stock", "support", "tariffs",
];
const PARTS: [&str; 8] = ["api", "db", "worker", "cache", "web", "batch", "proxy", "queue"];
const LAYERS: usize = 6;

/// The services of one team in one environment, the outermost layer first.
///
/// A service mostly holds secrets of layers further in, so that movement has a direction.
pub(super) struct Group {
    pub(super) team: usize,
    pub(super) environment: usize,
    members: Vec<u32>,
    layer_starts: [usize; LAYERS],
}

impl Group {
    pub(super) fn members(&self) -> &[u32] {
        &self.members
    }

    /// Those that may hold a credential for `layer`: what lies further out, else all.
    pub(super) fn outside(&self, layer: usize) -> &[u32] {
        let outer = self.members.get(..self.start(layer)).unwrap_or_default();
        if outer.is_empty() { &self.members } else { outer }
    }

    /// Those that a credential for `layer` may grant: that layer and further in, else the last.
    pub(super) fn inside(&self, layer: usize) -> &[u32] {
        let start = self.start(layer).min(self.members.len().saturating_sub(1));
        self.members.get(start..).unwrap_or_default()
    }

    fn start(&self, layer: usize) -> usize {
        self.layer_starts.get(layer).copied().unwrap_or(self.members.len())
    }
}

/// All teams and services that an inventory of a given size speaks of.
pub(super) struct Landscape {
    /// Each instance as the two cells `service,environment,`.
    pub(super) instances: Vec<String>,
    /// Each team as an owner cell.
    pub(super) owners: Vec<String>,
    pub(super) groups: Vec<Group>,
    /// For each environment, its groups.
    pub(super) neighbours: [Vec<usize>; 5],
    /// For each environment, the instances that everybody uses, the most popular first.
    pub(super) platform: [Vec<u32>; 5],
    weights: Vec<usize>,
}

impl Landscape {
    /// Lays out a company of about 2 · rows^(11/16) service instances.
    pub(super) fn new(rows: u64, random: &mut Random) -> Self {
        let wanted = ((2.0 * root_power(rows as f64, 11)) as usize).max(15);
        let teams = ((0.4 * root_power(wanted as f64, 10)) as usize).max(3);
        let mut placed = Placed::default();
        while placed.instances.len() < wanted {
            placed.add_service(wanted, teams, random);
        }
        let Placed { instances, by_group, mut inner, .. } = placed;
        let groups: Vec<Group> = by_group.into_iter().map(group).collect();
        let mut neighbours: [Vec<usize>; 5] = Default::default();
        let mut weights = Vec::with_capacity(groups.len());
        let mut total = 0;
        for (index, group) in groups.iter().enumerate() {
            total += group.members.len();
            weights.push(total);
            if let Some(list) = neighbours.get_mut(group.environment) {
                list.push(index);
            }
        }
        for list in &mut inner {
            random.shuffle(list);
            list.truncate((list.len() / 25).max(1));
        }
        let owners = (0..teams).map(owner).collect();
        Self { instances, owners, groups, neighbours, platform: inner, weights }
    }

    /// A group, likelier the more instances it has.
    pub(super) fn any_group(&self, random: &mut Random) -> Option<&Group> {
        let drawn = random.below(self.weights.last().copied().unwrap_or(0));
        self.groups.get(self.weights.partition_point(|&weight| weight <= drawn))
    }
}

#[derive(Default)]
struct Placed {
    services: usize,
    instances: Vec<String>,
    by_group: BTreeMap<(usize, usize), [Vec<u32>; LAYERS]>,
    /// For each environment, the instances of the two innermost layers.
    inner: [Vec<u32>; 5],
}

impl Placed {
    fn add_service(&mut self, wanted: usize, teams: usize, random: &mut Random) {
        let share = random.share();
        // Teams are of unequal size: share to the power of 1.75.
        let team = (teams as f64 * share * root_power(share, 12)) as usize;
        let layer = random.below(LAYERS);
        let subject = random.pick(&SUBJECTS).unwrap_or_default();
        let part = random.pick(&PARTS).unwrap_or_default();
        let name = format!("{subject}-{part}-{}", self.services);
        self.services += 1;
        let copies = random.pick(&[1, 2, 3, 4, 4, 5]).unwrap_or(1);
        let mut present = [false; 5];
        while present.iter().filter(|&&there| there).count() < copies {
            if let Some(there) = present.get_mut(weighted_environment(random)) {
                *there = true;
            }
        }
        for (environment, label) in ENVIRONMENTS.iter().enumerate() {
            if present.get(environment) != Some(&true) || self.instances.len() >= wanted {
                continue;
            }
            let instance = self.instances.len() as u32;
            self.instances.push(format!("{name},{label},"));
            let layers = self.by_group.entry((team, environment)).or_default();
            if let Some(members) = layers.get_mut(layer) {
                members.push(instance);
            }
            if let (true, Some(list)) = (layer >= 4, self.inner.get_mut(environment)) {
                list.push(instance);
            }
        }
    }
}

fn weighted_environment(random: &mut Random) -> usize {
    let mut drawn = random.below(ENVIRONMENT_WEIGHTS.iter().sum());
    for (environment, &weight) in ENVIRONMENT_WEIGHTS.iter().enumerate() {
        if drawn < weight {
            return environment;
        }
        drawn -= weight;
    }
    0
}

fn group(((team, environment), layers): ((usize, usize), [Vec<u32>; LAYERS])) -> Group {
    let mut members = Vec::new();
    let layer_starts = layers.map(|layer| {
        let start = members.len();
        members.extend(layer);
        start
    });
    Group { team, environment, members, layer_starts }
}

/// Each 25th owner has a comma, as people in directories have.
fn owner(team: usize) -> String {
    let subject = SUBJECTS.get(team % SUBJECTS.len()).copied().unwrap_or_default();
    let round = team / SUBJECTS.len();
    let name = if round == 0 { subject.to_owned() } else { format!("{subject}-{round}") };
    if team % 25 == 7 { format!("\"{name}, core team\"") } else { format!("{name}-team") }
}
