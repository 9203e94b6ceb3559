//! Projects on the command line: made, opened by every command, brought up to date, refused.

use std::path::Path;

use super::commands::{Ground, commands, good, keyreach};
use super::gate::Wrong;

fn line(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Runs a command line that must end with a code; its answer and its messages.
#[track_caller]
fn ends_with(code: i32, line: &[String]) -> (String, String) {
    let ended = keyreach(line);
    let stderr = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(code), "{line:?}: {stderr}");
    (String::from_utf8_lossy(&ended.stdout).into_owned(), stderr)
}

const ROWS: &str = "credential_id,secret,service,environment,access,owner\n\
    K1,s-1,web,dev,holds,ann\nK1,,db,prod,grants,\nK2,s-2,db,prod,holds,bob\nK3,s-2,db,dev,,\n";

/// Makes a project of rows, and names it and its inventory.
fn project(ground: &Ground, rows: &str, more: &[&str]) -> (String, String) {
    let (file, made) = (ground.write("rows.csv", rows), ground.path("made.keyreach"));
    let mut words = line(&["import", &text(&file), "-o", &text(&made)]);
    words.extend(line(more));
    ends_with(0, &words);
    (text(&made), text(&file))
}

#[test]
fn every_command_says_of_a_project_what_it_says_of_its_files() {
    let (mut tried, mut wrong) = (0, Wrong::default());
    for command in commands() {
        let Some(slot) = command.slots.iter().find(|slot| slot.id == "files") else { continue };
        // What `reveal` answers is about names alone.
        if matches!(command.name.as_str(), "import" | "reveal") || command.prints_nothing() {
            continue;
        }
        let ground = Ground::new();
        let file = ground.path("in.csv");
        let made = ground.path("made.keyreach");
        let key = text(&ground.path("key.txt"));
        let import = ["import", &text(&file), "-o", &text(&made), "--key-file", &key];
        ends_with(0, &line(&import));
        let mut formats: Vec<Vec<String>> =
            command.formats.iter().map(|format| line(&["--format", format])).collect();
        formats.push(Vec::new());
        for mut format in formats {
            if command.name == "report" {
                format.push("--full".to_owned());
            }
            let of = |path: &Path| {
                let mut words: Vec<String> = Vec::new();
                for word in command.line(&ground, &[(slot, path)]) {
                    // Of several files the one in question stands alone.
                    let is_baseline = words.last().is_some_and(|before| before == "--baseline");
                    if is_baseline || !word.ends_with("old.csv") {
                        words.push(word);
                    }
                }
                words.extend(format.clone());
                words
            };
            let mut of_file = of(&file);
            if command.slots.iter().any(|slot| slot.id == "key_file") {
                of_file.extend(line(&["--key-file", &key]));
            }
            let (from_file, from_project) = (ends_with(0, &of_file).0, ends_with(0, &of(&made)).0);
            // A project knows since when: on the day of its first import all are open.
            let day = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
            let state = format!(",\"state\":\"open\",\"first_seen\":\"{day}\"");
            let from_project = from_project.replace(&state, "");
            let is_same = from_file == from_project;
            wrong.unless(is_same && !from_file.is_empty(), || {
                format!("{}: {from_file}\n{from_project}", command.name)
            });
            tried += 1;
        }
    }
    assert!(tried >= 16, "{tried}");
    wrong.assert_none();
}

#[test]
fn the_policy_of_a_project_counts_until_another_is_named() {
    let ground = Ground::new();
    let (made, file) = project(&ground, ROWS, &["--unstated-access", "grants"]);
    let report = |words: &[&str]| ends_with(0, &line(words)).0;
    let own = report(&["report", &made]);
    assert_eq!(own, report(&["report", &file, "--unstated-access", "grants"]));
    assert_ne!(own, report(&["report", &file]));
    let over = report(&["report", &made, "--unstated-access", "holds"]);
    assert_eq!(over, report(&["report", &file, "--unstated-access", "holds"]));
    // A policy file takes the place of all that the project assumes.
    let policy = text(&ground.path("policy.toml"));
    let by_file = report(&["report", &made, "--policy", &policy]);
    assert_eq!(by_file, report(&["report", &file, "--policy", &policy]));
}

#[test]
fn a_project_compares_with_files_and_with_projects_by_its_fingerprints() {
    let ground = Ground::new();
    let (made, file) = project(&ground, ROWS, &[]);
    // The same secrets under other ids: nothing but their fingerprints tells.
    let renamed = ground.write("newer.csv", &ROWS.replace("K1", "R1").replace("K3", "R3"));
    let wanted = ends_with(0, &line(&["diff", &file, &text(&renamed)])).0;
    for (old, new) in [(&made, &text(&renamed)), (&made, &made)] {
        let (said, _) = ends_with(0, &line(&["diff", old, new]));
        if new == &made {
            assert_eq!(said, ends_with(0, &line(&["diff", &file, &file])).0);
        } else {
            assert_eq!(said, wanted);
        }
    }
}

#[test]
fn a_project_on_standard_input_or_beside_other_files_is_refused_in_words() {
    let ground = Ground::new();
    let (made, file) = project(&ground, ROWS, &[]);
    for (words, said) in [
        (vec!["report", &made, &file], "opened alone"),
        (vec!["report", &file, &made], "opened alone"),
        (vec!["report", &made, "--sheet", "x"], "--sheet says how files are read"),
        (vec!["export", &made, "--array", "x"], "--array says"),
        (vec!["mapping", &made], "name one of its files"),
        #[cfg(feature = "gui")]
        (vec!["screenshot", &made, "--pivot-needs", "write", "-o", "x.png"], "has its own"),
        (vec!["import", &made, "-o", &text(&ground.path("other.keyreach"))], "no inventory"),
        (vec!["import", &file, "-o", &made, "--force", "--update"], "cannot be used with"),
    ] {
        let (_, message) = ends_with(2, &line(&words));
        assert!(message.contains(said), "{words:?}: {message}");
    }
}

#[test]
fn a_file_that_is_there_is_kept_unless_it_is_to_be_replaced() {
    let ground = Ground::new();
    let (made, file) = project(&ground, ROWS, &[]);
    let before = std::fs::read(&made).unwrap();
    let (_, message) = ends_with(3, &line(&["import", &file, "-o", &made]));
    assert!(message.contains("--update") && message.contains("--force"), "{message}");
    assert_eq!(std::fs::read(&made).unwrap(), before);
    let other = ground.write("other.csv", good("in.csv"));
    ends_with(0, &line(&["import", &text(&other), "-o", &made, "--force"]));
    assert_ne!(std::fs::read(&made).unwrap(), before);
    assert_eq!(std::fs::read(format!("{made}.bak")).unwrap(), before);
    // What is no project is replaced too, and is no good backup.
    std::fs::write(&made, "notes").unwrap();
    ends_with(0, &line(&["import", &text(&other), "-o", &made, "--force"]));
    assert_eq!(std::fs::read(format!("{made}.2.bak")).unwrap(), before);
    assert_eq!(std::fs::read_to_string(format!("{made}.bak")).unwrap(), "notes");
    // Each backup stays as long as others come, and is opened with the key of the project.
    ends_with(0, &line(&["import", &text(&other), "-o", &made, "--force"]));
    assert_eq!(std::fs::read_to_string(format!("{made}.3.bak")).unwrap(), "notes");
    let (info, _) = ends_with(0, &line(&["info", &format!("{made}.2.bak")]));
    assert!(info.contains("key: /") && info.contains("made.keyreach.key"), "{info}");
}

#[test]
fn nothing_is_left_but_the_project_its_key_and_its_backup() {
    let ground = Ground::new();
    let names = ground.names();
    let (made, file) = project(&ground, ROWS, &[]);
    std::fs::write(ground.path(".made.keyreach-aBcDeF.part"), "of a save that was killed").unwrap();
    ends_with(0, &line(&["import", &file, "-o", &made, "--update"]));
    let mut left = ground.names();
    left.retain(|name| !names.contains(name));
    assert_eq!(left, ["made.keyreach", "made.keyreach.bak", "made.keyreach.key", "rows.csv"]);
    #[cfg(unix)]
    for name in ["made.keyreach", "made.keyreach.bak", "made.keyreach.key"] {
        let allowed = std::fs::metadata(ground.path(name)).unwrap().permissions();
        let allowed = std::os::unix::fs::PermissionsExt::mode(&allowed) & 0o777;
        assert_eq!(allowed, 0o600, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay_and_a_project_that_may_not_be_written_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let ground = Ground::new();
    let (made, file) = project(&ground, ROWS, &[]);
    std::fs::create_dir(ground.path("far")).unwrap();
    let real = ground.path("far").join("real.keyreach");
    std::fs::rename(&made, &real).unwrap();
    std::fs::rename(format!("{made}.key"), ground.path("far").join("real.keyreach.key")).unwrap();
    std::os::unix::fs::symlink("far/real.keyreach", &made).unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    ends_with(0, &line(&["import", &file, "-o", &made, "--update"]));
    assert!(std::fs::symlink_metadata(&made).unwrap().is_symlink());
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(ground.path("far").join("real.keyreach.key").exists());
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o440)).unwrap();
    let before = std::fs::read(&real).unwrap();
    let (_, message) = ends_with(3, &line(&["import", &file, "-o", &made, "--force"]));
    assert!(message.contains("no permission"), "{message}");
    assert_eq!(std::fs::read(&real).unwrap(), before);
    // A link that leads to nothing yet stays a link.
    let link = ground.path("new.keyreach");
    std::os::unix::fs::symlink("far/new.keyreach", &link).unwrap();
    ends_with(0, &line(&["import", &file, "-o", &text(&link)]));
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(ground.path("far").join("new.keyreach").is_file());
}

#[test]
fn a_damaged_a_newer_and_a_locked_project_are_refused_in_words() {
    let ground = Ground::new();
    let (made, file) = project(&ground, ROWS, &[]);
    let whole = std::fs::read_to_string(&made).unwrap();
    let lock = std::fs::File::create(ground.path(".made.keyreach.lock")).unwrap();
    lock.lock().unwrap();
    let (_, message) = ends_with(3, &line(&["import", &file, "-o", &made, "--update"]));
    assert!(message.contains("open elsewhere"), "{message}");
    assert_eq!(std::fs::read_to_string(&made).unwrap(), whole);
    ends_with(0, &line(&["report", &made]));
    drop(lock);
    std::fs::write(&made, whole.replacen("K1", "K7", 1)).unwrap();
    for words in [vec!["report", &made], vec!["info", &made], vec!["diff", &made, &file]] {
        let (_, message) = ends_with(1, &line(&words));
        assert!(message.contains("damaged") && message.contains("import its"), "{message}");
    }
    std::fs::write(format!("{made}.bak"), &whole).unwrap();
    let (_, message) = ends_with(1, &line(&["report", &made]));
    assert!(message.contains("made.keyreach.bak"), "{message}");
    ends_with(0, &line(&["report", &format!("{made}.bak")]));
    std::fs::write(&made, whole.replacen("\"version\":7", "\"version\":9", 1)).unwrap();
    let (_, message) = ends_with(1, &line(&["info", &made]));
    assert!(message.contains("newer Keyreach"), "{message}");
}

#[test]
fn a_newer_export_keeps_what_has_its_thing_and_lists_what_has_lost_it() {
    let ground = Ground::new();
    let picked = ground.write(
        "ends.toml",
        "entry_points = [\"web@dev\"]\ncrown_jewels = [\"db@prod\"]\n[costs]\n\"K2\" = 5\n",
    );
    let (made, _) = project(&ground, ROWS, &["--policy", &text(&picked)]);
    // K1 has another name and keeps its secret; web in dev and K2's rows are gone.
    let rows = "credential_id,secret,service,environment,access,owner\n\
                R1,s-1,shop,dev,holds,ann\nR1,,db,prod,grants,\n";
    let newer = ground.write("newer.csv", rows);
    let update = ["import", &text(&newer), "-o", &made, "--update"];
    let (answer, message) = ends_with(0, &line(&update));
    assert_eq!(answer, "");
    assert!(message.contains("“web@dev”") && message.contains("“K2”"), "{message}");
    assert!(!message.contains("db@prod"), "{message}");
    let (info, _) = ends_with(0, &line(&["info", &made]));
    assert!(info.contains("newer.csv") && info.contains("web@dev") && !info.contains("3 rows"));
    assert!(info.contains("inventory: 2 rows, 1 credential"), "{info}");
    // The same once more loses nothing more.
    let (_, message) = ends_with(0, &line(&update));
    assert_eq!(message, "");
}

#[test]
fn what_a_missing_column_makes_look_new_is_not_called_new() {
    let ground = Ground::new();
    let rows = "id,secret,service,environment,access,owner\n\
                K1,s-1,web,dev,holds,ann\nK1,,db,prod,grants,ann\n";
    let (made, _) = project(&ground, rows, &[]);
    let without: String =
        rows.lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned() + "\n").collect();
    let newer = ground.write("rows.csv", &without);
    let (_, message) = ends_with(0, &line(&["import", &text(&newer), "-o", &made, "--update"]));
    assert!(message.contains("1 new that cannot be judged"), "{message}");
    assert!(message.contains("missing now, so that new findings cannot be judged: owner of"));
    let (report, _) = ends_with(0, &line(&["report", &made, "--format", "json"]));
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let since = &report["since_last_import"];
    assert_eq!(since["new"].as_array().unwrap().len(), 0, "{since}");
    assert_eq!(since["new_not_judged"][0]["credential"], "K1");
    // A credential that is new has a finding that is new, whatever is missing.
    let more = format!("{without}K2,s-2,web,dev,holds\nK2,,db,prod,grants\n");
    ground.write("rows.csv", &more);
    let (_, message) = ends_with(0, &line(&["import", &text(&newer), "-o", &made, "--update"]));
    assert!(message.contains(" new") && !message.contains("judged"), "{message}");
}

#[test]
fn no_answer_of_a_project_is_written_over_what_it_was_made_of() {
    let ground = Ground::new();
    let (made, file) = project(&ground, ROWS, &[]);
    for words in [vec!["export", &made, "-o", &file], vec!["report", &made, "--rejected", &file]] {
        let (_, message) = ends_with(2, &line(&words));
        assert!(message.contains("the project was made of this file"), "{message}");
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), ROWS);
    // Another file may be replaced.
    ends_with(0, &line(&["export", &made, "-o", &text(&ground.write("other.csv", "x"))]));
}

#[test]
fn without_its_key_a_project_opens_and_matches_new_values_no_more() {
    let ground = Ground::new();
    let (made, file) = project(&ground, ROWS, &[]);
    let with = ends_with(0, &line(&["report", &made])).0;
    std::fs::remove_file(format!("{made}.key")).unwrap();
    assert_eq!(ends_with(0, &line(&["report", &made])).0, with);
    assert!(ends_with(0, &line(&["info", &made])).0.contains("key: missing"));
    let update = ["import", &file, "-o", &made, "--update"];
    let (_, message) = ends_with(1, &line(&update));
    assert!(message.contains("the key of the project is not there"), "{message}");
    assert!(message.contains("--new-key"), "{message}");
    let (_, message) = ends_with(0, &line(&[&update[..], &["--new-key"]].concat()));
    assert!(message.contains("the key of the project is not there"), "{message}");
    assert!(ends_with(0, &line(&["info", &made])).0.contains("key: /"));
    // A key of another project is not taken for its own, and not overwritten.
    std::fs::write(format!("{made}.key"), good("key.txt")).unwrap();
    assert!(ends_with(0, &line(&["info", &made])).0.contains("that of another project"));
    let (_, message) = ends_with(3, &line(&[&update[..], &["--new-key"]].concat()));
    assert!(message.contains("move it away"), "{message}");
    assert_eq!(std::fs::read_to_string(format!("{made}.key")).unwrap(), good("key.txt"));
}

#[test]
fn an_update_names_its_project_and_keeps_how_files_are_read() {
    let ground = Ground::new();
    let (file, made) = (ground.write("rows.csv", ROWS), text(&ground.path("made.keyreach")));
    let (_, message) = ends_with(1, &line(&["import", &text(&file), "-o", &made, "--update"]));
    assert!(message.contains("there is no such project"), "{message}");
    assert!(!Path::new(&made).exists() && !Path::new(&format!("{made}.key")).exists());
    let (_, message) = ends_with(2, &line(&["import", &text(&file), "-o", "-"]));
    assert!(message.contains("a project is a file"), "{message}");
    // Each table has headings that nothing but its mapping understands.
    let columns = "[columns]\na1 = \"id\"\nb1 = \"service\"\nc1 = \"access\"\n";
    let one = ground.write("one.csv", "a1,b1,c1\nK1,web,holds\nK1,db,grants\n");
    let two = ground.write("two.csv", "a2,b2,c2\nK2,web,holds\nK2,db,grants\n");
    let mapping_one = ground.write("one.toml", columns);
    let mapping_two = ground.write("two.toml", &columns.replace('1', "2"));
    let [one, two, mapping_one, mapping_two] =
        [one, two, mapping_one, mapping_two].map(|path| text(&path));
    let import = ["import", &one, &two, "-o", &made];
    let both = ["--mapping", &mapping_one, "--mapping", &mapping_two];
    ends_with(0, &line(&[&import[..], &both[..]].concat()));
    let update = [&import[..], &["--update", "--mapping", &mapping_two][..]].concat();
    let (_, message) = ends_with(0, &line(&update));
    assert_eq!(message, "");
    let (info, _) = ends_with(0, &line(&["info", &made]));
    assert!(info.contains("inventory: 4 rows, 2 credentials, 0 problems"), "{info}");
    let (_, message) = ends_with(0, &line(&["import", &two, "-o", &made, "--update"]));
    assert!(message.contains("no longer part of the project") && message.contains("one.csv"));
}

#[test]
fn what_a_key_that_cannot_be_read_blocks_is_only_the_matching_of_new_values() {
    let ground = Ground::new();
    let (made, file) = project(&ground, ROWS, &[]);
    let report = ends_with(0, &line(&["report", &made])).0;
    std::fs::write(format!("{made}.key"), "no key at all").unwrap();
    assert_eq!(ends_with(0, &line(&["report", &made])).0, report);
    ends_with(1, &line(&["import", &file, "-o", &made, "--update"]));
    let (_, message) =
        ends_with(3, &line(&["import", &file, "-o", &made, "--update", "--new-key"]));
    assert!(message.contains("move it away"), "{message}");
    assert_eq!(std::fs::read_to_string(format!("{made}.key")).unwrap(), "no key at all");
}

#[test]
fn no_secret_and_no_trace_of_the_key_is_in_a_project() {
    let ground = Ground::new();
    let rows = ROWS.replace("s-1", "c4nary-Moos9!x").replace("ann", "ann c4nary-Moos9!x");
    let (made, _) = project(&ground, &rows, &[]);
    let kept = std::fs::read_to_string(&made).unwrap();
    assert!(kept.contains("fingerprint") && !kept.contains("c4nary"), "{kept}");
    let key = std::fs::read_to_string(format!("{made}.key")).unwrap();
    assert!(key.trim().len() == 64 && !kept.contains(&key.trim()[..16]));
}

#[test]
fn no_other_command_writes_over_a_project_or_what_belongs_to_one() {
    let ground = Ground::new();
    let (project, file) = project(&ground, ROWS, &[]);
    let key = format!("{project}.key");
    for words in [
        ["report", &file, "-o", &project],
        ["report", &project, "-o", &key],
        ["report", &file, "--rejected", &project],
        ["export", &file, "-o", &project],
        ["owners", &file, "-o", &key],
        ["generate", "--rows=3", "-o", &project],
    ] {
        let before = [&project, &key].map(|path| std::fs::read(path).unwrap());
        let (_, told) = ends_with(2, &line(&words));
        assert!(told.contains("name another file"), "{words:?}: {told}");
        assert_eq!([&project, &key].map(|path| std::fs::read(path).unwrap()), before, "{words:?}");
    }
}

#[test]
fn scenarios_and_tasks_of_a_project_are_compared_and_written_for_tickets() {
    let ground = Ground::new();
    let (made, _) = project(&ground, ROWS, &["--as-of", "2026-11-23"]);
    let (text, _) = ends_with(0, &line(&["scenarios", &made]));
    assert!(text.contains("as it is") && text.contains("the plan"), "{text}");
    let (json, _) = ends_with(0, &line(&["scenarios", &made, "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let pairs: Vec<(u64, u64)> = json["scenarios"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| (own["fixes"].as_u64().unwrap(), own["connected_pairs"].as_u64().unwrap()))
        .collect();
    // The plan leaves no pair.
    assert_eq!((pairs[0].0, pairs.last().unwrap().1), (0, 0), "{json}");
    assert!(pairs[0].1 > 0);
    let share = json["scenarios"][0]["exposure"].as_f64().unwrap();
    let all = json["pairs"].as_f64().unwrap();
    assert!((share - pairs[0].1 as f64 / all).abs() < 1e-4, "{json}");
    let file = ground.path("scenarios.csv");
    ends_with(0, &line(&["scenarios", &made, "-o", file.to_str().unwrap()]));
    let table = std::fs::read_to_string(&file).unwrap();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let heads = rows.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), pairs.len(), "{table}");
    for (row, entry) in rows.iter().zip(json["scenarios"].as_array().unwrap()) {
        for head in ["name", "fixes", "connected_pairs", "findings", "cost", "accesses_lost"] {
            let cell = &row[heads.iter().position(|own| own == head).unwrap()];
            assert_eq!(cell, entry[head].to_string().trim_matches('"'), "{head}: {table}");
        }
    }
    // Without a what-if list the plan is what is to be done.
    let (table, _) = ends_with(0, &line(&["tasks", &made, "--format", "csv"]));
    let mut lines = table.lines();
    assert!(lines.next().unwrap().starts_with("owner,fix,credential,what to do"), "{table}");
    assert!(lines.next().is_some_and(|line| line.contains("next import")), "{table}");
    let (json, _) = ends_with(0, &line(&["tasks", &made, "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["scenario"], "the plan");
    assert_eq!(json["tasks"].as_array().unwrap().len(), table.lines().count() - 1);
    let (_, message) = ends_with(2, &line(&["tasks", &made, "--scenario", "none"]));
    assert!(message.contains("has no scenario “none”"), "{message}");
}

#[test]
fn the_policy_of_a_project_is_printed_as_a_file_that_gives_it_again() {
    let ground = Ground::new();
    let policy = ground.path("policy.toml");
    let policy = policy.to_str().unwrap();
    let (made, _) = project(&ground, ROWS, &["--as-of", "2026-11-23", "--policy", policy]);
    let (text, _) = ends_with(0, &line(&["policy", &made]));
    assert!(text.contains("\nrotation_days = 30\n"), "{text}");
    let again = ground.write("again.toml", &text);
    let again = again.to_str().unwrap();
    assert_eq!(ends_with(0, &line(&["policy", "--policy", again])).0, text);
    // What is said beside it counts.
    let (over, _) = ends_with(0, &line(&["policy", &made, "--pivot-needs", "admin"]));
    assert!(over.contains("admin") && over.contains("\nrotation_days = 30\n"), "{over}");
    ends_with(1, &line(&["policy", policy]));
}

#[test]
fn the_report_of_a_project_says_what_the_last_import_changed() {
    let ground = Ground::new();
    let (made, _) = project(&ground, ROWS, &[]);
    let newer = ground.write("newer.csv", &ROWS.replace("K1,s-1,web,dev,holds,ann\n", ""));
    let (_, message) = ends_with(0, &line(&["import", &text(&newer), "-o", &made, "--update"]));
    assert!(message.contains("findings since the import of ") && message.contains(" gone"));
    assert!(message.contains("gone: KR01 Crosses environments: K1"), "{message}");
    // What the same export changes is nothing, and with --quiet nothing is said of it.
    let (_, message) = ends_with(0, &line(&["import", &text(&newer), "-o", &made, "--update"]));
    assert_eq!(message, "");
    let (made, _) = project(&ground, ROWS, &["--force"]);
    let quiet = ["import", &text(&newer), "-o", &made, "--update", "--quiet"];
    assert_eq!(ends_with(0, &line(&quiet)).1, "");
    let (json, _) = ends_with(0, &line(&["report", &made, "--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let gone = json["since_last_import"]["gone"].as_array().unwrap();
    assert!(gone.iter().any(|own| own["rule"] == "KR01" && own["credential"] == "K1"), "{json}");
    assert_eq!(json["imports"].as_array().unwrap().len(), 2);
    let (report, _) = ends_with(0, &line(&["report", &made]));
    assert!(report.contains("Since the import before") && report.contains("gone"), "{report}");
    let (info, _) = ends_with(0, &line(&["info", &made]));
    assert!(info.contains("findings since the import before:"), "{info}");
    assert!(info.contains("KR01 Crosses environments: K1: resolved"), "{info}");
}

#[test]
fn a_mapping_whose_heading_is_a_secret_is_kept_without_it() {
    const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    let ground = Ground::new();
    let rows = format!("wer,wohin,{TOKEN},environment\nk1,shop,x,dev\n");
    let mapping = format!(
        "[columns]\nwer = \"id\"\nwohin = \"service\"\n\"{TOKEN}\" = \"unused\"\n\
         environment = \"environment\"\n"
    );
    let mapping = ground.write("mapping.toml", &mapping);
    let (made, file) = project(&ground, &rows, &["--mapping", &text(&mapping)]);
    let kept = std::fs::read_to_string(&made).unwrap();
    assert!(!kept.contains(TOKEN), "{kept}");
    assert!(kept.contains("column 3"), "{kept}");
    // It still says how the file is read.
    let (_, message) = ends_with(0, &line(&["import", &file, "-o", &made, "--update"]));
    assert_eq!(message, "");
    let (info, _) = ends_with(0, &line(&["info", &made]));
    assert!(info.contains("1 credential"), "{info}");
}

#[test]
fn a_tabletop_card_is_a_page_of_a_path_or_of_what_has_fallen() {
    let ground = Ground::new();
    let file = text(&ground.write("rows.csv", ROWS));
    let rotation = ["rotation", &file, "--from", "K1", "--card"];
    let (card, _) = ends_with(0, &line(&rotation));
    for words in
        ["Tabletop card: K1 fell", "Somebody outside has K1.", "Wave 1: K1", "ann: answers for K1"]
    {
        assert!(card.contains(words), "{words} in {card}");
    }
    let paths = ["paths", &file, "--from", "web@dev", "--to", "db@prod", "--card"];
    let (card, _) = ends_with(0, &line(&paths));
    for words in ["Tabletop card: from web in dev to db in prod", "1. With K1, found in web in dev"]
    {
        assert!(card.contains(words), "{words} in {card}");
    }
    for form in ["json", "csv"] {
        let asked = [&rotation[..], &["--format", form]].concat();
        assert!(ends_with(2, &line(&asked)).1.contains("a card is a page"), "{form}");
    }
    let asked = [&paths[..], &["--format", "json"]].concat();
    assert!(ends_with(2, &line(&asked)).1.contains("a card is a page"));
    // Where no path leads there is nothing to play, and that is said.
    let none = ["paths", &file, "--from", "db@prod", "--to", "web@dev", "--card"];
    assert!(ends_with(0, &line(&none)).0.contains("No path leads"));
}

#[test]
fn pseudonyms_stay_when_names_come_with_a_newer_export() {
    let ground = Ground::new();
    let ids = |ids: &[&str]| {
        let row = |id: &&str| format!("{id},web,dev,holds\n");
        format!("id,service,environment,access\n{}", ids.iter().map(row).collect::<String>())
    };
    let (made, file) = project(&ground, &ids(&["key-03", "key-05", "key-09"]), &[]);
    let hidden = || {
        let answer = line(&["export", &made, "--what", "credentials", "--redact"]);
        let table = ends_with(0, &answer).0;
        let rows = table.lines().skip(1).map(|row| row.split(',').next().unwrap().to_owned());
        rows.collect::<Vec<_>>()
    };
    let before = hidden();
    assert_eq!(before.len(), 3);
    let newer: Vec<String> = (1..12).map(|at| format!("key-{at:02}")).collect();
    let newer: Vec<&str> = newer.iter().map(String::as_str).collect();
    std::fs::write(&file, ids(&newer)).unwrap();
    ends_with(0, &line(&["import", &file, "-o", &made, "--update"]));
    let after = hidden();
    assert_eq!(after.len(), 11);
    assert_eq!([&after[2], &after[4], &after[8]], [&before[0], &before[1], &before[2]]);
}

#[cfg(feature = "gui")]
#[test]
fn scenes_say_what_of_them_is_gone() {
    let ground = Ground::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let made = text(&ground.path("talk.keyreach"));
    std::fs::copy(samples.join("talk.keyreach"), &made).unwrap();
    let out = text(&ground.path("scenes.md"));
    let scenes = |more: &[&str]| {
        let words = [&["scenes", &made, "-o", &out, "--size", "640x360"][..], more].concat();
        ends_with(0, &line(&words)).1
    };
    assert_eq!(scenes(&[]), "");
    let rows = std::fs::read_to_string(samples.join("talk.csv")).unwrap();
    let left: Vec<&str> = rows.lines().filter(|row| !row.starts_with("deploy-key-prod,")).collect();
    assert!(left.len() < rows.lines().count());
    let file = text(&ground.write("talk.csv", &left.join("\n")));
    ends_with(0, &line(&["import", &file, "-o", &made, "--update", "--new-key", "--quiet"]));
    let message = scenes(&[]);
    assert!(message.contains("“deploy-key-prod” is no longer in the inventory"), "{message}");
    assert_eq!(scenes(&["--quiet"]), "");
    let hidden = scenes(&["--redact"]);
    assert!(hidden.contains("is no longer") && !hidden.contains("deploy-key"), "{hidden}");
}
