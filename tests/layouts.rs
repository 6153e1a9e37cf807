//! Table 2 as converters tear it: which figures belong to which row, and which to none.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use std::ops::Range;

use common::sheet::{Sheet, path, read, request, right_or_empty, row};
use xxgk::{Code, Language, Parsed, Subject, Table};

const HEADING: &str = "三、收到和处理政府信息公开申请情况\n";

/// Every row is read as the sheet has it.
#[track_caller]
fn entirely(parsed: &Parsed) {
    for (id, _, figures) in Sheet::new().rows {
        assert_eq!(request(parsed, id), figures.join(" "), "{id}");
    }
}

fn row_of(parsed: &Parsed, id: &str) -> Vec<String> {
    row(parsed, Table::Requests, id)
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
fn two_rows_on_a_line_of_a_grid() {
    let text = Sheet::new().lay_out("\t", "\n");
    for (_, label, _) in &Sheet::new().rows[1..] {
        for between in [" ", "\t"] {
            entirely(&read(&text.replace(&format!("\n{label}\t"), &format!("{between}{label}\t"))));
        }
        // The number of the second one ran into the total.
        let parsed = read(&text.replace(&format!("\n{label}\t"), &format!("7\t{label}\t")));
        right_or_empty(&parsed, &Sheet::new());
    }
}

#[test]
fn a_block_of_labels_and_then_a_block_of_figures() {
    let sheet = Sheet::new();
    let labels = joined(&sheet, |label, _| format!("{label}\n"));
    for cell in ["\n", " ", "\t"] {
        let figures = |sheet: &Sheet| joined(sheet, |_, figures| figures.join(cell) + "\n");
        entirely(&read(&format!("{HEADING}{labels}{}", figures(&sheet))));
        // Nobody knows which row of the block is gone.
        for lost in ["new_received", "granted", "unable.not_held", "carried_forward"] {
            let parsed = read(&format!("{HEADING}{labels}{}", figures(&sheet.clone().without(lost))));
            for (id, _, figures) in &sheet.rows {
                let read = request(&parsed, id);
                assert!(read == ["absent"; 7].join(" ") || read == figures.join(" "), "{lost}: {id}: {read}");
            }
        }
    }
}

/// The zeros of an empty first column are no rows.
#[test]
fn a_block_of_labels_and_then_figures_by_columns() {
    let sheet = Sheet::all_granted(&["0"; 7])
        .with("new_received", &["0", "312", "323", "276", "0", "0", "911"])
        .with("partially_granted", &["0", "0", "8", "53", "0", "0", "61"])
        .with("denied.state_secret", &["0", "0", "0", "25", "0", "0", "25"])
        .with("denied.prohibited_by_law", &["0", "0", "53", "52", "0", "0", "105"])
        .with("denied.third_party_rights", &["0", "0", "76", "67", "0", "0", "143"])
        .with("denied.process_information", &["0", "65", "20", "0", "0", "0", "85"])
        .with("denied.enforcement_files", &["0", "56", "30", "0", "0", "0", "86"])
        .with("unable.not_held", &["0", "0", "17", "0", "0", "0", "17"])
        .with("unable.requires_creation", &["0", "0", "54", "67", "0", "0", "121"])
        .with("not_processed.petition", &["0", "41", "0", "0", "0", "0", "41"])
        .with("not_processed.publication", &["0", "49", "0", "0", "0", "0", "49"])
        .with("other.not_corrected", &["0", "29", "0", "0", "0", "0", "29"])
        .with("other.not_paid", &["0", "72", "29", "0", "0", "0", "101"])
        .with("other.other", &["0", "0", "36", "12", "0", "0", "48"])
        .with("outcomes_total", &["0", "312", "323", "276", "0", "0", "911"]);
    let page = &sheet.rows[..21];
    let labels: String = page.iter().map(|row| row.1.clone() + "\n").collect();
    let columns: String = (0..7).flat_map(|c| page.iter().map(move |row| row.2[c].clone() + "\n")).collect();
    right_or_empty(&read(&format!("{HEADING}{labels}{columns}")), &sheet);
}

#[test]
fn blocks_of_labels_and_of_rows_on_each_page() {
    let sheet = Sheet::new();
    let pages = sheet.rows.chunks(9).map(|rows| {
        let labels: Vec<&str> = rows.iter().map(|(_, label, _)| label.as_str()).collect();
        let figures: Vec<String> = rows.iter().map(|(.., figures)| figures.join(" ")).collect();
        format!("{}\n{}\n", labels.join("\n"), figures.join("\n"))
    });
    entirely(&read(&(HEADING.to_owned() + &pages.collect::<String>())));
}

#[test]
fn where_every_row_is_a_box_of_its_own_one_s_fault_is_not_its_neighbours() {
    let sheet = Sheet::new()
        .with("granted", &["12", "3", "0", "0", "0", "1", "17"])
        .with("unable.not_held", &["4", "0", "2", "0", "7"])
        .with("not_processed.repeat", &["0", "■", "0", "0", "0", "0", "5"]);
    for text in [sheet.lay_out("\n", "\n\n"), sheet.lay_out(" |\n", " | ||\n"), sheet.lay_out("\n\t", "\n\n\t")] {
        let parsed = read(&text);
        assert_eq!(request(&parsed, "granted"), "12 3 0 0 0 1 17");
        assert_eq!(request(&parsed, "partially_granted"), "2 0 1 0 0 0 3");
        empty(&parsed, &["unable.not_held"]);
        assert_eq!(request(&parsed, "not_processed.repeat"), "0 unreadable 0 0 0 0 5");
        assert_eq!(request(&parsed, "outcomes_total"), "18 9 1 0 2 1 31");
    }
    // With as many boxes as rows, but not in their order, it is another layout.
    let mut swapped = sheet.clone();
    swapped.rows.swap(5, 12);
    let parsed = read(&swapped.lay_out("\n", "\n\n"));
    assert_ne!(request(&parsed, "denied.prohibited_by_law"), "4 0 2 0 7");
    // The total, labelled by a word that may stand anywhere, changed places with the row before it; few columns tell.
    let mut swapped = Sheet::new();
    for (id, _, figures) in &mut swapped.rows {
        let few = match *id {
            "new_received" => "10 0 0 0 0 1 11",
            "granted" | "outcomes_total" => "9 0 0 0 0 1 10",
            "carried_forward" => "1 0 0 0 0 0 1",
            "unable.not_held" => "0 0 0 0 0",
            _ => "0 0 0 0 0 0 0",
        };
        *figures = few.split(' ').map(str::to_owned).collect();
    }
    let (last, total) = (swapped.rows.len() - 3, swapped.rows.len() - 2);
    swapped.rows.swap(last, total);
    for text in [swapped.lay_out("\n", "\n\n"), swapped.lay_out("\n\t", "\n\n\t")] {
        let parsed = read(&text);
        assert_ne!(request(&parsed, "other.other"), "9 0 0 0 0 1 10");
        assert_ne!(request(&parsed, "outcomes_total"), ["0"; 7].join(" "));
    }
}

/// Boxes of which the first so many have lost a value: as boxes they are read with the office's slip in one of them.
fn boxes(short: usize) -> Sheet {
    let slip = Sheet::new().with("granted", &["12", "3", "0", "0", "0", "1", "17"]);
    let lost = ["denied.state_secret", "denied.internal_affairs", "unable.still_unclear", "other.other"];
    lost[..short].iter().fold(slip, |sheet, id| sheet.with(id, &["0"; 6]))
}

fn are_read_as_boxes(sheet: &Sheet) -> bool {
    request(&sheet.lines(), "granted") == "12 3 0 0 0 1 17"
}

#[test]
fn boxes_of_which_three_lost_a_value_are_rows_and_of_which_four_did_are_none() {
    assert!(are_read_as_boxes(&boxes(3)));
    assert!(!are_read_as_boxes(&boxes(4)));
}

#[test]
fn a_box_begins_no_more_than_so_many_words_before_its_label() {
    for (words, is_box) in [(7, true), (8, false)] {
        let mut sheet = boxes(3);
        sheet.row("denied.state_secret").1.insert_str(0, &"本项\n".repeat(words));
        assert_eq!(are_read_as_boxes(&sheet), is_box, "{words}");
    }
}

#[test]
fn a_page_s_number_within_a_row_is_none_of_its_cells() {
    let text = Sheet::new().lay_out(" |\n", " | ||\n").replace("12 |\n3 |\n", "12 |\n- 5 -\n3 |\n");
    entirely(&read(&text));
}

#[test]
fn two_halves_side_by_side_leave_no_zeros_in_other_rows() {
    let sheet = Sheet::new();
    let half = sheet.rows.len().div_ceil(2);
    for (between, end) in [("\n", "\n\n"), (" |\n", " | ||\n"), ("\n\t", "\n\n\t"), ("\t", "\n"), (" ", "\n")] {
        let cells = |row: &(&str, String, Vec<String>)| [row.1.as_str(), &row.2.join(between)].join(between);
        let rows = (0..half).map(|r| {
            let sides = [sheet.rows.get(r), sheet.rows.get(r + half)];
            sides.into_iter().flatten().map(cells).collect::<Vec<_>>().join(between) + end
        });
        let parsed = read(&(HEADING.to_owned() + &rows.collect::<String>()));
        for (id, _, figures) in &sheet.rows {
            let read = request(&parsed, id);
            let absent = ["absent"; 7].join(" ");
            assert!(read == figures.join(" ") || read == absent, "{id}: {read}");
        }
    }
}

#[test]
fn no_break_spaces_around_a_figure_are_no_cells() {
    let mut sheet = Sheet::new();
    for figure in ["new_received", "granted", "not_processed.repeat"].map(|id| (id, 6)) {
        let cell = &mut sheet.figures(figure.0)[figure.1];
        *cell = format!("\u{a0}{cell}\u{a0} \u{a0}");
    }
    for text in
        [sheet.lay_out("\n", "\n"), sheet.lay_out("\n", "\n\n"), sheet.lay_out(" ", "\n"), sheet.lay_out("\t", "\n")]
    {
        entirely(&read(&text));
    }
}

/// Seven figures need no space to be a cell: it only parts them, and does so in other rows and tables too.
#[test]
fn spaces_of_any_kind_between_the_figures_of_whole_rows_part_them() {
    let sheet = Sheet::new();
    let kinds = ["\u{a0}", "\u{a0}\u{a0}", "\u{a0} ", " \u{a0}", "\u{3000}", " "];
    let cells = |label: &str, figures: &[String], mixed: bool| {
        let kind = |at: usize| if mixed { kinds[at * 7 % kinds.len()] } else { kinds[0] };
        let cells = figures.iter().enumerate().map(|(at, figure)| kind(label.len() + at).to_owned() + figure);
        label.to_owned() + &cells.collect::<String>() + "\n"
    };
    for mixed in [false, true] {
        let rows = |label: &str, figures: &[String]| cells(label, figures, mixed);
        let first = rows("规章", &["3", "0", "9"].map(str::to_owned));
        let parsed = read(&("二、主动公开政府信息情况\n".to_owned() + &first + HEADING + &joined(&sheet, rows)));
        entirely(&parsed);
        let in_force = parsed.report.get(path("disclosure/rules/in_force")).expect("a cell of the edition");
        assert_eq!(in_force.value().map(ToString::to_string).as_deref(), Some("9"));
    }
}

#[test]
fn no_break_spaces_between_figures_leave_no_empty_cell_out() {
    for (between, empty) in
        [("\u{a0}", "\u{a0}"), ("\u{a0}", ""), (" ", "\u{a0}"), ("\u{a0} ", "\u{a0}"), ("", "\u{a0}")]
    {
        let mut sheet = Sheet::new();
        let shown = sheet.clone();
        for (_, _, figures) in sheet.rows.iter_mut().skip(6) {
            figures.iter_mut().filter(|f| *f == "0").for_each(|f| empty.clone_into(f));
        }
        right_or_empty(&read(&sheet.lay_out(between, "\n")), &shown);
    }
}

#[test]
fn tabs_alone_on_their_lines_are_the_row_s_empty_cells_where_it_is_whole_with_them() {
    let mut sheet = Sheet::new();
    for figure in sheet.rows.iter_mut().flat_map(|(_, _, figures)| figures).filter(|f| *f == "0") {
        figure.clear();
    }
    for text in [sheet.lay_out("\n\t", "\n\n\t"), sheet.lay_out(" |\n", " | ||\n")] {
        let parsed = read(&text);
        assert_eq!(request(&parsed, "granted"), "12 3 blank blank blank 1 16");
        assert_eq!(request(&parsed, "partially_granted"), "2 blank 1 blank blank blank 3");
        assert_eq!(request(&parsed, "denied.state_secret"), ["blank"; 7].join(" "));
        assert_eq!(request(&parsed, "carried_forward"), "3 blank blank 1 blank blank 4");
    }
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
fn a_row_s_number_stands_before_no_more_than_so_many_words_of_its_group() {
    let sheet = Sheet::new();
    for (words, stray) in [(7, false), (8, true)] {
        let numbered = (1..).zip(&sheet.rows).map(|(n, (id, label, figures))| {
            let group = if *id == "granted" { "本项\n".repeat(words) } else { String::new() };
            format!("{n}\n{group}{label}\n{}\n", figures.join("\n"))
        });
        let parsed = read(&format!("{HEADING}序号\n{}", numbered.collect::<String>()));
        entirely(&parsed);
        let is_stray = parsed.diagnostics.iter().any(|d| d.code == Code::StrayFigures);
        assert_eq!(is_stray, stray, "{words}");
    }
}

#[test]
fn of_a_table_printed_twice_the_first_counts() {
    let text = Sheet::new().lay_out("\t", "\n");
    let other = text.replace("12\t3\t0\t0\t0\t1\t16", "13\t3\t0\t0\t0\t1\t17");
    entirely(&read(&(text + &other)));
}

#[test]
fn a_row_printed_twice_moves_none_of_those_behind_it() {
    for cell in ["\n\n", "\n", "\t"] {
        for lost in ["denied.enforcement_files", "unable.still_unclear"] {
            let mut sheet = Sheet::new().without(lost);
            let twice = sheet.row("denied.security_and_stability").clone();
            let at = sheet.rows.iter().position(|row| row.0 == twice.0).expect("a row of the form");
            sheet.rows.insert(at, twice.clone());
            let parsed = read(&sheet.lay_out(cell, "\n"));
            for (id, _, figures) in &sheet.rows {
                assert_eq!(request(&parsed, id), figures.join(" "), "{id}, {cell:?}, without {lost}");
            }
            // A copy that can be read is the better one.
            sheet.rows[at].2[3] = "■".to_owned();
            let parsed = read(&sheet.lay_out(cell, "\n"));
            assert_eq!(request(&parsed, twice.0), twice.2.join(" "), "{cell:?}");
        }
    }
}

#[test]
fn a_row_printed_again_behind_the_next_page_s_head_counts_once() {
    let mut sheet = Sheet::new().without("unable.still_unclear");
    let twice = sheet.row("denied.state_secret").clone();
    let at = sheet.rows.iter().position(|row| row.0 == twice.0).expect("a row of the form");
    sheet.rows.insert(at, twice);
    let head = "申请人情况\n\n自然人\n\n法人或其他组织\n\n总计\n\n商业企业\n\n科研机构\n\n社会公益组织\n\n法律服务机构\n\n其他\n\n";
    sheet.rows[at + 1].1.insert_str(0, head);
    let parsed = read(&sheet.lay_out("\n\n", "\n\n"));
    for (id, _, figures) in &sheet.rows {
        assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
    }
}

#[test]
fn between_two_copies_of_a_row_a_head_has_no_more_than_so_many_words_that_may_be_labels() {
    for (words, whole) in [(4, true), (5, false)] {
        let mut sheet = Sheet::new().without("unable.still_unclear");
        let twice = sheet.row("denied.state_secret").clone();
        let at = sheet.rows.iter().position(|row| row.0 == twice.0).expect("a row of the form");
        sheet.rows.insert(at, twice);
        sheet.rows[at + 1].1.insert_str(0, &"其他\n\n".repeat(words));
        let parsed = read(&sheet.lay_out("\n\n", "\n\n"));
        let is_read = |(id, _, figures): &(&str, String, Vec<String>)| request(&parsed, id) == figures.join(" ");
        assert_eq!(sheet.rows.iter().all(is_read), whole, "{words}");
    }
}

/// Groups of table 2, each with its first row and its sum.
const GROUPS: [(&str, &str, &str); 4] = [
    ("denied.state_secret", "（三）不予公开", "0"),
    ("unable.not_held", "（四）无法提供", "7"),
    ("not_processed.petition", "（五）不予处理", "5"),
    ("other.not_corrected", "（六）其他处理", "0"),
];

/// Table 2 with a row for each group.
fn with_groups(blank: bool) -> Sheet {
    let mut sheet = Sheet::new();
    for (first, label, total) in GROUPS {
        let at = sheet.rows.iter().position(|row| row.0 == first).expect("a row of the form");
        let sum = if blank { ["\u{a0}"; 7] } else { [total, "0", "0", "0", "0", "0", total] };
        let sum = sum.iter().map(ToString::to_string).collect();
        sheet.rows.insert(at, ("", label.to_owned(), sum));
    }
    sheet
}

#[test]
fn sums_of_groups_in_rows_of_their_own_are_no_rows_of_the_form() {
    for (cell, row) in [("\t", "\n"), ("\n", "\n"), (" ", "\n")] {
        for blank in [false, true] {
            entirely(&read(&with_groups(blank).lay_out(cell, row)));
        }
    }
    // Labels behind their figures, each group before those of its first row.
    let behind = joined(&Sheet::new(), |label, figures| {
        let group = GROUPS.iter().find(|(first, ..)| Sheet::new().row(first).1 == label).map_or("", |g| g.1);
        format!("{group}\n{}\n{label}\n", figures.join("\n"))
    });
    entirely(&read(&(HEADING.to_owned() + &behind)));
}

#[test]
fn three_groups_with_figures_of_their_own_show_that_those_are_sums_and_two_do_not() {
    for (groups, whole) in [(3, true), (2, false)] {
        let mut sheet = with_groups(false);
        let others = GROUPS[groups..].iter().map(|(_, label, _)| *label).collect::<Vec<_>>();
        sheet.rows.retain(|(_, label, _)| !others.contains(&label.as_str()));
        let parsed = read(&sheet.lay_out("\n", "\n"));
        let rows = Sheet::new().rows;
        assert_eq!(rows.iter().all(|(id, _, figures)| request(&parsed, id) == figures.join(" ")), whole, "{groups}");
    }
}

#[test]
fn sums_of_groups_of_which_a_block_has_some_columns_are_no_rows_either() {
    let denied = [("denied.state_secret", "5"), ("denied.prohibited_by_law", "3"), ("denied.third_party_rights", "4")];
    let mut sheet = with_groups(false);
    for (id, total) in denied.into_iter().chain([("", "12")]) {
        sheet = sheet.with(id, &[total, "0", "0", "0", "0", "0", total]);
    }
    for (id, more) in [("new_received", 12), ("outcomes_total", 12)] {
        for column in [0, 6] {
            let figure = &mut sheet.figures(id)[column];
            *figure = (figure.parse::<u64>().expect("a figure") + more).to_string();
        }
    }
    let (whole, torn) = sheet.rows.split_at(8);
    let lines = |rows: &[(&str, String, Vec<String>)], columns: Range<usize>, labelled: bool| {
        let row = |(_, label, figures): &(&str, String, Vec<String>)| {
            let label = if labelled { format!("{label}\n") } else { String::new() };
            label + &figures[columns.clone()].join("\n")
        };
        rows.iter().map(row).collect::<Vec<_>>().join("\n") + "\n"
    };
    let text = lines(whole, 0..7, true) + &lines(torn, 0..2, true) + &lines(torn, 2..7, false);
    let parsed = read(&(HEADING.to_owned() + &text));
    for (id, _, figures) in sheet.rows.iter().filter(|row| !row.0.is_empty()) {
        let read = request(&parsed, id);
        assert!(read == figures.join(" ") || read == ["absent"; 7].join(" "), "{id}: {read}");
    }
}

#[test]
fn a_figure_that_broke_is_not_read_in_its_parts() {
    let sheet = Sheet::new().with("carried_over", &["1 7", "2", "0", "0", "0", "0", "19"]);
    let parsed = sheet.tabs();
    assert_eq!(row_of(&parsed, "carried_over")[1..], ["2", "0", "0", "0", "0", "19"]);
    assert_ne!(row_of(&parsed, "carried_over")[0], "7");
    // Where a long label takes several lines, its figures stand on one of their own.
    let rows = Sheet::new().with("partially_granted", &["1 2", "0", "1", "0", "0", "0", "13"]);
    let text = rows.lay_out(" ", "\n").replace("不计其他情形） ", "不计其他情形）\n");
    assert_ne!(row_of(&read(&text), "partially_granted")[0], "2");
}

/// Figures of full width but for the zeros, each on as many lines as it needs in a cell of `digits`.
fn narrow(figures: &[String], digits: usize) -> String {
    let full = |c: char| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c);
    let cell = |figure: &String| {
        let pieces: Vec<char> = if figure == "0" { vec!['0'] } else { figure.chars().map(full).collect() };
        pieces.chunks(digits).map(String::from_iter).collect::<Vec<_>>().join("\n")
    };
    figures.iter().map(cell).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_figure_of_full_width_goes_on_in_the_next_line_where_the_row_adds_up_in_one_way() {
    let sheet = Sheet::new();
    let rows = joined(&sheet, |label, figures| format!("{label} {}\n", narrow(figures, 1)));
    let parsed = read(&(HEADING.to_owned() + &rows));
    entirely(&parsed);
    let said = parsed.diagnostics.iter().filter(|d| d.code == Code::RowParted).count();
    assert_eq!(said, 3, "the rows with figures of two digits");
    // `１１ １` or `１ １１`: nobody knows.
    let text = joined(&sheet, |label, figures| match figures[0].as_str() {
        "2" => format!("{label} １\n１\n１ 0 0 0 0 １２\n"),
        _ => format!("{label} {}\n", narrow(figures, 2)),
    });
    empty(&read(&(HEADING.to_owned() + &text)), &["partially_granted"]);
}

/// How the row granted is read, its figures in cells of so many digits, with a line for each piece.
fn granted_in_cells(digits: usize, figures: &[&str]) -> String {
    let sheet = Sheet::all_granted(figures);
    let row = |label: &str, figures: &[String]| match label {
        "（一）予以公开" => format!("{label}\n{}\n", narrow(figures, digits).replace(' ', "\n")),
        _ => format!("{label} {}\n", figures.join(" ")),
    };
    request(&read(&(HEADING.to_owned() + &joined(&sheet, row))), "granted")
}

#[test]
fn a_row_that_broke_into_three_times_as_many_pieces_as_it_has_cells_is_read_and_one_of_more_is_not() {
    let pieces = ["12345", "11111", "11111", "11111", "11111", "11111", "67900"];
    assert_eq!(granted_in_cells(2, &pieces), pieces.join(" "));
    let more = ["1111111", "2345", "11111", "11111", "11111", "11111", "1157900"];
    assert_eq!(granted_in_cells(2, &more), ["absent"; 7].join(" "));
}

#[test]
fn a_row_that_may_have_broken_in_few_ways_is_read_and_one_that_may_have_in_more_is_not() {
    // Both add up in one way only, which is sure after 4089 cells in the first, and after 4097 in the second.
    let few = ["5732174", "32739", "877872", "54", "58119729", "27", "64762595"];
    assert_eq!(granted_in_cells(2, &few), few.join(" "));
    assert_eq!(granted_in_cells(1, &["4", "79", "612", "1", "1", "65", "762"]), ["absent"; 7].join(" "));
}

#[test]
fn zeros_of_a_row_that_changed_places_are_not_its_neighbour_s() {
    // Where a group's label stands between them, the two look like rows with their labels behind them.
    let with_group = |text: &str| text.replace("1.申请人无正当", "（六）其他处理 |\n1.申请人无正当");
    let figures = ["6", "2", "0", "0", "0", "0", "8"];
    let own = Sheet::new()
        .with("other.not_corrected", &figures)
        .with("outcomes_total", &["24", "11", "1", "0", "2", "1", "39"])
        .with("new_received", &["26", "9", "1", "1", "2", "1", "40"]);
    for (pattern, first) in (0..64_usize).flat_map(|pattern| (20..22).map(move |first| (pattern, first))) {
        let mut sheet = own.clone();
        sheet.rows.swap(first, first + 1);
        let row = |(r, (_, label, figures)): (usize, &(&str, String, Vec<String>))| {
            // Rows end with a mark of their own, but not all of them.
            let end = if (pattern >> (r % 6)) & 1 == 1 { " |\n" } else { " | ||\n" };
            format!("{label} |\n{}{end}", figures.join(" |\n"))
        };
        let rows: String = sheet.rows.iter().enumerate().map(row).collect();
        let parsed = read(&with_group(&format!("{HEADING}{rows}")));
        for (id, _, figures) in &own.rows {
            let read = request(&parsed, id);
            let right = read == figures.join(" ") || read == ["absent"; 7].join(" ");
            assert!(right, "{id} with {first} and the next in each other's place: {read}");
        }
    }
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
    let part = Sheet { rows: sheet.rows[rows.clone()].to_vec(), ..Sheet::new() };
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

/// Labels that a converter printed apart from their rows: those of these rows stand behind the row at `behind`.
fn apart(rows: &[&str], behind: &str) -> String {
    let sheet = Sheet::new();
    let cut = |id: &str| rows.contains(&id);
    let labels: String = sheet.rows.iter().filter(|r| cut(r.0)).flat_map(|r| [r.1.as_str(), "\n"]).collect();
    let row = |(id, label, figures): &(&str, String, Vec<String>)| {
        let label = if cut(id) { String::new() } else { format!("{label}\n") };
        let later = if *id == behind { labels.as_str() } else { "" };
        format!("{label}{}\n{later}", figures.join("\n"))
    };
    HEADING.to_owned() + &sheet.rows.iter().map(row).collect::<String>()
}

#[test]
fn rows_in_order_are_read_though_some_labels_stand_apart() {
    entirely(&read(&apart(&["granted", "partially_granted"], "denied.process_information")));
    entirely(&read(&apart(&["denied.process_information", "unable.not_held", "not_processed.repeat"], "other.other")));
    entirely(&read(&apart(&["outcomes_total", "carried_forward"], "carried_forward")));
}

#[test]
fn rows_that_changed_places_with_their_labels_are_right_or_empty_though_some_labels_stand_apart() {
    let text = apart(&["denied.process_information"], "other.other");
    let row = |id: &str| {
        let (_, label, figures) = Sheet::new().row(id).clone();
        format!("{label}\n{}\n", figures.join("\n"))
    };
    let (one, other) = (row("unable.not_held"), row("not_processed.repeat"));
    let swapped = text.replace(&one, "@").replace(&other, &one).replace('@', &other);
    assert_ne!(swapped, text);
    let parsed = read(&swapped);
    for (id, _, figures) in Sheet::new().rows {
        let (read, right) = (request(&parsed, id), figures.join(" "));
        assert!(read == right || read == ["absent"; 7].join(" "), "{id}: {read}");
    }
}

/// The first two and the last two rows in blocks of columns, each block row by row, in this order of the columns.
fn in_blocks(blocks: &[Range<usize>]) -> String {
    let sheet = Sheet::new();
    let torn = |rows: &[(&str, String, Vec<String>)]| {
        let labels = rows.iter().map(|(_, label, _)| format!("{label}\n"));
        let parts = blocks.iter().flat_map(|b| rows.iter().map(|(_, _, f)| f[b.clone()].join("\n") + "\n"));
        labels.chain(parts).collect::<String>()
    };
    let last = sheet.rows.len() - 2;
    let between = Sheet { rows: sheet.rows[2..last].to_vec(), ..Sheet::new() };
    let whole = joined(&between, |label, figures| format!("{label}\n{}\n", figures.join("\n")));
    format!("{HEADING}{}{whole}{}", torn(&sheet.rows[..2]), torn(&sheet.rows[last..]))
}

#[test]
fn blocks_of_columns_in_whatever_order_are_put_together_where_the_columns_add_up() {
    for blocks in [&[0..3, 3..5, 5..7][..], &[3..5, 0..3, 5..7], &[2..5, 0..2, 5..7], &[4..7, 0..4]] {
        entirely(&read(&in_blocks(blocks)));
    }
}

#[test]
fn columns_printed_behind_the_next_title_belong_to_the_table_before() {
    let sheet = Sheet::new();
    let left = joined(&sheet, |label, figures| format!("{label}\n{}\n", figures[..2].join("\n")));
    let right = joined(&sheet, |_, figures| figures[2..].join("\n") + "\n");
    let heads = "行政复议\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n";
    let last = "1\n0\n0\n2\n3\n0\n0\n0\n0\n0\n0\n0\n0\n0\n0\n";
    // Some heads of the next table may stand between its title and the columns that belong to the table before.
    for between in [
        "法人或其他组织\n",
        "",
        "行政复议\n\n行政诉讼\n\n",
        "行政复议\n\n行政诉讼\n\n申请人情况\n法人或其他组织\n科研机构\n",
    ] {
        let title = "四、政府信息公开行政复议、行政诉讼情况\n";
        let parsed = read(&format!("{HEADING}{left}{title}{between}{right}{heads}{last}"));
        entirely(&parsed);
        assert_eq!(row(&parsed, Table::Proceedings, "reconsideration").join(" "), "1 0 0 2 3");
    }
}

#[test]
fn table_3_out_of_order_is_not_taken_for_slips() {
    let proceedings = |figures: &str| {
        let heads = "四、政府信息公开行政复议、行政诉讼情况\n行政复议\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n";
        let parsed = read(&format!("{heads}{}\n", figures.replace(' ', "\n")));
        row(&parsed, Table::Proceedings, "reconsideration").join(" ")
    };
    let absent = ["absent"; 5].join(" ");
    assert_eq!(proceedings("0 2 9 6 17 0 0 0 3 3 1 0 3 8 12"), "0 2 9 6 17");
    // One total is the office's slip.
    assert_eq!(proceedings("0 2 9 6 18 0 0 0 3 3 1 0 3 8 12"), "0 2 9 6 18");
    // Several are a converter's doing, and so is one with text between the figures.
    assert_eq!(proceedings("0 3 0 2 9 6 17 0 0 3 1 0 3 8 12"), absent);
    assert_eq!(proceedings("0 2 9 6 17 0 3 尚未 0 0 0 1 0 3 8 12"), absent);
    assert_eq!(proceedings("0 2 9 6 17 0 0 尚未 0 3 3 1 0 3 8 12"), "0 2 9 6 17");
}

/// Blocks of a print, with heads among the figures: these add up in several orders.
#[test]
fn figures_of_table_3_in_blocks_among_their_heads_have_no_order() {
    let heads = ["结果维持\n结果纠正\n", "未经复议直接起诉\n复议后起诉\n", "其他 尚未 总\n结果 审结 计\n"];
    let blocks = |figures: [&str; 3]| {
        let rows: Vec<String> =
            heads.iter().zip(figures).map(|(heads, figures)| format!("{heads}{figures}\n")).collect();
        read(&format!("四、政府信息公开行政复议、行政诉讼情况\n{}", rows.concat()))
    };
    let of_part = |parsed: &Parsed| row(parsed, Table::Proceedings, "reconsideration").join(" ");
    let torn = blocks(["0\n5\n0\n142", "147 77\n0\n2\n64", "143 57\n92\n0\n0\n149"]);
    assert_eq!(of_part(&torn), ["absent"; 5].join(" "));
    let torn_once = read(
        "四、政府信息公开行政复议、行政诉讼情况\n结果维持\n0\n0\n0\n0\n0\n0\n0\n123\n150\n复议后起诉\n273 9\n33\n70\n0\n112\n",
    );
    assert_eq!(row(&torn_once, Table::Proceedings, "direct_litigation"), ["absent"; 5]);
    assert_eq!(of_part(&blocks(["0\n0\n0\n0", "0 0\n0\n0\n0", "0 0\n0\n0\n0\n0"])), ["0"; 5].join(" "));
    assert_eq!(of_part(&blocks(["0 0 5 142 147", "77 0 2 64 143", "57 92 0 0 149"])), "0 0 5 142 147");
}

/// Figures of full width among heads, and zeros that are not: those that add up in their order need not stand in it.
#[test]
fn figures_in_several_places_among_the_heads_of_table_3_are_in_no_order() {
    let heads = "四、政府信息公开行政复议、行政诉讼情况\n行政复议\n结果维持\n";
    let figures = "0\n结果纠正\n３\n其他结果\n２\n尚未审结\n总计\n0\n５\n0\n0\n0\n３\n３\n0\n0\n0\n３\n３\n";
    let parsed = read(&format!("{heads}{figures}"));
    for id in ["reconsideration", "direct_litigation"] {
        assert_eq!(row(&parsed, Table::Proceedings, id).join(" "), ["absent"; 5].join(" "), "{id}");
    }
}

#[test]
fn cells_of_table_3_that_ran_together_leave_no_other_in_its_column() {
    let heads = "四、政府信息公开行政复议、行政诉讼情况\n行政复议\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n";
    let parsed = read(&format!("{heads}2\t0\t0\t02\t0\t21\t0\t3\t0\t0\t0\t\t\t\t\n"));
    for id in ["reconsideration", "direct_litigation"] {
        assert_eq!(row(&parsed, Table::Proceedings, id).join(" "), ["absent"; 5].join(" "), "{id}");
    }
}

/// What stands below a figure in its cell of a frame and explains it is none of the row's cells.
#[test]
fn measure_words_and_notes_below_the_figures_of_a_frame() {
    let sheet = Sheet::new();
    let line = format!("├────{}┤\n", "┼────".repeat(7));
    for (below, read_so) in [("件", true), ("（件）", true), ("（含网上2件）", true), ("万", false), ("含", false)]
    {
        let row = |label: &str, figures: &[String]| {
            let notes: Vec<&str> = figures.iter().map(|figure| if figure == "1" { below } else { "" }).collect();
            format!("{line}│{label}│{}│\n│    │{}│\n", figures.join("│"), notes.join("│"))
        };
        let parsed = read(&(HEADING.to_owned() + &joined(&sheet, row) + &line));
        if read_so {
            entirely(&parsed);
        } else {
            right_or_empty(&parsed, &sheet);
        }
    }
}

#[test]
fn figures_at_half_the_height_of_their_framed_label() {
    let frame = "├──────┼──┼──┼──┼──┼──┼──┼──┤\n";
    let sheet = Sheet::new();
    let row = |label: &str, figures: &[String]| {
        let chars: Vec<char> = label.chars().collect();
        let part =
            |n: usize| chars.chunks(chars.len().div_ceil(3)).nth(n).unwrap_or_default().iter().collect::<String>();
        let blank = "│  ".repeat(7);
        let cells: String = figures.iter().flat_map(|f| ["│", f.as_str(), " "]).collect();
        format!("{frame}│{}{blank}│\n│{}{cells}│\n│{}{blank}│\n", part(0), part(1), part(2))
    };
    entirely(&read(&format!("{HEADING}{}{frame}", joined(&sheet, row))));
}

#[test]
fn the_next_title_on_the_line_of_the_last_row() {
    for mark in ["##", "###", "**", ""] {
        let next = format!(" {mark} 四、政府信息公开行政复议、行政诉讼情况\n");
        let text = HEADING.to_owned() + Sheet::new().lay_out(" ", " ").trim_start_matches(HEADING).trim_end() + &next;
        entirely(&read(&text));
    }
}

#[test]
fn an_empty_column_for_remarks_is_no_column_of_the_form() {
    let sheet = Sheet::new();
    for cells in ["\u{a0}", "\u{a0}\t\u{a0}"] {
        let rows =
            |sheet: &Sheet| joined(sheet, |label, figures| format!("{label}\t{}\t{cells}\n", figures.join("\t")));
        entirely(&read(&(HEADING.to_owned() + &rows(&sheet))));
        // A cell that was lost moves what stands behind it, and is not made up for by the empty column.
        let mut short = Sheet::new();
        short.rows[0].2.remove(0);
        let parsed = read(&(HEADING.to_owned() + &rows(&short)));
        let first = request(&parsed, sheet.rows[0].0);
        assert!(!first.starts_with(short.rows[0].2[0].as_str()), "{first}");
    }
}

#[test]
fn a_table_begins_among_the_empty_cells_at_the_end_of_a_line() {
    // The title is prose by its full stop, and leaves no piece: of the two empty columns of the line, one stands behind it.
    let row = "二、主动公开政府信息情况\n行政事业性收费\t3.5\t\u{a0}\t三、收到和处理政府信息公开申请情况。\t\u{a0}\n";
    let table = joined(&Sheet::new(), |label, figures| format!("{label}\t{}\t\u{a0}\t\u{a0}\n", figures.join("\t")));
    entirely(&read(&format!("{row}{table}")));
}

#[test]
fn what_a_wide_label_leaves_empty_is_no_cell_of_a_short_row() {
    let sheet = Sheet::new();
    let zeros = |(_, _, figures): &&(&str, String, Vec<String>)| figures.iter().all(|f| f == "0");
    let (short, ..) = sheet.rows.iter().find(zeros).expect("a row of zeros");
    let rows: Vec<String> = (0..)
        .zip(&sheet.rows)
        .map(|(r, (id, label, figures))| {
            // The last rows have one field more: a merged cell reaches further down than it should.
            let merged = if r < 20 { "" } else { "\t" };
            let lost = if id == short { 2 } else { 0 };
            format!("{merged}{label}\t\t\t{}\n", figures[lost..].join("\t"))
        })
        .collect();
    let parsed = read(&(HEADING.to_owned() + &rows.concat()));
    for (id, _, figures) in sheet.rows.iter().filter(|row| row.0 != *short) {
        assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
    }
    assert!(!request(&parsed, short).contains("blank"), "{}", request(&parsed, short));
}

#[test]
fn what_a_wider_label_leaves_empty_is_no_cell_of_its_own_short_row() {
    // markdownify: one field for a label that spans three columns, and two that are empty.
    let wide = |id: &str| match id {
        "new_received" | "carried_over" | "carried_forward" => " | | ",
        "granted" | "partially_granted" | "outcomes_total" => " | ",
        _ => "",
    };
    for (short, lost) in [("carried_over", [2, 3]), ("carried_forward", [1, 5]), ("granted", [3, 4])] {
        let sheet = Sheet::new();
        let row = |(id, label, figures): &(&str, String, Vec<String>)| {
            let left = figures.iter().enumerate().filter(|(i, _)| *id != short || !lost.contains(i));
            let cells: Vec<&str> = left.map(|(_, f)| f.as_str()).collect();
            format!("| {label} |{} {} |\n", wide(id), cells.join(" | "))
        };
        let parsed = read(&(HEADING.to_owned() + &sheet.rows.iter().map(row).collect::<String>()));
        for (id, _, figures) in &sheet.rows {
            let read = row_of(&parsed, id);
            let right = read.iter().zip(figures).all(|(r, f)| r == f || *r == format!("({f})") || r == "absent");
            assert!(right, "{id}: {read:?}");
            assert!(*id == short || !read.contains(&"absent".to_owned()), "{id}: {read:?}");
        }
    }
}

#[test]
fn one_slip_does_not_hide_which_column_is_the_subtotal() {
    let heads = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t小计\t总计\n";
    let sheet = Sheet::new().with("carried_over", &["1", "2", "0", "0", "0", "0", "4"]);
    let rows = joined(&sheet, |label, figures| {
        let organisations: u64 = figures[1..6].iter().filter_map(|f| f.parse::<u64>().ok()).sum();
        format!("{label}\t{}\t{organisations}\t{}\n", figures[..6].join("\t"), figures[6])
    });
    let parsed = read(&(HEADING.to_owned() + heads + &rows));
    for (id, _, figures) in &sheet.rows {
        assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
    }
}

#[test]
fn the_head_tells_which_column_is_the_subtotal_of_one_organisation() {
    let of_one = |row: usize| if row == 2 || row == 23 { ["0", "1", "0", "0", "0", "0", "0"] } else { ["0"; 7] };
    let organisations = "商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他";
    for (heads, place) in [(format!("小计\t{organisations}"), 1), (format!("{organisations}\t小计"), 6)] {
        for total in ["1", "0"] {
            let rows = Sheet::new().rows.into_iter().enumerate().map(|(row, (_, label, _))| {
                let mut figures = of_one(row).to_vec();
                figures[6] = if row == 23 { total } else { figures[1] };
                figures.insert(place, figures[1]);
                format!("{label}\t{}\n", figures.join("\t"))
            });
            let parsed = read(&(format!("{HEADING}自然人\t{heads}\t总计\n") + &rows.collect::<String>()));
            assert_eq!(request(&parsed, "granted"), "0 1 0 0 0 0 1", "{heads}");
            assert_eq!(request(&parsed, "outcomes_total"), format!("0 1 0 0 0 0 {total}"), "{heads}");
        }
    }
}

#[test]
fn a_dash_as_pandoc_writes_it() {
    let dashes = Sheet::new().lay_out("   ", "\n").replace("   0", "   ---");
    let parsed = read(&dashes);
    assert_eq!(request(&parsed, "granted"), "12 3 not_applicable not_applicable not_applicable 1 16");
    assert_eq!(request(&parsed, "unable.still_unclear"), ["not_applicable"; 7].join(" "));
}

#[test]
fn nobody_knows_which_cell_is_empty_where_any_column_may_be_the_subtotal() {
    let heads = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t小计\t总计\n";
    let sheet = Sheet::new();
    for empty in 1..6 {
        let rows: Vec<String> = (0..)
            .zip(&sheet.rows)
            .map(|(r, (_, label, _))| {
                let mut figures = ["0"; 8];
                if r == 4 {
                    figures[empty] = "\u{a0}";
                }
                format!("{label}\t{}\n", figures.join("\t"))
            })
            .collect();
        let parsed = read(&(HEADING.to_owned() + heads + &rows.concat()));
        let row = request(&parsed, sheet.rows[4].0);
        assert!(row.split(' ').enumerate().all(|(c, cell)| cell != "blank" || c == empty), "{empty}: {row}");
        assert_eq!(request(&parsed, sheet.rows[5].0), ["0"; 7].join(" "));
    }
}

#[test]
fn a_spreadsheet_s_empty_cells_beside_the_table_are_no_columns() {
    let sheet = Sheet::new();
    let empty = |n: usize| "\t\u{a0}".repeat(n);
    let rows = joined(&sheet, |label, figures| format!("{label}{}\t{}{}\n", empty(2), figures.join("\t"), empty(2)));
    entirely(&read(&format!("{HEADING}{rows}")));
    // Where a row has a field less, nobody knows which.
    let torn =
        rows.replacen(&format!("20\t7\t1\t1\t2\t1\t32{}", empty(2)), &format!("20\t7\t1\t1\t2\t1\t32{}", empty(1)), 1);
    let parsed = read(&format!("{HEADING}{torn}"));
    for (id, _, figures) in &sheet.rows {
        let read = request(&parsed, id);
        assert!(read == ["absent"; 7].join(" ") || read == figures.join(" "), "{id}: {read}");
    }
}

/// Table 2 in a frame, with the second figure of one row so many lines below the others, and so many spaces before it.
fn framed(lines: usize, spaces: usize) -> String {
    let frame = format!("+{}\n", "----+".repeat(8));
    let rows = joined(&Sheet::new(), |label, figures| {
        if label.contains("予以公开") {
            let first = format!("|{label}|{}| |{}|\n", figures[0], figures[2..].join("|"));
            let empty = format!("|续{}\n", "|".repeat(8)).repeat(lines - 1);
            format!("{frame}{first}{empty}| | |{}{}|{}\n", " ".repeat(spaces), figures[1], " |".repeat(5))
        } else {
            format!("{frame}|{label}|{}|\n", figures.join("|"))
        }
    });
    format!("{HEADING}{rows}{frame}")
}

#[test]
fn a_framed_row_has_no_more_lines_than_the_limit_and_no_more_bytes() {
    let bytes = |text: &str| {
        let start = text.find("（一）予以公开").expect("the row's label");
        text[start..].find("3| |").expect("its second figure") + 1
    };
    let (most_lines, most_bytes) = (64, 1 << 12);
    let spaces = most_bytes - bytes(&framed(1, 0));
    assert_eq!(bytes(&framed(1, spaces)), most_bytes);
    for (text, whole) in [
        (framed(most_lines, 1), true),
        (framed(most_lines + 1, 1), false),
        (framed(1, spaces), true),
        (framed(1, spaces + 1), false),
    ] {
        let is_whole = request(&read(&text), "granted") == "12 3 0 0 0 1 16";
        assert_eq!(is_whole, whole, "{} bytes", bytes(&text));
    }
}

#[test]
fn a_figure_behind_the_columns_is_named_as_one_of_no_cell() {
    let sheet = Sheet::new();
    let rows = joined(&sheet, |label, figures| {
        let remark = if label.contains("予以公开") { "5" } else { "" };
        format!("| {label} | {} | {remark} |\n", figures.join(" | "))
    });
    let parsed = read(&(HEADING.to_owned() + &rows));
    entirely(&parsed);
    let stray = parsed.diagnostics.iter().find(|d| d.code == Code::StrayFigures).expect("the remark");
    assert!(stray.message(Language::English).starts_with("1 figures in the table belong to no cell: 5."));
}

/// As data frames and lists are written: with the numbers of rows and columns, marks for empty cells, quotation marks.
#[test]
fn rows_of_data_frames_and_lists() {
    let sheet = Sheet::new();
    let row = |(_, label, figures): &(&str, String, Vec<String>)| {
        [label.clone()]
            .into_iter()
            .chain(figures.iter().map(|f| if f == "5" { "NaN".to_owned() } else { f.clone() }))
            .collect()
    };
    let rows: Vec<Vec<String>> = sheet.rows.iter().map(row).collect();
    let counted = |open: &str, between: &str, close: &str| {
        let head: Vec<String> = (0..8).map(|column| column.to_string()).collect();
        let line =
            |number: String, cells: &[String]| format!("{open}{number}{between}{}{close}\n", cells.join(between));
        let body = rows.iter().enumerate().map(|(number, cells)| line(number.to_string(), cells));
        std::iter::once(line(String::new(), &head)).chain(body).collect::<Vec<_>>().concat()
    };
    let listed = |mark: &str| {
        let cells =
            |cells: &[String]| cells.join(&format!("{mark}, {mark}")).replace(&format!("{mark}NaN{mark}"), "None");
        rows.iter()
            .flat_map(|row| ["[", mark, &cells(row), mark, "],\n"].map(str::to_owned))
            .collect::<Vec<_>>()
            .concat()
    };
    let texts = [counted("", ",", ""), counted("", "\t", ""), counted("| ", " | ", " |"), listed("'"), listed("\"")];
    for text in texts {
        let parsed = read(&format!("三、收到和处理政府信息公开申请情况\n{text}"));
        assert_eq!(request(&parsed, "new_received"), "20 7 1 1 2 1 32", "{text}");
        assert_eq!(request(&parsed, "not_processed.repeat"), "0 blank 0 0 0 0 blank", "{text}");
        assert_eq!(request(&parsed, "carried_forward"), "3 0 0 1 0 0 4", "{text}");
    }
}

/// Labels of several lines in a column of their own, the row's values beside any of these: the fields beside the others are
/// empty, and no cells.
#[test]
fn lines_of_a_label_beside_empty_fields() {
    for low in [0, 1, 2] {
        let row = |label: &str, figures: &[String]| {
            let chars: Vec<char> = label.chars().collect();
            let parts: Vec<String> = chars.chunks(chars.len().div_ceil(3)).map(|part| part.iter().collect()).collect();
            let line = |(i, part): (usize, &String)| {
                let cells = if i == low.min(parts.len() - 1) { figures.join(" | ") } else { ["  "; 7].join("|") };
                format!("| {part} | {cells} |\n")
            };
            parts.iter().enumerate().map(line).collect::<Vec<_>>().concat()
        };
        entirely(&read(&(HEADING.to_owned() + &joined(&Sheet::new(), row))));
    }
}

#[test]
fn a_label_goes_on_to_the_end_of_its_note() {
    let sheet = Sheet::new();
    let note = "区分处理的，只计这一情";
    // What is left of a page: no column adds up.
    let rows = sheet.lay_out(" ", "\n").split_inclusive('\n').take(6).collect::<String>();
    for broken in [note.to_owned(), format!("{note}\n")] {
        let text = rows.replace(note, &broken);
        assert!(text.contains(&broken));
        assert_eq!(request(&read(&text), "partially_granted"), "2 0 1 0 0 0 3");
    }
    // Farther off it is another's.
    for (spaces, own) in [(5, true), (6, false)] {
        let text = rows.replace("（区分", &format!("{}（区分", " ".repeat(spaces))).replace(note, &format!("{note}\n"));
        assert_eq!(request(&read(&text), "partially_granted") == "2 0 1 0 0 0 3", own, "{spaces}");
    }
}

/// In a narrow column a label goes on below the line of its row's values, and above it.
#[test]
fn values_beside_any_line_of_a_narrow_label() {
    for (width, beside) in [(4, 0), (4, 1), (6, 0), (3, 1)] {
        let sheet = Sheet::new();
        let row = |(_, label, figures): &(&str, String, Vec<String>)| {
            let chars: Vec<char> = label.chars().collect();
            let lines = chars.chunks(width).map(String::from_iter).collect::<Vec<_>>();
            let beside = beside.min(lines.len() - 1);
            let values = |(i, line): (usize, &String)| {
                let figures = if i == beside { figures.join(" ") } else { String::new() };
                format!("{line} {figures}\n")
            };
            lines.iter().enumerate().map(values).collect::<Vec<_>>().concat()
        };
        let rows: Vec<String> = sheet.rows.iter().map(row).collect();
        let parsed = read(&format!("{HEADING}{}", rows.concat()));
        for (id, _, figures) in &sheet.rows {
            assert_eq!(request(&parsed, id), figures.join(" "), "{width} {beside} {id}");
        }
    }
}

/// So does one behind the name of its group.
#[test]
fn values_beside_the_first_line_of_a_narrow_label_behind_its_group() {
    let sheet = Sheet::new();
    let row = |(id, label, figures): &(&str, String, Vec<String>)| {
        let group = if id.starts_with("denied.") { "（三）不予公开：" } else { "" };
        let (first, rest) = label.split_at(label.chars().take(4).map(char::len_utf8).sum());
        format!("{group}{first} {}\n{rest}\n", figures.join(" "))
    };
    let rows: Vec<String> = sheet.rows.iter().map(row).collect();
    let parsed = read(&format!("{HEADING}{}", rows.concat()));
    for (id, _, figures) in sheet.rows.iter().filter(|(id, ..)| id.starts_with("denied.")) {
        assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
    }
}

/// What is left of a label that a page's end parts from its row is no label of the next row.
#[test]
fn values_behind_a_part_of_another_row_s_label_are_not_its_neighbour_s() {
    let sheet = Sheet::new()
        .with("granted", &["4", "1", "0", "0", "0", "1", "6"])
        .with("other.not_corrected", &["5", "1", "0", "0", "0", "0", "6"])
        .with("other.not_paid", &["3", "1", "0", "0", "0", "0", "4"]);
    let rows = |upper: &str| {
        let row = |(id, label, figures): &(&str, String, Vec<String>)| match *id {
            // Its values, and the end of its label, are lost.
            "other.not_corrected" => format!("申请人无正当理由逾期不补正、行\n{upper}"),
            "other.not_paid" => format!("他处理 费用、行政机关不再处理其政府信息 {}\n公开申请\n", figures.join(" ")),
            _ => format!("{label} {}\n", figures.join(" ")),
        };
        format!("{HEADING}{}", sheet.rows.iter().map(row).collect::<String>())
    };
    for upper in ["1.\n", "1.\n申请人逾期未按收费通知要求缴纳\n2.\n"] {
        right_or_empty(&read(&rows(upper)), &sheet);
    }
}

#[test]
fn values_below_the_rest_of_another_row_s_label_are_not_those_of_the_label_above_it() {
    let sheet = Sheet::new()
        .with("granted", &["4", "1", "0", "0", "0", "1", "6"])
        .with("other.not_corrected", &["5", "1", "0", "0", "0", "0", "6"])
        .with("other.not_paid", &["3", "1", "0", "0", "0", "0", "4"]);
    let row = |(id, label, figures): &(&str, String, Vec<String>)| match *id {
        // Its values are lost, and the first line of the label below them.
        "other.not_corrected" => format!("{}\n", label.replace("行政机关", "\n行政机关")),
        "other.not_paid" => format!("求缴纳费用、行政机关不再处\n理其政府信息公开申请\n{}\n", figures.join(" ")),
        _ => format!("{label} {}\n", figures.join(" ")),
    };
    let parsed = read(&format!("{HEADING}{}", sheet.rows.iter().map(row).collect::<String>()));
    assert_eq!(request(&parsed, "granted"), "4 1 0 0 0 1 6");
    right_or_empty(&parsed, &sheet);
}

#[test]
fn the_rest_of_a_narrow_label_is_none_of_the_next_row() {
    let sheet = Sheet::new();
    let row = |(id, label, figures): &(&str, String, Vec<String>)| match *id {
        "denied.security_and_stability" => format!("{}\n年度报告\n3.危\n及“三\n安全一\n稳定”\n", figures.join(" ")),
        "denied.prohibited_by_law" => format!("2.其他 {}\n法律行\n政法规\n禁止公\n开\n", figures.join(" ")),
        _ => format!("{label} {}\n", figures.join(" ")),
    };
    let sheet = sheet
        .with("denied.security_and_stability", &["0", "52", "135", "0", "0", "0", "187"])
        .with("denied.prohibited_by_law", &["0", "0", "93", "0", "0", "4", "97"]);
    let parsed = read(&format!("{HEADING}{}", sheet.rows.iter().map(row).collect::<Vec<_>>().concat()));
    assert_eq!(request(&parsed, "denied.prohibited_by_law"), "0 0 93 0 0 4 97");
    assert_eq!(request(&parsed, "denied.security_and_stability"), "0 52 135 0 0 0 187");
}

/// A line break was lost between a row's last figure and the next row's label; later rows lost figures.
#[test]
fn a_label_behind_the_last_of_several_lines_does_not_tie_them() {
    let text = "三、收到和处理政府信息公开申请情况;（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）;申请人情况;自然人;法人或其他组织;总计;\
         商业企业;科研机构;社会公益组织;法律服务机构;其他;一、本年新收政府信息公开申请数量;4080;6338;2006;2148;1768;1947;\
         18287;二、上年结转政府信息公开申请数量;1;-;456;210;1012;644;2323;三、本年度办理结果;（一）予以公开;1255;5;-;\
         -;-;375;1635;（二）部分公开（区分处理的，只计这一情形，不计其他情形）;9;1;1482;-;3;2;1497;（三）不予公开;\
         属于国家秘密;988;-;12;1;-;-;1001;其他法律行政法规禁止公开;8;-;5;-;4;7;24;危及“三安全一稳定”;3;-;3;-;-;\
         1100;1106;保护第三方合法权益;9;1331;1;6;-;6;1353;属于三类内部事务信息;7;-;904;1;2;6;920;\
         属于四类过程性信息;5;5;9;8;4;6;37;属于行政执法案卷;-;1254;2;-;2;7;1265;属于行政查询事项;-;1;5;-;-;\
         1057;1063;（四）无法提供;本机关不掌握相关政府信息;8;1444;5;5;-;-;1462  没有现成信息需要另行制作;6;9;5;384;\
         2;-;406;补正后申请内容仍不明确;-;6;8;-;460;-;474;（五）不予处理;信访举报投诉类申请;8;7;-;498;1472;9;\
         1994;重复申请;1435;9;-;1444;-;3;2891;要求提供公开出版物;306;161;5;6;4;-;482;无正当理由大量反复申请;\
         7;844;4;2;5;3;865;要求行政机关确认或重新出具已获取信息;-;1254;-;-;6;-;1260;（六）其他处理;\
         申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请;-;-;9;-;8;-;17;\
         申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请;26;-;3;3;7;4;43;其他;-;-;-;-;801;6;807;\
         （七）总计;4080;6331;2462;2358;-;-;8;四、政府信息公开行政复议、行政诉讼情况;行政复议;行政诉讼;结果维持;结果纠正;\
         其他结果;尚未审结;总计;未经复议直接起诉;复议后起诉;结果维持;结果纠正;其他结果;尚未审结;总计;结果维持;结果纠正;其他结果;尚未审结;总计;-;\
         -;-;-;-;-;-;-;8;8;-;57;20;-;77;";
    let parsed = read(&text.replace(';', "\n"));
    assert_eq!(request(&parsed, "unable.requires_creation"), ["absent"; 7].join(" "));
}

#[test]
fn an_empty_cell_behind_the_last_column_of_table_3_is_none_of_it() {
    let heads = ["结果维持\t结果纠正\t其他结果\t尚未审结\t总计"; 3].join("\t");
    let figures = "6\t0\t3\t0\t9\t1\t2\t0\t5\t8\t0\t0\t6\t0\t6\t\u{a0}";
    let above = format!("行政复议{0}行政诉讼{0}{0}", "\t".repeat(5));
    for (above, heads) in [(above.clone() + "\u{a0}", heads.clone() + "\t\u{a0}"), (above + "\u{a0}", heads.clone())] {
        let parsed = read(&format!("四、政府信息公开行政复议、行政诉讼情况\n{above}\n{heads}\n{figures}\n"));
        let part = |id| row(&parsed, Table::Proceedings, id).join(" ");
        assert_eq!(part("reconsideration"), "6 0 3 0 9");
        assert_eq!(part("litigation_after_reconsideration"), "0 0 6 0 6");
    }
}
