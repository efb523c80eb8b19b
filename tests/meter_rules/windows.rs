//! Windows (T1–T5, T8, T9).

use crate::check::check;
use crate::office::{bare, office};

#[test]
fn t1_t4_the_vendors_first_example() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> new_window 7
         1 17:00 s1 closes
         2 07:00 ann opens AutoCAD as s2 -> covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD             -> renewal_left_open 7
         2 17:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn t9_the_vendors_second_example() {
    check(
        office(),
        "1 19:00 ann opens AutoCAD as s1 -> new_window 7
         2 17:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t1_each_user_and_each_product_has_a_window_of_its_own() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> new_window 7
         1 08:00 cy opens AutoCAD as s2  -> new_window 7
         1 09:00 cy opens Viewer as s3   -> new_window 0
         1 17:00 s1 closes
         1 17:00 s2 closes
         1 17:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn t2_every_device_and_version_is_covered_inside_the_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD on d1 in v1 as s1 -> new_window 7
         1 09:00 s1 closes
         1 10:00 ann opens AutoCAD on d2 in v2 as s2 -> covered_by_window 0 from 1 08:00
         1 11:00 ann opens AutoCAD on d2 in v1 as s3 -> covered_by_window 0 from 1 08:00
         1 12:00 s2 closes
         1 12:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn t4_left_open_over_the_weekend_it_renews_each_day_at_the_same_time() {
    check(
        office(),
        "5 08:30 ann opens AutoCAD as s1 -> new_window 7
         6 08:30 ann AutoCAD             -> renewal_left_open 7
         7 08:30 ann AutoCAD             -> renewal_left_open 7
         8 08:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t5_t8_closed_at_its_end_the_next_open_starts_its_own_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> new_window 7
         2 08:00 s1 closes
         2 08:00 ann opens AutoCAD as s2 -> new_window 7
         2 09:00 s2 closes
         9 00:00 ends",
    );
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1    -> new_window 7
         1 09:00 s1 closes
         2 07:59:59 ann opens AutoCAD as s2 -> covered_by_window 0 from 1 08:00
         2 07:59:59 s2 closes
         2 08:00:01 ann opens AutoCAD as s3 -> new_window 7
         2 09:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn a_stale_close_ends_no_other_session() {
    check(
        bare(),
        "0 00:00 first buys 7 until 400
         1 08:00 ann opens AutoCAD as friday -> new_window 7
         2 08:00 ann AutoCAD                 -> denied balance_zero
         3 00:00 first buys 100 until 400
         3 08:00 ann opens AutoCAD as monday -> new_window 7
         3 08:01 friday closes
         3 09:00 monday closes
         9 00:00 ends",
    );
}
