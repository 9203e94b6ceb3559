//! All known exports, and how one is recognised.

use crate::import::formats::known_format::KnownFormat;
use crate::import::formats::{cloud, creddata, github, gitleaks, managers, scanners, servicenow};
use crate::import::vocabulary::synonyms::normalised;

const SHAPES: [&KnownFormat; 16] = [
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
pub(crate) fn recognise(header: &[String]) -> Option<&'static KnownFormat> {
    let names: Vec<String> = header.iter().map(|name| normalised(name)).collect();
    let has = |need: &&str| names.iter().any(|name| name == need);
    SHAPES.into_iter().find(|format| format.needs.iter().all(has))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_known_by_columns_written_as_they_are_compared() {
        for format in SHAPES {
            assert!(!format.needs.is_empty() && !format.notes.is_empty(), "{}", format.name);
            let slots = format.slots.iter();
            let of_slots = slots.clone().flat_map(|slot| slot.columns).map(|(name, _)| name);
            let present = slots.flat_map(|slot| slot.present);
            let columns = format.columns.iter().map(|(name, _)| name);
            for name in format.needs.iter().chain(columns).chain(of_slots).chain(present) {
                assert_eq!(&normalised(name), name, "{}", format.name);
            }
        }
    }

    #[test]
    fn no_shape_takes_what_another_is_known_by() {
        for (at, format) in SHAPES.iter().enumerate() {
            let header: Vec<String> = format.needs.iter().map(|name| (*name).to_owned()).collect();
            let found = recognise(&header).map(|found| found.name);
            assert_eq!(found, Some(format.name), "shape {at}");
        }
    }
}
