//! How a day stands in JSON: `calendar` itself knows nothing of it.

use serde::{Serialize, Serializer};

use crate::calendar::Day;

/// `2027-03-01`.
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
