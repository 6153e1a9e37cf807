//! In: a report. Out: the blocks of the prescribed form in its order, the tables as rows of merged cells.
//! It knows no output format; labels come from the form.

use super::opening;
use crate::form::{
    APPLICANTS, APPLICANTS_HEAD, BALANCE_NOTE, CONTENT_HEAD, Column, ORGANISATIONS_HEAD, RESULTS, Row, Section, Table,
};
use crate::model::{Cell, Report, State, Unit, Value};

/// A part of the document. Every text is one line, without control characters, and nothing is escaped.
pub(super) enum Block {
    Title(String),
    Heading(String),
    Paragraph(String),
    Table(Vec<Vec<Merged>>),
    Signature(String),
}

/// A cell of a table, where it starts; the places that it covers besides have no cell of their own.
pub(super) struct Merged {
    pub(super) text: String,
    /// The state of a figure; none for a label.
    pub(super) state: Option<State>,
    /// How many columns it covers.
    pub(super) columns: usize,
    /// How many rows it covers.
    pub(super) rows: usize,
}

impl Merged {
    fn label(text: impl Into<String>, columns: usize, rows: usize) -> Self {
        Merged { text: text.into(), state: None, columns, rows }
    }

    fn figure(cell: &Cell<Value>, column: &Column) -> Self {
        Merged { text: printed(cell, column), state: Some(cell.state()), columns: 1, rows: 1 }
    }
}

/// The report in the order of the form.
pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let mut blocks: Vec<Block> = opening::title(&report.header).map(Block::Title).into_iter().collect();
    blocks.push(Block::Paragraph(opening::preamble(&report.header)));
    for section in Section::ALL {
        blocks.push(Block::Heading(format!("{}、{}", section.number(), section.title())));
        let paragraphs = report.prose(section).iter().map(|p| one_line(p)).filter(|p| !p.is_empty());
        blocks.extend(paragraphs.map(Block::Paragraph));
        let table = Table::ALL.into_iter().find(|t| t.section() == section).map(|t| table(report, t));
        blocks.extend(table.filter(|rows| !rows.is_empty()).map(Block::Table));
    }
    blocks.extend(opening::signature(&report.header).into_iter().map(Block::Signature));
    blocks
}

/// A text on one line: readers of every format take a line break for the end of a paragraph or a row, a tab for that
/// of a cell.
pub(super) fn one_line(text: &str) -> String {
    let breaks = |c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}';
    text.replace(breaks, " ").trim().to_owned()
}

/// What stands in a cell.
fn printed(cell: &Cell<Value>, column: &Column) -> String {
    match cell {
        Cell::Reported { value } | Cell::Inferred { value } => figure(value, column),
        Cell::NotApplicable => "/".to_owned(),
        Cell::Unreadable { raw } => one_line(raw),
        // An empty field may be what is left of a lost cell, one with a blank in it is there.
        Cell::Blank | Cell::Absent => "\u{a0}".to_owned(),
    }
}

/// A figure as the form prints it: a change with its sign, an amount with its unit unless the column's label names it.
fn figure(value: &Value, column: &Column) -> String {
    match value {
        Value::Count(n) => n.to_string(),
        Value::Change(0) => "0".to_owned(),
        Value::Change(n) => format!("{n:+}"),
        Value::Amount(a) if a.unit().is_some_and(|unit| names(column, unit)) => a.number(),
        Value::Amount(a) => a.to_string(),
    }
}

/// Whether a column's label names the unit, as in （单位：万元）.
fn names(column: &Column, unit: Unit) -> bool {
    column.label.contains(&format!("：{}）", unit.label()))
}

/// A row of the form with its figures.
type Figures = (&'static Row, Vec<Merged>);

/// The rows of a table that the document has.
fn figures(report: &Report, table: Table) -> Vec<Figures> {
    let mut cells = report.cells().filter(|(path, _)| path.table == table).map(|(_, cell)| cell);
    let row = |row: &'static Row| -> Figures {
        let figures = row.columns.iter().zip(cells.by_ref()).map(|(column, cell)| Merged::figure(&cell, column));
        (row, figures.collect())
    };
    let has_any = |(_, figures): &Figures| figures.iter().any(|f| f.state != Some(State::Absent));
    let rows: Vec<Figures> = report.edition.form().rows(table).iter().map(row).collect();
    match table {
        // One row of figures on paper: it is there or not.
        Table::Proceedings if rows.iter().any(has_any) => rows,
        _ => rows.into_iter().filter(has_any).collect(),
    }
}

/// A table as the form arranges it; no rows where the document has none of it.
fn table(report: &Report, table: Table) -> Vec<Vec<Merged>> {
    let rows = figures(report, table);
    match table {
        _ if rows.is_empty() => Vec::new(),
        Table::Disclosure => disclosure(rows),
        Table::Requests => requests(rows),
        Table::Proceedings => proceedings(rows),
    }
}

/// The width of table 1: a label and at most three figures.
const DISCLOSURE_WIDTH: usize = 4;

/// Table 1: each item of article 20 with a head of its own, the last column widened to the table's width.
fn disclosure(rows: Vec<Figures>) -> Vec<Vec<Merged>> {
    let mut table = Vec::new();
    let mut item: &[&str] = &[];
    for (row, figures) in rows {
        if row.groups != item {
            item = row.groups;
            table.push(vec![Merged::label(item.concat(), DISCLOSURE_WIDTH, 1)]);
            let heads = row.columns.iter().map(|c| Merged::label(c.label, 1, 1)).collect();
            table.push(widened(CONTENT_HEAD, heads));
        }
        table.push(widened(row.label, figures));
    }
    table
}

fn widened(label: &str, mut cells: Vec<Merged>) -> Vec<Merged> {
    let missing = (DISCLOSURE_WIDTH - 1).saturating_sub(cells.len());
    if let Some(last) = cells.last_mut() {
        last.columns += missing;
    }
    cells.insert(0, Merged::label(label, 1, 1));
    cells
}

/// The width of the labels in table 2: 三、本年度办理结果, its groups, and the reasons in them.
const REQUESTS_LABELS: usize = 3;

/// Table 2: three rows of heads, and groups that span their rows.
fn requests(rows: Vec<Figures>) -> Vec<Vec<Merged>> {
    let forms: Vec<&Row> = rows.iter().map(|(row, _)| *row).collect();
    let mut table = applicants_heads();
    for (i, (row, figures)) in rows.into_iter().enumerate() {
        let starts = (0..row.groups.len()).filter(|depth| i == 0 || !shares(forms[i - 1], row, *depth));
        let mut cells: Vec<Merged> = starts
            .map(|depth| {
                let rows = forms[i..].iter().take_while(|other| shares(other, row, depth)).count();
                Merged::label(row.groups[depth], 1, rows)
            })
            .collect();
        let label = format!("{}{}{}", row.number, row.label, row.note);
        cells.push(Merged::label(label, REQUESTS_LABELS - row.groups.len(), 1));
        cells.extend(figures);
        table.push(cells);
    }
    table
}

/// Whether two rows stand in the same group, down to the given depth.
fn shares(a: &Row, b: &Row, depth: usize) -> bool {
    a.groups.get(..=depth).is_some_and(|groups| b.groups.get(..=depth) == Some(groups))
}

fn applicants_heads() -> Vec<Vec<Merged>> {
    let [person, organisations @ .., total] = APPLICANTS else { return Vec::new() };
    vec![
        vec![Merged::label(BALANCE_NOTE, REQUESTS_LABELS, 3), Merged::label(APPLICANTS_HEAD, APPLICANTS.len(), 1)],
        vec![
            Merged::label(person.label, 1, 2),
            Merged::label(ORGANISATIONS_HEAD, organisations.len(), 1),
            Merged::label(total.label, 1, 2),
        ],
        organisations.iter().map(|c| Merged::label(c.label, 1, 1)).collect(),
    ]
}

/// Table 3: fifteen figures in one row, under three rows of heads; 行政复议 has no head of its own above it.
fn proceedings(rows: Vec<Figures>) -> Vec<Vec<Merged>> {
    let results = |rows: usize| RESULTS.iter().map(move |c| Merged::label(c.label, 1, rows));
    let mut table: [Vec<Merged>; 4] = Default::default();
    let [outer, inner, innermost, line] = &mut table;
    let mut group: &[&str] = &[];
    for (row, figures) in rows {
        if row.groups.is_empty() {
            outer.push(Merged::label(row.label, RESULTS.len(), 1));
            inner.extend(results(2));
        } else {
            match outer.last_mut() {
                Some(head) if group == row.groups => head.columns += RESULTS.len(),
                _ => outer.push(Merged::label(row.groups.concat(), RESULTS.len(), 1)),
            }
            inner.push(Merged::label(row.label, RESULTS.len(), 1));
            innermost.extend(results(1));
        }
        group = row.groups;
        line.extend(figures);
    }
    table.into()
}

/// A table with a text for every place, for formats without merged cells: a merged cell's text stands in its first place,
/// the others that it covers are empty.
pub(super) fn grid(rows: &[Vec<Merged>]) -> Vec<Vec<&str>> {
    let width: usize = rows.first().map_or(0, |row| row.iter().map(|cell| cell.columns).sum());
    // How many more rows each place is covered from above.
    let mut covered = vec![0_usize; width];
    let mut grid = Vec::with_capacity(rows.len());
    for row in rows {
        let mut texts = vec![""; width];
        let mut free: Vec<usize> = (0..width).filter(|i| covered[*i] == 0).rev().collect();
        for rows in &mut covered {
            *rows = rows.saturating_sub(1);
        }
        for cell in row {
            for i in 0..cell.columns {
                let Some(place) = free.pop() else { break };
                covered[place] = cell.rows - 1;
                if i == 0 {
                    texts[place] = &cell.text;
                }
            }
        }
        grid.push(texts);
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Edition;
    use proptest::prelude::*;

    /// How often each place of a table is covered.
    fn coverage(rows: &[Vec<Merged>]) -> Vec<Vec<usize>> {
        let width = rows[0].iter().map(|cell| cell.columns).sum();
        let mut covered = vec![vec![0; width]; rows.len()];
        for (r, row) in rows.iter().enumerate() {
            for cell in row {
                let Some(c) = covered[r].iter().position(|n| *n == 0) else { continue };
                for line in covered.iter_mut().skip(r).take(cell.rows) {
                    line.iter_mut().skip(c).take(cell.columns).for_each(|n| *n += 1);
                }
            }
        }
        covered
    }

    proptest! {
        /// Whatever rows are left out, merged cells leave no gap, do not overlap, and reach past no edge.
        #[test]
        fn merged_cells_fill_a_rectangle(edition in 0..2_usize, absent in proptest::collection::vec(any::<bool>(), 36)) {
            let mut report = Report::new(Edition::ALL[edition]);
            for table in Table::ALL {
                for (row, _) in report.edition.form().rows(table).iter().zip(&absent).filter(|(_, absent)| !**absent) {
                    let path = crate::CellPath { table, row: row.id, column: row.columns[0].id };
                    report.set(path, Cell::Blank).unwrap();
                }
                let rows = super::table(&report, table);
                if rows.is_empty() {
                    continue;
                }
                let covered = coverage(&rows);
                prop_assert!(covered.iter().flatten().all(|n| *n == 1), "{covered:?}");
                let area: usize = rows.iter().flatten().map(|cell| cell.columns * cell.rows).sum();
                prop_assert_eq!(area, covered.len() * covered[0].len());
            }
        }
    }

    #[test]
    fn figures_are_printed_as_the_form_asks() {
        let [old, new] = Edition::ALL.map(Edition::form);
        let print = |form: &crate::form::Form, path: &str, value: Value| {
            let (_, column) = form.find(path.parse().unwrap()).unwrap();
            printed(&Cell::Reported { value }, column)
        };
        let amount = |text: &str| Value::Amount(text.parse().unwrap());
        assert_eq!(print(new, "disclosure/fees/amount", amount("0.44万元")), "0.44");
        assert_eq!(print(new, "disclosure/fees/amount", amount("4400元")), "4400元");
        assert_eq!(print(old, "disclosure/procurement/amount", amount("0.44万元")), "0.44万元");
        assert_eq!(print(old, "disclosure/procurement/amount", amount("4400")), "4400");
        for (change, printed) in [(3, "+3"), (-2, "-2"), (0, "0")] {
            assert_eq!(print(old, "disclosure/licensing/change", Value::Change(change)), printed);
        }
    }
}
