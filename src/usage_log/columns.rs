use std::collections::BTreeMap;
use std::sync::Arc;

use super::line;
use crate::diagnostic::{Diagnostic, Source, nearest};

const REQUIRED: [&str; 4] = ["user", "product", "opened", "closed"];
const KNOWN: [&str; 11] =
    ["user", "product", "opened", "closed", "version", "device", "platform", "online", "quantity", "idle", "identity"];

/// Where each known column stands.
pub(super) struct Columns {
    places: BTreeMap<&'static str, usize>,
    /// Unknown columns, each with the missing one that it may be meant to be.
    pub(super) near: Vec<(String, &'static str)>,
}

impl Columns {
    /// Reads the header.
    pub(super) fn find(header: &csv::StringRecord, source: &Arc<Source>) -> Result<Self, Vec<Diagnostic>> {
        if header.len() == 1 && header[0].contains([';', '\t']) {
            let error = Diagnostic::new("the columns aren't separated by commas").at(&line(source, 1));
            return Err(vec![error.help("save it as CSV with commas")]);
        }
        let mut places = BTreeMap::new();
        let mut errors = Vec::new();
        for name in KNOWN {
            let mut found = header.iter().enumerate().filter(|(_, column)| *column == name).map(|(place, _)| place);
            match (found.next(), found.next()) {
                (Some(_), Some(_)) => {
                    errors.push(Diagnostic::new(format!("column `{name}` is there twice")).at(&line(source, 1)));
                }
                (Some(place), None) => drop(places.insert(name, place)),
                (None, _) if REQUIRED.contains(&name) => {
                    let error = Diagnostic::new(format!("column `{name}` is missing")).at(&line(source, 1));
                    let expected = "expected a header with user, product, opened and closed, in any order";
                    errors.push(match nearest(name, header.iter().filter(|column| !KNOWN.contains(column))) {
                        Some(near) => error.expected(expected).help(format!("is `{near}` meant to be `{name}`?")),
                        None => error.expected(expected),
                    });
                }
                (None, _) => {}
            }
        }
        let near = near(header, &places);
        if errors.is_empty() { Ok(Columns { places, near }) } else { Err(errors) }
    }

    /// The field of a column; empty where it isn't there.
    pub(super) fn get<'r>(&self, record: &'r csv::StringRecord, column: &str) -> &'r str {
        self.places.get(column).and_then(|place| record.get(*place)).unwrap_or("")
    }
}

fn near(header: &csv::StringRecord, places: &BTreeMap<&'static str, usize>) -> Vec<(String, &'static str)> {
    let missing = || KNOWN.into_iter().filter(|name| !places.contains_key(name));
    let unknown = header.iter().filter(|column| !KNOWN.contains(column));
    unknown.filter_map(|column| Some((column.to_owned(), nearest(column, missing())?))).collect()
}
