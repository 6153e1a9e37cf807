//! In: the blocks of the form. Out: a web page with the form's merged cells, fit for printing.
//! It uses no script and fetches nothing.

use super::layout::{Block, Merged, blocks};
use super::opening;
use crate::form::REPORT_NAME;
use crate::model::{Report, State};

/// Print-ready on A4: the rows of a table stay whole, its figures stand in the middle as on paper.
const STYLE: &str = "\
body { max-width: 52em; margin: 2em auto; padding: 0 1em; font-family: FangSong, STFangsong, SimSun, \"Noto Serif CJK SC\", serif; line-height: 1.8; }
h1 { text-align: center; font-size: 1.5em; }
h2 { font-size: 1.15em; break-after: avoid; }
p { text-indent: 2em; margin: 0.4em 0; }
p.signature { text-align: right; }
table { width: 100%; border-collapse: collapse; font-size: 0.9em; line-height: 1.4; }
td { border: 1px solid #000; padding: 0.25em 0.4em; text-align: center; text-wrap: balance; }
td.inferred { font-style: italic; }
tr { break-inside: avoid; }
@media print { body { max-width: none; margin: 0; } }
@page { size: A4; margin: 20mm; }
";

/// What a page says of an inferred figure.
const INFERRED: &str = "原文无此数字，由勾稽关系推得";

/// The report as a web page in the prescribed form, its cells merged as prescribed.
///
/// An inferred figure is marked with `class="inferred"` and says so when pointed at. What a page cannot carry is listed
/// [above](super#what-reads-back).
///
/// # Examples
/// ```
/// use xxgk::{Cell, Edition, Report};
/// let mut report = Report::new(Edition::V2021);
/// report.overview.push("增长<两成>。".to_owned());
/// report.requests.carried_over.total = Cell::from(4);
/// let page = xxgk::write::html(&report);
/// assert!(page.contains("<p>增长&lt;两成&gt;。</p>"));
/// assert!(page.contains("<td colspan=\"3\">二、上年结转政府信息公开申请数量</td>"));
/// ```
pub fn html(report: &Report) -> String {
    let title = opening::title(&report.header).unwrap_or_else(|| REPORT_NAME.to_owned());
    let body: String = blocks(report).into_iter().map(block).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(&title),
    )
}

fn block(block: Block) -> String {
    match block {
        Block::Title(text) => format!("<h1>{}</h1>\n", escaped(&text)),
        Block::Heading(text) => format!("<h2>{}</h2>\n", escaped(&text)),
        Block::Paragraph(text) => format!("<p>{}</p>\n", escaped(&text)),
        Block::Signature(text) => format!("<p class=\"signature\">{}</p>\n", escaped(&text)),
        Block::Table(rows) => {
            format!("<table>\n<tbody>\n{}</tbody>\n</table>\n", rows.iter().map(|cells| row(cells)).collect::<String>())
        }
    }
}

fn row(cells: &[Merged]) -> String {
    format!("<tr>{}</tr>\n", cells.iter().map(cell).collect::<String>())
}

fn cell(cell: &Merged) -> String {
    let span = |name: &str, n: usize| if n > 1 { format!(" {name}=\"{n}\"") } else { String::new() };
    let state = match cell.state {
        Some(State::Inferred) => format!(" class=\"inferred\" title=\"{INFERRED}\""),
        _ => String::new(),
    };
    format!("<td{}{}{state}>{}</td>", span("colspan", cell.columns), span("rowspan", cell.rows), escaped(&cell.text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
