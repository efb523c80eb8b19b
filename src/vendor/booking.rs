//! Rows into a book.

use std::collections::BTreeMap;

use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::ids::{ProductId, TeamId, UserId, VersionId};
use crate::pseudonyms::Pseudonyms;
use crate::tokens::Tokens;
use crate::usage_report::{Access, DailyUse, Detail, UsageBook};

/// What a row says.
pub(super) struct Row<'r> {
    /// The first day of which it tells.
    pub(super) from: Day,
    /// The last one: the same in a daily row.
    pub(super) to: Day,
    pub(super) team: &'r str,
    pub(super) user: &'r str,
    pub(super) product: &'r str,
    pub(super) version: &'r str,
    pub(super) access: Access,
    pub(super) days_used: u64,
    pub(super) tokens: Tokens,
}

/// A [`DailyUse`] but for its figures.
type Key = (Day, Option<TeamId>, UserId, ProductId, VersionId, Access);

struct Booked {
    days_used: u64,
    tokens: Tokens,
    /// The place of the file that tells it.
    file: usize,
}

#[derive(Default)]
pub(super) struct Booking {
    /// What users are called.
    pseudonyms: Pseudonyms,
    files: Vec<String>,
    /// What totals are of, where rows are totals rather than daily.
    total: Option<(Day, Day)>,
    teams: Ids,
    users: Ids,
    products: Ids,
    versions: Ids,
    uses: BTreeMap<Key, Booked>,
    /// Whether the files tell of tokens: all do, or none does.
    tells_tokens: Option<bool>,
    pub(super) rows: u64,
    pub(super) unused: u64,
}

impl Booking {
    /// Nothing yet, of users who are called so.
    pub(super) fn calling(pseudonyms: &Pseudonyms) -> Self {
        Booking { pseudonyms: pseudonyms.clone(), ..Booking::default() }
    }

    pub(super) fn next_file(&mut self, name: &str, tells_tokens: bool) -> Result<(), Diagnostic> {
        self.files.push(name.to_owned());
        if self.tells_tokens.replace(tells_tokens).is_none_or(|others| others == tells_tokens) {
            return Ok(());
        }
        let error =
            Diagnostic::new(format!("some exports tell of tokens, and others don't: {}", self.files.join(", ")));
        Err(error.help("import those with a column of tokens apart from those without"))
    }

    /// Adds it to what the same file says of the same.
    pub(super) fn add(&mut self, row: Row<'_>) -> Result<(), Diagnostic> {
        self.check_span(&row)?;
        if row.days_used == 0 && row.tokens.is_zero() {
            self.unused += 1;
            return Ok(());
        }
        let key = self.key(&row);
        let file = self.files.len() - 1;
        let booked = self.uses.entry(key).or_insert(Booked { days_used: 0, tokens: Tokens::ZERO, file });
        if booked.file != file {
            let error = Diagnostic::new(format!("{} has this use too", self.files[booked.file]));
            return Err(
                error.help("give exports that don't overlap, or leave what was told before out with --skip-bad-rows")
            );
        }
        let days = (row.to.number() - row.from.number() + 1) as u64;
        booked.days_used = days.min(booked.days_used + row.days_used);
        booked.tokens += row.tokens;
        self.rows += 1;
        Ok(())
    }

    /// All there is, where there is any.
    pub(super) fn book(self) -> Option<UsageBook> {
        let (first, last) = (self.uses.first_key_value()?.0.0, self.uses.last_key_value()?.0.0);
        let (first_day, last_day) = self.total.unwrap_or((first, last));
        let of = |((day, team, user, product, version, access), booked): (Key, Booked)| DailyUse {
            day,
            team,
            user,
            product,
            version,
            access,
            uses: booked.days_used,
            tokens: booked.tokens,
        };
        Some(UsageBook {
            detail: if self.total.is_some() { Detail::Totals } else { Detail::Days },
            tells_tokens: self.tells_tokens == Some(true),
            first_day,
            last_day,
            plans: vec![None; self.teams.names.len()],
            teams: self.teams.names,
            users: self.users.names,
            products: self.products.names,
            versions: self.versions.names,
            uses: self.uses.into_iter().map(of).collect(),
            opens: Vec::new(),
            person: None,
            packs: Vec::new(),
            changes: Vec::new(),
        })
    }

    /// All rows are of a day each, or all of the same range.
    fn check_span(&mut self, row: &Row<'_>) -> Result<(), Diagnostic> {
        let total = (row.from != row.to).then_some((row.from, row.to));
        if self.rows + self.unused == 0 {
            self.total = total;
        }
        if self.total == total {
            return Ok(());
        }
        let said = |total: Option<(Day, Day)>| match total {
            Some((from, to)) => format!("{from} to {to} together"),
            None => "single days".to_owned(),
        };
        let error = Diagnostic::new(format!("this row is of {}, others are of {}", said(total), said(self.total)));
        Err(error.help("import usage reports of different ranges, and daily usage, each into a file of its own"))
    }

    fn key(&mut self, row: &Row<'_>) -> Key {
        let team = (!row.team.is_empty()).then(|| TeamId(self.teams.id(row.team)));
        let (user, product) =
            (UserId(self.users.id(&self.pseudonyms.user(row.user))), ProductId(self.products.id(row.product)));
        (row.to, team, user, product, VersionId(self.versions.id(row.version)), row.access)
    }
}

/// Names, with ids in the order in which they came.
#[derive(Default)]
struct Ids {
    names: Vec<String>,
    ids: BTreeMap<String, u32>,
}

impl Ids {
    fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = u32::try_from(self.names.len()).expect("fewer than 2^32 names");
        self.names.push(name.to_owned());
        self.ids.insert(name.to_owned(), id);
        id
    }
}
