//! In: the pieces of the region with tables. Out: for each table its items in order: labels of its rows, and runs of
//! values. Where a table's columns stand at fixed fields, empty fields become blank cells in their column.
//! It assigns no value to any row.

use std::ops::{Range, RangeInclusive};

use super::columns::{Columns, Slots, lines_of};
use super::fold::{Folded, fold};
use super::heads::{is_turned, misheaded};
use super::label::{self, Hit, What};
use super::token::{Content, Line, Piece, Pieces};
use super::wrapped::{join_wrapped, mark_parted};
use crate::form::{APPLICANTS, Edition, Form, Table};

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
    /// The heads of table 2 or 3 stand in another order than the form's.
    pub(crate) turned: bool,
    /// The rows of table 1 whose values stand behind text that is not their label.
    pub(crate) behind_text: Vec<u8>,
    /// Where values stand between the parts of a row's label, and the row.
    pub(crate) within: Vec<(Range<usize>, usize)>,
    /// The head names a subtotal that is no part of the form.
    pub(crate) subtotal: bool,
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

/// A label among the pieces.
pub(super) struct Found {
    pub(super) hit: Hit,
    /// The position of the piece in which it ends.
    pub(super) piece: usize,
    /// No letter stands straight before it or behind it.
    pub(super) whole: bool,
    /// Where it ends with the note in brackets behind it.
    pub(super) end: usize,
    /// The values that stand between its parts, if it goes on behind them.
    pub(super) within: Option<Range<usize>>,
}

impl Found {
    pub(super) fn is_row(&self) -> bool {
        matches!(self.hit.what, What::Row(..))
    }
}

/// All labels among the pieces, with what they tell about the document.
pub(crate) struct Labels {
    found: Vec<Found>,
    /// There are more than [`MAX_LABELS`].
    pub(crate) cut: bool,
}

/// The most labels that are noted: hundreds of times those of the form.
pub(crate) const MAX_LABELS: usize = 1 << 16;
/// So many characters between two values are searched for labels in one go.
const MAX_CHUNK: usize = 1 << 16;
/// So many pieces of text, of a group's label, stand between a row's number and its label at the most.
const MOST_BETWEEN: usize = 8;
/// So many pieces of text, of the label and its note, stand between a label's end and the row's values at the most.
const MOST_BEHIND: usize = 16;
/// So many bytes, of a bracket and a line break, stand between a label and its note at the most.
const MOST_BRACKETS: usize = 8;
/// A longer word, in bytes, is no label, nor several.
const MAX_WORD: usize = 1 << 16;

/// So many rows on one line show that its parts tell no rows.
const LEAST_ROWS: usize = 3;

/// So many groups of table 2 have rows of their own, where any has.
const LEAST_GROUPS: usize = 3;

impl Labels {
    /// Finds all labels in the text between the values.
    pub(crate) fn find(text: &str, pieces: &Pieces) -> Self {
        let mut labels = Labels { found: Vec::with_capacity(128), cut: false };
        let (mut chunk, mut breaks): (Vec<Folded>, Vec<usize>) = (Vec::with_capacity(256), Vec::with_capacity(32));
        let mut hits = Vec::with_capacity(32);
        let (mut first, mut last) = (0, (0, 0));
        for (i, piece) in pieces.pieces.iter().enumerate() {
            match piece.content {
                Content::Text if piece.end - piece.start > MAX_WORD => {}
                Content::Text => {
                    if chunk.len() > MAX_CHUNK {
                        labels.add(text, &chunk, &breaks, first, &pieces.pieces[..i], &mut hits);
                        chunk.clear();
                        breaks.clear();
                        first = i;
                    }
                    if last != (piece.line, piece.field) {
                        breaks.push(chunk.len());
                        last = (piece.line, piece.field);
                    }
                    fold(&text[piece.start..piece.end], piece.start, &mut chunk);
                }
                Content::Gap => {}
                _ if chunk.is_empty() && breaks.is_empty() => first = i,
                _ => {
                    labels.add(text, &chunk, &breaks, first, &pieces.pieces[..i], &mut hits);
                    chunk.clear();
                    breaks.clear();
                    first = i;
                }
            }
        }
        labels.add(text, &chunk, &breaks, first, &pieces.pieces, &mut hits);
        join_wrapped(text, pieces, &mut labels.found);
        mark_parted(text, pieces, &mut labels.found);
        labels
    }

    fn add(
        &mut self,
        text: &str,
        chunk: &[Folded],
        breaks: &[usize],
        first: usize,
        pieces: &[Piece],
        hits: &mut Vec<Hit>,
    ) {
        if chunk.is_empty() {
            return;
        }
        label::find(chunk, breaks, hits);
        hits.retain(|hit| !matches!(hit.what, What::Row(..) | What::Foreign) || !is_explanation(&text[..hit.start]));
        let room = MAX_LABELS - self.found.len();
        self.cut |= hits.len() > room;
        let mut piece = first;
        for hit in hits.drain(..).take(room) {
            // In a frame, the pieces of a row stand in the order of its cells.
            let ends = |p: &Piece| p.start < hit.end && hit.end <= p.end;
            piece += pieces[piece..].iter().position(ends).unwrap_or(0);
            let (whole, end) = (stands_apart(text, &hit), behind_note(text, hit.end));
            self.found.push(Found { hit, piece, whole, end, within: None });
        }
    }

    /// Whether values that begin at a byte stand straight behind text which is neither a label, or part of one, nor like this one.
    pub(crate) fn is_behind_other_text(&self, text: &str, pieces: &Pieces, values: usize, own: &str) -> bool {
        let at = pieces.pieces.partition_point(|p| p.end <= values);
        let before = pieces.pieces[..at].iter().rposition(|p| p.content != Content::Gap);
        let Some((i, word)) = before.map(|i| (i, pieces.pieces[i])).filter(|(_, p)| p.content == Content::Text) else {
            return false;
        };
        let next = self.found.partition_point(|f| f.piece < i);
        let near = [next.checked_sub(1), Some(next)].into_iter().flatten().filter_map(|i| self.found.get(i));
        let labelled = near.into_iter().any(|f| f.hit.start < word.end && word.start < f.end);
        let word = &text[word.start..word.end];
        !labelled && !label::is_part_of_label(word) && !label::is_like(word, own)
    }

    /// The edition that the labels speak for, or else what stands behind the one that is a row of edition 2019 and a group of
    /// the other one: values, before any other label.
    pub(crate) fn edition(&self, pieces: &Pieces) -> Option<Edition> {
        let votes = |e| self.found.iter().filter(|f| !f.hit.fuzzy && f.hit.edition == Some(e)).count();
        let has_values = || {
            let of_2019 = |(_, f): &(usize, &Found)| matches!(f.hit.what, What::Row(_, [Some(_), None]));
            let mut own = self.found.iter().enumerate().filter(of_2019);
            // Behind each row of the group, its name is no row's.
            let Some((i, f)) = own.next().filter(|_| own.next().is_none()) else { return false };
            let next = self.found.get(i + 1).map_or(pieces.pieces.len(), |next| next.piece);
            let behind = pieces.pieces.get(f.piece + 1..next).unwrap_or_default();
            behind.first().is_some_and(Piece::is_value)
        };
        match votes(Edition::V2019).cmp(&votes(Edition::V2021)) {
            std::cmp::Ordering::Less => Some(Edition::V2021),
            std::cmp::Ordering::Greater => Some(Edition::V2019),
            std::cmp::Ordering::Equal => has_values().then_some(Edition::V2019),
        }
    }

    /// The byte of a table's first label at or after `from`.
    pub(crate) fn first(&self, table: Table, from: usize) -> Option<usize> {
        let sure = self.found.iter().filter(|f| !f.hit.weak && !f.hit.fuzzy && f.hit.start >= from);
        sure.into_iter().find(|f| table_of(f.hit.what) == table).map(|f| f.hit.start)
    }
}

fn row_of(found: &Found) -> Option<[Option<u8>; 2]> {
    if let What::Row(_, at) = found.hit.what { Some(at) } else { None }
}

fn table_of(what: What) -> Table {
    match what {
        What::Row(table, _) | What::Head(table) => table,
        What::Result(_) => Table::Proceedings,
        What::Item(_) | What::Heading(_) | What::Foreign => Table::Disclosure,
        What::Column(_) | What::Group | What::Subtotal | What::Numbers => Table::Requests,
    }
}

/// So many characters of a label's explanation are looked through for the bracket that it stands in.
const MOST_EXPLANATION: usize = 256;

/// Whether a text ends among words in brackets, which some offices put behind a label to explain it, and not behind the
/// number of a row (`（七总计`).
fn is_explanation(text: &str) -> bool {
    let mut last = text.char_indices().rev().take(MOST_EXPLANATION);
    let Some((at, '（' | '(')) = last.find(|(_, c)| matches!(c, '（' | '(' | '）' | ')' | '\n' | '\t' | '|')) else {
        return false;
    };
    text[at..].chars().any(|c| c.is_alphabetic() && !"一二三四五六七八".contains(c))
}

/// Where a note in brackets ends that stands straight behind this byte, or else this.
fn behind_note(text: &str, end: usize) -> usize {
    let behind = &text[end..];
    let note = behind.trim_start();
    if !note.starts_with(['(', '（']) {
        return end;
    }
    let close = note.char_indices().take(MOST_EXPLANATION).find(|(_, c)| matches!(c, ')' | '）'));
    close.map_or(end, |(at, _)| end + behind.len() - note.len() + at)
}

fn stands_apart(text: &str, hit: &Hit) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    !letter(text[..hit.start].chars().next_back()) && !letter(text[hit.end..].chars().next())
}

/// Lays out the table that stands in `region`.
pub(crate) fn layout(
    table: Table,
    edition: Edition,
    pieces: &Pieces,
    labels: &Labels,
    region: Range<usize>,
    widths: &[u8],
) -> Layout {
    let first = pieces.pieces.partition_point(|p| p.end <= region.start);
    let last = pieces.pieces.partition_point(|p| p.start < region.end).max(first);
    // The labels stand in the order of their pieces.
    let upto = |piece: usize| labels.found.partition_point(|f| f.piece < piece);
    let mut found = &labels.found[upto(first)..upto(last)];
    let mut rows = row_labels(table, edition, pieces, found);
    // The heads of table 3 stand in any order.
    let again =
        if table == Table::Proceedings { None } else { restart(pieces, &rows, edition.form().rows(table).len()) };
    let again = again.unwrap_or(last);
    rows.retain(|(piece, _)| *piece < again);
    found = &found[..found.partition_point(|f| f.piece < again)];
    let (last, all) = (again, last);
    let head = found.iter().find(|f| f.hit.what == What::Column(0)).and_then(|f| pieces.pieces.get(f.piece));
    let columns = Columns::find(pieces, first..last, &rows, widths, edition.form().rows(table), head);
    let mut builder =
        Builder { layout: Layout::default(), last_line: None, bordered: false, shares: false, open: false };
    builder.layout.tokens.reserve(last - first);
    builder.layout.items.reserve(rows.len() * 2);
    if table == Table::Disclosure {
        builder.layout.misheaded = misheaded(edition, pieces, found);
        builder.layout.behind_text = rows_behind_text(edition, pieces, found);
    }
    builder.layout.turned = table != Table::Disclosure && is_turned(table, edition, pieces, found);
    let of_table = found.iter().filter(|f| table_of(f.hit.what) == table);
    let within = |f: &Found| Some((f.within.clone()?, usize::from(row_of(f)?[edition as usize]?)));
    builder.layout.within = of_table.filter_map(within).collect();
    builder.layout.subtotal = found.iter().any(|f| f.hit.what == What::Subtotal);
    let no_cells = no_cells(table, edition, pieces, first..last, found, widths);
    let empty = empty_cells(pieces, first..last, &rows, widths);
    let foreign = foreign_values(pieces, found, widths);
    let (mut labels, mut divided) = (rows.as_slice(), false);
    for line in lines_of(pieces, first..last) {
        builder.line(&pieces.lines[line]);
        let slots = columns.slots(pieces, line);
        let of_line = &pieces.lines[line].pieces;
        let spare = if slots.is_none() { columns.spare(pieces, line) } else { 0 };
        let start = of_line.start.max(first);
        // The table may begin among the cells at the line's end.
        let inside = start..of_line.end.saturating_sub(spare).min(last).max(start);
        for (i, piece) in inside.clone().zip(&pieces.pieces[inside]) {
            if empty.binary_search(&i).is_ok() {
                builder.value(piece, Content::Blank, None);
            } else if foreign.contains(&i) {
                builder.layout.outside.push(piece.start..piece.end);
            } else if no_cells.binary_search(&i).is_err() {
                builder.shares = builder.bordered && shares_field(pieces, i);
                builder.piece(piece, slots.as_ref());
            }
            while let Some(((_, label), behind)) = labels.split_first().filter(|((piece, _), _)| *piece <= i) {
                builder.label(label.clone());
                labels = behind;
            }
        }
        if let Some(slots) = slots {
            builder.blanks(pieces, line, &slots);
        }
        let of_line = labels_on(pieces, line, found);
        if let Some(label) = of_line.clone().rfind(|i| found[*i].is_row()) {
            divided = is_behind_text(pieces, found, label);
        }
        if of_line.is_empty() && !divided && begins_with_text(pieces, line) {
            builder.layout.foreign.push(line as u32);
        }
    }
    if let ([width], true) = (widths, builder.layout.tokens.is_empty()) {
        builder.blank_row(pieces, lines_of(pieces, first..last), *width);
    }
    let others = pieces.pieces.get(last..all).unwrap_or_default().iter().filter(|piece| piece.is_value());
    builder.layout.outside.extend(others.map(|piece| piece.start..piece.end));
    let runs_on = |line: u32| pieces.lines.get(line as usize).is_some_and(|line| line.run_on);
    builder.layout.part_lines_of_rows(widths.len(), runs_on);
    builder.layout
}

/// Where, behind the label and the values of the last of so many rows, that of the first one stands again: another such table
/// follows.
fn restart(pieces: &Pieces, rows: &[(usize, Item)], count: usize) -> Option<usize> {
    let mut ended = false;
    for (i, (piece, label)) in rows.iter().enumerate() {
        let Item::Label { row, item: false, weak: false, fuzzy, .. } = label else { continue };
        if ended && *row == 0 && !fuzzy {
            return Some(*piece);
        }
        let next = rows.get(i + 1).map_or(pieces.pieces.len(), |(next, _)| *next);
        let behind = || pieces.pieces.get(piece + 1..next).unwrap_or_default().iter().any(Piece::is_value);
        ended |= usize::from(*row) + 1 == count && behind();
    }
    None
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

/// The rows of table 1 whose values stand behind such text.
fn rows_behind_text(edition: Edition, pieces: &Pieces, found: &[Found]) -> Vec<u8> {
    let row = |(i, f): (usize, &Found)| match f.hit.what {
        What::Row(Table::Disclosure, at) => at[edition as usize].filter(|_| is_behind_text(pieces, found, i)),
        _ => None,
    };
    found.iter().enumerate().filter_map(row).collect()
}

/// The labels that end on a line.
fn labels_on(pieces: &Pieces, line: usize, found: &[Found]) -> Range<usize> {
    let of_line = &pieces.lines[line].pieces;
    let upto = |piece: usize| found.partition_point(|f| f.piece < piece);
    upto(of_line.start)..upto(of_line.end)
}

/// Whether a line of a grid begins with text.
fn begins_with_text(pieces: &Pieces, line: usize) -> bool {
    let line = &pieces.lines[line];
    let first = pieces.pieces.get(line.pieces.start);
    line.explicit && line.fields > 1 && first.is_some_and(|first| first.content == Content::Text)
}

/// Whether a value but zero stands in one field with another: which cells they are, only sums can tell.
fn shares_field(pieces: &Pieces, at: usize) -> bool {
    let piece = &pieces.pieces[at];
    let same = |other: &Piece| other.line == piece.line && other.field == piece.field && other.is_value();
    let [before, behind] = [at.checked_sub(1), Some(at + 1)].map(|other| pieces.pieces.get(other?));
    let weighs = matches!(piece.content, Content::Figure(figure) if figure.count() != Some(0));
    weighs && (before.is_some_and(same) || behind.is_some_and(same))
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

/// The values that are no cells of the table, in order: its rows' numbers, and the sums of groups.
fn no_cells(
    table: Table,
    edition: Edition,
    pieces: &Pieces,
    range: Range<usize>,
    found: &[Found],
    widths: &[u8],
) -> Vec<usize> {
    let mut no_cells = numbers(table, pieces, found);
    if table == Table::Requests {
        no_cells.extend(group_rows(pieces, range, found, edition, widths));
        no_cells.sort_unstable();
    }
    no_cells
}

/// The values of groups, where offices print a row of sums, or an empty one, for each group of table 2: no more behind its
/// label than a row has, as some columns may stand elsewhere. There are more values then than the form has cells; otherwise
/// a group's label stands before its first row's values, whose own label stands behind them.
fn group_rows(pieces: &Pieces, range: Range<usize>, found: &[Found], edition: Edition, widths: &[u8]) -> Vec<usize> {
    // What is a row in one edition may be a group in the other one.
    let is_group = |f: &Found| match f.hit.what {
        What::Group => true,
        What::Row(Table::Requests, at) => at[edition as usize].is_none(),
        _ => false,
    };
    let values = |range: Range<usize>| range.filter(|i| pieces.pieces[*i].is_value());
    let groups = || found.iter().enumerate().filter(|(_, f)| is_group(f));
    let width = widths.first().map_or(0, |width| usize::from(*width));
    let (mut rows, mut own) = (Vec::new(), 0);
    for (i, group) in groups() {
        let next = found.get(i + 1).map_or(range.end, |next| next.piece.min(range.end));
        let behind: Vec<usize> = values(group.piece + 1..next.max(group.piece + 1)).take(width + 1).collect();
        if (1..=width).contains(&behind.len()) {
            own += 1;
            rows.extend(behind);
        }
    }
    let cells: usize = widths.iter().map(|w| usize::from(*w)).sum();
    // The form's rows may have lost as many as one has.
    let too_few = values(range).count() + width <= cells + rows.len();
    if own < LEAST_GROUPS || groups().count() > own + 1 || too_few {
        rows.clear();
    }
    rows
}

/// The values of the row that some add to table 1, where it has as many between its label and the next text as the row before it
/// has between theirs.
fn foreign_values(pieces: &Pieces, found: &[Found], widths: &[u8]) -> Range<usize> {
    let Some(at) = found.iter().position(|f| f.hit.what == What::Foreign) else { return 0..0 };
    let Some((before, row)) = found[..at].iter().rev().find_map(|f| match f.hit.what {
        What::Row(Table::Disclosure, rows) => Some((f.piece, rows.into_iter().flatten().next()?)),
        _ => None,
    }) else {
        return 0..0;
    };
    // A label's explanation may go on behind it.
    let values = |label: usize| {
        let texts = pieces.pieces[label..].iter().take(MOST_BEHIND).take_while(|p| !p.is_value()).count();
        let values = pieces.pieces[label + texts..].iter().take_while(|p| p.is_value()).count();
        label + texts..label + texts + values
    };
    let (own, others) = (values(found[at].piece), values(before));
    let width = widths.get(usize::from(row)).map_or(0, |width| usize::from(*width));
    let alike = own.len() == width && others.len() == width && others.end <= found[at].piece;
    if alike { own } else { 0..0 }
}

/// The figures that number the rows from 1 on, each straight before its row's label, where a head announces them.
fn numbers(table: Table, pieces: &Pieces, found: &[Found]) -> Vec<usize> {
    if !found.iter().any(|f| f.hit.what == What::Numbers) {
        return Vec::new();
    }
    let rows = found.iter().filter(|f| matches!(f.hit.what, What::Row(of, _) if of == table));
    let number = |(n, f): (u64, &Found)| {
        let label = pieces.pieces.partition_point(|p| p.end <= f.hit.start);
        let before = (label.saturating_sub(MOST_BETWEEN)..label).rfind(|i| pieces.pieces[*i].is_value())?;
        matches!(pieces.pieces[before].content, Content::Figure(f) if f.count() == Some(n)).then_some(before)
    };
    (1..).zip(rows).filter_map(number).collect()
}

/// The lines with nothing but a tab or a bar that are empty cells: together with the lines of one value next to them, in one
/// piece, they make up rows. One more behind them is a column that the row lacks. Elsewhere they may be what is left of
/// merged cells.
fn empty_cells(pieces: &Pieces, range: Range<usize>, rows: &[(usize, Item)], widths: &[u8]) -> Vec<usize> {
    let even = widths.first().copied().filter(|w| widths.iter().all(|other| other == w));
    let is_gap = |i: usize| pieces.pieces[i].content == Content::Gap;
    let breaks = |i: usize| pieces.pieces.get(i).map_or(0, |p| pieces.lines[p.line as usize].breaks);
    let with_width = |run: Range<usize>| {
        let width = usize::from(even.or_else(|| width_at(pieces, run.start, rows, widths))?);
        // Table 3 has no label before its row.
        let led = pieces.led && widths.len() == 1 && is_gap(run.start);
        Some((run.start + usize::from(led)..run.end, width))
    };
    let usual = usual_breaks(pieces, range.clone());
    let runs: Vec<(Range<usize>, usize)> = runs(pieces, range, usual).into_iter().filter_map(with_width).collect();
    // Where other rows lack a column, the last cell of a row that is one short may be that.
    let lacks = |(run, width): &(Range<usize>, usize)| run.len() == width + 1 && is_gap(run.end - 1);
    let lacking = runs.iter().any(lacks);
    let is_row = |(run, width): &(Range<usize>, usize)| {
        let before = || run.start.checked_sub(1).is_some_and(|i| pieces.pieces[i].content == Content::Text);
        let labelled = breaks(run.start) == usual && before();
        let whole = widths.len() == 1 && run.len() == *width;
        let short = lacking && run.len() == *width && is_gap(run.end - 1) && breaks(run.end) == usual;
        let filled = || pieces.pieces[run.clone()].iter().any(Piece::is_value);
        // In table 1 each row has its label.
        let fits = even.is_some() || run.len() <= width + 1;
        (labelled || whole || filled()) && !short && fits
    };
    let cells = |run: &(Range<usize>, usize)| {
        let rows = if is_row(run) { rows_of(run.0.clone(), run.1, is_gap) } else { Vec::new() };
        if rows.is_empty() {
            between_values(pieces, run.0.clone(), run.1)
        } else {
            rows.into_iter().flatten().collect()
        }
    };
    runs.iter().flat_map(cells).filter(|i| is_gap(*i)).collect()
}

/// The bars alone between the values of a run that comes out as no rows: what was lost there is not known. Before these, as
/// many as a row has may be an empty one.
fn between_values(pieces: &Pieces, run: Range<usize>, width: usize) -> Vec<usize> {
    let is_value = |i: &usize| pieces.pieces[*i].is_value();
    let (Some(first), Some(last)) = (run.clone().find(is_value), run.clone().rfind(is_value)) else {
        return Vec::new();
    };
    let from = if first - run.start < width { first } else { run.start };
    // What is no more than a tab is left of merged cells.
    (from..last).filter(|i| pieces.pieces[*i].start == pieces.pieces[*i].end).collect()
}

/// The lines of one piece each, which is no text.
fn cell_lines(pieces: &Pieces, range: Range<usize>) -> impl Iterator<Item = &Line> {
    let is_cell = |p: &[Piece]| matches!(p, [p] if p.content != Content::Text);
    let lines = pieces.lines[lines_of(pieces, range)].iter();
    lines.filter(move |line| line.explicit && is_cell(&pieces.pieces[line.pieces.clone()]))
}

/// The least line breaks between two of these with values.
fn usual_breaks(pieces: &Pieces, range: Range<usize>) -> u32 {
    let mut end = None;
    let mut between = |line: &Line| (end.replace(line.pieces.end) == Some(line.pieces.start)).then_some(line.breaks);
    let values = cell_lines(pieces, range).filter(|line| pieces.pieces[line.pieces.start].is_value());
    values.filter_map(&mut between).min().unwrap_or(1)
}

/// These lines, one below the other with so many breaks between.
fn runs(pieces: &Pieces, range: Range<usize>, usual: u32) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for line in cell_lines(pieces, range) {
        match runs.last_mut() {
            Some(run) if line.breaks == usual && run.end == line.pieces.start => run.end = line.pieces.end,
            _ => runs.push(line.pieces.clone()),
        }
    }
    runs
}

/// The rows of so many cells in a run of these, behind one of which an empty one more may stand, if it is clear which.
fn rows_of(run: Range<usize>, width: usize, is_gap: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let count = if width > 1 { run.len() / width } else { 1 };
    let start = |row: usize| run.start + row * width;
    let lacking: Vec<usize> = (1..=count).filter(|row| run.contains(&start(*row)) && is_gap(start(*row))).collect();
    let behind = match (run.len() - count * width, lacking.as_slice()) {
        (0, _) => count,
        (1, [row]) => *row,
        _ => return Vec::new(),
    };
    let cells = |row: usize| start(row) + usize::from(row >= behind);
    (0..count).map(|row| cells(row)..cells(row) + width).collect()
}

/// How many cells the row has whose label stands before this piece, with no value between.
fn width_at(pieces: &Pieces, at: usize, rows: &[(usize, Item)], widths: &[u8]) -> Option<u8> {
    let (piece, label) = rows[..rows.partition_point(|(piece, _)| *piece < at)].last()?;
    let has_values = |piece: usize| pieces.pieces[piece..at].iter().any(Piece::is_value);
    match label {
        Item::Label { row, item: false, .. } if at - piece <= MOST_BEHIND && !has_values(*piece) => {
            widths.get(usize::from(*row)).copied()
        }
        _ => None,
    }
}

struct Builder {
    layout: Layout,
    last_line: Option<u32>,
    bordered: bool,
    /// The piece stands in a field with another value.
    shares: bool,
    open: bool,
}

impl Builder {
    fn line(&mut self, line: &Line) {
        (self.last_line, self.bordered) = (Some(line.breaks), line.explicit && line.fields > 1);
    }

    fn piece(&mut self, piece: &Piece, slots: Option<&Slots>) {
        let slot = slots.and_then(|s| s.slot(piece.field));
        match piece.content {
            Content::Text if slot.is_some() => self.value(piece, Content::Mark, slot),
            Content::Text => self.open = false,
            Content::Gap => {}
            Content::Figure(_) if slots.is_some_and(|s| s.is_behind(piece.field)) => {
                self.layout.outside.push(piece.start..piece.end);
            }
            _ if slots.is_some() && slot.is_none() => {}
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
            let layout =
                layout(Table::Disclosure, Edition::V2021, &pieces, &labels, 0..text.len(), &[3, 3, 1, 1, 1, 1]);
            assert_eq!(layout.ties().iter().all(Option::is_some), tied, "{rows}");
        }
    }

    #[test]
    fn words_beyond_measure_hold_no_labels() {
        for (length, found) in [(MAX_WORD, 1), (MAX_WORD + 1, 0)] {
            let text = format!("规章{}", "x".repeat(length - "规章".len()));
            let labels = Labels::find(&text, &pieces(&text, &lines(&text), 0..text.len()));
            assert_eq!(labels.found.len(), found);
        }
    }

    #[test]
    fn a_label_over_two_lines_is_found_in_a_text_of_so_many_characters() {
        for (length, found) in [(MAX_CHUNK, 1), (MAX_CHUNK + 1, 0)] {
            let text = format!("{}\n规\n章", "x".repeat(length - 1));
            let labels = Labels::find(&text, &pieces(&text, &lines(&text), 0..text.len()));
            assert_eq!(labels.found.len(), found, "{length}");
        }
    }

    #[test]
    fn an_explanation_has_so_many_characters() {
        for (length, held) in [(MOST_EXPLANATION, true), (MOST_EXPLANATION + 1, false)] {
            let words = "含".repeat(length - 1);
            assert_eq!(is_explanation(&format!("规章（{words}")), held, "{length}");
            let note = format!("规章（{}）", &words["含".len()..]);
            let end = if held { note.len() - "）".len() } else { "规章".len() };
            assert_eq!(behind_note(&note, "规章".len()), end, "{length}");
        }
    }
}
