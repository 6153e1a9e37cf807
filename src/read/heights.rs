//! In: a table, aligned. Out: the same, the figures of a row that stand at different heights in the order of their
//! columns. w3m draws a cell that begins with a line break one line lower than its neighbours; read by lines, several rows
//! would shift alike and confirm each other. It looks at no figure but whether all are zero.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::align::{Alignment, RowTokens};
use super::layout::{Token, are_same_zeros};
use super::mend::adds_up;
use super::token::{Line, Piece, Pieces};
use crate::form::{APPLICANTS, RESULTS};

/// So many pairs of tokens below one another, and so many steps to the next column, are of two rows.
const LEAST_PAIRS: usize = 2;
/// So many pairs of neighbouring rows with first figures below one another show what places count.
const LEAST_BELOW: usize = 3;
/// Figures of one column stand no further apart than this.
const NEAR: usize = 2;
/// A longer line, in bytes, has no places: no page is so wide.
const LONGEST_LINE: usize = 1 << 10;

/// Puts each row's tokens in the order of their places, if a line of it goes back; a row whose places say nothing is none, nor
/// is one in another order by characters than by their widths, where the table does not tell which of them count.
pub(super) fn by_place(
    text: &str,
    tokens: &[Token],
    alignment: &mut Alignment,
    widths: &[u8],
    unit: impl Fn() -> Option<Unit>,
) {
    for (r, width) in widths.iter().enumerate().take(alignment.rows.len()) {
        let rows = alignment.rows.as_slice();
        let own = || rows[r].tokens.iter().map(|t| &tokens[*t]);
        let lines = own().any(|t| t.line != tokens[rows[r].tokens[0]].line);
        let indented = || own().any(|t| !begins_line(text, t));
        if rows[r].boxed || !lines || own().any(|t| t.slot.is_some()) || !indented() {
            continue;
        }
        let order = |unit| order(text, tokens, rows, r, unit);
        let (by_widths, by_characters) = (order(Unit::Widths), order(Unit::Characters));
        let told = if by_widths == by_characters { Some(Unit::Widths) } else { unit() };
        let order = if told == Some(Unit::Characters) { by_characters } else { by_widths };
        let Some((order, sure)) = order else { continue };
        let row = &mut alignment.rows[r];
        row.agreed &= sure && told.is_some();
        row.tokens = order;
        row.cuts.clear();
        (row.even, row.placed) = (true, true);
        row.whole = row.tokens.len() == usize::from(*width);
    }
}

/// The row's tokens in the order of their places, and whether this is sure: none stand in each other's, nor has each a line of
/// its own, which may be indented by chance, and other rows or the sums of table 3 show it. None where lines do not go back.
fn order(text: &str, tokens: &[Token], rows: &[RowTokens], r: usize, unit: Unit) -> Option<(Vec<usize>, bool)> {
    let placed = rows[r].tokens.iter().map(|t| Placed::find(text, tokens, *t, unit));
    let mut placed = placed.collect::<Option<Vec<_>>>()?;
    if !go_back(&placed) || is_wrapped(&placed) {
        return None;
    }
    let listed = is_listed(&placed);
    let alone = placed.iter().all(|p| p.text == 0) && placed.windows(2).all(|pair| pair[0].line != pair[1].line);
    let others = rows.iter().enumerate().filter(|(other, _)| *other != r);
    let others = others.flat_map(|(_, row)| row.tokens.iter().take(APPLICANTS.len()));
    let columns = others.filter_map(|t| Placed::find(text, tokens, *t, unit)).map(|p| p.columns);
    let shown = if let [_] = rows { add_up(tokens, &placed) } else { are_in_columns(&placed, columns) };
    placed.sort_by_key(|p| p.columns.start);
    let apart = placed.windows(2).all(|pair| pair[0].columns.end < pair[1].columns.start);
    let order = placed.iter().map(|p| p.token).collect();
    (apart || !listed).then_some((order, apart && !alone && shown))
}

/// The rows, so many, that a print drew into one another: in each column their figures stand below one another, and no column
/// reaches into the next.
pub(super) fn drawn_rows(
    text: &str,
    tokens: &[Token],
    drawn: &[usize],
    count: usize,
    unit: impl Fn() -> Option<Unit>,
) -> Option<Vec<Vec<usize>>> {
    let rows = |unit| {
        let placed = drawn.iter().map(|t| Placed::find(text, tokens, *t, unit));
        let mut placed = placed.collect::<Option<Vec<_>>>()?;
        placed.sort_by_key(|p| p.columns.start);
        let mut rows = vec![Vec::new(); count];
        let mut end = None;
        for column in placed.chunks_mut(count) {
            let apart = end.is_none_or(|end| column.iter().all(|p| p.columns.start >= end));
            column.sort_by_key(|p| p.line);
            if !apart || !column.is_sorted_by(|a, b| a.line < b.line) {
                return None;
            }
            end = column.iter().map(|p| p.columns.end).max();
            rows.iter_mut().zip(column).for_each(|(row, p)| row.push(p.token));
        }
        Some(rows)
    };
    let (by_widths, by_characters) = (rows(Unit::Widths), rows(Unit::Characters));
    let told = if by_widths == by_characters { Unit::Widths } else { unit()? };
    if told == Unit::Widths { by_widths } else { by_characters }
}

/// Takes the tokens of rows that a print drew into one another; where all are the same zero, each is whichever row's.
pub(super) fn drop_drawn_together(text: &str, tokens: &[Token], alignment: &mut Alignment) {
    let rows = &alignment.rows;
    let on_one_line = |row: &RowTokens| row.tokens.windows(2).all(|pair| tokens[pair[0]].line == tokens[pair[1]].line);
    let is_harmed = |r: &usize| {
        let near = &rows[r.saturating_sub(1)..rows.len().min(r + 2)];
        let loose = near.iter().filter(|row| !on_one_line(row)).flat_map(|row| &row.tokens);
        is_drawn_together(text, tokens, &rows[*r]) && !are_same_zeros(loose.map(|t| &tokens[*t]))
    };
    let harmed: Vec<usize> = (0..rows.len()).filter(is_harmed).collect();
    for row in harmed {
        let got = &mut alignment.rows[row];
        *got = RowTokens { labelled: got.labelled, doubtful: true, ..RowTokens::default() };
    }
}

/// Whether each token stands on a line of its own, as those of two rows do that were drawn into one another.
fn is_drawn_together(text: &str, tokens: &[Token], row: &RowTokens) -> bool {
    let alone = row.tokens.windows(2).all(|pair| tokens[pair[0]].line < tokens[pair[1]].line);
    if row.boxed || !alone || row.tokens.iter().all(|t| begins_line(text, &tokens[*t])) {
        return false;
    }
    let is_drawn = |t: &&usize| !text[tokens[**t].start..tokens[**t].end].trim().is_empty();
    let drawn = row.tokens.iter().filter(is_drawn);
    let placed: Option<Vec<_>> = drawn.map(|t| Placed::find(text, tokens, *t, Unit::Widths)).collect();
    placed.is_some_and(|placed| are_two_rows(&placed))
}

/// What the columns of a drawn page count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Characters,
    /// Characters of full width are two.
    Widths,
}

/// What places count, if one unit clearly puts the first figures of most rows on one line below those of their neighbours.
pub(super) fn unit(text: &str, pieces: &Pieces) -> Option<Unit> {
    let values = |line: &Line| pieces.pieces[line.pieces.clone()].iter().filter(|p| p.is_value());
    let is_row = |line: &&Line| values(line).count() == APPLICANTS.len();
    let rows: Vec<&Piece> = pieces.lines.iter().filter(is_row).filter_map(|line| values(line).next()).collect();
    let below = |unit: Unit| {
        let column = |piece: &&Piece| Some(columns(text, piece.start..piece.end, unit)?.0.start);
        let first: Vec<usize> = rows.iter().filter_map(column).collect();
        first.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) <= 1).count()
    };
    let (characters, widths) = (below(Unit::Characters), below(Unit::Widths));
    let clear = |own: usize, other: usize| own >= LEAST_BELOW && own * 3 > rows.len() * 2 && own * 2 > other * 3;
    match (clear(characters, widths), clear(widths, characters)) {
        (true, _) => Some(Unit::Characters),
        (_, true) => Some(Unit::Widths),
        _ => None,
    }
}

/// A token on a drawn page.
pub(super) struct Placed {
    /// Its position in [`super::layout::Layout::tokens`].
    pub(super) token: usize,
    line: u32,
    /// The columns of characters in which it stands.
    pub(super) columns: Range<usize>,
    /// Where the first word of its line begins, and where the last one before it ends.
    indent: usize,
    text: usize,
}

impl Placed {
    pub(super) fn find(text: &str, tokens: &[Token], at: usize, unit: Unit) -> Option<Self> {
        let token = &tokens[at];
        let (columns, indent, text) = columns(text, token.start..token.end, unit)?;
        Some(Placed { token: at, line: token.line, columns, indent, text })
    }
}

/// The columns in which some bytes of a line stand; where its first word begins, and where the last one before them ends.
fn columns(text: &str, bytes: Range<usize>, unit: Unit) -> Option<(Range<usize>, usize, usize)> {
    let before = text.as_bytes().get(bytes.start.saturating_sub(LONGEST_LINE)..bytes.start)?;
    let start = match before.iter().rposition(|b| is_end(*b)) {
        Some(end) => bytes.start - before.len() + end + 1,
        None if before.len() == bytes.start => 0,
        None => return None,
    };
    // Tabs and bars of ASCII have no width of their own.
    let before = text.get(start..bytes.start).filter(|before| !before.contains(['\t', '|']))?;
    let width = |c: char| match unit {
        Unit::Characters => 1,
        Unit::Widths => UnicodeWidthChar::width(c).unwrap_or(0),
    };
    let (mut column, mut indent, mut text_before) = (0, None, 0);
    for c in before.chars() {
        if is_blank(c) {
            column += width(c);
        } else {
            indent.get_or_insert(column);
            column += width(c);
            text_before = column;
        }
    }
    let columns = column..column + text.get(bytes)?.chars().map(width).sum::<usize>();
    Some((columns, indent.unwrap_or(column), text_before))
}

fn begins_line(text: &str, token: &Token) -> bool {
    text.as_bytes()[..token.start].last().is_none_or(|b| is_end(*b))
}

fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// White space, or the frame's line between two cells.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '│' | '┃')
}

/// Whether a line stands indented, but less far than what stands before it.
fn go_back(placed: &[Placed]) -> bool {
    let back = |a: &Placed, b: &Placed| b.line > a.line && b.indent > 1 && b.columns.start < a.columns.start;
    placed.windows(2).any(|pair| back(&pair[0], &pair[1]))
}

/// Whether what stands further left than the first figure does so in a column of another row: else the row only goes on there.
fn are_in_columns(placed: &[Placed], columns: impl Iterator<Item = Range<usize>>) -> bool {
    let first = placed.first().map_or(0, |p| p.columns.start);
    let mut left: Vec<&Placed> = placed.iter().filter(|p| p.columns.start < first).collect();
    if left.is_empty() {
        return true;
    }
    let is_near = |a: &Range<usize>, b: &Range<usize>| a.start < b.end + NEAR && b.start < a.end + NEAR;
    columns.into_iter().any(|column| {
        left.retain(|p| !is_near(&p.columns, &column));
        left.is_empty()
    })
}

/// Whether each part of table 3 adds up in the order of its places.
fn add_up(tokens: &[Token], placed: &[Placed]) -> bool {
    let mut order: Vec<&Placed> = placed.iter().collect();
    order.sort_by_key(|p| p.columns.start);
    order.chunks(RESULTS.len()).all(|part| adds_up(part.iter().map(|p| &tokens[p.token])))
}

/// Whether tokens stand below one another, pair by pair, from one column to the next: no cell says which row is whose.
fn are_two_rows(placed: &[Placed]) -> bool {
    let below = placed.windows(2).filter(|pair| pair[1].columns.start < pair[0].columns.end).count();
    let onward = placed.windows(2).filter(|pair| pair[1].columns.start > pair[0].columns.end).count();
    below >= LEAST_PAIRS && onward >= LEAST_PAIRS
}

/// Whether a token stands below the text before the row's figures on another line: the row only goes on there.
pub(super) fn is_wrapped(placed: &[Placed]) -> bool {
    let text = placed.chunk_by(|a, b| a.line == b.line).map(|line| line[0].text).max();
    placed.iter().any(|p| Some(p.columns.start) < text)
}

/// Whether the lines may stand below one another as those of a list do: several begin at the same margin, or each has one
/// cell only, which lynx prints in the middle or at the right of the page.
fn is_listed(placed: &[Placed]) -> bool {
    let mut margins: Vec<usize> = placed.chunk_by(|a, b| a.line == b.line).map(|line| line[0].indent).collect();
    let alone = margins.len() == placed.len();
    margins.sort_unstable();
    alone || matches!(margins.as_slice(), [first, second, ..] if first == second)
}
