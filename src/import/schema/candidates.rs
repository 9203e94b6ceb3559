//! Which column means what: the choice among several columns of one meaning.

use crate::import::schema::export_columns::is_export;
use crate::import::schema::misnamed;
use crate::import::schema::misnamed::{NoServices, is_address};
use crate::import::vocabulary::synonyms::{Meaning, Synonyms, TABLE, english};

/// The column of each meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    slots: [Option<usize>; Meaning::COUNT],
    /// Columns that fit a meaning for which another column fits better.
    pub(crate) superseded: Vec<(usize, Meaning)>,
    /// All columns with secrets that are not read.
    pub(crate) other_secrets: Vec<usize>,
    /// Columns whose cells show that they are not what their names say, and what they are instead.
    pub(crate) misnamed: Vec<(usize, &'static str)>,
}

impl Columns {
    /// Gives each meaning of a header its column.
    pub(crate) fn resolve(header: &[String], synonyms: &Synonyms) -> Self {
        let mut columns = Self::default();
        let mut ranks = [usize::MAX; Meaning::COUNT];
        for (at, name) in header.iter().enumerate() {
            let Some((meaning, rank)) = synonyms.meaning(name) else { continue };
            if meaning == Meaning::OtherSecret {
                columns.other_secrets.push(at);
                continue;
            }
            let slot = meaning as usize;
            let (Some(held), Some(best)) = (columns.slots.get_mut(slot), ranks.get_mut(slot))
            else {
                continue;
            };
            if rank < *best {
                columns.superseded.extend(held.map(|earlier| (earlier, meaning)));
                (*held, *best) = (Some(at), rank);
            } else {
                columns.superseded.push((at, meaning));
            }
        }
        columns.keep_second_secrets();
        columns.leave_out_weak_ids(header);
        columns.separate_holders_from_targets(header);
        columns.leave_out_weak_ends(header);
        columns.read_as_services(header);
        columns.kind_beside_type(header);
        columns
    }

    /// The column with this meaning.
    pub(crate) fn of(&self, meaning: Meaning) -> Option<usize> {
        self.slots.get(meaning as usize).copied().flatten()
    }

    /// Sets the column with this meaning.
    pub(crate) fn set(&mut self, meaning: Meaning, column: Option<usize>) {
        if let Some(slot) = self.slots.get_mut(meaning as usize) {
            *slot = column;
        }
    }

    /// Removes every meaning of a column.
    pub(crate) fn forget(&mut self, column: usize) {
        for slot in &mut self.slots {
            if *slot == Some(column) {
                *slot = None;
            }
        }
        self.superseded.retain(|(at, _)| *at != column);
        self.other_secrets.retain(|at| *at != column);
    }

    /// Every meaning that has a column.
    pub(crate) fn meanings(&self) -> impl Iterator<Item = (Meaning, usize)> + '_ {
        TABLE.iter().filter_map(|(meaning, _)| Some((*meaning, self.of(*meaning)?)))
    }

    /// Adds the meanings of other columns, where neither the column nor the meaning is in use.
    pub(crate) fn add_unused(&mut self, other: &Self) {
        let is_used = |columns: &Self, at: usize| {
            columns.meanings().any(|(_, used)| used == at) || columns.other_secrets.contains(&at)
        };
        for (meaning, at) in other.meanings() {
            if self.of(meaning).is_none() && !is_used(self, at) {
                self.set(meaning, Some(at));
            }
        }
        let secrets = other.other_secrets.iter().copied();
        let fresh: Vec<usize> = secrets.filter(|&at| !is_used(self, at)).collect();
        self.other_secrets.extend(fresh);
    }

    /// Whether any cell may hold a raw secret.
    pub(crate) fn have_secrets(&self) -> bool {
        self.of(Meaning::Value).is_some() || !self.other_secrets.is_empty()
    }

    /// Corrects by the cells what the names alone got wrong: row counters are no ids, and a column of
    /// names is one of secrets where its cells can only be secrets.
    pub(crate) fn look_at_cells<'a>(
        &mut self,
        header: &[String],
        cells: impl Fn(usize) -> Vec<&'a str>,
    ) {
        self.leave_out_misnamed(header, &cells);
        for meaning in [Meaning::Id, Meaning::Label] {
            let counts =
                matches!(self.words(meaning, header).as_str(), "number" | "item" | "entry");
            if let Some(at) = self.of(meaning).filter(|_| counts)
                && misnamed::is_counter(&cells(at))
            {
                self.leave_out(meaning);
            }
        }
        for at in 0..header.len() {
            let named = |meaning: &Meaning| self.of(*meaning) == Some(at);
            let is_name = misnamed::NAMES.iter().any(named)
                || self
                    .superseded
                    .iter()
                    .any(|(column, meaning)| *column == at && misnamed::NAMES.contains(meaning));
            let named = |is: fn(&str) -> bool| header.get(at).is_some_and(|name| is(name));
            let is_known = || self.meanings().any(|(_, column)| column == at);
            let announced = named(misnamed::announces_secrets) && !is_known();
            let may = announced || named(misnamed::may_be_of_secrets);
            if (is_name || announced) && misnamed::are_secrets(&cells(at), may) {
                self.read_as_secret(at);
            }
        }
    }

    /// Reads a column as one of secrets, whatever its name means.
    fn read_as_secret(&mut self, at: usize) {
        self.forget(at);
        match self.of(Meaning::Value) {
            None => self.set(Meaning::Value, Some(at)),
            Some(_) => self.other_secrets.push(at),
        }
    }

    /// Leaves out columns of services that are none, and an id that is the same in all rows.
    fn leave_out_misnamed<'a>(
        &mut self,
        header: &[String],
        cells: &impl Fn(usize) -> Vec<&'a str>,
    ) {
        // A table that this program wrote names services as it read them.
        let named = [Meaning::Id, Meaning::Label, Meaning::Value, Meaning::Fingerprint];
        if is_export(header) || !named.iter().any(|meaning| self.of(*meaning).is_some()) {
            return;
        }
        for meaning in [Meaning::Service, Meaning::Holder, Meaning::Target] {
            let Some(at) = self.of(meaning) else { continue };
            let is_address = is_address(&self.words(meaning, header));
            let Some(found) = misnamed::no_services(&cells(at), is_address) else { continue };
            self.set(meaning, None);
            if found == NoServices::Environments && self.of(Meaning::Environment).is_none() {
                self.set(Meaning::Environment, Some(at));
            } else {
                self.misnamed.push((at, found.word()));
            }
        }
        if let (Some(id), Some(name)) = (self.of(Meaning::Id), self.of(Meaning::Label))
            && misnamed::is_one_for_all(&cells(id), &cells(name))
        {
            self.set(Meaning::Id, None);
            self.misnamed.push((id, misnamed::SAME_ID));
        }
    }

    /// The number of known columns, if a table with these columns, and those `marked` of a matrix, is
    /// worth reading.
    pub(crate) fn score(&self, width: usize, marked: usize) -> Option<usize> {
        let known = self.meanings().count() + marked;
        let anchored = self.meanings().any(|(meaning, _)| meaning.anchors());
        let alone = width == 1 && self.of(Meaning::Label).is_none();
        (anchored && (known > 1 || alone)).then_some(known + self.superseded.len())
    }

    /// The words of a meaning's column name; empty if it has none.
    fn words(&self, meaning: Meaning, header: &[String]) -> String {
        let name = self.of(meaning).and_then(|at| header.get(at));
        name.map(|name| english(name)).unwrap_or_default()
    }

    /// An account has many secrets, so that its id is none of theirs if there is a name.
    fn leave_out_weak_ids(&mut self, header: &[String]) {
        if self.words(Meaning::Id, header) == "account id" && self.of(Meaning::Label).is_some() {
            self.leave_out(Meaning::Id);
        }
    }

    /// If there is a target, the service is what holds the credential, unless the rows state the access
    /// themselves.
    fn separate_holders_from_targets(&mut self, header: &[String]) {
        let other = [Meaning::Holder, Meaning::Access].map(|meaning| self.of(meaning).is_some());
        if other.contains(&true) || self.of(Meaning::Service).is_none() {
            return;
        }
        let service = self.words(Meaning::Service, header);
        let target = self.words(Meaning::Target, header);
        let uses = service.starts_with("consumer") || service.starts_with("used");
        let runs = service.starts_with("app") || service.starts_with("workload");
        let holds = match target.as_str() {
            "" => false,
            "provider" => uses,
            "resource" => uses || runs,
            target if is_address(target) => false,
            _ => true,
        };
        if holds {
            self.set(Meaning::Holder, self.of(Meaning::Service));
            self.set(Meaning::Service, None);
        }
    }

    /// `source` without a target is where a row came from, and if there is a service, its `url` is no
    /// target.
    fn leave_out_weak_ends(&mut self, header: &[String]) {
        let holder = self.words(Meaning::Holder, header);
        let target = self.words(Meaning::Target, header);
        if matches!(holder.as_str(), "source" | "from") && target.is_empty() {
            self.leave_out(Meaning::Holder);
        }
        let weak = is_address(&target) || matches!(target.as_str(), "provider" | "resource");
        if weak && self.of(Meaning::Service).is_some() {
            self.leave_out(Meaning::Target);
        }
    }

    /// Leaves a column unread, and remembers what it could have meant.
    fn leave_out(&mut self, meaning: Meaning) {
        self.superseded.extend(self.of(meaning).map(|at| (at, meaning)));
        self.set(meaning, None);
    }

    /// A second column of secret values is no less secret.
    fn keep_second_secrets(&mut self) {
        let secret = |(_, meaning): &(usize, Meaning)| *meaning == Meaning::Value;
        self.other_secrets
            .extend(self.superseded.iter().filter(|one| secret(one)).map(|one| one.0));
        self.superseded.retain(|one| !secret(one));
    }

    /// If there is a `type`, which is the credential's, then `kind` is the service's.
    fn kind_beside_type(&mut self, header: &[String]) {
        let is_kind = |at: usize| header.get(at).is_some_and(|name| english(name) == "kind");
        let spare = self.superseded.iter().position(|(at, meaning)| {
            *meaning == Meaning::Kind && is_kind(*at) && self.of(Meaning::ServiceKind).is_none()
        });
        if let Some(spare) = spare {
            let (column, _) = self.superseded.remove(spare);
            self.set(Meaning::ServiceKind, Some(column));
        }
    }

    /// In a list of services without credentials, `name`, `type` and `owner` are those of the services.
    fn read_as_services(&mut self, header: &[String]) {
        let explicit = self.of(Meaning::Service).is_some();
        let of_service = |at: usize| match header.get(at).map(|name| english(name)).as_deref() {
            Some("sys id" | "number") => true,
            Some("id" | "uuid" | "guid") => !explicit,
            _ => false,
        };
        let credentials = self.meanings().any(|(meaning, at)| {
            meaning.tells_of_credentials() && !(meaning == Meaning::Id && of_service(at))
        });
        let services = [Meaning::ServiceKind, Meaning::Exposure, Meaning::Criticality]
            .into_iter()
            .chain([Meaning::CrownJewel, Meaning::ServiceOwner])
            .any(|meaning| self.of(meaning).is_some());
        let named_service = explicit && self.of(Meaning::Label).is_none();
        let kind_is_plain = self
            .of(Meaning::Kind)
            .and_then(|at| header.get(at))
            .is_none_or(|name| matches!(&*english(name), "type" | "kind" | "category"));
        if credentials || !kind_is_plain || !(services || named_service) {
            return;
        }
        self.set(Meaning::Id, None);
        for (from, to) in [
            (Meaning::Label, Meaning::Service),
            (Meaning::Kind, Meaning::ServiceKind),
            (Meaning::Owner, Meaning::ServiceOwner),
        ] {
            if self.of(to).is_none() {
                self.set(to, self.of(from));
                self.set(from, None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(header: &str) -> Columns {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        Columns::resolve(&header, &Synonyms::new())
    }

    #[test]
    fn the_better_synonym_wins_and_the_other_is_remembered() {
        let columns = columns("id,credential_id,service");
        assert_eq!(columns.of(Meaning::Id), Some(1));
        assert_eq!(columns.superseded, [(0, Meaning::Id)]);
    }

    #[test]
    fn a_list_of_services_has_names_kinds_and_owners_of_services() {
        let services = columns("name,environment,type,owner,internet_facing");
        assert_eq!(services.of(Meaning::Service), Some(0));
        assert_eq!(services.of(Meaning::ServiceKind), Some(2));
        assert_eq!(services.of(Meaning::ServiceOwner), Some(3));
        assert_eq!(services.of(Meaning::Label), None);
        let credentials = columns("name,service,type,owner,expires");
        assert_eq!(credentials.of(Meaning::Label), Some(0));
        assert_eq!(credentials.of(Meaning::Owner), Some(3));
    }

    #[test]
    fn beside_a_type_a_kind_is_the_services() {
        let both = columns("id,type,service,environment,kind");
        assert_eq!(both.of(Meaning::Kind), Some(1));
        assert_eq!(both.of(Meaning::ServiceKind), Some(4));
        assert_eq!(columns("id,kind,service").of(Meaning::Kind), Some(1));
    }

    #[test]
    fn password_managers_and_cmdb_exports_are_read() {
        let keepass = columns("Group,Title,Username,Password,URL,Notes,TOTP");
        assert_eq!(keepass.of(Meaning::Label), Some(1));
        assert_eq!(keepass.of(Meaning::Value), Some(3));
        assert_eq!(keepass.of(Meaning::Target), Some(4));
        assert_eq!(keepass.other_secrets, [6]);
        let cyberark = columns("Safe,UserName,Address,PlatformID,Name");
        assert_eq!(cyberark.of(Meaning::Storage), Some(0));
        assert_eq!(cyberark.of(Meaning::Identity), Some(1));
        assert_eq!(cyberark.of(Meaning::Kind), Some(3));
    }

    #[test]
    fn beside_a_target_the_service_is_the_holder() {
        for header in ["id,consumer,provider", "id,application,resource", "id,used_by,target"] {
            let columns = columns(header);
            assert_eq!(columns.of(Meaning::Service), None, "{header}");
            assert_eq!(columns.of(Meaning::Holder), Some(1), "{header}");
            assert_eq!(columns.of(Meaning::Target), Some(2), "{header}");
        }
        for header in ["id,service,url", "id,service,provider", "id,service,resource"] {
            let columns = columns(header);
            assert_eq!(columns.of(Meaning::Service), Some(1), "{header}");
            assert_eq!(columns.superseded, [(2, Meaning::Target)], "{header}");
        }
        assert_eq!(columns("id,service,target,access").of(Meaning::Service), Some(1));
    }

    #[test]
    fn row_counters_are_no_ids_and_keys_may_be_secrets() {
        let looked = |header: &str, cells: &[&'static str]| {
            let mut found = columns(header);
            let header: Vec<String> = header.split(',').map(str::to_owned).collect();
            found.look_at_cells(&header, |_| cells.to_vec());
            found
        };
        assert_eq!(looked("number,service,expires", &["1", "2", "3"]).of(Meaning::Id), None);
        assert_eq!(looked("number,service,expires", &["CI-1", "CI-2"]).of(Meaning::Id), Some(0));
        assert_eq!(looked("item,service,expires", &["7", "8"]).of(Meaning::Label), None);
        assert_eq!(looked("id,service,expires", &["1", "2"]).of(Meaning::Id), Some(0));
        assert_eq!(looked("key,service", &["aB3dE5fG7hI9jK1l"]).of(Meaning::Value), Some(0));
        assert_eq!(looked("key,service", &["stripe-live-key"]).of(Meaning::Label), Some(0));
    }

    #[test]
    fn an_account_is_no_credential() {
        assert_eq!(columns("account_id,secret_name,service").of(Meaning::Id), None);
        assert_eq!(columns("account_id,service").of(Meaning::Id), Some(0));
    }

    #[test]
    fn a_second_value_column_is_a_secret_too() {
        let two = columns("name,password,secret,service");
        assert_eq!(two.of(Meaning::Value), Some(2));
        assert_eq!(two.other_secrets, [1]);
    }
}
