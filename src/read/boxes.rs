//! In: the items of a table with a cell to a line. Out: its rows, where the document shows each as a box of its own: longer
//! breaks before it than between its cells, as many boxes as rows, each with its own label before its values or with none.
//! It looks at no figure.

use std::ops::Range;

use super::align::{Alignment, RowTokens};
use super::layout::{Item, Layout};

/// A box: its values, and whether its row's label stands in it.
struct RowBox {
    tokens: Range<usize>,
    labelled: bool,
}

/// So many of a table's rows may have lost values.
const MOST_SHORT: usize = 3;

/// The rows of a table whose rows all have `width` cells; none where it is not one box after the other.
pub(crate) fn boxes(layout: &Layout, rows: usize, width: usize) -> Option<Alignment> {
    let boxes = cut(layout)?;
    let whole = |b: &&RowBox| b.tokens.len() == width;
    let labelled = boxes.iter().filter(|b| b.labelled).count();
    let few_short = boxes.iter().filter(whole).count() + MOST_SHORT >= rows;
    let fits = boxes.len() == rows && boxes.iter().all(|b| b.tokens.len() <= width) && few_short;
    (fits && labelled * 4 >= rows * 3)
        .then(|| Alignment { rows: boxes.into_iter().map(|b| row(b, width)).collect(), stray: Vec::new() })
}

fn row(own: RowBox, width: usize) -> RowTokens {
    RowTokens {
        whole: own.tokens.len() == width,
        tokens: own.tokens.collect(),
        even: true,
        labelled: own.labelled,
        firm: true,
        agreed: true,
        boxed: true,
        ..RowTokens::default()
    }
}

/// Cuts the table at its longer breaks; none where a label stands in the box of another row, or apart from its values.
fn cut(layout: &Layout) -> Option<Vec<RowBox>> {
    let mut boxes: Vec<RowBox> = Vec::new();
    // The label since the last value: whether it is the next box's, and the breaks before it.
    let mut label: Option<(bool, u32)> = None;
    for item in &layout.items {
        match item {
            Item::Label { row, item: false, weak, breaks, .. } => {
                let own = usize::from(*row) == boxes.len();
                // 总计 and 其他 may be any word, but not where the neighbour's own label is missing.
                let swapped = usize::from(*row).abs_diff(boxes.len()) == 1 && !label.is_some_and(|(own, _)| own);
                if !own && (!weak || swapped) {
                    return None;
                }
                let (before, most) = label.unwrap_or_default();
                label = Some((own || before, most.max(*breaks)));
            }
            Item::Label { .. } => {}
            Item::Run(run) => {
                let breaks = |i: usize| layout.tokens[i].breaks;
                if layout.tokens[run.clone()].windows(2).any(|pair| pair[0].line == pair[1].line) {
                    return None;
                }
                let (labelled, before) = label.take().unwrap_or((false, breaks(run.start)));
                if before < 2 || (labelled && breaks(run.start) > 1) {
                    return None;
                }
                let starts = [run.start].into_iter().chain((run.start + 1..run.end).filter(|i| breaks(*i) > 1));
                let mut starts = starts.peekable();
                while let Some(start) = starts.next() {
                    let end = starts.peek().copied().unwrap_or(run.end);
                    boxes.push(RowBox { tokens: start..end, labelled: labelled && start == run.start });
                }
            }
        }
    }
    label.is_none_or(|(own, _)| !own).then_some(boxes)
}
