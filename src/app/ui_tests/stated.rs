//! What rests on assumed access says so beside its figure, in every table and in the inspector.

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};

use super::{empty, open, settle};
use crate::analysis::Subject;
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::shell::window::Window;

/// shop holds `k`, which opens pay: that is stated. That hub holds and opens `k` too, and mail `l`, is
/// assumed. Of the pairs shop → pay, shop → hub and mail → pay the first is stated.
const ROWS: &str = "id,service,environment,access\nk,shop,dev,holds\nk,pay,prod,grants\nk,hub,prod,\n\
                    l,mail,dev,\nl,pay,prod,grants\n";

fn showing(tab: Tab) -> Harness<'static, Window> {
    let mut harness = empty();
    harness.set_size(egui::vec2(1280.0, 1600.0));
    open(&mut harness, "rows.csv", ROWS.as_bytes().to_vec());
    settle(&mut harness);
    harness.state_mut().model.apply(Command::Table(TableCommand::Show(tab)));
    settle(&mut harness);
    harness
}

/// How often a text stands on screen.
fn count(harness: &Harness<'static, Window>, text: &str) -> usize {
    harness.query_all_by_label(text).count()
}

#[test]
fn tables_say_how_much_rests_on_stated_access() {
    let credentials = showing(Tab::Credentials);
    // k reaches pay and hub, l pay and mail; of each, pay as stated.
    assert_eq!(count(&credentials, "2, 1 stated"), 2);
    let services = showing(Tab::Services);
    // hub is reached from shop alone; pay from shop and mail, and shop reaches pay and hub.
    assert_eq!(count(&services, "1, 0 stated"), 3, "reached by of hub; reach of hub and mail");
    assert_eq!(count(&services, "2, 1 stated"), 2);
    let paths = showing(Tab::Paths);
    assert_eq!((count(&paths, "stated access"), count(&paths, "assumption")), (1, 2));
    let chokes = showing(Tab::ChokePoints);
    let assumed = chokes.query_all_by_label_contains(", assumed");
    // The steps along links that the accessibility tree has say so too.
    let is_cell = |own: &Node<'_>| own.accesskit_node().role() != egui::accesskit::Role::Button;
    assert_eq!(assumed.filter(is_cell).count(), 1, "those of l");
    let plan = showing(Tab::CutAndPlan);
    assert_eq!((count(&plan, "stated"), count(&plan, "assumed")), (1, 1), "a step for each");
    let members: Vec<_> =
        ["cost 1 · 2 pairs depend on it", "cost 1 · 1 pair depends on it · assumed"]
            .map(|text| count(&plan, text))
            .into();
    assert_eq!(members, [1, 1]);
}

#[test]
fn the_inspector_says_how_much_of_each_figure_is_stated() {
    // Pairs that hang on it, who holds it, what it opens.
    for (name, [none, one]) in [("k", [0, 3]), ("l", [2, 1])] {
        let mut harness = showing(Tab::Findings);
        let answers = harness.state().model.answers.clone().expect("there are answers");
        let at = answers.graph.find_credential(name).expect("it is there");
        harness.state_mut().model.apply(Command::Select(Some(Subject::Credential(at))));
        settle(&mut harness);
        assert_eq!(
            [count(&harness, "0 stated"), count(&harness, "1 stated")],
            [none, one],
            "{name}"
        );
    }
}
