//! What a document's truth.json says, and how a reading compares with it, by the same rules as the corpus's score.py.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::Value as Json;
use xxgk::{Cell, Field, Parsed, State, Value};

/// The fields of the header that a truth states.
const FIELDS: [(Field, &str); 9] = [
    (Field::Authority, "/header/authority"),
    (Field::Year, "/header/year"),
    (Field::PeriodStart, "/header/period/start"),
    (Field::PeriodEnd, "/header/period/end"),
    (Field::Address, "/header/contact/address"),
    (Field::Postcode, "/header/contact/postcode"),
    (Field::Phone, "/header/contact/phone"),
    (Field::Email, "/header/contact/email"),
    (Field::Issued, "/header/issued"),
];

/// What is to be read from the documents of a folder.
pub struct Truth {
    json: Json,
    /// Cells whose figure the document no longer has.
    lost: HashSet<String>,
    /// Cells that the document prints empty.
    blank: HashSet<String>,
    /// Whether zeros are printed as nothing or as a dash.
    empty_zeros: bool,
}

/// A reading compared with the truth.
#[derive(Default)]
pub struct Score {
    pub cells: usize,
    pub right: usize,
    pub nonzero: usize,
    pub nonzero_right: usize,
    pub wrong: usize,
    pub fields: usize,
    pub fields_right: usize,
    /// A line for each difference: what is to be read, and what was.
    pub differences: Vec<String>,
}

impl Truth {
    pub fn load(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let json: Json = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let set = |pointer| -> HashSet<String> {
            let items = json.pointer(pointer).and_then(Json::as_array).into_iter().flatten();
            items.filter_map(Json::as_str).map(str::to_owned).collect()
        };
        let folder = path.parent().unwrap_or(path).to_string_lossy().into_owned();
        let marked = json.pointer("/damage/blank").and_then(Json::as_bool).unwrap_or(false);
        Truth {
            lost: set("/damage/lost"),
            blank: set("/blank"),
            empty_zeros: marked || folder.ends_with("-blank") || folder.ends_with("-slash"),
            json,
        }
    }

    /// Every cell's path with what the document prints there.
    fn cells(&self) -> Vec<(String, String)> {
        let mut cells = Vec::new();
        for table in ["disclosure", "requests", "proceedings"] {
            for (row, columns) in self.json[table].as_object().into_iter().flatten() {
                for (column, figure) in columns.as_object().into_iter().flatten() {
                    let path = format!("{table}/{row}/{column}");
                    let slip = self.json.pointer("/damage/printed_slips").and_then(|slips| slips.get(&path));
                    cells.push((path, plain(slip.unwrap_or(figure))));
                }
            }
        }
        cells
    }

    pub fn score(&self, parsed: &Parsed) -> Score {
        let read: HashMap<String, Cell<Value>> =
            parsed.report.cells().map(|(path, cell)| (path.to_string(), cell)).collect();
        let mut score = Score::default();
        let edition = self.json["edition"].as_str().unwrap_or_default();
        if edition != parsed.report.edition.id() {
            score.differences.push(format!("edition: {edition} is to be read, not {}", parsed.report.edition));
        }
        for (path, want) in self.cells() {
            self.score_cell(&path, &want, read.get(&path).unwrap_or(&Cell::Absent), &mut score);
        }
        for (field, pointer) in FIELDS {
            if let Some(want) = self.json.pointer(pointer) {
                score_field(field, want, parsed.report.header.get(field), &mut score);
            }
        }
        score
    }

    fn score_cell(&self, path: &str, want: &str, cell: &Cell<Value>, score: &mut Score) {
        let zero = number(want).is_some_and(|n| n.is_zero());
        if cell.value().is_none() && self.lost.contains(path) {
            return;
        }
        score.cells += 1;
        score.nonzero += usize::from(!zero);
        let empty = matches!(cell.state(), State::Blank | State::NotApplicable);
        let right = match cell.value() {
            Some(value) => number(&value.to_string()) == number(want),
            None => (self.empty_zeros && zero && empty) || (self.blank.contains(path) && cell.state() == State::Blank),
        };
        score.right += usize::from(right);
        score.nonzero_right += usize::from(right && !zero);
        score.wrong += usize::from(!right && cell.value().is_some());
        if !right {
            score.differences.push(format!("{path}: {want} is to be read, not {} {cell}", cell.state().id()));
        }
    }
}

fn score_field(field: Field, want: &Json, read: Option<String>, score: &mut Score) {
    let want = (!want.is_null()).then(|| plain(want));
    let right = want.as_deref().map(squash) == read.as_deref().map(squash);
    score.fields += usize::from(want.is_some());
    score.fields_right += usize::from(want.is_some() && right);
    if !right {
        score.differences.push(format!("header/{}: {want:?} is to be read, not {read:?}", field.id()));
    }
}

/// A scalar as text.
fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn number(text: &str) -> Option<Decimal> {
    let text = text.trim().replace(',', "");
    let text = text.strip_suffix("万元").or_else(|| text.strip_suffix('元')).unwrap_or(&text);
    Decimal::from_str(text.strip_prefix('+').unwrap_or(text)).ok()
}

/// Spaces and the kind of dash do not matter in the header.
fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if matches!(c, '—' | '－') { '-' } else { c }).collect()
}
