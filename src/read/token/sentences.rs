//! In: the pieces of a line. Out: the same without figures of sentences and of notes, or none where the line is prose, which
//! then leaves out what of its sentence stands above. It knows no table.

use std::ops::Range;

use super::{Content, Cutter, Piece};
use crate::read::figure::{Word, word};
use crate::read::label::ends_with_row;
use crate::read::text::beginning;

/// With these begin the words behind a figure that counts something; no label does.
const COUNTED: [char; 34] = [
    '件', '次', '条', '个', '项', '期', '份', '场', '篇', '名', '人', '家', '户', '起', '宗', '批', '天', '余', '多',
    '元', '万', '亿', '号', '%', '％', '條', '個', '項', '場', '戶', '餘', '萬', '億', '號',
];
/// With a number behind it, each of these names a table, an annex or a page.
const NUMBERED: [&str; 6] = ["表", "附表", "附件", "图", "Page", "page"];
/// So many bytes behind a figure tell whether it counts something.
const LONGEST_COUNTED: usize = 64;
/// A line of a sentence has so many bytes at least.
const LEAST_SENTENCE: usize = 30;

impl Cutter<'_> {
    /// Whether the last line is prose: something in it is counted that no brackets hold, or it begins with the number of a
    /// table or a page. What is counted is no cell.
    pub(super) fn is_prose(&mut self) -> bool {
        let Some(line) = self.out.lines.last() else { return false };
        let undivided = line.is_undivided();
        let counts = std::mem::take(&mut self.counts) || undivided && self.counts_below();
        counts && self.drop_counts() && undivided || undivided && self.is_numbered()
    }

    /// Whether the last line begins as a caption or a page's foot does: `附表 1`, `Page 4 of 9`.
    fn is_numbered(&self) -> bool {
        let start = self.out.lines.last().map_or(0, |l| l.pieces.start);
        match &self.out.pieces[start..] {
            [first, Piece { content: Content::Figure(_), .. }, ..] => {
                NUMBERED.contains(&&self.text[first.start..first.end])
            }
            _ => false,
        }
    }

    /// Leaves out the last line, which is prose.
    pub(super) fn drop_sentence(&mut self) {
        let start = self.out.lines.pop().map_or(0, |l| l.pieces.start);
        self.out.pieces.truncate(start);
        self.drop_begun();
    }

    /// What stands straight above a line of prose, in long lines of text alone, is the begin of its sentence.
    pub(super) fn drop_begun(&mut self) {
        while let Some(line) = self.out.lines.last().filter(|line| self.breaks == 1 && line.is_undivided()) {
            let pieces = &self.out.pieces[line.pieces.clone()];
            let begin = pieces.first().map_or(0, |p| p.start);
            let long = pieces.last().is_some_and(|p| p.end - begin >= LEAST_SENTENCE);
            if !long || pieces.iter().any(|p| p.content != Content::Text) {
                return;
            }
            self.breaks = line.breaks;
            self.out.pieces.truncate(line.pieces.start);
            self.out.lines.pop();
        }
    }

    /// Makes text of the figures that count something in a sentence (`培训 3 次，`, `2024 年工作`) or in brackets
    /// (`（其中修订 16 件）`). True where there are some that no brackets hold.
    fn drop_counts(&mut self) -> bool {
        let Some(line) = self.out.lines.last() else { return false };
        let (mut prose, mut bracketed) = (false, false);
        for at in line.pieces.start..self.out.pieces.len() {
            let piece = self.out.pieces[at];
            let text = &self.text[piece.start..piece.end];
            match piece.content {
                Content::Text => bracketed = stays_open(text, bracketed),
                Content::Figure(_) if counts(text, self.word_behind(piece.end), bracketed) => {
                    self.out.pieces[at].content = Content::Text;
                    prose |= !bracketed;
                }
                _ => {}
            }
        }
        prose
    }

    /// The word straight behind a byte, perhaps on the next line.
    fn word_behind(&self, end: usize) -> &str {
        let behind = beginning(&self.text[end..], LONGEST_COUNTED);
        let behind = behind.strip_prefix(' ').unwrap_or(behind);
        let behind = behind.strip_prefix('\r').unwrap_or(behind);
        let behind = behind.strip_prefix('\n').unwrap_or(behind);
        behind.split([' ', '\t', '\n', '\r', '|']).next().unwrap_or_default()
    }

    /// Whether a sentence breaks behind its figure, before what that counts.
    fn counts_below(&self) -> bool {
        let start = self.out.lines.last().map_or(0, |l| l.pieces.start);
        let [
            ..,
            Piece { content: Content::Text, start, end, .. },
            Piece { content: Content::Figure(_), end: last, .. },
        ] = self.out.pieces[start..]
        else {
            return false;
        };
        let below = self.text[last..].trim_start_matches([' ', '\r']).strip_prefix('\n');
        let text = &self.text[start..end];
        below.is_some_and(|below| below.starts_with(COUNTED)) && (text.contains(['，', '；']) || !ends_with_row(text))
    }

    /// Leaves out a note in brackets that explains the figure before it: `22（其中修订 16 件）`.
    pub(super) fn explains(&mut self, bytes: &Range<usize>, field: usize) -> bool {
        let text = &self.text[bytes.clone()];
        // Most words are labels.
        if !matches!(text.as_bytes().first(), Some(b'0'..=b'9' | b'(' | 0xEF)) {
            return false;
        }
        let Some((figure, note)) = text.find(['（', '(']).map(|at| text.split_at(at)) else { return false };
        if !is_note(note) {
            return false;
        }
        let explicit = self.out.lines.last().is_some_and(|line| line.explicit);
        let in_field = || self.out.pieces.last().is_some_and(|p| p.is_value() && p.field as usize == field);
        match word(figure) {
            // In a sentence, words count so.
            Word::Figure(_) if !explicit && figure.ends_with(COUNTED) => return false,
            Word::Figure(read) => self.push(Content::Figure(read), bytes.start..bytes.start + figure.len(), field),
            _ if figure.is_empty() && explicit && in_field() => {}
            _ => return false,
        }
        self.in_note = stays_open(note, false);
        let behind = note.rsplit(['）', ')']).next().filter(|_| !self.in_note).unwrap_or_default();
        self.word(bytes.end - behind.len()..bytes.end, field);
        true
    }
}

/// Whether text may go on with what its figure counts, or with the unit of a date.
pub(super) fn may_be_counted(text: &str) -> bool {
    text.starts_with(COUNTED) || text.starts_with(['年', '月', '日'])
}

/// Whether a bracket is open behind the text.
pub(super) fn stays_open(text: &str, open: bool) -> bool {
    match (text.rfind(['（', '(']), text.rfind(['）', ')'])) {
        (None, None) => open,
        (opened, closed) => opened > closed,
    }
}

/// Whether these words behind a figure say that it counts something in a sentence, or that it is of a date. A unit alone
/// may stand in a cell, but not in the brackets that explain one.
fn counts(figure: &str, behind: &str, bracketed: bool) -> bool {
    let is_year = || matches!(figure.as_bytes(), [b'1', b'9', _, _] | [b'2', b'0', _, _]);
    let rest = behind.trim_start_matches(COUNTED);
    match behind.chars().next() {
        Some('年') => is_year(),
        Some('月' | '日') => true,
        _ => rest.len() < behind.len() && (bracketed || !rest.trim_start_matches(['）', ')']).is_empty()),
    }
}

/// Whether brackets open upon words, and not upon the number of an item.
fn is_note(text: &str) -> bool {
    let words = text.chars().skip(1).take_while(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    words.clone().take(2).count() == 2 || stays_open(text, false) && words.last().is_some_and(|c| !numeral(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::token::pieces;

    fn cut(text: &str) -> Vec<&str> {
        let lines = crate::read::text::lines(text);
        let cut = pieces(text, &lines, 0..text.len()).pieces;
        cut.into_iter().filter(|p| p.content != Content::Gap).map(|p| &text[p.start..p.end]).collect()
    }

    #[test]
    fn prose_and_rows() {
        assert_eq!(cut("本年培训 3 次，会议 2 次"), [""; 0]);
        assert_eq!(cut("至 2024 年底"), [""; 0]);
        assert_eq!(cut("共办理行政许可，含延期 3\n个，"), ["个，"]);
        assert_eq!(cut("行政许可 3\n个体工商"), ["行政许可", "3", "个体工商"]);
        assert_eq!(cut("行政许可 3 件"), ["行政许可", "3 件"]);
        assert_eq!(cut("行政许可 3 次"), ["行政许可", "3", "次"]);
        assert_eq!(cut("规章\t2024 年底\t3"), ["规章", "2024", "年底", "3"]);
        assert_eq!(cut("行政许可 2024"), ["行政许可", "2024"]);
        assert_eq!(cut("附表 1 主动公开情况"), [""; 0]);
        assert_eq!(cut("Page 4 of 9"), [""; 0]);
    }

    #[test]
    fn a_sentence_begins_in_lines_of_so_many_bytes() {
        for (bytes, kept) in [(LEAST_SENTENCE, 0), (LEAST_SENTENCE - 3, 1)] {
            let begin = "办".repeat(bytes / 3);
            assert_eq!(cut(&format!("{begin}\n理 3 件，\n")).len(), kept, "{bytes}");
            assert_eq!(cut(&format!("{begin}\n理毕。\n")).len(), kept, "{bytes}");
        }
        let begin = "办".repeat(LEAST_SENTENCE / 3);
        assert_eq!(cut(&format!("{begin}\n\n理 3 件，\n")).len(), 1);
        assert_eq!(cut(&format!("{begin} 5\n理 3 件，\n")).len(), 2);
    }

    #[test]
    fn notes_in_brackets() {
        assert_eq!(cut("规章 22（其中修订 16 件） 5"), ["规章", "22", "5"]);
        assert_eq!(cut("规章 22（其中修订16件）5"), ["规章", "22", "5"]);
        assert_eq!(cut("规章\t22 （其中修订 16 件）\t5"), ["规章", "22", "5"]);
        assert_eq!(cut("规章 22（含 16 件 5\n6"), ["规章", "22", "6"]);
        assert_eq!(cut("0（二）部分公开"), ["0（二）部分公开"]);
        assert_eq!(cut("0（ 二 ）部分公开"), ["0（", "二", "）部分公开"]);
        assert_eq!(cut("共 12件（含上年结转3件），"), ["共", "12件（含上年结转3件），"]);
    }
}
