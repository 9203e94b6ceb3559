//! A place in the picture.

/// A place in the picture; x grows to the right, y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// How far to the right.
    pub x: f32,
    /// How far down.
    pub y: f32,
}

impl Point {
    /// Moves it.
    pub(crate) fn shift(&mut self, (x, y): (f32, f32)) {
        *self = Self { x: self.x + x, y: self.y + y };
    }
}
