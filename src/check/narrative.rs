//! In: the prose of a report and its counts. Out: findings where a figure that the prose states is not the table's.
//! It compares only what the prose says outright, and only where no sentence of the prose agrees with the table.

use super::Figure;
use super::claims::{Claim, ClaimKind, claims_of_year};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::form::{CellPath, Section, Table};
use crate::model::Report;

/// What ends a sentence.
const FULL_STOPS: [char; 4] = ['。', '！', '？', '\n'];

/// Compares the claims of all three sections of prose with the tables.
pub(super) fn check(report: &Report, figures: &[Figure]) -> Vec<Diagnostic> {
    let text = Section::ALL.map(|section| running_text(report.prose(section))).join("\n");
    let mut claims = Vec::new();
    for sentence in text.split(FULL_STOPS) {
        let stated = claims_of_year(sentence, report.header.year).into_iter().filter(|claim| !claim.derived);
        claims.extend(stated.map(|claim| (claim, sentence)));
    }
    ClaimKind::ALL.iter().filter_map(|kind| compare(report, figures, *kind, &claims)).collect()
}

/// The paragraphs as running text. Converters of PDFs break a sentence over lines; what does not end as a sentence does
/// goes on in the next line.
fn running_text(paragraphs: &[String]) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        text.push_str(paragraph);
        let goes_on = paragraph.chars().last().is_some_and(|c| c.is_alphanumeric() || "，、,（(".contains(c));
        if !goes_on {
            text.push('\n');
        }
    }
    text
}

fn compare(report: &Report, figures: &[Figure], kind: ClaimKind, claims: &[(Claim, &str)]) -> Option<Diagnostic> {
    let table = sum(report, figures, kind)?;
    let mut of_kind = claims.iter().filter(|(claim, _)| claim.kind == kind);
    // What is said to be received may be all that was at hand, last year's included (`全年共收到申请35件`).
    let at_hand = (kind == ClaimKind::NewRequests).then(|| sum(report, figures, ClaimKind::CarriedOver)).flatten();
    let at_hand = at_hand.map(|carried| table + carried);
    let holds = |claim: &Claim, sentence: &str| {
        let value = u128::from(claim.value);
        value == table || (Some(value) == at_hand && !sentence.contains('新'))
    };
    if of_kind.clone().any(|(claim, sentence)| holds(claim, sentence)) {
        return None;
    }
    let (claim, sentence) = of_kind.next()?;
    let particulars = vec![claim.value.to_string(), quote(sentence, claim), table.to_string()];
    Some(Diagnostic::new(Code::Narrative, Subject::Cell(*cells(kind).first()?), particulars))
}

/// What the table says, where it has all its figures.
fn sum(report: &Report, figures: &[Figure], kind: ClaimKind) -> Option<u128> {
    let figure = |cell: CellPath| figures[report.edition.form().index(cell)?].known().map(u128::from);
    cells(kind).into_iter().map(figure).sum()
}

/// The cells whose sum the claim is about.
fn cells(kind: ClaimKind) -> Vec<CellPath> {
    let requests = |row| vec![CellPath { table: Table::Requests, row, column: "total" }];
    let proceedings = |rows: &[&'static str]| {
        rows.iter().map(|row| CellPath { table: Table::Proceedings, row, column: "total" }).collect()
    };
    let documents = |column| vec![CellPath { table: Table::Disclosure, row: "normative_documents", column }];
    match kind {
        ClaimKind::NewRequests => requests("new_received"),
        ClaimKind::CarriedOver => requests("carried_over"),
        ClaimKind::Answered => requests("outcomes_total"),
        ClaimKind::CarriedForward => requests("carried_forward"),
        ClaimKind::Reconsiderations => proceedings(&["reconsideration"]),
        ClaimKind::Litigations => proceedings(&["direct_litigation", "litigation_after_reconsideration"]),
        ClaimKind::NormativeIssued => documents("issued"),
        ClaimKind::NormativeRepealed => documents("repealed"),
        ClaimKind::NormativeInForce => documents("in_force"),
    }
}

/// The most characters of a sentence that a finding quotes before the claim.
const QUOTED_BEFORE: usize = 24;

/// The claim with what leads up to it.
fn quote(sentence: &str, claim: &Claim) -> String {
    let (before, claimed) = (&sentence[..claim.range.start], &sentence[claim.range.clone()]);
    let start = before.char_indices().rev().nth(QUOTED_BEFORE - 1).map_or(0, |(i, _)| i);
    let ellipsis = if start > 0 { "…" } else { "" };
    format!("{ellipsis}{}{claimed}", before[start..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::super::report as check_report;
    use super::*;
    use crate::form::Edition;
    use crate::model::Cell;

    fn report(overview: &[&str], new: u64, answered: u64) -> Report {
        let mut report = Report::new(Edition::V2021);
        report.sections = crate::form::Section::ALL.to_vec();
        report.header.year = Some(2023);
        report.overview = overview.iter().map(ToString::to_string).collect();
        report.requests.new_received.total = Cell::from(new);
        report.requests.outcomes_total.total = Cell::from(answered);
        report
    }

    #[test]
    fn another_figure_in_the_prose_is_a_finding() {
        let report = report(&["（二）依申请公开。2023年共收到政府信息公开申请12件，办结11件。"], 13, 11);
        let findings = check_report(&report);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].subject.to_string(), "requests/new_received/total");
        assert_eq!(findings[0].to_string(), "The text says 12 (2023年共收到政府信息公开申请12件), the table 13.");
    }

    #[test]
    fn all_sections_of_prose_are_compared_each_by_itself() {
        let stated = "全年收到政府信息公开申请12件。".to_owned();
        for section in [Section::Overview, Section::Problems, Section::OtherMatters] {
            let mut report = report(&["工作平稳。"], 13, 11);
            report.prose_mut(section).unwrap().push(stated.clone());
            assert_eq!(check_report(&report).len(), 1, "{section:?}");
            report.requests.new_received.total = Cell::from(12);
            assert_eq!(check_report(&report), [], "{section:?}");
        }
        // No sentence goes on in the next section.
        let mut report = report(&["全年收到政府信息公开申请"], 13, 11);
        report.problems = vec!["12件".to_owned()];
        assert_eq!(check_report(&report), []);
    }

    #[test]
    fn what_was_carried_over_may_be_counted_as_received() {
        let finds = |sentence: &str, carried| {
            let mut report = report(&[sentence], 33, 35);
            report.requests.carried_over.total = Cell::from(carried);
            check_report(&report).iter().filter(|finding| finding.code == Code::Narrative).count()
        };
        assert_eq!(finds("2023年共收到政府信息公开申请35件。", 2), 0);
        assert_eq!(finds("2023年共收到政府信息公开申请35件。", 1), 1);
        assert_eq!(finds("2023年新收政府信息公开申请35件。", 2), 1);
    }

    #[test]
    fn a_sentence_broken_over_lines_is_one() {
        let report = report(&["2023年共收到政府信息公开", "申请12件，已办结", "10件。"], 12, 11);
        assert_eq!(check_report(&report).len(), 1);
    }

    #[test]
    fn figures_of_another_year_are_not_compared() {
        assert_eq!(check_report(&report(&["2022年收到政府信息公开申请9件。"], 12, 11)), []);
        assert_eq!(check_report(&report(&["2023年收到政府信息公开申请9件。"], 12, 11)).len(), 1);
        // A year to compare with is not the year of the figures behind it.
        let compared = "全年收到政府信息公开申请12件，较2022年增加3件，办结10件。";
        assert_eq!(check_report(&report(&[compared], 12, 11)).len(), 1);
    }

    #[test]
    fn that_all_were_answered_is_said_after_the_year_and_not_compared() {
        // luan-2023: 受理依申请公开4件，均已依法依规按时办结, while the table carries two forward.
        assert_eq!(check_report(&report(&["2023年共受理依申请公开4件，均已依法依规按时办结。"], 4, 2)), []);
    }

    #[test]
    fn one_sentence_that_agrees_is_enough() {
        let overview = ["收到政府信息公开申请12件。", "县医院收到政府信息公开申请3件。"];
        assert_eq!(check_report(&report(&overview, 12, 11)), []);
    }

    #[test]
    fn a_long_sentence_is_quoted_from_so_many_characters_before_its_figure() {
        for (length, ellipsis) in [(QUOTED_BEFORE, ""), (QUOTED_BEFORE + 1, "…")] {
            let lead = "收到政府信息公开申请";
            let sentence =
                format!("{}{lead}12件。", "全年".repeat(length).chars().take(length - 10).collect::<String>());
            let said = check_report(&report(&[&sentence], 13, 11))[0].to_string();
            let quoted: String = sentence.chars().skip(length - QUOTED_BEFORE).collect();
            let quoted = quoted.trim_end_matches('。');
            assert_eq!(said, format!("The text says 12 ({ellipsis}{quoted}), the table 13."));
        }
    }
}
