use std::io::Write;

use crate::behaviour::{Author, Note};
use crate::scenario::Scenario;
use crate::spreadsheet::Rows;

/// Writes notes.csv.
pub(super) fn write(scenario: &Scenario, notes: &[Note], out: impl Write) -> std::io::Result<()> {
    let mut rows = Rows::new(out);
    rows.write_record(["day", "user", "note"])?;
    for note in notes {
        let author = match note.author {
            Author::User(user) => &scenario.users[user.index()].name,
            Author::Buyer(buyer) => &scenario.buyers[buyer].name,
        };
        rows.write_record([note.day.to_string().as_str(), author, &scenario.pseudonyms.text(&note.text)])?;
    }
    rows.flush()
}
