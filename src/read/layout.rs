//! In: the pieces of the region with tables. Out: for each table its items in order: labels of its rows, and runs of
//! values. Where a table's columns stand at fixed fields, empty fields become blank cells in their column.
//! It assigns no value to any row.

use std::ops::{Range, RangeInclusive};

use super::columns::{Columns, Slots, lines_of};
use super::heads::{is_turned, misheaded};
use super::label::{What, table_of};
use super::labels::{Found, Labels, row_of};
use super::odd_cells::{OddCell, OddCells};
use super::own_heads::OwnColumns;
use super::token::{Content, Line, Piece, Pieces};
use crate::form::{APPLICANTS, Edition, Form, Table};

/// So many pieces of text, of the label and its note, stand between a label's end and the row's values at the most.
pub(super) const MOST_BEHIND: usize = 16;
/// So many bytes, of a bracket and a line break, stand between a label and its note at the most.
const MOST_BRACKETS: usize = 8;
/// So many rows on one line show that its parts tell no rows.
const LEAST_ROWS: usize = 3;

/// One cell's worth of content, in the order of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) content: Content,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) line: u32,
    /// Line breaks and row ends since the token before.
    pub(crate) breaks: u32,
    /// The column, where the layout shows it.
    pub(crate) slot: Option<u8>,
    /// More than spaces separates it from its neighbours on the line.
    pub(crate) bordered: bool,
    /// It ran together with its neighbours, and only the row's sum told them apart.
    pub(crate) parted: bool,
    /// Its pieces stand above and below its row's other figures, so that its place among these is not known.
    pub(crate) afloat: bool,
}

impl Token {
    /// Its figure does not stand in one place.
    pub(crate) fn is_stacked(&self) -> bool {
        matches!(self.content, Content::Stacked(_))
    }

    /// Its figure; empty cells count as zero, and none is what cannot be read.
    pub(crate) fn count(&self) -> Option<u128> {
        match self.content {
            Content::Figure(f) | Content::Stacked(f) => f.count().map(u128::from),
            Content::Dash | Content::Blank | Content::Gap => Some(0),
            _ => None,
        }
    }
}

/// Whether all are printed as the same zero: a `0`, a dash, an empty cell.
pub(super) fn are_same_zeros<'t>(mut tokens: impl Iterator<Item = &'t Token>) -> bool {
    let Some(first) = tokens.next() else { return true };
    first.count() == Some(0) && tokens.all(|t| t.content == first.content)
}

/// A label or a run of values.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    /// A label of this table's row, or (`item`) of the item of article 20 that begins with the row.
    Label {
        row: u8,
        item: bool,
        weak: bool,
        fuzzy: bool,
        line: u32,
        /// Line breaks and row ends before its line, or before the text that it stands in, whichever are more.
        breaks: u32,
    },
    /// Values with no text between them.
    Run(Range<usize>),
}

/// Where the head of the organisations' subtotal stands among theirs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Subtotal {
    Before,
    Among,
    Behind,
}

/// A table as it stands in the document.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) tokens: Vec<Token>,
    pub(crate) items: Vec<Item>,
    /// Where figures stand behind the table's columns, which are no values of its rows.
    pub(crate) outside: Vec<Range<usize>>,
    /// The lines of a grid that begin with text which is none of the table's labels.
    pub(crate) foreign: Vec<u32>,
    /// The rows of table 1 that stand below heads of the other edition alone, or in another order than the form's.
    pub(crate) misheaded: Vec<u8>,
    /// The heads of table 2 or 3 are not the form's, or stand in another order.
    pub(crate) turned: bool,
    /// The rows of table 1 whose values stand behind text that is not their label.
    pub(crate) behind_text: Vec<u8>,
    /// The rows whose labels stand in one field, and their values in others: which are whose, no order tells.
    pub(crate) merged: Vec<u8>,
    /// Where values stand between the parts of a row's label, and the row.
    pub(crate) within: Vec<(Range<usize>, usize)>,
    /// Where the head of a subtotal stands, if there is one; it is no part of the form.
    pub(crate) subtotal: Option<Subtotal>,
    /// Rows follow each other on a line without a space.
    pub(crate) runs_on: bool,
    /// Such a line does not tell on which side of its labels values stand.
    pub(crate) adrift: bool,
}

/// A table with more than so many times the values of the form is not gone through by its sums.
const MOST_TABLES: usize = 4;

impl Layout {
    /// Whether it has far more values than a table of so many cells.
    pub(crate) fn is_longer_than(&self, cells: usize) -> bool {
        self.tokens.len() > MOST_TABLES * cells
    }

    /// Whether table 2 has as many values as cells, and only whole rows stand between its labels.
    pub(crate) fn is_whole(&self, form: &Form) -> bool {
        let whole = |item: &Item| !matches!(item, Item::Run(run) if run.len() % APPLICANTS.len() > 0);
        self.tokens.len() == form.rows(Table::Requests).len() * APPLICANTS.len() && self.items.iter().all(whole)
    }

    /// Leaves out the tokens that no item holds.
    pub(crate) fn pack(&mut self) {
        let mut packed = Vec::with_capacity(self.tokens.len());
        for item in &mut self.items {
            if let Item::Run(run) = item {
                let start = packed.len();
                packed.extend_from_slice(&self.tokens[run.clone()]);
                *run = start..packed.len();
            }
        }
        self.tokens = packed;
    }

    /// A line on which many labels and values take turns ties none to another, as little as lines of their own would: each
    /// becomes one. So do those of a line that runs on, unless the table of so many rows begins with its first label and ends
    /// with its last one and values.
    fn part_lines_of_rows(&mut self, rows: usize, runs_on: impl Fn(u32) -> bool) {
        let labels_first = match self.items.as_slice() {
            [Item::Label { row: 0, .. }, .., Item::Label { row, .. }, Item::Run(_)] => usize::from(*row) + 1 == rows,
            _ => false,
        };
        let line_of = |item: &Item| match item {
            Item::Label { line, .. } => *line,
            Item::Run(run) => self.tokens[run.start].line,
        };
        let (mut at, mut turns) = (0, Vec::new());
        for line in self.items.chunk_by(|a, b| line_of(a) == line_of(b)) {
            let runs_on = line.len() > 1 && runs_on(line_of(&line[0]));
            let adrift = runs_on && !labels_first;
            self.runs_on |= runs_on;
            self.adrift |= adrift;
            let row = |pair: &&[Item]| matches!(pair, [Item::Label { .. }, Item::Run(_)]);
            // Most lines have one row.
            let several = || line.windows(2).filter(row).count() >= LEAST_ROWS;
            if adrift || (line.len() >= 2 * LEAST_ROWS && several()) {
                turns.push(at..at + line.len());
            }
            at += line.len();
        }
        let Some(first) = turns.first().map(|turn| turn.start) else { return };
        let (mut more, mut turns) = (0, turns.iter().peekable());
        for (i, item) in self.items.iter_mut().enumerate().skip(first) {
            turns.next_if(|turn| turn.end <= i);
            more += u32::from(turns.peek().is_some_and(|turn| turn.contains(&i)));
            match item {
                Item::Label { line, .. } => *line += more,
                Item::Run(run) => self.tokens[run.clone()].iter_mut().for_each(|token| token.line += more),
            }
        }
    }

    /// Puts cells in the place of a run's tokens.
    pub(super) fn replace(&mut self, tokens: Range<usize>, cells: &[Token]) {
        let moved = |at: usize| if at >= tokens.end { at + cells.len() - tokens.len() } else { at };
        self.tokens.splice(tokens.clone(), cells.iter().copied());
        for item in &mut self.items {
            if let Item::Run(run) = item {
                *run = moved(run.start)..moved(run.end);
            }
        }
    }

    /// Where values stand with no text between them.
    pub(super) fn runs(&self) -> impl Iterator<Item = Range<usize>> {
        self.items.iter().filter_map(|item| if let Item::Run(run) = item { Some(run.clone()) } else { None })
    }

    /// The tokens of each line.
    pub(super) fn lines(&self) -> Vec<Range<usize>> {
        let mut lines: Vec<Range<usize>> = Vec::new();
        for line in self.tokens.chunk_by(|a, b| a.line == b.line) {
            let start = lines.last().map_or(0, |last| last.end);
            lines.push(start..start + line.len());
        }
        lines
    }

    /// Whether no labels of several rows stand on these lines, nor straight before values on one of them.
    pub(super) fn is_of_one_row(&self, tokens: Range<usize>, lines: RangeInclusive<u32>) -> bool {
        let label = |item: &&Item| match item {
            Item::Label { item: false, weak: false, line, .. } => lines.contains(line),
            _ => false,
        };
        let ties = self.ties();
        let mut own = ties[tokens].iter().flatten();
        let first = own.next();
        self.items.iter().filter(label).nth(1).is_none() && own.all(|row| Some(row) == first)
    }

    /// For each token the row whose label stands straight before it on its line, or around it: it is that row's.
    pub(crate) fn ties(&self) -> Vec<Option<usize>> {
        let mut ties = vec![None; self.tokens.len()];
        for pair in self.items.windows(2) {
            if let [Item::Label { row, item: false, line, .. }, Item::Run(run)] = pair {
                let on_line = run.clone().take_while(|t| self.tokens[*t].line == *line);
                on_line.for_each(|t| ties[t] = Some(usize::from(*row)));
            }
        }
        for (values, row) in &self.within {
            let first = self.tokens.partition_point(|t| t.start < values.start);
            let within = self.tokens[first..].iter().zip(&mut ties[first..]);
            within.take_while(|(t, _)| t.start < values.end).for_each(|(_, tie)| *tie = Some(*row));
        }
        ties
    }
}

/// Lays out the table that stands in `region`.
pub(crate) fn layout(
    text: &str,
    (table, edition): (Table, Edition),
    pieces: &Pieces,
    labels: &Labels,
    region: Range<usize>,
    widths: &[u8],
) -> Layout {
    let first = pieces.pieces.partition_point(|p| p.end <= region.start);
    let all = pieces.pieces.partition_point(|p| p.start < region.end).max(first);
    let mut found = labels.within(first..all);
    let mut rows = row_labels(table, edition, pieces, found);
    // The heads of table 3 stand in any order.
    let again = if table == Table::Proceedings {
        Vec::new()
    } else {
        restarts(pieces, &rows, edition.form().rows(table).len())
    };
    let last = again.first().copied().unwrap_or(all);
    rows.retain(|(piece, _)| *piece < last);
    found = &found[..found.partition_point(|f| f.piece < last)];
    let own = (table == Table::Requests).then(|| OwnColumns::find(text, pieces, found)).flatten();
    let mut builder = Builder { layout: told_by_labels(text, table, edition, pieces, found), ..Builder::default() };
    builder.layout.turned |= own == Some(OwnColumns::Among);
    builder.layout.tokens.reserve(last - first);
    builder.layout.items.reserve(rows.len() * 2);
    let head = found.iter().find(|f| f.hit.what == What::Column(0)).and_then(|f| pieces.pieces.get(f.piece));
    let own = own.map_or(0, OwnColumns::behind);
    let columns = Columns::find((pieces, first..last), &rows, widths, edition.form().rows(table), head, own);
    let odd = OddCells::find((table, edition), pieces, first..last, found, &rows, widths);
    builder.table(pieces, first..last, found, &rows, &columns, &odd);
    if let ([width], true) = (widths, builder.layout.tokens.is_empty()) {
        builder.blank_row(pieces, lines_of(pieces, first..last), *width);
    }
    let others = pieces.pieces.get(last..all).unwrap_or_default().iter().filter(|piece| piece.is_value());
    builder.layout.outside.extend(others.map(|piece| piece.start..piece.end));
    let runs_on = |line: u32| pieces.lines.get(line as usize).is_some_and(|line| line.run_on);
    builder.layout.part_lines_of_rows(widths.len(), runs_on);
    builder.layout
}

/// A layout without values, with what a table's labels tell of it.
fn told_by_labels(text: &str, table: Table, edition: Edition, pieces: &Pieces, found: &[Found]) -> Layout {
    let disclosure = table == Table::Disclosure;
    let of_table = found.iter().filter(|f| table_of(f.hit.what) == table);
    let within = |f: &Found| Some((f.within.clone()?, usize::from(row_of(f)?[edition as usize]?)));
    Layout {
        misheaded: if disclosure { misheaded(edition, pieces, found) } else { Vec::new() },
        behind_text: if disclosure { rows_behind_text(text, edition, pieces, found) } else { Vec::new() },
        turned: !disclosure && is_turned(table, edition, pieces, found),
        merged: merged_rows(table, edition, pieces, found),
        within: of_table.filter_map(within).collect(),
        subtotal: subtotal(found),
        ..Layout::default()
    }
}

/// The head of a subtotal among those of columns: offices call the last row so, too.
fn subtotal(found: &[Found]) -> Option<Subtotal> {
    let is_head = |f: &Found| matches!(f.hit.what, What::Column(_) | What::Head(Table::Requests));
    // 其他 and 总计 are heads and rows.
    let among_heads = |at: &usize| {
        let (before, behind) =
            (found[..*at].iter().rfind(|f| !f.hit.weak), found[at + 1..].iter().find(|f| !f.hit.weak));
        before.is_some_and(is_head) || behind.is_some_and(is_head)
    };
    let is_subtotal = |at: &usize| found[*at].hit.what == What::Subtotal;
    let at = (0..found.len()).find(|at| is_subtotal(at) && among_heads(at))?;
    // The organisations but 其他.
    let named = |found: &[Found]| found.iter().filter(|f| matches!(f.hit.what, What::Column(1..=4))).count();
    match (named(&found[..at]), named(&found[at..])) {
        (0, 4) => Some(Subtotal::Before),
        (4, 0) if found[at - 1].hit.weak => Some(Subtotal::Behind),
        _ => Some(Subtotal::Among),
    }
}

/// Where, behind the label of the last of so many rows and values, that of the first one stands again: another such table
/// follows.
fn restarts(pieces: &Pieces, rows: &[(usize, Item)], count: usize) -> Vec<usize> {
    let (mut has_values, mut ended, mut restarts) = (false, false, Vec::new());
    for (i, (piece, label)) in rows.iter().enumerate() {
        let Item::Label { row, item: false, weak: false, fuzzy, .. } = label else { continue };
        if ended && has_values && *row == 0 && !fuzzy {
            restarts.push(*piece);
            (has_values, ended) = (false, false);
        }
        let next = rows.get(i + 1).map_or(pieces.pieces.len(), |(next, _)| *next);
        has_values |= pieces.pieces.get(piece + 1..next).unwrap_or_default().iter().any(Piece::is_value);
        ended |= usize::from(*row) + 1 == count;
    }
    restarts
}

/// Where in a region tables of one kind begin behind the first one.
pub(crate) fn further_tables(
    (table, edition): (Table, Edition),
    pieces: &Pieces,
    labels: &Labels,
    region: Range<usize>,
) -> Vec<usize> {
    let first = pieces.pieces.partition_point(|p| p.end <= region.start);
    let found = labels.within(first..pieces.pieces.partition_point(|p| p.start < region.end).max(first));
    let is_first =
        |f: &&Found| row_of(f).is_some_and(|at| table_of(f.hit.what) == table && at[edition as usize] == Some(0));
    if found.iter().filter(is_first).nth(1).is_none() {
        return Vec::new();
    }
    match table {
        Table::Proceedings => heads_again(pieces, found, edition),
        _ => restarts(pieces, &row_labels(table, edition, pieces, found), edition.form().rows(table).len()),
    }
}

/// Where the first part's name stands again behind those of all parts of table 3, and behind as many values at least.
fn heads_again(pieces: &Pieces, found: &[Found], edition: Edition) -> Vec<usize> {
    let parts = edition.form().rows(Table::Proceedings).len();
    let (mut seen, mut values, mut restarts) = (0_u32, 0, Vec::new());
    let mut last = None;
    for f in found.iter().filter(|f| f.whole && !f.hit.fuzzy && table_of(f.hit.what) == Table::Proceedings) {
        let Some(part) = row_of(f).and_then(|at| at[edition as usize]) else { continue };
        let between = last.and_then(|last| pieces.pieces.get(last..f.piece)).unwrap_or_default();
        values += between.iter().filter(|p| p.is_value()).count();
        if part == 0 && seen.count_ones() as usize == parts && values >= parts {
            restarts.push(f.piece);
            (seen, values) = (0, 0);
        }
        seen |= 1 << part;
        last = Some(f.piece);
    }
    restarts
}

/// Whether text of another field, that is no label and no note, stands between a label and the next value: that is of a part of
/// the label's row.
fn is_behind_text(pieces: &Pieces, found: &[Found], label: usize) -> bool {
    let Some((f, own)) = found.get(label).and_then(|f| Some((f, pieces.pieces.get(f.piece)?))) else { return false };
    let next = found.get(label + 1).map_or(pieces.pieces.len(), |next| next.piece);
    let behind = pieces.pieces.get(f.piece + 1..next).unwrap_or_default().iter().take(MOST_BEHIND);
    let apart = |p: &Piece| (p.line, p.field) != (own.line, own.field) && p.start > f.end;
    let text = |p: &Piece| p.content == Content::Text && apart(p);
    behind.clone().position(Piece::is_value).is_some_and(|value| behind.take(value).any(text))
}

/// The rows of table 1 whose values stand behind such text, or behind a figure that touches the label and runs into text.
fn rows_behind_text(text: &str, edition: Edition, pieces: &Pieces, found: &[Found]) -> Vec<u8> {
    let is_glued = |f: &Found| {
        let behind = pieces.pieces.get(f.piece).and_then(|own| text.get(f.hit.end..own.end));
        behind.is_some_and(|behind| behind.starts_with(char::is_numeric))
    };
    let row = |(i, f): (usize, &Found)| match f.hit.what {
        What::Row(Table::Disclosure, at) => {
            at[edition as usize].filter(|_| is_glued(f) || is_behind_text(pieces, found, i))
        }
        _ => None,
    };
    found.iter().enumerate().filter_map(row).collect()
}

/// The rows whose labels stand in one field, one straight behind the other, and the values behind them in other fields.
fn merged_rows(table: Table, edition: Edition, pieces: &Pieces, found: &[Found]) -> Vec<u8> {
    let row = |f: &Found| match f.hit.what {
        What::Row(of, at) if of == table && !f.hit.weak && !f.hit.fuzzy => at[edition as usize],
        _ => None,
    };
    // Table 3 is one row.
    if table == Table::Proceedings {
        return Vec::new();
    }
    let field = |f: &Found| pieces.pieces.get(f.piece).map(|p| (p.line, p.field));
    let merged = |pair: &[Found]| {
        let (one, next) = (row(&pair[0])?, row(&pair[1])?);
        let of_both = field(&pair[0]).filter(|own| field(&pair[1]) == Some(*own))?;
        let line = pieces.lines.get(of_both.0 as usize).filter(|line| line.explicit && line.fields > 1)?;
        let behind = pieces.pieces.get(pair[1].piece + 1..line.pieces.end)?;
        let first = behind.iter().find(|p| p.is_value()).filter(|p| (p.line, p.field) != of_both);
        (one != next && first.is_some() && are_neighbours(pieces, &pair[0], &pair[1])).then_some([one, next])
    };
    found.windows(2).filter_map(merged).flatten().collect()
}

/// Whether a line of a grid begins with text.
fn begins_with_text(pieces: &Pieces, line: usize) -> bool {
    let line = &pieces.lines[line];
    let first = pieces.pieces.get(line.pieces.start);
    line.explicit && line.fields > 1 && first.is_some_and(|first| first.content == Content::Text)
}

/// Whether a value stands in one field with another, and not both are zero: which cells they are, only sums can tell.
fn shares_field(pieces: &Pieces, at: usize) -> bool {
    let piece = &pieces.pieces[at];
    let weighs = |p: &Piece| matches!(p.content, Content::Figure(figure) if figure.count() != Some(0));
    let same = |other: &Piece| other.line == piece.line && other.field == piece.field && other.is_value();
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().filter_map(|other| pieces.pieces.get(other?));
    beside.into_iter().any(|other| same(other) && (weighs(piece) || weighs(other)))
}

/// Whether a text stands behind this piece on its line: the number of a row may have run into it.
fn is_before_text(pieces: &Pieces, at: usize) -> bool {
    let (piece, next) = (&pieces.pieces[at], pieces.pieces.get(at + 1));
    next.is_some_and(|next| next.line == piece.line && next.content == Content::Text)
}

/// The labels of the table's rows and items, each with the position of its piece.
fn row_labels(table: Table, edition: Edition, pieces: &Pieces, found: &[Found]) -> Vec<(usize, Item)> {
    let line = |f: &Found| pieces.pieces[f.piece.min(pieces.pieces.len() - 1)].line;
    let has_value = |piece: usize| pieces.pieces.get(piece).is_some_and(|p| p.is_value() && p.content != Content::Mark);
    let beside_value = |f: &&Found| {
        let Some(own) = pieces.pieces.get(f.piece) else { return false };
        let ends = own.end <= f.end + MOST_BRACKETS && has_value(f.piece + 1);
        ends || f.hit.start <= own.start + MOST_BRACKETS && f.piece.checked_sub(1).is_some_and(has_value)
    };
    let mut alone: Vec<[Option<u8>; 2]> =
        found.iter().filter(|f| f.whole).filter(beside_value).filter_map(row_of).collect();
    alone.sort_unstable();
    alone.dedup();
    let label = |(i, f): (usize, &Found)| {
        let (at, item) = match f.hit.what {
            What::Row(of, at) if of == table => (at, false),
            What::Item(at) if table == Table::Disclosure => (at, true),
            _ => return None,
        };
        // Words that hold a label are another row's where the label stands alone by values elsewhere: 规范性文件解读.
        let other = table == Table::Disclosure && !item && !f.whole && alone.contains(&at);
        let head = table == Table::Requests && f.hit.weak && is_behind_head(pieces, found, i);
        if other || head || !item && is_group(pieces, found, i, at) {
            return None;
        }
        // A label goes on to the end of its note.
        let note = found
            .get(i + 1)
            .filter(|next| next.hit.what == What::Head(Table::Requests) && next.hit.start <= f.hit.end + MOST_BRACKETS);
        let line = line(note.filter(|_| table == Table::Requests).unwrap_or(f));
        let row = at[edition as usize]?;
        let breaks = pieces.breaks_before(f.piece);
        Some((f.piece, Item::Label { row, item, weak: f.hit.weak, fuzzy: f.hit.fuzzy, line, breaks }))
    };
    let mut rows = Vec::with_capacity(found.len());
    let mut at = 0;
    for of_line in found.chunk_by(|a, b| line(a) == line(b)) {
        let several = of_line.iter().filter(|f| f.is_row()).nth(LEAST_ROWS - 1).is_some();
        // Where lines were joined, the end of a label that its row's values part stands before the next row's.
        let whole = (at..).zip(of_line).filter(|(_, f)| !(several && f.hit.headless));
        rows.extend(whole.filter_map(label));
        at += of_line.len();
    }
    rows
}

/// Whether no value stands between these labels.
fn are_neighbours(pieces: &Pieces, one: &Found, next: &Found) -> bool {
    !pieces.pieces.get(one.piece..next.piece).unwrap_or_default().iter().any(Piece::is_value)
}

/// Whether a label stands straight behind a column's head on its line: there 总计 and 其他 are heads too.
fn is_behind_head(pieces: &Pieces, found: &[Found], i: usize) -> bool {
    let line = |f: &Found| pieces.pieces.get(f.piece).map(|piece| piece.line);
    let Some([before, own]) = i.checked_sub(1).and_then(|before| found.get(before..=i)) else { return false };
    let head = matches!(before.hit.what, What::Column(_) | What::Head(Table::Requests));
    head && line(before) == line(own) && are_neighbours(pieces, before, own)
}

/// Whether what is a row of edition 2019 and a group of the other one stands straight before a row that only that one has.
fn is_group(pieces: &Pieces, found: &[Found], i: usize, at: [Option<u8>; 2]) -> bool {
    let (Some([own, next]), [Some(_), None]) = (found.get(i..i + 2), at) else { return false };
    let of_2021 = matches!(next.hit.what, What::Row(_, [None, Some(_)])) && !next.hit.weak && !next.hit.fuzzy;
    of_2021 && are_neighbours(pieces, own, next)
}

#[derive(Default)]
struct Builder {
    layout: Layout,
    last_line: Option<u32>,
    bordered: bool,
    /// The piece stands in a field with another value, or straight before the next row's label.
    shares: bool,
    /// The piece stands between two labels on a line.
    joined: bool,
    open: bool,
}

impl Builder {
    /// Takes the values and the labels of a table, in order.
    fn table(
        &mut self,
        pieces: &Pieces,
        range: Range<usize>,
        found: &[Found],
        mut labels: &[(usize, Item)],
        columns: &Columns,
        odd: &OddCells,
    ) {
        let (mut divided, mut upto) = (false, 0);
        for line in lines_of(pieces, range.clone()) {
            self.line(&pieces.lines[line]);
            let slots = columns.slots(pieces, line);
            let between_labels = columns.between_labels(line);
            let of_line = &pieces.lines[line].pieces;
            let spare = if slots.is_none() { columns.spare(pieces, line) } else { 0 };
            let start = of_line.start.max(range.start);
            // The table may begin among the cells at the line's end.
            let inside = start..of_line.end.saturating_sub(spare).min(range.end).max(start);
            for i in inside {
                self.joined = between_labels.contains(&pieces.pieces[i].field);
                self.piece(pieces, i, odd.at(i), slots.as_ref());
                while let Some(((_, label), behind)) = labels.split_first().filter(|((piece, _), _)| *piece <= i) {
                    self.label(label.clone());
                    labels = behind;
                }
            }
            if let Some(slots) = slots {
                self.blanks(pieces, line, &slots);
            }
            let labelled = found[upto..].iter().take_while(|f| f.piece < of_line.end);
            let labelled = upto..upto + labelled.count();
            upto = labelled.end;
            if let Some(label) = labelled.clone().rfind(|i| found[*i].is_row()) {
                divided = is_behind_text(pieces, found, label);
            }
            if labelled.is_empty() && !divided && begins_with_text(pieces, line) {
                self.layout.foreign.push(line as u32);
            }
        }
    }

    fn line(&mut self, line: &Line) {
        (self.last_line, self.bordered) = (Some(line.breaks), line.explicit && line.fields > 1);
    }

    fn piece(&mut self, pieces: &Pieces, at: usize, odd: Option<OddCell>, slots: Option<&Slots>) {
        let piece = &pieces.pieces[at];
        match odd {
            Some(OddCell::NoCell) => {}
            Some(OddCell::Empty) => self.value(piece, Content::Blank, None),
            Some(OddCell::Foreign) => self.layout.outside.push(piece.start..piece.end),
            None => {
                self.shares = self.bordered && (shares_field(pieces, at) || self.joined && is_before_text(pieces, at));
                self.plain_piece(piece, slots);
            }
        }
    }

    fn plain_piece(&mut self, piece: &Piece, slots: Option<&Slots>) {
        let slot = slots.and_then(|s| s.slot(piece.field));
        match piece.content {
            Content::Text if slot.is_some() => self.value(piece, Content::Mark, slot),
            Content::Text => self.open = false,
            Content::Gap => {}
            Content::Figure(_) if slots.is_some_and(|s| s.is_behind(piece.field)) => {
                self.layout.outside.push(piece.start..piece.end);
            }
            // Where lines were joined, the first row's values stand before its columns.
            _ if slots.is_some() && slot.is_none() && !self.joined => {}
            content => self.value(piece, content, slot),
        }
    }

    fn value(&mut self, piece: &Piece, content: Content, slot: Option<u8>) {
        let at = self.layout.tokens.len();
        let breaks = match self.layout.tokens.last() {
            Some(before) if before.line == piece.line => 0,
            _ => self.last_line.unwrap_or(1),
        };
        self.layout.tokens.push(Token {
            content,
            start: piece.start,
            end: piece.end,
            line: piece.line,
            breaks,
            slot,
            bordered: self.bordered,
            parted: matches!(content, Content::Stacked(_)) || self.shares,
            afloat: false,
        });
        match self.layout.items.last_mut() {
            Some(Item::Run(run)) if self.open => run.end = at + 1,
            _ => self.layout.items.push(Item::Run(at..at + 1)),
        }
        self.open = true;
    }

    fn label(&mut self, label: Item) {
        self.layout.items.push(label);
        self.open = false;
    }

    /// Puts blank cells where the columns of a line have nothing.
    fn blanks(&mut self, pieces: &Pieces, line: usize, slots: &Slots) {
        let line_pieces = &pieces.pieces[pieces.lines[line].pieces.clone()];
        let Some(last) = line_pieces.last() else { return };
        let filled = line_pieces.iter().filter(|p| p.content != Content::Gap);
        let taken = filled.filter_map(|p| slots.slot(p.field)).fold(0_u32, |taken, slot| taken | 1 << slot);
        if !slots.labelled && taken == 0 {
            return;
        }
        for slot in (0..slots.width).filter(|slot| taken & 1 << slot == 0) {
            // An empty field has no bytes of its own: its place is the end of what stands before it.
            let before = line_pieces.iter().rfind(|p| slots.slot(p.field).is_some_and(|s| s < slot)).unwrap_or(last);
            let at = before.end;
            let piece = Piece {
                content: Content::Gap,
                start: at,
                end: at,
                line: line as u32,
                field: slots.first + u32::from(slot),
            };
            self.value(&piece, Content::Gap, Some(slot));
        }
    }

    /// The one row of a table whose last line is nothing but its cells, all of them empty.
    fn blank_row(&mut self, pieces: &Pieces, lines: Range<usize>, width: u8) {
        let Some(line) = lines.clone().next_back().filter(|line| *line > lines.start) else { return };
        let of_line = &pieces.pieces[pieces.lines[line].pieces.clone()];
        let empty = of_line.iter().all(|p| p.content == Content::Gap);
        if empty && pieces.lines[line].explicit && pieces.lines[line].fields == u32::from(width) {
            self.blanks(pieces, line, &Slots { first: 0, width, labelled: true });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::lines;
    use crate::read::token::pieces;

    #[test]
    fn a_line_of_so_many_rows_ties_none() {
        let row = "行政许可 5 ";
        for (rows, tied) in [(LEAST_ROWS - 1, true), (LEAST_ROWS, false)] {
            let text = row.repeat(rows);
            let pieces = pieces(&text, &lines(&text), 0..text.len());
            let labels = Labels::find(&text, &pieces);
            let layout = layout(
                &text,
                (Table::Disclosure, Edition::V2021),
                &pieces,
                &labels,
                0..text.len(),
                &[3, 3, 1, 1, 1, 1],
            );
            assert_eq!(layout.ties().iter().all(Option::is_some), tied, "{rows}");
        }
    }
}
