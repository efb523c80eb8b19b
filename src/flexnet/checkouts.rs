//! What is out at the moment, and which checkouts are one start of a product.

use std::collections::BTreeMap;

use super::event::Checkout;
use super::feature::Code;
use super::packages::Packages;
use crate::time::{Instant, Span};

/// A start checks out its package and its version at about the same second.
const TOGETHER: Span = Span::from_seconds(2);

/// Who has licences where: what the server calls `user@host`, at one daemon.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seat {
    /// The vendor's daemon.
    pub daemon: String,
    /// The user.
    pub user: String,
    /// The device.
    pub host: String,
}

/// One start of a product: a package, a version, or both together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The instant of the first checkout.
    pub opened: Instant,
    package: Option<Part>,
    /// The version, or a feature of another kind.
    feature: Option<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    name: String,
    handle: Option<String>,
    returned: Option<Instant>,
}

impl Start {
    /// The feature that says most about what was started.
    pub fn feature(&self) -> &str {
        self.feature.as_ref().or(self.package.as_ref()).map_or("", |part| &part.name)
    }

    /// When it ended: when the version came back, or at least the package.
    pub fn closed(&self) -> Option<Instant> {
        let returned = |part: &Option<Part>| part.as_ref().and_then(|part| part.returned);
        returned(&self.feature).or(returned(&self.package)).map(|closed| closed.max(self.opened))
    }

    fn parts(&self) -> impl Iterator<Item = &Part> {
        self.package.iter().chain(&self.feature)
    }

    fn out(&mut self, feature: &str) -> Option<&mut Part> {
        let parts = self.package.iter_mut().chain(&mut self.feature);
        parts.into_iter().find(|part| part.returned.is_none() && part.name == feature)
    }

    /// How well a return fits, where it fits at all: by its handle, then where the other part is back already, then the oldest.
    fn fit(&self, checkout: &Checkout<'_>) -> Option<u8> {
        let part = self.parts().find(|part| part.returned.is_none() && part.name == checkout.feature)?;
        let same = checkout.handle.is_some() && part.handle.as_deref() == checkout.handle;
        Some(if same { 0 } else { 2 - u8::from(self.parts().any(|part| part.returned.is_some())) })
    }

    /// Whether a part completes this start. The package comes first; where it doesn't, the log or its letters must tell that it
    /// belongs.
    fn lacks(&self, part: &Part, at: Instant, packages: &Packages) -> bool {
        let near = at <= self.opened + TOGETHER && self.opened <= at + TOGETHER;
        near && self.closed().is_none()
            && match (Code::of(&part.name), &self.package, &self.feature) {
                (Code::Version { .. }, Some(package), None) => packages.may_hold(&package.name, &part.name),
                (Code::Package { .. }, None, Some(version)) => packages.holds(&part.name, &version.name),
                _ => false,
            }
    }

    fn add(&mut self, part: Part) {
        match Code::of(&part.name) {
            Code::Package { .. } => self.package = Some(part),
            _ => self.feature = Some(part),
        }
    }
}

/// What a return was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Return {
    /// Of something that isn't out, as far as the log says.
    Unknown,
    /// Of a part; another part is still out.
    Part,
    /// Of the last part.
    Whole(Start),
}

/// All that is out.
#[derive(Clone, Debug, Default)]
pub struct Checkouts {
    out: BTreeMap<Seat, Vec<Start>>,
}

impl Checkouts {
    /// A licence goes out.
    pub fn out(&mut self, seat: Seat, checkout: &Checkout<'_>, at: Instant, packages: &Packages) {
        let handle = checkout.handle.map(str::to_owned);
        let part = Part { name: checkout.feature.to_owned(), handle, returned: None };
        let starts = self.out.entry(seat).or_default();
        match starts.iter_mut().rfind(|start| start.lacks(&part, at, packages)) {
            Some(start) => start.add(part),
            None => {
                starts.push(Start { opened: at, package: None, feature: None });
                starts.last_mut().expect("just pushed").add(part);
            }
        }
    }

    /// A licence comes back.
    pub fn back(&mut self, seat: &Seat, checkout: &Checkout<'_>, at: Instant) -> Return {
        let Some(starts) = self.out.get_mut(seat) else { return Return::Unknown };
        let fits = starts.iter().enumerate().filter_map(|(place, start)| Some((start.fit(checkout)?, place)));
        let Some((_, place)) = fits.min() else { return Return::Unknown };
        if let Some(part) = starts[place].out(checkout.feature) {
            part.returned = Some(at);
        }
        if starts[place].parts().any(|part| part.returned.is_none()) {
            return Return::Part;
        }
        let start = starts.remove(place);
        if starts.is_empty() {
            self.out.remove(seat);
        }
        Return::Whole(start)
    }

    /// Takes all that is out at a daemon, or at all daemons.
    pub fn end(&mut self, daemon: Option<&str>) -> Vec<(Seat, Start)> {
        let of_daemon = |seat: &Seat| daemon.is_none_or(|daemon| seat.daemon == daemon);
        let (ended, out) = std::mem::take(&mut self.out).into_iter().partition(|(seat, _)| of_daemon(seat));
        self.out = out;
        let ended: BTreeMap<Seat, Vec<Start>> = ended;
        ended
            .into_iter()
            .flat_map(|(seat, starts)| starts.into_iter().map(move |start| (seat.clone(), start)))
            .collect()
    }
}
