//! In: each row with its readings. Out: for each cell the token that it holds, or the figure that the form's arithmetic
//! forces; each row sums, each column sums twice, which works like an error-correcting code. What has no solution, or
//! several, stays without a figure. A legible figure is never changed.

use super::row::{Known, Place, Reading, RowCase};
use crate::form::{APPLICANTS, Equation, Form, RESULTS, Rule};

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
    /// The heads above it are those of other columns.
    Misheaded,
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
    /// It is empty, though nothing in the document shows its place.
    pub(crate) blank: bool,
    /// It holds one of these figures, or (`None`) it is empty.
    pub(crate) open: Vec<Option<u64>>,
}

/// What came of it.
pub(crate) struct Solution {
    /// For each cell of the form.
    pub(crate) cells: Vec<CellCase>,
    /// For each row, in the order given.
    pub(crate) outcomes: Vec<Outcome>,
}

/// Everything that is being settled.
pub(crate) struct Solver<'a> {
    form: &'static Form,
    rows: &'a [RowCase<'a>],
    places: Vec<Place>,
    /// The readings of rows whose place is open.
    options: Vec<Vec<Reading>>,
    outcomes: Vec<Outcome>,
    /// Rows that only the sums hold in their place.
    tentative: Vec<bool>,
    known: Vec<Known>,
    cells: Vec<CellCase>,
    row_of: Vec<Option<usize>>,
    /// Figures in the tables belong to no row.
    strays: bool,
    /// Figures of some rows ran together.
    ran_together: bool,
}

/// So many sums that fail, and more than half of all, are no office's slips.
const MOST_FAILED: usize = 4;
/// So many rows that add up to a total show in which column totals stand.
const LEAST_TOTALS: usize = 2;

impl<'a> Solver<'a> {
    pub(crate) fn new(form: &'static Form, rows: &'a [RowCase<'a>], strays: bool) -> Self {
        let cells = form.paths.len();
        let mut row_of = vec![None; cells];
        for (r, row) in rows.iter().enumerate() {
            row_of[row.cells()].fill(Some(r));
        }
        let mut lost: Vec<bool> = rows.iter().map(RowCase::has_lost_its_end).collect();
        let is_request = |row: &&RowCase| row.width == APPLICANTS.len();
        let filled = |row: &&RowCase| row.got.tokens.iter().any(|t| row.tokens[*t].count() > Some(0));
        let requests = || rows.iter().filter(is_request).filter(filled);
        if requests().filter(|row| row.ends_in_gap()).count() * 2 > requests().count() {
            // A column that is empty in most rows with figures was not lost from each of them.
            rows.iter().zip(&mut lost).filter(|(row, _)| is_request(row)).for_each(|(_, lost)| *lost = false);
        }
        let places: Vec<Place> = rows.iter().zip(lost).map(|(row, lost)| row.place(lost)).collect();
        let options = |(row, place): (&RowCase, &Place)| if *place == Place::Open { row.options() } else { Vec::new() };
        Solver {
            form,
            options: rows.iter().zip(&places).map(options).collect(),
            places,
            outcomes: vec![Outcome::Missing; rows.len()],
            tentative: vec![false; rows.len()],
            known: vec![Known::Nothing; cells],
            cells: std::iter::repeat_with(CellCase::default).take(cells).collect(),
            row_of,
            strays,
            ran_together: rows.iter().any(RowCase::is_parted),
            rows,
        }
    }

    /// Settles everything that can be settled.
    pub(crate) fn solve(mut self) -> Solution {
        (0..self.rows.len()).for_each(|row| self.start(row));
        if self.is_plain() {
            return Solution { cells: self.cells, outcomes: self.outcomes };
        }
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
            let case = &self.rows[row];
            let printed =
                self.cells[cell].token.is_some_and(|t| case.known(t) == *known && !case.tokens[t].is_stacked());
            let placed = self.is_placed(row);
            let forced = self.outcomes[row] == Outcome::Settled || !printed;
            if placed && forced && self.cells[cell].conflict.is_none() {
                let of_row = |e: &usize| self.form.equations[*e].right.iter().all(|c| self.row_of[*c] == Some(row));
                let equations = self.form.equations_of[cell].iter().copied().filter(of_row).collect();
                self.cells[cell].inferred = Some((*figure, equations));
            }
        }
        Solution { cells: self.cells, outcomes: self.outcomes }
    }

    /// Every row has its place, every cell holds what is printed there, and no sum fails, as in most documents: nothing is
    /// left to settle.
    fn is_plain(&self) -> bool {
        let read = self.places.iter().zip(&self.outcomes).all(|(p, o)| *p != Place::Open && *o == Outcome::Read);
        let known = |row: &RowCase| !self.known[row.cells()].contains(&Known::Nothing);
        read && self.rows.iter().all(|row| known(row) && !row.is_stacked()) && self.is_in_order()
    }

    /// No row needs to be confirmed, and no sum fails.
    fn is_in_order(&self) -> bool {
        let sound = |row: &RowCase| !row.got.doubtful && !row.may_have_broken();
        let in_order = !self.tentative.contains(&true) && self.rows.iter().all(sound);
        in_order && self.form.equations.iter().all(|e| self.holds(e) != Some(false))
    }

    /// Where most sums of the rows fail, or most of the columns, it was not an office that slipped: nothing stands in its
    /// place.
    fn distrust(&mut self) {
        if self.form.equations.iter().filter(|e| self.holds(e) == Some(false)).count() < MOST_FAILED {
            return;
        }
        for (table, rules) in [
            (APPLICANTS.len(), &[Rule::RowSum][..]),
            (APPLICANTS.len(), &[Rule::OutcomesSum, Rule::Balance]),
            (RESULTS.len() * 3, &[Rule::ProceedingsSum]),
        ] {
            let weighty = || {
                let of_rules = self.form.equations.iter().filter(|e| rules.contains(&e.rule));
                of_rules.filter(|e| e.left.iter().chain(&e.right).any(|c| self.weighs(*c)))
            };
            // Totals that are left blank say nothing, where others stand in their column.
            let has_total =
                |e: &&Equation| e.rule != Rule::RowSum || e.left.iter().all(|c| self.known[*c] != Known::Empty);
            let totals = weighty().filter(has_total).filter(|e| self.holds(e) == Some(true)).count();
            let counts = |e: &&Equation| totals < LEAST_TOTALS || has_total(e);
            let held: Vec<bool> = weighty().filter(counts).filter_map(|e| self.holds(e)).collect();
            let failed = held.iter().filter(|h| !**h).count();
            if failed >= MOST_FAILED && failed * 2 > held.len() {
                for row in 0..self.rows.len() {
                    let case = &self.rows[row];
                    // Without columns of their own, figures may have run into their label.
                    let known = &self.known[case.cells()];
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
        let place = self.places[row];
        let broken = || case.is_torn() || case.has_two_zeros() || case.is_cut_off();
        self.outcomes[row] = match (case.got.tokens.len(), self.options[row].as_slice()) {
            (0, _) => Outcome::Missing,
            _ if case.got.narrow => Outcome::Ambiguous,
            (_, []) if place != Place::Open && case.got.agreed && !broken() => Outcome::Read,
            (_, [only]) if !broken() => outcome(case, only),
            _ => Outcome::Ambiguous,
        };
        // A row in sequence that its label cuts has its place if one of its two orders adds up.
        let cut = case.got.firm && !case.got.cuts.is_empty();
        let parted = case.is_parted() && case.sums.len() == 1;
        let loose = !case.is_firm() || case.may_have_moved();
        self.tentative[row] = loose || (place == Place::Open && !cut) || parted;
        match self.outcomes[row] {
            Outcome::Missing | Outcome::Ambiguous => {}
            _ if place == Place::Open => self.take(row),
            _ => self.put(row),
        }
        let cells = case.cells();
        if case.is_stacked() && !case.adds_up(&self.known[cells]) {
            self.withdraw(row, Outcome::Ambiguous);
        }
    }

    /// Puts a row's tokens into the cells that the layout gives them.
    fn put(&mut self, row: usize) {
        let case = &self.rows[row];
        let mut next = 0..case.width;
        for token in case.got.tokens.iter().copied() {
            let cell = match self.places[row] {
                Place::Slots => case.tokens[token].slot.map(usize::from).filter(|slot| *slot < case.width),
                _ if case.is_empty(token) => None,
                _ => next.next(),
            };
            let Some(cell) = cell else { continue };
            self.known[case.first + cell] = case.known(token);
            self.cells[case.first + cell].token = Some(token);
        }
    }

    /// Puts a row's tokens into their cells as the only option says.
    fn take(&mut self, row: usize) {
        let case = &self.rows[row];
        let Some(option) = self.options[row].first() else { return };
        for (i, (token, known)) in option.tokens.iter().zip(&option.known).take(case.width).enumerate() {
            self.known[case.first + i] = *known;
            self.cells[case.first + i].token = *token;
        }
    }

    fn withdraw(&mut self, row: usize, outcome: Outcome) {
        let cells = self.rows[row].cells();
        self.known[cells.clone()].fill(Known::Nothing);
        self.cells[cells].fill(CellCase::default());
        self.outcomes[row] = outcome;
    }

    /// Drops the options that columns speak against, whatever the options of the other rows; true where there were any.
    fn eliminate(&mut self) -> bool {
        if self.options.iter().all(|options| options.len() < 2) {
            return false;
        }
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
                self.outcomes[row] = outcome(&self.rows[row], reading);
                self.take(row);
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
        let mut columns = self.form.equations.iter().filter(|e| e.is_of_column());
        if columns.all(|e| self.holds(e) != Some(false)) {
            return false;
        }
        let candidates: Vec<(usize, Reading)> = (0..self.rows.len())
            .filter(|row| self.tentative[*row] && matches!(self.outcomes[*row], Outcome::Read | Outcome::Reordered))
            // A row that stands in one piece behind its label is as it is printed.
            .filter(|row| !(self.rows[*row].got.whole && self.rows[*row].got.labelled))
            .filter_map(|row| Some((row, self.as_columns_ask(row)?)))
            .collect();
        let [(row, reading)] = candidates.as_slice() else { return false };
        self.outcomes[*row] = Outcome::Reordered;
        self.options[*row] = vec![reading.clone()];
        self.take(*row);
        true
    }

    /// The row's tokens in the one order that all its columns force, where it is another than now.
    fn as_columns_ask(&self, row: usize) -> Option<Reading> {
        let case = &self.rows[row];
        let cells = case.cells();
        let forced: Vec<u64> = cells
            .map(|cell| {
                let across = |e: &&usize| self.form.equations[**e].right.iter().any(|c| self.row_of[*c] != Some(row));
                let equations = self.form.equations_of[cell].iter().filter(across).map(|e| &self.form.equations[*e]);
                let mut asked = equations.filter_map(|e| Some(self.solution(e, cell, true)?.0));
                let first = asked.next()??;
                asked.all(|a| a == Some(first)).then_some(first)
            })
            .collect::<Option<_>>()?;
        let now = &self.known[case.cells()];
        if forced.iter().zip(now).all(|(figure, now)| *now == Known::Figure(*figure)) {
            return None;
        }
        let mut left = case.got.tokens.clone();
        let tokens: Vec<Option<usize>> = forced
            .iter()
            .map(|figure| left.iter().position(|t| case.known(*t) == Known::Figure(*figure)).map(|i| left.remove(i)))
            .collect();
        let reading = case.option(tokens);
        let moved = reading.tokens.iter().all(Option::is_some) && reading.known != now;
        (moved && case.keeps_lines(&reading)).then_some(reading)
    }

    /// Withdraws rows that only sums held in their place where other sums speak against them, or where no other sum
    /// confirms each of their figures.
    fn doubt(&mut self) {
        let exceeded: Vec<usize> = self.exceeded().filter_map(|cell| self.row_of[cell]).collect();
        for row in exceeded {
            self.tentative[row] |= !self.rows[row].got.tied;
        }
        if self.is_in_order() {
            return;
        }
        let mut tally = self.tally();
        let chained = self.chained(&tally.confirmed);
        self.excuse(&mut tally);
        // Where many rows cannot be read, or figures broke or ran together, a sum that fails is no slip.
        let unread = |o: &&Outcome| matches!(o, Outcome::Ambiguous | Outcome::Doubtful);
        let unread = self.outcomes.iter().filter(unread).count() * 5 > self.outcomes.len();
        let broken = unread || self.rows.iter().any(RowCase::is_stacked) || self.ran_together;
        for (row, chained) in chained.into_iter().enumerate() {
            if matches!(self.outcomes[row], Outcome::Missing | Outcome::Ambiguous) {
                continue;
            }
            if self.is_out_of_order(row, &tally, broken) {
                self.withdraw(row, Outcome::Ambiguous);
            } else if self.tentative[row]
                && let Some(doubt) = self.doubt_of(row, &tally, chained)
            {
                self.withdraw(row, doubt);
            }
        }
        self.doubt_afloat();
    }

    /// Withdraws rows some of whose figures stand above and below the others, where another row is withdrawn: its columns may have
    /// told where those stand.
    fn doubt_afloat(&mut self) {
        let unread = |row: &usize| matches!(self.outcomes[*row], Outcome::Ambiguous | Outcome::Doubtful);
        if !(0..self.rows.len()).any(|row| unread(&row)) {
            return;
        }
        let afloat = |row: &usize| self.rows[*row].floats() && !unread(row) && self.rows[*row].options().len() > 1;
        for row in (0..self.rows.len()).filter(afloat).collect::<Vec<_>>() {
            self.withdraw(row, Outcome::Ambiguous);
        }
    }

    fn tally(&self) -> Tally {
        let cells = self.known.len();
        let mut tally = Tally {
            against: vec![false; cells],
            confirmed: vec![false; cells],
            weighed: vec![false; cells],
            fails: vec![0; self.rows.len()],
        };
        for equation in &self.form.equations {
            let cells = || equation.left.iter().chain(&equation.right).copied();
            let row = self.row_of[equation.left[0]];
            let across = cells().any(|c| self.row_of[c] != row);
            if let (false, true, Some(row)) = (across, self.fails(equation), row) {
                tally.fails[row] += 1;
            }
            let Some(holds) = self.holds(equation).filter(|_| across) else { continue };
            let weighs = holds && cells().any(|c| self.weighs(c));
            for cell in cells() {
                tally.confirmed[cell] |= holds;
                tally.weighed[cell] |= weighs;
                tally.against[cell] |= !holds;
            }
        }
        for cell in self.exceeded() {
            tally.against[cell] = true;
        }
        tally
    }

    /// The outcomes of columns in which they are more than all that was received and carried over, and those figures: where no
    /// total is known, either may stand in a wrong place.
    fn exceeded(&self) -> impl Iterator<Item = usize> {
        let columns = self.form.equations.iter().filter_map(|e| Some(e.right.iter().chain(self.exceeds(e)?)));
        columns.flatten().copied()
    }

    /// What was received and carried over in the outcomes' column, where they are more.
    fn exceeds(&self, outcomes: &Equation) -> Option<&[usize]> {
        let [total] = outcomes.left[..] else { return None };
        if outcomes.rule != Rule::OutcomesSum || self.known[total] != Known::Nothing {
            return None;
        }
        let balance = self.form.equations_of[total].iter().map(|e| &self.form.equations[*e]);
        let mut received = balance.filter(|e| e.rule == Rule::Balance && e.right.contains(&total)).map(|e| &e.left);
        let known = |cells: &[usize]| cells.iter().all(|cell| self.known[*cell] != Known::Nothing);
        let exceeds = |cells: &&Vec<usize>| known(cells) && self.sum(&outcomes.right) > self.sum(cells);
        received.find(exceeds).map(Vec::as_slice)
    }

    /// Columns that fail by the office's slip alone confirm the rows that were put together again: only those need their
    /// columns so badly.
    fn excuse(&mut self, tally: &mut Tally) {
        let settled: Vec<bool> = self.outcomes.iter().map(|outcome| *outcome == Outcome::Settled).collect();
        if !settled.contains(&true) {
            return;
        }
        for (cell, excused) in self.excused().into_iter().enumerate() {
            if excused && self.row_of[cell].is_some_and(|row| settled[row]) {
                (tally.against[cell], tally.confirmed[cell]) = (false, true);
            }
        }
    }

    /// Whether a row's own sum fails and it was no office that slipped, or figures next to the row may be parts of its own.
    fn is_out_of_order(&self, row: usize, tally: &Tally, broken: bool) -> bool {
        let (case, fails) = (&self.rows[row], tally.fails[row]);
        // An office slips in one figure; figures that broke and ran together are wrong in several.
        let several = fails > 1 || tally.columns_against(case) >= 2 || case.got.doubtful || broken;
        let displaced = case.is_loose() || (fails > 1 && case.has_empty_end());
        // Next to what is left of other figures, a mark may be a part of one, and so may the row's figures.
        let torn = broken && self.outcomes[row] == Outcome::Settled && case.is_of_full_width();
        let part = case.is_loose() && (torn || (case.got.doubtful && !case.is_readable()) || case.may_have_broken());
        let pieces = case.is_beside_pieces() || (fails > 0 && case.is_beside_few());
        part || pieces || (fails > 0 && displaced && several)
    }

    /// How a row that only sums hold in its place comes out, where other sums do not confirm it. Zeros fit anything: only
    /// columns of other figures confirm them, and they confirm none.
    fn doubt_of(&self, row: usize, tally: &Tally, chained: bool) -> Option<Outcome> {
        let case = &self.rows[row];
        let mut figures = case.cells().filter(|c| self.weighs(*c)).peekable();
        let zero = figures.peek().is_none();
        let against = !zero && (tally.fails[row] > 0 || tally.columns_against(case) > 0);
        let held = case.is_firm() || (!case.got.doubtful && self.between_placed_rows(row));
        let adrift = zero && !held && !tally.forces(case);
        let alone = case.sums.len() > 1;
        if against || adrift {
            Some(Outcome::Ambiguous)
        } else if !alone && !chained && !figures.all(|c| tally.confirmed[c]) {
            Some(Outcome::Doubtful)
        } else {
            None
        }
    }

    /// The rows in a chain of labels and whole rows in turn, all on the same side of their labels, that leads to a row in
    /// its place: it would not be in its place if those labels were their neighbours'.
    fn chained(&self, confirmed: &[bool]) -> Vec<bool> {
        let cells = |r: usize| self.rows[r].cells();
        let placed = |r: usize| cells(r).any(|c| self.weighs(c)) && cells(r).all(|c| confirmed[c] || !self.weighs(c));
        let whole = |r: usize| {
            let row = &self.rows[r];
            let sure = row.got.agreed && !row.got.doubtful && row.is_legible() && !row.is_parted();
            row.got.whole && sure && !row.may_have_moved() && self.outcomes[r] == Outcome::Read
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

    /// Whether the rows before and behind have their place, and on either side not only other rows of zeros: a row of zeros
    /// between them can be no other.
    fn between_placed_rows(&self, row: usize) -> bool {
        let cells = |r: usize| self.rows[r].cells();
        let is_loose = |r: &usize| self.tentative[*r] && !cells(*r).any(|c| self.weighs(c)) && self.is_placed(*r);
        let is_held = |r: Option<usize>| r.is_some_and(|r| self.is_placed(r));
        let held = is_held((0..row).rev().find(|r| !is_loose(r)))
            || is_held((row + 1..self.rows.len()).find(|r| !is_loose(r)));
        let placed = |r: usize| r >= self.rows.len() || self.is_placed(r);
        held && row.checked_sub(1).is_none_or(placed) && placed(row + 1)
    }

    fn is_placed(&self, row: usize) -> bool {
        matches!(self.outcomes[row], Outcome::Read | Outcome::Reordered | Outcome::Settled)
    }

    /// Whether the cell has a figure that is not zero.
    fn weighs(&self, cell: usize) -> bool {
        matches!(self.known[cell], Known::Figure(figure) if figure > 0)
    }

    /// Whether an equation holds, empty cells counted as zero; none where a cell is unknown.
    fn holds(&self, equation: &Equation) -> Option<bool> {
        let known = |cell: &usize| self.known[*cell] != Known::Nothing;
        let whole = equation.left.iter().chain(&equation.right).all(known);
        whole.then(|| self.sum(&equation.left) == self.sum(&equation.right))
    }

    /// Whether a row's own sum fails, whatever its unknown cells are: they make no sum smaller.
    fn fails(&self, equation: &Equation) -> bool {
        let total = equation.left.iter().all(|cell| self.known[*cell] != Known::Nothing);
        self.holds(equation) == Some(false) || (total && self.sum(&equation.right) > self.sum(&equation.left))
    }

    fn sum(&self, cells: &[usize]) -> u128 {
        let figure = |cell: &usize| if let Known::Figure(f) = self.known[*cell] { u128::from(f) } else { 0 };
        cells.iter().map(figure).sum()
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
        if self.cells.iter().any(|c| c.inferred.is_some()) {
            self.revoke();
            self.confirm();
        }
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
            let cells = self.rows[row].cells();
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
            let cells = row.cells();
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

/// What the sums say of the cells and of the rows.
struct Tally {
    /// For each cell whether a sum over several rows in which it stands fails, and whether one holds.
    against: Vec<bool>,
    confirmed: Vec<bool>,
    /// And whether one holds that has a figure which is not zero.
    weighed: Vec<bool>,
    /// For each row how many of its own sums fail.
    fails: Vec<u8>,
}

impl Tally {
    /// Whether the columns leave a row of zeros nothing else, and not all are zeros.
    fn forces(&self, row: &RowCase) -> bool {
        let mut cells = row.cells();
        cells.clone().all(|c| self.confirmed[c]) && cells.next_back().is_some_and(|total| self.weighed[total])
    }

    fn columns_against(&self, row: &RowCase) -> usize {
        self.against[row.cells()].iter().filter(|against| **against).count()
    }
}

/// How a row comes out with its only reading.
fn outcome(row: &RowCase, reading: &Reading) -> Outcome {
    match row.got.tokens.len() == row.width {
        false => Outcome::Settled,
        true if reading.is_as_printed(&row.got.tokens) => Outcome::Read,
        true => Outcome::Reordered,
    }
}

/// The least and the greatest figure that a cell may hold; no greatest one where nobody knows.
pub(super) type Bounds = (u128, Option<u128>);

fn exactly(figure: u64) -> Bounds {
    (figure.into(), Some(figure.into()))
}

/// Whether the equation can hold with this figure in the cell and others within their bounds in the rest.
pub(super) fn allows(equation: &Equation, cell: usize, figure: u64, bounds: &[Bounds]) -> bool {
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
    fn of_what_was_received_and_less_than_came_of_it_neither_is_believed() {
        // Without a total nothing says which of the two stands in the wrong columns.
        let columns = |received: &str| {
            let text = table(|row, cells| {
                let cells = match row.id {
                    "new_received" => received,
                    "granted" => "0\n900\n0\n0\n0\n0\n900\n",
                    "outcomes_total" => "247\n900\n7\n0\n0\n0\n1\n",
                    _ => cells,
                };
                format!("{}{}\n{cells}\n", row.number, row.label)
            });
            let read = read(&text);
            (read[0].clone(), read[2].clone())
        };
        assert_eq!(columns("900\n0\n0\n0\n0\n0\n900\n"), (None, None));
        assert_eq!(columns("282\n918\n0\n0\n0\n0\n1200\n").0.as_deref(), Some("282"));
    }

    #[test]
    fn figures_that_ran_together_and_broke_elsewhere_are_not_believed() {
        let text = table(|row, cells| format!("{}{} {}\n", row.number, row.label, cells.trim_end().replace('\n', " ")));
        assert_eq!(read(&text)[0].as_deref(), Some("282"));
        assert_eq!(read(&text.replace("282 0", "2 820"))[0], None);
    }
}
