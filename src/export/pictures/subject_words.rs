//! What the parts of a picture stand for, in words.

use std::collections::BTreeMap;

use crate::analysis::Subject;
use crate::graph::{AccessGraph, CredentialIndex, Edge, EdgeIndex, EdgeKind, InstanceIndex};
use crate::inventory::{counted, shown};
use crate::scene::{Picture, PictureSubject};

/// Says what parts of a picture stand for.
pub(super) struct SubjectWords<'a> {
    graph: &'a AccessGraph,
    regions: BTreeMap<u16, &'a str>,
    sections: &'a BTreeMap<u32, String>,
}

impl<'a> SubjectWords<'a> {
    /// Regions are called what is written on them, bodies what they stand for.
    pub(super) fn new(graph: &'a AccessGraph, picture: &'a Picture) -> Self {
        let texts = picture.layers().into_iter().flat_map(|layer| &layer.texts);
        let named = texts.filter_map(|text| match text.subject {
            Some(PictureSubject::Region(at)) => Some((at, text.text.as_str())),
            _ => None,
        });
        let mut regions = BTreeMap::new();
        for (at, name) in named {
            regions.entry(at).or_insert(name);
        }
        Self { graph, regions, sections: &picture.section_names }
    }

    /// What a part stands for, in words, with hostile characters escaped.
    pub(super) fn of(&self, subject: PictureSubject) -> String {
        let words = match subject {
            PictureSubject::Mark(Subject::Credential(at)) => {
                let dead = if self.graph.credential(at).is_live() { "" } else { ", dead" };
                format!("credential {}{dead}", self.graph.credential_name(at))
            }
            PictureSubject::Mark(Subject::Instance(at)) => {
                format!("service {}", self.graph.instance_name(at))
            }
            PictureSubject::Link(credential, instance) => self.link(credential, instance),
            PictureSubject::Region(at) => match self.regions.get(&at) {
                // Its name and how many services it has, two blanks apart.
                Some(text) => match text.rsplit_once("  ") {
                    Some((name, figure)) => format!("region {name}, service instances: {figure}"),
                    None => format!("region {text}"),
                },
                None => "region".to_owned(),
            },
            PictureSubject::Group { section, instances, credentials, .. } => {
                let counts = [
                    (instances, "service instance", "service instances"),
                    (credentials, "credential", "credentials"),
                ];
                let there = counts.into_iter().filter(|(count, ..)| *count > 0);
                let counts: Vec<String> =
                    there.map(|(count, one, many)| counted(count as usize, one, many)).collect();
                let name = section.and_then(|at| self.sections.get(&at));
                let name = name.map_or_else(String::new, |own| format!("{own}: "));
                format!("{name}{}", counts.join(" and "))
            }
            PictureSubject::Bundle { links, .. } => counted(links as usize, "link", "links"),
        };
        shown(&words).into_owned()
    }

    /// Who holds what, and what it opens.
    fn link(&self, credential: CredentialIndex, instance: InstanceIndex) -> String {
        let graph = self.graph;
        let (held, opened) = (graph.held_by(credential), graph.grants(credential));
        let there = |edges: &[EdgeIndex]| -> Option<Edge> {
            let edges = edges.iter().map(|&at| graph.edge(at));
            edges.copied().find(|edge| edge.instance == instance)
        };
        let (key, service) = (graph.credential_name(credential), graph.instance_name(instance));
        let said = [there(held), there(opened)].into_iter().flatten().map(|edge| {
            let assumed = if edge.assumed { " (assumed)" } else { "" };
            match edge.kind {
                EdgeKind::Holds => format!("{service} holds {key}{assumed}"),
                EdgeKind::Grants => format!("{key} grants {service}{assumed}"),
            }
        });
        said.collect::<Vec<_>>().join("; ")
    }
}
