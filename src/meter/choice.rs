//! Which team pays (E12).

use super::journal::{Choice, Entry, Short};
use super::{Denial, Journal, Meter, Open, TeamChoice};
use crate::ids::{ProductId, TeamId, UserId};
use crate::keys::mix;
use crate::ledger::Shortage;
use crate::tokens::Tokens;

impl Meter {
    /// Whether any team allows the product now (E1, E3, E4).
    pub(super) fn entitled(&self, user: UserId, product: ProductId) -> Result<(), Denial> {
        if self.roster.teams(user, product, self.now).next().is_some() { Ok(()) } else { Err(self.not_entitled(user)) }
    }

    fn not_entitled(&self, user: UserId) -> Denial {
        let members = self.roster.memberships_of(user);
        if members.iter().any(|member| member.accepted <= self.now) {
            Denial::ProductNotAllowed
        } else if members.iter().any(|member| self.now < member.lapses) {
            Denial::InvitationPending
        } else if members.is_empty() {
            Denial::NotAssigned
        } else {
            Denial::InvitationLapsed
        }
    }

    /// The team that pays for a new window, which needs the internet (O1, O2).
    pub(super) fn payer(&self, open: &Open, tokens: Tokens, journal: &mut Journal) -> Result<TeamId, Denial> {
        if !open.online {
            return Err(Denial::Offline);
        }
        let Some(chosen) = self.choose_team(open.user, open.product, tokens) else {
            return Err(self.short(open, tokens, journal));
        };
        if journal.tells_choices {
            self.note_choice(open, journal);
        }
        Ok(chosen)
    }

    /// Notes what each team that could have paid had, and says which denial that is (P6).
    fn short(&self, open: &Open, asked: Tokens, journal: &mut Journal) -> Denial {
        let mut shortage = None;
        for team in self.roster.teams(open.user, open.product, self.now) {
            let free = self.ledger.free(team);
            journal.entries.push(Entry::Short(Short { team, asked, free, held: self.ledger.balance(team) - free }));
            let of_team = self.ledger.shortage(team);
            shortage = Some(shortage.map_or(of_team, |other: Shortage| other.min(of_team)));
        }
        match shortage {
            Some(Shortage::Low) => Denial::BalanceLow,
            Some(Shortage::Expired) => Denial::AllPacksExpired,
            Some(Shortage::Zero) | None => Denial::BalanceZero,
        }
    }

    /// Notes the teams that the charge could be paid by, where there is a choice.
    fn note_choice(&self, open: &Open, journal: &mut Journal) {
        let teams = || self.roster.teams(open.user, open.product, self.now);
        if teams().nth(1).is_some() {
            journal.entries.extend(teams().map(|team| {
                let next_ends = self.ledger.next_to_burn_ends(team);
                Entry::Choice(Choice { team, free: self.ledger.free(team), next_ends })
            }));
        }
    }

    /// Of the teams that allow the product and can pay the rate, the chosen one (E12, P6).
    fn choose_team(&self, user: UserId, product: ProductId, rate: Tokens) -> Option<TeamId> {
        let teams = || self.roster.teams(user, product, self.now);
        let payers = || teams().filter(|team| self.ledger.free(*team) >= rate);
        match self.rules.team_choice {
            TeamChoice::EarliestEndDate => payers().min_by_key(|team| self.ledger.next_to_burn_ends(*team)),
            // The first listed of equals, so not `max_by_key`, which takes the last.
            TeamChoice::MostTokens => payers().min_by_key(|team| -self.ledger.free(*team)),
            TeamChoice::FirstListed => payers().next(),
            TeamChoice::Random => {
                let count = payers().count() as u64;
                payers().nth(self.draw(user, product).checked_rem(count).unwrap_or(0) as usize)
            }
        }
    }

    /// A number that hangs on the seed, the names and the instant alone: no stream of draws to keep in step.
    fn draw(&self, user: UserId, product: ProductId) -> u64 {
        let user = self.roster.users[user.index()].key;
        let product = self.roster.products[product.index()].key;
        mix(&[self.seed, user, product, self.now.seconds() as u64])
    }
}
