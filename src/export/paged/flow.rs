//! The document as pieces one below the other, each with its lines.

use super::wrap::Wrapper;
use crate::export::curve;
use crate::export::document::{Block, Curve, Document, Item, Line, Table};
use crate::export::text::words;
use crate::inventory::grouped;
use crate::scene::Face;

/// What a piece is, for those who have the page read to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Heading,
    Paragraph,
    Item,
    Row,
    Curve,
}

/// A part of a line, with its place from the left.
pub(super) struct Part {
    pub(super) left: f32,
    pub(super) text: String,
    /// Whether it is drawn as a bar as wide as its signs.
    pub(super) is_bar: bool,
}

impl Part {
    pub(super) fn words(left: f32, text: String) -> Self {
        Self { left, text, is_bar: false }
    }
}

/// What stands together: a heading, a paragraph, an entry of a list, a row of a table.
pub(super) struct Piece {
    pub(super) role: Role,
    pub(super) size: f32,
    pub(super) face: Face,
    /// How much room is left above it.
    pub(super) above: f32,
    pub(super) lines: Vec<Vec<Part>>,
    /// What is drawn in place of words, as high as its one line and as wide as the page.
    pub(super) curve: Option<Curve>,
    /// Whether it must not be the last on its page.
    pub(super) keeps_with_next: bool,
}

/// How high a line is beside its letters.
pub(super) const LEADING: f32 = 1.35;
/// The size of running text, in points.
const SIZE: f32 = 9.5;
/// How far each level of a list stands further in.
const INDENT: f32 = 14.0;
/// How much room stands between columns.
const GAP: f32 = 14.0;

/// Makes pieces that fit a width. A blank paragraph leaves none.
pub(super) fn pieces(document: &Document, room: f32) -> Vec<Piece> {
    let mut flow = Flow { wrapper: Wrapper::new(), room, pieces: Vec::new() };
    for (at, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Heading(line) | Block::Sentence(line) if at == 0 => {
                flow.text(&plain(line), Role::Title, (20.0, Face::Strong, 0.0));
            }
            Block::Heading(line) => {
                flow.text(&plain(line), Role::Heading, (13.0, Face::Strong, 16.0));
            }
            Block::Sentence(line) => {
                let text = plain(line);
                if !text.is_empty() {
                    flow.text(&text, Role::Paragraph, (SIZE, Face::Regular, 4.0));
                }
            }
            Block::List(items) => flow.items(items, 0),
            Block::Table(table) => flow.table(table),
            Block::Curve(curve) => flow.curve(curve),
        }
    }
    flow.pieces
}

fn plain(line: &Line) -> String {
    words(line, grouped)
}

struct Flow {
    wrapper: Wrapper,
    room: f32,
    pieces: Vec<Piece>,
}

impl Flow {
    fn text(&mut self, text: &str, role: Role, (size, face, above): (f32, Face, f32)) {
        let lines = self.wrapper.lines(text, self.room, size, face);
        let lines = lines.into_iter().map(|text| vec![Part::words(0.0, text)]).collect();
        let keeps_with_next = matches!(role, Role::Title | Role::Heading);
        let curve = None;
        self.pieces.push(Piece { role, size, face, above, lines, curve, keeps_with_next });
    }

    fn curve(&mut self, curve: &Curve) {
        let height = self.room * (curve::SIZE.1 / curve::SIZE.0) as f32;
        self.pieces.push(Piece {
            role: Role::Curve,
            size: height / LEADING,
            face: Face::Regular,
            above: 4.0,
            lines: vec![Vec::new()],
            curve: Some(curve.clone()),
            keeps_with_next: false,
        });
    }

    fn items(&mut self, items: &[Item], level: usize) {
        let left = INDENT * (level as f32 + 1.0);
        let bullet = if level == 0 { "•" } else { "–" };
        for item in items {
            let size = if level == 0 { SIZE } else { SIZE - 0.8 };
            let room = (self.room - left).max(INDENT);
            let lines = self.wrapper.lines(&plain(&item.line), room, size, Face::Regular);
            let mut lines: Vec<Vec<Part>> =
                lines.into_iter().map(|text| vec![Part::words(left, text)]).collect();
            if let Some(first) = lines.first_mut() {
                first.insert(0, Part::words(left - 9.0, bullet.to_owned()));
            }
            let above = if level == 0 { 3.0 } else { 1.0 };
            let keeps_with_next = level == 0 && !item.below.is_empty();
            self.pieces.push(Piece {
                role: Role::Item,
                size,
                face: Face::Regular,
                above,
                lines,
                curve: None,
                keeps_with_next,
            });
            self.items(&item.below, level + 1);
        }
    }

    fn table(&mut self, table: &Table) {
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|row| row.iter().map(plain).collect()).collect();
        let widths = self.widths(&rows, table.figures.len());
        for (row, written) in rows.iter().zip(&table.rows) {
            let (mut lines, mut left): (Vec<Vec<Part>>, f32) = (Vec::new(), 0.0);
            let cells = row.iter().zip(written).zip(&widths).zip(&table.figures);
            for (((cell, written), width), is_figure) in cells {
                let wrapped = self.wrapper.lines(cell, *width, SIZE, Face::Regular);
                for (at, text) in wrapped.into_iter().enumerate() {
                    let own = self.wrapper.width(&text, SIZE, Face::Regular);
                    let left = if *is_figure { left + width - own } else { left };
                    if lines.len() <= at {
                        lines.push(Vec::new());
                    }
                    lines.get_mut(at).into_iter().for_each(|line| {
                        let is_bar = written.is_bar();
                        line.push(Part { left, text: text.clone(), is_bar });
                    });
                }
                left += width + GAP;
            }
            self.pieces.push(Piece {
                role: Role::Row,
                size: SIZE,
                face: Face::Regular,
                above: 2.5,
                lines,
                curve: None,
                keeps_with_next: false,
            });
        }
    }

    /// How wide each column is: as its widest cell where all fit, else the widest one gives way.
    fn widths(&mut self, rows: &[Vec<String>], columns: usize) -> Vec<f32> {
        let mut widths = vec![0.0_f32; columns];
        for row in rows {
            for (cell, width) in row.iter().zip(&mut widths) {
                *width = width.max(self.wrapper.width(cell, SIZE, Face::Regular));
            }
        }
        let gaps = GAP * columns.saturating_sub(1) as f32;
        let over = widths.iter().sum::<f32>() + gaps - self.room;
        let widest = widths.iter_mut().max_by(|a, b| a.total_cmp(b));
        if let Some(widest) = widest.filter(|_| over > 0.0) {
            *widest = (*widest - over).max(60.0);
        }
        widths
    }
}
