use super::still_open::OpenSessions;
use crate::behaviour::{Denial, Planned, Until};
use crate::meter::{Decision, Ended, EndedBy, Entry, Grant, Verdict};

/// The denials of what users asked for themselves: of what was `planned`, and of renewals that ended a session.
pub(super) fn denials(entries: &[Entry], planned: Option<&Planned>, open: &OpenSessions) -> Vec<Denial> {
    let mut found = Vec::new();
    let mut last = None;
    for entry in entries {
        match entry {
            Entry::Decision(decision) if matches!(decision.verdict, Verdict::Denied(_)) => {
                last = Some(decision);
                found.extend(planned.and_then(|planned| of_open(decision, planned)));
            }
            Entry::Ended(Ended { by: EndedBy::Denial, session, product, .. }) => {
                let renewal = last.filter(|last| last.renews == Some(*session) && last.product == *product);
                found.extend(renewal.and_then(|decision| of_renewal(decision, open)));
            }
            _ => {}
        }
    }
    found
}

/// An add-in that its host opened wasn't asked for.
fn of_open(decision: &Decision, planned: &Planned) -> Option<Denial> {
    let asked = decision.renews.is_none() && decision.asked != Grant::AddInWithHost;
    let until = planned.closed().unwrap_or(Until::At(planned.opened));
    let denial = Denial {
        user: decision.user,
        product: decision.product,
        origin: planned.origin,
        until,
        at: decision.at,
        reason: reason(decision)?,
    };
    Some(denial).filter(|_| asked)
}

/// Of an add-in that its host opened, the session is the host's.
fn of_renewal(decision: &Decision, open: &OpenSessions) -> Option<Denial> {
    let session = open.find(decision.user, decision.renews?).filter(|session| session.product == decision.product)?;
    Some(Denial {
        user: decision.user,
        product: decision.product,
        origin: session.origin,
        until: session.until,
        at: decision.at,
        reason: reason(decision)?,
    })
}

fn reason(decision: &Decision) -> Option<&'static str> {
    match decision.verdict {
        Verdict::Denied(denial) => Some(denial.word()),
        Verdict::Granted(_) | Verdict::Undecided(_) => None,
    }
}
