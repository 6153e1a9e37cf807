//! In: an alignment of table 2. Out: the same, with the rows put together that a converter tore into two blocks of
//! columns, left and right, each in the order of the rows. The rows' sums must hold, and one way only may fit.

use super::align::{Alignment, RowTokens};
use super::layout::Token;
use super::token::Content;

/// So many ways to deal the tokens out are kept at the most.
const PATHS: usize = 32;

/// Mends every stretch of rows that did not come whole.
pub(crate) fn mend(tokens: &[Token], alignment: &mut Alignment, width: usize) {
    zero_rows(tokens, alignment, width);
    let whole = |row: &RowTokens| row.tokens.len() == width && row.agreed && adds_up(tokens, &row.tokens);
    let mut at = 0;
    while at < alignment.rows.len() {
        if whole(&alignment.rows[at]) {
            at += 1;
            continue;
        }
        let torn = alignment.rows[at..].iter().take_while(|r| !whole(r)).count();
        mend_stretch(tokens, alignment, at, torn, width);
        at += torn;
    }
}

/// A table that has all its tokens, and whose every seven are six and their sum in whatever order, has its rows in order,
/// even where it is torn within them; those of nothing but zeros are then read.
fn zero_rows(tokens: &[Token], alignment: &mut Alignment, width: usize) {
    let sums = |row: &[Token]| {
        let figures: Option<Vec<u128>> = row.iter().map(figure).collect();
        figures.is_some_and(|f| f.iter().max().is_some_and(|most| f.iter().sum::<u128>() == 2 * most))
    };
    let complete = tokens.len() == alignment.rows.len() * width && tokens.iter().all(|t| t.slot.is_none());
    if !complete || !tokens.chunks(width).all(sums) {
        return;
    }
    for (r, (row, chunk)) in alignment.rows.iter_mut().zip(tokens.chunks(width)).enumerate() {
        let tokens: Vec<usize> = (r * width..(r + 1) * width).collect();
        let zeros = chunk.iter().all(|t| figure(t) == Some(0));
        row.firm |= zeros && row.tokens == tokens;
        if row.firm || !zeros {
            continue;
        }
        *row = RowTokens { tokens, firm: true, agreed: true, labelled: row.labelled, ..RowTokens::default() };
    }
}

fn mend_stretch(tokens: &[Token], alignment: &mut Alignment, first: usize, count: usize, width: usize) {
    let before = alignment.rows[..first].iter().flat_map(|r| &r.tokens).max().map_or(0, |t| t + 1);
    let after = alignment.rows[first + count..].iter().flat_map(|r| &r.tokens).min().copied().unwrap_or(tokens.len());
    if count < 2
        || after < before
        || after - before != count * width
        || tokens[before..after].iter().any(|t| t.slot.is_some())
    {
        return;
    }
    let stretch: Vec<usize> = (before..after).collect();
    let Some(rows) = deal(tokens, &stretch, count, width) else { return };
    alignment.stray.retain(|t| !stretch.contains(t));
    for (row, tokens) in alignment.rows[first..first + count].iter_mut().zip(rows) {
        *row = RowTokens { tokens, agreed: true, labelled: row.labelled, ..RowTokens::default() };
    }
}

/// A way to deal the tokens out into a left and a right block.
#[derive(Clone)]
struct Path {
    /// The sums of the rows' left parts, as far as they are complete.
    left: Vec<Option<u128>>,
    /// The sums of the rows' right parts without their totals, and the totals.
    right: Vec<Option<(u128, u128)>>,
    /// The tokens of the parts under way.
    part: [Vec<usize>; 2],
    cost: u32,
    last: usize,
    /// Which block each token went to.
    sides: Vec<bool>,
}

/// The rows, if one way to deal the tokens out fits better than every other.
fn deal(tokens: &[Token], stretch: &[usize], count: usize, width: usize) -> Option<Vec<Vec<usize>>> {
    let mut ways: Vec<(u32, Vec<Vec<usize>>)> = Vec::new();
    for split in 1..width {
        for path in paths(tokens, stretch, count, [split, width - split]) {
            ways.push((path.cost, rows(&path, stretch, count, [split, width - split])));
        }
    }
    let least = ways.iter().map(|(cost, _)| *cost).min()?;
    let figures = |rows: &[Vec<usize>]| rows.concat().iter().map(|t| figure(&tokens[*t])).collect::<Vec<_>>();
    let mut best = ways.into_iter().filter(|(cost, _)| *cost <= least + 1).map(|(_, rows)| rows);
    let first = best.next()?;
    let wanted = figures(&first);
    best.all(|other| figures(&other) == wanted).then_some(first)
}

fn paths(tokens: &[Token], stretch: &[usize], count: usize, widths: [usize; 2]) -> Vec<Path> {
    let start = Path {
        left: Vec::new(),
        right: Vec::new(),
        part: [Vec::new(), Vec::new()],
        cost: 0,
        last: 0,
        sides: Vec::with_capacity(stretch.len()),
    };
    let mut paths = vec![start];
    for token in stretch {
        let mut next: Vec<Path> = Vec::with_capacity(paths.len() * 2);
        for path in paths {
            next.extend((0..2).filter_map(|side| path.clone().put(tokens, *token, side, count, widths)));
        }
        next.sort_by_key(|p| p.cost);
        next.truncate(PATHS);
        paths = next;
    }
    paths
}

impl Path {
    /// Puts a token into a block; none where the block is full or a row then does not add up.
    fn put(mut self, tokens: &[Token], token: usize, side: usize, count: usize, widths: [usize; 2]) -> Option<Path> {
        let done = [self.left.len(), self.right.len()];
        if done[side] == count {
            return None;
        }
        if side != self.last {
            let row_by_row = self.part[self.last].is_empty() && done[self.last] == done[side] + usize::from(side == 1);
            let between_rows = self.part[self.last].is_empty();
            self.cost += if row_by_row {
                0
            } else if between_rows {
                2
            } else {
                5
            };
            self.last = side;
        }
        self.sides.push(side == 1);
        self.part[side].push(token);
        if self.part[side].len() < widths[side] {
            return Some(self);
        }
        let part = std::mem::take(&mut self.part[side]);
        let figures: Option<Vec<u128>> = part.iter().map(|t| figure(&tokens[*t])).collect();
        if side == 0 {
            self.left.push(figures.map(|f| f.iter().sum()));
        } else {
            self.right.push(figures.and_then(|f| f.split_last().map(|(total, rest)| (rest.iter().sum(), *total))));
        }
        let row = if side == 0 { self.left.len() - 1 } else { self.right.len() - 1 };
        match (self.left.get(row), self.right.get(row)) {
            (Some(Some(left)), Some(Some((right, total)))) if left + right != *total => None,
            _ => Some(self),
        }
    }
}

fn rows(path: &Path, stretch: &[usize], count: usize, widths: [usize; 2]) -> Vec<Vec<usize>> {
    let side = |right: bool| stretch.iter().zip(&path.sides).filter(move |(_, s)| **s == right).map(|(t, _)| *t);
    let (left, right): (Vec<usize>, Vec<usize>) = (side(false).collect(), side(true).collect());
    let row =
        |r: usize| [&left[r * widths[0]..(r + 1) * widths[0]], &right[r * widths[1]..(r + 1) * widths[1]]].concat();
    (0..count).map(row).collect()
}

/// A token's figure; empty cells count as zero, and none is what cannot be read.
fn figure(token: &Token) -> Option<u128> {
    match token.content {
        Content::Figure(f) => f.count().map(u128::from),
        Content::Dash | Content::Blank | Content::Gap => Some(0),
        _ => None,
    }
}

fn adds_up(tokens: &[Token], row: &[usize]) -> bool {
    let figures: Option<Vec<u128>> = row.iter().map(|t| figure(&tokens[*t])).collect();
    figures.is_none_or(|f| f.split_last().is_some_and(|(total, rest)| rest.iter().sum::<u128>() == *total))
}
