//! What the search reckons with isn't all: neighbours of the best mix are simulated.

use super::*;

#[test]
fn a_pack_that_would_be_wasted_is_seen_by_the_neighbours_of_the_best_mix() {
    // A pack of 620 tokens ends with January, in which each user burns 310 of 1,100. A subscription saves 3,300 - 3,025 as long as two
    // others use the pack up; what it saves beyond that would be wasted in January. The search sees what a user burns in the year, and
    // goes from three subscriptions to three.
    let packs = "[{bought: 2026-02-01, size: 5000, left: 620}]";
    let desk = office_with(packs, BY_THE_PIECE, LIST, &group("staff", 4, "Revit", 110, ""));
    let found = found(&desk, "");
    // Tokens for 4 users beyond the pack; for 2 users, January is the pack's.
    assert_eq!(number(mix(&found, "tokens only"), "/paid"), (4.0 * 1_100.0 - 620.0) * 3.0);
    let best = mix(&found, "best mix");
    let paid = 2.0 * 3_025.0 + (2.0 * 1_100.0 - 620.0) * 3.0;
    assert_eq!((best["subscriptions"].as_u64(), number(best, "/paid")), (Some(2), paid));
}
