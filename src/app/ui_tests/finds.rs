//! What the search field and the palette find: everything that has a name, by each of its names.

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{empty, open, search, selected_name};
use crate::analysis::Subject;
use crate::app::commands::offers::{Offer, offers};
use crate::app::model::command::{Command, LookCommand};
use crate::app::shell::window::Window;

/// Three rows name one secret differently; names have capital letters and letters beyond ASCII.
const TABLE: &str = "id,password,service,environment,access\n\
                     build-key,hunter2hunter2,Shop,dev,holds\nZeta-Old,hunter2hunter2,Bank,prod,grants\n\
                     Ölkännchen,hunter2hunter2,Bank,qa,holds\nlone,,Öl & Gas,dev,holds\n";

#[test]
fn everything_is_found_by_each_of_its_names_in_whatever_case() {
    let mut harness = empty();
    open(&mut harness, "names.csv", TABLE.as_bytes().to_vec());
    let model = &mut harness.state_mut().model;
    let answers = model.answers.clone().expect("there are answers");
    let graph = &answers.graph;
    let mut aliases = 0;
    for subject in answers.subjects() {
        let names = match subject {
            Subject::Instance(at) => vec![graph.service_name(at)],
            Subject::Credential(at) => {
                let own = graph.credential_name(at);
                let ids = graph.aliases(at).iter().map(|id| graph.inventory().text(*id));
                let mut names: Vec<_> = ids.filter(|id| *id != own).collect();
                aliases += names.len();
                names.push(own);
                names
            }
        };
        for name in names {
            let part: String = name.chars().skip(1).collect();
            for text in [name.to_owned(), name.to_uppercase(), name.to_lowercase(), part] {
                model.apply(Command::Look(LookCommand::Search(text.clone())));
                model.apply(Command::Look(LookCommand::Palette(true)));
                model.apply(Command::Look(LookCommand::PaletteText(text.clone())));
                for found in &model.found {
                    assert!(found.best.contains(&subject), "{text} finds {name}");
                }
                let offers = offers(model);
                let offered =
                    |offer: &Offer| matches!(offer, Offer::Subject(own) if *own == subject);
                assert!(offers.iter().any(offered), "{text} offers {name}");
            }
        }
    }
    assert_eq!(aliases, 2);
}

#[test]
fn an_alias_that_is_typed_selects_its_credential_with_enter() {
    let mut harness = empty();
    open(&mut harness, "names.csv", TABLE.as_bytes().to_vec());
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(selected_name(&harness), None);
    search(&mut harness, "build-k");
    harness.key_press(Key::Enter);
    harness.run();
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let same = answers.graph.find_credential("build-key").expect("it is one of its ids");
    assert_eq!(harness.state().model.selected(), Some(Subject::Credential(same)));
    assert_ne!(selected_name(&harness).as_deref(), Some("build-key"));
}

#[test]
fn what_nothing_has_in_its_name_finds_nothing_and_says_so() {
    let mut harness = empty();
    open(&mut harness, "names.csv", TABLE.as_bytes().to_vec());
    search(&mut harness, "nobody");
    harness.get_by_label("No credential or service has that in its name");
    let [found, _] = &harness.state().model.found;
    assert_eq!((found.best.len(), found.total), (0, 0));
}

#[test]
fn what_is_found_is_looked_for_anew_in_whatever_is_opened() {
    let mut harness = empty();
    open(&mut harness, "names.csv", TABLE.as_bytes().to_vec());
    search(&mut harness, "lone");
    let found = |harness: &Harness<'static, Window>| -> Vec<String> {
        let model = &harness.state().model;
        let answers = model.answers.as_ref().expect("there are answers");
        let [found, _] = &model.found;
        found.best.iter().map(|subject| answers.name(*subject)).collect()
    };
    assert_eq!(found(&harness), ["lone"]);
    let other = "id,service\na,b\nalone,lonely\nz,y\n";
    open(&mut harness, "other.csv", other.as_bytes().to_vec());
    assert_eq!(found(&harness).len(), 2);
    assert!(found(&harness).iter().all(|name| name.contains("lone")));
    harness.state_mut().model.apply(Command::Close);
    harness.run();
    assert_eq!(harness.state().model.found[0].total, 0, "nothing is open");
}
