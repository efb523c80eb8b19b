//! Who should have a subscription, on the screen and as rows of CSV.

use std::io::{self, Write};

use super::numbers::{counted, money, percent, tokens};
use super::{lines, tables};
use crate::forecast::{Estimate, Mean};
use crate::seats::{GroupFigures, MixFigures, Seats, UserFigures};

/// So many users stand on the screen; beyond that only those near the line do.
const USERS: usize = 24;
/// Autodesk's public rule of thumb: Flex for people under 7 days a month.
const RULE_OF_THUMB: f64 = 7.0;

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
        text += &format!("\nTo try it, in the scenario under `people`\n\n{}", to_try(seats));
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

fn plain(mean: f64, half_width: Option<f64>) -> String {
    match half_width {
        Some(half_width) => format!("{} ± {}", tokens(mean), tokens(half_width)),
        None => tokens(mean),
    }
}

fn mixes(seats: &Seats) -> String {
    let less = format!("less than {}", seats.mixes[0].mix);
    let mut table =
        tables::figures(&["who", "subscriptions", "tokens bought", "cost", &less, "wasted", "runs without refusal"]);
    for mix in &seats.mixes {
        table.add_row([
            mix.mix.clone(),
            paid_for(f64::from(mix.subscriptions), mix.paid_for_subscriptions),
            paid_for(mix.purchases.iter().map(|purchase| purchase.tokens).sum(), mix.paid_for_tokens),
            plain(mix.cost.mean, mix.cost.half_width),
            plain(mix.saves.mean, mix.saves.half_width),
            tokens(mix.wasted.mean),
            percent(mix.service.chance),
        ]);
    }
    tables::lines(&table)
}

/// "15 for 41,395".
fn paid_for(count: f64, paid: f64) -> String {
    if count == 0.0 { tokens(count) } else { format!("{} for {}", tokens(count), tokens(paid)) }
}

/// A unit price, with cents at least.
fn unit(each: f64) -> String {
    let cents = each * 100.0;
    if (cents - cents.round()).abs() < 1e-6 { format!("{each:.2}") } else { each.to_string() }
}

fn groups(seats: &Seats) -> String {
    let header =
        ["group", "product", "users", "have", "should", "near", "windows", "tokens cost", "subscription", "saves"];
    let mut table = tables::figures(&header);
    for group in &seats.groups {
        table.add_row([
            group.group.clone(),
            group.product.clone(),
            group.users.to_string(),
            group.have.to_string(),
            group.subscribe.to_string(),
            group.near.to_string(),
            tokens(group.windows),
            tokens(group.token_cost.mean),
            tokens(group.subscription),
            plain(group.saves.mean, group.saves.half_width),
        ]);
    }
    for (what, saves) in rest(seats) {
        let mut cells = vec![String::new(); header.len()];
        (cells[0], cells[header.len() - 1]) = (what.to_owned(), plain(saves.mean, saves.half_width));
        table.add_row(cells);
    }
    tables::lines(&table)
}

/// What is saved beside the groups' savings, and all of it.
fn rest(seats: &Seats) -> Vec<(&'static str, Mean)> {
    let shared = ("tokens bought together", seats.rest.shared_tokens);
    let as_it_is = seats.rest.as_it_is.map(|saves| ("as it is, against tokens only", saves));
    [Some(shared), as_it_is, Some(("saved together", best(seats).saves))].into_iter().flatten().collect()
}

fn users(seats: &Seats) -> String {
    let (all, near) = (seats.users.len(), seats.users.iter().filter(|user| user.near).count());
    let shown: Vec<&UserFigures> = seats.users.iter().filter(|user| all <= USERS || user.near).take(USERS).collect();
    if shown.is_empty() {
        return format!("\nNo user is near the line; seats.csv of --out has all {all}.\n");
    }
    let title = match (all <= USERS, near <= USERS) {
        (true, _) => "Users".to_owned(),
        (_, true) => format!("The {} near the line; seats.csv of --out has all {all}", counted(near as u64, "user")),
        _ => format!("{USERS} of the {near} users near the line; seats.csv of --out has all {all}"),
    };
    let header = [
        "user",
        "product",
        "windows",
        "tokens cost",
        "p10",
        "p90",
        "subscription",
        "runs in which tokens cost more",
        "should have",
    ];
    let mut table = tables::figures(&header);
    for user in shown {
        table.add_row([
            user.user.clone(),
            user.product.clone(),
            plain(user.windows.mean, user.windows.half_width),
            plain(user.token_cost.mean, user.token_cost.half_width),
            tokens(user.token_cost.p10),
            tokens(user.token_cost.p90),
            tokens(user.subscription),
            percent(user.tokens_dearer),
            advice(user),
        ]);
    }
    format!("\n{title}\n\n{}", tables::lines(&table))
}

fn advice(user: &UserFigures) -> String {
    let advice = match user.advice {
        crate::seats::Advice::Subscribe => "a subscription",
        crate::seats::Advice::Keep => "the subscription, as now",
        crate::seats::Advice::LetEnd => "tokens, once it ends",
        crate::seats::Advice::Tokens => "tokens",
    };
    if user.near { format!("{advice} (near the line)") } else { advice.to_owned() }
}

fn break_even(seats: &Seats) -> String {
    let header =
        ["product", "subscription", "tokens a window", "each", "windows a year", "days a month", "rule of thumb"];
    let mut table = tables::figures(&header);
    for row in &seats.break_even {
        let one_decimal =
            |number: Option<f64>| number.map_or_else(|| "never".to_owned(), |number| format!("{number:.1}"));
        table.add_row([
            row.product.clone(),
            tokens(row.subscription),
            row.rate.to_string(),
            unit(row.each),
            one_decimal(row.windows),
            one_decimal(row.days_a_month),
            tokens(RULE_OF_THUMB),
        ]);
    }
    tables::lines(&table)
}

fn to_try(seats: &Seats) -> String {
    let users = |group: &str| seats.groups.iter().find(|known| known.group == group).map_or(0, |known| known.users);
    let line = |to_try: &crate::seats::ToTry| {
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

/// A column of `seats.csv`, and how it is read from a user's figures.
type Column = (&'static str, fn(&UserFigures) -> String);

const COLUMNS: [Column; 17] = [
    ("user", |user| user.user.clone()),
    ("group", |user| user.group.clone()),
    ("product", |user| user.product.clone()),
    ("advice", |user| user.advice.word().to_owned()),
    ("near", |user| user.near.to_string()),
    ("windows", |user| user.windows.mean.to_string()),
    ("windows_half_width", |user| half_width(&user.windows)),
    ("windows_p10", |user| user.windows.p10.to_string()),
    ("windows_p90", |user| user.windows.p90.to_string()),
    ("tokens", |user| user.tokens.mean.to_string()),
    ("token_cost", |user| user.token_cost.mean.to_string()),
    ("token_cost_half_width", |user| half_width(&user.token_cost)),
    ("token_cost_p10", |user| user.token_cost.p10.to_string()),
    ("token_cost_p90", |user| user.token_cost.p90.to_string()),
    ("expected_cost", |user| user.expected_cost.to_string()),
    ("subscription", |user| user.subscription.to_string()),
    ("tokens_dearer", |user| user.tokens_dearer.to_string()),
];

fn half_width(estimate: &Estimate) -> String {
    estimate.half_width.map_or_else(String::new, |half_width| half_width.to_string())
}

/// Writes `seats.csv`: a row for each user and product.
pub fn write_seats(seats: &Seats, out: impl Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(COLUMNS.map(|(name, _)| name))?;
    for user in &seats.users {
        rows.write_record(COLUMNS.map(|(_, cell)| cell(user)))?;
    }
    rows.flush()
}
