//! The bodies of the fuzz targets as plain functions, so that ordinary tests replay the seeds with them.

mod dice;
#[path = "../../tests/common/invariants.rs"]
mod invariants;
mod structured;

use dice::Dice;
pub use structured::structured;
use xxgk::{Parsed, Report};

/// Any text.
pub fn text(data: &[u8]) {
    parse(&String::from_utf8_lossy(data));
}

/// Any page.
pub fn page(data: &[u8]) {
    let page = String::from_utf8_lossy(data);
    let parsed = xxgk::parse_html(&page);
    invariants::check_page(&page, &parsed);
    parsed.findings();
}

/// Any bytes, of whatever encoding.
pub fn bytes(data: &[u8]) {
    let parsed = xxgk::parse_bytes(data);
    invariants::check_report(&parsed);
    parsed.findings();
}

/// Any opening before and any ending behind a report whose middle is in order.
pub fn header(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let middle = (text.len() / 2..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or_default();
    let (opening, ending) = text.split_at(middle);
    let body = structured::plain(&mut Dice::new(&[]));
    let parsed = parse(&format!("{opening}\n{body}\n{ending}"));
    check_header(&parsed.report);
}

fn check_header(report: &Report) {
    let header = &report.header;
    assert!(header.year.is_none_or(|year| (1900..3000).contains(&year)), "{:?} is no year", header.year);
    let postcode = header.contact.postcode.as_deref();
    let six = |code: &str| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
    assert!(postcode.is_none_or(six), "{postcode:?} is no postcode");
    let one_line = |text: &Option<String>| text.as_deref().is_none_or(|t| !t.is_empty() && !t.contains(['\n', '\r']));
    for text in [&header.title, &header.authority, &header.contact.address, &header.contact.phone, &header.signature] {
        assert!(one_line(text), "{text:?} is empty or has a line break");
    }
}

/// A report in order into which pieces of the input are cut: each round takes a place, a length to leave out, and what
/// to put there.
pub fn tables(data: &[u8]) {
    let data = &data[..data.len().min(MOST)];
    let mut dice = Dice::new(data);
    let mut text: Vec<char> = structured::plain(&mut dice).chars().collect();
    while !dice.is_empty() {
        let at = dice.below(text.len() + 1);
        let end = (at + dice.below(16)).min(text.len());
        let put: Vec<char> = dice.text(dice_len(data)).chars().collect();
        text.splice(at..end, put);
    }
    parse(&text.into_iter().collect::<String>());
}

/// More rounds than these bytes make leave nothing of the report.
const MOST: usize = 4096;

/// How many bytes each round takes of an input: a few of a short one, so that there are some rounds.
fn dice_len(data: &[u8]) -> usize {
    (data.len() / 8).clamp(1, 64)
}

/// Reads a text and asserts what holds for every reading.
fn parse(text: &str) -> Parsed {
    let parsed = xxgk::parse(text);
    invariants::check(text, &parsed);
    parsed.findings();
    parsed
}
