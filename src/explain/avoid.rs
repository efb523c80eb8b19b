//! What would have avoided a charge: worked out from what happened, not from its reason alone.

use std::rc::Rc;

use super::charge::{covers, host};
use super::history::{Stay, Story};
use super::{Avoidance, Cover};
use crate::meter::{Decision, Grant};
use crate::replay::TableNames;
use crate::time::{Instant, Span};

/// Who needn't have worked much earlier is told so.
const MUCH_EARLIER: Span = Span::from_seconds(3600);

pub(super) fn avoidances(
    decision: &Decision,
    reason: Grant,
    story: Option<&Story>,
    payer: Option<&Stay>,
    lapsed: Option<&Cover>,
    names: &TableNames<'_>,
) -> Vec<Avoidance> {
    if decision.tokens.is_zero() {
        return Vec::new();
    }
    let use_of = story.zip(payer).map(|(story, payer)| Use { story, payer, grace: names.scenario.rules.grace });
    let mut avoided_by = Vec::new();
    match reason {
        Grant::NewWindow | Grant::AddInWithHost => {
            avoided_by.extend(use_of.as_ref().and_then(Use::in_the_window_before));
            avoided_by.extend(use_of.as_ref().and_then(Use::within_the_grace));
        }
        Grant::RenewalLeftOpen | Grant::LapsedWhileOpen => avoided_by.extend(use_of.as_ref().map(Use::closing_before)),
        _ => {}
    }
    if payer.is_some_and(|payer| payer.with_host) {
        let host = host(decision, names).unwrap_or_default();
        let opened_by_user = use_of.as_ref().and_then(|of| of.opened_again(|stay| !stay.with_host));
        avoided_by.push(Avoidance::NotLoading { host, opened_by_user });
    }
    avoided_by.extend(lapsed.cloned().map(Avoidance::LongerCover));
    let covered = covers(decision, names).find(|(from, cover)| (*from..cover.until).contains(&decision.at));
    avoided_by.extend(covered.map(|(_, cover)| Avoidance::SigningIn(cover)));
    if matches!(reason, Grant::NewWindow | Grant::ResumedAfterIdle | Grant::Result) {
        avoided_by.push(Avoidance::NotUsing);
    }
    avoided_by
}

/// What a window was used for.
struct Use<'a> {
    story: &'a Story,
    payer: &'a Stay,
    grace: Span,
}

impl Use<'_> {
    fn start(&self) -> Instant {
        self.story.window.start
    }

    /// What pays, and what would have had to pay without it.
    fn stays(&self) -> impl Iterator<Item = &Stay> {
        let payer = |stay: &Stay| std::ptr::eq(stay, self.payer);
        self.story.stays.iter().map(Rc::as_ref).filter(move |stay| payer(stay) || !stay.covered.get())
    }

    /// When a window would have begun for what else was opened in this one: what was closed within the grace begins none, unless
    /// something else was open by then (rules.md T6a).
    fn opened_again(&self, which: impl Fn(&Stay) -> bool) -> Option<Instant> {
        let others = self.stays().filter(|stay| stay.opened >= self.start() && !std::ptr::eq(*stay, self.payer));
        let others: Vec<&Stay> = others.filter(|stay| which(stay)).collect();
        let mut next = 0;
        while let Some(first) = others.get(next) {
            let Some(voided) = self.voided(first, &others) else { return Some(first.opened) };
            let rest = &others[next + 1..];
            next += 1 + rest.iter().position(|stay| stay.opened >= voided)?;
        }
        None
    }

    /// When what is set aside for a session turns out free; `None` where it is charged.
    fn voided(&self, first: &Stay, others: &[&Stay]) -> Option<Instant> {
        let mut decider = first;
        loop {
            let closed = decider.end().filter(|end| *end <= decider.opened + self.grace)?;
            let next = others.iter().find(|stay| stay.opened < closed && stay.is_open_after(closed));
            let Some(next) = next else { return Some(closed) };
            decider = next;
        }
    }

    /// When the last of these ended; `None` where one never does.
    fn last_end<'s>(&self, stays: impl Iterator<Item = &'s Stay>) -> Option<Instant> {
        stays.map(|stay| stay.end()).try_fold(Instant::MIN, |last, end| Some(last.max(end?)))
    }

    fn closing_before(&self) -> Avoidance {
        let before = || self.stays().filter(|stay| stay.opened < self.start());
        Avoidance::ClosingBefore {
            time: self.start(),
            sessions: before().count(),
            last_closed: self.last_end(before()),
            opened_again: self.opened_again(|_| true),
        }
    }

    fn in_the_window_before(&self) -> Option<Avoidance> {
        // Who changes devices signs himself out, and earlier that would have been another story.
        if self.story.signed_out || self.stays().any(|stay| stay.ended.get().is_some()) {
            return None;
        }
        let ended = self.story.before?.end;
        let took = self.last_end(self.stays())? - self.start();
        let earlier = self.start() + took - ended;
        (earlier <= MUCH_EARLIER).then_some(Avoidance::InTheWindowBefore { ended, earlier, took })
    }

    fn within_the_grace(&self) -> Option<Avoidance> {
        let only = self.stays().nth(1).is_none();
        let open = self.payer.end()? - self.payer.opened;
        let little = open.seconds() <= 2 * self.grace.seconds();
        (only && little && self.grace.seconds() > 0).then_some(Avoidance::WithinTheGrace { open, grace: self.grace })
    }
}
