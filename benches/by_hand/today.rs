use flexcast::behaviour::{Details, Drawer, Origin, Planned, Stream, Until, What};
use flexcast::calendar::{Calendar, Clock, Day};
use flexcast::ids::{DeviceId, ProductId, UserId, VersionId};
use flexcast::time::Instant;

/// Whose day it is, and where what is planned goes.
pub struct Today<'a> {
    pub user: UserId,
    pub drawer: Drawer,
    pub day: Day,
    pub calendar: &'a Calendar,
    pub clocks: &'a [Clock],
    /// By which of the clocks times are meant.
    pub clock: usize,
    pub sessions: &'a mut Vec<Planned>,
}

impl Today<'_> {
    pub fn is_working(&self) -> bool {
        self.calendar.is_working(self.day)
    }

    /// Weeks from Monday to Sunday, as the scripts count them.
    pub fn week(&self) -> i32 {
        (self.day.number() + 3).div_euclid(7)
    }

    pub fn draws(&self) -> Stream {
        self.drawer.day(self.day)
    }

    /// A wall-clock time.
    pub fn instant(&self, seconds: i64) -> Instant {
        self.clocks[self.clock].instant(self.day, seconds.max(0))
    }

    /// A session, never closed before its open.
    pub fn uses(&mut self, product: ProductId, from: i64, until: i64) -> &mut Planned {
        let opened = self.instant(from);
        let closed = self.instant(until.max(from)).max(opened);
        self.push(product, opened, What::Session(Until::At(closed)), None)
    }

    /// A session that stays open.
    pub fn leaves_open(&mut self, product: ProductId, from: i64) {
        self.push(product, self.instant(from), What::Session(Until::NextOpen), None);
    }

    pub fn push(
        &mut self,
        product: ProductId,
        opened: Instant,
        what: What,
        details: Option<Box<Details>>,
    ) -> &mut Planned {
        let (device, version) = (DeviceId(0), VersionId(0));
        let origin = Origin::of_day(self.day, self.clock as u16);
        self.sessions.push(Planned { user: self.user, product, device, version, opened, what, origin, details });
        self.sessions.last_mut().expect("it was just pushed")
    }
}
