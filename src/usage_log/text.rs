//! A log's text, row by row: no more of it is kept than a row.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

use csv_core::ReadRecordResult;
use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostic;
use crate::spreadsheet::meant;

/// The longest line that is read: years of one session's idle spans.
const LONGEST: usize = 16 << 20;

/// A quote that isn't closed must not take the rest of the log for a field.
const MOST_LINES: usize = 100;

/// Reads rows of CSV.
pub(crate) struct Text<R> {
    input: BufReader<Hashed<R>>,
    parser: csv_core::Reader,
    /// How many lines were read.
    line: u64,
    /// Lines that are to be read again.
    again: VecDeque<Vec<u8>>,
    /// The row that was read last.
    pub(crate) row: Row,
}

/// A row: a line, or several where a quoted field has line breaks in it.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// The number of its first line, from 1.
    pub(crate) line: u64,
    raw: Vec<u8>,
    /// Where its lines start in `raw`.
    lines: Vec<usize>,
    /// The fields one after the other, without their quotes.
    fields: Vec<u8>,
    /// Where they end in `fields`.
    ends: Vec<usize>,
    parsed: Parsed,
}

/// How far a row is parsed.
#[derive(Debug, Default)]
struct Parsed {
    raw: usize,
    fields: usize,
    ends: usize,
}

struct Hashed<R> {
    input: R,
    sha256: Sha256,
}

impl<R: Read> Text<R> {
    pub(crate) fn new(input: R) -> Self {
        let input = Hashed { input, sha256: Sha256::new() };
        Text {
            input: BufReader::with_capacity(1 << 16, input),
            parser: csv_core::Reader::new(),
            line: 0,
            again: VecDeque::new(),
            row: Row::default(),
        }
    }

    /// Reads the next row that isn't blank; `None` at the end. The inner error is the row's own: the next one can be read.
    pub(crate) fn next(&mut self) -> io::Result<Option<Result<(), Diagnostic>>> {
        loop {
            self.row.clear();
            if !self.add_line()? {
                return Ok(None);
            }
            if !matches!(&self.row.raw[..], b"\n" | b"\r" | b"\r\n") {
                self.row.line = self.line;
                return self.parse().map(Some);
            }
        }
    }

    /// Has the lines of the row beyond its first read again, as rows: one quote too many may have joined them.
    pub(crate) fn take_back(&mut self) {
        let row = &mut self.row;
        while let [_, .., start] = row.lines[..] {
            self.again.push_front(row.raw.split_off(start));
            row.lines.pop();
            self.line -= 1;
        }
    }

    /// The fingerprint of all that was read.
    pub(crate) fn sha256(self) -> [u8; 32] {
        self.input.into_inner().sha256.finalize().into()
    }

    fn parse(&mut self) -> io::Result<Result<(), Diagnostic>> {
        self.parser.reset();
        loop {
            if self.row.last_line() > LONGEST {
                return Ok(Err(Diagnostic::new("this line is longer than 16 MiB")));
            }
            if self.row.parse(&mut self.parser) {
                return Ok(self.row.checked());
            }
            let room = self.row.lines.len() < MOST_LINES && self.row.raw.len() <= LONGEST;
            if !room || !self.add_line()? {
                let error = Diagnostic::new("this row has a quote that isn't closed");
                return Ok(Err(error.help("a quote inside a quoted field is written twice")));
            }
        }
    }

    /// Adds the next line to the row, its end included; `false` where there is none. Of a line that is too long the
    /// rest isn't kept.
    fn add_line(&mut self) -> io::Result<bool> {
        let start = self.row.raw.len();
        match self.again.pop_front() {
            Some(line) => self.row.raw.extend(line),
            None => self.read_line(start + LONGEST + 1)?,
        }
        let added = self.row.raw.len() > start;
        if added {
            self.row.lines.push(start);
            self.line += 1;
        }
        Ok(added)
    }

    /// Lines end in `\n`, `\r\n` or `\r`; the last one may lack its end.
    fn read_line(&mut self, limit: usize) -> io::Result<()> {
        let raw = &mut self.row.raw;
        let mut add = |bytes: &[u8]| raw.extend_from_slice(&bytes[..bytes.len().min(limit - raw.len())]);
        let mut unended = false;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                if unended {
                    add(b"\n");
                }
                return Ok(());
            }
            let end = chunk.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let taken = end.map_or(chunk.len(), |end| end + 1);
            let carriage_return = end.is_some_and(|end| chunk[end] == b'\r');
            add(&chunk[..taken]);
            self.input.consume(taken);
            if carriage_return && self.input.fill_buf()?.first() == Some(&b'\n') {
                add(b"\n");
                self.input.consume(1);
            }
            if end.is_some() {
                return Ok(());
            }
            unended = true;
        }
    }
}

impl Row {
    /// The fields, trimmed.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        (0..self.parsed.ends).filter_map(|place| self.field(place))
    }

    /// A field by its place, trimmed, as it was before it was written for spreadsheets.
    pub(crate) fn field(&self, place: usize) -> Option<&str> {
        let end = *self.ends[..self.parsed.ends].get(place)?;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        let field = std::str::from_utf8(&self.fields[start..end]).expect("the row is UTF-8");
        Some(meant(field.trim()))
    }

    /// Whether it is more than one line.
    pub(crate) fn has_line_breaks(&self) -> bool {
        self.lines.len() > 1
    }

    /// What can be shown of it: the beginning of its first line.
    pub(crate) fn excerpt(&self) -> String {
        const SHOWN: usize = 1000;
        let line = self.lines.get(1).map_or(&self.raw[..], |second| &self.raw[..*second]);
        let text = String::from_utf8_lossy(&line[..line.len().min(SHOWN)]);
        text.trim_end_matches(['\n', '\r']).replace('\r', " ")
    }

    fn clear(&mut self) {
        self.raw.clear();
        self.lines.clear();
        self.parsed = Parsed::default();
    }

    fn last_line(&self) -> usize {
        self.raw.len() - self.lines.last().copied().unwrap_or(0)
    }

    /// Parses what of it wasn't parsed yet; whether that completes it.
    fn parse(&mut self, parser: &mut csv_core::Reader) -> bool {
        let Row { raw, fields, ends, parsed, .. } = self;
        fields.resize(raw.len(), 0);
        loop {
            let (result, read, written, ended) =
                parser.read_record(&raw[parsed.raw..], &mut fields[parsed.fields..], &mut ends[parsed.ends..]);
            parsed.raw += read;
            parsed.fields += written;
            parsed.ends += ended;
            match result {
                ReadRecordResult::OutputEndsFull => ends.resize(2 * ends.len() + 16, 0),
                ReadRecordResult::Record => return true,
                // Fields are never longer than what they are parsed from.
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull | ReadRecordResult::End => return false,
            }
        }
    }

    fn checked(&mut self) -> Result<(), Diagnostic> {
        let utf8 = std::str::from_utf8(&self.raw);
        utf8.map(drop).map_err(|_| Diagnostic::new("this row isn't UTF-8 text").help("save the log as CSV in UTF-8"))
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.sha256.update(&buffer[..read]);
        Ok(read)
    }
}
