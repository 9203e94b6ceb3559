//! What the command takes that draws the window as a picture.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::answer::TableArguments;
use super::assume::AssumptionArguments;
use crate::scene::ViewKind;

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

/// What `screenshot` takes.
#[derive(Args, Clone, Debug)]
pub struct ScreenshotArguments {
    /// Inventories; without any the start screen is drawn.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How files are to be read.
    #[command(flatten)]
    pub read_as: TableArguments,
    /// The picture to write.
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
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// Reads the name of a view; clap lists them.
fn view_kind() -> impl TypedValueParser<Value = ViewKind> {
    PossibleValuesParser::new(ViewKind::ALL.map(ViewKind::word))
        .try_map(|word| ViewKind::of_word(&word).ok_or("no such view"))
}

fn parse_size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', 'X']).and_then(|(width, height)| {
        Some((width.trim().parse().ok()?, height.trim().parse().ok()?))
    });
    sides
        .filter(|(width, height)| (320..=8192).contains(width) && (240..=8192).contains(height))
        .ok_or_else(|| "write a width and a height from 320x240 to 8192x8192".to_owned())
}
