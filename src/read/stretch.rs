//! In: a stretch of table 2's values that lies between rows that have their place. Out: its rows, where they stand in a left
//! block of columns before a right one, on two pages, or with values of one row among other labels. All must add up, and one
//! way only may fit.

use std::ops::Range;

use super::align::{Alignment, RowTokens};
use super::layout::Token;
use super::mend::{Rows, adds_up, all_add_up, figures, known};
use crate::form::{APPLICANTS, Form, Table};

/// The rows of a stretch of two parts, as the end of a page cuts it, each with a left block of its own before the right one, and
/// perhaps a left block of both before them: all must add up, and one reading only may fit.
pub(super) fn parts(tokens: &[Token], stretch: &[usize], count: usize, fits: impl Fn(&Rows) -> bool) -> Option<Rows> {
    let fitting = |left: usize| -> Vec<Rows> {
        let (head, rest) = stretch.split_at(left * count);
        let width = APPLICANTS.len() - left;
        // Rows of one part, of which this is the first.
        let readings = |first: usize, part: &[usize]| -> Vec<Rows> {
            let count = part.len() / width;
            let whole = |(row, rest): (usize, &Vec<usize>)| {
                [&head[(first + row) * left..(first + row + 1) * left], rest].concat()
            };
            let of_blocks = |inner: usize| rows_but(part, count, (inner, width), None, 0);
            let readings = (0..width).map(|inner| of_blocks(inner).iter().enumerate().map(whole).collect());
            readings.filter(|rows| all_add_up(tokens, rows)).collect()
        };
        let mut fitting: Vec<Rows> = Vec::new();
        for rows in 1..count {
            let (before, behind) = rest.split_at(rows * width);
            let behind = readings(rows, behind);
            for before in if behind.is_empty() { Vec::new() } else { readings(0, before) } {
                let whole = behind.iter().map(|behind| [before.as_slice(), behind].concat());
                fitting.extend(whole.filter(&fits));
            }
        }
        fitting
    };
    // A left block of both parts is the last resort.
    let plain = Some(fitting(0)).filter(|rows| !rows.is_empty());
    only(tokens, plain.unwrap_or_else(|| (1..APPLICANTS.len()).flat_map(fitting).collect()))
}

/// The first of these readings, if they all have the same figures.
fn only(tokens: &[Token], mut fitting: Vec<Rows>) -> Option<Rows> {
    let first = fitting.pop()?;
    let wanted = figures(tokens, &first);
    fitting.iter().all(|other| figures(tokens, other) == wanted).then_some(first)
}

/// The rows of a stretch in which one row lacks values that stand elsewhere and belong to no row: all others must add up, the
/// columns must ask for just those values, and one reading only may fit.
pub(super) fn short_rows(
    form: &Form,
    tokens: &[Token],
    alignment: &Alignment,
    stretch: &[usize],
    torn: &Range<usize>,
    missing: usize,
) -> Option<Rows> {
    let fitting = |left: usize| {
        let mut fitting: Vec<Rows> = Vec::new();
        for short in 0..torn.len() {
            let mut rows = rows_but(stretch, torn.len(), (left, APPLICANTS.len()), Some(short), missing);
            let mut complete = rows.iter().enumerate().filter(|(row, _)| *row != short);
            if !complete.all(|(_, row)| adds_up(row.iter().map(|t| &tokens[*t]))) {
                continue;
            }
            let asked = asked(form, tokens, &alignment.rows, torn, &rows, short);
            let Some(filled) = asked.and_then(|asked| fill(tokens, alignment, &rows[short], stretch, &asked)) else {
                continue;
            };
            rows[short] = filled;
            fitting.push(rows);
        }
        fitting
    };
    // Rows in one block are the plain case, and blocks of columns the last resort.
    let in_blocks = || (1..APPLICANTS.len() - missing).flat_map(fitting).collect();
    only(tokens, Some(fitting(0)).filter(|rows| !rows.is_empty()).unwrap_or_else(in_blocks))
}

/// What the columns ask for in one of a stretch's rows.
fn asked(
    form: &Form,
    tokens: &[Token],
    rows: &[RowTokens],
    torn: &Range<usize>,
    reading: &Rows,
    short: usize,
) -> Option<Vec<u128>> {
    let (width, first) = (APPLICANTS.len(), form.first(Table::Requests));
    let start = first + (torn.start + short) * width;
    let of_cell = |cell: usize| {
        let known =
            |other: &usize| if *other == cell { Some(0) } else { known(tokens, rows, torn, reading, *other - first) };
        let sum = |cells: &[usize]| cells.iter().map(known).sum::<Option<u128>>();
        form.equations.iter().filter(|e| e.is_of_column()).find_map(|e| {
            let (left, right) = (sum(&e.left)?, sum(&e.right)?);
            if e.left.contains(&cell) {
                right.checked_sub(left)
            } else {
                left.checked_sub(right).filter(|_| e.right.contains(&cell))
            }
        })
    };
    (start..start + width).map(of_cell).collect()
}

/// A row's values as its columns ask for them: its own in their order, and between them values of no row, if no more of these
/// have that figure than are asked for.
fn fill(
    tokens: &[Token],
    alignment: &Alignment,
    own: &[usize],
    stretch: &[usize],
    asked: &[u128],
) -> Option<Vec<usize>> {
    let mut own = own.iter().copied().peekable();
    let is = |t: &usize, figure: u128| tokens[*t].count() == Some(figure);
    let mut strays: Vec<usize> = alignment.stray.iter().copied().filter(|t| !stretch.contains(t)).collect();
    let mut row = Vec::new();
    for figure in asked {
        let stray = || strays.iter().position(|t| is(t, *figure));
        row.push(match own.next_if(|t| is(t, *figure)) {
            Some(token) => token,
            None => strays.remove(stray()?),
        });
    }
    let left = |t: &usize| strays.iter().any(|other| tokens[*other].count() == tokens[*t].count());
    let filled = own.next().is_none() && !row.iter().any(|t| !stretch.contains(t) && left(t));
    filled.then_some(row)
}

/// The rows of a stretch of so many columns, the left ones of them in a block before the others, where one row's values in the
/// block behind it are fewer.
fn rows_but(
    stretch: &[usize],
    count: usize,
    (left, width): (usize, usize),
    short: Option<usize>,
    missing: usize,
) -> Rows {
    let (head, mut rest) = stretch.split_at(left * count);
    let row = |row: usize| {
        let right = width - left - if Some(row) == short { missing } else { 0 };
        let (own, behind) = rest.split_at(right);
        rest = behind;
        [&head[row * left..(row + 1) * left], own].concat()
    };
    (0..count).map(row).collect()
}
