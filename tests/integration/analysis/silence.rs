//! What the inventory cannot say, counted by hand.

use keyreach::analysis::{Coverage, Gap, coverage};
use keyreach::graph::testing;

fn gap(missing: usize, missing_stated: usize, of: usize) -> Gap {
    Gap { missing, missing_stated, of }
}

/// Six live credentials and a dead one, seven instances, nine edges.
#[test]
fn every_gap_is_counted_as_it_was_worked_out_by_hand() {
    let rows = "\
        held holds a@dev owner=ops expires=2027-01-01\n\
        lone holds b@dev owner=ops\n\
        only grants a@prod\n\
        maybe ? c@prod owner=ops\n\
        both both d@prod\n\
        dead both e@ owner=ops status=dead\n\
        bare holds , \n\
        - - a@dev,f@ service_owner=crm\n";
    let graph = testing::graph(rows);
    let expected = Coverage {
        // only, bare; with stated access alone also maybe.
        credentials_without_holder: gap(2, 3, 6),
        // held, lone, bare; also maybe.
        credentials_without_grant: gap(3, 4, 6),
        // only, both, bare.
        credentials_without_owner: gap(3, 3, 6),
        // All but held.
        credentials_without_expiry: gap(5, 5, 6),
        // a and b in dev, e (granted by what is dead), f; also c.
        instances_without_grant: gap(4, 5, 7),
        // All but a in dev and f.
        instances_without_owner: gap(5, 5, 7),
        // e and f.
        instances_without_environment: gap(2, 2, 7),
        assumed_edges: 2,
        edges: 9,
    };
    assert_eq!(coverage(&graph), expected);
}
