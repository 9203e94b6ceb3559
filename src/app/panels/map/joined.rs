//! What lies between marks: links, bundles, and the spots of a table that stand for several cells. What a
//! click on one does, and what it is called.

use crate::analysis::Subject;
use crate::app::model::Model;
use crate::app::model::command::{Command, GoCommand};
use crate::app::panels::map::state::{KeptGroups, Seen};
use crate::app::panels::map_description::describe_group;
use crate::app::work::answers::Answers;
use crate::inventory::counted;
use crate::layout::Point;
use crate::scene::{Camera, Grouping, Highlight, Map, Picture, PictureSubject, Shape};

/// How near to a mark or a link the pointer has to be, in pixels.
pub(super) const REACH: f32 = 4.0;

/// How far from the pointer the cells of a spot may lie, in pixels: half the side of a spot, and a little more.
const SPOT_REACH: f32 = 3.0;

/// What lies between marks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Joined {
    /// A link, by its credential and its service.
    Link([Subject; 2]),
    /// The links of a bundle, or of a spot.
    Several(Vec<u32>),
}

/// What lies between marks at a point of the picture; nothing below the legend and what stands over the map.
pub(super) fn joined_at(
    at: Point,
    (seen, camera): (Seen<'_>, Camera),
    picture: &Picture,
    groups: Option<&KeptGroups>,
) -> Option<Joined> {
    let is_covered = at.y >= picture.legend_top
        || picture.reserved.is_some_and(|own| own.holds(at))
        || picture.minimap.as_ref().is_some_and(|own| own.area.holds(at));
    if is_covered {
        return None;
    }
    match picture.subject_at(at, REACH) {
        Some(PictureSubject::Link(credential, instance)) => {
            Some(Joined::Link([Subject::Credential(credential), Subject::Instance(instance)]))
        }
        Some(PictureSubject::Bundle { groups: of, lit, .. }) => {
            links_of_bundle(seen, groups, (of, lit)).map(Joined::Several)
        }
        Some(
            PictureSubject::Mark(_) | PictureSubject::Region(_) | PictureSubject::Group { .. },
        ) => None,
        None => spot_at(at, (seen, camera), picture),
    }
}

/// The links that a bundle stands for.
pub(super) fn links_of_bundle(
    seen: Seen<'_>,
    groups: Option<&KeptGroups>,
    (of, lit): ([u32; 2], bool),
) -> Option<Vec<u32>> {
    let grouping: &Grouping = &groups?.groups;
    let highlight = seen.of.data.highlight.as_deref().filter(|_| lit);
    let links = seen.map.links_of_bundle(grouping, of, highlight.map(Highlight::lit_links));
    (!links.is_empty()).then_some(links)
}

/// What the spot of a table stands for.
fn spot_at(at: Point, (seen, camera): (Seen<'_>, Camera), picture: &Picture) -> Option<Joined> {
    picture.table.filter(|body| body.holds(at))?;
    let corner = |by: f32| camera.scene_from_screen(Point { x: at.x + by, y: at.y + by });
    let within = (corner(-SPOT_REACH), corner(SPOT_REACH));
    let links = seen.map.links_within(within, &seen.of.data.sight.marks);
    match links[..] {
        [] => None,
        [one] => ends_of(seen.map, one).map(Joined::Link),
        [..] => Some(Joined::Several(links)),
    }
}

fn ends_of(map: &Map, link: u32) -> Option<[Subject; 2]> {
    let link = map.links.get(link as usize)?;
    let subject = |mark: u32| map.marks.get(mark as usize).map(|own| own.subject);
    Some([subject(link.credential)?, subject(link.instance)?])
}

impl Joined {
    /// What it is about first: the credential of a link, or its service once the credential is selected.
    pub(super) fn subject(&self, model: &Model) -> Option<Subject> {
        match *self {
            Self::Link([credential, instance]) => {
                let is_selected = model.selected() == Some(credential);
                Some(if is_selected { instance } else { credential })
            }
            Self::Several(_) => None,
        }
    }

    /// What a click does: it steps along a link, or selects the credentials of several; `adds` keeps what is
    /// selected with them.
    pub(super) fn pressed(&self, (map, model): (&Map, &Model), adds: bool) -> Command {
        match self {
            &Self::Link([credential, instance]) => {
                let is_selected = model.selected() == Some(credential);
                let (from, to) =
                    if is_selected { (credential, instance) } else { (instance, credential) };
                Command::Go(GoCommand::Link { from, to })
            }
            Self::Several(links) => {
                let credentials = map.credentials_of(links);
                let mut all = if adds { model.selected_all().to_vec() } else { Vec::new() };
                let new = credentials.into_iter().filter(|own| !adds || !model.is_selected(*own));
                all.extend(new);
                Command::SelectAll(all)
            }
        }
    }
}

/// What a bundle or a spot is called; a link has words of its own.
pub(super) fn several_words(map: &Map, links: &[u32], between: Option<&str>) -> String {
    let credentials = counted(map.credentials_of(links).len(), "credential", "credentials");
    let links = counted(links.len(), "link", "links");
    let between = between.map_or_else(String::new, |own| format!(" between {own}"));
    format!("{links} of {credentials}{between}\nclick to select what joins them")
}

/// The two groups that a bundle joins, in words.
pub(super) fn groups_words(
    (map, answers): (&Map, &Answers),
    grouping: &Grouping,
    of: [u32; 2],
) -> String {
    let name = |group: u32| match grouping.groups.get(group as usize) {
        Some(own) => describe_group(map, own),
        None => grouping
            .mark_of(group)
            .and_then(|mark| map.marks.get(mark as usize))
            .map_or_else(String::new, |mark| answers.name(mark.subject)),
    };
    let [first, second] = of.map(name);
    format!("{first} and {second}")
}

/// The bundles of a picture, each once, those that are lit first, with what they are and what a click on one
/// does; and where each is.
pub(super) fn bundles(picture: &Picture) -> Vec<(PictureSubject, Point)> {
    let mut bundles: Vec<(bool, u32, PictureSubject, Point)> = Vec::new();
    for group in &picture.map.groups {
        let PictureSubject::Bundle { links, lit, .. } = group.subject else { continue };
        let shapes = picture.map.shapes.get(group.shapes.clone()).unwrap_or_default();
        let Some(middle) = shapes.iter().find_map(Shape::middle) else { continue };
        bundles.push((!lit, u32::MAX - links, group.subject, middle));
    }
    bundles.sort_by_key(|&(quiet, few, subject, _)| (quiet, few, subject));
    bundles.into_iter().map(|(_, _, subject, middle)| (subject, middle)).collect()
}
