//! Table 1, which has no sums: its rows count where their label stands by them, or where every cell is there.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use common::sheet::{Sheet, has, path, read};
use xxgk::form::CONTENT_HEAD;
use xxgk::{Code, Edition, Parsed, Section, Subject, Table};

/// Table 1 with these figures, row by row; `label` writes a row's label, `cell` stands between cells.
fn table(edition: Edition, rows: &[&[&str]], label: impl Fn(&str) -> String, cell: &str) -> String {
    let section = Section::Disclosure;
    let mut text = format!("{}、{}\n", section.number(), section.title());
    for (row, figures) in edition.form().rows(Table::Disclosure).iter().zip(rows) {
        let heads: Vec<&str> = row.columns.iter().map(|column| column.label).collect();
        text.extend([CONTENT_HEAD, cell, &heads.join(cell), "\n"]);
        let label = label(row.label);
        let cells: Vec<&str> =
            [label.as_str()].into_iter().filter(|l| !l.is_empty()).chain(figures.iter().copied()).collect();
        text += &(cells.join(cell) + "\n");
    }
    text
}

const IN_FORCE: &[&[&str]] = &[&["1", "2", "3"], &["4", "5", "60"], &["7"], &["8"], &["9"], &["0.44"]];
const TRIAL: &[&[&str]] = &[
    &["1", "2", "3"],
    &["4", "5", "60"],
    &["7", "+1", "8"],
    &["9", "-2", "10"],
    &["11", "增加3", "12"],
    &["13", "减少4", "14"],
    &["15", "0"],
    &["16", "251000元"],
];

/// The cells of table 1 as they were read, in the form's order.
fn cells(parsed: &Parsed) -> String {
    let cells = parsed.report.cells().filter(|(path, _)| path.table == Table::Disclosure);
    let show = |cell: xxgk::Cell<xxgk::Value>| cell.value().map_or(cell.state().id().to_owned(), ToString::to_string);
    cells.map(|(_, cell)| show(cell)).collect::<Vec<_>>().join(" ")
}

fn unit(parsed: &Parsed, cell: &str) -> Option<&'static str> {
    match parsed.report.get(path(cell)).and_then(|cell| cell.value().cloned()) {
        Some(xxgk::Value::Amount(amount)) => amount.unit().map(xxgk::Unit::label),
        other => panic!("{cell} is no amount: {other:?}"),
    }
}

fn labelled(label: &str) -> String {
    label.to_owned()
}

#[test]
fn both_editions_with_and_without_tabs() {
    for cell in ["\t", " ", "\n"] {
        let parsed = read(&table(Edition::V2021, IN_FORCE, labelled, cell));
        assert_eq!(cells(&parsed), "1 2 3 4 5 60 7 8 9 0.44", "{cell:?}");
        let parsed = read(&table(Edition::V2019, TRIAL, labelled, cell));
        assert_eq!(cells(&parsed), "1 2 3 4 5 60 7 1 8 9 -2 10 11 3 12 13 -4 14 15 0 16 251000", "{cell:?}");
    }
}

#[test]
fn rows_without_labels_count_only_where_every_cell_of_the_table_is_there_and_legible() {
    let unlabelled = |rows: &[&[&str]]| cells(&read(&table(Edition::V2021, rows, |_| String::new(), "\n")));
    assert_eq!(unlabelled(IN_FORCE), "1 2 3 4 5 60 7 8 9 0.44");
    let mut rows = IN_FORCE.to_vec();
    rows[2] = &["/"];
    assert_eq!(unlabelled(&rows), "1 2 3 4 5 60 not_applicable 8 9 0.44");
    for spoilt in [&["■"][..], &["7", "7"], &[]] {
        rows[2] = spoilt;
        assert_eq!(unlabelled(&rows), ["absent"; 10].join(" "), "{spoilt:?}");
    }
}

#[test]
fn a_block_glued_to_a_label_hides_its_figure() {
    let mut rows = IN_FORCE.to_vec();
    rows[3] = &[];
    let smudged = |label: &str| if label.ends_with("处罚") { format!("{label}■") } else { label.to_owned() };
    // The figure behind it is that of the row whose label is lost.
    let text = table(Edition::V2021, &rows, smudged, "").replace("行政强制9", "9");
    assert_eq!(cells(&read(&text)), "absent absent absent absent absent absent 7 absent absent 0.44");
}

#[test]
fn a_figure_that_runs_into_a_caption_leaves_its_row_none_behind_that() {
    for digit in ["0", "０"] {
        let text = format!("二、主动公开政府信息情况第二十条第（六）项\n行政强制{digit}附表 １ 单位\n");
        assert_eq!(cells(&read(&text)), ["absent"; 10].join(" "), "{digit}");
    }
}

#[test]
fn a_row_with_its_label_counts_whatever_became_of_the_others() {
    let mut rows = IN_FORCE.to_vec();
    rows[0] = &["1", "2"];
    let parsed = read(&table(Edition::V2021, &rows, labelled, "\n"));
    assert_eq!(cells(&parsed), "absent absent absent 4 5 60 7 8 9 0.44");
    assert!(has(&parsed, Code::RowAmbiguous, &Subject::Row(Table::Disclosure, "rules")));
    rows[0] = &[];
    let parsed = read(&table(Edition::V2021, &rows, labelled, "\n"));
    assert_eq!(cells(&parsed), "absent absent absent 4 5 60 7 8 9 0.44");
    assert!(has(&parsed, Code::RowMissing, &Subject::Row(Table::Disclosure, "rules")));
}

#[test]
fn what_is_no_figure_of_its_column_s_kind_is_unreadable() {
    for (figure, state) in [
        ("-2", "unreadable"),
        ("3元", "unreadable"),
        ("1.5", "unreadable"),
        ("■", "unreadable"),
        ("/", "not_applicable"),
        ("\u{a0}", "blank"),
        ("3件", "3"),
        ("+3", "3"),
    ] {
        let mut rows = IN_FORCE.to_vec();
        let row = [figure];
        rows[3] = &row;
        let parsed = read(&table(Edition::V2021, &rows, labelled, "\t"));
        assert_eq!(cells(&parsed), format!("1 2 3 4 5 60 7 {state} 9 0.44"), "{figure}");
        let subject = Subject::Cell(path("disclosure/penalties/decisions"));
        assert_eq!(has(&parsed, Code::CellUnreadable, &subject), state == "unreadable", "{figure}");
        assert_eq!(has(&parsed, Code::CellBlank, &subject), state == "blank", "{figure}");
    }
}

#[test]
fn a_star_in_a_field_of_its_own_hides_a_figure_and_behind_a_label_it_points_to_a_note() {
    for star in ["*", "＊"] {
        let mut rows = IN_FORCE.to_vec();
        let row = [star];
        (rows[3], rows[1]) = (&row, &["4", "*", "60"]);
        for cell in ["\t", " | "] {
            let parsed = read(&table(Edition::V2021, &rows, labelled, cell));
            assert_eq!(cells(&parsed), "1 2 3 4 unreadable 60 7 unreadable 9 0.44", "{cell:?}");
            assert!(has(&parsed, Code::CellUnreadable, &Subject::Cell(path("disclosure/penalties/decisions"))));
        }
        let noted = |label: &str| format!("{label} {star}");
        assert_eq!(cells(&read(&table(Edition::V2021, IN_FORCE, noted, "\t"))), "1 2 3 4 5 60 7 8 9 0.44");
    }
}

#[test]
fn an_empty_cell_behind_two_tabs_is_in_its_column() {
    let mut rows = TRIAL.to_vec();
    rows[7] = &["16", "\u{a0}"];
    let parsed = read(&table(Edition::V2019, &rows, labelled, "\t\t"));
    assert!(cells(&parsed).ends_with(" 16 blank"), "{}", cells(&parsed));
}

#[test]
fn fees_are_in_the_unit_that_the_table_names_and_in_that_of_the_form_where_it_names_none() {
    let text = table(Edition::V2021, IN_FORCE, labelled, "\t");
    let fees = |head: &str| unit(&read(&text.replace("本年收费金额（单位：万元）", head)), "disclosure/fees/amount");
    assert_eq!(fees("本年收费金额（单位：万元）"), Some("万元"));
    assert_eq!(fees("本年收费金额(万元)"), Some("万元"));
    assert_eq!(fees("本年收费金额（单位：元）"), Some("元"));
    assert_eq!(fees("本年收费金额"), Some("万元"));
    assert_eq!(fees("本年收費金額(單位:萬元)"), Some("万元"));
    assert_eq!(fees("本年收費(fèi)金額(單(dān)位:元)"), Some("元"));
}

#[test]
fn procurement_is_in_the_unit_of_its_cell_or_else_of_its_head_and_may_have_none() {
    let procurement = |head: &str, amount: &str| {
        let mut rows = TRIAL.to_vec();
        let row = ["16", amount];
        rows[7] = &row;
        let text = table(Edition::V2019, &rows, labelled, "\t").replace("采购总金额", head);
        unit(&read(&text), "disclosure/procurement/amount")
    };
    assert_eq!(procurement("采购总金额", "251000元"), Some("元"));
    assert_eq!(procurement("采购总金额", "25.1万元"), Some("万元"));
    assert_eq!(procurement("采购总金额", "25.1"), None);
    assert_eq!(procurement("采购总金额（万元）", "25.1"), Some("万元"));
    assert_eq!(procurement("采购总金额（单位：元）", "251000"), Some("元"));
    assert_eq!(procurement("採購總金額（單位：元）", "251000"), Some("元"));
    assert_eq!(procurement("采购总金额（单位：元）", "25.1万元"), Some("万元"));
}

#[test]
fn a_first_cell_glued_to_its_label_and_the_others_a_line_each() {
    let glued =
        |figures: &str| format!("二、主动公开政府信息情况\n规章\n1\n2\n3\n行政规范性文件{figures}\n行政许可\n7\n");
    assert!(cells(&read(&glued("4\n5\n60"))).starts_with("1 2 3 4 5 60 7"));
    assert!(cells(&read(&glued("/\n5\n60"))).starts_with("1 2 3 not_applicable 5 60 7"));
    assert!(cells(&read(&glued("4\n60"))).starts_with("1 2 3 absent absent absent"));
}

#[test]
fn figures_behind_the_next_item_s_label_are_of_no_row() {
    // The first of the three stands in the row of `规章`, whose last cell is blank, as is the first one of the row below.
    let text = "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n\n本年制发件数 本年废止件数 现行有效件数\n\n规章\n\n613\n\n行政规范性文件\n第二十条第（五）项\n\n2371\n\n43\n\n2494\n\n信息内容\n\n本年处理决定数量\n\n行政许可\n\n1\n\n第二十条第（六）项\n信息内容\n\n本年处理决定数量\n\n行政处罚\n行政强制\n\n511\n\n第二十条第（八）项\n信息内容\n\n本年收费金额（单位：万元）\n\n行政事业性收费\n";
    let parsed = read(text);
    assert_eq!(parsed.report.get(path("disclosure/normative_documents/issued")).and_then(|c| c.value().cloned()), None);
}

#[test]
fn what_could_be_the_next_row_s_is_nobody_s() {
    let text =
        "二、主动公开政府信息情况\n第二十条第（六）项\n行政处罚\n34\n行政强制\n第二十条第（八）项\n行政事业性收费\n0\n";
    let parsed = read(text);
    assert_eq!(parsed.report.get(path("disclosure/penalties/decisions")).and_then(|c| c.value().cloned()), None);
    assert_eq!(parsed.report.get(path("disclosure/coercion/decisions")).and_then(|c| c.value().cloned()), None);
}

#[test]
fn lines_lost_up_to_within_the_next_row_are_not_told_from_that_row() {
    let read = |rules: &str| {
        let requests = Sheet::new().lay_out("\n", "\n");
        let others =
            "行政许可\n7\n第二十条第（六）项\n行政处罚\n8\n行政强制\n9\n第二十条第（八）项\n行政事业性收费\n0.44\n";
        let text =
            format!("二、主动公开政府信息情况\n第二十条第（一）项\n{rules}\n第二十条第（五）项\n{others}{requests}");
        cells(&read(&text)).split(' ').take(7).collect::<Vec<_>>().join(" ")
    };
    // `2 3 行政规范性文件` or `行政规范性文件 4 5 60` may be gone.
    assert_eq!(read("规章\n1\n5\n60"), "absent absent absent absent absent absent 7");
    assert_eq!(read("规章 1 5 60"), "1 5 60 absent absent absent 7");
    assert_eq!(read("规章\n1\n2\n3\n行政规范性文件\n4\n5\n60"), "1 2 3 4 5 60 7");
}

#[test]
fn behind_a_head_out_of_its_place_a_figure_may_be_either_row_s() {
    let read = |block: &str| {
        let parsed = read(&format!("二、主动公开政府信息情况\n第二十条第（六）项\n{block}第二十条第（八）项\n"));
        ["penalties", "coercion"]
            .map(|row| parsed.report.get(path(&format!("disclosure/{row}/decisions"))).and_then(|c| c.value().cloned()))
    };
    assert_eq!(read("行政处罚\n\n行政强制\n\n本年处理决定数量\n\n34\n\n"), [None, None]);
    assert_eq!(read("本年处理决定数量\n\n行政处罚\n行政强制\n\n43\n\n").map(|v| v.is_some()), [false, true]);
}

/// Two labels of an item before their figures, and a figure before its label's head: which is whose, nobody knows.
#[test]
fn a_figure_behind_a_block_of_labels_of_which_one_has_none_of_its_own() {
    let text = [
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "规章",
        "行政规范性文件",
        "118",
        "562",
        "282",
        "第二十条第（五）项",
        "512",
        "564",
        "行政许可",
        "行政处罚",
        "行政强制",
        "110",
        "第二十条第（六）项",
        "162",
        "第二十条第（八）项",
        "行政事业性收费",
        "三、收到和处理政府信息公开申请情况",
    ];
    assert_eq!(cells(&read(&text.join("\n\n"))), ["absent"; 10].join(" "));
}

#[test]
fn a_figure_far_behind_its_label_may_be_of_a_row_whose_label_is_lost() {
    let text = |gap: &str| {
        let rows = format!("规章\n1\n2\n3\n\n行政许可\n4\n\n行政处罚\n{gap}5\n\n行政事业性收费\n6\n");
        format!("二、主动公开政府信息情况\n{rows}三、收到和处理政府信息公开申请情况\n")
    };
    let penalties = |text: &str| {
        let parsed = common::read("table.txt", text);
        let path = "disclosure/penalties/decisions".parse().expect("a cell of the form");
        parsed.report.get(path).and_then(|cell| cell.value().map(ToString::to_string))
    };
    assert_eq!(penalties(&text("")).as_deref(), Some("5"));
    assert_eq!(penalties(&text("\n")).as_deref(), Some("5"));
    assert_eq!(penalties(&text("\n\n")), None);
    assert_eq!(penalties(&text("\t\n\t\n")), None);
    // Where zeros are left out, empty cells and the label may be all that stands between.
    let left_out = |gap: &str| {
        format!("二、主动公开政府信息情况\n规章\n\n\n\n行政许可\n\n行政处罚\n{gap}5\n行政事业性收费\n\n{LITIGATION}")
    };
    assert_eq!(penalties(&left_out("")).as_deref(), Some("5"));
    assert_eq!(penalties(&left_out("\n\n")), None);
}

const LITIGATION: &str = "四、政府信息公开行政复议、行政诉讼情况\n";

#[test]
fn a_field_with_two_figures_is_no_cell_and_no_two() {
    let broken = ["|行政处罚|3 3|", "|行政处罚|12 0|"].map(|row| read(&format!("第二十条第（六）项\n{row}\n")));
    for parsed in broken {
        assert_eq!(parsed.report.get(path("disclosure/penalties/decisions")).and_then(|c| c.value().cloned()), None);
    }
}

#[test]
fn a_block_of_figures_counts_row_by_row_only_below_its_heads_and_where_table_2_is_printed_so() {
    let heads = "本年制发件数\n本年废止件数\n现行有效件数\n";
    let labels = "二、主动公开政府信息情况\n规章\n行政规范性文件\n行政许可\n行政处罚\n行政强制\n第二十条第（一）项\n";
    let figures = "1\n2\n3\n4\n5\n60\n第二十条第（五）项\n7\n第二十条第（六）项\n8\n9\n第二十条第（八）项\n行政事业性收费\n0.44\n";
    let sheet = Sheet::new();
    let columns: String = (0..7).flat_map(|c| sheet.rows.iter().map(move |row| row.2[c].clone() + "\n")).collect();
    let heading = sheet.lay_out("\n", "\n\n");
    let heading = &heading[..heading.find("一、本年新收").unwrap_or_default()];
    let by_rows = format!("{labels}{heads}{figures}{}", sheet.lay_out("\n", "\n\n"));
    assert_eq!(cells(&read(&by_rows)), "1 2 3 4 5 60 7 8 9 0.44");
    // pdfminer prints such a block by columns behind its labels, and table 2 row by row.
    let behind_labels = format!("{labels}{figures}{}", sheet.lay_out("\n", "\n\n"));
    let by_columns = format!("{labels}{heads}{figures}{heading}{columns}");
    for text in [behind_labels, by_columns] {
        assert!(cells(&read(&text)).starts_with(&["absent"; 6].join(" ")));
    }
}

#[test]
fn a_cell_to_a_line_counts_where_table_2_leaves_zeros_out_only_if_the_whole_table_is_there() {
    // shanghai-2019: zeros and most totals are left blank in table 2, and in no cell of table 1.
    let mut sheet = Sheet::new();
    sheet.rows.iter_mut().for_each(|(_, _, figures)| figures.truncate(6));
    sheet.rows.iter_mut().for_each(|(_, _, figures)| figures.retain(|figure| figure != "0"));
    let whole = table(Edition::V2021, IN_FORCE, str::to_owned, "\n") + &sheet.lay_out("\n", "\n");
    assert_eq!(cells(&read(&whole)), "1 2 3 4 5 60 7 8 9 0.44");
    let one_gone = whole.replacen("\n60\n", "\n", 1);
    assert_ne!(one_gone, whole);
    assert!(cells(&read(&one_gone)).starts_with(&["absent"; 6].join(" ")));
}

#[test]
fn merged_cells_may_stand_in_each_of_their_columns() {
    let repeated: Vec<Vec<&str>> = IN_FORCE.iter().map(|row| row.iter().copied().cycle().take(3).collect()).collect();
    let rows: Vec<&[&str]> = repeated.iter().map(Vec::as_slice).collect();
    let read_as = |rows: &[&[&str]]| cells(&read(&table(Edition::V2021, rows, labelled, "\t")));
    assert_eq!(read_as(&rows), "1 2 3 4 5 60 7 8 9 0.44");
    let mut rows = rows.clone();
    rows[3] = &["8", "8", "9"];
    assert_eq!(read_as(&rows).split(' ').nth(7), Some("absent"));
}

#[test]
fn figures_on_the_line_of_one_label_are_not_its_neighbours() {
    let text =
        "二、主动公开政府信息情况\n行政许可\n行政处罚\n行政强制  43  43  43\n第二十条第（八）项\n行政事业性收费  0\n";
    assert!(!cells(&read(text)).contains("43 43"));
}

#[test]
fn an_empty_field_at_a_row_s_end_may_stand_for_a_cell_lost_before_it() {
    let read_as = |edition, rows: &[&[&str]]| cells(&read(&table(edition, rows, labelled, "\t")));
    let mut rows = IN_FORCE.to_vec();
    rows[1] = &["5", "60", ""];
    assert_eq!(read_as(Edition::V2021, &rows), "1 2 3 absent absent absent 7 8 9 0.44");
    // Where zeros are left blank, it may be one of those, but not beside what was issued in the year.
    rows[0] = &["", "2", "3"];
    assert_eq!(read_as(Edition::V2021, &rows), "blank 2 3 absent absent absent 7 8 9 0.44");
    rows[1] = &["", "60", ""];
    assert_eq!(read_as(Edition::V2021, &rows), "blank 2 3 blank 60 blank 7 8 9 0.44");
    let padded = |edition, rows: &[&[&str]], row| {
        has(&read(&table(edition, rows, labelled, "\t")), Code::RowPadded, &Subject::Row(Table::Disclosure, row))
    };
    assert!(padded(Edition::V2021, &rows, "normative_documents"));
    assert!(!padded(Edition::V2021, &rows, "rules"));
    rows[5] = &["0"];
    assert_eq!(read_as(Edition::V2021, &rows), "blank 2 3 absent absent absent 7 8 9 0");
    // A signed figure is a change and stands in its place.
    let mut rows = TRIAL.to_vec();
    rows[2] = &["7", "+1", ""];
    rows[3] = &["-2", "10", ""];
    assert!(read_as(Edition::V2019, &rows).starts_with("1 2 3 4 5 60 7 1 blank absent absent absent 11"));
}

#[test]
fn an_empty_end_is_no_zero_beside_figures_that_make_it_one_of_another_column() {
    let mut rows = TRIAL.to_vec();
    rows[6] = &["", "15"];
    for (r, row, state) in [
        (0, ["2", "3", ""].as_slice(), "absent absent absent"),
        (0, &["", "3", ""], "absent absent absent"),
        (2, &["1", "8", ""], "absent absent absent"),
        (2, &["-1", "8", ""], "absent absent absent"),
        (2, &["7", "-1", ""], "7 -1 blank"),
        (2, &["7", "", ""], "7 blank blank"),
        (7, &["16", ""], "absent absent"),
    ] {
        let mut rows = rows.clone();
        rows[r] = row;
        let parsed = read(&table(Edition::V2019, &rows, labelled, "\t"));
        let before: usize = TRIAL[..r].iter().map(|row| row.len()).sum();
        let read: Vec<String> = cells(&parsed).split(' ').skip(before).take(row.len()).map(str::to_owned).collect();
        assert_eq!(read.join(" "), state, "{row:?}");
    }
}

const TRIAL_READ: &str = "1 2 3 4 5 60 7 1 8 9 -2 10 11 3 12 13 -4 14 15 0 16 251000";

#[test]
fn page_numbers_on_a_line_of_several_rows() {
    for cell in [" ", "\t"] {
        for page in ["- 1 -", "－ 2 －", "—3—", "第 4 页", "第 5 页 共 9 页"] {
            let text = table(Edition::V2019, TRIAL, labelled, cell);
            let (title, rows) = text.split_once('\n').expect("a title");
            let joined = rows.trim_end().replace('\n', &format!("{cell}{page}{cell}"));
            assert_eq!(cells(&read(&format!("{title}\n{joined}\n"))), TRIAL_READ, "{page} {cell:?}");
        }
    }
}

#[test]
fn a_figure_between_dashes_may_be_a_row() {
    let mut rows = TRIAL.to_vec();
    rows[2] = &["-", "1", "-"];
    let dashed = TRIAL_READ.replacen("7 1 8", "not_applicable 1 not_applicable", 1);
    let text = table(Edition::V2019, &rows, labelled, " ");
    assert_eq!(cells(&read(&text)), dashed);
    // Other dashes on the line show that the document prints dashes for nothing.
    rows[4] = &["-", "3", "12"];
    let dashed = dashed.replacen("11 3 12", "not_applicable 3 12", 1);
    let text = table(Edition::V2019, &rows, labelled, " ");
    let (title, rows) = text.split_once('\n').expect("a title");
    assert_eq!(cells(&read(&format!("{title}\n{}\n", rows.trim_end().replace('\n', " ")))), dashed);
}

#[test]
fn a_cell_that_goes_on_with_the_next_row_is_no_column() {
    let text = table(Edition::V2021, IN_FORCE, labelled, "\t");
    for (end, licensing) in [("7 第二十条第（六）项\n", "7"), ("7 第二十条第（六）项 -\n", "absent")]
    {
        let parsed = read(&text.replacen("7\n", end, 1));
        assert_eq!(cells(&parsed), format!("1 2 3 4 5 60 {licensing} 8 9 0.44"));
    }
}

#[test]
fn cells_at_different_heights_stand_in_the_order_of_their_places() {
    let mut text = table(Edition::V2019, TRIAL, labelled, " ").replace(" 16 251000元", "");
    text = text.replace("行政事业性收费 15 0\n", &format!("行政事业性收费{}0\n{}15\n", " ".repeat(40), " ".repeat(20)));
    // A figure further left than the others may be one that goes on from them.
    assert_eq!(cells(&read(&text)), TRIAL_READ.replace("15 0 16 251000", "absent absent absent absent"));
    text = text.replace("规章 1", &format!("规章{}1", " ".repeat(16)));
    assert_eq!(cells(&read(&text)), TRIAL_READ.replace("16 251000", "absent absent"));
    // Both in one column, right at its edge, they are a list.
    let below = text.replace(&format!("{}15", " ".repeat(20)), &format!("{}15 ", " ".repeat(53)));
    assert_eq!(cells(&read(&below)), TRIAL_READ.replace("15 0 16 251000", "0 15 absent absent"));
    let text = text.replace(&" ".repeat(20), "").replace("0\n15", "15\n0");
    assert_eq!(cells(&read(&text)), TRIAL_READ.replace("16 251000", "absent absent"));
}

#[test]
fn a_row_that_goes_on_below_its_empty_end_has_no_blank_there() {
    let text = table(Edition::V2019, TRIAL, labelled, "| ");
    let row = "其他对外管理服务事项| 9| -2| 10\n";
    let torn = text.replace(row, "其他对外管理服务事项| 9| -2|   \n10  \n");
    assert_eq!(cells(&read(&torn)), TRIAL_READ.replace("9 -2 10", "absent absent absent"));
    let torn = text.replace(row, "其他对外管理服务事项| 9|   \n-2  \n| 10\n");
    assert_eq!(cells(&read(&torn)), TRIAL_READ);
    // The last figure of a row with as many as cells may go on below, too.
    let text = text.replace(row, &format!("{row}8\n"));
    assert_eq!(cells(&read(&text)), TRIAL_READ.replace("9 -2 10", "absent absent absent"));
}

#[test]
fn figures_on_the_line_of_the_label_behind_them_are_no_row_s_where_others_stand_behind_their_labels() {
    // The text of a table's cells, broken into lines of equal length.
    let lines = [
        "二、主动公开政府信息情况 第二十条",
        "第（一）项 信息内容 本年新制作数量 本年新公开数量 对外公开总",
        "数量 规章",
        "   0   0   18 规范性文件",
        "",
        "   1   1   1 第二十条第（五）项 信息内容 上一年",
        "项目数量 本年增/减 处理决定数量 行政许可",
        "   34",
        "   0   0 其他对外管理服务事项",
        "   0   2   0 第二十条",
        "第（六）项 信息内容 上一年项目数量 本年增/减 处理决定数量 行",
        "政处罚",
        "   78   0   0 行政强制",
        "",
        "   219   +4   1 第二十条第（八）项 信息内容 上一年项目数量",
        " 本年增/减 行政事业性收费",
        "   3   0 第二十条第（九",
        "）项 信息内容 采购项目数量 采购总金额 政府集中采购",
        "   13   601384元",
    ];
    let read = cells(&read(&lines.join("\n")));
    let right = "0 0 18 1 1 1 34 0 0 0 2 0 78 0 0 219 4 1 3 0 13 601384";
    let is_right = |(read, right): (&str, &str)| read == right || read == "absent";
    assert!(read.split(' ').zip(right.split(' ')).all(is_right), "{read}");
}

#[test]
fn rows_of_zeros_without_their_labels_do_not_tell_in_which_order_figures_are_printed() {
    // Column by column: two regulations repealed, and four documents issued.
    let disclosure = "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n\
                      行政规范性文件\n0\n4\n2\n0\n0\n77\n信息内容\n行政许可\n第二十条第（五）项\n本年处理决定数量\n39508\n\
                      第二十条第（六）项\n信息内容\n行政处罚\n行政强制\n本年处理决定数量\n0\n0\n第二十条第（八）项\n信息内容\n\
                      本年收费金额（单位：万元）\n行政事业性收费\n0\n";
    let labels: Vec<String> = Sheet::new().rows.into_iter().map(|(_, label, _)| label + "\n").collect();
    let zeros = "0\n".repeat(25 * 7);
    let (before, behind) = labels.split_at(12);
    let requests = format!("三、收到和处理政府信息公开申请情况\n{}{zeros}{}", before.concat(), behind.concat());
    let parsed = read(&format!("{disclosure}{requests}四、政府信息公开行政复议、行政诉讼情况\n"));
    let shown = cells(&parsed);
    assert!(shown.starts_with("absent absent absent absent absent absent"), "{shown}");
    assert_eq!(
        parsed.report.get(path("requests/granted/total")).and_then(|c| c.value().map(ToString::to_string)),
        Some("0".to_owned())
    );
}

#[test]
fn a_block_of_zeros_behind_a_block_of_labels_does_not_tell_it_either() {
    // The regulations' figures stand from right to left.
    let disclosure = "二、主动公开政府信息情况\n信息内容\n规章\n行政规范性文件\n信息内容\n行政许可\n信息内容\n行政处罚\n行政强制\n\
                      第二十条第（一）项\n本年制发件数\n本年废止件数\n现行有效件数\n249\n0\n374\n0\n0\n0\n第二十条第（五）项\n\
                      本年处理决定数量\n467\n第二十条第（六）项\n本年处理决定数量\n87\n96\n第二十条第（八）项\n信息内容\n\
                      行政事业性收费\n本年收费金额（单位：万元）\n0\n";
    let labels: String = Sheet::new().rows.into_iter().map(|(_, label, _)| label + "\n").collect();
    let requests = format!("三、收到和处理政府信息公开申请情况\n{labels}{}", "0\n".repeat(25 * 7));
    let shown = cells(&read(&format!("{disclosure}{requests}四、政府信息公开行政复议、行政诉讼情况\n")));
    assert!(shown.starts_with("absent absent absent absent absent absent"), "{shown}");
}

/// Programs that know no merged cells print one in each of its columns: pandas on a line, docx2python a cell to a line.
#[test]
fn a_merged_cell_in_each_of_its_columns_is_one() {
    let table = |between: &str, licensing: &str| {
        let rows = [
            vec!["规章", "1", "2", "3"],
            vec!["行政规范性文件", "4", "4", "4"],
            vec!["行政许可", licensing, "7", "7"],
            vec!["行政处罚", "8", "8", "8"],
            vec!["行政强制", "0", "0", "0"],
            vec!["行政事业性收费", "0.44", "0.44", "0.44"],
        ];
        let rows: Vec<String> = rows.iter().map(|row| row.join(between)).collect();
        format!("二、主动公开政府信息情况\n{}\n", rows.join("\n"))
    };
    for between in [" ", "   ", "\n"] {
        let sheet = Sheet::new().lay_out(between, "\n");
        assert_eq!(cells(&read(&(table(between, "7") + &sheet))), "1 2 3 4 4 4 7 8 0 0.44", "{between:?}");
        // Where one row has other figures in its columns, these are no copies.
        let other = read(&(table(between, "6") + &sheet));
        assert_eq!(other.report.get(path("disclosure/licensing/decisions")).and_then(|c| c.value().cloned()), None);
        assert_eq!(other.report.get(path("disclosure/penalties/decisions")).and_then(|c| c.value().cloned()), None);
    }
    let empty = table("\t", "7").replace("\t0\t0\t0", "\t\t\t");
    assert_eq!(cells(&read(&(empty + &Sheet::new().lay_out("\t", "\n")))), "1 2 3 4 4 4 7 8 blank 0.44");
}

/// Of two cells those of the column that is repeated are copies.
#[test]
fn of_the_cells_of_a_row_one_may_be_merged() {
    let rows = "行政事业性收费 134 -2 -2\n政府集中采购 731 0 0\n行政许可 3 1 2\n";
    let parsed = read(&format!("二、主动公开政府信息情况\n本年新制作数量 本年新公开数量 对外公开总数量\n{rows}"));
    assert_eq!(parsed.report.edition, Edition::V2019);
    let figure = |cell: &str| parsed.report.get(path(cell)).and_then(|c| c.value().map(ToString::to_string));
    assert_eq!(figure("disclosure/fees/previous_items").as_deref(), Some("134"));
    assert_eq!(figure("disclosure/fees/change").as_deref(), Some("-2"));
    assert_eq!(figure("disclosure/procurement/projects").as_deref(), Some("731"));
}

/// Digits that markup parted: of two on a line behind a block of labels, nobody knows whether they are two rows' or one's.
#[test]
fn figures_of_one_line_are_no_rows_of_a_block() {
    let table = |figures: &str| {
        let parted = |label: &str| label.chars().map(|c| format!("{c}|")).collect::<Vec<_>>().concat();
        read(&format!(
            "二、主动公开政府信息情况|第二十条第（一）项|信息内容|本年制发件数|本年废止件数|现行有效件数|{}4|{}第二十条第（五）项|\
             信息内容|本年处理决定数量|{}第二十条第（六）项|信息内容|本年处理决定数量|{}{figures}|{}1|第二十条第（八）项|\
             信息内容|本年收费金额（单位：万元）|{}2|1|6|8|\n",
            parted("规章"),
            parted("行政规范性文件"),
            parted("行政许可"),
            parted("行政处罚"),
            parted("行政强制"),
            parted("行政事业性收费")
        ))
    };
    let penalties = |parsed: &Parsed| parsed.report.get(path("disclosure/penalties/decisions")).map(|c| c.to_string());
    assert_eq!(penalties(&table("24")).as_deref(), Some("24"));
    assert_ne!(penalties(&table("2|4")).as_deref(), Some("4"));
}

#[test]
fn a_value_below_its_label_s_line_may_be_another_row_s_where_as_many_stand_on_theirs() {
    let penalties = |before: &str| {
        let parsed = read(&format!("{before}附表 1 单位：件\n行政处罚\n157\n"));
        parsed.report.get(path("disclosure/penalties/decisions")).and_then(|c| c.value().map(ToString::to_string))
    };
    assert_eq!(penalties("行政规范性文件51\n"), None);
    assert_eq!(penalties("").as_deref(), Some("157"));
}

/// A number of a page or a year takes the place of a figure that is lost: as many stand there as the table has cells.
#[test]
fn as_many_figures_as_cells_do_not_speak_against_their_labels() {
    let heads = "第二十条第（六）项\n";
    let rows =
        ["规章 1 0 4", "行政规范性文件 31 2 66", "行政许可 18", "行政处罚 68", "行政强制 9", "行政事业性收费 347"];
    let table = |cell: &str, stray: &str| {
        let rows = rows.map(|row| if row == stray { String::new() } else { row.replace(' ', cell) + "\n" });
        let [rules, documents, licensing, penalties, coercion, fees] = rows;
        (rules + &documents, licensing, heads.to_owned() + &penalties + &coercion, fees)
    };
    let read = |cell: &str, text: String| {
        let parsed = read(&format!("二、主动公开政府信息情况\n{text}{}", Sheet::new().lay_out(cell, "\n")));
        cells(&parsed)
    };
    let (rules, licensing, penalties, fees) = table("\n", "行政强制 9");
    let read_1 = read("\n", format!("{rules}2\n{licensing}{penalties}{fees}"));
    assert!(!read_1.contains(" 2 18 68 "), "{read_1}");
    let (rules, licensing, penalties, fees) = table("\t", "行政强制 9");
    let read_2 = read("\t", format!("{rules}{licensing}{penalties}2023\n{fees}"));
    assert!(!read_2.contains("2023"), "{read_2}");
    let (rules, licensing, penalties, _) = table(",", "行政事业性收费 347");
    let read_3 = read(",", format!("{rules}{licensing}{penalties}2024\n行政事业性收费\n"));
    assert!(!read_3.contains("2024"), "{read_3}");
    let (rules, licensing, penalties, fees) = table(",", "");
    let read_4 = read(",", format!("扫一扫 2\n{}{licensing}{penalties}{fees}", rules.replacen(",4", "", 1)));
    assert!(read_4.starts_with("absent absent absent 31"), "{read_4}");
}

#[test]
fn an_amount_that_stands_apart_is_read_whole_or_not_at_all() {
    let amount = |printed: &str, cell: &str| {
        let mut rows = TRIAL.to_vec();
        let procurement = ["3", printed];
        rows[7] = &procurement;
        let parsed = read(&table(Edition::V2019, &rows, labelled, cell));
        let cell = parsed.report.get(path("disclosure/procurement/amount"));
        match cell.and_then(|cell| cell.value().cloned()) {
            Some(xxgk::Value::Amount(amount)) => amount.to_string(),
            _ => String::new(),
        }
    };
    for cell in ["\t", " ", "\n"] {
        for (printed, want) in [
            ("12. 5", "12.5"),
            ("120. 5", "120.5"),
            ("12 .5", "12.5"),
            ("25. 1万元", "25.1万元"),
            ("25 .1万元", "25.1万元"),
            ("25.1\n万元", "25.1万元"),
            ("25.1 万 元", "25.1万元"),
            ("4232\n.70万元", "4232.70万元"),
            ("12.\n5", ""),
        ] {
            assert_eq!(amount(printed, cell), want, "{printed:?}, {cell:?}");
        }
    }
}

#[test]
fn a_section_begins_behind_an_amount_of_full_width() {
    let text = table(Edition::V2021, &[&IN_FORCE[..5], &[&["６２４ . ４９"]]].concat(), labelled, " ");
    let next = Section::Requests;
    let parsed = read(&format!("{}{}、{}\n", text.trim_end(), next.number(), next.title()));
    assert_eq!(cells(&parsed), "1 2 3 4 5 60 7 8 9 624.49");
}
