use crate::behaviour::{Planned, Planner, Until};
use crate::calendar::Zone;
use crate::meter::SessionId;

/// What was meant with a session, which a log doesn't tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intent {
    /// By whose clock it was planned.
    pub zone: Zone,
    /// Whether it was left open until the same product is opened next.
    pub left_open: bool,
    /// How often it has been tried: 1 where the day planned it, one more where it follows a denial.
    pub attempt: u16,
    /// As the meter names it, where it was granted.
    pub session: Option<SessionId>,
}

impl Intent {
    pub(super) fn of(planned: &Planned, planner: &Planner<'_>, session: Option<SessionId>) -> Self {
        Intent {
            zone: planner.zone(planned),
            left_open: planned.closed() == Some(Until::NextOpen),
            attempt: planned.origin.attempt,
            session,
        }
    }
}
