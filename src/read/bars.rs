//! In: the lines of a region with tables, with their marks. Out: what bars are in it: borders of a row's fields, ends of cells,
//! a row's filling or empty cells. It reads no figure.

use std::ops::Range;

use super::marks::{Marks, is_bar, is_space};
use super::token::trim;

/// What bars are in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bars {
    /// Rows have bars at their ends too: in a text where most begin without one, a bar at a row's beginning stands behind an
    /// empty cell.
    pub(super) outer: bool,
    pub(super) rows: Rows,
    pub(super) lone: Lone,
    /// Rows begin with an empty cell.
    pub(super) led: bool,
}

/// Whether lines with bars hold rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Rows {
    None,
    /// With bars between their cells.
    Open,
    /// With a bar behind each cell.
    Closed,
}

/// What a bar alone on its line is, where a line holds one cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Lone {
    /// An empty cell.
    Cells,
    /// An empty cell, or a column that the row lacks at its end, or one before its label.
    Ends,
    /// The same, or the end of the cell on the line before.
    Closers,
}

/// So many lines show what lines with bars are: rows, or the ends of rows.
const LEAST_LINES: usize = 3;
/// What parts two rows in a wiki, where a line holds one cell behind its bar.
pub(super) const WIKI_ROW: &str = "|-";
/// A row has so many cells that are filled at the least.
const LEAST_FILLED: usize = 3;
/// For each line with a cell before its bar, so many bars stand alone where they end cells.
const MOST_OTHERS: usize = 8;

impl Bars {
    /// What they are in a text without any.
    pub(super) const NONE: Bars = Bars { outer: false, rows: Rows::None, lone: Lone::Cells, led: false };

    pub(super) fn of(text: &str, lines: &[Range<usize>], marks: &[Marks]) -> Self {
        let with_bars = lines.iter().zip(marks).filter(|(_, m)| m.has(Marks::BAR)).map(|(l, _)| trim(&text[l.clone()]));
        let (framed, open): (Vec<&str>, Vec<&str>) = with_bars.clone().partition(|line| line.starts_with(is_bar));
        let (lone, led) = with_bars.clone().next().map_or((Lone::Cells, false), |first| lone(first, &framed, &open));
        Bars { outer: has_outer(&framed, &open), rows: Rows::of(&framed, &open), lone, led }
    }
}

/// Most texts have bars at all ends or at none.
fn has_outer(framed: &[&str], open: &[&str]) -> bool {
    let is_row = |line: &&&str| line.trim_matches(|c| is_bar(c) || is_space(c)).contains(is_bar);
    let rows = |lines: &[&str]| lines.iter().filter(is_row).count();
    framed.is_empty() || open.is_empty() || rows(framed) >= rows(open)
}

impl Rows {
    /// Of a text with bars at all ends it is not asked.
    fn of(framed: &[&str], open: &[&str]) -> Self {
        let filled =
            |line: &&&str| line.split(is_bar).filter(|cell| !cell.trim_ascii().is_empty()).count() >= LEAST_FILLED;
        if open.is_empty() || open.iter().chain(framed).filter(filled).nth(LEAST_LINES - 1).is_none() {
            Rows::None
        } else if open.iter().filter(|line| !line.ends_with(is_bar)).any(|line| filled(&line)) {
            Rows::Open
        } else {
            Rows::Closed
        }
    }
}

/// What bars alone are where this is the first line with bars, and whether rows begin with an empty cell.
fn lone(first: &str, framed: &[&str], open: &[&str]) -> (Lone, bool) {
    let is_one = |line: &str| line.chars().nth(1).is_none();
    let lone = || framed.iter().filter(|line| line.chars().all(is_bar));
    let count = lone().count();
    let others = framed.len() + open.len() - count;
    let wiki = framed.iter().filter(|line| **line == WIKI_ROW).count() >= LEAST_LINES;
    let led = others > 0 && first.starts_with(is_bar) && is_one(first);
    if count >= LEAST_LINES.max(others * MOST_OTHERS) {
        (Lone::Closers, led)
    } else if led || wiki || lone().filter(|line| !is_one(line)).count() >= LEAST_LINES {
        (Lone::Ends, led)
    } else {
        (Lone::Cells, led)
    }
}
