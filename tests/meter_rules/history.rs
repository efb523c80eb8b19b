//! Random histories that lean on the edges: what begins and ends at one instant, or a second before or after a bound.

use std::collections::BTreeMap;

use flexcast::ids::{DeviceId, IdentityId, PackId, ProductId, TeamId, UserId, VersionId};
use flexcast::keys::mix;
use flexcast::ledger::NewPack;
use flexcast::meter::*;
use flexcast::time::{Instant, Span};
use flexcast::tokens::Tokens;

use crate::office::{Office, PRODUCTS, TEAMS, USERS, bare};

/// What happens to a meter, in order.
pub struct History {
    pub office: Office,
    pub steps: Vec<Step>,
}

#[derive(Clone, Copy)]
pub struct Step {
    pub at: Instant,
    what: What,
    /// The place in the order in which steps were thought of.
    number: usize,
}

/// What ends names the number of the step that began it.
#[derive(Clone, Copy)]
enum What {
    Event(Event),
    Close(usize),
    Idle(usize),
    Resume(usize),
    GiveBack(usize),
}

/// What steps began, by their numbers.
pub type Began = BTreeMap<usize, Started>;

impl Step {
    /// The event, unless it ends what was denied.
    pub fn event(&self, began: &Began) -> Option<Event> {
        let session = |number: usize| began.get(&number).copied().and_then(Started::session);
        let job = |number: usize| began.get(&number).copied().and_then(Started::job);
        match self.what {
            What::Event(event) => Some(event),
            What::Close(number) => session(number).map(Event::Close),
            What::Idle(number) => session(number).map(Event::Idle),
            What::Resume(number) => session(number).map(Event::Resume),
            What::GiveBack(number) => job(number).map(Event::GiveBack),
        }
    }

    pub fn keep(&self, started: Option<Started>, began: &mut Began) {
        began.extend(started.map(|started| (self.number, started)));
    }

    fn phase(&self) -> Phase {
        match self.what {
            What::Event(event) => event.phase(),
            What::Close(_) | What::Idle(_) | What::Resume(_) => Phase::Close,
            What::GiveBack(_) => Phase::GiveBack,
        }
    }

    /// Whether tokens go from team to team.
    pub fn moves(&self) -> bool {
        let What::Event(Event::Administration(what)) = self.what else { return false };
        matches!(what, Administration::Move { .. } | Administration::Merge { .. })
    }

    /// The same so much later.
    pub fn later(mut self, by: Span) -> Self {
        self.at = self.at + by;
        if let What::Event(Event::Pack(pack)) = &mut self.what {
            pack.bought = pack.bought + by;
            pack.ends = pack.ends + by;
        }
        self
    }
}

/// Draws that hang on a seed and their number alone.
pub struct Draws {
    seed: u64,
    drawn: u64,
}

impl Draws {
    pub fn new(seed: u64) -> Self {
        Draws { seed, drawn: 0 }
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.drawn += 1;
        (mix(&[self.seed, self.drawn]) % bound as u64) as usize
    }

    pub fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

const START: Instant = Instant::from_seconds(8 * 3600);

/// Seconds from one thing to the next.
const GAPS: [i64; 14] = [0, 0, 0, 1, 60, 299, 300, 301, 900, 3600, 5 * 3600, 86_400 - 3600, 86_399, 86_400];

impl History {
    pub fn random(seed: u64) -> History {
        let mut draws = Draws::new(seed);
        let mut history = History { office: office(&mut draws), steps: Vec::new() };
        let (mut at, mut packs) = (START, 0);
        for _ in 0..draws.one_of(&[5, 20, 60]) {
            at = at + Span::from_seconds(draws.one_of(&GAPS));
            match draws.below(20) {
                0..12 => history.session(at, &mut draws),
                12..15 => history.job(at, &mut draws),
                15..17 => {
                    packs += 1;
                    history.add(at, What::Event(Event::Pack(pack(at, &mut draws))));
                }
                _ => {
                    let what = administration(packs, &mut draws);
                    history.add(at, What::Event(Event::Administration(what)));
                }
            }
        }
        history.packs_come_before_their_moves();
        history
    }

    /// Where the last thing happens, and a while later.
    pub fn end(&self) -> Instant {
        self.steps.last().map_or(START, |last| last.at) + Span::from_seconds(3 * 86_400)
    }

    pub fn meter(&self, seed: u64) -> Meter {
        Meter::new(self.office.roster.clone(), self.office.rules.clone(), seed)
    }

    fn add(&mut self, at: Instant, what: What) -> usize {
        self.steps.push(Step { at, what, number: self.steps.len() });
        self.steps.len() - 1
    }

    fn session(&mut self, at: Instant, draws: &mut Draws) {
        let number = self.add(at, What::Event(Event::Open(open(draws))));
        let mut last = at + Span::from_seconds(1);
        if draws.one_in(3) {
            let idle = at + Span::from_seconds(draws.one_of(&GAPS).max(1));
            self.add(idle, What::Idle(number));
            if !draws.one_in(3) {
                last = idle + Span::from_seconds(draws.one_of(&GAPS));
                self.add(last, What::Resume(number));
            }
        }
        if !draws.one_in(5) {
            let from = draws.one_of(&[at + Span::from_seconds(1), at, last]);
            let close = from + Span::from_seconds(draws.one_of(&GAPS));
            self.add(close.max(at + Span::from_seconds(1)), What::Close(number));
        }
    }

    fn job(&mut self, at: Instant, draws: &mut Draws) {
        let open = Open { product: ProductId(5), ..open(draws) };
        let quantity = Tokens::from_millionths(draws.one_of(&[500_000, 1_000_000, 20_000_000, 60_000_000]));
        let half = Tokens::from_millionths(quantity.millionths() / 2);
        let failing = draws.one_of(&[None, None, Some(quantity), Some(half)]);
        let number = self.add(at, What::Event(Event::Order(Order { open, quantity, failing })));
        if failing.is_some() {
            let at = at + Span::from_seconds(draws.one_of(&GAPS).max(1));
            self.add(at, What::GiveBack(number));
        }
    }

    /// In the order of moments; of administration at one instant, packs come first.
    fn packs_come_before_their_moves(&mut self) {
        let is_pack = |step: &Step| matches!(step.what, What::Event(Event::Pack(_)));
        self.steps.sort_by_key(|step| (step.at, step.phase(), !is_pack(step), step.number));
    }
}

fn office(draws: &mut Draws) -> Office {
    let seconds = draws.one_of(&[0, 300, 300, 300, 3600]);
    let mut office = bare().grace(seconds);
    office.rules.renewal_shortfall = draws.one_of(&[RenewalShortfall::EndSession, RenewalShortfall::AllowUntilClose]);
    office.rules.second_device = draws.one_of(&[SecondDevice::SignOutFirst, SecondDevice::Deny]);
    office.rules.lapse_while_open =
        draws.one_of(&[LapseWhileOpen::Charge, LapseWhileOpen::Charge, LapseWhileOpen::NextOpen]);
    office.rules.team_choice =
        draws.one_of(&[TeamChoice::EarliestEndDate, TeamChoice::MostTokens, TeamChoice::FirstListed]);
    for cover in ["ann trial of AutoCAD until 2 08:00", "cy subscription of Revit from 1 08:00 until 2 08:05"] {
        if draws.one_in(2) {
            office = office.cover(cover);
        }
    }
    if draws.one_in(2) {
        office = office.default_access("first", "AutoCAD+Viewer");
    }
    if draws.one_in(4) {
        office = office.unreleased("Viewer");
    }
    office
}

fn open(draws: &mut Draws) -> Open {
    let user = draws.one_of(&[0, 0, 0, 1, 2, 2, 2, 3, 4, 5]);
    Open {
        user: UserId(user),
        product: ProductId(draws.one_of(&[0, 0, 0, 0, 1, 1, 2, 3, 4])),
        device: DeviceId(draws.one_of(&[0, 0, 0, 0, 0, 1, 2, 3])),
        version: VersionId(0),
        identity: IdentityId(draws.one_of(&[0, 0, 0, 1])),
        online: !draws.one_in(8),
        supported: !draws.one_in(30),
        idle_aware: draws.one_in(2),
    }
}

fn pack(at: Instant, draws: &mut Draws) -> NewPack {
    let size = Tokens::whole(draws.one_of(&[3, 7, 14, 20, 100]));
    let days = draws.one_of(&[1, 1, 2, 5, 365]);
    let midnight = at.seconds() - at.seconds() % 86_400;
    let ends = draws.one_of(&[at, Instant::from_seconds(midnight)]) + Span::from_seconds(days * 86_400);
    NewPack { team: team(draws), size, left: size, bought: at, ends, on_hand: draws.one_in(5) }
}

fn team(draws: &mut Draws) -> TeamId {
    TeamId(draws.one_of(&[0, 0, 1, 2]))
}

fn administration(packs: u32, draws: &mut Draws) -> Administration {
    use Administration::*;
    let user = UserId(draws.below(USERS.len() - 1) as u32);
    let product = ProductId(draws.below(PRODUCTS.len()) as u32);
    let list = ListId(draws.below(1 << PRODUCTS.len()) as u32);
    let (from, to) = (draws.below(TEAMS.len()) as u32, 1 + draws.below(TEAMS.len() - 1) as u32);
    let into = TeamId((from + to) % TEAMS.len() as u32);
    let access = draws.one_of(&[Access::All, Access::All, Access::List(list), Access::TeamDefault]);
    let member = Membership { guest: draws.one_in(3), ..Membership::new(team(draws), access) };
    let days = |days: i64| Some(Span::from_seconds(days * 86_400));
    match draws.below(16) {
        0..4 if packs > 0 => Move { pack: PackId(draws.below(packs as usize) as u32), to: into },
        4..6 => Merge { from: TeamId(from), into },
        6 if product != ProductId(3) => Rate { product, tokens: Tokens::whole(draws.one_of(&[0, 1, 7, 9])) },
        7 => Release(product),
        8 => Withdraw(product),
        9 => Invite { user, member, accepts_after: draws.one_of(&[None, days(0), days(1), days(7), days(8)]) },
        10 => Assign { user, member, mail: draws.one_in(2) },
        11 => Unassign { user, team: member.team },
        12 => Clear { user, team: member.team, products: list },
        13 => DefaultAccess { team: member.team, list: draws.one_of(&[None, Some(list)]) },
        14 => GuestDefaults { team: member.team, serve: draws.one_in(2) },
        15 => Leave(user),
        _ => Assign { user, member, mail: false },
    }
}

/// The office's covers and dates so much later.
pub fn later(office: &Office, by: Span) -> Office {
    let mut office = office.clone();
    for cover in &mut office.roster.covers {
        for at in [&mut cover.holds.0, &mut cover.holds.1] {
            if *at > Instant::MIN && *at < Instant::MAX {
                *at = *at + by;
            }
        }
    }
    office
}
