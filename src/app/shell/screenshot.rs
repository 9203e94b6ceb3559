//! What the window would show, drawn on the CPU: for files, tests and machines without a
//! screen.

use std::io::{self, Write};
use std::path::PathBuf;

use image::RgbaImage;

use crate::analysis::{Question, Subject, Unmatched, named_subject, no_such_subject, unmatched};
use crate::app::model::Model;
use crate::app::model::command::{
    Command, GoCommand, LookCommand, NamesCommand, RotationCommand, StageCommand,
};
use crate::app::model::export_what::Extent;
use crate::app::model::picture_export::PictureWanted;
use crate::app::paint::raster::{Canvas, CpuRaster};
use crate::app::shell::offscreen::Offscreen;
use crate::app::shell::window::Window;
use crate::app::work::answers::Answers;
use crate::app::work::picture_file::{PictureToSave, write_png};
use crate::cli::{PictureExtent, PictureFormat};
use crate::import::ImportSettings;
use crate::inventory::Assumptions;
use crate::project::{Opening, RedactedKinds, SubjectName};
use crate::scene::{Theme, ThemeMode, ViewKind};

/// Frames until everything is where it stays: more than the camera's travel takes.
const FRAMES: u32 = 20;
/// No more are drawn, whatever still moves.
const MOST_FRAMES: u32 = 900;

/// What is to be drawn.
#[derive(Clone, Debug)]
pub struct ScreenshotRequest {
    /// The inventories.
    pub files: Vec<PathBuf>,
    /// How they are to be read.
    pub settings: ImportSettings,
    /// What is assumed.
    pub assumptions: Assumptions,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Dark or light.
    pub theme_mode: ThemeMode,
    /// What it is shown as.
    pub view: ViewKind,
    /// A credential's id or `service@environment` to select instead of the worst finding.
    pub select: Option<String>,
    /// Credentials' ids or `service@environment`, taken to be compromised; a spread begins with them.
    pub from: Vec<String>,
    /// Which names are hidden, if any.
    pub hide: Option<RedactedKinds>,
}

/// A picture, and what has to be said beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Screenshot {
    /// The picture.
    pub image: RgbaImage,
    /// Names of the policy that the inventory does not know.
    pub unmatched: Vec<Unmatched>,
}

impl Screenshot {
    /// Writes it as PNG.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write_png(&self.image, out)
    }
}

/// Why no picture was drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    /// What the window would say where the files cannot be read or imported.
    #[error("{0}")]
    Input(String),
    /// What was to be selected is not there, or several have its name.
    #[error("{0}")]
    NoSuchName(String),
    /// The whole has no room in the picture.
    #[error("{0}")]
    TooLarge(String),
}

/// Draws the window as it looks once everything is worked out.
///
/// # Errors
/// Where the files cannot be read or imported, or nothing has the name that was to be selected.
pub fn screenshot(shot: &ScreenshotRequest) -> Result<Screenshot, NoPicture> {
    let (width, height) = shot.size;
    let mut offscreen = opened(shot, |window| {
        window.note_pixels(egui::vec2(width as f32, height as f32));
    })?;
    let unmatched = names_unmatched(&offscreen);
    Ok(Screenshot { image: draw(&mut offscreen, shot.size), unmatched })
}

/// What is to be drawn of the map alone.
#[derive(Clone, Debug)]
pub struct RenderRequest {
    /// What is opened and selected, and what it is shown as; the size is that of the picture.
    pub of: ScreenshotRequest,
    /// How much of it.
    pub extent: PictureExtent,
    /// Pixels of a file of pixels for each of the size.
    pub scale: u8,
    /// Whether a file of pixels has no background.
    pub transparent: bool,
}

/// A picture that can be written, and what has to be said beside it.
pub struct Rendered {
    picture: PictureToSave,
    /// Names of the policy that the inventory does not know.
    pub unmatched: Vec<Unmatched>,
}

impl Rendered {
    /// Writes it.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn write(&self, format: PictureFormat, out: &mut dyn Write) -> io::Result<()> {
        self.picture.write(format, out)
    }
}

/// Draws the map, or another view, without the window round it.
///
/// # Errors
/// Where the files cannot be read or imported, or nothing has the name that was to be selected.
pub fn render(request: &RenderRequest) -> Result<Rendered, NoPicture> {
    let (width, height) = request.of.size;
    let offscreen = opened(&request.of, |window| {
        window.model.views.pane = Some([width as f32, height as f32]);
        // Nothing in a picture alone shows a plan, which takes longest.
        window.model.questions = &[Question::Paths, Question::MinimumCut, Question::ChokePoints];
    })?;
    let wanted = PictureWanted {
        extent: match request.extent {
            PictureExtent::View => Extent::Seen,
            PictureExtent::Whole => Extent::Whole,
            PictureExtent::Selection => Extent::Selected,
        },
        theme: request.of.theme_mode,
        size: Some(request.of.size),
        scale: f32::from(request.scale),
        is_transparent: request.transparent,
    };
    let model = &offscreen.window.model;
    if request.extent == PictureExtent::Selection && !model.has_highlight() {
        let why = "nothing is selected; name it with --select";
        return Err(NoPicture::NoSuchName(why.to_owned()));
    }
    let nothing = || NoPicture::Input("there is nothing to draw".to_owned());
    let picture = model.picture_to_save(&wanted).ok_or_else(nothing)?;
    if let Some(why) = picture.is_whole.then(|| picture.refusal()).flatten() {
        let how = "take a larger --size, or --extent view or selection";
        return Err(NoPicture::TooLarge(format!("{why}; {how}")));
    }
    Ok(Rendered { picture, unmatched: names_unmatched(&offscreen) })
}

fn names_unmatched(offscreen: &Offscreen) -> Vec<Unmatched> {
    let answers = offscreen.window.model.answers.as_ref();
    answers.map_or_else(Vec::new, |answers| unmatched(&answers.graph))
}

/// A window that shows what was asked for, with everything worked out.
fn opened(
    shot: &ScreenshotRequest,
    note_room: impl FnOnce(&mut Window),
) -> Result<Offscreen, NoPicture> {
    let mut offscreen = Offscreen::new(&shot.assumptions, shot.size);
    let window = &mut offscreen.window;
    window.model.session.theme_mode = shot.theme_mode;
    note_room(window);
    window.model.import_settings = shot.settings.clone();
    if let Some(id) = &shot.select {
        window.model.select_when_ready(id.clone());
    }
    if !shot.files.is_empty() {
        window.model.apply(Command::Open(Opening::Files(shot.files.clone())));
        window.model.finish_jobs();
        if window.model.staging.is_some() {
            // Nobody is there to be asked.
            commit_unasked(&mut window.model).map_err(NoPicture::Input)?;
        }
        if window.model.answers.is_none() {
            let notice = window.model.notice.take();
            let why = notice.unwrap_or_else(|| "nothing was opened".to_owned());
            return Err(NoPicture::Input(why));
        }
        if let Some(kinds) = shot.hide {
            // What was to be selected may be a pseudonym, which is known then.
            hide_names(&mut window.model, kinds).map_err(NoPicture::Input)?;
        }
        if let Some(id) = shot.select.as_ref().filter(|_| window.model.awaits_selection()) {
            let why = window.model.answers.as_ref().map(|open| no_such_subject(&open.graph, id));
            return Err(NoPicture::NoSuchName(why.unwrap_or_default()));
        }
    }
    mark_compromised(&mut window.model, shot).map_err(NoPicture::NoSuchName)?;
    window.model.apply(Command::Look(LookCommand::ShowAs(shot.view)));
    window.model.finish_jobs();
    Ok(offscreen)
}

/// Hides names, or says why they cannot be hidden: no picture shows them then.
fn hide_names(model: &mut Model, kinds: RedactedKinds) -> Result<(), String> {
    model.notice = None;
    model.apply(Command::Names(NamesCommand::Hide(kinds)));
    model.finish_jobs();
    match model.hidden {
        Some(_) => Ok(()),
        None => Err(model.notice.take().unwrap_or_else(|| "no names were hidden".to_owned())),
    }
}

/// What is named so, by its name or by its pseudonym where names are hidden.
fn find(model: &Model, answers: &Answers, name: &str) -> Option<Subject> {
    let find = |name: &str| named_subject(&answers.graph, name);
    let hidden = || {
        let environments = &model.open_project().assumptions.environments;
        let redaction = &model.hidden.as_ref()?.names.redaction;
        redaction.pseudonyms_of(name, environments).iter().find_map(|name| find(name))
    };
    find(name).or_else(hidden)
}

/// Marks what is named so as compromised, and selects it unless something else is to be selected.
fn mark_compromised(model: &mut Model, shot: &ScreenshotRequest) -> Result<(), String> {
    let Some(answers) = model.answers.as_ref().filter(|_| !shot.from.is_empty()) else {
        return Ok(());
    };
    let graph = &answers.graph;
    let found = shot
        .from
        .iter()
        .map(|name| find(model, answers, name).ok_or_else(|| no_such_subject(graph, name)));
    let subjects: Vec<Subject> = found.collect::<Result<_, _>>()?;
    let names = subjects.iter().map(|own| SubjectName::of(graph, *own)).collect();
    model.apply(Command::Rotate(RotationCommand::Mark(names, true)));
    if shot.select.is_none() {
        model.apply(Command::Go(GoCommand::SpreadFrom(subjects)));
    }
    Ok(())
}

/// Opens what is staged where nobody can be asked.
fn commit_unasked(model: &mut Model) -> Result<(), String> {
    model.apply(Command::Stage(StageCommand::Commit));
    model.finish_jobs();
    match model.staging.as_ref().and_then(|staging| staging.result.as_ref()) {
        Some(Err(message)) => Err(message.clone()),
        Some(Ok(_)) | None => Ok(()),
    }
}

/// What a window shows once everything is where it stays.
pub(crate) fn draw(offscreen: &mut Offscreen, (width, height): (u32, u32)) -> RgbaImage {
    let mut raster = CpuRaster::default();
    let (mut primitives, mut zoom) = (Vec::new(), 1.0);
    // Panels settle their sizes, the camera its travel, and links their ways over several frames.
    for number in 0..MOST_FRAMES {
        let mut frame = offscreen.step();
        raster.update(&mut frame.textures);
        (primitives, zoom) = (frame.primitives, frame.zoom);
        if number >= FRAMES && !offscreen.wants_frame() {
            break;
        }
    }
    let background = Theme::of(offscreen.window.model.session.theme_mode).canvas;
    let canvas = Canvas {
        width,
        height,
        pixels_per_point: zoom,
        background: [background.r, background.g, background.b, 255],
    };
    raster.paint(&primitives, &canvas)
}
