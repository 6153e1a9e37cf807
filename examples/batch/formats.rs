//! In: what was read from one document. Out: its bytes in the format that was asked for.
//! It keeps nothing from one document to the next.

use clap::ValueEnum;
use serde::Serialize;
use xxgk::write::{self, csv};
use xxgk::{Diagnostic, Language, Parsed, Report};

/// What to write.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON report a line, with `file`, which is to be removed before a line is read as an `xxgk::Report`.
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
        let findings = parsed.diagnostics.iter().cloned().chain(parsed.findings()).collect();
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
    pub fn head(self) -> anyhow::Result<Vec<u8>> {
        let sheet = match self {
            Format::Cells => csv::Sheet::Cells,
            Format::Headers => csv::Sheet::Headers,
            Format::Findings => csv::Sheet::Findings,
            _ => return Ok(Vec::new()),
        };
        let mut out = Vec::new();
        csv::head(sheet, &mut out)?;
        Ok(out)
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

    /// One document in this format.
    pub fn render(self, read: &Read) -> anyhow::Result<Vec<u8>> {
        let report = &read.parsed.report;
        let mut out = Vec::new();
        match self {
            Format::Json => {
                serde_json::to_writer(&mut out, &Line { file: &read.file, report })?;
                out.push(b'\n');
            }
            Format::Cells => csv::cells(&read.file, &read.parsed, &mut out)?,
            Format::Headers => csv::header(&read.file, report, &mut out)?,
            Format::Findings => csv::findings(&read.file, &read.findings, Language::English, &mut out)?,
            Format::Text => out = write::text(report).into_bytes(),
            Format::Markdown => out = write::markdown(report).into_bytes(),
            Format::Html => out = write::html(report).into_bytes(),
            Format::Jsonschema => {}
        }
        Ok(out)
    }
}

/// The JSON Schema of a line of `json`: a report's, with `file`.
pub fn schema() -> anyhow::Result<String> {
    let mut schema: serde_json::Value = serde_json::from_str(&xxgk::json_schema())?;
    schema["properties"]["file"] = serde_json::json!({ "type": "string", "description": "The document's path." });
    if let Some(required) = schema["required"].as_array_mut() {
        required.insert(0, "file".into());
    }
    Ok(format!("{schema:#}\n"))
}
