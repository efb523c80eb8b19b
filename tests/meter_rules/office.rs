//! The office that the tables play in.

use flexcast::ids::{IdentityId, ProductId, TeamId, UserId};
use flexcast::meter::{
    Access, Cover, ListId, Membership, ProductLists, ProductTerms, Roster, Rules, TeamTerms, UserTerms,
};
use flexcast::time::{Instant, Span};
use flexcast::tokens::Tokens;

/// Ann is in the first team with a list of AutoCAD and Revit, bob there without one, cy in the first and the second with
/// everything, dee in none; eve is new, and sam a stranger.
pub const USERS: [&str; 6] = ["ann", "bob", "cy", "dee", "eve", "sam"];

/// Their rates are 7, 10, 2, none, 0, and 0.5 a result; Layout and Toolbar are add-ins that load with Revit.
pub const PRODUCTS: [&str; 6] = ["AutoCAD", "Revit", "Layout", "Toolbar", "Viewer", "Render"];

pub const TEAMS: [&str; 3] = ["first", "second", "third"];

#[derive(Clone)]
pub struct Office {
    pub roster: Roster,
    pub rules: Rules,
    /// The lines that stand above every table.
    pub before: &'static str,
}

/// The office with a pack of 1000 in the first team.
pub fn office() -> Office {
    Office { before: "0 00:00 first buys 1000 until 400", ..bare() }
}

/// The office without packs.
pub fn bare() -> Office {
    let product = |rate: Option<&str>, host: Option<u32>, loads: &[u32]| ProductTerms {
        key: 0,
        rate: rate.map(tokens),
        host: host.map(ProductId),
        loads: loads.iter().map(|id| ProductId(*id)).collect(),
        available: Instant::MIN..Instant::MAX,
    };
    let user = |memberships, existing| UserTerms { known: true, existing, memberships, ..UserTerms::default() };
    let member = |team: u32, access| Membership::new(TeamId(team), access);
    let roster = Roster {
        products: vec![
            product(Some("7"), None, &[]),
            product(Some("10"), None, &[2, 3]),
            product(Some("2"), Some(1), &[]),
            product(None, Some(1), &[]),
            product(Some("0"), None, &[]),
            product(Some("0.5"), None, &[]),
        ],
        users: vec![
            user(0..1, true),
            user(1..2, true),
            user(2..4, true),
            user(4..4, true),
            user(4..4, false),
            UserTerms::default(),
        ],
        memberships: vec![
            member(0, Access::List(list("AutoCAD+Revit"))),
            member(0, Access::TeamDefault),
            member(0, Access::All),
            member(1, Access::All),
        ],
        lists: every_list(),
        teams: vec![TeamTerms::default(); TEAMS.len()],
        covers: vec![],
        shared_memberships: 0,
    };
    Office { roster, rules: Rules::default(), before: "" }
}

impl Office {
    pub fn rules(mut self, change: impl Fn(&mut Rules)) -> Self {
        change(&mut self.rules);
        self
    }

    pub fn grace(self, seconds: i64) -> Self {
        self.rules(|rules| rules.grace = Span::from_seconds(seconds))
    }

    /// Such as `ann trial of AutoCAD from 1 08:02 until 3 12:00 under i1`.
    pub fn cover(mut self, cover: &str) -> Self {
        let words: Vec<&str> = cover.split_whitespace().collect();
        let [user, kind, "of", product, rest @ ..] = &words[..] else { panic!("{cover}") };
        let after = |word: &str| rest.iter().position(|known| *known == word).map(|place| &rest[place + 1..]);
        let day = |word: &str| after(word).map(|words| instant(&words[..2].join(" ")));
        self.roster.covers.push(Cover {
            user: UserId(place(&USERS, user)),
            product: ProductId(place(&PRODUCTS, product)),
            identity: IdentityId(after("under").map_or(0, |words| number(words[0]))),
            holds: (day("from").unwrap_or(Instant::MIN), day("until").unwrap_or(Instant::MAX)),
            trial: *kind == "trial",
        });
        self.roster.covers.sort_by_key(|cover| cover.user);
        for (id, user) in (0..).map(UserId).zip(&mut self.roster.users) {
            let of = |limit: UserId| self.roster.covers.partition_point(|cover| cover.user < limit) as u32;
            user.covers = of(id)..of(UserId(id.0 + 1));
        }
        self
    }

    /// A product that isn't there before an event releases it.
    pub fn unreleased(mut self, product: &str) -> Self {
        self.roster.products[place(&PRODUCTS, product) as usize].available = Instant::MAX..Instant::MAX;
        self
    }

    pub fn default_access(mut self, team: &str, products: &str) -> Self {
        self.roster.teams[place(&TEAMS, team) as usize].default_access = Some(list(products));
        self
    }
}

/// Every product list there is: the bits of its number are its products.
fn every_list() -> ProductLists {
    let mut lists = ProductLists::new(PRODUCTS.len());
    for number in 0..1u32 << PRODUCTS.len() {
        lists.add((0..PRODUCTS.len() as u32).filter(|product| number >> product & 1 == 1).map(ProductId));
    }
    lists
}

/// `AutoCAD+Revit`.
pub fn list(products: &str) -> ListId {
    ListId(products.split('+').map(|product| 1 << place(&PRODUCTS, product)).sum())
}

pub fn place(names: &[&str], name: &str) -> u32 {
    names.iter().position(|known| *known == name).unwrap_or_else(|| panic!("no {name}")) as u32
}

/// `p0`, `d2`, `i1`.
pub fn number(name: &str) -> u32 {
    name[1..].parse().unwrap_or_else(|_| panic!("{name} has no number"))
}

pub fn tokens(text: &str) -> Tokens {
    Tokens::parse(text).unwrap_or_else(|| panic!("{text} are no tokens"))
}

/// `1 08:00` or `1 08:00:01`: day and time.
pub fn instant(text: &str) -> Instant {
    let (day, time) = text.split_once(' ').unwrap();
    let units: i64 = time.split(':').zip([3600, 60, 1]).map(|(part, unit)| part.parse::<i64>().unwrap() * unit).sum();
    Instant::from_seconds(day.parse::<i64>().unwrap() * Span::DAY.seconds() + units)
}

pub fn shown(at: Instant) -> String {
    let (day, of_day) = (at.seconds().div_euclid(Span::DAY.seconds()), at.seconds().rem_euclid(Span::DAY.seconds()));
    let text = format!("{day} {:02}:{:02}:{:02}", of_day / 3600, of_day / 60 % 60, of_day % 60);
    text.strip_suffix(":00").map(str::to_owned).unwrap_or(text)
}
