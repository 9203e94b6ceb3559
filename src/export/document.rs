//! What an answer says, as a small tree that every form for people is rendered from.
//!
//! Texts are kept as they were written; whoever renders them escapes them for its form. JSON is no
//! rendering of this: it keeps its own typed keys.

use crate::inventory::Place;

/// An answer: sections one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its blocks, in reading order.
    pub blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Begins a section.
    Heading(Line),
    /// A sentence of its own.
    Sentence(Line),
    /// One thing below the other, each with what belongs below it.
    List(Vec<Item>),
    /// Rows of cells.
    Table(Table),
    /// How much is left after no step, one step, two steps and so on, drawn where a form can draw; the
    /// figures stand in a table too.
    Curve(Curve),
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it says.
    pub line: Line,
    /// What belongs below it.
    pub below: Vec<Self>,
}

/// Figures that go down step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// What is counted.
    pub title: String,
    /// How much is left, from no step on.
    pub left: Vec<u64>,
}

/// Rows of cells in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Which columns hold figures and are aligned to the right.
    pub figures: Vec<bool>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<Line>>,
}

/// A sentence or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its parts, in order.
    pub spans: Vec<Span>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Text(String),
    /// A figure with what it counts.
    Figure {
        /// How many.
        count: u64,
        /// Of what, in the plural: `connected pairs`.
        of: &'static str,
    },
    /// Rows of the inventory that prove what is said.
    Rows(Vec<RowReference>),
    /// A bar of this number of signs, beside the figure that it shows; left out where a curve shows it too.
    Bar(u8),
}

/// A row of the inventory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowReference {
    /// Where it stands.
    pub place: Place,
    /// The same in words: file and line.
    pub text: String,
}

impl Document {
    /// Begins a section.
    pub fn heading(&mut self, line: impl Into<Line>) {
        self.blocks.push(Block::Heading(line.into()));
    }

    /// Adds a sentence.
    pub fn sentence(&mut self, line: impl Into<Line>) {
        self.blocks.push(Block::Sentence(line.into()));
    }

    /// Adds a list; an empty one leaves no trace.
    pub fn list(&mut self, items: impl IntoIterator<Item = Item>) {
        let items: Vec<Item> = items.into_iter().collect();
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Adds the first entries of a list and how many more there are.
    pub fn first_of(&mut self, whole: usize, items: impl IntoIterator<Item = Item>) {
        let mut items: Vec<Item> = items.into_iter().collect();
        items.extend(more(whole, items.len()));
        self.list(items);
    }

    /// Adds a curve; one of fewer than two figures leaves no trace.
    pub fn curve(&mut self, title: &str, left: Vec<u64>) {
        if left.len() > 1 {
            self.blocks.push(Block::Curve(Curve { title: title.to_owned(), left }));
        }
    }

    /// Adds a table; `figures` says which columns hold figures.
    pub fn table(&mut self, figures: &[bool], rows: impl IntoIterator<Item = Vec<Line>>) {
        let rows: Vec<_> = rows.into_iter().collect();
        if !rows.is_empty() {
            self.blocks.push(Block::Table(Table { figures: figures.to_vec(), rows }));
        }
    }
}

/// "and 3 more", where not all are listed.
pub(super) fn more(whole: usize, listed: usize) -> Option<Item> {
    let rest = whole.saturating_sub(listed);
    (rest > 0).then(|| Item::from(Line::from("and ").figure(rest as u64, "more").text(" more")))
}

impl Item {
    /// An entry with what belongs below it.
    pub fn with(line: impl Into<Line>, below: Vec<Self>) -> Self {
        Self { line: line.into(), below }
    }
}

impl<L: Into<Line>> From<L> for Item {
    fn from(line: L) -> Self {
        Self { line: line.into(), below: Vec::new() }
    }
}

impl Line {
    /// Adds words.
    #[must_use]
    pub fn text(mut self, words: impl Into<String>) -> Self {
        self.spans.push(Span::Text(words.into()));
        self
    }

    /// Adds a figure.
    #[must_use]
    pub fn figure(mut self, count: u64, of: &'static str) -> Self {
        self.spans.push(Span::Figure { count, of });
        self
    }

    /// A bar alone.
    pub fn of_bar(signs: u8) -> Self {
        Self { spans: vec![Span::Bar(signs)] }
    }

    /// Whether it is a bar alone.
    pub(super) fn is_bar(&self) -> bool {
        matches!(self.spans.as_slice(), [Span::Bar(_)])
    }

    /// Adds how much of a figure stated access alone gives; nothing where the figure is 0.
    #[must_use]
    pub fn stated_share(self, (all, stated): (usize, usize), of: &'static str) -> Self {
        match (all, stated) {
            (0, _) => self,
            (_, 0) => self.text(", on assumption only"),
            (all, stated) if all == stated => self.text(", by stated access too"),
            (_, stated) => {
                let line = self.text(", ").figure(stated as u64, of);
                line.text(" of them with stated access alone")
            }
        }
    }

    /// Adds references to rows; none leave no trace.
    #[must_use]
    pub fn rows(mut self, rows: Vec<RowReference>) -> Self {
        if !rows.is_empty() {
            self.spans.push(Span::Rows(rows));
        }
        self
    }
}

impl From<String> for Line {
    fn from(words: String) -> Self {
        Self::default().text(words)
    }
}

impl From<&str> for Line {
    fn from(words: &str) -> Self {
        Self::default().text(words)
    }
}
