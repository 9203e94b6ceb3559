//! Names hidden on pictures: on those of a view and on those of scenes.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::commands::{Ground, keyreach};

const ROWS: &str = "\
credential_id,name,type,service,environment,access,owner,storage,tags,service_type
Zqx-Deploy-Key,ZQX deploy,zqx api key,zqxShop,Dev,holds,team-ZQX,zqx wiki page,\"zqx,tier1\",zqx database
Zqx-Deploy-Key,ZQX deploy,zqx api key,Ledger of Zqx,prod,grants,team-ZQX,zqx wiki page,,zqx lambda
zqx.key.2,,zqx api key,zqxShop,dev,holds,,/zqx/vault,,
zqx.key.2,,zqx api key,Ledger of Zqx,zqx-lab,grants,,,,
,,zqx,zqxShop,prod,holds,zqx gmbh,,,
";

const VIEWS: [&str; 6] = ["map", "lanes", "spread", "matrix", "strands", "path"];

const ALL: &str = "--redact=services,credentials,owners,environments,files,text";

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

fn run(line: &[&str]) -> (Option<i32>, String) {
    let line: Vec<String> = line.iter().map(|word| (*word).to_owned()).collect();
    let output = keyreach(&line);
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn no_planted_name_is_on_a_picture_of_any_view() {
    let ground = Ground::new();
    let file = text(&ground.write("zqx-inventory.csv", ROWS));
    for view in VIEWS {
        let written = |more: &[&str], name: &str| {
            let out = text(&ground.path(name));
            let line = ["render", &file, "-o", &out, "--view", view, "--size", "900x600"];
            let (code, said) = run(&[&line, more].concat());
            assert_eq!(code, Some(0), "{view}: {said}");
            assert!(more.is_empty() || !said.to_lowercase().contains("zqx"), "{said}");
            std::fs::read_to_string(&out).unwrap().to_lowercase()
        };
        let open = written(&[], &format!("open-{view}.svg"));
        assert!(open.contains("zqx"), "{view} shows names");
        // A name is understood as it is, while it is hidden.
        let from = [ALL, "--from", "zqx.key.2"];
        let hidden = written(&from, &format!("{view}.svg"));
        let near = hidden.find("zqx").map(|at| &hidden[at.saturating_sub(60)..at + 10]);
        assert_eq!(near, None, "{view}");
    }
    let out = text(&ground.path("out.png"));
    let shot = ["screenshot", &file, "-o", &out, ALL];
    let (code, said) = run(&[&shot[..], &["--select", "Zqx-Deploy-Key"]].concat());
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.to_lowercase().contains("zqx"), "{said}");
    let (code, said) = run(&[&shot[..], &["--select", "zqx-none"]].concat());
    assert_eq!(code, Some(2), "{said}");
    assert!(!said.to_lowercase().contains("zqx"), "{said}");
}

/// The ids, services and owners of a report that are long enough to be told from words.
fn names(report: &Value) -> BTreeSet<String> {
    let of = |list: &str, key: &str| -> Vec<String> {
        let all = report[list].as_array().unwrap().iter();
        all.filter_map(|own| own[key].as_str()).map(str::to_lowercase).collect()
    };
    let all = [of("credentials", "id"), of("services", "service"), of("owners", "owner")].concat();
    all.into_iter().filter(|name| name.len() > 7).collect()
}

#[test]
fn no_name_is_on_a_page_of_the_scenes() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/talk.keyreach");
    let project = text(&project);
    let (code, report) = run(&["report", &project, "--format", "json", "--quiet"]);
    assert_eq!(code, Some(0));
    let names = names(&serde_json::from_str(&report).unwrap());
    assert!(names.len() > 10, "{names:?}");
    let ground = Ground::new();
    for ending in ["md", "html"] {
        let written = |more: &[&str], name: &str| {
            let out = text(&ground.path(&format!("{name}.{ending}")));
            let (code, said) = run(&[&["scenes", &project, "-o", &out], more].concat());
            assert_eq!((code, said.as_str()), (Some(0), ""));
            std::fs::read_to_string(&out).unwrap().to_lowercase()
        };
        let (open, hidden) = (written(&[], "open"), written(&["--redact"], "hidden"));
        assert!(names.iter().any(|name| open.contains(name)), "{ending} has names");
        let left: Vec<&String> = names.iter().filter(|name| hidden.contains(*name)).collect();
        assert_eq!(left, Vec::<&String>::new(), "{ending}");
        assert!(hidden.contains("credential ") || hidden.contains("service "), "{ending}");
    }
}
