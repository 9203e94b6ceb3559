//! Clicks in the import wizard: what is staged, overruled, remembered, and opened.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::model::command::{Command, StageCommand};
use crate::app::shell::startup::load_kept;
use crate::app::shell::window::Window;
use crate::app::ui_tests::{SMALL, empty, open, sample, settle, stage};
use crate::project::Opening;

#[test]
fn wizard_drop_then_import_is_all_it_takes_and_undo_brings_back_what_was_open() {
    let mut harness = sample("talk.csv");
    let folder = std::env::temp_dir().join(format!("keyreach-wizard-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("small.csv");
    std::fs::write(&path, SMALL).unwrap();
    let opening = Opening::Files(vec![path]);
    harness.state_mut().model.apply(Command::Stage(StageCommand::Begin(opening)));
    settle(&mut harness);
    harness.get_by_label("Delimiter: semicolon, detected");
    harness.get_by_label_contains(
        "3 rows: 3 accepted, 0 merged, 0 skipped, 0 rejected → 2 credentials",
    );
    assert_eq!(harness.state().model.project.sources.files, ["talk.csv"]);
    harness.get_by_label("Import").click();
    settle(&mut harness);
    std::fs::remove_dir_all(&folder).unwrap();
    let credentials = |harness: &Harness<'static, Window>| {
        let answers = harness.state().model.answers.clone().expect("there are answers");
        answers.graph.credentials().len()
    };
    assert_eq!(credentials(&harness), 2);
    assert_eq!(harness.state().model.undoes(), Some("importing small.csv"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    settle(&mut harness);
    assert_eq!(harness.state().model.project.sources.files, ["talk.csv"]);
    assert_eq!(credentials(&harness), 31);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Y);
    settle(&mut harness);
    assert_eq!(credentials(&harness), 2);
}

#[test]
fn wizard_imports_nothing_of_which_no_row_can_be_taken() {
    let mut harness = sample("talk.csv");
    stage(&mut harness, &[("none.csv", "id,service,environment\n,,dev\n,,prod\n")]);
    harness.get_by_label_contains("2 rejected");
    for way in [0, 1] {
        if way == 0 {
            harness.get_by_label("Import").click();
        } else {
            harness.key_press(egui::Key::Enter);
        }
        settle(&mut harness);
        assert!(harness.state().model.staging.is_some());
        assert_eq!(harness.state().model.project.sources.files, ["talk.csv"]);
    }
}

#[test]
fn wizard_left_with_escape_leaves_what_was_open() {
    let mut harness = sample("talk.csv");
    stage(&mut harness, &[("small.csv", SMALL)]);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::W);
    harness.run();
    assert!(harness.state().model.staging.is_some(), "nothing is closed under the wizard");
    assert_eq!(harness.state().model.project.sources.files, ["talk.csv"]);
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(harness.state().model.staging.is_none());
    assert_eq!(harness.state().model.project.sources.files, ["talk.csv"]);
    harness.get_by_label("1 credential lets dev and ci reach prod");
}

#[test]
fn wizard_controls_draw_the_preview_anew_and_enter_imports() {
    let mut harness = empty();
    stage(&mut harness, &[("small.csv", SMALL)]);
    harness.get_by_label("Delimiter: semicolon, detected").click();
    harness.run();
    harness.get_by_label("comma").click();
    settle(&mut harness);
    harness.get_by_label("Delimiter: comma, set by you");
    harness.get_by_label("No row can be shown yet");
    harness.get_by_label("As detected").click();
    settle(&mut harness);
    harness.get_by_label("Delimiter: semicolon, detected");
    harness.get_by_label("bill");
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.state().model.project.sources.files, ["small.csv"]);
}

#[test]
fn wizard_remembers_a_shape_and_one_decision_serves_all_of_it() {
    let mut harness = empty();
    let text = "id,Wo,environment\nk1,pay,dev\n";
    stage(&mut harness, &[("one.csv", text), ("two.csv", text)]);
    harness.get_by_label_contains("Decide for all 2 files");
    harness.get_by_label("Meaning of Wo: not used").click();
    harness.run();
    harness.get_by_label("service").click();
    settle(&mut harness);
    harness.get_by_label("Meaning of Wo: service");
    assert_eq!(harness.state().model.staging.as_ref().unwrap().settings.overrides.len(), 2);
    harness.get_by_label("Import").click();
    settle(&mut harness);
    assert_eq!(harness.state().model.import_settings.remembered.len(), 1);
    stage(&mut harness, &[("three.csv", text)]);
    harness.get_by_label("remembered from a table with these columns");
    harness.get_by_label("Meaning of Wo: service");
}

#[test]
fn wizard_opens_by_itself_where_no_header_is_known_and_takes_what_was_pasted() {
    let mut harness = empty();
    open(&mut harness, "odd.csv", b"Nummer,Programm\nk1,pay\n".to_vec());
    assert!(harness.state().model.staging.is_some());
    harness.get_by_label("Header: none known, detected");
    harness.key_press(egui::Key::Escape);
    harness.run();
    harness.event(egui::Event::Paste(SMALL.to_owned()));
    settle(&mut harness);
    harness.get_by_label("Delimiter: semicolon, detected");
    harness.get_by_label("Import").click();
    settle(&mut harness);
    assert_eq!(harness.state().model.project.sources.files, ["pasted text"]);
    assert!(harness.state().model.project.sources.opening.is_none());
}

#[test]
fn wizard_reads_a_table_without_a_header_by_the_numbers_of_its_columns() {
    let mut harness = empty();
    open(&mut harness, "bare.csv", b"k1,S3cr3tOne,pay,prod\nk2,S3cr3tTwo,web,dev\n".to_vec());
    harness.get_by_label("Nothing is imported yet: no header is recognised in bare.csv");
    harness.get_by_label("Header: none known, detected").click();
    harness.run();
    harness.get_by_label("no header").click();
    settle(&mut harness);
    harness.get_by_label("Header: no header, set by you");
    for (column, meaning) in [(1, "credential id"), (3, "service")] {
        harness.get_by_label(&format!("Meaning of column {column}: not used")).click();
        harness.run();
        harness.get_by_label(meaning).click();
        settle(&mut harness);
    }
    harness.get_by_label_contains("2 rows: 2 accepted");
    harness.get_by_label("Import").click();
    settle(&mut harness);
    assert_eq!(harness.state().model.project.sources.files, ["bare.csv"]);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    assert_eq!(answers.graph.credentials().len(), 2);
    assert!(!format!("{:?}", answers.graph.inventory()).contains("S3cr3t"));
    assert!(harness.state().model.import_settings.remembered.is_empty());
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn wizard_takes_files_that_are_dropped_on_the_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let names = ["one.csv", "two.csv"];
    let mut harness = empty();
    for name in names {
        let path = folder.path().join(name);
        std::fs::write(&path, SMALL).expect("written");
        harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
    }
    settle(&mut harness);
    harness.get_by_label("one.csv");
    harness.get_by_label_contains("6 rows: 3 accepted, 3 merged");
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    let paths = harness.state().model.project.sources.paths();
    assert_eq!(paths, names.map(|name| folder.path().join(name)));
}

#[test]
fn wizard_shows_how_what_is_open_was_read() {
    let mut harness = empty();
    open(&mut harness, "small.csv", SMALL.as_bytes().to_vec());
    harness.get_by_label("File").click();
    harness.run();
    harness.get_by_label_contains("Review how the files were read…").click();
    harness.run();
    settle(&mut harness);
    harness.get_by_label("Delimiter: semicolon, detected");
    harness.get_by_label_contains("Of 2 open credentials, 2 stay and 0 go; 0 are new");
    harness.get_by_label_contains("It is a newer export of the same inventory");
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_eq!(harness.state().model.project.sources.files, ["small.csv"]);
}

#[test]
fn wizard_says_what_becomes_of_what_is_open() {
    let mut harness = sample("talk.csv");
    stage(&mut harness, &[("small.csv", SMALL)]);
    harness.get_by_label_contains("Of 31 open credentials, 0 stay and 31 go; 2 are new");
    harness.get_by_label("Import").click();
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    assert_eq!(answers.totals.credentials, 2);
}

#[test]
fn wizard_leaves_no_pasted_text_behind_in_the_window() {
    let mut harness = empty();
    harness.event(egui::Event::Paste(SMALL.to_owned()));
    harness.step();
    let texts = harness.ctx.input(|input| format!("{:?}{:?}", input.events, input.raw.events));
    assert!(texts.contains("Paste") && !texts.contains("k1;pay"), "{texts}");
    harness.state_mut().model.finish_jobs();
    harness.run();
    let held = harness.state().model.staging.as_ref().map(|staging| staging.files.held.clone());
    let held = held.expect("it is staged");
    assert_eq!(held.0.first().map(|file| &*file.bytes), Some(SMALL.as_bytes()));
    assert_eq!(harness.state().model.staging.as_ref().unwrap().files.opening.names().len(), 1);
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert!(harness.state().model.staging.is_none());
    assert_eq!(std::sync::Arc::strong_count(&held), 1, "nobody else holds what was pasted");
}

#[test]
fn wizard_saves_the_mapping_where_the_user_says_and_it_reads_the_table_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.toml");
    let mut harness = empty();
    let goal = path.clone();
    harness.state_mut().model.ask_where = std::sync::Arc::new(move |_| Some(goal.clone()));
    stage(&mut harness, &[("one.csv", "id,Wo,environment\nk1,pay,dev\n")]);
    harness.get_by_label("Meaning of Wo: not used").click();
    harness.run();
    harness.get_by_label("service").click();
    settle(&mut harness);
    harness.get_by_label("Save the column mapping…").click();
    settle(&mut harness);
    harness.get_by_label_contains("The column mapping is in");
    let text = std::fs::read_to_string(&path).expect("the mapping is written");
    let mapping = crate::import::ColumnMapping::parse(&text).expect("it is a mapping");
    assert_eq!(mapping.columns.get("Wo").map(String::as_str), Some("service"));
    harness.state_mut().model.ask_where = std::sync::Arc::new(|_| None);
    harness.get_by_label("Save the column mapping…").click();
    settle(&mut harness);
    harness.get_by_label_contains("No file was chosen");
}

#[test]
fn wizard_keeps_what_was_decided_in_the_mappings_folder_and_reads_it_on_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("keyreach");
    let kept = root.join("mappings");
    let text = "name,Wo,owner,name\nk1,pay,x,y\n";
    let mut harness = empty();
    load_kept(&mut harness.state_mut().model, &root);
    assert!(harness.state().model.import_settings.remembered.is_empty());
    stage(&mut harness, &[("one.csv", text)]);
    harness.get_by_label("Meaning of Wo: not used").click();
    harness.run();
    harness.get_by_label("service").click();
    settle(&mut harness);
    harness.get_by_label("Import").click();
    settle(&mut harness);
    let files = std::fs::read_dir(&kept).expect("the folder is there").count();
    assert_eq!(files, 1);
    std::fs::write(kept.join("broken.toml"), "columns = 1").expect("written");
    let mut next = empty();
    load_kept(&mut next.state_mut().model, &root);
    assert_eq!(next.state().model.import_settings.remembered.len(), 1);
    stage(&mut next, &[("two.csv", text)]);
    next.get_by_label("remembered from a table with these columns");
    next.get_by_label("Meaning of Wo: service");
    next.get_by_label("name (2)");
}

#[test]
fn wizard_imports_no_secrets_as_names_until_somebody_says_that_there_are_none() {
    let mut harness = empty();
    stage(&mut harness, &[("one.csv", "id,token,owner\nk1,c4nary-pass,x\n")]);
    harness.get_by_label_contains("Meaning of token: secret value").click();
    harness.run();
    harness.get_by_label("service").click();
    settle(&mut harness);
    harness.get_by_label_contains("“token” is named as a secret, but its meaning is service");
    harness.get_by_label_contains("Nothing is imported yet");
    assert!(harness.query_by_label("c4nary-pass").is_none());
    harness.get_by_label("Import").click();
    settle(&mut harness);
    assert!(harness.state().model.inventory().is_none(), "nothing is imported");
    harness.get_by_label("“token” holds no secret values").click();
    settle(&mut harness);
    harness.get_by_label("c4nary-pass");
    harness.get_by_label("Import").click();
    settle(&mut harness);
    assert!(harness.state().model.inventory().is_some());
}

#[test]
fn wizard_shows_each_table_of_an_archive() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("a.csv", "id,service\nk1,pay\n"), ("b.csv", "id,service\nk2,ship\n")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("packed");
        zip.write_all(text.as_bytes()).expect("packed");
    }
    let bytes = zip.finish().expect("packed").into_inner();
    let mut harness = empty();
    let opening = Opening::Bytes(vec![("all.zip".to_owned(), bytes)]);
    harness.state_mut().model.apply(Command::Stage(StageCommand::Begin(opening)));
    settle(&mut harness);
    harness.get_by_label("pay");
    harness.get_by_label("Table: a.csv · 1 of 2").click();
    harness.run();
    harness.get_by_label("b.csv").click();
    settle(&mut harness);
    harness.get_by_label("Table: b.csv · 2 of 2");
    harness.get_by_label("ship");
    harness.get_by_label_contains("2 rows: 2 accepted");
}

#[test]
fn wizard_says_why_the_columns_of_some_exports_cannot_be_chosen() {
    let mut harness = empty();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/imports/tool-aws-credential-report.csv");
    let text = std::fs::read_to_string(path).expect("the case is there");
    stage(&mut harness, &[("report.csv", &text)]);
    harness.get_by_label_contains("settled by the format and cannot be chosen here");
}

#[test]
fn wizard_asks_what_unknown_words_mean_and_reads_and_remembers_the_answer() {
    let text = "id,service,environment,access\nk1,shop,Werkbank,zapft\nk1,bank,prod,grants\n";
    let mut harness = empty();
    stage(&mut harness, &[("one.csv", text)]);
    harness.get_by_label("2 words are not known");
    for (label, choice) in
        [("access word zapft: as it is", "holds"), ("environment word Werkbank: as it is", "dev")]
    {
        harness.get_by_label(label).click();
        harness.run();
        harness.get_by_label(choice).click();
        settle(&mut harness);
    }
    harness.get_by_label("Words that were explained");
    let staging = harness.state().model.staging.as_ref().expect("it is staged");
    let counts = staging.result.clone().expect("it was counted").expect("it can be read");
    let decided = counts.decided.first().expect("worth remembering").to_toml();
    assert!(decided.contains("zapft = \"holds\"") && decided.contains("Werkbank = \"dev\""));
    harness.get_by_label("Import").click();
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    assert!(answers.graph.find_instance("shop", "dev").is_some());
    assert_eq!((answers.totals.holds, answers.totals.grants), (1, 1));
}
