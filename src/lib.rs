//! Reads the annual reports on the disclosure of government information (政府信息公开工作年度报告) that every Chinese
//! administrative organ publishes under articles 49 and 50 of the Regulations on the Disclosure of Government
//! Information (《中华人民共和国政府信息公开条例》), in both editions of the prescribed form.
//!
//! [`parse`] takes the text of a report in any layout and always gives back what it could read: a typed [`Report`],
//! [`Diagnostic`]s, and for each figure its place in the input. A figure in a report stands in the document, or is
//! marked [inferred](Cell::Inferred); what cannot be known has no value.
//!
//! # Examples
//! ```
//! let parsed = xxgk::parse("二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t1\t12\n");
//! let path = "disclosure/rules/in_force".parse().unwrap();
//! assert_eq!(parsed.report.get(path).unwrap().to_string(), "12");
//! assert_eq!(parsed.evidence.cell(path).unwrap().place.unwrap().line, 3);
//! ```

pub mod check;
mod diagnostic;
mod evidence;
pub mod form;
mod model;
mod read;
#[cfg(feature = "schema")]
mod schema;
pub mod write;

pub use diagnostic::{Code, Diagnostic, Language, Place, Severity, Subject, Sums};
pub use evidence::{Evidence, EvidenceTable, Settled};
pub use form::{CellPath, Edition, Section, Table};
pub use model::{
    Amount, Applicants, Cell, Contact, Count, Date, Decisions2019, Decisions2021, Denied, Disclosure, Disclosure2019,
    Disclosure2021, Documents2019, Documents2021, Fees2019, Fees2021, Field, Header, InvalidAmount, InvalidDate,
    NotProcessed, OtherOutcomes, OtherReasons, Outcomes, Period, Proceedings, Procurement, Report, Requests, Results,
    SetError, State, Unable, Unit, Value,
};
#[cfg(feature = "encoding")]
pub use read::parse_bytes;
#[cfg(feature = "html")]
pub use read::parse_html;
pub use read::{Parsed, parse};
#[cfg(feature = "schema")]
pub use schema::json_schema;

/// Runs the example of README.md with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
