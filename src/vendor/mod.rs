//! The vendor's exports of use, as a book of daily use: CSV or XLSX, in the names of columns of either generation.
//!
//! `columns` finds what is needed by the header, whatever the generation; `fields` says what single cells mean. `table` is a file of rows of
//! text: `text` one of CSV, `workbook` one of XLSX. `read` reads the rows of files, and `booking` books
//! them. `write` writes a book as records of use, one form for
//! all of them, whose columns `columns` knows as one more generation.

mod booking;
mod columns;
mod fields;
mod read;
mod table;
mod text;
mod workbook;
mod write;

pub use read::{Imported, read};
pub use write::{COLUMNS, write};
