//! In: the pieces, and the labels that stand in them whole. Out: with these, the labels that the values of their rows part:
//! in a narrow column a label goes on in the lines above and below its row's values. Only a label that comes out letter by
//! letter counts. It looks at no figure.

use std::ops::Range;

use super::fold::{Folded, fold};
use super::label;
use super::layout::Found;
use super::token::{Content, Line, Pieces};

/// A label goes on over so many lines above and below at the most.
const MOST_LINES: usize = 12;

/// Adds these labels, in the place of what was found in their lines.
pub(super) fn join_wrapped(text: &str, pieces: &Pieces, found: &mut Vec<Found>) {
    let wrapped = Wrapped { text, pieces };
    let mut joined: Vec<(Found, Range<usize>)> = Vec::new();
    let mut taken = 0;
    for (at, line) in pieces.lines.iter().enumerate() {
        let Some(word) = wrapped.before_values(line) else { continue };
        let own = &found[found.partition_point(|f| f.piece < line.pieces.start)..];
        // `其他` alone may begin another label.
        if own.iter().take_while(|f| f.piece <= word).any(|f| f.is_row() && !f.hit.weak) {
            continue;
        }
        if let Some((found, lines)) = wrapped.label(at, word, taken) {
            taken = lines.end;
            joined.push((found, pieces.lines[lines.start].pieces.start..pieces.lines[lines.end - 1].pieces.end));
        }
    }
    if joined.is_empty() {
        return;
    }
    let is_part = |f: &Found| {
        let before = joined[..joined.partition_point(|(_, part)| part.start <= f.piece)].last();
        before.is_some_and(|(_, part)| f.piece < part.end) && f.is_row()
    };
    found.retain(|f| !is_part(f));
    found.extend(joined.into_iter().map(|(found, _)| found));
    found.sort_by_key(|f| f.piece);
}

struct Wrapped<'a> {
    text: &'a str,
    pieces: &'a Pieces,
}

impl Wrapped<'_> {
    /// The word straight before the first value of a line.
    fn before_values(&self, line: &Line) -> Option<usize> {
        let first = line.pieces.clone().find(|p| self.pieces.pieces[*p].is_value())?;
        let word = (line.pieces.start..first).next_back();
        word.filter(|p| self.pieces.pieces[*p].content == Content::Text)
    }

    /// The last word of a line without values.
    fn last_word(&self, line: usize) -> Option<usize> {
        let of_line = self.pieces.lines[line].pieces.clone();
        let is_text = |p: usize| self.pieces.pieces[p].content == Content::Text;
        of_line.clone().all(is_text).then(|| of_line.last()).flatten()
    }

    /// The label with this word before its row's values, and the lines over which it goes on, none of them taken.
    fn label(&self, at: usize, word: usize, taken: usize) -> Option<(Found, Range<usize>)> {
        let words = |line: usize| self.last_word(line);
        let below: Vec<usize> = (at + 1..self.pieces.lines.len()).take(MOST_LINES).map_while(words).collect();
        let above = (taken..at).rev().take(MOST_LINES).map_while(words);
        let mut joined: Vec<usize> = vec![word];
        joined.extend(&below);
        for (lines, word_above) in std::iter::once(None).chain(above.map(Some)).enumerate() {
            if let Some(word) = word_above {
                joined.insert(0, word);
            }
            let (mut chars, mut ends): (Vec<Folded>, Vec<usize>) = (Vec::new(), Vec::new());
            for p in &joined {
                let piece = &self.pieces.pieces[*p];
                fold(&self.text[piece.start..piece.end], piece.start, &mut chars);
                ends.push(chars.len());
            }
            if let Some((hit, end)) = label::whole(&chars, &ends[lines + 1..]) {
                let own = &self.pieces.pieces[word];
                let hit = label::Hit { start: own.start, end: own.end, ..hit };
                return Some((Found { hit, piece: word }, at - lines..at + end + 2));
            }
        }
        None
    }
}
