use super::{list, tokens};
use crate::explain::{Explanation, List, ListSource, Missing, Purse, Refusal};
use crate::meter::{Denial, EndedBy, Grant};
use crate::report::times::Times;

pub(super) fn rows(decision: &Explanation, refusal: &Refusal, times: Times) -> Vec<(&'static str, String)> {
    let words = Words { decision, refusal, times };
    let mut rows = Vec::new();
    rows.extend(words.renewal().map(|renewal| ("Asked", renewal)));
    rows.push(("Missing", words.missing()));
    rows
}

struct Words<'a> {
    decision: &'a Explanation,
    refusal: &'a Refusal,
    times: Times,
}

impl Words<'_> {
    fn near(&self, at: crate::time::Instant) -> String {
        self.times.near(at, self.decision.time)
    }

    /// What a session that was open before asked for.
    fn renewal(&self) -> Option<String> {
        let session = self.refusal.session.as_ref()?;
        let why = match self.refusal.asked {
            Grant::LapsedWhileOpen => "when its subscription or trial ended",
            Grant::ResumedAfterIdle => "and was used again after an idle time, with no window running",
            _ => "when its window ended",
        };
        let ended = if session.closed == Some(self.decision.time) && session.ended_by == Some(EndedBy::Denial) {
            "the session ended"
        } else {
            "the session stayed open, unpaid"
        };
        Some(format!("It was still open {why} (opened {}); {ended}.", self.near(session.opened)))
    }

    fn missing(&self) -> String {
        let Explanation { user, product, version, device, .. } = self.decision;
        match &self.refusal.missing {
            Missing::Tokens { rate, teams } => {
                let purses: Vec<String> = teams.iter().map(|purse| self.purse(purse)).collect();
                format!("Tokens: {rate} were asked. {}", purses.join(" "))
            }
            Missing::Assignment { known: false } => format!("{user} isn't in the scenario."),
            Missing::Assignment { known: true } => format!("{user} is in no team."),
            Missing::Acceptance { invitations } => {
                let lapsed = self.refusal.reason == Denial::InvitationLapsed;
                let each = invitations.iter().map(|invitation| {
                    let (sent, lapses) = (self.times.full(invitation.sent), self.times.full(invitation.lapses));
                    let lapse = if lapsed { "lapsed" } else { "lapses" };
                    format!("that of {}, sent {sent}, {lapse} {lapses}", invitation.team)
                });
                format!("An accepted invitation: {}.", list(&each.collect::<Vec<_>>()))
            }
            Missing::Release { from: Some(from), .. } => format!("{product} comes to Flex {}.", self.times.full(*from)),
            Missing::Release { until: Some(until), .. } => {
                format!("{product} was withdrawn from Flex {}.", self.times.full(*until))
            }
            Missing::Release { .. } => format!("{product} can't be had through Flex."),
            Missing::Product { lists } => {
                let each: Vec<String> = lists.iter().map(list_that_serves).collect();
                format!("{product} on a list that serves {user}: {}.", each.join("; "))
            }
            Missing::Version => format!("A version that Flex supports on this platform: {} isn't.", named(version)),
            Missing::Device { known } => {
                let known: Vec<String> = known.iter().map(|device| named(device).to_owned()).collect();
                format!("A free device: {} is the fourth after {}.", named(device), list(&known))
            }
            Missing::OtherDevice { device, since } => format!(
                "The product closed elsewhere: it is open on {}{}.",
                named(device),
                since.map_or(String::new(), |since| format!(" since {}", self.near(since)))
            ),
            Missing::Internet { last_window_ended } => format!(
                "The internet, without which no window begins: {}.",
                match last_window_ended {
                    Some(ended) => format!("the last one ended {}", self.near(*ended)),
                    None => "there was none before".to_owned(),
                }
            ),
        }
    }

    fn purse(&self, purse: &Purse) -> String {
        let Purse { team, free, on_hold, .. } = purse;
        let hold = if on_hold.is_zero() { String::new() } else { format!(" and {on_hold} on hold") };
        let ended = purse.last_ended.as_ref().map_or(String::new(), |pack| {
            format!("; its packs have ended, {} last, on {}", pack.pack, self.times.day(pack.ends))
        });
        let next = match &purse.next_pack {
            Some(next) => {
                format!("{} comes {} with {}", next.pack, self.times.full(next.time), tokens(next.tokens))
            }
            None => "no further pack is planned".to_owned(),
        };
        format!("{team} had {free} free{hold}{ended}; {next}.")
    }
}

fn list_that_serves(list: &List) -> String {
    let products = if list.products.is_empty() { "nothing".to_owned() } else { list.products.join(", ") };
    match list.from {
        ListSource::Own => format!("in {} the user's own list has {products}", list.team),
        ListSource::TeamDefault => format!("in {} the team's default access has {products}", list.team),
        ListSource::NoDefault => {
            format!("in {} the user has no list, and the team has no default access", list.team)
        }
        ListSource::NotForGuests => {
            format!("in {} the user is a guest without a list, and default access doesn't serve guests", list.team)
        }
    }
}

fn named(name: &str) -> &str {
    if name.is_empty() { "an unnamed one" } else { name }
}
