//! Which marks have their names beside them.

use std::collections::BTreeSet;

use super::in_sight::{InSight, critical_at_least};
use super::labels::{self, LabelRequest};
use super::occupancy::LabelOccupancy;
use super::view::View;
use crate::analysis::{Crossing, Subject};
use crate::scene::camera::Area;
use crate::scene::grouping::Grouping;
use crate::scene::highlight::HighlightLevel;
use crate::scene::map::{Mark, MarkStyle};
use crate::scene::name_side::Names;
use crate::scene::picture::{
    Face, Layer, MeasureText, Pen, PictureSubject, Shape, Text, TextStyle,
};
use crate::scene::written::written;

/// One name for this many square pixels of the picture: nobody reads a wall of names.
const PIXELS_FOR_A_NAME: f32 = 1_800.0;

/// The same where marks are mere dots.
const PIXELS_FOR_A_NAME_FROM_AFAR: f32 = 7_000.0;

/// There are never more names than this.
const MOST_NAMES: usize = 500;

/// Up to this many highlighted marks, the stops of a path for example, all have their names.
const FEW_LIT: usize = 8;

/// Up to this many selected marks, and always what is under the pointer.
const FEW_CHOSEN: usize = 12;

/// Up to this many services that hold what is selected all have their names.
const FEW_HOLDERS: usize = 4;

/// Up to this many critical credentials in sight all have their names, and while something else is
/// in question, up to `FEW_CRITICAL_BESIDE`.
const FEW_CRITICAL: usize = 200;
const FEW_CRITICAL_BESIDE: usize = 40;

/// How much a name matters; the least goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Selected, or under the pointer.
    Chosen,
    /// A credential with a critical finding.
    Critical,
    /// A service that holds what is selected: with it the lit path begins.
    Holder,
    /// Highlighted.
    Lit,
    /// Next to what is highlighted, or crossing environments.
    Near,
    /// The rest, by reach.
    Other,
    /// The rest of what is small.
    Last,
}

/// A mark that wants its name.
struct Wanted {
    rank: Rank,
    /// Names that are there come before names that would be new.
    is_new: bool,
    weight: u32,
    mark: u32,
}

/// Places the names of marks in sight, the most important first, and writes them.
pub(super) fn draw(
    view: &View<'_>,
    (marks, is_far): (&InSight, bool),
    measure: &dyn MeasureText,
    (layer, occupied): (&mut Layer, &mut LabelOccupancy),
) -> Names {
    let wanted = wanted(view, marks);
    let count = |rank: Rank| wanted.iter().filter(|own| own.rank == rank).count();
    let few_lit = view.highlight.is_some() && count(Rank::Lit) + count(Rank::Holder) <= FEW_LIT;
    let few_chosen = count(Rank::Chosen) <= FEW_CHOSEN;
    let few_holders = count(Rank::Holder) <= FEW_HOLDERS && !is_far;
    let is_beside = view.highlight.is_some();
    let most = if is_beside { FEW_CRITICAL_BESIDE } else { FEW_CRITICAL };
    // Over bodies a name that is not in question is written only where it is free, but for the worst.
    let few_critical = count(Rank::Critical) <= most && !(is_far && is_beside);
    let worst = worst(view, &wanted);
    let mut left = most_names(view);
    let mut names = Names::new();
    for Wanted { rank, mark, .. } in wanted {
        let Some((subject, request)) = request(view, mark, rank) else { continue };
        let within = &view.camera.viewport;
        let placed = labels::place(&request, occupied, within, measure);
        // A little that is selected or highlighted always has its names, whatever lies there.
        let is_forced = match rank {
            Rank::Chosen => {
                let is_critical = || is_critical(view, mark) && few_critical;
                few_chosen || view.hovered == Some(mark) || is_critical()
            }
            Rank::Critical => few_critical || worst.contains(&mark),
            Rank::Holder => few_lit || few_holders,
            Rank::Lit => few_lit,
            Rank::Near | Rank::Other | Rank::Last => false,
        };
        let (area, side) = match placed {
            Some((area, side)) => (area, Some(side)),
            None if is_forced => {
                let Some(area) = labels::force(&request, occupied, within, measure) else {
                    continue;
                };
                let dimmed = view.mark_level(mark) == HighlightLevel::Dimmed;
                let strength = if dimmed { 0.4 } else { 1.0 };
                // However wide a theme draws all other lines, this one only leads the eye.
                let width = 1.0 / view.theme.strokes.sqrt();
                let pen = Pen::plain(width, view.theme.muted.faded(strength));
                let line = labels::leader(&request, &area);
                let line = line.map(|(from, to)| Shape::Line { from, to, pen });
                layer.group(PictureSubject::Mark(subject), |shapes| shapes.extend(line));
                (area, None)
            }
            None => continue,
        };
        names.insert(subject, side);
        layer.texts.push(text(view, (subject, mark, rank), request, &area));
        left -= 1;
        if left == 0 {
            break;
        }
    }
    names
}

/// Those of the critical credentials that reach most: these have their names whatever else is in question.
fn worst(view: &View<'_>, wanted: &[Wanted]) -> BTreeSet<u32> {
    let mut critical: Vec<&Wanted> =
        wanted.iter().filter(|own| own.rank == Rank::Critical).collect();
    critical.sort_by_key(|own| (std::cmp::Reverse(own.weight), own.mark));
    critical.iter().take(critical_at_least(view)).map(|own| own.mark).collect()
}

/// The live credentials with a critical finding in the viewport: those that are drawn, or, where bodies stand
/// for marks, those in them too.
pub(super) fn critical(view: &View<'_>, marks: &InSight, bodies: Option<&Grouping>) -> Vec<u32> {
    let viewport = view.camera.viewport;
    let in_sight = |mark: &u32| view.centre_of(*mark).is_some_and(|at| viewport.holds(at));
    if let Some(grouping) = bodies {
        let all = grouping.important().iter().copied();
        return all.filter(|mark| view.is_visible(*mark) && in_sight(mark)).collect();
    }
    marks.all().filter(|mark| is_critical(view, *mark) && in_sight(mark)).collect()
}

fn is_critical(view: &View<'_>, mark: u32) -> bool {
    view.map.marks.get(mark as usize).is_some_and(|own| own.style.is_critical())
}

/// How many names the picture has room for.
fn most_names(view: &View<'_>) -> usize {
    let close = view.camera.zoom > 0.25;
    let room = if close { PIXELS_FOR_A_NAME } else { PIXELS_FOR_A_NAME_FROM_AFAR };
    let room = room * view.theme.type_size * view.theme.type_size;
    let Area { width, height, .. } = view.camera.viewport;
    (width * height / room).min(MOST_NAMES as f32 - 1.0) as usize + 1
}

/// The marks that want their names, the most important first.
fn wanted(view: &View<'_>, marks: &InSight) -> Vec<Wanted> {
    let known = |subject| view.names_before.is_some_and(|names| names.contains_key(&subject));
    let viewport = view.camera.viewport.grown(10.0);
    let in_sight = |mark: &u32| view.centre_of(*mark).is_some_and(|at| viewport.holds(at));
    let holders = holders(view);
    let mut wanted: Vec<Wanted> = marks
        .all()
        .filter(in_sight)
        .filter_map(|mark| {
            let own = view.map.marks.get(mark as usize)?;
            let rank = match rank(view, mark, own)? {
                Rank::Lit | Rank::Near if holders.contains(&mark) => Rank::Holder,
                rank => rank,
            };
            Some(Wanted { rank, is_new: !known(own.subject), weight: own.weight, mark })
        })
        .collect();
    wanted.sort_unstable_by_key(|own| (own.rank, own.is_new, u32::MAX - own.weight, own.mark));
    wanted
}

/// The services that hold what is selected, where that is a credential alone.
fn holders(view: &View<'_>) -> BTreeSet<u32> {
    let &[selected] = view.selected else { return BTreeSet::new() };
    let links = view.map.links_of(selected).iter();
    let links = links.filter_map(|&at| view.map.links.get(at as usize));
    let held = links.filter(|link| link.credential == selected && link.holds.is_some());
    held.map(|link| link.instance).collect()
}

/// The name of a mark, with its environment where others have the same; a long name is cut.
pub(super) fn name_of(view: &View<'_>, mark: u32) -> Option<String> {
    named(view, mark, labels::cut)
}

/// The same with the whole name, for those who cut it to the room that there is.
pub(super) fn whole_name_of(view: &View<'_>, mark: u32) -> Option<String> {
    named(view, mark, str::to_owned)
}

fn named(view: &View<'_>, mark: u32, cut: impl Fn(&str) -> String) -> Option<String> {
    let own = view.map.marks.get(mark as usize)?;
    let name = match own.subject {
        Subject::Instance(at) => view.graph.service_name(at),
        Subject::Credential(at) => view.graph.credential_name(at),
    };
    let text = cut(&written(name));
    let Subject::Instance(at) = own.subject else { return Some(text) };
    if !view.map.has_repeated_name(mark) {
        return Some(text);
    }
    Some(format!("{text} · {}", written(view.graph.environment_of(at).display())))
}

fn request(view: &View<'_>, mark: u32, rank: Rank) -> Option<(Subject, LabelRequest)> {
    let own = view.map.marks.get(mark as usize)?;
    let text = name_of(view, mark)?;
    let is_strong = matches!(rank, Rank::Chosen | Rank::Critical | Rank::Holder | Rank::Lit);
    let request = LabelRequest {
        text,
        centre: view.centre_of(mark)?,
        radius: view.drawn_extent(mark),
        face: if is_strong { Face::Strong } else { Face::Regular },
        size: labels::LABEL_SIZE * view.theme.type_size,
        before: view.names_before.and_then(|names| names.get(&own.subject).copied()).flatten(),
    };
    Some((own.subject, request))
}

fn text(
    view: &View<'_>,
    (subject, mark, rank): (Subject, u32, Rank),
    request: LabelRequest,
    area: &Area,
) -> Text {
    let dimmed = view.mark_level(mark) == HighlightLevel::Dimmed && rank != Rank::Chosen;
    let colour = match rank {
        _ if dimmed => view.theme.muted,
        Rank::Chosen | Rank::Critical | Rank::Holder | Rank::Lit => view.theme.text,
        Rank::Near => view.theme.second,
        Rank::Other | Rank::Last => view.theme.muted,
    };
    let opacity = if rank == Rank::Chosen { 0.94 } else { 0.78 };
    let LabelRequest { text, face, size, .. } = request;
    Text {
        background: Some(view.theme.canvas.faded(opacity)),
        subject: Some(PictureSubject::Mark(subject)),
        ..Text::new(area.centre(), text, TextStyle { size, face, colour })
    }
}

/// How much a mark's name matters; `None` for marks that are too small or not in question.
fn rank(view: &View<'_>, index: u32, mark: &Mark) -> Option<Rank> {
    if view.is_chosen(index) {
        return Some(Rank::Chosen);
    }
    if mark.style.is_critical() {
        return Some(Rank::Critical);
    }
    let radius = view.radius_of(index);
    if view.highlight.is_some() {
        return match view.mark_level(index) {
            HighlightLevel::Lit => Some(Rank::Lit),
            HighlightLevel::Near => (radius > 4.0).then_some(Rank::Near),
            HighlightLevel::Dimmed => None,
        };
    }
    match mark.style {
        MarkStyle::Credential { crossing: Crossing::Upwards, .. } => Some(Rank::Near),
        MarkStyle::Credential { crossing: Crossing::Across, .. } => {
            (radius > 3.0).then_some(Rank::Near)
        }
        MarkStyle::Instance { .. } => (radius > 5.0).then_some(Rank::Other),
        MarkStyle::Credential { shared: true, .. } => (radius > 6.0).then_some(Rank::Other),
        MarkStyle::Credential { .. } => (radius > 9.0).then_some(Rank::Last),
    }
}

/// Keeps names off other marks, as long as these are few enough to matter.
pub(super) fn block_marks(view: &View<'_>, on_screen: &InSight, occupied: &mut LabelOccupancy) {
    if on_screen.len() > 4_000 {
        return;
    }
    for index in on_screen.all() {
        let Some(centre) = view.centre_of(index) else { continue };
        let radius = view.drawn_extent(index);
        if radius > 1.5 {
            occupied.occupy(Area {
                left: centre.x - radius,
                top: centre.y - radius,
                width: 2.0 * radius,
                height: 2.0 * radius,
            });
        }
    }
}
