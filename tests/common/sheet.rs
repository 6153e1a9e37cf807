//! A small table 2 in any layout, and what was read of it.
#![allow(dead_code, reason = "no user of it needs all")]

use xxgk::form::{APPLICANTS, RESULTS, Row};
use xxgk::{CellPath, Code, Edition, Parsed, Section, State, Subject, Table};

/// Rows of table 2 with figures; all others are zero.
const FIGURES: &[(&str, [u64; 7])] = &[
    ("new_received", [20, 7, 1, 1, 2, 1, 32]),
    ("carried_over", [1, 2, 0, 0, 0, 0, 3]),
    ("granted", [12, 3, 0, 0, 0, 1, 16]),
    ("partially_granted", [2, 0, 1, 0, 0, 0, 3]),
    ("unable.not_held", [4, 1, 0, 0, 2, 0, 7]),
    ("not_processed.repeat", [0, 5, 0, 0, 0, 0, 5]),
    ("outcomes_total", [18, 9, 1, 0, 2, 1, 31]),
    ("carried_forward", [3, 0, 0, 1, 0, 0, 4]),
];

/// Table 2 as rows of a label and the figures behind it.
#[derive(Clone)]
pub struct Sheet {
    pub heads: Vec<String>,
    pub rows: Vec<(&'static str, String, Vec<String>)>,
}

impl Sheet {
    pub fn new() -> Self {
        let row = |row: &'static Row| {
            let figures = FIGURES.iter().find(|(id, _)| *id == row.id).map_or([0; 7], |(_, figures)| *figures);
            let label = format!("{}{}{}", row.number, row.label, row.note);
            (row.id, label, figures.iter().map(u64::to_string).collect())
        };
        let heads = APPLICANTS.iter().map(|column| column.label.to_owned()).collect();
        Sheet { heads, rows: Edition::V2021.form().rows(Table::Requests).iter().map(row).collect() }
    }

    /// All that was asked for was granted: three rows with these figures, all others of zeros.
    pub fn all_granted(figures: &[&str]) -> Self {
        let mut sheet = Sheet::new();
        for (id, _, cells) in &mut sheet.rows {
            let own = ["new_received", "granted", "outcomes_total"].contains(id);
            *cells = figures.iter().map(|f| if own { *f } else { "0" }.to_owned()).collect();
        }
        sheet
    }

    pub fn row(&mut self, id: &str) -> &mut (&'static str, String, Vec<String>) {
        self.rows.iter_mut().find(|row| row.0 == id).expect("a row of the form")
    }

    pub fn figures(&mut self, id: &str) -> &mut Vec<String> {
        &mut self.row(id).2
    }

    /// The same with other figures in a row.
    pub fn with(mut self, id: &str, figures: &[&str]) -> Self {
        *self.figures(id) = figures.iter().map(ToString::to_string).collect();
        self
    }

    /// The same without a row.
    pub fn without(mut self, id: &str) -> Self {
        self.rows.retain(|row| row.0 != id);
        self
    }

    pub fn lay_out(&self, between: &str, end: &str) -> String {
        let (number, title) = (Section::Requests.number(), Section::Requests.title());
        let mut text = format!("{number}、{title}\n{}{end}", self.heads.join(between));
        for (_, label, figures) in &self.rows {
            let cells: Vec<&str> = [label.as_str()]
                .into_iter()
                .filter(|l| !l.is_empty())
                .chain(figures.iter().map(String::as_str))
                .collect();
            text += &(cells.join(between) + end);
        }
        text
    }

    /// A row to a line, a tab between cells: where a row is whole, its columns are seen.
    pub fn tabs(&self) -> Parsed {
        read(&self.lay_out("\t", "\n"))
    }

    /// The same with bars.
    pub fn bars(&self) -> Parsed {
        read(&self.lay_out(" | ", "\n"))
    }

    /// A cell to a line, a blank line between rows: no column is seen.
    pub fn lines(&self) -> Parsed {
        read(&self.lay_out("\n", "\n\n"))
    }
}

pub fn read(text: &str) -> Parsed {
    super::read("table.txt", text)
}

pub fn path(path: &str) -> CellPath {
    path.parse().expect("a cell of the form")
}

/// A row of table 2 or 3 as it was read, with the state of each cell that has no printed figure.
pub fn row(parsed: &Parsed, table: Table, id: &str) -> Vec<String> {
    let columns = if table == Table::Requests { APPLICANTS } else { RESULTS };
    let cell = |column: &str| {
        let cell = parsed.report.get(path(&format!("{}/{id}/{column}", table.id()))).expect("a cell of the edition");
        match (cell.state(), cell.value()) {
            (State::Reported, Some(value)) => value.to_string(),
            (State::Inferred, Some(value)) => format!("({value})"),
            (state, _) => state.id().to_owned(),
        }
    };
    columns.iter().map(|column| cell(column.id)).collect()
}

/// Nothing is read but what the sheet has.
#[track_caller]
pub fn right_or_empty(parsed: &Parsed, sheet: &Sheet) {
    for (id, _, figures) in &sheet.rows {
        for (read, printed) in row(parsed, Table::Requests, id).iter().zip(figures) {
            let read = read.trim_matches(['(', ')']);
            let none = ["absent", "blank", "unreadable"].contains(&read);
            assert!(none || read == printed, "{id}: {read} for {printed}");
        }
    }
}

pub fn request(parsed: &Parsed, id: &str) -> String {
    row(parsed, Table::Requests, id).join(" ")
}

pub fn has(parsed: &Parsed, code: Code, subject: &Subject) -> bool {
    parsed.diagnostics.iter().any(|d| d.code == code && d.subject == *subject)
}
