//! What was bought: packs of tokens, and single-user subscriptions.

use std::collections::BTreeMap;

use super::table::{Cell, Column, Columns, Table};
use crate::calendar::Day;
use crate::ids::{ProductId, TeamId, UserId};
use crate::scenario::{CoverKind, Scenario};
use crate::time::Span;
use crate::tokens::Tokens;
use crate::usage_report::UsageBook;

struct Row {
    team: String,
    offering: String,
    id: String,
    term: &'static str,
    start: Day,
    /// The last good day.
    end: Day,
    as_of: Day,
    quantity: Cell,
}

const COLUMNS: [Column<Row>; 12] = [
    Column { snake: "team_alias", title: "Team", cell: |row| Cell::text(&*row.team) },
    Column { snake: "offering_name", title: "Product", cell: |row| Cell::text(&*row.offering) },
    Column { snake: "contract_number", title: "Contract number", cell: |_| Cell::Empty },
    Column { snake: "subscription_id", title: "Subscription ID", cell: |row| Cell::text(&*row.id) },
    Column { snake: "term", title: "Term", cell: |row| Cell::text(row.term) },
    Column { snake: "start_date", title: "Start date", cell: |row| Cell::Midnight(row.start) },
    Column { snake: "end_date", title: "End date", cell: |row| Cell::Midnight(row.end) },
    Column { snake: "autorenew_date", title: "Autorenew date", cell: |_| Cell::Empty },
    Column {
        snake: "subscription_status",
        title: "Subscription status",
        cell: |row| Cell::text(if row.as_of <= row.end { "Active" } else { "Expired" }),
    },
    Column { snake: "seat_quantity", title: "Seat quantity", cell: |row| row.quantity.clone() },
    Column { snake: "reseller_email", title: "Reseller email", cell: |_| Cell::Empty },
    Column { snake: "reseller_name", title: "Reseller name", cell: |_| Cell::Empty },
];

/// What has begun as of a day, of a team or of any: packs in the order of purchase, then subscriptions alike together.
pub fn subscriptions(
    scenario: &Scenario,
    book: &UsageBook,
    as_of: Day,
    team: Option<TeamId>,
    columns: Columns,
) -> Table {
    let asked = |of: Option<TeamId>| team.is_none() || team == of;
    let name = |team: Option<TeamId>| team.map_or_else(String::new, |team| book.teams[team.index()].clone());
    let holders = holders(book, as_of);
    let packs = book.packs.iter().enumerate().filter(|(_, pack)| pack.enters <= as_of);
    let packs = packs.map(|(place, pack)| (holders.get(&place).copied().unwrap_or(pack.team), pack));
    let packs = packs.filter(|(holder, _)| asked(Some(*holder))).map(|(holder, pack)| Row {
        team: name(Some(holder)),
        offering: "Flex".to_owned(),
        id: pack.id.clone(),
        term: "Annual",
        start: pack.bought,
        end: pack.ends.plus(-1),
        as_of,
        quantity: Cell::Tokens(pack.size),
    });
    let mut rows: Vec<Row> = packs.collect();
    rows.sort_by_key(|row| row.start);
    let alike = subscribed(scenario, as_of).into_iter().filter(|((of, ..), _)| asked(*of));
    rows.extend(alike.map(|((of, product, start, end), seats)| Row {
        team: name(of),
        offering: book.products[product.index()].clone(),
        id: String::new(),
        term: "",
        start,
        end,
        as_of,
        quantity: Cell::Count(seats),
    }));
    Table::new("subscriptions", &COLUMNS, columns, &rows)
}

/// By pack: the team with something left of it.
fn holders(book: &UsageBook, as_of: Day) -> BTreeMap<usize, TeamId> {
    let mut left: BTreeMap<(usize, TeamId), Tokens> = BTreeMap::new();
    for change in book.until(as_of) {
        *left.entry((change.pack, change.team)).or_default() += change.tokens;
    }
    left.into_iter().filter(|(_, left)| !left.is_zero()).map(|((pack, team), _)| (pack, team)).collect()
}

/// A team, a product, the first day and the last good one.
type Alike = (Option<TeamId>, ProductId, Day, Day);

/// How many seats of each kind of subscription have begun.
fn subscribed(scenario: &Scenario, as_of: Day) -> BTreeMap<Alike, u64> {
    let mut seats = BTreeMap::new();
    for (place, user) in scenario.users.iter().enumerate() {
        for cover in user.covers.iter().filter(|cover| cover.kind == CoverKind::Subscription) {
            let day = |at| scenario.zone.day_of(at);
            let (start, end) = (day(cover.from), day(cover.until - Span::from_seconds(1)));
            if start <= as_of {
                let team = scenario.first_team(UserId::from_index(place));
                *seats.entry((team, cover.product, start, end)).or_default() += 1;
            }
        }
    }
    seats
}
