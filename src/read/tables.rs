//! In: the text and its outline. Out: the three tables of the report, by the stages of tokens, layout, alignment and
//! solving, with their evidence. It reads no header and no prose.

use std::ops::Range;

use memchr::memmem;

use super::Sink;
use super::align::{Alignment, RowTokens, align};
use super::blanks;
use super::boxes::boxes;
use super::broken::join;
use super::cells::{Writer, say_outcome, say_row};
use super::disclosure::{Disclosure, Habits};
use super::drawn::straighten;
use super::empty_lines;
use super::glued::part;
use super::heights::{by_place, drawn_rows, drop_drawn_together, unit};
use super::labels::{Labels, MAX_LABELS};
use super::layout::{Item, Layout, Subtotal, further_tables, layout};
use super::mend::{adds_up, is_complete, mend};
use super::outline::Outline;
use super::proceedings::one_row;
use super::regions::{Regions, cut_at_bodies, regions, spilt};
use super::repeats::{drop_empty_lines, drop_merged, drop_repeats, drop_spacing};
use super::row::{RowCase, is_wide};
use super::run_on::cut_rows;
use super::several::{Candidate, own_table};
use super::solve::{CellCase, Outcome, Solution, Solver};
use super::stacked::stack;
use super::token::{Content, MAX_PIECES, Piece, Pieces, pieces};
use crate::diagnostic::{Code, Subject};
use crate::evidence::EvidenceTable;
use crate::form::{APPLICANTS, Edition, Form, RESULTS, Table};
use crate::model::Report;

/// The region of the tables, cut into pieces, with the labels in it.
pub(crate) struct Tables<'a> {
    text: &'a str,
    pieces: Pieces,
    labels: Labels,
    regions: Regions,
}

/// The most labels and runs of values of one table that are aligned: eighty times those of the form.
const MAX_ITEMS: usize = 1 << 12;

/// A table, aligned.
pub(super) struct Aligned {
    pub(super) table: Table,
    pub(super) layout: Layout,
    pub(super) alignment: Alignment,
}

impl<'a> Tables<'a> {
    /// Looks for the tables where the outline says, or else wherever their labels stand in the report.
    pub(crate) fn find(text: &'a str, lines: &[Range<usize>], outline: &Outline) -> Self {
        let mut bodies = Table::ALL.map(|t| outline.body(t.section()));
        if let Some(last) = &mut bodies[Table::Proceedings as usize] {
            last.end = outline.behind(last.end).and_then(|behind| spilt(text, behind)).unwrap_or(last.end);
        }
        let start = bodies.iter().flatten().map(|b| b.start).min();
        let end = bodies.iter().flatten().map(|b| b.end).max();
        let region = start.unwrap_or(0)..end.unwrap_or(outline.end());
        let lines = cut_rows(text, lines, &region);
        let lines = &cut_at_bodies(text, &lines, &bodies);
        let tables = Tables::within(text, lines, region.clone(), &bodies);
        let whole = 0..outline.end().max(region.end);
        if tables.regions.iter().all(Option::is_some) || region == whole {
            return tables;
        }
        Tables::within(text, lines, whole, &bodies)
    }

    fn within(text: &'a str, lines: &[Range<usize>], region: Range<usize>, bodies: &Regions) -> Self {
        let pieces = pieces(text, lines, region.clone());
        let labels = Labels::find(text, &pieces);
        let regions = regions(&pieces, &labels, &region, bodies);
        Tables { text, pieces, labels, regions }
    }

    /// The edition whose labels the tables have.
    pub(crate) fn edition(&self) -> Option<Edition> {
        self.labels.edition(&self.pieces)
    }

    /// Reads the tables into the report.
    pub(crate) fn read(mut self, report: &mut Report, evidence: &mut EvidenceTable, sink: &mut Sink) {
        let form = report.edition.form();
        if self.pieces.cut {
            sink.limit(format!("words of tables ≤ {MAX_PIECES}"));
        }
        if self.labels.cut {
            sink.limit(format!("labels of tables ≤ {MAX_LABELS}"));
        }
        if self.regions.iter().all(Option::is_none) {
            return sink.say(Code::NotAReport, Subject::Document, None, Vec::new());
        }
        let twice = Table::ALL.map(|table| !self.keep_own(form, table, report.header.year, sink));
        let mut requests = self.lay_requests(form);
        if let Some(filled) = requests.as_ref().and_then(|requests| self.with_empty_lines(form, requests)) {
            (self, requests) = (filled, None);
        }
        if let Some(regions) = requests.as_ref().and_then(|requests| self.regions_with_rest(form, requests)) {
            (self.regions, requests) = (regions, None);
        }
        let mut aligned = self.align_all(form, requests, sink);
        aligned.retain(|aligned| !twice[aligned.table as usize]);
        let cells = settle(form, self.text, &aligned, sink);
        let mut writer = Writer { text: self.text, regions: &self.regions, form, evidence, sink };
        let mut slots = report.slots_mut().into_iter().enumerate();
        for table in &aligned {
            writer.table(table, &cells, &mut slots);
        }
    }

    /// Leaves out of a table's region what stands before the report's own, where several tables of the kind follow each other;
    /// false where nothing tells which is this one.
    fn keep_own(&mut self, form: &Form, table: Table, year: Option<u16>, sink: &mut Sink) -> bool {
        let Some(region) = &mut self.regions[table as usize] else { return true };
        let again = further_tables((table, form.edition), &self.pieces, &self.labels, region.clone());
        if again.is_empty() {
            return true;
        }
        let pieces = &self.pieces.pieces;
        let first = pieces.partition_point(|p| p.end <= region.start);
        let last = pieces.partition_point(|p| p.start < region.end).max(first);
        // A year's number is no value of the table before its caption.
        let is_value = |p: &Piece| p.is_value() && !self.text[p.end..].trim_start().starts_with('年');
        let labels = &self.labels;
        let end_before = |at: &usize| {
            let value = pieces[..*at].iter().rposition(is_value).map_or(0, |value| value + 1);
            labels.last_row(table, *at).map_or(value, |label| value.max(label + 1))
        };
        let starts: Vec<usize> = [first].into_iter().chain(again.iter().map(end_before)).collect();
        let ends = starts.iter().skip(1).copied().chain([last]);
        let from = |at: usize| if at == first { region.start } else { pieces[at - 1].end };
        let candidate = |(at, end): (usize, usize)| {
            let end = end.max(at);
            let label = labels.first_within(table, at..end);
            let behind = label.filter(|_| table == Table::Proceedings).map(|label| label.piece + 1..end);
            let upto = behind.and_then(|behind| labels.first_within(Table::Requests, behind)).map_or(end, |f| f.piece);
            let above = &self.text[from(at)..label.map_or(from(at), |label| label.hit.start.max(from(at)))];
            Candidate { above, pieces: &pieces[at..upto], torn: upto < end }
        };
        let candidates: Vec<Candidate> = starts.iter().copied().zip(ends).map(candidate).collect();
        let cells = form.rows(table).iter().map(|row| row.columns.len()).sum();
        let Some(own) = own_table(&candidates, year, cells) else {
            sink.say(Code::TableTwice, Subject::Table(table), None, Vec::new());
            return false;
        };
        let end = starts.get(own + 1).map_or(region.end, |next| from(*next));
        // What stands behind other tables is looked for, to be told about.
        let end = if table == Table::Proceedings { end } else { region.end };
        *region = from(starts[own])..end;
        true
    }

    /// Table 2, as far as no column is told that the form does not have.
    fn lay_requests(&self, form: &'static Form) -> Option<Layout> {
        self.lay(form, Table::Requests, &vec![APPLICANTS.len() as u8; form.rows(Table::Requests).len()])
    }

    fn lay(&self, form: &'static Form, table: Table, widths: &[u8]) -> Option<Layout> {
        let region = self.regions[table as usize].clone()?;
        Some(layout(self.text, (table, form.edition), &self.pieces, &self.labels, region, widths))
    }

    /// The same tables, where empty lines stand for their empty cells, or lines of a space.
    fn with_empty_lines(&self, form: &'static Form, requests: &Layout) -> Option<Self> {
        let tables = |pieces: Pieces| {
            let labels = Labels::find(self.text, &pieces);
            Tables { text: self.text, pieces, labels, regions: self.regions.clone() }
        };
        let is_whole = |tables: &Self| tables.lay_requests(form).is_some_and(|requests| requests.is_whole(form));
        let spaces =
            memmem::find(self.text.as_bytes(), b"\n \n").or_else(|| memmem::find(self.text.as_bytes(), b"\n \r\n"));
        let with_spaces = || empty_lines::fill_spaces(self.text, &self.pieces).map(tables).filter(is_whole);
        let with_blanks = || empty_lines::fill(self.text, &self.pieces, requests).map(tables);
        spaces.and_then(|_| with_spaces()).or_else(with_blanks)
    }

    /// The regions, where a converter that prints by blocks left the last values of table 2 among the heads of table 3: this one has
    /// as many too many as the other lacks, and with them all rows and columns of table 2 add up.
    fn regions_with_rest(&self, form: &'static Form, requests: &Layout) -> Option<Regions> {
        let [first, Some(own), Some(next)] = self.regions.clone() else { return None };
        let cells = form.rows(Table::Requests).len() * APPLICANTS.len();
        let missing = cells.checked_sub(requests.tokens.len())?;
        let width = PROCEEDINGS_SUMS.iter().sum::<usize>();
        if !(1..APPLICANTS.len()).contains(&missing) || own.end > next.start {
            return None;
        }
        let proceedings = self.lay(form, Table::Proceedings, &[width as u8])?;
        let last = proceedings.tokens.get(missing - 1).filter(|_| proceedings.tokens.len() == width + missing)?;
        // Zeros fit anything.
        let (rest, parts) = proceedings.tokens.split_at(missing);
        if !parts.chunks(RESULTS.len()).all(adds_up) || rest.iter().all(|t| t.count() == Some(0)) {
            return None;
        }
        let (own, next) = (own.start..last.end, last.end..next.end);
        let aligned = self.align(form, Table::Requests, own.clone(), None, &[], &mut Sink::default())?;
        is_complete(form, &aligned.layout.tokens, &aligned.alignment).then_some([first, Some(own), Some(next)])
    }

    fn align_all(&self, form: &'static Form, mut requests: Option<Layout>, sink: &mut Sink) -> Vec<Aligned> {
        let mut aligned = Vec::new();
        for table in Table::ALL {
            match self.regions[table as usize].clone() {
                Some(region) => {
                    let laid = requests.take_if(|_| table == Table::Requests);
                    let mut found = self.align(form, table, region, laid, &aligned, sink);
                    if let Some(found) = &mut found {
                        self.drop_alien(form, found);
                    }
                    aligned.extend(found);
                }
                None => sink.say(Code::TableMissing, Subject::Table(table), None, Vec::new()),
            }
        }
        aligned
    }

    /// Takes the tokens of rows without a label straight behind text that is none of the form's, and of those behind a part of
    /// another row's label, unless all of table 2 adds up with them: some offices leave a row out and put one of their own in
    /// its place, and a narrow label may have lost its first lines with the row before.
    fn drop_alien(&self, form: &Form, aligned: &mut Aligned) {
        let Aligned { table, layout, alignment } = aligned;
        let table = *table;
        let behind = |token: usize, label: &str| {
            self.labels.is_behind_other_text(self.text, &self.pieces, layout.tokens[token].start, label)
        };
        // Table 3 has a name before each of its parts only where these stand on lines of their own.
        let is_foreign = |t: &usize| layout.foreign.binary_search(&layout.tokens[*t].line).is_ok();
        let is_of_another = |token: usize, row: u8| {
            self.labels.is_behind_another_s(self.text, &self.pieces, layout.tokens[token].start, row, form.edition)
        };
        let is_alien = |(r, row): (u8, &RowTokens)| match (table, row.tokens.iter().min()) {
            (Table::Proceedings, _) => row.contradicted && row.tokens.iter().any(is_foreign),
            (Table::Requests, Some(t)) if row.labelled => !row.tied && is_of_another(*t, r),
            (_, Some(t)) => !row.labelled && behind(*t, form.rows(table)[usize::from(r)].label),
            (_, None) => false,
        };
        let alien: Vec<u8> = (0..).zip(&alignment.rows).filter(|row| is_alien(*row)).map(|(r, _)| r).collect();
        let adds_up = || table == Table::Requests && is_complete(form, &layout.tokens, alignment);
        if alien.is_empty() || adds_up() {
            return;
        }
        drop_rows(&alien, alignment);
    }

    /// Aligns a table, which may have been laid out before, behind others; none whose columns are not the form's.
    fn align(
        &self,
        form: &'static Form,
        table: Table,
        region: Range<usize>,
        laid: Option<Layout>,
        others: &[Aligned],
        sink: &mut Sink,
    ) -> Option<Aligned> {
        let rows = form.rows(table);
        let widths: Vec<u8> = match table {
            Table::Proceedings => vec![(rows.len() * RESULTS.len()) as u8],
            _ => rows.iter().map(|r| r.columns.len() as u8).collect(),
        };
        let laid_out = |widths: &[u8]| {
            layout(self.text, (table, form.edition), &self.pieces, &self.labels, region.clone(), widths)
        };
        let mut laid = without_repeats(laid.unwrap_or_else(|| laid_out(&widths)), table, &widths);
        if laid.turned {
            sink.say(Code::TableMisheaded, Subject::Table(table), None, Vec::new());
            return None;
        }
        let mut alignment = match table {
            Table::Disclosure => {
                cut(&mut laid, table, sink);
                let mut alignment = self.by_labels(&laid, &widths);
                mark_narrow(&laid, &mut alignment, &widths);
                alignment
            }
            Table::Requests if laid.subtotal.is_some() => {
                let widths = vec![APPLICANTS.len() as u8 + 1; rows.len()];
                laid = without_repeats(laid_out(&widths), table, &widths);
                cut(&mut laid, table, sink);
                let mut alignment = self.by_labels(&laid, &widths);
                drop_subtotal(&mut laid, &mut alignment);
                alignment
            }
            Table::Requests => self.align_requests(form, &mut laid, &widths, sink),
            Table::Proceedings => self.align_proceedings(form, &mut laid, &widths, others),
        };
        drop_rows(&laid.merged, &mut alignment);
        Some(Aligned { table, layout: laid, alignment })
    }

    /// By the boxes or the columns of table 2 where all of it stands in such, else by its labels and its sums.
    fn align_requests(&self, form: &'static Form, laid: &mut Layout, widths: &[u8], sink: &mut Sink) -> Alignment {
        let unit = || unit(self.text, &self.pieces);
        straighten(self.text, laid, widths.len(), unit);
        join(self.text, laid, APPLICANT_SUMS);
        stack(self.text, laid, widths.len());
        part(self.text, laid, form, Table::Requests, APPLICANT_SUMS, None);
        cut(laid, Table::Requests, sink);
        let aligned = boxes(laid, widths.len(), APPLICANTS.len()).or_else(|| blanks::align(form, laid));
        aligned.unwrap_or_else(|| {
            let mut alignment = self.by_labels(laid, widths);
            let drawn = |stretch: &[usize], count| drawn_rows(self.text, &laid.tokens, stretch, count, unit);
            mend(form, laid, &drawn, &mut alignment);
            drop_drawn_together(self.text, &laid.tokens, &mut alignment);
            drop_beside_lost(laid, &mut alignment);
            mark_narrow(laid, &mut alignment, widths);
            alignment
        })
    }

    /// As one row of three parts.
    fn align_proceedings(&self, form: &Form, laid: &mut Layout, widths: &[u8], others: &[Aligned]) -> Alignment {
        join(self.text, laid, PROCEEDINGS_SUMS);
        let requests = others.iter().find(|a| a.table == Table::Requests).map(|a| &a.layout);
        part(self.text, laid, form, Table::Proceedings, PROCEEDINGS_SUMS, requests);
        let mut alignment = one_row(laid, usize::from(widths[0]));
        by_place(self.text, &laid.tokens, &mut alignment, widths, || unit(self.text, &self.pieces));
        alignment
    }

    fn by_labels(&self, laid: &Layout, widths: &[u8]) -> Alignment {
        let mut alignment = align(laid, widths);
        by_place(self.text, &laid.tokens, &mut alignment, widths, || unit(self.text, &self.pieces));
        alignment
    }
}

/// Takes the tokens of these rows, which may be those of others.
fn drop_rows(rows: &[u8], alignment: &mut Alignment) {
    for row in rows {
        let Some(got) = alignment.rows.get_mut(usize::from(*row)) else { continue };
        let tokens = std::mem::replace(got, RowTokens { doubtful: true, ..RowTokens::default() }).tokens;
        alignment.stray.extend(tokens);
    }
}

/// A layout without what stands in it a second time, and without what only makes room.
fn without_repeats(mut laid: Layout, table: Table, widths: &[u8]) -> Layout {
    drop_spacing(&mut laid, widths);
    drop_repeats(&mut laid, widths);
    drop_merged(&mut laid, widths);
    if table == Table::Requests {
        drop_empty_lines(&mut laid, widths.len(), usize::from(widths[0]));
    }
    laid
}

/// Takes the tokens of rows before their labels, behind one of which nothing is left, neither label nor values: they may be that
/// one's, and their own gone with its label.
fn drop_beside_lost(layout: &Layout, alignment: &mut Alignment) {
    let rows = &alignment.rows;
    let mut named = vec![false; rows.len()];
    for item in &layout.items {
        if let Item::Label { row, item: false, .. } = item
            && let Some(named) = named.get_mut(usize::from(*row))
        {
            *named = true;
        }
    }
    let is_lost = |r: usize| rows[r].tokens.is_empty() && !named[r];
    let loose =
        |row: &RowTokens| !row.tied && !row.boxed && row.tokens.iter().all(|t| layout.tokens[*t].slot.is_none());
    let contested = |r: &usize| rows[*r].label_behind && loose(&rows[*r]) && r.checked_sub(1).is_some_and(is_lost);
    let contested: Vec<usize> = (0..rows.len()).filter(contested).collect();
    for row in contested {
        let got = std::mem::take(&mut alignment.rows[row].tokens);
        alignment.stray.extend(got);
        alignment.rows[row] = RowTokens { labelled: true, doubtful: true, ..RowTokens::default() };
    }
}

/// Where more labels have as many figures more than columns behind them on a line as have none more, the table has columns of
/// its own, and a row of no more lacks a cell.
fn mark_narrow(layout: &Layout, alignment: &mut Alignment, widths: &[u8]) {
    let figures = |run: &Range<usize>| {
        let tokens = &layout.tokens[run.clone()];
        let line = tokens.iter().take_while(|t| t.line == tokens[0].line);
        line.filter(|t| matches!(t.content, Content::Figure(_) | Content::Mark)).count()
    };
    let more = layout.items.windows(2).filter_map(|pair| match pair {
        [Item::Label { row, item: false, .. }, Item::Run(run)] => {
            figures(run).checked_sub(usize::from(*widths.get(usize::from(*row))?))
        }
        _ => None,
    });
    let mut more: Vec<usize> = more.collect();
    more.sort_unstable();
    let none = more.partition_point(|more| *more == 0);
    if more[none..].chunk_by(|a, b| a == b).any(|alike| alike.len() >= LEAST_WIDE.max(none + 1)) {
        alignment.rows.iter_mut().for_each(|row| row.narrow = true);
    }
}

/// What every cell of the form comes to: by their sums in tables 2 and 3, by its labels in table 1, which has none.
fn settle(form: &'static Form, text: &str, aligned: &[Aligned], sink: &mut Sink) -> Vec<CellCase> {
    let sums: Vec<&Aligned> = aligned.iter().filter(|a| a.table != Table::Disclosure).collect();
    let cases: Vec<RowCase> = sums.iter().flat_map(|a| row_cases(form, a)).collect();
    let tables = sums.iter().flat_map(|a| a.alignment.rows.iter().map(|_| a.table));
    let name = |(table, case): (Table, &RowCase)| (table, case.cells(), case.got.tokens.len(), case.is_parted());
    let names: Vec<(Table, Range<usize>, usize, bool)> = tables.zip(&cases).map(name).collect();
    let strays = sums.iter().any(|a| !a.alignment.stray.is_empty());
    let without_zeros = blanks::settle(form, text, &cases);
    let left_out = without_zeros.is_some();
    let by_sums = || blanks::settle_apart(form, &cases, Solver::new(form, &cases, strays).solve());
    let Solution { mut cells, outcomes } = without_zeros.unwrap_or_else(by_sums);
    if let Some(table) = aligned.iter().find(|a| a.table == Table::Disclosure) {
        settle_disclosure(form, table, Habits::of(aligned, &outcomes, left_out), &mut cells, sink);
    }
    for ((table, row, count, parted), outcome) in names.iter().zip(&outcomes) {
        if *parted && matches!(outcome, Outcome::Read | Outcome::Reordered) {
            say_row(form, *table, row.start, Code::RowParted, Vec::new(), sink);
        }
        // A row of which the sums leave every cell does not stay without values.
        if cells[row.clone()].iter().any(|cell| cell.inferred.is_none()) {
            say_outcome(form, *table, row.start, *count, *outcome, sink);
        }
    }
    cells
}

fn settle_disclosure(form: &'static Form, table: &Aligned, habits: Habits, cells: &mut [CellCase], sink: &mut Sink) {
    let disclosure = Disclosure::new(form, table, habits);
    let mut first = 0;
    for (r, row) in form.rows(Table::Disclosure).iter().enumerate() {
        let own = &mut cells[first..first + row.columns.len()];
        match disclosure.settle(r, own) {
            Err(outcome) => say_outcome(form, Table::Disclosure, first, disclosure.printed(r), outcome, sink),
            Ok(()) if disclosure.is_padded(r) => {
                sink.say(Code::RowPadded, Subject::Row(Table::Disclosure, row.id), None, Vec::new());
            }
            Ok(()) => {}
        }
        first += row.columns.len();
    }
}

/// Leaves out what is beyond the limit.
fn cut(layout: &mut Layout, table: Table, sink: &mut Sink) {
    if layout.items.len() > MAX_ITEMS {
        layout.items.truncate(MAX_ITEMS);
        sink.say(Code::Limit, Subject::Table(table), None, vec![format!("rows and runs of a table ≤ {MAX_ITEMS}")]);
    }
}

/// So many rows with more values than columns show that a table has columns of its own.
const LEAST_WIDE: usize = 3;

/// The parts of a row that each end with their total.
const APPLICANT_SUMS: &[usize] = &[7];
const PROCEEDINGS_SUMS: &[usize] = &[5, 5, 5];

fn row_cases<'a>(form: &Form, aligned: &'a Aligned) -> Vec<RowCase<'a>> {
    let first = form.first(aligned.table);
    let (width, sums) = match aligned.table {
        Table::Proceedings => (15, PROCEEDINGS_SUMS),
        _ => (7, APPLICANT_SUMS),
    };
    let tokens = aligned.layout.tokens.len();
    let at = |positions: &mut dyn Iterator<Item = usize>| {
        let mut at = vec![false; tokens + 1];
        positions.for_each(|t| at[t] = true);
        at
    };
    // What is left of a row without a label, and what a row has too much, may be none of its own.
    let too_few = |row: &RowTokens| !row.labelled && row.tokens.len() < width;
    let loose = |row: &&RowTokens| too_few(row) || !row.agreed || row.tokens.len() > width;
    let left = aligned.alignment.rows.iter().filter(loose).flat_map(|row| &row.tokens);
    let stray = at(&mut aligned.alignment.stray.iter().chain(left).copied());
    let begins = at(&mut aligned.layout.runs().map(|run| run.start));
    let goes_on = |last: usize| {
        let next = aligned.layout.tokens.get(last + 1).filter(|_| !begins[last + 1]);
        next.is_some_and(|next| is_wide(next) && next.line == aligned.layout.tokens[last].line + 1)
    };
    let case = |(r, got): (usize, &'a RowTokens)| {
        let (start, last) = (got.tokens.iter().min().copied(), got.tokens.iter().max());
        let beside = [start.and_then(|start| start.checked_sub(1)), last.map(|last| last + 1)];
        let strays = beside.map(|t| t.filter(|t| stray.get(*t) == Some(&true)));
        RowCase {
            first: first + r * width,
            width,
            sums,
            got,
            tokens: &aligned.layout.tokens,
            strays,
            goes_on: last.is_some_and(|last| goes_on(*last)),
            adrift: aligned.layout.adrift,
            joined: [start.filter(|_| strays[0].is_some()), strays[1]].map(|t| t.is_some_and(|t| !begins[t])),
        }
    };
    aligned.alignment.rows.iter().enumerate().map(case).collect()
}

/// Takes the organisations' subtotal out of rows of eight: the one column that is the sum of the five organisations in
/// every row but for one that an office slipped in. Where that may be several columns, its head tells which.
fn drop_subtotal(laid: &mut Layout, alignment: &mut Alignment) {
    let width = APPLICANTS.len() + 1;
    let tokens = &mut laid.tokens;
    for row in &mut alignment.rows {
        row.tokens.sort_by_key(|t| tokens[*t].slot);
    }
    let is_figure: Vec<bool> = tokens.iter().map(|t| matches!(t.content, Content::Figure(_))).collect();
    let whole = alignment.rows.iter().filter(|r| r.tokens.len() == width);
    let rows: Vec<Vec<u128>> = whole.filter_map(|r| r.tokens.iter().map(|t| tokens[*t].count()).collect()).collect();
    let without = |row: &[u128], at: usize| -> Vec<u128> {
        row.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, f)| *f).collect()
    };
    let fails = |row: &Vec<u128>, at: usize| {
        let rest = without(row, at);
        row[at] != rest[1..6].iter().sum::<u128>() || rest[6] != rest[..6].iter().sum::<u128>()
    };
    let faults = |at: usize| rows.iter().filter(|row| fails(row, at)).count();
    let least = (1..width).map(faults).min().filter(|least| *least <= 1);
    let places: Vec<usize> = (1..width).filter(|at| Some(faults(*at)) == least).collect();
    let same = |a: usize, b: usize| rows.iter().all(|r| without(r, a) == without(r, b));
    // Where several columns may be the subtotal, it makes a difference which cell of a row is the empty one.
    let settled = |row: &RowTokens| {
        let kinds: Vec<bool> = row.tokens.iter().map(|t| is_figure[*t]).collect();
        places.windows(2).all(|p| kinds[p[0] + 1..=p[1]] == kinds[p[0]..p[1]])
    };
    let told = match laid.subtotal {
        Some(Subtotal::Before) => Some(1),
        Some(Subtotal::Behind) => Some(APPLICANTS.len() - 1),
        _ => None,
    };
    let place = match told {
        Some(told) => Some(told).filter(|told| places.contains(told)),
        None => places.first().copied().filter(|first| places.iter().all(|p| same(*first, *p))),
    };
    for row in &mut alignment.rows {
        match place {
            Some(place) if row.tokens.len() == width && (told.is_some() || settled(row)) => {
                row.tokens.remove(place);
                for (slot, token) in row.tokens.iter().enumerate() {
                    let known = &mut tokens[*token].slot;
                    *known = known.map(|_| slot as u8);
                }
            }
            _ => *row = RowTokens { doubtful: true, ..Default::default() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    #[track_caller]
    fn exceeds(text: &str, limit: &str) -> bool {
        let diagnostics = crate::parse(text).diagnostics;
        let limits = diagnostics.iter().filter(|d| d.code == Code::Limit);
        let named = limits.filter(|d| d.message(Language::English).contains(limit)).count();
        assert!(named <= 1, "said more than once: {limit}");
        named == 1
    }

    #[test]
    fn limits_just_below_and_just_above() {
        for (unit, most, limit) in [
            ("1\n", MAX_PIECES, "words of tables"),
            ("规章\n", MAX_LABELS, "labels of tables"),
            ("规章 1 2 3\n规章 4 5 6\n", MAX_ITEMS / 4, "rows and runs"),
            ("\n", crate::read::text::MAX_LINES - 1, "lines"),
        ] {
            assert!(!exceeds(&unit.repeat(most), limit), "{limit}");
            assert!(exceeds(&unit.repeat(most + 1), limit), "{limit}");
        }
    }
}
