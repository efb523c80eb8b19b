//! Rows of text into what they mean.

use std::collections::BTreeMap;

use super::columns::{Column, Columns};
use super::fields::{check_platform, flag, idle, instant, optional_instant, quantity, supported};
use super::text::Row;
use super::{Failed, Logged, Use, idle_within};
use crate::diagnostic::Diagnostic;
use crate::ids::{DeviceId, ProductId, UserId, VersionId};
use crate::meter::Open;
use crate::scenario::{Names, Per, Product, Scenario, identity};
use crate::time::Instant;
use crate::tokens::Tokens;

/// Reads rows, and knows the names that they have used so far.
pub(super) struct Rows<'a> {
    scenario: &'a Scenario,
    columns: Columns,
    users: BTreeMap<String, UserId>,
    products: BTreeMap<&'a str, ProductId>,
    /// By product: every rate that it has at some time.
    rates: Vec<Vec<Tokens>>,
    identities: &'a mut Names,
    /// Whether errors suggest the name that may be meant: that takes its time.
    pub(super) suggest: bool,
    pub(super) strangers: Vec<String>,
    pub(super) devices: Names,
    pub(super) versions: Names,
}

impl<'a> Rows<'a> {
    pub(super) fn new(scenario: &'a Scenario, identities: &'a mut Names, columns: Columns) -> Self {
        let users = scenario.users.iter().enumerate();
        let products = scenario.products.iter().enumerate();
        Rows {
            scenario,
            columns,
            users: users.map(|(place, user)| (user.name.clone(), UserId::from_index(place))).collect(),
            products: products.map(|(place, product)| (&*product.name, ProductId::from_index(place))).collect(),
            rates: scenario.rates(),
            identities,
            suggest: true,
            strangers: Vec::new(),
            devices: Names::default(),
            versions: Names::default(),
        }
    }

    /// What a row says.
    pub(super) fn logged(&mut self, row: &Row) -> Result<Logged, Diagnostic> {
        self.check_shape(row)?;
        let get = |column| self.columns.get(row, column);
        let opened = self.opened(get(Column::Opened))?;
        let id = self.product(get(Column::Product))?;
        let product = &self.scenario.products[id.index()];
        let what = match product.per {
            Per::Day => self.session(row, opened, product)?,
            Per::Result => self.results(row, opened, id)?,
        };
        let online = flag(Column::Online, get(Column::Online))?;
        let (version, platform) = (get(Column::Version), get(Column::Platform));
        check_platform(&product.name, product.platforms.as_deref(), platform)?;
        let pseudonyms = &self.scenario.pseudonyms;
        let (user, sign_in) = (pseudonyms.user(get(Column::User)), pseudonyms.user(get(Column::Identity)));
        let device = pseudonyms.device(get(Column::Device));
        if user.is_empty() {
            return Err(Diagnostic::new("the user is empty"));
        }
        let open = Open {
            product: id,
            device: DeviceId(self.devices.id(&device)),
            version: VersionId(self.versions.id(version)),
            identity: identity(self.identities, (!sign_in.is_empty()).then_some(&*sign_in), &user),
            online,
            supported: supported(&product.name, platform, version),
            idle_aware: self.scenario.idle_aware(id, version),
            user: self.user(&user),
        };
        Ok(Logged { opened, open, what })
    }

    /// A row that ends too early may have been cut off while it was written, and one with a line break in a known column
    /// may be several, joined by a quote too many.
    fn check_shape(&self, row: &Row) -> Result<(), Diagnostic> {
        if let Some(column) = self.columns.cut_off(row) {
            let error = Diagnostic::new(format!("the row ends before its column `{}`", column.name()));
            return Err(error.help("an empty last field needs its comma"));
        }
        match self.columns.broken(row).filter(|_| row.has_line_breaks()) {
            Some(column) => Err(Diagnostic::new(format!("column `{}` has a line break in it", column.name()))
                .help("is there a quote that isn't closed?")),
            None => Ok(()),
        }
    }

    fn opened(&self, text: &str) -> Result<Instant, Diagnostic> {
        let opened = instant(Column::Opened, text)?;
        if opened < self.scenario.start {
            let start = crate::calendar::rfc3339(self.scenario.start);
            return Err(Diagnostic::new("the session opens before the scenario starts")
                .expected(format!("the scenario starts at {start}"))
                .help("let the scenario start earlier, or leave the row out"));
        }
        Ok(opened)
    }

    fn session(&self, row: &Row, opened: Instant, product: &Product) -> Result<Use, Diagnostic> {
        let get = |column| self.columns.get(row, column);
        let closed = optional_instant(Column::Closed, get(Column::Closed))?;
        if closed.is_some_and(|closed| closed < opened) {
            let (opened, closed) = (get(Column::Opened), get(Column::Closed));
            return Err(Diagnostic::new("the session closes before it opens")
                .expected(format!("opened {opened}, closed {closed}")));
        }
        let per_day = format!("`{}` is charged per day", product.name);
        let quantity = get(Column::Quantity);
        if !quantity.is_empty() && Tokens::parse(quantity) != Some(Tokens::whole(1)) {
            return Err(Diagnostic::new(format!("{per_day}, so its quantity can't be `{quantity}`"))
                .expected("expected 1, or an empty field"));
        }
        if let Some(column) = [Column::Failed, Column::FailedQuantity].into_iter().find(|column| !nothing(get(*column)))
        {
            return Err(Diagnostic::new(format!("{per_day}, so `{}` says nothing of it", column.name()))
                .expected("expected an empty field"));
        }
        Ok(Use::Session { closed, idle: idle_within(opened, closed, idle(get(Column::Idle))?) })
    }

    fn results(&self, row: &Row, opened: Instant, id: ProductId) -> Result<Use, Diagnostic> {
        let (product, rates) = (&self.scenario.products[id.index()], &self.rates[id.index()]);
        let get = |column| self.columns.get(row, column);
        let per_result = || format!("`{}` is charged per result, when it is asked for", product.name);
        if optional_instant(Column::Closed, get(Column::Closed))?.is_some_and(|closed| closed != opened) {
            let error = Diagnostic::new(per_result()).expected("expected an empty `closed`");
            return Err(error.help("what came of it later can stand in `failed`"));
        }
        if !get(Column::Idle).is_empty() {
            return Err(Diagnostic::new(per_result()).expected("expected an empty `idle`"));
        }
        let quantity = exact(product, rates, Column::Quantity, get(Column::Quantity))?.unwrap_or(Tokens::whole(1));
        let failed = match optional_instant(Column::Failed, get(Column::Failed))? {
            Some(at) if at < opened => return Err(Diagnostic::new("the result fails before it is asked for")),
            Some(at) => {
                let failed = exact(product, rates, Column::FailedQuantity, get(Column::FailedQuantity))?;
                Some(Failed { at, quantity: failed.unwrap_or(quantity) })
            }
            None if nothing(get(Column::FailedQuantity)) => None,
            None => {
                let error = Diagnostic::new("`failed_quantity` is given, and `failed` is empty");
                return Err(error.expected("expected the instant at which it failed"));
            }
        };
        if failed.is_some_and(|failed| failed.quantity > quantity) {
            return Err(Diagnostic::new("more fails than was asked for"));
        }
        Ok(Use::Results { quantity, failed })
    }

    fn product(&self, name: &str) -> Result<ProductId, Diagnostic> {
        self.products.get(name).copied().ok_or_else(|| {
            let error =
                Diagnostic::new(format!("unknown product `{name}`")).expected("expected a product of the scenario");
            if self.suggest { error.nearest(name, self.products.keys().copied()) } else { error }
        })
    }

    fn user(&mut self, name: &str) -> UserId {
        if let Some(id) = self.users.get(name) {
            return *id;
        }
        let id = UserId::from_index(self.scenario.users.len() + self.strangers.len());
        self.strangers.push(name.to_owned());
        self.users.insert(name.to_owned(), id);
        id
    }
}

/// Whether a field says that nothing failed.
fn nothing(text: &str) -> bool {
    text.is_empty() || Tokens::parse(text) == Some(Tokens::ZERO)
}

/// A quantity whose charge is exact (rules.md P9).
fn exact(product: &Product, rates: &[Tokens], column: Column, text: &str) -> Result<Option<Tokens>, Diagnostic> {
    let Some(quantity) = quantity(column, text)? else { return Ok(None) };
    match rates.iter().find(|rate| rate.times(quantity).is_none()) {
        Some(rate) => Err(Diagnostic::new(format!("`{text}` in column `{}` can't be charged exactly", column.name()))
            .expected(format!("at {rate} tokens for each result of `{}`", product.name))
            .help("tokens have at most six decimals")),
        None => Ok(Some(quantity)),
    }
}
