//! In: reports. Out: findings, where what must add up (勾稽关系) does not, or the form or the Regulations ask otherwise.
//! A rule is checked only where all its figures are known, and no figure is ever changed.

mod claims;
mod header;
mod narrative;
mod series;
mod strict;
mod sums;
mod words;

use crate::diagnostic::{Diagnostic, Place, Subject};
use crate::form::CellPath;
use crate::model::{Report, Slot};
use crate::read::Parsed;

pub use claims::{Claim, ClaimKind, claims};
pub use series::{authority_key, group, series};
pub use strict::{StrictError, parse_strict};

/// Checks one report against itself: the sums of its tables, its period, its date of issue, its sections, and the
/// figures that its prose states. The sections are checked only if some cell of the tables has a count or is empty: else
/// nothing shows that it is a report. The findings have no places; [`Parsed::findings`] fills them in.
///
/// # Examples
/// ```
/// use xxgk::{Cell, Code, Edition, Report, check};
/// let mut report = Report::new(Edition::V2021);
/// let row = report.proceedings.reconsideration.cells_mut();
/// row.into_iter().zip([1, 0, 0, 2, 4]).for_each(|(cell, value)| *cell = Cell::from(value));
/// let findings = check::report(&report);
/// assert_eq!(findings[0].code, Code::ProceedingsSum);
/// assert_eq!(findings[0].subject.to_string(), "proceedings/reconsideration/total");
/// assert_eq!(findings[0].to_string(), "The four results add up to 3, but 总计 prints 4, a difference of 1.");
/// ```
pub fn report(report: &Report) -> Vec<Diagnostic> {
    let figures = figures(report);
    let mut findings = sums::check(report, &figures);
    findings.extend(narrative::check(report, &figures));
    findings.extend(header::period(report));
    findings.extend(header::deadline(report));
    if figures.iter().any(|figure| *figure != Figure::Unknown) {
        findings.extend(header::sections(report));
    }
    findings
}

impl Parsed {
    /// The findings of [`report`](crate::check::report) on what was read, each with its place in the input.
    ///
    /// # Examples
    /// ```
    /// let parsed = xxgk::parse("没有表格的文章");
    /// assert!(parsed.findings().is_empty());
    /// ```
    pub fn findings(&self) -> Vec<Diagnostic> {
        let mut findings = report(&self.report);
        for finding in &mut findings {
            finding.place = self.place_of(finding);
        }
        findings
    }

    /// Where the subject of a finding stands, or, where it is not printed, the first of the figures that it is about.
    fn place_of(&self, finding: &Diagnostic) -> Option<Place> {
        let cell = |path: &CellPath| self.evidence.cell(*path)?.place;
        let own = match &finding.subject {
            Subject::Cell(path) => cell(path),
            Subject::Field(field) => self.evidence.field(*field)?.place,
            _ => None,
        };
        own.or_else(|| finding.sums.as_ref()?.left.iter().chain(&finding.sums.as_ref()?.right).find_map(cell))
    }
}

/// What a rule knows of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figure {
    /// Its count.
    Known(u64),
    /// The cell is blank or has a dash: perhaps zero.
    Empty,
    /// It is absent or unreadable, or no count.
    Unknown,
}

impl Figure {
    const fn known(self) -> Option<u64> {
        if let Figure::Known(value) = self { Some(value) } else { None }
    }
}

/// The counts of a report, in the form's order.
fn figures(report: &Report) -> Vec<Figure> {
    use crate::model::State;
    let figure = |slot: Slot<'_>| match slot {
        Slot::Count(cell) => match (cell.value(), cell.state()) {
            (Some(value), _) => Figure::Known(*value),
            (None, State::Blank | State::NotApplicable) => Figure::Empty,
            (None, _) => Figure::Unknown,
        },
        Slot::Change(_) | Slot::Amount(_) => Figure::Unknown,
    };
    report.slots().into_iter().map(figure).collect()
}
