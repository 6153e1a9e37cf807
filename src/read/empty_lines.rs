//! In: the pieces of tables with a cell to a line, in which an empty cell left nothing but one more line break. Out: the same
//! with a blank in each such place, if the breaks in every row of table 2 come to as many cells as the form has.
//! It looks at no figure.

use super::layout::{Item, Layout};
use super::token::{Content, Line, Piece, Pieces};
use crate::form::APPLICANTS;

/// So many rows must show empty cells.
const LEAST_ROWS: usize = 3;
/// A gap with more empty cells than this, all of table 3, is no row's.
const MOST_EMPTY: u32 = 15;

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
    let mut filled = Pieces { cut: pieces.cut, ..Pieces::default() };
    let mut before: Option<&Piece> = None;
    for line in &pieces.lines {
        let of_line = &pieces.pieces[line.pieces.clone()];
        let Some((first, last)) = of_line.first().zip(of_line.last()) else { continue };
        let empty = before.map_or(0, |before| breaks.empty(before, first, line.breaks));
        let gap = before.map_or(0, |before| before.end)..first.start;
        let ends = text[gap.clone()].match_indices('\n').map(|(i, _)| gap.start + i);
        for at in ends.take(empty as usize) {
            push(
                &mut filled,
                &[Piece { content: Content::Blank, start: at, end: at, line: 0, field: 0 }],
                line,
                breaks.between,
            );
        }
        push(&mut filled, of_line, line, line.breaks);
        before = Some(last);
    }
    Some(filled)
}

/// A line of its own for these pieces.
fn push(filled: &mut Pieces, of_line: &[Piece], like: &Line, breaks: u32) {
    let at = filled.lines.len() as u32;
    let start = filled.pieces.len();
    filled.pieces.extend(of_line.iter().map(|p| Piece { line: at, ..*p }));
    filled.lines.push(Line { pieces: start..filled.pieces.len(), breaks, ..like.clone() });
}

impl Breaks {
    fn of(layout: &Layout) -> Option<Self> {
        let rows = rows(layout)?;
        let (token, least) = (|t: usize| layout.tokens[t].breaks, |breaks: &mut dyn Iterator<Item = u32>| breaks.min());
        let between = least(&mut rows.iter().flat_map(|row| row.start + 1..row.end).map(token)).filter(|b| *b > 0)?;
        let before = least(&mut rows.iter().map(|row| token(row.start))).filter(|b| *b > 0)?;
        let behind = least(&mut layout.items.windows(2).filter_map(|pair| match pair {
            [Item::Run(_), Item::Label { breaks, .. }] => Some(*breaks),
            _ => None,
        }))?;
        let cells = |row: &std::ops::Range<usize>, empty: u32| {
            let more: u32 = token(row.start) - before + row.clone().skip(1).map(|t| token(t) - between).sum::<u32>();
            more.is_multiple_of(empty).then_some(more / empty + row.len() as u32)
        };
        let width = APPLICANTS.len() as u32;
        let shows = |empty: &u32| rows.iter().all(|row| cells(row, *empty) == Some(width));
        let short = rows.iter().filter(|row| row.len() < APPLICANTS.len()).count();
        let empty = [1, between].into_iter().find(shows).filter(|_| short >= LEAST_ROWS)?;
        Some(Breaks { between, before, behind, empty })
    }

    /// How many empty cells stand between two pieces with so many breaks between their lines.
    fn empty(&self, before: &Piece, behind: &Piece, breaks: u32) -> u32 {
        let usual = match (before.content == Content::Text, behind.content == Content::Text) {
            (false, false) => self.between,
            (true, false) => self.before,
            (_, true) => self.behind,
        };
        let empty = breaks.saturating_sub(usual) / self.empty;
        if empty > MOST_EMPTY { 0 } else { empty }
    }
}

/// The runs of figures, each behind a label and with each on a line of its own; `None` where other things stand there too.
fn rows(layout: &Layout) -> Option<Vec<std::ops::Range<usize>>> {
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
