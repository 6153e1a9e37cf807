//! In: table 1, laid out. Out: the same, with the figures of a row that has fewer than columns in those whose heads stand above
//! them, and empty cells between, where a page is drawn and leaves its zeros out. It looks at no figure but whether it is zero.

use std::ops::Range;

use super::fold::folded;
use super::heights::{Placed, Unit, columns, line_start};
use super::layout::{Item, Layout, Token};
use super::token::Content;
use crate::form::{Column, Form, Table};

/// So many lines above its row stand the heads at the most.
const MOST_ABOVE: usize = 16;
/// So many times as far as from its own head stands a figure from any other.
const LEAST_RATIO: usize = 3;
/// Between the words of a drawn line stands so much.
const BETWEEN: &str = "  ";

/// Puts each figure under its head.
pub(super) fn put_under_heads(text: &str, form: &Form, layout: &mut Layout) {
    if layout.is_longer_than(form.first(Table::Requests))
        || layout.tokens.iter().any(|t| t.slot.is_some() || t.count() == Some(0))
    {
        return;
    }
    for at in (1..layout.items.len()).rev() {
        let [Item::Label { row, item: false, line, .. }, Item::Run(run)] = &layout.items[at - 1..=at] else { continue };
        let (run, own) = (run.clone(), &layout.tokens[run.clone()]);
        let columns = form.rows(Table::Disclosure).get(usize::from(*row)).map_or(&[][..], |row| row.columns);
        let is_short = run.len() < columns.len() && own.iter().all(|t| t.line == *line);
        if let Some(cells) = is_short.then(|| cells(text, own, columns)).flatten() {
            layout.replace(run, &cells);
        }
    }
}

/// The row's cells; none where it is not clear under which heads its figures stand.
fn cells(text: &str, own: &[Token], columns: &[Column]) -> Option<Vec<Token>> {
    let heads = heads(text, own.first()?.start, columns)?;
    let mut cells: Vec<Token> = Vec::with_capacity(columns.len());
    let mut end = own[0].start;
    for at in 0..own.len() {
        let slot = below(&heads, &Placed::find(text, own, at, Unit::Characters)?.columns)?;
        if slot < cells.len() {
            return None;
        }
        push_blanks(&mut cells, &own[at], slot, end);
        cells.push(Token { slot: Some(slot as u8), ..own[at] });
        end = own[at].end;
    }
    push_blanks(&mut cells, &own[0], columns.len(), end);
    Some(cells)
}

/// Empty cells up to a column, at the end of the figure before.
fn push_blanks(cells: &mut Vec<Token>, like: &Token, upto: usize, at: usize) {
    for slot in cells.len()..upto {
        let breaks = if slot == 0 { like.breaks } else { 0 };
        cells.push(Token { content: Content::Gap, start: at, end: at, slot: Some(slot as u8), breaks, ..*like });
    }
}

/// The head below which a figure stands, if no other is nearly as near.
fn below(heads: &[Range<usize>], figure: &Range<usize>) -> Option<usize> {
    let middle = |place: &Range<usize>| place.start + place.end;
    let mut far: Vec<(usize, usize)> =
        heads.iter().enumerate().map(|(i, head)| (middle(head).abs_diff(middle(figure)), i)).collect();
    far.sort_unstable();
    let [(own, head), (other, _), ..] = far[..] else { return None };
    (own * LEAST_RATIO <= other).then_some(head)
}

/// Where the heads of these columns stand on the nearest line above that has them all.
fn heads(text: &str, row: usize, of: &[Column]) -> Option<Vec<Range<usize>>> {
    let labels: Vec<String> = of.iter().map(|column| folded(column.label)).collect();
    let mut end = row;
    for _ in 0..MOST_ABOVE {
        let line = line_start(text, end)?;
        let words = words(&text[line..end]).map(|word| line + word.start..line + word.end);
        let heads: Vec<Range<usize>> = words.filter(|word| labels.contains(&folded(&text[word.clone()]))).collect();
        if heads.iter().map(|head| folded(&text[head.clone()])).eq(labels.iter().cloned()) {
            return heads.into_iter().map(|head| Some(columns(text, head, Unit::Characters)?.0)).collect();
        }
        end = line.checked_sub(1)?;
    }
    None
}

/// The words of a drawn line.
fn words(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    line.split(BETWEEN).filter_map(move |part| {
        let word = part.trim();
        let start = at + part.len() - part.trim_start().len();
        at += part.len() + BETWEEN.len();
        (!word.is_empty()).then(|| start..start + word.len())
    })
}
