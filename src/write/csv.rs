//! In: documents as they were read, one at a time. Out: tables for analysis as CSV, to any [`io::Write`].
//! Nothing is kept between two documents, so that any number of them can be written.
//!
//! # Examples
//! ```
//! use xxgk::write::csv;
//! let parsed = xxgk::parse("行政规范性文件\t0\t3\t21\n");
//! let mut out = Vec::new();
//! csv::head(csv::Sheet::Cells, &mut out)?;
//! csv::cells("a.txt", &parsed, &mut out)?;
//! let table = String::from_utf8(out)?;
//! assert!(table.starts_with("file,edition,authority,year,table,row,column,state,value,unit,raw,line,start,end\n"));
//! assert_eq!(table.lines().count(), 201);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Language, Place};
use crate::form::{CellPath, Edition};
use crate::model::{Cell, Field, Report, Value};
use crate::read::Parsed;

/// The bytes that show Excel that a file is in UTF-8: to be written before [`head`], for files that are opened there.
pub const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A table for analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sheet {
    /// See [`cells`].
    Cells,
    /// See [`header`].
    Headers,
    /// See [`findings`].
    Findings,
    /// See [`wide`].
    Wide,
}

/// A table could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the lines for {what} could not be written")]
pub struct WriteError {
    /// The file that the lines are about, or the table's head.
    what: String,
    /// Why.
    pub source: io::Error,
}

/// Writes the line with the columns' names.
///
/// # Errors
/// [`WriteError`] where `to` does not take it.
pub fn head(sheet: Sheet, to: impl Write) -> Result<(), WriteError> {
    lines([columns(sheet)], to, "the table's head")
}

fn columns(sheet: Sheet) -> Vec<String> {
    let (named, more): (&str, Vec<String>) = match sheet {
        Sheet::Cells => {
            ("file,edition,authority,year,table,row,column,state,value,unit,raw,line,start,end", Vec::new())
        }
        Sheet::Headers => ("file,edition", header_fields().map(|field| field.id().to_owned()).collect()),
        Sheet::Findings => ("file,code,severity,path,message,line,start,end", Vec::new()),
        Sheet::Wide => ("file,edition,authority,year", either_edition().iter().map(CellPath::to_string).collect()),
    };
    named.split(',').map(str::to_owned).chain(more).collect()
}

/// Writes one line a cell of the form, with its state, its figure and its place in the document.
///
/// The columns: `file,edition,authority,year,table,row,column,state,value,unit,raw,line,start,end`.
///
/// # Errors
/// [`WriteError`] where `to` does not take it.
pub fn cells(file: &str, parsed: &Parsed, to: impl Write) -> Result<(), WriteError> {
    let document = document(file, &parsed.report);
    let rows = parsed.report.cells().map(|(path, cell)| {
        let evidence = parsed.evidence.cell(path);
        let mut row = document.to_vec();
        row.extend([path.table.id(), path.row, path.column, cell.state().id()].map(str::to_owned));
        row.extend([cell.to_string(), unit(&cell).to_owned()]);
        row.push(match (&cell, evidence) {
            (Cell::Unreadable { raw }, _) => raw.clone(),
            (_, evidence) => evidence.map(|e| e.raw.clone()).unwrap_or_default(),
        });
        row.extend(place(evidence.and_then(|e| e.place)));
        row
    });
    lines(rows, to, file)
}

/// Writes one line for the document, with what its header states.
///
/// The columns: `file,edition,title,authority,year,period_start,period_end,address,postcode,phone,fax,email,website,issued`.
///
/// # Errors
/// [`WriteError`] where `to` does not take it.
pub fn header(file: &str, report: &Report, to: impl Write) -> Result<(), WriteError> {
    let mut row = vec![file.to_owned(), report.edition.to_string()];
    row.extend(header_fields().map(|field| report.header.get(field).unwrap_or_default()));
    lines([row], to, file)
}

/// Writes one line a diagnostic or finding, with its message in the language given.
///
/// The columns: `file,code,severity,path,message,line,start,end`.
///
/// # Errors
/// [`WriteError`] where `to` does not take it.
pub fn findings(file: &str, findings: &[Diagnostic], language: Language, to: impl Write) -> Result<(), WriteError> {
    let rows = findings.iter().map(|finding| {
        let mut row = vec![file.to_owned(), finding.code.id().to_owned(), finding.severity().id().to_owned()];
        row.extend([finding.subject.to_string(), finding.message(language)]);
        row.extend(place(finding.place));
        row
    });
    lines(rows, to, file)
}

/// Writes one line for the document, with one column a cell of either edition, named by its path: figures, and nothing
/// where there is none. The states are in [`cells`].
///
/// The columns: `file,edition,authority,year,disclosure/rules/issued,…`.
///
/// # Errors
/// [`WriteError`] where `to` does not take it.
pub fn wide(file: &str, report: &Report, to: impl Write) -> Result<(), WriteError> {
    let figure = |path: CellPath| report.get(path).map_or_else(String::new, |cell| cell.to_string());
    let mut row = document(file, report).to_vec();
    row.extend(either_edition().into_iter().map(figure));
    lines([row], to, file)
}

/// Writes lines; `what` names them where that fails: a file, or the head.
fn lines(lines: impl IntoIterator<Item = Vec<String>>, to: impl Write, what: &str) -> Result<(), WriteError> {
    let failed = |source| WriteError { what: what.to_owned(), source };
    let mut writer = csv::Writer::from_writer(to);
    for line in lines {
        writer.write_record(&line).map_err(|e| failed(e.into()))?;
    }
    writer.flush().map_err(failed)
}

/// The fields of a header that have a column: all but the signature.
fn header_fields() -> impl Iterator<Item = Field> {
    Field::ALL.into_iter().filter(|field| *field != Field::Signature)
}

/// The document's columns: `file,edition,authority,year`.
fn document(file: &str, report: &Report) -> [String; 4] {
    let field = |field| report.header.get(field).unwrap_or_default();
    [file.to_owned(), report.edition.to_string(), field(Field::Authority), field(Field::Year)]
}

/// The columns of a place: `line,start,end`.
fn place(place: Option<Place>) -> [String; 3] {
    place.map_or_else(Default::default, |p| [p.line, p.start, p.end].map(|n| n.to_string()))
}

fn unit(cell: &Cell<Value>) -> &'static str {
    match cell.value() {
        Some(Value::Amount(amount)) => amount.unit().map_or("", |unit| unit.label()),
        _ => "",
    }
}

/// The cells of both editions: those in force in the form's order, and behind those of each table the ones that only the
/// edition of 2019 has.
fn either_edition() -> Vec<CellPath> {
    let [old, new] = [Edition::V2019, Edition::V2021].map(|edition| &edition.form().paths);
    let only_old = old.iter().filter(|path| !new.contains(path));
    let mut paths: Vec<CellPath> = new.iter().chain(only_old).copied().collect();
    paths.sort_by_key(|path| path.table);
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Subject};
    use crate::model::{Amount, Unit};

    fn document() -> Parsed {
        let mut parsed = crate::parse("没有表格");
        parsed.report = Report::new(Edition::V2021);
        parsed.report.header.authority = Some("某局,\"驻\"某地".to_owned());
        parsed.report.set("disclosure/rules/issued".parse().unwrap(), Cell::from(Value::Count(3))).unwrap();
        let cell = Subject::Cell("disclosure/rules/issued".parse().unwrap());
        parsed.diagnostics = vec![Diagnostic::new(Code::CellUnreadable, cell, vec!["■".to_owned()])];
        parsed.diagnostics[0].place = Some(Place { start: 7, end: 8, line: 2, column: 1 });
        let fees = Amount::new("0.60", Some(Unit::TenThousandYuan)).unwrap();
        parsed.report.set("disclosure/fees/amount".parse().unwrap(), Cell::from(Value::Amount(fees))).unwrap();
        parsed
    }

    /// The lines of a sheet, read back.
    fn sheet(sheet: Sheet) -> Vec<Vec<String>> {
        let (mut out, parsed) = (Vec::new(), document());
        head(sheet, &mut out).unwrap();
        match sheet {
            Sheet::Cells => cells("甲.txt", &parsed, &mut out),
            Sheet::Headers => header("甲.txt", &parsed.report, &mut out),
            Sheet::Findings => findings("甲.txt", &parsed.diagnostics, Language::Chinese, &mut out),
            Sheet::Wide => wide("甲.txt", &parsed.report, &mut out),
        }
        .unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(out.as_slice());
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn cells_have_a_line_each() {
        let lines = sheet(Sheet::Cells);
        assert_eq!(lines.len(), 1 + 200);
        let columns = "file,edition,authority,year,table,row,column,state,value,unit,raw,line,start,end";
        assert_eq!(lines[0].join(","), columns);
        let start = "甲.txt|2021|某局,\"驻\"某地||disclosure";
        assert_eq!(lines[1].join("|"), format!("{start}|rules|issued|reported|3|||||"));
        assert_eq!(lines[10].join("|"), format!("{start}|fees|amount|reported|0.60|万元||||"));
        assert_eq!(lines[2][7], "absent");
    }

    #[test]
    fn headers_have_a_line_for_each_document() {
        let lines = sheet(Sheet::Headers);
        let columns =
            "file,edition,title,authority,year,period_start,period_end,address,postcode,phone,fax,email,website,issued";
        assert_eq!(lines[0].join(","), columns);
        assert_eq!((lines.len(), lines[1].len(), lines[1][3].as_str()), (2, 14, "某局,\"驻\"某地"));
    }

    #[test]
    fn wide_has_a_column_for_each_cell_of_either_edition() {
        let lines = sheet(Sheet::Wide);
        assert_eq!(lines[0].len(), lines[1].len());
        let figure = |name: &str| lines[1][lines[0].iter().position(|c| c == name).unwrap()].as_str();
        assert_eq!(figure("disclosure/rules/issued"), "3");
        assert_eq!(figure("disclosure/fees/amount"), "0.60");
        assert_eq!(figure("disclosure/rules/made"), "");
        assert_eq!(figure("requests/other/total"), "");
        assert_eq!(lines[0].last().unwrap(), "proceedings/litigation_after_reconsideration/total");
    }

    #[test]
    fn findings_have_a_line_each() {
        let lines = sheet(Sheet::Findings);
        assert_eq!(lines[0].join(","), "file,code,severity,path,message,line,start,end");
        let message = "该单元格印作“■”，不是数字，未取值。";
        let expected = format!("甲.txt|cell.unreadable|warning|disclosure/rules/issued|{message}|2|7|8");
        assert_eq!(lines[1].join("|"), expected);
    }

    #[test]
    fn an_error_names_the_file() {
        let mut full: [u8; 4] = [0; 4];
        let error = header("甲.txt", &document().report, full.as_mut_slice()).unwrap_err();
        assert_eq!(error.to_string(), "the lines for 甲.txt could not be written");
        assert_eq!(error.source.kind(), io::ErrorKind::WriteZero);
    }
}
