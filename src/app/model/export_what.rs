//! What can be exported, and how much of it.

use crate::export::ExportTable;

/// What can be exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ExportWhat {
    /// What the active view shows.
    #[default]
    Picture,
    /// All answers.
    Report,
    /// An answer, or the rows without values, as a table or a graph.
    Table(ExportTable),
    /// The folder that BloodHound takes.
    BloodHound,
}

impl ExportWhat {
    /// Every one, in the order in which they are offered.
    pub(crate) const ALL: [Self; 12] = [
        Self::Picture,
        Self::Report,
        Self::Table(ExportTable::Inventory),
        Self::Table(ExportTable::Findings),
        Self::Table(ExportTable::Credentials),
        Self::Table(ExportTable::Services),
        Self::Table(ExportTable::Paths),
        Self::Table(ExportTable::Plan),
        Self::Table(ExportTable::Tasks),
        Self::Table(ExportTable::Rotation),
        Self::Table(ExportTable::Owners),
        Self::BloodHound,
    ];

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Picture => "Picture",
            Self::Report => "Report",
            Self::Table(ExportTable::Inventory) => "Inventory",
            Self::Table(ExportTable::Findings) => "Findings",
            Self::Table(ExportTable::Credentials) => "Credentials",
            Self::Table(ExportTable::Services) => "Services",
            Self::Table(ExportTable::Paths) => "Paths",
            Self::Table(ExportTable::Plan) => "Plan",
            Self::Table(ExportTable::Rotation) => "Rotation",
            Self::Table(ExportTable::Owners) => "Owners",
            Self::Table(ExportTable::Tasks) => "Tasks",
            Self::BloodHound => "BloodHound",
        }
    }

    /// Whether the filters can leave something of it out.
    pub(crate) fn is_filtered(self) -> bool {
        matches!(
            self,
            Self::Table(ExportTable::Findings | ExportTable::Credentials | ExportTable::Services)
        )
    }

    /// What it holds, in one line.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::Picture => {
                "The view as it is seen, under a heading with the headline, the day and what is assumed"
            }
            Self::Report => {
                "Headline, picture, paths, minimum cut, plan, findings, owners and what became of each row"
            }
            Self::Table(ExportTable::Inventory) => {
                "All rows that were read, or the graph; secrets are fingerprints, never values"
            }
            Self::Table(ExportTable::Findings) => {
                "A row for each finding: severity, why, what to do, and where it stands"
            }
            Self::Table(ExportTable::Credentials) => {
                "A row for each credential: holders, grants, owners, reach, worst severity"
            }
            Self::Table(ExportTable::Services) => {
                "A row for each service instance: what it holds, what opens it, who reaches it"
            }
            Self::Table(ExportTable::Paths) => {
                "A row for each hop of the shortest paths, or what they use as a graph"
            }
            Self::Table(ExportTable::Plan) => {
                "A row for each step: what it closes and what it breaks"
            }
            Self::Table(ExportTable::Rotation) => {
                "What to replace, and in which order, where what is marked as compromised has fallen"
            }
            Self::Table(ExportTable::Owners) => "A row for each owner: what they answer for",
            Self::Table(ExportTable::Tasks) => {
                "A row for each task of the what-if list, or of the plan where that is empty, by owner"
            }
            Self::BloodHound => {
                "A folder that an administrator of BloodHound uploads: schema, data, queries, icons"
            }
        }
    }

    /// What the names of its files end in, each with what that is.
    pub(crate) fn endings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Picture => &[
                ("svg", "vectors, for slides and pages"),
                ("pdf", "a page of vectors"),
                ("png", "pixels"),
            ],
            Self::Report => &[
                ("html", "one page, with the picture"),
                ("pdf", "pages for paper, with the picture"),
                ("md", "Markdown, for tickets and wikis"),
                ("txt", "plain text"),
                ("json", "for programs"),
            ],
            Self::Table(ExportTable::Inventory) => &[
                ("csv", "for spreadsheets, and to be imported again"),
                ("xlsx", "a workbook"),
                ("json", "for programs"),
                ("jsonl", "for programs, a row a line"),
                ("graphml", "the graph for networkx, Gephi and yEd"),
                ("gexf", "the graph for Gephi"),
                ("dot", "the graph for Graphviz"),
                ("mmd", "the graph for Mermaid"),
            ],
            Self::Table(ExportTable::Paths) => &[
                ("csv", "for spreadsheets"),
                ("xlsx", "a workbook"),
                ("json", "for programs"),
                ("jsonl", "for programs, a row a line"),
                ("mmd", "Mermaid, for Markdown"),
                ("dot", "for Graphviz"),
                ("graphml", "for networkx, Gephi and yEd"),
                ("gexf", "for Gephi"),
            ],
            Self::BloodHound => &[],
            Self::Table(_) => &[
                ("csv", "for spreadsheets"),
                ("xlsx", "a workbook"),
                ("json", "for programs"),
                ("jsonl", "for programs, a row a line"),
            ],
        }
    }

    /// The name that is proposed for its file, without its end.
    pub(super) fn stem(self) -> &'static str {
        match self {
            Self::Picture => "keyreach-picture",
            Self::Report => "keyreach-report",
            Self::Table(ExportTable::Inventory) => "keyreach-inventory",
            Self::Table(ExportTable::Findings) => "keyreach-findings",
            Self::Table(ExportTable::Credentials) => "keyreach-credentials",
            Self::Table(ExportTable::Services) => "keyreach-services",
            Self::Table(ExportTable::Paths) => "keyreach-paths",
            Self::Table(ExportTable::Plan) => "keyreach-plan",
            Self::Table(ExportTable::Rotation) => "keyreach-rotation",
            Self::Table(ExportTable::Owners) => "keyreach-owners",
            Self::Table(ExportTable::Tasks) => "keyreach-tasks",
            Self::BloodHound => "keyreach-bloodhound",
        }
    }
}

/// How much of it is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The part of the map that the window shows; the rows that the filters leave.
    #[default]
    Seen,
    /// The whole map; all rows.
    Whole,
    /// What belongs to what is selected; the rows about it.
    Selected,
}

impl Extent {
    /// Every one, in the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::Seen, Self::Whole, Self::Selected];
}
