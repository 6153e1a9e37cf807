//! In: the input. Out: its lines with their bytes.
//! It copies nothing and normalises nothing.

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
    lines
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
}
