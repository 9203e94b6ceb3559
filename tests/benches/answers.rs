//! Time of every answer between entry points and crown jewels at growing sizes, beside petgraph's
//! where it has the same algorithm.
//!
//! `cargo bench --bench answers` runs 10 thousand, 100 thousand and 1 million rows;
//! `cargo bench --bench answers -- 10000000` the sizes that are named, and inventories of another
//! generator that are named by their files; with `people` only who reaches, what to rotate and who
//! owns. Times are medians; the machine's other work shows in single runs, so compare ratios.

#![expect(clippy::expect_used, reason = "a bench that cannot run should stop loudly")]

use std::hint::black_box;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::Instant;

use keyreach::analysis::{
    Answers, Costs, Counting, Cut, Ends, Fix, FixKind, Movement, PLAN_BUDGET, PlanQuestion, Starts,
    Subject, WhatIfBasis, assess, choke_points, coverage, ends, exposure, findings, minimum_cut,
    owners, paths_between, plan, plan_further, reach_of_all, reached_by, reached_by_of_all,
    rotation, sharing_of_all, shortest_paths, what_if,
};
use keyreach::export::{Answered, write_report};
use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Progress};
use petgraph::algo::{articulation_points, dinics, dominators};
use petgraph::graph::{DiGraph, NodeIndex, UnGraph};

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];

fn main() -> io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let people_alone = words.iter().any(|word| word == "people");
    let sizes: Vec<u64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let files: Vec<&String> =
        words.iter().filter(|word| std::path::Path::new(word).is_file()).collect();
    for file in &files {
        measure(file, std::fs::read(file)?, people_alone)?;
    }
    for rows in if sizes.is_empty() && files.is_empty() { SIZES.to_vec() } else { sizes } {
        let mut bytes = Vec::new();
        keyreach::cli::generate::write_inventory(rows, 1, &mut bytes)?;
        measure(&format!("{rows} rows"), bytes, people_alone)?;
    }
    Ok(())
}

fn measure(what: &str, bytes: Vec<u8>, people_alone: bool) -> io::Result<()> {
    let key = FingerprintKey::from_bytes([7; 32]);
    let files = vec![FileBytes::new("bench.csv", bytes)];
    let settings = ImportSettings::default();
    let inventory = import(files, &key, &settings, &Progress::default()).expect("good CSV");
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let graph = AccessGraph::build(Arc::new(inventory), &assumptions);
    tell(&format!("{what}, {} edges", graph.edges().len()))?;
    inbound(&graph)?;
    incident(&graph)?;
    responsibility(&graph)?;
    if people_alone {
        return Ok(());
    }
    for counting in [Counting::All, Counting::StatedOnly] {
        between(&graph, counting)?;
    }
    fixes(&graph)?;
    whole(&graph)?;
    peers(&graph)
}

fn between(graph: &AccessGraph, counting: Counting) -> io::Result<()> {
    tell(&format!(" counting {counting:?}"))?;
    let progress = Progress::default();
    let movement = Movement::new(graph, counting);
    let (ends, costs) = (ends(graph), Costs::new(graph));
    let (from, to) = (&ends.entry_points, &ends.crown_jewels);
    line("movement", || Movement::new(graph, counting))?;
    let pairs = line("exposure", || exposure(&movement, &movement, &ends, &progress))?;
    line("shortest path of 1,000 pairs", || shortest_paths(&movement, from, to, 1_000, &progress))?;
    line("the 10 shortest paths", || paths_between(&movement, from, to, 10, &progress))?;
    let cut =
        line("minimum cut with witnesses", || minimum_cut(&movement, &ends, &costs, &progress))?;
    let chokes = line("choke points", || choke_points(&movement, &ends, &progress))?;
    let plan = line("plan", || plan(graph, &movement, &ends, &costs, &progress))?;
    let question = PlanQuestion {
        graph,
        movement: &movement,
        counting: Counting::All,
        ends: &ends,
        costs: &costs,
    };
    if let Some(short) = plan.as_ref().filter(|plan| plan.cut_short) {
        let further = || plan_further(question, short, PLAN_BUDGET, &progress);
        let steps = line("the plan further", further)?.map_or(0, |plan| plan.steps.len());
        tell(&format!("    {steps} steps"))?;
    }
    if let (Some(pairs), Some(Cut::Found(cut)), Some(chokes), Some(plan)) =
        (pairs, cut, chokes, plan)
    {
        let (whole, connected) = (pairs.pairs, pairs.connected_pairs);
        let left = plan.steps.last().map_or(connected, |step| step.pairs.1);
        tell(&format!("    {connected} of {whole} pairs; cut {}", cut.cost))?;
        tell(&format!(
            "    choke points {:?}; plan: {} steps, {left} left{}",
            chokes.precision,
            plan.steps.len(),
            if plan.estimated { ", estimated" } else { "" }
        ))?;
    }
    Ok(())
}

/// Who reaches what, beside all blast radii.
fn inbound(graph: &AccessGraph) -> io::Result<()> {
    let (ends, progress) = (ends(graph), Progress::default());
    let [all, stated] =
        [Counting::All, Counting::StatedOnly].map(|counting| Movement::new(graph, counting));
    line("all blast radii, movement apart", || reach_of_all(graph, Counting::All, &progress))?;
    let counted = line("reached by, all instances, both ways of counting", || {
        reached_by_of_all((&all, &stated), &ends, &progress)
    })?;
    let counted = counted.expect("nobody cancels");
    let most = graph.instance_indices().max_by_key(|&at| counted.of(at).0);
    let Some(to) = most else { return Ok(()) };
    let asked = || reached_by((&all, &stated), &ends.entry_points, to, &progress);
    let found = line("reached by, the most reached instance", asked)?;
    let from = found.map_or(0, |found| found.entry_points.len());
    tell(&format!("    {from} of {} entry points", ends.entry_points.len()))
}

/// What to rotate if the farthest-reaching credential, or everything, has fallen.
fn incident(graph: &AccessGraph) -> io::Result<()> {
    let reach = reach_of_all(graph, Counting::All, &Progress::default()).unwrap_or_default();
    let farthest = graph
        .credential_indices()
        .max_by_key(|at| reach.credentials.get(at.index()).copied().unwrap_or(0));
    let one = Starts { credentials: farthest.into_iter().collect(), ..Starts::default() };
    let all = Starts { instances: graph.instance_indices().collect(), ..Starts::default() };
    for (what, starts) in [("the farthest-reaching", one), ("everything", all)] {
        let order = line(&format!("rotation of {what}"), || rotation(graph, &starts))?;
        let (credentials, groups) = (order.credentials(), order.groups.len());
        let waves = order.waves.len();
        tell(&format!("    {credentials} credentials, {groups} groups, {waves} waves"))?;
    }
    Ok(())
}

fn responsibility(graph: &AccessGraph) -> io::Result<()> {
    let progress = Progress::default();
    let sharing = sharing_of_all(graph);
    let reach = reach_of_all(graph, Counting::All, &progress).unwrap_or_default();
    let findings = findings(graph, &sharing, (&reach, &reach));
    let [all, stated] =
        [Counting::All, Counting::StatedOnly].map(|counting| Movement::new(graph, counting));
    let asked = || owners(graph, &sharing, &findings, (&all, &stated), &progress);
    let found = line("owners, both ways of counting", asked)?;
    tell(&format!("    {} owners", found.map_or(0, |found| found.figures.len())))
}

fn fixes(graph: &AccessGraph) -> io::Result<()> {
    let (ends, progress) = (ends(graph), Progress::default());
    let live = graph.credential_indices().filter(|&at| graph.credential(at).is_live());
    let crossing = live.max_by_key(|&at| graph.grants(at).len());
    let Some(credential) = crossing else { return Ok(()) };
    let movement = Movement::new(graph, Counting::All);
    let basis = line("what a what-if starts from", || {
        WhatIfBasis::new(graph, &movement, &ends, &progress)
    })?;
    let basis = basis.expect("nobody cancels");
    for kind in FixKind::ALL {
        let fixes = [Fix::new(credential, kind)];
        let asked = || basis.what_if(&fixes, &[Subject::Credential(credential)]);
        line(&format!("from there: {} the largest", kind.word()), asked)?;
    }
    for kind in FixKind::EVERY {
        let fixes = [Fix::new(credential, kind)];
        let subjects = [Subject::Credential(credential)];
        let asked = || what_if(graph, &ends, &fixes, &subjects, &progress);
        line(&format!("what-if: {} the largest", kind.word()), asked)?;
    }
    line("coverage", || coverage(graph)).map(drop)
}

fn whole(graph: &AccessGraph) -> io::Result<()> {
    let progress = Progress::default();
    line("sharing", || sharing_of_all(graph))?;
    line("all blast radii", || reach_of_all(graph, Counting::All, &progress))?;
    let all = || Answers::compute(graph.clone(), &progress).expect("nobody cancels");
    let answers = line("all answers but those between the ends", all)?;
    let judged = || assess(graph, &answers.ends, 1_000, &progress).expect("nobody cancels");
    let assessment = line("everything between the ends", judged)?;
    let answered = Answered {
        answers: &answers,
        assessment: &assessment,
        full: false,
        work: None,
        workshop: None,
    };
    line("writing the report as JSON", || {
        let mut out = io::BufWriter::new(io::sink());
        write_report(&answered, &mut out).expect("a sink takes all");
    })
}

/// petgraph on the same movement, with a source before all entry points.
fn peers(graph: &AccessGraph) -> io::Result<()> {
    tell(" petgraph")?;
    let ends = ends(graph);
    let moves = graph.to_petgraph();
    let instances = graph.instances().len();
    let mut rooted: DiGraph<(), ()> = moves.map(|_, _| (), |_, _| ());
    let root = rooted.add_node(());
    for entry in &ends.entry_points {
        rooted.add_edge(root, NodeIndex::new(entry.index()), ());
    }
    line("dominators of one root", || dominators::simple_fast(&rooted, root))?;
    let plain: UnGraph<(), ()> = UnGraph::from_edges(
        moves
            .raw_edges()
            .iter()
            .map(|edge| (edge.source().index() as u32, edge.target().index() as u32)),
    );
    line("articulation points", || articulation_points::articulation_points(&plain))?;
    let (network, source, sink) = network(graph, &ends, instances);
    line("dinics, value alone", || dinics(&network, source, sink).0).map(drop)
}

/// Credentials as arcs of capacity 1, everything else endless.
fn network(
    graph: &AccessGraph,
    ends: &Ends,
    instances: usize,
) -> (DiGraph<(), u64>, NodeIndex, NodeIndex) {
    let endless = u64::MAX / 4;
    let mut network = DiGraph::new();
    for _ in 0..instances + 2 * graph.credentials().len() + 2 {
        network.add_node(());
    }
    let sink = NodeIndex::new(network.node_count() - 1);
    let source = NodeIndex::new(network.node_count() - 2);
    for at in graph.credential_indices().filter(|at| graph.credential(*at).is_live()) {
        let before = NodeIndex::new(instances + 2 * at.index());
        let behind = NodeIndex::new(instances + 2 * at.index() + 1);
        network.add_edge(before, behind, 1);
        for &edge in graph.held_by(at) {
            network.add_edge(NodeIndex::new(graph.edge(edge).instance.index()), before, endless);
        }
        for &edge in graph.grants(at) {
            network.add_edge(behind, NodeIndex::new(graph.edge(edge).instance.index()), endless);
        }
    }
    for entry in &ends.entry_points {
        network.add_edge(source, NodeIndex::new(entry.index()), endless);
    }
    for jewel in &ends.crown_jewels {
        network.add_edge(NodeIndex::new(jewel.index()), sink, endless);
    }
    (network, source, sink)
}

/// Tells the median of three runs, or one where one takes long; gives the last answer.
fn line<T>(what: &str, mut run: impl FnMut() -> T) -> io::Result<T> {
    let mut seconds = Vec::new();
    loop {
        let start = Instant::now();
        let answer = black_box(run());
        seconds.push(start.elapsed().as_secs_f64());
        if seconds.len() == 3 || seconds.iter().sum::<f64>() > 3.0 {
            seconds.sort_by(f64::total_cmp);
            let median = seconds.get(seconds.len() / 2).copied().unwrap_or_default();
            tell(&format!("  {what:40} {:10.1} ms", median * 1_000.0))?;
            return Ok(answer);
        }
    }
}

fn tell(text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{text}")
}
