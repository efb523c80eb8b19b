use super::PackName;
use crate::ids::{PackId, ProductId, TeamId};
use crate::replay::TableNames;
use crate::scenario::Pack;

impl<'a> TableNames<'a> {
    pub(super) fn product(&self, product: ProductId) -> &'a str {
        &self.scenario.products[product.index()].name
    }

    pub(super) fn team(&self, team: TeamId) -> &'a str {
        &self.scenario.teams[team.index()].name
    }

    pub(super) fn pack(&self, pack: PackId) -> &'a Pack {
        &self.scenario.packs[self.packs[pack.index()]]
    }

    pub(super) fn pack_name(&self, pack: PackId) -> PackName {
        PackName::of(self.pack(pack))
    }
}

impl PackName {
    pub(super) fn of(pack: &Pack) -> Self {
        PackName { pack: pack.id.clone(), ends: pack.ends, size: pack.size, bought: pack.bought.to_string() }
    }
}
