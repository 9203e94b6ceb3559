//! The scenes in their order, each with its picture, to be shown, moved and changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{
    Align, Color32, ColorImage, Layout, Rect, Response, RichText, Sense, Stroke, StrokeKind,
    TextureHandle, TextureOptions, Ui, UiBuilder, pos2, vec2,
};

use crate::app::model::command::{Command, PresentCommand, SceneCommand};
use crate::app::model::presenting::MOST_SCREENS;
use crate::app::model::settings::PresenterWindow;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::scene_editor::editor_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{note_button_ui, note_button_where_ui, note_ui};
use crate::inventory::shown;
use crate::project::Scene;
use crate::scene::Face;

/// How large the picture of a scene is in the list, in points, and how high the words below it are.
const PICTURE: egui::Vec2 = vec2(192.0, 120.0);
const WORDS: f32 = 38.0;

/// How far cards stand apart.
const BETWEEN: f32 = 12.0;

/// How wide the editor of the scene in question is; less where there is no room.
const EDITOR: f32 = 320.0;

fn push(context: &mut PanelContext<'_>, command: SceneCommand) {
    context.push(Command::Scene(command));
}

/// The tab of scenes.
pub(crate) fn scenes_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let scenes = context.model.project.scenes.clone();
    ui.horizontal(|ui| {
        let add = note_button_ui(ui, "Add a scene").on_hover_text(
            "Keep what is on screen as a scene: view, filters, selection, fixes, where you look (S)",
        );
        if add.clicked() {
            push(context, SceneCommand::Add);
        }
        let present = note_button_where_ui(ui, !scenes.is_empty(), "Present");
        let present = present.on_hover_text("Show the scenes on the whole screen (F5)");
        if present.clicked() {
            context.push(Command::Present(PresentCommand::Start));
        }
        if !scenes.is_empty() {
            presenter_choice_ui(ui, context);
        }
    });
    if scenes.is_empty() {
        let hint = "No scene yet. Show something, then press S: a scene keeps the view, the camera, the \
                    filters, what is lit, the fixes and what is compromised. F5 presents all scenes.";
        note_ui(ui, context.theme, hint);
        return;
    }
    let room = ui.available_rect_before_wrap();
    let editor = EDITOR.min(room.width() * 0.4);
    let (left, right) = room.split_left_right_at_x(room.right() - editor);
    ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
        egui::ScrollArea::vertical().id_salt("scenes").auto_shrink(false).show(ui, |ui| {
            cards_ui(ui, context, scenes.list());
        });
    });
    let right = right.with_min_x(right.left() + BETWEEN);
    ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
        egui::ScrollArea::vertical().id_salt("scene").auto_shrink(false).show(ui, |ui| {
            if let Some((at, scene)) =
                context.model.session.scene.and_then(|at| Some((at, scenes.get(at)?)))
            {
                editor_ui(ui, context, (at, scenes.len()), scene);
            } else {
                note_ui(ui, context.theme, "Click a scene to show and to change it");
            }
        });
    });
    ui.allocate_rect(room, Sense::hover());
}

/// Whether there is a window for the presenter, and which screen it fills.
fn presenter_choice_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let PresenterWindow { wanted: is_on, screen } = context.model.settings.presenter;
    let hint = "Notes, the next scene and the time in a window of their own while you present (N)";
    let mut wanted = is_on;
    let text = RichText::new("Presenter\u{2019}s window").size(size::NOTE);
    if ui.checkbox(&mut wanted, text).on_hover_text(hint).clicked() {
        context.push(Command::Present(PresentCommand::PresenterWindow));
    }
    if !is_on {
        return;
    }
    let name = |screen: u8| match screen {
        0 => "in a window".to_owned(),
        number => format!("on screen {number}"),
    };
    ui.menu_button(RichText::new(format!("{} ▾", name(screen))).size(size::NOTE), |ui| {
        for number in 0..=MOST_SCREENS {
            if ui.selectable_label(screen == number, name(number)).clicked() {
                context.push(Command::Present(PresentCommand::PresenterScreen(number)));
                ui.close();
            }
        }
    });
}

fn cards_ui(ui: &mut Ui, context: &mut PanelContext<'_>, scenes: &[Scene]) {
    ui.spacing_mut().item_spacing = vec2(BETWEEN, BETWEEN);
    let mut cards = Vec::new();
    ui.horizontal_wrapped(|ui| {
        for (at, scene) in scenes.iter().enumerate() {
            cards.push(card_ui(ui, context, (at, scene)));
        }
    });
    drop_ui(ui, context, &cards);
}

/// One scene: its picture, and its number and caption below it.
fn card_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (at, scene): (usize, &Scene)) -> Response {
    let size = vec2(PICTURE.x, PICTURE.y + WORDS);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let missing = context.model.answers_as_is().map(|open| scene.missing_in(&open.graph));
    let missing = missing.unwrap_or_default();
    let title = shown(&scene.title(at)).into_owned();
    let label = format!("Scene {}: {title}", at + 1);
    let is_chosen = context.model.session.scene == Some(at);
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_chosen, &label));
    let picture = Rect::from_min_size(rect.min, PICTURE);
    ui.painter().rect_filled(picture, 6.0, ink(context.theme.canvas));
    if let Some(texture) = texture(ui, context, scene) {
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture.id(), picture, uv, Color32::WHITE);
    } else {
        let (middle, face) = (picture.center(), font(Face::Regular, size::NOTE));
        let align = egui::Align2::CENTER_CENTER;
        ui.painter().text(middle, align, "being drawn", face, ink(context.theme.muted));
    }
    let edge = if is_chosen || response.hovered() || response.has_focus() {
        Stroke::new(2.0, ink(context.theme.accent))
    } else {
        Stroke::new(1.0, ink(context.theme.line))
    };
    ui.painter().rect_stroke(picture, 6.0, edge, StrokeKind::Inside);
    let words = rect.with_min_y(picture.bottom() + 4.0);
    let mut below =
        ui.new_child(UiBuilder::new().max_rect(words).layout(Layout::top_down(Align::Min)));
    below.spacing_mut().item_spacing.y = 0.0;
    let caption = RichText::new(format!("{}  {title}", at + 1)).size(size::NOTE);
    below.add(egui::Label::new(caption.color(ink(context.theme.text))).truncate());
    let signs = RichText::new(signs(scene, &missing)).size(size::NOTE);
    below.add(egui::Label::new(signs.color(ink(context.theme.muted))).truncate());
    if response.clicked() {
        push(context, SceneCommand::Show(at));
    }
    response.dnd_set_drag_payload(at);
    if missing.is_empty() {
        return response;
    }
    response.on_hover_text(format!("Gone: {}", shown(&missing.join(", "))))
}

/// What is special about a scene, in a few words.
fn signs(scene: &Scene, missing: &[String]) -> String {
    let mut signs = vec![scene_word(scene)];
    signs.extend(scene.hides_answer.then_some("answer hidden"));
    signs.extend(scene.hop.map(|_| "hop by hop"));
    signs.extend((scene.with_fixes && !scene.fixes.is_empty()).then_some("before and after"));
    let gone = format!("{} gone", missing.len());
    signs.extend((!missing.is_empty()).then_some(gone.as_str()));
    signs.join(", ")
}

fn scene_word(scene: &Scene) -> &'static str {
    crate::app::model::scene_names::kind_of(scene.view).word()
}

/// Where a card that is dragged would go, and that it goes there.
fn drop_ui(ui: &Ui, context: &mut PanelContext<'_>, cards: &[Response]) {
    let Some(from) = egui::DragAndDrop::payload::<usize>(ui.ctx()) else { return };
    let Some(pointer) = ui.ctx().pointer_interact_pos() else { return };
    let nearest = cards.iter().enumerate().min_by(|(_, one), (_, other)| {
        let far = |card: &Response| card.rect.distance_sq_to_pos(pointer);
        far(one).total_cmp(&far(other))
    });
    let Some((at, card)) = nearest else { return };
    let is_before = pointer.x < card.rect.center().x;
    let x = if is_before {
        card.rect.left() - BETWEEN / 2.0
    } else {
        card.rect.right() + BETWEEN / 2.0
    };
    let line = card.rect.y_range();
    ui.painter().vline(x, line, Stroke::new(3.0, ink(context.theme.accent)));
    if ui.input(|input| input.pointer.any_released()) {
        let before = if is_before { at } else { at + 1 };
        // Taken out first, what stands behind it moves up by one.
        let to = if before > *from { before - 1 } else { before };
        if to != *from {
            push(context, SceneCommand::Shift(*from, to));
        }
    }
}

/// The textures of pictures that were shown last, by where the picture lies in memory.
type Textures = BTreeMap<usize, (Arc<ColorImage>, TextureHandle)>;

/// The picture of a scene on the graphics card.
fn texture(ui: &Ui, context: &PanelContext<'_>, scene: &Scene) -> Option<TextureHandle> {
    let thumbnails = &context.model.session.thumbnails;
    let image = thumbnails.picture(scene)?;
    let id = egui::Id::unique("pictures of scenes");
    let mut textures: Textures = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let key = Arc::as_ptr(image) as usize;
    if let Some((_, texture)) = textures.get(&key) {
        return Some(texture.clone());
    }
    textures.retain(|_, (own, _)| thumbnails.pictures.iter().any(|(_, now)| Arc::ptr_eq(own, now)));
    let texture = ui.ctx().load_texture("scene", image.clone(), TextureOptions::LINEAR);
    textures.insert(key, (image.clone(), texture.clone()));
    ui.data_mut(|data| data.insert_temp(id, textures));
    Some(texture)
}
