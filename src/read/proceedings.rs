//! In: table 3, laid out. Out: its one row, all values behind its heads or those in one place that add up. It fills no cell.

use std::ops::Range;

use super::align::{Alignment, RowTokens, is_even};
use super::layout::{Layout, Token};
use super::mend::adds_up;
use super::row::is_wide;
use super::token::Content;
use crate::form::{APPLICANTS, RESULTS};

/// Table 3 is one row: all values behind its heads.
pub(super) fn one_row(layout: &Layout, width: usize) -> Alignment {
    // What cannot be read, with text behind it, is a head.
    let is_mark = |t: usize| layout.tokens[t].content == Content::Mark;
    let values: Vec<Range<usize>> = layout.runs().skip_while(|run| run.clone().all(is_mark)).collect();
    let first = values.first().map_or(0, |run| run.start);
    let all = first..layout.tokens.len();
    let on_line = in_one_place(layout, all.clone(), width);
    let own = on_line.clone().unwrap_or(all.clone());
    let even = is_even(&layout.tokens[own.clone()]);
    // With text between them, they are whole only if they add up.
    let parts = if on_line.is_some() { 0 } else { values.len().saturating_sub(1) };
    // With heads among a part's figures, a print was read by blocks, which leave them in an order that no sum can tell.
    let within = |run: &Range<usize>| !(run.start - first).is_multiple_of(RESULTS.len());
    let tokens = &layout.tokens[own.clone()];
    // Among figures of full width, drawn lower than their zeros, a head in one place tells no blocks; several do.
    let cut = parts > usize::from(tokens.iter().any(is_wide)) && values.iter().any(within);
    let zero = tokens.iter().all(|t| t.count() == Some(0));
    let by_rows = even || tokens.chunk_by(|a, b| a.line == b.line).all(|line| line.len().is_multiple_of(RESULTS.len()));
    let own = if cut && !by_rows && !zero { all.end..all.end } else { own };
    let whole = even && own.len() == width && parts == 0;
    let stray = (all.start..own.start).chain(own.end..all.end).collect();
    let row = RowTokens {
        tokens: own.collect(),
        whole,
        even,
        contradicted: parts > 1,
        agreed: true,
        firm: true,
        ..RowTokens::default()
    };
    Alignment { rows: vec![row], stray }
}

/// Of more values than the row has, those on the only line with figures, if they are as many as it has; or those on the one
/// line, or between texts, that are as many and add up. A value beside them is no cell; several on the lines next to them may
/// be pieces of its figures.
fn in_one_place(layout: &Layout, all: Range<usize>, width: usize) -> Option<Range<usize>> {
    if all.len() <= width {
        return None;
    }
    let (mut start, apart) = (all.start, all.len() - width);
    let lines = layout.tokens[all.clone()].chunk_by(|a, b| a.line == b.line).map(|line| {
        start += line.len();
        start - line.len()..start
    });
    let lines: Vec<Range<usize>> = lines.collect();
    // Word ends a table with a row of empty cells, and heads have some where cells were not merged.
    let is_figure = |t: &Token| !matches!(t.content, Content::Blank | Content::Gap | Content::Mark);
    if !layout.tokens[all.clone()].iter().any(is_figure) {
        return layout.runs().last().filter(|run| run.len() == width);
    }
    let mut filled = lines.iter().filter(|line| layout.tokens[(*line).clone()].iter().any(is_figure));
    let is_row =
        |line: &Range<usize>| line.len() == width && layout.tokens[line.clone()].iter().all(|t| t.count().is_some());
    if let (Some(own), None) = (filled.next().filter(|line| is_row(line)), filled.next()) {
        return Some(own.clone());
    }
    let weighs = |run: &Range<usize>| layout.tokens[run.clone()].iter().any(|t| t.count() > Some(0));
    // What a converter left of table 2 is less than a row.
    let runs = layout.runs().filter(|run| run.start > all.start && apart < APPLICANTS.len() && weighs(run));
    let mut places: Vec<Range<usize>> = lines.into_iter().chain(runs).filter(|place| place.len() == width).collect();
    places.dedup();
    let sums = |place: &Range<usize>| {
        let tokens = &layout.tokens[place.clone()];
        tokens.iter().all(|t| t.count().is_some()) && tokens.chunks(RESULTS.len()).all(adds_up)
    };
    let [own] = places.as_slice() else { return None };
    let own = Some(own.clone()).filter(sums)?;
    let beside = [own.start.checked_sub(1), Some(own.end)].into_iter().flatten().filter(|t| all.contains(t));
    let line = layout.tokens[own.start].line;
    let next = beside.into_iter().any(|t| layout.tokens[t].line.abs_diff(line) <= 1);
    (apart == 1 || !next).then_some(own)
}
