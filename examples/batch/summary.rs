//! In: what happened. Out: progress, complaints and the closing summary on standard error.
//! Nothing is redrawn where standard error is no terminal.

use std::io::Write;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use xxgk::{Code, Severity, State};

use crate::formats::Read;

/// What is counted, of one document or of all.
#[derive(Default)]
pub struct Summary {
    documents: usize,
    /// By the place in [`State::ALL`].
    cells: [usize; State::ALL.len()],
    /// Error-level findings.
    pub errors: usize,
    /// Files that could not be read or written.
    pub failures: usize,
    /// Documents that are no report.
    others: Vec<String>,
}

impl Summary {
    pub fn new(failures: usize) -> Self {
        Summary { failures, ..Summary::default() }
    }

    /// The counts of one document.
    pub fn of(read: &Read) -> Self {
        let mut summary = Summary { documents: 1, ..Summary::default() };
        for (_, cell) in read.parsed.report.cells() {
            let state = State::ALL.iter().position(|s| *s == cell.state());
            summary.cells[state.unwrap_or_default()] += 1;
        }
        summary.errors = read.findings.iter().filter(|f| f.severity() == Severity::Error).count();
        if read.findings.iter().any(|f| f.code == Code::NotAReport) {
            summary.others.push(read.file.clone());
        }
        summary
    }

    pub fn add(&mut self, other: Summary) {
        self.documents += other.documents;
        self.errors += other.errors;
        self.others.extend(other.others);
        for (sum, n) in self.cells.iter_mut().zip(other.cells) {
            *sum += n;
        }
    }

    /// The exit status.
    pub fn status(&self, strict: bool) -> ExitCode {
        match (self.failures, self.errors) {
            (1.., _) => ExitCode::FAILURE,
            (0, 1..) if strict => ExitCode::from(3),
            _ => ExitCode::SUCCESS,
        }
    }

    fn print(&self) {
        let cells: usize = self.cells.iter().sum();
        let states = State::ALL.iter().zip(self.cells).map(|(state, n)| format!("{n} {}", state.id()));
        say(&format!("documents: {}, and {} files that failed", self.documents, self.failures));
        say(&format!("cells: {cells} ({})", states.collect::<Vec<_>>().join(", ")));
        say(&format!("errors: {}", self.errors));
        say(&format!("documents that are no report: {}", self.others.len()));
        for file in &self.others {
            say(&format!("  {file}"));
        }
    }
}

/// Writes a line to standard error. Where even that is gone, there is nobody left to tell.
pub fn say(line: &str) {
    drop(writeln!(std::io::stderr(), "{line}"));
}

/// Standard error.
pub struct Console {
    quiet: bool,
    bar: ProgressBar,
}

impl Console {
    pub fn new(quiet: bool, documents: usize) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(documents as u64) };
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} documents, {per_sec}, {eta} left") {
            bar.set_style(style);
        }
        Console { quiet, bar }
    }

    /// Says what went wrong, above the bar.
    pub fn complain(&self, sentence: &str) {
        self.bar.suspend(|| say(sentence));
    }

    /// One document more is done.
    pub fn advance(&self) {
        self.bar.inc(1);
    }

    /// Takes the bar away and prints the summary.
    pub fn close(&self, summary: &Summary) {
        self.bar.finish_and_clear();
        if !self.quiet {
            summary.print();
        }
    }
}
