//! The rules as tables: a line for each event, and each decision that must come of them.

use std::collections::BTreeMap;

use flexcast::ids::{DeviceId, IdentityId, ProductId, TeamId, UserId, VersionId};
use flexcast::ledger::{NewPack, PostingKind};
use flexcast::meter::*;
use flexcast::time::{Instant, Span};
use flexcast::tokens::Tokens;

const DAY: i64 = 86_400;

/// A small office: ann and bob in the first team, cy in both, dee in none; ann has a list of two products, bob the
/// team's default (none), cy everything.
struct Office {
    roster: Roster,
    rules: Rules,
    packs: Vec<(&'static str, NewPack)>,
}

const USERS: [&str; 4] = ["ann", "bob", "cy", "dee"];
const PRODUCTS: [&str; 5] = ["AutoCAD", "Revit", "Layout", "Toolbar", "Viewer"];

fn office() -> Office {
    let product = |rate: Option<i64>, host: Option<u32>, loads: &[u32]| ProductTerms {
        key: 0,
        rate: rate.map(Tokens::whole),
        host: host.map(ProductId),
        loads: loads.iter().map(|id| ProductId(*id)).collect(),
        available: Instant::MIN..Instant::MAX,
    };
    let member = |team: u32, access| Membership::new(TeamId(team), access);
    let mut lists = ProductLists::new(PRODUCTS.len());
    let list = lists.add([ProductId(0), ProductId(1)]);
    let users = [0..1, 1..2, 2..4, 4..4];
    let roster = Roster {
        products: vec![
            product(Some(7), None, &[]),
            product(Some(10), None, &[2, 3]),
            product(Some(2), Some(1), &[]),
            product(None, Some(1), &[]),
            product(Some(0), None, &[]),
        ],
        users: users
            .map(|memberships| UserTerms { known: true, existing: true, memberships, ..UserTerms::default() })
            .to_vec(),
        memberships: vec![
            member(0, Access::List(list)),
            member(0, Access::TeamDefault),
            member(0, Access::All),
            member(1, Access::All),
        ],
        lists,
        teams: vec![TeamTerms::default(); 2],
        covers: vec![],
    };
    Office { roster, rules: Rules::default(), packs: Vec::new() }.pack("0 00:00", 0, 1000, 400)
}

impl Office {
    fn pack(mut self, at: &'static str, team: u32, tokens: i64, days: i64) -> Self {
        let pack = NewPack {
            team: TeamId(team),
            size: Tokens::whole(tokens),
            left: Tokens::whole(tokens),
            bought: instant(at),
            ends: Instant::from_seconds(days * DAY),
            on_hand: false,
        };
        self.packs.push((at, pack));
        self
    }

    fn without_packs(mut self) -> Self {
        self.packs.clear();
        self
    }

    fn rules(mut self, change: impl Fn(&mut Rules)) -> Self {
        change(&mut self.rules);
        self
    }

    fn cover(mut self, user: &str, product: &str, until: &str, trial: bool) -> Self {
        let user = place(&USERS, user);
        self.roster.covers.push(Cover {
            user: UserId(user),
            product: ProductId(place(&PRODUCTS, product)),
            identity: IdentityId(0),
            holds: (Instant::MIN, instant(until)),
            trial,
        });
        // One cover at the most in these tables.
        self.roster.users[user as usize].covers = 0..1;
        self
    }
}

fn place(names: &[&str], name: &str) -> u32 {
    names.iter().position(|known| *known == name).unwrap_or_else(|| panic!("no {name}")) as u32
}

/// `1 08:00` or `1 08:00:01`: day and time.
fn instant(text: &str) -> Instant {
    let (day, time) = text.split_once(' ').unwrap();
    let units: i64 = time.split(':').zip([3600, 60, 1]).map(|(part, unit)| part.parse::<i64>().unwrap() * unit).sum();
    Instant::from_seconds(day.parse::<i64>().unwrap() * DAY + units)
}

fn shown(at: Instant) -> String {
    let (day, of_day) = (at.seconds().div_euclid(DAY), at.seconds().rem_euclid(DAY));
    let text = format!("{day} {:02}:{:02}:{:02}", of_day / 3600, of_day / 60 % 60, of_day % 60);
    text.strip_suffix(":00").map(str::to_owned).unwrap_or(text)
}

/// Applies events such as `1 08:00 ann opens AutoCAD on d2 as s1` and `1 17:00 closes s1`, then advances to the last
/// line's instant; compares every decision with a line such as `1 08:00 ann AutoCAD new_window 7`, in the order of the core.
/// On the way, and at the end, checks that no pack ever loses or gains tokens.
fn check(office: Office, events: &str, decisions: &str) {
    let mut run = Run::new(&office);
    let mut packs = office.packs.iter().peekable();
    for line in events.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = instant(&words[..2].join(" "));
        while let Some((_, pack)) = packs.next_if(|(entered, _)| instant(entered) <= at) {
            run.apply(pack.bought, Event::Pack(*pack), "");
        }
        run.line(at, &words[2..]);
    }
    run.finish();
    let wanted: Vec<&str> = decisions.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(run.decisions, wanted, "after\n{events}");
}

struct Run {
    meter: Meter,
    journal: Journal,
    rows: Decisions,
    sessions: BTreeMap<String, SessionId>,
    decisions: Vec<String>,
    charged: Tokens,
    burned: Tokens,
}

impl Run {
    fn new(office: &Office) -> Self {
        Run {
            meter: Meter::new(office.roster.clone(), office.rules.clone(), 1),
            journal: Journal::default(),
            rows: Decisions::default(),
            sessions: BTreeMap::new(),
            decisions: Vec::new(),
            charged: Tokens::ZERO,
            burned: Tokens::ZERO,
        }
    }

    fn line(&mut self, at: Instant, words: &[&str]) {
        match words {
            ["closes", name] => {
                let session = self.sessions[*name];
                self.apply(at, Event::Close(session), "");
            }
            [user, "opens", product, rest @ ..] => {
                let mut open = Open {
                    user: UserId(place(&USERS, user)),
                    product: ProductId(place(&PRODUCTS, product)),
                    device: DeviceId(0),
                    version: VersionId(0),
                    identity: IdentityId(0),
                    online: true,
                    supported: true,
                    idle_aware: false,
                };
                let mut name = "";
                for pair in rest.chunks(2) {
                    match pair {
                        ["on", device] => open.device = DeviceId(device[1..].parse().unwrap()),
                        ["under", identity] => open.identity = IdentityId(identity[1..].parse().unwrap()),
                        ["as", session] => name = session,
                        ["while", "offline"] => open.online = false,
                        other => panic!("{other:?}"),
                    }
                }
                self.apply(at, Event::Open(open), name);
            }
            ["ends"] => {
                self.meter.advance(at, &mut self.journal);
                self.read();
            }
            other => panic!("{other:?}"),
        }
    }

    fn apply(&mut self, at: Instant, event: Event, name: &str) {
        if let Some(session) = self.meter.apply(at, event, &mut self.journal).and_then(Started::session) {
            self.sessions.insert(name.to_owned(), session);
        }
        self.read();
    }

    fn read(&mut self) {
        for entry in &self.journal.entries {
            self.rows.read(entry);
            if let Entry::Pack(change) = entry
                && change.posting.kind == PostingKind::Burn
            {
                self.burned += -change.posting.tokens;
            }
        }
        self.journal.clear();
        for part in self.meter.ledger().parts() {
            let spent = part.left + part.held + part.burned + part.expired + part.moved_out;
            assert_eq!(part.size + part.moved_in, spent, "conservation");
            assert!([part.left, part.held, part.burned, part.expired].iter().all(|part| *part >= Tokens::ZERO));
        }
        while let Some(decision) = self.rows.next_settled() {
            self.note(&decision);
        }
    }

    fn note(&mut self, decision: &Decision) {
        let (user, product) = (USERS[decision.user.index()], PRODUCTS[decision.product.index()]);
        let at = shown(decision.at);
        self.charged += if matches!(decision.verdict, Verdict::Granted(_)) { decision.tokens } else { Tokens::ZERO };
        self.decisions.push(match decision.verdict {
            Verdict::Granted(grant) => match decision.window {
                Some(window) if window.start != decision.at => {
                    format!("{at} {user} {product} {} {} from {}", grant.word(), decision.tokens, shown(window.start))
                }
                _ => format!("{at} {user} {product} {} {}", grant.word(), decision.tokens),
            },
            Verdict::Denied(denial) => format!("{at} {user} {product} denied {}", denial.word()),
            Verdict::Undecided(_) => unreachable!("settled decisions only"),
        });
    }

    fn finish(&mut self) {
        self.rows.finish();
        self.read();
        assert_eq!(self.charged, self.burned, "the sum of the charges is the sum of the burn");
    }
}

#[test]
fn t1_t4_the_vendors_first_example() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1
         1 17:00 closes s1
         2 07:00 ann opens AutoCAD as s2
         2 17:00 closes s2
         9 00:00 ends",
        "1 08:00 ann AutoCAD new_window 7
         2 07:00 ann AutoCAD covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD renewal_left_open 7",
    );
}

#[test]
fn t9_the_vendors_second_example() {
    check(
        office(),
        "1 19:00 ann opens AutoCAD as s1
         2 17:00 closes s1
         9 00:00 ends",
        "1 19:00 ann AutoCAD new_window 7",
    );
}

#[test]
fn t2_every_device_and_version_is_covered_inside_the_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD on d1 as s1
         1 09:00 closes s1
         1 10:00 ann opens AutoCAD on d2 as s2
         1 11:00 ann opens AutoCAD on d2 as s3
         1 12:00 closes s2
         1 12:00 closes s3
         9 00:00 ends",
        "1 08:00 ann AutoCAD new_window 7
         1 10:00 ann AutoCAD covered_by_window 0 from 1 08:00
         1 11:00 ann AutoCAD covered_by_window 0 from 1 08:00",
    );
}

#[test]
fn t4_left_open_over_the_weekend_it_renews_each_day_at_the_same_time() {
    check(
        office(),
        "5 08:30 ann opens AutoCAD as s1
         8 08:00 closes s1
         9 00:00 ends",
        "5 08:30 ann AutoCAD new_window 7
         6 08:30 ann AutoCAD renewal_left_open 7
         7 08:30 ann AutoCAD renewal_left_open 7",
    );
}

#[test]
fn t5_t8_closed_at_its_end_the_next_open_starts_its_own_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1
         2 08:00 closes s1
         2 08:00 ann opens AutoCAD as s2
         2 09:00 closes s2
         9 00:00 ends",
        "1 08:00 ann AutoCAD new_window 7
         2 08:00 ann AutoCAD new_window 7",
    );
}

#[test]
fn t6_exactly_300_seconds_are_free() {
    for (closed, decision) in
        [("1 08:04:59", "within_grace 0"), ("1 08:05:00", "within_grace 0"), ("1 08:05:01", "new_window 7")]
    {
        check(
            office(),
            &format!("1 08:00 ann opens AutoCAD as s1\n{closed} closes s1\n9 00:00 ends"),
            &format!("1 08:00 ann AutoCAD {decision}"),
        );
    }
}

#[test]
fn t6a_without_grace_a_session_of_no_length_is_charged() {
    check(
        office().rules(|rules| rules.grace = Span::from_seconds(0)),
        "1 08:00 ann opens AutoCAD as s1
         1 08:00 closes s1
         9 00:00 ends",
        "1 08:00 ann AutoCAD new_window 7",
    );
}

#[test]
fn t6a_open_across_the_windows_end_and_closed_in_time_pays_nothing() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1
         1 17:00 closes s1
         2 07:58 ann opens AutoCAD as s2
         2 08:02 closes s2
         9 00:00 ends",
        "1 08:00 ann AutoCAD new_window 7
         2 07:58 ann AutoCAD covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD within_grace 0",
    );
}

#[test]
fn t6a_the_hold_passes_to_the_next_that_is_still_open() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1
         1 08:02 ann opens AutoCAD as s2
         1 08:03 closes s1
         1 09:00 closes s2
         9 00:00 ends",
        "1 08:00 ann AutoCAD within_grace 0
         1 08:02 ann AutoCAD new_window 7 from 1 08:00",
    );
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1
         1 08:01 ann opens AutoCAD as s2
         1 08:02 closes s2
         1 08:03 ann opens AutoCAD as s3
         1 08:04 closes s1
         1 08:08 closes s3
         9 00:00 ends",
        "1 08:00 ann AutoCAD within_grace 0
         1 08:01 ann AutoCAD within_grace 0
         1 08:03 ann AutoCAD within_grace 0",
    );
}

#[test]
fn t6a_a_hold_that_passes_may_still_be_closed_at_the_very_end_of_the_grace() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1
         1 08:00 ann opens AutoCAD as s2
         1 08:05 closes s1
         1 08:05 closes s2
         9 00:00 ends",
        "1 08:00 ann AutoCAD within_grace 0
         1 08:00 ann AutoCAD within_grace 0",
    );
}

#[test]
fn t6a_two_opens_cannot_spend_the_same_tokens() {
    check(
        office().without_packs().pack("0 00:00", 0, 7, 400),
        "1 08:00 ann opens AutoCAD as s1
         1 08:01 cy opens AutoCAD as s2
         1 08:02 closes s1
         1 08:03 cy opens AutoCAD as s3
         1 09:00 closes s3
         9 00:00 ends",
        "1 08:00 ann AutoCAD within_grace 0
         1 08:01 cy AutoCAD denied balance_zero
         1 08:03 cy AutoCAD new_window 7",
    );
}

#[test]
fn t6a_a_chain_of_short_sessions_as_long_as_a_window_settles_both_windows_together() {
    let long_grace = || office().rules(|rules| rules.grace = Span::from_seconds(20 * 3600));
    let events = "1 00:00 ann opens AutoCAD as s1
         1 18:00 ann opens AutoCAD as s2
         1 19:00 closes s1";
    check(
        long_grace(),
        &format!("{events}\n2 06:00 closes s2\n9 00:00 ends"),
        "1 00:00 ann AutoCAD within_grace 0
         1 18:00 ann AutoCAD within_grace 0
         2 00:00 ann AutoCAD within_grace 0",
    );
    check(
        long_grace(),
        &format!("{events}\n2 16:00 closes s2\n9 00:00 ends"),
        "1 00:00 ann AutoCAD within_grace 0
         1 18:00 ann AutoCAD new_window 7 from 1 00:00
         2 00:00 ann AutoCAD renewal_left_open 7",
    );
}

#[test]
fn p4_p5_p6_tokens_end_with_their_pack_and_denials_say_what_is_missing() {
    let short = || office().without_packs().pack("0 00:00", 0, 10, 2);
    check(
        short(),
        "1 08:00 ann opens AutoCAD as s1
         1 08:30 cy opens AutoCAD as s2
         1 09:00 cy opens Viewer as s3
         1 17:00 closes s1
         2 00:00 ann opens Revit as s4
         9 00:00 ends",
        "1 08:00 ann AutoCAD new_window 7
         1 08:30 cy AutoCAD denied balance_low
         1 09:00 cy Viewer new_window 0
         2 00:00 ann Revit denied all_packs_expired
         2 09:00 cy Viewer renewal_left_open 0
         3 09:00 cy Viewer renewal_left_open 0
         4 09:00 cy Viewer renewal_left_open 0
         5 09:00 cy Viewer renewal_left_open 0
         6 09:00 cy Viewer renewal_left_open 0
         7 09:00 cy Viewer renewal_left_open 0
         8 09:00 cy Viewer renewal_left_open 0",
    );
    check(
        office().without_packs(),
        "1 08:00 ann opens AutoCAD as s1
         9 00:00 ends",
        "1 08:00 ann AutoCAD denied balance_zero",
    );
}

#[test]
fn p6_access_returns_with_a_purchase_at_the_same_instant() {
    check(
        office().without_packs().pack("0 00:00", 0, 7, 400).pack("2 08:00", 0, 100, 400),
        "1 08:00 ann opens AutoCAD as s1
         2 07:00 cy opens AutoCAD as s2
         2 08:00 cy opens AutoCAD as s3
         2 09:00 closes s1
         2 09:00 closes s3
         9 00:00 ends",
        "1 08:00 ann AutoCAD new_window 7
         2 07:00 cy AutoCAD denied balance_zero
         2 08:00 ann AutoCAD renewal_left_open 7
         2 08:00 cy AutoCAD new_window 7",
    );
}

#[test]
fn p7_a_renewal_that_cannot_be_paid_ends_the_session_or_leaves_it_open_unpaid() {
    let events = "1 08:00 ann opens AutoCAD as s1
         4 08:00 ann opens AutoCAD as s2
         4 09:00 closes s2
         5 12:00 closes s1
         9 00:00 ends";
    let short = || office().without_packs().pack("0 00:00", 0, 7, 400).pack("3 00:00", 0, 100, 400);
    check(
        short(),
        events,
        "1 08:00 ann AutoCAD new_window 7
         2 08:00 ann AutoCAD denied balance_zero
         4 08:00 ann AutoCAD new_window 7",
    );
    check(
        short().rules(|rules| rules.renewal_shortfall = RenewalShortfall::AllowUntilClose),
        events,
        "1 08:00 ann AutoCAD new_window 7
         2 08:00 ann AutoCAD denied balance_zero
         4 08:00 ann AutoCAD new_window 7",
    );
}

#[test]
fn e1_e3_e4_who_may_open_what() {
    check(
        office(),
        "1 08:00 dee opens AutoCAD
         1 08:00 ann opens Viewer
         1 08:00 bob opens AutoCAD
         2 00:00 ends",
        "1 08:00 dee AutoCAD denied not_assigned
         1 08:00 ann Viewer denied product_not_allowed
         1 08:00 bob AutoCAD denied product_not_allowed",
    );
    let mut default = office();
    default.roster.teams[0].default_access = Some(ListId(0));
    check(
        default,
        "1 08:00 bob opens AutoCAD as s1
         1 08:00 bob opens Viewer as s2
         1 09:00 closes s1
         2 00:00 ends",
        "1 08:00 bob AutoCAD new_window 7
         1 08:00 bob Viewer denied product_not_allowed",
    );
}

#[test]
fn e6_e7_a_cover_comes_before_tokens_for_its_identity_until_it_ends() {
    check(
        office().cover("ann", "AutoCAD", "3 12:00", true),
        "1 08:00 ann opens AutoCAD as s1
         1 09:00 closes s1
         1 10:00 ann opens AutoCAD under i1 as s2
         1 11:00 closes s2
         3 08:00 ann opens AutoCAD as s3
         3 13:00 closes s3
         5 08:00 ann opens AutoCAD as s4
         5 09:00 closes s4
         9 00:00 ends",
        "1 08:00 ann AutoCAD trial 0
         1 10:00 ann AutoCAD new_window 7
         3 08:00 ann AutoCAD trial 0
         3 12:00 ann AutoCAD lapsed_while_open 7
         5 08:00 ann AutoCAD new_window 7",
    );
    check(
        office().cover("ann", "AutoCAD", "3 12:00", false),
        "3 11:58 ann opens AutoCAD as s1
         3 12:02 closes s1
         9 00:00 ends",
        "3 11:58 ann AutoCAD subscription 0
         3 12:00 ann AutoCAD within_grace 0",
    );
}

#[test]
fn e6_t6a_a_cover_that_begins_inside_a_hold_changes_nothing_before_the_next_check() {
    let mut office = office().cover("ann", "AutoCAD", "9 00:00", true);
    office.roster.covers[0].holds.0 = instant("1 08:02");
    check(
        office,
        "1 08:00 ann opens AutoCAD as s1
         1 08:01 ann opens AutoCAD as s2
         1 08:03 closes s1
         2 17:00 closes s2
         9 00:00 ends",
        "1 08:00 ann AutoCAD within_grace 0
         1 08:01 ann AutoCAD new_window 7 from 1 08:00
         2 08:00 ann AutoCAD trial 0",
    );
}

#[test]
fn e10_the_fourth_device_is_refused_for_good() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD on d1
         1 09:00 ann opens AutoCAD on d2
         1 10:00 ann opens AutoCAD on d3
         1 11:00 ann opens AutoCAD on d4
         1 12:00 ann opens AutoCAD on d1 as s5
         1 13:00 closes s5
         2 09:00 ann opens AutoCAD on d4
         9 00:00 ends",
        "1 08:00 ann AutoCAD new_window 7
         1 09:00 ann AutoCAD covered_by_window 0 from 1 08:00
         1 10:00 ann AutoCAD covered_by_window 0 from 1 08:00
         1 11:00 ann AutoCAD denied device_limit
         1 12:00 ann AutoCAD covered_by_window 0 from 1 08:00
         2 09:00 ann AutoCAD denied device_limit",
    );
}

#[test]
fn e11_a_second_device_signs_the_first_out_or_is_refused() {
    let events = "1 08:00 ann opens AutoCAD on d1 as s1
         1 08:02 ann opens AutoCAD on d2 as s2
         1 08:03 closes s1
         1 09:00 closes s2
         9 00:00 ends";
    check(
        office(),
        events,
        "1 08:00 ann AutoCAD within_grace 0
         1 08:02 ann AutoCAD new_window 7",
    );
    check(
        office().rules(|rules| rules.second_device = SecondDevice::Deny),
        events.trim_end_matches("1 09:00 closes s2\n         9 00:00 ends"),
        "1 08:00 ann AutoCAD within_grace 0
         1 08:02 ann AutoCAD denied in_use_elsewhere",
    );
}

#[test]
fn e12_the_team_whose_tokens_end_first_pays_unless_the_rules_say_otherwise() {
    for (choice, first_team_left) in
        [(TeamChoice::EarliestEndDate, 1000), (TeamChoice::MostTokens, 993), (TeamChoice::FirstListed, 993)]
    {
        let office = office().pack("0 00:00", 1, 500, 300).rules(|rules| rules.team_choice = choice);
        let mut run = Run::new(&office);
        for (_, pack) in &office.packs {
            run.apply(pack.bought, Event::Pack(*pack), "");
        }
        run.line(instant("1 08:00"), &["cy", "opens", "AutoCAD"]);
        run.line(instant("1 09:00"), &["ends"]);
        assert_eq!(run.meter.ledger().free(TeamId(0)), Tokens::whole(first_team_left), "{choice:?}");
    }
}

#[test]
fn e12_a_team_that_cannot_pay_is_passed_over() {
    check(
        office().without_packs().pack("0 00:00", 0, 3, 300).pack("0 00:00", 1, 14, 400),
        "1 08:00 cy opens AutoCAD as s1
         1 09:00 cy opens Revit as s2
         1 10:00 closes s1
         9 00:00 ends",
        "1 08:00 cy AutoCAD new_window 7
         1 09:00 cy Revit denied balance_low",
    );
}

#[test]
fn e12_random_hangs_on_the_seed_alone() {
    let paid_by_first = |seed: u64| {
        let office = office().pack("0 00:00", 1, 500, 300).rules(|rules| rules.team_choice = TeamChoice::Random);
        let mut run = Run::new(&office);
        run.meter.reset(seed);
        for (_, pack) in &office.packs {
            run.apply(pack.bought, Event::Pack(*pack), "");
        }
        run.line(instant("1 08:00"), &["cy", "opens", "AutoCAD"]);
        run.line(instant("1 09:00"), &["ends"]);
        run.meter.ledger().free(TeamId(0)) < Tokens::whole(1000)
    };
    let count = (0..1000).filter(|seed| paid_by_first(*seed)).count();
    assert!((440..560).contains(&count), "{count} of 1000");
    assert_eq!(paid_by_first(7), paid_by_first(7));
}

#[test]
fn o1_o2_offline_inside_the_window_only() {
    check(
        office(),
        "1 07:00 ann opens AutoCAD while offline
         1 08:00 ann opens AutoCAD as s1
         1 09:00 closes s1
         1 10:00 ann opens AutoCAD while offline as s2
         9 00:00 ends",
        "1 07:00 ann AutoCAD denied offline
         1 08:00 ann AutoCAD new_window 7
         1 10:00 ann AutoCAD covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD denied offline",
    );
}

#[test]
fn o2_only_the_offline_session_ends_with_the_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1
         1 09:00 closes s1
         1 10:00 ann opens AutoCAD while offline as s2
         1 11:00 ann opens AutoCAD as s3
         2 17:00 closes s3
         9 00:00 ends",
        "1 08:00 ann AutoCAD new_window 7
         1 10:00 ann AutoCAD covered_by_window 0 from 1 08:00
         1 11:00 ann AutoCAD covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD denied offline
         2 08:00 ann AutoCAD renewal_left_open 7",
    );
}

#[test]
fn x1_a_free_add_in_stays_free_when_a_cover_of_it_ends() {
    check(
        office().cover("cy", "Toolbar", "1 12:00", true),
        "1 08:00 cy opens Toolbar as s1
         1 17:00 closes s1
         9 00:00 ends",
        "1 08:00 cy Toolbar free_add_in 0",
    );
}

#[test]
fn e7_a_lapse_under_one_identity_inside_a_hold_of_another() {
    let grace = |rules: &mut Rules| rules.grace = Span::from_seconds(3600);
    check(
        office().cover("ann", "AutoCAD", "1 08:30", true).rules(grace),
        "1 08:00 ann opens AutoCAD under i1 as s1
         1 08:05 ann opens AutoCAD as s2
         1 08:40 closes s1
         1 17:00 closes s2
         9 00:00 ends",
        "1 08:00 ann AutoCAD within_grace 0
         1 08:05 ann AutoCAD trial 0
         1 08:30 ann AutoCAD lapsed_while_open 7 from 1 08:00",
    );
}

#[test]
fn x1_x2_add_ins_come_along_are_charged_and_close_with_their_host() {
    check(
        office(),
        "1 08:00 cy opens Revit on d1 as s1
         1 08:01 cy opens Layout on d1 as s2
         1 17:00 closes s1
         3 08:00 cy opens Revit on d1 as s3
         3 08:04 closes s3
         9 00:00 ends",
        "1 08:00 cy Revit new_window 10
         1 08:00 cy Layout add_in_with_host 2
         1 08:00 cy Toolbar free_add_in 0
         1 08:01 cy Layout covered_by_window 0 from 1 08:00
         3 08:00 cy Revit within_grace 0
         3 08:00 cy Layout within_grace 0
         3 08:00 cy Toolbar free_add_in 0",
    );
}

#[test]
fn x3_an_add_in_that_fails_is_denied_by_itself() {
    check(
        office(),
        "1 08:00 ann opens Revit as s1
         1 17:00 closes s1
         9 00:00 ends",
        "1 08:00 ann Revit new_window 10
         1 08:00 ann Layout denied product_not_allowed
         1 08:00 ann Toolbar free_add_in 0",
    );
    check(
        office().without_packs(),
        "1 08:00 ann opens Revit
         9 00:00 ends",
        "1 08:00 ann Revit denied balance_zero",
    );
    check(
        office().without_packs().pack("0 00:00", 0, 22, 400),
        "1 08:00 cy opens Revit as s1
         2 12:00 closes s1
         9 00:00 ends",
        "1 08:00 cy Revit new_window 10
         1 08:00 cy Layout add_in_with_host 2
         1 08:00 cy Toolbar free_add_in 0
         2 08:00 cy Revit renewal_left_open 10
         2 08:00 cy Layout denied balance_zero",
    );
}

#[test]
fn a_stale_close_ends_no_other_session() {
    check(
        office().without_packs().pack("0 00:00", 0, 7, 400).pack("3 00:00", 0, 100, 400),
        "1 08:00 ann opens AutoCAD as friday
         3 08:00 ann opens AutoCAD as monday
         3 08:01 closes friday
         3 09:00 closes monday
         9 00:00 ends",
        "1 08:00 ann AutoCAD new_window 7
         2 08:00 ann AutoCAD denied balance_zero
         3 08:00 ann AutoCAD new_window 7",
    );
}
