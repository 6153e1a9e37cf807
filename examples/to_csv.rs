//! Writes the reports in a folder as one table for Excel, a line each.
//!
//! `cargo run --example to_csv --features csv -- FOLDER > reports.csv`

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use xxgk::write::csv::{BYTE_ORDER_MARK, Sheet, head, wide};

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).context("which FOLDER?")?;
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("{folder} could not be read"))? {
        paths.push(entry?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt" || ending == "md"));
    paths.sort();

    let mut out = std::io::stdout().lock();
    out.write_all(BYTE_ORDER_MARK)?;
    head(Sheet::Wide, &mut out)?;
    for path in paths {
        let text = fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))?;
        wide(&path.to_string_lossy(), &xxgk::parse(&text).report, &mut out)?;
    }
    Ok(())
}
