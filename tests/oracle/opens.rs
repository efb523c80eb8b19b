//! Opens: the checks in the order of rules.md E14, and new windows.

use crate::case::{Row, TeamChoice, Tokens};
use crate::meter::{Meter, Pays, Session, State, Window};
use crate::packs::Cause;
use crate::tables::Decision;

/// E9.
const FROM_2020_ON_LINUX: [&str; 4] = ["Flame", "Maya", "MotionBuilder", "Mudbox"];
/// E10.
const MOST_DEVICES: usize = 3;

/// Why an open is granted.
enum Grant {
    Covered(&'static str),
    FreeAddIn,
    Running(usize),
    NewWindow(usize, Tokens),
}

impl Meter<'_> {
    pub fn open_due(&mut self) {
        let (log, now) = (self.log, self.now);
        for row in log.rows.iter().filter(|row| row.opened == now) {
            if self.scenario.products[row.product].per_result {
                continue;
            }
            let host = self.host_of(row);
            let opened = self.open(row.clone(), host, false);
            if let Some(session) = opened.filter(|_| row.of_no_length()) {
                self.close(session);
            }
        }
    }

    /// The host session that an add-in opened by hand closes with (X2): the latest one on its device.
    fn host_of(&self, row: &Row) -> Option<usize> {
        let host = self.scenario.products[row.product].host?;
        let user = self.roster.find(&row.user)?;
        let on_device = |session: &usize| self.sessions[*session].row.device == row.device;
        self.open_sessions(user, host).into_iter().rfind(on_device)
    }

    /// Opens a session and the add-ins that load with it (X2); gives the session where it is granted.
    fn open(&mut self, row: Row, host: Option<usize>, loaded: bool) -> Option<usize> {
        let Some(user) = self.roster.find(&row.user) else {
            self.deny(&row, "not_assigned");
            return None;
        };
        let grant = match self.check_open(user, &row) {
            Ok(grant) => grant,
            Err(reason) => {
                self.deny(&row, reason);
                return None;
            }
        };
        let session = self.admit(user, row, host, loaded, grant);
        for add_in in 0..self.scenario.products.len() {
            let product = &self.scenario.products[add_in];
            if product.loads_with_host && product.host == Some(self.sessions[session].row.product) {
                let row = Row { product: add_in, closed: None, ..self.sessions[session].row.clone() };
                self.open(row, Some(session), true);
            }
        }
        Some(session)
    }

    fn check_open(&mut self, user: usize, row: &Row) -> Result<Grant, &'static str> {
        let beyond = !self.admits_device(user, row);
        if !self.supports(row) {
            return Err("version_not_supported");
        }
        if beyond {
            return Err("device_limit");
        }
        for session in self.open_sessions(user, row.product) {
            // Closing one may have closed another, where an add-in is its own host's.
            if self.sessions[session].row.device != row.device && self.sessions[session].is_open {
                if !self.scenario.rules.sign_out_first {
                    return Err("in_use_elsewhere");
                }
                self.close(session);
            }
        }
        if self.scenario.products[row.product].rate.is_none() {
            return Ok(Grant::FreeAddIn);
        }
        if let Some(cover) = self.cover(user, row.product, &row.identity) {
            return Ok(Grant::Covered(cover));
        }
        let teams = self.roster.teams_for(user, row.product, self.now)?;
        if let Some(window) = self.running(user, row.product) {
            return Ok(Grant::Running(window));
        }
        if !row.online {
            return Err("offline");
        }
        let rate = self.rate(row.product);
        Ok(Grant::NewWindow(self.team_that_pays(&teams, rate)?, rate))
    }

    /// E9; a version that doesn't begin with a year isn't judged.
    fn supports(&self, row: &Row) -> bool {
        let name = &*self.scenario.products[row.product].name;
        let year: Option<u32> = row.version.get(..4).and_then(|year| year.parse().ok());
        row.platform != "linux" || !FROM_2020_ON_LINUX.contains(&name) || year.is_none_or(|year| year >= 2020)
    }

    /// E10: a device counts from the first open tried on it, whatever comes of it.
    fn admits_device(&mut self, user: usize, row: &Row) -> bool {
        let devices = self.devices.entry((user, row.product)).or_default();
        if !devices.contains(&row.device) && devices.len() < MOST_DEVICES {
            devices.push(row.device.clone());
        }
        devices.contains(&row.device)
    }

    pub fn rate(&self, product: usize) -> Tokens {
        self.rates[product].expect("what is free is granted before")
    }

    /// E12, P6: the team that pays, or why none can.
    pub fn team_that_pays(&self, teams: &[usize], tokens: Tokens) -> Result<usize, &'static str> {
        let can_pay = teams.iter().copied().filter(|team| self.packs.free(*team) >= tokens);
        let chosen = match self.scenario.rules.team_choice {
            TeamChoice::FirstListed => can_pay.min_by_key(|_| 0),
            TeamChoice::MostTokens => can_pay.min_by_key(|team| -self.packs.free(*team)),
            TeamChoice::EarliestEndDate => can_pay.min_by_key(|team| self.packs.earliest_end(*team)),
        };
        if let Some(team) = chosen {
            Ok(team)
        } else if teams.iter().any(|team| self.packs.free(*team) > 0) {
            Err("balance_low")
        } else if teams.iter().any(|team| self.packs.may_be_empty(*team)) {
            Err("balance_zero")
        } else {
            Err("all_packs_expired")
        }
    }

    fn admit(&mut self, user: usize, row: Row, host: Option<usize>, loaded: bool, grant: Grant) -> usize {
        let (session, decision) = (self.sessions.len(), self.decisions.len());
        let pays = match grant {
            Grant::Covered(_) => Pays::Cover,
            Grant::FreeAddIn => Pays::Never,
            Grant::Running(_) | Grant::NewWindow(..) => Pays::Tokens,
        };
        self.sessions.push(Session { user, row, host, loaded, lapsed: false, is_open: true, pays, decision });
        match grant {
            Grant::Covered(cover) => self.decide(session, cover, None, 0),
            Grant::FreeAddIn => self.decide(session, "free_add_in", None, 0),
            Grant::Running(window) => self.decide(session, "covered_by_window", Some(window), 0),
            Grant::NewWindow(team, rate) => {
                let reason = self.sessions[session].charged_as();
                self.start_window(session, team, rate, reason);
            }
        }
        session
    }

    /// Starts a window now: the rate is held until the window settles (T6a).
    pub fn start_window(&mut self, session: usize, team: usize, rate: Tokens, reason: &'static str) {
        let Session { user, row, .. } = &self.sessions[session];
        let settles = self.now.max(row.opened + self.scenario.rules.grace);
        let window = Window {
            user: *user,
            product: row.product,
            start: self.now,
            team,
            shares: self.packs.hold(team, rate),
            payer: session,
            decision: self.decisions.len(),
            state: State::Settles(settles),
        };
        self.windows.push(window);
        let window = self.windows.len() - 1;
        self.decide(session, reason, Some(window), rate);
        if settles == self.now {
            self.post(window);
        }
    }

    pub fn post(&mut self, window: usize) {
        let Window { user, product, start, shares, .. } = &self.windows[window];
        let (user, product) = (&self.roster.users[*user].name, &self.scenario.products[*product].name);
        self.packs.post(shares, Cause { time: *start, user, product });
        self.windows[window].state = State::Posted;
    }

    pub fn decide(&mut self, session: usize, reason: &'static str, window: Option<usize>, tokens: Tokens) {
        let row = &self.sessions[session].row;
        self.decisions.push(Decision {
            time: self.now,
            user: row.user.clone(),
            product: row.product,
            version: row.version.clone(),
            device: row.device.clone(),
            granted: true,
            reason,
            team: window.map(|window| self.windows[window].team),
            tokens,
            window: window.map(|window| (window, self.windows[window].start)),
        });
    }

    pub fn deny(&mut self, row: &Row, reason: &'static str) {
        self.decisions.push(Decision {
            time: self.now,
            user: row.user.clone(),
            product: row.product,
            version: row.version.clone(),
            device: row.device.clone(),
            granted: false,
            reason,
            team: None,
            tokens: 0,
            window: None,
        });
    }
}
