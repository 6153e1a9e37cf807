//! In: the pieces of tables with a cell to a line, in which an empty cell left nothing but one more line break, or a line of
//! one space. Out: the same with a blank in each such place, if every row of table 2 comes to as many cells as the form has.
//! It looks at no figure.

use std::ops::Range;

use super::layout::{Item, Layout};
use super::token::{Content, Line, MAX_PIECES, Piece, Pieces};
use crate::form::APPLICANTS;

/// So many rows must show empty cells.
const LEAST_ROWS: usize = 3;
/// A gap with more empty cells than this, all of table 3, is no row's.
const MOST_EMPTY: u32 = 15;
/// So many empty cells before a row's label are left of cells merged with those above them: those of its group, and of all groups.
const MOST_MERGED: u32 = 2;

/// How many line breaks stand between two cells of a row, before its first one, behind its last one, and for each empty one.
struct Breaks {
    between: u32,
    before: u32,
    behind: u32,
    empty: u32,
}

/// Puts the blanks in; `None` where breaks do not show any.
pub(super) fn fill(text: &str, pieces: &Pieces, requests: &Layout) -> Option<Pieces> {
    let breaks = Breaks::of(requests)?;
    let piece_behind = |byte: usize| pieces.pieces.partition_point(|p| p.start < byte);
    let next = requests.tokens.last().map_or(0, |last| piece_behind(last.end));
    let second = requests.tokens.first().map_or(0, |first| piece_behind(first.end));
    // A row of table 2 that has figures ends in one: what stands behind it is no cell.
    let ends_row = |before: &Piece, behind: &Piece, at: usize| {
        at == next || (second..next).contains(&at) && before.is_value() && behind.content == Content::Text
    };
    let between_sections = pieces.pieces.get(next).map_or(0, |p| pieces.lines[p.line as usize].breaks);
    let mut filled = Pieces { cut: pieces.cut, led: pieces.led, ..Pieces::default() };
    let mut before: Option<&Piece> = None;
    for line in &pieces.lines {
        let of_line = &pieces.pieces[line.pieces.clone()];
        let Some((first, last)) = of_line.first().zip(of_line.last()) else { continue };
        let mut empty = 0;
        if let Some(before) = before.filter(|before| !ends_row(before, first, line.pieces.start)) {
            empty = breaks.empty(before.content, first.content, line.breaks);
            push_blanks(&mut filled, text, before.end..first.start, empty, breaks.between);
        }
        filled.push_line(&Line { breaks: line.breaks - empty * breaks.empty, ..line.clone() }, of_line);
        before = Some(last);
    }
    if let Some(last) = before {
        // Behind the last table the next section follows.
        let rest = &text[last.end..];
        let gap = &rest[..rest.len() - rest.trim_start().len()];
        let usual = breaks.behind.max(between_sections);
        let empty = (gap.matches('\n').count() as u32).saturating_sub(usual) / breaks.empty;
        let empty = if empty <= MOST_EMPTY { empty } else { 0 };
        push_blanks(&mut filled, text, last.end..last.end + gap.len(), empty, breaks.between);
    }
    Some(filled)
}

/// The same with a blank for each line of one space, as converters leave of a no-break space; `None` where there is none.
pub(super) fn fill_spaces(text: &str, pieces: &Pieces) -> Option<Pieces> {
    let mut filled = Pieces { cut: pieces.cut, led: pieces.led, ..Pieces::default() };
    let mut end = pieces.pieces.first()?.end;
    for line in &pieces.lines {
        let of_line = &pieces.pieces[line.pieces.clone()];
        let Some((first, last)) = of_line.first().zip(of_line.last()) else { continue };
        let before = push_spaces(&mut filled, text, end..first.start);
        filled.push_line(&Line { breaks: line.breaks.saturating_sub(before).max(1), ..line.clone() }, of_line);
        end = last.end;
    }
    let rest = &text[end..];
    push_spaces(&mut filled, text, end..text.len() - rest.trim_start().len());
    (filled.pieces.len() > pieces.pieces.len()).then_some(filled)
}

/// A blank for each line of one space within the gap, which ends in a line with a piece; how many line breaks stand before
/// the last of them.
fn push_spaces(filled: &mut Pieces, text: &str, gap: Range<usize>) -> u32 {
    let (mut at, mut breaks, mut last) = (gap.start, 0, 0);
    for line in text[gap.start..gap.end.max(gap.start)].split_inclusive('\n') {
        if breaks > 0 && matches!(line, " \n" | " \r\n") && filled.pieces.len() < MAX_PIECES {
            push_blank(filled, at..at + 1, breaks - last);
            last = breaks;
        }
        breaks += 1;
        at += line.len();
    }
    last
}

/// So many empty cells, each at the end of a line between two pieces.
fn push_blanks(filled: &mut Pieces, text: &str, gap: Range<usize>, empty: u32, breaks: u32) {
    let room = MAX_PIECES.saturating_sub(filled.pieces.len());
    for (at, _) in text[gap.clone()].match_indices('\n').take(room.min(empty as usize)) {
        push_blank(filled, gap.start + at..gap.start + at, breaks);
    }
}

fn push_blank(filled: &mut Pieces, bytes: Range<usize>, breaks: u32) {
    let line = Line { fields: 1, pieces: 0..0, breaks, framed: false, explicit: false, run_on: false };
    let piece = Piece { content: Content::Blank, start: bytes.start, end: bytes.end, line: 0, field: 0 };
    filled.push_line(&line, &[piece]);
}

impl Breaks {
    fn of(layout: &Layout) -> Option<Self> {
        let rows = rows(layout)?;
        if rows.iter().filter(|row| row.len() < APPLICANTS.len()).count() < LEAST_ROWS {
            return None;
        }
        let breaks = |row: &Range<usize>| layout.tokens[row.clone()].iter().map(|t| t.breaks).collect::<Vec<_>>();
        let rows: Vec<Vec<u32>> = rows.iter().map(breaks).collect();
        let between = rows.iter().flat_map(|row| &row[1..]).min()?;
        let before = rows.iter().map(|row| row[0]).min()?;
        let behind_row = |pair: &[Item]| match pair {
            [Item::Run(_), Item::Label { breaks, .. }] => Some(*breaks),
            _ => None,
        };
        let behind = layout.items.windows(2).filter_map(behind_row).min()?;
        // Where the first column is empty in all rows, or no two neighbours are filled, the least breaks are not the usual.
        let usual = (1..=*between).map(|between| (between, between)).chain([(before, *between)]);
        let ways = usual.flat_map(|(before, between)| [1, between].map(|empty| (before, between, empty)));
        let shows = |way: &(u32, u32, u32)| rows.iter().all(|row| cells(row, *way) == Some(APPLICANTS.len() as u32));
        let (before, between, empty) = ways.into_iter().find(shows)?;
        Some(Breaks { between, before, behind, empty })
    }

    /// How many empty cells stand between two pieces with so many breaks between their lines.
    fn empty(&self, before: Content, behind: Content, breaks: u32) -> u32 {
        let usual = match (before == Content::Text, behind == Content::Text) {
            (false, false) => self.between,
            (true, false) => self.before,
            (_, true) => self.behind,
        };
        let empty = breaks.saturating_sub(usual) / self.empty;
        let (width, of_labels) = (APPLICANTS.len() as u32, before == Content::Text && behind == Content::Text);
        match empty.checked_sub(width) {
            Some(more) if of_labels && more <= MOST_MERGED => width,
            _ if empty > MOST_EMPTY => 0,
            _ => empty,
        }
    }
}

/// How many cells a row has, with so many breaks before each of its figures.
fn cells(row: &[u32], (before, between, empty): (u32, u32, u32)) -> Option<u32> {
    let usual = before + between * (row.len() as u32 - 1);
    let more = row.iter().sum::<u32>().checked_sub(usual)?;
    more.is_multiple_of(empty).then_some(more / empty + row.len() as u32)
}

/// The runs of figures, each behind a label and with each on a line of its own; `None` where other things stand there too.
fn rows(layout: &Layout) -> Option<Vec<Range<usize>>> {
    let mut rows = Vec::new();
    let mut label = false;
    for item in &layout.items {
        let Item::Run(run) = item else {
            label = true;
            continue;
        };
        let tokens = &layout.tokens[run.clone()];
        let alone = tokens.windows(2).all(|pair| pair[0].line != pair[1].line);
        let figures = tokens.iter().all(|t| matches!(t.content, Content::Figure(_)) && t.slot.is_none() && !t.bordered);
        if !label || !alone || !figures {
            return None;
        }
        rows.push(run.clone());
        label = false;
    }
    Some(rows)
}
