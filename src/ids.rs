//! Dense ids: numbers from zero that index tables. Names live outside the core.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in a table.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of a place in a table. Panics beyond `u32::MAX` places.
            pub fn from_index(index: usize) -> Self {
                $name(u32::try_from(index).expect("more than 2^32 rows in a table"))
            }
        }
    )*};
}

ids! {
    /// A team: it holds packs.
    TeamId,
    /// A user, in the order of the scenario.
    UserId,
    /// A product, or an add-in of one.
    ProductId,
    /// A pack, in the order of entry.
    PackId,
    /// A device of a user; 0 is the unnamed one.
    DeviceId,
    /// A version of a product; 0 is the unnamed one.
    VersionId,
    /// A sign-in identity beside the user's own; 0 is the user's own.
    IdentityId,
}
