//! Documents whose order, labels and sums speak against one another: whatever is read from them is right, or is not read.

use xxgk::Edition;
use xxgk::form::Table;

type Rows = Vec<(String, Vec<u64>)>;

/// Table 2 with figures that add up; every other row is of zeros.
fn table_2() -> Rows {
    let rows = Edition::V2021.form().rows(Table::Requests);
    let mut figures = vec![vec![0; 7]; rows.len()];
    for (r, row) in figures.iter_mut().enumerate().take(23).skip(2).step_by(2) {
        *row = (0..6).map(|c| (r as u64 * 5 + c * 3) % 11).collect();
        row.push(row.iter().sum());
    }
    let total: Vec<u64> = (0..7).map(|c| figures[2..23].iter().map(|row| row[c]).sum()).collect();
    (figures[0], figures[23]) = (total.clone(), total);
    rows.iter().map(|row| row.label.to_owned()).zip(figures).collect()
}

fn joined(figures: &[u64], separator: &str) -> String {
    figures.iter().map(u64::to_string).collect::<Vec<_>>().join(separator)
}

/// A report of these tables, and a third one of zeros.
fn document(table_1: &str, table_2: &str) -> String {
    format!(
        "清河市教育局2022年政府信息公开工作年度报告\n一、总体情况\n全年公开信息九十条。\n二、主动公开政府信息情况\n{table_1}\n\
         三、收到和处理政府信息公开申请情况\n{table_2}\n四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n\
         {}\n五、存在的主要问题及改进情况\n目录更新较慢。\n六、其他需要报告的事项\n无。\n",
        ["0"; 15].join(" ")
    )
}

/// Asserts that no cell of table 2 has another figure than its label's row, and returns how many have one.
#[track_caller]
fn read(text: &str, rows: &Rows) -> usize {
    let report = xxgk::parse(text).report;
    let form = Edition::V2021.form();
    let mut found = 0;
    for (path, cell) in report.cells().filter(|(path, _)| path.table == Table::Requests) {
        let row = form.rows(Table::Requests).iter().position(|row| row.id == path.row).expect("a row of the form");
        let column =
            form.rows(Table::Requests)[row].columns.iter().position(|c| c.id == path.column).expect("a column");
        if let Some(figure) = cell.value() {
            assert_eq!(figure.to_string(), rows[row].1[column].to_string(), "{path} in\n{text}");
            found += 1;
        }
    }
    found
}

/// The values of table 1 that are read, by their paths.
fn table_1(text: &str) -> Vec<String> {
    let report = xxgk::parse(&document(text, "")).report;
    let read = report.cells().filter(|(path, _)| path.table == Table::Disclosure);
    read.filter_map(|(path, cell)| Some(format!("{}={}", path.row, cell.value()?))).collect()
}

/// Some rows stand before their labels, the last figures of others on lines of their own behind them.
#[test]
fn labels_on_the_line_of_half_a_row() {
    let rows = table_2();
    for torn in [3, 4, 7, 12] {
        let lines: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(r, (label, figures))| match r % torn {
                0 => format!("{label} {}\n{}", joined(&figures[..5], " "), joined(&figures[5..], "\n")),
                _ => format!("{}\n{label}", joined(figures, " ")),
            })
            .collect();
        read(&document("", &lines.join("\n")), &rows);
    }
}

/// Two rows change places together with their labels.
#[test]
fn rows_out_of_order() {
    let rows = table_2();
    let mut count = 0;
    for at in 0..rows.len() - 1 {
        let mut swapped = rows.clone();
        swapped.swap(at, at + 1);
        let lines = |f: &dyn Fn(&str, &[u64]) -> String| {
            document("", &swapped.iter().map(|(label, figures)| f(label, figures)).collect::<String>())
        };
        let cells = lines(&|label, figures| format!("{label}\n\n{}\n\n", joined(figures, "\n\n")));
        let above = lines(&|label, figures| format!("{}\n{label}\n", joined(figures, " ")));
        let behind = lines(&|label, figures| format!("{}\n{label}\n", joined(figures, "\n")));
        let tabs = lines(&|label, figures| format!("{label}\t{}\n", joined(figures, "\t")));
        for text in [cells, above, behind] {
            count += read(&text, &rows);
        }
        assert_eq!(read(&tabs, &rows), 175);
    }
    assert!(count > 5000, "{count} cells were read");
}

/// A block of labels, then a block of values; one row is gone from both.
#[test]
fn blocks_without_a_row() {
    let rows = table_2();
    for gone in 0..rows.len() {
        let kept: Rows = rows.iter().enumerate().filter(|(r, _)| *r != gone).map(|(_, row)| row.clone()).collect();
        let blocks = kept.chunks(8).map(|rows| {
            let labels: String = rows.iter().flat_map(|(label, _)| [label, "\n"]).collect();
            labels + &rows.iter().map(|(_, figures)| joined(figures, " ") + "\n").collect::<String>()
        });
        read(&document("", &blocks.collect::<String>()), &rows);
    }
}

/// A subtotal in front, glued to the label and to the first figure.
#[test]
fn figures_that_run_into_each_other() {
    let rows = table_2();
    let glued = |(label, figures): &(String, Vec<u64>)| {
        format!("{label}{}{}\n", figures[1..6].iter().sum::<u64>(), joined(figures, " "))
    };
    read(&document("", &rows.iter().map(glued).collect::<String>()), &rows);
}

#[test]
fn running_numbers_are_no_figures() {
    let rows =
        [("规章", "1 2 3"), ("行政规范性文件", "4 0 9"), ("行政许可", "45"), ("行政处罚", "0"), ("行政强制", "7")];
    let rows = rows.into_iter().chain([("行政事业性收费", "0.5")]).zip(1..);
    for behind in [false, true] {
        let row = |((label, figures), number): ((&str, &str), u8)| {
            if behind {
                format!("{figures}\n{number}\n{label}\n")
            } else {
                format!("{number}\t{label}\t{}\n", figures.replace(' ', "\t"))
            }
        };
        let text: String = rows.clone().map(row).collect();
        let wanted = ["licensing=45", "penalties=0", "coercion=7", "fees=0.5"];
        assert_eq!(table_1(&format!("序号\t信息内容\t本年处理决定数量\n{text}"))[6..], wanted, "{text}");
    }
}

/// Nobody knows whether a comma separates or groups.
#[test]
fn thousands_between_commas() {
    let text = "规章,0件,0件,413件\n行政规范性文件,39件,0件,25件\n行政许可,44,012件\n行政处罚,9,567件\n行政强制,718件";
    assert_eq!(table_1(text)[6..], ["coercion=718"]);
}

/// A block of values a cell to a line, which another row's label stands next to, may hold columns as well as rows.
#[test]
fn blocks_of_columns_in_table_1() {
    let text = "规章\n行政规范性文件\n行政许可\n本年制发件数\n1\n4\n2\n5\n3\n6\n本年处理决定数量\n7\n行政处罚\n8\n行政强制\n9\n行政事业性收费\n0";
    assert!(table_1(text).iter().all(|cell| !cell.starts_with("rules") && !cell.starts_with("normative")), "{text}");
}

/// A head of table 3 that cannot be read is no cell of it, not even where a cell is lost.
#[test]
fn heads_that_cannot_be_read() {
    let heads = "行政复议\n行政诉讼\n■\n结果纠正\n其他结果\n尚未审结\n总计";
    let values = "132\n42\n0\n174\n0\n133\n0\n135\n268\n0\n0\n206\n0\n206";
    let text =
        document("", "").replace("行政复议 行政诉讼\n", &format!("{heads}\n")).replace(&["0"; 15].join(" "), values);
    let reconsideration = xxgk::parse(&text).report.proceedings.reconsideration;
    assert!(reconsideration.upheld.value().is_none_or(|figure| *figure == 132), "{reconsideration:?}");
}

/// The end of a line cuts a total in two.
#[test]
fn totals_broken_over_lines() {
    let mut rows = table_2();
    let more = 17_080 - rows[23].1[6];
    for row in [0, 2, 23] {
        rows[row].1[0] += more;
        rows[row].1[6] += more;
    }
    let total = rows[23].1[6].to_string();
    for (at, _) in total.char_indices().skip(1) {
        let lines: Vec<String> = rows.iter().map(|(label, row)| format!("{label}\t{}", joined(row, "\t"))).collect();
        let text = lines.join("\n");
        let broken = format!("{}\n{}", &total[..at], &total[at..]);
        let (before, behind) = text.rsplit_once(&total).expect("it is in the last but one row");
        read(&document("", &format!("{before}{broken}{behind}")), &rows);
    }
}

/// Where zeros are `0` and other figures of full width, a `０` alone is what is left of a figure that broke over lines.
#[test]
fn figures_broken_over_lines() {
    let wide = |figure: u64| match figure {
        0 => "0".to_owned(),
        _ => figure.to_string().chars().filter_map(|d| char::from_u32(d as u32 + 0xFEE0)).collect::<String>(),
    };
    let mut rows = table_2();
    (rows[3].1[0], rows[3].1[6]) = (50, 50);
    (rows[0].1[0], rows[0].1[6]) = (rows[0].1[0] + 50, rows[0].1[6] + 50);
    (rows[23].1[0], rows[23].1[6]) = (rows[23].1[0] + 50, rows[23].1[6] + 50);
    let line = |(r, (label, figures)): (usize, &(String, Vec<u64>))| match r {
        3 => format!("５ ５\n{label} 0 0 0 0 0\n０ ０\n"),
        _ => format!("{label} {}\n", figures.iter().map(|f| wide(*f)).collect::<Vec<_>>().join(" ")),
    };
    let text = document("", &rows.iter().enumerate().map(line).collect::<String>());
    let granted = xxgk::parse(&text).report.requests.outcomes.partially_granted;
    assert!(
        [&granted.natural_person, &granted.total].iter().all(|c| c.value().is_none_or(|f| *f == 50)),
        "{granted:?}"
    );
}

/// A label, two rows of which only the second stands apart, and no label for it: the first may be the label's.
#[test]
fn rows_between_a_label_and_the_next() {
    let mut rows = table_2();
    rows[5].0 = "■".to_owned();
    rows[6].0 = String::new();
    let row = |(label, figures): &(String, Vec<u64>)| format!("{label}\n{}\n\n", joined(figures, "\n"));
    let text = rows.iter().map(row).collect::<String>().replace("\n\n■", "\n■");
    let parsed = xxgk::parse(&document("", &text));
    let secret = parsed.report.requests.outcomes.denied.state_secret.natural_person;
    assert!(secret.value().is_none_or(|figure| *figure == rows[4].1[0]), "{secret:?}");
}

/// A paragraph's lines break anywhere: a row's figures stand before the next row's label.
#[test]
fn figures_on_the_line_of_the_next_label() {
    let rows = table_2();
    let all = rows.len();
    for first in all / 2..all - 4 {
        for lost in first + 1..all {
            let line = |(r, (label, figures)): (usize, &(String, Vec<u64>))| {
                let label = if r == lost { "" } else { label };
                let end = if r < first { " " } else { "\n" };
                format!("{label}{end}{}{}", joined(figures, " "), if r < first { "\n" } else { " " })
            };
            let table: String = rows.iter().enumerate().map(line).collect();
            read(&document("", &table), &rows);
        }
    }
}

/// A row that the form does not have, in the place of one that an office left out.
#[test]
fn rows_of_the_office_s_own() {
    for between in [" | ", "\t", "\n"] {
        let text = |own: &str| {
            let rows = ["规章 0 1 3", "行政规范性文件 2 4 5", "行政许可 7", "行政处罚 8", own, "行政事业性收费 1.25"];
            rows.map(|row| row.replace(' ', between)).join("\n")
        };
        assert!(table_1(&text("行政强制 9")).contains(&"coercion=9".to_owned()), "{between:?}");
        assert!(!table_1(&text("行政检查 9")).iter().any(|cell| cell.starts_with("coercion")), "{between:?}");
        let rows = table_2();
        let lines: Vec<String> = rows.iter().map(|(label, row)| format!("{label} {}", joined(row, " "))).collect();
        let with = |r: usize, own: &str| {
            let mut lines = lines.clone();
            lines[r] = own.to_owned();
            lines.join("\n").replace(' ', between)
        };
        let named_like_a_group = "特殊不予公开情形 0 2 0 1 0 0 3";
        read(&document("", &with(7, named_like_a_group)), &rows);
        for r in [1, 2, 12, 22] {
            assert!(read(&document("", &with(r, "其中:网上申请 5 1 0 0 0 0 6")), &rows) >= 24 * 6, "{between:?} {r}");
        }
    }
}

/// A measure word that is none of money.
#[test]
fn a_number_of_items_is_no_amount() {
    assert_eq!(table_1("行政许可 | 7件\n行政处罚 | 8(件)\n行政事业性收费 | 11项"), ["licensing=7", "penalties=8"]);
    assert_eq!(table_1("行政许可 | 7\n行政事业性收费 | 11元"), ["licensing=7", "fees=11"]);
}

/// A row twice with different figures: nobody knows which are right.
#[test]
fn a_row_that_stands_there_twice() {
    for separator in [" | ", "\t"] {
        let table =
            |again: &str| format!("规章 0 1 3\n行政许可 7\n行政许可 {again}\n行政处罚 8").replace(' ', separator);
        assert!(table_1(&table("7")).contains(&"licensing=7".to_owned()));
        assert!(!table_1(&table("6")).iter().any(|cell| cell.starts_with("licensing")));
    }
}

#[test]
fn digits_among_other_marks_are_no_empty_cell() {
    for misprint in ["349。", "(2)", "1。25", "25.1万元。", "3件。"] {
        let table = format!("| 规章 | 1 | 2 | 3 |\n| 行政规范性文件 | 1 | {misprint} | 6 |\n| 行政许可 | 7 |");
        let report = xxgk::parse(&document(&table, "")).report;
        let path: xxgk::CellPath = "disclosure/normative_documents/repealed".parse().expect("a path");
        assert_eq!(report.get(path).map(|cell| cell.state()), Some(xxgk::State::Unreadable), "{misprint}");
    }
}

/// The heads of table 3 in other orders, in all its parts alike, or its parts.
#[test]
fn table_3_in_another_order() {
    let read = |table: &str| {
        let text = document("", "").replace(&format!("行政复议 行政诉讼\n{}", ["0"; 15].join(" ")), table);
        let report = xxgk::parse(&text).report;
        let values = report.cells().filter(|(path, _)| path.table == Table::Proceedings);
        values.filter(|(_, cell)| cell.value().is_some()).count()
    };
    let heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let figures = "1 0 2 0 3 0 1 0 0 1 2 0 0 1 3";
    for separator in [" | ", "\t", " "] {
        for (order, count) in [([0, 1, 2, 3, 4], 15), ([3, 0, 1, 2, 4], 0), ([1, 3, 0, 2, 4], 0)] {
            let head = order.map(|head: usize| heads[head]).join(" ");
            let table = format!("行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n{head} {head} {head}\n{figures}");
            assert_eq!(read(&table.replace(' ', separator)), count, "{separator:?} {order:?}");
            let turned = table.replace("行政复议 行政诉讼", "行政诉讼 行政复议");
            assert_eq!(read(&turned.replace(' ', separator)), 0, "{separator:?} {order:?}");
        }
        let part = |name: &str, figures: &str| format!("{name} {figures}\n");
        let [first, direct, after] =
            [("行政复议", "1 0 2 0 3"), ("未经复议直接起诉", "0 1 0 0 1"), ("复议后起诉", "2 0 0 1 3")]
                .map(|(name, figures)| part(name, figures));
        let head = format!("类别 {}\n", heads.join(" "));
        let parts = |parts: [&str; 3]| (head.clone() + &parts.concat()).replace(' ', separator);
        assert_eq!(read(&parts([&first, &direct, &after])), 15, "{separator:?}");
        assert_eq!(read(&parts([&direct, &after, &first])), 0, "{separator:?}");
        if separator != " " {
            assert_eq!(read(&parts([&first, &part("行政诉讼", "2 1 0 1 4"), &part("合计", "3 1 2 1 7")])), 0);
        }
    }
}

/// A no-break space below a table makes room there, as some pages do; where a cell is missing, it may be that.
#[test]
fn a_no_break_space_below_a_table() {
    let table = "规章\n0\n1\n3\n行政规范性文件\n2\n4\n5\n行政许可\n7\n行政处罚\n8\n行政强制\n9\n行政事业性收费\n1.25";
    let read = table_1(table);
    assert_eq!(read.len(), 10);
    assert_eq!(table_1(&format!("{table}\n\u{a0}")), read);
    let lost = table.replace("\n8\n", "\n");
    for below in ["\n\u{a0}", "\n\u{a0}\n\u{a0}"] {
        assert!(!table_1(&format!("{lost}{below}")).contains(&"penalties=9".to_owned()));
    }
}

/// The number of an item in a field of its own is no cell.
#[test]
fn numbers_of_items_in_their_own_field() {
    let rows = table_2();
    for number in ["1.", "(1)", "１、", "1)"] {
        let line = |(label, row): &(String, Vec<u64>)| {
            format!("| 三、本年度办理结果 | {number} | {label} | {} |", joined(row, " | "))
        };
        let lines: Vec<String> = rows.iter().map(line).collect();
        assert_eq!(read(&document("", &lines.join("\n")), &rows), 25 * 7, "{number}");
    }
}

/// Two rows of the form in one of the document, label below label: their values stand by columns.
#[test]
fn rows_in_one_row() {
    for separator in [" | ", "\t"] {
        let fields = ["规章 行政规范性文件", "0 5", "0 2", "0 12"].join(separator);
        let read = table_1(&format!("{fields}\n{}", "行政许可 7".replace(' ', separator)));
        assert_eq!(read, ["licensing=7"], "{separator:?}");
    }
    let page =
        "<table><tr><td>规章<br>行政规范性文件<td>0<br>5<td>0<br>2<td>0<br>12<tr><td>行政许可<td colspan=3>7</table>";
    assert_eq!(table_1_of_page(page), ["licensing=7"]);
}

#[cfg(feature = "html")]
fn table_1_of_page(table: &str) -> Vec<String> {
    let page =
        format!("<html><body>{}</body></html>", document("\u{1}", "").replace('\n', "<br>").replace('\u{1}', table));
    let report = xxgk::parse_html(&page).report;
    let read = report.cells().filter(|(path, _)| path.table == Table::Disclosure);
    read.filter_map(|(path, cell)| Some(format!("{}={}", path.row, cell.value()?))).collect()
}

/// A cell to a line, each indented at will: their places tell no order.
#[test]
fn figures_indented_by_chance() {
    let others =
        "行政规范性文件\n\n2\n\n4\n\n5\n\n行政许可\n\n7\n\n行政处罚\n\n8\n\n行政强制\n\n9\n\n行政事业性收费\n\n1.25";
    let row = |figures: [&str; 3]| format!("规章\n\n{}\n\n{others}", figures.join("\n\n"));
    assert_eq!(table_1(&row(["3", "5", "74"]))[..3], ["rules=3", "rules=5", "rules=74"]);
    assert!(!table_1(&row(["3", "     5", "  74"])).iter().any(|cell| cell.starts_with("rules")));
}

/// The last row of table 2 under a name that others have for a column of sums.
#[test]
fn a_total_that_is_called_a_subtotal() {
    let rows = table_2();
    let line = |(label, row): &(String, Vec<u64>)| format!("{label}\t{}", joined(row, "\t"));
    let lines: Vec<String> = rows.iter().map(line).collect();
    let text = document("", &lines.join("\n")).replace("\n总计\t", "\n（七）小计\t");
    assert!(text.contains("小计"));
    assert_eq!(read(&text, &rows), 25 * 7);
}

/// Word ends tables with a row of empty cells, and heads have some where cells were not merged.
#[cfg(feature = "html")]
#[test]
fn rows_of_empty_cells() {
    let empty = |count| format!("<tr>{}", "<td>".repeat(count));
    let row = |label: &str, figure: &str| format!("<tr><td>{label}<td>{figure}");
    let rows = [("行政许可", "7"), ("行政处罚", "8"), ("行政强制", "9"), ("行政事业性收费", "1.25")];
    let rows: String = rows.iter().map(|(label, figure)| row(label, figure)).collect();
    let table = "<table><tr><td>规章<td>0<td>1<td>3<tr><td>行政规范性文件<td>2<td>4<td>5";
    assert_eq!(table_1_of_page(&format!("{table}{rows}{}</table>", empty(4))).len(), 10);

    let heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"].map(|head| format!("<td>{head}")).concat();
    let figures = format!("<td>{}", "1 0 2 0 3 0 1 0 0 1 2 0 0 1 3".replace(' ', "<td>"));
    let third = format!("<tr>{}{heads}{heads}", "<td>".repeat(5));
    let table = format!(
        "<table><tr><td colspan=5>行政复议<td colspan=10>行政诉讼<tr>{heads}<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉\
         {third}<tr>{figures}{}</table>",
        empty(15)
    );
    let text = document("", "").replace(&format!("行政复议 行政诉讼\n{}", ["0"; 15].join(" ")), "\u{1}");
    let page = format!("<html><body>{}</body></html>", text.replace('\n', "<br>").replace('\u{1}', &table));
    let report = xxgk::parse_html(&page).report;
    let read = report.cells().filter(|(path, cell)| path.table == Table::Proceedings && cell.value().is_some());
    assert_eq!(read.count(), 15);
}

/// What stands below a row of table 1 with no text between may be the rest of its last figure.
#[test]
fn a_figure_that_goes_on_below() {
    let row = |label: &str, figures: &str| format!("{label} {figures}\n");
    let rows = [("行政许可", "7"), ("行政处罚", "8"), ("行政强制", "9"), ("行政事业性收费", "1.25")];
    let rows: String = rows.iter().map(|(label, figure)| row(label, figure)).collect();
    for separator in ["\t", " | "] {
        let head = "规章 0 1 3\n行政规范性文件 3 1 1";
        let read = |rest: &str| table_1(&format!("{head}{rest}\n{rows}").replace(' ', separator));
        assert_eq!(read("").len(), 10);
        assert!(!read("\n2").contains(&"normative_documents=1".to_owned()), "{separator:?}");
    }
}

/// A browser prints the page's address beside its number, between any two cells.
#[test]
fn addresses_below_pages() {
    let rows = table_2();
    let lines: Vec<String> = rows.iter().flat_map(|(label, row)| [label.clone(), joined(row, "\n")]).collect();
    let lines = lines.join("\n");
    let lines: Vec<&str> = lines.lines().collect();
    for (at, page) in (3..lines.len()).step_by(11).zip(2..) {
        let mut printed = lines.clone();
        let address = format!("https://www.qinghe.gov.cn/2023/1/22/art_1_2345.html\t{page}/48");
        printed.insert(at, &address);
        for between in ["\n", "\n\n"] {
            assert_eq!(read(&document("", &printed.join(between)), &rows), 7 * rows.len(), "{address}");
        }
    }
}

/// No-break spaces on both sides of a paragraph's one word are no cells.
#[test]
fn room_around_cells() {
    let rows = table_2();
    let cells = rows.iter().flat_map(|(label, row)| [label.clone()].into_iter().chain(row.iter().map(u64::to_string)));
    let padded: Vec<String> = cells.map(|cell| format!("\u{a0} {cell} \u{a0}")).collect();
    assert_eq!(read(&document("", &padded.join("\n\n")), &rows), 7 * rows.len());
}

/// Two neighbouring rows that lost the same figure of one column add up where their figures are dealt out anew.
#[test]
fn the_same_figure_lost_in_two_rows() {
    let mut rows = table_2();
    let [first, second, gone] = [6, 7, 11];
    (rows[first].1, rows[second].1) = (vec![0, 0, 0, 0, 79, 0, 79], vec![0, 42, 0, 39, 79, 0, 160]);
    for sums in [0, 23] {
        rows[sums].1 = (0..7).map(|c| rows[2..23].iter().map(|(_, row)| row[c]).sum()).collect();
    }
    let line = |(r, (label, row)): (usize, &(String, Vec<u64>))| {
        let is_lost = |column| column == 4 && [first, second].contains(&r);
        let cell = |(c, figure): (usize, &u64)| if is_lost(c) { "|\n".into() } else { format!("{figure} |\n") };
        format!("{label} |\n{}||\n", row.iter().enumerate().map(cell).collect::<String>())
    };
    let lines = rows.iter().enumerate().filter(|(r, _)| *r != gone).map(line);
    assert!(read(&document("", &lines.collect::<String>()), &rows) >= 7 * (rows.len() - 3));
}

/// A page's number, or another one that is no cell, behind two labels of table 1 of which one has a cell of its own, or whose
/// figures a converter put elsewhere.
#[test]
fn one_figure_more_or_less_than_labels() {
    let table = |penalties: &str| {
        let rows = ["规章\n0\n1\n3", "行政规范性文件\n2\n4\n5", "行政许可\n7", penalties, "行政事业性收费\n1.25"];
        table_1(&rows.join("\n"))
    };
    assert_eq!(table("行政处罚\n8\n行政强制\n9").len(), 10);
    for cell in ["\u{a0}", "8"] {
        let read = table(&format!("行政处罚\n{cell}\n行政强制\n43\n5"));
        assert!(!read.iter().any(|cell| cell.starts_with("coercion") || cell == "penalties=43"), "{read:?}");
    }
    // The row before lost all but its item, and the next one its label.
    let lost = table_1(
        "规章\n0\n1\n3\n行政规范性文件\n2\n4\n5\n第二十条第（五）项\n信息内容\n本年处理决定数量\n第二十条第（六）项\n信息内容\n\
         本年处理决定数量\n行政处罚\n8\n\n9\n第二十条第（八）项\n信息内容\n■\n1.25",
    );
    assert!(!lost.contains(&"penalties=9".to_owned()), "{lost:?}");
    let blocks = "规章\n行政规范性文件\n第二十条第（一）项\n\n0\n\n1\n\n3\n\n2\n\n4\n\n5\n\n行政许可\n第二十条第（五）项\n本年处理决定数量\n\
                  第二十条第（六）项\n\n7\n\n信息内容\n行政处罚\n行政强制\n\n本年处理决定数量\n8";
    let read = table_1(&format!("{blocks}\n\n第二十条第（八）项\n信息内容\n行政事业性收费\n\n1.25"));
    assert!(!read.contains(&"coercion=8".to_owned()), "{read:?}");
}

/// Labels behind their rows, the longest around them, and a page's number in the row behind these: the label there is not that
/// of the row before.
#[test]
fn a_row_before_one_with_a_page_number() {
    let mut rows = table_2();
    let own = std::mem::take(&mut rows[22].1);
    rows[22].1 = std::mem::replace(&mut rows[21].1, own);
    let row = |(r, (label, figures)): (usize, &(String, Vec<u64>))| match r {
        20 => {
            format!("1.申请人无正当理由逾期不补正、行政机关不再处\n{}\n理其政府信息公开申请\n", joined(figures, "\n"))
        }
        21 => format!(
            "（六）其他 2.申请人逾期未按收费通知要求缴纳费用、行政机\n{}\n处理\n关不再处理其政府信息公开申请\n",
            joined(figures, "\n")
        ),
        22 => format!("{}\n6\n{}\n{label}\n", joined(&figures[..4], "\n"), joined(&figures[4..], "\n")),
        _ => format!("{}\n{label}\n", joined(figures, "\n")),
    };
    assert!(read(&document("", &rows.iter().enumerate().map(row).collect::<String>()), &rows) > 0);
}

/// A column with nothing in it before or behind table 3 only makes room; an empty cell before figures alone is one.
#[cfg(feature = "html")]
#[test]
fn a_column_that_makes_room() {
    let heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"].map(|head| format!("<td>{head}")).concat();
    let figures = |first: &str| format!("<td>{first}<td>{}", "0 2 0 3 0 1 0 0 1 2 0 0 1 3".replace(' ', "<td>"));
    let heads = |before: &str, behind: &str| {
        let parts = "<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉";
        let above = "<td colspan=5>行政复议<td colspan=10>行政诉讼";
        let rows = [above.to_owned(), format!("<td colspan=5>{parts}"), heads.repeat(3)];
        rows.map(|row| format!("<tr>{before}{row}{behind}")).concat()
    };
    let read = |table: &str| {
        let text = document("", "").replace(&format!("行政复议 行政诉讼\n{}", ["0"; 15].join(" ")), "\u{1}");
        let page = format!("<html><body>{}</body></html>", text.replace('\n', "<br>").replace('\u{1}', table));
        let report = xxgk::parse_html(&page).report;
        let cells = report.cells().filter(|(path, _)| path.table == Table::Proceedings);
        cells.map(|(_, cell)| cell.value().map_or_else(String::new, ToString::to_string)).collect::<Vec<_>>()
    };
    let whole = "1 0 2 0 3 0 1 0 0 1 2 0 0 1 3".split(' ').collect::<Vec<_>>();
    assert_eq!(read(&format!("<table>{}<tr><td>{}</table>", heads("<td>", ""), figures("1"))), whole);
    assert_eq!(read(&format!("<table>{}<tr>{}<td></table>", heads("", "<td>"), figures("1"))), whole);
    for figures in [figures(""), figures("").replacen("<td>0", "<td>无", 1)] {
        let apart = read(&format!("<table>{}</table><table><tr>{figures}</table>", heads("", "")));
        assert!(apart[0].is_empty() && apart[2..].iter().eq(&whole[2..]), "{apart:?}");
    }
}

#[test]
fn the_tables_of_a_second_report_are_not_the_first_s() {
    let rows = table_2();
    let lines: Vec<String> =
        rows.iter().map(|(label, figures)| format!("{label}\t{}", joined(figures, "\t"))).collect();
    let table_1 = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t1\t0\t1\n行政规范性文件\t3\t2\t66";
    let table_2 = format!("自然人\t商业企业\n{}", lines.join("\n"));
    let second = document(table_1, &table_2).replace("2022", "2021");
    let picture = "（见附图）";
    for table in [Table::Disclosure, Table::Requests] {
        let (first, other) = match table {
            Table::Disclosure => (document(picture, &table_2), Table::Requests),
            _ => (document(table_1, picture), Table::Disclosure),
        };
        let parsed = xxgk::parse(&(first + &second));
        let filled = |table| parsed.report.cells().any(|(path, cell)| path.table == table && cell.value().is_some());
        assert!(!filled(table) && filled(other), "{table:?}");
    }
}
