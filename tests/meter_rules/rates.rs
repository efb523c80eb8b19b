//! Rates and what can be had through Flex (S1–S3).

use crate::check::check;
use crate::office::{bare, office};

#[test]
fn s1_a_window_costs_what_is_in_force_at_its_start() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> new_window 7
         1 08:02 AutoCAD costs 9
         2 08:00 ann AutoCAD             -> renewal_left_open 9
         2 12:00 AutoCAD costs 8.5
         3 08:00 ann AutoCAD             -> renewal_left_open 8.5
         3 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn s1_a_hold_keeps_its_rate_when_it_passes() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> within_grace 0
         1 08:01 AutoCAD costs 9
         1 08:02 ann opens AutoCAD as s2 -> new_window 7 from 1 08:00
         1 08:03 s1 closes
         1 09:00 s2 closes
         2 08:00 ann opens AutoCAD as s3 -> new_window 9
         2 09:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn s1_a_rate_of_that_very_instant_is_in_force() {
    check(
        office(),
        "1 08:00 AutoCAD costs 9
         1 08:00 ann opens AutoCAD as s1 -> new_window 9
         2 08:00 AutoCAD costs 11
         2 08:00 ann AutoCAD             -> renewal_left_open 11
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn s1_a_lapse_and_a_result_cost_what_is_in_force_then() {
    check(
        office().cover("ann trial of AutoCAD until 2 00:00"),
        "1 08:00 ann opens AutoCAD as s1 -> trial 0
         1 12:00 AutoCAD costs 9
         1 12:00 Render costs 3
         1 13:00 cy orders 2 Render      -> result 6
         2 00:00 ann AutoCAD             -> lapsed_while_open 9
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn s2_a_rate_of_zero_is_metered_and_free_also_without_tokens() {
    check(
        bare(),
        "1 08:00 cy opens Viewer as s1  -> new_window 0
         1 09:00 cy opens Viewer as s2  -> covered_by_window 0 from 1 08:00
         2 08:00 cy Viewer              -> renewal_left_open 0
         2 09:00 s1 closes
         2 09:00 s2 closes
         3 00:00 AutoCAD costs 0
         3 08:00 cy opens AutoCAD as s3 -> new_window 0
         3 09:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn s3_released_and_withdrawn_on_a_day() {
    check(
        office().unreleased("AutoCAD"),
        "1 23:59:59 ann opens AutoCAD    -> denied product_not_allowed
         2 00:00 AutoCAD is released
         2 00:00 ann opens AutoCAD as s1 -> new_window 7
         2 09:00 s1 closes
         2 10:00 AutoCAD is withdrawn
         2 10:00 ann opens AutoCAD       -> denied product_not_allowed
         4 00:00 AutoCAD is released
         4 08:00 ann opens AutoCAD as s2 -> new_window 7
         4 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn s3_what_is_withdrawn_while_it_is_open_is_not_renewed() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> new_window 7
         2 00:00 AutoCAD is withdrawn
         2 08:00 ann AutoCAD             -> denied product_not_allowed
         9 00:00 ends",
    );
}
