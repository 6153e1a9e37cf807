//! In: lines of LaTeX, which is how some programs that recognise tables put them out. Out: its rows, each in one range, and
//! what the commands around a field hold. It knows no command by its name.

use std::ops::Range;

use super::MOST_LINES;
use crate::read::marks::Marks;

/// So many commands stand around a field's content: `\multicolumn`, `\multirow` and a group.
const MOST_COMMANDS: usize = 4;

/// A row of LaTeX goes on to its end, `\\`, on the next lines.
pub(super) fn rows(text: &str, lines: &[Range<usize>], marks: &[Marks]) -> (Vec<Range<usize>>, Vec<Marks>) {
    let ends = |i: &usize| text[lines[*i].clone()].contains("\\\\");
    let is_latex = (0..lines.len()).any(|at| marks[at].has(Marks::LATEX) && ends(&at));
    let (mut rows, mut of_rows) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
    let mut at = 0;
    while at < lines.len() {
        let begins = marks[at].has(Marks::LATEX) || is_latex && ends(&at);
        let end = |at: usize| (at..lines.len()).take(MOST_LINES).find(ends);
        let last = if begins { end(at).unwrap_or(at) } else { at };
        rows.push(lines[at].start..lines[last].end);
        let all = marks[at..=last].iter().fold(0, |all, marks| all | marks.0);
        of_rows.push(Marks(if begins { all | Marks::LATEX } else { all }));
        at = last + 1;
    }
    (rows, of_rows)
}

/// What the last arguments of the commands that make up a field hold: `\multicolumn{3}{c|}{125}`, `{125}`.
pub(super) fn argument(text: &str, field: Range<usize>) -> Range<usize> {
    (0..MOST_COMMANDS).fold(field, |field, _| last_group(text, &field).unwrap_or(field))
}

fn last_group(text: &str, field: &Range<usize>) -> Option<Range<usize>> {
    let content = text[field.clone()].trim_ascii();
    let within = content.strip_suffix('}').filter(|c| c.starts_with(['\\', '{']))?;
    let mut open = 1;
    let begins = within.bytes().rposition(|b| {
        open += i32::from(b == b'}') - i32::from(b == b'{');
        open == 0
    })?;
    let start = field.end - text[field.clone()].trim_ascii_start().len();
    Some(start + begins + 1..start + within.len())
}
