//! Which versions of which products pause charges while they are idle (rules.md T7).

use std::collections::BTreeMap;

use super::decode::Errors;
use super::known::Known;
use super::model::{Platform, Product, Scenario};
use super::unions::IdleSpec;
use crate::ids::ProductId;

/// Whose charges pause while they are idle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum IdleAwareness {
    /// No product's.
    #[default]
    Off,
    /// Every product's, in every version.
    On,
    /// Those of some products: in these versions, or in every one where `None`.
    Of(BTreeMap<ProductId, Option<Vec<String>>>),
}

/// As meant.
pub fn idle_awareness(spec: &IdleSpec, products: &Known, errors: &mut Errors) -> IdleAwareness {
    let listed = match spec {
        IdleSpec::Off => return IdleAwareness::Off,
        IdleSpec::On => return IdleAwareness::On,
        IdleSpec::Of(listed) => listed,
    };
    let mut aware = BTreeMap::new();
    for (product, versions) in &listed.0 {
        let versions = versions.0.as_ref().map(|listed| listed.iter().map(|version| version.value.clone()).collect());
        aware.extend(products.find(product, errors).map(|id| (ProductId::from_index(id), versions)));
    }
    IdleAwareness::Of(aware)
}

impl Scenario {
    /// Whether charges of a version of a product pause while it is idle (rules.md T7).
    pub fn idle_aware(&self, product: ProductId, version: &str) -> bool {
        match &self.idle_awareness {
            IdleAwareness::Off => false,
            IdleAwareness::On => true,
            IdleAwareness::Of(aware) => aware.get(&product).is_some_and(|versions| match versions {
                Some(versions) => versions.iter().any(|aware| aware == version),
                None => true,
            }),
        }
    }
}

impl Product {
    /// Whether the product runs on a platform (rules.md E9), by the name a log gives it. One that lists no platforms runs
    /// everywhere, and an unnamed platform may be any.
    pub fn runs_on(&self, platform: &str) -> bool {
        let named = |listed: &Platform| listed.word().eq_ignore_ascii_case(platform);
        platform.is_empty() || self.platforms.as_ref().is_none_or(|listed| listed.iter().any(named))
    }
}
