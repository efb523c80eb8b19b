//! Which team pays (E12).

use super::{Denial, Meter, Open, TeamChoice};
use crate::ids::{ProductId, TeamId, UserId};
use crate::keys::mix;
use crate::tokens::Tokens;

impl Meter {
    /// Whether any team allows the product now (E1, E3, E4).
    pub(super) fn entitled(&self, user: UserId, product: ProductId) -> Result<(), Denial> {
        if self.roster.teams(user, product, self.now).next().is_some() {
            Ok(())
        } else if self.roster.memberships_of(user).is_empty() {
            Err(Denial::NotAssigned)
        } else {
            Err(Denial::ProductNotAllowed)
        }
    }

    /// The team that pays for a new window, which needs the internet (O1, O2).
    pub(super) fn payer(&self, open: &Open, rate: Tokens) -> Result<TeamId, Denial> {
        if !open.online {
            return Err(Denial::Offline);
        }
        self.choose_team(open.user, open.product, rate)
    }

    /// Of the teams that allow the product and can pay the rate, the chosen one (E12, P6).
    fn choose_team(&self, user: UserId, product: ProductId, rate: Tokens) -> Result<TeamId, Denial> {
        let teams = || self.roster.teams(user, product, self.now);
        let payers = || teams().filter(|team| self.ledger.free(*team) >= rate);
        let chosen = match self.rules.team_choice {
            TeamChoice::EarliestEndDate => payers().min_by_key(|team| self.ledger.next_to_burn_ends(*team)),
            // The first listed of equals, so not `max_by_key`, which takes the last.
            TeamChoice::MostTokens => payers().min_by_key(|team| -self.ledger.free(*team)),
            TeamChoice::FirstListed => payers().next(),
            TeamChoice::Random => {
                let count = payers().count() as u64;
                payers().nth(self.draw(user, product).checked_rem(count).unwrap_or(0) as usize)
            }
        };
        chosen.ok_or_else(|| match teams().map(|team| self.ledger.shortage(team)).min() {
            Some(crate::ledger::Shortage::Low) => Denial::BalanceLow,
            Some(crate::ledger::Shortage::Expired) => Denial::AllPacksExpired,
            Some(crate::ledger::Shortage::Zero) | None => Denial::BalanceZero,
        })
    }

    /// A number that hangs on the seed, the names and the instant alone: no stream of draws to keep in step.
    fn draw(&self, user: UserId, product: ProductId) -> u64 {
        let user = self.roster.users[user.index()].key;
        let product = self.roster.products[product.index()].key;
        mix(&[self.seed, user, product, self.now.seconds() as u64])
    }
}
