//! In: the blocks of the form. Out: Markdown with pipe tables.
//! Pipe tables have no merged cells: a merged cell stands in its first place, and the others that it covers are empty.

use super::layout::{Block, Merged, blocks};
use crate::model::Report;

/// The report as Markdown in the prescribed form: `#` and `##` titles, pipe tables.
///
/// What it cannot carry is listed [above](self#what-reads-back). A backslash before punctuation is taken for an escape that
/// is already there: converters to Markdown leave them in the text.
///
/// # Examples
/// ```
/// use xxgk::{Cell, Edition, Report};
/// let mut report = Report::new(Edition::V2021);
/// report.header.title = Some("某局*年度报告".to_owned());
/// report.requests.outcomes_total.total = Cell::from(4);
/// let markdown = xxgk::write::markdown(&report);
/// assert!(markdown.starts_with("# 某局\\*年度报告\n"));
/// assert!(markdown.contains("\n| 三、本年度办理结果 | （七）总计 |  |  |  |  |  |  |  | 4 |\n"));
/// ```
pub fn markdown(report: &Report) -> String {
    let blocks: Vec<String> = blocks(report).into_iter().map(block).collect();
    blocks.join("\n")
}

fn block(block: Block) -> String {
    match block {
        Block::Title(text) => format!("# {}\n", escaped(&text)),
        Block::Heading(text) => format!("## {}\n", escaped(&text)),
        Block::Paragraph(text) | Block::Signature(text) => escaped(&text) + "\n",
        Block::Table(rows) => table(&rows),
    }
}

fn table(rows: &[Vec<Merged>]) -> String {
    let mut lines: Vec<String> = grid(rows).iter().map(|fields| format!("| {} |\n", fields.join(" | "))).collect();
    let width = rows.first().map_or(0, |row| row.iter().map(|cell| cell.columns).sum());
    lines.insert(1, format!("|{}\n", " --- |".repeat(width)));
    lines.concat()
}

/// The table with a field for every place.
fn grid(rows: &[Vec<Merged>]) -> Vec<Vec<String>> {
    let width: usize = rows.first().map_or(0, |row| row.iter().map(|cell| cell.columns).sum());
    // How many more rows each place is covered from above.
    let mut covered = vec![0_usize; width];
    let mut grid = Vec::with_capacity(rows.len());
    for row in rows {
        let mut fields = vec![String::new(); width];
        let mut free: Vec<usize> = (0..width).filter(|i| covered[*i] == 0).rev().collect();
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        for cell in row {
            for i in 0..cell.columns {
                let Some(place) = free.pop() else { break };
                covered[place] = cell.rows - 1;
                if i == 0 {
                    fields[place] = escaped(&cell.text);
                }
            }
        }
        grid.push(fields);
    }
    grid
}

/// What Markdown takes for markup anywhere in a line.
const MARKUP: &str = "`*[]<&~|#";
/// What it takes for markup at the beginning of a line.
const LEADING: &str = "-+=>";

/// A line's text with Markdown's markup escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let inside_word = before.is_some_and(char::is_alphanumeric) && rest.peek().is_some_and(|c| c.is_alphanumeric());
        let marks = match c {
            '_' => !inside_word,
            // `1. ` and `1) ` open a list.
            '.' | ')' => is_number(&out) && rest.peek().is_none_or(|c| c.is_whitespace()),
            _ => MARKUP.contains(c) || (before.is_none() && LEADING.contains(c)),
        };
        if marks && before != Some('\\') {
            out.push('\\');
        }
        out.push(c);
        // The second of two backslashes escapes nothing.
        before = Some(if c == '\\' && before == Some('\\') { ' ' } else { c });
    }
    out
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::escaped;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// The text that a Markdown reader shows, where it finds one paragraph and nothing else.
    fn shown(markdown: &str) -> Option<String> {
        let mut text = String::new();
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Text(t) => text.push_str(&t),
                Event::Start(tag) if tag != pulldown_cmark::Tag::Paragraph => return None,
                Event::Start(_) | Event::End(_) => {}
                _ => return None,
            }
        }
        Some(text)
    }

    #[test]
    fn markup_is_shown_as_it_is() {
        for text in [
            "# 一级标题",
            "- 4 -",
            "1. 加强",
            "12) 加强",
            "***",
            "---",
            "> 引用",
            "| 甲 | 乙 |",
            "<b>粗</b> &amp; `代码`",
            "[链接](http://a)",
            "a_b@c.cn _斜体_ **粗**",
            "~~~",
            "~~删~~",
            "C:\\目录",
            "=",
            "结尾\\",
        ] {
            assert_eq!(shown(&escaped(text)).as_deref(), Some(text), "{}", escaped(text));
        }
    }

    proptest! {
        #[test]
        fn escaping_is_invisible_and_done_once(text in "[一二1.)（ *_`#|<>&~\\[\\]!=+-]{1,12}") {
            let text = text.trim();
            prop_assume!(!text.is_empty());
            prop_assert_eq!(shown(&escaped(text)), Some(text.to_owned()));
            prop_assert_eq!(escaped(&escaped(text)), escaped(text));
        }
    }
}
