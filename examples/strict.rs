//! Checks a report strictly: where its sums do not hold, it says which and where, and fails.
//!
//! `cargo run --example strict -- FILE`

use anyhow::{Context, Result, bail};
use xxgk::{Diagnostic, Language};

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("which FILE?")?;
    let text = std::fs::read_to_string(&path).with_context(|| format!("{path} could not be read"))?;
    match xxgk::check::parse_strict(&text) {
        Ok(parsed) => {
            // Warnings and notes are no reason to refuse a report.
            print(&path, &parsed.findings());
            println!("{path}: {} of {} cells have a figure", figures(&parsed.report), parsed.report.cells().count());
            Ok(())
        }
        Err(error) => {
            print(&path, &error.errors);
            bail!("{path}: {error}")
        }
    }
}

fn print(path: &str, findings: &[Diagnostic]) {
    for finding in findings {
        let place = finding.place.map_or(String::new(), |p| format!("{}:{}:", p.line, p.column));
        println!("{path}:{place} {} [{}] {}", finding.message(Language::Chinese), finding.code.id(), finding.subject);
    }
}

fn figures(report: &xxgk::Report) -> usize {
    report.cells().filter(|(_, cell)| cell.value().is_some()).count()
}
