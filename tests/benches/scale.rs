//! Time and memory of every long step at growing sizes, beside a bare reading of the same bytes.
//!
//! `cargo bench` runs 10 thousand, 100 thousand and 1 million rows; `cargo bench -- 10000000` the
//! sizes that are named, `cargo bench -- import` the import alone. Each size runs in a process of its own, so that its peak is its own.
//! Times are medians; the machine's other work shows in single runs, so compare ratios.

#![expect(clippy::expect_used, reason = "a bench that cannot run should stop loudly")]

use std::collections::hash_map::Entry;
use std::hint::black_box;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use keyreach::analysis::{Answers, Counting, findings, reach_of_all, sharing_of_all};
use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Inventory, Progress};
use keyreach::layout::{Before, lay_out, lay_out_again, lay_out_draft};
use keyreach::scene::chart;

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];

fn main() -> io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let sizes: Vec<u64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let import_alone = words.iter().any(|word| word == "import");
    if let (Ok(_), [rows]) = (std::env::var("KEYREACH_BENCH_HERE"), sizes.as_slice()) {
        return measure(*rows, import_alone);
    }
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    for rows in sizes {
        let status = std::process::Command::new(std::env::current_exe()?)
            .arg(rows.to_string())
            .args(import_alone.then_some("import"))
            .env("KEYREACH_BENCH_HERE", "1")
            .status()?;
        if !status.success() {
            return Err(io::Error::other("a size could not be measured"));
        }
    }
    Ok(())
}

fn measure(rows: u64, import_alone: bool) -> io::Result<()> {
    let mut bytes = Vec::new();
    keyreach::cli::generate::write_inventory(rows, 1, &mut bytes)?;
    let times = if rows > 200_000 { 5 } else { 11 };
    tell(&format!("{rows} rows, {} MB", bytes.len() >> 20))?;
    let peer = median(times, || black_box(bare(&bytes)));
    line("csv bytes + ahash, nothing kept", peer)?;
    let before = peak();
    let taken = median_of(times, || bytes.clone(), |file| black_box(imported(file)));
    line("import", taken)?;
    let over = peak().saturating_sub(before).saturating_sub(bytes.len() as u64 >> 20);
    tell(&format!("    {:.2} times the bare reading, {over} MB over the file", taken / peer))?;
    tell(&format!("    {:.0} ms at most from cancelling to the end", slowest_stop(&bytes, taken)))?;
    if import_alone {
        return Ok(());
    }
    let inventory = Arc::new(imported(bytes));
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let build = || AccessGraph::build(inventory.clone(), &assumptions);
    line("access graph", median(times, || black_box(build())))?;
    let graph = build();
    answers(&graph, times)?;
    tell(&format!("    peak {} MB with all of it", peak()))
}

fn answers(graph: &AccessGraph, times: usize) -> io::Result<()> {
    line("sharing", median(times, || black_box(sharing_of_all(graph))))?;
    let sharing = sharing_of_all(graph);
    let reached = || reach_of_all(graph, Counting::All, &Progress::default()).unwrap_or_default();
    line("all blast radii, exact", median(times, || black_box(reached())))?;
    let reach = reached();
    line("findings", median(times, || black_box(findings(graph, &sharing, (&reach, &reach)))))?;
    let all = || Answers::compute(graph.clone(), &Progress::default());
    let answers = all().expect("nobody cancels");
    line("all answers but the plan", median(times, || black_box(all())))?;
    let chart = chart(&answers);
    let marks = chart.map.marks.len();
    let rough = || lay_out_draft(&chart.layout_input(), &Progress::default());
    line(&format!("rough map of {marks} marks"), median(3, || black_box(rough())))?;
    let layout = || lay_out(&chart.layout_input(), &Progress::default());
    line(&format!("layout of {marks} marks"), median(3, || black_box(layout())))?;
    let laid = layout().expect("nobody cancels");
    let places: Vec<_> = laid.positions.iter().copied().map(Some).collect();
    let before = Before { places: &places, regions: &laid.regions, sections: &laid.sections };
    let again = || lay_out_again(&chart.layout_input(), &before, &Progress::default());
    line("the same where nothing changed", median(3, || black_box(again())))
}

/// Credentials, instances and mappings as integers, and nothing else: the floor to compare with.
fn bare(bytes: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut credentials: ahash::AHashMap<Box<[u8]>, u32> = ahash::AHashMap::default();
    let mut instances: ahash::AHashMap<Box<[u8]>, u32> = ahash::AHashMap::default();
    let mut edges = Vec::new();
    let mut record = csv::ByteRecord::new();
    let mut name = Vec::new();
    while reader.read_byte_record(&mut record).expect("the generator writes good CSV") {
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let credential = number(&mut credentials, cell(1));
        name.clear();
        name.extend_from_slice(cell(3));
        name.push(0);
        name.extend_from_slice(cell(4));
        let instance = number(&mut instances, &name);
        edges.push((credential, instance, cell(5) == b"grants"));
    }
    edges.len()
}

fn number(known: &mut ahash::AHashMap<Box<[u8]>, u32>, name: &[u8]) -> u32 {
    if let Some(&number) = known.get(name) {
        return number;
    }
    let next = known.len() as u32;
    match known.entry(name.into()) {
        Entry::Occupied(entry) => *entry.get(),
        Entry::Vacant(entry) => *entry.insert(next),
    }
}

fn imported(bytes: Vec<u8>) -> Inventory {
    let files = vec![FileBytes::new("bench.csv", bytes)];
    let key = FingerprintKey::from_bytes([7; 32]);
    import(files, &key, &ImportSettings::default(), &Progress::default()).expect("good CSV")
}

/// The longest wait, in milliseconds, of imports that are cancelled at moments spread over the time
/// that one takes.
fn slowest_stop(bytes: &[u8], taken: f64) -> f64 {
    let mut longest = 0.0_f64;
    for tenth in 1..10 {
        let progress = Progress::default();
        let other = progress.clone();
        let moment = Duration::from_secs_f64(taken * f64::from(tenth) / 10.0);
        let files = vec![FileBytes::new("bench.csv", bytes.to_vec())];
        let key = FingerprintKey::from_bytes([7; 32]);
        let waiting = std::thread::spawn(move || {
            std::thread::sleep(moment);
            other.cancel();
            Instant::now()
        });
        let ended = import(files, &key, &ImportSettings::default(), &progress);
        let end = Instant::now();
        if let (Err(_), Ok(asked)) = (ended, waiting.join()) {
            longest = longest.max(end.saturating_duration_since(asked).as_secs_f64() * 1_000.0);
        }
    }
    longest
}

/// The median of several runs, in seconds.
fn median<T>(times: usize, mut run: impl FnMut() -> T) -> f64 {
    median_of(times, || (), |()| run())
}

/// The median of several runs, each on something made anew outside of the time that counts.
fn median_of<S, T>(
    times: usize,
    mut prepare: impl FnMut() -> S,
    mut run: impl FnMut(S) -> T,
) -> f64 {
    let mut seconds: Vec<f64> = (0..times)
        .map(|_| {
            let input = prepare();
            let start = Instant::now();
            let answer = run(input);
            let taken = start.elapsed().as_secs_f64();
            drop(answer);
            taken
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds.get(times / 2).copied().unwrap_or_default()
}

fn line(what: &str, seconds: f64) -> io::Result<()> {
    tell(&format!("  {what:36} {:10.1} ms", seconds * 1_000.0))
}

fn tell(text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{text}")
}

/// The most memory that this process has held so far, in MB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) >> 10
}
