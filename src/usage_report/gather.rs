//! The meter's journal in, the book out: one pass.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::book::{Access, BoughtPack, DailyUse, Detail, How, OpensOfDay, PackDay, UsageBook};
use super::following::Following;
use crate::calendar::{Day, Zone};
use crate::ids::{ProductId, TeamId, UserId, VersionId};
use crate::ledger::{Posting, PostingKind};
use crate::meter::{Decision, Decisions, Entry, Grant, PackChange, Verdict};
use crate::replay::{Listener, Said, TableNames, pass};
use crate::scenario::{EventKind, Pack, Scenario, Setup, ShortStarts};
use crate::time::Instant;
use crate::tokens::Tokens;
use crate::usage_log::Logged;

/// Meters rows, in the order of their instants, up to and including `until`, and books them by the days of a zone: the scenario's, or UTC
/// as in the vendor's exports. `seed` is what `team_choice: random` draws from. One user may be followed.
pub fn gather(
    names: TableNames<'_>,
    setup: &Setup,
    rows: impl IntoIterator<Item = io::Result<Logged>>,
    until: Instant,
    seed: u64,
    zone: Zone,
    follow: Option<UserId>,
) -> io::Result<UsageBook> {
    let mut gatherer = Gatherer::new(zone, names, follow);
    pass(names.scenario, setup, rows, until, seed, &mut gatherer)?;
    Ok(gatherer.finish(until))
}

/// A [`DailyUse`] but for its figures.
type UseKey = (Day, Option<TeamId>, UserId, ProductId, VersionId, Access);

struct Gatherer<'a> {
    /// Whose days count.
    zone: Zone,
    names: TableNames<'a>,
    waiting: Decisions,
    /// By the number of a decision.
    versions: Vec<VersionId>,
    uses: BTreeMap<UseKey, (u64, Tokens)>,
    opens: BTreeMap<(Day, Option<TeamId>), [u64; 24]>,
    /// The numbers of the decisions about what users opened and ordered, as long as these aren't settled.
    opened: BTreeSet<u64>,
    following: Option<Following<'a>>,
    /// What comes is kept apart from what leaves.
    changes: BTreeMap<(Day, TeamId, usize, How, bool), Tokens>,
    /// By the place of a pack that left a team: how it did so last.
    moved: BTreeMap<usize, How>,
}

impl Listener for Gatherer<'_> {
    fn hear(&mut self, said: &Said<'_>) -> io::Result<()> {
        self.opened.extend(said.opening().map(|decision| decision.number));
        for entry in said.entries {
            self.waiting.read(entry);
            match entry {
                Entry::Decision(decision) => self.versions.push(decision.version),
                Entry::Pack(change) => self.change(change),
                _ => {}
            }
        }
        if let Some(following) = &mut self.following {
            following.hear(said);
        }
        self.settled();
        Ok(())
    }
}

impl<'a> Gatherer<'a> {
    fn new(zone: Zone, names: TableNames<'a>, follow: Option<UserId>) -> Self {
        Gatherer {
            zone,
            names,
            waiting: Decisions::default(),
            versions: Vec::new(),
            uses: BTreeMap::new(),
            opens: BTreeMap::new(),
            opened: BTreeSet::new(),
            following: follow.map(|user| Following::new(names, user)),
            changes: BTreeMap::new(),
            moved: BTreeMap::new(),
        }
    }

    fn settled(&mut self) {
        while let Some(decision) = self.waiting.next_settled() {
            self.used(&decision);
            if let Some(following) = &mut self.following {
                following.settle(&decision);
            }
        }
    }

    /// Counts what is granted, on its own day; tokens come from the ledger.
    fn used(&mut self, decision: &Decision) {
        let scenario = self.names.scenario;
        let opened = self.opened.remove(&decision.number);
        let Verdict::Granted(grant) = decision.verdict else { return };
        if grant == Grant::WithinGrace && scenario.reports.short_starts == ShortStarts::LeftOut {
            return;
        }
        let (local, access) = (self.zone.local(decision.at), access(grant));
        let Decision { user, product, version, team, .. } = *decision;
        self.uses.entry((local.day, team, user, product, version, access)).or_default().0 += 1;
        if access == Access::Flex && opened {
            self.opens.entry((local.day, team)).or_default()[(local.seconds / 3600) as usize] += 1;
        }
    }

    fn change(&mut self, change: &PackChange) {
        let (zone, Posting { team, tokens, .. }) = (self.zone, change.posting);
        let pack = self.names.packs[change.posting.pack.index()];
        let how = self.how(pack, change);
        let leaves = tokens < Tokens::ZERO;
        *self.changes.entry((zone.day_of(change.posted), team, pack, how, leaves)).or_default() += tokens;
        if let (How::Burn, Some(cause)) = (how, change.cause) {
            let version = self.versions[cause.decision as usize];
            let key = (zone.day_of(change.at), Some(team), cause.user, cause.product, version, Access::Flex);
            self.uses.entry(key).or_default().1 += -tokens;
        }
    }

    fn how(&mut self, pack: usize, change: &PackChange) -> How {
        match change.posting.kind {
            PostingKind::Opening => How::Opening,
            PostingKind::Purchase => How::Purchase,
            PostingKind::Burn | PostingKind::Refund => How::Burn,
            PostingKind::Expire => How::Expire,
            PostingKind::MoveOut => {
                let how = left_by(self.names.scenario, pack, change);
                self.moved.insert(pack, how);
                how
            }
            PostingKind::MoveIn => self.moved.get(&pack).copied().expect("what comes in went out before"),
        }
    }

    fn finish(mut self, until: Instant) -> UsageBook {
        self.waiting.finish();
        self.settled();
        let (names, scenario) = (self.names, self.names.scenario);
        let last_version = self.versions.iter().map(|version| version.0).max().unwrap_or_default();
        let day_use = |((day, team, user, product, version, access), (uses, tokens))| DailyUse {
            day,
            team,
            user,
            product,
            version,
            access,
            uses,
            tokens,
        };
        let of_pack = |((day, team, pack, how, _), tokens)| PackDay { day, team, pack, how, tokens };
        let users = scenario.users.len() + names.strangers.len();
        UsageBook {
            detail: Detail::Grants,
            tells_tokens: true,
            first_day: self.zone.day_of(scenario.start),
            last_day: self.zone.day_of(until),
            teams: scenario.teams.iter().map(|team| team.name.clone()).collect(),
            plans: scenario.teams.iter().map(|team| team.plan.clone()).collect(),
            users: (0..users).map(|user| names.user(user).to_owned()).collect(),
            products: scenario.products.iter().map(|product| product.name.clone()).collect(),
            versions: (0..=last_version).map(|version| names.versions.name(version).to_owned()).collect(),
            uses: self.uses.into_iter().map(day_use).collect(),
            opens: self.opens.into_iter().map(|((day, team), hours)| OpensOfDay { day, team, hours }).collect(),
            person: self.following.map(Following::finish),
            packs: scenario.packs.iter().map(|pack| bought(pack, scenario)).collect(),
            changes: self.changes.into_iter().map(of_pack).collect(),
        }
    }
}

fn access(grant: Grant) -> Access {
    match grant {
        Grant::Subscription => Access::Subscription,
        Grant::Trial => Access::Trial,
        Grant::FreeAddIn => Access::Free,
        Grant::NewWindow
        | Grant::CoveredByWindow
        | Grant::WithinGrace
        | Grant::RenewalLeftOpen
        | Grant::AddInWithHost
        | Grant::LapsedWhileOpen
        | Grant::ResumedAfterIdle
        | Grant::Result => Access::Flex,
    }
}

/// Whether a pack was moved or its team merged: what was on hold follows later.
fn left_by(scenario: &Scenario, pack: usize, change: &PackChange) -> How {
    let so_far = scenario.events.iter().rev().skip_while(|event| event.at > change.posted);
    let mut causes = so_far.filter_map(|event| match event.what {
        EventKind::Move { pack: moved, to } if moved == pack && to != change.posting.team => Some(How::Move),
        EventKind::Merge { from, .. } if from == change.posting.team => Some(How::Merge),
        _ => None,
    });
    causes.next().expect("packs leave a team by events")
}

fn bought(pack: &Pack, scenario: &Scenario) -> BoughtPack {
    BoughtPack {
        id: pack.id.clone(),
        team: pack.team,
        bought: pack.bought,
        enters: scenario.zone.day_of(pack.enters),
        ends: scenario.zone.day_of(pack.ends),
        size: pack.size,
        used_before: pack.size - pack.left,
    }
}
