//! How long the window's frames take while a large inventory is read, replaced, panned over, and
//! how soon a cancelled import has ended.
//!
//! `cargo bench --bench frames` reads 1 million rows; `cargo bench --bench frames -- 100000` as many
//! as are named. A frame is everything from its logic to its triangles, on one thread; painting is
//! the graphics card's.

#![expect(clippy::expect_used, reason = "a bench that cannot run should stop loudly")]

use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use keyreach::app::Offscreen;
use keyreach::inventory::Assumptions;

/// The pause between two frames, as a screen of 60 Hz makes it.
const BEAT: Duration = Duration::from_millis(16);

fn main() -> io::Result<()> {
    let rows = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("inventory.csv");
    let mut file = io::BufWriter::new(std::fs::File::create(&path)?);
    keyreach::cli::generate::write_inventory(rows, 1, &mut file)?;
    file.flush()?;
    drop(file);
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let mut window = Offscreen::new(&assumptions, (1280, 800));
    for _ in 0..5 {
        window.frame();
    }
    tell(&format!("{rows} rows"))?;
    window.open(vec![path.clone()]);
    report("while it is read", &while_reading(&mut window))?;
    report("from then on to the map", &until_done(&mut window))?;
    report("at rest", &frames(&mut window, 60, |_| {}))?;
    report("panning", &frames(&mut window, 60, |window| window.pan(7.0, 3.0)))?;
    report("zooming in", &frames(&mut window, 60, |window| window.zoom(1.05)))?;
    report("panning there", &frames(&mut window, 60, |window| window.pan(7.0, 3.0)))?;
    report("zooming out", &frames(&mut window, 60, |window| window.zoom(1.0 / 1.05)))?;
    report("pointing here and there", &pointing(&mut window))?;
    let settled = (0..200).take_while(|_| {
        window.frame();
        window.wants_frame()
    });
    tell(&format!("  at rest after {} frames", settled.count()))?;
    window.open(vec![path.clone()]);
    report("while the same is read again", &while_reading(&mut window))?;
    report("while it is compared", &until_done(&mut window))?;
    window.open(vec![path]);
    for _ in 0..6 {
        window.frame();
        std::thread::sleep(BEAT);
    }
    let start = Instant::now();
    window.cancel_import();
    report("after a cancelled import", &until_done(&mut window))?;
    tell(&format!("  ended after {:.0} ms", start.elapsed().as_secs_f64() * 1_000.0))
}

/// Draws as long as files are read.
fn while_reading(window: &mut Offscreen) -> Vec<Duration> {
    let mut taken = Vec::new();
    while window.is_importing() {
        taken.push(window.frame());
        std::thread::sleep(BEAT);
    }
    taken
}

/// Draws until no job runs any more, and the map a few times.
fn until_done(window: &mut Offscreen) -> Vec<Duration> {
    let mut taken = Vec::new();
    while window.is_busy() {
        taken.push(window.frame());
        std::thread::sleep(BEAT);
    }
    for _ in 0..10 {
        taken.push(window.frame());
    }
    taken
}

fn frames(window: &mut Offscreen, count: usize, before: impl Fn(&mut Offscreen)) -> Vec<Duration> {
    let frame = |_| {
        before(window);
        window.frame()
    };
    (0..count).map(frame).collect()
}

/// Draws while the pointer goes across the window.
fn pointing(window: &mut Offscreen) -> Vec<Duration> {
    let frame = |step: u8| {
        window.point_at(300.0 + 9.0 * f32::from(step), 250.0 + 3.0 * f32::from(step));
        window.frame()
    };
    (0..60).map(frame).collect()
}

fn report(what: &str, taken: &[Duration]) -> io::Result<()> {
    let mut sorted = taken.to_vec();
    sorted.sort_unstable();
    let ms = |at: usize| sorted.get(at).expect("some frame was drawn").as_secs_f64() * 1_000.0;
    let (last, middle) = (sorted.len() - 1, sorted.len() / 2);
    tell(&format!(
        "  {what:<44} {:>5} frames, median {:>6.1} ms, longest {:>6.1} ms",
        sorted.len(),
        ms(middle),
        ms(last)
    ))
}

fn tell(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}
