//! From the table of tokens to egui's style and fonts: nothing on screen keeps a stock look.

use std::sync::Arc;

use egui::style::{Selection, WidgetVisuals, Widgets};
use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke,
    Style, TextStyle, Visuals, vec2,
};

use crate::scene::{Colour, FONT_FILES, Face, Theme, ThemeMode};

/// The four sizes of type, in points.
pub(crate) mod size {
    /// Notes and tables.
    pub(crate) const NOTE: f32 = 12.0;
    /// Body.
    pub(crate) const BODY: f32 = 14.0;
    /// Headings.
    pub(crate) const HEADING: f32 = 18.0;
    /// The headline.
    pub(crate) const HEADLINE: f32 = 26.0;
}

/// The unit of distance; every gap is a multiple of it.
pub(crate) const STEP: f32 = 4.0;

const CORNER: CornerRadius = CornerRadius::same(6);

/// A colour of the scene as egui wants it.
pub(crate) fn ink(colour: Colour) -> Color32 {
    Color32::from_rgba_unmultiplied(colour.r, colour.g, colour.b, colour.a)
}

/// The heavier face of the sans.
pub(crate) fn strong_family() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// The font of a face at a size.
pub(crate) fn font(face: Face, size: f32) -> FontId {
    match face {
        Face::Regular => FontId::new(size, FontFamily::Proportional),
        Face::Strong => FontId::new(size, strong_family()),
    }
}

/// The shipped fonts, each with the one that has what it lacks.
pub(crate) fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in FONT_FILES {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let families = [
        (FontFamily::Proportional, ["sans", "mono"]),
        (FontFamily::Monospace, ["mono", "sans"]),
        (strong_family(), ["strong", "mono"]),
    ];
    for (family, order) in families {
        fonts.families.insert(family, order.map(str::to_owned).to_vec());
    }
    fonts
}

/// egui's whole style in the colours of a theme.
pub(crate) fn style(theme: &Theme) -> Style {
    let mut style = Style { visuals: visuals(theme), animation_time: 0.15, ..Style::default() };
    style.text_styles = [
        (TextStyle::Small, font(Face::Regular, size::NOTE)),
        (TextStyle::Body, font(Face::Regular, size::BODY)),
        (TextStyle::Button, font(Face::Regular, size::NOTE)),
        (TextStyle::Heading, font(Face::Strong, size::HEADING)),
        (TextStyle::Monospace, FontId::new(size::NOTE, FontFamily::Monospace)),
    ]
    .into();
    style.spacing.item_spacing = vec2(2.0 * STEP, STEP);
    style.spacing.button_padding = vec2(2.5 * STEP, STEP);
    style.spacing.window_margin = Margin::same(12);
    style.spacing.menu_margin = Margin::same(8);
    style.spacing.interact_size = vec2(28.0, 26.0);
    style.spacing.indent = 4.0 * STEP;
    style.spacing.icon_width = 16.0;
    style.spacing.icon_width_inner = 10.0;
    style.spacing.icon_spacing = 1.5 * STEP;
    style.spacing.tooltip_width = 360.0;
    let scroll = &mut style.spacing.scroll;
    scroll.floating = true;
    scroll.bar_width = 8.0;
    scroll.floating_width = 4.0;
    scroll.foreground_color = true;
    scroll.dormant_handle_opacity = 0.35;
    scroll.interact_handle_opacity = 0.8;
    style.interaction.selectable_labels = false;
    // A caret that blinks would have the whole window drawn twice a second.
    style.visuals.text_cursor.blink = false;
    style
}

fn visuals(theme: &Theme) -> Visuals {
    let mut visuals = match theme.mode {
        ThemeMode::Dark => Visuals::dark(),
        ThemeMode::Light | ThemeMode::Projector => Visuals::light(),
    };
    visuals.widgets = widgets(theme);
    visuals.selection = Selection {
        bg_fill: ink(theme.accent.faded(0.28).over(theme.raised)),
        stroke: Stroke::new(1.0, ink(theme.text)),
    };
    visuals.weak_text_color = Some(ink(theme.muted));
    visuals.hyperlink_color = ink(theme.accent);
    visuals.faint_bg_color = ink(theme.line.faded(0.22).over(theme.panel));
    visuals.extreme_bg_color = ink(theme.canvas);
    visuals.text_edit_bg_color = Some(ink(theme.canvas));
    visuals.code_bg_color = ink(theme.raised);
    visuals.warn_fg_color = ink(theme.severity[1]);
    visuals.error_fg_color = ink(theme.severity[0]);
    visuals.window_corner_radius = CORNER;
    visuals.menu_corner_radius = CORNER;
    visuals.window_shadow = Shadow::NONE;
    visuals.popup_shadow = Shadow::NONE;
    visuals.window_fill = ink(theme.raised);
    visuals.window_stroke = Stroke::new(1.0, ink(theme.line));
    visuals.panel_fill = ink(theme.panel);
    visuals.striped = false;
    visuals.button_frame = true;
    visuals.indent_has_left_vline = false;
    visuals
}

fn widgets(theme: &Theme) -> Widgets {
    let widget = |fill: Colour, edge: Colour, text: Colour| WidgetVisuals {
        bg_fill: ink(fill),
        weak_bg_fill: ink(fill),
        bg_stroke: Stroke::new(1.0, ink(edge)),
        corner_radius: CORNER,
        fg_stroke: Stroke::new(1.0, ink(text)),
        expansion: 0.0,
    };
    let hovered = theme.accent.faded(0.14).over(theme.raised);
    let pressed = theme.accent.faded(0.26).over(theme.raised);
    Widgets {
        noninteractive: widget(theme.panel, theme.line, theme.text),
        inactive: widget(theme.raised, theme.line, theme.text),
        hovered: widget(hovered, theme.accent, theme.text),
        active: widget(pressed, theme.accent, theme.text),
        open: widget(theme.raised, theme.accent, theme.text),
    }
}
