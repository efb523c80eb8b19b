//! Stable 64-bit keys, of names and of several numbers at once: the same on every machine and in every version, so that a draw
//! that hangs on a name hangs on nothing else.

/// Mixes numbers, in their order, into one whose bits all hang on all of them.
pub fn mix(parts: &[u64]) -> u64 {
    parts.iter().fold(GOLDEN, |mixed, part| finalise(mixed.wrapping_add(GOLDEN) ^ part))
}

/// The key of a name: FNV-1a over its UTF-8 bytes, finalised.
pub const fn name_key(name: &str) -> u64 {
    let (mut hash, mut place) = (0xcbf2_9ce4_8422_2325, 0);
    while place < name.len() {
        hash = (hash ^ name.as_bytes()[place] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        place += 1;
    }
    finalise(hash)
}

/// 2^64 over the golden ratio, the step of splitmix64.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of splitmix64: a bijection that spreads every bit over all.
const fn finalise(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hashes_are_pinned() {
        // The first output of splitmix64 from state 0, as its author published it.
        assert_eq!(finalise(GOLDEN), 0xe220_a839_7b1d_cdaf);
        assert_eq!(name_key(""), 0xf52a_15e9_a9b5_e89b);
        assert_eq!(name_key("architects-7"), 0xb9e5_fb02_b29f_76cb);
        assert_eq!(mix(&[]), 0x9e37_79b9_7f4a_7c15);
        assert_eq!(mix(&[1, 2, 3]), 0xd306_214c_1fe5_9365);
    }

    #[test]
    fn order_and_every_part_count() {
        let mixes = [mix(&[0]), mix(&[0, 0]), mix(&[1, 0]), mix(&[0, 1]), mix(&[2, 0])];
        for (index, mixed) in mixes.iter().enumerate() {
            assert!(!mixes[..index].contains(mixed));
        }
    }
}
