//! What holds for every reading of every input, asserted in one place for unit tests, sample tests and fuzz targets.
#![allow(dead_code, reason = "no user of it needs all")]

use unicode_normalization::UnicodeNormalization;
use xxgk::{Cell, CellPath, Diagnostic, Evidence, Parsed, Place, Report, Settled, Subject, Value};

/// Asserts what must hold for the reading of a text.
pub fn check(text: &str, parsed: &Parsed) {
    let lines = Lines::new(text);
    check_places(&lines, parsed);
    check_raw(text, parsed);
    check_report(parsed);
}

/// Asserts what must hold for the reading of a page, where the raw text has its entities resolved.
pub fn check_page(page: &str, parsed: &Parsed) {
    check_places(&Lines::new(page), parsed);
    check_report(parsed);
}

/// Asserts what must hold for the reading of anything, whatever its places refer to.
pub fn check_report(parsed: &Parsed) {
    check_cells(parsed);
    check_json(&parsed.report);
}

/// A text with the beginnings of its lines.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Lines { text, starts }
    }

    /// A place is inside the input, on character boundaries, and counted right.
    fn check(&self, place: Place, what: &str) {
        let Place { start, end, line, column } = place;
        assert!(start <= end, "{what} ends before it begins: {place:?}");
        assert!(self.text.get(start..end).is_some(), "{what} is not a piece of the input: {place:?}");
        let real = self.starts.partition_point(|s| *s <= start);
        assert_eq!(line, real, "{what} is on another line: {place:?}");
        let before = &self.text[self.starts[real - 1]..start];
        assert_eq!(column, before.chars().count() + 1, "{what} is in another column: {place:?}");
    }
}

/// Every cell and every field that has evidence, with its name.
fn evidence(parsed: &Parsed) -> Vec<(String, &Evidence)> {
    let cells = parsed.evidence.cells().filter_map(|(path, e)| Some((path.to_string(), e?)));
    let fields = parsed.evidence.fields().filter_map(|(field, e)| Some((format!("header/{}", field.id()), e?)));
    cells.chain(fields).collect()
}

fn check_places(lines: &Lines, parsed: &Parsed) {
    for (what, evidence) in evidence(parsed) {
        if let Some(place) = evidence.place {
            lines.check(place, &what);
        }
    }
    check_apart(parsed);
    let placed: Vec<(Place, &Diagnostic)> = parsed.diagnostics.iter().filter_map(|d| Some((d.place?, d))).collect();
    for (place, diagnostic) in &placed {
        lines.check(*place, diagnostic.code.id());
    }
    let sorted = placed.is_sorted_by_key(|(place, _)| place.start);
    assert!(sorted, "the diagnostics are not in the order of the document: {placed:?}");
}

/// No two cells have the same figure.
fn check_apart(parsed: &Parsed) {
    let place = |(path, evidence): (CellPath, Option<&Evidence>)| Some((evidence?.place?, path));
    let mut places: Vec<(Place, CellPath)> = parsed.evidence.cells().filter_map(place).collect();
    places.sort_by_key(|(place, _)| (place.start, place.end));
    for pair in places.windows(2) {
        let [(first, one), (second, other)] = pair else { continue };
        assert!(first.end <= second.start, "{one} and {other} have the same figure: {first:?}, {second:?}");
    }
}

/// The raw text of every cell and field stands at its place; what has no place has no raw text.
fn check_raw(text: &str, parsed: &Parsed) {
    for (what, evidence) in evidence(parsed) {
        let there = evidence.place.map_or("", |place| &text[place.start..place.end]);
        assert_eq!(evidence.raw, there, "{what} has another raw text than stands at its place");
    }
}

fn check_cells(parsed: &Parsed) {
    for (path, cell) in parsed.report.cells() {
        let evidence = parsed.evidence.cell(path);
        match &cell {
            Cell::Reported { value } => check_reported(path, value, evidence),
            Cell::Inferred { .. } => {
                let rules = evidence.map(|e| &e.settled);
                let rests = matches!(rules, Some(Settled::Inferred { rules, .. }) if !rules.is_empty());
                assert!(rests, "{path} is inferred from nothing: {evidence:?}");
            }
            Cell::Unreadable { .. } => {
                let told = parsed.diagnostics.iter().any(|d| d.subject == Subject::Cell(path));
                assert!(told, "{path} cannot be read, and no diagnostic says so");
            }
            Cell::Absent => {
                assert!(evidence.is_none_or(|e| e.place.is_none()), "{path} is absent, and has a place: {evidence:?}");
            }
            Cell::Blank | Cell::NotApplicable => {}
        }
    }
}

/// A reported figure stands in the document, digit for digit, but for the zeros before it and behind its point.
fn check_reported(path: CellPath, value: &Value, evidence: Option<&Evidence>) {
    let Some(evidence) = evidence else { panic!("{path} is reported, and has no evidence") };
    assert!(evidence.place.is_some(), "{path} is reported, and has no place");
    assert_eq!(evidence.settled, Settled::Printed, "{path} is reported, and not printed");
    let printed: String = evidence.raw.nfkc().filter(char::is_ascii_digit).collect();
    let read: String = value.to_string().chars().filter(char::is_ascii_digit).collect();
    let point = evidence.raw.nfkc().any(|c| c == '.');
    let plain = |digits: &str| if point { digits.trim_matches('0') } else { digits.trim_start_matches('0') }.to_owned();
    assert_eq!(plain(&printed), plain(&read), "{path} is not the figure that is printed: {:?}", evidence.raw);
}

/// A report survives JSON.
fn check_json(report: &Report) {
    let json = serde_json::to_string(report).expect("a report is written as JSON");
    let back: Report = serde_json::from_str(&json).expect("the JSON of a report is read");
    assert_eq!(&back, report, "a report is another one after JSON");
}
