//! Subscriptions and trials (E6, E7).

use flexcast::meter::LapseWhileOpen;

use crate::check::check;
use crate::office::office;

#[test]
fn e6_e7_a_cover_comes_before_tokens_for_its_identity_until_it_ends() {
    check(
        office().cover("ann trial of AutoCAD until 3 12:00"),
        "1 08:00 ann opens AutoCAD as s1          -> trial 0
         1 09:00 s1 closes
         1 10:00 ann opens AutoCAD under i1 as s2 -> new_window 7
         1 11:00 s2 closes
         3 08:00 ann opens AutoCAD as s3          -> trial 0
         3 12:00 ann AutoCAD                      -> lapsed_while_open 7
         3 13:00 s3 closes
         5 08:00 ann opens AutoCAD as s4          -> new_window 7
         5 09:00 s4 closes
         9 00:00 ends",
    );
    check(
        office().cover("ann subscription of AutoCAD until 3 12:00"),
        "3 11:58 ann opens AutoCAD as s1 -> subscription 0
         3 12:00 ann AutoCAD             -> within_grace 0
         3 12:02 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn e6_the_open_after_a_trial_is_charged() {
    check(
        office().cover("ann trial of AutoCAD until 3 12:00"),
        "3 11:59:59 ann opens AutoCAD as s1 -> trial 0
         3 11:59:59 s1 closes
         3 12:00 ann opens AutoCAD as s2    -> new_window 7
         3 13:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e6_a_cover_is_of_one_identity_and_one_product() {
    check(
        office().cover("ann subscription of AutoCAD under i1").cover("cy subscription of Revit"),
        "1 08:00 ann opens AutoCAD under i1 as s1 -> subscription 0
         1 08:00 ann opens AutoCAD as s2          -> new_window 7
         1 08:00 cy opens AutoCAD as s3           -> new_window 7
         1 09:00 s1 closes
         1 09:00 s2 closes
         1 09:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn e6_t6a_a_cover_that_begins_inside_a_hold_changes_nothing_before_the_next_check() {
    check(
        office().cover("ann trial of AutoCAD from 1 08:02 until 9 00:00"),
        "1 08:00 ann opens AutoCAD as s1 -> within_grace 0
         1 08:01 ann opens AutoCAD as s2 -> new_window 7 from 1 08:00
         1 08:03 s1 closes
         2 08:00 ann AutoCAD             -> trial 0
         2 17:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e7_or_nothing_is_charged_before_the_next_open() {
    check(
        office().cover("ann trial of AutoCAD until 3 12:00").rules(|rules| {
            rules.lapse_while_open = LapseWhileOpen::NextOpen;
        }),
        "3 08:00 ann opens AutoCAD as s1 -> trial 0
         5 09:00 ann opens AutoCAD as s2 -> new_window 7
         5 10:00 s1 closes
         5 10:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e7_a_paid_window_that_still_runs_ends_as_any_other() {
    check(
        office().cover("ann trial of AutoCAD until 1 12:00"),
        "1 08:00 ann opens AutoCAD under i1 as s1 -> new_window 7
         1 09:00 ann opens AutoCAD as s2          -> trial 0
         1 10:00 s1 closes
         2 08:00 ann AutoCAD                      -> renewal_left_open 7
         2 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e7_a_cover_that_ends_inside_another_ends_nothing() {
    check(
        office().cover("ann trial of AutoCAD until 1 12:00").cover("ann subscription of AutoCAD from 1 12:00"),
        "1 08:00 ann opens AutoCAD as s1 -> trial 0
         3 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn e7_a_lapse_is_checked_as_a_renewal_is() {
    check(
        office().cover("dee trial of AutoCAD until 1 12:00"),
        "1 08:00 dee opens AutoCAD as s1 -> trial 0
         1 12:00 dee AutoCAD             -> denied not_assigned
         9 00:00 ends",
    );
    check(
        office().cover("ann trial of AutoCAD until 1 12:00"),
        "1 08:00 ann opens AutoCAD while offline as s1 -> trial 0
         1 12:00 ann AutoCAD                           -> denied offline
         9 00:00 ends",
    );
}

#[test]
fn e7_a_lapse_under_one_identity_inside_a_hold_of_another() {
    check(
        office().cover("ann trial of AutoCAD until 1 08:30").grace(3600),
        "1 08:00 ann opens AutoCAD under i1 as s1 -> within_grace 0
         1 08:05 ann opens AutoCAD as s2          -> trial 0
         1 08:30 ann AutoCAD                      -> lapsed_while_open 7 from 1 08:00
         1 08:40 s1 closes
         1 17:00 s2 closes
         9 00:00 ends",
    );
}
