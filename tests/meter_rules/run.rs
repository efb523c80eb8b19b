//! A meter on its way through a history, watched after every event.

use std::collections::BTreeMap;

use flexcast::ids::{PackId, TeamId};
use flexcast::ledger::{Posting, PostingKind};
use flexcast::meter::*;
use flexcast::time::Instant;
use flexcast::tokens::Tokens;

use crate::office::{PRODUCTS, TEAMS, USERS, shown};

pub struct Run {
    pub meter: Meter,
    journal: Journal,
    rows: Decisions,
    come: Vec<Come>,
    /// By its number.
    decisions: Vec<Decision>,
    /// By decision: what each pack paid, in the order of paying.
    burns: BTreeMap<u64, Vec<(PackId, Tokens)>>,
    refunded: Tokens,
    /// By team: the sum of its postings.
    balances: BTreeMap<TeamId, Tokens>,
}

/// What came of a history, in the order of the core.
enum Come {
    Decision(u64),
    Other(String),
}

impl Run {
    pub fn new(meter: Meter) -> Self {
        Run {
            meter,
            journal: Journal::default(),
            rows: Decisions::default(),
            come: Vec::new(),
            decisions: Vec::new(),
            burns: BTreeMap::new(),
            refunded: Tokens::ZERO,
            balances: BTreeMap::new(),
        }
    }

    pub fn apply(&mut self, at: Instant, event: Event) -> Option<Started> {
        let started = self.meter.apply(at, event, &mut self.journal);
        self.read();
        started
    }

    /// Lets time pass to an instant, with which the history ends.
    pub fn finish(&mut self, at: Instant) {
        self.meter.advance(at, &mut self.journal);
        self.read();
        self.rows.finish();
        self.settle();
        for decision in &self.decisions {
            let paid = self.paid(decision).iter().map(|(_, tokens)| *tokens).sum();
            let charged = if is_granted(decision) { decision.tokens } else { Tokens::ZERO };
            assert_eq!(charged, paid, "a charge is the sum of its burns: {decision:?}");
        }
    }

    /// What came of it, with what is told beyond that where it is wanted.
    pub fn come(&self, wanted: &[String]) -> Vec<String> {
        let wanted = wanted.iter().map(String::as_str).chain(std::iter::repeat(""));
        let come = self.come.iter().zip(wanted).map(|(come, wanted)| match come {
            Come::Decision(number) => self.decision(&self.decisions[*number as usize], wanted),
            Come::Other(text) => text.clone(),
        });
        come.collect()
    }

    fn read(&mut self) {
        for entry in std::mem::take(&mut self.journal.entries) {
            self.rows.read(&entry);
            match entry {
                Entry::Decision(decision) => self.come.push(Come::Decision(decision.number)),
                Entry::Pack(change) => self.change(&change),
                Entry::Mail(mail) => {
                    let (user, team) = (USERS[mail.user.index()], TEAMS[mail.team.index()]);
                    let told = format!("{} mail {} {user} {team}", shown(mail.at), mail.kind.word());
                    self.come.push(Come::Other(told));
                }
                _ => {}
            }
        }
        self.settle();
        self.conserves();
    }

    fn change(&mut self, change: &PackChange) {
        let posting = change.posting;
        let balance = self.balances.entry(posting.team).or_default();
        *balance += posting.tokens;
        assert_eq!(*balance, posting.balance, "a balance is the sum of its postings: {posting:?}");
        match posting.kind {
            PostingKind::Opening | PostingKind::Purchase => {}
            PostingKind::Burn => {
                let cause = change.cause.expect("a burn has a cause");
                self.burns.entry(cause.decision).or_default().push((posting.pack, -posting.tokens));
            }
            PostingKind::Refund => {
                self.refunded += posting.tokens;
                self.tell(change.at, "refund", &posting);
            }
            PostingKind::Expire => self.tell(change.at, "expire", &posting),
            PostingKind::MoveOut => self.tell(change.at, "move_out", &posting),
            PostingKind::MoveIn => self.tell(change.at, "move_in", &posting),
        }
    }

    fn tell(&mut self, at: Instant, kind: &str, posting: &Posting) {
        let Posting { pack, team, tokens, balance, .. } = posting;
        let told = format!("{} p{} {kind} {tokens} {} {balance}", shown(at), pack.0, TEAMS[team.index()]);
        self.come.push(Come::Other(told));
    }

    fn conserves(&self) {
        let mut burned = Tokens::ZERO;
        for part in self.meter.ledger().parts() {
            let spent = part.left + part.held + part.burned + part.expired + part.moved_out;
            assert_eq!(part.size + part.moved_in, spent, "conservation: {part:?}");
            let shares = [part.left, part.held, part.burned, part.expired, part.moved_in, part.moved_out];
            assert!(shares.iter().all(|share| *share >= Tokens::ZERO), "{part:?}");
            burned += part.burned;
        }
        let paid: Tokens = self.burns.values().flatten().map(|(_, tokens)| *tokens).sum();
        assert_eq!(burned, paid - self.refunded, "what the packs burned is what was charged less what was given back");
    }

    fn settle(&mut self) {
        while let Some(decision) = self.rows.next_settled() {
            assert_eq!(decision.number, self.decisions.len() as u64, "rows are in the order of the core");
            self.decisions.push(decision);
        }
    }

    fn paid(&self, decision: &Decision) -> &[(PackId, Tokens)] {
        self.burns.get(&decision.number).map_or(&[], Vec::as_slice)
    }

    fn decision(&self, decision: &Decision, wanted: &str) -> String {
        let (user, product) = (USERS[decision.user.index()], PRODUCTS[decision.product.index()]);
        let mut told = format!("{} {user} {product} ", shown(decision.at));
        match decision.verdict {
            Verdict::Granted(grant) => told += &format!("{} {}", grant.word(), decision.tokens),
            Verdict::Denied(denial) => told += &format!("denied {}", denial.word()),
            Verdict::Undecided(_) => unreachable!("settled decisions only"),
        }
        if let Some(window) = decision.window.filter(|window| window.start != decision.at) {
            told += &format!(" from {}", shown(window.start));
        }
        if wanted.contains(" by ") {
            told += &format!(" by {}", decision.team.map_or("none", |team| TEAMS[team.index()]));
        }
        if wanted.contains(" = ") {
            let paid = self.paid(decision).iter().map(|(pack, tokens)| format!("p{} {tokens}", pack.0));
            told += &format!(" = {}", paid.collect::<Vec<_>>().join(" + "));
        }
        told
    }
}

fn is_granted(decision: &Decision) -> bool {
    matches!(decision.verdict, Verdict::Granted(_))
}
