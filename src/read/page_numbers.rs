//! In: the lines of a text. Out: the same without lines that hold only a page number. A lone figure may also be a cell, so it
//! counts as a page number only where at least three of them count up. It knows no table.

use std::ops::Range;

/// So many numbers in a row are those of pages.
const LEAST_PAGES: usize = 3;
/// A page has so many bytes at least.
const LEAST_PAGE: usize = 300;
/// No report has as many pages.
const MOST_PAGES: usize = 999;

/// Leaves out the numbers at the ends of pages, of which three at least count these; where no form feeds tell pages, each
/// line of one figure must count them, or each line before an empty one.
pub(crate) fn drop_page_numbers(text: &str, lines: &mut Vec<Range<usize>>) {
    let ends = page_ends(text, lines);
    let mut numbers = if ends.is_empty() { counted_ends(text, lines) } else { at_ends(text, lines, &ends) };
    if numbers.len() < LEAST_PAGES {
        return;
    }
    let mut at = 0;
    numbers.reverse();
    lines.retain(|_| {
        at += 1;
        numbers.pop_if(|number| *number + 1 == at).is_none()
    });
}

/// The last line with something on it before each form feed.
fn page_ends(text: &str, lines: &[Range<usize>]) -> Vec<usize> {
    if memchr::memchr(b'\x0c', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let is_end = |line: &Range<usize>| text.as_bytes().get(line.end) == Some(&b'\x0c');
    let mut ends = Vec::new();
    let mut last = None;
    for (i, line) in lines.iter().enumerate() {
        if !text[line.clone()].trim_ascii().is_empty() {
            last = Some(i);
        }
        if is_end(line) {
            ends.extend(last.take());
        }
    }
    ends
}

fn number(text: &str, line: &Range<usize>) -> Option<usize> {
    let digits = text[line.clone()].trim_ascii();
    digits.parse().ok().filter(|number| (1..=MOST_PAGES).contains(number) && !digits.starts_with('+'))
}

/// The lines at the ends of pages that hold the page's number, wherever the pages' numbers begin.
fn at_ends(text: &str, lines: &[Range<usize>], ends: &[usize]) -> Vec<usize> {
    let begin = |page: usize, number: usize| number + ends.len() - page;
    let mut numbered: Vec<(usize, usize)> = Vec::new();
    for (page, line) in ends.iter().enumerate() {
        numbered.extend(number(text, &lines[*line]).map(|number| (begin(page, number), *line)));
    }
    numbered.sort_unstable();
    let counts = numbered.chunk_by(|a, b| a.0 == b.0).max_by_key(|counts| counts.len());
    counts.unwrap_or_default().iter().map(|(_, line)| *line).collect()
}

/// The lines that count pages: all of one figure, or all before empty lines.
fn counted_ends(text: &str, lines: &[Range<usize>]) -> Vec<usize> {
    let of = |i: usize| text[lines[i].clone()].trim_ascii();
    let is_figure =
        |i: &usize| of(*i).starts_with(|c: char| c.is_ascii_digit()) && of(*i).bytes().all(|b| b.is_ascii_digit());
    let closes = |i: &usize| !of(*i).is_empty() && *i + 1 < lines.len() && of(*i + 1).is_empty();
    counted(text, lines, (0..lines.len()).filter(is_figure))
        .or_else(|| counted(text, lines, (0..lines.len()).filter(closes)))
        .unwrap_or_default()
}

/// These lines, if they count something that is as long as a page.
fn counted(text: &str, lines: &[Range<usize>], which: impl Iterator<Item = usize>) -> Option<Vec<usize>> {
    let mut counted = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    for i in which {
        let line = &lines[i];
        let follows = |(number, end): (usize, usize), next| number + 1 == next && line.start - end >= LEAST_PAGE;
        let next = number(text, line).filter(|next| before.is_none_or(|before| follows(before, *next)))?;
        before = Some((next, line.end));
        counted.push(i);
    }
    Some(counted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::lines;

    fn dropped(text: &str) -> Vec<&str> {
        let mut kept = lines(text);
        drop_page_numbers(text, &mut kept);
        lines(text).into_iter().filter(|line| !kept.contains(line)).map(|line| text[line].trim()).collect()
    }

    fn pages(numbers: &[&str], bytes: usize, end: &str) -> String {
        let line = "x".repeat(bytes - 1);
        numbers.iter().flat_map(|number| [line.as_str(), "\n", number, end]).collect()
    }

    #[test]
    fn numbers_that_count_pages() {
        assert_eq!(dropped(&pages(&["1", "2", "3"], LEAST_PAGE, "\n")), ["1", "2", "3"]);
        assert_eq!(dropped(&pages(&["7", "8", "9", "10"], LEAST_PAGE, "\n")), ["7", "8", "9", "10"]);
        assert_eq!(dropped(&pages(&["997", "998", "999"], LEAST_PAGE, "\n")).len(), LEAST_PAGES);
        assert_eq!(dropped(&pages(&["998", "999", "1000"], LEAST_PAGE, "\n")), [""; 0]);
        assert_eq!(dropped(&pages(&["1", "2"], LEAST_PAGE, "\n")), [""; 0]);
        assert_eq!(dropped(&pages(&["1", "2", "3"], LEAST_PAGE - 2, "\n")), [""; 0]);
        assert_eq!(dropped(&pages(&["1", "2", "3", "0"], LEAST_PAGE, "\n")), [""; 0]);
        assert_eq!(dropped(&pages(&["1", "2", "4"], LEAST_PAGE, "\n")), [""; 0]);
    }

    #[test]
    fn numbers_before_all_empty_lines() {
        let text = pages(&["1", "2", "3"], LEAST_PAGE, "\n\n").replacen('x', "17\n", 1);
        assert_eq!(dropped(&text), ["1", "2", "3"]);
        assert_eq!(dropped(&text.replacen("17\n", "17\n\n", 1)), [""; 0]);
        assert_eq!(dropped(&text.replacen("17\n", "17\ny\n\n", 1)), [""; 0]);
    }

    #[test]
    fn numbers_at_the_ends_of_pages() {
        assert_eq!(dropped(&pages(&["1", "2", "3"], 9, "\n\n\x0c")), ["1", "2", "3"]);
        assert_eq!(dropped(&pages(&["y", "1", "17", "3", "4", "0"], 9, "\n\x0c")), ["1", "3", "4"]);
        assert_eq!(dropped(&pages(&["1", "2", "0", "0"], 9, "\n\x0c")), [""; 0]);
        assert_eq!(dropped(&pages(&["5\n1", "6\n2", "7\n3"], 9, "\n\x0c")), ["1", "2", "3"]);
    }
}
