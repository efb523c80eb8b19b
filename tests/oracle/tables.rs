//! The rows that a case must give, as text: the contract's columns of decisions.csv, ledger.csv and mails.csv.

use crate::case::{Instant, Scenario, TOKEN, Tokens};
use crate::civil::instant_text;

pub struct Decision {
    pub time: Instant,
    pub user: String,
    pub product: usize,
    pub version: String,
    pub device: String,
    pub granted: bool,
    pub reason: &'static str,
    pub team: Option<usize>,
    pub tokens: Tokens,
    /// The window it belongs to: its number, and its start.
    pub window: Option<(usize, Instant)>,
}

pub struct Entry {
    pub time: Instant,
    pub team: usize,
    pub pack: String,
    pub entry: &'static str,
    pub tokens: Tokens,
    pub user: String,
    pub product: String,
    pub balance: Tokens,
}

pub struct Mail {
    pub time: Instant,
    pub user: String,
    pub team: usize,
    pub mail: &'static str,
}

/// The rows of the three tables, each as its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    pub decisions: Vec<Vec<String>>,
    pub ledger: Vec<Vec<String>>,
    pub mails: Vec<Vec<String>>,
}

/// How many columns of each table are the contract's.
pub const DECISION_COLUMNS: usize = 11;
pub const LEDGER_COLUMNS: usize = 8;
pub const MAIL_COLUMNS: usize = 4;

/// Decimals without trailing zeros.
pub fn tokens_text(tokens: Tokens) -> String {
    let sign = if tokens < 0 { "-" } else { "" };
    let (whole, part) = (tokens.abs() / TOKEN, tokens.abs() % TOKEN);
    if part == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{}", format!("{part:06}").trim_end_matches('0'))
}

impl Tables {
    pub fn new(scenario: &Scenario, decisions: &[Decision], ledger: &[Entry], mails: &[Mail]) -> Self {
        Tables {
            decisions: decisions.iter().map(|decision| decision.columns(scenario)).collect(),
            ledger: ledger.iter().map(|entry| entry.columns(scenario)).collect(),
            mails: mails.iter().map(|mail| mail.columns(scenario)).collect(),
        }
    }
}

impl Decision {
    /// It turned out free: no charge, and no window (T6).
    pub fn undo(&mut self) {
        (self.reason, self.tokens, self.window) = ("within_grace", 0, None);
    }

    fn columns(&self, scenario: &Scenario) -> Vec<String> {
        let window = |after: i64| self.window.map_or(String::new(), |(_, start)| instant_text(start + after));
        vec![
            instant_text(self.time),
            self.user.clone(),
            scenario.products[self.product].name.clone(),
            self.version.clone(),
            self.device.clone(),
            if self.granted { "granted" } else { "denied" }.to_owned(),
            self.reason.to_owned(),
            self.team.map_or(String::new(), |team| scenario.teams[team].name.clone()),
            tokens_text(self.tokens),
            window(0),
            window(crate::case::DAY),
        ]
    }
}

impl Entry {
    fn columns(&self, scenario: &Scenario) -> Vec<String> {
        vec![
            instant_text(self.time),
            scenario.teams[self.team].name.clone(),
            self.pack.clone(),
            self.entry.to_owned(),
            tokens_text(self.tokens),
            self.user.clone(),
            self.product.clone(),
            tokens_text(self.balance),
        ]
    }
}

impl Mail {
    fn columns(&self, scenario: &Scenario) -> Vec<String> {
        let team = scenario.teams[self.team].name.clone();
        vec![instant_text(self.time), self.user.clone(), team, self.mail.to_owned()]
    }
}
