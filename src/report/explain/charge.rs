use super::{list, tokens};
use crate::explain::{Avoidance, Candidate, Charge, Cover, Criterion, Explanation, Ordered, PackName, Session};
use crate::meter::{EndedBy, Grant};
use crate::report::times::{Times, span};
use crate::time::Instant;
use crate::tokens::Tokens;

pub(super) fn rows(decision: &Explanation, charge: &Charge, times: Times) -> Vec<(&'static str, String)> {
    let words = Words { decision, charge, times };
    let mut rows = vec![("Why", words.why())];
    if let Some(window) = charge.window {
        rows.push(("Window", format!("Until {}.", times.full(window.end))));
    }
    rows.push(("Team", words.team()));
    if !charge.paid.is_empty() {
        rows.push(("Paid by", words.paid()));
    }
    if !charge.given_back.is_empty() {
        rows.push(("Back", words.given_back()));
    }
    rows.push(("Avoided", words.avoided()));
    rows
}

struct Words<'a> {
    decision: &'a Explanation,
    charge: &'a Charge,
    times: Times,
}

impl Words<'_> {
    /// When the charge is dated.
    fn at(&self) -> Instant {
        self.charge.window.map_or(self.decision.time, |window| window.start)
    }

    fn near(&self, at: Instant) -> String {
        self.times.near(at, self.at())
    }

    fn before(&self) -> Option<String> {
        self.charge.window_before.map(|before| self.near(before.start))
    }

    fn why(&self) -> String {
        let why = match self.charge.reason {
            Grant::RenewalLeftOpen => format!(
                "Still open when the window ended that began {}: {}.",
                self.before().unwrap_or_default(),
                self.session()
            ),
            Grant::LapsedWhileOpen => format!("Open when the {} ended: {}.", self.lapsed(), self.session()),
            Grant::ResumedAfterIdle => format!(
                "Used again after an idle time{} in which {}; {}.",
                self.charge.idle_since.map_or(String::new(), |since| format!(" since {}", self.near(since))),
                match self.charge.window_before {
                    Some(before) => format!("its window ended, {}, and nothing was charged", self.near(before.end)),
                    None => "no window ran".to_owned(),
                },
                self.session()
            ),
            Grant::Result => self.ordered(),
            Grant::AddInWithHost => format!(
                "{} loaded it when it was opened, and an add-in with a rate has windows of its own; {}.",
                self.charge.host.as_deref().unwrap_or("Its host"),
                self.no_window()
            ),
            _ => format!("Opened when no window ran: {}.", self.no_window()),
        };
        match &self.charge.begun_by {
            Some(first) => format!("{why} {}", self.passed(first)),
            None => why,
        }
    }

    fn ordered(&self) -> String {
        match self.charge.ordered {
            Some(Ordered { quantity, rate }) if quantity == Tokens::whole(1) => {
                format!("A result was ordered, and is charged at once: {}.", tokens(rate))
            }
            Some(Ordered { quantity, rate }) => {
                format!("{quantity} results were ordered, and are charged at once: {} each.", tokens(rate))
            }
            None => "Results are charged at once.".to_owned(),
        }
    }

    fn no_window(&self) -> String {
        match self.charge.window_before {
            Some(before) => format!("the last one ended {}", self.near(before.end)),
            None => "it is the first one of this user and product".to_owned(),
        }
    }

    fn lapsed(&self) -> &'static str {
        self.charge.lapsed.as_ref().map_or("cover", |cover| cover.kind)
    }

    /// "opened Mon 08:00, closed at 17:00".
    fn session(&self) -> String {
        let Some(session) = &self.charge.session else { return "open".to_owned() };
        let opened = format!("opened {}", self.near(session.opened));
        let Some(closed) = session.closed.map(|closed| self.near(closed)) else {
            return format!("{opened} and never closed");
        };
        match session.ended_by {
            None => format!("{opened}, closed {closed}"),
            Some(EndedBy::OtherDevice) => format!("{opened}, signed out {closed} by an open on another device"),
            Some(EndedBy::Denial) => format!("{opened}, ended {closed} as its renewal was denied"),
        }
    }

    /// What was set aside passed from the session that began the window to the one that pays.
    fn passed(&self, first: &Session) -> String {
        let free = first.closed.map_or(String::new(), |closed| format!(" ({})", self.near(closed)));
        let pays = self.charge.session.as_ref().map_or(first.opened, |session| session.opened);
        format!(
            "The session opened {} began the window and was closed in time to be free{free}; the one opened {} was open by then, \
             and pays.",
            self.near(first.opened),
            self.near(pays)
        )
    }

    fn team(&self) -> String {
        let (team, user) = (&self.charge.team, &self.decision.user);
        let Some(rule) = self.charge.team_choice else {
            let how = if self.charge.reason == Grant::Result { "order" } else { "open" };
            return format!("{team}: the only one through which {user} may {how} it.");
        };
        let (able, unable): (Vec<&Candidate>, Vec<_>) =
            self.charge.teams.iter().partition(|candidate| candidate.free >= self.charge.tokens);
        let shown = |candidate: &&Candidate| {
            let ends = candidate.next_ends.map_or(String::new(), |ends| format!(", next end {}", self.times.day(ends)));
            format!("{} ({} free{ends})", candidate.team, candidate.free)
        };
        let all = |teams: &[&Candidate]| list(&teams.iter().map(shown).collect::<Vec<_>>());
        let chosen = match able.len() {
            0 | 1 => format!("{team}: the only one that could pay, {}", all(&able)),
            _ => format!("{team}, by `team_choice: {rule}`, among {}", all(&able)),
        };
        if unable.is_empty() { chosen + "." } else { format!("{chosen}; too little in {}.", all(&unable)) }
    }

    fn paid(&self) -> String {
        let shares: Vec<String> = match &self.charge.paid[..] {
            [only] => vec![only.pack.pack.clone()],
            paid => paid.iter().map(|paid| format!("{} {}", paid.pack.pack, paid.tokens)).collect(),
        };
        let mut text = shares.join(", then ");
        let mut why: Vec<String> =
            self.charge.paid.windows(2).map(|pair| self.order(&pair[0].pack, &pair[1].pack)).collect();
        let last = self.charge.paid.last();
        match (&self.charge.line.next, last) {
            (Some(next), Some(last)) => why.push(self.order(&last.pack, &next.pack)),
            _ if self.charge.paid.len() == 1 && self.charge.line.on_hold_before.is_empty() => {
                why.push("no other pack has tokens".to_owned());
            }
            _ => {}
        }
        for pack in &self.charge.line.on_hold_before {
            why.push(format!("{} comes before, and all it had was on hold", pack.pack));
        }
        if !why.is_empty() {
            text += &format!(": {}", why.join("; "));
        }
        text + "."
    }

    /// Why one pack burns before another.
    fn order(&self, first: &PackName, second: &PackName) -> String {
        let (one, other, ends) = (&first.pack, &second.pack, self.times.day(first.ends));
        match first.goes_before(second) {
            Criterion::EndDate => format!("{one} ends {ends}, before {other} ({})", self.times.day(second.ends)),
            Criterion::Size => {
                format!(
                    "{one} and {other} end {ends}, and {one} was the smaller purchase ({}, {})",
                    first.size, second.size
                )
            }
            Criterion::Bought => format!(
                "{one} and {other} end {ends} with the same size, and {one} was bought first ({}, {})",
                first.bought, second.bought
            ),
            Criterion::Entry => {
                format!("{one} and {other} end {ends}, of the same size and purchase date, and {one} was entered first")
            }
        }
    }

    fn given_back(&self) -> String {
        let given_back = self.charge.given_back.iter().map(|back| {
            let expired = if back.expired { ", where they expired at once: it had ended" } else { "" };
            format!("{} {} to {}{expired}", tokens(back.tokens), self.near(back.time), back.pack)
        });
        format!("Given back for what failed: {}.", list(&given_back.collect::<Vec<_>>()))
    }

    fn avoided(&self) -> String {
        if self.charge.avoided_by.is_empty() {
            return "Nothing was charged: the rate is zero.".to_owned();
        }
        let ways: Vec<String> = self.charge.avoided_by.iter().map(|avoidance| self.way(avoidance)).collect();
        format!("By {}.", ways.join("; or by "))
    }

    fn way(&self, avoidance: &Avoidance) -> String {
        match avoidance {
            Avoidance::NotUsing => match self.charge.reason {
                Grant::Result => "not ordering".to_owned(),
                Grant::ResumedAfterIdle => "not using it again".to_owned(),
                _ => "not opening it".to_owned(),
            },
            Avoidance::InTheWindowBefore { ended, earlier, took } => format!(
                "doing the same {} earlier, inside the window that ended {} (it took {})",
                span(*earlier),
                self.near(*ended),
                span(*took)
            ),
            Avoidance::WithinTheGrace { open, grace } => {
                format!("closing it within {} (it was open for {})", span(*grace), span(*open))
            }
            Avoidance::ClosingBefore { .. } => self.closing(avoidance),
            Avoidance::NotLoading { host, opened_by_user } => format!(
                "not having {host} load it{}",
                match opened_by_user {
                    Some(at) => format!(", though only until {}, when it was opened by itself", self.near(*at)),
                    None => " (nobody opened it by itself so that a window would have begun)".to_owned(),
                }
            ),
            Avoidance::SigningIn(Cover { kind, identity, .. }) => {
                format!("signing in as {identity}, whose {kind} covers it")
            }
            Avoidance::LongerCover(Cover { identity, .. }) => format!("a subscription of {identity} from then on"),
        }
    }

    fn closing(&self, avoidance: &Avoidance) -> String {
        let Avoidance::ClosingBefore { time, sessions, last_closed, opened_again } = avoidance else {
            return String::new();
        };
        let what = match &self.charge.host {
            Some(host) => format!("closing {host}, which loaded it,"),
            None if *sessions > 1 => format!("closing it (all {sessions} sessions)"),
            None => "closing it".to_owned(),
        };
        let stayed = match last_closed {
            Some(closed) => format!("it stayed open for {} more", span(*closed - *time)),
            None => "it is never closed in what was metered".to_owned(),
        };
        let again = match opened_again {
            Some(again) => format!("; this only puts the charge off, as it was opened again {}", self.near(*again)),
            None => ", and no later open would have begun a window instead".to_owned(),
        };
        format!("{what} by {} ({stayed}{again})", self.near(*time))
    }
}
