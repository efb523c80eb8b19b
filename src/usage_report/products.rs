//! Per product, and its detail (rules.md U4, U5).

use std::collections::{BTreeMap, BTreeSet};

use super::book::UsageBook;
use super::build::Question;
use super::model::{Band, ProductUse, UserOfProduct, VersionUsers};
use crate::ids::{ProductId, UserId};
use crate::tokens::Tokens;

/// The bands' upper ends; a last band lies above.
const BANDS: [i64; 6] = [100, 500, 1_000, 2_000, 5_000, 10_000];

#[derive(Default)]
struct OfProduct<'a> {
    /// Those who used it, and those who were only given something back.
    users: BTreeMap<UserId, Tokens>,
    used_by: BTreeSet<UserId>,
    versions: BTreeMap<&'a str, BTreeSet<UserId>>,
}

pub(super) fn products(book: &UsageBook, question: &Question) -> Vec<ProductUse> {
    let mut products: BTreeMap<ProductId, OfProduct> = BTreeMap::new();
    for used in book.with_flex(question.days(), question.team) {
        let product = products.entry(used.product).or_default();
        *product.users.entry(used.user).or_default() += used.tokens;
        if used.is_use() {
            product.used_by.insert(used.user);
            for version in book.versions_of(used) {
                product.versions.entry(version).or_default().insert(used.user);
            }
        }
    }
    let mut products: Vec<ProductUse> =
        products.into_iter().map(|(id, product)| row(book, question, id, product)).collect();
    products.sort_by(|one, other| other.tokens.cmp(&one.tokens).then_with(|| one.product.cmp(&other.product)));
    products
}

fn row(book: &UsageBook, question: &Question, id: ProductId, product: OfProduct<'_>) -> ProductUse {
    let tokens = product.users.values().copied().sum();
    let of_user = |(user, tokens): (&UserId, &Tokens)| UserOfProduct {
        user: book.users[user.index()].clone(),
        tokens: book.known(*tokens),
        tokens_per_month: book.known(*tokens).map(|tokens| question.per_month(tokens)),
    };
    let mut by_user: Vec<UserOfProduct> = product.users.iter().map(of_user).collect();
    by_user.sort_by(|one, other| other.tokens.cmp(&one.tokens).then_with(|| one.user.cmp(&other.user)));
    let version =
        |(version, users): (&str, BTreeSet<UserId>)| VersionUsers { version: version.to_owned(), users: users.len() };
    let versions: Vec<VersionUsers> = product.versions.into_iter().map(version).collect();
    ProductUse {
        product: book.products[id.index()].clone(),
        users: product.used_by.len(),
        tokens: book.known(tokens),
        tokens_per_month: book.known(tokens).map(|tokens| question.per_month(tokens)),
        bands: book.tells_tokens.then(|| bands(product.used_by.iter().map(|user| product.users[user]))),
        versions: book.tells_versions().then_some(versions),
        by_user,
    }
}

fn bands(users: impl Iterator<Item = Tokens>) -> Vec<Band> {
    let ends = BANDS.map(Tokens::whole);
    let mut bands: Vec<Band> = (0..=ends.len())
        .map(|place| Band {
            above: if place == 0 { Tokens::ZERO } else { ends[place - 1] },
            up_to: ends.get(place).copied(),
            users: 0,
        })
        .collect();
    for tokens in users {
        bands[ends.partition_point(|end| *end < tokens)].users += 1;
    }
    bands
}
