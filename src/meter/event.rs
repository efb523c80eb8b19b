use super::sessions::SessionId;
use crate::ids::{DeviceId, IdentityId, ProductId, UserId, VersionId};
use crate::ledger::NewPack;
use crate::meter::Phase;

/// What can happen to a meter from outside; all else (expiry, grace decisions, renewals, lapses) it does by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Tokens are bought, or are on hand at the start (P1).
    Pack(NewPack),
    /// A user opens a product.
    Open(Open),
    /// A session is closed. One that has ended by itself meanwhile stays ended.
    Close(SessionId),
}

/// A user opens a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Who.
    pub user: UserId,
    /// What.
    pub product: ProductId,
    /// On which device.
    pub device: DeviceId,
    /// In which version.
    pub version: VersionId,
    /// Under which sign-in.
    pub identity: IdentityId,
    /// Whether the device is connected (O1, O2).
    pub online: bool,
    /// Whether Flex supports the version on the device's platform (E9).
    pub supported: bool,
}

impl Event {
    /// Its place within an instant.
    pub const fn phase(&self) -> Phase {
        match self {
            Event::Pack(_) => Phase::Administration,
            Event::Close(_) => Phase::Close,
            Event::Open(_) => Phase::Open,
        }
    }
}
