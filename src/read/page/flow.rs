//! In: text and tags, in the page's order. Out: lines with blanks as a browser shows them, each with its source.
//! Tables are noted here and laid out in `grid` when they end. It reads no attributes and no names.

use super::grid::{Grids, Table};
use super::map::{Map, Source};
use super::tags::Kind;
use super::tokens::{Sight, Tag};
use super::{Breaks, Limit, Limits, MAX_TABLE_DEPTH, Rendered};
use crate::read::marks::is_invisible;

/// A line of more characters is no cell.
const LONGEST_CELL: usize = 64;

/// What is due before the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    /// A blank.
    Space,
    /// A blank that holds a line break of the source.
    Wrap,
    /// A line of its own.
    Line,
    /// A line of its own, and an empty one before it: paragraphs that a page sets apart are not to be joined.
    Paragraph,
}

/// An element that is not shown, and how many elements of each kind are open within it.
#[derive(Debug)]
struct Hidden {
    kind: Kind,
    /// Whether it was noted as an element all the same, since it takes up its place.
    is_noted: bool,
    open: [u32; Kind::COUNT],
}

/// The text as far as it has come.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) text: String,
    pub(super) map: Map,
    pub(super) limits: Limits,
    breaks: Breaks,
    gap: Gap,
    /// No-break spaces at the start of a line that has nothing else so far.
    indent: Vec<(String, Source)>,
    /// How many elements are open whose line breaks count.
    preformatted: u32,
    hidden: Option<Hidden>,
    grids: Grids,
    /// The open tables, the innermost last.
    tables: Vec<Table>,
    /// How many open tables there are beyond the deepest that are noted.
    beyond: usize,
}

impl Flow {
    pub(super) fn new(page: usize, breaks: Breaks, limits: Limits) -> Self {
        Flow {
            text: String::with_capacity(page / 2),
            map: Map::with_capacity(page / 24),
            limits,
            breaks,
            gap: Gap::None,
            indent: Vec::new(),
            preformatted: 0,
            hidden: None,
            grids: Grids::new(page),
            tables: Vec::new(),
            beyond: 0,
        }
    }

    /// The text, all that is still open ended.
    pub(super) fn finish(mut self) -> Rendered {
        while !self.tables.is_empty() {
            self.end_table();
        }
        if !self.is_at_line_start() {
            self.text.push('\n');
        }
        Rendered { text: self.text, map: self.map, limits: self.limits }
    }

    /// Adds text, unless it is hidden.
    pub(super) fn text(&mut self, text: &str, source: &Source) {
        if self.hidden.is_some() {
            return;
        }
        if self.keeps_breaks() {
            return self.lines(text, source);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let blanks = rest.bytes().position(|b| !b.is_ascii_whitespace()).unwrap_or(rest.len());
            let (blank, words) = rest.split_at_checked(blanks).unwrap_or((rest, ""));
            if blanks > 0 {
                let gap = if blank.bytes().any(|b| b == b'\n') { Gap::Wrap } else { Gap::Space };
                self.gap = self.gap.max(gap);
            }
            let end = words.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(words.len());
            let (word, after) = words.split_at_checked(end).unwrap_or((words, ""));
            if !word.is_empty() {
                self.word(word, source.skip(text.len() - words.len()));
            }
            rest = after;
        }
    }

    /// Adds text whose line breaks and tabs count.
    fn lines(&mut self, text: &str, source: &Source) {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            if !content.is_empty() {
                self.word(content, source.skip(at));
            }
            if line.ends_with('\n') && !self.text.ends_with("\n\n") {
                self.text.push('\n');
            }
            at += line.len();
        }
    }

    fn keeps_breaks(&self) -> bool {
        self.preformatted > 0
            || self.breaks == Breaks::Lines && self.beyond == 0 && !self.tables.last().is_some_and(Table::is_in_cell)
    }

    /// Adds what holds no blanks, and the gap before it; without the marks that editors leave where nothing is seen.
    fn word(&mut self, word: &str, source: Source) {
        if !word.contains(is_invisible) {
            return self.plain_word(word, source);
        }
        let mut at = 0;
        for part in word.split_inclusive(is_invisible) {
            let seen = part.trim_end_matches(is_invisible);
            if !seen.is_empty() {
                self.plain_word(seen, source.skip(at));
            }
            at += part.len();
        }
    }

    fn plain_word(&mut self, word: &str, source: Source) {
        if self.gap >= Gap::Line {
            self.end_indent();
            self.break_line();
            if self.gap == Gap::Paragraph && !self.text.is_empty() && !self.text.ends_with("\n\n") {
                self.text.push('\n');
            }
            self.gap = Gap::None;
        }
        if self.is_at_line_start() && !self.keeps_breaks() {
            if word.chars().all(char::is_whitespace) {
                self.indent.push((word.to_owned(), source));
                return;
            }
            self.write_indent();
        }
        match self.gap {
            Gap::None | Gap::Line | Gap::Paragraph => {}
            _ if self.is_at_line_start() => {}
            // Word processors break the lines of their source anywhere.
            Gap::Wrap if joins(&self.text, word) => {}
            Gap::Space | Gap::Wrap => self.text.push(' '),
        }
        self.gap = Gap::None;
        self.map.push(self.text.len(), word.len(), source);
        self.text.push_str(word);
    }

    /// Leaves out a line of nothing but no-break spaces, which only makes room, unless it is an empty cell behind
    /// another one that is a line too.
    fn end_indent(&mut self) {
        if self.indent.is_empty() {
            return;
        }
        if self.tables.is_empty() && self.stands_below_cell() {
            self.write_indent();
        }
        self.indent.clear();
    }

    /// Whether the line above may be a cell: it has neither letters nor spaces.
    fn stands_below_cell(&self) -> bool {
        let Some(above) = self.text.strip_suffix('\n') else { return false };
        let is_cell = |c: char| c == '\u{A0}' || !c.is_alphabetic() && !c.is_whitespace();
        let line = || above.chars().rev().take_while(|c| *c != '\n').take(LONGEST_CELL + 1);
        line().all(is_cell) && (1..=LONGEST_CELL).contains(&line().count())
    }

    /// Leaves the no-break spaces of a cell that has nothing else to the cell, which may be one of figures.
    fn end_cell_indent(&mut self) {
        if self.indent.is_empty() {
            return;
        }
        if let Some(table) = self.tables.last().filter(|t| self.beyond == 0 && t.is_in_cell()) {
            for (blanks, source) in self.indent.drain(..) {
                table.note_blank(&mut self.grids, source.range(blanks.len()));
            }
        }
    }

    fn write_indent(&mut self) {
        if self.indent.is_empty() {
            return;
        }
        for (blanks, source) in std::mem::take(&mut self.indent) {
            self.map.push(self.text.len(), blanks.len(), source);
            self.text.push_str(&blanks);
        }
    }

    /// Begins a new line, unless there is one.
    pub(super) fn break_line(&mut self) {
        if !self.is_at_line_start() {
            self.text.push('\n');
        }
    }

    fn is_behind_word(&self) -> bool {
        self.gap == Gap::None && !self.is_at_line_start()
    }

    fn is_at_line_start(&self) -> bool {
        self.text.as_bytes().last().is_none_or(|b| *b == b'\n')
    }

    /// A start tag; what it contains begins at `content` in the page.
    pub(super) fn start(&mut self, tag: &Tag, content: usize) {
        if self.hidden.is_some() && self.stays_hidden_at_start(tag) {
            return;
        }
        if tag.kind.breaks_lines() {
            self.gap = self.gap.max(self.break_of(tag.kind));
        }
        let hides = match tag.kind {
            Kind::Void | Kind::Break => false,
            Kind::Unshown | Kind::Annotation => true,
            Kind::Raised if tag.sight == Sight::Shown => self.is_behind_word(),
            _ if tag.sight == Sight::Raised => self.is_behind_word(),
            _ => tag.sight > Sight::Raised,
        };
        let is_noted = !hides || tag.sight == Sight::Unseen;
        if is_noted {
            self.structure(tag, content);
        }
        if hides && !tag.self_closing {
            self.hidden = Some(Hidden { kind: tag.kind, is_noted, open: [0; Kind::COUNT] });
        }
    }

    /// What a shown start tag means for tables and line breaks.
    fn structure(&mut self, tag: &Tag, content: usize) {
        match tag.kind {
            Kind::Preformatted => self.preformatted += 1,
            Kind::Table => self.start_table(),
            Kind::Group | Kind::Row | Kind::Cell if self.beyond == 0 => {
                self.end_cell_indent();
                let Some(table) = self.tables.last_mut() else { return };
                match tag.kind {
                    Kind::Group => table.start_group(&mut self.grids, self.text.len()),
                    Kind::Row => table.start_row(&mut self.grids, self.text.len()),
                    _ => table.start_cell(&mut self.grids, self.text.len(), content, (tag.columns, tag.rows)),
                }
            }
            _ => {}
        }
    }

    /// What an element leaves between the words before and behind it.
    fn break_of(&self, kind: Kind) -> Gap {
        if kind == Kind::Paragraph && self.tables.is_empty() { Gap::Paragraph } else { Gap::Line }
    }

    /// An end tag.
    pub(super) fn end(&mut self, kind: Kind) {
        if self.hidden.is_some() && self.stays_hidden_at_end(kind) {
            return;
        }
        if kind.breaks_lines() {
            self.gap = self.gap.max(self.break_of(kind));
        }
        if matches!(kind, Kind::Cell | Kind::Row | Kind::Table) {
            self.end_cell_indent();
        }
        match kind {
            Kind::Preformatted => self.preformatted = self.preformatted.saturating_sub(1),
            Kind::Table if self.beyond > 0 => self.beyond -= 1,
            Kind::Table if !self.tables.is_empty() => self.end_table(),
            Kind::Row if self.beyond == 0 => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row(&mut self.grids, self.text.len());
                }
            }
            Kind::Cell if self.beyond == 0 => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell(&mut self.grids, self.text.len());
                }
            }
            _ => {}
        }
    }

    fn start_table(&mut self) {
        if self.beyond > 0 {
            self.beyond += 1;
            return;
        }
        // A table in a table but in no cell of it: the tag of its end was forgotten.
        if self.tables.last().is_some_and(|t| !t.is_in_cell()) {
            self.end_table();
        }
        if self.tables.len() == MAX_TABLE_DEPTH {
            self.limits.bite(Limit::TableDepth);
            self.beyond = 1;
            return;
        }
        self.tables.push(self.grids.table(self.text.len(), self.map.len()));
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else { return };
        table.end_row(&mut self.grids, self.text.len());
        let holds_table = self.grids.lay_out(&table, &mut self.text, &mut self.map, &mut self.limits);
        if let Some(outer) = self.tables.last_mut().filter(|_| holds_table) {
            outer.holds_another = true;
        }
        self.gap = Gap::Line;
    }

    /// Whether the hidden element is still open after a start tag.
    fn stays_hidden_at_start(&mut self, tag: &Tag) -> bool {
        let Some(hidden) = &mut self.hidden else { return false };
        let in_table = hidden.open[Kind::Table as usize] > 0;
        if !in_table && hidden.kind.is_ended_by(tag.kind) {
            self.hidden = None;
            return false;
        }
        if !matches!(tag.kind, Kind::Void | Kind::Break) && !tag.self_closing {
            hidden.open[tag.kind as usize] += 1;
        }
        true
    }

    /// Whether the hidden element is still open after an end tag. The end of what did not begin within it ends it:
    /// rather than lose a report behind a tag left out, show a word too many.
    fn stays_hidden_at_end(&mut self, kind: Kind) -> bool {
        let Some(hidden) = &mut self.hidden else { return false };
        let open = &mut hidden.open[kind as usize];
        if *open > 0 {
            *open -= 1;
            return true;
        }
        let in_table = hidden.open[Kind::Table as usize] > 0 && kind != Kind::Table;
        let stray = match kind {
            Kind::Void | Kind::Break => true,
            Kind::Paragraph => !matches!(hidden.kind, Kind::Paragraph | Kind::Inline),
            Kind::Inline => hidden.kind != Kind::Inline,
            _ => false,
        };
        if in_table || stray {
            return true;
        }
        let means_nothing_more = hidden.kind == kind && !hidden.is_noted;
        self.hidden = None;
        means_nothing_more
    }
}

/// Whether what was parted by a line break in the source, or by lines within a cell, is one word: between Chinese
/// characters, where no blank belongs.
pub(super) fn joins(before: &str, after: &str) -> bool {
    before.chars().next_back().is_some_and(is_wide) && after.chars().next().is_some_and(is_wide)
}

/// A Chinese character or Chinese punctuation; digits are not, whatever their width, so that no two numbers become one.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2010}'..='\u{2027}' | '\u{2460}'..='\u{24FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}
