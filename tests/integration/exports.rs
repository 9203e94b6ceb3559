//! Tables, workbooks and graphs that are written for other programs, read back by other parsers: every
//! name comes back as it is, and no table hands a spreadsheet a formula.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};
use keyreach::analysis::{Answers, Assessment, Starts, Subject, assess, rotation};
use keyreach::export::{
    Answered, AnsweredRotation, AnsweredTasks, Baseline, Document, ExportTable, FailOn,
    GraphFileFormat, GraphPart, ReportPart, SarifContext, TableFileFormat, TableSource,
    add_glossary, bloodhound_files, report_document, report_document_of, verdict,
    write_document_pdf, write_graph, write_html, write_junit, write_sarif, write_table,
};
use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, Fingerprinter, ImportSettings, import};
use keyreach::inventory::{Assumptions, Date, Progress, is_hidden};
use keyreach::project::{Fixes, NamedFix, fixes_in_force, tasks};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Names with hidden characters, and those that are written as these are when they are escaped.
const ESCAPES: [&str; 5] =
    ["a\u{202e}b", "a\\u{202e}b", "a\\u{5c}u{202e}b", "x\u{fffe}y", "x\\u{fffe}y"];

/// Names that mean something to some parser, hide, reorder, or are very long.
fn hostile() -> Vec<String> {
    let mut names: Vec<String> = [
        "=1+1",
        "+x",
        "-2",
        "@SUM(A1)",
        "'quoted",
        "a,b;c\td",
        "two\nlines",
        "cr\rlf\r\n.",
        "\"q\" 'r'",
        "<b>&amp;</b>",
        "]]>",
        "<!-- x -->",
        "<?x?>",
        "&#x41;",
        "\\N\\n\\",
        "a\\\"]; b [label=\"x",
        "#35;#quot;",
        "`code` **bold** | [x](y)",
        "{{x}}",
        "--> y",
        "%% z",
        "_x0041_",
        "_x000D_",
        "bell\u{7}",
        "esc\u{1b}[31m",
        "rtl\u{202e}x",
        "zero\u{200b}width",
        "tag\u{e0041}",
        "c1\u{9b}x",
        "soft\u{ad}hyphen",
        "no\u{fffe}char",
        "no\u{ffff}char",
        "ünïcödé",
        "日本語",
        "😀",
        "null",
        "true",
        "1e3",
        "007",
        "  in  side",
        "#comment",
        "end\u{2028}line",
        "nbsp\u{a0}x",
        "$(id)",
        "%s%n",
        "../../x",
        "a|b",
        "DROP TABLE x;--",
        "--",
        "svc\"",
        "svc'",
    ]
    .map(str::to_owned)
    .to_vec();
    names.extend(ESCAPES.map(str::to_owned));
    names.push("long-".repeat(2_000));
    names
}

/// Each hostile name as a credential, a service, an owner and a kind, held in dev and granting in prod.
fn table() -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut text =
        "\u{feff}credential_id,service,environment,access,owner,credential_type\n".to_owned();
    for name in hostile() {
        let id = quoted(&format!("{name}.id"));
        let name = quoted(&name);
        for (environment, access) in [("dev", "holds"), ("prod", "grants")] {
            text.extend([format!("{id},{name},{environment},{access},{name},{name}\n")]);
        }
    }
    text
}

struct Read {
    answers: Answers,
    assessment: Assessment,
    keyed: Fingerprinter,
}

fn read(text: &str) -> Read {
    let key = FingerprintKey::from_bytes([7; 32]);
    let files = vec![FileBytes::new("in.csv", text.as_bytes().to_vec())];
    let progress = Progress::default();
    let inventory = import(files, &key, &ImportSettings::default(), &progress).unwrap();
    let assumptions = Assumptions::new(Date::constant(2026, 11, 23));
    let graph = AccessGraph::build(Arc::new(inventory), &assumptions);
    let answers = Answers::compute(graph, &progress).unwrap();
    let assessment = assess(&answers.graph, &answers.ends, 1_000, &progress).unwrap();
    Read { answers, assessment, keyed: Fingerprinter::new(&key) }
}

impl Read {
    fn answered(&self) -> Answered<'_> {
        Answered {
            answers: &self.answers,
            assessment: &self.assessment,
            full: true,
            work: None,
            workshop: None,
        }
    }

    /// Every table, in turn.
    fn each_table(&self, mut check: impl FnMut(TableSource<'_>)) {
        let graph = &self.answers.graph;
        let starts =
            Starts { credentials: graph.credential_indices().collect(), instances: Vec::new() };
        let rotation = rotation(graph, &starts);
        let rotation = AnsweredRotation { graph, starts: &starts, rotation: &rotation };
        let steps = self.assessment.plan.steps.iter();
        let fixes = Fixes::of(steps.map(|step| NamedFix::of(graph, &step.fix)).collect());
        let (made, not_made) = fixes_in_force(graph, &fixes);
        let found = tasks(&self.answers, &made, &Progress::default()).unwrap();
        let tasks = AnsweredTasks {
            answers: &self.answers,
            name: "the plan",
            tasks: &found,
            not_made: &not_made,
        };
        for table in ExportTable::ALL {
            check(match table {
                ExportTable::Inventory => TableSource::Inventory(graph.inventory(), &self.keyed),
                ExportTable::Findings => TableSource::Findings(self.answered(), None),
                ExportTable::Credentials => TableSource::Credentials(&self.answers, None),
                ExportTable::Services => TableSource::Services(&self.answers, None),
                ExportTable::Paths => TableSource::Paths(self.answered()),
                ExportTable::Plan => TableSource::Plan(self.answered()),
                ExportTable::Rotation => TableSource::Rotation(rotation),
                ExportTable::Owners => TableSource::Owners(&self.answers),
                ExportTable::Tasks => TableSource::Tasks(tasks),
            });
        }
    }

    fn subjects(&self) -> Vec<Subject> {
        let graph = &self.answers.graph;
        let instances = graph.instance_indices().map(Subject::Instance);
        instances.chain(graph.credential_indices().map(Subject::Credential)).collect()
    }
}

fn written(format: TableFileFormat, source: &TableSource<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_table(format, source, &mut bytes).unwrap();
    bytes
}

/// The table as JSON, which its own test proves: columns, and rows of cells as text.
fn expected(source: &TableSource<'_>) -> (Vec<String>, Vec<Vec<String>>) {
    let json = written(TableFileFormat::Json, source);
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let columns: Vec<String> = serde_json::from_value(json["columns"].clone()).unwrap();
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        serde_json::Value::Number(number) => number.to_string(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(words) => {
            words.iter().map(|word| word.as_str().unwrap()).collect::<Vec<_>>().join("; ")
        }
        serde_json::Value::Object(_) => panic!("a cell is no object"),
    };
    let row = |row: &serde_json::Value| {
        assert_eq!(row.as_object().unwrap().len(), columns.len());
        columns.iter().map(|column| text(&row[column])).collect::<Vec<_>>()
    };
    let rows = json["rows"].as_array().unwrap().iter().map(row).collect();
    (columns, rows)
}

#[test]
fn json_gives_the_names_of_the_graph() {
    let read = read(&table());
    let graph = &read.answers.graph;
    let (columns, rows) = expected(&TableSource::Credentials(&read.answers, None));
    assert_eq!((columns[0].as_str(), columns[4].as_str()), ("id", "owners"));
    let ids: Vec<&str> = graph.credential_indices().map(|at| graph.credential_name(at)).collect();
    assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ids);
    assert!(ids.len() >= hostile().len() - 2, "{}", ids.len());
    assert!(ids.iter().any(|id| id.len() >= 10_000) && ids.contains(&"=1+1.id"), "{ids:?}");
    let (_, rows) = expected(&TableSource::Services(&read.answers, None));
    let names: Vec<&str> = graph.instance_indices().map(|at| graph.service_name(at)).collect();
    assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), names);
}

#[test]
fn json_lines_give_the_rows_of_the_json() {
    read(&table()).each_table(|source| {
        let json: serde_json::Value =
            serde_json::from_slice(&written(TableFileFormat::Json, &source)).unwrap();
        let lines = String::from_utf8(written(TableFileFormat::JsonLines, &source)).unwrap();
        let rows: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(json["rows"], serde_json::Value::Array(rows));
        assert_eq!(json["table"], source.table().word());
        assert!(!lines.chars().any(|letter| letter != '\n' && is_hidden(letter)));
    });
}

#[test]
fn csv_gives_the_same_cells_and_no_formula() {
    read(&table()).each_table(|source| {
        let (columns, rows) = expected(&source);
        let bytes = written(TableFileFormat::Csv, &source);
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let mut reader = csv::Reader::from_reader(bytes);
        assert_eq!(reader.headers().unwrap(), columns);
        let mut count = 0;
        for (record, row) in reader.records().zip(&rows) {
            for (cell, expected) in record.unwrap().iter().zip(row) {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
                let defused = format!("'{expected}");
                let begins = expected.starts_with(['=', '+', '-', '@', '\t', '\r']);
                assert_eq!(cell, if begins { &defused } else { expected });
            }
            count += 1;
        }
        assert_eq!(count, rows.len(), "{}", source.table().word());
    });
}

#[test]
fn a_workbook_holds_the_same_cells_and_no_formula() {
    read(&table()).each_table(|source| {
        let (columns, rows) = expected(&source);
        let bytes = written(TableFileFormat::Workbook, &source);
        assert_eq!(bytes, written(TableFileFormat::Workbook, &source), "two runs differ");
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let word = source.table().word();
        assert_eq!(workbook.sheet_names(), [word]);
        assert!(workbook.worksheet_formula(word).unwrap().is_empty());
        let range = workbook.worksheet_range(word).unwrap();
        assert_eq!(range.height(), rows.len() + 1, "{word}");
        for (at, row) in [&columns].into_iter().chain(&rows).enumerate() {
            for (column, expected) in row.iter().enumerate() {
                let cell = match range.get((at, column)) {
                    None | Some(Data::Empty) => String::new(),
                    Some(Data::String(text)) => text.clone(),
                    Some(Data::Float(number)) => number.to_string(),
                    Some(Data::Bool(flag)) => if *flag { "yes" } else { "no" }.to_owned(),
                    Some(other) => panic!("{other:?}"),
                };
                // A cell of a workbook has room for 32,767 characters.
                match cell.strip_suffix('…').filter(|_| expected.chars().count() > 32_767) {
                    Some(begin) => assert!(expected.starts_with(begin) && begin.len() > 30_000),
                    None => assert_eq!(&cell, expected, "{word}, row {at}, column {column}"),
                }
            }
        }
    });
}

/// The name that an export writes with escapes, where another one has what looks like them.
fn unescaped(written: &str) -> String {
    let mut parts = written.split("\\u{");
    let mut name = parts.next().unwrap().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').unwrap();
        name.push(u32::from_str_radix(number, 16).ok().and_then(char::from_u32).unwrap());
        name += rest;
    }
    name
}

/// A name as a graph in XML holds it: an escape of its own differs from one that stands for a sign.
fn in_graph(name: &str) -> String {
    in_xml(&name.replace("\\u{", "\\u{5c}u{"))
}

/// A text as XML can hold it.
fn in_xml(name: &str) -> String {
    let fits =
        |letter: char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    name.chars()
        .flat_map(|letter| {
            if fits(letter) { vec![letter] } else { letter.escape_unicode().collect::<Vec<_>>() }
        })
        .collect()
}

fn drawn(format: GraphFileFormat, read: &Read, part: GraphPart<'_>) -> String {
    let mut bytes = Vec::new();
    write_graph(format, &read.answers, part, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn attribute(element: &BytesStart<'_>, key: &str) -> String {
    let found = element.try_get_attribute(key).unwrap().unwrap();
    quick_xml::escape::unescape(&found.value).unwrap().into_owned()
}

/// What a file in XML says: the label of each node, and each edge with the ids of its ends.
#[derive(Default)]
struct Graph {
    labels: Vec<(String, String)>,
    edges: BTreeSet<(String, String)>,
}

fn graphml(text: &str) -> Graph {
    let (mut reader, mut graph) = (Reader::from_str(text), Graph::default());
    let (mut node, mut is_label, mut label) = (String::new(), false, String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().0 == "node" => node = attribute(&start, "id"),
            Event::Start(start) if start.name().0 == "edge" => {
                graph.edges.insert((attribute(&start, "source"), attribute(&start, "target")));
            }
            Event::Start(start) if start.name().0 == "data" => {
                is_label = attribute(&start, "key") == "label";
            }
            Event::Text(text) if is_label => label += text.as_ref(),
            Event::GeneralRef(reference) if is_label => {
                let reference: &str = reference.as_ref();
                label += &quick_xml::escape::unescape(&format!("&{reference};")).unwrap();
            }
            Event::End(end) if end.name().0 == "data" && is_label => {
                graph.labels.push((node.clone(), std::mem::take(&mut label)));
                is_label = false;
            }
            Event::Eof => return graph,
            _ => {}
        }
    }
}

fn gexf(text: &str) -> Graph {
    let (mut reader, mut graph) = (Reader::from_str(text), Graph::default());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().0 == "node" => {
                graph.labels.push((attribute(&start, "id"), attribute(&start, "label")));
            }
            Event::Start(start) if start.name().0 == "edge" => {
                graph.edges.insert((attribute(&start, "source"), attribute(&start, "target")));
            }
            Event::Eof => return graph,
            _ => {}
        }
    }
}

#[test]
fn graphml_and_gexf_give_nodes_and_edges_with_their_names() {
    let read = read(&table());
    let graph = &read.answers.graph;
    let names: Vec<String> =
        read.subjects().iter().map(|subject| in_graph(&subject.name(graph))).collect();
    for found in [
        graphml(&drawn(GraphFileFormat::GraphMl, &read, GraphPart::Whole)),
        gexf(&drawn(GraphFileFormat::Gexf, &read, GraphPart::Whole)),
    ] {
        let labels: Vec<&String> = found.labels.iter().map(|(_, label)| label).collect();
        assert_eq!(labels, names.iter().collect::<Vec<_>>());
        assert_eq!(found.edges.len(), graph.edges().len());
        let ids: BTreeSet<&String> = found.labels.iter().map(|(id, _)| id).collect();
        assert!(found.edges.iter().all(|(from, to)| ids.contains(from) && ids.contains(to)));
    }
}

/// A name as pages show it.
fn for_people(name: &str) -> String {
    keyreach::inventory::shown(name).into_owned()
}

/// A name as DOT and Mermaid show it.
fn shown(name: &str) -> String {
    keyreach::inventory::shown(&name.replace("\\u{", "\\u{5c}u{")).into_owned()
}

#[test]
fn names_that_differ_only_by_how_they_are_escaped_come_back_as_they_are() {
    let read = read(&table());
    let graph = &read.answers.graph;
    let names: Vec<String> = read.subjects().iter().map(|own| own.name(graph)).collect();
    let (dot, mermaid) = (
        drawn(GraphFileFormat::Dot, &read, GraphPart::Whole),
        drawn(GraphFileFormat::Mermaid, &read, GraphPart::Whole),
    );
    let xml = |found: Graph| found.labels.into_iter().map(|(_, label)| label).collect();
    let written: [Vec<String>; 4] = [
        dot_labels(&dot.replace("\" + \"", "")),
        mermaid_labels(&mermaid),
        xml(graphml(&drawn(GraphFileFormat::GraphMl, &read, GraphPart::Whole))),
        xml(gexf(&drawn(GraphFileFormat::Gexf, &read, GraphPart::Whole))),
    ];
    for labels in written {
        let labels: Vec<String> = labels.iter().map(|label| unescaped(label)).collect();
        assert_eq!(labels, names);
    }
    // None of these was cut on its way.
    let services: BTreeSet<&str> =
        graph.instance_indices().map(|at| graph.service_name(at)).collect();
    for name in ["--> y", "svc\"", "svc'", "'quoted", "a\u{202e}b", "a\\u{202e}b", "x\\u{fffe}y"] {
        assert!(services.contains(name), "{name:?}");
    }
}

/// The labels of the nodes of a file in DOT: what stands in quotes behind `[label=`.
fn dot_labels(text: &str) -> Vec<String> {
    let mut labels = Vec::new();
    for line in text.lines().filter(|line| line.split_whitespace().nth(1) != Some("->")) {
        let Some((_, rest)) = line.split_once(" [label=\"") else { continue };
        let (mut label, mut letters) = (String::new(), rest.chars());
        loop {
            match letters.next().unwrap() {
                '\\' => label.push(letters.next().unwrap()),
                '"' => break,
                letter => label.push(letter),
            }
        }
        let after: String = letters.collect();
        assert!(after.starts_with(", shape=") && after.ends_with("];"), "{line}");
        labels.push(label);
    }
    labels
}

/// The labels of the nodes of a flowchart, with the numbers of characters read.
fn mermaid_labels(text: &str) -> Vec<String> {
    let quoted = text.lines().filter_map(|line| {
        let (_, rest) = line.split_once('"')?;
        rest.rsplit_once('"').map(|(label, _)| label)
    });
    let read = |label: &str| {
        let mut parts = label.split('#');
        let mut text = parts.next().unwrap().to_owned();
        for part in parts {
            let (number, rest) = part.split_once(';').unwrap();
            text.push(char::from_u32(number.parse().unwrap()).unwrap());
            text += rest;
        }
        text
    };
    quoted.map(read).collect()
}

#[test]
fn dot_and_mermaid_keep_every_name_within_its_quotes() {
    let read = read(&table());
    let graph = &read.answers.graph;
    let names: Vec<String> =
        read.subjects().iter().map(|subject| shown(&subject.name(graph))).collect();
    let dot = drawn(GraphFileFormat::Dot, &read, GraphPart::Whole);
    // Long names are joined from parts.
    assert_eq!(dot_labels(&dot.replace("\" + \"", "")), names);
    let mermaid = drawn(GraphFileFormat::Mermaid, &read, GraphPart::Whole);
    assert_eq!(mermaid_labels(&mermaid), names);
    for text in [&dot, &mermaid] {
        let is_arrow =
            |word: &str| word == "->" || word.starts_with("-->|") || word.starts_with("-.->|");
        let arrows =
            text.lines().filter(|line| line.split_whitespace().nth(1).is_some_and(is_arrow));
        assert_eq!(arrows.count(), graph.edges().len());
        assert!(!text.chars().any(|letter| letter != '\n' && is_hidden(letter)));
    }
}

const CHAIN: &str = "credential_id,service,environment,access\n\
    a,web,dev,holds\na,mail,prod,grants\nb,mail,prod,holds\nb,ledger,prod,grants\n\
    c,web,dev,holds\nc,wiki,dev,grants\n";

#[test]
fn the_graph_of_the_paths_holds_what_they_use_alone() {
    let read = read(CHAIN);
    let part = GraphPart::Paths(&read.assessment.paths);
    let mermaid = drawn(GraphFileFormat::Mermaid, &read, part);
    // c leads from dev to dev, so it is on no path.
    let expected = "flowchart LR\n  s0{{\"ledger in prod\"}}\n  s1{{\"mail in prod\"}}\n  \
                    s2>\"web in dev\"]\n  c0([\"a\"])\n  c1([\"b\"])\n  s2 -->|holds| c0\n  \
                    c0 -->|grants| s1\n  s1 -->|holds| c1\n  c1 -->|grants| s0\n";
    assert_eq!(mermaid, expected);
}

#[test]
fn a_row_for_each_hop_of_each_path() {
    let read = read(CHAIN);
    let csv = written(TableFileFormat::Csv, &TableSource::Paths(read.answered()));
    let expected = "path,hop,hops,entry_service,entry_environment,from_service,from_environment,\
        credential,to_service,to_environment,assumed,crown_jewel,rows\n\
        1,1,1,web,dev,web,dev,a,mail,prod,no,yes,in.csv:2; in.csv:3\n\
        2,1,2,web,dev,web,dev,a,mail,prod,no,no,in.csv:2; in.csv:3\n\
        2,2,2,web,dev,mail,prod,b,ledger,prod,no,yes,in.csv:4; in.csv:5\n";
    assert_eq!(String::from_utf8(csv).unwrap(), expected);
}

#[test]
fn the_plan_names_each_step_with_what_it_leaves() {
    let read = read(CHAIN);
    let json = written(TableFileFormat::Json, &TableSource::Plan(read.answered()));
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let steps = json["rows"].as_array().unwrap();
    assert_eq!(steps.len(), 1, "{json}");
    assert_eq!((&steps[0]["step"], &steps[0]["credential"]), (&1.into(), &"a".into()));
    assert_eq!(steps[0]["connected_pairs_before"], 2);
    assert_eq!(steps[0]["connected_pairs_after"], 0);
}

#[test]
fn what_is_wanted_alone_is_written_of_credentials_services_and_findings() {
    let read = read(CHAIN);
    let (answers, graph) = (&read.answers, &read.answers.graph);
    let names = |source: TableSource<'_>, column: &str| -> Vec<String> {
        let (columns, rows) = expected(&source);
        let at = columns.iter().position(|one| one == column).unwrap();
        rows.into_iter().map(|mut row| row.remove(at)).collect()
    };
    let b = [graph.find_credential("b").unwrap()];
    assert_eq!(names(TableSource::Credentials(answers, Some(&b)), "id"), ["b"]);
    let web = [graph.find_instance("web", "dev").unwrap()];
    assert_eq!(names(TableSource::Services(answers, Some(&web)), "service"), ["web"]);
    let last = &answers.findings[answers.findings.len() - 1..];
    let rules = names(TableSource::Findings(read.answered(), Some(last)), "rule");
    assert_eq!(rules, [last[0].rule.id()]);
}

/// The names of all credentials, and of all instances as they are written on the command line.
fn all_names(read: &Read) -> BTreeSet<String> {
    let graph = &read.answers.graph;
    let name = |subject: Subject| match subject {
        Subject::Credential(at) => graph.credential_name(at).to_owned(),
        Subject::Instance(at) => graph.written_name(at),
    };
    read.subjects().into_iter().map(name).collect()
}

#[test]
fn bloodhound_gets_every_name_as_it_is() {
    let read = read(&table());
    let files = bloodhound_files(&read.answers).unwrap();
    let payload = files.iter().find(|file| file.name == "payload.json").unwrap();
    let payload: serde_json::Value = serde_json::from_slice(&payload.bytes).unwrap();
    let nodes = payload["graph"]["nodes"].as_array().unwrap().iter();
    let nodes = nodes.filter(|node| {
        ["KR_Credential", "KR_Service"].contains(&node["kinds"][0].as_str().unwrap())
    });
    let names: BTreeSet<String> =
        nodes.map(|node| node["properties"]["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names, all_names(&read));
}

#[test]
fn a_check_names_everything_whatever_its_name_holds() {
    let read = read(&table());
    let graph = &read.answers.graph;
    let verdict = verdict(&read.answers, Baseline::None, FailOn::ALL[3], None);
    let mut sarif = Vec::new();
    let beside = SarifContext { assessment: &read.assessment, folder: "" };
    write_sarif(&verdict, &beside, &mut sarif).unwrap();
    let sarif: serde_json::Value = serde_json::from_slice(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), read.answers.findings.len());
    let known: BTreeSet<String> = all_names(&read).iter().map(|name| shown(name)).collect();
    for result in results {
        let name = &result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
        assert!(known.contains(name.as_str().unwrap()), "{name}");
    }
    let mut junit = Vec::new();
    write_junit(&verdict, &mut junit).unwrap();
    let junit = String::from_utf8(junit).unwrap();
    let (mut reader, mut names) = (Reader::from_str(&junit), BTreeSet::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().0 == "testcase" => {
                names.insert(attribute(&start, "name"));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let of = |finding: &keyreach::analysis::Finding| {
        in_xml(&format!("{}: {}", finding.rule.title(), finding.subject.name(graph)))
    };
    assert_eq!(names, read.answers.findings.iter().map(of).collect());
}

#[test]
fn pages_of_html_and_pdf_take_every_name() {
    let read = read(&table());
    let mut document = report_document(&read.answered());
    add_glossary(&mut document);
    let mut html = Vec::new();
    write_html(&document, None, &mut html).unwrap();
    let html = String::from_utf8(html).unwrap();
    assert!(!html.contains("<script") && !html.contains("<!-- x -->") && !html.contains("<?x?>"));
    assert!(!html.chars().any(|letter| letter != '\n' && is_hidden(letter)));
    let mut twice = [Vec::new(), Vec::new()];
    for out in &mut twice {
        write_document_pdf(&document, None, out).unwrap();
    }
    assert!(twice[0].starts_with(b"%PDF-") && twice[0] == twice[1]);
}

/// Each hostile name as a paragraph below a title.
fn page_of_names() -> Document {
    let mut document = Document::default();
    document.sentence("Names");
    for name in hostile() {
        document.sentence(name.as_str());
    }
    document
}

/// The texts of the paragraphs of a page. What closes no element of its own is no error in HTML.
fn paragraphs(page: &str) -> Vec<String> {
    let (mut reader, mut texts) = (Reader::from_str(page), Vec::new());
    reader.config_mut().check_end_names = false;
    let mut text = None;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().0 == "p" => text = Some(String::new()),
            Event::Text(words) => text = text.map(|text| text + words.as_ref()),
            Event::GeneralRef(reference) => {
                let reference: &str = reference.as_ref();
                let sign = format!("&{reference};");
                let sign = quick_xml::escape::unescape(&sign).unwrap();
                text = text.map(|text| text + &sign);
            }
            Event::End(end) if end.name().0 == "p" => texts.extend(text.take()),
            Event::Eof => return texts,
            _ => {}
        }
    }
}

#[test]
fn a_page_of_html_gives_every_name_to_another_parser() {
    let mut html = Vec::new();
    write_html(&page_of_names(), None, &mut html).unwrap();
    let names: Vec<String> = hostile().iter().map(|name| for_people(name)).collect();
    assert_eq!(paragraphs(&String::from_utf8(html).unwrap()), names);
}

/// What of a text a page has room for between its lines: without white space, which lines break, and
/// without hyphens, which their ends may add or hide.
fn unbroken(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect()
}

#[test]
fn pages_of_pdf_give_the_names_to_another_reader() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("names.pdf");
    let mut pdf = Vec::new();
    write_document_pdf(&page_of_names(), None, &mut pdf).unwrap();
    std::fs::write(&file, pdf).unwrap();
    let read = std::process::Command::new("pdftotext").arg(&file).arg("-").output();
    let Ok(read) = read else { return super::gate::skipped("pdftotext is not installed") };
    assert!(read.status.success());
    let text = unbroken(&String::from_utf8(read.stdout).unwrap());
    // The fonts of the pages have the letters of Europe; the long name goes over several pages.
    let is_read = |name: &&String| name.len() < 1_000 && name.chars().all(|c| c < '\u{250}');
    let missing: Vec<String> =
        hostile().iter().filter(is_read).map(|name| for_people(name)).collect();
    assert!(missing.len() >= 35, "{}", missing.len());
    let missing: Vec<&String> =
        missing.iter().filter(|name| !text.contains(&unbroken(name))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let long = text.matches("long").count();
    assert!((1_990..=2_001).contains(&long), "{long}");
}

#[test]
fn a_report_says_what_the_rows_behind_findings_say_and_stays_small() {
    let mut rows = "Key;Secret Value;App;Stage;Access;Owner\n".to_owned();
    for at in 0..20_000 {
        rows.extend([format!("K{};canary-{};s{at};dev;holds;ann\n", at % 5_000, at % 5_000)]);
    }
    let read = read(&rows);
    let mut html = Vec::new();
    let answered = Answered { full: false, ..read.answered() };
    write_html(&report_document(&answered), None, &mut html).unwrap();
    let html = String::from_utf8(html).unwrap();
    let row = "Key=K0; Secret Value=‹masked›; App=s0; Stage=dev; Access=holds; Owner=ann";
    assert!(html.contains(row), "{}", &html[..3_000]);
    assert!(!html.contains("canary-"), "no value is in it");
    assert!(html.contains("and 1 more row<"), "four rows are behind a finding, three are listed");
    assert!(html.len() < 200_000, "{}", html.len());
    assert!(html.contains("more</"), "what is left out is said");
}

/// The headings of a page, in order.
fn headings(page: &str) -> Vec<String> {
    let starts = page.split("<h2>").skip(1);
    starts
        .map(|rest| {
            let heading = rest.split("</h2>").next().unwrap();
            heading.split('<').map(|part| part.split('>').next_back().unwrap()).collect()
        })
        .collect()
}

#[test]
fn a_report_goes_from_what_to_do_to_how_it_was_read() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/payments.csv");
    let read = read(&std::fs::read_to_string(sample).unwrap());
    let mut html = Vec::new();
    write_html(&report_document(&read.answered()), None, &mut html).unwrap();
    let html = String::from_utf8(html).unwrap();
    let found = headings(&html);
    let place = |start: &str| {
        let found = found.iter().position(|heading| heading.contains(start));
        found.unwrap_or_else(|| panic!("no {start} among the headings"))
    };
    let order = [
        "Plan: ",
        "Minimum cut: ",
        "Shortest paths",
        "critical",
        "Choke points",
        "Farthest reaching",
        "reach each crown jewel",
        "Owners",
        "Coverage",
        "Import: ",
    ];
    let places: Vec<usize> = order.iter().map(|start| place(start)).collect();
    assert!(places.is_sorted(), "{found:#?}");
    assert!(html.contains("<svg class=\"curve\"") && !html.contains("##"), "a curve and no bars");
}

#[test]
fn a_report_in_part_is_called_after_its_parts() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/talk.csv");
    let read = read(&std::fs::read_to_string(sample).unwrap());
    let parts = [ReportPart::MinimumCut, ReportPart::Findings];
    let mut html = Vec::new();
    write_html(&report_document_of(&read.answered(), &parts, None), None, &mut html).unwrap();
    let html = String::from_utf8(html).unwrap();
    assert!(html.contains("<title>Report: findings, minimum cut</title>"), "{html}");
    assert!(html.contains("<p>Assumed: "), "{html}");
}

#[test]
fn a_graph_has_the_counts_that_the_manual_lets_others_find() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/talk.csv");
    let read = read(&std::fs::read_to_string(sample).unwrap());
    let written = |format| {
        let mut out = Vec::new();
        write_graph(format, &read.answers, GraphPart::Whole, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let manual = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/manual.md");
    let manual = std::fs::read_to_string(manual).unwrap();
    let graphml = written(GraphFileFormat::GraphMl);
    let (nodes, edges) = (graphml.matches("<node ").count(), graphml.matches("<edge ").count());
    assert!(
        manual.contains(&format!("all of them find {nodes} nodes and {edges} edges")),
        "{nodes}, {edges}"
    );
    let dot = written(GraphFileFormat::Dot);
    assert_eq!(dot.lines().filter(|line| line.contains(" -> ")).count(), edges);
    let mermaid = written(GraphFileFormat::Mermaid);
    let links = |line: &&str| line.contains("-->") || line.contains("-.->");
    assert_eq!(mermaid.lines().filter(links).count(), edges);
}
