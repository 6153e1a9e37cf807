//! In: the lines of the region with tables. Out: the same, with lines cut between the rows of a list, and a line on which rows
//! follow each other without a space (`数量801000081二、上年结转…0000000（一）予以公开`) before each label that touches a figure and
//! before the row of table 3.
//! It tells no figures apart but an item's number from the figure before it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::fold::folded;
use super::text::beginning;
use crate::form::{APPLICANTS_HEAD, BALANCE_NOTE, CONTENT_HEAD, Edition, RESULTS, Table};

/// So many rows on one line show that it runs on.
const LEAST_ROWS: usize = 3;
/// So many bytes hold the longest label, and so many the beginning of the shortest.
const MOST_BYTES: usize = 160;
const FEW_BYTES: usize = 6;
const CHUNK: usize = 128;

/// With these words rows begin, folded: their labels, with their numbers or those of their groups, and the heads of tables.
static BEGINNINGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut beginnings = BTreeSet::from([BALANCE_NOTE, APPLICANTS_HEAD, CONTENT_HEAD].map(folded));
    for edition in Edition::ALL {
        for row in Table::ALL.into_iter().flat_map(|table| edition.form().rows(table)) {
            let own = [row.label].into_iter().chain(row.variants.iter().copied());
            beginnings.extend(own.map(|label| folded(&format!("{}{label}", row.number))));
            beginnings.extend(row.groups.iter().map(|group| folded(group)));
        }
    }
    beginnings.into_iter().collect()
});

/// Cuts the lines that run on.
pub(super) fn cut_rows<'l>(text: &str, lines: &'l [Range<usize>], region: &Range<usize>) -> Cow<'l, [Range<usize>]> {
    let first = lines.partition_point(|line| line.end < region.start);
    let mut cut: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for (i, line) in lines.iter().enumerate().skip(first).take_while(|(_, line)| line.start < region.end) {
        let places = places(text, line);
        if places.len() < LEAST_ROWS {
            continue;
        }
        cut.extend_from_slice(&lines[from..i]);
        let starts = [line.start].into_iter().chain(places.iter().copied());
        cut.extend(starts.zip(places.iter().copied().chain([line.end])).map(|(start, end)| start..end));
        from = i + 1;
    }
    if from == 0 {
        return Cow::Borrowed(lines);
    }
    cut.extend_from_slice(&lines[from..]);
    Cow::Owned(cut)
}

/// Where rows begin straight behind figures, or figures behind the heads of table 3, or the rows of a list.
fn places(text: &str, line: &Range<usize>) -> Vec<usize> {
    if line.len() < MOST_BYTES {
        return Vec::new();
    }
    let content = &text[line.clone()];
    let bytes = content.as_bytes();
    let rows = |between: &'static str| memmem::find_iter(bytes, between).map(|at| line.start + at + 2);
    let is_list = |between: &&'static str| rows(between).nth(LEAST_ROWS - 1).is_some();
    if bytes.contains(&b'[')
        && let Some(between) = ["], [", "],["].into_iter().find(is_list)
    {
        return rows(between).collect();
    }
    // On most lines hardly anything touches a figure.
    if touches(bytes) + 1 < LEAST_ROWS || content.contains(['\t', '|']) {
        return Vec::new();
    }
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let mut places = Vec::new();
    for at in 1..bytes.len() {
        let place = match (digit(bytes.get(at - 1)), digit(bytes.get(at))) {
            (true, false) => beginning_of_row(content, at),
            (false, true) if content.is_char_boundary(at) && ends_in_heads(&content[..at]) => Some(at),
            _ => None,
        };
        places.extend(place.map(|place| line.start + place));
    }
    places
}

/// How often a letter or a point stands straight behind a digit.
fn touches(bytes: &[u8]) -> usize {
    let touch = |(a, b): (&u8, &u8)| u8::from(a.is_ascii_digit() && (!b.is_ascii() || *b == b'.'));
    // Chunks whose count is a byte are gone through many bytes at a time.
    let of_chunk = |(a, b): (&[u8], &[u8])| usize::from(a.iter().zip(b).map(touch).sum::<u8>());
    bytes.chunks(CHUNK).zip(bytes[1..].chunks(CHUNK)).map(of_chunk).sum()
}

/// Where a row begins behind a figure that ends here: here, or with the last digit, which is then its number.
fn beginning_of_row(content: &str, end: usize) -> Option<usize> {
    let numbered = content[end..].starts_with(['.', '．', '、']);
    let start = if numbered { end - 1 } else { end };
    let figure = content.as_bytes()[..start].last().is_some_and(u8::is_ascii_digit);
    let touches = !content[end..].starts_with(char::is_whitespace);
    let folded_to = |bytes| folded(beginning(&content[start..], bytes));
    // Most words behind figures are no labels.
    let few = folded_to(FEW_BYTES);
    if !figure || !touches || few.is_empty() || !BEGINNINGS.iter().any(|begin| begin.starts_with(&few)) {
        return None;
    }
    let own = folded_to(MOST_BYTES);
    BEGINNINGS.iter().any(|begin| own.starts_with(begin)).then_some(start)
}

/// Whether the text ends with the last heads of table 3.
fn ends_in_heads(text: &str) -> bool {
    let [.., before, last] = RESULTS else { return false };
    text.strip_suffix(last.label).is_some_and(|text| text.ends_with(before.label))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many lines become of one.
    fn lines(text: &str) -> usize {
        cut_rows(text, std::slice::from_ref(&(0..text.len())), &(0..text.len())).len()
    }

    #[test]
    fn a_line_of_so_many_bytes_may_run_on_and_a_shorter_one_does_not() {
        let rows = "行政许可7行政处罚8行政强制9行政事业性收费5";
        for (bytes, parts) in [(MOST_BYTES, 1 + LEAST_ROWS), (MOST_BYTES - 1, 1)] {
            assert_eq!(lines(&format!("{}{rows}", " ".repeat(bytes - rows.len()))), parts, "{bytes}");
        }
    }

    #[test]
    fn a_row_s_number_is_the_digit_before_its_label() {
        let heads = " ".repeat(MOST_BYTES);
        assert_eq!(
            lines(&format!("{heads}1.属于国家秘密0000000{}", "2.其他法律行政法规禁止公开0000000".repeat(LEAST_ROWS))),
            4
        );
        assert_eq!(
            lines(&format!("{heads}1.属于国家秘密0000000{}", "9.其他法律行政法规禁止公开0000000".repeat(LEAST_ROWS))),
            1
        );
    }
}
