//! Environments within the names of services: `web-prod`, `Webshop (prod)`, `prod/web`,
//! `web.dev.acme.example`, `web-prod-01`.
//!
//! A label counts here only if it has a tier: what other labels are, no name shows.

use std::ops::Range;

use crate::inventory::Environments;

/// Where the names of a column carry their environment, and how it is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameStyle {
    /// `Webshop (prod)`, `Webshop [prod]`.
    BracketsBehind,
    /// `(prod) Webshop`, `[prod] Webshop`.
    BracketsBefore,
    /// `web-prod`, with what stands between.
    Behind(char),
    /// `prod/web`, with what stands between.
    Before(char),
    /// `web.dev.acme.example`: a part of a host's name, with the number of parts behind it.
    WithinHost(u8),
    /// `web-prod-01`, with what stands between and the number of parts behind the environment.
    PartFromEnd(char, u8),
    /// `web-prod-eu-1`, with what stands between and the number of parts before the environment.
    PartFromStart(char, u8),
}

/// What sets a label off from the rest of a name.
const SEPARATORS: [char; 6] = ['-', '_', '/', ':', '.', ' '];

/// Labels that are top-level domains too, so that they say nothing at the end of a host's name.
const DOMAINS: [&str; 7] = ["dev", "test", "local", "live", "build", "qa", "ci"];

/// How many parts of a host's name may stand behind its environment.
const PARTS_BEHIND: u8 = 4;

/// What sets a label off within a name, with parts on both sides. Blanks are none: `Load test runner`
/// and `My build server` are phrases.
const SIGNS_WITHIN: [char; 5] = ['-', '_', '.', '/', ':'];

/// How many parts may stand on one side of an environment in the middle: a site, a zone and a number.
const PARTS_BESIDE: u8 = 3;

/// How many parts a label in the middle may have itself: `web-pre-prod-01`.
const PARTS_OF_LABEL: usize = 2;

impl NameStyle {
    /// Every style; of two that fit equally many names, the earlier one counts.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        [Self::BracketsBehind, Self::BracketsBefore]
            .into_iter()
            .chain(SEPARATORS.map(Self::Behind))
            .chain(SEPARATORS.map(Self::Before))
            .chain((1..=PARTS_BEHIND).map(Self::WithinHost))
            .chain(Self::within(Self::PartFromEnd))
            .chain(Self::within(Self::PartFromStart))
    }

    /// The styles with an environment in the middle, counted from one end.
    fn within(style: fn(char, u8) -> Self) -> impl Iterator<Item = Self> {
        SIGNS_WITHIN
            .into_iter()
            .flat_map(move |sign| (1..=PARTS_BESIDE).map(move |beside| style(sign, beside)))
    }

    /// The name without its environment, and the environment; `None` where the name carries none in
    /// this style.
    pub(crate) fn parted(self, name: &str, known: &Environments) -> Option<(String, String)> {
        let (service, label) = match self {
            Self::BracketsBehind => {
                let (before, rest) = bracketed(name, false)?;
                (before.to_owned(), rest)
            }
            Self::BracketsBefore => {
                let (behind, label) = bracketed(name, true)?;
                (behind.to_owned(), label)
            }
            // The longest label counts: `web-pre-prod` is in pre-prod.
            Self::Behind(sign) => {
                let mut places = name.match_indices(sign);
                places.find_map(|(at, sign)| {
                    let (before, behind) = (name.get(..at)?, name.get(at + sign.len()..)?);
                    has_tier(behind, known).then(|| (before.to_owned(), behind))
                })?
            }
            Self::Before(sign) => {
                let mut places = name.rmatch_indices(sign);
                places.find_map(|(at, sign)| {
                    let (before, behind) = (name.get(..at)?, name.get(at + sign.len()..)?);
                    has_tier(before, known).then(|| (behind.to_owned(), before))
                })?
            }
            Self::WithinHost(behind) => within_host(name, usize::from(behind))?,
            Self::PartFromEnd(sign, behind) => {
                let parts = parts_of(name, sign)?;
                let end = parts.len().checked_sub(usize::from(behind))?;
                // The longest label counts here too.
                let starts = (end.saturating_sub(PARTS_OF_LABEL)..end).filter(|start| *start > 0);
                without_label(name, sign, (&parts, known), starts.map(|start| start..end))?
            }
            Self::PartFromStart(sign, before) => {
                let (parts, start) = (parts_of(name, sign)?, usize::from(before));
                let last = (start + PARTS_OF_LABEL).min(parts.len().saturating_sub(1));
                let ends = (start + 1..=last).rev();
                without_label(name, sign, (&parts, known), ends.map(|end| start..end))?
            }
        };
        let label = label.trim();
        let is_domain =
            self == Self::Behind('.') && DOMAINS.contains(&label.to_lowercase().as_str());
        let service =
            service.trim_matches(|sign: char| sign.is_whitespace() || "-–—_:/,".contains(sign));
        (!service.is_empty() && !is_domain && has_tier(label, known) && !known.knows(name))
            .then(|| (service.to_owned(), label.to_owned()))
    }
}

/// The parts of a name with one on each side of another, none of which is empty.
fn parts_of(name: &str, sign: char) -> Option<Vec<&str>> {
    let parts: Vec<&str> = name.split(sign).collect();
    (parts.len() > 2 && parts.iter().all(|part| !part.trim().is_empty())).then_some(parts)
}

/// A name without the first of these ranges of its parts that is a label with a tier, and the label.
fn without_label<'a>(
    name: &'a str,
    sign: char,
    (parts, known): (&[&'a str], &Environments),
    mut ranges: impl Iterator<Item = Range<usize>>,
) -> Option<(String, &'a str)> {
    ranges.find_map(|range| {
        let (before, behind) = (parts.get(..range.start)?, parts.get(range.end..)?);
        let start: usize = before.iter().map(|part| part.len() + sign.len_utf8()).sum();
        let end =
            name.len() - behind.iter().map(|part| part.len() + sign.len_utf8()).sum::<usize>();
        let label = name.get(start..end)?;
        let rest: Vec<&str> = before.iter().chain(behind).copied().collect();
        has_tier(label, known).then(|| (rest.join(sign.encode_utf8(&mut [0; 4])), label))
    })
}

/// What stands in brackets at an end of a name, behind the rest.
fn bracketed(name: &str, at_start: bool) -> Option<(&str, &str)> {
    [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| {
        if at_start {
            let (label, rest) = name.strip_prefix(open)?.split_once(close)?;
            Some((rest, label))
        } else {
            name.strip_suffix(close)?.rsplit_once(open)
        }
    })
}

/// A host's name without one of its parts, and the part.
fn within_host(name: &str, behind: usize) -> Option<(String, &str)> {
    if name.contains(|sign: char| sign.is_whitespace() || "/@:".contains(sign)) {
        return None;
    }
    let parts: Vec<&str> = name.split('.').collect();
    let at = parts.len().checked_sub(behind + 1).filter(|at| *at > 0)?;
    let label = *parts.get(at)?;
    let rest = parts.iter().enumerate().filter(|(own, _)| *own != at).map(|(_, part)| *part);
    Some((rest.collect::<Vec<_>>().join("."), label))
}

/// Whether a label has a tier.
pub(crate) fn has_tier(label: &str, known: &Environments) -> bool {
    known.knows(label) && known.tier(&known.canonical(label)).is_some()
}

/// The style in which at least two of the names, and two thirds of them, carry an environment; where
/// `any_share` holds, the one in which most do. The names are distinct.
pub(crate) fn style_of(
    names: &[String],
    known: &Environments,
    any_share: bool,
) -> Option<NameStyle> {
    let mut best: Option<(usize, NameStyle)> = None;
    for style in NameStyle::all() {
        let count = names.iter().filter(|name| style.parted(name, known).is_some()).count();
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, style));
        }
    }
    let (count, style) = best?;
    let is_enough = if any_share { count > 0 } else { count >= 2 && count * 3 >= names.len() * 2 };
    is_enough.then_some(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&str]) -> Option<Vec<String>> {
        let known = Environments::default();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let style = style_of(&names, &known, false)?;
        let one = |name: &String| match style.parted(name, &known) {
            Some((service, label)) => format!("{service} in {label}"),
            None => name.clone(),
        };
        Some(names.iter().map(one).collect())
    }

    #[test]
    fn a_label_is_found_in_the_place_where_most_names_have_it() {
        for (names, wanted) in [
            (["web-prod", "web-DEV", "mail"], ["web in prod", "web in DEV", "mail"]),
            (["a-pre-prod", "pre-prod", "b-test"], ["a in pre-prod", "pre-prod", "b in test"]),
            (["prod_web", "test_web", "x"], ["web in prod", "web in test", "x"]),
            (["prod/web", "pre-prod/db", "x"], ["web in prod", "db in pre-prod", "x"]),
            (["[prod] Shop", "(test) Shop", "x"], ["Shop in prod", "Shop in test", "x"]),
            (["Shop (Produktion)", "Shop [QA]", "x"], ["Shop in Produktion", "Shop in QA", "x"]),
            (
                ["Shop - Prod", "Shop – Test", "Shop - Dev"],
                ["Shop in Prod", "Shop in Test", "Shop in Dev"],
            ),
            (["Shop Prod", "Mail Recette", "x"], ["Shop in Prod", "Mail in Recette", "x"]),
            (
                ["web.dev.acme.example", "db.prod.acme.example", "db.acme.example"],
                ["web.acme.example in dev", "db.acme.example in prod", "db.acme.example"],
            ),
        ] {
            assert_eq!(read(&names).unwrap_or_default(), wanted, "{names:?}");
        }
    }

    #[test]
    fn a_label_is_found_in_one_place_in_the_middle() {
        for (names, wanted) in [
            (
                ["web-prod-01", "web-PROD-02", "db-pre-prod-1"],
                ["web-01 in prod", "web-02 in PROD", "db-1 in pre-prod"],
            ),
            (
                ["web-prod-eu-1", "db-test-1", "mail-pre-prod-us"],
                ["web-eu-1 in prod", "db-1 in test", "mail-us in pre-prod"],
            ),
            (["app.prod.eu", "db.dev.eu", "x"], ["app.eu in prod", "db.eu in dev", "x"]),
            (["team/prod/web", "ops/qa/db", "x"], ["team/web in prod", "ops/db in qa", "x"]),
            (["acme_prod_db", "acme_uat_db", "y"], ["acme_db in prod", "acme_db in uat", "y"]),
        ] {
            assert_eq!(read(&names).unwrap_or_default(), wanted, "{names:?}");
        }
        // In two places, a phrase, and a part of a word.
        assert_eq!(read(&["web-prod-01", "a-b-c-d-prod-x-y-z-1", "mail-1-2"]), None);
        assert_eq!(read(&["load test runner", "smoke test runner", "x"]), None);
        assert_eq!(read(&["web-product-1", "db-testing2-1", "x-y-z"]), None);
    }

    #[test]
    fn less_than_two_thirds_of_the_names_show_nothing() {
        assert_eq!(read(&["web-prod", "db-prod", "mail", "wiki"]), None);
        assert_eq!(read(&["web-prod"]), None, "a single name");
        assert_eq!(read(&["web-prod", "prod-db", "mail_test"]), None, "in three places");
        assert_eq!(read(&["acme.dev", "other.dev", "third.local"]), None, "domains");
        assert_eq!(read(&["dev", "prod", "test"]), None, "nothing but labels");
        assert_eq!(read(&["product", "latest", "devices"]), None, "parts of words");
    }
}
