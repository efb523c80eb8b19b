//! Packs and balance (P1–P5, P8, P9): every part of every purchase in one list, searched anew each time.

use crate::case::{Instant, Tokens};
use crate::tables::Entry;

/// What was bought together.
pub struct Bought {
    pub id: String,
    pub size: Tokens,
    /// Days since 1970.
    pub day: i64,
    pub ends: Instant,
    pub expired: bool,
}

/// What a team has of a purchase.
pub struct Part {
    pub pack: usize,
    pub team: usize,
    pub left: Tokens,
    pub held: Tokens,
    /// Whether the pack was moved away, but for what was on hold.
    pub moved: bool,
}

/// Tokens of one part.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    pub pack: usize,
    pub team: usize,
    pub tokens: Tokens,
}

/// Whose charge a ledger row belongs to.
#[derive(Clone, Copy)]
pub struct Cause<'a> {
    pub time: Instant,
    pub user: &'a str,
    pub product: &'a str,
}

impl Cause<'_> {
    pub fn none(time: Instant) -> Self {
        Cause { time, user: "", product: "" }
    }
}

#[derive(Default)]
pub struct Packs {
    /// In the order of entry.
    pub bought: Vec<Bought>,
    pub parts: Vec<Part>,
    pub rows: Vec<Entry>,
}

impl Packs {
    pub fn enter(&mut self, entry: &'static str, bought: Bought, team: usize, left: Tokens, at: Instant) {
        let pack = self.bought.len();
        self.bought.push(bought);
        self.add(pack, team, left);
        self.row(entry, Share { pack, team, tokens: left }, Cause::none(at));
    }

    fn add(&mut self, pack: usize, team: usize, tokens: Tokens) {
        match self.part(pack, team) {
            Some(part) => part.left += tokens,
            None => self.parts.push(Part { pack, team, left: tokens, held: 0, moved: false }),
        }
    }

    fn part(&mut self, pack: usize, team: usize) -> Option<&mut Part> {
        self.parts.iter_mut().find(|part| (part.pack, part.team) == (pack, team))
    }

    pub fn balance(&self, team: usize) -> Tokens {
        self.parts.iter().filter(|part| part.team == team).map(|part| part.left).sum()
    }

    fn row(&mut self, entry: &'static str, share: Share, cause: Cause) {
        let balance = self.balance(share.team);
        let (user, product) = (cause.user.to_owned(), cause.product.to_owned());
        let pack = self.bought[share.pack].id.clone();
        self.rows.push(Entry {
            time: cause.time,
            team: share.team,
            pack,
            entry,
            tokens: share.tokens,
            user,
            product,
            balance,
        });
    }

    /// The parts that can pay for a team, in the burn order (P4).
    fn in_burn_order(&self, team: usize) -> Vec<usize> {
        let can_pay = |part: &Part| part.team == team && !self.bought[part.pack].expired && part.left > part.held;
        let mut places: Vec<usize> = (0..self.parts.len()).filter(|place| can_pay(&self.parts[*place])).collect();
        places.sort_by_key(|place| {
            let pack = self.parts[*place].pack;
            let bought = &self.bought[pack];
            (bought.ends, bought.size, bought.day, pack)
        });
        places
    }

    /// Balance less holds, of packs that are good (P6).
    pub fn free(&self, team: usize) -> Tokens {
        self.in_burn_order(team).into_iter().map(|place| self.parts[place].left - self.parts[place].held).sum()
    }

    /// When the pack ends that would pay next.
    pub fn earliest_end(&self, team: usize) -> Instant {
        self.in_burn_order(team).first().map_or(Instant::MAX, |place| self.bought[self.parts[*place].pack].ends)
    }

    /// Whether a team has a pack that is not expired, or none (P6). One that gave all its packs away counts as if it never had any.
    pub fn may_be_empty(&self, team: usize) -> bool {
        let mut parts = self.parts.iter().filter(|part| part.team == team).peekable();
        parts.peek().is_none() || parts.any(|part| !self.bought[part.pack].expired)
    }

    /// Of a pack that was moved away nothing stays once nothing is on hold, unless it ended before.
    fn drop_empty(&mut self) {
        self.parts.retain(|part| !part.moved || part.left > 0 || self.bought[part.pack].expired);
    }

    pub fn hold(&mut self, team: usize, tokens: Tokens) -> Vec<Share> {
        let (mut rest, mut shares) = (tokens, Vec::new());
        for place in self.in_burn_order(team) {
            let part = &mut self.parts[place];
            let taken = rest.min(part.left - part.held);
            if taken > 0 {
                part.held += taken;
                rest -= taken;
                shares.push(Share { pack: part.pack, team, tokens: taken });
            }
        }
        assert_eq!(rest, 0, "who holds has looked at what is free");
        shares
    }

    pub fn post(&mut self, shares: &[Share], cause: Cause) {
        for share in shares {
            let part = self.part(share.pack, share.team).expect("held here");
            part.held -= share.tokens;
            part.left -= share.tokens;
            self.row("burn", Share { tokens: -share.tokens, ..*share }, cause);
        }
        self.drop_empty();
    }

    /// A voided hold is free again, but what was held of a pack that has ended expires (P4).
    pub fn void(&mut self, shares: &[Share], at: Instant) {
        for share in shares {
            self.part(share.pack, share.team).expect("held here").held -= share.tokens;
            if self.bought[share.pack].expired {
                self.expire_of(*share, at);
            }
        }
    }

    fn expire_of(&mut self, share: Share, at: Instant) {
        self.part(share.pack, share.team).expect("it has something left").left -= share.tokens;
        self.row("expire", Share { tokens: -share.tokens, ..share }, Cause::none(at));
    }

    /// P5: what isn't on hold expires.
    pub fn expire(&mut self, at: Instant) {
        for pack in 0..self.bought.len() {
            if self.bought[pack].expired || self.bought[pack].ends > at {
                continue;
            }
            self.bought[pack].expired = true;
            for share in self.free_of(pack).into_iter().filter(|share| share.tokens > 0) {
                self.expire_of(share, at);
            }
        }
    }

    /// What isn't on hold of a purchase, in the order of teams.
    fn free_of(&self, pack: usize) -> Vec<Share> {
        let of_pack = self.parts.iter().filter(|part| part.pack == pack);
        let mut shares: Vec<Share> =
            of_pack.map(|part| Share { pack, team: part.team, tokens: part.left - part.held }).collect();
        shares.sort_by_key(|share| share.team);
        shares
    }

    /// P8: all that is left of one purchase goes, wherever it is; what is on hold stays.
    pub fn move_pack(&mut self, pack: usize, to: usize, at: Instant) {
        for share in self.free_of(pack) {
            if share.team != to {
                self.move_share(share, to, at);
            }
        }
    }

    pub fn merge(&mut self, team: usize, into: usize, at: Instant) {
        for pack in 0..self.bought.len() {
            for share in self.free_of(pack) {
                if share.team == team {
                    self.move_share(share, into, at);
                }
            }
        }
    }

    /// An empty pack goes too, without a word; an expired one doesn't.
    fn move_share(&mut self, share: Share, to: usize, at: Instant) {
        let expired = self.bought[share.pack].expired;
        let part = self.part(share.pack, share.team).expect("it is there");
        if expired {
            return;
        }
        part.left -= share.tokens;
        part.moved = true;
        self.drop_empty();
        if share.tokens > 0 {
            self.row("move_out", Share { tokens: -share.tokens, ..share }, Cause::none(at));
        }
        self.add(share.pack, to, share.tokens);
        self.part(share.pack, to).expect("just added").moved = false;
        if share.tokens > 0 {
            self.row("move_in", Share { team: to, ..share }, Cause::none(at));
        }
    }

    /// X4: given back to the pack that paid; what expired meanwhile stays expired.
    pub fn refund(&mut self, share: Share, cause: Cause) {
        let had = self.part(share.pack, share.team).is_some();
        self.add(share.pack, share.team, share.tokens);
        self.row("refund", share, cause);
        if self.bought[share.pack].expired {
            self.expire_of(share, cause.time);
            self.parts.retain(|part| had || (part.pack, part.team) != (share.pack, share.team));
        }
    }

    /// P9: nothing is ever negative, and no more is on hold than is left.
    pub fn check(&self) {
        assert!(self.parts.iter().all(|part| 0 <= part.held && part.held <= part.left));
    }
}
