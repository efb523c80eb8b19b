//! The overview (rules.md U2, U3).

use std::collections::{BTreeMap, BTreeSet};

use super::book::{BoughtPack, Detail, How, PackDay, UsageBook};
use super::build::Question;
use super::model::{Addition, DayTokens, Overview, PacksOverview};
use crate::calendar::Day;
use crate::tokens::Tokens;

pub(super) fn overview(book: &UsageBook, question: &Question) -> Overview {
    let in_range = || book.with_flex(question.days(), question.team);
    let is_use = || in_range().filter(|used| used.is_use());
    Overview {
        packs: (book.detail == Detail::Grants).then(|| packs(book, question)),
        tokens_per_day: (book.detail != Detail::Totals && book.tells_tokens).then(|| tokens_per_day(book, question)),
        tokens: book.known(in_range().map(|used| used.tokens).sum()),
        products: is_use().map(|used| used.product).collect::<BTreeSet<_>>().len(),
        users: is_use().map(|used| used.user).collect::<BTreeSet<_>>().len(),
    }
}

fn packs(book: &UsageBook, question: &Question) -> PacksOverview {
    let (used, before) = used_of_active_packs(book, question);
    let additions = additions(book, question);
    let sum = |sign: fn(&Tokens) -> bool| additions.iter().map(|one| one.tokens).filter(sign).sum::<Tokens>();
    PacksOverview {
        tokens_used: before + used,
        tokens_used_before: before,
        tokens_left: changes(book, question).map(|change| change.tokens).sum(),
        added: sum(|tokens| *tokens > Tokens::ZERO),
        removed: -sum(|tokens| *tokens < Tokens::ZERO),
        added_or_removed: additions,
    }
}

/// What happened to the packs of the team up to the day.
fn changes<'a>(book: &'a UsageBook, question: &Question) -> impl Iterator<Item = &'a PackDay> {
    let team = question.team;
    book.until(question.as_of).iter().filter(move |change| team.is_none_or(|team| team == change.team))
}

/// Used of packs bought in the last 12 months: in the book, and before it.
fn used_of_active_packs(book: &UsageBook, question: &Question) -> (Tokens, Tokens) {
    let is_active = |pack: &BoughtPack| pack.bought <= question.as_of && question.as_of < pack.bought.next_year();
    let burned =
        changes(book, question).filter(|change| change.how == How::Burn && is_active(&book.packs[change.pack]));
    let known =
        |pack: &&BoughtPack| pack.enters <= question.as_of && question.team.is_none_or(|team| team == pack.team);
    let before = book.packs.iter().filter(|pack| is_active(pack)).filter(known).map(|pack| pack.used_before);
    (-burned.map(|change| change.tokens).sum::<Tokens>(), before.sum())
}

/// What was added and removed in the last seven days.
fn additions(book: &UsageBook, question: &Question) -> Vec<Addition> {
    let last_seven = |change: &&PackDay| change.day > question.as_of.plus(-7) && !change.tokens.is_zero();
    let addition = |change: &PackDay| {
        let by = match change.how {
            How::Purchase => "purchase",
            How::Move => "move",
            How::Merge => "merge",
            How::Opening | How::Burn | How::Expire => return None,
        };
        Some(Addition {
            day: change.day.to_string(),
            team: book.teams[change.team.index()].clone(),
            pack: book.packs[change.pack].id.clone(),
            by: by.to_owned(),
            tokens: change.tokens,
        })
    };
    changes(book, question).filter(last_seven).filter_map(addition).collect()
}

fn tokens_per_day(book: &UsageBook, question: &Question) -> Vec<DayTokens> {
    let (first, last) = (question.as_of.plus(-364).max(book.first_day), question.as_of);
    let mut of_days: BTreeMap<Day, Tokens> = BTreeMap::new();
    for used in book.with_flex(first..=last, question.team) {
        *of_days.entry(used.day).or_default() += used.tokens;
    }
    let days = (first.number()..=last.number()).map(Day::from_number);
    days.map(|day| DayTokens { day: day.to_string(), tokens: of_days.get(&day).copied().unwrap_or_default() }).collect()
}
