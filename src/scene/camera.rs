//! The window onto the map: where one looks, and how close.

use crate::layout::Point;

/// A rectangle with its corner at the top left; scene units or pixels as the context says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// The left edge.
    pub left: f32,
    /// The top edge.
    pub top: f32,
    /// The width.
    pub width: f32,
    /// The height.
    pub height: f32,
}

impl Area {
    /// The smallest area that holds all points; `None` without any.
    pub fn around(points: impl Iterator<Item = Point>) -> Option<Self> {
        let mut corners: Option<(Point, Point)> = None;
        for point in points {
            let (low, high) = corners.get_or_insert((point, point));
            *low = Point { x: low.x.min(point.x), y: low.y.min(point.y) };
            *high = Point { x: high.x.max(point.x), y: high.y.max(point.y) };
        }
        corners.map(|(low, high)| Self {
            left: low.x,
            top: low.y,
            width: high.x - low.x,
            height: high.y - low.y,
        })
    }

    /// The middle.
    pub fn centre(&self) -> Point {
        Point { x: self.left + self.width / 2.0, y: self.top + self.height / 2.0 }
    }

    /// The right edge.
    pub fn right(&self) -> f32 {
        self.left + self.width
    }

    /// The bottom edge.
    pub fn bottom(&self) -> f32 {
        self.top + self.height
    }

    /// The same area with a margin added on every side.
    #[must_use]
    pub fn grown(&self, margin: f32) -> Self {
        Self {
            left: self.left - margin,
            top: self.top - margin,
            width: self.width + 2.0 * margin,
            height: self.height + 2.0 * margin,
        }
    }

    /// Whether a point lies inside or on the edge.
    pub fn holds(&self, point: Point) -> bool {
        point.x >= self.left
            && point.x <= self.right()
            && point.y >= self.top
            && point.y <= self.bottom()
    }

    /// The point of it that is nearest to another.
    #[must_use]
    pub(super) fn nearest(&self, to: Point) -> Point {
        Point { x: to.x.max(self.left).min(self.right()), y: to.y.max(self.top).min(self.bottom()) }
    }

    /// Whether two areas share a point.
    pub fn meets(&self, other: &Self) -> bool {
        self.left <= other.right()
            && other.left <= self.right()
            && self.top <= other.bottom()
            && other.top <= self.bottom()
    }
}

/// Where one looks: `centre` in scene units stands in the middle of the viewport, and one scene
/// unit is `zoom` pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The scene point in the middle of the viewport.
    pub centre: Point,
    /// Pixels for one scene unit.
    pub zoom: f32,
    /// The viewport in pixels.
    pub viewport: Area,
}

/// The closest and farthest that one can look.
const ZOOM_RANGE: (f32, f32) = (0.0002, 12.0);

impl Camera {
    /// Shows all of `content` with a margin of pixels, never closer than 1.6 pixels a unit.
    pub fn fit(content: Area, viewport: Area, margin: f32) -> Self {
        let wide = (viewport.width - 2.0 * margin).max(1.0) / content.width.max(1.0);
        let high = (viewport.height - 2.0 * margin).max(1.0) / content.height.max(1.0);
        let zoom = wide.min(high).clamp(ZOOM_RANGE.0, 1.6);
        Self { centre: content.centre(), zoom, viewport }
    }

    /// Pixels from scene units.
    pub fn screen_from_scene(&self, point: Point) -> Point {
        let middle = self.viewport.centre();
        Point {
            x: middle.x + (point.x - self.centre.x) * self.zoom,
            y: middle.y + (point.y - self.centre.y) * self.zoom,
        }
    }

    /// The part of the scene in the viewport, in scene units.
    pub(super) fn seen(&self) -> Area {
        self.area_of(&self.viewport)
    }

    /// The part of the scene in an area of the screen, in scene units.
    pub(super) fn area_of(&self, pixels: &Area) -> Area {
        let corner = Point { x: pixels.left, y: pixels.top };
        let Point { x: left, y: top } = self.scene_from_screen(corner);
        let zoom = self.zoom.max(1e-9);
        Area { left, top, width: pixels.width / zoom, height: pixels.height / zoom }
    }

    /// Scene units from pixels.
    pub fn scene_from_screen(&self, pixel: Point) -> Point {
        let middle = self.viewport.centre();
        Point {
            x: self.centre.x + (pixel.x - middle.x) / self.zoom,
            y: self.centre.y + (pixel.y - middle.y) / self.zoom,
        }
    }

    /// Zooms by a factor so that the scene point under `pixel` stays where it is.
    #[must_use]
    pub fn zoomed_at(&self, pixel: Point, factor: f32) -> Self {
        let held = self.scene_from_screen(pixel);
        let zoom = (self.zoom * factor).clamp(ZOOM_RANGE.0, ZOOM_RANGE.1);
        let middle = self.viewport.centre();
        let centre = Point {
            x: held.x - (pixel.x - middle.x) / zoom,
            y: held.y - (pixel.y - middle.y) / zoom,
        };
        Self { centre, zoom, ..*self }
    }

    /// Moves the picture by a distance in pixels.
    #[must_use]
    pub fn panned(&self, x: f32, y: f32) -> Self {
        let centre = Point { x: self.centre.x - x / self.zoom, y: self.centre.y - y / self.zoom };
        Self { centre, ..*self }
    }

    /// The camera on the way from this one to another; `share` runs from 0 to 1.
    #[must_use]
    pub fn towards(&self, goal: &Self, share: f32) -> Self {
        let mix = |from: f32, to: f32| from + (to - from) * share;
        Self {
            centre: Point {
                x: mix(self.centre.x, goal.centre.x),
                y: mix(self.centre.y, goal.centre.y),
            },
            zoom: mix(self.zoom, goal.zoom),
            viewport: goal.viewport,
        }
    }
}

/// Where the whole map is drawn small.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MiniMap {
    /// Where it is, in pixels.
    pub area: Area,
    /// What of the map it shows, in scene units.
    pub whole: Area,
}

impl MiniMap {
    /// Pixels from scene units.
    pub fn from_scene(&self, at: Point) -> Point {
        let scale = self.area.width / self.whole.width.max(1e-6);
        Point {
            x: self.area.left + (at.x - self.whole.left) * scale,
            y: self.area.top + (at.y - self.whole.top) * scale,
        }
    }

    /// Scene units from pixels.
    pub fn to_scene(&self, pixel: Point) -> Point {
        let scale = self.whole.width / self.area.width.max(1e-6);
        Point {
            x: self.whole.left + (pixel.x - self.area.left) * scale,
            y: self.whole.top + (pixel.y - self.area.top) * scale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEWPORT: Area = Area { left: 100.0, top: 50.0, width: 800.0, height: 600.0 };

    #[test]
    fn the_point_under_the_pointer_stays_while_zooming() {
        let camera = Camera { centre: Point { x: 7.0, y: -3.0 }, zoom: 0.5, viewport: VIEWPORT };
        let pixel = Point { x: 333.0, y: 222.0 };
        let before = camera.scene_from_screen(pixel);
        let after = camera.zoomed_at(pixel, 2.5).scene_from_screen(pixel);
        assert!((before.x - after.x).abs() < 1e-3 && (before.y - after.y).abs() < 1e-3);
    }

    #[test]
    fn fitting_shows_every_corner() {
        let content = Area { left: -500.0, top: 10.0, width: 4000.0, height: 900.0 };
        let camera = Camera::fit(content, VIEWPORT, 20.0);
        for (x, y) in [(-500.0, 10.0), (3500.0, 910.0)] {
            assert!(VIEWPORT.holds(camera.screen_from_scene(Point { x, y })));
        }
    }

    #[test]
    fn panning_moves_the_picture_with_the_pointer() {
        let camera = Camera { centre: Point::default(), zoom: 2.0, viewport: VIEWPORT };
        let before = camera.screen_from_scene(Point { x: 5.0, y: 5.0 });
        let after = camera.panned(10.0, -4.0).screen_from_scene(Point { x: 5.0, y: 5.0 });
        assert!(
            (after.x - before.x - 10.0).abs() < 1e-3 && (after.y - before.y + 4.0).abs() < 1e-3
        );
    }
}
