//! All known exports, and how one is recognised.

use crate::import::formats::known_format::KnownFormat;
use crate::import::formats::{
    browsers, ci_variables, cloud, creddata, cyberark, entra, github, gitleaks, managers,
    opengraph, scanners, servicenow, vaults,
};
use crate::import::vocabulary::synonyms::normalised;

/// The one that needs more columns stands before the one that needs fewer of the same.
const SHAPES: [&KnownFormat; 39] = [
    &gitleaks::GITLEAKS,
    &creddata::CREDDATA,
    &opengraph::OPENGRAPH,
    &scanners::TRUFFLEHOG,
    &scanners::GITGUARDIAN,
    &github::ALERTS,
    &github::ORGANISATION_SECRETS,
    &github::DEPLOY_KEYS,
    &github::LISTED_SECRETS,
    &github::REPOSITORY_SECRETS,
    &github::REPOSITORY_SECRETS_OF_TOOL,
    &ci_variables::GITLAB,
    &ci_variables::VERCEL,
    &ci_variables::NETLIFY,
    &cloud::AWS_REPORT,
    &cloud::AWS_ACCESS_KEYS,
    &cloud::AWS_PARAMETERS,
    &cloud::GCP_KEYS,
    &cloud::OKTA_TOKENS,
    &entra::EXPIRING_CREDENTIALS,
    &entra::APPLICATIONS,
    &entra::SECRETS,
    &entra::CREDENTIALS_OF_ONE,
    &vaults::AZURE_KEY_VAULT,
    &vaults::GCP_SECRETS,
    &vaults::GCP_SECRETS_TABLE,
    &cyberark::ACCOUNTS,
    &cyberark::INVENTORY_REPORT,
    &browsers::FIREFOX,
    &browsers::SAFARI,
    &browsers::CHROME,
    &managers::LASTPASS,
    &managers::BITWARDEN,
    &managers::ONE_PASSWORD,
    &managers::ONE_PASSWORD_INTERCHANGE,
    &managers::KEEPASS,
    &managers::KEEPASS_1,
    &servicenow::CREDENTIAL_RELATIONS,
    &servicenow::RELATIONS,
];

/// The export that has this header, if it is a known one.
pub(crate) fn recognise(header: &[String]) -> Option<&'static KnownFormat> {
    let names: Vec<String> = header.iter().map(|name| normalised(name)).collect();
    SHAPES.into_iter().find(|format| format.has_header(&names))
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
            let present = slots.clone().flat_map(|slot| slot.present);
            let only = slots.filter_map(|slot| slot.only_where.as_ref()).map(|(name, _)| name);
            let columns = format.columns.iter().map(|(name, _)| name);
            for name in format
                .needs
                .iter()
                .chain(columns)
                .chain(of_slots)
                .chain(present)
                .chain(only)
                .chain(format.name_within)
            {
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
