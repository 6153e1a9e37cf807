//! Table 2 as a print's text has it: rows in their order, values before, within and behind their labels, and figures that
//! ran together.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use common::sheet::{Sheet, read, request};
use xxgk::{Code, Parsed, Subject, Table};

const HEADING: &str = "三、收到和处理政府信息公开申请情况\n";
const LITIGATION: &str = "四、政府信息公开行政复议、行政诉讼情况\n";

fn absent() -> String {
    ["absent"; 7].join(" ")
}

/// A row as `pdftotext` prints it: some values share a line, and the label stands behind.
fn printed(label: &str, figures: &[String]) -> String {
    let (first, rest) = (figures[..2].join(" "), figures[2..5].join("\n"));
    format!("{first}\n{rest}\n{}\n{label}\n", figures[5..].join(" "))
}

fn table(sheet: &Sheet, row: impl Fn(&str, &str, &[String]) -> String) -> String {
    let rows: String = sheet.rows.iter().map(|(id, label, figures)| row(id, label, figures)).collect();
    format!("{HEADING}{rows}{LITIGATION}")
}

#[track_caller]
fn all_but(parsed: &Parsed, sheet: &Sheet, without: &[&str]) {
    for (id, _, figures) in &sheet.rows {
        let expected = if without.contains(id) { absent() } else { figures.join(" ") };
        assert_eq!(request(parsed, id), expected, "{id}");
    }
}

fn has(parsed: &Parsed, code: Code, row: &'static str) -> bool {
    parsed.diagnostics.iter().any(|d| d.code == code && d.subject == Subject::Row(Table::Requests, row))
}

#[test]
fn values_of_another_table_among_the_last_rows_leave_the_others_in_their_place() {
    let sheet = Sheet::new();
    let text = table(&sheet, |id, label, figures| match id {
        // A page ends here, and values of table 3 stand among the row's.
        "other.other" => format!("{}\n14\n136 83\n{}\n{label}\n", figures[..3].join("\n"), figures[3..].join("\n")),
        "outcomes_total" => format!("23\n25\n{}", printed(label, figures)),
        _ => printed(label, figures),
    });
    let parsed = read(&text);
    // A row of zeros next to other zeros could begin elsewhere.
    for (id, _, figures) in sheet.rows.iter().filter(|(id, ..)| !["other.not_paid", "other.other"].contains(id)) {
        assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
    }
}

#[test]
fn the_rest_of_a_label_that_cuts_its_row_moves_no_other() {
    let figures = |amount: &str| ["0", "0", "0", amount, "0", "0", amount].map(str::to_owned);
    let sheet = Sheet::new().with("new_received", &["20", "7", "1", "150", "2", "1", "181"]);
    let mut sheet = sheet.with("outcomes_total", &["18", "9", "1", "149", "2", "1", "180"]);
    for (id, amount) in
        [("not_processed.reconfirmation", "74"), ("other.not_corrected", "49"), ("other.not_paid", "26")]
    {
        *sheet.figures(id) = figures(amount).to_vec();
    }
    let text = table(&sheet, |id, label, figures| {
        let (begin, rest) = label.split_at(label.chars().take(12).map(char::len_utf8).sum());
        match id {
            "not_processed.reconfirmation" => format!("{begin}\n{}\n{rest}\n", figures.join("\n")),
            "other.not_corrected" | "other.not_paid" => {
                format!("{begin}\n{}\n{rest} {}\n", figures[3..].join("\n"), figures[..3].join(" "))
            }
            _ => printed(label, figures),
        }
    });
    let parsed = read(&text);
    for (id, _, figures) in &sheet.rows {
        let got = request(&parsed, id);
        assert!(got == figures.join(" ") || got == absent(), "{id}: {got}");
    }
    assert_ne!(request(&parsed, "not_processed.reconfirmation"), absent());
}

#[test]
fn what_stands_on_a_row_s_label_s_line_is_its_beginning() {
    let sheet = Sheet::new();
    let cut = ["granted", "denied.process_information", "other.not_paid"];
    for at in 1..7 {
        let parsed = read(&table(&sheet, |id, label, figures| {
            let turned = || format!("{}\n{label} {}\n", figures[at..].join("\n"), figures[..at].join(" "));
            if cut.contains(&id) { turned() } else { printed(label, figures) }
        }));
        all_but(&parsed, &sheet, &[]);
        assert!(has(&parsed, Code::RowReordered, "granted"), "{at}");
    }
}

#[test]
fn a_block_of_labels_before_a_page_s_rows_shifts_no_row() {
    let sheet = Sheet::new();
    let block: Vec<&str> = sheet.rows[11..17].iter().map(|(_, label, _)| label.as_str()).collect();
    let block = block.join("\n");
    let text = table(&sheet, |id, label, figures| {
        let row = sheet.rows.iter().position(|row| row.0 == id).unwrap_or(0);
        match row {
            11 => format!("{block}\n{}\n", figures.join(" ")),
            12..17 => format!("{}\n", figures.join(" ")),
            _ => printed(label, figures),
        }
    });
    all_but(&read(&text), &sheet, &[]);
}

#[test]
fn rows_whose_lines_are_out_of_order_make_the_others_doubtful() {
    // The figures of one row add up only if its lines change places; who knows of the others?
    let sheet = Sheet::new()
        .with("granted", &["3", "12", "0", "0", "0", "1", "16"])
        .with("denied.process_information", &["0", "0", "4", "0", "0", "0", "4"]);
    let text = table(&sheet, |id, label, figures| match id {
        "denied.process_information" => {
            format!("{}\n{}\n{label}\n", figures[4..].join("\n"), figures[..4].join("\n"))
        }
        _ => printed(label, figures),
    });
    let parsed = read(&text);
    for (id, _, figures) in &sheet.rows {
        let read = request(&parsed, id);
        assert!(read == figures.join(" ") || read == absent(), "{id}: {read}");
    }
}

#[test]
fn zeros_before_other_digits_are_cells_that_ran_together() {
    let sheet = Sheet::new();
    let text = table(&sheet, |id, label, figures| match id {
        // Three columns are so narrow that nothing parts them, and then two others.
        "granted" | "denied.process_information" | "not_processed.repeat" => {
            format!("{label} {} {}{}\n", figures[0], figures[1..5].concat(), figures[5..].concat())
        }
        _ => format!("{label} {}\n", figures.join(" ")),
    });
    let parsed = read(&text);
    all_but(&parsed, &sheet, &[]);
}

#[test]
fn rows_in_one_word_are_parted_where_columns_confirm_them() {
    let figures = [
        ("new_received", "4 2 0 1 0 1 8"),
        ("carried_over", "1 0 0 0 0 0 1"),
        ("granted", "3 1 0 0 0 1 5"),
        ("partially_granted", "1 0 0 1 0 0 2"),
        ("unable.not_held", "0 0 0 0 0 0 0"),
        ("not_processed.repeat", "0 0 0 0 0 0 0"),
        ("outcomes_total", "4 1 0 1 0 1 7"),
        ("carried_forward", "1 1 0 0 0 0 2"),
    ];
    let with = |sheet: Sheet, (id, row): (&'static str, &str)| sheet.with(id, &row.split(' ').collect::<Vec<_>>());
    let sheet = figures.into_iter().fold(Sheet::new(), with);
    let glued = |sheet: &Sheet| read(&table(sheet, |_, label, figures| format!("{label}{}\n", figures.concat())));
    let parsed = glued(&sheet);
    all_but(&parsed, &sheet, &[]);
    for (id, row) in figures {
        assert_eq!(has(&parsed, Code::RowParted, id), row != "0 0 0 0 0 0 0", "{id}");
    }
    // The columns speak against the one way in which this row adds up.
    let other = sheet.with("granted", &["1", "3", "0", "0", "0", "1", "5"]);
    assert_eq!(request(&glued(&other), "granted"), absent());
}

#[test]
fn a_row_that_may_be_parted_in_two_ways_is_not() {
    let sheet = Sheet::new().with("granted", &["1", "11", "0", "0", "0", "0", "12"]);
    let glued = |row: &str| {
        let rows = |id: &str, label: &str, figures: &[String]| match id {
            "granted" => format!("{label} {row}\n"),
            _ => format!("{label} {}\n", figures.join(" ")),
        };
        request(&read(&table(&sheet, rows)), "granted")
    };
    assert_eq!(glued("111000012"), absent());
    // Without anything that ran together for sure, a row that is too short has lost a cell.
    assert_eq!(glued("9 0 3 2 1 116"), absent());
}

#[test]
fn a_row_of_table_1_that_its_own_label_cuts_begins_on_the_label_s_line() {
    let sheet = Sheet::new();
    let table_2 = table(&sheet, |_, label, figures| printed(label, figures));
    let text = |regulations: &str, rules: &str| {
        format!(
            "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n\
             {rules}{regulations}第二十条第（五）项\n信息内容 本年处理决定数量\n7308\n行政许可\n第二十条第（六）项\n\
             信息内容 本年处理决定数量\n12\n行政处罚\n3\n行政强制\n第二十条第（八）项\n\
             信息内容 本年收费金额（单位：万元）\n行政事业性收费 0\n{table_2}"
        )
    };
    let regulations = |text: &str| {
        let report = read(text).report;
        let cells = report.cells().filter(|(path, _)| path.to_string().contains("normative_documents"));
        let shown = |cell: xxgk::Cell<xxgk::Value>| cell.value().map_or("absent".to_owned(), ToString::to_string);
        cells.map(|(_, cell)| shown(cell)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(regulations(&text("5\n17\n行政规范性文件 2\n", "0\n1\n4\n规章\n")), "2 5 17");
    assert_eq!(regulations(&text("17\n行政规范性文件 2 5\n", "0\n1\n4\n规章\n")), "2 5 17");
    // A figure is gone: the two before the label may be the other row's.
    assert_eq!(regulations(&text("5\n17\n行政规范性文件 2\n", "4\n规章\n")), "absent absent absent");
    // The label does not stand straight before the figure.
    assert_eq!(regulations(&text("5\n17\n行政规范性文件\n2\n", "0\n1\n4\n规章\n")), "absent absent absent");
}

#[test]
fn figures_on_one_line_are_put_into_no_other_order() {
    // The columns ask for `12 3`; an office that slipped twice is likelier than a line that was turned.
    let sheet = Sheet::new().with("granted", &["3", "12", "0", "0", "0", "1", "16"]);
    let read = request(&read(&table(&sheet, |_, label, figures| printed(label, figures))), "granted");
    assert!([absent(), "3 12 0 0 0 1 16".to_owned()].contains(&read), "{read}");
}

/// A row's label and its values in the presence of so many values in all, of which most belong to no row.
fn among(values: usize) -> String {
    let text = table(&Sheet::new(), |id, label, figures| match id {
        "other.other" => format!("{}\n14\n136 83\n{}\n{label}\n", figures[..3].join("\n"), figures[3..].join("\n")),
        _ => printed(label, figures),
    });
    let own = 25 * 7 + 3;
    request(&read(&text.replacen('\n', &format!("\n{}", "7\n".repeat(values - own)), 1)), "granted")
}

#[test]
fn a_table_of_four_times_the_form_s_values_is_gone_through_and_a_longer_one_is_not() {
    assert_eq!(among(4 * 25 * 7), "12 3 0 0 0 1 16");
    assert_eq!(among(4 * 25 * 7 + 1), absent());
}

#[test]
fn a_row_without_its_label_next_to_one_that_is_gone_is_right_or_empty() {
    // Each of the two could be the one that is left; another row is torn, so that nothing is taken for granted.
    let all = Sheet::new();
    let layouts: [fn(&str, &[String]) -> String; 3] = [
        |label, figures| format!("{label}\n{}\n", figures.join("\n")),
        |label, figures| format!("{}\n{label}\n", figures.join("\n")),
        printed,
    ];
    for (layout, left) in layouts.iter().flat_map(|layout| (0..24_usize).map(move |left| (layout, left))) {
        for (left, gone) in [(left, left + 1), (left + 1, left)] {
            let torn = if left.abs_diff(11) > 2 { 11 } else { 5 };
            let rows: String = (0..all.rows.len())
                .filter(|row| *row != gone)
                .map(|row| match (&all.rows[row], row) {
                    ((_, _, figures), row) if row == left => layout("", figures),
                    ((_, label, figures), row) if row == torn => {
                        layout(label, &[&figures[..], &["9".to_owned()]].concat())
                    }
                    ((_, label, figures), _) => layout(label, figures),
                })
                .collect();
            let parsed = read(&format!("{HEADING}{rows}{LITIGATION}"));
            for (row, (id, _, figures)) in all.rows.iter().enumerate().filter(|(row, _)| *row != torn) {
                let read = request(&parsed, id);
                let bare = read.replace(['(', ')'], "");
                assert!(bare == figures.join(" ") || read == absent(), "{left} {gone}: {row} {id}: {read}");
            }
        }
    }
}

/// Table 2 whose labels stand straight before their rows on the first page; on the second one they follow in a block, in
/// which the first label drew these values of its row to it.
fn drawn_to_their_label(sheet: &Sheet, drawn: &[&str]) -> String {
    let (first, second) = sheet.rows.split_at(DRAWN);
    let rows = |rows: &[(&str, String, Vec<String>)], row: &dyn Fn(usize, &str, &[String]) -> String| {
        rows.iter().enumerate().map(|(r, (_, label, figures))| row(r, label, figures)).collect::<String>()
    };
    let first = rows(first, &|_, label, figures| format!("{label}\n{}\n", figures.join("\n")));
    let figures = rows(second, &|r, _, figures| figures[if r == 0 { drawn.len() } else { 0 }..].join("\n") + "\n");
    let labels = rows(second, &|r, label, _| {
        format!("{label}\n{}", if r == 0 { drawn.join("\n") + "\n" } else { String::new() })
    });
    format!("{HEADING}{first}{figures}{labels}{LITIGATION}")
}

/// The position of `unable.not_held`.
const DRAWN: usize = 12;

#[test]
fn a_value_that_a_label_of_several_lines_drew_to_it_is_its_row_s_first() {
    let sheet = Sheet::new();
    let (drawn, _, figures) = &sheet.rows[DRAWN];
    let parsed = read(&drawn_to_their_label(&sheet, &["4"]));
    assert_eq!(request(&parsed, "granted"), sheet.rows[2].2.join(" "));
    assert_eq!(request(&parsed, drawn), figures.join(" "));
    assert!(has(&parsed, Code::RowReordered, drawn));
    // Not another value, nor several.
    for others in [&["5"][..], &["4", "1"]] {
        assert_ne!(request(&read(&drawn_to_their_label(&sheet, others)), drawn), figures.join(" "), "{others:?}");
    }
}

#[test]
fn six_rows_with_their_labels_show_that_all_stand_in_order_and_five_do_not() {
    let sheet = full();
    let labelled = ["new_received", "granted", "denied.state_secret", "unable.not_held", "not_processed.repeat"];
    for (sixth, expected) in [("outcomes_total", sheet.rows[12].2.join(" ")), ("", absent())] {
        let text = table(&sheet, |id, label, figures| {
            let own = if labelled.contains(&id) || id == sixth { label } else { "" };
            let stray = if id == "other.other" { "14\n136 83\n" } else { "" };
            stray.to_owned() + &printed(own, figures)
        });
        assert_eq!(request(&read(&text), "unable.not_held"), expected, "{sixth}");
    }
}

/// Every row with figures of its own.
fn full() -> Sheet {
    let mut sheet = Sheet::new();
    let outcomes = 2..sheet.rows.len() - 2;
    let natural: usize = outcomes.clone().sum();
    let others = outcomes.len();
    for (r, (id, _, figures)) in sheet.rows.iter_mut().enumerate() {
        let (first, last) = match *id {
            "new_received" | "outcomes_total" => (natural, others),
            "carried_over" | "carried_forward" => (3, 2),
            _ => (r, 1),
        };
        *figures = [first, 0, 0, 0, 0, last, first + last].map(|figure| figure.to_string()).to_vec();
    }
    sheet
}

/// Every outcome with figures of its own in several columns.
fn uneven() -> Sheet {
    let mut sheet = Sheet::new();
    for r in 2..sheet.rows.len() - 2 {
        let parts = [r * 5 % 17 + 1, r % 3, 0, r % 4, 0, r * 3 % 5];
        sheet.rows[r].2 = parts.into_iter().chain([parts.iter().sum()]).map(|figure| figure.to_string()).collect();
    }
    let carried = |sheet: Sheet, id| sheet.with(id, &["1", "0", "0", "2", "0", "0", "3"]);
    with_totals(["carried_over", "carried_forward"].into_iter().fold(sheet, carried))
}

/// The same with the totals that its outcomes have.
fn with_totals(mut sheet: Sheet) -> Sheet {
    let outcomes = 2..sheet.rows.len() - 2;
    let total = |c: usize| outcomes.clone().map(|r| sheet.rows[r].2[c].parse::<u64>().expect("a count")).sum::<u64>();
    let totals: Vec<String> = (0..7).map(|c| total(c).to_string()).collect();
    for id in ["new_received", "outcomes_total"] {
        sheet.figures(id).clone_from(&totals);
    }
    sheet
}

#[track_caller]
fn right_or_empty(parsed: &Parsed, sheet: &Sheet, but: &str) {
    for (id, _, figures) in &sheet.rows {
        let read = request(parsed, id);
        assert!(read.replace(['(', ')'], "") == figures.join(" ") || read == absent() || *id == but, "{id}: {read}");
    }
}

#[test]
fn values_that_moved_behind_another_row_s_move_no_row() {
    let sheet = full();
    let rows = sheet.rows.len();
    // Straight behind the next row's they could be a block of two rows.
    for (from, behind) in (1..rows).flat_map(|from| (2..4).map(move |on| (from, from + on))) {
        let Some((_, _, moved)) = sheet.rows.get(from).filter(|_| behind < rows) else { continue };
        for slip in [None, Some(behind + 9)] {
            let lines = |(r, (_, label, figures)): (usize, &(&str, String, Vec<String>))| {
                let mut own = if r == from { Vec::new() } else { figures.clone() };
                if Some(r) == slip {
                    own[6] = "99".to_owned();
                }
                own.extend(moved.iter().filter(|_| r == behind).cloned());
                format!("{label}\n{}\n", own.join("\n"))
            };
            let text: String = sheet.rows.iter().enumerate().map(lines).collect();
            let parsed = read(&format!("{HEADING}{text}{LITIGATION}"));
            let slipped = slip.and_then(|slip| sheet.rows.get(slip)).map_or("", |row| row.0);
            right_or_empty(&parsed, &sheet, slipped);
        }
    }
}

#[test]
fn a_first_row_without_its_label_and_a_value_moves_no_row() {
    let sheet = full();
    for (gone, lost) in [(11, 16), (7, 16), (9, 11)] {
        let lines = |(r, (_, label, figures)): (usize, &(&str, String, Vec<String>))| match r {
            0 => format!("{}\n", figures[1..].join("\n")),
            _ if r == gone || r == lost => String::new(),
            _ => format!("{label}\n{}\n", figures.join("\n")),
        };
        let text: String = sheet.rows.iter().enumerate().map(lines).collect();
        right_or_empty(&read(&format!("{HEADING}{text}{LITIGATION}")), &sheet, "");
    }
}

#[test]
fn a_mark_before_a_row_s_label_is_none_of_its_values() {
    let sheet = full().with("outcomes_total", &["252", "0", "0", "0", "0", "21", "274"]);
    let text = table(&sheet, |id, label, figures| {
        let mark = if id == "outcomes_total" { "http://www.example.gov.cn/3.html\n" } else { "" };
        format!("{mark}{label}\n{}\n", figures.join("\n"))
    });
    // The office slipped, and no row stands one value further up.
    let parsed = read(&text);
    let read = request(&parsed, "outcomes_total");
    assert!(read == "252 0 0 0 0 21 274" || read == absent(), "{read}");
    right_or_empty(&parsed, &sheet, "");
}

/// The sheet as a word processor's pages are printed: the labels of four rows stand before all their values, the first values
/// each beside its label or before the others, and some of the first row's values further down among other labels.
fn torn(sheet: &Sheet, beside: bool, elsewhere: &[usize]) -> String {
    let four = &sheet.rows[2..6];
    let left = usize::from(beside);
    let labels =
        |(_, label, figures): &(&str, String, Vec<String>)| format!("{label}\n{}\n", figures[..left].join("\n"));
    let values = four.iter().enumerate().map(|(r, (_, _, figures))| {
        let stays = |i: &usize| *i >= left && (r > 0 || !elsewhere.contains(i));
        (0..7).filter(stays).map(|i| figures[i].clone() + "\n").collect::<String>()
    });
    let block = four.iter().map(labels).collect::<String>() + &values.collect::<String>();
    let strays: Vec<&str> = elsewhere.iter().map(|i| four[0].2[*i].as_str()).collect();
    let rows = |id: &str, label: &str, figures: &[String]| match id {
        "granted" => block.clone(),
        "partially_granted" | "denied.state_secret" | "denied.prohibited_by_law" => String::new(),
        "not_processed.repeat" => format!("{label}\n{}\n（五）不予处理\n{}\n", figures.join("\n"), strays.join("\n")),
        _ => format!("{label}\n{}\n", figures.join("\n")),
    };
    table(sheet, rows)
}

#[test]
fn values_of_a_row_that_stand_elsewhere_are_found_where_the_columns_ask_for_them() {
    let sheet = full().with("granted", &["2", "0", "5", "0", "0", "1", "8"]);
    let sheet = sheet.with("outcomes_total", &["252", "0", "5", "0", "0", "21", "278"]);
    let sheet = sheet.with("new_received", &["252", "0", "5", "0", "0", "21", "278"]);
    let whole = |beside: bool, elsewhere: &[usize]| {
        let parsed = read(&torn(&sheet, beside, elsewhere));
        right_or_empty(&parsed, &sheet, "");
        let stray = parsed.diagnostics.iter().any(|d| d.code == Code::StrayFigures);
        let found = request(&parsed, "granted") == sheet.rows[2].2.join(" ");
        assert_ne!(found, stray, "a value that is its row's belongs to a cell");
        found && has(&parsed, Code::RowReordered, "granted")
    };
    for beside in [false, true] {
        assert!(whole(beside, &[2]), "{beside}");
        assert!(whole(beside, &[2, 5]), "{beside}");
        assert!(!whole(beside, &[2, 4, 5]), "{beside}");
    }
    // Another value of no row has the same figure: nobody knows which of them is the row's.
    let twice = torn(&sheet, false, &[2]).replace("（五）不予处理\n5\n", "（五）不予处理\n5\n（四）无法提供\n5\n");
    let parsed = read(&twice);
    right_or_empty(&parsed, &sheet, "");
    assert_ne!(request(&parsed, "granted"), sheet.rows[2].2.join(" "));
}

#[test]
fn two_pages_with_a_left_block_of_their_own_each_are_put_together() {
    let sheet = uneven();
    let (first, rest) = sheet.rows.split_at(12);
    let (second, third) = rest.split_at(9);
    let plain = first.iter().map(|(_, label, figures)| format!("{}\n{label}\n", figures.join("\n")));
    let blocks = |rows: &[(&str, String, Vec<String>)], left: usize| {
        let labels = rows.iter().map(|(_, label, figures)| format!("{}\n{label}\n", figures[..left].join(" ")));
        let values = rows.iter().map(|(_, _, figures)| figures[left..].join("\n") + "\n");
        labels.chain(values).collect::<String>()
    };
    let text = plain.collect::<String>() + &blocks(second, 1) + &blocks(third, 2);
    all_but(&read(&format!("{HEADING}{text}{LITIGATION}")), &sheet, &[]);
}

#[test]
fn the_end_of_a_row_of_no_place_is_not_put_to_the_next_one_s_beginning() {
    let sheet = uneven().with("other.not_corrected", &["0", "0", "60", "9", "67", "0", "136"]);
    let sheet = with_totals(sheet.with("other.not_paid", &["0", "0", "0", "55", "0", "27", "82"]));
    let (first, second) = sheet.rows.split_at(12);
    let plain = first.iter().map(|(_, label, figures)| format!("{}\n{label}\n", figures.join("\n")));
    let left = |row: usize| if row < 9 { 1 } else { 2 };
    let block = |rows: std::ops::Range<usize>| {
        let labels = rows.clone().map(|r| format!("{} {}\n", second[r].1, second[r].2[..left(r)].join(" ")));
        let values = rows.clone().map(|r| second[r].2[left(r)..].join("\n") + "\n");
        labels.chain(values).collect::<String>()
    };
    let text = format!("{HEADING}{}{}{}{LITIGATION}", plain.collect::<String>(), block(0..9), block(9..13));
    all_but(&read(&text), &sheet, &[]);
}

#[test]
fn rows_that_their_labels_cut_are_no_blocks_where_the_columns_speak_against_these() {
    let (one, other) = (["4", "0", "9", "0", "0", "0", "13"], ["13", "0", "0", "0", "0", "0", "13"]);
    let sheet = with_totals(uneven().with("other.not_corrected", &one).with("other.not_paid", &other));
    // As blocks, the second row adds up with `0` and `0 0 0 0 13 13`.
    let cut = |label: &str, at: usize, own: &[&str], rest: &[&str]| {
        let (before, behind) = label.split_at(label.char_indices().nth(at).expect("a long label").0);
        format!("{before}\n{}\n{behind} {}\n", rest.join("\n"), own.join(" "))
    };
    let text = table(&sheet, |id, label, figures| match id {
        "other.not_corrected" => cut(label, 17, &one[..1], &one[1..]),
        "other.not_paid" => cut(label, 17, &other[..2], &other[2..]),
        _ => format!("{}\n{label}\n", figures.join("\n")),
    });
    all_but(&read(&text), &sheet, &[]);
}

#[test]
fn zeros_beside_one_of_no_row_are_their_row_s_where_the_columns_leave_nothing_else() {
    let print = |sheet: &Sheet| {
        read(&table(sheet, |id, label, figures| {
            let stray = if id == "not_processed.petition" { "（三）不予公开\n0\n" } else { "" };
            format!("{label}\n{}\n{stray}", figures.join("\n"))
        }))
    };
    let sheet = Sheet::new();
    all_but(&print(&sheet), &sheet, &[]);
    // Without a figure in the columns, sums over zeros say nothing.
    let zeros = Sheet::all_granted(&["0"; 7]);
    assert_eq!(request(&print(&zeros), "not_processed.petition"), absent());
}

#[test]
fn a_table_of_as_many_zeros_as_cells_is_read_wherever_they_stand() {
    let sheet = Sheet::all_granted(&["0"; 7]);
    // The labels of four rows, and behind them a page of zeros, one of which is drawn further down.
    let print = |elsewhere: usize| {
        read(&table(&sheet, |id, label, figures| match id {
            "granted" | "partially_granted" | "denied.state_secret" => format!("{label}\n"),
            "denied.prohibited_by_law" => format!("{label}\n{}", "0\n".repeat(4 * 7 - 1)),
            "not_processed.repeat" => {
                format!("{label}\n{}（五）不予处理\n{}", "0\n".repeat(7), "0\n".repeat(elsewhere))
            }
            _ => format!("{label}\n{}\n", figures.join("\n")),
        }))
    };
    all_but(&print(1), &sheet, &[]);
    for elsewhere in [0, 2] {
        assert_eq!(request(&print(elsewhere), "granted"), absent(), "{elsewhere}");
    }
}

/// All on one line, as scrapers join lines: labels tie no values there, wherever these stand.
#[test]
fn rows_on_one_line() {
    let sheet = Sheet::new();
    for behind in [false, true] {
        let row = |(_, label, figures): &(&str, String, Vec<String>)| {
            let figures = figures.join(" ");
            if behind { format!("{figures} {label} ") } else { format!("{label} {figures} ") }
        };
        let rows: String = sheet.rows.iter().map(row).collect();
        for (front, end) in
            [("", ""), ("一、总体情况 平稳。 三、收到和处理政府信息公开申请情况 ", "五、存在的主要问题及改进情况 无。")]
        {
            let parsed = read(&format!("{front}{rows}{end}"));
            for (id, _, figures) in &sheet.rows {
                let all = request(&parsed, id);
                assert!(all == figures.join(" ") || behind && all == ["absent"; 7].join(" "), "{id}: {all}");
            }
            // Without a title, nobody knows that values stand before the first label.
            if !front.is_empty() {
                assert_eq!(request(&parsed, "new_received"), "20 7 1 1 2 1 32");
            }
        }
    }
}

/// A print set the zeros of a row lower than its other figures: read by lines, the row adds up in another order.
#[test]
fn zeros_below_figures_on_one_line_may_stand_between_them() {
    let sheet = Sheet::new()
        .with("other.other", &["0", "31", "9", "0", "6", "0", "46"])
        .with("outcomes_total", &["18", "40", "10", "0", "8", "1", "77"])
        .with("new_received", &["20", "38", "10", "1", "8", "1", "78"]);
    let text = table(&sheet, |id, label, figures| match id {
        "other.other" => format!("{label}\n31 9\n6\n0\n0\n0\n46\n"),
        // The label's second line cuts its row, and a value of another is lost.
        "other.not_paid" => {
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再\n5\n处理其政府信息公开申请\n8\n33 1\n1\n56 104\n"
                .to_owned()
        }
        "granted" => format!("{label}\n{}\n", figures[1..].join("\n")),
        _ => format!("{label}\n{}\n", figures.join("\n")),
    });
    let parsed = read(&text);
    assert_eq!(request(&parsed, "other.other"), absent());
    assert_eq!(request(&parsed, "carried_over"), "1 2 0 0 0 0 3");
}

/// A print's blocks may leave a row's figures in another order, which its sum cannot tell: with no label next to it, the
/// columns must.
#[test]
fn a_row_over_several_lines_away_from_its_label_needs_its_columns() {
    let sheet = Sheet::new().with("carried_forward", &["0", "1", "1", "0", "0", "0", "2"]);
    let last_rows = |forward: &str| {
        table(&sheet, |id, label, figures| match id {
            // Without its total, no sum over the columns holds what is carried forward.
            "new_received" => format!("{label}\n{}\n", figures[..6].join("\n")),
            "outcomes_total" => format!("{label}\n四、结转下年度继续办理\n{}\n", figures.join("\n")),
            "carried_forward" => format!("{forward}\n"),
            _ => format!("{label}\n{}\n", figures.join("\n")),
        })
    };
    let parsed = read(&last_rows("0\n0\n1\n1\n0\n0\n2"));
    assert_eq!(request(&parsed, "carried_forward"), absent());
    assert_eq!(request(&parsed, "outcomes_total"), sheet.rows[23].2.join(" "));
    assert_eq!(request(&read(&last_rows("0 1 1 0 0 0 2")), "carried_forward"), "0 1 1 0 0 0 2");
}

/// All of the table's figures are there, but six rows are torn: zeros of several make up one more.
#[test]
fn zeros_of_torn_rows_are_no_row_among_them() {
    let torn = [
        ("denied.process_information", ["0", "0", "68", "0", "0", "0", "68"], "\n"),
        ("denied.enforcement_files", ["8", "4", "47", "66", "0", "0", "125"], "\n0\n8\n0\n68\n0\n4\n47\n66\n"),
        ("denied.administrative_inquiry", ["138", "150", "124", "0", "0", "4", "416"], "\n138 150 124\n0\n"),
        ("unable.not_held", ["0", "2", "0", "8", "0", "0", "10"], " 0\n2\n0\n"),
        ("unable.requires_creation", ["0"; 7], " 0\n0\n0\n8\n0\n"),
        (
            "unable.still_unclear",
            ["9", "106", "0", "36", "0", "7", "158"],
            "\n9 106 0\n36\n0\n0\n0\n0\n0\n0\n0\n68\n0\n125\n4\n416\n0\n10\n0\n0\n7\n158\n",
        ),
    ];
    let mut sheet = Sheet::new()
        .with("outcomes_total", &["169", "270", "240", "110", "0", "12", "801"])
        .with("new_received", &["171", "268", "240", "111", "0", "12", "802"]);
    for (id, figures, _) in &torn {
        sheet = sheet.with(id, figures);
    }
    let text = table(&sheet, |id, label, figures| match torn.iter().find(|torn| torn.0 == id) {
        Some((_, _, printed)) => format!("{label}{printed}"),
        None => format!("{label}\n{}\n", figures.join("\n")),
    });
    let parsed = read(&text);
    for (id, ..) in torn {
        assert_eq!(request(&parsed, id), absent(), "{id}");
    }
    assert_eq!(request(&parsed, "outcomes_total"), sheet.rows[23].2.join(" "));
}

/// Table 2 with labels behind their rows, but for two that go on behind theirs; the last value stands elsewhere.
fn around(sheet: &Sheet, last: &str) -> String {
    let row = |id: &str, label: &str, figures: &[String]| {
        let figures = figures.join("\n");
        let middle = label.char_indices().nth(14).map(|(at, _)| at);
        match (id, middle) {
            ("not_processed.reconfirmation" | "other.not_corrected", Some(at)) => {
                format!("{}\n{figures}\n{}\n", &label[..at], &label[at..])
            }
            ("carried_forward", _) => format!("{}\n{label}\n", figures.rsplit_once('\n').expect("seven figures").0),
            _ => format!("{figures}\n{label}\n"),
        }
    };
    table(sheet, row) + last
}

const THREE: &str = "结果维持\n1\n0\n0\n0\n1\n0\n0\n0\n0\n0\n0\n0\n0\n0\n0\n";

#[test]
fn the_last_value_is_read_where_a_converter_left_it_among_the_heads_of_table_3() {
    let sheet = full();
    let total = sheet.rows.last().expect("the last row").2[6].clone();
    for heads in [format!("行政复议\n{total}\n{THREE}"), format!("{total}\n行政复议\n{THREE}")] {
        let parsed = read(&around(&sheet, &heads));
        for (id, _, figures) in &sheet.rows {
            assert_eq!(request(&parsed, id).replace(['(', ')'], ""), figures.join(" "), "{id}");
        }
        assert_eq!(common::sheet::row(&parsed, Table::Proceedings, "reconsideration").join(" "), "1 0 0 0 1");
    }
    // One that is gone is no other figure's.
    for heads in [format!("行政复议\n77\n{THREE}"), THREE.to_owned()] {
        let parsed = read(&around(&sheet, &heads));
        let forward = request(&parsed, "carried_forward");
        assert!(forward == "(3) (0) (0) (0) (0) (2) (5)" || forward == absent(), "{forward}");
    }
}

#[test]
fn values_between_the_parts_of_a_label_are_its_row_s_though_another_lost_one() {
    let sheet = full();
    for lost in 0..7 {
        let mut short = sheet.clone();
        short.figures("other.not_paid").remove(lost);
        let parsed = read(&around(&short, THREE));
        for (id, _, figures) in &sheet.rows {
            let read = request(&parsed, id).replace(['(', ')'], "");
            assert!(read == figures.join(" ") || read == absent(), "{lost}: {id}: {read}");
        }
    }
}

#[test]
fn a_row_before_its_label_and_behind_one_of_which_nothing_is_left_is_neither_s() {
    let sheet = full();
    let text = table(&sheet, |id, label, figures| match id {
        "denied.internal_affairs" => figures.join("\n") + "\n",
        "denied.process_information" => format!("{label}\n"),
        _ => format!("{}\n{label}\n", figures.join("\n")),
    });
    let parsed = read(&text);
    for id in ["denied.internal_affairs", "denied.process_information"] {
        assert_eq!(request(&parsed, id), absent(), "{id}");
    }
}

#[test]
fn a_block_of_which_two_rows_fail_may_hold_columns_and_zeros_do_not_tell() {
    let mut sheet = Sheet::all_granted(&["1", "0", "0", "0", "0", "0", "1"]);
    for id in ["granted", "denied.administrative_inquiry"] {
        let figures = if id == "granted" { ["0"; 7] } else { ["1", "0", "0", "0", "0", "0", "1"] };
        *sheet.figures(id) = figures.map(str::to_owned).to_vec();
    }
    let rows: Vec<&[String]> = sheet.rows.iter().map(|row| row.2.as_slice()).collect();
    let (before, behind) = (rows[..4].concat(), rows[14..].concat());
    let by_columns = (0..7).flat_map(|column| rows[4..14].iter().map(move |row| row[column].clone()));
    let print = |figures: Vec<String>| {
        let labels: Vec<&str> = sheet.rows.iter().map(|row| row.1.as_str()).collect();
        read(&format!("{HEADING}{}\n\n{}\n{LITIGATION}", labels.join("\n"), figures.join("\n\n")))
    };
    right_or_empty(&print(before.iter().cloned().chain(by_columns).chain(behind).collect()), &sheet, "");
    assert_eq!(request(&print(rows.concat()), "denied.administrative_inquiry"), "1 0 0 0 0 0 1");
}
