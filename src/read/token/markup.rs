//! In: a field. Out: what it holds within the marks that the program which wrote it put around it: what fills it up, the end
//! of its line, tags, attributes. What it holds is not looked at.

use std::ops::Range;

/// So many marks stand around a field's content.
const MOST_MARKS: usize = 8;

/// Elements that show what they hold as a cell's content. Not what is struck out, nor a note's raised number.
const SHOWN: [&str; 9] = ["span", "font", "b", "strong", "i", "em", "u", "p", "div"];

/// In the attributes of what is not shown so.
const UNSEEN: [&str; 5] = ["display", "visibility", "hidden", "through", "vertical"];

/// What a field holds: `54____`, `12\\`, `12 +`, `<span lang="EN-US">12</span>`, `[12]{lang="EN-US"}`.
pub(super) fn content(text: &str, mut field: Range<usize>) -> Range<usize> {
    for _ in 0..MOST_MARKS {
        let content = text[field.clone()].trim_ascii();
        let Some((before, behind)) = marks(content) else { break };
        let start = field.end - text[field].trim_ascii_start().len();
        field = start + before..start + content.len() - behind;
    }
    field
}

/// How many bytes of a field's content are marks at its begin and at its end.
fn marks(content: &str) -> Option<(usize, usize)> {
    match content.as_bytes() {
        b"_" => None,
        [.., b'_'] | [b'_', b'_', ..] => {
            let plain = content.trim_start_matches('_');
            Some((content.len() - plain.len(), plain.len() - plain.trim_end_matches('_').len()))
        }
        // So org mode ends a line within its cell, and AsciiDoc.
        [.., b'\\', b'\\'] | [.., b' ', b'+'] => Some((0, 2)),
        [b'<', .., b'>'] => tags(content),
        [b'[', .., b'}'] => {
            let (within, attributes) = content[1..content.len() - 1].split_once("]{")?;
            let is_one = !within.contains(['[', ']']) && !attributes.contains(['{', '}']);
            (is_one && is_shown(attributes)).then_some((1, attributes.len() + "]{}".len()))
        }
        _ => None,
    }
}

/// The tags of the one element that a text is. Digits of two elements may be those of one figure.
fn tags(content: &str) -> Option<(usize, usize)> {
    let (begin, rest) = content.split_once('>')?;
    let name = begin[1..].split(' ').next().filter(|name| SHOWN.contains(name))?;
    let end = ["</", name, ">"].concat();
    let within = rest.strip_suffix(&end)?;
    let mut open = 1;
    let is_one = within.match_indices('<').all(|(at, _)| {
        open += if within[at..].starts_with("</") { -1 } else { 1 };
        open > 0
    });
    (is_one && is_shown(begin)).then_some((begin.len() + 1, end.len()))
}

fn is_shown(attributes: &str) -> bool {
    let attributes = attributes.to_ascii_lowercase();
    !UNSEEN.iter().any(|unseen| attributes.contains(unseen))
}
