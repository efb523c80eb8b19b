//! The rules of Flex: one pure door, [`Meter::apply`]. Events go in, decisions with their reasons come out as data.
//!
//! The meter has no clock, no random numbers and no files: every instant is handed in, and the same events give the
//! same journal, bit for bit. What becomes due by itself (packs that end, grace decisions, renewals, covers that
//! lapse) it does on the way to the next event, in the order that [`Phase`] defines.
//!
//! `open` checks and grants opens, `close` ends sessions, `charge` holds, posts and voids, `renew` decides what is still open
//! when a window or a cover ends, `idle` delays that, `result` charges cloud services, `administration` changes who may open what
//! at which rate. Rule numbers (T1, P6, E14, …) are those of rules.md.
//!
//! # Each rule, with tests that show it
//!
//! Whoever changes a rule begins here: `meter_rules::idle::t7_…` stands in `tests/meter_rules/idle.rs`, and most rules have more tests
//! beside the ones that are named.
//!
//! | rule | what it says | tests |
//! | --- | --- | --- |
//! | T1 | a window of 24 hours, charged once | `meter_rules::windows::t1_t4_the_vendors_first_example` `meter_rules::windows::t1_each_user_and_each_product_has_a_window_of_its_own` |
//! | T2 | inside it every open is covered | `meter_rules::windows::t2_every_device_and_version_is_covered_inside_the_window` |
//! | T3 | a window is elapsed time | `meter_rules::zones::t3_another_zone_with_the_same_instants_gives_the_same_rows` `meter_rules::zones::t3_who_travels_has_the_same_windows` `meter_rules::properties::t3_shifting_every_instant_shifts_the_journal_and_nothing_else` |
//! | T4 | left open, it renews every 24 hours | `meter_rules::windows::t4_left_open_over_the_weekend_it_renews_each_day_at_the_same_time` |
//! | T5 | closed at its end, the next open starts its own | `meter_rules::windows::t5_t8_closed_at_its_end_the_next_open_starts_its_own_window` |
//! | T6 | closed within five minutes, it is free | `meter_rules::grace::t6_exactly_300_seconds_are_free` `meter_rules::grace::t6_it_starts_no_window` |
//! | T6a | held until it settles | `meter_rules::grace::t6a_two_opens_cannot_spend_the_same_tokens` `meter_rules::grace::t6a_the_hold_passes_to_the_next_that_is_still_open` `meter_rules::grace::t6a_open_across_the_windows_end_and_closed_in_time_pays_nothing` `meter_rules::grace::t6a_without_grace_a_session_of_no_length_is_charged` `meter_rules::properties::t6a_a_void_restores_every_balance_and_every_pack` |
//! | T7 | idle, charges pause | `meter_rules::idle::t7_a_renewal_due_less_than_15_minutes_into_an_idle_span_is_charged` `meter_rules::idle::t7_due_15_minutes_into_it_it_waits_for_the_next_use_which_starts_the_window` `meter_rules::idle::t7_no_use_no_charge` |
//! | T8 | windows are half-open | `meter_rules::windows::t5_t8_closed_at_its_end_the_next_open_starts_its_own_window` |
//! | T9 | a charge belongs to the day its window starts | `meter_rules::windows::t9_the_vendors_second_example` `round_trip::figures::days_are_those_of_the_scenarios_zone` |
//! | P1 | packs make one balance | `meter_rules::packs::p1_p4_purchases_make_one_balance_and_a_charge_may_span_packs` |
//! | P2 | a pack is valid for one year | `calendar::day::a_year_later_is_the_same_date_and_a_leap_day_ends_as_the_day_before` `scenario_model::packs_last_a_year_from_the_day_of_purchase_in_the_zone` |
//! | P3 | days begin at midnight in the zone | `scenario_model::days_begin_at_midnight_in_the_zone_and_the_end_is_exclusive` |
//! | P4 | burn order, and holds that outlive their pack | `meter_rules::packs::p4_the_earliest_end_then_the_smallest_then_the_oldest_then_the_first_entered` `meter_rules::packs::p4_p5_a_hold_outlives_its_pack_and_burns_when_posted` `meter_rules::moves::p4_p8_a_moved_pack_burns_by_its_size_when_bought_its_dates_and_its_entry` |
//! | P5 | what is left at the end date expires | `meter_rules::packs::p4_p5_p6_tokens_end_with_their_pack_and_denials_say_what_is_missing` `meter_rules::packs::p4_p5_voided_it_expires` |
//! | P6 | the whole rate must be free | `meter_rules::packs::p4_p5_p6_tokens_end_with_their_pack_and_denials_say_what_is_missing` `meter_rules::packs::p6_of_two_teams_the_better_case_is_said` `meter_rules::packs::p6_access_returns_with_a_purchase_at_the_same_instant` |
//! | P7 | a renewal that cannot be paid | `meter_rules::packs::p7_a_renewal_that_cannot_be_paid_ends_the_session_or_leaves_it_open_unpaid` `meter_rules::packs::p7_what_is_left_open_unpaid_is_still_open` |
//! | P8 | moves and merges | `meter_rules::moves::p8_a_move_takes_what_is_left_and_no_user_along` `meter_rules::moves::p8_what_is_on_hold_stays_until_it_is_voided` `meter_rules::merges::p8_a_running_window_is_the_new_teams_and_so_is_its_renewal` `meter_rules::properties::p8_moves_and_merges_keep_the_sums` |
//! | P9 | tokens are exact, and none is lost | `meter_rules::packs::p9_millionths_are_exact` `meter_rules::properties::p9_nothing_is_lost_or_gained_and_every_charge_is_the_sum_of_its_burns` |
//! | E1 | assigned, with the product allowed | `meter_rules::entitlement::e1_e3_e4_who_may_open_what` `meter_rules::entitlement::e1_assigned_one_may_open_and_taken_out_no_more` |
//! | E2 | invitations | `meter_rules::invitations::e2_it_is_accepted_within_seven_days_or_lapses` `meter_rules::invitations::e2_sent_again_it_replaces_the_first` `meter_rules::invitations::e2_an_existing_user_is_assigned_at_once` |
//! | E3 | a list or all, and clearing | `meter_rules::entitlement::e3_with_all_a_later_product_is_allowed_with_a_list_it_is_not` `meter_rules::entitlement::e3_clearing_turns_all_into_a_list_of_what_is_there` |
//! | E4 | default assignments, and guests | `meter_rules::entitlement::e4_a_default_list_serves_who_is_there_and_who_comes_and_no_list_of_ones_own` `meter_rules::entitlement::e4_a_later_product_is_not_added_to_it` `meter_rules::entitlement::e4_guests_are_served_where_it_is_switched_on` |
//! | E5 | mails | `meter_rules::entitlement::e5_who_is_assigned_one_by_one_gets_a_mail` |
//! | E6 | covers come before tokens | `meter_rules::covers::e6_e7_a_cover_comes_before_tokens_for_its_identity_until_it_ends` `meter_rules::covers::e6_a_cover_is_of_one_identity_and_one_product` |
//! | E7 | a cover that ends while open | `meter_rules::covers::e6_e7_a_cover_comes_before_tokens_for_its_identity_until_it_ends` `meter_rules::covers::e7_or_nothing_is_charged_before_the_next_open` `meter_rules::covers::e7_a_paid_window_that_still_runs_ends_as_any_other` |
//! | E8 | no limit per user: `tests/gallery/scenarios/token_limit` | `gallery::every_error_says_what_the_gallery_shows` |
//! | E9 | platforms and versions | `meter_rules::platforms::e9_on_linux_four_products_need_2020_or_later` `meter_rules::devices::e9_a_version_that_the_platform_lacks_is_denied_also_inside_a_window` |
//! | E10 | three devices | `meter_rules::devices::e10_the_fourth_device_is_refused_for_good` `meter_rules::devices::e10_a_device_counts_from_the_first_open_tried_on_it_and_so_does_an_unnamed_one` |
//! | E11 | one device at a time | `meter_rules::devices::e11_a_second_device_signs_the_first_out_or_is_refused` `meter_rules::order::e14_e11_the_sign_out_happens_whatever_follows` |
//! | E12 | which team pays | `meter_rules::teams::e12_the_team_whose_tokens_end_first_pays_unless_the_rules_say_otherwise` `meter_rules::teams::e12_a_team_that_cannot_pay_is_passed_over` `meter_rules::teams::e12_random_hangs_on_the_seed_alone` |
//! | E13 | the plan of a team | `scenario_model::a_team_keeps_its_plan` |
//! | E14 | the order of the checks | `meter_rules::order::e14_version_before_device_limit` `meter_rules::order::e14_covers_before_assignment` `meter_rules::order::e14_assignment_before_offline_before_balance` `meter_rules::order::e14_a_renewal_checks_again_from_the_subscription_on` |
//! | O1 | the first open needs the internet | `meter_rules::offline::o1_o2_offline_inside_the_window_only` |
//! | O2 | offline inside the window | `meter_rules::offline::o1_o2_offline_inside_the_window_only` `meter_rules::offline::o2_only_the_offline_session_ends_with_the_window` |
//! | X1 | an add-in has a window of its own, or is free | `meter_rules::add_ins::x1_x2_add_ins_come_along_are_charged_and_close_with_their_host` `meter_rules::add_ins::x1_a_free_add_in_stays_free_when_a_cover_of_it_ends` |
//! | X2 | it comes along, and closes with its host | `meter_rules::add_ins::x1_x2_otherwise_it_opens_when_its_user_opens_it_with_a_window_of_its_own` `meter_rules::add_ins::x2_an_add_in_closes_with_the_host_whose_renewal_fails` `meter_rules::add_ins::x2_a_host_that_is_denied_opens_none` |
//! | X3 | one that fails is denied by itself | `meter_rules::add_ins::x3_an_add_in_that_is_not_allowed_is_denied_by_itself` `meter_rules::add_ins::x3_an_add_in_that_cannot_be_paid_is_denied_by_itself` |
//! | X4 | results | `meter_rules::results::x4_rate_times_quantity_at_once_with_no_window_and_no_grace` `meter_rules::results::x4_all_of_a_job_are_paid_or_none` `meter_rules::results::x4_to_the_packs_that_paid_the_last_first` `meter_rules::results::x4_p5_what_expired_meanwhile_stays_expired` |
//! | S1 | the rate in force at its start | `meter_rules::rates::s1_a_window_costs_what_is_in_force_at_its_start` `meter_rules::rates::s1_a_hold_keeps_its_rate_when_it_passes` |
//! | S2 | a rate of zero | `meter_rules::rates::s2_a_rate_of_zero_is_metered_and_free_also_without_tokens` |
//! | S3 | released and withdrawn | `meter_rules::rates::s3_released_and_withdrawn_on_a_day` `meter_rules::rates::s3_what_is_withdrawn_while_it_is_open_is_not_renewed` |

mod administration;
mod charge;
mod choice;
mod close;
mod decisions;
mod event;
mod idle;
mod journal;
mod lists;
mod open;
mod pairs;
mod phase;
mod renew;
mod result;
mod roster;
mod rules;
mod sessions;
mod timers;
mod waiting;

pub use administration::INVITATION;
pub use decisions::Decisions;
pub use event::{Administration, Event, Open, Order};
pub use journal::{
    Cause, Choice, Decision, Denial, Ended, EndedBy, Entry, Grant, Journal, Mail, MailKind, PackChange, Short, Verdict,
    Window,
};
pub use lists::{ListId, ProductLists};
pub use phase::{Moment, Phase};
pub use result::JobId;
pub use roster::{Access, Cover, Membership, ProductTerms, Roster, TeamTerms, UserTerms};
pub use rules::{LapseWhileOpen, RenewalShortfall, Rules, SecondDevice, TeamChoice};
pub use sessions::SessionId;
pub use waiting::Waiting;

use crate::ids::{ProductId, UserId};
use crate::ledger::{Ledger, NewPack, Posting};
use crate::time::{Instant, Span};
use crate::tokens::Tokens;
use pairs::{PairId, Pairs, Running};
use result::Jobs;
use sessions::Sessions;
use timers::{Due, Timers};

/// The metering core: who has what open, which windows run, what the packs hold.
#[derive(Clone, Debug)]
pub struct Meter {
    /// As administration has made it.
    roster: Roster,
    /// As it was at the start, once administration has happened.
    initial: Option<Roster>,
    /// Whether administration has happened since.
    altered: bool,
    rules: Rules,
    seed: u64,
    ledger: Ledger,
    pairs: Pairs,
    sessions: Sessions,
    timers: Timers,
    jobs: Jobs,
    /// Windows that ended before they were decided: only a chain of sessions, each closed in time, as long as a window. By pair,
    /// then by age.
    overdue: Vec<(PairId, Running)>,
    /// By product: whether it is the host of an add-in.
    hosts: Vec<bool>,
    now: Instant,
    decisions: u64,
    windows: u64,
}

/// What an event began that later ones name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// A product was opened.
    Session(SessionId),
    /// Results were ordered that may be given back.
    Job(JobId),
}

impl Started {
    /// The session that an open began.
    pub const fn session(self) -> Option<SessionId> {
        match self {
            Started::Session(session) => Some(session),
            Started::Job(_) => None,
        }
    }

    /// The job that an order began.
    pub const fn job(self) -> Option<JobId> {
        match self {
            Started::Session(_) => None,
            Started::Job(job) => Some(job),
        }
    }
}

impl Meter {
    /// A meter without packs. `seed` is used by `team_choice: random` alone.
    pub fn new(roster: Roster, rules: Rules, seed: u64) -> Self {
        let mut hosts = vec![false; roster.products.len()];
        for host in roster.products.iter().filter_map(|product| product.host) {
            hosts[host.index()] = true;
        }
        Meter {
            rules,
            seed,
            ledger: Ledger::new(roster.teams.len()),
            pairs: Pairs::new(roster.users.len()),
            sessions: Sessions::new(roster.users.len()),
            timers: Timers::new(&roster.covers),
            jobs: Jobs::default(),
            overdue: Vec::new(),
            hosts,
            now: Instant::MIN,
            decisions: 0,
            windows: 0,
            initial: None,
            altered: false,
            roster,
        }
    }

    /// Back to the start, with another seed, keeping the memory: a warm run allocates nothing here.
    pub fn reset(&mut self, seed: u64) {
        self.seed = seed;
        if let Some(initial) = self.initial.as_ref().filter(|_| std::mem::take(&mut self.altered)) {
            self.roster.restore(initial);
        }
        self.ledger.clear();
        self.pairs.clear();
        self.sessions.clear();
        self.timers.clear();
        self.jobs.clear();
        self.overdue.clear();
        self.now = Instant::MIN;
        self.decisions = 0;
        self.windows = 0;
    }

    /// The packs.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Begins to watch what is asked of the packs: [`Ledger::watch`].
    pub fn watch(&mut self) {
        self.ledger.watch();
    }

    /// Who may open what, as administration has made it.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Applies one event, after all that is due before it; says what an open or an order began, where it was granted.
    ///
    /// Events come in the order of their [`Moment`]s. The close of a session of no length may follow its open at once.
    pub fn apply(&mut self, at: Instant, event: Event, journal: &mut Journal) -> Option<Started> {
        debug_assert!(at >= self.now, "events come in order");
        self.run_until((at, event.phase()), journal);
        self.now = at;
        match event {
            Event::Pack(pack) => self.enter(pack, journal),
            Event::Administration(what) => self.administer(what, journal),
            Event::Close(session) => self.close(session, journal),
            Event::Idle(session) => self.idle(session),
            Event::Resume(session) => self.resume(session),
            Event::Open(open) => return self.open(open, journal).map(Started::Session),
            Event::GiveBack(job) => self.give_back(job, journal),
            Event::Order(order) => return self.order(order, journal).map(Started::Job),
        }
        None
    }

    /// Does all that is due up to and including an instant.
    pub fn advance(&mut self, until: Instant, journal: &mut Journal) {
        self.run_until((until + Span::from_seconds(1), Phase::Expiry), journal);
        self.now = self.now.max(until);
    }

    /// Reads what an open will need, and changes nothing. Announced with others some time before it happens, it doesn't wait for the
    /// memory then: what several opens need comes at once.
    pub fn foresee_open(&self, user: UserId, product: ProductId) {
        self.roster.foresee(user);
        let pair = self.pairs.find(user, product).unwrap_or(PairId(user.0));
        self.pairs.foresee(pair);
        self.sessions.foresee_open(pair);
    }

    /// The same for another event of a session.
    pub fn foresee(&self, session: SessionId) {
        if let Some(pair) = self.sessions.foresee(session) {
            self.pairs.foresee(pair);
        }
    }

    /// When something becomes due next: [`Instant::MAX`] where nothing does.
    pub fn next_due(&self) -> Instant {
        self.timers.first()
    }

    /// Does all that is due at an instant before what else is administered then: packs end.
    pub fn begin_at(&mut self, at: Instant, journal: &mut Journal) {
        self.run_until((at, Phase::Administration), journal);
        self.now = self.now.max(at);
    }

    fn run_until(&mut self, limit: Moment, journal: &mut Journal) {
        while let Some((at, due)) = self.timers.next(limit) {
            // A pack that is entered after its end ends late.
            debug_assert!(at >= self.now || matches!(due, Due::Expiry), "nothing else is late");
            self.now = self.now.max(at);
            match due {
                Due::Expiry => self.expire(journal),
                Due::Grace => self.grace_is_over(journal),
                Due::WindowEnd => self.window_ends(journal),
                Due::Lapse => self.cover_lapses(journal),
                Due::Resumption => self.renew_resumed(journal),
            }
        }
    }

    fn enter(&mut self, pack: NewPack, journal: &mut Journal) {
        self.ledger.enter(pack, &mut change(self.now, journal));
        self.timers.set_expiry(self.ledger.next_expiry());
    }

    fn expire(&mut self, journal: &mut Journal) {
        self.ledger.expire_next(&mut change(self.now, journal));
        self.timers.set_expiry(self.ledger.next_expiry());
    }

    fn rate(&self, product: ProductId) -> Option<Tokens> {
        self.roster.products[product.index()].rate
    }
}

/// Writes postings that have no cause but the time into the journal.
fn change(now: Instant, journal: &mut Journal) -> impl FnMut(Posting) {
    move |posting| journal.entries.push(Entry::Pack(PackChange { at: now, posted: now, posting, cause: None }))
}
