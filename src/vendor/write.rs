use std::io::{self, Write};

use crate::spreadsheet::Rows;
use crate::usage_report::{Access, Detail, UsageBook};

/// The columns of records of use. `version` isn't there where no version is known, `tokens` where no tokens are.
pub const COLUMNS: [&str; 9] = ["from", "to", "team", "user", "product", "version", "access", "days_used", "tokens"];
/// The places of `version` and `tokens`.
const VERSION: usize = 5;
const TOKENS: usize = 8;

/// Writes a book of days or totals as records of use (CSV), by day. A record tells of the days `from` to `to`, both counted: of one day,
/// or of a whole range.
pub fn write(book: &UsageBook, output: impl Write) -> io::Result<()> {
    let mut table = Rows::new(output);
    let kept = |place: usize| match place {
        VERSION => book.tells_versions(),
        TOKENS => book.tells_tokens,
        _ => true,
    };
    let mut row = |cells: [&str; COLUMNS.len()]| {
        table.write_record(cells.iter().enumerate().filter(|(place, _)| kept(*place)).map(|(_, cell)| cell))
    };
    row(COLUMNS)?;
    for used in &book.uses {
        let from = if book.detail == Detail::Totals { book.first_day } else { used.day };
        row([
            &from.to_string(),
            &used.day.to_string(),
            used.team.map_or("", |team| &book.teams[team.index()]),
            &book.users[used.user.index()],
            &book.products[used.product.index()],
            &book.versions[used.version.index()],
            word(used.access),
            &used.uses.to_string(),
            &used.tokens.to_string(),
        ])?;
    }
    table.flush()
}

fn word(access: Access) -> &'static str {
    match access {
        Access::Flex => "flex",
        Access::Subscription => "subscription",
        Access::Trial => "trial",
        Access::Free => "free",
    }
}
