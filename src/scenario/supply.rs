//! Teams with their packs, purchases, and prices.

use std::collections::BTreeSet;

use super::decode::{At, Entries, Errors};
use super::known::{Known, repeated};
use super::leaf::Bought;
use super::model::{Pack, PriceTier, Prices, Team};
use super::settings::Period;
use super::spec::{PackSpec, PriceTierSpec, PricesSpec, PurchaseSpec, TeamSpec};
use super::when::Moment;
use crate::calendar::Day;
use crate::diagnostic::Diagnostic;
use crate::ids::{ProductId, TeamId};
use crate::tokens::Tokens;

/// The teams as meant.
pub fn teams(specs: &Entries<TeamSpec>, products: &Known, errors: &mut Errors) -> Vec<Team> {
    let mut team = |(name, spec): &(At<String>, At<TeamSpec>)| Team {
        name: name.value.clone(),
        plan: spec.value.plan.get().cloned(),
        admin: spec.value.admin.get().cloned(),
        default_access: spec.value.default_access.get().and_then(|listed| default_access(listed, products, errors)),
        guest_defaults: spec.value.guest_defaults.get().copied().unwrap_or_default(),
    };
    specs.0.iter().map(&mut team).collect()
}

/// A default access: an empty list switches it off (rules.md E4).
pub fn default_access(listed: &[At<String>], products: &Known, errors: &mut Errors) -> Option<Vec<ProductId>> {
    (!listed.is_empty()).then(|| product_ids(listed, products, errors))
}

/// The ids of a list of products.
pub fn product_ids(listed: &[At<String>], products: &Known, errors: &mut Errors) -> Vec<ProductId> {
    products.find_all(listed, errors).into_iter().map(ProductId::from_index).collect()
}

/// The packs as they are entered one after the other.
pub struct Packs<'a> {
    period: &'a Period,
    packs: Vec<Pack>,
    ids: BTreeSet<String>,
    /// The sizes of all packs.
    total: Tokens,
}

impl<'a> Packs<'a> {
    pub fn new(period: &'a Period) -> Self {
        Packs { period, packs: Vec::new(), ids: BTreeSet::new(), total: Tokens::ZERO }
    }

    pub fn into_packs(self) -> Vec<Pack> {
        self.packs
    }

    /// Enters the packs on hand at the start.
    pub fn on_hand(&mut self, teams: &Entries<TeamSpec>, errors: &mut Errors) {
        for (id, (_, team)) in teams.0.iter().enumerate() {
            for pack in team.value.packs.get().into_iter().flatten() {
                self.pack_on_hand(TeamId::from_index(id), &pack.value, &teams.0[id].0.value, errors);
            }
        }
    }

    fn pack_on_hand(&mut self, team: TeamId, spec: &PackSpec, team_name: &str, errors: &mut Errors) {
        let start = self.period.first_day;
        if let Some(bought) = spec.bought.given().filter(|bought| start.is_some_and(|start| bought.value > start)) {
            let error = Diagnostic::new("a pack on hand that is bought after the start").at(&bought.place);
            errors.push(error.expected("expected not after `start`").help("a later purchase stands under `purchases`"));
        }
        self.add_up(spec.size.given(), errors);
        let (Some(bought), Some(Bought(size))) = (spec.bought.get(), spec.size.get()) else { return };
        let left = spec.left.get().copied().unwrap_or(*size);
        if let Some(at) = spec.left.given().filter(|_| left > *size) {
            let error = Diagnostic::new("a pack with more left than its size").at(&at.place);
            errors.push(error.expected(format!("expected at most {size}, its size when bought")));
        }
        let id = self.id(spec.id.given(), team_name, *bought, errors);
        self.enter(id, team, Moment::Day(*bought), *size, Some(left));
    }

    /// Enters the planned purchases.
    pub fn planned(&mut self, purchases: &[At<PurchaseSpec>], teams: &Known, errors: &mut Errors) {
        for purchase in purchases {
            let spec = &purchase.value;
            let team = spec.team.given().and_then(|team| teams.find(team, errors));
            self.check_not_before_start(spec, errors);
            self.add_up(spec.tokens.given(), errors);
            let (Some(name), Some(on), Some(Bought(tokens))) = (spec.team.get(), spec.on.get(), spec.tokens.get())
            else {
                continue;
            };
            let id = self.id(spec.id.given(), name, on.day(self.period.zone), errors);
            self.enter(id, TeamId::from_index(team.unwrap_or_default()), *on, *tokens, None);
        }
    }

    /// The sum of all packs stays an amount of tokens, so that no sum of charges and balances is beyond counting.
    fn add_up(&mut self, size: Option<&At<Bought>>, errors: &mut Errors) {
        let Some(At { value: Bought(tokens), place }) = size else { return };
        if *tokens <= Tokens::LARGEST - self.total {
            self.total += *tokens;
        } else {
            let most = format!("expected at most {} in all packs and purchases", Tokens::LARGEST);
            errors.push(Diagnostic::new("too many tokens").at(place).expected(most));
        }
    }

    fn check_not_before_start(&self, spec: &PurchaseSpec, errors: &mut Errors) {
        let (Some(on), Some(start)) = (spec.on.given(), self.period.start()) else { return };
        if on.value.start(self.period.zone) < start {
            let error =
                Diagnostic::new("a purchase before the start").at(&on.place).expected("expected not before `start`");
            errors.push(error.help("what was bought before is a pack on hand: list it under the team's `packs`"));
        }
    }

    /// Enters a pack; one on hand has this many tokens left.
    fn enter(&mut self, id: String, team: TeamId, on: Moment, size: Tokens, on_hand: Option<Tokens>) {
        let zone = self.period.zone;
        let bought = on.day(zone);
        let planned = on.start(zone);
        self.packs.push(Pack {
            id,
            team,
            bought,
            enters: if on_hand.is_some() { self.period.start().unwrap_or(planned) } else { planned },
            ends: zone.start_of(bought.next_year()),
            size,
            left: on_hand.unwrap_or(size),
            on_hand: on_hand.is_some(),
            ordered: false,
        });
    }

    /// The id as written, or one made up of team and day.
    fn id(&mut self, written: Option<&At<String>>, team: &str, bought: Day, errors: &mut Errors) -> String {
        let Some(id) = written else {
            let plain = format!("{team}-{bought}");
            let numbered = (2..).map(|number| format!("{plain}-{number}"));
            let id = std::iter::once(plain.clone()).chain(numbered).find(|id| !self.ids.contains(id));
            let id = id.expect("numbers don't run out");
            self.ids.insert(id.clone());
            return id;
        };
        if !self.ids.insert(id.value.clone()) {
            errors.push(repeated("pack", id).expected("expected an id of its own"));
        }
        id.value.clone()
    }
}

/// What tokens and subscriptions cost.
pub fn prices(spec: &PricesSpec, products: &Known, errors: &mut Errors) -> Prices {
    let mut subscriptions = Vec::new();
    for (product, price) in spec.subscriptions.get().into_iter().flat_map(|entries| &entries.0) {
        let id = products.find(product, errors);
        subscriptions.extend(id.map(|id| (ProductId::from_index(id), price.value)));
    }
    Prices {
        tokens: price_tiers(spec.tokens.get().map_or(&[], Vec::as_slice), errors),
        step: spec.step.get().map(|step| step.0),
        subscriptions,
    }
}

fn price_tiers(specs: &[At<PriceTierSpec>], errors: &mut Errors) -> Vec<PriceTier> {
    let mut tiers: Vec<PriceTier> = Vec::new();
    for spec in specs {
        let (Some(from), Some(each)) = (spec.value.from.given(), spec.value.each.get()) else { continue };
        if let Some(last) = tiers.last().filter(|last| last.from >= from.value) {
            let error = Diagnostic::new("price tiers out of order").at(&from.place);
            errors.push(error.expected(format!("expected more than {}, where the tier before begins", last.from)));
        }
        tiers.push(PriceTier { from: from.value, each: *each });
    }
    tiers
}
