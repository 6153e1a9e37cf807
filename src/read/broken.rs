//! In: a table's tokens. Out: the same, with figures of full width put together that broke at the end of their cell's line
//! (`２３⏎１`), where the row's sums leave one way only. What does not follow straight on in the text is no part of a figure.

use std::ops::Range;

use super::align::is_even;
use super::figure::{Word, word};
use super::layout::{Item, Layout, Token};
use super::row::is_wide;
use super::stacked::is_piece;
use super::token::Content;

/// A row whose ways are not all found after so many cells has none.
const MOST_STEPS: u32 = 1 << 12;
/// A row broke into so many times as many tokens as it has cells at the most.
const MOST_PIECES: usize = 3;

/// Puts the figures together of rows in which each part of so many cells ends with its total.
pub(super) fn join(text: &str, layout: &mut Layout, sums: &[usize]) {
    let width: usize = sums.iter().sum();
    if !layout.tokens.iter().any(is_wide) {
        return;
    }
    let in_order = is_in_order(layout, width);
    let mut joined = Vec::new();
    for item in &layout.items {
        let Item::Run(run) = item else { continue };
        if (width + 1..=width * MOST_PIECES).contains(&run.len())
            && let Some(mut cells) = cells(text, &layout.tokens[run.clone()], sums)
        {
            let line = cells[0].line;
            for cell in &mut cells {
                // The words of a line that goes on in the next one are no columns.
                cell.slot = None;
                cell.line = if in_order { line } else { cell.line };
            }
            joined.push((run.clone(), cells));
        }
    }
    for (row, cells) in joined.into_iter().rev() {
        layout.replace(row, &cells);
    }
}

/// Whether rows that did not break have their values in order, of whatever width: elsewhere those of another height may
/// stand apart.
fn is_in_order(layout: &Layout, width: usize) -> bool {
    let whole = layout.runs().filter(|run| run.len() == width).map(|run| &layout.tokens[run]);
    let mut mixed = whole.filter(|row| row.iter().any(is_wide) && !row.iter().all(is_wide)).peekable();
    mixed.peek().is_some() && mixed.all(is_even)
}

/// The row's cells, if they add up in one way only.
fn cells(text: &str, row: &[Token], sums: &[usize]) -> Option<Vec<Token>> {
    let mut search = Search { text, row, sums, cells: Vec::new(), found: Vec::new(), steps: 0 };
    search.go(0);
    search.found.pop().filter(|_| search.found.is_empty() && search.steps < MOST_STEPS)
}

/// Looks for the ways to put tokens together to cells.
struct Search<'a> {
    text: &'a str,
    row: &'a [Token],
    sums: &'a [usize],
    cells: Vec<Token>,
    found: Vec<Vec<Token>>,
    steps: u32,
}

impl Search<'_> {
    /// Goes on from a token.
    fn go(&mut self, at: usize) {
        self.steps += 1;
        let width: usize = self.sums.iter().sum();
        if at == self.row.len() && self.cells.len() == width {
            self.found.push(self.cells.clone());
        }
        if self.steps >= MOST_STEPS || self.cells.len() == width {
            return;
        }
        for end in at + 1..=self.row.len() {
            let Some(cell) = self.cell(at..end) else { return };
            self.cells.push(cell);
            if self.adds_up() {
                self.go(end);
            }
            self.cells.pop();
        }
    }

    /// Whether the part that ends with the last cell does so with the sum of the others; true where none ends.
    fn adds_up(&self) -> bool {
        let mut end = 0;
        let parts = self.sums.iter().map(|length| {
            end += length;
            end - length..end
        });
        let Some(part) = parts.into_iter().find(|part| part.end == self.cells.len()) else { return true };
        let counts: Option<Vec<u128>> = self.cells[part].iter().map(Token::count).collect();
        counts
            .is_some_and(|counts| counts.split_last().is_some_and(|(total, rest)| rest.iter().sum::<u128>() == *total))
    }

    /// The tokens as one cell: one token, or pieces of a figure that each fill a line but for the last.
    fn cell(&self, tokens: Range<usize>) -> Option<Token> {
        let pieces = &self.row[tokens];
        let [first, .., last] = pieces else {
            // Where zeros are not of full width, one that is belongs to a figure.
            let is_zero = |t: &Token, wide: bool| t.count() == Some(0) && is_wide(t) == wide;
            let narrow = || self.row.iter().any(|t| is_zero(t, false));
            return pieces.first().copied().filter(|t| !(is_zero(t, true) && narrow()));
        };
        let size = |t: &Token| t.end - t.start;
        let full = pieces[..pieces.len() - 1].iter().all(|t| size(t) == size(first)) && size(last) <= size(first);
        let below = pieces.windows(2).all(|pair| pair[1].line > pair[0].line);
        if !(full && below && pieces.iter().all(|t| is_piece(self.text, t))) || first.count() == Some(0) {
            return None;
        }
        let digits: String = self.text[first.start..last.end].chars().filter(|c| !c.is_whitespace()).collect();
        let Word::Figure(figure) = word(&digits) else { return None };
        Some(Token { content: Content::Figure(figure), end: last.end, parted: true, ..*first })
    }
}
