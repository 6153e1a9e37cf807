//! From text to a report: a chain of stages, each in a file of its own, below in the order in which a document passes
//! through them, as DESIGN.md has it; those between two blank lines belong to one step. Content never makes it fail.

// The input.
#[cfg(feature = "encoding")]
mod bytes;
#[cfg(feature = "html")]
mod page;
mod text;

// What it is made of.
mod outline;
mod page_numbers;

// Header and prose.
mod header;
mod initials;
mod paragraphs;
mod prose;

// The tables, in the order of their steps.
mod regions;
mod run_on;
mod several;
mod tables;

mod bars;
mod frames;
mod marks;
mod token;

mod columns;
mod heads;
mod label;
mod labels;
mod layout;
mod odd_cells;
mod own_heads;
mod repeats;
mod wrapped;

mod empty_lines;

mod broken;
mod drawn;
mod glued;
mod stacked;

mod align;

mod heights;

mod mend;
mod sequence;
mod stretch;

mod boxes;

mod row;
mod solve;

mod below;
mod blanks;

mod disclosure;

mod cells;
mod proceedings;

// What several of them use.
mod figure;
mod fold;
mod places;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, Subject};
use crate::evidence::EvidenceTable;
use crate::form::Edition;
use crate::model::Report;

#[cfg(feature = "encoding")]
pub use bytes::parse_bytes;
#[cfg(feature = "html")]
pub use page::parse_html;

/// What was read from a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The report.
    pub report: Report,
    /// What there is to know about the reading, in the order of the document where it has a place.
    pub diagnostics: Vec<Diagnostic>,
    /// Where each figure and field stands, and how it was settled.
    pub evidence: EvidenceTable,
}

/// The list that every stage reports into. Places are byte ranges here; lines and columns are counted once, at the end.
#[derive(Default)]
pub(crate) struct Sink {
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    pub(crate) fn say(&mut self, code: Code, subject: Subject, at: Option<Range<usize>>, particulars: Vec<String>) {
        let mut diagnostic = Diagnostic::new(code, subject, particulars);
        diagnostic.place = at.map(bytes);
        self.diagnostics.push(diagnostic);
    }

    /// Says that a limit was exceeded, and what it allows.
    fn limit(&mut self, allows: String) {
        self.say(Code::Limit, Subject::Document, None, vec![allows]);
    }
}

/// A place whose line and column are still to be counted.
pub(crate) fn bytes(range: Range<usize>) -> Place {
    Place { start: range.start, end: range.end, line: 0, column: 0 }
}

/// Reads the text of a report, in any layout.
///
/// # Examples
/// ```
/// let parsed = xxgk::parse("行政规范性文件0 3 21");
/// assert_eq!(parsed.report.edition.id(), "2021");
/// ```
pub fn parse(text: &str) -> Parsed {
    let mut parsed = read(text);
    places::count(text, &mut parsed);
    parsed
}

/// Reads a text, its places as byte ranges.
fn read(text: &str) -> Parsed {
    let mut sink = Sink::default();
    let mut lines = text::lines(text);
    if lines.len() >= text::MAX_LINES && lines.last().is_some_and(|last| last.end < text.len()) {
        sink.limit(format!("lines ≤ {}", text::MAX_LINES));
    }
    page_numbers::drop_page_numbers(text, &mut lines);
    let outline = outline::outline(text, &lines);
    let tables = tables::Tables::find(text, &lines, &outline);
    let told = tables.edition();
    let edition = told.unwrap_or(Edition::V2021);
    let mut report = Report::new(edition);
    let mut evidence = EvidenceTable::new(edition);
    report.sections = outline.sections();
    let signature = header::read(text, &lines, &outline, &mut report, &mut evidence, &mut sink);
    tables.read(&mut report, &mut evidence, &mut sink);
    if let Some(year) = report.header.year.filter(|y| told.is_some_and(|told| told != Edition::of_year(*y))) {
        sink.say(Code::EditionYear, Subject::Document, None, vec![year.to_string(), edition.to_string()]);
    }
    prose::read(text, &lines, &outline, signature, &mut report);
    // Each stage goes through the document from its beginning.
    let mut diagnostics = sink.diagnostics;
    diagnostics.sort_by_key(|d| d.place.map(|p| p.start));
    Parsed { report, diagnostics, evidence }
}
