//! What is written reads back the same, up to what `xxgk::write` says is lost.

#[allow(dead_code, reason = "only the fixtures are used here")]
mod common;
#[path = "common/reports.rs"]
mod reports;

use proptest::prelude::*;
use xxgk::{Report, write};

mod json {
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn json_is_lossless(report in reports::report()) {
            let json = serde_json::to_string(&report).unwrap();
            prop_assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
        }
    }
}

mod written {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};
    use xxgk::Cell;
    use xxgk::form::Table;

    #[test]
    fn snapshots() {
        let (new, old) = (reports::sample_2021(), reports::sample_2019());
        insta::assert_snapshot!("2021_text", write::text(&new));
        insta::assert_snapshot!("2021_markdown", write::markdown(&new));
        insta::assert_snapshot!("2021_html", write::html(&new));
        insta::assert_snapshot!("2019_text", write::text(&old));
        insta::assert_snapshot!("2019_html", write::html(&old));
    }

    #[test]
    fn a_report_that_says_nothing_is_an_empty_form() {
        for edition in xxgk::Edition::ALL {
            let report = Report::new(edition);
            assert_eq!(write::text(&report).matches('\t').count(), 0);
            assert!(!write::html(&report).contains("<table"));
        }
    }

    /// How many rows of figures a table has on paper.
    fn lines_of(report: &Report, table: Table) -> usize {
        let present = |row: &str| {
            report.cells().any(|(path, cell)| path.table == table && path.row == row && cell != Cell::Absent)
        };
        let rows = report.edition.form().rows(table).iter().filter(|row| present(row.id)).count();
        if table == Table::Proceedings { rows.min(1) } else { rows }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// A Markdown reader finds three tables, and every paragraph as it is.
        #[test]
        fn markdown_is_markdown(report in reports::report()) {
            let markdown = write::markdown(&report);
            let (mut tables, mut shown, mut foreign) = (0, String::new(), 0);
            for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
                match event {
                    Event::Text(text) => shown.push_str(&text),
                    Event::Start(Tag::Table(_)) => tables += 1,
                    Event::Start(tag) => {
                        let own = matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::TableHead | Tag::TableRow | Tag::TableCell);
                        foreign += usize::from(!own);
                    }
                    Event::End(_) => shown.push('\n'),
                    _ => foreign += 1,
                }
            }
            prop_assert_eq!((tables, foreign), (Table::ALL.iter().filter(|t| lines_of(&report, **t) > 0).count(), 0));
            for paragraph in report.overview.iter().chain(&report.problems).chain(&report.other_matters) {
                prop_assert!(shown.contains(paragraph), "{paragraph} is not in\n{shown}");
            }
        }

        /// Whatever a text holds, it stays within its line, its cell and its element.
        #[test]
        fn no_text_breaks_the_form(mut report in reports::report(), text in any::<String>()) {
            let plain = "原文".to_owned();
            report.requests.new_received.total = Cell::Unreadable { raw: plain.clone() };
            report.proceedings.reconsideration.total = Cell::Unreadable { raw: plain.clone() };
            report.overview = vec![plain.clone()];
            report.header.title = Some(plain.clone());
            let mut hostile = report.clone();
            let text = format!("文{text}。");
            hostile.requests.new_received.total = Cell::Unreadable { raw: text.clone() };
            hostile.proceedings.reconsideration.total = Cell::Unreadable { raw: text.clone() };
            hostile.overview = vec![text.clone()];
            hostile.header.title = Some(text);
            let shape = |text: &str| text.lines().map(|line| line.matches('\t').count()).collect::<Vec<_>>();
            prop_assert_eq!(shape(&write::text(&hostile)), shape(&write::text(&report)));
            let bars = |text: &str| text.lines().map(|line| line.matches(" | ").count()).collect::<Vec<_>>();
            let markdown = write::markdown(&hostile);
            let escaped = markdown.replace("\\|", "");
            prop_assert_eq!(bars(&escaped), bars(&write::markdown(&report)));
            let tags = |html: &str| html.matches('<').count();
            prop_assert_eq!(tags(&write::html(&hostile)), tags(&write::html(&report)));
        }
    }
}

/// These need the tables to be read.
mod reads_back {
    use super::*;
    use std::path::Path;
    use xxgk::form::Table;
    use xxgk::{Amount, Cell, CellPath, Field, Parsed, Section, State, Unit, Value};

    /// A way to write a report, and the way to read it back.
    type Format = (&'static str, fn(&Report) -> String, fn(&str) -> Parsed);

    const FORMATS: &[Format] = &[
        ("text", write::text, xxgk::parse),
        ("markdown", write::markdown, xxgk::parse),
        #[cfg(feature = "html")]
        ("html", write::html, xxgk::parse_html),
    ];

    /// The report as it is after one trip: what `xxgk::write` says is lost, is lost here.
    fn after_a_trip(report: &Report) -> Report {
        let mut after = report.clone();
        after.sections = Section::ALL.to_vec();
        let header = &mut after.header;
        if let (None, Some(authority), Some(year)) = (&header.title, &header.authority, header.year) {
            header.title = Some(format!("{authority}{year}年{}", xxgk::form::REPORT_NAME));
        }
        for section in Section::ALL {
            for paragraph in after.prose_mut(section).into_iter().flatten() {
                *paragraph = without_markup(paragraph);
            }
        }
        for (path, cell) in report.cells() {
            after.set(path, cell_after(report, path, cell)).expect("a cell of the same kind");
        }
        after
    }

    fn cell_after(report: &Report, path: CellPath, cell: Cell<Value>) -> Cell<Value> {
        let in_form = |value| match value {
            Value::Amount(a) if path.row == "fees" && a.unit().is_none() => {
                Value::Amount(Amount::new(&a.number(), Some(Unit::TenThousandYuan)).expect("the same digits"))
            }
            value => value,
        };
        let same_line =
            |other: &CellPath| other.table == path.table && (other.row == path.row || path.table == Table::Proceedings);
        match cell {
            Cell::Reported { value } | Cell::Inferred { value } => Cell::Reported { value: in_form(value) },
            Cell::Absent if report.cells().any(|(p, c)| same_line(&p) && c != Cell::Absent) => Cell::Blank,
            cell => cell,
        }
    }

    /// What was read, less what a reader may add: figures that the sums force where none was written, and the year
    /// where only the period has it.
    fn as_written(mut read: Report, expected: &Report) -> Report {
        for (path, cell) in expected.cells() {
            let got = read.get(path).expect("the same edition");
            if cell.value().is_none() && got.state() == State::Inferred {
                read.set(path, cell).expect("the same kind");
            } else if let Cell::Unreadable { raw } = got {
                read.set(path, Cell::Unreadable { raw: unescaped(&raw) }).expect("the same kind");
            }
        }
        if expected.header.year.is_none() {
            read.header.year = None;
        }
        for section in [Section::Overview, Section::Problems, Section::OtherMatters] {
            for paragraph in read.prose_mut(section).into_iter().flatten() {
                *paragraph = without_markup(&unescaped(paragraph));
            }
        }
        read
    }

    /// A paragraph without what a reader takes for markup.
    fn without_markup(paragraph: &str) -> String {
        let plain = paragraph.replace("**", "");
        // ` ** ` leaves two spaces, which a page shows as one.
        let plain = plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        plain.trim_start_matches(|c: char| c.is_whitespace() || "#*|>".contains(c)).to_owned()
    }

    /// A Markdown text without the backslashes that escape its punctuation.
    fn unescaped(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            if c != '\\' || !rest.peek().is_some_and(char::is_ascii_punctuation) {
                out.push(c);
            }
        }
        out
    }

    /// What is lost on a trip beyond `after_a_trip`, in each format; empty where nothing is.
    fn lost(report: &Report, part: fn(&Report, &Report) -> Vec<String>) -> Vec<String> {
        let expected = after_a_trip(report);
        let lost = |(format, write, read): &Format| {
            let read = as_written(read(&write(report)).report, &expected);
            part(&read, &expected).into_iter().map(|lost| format!("{format}: {lost}")).collect::<Vec<_>>()
        };
        FORMATS.iter().flat_map(lost).collect()
    }

    fn cells(read: &Report, expected: &Report) -> Vec<String> {
        let pairs = expected.cells().zip(read.cells()).filter(|(expected, read)| expected != read);
        pairs.map(|((path, expected), (_, read))| format!("{path}: {expected:?} was read as {read:?}")).collect()
    }

    /// Pages show a run of blanks as one.
    fn with_single_blanks(paragraphs: &[String]) -> Vec<String> {
        paragraphs.iter().map(|p| p.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")).collect()
    }

    fn prose(read: &Report, expected: &Report) -> Vec<String> {
        let differs = |section: &Section| {
            with_single_blanks(read.prose(*section)) != with_single_blanks(expected.prose(*section))
        };
        let show = |s: Section| format!("{}: {:?} was read as {:?}", s.id(), expected.prose(s), read.prose(s));
        Section::ALL.into_iter().filter(differs).map(show).collect()
    }

    fn header(read: &Report, expected: &Report) -> Vec<String> {
        let fields = Field::ALL.into_iter().map(|f| (f.id(), expected.header.get(f), read.header.get(f)));
        let differing = fields.filter(|(_, expected, read)| expected != read);
        differing.map(|(id, expected, read)| format!("{id}: {expected:?} was read as {read:?}")).collect()
    }

    #[test]
    fn samples() {
        for report in [reports::sample_2021(), reports::sample_2019()] {
            assert_eq!(lost(&report, cells), Vec::<String>::new());
        }
    }

    /// What is lost of the tables of the fixtures in a folder.
    fn lost_of(folder: &str) -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
        let texts = common::documents(&root).into_iter().filter(|d| d.path.extension() == Some("txt".as_ref()));
        let lost = |document: common::Document| {
            let report = xxgk::parse(&std::fs::read_to_string(&document.path).unwrap()).report;
            lost(&report, cells).into_iter().map(|lost| format!("{}: {lost}", document.name)).collect::<Vec<_>>()
        };
        texts.flat_map(lost).collect()
    }

    #[test]
    fn real_documents() {
        assert_eq!(lost_of("samples"), Vec::<String>::new());
        assert_eq!(lost_of("damaged"), Vec::<String>::new());
    }

    #[test]
    fn converted_pages() {
        assert_eq!(lost_of("pages"), Vec::<String>::new());
    }

    #[test]
    fn an_empty_column() {
        let mut report = reports::sample_2021();
        for row in report.requests.rows_mut() {
            row.total = Cell::Blank;
        }
        assert_eq!(lost(&report, cells), Vec::<String>::new());
    }

    #[test]
    fn an_empty_table_3() {
        let mut report = reports::sample_2021();
        for (path, _) in reports::sample_2021().cells().filter(|(path, _)| path.table == Table::Proceedings) {
            report.set(path, Cell::Blank).expect("a cell of the form");
        }
        assert_eq!(lost(&report, cells), Vec::<String>::new());
    }

    #[test]
    fn a_table_below_another_is_no_row_of_that() {
        // Of two small tables in Markdown, the line below the head of each looks like that of a frame.
        let rows = ["rules", "normative_documents", "licensing", "penalties", "coercion", "fees"];
        for (one, state) in rows.into_iter().flat_map(|row| [(row, Cell::Absent), (row, Cell::Blank)]) {
            for other in rows {
                let mut report = reports::sample_2021();
                for (path, _) in reports::sample_2021().cells().filter(|(path, _)| [one, other].contains(&path.row)) {
                    report
                        .set(path, if path.row == one { state.clone() } else { Cell::Absent })
                        .expect("a cell of the form");
                }
                assert_eq!(lost(&report, cells), Vec::<String>::new(), "{one} {other}");
            }
        }
    }

    #[test]
    fn a_bar_in_a_cell() {
        let mut report = reports::sample_2021();
        report.requests.carried_over.other = Cell::Unreadable { raw: "甲|乙".to_owned() };
        assert_eq!(lost(&report, cells), Vec::<String>::new());
    }

    #[test]
    fn headers_and_prose_of_samples() {
        for report in [reports::sample_2021(), reports::sample_2019()] {
            assert_eq!(lost(&report, header), Vec::<String>::new());
            assert_eq!(lost(&report, prose), Vec::<String>::new());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

        #[test]
        fn any_tables(report in reports::report()) {
            prop_assert_eq!(lost(&report, cells), Vec::<String>::new());
        }

        #[test]
        fn any_header(report in reports::report()) {
            prop_assert_eq!(lost(&report, header), Vec::<String>::new());
        }

        #[test]
        fn any_prose(report in reports::report()) {
            prop_assert_eq!(lost(&report, prose), Vec::<String>::new());
        }

        /// The first trip may infer figures, which the second reports, and with them withhold a row that could have lost a
        /// cell; after that, nothing changes any more.
        #[test]
        fn writing_is_stable(report in reports::report()) {
            for (_, write, read) in FORMATS {
                let first = write(&after_a_trip(&read(&write(&report)).report));
                let once = write(&read(&first).report);
                let twice = write(&read(&once).report);
                let changed = once.lines().zip(twice.lines()).find(|(a, b)| a != b);
                prop_assert_eq!(changed, None);
                prop_assert_eq!(once, twice);
            }
        }
    }
}
