//! The order of the checks (E14): each against the next, with what would fail both.

use flexcast::meter::SecondDevice;

use crate::check::check;
use crate::office::{bare, office};

const THREE_DEVICES: &str = "1 07:00 ann opens AutoCAD on d1 in old -> denied version_not_supported
         1 07:00 ann opens AutoCAD on d2 in old -> denied version_not_supported
         1 07:00 ann opens AutoCAD on d3 in old -> denied version_not_supported";

#[test]
fn e14_who_the_scenario_does_not_know_comes_before_everything() {
    check(office(), "1 08:00 sam opens AutoCAD in old -> denied not_assigned\n9 00:00 ends");
}

#[test]
fn e14_version_before_device_limit() {
    let fourth = "1 08:00 ann opens AutoCAD on d4 in old -> denied version_not_supported\n9 00:00 ends";
    check(office(), &format!("{THREE_DEVICES}\n{fourth}"));
}

#[test]
fn e14_device_limit_before_the_second_device() {
    let deny = || office().rules(|rules| rules.second_device = SecondDevice::Deny);
    for office in [office(), deny()] {
        let fourth = "1 08:00 ann opens AutoCAD on d1 as s1 -> new_window 7
             1 09:00 ann opens AutoCAD on d4                -> denied device_limit
             2 08:00 ann AutoCAD                            -> renewal_left_open 7
             2 09:00 s1 closes
             9 00:00 ends";
        check(office, &format!("{THREE_DEVICES}\n{fourth}"));
    }
}

#[test]
fn e14_e11_the_second_device_before_subscription() {
    let covered = || office().cover("ann subscription of AutoCAD until 2 00:00");
    check(
        covered().rules(|rules| rules.second_device = SecondDevice::Deny),
        "1 08:00 ann opens AutoCAD on d1 as s1  -> subscription 0
         1 09:00 ann opens AutoCAD on d2        -> denied in_use_elsewhere
         1 10:00 s1 closes
         9 00:00 ends",
    );
    check(
        covered(),
        "1 08:00 ann opens AutoCAD on d1 as s1  -> subscription 0
         1 09:00 ann opens AutoCAD on d2 as s2  -> subscription 0
         1 10:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e14_e11_the_sign_out_happens_whatever_follows() {
    for (administration, denial) in [
        ("ann is unassigned from first", "not_assigned"),
        ("first clears AutoCAD of ann", "product_not_allowed"),
        ("AutoCAD is withdrawn", "product_not_allowed"),
    ] {
        let table = format!(
            "1 08:00 ann opens AutoCAD on d1 as s1  -> new_window 7
             1 09:00 {administration}
             1 10:00 ann opens AutoCAD on d2        -> denied {denial}
             9 00:00 ends"
        );
        check(office(), &table);
    }
    check(
        office().cover("ann trial of AutoCAD until 2 00:00"),
        "1 08:00 ann opens AutoCAD on d1 as s1                          -> trial 0
         1 10:00 ann opens AutoCAD on d2 under i1 while offline         -> denied offline
         9 00:00 ends",
    );
}

#[test]
fn e14_subscription_before_trial() {
    check(
        office().cover("ann trial of AutoCAD until 3 00:00").cover("ann subscription of AutoCAD until 2 00:00"),
        "1 08:00 ann opens AutoCAD as s1    -> subscription 0
         1 09:00 s1 closes
         2 00:00 ann opens AutoCAD as s2    -> trial 0
         2 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e14_covers_before_assignment() {
    check(
        office().cover("dee subscription of AutoCAD").cover("dee trial of Revit").cover("ann trial of Viewer"),
        "1 08:00 dee opens AutoCAD as s1    -> subscription 0
         1 08:00 dee opens Revit as s2      -> trial 0, dee Layout denied not_assigned, dee Toolbar free_add_in 0
         1 08:00 ann opens Viewer as s3     -> trial 0
         1 09:00 s1 closes
         1 09:00 s2 closes
         1 09:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn e14_covers_before_a_running_window() {
    check(
        office().cover("ann trial of AutoCAD from 1 12:00"),
        "1 08:00 ann opens AutoCAD as s1    -> new_window 7
         1 09:00 s1 closes
         1 13:00 ann opens AutoCAD as s2    -> trial 0
         2 08:00 ann AutoCAD                -> trial 0
         2 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e14_assignment_and_list_before_the_running_window() {
    for (administration, denial) in [
        ("ann is unassigned from first", "not_assigned"),
        ("first clears AutoCAD of ann", "product_not_allowed"),
        ("AutoCAD is withdrawn", "product_not_allowed"),
    ] {
        let table = format!(
            "1 08:00 ann opens AutoCAD as s1    -> new_window 7
             1 09:00 s1 closes
             1 09:00 {administration}
             1 10:00 ann opens AutoCAD          -> denied {denial}
             9 00:00 ends"
        );
        check(office(), &table);
    }
}

#[test]
fn e14_assignment_before_list_and_invitation() {
    check(
        office(),
        "1 00:00 eve is invited to first with AutoCAD       -> mail invitation eve first
         1 08:00 eve opens Viewer                           -> denied invitation_pending
         1 08:00 dee opens Viewer                           -> denied not_assigned
         9 00:00 ends",
    );
}

#[test]
fn e14_the_running_window_before_offline() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1                -> new_window 7
         1 09:00 ann opens AutoCAD while offline as s2  -> covered_by_window 0 from 1 08:00
         1 10:00 s1 closes
         1 10:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e14_assignment_before_offline_before_balance() {
    check(
        bare(),
        "1 08:00 dee opens AutoCAD while offline    -> denied not_assigned
         1 08:00 ann opens Viewer while offline     -> denied product_not_allowed
         1 08:00 ann opens AutoCAD while offline    -> denied offline
         1 08:00 ann opens AutoCAD                  -> denied balance_zero
         9 00:00 ends",
    );
}

#[test]
fn e14_a_renewal_checks_again_from_the_subscription_on() {
    check(
        office()
            .cover("ann subscription of AutoCAD from 1 12:00 until 2 12:00")
            .cover("cy trial of AutoCAD from 2 08:00"),
        "1 08:00 ann opens AutoCAD as s1    -> new_window 7
         1 08:00 cy opens AutoCAD as s2     -> new_window 7
         2 08:00 ann AutoCAD                -> subscription 0, cy AutoCAD trial 0
         2 12:00 ann AutoCAD                -> lapsed_while_open 7
         2 13:00 s1 closes
         2 13:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e14_a_renewal_that_fails_a_check_ends_the_session() {
    for (administration, denial) in [
        ("ann is unassigned from first", "not_assigned"),
        ("first clears AutoCAD of ann", "product_not_allowed"),
        ("p0 moves to third -> p0 move_out -993 first 0, p0 move_in 993 third 993", "balance_zero"),
    ] {
        let table = format!(
            "1 08:00 ann opens AutoCAD as s1        -> new_window 7
             1 09:00 {administration}
             2 08:00 ann AutoCAD                    -> denied {denial}
             3 00:00 ann is imported to first with AutoCAD
             3 00:00 first buys 100 until 400
             9 00:00 ends"
        );
        check(office(), &table);
    }
}
