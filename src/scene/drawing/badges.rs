//! Credentials that reach one service alone, folded into a badge on it while the map is seen from
//! afar.

use super::in_sight::InSight;
use super::labels::{LABEL_SIZE, LabelOccupancy};
use super::view::View;
use crate::analysis::Subject;
use crate::layout::Point;
use crate::scene::camera::Area;
use crate::scene::picture::{Face, Layer, MeasureText, PictureSubject, Shape, Text, TextStyle};

/// The radius of a badge's diamond, in pixels.
const RADIUS: f32 = 2.4;

/// Draws the badges of the services in sight, with their numbers where there is room.
pub(super) fn draw(
    view: &View<'_>,
    marks: &InSight,
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) {
    for mark in marks.all() {
        let Some(own) = view.map.marks.get(mark as usize) else { continue };
        let Subject::Instance(_) = own.subject else { continue };
        let links = view.map.links_of(mark).iter();
        let links = links.filter_map(|&at| view.map.links.get(at as usize));
        let folded = links.filter(|link| view.is_folded(link.credential)).count();
        let Some(centre) = view.centre_of(mark).filter(|_| folded > 0) else { continue };
        let strength = view.strength_of(mark);
        let away = view.radius_of(mark) * 0.75 + RADIUS;
        let at = Point { x: centre.x + away, y: centre.y + away };
        let corner = |x: f32, y: f32| Point { x: at.x + x * RADIUS, y: at.y + y * RADIUS };
        let points = vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)];
        let colour = view.theme.muted.faded(strength).over(view.theme.canvas);
        let subject = PictureSubject::Mark(own.subject);
        layer.group(subject, |shapes| shapes.push(Shape::Convex { points, fill: colour }));
        let text = folded.to_string();
        let size = LABEL_SIZE * view.theme.type_size;
        let width = measure.width(&text, size, Face::Regular);
        let middle = Point { x: at.x + RADIUS + 2.0 + width / 2.0, y: at.y };
        let (left, top) = (middle.x - width / 2.0, middle.y - size / 2.0);
        let is_readable = folded > 1 && view.camera.zoom >= 0.2 && strength >= 1.0;
        if is_readable && occupied.try_occupy(&Area { left, top, width, height: size }) {
            let style = TextStyle { size, face: Face::Regular, colour: view.theme.muted };
            layer.texts.push(Text { subject: Some(subject), ..Text::new(middle, text, style) });
        }
    }
}
