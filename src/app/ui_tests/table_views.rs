//! The views that are tables: hidden rows leave no gap, what is selected stands first, nothing is covered.

use egui_kittest::Harness;

use super::{empty, open, sample, settle};
use crate::analysis::Subject;
use crate::app::model::command::{Command, LookCommand, SightCommand};
use crate::app::model::filters::Facet;
use crate::app::shell::window::Window;
use crate::graph::EnvironmentIndex;
use crate::scene::{Map, Mark, Picture, PictureSubject, ViewKind};

const TABLES: [ViewKind; 2] = [ViewKind::Matrix, ViewKind::Strands];

fn apply(harness: &mut Harness<'static, Window>, command: Command) {
    harness.state_mut().model.apply(command);
    settle(harness);
}

fn shown(name: &str, kind: ViewKind) -> Harness<'static, Window> {
    let mut harness = sample(name);
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Look(LookCommand::ShowAs(kind)));
    harness
}

fn map<'a>(harness: &'a Harness<'static, Window>) -> &'a Map {
    harness.state().model.map().expect("it is laid out")
}

fn picture<'a>(harness: &'a Harness<'static, Window>) -> &'a Picture {
    harness.state().picture().expect("it is drawn")
}

/// The marks in sight: rows from top to bottom, columns from left to right.
fn in_sight(harness: &Harness<'static, Window>) -> (Vec<Mark>, Vec<Mark>) {
    let data = &harness.state().model.views.active().data;
    let marks = map(harness).marks.iter().zip(&data.sight.marks).filter(|(_, shown)| **shown);
    let (mut rows, mut columns): (Vec<Mark>, Vec<Mark>) =
        marks.map(|(mark, _)| *mark).partition(|mark| matches!(mark.subject, Subject::Instance(_)));
    rows.sort_by(|a, b| a.at.y.total_cmp(&b.at.y));
    columns.sort_by(|a, b| a.at.x.total_cmp(&b.at.x));
    (rows, columns)
}

#[test]
fn hidden_rows_and_columns_leave_no_gap_and_the_others_keep_their_order() {
    for kind in TABLES {
        let mut harness = shown("payments.csv", kind);
        let whole = map(&harness).clone();
        let (rows_before, _) = in_sight(&harness);
        let filters = [
            Command::Filter(Facet::Environment(EnvironmentIndex(0)), true),
            Command::Filter(Facet::Shared, true),
            Command::Sight(SightCommand::OnlyFound("app".to_owned())),
        ];
        for filter in filters {
            apply(&mut harness, filter);
            let (rows, columns) = in_sight(&harness);
            assert!(!rows.is_empty() && rows.len() < rows_before.len(), "{kind:?}");
            let pitch = 22.0;
            for pair in rows.windows(2) {
                let gap = pair[1].at.y - pair[0].at.y;
                // Over the first row of a region stands its name.
                let wanted = if pair[0].region == pair[1].region { pitch } else { 2.5 * pitch };
                assert!((gap - wanted).abs() < 0.1, "{kind:?}: {gap} between {pair:?}");
            }
            let order = |all: &[Mark]| -> Vec<Subject> {
                let kept = |own: &&Mark| rows.iter().any(|row| row.subject == own.subject);
                all.iter().filter(kept).map(|own| own.subject).collect()
            };
            assert_eq!(order(&rows), order(&rows_before), "{kind:?}");
            // Columns are equally far apart: farther where fewer of them have the pane to themselves.
            let apart = |pair: &[Mark]| pair[1].at.x - pair[0].at.x;
            let column = columns.windows(2).next().map_or(pitch, apart);
            assert!(
                (pitch - 0.1..=2.0 * pitch + 0.1).contains(&column) || kind != ViewKind::Matrix
            );
            for pair in columns.windows(2).filter(|_| kind == ViewKind::Matrix) {
                assert!((apart(pair) - column).abs() < 0.1, "{kind:?}: {pair:?}");
            }
            assert_lines_are_apart(&harness, kind);
        }
        apply(&mut harness, Command::ClearFilters);
        assert_eq!(map(&harness).marks, whole.marks, "{kind:?}");
    }
}

/// Lines in one column have no row in common.
fn assert_lines_are_apart(harness: &Harness<'static, Window>, kind: ViewKind) {
    let (rows, columns) = in_sight(harness);
    let map = map(harness);
    let span = |mark: &Mark| {
        let links = map.links_of(map.mark_of(mark.subject).expect("it is there")).iter();
        let ends = links.map(|&at| map.marks[map.links[at as usize].instance as usize]);
        let shown = ends.filter(|end| rows.iter().any(|row| row.subject == end.subject));
        let heights: Vec<f32> = shown.map(|end| end.at.y).collect();
        let low = heights.iter().copied().reduce(f32::min)?;
        Some((low, heights.into_iter().reduce(f32::max)?))
    };
    for (at, one) in columns.iter().enumerate() {
        for other in columns.iter().skip(at + 1).filter(|own| (own.at.x - one.at.x).abs() < 0.1) {
            let (Some(first), Some(second)) = (span(one), span(other)) else { continue };
            assert!(first.1 < second.0 || second.1 < first.0, "{kind:?}: {one:?} {other:?}");
        }
    }
}

/// How many cells of a credential are drawn.
fn cells(harness: &Harness<'static, Window>, credential: Subject) -> usize {
    let is_its_own = |subject| match subject {
        PictureSubject::Link(of, _) => Subject::Credential(of) == credential,
        _ => false,
    };
    picture(harness).map.groups.iter().filter(|group| is_its_own(group.subject)).count()
}

#[test]
fn a_matrix_that_is_opened_on_a_credential_shows_all_its_cells() {
    let mut harness = sample("payments.csv");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    for name in ["release-deploy-key", "ledger-db-app-prod", "lumen-ai-shared"] {
        apply(&mut harness, Command::Look(LookCommand::ShowAs(ViewKind::Map)));
        let own = answers.find_named(name).expect("it is there");
        apply(&mut harness, Command::Select(Some(own)));
        apply(&mut harness, Command::Look(LookCommand::ShowAs(ViewKind::Matrix)));
        let map = map(&harness);
        let links = map.links_of(map.mark_of(own).expect("it is there")).len();
        assert!(links > 1, "{name}");
        assert_eq!(cells(&harness, own), links, "{name}");
        assert!(picture(&harness).marks.iter().any(|mark| mark.subject == own), "{name}");
    }
}

#[test]
fn what_stands_in_the_corner_covers_no_row_of_a_table() {
    for kind in TABLES {
        let harness = shown("payments.csv", kind);
        let picture = picture(&harness);
        let corner = picture.reserved.expect("the menus stand there");
        let mut rows = 0;
        for mark in &picture.marks {
            if let Subject::Instance(_) = mark.subject {
                assert!(mark.centre.y + mark.radius <= corner.top, "{kind:?}: {mark:?}");
                rows += 1;
            }
        }
        // Each row of which a cell is drawn has its own mark: the name of its block stands above it.
        let mut drawn = std::collections::BTreeSet::new();
        for group in &picture.map.groups {
            if let PictureSubject::Link(_, at) = group.subject {
                drawn.insert(at);
            }
        }
        assert!(rows > 3 && drawn.len() <= rows, "{kind:?}: {} of {rows}", drawn.len());
    }
}

#[test]
fn the_name_of_a_strand_is_cut_in_the_middle_where_it_has_no_room() {
    let mut rows = "id,service,environment,access\n".to_owned();
    for at in 0..12 {
        let name = format!("payment-gateway-client-secret-for-the-batch-{at:02}");
        let two = format!("{name},shop,dev,holds\n{name},pay,prod,grants\n");
        rows.push_str(&two);
    }
    let mut harness = empty();
    open(&mut harness, "long.csv", rows.into_bytes());
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Look(LookCommand::ShowAs(ViewKind::Strands)));
    let texts =
        picture(&harness).map.texts.iter().filter(|text| {
            matches!(text.subject, Some(PictureSubject::Mark(Subject::Credential(_))))
        });
    let names: Vec<&str> = texts.map(|text| text.text.as_str()).collect();
    assert!(!names.is_empty());
    for name in names {
        let (before, after) = name.split_once('…').expect("it is cut");
        assert!("payment-gateway-client-secret".starts_with(before) && before.len() > 3, "{name}");
        assert!(after.len() > 2 && after.trim_start_matches(|own| own != '-').len() > 1, "{name}");
        let number = after.rsplit('-').next().expect("it ends with its number");
        assert!(number.parse::<u32>().is_ok(), "{name}");
    }
}
