//! What offices add to the prescribed form and change in it, as pages of real reports show: rows under other names, explained
//! labels, heads of the other edition, several sets of tables.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use common::sheet::{self, Sheet, has, read, request};
use xxgk::form::{BALANCE_NOTE, OTHER_DOCUMENTS};
use xxgk::{Code, Edition, Parsed, Section, Subject, Table};

const SECTION: &str = "二、主动公开政府信息情况\n";
const HEADS_2021: &str = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n";
const HEADS_2019: &str = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量\n";

/// The values of a row of table 1; `–` for a cell without one.
fn row(parsed: &Parsed, row: &str) -> String {
    let cells = parsed.report.cells().filter(|(path, _)| path.table == Table::Disclosure && path.row == row);
    let show = |cell: xxgk::Cell<xxgk::Value>| cell.value().map_or("–".to_owned(), ToString::to_string);
    cells.map(|(_, cell)| show(cell)).collect::<Vec<_>>().join(" ")
}

/// The same a cell to a line.
fn by_lines(text: &str) -> String {
    text.replace(" | ", "\n")
}

#[test]
fn heads_with_a_year_in_them_are_those_of_their_edition() {
    let heads = HEADS_2021.replace("本年制", "本年（2023）制").replace("本年废", "本年（2023）废");
    let decisions = "信息内容 | 本年（2023）处理决定数量\n";
    let text = format!(
        "{SECTION}{heads}规章 | 0 | 0 | 0\n规范性文件 | 0 | 1 | 0\n{decisions}行政许可 | 3\n{decisions}行政处罚 | 4\n"
    );
    let parsed = read(&text);
    assert_eq!(parsed.report.edition, Edition::V2021);
    assert_eq!(row(&parsed, "normative_documents"), "0 1 0");
    assert_eq!(row(&parsed, "penalties"), "4");
}

/// The rows of edition 2021 behind the first item's.
fn rows_of_2021() -> String {
    let decisions = "信息内容 | 本年处理决定数量\n";
    format!(
        "{decisions}行政许可 | 2\n{decisions}行政处罚 | 3\n{decisions}行政强制 | 4\n\
         信息内容 | 本年收费金额（单位：万元）\n行政事业性收费 | 7\n"
    )
}

#[test]
fn rows_below_heads_of_the_other_edition_have_no_values() {
    let text = format!("{SECTION}{HEADS_2019}规章 | 5 | 3 | 40\n规范性文件 | 6 | 4 | 50\n{}", rows_of_2021());
    for text in [text.clone(), by_lines(&text)] {
        let parsed = read(&text);
        assert_eq!(row(&parsed, "rules"), "– – –", "{text}");
        assert_eq!(row(&parsed, "normative_documents"), "– – –", "{text}");
        assert!(has(&parsed, Code::RowMisheaded, &Subject::Row(Table::Disclosure, "rules")));
        assert_eq!(row(&parsed, "licensing"), "2", "{text}");
    }
}

#[test]
fn rows_of_table_1_below_heads_in_another_order_have_no_values() {
    let heads = "信息内容 | 本年制发件数 | 现行有效件数 | 本年废止件数\n";
    let others = rows_of_2021();
    let text = format!("{SECTION}{heads}规章 | 5 | 40 | 3\n规范性文件 | 6 | 50 | 4\n{others}");
    for text in [text.clone(), by_lines(&text)] {
        let parsed = read(&text);
        assert_eq!(row(&parsed, "rules"), "– – –", "{text}");
        assert!(has(&parsed, Code::RowMisheaded, &Subject::Row(Table::Disclosure, "normative_documents")), "{text}");
        assert_eq!(row(&parsed, "licensing"), "2", "{text}");
    }
    // A note that names the columns gives them no order.
    let text = format!("{SECTION}注：现行有效件数多于本年制发件数。\n{HEADS_2021}规章 | 5 | 3 | 40\n{others}");
    assert_eq!(row(&read(&text), "rules"), "5 3 40");
}

#[test]
fn rows_of_table_1_with_heads_beside_their_labels_have_no_values() {
    let rows = "行政许可 | 上一年项目数量 | 1 |\n本年增/减 | 2 | |\n处理决定数量 | 3 | |\n";
    let fees = "行政事业性收费 | 上一年项目数量 | 1 |\n本年增/减 | 4 | |\n";
    let parsed = read(&format!("{SECTION}{HEADS_2019}规章 | 5 | 3 | 40\n{rows}{fees}"));
    assert_eq!(row(&parsed, "rules"), "5 3 40");
    assert_eq!(row(&parsed, "fees"), "– –");
    assert!(has(&parsed, Code::RowMisheaded, &Subject::Row(Table::Disclosure, "fees")));
}

#[test]
fn tables_with_heads_in_another_order_have_no_values() {
    let sheet = Sheet::new();
    let proceedings = |heads: &str| {
        let section = Section::Proceedings;
        format!("{}、{}\n{heads}3\t0\t0\t0\t3\t0\t1\t0\t0\t1\t0\t0\t2\t0\t2\n", section.number(), section.title())
    };
    let results = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n";
    let parts = "行政复议\t行政诉讼\n未经复议直接起诉\t复议后起诉\n";
    let lawsuits_first = "行政诉讼\t行政复议\n未经复议直接起诉\t复议后起诉\n";
    let orders = [
        ("自然人\t商业企业", "商业企业\t自然人", parts, parts, Table::Requests),
        ("自然人\t", "总计\t自然人\t", parts, parts, Table::Requests),
        ("其他\t总计", "总计", "结果维持\t", "总计\t结果维持\t", Table::Proceedings),
        ("", "", "结果维持\t结果纠正", "结果纠正\t结果维持", Table::Proceedings),
        ("", "", "未经复议直接起诉\t复议后起诉", "复议后起诉\t未经复议直接起诉", Table::Proceedings),
        ("", "", parts, lawsuits_first, Table::Proceedings),
    ];
    for (applicants, turned_applicants, heads, turned_heads, table) in orders {
        let text = sheet.lay_out("\t", "\n").replacen(applicants, turned_applicants, 1)
            + &proceedings(&format!("{parts}{results}").replacen(heads, turned_heads, 1));
        let parsed = read(&text);
        for other in [Table::Requests, Table::Proceedings] {
            let figures = parsed.report.cells().filter(|(path, cell)| path.table == other && cell.value().is_some());
            let misheaded = has(&parsed, Code::TableMisheaded, &Subject::Table(other));
            assert_eq!((figures.count() == 0, misheaded), (other == table, other == table), "{text}");
        }
    }
    // Beside a total's head over two rows those of the second row follow it.
    let two_rows = "自然人\t法人或其他组织\t总计\n商业企业\t科研机构";
    let text = sheet.lay_out("\t", "\n").replacen("自然人\t商业企业\t科研机构", two_rows, 1);
    for text in [text.replacen("其他\t总计", "其他", 1), sheet.lay_out("\n", "\n")] {
        assert_eq!(request(&read(&text), "granted"), "12 3 0 0 0 1 16", "{text}");
    }
}

#[test]
fn heads_in_another_order_with_a_cell_to_a_line() {
    let title = format!("{}、{}\n", Section::Proceedings.number(), Section::Proceedings.title());
    let results = "结果维持\n结果纠正\n其他结果\n尚未审结\n";
    let figures = "0\n0\n0\n0\n0\n0\n1\n0\n0\n1\n0\n0\n0\n0\n0\n";
    let three = |part: &str| part.repeat(3);
    let own = three(&format!("{results}总计\n"));
    let turned = three(&format!("总计\n{results}"));
    for (heads, figures, misheaded) in [
        (format!("行政复议\n行政诉讼\n未经复议直接起诉\n复议后起诉\n{own}"), figures.to_owned(), false),
        (format!("行政诉讼\n行政复议\n未经复议直接起诉\n复议后起诉\n{own}"), figures.to_owned(), true),
        (format!("行政复议\n行政诉讼\n未经复议直接起诉\n复议后起诉\n{turned}"), figures.to_owned(), true),
        (
            "行政复议\n未经复议直接起诉\n复议后起诉\n".to_owned(),
            results.replace('\n', "\n0\n0\n0\n") + "总计\n0\n0\n0\n",
            true,
        ),
    ] {
        let text = format!("{title}{heads}{figures}");
        let parsed = read(&text);
        let read = parsed.report.cells().filter(|(_, cell)| cell.value().is_some()).count();
        let told = has(&parsed, Code::TableMisheaded, &Subject::Table(Table::Proceedings));
        assert_eq!((read, told), if misheaded { (0, true) } else { (15, false) }, "{text}");
    }
    let mut sheet = Sheet::new();
    sheet.heads.rotate_right(1);
    assert!(has(&sheet.lines(), Code::TableMisheaded, &Subject::Table(Table::Requests)));
}

#[test]
fn numbers_before_rows_whose_zeros_leave_no_trace() {
    let mut sheet = Sheet::new();
    for (r, (_, label, figures)) in sheet.rows.iter_mut().enumerate() {
        label.insert_str(0, &format!("{} ", r + 1));
        figures.retain(|figure| figure != "0");
    }
    sheet.heads.insert(0, "序号".to_owned());
    let parsed = read(&sheet.lay_out(" ", "\n"));
    for row in &sheet.rows {
        let read = request(&parsed, row.0);
        let figures = read.split(' ').filter(|cell| !["absent", "blank"].contains(cell));
        assert!(figures.clone().count() == 0 || figures.eq(row.2.iter().map(String::as_str)), "{}: {read}", row.0);
    }
}

#[test]
fn a_head_that_wraps_stands_in_the_line_in_which_it_begins() {
    let results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总\n计"].join("|");
    let heads = format!("行政复议|行政诉讼\n---|---\n{results}|未经复议直接起诉|复议后起诉\n{results}|{results}\n");
    let section = Section::Proceedings;
    let text = Sheet::new().lay_out("|", "\n")
        + &format!("{}、{}\n{heads}3|0|0|0|3|0|1|0|0|1|0|0|2|0|2\n", section.number(), section.title());
    assert_eq!(sheet::row(&read(&text), Table::Proceedings, "litigation_after_reconsideration").join(" "), "0 0 2 0 2");
}

#[test]
fn rows_that_lost_a_cell_of_a_wider_table_have_no_values() {
    let mut sheet = Sheet::new();
    for (id, _, figures) in &mut sheet.rows {
        figures.insert(6, "0".to_owned());
        if *id == "granted" {
            figures.remove(1);
        }
    }
    let wider =
        ["规章 | 5 | 3 | 40 | 9\n", "规范性文件 | 6 | 4 | 50 | 8\n", "行政许可 | 2 | 7\n", "行政处罚 | 3 | 1\n"];
    let table_1 = format!("{SECTION}{HEADS_2021}{}行政强制 | 4\n", wider.concat());
    for (text, row) in [(sheet.lay_out("\t", "\n"), "requests/granted"), (table_1, "disclosure/coercion")] {
        let parsed = read(&text);
        let read = |(path, _): &(xxgk::CellPath, _)| path.to_string().starts_with(row);
        assert!(parsed.report.cells().filter(read).all(|(_, cell)| cell.value().is_none()), "{text}");
    }
    let whole = format!("{SECTION}{HEADS_2021}规章 | 5 | 3 | 40\n{}行政强制 | 4\n", wider[1..].concat());
    assert_eq!(row(&read(&whole), "coercion"), "–");
    let fewer = format!("{SECTION}{HEADS_2021}规章 | 5 | 3 | 40\n{}行政强制 | 4\n", wider[2..].concat());
    assert_eq!(row(&read(&fewer), "coercion"), "4");
}

#[test]
fn a_row_that_provinces_add() {
    let rows = format!("规章 | 2 | 2 | 3\n规范性文件 | 11 | 12 | 119\n{OTHER_DOCUMENTS} | 56 | 45 | 101\n");
    let items = "第二十条第（五）项\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n行政许可 | 1 | +2 | 3\n";
    let text = format!("{SECTION}{HEADS_2019}{rows}{items}");
    for text in [text.clone(), by_lines(&text)] {
        let parsed = read(&text);
        assert_eq!(row(&parsed, "normative_documents"), "11 12 119", "{text}");
        assert!(has(&parsed, Code::StrayFigures, &Subject::Table(Table::Disclosure)), "{text}");
    }
    let unknown = text.replace(OTHER_DOCUMENTS, "本机关其余各类文件");
    assert_eq!(row(&read(&unknown), "normative_documents"), "11 12 119");
    assert_eq!(row(&read(&by_lines(&unknown)), "normative_documents"), "– – –");
}

#[test]
fn labels_that_are_explained_in_brackets() {
    let text = format!(
        "{SECTION}{HEADS_2019}规章 | 1 | 0 | 4\n规范性文件（含公告与意见，一般属于规范性文件） | 2 | 3 | 19\n\
         {OTHER_DOCUMENTS}（除规范性文件以外） | 186 | 86 | 255\n\
         信息内容 | 上一年项目数量 | 本年增/减（减少用负值表示，如 -8） | 处理决定数量\n\
         行政许可 | 8 | 5 | 93\n其他对外管理服务事项（含行政确认、行政处罚、行政强制） | 117 | 0 | 165\n行政处罚 | 90 | 0 | 22\n行政强制 | 4 | 4 | 0\n行政事业性收费 | 5 | 6\n\
         政府集中采购 | 7 | 80万元\n"
    );
    for text in [text.clone(), by_lines(&text)] {
        let parsed = read(&text);
        for (id, values) in [
            ("normative_documents", "2 3 19"),
            ("other_services", "117 0 165"),
            ("penalties", "90 0 22"),
            ("coercion", "4 4 0"),
        ] {
            assert_eq!(row(&parsed, id), values, "{id}: {text}");
        }
    }
}

#[test]
fn words_that_hold_a_label_name_another_row() {
    let text = format!(
        "{SECTION}{HEADS_2021}行政规范性文件 | 48 | 26 | 49\n规范性文件解读 | 25 | 0 | 0\n\
         信息内容 | 本年处理决定数量\n行政许可 | 21\n其他行政许可 | 45\n行政强制 | 4\n行政强制措施 | 77\n"
    );
    let parsed = read(&text);
    for (id, values) in [("normative_documents", "48 26 49"), ("licensing", "21"), ("coercion", "4")] {
        assert_eq!(row(&parsed, id), values, "{id}");
    }
    let alone = read(&format!("{SECTION}{HEADS_2021}行政规范性文件 | 1 | 2 | 3\n行政强制措施 | 77\n"));
    assert_eq!(row(&alone, "coercion"), "77");
}

#[test]
fn parts_of_a_row_are_not_the_row() {
    let heads = "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n";
    let text = format!(
        "{SECTION}{heads}行政许可 | 1 | 2 | 3\n其他对外管理服务事项 | 行政检查 | 12 | 3 | 88\n行政确认 | 4 | -1 | 9\n\
         {heads}行政处罚 | 19 | 20 | 21\n行政强制 | 22 | 23 | 24\n"
    );
    let parsed = read(&text);
    assert_eq!(row(&parsed, "other_services"), "– – –");
    assert_eq!(row(&parsed, "coercion"), "22 23 24");
    assert_eq!(row(&read(&by_lines(&text)), "other_services"), "– – –");
}

#[test]
fn rows_in_another_order_than_the_forms() {
    let heads = "信息内容 | 本年处理决定数量\n";
    let text = format!("{SECTION}{heads}行政许可 | 25\n{heads}行政强制 | 7\n行政处罚 | 45\n");
    let parsed = read(&text);
    assert_eq!([row(&parsed, "penalties"), row(&parsed, "coercion")], ["45", "7"]);
    let parsed = read(&by_lines(&text));
    assert_eq!(["penalties", "coercion"].map(|id| row(&parsed, id)), ["–", "–"]);
}

/// The cells of a row in columns of the office's own.
type Cells<'c> = &'c dyn Fn(usize) -> Vec<String>;

/// Table 2 with columns of the office's own: their heads instead of the one at a position, and their cells in each row.
fn with_own_columns(heads: &[&str], at: std::ops::Range<usize>, cells: Cells) -> Sheet {
    let mut sheet = Sheet::new();
    sheet.heads.splice(at.clone(), heads.iter().map(ToString::to_string));
    for (r, (_, _, figures)) in sheet.rows.iter_mut().enumerate() {
        figures.splice(at.clone(), cells(r));
    }
    sheet
}

#[test]
fn columns_of_the_offices_own_behind_the_forms() {
    let last_year = |r: usize| vec![(r * 3 % 7).to_string()];
    let share = |r: usize| vec![format!("{r}.5%")];
    let remark = |r: usize| vec![if r == 3 { "含网上申请" } else { "" }.to_owned()];
    let both = |r: usize| [last_year(r), share(r)].concat();
    let own: [(&[&str], Cells); 5] = [
        (&["上年总计"], &last_year),
        (&["2022年"], &last_year),
        (&["占比（%）"], &share),
        (&["备注"], &remark),
        (&["上年总计", "占比"], &both),
    ];
    for (heads, cells) in own {
        let mut sheet = with_own_columns(heads, 7..7, cells);
        for blank in [false, true] {
            for (between, end) in [("\t", "\n"), (" | ", "\n"), (",", "\n")] {
                let parsed = read(&sheet.lay_out(between, end));
                let granted = if blank { "12 3 blank blank blank 1 16" } else { "12 3 0 0 0 1 16" };
                assert_eq!(request(&parsed, "granted"), granted, "{heads:?}: {between}");
                let repeat = if blank { "blank 5 blank blank blank blank 5" } else { "0 5 0 0 0 0 5" };
                assert_eq!(request(&parsed, "not_processed.repeat"), repeat, "{heads:?}: {between}");
            }
            for (_, _, figures) in &mut sheet.rows {
                figures[..7].iter_mut().filter(|figure| *figure == "0").for_each(String::clear);
            }
        }
    }
    // A head before the form's is no column's, beside a subtotal neither.
    let subtotal = |row: &[String]| row[1..6].iter().map(|f| f.parse::<u64>().unwrap_or(0)).sum::<u64>().to_string();
    let mut sheet = Sheet::new();
    sheet.rows.iter_mut().for_each(|(_, _, figures)| figures.insert(6, subtotal(figures)));
    sheet.heads.insert(6, "小计".to_owned());
    sheet.heads.insert(0, "办理情形".to_owned());
    assert_eq!(request(&sheet.tabs(), "granted"), "12 3 0 0 0 1 16");
    // The same heads above rows that have no such cells.
    let mut sheet = Sheet::new();
    sheet.heads.push("单位：件".to_owned());
    assert_eq!(request(&sheet.tabs(), "granted"), "12 3 0 0 0 1 16");
}

#[test]
fn columns_of_the_offices_own_in_the_place_of_the_totals_or_before_them() {
    let cells = |r: usize| vec![(r % 4).to_string()];
    for head in ["上年总计", "排名", "占比%", "2022年"] {
        for at in [6..7, 0..0, 6..6] {
            let sheet = with_own_columns(&[head], at.clone(), &cells);
            for parsed in [sheet.tabs(), sheet.bars()] {
                let figures = parsed.report.cells().filter(|(_, cell)| cell.value().is_some());
                assert_eq!(figures.count(), 0, "{head} at {at:?}");
                assert!(has(&parsed, Code::TableMisheaded, &Subject::Table(Table::Requests)), "{head} at {at:?}");
            }
        }
        let sheet = with_own_columns(&[head], 6..7, &cells);
        assert!(has(&sheet.lines(), Code::TableMisheaded, &Subject::Table(Table::Requests)), "{head}");
    }
    for head in ["合计", "总数", "忌计"] {
        let mut sheet = Sheet::new();
        sheet.heads[6] = head.to_owned();
        assert_eq!(request(&sheet.tabs(), "granted"), "12 3 0 0 0 1 16", "{head}");
    }
}

#[test]
fn own_columns_where_zeros_leave_no_trace() {
    let mut sheet = with_own_columns(&["占比"], 7..7, &|r| vec![format!("{r}.5")]);
    for (_, _, figures) in &mut sheet.rows {
        figures.retain(|figure| figure != "0");
    }
    let parsed = read(&sheet.lay_out("   ", "\n"));
    assert!(has(&parsed, Code::TableMisheaded, &Subject::Table(Table::Requests)));
}

const TITLE: &str = "云溪市教育局2023年政府信息公开工作年度报告\n";

#[test]
fn of_two_tables_that_of_the_reports_year_counts() {
    let title = format!("{}、{}\n", Section::Requests.number(), Section::Requests.title());
    let table = |granted: u64, end: &str| {
        let row = [granted.to_string(), "0".to_owned(), granted.to_string()];
        let figures: Vec<&str> = [0, 1, 1, 1, 1, 1, 2].iter().map(|i| row[*i].as_str()).collect();
        Sheet::all_granted(&figures).lay_out("\t", end).replacen(&title, "", 1)
    };
    let read_of = |captions: [&str; 2], tables: [u64; 2]| {
        let table = |i: usize| format!("{}\n{}", captions[i], table(tables[i], "\n"));
        let parsed = read(&format!("{TITLE}{title}{}{}", table(0), table(1)));
        let twice = has(&parsed, Code::TableTwice, &Subject::Table(Table::Requests));
        (request(&parsed, "granted").split(' ').next().unwrap_or_default().to_owned(), twice)
    };
    let read_first = ["（2023年）", ""];
    for (captions, granted) in [
        (["附：2022年情况", "2023年情况"], "7"),
        (["（2022年度）", ""], "7"),
        (["上年数据：", "本年数据："], "7"),
        (["", "附：2022年情况"], "5"),
        (["填报日期：2024年1月", "附：2022年情况"], "5"),
        (["2023年", "去年同期"], "5"),
    ] {
        assert_eq!(read_of(captions, [5, 7]), (granted.to_owned(), false), "{captions:?}");
    }
    for captions in [
        ["", ""],
        ["本级", "全市"],
        ["2023年", "2023年"],
        ["2021年", "2022年"],
        read_first,
        ["填报日期：2024年1月", ""],
    ] {
        assert_eq!(read_of(captions, [5, 7]), ("absent".to_owned(), true), "{captions:?}");
        let alike = if captions[0] == "2021年" { ("absent".to_owned(), true) } else { ("5".to_owned(), false) };
        assert_eq!(read_of(captions, [5, 5]), alike, "{captions:?}");
    }
}

#[test]
fn of_two_tables_1_and_3_that_of_the_reports_year_counts() {
    let disclosure = |penalties: u32| {
        format!(
            "{HEADS_2021}规章 | 1 | 2 | 3\n信息内容 | 本年处理决定数量\n行政处罚 | {penalties}\n\
             信息内容 | 本年收费金额（单位：万元）\n行政事业性收费 | \n"
        )
    };
    let proceedings = |upheld: u32| {
        format!(
            "行政复议 | 行政诉讼\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉\n\
             {upheld} | 0 | 0 | 0 | {upheld} | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n"
        )
    };
    let title = format!("{}、{}\n", Section::Proceedings.number(), Section::Proceedings.title());
    for ([first, second], read_own) in
        [(["2022年：", "2023年："], ["8", "8"]), (["", "2022年："], ["3", "3"]), (["", ""], ["–", "–"])]
    {
        let text = format!(
            "{TITLE}{SECTION}{first}\n{}{second}\n{}{title}{first}\n{}{second}\n{}",
            disclosure(3),
            disclosure(8),
            proceedings(3),
            proceedings(8)
        );
        let parsed = read(&text);
        let upheld = parsed.report.get("proceedings/reconsideration/upheld".parse().expect("a cell of the form"));
        let upheld = upheld.and_then(|cell| cell.value().map(ToString::to_string)).unwrap_or("–".to_owned());
        assert_eq!([row(&parsed, "penalties"), upheld], read_own, "{text}");
    }
}

#[test]
fn edition_2019_by_a_row_that_the_other_one_has_as_a_group() {
    let text = Sheet::new().lay_out("\n", "\n").replace("（六）其他处理\n", "");
    assert_eq!(read(&text).report.edition, Edition::V2021);
    let rows = ["申请人无正当理由", "申请人逾期未按收费"];
    let lines: Vec<&str> = text.lines().collect();
    let of_2021 = |line: &&str| rows.iter().any(|row| line.contains(row));
    let start = lines.iter().position(of_2021).expect("a row of edition 2021");
    let end =
        lines.iter().position(|line| line.contains("总计") && line.contains("（七）")).expect("the outcomes' total");
    let zeros = ["0"; 7].join("\n");
    let of_2019 = [&lines[..start], &["（六）其他处理", &zeros], &lines[end..]].concat().join("\n");
    let parsed = read(&of_2019);
    assert_eq!(parsed.report.edition, Edition::V2019);
    assert_eq!(parsed.report.cells().filter(|(_, cell)| cell.value().is_some()).count(), 161);
}

#[test]
fn an_empty_row_of_heads_is_no_row() {
    let text = format!(
        "三、收到和处理政府信息公开申请情况\n（{BALANCE_NOTE}） | 申请人情况\n自然人 | 法人或其他组织 | 总计 | | | | | | |\n\
         商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | | | | |\n\
         一、本年新收政府信息公开申请数量 | 1 | 2 | 0 | 0 | 0 | 0 | 3\n"
    );
    let parsed = read(&text);
    let others = parsed.report.cells().filter(|(path, cell)| path.row != "new_received" && *cell != xxgk::Cell::Absent);
    assert_eq!(others.count(), 0);
}

#[test]
fn slips_in_a_table_in_order_move_no_figure() {
    let sheet = Sheet::new()
        .with("unable.not_held", &["0", "0", "0", "0", "0", "0", "10"])
        .with("unable.requires_creation", &["0", "0", "134", "0", "0", "0", "124"]);
    let parsed = read(&sheet.lay_out("\n", "\n"));
    let total = parsed.report.get(common::sheet::path("requests/unable.not_held/total"));
    assert!(total.is_none_or(|cell| cell.value().is_none_or(|value| value.to_string() == "10")));
    assert!(!parsed.diagnostics.iter().any(|d| d.code == Code::RowReordered));
}

#[test]
fn rows_do_not_move_to_the_next_label_where_others_lost_values() {
    let printed = [
        ("new_received", "919 345 554 372 457 305 2952"),
        ("carried_over", "116 169 285"),
        ("granted", "0 0 0 0"),
        ("partially_granted", "294 0 0 0 0 0 280 280"),
        ("denied.internal_affairs", "0 0 393 393"),
        ("denied.enforcement_files", "0 0 0 0 86 0 0 86"),
        ("unable.still_unclear", "0 0 0 0 174 151 0 325"),
        ("not_processed.repeat", "0 0 0 0"),
        ("not_processed.publication", "179 0 64 243 0 0 0 0 0 0 0"),
    ];
    let mut sheet = Sheet::new();
    sheet.rows.retain(|(id, ..)| printed.iter().any(|(own, _)| own == id));
    for (id, figures) in printed {
        *sheet.figures(id) = figures.split(' ').map(str::to_owned).collect();
    }
    let parsed = read(&sheet.lay_out("\n", "\n"));
    for (id, figures) in printed.iter().filter(|(_, figures)| figures.split(' ').count() != 7) {
        assert_eq!(request(&parsed, id).replace("absent ", ""), "absent", "{figures}");
    }
}
