//! Invitations (E2).

use crate::check::check;
use crate::office::office;

/// Eve is invited at the start of day 1, and opens a second before seven days are over and when they are.
fn invited(acceptance: &str, last_second: &str, seven_days: &str) {
    let table = format!(
        "1 00:00 eve is invited to first with AutoCAD {acceptance} -> mail invitation eve first
         7 23:59:59 eve opens AutoCAD as s1                        -> {last_second}
         7 23:59:59 s1 closes
         8 00:00 eve opens AutoCAD as s2                           -> {seven_days}
         8 00:00 s2 closes
         20 00:00 ends"
    );
    check(office(), &table);
}

#[test]
fn e2_it_is_accepted_within_seven_days_or_lapses() {
    invited("accepts_after 604799s", "within_grace 0", "within_grace 0");
    invited("accepts_after 7d", "denied invitation_pending", "within_grace 0");
    invited("accepts_after 604801s", "denied invitation_pending", "denied invitation_lapsed");
    invited("", "denied invitation_pending", "denied invitation_lapsed");
}

#[test]
fn e2_from_its_acceptance_on_opens_are_granted() {
    check(
        office(),
        "1 00:00 eve is invited to first with AutoCAD accepts_after 3d -> mail invitation eve first
         1 00:00 eve opens AutoCAD                                     -> denied invitation_pending
         3 23:59:59 eve opens AutoCAD                                  -> denied invitation_pending
         4 00:00 eve opens AutoCAD as s1                               -> new_window 7
         4 09:00 s1 closes
         4 10:00 eve opens Viewer                                      -> denied product_not_allowed
         20 00:00 eve opens AutoCAD as s2                              -> new_window 7
         20 09:00 s2 closes",
    );
}

#[test]
fn e2_sent_again_it_replaces_the_first() {
    check(
        office(),
        "1 00:00 eve is invited to first with AutoCAD                 -> mail invitation eve first
         8 00:00 eve opens AutoCAD                                    -> denied invitation_lapsed
         9 00:00 eve is invited to first with Viewer accepts_after 1d -> mail invitation eve first
         9 08:00 eve opens AutoCAD                                    -> denied invitation_pending
         10 00:00 eve opens AutoCAD                                   -> denied product_not_allowed
         10 00:00 eve opens Viewer as s1                              -> new_window 0
         10 09:00 s1 closes
         20 00:00 ends",
    );
    check(
        office(),
        "1 00:00 eve is invited to first with AutoCAD accepts_after 3d -> mail invitation eve first
         2 00:00 eve is invited to first with AutoCAD                  -> mail invitation eve first
         4 00:00 eve opens AutoCAD                                     -> denied invitation_pending
         9 00:00 eve opens AutoCAD                                     -> denied invitation_lapsed
         20 00:00 ends",
    );
}

#[test]
fn e2_an_existing_user_is_assigned_at_once() {
    check(
        office(),
        "1 00:00 dee is invited to first with AutoCAD -> mail assignment dee first
         1 00:00 dee opens AutoCAD as s1              -> new_window 7
         1 09:00 s1 closes
         1 10:00 ann is invited to first with Viewer  -> mail assignment ann first
         1 10:00 ann opens Viewer as s2               -> new_window 0
         1 10:00 ann opens AutoCAD                    -> denied product_not_allowed
         1 11:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e2_so_is_who_once_was_in_a_team() {
    for out in ["eve is unassigned from first", "eve leaves"] {
        let table = format!(
            "1 00:00 eve is invited to first with AutoCAD accepts_after 3d -> mail invitation eve first
             5 00:00 {out}
             5 08:00 eve opens AutoCAD                                     -> denied not_assigned
             6 00:00 eve is invited to first with AutoCAD                  -> mail assignment eve first
             6 08:00 eve opens AutoCAD as s1                               -> new_window 7
             6 09:00 s1 closes
             9 00:00 ends"
        );
        check(office(), &table);
    }
}

#[test]
fn e2_who_is_taken_out_before_accepting_stays_new() {
    check(
        office(),
        "1 00:00 eve is invited to first with AutoCAD accepts_after 3d -> mail invitation eve first
         2 00:00 eve is unassigned from first
         2 08:00 eve opens AutoCAD                                     -> denied not_assigned
         5 08:00 eve opens AutoCAD                                     -> denied not_assigned
         6 00:00 eve is invited to first with AutoCAD                  -> mail invitation eve first
         6 08:00 eve opens AutoCAD                                     -> denied invitation_pending
         9 00:00 ends",
    );
}

#[test]
fn e2_of_two_invitations_the_better_case_is_said() {
    check(
        office(),
        "1 00:00 eve is invited to first with AutoCAD   -> mail invitation eve first
         4 00:00 eve is invited to second with AutoCAD  -> mail invitation eve second
         9 00:00 eve opens AutoCAD                      -> denied invitation_pending
         10 00:00 eve is assigned to third with AutoCAD -> mail assignment eve third
         10 00:00 eve opens AutoCAD                     -> denied balance_zero
         11 00:00 eve opens Viewer                      -> denied product_not_allowed
         12 00:00 eve is unassigned from third
         12 00:00 eve opens AutoCAD                     -> denied invitation_lapsed
         20 00:00 ends",
    );
}
