//! In: lines of LaTeX, which is how some programs that recognise tables put them out. Out: its rows, each in one range, and
//! what the commands around a field hold. It looks at no figure.

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

/// What a field holds within the commands around it: `\multicolumn{3}{c|}{\textbf{125}}`, `{125}`.
pub(super) fn argument(text: &str, field: Range<usize>) -> Range<usize> {
    (0..MOST_COMMANDS).fold(field, |field, _| last_argument(text, &field).unwrap_or(field))
}

/// The last argument of the command that a field consists of. `{1}{2}` is none: these may be digits of one figure.
fn last_argument(text: &str, field: &Range<usize>) -> Option<Range<usize>> {
    let content = text[field.clone()].trim_ascii();
    let name = content.strip_prefix('\\').unwrap_or("");
    let arguments = name.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let count = if name.starts_with("multi") { 3 } else { 1 };
    let mut rest = if name.is_empty() { content } else { arguments };
    let mut last = "";
    for _ in 0..count {
        (last, rest) = group(rest)?;
    }
    let end = field.end - (text[field.clone()].len() - text[field.clone()].trim_ascii_end().len()) - 1;
    rest.is_empty().then(|| end - last.len()..end)
}

/// What stands in the braces with which a text begins, and what behind them.
fn group(text: &str) -> Option<(&str, &str)> {
    let within = text.strip_prefix('{')?;
    let mut open = 1;
    let end = within.bytes().position(|b| {
        open += i32::from(b == b'{') - i32::from(b == b'}');
        open == 0
    })?;
    Some((&within[..end], &within[end + 1..]))
}
