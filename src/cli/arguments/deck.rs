//! What the command takes that writes the scenes of a project.

use std::path::{Path, PathBuf};

use clap::Args;

use super::answer::RedactArguments;
use super::picture::{ThemeName, parse_size};

/// What scenes are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeckFormat {
    /// A page for each step.
    Pdf,
    /// One page without a script, which stops at each picture as it is scrolled.
    Html,
    /// Captions, figures and notes.
    Markdown,
    /// A folder with a PNG picture for each step.
    Pictures,
}

impl DeckFormat {
    /// The format that the name of a file says, in any letter case; a name without an end is a folder.
    ///
    /// # Errors
    /// Where it says none.
    pub fn of_file(file: &Path) -> Result<Self, String> {
        let Some(extension) = file.extension() else { return Ok(Self::Pictures) };
        let extension = extension.to_string_lossy().to_lowercase();
        match extension.as_str() {
            "pdf" => Ok(Self::Pdf),
            "html" => Ok(Self::Html),
            "md" => Ok(Self::Markdown),
            _ => Err(format!(
                "scenes end in .pdf, .html or .md, or are a folder of pictures without an end: {}",
                file.display()
            )),
        }
    }
}

/// What `scenes` takes.
#[derive(Args, Clone, Debug)]
pub struct ScenesArguments {
    /// The project.
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// Where to write them; `.pdf`, `.html` or `.md` says as what, a name without an end is a folder of
    /// PNG pictures.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Width and height of a page in pixels; on a larger one type is smaller beside it.
    #[arg(long, default_value = "1366x768", value_name = "WxH", value_parser = parse_size)]
    pub size: (u32, u32),
    /// The theme.
    #[arg(long, value_enum, default_value = "projector")]
    pub theme: ThemeName,
    /// Whether real names are hidden.
    #[command(flatten)]
    pub hide: RedactArguments,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_name_says_as_what_scenes_are_written() {
        let of = |name: &str| DeckFormat::of_file(Path::new(name)).ok();
        let all = ["a.pdf", "a.HTML", "b/a.md", "deck", "a.keyreach/deck"].map(of);
        let wanted = [
            Some(DeckFormat::Pdf),
            Some(DeckFormat::Html),
            Some(DeckFormat::Markdown),
            Some(DeckFormat::Pictures),
            Some(DeckFormat::Pictures),
        ];
        assert_eq!(all, wanted);
        for other in ["a.png", "a.pptx", "a.pdf.gz"] {
            let error = DeckFormat::of_file(Path::new(other)).unwrap_err();
            assert!(error.contains(other) && error.contains(".html"), "{error}");
        }
    }
}
