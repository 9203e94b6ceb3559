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
}

/// Every colour that is drawn. Severity belongs to credentials and findings, regions to instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

/// The dark theme.
pub const DARK: Theme = Theme {
    mode: ThemeMode::Dark,
    canvas: Colour::hex(0x0E_13_18),
    panel: Colour::hex(0x15_1C_23),
    raised: Colour::hex(0x1D_26_30),
    line: Colour::hex(0x33_40_4D),
    text: Colour::hex(0xE8_EE_F4),
    second: Colour::hex(0xB3_C0_CC),
    muted: Colour::hex(0x87_96_A4),
    accent: Colour::hex(0x6C_B6_FF),
    severity: [
        Colour::hex(0xEE_3F_62),
        Colour::hex(0xF8_98_07),
        Colour::hex(0xFD_F6_A0),
        Colour::hex(0x62_82_C3),
    ],
    fixed: Colour::hex(0x69_E5_D0),
    regions: [
        Colour::hex(0x42_87_E8),
        Colour::hex(0xB4_EF_D6),
        Colour::hex(0xF0_B9_31),
        Colour::hex(0xE3_7C_56),
        Colour::hex(0xD5_A2_EC),
        Colour::hex(0xA9_B1_BC),
    ],
};

/// The light theme.
pub const LIGHT: Theme = Theme {
    mode: ThemeMode::Light,
    canvas: Colour::hex(0xFB_FC_FD),
    panel: Colour::hex(0xF3_F5_F8),
    raised: Colour::hex(0xFF_FF_FF),
    line: Colour::hex(0xC9_D2_DB),
    text: Colour::hex(0x17_20_2A),
    second: Colour::hex(0x3D_4B_59),
    muted: Colour::hex(0x5C_6B_7A),
    accent: Colour::hex(0x0A_5F_C2),
    severity: [
        Colour::hex(0xC5_1C_47),
        Colour::hex(0x79_30_06),
        Colour::hex(0x8E_6A_07),
        Colour::hex(0x07_45_B0),
    ],
    fixed: Colour::hex(0x0B_80_5C),
    regions: [
        Colour::hex(0x00_4C_FF),
        Colour::hex(0x07_80_57),
        Colour::hex(0x8C_6A_0B),
        Colour::hex(0x63_20_0D),
        Colour::hex(0xC6_10_B7),
        Colour::hex(0x2B_32_3B),
    ],
};

impl Theme {
    /// The table of a theme.
    pub const fn of(mode: ThemeMode) -> Self {
        match mode {
            ThemeMode::Dark => DARK,
            ThemeMode::Light => LIGHT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::colour::sight::{SIGHTS, difference};
    use super::*;

    #[test]
    fn text_is_legible_on_every_background() {
        for theme in [DARK, LIGHT] {
            for background in [theme.canvas, theme.panel, theme.raised] {
                for ink in [theme.text, theme.second, theme.muted, theme.accent] {
                    assert!(ink.contrast(background) >= 4.5, "{ink:?} on {background:?}");
                }
            }
        }
    }

    #[test]
    fn marks_stand_out_from_the_canvas() {
        for theme in [DARK, LIGHT] {
            for mark in theme.severity.into_iter().chain(theme.regions).chain([theme.fixed]) {
                assert!(mark.contrast(theme.canvas) >= 3.0, "{mark:?}");
            }
        }
    }

    #[test]
    fn colours_of_a_set_stay_apart_for_every_sight() {
        for theme in [DARK, LIGHT] {
            let mut severity = theme.severity.to_vec();
            severity.push(theme.fixed);
            for set in [severity, theme.regions.to_vec()] {
                for (index, &a) in set.iter().enumerate() {
                    for &b in &set[index + 1..] {
                        for (name, sight) in &SIGHTS {
                            let apart = difference(a, b, sight);
                            assert!(apart >= 19.0, "{a:?} and {b:?}, {name}: {apart}");
                        }
                    }
                }
            }
        }
    }
}
