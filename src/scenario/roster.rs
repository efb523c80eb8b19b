//! The scenario as the meter takes it: who may open what, and the administration that happens on the way.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Access, Membership, Scenario};
use crate::ids::{IdentityId, ProductId, TeamId, UserId};
use crate::keys::name_key;
use crate::meter::{self, Event, ListId, ProductLists, ProductTerms, Roster, TeamTerms, UserTerms};
use crate::time::Instant;

/// Names with ids in the order in which they came; id 0 is the empty name.
#[derive(Clone, Debug)]
pub struct Names {
    names: Vec<Arc<str>>,
    ids: BTreeMap<Arc<str>, u32>,
}

impl Default for Names {
    fn default() -> Self {
        Names { names: vec!["".into()], ids: BTreeMap::from([("".into(), 0)]) }
    }
}

impl Names {
    /// The id of a name, new or known.
    pub fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = u32::try_from(self.names.len()).expect("fewer than 2^32 names");
        let name: Arc<str> = name.into();
        self.names.push(name.clone());
        self.ids.insert(name, id);
        id
    }

    /// The name of an id.
    pub fn name(&self, id: u32) -> &str {
        &self.names[id as usize]
    }
}

/// A scenario in the meter's terms.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Who may open what.
    pub roster: Roster,
    /// Purchases and other administration, in the order of moments.
    pub timeline: Vec<(Instant, Event)>,
    /// By `PackId`: the place in `Scenario::packs`.
    pub packs: Vec<usize>,
    /// Which team may come to hold some of which pack: [`Scenario::holdings`].
    pub holdings: Vec<(usize, TeamId)>,
    /// How many of these come first: those of the teams that packs and lines are bought for.
    pub bought: usize,
    /// The sign-in identities that covers name.
    pub identities: Names,
    /// By `UserId`: the group, of the scenario's own users.
    pub groups: Vec<u32>,
}

impl Scenario {
    /// The scenario in the meter's terms.
    pub fn setup(&self) -> Setup {
        let mut identities = Names::default();
        let mut roster = Roster { products: self.product_terms(), ..Roster::default() };
        let mut lists = Lists::new(self.products.len());
        for team in &self.teams {
            let default_access = team.default_access.as_ref().map(|products| lists.id(products));
            roster.teams.push(TeamTerms { default_access, guest_defaults: team.guest_defaults });
        }
        for (place, user) in self.users.iter().enumerate() {
            let memberships = if user.is_there_from_the_start() { &user.memberships[..] } else { &[] };
            let memberships = memberships.iter().map(|member| lists.member(member));
            let covers = user.covers.iter().map(|cover| meter::Cover {
                user: UserId::from_index(place),
                product: cover.product,
                identity: identity(&mut identities, cover.identity.as_deref(), &user.name),
                holds: (cover.from, cover.until),
                trial: cover.kind == super::CoverKind::Trial,
            });
            let memberships = append_or_share(&mut roster.memberships, memberships, roster.users.last());
            let covers = append(&mut roster.covers, covers);
            roster.users.push(UserTerms { key: user.key, known: true, existing: user.existing, memberships, covers });
        }
        roster.shared_memberships = roster.memberships.len() as u32;
        let packs = self.packs_by_entry();
        let timeline = self.timeline(&packs, &mut lists);
        roster.lists = lists.lists;
        let (holdings, bought) = (self.holdings(), packs.len() + self.lines().count());
        let groups = self.users.iter().map(|user| user.group).collect();
        Setup { roster, timeline, packs, holdings, bought, identities, groups }
    }

    fn product_terms(&self) -> Vec<ProductTerms> {
        let loads = |host: usize| {
            let add_ins = self.products.iter().enumerate();
            let loaded = add_ins.filter(move |(_, product)| {
                product.loads_with_host && product.add_in_of == Some(ProductId::from_index(host))
            });
            loaded.map(|(place, _)| ProductId::from_index(place)).collect()
        };
        let terms = self.products.iter().enumerate().map(|(place, product)| ProductTerms {
            key: name_key(&product.name),
            rate: product.rate,
            host: product.add_in_of,
            loads: loads(place),
            available: self.available(ProductId::from_index(place)),
        });
        terms.collect()
    }

    fn packs_by_entry(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.packs.len()).collect();
        places.sort_by_key(|place| self.packs[*place].enters);
        places
    }
}

impl Setup {
    /// Adds users who turn up in a log alone: they are in no team, and come after the scenario's own.
    pub fn add_strangers(&mut self, names: &[String]) {
        self.roster.users.extend(names.iter().map(|name| UserTerms { key: name_key(name), ..UserTerms::default() }));
    }
}

/// The id of a sign-in: the user's own is 0, named or not.
pub fn identity(identities: &mut Names, name: Option<&str>, user: &str) -> IdentityId {
    let other = name.filter(|name| *name != user);
    IdentityId(identities.id(other.unwrap_or("")))
}

fn append<T>(table: &mut Vec<T>, rows: impl Iterator<Item = T>) -> Range<u32> {
    let start = table.len() as u32;
    table.extend(rows);
    start..table.len() as u32
}

/// People of a group mostly have the same: the memory that all of them need stays small.
fn append_or_share(
    table: &mut Vec<meter::Membership>,
    rows: impl Iterator<Item = meter::Membership>,
    neighbour: Option<&UserTerms>,
) -> Range<u32> {
    let own = append(table, rows);
    let of = |range: &Range<u32>| range.start as usize..range.end as usize;
    match neighbour.map(|neighbour| neighbour.memberships.clone()) {
        Some(shared) if table[of(&shared)] == table[of(&own)] => {
            table.truncate(own.start as usize);
            shared
        }
        _ => own,
    }
}

/// Product lists, each kept once however many users share it.
pub(super) struct Lists {
    ids: BTreeMap<Vec<ProductId>, ListId>,
    lists: ProductLists,
}

impl Lists {
    fn new(products: usize) -> Self {
        Lists { ids: BTreeMap::new(), lists: ProductLists::new(products) }
    }

    pub(super) fn member(&mut self, member: &Membership) -> meter::Membership {
        let access = match &member.access {
            Access::All => meter::Access::All,
            Access::List(products) => meter::Access::List(self.id(products)),
            Access::TeamDefault => meter::Access::TeamDefault,
        };
        meter::Membership { guest: member.guest, ..meter::Membership::new(member.team, access) }
    }

    pub(super) fn id(&mut self, products: &[ProductId]) -> ListId {
        let mut sorted = products.to_vec();
        sorted.sort_unstable();
        *self.ids.entry(sorted).or_insert_with_key(|products| self.lists.add(products.iter().copied()))
    }
}
