//! Pages and files of every encoding, as an office publishes them, against what is to be read from them.
#![cfg(feature = "encoding")]

mod common;

use std::path::{Path, PathBuf};

use common::invariants;
use common::truth::Truth;
use encoding_rs::{BIG5, Encoding, GB18030};
use xxgk::{CellPath, Code, Parsed, State};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

fn page(folder: &str) -> String {
    std::fs::read_to_string(root().join(folder).join("page.html")).expect("a page")
}

/// Reads a page and checks what must hold for every reading, and that the figures stand where they are said to.
fn read(page: &str) -> Parsed {
    let parsed = xxgk::parse_html(page);
    invariants::check_page(page, &parsed);
    parsed
}

fn value(parsed: &Parsed, path: &str) -> String {
    let path: CellPath = path.parse().expect("a cell");
    parsed.report.get(path).map_or_else(|| "no such cell".to_owned(), |cell| cell.to_string())
}

#[test]
fn every_figure_of_every_page_is_read() {
    let mut pages: Vec<_> =
        common::documents(&root()).into_iter().filter(|d| d.path.extension() == Some("html".as_ref())).collect();
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(pages.len() >= 8, "the fixtures are missing");
    for document in pages {
        let truth = Truth::load(&document.truth);
        let page = std::fs::read_to_string(&document.path).expect("a page");
        for page in [page.replace("\r\n", "\n"), page.replace("\r\n", "\n").replace('\n', "\r\n")] {
            let score = truth.score(&read(&page));
            assert_eq!(score.right, score.cells, "{}", document.name);
        }
    }
}

#[test]
fn places_refer_to_the_page() {
    let page = "<p>二、主动公开政府信息情况</p>\n<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数\n\
                <tr><td>规章<td><b>1</b>&#50;<td>1<td>2</td><tr><td>行政规范性文件<td>0<td>0<td>3</table>";
    let parsed = read(page);
    let evidence = |path: &str| parsed.evidence.cell(path.parse().expect("a cell")).expect("evidence").clone();
    let issued = evidence("disclosure/rules/issued");
    let place = issued.place.expect("a place");
    assert_eq!((issued.raw.as_str(), &page[place.start..place.end]), ("12", "1</b>&#50;"));
    assert_eq!((place.line, place.column), (3, 18));
}

#[test]
fn an_empty_cell_has_its_place() {
    let page = page("r003-2021-blank");
    let parsed = read(&page);
    let blank: Vec<CellPath> =
        parsed.report.cells().filter(|(_, cell)| cell.state() == State::Blank).map(|(path, _)| path).collect();
    assert!(blank.len() > 100);
    for path in blank {
        let place = parsed.evidence.cell(path).and_then(|e| e.place).expect("a place");
        assert_eq!(&page[place.start..place.end], "&nbsp;", "{path}");
    }
}

#[test]
fn only_the_report_within_the_page_counts() {
    let parsed = read(&page("furniture"));
    assert_eq!(value(&parsed, "disclosure/rules/issued"), "0");
    assert_eq!(value(&parsed, "disclosure/rules/in_force"), "10");
    assert_eq!(value(&parsed, "disclosure/normative_documents/in_force"), "21");
    assert_ne!(parsed.report.header.get(xxgk::Field::Phone).as_deref(), Some("0700-1234567"), "of another office");
    let parsed = read(&page("layout"));
    assert_eq!(value(&parsed, "proceedings/reconsideration/total"), "3");
    assert_eq!(value(&parsed, "proceedings/direct_litigation/total"), "5");
}

#[test]
fn a_subtotal_of_the_organisations_is_no_applicant() {
    let parsed = read(&page("subtotal"));
    for (column, figure) in [("natural_person", "5"), ("business", "1"), ("other", "0"), ("total", "8")] {
        assert_eq!(value(&parsed, &format!("requests/granted/{column}")), figure, "{column}");
    }
}

/// The page in an encoding that it declares as `label`, or not at all.
fn encoded(encoding: &'static Encoding, label: Option<&str>) -> Vec<u8> {
    let declaration = label.map(|label| format!("<meta charset=\"{label}\">")).unwrap_or_default();
    let page = page("r007-2021-official").replace("<meta charset=\"utf-8\">", &declaration);
    encoding.encode(&page).0.into_owned()
}

#[track_caller]
fn reads_as(bytes: &[u8], encoding: Option<&str>) {
    let utf_8 = xxgk::parse_html(&page("r007-2021-official")).report;
    let parsed = xxgk::parse_bytes(bytes);
    assert_eq!(parsed.report, utf_8);
    let named = parsed.diagnostics.iter().find(|d| d.code == Code::Encoding).map(ToString::to_string);
    assert_eq!(named.is_some(), encoding.is_some(), "{named:?}");
    assert!(encoding.is_none_or(|e| named.unwrap_or_default().contains(e)), "{encoding:?}");
    assert!(parsed.diagnostics.iter().all(|d| d.code != Code::Malformed));
}

#[test]
fn one_page_in_every_encoding() {
    let utf_8 = page("r007-2021-official");
    reads_as(utf_8.as_bytes(), None);
    reads_as(format!("\u{feff}{utf_8}").as_bytes(), None);
    reads_as(utf_8.replace("utf-8", "gb2312").as_bytes(), None);
    reads_as(&encoded(GB18030, Some("gb2312")), Some("GB18030"));
    reads_as(&encoded(GB18030, Some("utf-8")), Some("GB18030"));
    reads_as(&encoded(GB18030, None), Some("GB18030"));
    let units: Vec<u16> = utf_8.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
    reads_as(&little, Some("UTF-16LE"));
    reads_as(&big, Some("UTF-16BE"));
    reads_as(&[&b"\xff\xfe"[..], &little].concat(), Some("UTF-16LE"));
    reads_as(&[&b"\xfe\xff"[..], &big].concat(), Some("UTF-16BE"));
}

#[test]
fn a_text_in_big5() {
    let text = "四、政府資訊公開行政訴訟情況\n本機關全年未發生因政府資訊公開被申請行政復議、提起行政訴訟的情況。\n";
    let parsed = xxgk::parse_bytes(&BIG5.encode(text).0);
    assert!(parsed.diagnostics.iter().any(|d| d.code == Code::Encoding && d.to_string().contains("Big5")));
}

#[test]
fn a_text_with_line_breaks_in_its_cells_is_a_text() {
    let text = "二、主动公开政府信息情况\n\n| 信息内容 | 本年<br>制发件数 | 本年<br>废止件数 | 现行<br>有效件数 |\n|---|---|---|---|\n\
                | 规章 | 0 | 1 | 12 |\n| 行政规范性文件 | 2 | 0 | 30 |\n";
    assert_eq!(xxgk::parse_bytes(text.as_bytes()), xxgk::parse(text));
}

#[test]
fn a_text_with_tables_in_html_keeps_its_lines() {
    let text = "# 报告\n\n二、主动公开政府信息情况\n\n<html><body><table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td>\
                <td>现行有效件数</td></tr><tr><td>规章</td><td>0</td><td>1</td><td>12</td></tr>\
                <tr><td>行政规范性文件</td><td>2</td><td>0</td><td>30</td></tr></table></body></html>\n\n\
                五、存在的主要问题及改进情况\n\n人手不足。\n";
    let parsed = xxgk::parse_bytes(text.as_bytes());
    assert_eq!(value(&parsed, "disclosure/rules/in_force"), "12");
    assert_eq!(parsed.report.problems, ["人手不足。"]);
}
