//! In: the input. Out: its lines as byte ranges. Where a program wrote the text into a string, the two characters `\` and
//! `n` end a line too. It copies nothing and normalises nothing.

use std::ops::Range;

/// The most lines of a text that are read: a hundred times those of the longest report.
pub(crate) const MAX_LINES: usize = 1 << 21;

/// The lines of a text as byte ranges, without their line breaks. `\n`, `\r\n`, `\r`, and form feeds (the page breaks of
/// PDF converters) end a line.
pub(crate) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::with_capacity((text.len() / 24).min(MAX_LINES));
    let mut start = 0;
    let bytes = text.as_bytes();
    // Most documents have line feeds alone.
    let mut others = memchr::memchr2_iter(b'\r', b'\x0c', bytes);
    let mut other = others.next().unwrap_or(usize::MAX);
    for end in memchr::memchr_iter(b'\n', bytes).chain([text.len()]) {
        while other < end && lines.len() < MAX_LINES {
            lines.push(start..other);
            start = other + 1;
            other = others.next().unwrap_or(usize::MAX);
        }
        if lines.len() == MAX_LINES {
            break;
        }
        // `\r\n` ended a line already.
        if start < end || end == bytes.len() || !bytes[..end].ends_with(b"\r") {
            lines.push(start..end);
        }
        start = end + 1;
    }
    if text.len() / lines.len().max(1) < LONG_LINES { lines } else { unescaped(text, lines) }
}

/// In lines that are so long on average, line breaks may be escaped.
const LONG_LINES: usize = 1 << 10;
/// So many `\\n` are line breaks.
const LEAST_BREAKS: usize = 16;

/// The lines, cut at `\\n` or `\\r\\n` where there are many: so programs write a text into a string.
fn unescaped(text: &str, lines: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let breaks = || memchr::memmem::find_iter(text.as_bytes(), b"\\n");
    if breaks().nth(LEAST_BREAKS - 1).is_none() {
        return lines;
    }
    let (mut cut, mut breaks) = (Vec::with_capacity(lines.len()), breaks().peekable());
    for line in lines {
        let mut start = line.start;
        while cut.len() < MAX_LINES
            && let Some(at) = breaks.next_if(|at| *at < line.end)
        {
            let content = &text[start..at];
            cut.push(start..start + content.strip_suffix("\\r").unwrap_or(content).len());
            start = at + 2;
        }
        if cut.len() == MAX_LINES {
            break;
        }
        cut.push(start..line.end);
    }
    cut
}

/// As much of a text as fits into so many bytes.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let ends = bytes.saturating_sub(3)..=bytes;
    ends.rev().find_map(|end| text.get(..end)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_break_ends_one_line() {
        let text = "a\nb\r\nc\rd\x0ce\n";
        let lines: Vec<&str> = lines(text).into_iter().map(|l| &text[l]).collect();
        assert_eq!(lines, ["a", "b", "c", "d", "e", ""]);
    }

    #[test]
    fn so_many_lines_with_escaped_breaks_are_read_and_no_rest_is_one() {
        for (breaks, limits) in [(MAX_LINES - 1, 0), (MAX_LINES, 1)] {
            let text = "\\n".repeat(breaks) + "规章";
            let lines = lines(&text);
            assert_eq!(lines.len(), MAX_LINES);
            assert_eq!(lines.last().is_some_and(|last| &text[last.clone()] == "规章"), limits == 0);
            let said = crate::parse(&text).diagnostics.iter().filter(|d| d.code == crate::Code::Limit).count();
            assert_eq!(said, limits, "{breaks}");
        }
    }

    #[test]
    fn so_many_escaped_breaks_in_lines_so_long_end_lines() {
        let text = |line: usize, breaks: usize| format!("{}{}", "a".repeat(line - 2 * breaks), "\\n".repeat(breaks));
        assert_eq!(lines(&text(LONG_LINES, LEAST_BREAKS)).len(), LEAST_BREAKS + 1);
        assert_eq!(lines(&text(LONG_LINES, LEAST_BREAKS - 1)).len(), 1);
        assert_eq!(lines(&text(LONG_LINES - 1, LEAST_BREAKS)).len(), 1);
        let text = text(LONG_LINES, LEAST_BREAKS).replace("\\n", "\\r\\n");
        let read: Vec<&str> = lines(&text).into_iter().map(|line| &text[line]).collect();
        assert_eq!(read.concat(), "a".repeat(LONG_LINES - 2 * LEAST_BREAKS));
    }
}
