//! Products charged per result (X4), and what is given back of them.

use crate::case::{Row, TOKEN, Tokens};
use crate::meter::{Meter, Paid};
use crate::packs::{Cause, Share};

/// The price of a quantity; both are in millionths.
fn price(rate: Tokens, quantity: Tokens) -> Tokens {
    (i128::from(rate) * i128::from(quantity) / i128::from(TOKEN)) as Tokens
}

impl Meter<'_> {
    /// Charged at once, with no window and no grace. One that fails at its own instant is given back right after.
    pub fn charge_results(&mut self) {
        let log = self.log;
        for (place, row) in log.rows.iter().enumerate() {
            if row.opened == self.now && self.scenario.products[row.product].per_result {
                self.charge_result(place, row);
                if row.failed == Some(self.now) {
                    self.give_back(place);
                }
            }
        }
    }

    fn charge_result(&mut self, place: usize, row: &Row) {
        let Some(user) = self.roster.find(&row.user) else { return self.deny(row, "not_assigned") };
        if let Some(cover) = self.cover(user, row.product, &row.identity) {
            return self.grant(row, cover, None, 0);
        }
        match self.pay_result(user, row) {
            Err(reason) => self.deny(row, reason),
            Ok(team) => {
                let tokens = price(self.rate(row.product), row.quantity.unwrap_or(TOKEN));
                let shares = self.packs.hold(team, tokens);
                let cause =
                    Cause { time: self.now, user: &row.user, product: &self.scenario.products[row.product].name };
                self.packs.post(&shares, cause);
                self.results.push(Paid { row: place, rate: self.rate(row.product), shares });
                self.grant(row, "result", Some(team), tokens);
            }
        }
    }

    fn pay_result(&self, user: usize, row: &Row) -> Result<usize, &'static str> {
        let teams = self.roster.teams_for(user, row.product, self.now)?;
        if !row.online {
            return Err("offline");
        }
        self.team_that_pays(&teams, price(self.rate(row.product), row.quantity.unwrap_or(TOKEN)))
    }

    fn grant(&mut self, row: &Row, reason: &'static str, team: Option<usize>, tokens: Tokens) {
        self.deny(row, reason);
        let decision = self.decisions.last_mut().expect("the one just made");
        (decision.granted, decision.team, decision.tokens) = (true, team, tokens);
    }

    /// In the order of the results.
    pub fn give_back_due(&mut self) {
        let (log, now) = (self.log, self.now);
        let due = |place: &usize| log.rows[*place].failed == Some(now) && log.rows[*place].opened < now;
        let due: Vec<usize> = self.results.iter().map(|paid| paid.row).filter(due).collect();
        due.into_iter().for_each(|place| self.give_back(place));
    }

    /// In the reverse order of paying.
    fn give_back(&mut self, place: usize) {
        let Some(paid) = self.results.iter().find(|paid| paid.row == place) else { return };
        let log = self.log;
        let row = &log.rows[place];
        let mut rest = price(paid.rate, row.failed_quantity.or(row.quantity).unwrap_or(TOKEN));
        let cause = Cause { time: self.now, user: &row.user, product: &self.scenario.products[row.product].name };
        for share in paid.shares.iter().rev() {
            let tokens = rest.min(share.tokens);
            rest -= tokens;
            if tokens > 0 {
                self.packs.refund(Share { tokens, ..*share }, cause);
            }
        }
    }
}
