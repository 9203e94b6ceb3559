//! Environment labels: which are the same, and how much each is trusted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// The rank of trust of an environment: 0 is the lowest (dev), 3 the highest (prod).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tier(pub u8);

/// The table of environment labels: an alias leads to its canonical label, a label to its tier.
///
/// Labels are trimmed and compared without case. A label that the table does not know is its own
/// canonical label and has no tier; a blank one is *unknown* and becomes the empty text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environments {
    /// Shared by all that have the same: every import and every graph has a table.
    aliases: Arc<BTreeMap<String, String>>,
    tiers: Arc<BTreeMap<String, Tier>>,
}

/// Each label with its tier and its other spellings: those of English, then the words of other
/// languages for the same, with and without their accents.
#[rustfmt::skip]
const STANDARD: [(&str, u8, &[&str], &[&str]); 9] = [
    ("dev", 0, &["development", "devel"], &[
        "entwicklung", "entwicklungsumgebung", "entw", "entw.", "développement", "developpement", "dév",
        "environnement de développement", "desarrollo", "entorno de desarrollo", "sviluppo",
        "ambiente di sviluppo", "ontwikkeling", "ontwikkelomgeving", "ontwikkel", "desenvolvimento",
        "ambiente de desenvolvimento",
    ]),
    ("sandbox", 0, &[], &["spielwiese", "bac à sable", "bac a sable", "zandbak"]),
    ("local", 0, &[], &["lokal", "locale", "lokaal"]),
    ("test", 1, &["testing", "tst"], &[
        "tests", "testumgebung", "testsystem", "essai", "essais", "environnement de test", "prueba",
        "pruebas", "entorno de pruebas", "prova", "prove", "ambiente di test", "testomgeving", "teste",
        "testes", "ambiente de testes", "ambiente de teste",
    ]),
    ("qa", 1, &[], &[
        "qs", "qualitätssicherung", "qualitaetssicherung", "qualification", "assurance qualité",
        "assurance qualite", "calidad", "qualità", "qualita", "kwaliteit", "qualidade",
    ]),
    ("ci", 1, &["cicd", "ci/cd", "build"], &[
        "integration", "intégration", "intégration continue", "integration continue", "integración",
        "integracion", "integrazione", "integratie", "integração", "integracao",
    ]),
    ("staging", 2, &["stage", "stg", "preprod", "pre-prod", "pre-production"], &[
        "recette", "environnement de recette", "rec", "préproduction", "preproduction",
        "pré-production", "préprod", "pré-prod", "pre production", "vorproduktion", "vor-produktion",
        "vorproduktiv", "preproducción", "preproduccion", "pre-producción", "pre-produccion", "preprod.",
        "preproduzione", "pre-produzione", "preproductie", "pre-productie", "pré-produção",
        "pré-producao", "pre-producao", "preproducao", "homologation", "homologación", "homologacion",
        "homologação", "homologacao", "hml",
    ]),
    ("uat", 2, &[], &[
        "abnahme", "abnahmeumgebung", "abnahmetest", "acceptance", "collaudo", "ambiente di collaudo",
        "acceptatie", "acceptatieomgeving", "acceptation", "aceptación", "aceptacion", "aceitação",
        "aceitacao", "accettazione", "acc",
    ]),
    ("prod", 3, &["production", "prd", "live"], &[
        "produktion", "prod.", "produktiv", "produktivumgebung", "produktivsystem", "produktionsumgebung",
        "echtbetrieb", "wirkbetrieb", "environnement de production", "producción", "produccion",
        "entorno de producción", "entorno de produccion", "produzione", "ambiente di produzione", "esercizio", "ambiente di esercizio",
        "productie", "productieomgeving", "produção", "producao", "ambiente de produção",
        "ambiente de producao",
    ]),
];

static DEFAULT: LazyLock<Environments> = LazyLock::new(|| {
    let (mut aliases, mut tiers) = (BTreeMap::new(), BTreeMap::new());
    for (label, tier, english, foreign) in STANDARD {
        tiers.insert(label.to_owned(), Tier(tier));
        for alias in english.iter().chain(foreign) {
            aliases.insert((*alias).to_owned(), label.to_owned());
        }
    }
    Environments { aliases: Arc::new(aliases), tiers: Arc::new(tiers) }
});

impl Default for Environments {
    fn default() -> Self {
        DEFAULT.clone()
    }
}

impl Environments {
    /// A table of these aliases and tiers, all of them in lower case and without blanks around them.
    pub fn of(aliases: BTreeMap<String, String>, tiers: BTreeMap<String, Tier>) -> Self {
        Self { aliases: Arc::new(aliases), tiers: Arc::new(tiers) }
    }

    /// The canonical form of a label in lower case, where its aliases end; empty for a blank one.
    pub fn canonical(&self, label: &str) -> String {
        let mut at = label.trim().to_lowercase();
        for _ in 0..=self.aliases.len() {
            match self.aliases.get(&at) {
                Some(next) if *next != at => at.clone_from(next),
                Some(_) | None => break,
            }
        }
        at
    }

    /// The tier of a canonical label, if it has one.
    pub fn tier(&self, canonical: &str) -> Option<Tier> {
        self.tiers.get(canonical).copied()
    }

    /// The canonical label of each alias.
    pub fn aliases(&self) -> &BTreeMap<String, String> {
        &self.aliases
    }

    /// The tier of each label that has one.
    pub fn tiers(&self) -> &BTreeMap<String, Tier> {
        &self.tiers
    }

    /// Makes `alias` another spelling of `label`, and a label that was one of `alias` an environment
    /// of its own. What is another spelling of itself is just that.
    pub fn alias(&mut self, alias: &str, label: &str) {
        let (alias, label) = (alias.trim().to_lowercase(), label.trim().to_lowercase());
        let is_own = alias != label && self.canonical(&label) == alias;
        let aliases = Arc::make_mut(&mut self.aliases);
        if is_own {
            aliases.insert(label.clone(), label.clone());
        }
        aliases.insert(alias, label);
    }

    /// Gives `label` a tier.
    pub fn rank(&mut self, label: &str, tier: Tier) {
        Arc::make_mut(&mut self.tiers).insert(label.trim().to_lowercase(), tier);
    }

    /// Takes a label's tier away.
    pub fn unrank(&mut self, label: &str) {
        Arc::make_mut(&mut self.tiers).remove(&label.trim().to_lowercase());
    }

    /// Makes a label what it is by default again: its tier, and whether it is another spelling.
    pub fn restore(&mut self, label: &str) {
        let (folded, default) = (label.trim().to_lowercase(), Self::default());
        let aliases = Arc::make_mut(&mut self.aliases);
        match default.aliases.get(&folded) {
            Some(canonical) => aliases.insert(folded.clone(), canonical.clone()),
            None => aliases.remove(&folded),
        };
        let tiers = Arc::make_mut(&mut self.tiers);
        match default.tiers.get(&folded) {
            Some(&tier) => tiers.insert(folded, tier),
            None => tiers.remove(&folded),
        };
    }

    /// The labels that are not what they are by default, sorted.
    pub fn changed(&self) -> Vec<String> {
        let default = Self::default();
        let labels = [self, &default].into_iter();
        let labels: BTreeSet<&String> =
            labels.flat_map(|table| table.aliases.keys().chain(table.tiers.keys())).collect();
        let differs = |label: &&String| {
            self.aliases.get(*label) != default.aliases.get(*label)
                || self.tiers.get(*label) != default.tiers.get(*label)
        };
        labels.into_iter().filter(differs).cloned().collect()
    }

    /// Whether the table knows the label as an alias or as a canonical label.
    pub fn knows(&self, label: &str) -> bool {
        let folded = label.trim().to_lowercase();
        self.aliases.contains_key(&folded) || self.tiers.contains_key(&folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_lead_to_one_label_whatever_their_case() {
        let table = Environments::default();
        assert_eq!(table.canonical(" Production "), "prod");
        assert_eq!(table.canonical("CI/CD"), "ci");
        assert_eq!(table.canonical("DR-Site"), "dr-site");
        assert_eq!(table.canonical("  "), "");
    }

    #[test]
    fn words_of_other_languages_lead_to_the_same_labels() {
        let table = Environments::default();
        for (label, words) in [
            (
                "dev",
                "Entwicklung, Développement, DESARROLLO, Sviluppo, Ontwikkeling, Desenvolvimento",
            ),
            ("test", "Testumgebung, Essais, Pruebas, Testes"),
            ("staging", "Recette, PRÉPRODUCTION, Preproducción, Preproduzione, Homologação"),
            ("uat", "Abnahme, Collaudo, Acceptatie"),
            ("prod", "Produktion, Producción, Produccion, Produzione, Productie, Produção"),
        ] {
            for word in words.split(", ") {
                assert_eq!(table.canonical(word), label, "{word}");
            }
        }
    }

    #[test]
    fn aliases_never_go_round_in_circles() {
        let mut table = Environments::default();
        table.alias("prod", "dr");
        assert_eq!(table.canonical("Production"), "dr");
        table.alias("dr", "production");
        assert_eq!(table.canonical("prod"), "production");
        assert_eq!(table.canonical("dr"), "production");
    }

    #[test]
    fn what_was_changed_is_told_and_can_be_restored() {
        let mut table = Environments::default();
        table.alias("EU-Live", "prod");
        table.rank("dr", Tier(3));
        table.unrank("uat");
        assert_eq!(table.changed(), ["dr", "eu-live", "uat"]);
        assert_eq!(table.tier("uat"), None);
        for label in table.changed() {
            table.restore(&label);
        }
        assert_eq!(table, Environments::default());
    }

    #[test]
    fn tiers_rank_dev_below_prod_and_leave_strangers_out() {
        let table = Environments::default();
        assert!(table.tier("sandbox") < table.tier("qa"));
        assert!(table.tier("uat") < table.tier("prod"));
        assert_eq!(table.tier("dr-site"), None);
        assert_eq!(table.tier(""), None);
    }
}
