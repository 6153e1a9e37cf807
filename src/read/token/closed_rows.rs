//! In: lines of tables with as many bars in each row. Out: their rows, each in one range, where a converter printed what is in
//! an empty cell as a line break: `carried over | 2 | 2 |`, `|`, `| 4 |`. It knows no label.

use std::ops::Range;

use super::MOST_LINES;
use crate::read::figure::{Word, word};
use crate::read::marks::{Marks, is_bar, is_space};

/// Joins the lines of each row that has fewer bars than the one before it, and with those of the next lines as many; the last
/// row of a table may lack those that fill it up.
pub(super) fn rows(text: &str, lines: &[Range<usize>], marks: &[Marks]) -> (Vec<Range<usize>>, Vec<Marks>) {
    let bars = |at: usize| text[lines[at].clone()].chars().filter(|c| is_bar(*c)).count();
    let is_row = |at: usize| marks[at].has(Marks::BAR) && text[lines[at].clone()].trim_ascii_end().ends_with(is_bar);
    let (mut rows, mut of_rows) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
    let (mut at, mut width) = (0, 0);
    while at < lines.len() {
        let mut last = at;
        if !is_row(at) {
            width = 0;
        } else if width == 0 {
            width = bars(at);
        } else {
            let mut all = bars(at);
            // Escaped line breaks are no white space.
            let breaks = |next: usize| text[lines[next - 1].end..lines[next].start].trim_ascii().is_empty();
            let goes_on = |next: usize| next < lines.len() && next - at < MOST_LINES && is_row(next) && breaks(next);
            while all < width && goes_on(last + 1) && is_rest(&text[lines[last + 1].clone()]) {
                last += 1;
                all += bars(last);
            }
            let ends = last + 1 == lines.len() || !is_row(last + 1);
            if all != width && !(ends && all < width) {
                last = at;
            }
        }
        rows.push(lines[at].start..lines[last].end);
        of_rows.push(Marks(marks[at..=last].iter().fold(0, |all, marks| all | marks.0)));
        at = last + 1;
    }
    (rows, of_rows)
}

/// Whether a line is what stands behind an empty cell: it begins with a bar, and holds no text.
fn is_rest(line: &str) -> bool {
    let words = || line.split(|c| is_bar(c) || is_space(c)).filter(|word| !word.is_empty());
    line.starts_with(is_bar) && words().all(|w| !matches!(word(w), Word::Text))
}
