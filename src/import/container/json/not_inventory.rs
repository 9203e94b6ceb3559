//! JSON files that are known to be no inventory, by the names of their members.
//!
//! Their entries have names, types and providers too, so that by its words alone almost any of them
//! could be taken for a table of credentials.

use crate::import::container::json::text::Members;

/// Member names that a file has all of, and what the file is.
const KNOWN: [(&[&str], &str); 15] = [
    (&["terraform_version", "resources"], "Terraform state"),
    (&["terraform_version", "values"], "Terraform state"),
    (&["terraform_version", "planned_values"], "a Terraform plan"),
    (&["terraform_version", "resource_changes"], "a Terraform plan"),
    (&["lineage", "serial", "resources"], "Terraform state"),
    (&["AWSTemplateFormatVersion", "Resources"], "a CloudFormation template"),
    (&["contentVersion", "resources"], "an ARM template"),
    (&["openapi", "paths"], "an API description"),
    (&["swagger", "paths"], "an API description"),
    (&["lockfileVersion", "packages"], "a lock file of packages"),
    (&["content-hash", "packages"], "a lock file of packages"),
    (&["name", "version", "dependencies"], "the description of a package"),
    (&["name", "version", "devDependencies"], "the description of a package"),
    (&["bomFormat", "components"], "a bill of materials"),
    (&["spdxVersion", "packages"], "a bill of materials"),
];

/// What a file is whose outermost object has these members, if it is known to be no inventory.
pub(crate) fn known_as(members: &Members<'_>) -> Option<&'static str> {
    let has = |wanted: &&str| members.0.iter().any(|(name, _)| name == wanted);
    KNOWN.iter().find(|(names, _)| names.iter().all(has)).map(|(_, what)| *what)
}
