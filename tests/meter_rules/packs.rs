//! Packs and balance (P1, P4–P7, P9).

use flexcast::meter::{RenewalShortfall, SecondDevice};

use crate::check::check;
use crate::office::bare;

#[test]
fn p1_p4_purchases_make_one_balance_and_a_charge_may_span_packs() {
    check(
        bare(),
        "0 00:00 first buys 5 until 400
         0 00:00 first buys 5 until 401
         1 08:00 ann opens AutoCAD as s1 -> new_window 7 by first = p0 5 + p1 2
         1 09:00 s1 closes
         1 10:00 ann opens Revit         -> denied balance_low
         9 00:00 ends",
    );
}

#[test]
fn p4_the_earliest_end_then_the_smallest_then_the_oldest_then_the_first_entered() {
    for (packs, first) in [
        ("first buys 500 until 401, first buys 900 until 400", "p1"),
        ("first has 10 of 5000 since 0 until 400, first has 500 of 500 since 0 until 400", "p1"),
        ("first has 500 of 500 since 3 until 400, first has 500 of 500 since 2 until 400", "p1"),
        ("first buys 500 until 400, first buys 500 until 400", "p0"),
    ] {
        let packs: String = packs.split(", ").map(|pack| format!("4 00:00 {pack}\n")).collect();
        let opens = format!("4 08:00 ann opens AutoCAD as s1 -> new_window 7 = {first} 7\n4 09:00 s1 closes");
        check(bare(), &format!("{packs}{opens}"));
    }
}

#[test]
fn p4_p5_a_hold_outlives_its_pack_and_burns_when_posted() {
    check(
        bare(),
        "0 00:00 first buys 10 until 2
         1 23:58 ann opens AutoCAD as s1    -> new_window 7 = p0 7
         2 00:00                            -> p0 expire -3 first 7
         2 00:04 s1 closes
         3 00:00 ann opens AutoCAD          -> denied all_packs_expired
         9 00:00 ends",
    );
}

#[test]
fn p4_p5_voided_it_expires() {
    check(
        bare(),
        "0 00:00 first buys 10 until 2
         1 23:58 ann opens AutoCAD as s1    -> within_grace 0
         2 00:00                            -> p0 expire -3 first 7
         2 00:02 s1 closes                  -> p0 expire -7 first 0
         9 00:00 ends",
    );
}

#[test]
fn p4_p5_p6_tokens_end_with_their_pack_and_denials_say_what_is_missing() {
    check(
        bare(),
        "0 00:00 first buys 10 until 2
         1 08:00 ann opens AutoCAD as s1    -> new_window 7
         1 08:30 cy opens AutoCAD as s2     -> denied balance_low
         1 09:00 cy opens Viewer as s3      -> new_window 0
         1 17:00 s1 closes
         2 00:00                            -> p0 expire -3 first 0
         2 00:00 ann opens Revit as s4      -> denied all_packs_expired
         2 09:00 cy Viewer                  -> renewal_left_open 0
         3 09:00 cy Viewer                  -> renewal_left_open 0
         4 09:00 cy Viewer                  -> renewal_left_open 0
         5 09:00 cy Viewer                  -> renewal_left_open 0
         6 09:00 cy Viewer                  -> renewal_left_open 0
         7 09:00 cy Viewer                  -> renewal_left_open 0
         8 09:00 cy Viewer                  -> renewal_left_open 0
         9 00:00 ends",
    );
    check(bare(), "1 08:00 ann opens AutoCAD -> denied balance_zero\n9 00:00 ends");
}

#[test]
fn p6_of_two_teams_the_better_case_is_said() {
    check(
        bare(),
        "0 00:00 first buys 3 until 2
         1 08:00 cy opens AutoCAD           -> denied balance_low
         2 00:00                            -> p0 expire -3 first 0
         2 08:00 cy opens AutoCAD           -> denied balance_zero
         3 00:00 second buys 1 until 4
         3 08:00 cy opens AutoCAD           -> denied balance_low
         4 00:00                            -> p1 expire -1 second 0
         4 08:00 cy opens AutoCAD           -> denied all_packs_expired
         9 00:00 ends",
    );
}

#[test]
fn p6_access_returns_with_a_purchase_at_the_same_instant() {
    check(
        bare(),
        "0 00:00 first buys 7 until 400
         1 08:00 ann opens AutoCAD as s1    -> new_window 7
         2 07:00 cy opens AutoCAD as s2     -> denied balance_zero
         2 08:00 first buys 100 until 400
         2 08:00 ann AutoCAD                -> renewal_left_open 7
         2 08:00 cy opens AutoCAD as s3     -> new_window 7
         2 09:00 s1 closes
         2 09:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn p7_a_renewal_that_cannot_be_paid_ends_the_session_or_leaves_it_open_unpaid() {
    let table = "0 00:00 first buys 7 until 400
         1 08:00 ann opens AutoCAD as s1    -> new_window 7
         2 08:00 ann AutoCAD                -> denied balance_zero
         3 00:00 first buys 100 until 400
         4 08:00 ann opens AutoCAD as s2    -> new_window 7
         4 09:00 s2 closes
         5 12:00 s1 closes
         9 00:00 ends";
    for shortfall in [RenewalShortfall::EndSession, RenewalShortfall::AllowUntilClose] {
        check(bare().rules(|rules| rules.renewal_shortfall = shortfall), table);
    }
}

#[test]
fn p7_what_is_left_open_unpaid_is_still_open() {
    let opens = |shortfall| {
        let elsewhere = bare().rules(|rules| {
            rules.renewal_shortfall = shortfall;
            rules.second_device = SecondDevice::Deny;
        });
        let comes = match shortfall {
            RenewalShortfall::EndSession => "new_window 7",
            RenewalShortfall::AllowUntilClose => "denied in_use_elsewhere",
        };
        let table = format!(
            "0 00:00 first buys 7 until 400
             1 08:00 ann opens AutoCAD on d1 as s1  -> new_window 7
             2 08:00 ann AutoCAD                    -> denied balance_zero
             3 00:00 first buys 7 until 400
             4 08:00 ann opens AutoCAD on d2 as s2  -> {comes}
             4 09:00 s2 closes
             9 00:00 ends"
        );
        check(elsewhere, &table);
    };
    opens(RenewalShortfall::EndSession);
    opens(RenewalShortfall::AllowUntilClose);
}

#[test]
fn p9_millionths_are_exact() {
    check(
        bare(),
        "0 00:00 first buys 1 until 400
         0 00:00 Render costs 0.000003
         0 00:00 AutoCAD costs 0.999999
         1 07:00 cy orders 1 Render         -> result 0.000003 = p0 0.000003
         1 08:00 ann opens AutoCAD          -> denied balance_low
         1 09:00 AutoCAD costs 0.999997
         1 09:00 ann opens AutoCAD as s1    -> new_window 0.999997
         1 10:00 s1 closes
         1 10:00 cy orders 1 Render         -> denied balance_zero
         9 00:00 ends",
    );
}

#[test]
fn p7_e14_what_fails_for_another_reason_ends_all_the_same() {
    check(
        bare().rules(|rules| {
            rules.renewal_shortfall = RenewalShortfall::AllowUntilClose;
            rules.second_device = SecondDevice::Deny;
        }),
        "0 00:00 first buys 100 until 400
         1 08:00 ann opens AutoCAD on d1 as s1         -> new_window 7
         1 09:00 ann is unassigned from first
         2 08:00 ann AutoCAD                           -> denied not_assigned
         3 00:00 ann is imported to first with AutoCAD
         3 08:00 ann opens AutoCAD on d2 as s2         -> new_window 7
         3 09:00 s2 closes
         9 00:00 ends",
    );
}
