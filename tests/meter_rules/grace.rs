//! The grace (T6, T6a).

use crate::check::check;
use crate::office::{bare, office};

#[test]
fn t6_exactly_300_seconds_are_free() {
    for (closed, decision) in
        [("1 08:04:59", "within_grace 0"), ("1 08:05:00", "within_grace 0"), ("1 08:05:01", "new_window 7")]
    {
        let table = format!("1 08:00 ann opens AutoCAD as s1 -> {decision}\n{closed} s1 closes\n9 00:00 ends");
        check(office(), &table);
    }
}

#[test]
fn t6_it_starts_no_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1    -> within_grace 0
         1 08:05 s1 closes
         1 08:06 ann opens AutoCAD as s2    -> new_window 7
         1 09:00 s2 closes
         2 08:05 ann opens AutoCAD as s3    -> covered_by_window 0 from 1 08:06
         2 08:05 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn t6a_without_grace_a_session_of_no_length_is_charged() {
    check(
        office().grace(0),
        "1 08:00 ann opens AutoCAD as s1    -> new_window 7
         1 08:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t6a_the_grace_is_a_setting() {
    check(
        office().grace(3600),
        "1 08:00 ann opens AutoCAD as s1    -> within_grace 0
         1 08:00 cy opens AutoCAD as s2     -> new_window 7
         1 09:00 s1 closes
         1 09:00:01 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn t6a_undecided_at_the_end_it_stands_as_within_the_grace() {
    check(office(), "1 08:00 ann opens AutoCAD -> within_grace 0\n1 08:04:59 ends");
    check(office(), "1 08:00 ann opens AutoCAD -> new_window 7\n1 08:05 ends");
}

#[test]
fn t6a_the_renewal_of_a_long_session_settles_at_once() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1    -> new_window 7
         2 08:00 ann AutoCAD                -> renewal_left_open 7
         2 08:00:01 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t6a_open_across_the_windows_end_and_closed_in_time_pays_nothing() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1    -> new_window 7
         1 17:00 s1 closes
         2 07:58 ann opens AutoCAD as s2    -> covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD                -> within_grace 0
         2 08:02 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn t6a_the_hold_passes_to_the_next_that_is_still_open() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1    -> within_grace 0
         1 08:02 ann opens AutoCAD as s2    -> new_window 7 from 1 08:00
         1 08:03 s1 closes
         1 09:00 s2 closes
         9 00:00 ends",
    );
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1    -> within_grace 0
         1 08:01 ann opens AutoCAD as s2    -> within_grace 0
         1 08:02 s2 closes
         1 08:03 ann opens AutoCAD as s3    -> within_grace 0
         1 08:04 s1 closes
         1 08:08 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn t6a_a_hold_that_passes_may_still_be_closed_at_the_very_end_of_the_grace() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1    -> within_grace 0
         1 08:00 ann opens AutoCAD as s2    -> within_grace 0
         1 08:05 s1 closes
         1 08:05 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn t6a_two_opens_cannot_spend_the_same_tokens() {
    check(
        bare(),
        "0 00:00 first buys 7 until 400
         1 08:00 ann opens AutoCAD as s1    -> within_grace 0
         1 08:01 cy opens AutoCAD as s2     -> denied balance_zero
         1 08:02 s1 closes
         1 08:03 cy opens AutoCAD as s3     -> new_window 7
         1 09:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn t6a_a_chain_of_short_sessions_as_long_as_a_window_settles_both_windows_together() {
    let long_grace = || office().grace(20 * 3600);
    check(
        long_grace(),
        "1 00:00 ann opens AutoCAD as s1    -> within_grace 0
         1 18:00 ann opens AutoCAD as s2    -> within_grace 0
         1 19:00 s1 closes
         2 00:00 ann AutoCAD                -> within_grace 0
         2 06:00 s2 closes
         9 00:00 ends",
    );
    check(
        long_grace(),
        "1 00:00 ann opens AutoCAD as s1    -> within_grace 0
         1 18:00 ann opens AutoCAD as s2    -> new_window 7 from 1 00:00
         1 19:00 s1 closes
         2 00:00 ann AutoCAD                -> renewal_left_open 7
         2 16:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn t6a_a_renewal_keeps_its_row_where_its_hold_passes_to_who_was_there_before() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> new_window 7
         1 17:00 s1 closes
         2 07:57 ann opens AutoCAD as s2 -> covered_by_window 0 from 1 08:00
         2 07:58 ann opens AutoCAD as s3 -> covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD             -> renewal_left_open 7
         2 08:01 s2 closes
         2 09:00 s3 closes
         9 00:00 ends",
    );
}
