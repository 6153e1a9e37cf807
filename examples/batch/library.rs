//! What the batch asks of the crate, in one place.

use anyhow::bail;
use xxgk::{Cell, Diagnostic, Field, Language, Parsed, Place, Report, Value};

use crate::formats::Format;

pub const CELLS_HEAD: &str = "file,edition,authority,year,table,row,column,state,value,unit,raw,line,start,end\n";
pub const HEADERS_HEAD: &str =
    "file,edition,title,authority,year,period_start,period_end,address,postcode,phone,fax,email,website,issued\n";
pub const FINDINGS_HEAD: &str = "file,code,severity,path,message,line,start,end\n";

/// Reads a document.
pub fn parse(bytes: &[u8]) -> Parsed {
    xxgk::parse(&String::from_utf8_lossy(bytes))
}

/// Diagnostics of the reading and findings of the checks.
pub fn all_findings(parsed: &Parsed) -> Vec<Diagnostic> {
    parsed.diagnostics.clone()
}

/// The lines of the cells table for one document.
pub fn cells(file: &str, parsed: &Parsed) -> anyhow::Result<Vec<u8>> {
    let header = &parsed.report.header;
    let known = |field| header.get(field).unwrap_or_default();
    let (authority, year) = (known(Field::Authority), known(Field::Year));
    let edition = parsed.report.edition.id();
    let rows = parsed.report.cells().map(|(path, cell)| {
        let evidence = parsed.evidence.cell(path);
        let unit = match cell.value() {
            Some(Value::Amount(amount)) => amount.unit().map_or("", xxgk::Unit::label),
            _ => "",
        };
        let raw = match &cell {
            Cell::Unreadable { raw } => raw.clone(),
            _ => evidence.map(|e| e.raw.clone()).unwrap_or_default(),
        };
        let (state, value) = (cell.state().id(), cell.to_string());
        let mut row: Vec<String> =
            [file, edition, &authority, &year, path.table.id(), path.row, path.column].map(str::to_owned).into();
        row.extend([state.to_owned(), value, unit.to_owned(), raw]);
        row.extend(place(evidence.and_then(|e| e.place)));
        row
    });
    table(rows)
}

/// The line of the headers table for one document.
pub fn header(file: &str, parsed: &Parsed) -> anyhow::Result<Vec<u8>> {
    let mut row = vec![file.to_owned(), parsed.report.edition.id().to_owned()];
    let fields = Field::ALL.into_iter().filter(|field| *field != Field::Signature);
    row.extend(fields.map(|field| parsed.report.header.get(field).unwrap_or_default()));
    table(std::iter::once(row))
}

/// The lines of the findings table.
pub fn findings(file: &str, findings: &[Diagnostic]) -> anyhow::Result<Vec<u8>> {
    table(findings.iter().map(|f| {
        let mut row = vec![file.to_owned(), f.code.id().to_owned(), f.severity().id().to_owned()];
        row.extend([f.subject.to_string(), f.message(Language::English)]);
        row.extend(place(f.place));
        row
    }))
}

fn place(place: Option<Place>) -> [String; 3] {
    place.map_or_else(Default::default, |p| [p.line, p.start, p.end].map(|n| n.to_string()))
}

fn table(rows: impl Iterator<Item = Vec<String>>) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner()?)
}

/// The report in the prescribed form.
pub fn written(_format: Format, _report: &Report) -> anyhow::Result<String> {
    bail!("writing in the prescribed form is not there yet")
}

/// The JSON Schema of a line of `json`.
pub fn schema() -> anyhow::Result<String> {
    bail!("the JSON Schema is not there yet")
}

/// A report of a series, without its prose, which no check across years looks at.
pub struct Member {
    pub file: String,
    pub report: Report,
}

impl Member {
    pub fn new(file: String, mut report: Report) -> Self {
        for prose in [&mut report.overview, &mut report.problems, &mut report.other_matters] {
            prose.clear();
            prose.shrink_to_fit();
        }
        Member { file, report }
    }
}

/// The findings between the years of each authority, with the file of the later year.
pub fn series(_members: Vec<Member>) -> anyhow::Result<Vec<(String, Diagnostic)>> {
    bail!("the checks across years are not there yet")
}
