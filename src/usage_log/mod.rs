//! Real session logs: CSV in, sessions in the order of the core out.

mod columns;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::calendar::parse_instant;
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::ids::{DeviceId, ProductId, UserId, VersionId};
use crate::meter::Open;
use crate::scenario::{Names, Per, Scenario, identity};
use crate::time::Instant;
use columns::Columns;

/// A log, read and sorted.
#[derive(Debug)]
pub struct UsageLog {
    /// By instant of opening; at equal instants in the order of the rows.
    pub sessions: Vec<Logged>,
    /// Users who aren't in the scenario: their ids follow the scenario's.
    pub strangers: Vec<String>,
    /// By `DeviceId`.
    pub devices: Names,
    /// By `VersionId`.
    pub versions: Names,
    /// The last instant in the log, where it has any.
    pub last: Option<Instant>,
    /// Columns that aren't read though their names are near to known ones: each with the one that may be meant.
    pub near_columns: Vec<(String, &'static str)>,
    /// The text that was read.
    pub source: Arc<Source>,
    /// How many rows were bad and left out.
    pub bad_rows: usize,
    /// What is wrong with the first of them.
    pub bad: Vec<Diagnostic>,
}

/// One session of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logged {
    /// When it was opened.
    pub opened: Instant,
    /// When it was closed; `None` where it was still open at the log's end.
    pub closed: Option<Instant>,
    /// What was opened by whom.
    pub open: Open,
}

/// Ten million sessions; what isn't a file may never end.
const LARGEST: u64 = 1 << 30;

/// 9999-01-01: from here on an instant means "never".
const NEVER: Instant = Instant::from_seconds(253_370_764_800);

/// How many bad rows are shown.
const SHOWN: usize = 20;

/// Products of which, on Linux, only version 2020 and later are supported (rules.md E9).
const LINUX_FROM_2020: [&str; 4] = ["Flame", "Maya", "MotionBuilder", "Mudbox"];

/// Reads a log for a scenario. Identities are named as the scenario's covers name them.
///
/// A bad row is an error that names its line (of very many, the first are told); with `skip_bad_rows` it is left out
/// instead, and counted.
pub fn read(
    path: &Path,
    scenario: &Scenario,
    identities: &mut Names,
    skip_bad_rows: bool,
) -> Result<UsageLog, Vec<Diagnostic>> {
    let source = Arc::new(source(path).map_err(|error| vec![error])?);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(source.text.as_bytes());
    let header = reader.headers().map_err(|error| vec![unreadable(&error, &source)])?.clone();
    let columns = Columns::find(&header, &source)?;
    let mut rows = Rows::new(scenario, identities, columns, source.clone());
    for record in reader.records() {
        match record {
            Ok(record) => rows.read(&record),
            Err(error) => rows.bad(|| unreadable(&error, &source)),
        }
    }
    let log = rows.finish();
    if log.bad_rows == 0 || skip_bad_rows { Ok(log) } else { Err(log.bad) }
}

fn source(path: &Path) -> Result<Source, Diagnostic> {
    let name = path.display().to_string();
    let refused =
        |why: String, help: &str| Diagnostic::new(format!("can't read the session log {name}: {why}")).help(help);
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| refused(error.to_string(), "give the path of a CSV file"))?;
    if bytes.len() as u64 > LARGEST {
        return Err(refused("it is larger than 1 GiB".to_owned(), "is it the right file?"));
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        Diagnostic::new(format!("the session log {name} isn't UTF-8 text")).help("save it as CSV in UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(Source { name, text })
}

fn unreadable(error: &csv::Error, source: &Arc<Source>) -> Diagnostic {
    let diagnostic = Diagnostic::new(format!("this row can't be read as CSV: {error}"));
    match error.position() {
        Some(position) => diagnostic.at(&line(source, position.line())),
        None => diagnostic,
    }
}

fn line(source: &Arc<Source>, line: u64) -> Place {
    let line = line as u32;
    let text = source.text.lines().nth(line.saturating_sub(1) as usize).unwrap_or("");
    Place { source: source.clone(), line, column: 1, length: text.chars().count().max(1) as u32 }
}

/// Turns rows into sessions, and keeps what is wrong with them.
struct Rows<'a> {
    scenario: &'a Scenario,
    identities: &'a mut Names,
    columns: Columns,
    users: BTreeMap<String, UserId>,
    products: BTreeMap<&'a str, ProductId>,
    log: UsageLog,
}

impl<'a> Rows<'a> {
    fn new(scenario: &'a Scenario, identities: &'a mut Names, columns: Columns, source: Arc<Source>) -> Self {
        let users = scenario.users.iter().enumerate();
        let products = scenario.products.iter().enumerate();
        let log = UsageLog {
            sessions: Vec::new(),
            strangers: Vec::new(),
            devices: Names::default(),
            versions: Names::default(),
            last: None,
            near_columns: columns.near.clone(),
            source,
            bad_rows: 0,
            bad: Vec::new(),
        };
        Rows {
            scenario,
            identities,
            columns,
            users: users.map(|(place, user)| (user.name.clone(), UserId::from_index(place))).collect(),
            products: products.map(|(place, product)| (&*product.name, ProductId::from_index(place))).collect(),
            log,
        }
    }

    fn read(&mut self, record: &csv::StringRecord) {
        match self.session(record) {
            Ok(session) => {
                self.log.last = self.log.last.max(Some(session.closed.unwrap_or(session.opened)));
                self.log.sessions.push(session);
            }
            Err(error) => {
                let number = record.position().map_or(1, csv::Position::line);
                let source = self.log.source.clone();
                self.bad(|| error.at(&line(&source, number)));
            }
        }
    }

    fn bad(&mut self, error: impl FnOnce() -> Diagnostic) {
        self.log.bad_rows += 1;
        if self.log.bad_rows <= SHOWN {
            self.log.bad.push(error());
        }
    }

    fn session(&mut self, record: &csv::StringRecord) -> Result<Logged, Diagnostic> {
        let get = |column: &str| self.columns.get(record, column);
        let opened = instant("opened", get("opened"))?;
        let closed = if get("closed").is_empty() { None } else { Some(instant("closed", get("closed"))?) };
        if closed.is_some_and(|closed| closed < opened) {
            return Err(Diagnostic::new("the session closes before it opens").expected(format!(
                "opened {}, closed {}",
                get("opened"),
                get("closed")
            )));
        }
        if opened < self.scenario.start {
            let start = crate::calendar::rfc3339(self.scenario.start);
            return Err(Diagnostic::new("the session opens before the scenario starts")
                .expected(format!("the scenario starts at {start}"))
                .help("let the scenario start earlier, or leave the row out"));
        }
        let product = self.product(get("product"))?;
        let online = flag(get("online"))?;
        let (version, device, platform) = (get("version"), get("device"), get("platform"));
        let (sign_in, user) = (get("identity"), get("user"));
        if user.is_empty() {
            return Err(Diagnostic::new("the user is empty"));
        }
        let sign_in = identity(self.identities, (!sign_in.is_empty()).then_some(sign_in), user);
        let supported = supported(&self.scenario.products[product.index()].name, platform, version);
        let open = Open {
            product,
            device: DeviceId(self.log.devices.id(device)),
            version: VersionId(self.log.versions.id(version)),
            identity: sign_in,
            online,
            supported,
            idle_aware: false,
            user: self.user(user),
        };
        Ok(Logged { opened, closed, open })
    }

    fn product(&self, name: &str) -> Result<ProductId, Diagnostic> {
        let Some(id) = self.products.get(name) else {
            return Err(Diagnostic::new(format!("unknown product `{name}`"))
                .expected("expected a product of the scenario")
                .nearest(name, self.products.keys().copied()));
        };
        match self.scenario.products[id.index()].per {
            Per::Day => Ok(*id),
            Per::Result => Err(Diagnostic::new(format!("`{name}` is charged per result"))
                .expected("this version of flexcast meters products with a daily rate only")),
        }
    }

    fn user(&mut self, name: &str) -> UserId {
        if let Some(id) = self.users.get(name) {
            return *id;
        }
        let id = UserId::from_index(self.scenario.users.len() + self.log.strangers.len());
        self.log.strangers.push(name.to_owned());
        self.users.insert(name.to_owned(), id);
        id
    }

    fn finish(mut self) -> UsageLog {
        self.log.sessions.sort_by_key(|session| session.opened);
        if self.log.bad_rows > SHOWN {
            let rest = self.log.bad_rows - SHOWN;
            self.log.bad.push(Diagnostic::new(format!("{rest} more rows are bad")));
        }
        self.log
    }
}

fn instant(column: &str, text: &str) -> Result<Instant, Diagnostic> {
    let at = parse_instant(text).ok_or_else(|| {
        Diagnostic::new(format!("`{text}` in column `{column}` isn't an instant"))
            .expected("expected RFC 3339 with an offset, such as 2027-03-01T09:00:00+01:00")
    })?;
    // Some systems write the last day of their calendar for "never", and every window up to then would be charged.
    if at >= NEVER {
        let far = Diagnostic::new(format!("`{text}` in column `{column}` is too far ahead"));
        return Err(far.help("a session that is still open has an empty `closed`"));
    }
    Ok(at)
}

fn flag(text: &str) -> Result<bool, Diagnostic> {
    match text.to_ascii_lowercase().as_str() {
        "" | "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Diagnostic::new(format!("`{text}` in column `online` is neither true nor false"))),
    }
}

/// Whether Flex supports the version on the platform (E9); a version that doesn't begin with a year isn't judged.
fn supported(product: &str, platform: &str, version: &str) -> bool {
    let year: Option<u32> = version.get(..4).and_then(|year| year.parse().ok());
    let linux = platform.eq_ignore_ascii_case("linux");
    !(linux && LINUX_FROM_2020.contains(&product) && year.is_some_and(|year| year < 2020))
}
