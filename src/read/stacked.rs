//! In: table 2's tokens. Out: the same, with figures of full width put together whose pieces a narrow column set below one
//! another (`２５` above `２`), while others of their row stand between, if the row then adds up. Such a figure has no one
//! place in the text, and counts as inferred.

use std::ops::Range;

use super::figure::{Figure, Word, word};
use super::layout::{Item, Layout, Token};
use super::marks::is_wide_digit;
use super::mend::adds_up;
use super::token::Content;
use crate::form::APPLICANTS;

const WIDTH: usize = APPLICANTS.len();

/// The lines of a row whose figures broke, each a range of tokens: pieces above, the row's own line, on which its label may
/// stand alone, pieces below.
struct Lines {
    above: Range<usize>,
    own: Range<usize>,
    below: Range<usize>,
}

impl Lines {
    /// Whether only the label stands between two lines of as many pieces as the row has cells, and each adds up.
    fn may_be_two(&self, tokens: &[Token]) -> bool {
        let adds_up = |line: &Range<usize>| line.len() == WIDTH && adds_up(&tokens[line.clone()]);
        self.own.is_empty() && adds_up(&self.above) && adds_up(&self.below)
    }
}

/// Puts the figures together of rows with such pieces on the lines next to theirs.
pub(super) fn stack(text: &str, layout: &mut Layout, rows: usize) {
    if layout.is_longer_than(rows * WIDTH) || !layout.tokens.iter().any(|t| is_piece(text, t)) {
        return;
    }
    let mut stacked: Vec<(Lines, Vec<Token>)> = Vec::new();
    // Where other rows' figures broke, these may be one row's pieces, and are no row's.
    let mut doubtful: Vec<Range<usize>> = Vec::new();
    let line = |t: usize| layout.tokens[t].line;
    let ties = layout.ties();
    // What stands on the next line, where no label says whose it is, may have its pieces here.
    let owns = |piece: Option<usize>, beside: Option<usize>| {
        piece.zip(beside).is_some_and(|(piece, beside)| {
            let near = beside < ties.len() && line(piece).abs_diff(line(beside)) == 1;
            near && ties[beside].is_none() && !is_piece(text, &layout.tokens[beside])
        })
    };
    for row in lines(text, layout) {
        let free = stacked.last().is_none_or(|(last, _)| last.below.end <= row.above.start);
        let one_row =
            || layout.is_of_one_row(row.above.start..row.below.end, line(row.above.start)..=line(row.below.end - 1));
        let (above, below) = (&row.above, &row.below);
        let shared =
            owns(above.clone().next(), above.start.checked_sub(1)) || owns(below.clone().last(), Some(below.end));
        if let Some(cells) = cells(text, &layout.tokens, &row).filter(|_| free && !shared && one_row()) {
            stacked.push((row, cells));
        } else if row.may_be_two(&layout.tokens) {
            doubtful.extend([row.above, row.below]);
        }
    }
    if !stacked.is_empty() {
        doubtful.dedup();
        put(layout, stacked, doubtful);
    }
}

/// Puts the rows' cells in their lines' place, and nothing in that of the doubtful lines beside them.
fn put(layout: &mut Layout, stacked: Vec<(Lines, Vec<Token>)>, mut doubtful: Vec<Range<usize>>) {
    doubtful.retain(|line| !stacked.iter().any(|(row, _)| row.above.start < line.end && line.start < row.below.end));
    layout.outside.extend(doubtful.iter().cloned().flatten().map(|t| layout.tokens[t].start..layout.tokens[t].end));
    let mut cells: Vec<(Range<usize>, Vec<Token>)> = doubtful.into_iter().map(|line| (line, Vec::new())).collect();
    for (row, own) in stacked {
        // Without a line of their own they stand below the label.
        let (own, below) = if row.own.is_empty() { (Vec::new(), own) } else { (own, Vec::new()) };
        cells.extend([(row.above, Vec::new()), (row.own, own), (row.below, below)]);
    }
    cells.sort_by_key(|(line, _)| line.start);
    for (line, cells) in cells.into_iter().rev() {
        layout.replace(line, &cells);
    }
    layout.items.retain(|item| !matches!(item, Item::Run(run) if run.is_empty()));
}

/// A figure of full width, or a part of one.
pub(super) fn is_piece(text: &str, token: &Token) -> bool {
    let digits = &text[token.start..token.end];
    !digits.is_empty() && !token.bordered && digits.chars().all(is_wide_digit)
}

/// Each line of values, with the lines of nothing but pieces straight above and below it.
fn lines(text: &str, layout: &Layout) -> Vec<Lines> {
    let (tokens, lines) = (&layout.tokens, layout.lines());
    let number = |line: &Range<usize>| tokens[line.start].line;
    let pieces = |line: &&Range<usize>| tokens[(*line).clone()].iter().all(|t| is_piece(text, t));
    let row = |(i, own): (usize, &Range<usize>)| {
        let above = i.checked_sub(1).map(|i| &lines[i]).filter(|line| number(line) + 1 == number(own)).filter(pieces);
        let below = lines.get(i + 1).filter(|line| number(line) == number(own) + 1).filter(pieces);
        Lines {
            above: above.cloned().unwrap_or(own.start..own.start),
            own: own.clone(),
            below: below.cloned().unwrap_or(own.end..own.end),
        }
    };
    // Only the label stands between.
    let around_label = |pair: &[Range<usize>]| match pair {
        [above, below] if number(below) == number(above) + 2 && [above, below].iter().all(pieces) => {
            Some(Lines { above: above.clone(), own: above.end..above.end, below: below.clone() })
        }
        _ => None,
    };
    let mut rows: Vec<Lines> = lines.iter().enumerate().map(row).collect();
    rows.extend(lines.windows(2).filter_map(around_label));
    rows.sort_by_key(|row| row.above.start);
    rows
}

/// The row's cells, if its pieces fit between its other figures, or below them in one way only.
fn cells(text: &str, tokens: &[Token], row: &Lines) -> Option<Vec<Token>> {
    let [above, own, below] = [&row.above, &row.own, &row.below].map(|line| &tokens[line.clone()]);
    let between = above.len() == below.len() && own.len() + above.len() == WIDTH;
    if below.is_empty() || !(between || (above.is_empty() && own.len() == WIDTH && !adds_up(own))) {
        return None;
    }
    // What adds up by itself may be the row of another label, and zeros below it fit anything; so does what cannot be read.
    if (own.is_empty() && adds_up(above)) || own.iter().any(|t| t.count().is_none()) {
        return None;
    }
    let mut fitting = None;
    for broken in (0_u32..1 << WIDTH).filter(|broken| broken.count_ones() as usize == below.len()) {
        let Some(cells) = with_broken(text, [above, own, below], broken).filter(|cells| adds_up(cells)) else {
            continue;
        };
        // Between the others the figures are the same in all ways.
        if fitting.replace(cells).is_some() && !between {
            return None;
        }
    }
    fitting
}

/// The row's cells, if those are broken whose bits are set.
fn with_broken(text: &str, [above, own, below]: [&[Token]; 3], broken: u32) -> Option<Vec<Token>> {
    let (mut own, mut below) = (own.iter(), below.iter());
    let mut above = above.iter().peekable();
    let between = above.peek().is_some();
    let line = own.as_slice().first().map(|own| own.line).or_else(|| Some(above.peek()?.line + 1))?;
    let cell = |i: usize| {
        if broken >> i & 1 == 0 {
            return own.next().copied();
        }
        let (first, last) = (if between { above.next()? } else { own.next()? }, below.next()?);
        let figure = join(text, [first, last].map(|t| t.start..t.end).into_iter())?;
        Some(Token { content: Content::Stacked(figure), parted: true, afloat: between, ..*first })
    };
    let cells: Option<Vec<Token>> = (0..WIDTH).map(cell).collect();
    // The words of a line that goes on in the next one are no columns.
    cells.map(|cells| cells.into_iter().map(|cell| Token { line, slot: None, ..cell }).collect())
}

/// The figure of these pieces, of which all but the last fill their lines.
pub(super) fn join(text: &str, pieces: impl Iterator<Item = Range<usize>>) -> Option<Figure> {
    let pieces: Vec<&str> = pieces.map(|piece| &text[piece]).collect();
    let is_piece = |piece: &&str| !piece.is_empty() && piece.chars().all(is_wide_digit);
    let (last, full) = pieces.split_last()?;
    let first = full.first()?;
    let fit = full.iter().all(|piece| piece.len() == first.len()) && last.len() <= first.len();
    match word(&pieces.concat()) {
        Word::Figure(figure) if fit && pieces.iter().all(is_piece) && *first != "０" => Some(figure),
        _ => None,
    }
}
