//! In: a table, laid out. Out: the same without the rows that a page break or a converter printed twice, label and all,
//! without the copies of a cell in each column that it spans, and without empty lines where no row is one. It adds nothing up,
//! and leaves alone what differs in any figure.

use std::ops::Range;

use super::layout::{Item, Layout, Token};
use super::token::Content;

/// Leaves one of two copies of a row that follow each other, the one with fewer marks that cannot be read.
pub(super) fn drop_repeats(layout: &mut Layout, widths: &[u8]) {
    let items = layout.items.len();
    let mut kept: Vec<Item> = Vec::with_capacity(items);
    for item in std::mem::take(&mut layout.items) {
        kept.push(item);
        let [.., again, other @ Item::Run(_)] = kept.as_slice() else { continue };
        // Between the copies the table's head may come again, with words that could be labels.
        let head = kept.iter().rev().skip(2).take(MOST_HEADS).take_while(|i| is_weak(i)).count();
        let Some([.., first, one]) = kept.get(..kept.len() - 2 - head) else { continue };
        if is_repeated(layout, widths, [first, one, again, other]) {
            let worse = if marks(layout, other) < marks(layout, one) { head + 4 } else { 2 };
            let from = kept.len() - worse;
            kept.drain(from..from + 2);
        }
    }
    let dropped = kept.len() < items;
    layout.items = kept;
    if dropped {
        layout.pack();
    }
}

/// Leaves each figure once in rows narrower than the widest, where programs print a merged cell once for each of its columns:
/// then such rows have as many values behind their label as the widest one.
pub(super) fn drop_merged(layout: &mut Layout, widths: &[u8]) {
    let widest = usize::from(widths.iter().copied().max().unwrap_or(0));
    let even = widths.iter().all(|width| usize::from(*width) == widest);
    if even || layout.is_longer_than(widths.len() * widest) {
        return;
    }
    let mut merged: Vec<(Range<usize>, Vec<Token>)> = Vec::new();
    for pair in layout.items.windows(2) {
        let [Item::Label { row, item: false, .. }, Item::Run(run)] = pair else { continue };
        let width = widths.get(usize::from(*row)).map_or(widest, |width| usize::from(*width));
        let tokens = &layout.tokens[run.clone()];
        if width == widest {
            continue;
        }
        let in_columns = tokens.len() == widest && tokens.iter().all(|t| t.slot.is_none());
        match if in_columns { cells(tokens, width) } else { None } {
            Some(cells) => merged.push((run.clone(), cells)),
            // Empty cells may be those of a merged one, or of the columns behind.
            None if tokens.iter().all(|t| matches!(t.content, Content::Blank | Content::Gap)) => {}
            None => return,
        }
    }
    if merged.len() >= LEAST_MERGED {
        merged.iter().rev().for_each(|(run, cells)| layout.replace(run.clone(), cells));
    }
}

/// The row's cells, if they are so many with the copies of each left out.
fn cells(tokens: &[Token], width: usize) -> Option<Vec<Token>> {
    let cells: Vec<Token> = tokens.chunk_by(|a, b| a.content == b.content).map(|copies| copies[0]).collect();
    match cells.len() {
        1 => tokens.get(..width).map(<[Token]>::to_vec),
        count => (count == width).then_some(cells),
    }
}

/// So many rows show that merged cells are printed several times.
const LEAST_MERGED: usize = 2;

/// Where a table of rows of these widths has all its cells, and none of them is empty, no-break spaces on lines of their own
/// behind them only make room below the table, and so does a row of empty cells, as Word ends its tables with.
pub(super) fn drop_spacing(layout: &mut Layout, widths: &[u8]) {
    let is_blank = |token: &Token| token.content == Content::Blank && token.slot.is_none();
    let values = layout.tokens.iter().rposition(|token| !is_blank(token)).map_or(0, |last| last + 1);
    let (own, behind) = layout.tokens.split_at(values);
    let label = layout.items.iter().rev().find_map(|item| match item {
        Item::Label { line, .. } => Some(*line),
        Item::Run(_) => None,
    });
    let unlabelled = behind.first().is_some_and(|first| label < Some(first.line));
    let alone = unlabelled || behind.windows(2).all(|pair| pair[0].line != pair[1].line);
    let below = own.last().zip(behind.first()).is_some_and(|(last, first)| last.line < first.line);
    let complete = values >= widths.iter().map(|width| usize::from(*width)).sum();
    if !complete || !below || !alone || own.iter().any(|token| matches!(token.content, Content::Blank | Content::Gap)) {
        return;
    }
    layout.items.retain_mut(|item| match item {
        Item::Run(run) => {
            run.end = run.end.min(values);
            run.start < run.end
        }
        Item::Label { .. } => true,
    });
    layout.pack();
}

/// Where every row has all its values on a line of its own, lines of nothing but empty cells are what labels of several lines
/// leave, and are left out.
pub(super) fn drop_empty_lines(layout: &mut Layout, rows: usize, width: usize) {
    let is_blank = |token: &Token| matches!(token.content, Content::Blank | Content::Gap);
    let is_empty = |line: &[Token]| line.iter().all(is_blank);
    if !layout.tokens.iter().any(is_blank) {
        return;
    }
    let (mut full, mut empty) = (0, false);
    for line in layout.tokens.chunk_by(|a, b| a.line == b.line) {
        full += usize::from(line.len() == width && !line.iter().any(is_blank));
        empty |= is_empty(line);
    }
    if full != rows || !empty {
        return;
    }
    let mut kept: Vec<Item> = Vec::with_capacity(layout.items.len());
    for item in std::mem::take(&mut layout.items) {
        let Item::Run(run) = item else {
            kept.push(item);
            continue;
        };
        let mut at = run.start;
        for line in layout.tokens[run].chunk_by(|a, b| a.line == b.line) {
            let own = at..at + line.len();
            at = own.end;
            match kept.last_mut() {
                _ if is_empty(line) => {}
                Some(Item::Run(before)) if before.end == own.start => before.end = own.end,
                _ => kept.push(Item::Run(own)),
            }
        }
    }
    layout.items = kept;
    layout.pack();
}

/// The head of table 2 has so many words that could be labels at the most.
const MOST_HEADS: usize = 4;

fn is_weak(item: &Item) -> bool {
    matches!(item, Item::Label { weak: true, .. })
}

/// Whether a row's label comes again straight behind as many values as the row has, with the same values. Half a label may
/// be only the rest of the one before, where a line's end cut it.
fn is_repeated(layout: &Layout, widths: &[u8], items: [&Item; 4]) -> bool {
    let [
        Item::Label { row, item: false, weak, line, .. },
        Item::Run(one),
        Item::Label { row: again, item: false, fuzzy: false, line: next, .. },
        Item::Run(other),
    ] = items
    else {
        return false;
    };
    let same = |(a, b): (Content, Content)| a == b || a == Content::Mark || b == Content::Mark;
    let contents = |run: &Range<usize>| layout.tokens[run.clone()].iter().map(|t| t.content);
    let width = widths.get(usize::from(*row)).map(|w| usize::from(*w));
    let whole = width == Some(one.len()) && one.len() == other.len();
    // The group 其他处理, cut in two, begins as the row 其他 does.
    let on_line = |run: &Range<usize>, line: u32| layout.tokens[run.start].line == line;
    let sure = !weak || (on_line(one, *line) && on_line(other, *next));
    row == again && whole && sure && contents(one).zip(contents(other)).all(same)
}

fn marks(layout: &Layout, run: &Item) -> usize {
    let Item::Run(run) = run else { return 0 };
    layout.tokens[run.clone()].iter().filter(|t| t.content == Content::Mark).count()
}
