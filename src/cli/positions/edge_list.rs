//! A bare list of edges: a header `source,target`, then two whole numbers a line.

use std::io::{self, BufRead, Write};

use flate2::read::MultiGzDecoder;

use crate::import::FileBytes;

/// The graph that lists of edges make together.
pub(super) struct EdgeList {
    /// The numbers that the lists name, ascending, each once.
    pub(super) numbers: Vec<i64>,
    /// The edges as they stand in the lists.
    pub(super) written: Vec<[i64; 2]>,
}

impl EdgeList {
    /// Reads lists of edges; `None` where the files are none.
    ///
    /// # Errors
    /// One sentence with file, line and column where a cell is no whole number, where a line has not
    /// two cells, and where only some of the files are lists of edges.
    pub(super) fn read(files: &mut [FileBytes]) -> Result<Option<Self>, String> {
        let lists: Vec<bool> = files.iter().map(is_edge_list).collect();
        if !lists.contains(&true) {
            return Ok(None);
        }
        if let Some((_, file)) = lists.iter().zip(files.iter()).find(|(is_list, _)| !**is_list) {
            let why =
                "some of the files are lists of edges and this one is not; lay them out apart";
            return Err(format!("{why}: {}", file.name));
        }
        let mut list = Self { numbers: Vec::new(), written: Vec::new() };
        for file in files {
            list.add(file)?;
        }
        list.numbers = list.written.as_flattened().to_vec();
        list.numbers.sort_unstable();
        list.numbers.dedup();
        Ok(Some(list))
    }

    fn add(&mut self, file: &mut FileBytes) -> Result<(), String> {
        file.load().map_err(|why| unread(&why, &file.name))?;
        if is_packed(file) {
            let unpacked = MultiGzDecoder::new(&*file.bytes);
            self.add_lines(io::BufReader::new(unpacked), &file.name)
        } else {
            self.add_lines(plain(file), &file.name)
        }
    }

    fn add_lines(&mut self, mut lines: impl BufRead, name: &str) -> Result<(), String> {
        let mut line = Vec::new();
        for number in 1_usize.. {
            line.clear();
            let read = lines.read_until(b'\n', &mut line);
            if read.map_err(|why| unread(&why.to_string(), name))? == 0 {
                break;
            }
            if number == 1 || line.trim_ascii().is_empty() {
                continue;
            }
            let edge = edge_of(&line).map_err(|(column, why)| {
                format!("{why}: {name}, line {number}, column {column}")
            })?;
            self.written.push(edge);
        }
        Ok(())
    }

    /// The edges by the places of their numbers.
    pub(super) fn edges(&self) -> Vec<(u32, u32)> {
        let place = |number: &i64| self.numbers.binary_search(number).unwrap_or_default() as u32;
        self.written.iter().map(|[source, target]| (place(source), place(target))).collect()
    }

    /// Writes the edges as they were read.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "source,target")?;
        self.written.iter().try_for_each(|[source, target]| writeln!(out, "{source},{target}"))
    }
}

/// Why a list could not be read.
fn unread(why: &str, name: &str) -> String {
    format!("the list of edges could not be read: {why}: {name}")
}

/// The two numbers of a line, or in which column it has something else, and what to do.
fn edge_of(line: &[u8]) -> Result<[i64; 2], (usize, &'static str)> {
    let mut cells = line.split(|&byte| byte == b',').map(cell_of);
    let mut edge = [0; 2];
    for (at, number) in edge.iter_mut().enumerate() {
        let cell = cells.next().filter(|cell| !cell.is_empty());
        let cell = cell.ok_or((at + 1, "an edge lacks a node; write two whole numbers"))?;
        // The cell is not repeated: nobody knows what else it may hold.
        let why = (at + 1, "a node of an edge is no whole number of 64 bits; write one");
        let text = std::str::from_utf8(cell).ok();
        *number = text.and_then(|text| text.parse().ok()).ok_or(why)?;
    }
    match cells.next() {
        None => Ok(edge),
        Some(_) => {
            Err((3, "an edge has two nodes, and the line has more; leave source and target"))
        }
    }
}

/// A cell without blanks and quotes around it.
fn cell_of(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")).unwrap_or(cell)
}

fn is_packed(file: &FileBytes) -> bool {
    file.bytes.starts_with(&[0x1f, 0x8b])
}

/// The text without the mark that some programs put before it.
fn plain(file: &FileBytes) -> &[u8] {
    file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes)
}

/// Whether a file's first line says `source,target` and nothing else.
fn is_edge_list(file: &FileBytes) -> bool {
    let mut start = [0; 64];
    let read = if is_packed(file) {
        read_up_to(MultiGzDecoder::new(&*file.bytes), &mut start)
    } else {
        read_up_to(plain(file), &mut start)
    };
    let start = start.get(..read).unwrap_or_default();
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let cells = line.split(|&byte| byte == b',').map(cell_of).map(<[u8]>::to_ascii_lowercase);
    cells.eq([b"source", b"target"])
}

fn read_up_to(mut from: impl io::Read, room: &mut [u8]) -> usize {
    let mut read = 0;
    while let Some(rest) = room.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) | Err(_) => break,
            Ok(more) => read += more,
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<Option<EdgeList>, String> {
        EdgeList::read(&mut [FileBytes::new("e.csv", text.to_vec())])
    }

    fn refused(text: &str) -> String {
        read(text.as_bytes()).err().unwrap_or_default()
    }

    #[test]
    fn numbers_are_kept_and_edges_name_their_places() {
        let text = b"\xef\xbb\xbf\"Source\" , target\r\n7,-2\r\n\r\n 40 ,7\n40,7\n9,9";
        let list = read(text).unwrap().unwrap();
        assert_eq!(list.numbers, [-2, 7, 9, 40]);
        assert_eq!(list.written, [[7, -2], [40, 7], [40, 7], [9, 9]]);
        assert_eq!(list.edges(), [(1, 0), (3, 1), (3, 1), (2, 2)]);
        let mut out = Vec::new();
        list.write(&mut out).unwrap();
        assert_eq!(out, b"source,target\n7,-2\n40,7\n40,7\n9,9\n");
    }

    #[test]
    fn an_inventory_is_no_list_of_edges() {
        for text in ["credential_id,service\nK1,web\n", "source,target,owner\n1,2,x\n", ""] {
            assert!(read(text.as_bytes()).unwrap().is_none(), "{text}");
        }
        let mut mixed = ["source,target\n1,2\n", "credential_id,service\nK1,web\n"]
            .map(|text| FileBytes::new(text.get(..6).unwrap(), text.into()));
        let why = EdgeList::read(&mut mixed).err().unwrap();
        assert!(why.ends_with("lay them out apart: creden"), "{why}");
    }

    #[test]
    fn what_is_no_edge_is_told_with_its_line_and_column_and_not_repeated() {
        for (line, column, what) in [
            ("1", 2, "lacks a node"),
            ("1,", 2, "lacks a node"),
            (",1", 1, "lacks a node"),
            ("1,hunter2", 2, "no whole number"),
            ("1.5,1", 1, "no whole number"),
            ("1,9223372036854775808", 2, "no whole number"),
            ("1,2,3", 3, "the line has more"),
        ] {
            let why = refused(&format!("source,target\n1,2\n\n{line}\n3,4\n"));
            assert!(why.contains(what), "{line}: {why}");
            assert!(why.ends_with(&format!(": e.csv, line 4, column {column}")), "{line}: {why}");
            assert!(!why.contains("hunter2"), "{why}");
        }
    }

    #[test]
    fn a_packed_list_and_one_without_edges_are_read() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(b"source,target\n3,4\n").unwrap();
        let list = read(&packer.finish().unwrap()).unwrap().unwrap();
        assert_eq!(list.written, [[3, 4]]);
        assert!(read(b"source,target\n").unwrap().unwrap().numbers.is_empty());
    }
}
