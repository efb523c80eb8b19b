//! Who should have a subscription, on the screen and as rows of CSV.

mod rows;
mod tables;

use super::lines;
use super::numbers::{counted, money, percent, tokens};
use crate::forecast::Mean;
use crate::seats::{GroupFigures, MixFigures, Seats, ToTry};

pub use rows::write_seats;
use tables::{break_even, groups, mixes, unit, users};

/// The answer first, then what it rests on.
pub fn seats(seats: &Seats) -> String {
    let card = &seats.card;
    let mut text = lines::indented(&answer(seats), 0);
    let first = [too_few(seats), fewer(seats), unreached(seats), budget(seats)].into_iter().flatten();
    text += &first.map(|note| lines::paragraph(&note, 0)).collect::<String>();
    text += &format!("\n{}: {} to {}, subscriptions or tokens?\n\n", card.scenario, card.first_day, card.last_day);
    text += &mixes(seats);
    text += &format!("\nGroups, with the best mix (a user's windows and tokens in a year)\n\n{}", groups(seats));
    text += &users(seats);
    text += &format!("\nFrom how much use on a subscription costs less\n\n{}", break_even(seats));
    if !seats.to_try.is_empty() {
        let has_some = seats.groups.iter().any(|group| group.have > 0);
        let instead = if has_some { ", in place of the `subscriptions` of all groups" } else { "" };
        text += &format!("\nTo try it, in the scenario under `people`{instead}\n\n{}", to_try(seats));
    }
    text + "\n" + notes(seats).as_str()
}

fn best(seats: &Seats) -> &MixFigures {
    seats.mixes.iter().find(|mix| mix.mix == "best mix").expect("there is a best mix")
}

fn answer(seats: &Seats) -> String {
    let (best, first) = (best(seats), &seats.mixes[0]);
    let given: Vec<String> = seats.groups.iter().filter(|group| group.subscribe > 0).map(given).collect();
    let now = if first.mix == "as it is" { "as it is" } else { "with tokens alone" };
    let cost = money(first.cost.mean, &seats.currency);
    let is_sure = best.saves.mean > best.saves.half_width.unwrap_or(0.0);
    if given.is_empty() {
        return nobody(seats, is_sure, &format!("{now} it costs {cost} {}", span(seats)));
    }
    let what = match given.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    };
    if !is_sure {
        return format!(
            "No other mix surely costs less: {now} it costs {cost} {}, with the best mix found {}.",
            span(seats),
            money(best.cost.mean, &seats.currency)
        );
    }
    let saves = with_half_width(&best.saves, &seats.currency);
    format!("A subscription for {what}: saves {saves} {} of the {cost} that it costs {now}.", span(seats))
}

/// Where the runs don't tell whether the asked service level holds.
fn too_few(seats: &Seats) -> Option<String> {
    let told = seats.too_few_runs.as_ref()?;
    Some(format!("{told}. Of --replications, one half chooses, and the other judges."))
}

/// Where tokens can't be bought so that they last: what such a mix doesn't give isn't in its cost.
fn unreached(seats: &Seats) -> Option<String> {
    let named = |mix: &MixFigures| format!("{} {}", mix.mix, percent(mix.service.chance));
    let failing: Vec<String> = seats.mixes.iter().filter(|mix| !mix.can_last).map(named).collect();
    (!failing.is_empty()).then(|| {
        format!(
            "Asked are {} of the runs without refusal, and whatever is bought, some mixes don't reach that: {}. What is refused costs nothing here, so \
             their costs are too low; `flexcast plan` says what helps.",
            percent(seats.service_level),
            failing.join(", ")
        )
    })
}

/// Whether what there is to spend pays for the best mix.
fn budget(seats: &Seats) -> Option<String> {
    let money = |amount: f64| money(amount, &seats.currency);
    let (best, budget) = (best(seats), seats.budget?);
    let (paid, tokens, own) = (money(best.paid), money(best.paid_for_tokens), money(budget));
    let pays = if best.paid <= budget {
        format!("pays for the best mix, {paid}.")
    } else if best.paid_for_tokens <= budget {
        format!("pays for the tokens of the best mix, {tokens}, and not for its subscriptions too: {paid} together.")
    } else {
        format!("doesn't even pay for the tokens of the best mix: {tokens}, and {paid} with its subscriptions.")
    };
    Some(format!("The budget of {own} under `plan` {pays} It bounds no mix here; `flexcast plan` keeps to it."))
}

fn span(seats: &Seats) -> String {
    if seats.is_a_year { "a year".to_owned() } else { format!("in the {} days", seats.days) }
}

/// "9 of 12 architects (Revit)", "anna@harbour.example (AutoCAD)".
fn given(group: &GroupFigures) -> String {
    let GroupFigures { group: name, product, users, subscribe, .. } = group;
    match (*users, subscribe == users) {
        (1, _) => format!("{name} ({product})"),
        (_, true) => format!("all {users} {name} ({product})"),
        _ => format!("{subscribe} of {users} {name} ({product})"),
    }
}

/// Without a subscription there is nothing to buy, or less to pay than now, or it costs what tokens cost.
fn nobody(seats: &Seats, saves: bool, costs: &str) -> String {
    let (best, first) = (best(seats), &seats.mixes[0]);
    if saves {
        let saves = with_half_width(&best.saves, &seats.currency);
        let (span, cost) = (span(seats), money(first.cost.mean, &seats.currency));
        format!("Nobody needs a subscription: without those that are there it costs {saves} less {span}, of {cost}.")
    } else if best.paid == 0.0 && best.can_last {
        "Nobody needs a subscription: what is on hand is enough.".to_owned()
    } else {
        format!("Nobody needs a subscription: {costs}.")
    }
}

fn with_half_width(mean: &Mean, currency: &str) -> String {
    match mean.half_width {
        Some(half_width) => format!("{} ± {}", tokens(mean.mean), money(half_width, currency)),
        None => money(mean.mean, currency),
    }
}

fn to_try(seats: &Seats) -> String {
    let users = |group: &str| seats.groups.iter().find(|known| known.group == group).map_or(0, |known| known.users);
    let line = |to_try: &ToTry| {
        let (all, count) = (users(&to_try.group), to_try.users);
        let whom = if count == all { String::new() } else { format!(" ({count} of {all}, as a group of their own)") };
        format!("  {}{whom}\n    {}\n", to_try.group, to_try.line)
    };
    seats.to_try.iter().map(line).collect()
}

/// Where everybody alone would have more subscriptions than the best mix has: why it hasn't.
fn fewer(seats: &Seats) -> Option<String> {
    let own = seats.mixes.iter().find(|mix| mix.mix == "each beyond break-even")?;
    let more = own.subscriptions.checked_sub(best(seats).subscriptions).filter(|more| *more > 0)?;
    Some(format!(
        "Looked at alone, {} more would have a subscription, as their tokens cost more. All together they should have tokens: what is on \
         hand is paid for, and fewer tokens may cost more each.",
        counted(more.into(), "user")
    ))
}

fn notes(seats: &Seats) -> String {
    let (card, currency) = (&seats.card, &seats.currency);
    let mut notes = Vec::new();
    for price in &seats.token_prices {
        notes.push(format!(
            "{}: a token counts as {} {currency} where one user is looked at, the price of a purchase from {} on, as {} are burned with \
             tokens alone.",
            price.team,
            unit(price.each),
            tokens(price.from),
            tokens(price.burn.mean)
        ));
    }
    notes.push(format!(
        "Tokens are bought as `flexcast plan` would for each of these, so that they suffice in {} of the runs; planned purchases and \
         buyers are left out. Cost: the subscriptions, and of the tokens bought what is burned or expires; wasted are tokens that \
         expire, those on hand among them.",
        percent(seats.service_level)
    ));
    notes.push(
        "What a group saves is against tokens at the price that one counts as. Tokens bought together: packs on hand are paid for, \
         which a subscription doesn't give back, fewer tokens may cost more each, and what is bought comes in steps."
            .to_owned(),
    );
    if !seats.is_a_year {
        notes.push(format!(
            "The horizon isn't a year: windows and tokens a user are scaled to a year, and subscriptions cost their share of {} days.",
            seats.days
        ));
    }
    let near = seats.users.iter().filter(|user| user.near).count();
    notes.push(format!(
        "Near the line, so that the runs can't tell which costs less: {} of {}. Users of a group are alike but for chance: where their \
         own runs don't tell them apart, the group's do.",
        tokens(near as f64),
        counted(seats.users.len() as u64, "choice"),
    ));
    if !seats.left_out.is_empty() {
        notes.push(format!("Left out, as they are charged per result: {}.", seats.left_out.join(", ")));
    }
    notes.push(format!(
        "Chosen on {}, judged on {} others of seed {}, flexcast {}. ±: 95 % interval of the mean.",
        counted(seats.chosen_on_replications.into(), "run"),
        tokens(card.replications.into()),
        card.seed,
        card.version
    ));
    notes.iter().map(|note| lines::indented(note, 0)).collect()
}
