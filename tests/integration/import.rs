//! The promises of import: every row accounted for, one meaning for each shape of file.

use std::collections::{BTreeMap, BTreeSet};

use crate::properties::cases;
use keyreach::import::{FileBytes, FingerprintKey, ImportError, ImportSettings, import};
use keyreach::inventory::{
    CredentialId, Flag, Inventory, LastUsed, Level, ProblemKind, Progress, Status,
};
use proptest::prelude::*;

fn read_with(files: &[(&str, &[u8])], settings: &ImportSettings) -> Result<Inventory, ImportError> {
    let files = files.iter().map(|(name, bytes)| FileBytes::new(*name, bytes.to_vec())).collect();
    import(files, &FingerprintKey::from_bytes([7; 32]), settings, &Progress::default())
}

fn try_read(text: &str) -> Result<Inventory, ImportError> {
    read_with(&[("a.csv", text.as_bytes())], &ImportSettings::default())
}

fn read(text: &str) -> Inventory {
    try_read(text).unwrap()
}

/// The credentials of the rows, each as the joined ids of its credential.
fn credential_of_rows(inventory: &Inventory) -> Vec<Option<CredentialId>> {
    inventory.rows.iter().map(|row| row.credential).collect()
}

fn ids(inventory: &Inventory, credential: Option<CredentialId>) -> String {
    let Some(credential) = credential else { return "nothing".to_owned() };
    let ids = inventory.ids_of(credential);
    ids.iter().map(|id| inventory.text(*id)).collect::<Vec<_>>().join("+")
}

/// Each mapping as `ids access service@environment`.
fn mappings(inventory: &Inventory) -> Vec<String> {
    let told = |mapping: &keyreach::inventory::Link| {
        let row = inventory.rows[mapping.row.0 as usize];
        let instance = inventory.instances[mapping.instance.0 as usize];
        format!(
            "{} {:?} {}@{}",
            ids(inventory, row.credential),
            mapping.access,
            inventory.text(instance.service),
            inventory.text(instance.environment)
        )
    };
    inventory.links.iter().map(told).collect()
}

fn kinds(inventory: &Inventory) -> Vec<(u32, ProblemKind)> {
    inventory.problems.iter().map(|problem| (problem.place.line, problem.kind)).collect()
}

fn ledger(inventory: &Inventory) -> [u64; 4] {
    let ledger = inventory.ledger();
    [ledger.accepted, ledger.merged, ledger.skipped, ledger.rejected]
}

#[test]
fn a_row_for_each_credential_and_service_is_read() {
    let inventory = read(
        "credential_id,service,environment,access,level,owner\n\
         k1,payments,prod,holds,,team a\nk1,ledger,prod,grants,admin,team a\nk2,web,,,,N/A\n",
    );
    assert_eq!(
        mappings(&inventory),
        ["k1 Holds payments@prod", "k1 Grants ledger@prod", "k2 Unstated web@"]
    );
    assert_eq!(inventory.links[1].level, Level::Admin);
    assert_eq!(inventory.facts[inventory.rows[2].facts.0 as usize].owner, None);
    assert_eq!(ledger(&inventory), [3, 0, 0, 0]);
}

#[test]
fn a_cell_of_several_services_brings_a_mapping_for_each() {
    let inventory = read(
        "name;used by;env\nk1;\"a, b\";prod\nk2;c@dev|d (test);\nk3;\"[\"\"e\"\",\"\"f\"\"]\";\"dev,prod\"\n",
    );
    assert_eq!(
        mappings(&inventory),
        [
            "k1 Unstated a@prod",
            "k1 Unstated b@prod",
            "k2 Unstated c@dev",
            "k2 Unstated d@test",
            "k3 Unstated e@dev",
            "k3 Unstated e@prod",
            "k3 Unstated f@dev",
            "k3 Unstated f@prod",
        ]
    );
}

#[test]
fn a_holder_holds_and_a_target_grants() {
    let inventory =
        read("key_id,holder,holder_env,target,target_env\nk1,ci,ci,db,prod\nk2,web,,,\n");
    assert_eq!(mappings(&inventory), ["k1 Holds ci@ci", "k1 Grants db@prod", "k2 Holds web@"]);
}

#[test]
fn a_list_of_services_brings_facts_and_no_credentials() {
    let inventory = read_with(
        &[
            ("s.csv", b"ci_name,environment,sys_class_name,owned by,internet_facing,criticality\nweb,prod,cmdb_ci_appl,team w,yes,mission critical\n"),
            ("c.csv", b"id,service,environment,access\nk1,web,prod,holds\n"),
        ],
        &ImportSettings::default(),
    )
    .unwrap();
    assert_eq!(mappings(&inventory), ["nothing Unstated web@prod", "k1 Holds web@prod"]);
    assert_eq!(inventory.identities.len(), 1);
    let facts = &inventory.instance_facts[inventory.rows[0].instance_facts.0 as usize];
    assert_eq!((facts.entry_point, facts.crown_jewel), (Flag::Yes, Flag::Yes));
    assert_eq!(facts.owner.map(|owner| inventory.text(owner)), Some("team w"));
    assert_eq!(ledger(&inventory), [2, 0, 0, 0]);
}

#[test]
fn every_encoding_and_delimiter_gives_the_same_inventory() {
    let text = "id,service,environment\nk1,Bücher,prod\nk2,\"a \"\"b\"\"\",dev\n";
    let expected = mappings(&read(text));
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    let western: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    let mut all = vec![
        marked(b"\xef\xbb\xbf", text.as_bytes()),
        marked(b"\xff\xfe", &little),
        marked(b"\xfe\xff", &big),
        little,
        big,
        western,
        text.replace('\n', "\r\n").into_bytes(),
        text.replace('\n', "\r").into_bytes(),
        format!("sep=;\r\n{}", text.replace(',', ";")).into_bytes(),
    ];
    all.extend(["\t", ";", "|"].map(|delimiter| text.replace(',', delimiter).into_bytes()));
    for bytes in all {
        let found = read_with(&[("a.csv", &bytes)], &ImportSettings::default()).unwrap();
        assert_eq!(mappings(&found), expected, "{:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn lines_that_are_no_rows_are_skipped_and_counted() {
    let inventory = read(
        "Inventory of the platform team\n\nid,service\n# note\nk1,a\n\nid,service\nk1,a\n,\nk2,b\n",
    );
    // preamble, blank, comment, blank, repeated header, blank cells
    assert_eq!(ledger(&inventory), [2, 1, 6, 0]);
    assert_eq!(inventory.rows[0].place.line, 5);
    let reading = inventory.sources[0].reading().join("\n");
    assert!(
        reading.contains("header: line 3") && reading.contains("id → credential id"),
        "{reading}"
    );
}

#[test]
fn a_row_that_says_nothing_new_is_merged() {
    let inventory = read(
        "id,service,access,owner\nk1,a,holds,x\nk1,a,holds,x\nk1,a,holds,\nk1,a,grants,x\nk1,a,holds,y\nk1,,,\n",
    );
    assert_eq!(ledger(&inventory), [3, 3, 0, 0]);
    assert_eq!(inventory.rows.len(), 6);
}

#[test]
fn too_many_cells_reject_a_row_and_too_few_do_not() {
    let inventory = read("id,service,owner\nk1,a,x,y\nk2,b\nk3\n,,x\nk4,d,x,,\n");
    assert_eq!(
        kinds(&inventory),
        [
            (2, ProblemKind::TooManyCells),
            (3, ProblemKind::TooFewCells),
            (4, ProblemKind::TooFewCells),
            (5, ProblemKind::NothingNamed),
            (6, ProblemKind::TooManyCells),
        ]
    );
    assert_eq!(ledger(&inventory), [3, 0, 0, 2]);
}

#[test]
fn equal_fingerprints_are_one_credential_with_aliases() {
    let inventory =
        read("id,fingerprint,service\nk1,SHA256:AB12,a\nk2,sha256:ab12,b\nk3,sha256:ff,c\n");
    let of = credential_of_rows(&inventory);
    assert_eq!(of[0], of[1]);
    assert_ne!(of[0], of[2]);
    assert_eq!(ids(&inventory, of[0]), "k1+k2");
}

#[test]
fn a_row_without_a_fingerprint_joins_the_only_credential_with_its_id() {
    let inventory = read("id,fingerprint,service\nk1,,a\nk1,aa,b\nk2,,c\nk2,,d\n");
    let of = credential_of_rows(&inventory);
    assert_eq!(of[0], of[1]);
    assert_eq!(of[2], of[3]);
    assert_eq!(inventory.identities.len(), 2);
}

#[test]
fn a_row_whose_id_several_credentials_bear_is_one_of_its_own() {
    let inventory = read("id,fingerprint,service\nk1,aa,a\nk1,bb,b\nk1,,c\n");
    assert_eq!(inventory.identities.len(), 3);
    assert_eq!(kinds(&inventory), [(4, ProblemKind::AmbiguousId)]);
    let message = &inventory.problems[0].message;
    assert!(message.contains("a.csv:2") && message.contains("a.csv:3"), "{message}");
    assert!(!message.contains("aa") && !message.contains("bb"), "{message}");
}

#[test]
fn ids_match_across_files_unless_one_is_set_apart() {
    let files: [(&str, &[u8]); 2] =
        [("a.csv", b"id,service\nk1,a\n"), ("b.csv", b"id,service\nk1,b\n")];
    let together = read_with(&files, &ImportSettings::default()).unwrap();
    assert_eq!(together.identities.len(), 1);
    let apart = ImportSettings { apart: BTreeSet::from([1]), ..ImportSettings::default() };
    assert_eq!(read_with(&files, &apart).unwrap().identities.len(), 2);
}

#[test]
fn placeholders_and_blanks_join_nothing() {
    let inventory = read(
        "service,fingerprint,type\na,REDACTED,key\nb,REDACTED,key\nc,,key\nd,***,key\ne,N/A,key\n",
    );
    assert_eq!(inventory.identities.len(), 5);
}

#[test]
fn equal_values_are_one_secret_and_a_value_with_a_fingerprint_links_both() {
    let inventory = read(
        "id,password,fingerprint,service\nk1,hunter22,,a\nk2,hunter22,,b\nk3,hunter22,aa,c\nk4,,AA,d\nk5,other22,,e\n",
    );
    let of = credential_of_rows(&inventory);
    assert_eq!(BTreeSet::from([of[0], of[1], of[2], of[3]]).len(), 1);
    assert_ne!(of[0], of[4]);
    assert_eq!(ids(&inventory, of[0]), "k1+k2+k3+k4");
}

#[test]
fn an_id_wins_over_a_name_and_a_name_stands_in_for_an_id() {
    let inventory = read("id,name,service\nk1,Stripe,a\n,Stripe,b\n");
    let of = credential_of_rows(&inventory);
    assert_eq!((ids(&inventory, of[0]), ids(&inventory, of[1])), ("k1".into(), "Stripe".into()));
    let label = inventory.facts[inventory.rows[0].facts.0 as usize].label;
    assert_eq!(label.map(|label| inventory.text(label)), Some("Stripe"));
}

#[test]
fn facts_are_read_from_words_and_dates() {
    let inventory = read(
        "id,service,status,created,last rotated,last used,expires\n\
         k1,a,Revoked,25/12/2025,1 Mar 2026,never,never\nk2,a,sort of,03/04/2026,soon,,2026-01-01\n",
    );
    let facts = |row: usize| &inventory.facts[inventory.rows[row].facts.0 as usize];
    assert_eq!((facts(0).status, facts(0).last_used), (Status::Dead, LastUsed::Never));
    assert_eq!(facts(0).expires, None);
    // 25/12 tells that the day comes first.
    assert_eq!(facts(1).created.map(|date| date.to_string()), Some("2026-04-03".to_owned()));
    assert_eq!(kinds(&inventory), [(3, ProblemKind::UnclearDate), (3, ProblemKind::UnknownWord)]);
}

#[test]
fn a_column_of_dates_that_nothing_decides_has_one_problem() {
    let inventory = read("id,service,created\nk1,a,03/04/2026\nk2,b,05/06/2026\n");
    assert_eq!(kinds(&inventory), [(2, ProblemKind::UnclearDate)]);
}

#[test]
fn an_open_quote_costs_one_line() {
    let inventory = read("id,service\nk1,\"a\nk2,b\nk3,c\n");
    assert_eq!(kinds(&inventory), [(2, ProblemKind::OpenQuote)]);
    assert_eq!(mappings(&inventory)[1..], ["k2 Unstated b@", "k3 Unstated c@"]);
}

#[test]
fn spellings_and_hidden_characters_are_pointed_out() {
    let inventory = read("id,service,env\nk1,Web,prod\nk2,web,Production\nk3,a\u{202e}b,prod\n");
    assert_eq!(
        kinds(&inventory),
        [(3, ProblemKind::CaseVariants), (4, ProblemKind::OddCharacters)]
    );
    assert!(inventory.problems[0].message.contains("“Web” (a.csv:2)"));
    assert!(inventory.problems[1].message.contains("\\u{202e}"));
}

#[test]
fn files_that_are_no_inventories_are_refused_in_plain_words() {
    let message = |bytes: &[u8]| {
        let result = read_with(&[("x.csv", bytes)], &ImportSettings::default());
        let message = result.unwrap_err().to_string();
        assert!(message.ends_with(": x.csv"), "{message}");
        message
    };
    assert!(message(b"").contains("empty"));
    assert!(message(b" \n\n").contains("empty"));
    assert!(message(b"id,service\n").contains("no rows"));
    assert!(message(b"PK\x03\x04abc").contains("damaged"));
    assert!(message(b"colour,weight\nred,12\n").contains("0 of the 2 cells"));
    assert!(!message(b"s3cr3tvalue,other\nx,y\n").contains("s3cr3t"));
    let long = [b"id,service\nk,".as_slice(), &vec![b'x'; 17 << 20]].concat();
    assert!(message(&long).contains("line 2"));
}

#[test]
fn a_cancelled_import_stops() {
    let progress = Progress::default();
    progress.cancel();
    let files = vec![FileBytes::new("a", b"id,service\nk1,a\n".to_vec())];
    let key = FingerprintKey::from_bytes([0; 32]);
    let result = import(files, &key, &ImportSettings::default(), &progress);
    assert_eq!(result.unwrap_err(), ImportError::Cancelled);
}

#[test]
fn scanner_reports_claim_nothing_that_they_do_not_say() {
    let leaks = read(
        "RuleID,Commit,File,SymlinkFile,Secret,Match,StartLine,EndLine,StartColumn,EndColumn,Author,Message,Date,Email,Fingerprint,Tags\n\
         key,c0,a.py,,tok-9f8e7d,x = tok-9f8e7d,1,1,1,2,Jo,m,10-19-2003,j@x,same,t\n\
         key,c1,b.py,,tok-9f8e7d,x = tok-9f8e7d,1,1,1,2,Jo,m,10-19-2003,j@x,other,t\n\
         key,c1,c.py,,tok-other1,y,1,1,1,2,Jo,m,10-19-2003,j@x,same,t\n",
    );
    assert_eq!(leaks.identities.len(), 2);
    assert!(mappings(&leaks).iter().all(|mapping| mapping.contains("Holds")));
    assert_eq!(leaks.facts[leaks.rows[0].facts.0 as usize].created, None);
    let meta = read(
        "Id,FileID,Domain,RepoName,FilePath,LineStart,LineEnd,GroundTruth,ValueStart,ValueEnd,CryptographyKey,PredefinedPattern,Category\n\
         1,f1,GitHub,r1,data/a.py,1,1,F,,,,,Key\n2,f1,GitHub,r1,data/a.py,2,2,T,3,9,,,Token\n3,f1,GitHub,r1,data/a.py,3,3,X,,,,,Key\n",
    );
    assert_eq!(mappings(&meta), ["2 Holds r1@"]);
    assert_eq!(ledger(&meta), [1, 0, 2, 0]);
}

fn as_set(inventory: &Inventory) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for mapping in &inventory.links {
        let row = inventory.rows[mapping.row.0 as usize];
        let instance = inventory.instances[mapping.instance.0 as usize];
        let credential = row.credential.unwrap();
        let mut ids: Vec<&str> =
            inventory.ids_of(credential).iter().map(|id| inventory.text(*id)).collect();
        ids.sort_unstable();
        let said = format!("{:?} {}", mapping.access, inventory.text(instance.service));
        all.entry(ids.join("+")).or_default().insert(said);
    }
    all
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn no_bytes_make_it_panic_and_every_row_is_accounted_for(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        cells in proptest::collection::vec("[ -~\\n\"';|,]{0,12}", 0..40),
    ) {
        drop(read_with(&[("a", &bytes)], &ImportSettings::default()));
        let text = format!("id,service,password\n{}", cells.join(","));
        let lines = text.lines().count() as u64 - 1;
        if let Ok(inventory) = try_read(&text) {
            let kept = inventory.rows.len() as u64;
            let ledger = inventory.ledger();
            prop_assert_eq!(ledger.accepted + ledger.merged, kept);
            prop_assert!(ledger.read() <= lines.max(1));
        }
    }

    #[test]
    fn every_quoted_row_is_counted_whatever_stands_in_it(
        rows in proptest::collection::vec(
            proptest::collection::vec("[ -~é\n\"';|,#=]{0,8}", 4),
            1..20,
        ),
        secret in any::<bool>(),
    ) {
        let header = if secret { "id,service,owner,password\n" } else { "id,service,owner,note\n" };
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
        let text = header.to_owned() + &rows.iter().map(line).collect::<String>();
        let ledger = read(&text).ledger();
        prop_assert_eq!(ledger.read(), rows.len() as u64, "{}", text);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        rows in proptest::collection::vec((0..5_u8, 0..4_u8, 0..5_u8, 0..3_u8), 1..25),
        seed in any::<u64>(),
    ) {
        let told = |(id, fingerprint, service, access): &(u8, u8, u8, u8)| {
            let id = if *id == 0 { String::new() } else { format!("k{id}") };
            let fingerprint = if *fingerprint == 0 { String::new() } else { format!("a{fingerprint}") };
            let access = ["", "holds", "grants"][usize::from(*access)];
            format!("{id},{fingerprint},key,s{service},{access}\n")
        };
        let header = "id,fingerprint,type,service,access\n";
        let mut lines: Vec<String> = rows.iter().map(told).collect();
        let first = read(&(header.to_owned() + &lines.concat()));
        let length = lines.len();
        for at in 0..length {
            let other = (seed as usize).wrapping_mul(at + 31) % length;
            lines.swap(at, other);
        }
        let second = read(&(header.to_owned() + &lines.concat()));
        prop_assert_eq!(as_set(&first), as_set(&second));
        prop_assert_eq!(first.identities.len(), second.identities.len());
    }
}
