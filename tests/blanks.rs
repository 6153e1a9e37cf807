//! Tables whose zeros are empty cells: where those leave a trace, and where they leave none.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use common::sheet::{Sheet, read, request, right_or_empty, row};
use xxgk::{Code, Table};

const HEADING: &str = "三、收到和处理政府信息公开申请情况\n";
const LITIGATION: &str = "四、政府信息公开行政复议、行政诉讼情况\n";
const NEXT: &str = "五、存在的主要问题及改进情况\n";

fn is_zero(figure: &str) -> bool {
    figure == "0"
}

/// The figures of a row that are printed.
fn printed(figures: &[String]) -> Vec<&str> {
    figures.iter().map(String::as_str).filter(|f| !is_zero(f)).collect()
}

/// A row with its empty cells called blank.
fn with_blanks(figures: &[String]) -> String {
    let cell = |f: &String| if is_zero(f) { "blank".to_owned() } else { f.clone() };
    figures.iter().map(cell).collect::<Vec<_>>().join(" ")
}

fn table(sheet: &Sheet, row: impl Fn(&str, &[String]) -> String) -> String {
    let rows: String = sheet.rows.iter().map(|(_, label, figures)| row(label, figures)).collect();
    format!("{HEADING}{rows}{LITIGATION}")
}

/// Each row on the line of its label, zeros left out.
fn on_lines(sheet: &Sheet) -> String {
    table(sheet, |label, figures| format!("{label} {}\n", printed(figures).join(" ")))
}

/// A cell to a line, an empty line for an empty cell.
fn with_empty_lines(sheet: &Sheet, between: &str, empty: &str) -> String {
    let cell = |f: &String| if is_zero(f) { empty.to_owned() } else { format!("{f}{between}") };
    table(sheet, |label, figures| format!("{label}{between}{}", figures.iter().map(cell).collect::<String>()))
}

/// Table 2 in bars, with an empty field for each zero, and as many more behind the label as it is wide.
fn in_bars(sheet: &Sheet, outer: bool) -> String {
    table(sheet, |label, figures| {
        let wide = match label.chars().next() {
            Some('一' | '二' | '四') => "||",
            Some('（') => "|",
            _ => "",
        };
        let cells: Vec<&str> = figures.iter().map(|f| if is_zero(f) { " " } else { f.as_str() }).collect();
        let row = format!("{label}|{wide}{}", cells.join("|"));
        if outer { format!("|{row}|\n") } else { format!("{row}\n") }
    })
}

#[track_caller]
fn entirely(text: &str, sheet: &Sheet) {
    let parsed = read(text);
    for (id, _, figures) in &sheet.rows {
        assert_eq!(request(&parsed, id), with_blanks(figures), "{id}");
    }
}

/// No column is empty, and no other row says where the first two figures of the others stand.
fn one_column_unknown() -> Sheet {
    let mut sheet = Sheet::new();
    for (_, _, figures) in &mut sheet.rows {
        for figure in figures.iter_mut() {
            "0".clone_into(figure);
        }
    }
    sheet
        .with("new_received", &["4", "0", "2", "0", "0", "0", "6"])
        .with("granted", &["3", "0", "0", "0", "0", "0", "3"])
        .with("denied.state_secret", &["1", "0", "2", "0", "0", "0", "3"])
        .with("outcomes_total", &["4", "0", "2", "0", "0", "0", "6"])
}

#[test]
fn where_zeros_are_left_out_what_all_ways_agree_on_is_read() {
    let sheet = one_column_unknown();
    let parsed = read(&on_lines(&sheet));
    assert_eq!(row(&parsed, Table::Requests, "granted")[6], "(3)");
    assert_eq!(request(&parsed, "carried_over"), ["blank"; 7].join(" "));
    // Of the six columns any two may be the filled ones.
    assert_eq!(row(&parsed, Table::Requests, "new_received")[0], "absent");
    let open = parsed.diagnostics.iter().filter(|d| d.code == Code::CellAmbiguous).count();
    assert!(open > 0, "nothing is said of the cells that stay open");
    right_or_empty(&parsed, &sheet);
}

#[test]
fn a_row_that_fills_all_columns_tells_where_the_others_stand() {
    let sheet = Sheet::new();
    let parsed = read(&on_lines(&sheet));
    assert_eq!(request(&parsed, "new_received"), sheet.rows[0].2.join(" "));
    assert_eq!(row(&parsed, Table::Requests, "outcomes_total")[6], "(31)");
    right_or_empty(&parsed, &sheet);
}

#[test]
fn zeros_are_left_out_only_where_all_adds_up_without_them() {
    let whole = one_column_unknown();
    for (id, figures) in
        [("granted", ["3", "0", "0", "0", "0", "0", "4"]), ("outcomes_total", ["4", "0", "3", "0", "0", "0", "7"])]
    {
        let parsed = read(&on_lines(&whole.clone().with(id, &figures)));
        for (id, ..) in &whole.rows {
            assert!(!request(&parsed, id).contains("blank"), "{id}: {}", request(&parsed, id));
        }
    }
}

#[test]
fn rows_that_do_not_add_up_by_an_office_s_slip_are_left_open() {
    let mut sheet = one_column_unknown();
    for (id, slips) in [("granted", 1), ("denied.state_secret", 2), ("new_received", 3)] {
        let total = sheet.figures(id)[6].clone();
        sheet = sheet.with(id, &["5", "0", "0", "0", "0", "2", &total]);
        let parsed = read(&on_lines(&sheet));
        right_or_empty(&parsed, &sheet);
        assert_eq!(request(&parsed, id), ["absent"; 7].join(" "));
        let (empty, total) = if slips < 3 { ("blank", "(6)") } else { ("absent", "absent") };
        assert_eq!(request(&parsed, "carried_over"), [empty; 7].join(" "), "{slips} slips");
        assert_eq!(row(&parsed, Table::Requests, "outcomes_total")[6], total, "{slips} slips");
    }
}

#[test]
fn a_block_of_labels_does_not_say_which_of_them_has_the_figures_behind_it() {
    let sheet = one_column_unknown();
    let text = table(&sheet, |label, figures| match printed(figures).as_slice() {
        [] => format!("{label}\n"),
        figures => format!("{label}\n\n{}\n\n", figures.join("\n\n")),
    });
    let parsed = read(&text);
    for (id, ..) in &sheet.rows {
        assert!(!request(&parsed, id).contains(|c: char| c.is_ascii_digit()), "{id}: {}", request(&parsed, id));
    }
}

#[test]
fn the_space_before_a_measure_word_is_no_border_of_an_empty_cell() {
    let first = "一、本年新收政府信息公开申请数量 1 2 3 4 5 6 21";
    let parsed = read(&format!("{HEADING}{first}\n3.其他 1173 9 1 159 185 件 1527\n{NEXT}"));
    assert_eq!(request(&parsed, "other.other"), ["absent"; 7].join(" "));
    assert_eq!(request(&parsed, "new_received"), "1 2 3 4 5 6 21");
}

#[test]
fn an_empty_line_for_each_empty_cell_is_a_column() {
    for (between, empty) in [("\n", "\n"), ("\n\n", "\n"), ("\n\n", "\n\n"), ("\r\n", "\r\n")] {
        for sheet in [Sheet::new(), one_column_unknown()] {
            entirely(&with_empty_lines(&sheet, between, empty), &sheet);
        }
    }
}

#[test]
fn empty_lines_of_merged_cells_behind_a_row_are_none_of_its_cells() {
    // Below a cell that is merged with those above it, each row has an empty one more before its label.
    let with_merged = |sheet: &Sheet| {
        let rows = table(sheet, |label, figures| {
            let cell = |f: &String| if is_zero(f) { "\n\n".to_owned() } else { format!("{f}\n\n") };
            let merged = match label.chars().next() {
                Some('一'..='四') => "",
                Some('（') => "\n\n",
                _ => "\n\n\n\n",
            };
            format!("{merged}{label}\n\n{}", figures.iter().map(cell).collect::<String>())
        });
        rows.replacen('\n', "\n\n", 1)
    };
    let sheets = [Sheet::new(), one_column_unknown(), Sheet::all_granted(&["0", "0", "0", "0", "7", "0", "7"])];
    for sheet in sheets {
        entirely(&with_merged(&sheet), &sheet);
    }
}

#[test]
fn empty_lines_are_no_cells_where_one_row_has_too_few() {
    let sheet = one_column_unknown();
    let text = with_empty_lines(&sheet, "\n\n", "\n");
    let whole = format!("\n\n3\n\n{}3\n\n", "\n".repeat(5));
    let torn = text.replacen(&whole, &format!("\n\n3\n\n{}3\n\n", "\n".repeat(4)), 1);
    assert_ne!(torn, text);
    right_or_empty(&read(&torn), &sheet);
    assert_eq!(row(&read(&torn), Table::Requests, "new_received")[0], "absent");
}

#[test]
fn lines_of_a_space_are_cells_where_all_rows_come_out_whole() {
    let between = [("\n", " \n"), ("\n\n", " \n\n")];
    for (sheet, (between, empty)) in [one_column_unknown(), Sheet::new()].into_iter().zip(between) {
        let text = with_empty_lines(&sheet, between, empty);
        entirely(&text, &sheet);
        entirely(&text.replace("\n三、", "\n\n\x0c\n三、"), &sheet);
        entirely(&text.replace('\n', "\r\n"), &sheet);
        let short = text.replacen(empty, "", 1);
        assert!(!request(&read(&short), "new_received").contains("blank"));
        right_or_empty(&read(&short), &sheet);
    }
}

#[test]
fn a_line_of_a_space_behind_each_figure_is_no_cell() {
    let sheet = Sheet::new();
    let cells = |figures: &[String]| figures.iter().fold(String::new(), |cells, f| cells + f + "\n \n");
    let parsed = read(&table(&sheet, |label, figures| format!("{label}\n{}", cells(figures))));
    for (id, _, figures) in &sheet.rows {
        assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
    }
}

#[test]
fn the_field_of_the_total_tells_the_columns_where_no_row_shows_them_all() {
    for outer in [true, false] {
        for sheet in [Sheet::new(), one_column_unknown()] {
            entirely(&in_bars(&sheet, outer), &sheet);
        }
    }
}

#[test]
fn three_totals_in_one_field_tell_the_columns_and_two_do_not() {
    let mut whole = one_column_unknown();
    whole.rows.iter_mut().for_each(|(_, _, figures)| figures.swap(0, 1));
    for (without, told) in [(&["granted"][..], true), (&["granted", "denied.state_secret"], false)] {
        let sheet = without.iter().fold(whole.clone(), |sheet, id| sheet.with(id, &["0"; 7]));
        let row = request(&read(&in_bars(&sheet, true)), "new_received");
        assert_eq!(row == "blank 4 2 blank blank blank 6", told, "{row}");
    }
}

#[test]
fn rows_that_show_their_first_or_last_column_tell_where_all_stand() {
    let total = Sheet::all_granted(&["0"; 7]).with("outcomes_total", &["0", "3", "0", "0", "0", "0", "9"]);
    let first = ["6", "2", "0", "0", "0", "0", "0"];
    for (rows, told) in [(&["new_received", "granted"][..], true), (&["new_received"], false)] {
        let sheet = rows.iter().fold(total.clone(), |sheet, id| sheet.with(id, &first));
        let row = request(&read(&in_bars(&sheet, true)), "new_received");
        assert_eq!(row == with_blanks(&first.map(str::to_owned)), told, "{row}");
    }
}

#[test]
fn totals_that_most_rows_lack_were_not_lost_from_two_of_them() {
    // shanghai-2019: the totals of the outcomes are left blank.
    let mut sheet = Sheet::new();
    for (id, _, figures) in &mut sheet.rows {
        if !["new_received", "outcomes_total"].contains(id) {
            "0".clone_into(&mut figures[6]);
        }
    }
    for outer in [true, false] {
        entirely(&in_bars(&sheet, outer), &sheet);
    }
}

#[test]
fn a_row_that_lost_a_cell_has_no_columns_where_no_other_in_as_many_groups_shows_all_of_its_own() {
    let full = ["9", "1", "1", "1", "1", "1", "14"];
    let zeros = ["0"; 7];
    let mut sheet = Sheet::new();
    for (id, label, figures) in &mut sheet.rows {
        let own = if label.starts_with('（') { zeros } else { full };
        *figures = own.map(str::to_owned).to_vec();
        if *id == "outcomes_total" {
            *figures = ["18", "0", "0", "6", "0", "2", "26"].map(str::to_owned).to_vec();
        }
    }
    let text = in_bars(&sheet, true);
    let torn = text.replacen("|18| | |6|", "|18| |6|", 1);
    assert_ne!(torn, text);
    right_or_empty(&read(&torn), &sheet);
}

#[test]
fn a_row_that_lost_an_empty_field_has_no_columns() {
    let sheet = one_column_unknown();
    let text = in_bars(&sheet, true);
    let torn = text.replacen("|3| | | | | |3|", "|3| | | | |3|", 1);
    assert_ne!(torn, text);
    right_or_empty(&read(&torn), &sheet);
}

#[test]
fn a_bar_at_a_row_s_beginning_stands_behind_an_empty_cell_where_others_begin_without_one() {
    let heads = "结果维持|结果纠正|其他结果|尚未审结|总计\n";
    for (row_of_bars, want) in [
        ("||3||3|1|||2|3|||||", "blank blank 3 blank 3"),
        ("2||||2|1|||2|3|||||", "2 blank blank blank 2"),
        ("||||||||||||||", "blank blank blank blank blank"),
    ] {
        let text = in_bars(&Sheet::new(), false) + heads + row_of_bars + "\n" + NEXT;
        assert_eq!(row(&read(&text), Table::Proceedings, "reconsideration").join(" "), want, "{row_of_bars}");
    }
}

#[test]
fn a_framed_row_s_label_may_take_more_lines_than_its_figures() {
    let sheet = Sheet::new();
    let frame = format!("+{}\n", "----+".repeat(8));
    let framed = |label: &str, figures: &[String]| {
        let cells = format!(" {} |", figures.join(" | "));
        let (first, rest): (String, Vec<char>) = (label.chars().take(4).collect(), label.chars().skip(4).collect());
        let empty = "   |".repeat(7);
        let more: Vec<String> =
            rest.chunks(4).map(|part| format!("| {} |{empty}\n", String::from_iter(part))).collect();
        let more = more.concat();
        format!("{frame}| {first} |{cells}\n{more}")
    };
    let parsed = read(&(table(&sheet, framed).replace(LITIGATION, &frame) + LITIGATION));
    for (id, _, figures) in &sheet.rows {
        assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
    }
}

#[test]
fn a_row_of_latex_goes_on_to_its_end() {
    let sheet = Sheet::new();
    let text = table(&sheet, |label, figures| {
        format!("{label} & {} &\n{} \\\\\n", figures[..3].join(" & "), figures[3..].join(" & "))
    });
    let parsed = read(&text);
    for (id, _, figures) in &sheet.rows {
        assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
    }
}

#[test]
fn zeros_alone_show_nothing_left_out() {
    let sheet = one_column_unknown();
    let parsed = read(&table(&sheet, |label, _| format!("{label} 0\n")));
    for (id, ..) in &sheet.rows {
        assert_eq!(request(&parsed, id), ["absent"; 7].join(" "), "{id}");
    }
}

#[test]
fn figures_between_the_lines_of_a_label_are_not_its_neighbour_s() {
    let sheet = one_column_unknown();
    let wrapped = "denied.state_secret";
    let label = sheet.rows.iter().find(|row| row.0 == wrapped).map(|row| row.1.clone()).expect("the row");
    let (first, rest) = label.split_at(label.chars().take(4).map(char::len_utf8).sum());
    let text = on_lines(&sheet).replace(&format!("{label} 1 2 3\n"), &format!("{first}\n1 2 3\n{rest}\n"));
    assert!(text.contains(&format!("{first}\n1 2 3\n")));
    right_or_empty(&read(&text), &sheet);
}

/// So many rows with figures, of which each leaves its zeros out.
fn short_rows(rows: usize) -> Sheet {
    let figures = ["3", "0", "0", "0", "0", "0", "3"];
    let with_figures: &[&str] =
        if rows == 3 { &["new_received", "granted", "outcomes_total"] } else { &["new_received", "carried_forward"] };
    with_figures.iter().fold(Sheet::all_granted(&["0"; 7]), |sheet, id| sheet.with(id, &figures))
}

#[test]
fn three_short_rows_show_that_zeros_are_left_out_and_two_do_not() {
    for (sheet, total) in [(short_rows(3), "(3)"), (short_rows(2), "absent")] {
        assert_eq!(row(&read(&on_lines(&sheet)), Table::Requests, "new_received")[6], total);
    }
}

#[test]
fn three_rows_show_that_empty_lines_are_cells_and_two_do_not() {
    for (sheet, told) in [(short_rows(3), true), (short_rows(2), false)] {
        let row = request(&read(&with_empty_lines(&sheet, "\n", "\n")), "new_received");
        assert_eq!(row == "3 blank blank blank blank blank 3", told, "{row}");
    }
}

#[test]
fn as_many_empty_lines_as_table_3_has_cells_may_be_its_cells() {
    let heads = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n";
    let table_2 = with_empty_lines(&Sheet::new(), "\n", "\n");
    let parsed = read(&(table_2.clone() + heads + &"\n".repeat(15) + NEXT));
    assert_eq!(row(&parsed, Table::Proceedings, "reconsideration"), ["blank"; 5]);
    // Those among the heads are left of merged cells.
    let merged = heads.replace("其他结果\n", "其他结果\n\n\n");
    let parsed = read(&(table_2.clone() + &merged + &"\n".repeat(15) + NEXT));
    assert_eq!(row(&parsed, Table::Proceedings, "reconsideration"), ["blank"; 5]);
    // Of so many cells nobody knows which are those of the last row.
    for empty in [15, 16] {
        let parsed = read(&table_2.replace(LITIGATION, &("\n".repeat(empty) + LITIGATION)));
        assert_eq!(request(&parsed, "carried_forward"), "3 blank blank 1 blank blank 4", "{empty}");
    }
}

#[test]
fn where_zeros_are_left_out_figures_on_two_lines_below_one_another_are_no_row() {
    let text = on_lines(&one_column_unknown());
    for (second, total) in
        [("                              1     1     1", "(2)"), ("        1     1               1", "absent")]
    {
        let parsed = read(&format!("{text} 1      1      2          1\n{second}\n{NEXT}"));
        assert_eq!(row(&parsed, Table::Proceedings, "reconsideration")[4], total, "{second}");
    }
}

#[test]
fn an_empty_line_between_sections_is_no_cell() {
    let heads = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n".repeat(3);
    let table_2 = with_empty_lines(&Sheet::new(), "\n", "\n").replace(LITIGATION, &format!("\n{LITIGATION}"));
    let figures = ["3", "1", "2", "1", "7", "1", "1", "1", "1", "4", "1", "3", "5", "6"].join("\n");
    let last = |behind: &str| {
        let parsed = read(&format!("{table_2}{heads}{figures}\n{behind}\n{NEXT}目录更新较慢。\n"));
        row(&parsed, Table::Proceedings, "litigation_after_reconsideration").swap_remove(4)
    };
    assert_eq!((last("").as_str(), last("15\n").as_str(), last("\n").as_str()), ("(15)", "15", "blank"));
}

#[test]
fn a_label_with_a_note_goes_on_over_three_lines_before_its_figures_and_no_more() {
    let whole = Sheet::all_granted(&["3", "0", "0", "0", "0", "0", "3"]);
    let sheet = whole
        .with("partially_granted", &["1", "0", "0", "0", "0", "0", "1"])
        .with("denied.state_secret", &["2", "0", "0", "0", "0", "0", "2"])
        .with("outcomes_total", &["6", "0", "0", "0", "0", "0", "6"])
        .with("new_received", &["6", "0", "0", "0", "0", "0", "6"]);
    for (lines, told) in [(3, true), (4, false)] {
        let note = "（区分处理的，只计这一情形，不计其他情形） ";
        let text = on_lines(&sheet).replace(note, &format!("（区分处理的{}其他情形） ", "，\n不计".repeat(lines)));
        let total = &row(&read(&text), Table::Requests, "partially_granted")[6];
        assert_eq!(total == "(1)", told, "{lines}: {total}");
    }
}
