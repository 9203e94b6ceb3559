//! The texts of the picture in the window: none is cut, and none lies on another.

use std::collections::BTreeSet;

use egui_kittest::Harness;

use crate::app::shell::window::Window;
use crate::scene::{Anchor, Area, FontMetrics, MeasureText as _, Picture, Text};

/// What is wrong with the texts of the picture.
pub(super) fn picture_faults(harness: &Harness<'static, Window>) -> BTreeSet<String> {
    harness.state().picture().map(faults).unwrap_or_default()
}

fn faults(picture: &Picture) -> BTreeSet<String> {
    let fonts = FontMetrics::default();
    let mut faults = BTreeSet::new();
    let layers = picture.layers().into_iter();
    let texts = layers.flat_map(|layer| &layer.texts).map(|text| (text, place(text, &fonts)));
    let seen: Vec<(&Text, Area)> = texts.filter(|(_, own)| own.meets(&picture.area)).collect();
    for (at, (text, own)) in seen.iter().enumerate() {
        let (area, most) = (&picture.area, 1.0);
        let is_cut = own.left < area.left - most
            || own.right() > area.right() + most
            || own.top < area.top - most
            || own.bottom() > area.bottom() + most;
        if is_cut {
            faults.insert(format!("“{}” in the picture is cut", text.text));
        }
        for (other, area) in seen.iter().take(at) {
            let width = own.right().min(area.right()) - own.left.max(area.left);
            let height = own.bottom().min(area.bottom()) - own.top.max(area.top);
            if width > 1.0 && height > 1.0 {
                faults
                    .insert(format!("“{}” and “{}” in the picture overlap", text.text, other.text));
            }
        }
    }
    faults
}

/// Where a text is, without the room above small letters and below those without a tail.
fn place(text: &Text, fonts: &FontMetrics) -> Area {
    let width = fonts.width(&text.text, text.style.size, text.style.face);
    let size = text.style.size * 0.9;
    let Text { at, anchor, .. } = text;
    match anchor {
        Anchor::Middle | Anchor::Left => {
            Area { left: text.left(width), top: at.y - size / 2.0, width, height: size }
        }
        Anchor::Foot => {
            Area { left: at.x - size / 2.0, top: at.y - width, width: size, height: width }
        }
    }
}
