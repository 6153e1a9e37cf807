//! In: the blocks of the form. Out: plain text, as a spreadsheet's copy and paste gives it: a row a line, tabs between
//! cells. A field stands for every place of the table, so that an empty one is known by its column.

use super::layout::{Block, blocks, grid};
use crate::model::Report;

/// The report as plain text in the prescribed form, a paragraph or a table's row a line, with tabs between cells.
///
/// What it cannot carry is listed [above](super#what-reads-back).
///
/// # Examples
/// ```
/// use xxgk::{Cell, Edition, Report};
/// let mut report = Report::new(Edition::V2021);
/// report.requests.new_received.natural_person = Cell::from(4);
/// report.requests.new_received.total = Cell::from(4);
/// let text = xxgk::write::text(&report);
/// assert!(text.contains("\n一、本年新收政府信息公开申请数量\t\t\t4\t\u{a0}\t\u{a0}\t\u{a0}\t\u{a0}\t\u{a0}\t4\n"));
/// ```
pub fn text(report: &Report) -> String {
    let blocks: Vec<String> = blocks(report).into_iter().map(block).collect();
    blocks.join("\n")
}

fn block(block: Block) -> String {
    match block {
        Block::Title(text) | Block::Heading(text) | Block::Signature(text) => text + "\n",
        // The form indents paragraphs by two characters.
        Block::Paragraph(text) => format!("　　{text}\n"),
        Block::Table(rows) => grid(&rows).iter().map(|fields| fields.join("\t") + "\n").collect(),
    }
}
