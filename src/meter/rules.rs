//! The settings of the meter: every assumption of rules.md that a user may change, with its default.

use crate::time::Span;

/// The settings, with the defaults of rules.md.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// A session closed this long after its open, or sooner, is free (T6a). Zero switches that off.
    pub grace: Span,
    /// What a renewal does that the balance can't pay (P7).
    pub renewal_shortfall: RenewalShortfall,
    /// What opening a product on a second device does (E11).
    pub second_device: SecondDevice,
    /// Which team pays for a user who is in several (E12).
    pub team_choice: TeamChoice,
    /// What a cover that ends while the product is open does (E7).
    pub lapse_while_open: LapseWhileOpen,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            grace: Span::from_seconds(300),
            renewal_shortfall: RenewalShortfall::default(),
            second_device: SecondDevice::default(),
            team_choice: TeamChoice::default(),
            lapse_while_open: LapseWhileOpen::default(),
        }
    }
}

/// What a renewal does that the balance can't pay (P7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RenewalShortfall {
    /// It ends the session.
    #[default]
    EndSession,
    /// It leaves the session open, unpaid, until it is closed.
    AllowUntilClose,
}

/// What opening a product on a second device does (E11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecondDevice {
    /// It closes the session on the first.
    #[default]
    SignOutFirst,
    /// It is denied.
    Deny,
}

/// Which team pays for a user who is in several (E12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TeamChoice {
    /// The one whose next pack to burn ends first.
    #[default]
    EarliestEndDate,
    /// The one with the most free tokens.
    MostTokens,
    /// The one listed first.
    FirstListed,
    /// Any, by a number mixed from the run's seed.
    Random,
}

/// What a subscription or trial that ends while the product is open does (E7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LapseWhileOpen {
    /// A window starts and is charged as a renewal is.
    #[default]
    Charge,
    /// Nothing, until the next open.
    NextOpen,
}
