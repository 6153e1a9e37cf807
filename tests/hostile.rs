//! Pages that no office would publish: each is read in time that grows with its length, and what it exceeds is said.
#![cfg(feature = "html")]

#[allow(dead_code, reason = "only the invariants are used here")]
mod common;

use std::fmt::Write;
use std::time::{Duration, Instant};

use xxgk::{Code, Parsed};

/// Far more than any of these takes, and far less than anything quadratic would.
const PATIENCE: Duration = Duration::from_secs(60);

/// Reads a page in good time, with so many limits exceeded.
#[track_caller]
fn read(page: &str, limits: usize) -> Parsed {
    let begun = Instant::now();
    let parsed = xxgk::parse_html(page);
    assert!(begun.elapsed() < PATIENCE, "it took {:?}", begun.elapsed());
    let exceeded: Vec<_> = parsed.diagnostics.iter().filter(|d| d.code == Code::Limit).collect();
    assert_eq!(exceeded.len(), limits, "{exceeded:?}");
    parsed
}

#[test]
fn spans_beyond_all_measure() {
    let row = "<tr><td colspan=65535 rowspan=65535>a<td colspan=65535>b";
    read(&format!("<table>{}</table>", row.repeat(2000)), 2);
}

#[test]
fn many_open_tags() {
    for tag in ["<div>", "<b>", "<p>", "<table>", "<td>", "<tr>", "<li hidden>", "<select>", "<ruby><rt>"] {
        read(&tag.repeat(200_000), 0);
    }
    read(&"<table><tr><td>".repeat(100_000), 1);
}

#[test]
fn tables_in_tables() {
    let mut page = String::new();
    for depth in 0..1000 {
        write!(page, "<table><tr><td>{depth}<td>").expect("room");
    }
    read(&(page + &"</td></tr></table>".repeat(1000)), 1);
}

#[test]
fn nothing_at_length() {
    read(&" ".repeat(20 << 20), 0);
    read(&format!("<img src='{}'>", "x".repeat(20 << 20)), 0);
    read(&format!("<p style='{}'>", ";".repeat(20 << 20)), 0);
    read(&"&nbsp;".repeat(200_000), 0);
}

/// Points behind the number of what may be an item, and a figure behind them all.
#[test]
fn points_without_end() {
    let begun = Instant::now();
    for mark in [" .", " 、", "\n."] {
        xxgk::parse(&format!("二、主动公开政府信息情况\n规章 2{} 5\n", mark.repeat(200_000)));
    }
    assert!(begun.elapsed() < PATIENCE, "it took {:?}", begun.elapsed());
}

/// Eight times as much takes about eight times as long, where something quadratic would take sixty-four.
#[test]
fn time_in_proportion_to_the_length() {
    let table = "二、主动公开政府信息情况\n规章";
    let texts = [
        ("规章,1,2\n行政许可,1\n行政处罚,1\n规章,1,次".to_owned(), ",1"),
        (format!("{table}&1&次\n规章&1"), "&1"),
        (format!("{table} 1 次 "), "|#"),
        (format!("{table} 1 "), "() "),
        (String::new(), "增 / "),
        (String::new(), "报告 "),
    ];
    let pages = [
        ("<p>".to_owned() + &"x".repeat(100_000), "<p>&nbsp;</p>"),
        ("<p>11".to_owned(), "<p>&nbsp;</p>"),
        ("<style>".to_owned(), ".a,.b{display:none}@media x{.c{d:e}}"),
        ("<style>".to_owned(), "@{"),
        ("<style>.a{display:none}</style>".to_owned(), "<i class='a b a b'>x</i><style>.b{display:none}</style>"),
    ];
    let texts = texts.into_iter().map(|text| (text, xxgk::parse as fn(&str) -> Parsed));
    let pages = pages.into_iter().map(|page| (page, xxgk::parse_html as fn(&str) -> Parsed));
    for ((begin, unit), parse) in texts.chain(pages) {
        check_proportion(&begin, unit, [20_000, 160_000], parse);
    }
    // Tables of one kind without end.
    let proceedings = "四、政府信息公开行政复议、行政诉讼情况\n";
    for (begin, table) in [
        ("二、主动公开政府信息情况\n", "规章 1 2 3\n行政事业性收费 2\n"),
        (proceedings, "行政复议 1 2\n未经复议直接起诉 3\n复议后起诉 4\n"),
        (proceedings, "行政复议\n未经复议直接起诉\n复议后起诉\n"),
    ] {
        check_proportion(begin, table, [100_000, 800_000], xxgk::parse);
    }
}

fn check_proportion(opening: &str, unit: &str, lengths: [usize; 2], parse: fn(&str) -> Parsed) {
    let time = |length: usize| {
        let text = format!("{opening}{}局", unit.repeat(length / unit.len()));
        let begun = Instant::now();
        parse(&text);
        begun.elapsed()
    };
    let (short, long) = (time(lengths[0]).min(time(lengths[0])), time(lengths[1]));
    assert!(long < 20 * short + Duration::from_millis(200), "{unit}: {short:?}, then {long:?}");
}

#[test]
fn pages_broken_off() {
    let page = "<table><tr><td rowspan=2 style='x:y'>规&nbsp;章<td>&#50;<!-- c --></table><script>a</script>完";
    for end in (0..=page.len()).filter(|end| page.is_char_boundary(*end)) {
        read(&page[..end], 0);
    }
}

#[test]
fn small_pages_of_broken_markup() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile");
    let mut count = 0;
    for entry in std::fs::read_dir(root).expect("the fixtures") {
        let page = std::fs::read_to_string(entry.expect("a readable entry").path()).expect("a page");
        let parsed = xxgk::parse_html(&page);
        common::invariants::check_page(&page, &parsed);
        count += 1;
    }
    assert!(count > 0, "the fixtures are missing");
}
