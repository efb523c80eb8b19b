//! The administration that happens on the way, in the order of moments, as the meter takes it.

use std::ops::Range;

use super::roster::Lists;
use super::{EventKind, Pack, Scenario};
use crate::ids::{PackId, ProductId};
use crate::ledger::NewPack;
use crate::meter::{self, Administration};
use crate::time::Instant;

impl Scenario {
    /// At one instant packs on hand come first, then purchases, then events in their order, then what buyers ordered. `packs` are the
    /// places of the packs in the order of entry.
    pub(super) fn timeline(&self, packs: &[usize], lists: &mut Lists) -> Vec<(Instant, meter::Event)> {
        let mut ids = vec![PackId::default(); packs.len()];
        for (id, place) in packs.iter().enumerate() {
            ids[*place] = PackId::from_index(id);
        }
        let packs = packs.iter().map(|place| &self.packs[*place]);
        let (ordered, planned): (Vec<&Pack>, Vec<&Pack>) = packs.partition(|pack| pack.ordered);
        let mut timeline: Vec<_> = planned.iter().map(|pack| pack.entry(self)).collect();
        let products = (0..self.products.len()).map(ProductId::from_index);
        let keys = products.filter(|id| self.is_changed(*id)).flat_map(|id| self.keys(id));
        let events = self.events.iter().map(|event| (event.at, administration(&event.what, &ids, lists)));
        timeline.extend(keys.chain(events).map(|(at, what)| (at, meter::Event::Administration(what))));
        timeline.extend(ordered.iter().map(|pack| pack.entry(self)));
        timeline.sort_by_key(|(at, _)| *at);
        timeline
    }

    /// When a product can be had as the meter starts (rules.md S3). Where events change that, its keys `released` and `withdrawn`
    /// are events too, and it is there from the start unless the first of all these releases it, or a key says when that is.
    pub(super) fn available(&self, id: ProductId) -> Range<Instant> {
        let product = &self.products[id.index()];
        if !self.is_changed(id) {
            return product.released.unwrap_or(Instant::MIN)..product.withdrawn.unwrap_or(Instant::MAX);
        }
        let events = self.events.iter().filter_map(|event| Some((event.at, availability(&event.what, id)?)));
        let first = self.keys(id).chain(events).min_by_key(|(at, _)| *at);
        match first {
            Some((_, Administration::Release(_))) => Instant::MAX..Instant::MAX,
            _ if product.released.is_some() => Instant::MAX..Instant::MAX,
            _ => Instant::MIN..Instant::MAX,
        }
    }

    fn is_changed(&self, id: ProductId) -> bool {
        self.events.iter().any(|event| availability(&event.what, id).is_some())
    }

    /// The keys `released` and `withdrawn` of a product as events.
    fn keys(&self, id: ProductId) -> impl Iterator<Item = (Instant, Administration)> + use<> {
        let product = &self.products[id.index()];
        let released = product.released.map(|at| (at, Administration::Release(id)));
        released.into_iter().chain(product.withdrawn.map(|at| (at, Administration::Withdraw(id))))
    }
}

impl Pack {
    fn entry(&self, scenario: &Scenario) -> (Instant, meter::Event) {
        let pack = NewPack {
            team: self.team,
            size: self.size,
            left: self.left,
            bought: scenario.zone.start_of(self.bought),
            ends: self.ends,
            on_hand: self.on_hand,
        };
        (self.enters, meter::Event::Pack(pack))
    }
}

/// What an event says of when a product can be had.
fn availability(what: &EventKind, product: ProductId) -> Option<Administration> {
    match what {
        EventKind::Release(id) if *id == product => Some(Administration::Release(product)),
        EventKind::Withdraw(id) if *id == product => Some(Administration::Withdraw(product)),
        _ => None,
    }
}

/// An event in the meter's terms. `packs` are the ids of the scenario's packs.
fn administration(what: &EventKind, packs: &[PackId], lists: &mut Lists) -> Administration {
    match what {
        EventKind::Move { pack, to } => Administration::Move { pack: packs[*pack], to: *to },
        EventKind::Merge { from, into } => Administration::Merge { from: *from, into: *into },
        EventKind::Rate { product, tokens } => Administration::Rate { product: *product, tokens: *tokens },
        EventKind::Release(product) => Administration::Release(*product),
        EventKind::Withdraw(product) => Administration::Withdraw(*product),
        EventKind::Invite { user, member, accepts_after } => {
            Administration::Invite { user: *user, member: lists.member(member), accepts_after: *accepts_after }
        }
        EventKind::Assign { user, member, mail } => {
            Administration::Assign { user: *user, member: lists.member(member), mail: *mail }
        }
        EventKind::Unassign { user, team } => Administration::Unassign { user: *user, team: *team },
        EventKind::Clear { user, team, products } => {
            Administration::Clear { user: *user, team: *team, products: lists.id(products) }
        }
        EventKind::DefaultAccess { team, products } => {
            Administration::DefaultAccess { team: *team, list: products.as_ref().map(|products| lists.id(products)) }
        }
        EventKind::GuestDefaults { team, serve } => Administration::GuestDefaults { team: *team, serve: *serve },
        EventKind::Leave(user) => Administration::Leave(*user),
    }
}
