//! In: the rows of a table 2 that leaves its zeros out, drawn on pages. Out: the ways to put their figures into columns in which
//! figures below one another on a page stand in one column, and all columns add up. A converter draws each page for itself,
//! and draws together what is empty on it; only how far figures stand from their rows' totals shows its columns.

use memchr::memchr_iter;

use super::blanks::{Way, figure};
use super::heights::{Placed, Unit};
use super::row::RowCase;
use crate::form::{APPLICANTS, Form, Table};

const WIDTH: usize = APPLICANTS.len();
/// The columns before that of totals.
const COLUMNS: usize = WIDTH - 1;
/// The outcomes' and the balance.
const SUMS: usize = 2;
/// Figures of one column lie apart by so much at the most, in half characters.
const MOST_APART: usize = 4;
/// So many choices of columns are tried at the most: those of three pages, each with half its columns empty.
const MOST_CHOICES: usize = 8000;

/// A figure before its row's total.
#[derive(Clone, Copy)]
struct Drawn {
    row: usize,
    token: usize,
    /// The page on which it stands.
    page: usize,
    /// How far it stands from the total, in half characters.
    far: usize,
}

/// A page's figures, by its columns from left to right.
struct Page {
    columns: Vec<Vec<Drawn>>,
    choices: Vec<Choice>,
}

/// Columns of the form for those of a page.
struct Choice {
    /// A bit for each.
    columns: u8,
    /// By how much the sums over each of them fail on this page.
    lacks: [[i128; COLUMNS]; SUMS],
    /// All sums hold with it and some choices of the other pages.
    holds: bool,
}

/// Of each row with figures, the ways that the places leave; none where they show no columns.
pub(super) fn ways(form: &Form, text: &str, rows: &[RowCase]) -> Vec<Vec<Way>> {
    let mut ways = vec![Vec::new(); rows.len()];
    let Some(drawn) = drawn(text, rows) else { return ways };
    let pages: Vec<&[Drawn]> = drawn.chunk_by(|a, b| a.page == b.page).collect();
    let fill = |pages: &[Page], ways: &mut [Vec<Way>]| pages.iter().for_each(|page| page.fill(rows, ways));
    fill(&consistent(form, rows, pages.iter().copied()), &mut ways);
    if ways.iter().any(|ways| !ways.is_empty()) {
        return ways;
    }
    // The rows of one page do not stand below one another.
    for (loose, page) in pages.iter().enumerate().filter(|(_, page)| page[0].row < page[page.len() - 1].row) {
        let of_rows = page.chunk_by(|a, b| a.row == b.row);
        let parts = pages[..loose].iter().copied().chain(of_rows).chain(pages[loose + 1..].iter().copied());
        fill(&consistent(form, rows, parts), &mut ways);
    }
    ways
}

/// All figures before totals; none where a row is not drawn on one line, or all gaps between figures are alike, as in a text
/// whose cells so many spaces part.
fn drawn(text: &str, rows: &[RowCase]) -> Option<Vec<Drawn>> {
    let (mut drawn, mut gaps) = (Vec::new(), Vec::new());
    let (mut page, mut read) = (0, 0);
    for (r, row) in rows.iter().enumerate().take_while(|(_, row)| row.width == WIDTH) {
        let own = &row.got.tokens;
        let place = |t: &usize| Placed::find(text, row.tokens, *t, Unit::Characters);
        let places: Vec<Placed> = own.iter().map(place).collect::<Option<_>>()?;
        if own.windows(2).any(|pair| row.tokens[pair[0]].line != row.tokens[pair[1]].line) {
            return None;
        }
        gaps.extend(places.windows(2).map(|pair| pair[1].columns.start.saturating_sub(pair[0].columns.end)));
        let Some((total, before)) = places.split_last() else { continue };
        let start = row.tokens[own[0]].start;
        page += memchr_iter(b'\x0c', text.as_bytes().get(read..start)?).count();
        read = start;
        let middle = |place: &Placed| place.columns.start + place.columns.end;
        let of_row = |place: &Placed| Drawn {
            row: r,
            token: place.token,
            page,
            far: middle(total).saturating_sub(middle(place)),
        };
        drawn.extend(before.iter().map(of_row));
    }
    let wide = gaps.iter().filter(|gap| **gap > 1).count();
    (wide * 2 >= gaps.len() && gaps.iter().any(|gap| *gap != gaps[0])).then_some(drawn)
}

impl Page {
    fn new(form: &Form, rows: &[RowCase], drawn: &[Drawn]) -> Self {
        let mut drawn = drawn.to_vec();
        drawn.sort_by_key(|d| std::cmp::Reverse(d.far));
        let mut columns: Vec<Vec<Drawn>> = Vec::new();
        for own in drawn {
            match columns.last_mut() {
                Some(column) if column[0].far - own.far <= MOST_APART => column.push(own),
                _ => columns.push(vec![own]),
            }
        }
        let choices = (0..1 << COLUMNS).filter(|c: &u8| c.count_ones() as usize == columns.len());
        let choices = choices.map(|choice| Choice::new(form, rows, &columns, choice)).collect();
        Page { columns, choices }
    }

    /// Adds the ways of its rows.
    fn fill(&self, rows: &[RowCase], ways: &mut [Vec<Way>]) {
        for choice in &self.choices {
            let mut of_rows: Vec<Option<Way>> = vec![None; rows.len()];
            for (column, cell) in self.columns.iter().zip(choice.cells()) {
                for figure in column {
                    of_rows[figure.row].get_or_insert_with(|| vec![None; WIDTH])[cell] = Some(figure.token);
                }
            }
            for (r, way) in of_rows.into_iter().enumerate() {
                let Some(mut way) = way else { continue };
                way[COLUMNS] = rows[r].got.tokens.last().copied();
                if !ways[r].contains(&way) {
                    ways[r].push(way);
                }
            }
        }
    }
}

impl Choice {
    fn new(form: &Form, rows: &[RowCase], of_page: &[Vec<Drawn>], columns: u8) -> Self {
        let mut choice = Choice { columns, lacks: [[0; COLUMNS]; SUMS], holds: false };
        let first = form.first(Table::Requests);
        let sums = form.equations.iter().filter(|e| e.is_of_column() && (e.left[0] - first).is_multiple_of(WIDTH));
        for (s, sum) in sums.enumerate().take(SUMS) {
            for (column, cell) in of_page.iter().zip(choice.cells()) {
                let held = |d: &Drawn| figure(&rows[d.row].tokens[d.token]).map_or(0, i128::from);
                let side = |d: &Drawn, side: &[usize]| if side.contains(&rows[d.row].first) { held(d) } else { 0 };
                choice.lacks[s][cell] = column.iter().map(|d| side(d, &sum.left) - side(d, &sum.right)).sum();
            }
        }
        choice
    }

    /// The columns of the form.
    fn cells(&self) -> impl Iterator<Item = usize> + use<> {
        let columns = self.columns;
        (0..COLUMNS).filter(move |cell| columns >> cell & 1 == 1)
    }
}

/// The pages, each with the choices with which all sums hold whatever those of the others are.
fn consistent<'d>(form: &Form, rows: &[RowCase], pages: impl Iterator<Item = &'d [Drawn]>) -> Vec<Page> {
    let mut pages: Vec<Page> = pages.map(|drawn| Page::new(form, rows, drawn)).collect();
    let all = pages.iter().fold(1_usize, |all, page| all.saturating_mul(page.choices.len()));
    if all > MOST_CHOICES {
        return Vec::new();
    }
    for n in 0..all {
        let at = |page: &Page, rest: usize| rest % page.choices.len();
        let lacks = |sum: usize, cell: usize| {
            let lacks = |(lacking, rest): (i128, usize), page: &Page| {
                (lacking + page.choices[at(page, rest)].lacks[sum][cell], rest / page.choices.len())
            };
            pages.iter().fold((0, n), lacks).0
        };
        if (0..SUMS).all(|sum| (0..COLUMNS).all(|cell| lacks(sum, cell) == 0)) {
            let mut rest = n;
            for page in &mut pages {
                let own = at(page, rest);
                rest /= page.choices.len();
                page.choices[own].holds = true;
            }
        }
    }
    for page in &mut pages {
        page.choices.retain(|choice| choice.holds);
    }
    pages
}
