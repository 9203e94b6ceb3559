//! Saved queries, and a rule for zones.

use std::io::{self, Cursor, Write as _};

use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A query with its file name, its title, its text and what it is for.
struct Query {
    file: &'static str,
    name: &'static str,
    cypher: &'static str,
    description: &'static str,
}

const QUERIES: [Query; 5] = [
    Query {
        file: "keyreach-paths-to-crown-jewels.json",
        name: "Keyreach: paths from entry points to crown jewels",
        cypher: "MATCH p=shortestPath((s:KR_Service {entrypoint: true})-[:KR_Holds|KR_Grants*1..]->\
                (t:KR_Service {crownjewel: true}))\nWHERE s <> t\nRETURN p\nLIMIT 1000",
        description: "The shortest lateral-movement paths by what the inventory states.",
    },
    Query {
        file: "keyreach-paths-with-assumptions.json",
        name: "Keyreach: paths with what is assumed",
        cypher: "MATCH p=shortestPath((s:KR_Service {entrypoint: true})-[:KR_Holds|KR_Grants|\
                KR_MayHold|KR_MayGrant*1..]->(t:KR_Service {crownjewel: true}))\nWHERE s <> t\n\
                RETURN p\nLIMIT 1000",
        description: "The same with what the inventory leaves open counted as the worst.",
    },
    Query {
        file: "keyreach-upwards.json",
        name: "Keyreach: credentials that lead upwards",
        cypher: "MATCH p=(:KR_Service)-[:KR_Holds|KR_MayHold]->(c:KR_Credential {leadsupwards: true})\
                -[:KR_Grants|KR_MayGrant]->(:KR_Service)\nRETURN p\nLIMIT 1000",
        description: "Credentials that are held in a less trusted environment than one that they open.",
    },
    Query {
        file: "keyreach-farthest.json",
        name: "Keyreach: farthest reaching credentials",
        cypher: "MATCH (c:KR_Credential)\nRETURN c\nORDER BY c.reach DESC\nLIMIT 25",
        description: "The credentials from which most service instances can be reached.",
    },
    Query {
        file: "keyreach-no-owner.json",
        name: "Keyreach: live credentials without an owner",
        cypher: "MATCH (c:KR_Credential {live: true})\nWHERE NOT EXISTS((:KR_Owner)-[:KR_Owns]->(c))\n\
                RETURN c\nLIMIT 1000",
        description: "Live credentials for which nobody answers.",
    },
];

/// The queries as an archive, a file for each. Its bytes are the same in every run.
pub(super) fn queries() -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for Query { file, name, cypher, description } in QUERIES {
        // Without a time of its own it gets the same one in every run.
        archive.start_file(file, SimpleFileOptions::default())?;
        let query = json!({"name": name, "query": cypher, "description": description});
        archive.write_all(serde_json::to_string_pretty(&query)?.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The rule that puts crown jewels into the zone of what is most precious.
pub(super) fn zone_rule() -> Value {
    json!({
        "name": "Keyreach: crown jewels",
        "description": "Service instances that must not fall, as the inventory or the policy says.",
        "cypher": "MATCH (n:KR_Service {crownjewel: true})\nRETURN n",
        "enabled": true,
        "allow_disable": true,
    })
}
