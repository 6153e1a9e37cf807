//! In: a document that leaves its zeros out, so that its empty cells show nowhere, or in which they, or figures that broke,
//! stand apart at another height. Out: the rows of table 2, where each has its label and all add up without the zeros; and
//! the cells on which all ways to put the figures into their columns agree. It reads nothing where more than an office's
//! slips do not add up, nor a column where one does.

use std::ops::RangeInclusive;

use super::align::{Alignment, RowTokens};
use super::below;
use super::layout::{Item, Layout, Token};
use super::row::{Known, Reading, RowCase, has_zeros_between};
use super::solve::{Bounds, CellCase, Outcome, Solution};
use super::token::Content;
use crate::form::{APPLICANTS, Equation, Form, Table};

/// For each cell of a row the token that it holds.
pub(super) type Way = Vec<Option<usize>>;

/// So many rows with fewer figures than cells show that zeros are left out.
const LEAST_SHORT: usize = 3;
/// So many rows of an office's slips, or with a figure that cannot be read, do not add up at the most.
const MOST_SLIPS: usize = 2;
/// A label goes on over so many lines at the most.
const MOST_REST: u32 = 3;
/// The ways of the rows are compared with one another so often at the most.
const MOST_ROUNDS: usize = 8;

/// The rows of table 2 as their labels give them, if that is how the document prints them.
pub(super) fn align(form: &Form, layout: &Layout) -> Option<Alignment> {
    let is_short = |item: &&Item| matches!(item, Item::Run(run) if run.len() < APPLICANTS.len());
    if layout.items.iter().filter(is_short).count() < LEAST_SHORT {
        return None;
    }
    let rows = behind_labels(layout)?;
    let slips = rows.iter().filter(|row| !adds_up(layout, row)).count();
    let complete = rows.len() == form.rows(Table::Requests).len() && slips <= MOST_SLIPS;
    if !complete || !totals_hold(form, layout, &rows) {
        return None;
    }
    (is_drawn(form, layout) || is_listed(layout)).then_some(Alignment { rows, stray: Vec::new() })
}

/// Whether figures stand on the lines of their labels, and few on the next one: what stands further below may be within the
/// lines of the next label.
fn is_drawn(form: &Form, layout: &Layout) -> bool {
    let has_note = |row: u8| form.rows(Table::Requests).get(usize::from(row)).is_some_and(|row| !row.note.is_empty());
    let (mut own, mut below) = (0, 0);
    for pair in layout.items.windows(2) {
        let [Item::Label { row, line, fuzzy, .. }, Item::Run(run)] = pair else { continue };
        match layout.tokens[run.start].line.checked_sub(*line) {
            Some(0) => own += 1,
            Some(1) => below += 1,
            // The rest of a label that was found by its beginning, or the note behind it.
            Some(..=MOST_REST) if *fuzzy || has_note(*row) => below += 1,
            _ => return false,
        }
    }
    below * 3 <= own
}

/// Whether labels and figures are one list, with as many line breaks between any two of them. Converters that read blocks
/// of a print set the labels of empty rows below one another, and their figures apart.
fn is_listed(layout: &Layout) -> bool {
    let breaks = |item: &Item| match item {
        Item::Label { breaks, .. } => vec![*breaks],
        Item::Run(run) => layout.tokens[run.clone()].iter().map(|t| t.breaks).collect(),
    };
    let all: Vec<u32> = layout.items.iter().skip(1).flat_map(breaks).collect();
    all.first().is_some_and(|first| *first > 0) && all.windows(2).all(|pair| pair[0] == pair[1])
}

/// The runs of figures, each behind the label of its row; `None` where the labels are not those of the form, in its order.
fn behind_labels(layout: &Layout) -> Option<Vec<RowTokens>> {
    let mut rows: Vec<RowTokens> = Vec::new();
    let is_first = |item: &Item| matches!(item, Item::Label { row: 0, weak: false, .. });
    let start = layout.items.iter().position(is_first)?;
    if layout.items[..start].iter().any(|item| matches!(item, Item::Run(_))) {
        return None;
    }
    let named = RowTokens { labelled: true, agreed: true, left_out: true, ..RowTokens::default() };
    for item in &layout.items[start..] {
        let next = rows.len();
        match (item, rows.last_mut()) {
            (Item::Label { row, .. }, _) if usize::from(*row) == next => rows.push(named.clone()),
            (Item::Label { row, .. }, Some(last)) if usize::from(*row) + 1 == next && last.tokens.is_empty() => {}
            (Item::Run(run), Some(last)) if last.tokens.is_empty() => last.tokens = run.clone().collect(),
            _ => return None,
        }
    }
    Some(rows)
}

/// Whether the row's figures are those that are not zero and their sum; a sum of zero may stand alone.
fn adds_up(layout: &Layout, row: &RowTokens) -> bool {
    let figure = |t: &usize| figure(&layout.tokens[*t]).filter(|_| layout.tokens[*t].slot.is_none());
    let Some(figures) = row.tokens.iter().map(figure).collect::<Option<Vec<u64>>>() else { return false };
    match figures.as_slice() {
        [] => true,
        [total] => *total == 0,
        [parts @ .., total] => {
            let sum: u128 = parts.iter().map(|f| u128::from(*f)).sum();
            !parts.contains(&0) && sum == u128::from(*total) && figures.len() <= APPLICANTS.len()
        }
    }
}

pub(super) fn figure(token: &Token) -> Option<u64> {
    if let Content::Figure(figure) | Content::Stacked(figure) = token.content { figure.count() } else { None }
}

/// Whether the rows' totals add up, and not to zero.
fn totals_hold(form: &Form, layout: &Layout, rows: &[RowTokens]) -> bool {
    let first = form.first(Table::Requests);
    let total = |cell: &usize| rows[(cell - first) / APPLICANTS.len()].tokens.last().map(|t| &layout.tokens[*t]);
    let sum = |cells: &[usize]| cells.iter().filter_map(total).filter_map(figure).map(u128::from).sum::<u128>();
    let of_totals = |e: &&Equation| (e.left[0] - first) % APPLICANTS.len() == APPLICANTS.len() - 1;
    let mut totals = form.equations.iter().filter(|e| e.is_of_column()).filter(of_totals);
    totals.clone().all(|e| sum(&e.left) == sum(&e.right)) && totals.any(|e| sum(&e.left) > 0)
}

/// What tables 2 and 3 come to; `None` where the document prints its zeros.
pub(super) fn settle(form: &Form, text: &str, rows: &[RowCase]) -> Option<Solution> {
    if !rows.first()?.got.left_out {
        return None;
    }
    let mut ways: Vec<Vec<Way>> = rows.iter().map(ways).collect();
    for (ways, by_place) in ways.iter_mut().zip(below::ways(form, text, rows)) {
        ways.retain(|way| by_place.is_empty() || by_place.contains(way));
    }
    agree(form, rows, ways)
}

/// What tables 2 and 3 come to where figures or zeros of another height may stand apart from the others, so that a row's own
/// sum says little of where in it they stand.
pub(super) fn settle_apart(form: &Form, rows: &[RowCase], solution: Solution) -> Solution {
    if !rows.iter().any(|row| row.is_mixed() || row.floats()) {
        return solution;
    }
    let mixed = || rows.iter().zip(&solution.outcomes).filter(|(row, _)| row.is_mixed());
    let apart = mixed().any(|(row, out)| *out == Outcome::Ambiguous && row.got.tokens.len() == row.width);
    let in_place =
        mixed().any(|(row, outcome)| *outcome == Outcome::Read && has_zeros_between(row.tokens, &row.got.tokens));
    let zeros = apart || !in_place;
    // Of a row that was reordered only one order may add up, unless something in it cannot be read.
    let reordered =
        |row: &RowCase, outcome| outcome == Outcome::Reordered && row.is_readable() && row.options().len() == 1;
    let has_zeros_apart = |row: &RowCase, outcome| zeros && row.is_mixed() && !reordered(row, outcome);
    let is_open = |(row, outcome): (&RowCase, &Outcome)| {
        if row.floats() { *outcome == Outcome::Ambiguous } else { has_zeros_apart(row, *outcome) }
    };
    let open: Vec<bool> = rows.iter().zip(&solution.outcomes).map(is_open).collect();
    if open.contains(&true) { agree_on(form, rows, &open, solution) } else { solution }
}

/// The same, where these rows are open.
fn agree_on(form: &Form, rows: &[RowCase], open: &[bool], mut solution: Solution) -> Solution {
    // What its sum forces into a cell is no zero that was left out.
    let forced = |option: &Reading| {
        let mut cells = option.tokens.iter().zip(&option.known);
        cells.any(|(token, known)| token.is_none() && matches!(known, Known::Figure(1..)))
    };
    let as_printed = |row: &RowCase| {
        let options = row.options();
        if row.may_have_broken() || options.iter().any(forced) {
            Vec::new()
        } else {
            options.into_iter().map(|o| o.tokens).collect()
        }
    };
    let ways = |(row, open): (&RowCase, &bool)| if *open { row.interleaved() } else { as_printed(row) };
    let all: Vec<Vec<Way>> = rows.iter().zip(open).map(ways).collect();
    let is_request = |r: usize| rows[r].width == APPLICANTS.len();
    if (0..rows.len()).all(|r| !is_request(r) || !all[r].is_empty())
        && let Some(agreed) = agree(form, rows, all.clone())
    {
        return agreed;
    }
    // Where zeros stand apart, a row with something among them that cannot be read is not as printed.
    let placed = |outcome| matches!(outcome, Outcome::Read | Outcome::Reordered | Outcome::Settled);
    let has_none = |r: usize| open[r] && all[r].is_empty();
    let misplaced = |r: usize| has_none(r) && placed(solution.outcomes[r]);
    let misplaced: Vec<usize> = (0..rows.len()).filter(|r| misplaced(*r)).collect();
    for r in misplaced.iter().copied() {
        solution.outcomes[r] = Outcome::Ambiguous;
    }
    // What was inferred elsewhere may rest on them.
    let unplaced = |r: &usize| (!misplaced.is_empty() || has_none(*r)) && !placed(solution.outcomes[*r]);
    for row in (0..rows.len()).filter(unplaced).map(|r| &rows[r]) {
        solution.cells[row.cells()].fill(CellCase::default());
    }
    // Where not all rows can be read, those count that have their place whatever the others are, and table 3 in any case.
    let stands = |r: usize| rows[r].got.firm || rows[r].got.in_sequence;
    let is_sure = |r: usize| {
        let got = rows[r].got;
        // The pieces of a figure in the row before that is not read may be this row's.
        let before = r.checked_sub(1).filter(|r| rows[*r].is_stacked() && !placed(solution.outcomes[*r]));
        let pieces = before.is_some() && rows[r].is_of_full_width();
        stands(r) && !got.doubtful && !got.contradicted && !rows[r].may_have_broken() && !pieces
    };
    let counts = |r: usize| placed(solution.outcomes[r]) || (open[r] && is_sure(r));
    let only = |which: &dyn Fn(usize) -> bool| {
        let ways = |(r, ways): (usize, &Vec<Way>)| if which(r) { ways.clone() } else { Vec::new() };
        let ways: Vec<Vec<Way>> = all.iter().enumerate().map(ways).collect();
        let told: Vec<bool> = ways.iter().zip(open).map(|(ways, open)| *open && !ways.is_empty()).collect();
        Some((agree(form, rows, ways)?, told))
    };
    let Some((agreed, told)) = only(&counts).or_else(|| only(&|r| counts(r) && !is_request(r))) else {
        return solution;
    };
    for (r, row) in rows.iter().enumerate().filter(|(r, _)| told[*r]) {
        let cells = row.cells();
        solution.cells[cells.clone()].clone_from_slice(&agreed.cells[cells]);
        solution.outcomes[r] = agreed.outcomes[r];
    }
    solution
}

/// What all ways agree on that the columns allow.
fn agree(form: &Form, rows: &[RowCase], mut ways: Vec<Vec<Way>>) -> Option<Solution> {
    let requests = rows.iter().take_while(|row| row.width == APPLICANTS.len()).count();
    by_columns(form, &rows[..requests], &mut ways[..requests])?;
    let mut cells = vec![CellCase::default(); form.paths.len()];
    for (row, ways) in rows.iter().zip(&ways) {
        for (i, cell) in cells[row.cells()].iter_mut().enumerate() {
            *cell = agreed(form, row, i, ways);
        }
    }
    let outcomes = rows.iter().zip(&ways).map(|(row, ways)| outcome(row, ways)).collect();
    Some(Solution { cells, outcomes })
}

fn outcome(row: &RowCase, ways: &[Way]) -> Outcome {
    match ways {
        [] => Outcome::Ambiguous,
        [way] if !row.got.left_out && way.iter().flatten().is_sorted() => Outcome::Read,
        [_] if !row.got.left_out => Outcome::Reordered,
        _ => Outcome::Settled,
    }
}

/// All ways to put a row's figures into its cells, in the order in which they stand, if that is sure, in which each of its parts
/// adds up.
fn ways(row: &RowCase) -> Vec<Way> {
    let figure = |t: &usize| figure(&row.tokens[*t]).filter(|_| row.tokens[*t].slot.is_none());
    let Some(figures) = row.got.tokens.iter().map(figure).collect::<Option<Vec<u64>>>() else { return Vec::new() };
    if row.may_go_on() || !row.got.agreed {
        return Vec::new();
    }
    let mut ways: Vec<(Way, usize)> = vec![(Vec::new(), 0)];
    for length in row.sums {
        ways = ways.iter().flat_map(|(way, from)| parts(row, &figures, *length, way, *from)).collect();
    }
    ways.into_iter().filter(|(_, end)| *end == figures.len()).map(|(way, _)| way).collect()
}

/// A way, with each part of so many cells behind it that the figures from one on can fill: none of them, or some that add
/// up to the one behind them. With each the end of its figures.
fn parts(row: &RowCase, figures: &[u64], length: usize, way: &Way, from: usize) -> Vec<(Way, usize)> {
    let with = |cells: Way| way.iter().copied().chain(cells).collect::<Way>();
    let mut parts = vec![(with(vec![None; length]), from)];
    for count in 1..=length.min(figures.len() - from) {
        let [summands @ .., total] = &figures[from..from + count] else { continue };
        let printed = summands.contains(&0) && figures.len() < row.width;
        if printed || summands.iter().map(|f| u128::from(*f)).sum::<u128>() != u128::from(*total) {
            continue;
        }
        for filled in (0_u32..1 << (length - 1)).filter(|filled| filled.count_ones() as usize == summands.len()) {
            let mut tokens = row.got.tokens[from..].iter().copied();
            let is_filled = |i: usize| i == length - 1 || filled >> i & 1 == 1;
            let cells = (0..length).map(|i| if is_filled(i) { tokens.next() } else { None }).collect();
            parts.push((with(cells), from + count));
        }
    }
    parts
}

/// Leaves of each row the ways that the columns allow, whichever way is that of the row with the most figures.
fn by_columns(form: &Form, rows: &[RowCase], ways: &mut [Vec<Way>]) -> Option<()> {
    let weight = |row: &RowCase| row.got.tokens.iter().filter(|t| figure(&row.tokens[**t]) > Some(0)).count();
    let open = (0..rows.len()).filter(|r| !ways[*r].is_empty());
    let Some(fullest) = open.max_by_key(|r| (ways[*r].len() > 1, weight(&rows[*r]))) else { return Some(()) };
    let mut left: Vec<Vec<Way>> = vec![Vec::new(); rows.len()];
    for way in &ways[fullest] {
        let mut tried = ways.to_vec();
        tried[fullest] = vec![way.clone()];
        if allow(form, rows, &mut tried) {
            for (left, tried) in left.iter_mut().zip(tried) {
                for way in tried {
                    if !left.contains(&way) {
                        left.push(way);
                    }
                }
            }
        }
    }
    ways.clone_from_slice(&left);
    (!ways[fullest].is_empty()).then_some(())
}

/// Drops ways that a column does not allow whatever the ways of the other rows; false where a row has none left.
fn allow(form: &Form, rows: &[RowCase], ways: &mut [Vec<Way>]) -> bool {
    let mut bounds = vec![(0, None); form.paths.len()];
    rows.iter().zip(ways.iter()).for_each(|(row, ways)| bound(row, ways, &mut bounds));
    for _ in 0..MOST_ROUNDS {
        let sums = sums(form, &bounds);
        let mut dropped = false;
        for (row, ways) in rows.iter().zip(ways.iter_mut()).filter(|(_, ways)| !ways.is_empty()) {
            let allowed = |at: usize| allowed(form, at, bounds[at], &sums);
            let allowed: Vec<_> = row.cells().map(allowed).collect();
            let fits = |way: &Way, cell: usize| held(row, way, cell).is_none_or(|held| allowed[cell].contains(&held));
            let before = ways.len();
            ways.retain(|way| (0..row.width).all(|cell| fits(way, cell)));
            if ways.is_empty() {
                return false;
            }
            if ways.len() < before {
                bound(row, ways, &mut bounds);
                dropped = true;
            }
        }
        if !dropped {
            break;
        }
    }
    true
}

/// The least and the greatest figure of each cell of the row in any of its ways.
fn bound(row: &RowCase, ways: &[Way], bounds: &mut [Bounds]) {
    for cell in 0..row.width {
        let figures = || ways.iter().map(|way| held(row, way, cell));
        let most = figures().reduce(|one, other| Some(one?.max(other?))).flatten();
        // Of a row without ways nobody knows.
        bounds[row.first + cell] = (figures().map(Option::unwrap_or_default).min().unwrap_or(0), most);
    }
}

/// The figure of a row's cell in one way; what is left out is zero, and what cannot be read may be any.
fn held(row: &RowCase, way: &Way, cell: usize) -> Option<u128> {
    way[cell].map_or(Some(0), |t| figure(&row.tokens[t]).map(u128::from))
}

/// The least and the greatest sums of both sides of each equation.
fn sums(form: &Form, bounds: &[Bounds]) -> Vec<[Bounds; 2]> {
    let add = |(least, most): Bounds, cell: &usize| {
        let (a, b) = bounds[*cell];
        (least + a, most.zip(b).map(|(most, b)| most + b))
    };
    let sum = |cells: &Vec<usize>| cells.iter().fold((0, Some(0)), add);
    form.equations.iter().map(|e| [sum(&e.left), sum(&e.right)]).collect()
}

/// The figures with which the sums over its columns can hold in a cell of these bounds.
fn allowed(form: &Form, cell: usize, own: Bounds, sums: &[[Bounds; 2]]) -> RangeInclusive<u128> {
    let (mut least, mut most) = (0, u128::MAX);
    for e in form.equations_of[cell].iter().filter(|e| form.equations[**e].is_of_column()) {
        let [left, right] = sums[*e];
        let (side, other) = if form.equations[*e].left.contains(&cell) { (left, right) } else { (right, left) };
        if let Some((side, own)) = side.1.zip(own.1) {
            least = least.max(other.0.saturating_sub(side - own));
        }
        if let Some(other) = other.1 {
            let Some(room) = other.checked_sub(side.0 - own.0) else { return RangeInclusive::new(1, 0) };
            most = most.min(room);
        }
    }
    least..=most
}

/// What a cell comes to: the one figure that it holds in all ways, or a blank, or what it may hold.
fn agreed(form: &Form, row: &RowCase, cell: usize, ways: &[Way]) -> CellCase {
    let mut held: Vec<Option<usize>> = ways.iter().map(|way| way[cell]).collect();
    held.sort_unstable();
    held.dedup();
    let known = |t: usize| figure(&row.tokens[t]);
    let mut figures: Vec<Option<u64>> = held.iter().map(|t| t.and_then(known)).collect();
    figures.sort_unstable();
    figures.dedup();
    let own = |e: &usize| form.equations[*e].right.iter().all(|c| row.cells().contains(c));
    match (held.as_slice(), figures.as_slice()) {
        ([None], _) => CellCase { blank: true, ..CellCase::default() },
        (tokens, [Some(figure)]) => {
            let token = if let [token] = tokens { *token } else { None };
            let printed = token.is_some_and(|t| !row.tokens[t].is_stacked()) && row.got.tokens.len() == row.width;
            let equations = || form.equations_of[row.first + cell].iter().copied().filter(own).collect();
            CellCase { token, inferred: (!printed).then(|| (*figure, equations())), ..CellCase::default() }
        }
        _ => CellCase { open: figures, ..CellCase::default() },
    }
}
