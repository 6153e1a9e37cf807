//! In: the sections of the outline, the pieces, and the labels among them. Out: where each table stands, with what converters
//! that print by blocks left of it in the next section. It reads no figure.

use std::borrow::Cow;
use std::ops::Range;

use super::labels::Labels;
use super::token::Pieces;
use crate::form::{Edition, RESULTS, Table};

/// Where each table stands.
pub(super) type Regions = [Option<Range<usize>>; 3];

/// The values of table 3.
const PROCEEDINGS: usize = 3 * RESULTS.len();
/// In so many lines, empty ones among them, figures of table 3 stand behind the next title at the most.
const MOST_SPILT_LINES: usize = 64;

/// Where each table stands within a region of the text: in its section, or else wherever its labels do.
pub(super) fn regions(pieces: &Pieces, labels: &Labels, region: &Range<usize>, bodies: &Regions) -> Regions {
    let mut regions = Table::ALL.map(|t| region_of(t, labels, region, bodies));
    part_regions(&mut regions, bodies);
    move_spills(pieces, labels, &mut regions);
    regions
}

/// Where the figures end that a converter that prints by blocks left of whole parts of table 3 at the beginning of the next
/// section.
pub(super) fn spilt(text: &str, behind: Range<usize>) -> Option<usize> {
    let is_value = |word: &str| word.chars().all(|c| c.is_numeric() || "/-—,.".contains(c));
    let mut end = behind.start;
    let mut values = 0;
    for line in text[behind].split_inclusive('\n').take(MOST_SPILT_LINES) {
        if !line.split_whitespace().all(is_value) {
            break;
        }
        values += line.split_whitespace().count();
        end += line.len();
    }
    (values > 0 && values < PROCEEDINGS && values.is_multiple_of(RESULTS.len())).then_some(end)
}

/// The lines, of which none without tabs and bars holds the bodies of two sections: where scrapers join lines, one may hold
/// the whole report.
pub(super) fn cut_at_bodies<'l>(text: &str, lines: &'l [Range<usize>], bodies: &Regions) -> Cow<'l, [Range<usize>]> {
    let mut lines = Cow::Borrowed(lines);
    for cut in bodies.iter().flatten().flat_map(|body| [body.start, body.end]) {
        let at = lines.partition_point(|line| line.end <= cut);
        let divided = |line: &Range<usize>| text[line.clone()].contains(['\t', '|']);
        if let Some(line) = lines.get(at).cloned().filter(|line| line.start < cut && !divided(line)) {
            lines.to_mut().splice(at..=at, [line.start..cut, cut..line.end]);
        }
    }
    lines
}

/// Where a table stands: in its section, up to the labels of a later table that has no section of its own.
fn region_of(table: Table, labels: &Labels, region: &Range<usize>, bodies: &Regions) -> Option<Range<usize>> {
    let own = bodies[table as usize].clone();
    let first = own.as_ref().and_then(|b| labels.first(table, b.start).filter(|f| *f < b.end));
    let (start, mut end) = match (own, first) {
        (Some(body), Some(_)) => (body.start, body.end),
        _ => (labels.first(table, region.start)?, region.end),
    };
    for later in Table::ALL.into_iter().filter(|t| *t > table) {
        let stands_apart = bodies[later as usize].as_ref().is_some_and(|b| b.start >= end);
        if !stands_apart && let Some(from) = labels.first(later, start) {
            end = end.min(from);
        }
    }
    Some(start..end.max(start))
}

/// A table without a section of its own has nothing of what stands in another's, nor behind the first label of another that
/// has none.
fn part_regions(regions: &mut Regions, bodies: &Regions) {
    let start = |range: &Option<Range<usize>>| range.as_ref().map(|range| range.start);
    let has_section: Vec<bool> = regions.iter().zip(bodies).map(|(r, body)| start(r) == start(body)).collect();
    let all = regions.clone();
    for (i, region) in regions.iter_mut().enumerate() {
        for (j, other) in all.iter().enumerate() {
            let Some(other) = other.as_ref().filter(|_| i != j && !has_section[i]) else { continue };
            let overlaps = |r: &mut Range<usize>| r.start < other.end && other.start < r.end;
            let goes_first = |r: &Range<usize>| has_section[j] || (other.start, j) > (r.start, i);
            if let Some(within) = region.take_if(|r| overlaps(r) && goes_first(r)) {
                *region = (within.start < other.start).then_some(within.start..other.start);
            }
        }
    }
}

/// A converter that prints a table by blocks of columns may print the next section's title, with heads of its table,
/// between them. What stands behind it is of the table before up to the first label of the next one, if it begins with
/// labels of that table before, or up to the first one behind more values than the next one has, which that one lacks.
fn move_spills(pieces: &Pieces, labels: &Labels, regions: &mut Regions) {
    let cells = |table| Edition::V2021.form().rows(table).iter().map(|r| r.columns.len()).sum::<usize>();
    let values = |range: Range<usize>| {
        let from = pieces.pieces.partition_point(|p| p.start < range.start);
        pieces.pieces[from..].iter().take_while(move |p| p.start < range.end).filter(|p| p.is_value())
    };
    for (table, next) in Table::ALL.into_iter().zip(&Table::ALL[1..]) {
        let (Some(own), Some(region)) = (&regions[table as usize], &regions[*next as usize]) else { continue };
        let first = |from: usize| labels.first(*next, from).filter(|first| *first < region.end);
        let head = first(region.start);
        let labelled = head.zip(labels.first(table, region.start)).is_some_and(|(head, own)| own < head);
        let beyond = values(region.clone()).nth(cells(*next)).and_then(|value| first(value.start));
        let lacks = |first: &usize| values(own.clone()).chain(values(region.start..*first)).count() <= cells(table);
        let spilt = if labelled { head } else { beyond.filter(lacks) };
        let lies_between = |r: &Range<usize>| own.end <= r.start && r.start < region.start;
        let follows = own.end <= region.start && !regions.iter().flatten().any(lies_between);
        if let Some(first) = spilt.filter(|_| follows) {
            let parts = (own.start..first, first..region.end);
            (regions[table as usize], regions[*next as usize]) = (Some(parts.0), Some(parts.1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_parts_of_table_3_are_looked_for_in_so_many_lines_behind_the_next_title() {
        let end = |text: &str| spilt(text, 0..text.len());
        let lines = |count: usize| "1\n".repeat(9) + &"\n".repeat(count - 10) + "1\n";
        assert_eq!(end(&(lines(MOST_SPILT_LINES) + "2023年")), Some(MOST_SPILT_LINES + 10));
        assert_eq!(end(&lines(MOST_SPILT_LINES + 1)), None);
        for (text, values) in [("1 2 / 0 3\n", 10), ("1 2 3\n", 0), ("本年 1 2 3 4\n", 0), ("", 0)] {
            assert_eq!(end(text), Some(values).filter(|v| *v > 0), "{text}");
        }
    }
}
