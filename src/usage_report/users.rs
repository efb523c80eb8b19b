//! Per user, and its detail (rules.md U6, U7).

use std::collections::{BTreeMap, BTreeSet};

use super::book::{DailyUse, Detail, UsageBook};
use super::build::Question;
use super::model::{ProductOfUser, UserUse, VersionUses, Week};
use crate::calendar::Day;
use crate::ids::{ProductId, UserId};
use crate::tokens::Tokens;

#[derive(Default)]
struct OfPair<'a> {
    tokens: Tokens,
    days: Days,
    versions: BTreeMap<&'a str, u64>,
}

/// Days on which something was used.
#[derive(Default)]
struct Days {
    days: BTreeSet<Day>,
    /// Of each total, how many days; of several nothing says which of them were the same.
    of_totals: Vec<u64>,
}

impl Days {
    fn add(&mut self, book: &UsageBook, used: &DailyUse) {
        match book.detail {
            Detail::Totals => self.of_totals.push(used.uses),
            Detail::Grants | Detail::Days => drop(self.days.insert(used.day)),
        }
    }

    fn count(&self) -> Option<usize> {
        match self.of_totals[..] {
            [] => Some(self.days.len()),
            [days] => Some(days as usize),
            _ => None,
        }
    }
}

#[derive(Default)]
struct OfUser<'a> {
    days: Days,
    products: BTreeMap<ProductId, OfPair<'a>>,
}

impl<'a> OfUser<'a> {
    fn add(&mut self, book: &'a UsageBook, used: &DailyUse) {
        let pair = self.products.entry(used.product).or_default();
        pair.tokens += used.tokens;
        if used.is_use() {
            self.days.add(book, used);
            pair.days.add(book, used);
            for version in book.versions_of(used) {
                *pair.versions.entry(version).or_default() += used.uses;
            }
        }
    }
}

pub(super) fn users(book: &UsageBook, question: &Question) -> Vec<UserUse> {
    let mut users: BTreeMap<UserId, OfUser> = BTreeMap::new();
    for used in book.with_flex(question.days(), question.team) {
        users.entry(used.user).or_default().add(book, used);
    }
    let mut users: Vec<UserUse> = users.into_iter().map(|(id, user)| row(book, id, user)).collect();
    users.sort_by(|one, other| other.tokens.cmp(&one.tokens).then_with(|| one.user.cmp(&other.user)));
    users
}

fn row(book: &UsageBook, id: UserId, user: OfUser<'_>) -> UserUse {
    let tokens = user.products.values().map(|pair| pair.tokens).sum();
    let products = user.products.into_iter();
    let mut products: Vec<ProductOfUser> = products.map(|(product, pair)| of_product(book, product, pair)).collect();
    products.sort_by(|one, other| other.tokens.cmp(&one.tokens).then_with(|| one.product.cmp(&other.product)));
    UserUse { user: book.users[id.index()].clone(), tokens: book.known(tokens), days_used: user.days.count(), products }
}

fn of_product(book: &UsageBook, product: ProductId, pair: OfPair<'_>) -> ProductOfUser {
    let version = |(version, uses): (&str, u64)| VersionUses {
        version: version.to_owned(),
        uses: (book.detail == Detail::Grants).then_some(uses),
    };
    let versions: Vec<VersionUses> = pair.versions.into_iter().map(version).collect();
    ProductOfUser {
        product: book.products[product.index()].clone(),
        tokens: book.known(pair.tokens),
        days_used: pair.days.count(),
        weeks: (book.detail != Detail::Totals).then(|| weeks(&pair.days.days)),
        versions: book.tells_versions().then_some(versions),
    }
}

fn weeks(days: &BTreeSet<Day>) -> Vec<Week> {
    let mut weeks: BTreeMap<Day, usize> = BTreeMap::new();
    for day in days {
        *weeks.entry(day.week_start()).or_default() += 1;
    }
    weeks.into_iter().map(|(monday, days_used)| Week { monday: monday.to_string(), days_used }).collect()
}
