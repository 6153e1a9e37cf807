//! In: a report. Out: findings on its period, its date of issue and its sections.
//! It looks at no table.

use crate::diagnostic::{Code, Diagnostic, Particular, Subject};
use crate::form::Section;
use crate::model::{Date, Field, Report};

/// The statistical period is the report's calendar year.
pub(super) fn period(report: &Report) -> Option<Diagnostic> {
    let (year, period) = (report.header.year?, &report.header.period);
    let (start, end) = (period.start?, period.end?);
    let field = match (Some(start) == Date::new(year, 1, 1), Some(end) == Date::new(year, 12, 31)) {
        (true, true) => return None,
        (false, _) => Field::PeriodStart,
        (true, false) => Field::PeriodEnd,
    };
    let particulars = [start.to_string(), end.to_string(), year.to_string()];
    Some(Diagnostic::new(Code::PeriodRule, Subject::Field(field), particulars.to_vec()))
}

/// Whose deadline article 49 sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    /// A department of a people's government: 31 January.
    Department,
    /// A people's government: 31 March.
    Government,
}

impl Due {
    /// By the authority's name. Only what is a department by its name has the earlier deadline: the general office of a
    /// government publishes the government's own report, and for townships, subdistricts and the committees of
    /// development zones article 49 names no day of their own.
    fn of(authority: &str) -> Self {
        let name: String = authority.chars().filter(|c| !c.is_whitespace()).collect();
        let department = ["局", "厅", "委员会", "委"].iter().any(|end| name.ends_with(end));
        let government = ["人民政府办公厅", "政府办公厅", "管理委员会", "管委", "居民委员会", "村民委员会"]
            .iter()
            .any(|end| name.ends_with(end));
        if department && !government { Due::Department } else { Due::Government }
    }

    fn date(self, year: u16) -> Option<Date> {
        let month = if self == Due::Department { 1 } else { 3 };
        Date::new(year.checked_add(1)?, month, 31)
    }

    fn name(self) -> Particular {
        let (english, chinese) = match self {
            Due::Department => ("the report of a department", "县级以上人民政府部门"),
            Due::Government => ("a people's government's own report", "县级以上地方人民政府"),
        };
        Particular::Each { english: english.to_owned(), chinese: chinese.to_owned() }
    }
}

/// The report is out in time.
pub(super) fn deadline(report: &Report) -> Option<Diagnostic> {
    let header = &report.header;
    let due = Due::of(header.authority.as_ref()?);
    let (issued, last) = (header.issued?, due.date(header.year?)?);
    let particulars = vec![issued.to_string().into(), due.name(), last.to_string().into()];
    (issued > last).then(|| Diagnostic::new(Code::Deadline, Subject::Field(Field::Issued), particulars))
}

/// The six sections are there, once each, in order.
pub(super) fn sections(report: &Report) -> Option<Diagnostic> {
    if report.sections == Section::ALL {
        return None;
    }
    let list = |name: fn(Section) -> &'static str, separator, none: &str| {
        let names: Vec<_> = report.sections.iter().map(|s| name(*s)).collect();
        if names.is_empty() { none.to_owned() } else { names.join(separator) }
    };
    let sections =
        Particular::Each { english: list(Section::id, ", ", "none"), chinese: list(Section::title, "，", "无") };
    Some(Diagnostic::new(Code::Sections, Subject::Document, vec![sections]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::form::Edition;

    fn report(authority: &str, issued: &str) -> Report {
        let mut report = Report::new(Edition::V2021);
        report.header.authority = Some(authority.to_owned());
        report.header.year = Some(2023);
        report.header.issued = issued.parse().ok();
        report
    }

    #[test]
    fn departments_have_until_january_and_governments_until_march() {
        for (authority, issued, late) in [
            ("济南市医疗保障局", "2024-01-31", false),
            ("济南市医疗保障局", "2024-02-01", true),
            ("平川旗发展和改革委员会", "2024-02-20", true),
            ("东岳省教育 厅", "2024-03-01", true),
            ("东岳省人民政府办公厅", "2024-03-31", false),
            ("临河区人民政府", "2024-03-31", false),
            ("临河区人民政府", "2024-04-01", true),
            ("石桥镇人民政府", "2024-03-05", false),
            ("南湖街道办事处", "2024-03-05", false),
            ("高新技术产业开发区管理委员会", "2024-03-05", false),
            ("济南市医疗保障局", "2023-12-28", false),
        ] {
            assert_eq!(deadline(&report(authority, issued)).is_some(), late, "{authority} {issued}");
        }
        let finding = deadline(&report("六安市医疗保障局", "2024-03-01")).unwrap();
        assert_eq!(
            finding.message(Language::Chinese),
            "报告落款日期为2024-03-01；按《条例》第四十九条，县级以上人民政府部门应于2024-01-31前发布。"
        );
    }

    #[test]
    fn what_the_header_leaves_out_is_not_checked() {
        let mut report = report("六安市医疗保障局", "");
        assert_eq!(deadline(&report), None);
        report.header.period.start = Date::new(2022, 1, 1);
        assert_eq!(period(&report), None);
    }

    #[test]
    fn the_period_is_the_year() {
        let mut report = report("六安市医疗保障局", "");
        let mut subject = |start: &str, end: &str| {
            report.header.period.start = start.parse().ok();
            report.header.period.end = end.parse().ok();
            period(&report).map(|f| f.subject)
        };
        assert_eq!(subject("2023-01-01", "2023-12-31"), None);
        assert_eq!(subject("2022-01-01", "2022-12-31"), Some(Subject::Field(Field::PeriodStart)));
        assert_eq!(subject("2023-01-01", "2023-12-30"), Some(Subject::Field(Field::PeriodEnd)));
    }

    #[test]
    fn all_six_sections_in_order() {
        let mut report = report("六安市医疗保障局", "");
        report.sections = Section::ALL.to_vec();
        assert_eq!(sections(&report), None);
        report.sections.swap(4, 5);
        assert!(sections(&report).unwrap().to_string().contains("proceedings, other_matters, problems;"));
        report.sections.clear();
        assert!(sections(&report).unwrap().to_string().contains("sections are none;"));
    }
}
