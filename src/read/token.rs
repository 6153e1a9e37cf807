//! In: the lines of a region with tables. Out: its pieces: words of text, figures, dashes, empty cells where the layout
//! shows them, marks that cannot be read, each with its line and field. Page furniture and prose are left out.
//! It knows no row of the form.

mod closed_rows;
mod fields;
mod furniture;
mod indices;
mod latex;
mod markup;
mod no_breaks;
mod sentences;
mod words;

use std::ops::Range;

use self::fields::{find_bar, find_break, find_byte, find_tab, has_double_tabs, quoted, separates, split, words};
use self::furniture::{is_furniture, is_page};
use self::words::{EMPTY, is_broken, is_misprint, may_have_values, signed};
use super::bars::{Bars, Lone, Rows, WIKI_ROW};
use super::figure::Figure;
use super::frames::join_framed;
use super::label::ends_with_row;
use super::marks::{Marks, SEPARATORS, has_strokes, is_bar, is_space};
use crate::form::RESULTS;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Content {
    /// Text, perhaps a label.
    Text,
    /// A legible figure.
    Figure(Figure),
    /// The first piece of a figure of full width, of which the others stand below it: the whole figure.
    Stacked(Figure),
    /// `/`, `-`, `无`.
    Dash,
    /// A cell with nothing in it.
    Blank,
    /// Something in a cell that is no figure.
    Mark,
    /// A field that may be an empty cell or only what a merged cell left behind.
    Gap,
}

/// A word of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) content: Content,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The position of its line in [`Pieces::lines`].
    pub(crate) line: u32,
    /// The position of its field in the line.
    pub(crate) field: u32,
}

impl Piece {
    /// Whether it is the content of a cell.
    pub(crate) fn is_value(&self) -> bool {
        !matches!(self.content, Content::Text | Content::Gap)
    }
}

/// A line with pieces.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// How many fields it has.
    pub(crate) fields: u32,
    /// Its pieces.
    pub(crate) pieces: Range<usize>,
    /// How many line breaks and row ends stand before it.
    pub(crate) breaks: u32,
    /// A line of the table's frame stands before it.
    pub(crate) framed: bool,
    /// Its fields are separated by more than spaces.
    pub(crate) explicit: bool,
    /// It goes on where another line was cut, behind a figure or before one.
    pub(crate) run_on: bool,
}

impl Line {
    /// Nothing but spaces separates what stands on it.
    fn is_undivided(&self) -> bool {
        !self.explicit || self.fields == 1
    }
}

/// The pieces of a region, in its order.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) lines: Vec<Line>,
    /// There are more than [`MAX_PIECES`].
    pub(crate) cut: bool,
    /// Rows begin with an empty cell.
    pub(crate) led: bool,
}

/// The most words that are read of the region with tables: a hundred times those of the longest report.
pub(crate) const MAX_PIECES: usize = 1 << 18;

impl Pieces {
    /// The most line breaks and row ends between a piece of text and the value before it.
    pub(crate) fn breaks_before(&self, piece: usize) -> u32 {
        let upto = &self.pieces[..self.pieces.len().min(piece + 1)];
        let text = upto.iter().rev().take_while(|p| !p.is_value()).take(MOST_TEXT);
        text.map(|p| self.lines.get(p.line as usize).map_or(0, |l| l.breaks)).max().unwrap_or(0)
    }

    /// Adds a line like another one, with these pieces.
    pub(super) fn push_line(&mut self, like: &Line, of_line: &[Piece]) {
        let (at, start) = (self.lines.len() as u32, self.pieces.len());
        self.pieces.extend(of_line.iter().map(|p| Piece { line: at, ..*p }));
        self.lines.push(Line { pieces: start..self.pieces.len(), ..like.clone() });
    }
}

/// So many pieces of text between two values are looked at for what stands between them.
const MOST_TEXT: usize = 8;

/// A row of table 2 has about so many bytes for each piece.
const BYTES_OF_A_PIECE: usize = 8;

/// Cuts the region into pieces.
pub(crate) fn pieces(text: &str, lines: &[Range<usize>], region: Range<usize>) -> Pieces {
    let first = lines.partition_point(|l| l.end < region.start);
    let last = lines.partition_point(|l| l.start < region.end);
    let clip = |l: &Range<usize>| l.start.max(region.start)..l.end.min(region.end);
    let lines: Vec<Range<usize>> = lines[first..last.max(first)].iter().map(clip).collect();
    let marks: Vec<Marks> = lines.iter().map(|l| Marks::of(&text[l.clone()])).collect();
    let all = marks.iter().fold(0, |all, marks| all | marks.0);
    let separates = |i: &usize| Marks(all).has(Marks::SEPARATOR << i) && separates(text, &lines, &marks, *i);
    let separator = (0..SEPARATORS.len()).find(separates).map(|i| SEPARATORS[i]);
    let mut out = Pieces::default();
    out.lines.reserve(lines.len());
    out.pieces.reserve((lines.len() * 2).max(region.len() / BYTES_OF_A_PIECE));
    let bars = if Marks(all).has(Marks::BAR) { Bars::of(text, &lines, &marks) } else { Bars::NONE };
    out.led = bars.led;
    let count = lines.len();
    let mut cutter = Cutter {
        text,
        out,
        breaks: 0,
        frame: false,
        marks: Marks(0),
        separator,
        double_tabs: Marks(all).has(Marks::TAB) && has_double_tabs(text, &lines, &marks),
        widest: if Marks(all).has(Marks::NO_BREAK) { no_breaks::widest(text, &lines, &marks) } else { 0 },
        bars,
        broken: false,
        unclosed: false,
        counts: false,
        in_note: false,
        run_on: false,
    };
    let (lines, marks) = if Marks(all).has(Marks::LATEX) {
        latex::rows(text, &lines, &marks)
    } else if !bars.outer && bars.rows == Rows::Closed {
        closed_rows::rows(text, &lines, &marks)
    } else {
        (lines, marks)
    };
    cutter.broken = cutter.bars.rows == Rows::Closed && lines.len() < count;
    for (line, marks) in lines.into_iter().zip(marks) {
        cutter.breaks += 1;
        let before = text.as_bytes()[..line.start].last();
        let glued = || !text[line.clone()].starts_with(|c| is_space(c) || is_bar(c) || SEPARATORS.contains(&c));
        cutter.run_on = before.is_some_and(|b| b.is_ascii_digit() || !b.is_ascii()) && glued();
        cutter.line(line, marks);
    }
    indices::drop_indices(&mut cutter.out);
    if cutter.out.lines.iter().filter(|line| line.framed).nth(1).is_some() {
        join_framed(text, &cutter.out)
    } else {
        cutter.out
    }
}

/// A label that its cell explains has fewer bytes than this.
const MOST_LABEL: usize = 128;

/// A row has no more lines than this.
pub(super) const MOST_LINES: usize = 64;

/// A row of so many fields, all of them empty, is the one of table 3: it is no empty line.
const PROCEEDINGS_CELLS: usize = 3 * RESULTS.len();

struct Cutter<'a> {
    text: &'a str,
    out: Pieces,
    breaks: u32,
    frame: bool,
    marks: Marks,
    /// What stands between the fields of lines without tabs and bars.
    separator: Option<char>,
    /// Two tabs stand between all cells.
    double_tabs: bool,
    /// The longest run of no-break spaces that only parts figures.
    widest: usize,
    bars: Bars,
    /// Line breaks stand for empty cells.
    broken: bool,
    /// No bar closes what the line before holds.
    unclosed: bool,
    /// This line may have figures that count something in a sentence.
    counts: bool,
    /// A note in brackets is open on this line.
    in_note: bool,
    /// This line goes on where another one was cut.
    run_on: bool,
}

/// A text without white space at its ends.
pub(super) fn trim(text: &str) -> &str {
    // Nearly all of it is of ASCII, and nearly all else common characters.
    let text = text.trim_ascii();
    let bytes = text.as_bytes();
    let begins = matches!(bytes, [] | [b'!'..=b'~' | 0xE4..=0xE9, ..]);
    let ends = matches!(bytes, [] | [.., b'!'..=b'~'] | [.., 0xE4..=0xE9, _, _]);
    if begins && ends { text } else { text.trim_matches(is_space) }
}

impl Cutter<'_> {
    fn line(&mut self, line: Range<usize>, marks: Marks) {
        let (line, marks) = self.within_bars(line, marks);
        let content = &self.text[line.clone()];
        self.marks = marks;
        let trimmed = trim(content);
        if trimmed.is_empty() {
            if marks.has(Marks::TAB) {
                self.open();
                self.push(Content::Gap, line.start..line.end, 0);
                self.close(1);
            }
            return;
        }
        if trimmed == WIKI_ROW {
            return;
        }
        let border = marks.has(Marks::STROKE) && !marks.has(Marks::NO_FRAME) && has_strokes(trimmed);
        if border || marks.has(Marks::PAGE) && is_furniture(trimmed) {
            self.frame |= border;
            // A page's number is no line of the table, and may stand between two cells of a row.
            self.breaks -= u32::from(!border);
            return;
        }
        let latex = if marks.has(Marks::LATEX) { trimmed.find("\\\\") } else { None };
        if let Some(end) = latex {
            let start = line.start + (content.len() - content.trim_start_matches(is_space).len());
            let fields = split(self.text, start..start + end, |text, at| find_byte(text, at, b'&'));
            self.fields(fields.map(|field| latex::argument(self.text, field)));
        } else if marks.has(Marks::TAB) {
            let doubled = self.double_tabs;
            self.fields(split(self.text, line, |text, at| find_tab(text, at, doubled)));
        } else if marks.has(Marks::BAR)
            && (self.unclosed || self.bars.lone != Lone::Cells)
            && trimmed.chars().all(is_bar)
        {
            self.lone_bars(line, trimmed);
        } else if marks.has(Marks::BAR) {
            self.bars(line);
        } else if marks.has(Marks::STOP) {
            self.drop_begun();
        } else if let Some(separator) = self.separator.filter(|c| trimmed.contains(*c)) {
            self.fields(quoted(self.text, line, separator).into_iter());
        } else if self.bars.lone == Lone::Closers {
            self.fields(std::iter::once(line));
        } else {
            self.words(if trimmed.starts_with('\u{a0}') { within_padding(self.text, line) } else { line });
        }
        self.unclosed = !marks.has(Marks::BAR);
        // w3m draws the frame between two rows through the line of a cell that spans both.
        self.frame |= marks.has(Marks::RULE);
    }

    /// A line of bars without the tabs at its ends, and without what stands outside its outer bars.
    fn within_bars(&self, line: Range<usize>, marks: Marks) -> (Range<usize>, Marks) {
        if !marks.has(Marks::BAR) {
            return (line, marks);
        }
        let content = &self.text[line.clone()];
        if matches!(content.as_bytes(), [b'!'..=b'~', .., b'!'..=b'~']) {
            return (line, marks);
        }
        let within = content.trim();
        let outer = within.starts_with(is_bar) && within.ends_with(is_bar);
        let begin = if outer { content.trim_start() } else { content.trim_start_matches('\t') };
        let within = if outer { within } else { begin.trim_end_matches('\t') };
        if within.len() == content.len() || (!outer && within.contains('\t')) {
            return (line, marks);
        }
        let start = line.end - begin.len();
        (start..start + within.len(), Marks::of(within))
    }

    /// A line of nothing but bars, where a line holds one cell; several bars end a row.
    fn lone_bars(&mut self, line: Range<usize>, bars: &str) {
        if bars.chars().nth(1).is_some() {
            return;
        }
        if self.unclosed {
            self.breaks -= 1;
        } else {
            self.open();
            self.push(Content::Gap, line.start..line.start, 0);
            self.close(1);
        }
    }

    fn open(&mut self) {
        self.in_note = false;
        let at = self.out.pieces.len();
        self.out.lines.push(Line {
            fields: 0,
            pieces: at..at,
            breaks: self.breaks,
            framed: self.frame,
            explicit: true,
            run_on: self.run_on,
        });
    }

    fn close(&mut self, fields: usize) {
        if self.marks.has(Marks::PAGE) {
            self.drop_pages();
        }
        let Some(line) = self.out.lines.last_mut() else { return };
        line.fields = fields as u32;
        if self.is_prose() {
            return self.drop_sentence();
        }
        if self.run_on {
            self.drop_captions();
        }
        let Some(line) = self.out.lines.last_mut() else { return };
        line.pieces.end = self.out.pieces.len();
        if line.pieces.is_empty() {
            self.out.lines.pop();
        } else {
            (self.breaks, self.frame) = (0, false);
        }
    }

    /// Where this line's pieces begin.
    fn line_start(&self) -> usize {
        self.out.lines.last().map_or(0, |l| l.pieces.start)
    }

    fn push(&mut self, content: Content, bytes: Range<usize>, field: usize) {
        if self.out.pieces.len() == MAX_PIECES {
            self.out.cut = true;
            return;
        }
        let line = self.out.lines.len() as u32 - 1;
        self.out.pieces.push(Piece { content, start: bytes.start, end: bytes.end, line, field: field as u32 });
    }

    fn bars(&mut self, line: Range<usize>) {
        let text = &self.text[line.clone()];
        let lead = text.len() - text.trim_start_matches(is_space).len();
        // A row of table 2 has nine, with the empty ones at its ends eleven.
        let mut fields: Vec<Range<usize>> = Vec::with_capacity(11);
        let wide = self.marks.has(Marks::WIDE_BAR);
        let find = |text: &str, at| find_bar(text, at, wide);
        let split = split(self.text, line.start + lead..line.end, find).take(MAX_PIECES + 1);
        fields.extend(split.map(|field| markup::content(self.text, field)));
        self.out.cut |= fields.len() > MAX_PIECES;
        let blank = |f: &Range<usize>| self.text[f.clone()].chars().all(is_space);
        let framed = self.bars.outer && fields.first().is_some_and(blank);
        if framed {
            fields.remove(0);
            if fields.last().is_some_and(blank) && fields.len() > 1 {
                fields.pop();
            }
        } else if self.bars.rows == Rows::Closed && fields.len() > 1 && fields.last().is_some_and(blank) {
            fields.pop();
            if self.broken {
                let is_filling = |f: &Range<usize>| blank(f) && !self.is_break(f);
                let cells = fields.iter().rposition(|f| !is_filling(f)).map_or(1, |last| last + 1);
                fields.truncate(cells);
            }
        }
        let full = || fields.iter().filter(|f| !blank(f)).count();
        // qingdao-2024: one cell to a line with a bar after it, and ` | ||` at a row's end.
        let closed = fields.len() < 2 || (!fields[0].is_empty() && fields[1..].iter().all(Range::is_empty));
        if framed && closed && full() == 0 {
            let ends = fields.len() > 1;
            self.open();
            self.push(Content::Blank, fields[0].clone(), 0);
            self.close(1);
            self.breaks = u32::from(ends);
        } else if !framed
            && self.bars.rows == Rows::None
            && fields.len() > 1
            && fields.last().is_some_and(blank)
            && full() == 1
        {
            let ends = fields.len() > 2;
            self.fields(fields.into_iter().take(1));
            self.breaks = u32::from(ends);
        } else {
            self.fields(fields.into_iter());
        }
    }

    /// A line whose fields are separated explicitly.
    fn fields(&mut self, fields: impl Iterator<Item = Range<usize>>) {
        self.open();
        let (mut count, mut end) = (0, 0);
        for field in fields {
            end = field.end;
            let start = self.out.pieces.len();
            self.field(field.clone(), count);
            self.join_marks(start);
            if start == self.out.pieces.len() {
                self.misprint(field, count);
            }
            count += 1;
        }
        let empty = self.out.lines.last().is_some_and(|line| line.pieces.start == self.out.pieces.len());
        if empty && count == PROCEEDINGS_CELLS {
            self.push(Content::Gap, end..end, 0);
        }
        self.close(count);
    }

    /// Whether a field is an empty cell that a converter printed as a line break.
    fn is_break(&self, field: &Range<usize>) -> bool {
        let content = &self.text[field.clone()];
        content.contains(['\n', '\r']) && trim(content).is_empty()
    }

    /// What is no figure in a field without a piece, behind a label.
    fn misprint(&mut self, field: Range<usize>, index: usize) {
        let content = trim(&self.text[field.clone()]);
        // Where LaTeX prints no cell, what looks like a command is something in one.
        let is_mark = is_misprint(content) || content.starts_with('\\') && !self.marks.has(Marks::LATEX);
        if is_mark && self.is_behind_label() {
            let start = field.end - self.text[field].trim_start_matches(is_space).len();
            self.push(Content::Mark, start..start + content.len(), index);
        }
    }

    /// A field of nothing but words that cannot be read holds one value: `+(0) -(0)`.
    fn join_marks(&mut self, start: usize) {
        let Some(of_field) = self.out.pieces.get_mut(start..) else { return };
        if !of_field.iter().all(|p| p.content == Content::Mark) {
            return;
        }
        if let [first, .., last] = of_field {
            first.end = last.end;
            self.out.pieces.truncate(start + 1);
        }
    }

    fn field(&mut self, field: Range<usize>, index: usize) {
        if self.broken && self.is_break(&field) {
            return self.push(Content::Blank, field, index);
        }
        let content = &self.text[field.clone()];
        let front = content.trim_ascii_start();
        let digits = front.as_bytes().trim_ascii_end();
        if digits.iter().all(u8::is_ascii_digit) {
            let start = field.end - front.len();
            return self.word(start..start + digits.len(), index);
        }
        let trimmed = trim(content);
        if EMPTY.contains(&trimmed) || trimmed.starts_with("Unnamed: ") {
            // Programs write so what is empty, and columns without a head.
        } else if !trimmed.is_empty() && trimmed.chars().all(|c| c == '\u{a0}') {
            let start = field.start + content.find('\u{a0}').unwrap_or(0);
            self.push(Content::Blank, start..start + trimmed.len(), index);
        } else if self.marks.has(Marks::STOP) && trimmed.contains('。') {
            // Prose in a cell, which may explain the label before its colon.
            let colon = trimmed.find([':', '：']).filter(|at| *at < MOST_LABEL && ends_with_row(&trimmed[..*at]));
            let start = field.end - content.trim_start_matches(is_space).len();
            words(self.text, start..start + colon.unwrap_or(0), is_space).for_each(|(_, word)| self.word(word, index));
        } else if index > 0 && matches!(trimmed, "*" | "＊") {
            // A star in a field of its own hides a figure; within its label's field it points to a note.
            let start = field.end - content.trim_start_matches(is_space).len();
            self.push(Content::Mark, start..start + trimmed.len(), index);
        } else if let Some(change) = signed(trimmed).filter(|_| index > 0) {
            let start = field.end - content.trim_start_matches(is_space).len();
            self.push(Content::Figure(change), start..start + trimmed.len(), index);
        } else if index > 0 && is_broken(trimmed) {
            let start = field.end - content.trim_start_matches(is_space).len();
            self.push(Content::Mark, start..start + trimmed.len(), index);
        } else if self.marks.has(Marks::PAGE) && is_page(trimmed) {
            self.push(Content::Text, field, index);
        } else if self.marks.has(Marks::TAG) {
            for part in split(self.text, field, find_break) {
                words(self.text, part, is_space).for_each(|(_, word)| self.word(word, index));
            }
        } else {
            words(self.text, field, is_space).for_each(|(_, word)| self.word(word, index));
        }
    }

    /// A line whose words are separated by spaces; each single space counts as a border between fields.
    fn words(&mut self, line: Range<usize>) {
        self.open();
        if let Some(line) = self.out.lines.last_mut() {
            line.explicit = false;
        }
        let (mut last, mut joined) = (0, 0);
        let parted = self.marks.has(Marks::NO_BREAK) && no_breaks::part(&self.text[line.clone()], self.widest);
        for (spaces, word) in words(self.text, line, if parted { char::is_whitespace } else { is_space }) {
            let end = word.end;
            last = spaces - joined;
            self.loose(word, last);
            // What goes on with the word before it (`3 件`) stands in that one's field.
            let before = self.out.pieces.last().filter(|p| p.end == end && (p.field as usize) < last);
            joined += before.map_or(0, |p| last - p.field as usize);
        }
        self.drop_strokes();
        self.close(last + 1);
    }

    /// A stroke between two words of text is part of the text (`本年增 / 减`), and no empty cell.
    fn drop_strokes(&mut self) {
        let start = self.line_start();
        let is = |at: usize, content| self.out.pieces.get(at).is_some_and(|p| p.content == content);
        let is_stroke =
            |at: usize| is(at, Content::Dash) && at > start && is(at - 1, Content::Text) && is(at + 1, Content::Text);
        let Some(first) = (start..self.out.pieces.len()).find(|at| is_stroke(*at)) else { return };
        let others = (first..self.out.pieces.len()).filter(|at| !is_stroke(*at));
        let others: Vec<Piece> = others.map(|at| self.out.pieces[at]).collect();
        self.out.pieces.truncate(first);
        self.out.pieces.extend(others);
    }

    /// Makes text of figures straight behind text other than a label, its note or the heads of table 3: `行政处罚0附表 1`.
    fn drop_captions(&mut self) {
        let start = self.line_start();
        let ends_in_heads = |text: &str| RESULTS.last().is_some_and(|head| text.ends_with(head.label));
        for at in start + 1..self.out.pieces.len() {
            let before = self.out.pieces[at - 1];
            let text = &self.text[before.start..before.end];
            let is_other = before.content == Content::Text && !may_have_values(text) && !ends_in_heads(text);
            let piece = &mut self.out.pieces[at];
            if is_other && matches!(piece.content, Content::Figure(_)) {
                piece.content = Content::Text;
            }
        }
    }
}

/// The one word of a line between no-break spaces that only make room: `&nbsp; 0 &nbsp;`.
fn within_padding(text: &str, line: Range<usize>) -> Range<usize> {
    let content = text[line.clone()].trim_ascii();
    let room = |c| c == '\u{a0}' || c == ' ';
    let word = content.trim_matches(room);
    let is_padded = content.starts_with('\u{a0}') && content.ends_with('\u{a0}');
    if !is_padded || word.is_empty() || word.contains(room) {
        return line;
    }
    let start = line.start + text[line].find(word).unwrap_or(0);
    start..start + word.len()
}

#[cfg(test)]
mod tests {
    use super::words::MOST_WORDS;
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let lines = super::super::text::lines(text);
        let cut = pieces(text, &lines, 0..text.len());
        let show = |p: &Piece| match p.content {
            Content::Text => format!("{}@{}", &text[p.start..p.end], p.field),
            Content::Figure(f) | Content::Stacked(f) => format!("{}@{}", f.digits, p.field),
            Content::Blank => format!("_@{}", p.field),
            Content::Gap => "gap".to_owned(),
            Content::Dash => format!("/@{}", p.field),
            Content::Mark => format!("?@{}", p.field),
        };
        cut.pieces.iter().map(show).collect()
    }

    #[test]
    fn fields_of_every_kind() {
        assert_eq!(cut("规章\t0\t\t12"), ["规章@0", "0@1", "12@3"]);
        assert_eq!(cut("| 规章 | 0 |  | 12 |"), ["规章@0", "0@1", "12@3"]);
        assert_eq!(cut("规章| 0|  | 12  "), ["规章@0", "0@1", "12@3"]);
        assert_eq!(cut("│规章│0 │  │12│"), ["规章@0", "0@1", "12@3"]);
        assert_eq!(cut("|规章___|0____|____|_12_|"), ["规章@0", "0@1", "12@3"]);
        assert_eq!(cut("规章 0  12"), ["规章@0", "0@1", "12@3"]);
        assert_eq!(cut("规章\t0\t\u{a0}\t12"), ["规章@0", "0@1", "_@2", "12@3"]);
        assert_eq!(cut("规章 |\n |\n12 | ||"), ["规章@0", "_@0", "12@0"]);
    }

    #[test]
    fn two_tabs_that_part_all_cells_are_one_border() {
        let rows = "规章\t\t0\t\t4\t\t6\n规范性文件\t\t1\t\t2\t\t3\n";
        assert_eq!(cut(&format!("{rows}采购\t\t731\t\t\u{a0}"))[8..], ["采购@0", "731@1", "_@2"]);
        assert_eq!(cut(&format!("{rows}采购\t\t731\t\u{a0}"))[8..], ["采购@0", "731@2", "_@3"]);
        assert_eq!(cut("采购\t\t731\t\t\u{a0}"), ["采购@0", "731@2", "_@4"]);
    }

    #[test]
    fn commas_separate_or_group() {
        let rows = "规章,0,,17,467\n行政许可,1\n行政处罚,2\n";
        assert_eq!(cut(rows)[..5], ["规章@0", "0@1", "17@3", "467@4", "行政许可@0"]);
        assert_eq!(cut("行政许可\t17,467"), ["行政许可@0", "17467@1"]);
        // Two lines do not tell which.
        assert_eq!(cut("规章,0\n行政许可,1\n"), ["规章@0", "?@0", "行政许可@0", "?@0"]);
    }

    #[test]
    fn figures_apart_and_glued() {
        assert_eq!(cut("规章\t1 0"), ["规章@0", "?@1"]);
        assert_eq!(cut("规章\t１ ０"), ["规章@0", "?@1"]);
        assert_eq!(cut("收费 ６２４ . ４９"), ["收费@0", "62449@1"]);
        assert_eq!(cut("收费 624 . 05"), ["收费@0", "62405@1"]);
        assert_eq!(cut("规章 0 000 04"), ["规章@0", "0@1", "0@2", "0@2", "0@2", "0@3", "4@3"]);
        assert_eq!(cut("采购 25.1 万元"), ["采购@0", "251@1"]);
        assert_eq!(
            cut("政府集中采购 3 12. 5\n属于国家秘密 1. 0"),
            ["政府集中采购@0", "3@1", "125@2", "属于国家秘密@0", "0@2"]
        );
        assert_eq!(cut("行政规范性文件0 3 21"), ["行政规范性文件@0", "0@0", "3@1", "21@2"]);
        assert_eq!(cut("行政规范性文件３ ２１"), ["行政规范性文件@0", "3@0", "21@1"]);
        assert_eq!(cut("行政许可12-430"), ["行政许可@0", "?@0"]);
        assert_eq!(cut("行政规范性文件/ / 4"), ["行政规范性文件@0", "/@0", "/@1", "4@2"]);
    }

    #[test]
    fn figures_that_markdown_emphasises() {
        assert_eq!(cut("| **规章** | **0** | *12* | _3_ |"), ["**规章**@0", "0@1", "12@2", "3@3"]);
        assert_eq!(cut("**规章 0 12**"), ["**规章@0", "0@1", "12@2"]);
        assert_eq!(cut("| 规章 | ***7*** | `5` | **—** | 4* |"), ["规章@0", "7@1", "5@2", "/@3", "?@4"]);
        assert_eq!(cut("| 规章 | ~~7~~ |"), ["规章@0", "?@1"]);
        assert_eq!(cut(&format!("规章\t7{}", "*".repeat(1 << 20)))[0], "规章@0");
    }

    #[test]
    fn marks_around_a_cell_are_none_of_its_content() {
        assert_eq!(cut(r"| 规章\\ | 12\\ | 3 \\ |"), ["规章@0", "12@1", "3@2"]);
        assert_eq!(cut("|规章 + |12 + |3 + |+"), ["规章@0", "12@1", "3@2", "?@3"]);
        assert_eq!(cut("规章\t$12$\t$-3$"), ["规章@0", "12@1", "3@2"]);
        let span = r#"<span lang="EN-US">"#;
        assert_eq!(cut(&format!("| {span}规章</span> | {span}<b>12</b></span> |")), ["规章@0", "12@1"]);
        assert_eq!(cut(r#"| [规章]{.a} | [12]{lang="EN-US"} |"#), ["规章@0", "12@1"]);
        for other in [
            "<b>1</b><b>2</b>",
            "<s>12</s>",
            "<b style='Display:none'>12</b>",
            "<b hidden>12</b>",
            "[12]{style=\"display:none\"}",
            "[1]{.a}[2]{.a}",
            "$12",
            "12+",
        ] {
            assert!(!cut(&format!("| 规章 | {other} |")).iter().any(|piece| piece.starts_with("12@")), "{other}");
        }
        for (spans, read) in [(8, "12@1"), (9, "?@1")] {
            let cell = format!("{}12{}", "<b>".repeat(spans), "</b>".repeat(spans));
            assert_eq!(cut(&format!("| 规章 | {cell} |"))[1], read, "{spans}");
        }
    }

    #[test]
    fn rows_as_latex_prints_them() {
        assert_eq!(cut(r"规章 & 1 & & 3 \\ \hline"), ["规章@0", "1@1", "3@3"]);
        assert_eq!(cut(r"\hline {规章} & \multicolumn{3}{c|}{\textbf{12}} \\"), ["{规章}@0", "12@1"]);
        for several in [r"{1}{2}", r"\textbf{1}{2}", r"\textbf{1}\textbf{2}", r"\multicolumn{3}{c}{{1}{2}}"] {
            assert_eq!(cut(&format!(r"规章 & {several} \\"))[1], "?@1", "{several}");
        }
        assert_eq!(cut("规章\t\\ab\t3"), ["规章@0", "?@1", "3@2"]);
        let head = "\\multicolumn{4}{l}{第二十条} \\\\\n";
        assert_eq!(cut(&format!("{head}规章 & 1 \\\\"))[0], "第二十条@0");
        let row = |lines: usize| format!("规章 & 1 &{}2 & 3 \\\\", "\n".repeat(lines - 1));
        assert_eq!(cut(&row(MOST_LINES)), ["规章@0", "1@1", "2@2", "3@3"]);
        assert!(cut(&row(MOST_LINES + 1)).ends_with(&["2@0", "3@1"].map(str::to_owned)));
    }

    #[test]
    fn an_item_s_number_that_stands_apart_is_no_figure() {
        assert_eq!(cut("2 、 重复申请 0 5"), ["重复申请@2", "0@3", "5@4"]);
        assert_eq!(cut("重复申请 2 . 5"), ["重复申请@0", "25@1"]);
        assert_eq!(cut("重复申请 12 、 5"), ["重复申请@0", "12@1", "5@3"]);
        assert_eq!(cut("重复申请\t2\t.\t5"), ["重复申请@0", "2@1", "5@3"]);
        assert_eq!(cut("| 重复申请 | 2 | . | 5 |"), ["重复申请@0", "2@1", "5@3"]);
    }

    #[test]
    fn the_end_of_a_heads_note_is_no_value() {
        assert_eq!(cut("本年增/减（减少用负值表示，如 -8）"), ["本年增/减（减少用负值表示，如@0", "-8）@1"]);
        assert_eq!(cut("| 本年增/减(指增加或 减少,如 -8) | 3 |")[1..], ["减少,如@0", "-8)@0", "3@1"]);
    }

    #[test]
    fn rows_that_their_empty_cells_break() {
        let head = "信息内容 | 制发 | 废止 | 有效 |\n规章 | 0 | 4 | 6 |\n规章 | 0 | 4 | 6 |\n";
        let row = |row: &str| cut(&format!("{head}{row}"))[12..].join(" ");
        assert_eq!(
            row("规范性文件 |\n| 3 |\n|\n行政许可 | 5 | 6 | 7 |"),
            "规范性文件@0 _@1 3@2 _@3 行政许可@0 5@1 6@2 7@3"
        );
        assert_eq!(row("行政许可 |\n| ||\n行政处罚 | 5 | 6 | 7 |"), "行政许可@0 _@1 行政处罚@0 5@1 6@2 7@3");
        assert_eq!(row("行政许可 | 1 |\n| 5 |"), "行政许可@0 1@1 _@2 5@3");
        // Too many for a row, text, and another row's line.
        for other in ["行政许可 | 1 |\n| 5 | 6 |", "行政许可 | 1 |\n| 行政处罚 | 6 |", "行政许可 | 1 |\n5 | 6 |"]
        {
            let kept = cut(&format!("{head}{other}"));
            assert!(!kept.iter().any(|piece| ["5@3", "6@4"].contains(&piece.as_str())), "{kept:?}");
        }
        let long = |lines: usize| format!("行政许可 |{}", "\n|".repeat(lines - 2)) + "\n| 5 |";
        let wide = |lines: usize| format!("{head}\n第二十条第（一）项 {}\n{}", "|".repeat(lines + 1), long(lines));
        assert!(cut(&wide(MOST_LINES)).contains(&format!("5@{MOST_LINES}")));
        assert!(!cut(&wide(MOST_LINES + 1)).contains(&format!("5@{}", MOST_LINES + 1)));
    }

    #[test]
    fn furniture_and_frames_are_left_out() {
        for line in
            ["- 4 -", "—2—", "第 4 页 共 9 页", "第 4 頁 共 9 頁", "1/9", "|---|---|", "├──┼──┤", "+----+", "-4-"]
        {
            assert_eq!(cut(line), [] as [&str; 0], "{line}");
        }
    }

    #[test]
    fn a_note_has_so_many_words_before_its_end() {
        for (words, is_note) in [(MOST_WORDS, true), (MOST_WORDS + 1, false)] {
            let text = format!("规章 （减用{} -8）", " 负".repeat(words - 1));
            let end = if is_note { "-8）@" } else { "?@" };
            assert!(cut(&text).last().is_some_and(|last| last.starts_with(end)), "{words}");
        }
    }
}
