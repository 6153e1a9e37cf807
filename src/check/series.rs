//! In: the reports of one authority on several years. Out: findings on what must agree from one year to the next.
//! It compares successive years only, and never guesses which of two reports on one year counts.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{Figure, figures};
use crate::diagnostic::{Code, Diagnostic, Particular, Subject, Sums};
use crate::form::{APPLICANTS, CellPath, Edition, Table};
use crate::model::{Field, Report};

/// Checks the reports of one authority against each other, in any order and with gaps: `carry` and `in_force` between
/// successive years. Each finding comes with the position, in `reports`, of the report that it is on, the later of the
/// two; findings are in the order of the years. Reports without a year are left out. Where two reports are on the same
/// year, each gets a finding that says so, and that year is compared with none.
///
/// # Examples
/// ```
/// use xxgk::{Cell, Edition, Report, check};
/// let report = |year, carried_over, carried_forward| {
///     let mut report = Report::new(Edition::V2021);
///     report.header.year = Some(year);
///     report.requests.carried_over.total = Cell::from(carried_over);
///     report.requests.carried_forward.total = Cell::from(carried_forward);
///     report
/// };
/// let (this, last) = (report(2023, 4, 0), report(2022, 0, 3));
/// let findings = check::series(&[&this, &last]);
/// assert_eq!(findings.len(), 1);
/// assert_eq!(findings[0].0, 0);
/// assert_eq!(
///     findings[0].1.to_string(),
///     "The report on 2022 carries 3 forward, but the report on 2023 carries 4 over, a difference of 1."
/// );
/// ```
pub fn series(reports: &[&Report]) -> Vec<(usize, Diagnostic)> {
    let mut years: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    for (i, report) in reports.iter().enumerate() {
        if let Some(year) = report.header.year {
            years.entry(year).or_default().push(i);
        }
    }
    let mut findings = Vec::new();
    for (year, on_year) in &years {
        if let [one] = on_year[..] {
            let before = year.checked_sub(1).and_then(|before| years.get(&before));
            if let Some([last]) = before.map(Vec::as_slice) {
                let pair = Pair { year: *year, last: reports[*last], this: reports[one] };
                findings.extend(pair.findings().into_iter().map(|finding| (one, finding)));
            }
            continue;
        }
        for report in on_year {
            let particulars = vec![on_year.len().to_string(), year.to_string()];
            findings.push((*report, Diagnostic::new(Code::SameYear, Subject::Field(Field::Year), particulars)));
        }
    }
    findings
}

/// Two successive reports of one authority.
struct Pair<'a> {
    year: u16,
    last: &'a Report,
    this: &'a Report,
}

impl Pair<'_> {
    fn findings(&self) -> Vec<Diagnostic> {
        let (last, this) = (figures(self.last), figures(self.this));
        let mut findings = self.carry(&last, &this);
        if self.last.edition == Edition::V2021 && self.this.edition == Edition::V2021 {
            let rows = ["rules", "normative_documents"];
            findings.extend(rows.into_iter().filter_map(|row| self.in_force(row, &last, &this)));
        }
        findings
    }

    /// What last year carried forward is what this year carried over, in each column.
    fn carry(&self, last: &[Figure], this: &[Figure]) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut blank = Vec::new();
        for column in APPLICANTS {
            let path = |row| CellPath { table: Table::Requests, row, column: column.id };
            let (from, to) = (path("carried_forward"), path("carried_over"));
            match (figure(self.last, last, from), figure(self.this, this, to)) {
                (Figure::Known(left), Figure::Known(right)) if left != right => {
                    findings.push(self.carry_fails(from, to, left, right));
                }
                (Figure::Empty, Figure::Known(0)) | (Figure::Known(0), Figure::Empty) => blank.push(column),
                _ => {}
            }
        }
        if !blank.is_empty() {
            let names = Particular::Each {
                english: blank.iter().map(|c| c.id).collect::<Vec<_>>().join(", "),
                chinese: blank.iter().map(|c| c.label).collect::<Vec<_>>().join("、"),
            };
            let particulars = vec![names, Particular::Same(Code::Carry.id().to_owned())];
            let subject = Subject::Row(Table::Requests, "carried_over");
            findings.push(Diagnostic::new(Code::BlankAsZero, subject, particulars));
        }
        findings
    }

    fn carry_fails(&self, from: CellPath, to: CellPath, left: u64, right: u64) -> Diagnostic {
        let numbers = [u64::from(self.year) - 1, left, u64::from(self.year), right, left.abs_diff(right)];
        let particulars = numbers.iter().map(u64::to_string).collect();
        let mut finding = Diagnostic::new(Code::Carry, Subject::Cell(to), particulars);
        finding.sums = Some(Box::new(Sums {
            left: vec![from],
            right: vec![to],
            left_sum: left.into(),
            right_sum: right.into(),
            suspect: None,
        }));
        finding
    }

    /// What was in force last year, and what this year added and took away, is what is in force.
    fn in_force(&self, row: &'static str, last: &[Figure], this: &[Figure]) -> Option<Diagnostic> {
        let path = |column| CellPath { table: Table::Disclosure, row, column };
        let known = |column| figure(self.this, this, path(column)).known().map(i128::from);
        let before = i128::from(figure(self.last, last, path("in_force")).known()?);
        let (issued, repealed, in_force) = (known("issued")?, known("repealed")?, known("in_force")?);
        let expected = before + issued - repealed;
        if expected == in_force {
            return None;
        }
        let year = i128::from(self.year);
        let numbers = [year - 1, before, issued, repealed, expected, year, in_force];
        let particulars = numbers.iter().map(i128::to_string).collect();
        Some(Diagnostic::new(Code::InForce, Subject::Cell(path("in_force")), particulars))
    }
}

fn figure(report: &Report, figures: &[Figure], path: CellPath) -> Figure {
    report.edition.form().index(path).and_then(|i| figures.get(i)).copied().unwrap_or(Figure::Unknown)
}

/// Sorts reports by their authority, for [`series`]: the positions of the reports of each, in the order in which they
/// first come. Reports that name no authority are left out. Names that are equal by [`authority_key`] are the same;
/// of two others `same` decides, which is given their keys.
///
/// # Examples
/// ```
/// use xxgk::{Edition, Report, check};
/// let report = |authority: &str| {
///     let mut report = Report::new(Edition::V2021);
///     report.header.authority = Some(authority.to_owned());
///     report
/// };
/// let (full, spaced, short) = (report("山东省济南市医疗保障局"), report("济南市 医疗保障局"), report("医疗保障局"));
/// let reports = [&full, &spaced, &short];
/// assert_eq!(check::group(&reports, |_, _| false), [vec![0], vec![1], vec![2]]);
/// // Here a province in front makes no difference; which names mean the same is for the caller to know.
/// let same = |a: &str, b: &str| a.strip_prefix("山东省") == Some(b) || b.strip_prefix("山东省") == Some(a);
/// assert_eq!(check::group(&reports, same), [vec![0, 1], vec![2]]);
/// ```
pub fn group(reports: &[&Report], same: impl Fn(&str, &str) -> bool) -> Vec<Vec<usize>> {
    let mut names: Vec<(String, usize)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (i, report) in reports.iter().enumerate() {
        let Some(authority) = &report.header.authority else { continue };
        let key = authority_key(authority);
        let at = known.get(&key).copied().unwrap_or_else(|| {
            let like = names.iter().find(|(name, _)| same(name, &key)).map(|(_, at)| *at);
            let at = like.unwrap_or(groups.len());
            names.push((key.clone(), at));
            known.insert(key, at);
            at
        });
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push(i);
    }
    groups
}

/// An authority's name without what carries no meaning in it: spaces, punctuation, full-width forms.
///
/// # Examples
/// ```
/// use xxgk::check::authority_key;
/// assert_eq!(authority_key("济南市　医疗保障局"), authority_key("济南市医疗保障局"));
/// assert_ne!(authority_key("山东省医疗保障局"), authority_key("济南市医疗保障局"));
/// ```
pub fn authority_key(authority: &str) -> String {
    authority.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Disclosure};

    fn report(year: u16, over: u64, forward: u64) -> Report {
        let mut report = Report::new(Edition::V2021);
        report.header.year = Some(year);
        report.requests.carried_over.total = Cell::from(over);
        report.requests.carried_forward.total = Cell::from(forward);
        report
    }

    fn found(reports: &[&Report]) -> Vec<String> {
        series(reports).iter().map(|(i, f)| format!("{i} {} {}", f.code.id(), f.subject)).collect()
    }

    #[test]
    fn only_successive_years_are_compared_in_any_order() {
        let (a, b, d) = (report(2020, 0, 1), report(2021, 1, 2), report(2023, 7, 0));
        assert_eq!(found(&[&d, &b, &a]), [""; 0]);
        let c = report(2022, 3, 7);
        assert_eq!(found(&[&d, &c, &a, &b]), ["1 rule.carry requests/carried_over/total"]);
    }

    #[test]
    fn two_reports_on_one_year_are_named_and_not_compared() {
        let (a, b, c) = (report(2021, 0, 1), report(2022, 5, 2), report(2022, 1, 2));
        let d = report(2023, 9, 0);
        assert_eq!(found(&[&a, &b, &c, &d]), ["1 rule.same_year header/year", "2 rule.same_year header/year"]);
        let first = &series(&[&b, &c])[0].1;
        assert!(first.to_string().starts_with("2 reports of this authority are on 2022"));
    }

    #[test]
    fn a_blank_carries_zero_or_nothing() {
        let (a, mut b) = (report(2021, 0, 0), report(2022, 5, 2));
        b.requests.carried_over.total = Cell::Blank;
        assert_eq!(found(&[&a, &b]), ["1 rule.blank_as_zero requests/carried_over"]);
        assert_eq!(found(&[&report(2021, 0, 3), &b]), [""; 0]);
    }

    #[test]
    fn documents_in_force_follow_from_the_year_before() {
        let with = |year, figures: [u64; 3]| {
            let mut report = report(year, 0, 0);
            if let Disclosure::V2021(d) = &mut report.disclosure {
                let n = &mut d.normative_documents;
                [n.issued, n.repealed, n.in_force] = figures.map(Cell::from);
            }
            report
        };
        let last = with(2022, [1, 1, 10]);
        assert_eq!(found(&[&last, &with(2023, [3, 2, 11])]), [""; 0]);
        let this = with(2023, [3, 20, 11]);
        assert_eq!(found(&[&last, &this]), ["1 rule.in_force disclosure/normative_documents/in_force"]);
        assert!(series(&[&last, &this])[0].1.to_string().starts_with(
            "By the report on 2022, 10 + 3 − 20 = -7 should be in force, but the report on 2023 prints 11"
        ));
    }

    #[test]
    fn reports_without_a_year_or_an_authority_are_left_out() {
        let (mut a, b) = (report(2022, 0, 1), report(2023, 2, 0));
        assert_eq!(group(&[&a, &b], |_, _| true), Vec::<Vec<usize>>::new());
        a.header.year = None;
        assert_eq!(found(&[&a, &b]), [""; 0]);
    }
}
