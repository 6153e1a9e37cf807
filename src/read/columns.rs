//! In: the pieces of a table and where the labels of its rows stand. Out: in which fields of a line the table's columns are,
//! where it has fixed ones. It reads no figure, and claims no column that its lines do not show.

use std::ops::Range;

use super::layout::Item;
use super::token::{Content, Piece, Pieces};
use crate::form::Row;

/// Where the columns of one line stand.
pub(super) struct Slots {
    pub(super) first: u32,
    pub(super) width: u8,
    pub(super) labelled: bool,
}

impl Slots {
    pub(super) fn slot(&self, field: u32) -> Option<u8> {
        let slot = field.checked_sub(self.first)?;
        (slot < u32::from(self.width)).then_some(slot as u8)
    }

    /// Whether a field stands behind the columns.
    pub(super) fn is_behind(&self, field: u32) -> bool {
        field >= self.first + u32::from(self.width)
    }
}

/// A line that shows all columns.
struct FullLine {
    line: usize,
    /// The field of the first column.
    first: u32,
    fields: u32,
    /// So many fields stand behind the last column.
    after: u32,
}

impl FullLine {
    fn find(pieces: &Pieces, line: usize, width: u32, own: u32) -> Option<Self> {
        let ((first, last), fields) = (values(pieces, line, own)?, pieces.lines[line].fields);
        (last - first + 1 == width).then_some(FullLine { line, first, fields, after: fields - 1 - last })
    }

    fn grid(&self) -> (u32, u32) {
        (self.fields, self.first)
    }
}

/// Where the columns of a table stand, if they stand at fixed fields.
#[derive(Default)]
pub(super) struct Columns {
    width: u8,
    /// So many columns of the office's own stand behind the form's.
    own: u32,
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
    /// All lines have so many fields, and the columns begin straight behind the row's label.
    behind_labels: Option<u32>,
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

/// So many lines must show where the columns end to tell where they stand.
const LEAST_ENDS: usize = 3;
/// A row stands in no group, in one, or in one within that.
const DEPTHS: usize = 3;

impl Columns {
    /// Learns from the lines that show all their columns, where most do; from others what all of them share.
    pub(super) fn find(
        (pieces, range): (&Pieces, Range<usize>),
        rows: &[(usize, Item)],
        widths: &[u8],
        form: &[Row],
        head: Option<&Piece>,
        own: u32,
    ) -> Self {
        let width = widths.first().copied().filter(|w| widths.iter().all(|other| other == w));
        let labels = labels_at(pieces, rows, widths, form);
        let mut columns = Columns { width: width.unwrap_or(0), own, labels, ..Columns::default() };
        let lines = lines_of(pieces, range);
        if width.is_none() || !shows_fields(pieces, lines.clone()) {
            return columns;
        }
        let spare = if own > 0 { 0 } else { spare_columns(pieces, lines.clone(), u32::from(columns.width)) };
        let full = |line| FullLine::find(pieces, line, u32::from(columns.width) + spare, own);
        let full: Vec<FullLine> = lines.clone().filter_map(full).collect();
        let with_values = lines.clone().filter(|line| values(pieces, *line, own).is_some()).count();
        columns.behind_labels = columns.behind_labels(pieces, lines.clone());
        if columns.behind_labels.is_some() {
            return columns;
        }
        if columns.are_all_behind_labels(pieces) {
            columns.after = Some(own);
            return columns;
        }
        // Whether what is empty at its end is no column, one line does not tell.
        let tells = full.len() > 1 || spare == 0;
        if tells && full.len() * 2 > with_values {
            columns.learn(pieces, &full, spare);
        } else {
            columns.after = columns.end(pieces, lines.clone());
            columns.grid = filled_grid(pieces, lines.clone(), u32::from(columns.width), own);
            if columns.after.is_none() && columns.grid.is_none() {
                columns.grid = head.and_then(|head| columns.grid_of_head(pieces, head, &full));
            }
        }
        // jinan-2023: the one row of table 3 with its first five fields empty.
        if columns.grid.is_none() && widths.len() == 1 && lines.clone().all(|line| is_bordered(pieces, line)) {
            let led = lines.clone().any(|line| is_led(pieces, line, u32::from(columns.width)));
            columns.grid = Some((u32::from(columns.width) + u32::from(led), u32::from(led)));
        }
        columns
    }

    /// Learns from several lines that show all columns.
    fn learn(&mut self, pieces: &Pieces, full: &[FullLine], spare: u32) {
        let [one, rest @ ..] = full else { return };
        if rest.is_empty() {
            return;
        }
        self.after = rest.iter().all(|f| f.after == one.after).then_some(one.after + spare);
        self.spare = spare + self.own;
        self.least = full.iter().map(|f| f.first).min().unwrap_or(0);
        let gap = |f: &FullLine| {
            let label = self.label(f.line)?;
            Some((label.depth, f.first.saturating_sub(label.field + 1)))
        };
        let of_full = |d| full.iter().filter_map(gap).filter(|(depth, _)| *depth == d).map(|(_, gap)| gap).min();
        // Where none of these is full, one that lost a cell seems to have less before its columns than the others.
        let gap = |label: &LabelAt| {
            let line = &pieces.lines[label.line as usize];
            line.fields.checked_sub(self.after? + u32::from(self.width) + label.field + 1).filter(|_| line.explicit)
        };
        let of_all = |d| self.labels.iter().filter(|label| label.depth == d).filter_map(gap).max();
        self.gaps = std::array::from_fn(|d| of_full(d).or_else(|| of_all(d)).unwrap_or(0));
        self.grid = rest.iter().all(|f| f.grid() == one.grid()).then_some(one.grid());
    }

    /// Few rows show all their columns, but the head of the first one stands in a field of the same grid.
    fn grid_of_head(&self, pieces: &Pieces, head: &Piece, full: &[FullLine]) -> Option<(u32, u32)> {
        let line = &pieces.lines[head.line as usize];
        let whole = line.explicit && line.fields == head.field + u32::from(self.width) + self.own;
        let grid = (line.fields, head.field);
        (whole && full.iter().all(|f| f.grid() == grid)).then_some(grid)
    }

    /// How many fields stand behind the totals, where few lines show all their columns, but several show the first or the last
    /// one, and all have the first as far from their label as others in as many groups.
    fn end(&self, pieces: &Pieces, lines: Range<usize>) -> Option<u32> {
        // What stands between the lines of a grid, as a page's number, is of no row.
        let is_row = |line: &usize| pieces.lines[*line].explicit || self.label(*line).is_some();
        let spans = || lines.clone().filter(is_row).filter_map(|line| Some((line, values(pieces, line, self.own)?)));
        let end = spans().map(|(line, (_, last))| pieces.lines[line].fields - 1 - last).min()?;
        let (mut behind_label, mut ends) = ([None; DEPTHS], 0);
        for (line, (first, last)) in spans() {
            let label = self.label(line).filter(|_| pieces.lines[line].explicit)?;
            let start = pieces.lines[line].fields.checked_sub(end + u32::from(self.width))?;
            let gap = start.checked_sub(label.field + 1)?;
            if start > first || *behind_label[label.depth].get_or_insert(gap) != gap {
                return None;
            }
            ends += usize::from(first == start || last + 1 == start + u32::from(self.width));
        }
        (ends >= LEAST_ENDS).then_some(end)
    }

    /// Whether each line has behind its row's label just as many fields as columns; behind a head that is like a label stands
    /// nothing, or other heads.
    fn are_all_behind_labels(&self, pieces: &Pieces) -> bool {
        let has_head = |label: &&LabelAt| {
            let of_line = &pieces.pieces[pieces.lines[label.line as usize].pieces.clone()];
            of_line.iter().any(|p| p.field > label.field && p.content == Content::Text)
        };
        let behind = |label: &LabelAt| pieces.lines[label.line as usize].fields.saturating_sub(label.field + 1);
        let of_lines = self.labels.chunk_by(|a, b| a.line == b.line).filter_map(<[LabelAt]>::last);
        let mut rows = of_lines.filter(|label| behind(label) > 0 && !has_head(label));
        let has_columns =
            |label: &LabelAt| pieces.lines[label.line as usize].explicit && behind(label) == u32::from(self.width);
        rows.clone().count() >= LEAST_ENDS && rows.all(has_columns)
    }

    /// How many fields all lines have, where the columns of each begin straight behind its label: merged cells are gone, and the
    /// row is filled up at its end.
    fn behind_labels(&self, pieces: &Pieces, lines: Range<usize>) -> Option<u32> {
        let (mut fields, mut ends) = (None, 0);
        for (line, (first, last)) in lines.filter_map(|line| Some((line, values(pieces, line, 0)?))) {
            let (Some(label), line) = (self.label(line), &pieces.lines[line]) else { continue };
            let end = label.field + u32::from(self.width) + self.own;
            let even = *fields.get_or_insert(line.fields) == line.fields;
            if !even || !line.explicit || first <= label.field || last > end {
                return None;
            }
            ends += usize::from(last == end);
        }
        let in_grid = |label: &&LabelAt| Some(pieces.lines[label.line as usize].fields) == fields;
        let mut places = self.labels.iter().filter(in_grid).map(|label| label.field);
        let first = places.next()?;
        fields.filter(|_| ends >= LEAST_ENDS && places.any(|other| other != first))
    }

    /// How many cells at the line's end are no columns; a row that lost a cell has them too.
    pub(super) fn spare(&self, pieces: &Pieces, line: usize) -> usize {
        let spare = self.spare as usize;
        if spare > 0 && values(pieces, line, 0).is_some() { spare } else { 0 }
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

    /// The fields behind the first label on a line, up to that of its last one, where other lines show columns.
    pub(super) fn between_labels(&self, line: usize) -> Range<u32> {
        let shown = self.after.is_some() || self.grid.is_some();
        let Some(last) = shown.then(|| self.label(line)).flatten() else { return 0..0 };
        let from = self.labels.partition_point(|l| (l.line as usize) < line);
        self.labels.get(from).map_or(0..0, |first| first.field + 1..last.field + 1)
    }

    /// Where the columns of a line stand; none where the line does not show it.
    pub(super) fn slots(&self, pieces: &Pieces, line: usize) -> Option<Slots> {
        let label = || self.label(line);
        if self.width == 0 {
            return own_columns(pieces, line, label()?);
        }
        let (width, fields) = (u32::from(self.width), pieces.lines[line].fields);
        let first = match (self.grid, self.after) {
            _ if self.behind_labels == Some(fields) => label()?.field + 1,
            (Some((n, first)), _) if n == fields => first,
            // A row that lost cells has fewer fields: what a label across several of them leaves empty is no column.
            (grid, Some(after)) if grid.is_none_or(|(n, _)| fields > n) => {
                fields.checked_sub(after + width).filter(|first| *first >= self.least(label()))?
            }
            _ => return None,
        };
        let label = label();
        // A figure or a dash between the label and the columns, or without borders beside them: this line has its columns elsewhere.
        let borders = pieces.lines[line].explicit;
        let between = |p: &Piece| p.field < first && label.map_or(!borders, |l| p.field > l.field);
        let behind = |p: &Piece| !borders && p.field >= first + width;
        // So it has with a text among them, in more fields than others: what is behind the columns moved them.
        let wider = self.grid.is_none_or(|(n, _)| n != fields) && first > self.least(label);
        let inside = |p: &Piece| (wider || !borders) && (first..first + width).contains(&p.field);
        let mut line_pieces = pieces.pieces[pieces.lines[line].pieces.clone()].iter();
        let elsewhere = |p: &Piece| match p.content {
            Content::Figure(_) | Content::Dash => between(p) || behind(p),
            Content::Text => inside(p),
            _ => false,
        };
        if line_pieces.any(elsewhere) {
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
        let has_values = values(pieces, line, 0).is_some_and(|(from, to)| to >= first && from < first + width);
        (clear && (has_values || label.is_some())).then_some(Slots {
            first,
            width: self.width,
            labelled: label.is_some(),
        })
    }
}

/// The labels of rows, in the order of their lines.
fn labels_at(pieces: &Pieces, rows: &[(usize, Item)], widths: &[u8], form: &[Row]) -> Vec<LabelAt> {
    let label = |(i, label): &(usize, Item)| {
        let Item::Label { row, item: false, .. } = label else { return None };
        let piece = pieces.pieces.get(*i)?;
        let depth = form.get(usize::from(*row))?.groups.len();
        Some(LabelAt { line: piece.line, field: piece.field, width: *widths.get(usize::from(*row))?, depth })
    };
    let mut labels = Vec::with_capacity(rows.len());
    labels.extend(rows.iter().filter_map(label));
    labels
}

/// Whether the line's fields have borders: where all figures stand two spaces apart, the space between is no field.
fn is_bordered(pieces: &Pieces, line: usize) -> bool {
    let of_line = &pieces.pieces[pieces.lines[line].pieces.clone()];
    pieces.lines[line].explicit || of_line.len() < 2 || of_line.windows(2).any(|p| p[1].field == p[0].field + 1)
}

/// Whether a line with values has a text in a field before as many as the columns: data frames number their rows.
fn is_led(pieces: &Pieces, line: usize, width: u32) -> bool {
    let first = pieces.pieces.get(pieces.lines[line].pieces.start);
    let is_text = first.is_some_and(|first| first.content == Content::Text && first.field == 0);
    is_text && pieces.lines[line].fields == width + 1 && has_filled(pieces, line)
}

/// Whether lines have fields: where all values stand two spaces apart, the space between is no field.
fn shows_fields(pieces: &Pieces, mut lines: Range<usize>) -> bool {
    let of_line = |line: usize| &pieces.pieces[pieces.lines[line].pieces.clone()];
    let close = |p: &[Piece]| p[1].field == p[0].field + 1 && p.iter().all(Piece::is_value);
    lines.any(|line| pieces.lines[line].explicit || of_line(line).windows(2).any(close))
}

/// How many fields all lines with values have, and where the columns begin, if what is no empty cell stands in just so many
/// neighbouring ones before those of the office's own, and in the last of them on most lines: spreadsheets print merged cells,
/// and columns behind the table, as empty cells.
fn filled_grid(pieces: &Pieces, lines: Range<usize>, width: u32, own: u32) -> Option<(u32, u32)> {
    let with_values = || lines.clone().filter(|line| has_filled(pieces, *line));
    let fields = pieces.lines[with_values().next()?].fields;
    let of_line = |line: usize| &pieces.pieces[pieces.lines[line].pieces.clone()];
    let inside = |p: &&Piece| is_filled(p) && p.field + own < fields;
    let filled = || with_values().flat_map(of_line).filter(inside);
    let (first, last) = filled().map(|p| p.field).min().zip(filled().map(|p| p.field).max())?;
    let even = with_values().all(|line| pieces.lines[line].explicit && pieces.lines[line].fields == fields);
    let in_last = |line: &usize| of_line(*line).iter().any(|p| p.field == last && is_filled(p));
    let totals = with_values().filter(in_last).count() * 2 > with_values().count();
    (even && totals && fields > width && last + 1 - first == width).then_some((fields, first))
}

/// A value that is no empty cell.
fn is_filled(piece: &Piece) -> bool {
    piece.is_value() && piece.content != Content::Blank
}

fn has_filled(pieces: &Pieces, line: usize) -> bool {
    pieces.pieces[pieces.lines[line].pieces.clone()].iter().any(is_filled)
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
    let spans = || lines.clone().filter_map(|l| Some((l, values(pieces, l, 0)?)));
    // Most tables have none, which their first row shows.
    if spans().any(|(line, _)| blanks(line) == 0) {
        return 0;
    }
    let spare = spans().map(|(line, _)| blanks(line)).min().unwrap_or(0);
    let wide = spans().filter(|(_, (first, last))| last - first + 1 == width + spare).count();
    if wide * 2 > spans().count() { spare } else { 0 }
}

/// The fields of a line's first and last value before so many columns of the office's own.
fn values(pieces: &Pieces, line: usize, own: u32) -> Option<(u32, u32)> {
    let line = &pieces.lines[line];
    let inside = |p: &&Piece| p.is_value() && p.field + own < line.fields;
    let mut fields = pieces.pieces[line.pieces.clone()].iter().filter(inside).map(|p| p.field);
    let first = fields.next()?;
    Some((first, fields.next_back().unwrap_or(first)))
}

/// The lines of a range of pieces.
pub(super) fn lines_of(pieces: &Pieces, range: Range<usize>) -> Range<usize> {
    let line = |i: usize| pieces.pieces.get(i).map_or(pieces.lines.len(), |p| p.line as usize);
    if range.is_empty() { 0..0 } else { line(range.start)..line(range.end - 1) + 1 }
}
