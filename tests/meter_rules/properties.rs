//! What holds of every history (`history`), whatever the rules and the settings.

use std::collections::BTreeSet;

use flexcast::ids::{DeviceId, IdentityId, ProductId, TeamId, UserId, VersionId};
use flexcast::ledger::{Ledger, Part, Posting, PostingKind};
use flexcast::meter::*;
use flexcast::time::{Instant, Span};
use flexcast::tokens::Tokens;

use crate::history::{Began, Draws, History, Step, later};
use crate::office::TEAMS;
use crate::run::Run;

const SEEDS: u64 = 1500;

/// A meter that says nothing but its journal.
struct Bare {
    meter: Meter,
    began: Began,
    journal: Journal,
}

impl Bare {
    fn new(meter: Meter) -> Self {
        Bare { meter, began: Began::new(), journal: Journal::default() }
    }

    fn play(&mut self, steps: &[Step]) {
        for step in steps {
            let event = step.event(&self.began);
            let started = event.and_then(|event| self.meter.apply(step.at, event, &mut self.journal));
            step.keep(started, &mut self.began);
        }
    }

    fn end(mut self, at: Instant) -> Vec<Entry> {
        self.meter.advance(at, &mut self.journal);
        self.journal.entries
    }
}

fn journal(history: &History) -> Vec<Entry> {
    let mut bare = Bare::new(history.meter(1));
    bare.play(&history.steps);
    bare.end(history.end())
}

#[test]
fn p9_nothing_is_lost_or_gained_and_every_charge_is_the_sum_of_its_burns() {
    let mut words = BTreeSet::new();
    for seed in 0..SEEDS {
        let history = History::random(seed);
        let mut run = Run::new(history.meter(1));
        let mut began = Began::new();
        for step in &history.steps {
            let started = step.event(&began).and_then(|event| run.apply(step.at, event));
            step.keep(started, &mut began);
        }
        run.finish(history.end());
        words.extend(run.come(&[]).iter().flat_map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>()));
    }
    let grants = Grant::ALL.iter().map(|grant| grant.word());
    let denials = Denial::ALL.iter().map(|denial| denial.word());
    let others = ["expire", "refund", "move_out", "move_in", "invitation", "assignment"];
    let never: Vec<&str> = grants.chain(denials).chain(others).filter(|word| !words.contains(*word)).collect();
    assert!(never.is_empty(), "these histories never come to {never:?}");
}

#[test]
fn t6a_a_void_restores_every_balance_and_every_pack() {
    let mut voided = 0;
    for seed in 0..SEEDS {
        let history = History::random(seed);
        let mut bare = Bare::new(history.meter(1));
        bare.play(&history.steps);
        let at = history.end();
        bare.meter.advance(at, &mut bare.journal);
        bare.journal.clear();
        let before = standing(bare.meter.ledger());
        let open = Open {
            user: UserId((seed % 3) as u32),
            product: ProductId((seed % 2) as u32),
            device: DeviceId(0),
            version: VersionId(0),
            identity: IdentityId(7),
            online: true,
            supported: true,
            idle_aware: false,
        };
        let opened = bare.meter.apply(at, Event::Open(open), &mut bare.journal).and_then(Started::session);
        let Some(session) = opened else { continue };
        bare.meter.apply(at, Event::Close(session), &mut bare.journal);
        let is_voided = |entry: &Entry| matches!(entry, Entry::Voided { .. });
        if !bare.journal.entries.iter().any(is_voided) {
            continue;
        }
        voided += 1;
        assert_eq!(standing(bare.meter.ledger()), before, "seed {seed}");
    }
    assert!(voided > SEEDS / 20, "only {voided} holds were voided");
}

/// Each part of each pack, and each team's balance, what it has free, and when what it burns next ends.
fn standing(ledger: &Ledger) -> impl PartialEq + std::fmt::Debug + use<> {
    let shares =
        |part: &Part| [part.size, part.moved_in, part.moved_out, part.left, part.held, part.burned, part.expired];
    let teams = (0..TEAMS.len()).map(TeamId::from_index);
    let teams = teams.map(|team| (ledger.balance(team), ledger.free(team), ledger.next_to_burn_ends(team)));
    (ledger.parts().iter().map(shares).collect::<Vec<_>>(), teams.collect::<Vec<_>>())
}

#[test]
fn one_run_is_two_half_runs() {
    for seed in 0..SEEDS {
        let history = History::random(seed);
        let whole = journal(&history);
        let mut draws = Draws::new(!seed);
        let cut = draws.below(history.steps.len() + 1);
        let (first, second) = history.steps.split_at(cut);
        let mut half = Bare::new(history.meter(1));
        half.play(first);
        let next = second.first().map_or(history.end(), |step| step.at);
        let gap = first.last().map_or(0, |last| (next - last.at).seconds());
        if gap > 0 {
            let until = next - Span::from_seconds(1 + draws.below(gap as usize) as i64);
            half.meter.advance(until, &mut half.journal);
        }
        let mut other = Bare { meter: half.meter.clone(), began: half.began.clone(), journal: half.journal.clone() };
        other.play(second);
        assert_eq!(other.end(history.end()), whole, "seed {seed}, cut before step {cut}");
        half.play(second);
        assert_eq!(half.end(history.end()), whole, "seed {seed}, the meter that was copied");
    }
}

#[test]
fn a_reset_meter_is_a_fresh_one() {
    for seed in 0..SEEDS {
        let history = History::random(seed);
        let mut bare = Bare::new(history.meter(2));
        bare.play(&history.steps);
        bare.meter.reset(1);
        bare.began.clear();
        bare.journal.clear();
        bare.play(&history.steps);
        assert_eq!(bare.end(history.end()), journal(&history), "seed {seed}");
    }
}

#[test]
fn p8_moves_and_merges_keep_the_sums() {
    let mut moved = 0;
    for seed in 0..SEEDS {
        let history = History::random(seed);
        let mut bare = Bare::new(history.meter(1));
        for step in &history.steps {
            let before = sum(bare.meter.ledger());
            bare.journal.clear();
            bare.play(std::slice::from_ref(step));
            let is_move = |posting: &Posting| matches!(posting.kind, PostingKind::MoveOut | PostingKind::MoveIn);
            let (moves, others): (Vec<Posting>, Vec<Posting>) = postings(&bare.journal).partition(is_move);
            assert!(moves.is_empty() || step.moves());
            assert_eq!(moves.iter().map(|posting| posting.tokens).sum::<Tokens>(), Tokens::ZERO, "seed {seed}");
            let others: Tokens = others.iter().map(|posting| posting.tokens).sum();
            assert_eq!(sum(bare.meter.ledger()), before + others, "seed {seed}");
            moved += moves.len();
        }
    }
    assert!(moved > 1000, "only {moved} rows of moves and merges");
}

fn postings(journal: &Journal) -> impl Iterator<Item = Posting> {
    journal.entries.iter().filter_map(|entry| match entry {
        Entry::Pack(change) => Some(change.posting),
        _ => None,
    })
}

fn sum(ledger: &Ledger) -> Tokens {
    (0..TEAMS.len()).map(TeamId::from_index).map(|team| ledger.balance(team)).sum()
}

#[test]
fn t3_shifting_every_instant_shifts_the_journal_and_nothing_else() {
    for seed in 0..SEEDS {
        let history = History::random(seed);
        let by = Span::from_seconds(Draws::new(!seed).one_of(&[1, 3600, 86_399, 86_400, 400 * 86_400]));
        let wanted: Vec<Entry> = journal(&history).into_iter().filter_map(|entry| shifted(entry, by)).collect();
        let steps = history.steps.iter().map(|step| step.later(by)).collect();
        let come = journal(&History { office: later(&history.office, by), steps }).into_iter();
        let come: Vec<Entry> = come.filter_map(|entry| shifted(entry, Span::default())).collect();
        assert_eq!(come, wanted, "seed {seed}");
    }
}

/// The entries that rows are made of, so much later.
fn shifted(mut entry: Entry, by: Span) -> Option<Entry> {
    match &mut entry {
        Entry::Decision(decision) => {
            decision.at = decision.at + by;
            if let Some(window) = &mut decision.window {
                (window.start, window.end) = (window.start + by, window.end + by);
            }
        }
        Entry::Pack(change) => (change.at, change.posted) = (change.at + by, change.posted + by),
        Entry::Mail(mail) => mail.at = mail.at + by,
        Entry::Free { .. } | Entry::Posted { .. } | Entry::Voided { .. } => {}
        _ => return None,
    }
    Some(entry)
}
