//! Offline (O1, O2).

use crate::check::check;
use crate::office::office;

#[test]
fn o1_o2_offline_inside_the_window_only() {
    check(
        office(),
        "1 07:00 ann opens AutoCAD while offline       -> denied offline
         1 08:00 ann opens AutoCAD as s1               -> new_window 7
         1 09:00 s1 closes
         1 10:00 ann opens AutoCAD while offline as s2 -> covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD                           -> denied offline
         9 00:00 ends",
    );
}

#[test]
fn o2_only_the_offline_session_ends_with_the_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1               -> new_window 7
         1 09:00 s1 closes
         1 10:00 ann opens AutoCAD while offline as s2 -> covered_by_window 0 from 1 08:00
         1 11:00 ann opens AutoCAD as s3               -> covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD                           -> denied offline, ann AutoCAD renewal_left_open 7
         2 17:00 s3 closes
         9 00:00 ends",
    );
}

#[test]
fn o1_an_offline_open_inside_a_hold_pays_where_the_hold_passes_to_it() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1               -> within_grace 0
         1 08:01 ann opens AutoCAD while offline as s2 -> new_window 7 from 1 08:00
         1 08:02 s1 closes
         1 09:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn o2_where_one_who_is_online_renews_before_it_the_offline_session_is_inside_the_new_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD as s1               -> new_window 7
         1 09:00 ann opens AutoCAD while offline as s2 -> covered_by_window 0 from 1 08:00
         2 08:00 ann AutoCAD                           -> renewal_left_open 7
         2 09:00 s1 closes
         3 08:00 ann AutoCAD                           -> denied offline
         9 00:00 ends",
    );
}
