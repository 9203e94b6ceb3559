//! What the command takes that draws the window as a picture.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::answer::{RedactArguments, TableArguments};
use super::assume::AssumptionArguments;
use crate::inventory::grouped;
use crate::scene::{ThemeMode, ViewKind};

/// A theme by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ThemeName {
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
    /// Light, with everything on the map drawn larger.
    Projector,
}

impl ThemeName {
    /// The theme.
    pub fn mode(self) -> ThemeMode {
        match self {
            Self::Dark => ThemeMode::Dark,
            Self::Light => ThemeMode::Light,
            Self::Projector => ThemeMode::Projector,
        }
    }
}

/// What a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Vectors, with text as text.
    Svg,
    /// Pixels.
    Png,
    /// A page of vectors.
    Pdf,
}

impl PictureFormat {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Pdf];

    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// The format that the name of a file says, in any letter case.
    ///
    /// # Errors
    /// Where it says none.
    pub fn of_file(file: &Path) -> Result<Self, String> {
        let extension = file.extension().and_then(|extension| extension.to_str());
        let is_said =
            |own: &Self| extension.is_some_and(|said| said.eq_ignore_ascii_case(own.extension()));
        Self::ALL
            .into_iter()
            .find(is_said)
            .ok_or_else(|| format!("a picture ends in .svg, .png or .pdf: {}", file.display()))
    }
}

/// Checks that the name of a screenshot ends in `.png`.
///
/// # Errors
/// One sentence where it does not.
pub(in crate::cli) fn is_png(file: &Path) -> Result<(), String> {
    if PictureFormat::of_file(file) == Ok(PictureFormat::Png) {
        return Ok(());
    }
    let why = "a screenshot ends in .png; `keyreach render` draws .svg and .pdf";
    Err(format!("{why}: {}", file.display()))
}

/// How much a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureExtent {
    /// All of a map; of a table as much as is legible, what is selected in sight.
    View,
    /// All of it, legible or not.
    Whole,
    /// What belongs to what is selected, alone.
    Selection,
}

/// How many pixels a picture may have: half a gigabyte of them is held in memory.
const MOST_PIXELS: u64 = 1 << 27;

/// What `render` takes.
#[derive(Args, Clone, Debug)]
pub struct RenderArguments {
    /// Inventories; `-` reads standard input.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// How files are to be read.
    #[command(flatten)]
    pub read_as: TableArguments,
    /// The picture to write; `.svg`, `.png` or `.pdf` says as what.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Width and height in pixels.
    #[arg(long, default_value = "1600x1000", value_name = "WxH", value_parser = parse_size)]
    pub size: (u32, u32),
    /// How many pixels a `.png` has for each pixel of the size.
    #[arg(long, default_value = "1", value_name = "TIMES", value_parser = clap::value_parser!(u8).range(1..=4))]
    pub scale: u8,
    /// A `.png` without background.
    #[arg(long)]
    pub transparent: bool,
    /// The theme.
    #[arg(long, value_enum, default_value = "light")]
    pub theme: ThemeName,
    /// What to show it as.
    #[arg(long, value_name = "VIEW", default_value = ViewKind::Map.word(), value_parser = view_kind())]
    pub view: ViewKind,
    /// A credential's id, or `service@environment`, to select.
    #[arg(long, value_name = "NAME")]
    pub select: Option<String>,
    /// A credential's id, or `service@environment`, to mark as compromised; selected, and where a spread
    /// begins, unless `--select` names something. May be given several times.
    #[arg(long, value_name = "NAME")]
    pub from: Vec<String>,
    /// How much to show.
    #[arg(long, value_enum, default_value = "view", value_name = "EXTENT")]
    pub extent: PictureExtent,
    /// Whether real names are hidden.
    #[command(flatten)]
    pub hide: RedactArguments,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

impl RenderArguments {
    /// Checks that its file can be a picture, and that what goes with pixels is asked of pixels alone.
    ///
    /// # Errors
    /// One sentence where it is not so.
    pub(in crate::cli) fn check(&self) -> Result<(), String> {
        if PictureFormat::of_file(&self.output)? == PictureFormat::Png {
            let (width, height) = self.size;
            let pixels = u64::from(width) * u64::from(height) * u64::from(self.scale).pow(2);
            if pixels > MOST_PIXELS {
                return Err(format!(
                    "{} pixels are too many for a picture, {} are the most; take a smaller --size or \
                     --scale",
                    grouped(pixels),
                    grouped(MOST_PIXELS)
                ));
            }
            return Ok(());
        }
        let given = [(self.scale != 1, "--scale"), (self.transparent, "--transparent")];
        match given.into_iter().find(|(is_given, _)| *is_given) {
            None => Ok(()),
            Some((_, option)) => Err(format!(
                "{option} goes with pixels; name a file that ends in .png: {}",
                self.output.display()
            )),
        }
    }
}

/// What `screenshot` takes.
#[derive(Args, Clone, Debug)]
pub struct ScreenshotArguments {
    /// Inventories; without any the start screen is drawn.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How files are to be read.
    #[command(flatten)]
    pub read_as: TableArguments,
    /// The picture to write; its name ends in `.png`.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Width and height in pixels.
    #[arg(long, default_value = "1280x800", value_name = "WxH", value_parser = parse_size)]
    pub size: (u32, u32),
    /// The theme.
    #[arg(long, value_enum, default_value = "dark")]
    pub theme: ThemeName,
    /// What to show it as.
    #[arg(long, value_name = "VIEW", default_value = ViewKind::Map.word(), value_parser = view_kind())]
    pub view: ViewKind,
    /// A credential's id, or `service@environment`, to select.
    #[arg(long, value_name = "NAME")]
    pub select: Option<String>,
    /// A credential's id, or `service@environment`, to mark as compromised; selected, and where a spread
    /// begins, unless `--select` names something. May be given several times.
    #[arg(long, value_name = "NAME")]
    pub from: Vec<String>,
    /// Whether real names are hidden.
    #[command(flatten)]
    pub hide: RedactArguments,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// Reads the name of a view; clap lists them.
fn view_kind() -> impl TypedValueParser<Value = ViewKind> {
    PossibleValuesParser::new(ViewKind::ALL.map(ViewKind::word))
        .try_map(|word| ViewKind::of_word(&word).ok_or("no such view"))
}

pub(super) fn parse_size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', 'X']).and_then(|(width, height)| {
        Some((width.trim().parse().ok()?, height.trim().parse().ok()?))
    });
    sides
        .filter(|(width, height)| (320..=8192).contains(width) && (240..=8192).contains(height))
        .ok_or_else(|| "write a width and a height from 320x240 to 8192x8192".to_owned())
}
