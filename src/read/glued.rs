//! In: a table's tokens. Out: the same, with figures parted that ran together (`22 0 001 225`, `0000000`), where the row's
//! sums leave one way only. It knows no label, and parts nothing that a border keeps together.

use std::ops::Range;

use super::figure::{Word, word};
use super::layout::{Item, Layout, Token};
use super::token::Content;

/// A row whose ways are not all found after so many cells has none.
const MOST_STEPS: u32 = 1 << 14;

/// Parts the figures of rows in which each part of so many cells ends with its total.
pub(super) fn part(text: &str, layout: &mut Layout, rows: usize, sums: &[usize]) {
    let width: usize = sums.iter().sum();
    let runs_together = |pair: &[Token]| pair[0].end == pair[1].start && is_loose(text, &pair[0]);
    let whole_row = |t: &Token| t.end - t.start >= width && is_loose(text, t);
    let glued = layout.tokens.windows(2).any(runs_together) || layout.tokens.iter().any(whole_row);
    if !glued || layout.is_longer_than(rows * width) {
        return;
    }
    let mut parted = Vec::new();
    for item in &layout.items {
        let Item::Run(run) = item else { continue };
        let mut start = run.start;
        for line in layout.tokens[run.clone()].chunk_by(|a, b| a.line == b.line) {
            let row = start..start + line.len();
            start = row.end;
            if let Some(cells) = cells(text, line, sums) {
                parted.push((row, cells));
            }
        }
    }
    for (row, cells) in parted.into_iter().rev() {
        let first = layout.tokens[row.start];
        let cells: Vec<Token> = cells.iter().enumerate().map(|cell| token(text, first, cell)).collect();
        layout.replace(row, &cells);
    }
}

/// Digits alone, with nothing but spaces around them.
fn is_loose(text: &str, token: &Token) -> bool {
    let digits = text[token.start..token.end].bytes().all(|b| b.is_ascii_digit());
    digits && token.slot.is_none() && !token.bordered
}

/// The row's cells, if they ran together and add up in one way only.
fn cells(text: &str, row: &[Token], sums: &[usize]) -> Option<Vec<Range<usize>>> {
    let width: usize = sums.iter().sum();
    let digits: usize = row.iter().map(|t| t.end - t.start).sum();
    if row.len() >= width || digits < width || !row.iter().all(|t| is_loose(text, t)) {
        return None;
    }
    let words: Vec<Range<usize>> = row.iter().map(|t| t.start..t.end).collect();
    let mut search = Search { text, words: &words, sums, cells: Vec::new(), found: Vec::new(), steps: 0 };
    search.go(0, words[0].start, Part { row: 0, cells: 0, sum: 0 });
    let only = search.found.pop().filter(|_| search.found.is_empty() && search.steps < MOST_STEPS)?;
    (only.len() == width).then_some(only)
}

/// Looks for the ways to part words of digits into cells.
struct Search<'a> {
    text: &'a str,
    words: &'a [Range<usize>],
    sums: &'a [usize],
    cells: Vec<Range<usize>>,
    /// The ways that add up, with as many cells as the row has or, where some may be blank, fewer.
    found: Vec<Vec<Range<usize>>>,
    steps: u32,
}

/// How far a part of the row has come.
#[derive(Clone, Copy)]
struct Part {
    /// Its position in [`Search::sums`].
    row: usize,
    cells: usize,
    sum: u64,
}

impl Search<'_> {
    /// Goes on from a place in a word.
    fn go(&mut self, at: usize, start: usize, part: Part) {
        let Some(word) = self.words.get(at).cloned() else { return };
        self.steps += 1;
        if self.steps >= MOST_STEPS || part.row == self.sums.len() {
            return;
        }
        // No figure begins with a zero.
        let most = if self.text[start..].starts_with('0') { start + 1 } else { word.end };
        for end in start + 1..=most {
            let Ok(figure) = self.text[start..end].parse::<u64>() else { return };
            let next =
                if end == word.end { (at + 1, self.words.get(at + 1).map_or(end, |w| w.start)) } else { (at, end) };
            self.cells.push(start..end);
            self.put(figure, next, part);
            self.cells.pop();
        }
    }

    fn put(&mut self, figure: u64, (at, start): (usize, usize), part: Part) {
        let (last, adds_up) = (at == self.words.len(), part.cells > 0 && figure == part.sum);
        let whole = part.cells + 1 == self.sums[part.row];
        let end = part.row + 1 == self.sums.len();
        if last && end && adds_up {
            self.found.push(self.cells.clone());
        } else if !last && !whole {
            let sum = part.sum.saturating_add(figure);
            self.go(at, start, Part { cells: part.cells + 1, sum, ..part });
        } else if !last && adds_up {
            self.go(at, start, Part { row: part.row + 1, cells: 0, sum: 0 });
        }
    }
}

/// A cell of a row that ran together.
fn token(text: &str, first: Token, (i, cell): (usize, &Range<usize>)) -> Token {
    let Word::Figure(figure) = word(&text[cell.clone()]) else { return first };
    let breaks = if i == 0 { first.breaks } else { 0 };
    Token { content: Content::Figure(figure), start: cell.start, end: cell.end, breaks, parted: true, ..first }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a row in one word.
    fn parted(text: &str) -> Option<Vec<&str>> {
        let Word::Figure(figure) = word(text) else { return None };
        let content = Content::Figure(figure);
        let token = Token {
            content,
            start: 0,
            end: text.len(),
            line: 0,
            breaks: 1,
            slot: None,
            bordered: false,
            parted: false,
            afloat: false,
        };
        Some(cells(text, &[token], &[7])?.into_iter().map(|cell| &text[cell]).collect())
    }

    #[test]
    fn one_way_is_taken_and_of_several_none() {
        assert_eq!(parted("98765439"), Some(vec!["9", "8", "7", "6", "5", "4", "39"]));
        // `71 7 6` and `7 17 65` with a cell less.
        assert_eq!(parted("987654717654987747"), None);
        assert_eq!(parted("98765440"), None);
    }

    #[test]
    fn a_row_of_so_many_ways_is_parted_and_one_of_more_is_not() {
        // All ways are found after 16372 cells.
        assert_eq!(parted("9524727429004190434"), Some(vec!["95", "247", "2", "7", "42", "90041", "90434"]));
        // It adds up in one way too: 2474 59 7 60 7097 10 9707, but all are found only after 16428.
        assert_eq!(parted("2474597607097109707"), None);
    }
}
