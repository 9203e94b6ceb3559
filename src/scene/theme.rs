//! The one table of colours, sizes and distances, for dark and for light.

use super::colour::Colour;

/// Which table is in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeMode {
    /// Light on dark.
    #[default]
    Dark,
    /// Dark on light.
    Light,
    /// The light theme with everything drawn larger, to be seen from the back of a room.
    Projector,
}

impl ThemeMode {
    /// The theme after this one, as one key goes through all of them.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Projector,
            Self::Projector => Self::Dark,
        }
    }

    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Projector => "projector",
        }
    }
}

/// The colour of an environment: one of six by its tier, and of those of one tier each another
/// shade.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RegionTint {
    /// Dev, test and CI, staging, prod, other, unknown.
    pub column: usize,
    /// From 0, the colour itself, to 1, its other end.
    pub shade: f32,
}

impl RegionTint {
    /// That of no tier in particular, which is drawn muted.
    pub const ANY: Self = Self::plain(usize::MAX);

    /// The colour of a tier itself.
    pub const fn plain(column: usize) -> Self {
        Self { column, shade: 0.0 }
    }

    /// The shade of one of the environments of a tier.
    pub fn of_several(column: usize, at: usize, several: usize) -> Self {
        let last = several.saturating_sub(1).max(1) as f32;
        Self { column, shade: at as f32 / last }
    }
}

/// Every colour that is drawn. Severity belongs to credentials and findings, regions to instances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// Which theme this is.
    pub mode: ThemeMode,
    /// The background of the picture.
    pub canvas: Colour,
    /// The background of panels.
    pub panel: Colour,
    /// The background of what is raised from a panel: fields, buttons, cards.
    pub raised: Colour,
    /// Edges and separators.
    pub line: Colour,
    /// Body text.
    pub text: Colour,
    /// Second text: labels beside values.
    pub second: Colour,
    /// Muted text: notes, and marks that are not highlighted.
    pub muted: Colour,
    /// What can be pressed and what is selected.
    pub accent: Colour,
    /// Critical, high, medium, low.
    pub severity: [Colour; 4],
    /// What a fix has ended.
    pub fixed: Colour,
    /// Dev, test and CI, staging, prod, other, unknown.
    pub regions: [Colour; 6],
    /// The last of the shades that each of them has, where there are several.
    pub region_ends: [Colour; 6],
    /// The opacity of a region's colour behind its marks.
    pub wash: f32,
    /// How wide lines on the map are, beside those of the other themes.
    pub strokes: f32,
    /// How large texts on the map are, beside those of the other themes.
    pub type_size: f32,
}

/// The dark theme.
pub const DARK: Theme = Theme {
    mode: ThemeMode::Dark,
    canvas: Colour::hex(0x0E_13_18),
    panel: Colour::hex(0x15_1C_23),
    raised: Colour::hex(0x1D_26_30),
    line: Colour::hex(0x33_40_4D),
    text: Colour::hex(0xE8_EE_F4),
    second: Colour::hex(0xB3_AF_B8),
    muted: Colour::hex(0x86_96_A3),
    accent: Colour::hex(0x79_A4_FA),
    severity: [
        Colour::hex(0xFF_4A_40),
        Colour::hex(0xFB_93_17),
        Colour::hex(0xFE_E8_02),
        Colour::hex(0xAE_C2_F9),
    ],
    fixed: Colour::hex(0x55_FF_FA),
    regions: [
        Colour::hex(0x49_72_B9),
        Colour::hex(0x81_6B_EB),
        Colour::hex(0x28_C4_73),
        Colour::hex(0xA1_5E_7F),
        Colour::hex(0x9F_FD_71),
        Colour::hex(0xBE_BE_B0),
    ],
    region_ends: [
        Colour::hex(0x97_87_B8),
        Colour::hex(0x68_5B_F9),
        Colour::hex(0x04_96_36),
        Colour::hex(0xB3_4B_9A),
        Colour::hex(0xD3_FF_B6),
        Colour::hex(0x65_76_66),
    ],
    wash: 0.08,
    strokes: 1.0,
    type_size: 1.0,
};

/// The light theme.
pub const LIGHT: Theme = Theme {
    mode: ThemeMode::Light,
    canvas: Colour::hex(0xFB_FC_FD),
    panel: Colour::hex(0xF3_F5_F8),
    raised: Colour::hex(0xFF_FF_FF),
    line: Colour::hex(0xC9_D2_DB),
    text: Colour::hex(0x17_20_2A),
    second: Colour::hex(0x2A_30_31),
    muted: Colour::hex(0x5F_6D_7D),
    accent: Colour::hex(0x25_6F_CD),
    severity: [
        Colour::hex(0xDA_1B_4B),
        Colour::hex(0x7A_0F_01),
        Colour::hex(0x8A_6C_01),
        Colour::hex(0x55_2C_5D),
    ],
    fixed: Colour::hex(0x0B_67_34),
    regions: [
        Colour::hex(0x80_81_C1),
        Colour::hex(0x11_03_67),
        Colour::hex(0xD4_58_80),
        Colour::hex(0x61_00_B1),
        Colour::hex(0x25_17_FF),
        Colour::hex(0x3D_11_0D),
    ],
    region_ends: [
        Colour::hex(0x91_81_A1),
        Colour::hex(0x4F_3C_90),
        Colour::hex(0xA5_51_85),
        Colour::hex(0x75_35_DF),
        Colour::hex(0x2F_04_22),
        Colour::hex(0x0E_06_13),
    ],
    wash: 0.08,
    strokes: 1.0,
    type_size: 1.0,
};

/// The projector theme.
pub const PROJECTOR: Theme =
    Theme { mode: ThemeMode::Projector, wash: 0.13, strokes: 2.0, type_size: 1.7, ..LIGHT };

impl Theme {
    /// The colour of an environment.
    pub fn region(&self, tint: RegionTint) -> Colour {
        let ends = self.regions.get(tint.column).zip(self.region_ends.get(tint.column));
        ends.map_or(self.muted, |(&first, &last)| first.towards(last, tint.shade))
    }

    /// The same theme where everything is shown larger by a factor anyway: on screen, type and strokes are as
    /// large as without that, and no smaller than those of the other themes.
    #[must_use]
    pub fn zoomed(&self, by: f32) -> Self {
        let part = |own: f32| (own / by).max(1.0);
        Self { strokes: part(self.strokes), type_size: part(self.type_size), ..*self }
    }

    /// The table of a theme.
    pub const fn of(mode: ThemeMode) -> Self {
        match mode {
            ThemeMode::Dark => DARK,
            ThemeMode::Light => LIGHT,
            ThemeMode::Projector => PROJECTOR,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::colour::sight::{SIGHTS, difference};
    use super::*;

    const ALL: [Theme; 3] = [DARK, LIGHT, PROJECTOR];

    fn severities(theme: &Theme) -> Vec<Colour> {
        theme.severity.into_iter().chain([theme.fixed]).collect()
    }

    /// The shades of a tier with up to five environments.
    fn shades(theme: &Theme, column: usize) -> Vec<Colour> {
        (0..5).map(|at| theme.region(RegionTint::of_several(column, at, 5))).collect()
    }

    fn least_difference(a: Colour, b: Colour) -> f32 {
        SIGHTS.iter().map(|(_, sight)| difference(a, b, sight)).fold(f32::MAX, f32::min)
    }

    /// What a region may be painted on: the canvas, under the wash of any environment.
    fn washed(theme: &Theme) -> Vec<Colour> {
        let washes = (0..6).flat_map(|column| shades(theme, column));
        washes.map(|hue| hue.faded(theme.wash).over(theme.canvas)).collect()
    }

    #[test]
    fn text_is_legible_on_every_background() {
        for theme in ALL {
            let mut grounds = vec![theme.canvas, theme.panel, theme.raised];
            grounds.extend(washed(&theme));
            for ground in grounds {
                for ink in [theme.text, theme.second] {
                    assert!(ink.contrast(ground) >= 4.5, "{ink:?} on {ground:?}");
                }
            }
            for ground in [theme.canvas, theme.panel, theme.raised] {
                // A severity and what is fixed are written in their colours too.
                for ink in severities(&theme).into_iter().chain([theme.muted, theme.accent]) {
                    assert!(ink.contrast(ground) >= 4.5, "{ink:?} on {ground:?}");
                }
            }
        }
    }

    #[test]
    fn marks_stand_out_from_whatever_they_lie_on() {
        for theme in ALL {
            for ground in washed(&theme).into_iter().chain([theme.canvas]) {
                for mark in severities(&theme).into_iter().chain([theme.accent]) {
                    assert!(mark.contrast(ground) >= 3.0, "{mark:?} on {ground:?}");
                }
            }
            for column in 0..6 {
                for hue in shades(&theme, column) {
                    let own = hue.faded(theme.wash).over(theme.canvas);
                    for ground in [theme.canvas, theme.panel, theme.raised, own] {
                        let contrast = hue.contrast(ground);
                        assert!(contrast >= 3.0, "{hue:?} on {ground:?}: {contrast}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_two_colours_stay_apart_for_every_sight() {
        for theme in ALL {
            // What is selected has a line in the accent round it, whatever it is.
            let own = severities(&theme).into_iter().chain([theme.accent]);
            let all: Vec<Colour> = own.chain(theme.regions).collect();
            for (index, &a) in all.iter().enumerate() {
                for &b in &all[index + 1..] {
                    let apart = least_difference(a, b);
                    assert!(apart >= 19.0, "{a:?} and {b:?}: {apart}");
                }
            }
        }
    }

    #[test]
    fn what_has_no_finding_is_no_severity() {
        for theme in ALL {
            // Credentials and links without a finding are muted, and lit links in the second text colour.
            for grey in [theme.muted, theme.second] {
                for colour in severities(&theme).into_iter().chain([theme.accent]) {
                    let apart = least_difference(grey, colour);
                    assert!(apart >= 19.0, "{grey:?} and {colour:?}: {apart}");
                }
            }
        }
    }

    #[test]
    fn no_shade_of_an_environment_is_near_a_severity_or_another_tier() {
        for theme in ALL {
            for column in 0..6 {
                for shade in shades(&theme, column) {
                    for severity in severities(&theme).into_iter().chain([theme.accent]) {
                        let apart = least_difference(shade, severity);
                        assert!(apart >= 19.0, "{shade:?} and {severity:?}: {apart}");
                    }
                    for other in (0..6).filter(|other| *other != column) {
                        let apart = least_difference(shade, theme.region(RegionTint::plain(other)));
                        assert!(apart >= 9.5, "{shade:?} and column {other}: {apart}");
                    }
                }
            }
        }
    }

    #[test]
    fn two_environments_of_one_tier_differ() {
        for theme in ALL {
            for column in 0..6 {
                for several in 2..8 {
                    let hue = |at| theme.region(RegionTint::of_several(column, at, several));
                    let least = if several <= 3 { 6.5 } else { 1.5 };
                    for at in 1..several {
                        let apart = least_difference(hue(at - 1), hue(at));
                        assert!(apart >= least, "{at} of {several} in {column}: {apart}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_projector_theme_is_the_light_one_drawn_larger() {
        let projector = Theme::of(ThemeMode::Projector);
        assert!(projector.strokes >= 2.0 && projector.type_size >= 1.7 && projector.wash >= 0.12);
        assert_eq!((projector.text, projector.regions), (LIGHT.text, LIGHT.regions));
    }
}
