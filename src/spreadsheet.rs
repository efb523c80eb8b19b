//! CSV that spreadsheets open without running anything.
//!
//! A spreadsheet takes a field for a formula that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, quoted or not. Such a
//! field gets an apostrophe before it, as it is typed into a cell to make it text, unless it is a plain number. So that a name can be read again,
//! one that begins with apostrophes before such a letter gets one more.

use std::borrow::Cow;
use std::io::{self, Write};

/// Rows of CSV.
pub struct Rows<W: Write>(csv::Writer<W>);

impl<W: Write> Rows<W> {
    /// No rows yet.
    pub fn new(out: W) -> Self {
        Rows(csv::Writer::from_writer(out))
    }

    /// Writes a row; every one has as many fields as the first.
    pub fn write_record<F: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = F>) -> io::Result<()> {
        for field in fields {
            self.0.write_field(&*harmless(field.as_ref()))?;
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// Hands over what is written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A field as it is written.
pub fn harmless(field: &str) -> Cow<'_, str> {
    if runs(field) && !is_number(field) { format!("'{field}").into() } else { field.into() }
}

/// A field as it was before it was written so.
pub fn meant(field: &str) -> &str {
    field.strip_prefix('\'').filter(|rest| runs(rest)).unwrap_or(field)
}

/// Whether it begins as a formula does, be it after apostrophes.
fn runs(field: &str) -> bool {
    field.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn is_number(field: &str) -> bool {
    let digits = field.trim_start_matches('-');
    field.len() - digits.len() <= 1
        && digits.starts_with(|letter: char| letter.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_gets_an_apostrophe_and_is_read_as_it_was() {
        for (field, written) in [
            ("", ""),
            ("ann", "ann"),
            ("a=b", "a=b"),
            ("7", "7"),
            ("-7.5", "-7.5"),
            ("2027-01-04", "2027-01-04"),
            ("=1+1", "'=1+1"),
            ("+31", "'+31"),
            ("-", "'-"),
            ("--7", "'--7"),
            ("-7+1", "'-7+1"),
            ("-1e9", "'-1e9"),
            ("@sum", "'@sum"),
            ("\ttab", "'\ttab"),
            ("\rreturn", "'\rreturn"),
            ("'=1", "''=1"),
            ("''@", "'''@"),
            ("'t is", "'t is"),
        ] {
            assert_eq!(harmless(field), written, "{field:?}");
            assert_eq!(meant(written), field, "{written:?}");
        }
    }
}
