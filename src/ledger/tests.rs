use super::*;

const TEAM: TeamId = TeamId(0);

fn pack(size: i64, left: i64, bought: i64, ends: i64) -> NewPack {
    NewPack {
        team: TEAM,
        size: Tokens::whole(size),
        left: Tokens::whole(left),
        bought: Instant::from_seconds(bought),
        ends: Instant::from_seconds(ends),
        on_hand: false,
    }
}

/// Enters the packs, holds the amount, burns it, and says how many tokens each pack paid, in the order of paying.
fn check(packs: &[NewPack], amount: i64, paid: &[(u32, i64)]) {
    let mut ledger = Ledger::new(1);
    for pack in packs {
        ledger.enter(*pack, &mut |_| {});
    }
    let hold = ledger.hold(TEAM, Tokens::whole(amount)).unwrap();
    let mut burned = Vec::new();
    ledger.burn(hold, &mut |posting| burned.push((posting.pack.0, -posting.tokens.millionths() / 1_000_000)));
    assert_eq!(burned, paid);
}

#[test]
fn the_earliest_end_then_the_smallest_then_the_oldest_then_the_first_entered_burns_first() {
    check(&[pack(500, 500, 0, 20), pack(900, 900, 0, 10)], 7, &[(1, 7)]);
    check(&[pack(5000, 10, 0, 10), pack(500, 500, 0, 10)], 7, &[(1, 7)]);
    check(&[pack(500, 500, 5, 10), pack(500, 500, 3, 10)], 7, &[(1, 7)]);
    check(&[pack(500, 500, 3, 10), pack(500, 500, 3, 10)], 7, &[(0, 7)]);
    check(&[pack(500, 3, 0, 10), pack(500, 0, 0, 11), pack(500, 500, 0, 12)], 7, &[(0, 3), (2, 4)]);
}

#[test]
fn a_hold_outlives_its_packs_end_burns_when_posted_and_expires_when_voided() {
    for voided in [false, true] {
        let mut ledger = Ledger::new(1);
        let dying = ledger.enter(pack(10, 10, 0, 10), &mut |_| {});
        let hold = ledger.hold(TEAM, Tokens::whole(7)).unwrap();
        let mut expired = Tokens::ZERO;
        ledger.expire_next(&mut |posting| expired += posting.tokens);
        assert_eq!((expired, ledger.balance(TEAM)), (Tokens::whole(-3), Tokens::whole(7)));
        assert_eq!(ledger.hold(TEAM, Tokens::whole(1)), None, "what is on hold isn't free");
        let mut last = None;
        let post = &mut |posting: Posting| last = Some(posting.kind);
        if voided {
            ledger.release(hold, post)
        } else {
            ledger.burn(hold, post)
        }
        assert_eq!(last, Some(if voided { PostingKind::Expire } else { PostingKind::Burn }));
        let pack = ledger.parts()[dying.index()];
        assert_eq!(pack.burned + pack.expired, Tokens::whole(10));
        assert_eq!(ledger.balance(TEAM), Tokens::ZERO);
        assert_eq!(ledger.shortage(TEAM), Shortage::Expired);
    }
}

#[test]
fn a_released_hold_goes_back_to_the_front_of_the_burn_order() {
    let mut ledger = Ledger::new(1);
    ledger.enter(pack(7, 7, 0, 10), &mut |_| {});
    ledger.enter(pack(500, 500, 0, 20), &mut |_| {});
    let hold = ledger.hold(TEAM, Tokens::whole(7)).unwrap();
    assert_eq!(ledger.next_to_burn_ends(TEAM), Instant::from_seconds(20));
    ledger.release(hold, &mut |_| {});
    assert_eq!(ledger.next_to_burn_ends(TEAM), Instant::from_seconds(10));
    assert_eq!(ledger.free(TEAM), Tokens::whole(507));
}

/// Whether the order was free, of what `asks` does to a team with 100 tokens in a pack, and 500 in the one that burns next.
fn order_was_free(asks: impl Fn(&mut Ledger)) -> bool {
    let mut ledger = Ledger::new(2);
    ledger.enter(pack(100, 100, 0, 10), &mut |_| {});
    ledger.enter(pack(500, 500, 0, 20), &mut |_| {});
    ledger.watch();
    asks(&mut ledger);
    ledger.order_was_free()
}

fn hold(ledger: &mut Ledger, tokens: i64) -> Hold {
    ledger.hold(TEAM, Tokens::whole(tokens)).unwrap()
}

#[test]
fn the_order_was_free_where_one_pack_would_have_paid_for_everything_in_any_order() {
    let twice = |first, second| {
        order_was_free(|ledger| {
            hold(ledger, first);
            hold(ledger, second);
        })
    };
    assert!(order_was_free(|_| {}));
    assert!(twice(20, 29));
    assert!(!twice(20, 60), "one more of 60 would be asked of the next pack, or of another team");
    assert!(!twice(20, 80), "the next pack burns from now on");
    assert!(!twice(20, 90), "the next pack paid a part");
    // In another order, what was given back here would have been set aside when the next was asked for.
    assert!(!order_was_free(|ledger| {
        for _ in 0..3 {
            let held = hold(ledger, 40);
            ledger.release(held, &mut |_| {});
        }
    }));
    assert!(!order_was_free(|ledger| {
        ledger.enter(pack(7, 7, 0, 5), &mut |_| {});
    }));
}

#[test]
fn the_order_wasnt_free_where_an_earlier_pack_got_something_back() {
    let mut ledger = Ledger::new(1);
    ledger.enter(pack(7, 7, 0, 10), &mut |_| {});
    ledger.enter(pack(500, 500, 0, 20), &mut |_| {});
    let held = hold(&mut ledger, 7);
    ledger.watch();
    ledger.release(held, &mut |_| {});
    hold(&mut ledger, 7);
    assert_eq!(ledger.left_of_first(TEAM), Tokens::whole(500));
    assert!(!ledger.order_was_free());
}

#[test]
fn the_order_was_free_where_a_team_with_little_left_was_asked_for_nothing() {
    const RICH: TeamId = TeamId(1);
    let mut ledger = Ledger::new(2);
    ledger.enter(pack(100, 15, 0, 10), &mut |_| {});
    ledger.enter(NewPack { team: RICH, ..pack(500, 500, 0, 10) }, &mut |_| {});
    let held = hold(&mut ledger, 10);
    ledger.watch();
    ledger.hold(RICH, Tokens::whole(10)).unwrap();
    assert!(ledger.order_was_free(), "5 are too few for anyone, whenever they ask");
    ledger.release(held, &mut |_| {});
    assert!(!ledger.order_was_free(), "15 are enough, for those who ask after it");
}
