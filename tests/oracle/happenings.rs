//! Random events of a scenario.

use crate::case::*;
use crate::choose::Choose;
use crate::long::{access, some_products};

pub fn events(scenario: &Scenario, on: Moment, choose: &mut dyn Choose) -> What {
    let team = choose.below(scenario.teams.len());
    let product = choose.below(scenario.products.len());
    match choose.below(17) {
        0 | 1 => move_pack(scenario, on, team, choose),
        2 | 3 if scenario.teams.len() > 1 => {
            let into = (team + 1 + choose.below(scenario.teams.len() - 1)) % scenario.teams.len();
            What::Merge { team, into }
        }
        4 if scenario.products[product].rate.is_some() => {
            What::Rate { product, tokens: choose.of(&[0, TOKEN, 5 * TOKEN, 14 * TOKEN]) }
        }
        5 if is_there(scenario, product, on) => What::Release(product),
        6 if is_there(scenario, product, on) => What::Withdraw(product),
        7 | 8 => {
            let accepts_after = choose.of(&[None, Some(0), Some(300), Some(86_400), Some(7 * DAY), Some(7 * DAY + 1)]);
            let user = choose.of(&["nina", "nils", "anna"]).to_owned();
            What::Invite { who: assignment(scenario, user, team, choose), accepts_after }
        }
        9 => What::Assign(assignment(scenario, user(scenario, choose), team, choose)),
        10 => {
            let users = vec![user(scenario, choose)];
            What::Import { team, users, access: access(scenario, choose) }
        }
        11 => What::Unassign { user: user(scenario, choose), team },
        12 => {
            let cleared = vec![product];
            What::Clear { user: user(scenario, choose), team, access: cleared }
        }
        13 => What::DefaultAccess { team, access: some_products(scenario, choose) },
        14 => What::GuestDefaults { team, serve: choose.one_in(2) },
        15 => What::Leave(who(scenario, choose)),
        16 => match who(scenario, choose) {
            Who::Group(group, _) => What::Join(Who::Group(group, Some(choose.between(1, 2)))),
            user => What::Join(user),
        },
        _ => What::DefaultAccess { team, access: Vec::new() },
    }
}

/// Whether a product's own dates say that it can be had.
fn is_there(scenario: &Scenario, product: usize, on: Moment) -> bool {
    let product = &scenario.products[product];
    product.withdrawn.is_none() && product.released.is_none_or(|at| scenario.from(at) < scenario.from(on))
}

/// A pack can't be moved before it is bought.
fn move_pack(scenario: &Scenario, on: Moment, to: usize, choose: &mut dyn Choose) -> What {
    let on_hand = scenario.teams.iter().flat_map(|team| &team.packs).map(|pack| pack.id.clone());
    let bought = scenario.purchases.iter().filter(|purchase| scenario.from(purchase.on) <= scenario.from(on));
    let ids: Vec<String> = on_hand.chain(bought.map(|purchase| purchase.id.clone())).collect();
    match ids.is_empty() {
        true => What::GuestDefaults { team: to, serve: true },
        false => What::Move { pack: choose.of(&ids), to },
    }
}

fn assignment(scenario: &Scenario, user: String, team: usize, choose: &mut dyn Choose) -> Assignment {
    Assignment { user, team, access: access(scenario, choose), guest: choose.one_in(5) }
}

/// A user of `people`.
fn user(scenario: &Scenario, choose: &mut dyn Choose) -> String {
    let person = &scenario.people[choose.below(scenario.people.len())];
    match person.count {
        None => person.name.clone(),
        Some(count) => format!("{}-{}", person.name, choose.between(1, count)),
    }
}

fn who(scenario: &Scenario, choose: &mut dyn Choose) -> Who {
    let person = &scenario.people[choose.below(scenario.people.len())];
    match person.count {
        None => Who::User(person.name.clone()),
        Some(_) => Who::Group(person.name.clone(), choose.of(&[None, Some(1)])),
    }
}

/// Leaves out who leaves without being there, and who joins without having been away.
pub fn drop_impossible(scenario: &mut Scenario) {
    let mut events: Vec<(Instant, usize)> =
        scenario.events.iter().enumerate().map(|(place, event)| (scenario.from(event.on), place)).collect();
    events.sort_unstable();
    let mut impossible = Vec::new();
    for person in &scenario.people {
        let mut there = person.count;
        for (_, place) in &events {
            let possible = match &scenario.events[*place].what {
                What::Leave(Who::User(name)) if *name == person.name => there.replace(0).is_none_or(|there| there > 0),
                What::Join(Who::User(name)) if *name == person.name => there.replace(1).is_none_or(|there| there == 0),
                What::Leave(Who::Group(name, count)) if *name == person.name => {
                    let before = there.unwrap_or(0);
                    let leave = count.unwrap_or(before);
                    there = Some(before.saturating_sub(leave));
                    before > 0 && leave <= before
                }
                What::Join(Who::Group(name, count)) if *name == person.name => {
                    there = Some(there.unwrap_or(0) + count.unwrap_or(0));
                    true
                }
                _ => true,
            };
            if !possible {
                impossible.push(*place);
            }
        }
    }
    let mut place = 0;
    scenario.events.retain(|_| {
        place += 1;
        !impossible.contains(&(place - 1))
    });
}
