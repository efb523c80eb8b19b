//! Opens: the checks of E14 in their order, then a window.

use super::journal::{Decision, EndedBy, Entry, Verdict, Window};
use super::pairs::{Charge, PairId};
use super::sessions::{Session, SessionId};
use super::{Denial, Grant, Journal, Meter, Open, SecondDevice};
use crate::ids::{ProductId, TeamId};
use crate::tokens::Tokens;

/// What a decision is about.
#[derive(Clone, Copy)]
pub(super) struct Request {
    pub(super) open: Open,
    /// What it is charged as, where it is charged.
    pub(super) asked: Grant,
    /// The session that was open before, where one was.
    pub(super) renews: Option<SessionId>,
}

/// An open that has passed the checks: how, and what it costs.
struct Granted {
    verdict: Verdict,
    window: Option<Window>,
    tokens: Tokens,
}

impl Meter {
    /// Opens a product, and right after it the add-ins that load with it (X2); a host that is denied opens none.
    pub(super) fn open(&mut self, open: Open, journal: &mut Journal) -> Option<SessionId> {
        let host = self.host_session(&open);
        let session = self.open_one(open, host, Grant::NewWindow, journal)?;
        self.load_add_ins(open, session, journal);
        Some(session)
    }

    fn load_add_ins(&mut self, host: Open, session: SessionId, journal: &mut Journal) {
        for place in 0..self.roster.products[host.product.index()].loads.len() {
            let add_in = Open { product: self.roster.products[host.product.index()].loads[place], ..host };
            if let Some(loaded) = self.open_one(add_in, Some(session), Grant::AddInWithHost, journal) {
                self.load_add_ins(add_in, loaded, journal);
            }
        }
    }

    /// The session that an add-in opened by its user belongs to: the latest of its host on the same device.
    fn host_session(&self, open: &Open) -> Option<SessionId> {
        let host = self.roster.products[open.product.index()].host?;
        let pair = self.pairs.find(open.user, host)?;
        let (id, session) = self.sessions.last(self.pairs.get(pair).sessions)?;
        (session.device == open.device).then_some(id)
    }

    fn open_one(
        &mut self,
        open: Open,
        host: Option<SessionId>,
        reason: Grant,
        journal: &mut Journal,
    ) -> Option<SessionId> {
        let pair = self.pairs.find_or_add(open.user, open.product);
        match self.check(pair, &open, reason, journal) {
            Ok(granted) => Some(self.grant(pair, &open, host, reason, granted, journal)),
            Err(denial) => {
                self.deny(&Request { open, asked: reason, renews: None }, denial, journal);
                None
            }
        }
    }

    /// The checks, in the order of E14.
    fn check(&mut self, pair: PairId, open: &Open, reason: Grant, journal: &mut Journal) -> Result<Granted, Denial> {
        if !self.roster.users[open.user.index()].known {
            return Err(Denial::NotAssigned);
        }
        // A device counts from the first open tried on it, whatever becomes of that.
        let admitted = self.pairs.get_mut(pair).admits(open.device);
        if !open.supported {
            return Err(Denial::VersionNotSupported);
        }
        if !admitted {
            return Err(Denial::DeviceLimit);
        }
        self.leave_other_devices(pair, open, journal)?;
        let free = |grant| Granted { verdict: Verdict::Granted(grant), window: None, tokens: Tokens::ZERO };
        let Some(rate) = self.rate(open.product) else { return Ok(free(Grant::FreeAddIn)) };
        if let Some(cover) = self.roster.cover(open.user, open.product, open.identity, self.now) {
            return Ok(free(cover.grant()));
        }
        self.entitled(open.user, open.product)?;
        if let Some(running) = self.running(pair) {
            let undecided = running.undecided.is_some();
            let verdict = if undecided { Verdict::Undecided(reason) } else { Verdict::Granted(Grant::CoveredByWindow) };
            // Where it is undecided, these are the tokens to pay if the hold passes to this open.
            let tokens = if undecided { running.charge.tokens } else { Tokens::ZERO };
            return Ok(Granted { verdict, window: Some(running.window), tokens });
        }
        let team = self.payer(open, rate, journal)?;
        let window = self.new_window(team);
        Ok(Granted { verdict: self.verdict(self.now, reason), window: Some(window), tokens: rate })
    }

    /// A product runs on one device at a time (E11).
    fn leave_other_devices(&mut self, pair: PairId, open: &Open, journal: &mut Journal) -> Result<(), Denial> {
        while let Some(session) = self.session_elsewhere(pair, open) {
            match self.rules.second_device {
                SecondDevice::Deny => return Err(Denial::InUseElsewhere),
                SecondDevice::SignOutFirst => self.end(session, EndedBy::OtherDevice, journal),
            }
        }
        Ok(())
    }

    fn session_elsewhere(&self, pair: PairId, open: &Open) -> Option<SessionId> {
        // All that are open are on one device.
        let (id, session) = self.sessions.of(self.pairs.get(pair).sessions).next()?;
        (session.device != open.device).then_some(id)
    }

    fn grant(
        &mut self,
        pair: PairId,
        open: &Open,
        host: Option<SessionId>,
        reason: Grant,
        granted: Granted,
        journal: &mut Journal,
    ) -> SessionId {
        let Granted { verdict, window, tokens } = granted;
        let team = window.map(|window| window.team);
        let request = Request { open: *open, asked: reason, renews: None };
        let decision = self.decide(&request, verdict, team, window, tokens, journal);
        let session = Session {
            pair,
            opened: self.now,
            device: open.device,
            version: open.version,
            identity: open.identity,
            online: open.online,
            host,
            with_host: reason == Grant::AddInWithHost,
            reason,
            decision,
            awaits_grace: false,
            undecided_in: window.filter(|_| matches!(verdict, Verdict::Undecided(_))).map(|window| window.number),
            covered: matches!(verdict, Verdict::Granted(Grant::Subscription | Grant::Trial | Grant::FreeAddIn)),
            unpaid: false,
            idle_aware: open.idle_aware,
            idle_since: None,
        };
        let id = self.sessions.open(session, &mut self.pairs.get_mut(pair).sessions);
        self.remember_grace(verdict, window, id);
        if let Some(window) = window
            && self.running(pair).is_none()
        {
            self.begin(pair, window, Charge { decision, reason, tokens }, id, self.now, journal);
        }
        id
    }

    /// A session decides nothing later where its window is paid and outlasts its grace.
    fn remember_grace(&mut self, verdict: Verdict, window: Option<Window>, session: SessionId) {
        let over = self.now + self.rules.grace;
        let settled = matches!(verdict, Verdict::Granted(_)) && window.is_some_and(|window| window.end >= over);
        if !settled && verdict != Verdict::Granted(Grant::FreeAddIn) {
            self.timers.add_grace(over, session);
            if let Some(session) = self.sessions.get_mut(session) {
                session.awaits_grace = true;
            }
        }
    }

    pub(super) fn deny(&mut self, request: &Request, denial: Denial, journal: &mut Journal) {
        let could_pay = || self.roster.teams(request.open.user, request.open.product, self.now).next();
        let team = if denial.for_want_of_tokens() { could_pay() } else { None };
        self.decide(request, Verdict::Denied(denial), team, None, Tokens::ZERO, journal);
    }

    pub(super) fn decide(
        &mut self,
        request: &Request,
        verdict: Verdict,
        team: Option<TeamId>,
        window: Option<Window>,
        tokens: Tokens,
        journal: &mut Journal,
    ) -> u64 {
        let Request { open, asked, renews } = request;
        let number = self.decisions;
        self.decisions += 1;
        journal.entries.push(Entry::Decision(Decision {
            number,
            at: self.now,
            user: open.user,
            product: open.product,
            version: open.version,
            device: open.device,
            asked: *asked,
            renews: *renews,
            verdict,
            team,
            window,
            tokens,
        }));
        number
    }

    /// What a session asks for that is open already.
    pub(super) fn again(&self, id: SessionId, session: &Session, asked: Grant) -> Request {
        Request { open: self.open_of(session), asked, renews: Some(self.opened_by_user(id)) }
    }

    fn open_of(&self, session: &Session) -> Open {
        let pair = self.pairs.get(session.pair);
        Open {
            user: pair.user,
            product: pair.product,
            device: session.device,
            version: session.version,
            identity: session.identity,
            online: session.online,
            supported: true,
            idle_aware: session.idle_aware,
        }
    }

    /// The rate of a product that has one.
    pub(super) fn rate_of(&self, product: ProductId) -> Tokens {
        self.rate(product).unwrap_or(Tokens::ZERO)
    }
}
