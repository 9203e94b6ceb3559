//! What each command is called in tests, and whether it changes what the user made.

use crate::app::model::command::{
    AnswerCommand, ArrangeCommand, Command, FindingCommand, FixCommand, GoCommand, LookCommand,
    NamesCommand, PolicyCommand, PresentCommand, ProjectCommand, ReimportCommand, RotationCommand,
    ScenarioCommand, SceneCommand, SightCommand, StageCommand, TableCommand, WorkshopCommand,
};
use crate::app::model::export_dialog::ExportCommand;
use crate::app::model::job_end::JobEnd;

/// What one sample is, and whether it changes the project. Whoever adds a command says so here.
pub(super) fn changes(command: &Command) -> (&'static str, bool) {
    match command {
        Command::Open(_) => ("open", true),
        Command::Stage(stage) => stage_changes(stage),
        Command::AskForFiles => ("ask for files", false),
        Command::SaveRejected => ("save rejected", false),
        Command::Reimport(reimport) => reimport_changes(*reimport),
        Command::Project(project) => project_changes(project),
        Command::Export(export) => match export {
            ExportCommand::Ask => ("export", false),
            ExportCommand::What(_) => ("export what", false),
            ExportCommand::Ending(_) => ("export as", false),
            ExportCommand::Path(_) => ("export where", false),
            ExportCommand::Extent(_) => ("export extent", false),
            ExportCommand::Theme(_) => ("export theme", false),
            ExportCommand::Scale(_) => ("export scale", false),
            ExportCommand::Transparent(_) => ("export transparent", false),
            ExportCommand::Browse => ("export browse", false),
            ExportCommand::Write => ("export write", false),
            ExportCommand::Cancel => ("export cancel", false),
            ExportCommand::OpenFolder => ("open the folder", false),
        },
        Command::OpenRecent(_) => ("open a recent file", false),
        Command::Close => ("close", true),
        Command::Select(_) => ("select", false),
        Command::SelectAll(_) => ("select all", false),
        Command::WalkFindings(_) => ("walk", false),
        Command::ShowWorst => ("worst", false),
        Command::Back => ("back", false),
        Command::Filter(..) => ("filter", false),
        Command::ClearFilters => ("clear filters", true),
        Command::Sight(sight) => sight_changes(sight),
        Command::Table(table) => table_changes(table),
        Command::Answer(answer) => answer_changes(answer),
        Command::Fix(fix) => fix_changes(fix),
        Command::Scenario(scenario) => scenario_changes(scenario),
        Command::Scene(scene) => scene_changes(scene),
        Command::Present(present) => (present_name(*present), false),
        Command::Workshop(workshop) => workshop_changes(workshop),
        Command::Finding(finding) => finding_changes(finding),
        Command::Rotate(rotate) => rotation_changes(rotate),
        Command::Arrange(arrange) => arrange_changes(arrange),
        Command::Go(go) => go_changes(go),
        Command::Look(look) => look_changes(look),
        Command::Names(names) => names_changes(names),
        Command::Assume(_) => ("assume", true),
        Command::Policy(policy) => match policy {
            PolicyCommand::Open(_) => ("open page", false),
            PolicyCommand::OpenAt(_) => ("open section", false),
            PolicyCommand::Load => ("load policy", false),
            PolicyCommand::Save => ("save policy", false),
        },
        Command::Undo => ("undo", true),
        Command::Redo => ("redo", true),
        Command::GoToStep(_) => ("go to step", true),
        Command::Ended(end) => end_changes(end),
        Command::Cancel(_) => ("cancel", false),
        Command::Copy(_) => ("copy", false),
        Command::CopyPicture => ("copy the picture", false),
        Command::DismissNotice => ("dismiss", false),
    }
}

fn project_changes(project: &ProjectCommand) -> (&'static str, bool) {
    match project {
        ProjectCommand::Save => ("save", false),
        ProjectCommand::SaveAs => ("save as", false),
        ProjectCommand::Path(_) => ("path", false),
        ProjectCommand::Browse => ("browse", false),
        ProjectCommand::SaveThere => ("save there", false),
        ProjectCommand::Answer(_) => ("unsaved", false),
        ProjectCommand::WriteLists => ("write lists", false),
        ProjectCommand::ReadAnswers => ("read answers", false),
        ProjectCommand::Quit => ("quit", false),
    }
}

fn scene_changes(scene: &SceneCommand) -> (&'static str, bool) {
    match scene {
        SceneCommand::Export => ("export the scenes", false),
        SceneCommand::Add => ("add a scene", true),
        SceneCommand::Show(_) => ("show a scene", true),
        SceneCommand::TakeOver(_) => ("take a scene over", true),
        SceneCommand::Duplicate(_) => ("duplicate a scene", true),
        SceneCommand::Remove(_) => ("delete a scene", true),
        SceneCommand::Shift(..) => ("move a scene", true),
        SceneCommand::Caption(..) => ("caption", true),
        SceneCommand::Notes(..) => ("presenter's notes", true),
        SceneCommand::HideAnswer(..) => ("hide the answer", true),
        SceneCommand::HopByHop(..) => ("hop by hop", true),
    }
}

fn present_name(present: PresentCommand) -> &'static str {
    match present {
        PresentCommand::Start => "present",
        PresentCommand::Leave => "end the presentation",
        PresentCommand::Next => "next step",
        PresentCommand::Previous => "step before",
        PresentCommand::First => "first scene",
        PresentCommand::Last => "last scene",
        PresentCommand::GoTo(_) => "scene of a number",
        PresentCommand::Play => "play",
        PresentCommand::PlayOn => "play on",
        PresentCommand::Blank => "blank",
        PresentCommand::Spotlight => "spotlight",
        PresentCommand::LaserDot => "laser dot",
        PresentCommand::Clock => "clock",
        PresentCommand::Minutes(_) => "minutes",
        PresentCommand::Names => "names on the stage",
        PresentCommand::Story => "guided story",
        PresentCommand::PresenterWindow => "presenter's window",
        PresentCommand::PresenterScreen(_) => "presenter's screen",
        PresentCommand::Write(_) => "write on the stage",
        PresentCommand::Return => "back to the scene",
        PresentCommand::TakeBack => "take back what was written down last",
    }
}

fn workshop_changes(workshop: &WorkshopCommand) -> (&'static str, bool) {
    match workshop {
        WorkshopCommand::Begin(_) => ("begin to write", false),
        WorkshopCommand::Ask(_) => ("ask in the workshop", false),
        WorkshopCommand::Edit(_) => ("edit in the workshop", false),
        WorkshopCommand::Keep => ("keep in the workshop", true),
        WorkshopCommand::Leave => ("leave the field", false),
        WorkshopCommand::TakeBack(_) => ("take back", true),
        WorkshopCommand::CopyMinutes => ("copy the minutes", false),
        WorkshopCommand::SaveMinutes => ("save the minutes", false),
        WorkshopCommand::SaveFacts => ("save what was stated", false),
    }
}

fn scenario_changes(scenario: &ScenarioCommand) -> (&'static str, bool) {
    match scenario {
        ScenarioCommand::Keep(_) => ("keep the list", true),
        ScenarioCommand::KeepPlan(_) => ("keep the plan", true),
        ScenarioCommand::Put(_) => ("put the list", true),
        ScenarioCommand::Use(_) => ("use a scenario", true),
        ScenarioCommand::Duplicate(_) => ("duplicate a scenario", true),
        ScenarioCommand::Rename(..) => ("rename a scenario", true),
        ScenarioCommand::Remove(_) => ("delete a scenario", true),
        ScenarioCommand::Compare => ("compare scenarios", false),
        ScenarioCommand::CopyTasks(_) => ("copy tasks", false),
        ScenarioCommand::SideBySide(_) => ("side by side", false),
        ScenarioCommand::ShowIn(..) => ("show fixes in a view", false),
    }
}

fn finding_changes(finding: &FindingCommand) -> (&'static str, bool) {
    match finding {
        FindingCommand::Show(_) => ("show a state", false),
        FindingCommand::GroupBy(_) => ("group the findings", false),
        FindingCommand::Ask(_) => ("ask what to decide", false),
        FindingCommand::Edit(_) => ("edit a decision", false),
        FindingCommand::Decide(_) => ("decide", true),
        FindingCommand::Leave => ("leave the editor", false),
        FindingCommand::Note(..) => ("write a note", true),
    }
}

fn reimport_changes(reimport: ReimportCommand) -> (&'static str, bool) {
    match reimport {
        ReimportCommand::Read => ("read anew", false),
        ReimportCommand::Replace => ("replace", true),
        ReimportCommand::AddInstead => ("add instead", false),
        ReimportCommand::Keep => ("keep", false),
    }
}

fn arrange_changes(arrange: &ArrangeCommand) -> (&'static str, bool) {
    match arrange {
        ArrangeCommand::GroupBy(_) => ("group by", true),
        ArrangeCommand::Collapse(..) => ("collapse", true),
        ArrangeCommand::CollapseAll(_) => ("collapse all", true),
        ArrangeCommand::FoldHub(..) => ("fold a hub", true),
        ArrangeCommand::Pin(_) => ("pin", true),
        ArrangeCommand::Unpin(_) => ("unpin", true),
        ArrangeCommand::UnpinAll => ("unpin all", true),
    }
}

fn table_changes(table: &TableCommand) -> (&'static str, bool) {
    match table {
        TableCommand::Show(_) => ("tab", false),
        TableCommand::SortBy(_) => ("sort", false),
        TableCommand::SortAnswersBy(_) => ("sort answers", false),
        TableCommand::RejectedOnly(_) => ("rejected only", false),
        TableCommand::FindProblems(_) => ("find problems", false),
        TableCommand::PickOwner(_) => ("pick owner", false),
        TableCommand::RowsOf(_) => ("rows of a figure", true),
        TableCommand::Pick(_) => ("pick row", false),
        TableCommand::Walk(_) => ("walk table", false),
    }
}

fn look_changes(look: &LookCommand) -> (&'static str, bool) {
    match look {
        LookCommand::SwapTheme => ("theme", false),
        LookCommand::KeepRecent(_) => ("keep recent", false),
        LookCommand::ForgetRecent => ("forget recent", false),
        LookCommand::KeepMappings(_) => ("keep mappings", false),
        LookCommand::ForgetMappings => ("forget mappings", false),
        LookCommand::KeepUnsaved(_) => ("keep unsaved", false),
        LookCommand::Fit => ("fit", false),
        LookCommand::FitSelection => ("fit the selection", false),
        LookCommand::Focus => ("focus", false),
        LookCommand::LeaveFocus => ("leave focus", false),
        LookCommand::ShowAs(_) => ("show as", false),
        LookCommand::SpreadBackwards => ("spread backwards", false),
        LookCommand::ReachedBy(_) => ("light reached by", false),
        LookCommand::Zoom(_) => ("zoom", false),
        LookCommand::Pan(..) => ("pan", false),
        LookCommand::Palette(_) => ("palette", false),
        LookCommand::PaletteText(_) => ("palette text", false),
        LookCommand::PaletteAt(_) => ("palette at", false),
        LookCommand::Help(_) => ("help", false),
        LookCommand::History(_) => ("history", false),
        LookCommand::FoldFilters => ("fold filters", false),
        LookCommand::FoldInspector => ("fold inspector", false),
        LookCommand::Resize(..) => ("resize", false),
        LookCommand::FoldTables => ("fold tables", false),
        LookCommand::FullScreen(_) => ("full screen", false),
        LookCommand::Search(_) => ("search", false),
        LookCommand::Lasso(_) => ("lasso", false),
        LookCommand::ToMap => ("to map", false),
        LookCommand::Split => ("split", false),
        LookCommand::CloseOtherView => ("close other view", false),
        LookCommand::ToOtherView => ("to other view", false),
        LookCommand::ToView(_) => ("to view", false),
    }
}

fn names_changes(names: &NamesCommand) -> (&'static str, bool) {
    match names {
        NamesCommand::Switch => ("hide or show names", false),
        NamesCommand::Hide(_) => ("hide kinds of names", false),
        NamesCommand::Kind(_) => ("hide or show a kind of names", false),
        NamesCommand::AskPseudonym(_) => ("ask for a pseudonym", false),
        NamesCommand::EditPseudonym(_) => ("edit a pseudonym", false),
        NamesCommand::ChoosePseudonym => ("choose a pseudonym", true),
        NamesCommand::LeavePseudonym => ("leave the pseudonym", false),
    }
}

fn end_changes(end: &JobEnd) -> (&'static str, bool) {
    match end {
        JobEnd::AnswersRead(_) => ("answers read", true),
        JobEnd::PolicyRead(_) => ("policy read", true),
        JobEnd::Imported(_) => ("imported", false),
        JobEnd::Other(_) => ("other", true),
        JobEnd::Compared(_) => ("compared", false),
        JobEnd::ChangedOnDisk(_) => ("changed on disk", false),
        JobEnd::Staged(..) => ("staged", false),
        JobEnd::Previewed(_) => ("previewed", false),
        JobEnd::ImportCounts(_) => ("counts", false),
        JobEnd::Filtered(_) => ("filtered", false),
        JobEnd::Answered(_) => ("answered", false),
        JobEnd::AnsweredWithFixes(..) => ("answered with fixes", false),
        JobEnd::LaidOut(..) => ("laid out", false),
        JobEnd::Assessment(_) => ("assessed", false),
        JobEnd::PlannedFurther(..) => ("planned further", false),
        JobEnd::PathsFound(_) => ("paths found", false),
        JobEnd::WhatIf(_) => ("what-if", false),
        JobEnd::RadiusAfter(_) => ("radius", false),
        JobEnd::ReachedBy(_) => ("reached by", false),
        JobEnd::Rotation(_) => ("rotation", false),
        JobEnd::ScenariosCompared(_) => ("scenarios compared", false),
        JobEnd::ViewsCompared(_) => ("views compared", false),
        JobEnd::TasksWritten(_) => ("tasks written", false),
        JobEnd::Chosen(_) => ("chosen", false),
        JobEnd::ProjectOpened(_) => ("project opened", false),
        JobEnd::ProjectSaved(_) => ("project saved", false),
        JobEnd::UnsavedKept(_) => ("unsaved kept", false),
        JobEnd::UnsavedFound(_) => ("unsaved found", false),
        JobEnd::PlaceChosen(_) => ("place chosen", false),
        JobEnd::Saved(_) => ("saved", false),
        JobEnd::ExportPlace(_) => ("export place", false),
        JobEnd::Exported(_) => ("exported", false),
        JobEnd::ExportPreviewed(_) => ("export previewed", false),
        JobEnd::PictureDrawn(_) => ("picture drawn", false),
        JobEnd::ScenesDrawn(_) => ("scenes drawn", false),
        JobEnd::Kept => ("kept", false),
        JobEnd::NamesShown(_) => ("names shown", false),
        JobEnd::PseudonymsMade(_) => ("pseudonyms made", false),
        JobEnd::Cancelled => ("cancelled", false),
    }
}

fn stage_changes(stage: &StageCommand) -> (&'static str, bool) {
    match stage {
        StageCommand::Begin(_) => ("begin", false),
        StageCommand::Review => ("review", false),
        StageCommand::Show(_) => ("show file", false),
        StageCommand::ShowTable(_) => ("show table", false),
        StageCommand::ForAll(_) => ("for all", false),
        StageCommand::Choose(_) => ("choose", false),
        StageCommand::SaveMapping => ("save mapping", false),
        StageCommand::AddToOpen(_) => ("add to open", false),
        StageCommand::Commit => ("commit", true),
        StageCommand::Cancel => ("cancel staging", false),
    }
}

fn fix_changes(fix: &FixCommand) -> (&'static str, bool) {
    match fix {
        FixCommand::Add(_) => ("add", true),
        FixCommand::AddAll(_) => ("add fixes", true),
        FixCommand::AddStep(_) => ("add step", true),
        FixCommand::AddPlan => ("add plan", true),
        FixCommand::AddCut => ("add cut", true),
        FixCommand::Switch(..) => ("switch", true),
        FixCommand::Shift(..) => ("shift", true),
        FixCommand::Remove(_) => ("remove", true),
        FixCommand::Clear => ("clear", true),
        FixCommand::Choose(_) => ("choose fix", false),
        FixCommand::WorkOut => ("work out", false),
        FixCommand::ShowWith(_) => ("show with fixes", false),
    }
}

fn answer_changes(answer: &AnswerCommand) -> (&'static str, bool) {
    match answer {
        AnswerCommand::Assess => ("judge", false),
        AnswerCommand::Show(_) => ("show route", false),
        AnswerCommand::Pick(..) => ("pick end", true),
        AnswerCommand::SwapEnds => ("swap ends", true),
        AnswerCommand::AnyCredential => ("any credential", true),
        AnswerCommand::StatedOnly(_) => ("stated only", true),
        AnswerCommand::MorePaths => ("more paths", false),
        AnswerCommand::PlanFurther => ("plan further", false),
        AnswerCommand::SelectStep(_) => ("select step", false),
    }
}

fn sight_changes(sight: &SightCommand) -> (&'static str, bool) {
    match sight {
        SightCommand::Hide(_) => ("hide", true),
        SightCommand::HideOthers(_) => ("hide others", true),
        SightCommand::ShowNeighbours(_) => ("show neighbours", true),
        SightCommand::OnlyFound(_) => ("only what is found", false),
        SightCommand::Dim(_) => ("dim", false),
        SightCommand::Save(_) => ("save filters", true),
        SightCommand::Use(_) => ("use filters", true),
        SightCommand::Forget(_) => ("forget filters", true),
    }
}

fn go_changes(go: &GoCommand) -> (&'static str, bool) {
    match go {
        GoCommand::SpreadFrom(_) => ("spread from", false),
        GoCommand::SpreadTo(_) => ("spread to", false),
        GoCommand::FocusAround(_) => ("focus around", false),
        GoCommand::Hops(_) => ("hops", false),
        GoCommand::Into(_) => ("go into", false),
        GoCommand::Back => ("go back", false),
        GoCommand::Forward => ("go forward", false),
        GoCommand::Walk(_) => ("walk links", false),
        GoCommand::Link { .. } => ("walk a link", false),
    }
}

fn rotation_changes(rotate: &RotationCommand) -> (&'static str, bool) {
    match rotate {
        RotationCommand::Add(_) => ("add a start", true),
        RotationCommand::AddAll(_) => ("add starts", true),
        RotationCommand::Mark(..) => ("mark as compromised", true),
        RotationCommand::TakeOut(_) => ("take a start out", true),
        RotationCommand::Clear => ("clear the starts", true),
        RotationCommand::Tick(..) => ("tick", true),
        RotationCommand::WorkOut => ("work out the rotation", false),
    }
}

/// How many different samples [`changes`] names; those of the dialogs cannot be tried.
pub(super) const KINDS: usize = 257 - 4;
