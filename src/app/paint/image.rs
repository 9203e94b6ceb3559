//! A finished picture as pixels, without a window.

use egui::{Rect, pos2, vec2};
use image::{Rgba, RgbaImage};

use crate::app::paint::painter::Painted;
use crate::app::paint::raster::{Canvas, CpuRaster};
use crate::app::paint::style::fonts;
use crate::app::paint::system_fonts::SystemFonts;
use crate::scene::Picture;

/// Paints a picture with `scale` pixels for each of its own; without a background where that is asked
/// for. The same picture gives the same pixels.
pub(crate) fn image_of(picture: Picture, scale: f32, is_transparent: bool) -> RgbaImage {
    let (area, ground) = (picture.area, picture.background);
    let side = |length: f32| (length * scale).round().max(1.0) as u32;
    let canvas = Canvas {
        width: side(area.width),
        height: side(area.height),
        pixels_per_point: scale,
        background: if is_transparent { [0; 4] } else { [ground.r, ground.g, ground.b, 255] },
    };
    let context = egui::Context::default();
    context.set_fonts(fonts());
    context.add_font_provider(SystemFonts::shared());
    let shapes = Painted::new(picture, scale);
    let mut raster = CpuRaster::default();
    let mut primitives = Vec::new();
    // The fonts are there in the second pass.
    for _ in 0..2 {
        let rect = Rect::from_min_size(pos2(area.left, area.top), vec2(area.width, area.height));
        let mut input = egui::RawInput { screen_rect: Some(rect), ..Default::default() };
        if let Some(viewport) = input.viewports.get_mut(&input.viewport_id) {
            viewport.native_pixels_per_point = Some(scale);
        }
        let mut output = context.run_ui(input, |ui| {
            let painter = ui.ctx().layer_painter(egui::LayerId::background()).with_clip_rect(rect);
            shapes.paint_layers(&painter);
        });
        raster.update(&mut output.textures_delta);
        primitives = context.tessellate(output.shapes, scale);
    }
    let mut image = raster.paint(&primitives, &canvas);
    if is_transparent {
        image.pixels_mut().for_each(straighten);
    }
    image
}

/// From colours that carry their opacity to colours beside it, as files have them.
fn straighten(pixel: &mut Rgba<u8>) {
    let Rgba([red, green, blue, opacity]) = pixel;
    if *opacity > 0 {
        for channel in [red, green, blue] {
            *channel = (u32::from(*channel) * 255 / u32::from(*opacity)).min(255) as u8;
        }
    }
}
