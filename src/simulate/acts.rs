//! Doing what is planned: opening, ordering, leaving.

use super::Trace;
use super::intent::Intent;
use super::outcome::Tally;
use super::replication::{Replication, avoided};
use super::still_open::StillOpen;
use crate::behaviour::{Planned, Results, Until, What};
use crate::diagnostic::Diagnostic;
use crate::ids::{IdentityId, UserId};
use crate::meter::Open;
use crate::queue::Queue;
use crate::scenario::identity;
use crate::time::Instant;
use crate::usage_log::{Failed, Logged, Use, idle_within};

impl Replication<'_> {
    /// Does what is planned for one instant: those who leave or join come first, and what anybody closes is closed before anything is
    /// opened.
    pub(super) fn act(
        &mut self,
        planned: &[Planned],
        tally: &mut Tally<'_>,
        trace: &mut Option<&mut Trace>,
    ) -> Result<(), Box<Diagnostic>> {
        for planned in planned {
            match planned.what {
                What::Leaves => self.leave(planned.user, planned.opened, trace),
                What::Joins => self.gone[planned.user.index()] = false,
                What::Session(_) if self.is_to_be_done(planned) => self.close_left_open(planned, trace),
                What::Session(_) | What::Results => continue,
            }
            self.has_begun(planned);
        }
        for planned in planned {
            match planned.what {
                What::Session(until) if self.is_to_be_done(planned) => self.open(planned, until, tally, trace)?,
                What::Results if self.is_to_be_done(planned) => self.order(planned, tally, trace)?,
                _ => continue,
            }
            self.has_begun(planned);
        }
        Ok(())
    }

    /// What was planned for its day can't be planned again.
    fn has_begun(&mut self, planned: &Planned) {
        if let Some(reactions) = &mut self.reactions {
            reactions.begin(planned.user, planned.origin.day);
        }
    }

    fn is_to_be_done(&self, planned: &Planned) -> bool {
        let dropped = self.reactions.as_ref().is_some_and(|reactions| reactions.is_dropped(planned));
        !dropped && self.is_there(planned)
    }

    /// What was left open until the same product is opened next.
    fn close_left_open(&mut self, planned: &Planned, trace: &mut Option<&mut Trace>) {
        for left in self.open.take_left_open(planned.user, planned.product) {
            close(&mut self.queue, planned.opened, left, trace);
        }
    }

    fn open(
        &mut self,
        planned: &Planned,
        until: Until,
        tally: &mut Tally<'_>,
        trace: &mut Option<&mut Trace>,
    ) -> Result<(), Box<Diagnostic>> {
        let (user, product, at) = (planned.user, planned.product, planned.opened);
        self.suspects.opened(user, product, at, |suspect| avoided(suspect, tally, trace));
        // What the same user has opened at this instant.
        self.close_left_open(planned, trace);
        let closed = match until {
            Until::At(closed) => Some(closed),
            Until::NextOpen => None,
        };
        let open = self.request(planned);
        let idle =
            if planned.idle().is_empty() { Vec::new() } else { idle_within(at, closed, planned.idle().to_vec()) };
        let opened = self.queue.open(at, open, closed, &idle);
        let traced = trace.as_mut().map_or(0, |trace| {
            let closed = closed.filter(|closed| *closed < self.scenario.end);
            let intent = Intent::of(planned, &self.planner, opened.map(|opened| opened.session));
            trace.add(Logged { opened: at, open, what: Use::Session { closed, idle } }, intent)
        });
        if let Some(opened) = opened
            && (until == Until::NextOpen || self.planner.may_leave(user))
        {
            self.open.note(user, at, StillOpen { product, opened, until, origin: planned.origin, traced });
        }
        self.hear(Some(planned), tally, trace).map(drop)
    }

    fn order(
        &mut self,
        planned: &Planned,
        tally: &mut Tally<'_>,
        trace: &mut Option<&mut Trace>,
    ) -> Result<(), Box<Diagnostic>> {
        let Some(Results { quantity, failed }) = planned.details.as_ref().map(|details| details.results) else {
            return Ok(());
        };
        let (opened, open) = (planned.opened, self.request(planned));
        self.queue.order(opened, open, quantity, failed);
        if let Some(trace) = trace {
            let failed = failed.filter(|failed| failed.0 < self.scenario.end);
            let failed = failed.map(|(at, quantity)| Failed { at, quantity });
            trace.add(
                Logged { opened, open, what: Use::Results { quantity, failed } },
                Intent::of(planned, &self.planner, None),
            );
        }
        self.hear(Some(planned), tally, trace).map(drop)
    }

    /// What the meter is asked.
    fn request(&mut self, planned: &Planned) -> Open {
        let details = planned.details.as_deref();
        let name = details.and_then(|details| details.identity.as_deref());
        let name = name.map(|name| self.scenario.pseudonyms.user(name));
        let user = &self.scenario.users[planned.user.index()].name;
        Open {
            user: planned.user,
            product: planned.product,
            device: planned.device,
            version: planned.version,
            identity: name.map_or(IdentityId(0), |name| identity(&mut self.identities, Some(&name), user)),
            online: !details.is_some_and(|details| details.offline),
            supported: true,
            idle_aware: self.scenario.idle_aware(planned.product, self.planner.version_name(planned.version)),
        }
    }

    /// From here on the user opens nothing, and what is open is closed.
    fn leave(&mut self, user: UserId, at: Instant, trace: &mut Option<&mut Trace>) {
        self.gone[user.index()] = true;
        self.close_all(user, at, trace);
    }

    /// The user closes all that is open.
    pub(super) fn close_all(&mut self, user: UserId, at: Instant, trace: &mut Option<&mut Trace>) {
        if at < self.scenario.end {
            for session in self.open.take_all(user, at) {
                close(&mut self.queue, at, session, trace);
            }
        }
    }
}

/// Closes a session otherwise than was planned.
fn close(queue: &mut Queue<'_>, at: Instant, session: StillOpen, trace: &mut Option<&mut Trace>) {
    queue.close(at, session.opened);
    if let Some(trace) = trace {
        trace.sessions[session.traced].close(at);
    }
}
