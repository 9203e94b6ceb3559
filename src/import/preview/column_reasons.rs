//! Why each column is taken to mean what it does, in words.

use crate::import::container::RawTable;
use crate::import::csv::records::Found;
use crate::import::preview::table_preview::PreviewColumn;
use crate::import::schema::column_keys::keys;
use crate::import::schema::column_mapping::is_unused;
use crate::import::schema::context::DetectionContext;
use crate::import::schema::row_plan::{Plan, Plans};
use crate::import::schema::table_schema::By;
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::dates;
use crate::import::vocabulary::dates::{DateCell, DayOrder};
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::Environments;
use crate::inventory::shown;

/// How many rows are looked at for what the cells of an unknown column look like: enough that the
/// four in five that must agree are no accident.
const LOOK: usize = 100;

/// Every column with its meaning and the reason for it.
pub(crate) fn columns(
    plans: &Plans,
    raw: &RawTable<'_>,
    context: DetectionContext<'_>,
) -> Vec<PreviewColumn> {
    let plan = &plans.first;
    let looks = CellLooks::of(plan, raw);
    let header = plan.schema.header.iter().enumerate();
    let keys = keys(&plan.schema.header);
    let column = |(at, name): (usize, &String)| {
        let remapped_secrets = plan
            .schema
            .remapped_secrets
            .iter()
            .find(|remapped_secrets| remapped_secrets.column == at);
        let meaning = remapped_secrets
            .map(|remapped_secrets| remapped_secrets.meaning)
            .or_else(|| plans.meaning_at(at));
        let (reason, unsure) = reason(plan, (at, meaning), context, &looks);
        let heading = match keys.get(at).unwrap_or(name).as_str() {
            "" => format!("column {}", at + 1),
            name => shown(&secret_detection::masked(name)).into_owned(),
        };
        PreviewColumn {
            heading,
            meaning: meaning.map_or("unused", Meaning::name),
            reason,
            unsure,
            secrets: remapped_secrets.map(|remapped_secrets| remapped_secrets.sign.word()),
            harmless: remapped_secrets.is_some_and(|remapped_secrets| remapped_secrets.harmless),
        }
    };
    header.map(column).collect()
}

/// Why a column is taken to mean what it does, and whether somebody should check it.
fn reason(
    plan: &Plan,
    (at, meaning): (usize, Option<Meaning>),
    context: DetectionContext<'_>,
    looks: &CellLooks,
) -> (String, bool) {
    let said = context.overrides.of_columns(&plan.schema.header);
    if let Some(said) = said.and_then(|said| said.meanings.get(&at)) {
        let masked = is_unused(said) && meaning.is_some();
        let why = if masked {
            "not read, as set by you; it is named as a secret, so its values are masked everywhere"
        } else {
            "set by you"
        };
        return (why.to_owned(), false);
    }
    match plan.schema.by {
        By::ColumnMapping(_) => return ("the column mapping says so".to_owned(), false),
        By::Remembered(_) => {
            return ("remembered from a table with these columns".to_owned(), false);
        }
        By::Names | By::User => {}
    }
    if let Some(marked) = plan.marked(at) {
        let why = format!("the heading is one {}, and the cells hold marks", marked.name());
        return (why, false);
    }
    let heading = plan.schema.written(at);
    let named = context.synonyms.meaning(heading);
    if let Some(name) = plan.rules().and_then(|rules| rules.name.as_deref()) {
        return match meaning {
            Some(_) => (format!("the export is known: {name}"), false),
            None => (format!("not needed from this export: {name}"), false),
        };
    }
    match meaning {
        Some(meaning) => by_heading(meaning, named),
        None => unused(plan, at, named.is_some(), looks),
    }
}

/// Why a column has a meaning that its heading, or its cells, gave it.
fn by_heading(meaning: Meaning, named: Option<(Meaning, usize)>) -> (String, bool) {
    match named {
        Some((own, 0..1000)) if own == meaning => {
            ("the heading is a known name for it".to_owned(), false)
        }
        Some((own, _)) if own == meaning => {
            ("the heading ends like the name of a secret".to_owned(), true)
        }
        Some((Meaning::Value, _)) if meaning == Meaning::OtherSecret => {
            ("a second column of secrets; it is masked and not read".to_owned(), true)
        }
        Some((own, _)) if matches!(meaning, Meaning::Value | Meaning::OtherSecret) => (
            format!("the cells look like secrets, though the heading means “{}”", own.word()),
            true,
        ),
        Some((own, _)) => {
            let (own, read) = (own.word(), meaning.word());
            let why = format!(
                "the heading means “{own}”; read as “{read}” because of the columns beside it"
            );
            (why, true)
        }
        None => ("the cells look like it".to_owned(), true),
    }
}

/// Why a column is not used.
fn unused(plan: &Plan, at: usize, named: bool, looks: &CellLooks) -> (String, bool) {
    if plan.columns().superseded.iter().any(|(column, _)| *column == at) {
        return (plan.reason_for(at), true);
    }
    match looks.of_column(at) {
        Some(what) if plan.schema.has_no_header() => (format!("the cells look like {what}"), true),
        None if plan.schema.has_no_header() => ("there is no heading".to_owned(), false),
        Some(what) => (format!("the heading is not known, but the cells look like {what}"), true),
        None if named => (plan.reason_for(at), false),
        None => ("the heading is not known".to_owned(), false),
    }
}

/// What the cells of columns look like.
struct CellLooks(Vec<[usize; 4]>);

impl CellLooks {
    fn of(plan: &Plan, raw: &RawTable<'_>) -> Self {
        let environments = Environments::default();
        let mut counts = vec![[0_usize; 4]; plan.schema.header.len()];
        let mut records = plan.records(raw.text.as_str());
        let mut rows = 0;
        while let (Ok(Some(found)), true) = (records.read(), rows < LOOK) {
            let below = records.line() > plan.schema.header_line;
            if found != Found::Cells || !below || records.width() != counts.len() {
                continue;
            }
            rows += 1;
            for (at, count) in counts.iter_mut().enumerate() {
                let cell = records.cell(at);
                if words::is_unknown(cell) {
                    continue;
                }
                let date = dates::read(cell, DayOrder::DayFirst) != DateCell::Bad;
                let is = [true, date, environments.knows(cell), words::looks_random(cell)];
                for (count, is) in count.iter_mut().zip(is) {
                    *count += usize::from(is);
                }
            }
        }
        Self(counts)
    }

    /// What four in five cells of a column look like, if they agree.
    fn of_column(&self, at: usize) -> Option<&'static str> {
        let [all, date, environment, random] = *self.0.get(at)?;
        let most = |count: usize| all > 0 && count * 5 >= all * 4;
        match () {
            () if most(environment) => Some("environments"),
            () if most(random) => Some("secrets or fingerprints"),
            () if most(date) => Some("dates"),
            () => None,
        }
    }
}
