//! In: a word, and the pieces before it on its line. Out: the pieces that it makes up, one or several, or none where it
//! belongs to another. It looks at no other line.

use std::ops::Range;

use super::furniture::is_page;
use super::{Content, Cutter, Piece, sentences};
use crate::form::APPLICANTS;
use crate::read::figure::{Figure, Word, word};
use crate::read::label::{ends_with_amount, ends_with_row};
use crate::read::marks::{is_digit, is_space};
use crate::read::text::beginning;

/// What data frames and databases write for an empty cell.
pub(super) const EMPTY: [&str; 7] = ["NaN", "nan", "None", "null", "NULL", "<NA>", "NaT"];

/// So many words of a note in brackets are looked through for the opening one.
pub(super) const MOST_WORDS: usize = 8;

/// So many bytes behind `#` tell whether a heading's words follow.
const LONGEST_HEADING: usize = 256;

/// A field of more bytes than this is no misprinted figure.
const LONGEST_MISPRINT: usize = 32;

/// The parts of one figure stand at most so many bytes apart.
const WIDEST_GAP: usize = 1 << 10;

/// Units and measure words that stand apart from their figure.
const UNITS: [&str; 6] = ["件", "个", "项", "元", "万元", "万"];

/// Those of them that a figure on the line above may have lost.
const MONEY: [&str; 2] = ["元", "万元"];

impl Cutter<'_> {
    pub(super) fn word(&mut self, bytes: Range<usize>, field: usize) {
        let text = &self.text[bytes.clone()];
        if text.is_empty() {
            return;
        }
        if self.in_note {
            self.in_note = sentences::stays_open(text, true);
            return;
        }
        if matches!(text.as_bytes(), [b'*' | b'_' | b'`' | b'$', ..] | [.., b'*', b'*'])
            && let Some(plain) = without_emphasis(text)
        {
            return self.word(bytes.start + plain.start..bytes.start + plain.end, field);
        }
        match word(text) {
            _ if self.rejoins(bytes.clone(), field) => {}
            Word::Figure(_) if self.ends_note(text, field) => self.push(Content::Text, bytes, field),
            Word::Figure(figure) => self.push(Content::Figure(figure), bytes, field),
            Word::Dash => self.push(Content::Dash, bytes, field),
            Word::Void => self.void(bytes, field),
            Word::Mark | Word::Text if self.explains(&bytes, field) => {}
            Word::Mark => self.mark(bytes, field),
            Word::Text => self.text(bytes, field),
        }
    }

    fn mark(&mut self, bytes: Range<usize>, field: usize) {
        let is_text = is_page(&self.text[bytes.clone()])
            || self.opens_heading(bytes.clone())
            || self.ends_note(&self.text[bytes.clone()], field);
        self.push(if is_text { Content::Text } else { Content::Mark }, bytes, field);
    }

    /// Whether it is the end of a note that is open behind the text before it in its field: `（减用负值表示，如 -8）`.
    fn ends_note(&self, end: &str, field: usize) -> bool {
        let Some(line) = self.out.lines.last().filter(|_| end.ends_with([')', '）'])) else { return false };
        // Where only spaces part words, each is a field.
        let of_field = |p: &&Piece| p.content == Content::Text && (!line.explicit || p.field as usize == field);
        let words = self.out.pieces[line.pieces.start..].iter().rev().take_while(of_field).take(MOST_WORDS);
        let mut words = words.map(|p| &self.text[p.start..p.end]);
        let note = words.find(|word| word.contains(['（', '(', '）', ')']));
        !sentences::stays_open(end, true) && note.is_some_and(|word| sentences::stays_open(word, false))
    }

    /// What is mere punctuation, the number of an item, or what an empty cell leaves.
    fn void(&mut self, bytes: Range<usize>, field: usize) {
        match &self.text[bytes.clone()] {
            blank if blank.chars().all(|c| c == '\u{a0}') && !self.is_padding() => {
                self.push(Content::Blank, bytes, field);
            }
            "." | "、" | "．" => self.unnumber(bytes.start),
            // A star in the place of a figure hides that; behind text it points to a note.
            "*" | "＊" if self.follows_value() => self.push(Content::Mark, bytes, field),
            number if number.ends_with(['.', '．']) && self.has_decimals(&bytes) => {
                self.push(Content::Mark, bytes, field);
            }
            _ => {}
        }
    }

    /// A word without borders. No figure begins with a zero: zeros in front of others are cells that ran together
    /// (`0 000 04`).
    pub(super) fn loose(&mut self, mut bytes: Range<usize>, field: usize) {
        let digits = &self.text[bytes.clone()];
        let decimals = || self.text[..bytes.start].trim_end_matches(is_space).ends_with(['.', '．']);
        if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()) && !decimals() {
            let zeros = digits.bytes().take_while(|b| *b == b'0').count().min(digits.len() - 1);
            (bytes.start..bytes.start + zeros).for_each(|at| self.word(at..at + 1, field));
            bytes.start += zeros;
        }
        match &self.text[bytes.clone()] {
            // So pandoc writes a long dash in Markdown, where bars would make it a line of the table's frame.
            "---" => self.push(Content::Dash, bytes, field),
            empty if EMPTY.contains(&empty) && self.is_within_line() => self.push(Content::Blank, bytes, field),
            _ => self.word(bytes, field),
        }
    }

    /// Whether a no-break space behind the last word only fills its cell, as others glued to that word do.
    fn is_padding(&self) -> bool {
        let start = self.line_start();
        let before = self.out.pieces[start..].last().filter(|p| p.content != Content::Blank);
        before.is_some_and(|p| self.text[p.start..p.end].ends_with('\u{a0}'))
    }

    /// Whether anything stands before on this line.
    fn is_within_line(&self) -> bool {
        self.out.lines.last().is_some_and(|line| line.pieces.start < self.out.pieces.len())
    }

    /// Whether the last piece of this line is the content of a cell.
    fn follows_value(&self) -> bool {
        let start = self.line_start();
        self.out.pieces[start..].last().is_some_and(Piece::is_value)
    }

    /// Whether a row's label or a value is the last piece of this line; before them stand the numbers of items.
    pub(super) fn is_behind_label(&self) -> bool {
        let start = self.line_start();
        let last = self.out.pieces[start..].last();
        last.is_some_and(|p| p.is_value() || ends_with_row(&self.text[p.start..p.end]))
    }

    /// Whether decimals of what ends with a point stand behind it, or may stand below: no item's number stands behind figures
    /// at the line's end, nor where an amount does (`12. 5`).
    fn has_decimals(&self, number: &Range<usize>) -> bool {
        let behind = self.text[number.end..].trim_start_matches(is_space);
        self.follows_value() && self.ends_line(number.end) || behind.starts_with(is_digit) && self.is_of_amount()
    }

    /// Whether the label of a row with an amount stands before, perhaps with one value between.
    fn is_of_amount(&self) -> bool {
        let pieces = self.out.pieces.as_slice();
        let before = match pieces {
            [before @ .., value] if value.is_value() => before,
            _ => pieces,
        };
        before.last().is_some_and(|p| p.content == Content::Text && ends_with_amount(&self.text[p.start..p.end]))
    }

    /// Whether nothing stands behind this byte on its line.
    fn ends_line(&self, at: usize) -> bool {
        let rest = self.text[at..].trim_start_matches(|c| is_space(c) && c != '\n' && c != '\r');
        rest.is_empty() || rest.starts_with(['\n', '\r'])
    }

    /// The small figure straight before a lone point is the number of an item (`2 、 重 复 申 请`), unless digits follow.
    fn unnumber(&mut self, point: usize) {
        let start = self.line_start();
        let [.., Piece { content: Content::Figure(Figure { digits: 1..=9, scale: 0, .. }), start, end, .. }] =
            self.out.pieces[start..]
        else {
            return;
        };
        // A point in the field behind is none of its number's.
        let next = self.text[end..].trim_start_matches([' ', '\u{3000}']);
        if self.text.len() - next.len() != point {
            return;
        }
        let behind = next.trim_start_matches(|c: char| is_space(c) || ".．、".contains(c));
        if !behind.starts_with(is_digit) && end - start <= 3 {
            self.out.pieces.pop();
        }
    }

    /// Text; a figure, a dash or a block in a figure's place that is glued to its end becomes a piece of its own
    /// (`行政规范性文件0`, `行政处罚■`), or several with empty cells between.
    fn text(&mut self, bytes: Range<usize>, field: usize) {
        let text = &self.text[bytes.clone()];
        self.counts |= self.follows_value() && sentences::may_be_counted(text);
        let is_block = |c: char| matches!(c, '\u{2580}'..='\u{25FF}');
        let is_value =
            |c: char| matches!(c, '0'..='9' | '０'..='９' | ',' | '.' | '．' | '/' | '／' | '+' | '-') || is_block(c);
        let mut tail = text.trim_end_matches(is_value);
        if tail.ends_with('\u{a0}') {
            // No-break spaces alone only fill the label's cell, unless they are the cells of a row of table 2.
            let behind = text.trim_end_matches(|c| c == '\u{a0}' || is_value(c));
            let row = text[behind.len()..].chars().count() == APPLICANTS.len();
            tail = if row || text[behind.len()..].contains(is_value) { behind } else { tail };
        }
        if tail.len() < text.len() && may_have_values(tail) {
            let cut = bytes.start + tail.len();
            self.push(Content::Text, bytes.start..cut, field);
            self.loose(cut..bytes.end, field);
        } else {
            self.push(Content::Text, bytes, field);
        }
    }

    /// Puts a figure together that stands apart in the text: `６２４ . ４９`, `12. 5`, `25.1 万元`, `3 件`. One that goes on, and
    /// nobody knows how, cannot be read.
    fn rejoins(&mut self, bytes: Range<usize>, field: usize) -> bool {
        let is_above = !self.is_within_line();
        let at = if is_above { self.figure_above(&bytes) } else { Some(self.out.pieces.len() - 1) };
        let Some(before) = at.and_then(|at| self.out.pieces.get_mut(at)) else { return false };
        if !matches!(before.content, Content::Figure(_) | Content::Mark) || bytes.start - before.end > WIDEST_GAP {
            return false;
        }
        let (number, between) = (&self.text[before.start..before.end], &self.text[before.end..bytes.start]);
        let text = &self.text[bytes.clone()];
        let across = || !is_above && before.field as usize != field && between.contains(['\t', '|', ',']);
        if !goes_on(number, between, text) || across() {
            return false;
        }
        let joined: String = self.text[before.start..bytes.end].chars().filter(|c| !is_space(*c)).collect();
        match word(&joined) {
            Word::Figure(whole) => (before.content, before.end) = (Content::Figure(whole), bytes.end),
            _ if UNITS.contains(&text) => return false,
            _ => {
                before.content = Content::Mark;
                return false;
            }
        }
        true
    }

    /// The figure at the end of the line straight above a line that holds nothing but the rest of one, a unit of money or
    /// decimals behind their point.
    fn figure_above(&self, rest: &Range<usize>) -> Option<usize> {
        let text = &self.text[rest.clone()];
        let is_rest = MONEY.contains(&text) || is_fraction(text);
        let last = self.out.pieces.last().filter(|_| is_rest && self.ends_line(rest.end))?;
        let between = self.text.get(last.end..rest.start).filter(|_| matches!(last.content, Content::Figure(_)))?;
        let straight = between.matches('\n').count() == 1 && between.chars().all(is_space);
        straight.then(|| self.out.pieces.len() - 1)
    }

    /// `##` before a heading's words, on a line of its own or where lines of Markdown were joined; alone in a cell it
    /// hides a figure.
    fn opens_heading(&self, bytes: Range<usize>) -> bool {
        if self.text[bytes.clone()].bytes().any(|b| b != b'#') {
            return false;
        }
        let behind = self.text[bytes.end..].trim_start_matches(' ');
        let opens_line = self.text[..bytes.start].trim_end_matches(' ').ends_with(['\n', '\r']);
        let mut chars = behind.chars();
        let titled = chars.next().is_some_and(|c| "一二三四五六".contains(c)) && chars.next() == Some('、');
        let next = beginning(behind, LONGEST_HEADING).split(is_space).next().unwrap_or_default();
        titled || opens_line && !next.is_empty() && matches!(word(next), Word::Text | Word::Void)
    }
}

/// Where a figure stands in the marks with which Markdown emphasises it or sets it as a formula: `**7**`, `_7_`, `$7$`; a phrase
/// of several words has them at its ends alone.
fn without_emphasis(word: &str) -> Option<Range<usize>> {
    let mut plain = word.strip_prefix("**").unwrap_or(word);
    let mut start = word.len() - plain.len();
    plain = plain.strip_suffix("**").unwrap_or(plain);
    for mark in ['*', '_', '_', '`', '$'] {
        if let Some(within) = plain.strip_prefix(mark).and_then(|plain| plain.strip_suffix(mark)) {
            (plain, start) = (within, start + 1);
        }
    }
    let is_figure = plain.starts_with(|c: char| is_digit(c) || matches!(c, '+' | '-' | '—' | '/'));
    (is_figure && plain.len() < word.len() && !plain.ends_with('*')).then(|| start..start + plain.len())
}

/// The figure of a field of its own that has a space behind its sign: `- 2`.
pub(super) fn signed(field: &str) -> Option<Figure> {
    let digits = field.strip_prefix(['+', '-', '＋', '－'])?;
    let number = digits.trim_start_matches(is_space);
    if number.len() == digits.len() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match word(&[&field[..field.len() - digits.len()], number].concat()) {
        Word::Figure(figure) => Some(figure),
        _ => None,
    }
}

/// Whether a field that holds neither figure nor label has digits among its marks: `349。`, `25.1万元。`, `(2)`.
pub(super) fn is_misprint(field: &str) -> bool {
    let is_sentence = || matches!(word(field.trim_end_matches('。')), Word::Figure(_));
    let plain = || !field.contains(|c: char| c.is_alphabetic()) || is_sentence();
    field.len() <= LONGEST_MISPRINT && field.contains(is_digit) && plain()
}

/// Whether a number goes on in the next word.
fn goes_on(number: &str, between: &str, next: &str) -> bool {
    let plain = next.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    let closed = number.as_bytes().last().is_some_and(u8::is_ascii_digit);
    // Nearly always a border or spaces stand between.
    if plain && closed && (matches!(between, " " | "\t") || memchr::memchr2(b'.', 0xEF, between.as_bytes()).is_none()) {
        return false;
    }
    let is_open = number.ends_with(['.', '．']);
    match between.trim_matches(is_space) {
        "" => is_open && next.starts_with(is_digit) || UNITS.contains(&next) || is_fraction(next),
        mark => (mark == "." || mark == "．") && next.starts_with(is_digit),
    }
}

/// Whether it is decimals with the point before them: `.70万元`.
fn is_fraction(text: &str) -> bool {
    text.strip_prefix(['.', '．']).is_some_and(|decimals| decimals.starts_with(is_digit))
}

/// Whether a field of its own holds two figures with a space between: one that broke, or two cells. One that begins with a
/// zero did not break: no figure does so.
pub(super) fn is_broken(field: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.chars().all(is_digit);
    let parts = || field.split_once(' ');
    field.starts_with(is_digit)
        && parts().is_some_and(|(one, other)| digits(one) && digits(other) && !one.starts_with(['0', '０']))
}

/// Whether values may follow a text: it ends with a row's label or a note.
pub(super) fn may_have_values(text: &str) -> bool {
    closes_note(text) || ends_with_row(text)
}

/// Whether a note in words closes here, as some labels end with one: `不计其他情形）`.
fn closes_note(text: &str) -> bool {
    let note = text.strip_suffix(['）', ')']).map(|text| text.rsplit(['（', '(']).next().unwrap_or(text));
    note.is_some_and(|note| note.chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')).count() > 2)
}
