//! Decks of two scenes, of which the first has two steps.

use sha2::Digest as _;

use super::*;
use crate::analysis::{Answers, assess};
use crate::export::report_picture;
use crate::graph::AccessGraph;
use crate::graph::testing::graph;
use crate::inventory::Progress;
use crate::scene::Picture;

fn drawn() -> (AccessGraph, Picture) {
    let own = graph("k holds shop@dev\nk grants pay@prod");
    let progress = Progress::default();
    let answers = Answers::compute(own.clone(), &progress).unwrap();
    let assessment = assess(&answers.graph, &answers.ends, 10, &progress).unwrap();
    (
        own,
        report_picture(&answers, &assessment, crate::analysis::Disputed::default()).unwrap().light,
    )
}

fn pages<'a>(graph: &'a AccessGraph, picture: &'a Picture) -> Vec<DeckPage<'a>> {
    let page = |scene, step, title, figure| DeckPage { scene, step, title, figure, picture, graph };
    vec![
        page(0, 0, "Where <is> it?", None),
        page(0, 1, "Where <is> it?", Some("1 of 2")),
        page(1, 0, "# There", Some("2 of 2")),
    ]
}

fn text(write: impl Fn(&mut Vec<u8>)) -> String {
    let mut out = [Vec::new(), Vec::new()];
    out.iter_mut().for_each(&write);
    assert_eq!(out[0], out[1], "the same deck gives the same bytes");
    String::from_utf8_lossy(&out[0]).into_owned()
}

#[test]
fn a_deck_of_html_has_a_section_for_each_step_no_script_and_its_own_style_alone() {
    let (graph, picture) = drawn();
    let pages = pages(&graph, &picture);
    let page = text(|out| write_deck_html(&pages, out).unwrap());
    assert_eq!(page.matches("<section").count(), 3);
    assert!(page.contains("aria-label=\"Where &lt;is&gt; it?: 1 of 2\""), "{page}");
    assert!(!page.contains("<script") && !page.contains("style=\""));
    let start = page.find("<style>").unwrap() + "<style>".len();
    let style = &page[start..page.find("</style>").unwrap()];
    assert!(style.contains("scroll-snap-type"));
    let engine = &base64::engine::general_purpose::STANDARD;
    let hash = base64::Engine::encode(engine, sha2::Sha256::digest(style));
    assert_eq!(hash, html::STYLE_HASH);
    // No id stands twice.
    let ids: Vec<&str> =
        page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let distinct: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!((distinct.len(), ids.is_empty()), (ids.len(), false));
}

#[test]
fn a_deck_of_pdf_has_a_page_for_each_step() {
    let (graph, picture) = drawn();
    let pages = pages(&graph, &picture);
    let pdf = text(|out| write_deck_pdf(&pages, out).unwrap());
    assert!(pdf.starts_with("%PDF"));
    let packed: String = pdf.split_whitespace().collect();
    let all = packed.matches("/Type/Page").count();
    assert_eq!(all - packed.matches("/Type/Pages").count(), 3);
}

#[test]
fn a_deck_of_markdown_has_captions_figures_and_notes() {
    let (graph, picture) = drawn();
    let pages = pages(&graph, &picture);
    let notes = ["wait *here*\n\nthen go on".to_owned(), String::new()];
    let page = text(|out| write_deck_markdown(&pages, &notes, out).unwrap());
    let wanted = "# Where \\<is\\> it?\n\n## 1\\. Where \\<is\\> it?\n\n- 1 of 2\n\nwait \\*here\\*\n\n\
                  then go on\n\n## 2\\. \\# There\n\n- 2 of 2\n";
    assert_eq!(page, wanted);
}
