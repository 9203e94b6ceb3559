//! What the columns of a table do not state, and what follows from it.

use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::Meaning;

/// What names a credential.
pub(crate) const CREDENTIALS: [Meaning; 4] =
    [Meaning::Id, Meaning::Label, Meaning::Fingerprint, Meaning::Value];
/// What names a service.
pub(crate) const SERVICES: [Meaning; 3] = [Meaning::Service, Meaning::Holder, Meaning::Target];
/// What names an environment.
const ENVIRONMENTS: [Meaning; 3] =
    [Meaning::Environment, Meaning::HolderEnvironment, Meaning::TargetEnvironment];

/// What the columns do not state, and what follows from it; the gravest first.
pub(crate) fn missing(plan: &Plan, named: &dyn Fn(&[Meaning]) -> bool) -> Vec<String> {
    let mut missing = Vec::new();
    let mut add = |text: &str| missing.push(text.to_owned());
    if !named(&CREDENTIALS) && plan.rules().is_none() {
        add(if plan.has_credentials {
            "no column names a credential: without an id, a name, a fingerprint or a secret value \
             every row is a separate credential"
        } else {
            "no column names a credential: this is read as a list of services"
        });
    }
    if !named(&SERVICES) {
        add("no column names a service: every credential stands alone, and no path leads through \
             it");
        return missing;
    }
    if !named(&ENVIRONMENTS) {
        add(
            "no column names an environment: unless the services' names contain it, every service \
             counts as in an unknown one, and nothing crosses",
        );
    }
    if plan.has_credentials && !named(&[Meaning::Access, Meaning::Holder, Meaning::Target]) {
        add("no column says who holds and who is granted: the assumption for rows without access \
             decides, and what rests on it is marked");
    }
    missing
}
