use crate::ids::{ProductId, UserId};
use crate::scenario::Money;
use crate::tokens::Tokens;

/// What each user used of each product in one replication: one entry for a user and product that was charged or denied. The
/// memory is used again for the next replication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    users: usize,
    /// First one for each user, of the product charged or denied first, which says that it is [`NOTHING`] until then; the others
    /// behind.
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

/// One line of the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
struct Entry {
    used: Used,
    /// The user's next one; 0, the place of a first one, where there is none.
    next: u32,
}

const BATCH: usize = 64;

/// What isn't used yet.
const NOTHING: ProductId = ProductId(u32::MAX);
const EMPTY: Entry = Entry { used: Used::nothing(NOTHING), next: 0 };

impl Used {
    pub(super) const fn nothing(product: ProductId) -> Self {
        Used { product, charges: 0, burned: Tokens::ZERO, cost: Money(0), avoidable: Tokens::ZERO, denials: 0 }
    }
}

impl Usage {
    /// Nothing is used yet.
    pub(super) fn new(users: usize) -> Self {
        Usage { users, entries: vec![EMPTY; users], more: Vec::with_capacity(BATCH) }
    }

    /// Back to the start, keeping the memory.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.entries.resize(self.users, EMPTY);
        self.more.clear();
    }

    /// How many users there are, those who used nothing among them.
    pub fn users(&self) -> usize {
        self.users
    }

    /// What a user used, the product charged or denied first at the start.
    pub fn of(&self, user: UserId) -> impl Iterator<Item = &Used> {
        let first = self.entries.get(user.index()).filter(|first| first.used.product != NOTHING);
        std::iter::successors(first, |entry| self.after(entry)).map(|entry| &entry.used)
    }

    fn after(&self, entry: &Entry) -> Option<&Entry> {
        (entry.next > 0).then(|| &self.entries[entry.next as usize])
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
        let mut place = user.index();
        if self.entries[place].used.product == NOTHING {
            self.entries[place].used.product = product;
        }
        while self.entries[place].used.product != product {
            if self.entries[place].next == 0 {
                self.entries[place].next =
                    u32::try_from(self.entries.len()).expect("fewer than 2^32 users and products");
                self.entries.push(Entry { used: Used::nothing(product), next: 0 });
            }
            place = self.entries[place].next as usize;
        }
        &mut self.entries[place].used
    }
}
