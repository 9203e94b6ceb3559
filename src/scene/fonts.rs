//! The shipped fonts, and how wide texts set in them are.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::picture::{Face, MeasureText};

const SANS: &[u8] = include_bytes!("fonts/OpenSans-Regular.ttf");
const STRONG: &[u8] = include_bytes!("fonts/OpenSans-Semibold.ttf");
const MONO: &[u8] = include_bytes!("fonts/JetBrainsMono-Regular.ttf");

/// The shipped font files by name: Open Sans for text (`sans`, and heavier `strong`), `JetBrains
/// Mono` for ids, paths and signs (`mono`).
pub const FONT_FILES: [(&str, &[u8]); 3] = [("sans", SANS), ("strong", STRONG), ("mono", MONO)];

/// Measures texts by the shipped fonts themselves. Characters that a face lacks are taken from the
/// mono font, as when they are painted. Kerning is left out, so that a text may be painted a
/// little narrower than it was measured, never noticeably wider.
pub struct FontMetrics {
    sans: Option<FontRef<'static>>,
    strong: Option<FontRef<'static>>,
    mono: Option<FontRef<'static>>,
}

impl std::fmt::Debug for FontMetrics {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("FontMetrics").finish_non_exhaustive()
    }
}

impl Default for FontMetrics {
    fn default() -> Self {
        let font = |bytes: &'static [u8]| FontRef::new(bytes).ok();
        Self { sans: font(SANS), strong: font(STRONG), mono: font(MONO) }
    }
}

impl FontMetrics {
    /// How far below the middle of a line its letters stand, in pixels, for a size in pixels.
    pub fn baseline_below_middle(&self, size: f32) -> f32 {
        let (above, below) = self.above_and_below(size);
        (above - below) / 2.0
    }

    /// How high a line is, in pixels, for a size in pixels.
    pub fn line_height(&self, size: f32) -> f32 {
        let (above, below) = self.above_and_below(size);
        above + below
    }

    /// The parts of a text, each with the number of the font file that has its characters, as it is
    /// painted.
    pub fn runs<'t>(&self, text: &'t str, face: Face) -> Vec<(usize, &'t str)> {
        let (own, font) = match face {
            Face::Regular => (0, self.sans.as_ref()),
            Face::Strong => (1, self.strong.as_ref()),
        };
        let characters = font.map(MetadataProvider::charmap);
        let file = |sign: char| {
            let is_own = characters.as_ref().is_none_or(|own| own.map(sign).is_some());
            if is_own { own } else { 2 }
        };
        let mut runs = Vec::new();
        let (mut start, mut of) = (0, None);
        for (at, sign) in text.char_indices() {
            let now = file(sign);
            if let Some(before) = of.replace(now).filter(|before| *before != now) {
                runs.push((before, text.get(start..at).unwrap_or_default()));
                start = at;
            }
        }
        runs.extend(of.map(|of| (of, text.get(start..).unwrap_or_default())));
        runs
    }

    /// Whether the shipped fonts have all of a text, so that it is as wide as it is measured wherever they are.
    pub fn have_all_of(&self, text: &str, face: Face) -> bool {
        let own = match face {
            Face::Regular => self.sans.as_ref(),
            Face::Strong => self.strong.as_ref(),
        };
        let fonts = [own, self.mono.as_ref()].into_iter().flatten();
        let known: Vec<_> = fonts.map(MetadataProvider::charmap).collect();
        text.chars().all(|sign| known.iter().any(|own| own.map(sign).is_some()))
    }

    /// How far the sans reaches above the line on which its letters stand, and below it.
    fn above_and_below(&self, size: f32) -> (f32, f32) {
        let metrics =
            self.sans.as_ref().map(|font| font.metrics(Size::new(size), LocationRef::default()));
        metrics.map_or((size, size * 0.25), |metrics| (metrics.ascent, -metrics.descent))
    }
}

impl MeasureText for FontMetrics {
    fn width(&self, text: &str, size: f32, face: Face) -> f32 {
        let own = match face {
            Face::Regular => self.sans.as_ref(),
            Face::Strong => self.strong.as_ref(),
        };
        let fonts: Vec<_> = [own, self.mono.as_ref()]
            .into_iter()
            .flatten()
            .map(|font| {
                let size = Size::new(size);
                (font.charmap(), font.glyph_metrics(size, LocationRef::default()))
            })
            .collect();
        let advance = |sign: char| {
            let mut found = fonts.iter().filter_map(|(characters, metrics)| {
                let glyph = characters.map(sign)?;
                metrics.advance_width(glyph)
            });
            found.next().unwrap_or_else(|| size * share_of_other(sign))
        };
        text.chars().map(advance).sum()
    }
}

/// How wide a character is beside its size that no shipped font has: nothing where it stands on another one, as
/// high as wide where a terminal gives it two cells, and else as wide as most letters.
fn share_of_other(sign: char) -> f32 {
    match unicode_width::UnicodeWidthChar::width(sign) {
        Some(0) => 0.0,
        Some(2) => 1.0,
        Some(_) | None => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_fonts_are_read_and_measure_in_proportion_to_the_size() {
        let fonts = FontMetrics::default();
        let one = fonts.width("deploy-key-prod", 12.0, Face::Regular);
        assert!((fonts.width("deploy-key-prod", 24.0, Face::Regular) - 2.0 * one).abs() < 0.01);
        assert!(fonts.width("deploy-key-prod", 12.0, Face::Strong) > one);
        assert!(fonts.width("iii", 12.0, Face::Regular) < fonts.width("mmm", 12.0, Face::Regular));
    }

    #[test]
    fn marks_on_letters_take_no_room_and_wide_signs_a_square() {
        let fonts = FontMetrics::default();
        let width = |text: &str| fonts.width(text, 10.0, Face::Regular);
        let marked = "e\u{301}\u{35b}";
        assert!((width(marked) - width("e")).abs() < 0.01);
        assert!((width("日本") - 20.0).abs() < 0.01);
        assert!(fonts.have_all_of("deploy-key é ◆", Face::Strong));
        assert!(
            !fonts.have_all_of(marked, Face::Regular) && !fonts.have_all_of("日本", Face::Regular)
        );
    }

    #[test]
    fn signs_that_the_sans_lacks_are_measured_in_the_mono_font() {
        // JetBrains Mono is 600 units of 1000 wide.
        let width = FontMetrics::default().width("◆", 10.0, Face::Regular);
        assert!((width - 6.0).abs() < 0.01, "{width}");
    }
}
