//! What becomes due while a product is open: renewals (T4), lapses of covers (E7), and the end of idle time (T7).

use crate::case::{Cover, DAY};
use crate::meter::{Meter, Pays, State};

impl Meter<'_> {
    /// Windows that end now: what is still open is asked to pay again (T4), what isn't, isn't (T5).
    pub fn end_windows(&mut self) {
        for window in 0..self.windows.len() {
            let ends = self.windows[window].start + DAY;
            if ends == self.now && !matches!(self.windows[window].state, State::Voided) {
                self.windows[window].state = State::Ended;
                let (user, product) = (self.windows[window].user, self.windows[window].product);
                let sessions = self.open_sessions(user, product);
                if !self.ask(sessions, "renewal_left_open") {
                    self.note_cover(user, product);
                }
            }
        }
    }

    /// Asks sessions of one user and product to pay for a window that starts now, with the checks from the subscription on
    /// (E14). Gives whether there was anyone to ask.
    fn ask(&mut self, sessions: Vec<usize>, reason: &'static str) -> bool {
        for session in &sessions {
            self.look_for_cover(*session);
        }
        let asked = |session: &usize| self.sessions[*session].pays == Pays::Tokens && !self.is_idle(*session);
        let asked: Vec<usize> = sessions.into_iter().filter(asked).collect();
        for session in asked.iter().copied() {
            match self.renew(session, reason) {
                Ok(()) => break,
                Err("offline") => self.refuse(session, "offline", &[session]),
                Err(denial) => {
                    self.refuse(session, denial, &asked);
                    break;
                }
            }
        }
        !asked.is_empty()
    }

    /// Where a cover takes a renewal's place, it is the renewal's reason.
    fn note_cover(&mut self, user: usize, product: usize) {
        let covered = |session: &usize| self.sessions[*session].pays == Pays::Cover && !self.is_idle(*session);
        if let Some(session) = self.open_sessions(user, product).into_iter().find(covered) {
            let row = &self.sessions[session].row;
            let cover = self.cover(user, product, &row.identity).expect("it was found");
            self.decide(session, cover, None, 0);
        }
    }

    fn look_for_cover(&mut self, session: usize) {
        let row = &self.sessions[session].row;
        let covered = self.cover(self.sessions[session].user, row.product, &row.identity).is_some();
        let pays = &mut self.sessions[session].pays;
        *pays = match *pays {
            Pays::Never => Pays::Never,
            _ if covered => Pays::Cover,
            _ => Pays::Tokens,
        };
    }

    fn renew(&mut self, session: usize, reason: &'static str) -> Result<(), &'static str> {
        let (user, product) = (self.sessions[session].user, self.sessions[session].row.product);
        let teams = self.roster.teams_for(user, product, self.now)?;
        if !self.sessions[session].row.online {
            return Err("offline");
        }
        let rate = self.rate(product);
        let team = self.team_that_pays(&teams, rate)?;
        self.start_window(session, team, rate, reason);
        Ok(())
    }

    /// A denied renewal ends the sessions that were to pay; a shortfall may leave them open, unpaid (P7).
    fn refuse(&mut self, session: usize, denial: &'static str, payers: &[usize]) {
        let row = self.sessions[session].row.clone();
        self.deny(&row, denial);
        let shortfall = ["balance_low", "balance_zero", "all_packs_expired"].contains(&denial);
        for payer in payers {
            if shortfall && !self.scenario.rules.end_session {
                self.sessions[*payer].pays = Pays::Never;
            } else if self.sessions[*payer].is_open {
                self.close(*payer);
            }
        }
    }

    /// Covers that end now while the product is open (E7), in the order of writing.
    pub fn lapse_covers(&mut self) {
        for user in 0..self.roster.users.len() {
            let mut covers = self.roster.users[user].covers.clone();
            covers.sort_by_key(|cover| cover.trial);
            covers.retain(|cover| self.scenario.until(cover.until) == self.now);
            covers.iter().for_each(|cover| self.lapse(user, cover));
        }
    }

    /// What the cover was for is asked to pay. A paid window that is still running ends as any other; in one that isn't settled
    /// yet they take part from now on, which gives a row that may come to carry the charge. With `next_open` the next open is charged (E6), and with it what is
    /// open when that window ends (T4).
    fn lapse(&mut self, user: usize, cover: &Cover) {
        let mut lapsed = self.open_sessions(user, cover.product);
        lapsed.retain(|session| {
            let session = &self.sessions[*session];
            let name = &self.roster.users[user].name;
            let sign_in = if session.row.identity.is_empty() { name } else { &session.row.identity };
            let covered = self.cover(user, cover.product, sign_in).is_some();
            session.pays == Pays::Cover && sign_in == cover.identity.as_ref().unwrap_or(name) && !covered
        });
        let Some(first) = lapsed.first().copied() else { return };
        let running = self.running(user, cover.product);
        let charge = self.scenario.rules.charge_lapses;
        let pays = if running.is_none() && !charge { Pays::Waits } else { Pays::Tokens };
        lapsed.iter().for_each(|session| self.sessions[*session].pays = pays);
        match running {
            None if charge => drop(self.ask(lapsed, "lapsed_while_open")),
            Some(window) if charge && matches!(self.windows[window].state, State::Settles(_)) => {
                self.sessions[first].decision = self.decisions.len();
                self.sessions[first].lapsed = true;
                self.decide(first, "covered_by_window", Some(window), 0);
            }
            _ => {}
        }
    }

    /// Sessions whose idle time ends now (T7): where no window is running, one starts.
    pub fn resume(&mut self) {
        for first in 0..self.sessions.len() {
            let (user, product) = (self.sessions[first].user, self.sessions[first].row.product);
            let resumes = |session: &usize| {
                matches!(self.sessions[*session].pays, Pays::Tokens | Pays::Waits)
                    && self.idle_spans(*session).iter().any(|(_, end)| *end == self.now)
            };
            // Who resumes is asked first.
            let mut sessions = self.open_sessions(user, product);
            if sessions.iter().find(|session| resumes(session)) == Some(&first) && self.running(user, product).is_none()
            {
                sessions.sort_by_key(|session| *session != first);
                self.ask(sessions, "resumed_after_idle");
            }
        }
    }
}
