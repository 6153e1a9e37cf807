//! Small tables in which figures are lost, smudged or out of place: what the form's arithmetic settles, and what it must
//! leave without a figure.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use common::sheet::{Sheet, has, path, read, request, row};
use xxgk::form::{APPLICANTS, RESULTS, Rule};
use xxgk::{Code, Edition, Parsed, Section, Settled, Subject, Table};

#[test]
fn a_smudge_is_what_its_row_and_its_column_leave() {
    let parsed = Sheet::new().with("granted", &["■", "3", "0", "0", "0", "1", "16"]).tabs();
    assert_eq!(request(&parsed, "granted"), "(12) 3 0 0 0 1 16");
    let cell = path("requests/granted/natural_person");
    let evidence = parsed.evidence.cell(cell).expect("evidence");
    assert_eq!(evidence.raw, "■");
    let Settled::Inferred { rules, from } = &evidence.settled else { panic!("{evidence:?}") };
    assert_eq!(rules, &[Rule::RowSum, Rule::OutcomesSum]);
    assert!(
        from.contains(&path("requests/granted/total"))
            && from.contains(&path("requests/outcomes_total/natural_person"))
    );
    assert!(!from.contains(&cell), "a figure rests on others, not on itself");
    assert!(has(&parsed, Code::CellInferred, &Subject::Cell(cell)));
}

#[test]
fn three_smudges_at_a_corner_are_settled_one_after_the_other_and_four_are_not() {
    let corner = Sheet::new()
        .with("granted", &["■", "■", "0", "0", "0", "1", "16"])
        .with("partially_granted", &["■", "0", "1", "0", "0", "0", "3"]);
    assert_eq!(request(&corner.clone().tabs(), "granted"), "(12) (3) 0 0 0 1 16");
    assert_eq!(request(&corner.clone().tabs(), "partially_granted"), "(2) 0 1 0 0 0 3");
    let parsed = corner.with("partially_granted", &["■", "■", "1", "0", "0", "0", "3"]).tabs();
    assert_eq!(request(&parsed, "granted"), "unreadable unreadable 0 0 0 1 16");
    assert_eq!(request(&parsed, "partially_granted"), "unreadable unreadable 1 0 0 0 3");
}

#[test]
fn a_smudge_on_which_two_sums_disagree_stays_one() {
    // The office's own slip stands in the row's total: the row asks for 13, the column for 12.
    let parsed = Sheet::new().with("granted", &["■", "3", "0", "0", "0", "1", "17"]).tabs();
    assert_eq!(request(&parsed, "granted"), "unreadable 3 0 0 0 1 17");
    let cell = Subject::Cell(path("requests/granted/natural_person"));
    let told = parsed.diagnostics.iter().find(|d| d.code == Code::CellConflict && d.subject == cell).expect("a doubt");
    assert!(told.to_string().contains("13, 12"), "{told}");
}

#[test]
fn what_the_columns_leave_of_a_row_is_nothing_where_it_alters_a_printed_figure() {
    // The office slipped next to the smudge: `1` where the columns leave none. The columns' `1` in the smudged cell is
    // not that one.
    let sheet = Sheet::new()
        .with("granted", &["12", "2", "1", "0", "0", "1", "16"])
        .with("partially_granted", &["2", "■", "1", "0", "0", "0", "3"]);
    // One row ends as its cells do: none has a box of its own.
    let rows = sheet.rows.iter().map(|(id, label, figures)| {
        let end = if *id == "denied.enforcement_files" { " |\n" } else { " | ||\n" };
        format!("{label} |\n{}{end}", figures.join(" |\n"))
    });
    let text = format!("{}、{}\n{}", Section::Requests.number(), Section::Requests.title(), rows.collect::<String>());
    assert_eq!(request(&read(&text), "partially_granted"), ["absent"; 7].join(" "));
}

#[test]
fn a_smudge_that_only_a_negative_figure_would_settle_stays_one() {
    let parsed = Sheet::new().with("granted", &["12", "■", "0", "0", "0", "1", "6"]).tabs();
    assert_eq!(request(&parsed, "granted"), "12 unreadable 0 0 0 1 6");
}

#[test]
fn a_printed_figure_is_never_altered_however_wrong() {
    let parsed = Sheet::new().with("granted", &["99", "3", "0", "0", "0", "1", "16"]).tabs();
    assert_eq!(request(&parsed, "granted"), "99 3 0 0 0 1 16");
    assert_eq!(request(&parsed, "outcomes_total"), "18 9 1 0 2 1 31");
}

#[test]
fn a_smudge_on_which_the_sums_of_a_corner_disagree_leaves_all_three() {
    let parsed = Sheet::new()
        .with("granted", &["■", "■", "0", "0", "0", "1", "17"])
        .with("partially_granted", &["■", "0", "1", "0", "0", "0", "3"])
        .tabs();
    assert_eq!(request(&parsed, "granted"), "unreadable unreadable 0 0 0 1 17");
    assert_eq!(request(&parsed, "partially_granted"), "unreadable 0 1 0 0 0 3");
}

#[test]
fn a_blank_is_no_zero_to_rest_on() {
    let parsed = Sheet::new().with("granted", &["■", "3", "\u{a0}", "0", "0", "1", "16"]).tabs();
    assert_eq!(request(&parsed, "granted"), "(12) 3 blank 0 0 1 16");
    let Some(Settled::Inferred { rules, .. }) =
        parsed.evidence.cell(path("requests/granted/natural_person")).map(|evidence| &evidence.settled)
    else {
        panic!("it is not inferred")
    };
    assert_eq!(rules, &[Rule::OutcomesSum], "the row has a blank");
    let parsed = Sheet::new()
        .with("granted", &["■", "3", "\u{a0}", "0", "0", "1", "16"])
        .with("denied.state_secret", &["\u{a0}", "0", "0", "0", "0", "0", "0"])
        .tabs();
    assert_eq!(request(&parsed, "granted"), "unreadable 3 blank 0 0 1 16");
}

#[test]
fn one_sum_alone_infers_nothing_that_another_speaks_against() {
    // The row leaves 11; the column, where its blank is zero, 12.
    let parsed = Sheet::new()
        .with("granted", &["■", "3", "0", "0", "0", "1", "15"])
        .with("denied.state_secret", &["\u{a0}", "0", "0", "0", "0", "0", "0"])
        .tabs();
    assert_eq!(request(&parsed, "granted"), "unreadable 3 0 0 0 1 15");
}

#[test]
fn figures_in_fields_of_their_own_never_ran_together() {
    // 83 and 0 would add up as 8 and 30.
    let parsed = Sheet::new().with("granted", &["0", "0", "0", "22", "0", "83", "0"]).tabs();
    assert_eq!(request(&parsed, "granted"), "0 0 0 22 0 83 0");
}

#[test]
fn a_row_that_lost_a_figure_is_settled_where_one_way_fits_its_row_and_the_columns() {
    for lost in 0..7 {
        let mut sheet = Sheet::new();
        sheet.figures("granted").remove(lost);
        let parsed = sheet.lines();
        assert_eq!(request(&parsed, "granted"), "(12) (3) (0) (0) (0) (1) (16)");
        let evidence =
            |column: &str| parsed.evidence.cell(path(&format!("requests/granted/{column}"))).expect("evidence");
        for (i, column) in APPLICANTS.iter().enumerate() {
            // Which of three equal figures side by side is lost, nobody knows: none of them has a place.
            let known = if (2..5).contains(&lost) { !(2..5).contains(&i) } else { i != lost };
            let evidence = evidence(column.id);
            assert_eq!(evidence.place.is_some(), known, "without {lost}: {} {evidence:?}", column.id);
            assert!(!known || evidence.raw == ["12", "3", "0", "0", "0", "1", "16"][i], "{evidence:?}");
            let Settled::Inferred { rules, from } = &evidence.settled else { panic!("{evidence:?}") };
            assert_eq!((rules.as_slice(), from.len()), (&[Rule::RowSum][..], 6));
        }
    }
}

#[test]
fn a_figure_that_the_end_of_its_line_cut_is_none() {
    let granted = |last: &str, between: &str| {
        let mut sheet = Sheet::new();
        sheet.figures("granted")[6] = last.to_owned();
        request(&read(&sheet.lay_out(between, "\n")), "granted")
    };
    for between in ["\t", " ", "  "] {
        assert_eq!(granted("1\n6", between), ["absent"; 7].join(" "));
    }
    // The office slipped, and a page's number follows.
    assert_eq!(granted("17\n6", "\t"), "12 3 0 0 0 1 17");
}

/// A table of which a whole column is lost, all rows but these zero.
fn without_a_column(rows: &[(&str, [u64; 5])]) -> Sheet {
    let mut sheet = Sheet::new();
    for (id, _, figures) in &mut sheet.rows {
        let own = rows.iter().find(|row| row.0 == *id).map_or([0; 5], |row| row.1);
        *figures = own.iter().chain([&own.iter().sum()]).map(u64::to_string).collect();
    }
    sheet
}

#[test]
fn a_line_that_cannot_be_read_is_no_figure_of_the_row_before_it() {
    let rows = [
        ("new_received", [5, 1, 2, 0, 0]),
        ("carried_over", [1, 0, 0, 0, 0]),
        ("granted", [6, 1, 2, 0, 0]),
        ("outcomes_total", [6, 1, 2, 0, 0]),
    ];
    let mut sheet = without_a_column(&rows);
    sheet.figures("carried_over")[5] += "\nhttp://www.example.gov.cn/3.html";
    let parsed = read(&sheet.lay_out(" ", "\n"));
    for (id, _) in rows {
        assert_eq!(request(&parsed, id), ["absent"; 7].join(" "), "{id}");
    }
}

#[test]
fn an_empty_cell_on_a_line_of_its_own_is_put_into_no_other_place() {
    let rows = [
        ("new_received", [6, 2, 0, 0, 0]),
        ("partially_granted", [5, 2, 0, 0, 0]),
        ("not_processed.excessive", [1, 0, 0, 0, 0]),
        ("outcomes_total", [6, 2, 0, 0, 0]),
    ];
    let mut sheet = without_a_column(&rows);
    sheet.rows.iter_mut().for_each(|(_, label, _)| label.insert_str(0, "| "));
    // The line of this row was too long.
    sheet.figures("partially_granted")[5] += "\n";
    let parsed = read(&sheet.lay_out(" | ", " |\n"));
    for (id, _) in rows {
        assert_eq!(request(&parsed, id), ["absent"; 7].join(" "), "{id}");
    }
}

#[test]
fn a_figure_that_broke_where_a_cell_is_lost_is_none() {
    let rows =
        [("new_received", [18, 3, 0, 0, 2]), ("granted", [18, 3, 0, 0, 2]), ("outcomes_total", [18, 3, 0, 0, 2])];
    let mut sheet = without_a_column(&rows);
    sheet.figures("granted")[5] = "2 3".to_owned();
    let parsed = read(&sheet.lay_out(" ", "\n"));
    assert_eq!(request(&parsed, "granted"), ["absent"; 7].join(" "));
}

#[test]
fn two_rows_that_lost_a_figure_are_settled_where_the_columns_leave_one_way_for_both() {
    let parsed = Sheet::new()
        .with("granted", &["3", "0", "0", "0", "1", "16"])
        .with("partially_granted", &["0", "1", "0", "0", "0", "3"])
        .lines();
    assert_eq!(request(&parsed, "granted"), "(12) (3) (0) (0) (0) (1) (16)");
    assert_eq!(request(&parsed, "partially_granted"), "(2) (0) (1) (0) (0) (0) (3)");
}

#[test]
fn two_rows_whose_lost_figures_may_change_places_stay_empty() {
    // 5 2 and 2 5, or 2 5 and 5 2: the sums are the same.
    let parsed = Sheet::new()
        .with("new_received", &["20", "11", "1", "1", "2", "1", "36"])
        .with("granted", &["2", "0", "0", "0", "0", "7"])
        .with("partially_granted", &["2", "0", "0", "0", "0", "7"])
        .with("outcomes_total", &["11", "13", "0", "0", "2", "0", "26"])
        .with("carried_forward", &["10", "0", "1", "1", "0", "1", "13"])
        .lines();
    for row in ["granted", "partially_granted"] {
        assert_eq!(request(&parsed, row), ["absent"; 7].join(" "));
        assert!(has(&parsed, Code::RowAmbiguous, &Subject::Row(Table::Requests, row)));
    }
}

#[test]
fn a_row_torn_by_its_label_has_the_order_of_its_parts_that_the_columns_ask_for() {
    // 0 0 0 0 0 5 5 adds up as well as 5 0 0 0 0 0 5, and the columns, too, if both rows are taken so.
    let text = Sheet::new()
        .with("new_received", &["25", "2", "1", "1", "2", "6", "37"])
        .with("not_processed.repeat", &["5", "0", "0", "0", "0", "0", "5"])
        .with("other.other", &["0", "0", "0", "0", "0", "5", "5"])
        .with("outcomes_total", &["23", "4", "1", "0", "2", "6", "36"])
        .lay_out("\n", "\n\n");
    let torn = text
        .replace("2.重复申请\n5\n0\n0\n0\n0\n0\n5\n", "0\n0\n0\n0\n0\n5\n2.重复申请 5\n")
        .replace("3.其他\n0\n0\n0\n0\n0\n5\n5\n", "0\n3.其他\n0\n0\n0\n0\n5\n5\n");
    let parsed = read(&torn);
    assert_eq!(request(&parsed, "not_processed.repeat"), "5 0 0 0 0 0 5");
    assert_eq!(request(&parsed, "other.other"), "0 0 0 0 0 5 5");
}

#[test]
fn one_column_alone_does_not_settle_a_row_that_lost_a_figure() {
    // 3 12 fits the row as 12 3 does; of the two columns that could tell, one has a smudge.
    let parsed = Sheet::new()
        .with("granted", &["3", "0", "0", "0", "1", "16"])
        .with("not_processed.repeat", &["■", "■", "0", "0", "0", "0", "5"])
        .lines();
    assert_eq!(request(&parsed, "granted"), ["absent"; 7].join(" "));
}

#[test]
fn a_row_of_which_little_is_left_is_what_the_columns_leave_if_that_has_its_figures() {
    for (left, read) in [(["3", "0", "1", "16"], "(12) (3) (0) (0) (0) (1) (16)"), (["3", "0", "5", "16"], "")] {
        let parsed = Sheet::new().with("granted", &left).tabs();
        let read = if read.is_empty() { ["absent"; 7].join(" ") } else { read.to_owned() };
        assert_eq!(request(&parsed, "granted"), read);
    }
}

#[test]
fn a_row_of_which_one_piece_is_left_is_not_what_the_columns_leave_in_another_order() {
    // The office printed 3 for 0, and the total is lost: the columns leave 3 0 0 0 0 0 3.
    let sheet = Sheet::new()
        .with("denied.state_secret", &["3", "3", "0", "0", "0", "0"])
        .with("outcomes_total", &["21", "9", "1", "0", "2", "1", "34"])
        .with("new_received", &["23", "7", "1", "1", "2", "1", "35"]);
    assert_eq!(request(&sheet.tabs(), "denied.state_secret"), ["absent"; 7].join(" "));
}

#[test]
fn a_row_that_is_gone_is_inferred_and_one_that_was_left_blank_is_not() {
    let subject = Subject::Row(Table::Requests, "granted");
    for parsed in [Sheet::new().without("granted").tabs(), Sheet::new().without("granted").lines()] {
        assert_eq!(request(&parsed, "granted"), "(12) (3) (0) (0) (0) (1) (16)");
        assert!(!has(&parsed, Code::RowMissing, &subject), "it does not stay without values");
    }
    for parsed in [Sheet::new().with("granted", &[]).tabs(), Sheet::new().with("granted", &[]).lines()] {
        assert_eq!(request(&parsed, "granted"), ["absent"; 7].join(" "));
        assert!(has(&parsed, Code::RowMissing, &subject));
    }
}

#[test]
fn nothing_is_inferred_for_a_row_that_is_gone_while_figures_are_left_over() {
    let gone = Sheet::new().without("granted");
    let stray = gone.lay_out("\t", "\n").replace("（七）总计", "99\t98\n（七）总计");
    assert_eq!(request(&read(&stray), "granted"), ["absent"; 7].join(" "));
    // Half of a row that has no place.
    let parsed = gone.with("carried_over", &["2", "0", "3"]).tabs();
    assert_eq!(request(&parsed, "granted"), ["absent"; 7].join(" "));
}

#[test]
fn a_row_whose_two_lines_changed_places_has_the_order_that_adds_up() {
    let text = Sheet::new().lay_out(" ", "\n").replace("12 3 0 0 0 1 16", "\n0 0 1 16\n12 3 0");
    let parsed = read(&text);
    assert_eq!(request(&parsed, "granted"), "12 3 0 0 0 1 16");
    assert!(has(&parsed, Code::RowReordered, &Subject::Row(Table::Requests, "granted")));
    assert_eq!(parsed.diagnostics.iter().filter(|d| d.code == Code::RowReordered).count(), 1);
}

#[test]
fn figures_on_their_label_s_line_stand_as_printed_whatever_the_columns_say() {
    let sheet = Sheet::new().with("granted", &["3", "12", "0", "0", "0", "1", "16"]);
    assert_eq!(request(&sheet.tabs(), "granted"), "3 12 0 0 0 1 16");
    // In a table that is not in order nothing ties them but the sums; yet a row in one piece is not put into another order.
    let torn = sheet.lay_out("\n", "\n\n").replace("2\n0\n1\n0\n0\n0\n3", "0 0 0 3\n2 0 1");
    assert_eq!(request(&read(&torn), "granted"), ["absent"; 7].join(" "));
}

#[test]
fn where_most_columns_fail_only_what_stands_on_its_label_s_line_is_read() {
    let swapped = Sheet::new()
        .with("new_received", &["18", "9", "1", "0", "2", "1", "31"])
        .with("outcomes_total", &["20", "7", "1", "1", "2", "1", "32"]);
    for row in ["new_received", "granted", "outcomes_total", "carried_forward"] {
        assert_eq!(request(&swapped.lines(), row), ["absent"; 7].join(" "));
    }
    let parsed = swapped.tabs();
    assert_eq!(request(&parsed, "new_received"), "18 9 1 0 2 1 31");
    assert_eq!(request(&parsed, "outcomes_total"), "20 7 1 1 2 1 32");
    // Three sums may be the office's slips.
    let slips = Sheet::new().with("outcomes_total", &["19", "9", "1", "0", "2", "1", "32"]).lines();
    assert_eq!(request(&slips, "outcomes_total"), "19 9 1 0 2 1 32");
    assert_eq!(request(&slips, "granted"), "12 3 0 0 0 1 16");
}

#[test]
fn four_sums_over_columns_that_fail_are_no_slips_where_they_are_most_and_three_may_be() {
    let row = |first: &'static str, total: &'static str| [first, "0", "0", "0", "0", "0", total];
    let sheet = Sheet::all_granted(&row("9", "9"));
    let four = sheet.clone().with("outcomes_total", &row("8", "8"));
    assert_eq!(request(&four.lines(), "granted"), ["absent"; 7].join(" "));
    let three = sheet.with("granted", &row("8", "8")).with("new_received", &row("9", "7"));
    assert_eq!(request(&three.lines(), "granted"), "8 0 0 0 0 0 8");
}

#[test]
fn an_empty_field_at_a_row_s_end_is_a_blank_cell_unless_the_figures_fit_better_moved() {
    let blank = Sheet::new()
        .with("granted", &["", "3", "0", "0", "0", "1", "4"])
        .with("outcomes_total", &["6", "9", "1", "0", "2", "1", "19"])
        .with("new_received", &["8", "7", "1", "1", "2", "1", "20"]);
    assert_eq!(request(&blank.tabs(), "granted"), "blank 3 0 0 0 1 4");
    // The page's edge took the last cell, and the row moved behind the empty field of a merged one.
    let moved = Sheet::new().with("granted", &["", "12", "3", "0", "0", "0", "1"]).tabs();
    assert_eq!(request(&moved, "granted"), "12 3 0 0 0 1 (16)");
}

#[test]
fn empty_fields_at_the_end_of_a_row_that_does_not_add_up_are_cells_lost_before_them() {
    let with = |figures: &[&str]| request(&Sheet::new().with("granted", figures).tabs(), "granted");
    assert_eq!(with(&["3", "0", "0", "0", "1", "16", ""]), "(12) 3 0 0 0 1 16");
    assert_eq!(with(&["12", "0", "0", "1", "16", "", ""]), "(12) (3) (0) (0) (0) (1) (16)");
    assert_eq!(with(&["12", "9", "0", "1", "16", "", ""]), ["absent"; 7].join(" "));
    let zeros = Sheet::new().with("denied.state_secret", &["0", "0", "0", "0", "0", "0", ""]).tabs();
    assert_eq!(request(&zeros, "denied.state_secret"), ["(0)"; 7].join(" "));
    let parsed = proceedings("0\t4\t0\t1\t5\t0\t■\t0\t0\t1\t0\t2\t0\t2\t");
    assert_eq!(kinds(&parsed), vec![["absent"; 5].join(" "); 3].join(" | "));
}

#[test]
fn a_star_in_the_place_of_a_figure_is_no_empty_cell() {
    let parsed = Sheet::new()
        .with("granted", &["12", "*", "0", "0", "0", "1", "16"])
        .with("outcomes_total", &["18", "*", "1", "0", "2", "1", "31"])
        .tabs();
    assert_eq!(request(&parsed, "granted"), "12 (3) 0 0 0 1 16");
    let parsed = Sheet::new().with("granted", &["12", "*", "*", "0", "0", "1", "16"]);
    let parsed = parsed.with("partially_granted", &["2", "*", "*", "0", "0", "0", "3"]).tabs();
    assert_eq!(request(&parsed, "granted"), "12 unreadable unreadable 0 0 1 16");
}

#[test]
fn the_office_s_slip_in_one_total_does_not_unsettle_a_row_that_lost_a_figure() {
    let lost = Sheet::new().with("granted", &["12", "0", "0", "0", "1", "16"]);
    let slip = lost.clone().with("partially_granted", &["2", "0", "1", "0", "0", "0", "13"]);
    for parsed in [slip.clone().tabs(), slip.lines()] {
        assert_eq!(request(&parsed, "granted"), "(12) (3) (0) (0) (0) (1) (16)");
        assert_eq!(request(&parsed, "partially_granted"), "2 0 1 0 0 0 13");
    }
    // With two slips nobody knows which sum to trust.
    let slips = lost
        .with("partially_granted", &["2", "0", "1", "0", "0", "0", "13"])
        .with("unable.not_held", &["4", "1", "0", "0", "2", "0", "9"]);
    assert_eq!(request(&slips.tabs(), "granted"), ["absent"; 7].join(" "));
}

#[test]
fn a_finding_stands_where_its_cell_or_field_stands() {
    let opening =
        "清河市教育局2023年政府信息公开工作年度报告\n本报告所列数据的统计期限自2023年1月1日起至2023年12月30日止。\n";
    let sheet = Sheet::new().with("granted", &["12", "3", "0", "0", "0", "1", "17"]);
    let text = opening.to_owned() + &sheet.lay_out("\t", "\n");
    let findings = read(&text).findings();
    let at = |code: Code| {
        let finding = findings.iter().find(|finding| finding.code == code).expect("a finding");
        finding.place.map(|place| (place.line, &text[place.start..place.end]))
    };
    assert_eq!(at(Code::RowSum), Some((7, "17")));
    assert_eq!(at(Code::PeriodRule), Some((2, "2023年1月1日起至2023年12月30日")));
}

/// Table 3, its figures in one row.
fn proceedings(figures: &str) -> Parsed {
    let heads = "行政复议\t行政诉讼\n未经复议直接起诉\t复议后起诉\n";
    let results: Vec<&str> = RESULTS.iter().map(|column| column.label).collect();
    let section = Section::Proceedings;
    read(&format!(
        "{}、{}\n{heads}{}\n{figures}\n",
        section.number(),
        section.title(),
        [results.join("\t").as_str(); 3].join("\t")
    ))
}

fn kinds(parsed: &Parsed) -> String {
    let rows = Edition::V2021.form().rows(Table::Proceedings);
    rows.iter().map(|kind| row(parsed, Table::Proceedings, kind.id).join(" ")).collect::<Vec<_>>().join(" | ")
}

#[test]
fn each_kind_of_proceeding_settles_its_own_figures() {
    let tabs = |figures: &str| kinds(&proceedings(&figures.replace(' ', "\t")));
    assert_eq!(tabs("1 0 0 2 3 0 4 0 1 5 0 0 0 0 0"), "1 0 0 2 3 | 0 4 0 1 5 | 0 0 0 0 0");
    assert_eq!(tabs("1 0 0 ■ 3 0 4 0 1 ■ 0 0 0 0 0"), "1 0 0 (2) 3 | 0 4 0 1 (5) | 0 0 0 0 0");
    assert_eq!(tabs("1 0 ■ ■ 3 0 4 0 1 5 0 0 0 0 0"), "1 0 unreadable unreadable 3 | 0 4 0 1 5 | 0 0 0 0 0");
    assert_eq!(tabs("4 0 0 ■ 3 0 4 0 1 5 0 0 0 0 0"), "4 0 0 unreadable 3 | 0 4 0 1 5 | 0 0 0 0 0");
}

#[test]
fn a_figure_lost_from_table_3_is_filled_in_only_where_one_place_fits() {
    let spaces = |figures: &str| kinds(&proceedings(figures));
    let settled = "(1) (0) (0) (2) (3) | (0) (4) (0) (1) (5) | (0) (0) (0) (0) (0)";
    assert_eq!(spaces("1 0 0 2 3 0 4 0 1 0 0 0 0 0"), settled);
    let none = vec![["absent"; 5].join(" "); 3].join(" | ");
    assert_eq!(spaces("1 0 0 2 3 0 0 1 5 0 0 0 0 0"), none);
    let parsed = proceedings("1 0 0 2 3 0 0 1 5 0 0 0 0 0");
    let doubts: Vec<_> = parsed.diagnostics.iter().filter(|d| d.code == Code::RowAmbiguous).collect();
    assert_eq!(doubts.len(), 1);
    assert_eq!(doubts[0].subject, Subject::Table(Table::Proceedings));
    assert!(doubts[0].to_string().contains("14 figures where 15 are prescribed"), "{}", doubts[0]);
    assert_eq!(spaces("1 0 0 2 3 0 4 0 1 5 0 0"), none);
    // Two zeros are gone from the third kind; the total of the second would be another's first figure.
    assert_eq!(spaces("52 41 22 56 171 18 6 59 57 140 11 53 64"), none);
    // Two cells of the first kind may have run together: 0 2 1 0 3.
    assert_eq!(spaces("0 21 0 3 0 0 0 0 0 0 0 0 0 0"), none);
}

#[test]
fn a_row_of_table_3_that_lost_two_figures_is_settled_and_one_that_lost_three_is_not() {
    // Each kind's greatest figure comes first: its total is no other's.
    let two = proceedings("8 2 4 1 20 9 5 3 17 13 11 7 48");
    assert_eq!(kinds(&two), "(8) (2) (4) (1) (15) | (20) (9) (5) (3) (37) | (17) (13) (11) (7) (48)");
    let three = proceedings("8 2 4 1 20 9 5 3 17 13 11 7");
    assert_eq!(kinds(&three), vec![["absent"; 5].join(" "); 3].join(" | "));
}

#[test]
fn a_row_of_table_3_at_two_heights_is_put_together_from_seven_lines_and_from_no_more() {
    // Figures of full width and zeros that are not stand at different heights: the lines are out of order, and only one
    // order of them adds up, of seven as of eight.
    let seven = "0\n0 0\n６ １２ ７\n0 0\n４ ４ ６\n0\n１ ６ １４";
    assert_eq!(kinds(&proceedings(seven)), "0 0 0 4 4 | 6 0 0 6 12 | 7 0 1 6 14");
    let eight = seven.replacen("0 0", "0\n0", 1);
    assert_eq!(kinds(&proceedings(&eight)), vec![["absent"; 5].join(" "); 3].join(" | "));
}

#[test]
fn a_row_in_so_many_pieces_that_few_readings_fit_is_read_and_one_in_more_is_inferred() {
    let granted = ["63", "1", "2", "4", "8", "16", "32"];
    let mut sheet = Sheet::new()
        .with("new_received", &["9", "6", "5", "9", "18", "32", "79"])
        .with("outcomes_total", &["7", "8", "5", "8", "18", "32", "78"])
        .with("granted", &granted);
    // The row's label stands before each of its pieces.
    let label = sheet.row("granted").1.clone();
    for (pieces, expected) in [(6, "1 2 4 8 16 32 63"), (7, "(1) (2) (4) (8) (16) (32) (63)")] {
        let behind = granted.iter().enumerate().skip(1);
        let rest =
            behind.map(|(i, figure)| if i < pieces { format!("\n{label}\n{figure}") } else { format!("\n{figure}") });
        let row = format!("{label}\n63{}\n", rest.collect::<String>());
        let text = sheet.lay_out("\n", "\n").replace(&format!("{label}\n{}\n", granted.join("\n")), &row);
        assert_eq!(request(&read(&text), "granted"), expected, "{pieces}");
    }
}
