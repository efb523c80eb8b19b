//! Idle time (T7).

use flexcast::meter::RenewalShortfall;

use crate::check::check;
use crate::office::{bare, office};

#[test]
fn t7_a_renewal_due_less_than_15_minutes_into_an_idle_span_is_charged() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         2 07:45:01 s1 is idle
         2 08:00 ann AutoCAD                      -> renewal_left_open 7
         2 10:00 s1 is used
         2 11:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_due_15_minutes_into_it_it_waits_for_the_next_use_which_starts_the_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         2 07:45 s1 is idle
         2 10:00 s1 is used
         2 10:00 ann AutoCAD                      -> resumed_after_idle 7
         2 11:00 ann opens AutoCAD as s2          -> covered_by_window 0 from 2 10:00
         3 10:00 ann AutoCAD                      -> renewal_left_open 7
         3 11:00 s1 closes
         3 11:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_no_use_no_charge() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 17:00 s1 is idle
         4 09:00 s1 closes
         4 10:00 cy opens AutoCAD in aware as s2  -> new_window 7
         4 10:00 s2 is idle
         9 00:00 ends",
    );
}

#[test]
fn t7_a_weekend_without_use_costs_nothing() {
    check(
        office(),
        "5 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         5 17:00 s1 is idle
         8 08:30 s1 is used
         8 08:30 ann AutoCAD                      -> resumed_after_idle 7
         8 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_an_idle_span_that_ends_with_the_window_delays_nothing() {
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
fn t7_used_while_the_window_runs_it_starts_none() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 12:00 s1 is idle
         1 14:00 s1 is used
         2 07:50 s1 is idle
         2 08:00 ann AutoCAD                      -> renewal_left_open 7
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_only_in_a_version_that_is_aware() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1 -> new_window 7
         1 17:00 s1 is idle
         2 08:00 ann AutoCAD             -> renewal_left_open 7
         2 08:30 s1 is used
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_of_two_sessions_the_one_that_is_not_idle_pays() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1               -> new_window 7
         1 09:00 ann opens AutoCAD in aware while offline as s2 -> covered_by_window 0 from 1 08:00
         1 17:00 s1 is idle
         2 08:00 ann AutoCAD                                    -> denied offline
         2 09:00 s1 is used
         2 09:00 ann AutoCAD                                    -> resumed_after_idle 7
         2 10:00 s1 closes
         9 00:00 ends",
    );
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 09:00 ann opens AutoCAD in aware as s2 -> covered_by_window 0 from 1 08:00
         1 17:00 s1 is idle
         2 08:00 ann AutoCAD                      -> renewal_left_open 7
         2 09:00 s2 closes
         2 10:00 s1 is used
         2 11:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_of_two_idle_sessions_the_first_that_is_used_starts_the_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 09:00 ann opens AutoCAD in aware as s2 -> covered_by_window 0 from 1 08:00
         1 17:00 s1 is idle
         1 17:00 s2 is idle
         2 09:00 s2 is used
         2 09:00 ann AutoCAD                      -> resumed_after_idle 7
         2 10:00 s1 is used
         2 11:00 s1 closes
         2 11:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_an_open_meanwhile_starts_a_window_that_serves_both() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 17:00 s1 is idle
         2 09:00 ann opens AutoCAD in aware as s2 -> new_window 7
         2 10:00 s1 is used
         2 11:00 s1 closes
         2 11:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_what_resumes_is_checked_as_a_renewal_is() {
    for (administration, denial) in [
        ("p0 moves to second -> p0 move_out -993 first 0, p0 move_in 993 second 993", "balance_zero"),
        ("ann is unassigned from first", "not_assigned"),
        ("AutoCAD is withdrawn", "product_not_allowed"),
    ] {
        let table = format!(
            "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
             1 17:00 s1 is idle
             2 00:00 {administration}
             2 09:00 s1 is used
             2 09:00 ann AutoCAD                      -> denied {denial}
             2 10:00 s1 is idle
             2 11:00 s1 is used
             9 00:00 ends"
        );
        check(office(), &table);
    }
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1               -> new_window 7
         1 09:00 ann opens AutoCAD in aware while offline as s2 -> covered_by_window 0 from 1 08:00
         1 10:00 s1 closes
         1 17:00 s2 is idle
         2 09:00 s2 is used
         2 09:00 ann AutoCAD                                    -> denied offline
         9 00:00 ends",
    );
}

#[test]
fn t7_p7_what_resumes_and_cannot_be_paid_may_stay_open_unpaid() {
    check(
        bare().rules(|rules| rules.renewal_shortfall = RenewalShortfall::AllowUntilClose),
        "0 00:00 first buys 7 until 400
         1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 17:00 s1 is idle
         2 09:00 s1 is used
         2 09:00 ann AutoCAD                      -> denied balance_zero
         3 00:00 first buys 100 until 400
         3 01:00 s1 is idle
         3 09:00 s1 is used
         3 17:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_e7_a_cover_that_lapses_while_idle_lapses_without_a_charge() {
    check(
        office().cover("ann trial of AutoCAD until 1 12:00"),
        "1 08:00 ann opens AutoCAD in aware as s1 -> trial 0
         1 11:45 s1 is idle
         1 13:00 s1 is used
         1 13:00 ann AutoCAD                      -> resumed_after_idle 7
         1 14:00 s1 closes
         9 00:00 ends",
    );
    check(
        office().cover("ann trial of AutoCAD until 1 12:00"),
        "1 08:00 ann opens AutoCAD in aware as s1 -> trial 0
         1 11:45:01 s1 is idle
         1 12:00 ann AutoCAD                      -> lapsed_while_open 7
         1 13:00 s1 is used
         1 14:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_e6_under_a_cover_there_is_no_renewal_while_idle_and_use_starts_no_window() {
    check(
        office().cover("ann trial of AutoCAD from 2 00:00"),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 17:00 s1 is idle
         2 09:00 s1 is used
         2 10:00 s1 closes
         9 00:00 ends",
    );
    check(
        office().cover("ann trial of AutoCAD from 2 00:00"),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 17:00 s1 is idle
         2 07:00 ann opens AutoCAD in aware as s2 -> trial 0
         2 08:00 ann AutoCAD                      -> trial 0
         2 09:00 s1 is used
         2 10:00 s1 closes
         2 10:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_the_next_window_is_24_hours_from_the_use() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 17:00 s1 is idle
         2 16:00 s1 is used
         2 16:00 ann AutoCAD                      -> resumed_after_idle 7
         2 17:00 s1 is idle
         3 12:00 s1 is used
         3 15:50 s1 is idle
         3 16:00 ann AutoCAD                      -> renewal_left_open 7
         3 17:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_s1_use_costs_what_is_in_force_then() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 17:00 s1 is idle
         2 09:00 AutoCAD costs 9
         2 09:00 s1 is used
         2 09:00 ann AutoCAD                      -> resumed_after_idle 9
         2 10:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_e7_of_two_sessions_under_a_cover_that_lapses_the_one_that_is_not_idle_pays() {
    check(
        office().cover("ann trial of AutoCAD until 1 12:00"),
        "1 08:00 ann opens AutoCAD in aware as s1               -> trial 0
         1 09:00 ann opens AutoCAD in aware while offline as s2 -> trial 0
         1 10:00 s1 is idle
         1 12:00 ann AutoCAD                                    -> denied offline
         1 13:00 s1 is used
         1 13:00 ann AutoCAD                                    -> resumed_after_idle 7
         1 14:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_t6a_what_resumes_inside_a_long_grace_is_held() {
    check(
        office().cover("ann trial of AutoCAD until 1 08:30").grace(3600),
        "1 08:00 ann opens AutoCAD in aware as s1 -> trial 0
         1 08:10 s1 is idle
         1 08:40 s1 is used
         1 08:40 ann AutoCAD                      -> within_grace 0
         1 08:50 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_e6_a_cover_that_began_while_idle_covers_the_use() {
    check(
        office().cover("ann trial of AutoCAD from 2 08:30"),
        "1 08:00 ann opens AutoCAD in aware as s1 -> new_window 7
         1 17:00 s1 is idle
         2 09:00 s1 is used
         2 10:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_x1_a_free_add_in_stays_free_when_it_is_used_again() {
    check(
        office(),
        "1 08:00 cy opens Toolbar in aware as s1 -> free_add_in 0
         1 09:00 s1 is idle
         1 10:00 s1 is used
         1 11:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn t7_x2_what_came_along_is_idle_with_its_host() {
    check(
        office(),
        "1 08:00 cy opens Revit in aware as s1
         1 08:00              -> cy Revit new_window 10, cy Layout add_in_with_host 2, cy Toolbar free_add_in 0
         1 17:00 s1 is idle
         2 09:00 s1 is used
         2 09:00              -> cy Revit resumed_after_idle 10, cy Layout resumed_after_idle 2
         2 10:00 s1 closes
         9 00:00 ends",
    );
}
