//! Who may open what (E1, E3–E5).

use crate::check::check;
use crate::office::office;

#[test]
fn e1_e3_e4_who_may_open_what() {
    check(
        office(),
        "1 08:00 dee opens AutoCAD -> denied not_assigned
         1 08:00 sam opens AutoCAD -> denied not_assigned
         1 08:00 ann opens Viewer  -> denied product_not_allowed
         1 08:00 bob opens AutoCAD -> denied product_not_allowed
         2 00:00 ends",
    );
    check(
        office().default_access("first", "AutoCAD+Revit"),
        "1 08:00 bob opens AutoCAD as s1 -> new_window 7
         1 08:00 bob opens Viewer as s2  -> denied product_not_allowed
         1 09:00 s1 closes
         2 00:00 ends",
    );
}

#[test]
fn e1_assigned_one_may_open_and_taken_out_no_more() {
    check(
        office(),
        "1 08:00 dee is assigned to first with AutoCAD -> mail assignment dee first
         1 08:00 dee opens AutoCAD as s1               -> new_window 7
         1 09:00 dee is unassigned from first
         1 10:00 dee opens AutoCAD                     -> denied not_assigned
         2 08:00 dee AutoCAD                           -> denied not_assigned
         2 09:00 dee is unassigned from first
         9 00:00 ends",
    );
}

#[test]
fn e1_who_leaves_is_out_of_all_teams() {
    check(
        office(),
        "0 00:00 second buys 100 until 400
         1 08:00 cy opens AutoCAD as s1              -> new_window 7
         1 09:00 cy is unassigned from first
         1 10:00 cy opens AutoCAD as s2              -> covered_by_window 0 from 1 08:00
         1 11:00 cy leaves
         1 12:00 cy opens AutoCAD                    -> denied not_assigned
         2 08:00 cy AutoCAD                          -> denied not_assigned
         3 08:00 cy is assigned to first with Viewer -> mail assignment cy first
         3 08:00 cy opens AutoCAD                    -> denied product_not_allowed
         9 00:00 ends",
    );
}

#[test]
fn e3_an_assignment_replaces_the_access_in_that_team() {
    check(
        office().default_access("first", "Viewer"),
        "1 00:00 ann is assigned to first with Revit -> mail assignment ann first
         1 08:00 ann opens AutoCAD                   -> denied product_not_allowed
         2 00:00 ann is assigned to first            -> mail assignment ann first
         2 08:00 ann opens Viewer as s1              -> new_window 0
         2 08:00 ann opens Revit                     -> denied product_not_allowed
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn e3_with_all_a_later_product_is_allowed_with_a_list_it_is_not() {
    check(
        office().unreleased("Viewer"),
        "1 08:00 cy opens Viewer       -> denied product_not_allowed
         2 00:00 Viewer is released
         2 08:00 cy opens Viewer as s1 -> new_window 0
         2 08:00 ann opens Viewer      -> denied product_not_allowed
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn e3_clearing_turns_all_into_a_list_of_what_is_there() {
    check(
        office().unreleased("Viewer"),
        "0 00:00 dee is imported to first with all
         1 00:00 first clears Revit of dee
         1 08:00 dee opens AutoCAD as s1 -> new_window 7
         1 08:00 dee opens Layout as s2  -> new_window 2
         1 08:00 dee opens Revit         -> denied product_not_allowed
         1 09:00 s1 closes
         1 09:00 s2 closes
         2 00:00 Viewer is released
         2 08:00 dee opens Viewer        -> denied product_not_allowed
         9 00:00 ends",
    );
}

#[test]
fn e3_what_was_withdrawn_is_not_on_that_list() {
    check(
        office(),
        "0 00:00 dee is imported to first with all
         1 00:00 Viewer is withdrawn
         2 00:00 first clears Revit of dee
         3 00:00 Viewer is released
         3 08:00 dee opens Viewer -> denied product_not_allowed
         9 00:00 ends",
    );
}

#[test]
fn e3_clearing_shortens_a_list_and_turns_the_teams_into_ones_own() {
    check(
        office().default_access("first", "AutoCAD+Viewer"),
        "1 00:00 first clears AutoCAD+Viewer of ann
         1 00:00 first clears AutoCAD of bob
         1 08:00 ann opens AutoCAD      -> denied product_not_allowed
         1 08:00 bob opens AutoCAD      -> denied product_not_allowed
         1 08:00 bob opens Viewer as s1 -> new_window 0
         1 09:00 s1 closes
         2 00:00 first defaults to AutoCAD
         2 08:00 bob opens AutoCAD      -> denied product_not_allowed
         2 09:00 bob opens Viewer as s2 -> new_window 0
         2 10:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e3_clearing_of_who_is_not_there_or_has_nothing_changes_nothing() {
    check(
        office(),
        "1 00:00 first clears AutoCAD of dee
         1 00:00 first clears AutoCAD of bob
         2 00:00 first defaults to AutoCAD
         2 08:00 bob opens AutoCAD as s1 -> new_window 7
         2 08:00 dee opens AutoCAD       -> denied not_assigned
         2 09:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn e4_a_default_list_serves_who_is_there_and_who_comes_and_no_list_of_ones_own() {
    check(
        office(),
        "1 00:00 first defaults to Viewer
         1 08:00 bob opens Viewer as s1 -> new_window 0
         1 08:00 ann opens Viewer       -> denied product_not_allowed
         2 00:00 dee is imported to first
         2 00:00 s1 closes
         2 08:00 dee opens Viewer as s2 -> new_window 0
         2 09:00 first defaults to AutoCAD
         2 10:00 dee opens Viewer       -> denied product_not_allowed
         2 11:00 s2 closes
         3 00:00 first defaults to nothing
         3 08:00 bob opens AutoCAD      -> denied product_not_allowed
         9 00:00 ends",
    );
}

#[test]
fn e4_a_later_product_is_not_added_to_it() {
    check(
        office().unreleased("Viewer").default_access("first", "AutoCAD"),
        "2 00:00 Viewer is released
         2 08:00 bob opens Viewer -> denied product_not_allowed
         9 00:00 ends",
    );
}

#[test]
fn e4_guests_are_served_where_it_is_switched_on() {
    check(
        office().default_access("first", "Viewer"),
        "0 00:00 dee is imported to first as guest
         1 08:00 dee opens Viewer       -> denied product_not_allowed
         2 00:00 first serves guests
         2 08:00 dee opens Viewer as s1 -> new_window 0
         2 09:00 s1 closes
         3 00:00 first serves none
         3 08:00 dee opens Viewer       -> denied product_not_allowed
         3 08:00 bob opens Viewer as s2 -> new_window 0
         3 09:00 s2 closes
         4 00:00 dee is imported to first with Viewer as guest
         4 08:00 dee opens Viewer as s3 -> new_window 0
         4 09:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn e5_who_is_assigned_one_by_one_gets_a_mail() {
    check(
        office(),
        "1 00:00 dee is assigned to first with AutoCAD -> mail assignment dee first
         1 00:00 dee is assigned to second             -> mail assignment dee second
         2 00:00 ann is imported to first with AutoCAD
         3 00:00 first defaults to AutoCAD
         4 00:00 first serves guests
         5 00:00 first clears AutoCAD of ann
         6 00:00 ann is unassigned from first
         7 00:00 bob is invited to second              -> mail assignment bob second
         7 00:00 eve is invited to second              -> mail invitation eve second
         8 00:00 first merges into second              -> p0 move_out -1000 first 0, p0 move_in 1000 second 1000
         9 00:00 ends",
    );
}
