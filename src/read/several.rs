//! In: where tables of one kind stand, one behind the other, and the report's year. Out: which of them is the report's own, if
//! their captions or their figures leave one. It reads no cell.

use super::fold::folded;
use super::token::{Content, Piece};

/// A table among others of its kind.
pub(super) struct Candidate<'t> {
    /// The text between the table before and its first label.
    pub(super) above: &'t str,
    pub(super) pieces: &'t [Piece],
    /// Rows of another table follow.
    pub(super) torn: bool,
}

/// No longer line, in characters, is a table's caption.
const LONGEST_CAPTION: usize = 40;

/// The place of the report's own table of so many cells among them.
pub(super) fn own_table(tables: &[Candidate], year: Option<u16>, cells: usize) -> Option<usize> {
    let texts = |table: &Candidate| table.pieces.iter().filter(|piece| piece.content == Content::Text).count();
    let least = tables.first().map_or(0, texts) / 2;
    // Heads may stand there again behind the last rows of the table before, without a row of their own.
    let is_part = |table: &Candidate| table.torn && values(table).count() < cells;
    let is_own = |table: &Candidate| texts(table) >= least && !is_part(table) && !is_of_another_year(table.above, year);
    let mut own = (0..tables.len()).filter(|i| is_own(&tables[*i]));
    let first = own.next()?;
    own.all(|other| are_alike(&tables[other], &tables[first], cells)).then_some(first)
}

/// Whether both have the same figures, as far as both go: what stands behind a table's cells is none of its own.
fn are_alike(one: &Candidate, other: &Candidate, cells: usize) -> bool {
    let mut both = values(one).zip(values(other)).take(cells).peekable();
    both.peek().is_some() && both.all(|(one, other)| one == other)
}

fn values<'t>(table: &'t Candidate) -> impl Iterator<Item = Content> + use<'t> {
    table.pieces.iter().filter(|piece| piece.is_value()).map(|piece| piece.content)
}

/// Whether a caption names other years only.
fn is_of_another_year(above: &str, year: Option<u16>) -> bool {
    let captions = above.lines().filter(|line| line.chars().count() <= LONGEST_CAPTION && !line.contains('。'));
    let captions: Vec<String> = captions.map(folded).collect();
    let years: Vec<u16> = captions.iter().flat_map(|caption| years(caption)).collect();
    let says = |words: &[&str]| captions.iter().any(|caption| words.iter().any(|word| caption.contains(word)));
    match year {
        // A later year is that of an issue or a print.
        Some(year) if years.iter().any(|own| *own <= year) => !years.contains(&year),
        _ => says(&["上年", "上一年", "去年"]) && !says(&["本年", "今年"]),
    }
}

/// The years in a text, each before its character.
fn years(text: &str) -> impl Iterator<Item = u16> + '_ {
    text.match_indices('年').filter_map(|(at, _)| text.get(at.checked_sub(4)?..at)?.parse().ok())
}
