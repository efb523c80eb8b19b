use super::model::Person;
use crate::calendar::Day;
use crate::ids::{ProductId, TeamId, UserId, VersionId};
use crate::tokens::Tokens;

/// Use and packs by civil day, with the names that ids stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UsageBook {
    /// How finely it tells of use.
    pub detail: Detail,
    /// Whether it tells for how many tokens.
    pub tells_tokens: bool,
    /// The first day of which it tells.
    pub first_day: Day,
    /// The last day of which it tells.
    pub last_day: Day,
    /// By `TeamId`: the name.
    pub teams: Vec<String>,
    /// By `TeamId`: the plan, such as `premium` (rules.md E13).
    pub plans: Vec<Option<String>>,
    /// By `UserId`.
    pub users: Vec<String>,
    /// By `ProductId`.
    pub products: Vec<String>,
    /// By `VersionId`; the name of the unnamed one is empty.
    pub versions: Vec<String>,
    /// Ascending, each combination of day, team, user, product, version and access once.
    pub uses: Vec<DailyUse>,
    /// By day and team, each once: when products were opened with Flex; none where only days are known.
    pub opens: Vec<OpensOfDay>,
    /// Who was followed, where somebody was.
    pub person: Option<Person>,
    /// Every pack that there was; none where only use is known.
    pub packs: Vec<BoughtPack>,
    /// By day, each combination of day, team, pack and what happened once, what comes apart from what leaves.
    pub changes: Vec<PackDay>,
}

/// How finely a book tells of use, which bounds what can be reported of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Everything granted, and packs: what the meter knows.
    #[default]
    Grants,
    /// On which day what was used; nothing of packs.
    Days,
    /// Totals of all its days, booked on the last one; nothing of packs.
    Totals,
}

/// What a user used of a version of a product on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DailyUse {
    /// The day; a charge's is the one on which its window starts (rules.md T9).
    pub day: Day,
    /// The team that pays; none where no tokens are asked for.
    pub team: Option<TeamId>,
    /// Who.
    pub user: UserId,
    /// What.
    pub product: ProductId,
    /// In which version.
    pub version: VersionId,
    /// How it may be used.
    pub access: Access,
    /// How often it was granted: opens, renewals of what was still open, results. Where that isn't known, on how many days it was used:
    /// 1, or more of totals.
    pub uses: u64,
    /// Tokens charged, less those given back on this day.
    pub tokens: Tokens,
}

impl DailyUse {
    /// Whether the day counts as one on which it was used: it was granted, or a window started.
    pub fn is_use(&self) -> bool {
        self.uses > 0 || self.tokens > Tokens::ZERO
    }
}

/// How a product may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// With Flex: for tokens, be their number 0.
    Flex,
    /// By a subscription (rules.md E6).
    Subscription,
    /// By a trial (rules.md E6).
    Trial,
    /// An add-in without a rate (rules.md X1).
    Free,
}

/// At which hours of a day products were opened and results ordered, whatever that was charged: what ran on isn't among it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpensOfDay {
    /// The day.
    pub day: Day,
    /// The team.
    pub team: Option<TeamId>,
    /// By the hour on the wall in which it happened.
    pub hours: [u64; 24],
}

/// A pack as it was bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoughtPack {
    /// As the ledger shows it.
    pub id: String,
    /// The team that it was bought for.
    pub team: TeamId,
    /// The purchase date.
    pub bought: Day,
    /// From when on the book knows it: the first day for a pack on hand.
    pub enters: Day,
    /// The first day on which it is dead (rules.md P2).
    pub ends: Day,
    /// Tokens when bought.
    pub size: Tokens,
    /// Of these, used before the book begins.
    pub used_before: Tokens,
}

/// What happened to a team's part of a pack on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackDay {
    /// The day on which it was posted: tokens on hold still count in the balance.
    pub day: Day,
    /// The team.
    pub team: TeamId,
    /// The place in [`UsageBook::packs`].
    pub pack: usize,
    /// What happened.
    pub how: How,
    /// Tokens: negative where they leave.
    pub tokens: Tokens,
}

/// What happened to a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It was on hand as the book begins.
    Opening,
    /// It was bought.
    Purchase,
    /// Tokens were charged, or given back.
    Burn,
    /// Tokens reached their end date unused.
    Expire,
    /// Tokens went to another team or came from it.
    Move,
    /// So they did because the teams were merged.
    Merge,
}

impl UsageBook {
    /// Whether it tells of versions: a meter's book says of each use that its version isn't known, where it isn't.
    pub fn tells_versions(&self) -> bool {
        self.detail == Detail::Grants || self.versions.iter().any(|version| !version.is_empty())
    }

    /// The version that was used, or the versions of which a total is.
    pub(super) fn versions_of(&self, used: &DailyUse) -> impl Iterator<Item = &str> {
        let most = if self.detail == Detail::Totals { usize::MAX } else { 1 };
        self.versions[used.version.index()].splitn(most, ", ")
    }

    /// A sum of tokens, where the book tells of them.
    pub(super) fn known(&self, tokens: Tokens) -> Option<Tokens> {
        self.tells_tokens.then_some(tokens)
    }

    /// What was used with Flex on days of a range, through a team or through any.
    pub fn with_flex(
        &self,
        days: std::ops::RangeInclusive<Day>,
        team: Option<TeamId>,
    ) -> impl Iterator<Item = &DailyUse> {
        let first = self.uses.partition_point(|used| used.day < *days.start());
        let of_days = self.uses[first..].iter().take_while(move |used| used.day <= *days.end());
        of_days.filter(move |used| used.access == Access::Flex && (team.is_none() || used.team == team))
    }

    /// What happened to packs up to and including a day.
    pub fn until(&self, day: Day) -> &[PackDay] {
        &self.changes[..self.changes.partition_point(|change| change.day <= day)]
    }
}
