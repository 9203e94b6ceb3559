//! What marks of credentials mean for a plan.

use crate::analysis::questions::minimum_cut::Costs;
use crate::graph::AccessGraph;
use crate::inventory::{Cost, CredentialMark};

/// Which credentials are marked, and what fixing them costs then; empty where none is.
pub fn marked_words(graph: &AccessGraph, costs: &Costs) -> String {
    let policy = graph.assumptions();
    let words = policy.marks.iter().filter_map(|(id, mark)| {
        let at = graph.find_credential(id).filter(|at| graph.credential(*at).is_live())?;
        let name = graph.credential_name(at);
        let article = match mark {
            CredentialMark::NotRotatable => "",
            CredentialMark::ProvidersKey => "a ",
        };
        let cost = match costs.of(at) {
            Cost::Never => "no fix of it is planned".to_owned(),
            Cost::Units(units) if policy.costs.contains_key(id) => {
                format!("a fix of it costs {units}, as set")
            }
            Cost::Units(units) => format!("a fix of it costs {units}"),
        };
        Some(format!("{name} is {article}{}: {cost}", mark.words()))
    });
    let words: Vec<String> = words.collect();
    let first: Vec<&str> = words.iter().take(MOST).map(String::as_str).collect();
    let more = match words.len() - first.len() {
        0 => String::new(),
        more => format!("; and {more} more are marked"),
    };
    format!("{}{more}", first.join("; "))
}

/// How many are named.
const MOST: usize = 5;
