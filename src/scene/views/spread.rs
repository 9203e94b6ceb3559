//! How far something spreads: what has fallen at the left, and a column for each hop; or the other
//! way round, who reaches something.

use super::columns::InColumns;
use crate::analysis::{BlastRadius, ReachedBy, Starts, Subject};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{Progress, counted, grouped};
use crate::layout::{Layout, OrderEffort, RegionShape};
use crate::scene::chart::Chart;
use crate::scene::map::{Link, Map, Region};
use crate::scene::theme::RegionTint;
use crate::scene::view_kind::ViewKind;

/// What a spread shows.
#[derive(Clone, Debug)]
pub enum Spread {
    /// What falls if the starts have fallen.
    Reaches(Starts, BlastRadius),
    /// The entry points that reach an instance.
    ReachedBy(ReachedBy),
}

/// Only what belongs to a spread, hop by hop from left to right; `None` when cancelled.
///
/// Instances stand in a column for each number of hops, credentials between those where they are found
/// and those that they open. Links are those of the shortest ways. A credential that opens nothing that
/// was not open before is left out, and counted. Costs time in proportion to the whole map.
pub fn spread(
    chart: &Chart,
    graph: &AccessGraph,
    spread: &Spread,
    progress: &Progress,
) -> Option<Map> {
    let columns = Columns::of(&chart.map, graph, spread);
    let whole = &chart.map;
    let of = |mark: u32| columns.of_mark.get(mark as usize).copied().flatten();
    let is_on_the_way = |link: &Link| {
        let (Some(credential), Some(instance)) = (of(link.credential), of(link.instance)) else {
            return false;
        };
        (link.holds.is_some() && instance + 1 == credential)
            || (link.grants.is_some() && credential + 1 == instance)
    };
    let names = columns.names(spread);
    let regions: Vec<Region> = names
        .into_iter()
        .map(|(_, name)| Region {
            name,
            colour: RegionTint::plain(5),
            instances: 0,
            shape: RegionShape::default(),
        })
        .collect();
    let mut map = whole.part(|mark| of(mark).is_some(), is_on_the_way, regions);
    let own: Vec<u32> = columns.of_mark.iter().flatten().copied().collect();
    let headed: Vec<u32> = columns.headed();
    for (mark, column) in map.marks.iter_mut().zip(&own) {
        let region = headed.iter().position(|own| own == column).map(|at| at as u16);
        mark.region = region.filter(|_| matches!(mark.subject, Subject::Instance(_)));
        let counted = mark.region.and_then(|at| map.regions.get_mut(usize::from(at)));
        if let Some(region) = counted {
            region.instances += 1;
        }
    }
    let placed = InColumns::new(&map, &own, OrderEffort::Full, progress)?;
    let regions = placed.strips(headed.iter().map(|&column| Some(column)));
    let mut map = map.placed(&Layout { positions: placed.positions, regions, ..Layout::default() });
    map.kind = ViewKind::Spread;
    if columns.no_further > 0 {
        let nouns =
            ("credential that opens nothing more is", "credentials that open nothing more are");
        map.remarks.push(format!("{} not drawn", counted(columns.no_further, nouns.0, nouns.1)));
    }
    Some(map)
}

/// In which column each mark of the whole map stands.
struct Columns {
    of_mark: Vec<Option<u32>>,
    count: u32,
    /// How many credentials were left out because they open nothing more.
    no_further: usize,
}

impl Columns {
    fn of(map: &Map, graph: &AccessGraph, spread: &Spread) -> Self {
        let mut columns = Self { of_mark: vec![None; map.marks.len()], count: 0, no_further: 0 };
        match spread {
            Spread::Reaches(starts, radius) => columns.forwards(map, graph, (starts, radius)),
            Spread::ReachedBy(found) => columns.backwards(map, found),
        }
        columns
    }

    fn set(&mut self, map: &Map, subject: Subject, column: u32) {
        let mark = map.mark_of(subject);
        if let Some(slot) = mark.and_then(|mark| self.of_mark.get_mut(mark as usize)) {
            slot.get_or_insert(column);
            self.count = self.count.max(column + 1);
        }
    }

    /// Instances have the even columns. Where nothing but credentials has fallen, they begin.
    fn forwards(&mut self, map: &Map, graph: &AccessGraph, of: (&Starts, &BlastRadius)) {
        let (starts, radius) = of;
        for &at in &starts.instances {
            self.set(map, Subject::Instance(at), 0);
        }
        for &at in &starts.credentials {
            self.set(map, Subject::Credential(at), 1);
        }
        for reached in &radius.reached {
            self.set(map, Subject::Instance(reached.instance), 2 * reached.hops);
        }
        let mut leads_on = vec![false; graph.credentials().len()];
        for reached in &radius.reached {
            if let Some(slot) = leads_on.get_mut(reached.via.index()) {
                *slot = true;
            }
        }
        let leads_on = |at: CredentialIndex| leads_on.get(at.index()).copied().unwrap_or(false);
        for obtained in &radius.obtained {
            if leads_on(obtained.credential) {
                let column = 2 * obtained.hops + 1;
                self.set(map, Subject::Credential(obtained.credential), column);
            } else {
                self.no_further += 1;
            }
        }
    }

    /// The instance in question stands at the right.
    fn backwards(&mut self, map: &Map, found: &ReachedBy) {
        let most = found.backwards.iter().map(|hop| hop.hops).max().unwrap_or(0);
        self.set(map, Subject::Instance(found.to), 2 * most);
        for hop in &found.backwards {
            let column = 2 * (most - hop.hops);
            if let Some(from) = hop.step.from {
                self.set(map, Subject::Instance(from), column);
            }
            self.set(map, Subject::Credential(hop.step.credential), column + 1);
        }
    }

    /// The columns that have a heading.
    fn headed(&self) -> Vec<u32> {
        let starts = self.of_mark.iter().flatten().min().copied().unwrap_or(0);
        (starts..self.count).filter(|column| column % 2 == 0 || *column == starts).collect()
    }

    /// The headings.
    fn names(&self, spread: &Spread) -> Vec<(u32, String)> {
        let last = self.count.saturating_sub(1);
        let first = self.headed().first().copied().unwrap_or(0);
        let name = |column: u32| match spread {
            Spread::Reaches(starts, _) if column == first => start_name(starts),
            Spread::Reaches(..) => format!("hop {}", column / 2),
            Spread::ReachedBy(_) if column == last => "reached".to_owned(),
            Spread::ReachedBy(_) => match (last - column) / 2 {
                1 => "1 hop away".to_owned(),
                hops => format!("{hops} hops away"),
            },
        };
        self.headed().into_iter().map(|column| (column, name(column))).collect()
    }
}

/// What stands over what a spread begins with: its name stands beside it.
fn start_name(starts: &Starts) -> String {
    match starts.credentials.len() + starts.instances.len() {
        1 => "start".to_owned(),
        several => format!("{} that have fallen", grouped(several as u64)),
    }
}
