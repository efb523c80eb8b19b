use super::amount;
use crate::calendar::Zone;
use crate::meter::Denial;
use crate::preview::{Charge, Preview, Session};
use crate::report::tables::{lines, words};
use crate::report::times::Times;

/// The first sessions, each by the clock that it was planned by.
pub(super) fn sessions(preview: &Preview, most: usize) -> String {
    let shown = &preview.sessions[..most.min(preview.sessions.len())];
    if shown.is_empty() {
        return String::new();
    }
    let any = |of: fn(&Session) -> bool| shown.iter().any(of);
    let (version, device) = (any(|session| !session.version.is_empty()), any(|session| !session.device.is_empty()));
    let zone = shown.iter().any(|session| session.zone != preview.zone);
    let columns = [
        (true, "opened"),
        (true, "closed"),
        (true, "product"),
        (version, "version"),
        (device, "device"),
        (zone, "zone"),
        (true, "charge"),
        (any(|session| !is_plain(session)), "notes"),
    ];
    let header: Vec<&str> = columns.iter().filter(|(there, _)| *there).map(|(_, name)| *name).collect();
    let mut rows = words(&header);
    for session in shown {
        let row = row(session);
        rows.add_row(columns.iter().zip(row).filter(|((there, _), _)| *there).map(|(_, cell)| cell));
    }
    let more = match preview.sessions.len() - shown.len() {
        0 => String::new(),
        more => format!("and {more} more: --sessions all shows them\n"),
    };
    format!("{}{more}", lines(&rows))
}

fn row(session: &Session) -> [String; 8] {
    let times = Times { zone: Zone::parse(&session.zone).expect("a zone's own name") };
    [
        times.full(session.opened),
        closed(session, times),
        match session.results {
            Some(quantity) => format!("{}: {quantity} results", session.product),
            None => session.product.clone(),
        },
        session.version.clone(),
        session.device.clone(),
        session.zone.to_owned(),
        charge(session, times),
        notes(session, times),
    ]
}

/// Whether nothing is to be noted.
fn is_plain(session: &Session) -> bool {
    session.attempt == 1 && !session.offline && session.identity.is_empty() && session.idle.is_empty()
}

fn notes(session: &Session, times: Times) -> String {
    let mut notes = Vec::new();
    if session.attempt > 1 {
        notes.push(format!("attempt {}", session.attempt));
    }
    if session.offline {
        notes.push("offline".into());
    }
    if !session.identity.is_empty() {
        notes.push(format!("as {}", session.identity));
    }
    let near = |at| times.near(at, session.opened);
    notes.extend(session.idle.iter().map(|(from, until)| format!("idle {} to {}", near(*from), near(*until))));
    notes.join(", ")
}

fn closed(session: &Session, times: Times) -> String {
    let at = session.closed.map(|closed| times.near(closed, session.opened));
    match (at, session.ended_by) {
        _ if !session.is_granted() || session.results.is_some() => String::new(),
        (Some(at), Some(by)) => format!("{at}, ended by {}", by.word().replace('_', " ")),
        (Some(at), None) if session.left_open => format!("left open until {at}"),
        (Some(at), None) => at,
        (None, _) => "left open".into(),
    }
}

/// `10 new_window, 2 x 10 renewal_left_open`, or why there was none.
fn charge(session: &Session, times: Times) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(reason) = session.granted.filter(|_| session.charges.is_empty()) {
        parts.push(format!("free: {}", reason.word()));
    }
    let same = |a: &Charge, b: &Charge| {
        (a.reason, &a.product, a.tokens, a.given_back) == (b.reason, &b.product, b.tokens, b.given_back)
    };
    for alike in session.charges.chunk_by(same) {
        let Charge { product, reason, tokens, given_back, .. } = &alike[0];
        let times = if alike.len() > 1 { format!("{} x ", alike.len()) } else { String::new() };
        let of = if *product == session.product { String::new() } else { format!(" of {product}") };
        parts.push(format!("{times}{} {}{of}", amount(*tokens), reason.word()));
        if !given_back.is_zero() {
            parts.push(format!("{} given back", amount(*given_back)));
        }
    }
    let denied = |at, reason: Denial| match at == session.opened {
        true => format!("denied: {}", reason.word()),
        false => format!("denied {}: {}", times.near(at, session.opened), reason.word()),
    };
    parts.extend(session.denials.iter().map(|refused| denied(refused.at, refused.reason)));
    parts.join(", ")
}
