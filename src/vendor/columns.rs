use super::fields::plain;
use crate::diagnostic::{Diagnostic, nearest};

/// What is read of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The day of a daily row.
    Day,
    /// The first day of a total.
    From,
    /// The last day of a total.
    To,
    Team,
    User,
    Product,
    Version,
    Access,
    DaysUsed,
    Tokens,
}

/// The names of each column over the generations, as [`plain`] has them. Where an export has several of a column, the first one that isn't
/// empty in a row counts.
const NAMES: [(Column, &[&str]); 10] = [
    (Column::Day, &["day used"]),
    (Column::From, &["from"]),
    (Column::To, &["to"]),
    (Column::Team, &["team", "team alias"]),
    (Column::User, &["user", "email", "autodesk id", "hashed autodesk id"]),
    (Column::Product, &["product", "product name", "offering name"]),
    (Column::Version, &["version"]),
    (Column::Access, &["access", "access option"]),
    (Column::DaysUsed, &["days used"]),
    (Column::Tokens, &["tokens used", "tokens"]),
];

/// Where each column stands.
#[derive(Debug)]
pub(super) struct Columns {
    /// By column, in the order of its names.
    places: [Vec<usize>; NAMES.len()],
    /// The header, as it is written.
    header: Vec<String>,
}

impl Columns {
    /// Whether a row of a sheet is the header of an export: it names who, what and when.
    pub(super) fn are_named_by<'n>(header: impl Iterator<Item = &'n str>) -> bool {
        let header: Vec<String> = header.map(plain).collect();
        let has = |column: Column| NAMES[column as usize].1.iter().any(|name| header.iter().any(|named| named == name));
        has(Column::User) && has(Column::Product) && (has(Column::Day) || has(Column::DaysUsed))
    }

    /// Reads the header; errors are without their place.
    pub(super) fn find<'n>(header: impl Iterator<Item = &'n str>) -> Result<Self, Vec<Diagnostic>> {
        let header: Vec<String> = header.map(str::to_owned).collect();
        if let [only] = &header[..]
            && only.contains([';', '\t'])
        {
            let error = Diagnostic::new("the columns aren't separated by commas");
            return Err(vec![error.help("save it as CSV with commas")]);
        }
        let named: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let place = |name: &&str| named.iter().position(|other| other == name);
        let places = NAMES.map(|(_, names)| names.iter().filter_map(place).collect());
        let columns = Columns { places, header };
        let mut errors = twice(&named, &columns.header);
        errors.extend(columns.missing());
        if errors.is_empty() { Ok(columns) } else { Err(errors) }
    }

    pub(super) fn has(&self, column: Column) -> bool {
        !self.places[column as usize].is_empty()
    }

    /// Whether its rows are of a day each.
    pub(super) fn daily(&self) -> bool {
        self.has(Column::Day)
    }

    /// The places where a column may stand in a row, the best first.
    pub(super) fn places(&self, column: Column) -> &[usize] {
        &self.places[column as usize]
    }

    /// A column as the header names it.
    pub(super) fn name(&self, place: usize) -> &str {
        self.header[place].trim()
    }

    fn missing(&self) -> Vec<Diagnostic> {
        let needed = match (self.daily(), self.has(Column::DaysUsed)) {
            (true, _) | (_, true) => [Column::User, Column::Product],
            (false, false) => {
                let error =
                    Diagnostic::new("this is no export of use: neither column `day_used` nor `days_used` is there");
                let expected = "expected the daily usage or the usage report, as the vendor exports them";
                return vec![error.expected(expected)];
            }
        };
        needed.iter().filter(|column| !self.has(**column)).map(|column| self.without(*column)).collect()
    }

    fn without(&self, column: Column) -> Diagnostic {
        let names = NAMES[column as usize].1;
        let error = Diagnostic::new(format!("column `{}` is missing", names[0]));
        let error = error.expected(format!("expected a column {}", names.join(", or ")));
        let near = names.iter().find_map(|name| nearest(name, self.header.iter().map(String::as_str)));
        match near {
            Some(near) => error.help(format!("is `{near}` meant?")),
            None => error.help("export it with this column"),
        }
    }
}

/// Columns that are read and there twice.
fn twice(named: &[String], header: &[String]) -> Vec<Diagnostic> {
    let is_read = |name: &String| NAMES.iter().any(|(_, names)| names.contains(&name.as_str()));
    let again = named.iter().enumerate().filter(|(place, name)| is_read(name) && named[..*place].contains(name));
    again.map(|(place, _)| Diagnostic::new(format!("column `{}` is there twice", header[place].trim()))).collect()
}
