//! A long list a page at a time, so that each of its entries can be seen and a frame stays short.

use std::ops::Range;

use egui::Ui;

use crate::app::widgets::parts::{note_button_ui, note_ui};
use crate::inventory::grouped;
use crate::scene::Theme;

/// How many entries a page has where there is room.
pub(crate) const PAGE: usize = 200;

/// The entries of a list that are in sight, with buttons to those before and behind where it has more
/// than a page, of this size. Which page it is, is kept under the name of the list until the window closes.
pub(crate) fn page_ui(
    ui: &mut Ui,
    theme: &Theme,
    name: impl std::hash::Hash + std::fmt::Debug,
    (whole, size): (usize, usize),
) -> Range<usize> {
    if whole <= size {
        return 0..whole;
    }
    let id = ui.make_persistent_id(("page", name));
    let last = (whole - 1) / size;
    let kept: usize = ui.data(|data| data.get_temp(id)).unwrap_or(0);
    let mut page = kept.min(last);
    ui.horizontal(|ui| {
        let range = of_page(page, (whole, size));
        let [from, to, all] =
            [range.start + 1, range.end, whole].map(|count| grouped(count as u64));
        if ui.add_enabled_ui(page > 0, |ui| note_button_ui(ui, "Previous").clicked()).inner {
            page -= 1;
        }
        if ui.add_enabled_ui(page < last, |ui| note_button_ui(ui, "Next").clicked()).inner {
            page += 1;
        }
        note_ui(ui, theme, &format!("{from} to {to} of {all}"));
    });
    if page != kept {
        ui.data_mut(|data| data.insert_temp(id, page));
    }
    of_page(page, (whole, size))
}

fn of_page(page: usize, (whole, size): (usize, usize)) -> Range<usize> {
    let from = (page * size).min(whole);
    from..(from + size).min(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_and_end_with_the_list() {
        let whole = 2 * PAGE + 3;
        let all: Vec<usize> = (0..3).flat_map(|page| of_page(page, (whole, PAGE))).collect();
        assert_eq!(all, (0..whole).collect::<Vec<_>>());
        assert!(of_page(3, (whole, PAGE)).is_empty());
    }
}
