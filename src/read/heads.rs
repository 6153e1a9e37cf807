//! In: a table's labels, with the heads of columns among them. Out: whether the heads are those of the form, in its order.
//! It looks at no figure, and nothing is read below other heads.

use super::label::What;
use super::labels::Found;
use super::token::{Piece, Pieces};
use crate::form::{APPLICANTS, Edition, RESULTS, Table};

/// The total of the results that table 3 has for each part, and the last of them before it.
const TOTAL: u8 = RESULTS.len() as u8 - 1;
const LAST_RESULT: u8 = TOTAL - 1;

/// The rows of table 1 of whose columns none is among the heads before their item's first row, as offices mix both editions,
/// or whose heads stand in another order, or with a head beside their label.
pub(super) fn misheaded(edition: Edition, pieces: &Pieces, found: &[Found]) -> Vec<u8> {
    let form = edition.form().rows(Table::Disclosure);
    let (mut heads, mut item, mut rows) = (Vec::new(), None, Vec::new());
    for (i, label) in found.iter().enumerate().filter(|(_, f)| !f.hit.fuzzy) {
        match label.hit.what {
            What::Heading(column) => heads.push((column, label)),
            What::Row(Table::Disclosure, at) => {
                let Some((r, row)) = at[edition as usize].and_then(|r| Some((r, form.get(usize::from(r))?))) else {
                    continue;
                };
                let place = |head: &str| row.columns.iter().position(|column| column.id == head);
                let own = |(head, f): &(&str, &Found)| f.hit.edition == Some(edition) || place(head).is_some();
                let turned = |pair: &[(&str, &Found)]| {
                    are_side_by_side(pieces, pair[0].1, pair[1].1)
                        && place(pair[0].0).zip(place(pair[1].0)).is_some_and(|(one, next)| next < one)
                };
                if !heads.is_empty() {
                    item = (!heads.iter().any(own) || heads.windows(2).any(turned)).then_some(row.groups);
                    heads.clear();
                }
                let headed = |pair: &[Found]| {
                    let behind = pair[0].hit.end <= pair[1].hit.start;
                    matches!(pair[1].hit.what, What::Heading(_)) && behind && are_on_one_line_of_a_grid(pieces, pair)
                };
                let beside = found.get(i..i + 2).is_some_and(headed);
                rows.extend(Some(r).filter(|_| beside || item == Some(row.groups)));
            }
            _ => {}
        }
    }
    rows
}

/// Whether heads of table 2 or 3 stand side by side in another order than the form's.
pub(super) fn is_turned(table: Table, edition: Edition, pieces: &Pieces, found: &[Found]) -> bool {
    let first = found.iter().position(|f| matches!(f.hit.what, What::Result(_)));
    let turned = |i: usize, pair: &[Found]| match [pair[0].hit.what, pair[1].hit.what] {
        [What::Column(one), What::Column(next)] => next < one,
        // Behind the last head of a part, before a lost one of its total, the next one's first may follow.
        [What::Result(one), What::Result(next)] => next < one && (next > 0 || one < LAST_RESULT),
        [What::Row(Table::Proceedings, one), What::Row(Table::Proceedings, next)] => next < one,
        // On different lines these may be heads of different rows.
        [What::Head(Table::Proceedings), What::Row(Table::Proceedings, at)] => {
            at.contains(&Some(0)) && (are_on_one_line(pieces, pair) || are_listed(pieces, &found[i..]))
        }
        [What::Row(Table::Requests, at), next] if pair[0].hit.weak => {
            let total = row_id(edition, at) == Some("outcomes_total");
            let turned = match next {
                What::Column(next) => next == 0 || !total,
                What::Result(_) => total && first == Some(i + 1),
                _ => false,
            };
            let listed = next == What::Column(0) && total && are_listed(pieces, &found[i..]);
            turned && (listed || are_on_one_line(pieces, pair))
        }
        _ => false,
    };
    let mut pairs = found.windows(2).enumerate();
    pairs.any(|(i, pair)| turned(i, pair) && are_side_by_side(pieces, &pair[0], &pair[1]))
        || table == Table::Proceedings
            && (are_results_turned(edition, pieces, found)
                || are_results_rows(edition, pieces, found)
                || are_parts_turned(pieces, found))
}

/// Whether this head and the next two stand alone on lines, one below the other, as scrapers write a cell to a line.
fn are_listed(pieces: &Pieces, heads: &[Found]) -> bool {
    let alone = |f: &Found| {
        let line = pieces.pieces.get(f.piece).map(|piece| &pieces.lines[piece.line as usize]);
        f.whole && line.is_some_and(|line| line.pieces == (f.piece..f.piece + 1))
    };
    let Some(listed) = heads.get(..3) else { return false };
    listed.iter().all(alone) && listed.windows(2).all(|pair| pair[0].piece + 1 == pair[1].piece)
}

/// Whether the results are rows of table 3, with a value for each of its parts behind each of them.
fn are_results_rows(edition: Edition, pieces: &Pieces, found: &[Found]) -> bool {
    let parts = edition.form().rows(Table::Proceedings).len();
    let values = |(i, f): (usize, &Found)| {
        let next = found.get(i + 1).map_or(pieces.pieces.len(), |next| next.piece);
        pieces.pieces.get(f.piece + 1..next).unwrap_or_default().iter().filter(|p| p.is_value()).count()
    };
    let results = found.iter().enumerate().filter(|(_, f)| matches!(f.hit.what, What::Result(_)));
    let counts: Vec<usize> = results.map(values).collect();
    counts.len() == RESULTS.len() - 1 && counts.iter().all(|count| *count == parts)
}

/// Whether all parts of table 3, or those on a line, have the same heads in the same order, which is not the form's.
fn are_results_turned(edition: Edition, pieces: &Pieces, found: &[Found]) -> bool {
    let head = |f: &Found| match f.hit.what {
        What::Result(head) => Some(head),
        What::Column(column) if usize::from(column) + 1 == APPLICANTS.len() => Some(TOTAL),
        What::Row(Table::Requests, at) if row_id(edition, at) == Some("outcomes_total") => Some(TOTAL),
        _ => None,
    };
    // One that wraps ends among the next line's heads.
    let line = |f: &Found| {
        let begins = pieces.pieces.iter().take(f.piece + 1).rfind(|piece| piece.start <= f.hit.start);
        begins.map_or(0, |piece| piece.line)
    };
    let heads = found.iter().filter(|f| f.whole && !f.hit.fuzzy);
    let heads: Vec<(u8, u32)> = heads.filter_map(|f| Some((head(f)?, line(f)))).collect();
    let explicit = |line: u32| pieces.lines.get(line as usize).is_some_and(|line| line.explicit && line.fields > 1);
    // A print may draw the heads of the totals, which are short, before the others or behind them.
    let is_turned = |heads: &[(u8, u32)]| {
        let in_grid = heads.iter().all(|(_, line)| explicit(*line));
        let all_parts = RESULTS.len() * edition.form().rows(Table::Proceedings).len();
        let count = if in_grid || heads.len() == all_parts { RESULTS.len() } else { RESULTS.len() - 1 };
        let order: Vec<u8> = heads.iter().map(|(head, _)| *head).filter(|head| usize::from(*head) < count).collect();
        let Some(first) = order.get(..count) else { return false };
        let mut all = first.to_vec();
        all.sort_unstable();
        all.iter().copied().eq(0..count as u8) && all != first && order.chunks(count).all(|part| part == first)
    };
    is_turned(&heads) || heads.chunk_by(|a, b| a.1 == b.1).any(is_turned)
}

/// Whether the parts of table 3 that have values behind their names stand in another order than the form's.
fn are_parts_turned(pieces: &Pieces, found: &[Found]) -> bool {
    let part = |f: &Found| match f.hit.what {
        What::Row(Table::Proceedings, at) if f.whole && !f.hit.fuzzy => {
            Some((at.into_iter().flatten().next()?, f.piece))
        }
        _ => None,
    };
    let parts: Vec<(u8, usize)> = found.iter().filter_map(part).collect();
    let ends = parts.iter().skip(1).map(|(_, piece)| *piece).chain([pieces.pieces.len()]);
    let has_values = |((_, piece), end): &(&(u8, usize), usize)| {
        pieces.pieces.get(piece + 1..*end).unwrap_or_default().iter().any(Piece::is_value)
    };
    !parts.iter().zip(ends).filter(has_values).is_sorted_by_key(|((part, _), _)| *part)
}

/// The identifier of a row of table 2.
fn row_id(edition: Edition, at: [Option<u8>; 2]) -> Option<&'static str> {
    let rows = edition.form().rows(Table::Requests);
    rows.get(usize::from(at[edition as usize]?)).map(|row| row.id)
}

fn are_on_one_line(pieces: &Pieces, labels: &[Found]) -> bool {
    let mut lines = labels.iter().map(|f| pieces.pieces.get(f.piece).map(|piece| piece.line));
    let first = lines.next().flatten();
    lines.all(|line| line == first)
}

fn are_on_one_line_of_a_grid(pieces: &Pieces, labels: &[Found]) -> bool {
    let explicit = |f: &Found| {
        let piece = pieces.pieces.get(f.piece);
        piece.is_some_and(|piece| pieces.lines[piece.line as usize].explicit)
    };
    labels.first().is_some_and(explicit) && are_on_one_line(pieces, labels)
}

/// Whether two labels stand side by side, each alone in its field.
fn are_side_by_side(pieces: &Pieces, one: &Found, next: &Found) -> bool {
    let alone = |f: &Found| {
        let within = pieces.pieces.get(f.piece).is_some_and(|piece| piece.start <= f.hit.start);
        f.whole && !f.hit.fuzzy && within
    };
    one.piece + 1 == next.piece && alone(one) && alone(next)
}
