//! The checks on generated reports, spoilt ones, and, where they lie beside the crate, the samples and the corpus.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::Value as Json;
use xxgk::{Cell, CellPath, Code, Diagnostic, Edition, Language, Report, Section, Severity, Table, Value, check};

fn put(report: &mut Report, path: CellPath, value: u64) {
    report.set(path, Cell::from(Value::Count(value))).unwrap();
}

fn count(report: &Report, path: CellPath) -> u64 {
    let Some(Value::Count(value)) = report.get(path).and_then(|cell| cell.value().cloned()) else { return 0 };
    value
}

/// A report in which everything adds up, from any figures.
fn consistent(edition: Edition, figures: &[u32]) -> Report {
    let mut report = Report::new(edition);
    report.sections = Section::ALL.to_vec();
    let mut figures = figures.iter().cycle().map(|n| u64::from(*n));
    let mut next = || figures.next().unwrap_or(0);
    let mut sums = [0_u64; 7];
    for row in report.requests.outcomes.rows_mut() {
        fill(row.cells_mut(), &mut next);
        for (sum, cell) in sums.iter_mut().zip(row.cells()) {
            *sum += cell.value().copied().unwrap_or(0);
        }
    }
    let requests = &mut report.requests;
    requests.outcomes_total.cells_mut().into_iter().zip(sums).for_each(|(cell, sum)| *cell = Cell::from(sum));
    fill(requests.carried_over.cells_mut(), &mut next);
    // What was carried over and not answered is carried forward: the balance holds with what is new.
    let mut new = [0; 7];
    for (i, new) in new.iter_mut().enumerate().take(6) {
        let over = requests.carried_over.cells()[i].value().copied().unwrap_or(0);
        *new = sums[i].saturating_sub(over);
        *requests.carried_forward.cells_mut()[i] = Cell::from(*new + over - sums[i]);
        *requests.new_received.cells_mut()[i] = Cell::from(*new);
    }
    requests.new_received.total = Cell::from(requests.new_received.sum().unwrap_or(0));
    requests.carried_forward.total = Cell::from(requests.carried_forward.sum().unwrap_or(0));
    for kind in report.proceedings.rows_mut() {
        fill(kind.cells_mut(), &mut next);
    }
    report
}

/// Fills a row, its total last.
fn fill<const N: usize>(cells: [&mut Cell<u64>; N], next: &mut impl FnMut() -> u64) {
    let mut sum = 0;
    for (i, cell) in cells.into_iter().enumerate() {
        let value = if i + 1 == N { sum } else { next() };
        sum += value;
        *cell = Cell::from(value);
    }
}

fn errors(report: &Report) -> Vec<Diagnostic> {
    check::report(report).into_iter().filter(|f| f.severity() == Severity::Error).collect()
}

/// The cells of table 2 and table 3.
fn summed(edition: Edition) -> Vec<CellPath> {
    edition.form().paths.iter().copied().filter(|p| p.table != Table::Disclosure).collect()
}

fn any_report() -> impl Strategy<Value = Report> {
    let figure = prop_oneof![3 => Just(0_u32), 2 => 0..20_u32, 1 => any::<u32>()];
    (prop::bool::ANY, prop::collection::vec(figure, 1..180))
        .prop_map(|(new, figures)| consistent(Edition::ALL[usize::from(new)], &figures))
}

proptest! {
    #[test]
    fn a_consistent_report_has_no_error(report in any_report()) {
        prop_assert_eq!(errors(&report), vec![]);
    }

    #[test]
    fn one_spoilt_figure_is_found(report in any_report(), at in any::<prop::sample::Index>(), by in 1..500_u64) {
        let mut report = report;
        let path = *at.get(&summed(report.edition));
        let right = count(&report, path);
        put(&mut report, path, right + by);
        let errors = errors(&report);
        prop_assert!(!errors.is_empty());
        for finding in &errors {
            let sums = finding.sums.as_ref().unwrap();
            prop_assert!(sums.left.contains(&path) || sums.right.contains(&path));
            prop_assert_eq!(sums.left_sum.abs_diff(sums.right_sum), u128::from(by));
            // A kind of proceeding stands in one sum alone, and any of its figures could be the one.
            if path.table == Table::Requests {
                prop_assert_eq!(sums.suspect, Some((path, right)));
            } else {
                prop_assert_eq!(sums.suspect, None);
            }
        }
    }

    #[test]
    fn two_spoilt_figures_are_found(
        report in any_report(), at in any::<[prop::sample::Index; 2]>(), by in any::<[u16; 2]>()
    ) {
        let mut report = report;
        let paths = summed(report.edition);
        let (one, other) = (*at[0].get(&paths), *at[1].get(&paths));
        // Two figures of one sum can make up for each other only in table 3.
        prop_assume!(one != other && one.table == Table::Requests);
        for (path, by) in [(one, by[0]), (other, by[1])] {
            let value = count(&report, path);
            put(&mut report, path, value + u64::from(by) + 1);
        }
        prop_assert!(!errors(&report).is_empty());
    }

    #[test]
    fn no_report_makes_it_panic(values in prop::collection::vec(any::<u64>(), 200), text in "\\PC*") {
        for edition in Edition::ALL {
            let mut report = Report::new(edition);
            for (path, value) in edition.form().paths.iter().zip(&values) {
                let _ = report.set(*path, Cell::from(Value::Count(*value)));
            }
            report.header.year = Some(values[0] as u16);
            report.overview = vec![text.clone(), format!("收到申请{}件，{text}", values[1])];
            for finding in check::report(&report) {
                prop_assert!(!finding.to_string().is_empty());
            }
            let next = Report { header: xxgk::Header { year: Some((values[0] as u16).wrapping_add(1)), ..report.header.clone() }, ..report.clone() };
            check::series(&[&next, &report, &next]);
        }
    }
}

/// The documents of a folder beside the crate, with their truth; none where it is not there.
fn truths(folder: &str) -> Vec<(PathBuf, Json)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let read = |path: PathBuf| {
        let truth = std::fs::read_to_string(path.join("truth.json")).ok()?;
        Some((path, serde_json::from_str(&truth).unwrap()))
    };
    entries.filter_map(|entry| read(entry.unwrap().path())).collect()
}

/// The report that a truth describes, with the figures that the office got wrong.
fn report_of(truth: &Json) -> Report {
    let edition = if truth["edition"] == "2019" { Edition::V2019 } else { Edition::V2021 };
    let mut report = Report::new(edition);
    report.sections = Section::ALL.to_vec();
    for path in &edition.form().paths {
        let figure = &truth[path.table.id()][path.row][path.column];
        let slip = truth["damage"]["printed_slips"][path.to_string()].as_str().and_then(|s| s.parse().ok());
        if let Some(value) = slip.or(figure.as_u64()) {
            // Changes and amounts of money stand in no rule.
            let _ = report.set(*path, Cell::from(Value::Count(value)));
        }
    }
    let header = &truth["header"];
    let date = |json: &Json| json.as_str().and_then(|date| date.parse().ok());
    report.header.authority = header["authority"].as_str().map(str::to_owned);
    report.header.year = header["year"].as_u64().map(|year| year as u16);
    report.header.period.start = date(&header["period"]["start"]);
    report.header.period.end = date(&header["period"]["end"]);
    report.header.issued = date(&header["issued"]);
    let paragraphs = truth["narrative"]["overview"].as_array().into_iter().flatten();
    report.overview = paragraphs.filter_map(|p| p.as_str().map(str::to_owned)).collect();
    report
}

#[test]
fn undamaged_documents_have_no_error_and_slips_have_one() {
    for (path, truth) in ["corpus/pages", "corpus/messy", "corpus/glued", "samples"].into_iter().flat_map(truths) {
        let report = report_of(&truth);
        let findings = check::report(&report);
        let slips: BTreeSet<&str> =
            truth["damage"]["slips"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        for slip in &slips {
            let slip: CellPath = slip.parse().unwrap();
            let found = findings.iter().any(|f| {
                let on = f.subject.to_string();
                let aside = on.starts_with(&format!("{}/{}/", slip.table.id(), slip.row)) || on.ends_with(slip.column);
                f.severity() == Severity::Error
                    && aside
                    && f.sums.as_ref().is_some_and(|s| s.suspect.is_some_and(|s| s.0 == slip))
            });
            assert!(found, "{}: {slip} in {findings:?}", path.display());
        }
        for finding in findings {
            let expected = !slips.is_empty() && finding.severity() == Severity::Error;
            assert!(expected || finding.code == Code::NewlyDisclosed, "{}: {finding}", path.display());
        }
    }
}

#[test]
fn the_prose_of_the_samples_agrees_with_their_tables() {
    for (path, truth) in truths("samples") {
        let mut report = report_of(&truth);
        let text = std::fs::read_to_string(path.join("document.txt")).unwrap();
        report.overview = text.lines().map(str::to_owned).collect();
        let findings: Vec<_> = check::report(&report).iter().map(ToString::to_string).collect();
        assert_eq!(findings, [""; 0], "{}", path.display());
    }
}

#[test]
fn what_is_read_has_no_false_finding_and_every_finding_on_a_figure_has_its_place() {
    for (folder, truth) in ["corpus/pages", "corpus/messy", "corpus/glued", "samples"].into_iter().flat_map(truths) {
        let slips = truth["damage"]["slips"].as_array().is_some_and(|slips| !slips.is_empty());
        let texts = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        for path in texts.filter(|path| path.extension().is_some_and(|e| e == "txt")) {
            let text = std::fs::read_to_string(&path).unwrap();
            for finding in xxgk::parse(&text).findings() {
                let suspect = finding.code == Code::Narrative || finding.severity() == Severity::Error;
                assert!(slips || !suspect, "{}: {}", path.display(), finding.render(&text, Language::English));
                assert!(finding.place.is_some() || finding.sums.is_none(), "{}: {finding}", path.display());
            }
        }
    }
}
