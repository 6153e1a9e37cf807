//! Tables with a bar behind each cell, as scrapers leave them: a cell or a row to a line, merged cells gone, and each row
//! filled up to as many columns as the table has.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use common::sheet::{Sheet, path, read, request, right_or_empty, row};
use xxgk::form::{Form, RESULTS, Row};
use xxgk::{Edition, Parsed, State, Table};

/// How many columns table 2 has with those of its groups.
const COLUMNS: usize = 10;

/// Writes the cells of a row, of which the empty ones are blank, and so many bars that fill it up.
type LayOut = fn(&[&str], usize) -> String;

/// A cell to a line; the bars that fill up the row stand on a line of their own.
fn ends(cells: &[&str], more: usize) -> String {
    let cells: String =
        cells.iter().map(|cell| if cell.is_empty() { "|\n".into() } else { format!("{cell} |\n") }).collect();
    cells + &if more > 0 { "|".repeat(more) + "\n" } else { String::new() }
}

/// The same, and an empty cell before each row.
fn led(cells: &[&str], more: usize) -> String {
    let row = ends(cells, 0);
    let bars = if more > 0 { " ".to_owned() + &"|".repeat(more) } else { String::new() };
    format!("|\n{}{bars}\n", row.trim_end())
}

/// Each cell and the bar behind it on lines of their own.
fn closers(cells: &[&str], more: usize) -> String {
    ends(cells, more).replace(" |\n", "\n|\n")
}

fn closers_only(cells: &[&str], _: usize) -> String {
    closers(cells, 0)
}

/// A row to a line.
fn rows(cells: &[&str], more: usize) -> String {
    let bars = if more > 0 { " ".to_owned() + &"|".repeat(more) } else { String::new() };
    cells.join(" | ") + " |" + &bars + "\n"
}

fn rows_only(cells: &[&str], _: usize) -> String {
    rows(cells, 0)
}

/// The same, with nothing between the bars of empty cells.
fn tight(cells: &[&str], more: usize) -> String {
    let cells: String =
        cells.iter().map(|cell| if cell.is_empty() { "|".into() } else { format!("{cell} | ") }).collect();
    (cells + &"|".repeat(more)).trim_end().to_owned() + "\n"
}

/// A row to a line, with a line break in each empty cell, as trafilatura prints no-break spaces.
fn breaks(cells: &[&str], more: usize) -> String {
    let mut row = String::new();
    for cell in cells {
        if cell.is_empty() {
            row.truncate(row.trim_end().len());
        }
        row += if cell.is_empty() { "\n" } else { cell };
        row += if cell.is_empty() { "| " } else { " | " };
    }
    (row.trim_start().to_owned() + &"|".repeat(more)).trim_end().to_owned() + "\n"
}

const LAY_OUTS: [LayOut; 8] = [ends, led, closers, closers_only, breaks, rows, rows_only, tight];

/// A row of the form with the labels of the groups that begin with it.
fn labels(form: &Form, table: Table, at: usize) -> Vec<&'static str> {
    let own: &Row = &form.rows(table)[at];
    let before: &[&str] = at.checked_sub(1).map_or(&[], |at| form.rows(table)[at].groups);
    let opened = own.groups.iter().enumerate().filter(|(i, group)| before.get(*i) != Some(*group));
    opened.map(|(_, group)| *group).collect()
}

/// The lines of table 2, row by row, with its zeros blank or not.
fn lines(sheet: &Sheet, blank: bool, lay_out: LayOut) -> Vec<String> {
    let form = Edition::V2021.form();
    let row = |(at, (_, label, figures)): (usize, &(&str, String, Vec<String>))| {
        let mut cells = labels(form, Table::Requests, at);
        cells.push(label);
        cells.extend(figures.iter().map(|f| if blank && f == "0" { "" } else { f.as_str() }));
        lay_out(&cells, COLUMNS - cells.len())
    };
    sheet.rows.iter().enumerate().map(row).collect()
}

/// A report with this table 2, of which the other tables are of zeros.
fn report(requests: &str, lay_out: LayOut) -> String {
    let item = |title: &str, column: &str, row: &str| {
        lay_out(&[title], 3) + &lay_out(&["信息内容", column], 2) + &lay_out(&[row, "7"], 2)
    };
    let results: Vec<&str> = (0..3).flat_map(|_| RESULTS.iter().map(|column| column.label)).collect();
    [
        "二、主动公开政府信息情况\n".to_owned(),
        lay_out(&["第二十条第（一）项"], 3),
        lay_out(&["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], 0),
        lay_out(&["规章", "1", "2", "3"], 0),
        lay_out(&["行政规范性文件", "", "5", ""], 0),
        item("第二十条第（五）项", "本年处理决定数量", "行政许可"),
        "三、收到和处理政府信息公开申请情况\n".to_owned(),
        lay_out(&["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"], COLUMNS - 2),
        requests.to_owned(),
        "四、政府信息公开行政复议、行政诉讼情况\n".to_owned(),
        lay_out(&["行政复议", "行政诉讼"], 13),
        lay_out(&results, 0),
        lay_out(&["1", "", "", "", "1", "", "2", "", "", "2", "", "", "", "", ""], 0),
        "五、存在的主要问题及改进情况\n".to_owned(),
    ]
    .concat()
}

fn blanks(figures: &[String], blank: bool) -> String {
    let cell = |f: &String| if blank && f == "0" { "blank".to_owned() } else { f.clone() };
    figures.iter().map(cell).collect::<Vec<_>>().join(" ")
}

fn cell(parsed: &Parsed, at: &str) -> String {
    let cell = parsed.report.get(path(at)).expect("a cell of the edition");
    cell.value().as_ref().map_or_else(|| cell.state().id().to_owned(), ToString::to_string)
}

#[test]
fn bars_behind_cells_tell_the_columns_of_rows_that_merged_cells_left() {
    let sheet = Sheet::new();
    for (i, lay_out) in LAY_OUTS.into_iter().enumerate() {
        for blank in [false, true] {
            let parsed = read(&report(&lines(&sheet, blank, lay_out).concat(), lay_out));
            for (id, _, figures) in &sheet.rows {
                assert_eq!(request(&parsed, id), blanks(figures, blank), "{i}: {id}");
            }
            assert_eq!(cell(&parsed, "disclosure/rules/in_force"), "3", "{i}");
            // Where zeros are printed, the last field of a line may be empty because a cell was lost.
            let printed = if blank || i < 5 { ["5", "blank"] } else { ["absent"; 2] };
            assert_eq!(cell(&parsed, "disclosure/normative_documents/repealed"), printed[0], "{i}");
            assert_eq!(cell(&parsed, "disclosure/normative_documents/in_force"), printed[1], "{i}");
            assert_eq!(cell(&parsed, "disclosure/licensing/decisions"), "7", "{i}");
            let litigation = row(&parsed, Table::Proceedings, "direct_litigation").join(" ");
            assert_eq!(litigation, "blank 2 blank blank 2", "{i}");
        }
    }
}

#[test]
fn a_row_that_lost_an_empty_cell_is_right_or_empty() {
    let sheet = Sheet::new();
    for lay_out in [ends, led] as [LayOut; 2] {
        for (at, (id, _, figures)) in sheet.rows.iter().enumerate() {
            let mut rows = lines(&sheet, true, lay_out);
            let Some(bar) = rows[at].rfind("\n|\n") else { continue };
            rows[at].replace_range(bar..bar + 2, "");
            let parsed = read(&report(&rows.concat(), lay_out));
            for (cell, figure) in row(&parsed, Table::Requests, id).iter().zip(figures) {
                let empty = ["absent", "blank", "unreadable"].contains(&cell.as_str());
                assert!(empty || cell.trim_matches(['(', ')']) == figure, "{id}: {cell} for {figure}");
            }
        }
    }
}

/// Before a row without its label, as many bars as cells may be an empty row, and fewer are what merged cells left.
#[test]
fn bars_between_a_label_and_a_row_that_are_as_many_as_cells_may_be_an_empty_row() {
    let sheet = Sheet::new();
    for (bars, own) in [(6, true), (9, false)] {
        let mut rows = lines(&sheet, true, ends);
        let at = sheet.rows.iter().position(|row| row.0 == "unable.not_held").expect("the row");
        let figures = ends(&["4", "1", "", "", "2", "", "7"], 2);
        rows[at] = format!("{} |\n{}{figures}", sheet.rows[at].1, "|\n".repeat(bars));
        let read = request(&read(&report(&rows.concat(), ends)), "unable.not_held");
        assert_eq!(read, if own { blanks(&sheet.rows[at].2, true) } else { ["absent"; 7].join(" ") }, "{bars}");
    }
}

#[test]
fn three_lines_of_several_bars_show_that_rows_end_there() {
    let sheet = Sheet::new();
    // One more bar behind each row is an empty cell, unless rows are filled up so.
    let rows = lines(&sheet, true, |cells, _| ends(cells, 1)).concat();
    for (count, ending) in [(2, false), (3, true)] {
        let heads = ends(&["申请人情况"], 8).repeat(count);
        let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n{heads}{rows}"));
        assert_eq!(request(&parsed, "denied.state_secret") == ["blank"; 7].join(" "), ending, "{count}");
    }
}

#[test]
fn one_line_of_eight_with_a_cell_before_its_bar_does_not_keep_bars_from_closing_cells() {
    let sheet = Sheet::new();
    let text = report(&lines(&sheet, true, closers).concat(), closers);
    let alone = text.lines().filter(|line| !line.is_empty() && line.chars().all(|c| c == '|')).count();
    for (others, read_as_cells) in [(alone / 8, true), (alone / 8 + 1, false)] {
        let joined = "数据来源 |\n".repeat(others);
        let parsed = read(&text.replace("四、政府", &(joined + "四、政府")));
        assert_eq!(request(&parsed, "granted") == "12 3 blank blank blank 1 16", read_as_cells, "{others}");
    }
}

#[test]
fn three_rows_with_their_total_show_that_columns_begin_behind_labels() {
    let blank = |figures: &[&str]| figures.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>();
    for (count, known) in [(2, false), (3, true)] {
        let mut sheet = Sheet::new();
        for (_, _, figures) in &mut sheet.rows {
            *figures = blank(&["0"; 7]);
        }
        for (id, _, figures) in sheet.rows.iter_mut().filter(|row| row.0.starts_with("denied")).take(count) {
            *figures = blank(&["0", "0", "0", "0", "0", "4", "4"]);
            assert!(id.starts_with("denied"));
        }
        let parsed = read(&report(&lines(&sheet, true, rows).concat(), rows));
        let read = request(&parsed, "denied.state_secret");
        assert_eq!(read == "blank blank blank blank blank 4 4", known, "{count}: {read}");
    }
}

#[test]
fn a_cell_that_explains_its_label_is_that_row_s_if_the_label_is_no_longer_than_any() {
    for (label, read_as) in
        [("规章", "1"), (&*("规".repeat(40) + "规章"), "1"), (&*("规".repeat(41) + "规章"), "absent")]
    {
        let lay_out: LayOut = ends;
        let text = report(&lines(&Sheet::new(), false, lay_out).concat(), lay_out);
        let parsed = read(&text.replace("规章 |", &format!("{label}：按照法定程序制定。名称多为办法。 |")));
        assert_eq!(cell(&parsed, "disclosure/rules/issued"), read_as, "{label}");
    }
}

#[test]
fn a_cell_of_several_words_that_cannot_be_read_is_one_cell() {
    let text = report(&lines(&Sheet::new(), false, ends).concat(), ends).replace("\n2 |\n", "\n+(0) -(0) |\n");
    let parsed = read(&text);
    assert_eq!(cell(&parsed, "disclosure/rules/issued"), "1");
    assert_eq!(parsed.report.get(path("disclosure/rules/repealed")).map(|c| c.state()), Some(State::Unreadable));
    assert_eq!(cell(&parsed, "disclosure/rules/in_force"), "3");
}

/// The same with the totals of the outcomes' rows left blank, but for those of so many rows of figures.
fn without_totals(kept: &[&str]) -> Sheet {
    let mut sheet = Sheet::new();
    for (id, _, figures) in &mut sheet.rows {
        if !kept.contains(id) {
            "0".clone_into(&mut figures[6]);
        }
    }
    sheet
}

#[test]
fn totals_left_blank_say_nothing_where_two_rows_show_their_column() {
    for (kept, read_rows) in [(&["new_received"][..], false), (&["new_received", "carried_over"], true)] {
        for lay_out in [ends, closers_only] as [LayOut; 2] {
            let parsed = read(&report(&lines(&without_totals(kept), true, lay_out).concat(), lay_out));
            let granted = request(&parsed, "granted");
            assert_eq!(granted == "12 3 blank blank blank 1 blank", read_rows, "{kept:?}: {granted}");
            assert!(read_rows || granted == ["absent"; 7].join(" "), "{granted}");
        }
    }
}

#[test]
fn three_lines_with_as_many_fields_as_columns_behind_their_labels_show_these() {
    let sheet = without_totals(&[]);
    for (count, known) in [(2, false), (3, true)] {
        let mut rows = lines(&sheet, true, rows_only);
        rows.truncate(count);
        let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n{}", rows.concat()));
        let carried = request(&parsed, "carried_over");
        assert_eq!(carried == "1 2 blank blank blank blank blank", known, "{count}: {carried}");
    }
}

#[test]
fn so_many_words_behind_a_label_keep_its_row_and_no_more() {
    for (words, read_as) in [(15, "5"), (16, "absent")] {
        let text = report(&lines(&Sheet::new(), false, ends).concat(), ends);
        let note = " 甲".repeat(words);
        let parsed = read(&text.replace("行政规范性文件 |", &format!("行政规范性文件{note} |")));
        assert_eq!(cell(&parsed, "disclosure/normative_documents/repealed"), read_as, "{words}");
    }
}

/// A tab before a line's bars, or a no-break space behind its last one, is no cell.
#[test]
fn what_stands_outside_the_outer_bars() {
    for (bar, open, close) in [("|", "| ", " |"), ("│", "│", "│"), ("|", "", " | ")] {
        let text = Sheet::new().lay_out(&format!(" {bar} "), &format!("{close}\n"));
        let text: String = text.lines().flat_map(|line| [open, line, "\n"]).collect();
        for (before, behind) in [("\t", ""), ("", "\t"), ("\u{a0}", "\u{a0}"), ("", " \u{a0}")] {
            if open.is_empty() && behind.contains('\u{a0}') {
                continue;
            }
            let changed: String = text.lines().flat_map(|line| [before, line, behind, "\n"]).collect();
            let parsed = read(&changed);
            assert_eq!(request(&parsed, "new_received"), "20 7 1 1 2 1 32", "{changed}");
            assert_eq!(request(&parsed, "carried_forward"), "3 0 0 1 0 0 4", "{changed}");
        }
    }
}

/// As Markdown emphasises cells, rows and words.
#[test]
fn emphasised_cells() {
    for mark in ["**", "*", "_", "__", "***", "`"] {
        let text = Sheet::new().lay_out(&format!("{mark} | {mark}"), &format!("{mark} |\n"));
        let text: String = text.lines().flat_map(|line| ["| ", mark, line, "\n"]).collect();
        let parsed = read(&text);
        assert_eq!(request(&parsed, "new_received"), "20 7 1 1 2 1 32", "{text}");
        assert_eq!(request(&parsed, "carried_forward"), "3 0 0 1 0 0 4", "{text}");
    }
}

/// A label that broke at a bar goes on behind the row's last field: the others stay in their columns.
#[test]
fn a_text_behind_the_columns_moves_no_row() {
    let sheet = Sheet::new();
    let row = |(id, label, figures): &(&str, String, Vec<String>)| match *id {
        "granted" => format!("|{label}|12�|3|0|0|0�|1|16�|公开|\n"),
        _ => format!("|{label}|{}|\n", figures.join("|")),
    };
    let rows: String = sheet.rows.iter().map(row).collect();
    let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n{rows}"));
    right_or_empty(&parsed, &sheet);
    assert_eq!(request(&parsed, "new_received"), "20 7 1 1 2 1 32");
}

/// Debian's html2text fills a cell up with the line below it.
#[test]
fn cells_filled_up_with_the_line_below() {
    let sheet = Sheet::new();
    let row = |(_, label, figures): &(&str, String, Vec<String>)| {
        format!("|{label}__|{}|\n", figures.iter().map(|f| format!("{f}____")).collect::<Vec<_>>().join("|"))
    };
    let rows: String = sheet.rows.iter().map(row).collect();
    let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n ____________\n{rows}"));
    for (id, _, figures) in &sheet.rows {
        assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
    }
}

/// What converters leave around the content of each cell: ends of lines, tags, attributes, formulas.
#[test]
fn cells_within_markup() {
    let sheet = Sheet::new();
    let span = r#"<span lang="EN-US" style="font-family:宋体">"#;
    let forms = [("", r"\\", "|"), ("", " +", ""), (span, "</span>", "|"), ("[", r#"]{lang="EN-US"}"#, "|")];
    for (before, behind, end) in forms {
        let cell = |text: &str| format!("| {before}{text}{behind} ");
        let row = |(_, label, figures): &(&str, String, Vec<String>)| {
            cell(label) + &figures.iter().map(|figure| cell(figure)).collect::<String>() + end + "\n"
        };
        let rows: String = sheet.rows.iter().map(row).collect();
        let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n{rows}"));
        for (id, _, figures) in &sheet.rows {
            assert_eq!(request(&parsed, id), figures.join(" "), "{id} {behind}");
        }
    }
}

/// A cell to a line behind its bar, with the empty ones of merged columns beside a row's label, and `|-` between rows.
#[test]
fn rows_of_a_wiki() {
    let sheet = Sheet::new();
    let row = |(id, label, figures): &(&str, String, Vec<String>)| {
        let (before, behind) = if id.contains('.') { ("|\n|\n", "") } else { ("", "|\n|\n") };
        format!("|-\n{before}| {label}\n{behind}| {}\n", figures.join("\n| "))
    };
    let rows: String = sheet.rows.iter().map(row).collect();
    let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n{{|\n{rows}|}}\n"));
    for (id, _, figures) in &sheet.rows {
        assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
    }
}

/// Heads that break within their cells are no labels of the row below them, nor are those that other columns cut.
#[test]
fn a_row_below_broken_heads_of_table_3_between_lines_of_frames() {
    let line = format!("|{}\n", "---|".repeat(15));
    let heads = "结果维<br>持|结果纠<br>正|其他结<br>果|尚未审<br>结|总<br>计|";
    let cut = "未经复<br>结果维<br>持|议直接起诉<br>结果纠<br>正|其他结<br>果|尚未审<br>结|总<br>计|";
    for parts in [format!("{heads}{heads}{heads}"), format!("{heads}{cut}{heads}")] {
        let table = format!("|行政复|议|||行政诉|讼|||||||||\n{line}|{parts}\n|0|4|0|3|7|0|5|3|0|8|6|0|0|0|6|\n");
        let parsed = read(&format!("{line}四、政府信息公开行政复议、行政诉讼情况\n{table}"));
        let read = ["reconsideration", "direct_litigation", "litigation_after_reconsideration"]
            .map(|id| row(&parsed, Table::Proceedings, id).join(" "));
        assert_eq!(read, ["0 4 0 3 7", "0 5 3 0 8", "6 0 0 0 6"]);
    }
}

/// pandoc breaks figures that are longer than their column is wide, the first digits on the first line.
#[test]
fn figures_that_broke_in_their_cells_of_a_frame() {
    let figures = [["1532", "1", "0", "0", "0", "0", "1533"], ["15320", "10", "0", "0", "0", "0", "15330"]];
    for (figures, first) in figures.iter().flat_map(|row| [(row, 2), (row, 3)]) {
        let sheet = Sheet::all_granted(figures);
        let frame = format!("+{}\n", "-----+".repeat(8));
        let row = |(_, label, figures): &(&str, String, Vec<String>)| {
            let lines = [0, 1].map(|line| {
                let cell = |figure: &String| {
                    let at = if figure.len() > 3 { figure.len() - first.min(figure.len() - 1) } else { figure.len() };
                    let (front, rest) = figure.split_at(at);
                    format!(" {:<first$} |", if line == 0 { front } else { rest })
                };
                let label = if line == 0 { label.as_str() } else { "" };
                format!("| {label} |{}\n", figures.iter().map(cell).collect::<String>())
            });
            frame.clone() + &lines.concat()
        };
        let rows: String = sheet.rows.iter().map(row).collect();
        let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n\n{rows}{frame}"));
        right_or_empty(&parsed, &sheet);
        let read = request(&parsed, "new_received").replace(['(', ')'], "");
        assert_eq!(read, figures.join(" "), "{rows}");
    }
}

/// pymupdf4llm lost borders, and broke a figure at another: `31` and seven others.
#[test]
fn cells_that_share_a_field_need_their_columns() {
    let sheet = Sheet::all_granted(&["325", "31", "1", "7", "11", "8", "383"]);
    let text = |row: &str, lost: &[&str]| {
        let line = |(id, label, figures): &(&str, String, Vec<String>)| match *id {
            "outcomes_total" => format!("|{label}|{row}|\n"),
            id if lost.contains(&id) => format!("|{label}|■|■|■|■|■|■|■|\n"),
            _ => format!("|{label}|{}|\n", figures.join("|")),
        };
        format!("三、收到和处理政府信息公开申请情况\n{}", sheet.rows.iter().map(line).collect::<String>())
    };
    right_or_empty(&read(&text("325|3|1|1 7 11|8 383", &["granted", "new_received", "carried_over"])), &sheet);
    right_or_empty(&read(&text("325|3|1|1 7 11|8 383", &[])), &sheet);
    // The columns confirm these.
    let parsed = read(&text("325|31|1|7 11 8|383", &[]));
    assert_eq!(request(&parsed, "outcomes_total"), "325 31 1 7 11 8 383");
}

/// pymupdf4llm printed the first digits of figures of full width as a row of their own.
#[test]
fn figures_of_full_width_below_a_row_without_label_may_go_on_there() {
    let sheet = Sheet::all_granted(&["３１", "１", "0", "0", "３", "１", "３６"]);
    let line = |(id, label, figures): &(&str, String, Vec<String>)| match *id {
        "new_received" => format!("||３||||||３|\n|{label}|１|１|0|0|３|１|６|\n"),
        "outcomes_total" | "granted" => format!("|{label}|■|■|■|■|■|■|■|\n"),
        _ => format!("|{label}|{}|\n", figures.join("|")),
    };
    let rows: String = sheet.rows.iter().map(line).collect();
    let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n{rows}"));
    assert_eq!(request(&parsed, "new_received"), ["absent"; 7].join(" "));
}

/// Commas that part thousands, too: what has more fields than the columns has no columns of its own.
#[test]
fn thousands_among_fields_that_commas_part_leave_a_row_without_columns() {
    let sheet = Sheet::new();
    let line = |(id, label, figures): &(&str, String, Vec<String>)| match *id {
        "denied.prohibited_by_law" => format!("{label},－,－,－,1,354,226,－,1,580\n"),
        _ => format!("{label},{}\n", figures.join(",").replace(",0", ",－")),
    };
    let rows: Vec<String> = sheet.rows.iter().map(line).collect();
    let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n{}", rows.concat()));
    assert_eq!(request(&parsed, "denied.prohibited_by_law"), ["absent"; 7].join(" "));
    assert!(request(&parsed, "new_received").starts_with("20 7 1 1 2 1 32"));
}

/// pandoc breaks figures at the comma of their thousands, too, and then every figure of a row may be broken.
#[test]
fn figures_that_broke_at_the_comma_of_thousands() {
    let frame = format!("+{}\n", "-------+".repeat(8));
    let sheet = Sheet::all_granted(&["2196", "5839", "2835", "1955", "1558", "1720", "16103"]);
    let row = |(_, label, figures): &(&str, String, Vec<String>)| {
        let of_line = |cells: [String; 8]| format!("|{}\n", cells.map(|cell| format!(" {cell:5} |")).concat());
        let part = |i: usize, front: bool| {
            let figure = &figures[i];
            let at = figure.len().saturating_sub(3);
            match (at, front) {
                (0, true) => figure.clone(),
                (0, false) => String::new(),
                (_, true) => format!("{},", &figure[..at]),
                (_, false) => figure[at..].to_owned(),
            }
        };
        let line = |front: bool| {
            let label = if front { label.clone() } else { String::new() };
            of_line(std::array::from_fn(|i| if i == 0 { label.clone() } else { part(i - 1, front) }))
        };
        frame.clone() + &line(true) + &line(false)
    };
    let rows: Vec<String> = sheet.rows.iter().map(row).collect();
    let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n\n{}{frame}", rows.concat()));
    assert_eq!(request(&parsed, "granted").replace(['(', ')'], ""), "2196 5839 2835 1955 1558 1720 16103");
}

/// A label fills its line, and its bar stands on the next one: that is no empty cell.
#[test]
fn a_bar_that_closes_the_cell_above() {
    for empty in 0..3 {
        let mut cells = ["2", "1", "12"].map(|figure| format!("{figure} |\n"));
        cells[empty] = "|\n".to_owned();
        let text = format!(
            "二、主动公开政府信息情况\n规章 |\n0 |\n0 |\n0 |\n行政规范性文件\n|\n{}行政许可 |\n3124 |\n||\n行政处罚 |\n57 |\n||\n\
             行政强制 |\n3 |\n||\n三、收到和处理政府信息公开申请情况\n",
            cells.concat()
        );
        let report = read(&text).report;
        let cells = ["issued", "repealed", "in_force"].map(|id| path(&format!("disclosure/normative_documents/{id}")));
        for (i, (cell, figure)) in cells.into_iter().zip(["2", "1", "12"]).enumerate() {
            let cell = report.get(cell).expect("a cell of the edition");
            assert_eq!(cell.state() == State::Blank, i == empty, "{empty}");
            assert!(i == empty || cell.value().is_some_and(|value| value.to_string() == figure), "{empty}");
        }
    }
}

/// Rows begin with a bar of their own, on the line before the label: behind a row that lost a cell that is no empty one.
#[test]
fn a_bar_before_the_next_row_is_none_of_a_row_that_lost_a_cell() {
    let line = |cells: &str| format!("\n       {}  | \n      ", cells.replace(' ', "  | \n      \n       "));
    let rows = |documents: &str| {
        let rows = ["规章 3 5 74", documents, "行政许可 113", "行政处罚 69", "行政强制 16", "行政事业性收费 31"];
        let rows: String = rows.map(|row| format!("| {}\n    ", line(row))).concat();
        let report = read(&format!("二、主动公开政府信息情况\n{rows}三、收到和处理政府信息公开申请情况\n")).report;
        ["issued", "repealed", "in_force"].map(|id| {
            let cell =
                report.get(path(&format!("disclosure/normative_documents/{id}"))).expect("a cell of the edition");
            cell.value().map_or_else(|| cell.state().id().to_owned(), ToString::to_string)
        })
    };
    assert_eq!(rows("行政规范性文件 564 984 4185"), ["564", "984", "4185"]);
    assert_eq!(rows("行政规范性文件 984 4185"), ["absent"; 3]);
}
