//! Rows as bytes, for the disk.

use std::io::{self, Read, Write};

use super::{Failed, Logged, Use};
use crate::ids::{DeviceId, IdentityId, ProductId, UserId, VersionId};
use crate::meter::Open;
use crate::time::Instant;
use crate::tokens::Tokens;

/// How `what` goes on.
const OPEN_END: u8 = 0;
const CLOSED: u8 = 1;
const RESULTS: u8 = 2;
const FAILED: u8 = 3;

pub(super) fn write(logged: &Logged, out: &mut impl Write) -> io::Result<()> {
    let Logged { opened, open, what } = logged;
    let kind = match what {
        Use::Session { closed: None, .. } => OPEN_END,
        Use::Session { closed: Some(_), .. } => CLOSED,
        Use::Results { failed: None, .. } => RESULTS,
        Use::Results { failed: Some(_), .. } => FAILED,
    };
    put(out, opened.seconds())?;
    for id in [open.user.0, open.product.0, open.device.0, open.version.0, open.identity.0] {
        out.write_all(&id.to_le_bytes())?;
    }
    out.write_all(&[u8::from(open.online), u8::from(open.supported), u8::from(open.idle_aware), kind])?;
    match what {
        Use::Session { closed, idle } => {
            closed.map_or(Ok(()), |closed| put(out, closed.seconds()))?;
            out.write_all(&(idle.len() as u32).to_le_bytes())?;
            idle.iter().try_for_each(|(start, end)| put(out, start.seconds()).and_then(|()| put(out, end.seconds())))
        }
        Use::Results { quantity, failed } => {
            put(out, quantity.millionths())?;
            failed.map_or(Ok(()), |failed| {
                put(out, failed.at.seconds()).and_then(|()| put(out, failed.quantity.millionths()))
            })
        }
    }
}

pub(super) fn read(from: &mut impl Read) -> io::Result<Logged> {
    let opened = instant(from)?;
    let mut id = || Ok::<u32, io::Error>(u32::from_le_bytes(bytes(from)?));
    let (user, product, device, version, identity) = (id()?, id()?, id()?, id()?, id()?);
    let [online, supported, idle_aware, kind] = bytes(from)?;
    let open = Open {
        user: UserId(user),
        product: ProductId(product),
        device: DeviceId(device),
        version: VersionId(version),
        identity: IdentityId(identity),
        online: online != 0,
        supported: supported != 0,
        idle_aware: idle_aware != 0,
    };
    let what = match kind {
        OPEN_END => Use::Session { closed: None, idle: idle(from)? },
        CLOSED => Use::Session { closed: Some(instant(from)?), idle: idle(from)? },
        RESULTS => Use::Results { quantity: tokens(from)?, failed: None },
        _ => {
            let quantity = tokens(from)?;
            Use::Results { quantity, failed: Some(Failed { at: instant(from)?, quantity: tokens(from)? }) }
        }
    };
    Ok(Logged { opened, open, what })
}

fn put(out: &mut impl Write, number: i64) -> io::Result<()> {
    out.write_all(&number.to_le_bytes())
}

fn bytes<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn instant(from: &mut impl Read) -> io::Result<Instant> {
    Ok(Instant::from_seconds(i64::from_le_bytes(bytes(from)?)))
}

fn tokens(from: &mut impl Read) -> io::Result<Tokens> {
    Ok(Tokens::from_millionths(i64::from_le_bytes(bytes(from)?)))
}

fn idle(from: &mut impl Read) -> io::Result<Vec<(Instant, Instant)>> {
    let count = u32::from_le_bytes(bytes(from)?);
    (0..count).map(|_| Ok((instant(from)?, instant(from)?))).collect()
}
