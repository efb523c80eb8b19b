//! What "at the same time" means: each phase against the next at one instant, where swapping the two would give something else.

use crate::check::check;
use crate::office::{bare, office};

#[test]
fn expiry_before_administration() {
    check(
        bare(),
        "0 00:00 first buys 10 until 2
         2 00:00 -> p0 expire -10 first 0
         2 00:00 p0 moves to second
         9 00:00 ends",
    );
}

#[test]
fn administration_before_closes() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> within_grace 0
         1 08:03 p0 moves to second      -> p0 move_out -993 first 7, p0 move_in 993 second 993
         1 08:03 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn closes_before_grace_decisions() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> within_grace 0
         1 08:05 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn idle_spans_end_before_grace_decisions_and_renewals() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 17:00 s1 is idle
         2 08:00 s1 is used
         2 08:00 ann AutoCAD                      -> renewal_left_open 7
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn grace_decisions_before_lapses() {
    check(
        office().cover("ann trial of AutoCAD until 1 08:05"),
        "1 08:00 ann opens AutoCAD under i1 as s1 -> new_window 7
         1 08:01 ann opens AutoCAD as s2          -> trial 0
         1 09:00 s1 closes
         1 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn renewals_before_lapses() {
    check(
        office().cover("ann trial of AutoCAD until 2 08:00"),
        "1 08:00 ann opens AutoCAD under i1 as s1 -> new_window 7
         1 09:00 s1 closes
         1 10:00 ann opens AutoCAD as s2          -> trial 0
         2 08:00 ann AutoCAD                      -> renewal_left_open 7
         2 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn lapses_before_what_is_used_again() {
    check(
        office().cover("ann trial of AutoCAD until 1 12:00"),
        "1 08:00 ann opens AutoCAD in aware as s1 -> trial 0
         1 09:00 s1 is idle
         1 12:00 s1 is used
         1 12:00 ann AutoCAD                      -> lapsed_while_open 7
         1 13:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn what_is_used_again_before_opens() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 17:00 s1 is idle
         2 09:00 s1 is used
         2 09:00 ann AutoCAD                      -> resumed_after_idle 7
         2 09:00 ann opens AutoCAD as s2          -> covered_by_window 0
         2 10:00 s1 closes
         2 10:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn renewals_before_opens() {
    check(
        bare(),
        "0 00:00 first buys 14 until 400
         1 08:00 ann opens AutoCAD as s1 -> new_window 7
         2 08:00 ann AutoCAD             -> renewal_left_open 7
         2 08:00 cy opens AutoCAD        -> denied balance_zero
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn opens_before_give_backs() {
    check(
        bare(),
        "0 00:00 first buys 7 until 400
         1 08:00 cy orders 14 Render as j1 failing 14 -> result 7
         1 09:00 ann opens AutoCAD                    -> denied balance_zero
         1 09:00 j1 fails                             -> p0 refund 7 first 7
         9 00:00 ends",
    );
}

#[test]
fn give_backs_before_results() {
    check(
        bare(),
        "0 00:00 first buys 7 until 400
         1 08:00 cy orders 14 Render as j1 failing 14 -> result 7
         1 09:00 j1 fails                             -> p0 refund 7 first 7
         1 09:00 cy orders 14 Render                  -> result 7
         9 00:00 ends",
    );
}

#[test]
fn opens_before_results() {
    check(
        bare(),
        "0 00:00 first buys 7 until 400
         1 08:00 ann opens AutoCAD as s1 -> new_window 7
         1 08:00 cy orders 14 Render     -> denied balance_zero
         1 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn an_add_in_opens_right_after_its_host() {
    check(
        bare(),
        "0 00:00 first buys 12 until 400
         1 08:00 cy opens Revit as s1 -> new_window 10, cy Layout add_in_with_host 2, cy Toolbar free_add_in 0
         1 08:00 ann opens AutoCAD    -> denied balance_zero
         1 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn a_session_of_no_length_closes_right_after_its_own_open() {
    check(
        bare(),
        "0 00:00 first buys 7 until 400
         1 08:00 ann opens AutoCAD as s1 -> within_grace 0
         1 08:00 s1 closes
         1 08:00 cy opens AutoCAD as s2  -> new_window 7
         1 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn among_equals_the_order_of_arrival_counts() {
    check(
        bare(),
        "0 00:00 first buys 7 until 400
         1 08:00 cy opens AutoCAD as s1  -> new_window 7
         1 08:00 ann opens AutoCAD as s2 -> denied balance_zero
         1 09:00 s1 closes
         9 00:00 ends",
    );
    check(
        bare(),
        "0 00:00 first buys 14 until 400
         1 08:00 cy opens AutoCAD as s1  -> new_window 7
         1 08:00 ann opens AutoCAD as s2 -> new_window 7
         2 07:00 first buys 7 until 400
         2 08:00 cy AutoCAD              -> renewal_left_open 7, ann AutoCAD denied balance_zero
         2 09:00 s1 closes
         9 00:00 ends",
    );
    check(
        bare(),
        "1 00:00 first buys 7 until 400
         1 00:00 p0 moves to second -> p0 move_out -7 first 0, p0 move_in 7 second 7
         1 00:00 first defaults to Viewer
         1 00:00 first defaults to AutoCAD
         1 08:00 bob opens AutoCAD  -> denied balance_zero
         9 00:00 ends",
    );
}
