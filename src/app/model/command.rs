//! What can be asked of the model, by subject.

use crate::analysis::Subject;
use crate::app::model::policy_section::PolicySection;
use crate::graph::{InstanceIndex, OwnerIndex};
use crate::import::{EnvironmentInNames, PartKind, WordKind};
use crate::inventory::Assumptions;
use crate::project::{NamedFix, Opening, RotationStep, SubjectName};
use crate::scene::ViewKind;

use crate::app::jobs::{JobKind, ViewId};
use crate::app::model::answer_sort::AnswerSort;
pub(crate) use crate::app::model::arrange_command::ArrangeCommand;
use crate::app::model::export_dialog::ExportCommand;
use crate::app::model::figure::Figure;
use crate::app::model::filters::Facet;
pub(crate) use crate::app::model::finding_draft::{DecideOn, FindingCommand, ScenarioCommand};
use crate::app::model::job_end::JobEnd;
use crate::app::model::panes::Grip;
pub(crate) use crate::app::model::project_command::{NamesCommand, ProjectCommand, UnsavedAnswer};
use crate::app::model::route::RouteOf;
pub(crate) use crate::app::model::scene_command::{PresentCommand, SceneCommand};
use crate::app::model::tab::Tab;
use crate::app::model::views::Inside;
use crate::app::model::walk::Way;
pub(crate) use crate::app::model::workshop_command::{WorkshopCommand, WorkshopKey, Written};
use crate::app::work::sort::Sort;

/// One thing that was asked for.
#[derive(Clone, Debug)]
pub(crate) enum Command {
    /// Opens files in place of what is open; what is open stays until they are read.
    Open(Opening),
    /// Opens a file of the list of recent ones, with the tables that were read of it before.
    OpenRecent(usize),
    /// What concerns files that are looked at before they are opened.
    Stage(StageCommand),
    /// Shows the system's file dialog.
    AskForFiles,
    /// Asks where the rejected rows shall go, and writes them.
    SaveRejected,
    /// What concerns the question what is to be exported.
    Export(ExportCommand),
    /// What concerns a newer export of what is open.
    Reimport(ReimportCommand),
    /// What concerns the file of the project.
    Project(ProjectCommand),
    /// Closes what is open and shows the start screen.
    Close,
    /// Selects, and lights what it reaches.
    Select(Option<Subject>),
    /// Selects several together, in place of what is selected.
    SelectAll(Vec<Subject>),
    /// Moves to the next or the previous finding.
    WalkFindings(Step),
    /// Selects the worst finding.
    ShowWorst,
    /// Steps back: closes what lies on top, then the focus, then the selection.
    Back,
    /// Shows a facet's value or hides it.
    Filter(Facet, bool),
    /// Takes every filter back.
    ClearFilters,
    /// Hides and shows things one by one.
    Sight(SightCommand),
    /// The tables below the map.
    Table(TableCommand),
    /// What lies between entry points and crown jewels.
    Answer(AnswerCommand),
    /// The what-if list.
    Fix(FixCommand),
    /// Named lists of fixes.
    Scenario(ScenarioCommand),
    /// What is shown step by step.
    Scene(SceneCommand),
    /// Showing it.
    Present(PresentCommand),
    /// What is disputed, stated and noted in a workshop.
    Workshop(WorkshopCommand),
    /// Findings as work, and notes.
    Finding(FindingCommand),
    /// What to do once something has fallen.
    Rotate(RotationCommand),
    /// How the map is arranged: one undo step.
    Arrange(ArrangeCommand),
    /// Where one looks.
    Go(GoCommand),
    /// How things are shown.
    Look(LookCommand),
    /// Which names are hidden.
    Names(NamesCommand),
    /// Replaces the assumptions: one undo step.
    Assume(Assumptions),
    /// The page of assumptions, and policies on disk.
    Policy(PolicyCommand),
    /// Takes the last change of the project back.
    Undo,
    /// Does it again.
    Redo,
    /// Goes to how the project was after this number of the steps in the history.
    GoToStep(usize),
    /// Takes what a job ended with.
    Ended(JobEnd),
    /// Stops work that runs.
    Cancel(JobKind),
    /// Puts a text into the clipboard.
    Copy(String),
    /// Puts what the active view shows into the clipboard as a picture.
    CopyPicture,
    /// Puts the notice away.
    DismissNotice,
}

/// What hides and shows things beside the facets: like these, no undo step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SightCommand {
    Hide(Vec<Subject>),
    /// Leaves these alone in sight.
    HideOthers(Vec<Subject>),
    /// Brings what these are linked to into sight, whatever hid it.
    ShowNeighbours(Vec<Subject>),
    /// Leaves only what a search text finds; an empty one hides nothing.
    OnlyFound(String),
    /// Dims what the filters leave out, or hides it.
    Dim(bool),
    /// Gives the filters a name.
    Save(String),
    /// Sets the filters that were saved at a place.
    Use(usize),
    /// Forgets those.
    Forget(usize),
}

/// What concerns paths, choke points, cut and plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerCommand {
    /// Works out cuts and plan, after that was cancelled.
    Assess,
    /// Puts paths on the map and in the inspector.
    Show(RouteOf),
    /// Looks for paths from, or to, an instance; `None` for all entry points, or crown jewels.
    Pick(End, Option<InstanceIndex>),
    /// Looks the other way.
    SwapEnds,
    /// No longer asks that pairs depend on a credential.
    AnyCredential,
    /// Looks for paths of stated access alone, or of all access.
    StatedOnly(bool),
    /// Looks for more paths between the picked ends.
    MorePaths,
    /// Lets a plan that was cut short grow on.
    PlanFurther,
    /// Selects the credential of a step of the plan.
    SelectStep(usize),
}

/// What concerns the what-if list; each that changes it is one undo step.
#[derive(Clone, Debug)]
pub(crate) enum FixCommand {
    Add(NamedFix),
    /// Adds several together.
    AddAll(Vec<NamedFix>),
    /// Adds a step of the plan.
    AddStep(usize),
    AddPlan,
    /// Adds the revoking of each credential of the minimum cut.
    AddCut,
    Switch(usize, bool),
    /// Swaps a fix with the one after it, or before it.
    Shift(usize, bool),
    Remove(usize),
    Clear,
    /// Looks at one fix alone, or at all together.
    Choose(Option<usize>),
    /// Works out what they bring, after that was cancelled.
    WorkOut,
    /// Shows everything with the fixes in force, or as it is.
    ShowWith(bool),
}

/// What concerns the order of rotation; each that changes the starts or the ticks is one undo step.
#[derive(Clone, Debug)]
pub(crate) enum RotationCommand {
    /// Takes something to have fallen, beside what is taken so already, and shows the order.
    Add(SubjectName),
    /// The same for several together.
    AddAll(Vec<SubjectName>),
    /// Takes some to have fallen, or no longer, and leaves the tab in sight as it is.
    Mark(Vec<SubjectName>, bool),
    /// Takes one of the starts out.
    TakeOut(usize),
    /// Takes all out.
    Clear,
    /// Ticks a step off, or takes that back.
    Tick(RotationStep, bool),
    /// Works it out, after that was cancelled.
    WorkOut,
}

/// What concerns the page of assumptions, and policies on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PolicyCommand {
    /// Shows the page, or hides it.
    Open(bool),
    /// Shows the page with one of its sections open.
    OpenAt(PolicySection),
    /// Asks for a policy and assumes what it says.
    Load,
    /// Asks where the assumptions shall go, and writes them.
    Save,
}

/// One end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    From,
    To,
}

/// What concerns a newer export of what is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReimportCommand {
    /// Reads the files of what is open anew, and shows what is different.
    Read,
    /// Takes the newer export in place of what is open: one undo step.
    Replace,
    /// Stages the newer export instead, to be added to what is open.
    AddInstead,
    /// Leaves what is open as it is, until its files change again.
    Keep,
}

/// What concerns files that are looked at before they are opened.
#[derive(Clone, Debug)]
pub(crate) enum StageCommand {
    /// Reads files and shows how they would be understood.
    Begin(Opening),
    /// Shows how what is open was understood.
    Review,
    /// Brings one of the files into sight.
    Show(usize),
    /// Brings one of the tables into sight that the file in sight packs, or one of its parts.
    ShowTable(usize),
    /// Whether a decision serves all files of the same shape.
    ForAll(bool),
    /// Overrules what was found out.
    Choose(StageChoice),
    /// Asks where the mapping of the file in sight shall go, and writes it.
    SaveMapping,
    /// Whether what is staged is added to what is open, or takes its place.
    AddToOpen(bool),
    /// Opens what is staged: one undo step.
    Commit,
    /// Lets go of what is staged.
    Cancel,
}

/// One thing said of how a file is to be read; `None` leaves it to be found out.
#[derive(Clone, Debug)]
pub(crate) enum StageChoice {
    Delimiter(Option<char>),
    Quote(Option<char>),
    Encoding(Option<&'static str>),
    HeaderLine(Option<u32>),
    /// Whether the line above the header names groups of columns.
    Groups(Option<bool>),
    /// Whether a part of the file is read, by its name.
    Part(PartKind, String, bool),
    /// Whether the names of services carry their environments.
    EnvironmentInNames(Option<EnvironmentInNames>),
    /// What a column means.
    Meaning(usize, &'static str),
    /// What a word in the cells means; `None` leaves it to be found out.
    Word(WordKind, String, Option<&'static str>),
    /// Whether a column holds no secret values, though it is named so or looks so.
    NoSecretsIn(usize, bool),
    /// Takes back all that was said.
    AsFound,
}

/// Forwards or backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Next,
    Previous,
}

/// What concerns the tables.
#[derive(Clone, Debug)]
pub(crate) enum TableCommand {
    /// Shows a table.
    Show(Tab),
    /// Sorts the table in sight; the same column again turns the order round.
    SortBy(Sort),
    SortAnswersBy(AnswerSort),
    /// Shows only the problems that left a row out.
    RejectedOnly(bool),
    /// Shows only the problems that have a text in them.
    FindProblems(String),
    /// Shows what an owner answers for, or what nobody does.
    PickOwner(Option<OwnerIndex>),
    /// Shows exactly the rows that a figure counts.
    RowsOf(Figure),
    /// Selects what stands in a row, and lets the arrow keys walk on from there.
    Pick(usize),
    /// Goes down by this number of rows, or up, and selects what stands there.
    Walk(i32),
}

/// What goes to something else, or shows more or less of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum GoCommand {
    /// Shows what falls hop by hop if these have fallen.
    SpreadFrom(Vec<Subject>),
    /// Shows who reaches an instance hop by hop.
    SpreadTo(InstanceIndex),
    /// Shows only what lies within some hops round these, and goes there.
    FocusAround(Vec<Subject>),
    /// Within how many hops.
    Hops(u8),
    /// Goes into the body of a group.
    Into(Inside),
    /// Looks at what was looked at before, or again at what one went back from.
    Back,
    Forward,
    /// Steps along a link of what is selected.
    Walk(Way),
    /// Steps along a link, whatever is selected.
    Link {
        from: Subject,
        to: Subject,
    },
}

/// What concerns the picture and the panels.
#[derive(Clone, Debug)]
pub(crate) enum LookCommand {
    /// Dark or light.
    SwapTheme,
    /// Lists the files that are opened for the next start, or no longer; then those listed are forgotten.
    KeepRecent(bool),
    /// Forgets the files that were opened before.
    ForgetRecent,
    /// Keeps column mappings for the next table with the same columns, or no longer.
    KeepMappings(bool),
    /// Forgets the column mappings that were decided.
    ForgetMappings,
    /// Keeps unsaved work in case of a crash, or no longer.
    KeepUnsaved(bool),
    /// Moves the camera so that all is seen.
    Fit,
    /// Moves it so that what is selected or lit fills the view.
    FitSelection,
    /// Moves the camera to what is selected and shows only what belongs to it.
    Focus,
    /// Shows again what the focus leaves out.
    LeaveFocus,
    /// Shows the active view as another kind; a spread begins with what is in question.
    ShowAs(ViewKind),
    /// Shows who reaches the selected instance, hop by hop.
    SpreadBackwards,
    /// Lights who reaches the selected instance, or again what it reaches.
    ReachedBy(bool),
    /// Zooms by a factor around the middle.
    Zoom(f32),
    /// Moves the picture by pixels.
    Pan(f32, f32),
    /// Shows or hides the palette.
    Palette(bool),
    /// What the palette's field says.
    PaletteText(String),
    /// Goes to a line of the palette.
    PaletteAt(usize),
    /// Shows or hides the page of keys.
    Help(bool),
    /// Shows or hides the list of undo steps.
    History(bool),
    /// Gives a panel the size that its grip was dragged to; `None` the one of a new window.
    Resize(Grip, Option<f32>),
    /// Folds or unfolds the filters.
    FoldFilters,
    /// Folds or unfolds the inspector.
    FoldInspector,
    /// Folds or unfolds the tables.
    FoldTables,
    /// Gives the window the whole screen, or no longer.
    FullScreen(bool),
    /// What the search field says.
    Search(String),
    /// Lets the next drag on a picture draw a lasso, or no longer.
    Lasso(bool),
    /// Lets the arrow keys move the map again.
    ToMap,
    /// Opens a second view of the map beside the first one.
    Split,
    /// Closes the view that is not the active one.
    CloseOtherView,
    /// Makes the other view the active one.
    ToOtherView,
    /// Makes a view the active one.
    ToView(ViewId),
}
