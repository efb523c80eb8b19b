//! Platforms, versions and devices (E9–E11).

use flexcast::meter::SecondDevice;

use crate::check::check;
use crate::office::office;

#[test]
fn e9_a_version_that_the_platform_lacks_is_denied_also_inside_a_window() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD in old -> denied version_not_supported
         1 08:00 ann opens AutoCAD as s1  -> new_window 7
         1 09:00 ann opens AutoCAD in old -> denied version_not_supported
         1 10:00 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn e10_the_fourth_device_is_refused_for_good() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD on d1       -> new_window 7
         1 09:00 ann opens AutoCAD on d2       -> covered_by_window 0 from 1 08:00
         1 10:00 ann opens AutoCAD on d3       -> covered_by_window 0 from 1 08:00
         1 11:00 ann opens AutoCAD on d4       -> denied device_limit
         1 12:00 ann opens AutoCAD on d1 as s5 -> covered_by_window 0 from 1 08:00
         1 13:00 s5 closes
         2 09:00 ann opens AutoCAD on d4       -> denied device_limit
         9 00:00 ends",
    );
}

#[test]
fn e10_a_device_counts_from_the_first_open_tried_on_it_and_so_does_an_unnamed_one() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD on d1 in old        -> denied version_not_supported
         1 08:00 ann opens AutoCAD on d2 while offline -> denied offline
         1 08:00 ann opens AutoCAD as s1               -> new_window 7
         1 09:00 ann opens AutoCAD on d3               -> denied device_limit
         1 10:00 s1 closes
         1 11:00 ann opens Revit on d3 as s2           -> new_window 10, ann Layout denied product_not_allowed,
         1 11:00 ann Toolbar                           -> free_add_in 0
         1 12:00 s2 closes
         9 00:00 ends",
    );
}

#[test]
fn e11_a_second_device_signs_the_first_out_or_is_refused() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD on d1 as s1 -> within_grace 0
         1 08:02 ann opens AutoCAD on d2 as s2 -> new_window 7
         1 08:03 s1 closes
         1 09:00 s2 closes
         9 00:00 ends",
    );
    check(
        office().rules(|rules| rules.second_device = SecondDevice::Deny),
        "1 08:00 ann opens AutoCAD on d1 as s1 -> within_grace 0
         1 08:02 ann opens AutoCAD on d2 as s2 -> denied in_use_elsewhere
         1 08:03 s1 closes
         9 00:00 ends",
    );
}

#[test]
fn e11_t2_the_sign_out_costs_no_second_charge_and_leaves_the_first_closed() {
    check(
        office(),
        "1 08:00 ann opens AutoCAD on d1 as s1 -> new_window 7
         1 12:00 ann opens AutoCAD on d2 as s2 -> covered_by_window 0 from 1 08:00
         1 13:00 s2 closes
         9 00:00 ends",
    );
}
