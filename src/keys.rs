//! Stable 64-bit keys: of names, and of several numbers at once. They never change between versions, machines or runs, so
//! that a draw that hangs on a name hangs on nothing else.

/// One key from several parts, order mattering; every bit of each part counts.
pub fn mix(parts: &[u64]) -> u64 {
    parts.iter().fold(0, |state, part| scramble(state ^ part))
}

/// The key of a name: FNV-1a over its bytes, scrambled.
pub fn name_key(name: &str) -> u64 {
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    scramble(name.bytes().fold(0xcbf2_9ce4_8422_2325, fnv))
}

/// A step of splitmix64 and its finaliser.
fn scramble(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_never_change() {
        // The first output of splitmix64 seeded with 0 is a published value.
        assert_eq!(mix(&[0]), 0xe220_a839_7b1d_cdaf);
        assert_ne!(mix(&[1, 2]), mix(&[2, 1]));
        assert_ne!(name_key("architects-1"), name_key("architects-2"));
    }
}
