//! What is assumed where the inventory is silent, as options.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::files::{not_read, today};
use crate::inventory::{Assumptions, Date, IdsAcrossSources, Level, UnstatedAccess};

/// What is assumed where the inventory is silent.
#[derive(Args, Clone, Debug, Default)]
pub struct AssumptionArguments {
    /// The day on which expiry and age are judged [default: today].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
    /// How to read a row that does not state its access [default: both].
    #[arg(long, value_enum)]
    pub unstated_access: Option<AccessWord>,
    /// The least level of a grant from which an attacker moves on [default: any].
    #[arg(long, value_enum)]
    pub pivot_needs: Option<PivotWord>,
    /// Whether an id that stands in several sources means one credential [default: same].
    #[arg(long, value_enum)]
    pub ids_across_sources: Option<IdsWord>,
    /// A TOML file with assumptions, thresholds, costs, entry points and crown jewels; options given
    /// here override it.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

/// A choice for unstated access.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum AccessWord {
    /// Holds and grants.
    Both,
    /// Holds.
    Holds,
    /// Grants.
    Grants,
}

/// A choice for ids across sources.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum IdsWord {
    /// One credential.
    Same,
    /// A credential for each source: a file, a folder, an archive, a workbook.
    Apart,
}

/// A choice for what a pivot needs.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PivotWord {
    /// Any access.
    Any,
    /// Read access.
    Read,
    /// Write access.
    Write,
    /// Administrator's access.
    Admin,
}

impl AssumptionArguments {
    /// The assumptions: those of the policy, or else the defaults, and over them what is said here.
    ///
    /// # Errors
    /// One sentence where the policy file cannot be read or is not one.
    pub fn assumptions(&self) -> Result<Assumptions, String> {
        self.read_policy().map(|policy| self.over(policy, None))
    }

    /// What the policy file says, if there is one.
    ///
    /// # Errors
    /// One sentence where it cannot be read or is not one.
    pub fn read_policy(&self) -> Result<Option<Assumptions>, String> {
        let Some(file) = &self.policy else { return Ok(None) };
        let text =
            std::fs::read_to_string(file).map_err(|error| not_read("the policy", &error, file))?;
        let policy = Assumptions::from_policy(&text, today());
        policy.map(Some).map_err(|error| format!("{error}: {}", file.display()))
    }

    /// The first option that is given but the as-of date.
    pub(in crate::cli) fn beside_as_of(&self) -> Option<&'static str> {
        let Self { as_of: _, unstated_access, pivot_needs, ids_across_sources, policy } = self;
        let given = [
            (unstated_access.is_some(), "--unstated-access"),
            (pivot_needs.is_some(), "--pivot-needs"),
            (ids_across_sources.is_some(), "--ids-across-sources"),
            (policy.is_some(), "--policy"),
        ];
        given.into_iter().find_map(|(is_given, option)| is_given.then_some(option))
    }

    /// What is said here, over what the policy file says, or else over the assumptions of a project, or
    /// else over the defaults.
    pub fn over(&self, policy: Option<Assumptions>, project: Option<Assumptions>) -> Assumptions {
        let usual = project.as_ref().map_or_else(today, |project| project.as_of);
        let as_of = self.as_of.unwrap_or(usual);
        let base = policy.or(project).unwrap_or_else(|| Assumptions::new(as_of));
        let mut assumptions = Assumptions { as_of, ..base };
        if let Some(access) = self.unstated_access {
            assumptions.unstated_access = match access {
                AccessWord::Both => UnstatedAccess::Both,
                AccessWord::Holds => UnstatedAccess::Holds,
                AccessWord::Grants => UnstatedAccess::Grants,
            };
        }
        if let Some(needs) = self.pivot_needs {
            assumptions.pivot_needs = match needs {
                PivotWord::Any => Level::Unknown,
                PivotWord::Read => Level::Read,
                PivotWord::Write => Level::Write,
                PivotWord::Admin => Level::Admin,
            };
        }
        if let Some(ids) = self.ids_across_sources {
            assumptions.ids_across_sources = match ids {
                IdsWord::Same => IdsAcrossSources::Same,
                IdsWord::Apart => IdsAcrossSources::Apart,
            };
        }
        assumptions
    }
}
