//! What can be asked of scenes, and while they are presented.

use crate::app::model::workshop_command::WorkshopKey;

/// What concerns the scenes of the project, each by its place; each that changes one is one undo step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SceneCommand {
    /// Makes one of what is on screen, after the one that was shown last.
    Add,
    /// Shows one as it begins; what it assumes of fixes and of what has fallen is one undo step.
    Show(usize),
    /// Lets one show what is on screen.
    TakeOver(usize),
    /// Makes another one like it, after it.
    Duplicate(usize),
    Remove(usize),
    /// Moves the one at the first place so that it stands at the second.
    Shift(usize, usize),
    Caption(usize, String),
    Notes(usize, String),
    /// Whether it hides what is lit, and every figure.
    HideAnswer(usize, bool),
    /// Asks where all of them shall go, and writes them.
    Export,
    /// Whether what is lit comes hop by hop.
    HopByHop(usize, bool),
}

/// What is done while scenes are presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PresentCommand {
    /// Presents the scenes, from the one that was shown last.
    Start,
    /// Presents the guided story on a sample, where nothing is open.
    Story,
    /// Ends the presentation: everything is as it was before.
    Leave,
    /// Shows what comes next of the scene, or the next scene.
    Next,
    /// Shows what came before.
    Previous,
    First,
    Last,
    /// Shows the scene at a place.
    GoTo(usize),
    /// Goes on by itself through what comes of the scene, or no longer.
    Play,
    /// Goes on by itself now.
    PlayOn,
    /// Shows nothing, or the scene again.
    Blank,
    /// Lights a circle round the pointer and dims the rest, or no longer.
    Spotlight,
    /// Draws a dot at the pointer, or no longer.
    LaserDot,
    /// Hides names, or shows them again: the presentation goes on where it is.
    Names,
    /// Gives presentations a window for the presenter, or no longer.
    PresenterWindow,
    /// Lets that fill the screen of a number, from 1, or be wherever the system puts it, with 0.
    PresenterScreen(u8),
    /// Shows how long it has taken, or no longer.
    Clock,
    /// Plans more minutes, or fewer.
    Minutes(i32),
    /// Begins to write something down in the workshop.
    Write(WorkshopKey),
    /// Takes back what was written down last in this presentation.
    TakeBack,
    /// Shows the scene again as it is, after something else was looked at.
    Return,
}
