//! What a project holds, in words.

use std::io::{self, Write};

use super::hidden::under_pseudonyms;
use crate::cli::arguments::InfoArguments;
use crate::cli::files::{OpenedProject, ProjectKey, open_project, today};
use crate::cli::streams::{Failure, INPUT, Streams, deliver};
use crate::inventory::{Inventory, Ledger, Progress, counted, grouped, shown};
use crate::project::{Decision, FindingState, NamedEnds, Project, since_import};

/// Carries out `info`.
pub(in crate::cli) fn info(
    arguments: &InfoArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let (path, hide) = (&arguments.project, arguments.hide.redact);
    let opened = open_project(path, today(), &Progress::default());
    let opened = opened.map_err(|message| Failure(INPUT, message))?;
    if let Some(kinds) = hide {
        // Nothing of where it lies, and of its key.
        let (project, _) = under_pseudonyms(kinds, &opened.project);
        return deliver(arguments.output.as_deref(), streams.out, |out| {
            describe(&project, "its names are hidden", out)
        });
    }
    deliver(arguments.output.as_deref(), streams.out, |out| {
        describe(&opened.project, &path.display().to_string(), out)?;
        line(out, &key_words(&opened))?;
        match opened.key_warning() {
            Some(warning) if opened.key.known().is_some() => line(out, &warning),
            _ => Ok(()),
        }
    })
}

/// Writes what a project holds, without a word on its key.
fn describe(project: &Project, name: &str, out: &mut dyn Write) -> io::Result<()> {
    line(out, &format!("project: {name}"))?;
    for file in &project.sources.read.files {
        let size = grouped(file.bytes);
        line(out, &format!("read: {}, {size} bytes, digest {}", file.name, file.digest))?;
    }
    match &project.sources.inventory {
        None => line(out, "no inventory")?,
        Some(inventory) => line(out, &inventory_words(inventory))?,
    }
    let sources = project.sources.inventory.iter().flat_map(|own| &own.sources);
    for (source, by) in sources.filter_map(|own| Some((own, own.answered.as_ref()?))) {
        let Ledger { accepted, rejected, .. } = source.ledger;
        let refused =
            if rejected == 0 { String::new() } else { format!(", {} refused", grouped(rejected)) };
        let rows = counted(accepted as usize, "answer", "answers");
        line(
            out,
            &format!("answers: {} of {}, {}: {rows}{refused}", by.owner, by.on, source.name),
        )?;
    }
    let sources = project.sources.inventory.iter().flat_map(|own| &own.sources);
    for source in sources.filter(|source| source.stated.is_some()) {
        let facts = counted(source.ledger.accepted as usize, "fact", "facts");
        line(out, &format!("stated: {}: {facts}", source.name))?;
    }
    let said = project.workshop.entries().len();
    if said > 0 {
        let said = counted(said, "thing was", "things were");
        line(out, &format!("workshops: {said} said; `keyreach minutes` prints them"))?;
    }
    let as_of = project.assumptions.as_of;
    let day = if as_of == today() { "today" } else { "a day that was set and does not move" };
    line(out, &format!("as of: {as_of}, {day}"))?;
    for changed in project.assumptions.changed() {
        line(out, &format!("assumed: {changed}"))?;
    }
    for fix in project.fixes.list() {
        let off = if fix.on { "" } else { " (off)" };
        line(out, &format!("fix: {}{off}", fix.title()))?;
    }
    made_words(project).iter().try_for_each(|words| line(out, words))
}

fn line(out: &mut dyn Write, words: &str) -> io::Result<()> {
    writeln!(out, "{}", shown(words))
}

fn inventory_words(inventory: &Inventory) -> String {
    let ledger = inventory.ledger();
    let rejected = match ledger.rejected {
        0 => String::new(),
        rejected => format!(" ({} rejected)", grouped(rejected)),
    };
    format!(
        "inventory: {}{rejected}, {}, {}",
        counted(ledger.read() as usize, "row", "rows"),
        counted(inventory.identities.len(), "credential", "credentials"),
        counted(inventory.problems.len(), "problem", "problems"),
    )
}

/// What else the user made.
fn made_words(project: &Project) -> Vec<String> {
    let mut words = Vec::new();
    let NamedEnds { from, to, needing, stated_only } = &project.ends;
    let ends = [("paths from", from), ("paths to", to)];
    for (what, name) in ends {
        words.extend(name.as_ref().map(|name| format!("{what}: {}", name.words())));
    }
    words.extend(needing.as_ref().map(|name| format!("pairs that need: {}", name.as_str())));
    if *stated_only {
        words.push("paths of stated access alone".to_owned());
    }
    for start in project.rotation.starts() {
        words.push(format!("fallen: {}", start.words()));
    }
    match project.rotation.done().count() {
        0 => {}
        done => words.push(format!("rotation: {}", counted(done, "step done", "steps done"))),
    }
    let arrangement = &project.arrangement;
    words.push(format!("regions of the map: by {}", arrangement.group_by.word()));
    words.extend(arrangement.collapsed.iter().map(|name| format!("collapsed region: {name}")));
    if !arrangement.pins.is_empty() {
        words.push(counted(arrangement.pins.len(), "pin on the map", "pins on the map"));
    }
    let by_hand = &project.filters.by_hand;
    let count = by_hand.hidden.len();
    if count > 0 {
        words.push(format!("{} by hand", counted(count, "thing hidden", "things hidden")));
    }
    if by_hand.others_hidden {
        let count = counted(by_hand.shown.len(), "thing", "things");
        words.push(format!("all hidden by hand but {count}"));
    }
    words.extend(project.filters.saved().iter().map(|own| format!("saved filters: {}", own.name)));
    words.extend(arrangement.folded_hubs.iter().map(|hub| format!("folded hub: {}", hub.words())));
    words.extend(finding_words(project));
    for scenario in project.scenarios.list() {
        let fixes = counted(scenario.fixes.list().len(), "fix", "fixes");
        words.push(format!("scenario: {}, {fixes}", scenario.name));
    }
    for (at, scene) in project.scenes.list().iter().enumerate() {
        words.push(format!("scene: {}", scene.title(at)));
    }
    for (on, text) in project.notes.all() {
        words.push(format!("note on {}: {text}", on.words()));
    }
    words
}

/// What imports made of findings, and what was decided on them.
fn finding_words(project: &Project) -> Vec<String> {
    let register = &project.findings;
    let mut words = Vec::new();
    for point in &register.imports {
        let figures = point.figures.map(|own| {
            let accepted = match own.accepted {
                0 => String::new(),
                accepted => format!(", {} with accepted risk", grouped(accepted)),
            };
            let pairs = format!("{} of {} pairs connected", own.connected, own.pairs);
            format!(": {pairs}, {} open findings{accepted}", grouped(own.open_total()))
        });
        words.push(format!("import: {}{}", point.on, figures.unwrap_or_default()));
    }
    if let Some(since) = since_import(register) {
        let counts = since.counts();
        let counts = counts.as_deref().unwrap_or("none");
        words.push(format!("findings since the import before: {counts}"));
    }
    for (name, record) in &register.records {
        let state = record.state(project.assumptions.as_of);
        if record.decision != Decision::Open || !matches!(state, FindingState::Open) {
            let ended = record.ended(project.assumptions.as_of);
            let ended = ended.map(|own| format!(" (its risk was accepted until {})", own.until));
            let decision = match (state, &record.decision) {
                (FindingState::RiskAccepted | FindingState::Planned, own) => own.words(),
                _ => state.word().to_owned(),
            };
            words.push(format!(
                "finding: {}: {decision}{}",
                name.words(),
                ended.unwrap_or_default()
            ));
        }
    }
    words
}

fn key_words(opened: &OpenedProject) -> String {
    let key = opened.paths.key.display();
    match &opened.key {
        ProjectKey::Unreadable(why) => format!("key: {why}"),
        ProjectKey::Known(_) => format!("key: {key}"),
        ProjectKey::Missing if opened.project.sources.read.key.is_none() => {
            "key: none is needed, for no fingerprint is kept".to_owned()
        }
        ProjectKey::Missing => format!("key: missing, {key}"),
        ProjectKey::OfAnother => format!("key: that of another project, {key}"),
    }
}
