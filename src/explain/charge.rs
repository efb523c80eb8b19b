use std::rc::Rc;

use super::avoid::avoidances;
use super::history::{Stay, Story};
use super::line::in_line;
use super::{Candidate, Charge, Cover, GivenBack, Missing, Ordered, Paid, Window};
use crate::ids::PackId;
use crate::meter::{self, Choice, Decision, Grant, SessionId, TeamChoice};
use crate::replay::TableNames;
use crate::scenario::CoverKind;
use crate::time::Instant;
use crate::tokens::Tokens;

/// A decision that was asked for, and what the meter said about it.
pub(super) struct Found {
    pub(super) decision: Decision,
    /// The session that it opens or renews.
    pub(super) stay: Option<Rc<Stay>>,
    pub(super) choices: Vec<Choice>,
    pub(super) missing: Option<Missing>,
    /// Of results: what was ordered, and the packs in line. A window's are in its story.
    pub(super) ordered: Option<Ordered>,
    pub(super) line: Vec<PackId>,
    /// The session that pays.
    pub(super) payer: Option<SessionId>,
    pub(super) paid: Vec<(PackId, Tokens)>,
    pub(super) given_back: Vec<GivenBack>,
}

impl Found {
    pub(super) fn new(decision: Decision) -> Self {
        Found {
            decision,
            stay: None,
            choices: Vec::new(),
            missing: None,
            ordered: None,
            line: Vec::new(),
            payer: None,
            paid: Vec::new(),
            given_back: Vec::new(),
        }
    }

    /// A pack may pay in two parts, where it was moved meanwhile.
    pub(super) fn pay(&mut self, pack: PackId, tokens: Tokens) {
        match self.paid.last_mut() {
            Some((last, paid)) if *last == pack => *paid += tokens,
            _ => self.paid.push((pack, tokens)),
        }
    }
}

/// What is told of a charge.
pub(super) fn charge(found: &Found, story: Option<&Story>, reason: Grant, names: &TableNames<'_>) -> Charge {
    let decision = &found.decision;
    let stays = story.map_or(&[][..], |story| &story.stays);
    let payer = stays.iter().find(|stay| Some(stay.session) == found.payer).or(found.stay.as_ref());
    let begun_by = story.and_then(|story| story.begun_by.as_ref());
    let other = |stay: &&Rc<Stay>| payer.is_some_and(|payer| !Rc::ptr_eq(stay, payer));
    let lapsed = (reason == Grant::LapsedWhileOpen).then(|| lapsed(decision, names)).flatten();
    let line = story.map_or(&found.line, |story| &story.line);
    let paid: Vec<PackId> = found.paid.iter().map(|(pack, _)| *pack).collect();
    Charge {
        reason,
        tokens: decision.tokens,
        window: decision.window.map(shown),
        window_before: story.and_then(|story| story.before).map(shown),
        session: payer.map(|payer| payer.shown()),
        begun_by: begun_by.filter(other).map(|stay| stay.shown()),
        host: payer.filter(|payer| payer.with_host).and_then(|_| host(decision, names)),
        idle_since: payer.filter(|_| reason == Grant::ResumedAfterIdle).and_then(|payer| payer.idle_until(decision.at)),
        ordered: found.ordered,
        avoided_by: avoidances(decision, reason, story, payer.map(Rc::as_ref), lapsed.as_ref(), names),
        lapsed,
        team: decision.team.map_or(String::new(), |team| names.team(team).to_owned()),
        teams: found.choices.iter().map(|choice| candidate(choice, names)).collect(),
        team_choice: (!found.choices.is_empty()).then(|| word(names.scenario.rules.team_choice)),
        paid: found.paid.iter().map(|(pack, tokens)| Paid { pack: names.pack_name(*pack), tokens: *tokens }).collect(),
        line: in_line(line, &paid, names),
        given_back: found.given_back.clone(),
    }
}

fn shown(window: meter::Window) -> Window {
    Window { start: window.start, end: window.end }
}

pub(super) fn host(decision: &Decision, names: &TableNames<'_>) -> Option<String> {
    let host = names.scenario.products[decision.product.index()].add_in_of;
    host.map(|host| names.product(host).to_owned())
}

fn candidate(choice: &Choice, names: &TableNames<'_>) -> Candidate {
    Candidate {
        team: names.team(choice.team).to_owned(),
        free: choice.free,
        next_ends: (choice.next_ends < Instant::MAX).then_some(choice.next_ends),
    }
}

/// The cover that ended at this instant.
fn lapsed(decision: &Decision, names: &TableNames<'_>) -> Option<Cover> {
    covers(decision, names).find(|(_, cover)| cover.until == decision.at).map(|(_, cover)| cover)
}

/// What the user has of the product: since when, and what.
pub(super) fn covers(decision: &Decision, names: &TableNames<'_>) -> impl Iterator<Item = (Instant, Cover)> {
    let user = names.scenario.users.get(decision.user.index());
    let covers = user.into_iter().flat_map(|user| user.covers.iter().map(move |cover| (user, cover)));
    let product = decision.product;
    covers.filter(move |(_, cover)| cover.product == product).map(|(user, cover)| {
        let kind = match cover.kind {
            CoverKind::Subscription => "subscription",
            CoverKind::Trial => "trial",
        };
        let identity = cover.identity.as_ref().unwrap_or(&user.name).clone();
        (cover.from, Cover { kind, identity, until: cover.until })
    })
}

const fn word(choice: TeamChoice) -> &'static str {
    match choice {
        TeamChoice::EarliestEndDate => "earliest_end_date",
        TeamChoice::MostTokens => "most_tokens",
        TeamChoice::FirstListed => "first_listed",
        TeamChoice::Random => "random",
    }
}
