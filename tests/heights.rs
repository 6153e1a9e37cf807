//! Pages as w3m draws them: a cell that begins with a line break stands one line lower than the other cells of its row.

#[allow(dead_code, reason = "no fixtures are used here")]
mod common;

use common::sheet::{Sheet, read, request, row};
use xxgk::{Code, Parsed, Table};

const HEADING: &str = "三、收到和处理政府信息公开申请情况\n";

/// How far a label reaches, in characters of two columns.
const LABEL: usize = 48;

/// A row with the figures at these places a line lower; `bar` stands between cells.
fn drawn(label: &str, figures: &[String], low: &[usize], bar: &str) -> String {
    let line = |label: &str, lower: bool| {
        let padding = "  ".repeat(LABEL.saturating_sub(label.chars().count()));
        let cell =
            |(i, figure): (usize, &String)| if low.contains(&i) == lower { figure.as_str() } else { "" }.to_owned();
        let cells = figures.iter().enumerate().map(cell).map(|f| format!("{bar}{f:<8}"));
        format!("{bar}{label}{padding}{}{bar}\n", cells.collect::<String>()).trim_end().to_owned() + "\n"
    };
    format!("{}{}", line(label, false), line("", true))
}

const FRAME: &str = "├──┼──┼──┼──┼──┼──┼──┼──┤\n";

/// Table 2, of some rows with one figure or several a line lower.
fn page(sheet: &Sheet, low: impl Fn(&str) -> Vec<usize>, framed: bool) -> Parsed {
    let (bar, end) = if framed { ("│", FRAME) } else { ("", "\n") };
    let rows = sheet.rows.iter().map(|(id, label, figures)| drawn(label, figures, &low(id), bar) + end);
    read(&format!("{HEADING}{end}{}", rows.collect::<String>()))
}

#[test]
fn rows_that_shift_alike_do_not_confirm_each_other() {
    // Read by lines, the one figure of the three columns would stand in another column, in each of these rows.
    let shifted = |sheet: Sheet| {
        let sheet = ["new_received", "outcomes_total"]
            .into_iter()
            .fold(sheet, |s, id| s.with(id, &["19", "0", "1", "0", "0", "0", "20"]));
        let zeros = ["carried_over", "carried_forward", "unable.not_held", "not_processed.repeat", "granted"];
        let sheet = zeros.into_iter().fold(sheet, |s, id| s.with(id, &["0"; 7]));
        sheet.with("partially_granted", &["19", "0", "1", "0", "0", "0", "20"])
    };
    let sheet = shifted(Sheet::new());
    for framed in [false, true] {
        let low = |id: &str| {
            if ["new_received", "outcomes_total", "partially_granted"].contains(&id) { vec![2, 6] } else { vec![] }
        };
        let parsed = page(&sheet, low, framed);
        for (id, _, figures) in &sheet.rows {
            assert_eq!(request(&parsed, id), figures.join(" "), "{id} {framed}");
        }
    }
}

#[test]
fn an_office_s_slip_stands_in_its_place_at_any_height() {
    let sheet = Sheet::new().with("granted", &["12", "3", "0", "0", "1", "1", "16"]);
    for framed in [false, true] {
        for low in [vec![0], vec![1, 3], vec![2, 6], vec![0, 1, 2, 3, 4, 5]] {
            let is_low = |id: &str| sheet.rows.iter().position(|row| row.0 == id).is_some_and(|r| r % 2 == 0);
            let lower = |id: &str| if is_low(id) { low.clone() } else { Vec::new() };
            assert_eq!(request(&page(&sheet, lower, framed), "granted"), "12 3 0 0 1 1 16", "{low:?} {framed}");
            // Where no row stands on one line, nothing tells whether characters or widths stand below one another.
            let parsed = page(&sheet, |_| low.clone(), framed);
            let read = request(&parsed, "granted");
            assert!(read == "12 3 0 0 1 1 16" || read == ["absent"; 7].join(" "), "{low:?} {framed}: {read}");
        }
    }
}

#[test]
fn table_3_and_table_1() {
    let figures: Vec<String> = "0 3 0 2 5 0 0 0 0 0 0 1 0 0 1".split(' ').map(str::to_owned).collect();
    for (bar, low) in [("", 1), ("│", 1), ("│", 2)] {
        let frame = if bar.is_empty() { "\n" } else { FRAME };
        let fees = drawn("行政许可", &["7".to_owned()], &[0], bar);
        let rules = drawn("规章", &["4", "5", "60"].map(str::to_owned), &[low], bar);
        let last = drawn("", &figures, &[1], bar);
        let parsed = read(&format!(
            "二、主动公开政府信息情况\n{frame}{rules}{frame}{fees}{frame}四、政府信息公开行政复议、行政诉讼情况\n行政复议\n{frame}{last}{frame}"
        ));
        assert_eq!(row(&parsed, Table::Proceedings, "reconsideration").join(" "), "0 3 0 2 5", "{bar}");
        let cells: Vec<String> = ["rules/issued", "rules/repealed", "rules/in_force", "licensing/decisions"]
            .map(|cell| parsed.report.get(common::sheet::path(&format!("disclosure/{cell}"))))
            .map(|cell| cell.and_then(|c| c.value().cloned()).map_or("none".to_owned(), |v| v.to_string()))
            .to_vec();
        assert_eq!(cells.join(" "), "4 5 60 7", "{bar}");
    }
}

#[test]
fn a_row_that_a_line_break_parts_goes_on_from_its_first_figure() {
    let cell = |parsed: &Parsed, cell: &str| {
        let cell = parsed.report.get(common::sheet::path(&format!("disclosure/rules/{cell}")));
        cell.and_then(|c| c.value().cloned()).map_or_else(String::new, |value| value.to_string())
    };
    let parsed =
        read("二、主动公开政府信息情况\n规章                                    2       0\n      7\n行政许可    7\n");
    let rules = ["issued", "repealed", "in_force"].map(|id| cell(&parsed, id));
    assert!(rules.iter().zip(["2", "0", "7"]).all(|(read, figure)| read.is_empty() || read == figure), "{rules:?}");
    let heads = "结果维持   结果纠正   其他结果   尚未审结   总计   ".repeat(3);
    let figures = "0   1   0   0\n  1   0   0   0   6   6   2   0   4   3   9";
    let parsed = read(&format!("四、政府信息公开行政复议、行政诉讼情况\n{heads}\n{figures}\n"));
    let part = row(&parsed, Table::Proceedings, "reconsideration").join(" ");
    assert!(part == "0 1 0 0 1" || part == ["absent"; 5].join(" "), "{part}");
}

#[test]
fn figures_below_one_another_say_nothing_of_their_order() {
    let sheet = Sheet::new();
    // The lower line is shifted so far that its figure touches that of the neighbouring column.
    let rows = sheet.rows.iter().map(|(id, label, figures)| match *id {
        "granted" => drawn(label, figures, &[1], "").replace(&format!("\n{}", " ".repeat(8)), "\n"),
        _ => drawn(label, figures, &[], ""),
    });
    let parsed = read(&format!("{HEADING}\n{}", rows.map(|row| row + "\n").collect::<String>()));
    // None of its figures is taken: they are what the other rows leave.
    assert_eq!(request(&parsed, "granted"), "(12) (3) (0) (0) (0) (1) (16)");
    assert_eq!(request(&parsed, "new_received"), sheet.rows[0].2.join(" "));
}

#[test]
fn many_values_at_many_heights_are_read_in_good_time() {
    let begun = std::time::Instant::now();
    let lines = "          1          2\n      3\n".repeat(40_000);
    let parsed = read(&format!("四、政府信息公开行政复议、行政诉讼情况\n行政复议\n{lines}"));
    assert_eq!(row(&parsed, Table::Proceedings, "reconsideration"), ["absent"; 5]);
    assert!(begun.elapsed() < std::time::Duration::from_secs(60), "{:?}", begun.elapsed());
}

/// Table 2 with the cells of two rows drawn below one another, column by column, the first few on their labels' lines.
fn drawn_together(sheet: &Sheet, two: [&str; 2], on_line: usize) -> Parsed {
    let column = |c: usize| {
        let rows = sheet.rows.iter().filter(|(id, ..)| two.contains(id));
        let lines: Vec<String> = rows.map(|(_, _, figures)| " ".repeat(LABEL + 4 * c) + &figures[c]).collect();
        lines.join("\n") + "\n"
    };
    let rows = sheet.rows.iter().map(|(id, label, figures)| match two.iter().position(|own| own == id) {
        None => drawn(label, figures, &[], ""),
        Some(at) => {
            let rest: String = if at == 1 { (on_line..7).map(column).collect() } else { String::new() };
            format!("{label} {}\n{rest}", figures[..on_line].join(" "))
        }
    });
    read(&format!("{HEADING}{}", rows.collect::<String>()))
}

#[test]
fn rows_that_a_print_drew_into_one_another_are_neither_s() {
    let sheet = Sheet::new().with("partially_granted", &["0", "0", "0", "3", "0", "0", "3"]);
    let sheet = sheet.with("granted", &["0", "0", "0", "0", "0", "0", "0"]);
    let two = ["granted", "partially_granted"];
    let parsed = drawn_together(&sheet, two, 0);
    for (id, _, figures) in &sheet.rows {
        let expected = if two.contains(id) { ["absent"; 7].join(" ") } else { figures.join(" ") };
        assert_eq!(request(&parsed, id), expected, "{id}");
    }
}

#[test]
fn rows_that_a_print_drew_into_one_another_are_told_by_their_places() {
    let sheet = Sheet::new();
    for two in [["granted", "partially_granted"], ["not_processed.repeat", "not_processed.publication"]] {
        let parsed = drawn_together(&sheet, two, 0);
        for (id, _, figures) in &sheet.rows {
            assert_eq!(request(&parsed, id), figures.join(" "), "{id}");
        }
    }
}

#[test]
fn zeros_are_zeros_in_whichever_row_a_print_drew_them() {
    let sheet = Sheet::new();
    let two = ["denied.third_party_rights", "denied.internal_affairs"];
    for on_line in [0, 2] {
        let parsed = drawn_together(&sheet, two, on_line);
        for (id, _, figures) in &sheet.rows {
            assert_eq!(request(&parsed, id), figures.join(" "), "{id} {on_line}");
        }
    }
}

#[test]
fn zeros_and_dashes_drawn_into_one_another_are_neither_row_s() {
    let two = ["denied.third_party_rights", "denied.internal_affairs"];
    let sheet = Sheet::new().with(two[1], &["/"; 7]);
    for on_line in [0, 2] {
        let parsed = drawn_together(&sheet, two, on_line);
        for id in two {
            assert_eq!(request(&parsed, id), ["absent"; 7].join(" "), "{id} {on_line}");
        }
    }
}

#[test]
fn a_line_longer_than_any_page_is_wide_gives_no_places() {
    // By its places the row is read as it is printed, the office's slip with it; in no order of its lines does it add up.
    let sheet = Sheet::new().with("granted", &["12", "3", "0", "0", "1", "1", "16"]);
    let far = |label: &str, bytes: usize| {
        let (first, second) = ("12   0 0 1 1 ", "12 ");
        let margin = " ".repeat(bytes - label.len() - first.len());
        let lower = " ".repeat(2 * label.chars().count() + margin.len() + second.len());
        format!("{label}{margin}{first}16\n{lower}3\n\n")
    };
    // The last figure of the row's first line begins at this byte of it.
    for (bytes, read_as) in [(1023, "12 3 0 0 1 1 16".to_owned()), (1024, ["absent"; 7].join(" "))] {
        let rows = sheet.rows.iter().map(|(id, label, figures)| match *id {
            "granted" => far(label, bytes),
            _ => drawn(label, figures, &[], ""),
        });
        let parsed = read(&format!("{HEADING}\n{}", rows.collect::<String>()));
        assert_eq!(request(&parsed, "granted"), read_as, "{bytes}");
    }
}

#[test]
fn two_pairs_of_figures_below_one_another_and_two_beside_are_of_two_rows_and_one_of_either_is_of_one() {
    let sheet = Sheet::new();
    for (columns, expected) in [
        ([0, 0, 0, 0, 1, 1, 1], "12 3 0 0 0 1 16"),
        ([0, 0, 1, 1, 1, 2, 2], "absent"),
        ([0, 0, 1, 2, 3, 4, 5], "12 3 0 0 0 1 16"),
        ([0, 0, 1, 1, 2, 3, 4], "absent"),
    ] {
        let rows = sheet.rows.iter().map(|(id, label, figures)| match *id {
            "granted" => {
                let line = |(figure, column): (&String, usize)| " ".repeat(8 + 4 * column) + figure + "\n";
                format!("{label}\n{}", figures.iter().zip(columns).map(line).collect::<String>())
            }
            _ => drawn(label, figures, &[], ""),
        });
        let parsed = read(&format!("{HEADING}\n{}", rows.collect::<String>()));
        assert!(request(&parsed, "granted").starts_with(expected), "{columns:?}: {}", request(&parsed, "granted"));
    }
}

const LITIGATION: &str = "四、政府信息公开行政复议、行政诉讼情况\n";

/// A figure of full width, but for zeros.
fn wide(figure: &str) -> String {
    let digit = |c: char| char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c);
    if figure == "0" { figure.to_owned() } else { figure.chars().map(digit).collect() }
}

/// A print read by the heights of its figures: a row's zeros first, then its label, then the figures that are none; the first
/// two columns stand close together, and so do the last two.
fn by_height(sheet: &Sheet, proceedings: &str) -> String {
    let row = |(_, label, figures): &(&str, String, Vec<String>)| {
        let is_zero = |figure: &&String| *figure == "0";
        let zeros: String = figures.iter().filter(is_zero).map(|_| "0\n").collect();
        let others: Vec<String> = figures.iter().filter(|f| !is_zero(f)).map(|f| wide(f)).collect();
        match others.as_slice() {
            [first, second, .., last] if !is_zero(&&figures[0]) && !is_zero(&&figures[1]) => {
                let between = others[2..others.len() - 1].join("\n");
                format!("{zeros}{label}\n{first} {second}\n{between}\n{last}\n")
            }
            others => format!("{zeros}{label}\n{}\n", others.join("\n")),
        }
    };
    format!("{HEADING}{}{LITIGATION}{proceedings}\n", sheet.rows.iter().map(row).collect::<String>())
}

#[test]
fn what_all_ways_to_put_zeros_of_another_height_agree_on_is_read() {
    let figures = ["9", "3", "0", "0", "2", "1", "15"];
    let parsed = read(&by_height(&Sheet::all_granted(&figures), ""));
    for id in ["new_received", "granted", "outcomes_total"] {
        let read = request(&parsed, id);
        let cells: Vec<&str> = read.split(' ').collect();
        // The two zeros may be any two cells that part no neighbours.
        assert_eq!(cells[6], "15", "{id}");
        for (cell, figure) in cells.iter().zip(figures) {
            assert!(*cell == figure || *cell == "absent" || *cell == format!("({figure})"), "{id}: {read}");
        }
    }
    assert_eq!(request(&parsed, "carried_over"), ["0"; 7].join(" "));
    // Without a zero nothing is open.
    let figures = ["9", "3", "4", "5", "2", "1", "24"];
    assert_eq!(request(&read(&by_height(&Sheet::all_granted(&figures), "")), "granted"), figures.join(" "));
}

#[test]
fn rows_with_zeros_apart_are_read_though_another_row_cannot_be() {
    let text = by_height(&Sheet::all_granted(&["9", "3", "0", "0", "2", "1", "15"]), "");
    let (label, zeros) = ("1.信访举报投诉类申请\n", "0\n".repeat(7));
    assert!(text.contains(&format!("{zeros}{label}")), "{text}");
    let parsed = read(&text.replace(&format!("{zeros}{label}"), &format!("５２\n３\n{label}")));
    assert_eq!(request(&parsed, "not_processed.petition"), ["absent"; 7].join(" "));
    for id in ["new_received", "granted", "outcomes_total"] {
        assert!(request(&parsed, id).ends_with(" 15"), "{id}: {}", request(&parsed, id));
    }
}

#[test]
fn a_row_with_zeros_apart_and_a_total_that_cannot_be_read_follows_from_no_sum() {
    let zeros = |count: usize| "0\n".repeat(count);
    // Labels and figures of other rows are lost.
    let text = [
        "三、收到和处理政府信息公开申请情况\n■ 申请人情况\n",
        &zeros(3),
        "一、本年新收政府信息公开申请数量\n６６９\n１４００\n５３７\n■\n",
        &zeros(7),
        "二、上年结转政府信息公开申请数量\n",
        &zeros(5),
        "三、本年度办理结果 （一）予以公开\n１１２\n１１２\n",
        &zeros(12),
        "（六）其他处理\n２６２\n２６２\n",
        &zeros(3),
        "（七）总计\n６６９\n１４００\n５３７\n２６０６\n",
        &zeros(7),
        "四、结转下年度继续办理\n",
    ];
    // The zeros may be any of the six kinds of applicant's.
    assert_eq!(request(&read(&text.concat()), "new_received"), ["absent"; 7].join(" "));
}

#[test]
fn a_border_behind_a_row_s_figures_says_nothing_of_its_zeros() {
    let figures = ["7", "0", "0", "0", "1", "1", "9"];
    let text = by_height(&Sheet::all_granted(&figures), "");
    // A line break was lost before the next row's zeros.
    let parsed = read(&text.replacen("９\n0", "９\t0", 1));
    for id in ["new_received", "granted", "outcomes_total"] {
        let read = request(&parsed, id);
        for (cell, figure) in read.split(' ').zip(figures) {
            assert!(cell == figure || cell == "absent" || cell == format!("({figure})"), "{id}: {read}");
        }
    }
}

#[test]
fn figures_far_apart_on_a_line_are_no_neighbours() {
    let sheet = Sheet::all_granted(&["10", "0", "0", "0", "0", "2", "12"]);
    let row = |(id, label, figures): &(&str, String, Vec<String>)| match *id {
        // Were they, only zeros in front would add up.
        "new_received" | "granted" | "outcomes_total" => format!("{label}\n１０ 0        ２ １２\n0 0 0\n"),
        _ => format!("{label}\n{}\n", figures.iter().map(|f| wide(f)).collect::<Vec<_>>().join(" ")),
    };
    let parsed = read(&format!("{HEADING}{}{LITIGATION}", sheet.rows.iter().map(row).collect::<String>()));
    let read = request(&parsed, "granted");
    for (cell, figure) in read.split(' ').zip(["10", "0", "0", "0", "0", "2", "12"]) {
        assert!(cell == "absent" || cell.trim_matches(['(', ')']) == figure, "{read}");
    }
}

#[test]
fn zeros_before_the_figures_of_table_3_are_in_their_place_only_where_others_stand_between_figures() {
    let proceedings = format!("{}２\n２", "0\n".repeat(13));
    let last = |text: &str| row(&read(text), Table::Proceedings, "litigation_after_reconsideration").join(" ");
    let sheet = Sheet::all_granted(&["9", "3", "0", "0", "2", "1", "15"]);
    assert_eq!(last(&by_height(&sheet, &proceedings)), ["absent"; 5].join(" "));
    // Nothing but zeros shows neither.
    assert_eq!(last(&by_height(&Sheet::all_granted(&["0"; 7]), &proceedings)), ["absent"; 5].join(" "));
    // A list of cells keeps their order.
    let cells = |(_, label, figures): &(&str, String, Vec<String>)| {
        format!("{label}\n{}\n", figures.iter().map(|f| wide(f)).collect::<Vec<_>>().join("\n"))
    };
    let listed = sheet.rows.iter().map(cells).collect::<String>();
    assert_eq!(last(&format!("{HEADING}{listed}{LITIGATION}{proceedings}\n")), "0 0 0 2 2");
}

/// A row whose figures of three digits a column breaks: two digits of each, and the third on the line below; or, where they
/// stand in the middle of their cells, two digits above the row's other figures, and one below.
fn broken(label: &str, figures: &[String], middle: bool) -> String {
    let wide: Vec<String> = figures.iter().map(|f| wide(f)).collect();
    let (first, third): (Vec<&str>, Vec<&str>) = wide.iter().filter(|f| f.len() > 6).map(|f| f.split_at(6)).unzip();
    let is_broken = |f: &&String| f.len() > 6;
    if middle {
        let own: Vec<&str> = wide.iter().filter(|f| !is_broken(f)).map(String::as_str).collect();
        format!("{}\n{label} {}\n{}\n", first.join(" "), own.join(" "), third.join(" "))
    } else {
        let own: Vec<&str> = wide.iter().map(|f| f.get(..f.len().min(6)).unwrap_or(f)).collect();
        format!("{label} {}\n{}\n", own.join(" "), third.join(" "))
    }
}

#[test]
fn figures_whose_pieces_stand_below_one_another_follow_from_them_and_the_sum() {
    let granted = |figures: &[&str], middle: bool| {
        let rows = Sheet::all_granted(figures).rows;
        let rows = rows.iter().map(|(_, label, figures)| broken(label, figures, middle));
        request(&read(&format!("{HEADING}{}{LITIGATION}", rows.collect::<String>())), "granted")
    };
    let absent = ["absent"; 7].join(" ");
    assert_eq!(granted(&["252", "11", "24", "0", "3", "1", "291"], false), "(252) 11 24 0 3 1 (291)");
    assert_eq!(granted(&["87", "7", "14", "0", "6", "7", "121"], true), "87 7 14 0 6 7 (121)");
    // The sum fails.
    assert_eq!(granted(&["252", "11", "24", "0", "3", "1", "292"], false), absent);
    assert_eq!(granted(&["87", "7", "14", "0", "6", "7", "122"], true), absent);
    // Nothing says in which of the six columns the first one broke.
    let total = absent.clone()[..absent.len() - "absent".len()].to_owned() + "(291)";
    assert_eq!(granted(&["252", "11", "24", "0", "3", "1", "291"], true), total);
}

#[test]
fn two_lines_that_add_up_may_be_one_row_s_pieces_where_others_broke() {
    // The last row but two is `111 111 111 123 111 111 678`, around its label.
    let rows = [
        ("12 12 12 26 11 11 85", "denied.prohibited_by_law", "", "3 3 3 7 1 1 8"),
        ("11 12 26 11 11 72", "denied.security_and_stability", "3", "1 3 7 1 1 6"),
        ("11 11 26 11 11 72", "denied.third_party_rights", "15", "1 1 7 1 1 6"),
        // Of these only their figures are left.
        ("", "", "", "1 1 7 7 1 7"),
        ("11 11 26 11 11 71", "", "", "1 1 7 1 1 1"),
        ("11 11 11 12 11 11 67", "unable.not_held", "", "1 1 1 3 1 1 8"),
        ("24 11 11 11 27 11 96", "unable.requires_creation", "", "3 1 1 1 9 1 6"),
        ("17 27 11 11 27 11 10", "unable.still_unclear", "", "5 9 1 1 9 1 66"),
    ];
    let line = |figures: &str| figures.split(' ').map(wide).collect::<Vec<_>>().join(" ");
    let labels = Sheet::new().rows;
    let label = |id: &str| labels.iter().find(|row| row.0 == id).map_or("", |row| row.1.as_str());
    let print = |(above, id, own, below): &(&str, &str, &str, &str)| {
        let lines = [line(above), format!("{} {}", label(id), line(own)), line(below)];
        lines.into_iter().filter(|line| !line.trim().is_empty()).map(|line| line + "\n").collect::<String>()
    };
    let print: String = rows.iter().map(print).collect();
    assert_eq!(request(&read(&format!("{HEADING}{print}{LITIGATION}")), "unable.not_held"), ["absent"; 7].join(" "));
}

#[test]
fn digits_of_full_width_below_others_of_their_row_may_be_parts_of_these() {
    // `114`, and a total that is lost; or 11 and 4 in columns of their own, and 15 as their sum.
    let space = " ".repeat(40);
    let print = format!(
        "6.属于四类过程性信息{space}0    0    １１   0    0    １５\n{}４\n\
         7.属于行政执法案卷  {space}0    １５   0    0    0    １５   ３０\n",
        " ".repeat(61)
    );
    let parsed = read(&format!("{HEADING}{print}{LITIGATION}"));
    assert_eq!(request(&parsed, "denied.process_information"), ["absent"; 7].join(" "));
}

#[test]
fn columns_tell_where_figures_broke_whose_pieces_stand_above_and_below_the_others() {
    let (figures, all) = (["252", "11", "24", "0", "3", "1", "291"], ["312", "11", "24", "0", "3", "1", "351"]);
    let sheet = Sheet::all_granted(&all).with("granted", &figures);
    let sheet = sheet.with("partially_granted", &["60", "0", "0", "0", "0", "0", "60"]);
    let print = |other: &str| {
        let row = |(id, label, figures): &(&str, String, Vec<String>)| match *id {
            "not_processed.petition" => format!("{label} {other}\n"),
            _ => broken(label, figures, true),
        };
        let parsed = read(&format!("{HEADING}{}{LITIGATION}", sheet.rows.iter().map(row).collect::<String>()));
        ["new_received", "granted"].map(|id| request(&parsed, id))
    };
    let read = ["(312) 11 24 0 3 1 (351)", "(252) 11 24 0 3 1 (291)"];
    assert_eq!(print("0 0 0 0 0 0 0"), read);
    // Whatever stands in another row that nobody can read.
    assert_eq!(print("0 0 5 0"), read);
}

#[test]
fn a_zero_of_full_width_is_a_part_of_a_figure_where_others_are_not() {
    // Without this, `３０ ⏎ ５` may be one figure as well as `３０ ⏎ ０`.
    let sheet = Sheet::all_granted(&["300", "9", "0", "0", "30", "5", "344"]);
    let cells = |figures: &[String]| figures.iter().map(|f| wide(f)).collect::<Vec<_>>().join("\n");
    let broken = |cells: String| cells.replace("３００", "３０\n０").replace("３４４", "３４\n４");
    let rows = |zero: &str| -> String {
        let row = |(_, label, figures): &(&str, String, Vec<String>)| format!("{label}\n{}\n", broken(cells(figures)));
        sheet.rows.iter().map(row).collect::<String>().replace("\n0", &format!("\n{zero}"))
    };
    let granted = |zero: &str| request(&read(&format!("{HEADING}{}{LITIGATION}", rows(zero))), "granted");
    assert_eq!(granted("0"), "300 9 0 0 30 5 344");
    assert_eq!(granted("０"), ["absent"; 7].join(" "));
}

/// Table 2 in a frame, each digit of full width on a line of its own.
fn framed(sheet: &Sheet, between: &str) -> String {
    let row = |(_, label, figures): &(&str, String, Vec<String>)| {
        let cells: Vec<Vec<char>> = figures.iter().map(|f| wide(f).chars().collect()).collect();
        let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
        let line = |i: usize| {
            let digit = |cell: &Vec<char>| format!("│{}", cell.get(i).unwrap_or(&' '));
            format!("│{}{}│\n", if i == 0 { label } else { "" }, cells.iter().map(digit).collect::<String>())
        };
        (0..lines).map(line).collect::<String>() + between
    };
    format!("{HEADING}{FRAME}{}{LITIGATION}", sheet.rows.iter().map(row).collect::<String>())
}

#[test]
fn pieces_below_one_another_in_a_cell_of_a_frame_are_one_figure() {
    let sheet = Sheet::all_granted(&["252", "11", "24", "0", "3", "1", "291"]);
    let granted = |text: &str| request(&read(text), "granted");
    assert_eq!(granted(&framed(&sheet, FRAME)), "(252) (11) (24) 0 3 1 (291)");
    // The office slipped: a sum that fails says nothing of the pieces.
    let slip = Sheet::all_granted(&["252", "11", "24", "0", "3", "1", "292"]);
    assert_eq!(granted(&framed(&slip, FRAME)), ["absent"; 7].join(" "));
    // Two rows with no line between and one label add up as one of figures of two digits.
    let row = |label: &str, figures: [&str; 7]| format!("│{label}│{}│\n", figures.map(wide).join("│"));
    let two =
        row("（一）予以公开", ["1", "2", "1", "1", "1", "1", "7"]) + &row("", ["1", "1", "1", "1", "1", "1", "6"]);
    let text = framed(&Sheet::all_granted(&["11", "21", "11", "11", "11", "11", "76"]), FRAME);
    let at = text.find("│（一）予以公开").expect("the row");
    let end = at + text[at..].find(FRAME).expect("its end");
    let read = granted(&(text[..at].to_owned() + &two + &text[end..]));
    assert!(!read.contains("76"), "{read}");
}

/// A line of a drawn page: a label, and cells in their columns, which count characters, or their widths.
fn line(label: &str, cells: &[(usize, String)], in_widths: bool) -> String {
    let width = |text: &str| text.chars().map(|c| if in_widths && !c.is_ascii() { 2 } else { 1 }).sum::<usize>();
    let mut line = label.to_owned();
    for (column, cell) in cells {
        let gap = column.saturating_sub(width(&line)).max(1);
        line += &(" ".repeat(gap) + cell);
    }
    line + "\n"
}

/// The first figure of each row stands there, the others further on.
const FIRST: usize = 100;

/// A row's cells in their columns: what `part` gives of each cell for each of so many lines.
fn on_lines(label: &str, lines: usize, in_widths: bool, part: impl Fn(usize, usize) -> String) -> String {
    let of_line = |i: usize| {
        let cells = (0..7).map(|c| (FIRST + 6 * c, part(i, c))).filter(|(_, part)| !part.is_empty());
        line(if i == 0 { label } else { "" }, &cells.collect::<Vec<_>>(), in_widths)
    };
    (0..lines).map(of_line).collect()
}

/// Table 2 on a drawn page; the row of those granted on several lines.
fn drawn_page(sheet: &Sheet, in_widths: bool, granted: impl Fn(&str, &[String]) -> String) -> String {
    let row = |(id, label, figures): &(&str, String, Vec<String>)| match *id {
        "granted" => granted(label, figures),
        _ => on_lines(label, 1, in_widths, |_, c| wide(&figures[c])),
    };
    format!("{HEADING}{}{LITIGATION}", sheet.rows.iter().map(row).collect::<String>())
}

#[test]
fn the_places_of_a_page_s_figures_put_a_row_of_several_lines_in_order() {
    let sheet = Sheet::all_granted(&["4", "0", "0", "0", "0", "3", "7"]);
    for (in_widths, lines) in [(false, 2), (false, 3), (true, 2), (true, 3)] {
        let text = drawn_page(&sheet, in_widths, |label, figures| {
            on_lines(label, lines, in_widths, |i, c| {
                let line = if figures[c] == "0" { c % (lines - 1) + 1 } else { 0 };
                if i == line { wide(&figures[c]) } else { String::new() }
            })
        });
        assert_eq!(request(&read(&text), "granted"), "4 0 0 0 0 3 7", "{lines} lines, in widths: {in_widths}");
    }
}

#[test]
fn figures_below_the_label_of_their_line_go_on_from_it() {
    let sheet = Sheet::all_granted(&["25", "3", "1", "2", "0", "1", "32"]);
    let text = drawn_page(&sheet, false, |label, figures| {
        let rest = on_lines("", 1, false, |_, c| if c < 2 { String::new() } else { wide(&figures[c]) });
        format!("{label} {}\n {}\n{rest}", wide(&figures[0]), wide(&figures[1]))
    });
    assert_eq!(request(&read(&text), "granted"), "25 3 1 2 0 1 32");
}

#[test]
fn a_figure_may_break_over_three_lines_two_lines_apart_and_no_more() {
    for (figure, apart, is_read) in [("275", 0, true), ("2751", 0, false), ("27", 2, true), ("27", 3, false)] {
        let sheet = Sheet::all_granted(&[figure, "0", "0", "0", "0", "0", figure]);
        let text = drawn_page(&sheet, false, |label, figures| {
            let digit = |i: usize, c: usize| figures[c].get(i..=i).map(wide).unwrap_or_default();
            let lines = on_lines(label, figure.len(), false, digit);
            lines.replacen('\n', &format!("\n{}", "办理结果\n".repeat(apart)), 1)
        });
        let whole = format!("({figure}) 0 0 0 0 0 ({figure})");
        assert_eq!(request(&read(&text), "granted"), if is_read { whole } else { ["absent"; 7].join(" ") });
    }
}

#[test]
fn places_tell_which_figures_broke() {
    let sheet = Sheet::all_granted(&["275", "0", "0", "23", "0", "0", "298"]);
    let print = |sheet: &Sheet| {
        let text = drawn_page(sheet, false, |label, figures| {
            // The last piece stands a line lower than the others.
            on_lines(label, 3, false, |i, c| match (figures[c].as_str(), i) {
                ("0", 1) => "0".to_owned(),
                (figure @ ("23" | "275" | "298"), 0) => wide(&figure[..2]),
                (figure @ "275", 1) | (figure @ "298", 2) => wide(&figure[2..]),
                _ => String::new(),
            })
        });
        request(&read(&text), "granted")
    };
    assert_eq!(print(&sheet), "(275) 0 0 23 0 0 (298)");
    // The sum fails.
    assert_eq!(print(&sheet.with("granted", &["275", "0", "0", "24", "0", "0", "298"])), ["absent"; 7].join(" "));
}

#[test]
fn three_pairs_of_rows_below_one_another_show_that_places_are_columns_and_two_do_not() {
    let sheet = Sheet::all_granted(&["4", "0", "0", "0", "0", "3", "7"]);
    for pairs in [2, 3] {
        let row = |(r, (id, label, figures)): (usize, &(&str, String, Vec<String>))| match *id {
            "granted" => on_lines(label, 2, false, |i, c| {
                if (figures[c] == "0") == (i == 1) { wide(&figures[c]) } else { String::new() }
            }),
            // Two rows more than pairs, of which one is that of those granted.
            _ if r < pairs + 2 => on_lines(label, 1, false, |_, c| wide(&figures[c])),
            _ => format!("{label}\n{}\n", figures.iter().map(|f| wide(f)).collect::<Vec<_>>().join("\n")),
        };
        let rows: String = sheet.rows.iter().enumerate().map(row).collect();
        let parsed = read(&format!("{HEADING}{rows}{LITIGATION}"));
        assert_eq!(request(&parsed, "granted"), "4 0 0 0 0 3 7");
        // Without them it is the sums that put the row in order.
        assert_eq!(parsed.diagnostics.iter().any(|d| d.code == Code::RowReordered), pairs == 2, "{pairs}");
    }
}

#[test]
fn a_line_that_adds_up_by_itself_is_no_upper_half_of_figures() {
    let upper = ["７２", "４３", "３８", "７５", "５３", "２９", "３１"];
    let lower = ["６", "２", "４", "７", "６", "７", "３２"];
    let rows = [
        ("一、本年新收政府信息公开申请数量", upper, lower),
        ("二、上年结转政府信息公开申请数量", [""; 7], ["０", "０", "２", "０", "０", "０", "２"]),
        ("3.危及“三安全一稳定”", [""; 7], ["０"; 7]),
        ("4.保护第三方合法权益", ["", "", "", "", "１３", "", "１３"], ["０", "０", "０", "０", "", "０", ""]),
        ("5.属于三类内部事务信息", [""; 7], ["０"; 7]),
        ("（七）总计", upper, lower),
        ("四、结转下年度继续办理", [""; 7], ["０"; 7]),
    ];
    let line = |label: &str, figures: [&str; 7]| {
        let cells = figures.map(|f| f.to_owned() + &" ".repeat(5 - f.chars().count())).concat();
        format!("{label}{}{}\n", " ".repeat(60 - label.chars().count()), cells.trim_end())
    };
    let rows = rows.map(|(label, upper, lower)| {
        if upper == [""; 7] { format!("{label}\n{}", line("", lower)) } else { line(label, upper) + &line("", lower) }
    });
    let parsed = read(&format!("{HEADING}{}", rows.concat()));
    // The lower halves of the total's figures stand between the label before and zeros.
    for figure in request(&parsed, "carried_forward").split(' ') {
        assert!(matches!(figure, "0" | "absent"), "{figure}");
    }
}

#[test]
fn which_figure_broke_is_not_told_where_another_cannot_be_read() {
    let granted = |own: &str| {
        let rows = format!("二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0\n２７ ２７\n（一）予以公开 {own}\n１ １\n");
        request(&read(&format!("{HEADING}{rows}")), "granted")
    };
    assert_eq!(granted("0 0 0 0 ■"), ["absent"; 7].join(" "));
    assert!(granted("0 0 0 0 0").ends_with("(271)"));
}

#[test]
fn figures_that_broke_in_every_row_are_not_read_without_their_last_digits() {
    let sheet = Sheet::all_granted(&["0", "0", "0", "0", "0", "250", "250"]);
    let row = |(id, label, figures): &(&str, String, Vec<String>)| {
        let wide = |figure: &str| if figure == "0" { "０".to_owned() } else { wide(figure) };
        let figures: Vec<Vec<char>> = figures.iter().map(|f| wide(f).chars().collect()).collect();
        let part = |i: usize, c: usize| figures[c].chunks(2).nth(i).map(String::from_iter).unwrap_or_default();
        let cells = if *id == "partially_granted" { 6 } else { 7 };
        on_lines(label, 2, false, |i, c| if c < cells { part(i, c) } else { String::new() })
    };
    let mut rows: String = sheet.rows.iter().map(row).collect();
    // The sums of table 3 do not tell where its pieces stand.
    let proceedings =
        [(60, "０ ■ ０ １５ １５ ０ ０ ０ ２２ ２２ ０ ６４ ０ ８ ７２"), (75, "４    ４                   ８    ８")];
    rows += &(LITIGATION.to_owned() + &"结果维持 结果纠正 其他结果 尚未审结 总计 ".repeat(3) + "\n");
    rows.extend(proceedings.map(|(at, figures)| " ".repeat(at) + figures + "\n"));
    let parsed = read(&format!("{HEADING}{rows}"));
    assert_eq!(request(&parsed, "granted"), ["absent"; 7].join(" "));
}

#[test]
fn columns_of_a_row_that_is_not_read_do_not_tell_where_figures_of_another_height_stand() {
    let figures = ["196", "0", "0", "0", "0", "0", "196"];
    let sheet = Sheet::all_granted(&figures)
        .with("granted", &["0"; 7])
        .with("partially_granted", &figures)
        .with("denied.internal_affairs", &["0", "0", "0", "0", "0", "0", "■"]);
    let row = |(id, label, figures): &(&str, String, Vec<String>)| match (figures[6].as_str(), *id) {
        ("0" | "■", _) => format!("{label} {}\n\n", figures.join(" ")),
        (_, "partially_granted") => format!("１９ １９\n{label} 0 0 ■ 0 0\n６ ６\n\n"),
        _ => format!("１９ １９\n{label} 0 0 0 0 0\n６ ６\n\n"),
    };
    let parsed = read(&format!("{HEADING}{}{LITIGATION}", sheet.rows.iter().map(row).collect::<String>()));
    for id in ["new_received", "partially_granted", "outcomes_total"] {
        let read = request(&parsed, id);
        for (cell, figure) in read.split(' ').zip(figures) {
            assert!(cell == "absent" || cell == figure || cell == format!("({figure})"), "{id}: {read}");
        }
    }
}
