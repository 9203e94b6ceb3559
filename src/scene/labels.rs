//! Names on the map: placed one after the other, the weightier first, none over another.

use std::collections::HashMap;

use super::{Area, Face, MeasureText};
use crate::layout::Point;

/// The size of a name on the map, in pixels.
pub(super) const LABEL_SIZE: f32 = 12.0;

/// Names are cut after this many characters.
const LONGEST: usize = 30;

/// The width and height of a cell of the table of taken places.
const CELL: f32 = 96.0;

/// A name that wants a place beside its mark.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) text: String,
    pub(super) centre: Point,
    pub(super) radius: f32,
    pub(super) face: Face,
}

/// Which places are taken. Looking one up costs time in proportion to what lies near it.
#[derive(Debug, Default)]
pub(super) struct Taken {
    cells: HashMap<(i32, i32), Vec<Area>>,
}

impl Taken {
    pub(super) fn is_free(&self, area: &Area) -> bool {
        cells_of(area).all(|cell| {
            self.cells.get(&cell).is_none_or(|taken| !taken.iter().any(|other| other.meets(area)))
        })
    }

    pub(super) fn take(&mut self, area: Area) {
        for cell in cells_of(&area) {
            self.cells.entry(cell).or_default().push(area);
        }
    }
}

fn cells_of(area: &Area) -> impl Iterator<Item = (i32, i32)> + use<> {
    let cell = |at: f32| (at / CELL).floor() as i32;
    let (left, right) = (cell(area.left), cell(area.right()));
    let (top, bottom) = (cell(area.top), cell(area.bottom()));
    (top..=bottom).flat_map(move |y| (left..=right).map(move |x| (x, y)))
}

/// A name cut to a length that a map bears.
pub(super) fn cut(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// Finds a free place below, above, right or left of the mark, and takes it; gives its middle.
pub(super) fn place(
    wish: &Wish,
    taken: &mut Taken,
    within: &Area,
    measure: &dyn MeasureText,
) -> Option<Area> {
    let width = measure.width(&wish.text, LABEL_SIZE, wish.face) + 6.0;
    let height = LABEL_SIZE + 4.0;
    let Wish { centre, radius, .. } = *wish;
    let beside = radius + width / 2.0 + 3.0;
    let below = radius + height / 2.0 + 2.0;
    for (x, y) in [(0.0, below), (0.0, -below), (beside, 0.0), (-beside, 0.0)] {
        let area = Area {
            left: centre.x + x - width / 2.0,
            top: centre.y + y - height / 2.0,
            width,
            height,
        };
        let inside = within.holds(Point { x: area.left, y: area.top })
            && within.holds(Point { x: area.right(), y: area.bottom() });
        if inside && taken.is_free(&area) {
            taken.take(area);
            return Some(area);
        }
    }
    None
}

/// A place below the mark whatever lies there, moved into the picture, and taken.
pub(super) fn force(
    wish: &Wish,
    taken: &mut Taken,
    within: &Area,
    measure: &dyn MeasureText,
) -> Area {
    let width = measure.width(&wish.text, LABEL_SIZE, wish.face) + 6.0;
    let height = LABEL_SIZE + 4.0;
    let left = wish.centre.x - width / 2.0;
    let top = wish.centre.y + wish.radius + 2.0;
    let area = Area {
        left: left.min(within.right() - width).max(within.left),
        top: top.min(within.bottom() - height).max(within.top),
        width,
        height,
    };
    taken.take(area);
    area
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl MeasureText for Fixed {
        fn width(&self, text: &str, size: f32, _: Face) -> f32 {
            text.chars().count() as f32 * size / 2.0
        }
    }

    #[test]
    fn a_thousand_names_on_one_spot_never_overlap() {
        let within = Area { left: 0.0, top: 0.0, width: 2000.0, height: 2000.0 };
        let mut taken = Taken::default();
        let mut placed: Vec<Area> = Vec::new();
        for index in 0..1000_u32 {
            let centre = Point { x: 900.0 + (index % 40) as f32, y: 900.0 + (index / 40) as f32 };
            let wish =
                Wish { text: format!("service-{index}"), centre, radius: 8.0, face: Face::Regular };
            if let Some(area) = place(&wish, &mut taken, &within, &Fixed) {
                assert!(placed.iter().all(|other| !other.meets(&area)));
                placed.push(area);
            }
        }
        assert!(placed.len() >= 3);
    }

    #[test]
    fn long_names_are_cut_and_say_so() {
        assert_eq!(cut("short"), "short");
        let long = cut(&"ä".repeat(80));
        assert!(long.ends_with('…') && long.chars().count() == LONGEST);
    }
}
