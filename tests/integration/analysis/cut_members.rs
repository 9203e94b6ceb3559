//! Which members of a cut rest on assumed access, against a list of all stated paths.

use std::collections::BTreeSet;

use crate::properties::cases;
use keyreach::analysis::{Cut, Question, assess_only};
use keyreach::inventory::Progress;
use proptest::prelude::*;

use super::between_ends::{Model, chosen_ends, numbers};
use super::brute_force::{pair, rows};

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn a_member_of_the_cut_is_assumed_where_no_stated_path_goes_through_it(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3,
        masks in prop_oneof![Just((0_u32, 0_u32)), (1_u32..1 << 16, 1_u32..1 << 16)],
    ) {
        let rows = rows.into_iter().take(12).collect();
        let pair = pair(rows, unstated, pivot);
        let ends = chosen_ends(&pair, masks);
        let asked = [Question::MinimumCut];
        let found = assess_only(&pair.graph, &ends, 0, &asked, &Progress::default()).unwrap();
        let Cut::Found(cut) = &found.cut else { return Ok(()) };
        let model = Model::new(&pair, true);
        let (from, to) = (numbers(&ends.entry_points), numbers(&ends.crown_jewels));
        let on_path: BTreeSet<u32> = model
            .paths(&from, &to, 99)
            .into_iter()
            .flat_map(|(_, _, chain)| chain.into_iter().map(|(credential, _)| credential))
            .collect();
        for &member in &cut.credentials {
            prop_assert_eq!(found.is_assumed_member(member), !on_path.contains(&member.0));
        }
    }
}
