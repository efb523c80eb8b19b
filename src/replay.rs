//! Real logs through the same meter, and the tables of its decisions and its ledger.

use std::io::{self, Write};

use crate::calendar::rfc3339;
use crate::ids::UserId;
use crate::ledger::PostingKind;
use crate::meter::{Decision, Decisions, Entry, Event, Mail, Meter, PackChange, Roster, SessionId, Verdict};
use crate::queue::Queue;
use crate::scenario::{Names, Scenario, Setup};
use crate::spreadsheet::Rows;
use crate::time::{Instant, Span};
use crate::tokens::Tokens;
use crate::usage_log::{Logged, UsageLog, Use};

/// The names that ids stand for in the tables.
#[derive(Clone, Copy, Debug)]
pub struct TableNames<'a> {
    /// The scenario: users, products, teams, packs.
    pub scenario: &'a Scenario,
    /// By `UserId`, after the scenario's users.
    pub strangers: &'a [String],
    /// By `PackId`: the place in `Scenario::packs`.
    pub packs: &'a [usize],
    /// By `DeviceId`.
    pub devices: &'a Names,
    /// By `VersionId`.
    pub versions: &'a Names,
}

/// `decisions.csv`, `ledger.csv` and `mails.csv`, written as the meter speaks.
pub struct Tables<'a, W: Write> {
    names: TableNames<'a>,
    waiting: Decisions,
    decisions: Rows<W>,
    ledger: Rows<W>,
    mails: Rows<W>,
    totals: Totals,
}

/// What the tables add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows granted.
    pub granted: u64,
    /// Rows denied.
    pub denied: u64,
    /// Windows charged.
    pub windows: u64,
    /// Tokens burned.
    pub burned: Tokens,
    /// Tokens expired.
    pub expired: Tokens,
}

const DECISIONS: [&str; 11] = [
    "time",
    "user",
    "product",
    "version",
    "device",
    "outcome",
    "reason",
    "team",
    "tokens",
    "window_start",
    "window_end",
];
const LEDGER: [&str; 9] = ["time", "team", "pack", "entry", "tokens", "user", "product", "balance", "posted"];
const MAILS: [&str; 4] = ["time", "user", "team", "mail"];

impl<'a, W: Write> Tables<'a, W> {
    /// Writes the headers.
    pub fn new(names: TableNames<'a>, decisions: W, ledger: W, mails: W) -> io::Result<Self> {
        let [mut decisions, mut ledger, mut mails] = [decisions, ledger, mails].map(Rows::new);
        decisions.write_record(DECISIONS)?;
        ledger.write_record(LEDGER)?;
        mails.write_record(MAILS)?;
        Ok(Tables { names, waiting: Decisions::default(), decisions, ledger, mails, totals: Totals::default() })
    }

    /// Reads what the meter said, and writes what has settled.
    pub fn read(&mut self, entries: &[Entry]) -> io::Result<()> {
        for entry in entries {
            self.waiting.read(entry);
            match entry {
                Entry::Pack(change) => self.change(change)?,
                Entry::Mail(mail) => self.mail(mail)?,
                _ => {}
            }
        }
        self.settled()
    }

    /// Writes what still waits, and says what it all adds up to.
    pub fn finish(mut self) -> io::Result<Totals> {
        self.waiting.finish();
        self.settled()?;
        self.decisions.flush()?;
        self.ledger.flush()?;
        self.mails.flush()?;
        Ok(self.totals)
    }

    fn settled(&mut self) -> io::Result<()> {
        while let Some(decision) = self.waiting.next_settled() {
            self.decision(&decision)?;
        }
        Ok(())
    }

    fn decision(&mut self, decision: &Decision) -> io::Result<()> {
        let names = &self.names;
        let (outcome, reason, tokens) = match decision.verdict {
            Verdict::Granted(grant) | Verdict::Undecided(grant) => ("granted", grant.word(), decision.tokens),
            Verdict::Denied(denial) => ("denied", denial.word(), Tokens::ZERO),
        };
        match decision.verdict {
            Verdict::Granted(grant) | Verdict::Undecided(grant) => {
                self.totals.granted += 1;
                self.totals.windows += u64::from(grant.starts_a_window());
            }
            Verdict::Denied(_) => self.totals.denied += 1,
        }
        let window = decision.window;
        self.decisions.write_record([
            rfc3339(decision.at).as_str(),
            names.user(decision.user.index()),
            &names.scenario.products[decision.product.index()].name,
            names.versions.name(decision.version.0),
            names.devices.name(decision.device.0),
            outcome,
            reason,
            decision.team.filter(|_| outcome == "granted").map_or("", |team| &names.scenario.teams[team.index()].name),
            &tokens.to_string(),
            &window.map_or(String::new(), |window| rfc3339(window.start)),
            &window.map_or(String::new(), |window| rfc3339(window.end)),
        ])?;
        Ok(())
    }

    fn change(&mut self, change: &PackChange) -> io::Result<()> {
        let (names, posting) = (&self.names, &change.posting);
        let entry = match posting.kind {
            PostingKind::Opening => "opening",
            PostingKind::Purchase => "purchase",
            PostingKind::Burn => "burn",
            PostingKind::Expire => "expire",
            PostingKind::Refund => "refund",
            PostingKind::MoveOut => "move_out",
            PostingKind::MoveIn => "move_in",
        };
        match posting.kind {
            PostingKind::Burn | PostingKind::Refund => self.totals.burned += -posting.tokens,
            PostingKind::Expire => self.totals.expired += -posting.tokens,
            PostingKind::Opening | PostingKind::Purchase | PostingKind::MoveOut | PostingKind::MoveIn => {}
        }
        let cause = change.cause.filter(|_| posting.kind != PostingKind::Expire);
        self.ledger.write_record([
            rfc3339(change.at).as_str(),
            &names.scenario.teams[posting.team.index()].name,
            &names.scenario.packs[names.packs[posting.pack.index()]].id,
            entry,
            &posting.tokens.to_string(),
            cause.map_or("", |cause| names.user(cause.user.index())),
            cause.map_or("", |cause| &names.scenario.products[cause.product.index()].name),
            &posting.balance.to_string(),
            &rfc3339(change.posted),
        ])?;
        Ok(())
    }

    fn mail(&mut self, mail: &Mail) -> io::Result<()> {
        let (user, team) = (self.names.user(mail.user.index()), &self.names.scenario.teams[mail.team.index()].name);
        self.mails.write_record([rfc3339(mail.at).as_str(), user, team, mail.kind.word()])?;
        Ok(())
    }
}

impl<'a> TableNames<'a> {
    /// The name of the user at a place: the scenario's, then strangers.
    pub fn user(&self, place: usize) -> &'a str {
        match self.scenario.users.get(place) {
            Some(user) => &user.name,
            None => &self.strangers[place - self.scenario.users.len()],
        }
    }

    /// The user of a name, where there is one.
    pub fn user_called(&self, name: &str) -> Option<UserId> {
        let mut names = self.scenario.users.iter().map(|user| &user.name).chain(self.strangers);
        names.position(|known| known == name).map(UserId::from_index)
    }
}

/// Meters a log up to and including `until`. A session that opens later isn't metered.
pub fn replay<W: Write>(
    scenario: &Scenario,
    setup: &Setup,
    log: &UsageLog,
    until: Instant,
    seed: u64,
    mut tables: Tables<'_, W>,
) -> io::Result<Totals> {
    pass(scenario, setup, log.rows.iter()?, until, seed, &mut tables)?;
    tables.finish()
}

/// Hears what the meter says while a log passes through it.
pub trait Listener {
    /// Hears what was said since it last did.
    fn hear(&mut self, said: &Said<'_>) -> io::Result<()>;
}

/// What the meter said.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// In the order of the core.
    pub entries: &'a [Entry],
    /// Who may open what: no administration came after any of the decisions among the entries.
    pub roster: &'a Roster,
    /// The row whose open or order came last, and the session that it began, where it was granted.
    pub row: Option<(&'a Logged, Option<SessionId>)>,
}

impl<'a> Said<'a> {
    /// What was decided about the row itself: not about what it renewed, nor about add-ins that came along.
    pub fn opening(&self) -> Option<&'a Decision> {
        let (logged, _) = self.row?;
        let mut decisions = self.entries.iter().filter_map(|entry| match entry {
            Entry::Decision(decision) => Some(decision),
            _ => None,
        });
        let of_row = (logged.opened, logged.open.user, logged.open.product);
        decisions.find(|decision| (decision.at, decision.user, decision.product) == of_row && decision.renews.is_none())
    }
}

impl<W: Write> Listener for Tables<'_, W> {
    fn hear(&mut self, said: &Said<'_>) -> io::Result<()> {
        self.read(said.entries)
    }
}

/// Meters rows, in the order of their instants, up to and including `until`.
pub fn pass(
    scenario: &Scenario,
    setup: &Setup,
    rows: impl IntoIterator<Item = io::Result<Logged>>,
    until: Instant,
    seed: u64,
    listener: &mut impl Listener,
) -> io::Result<()> {
    let meter = Meter::new(setup.roster.clone(), scenario.rules.clone(), seed);
    let mut queue = Queue::new(meter, &setup.timeline);
    queue.journal.tells_choices = true;
    let mut run = Run { queue, listener, now: scenario.start, timeline: &setup.timeline };
    for logged in rows {
        let logged = logged?;
        if logged.opened > until {
            break;
        }
        run.catch_up(logged.opened)?;
        let session = run.begin(&logged);
        run.say(Some((&logged, session)))?;
    }
    run.catch_up(until)?;
    run.queue.advance(until);
    run.say(None)
}

/// A log on its way through the meter.
struct Run<'a, L: Listener> {
    queue: Queue<'a>,
    listener: &'a mut L,
    now: Instant,
    /// What is yet to be administered.
    timeline: &'a [(Instant, Event)],
}

impl<L: Listener> Run<'_, L> {
    /// Lets time pass before an instant, with a stop after each day, as what many open sessions are charged in years must not
    /// fill the journal, and one before each administration, for the sake of [`Said::roster`].
    fn catch_up(&mut self, before: Instant) -> io::Result<()> {
        let second = Span::from_seconds(1);
        loop {
            let administered = self.timeline.iter().take_while(|(at, _)| *at <= self.now + second).count();
            self.timeline = &self.timeline[administered..];
            let next = self.timeline.first().map_or(Instant::MAX, |(at, _)| *at - second);
            let stop = next.min(self.now + Span::DAY);
            if stop >= before {
                return Ok(());
            }
            self.now = stop;
            self.queue.advance(stop);
            self.say(None)?;
        }
    }

    fn begin(&mut self, logged: &Logged) -> Option<SessionId> {
        match &logged.what {
            Use::Session { closed, idle } => {
                self.queue.open(logged.opened, logged.open, *closed, idle).map(|opened| opened.session)
            }
            Use::Results { quantity, failed } => {
                let failed = failed.map(|failed| (failed.at, failed.quantity));
                self.queue.order(logged.opened, logged.open, *quantity, failed);
                None
            }
        }
    }

    fn say(&mut self, row: Option<(&Logged, Option<SessionId>)>) -> io::Result<()> {
        let (entries, roster) = (&self.queue.journal.entries, self.queue.roster());
        self.listener.hear(&Said { entries, roster, row })?;
        self.queue.journal.clear();
        Ok(())
    }
}
