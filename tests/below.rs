//! Tables 2 that leave their zeros out, drawn on pages: figures below one another stand in one column.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use common::sheet::{Sheet, read, request, right_or_empty, row};
use xxgk::Table;

/// The columns of the first page, of a page with figures in three columns, and of the last page, by how far they stand from
/// that of totals.
const FIRST: [usize; 6] = [39, 32, 25, 18, 12, 6];
const MIDDLE: [usize; 6] = [21, 15, 0, 0, 10, 0];
const LAST: [usize; 6] = [42, 37, 28, 20, 12, 6];
/// In most rows the total stands so far behind the label.
const TOTAL: usize = 50;

/// Each column has figures, but no row fills all.
fn sheet() -> Sheet {
    Sheet::new()
        .with("new_received", &["20", "7", "0", "1", "2", "1", "31"])
        .with("carried_over", &["1", "2", "1", "0", "0", "0", "4"])
        .with("outcomes_total", &["18", "9", "1", "0", "2", "1", "31"])
}

/// A row with its figures' middles so far before that of the total.
fn line(label: &str, figures: &[String], far: &[usize; 6]) -> String {
    let mut line = label.to_owned();
    for (figure, far) in figures.iter().zip(far.iter().chain(&[0])).filter(|(figure, _)| *figure != "0") {
        let start = label.chars().count() + TOTAL - far - figure.len() / 2;
        line += &" ".repeat(start - line.chars().count());
        line += figure;
    }
    line + "\n"
}

/// The table, with a form feed before each of these rows, where the columns change.
fn drawn(sheet: &Sheet, pages: &[(&str, [usize; 6])]) -> String {
    let mut far = FIRST;
    let mut text = "三、收到和处理政府信息公开申请情况\n".to_owned();
    for (id, label, figures) in &sheet.rows {
        if let Some((_, columns)) = pages.iter().find(|(first, _)| first == id) {
            far = *columns;
            text.push('\x0c');
        }
        text += &line(label, figures, &far);
    }
    text + "四、政府信息公开行政复议、行政诉讼情况\n"
}

const PAGES: [(&str, [usize; 6]); 2] = [("denied.state_secret", MIDDLE), ("outcomes_total", LAST)];

/// The same text with a row's line at other places.
fn moved(sheet: &Sheet, text: &str, id: &str, from: &[usize; 6], to: &[usize; 6]) -> String {
    let (_, label, figures) = sheet.rows.iter().find(|row| row.0 == id).expect("a row of the form");
    let moved = text.replace(&line(label, figures, from), &line(label, figures, to));
    assert_ne!(moved, text);
    moved
}

/// Whether all is read; all that is, is right.
#[track_caller]
fn is_read(text: &str, sheet: &Sheet) -> bool {
    let parsed = read(text);
    right_or_empty(&parsed, sheet);
    sheet.rows.iter().all(|(id, ..)| !row(&parsed, Table::Requests, id).contains(&"absent".to_owned()))
}

#[test]
fn figures_below_one_another_stand_in_one_column() {
    let sheet = sheet();
    let text = drawn(&sheet, &PAGES);
    assert!(is_read(&text, &sheet));
    assert_eq!(request(&read(&text), "unable.not_held"), "(4) (1) blank blank (2) blank (7)");
    assert!(is_read(&text.replace('\n', "\r\n"), &sheet));
}

#[test]
fn nothing_is_told_by_gaps_that_are_alike_or_where_pages_are_not_apart() {
    let sheet = sheet();
    let text = drawn(&sheet, &PAGES);
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    for between in [" ", "  ", "    "] {
        assert!(!is_read(&words.join(between), &sheet));
    }
    assert!(!is_read(&text.replace('\x0c', ""), &sheet));
}

#[test]
fn a_column_that_is_empty_may_be_any() {
    let sheet = sheet().with("new_received", &["20", "7", "0", "1", "2", "0", "30"]);
    let sheet = sheet.with("granted", &["12", "3", "0", "0", "0", "0", "15"]);
    let sheet = sheet.with("outcomes_total", &["18", "9", "1", "0", "2", "0", "30"]);
    let text = drawn(&sheet, &PAGES);
    assert!(!is_read(&text, &sheet));
    assert_eq!(request(&read(&text), "carried_over"), "absent absent absent absent blank blank (4)");
}

#[test]
fn figures_of_a_column_lie_two_characters_apart_and_not_three() {
    let sheet = sheet();
    let text = drawn(&sheet, &PAGES);
    for (far, told) in [(37, true), (36, false)] {
        let text = moved(&sheet, &text, "granted", &FIRST, &[far, 32, 25, 18, 12, 6]);
        assert_eq!(is_read(&text, &sheet), told, "{far}");
    }
}

#[test]
fn rows_of_one_page_need_not_stand_below_one_another() {
    let sheet = sheet();
    let text = drawn(&sheet, &PAGES);
    let text = moved(&sheet, &text, "carried_forward", &LAST, &[34, 0, 0, 16, 0, 0]);
    assert!(is_read(&text, &sheet));
    // Of two pages nobody knows which of them is so.
    assert!(!is_read(&moved(&sheet, &text, "granted", &FIRST, &[36, 32, 25, 18, 12, 6]), &sheet));
}

#[test]
fn three_pages_with_half_their_columns_empty_are_read_and_no_more() {
    let part = ["1", "1", "0", "0", "1", "0", "3"];
    let parts = ["denied.state_secret", "unable.not_held", "not_processed.repeat"];
    let sheet = parts.iter().fold(sheet(), |sheet, id| sheet.with(id, &part));
    let sheet = sheet
        .with("new_received", &["20", "7", "0", "1", "3", "1", "32"])
        .with("partially_granted", &["3", "2", "1", "0", "0", "0", "6"])
        .with("outcomes_total", &["18", "9", "1", "0", "3", "1", "32"])
        .with("other.other", &["0", "1", "0", "0", "0", "0", "1"]);
    for (last, read) in [("not_processed.repeat", true), ("other.other", false)] {
        let middle = parts.iter().chain([&last]).map(|first| (*first, MIDDLE));
        let pages: Vec<(&str, [usize; 6])> = middle.chain([("outcomes_total", LAST)]).collect();
        assert_eq!(is_read(&drawn(&sheet, &pages), &sheet), read, "{last}");
    }
}
