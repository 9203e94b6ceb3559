//! The picture of a report: the whole map, with the first of the shortest paths lit.

use std::io::Write as _;

use super::svg::write_svg;
use crate::analysis::{Answers, Assessment, Disputed};
use crate::graph::AccessGraph;
use crate::inventory::Progress;
use crate::layout::{Point, lay_out};
use crate::scene::{
    Area, Camera, DARK, FontMetrics, Highlight, LIGHT, MOST_LINKS, PageSize, Picture, Theme, View,
    chart, fitted_camera, page,
};

/// How large it is, in pixels.
const AREA: Area = Area { left: 0.0, top: 0.0, width: 1200.0, height: 750.0 };

/// The picture of a report, in light for paper and in both for the reader's choice.
#[derive(Clone, Debug)]
pub struct ReportPicture {
    /// On a light ground.
    pub light: Picture,
    /// On a dark one.
    pub dark: Picture,
}

/// The picture of a report as two of SVG, to stand within a page whose style shows one of them. Every id in
/// them has a beginning of its own, so that none meets another one of the page.
pub fn report_picture_svg(picture: &ReportPicture, graph: &AccessGraph) -> Option<String> {
    let mut svg = Vec::new();
    for (name, own) in [("light", &picture.light), ("dark", &picture.dark)] {
        writeln!(svg, "<div class=\"{name}\">").ok()?;
        write_svg(own, graph, &format!("map-{name}-"), &mut svg).ok()?;
        writeln!(svg, "</div>").ok()?;
    }
    String::from_utf8(svg).ok()
}

/// The picture; `None` where there is nothing to draw. Costs as much as laying out the map.
pub fn report_picture(
    answers: &Answers,
    assessment: &Assessment,
    disputed: Disputed<'_>,
) -> Option<ReportPicture> {
    let chart = chart(answers);
    let layout = lay_out(&chart.layout_input(), &Progress::default())?;
    let map = chart.map.placed(&layout);
    if map.marks.is_empty() {
        return None;
    }
    let visible = vec![true; map.marks.len()];
    let in_regions: Vec<usize> = map.regions.iter().map(|region| region.instances).collect();
    let lit = assessment.paths.get(..1).map(|paths| Highlight::of_paths(&map, paths));
    let title = match lit {
        Some(_) => "The whole map, with a shortest way from an entry point to a crown jewel lit",
        None => "The whole map",
    };
    let fonts = FontMetrics::default();
    let drawn = |theme: &Theme| {
        let view = |camera: Camera| View {
            map: &map,
            graph: &answers.graph,
            camera,
            theme,
            visible: &visible,
            in_regions: &in_regions,
            highlight: lit.as_ref(),
            changes: None,
            selected: &[],
            compromised: &[],
            hovered: None,
            most_links: MOST_LINKS,
            grouping: None,
            routes: None,
            margin: 0.0,
            reserved: None,
            names_before: None,
            disputed,
            focused: false,
        };
        let fitted = |viewport: Area| {
            let anywhere = Camera { centre: Point::default(), zoom: 1.0, viewport };
            view(fitted_camera(map.extent(), &view(anywhere), &fonts))
        };
        page((title, None), PageSize::Whole(AREA), fitted, &fonts)
    };
    let (light, dark) = rayon::join(|| drawn(&LIGHT), || drawn(&DARK));
    Some(ReportPicture { light, dark })
}
