//! In: the counts of a report. Out: findings on the equations of the form and on `newly_disclosed`.
//! It looks at one report alone.

use super::Figure;
use crate::diagnostic::{Code, Diagnostic, Particular, Subject, Sums};
use crate::form::{CellPath, Edition, Equation, Form, Rule, Table};
use crate::model::Report;

/// How an equation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// A figure is not known, and the blanks cannot all be zero.
    Open,
    /// It holds.
    Holds,
    /// It holds if the blanks are zero.
    HoldsWithBlanks,
    /// It does not hold.
    Fails { left: u128, right: u128 },
}

/// Checks every equation of the form.
pub(super) fn check(report: &Report, figures: &[Figure]) -> Vec<Diagnostic> {
    let form = report.edition.form();
    let mut findings = Vec::new();
    let mut named = vec![false; figures.len()];
    for equation in &form.equations {
        match verdict(equation, figures) {
            Verdict::Open | Verdict::Holds => {}
            Verdict::HoldsWithBlanks => findings.extend(blanks(form, equation, figures, &mut named)),
            Verdict::Fails { left, right } => findings.push(failure(form, equation, figures, left, right)),
        }
    }
    findings.extend(newly_disclosed(report.edition, figures));
    findings
}

fn verdict(equation: &Equation, figures: &[Figure]) -> Verdict {
    let cells = || equation.left.iter().chain(&equation.right).map(|cell| figures[*cell]);
    if cells().any(|figure| figure == Figure::Unknown) || !cells().any(|figure| figure.known().is_some()) {
        return Verdict::Open;
    }
    let (left, right) = (sum(&equation.left, figures), sum(&equation.right, figures));
    match (left == right, cells().any(|figure| figure == Figure::Empty)) {
        (true, false) => Verdict::Holds,
        (true, true) => Verdict::HoldsWithBlanks,
        (false, false) => Verdict::Fails { left, right },
        (false, true) => Verdict::Open,
    }
}

fn sum(cells: &[usize], figures: &[Figure]) -> u128 {
    cells.iter().filter_map(|cell| figures[*cell].known()).map(u128::from).sum()
}

const fn code(rule: Rule) -> Code {
    match rule {
        Rule::Balance => Code::Balance,
        Rule::OutcomesSum => Code::OutcomesSum,
        Rule::RowSum => Code::RowSum,
        Rule::ProceedingsSum => Code::ProceedingsSum,
    }
}

/// The cell of the total, which a finding on the equation is about.
fn total(form: &Form, equation: &Equation) -> CellPath {
    let side = if equation.rule == Rule::Balance { &equation.right } else { &equation.left };
    form.paths[side[0]]
}

fn sides(form: &Form, equation: &Equation, figures: &[Figure]) -> Sums {
    let paths = |cells: &[usize]| cells.iter().map(|cell| form.paths[*cell]).collect();
    Sums {
        left: paths(&equation.left),
        right: paths(&equation.right),
        left_sum: sum(&equation.left, figures),
        right_sum: sum(&equation.right, figures),
        suspect: None,
    }
}

/// A note on the blanks that must be zero for the equation to hold; none where each was named before, so that a report
/// that prints its zeros as blanks is not flooded.
fn blanks(form: &Form, equation: &Equation, figures: &[Figure], named: &mut [bool]) -> Option<Diagnostic> {
    let cells = equation.left.iter().chain(&equation.right).copied();
    let blanks: Vec<usize> = cells.filter(|cell| figures[*cell] == Figure::Empty).collect();
    if blanks.iter().all(|cell| named[*cell]) {
        return None;
    }
    for cell in &blanks {
        named[*cell] = true;
    }
    let in_a_row = matches!(equation.rule, Rule::RowSum | Rule::ProceedingsSum);
    let paths: Vec<CellPath> = blanks.iter().map(|cell| form.paths[*cell]).collect();
    let label =
        |path: &CellPath| form.find(*path).map_or("", |(row, column)| if in_a_row { column.label } else { row.label });
    let blank = Particular::Each {
        english: paths.iter().map(|p| if in_a_row { p.column } else { p.row }).collect::<Vec<_>>().join(", "),
        chinese: paths.iter().map(label).collect::<Vec<_>>().join("、"),
    };
    let mut note = Diagnostic::new(
        Code::BlankAsZero,
        Subject::Cell(total(form, equation)),
        vec![blank, Particular::Same(code(equation.rule).id().to_owned())],
    );
    note.sums = Some(Box::new(sides(form, equation, figures)));
    Some(note)
}

fn failure(form: &Form, equation: &Equation, figures: &[Figure], left: u128, right: u128) -> Diagnostic {
    let difference = left.abs_diff(right);
    let mut particulars: Vec<String> = Vec::new();
    if equation.rule == Rule::Balance {
        let value = |cell: &usize| figures[*cell].known().unwrap_or_default().to_string();
        for (cells, sum) in [(&equation.left, left), (&equation.right, right)] {
            particulars.extend(cells.iter().map(value).chain([sum.to_string()]));
        }
        particulars.push(difference.to_string());
    } else {
        particulars.extend([left, right, difference].map(|n| n.to_string()));
    }
    let mut finding = Diagnostic::new(code(equation.rule), Subject::Cell(total(form, equation)), particulars);
    let suspect = suspect(form, equation, figures).map(|(cell, value)| (form.paths[cell], value));
    finding.sums = Some(Box::new(Sums { suspect, ..sides(form, equation, figures) }));
    finding
}

/// The one cell of a failing equation that, changed alone, settles every equation that it stands in, and its figure
/// then; `None` where there is no such cell, or more than one.
fn suspect(form: &Form, equation: &Equation, figures: &[Figure]) -> Option<(usize, u64)> {
    let cells = equation.left.iter().chain(&equation.right).copied();
    let mut culprits = cells.filter_map(|cell| Some((cell, settling(form, equation, figures, cell)?)));
    culprits.next().filter(|_| culprits.next().is_none())
}

/// The figure with which a cell would settle the equation and every other one that it stands in.
fn settling(form: &Form, equation: &Equation, figures: &[Figure], cell: usize) -> Option<u64> {
    let value = u128::from(figures[cell].known()?);
    let (mut own, mut other) = (sum(&equation.left, figures), sum(&equation.right, figures));
    if equation.right.contains(&cell) {
        std::mem::swap(&mut own, &mut other);
    }
    let value = u64::try_from((value + other).checked_sub(own)?).ok()?;
    let mut changed = figures.to_vec();
    changed[cell] = Figure::Known(value);
    let settled = form.equations_of[cell].iter().map(|i| &form.equations[*i]).all(|equation| {
        match (verdict(equation, figures), verdict(equation, &changed)) {
            (_, Verdict::Fails { .. }) => false,
            (Verdict::HoldsWithBlanks, after) => after == Verdict::HoldsWithBlanks,
            _ => true,
        }
    });
    settled.then_some(value)
}

/// In the edition of 2019, no more can be newly disclosed than is disclosed in all.
fn newly_disclosed(edition: Edition, figures: &[Figure]) -> Vec<Diagnostic> {
    let form = edition.form();
    let at = |row, column| form.index(CellPath { table: Table::Disclosure, row, column });
    let finding = |row| {
        let (new, all) = (at(row, "newly_disclosed")?, at(row, "total_disclosed")?);
        let (left, right) = (figures[new].known()?, figures[all].known()?);
        if left <= right {
            return None;
        }
        let particulars = vec![left.to_string(), right.to_string()];
        let mut finding = Diagnostic::new(Code::NewlyDisclosed, Subject::Cell(form.paths[new]), particulars);
        finding.sums = Some(Box::new(Sums {
            left: vec![form.paths[new]],
            right: vec![form.paths[all]],
            left_sum: left.into(),
            right_sum: right.into(),
            suspect: None,
        }));
        Some(finding)
    };
    ["rules", "normative_documents"].into_iter().filter_map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::super::report as check;
    use super::*;
    use crate::model::{Cell, Value};

    fn zeros(edition: Edition) -> Report {
        let mut report = Report::new(edition);
        for path in &edition.form().paths {
            let _ = report.set(*path, Cell::from(Value::Count(0)));
        }
        report.sections = crate::form::Section::ALL.to_vec();
        report
    }

    fn set(report: &mut Report, path: &str, value: u64) {
        report.set(path.parse().unwrap(), Cell::from(Value::Count(value))).unwrap();
    }

    fn found(report: &Report) -> Vec<String> {
        check(report).iter().map(|f| format!("{} {}", f.code.id(), f.subject)).collect()
    }

    #[test]
    fn a_consistent_report_has_no_finding() {
        for edition in Edition::ALL {
            assert_eq!(found(&zeros(edition)), [""; 0]);
            assert_eq!(found(&Report::new(edition)), [""; 0]);
        }
    }

    #[test]
    fn a_slip_in_a_row_fails_its_row_and_its_column_and_is_the_suspect() {
        let mut report = zeros(Edition::V2021);
        set(&mut report, "requests/granted/business", 3);
        assert_eq!(
            found(&report),
            ["rule.row_sum requests/granted/total", "rule.outcomes_sum requests/outcomes_total/business"]
        );
        for finding in check(&report) {
            let sums = finding.sums.as_deref().unwrap();
            assert_eq!(sums.suspect, Some(("requests/granted/business".parse().unwrap(), 0)));
            assert_eq!(sums.left_sum.abs_diff(sums.right_sum), 3);
        }
    }

    #[test]
    fn a_slip_in_the_balance_names_both_sides() {
        let mut report = zeros(Edition::V2019);
        for column in ["other", "total"] {
            set(&mut report, &format!("requests/new_received/{column}"), 5);
        }
        let findings = check(&report);
        assert_eq!(
            found(&report),
            ["rule.balance requests/outcomes_total/other", "rule.balance requests/outcomes_total/total"]
        );
        assert!(findings[0].to_string().starts_with("5 + 0 = 5, but 0 + 0 = 0, a difference of 5"));
        assert_eq!(findings[0].sums.as_ref().unwrap().suspect, None, "two cells are wrong, not one");
    }

    #[test]
    fn what_is_unknown_is_not_checked() {
        let mut report = zeros(Edition::V2021);
        set(&mut report, "proceedings/direct_litigation/upheld", 4);
        report.proceedings.direct_litigation.pending = Cell::Unreadable { raw: "■".into() };
        assert_eq!(found(&report), [""; 0]);
    }

    #[test]
    fn blanks_are_zero_only_where_the_sum_then_holds() {
        let mut report = zeros(Edition::V2021);
        report.proceedings.direct_litigation.pending = Cell::Blank;
        report.proceedings.direct_litigation.other = Cell::NotApplicable;
        assert_eq!(found(&report), ["rule.blank_as_zero proceedings/direct_litigation/total"]);
        assert_eq!(
            check(&report)[0].to_string(),
            "The sum (rule.proceedings_sum) holds if the blank cells are zero: other, pending."
        );
        set(&mut report, "proceedings/direct_litigation/total", 1);
        assert_eq!(found(&report), [""; 0], "the blank may be the one");
    }

    #[test]
    fn each_blank_is_named_once_and_blank_rows_by_their_columns() {
        let mut report = zeros(Edition::V2021);
        for row in report.requests.outcomes.rows_mut() {
            row.cells_mut().into_iter().for_each(|cell| *cell = Cell::Blank);
        }
        let found = found(&report);
        assert_eq!(found.len(), 7, "{found:?}");
        assert!(found.iter().all(|f| f.starts_with("rule.blank_as_zero requests/outcomes_total/")), "{found:?}");
    }

    #[test]
    fn a_blank_beside_a_slip_hides_and_confounds_no_suspect() {
        // The row's own slip; the column that could tell has a blank, and holds if that is zero.
        let mut report = zeros(Edition::V2021);
        set(&mut report, "requests/granted/business", 3);
        report.requests.outcomes.not_processed.repeat.business = Cell::Blank;
        let suspect = |report: &Report| {
            let findings = check(report);
            let row = findings.iter().find(|f| f.code == Code::RowSum).expect("a finding on the row");
            row.sums.as_ref().unwrap().suspect.map(|(path, value)| (path.to_string(), value))
        };
        assert_eq!(suspect(&report), Some(("requests/granted/business".to_owned(), 0)));
        // The total's slip: that the business's figure were 3 would speak against a column that holds.
        set(&mut report, "requests/granted/business", 0);
        set(&mut report, "requests/granted/total", 3);
        assert_eq!(suspect(&report), Some(("requests/granted/total".to_owned(), 0)));
    }

    #[test]
    fn more_new_than_in_all_is_a_finding_of_the_trial_form() {
        let mut report = zeros(Edition::V2019);
        set(&mut report, "disclosure/rules/newly_disclosed", 4);
        set(&mut report, "disclosure/rules/total_disclosed", 3);
        set(&mut report, "disclosure/normative_documents/total_disclosed", 9);
        assert_eq!(found(&report), ["rule.newly_disclosed disclosure/rules/newly_disclosed"]);
    }

    #[test]
    fn the_greatest_figures_do_not_overflow() {
        let mut report = zeros(Edition::V2021);
        for path in &Edition::V2021.form().paths {
            let _ = report.set(*path, Cell::from(Value::Count(u64::MAX)));
        }
        assert!(check(&report).iter().all(|f| f.sums.as_ref().is_none_or(|s| s.suspect.is_none())));
        // Nor do those of the prose, nor years that no date has.
        let most = format!("{}件", u64::MAX);
        let received =
            format!("受理政府信息公开申请{most}，其中上年结转{most}、网上申请{most}、网上申请{most}，均已办结。");
        report.overview = vec![received, format!("0年结转{most}，65535年结转{most}，一千万万千百十万件。")];
        report.header.authority = Some("云溪市教育局".to_owned());
        report.header.issued = "2999-12-31".parse().ok();
        for year in [0, 1, u16::MAX] {
            report.header.year = Some(year);
            check(&report);
            let mut before = report.clone();
            before.header.year = year.checked_sub(1);
            crate::check::series(&[&report, &before]);
        }
    }
}
