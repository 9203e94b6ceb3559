//! All known exports, and how one is recognised.

use crate::import::formats::shape::Shape;
use crate::import::formats::{cloud, creddata, github, gitleaks, managers, scanners, servicenow};
use crate::import::vocabulary::synonyms::normalised;

const SHAPES: [&Shape; 16] = [
    &gitleaks::GITLEAKS,
    &creddata::CREDDATA,
    &scanners::TRUFFLEHOG,
    &scanners::GITGUARDIAN,
    &github::ALERTS,
    &github::ORGANISATION_SECRETS,
    &github::DEPLOY_KEYS,
    &cloud::AWS_REPORT,
    &cloud::AWS_ACCESS_KEYS,
    &cloud::ENTRA_APPLICATIONS,
    &cloud::ENTRA_SECRETS,
    &cloud::GCP_KEYS,
    &managers::BITWARDEN,
    &managers::ONE_PASSWORD,
    &managers::KEEPASS,
    &servicenow::RELATIONS,
];

/// The export that has this header, if it is a known one.
pub(crate) fn recognise(header: &[String]) -> Option<&'static Shape> {
    let names: Vec<String> = header.iter().map(|name| normalised(name)).collect();
    let has = |need: &&str| names.iter().any(|name| name == need);
    SHAPES.into_iter().find(|shape| shape.needs.iter().all(has))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_known_by_columns_written_as_they_are_compared() {
        for shape in SHAPES {
            assert!(!shape.needs.is_empty() && !shape.notes.is_empty(), "{}", shape.name);
            let slots = shape.slots.iter();
            let of_slots = slots.clone().flat_map(|slot| slot.columns).map(|(name, _)| name);
            let present = slots.flat_map(|slot| slot.present);
            let columns = shape.columns.iter().map(|(name, _)| name);
            for name in shape.needs.iter().chain(columns).chain(of_slots).chain(present) {
                assert_eq!(&normalised(name), name, "{}", shape.name);
            }
        }
    }

    #[test]
    fn no_shape_takes_what_another_is_known_by() {
        for (at, shape) in SHAPES.iter().enumerate() {
            let header: Vec<String> = shape.needs.iter().map(|name| (*name).to_owned()).collect();
            let found = recognise(&header).map(|found| found.name);
            assert_eq!(found, Some(shape.name), "shape {at}");
        }
    }
}
