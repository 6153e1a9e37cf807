//! In: for each row its tokens. Out: for each cell the token that it holds, or the figure that the form's arithmetic
//! forces; each row sums, each column sums twice, which works like an error-correcting code. What has no solution, or
//! several, stays without a figure. A legible figure is never changed.

use super::align::RowTokens;
use super::layout::Token;
use super::token::Content;
use crate::form::{APPLICANTS, Equation, Form, RESULTS, Rule};

/// A row to be settled.
pub(crate) struct RowCase<'a> {
    /// The position of its first cell in the form.
    pub(crate) first: usize,
    /// How many cells it has.
    pub(crate) width: usize,
    /// The lengths of its parts that each end with their total; none where nothing adds up.
    pub(crate) sums: &'static [usize],
    pub(crate) got: &'a RowTokens,
    pub(crate) tokens: &'a [Token],
}

/// How a row came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// As the document shows it.
    Read,
    /// Its tokens stand out of order, and one order fits.
    Reordered,
    /// It has too few tokens, and one reading fits.
    Settled,
    /// Several readings fit, or none.
    Ambiguous,
    /// Next to it stand values that belong to no row, and nothing confirms it.
    Doubtful,
    /// It has no tokens.
    Missing,
}

/// What a cell came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct CellCase {
    /// The token that it holds.
    pub(crate) token: Option<usize>,
    /// The figure that the sums force, and the equations that force it.
    pub(crate) inferred: Option<(u64, Vec<usize>)>,
    /// The sums force different figures.
    pub(crate) conflict: Option<(u64, u64)>,
}

/// What came of it.
pub(crate) struct Solution {
    /// For each cell of the form.
    pub(crate) cells: Vec<CellCase>,
    /// For each row, in the order given.
    pub(crate) outcomes: Vec<Outcome>,
}

/// What is known of a cell while solving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Figure(u64),
    /// Blank or not applicable: no figure, but zero if a sum then holds.
    Empty,
    Nothing,
}

/// One way to put a row's tokens into its cells.
#[derive(Debug, Clone, PartialEq)]
struct Reading {
    tokens: Vec<Option<usize>>,
    known: Vec<Known>,
}

impl Reading {
    /// Whether the tokens stand in the document as they stand here.
    fn order(&self, tokens: &[usize]) -> Outcome {
        let as_printed = self.tokens.iter().flatten().eq(tokens) && tokens.is_sorted();
        if as_printed { Outcome::Read } else { Outcome::Reordered }
    }

    /// Two ways with the same figures: which token a cell holds is known only where they agree.
    fn forget_differing(&mut self, other: &Reading) {
        for (own, other) in self.tokens.iter_mut().zip(&other.tokens) {
            if own != other {
                *own = None;
            }
        }
    }
}

/// Everything that is being settled.
pub(crate) struct Solver<'a> {
    form: &'static Form,
    rows: Vec<RowCase<'a>>,
    /// Rows that the layout alone puts in their place.
    sure: Vec<bool>,
    options: Vec<Vec<Reading>>,
    outcomes: Vec<Outcome>,
    /// Rows that only the sums hold in their place.
    tentative: Vec<bool>,
    known: Vec<Known>,
    cells: Vec<CellCase>,
    row_of: Vec<Option<usize>>,
    /// Figures in the tables belong to no row.
    strays: bool,
}

/// A row with more tokens missing than this is not put together again.
const MOST_MISSING: usize = 2;
/// So many sums that fail, and half of all, are no office's slips.
const MOST_FAILED: usize = 4;
/// A row in more pieces than this is only read in the order in which it stands.
const MOST_PIECES: usize = 7;
/// A row with more readings than this has none.
const MOST_READINGS: usize = 128;

impl<'a> Solver<'a> {
    pub(crate) fn new(form: &'static Form, rows: Vec<RowCase<'a>>, strays: bool) -> Self {
        let cells = form.paths.len();
        let mut row_of = vec![None; cells];
        for (r, row) in rows.iter().enumerate() {
            row_of[row.first..row.first + row.width].fill(Some(r));
        }
        let requests = || rows.iter().filter(|row| row.width == APPLICANTS.len());
        // A column that is empty in most rows was not lost from each of them.
        let empty_column = requests().filter(|row| row.has_lost_its_end()).count() * 2 > requests().count();
        let lost = |row: &RowCase| row.has_lost_its_end() && !(empty_column && row.width == APPLICANTS.len());
        let slots: Vec<bool> = rows.iter().map(|row| row.has_slots() && !lost(row)).collect();
        let sure: Vec<bool> = rows.iter().zip(&slots).map(|(row, slots)| *slots || row.is_sure()).collect();
        Solver {
            form,
            options: rows.iter().zip(slots).zip(&sure).map(|((row, slots), sure)| row.options(slots, *sure)).collect(),
            sure,
            outcomes: vec![Outcome::Missing; rows.len()],
            tentative: vec![false; rows.len()],
            known: vec![Known::Nothing; cells],
            cells: vec![CellCase::default(); cells],
            row_of,
            strays,
            rows,
        }
    }

    /// Settles everything that can be settled.
    pub(crate) fn solve(mut self) -> Solution {
        (0..self.rows.len()).for_each(|row| self.start(row));
        self.distrust();
        while self.eliminate() {}
        while self.reorder() {}
        self.doubt();
        self.infer();
        for (cell, known) in self.known.iter().enumerate() {
            let (Known::Figure(figure), Some(row), None) = (known, self.row_of[cell], &self.cells[cell].inferred)
            else {
                continue;
            };
            let printed = self.cells[cell].token.is_some_and(|t| self.rows[row].known(t) == *known);
            let placed = matches!(self.outcomes[row], Outcome::Read | Outcome::Reordered | Outcome::Settled);
            let forced = self.outcomes[row] == Outcome::Settled || !printed;
            if placed && forced && self.cells[cell].conflict.is_none() {
                let of_row = |e: &usize| self.form.equations[*e].right.iter().all(|c| self.row_of[*c] == Some(row));
                let equations = self.form.equations_of[cell].iter().copied().filter(of_row).collect();
                self.cells[cell].inferred = Some((*figure, equations));
            }
        }
        Solution { cells: self.cells, outcomes: self.outcomes }
    }

    /// Where most sums of the rows fail, or most of the columns, it was not an office that slipped: nothing stands in its
    /// place.
    fn distrust(&mut self) {
        for (table, rules) in [
            (APPLICANTS.len(), &[Rule::RowSum][..]),
            (APPLICANTS.len(), &[Rule::OutcomesSum, Rule::Balance]),
            (RESULTS.len() * 3, &[Rule::ProceedingsSum]),
        ] {
            let weighty = self
                .form
                .equations
                .iter()
                .filter(|e| rules.contains(&e.rule) && e.left.iter().chain(&e.right).any(|c| self.weighs(*c)));
            let held: Vec<bool> = weighty.filter_map(|e| self.holds(e)).collect();
            let failed = held.iter().filter(|h| !**h).count();
            if failed >= MOST_FAILED && failed * 2 > held.len() {
                for row in 0..self.rows.len() {
                    let case = &self.rows[row];
                    // Without columns of their own, figures may have run into their label.
                    let known = &self.known[case.first..case.first + case.width];
                    let fails = (case.is_loose() || !case.has_slots()) && !case.adds_up(known);
                    if case.width == table && (!case.got.tied || case.got.doubtful || fails) {
                        self.withdraw(row, Outcome::Ambiguous);
                    }
                }
            }
        }
    }

    fn start(&mut self, row: usize) {
        let case = &self.rows[row];
        let sure = self.sure[row];
        self.outcomes[row] = match (case.got.tokens.len(), self.options[row].len()) {
            (0, _) => Outcome::Missing,
            (_, 1) if case.is_torn() || case.has_two_zeros() => Outcome::Ambiguous,
            (_, 1) if sure => Outcome::Read,
            (n, 1) if n == case.width => self.options[row][0].order(&case.got.tokens),
            (_, 1) => Outcome::Settled,
            _ => Outcome::Ambiguous,
        };
        self.tentative[row] = !sure || !case.got.firm;
        if self.options[row].len() == 1 && self.outcomes[row] != Outcome::Ambiguous {
            self.take(row, 0);
        }
    }

    fn take(&mut self, row: usize, option: usize) {
        let (case, options) = (&self.rows[row], &mut self.options[row]);
        options.swap(0, option);
        options.truncate(1);
        let option = &options[0];
        for (i, (token, known)) in option.tokens.iter().zip(&option.known).take(case.width).enumerate() {
            self.known[case.first + i] = *known;
            self.cells[case.first + i].token = *token;
        }
    }

    fn withdraw(&mut self, row: usize, outcome: Outcome) {
        let cells = self.rows[row].first..self.rows[row].first + self.rows[row].width;
        self.known[cells.clone()].fill(Known::Nothing);
        self.cells[cells].fill(CellCase::default());
        self.outcomes[row] = outcome;
    }

    /// Drops the options that columns speak against, whatever the options of the other rows; true where there were any.
    fn eliminate(&mut self) -> bool {
        let printed: Vec<Bounds> = (0..self.known.len()).map(|cell| self.bounds(cell)).collect();
        let mut ways = vec![printed];
        if let Some((cell, asked)) = self.slip() {
            let mut without_slip = ways[0].clone();
            without_slip[cell] = exactly(asked);
            ways.push(without_slip);
        }
        let mut dropped = false;
        for row in 0..self.rows.len() {
            if self.options[row].len() < 2 || self.outcomes[row] != Outcome::Ambiguous {
                continue;
            }
            // One column that speaks against a reading may itself hold the office's slip.
            let fits = |o: &Reading| ways.iter().any(|bounds| self.columns_against(row, o, bounds) < 2);
            let left: Vec<Reading> = self.options[row].iter().filter(|o| fits(o)).cloned().collect();
            dropped |= left.len() < self.options[row].len();
            self.options[row] = left;
            if let [reading] = self.options[row].as_slice() {
                let case = &self.rows[row];
                let complete = case.got.tokens.len() == case.width;
                self.outcomes[row] = if complete { reading.order(&case.got.tokens) } else { Outcome::Settled };
                self.take(row, 0);
            }
        }
        dropped
    }

    /// The total of the one row that does not add up, and what its row asks it to be: where the columns ask the same, the
    /// office slipped in it and nowhere else.
    fn slip(&self) -> Option<(usize, u64)> {
        let rows = self.form.equations.iter().filter(|e| e.rule == Rule::RowSum);
        let mut failed = rows.filter(|e| self.holds(e) == Some(false));
        let (equation, None) = (failed.next()?, failed.next()) else { return None };
        let total = *equation.left.first()?;
        Some((total, self.solution(equation, total, true)?.0?))
    }

    /// The cells in sums over columns that fail as printed, and hold with the office's slip taken out.
    fn excused(&mut self) -> Vec<bool> {
        let mut excused = vec![false; self.known.len()];
        let Some((cell, asked)) = self.slip() else { return excused };
        let across = |e: &&usize| self.form.equations[**e].rule != Rule::RowSum;
        let failed: Vec<usize> = self.form.equations_of[cell].iter().copied().filter(|e| across(&e)).collect();
        let printed = std::mem::replace(&mut self.known[cell], Known::Figure(asked));
        for equation in failed.iter().map(|e| &self.form.equations[*e]).filter(|e| self.holds(e) == Some(true)) {
            equation.left.iter().chain(&equation.right).for_each(|c| excused[*c] = true);
        }
        self.known[cell] = printed;
        excused
    }

    /// How many columns speak against the option, where each cell of the other rows holds a figure within its bounds.
    fn columns_against(&self, row: usize, option: &Reading, bounds: &[Bounds]) -> usize {
        let first = self.rows[row].first;
        let speaks = |(i, known): (usize, &Known)| {
            let Known::Figure(figure) = *known else { return false };
            let across =
                |e: &&Equation| e.left.iter().chain(&e.right).filter(|c| self.row_of[**c] == Some(row)).count() == 1;
            let mut equations =
                self.form.equations_of[first + i].iter().map(|e| &self.form.equations[*e]).filter(across);
            equations.any(|e| !allows(e, first + i, figure, bounds))
        };
        option.known.iter().enumerate().filter(|o| speaks(*o)).count()
    }

    /// The least and the greatest figure that a cell may hold in any of its row's options.
    fn bounds(&self, cell: usize) -> Bounds {
        let figure = |known: Known| match known {
            Known::Figure(figure) => Some(u128::from(figure)),
            Known::Empty => Some(0),
            Known::Nothing => None,
        };
        if let Some(figure) = figure(self.known[cell]) {
            return (figure, Some(figure));
        }
        let open = self.row_of[cell].filter(|r| self.outcomes[*r] == Outcome::Ambiguous);
        let Some(row) = open else { return (0, None) };
        let figures = || self.options[row].iter().map(|o| figure(o.known[cell - self.rows[row].first]));
        let least = figures().map(|f| f.unwrap_or(0)).min().unwrap_or(0);
        (least, figures().collect::<Option<Vec<_>>>().and_then(|f| f.into_iter().max()))
    }

    /// What an equation forces for one of its cells: none where another cell is unknown, and no figure where none fits.
    /// The flag tells whether empty cells were counted as zero.
    fn solution(&self, equation: &Equation, cell: usize, empty_is_zero: bool) -> Option<(Option<u64>, bool)> {
        let mut empty = false;
        let mut sum = |cells: &[usize]| {
            cells.iter().filter(|c| **c != cell).try_fold(0_i128, |sum, c| match self.known[*c] {
                Known::Figure(f) => Some(sum + i128::from(f)),
                Known::Empty if empty_is_zero => {
                    empty = true;
                    Some(sum)
                }
                _ => None,
            })
        };
        let (left, right) = (sum(&equation.left)?, sum(&equation.right)?);
        let forced = if equation.left.contains(&cell) { right - left } else { left - right };
        Some((u64::try_from(forced).ok(), empty))
    }

    /// Puts one row's figures into the order that the columns ask for, where only that row's order speaks against them;
    /// a row's own sum is the same in any order. True where a row was reordered.
    fn reorder(&mut self) -> bool {
        let candidates: Vec<(usize, Reading)> = (0..self.rows.len())
            .filter(|row| self.tentative[*row] && matches!(self.outcomes[*row], Outcome::Read | Outcome::Reordered))
            // A row that stands in one piece behind its label is as it is printed.
            .filter(|row| !(self.rows[*row].got.whole && self.rows[*row].got.labelled))
            .filter_map(|row| Some((row, self.as_columns_ask(row)?)))
            .collect();
        let [(row, reading)] = candidates.as_slice() else { return false };
        self.outcomes[*row] = Outcome::Reordered;
        self.options[*row] = vec![reading.clone()];
        self.take(*row, 0);
        true
    }

    /// The row's tokens in the one order that all its columns force, where it is another than now.
    fn as_columns_ask(&self, row: usize) -> Option<Reading> {
        let case = &self.rows[row];
        let cells = case.first..case.first + case.width;
        let forced: Vec<u64> = cells
            .map(|cell| {
                let across = |e: &&usize| self.form.equations[**e].right.iter().any(|c| self.row_of[*c] != Some(row));
                let equations = self.form.equations_of[cell].iter().filter(across).map(|e| &self.form.equations[*e]);
                let mut asked = equations.filter_map(|e| Some(self.solution(e, cell, true)?.0));
                let first = asked.next()??;
                asked.all(|a| a == Some(first)).then_some(first)
            })
            .collect::<Option<_>>()?;
        let now = &self.known[case.first..case.first + case.width];
        if forced.iter().zip(now).all(|(figure, now)| *now == Known::Figure(*figure)) {
            return None;
        }
        let mut left = case.got.tokens.clone();
        let tokens: Vec<Option<usize>> = forced
            .iter()
            .map(|figure| left.iter().position(|t| case.known(*t) == Known::Figure(*figure)).map(|i| left.remove(i)))
            .collect();
        let reading = case.option(tokens);
        (reading.tokens.iter().all(Option::is_some) && reading.known != now).then_some(reading)
    }

    /// Withdraws rows that only sums held in their place where other sums speak against them, or where no other sum
    /// confirms each of their figures. Zeros fit anything: they need no confirmation and give none.
    fn doubt(&mut self) {
        let mut against = vec![false; self.known.len()];
        let mut confirmed = vec![false; self.known.len()];
        let mut fails = vec![0_u8; self.rows.len()];
        for equation in &self.form.equations {
            let Some(holds) = self.holds(equation) else { continue };
            let cells = || equation.left.iter().chain(&equation.right).copied();
            let across = cells().any(|c| self.row_of[c] != self.row_of[equation.left[0]]);
            for cell in cells() {
                confirmed[cell] |= holds && across;
                against[cell] |= !holds && across;
            }
            if let (false, false, Some(row)) = (holds, across, self.row_of[equation.left[0]]) {
                fails[row] += 1;
            }
        }
        let chained = self.chained(&confirmed);
        let excused = self.excused();
        for (cell, excused) in excused.into_iter().enumerate() {
            // Only a row that was put together again needs its columns so badly.
            let settled = self.row_of[cell].is_some_and(|row| self.outcomes[row] == Outcome::Settled);
            if excused && settled {
                (against[cell], confirmed[cell]) = (false, true);
            }
        }
        // Where many rows cannot be read, a sum that fails is no slip.
        let unread = |o: &&Outcome| matches!(o, Outcome::Ambiguous | Outcome::Doubtful);
        let broken = self.outcomes.iter().filter(unread).count() * 5 > self.outcomes.len();
        for (row, fails) in fails.into_iter().enumerate() {
            if matches!(self.outcomes[row], Outcome::Missing | Outcome::Ambiguous) {
                continue;
            }
            let case = &self.rows[row];
            let against = (case.first..case.first + case.width).filter(|c| against[*c]).count();
            // An office slips in one figure; figures that broke and ran together are wrong in several.
            let several = fails > 1 || against >= 2 || case.got.doubtful || broken;
            let displaced = case.is_loose() || (fails > 1 && case.has_empty_end());
            // Next to what is left of other figures, a mark may be a part of one, and so may the row's figures.
            let part = case.is_loose() && case.got.doubtful && !case.is_readable();
            if part || (fails > 0 && displaced && several) {
                self.withdraw(row, Outcome::Ambiguous);
                continue;
            }
            if !self.tentative[row] {
                continue;
            }
            let against = fails > 0 || against > 0;
            let mut figures =
                (self.rows[row].first..).take(self.rows[row].width).filter(|c| self.weighs(*c)).peekable();
            let zero = figures.peek().is_none();
            let alone = self.rows[row].sums.len() > 1;
            if (against && !zero)
                || (zero && !self.rows[row].got.firm && (self.rows[row].got.doubtful || !self.between_placed_rows(row)))
            {
                self.withdraw(row, Outcome::Ambiguous);
            } else if !alone && !chained[row] && !figures.all(|c| confirmed[c]) {
                self.withdraw(row, Outcome::Doubtful);
            }
        }
    }

    /// The rows in a chain of labels and whole rows in turn, all on the same side of their labels, that leads to a row in
    /// its place: it would not be in its place if those labels were their neighbours'.
    fn chained(&self, confirmed: &[bool]) -> Vec<bool> {
        let cells = |r: usize| self.rows[r].first..self.rows[r].first + self.rows[r].width;
        let placed = |r: usize| cells(r).any(|c| self.weighs(c)) && cells(r).all(|c| confirmed[c] || !self.weighs(c));
        let whole = |r: usize| {
            let row = &self.rows[r];
            row.got.whole && row.got.agreed && row.is_legible() && self.outcomes[r] == Outcome::Read
        };
        let side = |r: usize| self.rows.get(r).filter(|r| r.got.labelled).map(|r| r.got.label_behind);
        let mut chained = vec![false; self.rows.len()];
        let mut reach = |rows: &mut dyn Iterator<Item = usize>| {
            let mut on = None;
            for r in rows {
                let between = |on| r > 0 && side(r - 1) == on && side(r + 1) == on;
                let link = on.is_some() && whole(r) && (side(r) == on || (side(r).is_none() && between(on)));
                on = if placed(r) { side(r) } else { on.filter(|_| link) };
                chained[r] |= link;
            }
        };
        reach(&mut (0..self.rows.len()));
        reach(&mut (0..self.rows.len()).rev());
        chained
    }

    /// Whether the rows before and behind have their place: a row of zeros between them can be no other.
    fn between_placed_rows(&self, row: usize) -> bool {
        let placed = |r: usize| {
            let outcome = self.outcomes.get(r);
            outcome.is_none_or(|o| matches!(o, Outcome::Read | Outcome::Reordered | Outcome::Settled))
        };
        row.checked_sub(1).is_none_or(placed) && placed(row + 1)
    }

    /// Whether the cell has a figure that is not zero.
    fn weighs(&self, cell: usize) -> bool {
        matches!(self.known[cell], Known::Figure(figure) if figure > 0)
    }

    /// Whether an equation holds, empty cells counted as zero; none where a cell is unknown.
    fn holds(&self, equation: &Equation) -> Option<bool> {
        let sum = |cells: &[usize]| {
            cells.iter().try_fold(0_u128, |sum, c| match self.known[*c] {
                Known::Figure(figure) => Some(sum + u128::from(figure)),
                Known::Empty => Some(sum),
                Known::Nothing => None,
            })
        };
        Some(sum(&equation.left)? == sum(&equation.right)?)
    }

    /// Infers every cell without a figure that the sums leave exactly one figure for.
    fn infer(&mut self) {
        loop {
            let mut forced: Vec<(usize, u64, Vec<usize>)> = Vec::new();
            for cell in 0..self.known.len() {
                if self.known[cell] != Known::Nothing || self.cells[cell].conflict.is_some() {
                    continue;
                }
                let solutions: Vec<(Option<u64>, usize)> = self.form.equations_of[cell]
                    .iter()
                    .filter_map(|&e| Some((self.solution(&self.form.equations[e], cell, false)?.0, e)))
                    .collect();
                let Some((first, _)) = solutions.first() else { continue };
                match first {
                    Some(figure) if solutions.iter().all(|(s, _)| s == first) => {
                        forced.push((cell, *figure, solutions.iter().map(|(_, e)| *e).collect()));
                    }
                    _ => {
                        let other = solutions.iter().find_map(|(s, _)| (s != first).then_some(s.unwrap_or(0)));
                        self.cells[cell].conflict = Some((first.unwrap_or(0), other.unwrap_or(0)));
                    }
                }
            }
            if forced.is_empty() {
                break;
            }
            for (cell, figure, equations) in forced {
                self.known[cell] = Known::Figure(figure);
                self.cells[cell].inferred = Some((figure, equations));
            }
        }
        self.revoke();
        self.confirm();
    }

    /// Takes back what only one of several sums forces: that sum may hold the office's slip. And takes back whole rows
    /// where figures are left over that could be theirs.
    fn confirm(&mut self) {
        let unplaced = (0..self.rows.len()).any(|r| matches!(self.outcomes[r], Outcome::Ambiguous | Outcome::Doubtful));
        for cell in 0..self.cells.len() {
            let (Some((figure, _)), Some(row)) = (self.cells[cell].inferred.clone(), self.row_of[cell]) else {
                continue;
            };
            let equations = &self.form.equations_of[cell];
            let held = equations.iter().filter(|e| self.holds(&self.form.equations[**e]) == Some(true)).count();
            // A row whose label is there without values was left blank, and blank is not zero.
            let lost = self.outcomes[row] == Outcome::Missing;
            let leftover = lost && (unplaced || self.strays || self.rows[row].got.labelled);
            if held < equations.len().min(2) || leftover {
                self.cells[cell].inferred = None;
                self.cells[cell].conflict = Some((figure, figure));
            }
        }
        let torn =
            |row: usize| (self.rows[row].first..).take(self.rows[row].width).any(|c| self.cells[c].conflict.is_some());
        let lost: Vec<usize> =
            (0..self.rows.len()).filter(|r| self.outcomes[*r] != Outcome::Read && torn(*r)).collect();
        for row in lost {
            let cells = self.rows[row].first..self.rows[row].first + self.rows[row].width;
            self.cells[cells].iter_mut().for_each(|c| c.inferred = None);
        }
    }

    /// Takes back what was inferred where sums do not hold, or where it leaves a row's own figures out.
    fn revoke(&mut self) {
        let mut wrong = vec![false; self.cells.len()];
        for equation in &self.form.equations {
            let Some(first) = equation.left.first() else { continue };
            let (Some((forced, _)), Known::Figure(have)) = (self.solution(equation, *first, false), self.known[*first])
            else {
                continue;
            };
            if forced != Some(have) {
                equation.left.iter().chain(&equation.right).for_each(|c| wrong[*c] = true);
            }
        }
        for (r, row) in self.rows.iter().enumerate() {
            let placed = !matches!(self.outcomes[r], Outcome::Ambiguous | Outcome::Doubtful);
            let cells = row.first..row.first + row.width;
            if !placed && !row.holds_all(&self.known[cells.clone()]) {
                wrong[cells].fill(true);
            }
        }
        for (cell, wrong) in self.cells.iter_mut().zip(wrong) {
            if let (true, Some((figure, _))) = (wrong, &cell.inferred) {
                cell.conflict = Some((*figure, *figure));
                cell.inferred = None;
            }
        }
    }
}

/// The least and the greatest figure that a cell may hold; no greatest one where nobody knows.
type Bounds = (u128, Option<u128>);

fn exactly(figure: u64) -> Bounds {
    (figure.into(), Some(figure.into()))
}

/// Whether the equation can hold with this figure in the cell and others within their bounds in the rest.
fn allows(equation: &Equation, cell: usize, figure: u64, bounds: &[Bounds]) -> bool {
    let sum = |cells: &[usize]| {
        let add = |(least, most): Bounds, c: &usize| {
            let (a, b) = if *c == cell { exactly(figure) } else { bounds[*c] };
            (least + a, most.zip(b).map(|(most, b)| most + b))
        };
        cells.iter().fold((0, Some(0)), add)
    };
    let (left, right) = (sum(&equation.left), sum(&equation.right));
    left.1.is_none_or(|most| right.0 <= most) && right.1.is_none_or(|most| left.0 <= most)
}

impl RowCase<'_> {
    /// The layout alone puts the tokens in their place, though they have no columns of their own.
    fn is_sure(&self) -> bool {
        let printed = || self.got.tokens.iter().filter(|t| !self.is_empty(**t)).count();
        let whole = self.got.whole && self.got.agreed && printed() == self.width;
        whole && self.is_legible() && (self.got.firm || self.weighs())
    }

    /// A mark that cannot be read is a cell only where all values stand on one line or in one box, with a figure or the
    /// row's label before them; elsewhere it may be what is left of a label.
    fn is_legible(&self) -> bool {
        let legible = |t: &usize| self.known(*t) != Known::Nothing;
        let first = self.got.tokens.first();
        let line = first.map(|t| self.tokens[*t].line);
        let together = self.got.boxed || self.got.tokens.iter().all(|t| Some(self.tokens[*t].line) == line);
        let led = self.got.tied || (self.got.boxed && self.got.labelled);
        (together && (led || first.is_some_and(legible))) || self.is_readable()
    }

    /// None of its tokens is something that cannot be read.
    fn is_readable(&self) -> bool {
        self.got.tokens.iter().all(|t| self.known(*t) != Known::Nothing)
    }

    /// The tokens add up in the order in which they stand, and not to zero.
    fn weighs(&self) -> bool {
        let mut known: Vec<Known> = self.got.tokens.iter().map(|t| self.known(*t)).collect();
        known.iter().any(|k| matches!(k, Known::Figure(f) if *f > 0)) && self.complete(&mut known)
    }

    /// Only spaces or line breaks stand between its figures.
    fn is_loose(&self) -> bool {
        !self.got.boxed && self.got.tokens.iter().all(|t| !self.tokens[*t].bordered)
    }

    /// The row adds up only if the border between two of its figures stands elsewhere among their digits: a converter ran
    /// figures together and broke them (`18 118` as `1811 8`).
    fn is_torn(&self) -> bool {
        let tokens = || self.got.tokens.iter().map(|t| &self.tokens[*t]);
        if self.got.tokens.len() != self.width || !self.is_loose() {
            return false;
        }
        let known: Vec<Known> = self.got.tokens.iter().map(|t| self.known(*t)).collect();
        if self.adds_up(&known) {
            return false;
        }
        let neighbours = tokens().zip(tokens().skip(1)).enumerate().filter(|(_, (a, b))| a.line == b.line);
        neighbours.into_iter().any(|(i, _)| {
            let [Known::Figure(a), Known::Figure(b)] = known[i..i + 2] else { return false };
            let digits = format!("{a}{b}");
            (1..digits.len()).any(|at| {
                let (left, right) = digits.split_at(at);
                let (Ok(left), Ok(right)) = (left.parse(), right.parse()) else { return false };
                let mut known = known.clone();
                (known[i], known[i + 1]) = (Known::Figure(left), Known::Figure(right));
                self.adds_up(&known)
            })
        })
    }

    /// Its zeros are both of full width and not, without borders between them: where zeros are `0` and other figures `３９０`,
    /// a `０` is what is left of a figure that broke.
    fn has_two_zeros(&self) -> bool {
        let zeros = self.got.tokens.iter().filter(|t| self.known(**t) == Known::Figure(0)).map(|t| &self.tokens[*t]);
        let of_bytes = |n: usize| zeros.clone().any(|t| t.end - t.start == n);
        self.is_loose() && of_bytes("0".len()) && of_bytes("０".len())
    }

    /// Each token stands in a column of its own. Where a row begins or ends with an empty field, and adds up only if its
    /// figures are moved, a cell was lost and the columns say nothing.
    fn has_slots(&self) -> bool {
        let tokens = &self.got.tokens;
        let slot = |t: &usize| self.tokens[*t].slot;
        let distinct = |(i, t): (usize, &usize)| slot(t).is_some() && !tokens[..i].iter().any(|o| slot(o) == slot(t));
        let explicit = !tokens.is_empty() && tokens.iter().enumerate().all(distinct);
        explicit && (!self.has_empty_end() || self.adds_up_in_slots() || !self.adds_up_moved())
    }

    /// Only its last fields are empty, or they are and the figures do not add up where they stand: cells were lost, and what
    /// stood behind them has moved up.
    fn has_lost_its_end(&self) -> bool {
        let slot = |t: &&usize| self.tokens[**t].slot;
        let mut tokens: Vec<&usize> = self.got.tokens.iter().collect();
        tokens.sort_by_key(slot);
        let is_gap = |t: &&&usize| self.tokens[***t].content == Content::Gap;
        let lost = tokens.iter().rev().take_while(is_gap).count();
        let others = tokens.iter().filter(is_gap).count() - lost;
        (1..=MOST_MISSING).contains(&lost) && (others == 0 || !self.adds_up_in_slots())
    }

    /// Its first or last field is empty.
    fn has_empty_end(&self) -> bool {
        self.got.tokens.iter().any(|t| {
            let slot = self.tokens[*t].slot.map(usize::from);
            self.is_empty(*t) && (slot == Some(0) || slot == Some(self.width - 1))
        })
    }

    /// An empty field, which may be no cell: one before a row without its label may be what is left of that.
    fn is_empty(&self, token: usize) -> bool {
        let label = self.sums.len() == 1 && !self.got.labelled && self.got.tokens.first() == Some(&token);
        match self.tokens[token].content {
            Content::Gap => true,
            Content::Blank => label,
            _ => false,
        }
    }

    fn adds_up_moved(&self) -> bool {
        let printed = self.printed();
        let missing = self.width.saturating_sub(printed.len());
        let legible = printed.iter().all(|t| self.known(*t) != Known::Nothing);
        let parts = self.sums.len() > 1 && missing > 1;
        (1..=MOST_MISSING).contains(&missing) && legible && (parts || !self.gaps(&printed, missing).is_empty())
    }

    fn adds_up_in_slots(&self) -> bool {
        let mut known = vec![Known::Empty; self.width];
        for token in &self.got.tokens {
            if let Some(cell) = self.tokens[*token].slot.and_then(|s| known.get_mut(usize::from(s))) {
                *cell = self.known(*token);
            }
        }
        self.complete(&mut known)
    }

    /// The row's tokens without the empty fields, which may be none of its cells.
    fn printed(&self) -> Vec<usize> {
        let mut printed = self.got.tokens.clone();
        printed.retain(|t| !self.is_empty(*t));
        printed
    }

    fn known(&self, token: usize) -> Known {
        match self.tokens[token].content {
            Content::Figure(f) => f.count().map_or(Known::Nothing, Known::Figure),
            Content::Dash | Content::Blank | Content::Gap => Known::Empty,
            _ => Known::Nothing,
        }
    }

    fn option(&self, tokens: Vec<Option<usize>>) -> Reading {
        let known = tokens.iter().map(|t| t.map_or(Known::Nothing, |t| self.known(t))).collect();
        Reading { tokens, known }
    }

    /// All ways to put the tokens into the cells that the row's own sums allow.
    fn options(&self, slots: bool, sure: bool) -> Vec<Reading> {
        let tokens = &self.got.tokens;
        if !self.got.agreed {
            return Vec::new();
        }
        if slots {
            let mut cells = vec![None; self.width];
            for token in tokens {
                if let Some(cell) = self.tokens[*token].slot.and_then(|s| cells.get_mut(usize::from(s))) {
                    *cell = Some(*token);
                }
            }
            return vec![self.option(cells)];
        }
        if sure {
            return vec![self.option(self.printed().into_iter().map(Some).collect())];
        }
        let printed = self.printed();
        let legible = printed.iter().all(|t| self.known(*t) != Known::Nothing);
        let options = match self.width.checked_sub(printed.len()) {
            Some(0) if self.is_legible() => self.orders(),
            // What cannot be read may be what is left of the label, and a cell is lost.
            Some(0) => self.orders().into_iter().chain(self.gaps(&printed[1..], 1)).collect(),
            Some(missing) if missing <= MOST_MISSING && self.got.even && legible => self.gaps(&printed, missing),
            _ => Vec::new(),
        };
        if options.len() > MOST_READINGS {
            return Vec::new();
        }
        let mut distinct: Vec<Reading> = Vec::new();
        for option in options {
            match distinct.iter_mut().find(|d| d.known == option.known) {
                Some(same) if printed.len() < self.width => same.forget_differing(&option),
                Some(_) => {}
                None => distinct.push(option),
            }
        }
        distinct
    }

    /// The orders of the row's pieces, lines and parts of lines, in which it adds up.
    fn orders(&self) -> Vec<Reading> {
        let mut as_printed = self.option(self.printed().into_iter().map(Some).collect());
        let legible = !as_printed.known.contains(&Known::Nothing);
        let fits = self.complete(&mut as_printed.known);
        let mixed = self.is_mixed();
        if fits && !(legible && (mixed || !self.got.cuts.is_empty())) {
            return vec![as_printed];
        }
        let pieces = self.pieces(mixed || self.got.cuts.is_empty());
        if pieces.len() > MOST_PIECES || (mixed && !self.breaks_at_columns(&pieces)) {
            return Vec::new();
        }
        let mut options = Vec::new();
        self.arrange(&mut pieces.iter().map(|p| Some(*p)).collect(), &mut Vec::new(), &mut |order| {
            let printed = order.iter().copied().filter(|t| !self.is_empty(*t));
            let option = self.option(printed.map(Some).collect());
            if self.adds_up(&option.known) {
                options.push(option);
            }
        });
        options
    }

    /// The row's tokens, cut where another run begins, and at the ends of lines.
    fn pieces(&self, lines: bool) -> Vec<&[usize]> {
        let tokens = &self.got.tokens;
        let starts = [0].into_iter().chain(self.got.cuts.iter().copied());
        let ends = self.got.cuts.iter().copied().chain([tokens.len()]);
        let runs = starts.zip(ends).map(|(start, end)| &tokens[start..end]);
        let same = |a: &usize, b: &usize| !lines || self.tokens[*a].line == self.tokens[*b].line;
        runs.flat_map(|run| run.chunk_by(same)).collect()
    }

    /// Calls `f` with every order of the pieces; pieces of the same figures are the same piece.
    fn arrange(&self, pieces: &mut Vec<Option<&[usize]>>, order: &mut Vec<usize>, f: &mut impl FnMut(&[usize])) {
        if order.len() == self.got.tokens.len() {
            return f(order);
        }
        let figures = |piece: &[usize]| piece.iter().map(|t| self.known(*t)).collect::<Vec<_>>();
        let mut tried = Vec::new();
        for i in 0..pieces.len() {
            let Some(piece) = pieces[i].filter(|piece| !tried.contains(&figures(piece))) else { continue };
            tried.push(figures(piece));
            order.extend(piece);
            pieces[i] = None;
            self.arrange(pieces, order, f);
            pieces[i] = Some(piece);
            order.truncate(order.len() - piece.len());
        }
    }

    /// Its figures are of full width and its zeros are not, without borders between them: they stand at different heights,
    /// and converters that read by height put the zeros in front of the figures.
    fn is_mixed(&self) -> bool {
        let line = |t: &usize| self.tokens[*t].line;
        let lines = self.got.tokens.iter().any(|t| line(t) != line(&self.got.tokens[0]));
        let wide = |t: &&usize| self.is_wide(**t);
        lines
            && self.is_loose()
            && self.got.tokens.iter().any(|t| wide(&t))
            && !self.got.tokens.iter().all(|t| wide(&t))
    }

    /// A figure of full width: three bytes a digit.
    fn is_wide(&self, token: usize) -> bool {
        let Known::Figure(figure) = self.known(token) else { return false };
        self.tokens[token].end - self.tokens[token].start == "０".len() * figure.to_string().len()
    }

    /// Figures of one height stand in several pieces: what stands together there, stands in neighbouring columns.
    fn breaks_at_columns(&self, pieces: &[&[usize]]) -> bool {
        let of_height = |wide: bool| pieces.iter().filter(|p| p.iter().any(|t| self.is_wide(*t) == wide)).count();
        of_height(true) > 1 || of_height(false) > 1
    }

    /// The ways to leave some cells without a token, in which what is missing can be worked out; none where two may be
    /// missing from the same part, of which nobody knows what each was.
    fn gaps(&self, tokens: &[usize], missing: usize) -> Vec<Reading> {
        let (mut options, mut open) = (Vec::new(), false);
        let mut place = |gaps: &[usize]| {
            let mut rest = tokens.iter().copied();
            let cells = (0..self.width).map(|c| if gaps.contains(&c) { None } else { rest.next() }).collect();
            let mut option = self.option(cells);
            if self.complete(&mut option.known) {
                options.push(option);
            } else {
                open |= self.lacks_two(&option.known);
            }
        };
        for a in 0..self.width {
            if missing == 1 {
                place(&[a]);
            } else {
                (a + 1..self.width).for_each(|b| place(&[a, b]));
            }
        }
        if open { Vec::new() } else { options }
    }

    /// Whether some part lacks two figures, and any two could be they that are not negative.
    fn lacks_two(&self, known: &[Known]) -> bool {
        let mut at = 0;
        let mut two = false;
        let possible = self.sums.iter().all(|length| {
            let Some([parts @ .., total]) = known.get(at..at + length) else { return false };
            at += length;
            let figure = |k: &Known| if let Known::Figure(f) = k { u128::from(*f) } else { 0 };
            let sum: u128 = parts.iter().map(figure).sum();
            let lacking = parts.iter().chain([total]).filter(|k| **k == Known::Nothing).count();
            two |= lacking > 1;
            *total == Known::Nothing || sum == figure(total) || (lacking > 0 && sum < figure(total))
        });
        two && possible
    }

    /// Whether every part adds up to its total, empty cells counted as zero.
    fn adds_up(&self, known: &[Known]) -> bool {
        !known.contains(&Known::Nothing) && self.complete(&mut known.to_vec())
    }

    /// Works out the one unknown of each part; false where there are more, or none fits.
    fn complete(&self, known: &mut [Known]) -> bool {
        let mut at = 0;
        for length in self.sums {
            let Some(part) = known.get_mut(at..at + length) else { return false };
            at += length;
            let unknown: Vec<usize> = (0..*length).filter(|i| part[*i] == Known::Nothing).collect();
            let figure = |k: &Known| if let Known::Figure(f) = k { i128::from(*f) } else { 0 };
            let total = figure(&part[length - 1]);
            let sum: i128 = part[..length - 1].iter().map(figure).sum();
            match unknown.as_slice() {
                [] if sum == total => {}
                [i] => {
                    let forced = if *i == length - 1 { sum } else { total - sum };
                    let Ok(forced) = u64::try_from(forced) else { return false };
                    part[*i] = Known::Figure(forced);
                }
                _ => return false,
            }
        }
        at == self.width
    }

    /// Whether all the row's legible figures are among its cells' figures, in the same order where they stand in one piece.
    fn holds_all(&self, known: &[Known]) -> bool {
        let mut figures = self.got.tokens.iter().map(|t| self.known(*t)).filter(|k| matches!(k, Known::Figure(_)));
        if self.got.cuts.is_empty() && self.got.tokens.is_sorted() {
            let mut cells = known.iter();
            return figures.all(|figure| cells.any(|k| *k == figure));
        }
        let mut left: Vec<Known> = known.to_vec();
        figures.all(|figure| left.iter().position(|k| *k == figure).map(|i| left.swap_remove(i)).is_some())
    }
}

#[cfg(test)]
mod tests {
    use crate::form::{Edition, Row, Table};

    const WITHOUT_VALUES: [usize; 2] = [2, 3];

    /// Table 2 with each value on a line of its own; of two rows there are only the labels.
    fn table(layout: impl Fn(&Row, &str) -> String) -> String {
        let rows = Edition::V2021.form().rows(Table::Requests);
        let written = rows.iter().enumerate().map(|(r, row)| {
            let natural_persons = match row.id {
                "new_received" => 282,
                "granted" => 30,
                "partially_granted" => 0,
                "outcomes_total" => 277,
                "carried_forward" => 6,
                _ => r,
            };
            let cells = format!("{natural_persons}\n0\n0\n0\n0\n0\n{natural_persons}\n");
            layout(row, if WITHOUT_VALUES.contains(&r) { "" } else { &cells })
        });
        format!("三、收到和处理政府信息公开申请情况\n{}", written.collect::<String>())
    }

    /// The natural persons of each row.
    fn read(text: &str) -> Vec<Option<String>> {
        let report = crate::parse(text).report;
        let cells = report.cells().filter(|(path, _)| path.to_string().starts_with("requests/"));
        let first = cells.filter(|(path, _)| path.column == "natural_person");
        first.map(|(_, cell)| cell.value().map(ToString::to_string)).collect()
    }

    #[test]
    fn a_chain_of_labels_and_rows_holds_what_no_column_confirms() {
        let text = table(|row, cells| format!("{}{}\n{cells}\n", row.number, row.label));
        let read = read(&text);
        for (r, figure) in read.iter().enumerate() {
            assert_eq!(figure.is_none(), WITHOUT_VALUES.contains(&r), "{r}: {read:?}");
        }
        assert_eq!(read[10].as_deref(), Some("10"));
    }

    #[test]
    fn labels_on_the_other_side_break_the_chain() {
        // Values stand before their labels here: behind the two empty rows it seems as if labels came first.
        let text = table(|row, cells| format!("{cells}{}{}\n\n", row.number, row.label));
        for (r, figure) in read(&text).iter().enumerate() {
            let right = match r {
                0 => "282".to_owned(),
                23 => "277".to_owned(),
                24 => "6".to_owned(),
                _ => r.to_string(),
            };
            assert!(figure.as_ref().is_none_or(|figure| *figure == right), "{r}: {figure:?}");
        }
    }

    #[test]
    fn figures_that_ran_together_and_broke_elsewhere_are_not_believed() {
        let text = table(|row, cells| format!("{}{} {}\n", row.number, row.label, cells.trim_end().replace('\n', " ")));
        assert_eq!(read(&text)[0].as_deref(), Some("282"));
        assert_eq!(read(&text.replace("282 0", "2 820"))[0], None);
    }
}
