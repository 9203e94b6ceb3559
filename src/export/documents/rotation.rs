//! The order in which credentials are replaced once something has fallen, as a document.

use super::basis::basis;
use super::names::with_word;
use crate::analysis::{Rotation, RotationGroup, Starts, Wave, dead_by_id_words};
use crate::export::document::{Document, Item, Line};
use crate::export::hops::assumed_mark;
use crate::export::rotation::{AnsweredRotation, owner_names};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex};
use crate::inventory::counted;

/// What to clean first, then wave by wave what to replace, where each new secret goes and who owns
/// it, and what is still reached after each wave.
pub fn rotation_document(answered: &AnsweredRotation<'_>) -> Document {
    let mut document = Document::default();
    basis(answered.graph, &mut document);
    add_rotation(answered, &mut document);
    document
}

/// Adds the same to a document that says what it rests on.
pub(super) fn add_rotation(answered: &AnsweredRotation<'_>, document: &mut Document) {
    let AnsweredRotation { graph, starts, rotation } = *answered;
    fallen(graph, starts, document);
    if let Some(words) = dead_by_id_words(graph, &answered.dead_by_id_alone()) {
        document.sentence(words);
    }
    if rotation.groups.is_empty() {
        document.sentence("No live credential has fallen, so there is nothing to replace");
    } else {
        document.sentence(summary(rotation));
    }
    if !rotation.clean_first.is_empty() {
        let count = rotation.clean_first.len() as u64;
        let instances = if count == 1 { " service instance" } else { " service instances" };
        document.heading(
            Line::from("Clean first: ").figure(count, "service instances").text(instances),
        );
        document.list(rotation.clean_first.iter().map(|clean| {
            let name = graph.instance_name(clean.instance);
            Item::from(format!("{name}{}", assumed_mark(!clean.assumed)))
        }));
    }
    let mut groups = rotation.groups.as_slice();
    for (number, wave) in (1..).zip(&rotation.waves) {
        let (own, rest) = groups.split_at_checked(wave.groups).unwrap_or((groups, &[]));
        groups = rest;
        let credentials = counted(wave.credentials, "credential", "credentials");
        document.heading(format!("Wave {number}: replace {credentials}"));
        document.list(own.iter().map(|group| group_item(graph, group)));
        document.sentence(after(number, wave));
    }
}

fn fallen(graph: &AccessGraph, starts: &Starts, document: &mut Document) {
    for &credential in &starts.credentials {
        let name = graph.credential_name(credential);
        let live = graph.credential(credential).is_live();
        let dead = if live { "" } else { ", which is dead and grants nothing" };
        document.sentence(format!("fallen: {}{dead}", with_word("credential", name)));
    }
    for &instance in &starts.instances {
        let name = graph.instance_name(instance);
        document.sentence(format!("fallen: {}", with_word("service", &name)));
    }
}

fn summary(rotation: &Rotation) -> Line {
    let line = Line::default().figure(rotation.credentials() as u64, "credentials to replace");
    let noun = if rotation.credentials() == 1 { "credential" } else { "credentials" };
    let waves = counted(rotation.waves.len(), "wave", "waves");
    let line = line.text(format!(" {noun} to replace in {waves}, "));
    let line = line.figure(rotation.reached as u64, "service instances");
    let (noun, verb) =
        if rotation.reached == 1 { ("instance", "is") } else { ("instances", "are") };
    let by = if rotation.credentials() == 1 { "it" } else { "them" };
    let line = line.text(format!(" service {noun} {verb} opened by {by}"));
    if rotation.reached == 0 {
        return line;
    }
    line.stated_share((rotation.reached, rotation.reached_stated), "service instances")
}

/// What is replaced in one go, and where the new secrets are put.
fn group_item(graph: &AccessGraph, group: &RotationGroup) -> Item {
    let name = |at: &CredentialIndex| {
        let is_stated = group.assumed.binary_search(at).is_err();
        format!("{}{}", graph.credential_name(*at), assumed_mark(is_stated))
    };
    let names: Vec<String> = group.credentials.iter().map(name).collect();
    let together = if names.len() > 1 { "together: " } else { "" };
    let head = format!("{together}{}  {}", names.join(", "), owned_by(graph, &group.owners));
    let update = |&at: &InstanceIndex| {
        let owners = graph.owners_of_instance(at);
        let owners = if owners.is_empty() {
            String::new()
        } else {
            format!("  {}", owned_by(graph, owners))
        };
        let mark = assumed_mark(group.is_stated_holder(at));
        Item::from(format!("new secret into {}{mark}{owners}", graph.instance_name(at)))
    };
    let mut below: Vec<Item> = group.update.iter().map(update).collect();
    if below.is_empty() {
        below.push(Item::from("nothing is known to hold it: ask who uses it"));
    }
    Item::with(head, below)
}

fn owned_by(graph: &AccessGraph, owners: &[OwnerIndex]) -> String {
    if owners.is_empty() {
        return "without an owner".to_owned();
    }
    format!("owned by {}", owner_names(graph, owners).join(", "))
}

fn after(number: u32, wave: &Wave) -> Line {
    if wave.still_reached == 0 {
        return Line::from(format!("After wave {number} nothing is reached any more"));
    }
    let (noun, verb) =
        if wave.still_reached == 1 { ("instance", "is") } else { ("instances", "are") };
    let line = Line::from(format!("After wave {number}, "));
    let line = line.figure(wave.still_reached as u64, "service instances");
    let line = line.text(format!(" service {noun} {verb} still reached"));
    line.stated_share((wave.still_reached, wave.still_reached_stated), "service instances")
}
