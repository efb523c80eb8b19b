//! Exports as the tests write them: the same rows as CSV and as XLSX.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::desk::Desk;

/// Daily usage of the older generation, personal data on.
pub const DAILY: &str = "\
access_option,autodesk_id,day_used,email,first_name,hashed_autodesk_id,last_name,offering_name,product_name,team_alias,tokens_used,usage_type,version
Flex,A1,2027-01-04 00:00,ann@harbour.example,Ann,h1,Aalto,AEC Collection,Revit,\"Design, North\",10,token,2026
Flex,A1,2027-01-05 00:00,ann@harbour.example,Ann,h1,Aalto,AEC Collection,Revit,\"Design, North\",10,token,2027
Flex,A1,2027-01-05 00:00,ann@harbour.example,Ann,h1,Aalto,AutoCAD,AutoCAD,\"Design, North\",7,token,2027
Flex,B2,2027-01-05 00:00,bob@harbour.example,Bob,h2,Bell,AEC Collection,Revit,Works,\"1,010.5\",token,2027
Flex,A1,2027-01-11 00:00,ann@harbour.example,Ann,h1,Aalto,AutoCAD,AutoCAD,\"Design, North\",0,token,2027
Subscription,B2,2027-01-12 00:00,bob@harbour.example,Bob,h2,Bell,Maya,Maya,Works,,seat,2027
";

/// The same, but for what it has no columns for.
pub const TITLE: &str = "\
Day used,Email,Feature,First name,Last name,Product,Team,Tokens used
2027-01-04,ann@harbour.example,,Ann,Aalto,Revit,\"Design, North\",10
2027-01-05,ann@harbour.example,,Ann,Aalto,Revit,\"Design, North\",10
2027-01-05,ann@harbour.example,,Ann,Aalto,AutoCAD,\"Design, North\",7
2027-01-05,bob@harbour.example,,Bob,Bell,Revit,Works,1010.5
2027-01-11,ann@harbour.example,,Ann,Aalto,AutoCAD,\"Design, North\",0
";

/// A usage report of either generation.
pub const TOTALS: [&str; 2] = [
    "\
hashed_autodesk_id,first_name,last_name,email,autodesk_id,team_alias,group,offering_name,version,seat_assignment,assigned_date,\
unassigned_date,user_activity,days_inactive,access_option,days_used,monthly_average,tokens_used,last_accessed
h1,Ann,Aalto,ann@harbour.example,A1,Works,,Revit,2027,Assigned,2026-05-01,,Active,0,Flex,12,4,120,2027-03-30
h1,Ann,Aalto,ann@harbour.example,A1,Works,,AutoCAD,2027,Assigned,2026-05-01,,Active,9,Flex,3,1,21,2027-03-21
h2,Bob,Bell,bob@harbour.example,B2,Works,,Revit,2026,Assigned,2026-05-01,,Active,4,Flex,5,1.7,50,2027-03-26
h3,Cyd,Cole,cyd@harbour.example,C3,Works,,Revit,,Assigned,2026-05-01,,Inactive,90,Flex,0,0,0,
",
    "\
Access option,Assigned date,Days inactive,Days used,Email,First name,Group,Last accessed,Last name,Monthly average,Product,\
Seat assignment,Team,Tokens used,Unassigned date,User activity
Flex,2026-05-01,0,12,ann@harbour.example,Ann,,2027-03-30,Aalto,4,Revit,Assigned,Works,120,,Active
Flex,2026-05-01,9,3,ann@harbour.example,Ann,,2027-03-21,Aalto,1,AutoCAD,Assigned,Works,21,,Active
Flex,2026-05-01,4,5,bob@harbour.example,Bob,,2027-03-26,Bell,1.7,Revit,Assigned,Works,50,,Active
Flex,2026-05-01,90,0,cyd@harbour.example,Cyd,,,Cole,0,Revit,Assigned,Works,0,,Inactive
",
];

/// Writes a table as the second sheet of a workbook, with dates as dates and numbers as numbers, under a line of what it is.
pub fn workbook(desk: &Desk, name: &str, table: &str) {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Summary").unwrap().write(0, 0, "Exported for Harbour Studio").unwrap();
    let sheet = workbook.add_worksheet().set_name("Users").unwrap();
    sheet.write(0, 0, "Usage").unwrap();
    let date = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    for (row, fields) in
        csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes()).records().enumerate()
    {
        for (column, field) in fields.unwrap().iter().enumerate() {
            let (row, column) = (row as u32 + 2, column as u16);
            let number = field.replace(',', "").parse::<f64>();
            let day = field.get(..10).and_then(|day| ExcelDateTime::parse_from_str(day).ok());
            match (number, day) {
                _ if field.is_empty() => continue,
                (Ok(number), _) => sheet.write(row, column, number).unwrap(),
                (_, Some(day)) if field.starts_with("20") => sheet.write_with_format(row, column, &day, &date).unwrap(),
                _ => sheet.write(row, column, field).unwrap(),
            };
        }
    }
    workbook.save(desk.path(name)).unwrap();
}
