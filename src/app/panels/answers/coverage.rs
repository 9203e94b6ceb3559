//! What the answers rest on: the ends, and what the inventory cannot say.

use egui::{RichText, Ui};

use crate::analysis::{Counting, Coverage, Gap, Subject};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::parts::{sentence_ui, side_by_side_ui};
use crate::app::panels::answers::standing::ends_of;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{capitalised, heading_ui, note_ui, subject_ui};
use crate::app::work::answers::Answers;
use crate::graph::{AccessGraph, EdgeIndex, InstanceIndex};
use crate::inventory::counted;
use crate::scene::Face;

/// So many of each are listed.
const MOST: usize = 200;

/// The tab.
pub(crate) fn coverage_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    side_by_side_ui(ui, context, |ui, context, left| {
        if left { gaps_ui(ui, context, answers) } else { ends_ui(ui, context, answers) }
    });
}

fn title_ui(ui: &mut Ui, context: &PanelContext<'_>, text: &str) {
    let title = RichText::new(text).font(font(Face::Strong, size::BODY));
    ui.label(title.color(ink(context.theme.text)));
}

fn gaps_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    title_ui(ui, context, "What the inventory cannot say");
    sentence_ui(ui, context, "Silence is not safety: what no row says, no answer here can show");
    let coverage = &answers.coverage;
    if coverage.assumed_edges > 0 {
        let text = format!(
            "{} of {} edges rest on assumed access",
            coverage.assumed_edges, coverage.edges
        );
        sentence_ui(ui, context, &text);
    }
    for silence in Silence::ALL {
        let gap = silence.gap(coverage);
        let stated = if gap.missing_stated == gap.missing {
            String::new()
        } else {
            format!(", {} with stated access alone", gap.missing_stated)
        };
        let text = format!("{} of {} {}{stated}", gap.missing, gap.of, silence.words());
        if gap.missing == 0 {
            note_ui(ui, context.theme, &text);
            continue;
        }
        let title = RichText::new(text).size(size::NOTE).color(ink(context.theme.text));
        egui::CollapsingHeader::new(title).id_salt(silence.words()).show(ui, |ui| {
            list_ui(ui, context, silence.members(&answers.graph), gap.missing);
        });
    }
}

fn list_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    members: impl Iterator<Item = Subject>,
    whole: usize,
) {
    for subject in members.take(MOST) {
        subject_ui(ui, context, subject);
    }
    if whole > MOST {
        note_ui(ui, context.theme, &format!("and {} more", whole - MOST));
    }
}

fn ends_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    title_ui(ui, context, "Ends");
    let exposure = &answers.exposure;
    if exposure.pairs == 0 {
        sentence_ui(ui, context, &exposure.sentence());
    } else {
        let pairs = format!(
            "{} × {} make {}, not counting an instance with itself",
            counted(exposure.entry_points, "entry point", "entry points"),
            counted(exposure.crown_jewels, "crown jewel", "crown jewels"),
            counted(exposure.pairs as usize, "pair", "pairs")
        );
        sentence_ui(ui, context, &pairs);
    }
    let ends = &answers.ends;
    let lists = [
        ("Entry points", &ends.entry_points, "Entry point"),
        ("Crown jewels", &ends.crown_jewels, "Crown jewel"),
        ("Already fallen", &ends.already_fallen, "Already fallen"),
    ];
    for (name, members, what) in lists {
        if members.is_empty() {
            continue;
        }
        heading_ui(ui, context.theme, &format!("{name} {}", members.len()));
        let whys: Vec<&str> = members.iter().take(MOST).map(|&at| why(answers, at, what)).collect();
        let same = whys.windows(2).all(|pair| pair.first() == pair.last());
        if let Some(first) = whys.first().filter(|_| same) {
            note_ui(ui, context.theme, &capitalised(first));
        }
        for (&at, why) in members.iter().zip(&whys) {
            end_ui(ui, context, (at, if same { "" } else { why }));
        }
        if members.len() > MOST {
            note_ui(ui, context.theme, &format!("and {} more", members.len() - MOST));
        }
    }
}

/// Why an instance is what it is.
fn why(answers: &Answers, at: InstanceIndex, what: &str) -> &'static str {
    let found = ends_of(answers, at).into_iter().find(|(word, _)| *word == what);
    found.map_or("", |(_, why)| why)
}

fn end_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (at, why): (InstanceIndex, &str)) {
    ui.horizontal(|ui| {
        subject_ui(ui, context, Subject::Instance(at));
        let text = RichText::new(why).size(size::NOTE).color(ink(context.theme.muted));
        ui.add(egui::Label::new(text).truncate());
    });
}

/// One thing that an inventory can be silent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Silence {
    Holder,
    Grant,
    Owner,
    Expiry,
    InstanceGrant,
    InstanceOwner,
    Environment,
}

impl Silence {
    const ALL: [Self; 7] = [
        Self::Holder,
        Self::Grant,
        Self::Owner,
        Self::Expiry,
        Self::InstanceGrant,
        Self::InstanceOwner,
        Self::Environment,
    ];

    fn gap(self, coverage: &Coverage) -> Gap {
        match self {
            Self::Holder => coverage.credentials_without_holder,
            Self::Grant => coverage.credentials_without_grant,
            Self::Owner => coverage.credentials_without_owner,
            Self::Expiry => coverage.credentials_without_expiry,
            Self::InstanceGrant => coverage.instances_without_grant,
            Self::InstanceOwner => coverage.instances_without_owner,
            Self::Environment => coverage.instances_without_environment,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Holder => "live credentials have no holder",
            Self::Grant => "live credentials grant nothing",
            Self::Owner => "live credentials have no owner",
            Self::Expiry => "live credentials have no expiry",
            Self::InstanceGrant => "service instances are granted by no credential",
            Self::InstanceOwner => "service instances have no owner",
            Self::Environment => "service instances have no known environment",
        }
    }

    /// What it is silent on, by name, as [`Coverage`] counts it.
    fn members(self, graph: &AccessGraph) -> impl Iterator<Item = Subject> + '_ {
        let (credentials, instances) = match self {
            Self::Holder | Self::Grant | Self::Owner | Self::Expiry => (true, false),
            Self::InstanceGrant | Self::InstanceOwner | Self::Environment => (false, true),
        };
        let of_credentials = graph.credential_indices().filter(move |_| credentials);
        let of_instances = graph.instance_indices().filter(move |_| instances);
        let all = of_credentials.map(Subject::Credential);
        all.chain(of_instances.map(Subject::Instance)).filter(move |&at| self.holds(graph, at))
    }

    /// Whether nothing is said of a subject.
    fn holds(self, graph: &AccessGraph, subject: Subject) -> bool {
        let silent = |edges: &[EdgeIndex]| {
            !edges.iter().map(|&edge| graph.edge(edge)).any(|edge| {
                Counting::All.counts(edge) && graph.credential(edge.credential).is_live()
            })
        };
        match (subject, self) {
            (Subject::Credential(at), _) if !graph.credential(at).is_live() => false,
            (Subject::Credential(at), Self::Holder) => silent(graph.held_by(at)),
            (Subject::Credential(at), Self::Grant) => silent(graph.grants(at)),
            (Subject::Credential(at), Self::Owner) => graph.owners_of(at).is_empty(),
            (Subject::Credential(at), Self::Expiry) => graph.credential(at).expires.is_none(),
            (Subject::Instance(at), Self::InstanceGrant) => silent(graph.granted_by(at)),
            (Subject::Instance(at), Self::InstanceOwner) => graph.owners_of_instance(at).is_empty(),
            (Subject::Instance(at), Self::Environment) => !graph.environment_of(at).is_known(),
            (Subject::Credential(_) | Subject::Instance(_), _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{FileBytes, FingerprintKey, ImportSettings, import};
    use crate::inventory::{Assumptions, Progress};

    #[test]
    fn every_gap_lists_as_many_as_it_counts() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
        let mut listed = Silence::ALL.map(|_| 0);
        for name in ["payments.csv", "messy.csv", "talk.csv"] {
            let bytes = std::fs::read(folder.join(name)).unwrap();
            let key = FingerprintKey::from_bytes([7; 32]);
            let files = vec![FileBytes::new(name, bytes)];
            let settings = ImportSettings::default();
            let inventory = import(files, &key, &settings, &Progress::default()).unwrap();
            let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
            let graph = AccessGraph::build(std::sync::Arc::new(inventory), &assumptions);
            let coverage = crate::analysis::coverage(&graph);
            for (silence, listed) in Silence::ALL.into_iter().zip(&mut listed) {
                let (gap, members) = (silence.gap(&coverage), silence.members(&graph).count());
                assert_eq!(gap.missing, members, "{name}: {}", silence.words());
                *listed += members;
            }
        }
        assert!(listed.iter().all(|&listed| listed > 0), "a gap without a member: {listed:?}");
    }
}
