//! Service instances as rows and credentials as columns, for views that are a table.

use std::ops::Range;

/// The distance of two rows, and the least one of two columns, in scene units.
pub(super) const PITCH: f32 = 22.0;

/// The least zoom at which a table is shown first, and the greatest: all names are legible.
pub(super) const ZOOMS: (f32, f32) = (0.75, 1.1);

/// How much farther apart than rows columns are at most: cells of a matrix stay beside each other, lines have
/// their names beside them.
const MOST_OF_MATRIX: f32 = 2.0;
const MOST_OF_STRANDS: f32 = 5.0;

/// What is left free beside the last column, in pixels: there stands the name of the last line.
const BESIDE_MATRIX: f32 = 24.0;
const BESIDE_STRANDS: f32 = 120.0;

/// How wide the names of rows are in a pane of this width, in pixels: as wide as most names, wider where there is
/// room, and never more than a third of it.
pub fn row_names_width(pane: f32, type_size: f32) -> f32 {
    (pane * 0.13).clamp(170.0 * type_size, 250.0 * type_size).min(pane * 0.35)
}

/// What a table is laid out for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct TableForm {
    /// Whether each credential has a column of its own, and its name above that.
    pub(super) is_matrix: bool,
    /// How wide and how high the pane is, in pixels at the usual size of type, if that is known.
    pub(super) pane: Option<[f32; 2]>,
}

impl TableForm {
    /// How far the columns of a table of this height are apart, in scene units: a small one is as wide as its
    /// pane.
    pub(super) fn column_pitch(self, columns: usize, height: f32) -> f32 {
        let Some([wide, high]) = self.pane else { return PITCH };
        let zoom = (high / height.max(1.0)).clamp(ZOOMS.0, ZOOMS.1);
        let (beside, most) = if self.is_matrix {
            (BESIDE_MATRIX, MOST_OF_MATRIX)
        } else {
            (BESIDE_STRANDS, MOST_OF_STRANDS)
        };
        let room = (wide - row_names_width(wide, 1.0) - beside) / zoom;
        (room / columns.max(1) as f32).clamp(PITCH, most * PITCH)
    }
}

/// A credential's line across the rows that it joins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Strand {
    /// The credential's mark.
    pub(super) mark: u32,
    /// Where its column is.
    pub(super) x: f32,
    /// Its first row and its last.
    pub(super) rows: (f32, f32),
}

/// A link where its row meets its column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    /// The link.
    pub(super) link: u32,
    /// Where its column is.
    pub(super) x: f32,
}

/// Neighbouring columns that belong together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ColumnBlock {
    /// Their region; `None` for credentials that are linked to several, or to nothing.
    pub(super) region: Option<u16>,
    /// Whether they are linked to anything.
    pub(super) is_linked: bool,
    /// The place of the first.
    pub(super) x: f32,
    /// How many.
    pub(super) columns: usize,
}

impl ColumnBlock {
    /// Whether neighbouring columns belong to one block.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        self.region == other.region && self.is_linked == other.is_linked
    }
}

/// Which row and which column each mark has.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid {
    /// Where the rows are from top to bottom, and whose they are.
    rows: Vec<(f32, u32)>,
    /// By column from left to right, in each from top to bottom.
    strands: Vec<Strand>,
    /// By row, from left to right.
    cells: Vec<Cell>,
    /// Where the cells of each row begin, and the end.
    starts: Vec<u32>,
    /// The blocks of columns from left to right: the region, none for what lies in several, and how many
    /// columns there are from where on.
    pub(super) blocks: Vec<ColumnBlock>,
    /// What it was laid out for.
    pub(super) form: TableForm,
    /// The distance of two columns, in scene units.
    pub(super) column_pitch: f32,
}

impl Grid {
    /// Puts rows, strands and cells together; the cells are given by row.
    pub(super) fn new(
        mut rows: Vec<(f32, u32, Vec<Cell>)>,
        mut strands: Vec<Strand>,
        (form, column_pitch): (TableForm, f32),
    ) -> Self {
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        strands.sort_by(|a, b| {
            a.x.total_cmp(&b.x).then(a.rows.0.total_cmp(&b.rows.0)).then(a.mark.cmp(&b.mark))
        });
        let mut grid = Self { strands, form, column_pitch, starts: vec![0], ..Self::default() };
        for (y, mark, mut cells) in rows {
            cells.sort_by(|a, b| a.x.total_cmp(&b.x));
            grid.rows.push((y, mark));
            grid.cells.append(&mut cells);
            grid.starts.push(grid.cells.len() as u32);
        }
        grid
    }

    /// Whether each credential has a column of its own, and its name above that.
    pub(super) fn is_matrix(&self) -> bool {
        self.form.is_matrix
    }

    /// The rows between two heights.
    pub(super) fn rows_in(&self, low: f32, high: f32) -> Range<usize> {
        let first = self.rows.partition_point(|(y, _)| *y < low);
        first..self.rows.partition_point(|(y, _)| *y <= high).max(first)
    }

    /// Where a row is, and whose it is.
    pub(super) fn row(&self, at: usize) -> Option<(f32, u32)> {
        self.rows.get(at).copied()
    }

    /// Where the last row is.
    pub(super) fn last_row(&self) -> f32 {
        self.rows.last().map_or(0.0, |(y, _)| *y)
    }

    /// Whose the rows are, from top to bottom.
    pub(super) fn row_marks(&self) -> impl Iterator<Item = u32> + '_ {
        self.rows.iter().map(|(_, mark)| *mark)
    }

    /// Whose the strands are, by column from left to right.
    pub(super) fn strand_marks(&self) -> impl Iterator<Item = u32> + '_ {
        self.strands.iter().map(|strand| strand.mark)
    }

    /// How many places of columns there are: lines that do not meet can share one.
    pub(super) fn columns(&self) -> usize {
        self.strands.chunk_by(|a, b| a.x.total_cmp(&b.x).is_eq()).count()
    }

    /// The cells of a row.
    pub(super) fn cells_of(&self, row: usize) -> &[Cell] {
        self.cells_in(row, (f32::NEG_INFINITY, f32::INFINITY))
    }

    /// The cells of a row between two columns.
    pub(super) fn cells_in(&self, row: usize, (low, high): (f32, f32)) -> &[Cell] {
        let start = self.starts.get(row).copied().unwrap_or(0) as usize;
        let end = self.starts.get(row + 1).copied().unwrap_or(0) as usize;
        let all = self.cells.get(start..end).unwrap_or_default();
        let first = all.partition_point(|cell| cell.x < low);
        let last = all.partition_point(|cell| cell.x <= high);
        all.get(first..last).unwrap_or_default()
    }

    /// The strands between two columns.
    pub(super) fn strands_in(&self, (low, high): (f32, f32)) -> &[Strand] {
        let first = self.strands.partition_point(|strand| strand.x < low);
        let last = self.strands.partition_point(|strand| strand.x <= high);
        self.strands.get(first..last).unwrap_or_default()
    }
}
