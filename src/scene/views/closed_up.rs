//! A table without what is hidden: rows and columns close up and keep their order.

use std::sync::Arc;

use super::tables::{HEADING, count_of, packed, shapes};
use crate::layout::Point;
use crate::scene::grid::{Cell, ColumnBlock, Grid, PITCH, Strand};
use crate::scene::map::Map;

impl Map {
    /// The same table with only the rows and columns of visible marks; as it is where it is none. Costs time
    /// in proportion to its cells.
    #[must_use]
    pub fn closed_up(&self, visible: &[bool]) -> Self {
        let mut map = self.clone();
        let Some(grid) = &self.grid else { return map };
        let is_shown = |mark: u32| visible.get(mark as usize).copied().unwrap_or(true);
        // What is hidden stands at the corner, where it takes no room.
        for (mark, _) in map.marks.iter_mut().zip(visible).filter(|(_, shown)| !**shown) {
            mark.at = Point { x: -PITCH, y: -PITCH };
        }
        let rows = self.shown_rows(grid, is_shown);
        let (strands, pitch) = self.shown_strands(grid, &rows, is_shown);
        let mut x_of = vec![None; self.marks.len()];
        for strand in &strands {
            if let Some(slot) = x_of.get_mut(strand.mark as usize) {
                *slot = Some(strand.x);
            }
        }
        let cell = |cell: &Cell| {
            let link = self.links.get(cell.link as usize)?;
            let x = x_of.get(link.credential as usize).copied().flatten()?;
            Some(Cell { link: cell.link, x })
        };
        let cells = |at: usize| grid.cells_of(at).iter().filter_map(cell).collect();
        let new_rows = rows.list.iter().map(|row| (row.y, row.mark, cells(row.before))).collect();
        for row in &rows.list {
            if let Some(mark) = map.marks.get_mut(row.mark as usize) {
                mark.at = Point { x: -PITCH, y: row.y };
            }
        }
        for strand in &strands {
            let y = if grid.is_matrix() { -PITCH } else { strand.rows.0 - PITCH };
            if let Some(mark) = map.marks.get_mut(strand.mark as usize) {
                mark.at = Point { x: strand.x, y };
            }
        }
        let right = strands.iter().map(|own| own.x).fold(0.0, f32::max) + PITCH;
        let outlines = shapes(&rows.blocks, self.regions.len(), right);
        for (region, shape) in map.regions.iter_mut().zip(outlines) {
            region.shape = shape;
        }
        let blocks = if grid.is_matrix() { self.blocks_of(&strands) } else { Vec::new() };
        let mut new = Grid::new(new_rows, strands, (grid.form, pitch));
        new.blocks = blocks;
        map.grid = Some(Arc::new(new));
        map.measured()
    }

    /// The rows that stay, with room for the heading of each block.
    fn shown_rows(&self, grid: &Grid, is_shown: impl Fn(u32) -> bool) -> Rows {
        let mut rows = Rows { place_of: vec![None; self.marks.len()], ..Rows::default() };
        let mut y = 0.0;
        for (before, mark) in grid.row_marks().enumerate().filter(|(_, mark)| is_shown(*mark)) {
            let region = self.marks.get(mark as usize).and_then(|own| own.region);
            if let Some(region) = region
                && rows.blocks.last().is_none_or(|(last, ..)| *last != region)
            {
                y += HEADING * PITCH;
                rows.blocks.push((region, y, y));
            }
            if let Some((.., end)) = rows.blocks.last_mut() {
                *end = y;
            }
            if let Some(slot) = rows.place_of.get_mut(mark as usize) {
                *slot = Some(rows.list.len() as u32);
            }
            rows.list.push(Row { before, mark, y });
            y += PITCH;
        }
        rows
    }

    /// The columns that stay, each with its first and its last row, and how far they are apart.
    fn shown_strands(
        &self,
        grid: &Grid,
        rows: &Rows,
        is_shown: impl Fn(u32) -> bool,
    ) -> (Vec<Strand>, f32) {
        let marks: Vec<u32> = grid.strand_marks().filter(|mark| is_shown(*mark)).collect();
        let span = |&mark: &u32| {
            let links = self.links_of(mark).iter().filter_map(|&at| self.links.get(at as usize));
            let places =
                links.filter_map(|own| rows.place_of.get(own.instance as usize).copied().flatten());
            places.fold(None, |span: Option<(u32, u32)>, place| {
                let (low, high) = span.unwrap_or((place, place));
                Some((low.min(place), high.max(place)))
            })
        };
        let spans: Vec<Option<(u32, u32)>> = marks.iter().map(span).collect();
        let columns: Vec<u32> =
            if grid.is_matrix() { (0..marks.len() as u32).collect() } else { packed(&spans) };
        let whole = rows.list.last().map_or(0.0, |row| row.y);
        let pitch = grid.form.column_pitch(count_of(&columns), whole);
        let height = |place: u32| rows.list.get(place as usize).map_or(0.0, |row| row.y);
        let strand = |((mark, span), column): ((u32, Option<(u32, u32)>), u32)| Strand {
            mark,
            x: column as f32 * pitch,
            rows: span.map_or((0.0, 0.0), |(first, last)| (height(first), height(last))),
        };
        (marks.into_iter().zip(spans).zip(columns).map(strand).collect(), pitch)
    }

    /// The block of a credential's column alone.
    pub(super) fn column_block(&self, mark: u32, x: f32) -> ColumnBlock {
        let region = self.marks.get(mark as usize).and_then(|mark| mark.region);
        ColumnBlock { region, is_linked: !self.links_of(mark).is_empty(), x, columns: 1 }
    }

    /// Neighbouring columns of one region.
    fn blocks_of(&self, strands: &[Strand]) -> Vec<ColumnBlock> {
        let mut blocks: Vec<ColumnBlock> = Vec::new();
        for strand in strands {
            let own = self.column_block(strand.mark, strand.x);
            match blocks.last_mut().filter(|last| last.is_of(&own)) {
                Some(last) => last.columns += 1,
                None => blocks.push(own),
            }
        }
        blocks
    }
}

/// A row that stays: which one it was, whose it is, and where it is now.
struct Row {
    before: usize,
    mark: u32,
    y: f32,
}

#[derive(Default)]
struct Rows {
    list: Vec<Row>,
    /// By region, where its block begins and ends.
    blocks: Vec<(u16, f32, f32)>,
    /// Which row each mark has.
    place_of: Vec<Option<u32>>,
}
