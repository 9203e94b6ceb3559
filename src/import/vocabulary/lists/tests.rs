//! Lists in cells.

use super::*;

fn names(cell: &str, plural: bool) -> Vec<String> {
    let known = &Environments::default();
    let found = services(cell, plural, Some(WithinNames { known, style: None, sheet: None }));
    found
        .services
        .into_iter()
        .map(|NamedService { service, environment, .. }| match environment {
            Some(environment) => format!("{service} in {environment}"),
            None => service,
        })
        .collect()
}

#[test]
fn lists_of_services_are_split() {
    for cell in ["a;b", "a | b", "a,b", "a, b", "a\nb", "[\"a\", \"b\"]", "[a, b]", "a;;b;N/A"] {
        assert_eq!(names(cell, false), ["a", "b"], "{cell}");
    }
}

#[test]
fn quotes_round_a_name_are_said_and_a_single_one_is_part_of_it() {
    let remark = |cell| services(cell, false, None).remark;
    for name in ["svc\"", "svc'", "'svc", "o'svc", "svc''"] {
        assert_eq!(names(name, false), [name]);
        assert_eq!(remark(name), None, "{name}");
    }
    for name in ["\"svc\"", "'svc'", " ' svc ' "] {
        assert_eq!(names(name, false), ["svc"], "{name}");
        assert_eq!(remark(name), Some(IN_QUOTES), "{name}");
    }
    assert_eq!(names("\"svc", false), ["svc"]);
    assert_eq!(names("\"a\"; 'b'", false), ["a", "b"]);
    assert_eq!(names("'a;b'", false), ["a", "b"]);
    for name in ["svc\"", "'svc'", "\"a;b\""] {
        let (first, _) = written(name, "prod");
        let read = services(&first, false, None).services;
        assert!(matches!(read.as_slice(), [own] if own.service == name), "{read:?}");
    }
}

#[test]
fn a_name_with_a_comma_stays_whole_under_a_singular_heading() {
    assert_eq!(names("Orders, EU", false), ["Orders, EU"]);
    assert_eq!(names("Orders, EU", true), ["Orders", "EU"]);
    assert!(is_plural("Service(s)"));
    assert!(is_plural("Services") && is_plural("used_by") && is_plural("repositories"));
    assert!(!is_plural("service") && !is_plural("address") && !is_plural("Access"));
}

#[test]
fn objects_in_a_list_name_services_under_any_column_name() {
    assert_eq!(names(r#"[{"app":"x","env":"prod"}]"#, true), ["x in prod"]);
    assert_eq!(names(r#"[{"Service":"x","Environment":"prod"}, "y"]"#, true), ["x in prod", "y"]);
    assert_eq!(names(r#"{"name":"x"}"#, true), ["x"]);
    let remark = |cell| services(cell, false, None).remark;
    assert_eq!(remark(r#"[{"colour":"red"}]"#), Some(NO_SERVICE_IN_OBJECT));
    assert_eq!(remark(r#"["red", null]"#), None);
    assert_eq!(remark("Payments, Orders"), Some(COMMA_IN_NAME));
    assert_eq!(remark("payments,orders"), None);
}

#[test]
fn names_are_written_so_that_they_are_read_again() {
    for (service, environment, cell) in [
        ("web", "prod", "web"),
        ("Orders, EU", "", "Orders, EU"),
        ("a,b", "prod", r#"{"environment":"prod","service":"a,b"}"#),
        ("db@prod", "", r#"{"service":"db@prod"}"#),
        ("db@prod", "dev", "db@prod"),
        ("web", "dev, eu", r#"{"environment":"dev, eu","service":"web"}"#),
    ] {
        let (first, second) = written(service, environment);
        assert_eq!(first, cell);
        let within = WithinNames { known: &Environments::default(), style: None, sheet: None };
        let read = services(&first, false, second.is_empty().then_some(within));
        let [piece] = read.services.as_slice() else { panic!("{cell} is one service") };
        assert_eq!(piece.service, service);
        let label = piece.environment.as_deref().unwrap_or(&second);
        assert_eq!(label, environment);
    }
}

#[test]
fn owners_are_split_and_a_person_stays_whole() {
    let known = |name: &str| matches!(name, "Team A" | "Team B");
    let owners = |cell: &'static str| owners(cell, known);
    assert_eq!(owners("Team A, Team B"), ["Team A", "Team B"]);
    assert_eq!(owners("Team A;N/A"), ["Team A"]);
    assert_eq!(owners("N/A; TBD"), Vec::<&str>::new());
    assert_eq!(owners(r#"["X", "Y"]"#), ["X", "Y"]);
    assert_eq!(owners("Doe, John"), ["Doe, John"]);
    assert_eq!(owners("a@x.org, b@x.org"), ["a@x.org", "b@x.org"]);
    assert_eq!(owners("a,b|c"), ["a", "b", "c"]);
}

#[test]
fn a_connection_string_is_one_service() {
    assert_eq!(names("Server=db;User Id=app;Password=x", true), ["db"]);
}

#[test]
fn a_known_environment_after_a_name_is_recognised() {
    assert_eq!(names("db@prod;web (Staging)", false), ["db in prod", "web in Staging"]);
    assert_eq!(names("db/dev,web@emea", false), ["db in dev", "web@emea"]);
    assert_eq!(names("team/app", false), ["team/app"]);
}

#[test]
fn several_environments_are_split_and_ci_cd_is_one() {
    let labels = |cell| labels(cell, &Environments::default());
    assert_eq!(labels("dev, prod"), ["dev", "prod"]);
    assert_eq!(labels("ci/cd"), ["ci/cd"]);
    assert_eq!(labels("dev/prod"), ["dev", "prod"]);
    assert_eq!(labels("eu/prod"), ["eu/prod"]);
}
