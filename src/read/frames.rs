//! In: the pieces of a region with tables. Out: the same, the lines between two lines of a table's frame made one, where they
//! are the lines of one row's cells. It knows a label's end, and no row.

use super::figure::{Figure, Word, word};
use super::label::{ends_with_row, is_head};
use super::marks::{is_bar, is_digit};
use super::stacked::join;
use super::token::{Content, Line, MOST_LINES, Piece, Pieces};

/// A row of a framed table has no more bytes than this.
const MOST_BYTES: usize = 1 << 12;

/// Makes one line of the lines between two lines of a frame: they are one row, cell by cell.
pub(super) fn join_framed(text: &str, pieces: &Pieces) -> Pieces {
    let mut joined = Pieces { cut: pieces.cut, led: pieces.led, ..Pieces::default() };
    joined.pieces.reserve(pieces.pieces.len());
    let mut at = 0;
    while let Some(first) = pieces.lines.get(at) {
        let goes_on = |line: &&Line| !line.framed && line.explicit && line.fields == first.fields;
        let more = pieces.lines[at + 1..].iter().take(MOST_LINES).take_while(goes_on).count();
        let lines = &pieces.lines[at..=at + more];
        let of_lines = &pieces.pieces[first.pieces.start..lines[more].pieces.end];
        if first.framed && first.explicit && more > 0 && is_one_row(text, of_lines) {
            let mut row = of_lines.to_vec();
            row.sort_by_key(|p| p.field);
            let cells = row.chunk_by(|a, b| a.field == b.field).flat_map(|cell| stacked(text, cell));
            joined.push_line(first, &cells.collect::<Vec<_>>());
        } else {
            for line in lines {
                joined.push_line(line, &pieces.pieces[line.pieces.clone()]);
            }
        }
        at += more + 1;
    }
    joined
}

/// The pieces of a cell; those of one figure of full width are one, and what explains a figure below it is none.
fn stacked(text: &str, cell: &[Piece]) -> Vec<Piece> {
    match (cell, figure(text, &cell.iter().collect::<Vec<_>>())) {
        ([first, _, ..], Some(figure)) => vec![Piece { content: Content::Stacked(figure), ..*first }],
        ([first @ Piece { content: Content::Figure(_), .. }, below @ ..], _) if explains(text, below) => vec![*first],
        _ => cell.to_vec(),
    }
}

/// Whether it is a measure word or a note in brackets.
fn explains(text: &str, pieces: &[Piece]) -> bool {
    let words: String = pieces.iter().map(|p| &text[p.start..p.end]).collect();
    let is_note = words.starts_with(['（', '(']) && words.ends_with(['）', ')']);
    let counted = || matches!(word(&["1", &words].concat()), Word::Figure(Figure { counted: true, .. }));
    pieces.iter().all(|p| p.content == Content::Text) && (is_note || counted())
}

/// The figure of which these are the pieces: digits of full width, or such that fill their field but for the last one, or the
/// first, or break at the comma of thousands, as pandoc breaks them.
fn figure(text: &str, pieces: &[&Piece]) -> Option<Figure> {
    let fills = |p: &&Piece| {
        // A digit of full width leaves a column more.
        let most = if text[p.start..p.end].is_ascii() { 1 } else { 2 };
        let (before, behind) = (&text[..p.start], &text[p.end..]);
        let spaces = behind.bytes().take(most).take_while(|b| *b == b' ').count();
        before.strip_suffix(' ').unwrap_or(before).ends_with(is_bar) && behind[spaces..].starts_with(is_bar)
    };
    let filled = || {
        let [_, rest @ ..] = pieces else { return None };
        let of_piece = |p: &Piece| &text[p.start..p.end];
        let digits: String = pieces.iter().map(|p| of_piece(p)).collect();
        let at_comma = |pair: &[&Piece]| of_piece(pair[0]).ends_with(',') || of_piece(pair[1]).starts_with(',');
        let even = pieces.windows(2).all(|pair| at_comma(pair) || fills(&pair[0])) || rest.iter().all(fills);
        match word(&digits) {
            Word::Figure(figure) if even && digits.chars().all(is_of_figure) => Some(figure),
            _ => None,
        }
    };
    join(text, pieces.iter().map(|p| p.start..p.end)).or_else(filled)
}

fn is_of_figure(c: char) -> bool {
    is_digit(c) || c == ','
}

/// Whether the lines are one row: no two have a value in the same field, but for pieces of one figure, or a head above one, and
/// one ends a row's label at the most.
fn is_one_row(text: &str, pieces: &[Piece]) -> bool {
    let bytes = pieces.first().zip(pieces.last()).map_or(0, |(first, last)| last.end.saturating_sub(first.start));
    // `1,` in a cell is the beginning of a figure.
    let is_part = |p: &Piece| p.content == Content::Text && text[p.start..p.end].chars().all(is_of_figure);
    let mut values: Vec<&Piece> = pieces.iter().filter(|p| p.is_value() || is_part(p)).collect();
    values.sort_by_key(|p| p.field);
    let (broken, whole): (Vec<&[&Piece]>, Vec<_>) =
        values.chunk_by(|a, b| a.field == b.field).partition(|cell| cell.len() > 1);
    // Where every cell has a value on each line, these are rows, but for pieces that end or begin with a comma.
    let goes_on = |p: &Piece| text[p.start..p.end].ends_with(',') || text[p.start..p.end].starts_with(',');
    let one = !whole.is_empty() || broken.iter().all(|cell| cell.iter().any(|p| goes_on(p)));
    let apart = broken.is_empty() || (one && broken.iter().all(|cell| figure(text, cell).is_some()));
    let has_value = |field: u32| values.binary_search_by_key(&field, |v| v.field).is_ok();
    let mut texts: Vec<&Piece> = pieces.iter().filter(|p| p.content == Content::Text).collect();
    texts.sort_by_key(|p| p.field);
    let headed = texts.chunk_by(|a, b| a.field == b.field).any(|cell| has_value(cell[0].field) && has_head(text, cell));
    let labels = || pieces.iter().filter(|p| p.content == Content::Text && ends_with_row(&text[p.start..p.end]));
    bytes <= MOST_BYTES && apart && !headed && labels().nth(1).is_none()
}

/// Whether a cell's text is a head of a column, or a part of it is.
fn has_head(text: &str, cell: &[&Piece]) -> bool {
    let of_piece = |p: &&Piece| &text[p.start..p.end];
    cell.iter().any(|p| is_head(of_piece(p))) || is_head(&cell.iter().map(of_piece).collect::<String>())
}
