//! In: table 2, laid out, of a print that was read as two blocks side by side: labels with the first columns, and then all
//! other columns; page by page. Out: its rows, put together from both. It reads nothing where a single sum fails.

use std::ops::Range;

use super::align::{Alignment, RowTokens};
use super::layout::{Item, Layout, Token};
use crate::form::{APPLICANTS, Form, Table};

/// A page of the print: where its values begin, and for each of its labels how many values stand before it.
#[derive(Default)]
struct Page {
    start: usize,
    labels: Vec<usize>,
}

/// So few rows are no block.
const LEAST_ROWS: usize = 3;

/// The rows of table 2, each put together from both blocks; none where they do not add up.
pub(super) fn align(form: &Form, text: &str, layout: &Layout) -> Option<Alignment> {
    let rows = form.rows(Table::Requests).len();
    if layout.tokens.len() != rows * APPLICANTS.len() {
        return None;
    }
    let rows: Vec<Vec<usize>> = pages(layout)?.iter().map(Page::rows).collect::<Option<Vec<_>>>()?.concat();
    (adds_up(form, &layout.tokens, &rows)? && !is_mixed(text, &layout.tokens)).then(|| Alignment {
        rows: rows.into_iter().map(row).collect(),
        stray: Vec::new(),
    })
}

fn row(tokens: Vec<usize>) -> RowTokens {
    RowTokens { tokens, whole: true, even: true, labelled: true, firm: true, agreed: true, ..RowTokens::default() }
}

/// The pages; a label behind all values of the rows before it begins the next one. None where a row has no label.
fn pages(layout: &Layout) -> Option<Vec<Page>> {
    let mut pages: Vec<Page> = vec![Page::default()];
    let (mut next, mut seen) = (0, 0);
    for item in &layout.items {
        match item {
            Item::Run(run) => seen = run.end,
            Item::Label { row, .. } if usize::from(*row) == next => {
                let page = pages.last().filter(|page| !page.labels.is_empty());
                if page.is_some_and(|page| seen == page.start + page.labels.len() * APPLICANTS.len()) {
                    pages.push(Page { start: seen, labels: Vec::new() });
                }
                let page = pages.last_mut()?;
                page.labels.push(seen - page.start);
                next += 1;
            }
            Item::Label { weak: true, .. } => {}
            Item::Label { .. } => return None,
        }
    }
    (pages.iter().map(|page| page.labels.len()).sum::<usize>() * APPLICANTS.len() == layout.tokens.len()).then_some(pages)
}

impl Page {
    /// Its rows, if the first block has as many values of each, some columns but not all, next to its label.
    fn rows(&self) -> Option<Vec<Vec<usize>>> {
        let count = self.labels.len();
        let first = self.labels.last()?.div_ceil(count);
        let even = self.labels.iter().enumerate().all(|(r, seen)| (first * r..=first * (r + 1)).contains(seen));
        let other = APPLICANTS.len().checked_sub(first).filter(|other| first > 0 && *other > 0)?;
        let part = |from: usize, width: usize, r: usize| -> Range<usize> {
            let start = self.start + from + r * width;
            start..start + width
        };
        let row = |r: usize| part(0, first, r).chain(part(count * first, other, r)).collect();
        (count >= LEAST_ROWS && even).then(|| (0..count).map(row).collect())
    }
}

/// Whether all sums of the table hold; none where a value cannot be read.
fn adds_up(form: &Form, tokens: &[Token], rows: &[Vec<usize>]) -> Option<bool> {
    let figures: Vec<u128> = rows.iter().flatten().map(|t| tokens[*t].count()).collect::<Option<_>>()?;
    let first = form.first(Table::Requests);
    let cells = first..first + figures.len();
    let sum = |side: &[usize]| side.iter().map(|cell| figures[cell - first]).sum::<u128>();
    let own = form.equations.iter().filter(|e| e.left.iter().chain(&e.right).all(|cell| cells.contains(cell)));
    Some(own.clone().count() > 0 && own.clone().all(|e| sum(&e.left) == sum(&e.right)))
}

/// Whether some figures are of full width and others are not: they stand at different heights, and in no order.
fn is_mixed(text: &str, tokens: &[Token]) -> bool {
    let is_ascii = |t: &Token| text.as_bytes().get(t.start).is_some_and(u8::is_ascii);
    tokens.windows(2).any(|pair| is_ascii(&pair[0]) != is_ascii(&pair[1]))
}
