//! Colours as numbers, with what is needed to judge them: contrast and difference.

/// A colour in sRGB with straight (not premultiplied) opacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity: 0 is invisible, 255 covers.
    pub a: u8,
}

impl Colour {
    /// An opaque colour written as in a style sheet: `0x6CB6FF`.
    pub const fn hex(rgb: u32) -> Self {
        Self { r: (rgb >> 16) as u8, g: (rgb >> 8) as u8, b: rgb as u8, a: 255 }
    }

    /// The same colour at a share of its opacity, from 0 to 1.
    #[must_use]
    pub fn faded(self, share: f32) -> Self {
        Self { a: (f32::from(self.a) * share.clamp(0.0, 1.0)).round() as u8, ..self }
    }

    /// The colour seen when this one lies over an opaque background.
    #[must_use]
    pub fn over(self, background: Self) -> Self {
        let share = f32::from(self.a) / 255.0;
        let mix = |top: u8, below: u8| {
            (f32::from(top) * share + f32::from(below) * (1.0 - share)).round() as u8
        };
        Self {
            r: mix(self.r, background.r),
            g: mix(self.g, background.g),
            b: mix(self.b, background.b),
            a: 255,
        }
    }

    /// The colour on the way to another one; `share` runs from 0 to 1.
    #[must_use]
    pub fn towards(self, other: Self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        let mix = |from: u8, to: u8| {
            (f32::from(from) + (f32::from(to) - f32::from(from)) * share).round() as u8
        };
        Self {
            r: mix(self.r, other.r),
            g: mix(self.g, other.g),
            b: mix(self.b, other.b),
            a: mix(self.a, other.a),
        }
    }

    /// Relative luminance by WCAG 2.2, from 0 to 1; opacity is ignored.
    pub fn luminance(self) -> f32 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast ratio by WCAG 2.2, from 1 to 21.
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn linear(self) -> [f32; 3] {
        [self.r, self.g, self.b].map(|channel| {
            let share = f32::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        })
    }
}

#[cfg(test)]
pub(crate) mod sight {
    //! How far apart two colours look, to normal and to colour-blind eyes.
    use super::Colour;

    /// Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
    pub(crate) const SIGHTS: [(&str, [[f32; 3]; 3]); 4] = [
        ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protan",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deutan",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "tritan",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];

    fn lab(colour: Colour, sight: &[[f32; 3]; 3]) -> [f32; 3] {
        let rgb = colour.linear();
        let seen = sight.map(|row| {
            row.iter()
                .zip(rgb)
                .map(|(weight, channel)| weight * channel)
                .sum::<f32>()
                .clamp(0.0, 1.0)
        });
        let [red, green, blue] = seen;
        let x = (0.412_456 * red + 0.357_576 * green + 0.180_437 * blue) / 0.950_47;
        let y = 0.212_673 * red + 0.715_152 * green + 0.072_175 * blue;
        let z = (0.019_334 * red + 0.119_192 * green + 0.950_304 * blue) / 1.088_83;
        let bend = |t: f32| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        [116.0 * bend(y) - 16.0, 500.0 * (bend(x) - bend(y)), 200.0 * (bend(y) - bend(z))]
    }

    /// CIE 1976 colour difference as seen with one kind of sight.
    pub(crate) fn difference(a: Colour, b: Colour, sight: &[[f32; 3]; 3]) -> f32 {
        let (a, b) = (lab(a, sight), lab(b, sight));
        a.iter().zip(b).map(|(p, q)| (p - q) * (p - q)).sum::<f32>().sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_has_the_greatest_contrast() {
        assert!((Colour::hex(0).contrast(Colour::hex(0xFF_FF_FF)) - 21.0).abs() < 0.01);
    }

    #[test]
    fn a_half_opaque_white_over_black_is_grey() {
        let seen = Colour::hex(0xFF_FF_FF).faded(0.5).over(Colour::hex(0));
        assert_eq!((seen.r, seen.a), (128, 255));
    }
}
