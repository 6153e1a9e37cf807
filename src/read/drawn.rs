//! In: table 2's tokens. Out: the same, with rows made one line that a print drew over several, where the places of other
//! rows' figures show that characters, or their widths, stand below one another by columns. Each row must add up, and the lines
//! must part into rows in one way only.

use std::ops::Range;

use super::heights::{Placed, Unit, is_wrapped};
use super::layout::{Item, Layout, Token};
use super::mend::adds_up;
use super::stacked::{is_piece, join};
use super::token::Content;
use crate::form::APPLICANTS;

const WIDTH: usize = APPLICANTS.len();
/// A row has so many lines with figures at the most.
const MOST_LINES: usize = 3;
/// From its first to its last such line, so many lines lie at the most.
const MOST_BELOW: u32 = 3;

/// Makes one line of each row that was drawn over several.
pub(super) fn straighten(text: &str, layout: &mut Layout, rows: usize, unit: impl Fn() -> Option<Unit>) {
    let lines = layout.lines();
    let in_line = |line: &Range<usize>| line.len() == WIDTH;
    let known = !lines.iter().any(in_line) || lines.iter().all(in_line) || layout.is_longer_than(rows * WIDTH);
    let Some(unit) = (if known { None } else { unit() }) else { return };
    let mut drawn = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let rows = lines[at..].iter().zip(at..).take_while(|(_, i)| !stands_alone(text, layout, &lines, *i)).count();
        if rows > 1 {
            drawn.extend(part(text, layout, unit, &lines[at..at + rows]));
        }
        at += rows.max(1);
    }
    for (lines, cells) in drawn.into_iter().rev() {
        let host = host(layout, &lines);
        let line = layout.tokens[lines[host].start].line;
        for (i, of_line) in lines.iter().enumerate().rev() {
            let cells = if i == host { cells.iter().map(|cell| Token { line, ..*cell }).collect() } else { Vec::new() };
            layout.replace(of_line.clone(), &cells);
        }
    }
    layout.items.retain(|item| !matches!(item, Item::Run(run) if run.is_empty()));
}

/// The line is a row, and no piece of a figure stands next to it.
fn stands_alone(text: &str, layout: &Layout, lines: &[Range<usize>], at: usize) -> bool {
    let tokens = |line: &Range<usize>| &layout.tokens[line.clone()];
    let piece = |i: Option<usize>| {
        let line = i.and_then(|i| lines.get(i)).map(tokens);
        line.is_some_and(|line| line.iter().all(|t| is_piece(text, t)))
    };
    let row = tokens(&lines[at]);
    row.len() == WIDTH && adds_up(row) && !piece(at.checked_sub(1)) && !piece(Some(at + 1))
}

/// A row's lines and its cells.
type Row = (Vec<Range<usize>>, Vec<Token>);

/// The rows over several lines of which these are the lines, if they part into rows in one way, and no line of theirs makes
/// a row with another one's.
fn part(text: &str, layout: &Layout, unit: Unit, lines: &[Range<usize>]) -> Vec<Row> {
    // For each line, how many ways there are to part the lines from this one on, and the length of the first row of the
    // last one.
    let mut ways: Vec<(u32, usize)> = vec![(0, 0); lines.len()];
    ways.push((1, 0));
    let mut found: Vec<(Range<usize>, Row)> = Vec::new();
    for at in (0..lines.len()).rev() {
        for count in 1..=MOST_LINES.min(lines.len() - at) {
            let of_row = &lines[at..at + count];
            if let Some(cells) = cells(text, layout, unit, of_row) {
                found.push((at..at + count, (of_row.to_vec(), cells)));
                if ways[at + count].0 > 0 {
                    ways[at] = (ways[at].0.saturating_add(ways[at + count].0), count);
                }
            }
        }
    }
    let mut own = Vec::new();
    let mut at = 0;
    while let Some((1, count @ 1..)) = ways.get(at) {
        own.push(at..at + count);
        at += count;
    }
    let crosses = |a: &Range<usize>, b: &Range<usize>| a.start < b.start && b.start < a.end && a.end < b.end;
    let alone = |row: &Range<usize>| !found.iter().any(|(other, _)| crosses(row, other) || crosses(other, row));
    own.retain(|row| row.len() > 1 && alone(row));
    let mut rows: Vec<Row> = found.iter().filter(|(row, _)| own.contains(row)).map(|(_, row)| row.clone()).collect();
    rows.reverse();
    rows
}

/// The cells of a row of these lines in the order of their columns, if it is one.
fn cells(text: &str, layout: &Layout, unit: Unit, lines: &[Range<usize>]) -> Option<Vec<Token>> {
    let tokens = layout.tokens.as_slice();
    let (first, last) = (lines.first()?, lines.last()?);
    let (top, bottom) = (tokens[first.start].line, tokens[last.start].line);
    let plain = |t: &Token| !t.bordered && t.slot.is_none() && t.count().is_some();
    let own = first.start..last.end;
    if bottom - top > MOST_BELOW
        || own.len() > 2 * WIDTH
        || !tokens[own.clone()].iter().all(plain)
        || !layout.is_of_one_row(own.clone(), top..=bottom)
    {
        return None;
    }
    let mut placed: Vec<Placed> = own.map(|t| Placed::find(text, tokens, t, unit)).collect::<Option<_>>()?;
    if is_wrapped(&placed) {
        return None;
    }
    placed.sort_by_key(|p| p.columns.start);
    let mut cells = Vec::with_capacity(WIDTH);
    for cell in placed.chunk_by_mut(|a, b| b.columns.start < a.columns.end) {
        cell.sort_by_key(|p| p.token);
        let pieces: Vec<&Token> = cell.iter().map(|p| &tokens[p.token]).collect();
        cells.push(match pieces.as_slice() {
            [token] => **token,
            [first, ..] => {
                let below = pieces.windows(2).all(|pair| pair[0].line < pair[1].line);
                let figure = join(text, pieces.iter().map(|t| t.start..t.end)).filter(|_| below)?;
                Token { content: Content::Stacked(figure), parted: true, ..**first }
            }
            [] => return None,
        });
    }
    (cells.len() == WIDTH && adds_up(&cells)).then_some(cells)
}

/// The line on which a label stands, or the first one.
fn host(layout: &Layout, lines: &[Range<usize>]) -> usize {
    let labelled = |range: &Range<usize>| {
        let own = layout.tokens[range.start].line;
        layout.items.iter().any(|item| matches!(item, Item::Label { item: false, line, .. } if *line == own))
    };
    lines.iter().position(labelled).unwrap_or(0)
}
