//! In: a line. Out: the ranges of its fields or words, by what stands between them. It looks at no content.

use std::ops::Range;

use crate::read::marks::{Marks, SEPARATORS, is_bar};

/// Whether rows have this one of [`SEPARATORS`] between their fields: straight between a label and a figure, in three rows
/// at least. Of several on one line those count whose figure it closes, too.
pub(super) fn separates(text: &str, lines: &[Range<usize>], marks: &[Marks], separator: usize) -> bool {
    let mark = Marks::SEPARATOR << separator;
    let separator = SEPARATORS[separator];
    let rows = |line: &str| {
        let glued = |at: usize| {
            let (front, behind) = (&line[..at], &line[at + separator.len_utf8()..]);
            // Lists have spaces behind their commas, and each field between marks.
            let (front, behind) = match front.strip_suffix(MARKS) {
                Some(front) => (front, behind.trim_start_matches(' ').trim_start_matches(MARKS)),
                None => (front, behind),
            };
            let before = front.chars().next_back().unwrap_or(' ');
            let after = behind.chars().next().unwrap_or(' ');
            (matches!(before, '\u{2E80}'..='\u{9FFF}') || "）)”\"".contains(before))
                && (after.is_ascii_digit() || after == separator || "/+-?？■#\"".contains(after))
        };
        let closed = |at: &usize| {
            let behind = &line[at + separator.len_utf8()..];
            let figure = behind.trim_start_matches(|c: char| c.is_ascii_digit());
            figure.len() < behind.len() && figure.starts_with(separator)
        };
        let mut labels = line.match_indices(separator).map(|(at, _)| at).filter(|at| glued(*at));
        labels.next().map_or(0, |_| 1 + labels.filter(closed).take(2).count())
    };
    let with_mark = lines.iter().zip(marks).filter(|(_, m)| m.has(mark) && !m.has(Marks::TAB | Marks::STOP));
    let no_bars = |line: &str, marks: &Marks| !marks.has(Marks::BAR) || !line.contains(['|', '│']);
    let mut least = 3;
    with_mark.filter(|(l, m)| no_bars(&text[(*l).clone()], m)).any(|(line, _)| {
        least -= rows(&text[line.clone()]).min(least);
        least == 0
    })
}

/// So many rows show that two tabs stand between all cells.
const LEAST_ROWS: usize = 3;

/// Whether cells are parted by two tabs each, as resiliparse parts them: one alone stands nowhere.
pub(super) fn has_double_tabs(text: &str, lines: &[Range<usize>], marks: &[Marks]) -> bool {
    let mut rows = 0;
    let mut with_tabs = lines.iter().zip(marks).filter(|(_, m)| m.has(Marks::TAB));
    let doubled = with_tabs.all(|(line, _)| {
        let mut runs = 0;
        let of_tabs = text[line.clone()].as_bytes().chunk_by(|a, b| (*a == b'\t') == (*b == b'\t'));
        let even = of_tabs.filter(|run| run[0] == b'\t').inspect(|_| runs += 1).all(|run| run.len() % 2 == 0);
        rows += usize::from(runs > 1);
        even
    });
    doubled && rows >= LEAST_ROWS
}

/// The ranges between separators; spaces at their ends included. `find` tells where the first separator from a byte on
/// begins, and how many bytes it has.
pub(super) fn split(
    text: &str,
    range: Range<usize>,
    find: impl Fn(&str, usize) -> Option<(usize, usize)>,
) -> impl Iterator<Item = Range<usize>> {
    let (text, first) = (&text[range.clone()], range.start);
    let mut rest = Some(0);
    std::iter::from_fn(move || {
        let start = rest.take()?;
        let Some((at, width)) = find(text, start) else { return Some(first + start..first + text.len()) };
        rest = Some(at + width);
        Some(first + start..first + at)
    })
}

/// The words between white space, each with the number of spaces before it.
pub(super) fn words(
    text: &str,
    range: Range<usize>,
    is_space: fn(char) -> bool,
) -> impl Iterator<Item = (usize, Range<usize>)> {
    let (text, first) = (&text[range.clone()], range.start);
    let (mut at, mut spaces) = (0, 0);
    std::iter::from_fn(move || {
        while at < text.len() {
            // A converter that keeps the layout prints hundreds of spaces.
            let run = text.as_bytes()[at..].iter().take_while(|b| **b == b' ').count();
            (at, spaces) = (at + run, spaces + run);
            let (start, before) = (at, spaces);
            let (end, width) = find_space(text, start, is_space).unwrap_or((text.len(), 0));
            (at, spaces) = (end + width, before + 1);
            if end > start {
                return Some((before, first + start..first + end));
            }
        }
        None
    })
}

/// The first byte from `start` on that may begin what is looked for and, when looked at more closely, does.
fn find(
    text: &str,
    start: usize,
    may_begin: impl Fn(u8) -> bool,
    length: impl Fn(usize) -> Option<usize>,
) -> Option<(usize, usize)> {
    let mut at = start;
    loop {
        at += text.as_bytes()[at..].iter().position(|b| may_begin(*b))?;
        if let Some(length) = length(at) {
            return Some((at, length));
        }
        at += 1;
    }
}

/// The first tab, or the first two side by side.
pub(super) fn find_tab(text: &str, start: usize, doubled: bool) -> Option<(usize, usize)> {
    let tab = find_byte(text, start, b'\t');
    if doubled { tab.map(|(at, _)| (at, 2)) } else { tab }
}

pub(super) fn find_byte(text: &str, start: usize, byte: u8) -> Option<(usize, usize)> {
    // Most fields have few bytes.
    text.as_bytes()[start..].iter().position(|b| *b == byte).map(|at| (start + at, 1))
}

/// The first white space. No common character begins like one that is not of ASCII.
fn find_space(text: &str, start: usize, is_space: fn(char) -> bool) -> Option<(usize, usize)> {
    const MAY_BEGIN: [bool; 256] = {
        let mut may_begin = [false; 256];
        let mut b = 0;
        while b < 256 {
            may_begin[b] = matches!(b as u8, b' ' | b'\t'..=b'\r' | 0xC2 | 0xE1..=0xE3);
            b += 1;
        }
        may_begin
    };
    let length = |at: usize| {
        let ascii = text.as_bytes()[at].is_ascii().then_some(1);
        ascii.or_else(|| text[at..].chars().next().filter(|c| is_space(*c)).map(char::len_utf8))
    };
    find(text, start, |b| MAY_BEGIN[usize::from(b)], length)
}

/// The first bar. Markdown escapes a bar that is part of a cell.
pub(super) fn find_bar(text: &str, start: usize, wide: bool) -> Option<(usize, usize)> {
    let length = |at: usize| {
        let bar = text[at..].chars().next().filter(|c| is_bar(*c))?;
        (!text[start..at].ends_with('\\')).then_some(bar.len_utf8())
    };
    find(text, start, |b| b == b'|' || wide && matches!(b, 0xE2 | 0xEF), length)
}

/// The first `<br>` of a text, which Markdown keeps in its cells.
pub(super) fn find_break(text: &str, start: usize) -> Option<(usize, usize)> {
    let length =
        |at: usize| ["<br>", "<br/>", "<br />", "<BR>"].into_iter().find(|b| text[at..].starts_with(b)).map(str::len);
    find(text, start, |b| b == b'<', length)
}

/// The ranges between separators, of which those within quotation marks at a field's ends are none; without the marks, and
/// without the brackets in which programs print a list.
pub(super) fn quoted(text: &str, range: Range<usize>, separator: char) -> Vec<Range<usize>> {
    let range = within_brackets(text, range);
    let mut fields = Vec::new();
    let (mut start, mut mark) = (range.start, None);
    let mut end_field = |start: usize, end: usize| {
        let field = text[start..end].trim_ascii_end();
        let marked = field.len() > 1 && MARKS.iter().any(|mark| field.starts_with(*mark) && field.ends_with(*mark));
        fields.push(if marked { start + 1..start + field.len() - 1 } else { start..end });
    };
    for (i, c) in text[range.clone()].char_indices() {
        let at = range.start + i;
        if at == start && c == ' ' {
            start += 1;
        } else if at == start && MARKS.contains(&c) {
            mark = Some(c);
        } else if mark == Some(c) {
            mark = mark.filter(|mark| text[at + 1..range.end].starts_with(*mark));
        } else if c == separator && mark.is_none() {
            end_field(start, at);
            start = at + c.len_utf8();
        }
    }
    end_field(start, range.end);
    fields
}

/// Quotation marks around a field.
const MARKS: [char; 2] = ['"', '\''];

/// A line without the brackets of a list, if it has them at both ends: `['规章', '0'],`.
fn within_brackets(text: &str, range: Range<usize>) -> Range<usize> {
    let line = &text[range.clone()];
    let begin = line.trim_start_matches([' ', '[']);
    let within = begin.trim_end_matches([' ', ',', ']']);
    let listed = line.trim_start().starts_with('[') && line.trim_end_matches([' ', ',']).ends_with(']');
    if listed { range.end - begin.len()..range.end - begin.len() + within.len() } else { range }
}
