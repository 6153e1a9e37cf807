//! In: the pieces of the region with tables. Out: for each table its items in order: labels of its rows, and runs of
//! values. Where a table's columns stand at fixed fields, empty fields become blank cells in their column.
//! It assigns no value to any row.

use std::ops::Range;

use super::fold::{Folded, fold};
use super::label::{self, Hit, What};
use super::token::{Content, Line, Piece, Pieces};
use crate::form::{Edition, Row, Table};

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
}

impl Token {
    /// Its figure; empty cells count as zero, and none is what cannot be read.
    pub(crate) fn count(&self) -> Option<u128> {
        match self.content {
            Content::Figure(f) => f.count().map(u128::from),
            Content::Dash | Content::Blank | Content::Gap => Some(0),
            _ => None,
        }
    }
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
    /// The head names a subtotal that is no part of the form.
    pub(crate) subtotal: bool,
}

/// A table with more than so many times the values of the form is not gone through by its sums.
const MOST_TABLES: usize = 4;

impl Layout {
    /// Whether it has far more values than a table of so many cells.
    pub(crate) fn is_longer_than(&self, cells: usize) -> bool {
        self.tokens.len() > MOST_TABLES * cells
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

    /// For each token the row whose label stands straight before it on its line: it is that row's.
    pub(crate) fn ties(&self) -> Vec<Option<usize>> {
        let mut ties = vec![None; self.tokens.len()];
        for pair in self.items.windows(2) {
            if let [Item::Label { row, item: false, line, .. }, Item::Run(run)] = pair {
                let on_line = run.clone().take_while(|t| self.tokens[*t].line == *line);
                on_line.for_each(|t| ties[t] = Some(usize::from(*row)));
            }
        }
        ties
    }
}

/// A label among the pieces.
struct Found {
    hit: Hit,
    /// The position of the piece in which it ends.
    piece: usize,
}

/// All labels among the pieces, with what they tell about the document.
pub(crate) struct Labels {
    found: Vec<Found>,
    /// There are more than [`MAX_LABELS`].
    pub(crate) cut: bool,
}

/// The most labels that are noted: a hundred times those of the form.
pub(crate) const MAX_LABELS: usize = 1 << 16;
/// So many characters between two values are searched for labels in one go.
const MAX_CHUNK: usize = 1 << 16;
/// So many pieces of text, of a group's label, stand between a row's number and its label at the most.
const MOST_BETWEEN: usize = 8;
/// A longer word, in bytes, is no label, nor several.
const MAX_WORD: usize = 1 << 16;

/// So many groups of table 2 have rows of their own, where any has.
const LEAST_GROUPS: usize = 3;
/// No row has so many values.
const MOST_WIDE: usize = 16;

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
                        labels.add(&chunk, &breaks, first, &pieces.pieces[..i], &mut hits);
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
                    labels.add(&chunk, &breaks, first, &pieces.pieces[..i], &mut hits);
                    chunk.clear();
                    breaks.clear();
                    first = i;
                }
            }
        }
        labels.add(&chunk, &breaks, first, &pieces.pieces, &mut hits);
        labels
    }

    fn add(&mut self, chunk: &[Folded], breaks: &[usize], first: usize, pieces: &[Piece], hits: &mut Vec<Hit>) {
        if chunk.is_empty() {
            return;
        }
        label::find(chunk, breaks, hits);
        let room = MAX_LABELS - self.found.len();
        self.cut |= hits.len() > room;
        let mut piece = first;
        for hit in hits.drain(..).take(room) {
            // In a frame, the pieces of a row stand in the order of its cells.
            let ends = |p: &Piece| p.start < hit.end && hit.end <= p.end;
            piece += pieces[piece..].iter().position(ends).unwrap_or(0);
            self.found.push(Found { hit, piece });
        }
    }

    /// The edition that the labels speak for.
    pub(crate) fn edition(&self) -> Option<Edition> {
        let votes = |e| self.found.iter().filter(|f| !f.hit.fuzzy && f.hit.edition == Some(e)).count();
        match votes(Edition::V2019).cmp(&votes(Edition::V2021)) {
            std::cmp::Ordering::Less => Some(Edition::V2021),
            std::cmp::Ordering::Greater => Some(Edition::V2019),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// The byte of a table's first label at or after `from`.
    pub(crate) fn first(&self, table: Table, from: usize) -> Option<usize> {
        let sure = self.found.iter().filter(|f| !f.hit.weak && !f.hit.fuzzy && f.hit.start >= from);
        sure.into_iter().find(|f| table_of(f.hit.what) == table).map(|f| f.hit.start)
    }
}

fn table_of(what: What) -> Table {
    match what {
        What::Row(table, _) | What::Head(table) => table,
        What::Item(_) => Table::Disclosure,
        What::Column(_) | What::Group | What::Subtotal | What::Numbers => Table::Requests,
    }
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
    let first = pieces.pieces.partition_point(|p| p.start < region.start);
    let last = pieces.pieces.partition_point(|p| p.start < region.end).max(first);
    // The labels stand in the order of their pieces.
    let upto = |piece: usize| labels.found.partition_point(|f| f.piece < piece);
    let found = &labels.found[upto(first)..upto(last)];
    let mut rows: Vec<(usize, Item)> = Vec::with_capacity(found.len());
    rows.extend(found.iter().filter_map(|f| {
        let (at, item) = match f.hit.what {
            What::Row(of, at) if of == table => (at, false),
            What::Item(at) if table == Table::Disclosure => (at, true),
            _ => return None,
        };
        let line = pieces.pieces[f.piece.min(pieces.pieces.len() - 1)].line;
        let row = at[edition as usize]?;
        let breaks = pieces.breaks_before(f.piece);
        Some((f.piece, Item::Label { row, item, weak: f.hit.weak, fuzzy: f.hit.fuzzy, line, breaks }))
    }));
    let head = found.iter().find(|f| f.hit.what == What::Column(0)).and_then(|f| pieces.pieces.get(f.piece));
    let columns = Columns::find(pieces, first..last, &rows, widths, edition.form().rows(table), head);
    let mut builder = Builder { layout: Layout::default(), last_line: None, bordered: false, open: false };
    builder.layout.tokens.reserve(last - first);
    builder.layout.items.reserve(rows.len() * 2);
    builder.layout.subtotal = found.iter().any(|f| f.hit.what == What::Subtotal);
    let mut no_cells = numbers(table, pieces, found);
    if table == Table::Requests {
        no_cells.extend(group_rows(pieces, first..last, found, edition, widths));
        no_cells.sort_unstable();
    }
    let width = widths.first().copied().filter(|w| widths.iter().all(|other| other == w));
    let empty = width.map_or_else(Vec::new, |w| empty_cells(pieces, first..last, usize::from(w)));
    let mut labels = rows.as_slice();
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
            } else if no_cells.binary_search(&i).is_err() {
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
    }
    if let ([width], true) = (widths, builder.layout.tokens.is_empty()) {
        builder.blank_row(pieces, lines_of(pieces, first..last), *width);
    }
    builder.layout
}

/// The values of groups, where offices print a row of sums, or an empty one, for each group of table 2: no more behind its
/// label than a row has, as some columns may stand elsewhere. There are more values then than the form has cells; otherwise a group's label stands before its
/// first row's values, whose own label stands behind them.
fn group_rows(pieces: &Pieces, range: Range<usize>, found: &[Found], edition: Edition, widths: &[u8]) -> Vec<usize> {
    // What is a row in one edition may be a group in the other one.
    let is_group = |f: &Found| match f.hit.what {
        What::Group => true,
        What::Row(Table::Requests, at) => at[edition as usize].is_none(),
        _ => false,
    };
    let values = |range: Range<usize>| range.filter(|i| pieces.pieces[*i].is_value());
    let groups = || found.iter().enumerate().filter(|(_, f)| is_group(f));
    let (mut rows, mut own) = (Vec::new(), 0);
    for (i, group) in groups() {
        let next = found.get(i + 1).map_or(range.end, |next| next.piece.min(range.end));
        let behind = values(group.piece + 1..next.max(group.piece + 1)).take(MOST_WIDE);
        let behind: Vec<usize> = behind.collect();
        if widths.first().is_some_and(|width| (1..=usize::from(*width)).contains(&behind.len())) {
            own += 1;
            rows.extend(behind);
        }
    }
    let cells: usize = widths.iter().map(|w| usize::from(*w)).sum();
    if own < LEAST_GROUPS || groups().count() > own + 1 || values(range).count() <= cells {
        rows.clear();
    }
    rows
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

/// The lines with nothing but a tab that are empty cells: together with the lines of one value next to them, in one piece,
/// they make up a row. Elsewhere they may be what is left of merged cells.
fn empty_cells(pieces: &Pieces, range: Range<usize>, width: usize) -> Vec<usize> {
    let mut cells = Vec::new();
    // The pieces of the row's lines so far.
    let mut row: Range<usize> = range.start..range.start;
    let is_cell = |p: &[Piece]| matches!(p, [p] if p.content != Content::Text);
    let mut close = |row: &Range<usize>| {
        let of_row = &pieces.pieces[row.clone()];
        let behind = |p: &Piece| pieces.lines[p.line as usize].breaks == 1;
        let before = || row.start.checked_sub(1).is_some_and(|i| pieces.pieces[i].content == Content::Text);
        let labelled = of_row.first().is_some_and(behind) && before();
        if row.len() == width && (labelled || of_row.iter().any(Piece::is_value)) {
            cells.extend(row.clone().filter(|i| pieces.pieces[*i].content == Content::Gap));
        }
    };
    for line in &pieces.lines[lines_of(pieces, range)] {
        let of_line = line.pieces.clone();
        let cell = line.explicit && is_cell(&pieces.pieces[of_line.clone()]);
        if cell && line.breaks == 1 && row.end == of_line.start {
            row.end = of_line.end;
        } else {
            close(&row);
            row = if cell { of_line } else { of_line.end..of_line.end };
        }
    }
    close(&row);
    cells
}

fn lines_of(pieces: &Pieces, range: Range<usize>) -> Range<usize> {
    let line = |i: usize| pieces.pieces.get(i).map_or(pieces.lines.len(), |p| p.line as usize);
    if range.is_empty() { 0..0 } else { line(range.start)..line(range.end - 1) + 1 }
}

struct Builder {
    layout: Layout,
    last_line: Option<u32>,
    bordered: bool,
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
            parted: false,
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
}

impl Builder {
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

/// Where the columns of one line stand.
struct Slots {
    first: u32,
    width: u8,
    labelled: bool,
}

impl Slots {
    fn slot(&self, field: u32) -> Option<u8> {
        let slot = field.checked_sub(self.first)?;
        (slot < u32::from(self.width)).then_some(slot as u8)
    }
}

/// Where the columns of a table stand, if they stand at fixed fields.
struct Columns {
    width: u8,
    /// The lines end with so many fields that are no columns.
    after: Option<u32>,
    /// Lines with values end with so many empty cells that are no columns.
    spare: u32,
    /// No line that shows all its columns has them begin at an earlier field.
    least: u32,
    /// None whose label stands in so many groups has fewer fields between the label and its columns.
    gaps: [u32; DEPTHS],
    /// All lines have so many fields, and the columns begin at this one.
    grid: Option<(u32, u32)>,
    /// The labels of rows, in the order of their lines.
    labels: Vec<LabelAt>,
}

/// Where a row's label stands.
#[derive(Debug, Clone, Copy)]
struct LabelAt {
    line: u32,
    field: u32,
    /// How many columns the row has.
    width: u8,
    /// In how many groups it stands: the fewer, the wider is its label.
    depth: usize,
}

/// So many lines must end in their total to tell where the columns stand.
const LEAST_ENDS: usize = 3;
/// A row stands in no group, in one, or in one within that.
const DEPTHS: usize = 3;

impl Columns {
    /// Learns from the lines that show all their columns.
    fn find(
        pieces: &Pieces,
        range: Range<usize>,
        rows: &[(usize, Item)],
        widths: &[u8],
        form: &[Row],
        head: Option<&Piece>,
    ) -> Self {
        let width = widths.first().copied().filter(|w| widths.iter().all(|other| other == w));
        let mut columns = Columns {
            width: width.unwrap_or(0),
            after: None,
            spare: 0,
            least: 0,
            gaps: [0; DEPTHS],
            grid: None,
            labels: Vec::new(),
        };
        columns.labels.reserve(rows.len());
        columns.labels.extend(rows.iter().filter_map(|(i, label)| {
            let Item::Label { row, item: false, .. } = label else { return None };
            let piece = pieces.pieces.get(*i)?;
            let depth = form.get(usize::from(*row))?.groups.len();
            Some(LabelAt { line: piece.line, field: piece.field, width: *widths.get(usize::from(*row))?, depth })
        }));
        let Some(width) = width else { return columns };
        if !shows_fields(pieces, lines_of(pieces, range.clone())) {
            return columns;
        }
        let mut lines = 0;
        let spare = spare_columns(pieces, lines_of(pieces, range.clone()), u32::from(width));
        let full: Vec<(u32, u32, u32, usize)> = lines_of(pieces, range.clone())
            .filter_map(|line| {
                let (first, last) = values(pieces, line)?;
                lines += 1;
                let fields = pieces.lines[line].fields;
                (last - first + 1 == u32::from(width) + spare).then_some((
                    fields - 1 - last + spare,
                    fields,
                    first,
                    line,
                ))
            })
            .collect();
        if let [one, rest @ ..] = full.as_slice()
            && !rest.is_empty()
            && full.len() * 2 > lines
        {
            columns.after = rest.iter().all(|f| f.0 == one.0).then_some(one.0);
            columns.spare = spare;
            columns.least = full.iter().map(|f| f.2).min().unwrap_or(0);
            let gap = |f: &(u32, u32, u32, usize)| {
                let label = columns.label(f.3)?;
                Some((label.depth, f.2.saturating_sub(label.field + 1)))
            };
            let of_depth = |d| full.iter().filter_map(gap).filter(|(depth, _)| *depth == d).map(|(_, gap)| gap).min();
            columns.gaps = std::array::from_fn(|d| of_depth(d).unwrap_or(0));
            columns.grid = rest.iter().all(|f| (f.1, f.2) == (one.1, one.2)).then_some((one.1, one.2));
        }
        if full.len() * 2 <= lines {
            columns.after = columns.end(pieces, lines_of(pieces, range.clone()));
            columns.grid = filled_grid(pieces, lines_of(pieces, range.clone()), u32::from(width));
        }
        if let (true, None, None, Some(head)) = (full.len() * 2 <= lines, columns.after, columns.grid, head) {
            // Few rows show all their columns, but the head of the first one stands in a field of the same grid.
            let line = &pieces.lines[head.line as usize];
            let whole = line.explicit && line.fields == head.field + u32::from(width);
            let grid = (line.fields, head.field);
            columns.grid = (whole && full.iter().all(|f| (f.1, f.2) == grid)).then_some(grid);
        }
        // jinan-2023: the one row of table 3 with its first five fields empty. Where all figures stand two spaces apart, the
        // space between is no field.
        let bordered = |line: usize| {
            let of_line = &pieces.pieces[pieces.lines[line].pieces.clone()];
            pieces.lines[line].explicit || of_line.len() < 2 || of_line.windows(2).any(|p| p[1].field == p[0].field + 1)
        };
        if columns.grid.is_none() && widths.len() == 1 && lines_of(pieces, range).all(bordered) {
            columns.grid = Some((u32::from(width), 0));
        }
        columns
    }

    /// How many fields stand behind the totals, where few lines show all their columns, but all show their total there, and
    /// the first column as far from their label as others in as many groups.
    fn end(&self, pieces: &Pieces, lines: Range<usize>) -> Option<u32> {
        let mut behind_label = [None; DEPTHS];
        let mut of_line = |(line, (first, last)): (usize, (u32, u32))| {
            if !pieces.lines[line].explicit {
                return None;
            }
            let label = self.label(line)?;
            let start = (last + 1).checked_sub(u32::from(self.width)).filter(|start| *start <= first)?;
            let gap = start.checked_sub(label.field + 1)?;
            let same = *behind_label[label.depth].get_or_insert(gap) == gap;
            same.then_some(pieces.lines[line].fields - 1 - last)
        };
        let with_values = lines.filter_map(|line| Some((line, values(pieces, line)?)));
        let ends: Vec<u32> = with_values.map(&mut of_line).collect::<Option<_>>()?;
        let (end, rest) = ends.split_first()?;
        (ends.len() >= LEAST_ENDS && rest.iter().all(|other| other == end)).then_some(*end)
    }

    /// How many cells at the line's end are no columns; a row that lost a cell has them too.
    fn spare(&self, pieces: &Pieces, line: usize) -> usize {
        let spare = self.spare as usize;
        if spare > 0 && values(pieces, line).is_some() { spare } else { 0 }
    }

    /// No row with this label has its columns begin at an earlier field.
    fn least(&self, label: Option<LabelAt>) -> u32 {
        label.map_or(self.least, |l| l.field + 1 + self.gaps[l.depth])
    }

    /// The last label on a line.
    fn label(&self, line: usize) -> Option<LabelAt> {
        let upto = self.labels.partition_point(|l| l.line as usize <= line);
        self.labels[..upto].last().filter(|l| l.line as usize == line).copied()
    }

    /// Where the columns of a line stand; none where the line does not show it.
    fn slots(&self, pieces: &Pieces, line: usize) -> Option<Slots> {
        let label = || self.label(line);
        if self.width == 0 {
            return own_columns(pieces, line, label()?);
        }
        let (width, fields) = (u32::from(self.width), pieces.lines[line].fields);
        let first = match (self.grid, self.after) {
            (Some((n, first)), _) if n == fields => first,
            // A row that lost cells has fewer fields: what a label across several of them leaves empty is no column.
            (grid, Some(after)) if grid.is_none_or(|(n, _)| fields > n) => {
                fields.checked_sub(after + width).filter(|first| *first >= self.least(label()))?
            }
            _ => return None,
        };
        let label = label();
        // A figure between the label and the columns, or without borders before them: this line has its columns elsewhere.
        let borders = pieces.lines[line].explicit;
        let between = |p: &Piece| p.field < first && label.map_or(!borders, |l| p.field > l.field);
        let mut line_pieces = pieces.pieces[pieces.lines[line].pieces.clone()].iter();
        if line_pieces.any(|p| matches!(p.content, Content::Figure(_)) && between(p)) {
            return None;
        }
        // Twice as many figures as columns, and no label: a row of table 3 whose heads were lost.
        let figures = pieces.pieces[pieces.lines[line].pieces.clone()].iter();
        let explicit = pieces.lines[line].explicit;
        if explicit
            && label.is_none()
            && figures.filter(|p| matches!(p.content, Content::Figure(_))).count() >= 2 * width as usize
        {
            return None;
        }
        let clear = label.is_none_or(|l| l.field < first);
        let has_values = values(pieces, line).is_some_and(|(from, to)| to >= first && from < first + width);
        (clear && (has_values || label.is_some())).then_some(Slots {
            first,
            width: self.width,
            labelled: label.is_some(),
        })
    }
}

/// Whether lines have fields: where all values stand two spaces apart, the space between is no field.
fn shows_fields(pieces: &Pieces, mut lines: Range<usize>) -> bool {
    let of_line = |line: usize| &pieces.pieces[pieces.lines[line].pieces.clone()];
    let close = |p: &[Piece]| p[1].field == p[0].field + 1 && p.iter().all(Piece::is_value);
    lines.any(|line| pieces.lines[line].explicit || of_line(line).windows(2).any(close))
}

/// How many fields all lines with values have, and where the columns begin, if what is no empty cell stands in just so many
/// neighbouring ones: spreadsheets print merged cells, and columns behind the table, as empty cells.
fn filled_grid(pieces: &Pieces, lines: Range<usize>, width: u32) -> Option<(u32, u32)> {
    let with_values = || lines.clone().filter(|line| values(pieces, *line).is_some());
    let fields = pieces.lines[with_values().next()?].fields;
    let of_line = |line: usize| &pieces.pieces[pieces.lines[line].pieces.clone()];
    let filled = || with_values().flat_map(of_line).filter(|p| p.is_value() && p.content != Content::Blank);
    let (first, last) = filled().map(|p| p.field).min().zip(filled().map(|p| p.field).max())?;
    let even = with_values().all(|line| pieces.lines[line].explicit && pieces.lines[line].fields == fields);
    (even && fields > width && last + 1 - first == width).then_some((fields, first))
}

/// The columns of a row of table 1, which begin straight after its label.
fn own_columns(pieces: &Pieces, at: usize, LabelAt { field, width, .. }: LabelAt) -> Option<Slots> {
    let (first, line) = (field + 1, &pieces.lines[at]);
    // A spreadsheet has empty cells behind the table.
    let beyond = |p: &&Piece| p.field >= first + u32::from(width) && p.content != Content::Blank;
    let mut of_line = pieces.pieces[line.pieces.clone()].iter().filter(|p| p.is_value());
    let inside = of_line.clone().all(|p| p.field >= first) && of_line.find(beyond).is_none();
    // Where a line break was lost, a cell goes on with the next row's label.
    let shared = |w: &[Piece]| w[0].field == w[1].field && (w[0].is_value() || w[1].is_value());
    let inside = inside && !pieces.pieces[line.pieces.clone()].windows(2).any(shared) && !goes_on(pieces, at);
    (inside && line.explicit && line.fields >= first + u32::from(width)).then_some(Slots {
        first,
        width,
        labelled: true,
    })
}

/// Whether a line ends in an empty field, and straight below it a value stands alone: html2text keeps a break within a
/// cell, and the row goes on there.
fn goes_on(pieces: &Pieces, line: usize) -> bool {
    let (this, Some(next)) = (&pieces.lines[line], pieces.lines.get(line + 1)) else { return false };
    let last = pieces.pieces[this.pieces.clone()].last();
    let alone = matches!(&pieces.pieces[next.pieces.clone()], [value] if value.is_value());
    // In a frame both lines show the columns.
    !next.framed && next.breaks == 1 && alone && last.is_some_and(|p| p.field + 1 < this.fields)
}

/// How many cells at their ends are empty on all lines with values, if most lines have so many more than columns: a
/// column for remarks is none of the form's.
fn spare_columns(pieces: &Pieces, lines: Range<usize>, width: u32) -> u32 {
    let blanks = |line: usize| {
        let of_line = pieces.pieces[pieces.lines[line].pieces.clone()].iter();
        of_line.rev().take_while(|p| p.content == Content::Blank).count() as u32
    };
    let spans = || lines.clone().filter_map(|l| Some((l, values(pieces, l)?)));
    // Most tables have none, which their first row shows.
    if spans().any(|(line, _)| blanks(line) == 0) {
        return 0;
    }
    let spare = spans().map(|(line, _)| blanks(line)).min().unwrap_or(0);
    let wide = spans().filter(|(_, (first, last))| last - first + 1 == width + spare).count();
    if wide * 2 > spans().count() { spare } else { 0 }
}

/// The fields of a line's first and last value.
fn values(pieces: &Pieces, line: usize) -> Option<(u32, u32)> {
    let mut fields = pieces.pieces[pieces.lines[line].pieces.clone()].iter().filter(|p| p.is_value()).map(|p| p.field);
    let first = fields.next()?;
    Some((first, fields.next_back().unwrap_or(first)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::lines;
    use crate::read::token::pieces;

    #[test]
    fn words_beyond_measure_hold_no_labels() {
        for (length, found) in [(MAX_WORD, 1), (MAX_WORD + 1, 0)] {
            let text = format!("规章{}", "x".repeat(length - "规章".len()));
            let labels = Labels::find(&text, &pieces(&text, &lines(&text), 0..text.len()));
            assert_eq!(labels.found.len(), found);
        }
    }
}
