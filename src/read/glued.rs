//! In: a table's tokens. Out: the same, with cells parted that ran together (`22 0 001 225`, `0000000`, `3/////3`), where the
//! row's sums leave one way only, or the columns leave one of several. It parts nothing that a border keeps together.

use std::ops::Range;

use super::figure::{Word, word};
use super::layout::{Item, Layout, Token};
use super::marks::narrow;
use super::solve::{Bounds, allows};
use super::token::Content;
use crate::form::{APPLICANTS, Form, Table};

/// A row whose ways are not all found after so many cells has none, nor have those behind so many in all.
const MOST_STEPS: u32 = 1 << 16;
const MOST_STEPS_IN_ALL: u32 = 1 << 18;
/// A row with more ways has none.
const MOST_WAYS: usize = 32;

/// So many rows show that cells left no trace.
const LEAST_SHORT: usize = 2;

/// Parts the figures of rows in which each part of so many cells ends with its total, unless table 2 lacks cells, as the
/// layout shows that is given besides for table 3.
pub(super) fn part(
    text: &str,
    layout: &mut Layout,
    form: &Form,
    table: Table,
    sums: &[usize],
    requests: Option<&Layout>,
) {
    let (rows, width) = (form.rows(table).len(), sums.iter().sum::<usize>());
    let runs_together = |pair: &[Token]| pair[0].end == pair[1].start && is_loose(text, &pair[0]);
    let whole_row =
        |t: &Token| t.end - t.start >= width && is_loose(text, t) && text[t.start..t.end].chars().count() >= width;
    let glued = layout.tokens.windows(2).any(runs_together) || layout.tokens.iter().any(whole_row);
    if !glued || layout.is_longer_than(rows * width) || lacks_cells(text, requests.unwrap_or(layout)) {
        return;
    }
    let mut rows: Vec<Glued> = Vec::new();
    let mut left = MOST_STEPS_IN_ALL;
    for item in &layout.items {
        let Item::Run(run) = item else { continue };
        let mut start = run.start;
        for line in layout.tokens[run.clone()].chunk_by(|a, b| a.line == b.line) {
            let row = start..start + line.len();
            start = row.end;
            let ways = ways(text, line, sums, &mut left);
            if !ways.is_empty() {
                rows.push(Glued { tokens: row, ways });
            }
        }
    }
    if table == Table::Requests && rows.iter().any(|row| row.ways.len() > 1) {
        choose(text, layout, form, &mut rows);
    }
    for row in rows.into_iter().rev() {
        let [only] = row.ways.as_slice() else { continue };
        let first = layout.tokens[row.tokens.start];
        let cells: Vec<Token> = only.iter().enumerate().map(|cell| token(text, first, cell)).collect();
        layout.replace(row.tokens, &cells);
    }
}

/// Whether what is blank leaves no trace in table 2: several labels have fewer digits on the line behind them than a row has
/// cells, and none has zeros in all of them.
fn lacks_cells(text: &str, layout: &Layout) -> bool {
    let ties = behind_labels(layout);
    let lines = layout.lines().into_iter().filter(|line| ties[line.start].is_some());
    let rows = lines.map(|line| &layout.tokens[line]).filter(|row| row.iter().all(|t| is_loose(text, t)));
    let digits = |row: &[Token]| row.iter().map(|t| &text[t.start..t.end]).collect::<String>();
    let (short, whole): (Vec<String>, Vec<String>) =
        rows.map(digits).partition(|digits| digits.chars().count() < APPLICANTS.len());
    short.len() >= LEAST_SHORT && !whole.iter().any(|digits| digits.bytes().all(|b| b == b'0'))
}

/// The cells of a row.
type Way = Vec<Range<usize>>;

/// A row whose cells ran together.
struct Glued {
    tokens: Range<usize>,
    /// All ways in which it adds up.
    ways: Vec<Way>,
}

/// What a character is of: a figure, or a cell by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Narrow,
    Wide,
    Empty,
}

impl Kind {
    fn of(c: char) -> Option<Self> {
        match c {
            '0'..='9' => Some(Kind::Narrow),
            '０'..='９' => Some(Kind::Wide),
            '/' | '\u{a0}' => Some(Kind::Empty),
            _ => None,
        }
    }
}

/// Digits and empty cells alone, with nothing but spaces around them.
fn is_loose(text: &str, token: &Token) -> bool {
    let cells = text[token.start..token.end].chars().all(|c| Kind::of(c).is_some());
    cells && token.slot.is_none() && !token.bordered
}

/// All ways in which the row's cells ran together and add up, if they are found in as many steps as are left.
fn ways(text: &str, row: &[Token], sums: &[usize], left: &mut u32) -> Vec<Way> {
    let width: usize = sums.iter().sum();
    if row.len() >= width || !row.iter().all(|t| is_loose(text, t)) {
        return Vec::new();
    }
    let chars = |t: &Token| text[t.start..t.end].char_indices().map(move |(i, c)| (t.start + i, c)).collect::<Vec<_>>();
    let places: Vec<Place> = row.iter().flat_map(chars).filter_map(|(at, c)| Place::of(at, c)).collect();
    if places.len() < width {
        return Vec::new();
    }
    let most = MOST_STEPS.min(*left);
    let mut search = Search { places: &places, sums, cells: Vec::new(), ways: Vec::new(), left: most };
    search.part(0, 0);
    *left -= most - search.left;
    let found_all = search.left > 0 && search.ways.len() <= MOST_WAYS;
    if found_all { search.ways } else { Vec::new() }
}

/// A digit or an empty cell, and its bytes.
struct Place {
    kind: Kind,
    digit: u8,
    start: usize,
    end: usize,
}

impl Place {
    fn of(start: usize, c: char) -> Option<Self> {
        let digit = narrow(c).to_digit(10).unwrap_or(0);
        Some(Place { kind: Kind::of(c)?, digit: digit as u8, start, end: start + c.len_utf8() })
    }
}

/// Looks for the ways to part digits into cells.
struct Search<'a> {
    /// The digits and empty cells.
    places: &'a [Place],
    sums: &'a [usize],
    cells: Way,
    ways: Vec<Way>,
    left: u32,
}

impl Search<'_> {
    /// Goes on with a part of the row, from a digit on: each of its totals leaves what its cells add up to.
    fn part(&mut self, row: usize, start: usize) {
        let Some(width) = self.sums.get(row).copied() else { return self.ways.push(self.cells.clone()) };
        let all = self.places.len();
        let ends = if row + 1 == self.sums.len() { all..all + 1 } else { start + width..all + 1 };
        for end in ends {
            for total in (start + width - 1..end).rev() {
                if let Some(sum) = self.figure(total..end) {
                    self.cell(row, start..total, width - 1, sum, &(total..end));
                }
            }
        }
    }

    /// Goes on with so many cells among these digits, which have this sum, and with their total behind them.
    fn cell(&mut self, row: usize, digits: Range<usize>, cells: usize, sum: u64, total: &Range<usize>) {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 || self.ways.len() > MOST_WAYS {
            return;
        }
        if cells == 0 {
            if digits.is_empty() && sum == 0 {
                self.cells.push(self.bytes(total.clone()));
                self.part(row + 1, total.end);
                self.cells.pop();
            }
            return;
        }
        // No cell is longer than what they add up to, and few cells do not add up to much more digits than the longest.
        let long = sum.checked_ilog10().map_or(1, |zeros| zeros as usize + 1);
        if digits.len() < cells || digits.len() > cells * long || digits.len() + 2 < cells + long {
            return;
        }
        for end in digits.start + 1..=digits.end + 1 - cells {
            let Some(rest) = self.figure(digits.start..end).and_then(|figure| sum.checked_sub(figure)) else {
                return;
            };
            self.cells.push(self.bytes(digits.start..end));
            self.cell(row, end..digits.end, cells - 1, rest, total);
            self.cells.pop();
        }
    }

    /// The figure of these digits: none begins with a zero, goes on behind a space, or has digits of both widths. An empty
    /// cell counts as zero.
    fn figure(&self, digits: Range<usize>) -> Option<u64> {
        let places = self.places.get(digits)?;
        let first = places.first()?;
        let goes_on = |p: &[Place]| p[0].kind == p[1].kind && p[0].kind != Kind::Empty && p[0].end == p[1].start;
        let one = places.len() == 1 || first.digit > 0 && places.windows(2).all(goes_on);
        let add = |sum: u64, p: &Place| sum.checked_mul(10)?.checked_add(u64::from(p.digit));
        places.iter().try_fold(0, add).filter(|_| one)
    }

    fn bytes(&self, digits: Range<usize>) -> Range<usize> {
        self.places[digits.start].start..self.places[digits.end - 1].end
    }
}

/// Drops the ways of rows straight behind their label that two columns speak against, until all that are left may stand beside
/// each other. One column alone may itself hold the office's slip.
fn choose(text: &str, layout: &Layout, form: &Form, rows: &mut [Glued]) {
    let ties = behind_labels(layout);
    let mut columns = Columns { form, bounds: vec![(0, None); form.paths.len()] };
    let is_glued = |line: &Range<usize>| rows.iter().any(|row| row.tokens == *line);
    for line in layout.lines().iter().filter(|line| !is_glued(line)) {
        let figure = |t: &Token| t.count().and_then(|figure| figure.try_into().ok());
        let figures: Option<Vec<u64>> = layout.tokens[line.clone()].iter().map(figure).collect();
        if let (Some(row), Some(figures)) = (ties[line.start], figures) {
            columns.bind(row, &[figures]);
        }
    }
    let figure = |cell: &Range<usize>| match word(&text[cell.clone()]) {
        Word::Figure(figure) => figure.count().unwrap_or(0),
        _ => 0,
    };
    let figures = |way: &Way| way.iter().map(figure).collect::<Vec<u64>>();
    for row in rows.iter() {
        if let Some(at) = ties[row.tokens.start] {
            columns.bind(at, &row.ways.iter().map(figures).collect::<Vec<_>>());
        }
    }
    let mut dropped = true;
    while std::mem::take(&mut dropped) {
        for row in rows.iter_mut() {
            let Some(at) = ties[row.tokens.start] else { continue };
            let before = row.ways.len();
            row.ways.retain(|way| columns.against(at, &figures(way)) < 2);
            dropped |= row.ways.len() < before;
            columns.bind(at, &row.ways.iter().map(figures).collect::<Vec<_>>());
        }
    }
}

/// For each token the row whose label stands straight before it.
fn behind_labels(layout: &Layout) -> Vec<Option<usize>> {
    let mut rows = vec![None; layout.tokens.len()];
    for pair in layout.items.windows(2) {
        if let [Item::Label { row, item: false, .. }, Item::Run(run)] = pair {
            rows[run.start] = Some(usize::from(*row));
        }
    }
    rows
}

/// The columns of table 2.
struct Columns<'f> {
    form: &'f Form,
    /// For each cell the least and the greatest figure that it may hold.
    bounds: Vec<Bounds>,
}

impl Columns<'_> {
    /// The cells of a row hold what one of these ways says; none if there is no way, or it is no row of the table's width.
    fn bind(&mut self, row: usize, ways: &[Vec<u64>]) {
        let first = self.first(row);
        for column in 0..APPLICANTS.len() {
            let figures: Option<Vec<u64>> = ways.iter().map(|way| way.get(column).copied()).collect();
            let whole = figures.filter(|_| ways.iter().all(|way| way.len() == APPLICANTS.len()));
            let bounds = whole.and_then(|figures| Some((*figures.iter().min()?, *figures.iter().max()?)));
            self.bounds[first + column] = bounds.map_or((0, None), |(least, most)| (least.into(), Some(most.into())));
        }
    }

    /// The position of a row's first cell.
    fn first(&self, row: usize) -> usize {
        self.form.first(Table::Requests) + row * APPLICANTS.len()
    }

    /// How many columns speak against a way.
    fn against(&self, row: usize, way: &[u64]) -> usize {
        let first = self.first(row);
        let speaks = |(column, figure): (usize, &u64)| {
            let equations = self.form.equations_of[first + column].iter().map(|e| &self.form.equations[*e]);
            let mut across = equations.filter(|e| e.is_of_column());
            across.any(|e| !allows(e, first + column, *figure, &self.bounds))
        };
        way.iter().enumerate().filter(|cell| speaks(*cell)).count()
    }
}

/// A cell of a row that ran together.
fn token(text: &str, first: Token, (i, cell): (usize, &Range<usize>)) -> Token {
    let content = match word(&text[cell.clone()]) {
        Word::Figure(figure) => Content::Figure(figure),
        Word::Dash => Content::Dash,
        _ => Content::Blank,
    };
    let breaks = if i == 0 { first.breaks } else { 0 };
    Token { content, start: cell.start, end: cell.end, breaks, parted: true, ..first }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a row in one word.
    fn parted(text: &str) -> Option<Vec<&str>> {
        parted_within(text, &mut { MOST_STEPS })
    }

    fn parted_within<'t>(text: &'t str, left: &mut u32) -> Option<Vec<&'t str>> {
        let ways = ways_within(text, left);
        let [only] = ways.as_slice() else { return None };
        Some(only.iter().map(|cell| &text[cell.clone()]).collect())
    }

    fn ways_within(text: &str, left: &mut u32) -> Vec<Way> {
        let token = Token {
            content: Content::Mark,
            start: 0,
            end: text.len(),
            line: 0,
            breaks: 1,
            slot: None,
            bordered: false,
            parted: false,
            afloat: false,
        };
        ways(text, &[token], &[7], left)
    }

    #[test]
    fn one_way_is_taken_and_of_several_none() {
        assert_eq!(parted("98765439"), Some(vec!["9", "8", "7", "6", "5", "4", "39"]));
        // `71 7 6` and `7 17 65` with a cell less.
        assert_eq!(parted("987654717654987747"), None);
        assert_eq!(parted("98765440"), None);
    }

    #[test]
    fn so_many_ways_are_told_apart_and_more_are_none() {
        for (row, ways) in [("1121111111111257", MOST_WAYS), ("11110111111145", 0)] {
            assert_eq!(ways_within(row, &mut { MOST_STEPS }).len(), ways, "{row}");
        }
    }

    #[test]
    fn a_row_of_so_many_steps_is_parted_and_one_of_more_is_not() {
        // All ways are found after 65533 cells, and after 65545.
        let (fewer, more) = ("3210362711769125264453293122170", "9058425348856313174535316176779");
        for (row, told) in [(fewer, true), (more, false)] {
            assert_eq!(parted_within(row, &mut { MOST_STEPS_IN_ALL }).is_some(), told);
        }
        // So do four rows of a table, and no fifth.
        let mut left = MOST_STEPS_IN_ALL;
        assert_eq!([fewer; 5].map(|row| parted_within(row, &mut left).is_some()), [true, true, true, true, false]);
    }

    #[test]
    fn empty_cells_and_figures_of_full_width() {
        assert_eq!(parted("3/////3"), Some(vec!["3", "/", "/", "/", "/", "/", "3"]));
        assert_eq!(
            parted("701\u{a0}\u{a0}\u{a0}\u{a0}71"),
            Some(vec!["70", "1", "\u{a0}", "\u{a0}", "\u{a0}", "\u{a0}", "71"])
        );
        assert_eq!(parted("３１00000３１"), Some(vec!["３１", "0", "0", "0", "0", "0", "３１"]));
    }
}
