//! In: a page. Out: what the text parser reads from the page's rendered text, with every place led back to the page.
//! The page becomes plain text, a line for each block and for each row of a table, by `tokens` (what the tokenizer says),
//! `flow` (lines and blanks), `grid` (tables) and `map` (where each piece stood).
//! It knows nothing of reports.

mod flow;
mod grid;
mod map;
mod sheet;
mod tags;
#[cfg(test)]
mod tests;
mod tokens;

use super::text::beginning;
use super::{Parsed, places, read};
use crate::diagnostic::{Code, Diagnostic, Subject};
use map::Map;

/// The most bytes of a page that are read. The largest pages that offices publish, with pictures written into them, stay
/// below a tenth of it.
pub(crate) const MAX_PAGE_BYTES: usize = 64 << 20;
/// How deep tables may stand within tables; deeper ones lose their structure and keep their text.
pub(crate) const MAX_TABLE_DEPTH: usize = 64;
/// The most columns of a table whose rows are laid out in fields; a wider one keeps its text, a cell to a line.
pub(crate) const MAX_COLUMNS: usize = 256;
/// The most fields that the tables of one page are laid out in, the empty ones of merged cells included; tables beyond
/// keep their text, a cell to a line.
pub(crate) const MAX_FIELDS: usize = 1 << 20;
/// The most classes that style sheets hide; elements of others keep their text.
pub(crate) const MAX_CLASSES: usize = 1 << 12;
/// The widest `colspan`, as in browsers.
pub(crate) const MAX_COLSPAN: u32 = 1000;
/// The highest `rowspan`, as in browsers.
pub(crate) const MAX_ROWSPAN: u32 = 65534;

/// A limit that a page can exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    PageBytes,
    TableDepth,
    Columns,
    Fields,
    Spans,
    Classes,
}

impl Limit {
    /// What it allows, as the diagnostic names it.
    fn allows(self) -> String {
        match self {
            Limit::PageBytes => format!("page ≤ {MAX_PAGE_BYTES} bytes"),
            Limit::TableDepth => format!("<table> in <table> ≤ {MAX_TABLE_DEPTH}"),
            Limit::Columns => format!("columns ≤ {MAX_COLUMNS}"),
            Limit::Fields => format!("fields of tables ≤ {MAX_FIELDS}"),
            Limit::Classes => format!("classes hidden by <style> ≤ {MAX_CLASSES}"),
            Limit::Spans => format!("colspan ≤ {MAX_COLSPAN}, rowspan ≤ {MAX_ROWSPAN}"),
        }
    }
}

/// The limits that a page exceeded, each once, in the order in which it did.
#[derive(Debug, Default)]
pub(crate) struct Limits(Vec<Limit>);

impl Limits {
    fn bite(&mut self, limit: Limit) {
        if !self.0.contains(&limit) {
            self.0.push(limit);
        }
    }
}

/// A page as plain text.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    /// The text: a line for each block, and for each row of a table its fields with single tabs between them. A field
    /// that a merged cell covers is empty; the field of an empty cell is a no-break space.
    pub(crate) text: String,
    pub(crate) map: Map,
    pub(crate) limits: Limits,
}

/// Whether line breaks between tags mean anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// They do not: this is a page.
    Blank,
    /// Outside tables they do: this is a plain text with tables in HTML, as some converters of PDFs write.
    #[cfg_attr(not(feature = "encoding"), allow(dead_code))]
    Lines,
}

/// Reads a page.
///
/// Places refer to the page as given; the raw text of a cell is what the page shows there.
///
/// # Examples
/// ```
/// let page = "<p>二、主动公开政府信息情况<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数\
///             <tr><td>规章<td>0<td>&nbsp;<td>12</table>";
/// let parsed = xxgk::parse_html(page);
/// assert_eq!(parsed.report.sections, [xxgk::Section::Disclosure]);
/// ```
pub fn parse_html(html: &str) -> Parsed {
    parse_page(html, Breaks::Blank)
}

/// Reads a page, or a text with tables in HTML.
pub(crate) fn parse_page(html: &str, breaks: Breaks) -> Parsed {
    let rendered = render(html, breaks);
    let mut parsed = read(&rendered.text);
    let mut places = places::in_order(&mut parsed);
    rendered.map.lead_back(&mut places);
    places.sort_by_key(|p| p.start);
    places::count_in_order(html, places);
    let limits = rendered.limits.0.into_iter();
    let limits = limits.map(|l| Diagnostic::new(Code::Limit, Subject::Document, vec![l.allows()]));
    parsed.diagnostics.splice(..0, limits);
    parsed.diagnostics.sort_by_key(|d| d.place.map(|p| p.start));
    parsed
}

/// The page as plain text.
pub(crate) fn render(html: &str, breaks: Breaks) -> Rendered {
    let mut limits = Limits::default();
    let page = beginning(html, MAX_PAGE_BYTES);
    if page.len() < html.len() {
        limits.bite(Limit::PageBytes);
    }
    let start = if page.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    tokens::render(page, start, breaks, limits)
}
