//! In: documents as they were read, one at a time. Out: tables for analysis as CSV, to any [`io::Write`].
//! Nothing is kept between two documents, so that any number of them can be written.
//!
//! # Examples
//! ```
//! use xxgk::write::csv::{Sheet, head, rows};
//! let parsed = xxgk::parse("某某市教育局2023年政府信息公开工作年度报告\n");
//! let mut out = Vec::new();
//! head(Sheet::Headers, &mut out)?;
//! rows(Sheet::Headers, "a.txt", &parsed, &mut out)?;
//! let csv = String::from_utf8(out)?;
//! assert!(csv.starts_with("file,edition,title,authority,year,period_start,"));
//! assert!(csv.contains("\na.txt,2021,"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::io::{self, Write};

use crate::diagnostic::{Language, Place, Subject};
use crate::form::{CellPath, Edition};
use crate::model::{Cell, Field, Value};
use crate::read::Parsed;

/// The bytes that show Excel that a file is in UTF-8: to be written before [`head`], for files that are opened there.
pub const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A table for analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// One line a cell of the form, with its state, its figure and its place in the document.
    ///
    /// `file,edition,authority,year,table,row,column,state,value,unit,raw,line,start,end`
    Cells,
    /// One line a document, with what its header states.
    ///
    /// `file,edition,title,authority,year,period_start,period_end,address,postcode,phone,fax,email,website,issued`
    Headers,
    /// One line a diagnostic or finding, with its message in the language given. Those of [`Parsed::diagnostics`] are
    /// written: what checks found is to be added there first. What has no place of its own is placed where the cell or
    /// field stands that it is about.
    ///
    /// `file,code,severity,path,message,line,start,end`
    Findings(Language),
    /// One line a document, one column a cell of either edition, named by its path: figures, and nothing where there is
    /// none. The states are in [`Sheet::Cells`].
    ///
    /// `file,edition,authority,year,disclosure/rules/issued,…`
    Wide,
}

/// A table could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the table's {part} could not be written")]
pub struct WriteError {
    /// What was being written: the head, or a file's rows.
    part: String,
    /// Why.
    pub source: io::Error,
}

/// Writes the line with the columns' names.
///
/// # Errors
/// [`WriteError`] where `to` does not take it.
pub fn head(sheet: Sheet, to: impl Write) -> Result<(), WriteError> {
    lines([columns(sheet)], to, "head")
}

fn columns(sheet: Sheet) -> Vec<String> {
    let (named, more): (&str, Vec<String>) = match sheet {
        Sheet::Cells => {
            ("file,edition,authority,year,table,row,column,state,value,unit,raw,line,start,end", Vec::new())
        }
        Sheet::Headers => ("file,edition", HEADER_FIELDS.map(|field| field.id().to_owned()).into()),
        Sheet::Findings(_) => ("file,code,severity,path,message,line,start,end", Vec::new()),
        Sheet::Wide => ("file,edition,authority,year", either_edition().iter().map(CellPath::to_string).collect()),
    };
    named.split(',').map(str::to_owned).chain(more).collect()
}

/// Writes the lines of one document, which is to be called `file`.
///
/// # Errors
/// [`WriteError`] where `to` does not take them; it names the file.
pub fn rows(sheet: Sheet, file: &str, parsed: &Parsed, to: impl Write) -> Result<(), WriteError> {
    let part = format!("rows of {file}");
    match sheet {
        Sheet::Cells => lines(cells(file, parsed), to, &part),
        Sheet::Headers => lines([header(file, parsed)], to, &part),
        Sheet::Findings(language) => lines(findings(file, parsed, language), to, &part),
        Sheet::Wide => lines([wide(file, parsed)], to, &part),
    }
}

fn lines(lines: impl IntoIterator<Item = Vec<String>>, to: impl Write, part: &str) -> Result<(), WriteError> {
    let failed = |source| WriteError { part: part.to_owned(), source };
    let mut writer = csv::Writer::from_writer(to);
    for line in lines {
        writer.write_record(&line).map_err(|e| failed(e.into()))?;
    }
    writer.flush().map_err(failed)
}

/// The fields of a header that have a column: all but the signature.
const HEADER_FIELDS: [Field; 12] = [
    Field::Title,
    Field::Authority,
    Field::Year,
    Field::PeriodStart,
    Field::PeriodEnd,
    Field::Address,
    Field::Postcode,
    Field::Phone,
    Field::Fax,
    Field::Email,
    Field::Website,
    Field::Issued,
];

/// The document's columns: `file,edition,authority,year`.
fn document(file: &str, parsed: &Parsed) -> [String; 4] {
    let field = |field| parsed.report.header.get(field).unwrap_or_default();
    [file.to_owned(), parsed.report.edition.to_string(), field(Field::Authority), field(Field::Year)]
}

/// The columns of a place: `line,start,end`.
fn place(place: Option<Place>) -> [String; 3] {
    place.map_or_else(Default::default, |p| [p.line, p.start, p.end].map(|n| n.to_string()))
}

fn cells(file: &str, parsed: &Parsed) -> impl Iterator<Item = Vec<String>> {
    let document = document(file, parsed);
    parsed.report.cells().zip(parsed.evidence.cells()).map(move |((path, cell), (_, evidence))| {
        let mut line = document.to_vec();
        line.extend([path.table.id(), path.row, path.column, cell.state().id()].map(str::to_owned));
        line.extend([cell.to_string(), unit(&cell).to_owned()]);
        line.push(evidence.map(|e| e.raw.clone()).unwrap_or_default());
        line.extend(place(evidence.and_then(|e| e.place)));
        line
    })
}

fn unit(cell: &Cell<Value>) -> &'static str {
    match cell.value() {
        Some(Value::Amount(amount)) => amount.unit().map_or("", |unit| unit.label()),
        _ => "",
    }
}

fn header(file: &str, parsed: &Parsed) -> Vec<String> {
    let mut line = vec![file.to_owned(), parsed.report.edition.to_string()];
    line.extend(HEADER_FIELDS.map(|field| parsed.report.header.get(field).unwrap_or_default()));
    line
}

fn findings(file: &str, parsed: &Parsed, language: Language) -> impl Iterator<Item = Vec<String>> {
    parsed.diagnostics.iter().map(move |diagnostic| {
        let evidence = match diagnostic.subject {
            Subject::Cell(path) => parsed.evidence.cell(path),
            Subject::Field(field) => parsed.evidence.field(field),
            _ => None,
        };
        let mut line = vec![
            file.to_owned(),
            diagnostic.code.id().to_owned(),
            diagnostic.severity().id().to_owned(),
            diagnostic.subject.to_string(),
            diagnostic.message(language),
        ];
        line.extend(place(diagnostic.place.or_else(|| evidence?.place)));
        line
    })
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

fn wide(file: &str, parsed: &Parsed) -> Vec<String> {
    let figure = |path: CellPath| parsed.report.get(path).map_or_else(String::new, |cell| cell.to_string());
    let mut line = document(file, parsed).to_vec();
    line.extend(either_edition().into_iter().map(figure));
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Amount, Report, Unit};

    fn document() -> Parsed {
        let mut parsed = crate::parse("没有表格");
        parsed.report = Report::new(Edition::V2021);
        parsed.report.header.authority = Some("某局,\"驻\"某地".to_owned());
        parsed.report.set("disclosure/rules/issued".parse().unwrap(), Cell::from(Value::Count(3))).unwrap();
        let fees = Amount::new("0.60", Some(Unit::TenThousandYuan)).unwrap();
        parsed.report.set("disclosure/fees/amount".parse().unwrap(), Cell::from(Value::Amount(fees))).unwrap();
        parsed
    }

    /// The lines of a sheet, read back.
    fn sheet(sheet: Sheet) -> Vec<Vec<String>> {
        let mut out = Vec::new();
        head(sheet, &mut out).unwrap();
        rows(sheet, "甲.txt", &document(), &mut out).unwrap();
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
    fn findings_are_placed_where_their_cell_stands() {
        use crate::diagnostic::{Code, Diagnostic};
        use crate::evidence::Evidence;
        let mut parsed = document();
        let cell = Subject::Cell("disclosure/rules/issued".parse().unwrap());
        parsed.diagnostics = vec![Diagnostic::new(Code::CellUnreadable, cell, vec!["■".to_owned()])];
        let place = Place { start: 7, end: 8, line: 2, column: 1 };
        parsed.evidence.set_cell(0, Evidence { place: Some(place), ..Evidence::default() });
        let line = findings("a", &parsed, Language::Chinese).next().unwrap().join("|");
        let message = "该单元格印作“■”，不是数字，未取值。";
        assert_eq!(line, format!("a|cell.unreadable|warning|disclosure/rules/issued|{message}|2|7|8"));
    }

    #[test]
    fn an_error_names_the_file() {
        let mut full: [u8; 4] = [0; 4];
        let error = rows(Sheet::Headers, "甲.txt", &document(), full.as_mut_slice()).unwrap_err();
        assert_eq!(error.to_string(), "the table's rows of 甲.txt could not be written");
        assert_eq!(error.source.kind(), io::ErrorKind::WriteZero);
    }
}
