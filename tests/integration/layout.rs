//! The layout's promises: same bits, nothing overlaps, everything inside its region.

use std::collections::HashMap;

use keyreach::inventory::Progress;
use keyreach::layout::{
    Before, Layout, LayoutInput, LayoutNode, LayoutRegion, LayoutSection, Point, RegionShape,
    SectionPlace, SectionShape, USUAL_ASPECT, lay_out, lay_out_again, lay_out_draft, lay_out_graph,
};

#[derive(Default)]
struct Picture {
    nodes: Vec<LayoutNode>,
    edges: Vec<(u32, u32)>,
    regions: Vec<LayoutRegion>,
    sections: Vec<LayoutSection>,
}

impl Picture {
    fn node(&mut self, radius: f32, region: Option<u16>) -> u32 {
        self.nodes.push(LayoutNode { radius, region, ..LayoutNode::default() });
        self.nodes.len() as u32 - 1
    }

    fn laid_out(&self) -> Layout {
        let input = LayoutInput {
            nodes: &self.nodes,
            edges: &self.edges,
            regions: &self.regions,
            sections: &self.sections,
            seed: 7,
            aspect: USUAL_ASPECT,
        };
        lay_out(&input, &Progress::default()).unwrap()
    }
}

/// Instances and credentials of `regions` environments, linked by a fixed arithmetic rule.
fn story(regions: u16, instances: u32) -> Picture {
    let mut picture = Picture::default();
    let mut state = 12_345_u32;
    let mut below = |end: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % end
    };
    for region in 0..regions {
        picture.regions.push(LayoutRegion { column: u32::from(region) });
        let first = picture.nodes.len() as u32;
        for at in 0..instances {
            picture.node(14.0 + (at % 11) as f32, Some(region));
        }
        for _ in 0..instances / 3 {
            let shared = picture.node(6.0 + below(16) as f32, Some(region));
            for _ in 0..=below(4) {
                picture.edges.push((first + below(instances / 2), shared));
            }
        }
        for _ in 0..instances / 2 {
            let own = picture.node(6.0 + below(8) as f32, Some(region));
            picture.edges.push((first + below(instances * 3 / 4), own));
        }
    }
    let each = picture.nodes.len() as u32;
    for _ in 0..=instances / 20 {
        let wide = picture.node(18.0, None);
        for _ in 0..3 {
            let mut to = below(each);
            while picture.edges.iter().any(|edge| edge.1 == to) {
                to = below(each);
            }
            picture.edges.push((to, wide));
        }
    }
    picture
}

fn inside(outline: &[Point], at: Point, radius: f32) -> bool {
    (0..outline.len()).all(|k| {
        let (a, b) = (outline[k], outline[(k + 1) % outline.len()]);
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let cross = dx * (at.y - a.y) - dy * (at.x - a.x);
        cross >= radius * dx.hypot(dy) - 0.01
    })
}

fn assert_sound(picture: &Picture, layout: &Layout) {
    assert_eq!(layout.positions.len(), picture.nodes.len());
    assert_eq!(layout.regions.len(), picture.regions.len());
    for (region, shape) in (0..).zip(&layout.regions) {
        let is_marked = picture.nodes.iter().any(|node| node.region == Some(region));
        assert_eq!(shape.outline.is_empty(), !is_marked, "region {region}");
    }
    let mut cells: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    for (node, p) in layout.positions.iter().enumerate() {
        assert!(p.x.is_finite() && p.y.is_finite(), "{node} {p:?}");
        let (column, row) = ((p.x / 64.0).floor() as i32, (p.y / 64.0).floor() as i32);
        for near in (column - 1..=column + 1).flat_map(|c| (row - 1..=row + 1).map(move |r| (c, r)))
        {
            for &other in cells.get(&near).into_iter().flatten() {
                let q = layout.positions[other];
                let want = picture.nodes[node].radius + picture.nodes[other].radius;
                assert!((p.x - q.x).hypot(p.y - q.y) >= want - 0.01, "{node} {other} {p:?} {q:?}");
            }
        }
        cells.entry((column, row)).or_default().push(node);
        for (region, shape) in layout.regions.iter().enumerate() {
            let radius = picture.nodes[node].radius;
            if picture.nodes[node].region == Some(region as u16) {
                assert!(inside(&shape.outline, *p, radius), "{node} is outside of {region}");
            } else if !shape.outline.is_empty() {
                assert!(!inside(&shape.outline, *p, -radius), "{node} is inside of {region}");
            }
        }
    }
    for shape in layout.regions.iter().filter(|shape| !shape.outline.is_empty()) {
        assert!(inside(&shape.outline, shape.label_at, 8.0));
        for other in layout.regions.iter().filter(|other| *other != shape) {
            assert!(!other.outline.iter().any(|&p| inside(&shape.outline, p, 0.0)));
        }
    }
}

#[test]
fn equal_input_gives_equal_bits() {
    let picture = story(4, 120);
    assert_eq!(picture.laid_out(), picture.laid_out());
}

#[test]
fn marks_stay_apart_and_in_their_regions_and_floaters_outside() {
    for (regions, instances) in [(1, 4), (2, 30), (4, 60), (6, 300)] {
        let picture = story(regions, instances);
        assert_sound(&picture, &picture.laid_out());
    }
}

#[test]
fn regions_stand_from_left_to_right_by_column() {
    let mut picture = Picture::default();
    for column in [3, 0, 2, 0] {
        picture.regions.push(LayoutRegion { column });
        let region = picture.regions.len() as u16 - 1;
        picture.node(20.0, Some(region));
    }
    let layout = picture.laid_out();
    let x = |at: usize| layout.positions[at].x;
    assert!(x(1) < x(2) && x(2) < x(0) && (x(1) - x(3)).abs() < 0.01);
    assert_sound(&picture, &layout);
}

#[test]
fn a_star_of_twenty_thousand_leaves_is_laid_out_either_way_round() {
    for instance_in_the_middle in [true, false] {
        let mut picture = Picture::default();
        picture.regions.push(LayoutRegion { column: 0 });
        let hub = picture.node(22.0, Some(0));
        for _ in 0..20_000 {
            let leaf = picture.node(10.0, Some(0));
            picture.edges.push(if instance_in_the_middle { (hub, leaf) } else { (leaf, hub) });
        }
        assert_sound(&picture, &picture.laid_out());
    }
}

#[test]
fn nothing_at_all_and_regions_without_marks_are_fine() {
    assert_eq!(Picture::default().laid_out(), Layout::default());
    let mut picture = Picture::default();
    picture.regions.resize(3, LayoutRegion { column: 1 });
    let layout = picture.laid_out();
    assert!(layout.positions.is_empty() && layout.regions.iter().all(|r| r.outline.is_empty()));
    picture.node(20.0, Some(1));
    assert_sound(&picture, &picture.laid_out());
}

#[test]
fn unlinked_marks_stand_in_rows() {
    let mut picture = Picture::default();
    picture.regions.push(LayoutRegion { column: 0 });
    for _ in 0..40 {
        picture.node(16.0, Some(0));
    }
    let layout = picture.laid_out();
    assert_sound(&picture, &layout);
    let mut rows: Vec<u32> = layout.positions.iter().map(|p| p.y.to_bits()).collect();
    rows.sort_unstable();
    rows.dedup();
    assert!((2..=10).contains(&rows.len()), "{}", rows.len());
}

#[test]
fn floaters_without_any_region_and_odd_input_do_no_harm() {
    let mut picture = Picture::default();
    for _ in 0..100 {
        picture.node(12.0, None);
    }
    picture.node(f32::NAN, Some(9));
    picture.edges = vec![(0, 1), (0, 1), (5, 5), (3, 4_000), (7, 8), (8, 7)];
    let layout = picture.laid_out();
    assert_eq!(layout.positions.len(), picture.nodes.len());
    assert!(layout.positions.iter().all(|p| p.x.is_finite() && p.y.is_finite()));
    for (at, p) in layout.positions[..100].iter().enumerate() {
        let apart = |q: &Point| (p.x - q.x).hypot(p.y - q.y) >= 24.0 - 0.01;
        assert!(layout.positions[..at].iter().all(apart), "{at} lies on another");
    }
}

#[test]
fn a_pinned_mark_stands_where_it_was_put() {
    let mut picture = story(2, 20);
    let pin = Point { x: -500.0, y: 40.0 };
    picture.nodes[3].pinned = Some(pin);
    assert_eq!(picture.laid_out().positions[3], pin);
}

#[test]
fn a_cancelled_layout_is_none() {
    let picture = story(2, 40);
    let progress = Progress::default();
    progress.cancel();
    let input = LayoutInput {
        nodes: &picture.nodes,
        edges: &picture.edges,
        regions: &picture.regions,
        sections: &picture.sections,
        seed: 1,
        aspect: USUAL_ASPECT,
    };
    assert_eq!(lay_out(&input, &progress), None);
}

/// Where everything stood in a picture, as a later layout is told.
fn before(layout: &Layout) -> Vec<Option<Point>> {
    layout.positions.iter().copied().map(Some).collect()
}

fn laid_out_again(picture: &Picture, places: &[Option<Point>], shapes: &[RegionShape]) -> Layout {
    let input = LayoutInput {
        nodes: &picture.nodes,
        edges: &picture.edges,
        regions: &picture.regions,
        sections: &picture.sections,
        seed: 7,
        aspect: USUAL_ASPECT,
    };
    let before = Before { places, regions: shapes, sections: &[] };
    lay_out_again(&input, &before, &Progress::default()).expect("most of it was there")
}

#[test]
fn a_picture_in_which_nothing_changed_stays_exactly_as_it_is() {
    for (regions, instances) in [(1, 4), (2, 30), (4, 120)] {
        let picture = story(regions, instances);
        let first = picture.laid_out();
        assert_eq!(laid_out_again(&picture, &before(&first), &first.regions), first);
    }
}

#[test]
fn what_is_new_finds_a_free_place_and_the_rest_stays_where_it_was() {
    let mut picture = story(3, 60);
    let first = picture.laid_out();
    let mut places = before(&first);
    // Three credentials at a busy instance, one between regions, an instance, and a mark without links.
    for _ in 0..3 {
        let new = picture.node(9.0, Some(0));
        picture.edges.push((0, new));
    }
    let wide = picture.node(12.0, None);
    picture.edges.extend([(1, wide), (picture.edges[picture.edges.len() / 2].0, wide)]);
    let instance = picture.node(16.0, Some(1));
    let key = (0..picture.nodes.len() as u32 - 5)
        .find(|&node| {
            let is_key = picture.edges.iter().any(|edge| edge.1 == node);
            is_key && picture.nodes[node as usize].region == Some(1)
        })
        .unwrap();
    picture.edges.push((instance, key));
    picture.node(8.0, Some(2));
    places.resize(picture.nodes.len(), None);
    let second = laid_out_again(&picture, &places, &first.regions);
    assert_sound(&picture, &second);
    assert_eq!(second.positions[..first.positions.len()], first.positions[..]);
    assert_eq!(second.regions, first.regions);
    let far = |a: usize, b: usize| {
        let (p, q) = (second.positions[a], second.positions[b]);
        (p.x - q.x).hypot(p.y - q.y)
    };
    let wide = second.regions[0].outline.iter().map(|p| p.x).fold(f32::MIN, f32::max)
        - second.regions[0].outline.iter().map(|p| p.x).fold(f32::MAX, f32::min);
    assert!(far(0, first.positions.len()) < 0.5 * wide, "a new credential stands at its instance");
}

#[test]
fn what_is_gone_leaves_the_rest_where_it_was() {
    let picture = story(3, 60);
    let first = picture.laid_out();
    // Every fifth mark is gone, with its links.
    let kept: Vec<usize> = (0..picture.nodes.len()).filter(|node| node % 5 != 2).collect();
    let place = |node: u32| kept.iter().position(|&kept| kept == node as usize);
    let both = |&(a, b): &(u32, u32)| Some((place(a)? as u32, place(b)? as u32));
    let fewer = Picture {
        nodes: kept.iter().map(|&node| picture.nodes[node].clone()).collect(),
        edges: picture.edges.iter().filter_map(both).collect(),
        regions: picture.regions.clone(),
        sections: picture.sections.clone(),
    };
    let places: Vec<Option<Point>> = kept.iter().map(|&node| Some(first.positions[node])).collect();
    let second = laid_out_again(&fewer, &places, &first.regions);
    assert_sound(&fewer, &second);
    for (node, at) in kept.iter().zip(&second.positions) {
        assert_eq!(first.positions[*node], *at);
    }
}

#[test]
fn where_most_is_new_or_a_region_is_there_is_no_picture_to_keep() {
    let picture = story(2, 30);
    let first = picture.laid_out();
    let keep = |picture: &Picture, places: &[Option<Point>], shapes: &[RegionShape]| {
        let (nodes, edges, regions) = (&picture.nodes, &picture.edges, &picture.regions);
        let sections = &picture.sections;
        let input = LayoutInput { nodes, edges, regions, sections, seed: 7, aspect: USUAL_ASPECT };
        let before = Before { places, regions: shapes, sections: &[] };
        lay_out_again(&input, &before, &Progress::default())
    };
    let mut places = before(&first);
    let half = places.len() / 2;
    places[..half].fill(None);
    assert_eq!(keep(&picture, &places, &first.regions), None);
    assert_eq!(keep(&picture, &before(&first), &first.regions[..1]), None);
    assert_eq!(keep(&picture, &[], &[]), None);
    // Places that cannot be are no places.
    let odd = vec![Some(Point { x: f32::NAN, y: 0.0 }); picture.nodes.len()];
    assert_eq!(keep(&picture, &odd, &first.regions), None);
    let same = vec![Some(first.positions[0]); picture.nodes.len()];
    assert_eq!(keep(&picture, &same, &first.regions), None);
}

#[test]
fn a_pinned_mark_of_a_kept_picture_stands_where_it_was_put() {
    let mut picture = story(2, 20);
    let first = picture.laid_out();
    let pin = Point { x: -500.0, y: 40.0 };
    picture.nodes[3].pinned = Some(pin);
    assert_eq!(laid_out_again(&picture, &before(&first), &first.regions).positions[3], pin);
}

#[test]
fn a_draft_has_its_regions_and_every_mark_in_its_own() {
    let picture = story(3, 200);
    let input = LayoutInput {
        nodes: &picture.nodes,
        edges: &picture.edges,
        regions: &picture.regions,
        sections: &picture.sections,
        seed: 7,
        aspect: USUAL_ASPECT,
    };
    let layout = lay_out_draft(&input, &Progress::default()).unwrap();
    for (node, p) in picture.nodes.iter().zip(&layout.positions) {
        assert!(p.x.is_finite() && p.y.is_finite());
        if let Some(region) = node.region {
            assert!(inside(&layout.regions[usize::from(region)].outline, *p, node.radius));
        }
    }
}

/// The same picture with the marks of each region in sections of unequal size, the last three of which lie in
/// a fourth, which has no marks of its own.
fn in_sections(mut picture: Picture) -> Picture {
    const EACH: u32 = 8;
    for region in 0..picture.regions.len() as u16 {
        let first = picture.sections.len() as u32;
        let outer = first + EACH - 4;
        for at in first..first + EACH {
            let within = (at > outer).then_some(outer);
            picture.sections.push(LayoutSection { place: SectionPlace::Region(region), within });
        }
    }
    for (at, node) in picture.nodes.iter_mut().enumerate() {
        let own = [0, 0, 0, 1, 1, 2, 3, 5, 6, 7][at % 10];
        node.section = node.region.map(|region| u32::from(region) * EACH + own);
    }
    // Two in each gap, and two in another one.
    let first = picture.sections.len() as u32;
    let gaps = (picture.regions.len() as u32).saturating_sub(1).max(1);
    for gap in 0..gaps {
        for within in [None, None, None, Some(2), Some(2)] {
            let within = within.map(|outer| first + gap * 5 + outer);
            picture.sections.push(LayoutSection { place: SectionPlace::Gap(gap), within });
        }
    }
    let floaters = picture.nodes.iter_mut().filter(|node| node.region.is_none());
    for (at, node) in (0_u32..).zip(floaters) {
        let own = [0, 0, 1, 3, 4][at as usize % 5];
        node.section = Some(first + at % gaps * 5 + own);
    }
    picture
}

fn holds(outer: &SectionShape, inner: &SectionShape) -> bool {
    let corners = outer.corners();
    inner.corners().iter().all(|corner| inside(&corners, *corner, 0.0))
}

fn assert_in_sections(picture: &Picture, layout: &Layout) {
    for (node, p) in picture.nodes.iter().zip(&layout.positions) {
        let Some(section) = node.section else { continue };
        let shape = layout.sections[section as usize];
        assert!(inside(&shape.corners(), *p, node.radius), "{p:?} is outside of {shape:?}");
    }
    let boxes = || picture.sections.iter().zip(&layout.sections).filter(|(_, own)| !own.is_empty());
    for (at, (section, shape)) in boxes().enumerate() {
        for corner in shape.corners() {
            let is_inside = |own: &RegionShape| inside(&own.outline, corner, 0.0);
            match section.place {
                SectionPlace::Region(at) => {
                    let region = &layout.regions[usize::from(at)];
                    assert!(is_inside(region), "{shape:?} is outside of its region");
                }
                SectionPlace::Gap(_) => {
                    let mut regions = layout.regions.iter().filter(|own| !own.outline.is_empty());
                    assert!(!regions.any(is_inside), "{shape:?} is in a region");
                }
            }
        }
        if let Some(outer) = section.within {
            assert!(holds(&layout.sections[outer as usize], shape));
        }
        for (other, own) in boxes().take(at).filter(|(own, _)| own.within == section.within) {
            let beside = own.high.x <= shape.low.x || shape.high.x <= own.low.x;
            let above = own.high.y <= shape.low.y || shape.high.y <= own.low.y;
            assert!(beside || above, "{other:?} {own:?} lies on {section:?} {shape:?}");
        }
    }
}

#[test]
fn marks_lie_in_the_boxes_of_their_sections_and_no_box_lies_on_another() {
    for (regions, instances) in [(1, 4), (2, 30), (4, 60), (5, 200)] {
        let picture = in_sections(story(regions, instances));
        let layout = picture.laid_out();
        assert_sound(&picture, &layout);
        assert_in_sections(&picture, &layout);
        assert_eq!(picture.laid_out(), layout);
    }
}

#[test]
fn what_is_new_in_a_section_finds_a_place_in_its_box() {
    let mut picture = in_sections(story(3, 60));
    let first = picture.laid_out();
    let mut places = before(&first);
    let between = picture.nodes.iter().rfind(|node| node.region.is_none());
    let between = between.and_then(|node| node.section).expect("something lies between regions");
    for section in [1, 6, 12, between] {
        let region = match picture.sections[section as usize].place {
            SectionPlace::Region(at) => Some(at),
            SectionPlace::Gap(_) => None,
        };
        let node = LayoutNode { radius: 9.0, region, section: Some(section), pinned: None };
        picture.nodes.push(node);
        places.push(None);
    }
    let input = LayoutInput {
        nodes: &picture.nodes,
        edges: &picture.edges,
        regions: &picture.regions,
        sections: &picture.sections,
        seed: 7,
        aspect: USUAL_ASPECT,
    };
    let again = |sections: &[SectionShape]| {
        let before = Before { places: &places, regions: &first.regions, sections };
        lay_out_again(&input, &before, &Progress::default())
    };
    let second = again(&first.sections).unwrap();
    assert_sound(&picture, &second);
    assert_in_sections(&picture, &second);
    assert_eq!(second.positions[..first.positions.len()], first.positions);
    assert_eq!(again(&first.sections[..1]), None, "a section that is new has no box");
}

#[test]
fn a_section_of_another_region_and_one_within_itself_do_no_harm() {
    let mut picture = in_sections(story(2, 20));
    picture.sections[0].within = Some(0);
    picture.sections[1].within = Some(9);
    picture.nodes[0].section = Some(9);
    picture.nodes[1].section = Some(4_000);
    assert_sound(&picture, &picture.laid_out());
}

/// Some graph: `count` nodes, and edges by a fixed arithmetic rule.
fn edges_of(count: u32, each: u32) -> Vec<(u32, u32)> {
    let mut state = 99_u32;
    let mut below = |end: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % end
    };
    (0..count * each).map(|at| (at % count, below(count / 3 + 1))).collect()
}

#[test]
fn a_graph_has_the_same_places_on_any_number_of_threads_and_others_by_another_seed() {
    let edges = edges_of(6_000, 2);
    let on = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| lay_out_graph(6_000, &edges, seed, &Progress::default()).unwrap())
    };
    let one = on(1, 5);
    assert!(on(2, 5) == one && on(7, 5) == one);
    assert!(on(2, 6) != one);
}

#[test]
fn odd_graphs_have_finite_places() {
    let star: Vec<(u32, u32)> = (1..100_000).map(|leaf| (0, leaf)).collect();
    let path: Vec<(u32, u32)> = (1..20_000).map(|at| (at - 1, at)).collect();
    let repeated = vec![(0, 1); 5_000];
    let pairs: Vec<(u32, u32)> = (0..2_000).map(|at| (2 * at, 2 * at + 1)).collect();
    let full: Vec<(u32, u32)> = (0..60).flat_map(|a| (0..60).map(move |b| (a, b))).collect();
    for (count, edges) in [
        (100_000, star),
        (20_000, path),
        (2, repeated),
        (4_001, pairs),
        (60, full),
        (3_000, Vec::new()),
        (1, vec![(0, 0), (0, 7)]),
        (0, Vec::new()),
    ] {
        let at = lay_out_graph(count, &edges, 1, &Progress::default()).unwrap();
        assert_eq!(at.len(), count);
        assert!(at.iter().all(|p| p.x.is_finite() && p.y.is_finite()), "{count}");
        let mut places: Vec<(u32, u32)> =
            at.iter().map(|p| (p.x.to_bits(), p.y.to_bits())).collect();
        places.sort_unstable();
        places.dedup();
        assert!(places.len() * 10 >= count * 9, "{} places of {count}", places.len());
    }
}

#[test]
fn a_cancelled_graph_is_none() {
    let progress = Progress::default();
    progress.cancel();
    assert_eq!(lay_out_graph(300, &edges_of(300, 2), 1, &progress), None);
}

#[test]
fn the_whole_has_about_the_shape_of_its_pane() {
    let picture = story(5, 60);
    for aspect in [1.2, 1.8, 2.25, 3.0_f32] {
        let input = LayoutInput {
            nodes: &picture.nodes,
            edges: &picture.edges,
            regions: &picture.regions,
            sections: &picture.sections,
            seed: 7,
            aspect,
        };
        let layout = lay_out(&input, &Progress::default()).unwrap();
        let corners = || layout.regions.iter().flat_map(|region| &region.outline);
        let side = |of: fn(&Point) -> f32| {
            let low = corners().map(of).fold(f32::INFINITY, f32::min);
            corners().map(of).fold(f32::NEG_INFINITY, f32::max) - low
        };
        let shape = side(|at| at.x) / side(|at| at.y);
        assert!((0.8..=1.25).contains(&(shape / aspect)), "{shape} for {aspect}");
    }
}
