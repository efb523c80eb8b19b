//! Per user, and its detail (rules.md U6, U7).

use std::collections::{BTreeMap, BTreeSet};

use super::book::{DailyUse, UsageBook};
use super::build::Question;
use super::model::{ProductOfUser, UserUse, VersionUses, Week};
use crate::calendar::Day;
use crate::ids::{ProductId, UserId, VersionId};
use crate::tokens::Tokens;

#[derive(Default)]
struct OfPair {
    tokens: Tokens,
    days: BTreeSet<Day>,
    versions: BTreeMap<VersionId, u64>,
}

impl OfPair {
    fn add(&mut self, used: &DailyUse) {
        self.tokens += used.tokens;
        if used.is_use() {
            self.days.insert(used.day);
            *self.versions.entry(used.version).or_default() += used.uses;
        }
    }
}

pub(super) fn users(book: &UsageBook, question: &Question) -> Vec<UserUse> {
    let mut users: BTreeMap<UserId, BTreeMap<ProductId, OfPair>> = BTreeMap::new();
    for used in book.with_flex(question.days(), question.team) {
        users.entry(used.user).or_default().entry(used.product).or_default().add(used);
    }
    let mut users: Vec<UserUse> = users.into_iter().map(|(user, products)| row(book, user, products)).collect();
    users.sort_by(|one, other| other.tokens.cmp(&one.tokens).then_with(|| one.user.cmp(&other.user)));
    users
}

fn row(book: &UsageBook, user: UserId, products: BTreeMap<ProductId, OfPair>) -> UserUse {
    let days: BTreeSet<Day> = products.values().flat_map(|pair| &pair.days).copied().collect();
    let tokens = products.values().map(|pair| pair.tokens).sum();
    let mut products: Vec<ProductOfUser> =
        products.into_iter().map(|(product, pair)| of_product(book, product, pair)).collect();
    products.sort_by(|one, other| other.tokens.cmp(&one.tokens).then_with(|| one.product.cmp(&other.product)));
    UserUse { user: book.users[user.index()].clone(), tokens, days_used: days.len(), products }
}

fn of_product(book: &UsageBook, product: ProductId, pair: OfPair) -> ProductOfUser {
    let mut weeks: BTreeMap<Day, usize> = BTreeMap::new();
    for day in &pair.days {
        *weeks.entry(day.week_start()).or_default() += 1;
    }
    let version = |(version, uses): (VersionId, u64)| {
        let version = book.versions[version.index()].clone();
        VersionUses { version, uses }
    };
    let mut versions: Vec<VersionUses> = pair.versions.into_iter().map(version).collect();
    versions.sort_by(|one, other| one.version.cmp(&other.version));
    ProductOfUser {
        product: book.products[product.index()].clone(),
        tokens: pair.tokens,
        days_used: pair.days.len(),
        weeks: weeks.into_iter().map(|(monday, days_used)| Week { monday: monday.to_string(), days_used }).collect(),
        versions,
    }
}
