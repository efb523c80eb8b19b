//! What people read: the summary on the terminal, tables, diagnostics. The only place that makes words, with `cli`.

pub mod diagnostics;
