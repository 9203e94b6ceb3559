//! Draws egui's tessellated output on the CPU, for pictures without a screen. Same input, same
//! pixels: coverage is decided in fixed point, each pixel belongs to exactly one triangle.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use egui::epaint::{Primitive, Vertex};
use egui::{ClippedPrimitive, Color32, ImageData, TextureId, TexturesDelta};
use image::{Rgba, RgbaImage};

/// Sub-pixel steps for one pixel.
const FIXED: f32 = 256.0;

#[derive(Clone, Debug)]
struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
}

impl Texture {
    fn pixel(&self, x: usize, y: usize) -> [f32; 4] {
        let at = y.min(self.height.saturating_sub(1)) * self.width + x.min(self.width - 1);
        self.pixels.get(at).copied().unwrap_or(Color32::WHITE).to_array().map(f32::from)
    }

    /// The texture between its pixels; clamped at the border.
    fn sample(&self, u: f32, v: f32) -> [f32; 4] {
        let x = (u * self.width as f32 - 0.5).clamp(0.0, self.width as f32 - 1.0);
        let y = (v * self.height as f32 - 0.5).clamp(0.0, self.height as f32 - 1.0);
        let (column, row) = (x as usize, y as usize);
        let (across, down) = (x - column as f32, y - row as f32);
        let mix = |a: [f32; 4], b: [f32; 4], share: f32| {
            let [a0, a1, a2, a3] = a;
            let [b0, b1, b2, b3] = b;
            let one = |p: f32, q: f32| p + (q - p) * share;
            [one(a0, b0), one(a1, b1), one(a2, b2), one(a3, b3)]
        };
        let above = mix(self.pixel(column, row), self.pixel(column + 1, row), across);
        let below = mix(self.pixel(column, row + 1), self.pixel(column + 1, row + 1), across);
        mix(above, below, down)
    }
}

/// Keeps egui's textures and paints meshes with them.
#[derive(Clone, Debug, Default)]
pub struct CpuRaster {
    textures: HashMap<TextureId, Texture>,
}

impl CpuRaster {
    /// Takes over new, changed and freed textures.
    #[expect(clippy::iter_over_hash_type, reason = "each texture is replaced for itself")]
    pub fn update(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for change in images {
                let ImageData::Color(image) = &change.image;
                let [width, height] = image.size;
                if let (Some([left, top]), Some(texture)) = (change.pos, self.textures.get_mut(&id))
                {
                    for row in 0..height {
                        let from = image.pixels.get(row * width..(row + 1) * width);
                        let start = (top + row) * texture.width + left;
                        let to = texture.pixels.get_mut(start..start + width);
                        if let (Some(from), Some(to)) = (from, to) {
                            to.copy_from_slice(from);
                        }
                    }
                } else {
                    let pixels = image.pixels.clone();
                    self.textures.insert(id, Texture { width, height, pixels });
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    /// Paints meshes over an opaque background; paint callbacks are left out.
    pub fn paint(&self, primitives: &[ClippedPrimitive], canvas: &Canvas) -> RgbaImage {
        let mut image = RgbaImage::from_pixel(canvas.width, canvas.height, Rgba(canvas.background));
        for primitive in primitives {
            let Primitive::Mesh(mesh) = &primitive.primitive else { continue };
            let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
            let clip = primitive.clip_rect * canvas.pixels_per_point;
            let bound = |at: f32, most: u32| at.round().clamp(0.0, most as f32) as u32;
            let fill = Fill {
                texture,
                scale: canvas.pixels_per_point,
                left: bound(clip.min.x, canvas.width),
                right: bound(clip.max.x, canvas.width),
                top: bound(clip.min.y, canvas.height),
                bottom: bound(clip.max.y, canvas.height),
            };
            for corners in mesh.indices.chunks_exact(3) {
                let mut corners = corners.iter().map(|&at| mesh.vertices.get(at as usize));
                if let (Some(Some(a)), Some(Some(b)), Some(Some(c))) =
                    (corners.next(), corners.next(), corners.next())
                {
                    fill.triangle([a, b, c], &mut image);
                }
            }
        }
        image
    }
}

/// What a picture is painted on.
#[derive(Clone, Copy, Debug)]
pub struct Canvas {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Pixels for one egui point.
    pub pixels_per_point: f32,
    /// The background: red, green, blue, opacity.
    pub background: [u8; 4],
}

struct Fill<'a> {
    texture: &'a Texture,
    scale: f32,
    left: u32,
    right: u32,
    top: u32,
    bottom: u32,
}

type Fixed = (i64, i64);

/// Twice the area of a triangle; its sign says which way round it goes.
fn turn(a: Fixed, b: Fixed, c: Fixed) -> i64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// A pixel on an edge belongs to the triangle whose top or left edge it is.
fn bias(a: Fixed, b: Fixed) -> i64 {
    let top_or_left = (a.1 == b.1 && b.0 > a.0) || b.1 < a.1;
    if top_or_left { 0 } else { -1 }
}

/// The middle of a pixel.
fn middle(x: u32, y: u32) -> Fixed {
    ((i64::from(x) << 8) + 128, (i64::from(y) << 8) + 128)
}

/// Which pixels of a row, counted from its first, lie on the inner side of all three edges: a
/// weight changes by the same step from pixel to pixel.
fn covered(
    starts: &[i64; 3],
    steps: &[i64; 3],
    edges: [i64; 3],
    width: u32,
) -> Option<RangeInclusive<i64>> {
    let (mut first, mut last) = (0, i64::from(width) - 1);
    for ((start, step), edge) in starts.iter().zip(steps).zip(edges) {
        let room = start + edge;
        match step.signum() {
            0 if room < 0 => return None,
            0 => {}
            1 => first = first.max((-room).div_euclid(*step) + i64::from(-room % step != 0)),
            _ => last = last.min(room.div_euclid(-step)),
        }
    }
    (first <= last).then_some(first..=last)
}

impl Fill<'_> {
    fn fixed(&self, vertex: &Vertex) -> Fixed {
        let step = |at: f32| (at * self.scale * FIXED).round() as i64;
        (step(vertex.pos.x), step(vertex.pos.y))
    }

    fn triangle(&self, corners: [&Vertex; 3], image: &mut RgbaImage) {
        let [va, mut vb, mut vc] = corners;
        let (a, mut b, mut c) = (self.fixed(va), self.fixed(vb), self.fixed(vc));
        let mut area = turn(a, b, c);
        if area == 0 {
            return;
        }
        if area < 0 {
            std::mem::swap(&mut b, &mut c);
            std::mem::swap(&mut vb, &mut vc);
            area = -area;
        }
        let low = |p: i64, q: i64, r: i64| (p.min(q).min(r) >> 8).max(0) as u32;
        let high = |p: i64, q: i64, r: i64| ((p.max(q).max(r) >> 8) + 1).max(0) as u32;
        let columns = low(a.0, b.0, c.0).max(self.left)..high(a.0, b.0, c.0).min(self.right);
        let rows = low(a.1, b.1, c.1).max(self.top)..high(a.1, b.1, c.1).min(self.bottom);
        let edges = [bias(b, c), bias(c, a), bias(a, b)];
        let plain =
            (va.uv == vb.uv && vb.uv == vc.uv).then(|| self.texture.sample(va.uv.x, va.uv.y));
        for y in rows {
            let first = middle(columns.start, y);
            let starts = [turn(b, c, first), turn(c, a, first), turn(a, b, first)];
            let steps = [(b.1 - c.1) << 8, (c.1 - a.1) << 8, (a.1 - b.1) << 8];
            let Some(covered) =
                covered(&starts, &steps, edges, columns.end.saturating_sub(columns.start))
            else {
                continue;
            };
            for k in covered {
                let weight = |start: i64, step: i64| (start + k * step) as f32 / area as f32;
                let [start_a, start_b, start_c] = starts;
                let [step_a, step_b, step_c] = steps;
                let shares =
                    [weight(start_a, step_a), weight(start_b, step_b), weight(start_c, step_c)];
                let source = self.colour([va, vb, vc], shares, plain);
                blend(image.get_pixel_mut(columns.start + k as u32, y), source);
            }
        }
    }

    /// The premultiplied colour within a triangle, from 0 to 255; `plain` is that of the texture
    /// where all corners share a place of it.
    fn colour(&self, corners: [&Vertex; 3], shares: [f32; 3], plain: Option<[f32; 4]>) -> [f32; 4] {
        let (mut u, mut v, mut tint) = (0.0, 0.0, [0.0_f32; 4]);
        for (corner, share) in corners.into_iter().zip(shares) {
            u += corner.uv.x * share;
            v += corner.uv.y * share;
            for (sum, channel) in tint.iter_mut().zip(corner.color.to_array()) {
                *sum += f32::from(channel) * share;
            }
        }
        let texel = plain.unwrap_or_else(|| self.texture.sample(u, v));
        let mut mixed = [0.0; 4];
        for ((out, texel), tint) in mixed.iter_mut().zip(texel).zip(tint) {
            *out = texel * tint / 255.0;
        }
        mixed
    }
}

fn blend(pixel: &mut Rgba<u8>, source: [f32; 4]) {
    let [_, _, _, opacity] = source;
    let rest = 1.0 - opacity / 255.0;
    for (below, above) in pixel.0.iter_mut().zip(source) {
        *below = (above + f32::from(*below) * rest + 0.5).min(255.0) as u8;
    }
}
