//! Names that somebody writes: as they are, as they are printed, and what several things have.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{file, keyreach};

#[test]
fn a_name_is_found_as_it_is_printed_and_a_service_that_has_the_name_of_a_credential_too() {
    let folder = TempDir::new().unwrap();
    let text = "id,service,environment,access\n\
                k\u{202e}2,shop,dev,holds\nk\u{202e}2,pay\u{200b},prod,grants\n\
                web@prod,shop,dev,holds\nweb@prod,pay,test,grants\n\
                m,web,prod,holds\nm,db,prod,grants\n";
    let path = file(&folder, "rows.csv", text);
    let reached = |name: &str| -> Vec<String> {
        let path = path.to_str().unwrap();
        let output = keyreach(&["blast-radius", path, "--from", name, "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let reached = found["reached"].as_array().unwrap().iter();
        reached.map(|one| one["service"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(reached("k\\u{202e}2"), ["pay\u{200b}"]);
    assert_eq!(reached("k\u{202e}2"), ["pay\u{200b}"]);
    assert_eq!(reached("web@prod"), ["pay"]);
    assert_eq!(reached("credential:web@prod"), ["pay"]);
    assert_eq!(reached("service:web@prod"), ["db"]);
    // Under pseudonyms the same names lead to the same, and so do a picture and a policy.
    for name in ["k\\u{202e}2", "service:web@prod", "credential:web@prod"] {
        let path = path.to_str().unwrap();
        let output = keyreach(&["blast-radius", path, "--from", name, "--redact"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let picture = folder.path().join("picture.svg");
        let picture = picture.to_str().unwrap();
        let output = keyreach(&["render", path, "-o", picture, "--select", name]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let policy = "entry_points = [\"shop@dev\"]\ncrown_jewels = [\"pay\\\\u{200b}@prod\"]\n\
                  [costs]\n\"k\\\\u{202e}2\" = 5\n";
    let policy = file(&folder, "policy.toml", policy);
    let arguments = ["report", path.to_str().unwrap(), "--policy", policy.to_str().unwrap()];
    let output = keyreach(&[&arguments[..], &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["policy_unmatched"], json!([]), "{}", report["policy_unmatched"]);
    assert_eq!(report["minimum_cut"]["cost"], 5);
    let to = ["pay\\u{200b}@prod", "service:pay\u{200b}@prod"];
    for name in to {
        let output = keyreach(&["reached-by", path.to_str().unwrap(), "--to", name]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let output = keyreach(&["blast-radius", path.to_str().unwrap(), "--from", "k\\u{202f}2"]);
    assert_eq!(output.status.code(), Some(2));
}
