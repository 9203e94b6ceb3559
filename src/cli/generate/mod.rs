//! Writes large invented inventories, for benches and for trying out.
//!
//! The same number of rows and the same seed give the same bytes on every machine. The shape is
//! that of grown companies: most secrets grant one service and a few grant hundreds, teams keep
//! to themselves, everybody uses the platform, environments rarely mix.

mod draw;
mod landscape;
mod random;

use std::io::{self, Write};

use crate::inventory::Date;
use draw::{Drawing, Drawn};
use landscape::Landscape;
use random::{Random, root_power};

const HEADER: &str = "credential_id,secret_fingerprint,credential_type,service,environment,access,\
                      owner,created,expires,storage\n";
const TYPES: [&str; 10] = [
    "api_key",
    "password",
    "ssh_key",
    "oauth_client",
    "db_user",
    "tls_cert",
    "cloud_role",
    "access_token",
    "service_account",
    "webhook_secret",
];
/// From the most to the least usual.
const STORAGES: [&str; 10] = [
    "vault",
    "cloud-secret-manager",
    "kubernetes-secret",
    "env-file",
    "ci-variable",
    "git-repo",
    "wiki-page",
    "laptop",
    "config-file",
    "password-manager",
];
/// Rows are mixed within blocks of this many, so that memory stays bounded.
const BLOCK: usize = 1 << 17;
const FIRST_DAY: Date = jiff::civil::date(2019, 1, 1);
const CREATED_DAYS: usize = 2850;
const LIFE_DAYS: usize = 1400;

/// Writes an invented inventory: a header and exactly `rows` data rows, one for each link.
///
/// Memory depends on the number of service instances, about 2 · rows^(11/16), and not on `rows`.
pub fn write_inventory(rows: u64, seed: u64, out: &mut dyn Write) -> io::Result<()> {
    let mut random = Random::new(seed);
    let landscape = Landscape::new(rows, &mut random);
    let days = days();
    let mut drawing = Drawing::new(&landscape);
    let mut drawn = Drawn::default();
    let mut block = Block::default();
    let mut left = rows;
    let mut number = 0_u64;
    out.write_all(HEADER.as_bytes())?;
    while left > 0 {
        drawing.next(&mut drawn, &mut random);
        let owner = landscape.owners.get(drawn.team).map_or("", String::as_str);
        let text = CredentialText::new(number, owner, &days, &mut random);
        block.add(&text, &drawn);
        number += 1;
        if block.lines.len() >= BLOCK || block.lines.len() as u64 >= left {
            block.lines.truncate(usize::try_from(left).unwrap_or(usize::MAX));
            left -= block.lines.len() as u64;
            random.shuffle(&mut block.lines);
            block.write(&landscape.instances, out)?;
        }
    }
    out.flush()
}

/// The cells of a credential that all its rows repeat, but for its fingerprint.
struct CredentialText<'a> {
    number: u64,
    kind: &'a str,
    owner: &'a str,
    created: &'a str,
    expires: &'a str,
    storage: &'a str,
}

impl<'a> CredentialText<'a> {
    fn new(number: u64, owner: &'a str, days: &'a [String], random: &mut Random) -> Self {
        let day = |index: usize| days.get(index).map_or("", String::as_str);
        let created = random.below(CREATED_DAYS);
        let expires = created + 30 + random.below(LIFE_DAYS);
        let never_expires = random.chance(80);
        let share = random.share();
        let storage = (STORAGES.len() as f64 * share * root_power(share, 8)) as usize;
        Self {
            number,
            kind: random.pick(&TYPES).unwrap_or_default(),
            owner,
            created: day(created),
            expires: if never_expires { "" } else { day(expires) },
            storage: STORAGES.get(storage).copied().unwrap_or_default(),
        }
    }
}

/// One row: where its credential's texts stand in the block, and the link.
struct Line {
    start: u32,
    middle: u32,
    end: u32,
    instance: u32,
    access: &'static str,
}

/// Rows on their way out.
#[derive(Default)]
struct Block {
    texts: Vec<u8>,
    lines: Vec<Line>,
    bytes: Vec<u8>,
}

impl Block {
    fn add(&mut self, text: &CredentialText<'_>, drawn: &Drawn) {
        let CredentialText { number, kind, owner, created, expires, storage } = text;
        let Drawn { fingerprint, grants, holds, .. } = drawn;
        let start = self.texts.len() as u32;
        let before = format!("CRED-{number:07},sha256:{fingerprint:016x},{kind},");
        self.texts.extend(before.as_bytes());
        let middle = self.texts.len() as u32;
        for cell in [owner, created, expires, storage] {
            self.texts.push(b',');
            self.texts.extend(cell.as_bytes());
        }
        self.texts.push(b'\n');
        let end = self.texts.len() as u32;
        for (instances, access) in [(grants, "grants"), (holds, "holds")] {
            let line = |&instance: &u32| Line { start, middle, end, instance, access };
            self.lines.extend(instances.iter().map(line));
        }
    }

    /// Writes the rows and empties the block.
    fn write(&mut self, instances: &[String], out: &mut dyn Write) -> io::Result<()> {
        let Self { texts, lines, bytes } = self;
        let text = |from: u32, to: u32| texts.get(from as usize..to as usize).unwrap_or_default();
        for &Line { start, middle, end, instance, access } in &*lines {
            bytes.extend(text(start, middle));
            bytes.extend(instances.get(instance as usize).map_or("", String::as_str).as_bytes());
            bytes.extend(access.as_bytes());
            bytes.extend(text(middle, end));
            if bytes.len() > 1 << 18 {
                out.write_all(bytes)?;
                bytes.clear();
            }
        }
        out.write_all(bytes)?;
        bytes.clear();
        lines.clear();
        texts.clear();
        Ok(())
    }
}

/// Every day that a row may name, written out once.
fn days() -> Vec<String> {
    std::iter::successors(Some(FIRST_DAY), |day| day.tomorrow().ok())
        .take(CREATED_DAYS + 30 + LIFE_DAYS)
        .map(|day| day.to_string())
        .collect()
}

#[cfg(test)]
mod tests;
