//! In: an alignment of table 2. Out: the same, with the rows put together that a converter tore: rows in sequence whatever
//! their labels, rows in a left and a right block of columns, rows in several blocks. The rows' sums must hold, and one
//! way only may fit. It changes no figure.

use std::ops::Range;

use super::align::{Alignment, RowTokens};
use super::layout::{Layout, Token, are_same_zeros};
use super::sequence::in_sequence;
use super::stretch::{parts, short_rows};
use crate::form::{APPLICANTS, Equation, Form, Table};

/// The tokens of rows.
pub(super) type Rows = Vec<Vec<usize>>;
/// So many rows of these tokens, as the places on a drawn page tell them.
type Drawn<'a> = dyn Fn(&[usize], usize) -> Option<Rows> + 'a;

/// So many ways to deal the tokens out are kept at the most.
const PATHS: usize = 32;
/// A row of a stretch lacks so many values at the most, and rows of zeros have so many too many.
const MOST_MISSING: usize = 2;

/// One of so many rows may fail in a table that is in order.
const FAILING: usize = 4;

/// An office slips in one row of a block; so many that fail show that it holds columns.
const LEAST_TORN: usize = 2;

/// So many rows of figures tell how a stretch stands in which something cannot be read.
const LEAST_TOLD: usize = 3;

/// Mends every stretch of rows that did not come whole.
pub(crate) fn mend(form: &Form, layout: &Layout, drawn: &Drawn, alignment: &mut Alignment) {
    let tokens = layout.tokens.as_slice();
    // A row not in one piece, next to values of no row, may be put together of two.
    let whole = |row: &RowTokens| is_whole(tokens, row) && (row.whole || !row.doubtful);
    // Most tables need no mending. In one in order, of which most rows add up, the office slipped in those that do not.
    let in_order = |r: &RowTokens| r.firm && r.whole && r.labelled && !r.block;
    let fails = alignment.rows.iter().filter(|r| !whole(r)).count();
    let slips = fails * FAILING <= alignment.rows.len() && alignment.rows.iter().all(in_order);
    if alignment.rows.iter().all(|r| r.agreed && !r.doubtful && (slips || whole(r))) {
        return hold_zeros(layout, alignment);
    }
    let ties = layout.ties();
    let in_order = in_sequence(form, layout, &ties, alignment);
    // The sums of the outcomes say how the last rows stand, and those the first ones.
    let mut end = alignment.rows.len();
    while let Some(row) = alignment.rows[..end].last() {
        if whole(row) {
            end -= 1;
            continue;
        }
        let torn = alignment.rows[..end].iter().rev().take_while(|r| !whole(r)).count();
        let stretch = end - torn..end;
        // A row that its label cuts may be whole by itself.
        let turned =
            alignment.rows[stretch.clone()].iter().take_while(|r| r.agreed && begin(tokens, r).is_some()).count();
        if !mend_stretch(form, tokens, drawn, &ties, alignment, stretch.clone()) && (1..torn).contains(&turned) {
            mend_stretch(form, tokens, drawn, &ties, alignment, stretch.start + turned..end);
        }
        end -= torn;
    }
    // A block behind one of labels may hold columns.
    let torn = alignment.rows.iter().filter(|r| r.block && !whole(r)).count();
    if torn >= LEAST_TORN {
        alignment.rows.iter_mut().filter(|r| r.block).for_each(|r| r.firm = false);
    }
    if in_order {
        trust_complete(form, tokens, alignment);
    }
    hold_zeros(layout, alignment);
}

/// Where all values are rows, and all columns hold, nothing speaks against a row that stands where it would if all stood in
/// order.
fn trust_complete(form: &Form, tokens: &[Token], alignment: &mut Alignment) {
    if is_complete(form, tokens, alignment) {
        let (width, rows) = (APPLICANTS.len(), &mut alignment.rows);
        let in_place = |(r, row): &(usize, &mut RowTokens)| row.tokens.iter().copied().eq(r * width..(r + 1) * width);
        let trust = |row: &mut RowTokens| (row.doubtful, row.contradicted, row.agreed) = (false, false, true);
        rows.iter_mut().enumerate().filter(in_place).for_each(|(_, row)| trust(row));
    }
}

/// All values are rows, and all columns hold.
pub(super) fn is_complete(form: &Form, tokens: &[Token], alignment: &Alignment) -> bool {
    let rows = &alignment.rows;
    let whole = tokens.len() == rows.len() * APPLICANTS.len() && rows.iter().all(|row| is_whole(tokens, row));
    whole && columns_hold(form, tokens, rows, &(0..0), &Vec::new()) == Some(true)
}

/// Mends a stretch of torn rows; false where no way fits.
fn mend_stretch(
    form: &Form,
    tokens: &[Token],
    drawn: &Drawn,
    ties: &[Option<usize>],
    alignment: &mut Alignment,
    torn: Range<usize>,
) -> bool {
    let before = alignment.rows[..torn.start].iter().flat_map(|r| &r.tokens).max().map_or(0, |t| t + 1);
    let after = alignment.rows[torn.end..].iter().flat_map(|r| &r.tokens).min().copied().unwrap_or(tokens.len());
    if after < before || tokens[before..after].iter().any(|t| t.slot.is_some()) {
        return false;
    }
    let stretch: Vec<usize> = (before..after).collect();
    let missing = (torn.len() * APPLICANTS.len()).checked_sub(stretch.len());
    let drawn = || drawn(&stretch, torn.len()).filter(|rows| all_add_up(tokens, rows));
    let rows = match missing {
        Some(0) if torn.len() > 1 => drawn().or_else(|| whole_rows(form, tokens, alignment, &stretch, &torn)),
        Some(missing @ 1..=MOST_MISSING) if torn.len() > 1 => {
            short_rows(form, tokens, alignment, &stretch, &torn, missing)
        }
        _ => None,
    };
    let on_lines = |rows: &Rows| {
        let mut tokens = rows.iter().zip(torn.clone()).flat_map(|(row, r)| row.iter().map(move |t| (*t, r)));
        tokens.all(|(t, r)| ties[t].is_none_or(|own| own == r))
    };
    let zeros = || {
        // Behind the last row zeros of table 3 may stand.
        let more = if torn.end < alignment.rows.len() { MOST_MISSING } else { 0 };
        let zeros = zeros(tokens, &stretch, ties, torn.clone(), more);
        zeros.filter(|rows| columns_hold(form, tokens, &alignment.rows, &torn, rows) != Some(false))
    };
    let Some(rows) = rows.filter(on_lines).filter(|rows| is_told(tokens, rows)).or_else(zeros) else { return false };
    let is_taken = |t: &usize| rows.iter().any(|row| row.contains(t));
    alignment.stray.retain(|t| !stretch.contains(t) && !is_taken(t));
    alignment.stray.extend(stretch.iter().filter(|t| !is_taken(t)));
    for (row, tokens) in alignment.rows[torn].iter_mut().zip(rows) {
        *row = RowTokens { tokens, agreed: true, labelled: row.labelled, ..RowTokens::default() };
    }
    true
}

/// What cannot be read may be what is left of a label, and fits anywhere: then several rows of figures must tell how all stand.
fn is_told(tokens: &[Token], rows: &Rows) -> bool {
    let legible = |row: &&Vec<usize>| row.iter().all(|t| tokens[*t].count().is_some());
    let weighs = |row: &&Vec<usize>| row.iter().any(|t| tokens[*t].count() > Some(0));
    rows.iter().all(|row| legible(&row)) || rows.iter().filter(legible).filter(weighs).count() >= LEAST_TOLD
}

/// In a table with as many values as the form, all the same zero, each cell holds this one, whichever stands in it.
fn hold_zeros(layout: &Layout, alignment: &mut Alignment) {
    let (tokens, count) = (layout.tokens.as_slice(), alignment.rows.len());
    let all_zeros = tokens.iter().all(|t| t.slot.is_none() && t.count() == Some(0));
    if tokens.len() != count * APPLICANTS.len() || !all_zeros {
        return;
    }
    let all: Vec<usize> = (0..tokens.len()).collect();
    let Some(rows) = zeros(tokens, &all, &layout.ties(), 0..count, 0) else { return };
    if alignment.rows.iter().any(|row| row.tokens.len() != APPLICANTS.len()) {
        alignment.stray.clear();
        for (row, tokens) in alignment.rows.iter_mut().zip(rows) {
            *row = RowTokens { tokens, labelled: row.labelled, ..RowTokens::default() };
        }
    }
    for row in &mut alignment.rows {
        (row.whole, row.agreed, row.firm, row.doubtful) = (true, true, true, false);
    }
}

/// The rows of a stretch that has all their values.
fn whole_rows(
    form: &Form,
    tokens: &[Token],
    alignment: &Alignment,
    stretch: &[usize],
    torn: &Range<usize>,
) -> Option<Rows> {
    let (count, width) = (torn.len(), APPLICANTS.len());
    let holds = |rows: &Rows| columns_hold(form, tokens, &alignment.rows, torn, rows);
    // Where the columns speak against two sides, there may be more blocks, or the rows' own order is at fault.
    let sides = deal(tokens, stretch, count, width);
    // Rows that stand by their own labels may lack the same figure, and add up by that accident where dealt out anew.
    let in_place =
        alignment.rows[torn.clone()].iter().all(|row| row.labelled && row.whole && row.tokens.len() == width);
    let fits = |rows: &Rows| holds(rows).unwrap_or(!in_place);
    let fitting = sides.clone().filter(&fits);
    fitting
        .or_else(|| blocks(tokens, stretch, count, width, holds))
        .or_else(|| parts(tokens, stretch, count, fits))
        .or_else(|| turned(tokens, &alignment.rows[torn.clone()]).filter(|rows| holds(rows) == Some(true)))
        .or(sides.filter(|_| !in_place))
}

/// The rows as they are, each from where its label cuts it if it adds up so.
fn turned(tokens: &[Token], rows: &[RowTokens]) -> Option<Rows> {
    let from = |row: &RowTokens| {
        let begin = begin(tokens, row)?;
        Some([&row.tokens[begin..], &row.tokens[..begin]].concat())
    };
    rows.iter().map(from).collect()
}

/// Rows of nothing but the same zeros, which are zeros in whichever of them each stands: those on a label's line are its row's, and
/// the others are dealt out in turn, as a print draws two rows into one another. So many more may stand there that are none of theirs.
fn zeros(tokens: &[Token], stretch: &[usize], ties: &[Option<usize>], torn: Range<usize>, more: usize) -> Option<Rows> {
    if stretch.len() > torn.len() * APPLICANTS.len() + more || !are_same_zeros(stretch.iter().map(|t| &tokens[*t])) {
        return None;
    }
    let on_line = |row: usize| stretch.iter().copied().filter(|t| ties[*t] == Some(row)).collect::<Vec<_>>();
    let mut rows: Rows = torn.map(on_line).collect();
    for token in stretch.iter().filter(|t| ties[**t].is_none()) {
        let row = rows.iter_mut().min_by_key(|row| row.len())?;
        if row.len() < APPLICANTS.len() {
            row.push(*token);
        }
    }
    rows.iter().all(|row| row.len() == APPLICANTS.len()).then_some(rows)
}

/// The orders in which up to three blocks of columns may stand.
const ORDERS: [&[usize]; 9] =
    [&[0], &[0, 1], &[1, 0], &[0, 1, 2], &[0, 2, 1], &[1, 0, 2], &[1, 2, 0], &[2, 0, 1], &[2, 1, 0]];

/// The rows of a stretch that stands in blocks of columns, one behind the other in whatever order: they must add up, and
/// so must their columns, and one reading only may fit.
fn blocks(
    tokens: &[Token],
    stretch: &[usize],
    count: usize,
    width: usize,
    columns_hold: impl Fn(&Rows) -> Option<bool>,
) -> Option<Rows> {
    let mut fitting: Vec<Rows> = Vec::new();
    for order in ORDERS {
        // Each bit says whether a block ends behind that column.
        for ends in (0_u32..1 << (width - 1)).filter(|ends| ends.count_ones() as usize + 1 == order.len()) {
            let is_bound = |c: &usize| *c == 0 || *c == width || ends & (1 << (c - 1)) != 0;
            let bounds: Vec<usize> = (0..=width).filter(is_bound).collect();
            let mut reading = vec![vec![0; width]; count];
            let mut rest = stretch.iter().copied();
            for block in order {
                for row in &mut reading {
                    let cells = &mut row[bounds[*block]..bounds[block + 1]];
                    cells.iter_mut().zip(&mut rest).for_each(|(cell, token)| *cell = token);
                }
            }
            if all_add_up(tokens, &reading)
                && columns_hold(&reading) == Some(true)
                && !fitting.iter().any(|other| figures(tokens, other) == figures(tokens, &reading))
            {
                fitting.push(reading);
            }
        }
    }
    fitting.pop().filter(|_| fitting.is_empty())
}

/// Whether the sums over columns hold that are known once these rows are; none where no such sum has one of them.
fn columns_hold(
    form: &Form,
    tokens: &[Token],
    rows: &[RowTokens],
    torn: &Range<usize>,
    reading: &Rows,
) -> Option<bool> {
    let first = form.first(Table::Requests);
    let known = |cell: &usize| known(tokens, rows, torn, reading, *cell - first);
    let sum = |cells: &[usize]| cells.iter().map(known).sum::<Option<u128>>();
    let is_of_torn = |cell: &usize| torn.contains(&((cell - first) / APPLICANTS.len()));
    let tells = |e: &Equation| torn.is_empty() || e.left.iter().chain(&e.right).any(is_of_torn);
    let columns = form.equations.iter().filter(|e| e.is_of_column());
    let known = columns.filter_map(|e| Some((sum(&e.left)? == sum(&e.right)?, tells(e))));
    known.fold(None, |held, (holds, tells)| if holds { held.or(tells.then_some(true)) } else { Some(false) })
}

/// The figure of a cell of table 2, if its row is one of the stretch or whole.
pub(super) fn known(
    tokens: &[Token],
    rows: &[RowTokens],
    torn: &Range<usize>,
    reading: &Rows,
    cell: usize,
) -> Option<u128> {
    let (row, column) = (cell / APPLICANTS.len(), cell % APPLICANTS.len());
    let token = if let Some(row) = row.checked_sub(torn.start).and_then(|row| reading.get(row)) {
        row.get(column)?
    } else {
        let row = Some(&rows[row]).filter(|row| is_whole(tokens, row))?;
        &row.tokens[(column + begin(tokens, row)?) % APPLICANTS.len()]
    };
    tokens[*token].count()
}

/// Where a row of all its values begins among them: where its label cuts it, its beginning may stand behind.
fn begin(tokens: &[Token], row: &RowTokens) -> Option<usize> {
    if row.tokens.len() != APPLICANTS.len() {
        return None;
    }
    let from = |at: usize| row.tokens[at..].iter().chain(&row.tokens[..at]).map(|t| &tokens[*t]);
    std::iter::once(0).chain(row.cuts.iter().copied()).find(|at| adds_up(from(*at)))
}

/// A way to deal the tokens out into a left and a right block.
#[derive(Clone, Copy)]
struct Path {
    /// How many rows' parts are complete on each side, and the last of them, a position in [`Dealer::parts`].
    done: [usize; 2],
    parts: [usize; 2],
    /// The parts under way.
    open: [Part; 2],
    cost: u32,
    last: usize,
    /// The last token dealt out, a position in [`Dealer::dealt`].
    dealt: usize,
}

/// A row's part on one side, as far as it has come.
#[derive(Clone, Copy)]
struct Part {
    len: usize,
    /// Its figures but the last, and the last; none where one cannot be read.
    sum: Option<(u128, u128)>,
    /// The part before it on the same side, a position in [`Dealer::parts`].
    before: usize,
}

const NO_PART: Part = Part { len: 0, sum: Some((0, 0)), before: 0 };

/// Ways to deal the tokens out, each with its cost and its rows.
type Ways = Vec<(u32, Rows)>;

/// The rows, if one way to deal the tokens out fits better than every other.
fn deal(tokens: &[Token], stretch: &[usize], count: usize, width: usize) -> Option<Rows> {
    let stretch_figures: Vec<Option<u128>> = stretch.iter().map(|t| tokens[*t].count()).collect();
    let ways = |bound: u32| -> (Ways, bool) {
        let mut ways = Vec::new();
        let mut cut = false;
        for split in 1..width {
            let mut dealer = Dealer::new(count, [split, width - split], bound);
            for path in dealer.paths(&stretch_figures) {
                ways.push((path.cost, rows(&dealer.sides(path), stretch, count, dealer.widths)));
            }
            cut |= dealer.cut;
        }
        (ways, cut)
    };
    // Nearly always a cheap way fits, if any does: dear ones are looked for last.
    let (mut bound, mut found) = (LOW_BOUND, ways(LOW_BOUND));
    if found.0.is_empty() && found.1 {
        (bound, found) = (u32::MAX, ways(u32::MAX));
    }
    let least = found.0.iter().map(|(cost, _)| *cost).min()?;
    if least == bound {
        found = ways(least + 1);
    }
    let mut best = found.0.into_iter().filter(|(cost, _)| *cost <= least + 1).map(|(_, rows)| rows);
    let first = best.next()?;
    let wanted = figures(tokens, &first);
    best.all(|other| figures(tokens, &other) == wanted).then_some(first)
}

/// The cost up to which ways to deal the tokens out are looked for first.
const LOW_BOUND: u32 = 6;

/// Deals tokens out into two blocks of these widths.
struct Dealer {
    count: usize,
    widths: [usize; 2],
    /// Dearer paths are not followed, and whether there were any.
    bound: u32,
    cut: bool,
    parts: Vec<Part>,
    /// Which block each token went to, and where the token before it stands here.
    dealt: Vec<(bool, usize)>,
}

impl Dealer {
    fn new(count: usize, widths: [usize; 2], bound: u32) -> Self {
        Dealer { count, widths, bound, cut: false, parts: Vec::new(), dealt: Vec::new() }
    }

    fn paths(&mut self, figures: &[Option<u128>]) -> Vec<Path> {
        let mut paths =
            vec![Path { done: [0; 2], parts: [0; 2], open: [NO_PART; 2], cost: 0, last: 0, dealt: usize::MAX }];
        let mut next: Vec<Path> = Vec::with_capacity(PATHS * 2);
        let mut order: Vec<(u32, usize)> = Vec::with_capacity(PATHS * 2);
        for figure in figures {
            next.clear();
            for (path, side) in paths.iter().flat_map(|path| [(path, 0), (path, 1)]) {
                if let Some(path) = self.put(path, *figure, side) {
                    next.push(path);
                }
            }
            // A path is large: each is moved once only.
            order.clear();
            order.extend(next.iter().enumerate().map(|(i, path)| (path.cost, i)));
            order.sort_unstable();
            paths.clear();
            paths.extend(order.iter().take(PATHS).map(|(_, i)| next[*i]));
        }
        paths
    }

    /// Puts a token into a block; none where the block is full or a row then does not add up.
    fn put(&mut self, path: &Path, figure: Option<u128>, side: usize) -> Option<Path> {
        if path.done[side] == self.count {
            return None;
        }
        let between_rows = path.open[path.last].len == 0;
        let row_by_row = between_rows && path.done[path.last] == path.done[side] + usize::from(side == 1);
        let cost = match (side == path.last || row_by_row, between_rows) {
            (true, _) => path.cost,
            (_, true) => path.cost + 2,
            (_, false) => path.cost + 5,
        };
        if cost > self.bound {
            self.cut = true;
            return None;
        }
        let mut path = Path { cost, last: side, ..*path };
        let open = &mut path.open[side];
        open.len += 1;
        open.sum = open.sum.zip(figure).map(|((rest, last), figure)| (rest + last, figure));
        if open.len == self.widths[side] {
            self.complete(&mut path, side)?;
        }
        self.dealt.push((side == 1, path.dealt));
        path.dealt = self.dealt.len() - 1;
        Some(path)
    }

    /// Completes a row's part; none where the row then does not add up.
    fn complete(&mut self, path: &mut Path, side: usize) -> Option<()> {
        let part = Part { before: path.parts[side], ..std::mem::replace(&mut path.open[side], NO_PART) };
        let (row, other) = (path.done[side], 1 - side);
        if row < path.done[other] {
            let mut at = path.parts[other];
            for _ in row + 1..path.done[other] {
                at = self.parts[at].before;
            }
            let (left, right) = if side == 0 { (part, self.parts[at]) } else { (self.parts[at], part) };
            if let (Some((a, b)), Some((rest, total))) = (left.sum, right.sum)
                && a + b + rest != total
            {
                return None;
            }
        }
        self.parts.push(part);
        path.parts[side] = self.parts.len() - 1;
        path.done[side] += 1;
        Some(())
    }

    /// Which block each token went to.
    fn sides(&self, path: Path) -> Vec<bool> {
        let mut sides = Vec::new();
        let mut at = path.dealt;
        while let Some((side, before)) = self.dealt.get(at) {
            sides.push(*side);
            at = *before;
        }
        sides.reverse();
        sides
    }
}

fn rows(sides: &[bool], stretch: &[usize], count: usize, widths: [usize; 2]) -> Rows {
    let side = |right: bool| stretch.iter().zip(sides).filter(move |(_, s)| **s == right).map(|(t, _)| *t);
    let (left, right): (Vec<usize>, Vec<usize>) = (side(false).collect(), side(true).collect());
    let row =
        |r: usize| [&left[r * widths[0]..(r + 1) * widths[0]], &right[r * widths[1]..(r + 1) * widths[1]]].concat();
    (0..count).map(row).collect()
}

pub(super) fn figures(tokens: &[Token], rows: &Rows) -> Vec<Option<u128>> {
    rows.iter().flatten().map(|t| tokens[*t].count()).collect()
}

/// Whether each row adds up.
pub(super) fn all_add_up(tokens: &[Token], rows: &Rows) -> bool {
    rows.iter().all(|row| adds_up(row.iter().map(|t| &tokens[*t])))
}

/// Whether one of the figures is the sum of the others.
pub(super) fn sums_up(row: &[Token]) -> bool {
    let add = |(sum, most): (u128, u128), t: &Token| t.count().map(|f| (sum + f, most.max(f)));
    row.iter().try_fold((0, 0), add).is_some_and(|(sum, most)| sum == 2 * most)
}

/// Whether a row needs no mending.
pub(super) fn is_whole(tokens: &[Token], row: &RowTokens) -> bool {
    let turned = row.firm && !row.cuts.is_empty();
    let known = row.agreed || row.contradicted;
    row.tokens.len() == APPLICANTS.len() && (turned || (known && adds_up(row.tokens.iter().map(|t| &tokens[*t]))))
}

/// Whether the last figure is the sum of the others, or one cannot be read.
pub(super) fn adds_up<'t>(row: impl IntoIterator<Item = &'t Token>) -> bool {
    let mut figures = row.into_iter().map(Token::count);
    let Some(first) = figures.next() else { return false };
    let add = |(sum, last): (u128, u128), figure: Option<u128>| Some((sum + last, figure?));
    first.and_then(|first| figures.try_fold((0, first), add)).is_none_or(|(sum, total)| sum == total)
}
