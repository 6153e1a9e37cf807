//! Reports whose cells a scraper glued together: rows on one line without a space, figures without a border.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use common::sheet::{Sheet, path, read, request, row};
use xxgk::form::{CONTENT_HEAD, RESULTS};
use xxgk::{Code, Edition, Parsed, Section, State, Subject, Table};

/// A report with this table 2, a title or nothing before each table, and nothing at all between the cells.
fn report(sheet: &Sheet, between_rows: &str) -> String {
    let title = |section: Section| format!("{}、{}", section.number(), section.title());
    let mut text = format!("一、总体情况 本年公开3件。 {}", title(Section::Disclosure));
    let figures = [&["0", "0", "0"][..], &["77", "132", "470"], &["2629"], &["1330"], &["54"], &["5949.088667"]];
    for (row, figures) in Edition::V2021.form().rows(Table::Disclosure).iter().zip(figures) {
        let heads: String = row.columns.iter().map(|column| column.label).collect();
        text.extend([row.groups[0], CONTENT_HEAD, &heads, row.label, &figures.concat(), between_rows]);
    }
    text += &sheet.lay_out("", between_rows).replace('\n', between_rows);
    text += &title(Section::Proceedings);
    for _ in 0..3 {
        text.extend(RESULTS.iter().map(|result| result.label));
    }
    text + between_rows + "110024001510102" + between_rows + &title(Section::Problems) + "无。"
}

fn all(sheet: &Sheet, parsed: &Parsed) {
    for (id, _, figures) in &sheet.rows {
        assert_eq!(request(parsed, id), figures.join(" "), "{id}");
    }
}

/// What is read of table 2 is right; the rest is absent.
fn right_or_absent(sheet: &Sheet, parsed: &Parsed, case: &str) {
    for (id, _, figures) in &sheet.rows {
        let read = row(parsed, Table::Requests, id);
        let right = read.iter().zip(figures).all(|(read, figure)| read == figure || read == State::Absent.id());
        assert!(right, "{case}: {id} {read:?}");
    }
}

#[test]
fn a_report_on_one_line() {
    let sheet = Sheet::new();
    for between_rows in ["", "\n"] {
        let parsed = read(&report(&sheet, between_rows));
        all(&sheet, &parsed);
        let figure = |at: &str| parsed.report.get(path(at)).and_then(|cell| cell.value().map(ToString::to_string));
        assert_eq!(figure("disclosure/rules/in_force").as_deref(), Some("0"));
        assert_eq!(figure("disclosure/licensing/decisions").as_deref(), Some("2629"));
        assert_eq!(figure("disclosure/fees/amount").as_deref(), Some("5949.088667"));
        // Nothing tells where these three figures end.
        assert_eq!(figure("disclosure/normative_documents/issued"), None);
        assert_eq!(row(&parsed, Table::Proceedings, "reconsideration").join(" "), "1 1 0 0 2");
        assert_eq!(row(&parsed, Table::Proceedings, "direct_litigation").join(" "), "4 0 0 1 5");
    }
}

#[test]
fn a_figure_may_hold_that_of_a_row_whose_label_is_lost() {
    let text = report(&Sheet::new(), "");
    let without_label = text.replacen("行政强制", "", 1);
    for (text, penalties) in [(text, Some("1330")), (without_label, None)] {
        let cell = read(&text).report.get(path("disclosure/penalties/decisions"));
        let figure = cell.and_then(|cell| cell.value().map(ToString::to_string));
        assert_eq!(figure.as_deref(), penalties);
    }
}

#[test]
fn a_figure_behind_other_text_than_a_label_is_no_value() {
    let text = report(&Sheet::new(), "");
    let penalties = |text: &str| {
        let cell = read(text).report.get(path("disclosure/penalties/decisions"));
        cell.and_then(|cell| cell.value().map(ToString::to_string))
    };
    for (behind, figure) in [("1330", Some("1330")), (" 1330", Some("1330")), ("1330附表 1 单位：件", None)] {
        let text = text.replacen("行政处罚1330", &format!("行政处罚{behind}"), 1);
        assert_eq!(penalties(&text).as_deref(), figure, "{behind}");
    }
}

#[test]
fn a_line_runs_on_where_three_rows_begin_behind_figures_and_not_where_two_do() {
    for (rows, told) in [(3, false), (4, true)] {
        let sheet = Sheet::new();
        let row = |(_, label, figures): &(&str, String, Vec<String>)| format!("{label}{}", figures.concat());
        let rows: String = sheet.rows[..rows].iter().map(row).collect();
        let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n{rows}\n"));
        let read = |id| row_is_parted(&parsed, id) || request(&parsed, id) != ["absent"; 7].join(" ");
        assert_eq!(read("carried_over"), told);
    }
}

fn row_is_parted(parsed: &Parsed, id: &'static str) -> bool {
    let of_row = |subject: &Subject| *subject == Subject::Row(Table::Requests, id);
    parsed.diagnostics.iter().any(|d| matches!(d.code, Code::RowParted | Code::RowDoubtful) && of_row(&d.subject))
}

/// A table in which `granted` adds up in two ways: 22 of natural persons, or 2 of them and 20 of businesses.
fn two_ways() -> Sheet {
    Sheet::all_granted(&["0"; 7])
        .with("new_received", &["25", "1", "0", "0", "0", "0", "26"])
        .with("granted", &["22", "0", "0", "0", "0", "0", "22"])
        .with("unable.not_held", &["3", "1", "0", "0", "0", "0", "4"])
        .with("outcomes_total", &["25", "1", "0", "0", "0", "0", "26"])
}

#[test]
fn of_two_ways_the_columns_leave_one() {
    let sheet = two_ways();
    all(&sheet, &read(&report(&sheet, "")));
    // Without another row, nobody knows.
    let without = report(&sheet.clone().without("unable.not_held"), "");
    assert_eq!(request(&read(&without), "granted"), ["absent"; 7].join(" "));
}

#[test]
fn a_digit_that_is_lost_costs_values_and_makes_none_up() {
    let sheet = two_ways();
    let text = report(&sheet, "");
    let digits = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
    let behind = text.find("一、本年新收").unwrap_or(0);
    for (at, digit) in digits.skip_while(|(at, _)| *at < behind).filter(|(_, c)| *c != '0') {
        let mut torn = text.clone();
        torn.remove(at);
        right_or_absent(&sheet, &read(&torn), &format!("without {digit} at {at}"));
    }
}

#[test]
fn empty_cells_and_dashes() {
    for empty in ["/", "\u{a0}"] {
        let mut sheet = two_ways();
        sheet.rows.iter_mut().flat_map(|row| &mut row.2).filter(|f| *f == "0").for_each(|f| empty.clone_into(f));
        let parsed = read(&report(&sheet, "\n"));
        let state = if empty == "/" { State::NotApplicable } else { State::Blank };
        for (id, _, figures) in &sheet.rows {
            let want: Vec<&str> = figures.iter().map(|f| if f == empty { state.id() } else { f }).collect();
            assert_eq!(request(&parsed, id), want.join(" "), "{id}");
        }
    }
}

#[test]
fn an_opening_on_the_line_of_what_the_site_prints_above_it() {
    let opening = "当前位置：首页政务公开 东平县2021年度政府信息公开工作年度报告 来源：东平县人民政府 字体 根据《中华人民共和国政府信息公开\
                   条例》编制本报告，数据的统计期限自2021年1月1日起至2021年12月31日止。如有疑问，请与办公室联系（地址：府前街1号；\
                   邮编：250100；电话：0531-1234567）。";
    let header = read(&format!("{opening}{}", report(&Sheet::new(), ""))).report.header;
    assert_eq!(header.period.end.map(|date| date.to_string()).as_deref(), Some("2021-12-31"));
    assert_eq!((header.year, header.contact.phone.as_deref()), (Some(2021), Some("0531-1234567")));
}

#[test]
fn rows_of_a_glued_line_whose_figures_stand_before_their_labels_are_right_or_empty() {
    let sheet = Sheet::new();
    let behind = |(_, label, figures): &(&str, String, Vec<String>)| figures.concat() + label;
    let rows: String = sheet.rows.iter().map(behind).collect();
    // A lost label or figure must not make it seem as if labels came first.
    let lost: Vec<String> = [0, 1, 24]
        .iter()
        .flat_map(|at| {
            let (_, label, figures) = &sheet.rows[*at];
            [rows.replacen(label, "", 1), rows.replacen(&(figures.concat() + label), label, 1)]
        })
        .collect();
    for rows in lost.iter().chain([&rows]) {
        let parsed =
            read(&format!("一、总体情况 无。三、收到和处理政府信息公开申请情况{rows}五、存在的主要问题及改进情况无。"));
        right_or_absent(&sheet, &parsed, rows);
    }
}

#[test]
fn the_end_of_a_label_is_none_where_lines_were_joined() {
    let sheet = Sheet::new();
    // A converter draws the row's figures beside its label's first line.
    let parted = |(_, label, figures): &(&str, String, Vec<String>)| {
        let at = label.char_indices().nth(4).map_or(label.len(), |(at, _)| at);
        format!("{} {} {} ", &label[..at], figures.join(" "), &label[at..])
    };
    let rows: String = sheet.rows.iter().map(parted).collect();
    let joined = read(&format!("三、收到和处理政府信息公开申请情况 {rows}"));
    right_or_absent(&sheet, &joined, &rows);
}

#[test]
fn a_list_of_rows_on_one_line() {
    let sheet = Sheet::new();
    for between in ["], [", "],["] {
        let row =
            |(_, label, figures): &(&str, String, Vec<String>)| format!("\"{label}\", \"{}\"", figures.join("\", \""));
        let rows: Vec<String> = sheet.rows.iter().map(row).collect();
        all(&sheet, &read(&format!("[[{}]]", rows.join(between))));
    }
}

#[test]
fn a_text_as_programs_write_it_into_a_string() {
    let sheet = Sheet::new();
    let text = format!("一、总体情况\n照常办理。\n{}五、存在的主要问题及改进情况\n无。", sheet.lay_out("\n", "\n"));
    let parsed = read(&format!("{{\"content\": \"{}\"}}", text.replace('\n', "\\n")));
    all(&sheet, &parsed);
    assert_eq!(parsed.report.sections, [Section::Overview, Section::Requests, Section::Problems]);
}

/// All of a report in one list, as programs print the texts of a page.
#[test]
fn a_report_whose_cells_are_one_list() {
    let zeros = Sheet::all_granted(&["0"; 7]);
    for (sheet, upheld) in [(Sheet::new(), "1 1 0 0 2"), (zeros, "0 0 0 0 0")] {
        for between in [" ", "\t", "|", ",", " | "] {
            let title = |section: Section| format!("{}、{}", section.number(), section.title());
            let heads = RESULTS.iter().map(|result| result.label).cycle().take(15);
            let results = upheld.split(' ').chain(["0"; 10]);
            let parts = [title(Section::Overview), "照常办理。".to_owned(), sheet.lay_out(between, between)];
            let proceedings: Vec<&str> = heads.chain(results).collect();
            let end = [title(Section::Proceedings), proceedings.join(between), title(Section::Problems)];
            let text = parts.into_iter().chain(end).collect::<Vec<_>>().join(between).replace('\n', between);
            let parsed = read(&text);
            all(&sheet, &parsed);
            assert_eq!(row(&parsed, Table::Proceedings, "reconsideration").join(" "), upheld, "{text}");
        }
    }
}

/// Where zeros are blank and leave no trace, digits that happen to make a row of the form are none.
#[test]
fn figures_are_not_parted_where_blank_cells_leave_no_trace() {
    for (zero, parted) in [("0", true), ("", false)] {
        let sheet = Sheet::new();
        let row = |(_, label, figures): &(&str, String, Vec<String>)| {
            label.clone() + &figures.iter().map(|f| if f == "0" { zero } else { f }).collect::<String>() + "\n"
        };
        let rows: String = sheet.rows.iter().map(row).collect();
        let heads: String = RESULTS.iter().map(|result| result.label).cycle().take(15).collect();
        let proceedings =
            format!("四、政府信息公开行政复议、行政诉讼情况\n{heads}\n1231231231675361520522010816276400\n");
        let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n{rows}{proceedings}"));
        let direct = row_of(&parsed, "direct_litigation");
        assert_eq!(direct, if parted { "15 2 0 5 22" } else { "absent absent absent absent absent" });
        right_or_absent(&sheet, &parsed, zero);
    }
}

fn row_of(parsed: &Parsed, id: &str) -> String {
    row(parsed, Table::Proceedings, id).join(" ")
}
