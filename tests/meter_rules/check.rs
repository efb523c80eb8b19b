//! The one `check` of all tables.

use flexcast::meter::{Grant, Meter};
use flexcast::time::Instant;

use crate::office::{Office, instant, shown};
use crate::run::Run;
use crate::said::{Names, event, is_event, named, phase};

/// Plays a table, and compares what comes of it with what its lines say, in the order of the core.
///
/// A line such as `1 08:00 ann opens AutoCAD on d2 as s1 -> new_window 7` has an instant, an event, and after the arrow what
/// must come of it: the decision as it finally turns out, then other decisions (`ann Layout add_in_with_host 2`), mails
/// (`mail assignment ann first`), and changes of packs with the team's balance after them (`p0 move_out -993 first 0`). A
/// line without an event (`2 08:00 ann AutoCAD -> renewal_left_open 7`) tells what becomes due by itself. A decision inside
/// a window that is older than itself says `from` when; it may say `by` which team, and from which packs it is paid
/// (`new_window 7 by first = p0 3 + p1 4`). Purchases and burns aren't listed beyond that.
///
/// Events of one instant happen in the order of their phases, wherever they stand. Nothing may come of the table that it doesn't
/// say; and after every event no pack has lost or gained tokens, no balance differs from the sum of its team's postings,
/// and in the end each charge is the sum of its burns.
pub fn check(office: Office, table: &str) {
    let (run, lines) = play(&office, 1, table);
    let wanted: Vec<String> = lines.iter().flat_map(|line| line.wanted.iter().cloned()).collect();
    let come = run.come(&wanted);
    assert_eq!(come, wanted, "\n{table}\ngave\n{}\n", come.join("\n"));
}

/// Plays a table to the instant of its last line, under a seed.
pub fn play<'t>(office: &Office, seed: u64, table: &'t str) -> (Run, Vec<Line<'t>>) {
    let lines: Vec<Line> = office.before.lines().chain(table.lines()).filter_map(Line::read).collect();
    let mut run = Run::new(Meter::new(office.roster.clone(), office.rules.clone(), seed));
    let mut names = Names::new();
    for same_instant in lines.chunk_by(|one, next| one.at == next.at) {
        let mut events: Vec<&Line> = same_instant.iter().filter(|line| is_event(&line.words)).collect();
        events.sort_by_cached_key(|line| phase(line.at, &line.words, &names));
        for line in events {
            let started = event(line.at, &line.words, &names).and_then(|event| run.apply(line.at, event));
            names.extend(named(&line.words).map(|name| (name, started)));
        }
    }
    run.finish(lines.last().expect("a table has lines").at);
    (run, lines)
}

/// A line of a table.
pub struct Line<'t> {
    at: Instant,
    words: Vec<&'t str>,
    wanted: Vec<String>,
}

impl<'t> Line<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let (said, comes) = text.split_once("->").unwrap_or((text, ""));
        let words: Vec<&str> = said.split_whitespace().collect();
        let [day, time, words @ ..] = &words[..] else { return None };
        let at = instant(&format!("{day} {time}"));
        let items = comes.split(',').map(str::trim).filter(|item| !item.is_empty());
        let wanted = items.map(|item| format!("{} {}{item}", shown(at), subject(words, item))).collect();
        Some(Line { at, words: words.to_vec(), wanted })
    }
}

/// Whose decision an item is that doesn't say so: the user's and the product's of its line.
fn subject(words: &[&str], item: &str) -> String {
    let first = item.split_whitespace().next().unwrap_or_default();
    let is_verdict = first == "denied" || Grant::ALL.iter().any(|grant| grant.word() == first);
    match *words {
        [user, "opens", product, ..] | [user, "orders", _, product, ..] | [user, product] if is_verdict => {
            format!("{user} {product} ")
        }
        _ => String::new(),
    }
}
