//! In: the input. Out: its lines with their bytes.
//! It copies nothing and normalises nothing.

use std::ops::Range;

/// The lines of a text as byte ranges, without their line breaks. `\n`, `\r\n`, `\r`, and form feeds (the page breaks of
/// PDF converters) end a line.
pub(crate) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::with_capacity(text.len() / 24);
    let bytes = text.as_bytes();
    let mut start = 0;
    for (i, byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' if i > 0 && bytes[i - 1] == b'\r' => start = i + 1,
            b'\n' | b'\r' | b'\x0c' => {
                lines.push(start..i);
                start = i + 1;
            }
            _ => {}
        }
    }
    lines.push(start..text.len());
    lines
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
