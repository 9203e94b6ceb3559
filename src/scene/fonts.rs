//! The shipped fonts, and how wide texts set in them are.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

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
            // As wide as most letters, where no font has the character.
            found.next().unwrap_or(size * 0.6)
        };
        text.chars().map(advance).sum()
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
    fn signs_that_the_sans_lacks_are_measured_in_the_mono_font() {
        // JetBrains Mono is 600 units of 1000 wide.
        let width = FontMetrics::default().width("◆", 10.0, Face::Regular);
        assert!((width - 6.0).abs() < 0.01, "{width}");
    }
}
