//! The kinds of work, and which view some of it is for.

/// The number of a view of what is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ViewId(u32);

impl ViewId {
    /// The number of the view that is opened next.
    pub(crate) fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// The kinds of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobKind {
    /// Files into an inventory.
    Import,
    /// An inventory into answers.
    Analysis,
    /// Answers into the map of one view: views do not cancel each other's.
    Layout(ViewId),
    /// Answers into cuts, choke points and a plan.
    Assessment,
    /// A plan that was cut short into a longer one.
    Plan,
    /// The next shortest paths between two ends.
    Paths,
    /// What the fixes of the what-if list bring and break.
    WhatIf,
    /// How far what is selected reaches with those fixes.
    Radius,
    /// Which entry points reach the selected instance, and how.
    ReachedBy,
    /// In which order to replace what is obtained from what has fallen.
    Rotation,
    /// Scenarios beside each other, or the tasks of one.
    Scenarios,
    /// What the fixes of two views come to that compare them.
    ComparedViews,
    /// The first rows of files that are not yet opened.
    Preview,
    /// Which problems the table lists.
    Filter,
    /// Waiting for the system's file dialog.
    Dialog,
    /// Saving the project.
    Save,
    /// Keeping what is not saved in case of a crash.
    Autosave,
    /// Writing a file that leaves the window.
    Export,
    /// Making a preview of what would be exported.
    ExportPreview,
    /// Asking the system to show a folder.
    OpenFolder,
    /// Drawing what goes into the clipboard.
    CopyPicture,
    /// Drawing small pictures of scenes.
    Thumbnails,
    /// Writing what is kept for the next start.
    Keep,
    /// Putting other names in the place of those that are shown.
    Names,
    /// Making pseudonyms for all names.
    Pseudonyms,
    /// Looking whether files change, until it is cancelled.
    Watch,
}

impl JobKind {
    /// What the window says while it runs.
    pub(crate) fn doing(self) -> &'static str {
        match self {
            Self::Import => "Reading the inventory",
            Self::Analysis => "Working out who reaches what",
            Self::Layout(_) => "Laying out the map",
            Self::Assessment => "Working out cuts and plan",
            Self::Plan => "Planning further fixes",
            Self::Paths => "Looking for paths",
            Self::WhatIf => "Working out what the fixes bring",
            Self::Radius => "Working out the reach with the fixes",
            Self::ReachedBy => "Working out who reaches it",
            Self::Rotation => "Working out the rotation order",
            Self::Scenarios | Self::ComparedViews => "Working out the scenarios",
            Self::Preview => "Reading the first rows",
            Self::Filter => "Looking through the problems",
            Self::Dialog => "Waiting for the file dialog",
            Self::Save => "Saving the project",
            Self::Autosave => "Keeping what is not saved",
            Self::Export => "Writing the file",
            Self::ExportPreview => "Making the preview",
            Self::OpenFolder => "Opening the folder",
            Self::CopyPicture => "Drawing the picture",
            Self::Thumbnails => "Drawing the scenes",
            Self::Keep => "Keeping what you decided",
            Self::Names => "Putting other names in place",
            Self::Pseudonyms => "Making pseudonyms",
            Self::Watch => "Looking whether files change",
        }
    }

    /// Whether somebody waits for its end.
    pub(crate) fn is_awaited(self) -> bool {
        !matches!(
            self,
            Self::Watch | Self::Keep | Self::Autosave | Self::OpenFolder | Self::Thumbnails
        )
    }
}
