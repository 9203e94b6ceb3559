//! The headline in words, and where what it leaves open can be said.

use crate::analysis::questions::assumed_by::{AssumedBy, few, joined};
use crate::analysis::questions::headline::{Headline, LeftTo, NothingSaid};
use crate::analysis::questions::headline_ends::{EndsReached, InSeveralHops};
use crate::inventory::grouped;

impl Headline {
    /// The sentence.
    pub fn sentence(&self) -> String {
        let base = self.of_silence().unwrap_or_else(|| match &self.between {
            Some(between) => between.sentence(),
            None => self.of_tiers(),
        });
        // Where no environment has a tier, or there are not two, the sentence says so itself.
        let is_said = self.between.is_none() && (self.top.is_empty() || self.environments < 2);
        let said = if is_said { base } else { base + &self.left_open() };
        match self.dead_by_id_alone {
            0 => said,
            1 => said + "; 1 credential counts as dead by an id across sources alone",
            several => {
                said + &format!(
                    "; {} credentials count as dead by an id across sources alone",
                    figure(several)
                )
            }
        }
    }

    /// The sentence where calm would have no ground, because no row says what it would rest on.
    fn of_silence(&self) -> Option<String> {
        let goal = match &self.between {
            Some(EndsReached { reaching: 0, entry_points: 1.., crown_jewels: 1.., .. }) => {
                "a crown jewel".to_owned()
            }
            None if self.into_top == 0 && self.environments > 1 && !self.top.is_empty() => {
                joined(&self.top)
            }
            _ => return None,
        };
        let why = match self.silent? {
            NothingSaid::Credentials => "No live credential is known",
            NothingSaid::Holders => "No row says what holds a live credential",
            NothingSaid::Grants => "No row says what a live credential grants",
        };
        Some(format!("{why}, so nothing can be said to reach {goal}"))
    }

    /// Where what the sentence leaves open can be said; `None` where it rests on what is stated.
    pub fn left_to(&self) -> Option<LeftTo> {
        let (assumed, by) = match &self.between {
            Some(between) => (between.assumed, between.assumed_by),
            None if self.into_top > 0 => (
                self.assumed + self.in_several_hops.assumed,
                self.assumed_by.and(self.in_several_hops.assumed_by),
            ),
            None => (self.crossing_assumed, self.crossing_assumed_by),
        };
        if !self.untiered.is_empty() || self.between.is_none() && self.top.is_empty() {
            Some(LeftTo::Environments)
        } else {
            let dead = AssumedBy { ids: self.dead_by_id_alone > 0, ..AssumedBy::default() };
            let by = if assumed > 0 { by.and(dead) } else { dead };
            (by != AssumedBy::default()).then_some(LeftTo::Assumptions(by))
        }
    }

    /// What tiers leave open, after the sentence.
    fn left_open(&self) -> String {
        let (mut untiered, mut unknown) = (String::new(), String::new());
        if !self.untiered.is_empty() {
            let has = if self.untiered.len() == 1 { "has" } else { "have" };
            untiered = format!("; {} {has} no tier", few(&self.untiered));
        }
        if self.unknown > 0 && self.into_top == 0 {
            let noun =
                if self.unknown == 1 { "service instance has" } else { "service instances have" };
            unknown = format!("; {} {noun} no known environment", figure(self.unknown));
        }
        untiered + &unknown
    }

    /// The sentence where tiers decide.
    fn of_tiers(&self) -> String {
        let top = joined(&self.top);
        if self.into_top > 0 {
            let noun = if self.into_top == 1 { "credential lets" } else { "credentials let" };
            let base =
                format!("{} {noun} {} reach {top}", figure(self.into_top), joined(&self.from));
            let assumed = self.assumed_by.of_counted(self.assumed, self.into_top);
            return base + &assumed + &self.in_several_hops.words();
        }
        match (self.environments, self.top.is_empty()) {
            (0, _) => {
                "The inventory names no environment, so nothing can be said to cross".to_owned()
            }
            (1, _) => "The inventory names one environment only, so nothing can be said to cross"
                .to_owned(),
            (_, true) => format!(
                "No environment has a known tier ({}), so it cannot be said which way credentials \
                 cross",
                few(&self.untiered)
            ),
            (_, false) => {
                let cross = if self.crossing == 1 { "crosses" } else { "cross" };
                let around = self.around.as_ref().map_or_else(String::new, EndsReached::around);
                format!(
                    "No credential held below {top} grants {top} directly{around}; {} {cross} \
                     environments{}",
                    figure(self.crossing),
                    self.crossing_assumed_by.of_counted(self.crossing_assumed, self.crossing)
                )
            }
        }
    }
}

impl InSeveralHops {
    /// "; dev can get there in several hops"
    fn words(&self) -> String {
        if self.environments.is_empty() {
            return String::new();
        }
        let assumed = self.assumed_by.of_counted(self.assumed, self.environments.len());
        format!("; {} can get there in several hops{assumed}", joined(&self.environments))
    }
}

impl EndsReached {
    /// That the highest tier is reached all the same, through what has no tier.
    fn around(&self) -> String {
        format!(
            ", but {} of {} entry points can reach it through what has no tier{}",
            figure(self.reaching),
            figure(self.entry_points),
            self.assumed_by.of_counted(self.assumed, self.reaching)
        )
    }

    /// The sentence.
    fn sentence(&self) -> String {
        if self.crown_jewels == 0 {
            return match self.already_fallen {
                0 => "No crown jewel is known, so nothing can be said to reach one".to_owned(),
                1 => "The only crown jewel is an entry point itself: it has already fallen"
                    .to_owned(),
                all => format!(
                    "All {} crown jewels are entry points themselves: they have already fallen",
                    figure(all)
                ),
            };
        }
        let some = self.reaching > 0;
        let jewel = match &self.only_crown_jewel {
            Some(name) => name.clone(),
            None => format!(
                "{} of {} crown jewels",
                if some { "at least one" } else { "any" },
                figure(self.crown_jewels)
            ),
        };
        if self.entry_points == 0 {
            return format!("No entry point is known, so nothing can be said to reach {jewel}");
        }
        let said = match (&self.only_entry_point, self.reaching) {
            (Some(name), 0) => format!("{name} cannot reach {jewel}"),
            (Some(name), _) => format!("{name} can reach {jewel}"),
            (None, 0) => {
                format!("None of {} entry points can reach {jewel}", figure(self.entry_points))
            }
            (None, all) if all == self.entry_points => {
                format!("All {} entry points can reach {jewel}", figure(all))
            }
            (None, some) => {
                let [some, all] = [some, self.entry_points].map(figure);
                format!("{some} of {all} entry points can reach {jewel}")
            }
        };
        let fallen = match self.already_fallen {
            0 => String::new(),
            1 => "; 1 more crown jewel has already fallen".to_owned(),
            more => format!("; {} more crown jewels have already fallen", figure(more)),
        };
        said + &self.assumed_by.of_counted(self.assumed, self.reaching) + &fallen
    }
}

fn figure(count: usize) -> String {
    grouped(count as u64)
}
