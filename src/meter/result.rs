//! Results of cloud services (X4): charged at once, with no window and no grace; given back where they fail.

use super::event::Order;
use super::journal::{Cause, Entry, PackChange, Verdict};
use super::open::Request;
use super::{Grant, Journal, Meter};
use crate::ids::UserId;
use crate::ledger::{Hold, Posting};
use crate::time::Instant;
use crate::tokens::Tokens;

/// Names a job that may be given back, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobId(u32);

/// What paid for jobs that may be given back.
#[derive(Clone, Debug, Default)]
pub(super) struct Jobs {
    jobs: Vec<Job>,
    unused: Vec<JobId>,
}

#[derive(Clone, Copy, Debug)]
struct Job {
    receipt: Hold,
    /// What the results cost that will fail.
    failing: Tokens,
    cause: Cause,
}

impl Jobs {
    pub(super) fn clear(&mut self) {
        self.jobs.clear();
        self.unused.clear();
    }

    fn add(&mut self, job: Job) -> JobId {
        match self.unused.pop() {
            Some(id) => {
                self.jobs[id.0 as usize] = job;
                id
            }
            None => {
                self.jobs.push(job);
                JobId((self.jobs.len() - 1) as u32)
            }
        }
    }
}

impl Meter {
    /// Charges a job, or denies it; says how to give it back, where that may happen.
    pub(super) fn order(&mut self, order: Order, journal: &mut Journal) -> Option<JobId> {
        let open = &order.open;
        let request = Request { open: *open, asked: Grant::Result, renews: None };
        let rate = self.rate_of(open.product);
        let tokens = rate.times(order.quantity).expect("quantities are exact at every rate of their product");
        if let Some(cover) = self.roster.cover(open.user, open.product, open.identity, self.now) {
            self.decide(&request, Verdict::Granted(cover.grant()), None, None, Tokens::ZERO, journal);
            return None;
        }
        let entitled = self.entitled(open.user, open.product);
        match entitled.and_then(|()| self.payer(open, tokens, journal)) {
            Ok(team) => {
                let reason = Grant::Result;
                let decision = self.decide(&request, Verdict::Granted(reason), Some(team), None, tokens, journal);
                let (user, product) = (open.user, open.product);
                let cause = Cause { decision, reason, user, product, with_host: false, session: None };
                let hold = self.ledger.hold(team, tokens).expect("the team was chosen because it can pay");
                let mut post = caused(self.now, cause, journal);
                let Some(failing) = order.failing else {
                    self.ledger.burn(hold, &mut post);
                    return None;
                };
                let receipt = self.ledger.burn_with_receipt(hold, &mut post);
                let failing = rate.times(failing).expect("quantities are exact at every rate of their product");
                Some(self.jobs.add(Job { receipt, failing, cause }))
            }
            Err(denial) => {
                self.deny(&request, denial, journal);
                None
            }
        }
    }

    /// Whose job it is.
    pub fn user_of_job(&self, job: JobId) -> UserId {
        self.jobs.jobs[job.0 as usize].cause.user
    }

    /// Gives back what results cost.
    pub(super) fn give_back(&mut self, job: JobId, journal: &mut Journal) {
        let Job { receipt, failing, cause } = self.jobs.jobs[job.0 as usize];
        self.jobs.unused.push(job);
        self.ledger.give_back(receipt, failing, &mut caused(self.now, cause, journal));
    }
}

/// Writes postings at once, with what they are for, into the journal.
fn caused(now: Instant, cause: Cause, journal: &mut Journal) -> impl FnMut(Posting) {
    move |posting| {
        journal.entries.push(Entry::Pack(PackChange { at: now, posted: now, posting, cause: Some(cause) }));
    }
}
