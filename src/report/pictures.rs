//! Which pictures there are.

use super::tables::{lines, words};

/// A row for each: its name, what it is drawn from, and what it shows.
pub fn list(pictures: impl Iterator<Item = [String; 3]>) -> String {
    let mut rows = words(&["picture", "drawn from", "shows"]);
    for row in pictures {
        rows.add_row(row);
    }
    lines(&rows)
}
