//! Who had what open, and which windows there were: no more than answers may ask for.

use std::cell::Cell;
use std::rc::Rc;

use super::Session;
use crate::ids::{DeviceId, PackId};
use crate::meter::{Decision, EndedBy, Grant, SessionId, Verdict, Window};
use crate::time::Instant;

/// A session from open to close.
#[derive(Debug)]
pub(super) struct Stay {
    /// As the meter names it; for an add-in that its host opened, the host's that the user opened.
    pub(super) session: SessionId,
    pub(super) device: DeviceId,
    pub(super) opened: Instant,
    /// When its user closes it.
    pub(super) closed: Option<Instant>,
    /// Without meaningful use (rules.md T7).
    pub(super) idle: Vec<(Instant, Instant)>,
    /// When the meter ended it, and why.
    pub(super) ended: Cell<Option<(Instant, EndedBy)>>,
    /// What an add-in closes with at the latest (rules.md X2).
    pub(super) host: Option<Rc<Stay>>,
    /// Whether the host opened it.
    pub(super) with_host: bool,
    /// Whether a subscription or trial covers it, as was last said.
    pub(super) covered: Cell<bool>,
}

impl Stay {
    /// When it ends, whoever ends it.
    pub(super) fn end(&self) -> Option<Instant> {
        let host = self.host.as_ref().and_then(|host| host.end());
        [self.closed, self.ended.get().map(|(at, _)| at), host].into_iter().flatten().min()
    }

    pub(super) fn is_open_after(&self, at: Instant) -> bool {
        self.end().is_none_or(|end| end > at)
    }

    /// Since when it was idle, where that ended at an instant.
    pub(super) fn idle_until(&self, at: Instant) -> Option<Instant> {
        self.idle.iter().find(|span| span.1 == at).map(|span| span.0)
    }

    pub(super) fn shown(&self) -> Session {
        let ended = self.ended.get().filter(|(at, _)| Some(*at) == self.end());
        Session { opened: self.opened, closed: self.end(), ended_by: ended.map(|(_, by)| by) }
    }
}

/// One user and one product.
#[derive(Debug, Default)]
pub(super) struct Pair {
    /// The first three that an open was tried on (rules.md E10).
    pub(super) devices: Vec<DeviceId>,
    /// In the order of opening.
    pub(super) open: Vec<Rc<Stay>>,
    /// The last one that wasn't voided.
    pub(super) window: Option<Window>,
    before: Option<Window>,
    /// When an open on another device last ended a session.
    pub(super) signed_out: Option<Instant>,
}

const DEVICES: usize = 3;

impl Pair {
    pub(super) fn try_device(&mut self, device: DeviceId) {
        if self.devices.len() < DEVICES && !self.devices.contains(&device) {
            self.devices.push(device);
        }
    }

    /// Forgets what is closed by now.
    pub(super) fn close_until(&mut self, now: Instant) {
        self.open.retain(|stay| stay.is_open_after(now));
    }

    /// Whether what is open is covered, as a decision says.
    pub(super) fn note_covers(&self, decision: &Decision, stay: Option<&Stay>) {
        if decision.asked == Grant::LapsedWhileOpen {
            self.open.iter().for_each(|stay| stay.covered.set(false));
        }
        if let (Verdict::Granted(Grant::Subscription | Grant::Trial), Some(stay)) = (decision.verdict, stay) {
            stay.covered.set(true);
        }
    }

    pub(super) fn stay(&self, session: SessionId) -> Option<&Rc<Stay>> {
        self.open.iter().find(|stay| stay.session == session)
    }

    /// Whether this is a window that begins.
    pub(super) fn begin(&mut self, window: Window) -> bool {
        let new = self.window.is_none_or(|known| known.number != window.number);
        if new {
            self.before = self.window.replace(window);
        }
        new
    }

    pub(super) fn void(&mut self, window: u64) {
        if self.window.is_some_and(|known| known.number == window) {
            self.window = self.before.take();
        }
    }
}

/// A window that is asked for.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) window: Window,
    /// The pair's window before it.
    pub(super) before: Option<Window>,
    /// The packs in line when its rate was set aside.
    pub(super) line: Vec<PackId>,
    /// Whether the open that began it ended a session on another device.
    pub(super) signed_out: bool,
    /// The session that began it.
    pub(super) begun_by: Option<Rc<Stay>>,
    /// What was open at its start, and what was opened in it.
    pub(super) stays: Vec<Rc<Stay>>,
}
