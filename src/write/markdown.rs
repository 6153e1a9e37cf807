//! In: the blocks of the form. Out: Markdown with pipe tables.
//! Pipe tables have no merged cells: a merged cell stands in its first place, and the others that it covers are empty.

use super::layout::{Block, Merged, blocks, grid};
use crate::model::Report;

/// The report as Markdown in the prescribed form: `#` and `##` titles, pipe tables.
///
/// What it cannot carry is listed [above](super#what-reads-back). A backslash before punctuation is taken for an escape that
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
/// assert!(markdown.contains("\n| 三、本年度办理结果 | （七）总计 |  | \u{a0} | "));
/// assert!(markdown.contains(" | \u{a0} | 4 |\n"));
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
    let grid = grid(rows);
    let line = |fields: &Vec<&str>| {
        let fields: Vec<String> = fields.iter().map(|text| inline(text)).collect();
        format!("| {} |\n", fields.join(" | "))
    };
    let mut lines: Vec<String> = grid.iter().map(line).collect();
    lines.insert(1, format!("|{}\n", " --- |".repeat(grid[0].len())));
    lines.concat()
}

/// What Markdown takes for markup anywhere in a line.
const MARKUP: &str = "`*[]<&~|#";
/// What it takes for markup at the beginning of a line.
const LEADING: &str = "-+=>";

/// The text of a line, with Markdown's markup escaped.
fn escaped(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let opens_list = |rest: &str| {
        // `1. ` and `1) ` open a list.
        rest.strip_prefix(['.', ')']).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    if text.starts_with(|c| LEADING.contains(c)) || (digits > 0 && opens_list(rest)) {
        format!("{number}\\{}", inline(rest))
    } else {
        inline(text)
    }
}

/// The text of a cell, or of a part of a line, with Markdown's markup escaped.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let inside_word = before.is_some_and(char::is_alphanumeric) && rest.peek().is_some_and(|c| c.is_alphanumeric());
        let marks = if c == '_' { !inside_word } else { MARKUP.contains(c) };
        if marks && before != Some('\\') {
            out.push('\\');
        }
        out.push(c);
        // The second of two backslashes escapes nothing.
        before = Some(if c == '\\' && before == Some('\\') { ' ' } else { c });
    }
    out
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
