//! What teams have, and what that should warn of (rules.md U10, U11).

use std::collections::BTreeMap;

use super::book::UsageBook;
use super::build::Question;
use super::model::{BalanceAlert, DayTokens, TeamBalance};
use crate::alerts::is_low;
use crate::calendar::Day;
use crate::ids::TeamId;
use crate::tokens::Tokens;

/// What each team has of each pack on the day.
pub(super) struct Balances<'a> {
    book: &'a UsageBook,
    question: &'a Question,
    /// By pack and team.
    left: BTreeMap<(usize, TeamId), Tokens>,
}

impl<'a> Balances<'a> {
    pub(super) fn new(book: &'a UsageBook, question: &'a Question) -> Self {
        let mut left: BTreeMap<(usize, TeamId), Tokens> = BTreeMap::new();
        for change in book.until(question.as_of) {
            *left.entry((change.pack, change.team)).or_default() += change.tokens;
        }
        left.retain(|_, left| !left.is_zero());
        Balances { book, question, left }
    }

    /// Every team.
    pub(super) fn teams(&self) -> Vec<TeamBalance> {
        let teams = (0..self.book.teams.len()).map(TeamId::from_index);
        teams.map(|team| self.team(team)).collect()
    }

    fn team(&self, team: TeamId) -> TeamBalance {
        let (balance, bought) = (self.balance(team), self.bought(team));
        TeamBalance {
            team: self.name(team),
            plan: self.book.plans[team.index()].clone(),
            balance,
            bought,
            low: self.is_low(balance, bought),
            days: self.days(team),
        }
    }

    /// The team's low balance or its packs that end soon, or those of all teams.
    pub(super) fn alerts(&self, teams: &[TeamBalance]) -> Vec<BalanceAlert> {
        let asked = |team: &TeamId| self.question.team.is_none_or(|asked| asked == *team);
        let low = teams.iter().enumerate().filter(|(place, team)| team.low && asked(&TeamId::from_index(*place)));
        let low = low.map(|(_, team)| BalanceAlert::Low {
            team: team.team.clone(),
            balance: team.balance,
            bought: team.bought,
        });
        let last = self.question.as_of.plus(self.question.within);
        let mut ending: Vec<_> =
            self.left.iter().filter(|((pack, team), _)| asked(team) && self.book.packs[*pack].ends <= last).collect();
        ending.sort_by_key(|((pack, _), _)| self.book.packs[*pack].ends);
        let ending = ending.into_iter().map(|((pack, team), left)| BalanceAlert::Ending {
            team: self.name(*team),
            pack: self.book.packs[*pack].id.clone(),
            ends: self.book.packs[*pack].ends.to_string(),
            left: *left,
        });
        low.chain(ending).collect()
    }

    fn name(&self, team: TeamId) -> String {
        self.book.teams[team.index()].clone()
    }

    fn balance(&self, team: TeamId) -> Tokens {
        self.left.iter().filter(|((_, holder), _)| *holder == team).map(|(_, left)| *left).sum()
    }

    /// The sizes of packs that haven't ended, where their holder is: the team with something left of it, or else its own.
    fn bought(&self, team: TeamId) -> Tokens {
        let as_of = self.question.as_of;
        let packs = self.book.packs.iter().enumerate();
        let there = packs.filter(|(_, pack)| pack.enters <= as_of && as_of < pack.ends);
        let held = there.filter(|(place, pack)| {
            let holders = self.left.range((*place, TeamId(0))..=(*place, TeamId(u32::MAX)));
            let holder = holders.map(|((_, holder), _)| *holder).next();
            holder.unwrap_or(pack.team) == team
        });
        held.map(|(_, pack)| pack.size).sum()
    }

    fn is_low(&self, balance: Tokens, bought: Tokens) -> bool {
        let number = |tokens: Tokens| tokens.millionths() as f64 / 1e6;
        is_low(number(balance), number(bought), self.question.low)
    }

    /// What is left at the end of each day of the range.
    fn days(&self, team: TeamId) -> Vec<DayTokens> {
        let (first, last) = (self.question.range.from.max(self.book.first_day), *self.question.days().end());
        let mut changes = self.book.until(last).iter().filter(|change| change.team == team).peekable();
        let mut balance = Tokens::ZERO;
        let days = (first.number()..=last.number()).map(Day::from_number);
        days.map(|day| {
            while let Some(change) = changes.next_if(|change| change.day <= day) {
                balance += change.tokens;
            }
            DayTokens { day: day.to_string(), tokens: balance }
        })
        .collect()
    }
}
