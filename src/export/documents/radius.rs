//! The blast radius of chosen starts as a document.

use super::basis::basis;
use super::names::with_word;
use crate::analysis::{dead_by_id_alone, dead_by_id_words};
use crate::export::document::{Document, Item, Line};
use crate::export::hops::assumed_mark;
use crate::export::radius::AnsweredRadius;
use crate::inventory::counted;

/// What is reached, hop by hop, and what has to be rotated then.
pub fn radius_document(answered: &AnsweredRadius<'_>) -> Document {
    let AnsweredRadius { graph, starts, radius, stated } = *answered;
    let whole = graph.instances().len();
    let mut document = Document::default();
    basis(graph, &mut document);
    for &credential in &starts.credentials {
        let name = graph.credential_name(credential);
        let live = graph.credential(credential).is_live();
        let dead = if live { "" } else { ", which is dead and grants nothing" };
        document.sentence(format!("from {}{dead}", with_word("credential", name)));
    }
    for &instance in &starts.instances {
        let name = graph.instance_name(instance);
        document.sentence(format!("from {}", with_word("service", &name)));
    }
    let reached = radius.reached.iter().map(|own| own.instance);
    let instances = starts.instances.iter().copied().chain(reached);
    let doubted = dead_by_id_alone(graph, &starts.credentials, instances);
    if let Some(words) = dead_by_id_words(graph, &doubted) {
        document.sentence(words);
    }
    let reached = Line::default().figure(radius.reached.len() as u64, "service instances");
    let are = if radius.reached.len() == 1 { "is" } else { "are" };
    let whole = counted(whole, "service instance", "service instances");
    let reached = reached.text(format!(" of {whole} {are} reached"));
    let figures = (radius.reached.len(), stated.reached.len());
    document.sentence(reached.stated_share(figures, "service instances"));
    document.list(radius.reached.iter().map(|reached| {
        let name = graph.instance_name(reached.instance);
        let via = graph.credential_name(reached.via);
        let mark = assumed_mark(stated.reaches(reached.instance));
        Item::from(format!("hop {}  {name}  through {via}{mark}", reached.hops))
    }));
    let more = counted(radius.obtained.len(), "more credential", "more credentials");
    document.sentence(format!("{more} to rotate"));
    document.list(radius.obtained.iter().map(|obtained| {
        let held_by = graph.instance_name(obtained.held_by);
        let name = graph.credential_name(obtained.credential);
        let mark = assumed_mark(stated.obtains(obtained.credential));
        Item::from(format!("{name}  held by {held_by}{mark}"))
    }));
    document
}
