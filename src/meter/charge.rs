//! Holds: a window's rate is set aside until it settles, then posted as a charge or voided (T6a).

use super::journal::{Cause, Entry, PackChange, Verdict, Window};
use super::pairs::{Charge, PairId, Running, Undecided};
use super::sessions::{Session, SessionId};
use super::timers::WindowEnd;
use super::{Grant, Journal, Meter, change};
use crate::ids::TeamId;
use crate::time::{Instant, Span};

impl Meter {
    /// The pair's window, if it still runs: an open at exactly its end isn't in it (T8).
    pub(super) fn running(&self, pair: PairId) -> Option<&Running> {
        self.pairs.get(pair).window.as_ref().filter(|running| self.now < running.window.end)
    }

    /// The window that would start now (T1).
    pub(super) fn new_window(&mut self, team: TeamId) -> Window {
        let number = self.windows;
        self.windows += 1;
        Window { number, team, start: self.now, end: self.now + Span::DAY }
    }

    /// Whether a window that starts now settles at once: its session has been open for the grace (T6a).
    fn outlived_the_grace(&self, opened: Instant) -> bool {
        opened + self.rules.grace <= self.now
    }

    /// What a window that starts now says of its charge.
    pub(super) fn verdict(&self, opened: Instant, reason: Grant) -> Verdict {
        if self.outlived_the_grace(opened) { Verdict::Granted(reason) } else { Verdict::Undecided(reason) }
    }

    /// Starts a window and holds its rate; posts it at once where its session has been open for the grace. `since` is the
    /// [`WindowEnd`]'s.
    pub(super) fn begin(
        &mut self,
        pair: PairId,
        window: Window,
        charge: Charge,
        decider: SessionId,
        since: Instant,
        journal: &mut Journal,
    ) {
        let hold = self.ledger.hold(window.team, charge.tokens).expect("the team was chosen because it can pay");
        let settled = self.sessions.get(decider).is_none_or(|session| self.outlived_the_grace(session.opened));
        let running = Running { window, charge, undecided: Some(Undecided { hold, decider }) };
        let running = if settled { self.burn(pair, running, journal) } else { running };
        self.pairs.get_mut(pair).window = Some(running);
        self.timers.add_window_end(WindowEnd { at: window.end, pair, window: window.number, since });
    }

    /// A session has been open for the grace: what it decides is posted.
    pub(super) fn grace_is_over(&mut self, journal: &mut Journal) {
        for session in self.timers.unforeseen_graces() {
            if let Some(pair) = self.sessions.foresee(session) {
                self.pairs.foresee(pair);
            }
        }
        let Some(id) = self.timers.take_grace() else { return };
        if let Some(session) = self.sessions.get_mut(id) {
            session.awaits_grace = false;
            let pair = session.pair;
            self.settle(pair, id, |meter, pair, running, journal| Some(meter.post(pair, running, journal)), journal);
        }
    }

    /// A session was closed in time: its holds pass to the next that is still open, or are voided.
    pub(super) fn closed_in_time(&mut self, pair: PairId, id: SessionId, journal: &mut Journal) {
        self.settle(pair, id, Meter::pass_on, journal);
    }

    /// Does the same with every window that a session decides: the running one, and any that ended undecided.
    fn settle(
        &mut self,
        pair: PairId,
        decider: SessionId,
        how: impl Fn(&mut Meter, PairId, Running, &mut Journal) -> Option<Running>,
        journal: &mut Journal,
    ) {
        let decides = |running: &Running| running.undecided.is_some_and(|undecided| undecided.decider == decider);
        let mut place = self.overdue.partition_point(|(of, _)| *of < pair);
        while let Some((of, running)) = self.overdue.get(place).copied()
            && of == pair
        {
            if !decides(&running) {
                place += 1;
                continue;
            }
            self.overdue.remove(place);
            if let Some(running) = how(self, pair, running, journal)
                && running.undecided.is_some()
            {
                self.overdue.insert(place, (pair, running));
                place += 1;
            }
        }
        if let Some(running) = self.pairs.get(pair).window.filter(decides) {
            self.pairs.get_mut(pair).window = how(self, pair, running, journal);
        }
    }

    fn pass_on(&mut self, pair: PairId, mut running: Running, journal: &mut Journal) -> Option<Running> {
        let mut undecided = running.undecided?;
        let Some((next, session)) = self.next_payer(pair) else {
            self.void(&running, undecided, journal);
            return None;
        };
        undecided.decider = next;
        running.undecided = Some(undecided);
        // Who opened inside the window carries the charge from here on; for one who was there before it, its renewal does.
        if session.undecided_in == Some(running.window.number) {
            journal.entries.push(Entry::Free { decision: running.charge.decision });
            running.charge.decision = session.decision;
            running.charge.reason = session.reason;
        }
        Some(if session.awaits_grace { running } else { self.post(pair, running, journal) })
    }

    /// The earliest session of a pair that has to pay.
    pub(super) fn next_payer(&self, pair: PairId) -> Option<(SessionId, Session)> {
        self.payers(pair).next().map(|(id, session)| (id, *session))
    }

    /// The sessions of a pair that are neither covered, when last checked, nor left open unpaid, nor idle for too long (T7).
    pub(super) fn payers(&self, pair: PairId) -> impl Iterator<Item = (SessionId, &Session)> {
        let sessions = self.sessions.of(self.pairs.get(pair).sessions);
        sessions.filter(|(_, session)| !session.unpaid && !session.covered && !session.is_paused(self.now))
    }

    fn post(&mut self, pair: PairId, running: Running, journal: &mut Journal) -> Running {
        journal.entries.push(Entry::Posted { window: running.window.number, decision: running.charge.decision });
        self.burn(pair, running, journal)
    }

    fn burn(&mut self, pair: PairId, running: Running, journal: &mut Journal) -> Running {
        let pair = self.pairs.get(pair);
        if let Some(undecided) = running.undecided {
            let cause = Cause {
                decision: running.charge.decision,
                reason: running.charge.reason,
                user: pair.user,
                product: pair.product,
                with_host: self.sessions.get(undecided.decider).is_some_and(|session| session.with_host),
                session: Some(self.opened_by_user(undecided.decider)),
            };
            let (at, posted) = (running.window.start, self.now);
            self.ledger.burn(undecided.hold, &mut |posting| {
                journal.entries.push(Entry::Pack(PackChange { at, posted, posting, cause: Some(cause) }));
            });
        }
        Running { undecided: None, ..running }
    }

    /// The session itself, or the host's that the user opened and that it came along with.
    pub(super) fn opened_by_user(&self, mut id: SessionId) -> SessionId {
        while let Some(session) = self.sessions.get(id).filter(|session| session.with_host)
            && let Some(host) = session.host
        {
            id = host;
        }
        id
    }

    fn void(&mut self, running: &Running, undecided: Undecided, journal: &mut Journal) {
        journal.entries.push(Entry::Voided { window: running.window.number });
        self.ledger.release(undecided.hold, &mut change(self.now, journal));
    }
}
