use super::sessions::SessionId;
use crate::ids::{DeviceId, ProductId, TeamId, UserId, VersionId};
use crate::ledger::Posting;
use crate::time::Instant;
use crate::tokens::Tokens;

/// What the meter has to say, in its order. The caller reads it and clears it; the core keeps nothing of it.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// Since the last [`Journal::clear`].
    pub entries: Vec<Entry>,
    /// Whether to tell what each charge chose between: explanations need it, a forecast has no use for it.
    pub tells_choices: bool,
}

impl Journal {
    /// Forgets what was read, and keeps the memory.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

/// One thing the meter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// An open, a renewal, a lapse or a result was decided, or is [`Verdict::Undecided`] until its window settles.
    Decision(Decision),
    /// An undecided decision turned out free: its session was closed in time (T6), though the window may live on.
    Free {
        /// [`Decision::number`].
        decision: u64,
    },
    /// A held window was posted: the decision that carries its charge is granted, all others that are still undecided
    /// in this window are covered by it.
    Posted {
        /// [`Window::number`].
        window: u64,
        /// The decision that carries the charge.
        decision: u64,
    },
    /// A held window was voided: whatever is undecided in it was free.
    Voided {
        /// [`Window::number`].
        window: u64,
    },
    /// A pack changed.
    Pack(PackChange),
    /// Why the next decision is a denial: what a team that could have paid had free. One for each of them, in the user's order.
    Short(Short),
    /// What the next decision chose between: each team that allows it, where several do, in the user's order. Only where
    /// [`Journal::tells_choices`].
    Choice(Choice),
    /// The meter ended a session that its user didn't close.
    Ended(Ended),
    /// A mail that the vendor would send (E5).
    Mail(Mail),
}

/// What a team had when it couldn't pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    /// The team.
    pub team: TeamId,
    /// What was asked.
    pub asked: Tokens,
    /// What it had free.
    pub free: Tokens,
    /// What it had set aside.
    pub held: Tokens,
}

/// A team that a charge could be paid by (E12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The team.
    pub team: TeamId,
    /// What it had free.
    pub free: Tokens,
    /// When the pack ended that it burned next; [`Instant::MAX`] where nothing was free.
    pub next_ends: Instant,
}

/// A session that its user didn't close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: Instant,
    /// Whose.
    pub user: UserId,
    /// Of which product.
    pub product: ProductId,
    /// Which; for an add-in that its host opened, that of the host that the user opened.
    pub session: SessionId,
    /// Why.
    pub by: EndedBy,
}

/// A mail to a user. Mails are records of the run: nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mail {
    /// When.
    pub at: Instant,
    /// To whom.
    pub user: UserId,
    /// Of which team it tells.
    pub team: TeamId,
    /// What it tells.
    pub kind: MailKind,
}

/// What was decided about an open, a renewal, a lapse or a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Counts from 0 in the order of the core.
    pub number: u64,
    /// When.
    pub at: Instant,
    /// Whose product.
    pub user: UserId,
    /// Which product.
    pub product: ProductId,
    /// In which version.
    pub version: VersionId,
    /// On which device.
    pub device: DeviceId,
    /// What it is charged as, where it is charged.
    pub asked: Grant,
    /// The session that was open before: none for an open or a result. For an add-in that its host opened, that of the host that
    /// the user opened.
    pub renews: Option<SessionId>,
    /// Granted, denied, or not known yet.
    pub verdict: Verdict,
    /// The team that pays, or whose tokens were held; of a denial for want of tokens, the first that could have paid.
    pub team: Option<TeamId>,
    /// The window it opens or falls into.
    pub window: Option<Window>,
    /// What was charged; while undecided, what will be where this decision carries the charge.
    pub tokens: Tokens,
}

impl Decision {
    /// Whether it carries a charge, once it is decided: for a window or for results, be their rate zero.
    pub const fn is_charge(&self) -> bool {
        match self.verdict {
            Verdict::Granted(grant) => grant.starts_a_window() || matches!(grant, Grant::Result),
            Verdict::Denied(_) | Verdict::Undecided(_) => false,
        }
    }
}

/// The 24 hours of one user and one product that one charge pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Counts from 0 in the order of the core.
    pub number: u64,
    /// The team that pays.
    pub team: TeamId,
    /// Its first instant; its charge belongs to this instant's day (T9).
    pub start: Instant,
    /// Exclusive: an open at this instant starts a new window (T8).
    pub end: Instant,
}

/// Granted, denied, or not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Granted, for this reason.
    Granted(Grant),
    /// Refused, for this reason.
    Denied(Denial),
    /// Known when the window settles: posted, it is granted for this reason (or covered, where another decision carries
    /// the charge); voided, it was within the grace.
    Undecided(Grant),
}

macro_rules! reasons {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$item_doc])* $item,)* }

        impl $name {
            /// Every reason, in the order of its table.
            pub const ALL: &'static [$name] = &[$($name::$item,)*];

            /// The word of rules.md.
            pub const fn word(self) -> &'static str {
                match self { $($name::$item => $word,)* }
            }
        }
    };
}

reasons! {
    /// Why something was granted.
    Grant {
        /// A window was opened and charged (T1).
        NewWindow = "new_window",
        /// The running window covers it (T2).
        CoveredByWindow = "covered_by_window",
        /// It was closed within the grace, or is undecided at the end (T6).
        WithinGrace = "within_grace",
        /// A subscription covers it (E6).
        Subscription = "subscription",
        /// A trial covers it (E6).
        Trial = "trial",
        /// An add-in without a rate (X1).
        FreeAddIn = "free_add_in",
        /// The product was still open when its window ended (T4).
        RenewalLeftOpen = "renewal_left_open",
        /// An add-in that came along with its host (X2).
        AddInWithHost = "add_in_with_host",
        /// A cover ended while the product was open (E7).
        LapsedWhileOpen = "lapsed_while_open",
        /// A renewal that was delayed while the product was idle (T7).
        ResumedAfterIdle = "resumed_after_idle",
        /// Results of a cloud service (X4).
        Result = "result",
    }
}

reasons! {
    /// Why the meter ended a session.
    EndedBy {
        /// The user opened the product on another device (E11).
        OtherDevice = "other_device",
        /// What it asked for when its window or cover ended was denied (P7, O2).
        Denial = "denial",
    }
}

reasons! {
    /// What a mail tells.
    MailKind {
        /// A new user is invited (E2).
        Invitation = "invitation",
        /// A user was assigned one by one (E5).
        Assignment = "assignment",
    }
}

reasons! {
    /// Why something was refused.
    Denial {
        /// The user is in no team (E1).
        NotAssigned = "not_assigned",
        /// The user hasn't accepted the invitation yet (E2).
        InvitationPending = "invitation_pending",
        /// The user didn't accept the invitation in time (E2).
        InvitationLapsed = "invitation_lapsed",
        /// No team of the user's allows the product (E1, E3, E4).
        ProductNotAllowed = "product_not_allowed",
        /// A fourth device (E10).
        DeviceLimit = "device_limit",
        /// The product is open on another device (E11).
        InUseElsewhere = "in_use_elsewhere",
        /// Flex doesn't support the version on the platform (E9).
        VersionNotSupported = "version_not_supported",
        /// A new window needs the internet (O1, O2).
        Offline = "offline",
        /// Less is free than the rate (P6).
        BalanceLow = "balance_low",
        /// Nothing is free (P6).
        BalanceZero = "balance_zero",
        /// Every pack has ended (P6).
        AllPacksExpired = "all_packs_expired",
    }
}

impl Grant {
    /// Whether a window starts, and its rate is charged.
    pub const fn starts_a_window(self) -> bool {
        match self {
            Grant::NewWindow
            | Grant::RenewalLeftOpen
            | Grant::AddInWithHost
            | Grant::LapsedWhileOpen
            | Grant::ResumedAfterIdle => true,
            Grant::CoveredByWindow
            | Grant::WithinGrace
            | Grant::Subscription
            | Grant::Trial
            | Grant::FreeAddIn
            | Grant::Result => false,
        }
    }
}

impl Denial {
    /// Whether it is for want of tokens: the first of these is the stock-out.
    pub const fn for_want_of_tokens(self) -> bool {
        matches!(self, Denial::BalanceLow | Denial::BalanceZero | Denial::AllPacksExpired)
    }
}

/// A change of a pack, and what caused it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackChange {
    /// The instant it belongs to: a burn's is its window's start, also where it is posted later (T6a).
    pub at: Instant,
    /// When it was posted.
    pub posted: Instant,
    /// What happened to which pack.
    pub posting: Posting,
    /// What was burned for, or given back for, be it to expire at once.
    pub cause: Option<Cause>,
}

/// What a burn pays for, or a refund gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The decision that carries the charge.
    pub decision: u64,
    /// Why it was due.
    pub reason: Grant,
    /// Whose window.
    pub user: UserId,
    /// Of which product.
    pub product: ProductId,
    /// Whether it is an add-in that its host opened (X2), be it long ago.
    pub with_host: bool,
    /// The session that pays; for an add-in that its host opened, that of the host that the user opened. Results have none.
    pub session: Option<SessionId>,
}
