//! In: what every cell came to. Out: the report's cells, their evidence, and a sentence about each that has no figure or an
//! inferred one. It decides nothing.

use std::ops::Range;

use super::fold::folded;
use super::layout::Token;
use super::regions::Regions;
use super::solve::{CellCase, Outcome};
use super::tables::Aligned;
use super::text::beginning;
use super::token::Content;
use super::{Sink, bytes};
use crate::diagnostic::{Code, Subject};
use crate::evidence::{Evidence, EvidenceTable, Settled};
use crate::form::{CellPath, Edition, Form, Kind, Table};
use crate::model::{Cell, SlotMut, Unit, Value};

/// So far behind its beginning the head of the amounts names their unit, in bytes.
const UNIT_BYTES: usize = 120;

/// So many stray figures are told by what is printed.
const MOST_STRAYS: usize = 12;

/// Says how a row came out, with the number of its values.
pub(super) fn say_outcome(form: &Form, table: Table, first: usize, count: usize, outcome: Outcome, sink: &mut Sink) {
    let (code, particulars) = match outcome {
        Outcome::Read | Outcome::Settled => return,
        Outcome::Reordered => (Code::RowReordered, Vec::new()),
        Outcome::Ambiguous => {
            let cells = form.paths.iter().skip(first);
            let row = cells.clone().next().map(|p| p.row);
            let of_row = |p: &&CellPath| p.table == table && (table == Table::Proceedings || Some(p.row) == row);
            (Code::RowAmbiguous, vec![count.to_string(), cells.take_while(of_row).count().to_string()])
        }
        Outcome::Doubtful => (Code::RowDoubtful, Vec::new()),
        Outcome::Misheaded => (Code::RowMisheaded, Vec::new()),
        Outcome::Missing => (Code::RowMissing, Vec::new()),
    };
    say_row(form, table, first, code, particulars, sink);
}

/// Says something of the row that begins with this cell; table 3 is one row.
pub(super) fn say_row(form: &Form, table: Table, first: usize, code: Code, particulars: Vec<String>, sink: &mut Sink) {
    let Some(path) = form.paths.get(first) else { return };
    let subject = match table {
        Table::Proceedings => Subject::Table(table),
        _ => Subject::Row(table, path.row),
    };
    sink.say(code, subject, None, particulars);
}

/// Makes the report's cells of what was settled, with their evidence.
pub(super) struct Writer<'a> {
    pub(super) text: &'a str,
    pub(super) regions: &'a Regions,
    pub(super) form: &'static Form,
    pub(super) evidence: &'a mut EvidenceTable,
    pub(super) sink: &'a mut Sink,
}

impl Writer<'_> {
    pub(super) fn table<'s>(
        &mut self,
        aligned: &Aligned,
        cells: &[CellCase],
        slots: &mut impl Iterator<Item = (usize, SlotMut<'s>)>,
    ) {
        let unit = if aligned.table == Table::Disclosure { self.unit(aligned.table) } else { None };
        let first = self.form.first(aligned.table);
        let paths = self.form.paths.iter().enumerate().skip(first);
        for (index, path) in paths.take_while(|(_, p)| p.table == aligned.table) {
            let content = self.cell(index, *path, &cells[index], &aligned.layout.tokens, unit);
            // The content was made for the cell's kind, so that it always fits.
            let _ = slots.find(|(slot, _)| *slot == index).and_then(|(_, slot)| slot.put(content));
        }
        let Aligned { layout, alignment, .. } = aligned;
        let stray = alignment.stray.iter().map(|t| &layout.tokens[*t]);
        let printed = stray.filter(|t| !matches!(t.content, Content::Blank | Content::Gap));
        let mut strays: Vec<Range<usize>> = printed.map(|t| t.start..t.end).chain(layout.outside.clone()).collect();
        strays.sort_unstable_by_key(|place| place.start);
        if let Some(first) = strays.first() {
            let raw: Vec<&str> = strays.iter().take(MOST_STRAYS).map(|place| &self.text[place.clone()]).collect();
            let particulars = vec![strays.len().to_string(), raw.join(" ")];
            self.sink.say(Code::StrayFigures, Subject::Table(aligned.table), Some(first.clone()), particulars);
        }
    }

    fn raw(&self, token: &Token) -> &str {
        &self.text[token.start..token.end]
    }

    /// The unit that the table names for amounts of money.
    fn unit(&self, table: Table) -> Option<Unit> {
        let region = self.regions[table as usize].clone()?;
        let head = match self.form.edition {
            Edition::V2021 => "收费金额",
            Edition::V2019 => "采购总金额",
        };
        let text = &self.text[region];
        let behind_head =
            |(at, _): (usize, &str)| folded(beginning(&text[at..], UNIT_BYTES)).strip_prefix(head).map(str::to_owned);
        let head_at = |first: char| text.match_indices(first).find_map(behind_head);
        let first = head.chars().next()?;
        // A traditional 采.
        let behind = head_at(first).or_else(|| head_at('採'))?;
        let unit = behind.strip_prefix("单位").unwrap_or(&behind);
        if unit.starts_with("万元") {
            Some(Unit::TenThousandYuan)
        } else if unit.starts_with('元') {
            Some(Unit::Yuan)
        } else {
            (self.form.edition == Edition::V2021).then_some(Unit::TenThousandYuan)
        }
    }

    fn cell(
        &mut self,
        index: usize,
        path: CellPath,
        case: &CellCase,
        tokens: &[Token],
        unit: Option<Unit>,
    ) -> Cell<Value> {
        let subject = Subject::Cell(path);
        let token = case.token.and_then(|t| tokens.get(t));
        if let Some(token) = token {
            let (place, raw) = (Some(bytes(token.start..token.end)), self.raw(token).to_owned());
            self.evidence.set_cell(index, Evidence { place, raw, settled: Settled::Printed });
        }
        if let Some((figure, equations)) = &case.inferred {
            return self.inferred(index, path, *figure, equations, token);
        }
        let at = token.map(|t| t.start..t.end);
        if let Some((one, other)) = case.conflict {
            self.sink.say(Code::CellConflict, subject, at.clone(), vec![format!("{one}, {other}")]);
        }
        if case.blank {
            self.sink.say(Code::CellBlank, subject, None, Vec::new());
            return Cell::Blank;
        }
        if !case.open.is_empty() {
            let open = case.open.iter().map(|figure| figure.map_or("–".to_owned(), |f| f.to_string()));
            self.sink.say(Code::CellAmbiguous, subject, None, vec![open.collect::<Vec<_>>().join(", ")]);
            return Cell::Absent;
        }
        let Some(token) = token else {
            self.sink.say(Code::CellMissing, subject, None, Vec::new());
            return Cell::Absent;
        };
        let kind = self.form.kinds[index];
        let value = match token.content {
            Content::Figure(f) => f.value(kind, unit.filter(|_| kind == Kind::Amount)),
            _ => None,
        };
        match (token.content, value) {
            (_, Some(value)) => Cell::Reported { value },
            (Content::Blank | Content::Gap, None) => {
                self.sink.say(Code::CellBlank, subject, at, Vec::new());
                Cell::Blank
            }
            (Content::Dash, None) => Cell::NotApplicable,
            (_, None) => {
                let raw = self.raw(token).to_owned();
                self.sink.say(Code::CellUnreadable, subject, at, vec![raw.clone()]);
                Cell::Unreadable { raw }
            }
        }
    }

    fn inferred(
        &mut self,
        index: usize,
        path: CellPath,
        figure: u64,
        equations: &[usize],
        token: Option<&Token>,
    ) -> Cell<Value> {
        let equations: Vec<_> = equations.iter().filter_map(|e| self.form.equations.get(*e)).collect();
        let cells = equations.iter().flat_map(|e| e.left.iter().chain(&e.right)).filter(|c| **c != index);
        let mut from: Vec<CellPath> = cells.map(|c| self.form.paths[*c]).collect();
        from.sort_unstable();
        from.dedup();
        let settled = Settled::Inferred { rules: equations.iter().map(|e| e.rule).collect(), from: from.clone() };
        let mut evidence = Evidence { settled, ..Evidence::default() };
        if let Some(token) = token {
            evidence.place = Some(bytes(token.start..token.end));
            self.raw(token).clone_into(&mut evidence.raw);
        }
        self.evidence.set_cell(index, evidence);
        let basis: Vec<String> = from.iter().map(ToString::to_string).collect();
        let at = token.map(|t| t.start..t.end);
        self.sink.say(Code::CellInferred, Subject::Cell(path), at, vec![figure.to_string(), basis.join(", ")]);
        Cell::Inferred { value: Value::Count(figure) }
    }
}
