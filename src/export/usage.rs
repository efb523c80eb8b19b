//! Daily use, a row for each day, user, product and, in the older generation, version.

use super::table::{Cell, Column, Columns, Table, Who};
use crate::calendar::Day;
use crate::ids::TeamId;
use crate::tokens::Tokens;
use crate::usage_report::{Access, DailyUse, Range, UsageBook};

struct Row {
    day: Day,
    team: String,
    who: Who,
    product: String,
    version: String,
    access: Access,
    tokens: Tokens,
}

/// The older generation's; the newer names are those of the token usage.
const COLUMNS: [Column<Row>; 14] = [
    Column { snake: "access_option", title: "", cell: |row| Cell::text(option(row.access)) },
    Column { snake: "autodesk_id", title: "", cell: |row| row.who.id() },
    Column { snake: "day_used", title: "Day used", cell: |row| Cell::Day(row.day) },
    Column { snake: "email", title: "", cell: |row| row.who.mail() },
    Column { snake: "", title: "Email", cell: |row| row.who.mail_or_name() },
    Column { snake: "", title: "Feature", cell: |_| Cell::Empty },
    Column { snake: "first_name", title: "First name", cell: |_| Cell::Empty },
    Column { snake: "hashed_autodesk_id", title: "", cell: |row| row.who.hash() },
    Column { snake: "last_name", title: "Last name", cell: |_| Cell::Empty },
    Column { snake: "offering_name", title: "", cell: |row| Cell::text(&*row.product) },
    Column { snake: "product_name", title: "Product", cell: |row| Cell::text(&*row.product) },
    Column { snake: "team_alias", title: "Team", cell: |row| Cell::text(&*row.team) },
    Column { snake: "tokens_used", title: "Tokens used", cell: |row| Cell::Tokens(row.tokens) },
    Column { snake: "version", title: "", cell: |row| Cell::text(&*row.version) },
];
/// Those that the older generation leaves out where names are hashed.
const PERSONAL: [&str; 4] = ["autodesk_id", "email", "first_name", "last_name"];

/// What was used on the days of a range, through a team or through any. The newer generation has no column for how something was used,
/// and so only what was used with Flex.
pub fn usage(book: &UsageBook, range: Range, team: Option<TeamId>, columns: Columns, hashed: bool) -> Table {
    let newer = columns == Columns::Title;
    let asked = |used: &&DailyUse| {
        range.days().contains(&used.day)
            && (team.is_none() || used.team == team)
            && !(newer && used.access != Access::Flex)
    };
    let row = |used: &DailyUse| Row {
        day: used.day,
        team: used.team.map_or_else(String::new, |team| book.teams[team.index()].clone()),
        who: Who { name: book.users[used.user.index()].clone(), hashed },
        product: book.products[used.product.index()].clone(),
        version: book.versions[used.version.index()].clone(),
        access: used.access,
        tokens: used.tokens,
    };
    let mut uses: Vec<DailyUse> = book.uses.iter().filter(asked).copied().collect();
    if newer {
        uses.dedup_by(|next, last| {
            let same = |one: &DailyUse| (one.day, one.team, one.user, one.product);
            let again = same(next) == same(last);
            if again {
                last.tokens += next.tokens;
            }
            again
        });
    }
    let rows: Vec<Row> = uses.iter().map(row).collect();
    let kept: Vec<Column<Row>> =
        COLUMNS.into_iter().filter(|column| newer || !hashed || !PERSONAL.contains(&column.snake)).collect();
    Table::new("usage", &kept, columns, &rows)
}

fn option(access: Access) -> &'static str {
    match access {
        Access::Flex => "Flex",
        Access::Subscription => "Subscription",
        Access::Trial => "Trial",
        Access::Free => "Free",
    }
}
