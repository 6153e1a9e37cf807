//! Reads a report and prints what its header and its tables say.
//!
//! `cargo run --example print -- FILE`

use std::io::{Write, stdout};

use anyhow::{Context, Result};
use xxgk::{Field, Language, State};

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("which FILE?")?;
    let text = std::fs::read_to_string(&path).with_context(|| format!("{path} could not be read"))?;
    let parsed = xxgk::parse(&text);
    let mut out = stdout().lock();

    for field in Field::ALL {
        writeln!(out, "{:<14}{}", field.id(), parsed.report.header.get(field).unwrap_or_default())?;
    }
    for (path, cell) in parsed.report.cells().filter(|(_, cell)| cell.state() != State::Absent) {
        let line =
            parsed.evidence.cell(path).and_then(|e| e.place).map_or(String::new(), |p| format!("line {}", p.line));
        writeln!(out, "{path}\t{cell}\t{}\t{line}", cell.state().id())?;
    }
    for diagnostic in &parsed.diagnostics {
        let said = diagnostic.message(Language::Chinese);
        writeln!(out, "{}: {} {said}", diagnostic.severity().id(), diagnostic.subject)?;
    }
    Ok(())
}
