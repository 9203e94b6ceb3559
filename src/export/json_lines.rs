//! A large JSON object with one entry of its lists a line: it stays greppable, and is written as fast as
//! the machine has cores.

use std::io::{self, Write};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::Serialize;
use serde_json::value::RawValue;

use super::json::{add_compact, write_compact};

/// How many entries one thread makes at a time, and how many such parts are made before they are
/// written: at a kilobyte an entry some ten megabytes, twice.
const ENTRIES: usize = 512;
const PARTS: usize = 16;

/// An object that is being written, member by member.
pub(super) struct ObjectWriter<'w> {
    out: &'w mut dyn Write,
    is_empty: bool,
}

impl<'w> ObjectWriter<'w> {
    /// Begins the object.
    pub(super) fn new(out: &'w mut dyn Write) -> io::Result<Self> {
        out.write_all(b"{")?;
        Ok(Self { out, is_empty: true })
    }

    /// Ends it, with a line end.
    pub(super) fn end(self) -> io::Result<()> {
        self.out.write_all(b"\n}\n")
    }

    fn key(&mut self, key: &str) -> io::Result<()> {
        let before: &[u8] = if self.is_empty { b"" } else { b",\n" };
        self.is_empty = false;
        self.out.write_all(before)?;
        write_compact(&key, self.out)?;
        self.out.write_all(b":")
    }

    /// Writes a member on a line of its own; of a list each entry.
    pub(super) fn member(&mut self, key: &str, value: &impl Serialize) -> io::Result<()> {
        self.key(key)?;
        let mut bytes = Vec::new();
        add_compact(value, &mut bytes)?;
        self.lines_of(&bytes)
    }

    /// Writes those members of an object that are wanted.
    pub(super) fn members_of(
        &mut self,
        value: &impl Serialize,
        is_wanted: impl Fn(&str) -> bool,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        add_compact(value, &mut bytes)?;
        let Members(members) = serde_json::from_slice(&bytes)?;
        for (key, value) in members {
            if is_wanted(&key) {
                self.key(&key)?;
                self.lines_of(value.get().as_bytes())?;
            }
        }
        Ok(())
    }

    /// Writes a value; of a list each entry on a line of its own.
    fn lines_of(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.first() != Some(&b'[') {
            return self.out.write_all(bytes);
        }
        let entries: Vec<&RawValue> = serde_json::from_slice(bytes)?;
        self.out.write_all(b"[")?;
        for (at, entry) in entries.iter().enumerate() {
            self.out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
            self.out.write_all(entry.get().as_bytes())?;
        }
        self.out.write_all(if entries.is_empty() { b"]" } else { b"\n]" })
    }

    /// Writes a list with this number of entries, each on a line of its own. They are made on all
    /// threads, a batch while the one before it is written, so that memory does not grow with their
    /// number.
    pub(super) fn list<T: Serialize>(
        &mut self,
        key: &str,
        count: usize,
        entry: impl Fn(usize) -> Option<T> + Sync,
    ) -> io::Result<()> {
        self.key(key)?;
        self.out.write_all(b"[")?;
        let made = |batch: usize| made(batch, count, &entry);
        let mut is_empty = true;
        let mut next = made(0)?;
        for batch in (0..count).step_by(ENTRIES * PARTS) {
            let parts = std::mem::take(&mut next);
            let after = batch + ENTRIES * PARTS;
            next = std::thread::scope(|scope| {
                let making = (after < count).then(|| scope.spawn(|| made(after)));
                for part in parts {
                    // Before the very first entry stands no comma.
                    let without = usize::from(is_empty && !part.is_empty());
                    self.out.write_all(part.get(without..).unwrap_or_default())?;
                    is_empty &= part.is_empty();
                }
                let made = making.map(std::thread::ScopedJoinHandle::join).transpose();
                made.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                    .unwrap_or(Ok(Vec::new()))
            })?;
        }
        self.out.write_all(if is_empty { b"]" } else { b"\n]" })
    }
}

/// The entries of a batch, in parts, each entry behind a comma on a line of its own.
fn made<T: Serialize>(
    batch: usize,
    count: usize,
    entry: &(impl Fn(usize) -> Option<T> + Sync),
) -> io::Result<Vec<Vec<u8>>> {
    let part = |at: usize| {
        let from = batch + at * ENTRIES;
        let mut bytes = Vec::new();
        for entry in (from..count.min(from + ENTRIES)).filter_map(entry) {
            bytes.extend_from_slice(b",\n");
            add_compact(&entry, &mut bytes)?;
        }
        Ok(bytes)
    };
    (0..PARTS).into_par_iter().map(part).collect()
}

/// The members of an object in their order.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> serde::Deserialize<'de> for Members {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> serde::de::Visitor<'de> for InOrder {
            type Value = Members;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut ObjectWriter<'_>) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        let mut writer = ObjectWriter::new(&mut bytes).unwrap();
        write(&mut writer).unwrap();
        writer.end().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn each_entry_of_a_list_has_a_line_and_other_members_one() {
        let text = written(|writer| {
            writer.member("a", &"x\u{202e}")?;
            writer.member("none", &Vec::<u8>::new())?;
            writer.list("pairs", 3, |at| (at != 0).then_some([at, at]))?;
            writer.list("empty", 600, |_| None::<u8>)?;
            let more = serde_json::json!({"c": [[1], {"d": [2]}], "z": 1});
            writer.members_of(&more, |key| key != "z")
        });
        let expected = "{\"a\":\"x\\u202e\",\n\"none\":[],\n\"pairs\":[\n[1,1],\n[2,2]\n],\n\
                        \"empty\":[],\n\"c\":[\n[1],\n{\"d\":[2]}\n]\n}\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn many_entries_stand_in_their_order() {
        let count = ENTRIES * PARTS * 2 + 7;
        let text = written(|writer| writer.list("all", count, |at| (at % 3 > 0).then_some(at)));
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected: Vec<usize> = (0..count).filter(|at| at % 3 > 0).collect();
        assert_eq!(read["all"], serde_json::json!(expected));
        assert_eq!(text.lines().count(), expected.len() + 3);
    }
}
