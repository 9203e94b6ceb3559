//! What the window is to put into the clipboard.

use std::sync::Arc;

/// What the window is to put into the clipboard.
#[derive(Clone, Debug)]
pub(crate) enum ToCopy {
    Text(String),
    Picture(Arc<egui::ColorImage>),
}
