//! Rows in the order of their moments, however many: sorted runs that fit into memory, merged from the disk.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use super::{Logged, Use, record};
use crate::meter::Moment;
use crate::time::Instant;

/// As much of a log is sorted in memory: a quarter of a million sessions.
pub(super) const RUN_BYTES: usize = 24 << 20;

/// What the runs are read through together, unless that left less than [`LEAST_BUFFER`] for each.
const BUFFERS: usize = 16 << 20;
const LEAST_BUFFER: usize = 4 << 10;

/// Takes rows in any order.
pub(super) struct Sorter {
    run_bytes: usize,
    run: Vec<Logged>,
    bytes: usize,
    rows: u64,
    spilled: Option<Spilled>,
}

/// The rows of a log in the order of their moments: at equal instants opens before results, and both in the order of writing.
#[derive(Debug)]
pub struct Sorted {
    rows: u64,
    kept: Kept,
}

#[derive(Debug)]
enum Kept {
    /// A log of one run never touches the disk.
    InMemory(Vec<Logged>),
    OnDisk(Spilled),
}

/// Runs one after the other in a file that has no name, and goes when it is closed.
#[derive(Debug)]
struct Spilled {
    file: File,
    length: u64,
    /// Where each run starts and ends.
    runs: Vec<Range<u64>>,
}

impl Sorter {
    pub(super) fn new(run_bytes: usize) -> Self {
        Sorter { run_bytes, run: Vec::new(), bytes: 0, rows: 0, spilled: None }
    }

    pub(super) fn add(&mut self, logged: Logged) -> io::Result<()> {
        self.bytes += size(&logged);
        self.rows += 1;
        self.run.push(logged);
        if self.bytes >= self.run_bytes { self.spill() } else { Ok(()) }
    }

    pub(super) fn finish(mut self) -> io::Result<Sorted> {
        if self.spilled.is_some() {
            self.spill()?;
        }
        let kept = match self.spilled {
            Some(spilled) => Kept::OnDisk(spilled),
            None => {
                self.run.sort_by_key(Logged::moment);
                Kept::InMemory(self.run)
            }
        };
        Ok(Sorted { rows: self.rows, kept })
    }

    fn spill(&mut self) -> io::Result<()> {
        self.run.sort_by_key(Logged::moment);
        let spilled = match &mut self.spilled {
            Some(spilled) => spilled,
            none => none.insert(Spilled { file: tempfile::tempfile()?, length: 0, runs: Vec::new() }),
        };
        spilled.add(&self.run)?;
        self.run.clear();
        self.bytes = 0;
        Ok(())
    }
}

impl Sorted {
    /// How many rows there are.
    pub fn len(&self) -> u64 {
        self.rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The rows in their order.
    pub fn iter(&self) -> io::Result<Box<dyn Iterator<Item = io::Result<Logged>> + '_>> {
        Ok(match &self.kept {
            Kept::InMemory(rows) => Box::new(rows.iter().cloned().map(Ok)),
            Kept::OnDisk(spilled) => Box::new(spilled.merge()?),
        })
    }
}

impl Spilled {
    fn add(&mut self, run: &[Logged]) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 16, &mut self.file);
        run.iter().try_for_each(|logged| record::write(logged, &mut out))?;
        out.flush()?;
        drop(out);
        let start = std::mem::replace(&mut self.length, self.file.stream_position()?);
        self.runs.push(start..self.length);
        Ok(())
    }

    fn merge(&self) -> io::Result<Merge<'_>> {
        let buffer = (BUFFERS / self.runs.len()).max(LEAST_BUFFER);
        let section = |run: &Range<u64>| Section { file: &self.file, left: run.clone() };
        let runs = self.runs.iter().map(|run| Run { rows: BufReader::with_capacity(buffer, section(run)), next: None });
        let mut merge = Merge { runs: runs.collect(), first: BinaryHeap::new() };
        (0..merge.runs.len()).try_for_each(|run| merge.fetch(run))?;
        Ok(merge)
    }
}

/// The runs of a log, each read on its own.
struct Merge<'a> {
    runs: Vec<Run<'a>>,
    /// By run: the moment of its next row. Of equals the earlier run has the earlier rows.
    first: BinaryHeap<Reverse<(Moment, usize)>>,
}

struct Run<'a> {
    rows: BufReader<Section<'a>>,
    next: Option<Logged>,
}

impl Merge<'_> {
    fn fetch(&mut self, run: usize) -> io::Result<()> {
        let Run { rows, next } = &mut self.runs[run];
        let ended = rows.buffer().is_empty() && rows.get_ref().left.is_empty();
        *next = if ended { None } else { Some(record::read(rows)?) };
        self.first.extend(next.as_ref().map(|logged| Reverse((logged.moment(), run))));
        Ok(())
    }
}

impl Iterator for Merge<'_> {
    type Item = io::Result<Logged>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((_, run)) = self.first.pop()?;
        let logged = self.runs[run].next.take()?;
        Some(self.fetch(run).map(|()| logged))
    }
}

/// A part of a file, read wherever the file stands.
struct Section<'a> {
    file: &'a File,
    left: Range<u64>,
}

impl Read for Section<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.left.end - self.left.start).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        self.file.seek(SeekFrom::Start(self.left.start))?;
        let read = self.file.read(&mut buffer[..wanted])?;
        self.left.start += read as u64;
        Ok(read)
    }
}

fn size(logged: &Logged) -> usize {
    let spans = match &logged.what {
        Use::Session { idle, .. } => idle.capacity(),
        Use::Results { .. } => 0,
    };
    size_of::<Logged>() + spans * size_of::<(Instant, Instant)>()
}
