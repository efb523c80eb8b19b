use crate::ids::{ProductId, UserId};
use crate::scenario::Money;
use crate::tokens::Tokens;

/// What each user used of each product in one replication: one entry for a user and product that was charged or denied. The
/// memory is used again for the next replication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// By user: the place of the entry that was added last.
    last: Vec<u32>,
    entries: Vec<Entry>,
    /// What was used more, and isn't added yet: added many at a time, the entries come from the memory at once.
    more: Vec<(UserId, Used)>,
}

/// What a user used of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// The product.
    pub product: ProductId,
    /// How many charges: for a product with a daily rate its windows.
    pub charges: u32,
    /// Tokens charged, less those given back.
    pub burned: Tokens,
    /// What these cost, at the unit price of the packs that paid; 0 without prices.
    pub cost: Money,
    /// Of the tokens, avoidable.
    pub avoidable: Tokens,
    /// Opens, renewals and results refused, for whatever reason.
    pub denials: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    used: Used,
    /// The user's entry that was added before.
    before: u32,
}

const BATCH: usize = 64;

/// The place of no entry.
const NONE: u32 = u32::MAX;

impl Used {
    pub(super) const fn nothing(product: ProductId) -> Self {
        Used { product, charges: 0, burned: Tokens::ZERO, cost: Money(0), avoidable: Tokens::ZERO, denials: 0 }
    }
}

impl Usage {
    /// Nothing is used yet.
    pub(super) fn new(users: usize) -> Self {
        Usage { last: vec![NONE; users], entries: Vec::new(), more: Vec::with_capacity(BATCH) }
    }

    /// Back to the start, keeping the memory.
    pub(super) fn clear(&mut self) {
        self.last.fill(NONE);
        self.entries.clear();
        self.more.clear();
    }

    /// How many users there are, those who used nothing among them.
    pub fn users(&self) -> usize {
        self.last.len()
    }

    /// What a user used, the product charged or denied first at the end.
    pub fn of(&self, user: UserId) -> impl Iterator<Item = &Used> {
        std::iter::successors(self.entry(self.last[user.index()]), |entry| self.entry(entry.before))
            .map(|entry| &entry.used)
    }

    /// A user used more of a product.
    pub(super) fn add(&mut self, user: UserId, more: Used) {
        self.more.push((user, more));
        if self.more.len() == BATCH {
            self.settle();
        }
    }

    /// Adds what was used to the entries.
    pub(super) fn settle(&mut self) {
        let mut new = std::mem::take(&mut self.more);
        for (user, more) in new.drain(..) {
            let used = self.at(user, more.product);
            used.charges += more.charges;
            used.burned += more.burned;
            used.cost += more.cost;
            used.avoidable += more.avoidable;
            used.denials += more.denials;
        }
        self.more = new;
    }

    /// The entry of a user and a product.
    fn at(&mut self, user: UserId, product: ProductId) -> &mut Used {
        let last = &mut self.last[user.index()];
        let mut place = *last;
        while place != NONE && self.entries[place as usize].used.product != product {
            place = self.entries[place as usize].before;
        }
        if place == NONE {
            place = u32::try_from(self.entries.len()).expect("fewer than 2^32 users and products");
            let used = Used::nothing(product);
            self.entries.push(Entry { used, before: std::mem::replace(last, place) });
        }
        &mut self.entries[place as usize].used
    }

    fn entry(&self, place: u32) -> Option<&Entry> {
        self.entries.get(place as usize)
    }
}
