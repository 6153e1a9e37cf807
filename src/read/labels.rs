//! In: the pieces of the region with tables. Out: the labels among them, each with the piece in which it ends, and what they
//! tell about the document. It lays out no table.

use std::ops::Range;

use super::fold::{Folded, fold};
use super::label::{self, Hit, What, table_of};
use super::token::{Content, Piece, Pieces};
use super::wrapped::{join_wrapped, mark_parted};
use crate::form::{Edition, Table};

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
    pub(super) found: Vec<Found>,
    /// There are more than [`MAX_LABELS`].
    pub(crate) cut: bool,
}

/// The most labels that are noted: hundreds of times those of the form.
pub(crate) const MAX_LABELS: usize = 1 << 16;
/// So many characters between two values are searched for labels in one go.
const MAX_CHUNK: usize = 1 << 16;
/// A longer word, in bytes, is no label, nor several.
const MAX_WORD: usize = 1 << 16;

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

    /// Those that end in some of the pieces: labels stand in the order of their pieces.
    pub(super) fn within(&self, pieces: Range<usize>) -> &[Found] {
        let upto = |piece: usize| self.found.partition_point(|f| f.piece < piece);
        &self.found[upto(pieces.start)..upto(pieces.end)]
    }

    /// Whether values that begin at a byte stand straight behind text which is neither a label, or part of one, nor like this one.
    pub(crate) fn is_behind_other_text(&self, text: &str, pieces: &Pieces, values: usize, own: &str) -> bool {
        let Some(i) = word_before(pieces, values) else { return false };
        let word = pieces.pieces[i];
        let next = self.found.partition_point(|f| f.piece < i);
        let near = [next.checked_sub(1), Some(next)].into_iter().flatten().filter_map(|i| self.found.get(i));
        let overlaps = |f: &Found| f.hit.start < word.end && word.start < f.end;
        let labelled = near.into_iter().any(|f| (f.whole || f.is_row()) && overlaps(f));
        let word = &text[word.start..word.end];
        !labelled && !label::is_part_of_label(word) && !label::is_like(word, own)
    }

    /// Whether values that begin at a byte stand straight behind a word which is part of another row's label: on its line, or
    /// on any where it stands between the row's own label and them.
    pub(crate) fn is_behind_another_s(
        &self,
        text: &str,
        pieces: &Pieces,
        values: usize,
        row: u8,
        edition: Edition,
    ) -> bool {
        let Some(last) = word_before(pieces, values) else { return false };
        let of_another = |word: &Piece| label::is_part_of_another(&text[word.start..word.end], row, edition);
        let word = &pieces.pieces[last];
        let is_own = |f: &&Found| row_of(f).is_some_and(|at| at[edition as usize] == Some(row));
        let before = &self.found[..self.found.partition_point(|f| f.piece <= last)];
        let own = before.iter().rfind(|f| f.is_row()).filter(is_own);
        let between = own.map_or(&[][..], |own| &pieces.pieces[own.piece + 1..=last]);
        (!text[word.end..values].contains('\n') && of_another(word))
            || between.iter().rev().take_while(|p| p.content == Content::Text).any(of_another)
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

    /// The piece of the last sure label of a table's row that ends before this one.
    pub(crate) fn last_row(&self, table: Table, piece: usize) -> Option<usize> {
        let before = &self.found[..self.found.partition_point(|f| f.piece < piece)];
        before.iter().rfind(|f| matches!(f.hit.what, What::Row(of, _) if of == table && !f.hit.weak)).map(|f| f.piece)
    }

    /// The byte of a table's first label at or after `from`.
    pub(crate) fn first(&self, table: Table, from: usize) -> Option<usize> {
        let sure = self.found.iter().filter(|f| !f.hit.weak && !f.hit.fuzzy && f.hit.start >= from);
        sure.into_iter().find(|f| table_of(f.hit.what) == table).map(|f| f.hit.start)
    }

    /// A table's first label in these pieces.
    pub(crate) fn first_within(&self, table: Table, pieces: Range<usize>) -> Option<&Found> {
        let is_sure = |f: &&Found| !f.hit.weak && !f.hit.fuzzy && table_of(f.hit.what) == table;
        self.within(pieces).iter().find(is_sure)
    }
}

/// The piece of text straight before the byte at which values begin.
fn word_before(pieces: &Pieces, values: usize) -> Option<usize> {
    let at = pieces.pieces.partition_point(|p| p.end <= values);
    let before = pieces.pieces[..at].iter().rposition(|p| p.content != Content::Gap);
    before.filter(|i| pieces.pieces[*i].content == Content::Text)
}

pub(super) fn row_of(found: &Found) -> Option<[Option<u8>; 2]> {
    if let What::Row(_, at) = found.hit.what { Some(at) } else { None }
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
    let note = behind.trim_ascii_start().trim_start();
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
