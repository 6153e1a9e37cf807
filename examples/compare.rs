//! Compares two years of one authority: the figures that changed, and by how much.
//!
//! `cargo run --example compare -- LAST_YEAR THIS_YEAR`

use anyhow::{Context, Result};
use xxgk::{Report, Value};

fn main() -> Result<()> {
    let mut paths = std::env::args().skip(1);
    let [last, this] = [read(paths.next())?, read(paths.next())?];
    for (path, cell) in this.cells() {
        // A cell that the other edition of the form does not have cannot be compared.
        let Some(before) = last.get(path) else { continue };
        if let (Some(Value::Count(before)), Some(Value::Count(now))) = (before.value(), cell.value())
            && before != now
        {
            println!("{path}\t{before}\t{now}\t{:+}", i128::from(*now) - i128::from(*before));
        }
    }
    let (forward, over) = (&last.requests.carried_forward.total, &this.requests.carried_over.total);
    if let (Some(forward), Some(over)) = (forward.value(), over.value())
        && forward != over
    {
        println!("{forward} were carried forward last year, but {over} are carried over this year");
    }
    Ok(())
}

fn read(path: Option<String>) -> Result<Report> {
    let path = path.context("which LAST_YEAR and THIS_YEAR?")?;
    let text = std::fs::read_to_string(&path).with_context(|| format!("{path} could not be read"))?;
    Ok(xxgk::parse(&text).report)
}
