//! Events in the language of the tables.

use std::collections::BTreeMap;

use flexcast::ids::{DeviceId, IdentityId, PackId, ProductId, TeamId, UserId, VersionId};
use flexcast::ledger::NewPack;
use flexcast::meter::*;
use flexcast::time::{Instant, Span};

use crate::office::{PRODUCTS, TEAMS, USERS, instant, list, number, place, tokens};

/// What opens and orders began, by the names that the table gives them; `None` where they were denied.
pub type Names<'t> = BTreeMap<&'t str, Option<Started>>;

/// Whether a line has an event at all, or only tells what becomes due by itself.
pub fn is_event(words: &[&str]) -> bool {
    words.len() > 2 || matches!(words, [_, "closes" | "fails" | "leaves"])
}

/// When the event of a line happens within its instant; what began at that very instant ends right after it.
pub fn phase(at: Instant, words: &[&str], names: &Names) -> Phase {
    match *words {
        [name, "closes"] | [name, "is", "idle" | "used"] if !names.contains_key(name) => Phase::Open,
        [name, "fails"] if !names.contains_key(name) => Phase::Result,
        _ => event(at, words, names).map_or(Phase::Close, |event| event.phase()),
    }
}

/// The event of a line; none, where it names what was denied.
pub fn event(at: Instant, words: &[&str], names: &Names) -> Option<Event> {
    let session = |name: &str| names[name].and_then(Started::session);
    let event = match *words {
        [name, "closes"] => Event::Close(session(name)?),
        [name, "is", "idle"] => Event::Idle(session(name)?),
        [name, "is", "used"] => Event::Resume(session(name)?),
        [user, "opens", product, ref rest @ ..] => Event::Open(open(user, product, rest)),
        [user, "orders", quantity, product, ref rest @ ..] => Event::Order(Order {
            open: open(user, product, rest),
            quantity: tokens(quantity),
            failing: rest.iter().position(|word| *word == "failing").map(|place| tokens(rest[place + 1])),
        }),
        [job, "fails"] => Event::GiveBack(names[job].and_then(Started::job)?),
        [team, "buys", size, "until", ends] => Event::Pack(pack(team, size, size, at, ends, false)),
        [team, "has", left, "of", size, "since", day, "until", ends] => {
            Event::Pack(pack(team, left, size, midnight(day), ends, true))
        }
        _ => Event::Administration(administration(words)),
    };
    Some(event)
}

/// The name that a line gives to what it begins.
pub fn named<'t>(words: &[&'t str]) -> Option<&'t str> {
    let (verb, rest) = words.get(1).zip(words.get(2..))?;
    let place = rest.iter().position(|word| ["opens", "orders"].contains(verb) && *word == "as")?;
    rest.get(place + 1).copied()
}

fn open(user: &str, product: &str, rest: &[&str]) -> Open {
    let mut open = Open {
        user: user_id(user),
        product: product_id(product),
        device: DeviceId(0),
        version: VersionId(0),
        identity: IdentityId(0),
        online: true,
        supported: true,
        idle_aware: false,
    };
    for pair in rest.chunks(2) {
        match *pair {
            ["on", device] => open.device = DeviceId(number(device)),
            ["in", "old"] => open.supported = false,
            ["in", "aware"] => open.idle_aware = true,
            ["in", version] => open.version = VersionId(number(version)),
            ["under", identity] => open.identity = IdentityId(number(identity)),
            ["while", "offline"] => open.online = false,
            ["as" | "failing", _] => {}
            ref other => panic!("{other:?}"),
        }
    }
    open
}

fn pack(team: &str, left: &str, size: &str, bought: Instant, ends: &str, on_hand: bool) -> NewPack {
    NewPack { team: team_id(team), size: tokens(size), left: tokens(left), bought, ends: midnight(ends), on_hand }
}

fn administration(words: &[&str]) -> Administration {
    use Administration::*;
    match *words {
        [user, "leaves"] => Leave(user_id(user)),
        [pack, "moves", "to", team] => Move { pack: PackId(number(pack)), to: team_id(team) },
        [from, "merges", "into", into] => Merge { from: team_id(from), into: team_id(into) },
        [product, "costs", amount] => Rate { product: product_id(product), tokens: tokens(amount) },
        [product, "is", "released"] => Release(product_id(product)),
        [product, "is", "withdrawn"] => Withdraw(product_id(product)),
        [user, "is", "invited", "to", team, ref rest @ ..] => {
            let accepts_after =
                rest.iter().position(|word| *word == "accepts_after").map(|place| span(rest[place + 1]));
            Invite { user: user_id(user), member: member(team, rest), accepts_after }
        }
        [user, "is", how @ ("assigned" | "imported"), "to", team, ref rest @ ..] => {
            Assign { user: user_id(user), member: member(team, rest), mail: how == "assigned" }
        }
        [user, "is", "unassigned", "from", team] => Unassign { user: user_id(user), team: team_id(team) },
        [team, "clears", products, "of", user] => {
            Clear { user: user_id(user), team: team_id(team), products: list(products) }
        }
        [team, "defaults", "to", products] => {
            DefaultAccess { team: team_id(team), list: (products != "nothing").then(|| list(products)) }
        }
        [team, "serves", whom @ ("guests" | "none")] => GuestDefaults { team: team_id(team), serve: whom == "guests" },
        ref other => panic!("{other:?}"),
    }
}

fn member(team: &str, rest: &[&str]) -> Membership {
    let mut member = Membership::new(team_id(team), Access::TeamDefault);
    for pair in rest.chunks(2) {
        match *pair {
            ["with", "all"] => member.access = Access::All,
            ["with", products] => member.access = Access::List(list(products)),
            ["as", "guest"] => member.guest = true,
            ["accepts_after", _] => {}
            ref other => panic!("{other:?}"),
        }
    }
    member
}

/// `7d` or `604801s`.
fn span(text: &str) -> Span {
    let (number, unit) = text.split_at(text.len() - 1);
    let unit = if unit == "d" { Span::DAY.seconds() } else { 1 };
    Span::from_seconds(number.parse::<i64>().unwrap() * unit)
}

fn midnight(day: &str) -> Instant {
    instant(&format!("{day} 00:00"))
}

fn user_id(name: &str) -> UserId {
    UserId(place(&USERS, name))
}

fn product_id(name: &str) -> ProductId {
    ProductId(place(&PRODUCTS, name))
}

fn team_id(name: &str) -> TeamId {
    TeamId(place(&TEAMS, name))
}
