//! In: the pieces of a table and its labels. Out: which pieces are other than they look: values that are no cells of the
//! form, and nothing that is an empty cell. It counts values, and looks at the figures of rows' numbers alone.

use std::ops::Range;

use super::columns::lines_of;
use super::label::What;
use super::labels::Found;
use super::layout::{Item, MOST_BEHIND};
use super::token::{Content, Line, Piece, Pieces};
use crate::form::{Edition, Table};

/// So many pieces of text, of a group's label, stand between a row's number and its label at the most.
const MOST_BETWEEN: usize = 8;
/// So many groups of table 2 have rows of their own, where any has.
const LEAST_GROUPS: usize = 3;

/// The pieces of a table that are other than they look, in order.
pub(super) struct OddCells {
    /// The numbers of rows, and the sums of groups.
    no_cells: Vec<usize>,
    /// Lines with nothing on them that are empty cells.
    empty: Vec<usize>,
    /// The values of a row that is none of the form's.
    foreign: Range<usize>,
}

/// What a piece is, where it is other than it looks.
#[derive(Clone, Copy)]
pub(super) enum OddCell {
    NoCell,
    Empty,
    Foreign,
}

impl OddCells {
    pub(super) fn find(
        (table, edition): (Table, Edition),
        pieces: &Pieces,
        range: Range<usize>,
        found: &[Found],
        rows: &[(usize, Item)],
        widths: &[u8],
    ) -> Self {
        let mut no_cells = numbers(pieces, found, rows);
        if table == Table::Requests {
            no_cells.extend(group_rows(pieces, range.clone(), found, edition, widths));
            no_cells.sort_unstable();
        }
        let empty = empty_cells(pieces, range, rows, widths);
        OddCells { no_cells, empty, foreign: foreign_values(pieces, found, widths) }
    }

    pub(super) fn at(&self, piece: usize) -> Option<OddCell> {
        if self.empty.binary_search(&piece).is_ok() {
            Some(OddCell::Empty)
        } else if self.foreign.contains(&piece) {
            Some(OddCell::Foreign)
        } else {
            self.no_cells.binary_search(&piece).is_ok().then_some(OddCell::NoCell)
        }
    }
}

/// The values of groups, where offices print a row of sums, or an empty one, for each group of table 2: no more behind its
/// label than a row has, as some columns may stand elsewhere. There are more values then than the form has cells; otherwise
/// a group's label stands before its first row's values, whose own label stands behind them.
fn group_rows(pieces: &Pieces, range: Range<usize>, found: &[Found], edition: Edition, widths: &[u8]) -> Vec<usize> {
    // What is a row in one edition may be a group in the other one.
    let is_group = |f: &Found| match f.hit.what {
        What::Group => true,
        What::Row(Table::Requests, at) => at[edition as usize].is_none(),
        _ => false,
    };
    let values = |range: Range<usize>| range.filter(|i| pieces.pieces[*i].is_value());
    let groups = || found.iter().enumerate().filter(|(_, f)| is_group(f));
    let width = widths.first().map_or(0, |width| usize::from(*width));
    let (mut rows, mut own) = (Vec::new(), 0);
    for (i, group) in groups() {
        let next = found.get(i + 1).map_or(range.end, |next| next.piece.min(range.end));
        let behind: Vec<usize> = values(group.piece + 1..next.max(group.piece + 1)).take(width + 1).collect();
        if (1..=width).contains(&behind.len()) {
            own += 1;
            rows.extend(behind);
        }
    }
    let cells: usize = widths.iter().map(|w| usize::from(*w)).sum();
    // The form's rows may have lost as many as one has.
    let too_few = values(range).count() + width <= cells + rows.len();
    if own < LEAST_GROUPS || groups().count() > own + 1 || too_few {
        rows.clear();
    }
    rows
}

/// The values of the row that some add to table 1, where it has as many between its label and the next text as the row before it
/// has between theirs.
fn foreign_values(pieces: &Pieces, found: &[Found], widths: &[u8]) -> Range<usize> {
    let Some(at) = found.iter().position(|f| f.hit.what == What::Foreign) else { return 0..0 };
    let Some((before, row)) = found[..at].iter().rev().find_map(|f| match f.hit.what {
        What::Row(Table::Disclosure, rows) => Some((f.piece, rows.into_iter().flatten().next()?)),
        _ => None,
    }) else {
        return 0..0;
    };
    // A label's explanation may go on behind it.
    let values = |label: usize| {
        let texts = pieces.pieces[label..].iter().take(MOST_BEHIND).take_while(|p| !p.is_value()).count();
        let values = pieces.pieces[label + texts..].iter().take_while(|p| p.is_value()).count();
        label + texts..label + texts + values
    };
    let (own, others) = (values(found[at].piece), values(before));
    let width = widths.get(usize::from(row)).map_or(0, |width| usize::from(*width));
    let alike = own.len() == width && others.len() == width && others.end <= found[at].piece;
    if alike { own } else { 0..0 }
}

/// The figures that number the rows from 1 on, each straight before its row's label, where a head announces them.
fn numbers(pieces: &Pieces, found: &[Found], rows: &[(usize, Item)]) -> Vec<usize> {
    if !found.iter().any(|f| f.hit.what == What::Numbers) {
        return Vec::new();
    }
    // 其他 and 总计 are heads, too.
    let is_row = |f: &&Found| f.is_row() && rows.binary_search_by_key(&f.piece, |(piece, _)| *piece).is_ok();
    let number = |(n, f): (u64, &Found)| {
        let label = pieces.pieces.partition_point(|p| p.end <= f.hit.start);
        let before = (label.saturating_sub(MOST_BETWEEN)..label).rfind(|i| pieces.pieces[*i].is_value())?;
        matches!(pieces.pieces[before].content, Content::Figure(f) if f.count() == Some(n)).then_some(before)
    };
    (1..).zip(found.iter().filter(is_row)).filter_map(number).collect()
}

/// The lines with nothing but a tab or a bar that are empty cells: together with the lines of one value next to them, in one
/// piece, they make up rows. One more behind them is a column that the row lacks. Elsewhere they may be what is left of
/// merged cells.
fn empty_cells(pieces: &Pieces, range: Range<usize>, rows: &[(usize, Item)], widths: &[u8]) -> Vec<usize> {
    let even = widths.first().copied().filter(|w| widths.iter().all(|other| other == w));
    let is_gap = |i: usize| pieces.pieces[i].content == Content::Gap;
    let breaks = |i: usize| pieces.pieces.get(i).map_or(0, |p| pieces.lines[p.line as usize].breaks);
    let with_width = |run: Range<usize>| {
        let width = usize::from(even.or_else(|| width_at(pieces, run.start, rows, widths))?);
        // Table 3 has no label before its row.
        let led = pieces.led && widths.len() == 1 && is_gap(run.start);
        Some((run.start + usize::from(led)..run.end, width))
    };
    let usual = usual_breaks(pieces, range.clone());
    let runs: Vec<(Range<usize>, usize)> = runs(pieces, range, usual).into_iter().filter_map(with_width).collect();
    // Where other rows lack a column, the last cell of a row that is one short may be that.
    let lacks = |(run, width): &(Range<usize>, usize)| run.len() == width + 1 && is_gap(run.end - 1);
    let lacking = runs.iter().any(lacks);
    let is_row = |(run, width): &(Range<usize>, usize)| {
        let before = || run.start.checked_sub(1).is_some_and(|i| pieces.pieces[i].content == Content::Text);
        let labelled = breaks(run.start) == usual && before();
        let whole = widths.len() == 1 && run.len() == *width;
        let short = lacking && run.len() == *width && is_gap(run.end - 1) && breaks(run.end) <= usual;
        let filled = || pieces.pieces[run.clone()].iter().any(Piece::is_value);
        // In table 1 each row has its label.
        let fits = even.is_some() || run.len() <= width + 1;
        (labelled || whole || filled()) && !short && fits
    };
    let cells = |run: &(Range<usize>, usize)| {
        let rows = if is_row(run) { rows_of(run.0.clone(), run.1, is_gap) } else { Vec::new() };
        if rows.is_empty() {
            between_values(pieces, run.0.clone(), run.1)
        } else {
            rows.into_iter().flatten().collect()
        }
    };
    runs.iter().flat_map(cells).filter(|i| is_gap(*i)).collect()
}

/// The bars alone between the values of a run that comes out as no rows: what was lost there is not known. Before these, as
/// many as a row has may be an empty one.
fn between_values(pieces: &Pieces, run: Range<usize>, width: usize) -> Vec<usize> {
    let is_value = |i: &usize| pieces.pieces[*i].is_value();
    let (Some(first), Some(last)) = (run.clone().find(is_value), run.clone().rfind(is_value)) else {
        return Vec::new();
    };
    let from = if first - run.start < width { first } else { run.start };
    // What is no more than a tab is left of merged cells.
    (from..last).filter(|i| pieces.pieces[*i].start == pieces.pieces[*i].end).collect()
}

/// The lines of one piece each, which is no text.
fn cell_lines(pieces: &Pieces, range: Range<usize>) -> impl Iterator<Item = &Line> {
    let is_cell = |p: &[Piece]| matches!(p, [p] if p.content != Content::Text);
    let lines = pieces.lines[lines_of(pieces, range)].iter();
    lines.filter(move |line| line.explicit && is_cell(&pieces.pieces[line.pieces.clone()]))
}

/// The least line breaks between two of these with values.
fn usual_breaks(pieces: &Pieces, range: Range<usize>) -> u32 {
    let mut end = None;
    let mut between = |line: &Line| (end.replace(line.pieces.end) == Some(line.pieces.start)).then_some(line.breaks);
    let values = cell_lines(pieces, range).filter(|line| pieces.pieces[line.pieces.start].is_value());
    values.filter_map(&mut between).min().unwrap_or(1)
}

/// These lines, one below the other with so many breaks between.
fn runs(pieces: &Pieces, range: Range<usize>, usual: u32) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for line in cell_lines(pieces, range) {
        match runs.last_mut() {
            Some(run) if line.breaks == usual && run.end == line.pieces.start => run.end = line.pieces.end,
            _ => runs.push(line.pieces.clone()),
        }
    }
    runs
}

/// The rows of so many cells in a run of these, behind one of which an empty one more may stand, if it is clear which.
fn rows_of(run: Range<usize>, width: usize, is_gap: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let count = if width > 1 { run.len() / width } else { 1 };
    let start = |row: usize| run.start + row * width;
    let lacking: Vec<usize> = (1..=count).filter(|row| run.contains(&start(*row)) && is_gap(start(*row))).collect();
    let behind = match (run.len() - count * width, lacking.as_slice()) {
        (0, _) => count,
        (1, [row]) => *row,
        _ => return Vec::new(),
    };
    let cells = |row: usize| start(row) + usize::from(row >= behind);
    (0..count).map(|row| cells(row)..cells(row) + width).collect()
}

/// How many cells the row has whose label stands before this piece, with no value between.
fn width_at(pieces: &Pieces, at: usize, rows: &[(usize, Item)], widths: &[u8]) -> Option<u8> {
    let (piece, label) = rows[..rows.partition_point(|(piece, _)| *piece < at)].last()?;
    let has_values = |piece: usize| pieces.pieces[piece..at].iter().any(Piece::is_value);
    match label {
        Item::Label { row, item: false, .. } if at - piece <= MOST_BEHIND && !has_values(*piece) => {
            widths.get(usize::from(*row)).copied()
        }
        _ => None,
    }
}
