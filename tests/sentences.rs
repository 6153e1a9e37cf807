//! Sentences with figures among the tables: what an office tells before and behind them, notes, headings.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use common::sheet::{Sheet, path, read, request, row};
use xxgk::{Parsed, Table};

/// What a PDF prints: lines of one paragraph, spaces around figures.
const TOLD: [&str; 4] = [
    "本机关全年收到申请 95 件，办结 91 件（含\n上年结转 89 件），均按期答复，其中予以公开及部\n分公开 28 件（17.46%），无法提供 6 件，\n不予处理\n2 件，与上年相比增加\n17.4 %。",
    "本年制发规范性文件 13 件，废止\n2 件；办理行政许可 97\n件、行政处罚 3 件，收取行政事业性收费 12.5\n万元，依据〔2021〕30\n号文件执行",
    "（一）2024 年以来，开展培训 3 次，参加 120 人次，办理行政许可97\n件、行政处罚3件，行政强制0件，收取行政事业性收费12.5\n万元，会议 2 个，\n全部按要求办理完成并作了记录和公示，其余见下表",
    "被申请行政复议 5 件，其中维持 3 件、纠正\n1 件，比 2023 年 12 月 31 日\n减少 2 件；胜诉\n率 100%，无其他",
];

const FIVE: &str = "3 1 0 2 6";

/// A report with these texts behind the titles of the tables, and one in the place of the fifth title.
fn document(behind_titles: [&str; 3], at_the_end: &str, between: &str, end: &str) -> String {
    let [one, two, three] = behind_titles;
    let requests = Sheet::new().lay_out(between, end);
    let (title, table) = requests.split_once('\n').expect("a title");
    let proceedings = [FIVE; 3].join(" ").replace(' ', between);
    let disclosure: String = [
        &["规章", "4", "0", "9"][..],
        &["行政规范性文件", "6", "1", "32"],
        &["行政许可", "57"],
        &["行政处罚", "69"],
        &["行政强制", "21"],
        &["行政事业性收费", "40.8"],
    ]
    .iter()
    .map(|row| row.join(between) + end)
    .collect();
    format!(
        "一、总体情况\n平稳。\n二、主动公开政府信息情况\n{one}\n{disclosure}\n{title}\n{two}\n{table}\n\
         四、政府信息公开行政复议、行政诉讼情况\n{three}\n行政复议{between}行政诉讼{end}{proceedings}\n{at_the_end}\n"
    )
}

#[track_caller]
fn assert_whole(text: &str) -> Parsed {
    let parsed = read(text);
    let whole = read(&document([""; 3], "五、存在的主要问题及改进情况\n无。", " ", "\n"));
    assert!(whole.report.cells().all(|(_, cell)| cell.value().is_some()));
    for (path, cell) in whole.report.cells() {
        assert_eq!(parsed.report.get(path).expect("a cell").value(), cell.value(), "{path} in\n{text}");
    }
    parsed
}

#[test]
fn sentences_before_and_behind_the_tables_are_no_cells() {
    for (between, end) in [(" ", "\n"), ("\t", "\n"), ("\n", "\n\n"), ("\n\n", "\n\n"), (" | ", "\n"), (" |\n", " |\n")]
    {
        for i in 0..TOLD.len() {
            let told = |k: usize| TOLD[(i + k) % TOLD.len()];
            assert_whole(&document([told(0), told(1), told(2)], told(3), between, end));
        }
    }
}

/// Commas at the ends of a sentence's lines do not make rows of them.
#[test]
fn commas_of_sentences_separate_no_fields() {
    let told = "规章制度，\n行政许可，\n行政处罚，\n收取行政事业性收费，\n其余见表";
    assert_whole(&document([told, told, told], told, " ", "\n"));
}

#[test]
fn a_unit_alone_is_of_a_cell() {
    let text = document([""; 3], "五、存在的主要问题及改进情况\n无。", " ", "\n");
    for unit in ["件", " 件", "项", " 个"] {
        assert_whole(&text.replace("行政处罚 69", &format!("行政处罚 69{unit}")));
    }
}

/// Brackets behind a figure explain it; they cost no row.
#[test]
fn figures_in_the_brackets_behind_a_cell_are_none_of_its_row() {
    let text = document([""; 3], "五、存在的主要问题及改进情况\n无。", " ", "\n");
    for note in ["（其中修订 16 件）", "（其中修订16件）", "（含 2023 年的 3 件）", "(另有 2 件)"]
    {
        assert_whole(&text.replace("行政处罚 69", &format!("行政处罚 69{note}")));
        assert_whole(&text.replace("规章 4 0 9", &format!("规章 4 0{note} 9")));
        assert_whole(&text.replace("规章 4 0 9", &format!("规章\t4\t0 {note}\t9")));
    }
}

/// A row that reads like a sentence is lost, and said to be.
#[test]
fn a_row_with_a_sentence_is_not_read() {
    let text = document([""; 3], "五、存在的主要问题及改进情况\n无。", " ", "\n");
    let parsed = read(&text.replace("行政处罚 69", "行政处罚 69 件，比上年多"));
    assert_eq!(parsed.report.get(path("disclosure/penalties/decisions")).expect("a cell").value(), None);
    assert_eq!(parsed.report.get(path("disclosure/coercion/decisions")).expect("a cell").to_string(), "21");
}

/// A caption, a page's foot, what a site tells of a page.
#[test]
fn furniture_with_figures_is_no_cell() {
    let text = document([""; 3], "五、存在的主要问题及改进情况\n无。", " ", "\n");
    for line in [
        "附表 1 单位：件",
        "表 2",
        "Page 4 of 9",
        "发布日期：2024-01-15 10:30",
        "http://www.example.cn/art/2024/1/15/art_12_3.html",
        "石桥县人民政府 2023 年政府信息公开工作年度报告",
    ] {
        for row in ["规章", "行政处罚", "（一）予以公开", "1.属于国家秘密", "行政复议"] {
            assert_whole(&text.replace(&format!("\n{row}"), &format!("\n{line}\n{row}")));
        }
    }
}

/// Bare numbers at the ends of pages, which form feeds show, or which count on all through the text.
#[test]
fn numbers_of_pages_are_no_cells() {
    let told = "全年公开信息，按期答复申请，听取意见，改进目录，补充指南，核对栏目".repeat(5);
    let told = told.as_str();
    let text = document([told; 3], &format!("五、存在的主要问题及改进情况\n{told}\n"), "\n", "\n\n");
    for (end, of_lines) in [("\x0c", true), ("", false)] {
        let mut number = 0;
        let mut page = |place: &str| {
            number += 1;
            format!("{number}\n{end}{place}")
        };
        let paged = if of_lines { text.clone() } else { document([told; 3], told, " ", "\n") };
        let places = ["二、主", "（二）部分公开", "四、政府", "行政复议"];
        let paged = places
            .iter()
            .fold(paged, |paged, place| paged.replace(&format!("\n{place}"), &format!("\n{}", page(place))));
        assert_whole(&paged);
    }
}

/// A figure apart from the line that holds all of table 3 is no part of it, if that line adds up.
#[test]
fn table_3_on_one_line_with_a_figure_apart() {
    let text = document([""; 3], "五、存在的主要问题及改进情况\n无。", " ", "\n");
    let line = [FIVE; 3].join(" ");
    assert_whole(&text.replace(&line, &format!("{line}\n7")));
    assert_whole(&text.replace(&line, &format!("7\n{line}")));
    let failing = line.replacen('3', "4", 1);
    let parsed = read(&text.replace(&line, &format!("{failing}\n7")));
    assert_eq!(row(&parsed, Table::Proceedings, "reconsideration"), ["absent"; 5]);
}

/// As programs write a page in Markdown: a heading before each part of a table, with heads of their own.
#[test]
fn headings_of_markdown_are_no_smudged_figures() {
    let head = "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n|---|---|---|---|---|\n| 3 | 1 | 0 | 2 | 6 |\n";
    let text = format!(
        "## 二、主动公开政府信息情况\n### 第二十条第（一）项\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n\
         |---|---|---|---|\n| 规章 | 0 | 0 | 2 |\n| 行政规范性文件 | 6 | 1 | 32 |\n\n### 第二十条第（五）项\n\
         | 信息内容 | 本年处理决定数量 |\n|---|---|\n| 行政许可 | 57 |\n\n### 第二十条第（六）项\n\
         | 信息内容 | 本年处理决定数量 |\n|---|---|\n| 行政处罚 | 69 |\n| 行政强制 | 21 |\n\n### 第二十条第（八）项\n\
         | 信息内容 | 本年收费金额（单位：万元） |\n|---|---|\n| 行政事业性收费 | 40.8 |\n\n\
         ## 四、政府信息公开行政复议、行政诉讼情况\n### 行政复议\n{head}\n### 行政诉讼（未经复议直接起诉）\n{head}\n\
         ### 行政诉讼（复议后起诉）\n{head}\n"
    );
    let parsed = read(&text);
    for (cell, figure) in [("licensing/decisions", "57"), ("coercion/decisions", "21"), ("fees/amount", "40.8")] {
        let path = path(&format!("disclosure/{cell}"));
        assert_eq!(parsed.report.get(path).expect("a cell").to_string(), figure);
    }
    for part in ["reconsideration", "direct_litigation", "litigation_after_reconsideration"] {
        assert_eq!(row(&parsed, Table::Proceedings, part).join(" "), FIVE);
    }
}

/// Alone in its field, or behind its label, a row of such marks hides a figure.
#[test]
fn marks_in_the_place_of_a_figure_hide_it() {
    for cell in ["行政许可\t###", "行政许可 ###", "###\t行政许可", "| 行政许可 | ### |"] {
        let parsed = read(&format!("二、主动公开政府信息情况\n{cell}\n"));
        let state = parsed.report.get(path("disclosure/licensing/decisions")).expect("a cell").state();
        assert_eq!(state.id(), "unreadable", "{cell}");
    }
}

/// Offices that leave out a section count the others anew.
#[test]
fn sections_with_other_numbers() {
    let text = Sheet::new().lay_out(" ", "\n").replace("三、", "二、");
    let parsed =
        read(&format!("一、主动公开政府信息情况\n规章 1 0 2\n行政许可 57\n{text}三、存在的主要问题及改进情况\n无。\n"));
    assert_eq!(request(&parsed, "new_received"), "20 7 1 1 2 1 32");
    assert_eq!(parsed.report.get(path("disclosure/licensing/decisions")).expect("a cell").to_string(), "57");
}
