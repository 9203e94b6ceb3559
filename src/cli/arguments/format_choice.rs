//! Which format an answer is written in: the one that was asked for, or the one that the name of the file
//! ends in; the two must agree.

use std::path::Path;

/// A format with its name on the command line, and what the names of its files end in, the usual ending
/// first.
pub(super) struct FormatName<F: 'static> {
    pub(super) format: F,
    pub(super) word: &'static str,
    pub(super) endings: &'static [&'static str],
}

/// What files of this program end in: none of them is taken for a name without a meaning.
const ENDINGS: [&str; 22] = [
    "csv", "dot", "gexf", "graphml", "gv", "htm", "html", "json", "jsonl", "markdown", "md", "mmd",
    "ndjson", "pdf", "png", "sarif", "svg", "text", "toml", "txt", "xlsx", "xml",
];

/// Whether a name ends as those of files do that this program reads or writes.
pub(in crate::cli) fn is_named_as_file(path: &Path) -> bool {
    let name = unpacked_name(path);
    let is_packed = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("gz"));
    let ending = Path::new(&name).extension().and_then(|ending| ending.to_str());
    is_packed || ending.is_some_and(|it| ENDINGS.contains(&it) || it == "zip" || it == "keyreach")
}

/// The format in which to write; `None` where nothing says which. `what` is written: "this answer".
///
/// # Errors
/// One sentence where the two do not agree, or the file's name ends in what is not known.
pub(super) fn chosen<F: Copy + PartialEq>(
    what: &str,
    asked: Option<F>,
    output: Option<&Path>,
    known: &[FormatName<F>],
) -> Result<Option<F>, String> {
    let file = output.map(|file| format!(": {}", file.display())).unwrap_or_default();
    let name = output.map(unpacked_name).unwrap_or_default();
    let ends_in = |ending: &&&str| name.strip_suffix(**ending).is_some_and(|it| it.ends_with('.'));
    let ending = Path::new(&name).extension().and_then(|ending| ending.to_str());
    // Of `a.sarif.json` the longer ending counts.
    let found = known
        .iter()
        .filter_map(|one| {
            Some((one, one.endings.iter().filter(ends_in).max_by_key(|it| it.len())?))
        })
        .max_by_key(|(_, ending)| ending.len())
        .map(|(one, _)| one);
    let word = |format: F| known.iter().find(|one| one.format == format).map_or("", |one| one.word);
    match (asked, found, ending) {
        (Some(asked), Some(found), Some(ending)) if found.format != asked => {
            Err(disagreement(ending, word(asked), &file))
        }
        (Some(asked), None, Some(ending)) if ENDINGS.contains(&ending) => {
            Err(disagreement(ending, word(asked), &file))
        }
        (Some(asked), _, _) => Ok(Some(asked)),
        (None, Some(found), _) => Ok(Some(found.format)),
        (None, None, Some(_)) => Err(no_such(what, known, &file)),
        (None, None, None) => Ok(None),
    }
}

/// The same for a file that must end in what is known where no format was asked for.
///
/// # Errors
/// As [`chosen`], and where the file's name ends in nothing.
pub(super) fn chosen_by_ending<F: Copy + PartialEq>(
    what: &str,
    asked: Option<F>,
    output: Option<&Path>,
    known: &[FormatName<F>],
) -> Result<Option<F>, String> {
    let found = chosen(what, asked, output, known)?;
    match output.filter(|file| !is_no_file(file)) {
        Some(file) if found.is_none() => {
            let file = format!(", or --format says as what: {}", file.display());
            Err(no_such(what, known, &file))
        }
        _ => Ok(found),
    }
}

/// Whether an output is standard output, a device or a folder, whose name says nothing.
fn is_no_file(path: &Path) -> bool {
    path.as_os_str() == "-" || path.metadata().is_ok_and(|there| !there.is_file())
}

fn disagreement(ending: &str, asked: &str, file: &str) -> String {
    format!(
        "the file's name ends in .{ending} and the format asked for is {asked}; make them agree{file}"
    )
}

/// The sentence on a file whose name ends in what is not known.
fn no_such<F>(what: &str, known: &[FormatName<F>], file: &str) -> String {
    let all = known.iter().flat_map(|one| one.endings);
    let endings: Vec<String> = all.map(|ending| format!(".{ending}")).collect();
    let endings = match endings.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    };
    format!("{what} is written to a file that ends in {endings}{file}")
}

/// The name of a file without `.gz`, in lower case.
fn unpacked_name(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name.strip_suffix(".gz").map(str::to_owned).unwrap_or(name)
}

/// Whether a file's name asks for it to be packed.
pub(in crate::cli) fn is_gzip(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [FormatName<u8>; 2] = [
        FormatName { format: 1, word: "json", endings: &["json"] },
        FormatName { format: 2, word: "sarif", endings: &["sarif", "sarif.json"] },
    ];

    fn choice(asked: Option<u8>, file: &str) -> Result<Option<u8>, String> {
        let file = (!file.is_empty()).then(|| Path::new(file));
        chosen("this answer", asked, file, &KNOWN)
    }

    #[test]
    fn the_ending_decides_unless_a_format_is_asked_for_and_the_two_must_agree() {
        assert_eq!(choice(None, ""), Ok(None));
        assert_eq!(choice(None, "a/B.JSON"), Ok(Some(1)));
        assert_eq!(choice(None, "b.json.gz"), Ok(Some(1)));
        assert_eq!(choice(None, "b.sarif"), Ok(Some(2)));
        assert_eq!(choice(None, "b.sarif.json"), Ok(Some(2)));
        assert_eq!(choice(Some(2), "b.sarif.json.gz"), Ok(Some(2)));
        assert_eq!(choice(Some(1), "out"), Ok(Some(1)));
        assert_eq!(choice(Some(1), "of-2026.11"), Ok(Some(1)));
        let disagree = "the file's name ends in .json and the format asked for is sarif; make them \
                        agree: b.json";
        assert_eq!(choice(Some(2), "b.json"), Err(disagree.to_owned()));
        assert!(choice(Some(1), "b.csv").is_err());
        let by_ending =
            |file: &str| chosen_by_ending("this answer", None, Some(Path::new(file)), &KNOWN);
        let none = "this answer is written to a file that ends in .json, .sarif or .sarif.json, or \
                    --format says as what: out";
        assert_eq!(by_ending("out"), Err(none.to_owned()));
        assert_eq!(by_ending("-"), Ok(None));
        assert_eq!(by_ending("out.sarif"), Ok(Some(2)));
        let unknown =
            "this answer is written to a file that ends in .json, .sarif or .sarif.json: b.doc";
        assert_eq!(choice(None, "b.doc"), Err(unknown.to_owned()));
    }
}
