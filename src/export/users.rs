//! The usage report: a row for each user and product of a team, and for whoever is assigned and used nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::seats::{Seat, seats};
use super::table::{Cell, Column, Columns, Table, Who};
use crate::calendar::Day;
use crate::ids::{TeamId, UserId};
use crate::scenario::Scenario;
use crate::tokens::Tokens;
use crate::usage_report::{Question, UsageBook, UsageReport, usage_report};

struct Row {
    team: String,
    who: Who,
    group: String,
    /// Where the user isn't in the scenario, there is none.
    seat: Option<Seat>,
    as_of: Day,
    used: Option<Used>,
}

/// What was used of a product.
struct Used {
    product: String,
    versions: String,
    days: u64,
    tokens: Tokens,
    per_month: f64,
    last: Option<Day>,
}

const COLUMNS: [Column<Row>; 20] = [
    Column { snake: "hashed_autodesk_id", title: "", cell: |row| row.who.hash() },
    Column { snake: "first_name", title: "First name", cell: |_| Cell::Empty },
    Column { snake: "last_name", title: "Last name", cell: |_| Cell::Empty },
    Column { snake: "email", title: "", cell: |row| row.who.mail() },
    Column { snake: "", title: "Email", cell: |row| row.who.mail_or_name() },
    Column { snake: "autodesk_id", title: "", cell: |row| row.who.id() },
    Column { snake: "team_alias", title: "Team", cell: |row| Cell::text(&*row.team) },
    Column { snake: "group", title: "Group", cell: |row| Cell::text(&*row.group) },
    Column { snake: "offering_name", title: "Product", cell: Row::offering },
    Column {
        snake: "version",
        title: "",
        cell: |row| row.used.as_ref().map_or(Cell::Empty, |used| Cell::text(&*used.versions)),
    },
    Column { snake: "seat_assignment", title: "Seat assignment", cell: Row::assignment },
    Column {
        snake: "assigned_date",
        title: "Assigned date",
        cell: |row| Cell::day(row.seat.and_then(|seat| seat.assigned)),
    },
    Column {
        snake: "unassigned_date",
        title: "Unassigned date",
        cell: |row| Cell::day(row.seat.and_then(|seat| seat.unassigned)),
    },
    Column {
        snake: "user_activity",
        title: "User activity",
        cell: |row| Cell::text(if row.days() > 0 { "Active" } else { "Inactive" }),
    },
    Column { snake: "days_inactive", title: "Days inactive", cell: Row::inactive },
    Column { snake: "access_option", title: "Access option", cell: |_| Cell::text("Flex") },
    Column { snake: "days_used", title: "Days used", cell: |row| Cell::Count(row.days()) },
    Column {
        snake: "monthly_average",
        title: "Monthly average",
        cell: |row| Cell::Average(row.used.as_ref().map_or(0.0, |used| used.per_month)),
    },
    Column {
        snake: "tokens_used",
        title: "Tokens used",
        cell: |row| Cell::Tokens(row.used.as_ref().map_or(Tokens::ZERO, |used| used.tokens)),
    },
    Column {
        snake: "last_accessed",
        title: "Last accessed",
        cell: |row| Cell::day(row.used.as_ref().and_then(|used| used.last)),
    },
];

impl Row {
    /// Who used nothing is assigned to Flex all the same.
    fn offering(&self) -> Cell {
        Cell::text(self.used.as_ref().map_or("Flex", |used| &*used.product))
    }

    fn days(&self) -> u64 {
        self.used.as_ref().map_or(0, |used| used.days)
    }

    fn assignment(&self) -> Cell {
        match self.seat {
            Some(Seat { unassigned: None, .. }) => Cell::text("Assigned"),
            _ => Cell::text("Unassigned"),
        }
    }

    /// Since the last day of use; empty where nothing was used in the range.
    fn inactive(&self) -> Cell {
        let last = self.used.as_ref().and_then(|used| used.last);
        last.map_or(Cell::Empty, |last| Cell::Count((self.as_of.number() - last.number()) as u64))
    }
}

/// The usage report of a range, as `report` has its figures for each team.
pub fn users(scenario: &Scenario, book: &UsageBook, question: Question, columns: Columns) -> Table {
    let seats = seats(scenario, question.as_of);
    let teams = (0..book.teams.len()).map(TeamId::from_index);
    let mut rows = Vec::new();
    for team in teams.filter(|team| question.team.is_none_or(|asked| asked == *team)) {
        let question = Question { team: Some(team), ..question };
        let of_team = OfTeam { scenario, book, question, team, report: usage_report(book, &question) };
        let last = of_team.last_uses();
        let used: BTreeSet<&str> = of_team.report.users.iter().map(|user| user.user.as_str()).collect();
        let seat = |user: UserId| seats.get(&(user, team)).copied();
        for (place, name) in book.users.iter().enumerate() {
            let (user, seat) = (UserId::from_index(place), seat(UserId::from_index(place)));
            if used.contains(name.as_str()) {
                rows.extend(of_team.used(&last, user, seat));
            } else if seat.is_some_and(|seat| seat.unassigned.is_none()) {
                rows.push(of_team.row(user, seat, None));
            }
        }
    }
    Table::new("users", &COLUMNS, columns, &rows)
}

struct OfTeam<'a> {
    scenario: &'a Scenario,
    book: &'a UsageBook,
    question: Question,
    team: TeamId,
    report: UsageReport,
}

/// By user and product: the last day of use.
type LastUses<'a> = BTreeMap<(&'a str, &'a str), Day>;

impl OfTeam<'_> {
    fn last_uses(&self) -> LastUses<'_> {
        let Question { range, as_of, .. } = self.question;
        let uses = self.book.with_flex(range.from..=range.to.min(as_of), Some(self.team));
        let mut last = LastUses::new();
        for used in uses.filter(|used| used.is_use()) {
            let key = (&*self.book.users[used.user.index()], &*self.book.products[used.product.index()]);
            last.insert(key, used.day);
        }
        last
    }

    /// A row for each product of a user.
    fn used(&self, last: &LastUses<'_>, user: UserId, seat: Option<Seat>) -> Vec<Row> {
        let name = &*self.book.users[user.index()];
        let own = self.report.users.iter().find(|row| row.user == name).expect("who used something is reported");
        let products = own.products.iter().map(|product| {
            let versions: Vec<&str> =
                product.versions.iter().flatten().map(|version| version.version.as_str()).collect();
            let tokens = product.tokens.unwrap_or_default();
            Used {
                product: product.product.clone(),
                versions: versions.join(", ").trim_start_matches(", ").to_owned(),
                days: product.days_used.unwrap_or_default() as u64,
                tokens,
                per_month: self.question.per_month(tokens),
                last: last.get(&(name, &*product.product)).copied(),
            }
        });
        products.map(|used| self.row(user, seat, Some(used))).collect()
    }

    fn row(&self, user: UserId, seat: Option<Seat>, used: Option<Used>) -> Row {
        let known = self.scenario.users.get(user.index());
        let group = known.map(|user| &self.scenario.groups[user.group as usize]);
        // A single user is in no group.
        let group = group.filter(|group| group.users.len() > 1);
        Row {
            team: self.book.teams[self.team.index()].clone(),
            who: Who { name: self.book.users[user.index()].clone(), hashed: self.scenario.pseudonyms.hide() },
            group: group.map_or_else(String::new, |group| group.name.clone()),
            seat,
            as_of: self.question.as_of,
            used,
        }
    }
}
