//! Names: environments within those of services, and those of credentials without an id.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::analysis::Subject;
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::search::SearchHits;
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;
use crate::app::ui_tests::{empty, settle, stage};

#[test]
fn wizard_confirms_environments_within_names_and_takes_them_back() {
    let mut harness = empty();
    stage(&mut harness, &[("names.csv", "credential,service\nk1,web-prod\nk1,web-dev\n")]);
    harness.get_by_label("web in prod");
    harness.get_by_label("Environment in names: read, as an assumption, detected").click();
    harness.run();
    harness.get_by_label("not read").click();
    settle(&mut harness);
    harness.get_by_label("web-prod");
    harness.get_by_label("Environment in names: not read, set by you").click();
    harness.run();
    harness.get_by_label("read, confirmed").click();
    settle(&mut harness);
    harness.get_by_label("web in prod");
    harness.get_by_label("Environment in names: read, confirmed, set by you");
    harness.get_by_label("Import").click();
    settle(&mut harness);
    let links = |harness: &Harness<'static, Window>| {
        let answers = harness.state().model.answers.clone().expect("there are answers");
        answers.graph.inventory().links.clone()
    };
    assert!(links(&harness).iter().all(|link| !link.instance_assumed));
    assert_eq!(links(&harness).len(), 2);
}

#[test]
fn unnamed_credentials_are_called_after_what_they_connect() {
    let mut harness = empty();
    stage(&mut harness, &[("keys.csv", "holder,target\nJenkins,Webshop\n")]);
    harness.get_by_label("Import").click();
    settle(&mut harness);
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let at = answers.graph.credential_indices().next().expect("there is a credential");
    assert_eq!(answers.graph.credential_name(at), "unnamed@keys.csv:2");
    let found = SearchHits::search(&answers, "jenkins → web");
    assert_eq!(found.best, [Subject::Credential(at)]);
    harness.state_mut().model.apply(Command::Select(Some(Subject::Credential(at))));
    settle(&mut harness);
    harness.get_by_label("Jenkins → Webshop");
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Credentials)));
    settle(&mut harness);
    assert!(harness.query_all_by_label_contains("Jenkins → Webshop (unnamed@keys").count() > 0);
}
