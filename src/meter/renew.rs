//! What is still open when a window ends (T4, T5) or a cover lapses (E7).

use super::journal::{EndedBy, Verdict};
use super::pairs::{Charge, Pair, PairId};
use super::sessions::{Session, SessionId};
use super::{Denial, Grant, Journal, LapseWhileOpen, Meter, Open, RenewalShortfall};
use crate::ids::IdentityId;
use crate::time::Instant;
use crate::tokens::Tokens;

impl Meter {
    /// A window ends: what is still open pays for the next one.
    pub(super) fn window_ends(&mut self, journal: &mut Journal) {
        self.foresee_window_ends();
        let Some(end) = self.timers.take_window_end() else { return };
        let pair = self.pairs.get_mut(end.pair);
        let Some(running) = pair.window.filter(|running| running.window.number == end.window) else { return };
        pair.window = None;
        if running.undecided.is_some() {
            let place = self.overdue.partition_point(|(pair, _)| *pair <= end.pair);
            self.overdue.insert(place, (end.pair, running));
        }
        self.check_covers(end.pair, None);
        match self.next_payer(end.pair) {
            Some((id, session)) => self.renew(end.pair, id, &session, Grant::RenewalLeftOpen, end.since, journal),
            None => self.renew_under_cover(end.pair, journal),
        }
    }

    fn foresee_window_ends(&mut self) {
        for end in self.timers.unforeseen_window_ends() {
            if let Some(pair) = self.pairs.foresee(end.pair).filter(|pair| !pair.sessions.is_empty()) {
                self.sessions.foresee_open(end.pair);
                self.roster.foresee(pair.user);
            }
        }
    }

    /// A subscription or trial ends: a window starts, unless one is running.
    pub(super) fn cover_lapses(&mut self, journal: &mut Journal) {
        let Some(place) = self.timers.take_lapse() else { return };
        let cover = self.roster.covers[place];
        if self.rate(cover.product).is_none() {
            return;
        }
        let Some(pair) = self.pairs.find(cover.user, cover.product) else { return };
        if self.rules.lapse_while_open == LapseWhileOpen::NextOpen {
            return;
        }
        let first = self.first_covered(pair, cover.identity);
        self.check_covers(pair, Some(cover.identity));
        let Some(id) = first else { return };
        let Some(session) = self.sessions.get(id).filter(|session| !session.covered).copied() else { return };
        match self.running(pair).copied() {
            None => self.renew(pair, id, &session, Grant::LapsedWhileOpen, self.now, journal),
            Some(running) if running.undecided.is_some() => {
                // Not paid yet: should the hold pass to this session, this is the decision that carries the charge.
                let verdict = Verdict::Undecided(Grant::LapsedWhileOpen);
                let decision = self.decide(
                    &self.again(id, &session, Grant::LapsedWhileOpen),
                    verdict,
                    Some(running.window.team),
                    Some(running.window),
                    running.charge.tokens,
                    journal,
                );
                if let Some(session) = self.sessions.get_mut(id) {
                    session.decision = decision;
                    session.undecided_in = Some(running.window.number);
                    session.reason = Grant::LapsedWhileOpen;
                }
            }
            Some(_) => {}
        }
    }

    /// Which of the open sessions are covered now: all, or those of one sign-in.
    pub(super) fn check_covers(&mut self, pair: PairId, sign_in: Option<IdentityId>) {
        let Pair { user, product, sessions, .. } = *self.pairs.get(pair);
        let (roster, now, free) = (&self.roster, self.now, self.rate(product).is_none());
        self.sessions.update(sessions, |session| {
            if sign_in.is_none_or(|sign_in| sign_in == session.identity) {
                session.covered = free || roster.cover(user, product, session.identity, now).is_some();
            }
        });
    }

    /// The earliest session of a sign-in that was covered so far, and isn't idle for too long.
    fn first_covered(&self, pair: PairId, sign_in: IdentityId) -> Option<SessionId> {
        let mut sessions = self.sessions.of(self.pairs.get(pair).sessions);
        let covered = |session: &Session| session.covered && session.identity == sign_in;
        sessions.find(|(_, session)| covered(session) && !session.is_paused(self.now)).map(|(id, _)| id)
    }

    /// The checks again, from the assignment on (E14); the window chooses its team anew. `since` is the [`super::timers::WindowEnd`]'s.
    pub(super) fn renew(
        &mut self,
        pair: PairId,
        id: SessionId,
        session: &Session,
        reason: Grant,
        since: Instant,
        journal: &mut Journal,
    ) {
        let request = self.again(id, session, reason);
        let open = &request.open;
        let rate = self.rate_of(open.product);
        let entitled = self.entitled(open.user, open.product);
        match entitled.and_then(|()| self.payer(open, rate, journal)) {
            Ok(team) => {
                let window = self.new_window(team);
                let verdict = self.verdict(session.opened, reason);
                let decision = self.decide(&request, verdict, Some(team), Some(window), rate, journal);
                self.begin(pair, window, Charge { decision, reason, tokens: rate }, id, since, journal);
            }
            Err(denial) => {
                self.deny(&request, denial, journal);
                self.refuse(pair, id, denial, journal);
                // Who is online renews for himself where another was offline (O2).
                if denial == Denial::Offline
                    && let Some((next, session)) = self.next_payer(pair)
                {
                    self.renew(pair, next, &session, reason, since, journal);
                }
            }
        }
    }

    /// A renewal that fails ends the session; one that only lacks tokens may leave it open unpaid (P7).
    fn refuse(&mut self, pair: PairId, first: SessionId, denial: Denial, journal: &mut Journal) {
        if denial == Denial::Offline {
            return self.end(first, EndedBy::Denial, journal);
        }
        let leave_open =
            denial.for_want_of_tokens() && self.rules.renewal_shortfall == RenewalShortfall::AllowUntilClose;
        while let Some((id, _)) = self.next_payer(pair) {
            if !leave_open {
                self.end(id, EndedBy::Denial, journal);
            } else if let Some(session) = self.sessions.get_mut(id) {
                session.unpaid = true;
            }
        }
    }

    /// Nothing that is still open has to pay. Where one is covered, the renewal is granted for that reason; what is idle waits.
    fn renew_under_cover(&mut self, pair: PairId, journal: &mut Journal) {
        let covered = |session: &Session| session.covered && !session.unpaid && !session.is_paused(self.now);
        let first = self.sessions.of(self.pairs.get(pair).sessions).find(|(_, session)| covered(session));
        let Some(request) = first.map(|(id, session)| self.again(id, session, Grant::RenewalLeftOpen)) else { return };
        let Open { user, product, identity, .. } = request.open;
        if let Some(cover) = self.roster.cover(user, product, identity, self.now) {
            self.decide(&request, Verdict::Granted(cover.grant()), None, None, Tokens::ZERO, journal);
        }
    }
}
