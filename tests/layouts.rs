//! Table 2 as converters tear it: which figures belong to which row, and which to none.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use std::ops::Range;

use common::sheet::{Sheet, read, request};
use xxgk::{Code, Parsed, Subject, Table};

const HEADING: &str = "三、收到和处理政府信息公开申请情况\n";

/// Every row is read as the sheet has it.
#[track_caller]
fn entirely(parsed: &Parsed) {
    for (id, _, figures) in Sheet::new().rows {
        assert_eq!(request(parsed, id), figures.join(" "), "{id}");
    }
}

#[track_caller]
fn empty(parsed: &Parsed, rows: &[&str]) {
    for row in rows {
        assert_eq!(request(parsed, row), ["absent"; 7].join(" "), "{row}");
    }
}

fn joined(sheet: &Sheet, row: impl Fn(&str, &[String]) -> String) -> String {
    sheet.rows.iter().map(|(_, label, figures)| row(label, figures)).collect()
}

#[test]
fn labels_before_and_behind_their_figures() {
    let sheet = Sheet::new();
    for (cell, row) in [(" ", "\n"), ("\t", "\n"), ("\n", "\n"), ("\n", "\n\n")] {
        entirely(&read(&sheet.lay_out(cell, row)));
        let behind = joined(&sheet, |label, figures| format!("{}{row}{label}{row}", figures.join(cell)));
        entirely(&read(&(HEADING.to_owned() + &behind)));
    }
}

#[test]
fn a_block_of_labels_and_then_a_block_of_figures() {
    let sheet = Sheet::new();
    let labels = joined(&sheet, |label, _| format!("{label}\n"));
    entirely(&read(&format!("{HEADING}{labels}{}", joined(&sheet, |_, figures| figures.join("\n") + "\n"))));
}

#[test]
fn rows_that_changed_places_go_by_the_label_on_their_line() {
    let mut sheet = Sheet::new();
    sheet.rows.swap(2, 3);
    entirely(&sheet.tabs());
}

#[test]
fn rows_without_labels_go_by_their_order_while_none_is_missing() {
    let mut sheet = Sheet::new();
    for (id, label, _) in &mut sheet.rows {
        if *id != "granted" && *id != "new_received" {
            label.clear();
        }
    }
    entirely(&sheet.tabs());
    entirely(&sheet.lines());
    // Nobody knows any more which of them is gone.
    let lacking = sheet.without("denied.state_secret");
    let parsed = lacking.tabs();
    assert_eq!(request(&parsed, "granted"), "12 3 0 0 0 1 16");
    empty(&parsed, &["partially_granted", "unable.not_held", "not_processed.repeat", "outcomes_total"]);
    empty(&lacking.lines(), &["granted", "partially_granted", "unable.not_held", "outcomes_total"]);
}

#[test]
fn figures_that_belong_to_no_row_are_pointed_out_and_change_nothing() {
    for (cell, row) in [("\t", "\n"), ("\n", "\n\n")] {
        let whole = ["12", "3", "0", "0", "0", "1", "16"].join(cell) + row;
        let text = Sheet::new().lay_out(cell, row).replace(&whole, &format!("{whole}8{cell}9{row}"));
        let parsed = read(&text);
        entirely(&parsed);
        let stray = parsed.diagnostics.iter().find(|d| d.code == Code::StrayFigures).expect("the stray figures");
        assert_eq!(stray.subject, Subject::Table(Table::Requests));
        assert!(stray.to_string().starts_with("2 figures") && stray.to_string().contains("8 9"), "{stray}");
        let place = stray.place.expect("a place");
        assert_eq!(&text[place.start..place.end], "8");
    }
}

#[test]
fn of_a_table_printed_twice_the_first_counts() {
    let text = Sheet::new().lay_out("\t", "\n");
    let other = text.replace("12\t3\t0\t0\t0\t1\t16", "13\t3\t0\t0\t0\t1\t17");
    entirely(&read(&(text + &other)));
}

#[test]
fn a_misspelt_and_a_shortened_label_are_as_good_as_any() {
    let mut sheet = Sheet::new();
    sheet.row("denied.prohibited_by_law").1 = "2.其他法律法规禁止公开".to_owned();
    sheet.row("not_processed.repeat").1 = "2.重复申清".to_owned();
    sheet.row("carried_forward").1 = "四、结转下一年度继续办理".to_owned();
    entirely(&sheet.tabs());
    entirely(&sheet.lines());
}

/// The sheet with some rows torn: their left cells, row by row, and then their right cells.
fn torn(rows: &Range<usize>, left: usize, cell: &str, labelled: bool, spoil: impl Fn(&mut Sheet)) -> String {
    let mut sheet = Sheet::new();
    spoil(&mut sheet);
    let part = Sheet { rows: sheet.rows[rows.clone()].to_vec() };
    let labels = if labelled { joined(&part, |label, _| format!("{label}\n")) } else { String::new() };
    let lefts = joined(&part, |_, figures| figures[..left].join(cell) + "\n");
    let rights = joined(&part, |_, figures| figures[left..].join(cell) + "\n");
    sheet.rows[rows.start].1 = String::from("@");
    sheet.rows[rows.start].2.clear();
    sheet.rows.drain(rows.start + 1..rows.end);
    sheet.lay_out("\n", "\n\n").replace("@\n", &(labels + &lefts + &rights))
}

#[test]
fn rows_torn_into_a_left_and_a_right_block_are_put_together() {
    for rows in [0..4, 2..4] {
        for left in 1..7 {
            for (cell, labelled) in [(" ", true), (" ", false), ("\n", true), ("\n", false)] {
                println!("{rows:?} {left} {cell:?} {labelled}");
                entirely(&read(&torn(&rows, left, cell, labelled, |_| ())));
            }
        }
    }
}

#[test]
fn torn_rows_of_which_one_does_not_add_up_stay_empty() {
    for left in 1..7 {
        let text = torn(&(2..4), left, " ", true, |sheet| sheet.figures("granted")[6] = "17".to_owned());
        empty(&read(&text), &["granted", "partially_granted"]);
    }
}

#[test]
fn torn_rows_that_lost_a_figure_are_right_or_empty() {
    for left in 2..7 {
        let text = torn(&(2..4), left, " ", true, |sheet| drop(sheet.figures("granted").remove(1)));
        let parsed = read(&text);
        for row in ["granted", "partially_granted"] {
            let right = Sheet::new().figures(row).join(" ");
            let read = request(&parsed, row).replace(['(', ')'], "");
            assert!(read == right || read == ["absent"; 7].join(" "), "{row}: {read}");
        }
    }
}
