//! In: a table's cells as ranges of the text. Out: in place of that text, a line for each row, with fields for all columns.
//! Tables that only lay out a page, and those beyond the limits, keep their text as it is, a line for each block.

use std::ops::Range;

use super::flow::joins;
use super::map::{Map, Run, Source};
use super::{Limit, Limits, MAX_COLUMNS, MAX_FIELDS};
use crate::read::marks::is_invisible;

/// More bytes than any label of the form has: a cell that is longer holds prose.
pub(super) const PROSE_BYTES: usize = 600;
/// The same for a cell of several paragraphs.
pub(super) const PARAGRAPHS_BYTES: usize = 240;
/// A table with at least so many cells may hold prose and still be one of figures.
pub(super) const MANY_CELLS: usize = 12;

/// A page of tables has about so many bytes for each cell.
const BYTES_OF_A_CELL: usize = 32;

/// A cell of an open table.
#[derive(Debug)]
struct Cell {
    row: u32,
    group: u32,
    /// The first column that it covers; known when the table ends.
    column: usize,
    columns: usize,
    /// How many rows it covers, 0 for all that follow.
    rows: u32,
    /// Its bytes in the text.
    text: Range<usize>,
    /// The no-break spaces in it, or where its content begins, in the page.
    content: Range<usize>,
}

impl Cell {
    /// The column behind it.
    fn end(&self) -> usize {
        self.column + self.columns
    }
}

/// An open table.
#[derive(Debug)]
pub(super) struct Table {
    /// Whether one of its cells holds a table of more than one cell.
    pub(super) holds_another: bool,
    text: usize,
    run: usize,
    cell: usize,
    rows: u32,
    groups: u32,
    is_in_row: bool,
    is_in_cell: bool,
}

impl Table {
    pub(super) fn is_in_cell(&self) -> bool {
        self.is_in_cell
    }

    /// Notes where the open cell has no-break spaces.
    pub(super) fn note_blank(&self, grids: &mut Grids, page: Range<usize>) {
        if let Some(cell) = grids.cells.last_mut().filter(|_| self.is_in_cell) {
            let start = if cell.content.is_empty() { page.start } else { cell.content.start };
            cell.content = start..page.end;
        }
    }

    pub(super) fn start_group(&mut self, grids: &mut Grids, text: usize) {
        self.end_row(grids, text);
        self.groups += 1;
    }

    pub(super) fn start_row(&mut self, grids: &mut Grids, text: usize) {
        self.end_row(grids, text);
        self.rows += 1;
        self.is_in_row = true;
    }

    pub(super) fn start_cell(&mut self, grids: &mut Grids, text: usize, content: usize, spans: (u32, u32)) {
        self.end_cell(grids, text);
        if !self.is_in_row {
            self.start_row(grids, text);
        }
        self.is_in_cell = true;
        grids.cells.push(Cell {
            row: self.rows,
            group: self.groups,
            column: 0,
            columns: spans.0 as usize,
            rows: spans.1,
            text: text..text,
            content: content..content,
        });
    }

    pub(super) fn end_row(&mut self, grids: &mut Grids, text: usize) {
        self.end_cell(grids, text);
        self.is_in_row = false;
    }

    pub(super) fn end_cell(&mut self, grids: &mut Grids, text: usize) {
        if let Some(cell) = grids.cells.last_mut().filter(|_| self.is_in_cell) {
            cell.text.end = text;
        }
        self.is_in_cell = false;
    }
}

/// The cells of all open tables, and room to lay one out.
#[derive(Debug, Default)]
pub(super) struct Grids {
    cells: Vec<Cell>,
    /// Up to which row each column is covered.
    covered: Vec<u32>,
    /// How many columns each row with cells has.
    widths: Vec<usize>,
    /// How many fields have been laid out.
    fields: usize,
    /// Where the last table laid out ends in the text.
    end: usize,
    old: String,
    runs: Vec<Run>,
}

impl Grids {
    /// For a page of so many bytes.
    pub(super) fn new(page: usize) -> Self {
        Grids { cells: Vec::with_capacity(page / BYTES_OF_A_CELL), ..Grids::default() }
    }

    /// A table that begins here.
    pub(super) fn table(&self, text: usize, run: usize) -> Table {
        let cell = self.cells.len();
        Table { holds_another: false, text, run, cell, rows: 0, groups: 0, is_in_row: false, is_in_cell: false }
    }

    /// Lays out an ended table, and says whether one around it could only be there for the layout of the page.
    pub(super) fn lay_out(&mut self, table: &Table, text: &mut String, map: &mut Map, limits: &mut Limits) -> bool {
        let mut cells = std::mem::take(&mut self.cells);
        let own = cells.get_mut(table.cell..).unwrap_or_default();
        let holds_table = table.holds_another || own.len() > 1;
        if !table.holds_another && own.len() > 1 && self.place(own, limits) && is_data(own, text) {
            self.write(table, own, text, map);
        }
        cells.truncate(table.cell);
        self.cells = cells;
        holds_table
    }

    /// Finds the column of each cell as browsers do, and the columns of each row; false for a table beyond the limits.
    fn place(&mut self, cells: &mut [Cell], limits: &mut Limits) -> bool {
        self.covered.clear();
        self.widths.clear();
        let (mut row, mut group, mut at, mut fields) = (0, 0, 0, self.fields);
        for cell in cells {
            if cell.row != row {
                self.end_width(row);
                (row, at) = (cell.row, 0);
                fields += self.covered.len();
            }
            if cell.group != group {
                group = cell.group;
                self.covered.fill(0);
            }
            while self.covered.get(at).is_some_and(|until| *until > row) {
                at += 1;
            }
            if at >= MAX_COLUMNS {
                limits.bite(Limit::Columns);
                return false;
            }
            if fields > MAX_FIELDS {
                limits.bite(Limit::Fields);
                return false;
            }
            cell.column = at;
            at = self.cover(cell);
        }
        self.end_width(row);
        self.within_fields(row as usize, limits)
    }

    /// Notes how far an ended row goes: where a cell was left out, the others must not seem to be followed by an empty one.
    fn end_width(&mut self, row: u32) {
        if row > 0 {
            self.widths.push(self.covered.iter().rposition(|until| *until > row).map_or(0, |last| last + 1));
        }
    }

    /// Covers the columns of a cell, and gives back the one after them. What a cell spans beyond the limit is cut:
    /// a `colspan` of 1000 only says that a heading goes all the way across.
    fn cover(&mut self, cell: &Cell) -> usize {
        let end = cell.end().min(MAX_COLUMNS);
        if self.covered.len() < end {
            self.covered.resize(end, 0);
        }
        let last = if cell.rows == 0 { u32::MAX } else { cell.row.saturating_add(cell.rows) };
        for until in self.covered.iter_mut().take(end).skip(cell.column) {
            *until = last.max(*until);
        }
        end
    }

    /// Whether the page may have that many fields more.
    fn within_fields(&mut self, rows: usize, limits: &mut Limits) -> bool {
        let fields = self.fields + rows * self.covered.len();
        let within = fields <= MAX_FIELDS;
        if within {
            self.fields = fields;
        } else {
            limits.bite(Limit::Fields);
        }
        within
    }

    /// Puts the rows in place of the table's text.
    fn write(&mut self, table: &Table, cells: &[Cell], text: &mut String, map: &mut Map) {
        self.old.clear();
        self.old.push_str(text.get(table.text..).unwrap_or(""));
        map.take_from(table.run, &mut self.runs);
        text.truncate(table.text);
        let old = Old { start: table.text, text: &self.old, runs: &self.runs };
        let mut out = Out { text, map };
        if table.text > 0 && table.text == self.end {
            // Two tables with nothing between them stay two.
            out.text.push_str("\n\n");
        }
        write_between(&old, cells, &mut out);
        let filled = filled(&old, cells);
        let mut run = 0;
        for (row, end) in cells.chunk_by(|a, b| a.row == b.row).zip(&self.widths) {
            out.break_line();
            let columns = filled.start..filled.end.min(*end);
            match row {
                [cell] if old.is_prose(&cell.text) => run += out.lines(&old, run, &cell.text),
                _ => run += write_row(&old, run, row, columns, &mut out),
            }
        }
        self.end = text.len();
    }
}

/// Whether a table holds data, rather than lay out a page: it has columns, and its cells are no paragraphs.
fn is_data(cells: &[Cell], text: &str) -> bool {
    let old = Old { start: 0, text, runs: &[] };
    let prose = cells.iter().filter(|c| old.is_prose(&c.text)).count();
    cells.iter().any(|c| c.column > 0) && (prose == 0 || cells.len() >= MANY_CELLS && prose * 4 <= cells.len())
}

/// Writes what stands in the table but in no cell, such as its caption, before its rows, as browsers do.
fn write_between(old: &Old, cells: &[Cell], out: &mut Out) {
    let mut from = old.start;
    let end = old.start + old.text.len();
    for cell in cells.iter().map(|c| c.text.clone()).chain(std::iter::once(end..end)) {
        let between = from..cell.start;
        if !between.is_empty() && !old.content(&between).1.is_empty() {
            out.break_line();
            let first = old.runs.partition_point(|r| r.at <= between.start).saturating_sub(1);
            out.lines(old, first, &between);
        }
        from = cell.end;
    }
}

/// The columns from the first to the last one that has anything in it: the others only make room. A table of figures alone may
/// begin or end with empty cells.
fn filled(old: &Old, cells: &[Cell]) -> Range<usize> {
    let is_filled = |cell: &&Cell| !cell.content.is_empty() || !old.content(&cell.text).1.is_empty();
    // 无 is a cell of figures.
    let is_han = |c: &char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    let is_word = |cell: &Cell| old.content(&cell.text).1.chars().filter(is_han).nth(1).is_some();
    let (mut first, mut last) = (usize::MAX, 0);
    for cell in cells.iter().filter(is_filled) {
        (first, last) = (first.min(cell.column), last.max(cell.end()));
    }
    let begins = first > 0 && cells.iter().any(|cell| cell.column == first && is_word(cell));
    let ends = cells.iter().any(|cell| cell.end() == last && is_word(cell));
    (if begins { first } else { 0 })..if ends { last } else { MAX_COLUMNS }
}

/// Writes these columns of a row, and says how many runs are done with.
fn write_row(old: &Old, first_run: usize, row: &[Cell], columns: Range<usize>, out: &mut Out) -> usize {
    let (mut column, mut done) = (columns.start, 0);
    for cell in row.iter().filter(|cell| columns.contains(&cell.column)) {
        out.tabs(cell.column - column);
        column = cell.column;
        done += out.field(old, first_run + done, cell);
    }
    out.tabs(columns.end.saturating_sub(column + 1));
    done
}

/// The text of a table as it was before it is laid out.
struct Old<'a> {
    /// Where it began.
    start: usize,
    text: &'a str,
    runs: &'a [Run],
}

impl<'a> Old<'a> {
    /// The text in a range without the blanks around it, and where that begins.
    fn content(&self, range: &Range<usize>) -> (usize, &'a str) {
        let (start, end) = (range.start.saturating_sub(self.start), range.end.saturating_sub(self.start));
        trimmed(range.start, self.text.get(start..end).unwrap_or(""))
    }

    /// Whether there is prose in a range.
    fn is_prose(&self, range: &Range<usize>) -> bool {
        range.len() > PARAGRAPHS_BYTES && {
            let content = self.content(range).1;
            content.len() > PROSE_BYTES
                || content.len() > PARAGRAPHS_BYTES && content.bytes().filter(|b| *b == b'\n').count() >= 2
        }
    }
}

/// Text without the blanks around it, and where that begins if the text begins at `start`.
fn trimmed(start: usize, text: &str) -> (usize, &str) {
    let front = text.trim_ascii_start();
    let start = start + text.len() - front.len();
    let text = front.trim_ascii_end();
    // Most cells begin and end with ASCII or common characters.
    let begins = matches!(text.as_bytes(), [] | [b'!'..=b'~' | 0xE4..=0xE9, ..]);
    let ends = matches!(text.as_bytes(), [] | [.., b'!'..=b'~'] | [.., 0xE4..=0xE9, _, _]);
    if begins && ends {
        return (start, text);
    }
    let rest = text.trim_start_matches(is_blank);
    (start + text.len() - rest.len(), rest.trim_end_matches(is_blank))
}

/// Whether text holds line breaks or tabs.
fn has_breaks(text: &str) -> bool {
    memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_some()
}

fn is_blank(c: char) -> bool {
    match c {
        '!'..='~' | '\u{4E00}'..='\u{9FFF}' => false,
        _ => c.is_whitespace() || is_invisible(c),
    }
}

/// The text as it is written.
struct Out<'a> {
    text: &'a mut String,
    map: &'a mut Map,
}

impl Out<'_> {
    fn break_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn tabs(&mut self, count: usize) {
        for _ in 0..count {
            self.text.push('\t');
        }
    }

    /// Writes a cell as one field, and says how many runs are done with.
    fn field(&mut self, old: &Old, first_run: usize, cell: &Cell) -> usize {
        let runs = old.runs.get(first_run..).unwrap_or(&[]);
        let (start, content) = old.content(&cell.text);
        if content.is_empty() {
            return self.blank(runs, cell);
        }
        if !has_breaks(content) {
            return self.as_it_is(runs, start, content);
        }
        let (mut at, mut done, mut is_first) = (start, 0, true);
        for line in content.split('\n') {
            let (from, words) = trimmed(at, line);
            at += line.len() + 1;
            if words.is_empty() {
                continue;
            }
            if !is_first && !joins(self.text, words) {
                self.text.push(' ');
            }
            is_first = false;
            done += self.words(runs.get(done..).unwrap_or(&[]), from, words);
        }
        done
    }

    /// Writes the field of an empty cell, and says how many runs are done with.
    fn blank(&mut self, runs: &[Run], cell: &Cell) -> usize {
        let before = runs.iter().take_while(|r| r.at < cell.text.start).count();
        let inside = runs.iter().skip(before).take_while(|r| r.at < cell.text.end);
        let (mut page, mut count) = (cell.content.clone(), 0);
        for run in inside {
            page = if count == 0 { run.page.clone() } else { page.start..run.page.end };
            count += 1;
        }
        self.map.push(self.text.len(), 0, Source::Instead(page));
        self.text.push('\u{A0}');
        before + count
    }

    /// Writes lines as they are, and says how many runs are done with.
    fn lines(&mut self, old: &Old, first_run: usize, range: &Range<usize>) -> usize {
        let (mut at, content) = old.content(range);
        let mut done = 0;
        for line in content.split('\n') {
            self.break_line();
            done += self.words(old.runs.get(first_run + done..).unwrap_or(&[]), at, line);
            at += line.len() + 1;
        }
        done
    }

    fn words(&mut self, runs: &[Run], from: usize, words: &str) -> usize {
        if has_breaks(words) {
            return self.as_it_is(runs, from, &words.replace('\t', " "));
        }
        self.as_it_is(runs, from, words)
    }

    fn as_it_is(&mut self, runs: &[Run], from: usize, words: &str) -> usize {
        let done = self.map.push_part(runs, &(from..from + words.len()), self.text.len());
        self.text.push_str(words);
        done
    }
}
