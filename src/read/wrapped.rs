//! In: the pieces, and the labels that stand in them whole. Out: with these, the labels that the values of their rows part:
//! in a narrow column a label goes on in the lines above and below its row's values. Only a label that comes out letter by
//! letter counts. It looks at no figure.

use std::ops::Range;

use super::fold::{Folded, fold};
use super::label;
use super::labels::Found;
use super::token::{Content, Line, Piece, Pieces};
use crate::form::APPLICANTS;

/// A label goes on over so many lines above and below at the most.
const MOST_LINES: usize = 12;
/// A label goes on behind its values over so many words at the most.
const MOST_TAILS: usize = 3;
/// A longer word, in bytes, is none of a label in a narrow column.
const LONGEST_WORD: usize = 192;

/// Adds these labels, in the place of what was found in their lines. What lacks its beginning behind other words with values
/// is the rest of a label, too.
pub(super) fn join_wrapped(text: &str, pieces: &Pieces, found: &mut Vec<Found>) {
    let wrapped = Wrapped { text, pieces };
    let (mut joined, mut lines_of_joined, mut behind_others) = (Vec::new(), Vec::new(), Vec::new());
    let mut taken = 0;
    for (at, line) in pieces.lines.iter().enumerate() {
        let Some(word) = wrapped.before_values(line) else { continue };
        let own = &found[found.partition_point(|f| f.piece < line.pieces.start)..];
        // `其他` alone may begin another label.
        if own.iter().take_while(|f| f.piece <= word).any(|f| f.is_row() && !f.hit.weak) {
            continue;
        }
        if let Some((label, lines)) = wrapped.label(at, word, taken) {
            taken = lines.end;
            joined.push(label);
            lines_of_joined.push(pieces.lines[lines.start].pieces.start..pieces.lines[lines.end - 1].pieces.end);
        } else {
            behind_others.push(line.pieces.end..wrapped.next_values(at));
        }
    }
    let is_part = |f: &Found| holds(&lines_of_joined, f.piece) || (f.hit.headless && holds(&behind_others, f.piece));
    found.retain(|f| !(f.is_row() && is_part(f)));
    if !joined.is_empty() {
        found.extend(joined);
        found.sort_by_key(|f| f.piece);
    }
}

/// Notes the values on the lines between the parts of a label, if it comes out letter by letter with the words behind them.
pub(super) fn mark_parted(text: &str, pieces: &Pieces, found: &mut [Found]) {
    let all = pieces.pieces.as_slice();
    for f in found.iter_mut().filter(|f| f.is_row() && f.hit.fuzzy && !f.hit.headless) {
        let (Some(own), Some(rest)) = (all.get(f.piece), all.get(f.piece + 1..)) else { continue };
        let values = rest.iter().take(APPLICANTS.len() + 1).take_while(|p| p.is_value()).count();
        let (between, rest) = rest.split_at(values);
        let (Some(first), Some(last)) = (between.first(), between.last()) else { continue };
        let Some(head) = text.get(f.hit.start..own.end).filter(|head| head.len() <= LONGEST_WORD) else { continue };
        let (mut chars, mut ends) = (Vec::new(), Vec::new());
        fold(head, f.hit.start, &mut chars);
        let behind = rest.iter().take(MOST_TAILS).take_while(|p| p.content == Content::Text);
        for piece in behind.filter(|p| p.end - p.start <= LONGEST_WORD) {
            fold(&text[piece.start..piece.end], piece.start, &mut chars);
            ends.push(chars.len());
        }
        if label::whole(&chars, 0..1, &ends).is_some_and(|(hit, _)| hit.what == f.hit.what) {
            f.within = Some(first.start..last.end);
        }
    }
}

/// Whether one of the ranges, which are in order, has the piece.
fn holds(ranges: &[Range<usize>], piece: usize) -> bool {
    let before = &ranges[..ranges.partition_point(|range| range.start <= piece)];
    before.last().is_some_and(|range| piece < range.end)
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
        word.filter(|p| self.pieces.pieces[*p].content == Content::Text && self.is_short(*p))
    }

    /// The first piece of the next line with a value.
    fn next_values(&self, at: usize) -> usize {
        let lines = &self.pieces.lines[at + 1..];
        let has_value = |line: &&Line| self.pieces.pieces[line.pieces.clone()].iter().any(Piece::is_value);
        lines.iter().find(has_value).map_or(self.pieces.pieces.len(), |line| line.pieces.start)
    }

    /// The last word of a line without values, if it may be of a label.
    fn last_word(&self, line: usize) -> Option<usize> {
        let mut of_line = self.pieces.lines[line].pieces.clone();
        let is_text = |p: usize| self.pieces.pieces[p].content == Content::Text;
        let last = of_line.clone().last().filter(|p| self.is_short(*p))?;
        of_line.all(is_text).then_some(last)
    }

    fn is_short(&self, word: usize) -> bool {
        self.pieces.pieces[word].end - self.pieces.pieces[word].start <= LONGEST_WORD
    }

    /// The label with this word before its row's values, and the lines over which it goes on, none of them taken.
    fn label(&self, at: usize, word: usize, taken: usize) -> Option<(Found, Range<usize>)> {
        let word_of = |line: usize| self.last_word(line);
        let mut words: Vec<usize> = (taken..at).rev().take(MOST_LINES).map_while(word_of).collect();
        words.reverse();
        let above = words.len();
        words.push(word);
        words.extend((at + 1..self.pieces.lines.len()).take(MOST_LINES).map_while(word_of));
        let (mut chars, mut ends): (Vec<Folded>, Vec<usize>) = (Vec::new(), vec![0]);
        for piece in words.iter().map(|word| &self.pieces.pieces[*word]) {
            fold(&self.text[piece.start..piece.end], piece.start, &mut chars);
            ends.push(chars.len());
        }
        let whole = |lines: usize| {
            let first = above - lines;
            label::whole(&chars, ends[first]..ends[first + 1], &ends[above + 2..])
        };
        let (lines, (hit, end)) = (0..=above).find_map(|lines| Some((lines, whole(lines)?)))?;
        let own = &self.pieces.pieces[word];
        let hit = label::Hit { start: own.start, end: own.end, ..hit };
        Some((Found { hit, piece: word, whole: true, end: hit.end, within: None }, at - lines..at + end + 2))
    }
}

#[cfg(test)]
mod tests {
    use super::super::label::{Hit, What};
    use super::super::labels::Labels;
    use super::super::layout::layout;
    use super::super::text::lines;
    use super::super::token::pieces;
    use super::*;
    use crate::form::{Edition, Table};

    /// Whether a label that lacks its beginning is still one behind the first line of this text.
    fn keeps_rest(first: &str) -> bool {
        let text = format!("{first}\n法律行政法规禁止公开\n");
        let pieces = pieces(&text, &lines(&text), 0..text.len());
        let last = pieces.pieces.len() - 1;
        let (start, end) = (pieces.pieces[last].start, pieces.pieces[last].end);
        let what = What::Row(Table::Requests, [Some(5); 2]);
        let hit = Hit { what, weak: false, fuzzy: true, headless: true, edition: None, start, end };
        let mut found = vec![Found { hit, piece: last, whole: true, end: hit.end, within: None }];
        join_wrapped(&text, &pieces, &mut found);
        !found.is_empty()
    }

    /// Whether the values in this text stand between the parts of a label.
    fn parts_a_label(text: &str) -> bool {
        let pieces = pieces(text, &lines(text), 0..text.len());
        let labels = Labels::find(text, &pieces);
        !layout(text, (Table::Requests, Edition::V2021), &pieces, &labels, 0..text.len(), &[7; 25]).within.is_empty()
    }

    #[test]
    fn a_label_goes_on_behind_its_values_over_a_few_words() {
        let head = "5.要求行政机关确认或重\n0\n2\n0\n0\n0\n0\n2\n";
        for (tail, parted) in [
            ("新出具已获取信息", true),
            ("新出\n具已\n获取信息", true),
            ("新出\n具已\n获取\n信息", false),
            ("新出具已获取资料", false),
            ("1.申请人无正当理由逾期不补正", false),
        ] {
            assert_eq!(parts_a_label(&format!("{head}{tail}\n")), parted, "{tail}");
        }
    }

    #[test]
    fn the_rest_of_an_unknown_label_is_none() {
        assert!(!keeps_rest("2.某某 0 0 93 0 0 4 97"));
        assert!(keeps_rest("0 0 93 0 0 4 97"));
    }
}
