//! In: what was read. Out: the same, or an error where any diagnostic or finding is of error severity.
//! The error keeps everything that was read.

use crate::diagnostic::{Diagnostic, Severity};
use crate::read::{Parsed, parse};

/// A document with something wrong in it: what was read all the same, and every diagnostic and finding of error
/// severity, of which there is at least one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{count} in the document; the first{at}: {first}", count = self.count(), at = self.at(), first = self.first())]
pub struct StrictError {
    /// What was read.
    pub parsed: Box<Parsed>,
    /// What is wrong.
    pub errors: Vec<Diagnostic>,
}

impl StrictError {
    fn count(&self) -> String {
        if self.errors.len() == 1 { "1 error".to_owned() } else { format!("{} errors", self.errors.len()) }
    }

    fn at(&self) -> String {
        let place = self.errors.first().and_then(|e| e.place);
        place.map_or(String::new(), |p| format!(" at line {}, column {}", p.line, p.column))
    }

    fn first(&self) -> String {
        self.errors.first().map(Diagnostic::to_string).unwrap_or_default()
    }
}

/// Reads the text of a report as [`parse`] does, and refuses what does not add up.
///
/// # Errors
/// [`StrictError`] where a diagnostic or a finding is of error severity: the document is no report, or a sum of the form
/// does not hold.
///
/// # Examples
/// ```
/// let table = "四、政府信息公开行政复议、行政诉讼情况\n行政复议\t行政诉讼\n未经复议直接起诉\t复议后起诉\n";
/// match xxgk::check::parse_strict(table) {
///     Ok(parsed) => assert!(parsed.findings().iter().all(|f| f.severity() != xxgk::Severity::Error)),
///     Err(error) => assert!(!error.errors.is_empty()),
/// }
/// ```
pub fn parse_strict(text: &str) -> Result<Parsed, StrictError> {
    parse(text).strict()
}

impl Parsed {
    /// The same where nothing is wrong; for pages and bytes what [`parse_strict`] is for text.
    ///
    /// # Errors
    /// [`StrictError`] where a diagnostic or a finding is of error severity.
    ///
    /// # Examples
    /// ```
    /// let mut parsed = xxgk::parse("没有表格的文章");
    /// parsed.diagnostics.clear();
    /// assert!(parsed.strict().is_ok());
    /// ```
    pub fn strict(self) -> Result<Parsed, StrictError> {
        let mut errors = self.diagnostics.clone();
        errors.extend(self.findings());
        errors.retain(|d| d.severity() == Severity::Error);
        if errors.is_empty() { Ok(self) } else { Err(StrictError { parsed: Box::new(self), errors }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cell;

    #[test]
    fn the_error_keeps_what_was_read_and_names_the_first() {
        let mut parsed = parse("");
        parsed.diagnostics.clear();
        let row = parsed.report.proceedings.direct_litigation.cells_mut();
        row.into_iter().zip([2, 2, 2, 2, 9]).for_each(|(cell, value)| *cell = Cell::from(value));
        let error = parsed.clone().strict().unwrap_err();
        assert_eq!(*error.parsed, parsed);
        assert_eq!(
            error.to_string(),
            "1 error in the document; the first: The four results add up to 8, but 总计 prints 9, a difference of 1."
        );
    }

    #[test]
    fn the_error_says_where_the_first_stands() {
        let section = crate::form::Section::Proceedings;
        let heads = crate::form::RESULTS.iter().map(|column| column.label).collect::<Vec<_>>().join("\t");
        let figures = "1\t0\t0\t2\t4\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0";
        let text = format!("{}、{}\n行政复议\t{heads}\n{figures}\n", section.number(), section.title());
        let error = parse_strict(&text).unwrap_err();
        let place = error.errors.iter().find(|e| e.code == crate::diagnostic::Code::ProceedingsSum).unwrap().place;
        assert_eq!(place.map(|p| &text[p.start..p.end]), Some("4"));
        let first = error.errors[0].place.map(|p| format!("; the first at line {}, column {}: ", p.line, p.column));
        assert!(error.to_string().contains(&first.unwrap_or("; the first: ".to_owned())), "{error}");
    }
}
