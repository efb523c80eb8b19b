//! What buyers ordered in one replication: the packs that a simulated log needs beside the scenario's.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use super::fields::NEVER;
use super::text::{Row, Text};
use super::{Bad, placed};
use crate::calendar::parse_instant;
use crate::diagnostic::{Diagnostic, nearest};
use crate::ids::TeamId;
use crate::scenario::{Ordered, Scenario};
use crate::time::Instant;
use crate::tokens::Tokens;

/// The columns of a file of orders.
pub const ORDER_COLUMNS: [&str; 6] = ["ordered", "team", "tokens", "arrives", "id", "buyer"];

/// A file of orders.
#[derive(Debug)]
pub struct Orders {
    /// In the order of writing.
    pub orders: Vec<Ordered>,
    /// Its path as it was given.
    pub name: String,
    /// The fingerprint of its bytes.
    pub sha256: [u8; 32],
}

/// Reads a file of orders for a scenario. A bad row is an error that names its line.
pub fn read_orders(path: &Path, scenario: &Scenario) -> Result<Orders, Vec<Diagnostic>> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        let error = Diagnostic::new(format!("can't read the orders {name}: {error}"));
        vec![error.help("give the path of an orders.csv that `flexcast simulate` wrote")]
    };
    let mut text = Text::new(File::open(path).map_err(unreadable)?);
    let places = match text.next().map_err(unreadable)? {
        Some(header) => {
            header.and_then(|()| columns(&text.row)).map_err(|error| vec![placed(error, &text.row, &name)])?
        }
        None => return Err(vec![Diagnostic::new(format!("the file of orders {name} is empty"))]),
    };
    let mut rows = Rows::new(scenario, places);
    let (mut orders, mut bad) = (Vec::new(), Bad::default());
    while let Some(row) = text.next().map_err(unreadable)? {
        match row.and_then(|()| rows.order(&text.row)) {
            Ok(order) => orders.push(order),
            Err(error) => bad.add(|| placed(error, &text.row, &name)),
        }
    }
    if bad.rows > 0 { Err(bad.told()) } else { Ok(Orders { orders, sha256: text.sha256(), name }) }
}

/// Where each column stands.
fn columns(header: &Row) -> Result<[usize; ORDER_COLUMNS.len()], Diagnostic> {
    let names: Vec<&str> = header.fields().collect();
    let mut places = [0; ORDER_COLUMNS.len()];
    for (place, column) in places.iter_mut().zip(ORDER_COLUMNS) {
        let Some(found) = names.iter().position(|name| *name == column) else {
            let missing = Diagnostic::new(format!("column `{column}` is missing"));
            return Err(missing.expected(format!("expected a header with {}", ORDER_COLUMNS.join(", "))));
        };
        *place = found;
    }
    Ok(places)
}

struct Rows<'a> {
    scenario: &'a Scenario,
    places: [usize; ORDER_COLUMNS.len()],
    ids: BTreeSet<String>,
    /// What all packs may still hold.
    room: Tokens,
}

impl<'a> Rows<'a> {
    fn new(scenario: &'a Scenario, places: [usize; ORDER_COLUMNS.len()]) -> Self {
        let ids = scenario.packs.iter().map(|pack| pack.id.clone()).collect();
        Rows { scenario, places, ids, room: Tokens::LARGEST - scenario.packs.iter().map(|pack| pack.size).sum() }
    }

    fn order(&mut self, row: &Row) -> Result<Ordered, Diagnostic> {
        let [ordered, team, tokens, arrives, id, buyer] = self.places.map(|place| row.field(place).unwrap_or(""));
        let order = Ordered {
            ordered: instant("ordered", ordered)?,
            team: self.team(team)?,
            tokens: self.tokens(tokens)?,
            arrives: instant("arrives", arrives)?,
            id: id.to_owned(),
            buyer: buyer.to_owned(),
        };
        if order.ordered < self.scenario.start || order.arrives < order.ordered {
            let early = Diagnostic::new("this order comes too early");
            return Err(
                early.expected("expected ordered not before the scenario's start, and arriving not before that")
            );
        }
        if id.is_empty() || !self.ids.insert(order.id.clone()) {
            let repeated = Diagnostic::new(format!("`{id}` is no id for this pack"));
            return Err(repeated.expected("expected an id that no other pack has, in this file or in the scenario"));
        }
        Ok(order)
    }

    fn team(&self, name: &str) -> Result<TeamId, Diagnostic> {
        let names = || self.scenario.teams.iter().map(|team| &*team.name);
        let name = &*self.scenario.pseudonyms.text(name);
        names().position(|known| known == name).map(TeamId::from_index).ok_or_else(|| {
            let unknown = Diagnostic::new(format!("unknown team `{name}`"));
            match nearest(name, names()) {
                Some(near) => unknown.help(format!("did you mean `{near}`?")),
                None => unknown.expected("expected a team of the scenario"),
            }
        })
    }

    fn tokens(&mut self, text: &str) -> Result<Tokens, Diagnostic> {
        let tokens = Tokens::parse(text).filter(|tokens| !tokens.is_zero() && *tokens <= self.room);
        let tokens = tokens.ok_or_else(|| {
            let wrong = Diagnostic::new(format!("`{text}` in column `tokens` can't be bought"));
            wrong.expected(format!("expected a number above 0, at most {} in all packs", Tokens::LARGEST))
        })?;
        self.room -= tokens;
        Ok(tokens)
    }
}

fn instant(column: &str, text: &str) -> Result<Instant, Diagnostic> {
    parse_instant(text).filter(|at| *at < NEVER).ok_or_else(|| {
        Diagnostic::new(format!("`{text}` in column `{column}` isn't an instant before the year 9999"))
            .expected("expected RFC 3339 with an offset, such as 2027-03-01T00:00:00+01:00")
    })
}
