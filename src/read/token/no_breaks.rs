//! In: the lines of a region. Out: whether no-break spaces stand between the figures of its rows as other spaces do, and on
//! which lines. Where they do not, one in a cell's place is an empty cell. It looks at no label.

use std::ops::Range;

use super::trim;
use crate::form::{APPLICANTS, RESULTS};
use crate::read::marks::{Marks, is_digit};

/// So many rows show it, each with as many figures as table 2 has columns: with an empty cell they would have more.
const LEAST_ROWS: usize = 3;

/// The longest run of no-break spaces between two figures of a whole row of table 2, of which there are enough; none elsewhere.
pub(super) fn widest(text: &str, lines: &[Range<usize>], marks: &[Marks]) -> usize {
    let candidates = lines.iter().zip(marks).filter(|(_, marks)| marks.has(Marks::NO_BREAK) && are_spaced(**marks));
    let rows = candidates.map(|(line, _)| figures(trim(&text[line.clone()])));
    let widths = rows.filter(|row| count(row) == APPLICANTS.len()).map(longest).filter(|width| *width > 0);
    let (rows, widest) = widths.fold((0, 0), |(rows, widest), width| (rows + 1, widest.max(width)));
    if rows < LEAST_ROWS { 0 } else { widest }
}

/// Whether no-break spaces part the words of this line, where their longest run between figures is `widest`: it is a whole
/// row, or they stand there as they do in whole rows.
pub(super) fn part(line: &str, widest: usize) -> bool {
    let line = trim(line);
    let whole = || [APPLICANTS.len(), 3 * RESULTS.len()].contains(&count(figures(line)));
    let glued = || !format!(" {line} ").contains(" \u{a0} ") && longest(line) <= widest;
    let outer = line.starts_with('\u{a0}') || line.ends_with('\u{a0}');
    widest > 0 && !outer && (whole() || glued())
}

/// Spaces alone part the fields of such a line.
fn are_spaced(marks: Marks) -> bool {
    !marks.has(Marks::TAB | Marks::BAR | Marks::STOP)
}

/// The figures and dashes at a line's end, with what stands between them.
fn figures(line: &str) -> &str {
    let is_of_row = |c: char| c.is_whitespace() || is_digit(c) || matches!(c, '/' | '-' | '—');
    line[line.trim_end_matches(is_of_row).len()..].trim()
}

fn count(row: &str) -> usize {
    row.split_whitespace().count()
}

/// The longest run of no-break spaces.
fn longest(text: &str) -> usize {
    text.split(|c| c != '\u{a0}').map(|run| run.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_whole_rows_show_it() {
        for (rows, expected) in [(LEAST_ROWS - 1, 0), (LEAST_ROWS, 2)] {
            let text =
                "总计\u{a0}1\u{a0}0\u{a0}\u{a0}0\u{a0} 0 0 0 1\n".repeat(rows) + "规章\u{a0}3\u{a0}\u{a0}\u{a0}9";
            let lines = crate::read::text::lines(&text);
            let marks: Vec<Marks> = lines.iter().map(|line| Marks::of(&text[line.clone()])).collect();
            assert_eq!(widest(&text, &lines, &marks), expected, "{rows}");
        }
    }

    #[test]
    fn wider_or_lone_ones_are_empty_cells_but_in_whole_rows() {
        for (line, parts) in [
            ("规章\u{a0}3\u{a0}0", true),
            ("规章\u{a0}3\u{a0}\u{a0}0", false),
            ("规章 3 \u{a0} 0", false),
            ("规章\u{a0}3\u{a0}", false),
            ("总计 1 \u{a0} 0\u{a0}\u{a0}0 0 0 0 1", true),
        ] {
            assert_eq!(part(line, 1), parts, "{line}");
            assert!(!part(line, 0), "{line}");
        }
    }
}
