//! In: what was read from one document. Out: its bytes in the format that was asked for.
//! It keeps nothing from one document to the next.

use clap::ValueEnum;
use serde::Serialize;
use xxgk::{Diagnostic, Parsed, Report};

use crate::library;

/// What to write.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON report a line, with `file`.
    Json,
    /// CSV, one line a cell of the form.
    Cells,
    /// CSV, one line a document.
    Headers,
    /// CSV, one line a diagnostic or finding.
    Findings,
    /// The report in the prescribed form, as text.
    Text,
    /// The report in the prescribed form, as Markdown.
    Markdown,
    /// The report in the prescribed form, as a page.
    Html,
    /// The JSON Schema of `json`; takes no path.
    Jsonschema,
}

/// What was read from one document.
pub struct Read {
    pub file: String,
    pub parsed: Parsed,
    /// Diagnostics and findings.
    pub findings: Vec<Diagnostic>,
}

impl Read {
    pub fn new(file: String, parsed: Parsed) -> Self {
        let findings = library::all_findings(&parsed);
        Read { file, parsed, findings }
    }
}

/// A line of `json`.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    report: &'a Report,
}

impl Format {
    /// What stands before the first document.
    pub fn head(self) -> &'static str {
        match self {
            Format::Cells => library::CELLS_HEAD,
            Format::Headers => library::HEADERS_HEAD,
            Format::Findings => library::FINDINGS_HEAD,
            _ => "",
        }
    }

    /// The ending of the files of the formats that give each document one.
    pub const fn ending(self) -> Option<&'static str> {
        match self {
            Format::Text => Some("txt"),
            Format::Markdown => Some("md"),
            Format::Html => Some("html"),
            _ => None,
        }
    }

    pub fn render(self, read: &Read) -> anyhow::Result<Vec<u8>> {
        let report = &read.parsed.report;
        match self {
            Format::Json => {
                let mut line = serde_json::to_vec(&Line { file: &read.file, report })?;
                line.push(b'\n');
                Ok(line)
            }
            Format::Cells => library::cells(&read.file, &read.parsed),
            Format::Headers => library::header(&read.file, &read.parsed),
            Format::Findings => library::findings(&read.file, &read.findings),
            Format::Text | Format::Markdown | Format::Html => library::written(self, report).map(String::into_bytes),
            Format::Jsonschema => Ok(Vec::new()),
        }
    }
}
