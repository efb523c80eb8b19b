//! A stored result: the folder of `forecast --out`, of which `forecast.json` tells what made it and `replications.csv` what each
//! replication came to.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::model::{Kind, Made};
use super::runs::{Runs, Subject};
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::forecast::Figure;
use crate::spreadsheet::meant;
use crate::tokens::Tokens;

const ALL_TEAMS: &str = "all teams";
/// The columns that say which row it is.
const KEYS: [&str; 2] = ["replication", "team"];

#[derive(Deserialize)]
struct Stored {
    card: Made,
    currency: String,
}

/// Reads the folder, and says which files it read.
pub fn read_stored(folder: &Path) -> Result<(Subject, Vec<Arc<Source>>), Diagnostic> {
    let (card, source) = (read(&folder.join("forecast.json"))?, read(&folder.join("replications.csv"))?);
    let stored: Stored = serde_json::from_str(&card.text)
        .map_err(|error| Diagnostic::new(format!("`{}` is no stored forecast: {error}", card.name)).help(REMEDY))?;
    let table = Table::read(&source)?;
    let made = stored.card;
    if table.numbers.len() as u32 != made.replications {
        let unlike = Diagnostic::new(format!(
            "`{}` has {} replications, and the forecast.json beside it tells of {}",
            source.name,
            table.numbers.len(),
            made.replications
        ));
        return Err(unlike.help(REMEDY));
    }
    let subject = Subject {
        name: folder.display().to_string(),
        kind: Kind::Stored,
        changes: Vec::new(),
        made,
        currency: stored.currency,
        numbers: table.numbers,
        all: table.all,
        teams: table.teams,
    };
    Ok((subject, vec![card, source]))
}

const REMEDY: &str = "give the folder that `flexcast forecast --out` wrote, with all its files";

fn read(path: &Path) -> Result<Arc<Source>, Diagnostic> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path);
    let text = text.map_err(|error| Diagnostic::new(format!("can't read `{name}`: {error}")).help(REMEDY))?;
    Ok(Arc::new(Source::new(name, text)))
}

struct Table {
    numbers: Vec<u32>,
    all: Runs,
    teams: Vec<(String, Runs)>,
}

/// A team's numbers as they are read.
#[derive(Default)]
struct Team {
    name: String,
    numbers: Vec<u32>,
    runs: Runs,
}

impl Table {
    fn read(source: &Source) -> Result<Table, Diagnostic> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source.text.as_bytes());
        let header = reader.headers().cloned().map_err(|error| wrong(source, 1, &error.to_string()))?;
        let place = |name: &str| header.iter().position(|column| column == name);
        let needed = |name: &str| place(name).ok_or_else(|| wrong(source, 1, &format!("column `{name}` is missing")));
        let [number, team] = [needed(KEYS[0])?, needed(KEYS[1])?];
        let mut columns = [None; Figure::ALL.len()];
        for figure in Figure::ALL {
            let name = if figure == Figure::Cost { "bought_cost" } else { figure.word() };
            columns[figure as usize] = if figure.is_money() { place(name) } else { Some(needed(name)?) };
        }
        let mut teams: Vec<Team> = Vec::new();
        for record in reader.records() {
            let record = record
                .map_err(|error| wrong(source, error.position().map_or(1, csv::Position::line), &error.to_string()))?;
            let line = record.position().map_or(1, csv::Position::line);
            let name = meant(record.get(team).unwrap_or_default());
            let at = teams.iter().position(|team| team.name == name).unwrap_or_else(|| {
                teams.push(Team { name: name.to_owned(), ..Team::default() });
                teams.len() - 1
            });
            teams[at].add(&record, number, &columns).map_err(|why| wrong(source, line, &why))?;
        }
        Table::of(teams, source)
    }

    fn of(mut teams: Vec<Team>, source: &Source) -> Result<Table, Diagnostic> {
        let all = teams.iter().position(|team| team.name == ALL_TEAMS);
        let all = teams.remove(all.ok_or_else(|| wrong(source, 1, "there is no row of `all teams`"))?);
        match teams.iter().find(|team| team.numbers != all.numbers) {
            Some(team) => {
                Err(wrong(source, 1, &format!("team `{}` hasn't the same replications as all teams", team.name)))
            }
            None => Ok(Table {
                numbers: all.numbers,
                all: all.runs,
                teams: teams.into_iter().map(|team| (team.name, team.runs)).collect(),
            }),
        }
    }
}

impl Team {
    fn add(&mut self, record: &csv::StringRecord, number: usize, columns: &[Option<usize>]) -> Result<(), String> {
        let field = |place: usize| record.get(place).unwrap_or_default();
        let number: u32 = field(number).parse().map_err(|_| format!("`{}` is no replication", field(number)))?;
        if self.numbers.last().is_some_and(|last| *last >= number) {
            return Err(format!("replication {number} of `{}` isn't in its place", self.name));
        }
        let is_first = self.numbers.is_empty();
        self.numbers.push(number);
        for (figure, place) in Figure::ALL.into_iter().zip(columns) {
            let value = place.map(field).filter(|text| !(figure.is_money() && text.is_empty()));
            let value = value.map(|text| read_number(figure, text)).transpose()?;
            let numbers = &mut self.runs.0[figure as usize];
            if is_first && value.is_some() {
                *numbers = Some(Vec::new());
            }
            match (numbers, value) {
                (Some(numbers), Some(value)) => numbers.push(value),
                (None, None) => {}
                _ => return Err(format!("`{}` is given for some replications only", figure.word())),
            }
        }
        Ok(())
    }
}

fn read_number(figure: Figure, text: &str) -> Result<i64, String> {
    let read = match figure {
        Figure::StockOut => ["0", "1"].iter().position(|known| *known == text).map(|value| value as i64),
        Figure::Denials => text.parse::<u32>().ok().map(i64::from),
        _ => {
            let (sign, plain) = text.strip_prefix('-').map_or((1, text), |plain| (-1, plain));
            Tokens::parse(plain).map(|tokens| sign * tokens.millionths())
        }
    };
    read.ok_or_else(|| format!("`{text}` in column `{}` can't be read", figure.word()))
}

/// An error at a line.
fn wrong(source: &Source, line: u64, why: &str) -> Diagnostic {
    let text = source.line(line as u32);
    let excerpt = Arc::new(Source::excerpt(source.name.clone(), line as u32, text));
    let place = Place { source: excerpt, line: line as u32, column: 1, length: text.chars().count().max(1) as u32 };
    Diagnostic::new(why).at(&place).help(REMEDY)
}
