//! What each view takes to be laid out and drawn, how often links cross in lanes, and how far apart what
//! belongs together lies in the tables: as it comes, in a simple order, and in the best.
//!
//! `cargo bench --bench views` looks at an invented inventory of 20,000 rows; `-- FILE…` at others.

#![expect(clippy::expect_used, reason = "a bench that cannot run should stop loudly")]

use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::Instant;

use keyreach::analysis::{Answers, Counting, Starts, blast_radius};
use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Progress};
use keyreach::layout::{OrderEffort, Point};
use keyreach::scene::{
    Area, Camera, FontMetrics, LIGHT, Map, Spread, View, chart, draw, fitted_camera, lanes, matrix,
    spread, strands,
};

const EFFORTS: [(OrderEffort, &str); 3] = [
    (OrderEffort::Given, "as it comes"),
    (OrderEffort::Simple, "simple"),
    (OrderEffort::Full, "best"),
];

fn main() -> io::Result<()> {
    let files: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if files.is_empty() {
        let mut bytes = Vec::new();
        keyreach::cli::generate::write_inventory(20_000, 1, &mut bytes)?;
        return measure("20,000 invented rows", bytes);
    }
    for file in &files {
        measure(file, std::fs::read(file)?)?;
    }
    Ok(())
}

fn measure(name: &str, bytes: Vec<u8>) -> io::Result<()> {
    let progress = Progress::default();
    let key = FingerprintKey::from_bytes([7; 32]);
    let files = vec![FileBytes::new("rows.csv", bytes)];
    let inventory =
        import(files, &key, &ImportSettings::default(), &progress).expect("the rows are read");
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let graph = AccessGraph::build(Arc::new(inventory), &assumptions);
    let answers = Answers::compute(graph, &progress).expect("nothing cancels");
    let (chart, took) = timed(|| chart(&answers));
    tell(&format!("{name}: {} marks, {} links", chart.map.marks.len(), chart.map.links.len()))?;
    tell(&format!("  chart {took:.0} ms"))?;
    for (effort, word) in EFFORTS {
        let (laid, took) = timed(|| lanes(&chart, effort, &progress).expect("nothing cancels"));
        tell(&format!("  lanes, {word}: {took:.0} ms, {} crossings", laid.1))?;
        told_drawing(&answers, &laid.0)?;
        for (view, lay_out) in [("matrix", matrix as LayOut), ("strands", strands as LayOut)] {
            let (laid, took) =
                timed(|| lay_out(&chart, effort, &progress).expect("nothing cancels"));
            tell(&format!("  {view}, {word}: {took:.0} ms, {} places from end to end", laid.1))?;
            told_drawing(&answers, &laid.0)?;
        }
    }
    if let Some(&start) = answers.farthest_reaching().first() {
        let starts = Starts { credentials: vec![start], instances: Vec::new() };
        let radius = blast_radius(&answers.graph, &starts, Counting::All);
        let reached = radius.reached.len();
        let of = Spread::Reaches(starts, radius);
        let laid = timed(|| spread(&chart, &answers.graph, &of, &progress));
        tell(&format!("  spread over {reached} services: {:.0} ms", laid.1))?;
        told_drawing(&answers, &laid.0.expect("nothing cancels"))?;
    }
    Ok(())
}

type LayOut = fn(&keyreach::scene::Chart, OrderEffort, &Progress) -> Option<(Map, u64)>;

/// What the first picture takes, in a pane of usual size.
fn told_drawing(answers: &Answers, map: &Map) -> io::Result<()> {
    let viewport = Area { left: 0.0, top: 0.0, width: 1000.0, height: 700.0 };
    let anywhere = Camera { centre: Point::default(), zoom: 1.0, viewport };
    let fonts = FontMetrics::default();
    let view = View {
        map,
        graph: &answers.graph,
        camera: anywhere,
        theme: &LIGHT,
        visible: &[],
        in_regions: &[],
        highlight: None,
        changes: None,
        selected: &[],
        compromised: &[],
        hovered: None,
        most_links: 2_000,
        disputed: keyreach::analysis::Disputed::default(),
        names_before: None,
        grouping: None,
        routes: None,
        margin: 0.0,
        reserved: None,
        focused: false,
    };
    let camera = fitted_camera(map.extent(), &view, &fonts);
    let (picture, took) = timed(|| draw(&View { camera, ..view }, &fonts));
    let whole = Camera::fit(map.extent(), viewport, 20.0);
    let (far, took_far) = timed(|| draw(&View { camera: whole, ..view }, &fonts));
    let (near, far) = (picture.map.shapes.len(), far.map.shapes.len());
    tell(&format!("    drawn in {took:.1} ms ({near} shapes); whole {took_far:.1} ms ({far})"))
}

/// What something gives, and how many milliseconds it takes.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64() * 1000.0)
}

fn tell(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}
