//! Closes, and what the grace decides (T6, T6a).

use crate::meter::{Meter, Pays, State};

impl Meter<'_> {
    pub fn close_due(&mut self) {
        for session in 0..self.sessions.len() {
            if self.sessions[session].is_open && self.sessions[session].row.closed == Some(self.now) {
                self.close(session);
            }
        }
    }

    /// Closes a session, and its add-ins with it (X2).
    pub fn close(&mut self, session: usize) {
        self.sessions[session].is_open = false;
        self.leave_window(session);
        let of_host = |add_in: &usize| self.sessions[*add_in].is_open && self.sessions[*add_in].host == Some(session);
        let add_ins: Vec<usize> = (0..self.sessions.len()).filter(of_host).collect();
        add_ins.into_iter().for_each(|add_in| self.close(add_in));
    }

    /// A session whose grace decides, and that closes in time, hands the hold on, or takes the window with it.
    fn leave_window(&mut self, session: usize) {
        let undecided = |state: State| matches!(state, State::Settles(_));
        let of_session = |place: &usize| self.windows[*place].payer == session && undecided(self.windows[*place].state);
        let Some(window) = (0..self.windows.len()).find(of_session) else { return };
        let (user, product) = (self.windows[window].user, self.windows[window].product);
        let heirs = self.open_sessions(user, product);
        match heirs.into_iter().find(|heir| self.sessions[*heir].pays == Pays::Tokens && !self.is_idle(*heir)) {
            Some(heir) => self.hand_on(window, heir),
            None => self.void(window),
        }
    }

    fn void(&mut self, window: usize) {
        self.undo(window);
        self.windows[window].state = State::Voided;
        let shares = self.windows[window].shares.clone();
        self.packs.void(&shares, self.now);
    }

    /// The hold passes to a session that is still open. One that the window covers by a later row carries the charge in that row
    /// from now on; a renewal's row keeps it where the heir was open before, and any row where a cover served the heir's open.
    fn hand_on(&mut self, window: usize, heir: usize) {
        let (own, carrier) = (self.sessions[heir].decision, self.windows[window].decision);
        if own > carrier && self.decisions[own].reason == "covered_by_window" {
            let tokens = self.decisions[carrier].tokens;
            self.decisions[carrier].undo();
            self.decisions[own].reason = self.sessions[heir].charged_as();
            self.decisions[own].tokens = tokens;
            self.windows[window].decision = own;
        }
        let settles = self.windows[window].start.max(self.sessions[heir].row.opened + self.scenario.rules.grace);
        self.windows[window].payer = heir;
        self.windows[window].state = State::Settles(settles);
    }

    pub fn settle_due(&mut self) {
        let mut due: Vec<usize> = (0..self.windows.len()).collect();
        due.retain(|window| matches!(self.windows[*window].state, State::Settles(at) if at <= self.now));
        due.sort_by_key(|window| self.windows[*window].payer);
        for window in due {
            self.post(window);
        }
    }
}
