//! In: table 1, aligned, and how the document prints figures. Out: for each of its cells the token that it holds. The
//! table has no sums: a row is read where its own label stands by it, or where the whole table is complete and in order;
//! anything else would be a guess.

use std::cmp::Ordering;
use std::ops::Range;

use super::align::RowTokens;
use super::layout::{Item, Layout, Token, are_same_zeros};
use super::row::{has_zeros_between, is_mixed, is_wide};
use super::solve::{CellCase, Outcome};
use super::tables::Aligned;
use super::token::Content;
use crate::form::{APPLICANTS, Column, Edition, Form, Kind, Row, Table};

/// In which order the document prints figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Row by row.
    Rows,
    /// Each figure by a label, perhaps; no sum tells, where zeros are left out.
    ByLabels,
    /// Otherwise.
    Scrambled,
    Unknown,
}

/// How the document prints figures, as table 2 shows, where sums tell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habits {
    order: Order,
    /// It has empty cells where others print zeros.
    blanks: bool,
    /// And nothing in it shows where they are.
    left_out: bool,
    /// Its labels stand before their rows.
    before: bool,
    /// Zeros of another height than figures of full width stand between these.
    zeros_between: bool,
    /// The least line breaks between a label and its row, where they stand on different lines.
    least: Option<u32>,
    shows_zeros: bool,
}

impl Habits {
    /// Learns from the tables, and from how the rows of tables 2 and 3 came out.
    pub(super) fn of(tables: &[Aligned], outcomes: &[Outcome], left_out: bool) -> Self {
        let sums = tables.iter().find(|a| a.table != Table::Disclosure);
        let order = sums.filter(|a| a.table == Table::Requests).map_or(Order::Unknown, |a| order(a, outcomes));
        let rows = || tables.iter().flat_map(|a| a.alignment.rows.iter().map(|row| (&a.layout, row)));
        let behind = rows().filter_map(|(layout, row)| behind_label(layout, row)).min();
        let shows_zeros = shows_zeros(tables);
        let least = behind.into_iter().chain(if shows_zeros { None } else { least_step(tables) }).min();
        // A figure that belongs to no row may be that of an empty one.
        let left_out = left_out && tables.iter().all(|a| a.alignment.stray.is_empty());
        let zeros_between = have_zeros_between(tables, outcomes);
        Habits {
            order,
            blanks: leaves_zeros_blank(tables),
            left_out,
            before: stand_before(tables),
            zeros_between,
            least,
            shows_zeros,
        }
    }
}

/// Row by row it is if more than a third of the figures stand in rows that are read as they are printed; zeros without a label
/// by them are such in any order.
fn order(requests: &Aligned, outcomes: &[Outcome]) -> Order {
    let all = requests.layout.tokens.len();
    let in_one_piece = |got: &RowTokens| got.tokens.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    let by_label = |got: &RowTokens| got.labelled && !got.block;
    let told =
        |got: &RowTokens| by_label(got) || got.tokens.iter().any(|t| requests.layout.tokens[*t].count() > Some(0));
    let rows = || requests.alignment.rows.iter().zip(outcomes);
    let in_place =
        |(got, outcome): &(&RowTokens, &Outcome)| **outcome == Outcome::Read && told(got) && in_one_piece(got);
    let read: usize = rows().filter(in_place).map(|(got, _)| got.tokens.len()).sum();
    let is_own = |(got, _): (&RowTokens, &Outcome)| {
        got.tokens.is_empty() || (by_label(got) && in_one_piece(got) && got.tokens.len() <= APPLICANTS.len())
    };
    if read * 3 > all {
        Order::Rows
    } else if requests.alignment.stray.is_empty() && rows().all(is_own) {
        Order::ByLabels
    } else {
        Order::Scrambled
    }
}

/// Whether the document has empty cells where others print zeros: no zero is printed, and an empty cell stands before a
/// figure of its row.
fn leaves_zeros_blank(tables: &[Aligned]) -> bool {
    let empty = |t: &Token| matches!(t.content, Content::Gap | Content::Blank);
    let figure = |t: &Token| if let Content::Figure(f) = t.content { f.count() } else { None };
    let tokens = || tables.iter().flat_map(|a| &a.layout.tokens);
    let leaves = |line: &[Token]| {
        let last = line.iter().rposition(|t| figure(t).is_some()).and_then(|i| line[i].slot.or(Some(i as u8)));
        line.iter().enumerate().any(|(i, t)| empty(t) && t.slot.or(Some(i as u8)) < last)
    };
    tokens().all(|t| figure(t) != Some(0))
        && tables.iter().any(|a| a.layout.tokens.chunk_by(|a, b| a.line == b.line).any(leaves))
}

/// Whether zeros of another height stand between figures of full width in rows that have their place; in table 1, whose rows may
/// have moved, with a figure on either side.
fn have_zeros_between(tables: &[Aligned], outcomes: &[Outcome]) -> bool {
    let mut outcomes = outcomes.iter();
    tables.iter().any(|table| {
        let all = table.layout.tokens.as_slice();
        let own = table.table == Table::Disclosure;
        table.alignment.rows.iter().any(|row| {
            let read = !own && outcomes.next() == Some(&Outcome::Read);
            let last = row.tokens.iter().rposition(|t| own && is_wide(&all[*t]));
            let inside = last.is_some_and(|last| has_zeros_between(all, &row.tokens[..last]));
            inside || (read && has_zeros_between(all, &row.tokens))
        })
    })
}

/// Whether zeros show, be it as dashes or empty cells.
fn shows_zeros(tables: &[Aligned]) -> bool {
    tables.iter().flat_map(|a| &a.layout.tokens).any(|t| t.count() == Some(0))
}

/// The least line breaks between two figures of a row of table 2: where zeros are left out, no first figure of a row need be
/// that of its first cell.
fn least_step(tables: &[Aligned]) -> Option<u32> {
    let requests = tables.iter().find(|a| a.table == Table::Requests)?;
    let steps = |row: &RowTokens| row.tokens.iter().skip(1).map(|t| requests.layout.tokens[*t].breaks).min();
    requests.alignment.rows.iter().filter_map(steps).filter(|breaks| *breaks > 0).min()
}

/// Whether most labels of rows stand before them.
fn stand_before(tables: &[Aligned]) -> bool {
    let labelled = tables.iter().filter(|a| a.table != Table::Proceedings);
    let rows = labelled.flat_map(|a| &a.alignment.rows).filter(|row| row.labelled && !row.tokens.is_empty());
    let (behind, before): (Vec<&RowTokens>, Vec<&RowTokens>) = rows.partition(|row| row.label_behind);
    before.len() > behind.len()
}

/// The line breaks between a row and its label before it, or the lines, where some are empty cells.
fn behind_label(layout: &Layout, row: &RowTokens) -> Option<u32> {
    let first = row.tokens.first().filter(|_| row.labelled && !row.label_behind && !row.tied)?;
    let label = |pair: &[Item]| match pair {
        [Item::Label { line, .. }, Item::Run(run)] if run.contains(first) => Some(*line),
        _ => None,
    };
    let token = &layout.tokens[*first];
    let lines = layout.items.windows(2).find_map(label).map_or(0, |line| token.line.saturating_sub(line));
    Some(token.breaks.max(lines)).filter(|breaks| *breaks > 0)
}

/// Table 1, to be settled row by row.
pub(super) struct Disclosure<'a> {
    edition: Edition,
    rows: &'static [Row],
    got: &'a [RowTokens],
    layout: &'a Layout,
    habits: Habits,
    /// Every cell of the table is there, in order, and legible.
    complete: bool,
    /// For each token the row on whose label's line it stands.
    ties: Vec<Option<usize>>,
    /// The rows with no value on their label's line, where most have some there, or half of them and the row behind has no label:
    /// the value may be another's that lost its own label.
    below: Vec<usize>,
}

impl<'a> Disclosure<'a> {
    pub(super) fn new(form: &'static Form, table: &'a Aligned, habits: Habits) -> Self {
        let (rows, got) = (form.rows(Table::Disclosure), table.alignment.rows.as_slice());
        let (edition, layout) = (form.edition, &table.layout);
        let ties = layout.ties();
        let mut new = Disclosure { edition, rows, got, layout, habits, complete: false, ties, below: Vec::new() };
        new.complete = new.is_complete();
        let labelled = got.iter().enumerate().filter(|(_, row)| row.labelled && !row.tokens.is_empty());
        let (on_lines, mut below): (Vec<usize>, Vec<usize>) =
            labelled.map(|(r, _)| r).partition(|r| got[*r].tokens.iter().any(|t| new.ties[*t] == Some(*r)));
        match on_lines.len().cmp(&below.len()) {
            Ordering::Less => below.clear(),
            Ordering::Equal => below.retain(|r| new.is_same_item(*r, r + 1) && !got[r + 1].labelled),
            Ordering::Greater => {}
        }
        new.below = below;
        new
    }

    /// How many cells of a row are printed.
    pub(super) fn printed(&self, r: usize) -> usize {
        self.tokens(r).filter(|t| t.content != Content::Gap).count()
    }

    /// Whether a row ends in empty fields that were taken for zeros, as the document leaves them blank.
    pub(super) fn is_padded(&self, r: usize) -> bool {
        self.tokens(r).any(|t| t.slot.is_some()) && self.may_have_moved_up(r)
    }

    /// Puts a row's tokens into its cells, or says why not.
    pub(super) fn settle(&self, r: usize, cells: &mut [CellCase]) -> Result<(), Outcome> {
        let got = &self.got[r];
        if !got.tokens.is_empty() && self.layout.misheaded.contains(&(r as u8)) {
            return Err(Outcome::Misheaded);
        }
        if got.narrow {
            return Err(Outcome::Ambiguous);
        }
        if self.habits.left_out && got.tokens.is_empty() && self.got.iter().all(|row| row.labelled) {
            for cell in cells {
                cell.blank = true;
            }
            return Ok(());
        }
        let slots: Vec<u8> = self.tokens(r).filter_map(|t| t.slot).collect();
        if slots.iter().any(|slot| usize::from(*slot) >= cells.len()) {
            return Err(Outcome::Ambiguous);
        }
        let explicit = !slots.is_empty() && slots.len() == got.tokens.len();
        let moved = explicit
            && self.may_have_moved_up(r)
            && (!self.habits.blanks || self.ends_in_no_zero(r) || self.is_displaced(r));
        if explicit && !moved && !(got.doubtful && self.is_in_one_run_with_more(r)) {
            for (token, slot) in got.tokens.iter().zip(slots) {
                cells[usize::from(slot)].token = Some(*token);
            }
            return Ok(());
        }
        if !moved && self.stands_in_order(r) {
            put(got.tokens.iter(), cells);
            return Ok(());
        }
        if let Some(cut) = self.turn(r) {
            put(got.tokens[cut..].iter().chain(&got.tokens[..cut]), cells);
            return Ok(());
        }
        Err(match got.tokens.len() {
            0 => Outcome::Missing,
            _ if got.doubtful => Outcome::Doubtful,
            _ => Outcome::Ambiguous,
        })
    }

    /// Where a row is cut by its own label, in a table that has all its figures: what stands on the label's line is the
    /// row's beginning.
    fn turn(&self, r: usize) -> Option<usize> {
        let row = &self.got[r];
        let [cut] = row.cuts.as_slice() else { return None };
        let all = |r: usize| self.got[r].tokens.len() == self.rows[r].columns.len();
        let in_order = self.got.iter().flat_map(|r| &r.tokens).copied().eq(0..self.layout.tokens.len());
        let on_line = row.tokens.iter().enumerate().all(|(i, t)| (self.ties[*t] == Some(r)) == (i >= *cut));
        let plain = self.is_legible(r) && !is_mixed(&self.layout.tokens, &row.tokens) && !row.doubtful;
        let turned = row.tokens[*cut..].iter().chain(&row.tokens[..*cut]).map(|t| self.token(*t));
        let plain = plain && !self.goes_on(r) && !is_displaced(turned, self.rows[r].columns);
        // A figure without borders beside others that have some is none of their row.
        let plain = plain && self.tokens(r).all(|t| t.bordered == self.token(row.tokens[0]).bordered);
        let rows = self.habits.order == Order::Rows && in_order && (0..self.rows.len()).all(all);
        (rows && plain && on_line).then_some(*cut)
    }

    fn token(&self, token: usize) -> &'a Token {
        &self.layout.tokens[token]
    }

    fn tokens(&self, r: usize) -> impl Iterator<Item = &'a Token> {
        self.got[r].tokens.iter().map(|t| self.token(*t))
    }

    /// Whether two rows are of the same item of article 20.
    fn is_same_item(&self, r: usize, other: usize) -> bool {
        self.rows.get(other).is_some_and(|row| row.groups == self.rows[r].groups)
    }

    /// Whether the row's tokens are its cells, one behind the other.
    fn stands_in_order(&self, r: usize) -> bool {
        (self.is_placed(r) || self.complete)
            && !self.is_displaced(r)
            && !self.goes_on(r)
            && (self.habits.zeros_between || !self.has_zeros_apart(r))
            && (self.is_in_order() || self.stands_on_a_line(r))
    }

    /// Whether the document need not print its rows each on a line to print them row by row.
    fn is_in_order(&self) -> bool {
        match self.habits.order {
            Order::Rows | Order::Unknown => true,
            Order::ByLabels => self.complete,
            Order::Scrambled => false,
        }
    }

    /// Whether the row's own label gives it its place.
    fn is_placed(&self, r: usize) -> bool {
        let got = &self.got[r];
        let labelled = got.labelled && got.agreed && got.whole && !got.doubtful;
        let apart = self.layout.behind_text.contains(&(r as u8))
            || !got.tied && self.is_turned(r)
            || self.is_disputed(r)
            || self.is_set_apart(r)
            || self.is_alone_on_its_side(r)
            || self.is_far_behind(r)
            || self.is_behind_others(r)
            || self.is_in_torn_block(r)
            || self.is_broken(r)
            || self.is_below_pieces(r)
            || self.ends_in_label(r)
            || self.begins_in_label(r)
            || self.may_hold_the_next(r)
            || self.may_end_in_the_next(r)
            || self.shares_a_line(r)
            || self.below.contains(&r);
        let all = got.tokens.len() == self.rows[r].columns.len();
        labelled && all && !self.may_stand_by_columns(r) && !apart
    }

    /// Whether labels stand in another order than the form's from this row or beyond it to this one or before it.
    fn is_turned(&self, r: usize) -> bool {
        let sure = self.layout.items.windows(2).filter_map(|pair| match pair {
            [Item::Label { row, item: false, weak: false, fuzzy: false, .. }, Item::Run(_)] => Some(usize::from(*row)),
            _ => None,
        });
        let mut last = 0;
        sure.into_iter().any(|row| {
            let turned = row < last && (row..=last).contains(&r);
            last = last.max(row);
            turned
        })
    }

    /// Whether all cells are there, legible and in order. Where lines run on and tie nothing, a sentence may have brought what
    /// was lost.
    fn is_complete(&self) -> bool {
        let in_order = self.got.iter().flat_map(|r| &r.tokens).copied().eq(0..self.layout.tokens.len());
        let whole = |r: usize| self.got[r].even && self.got[r].tokens.len() == self.rows[r].columns.len();
        let mut rows = 0..self.rows.len();
        let displaced = rows.clone().any(|r| self.is_turned(r) || self.is_behind_others(r) || self.is_before_others(r));
        let sure = in_order && !self.layout.adrift && !displaced && !self.is_off_lines();
        sure && rows.clone().all(|r| whole(r) && self.is_legible(r)) && rows.all(|r| self.stands_by_rows(r))
    }

    /// Whether a row may be one of several in one run, a cell to a line, that stand there by columns.
    fn may_stand_by_columns(&self, r: usize) -> bool {
        (self.got[r].block || !self.got[r].whole) && !self.stands_on_a_line(r)
    }

    /// Whether the row stands apart from its neighbours, or a label says that they stand row by row.
    fn stands_by_rows(&self, r: usize) -> bool {
        let before = |r: usize| self.may_stand_by_columns(r) && self.got[r].labelled;
        let anchored = self.got[r].labelled || r.checked_sub(1).is_some_and(before);
        let by_rows = self.habits.order == Order::Rows && self.stands_below_heads(r);
        let apart = by_rows || !self.may_stand_by_columns(r);
        apart || (anchored && !self.got[r].contradicted)
    }

    /// Whether the row is one of a block, of which another stands on its line: they may be one row's.
    fn shares_a_line(&self, r: usize) -> bool {
        let line_of = |row: &RowTokens| row.tokens.first().map(|t| self.layout.tokens[*t].line);
        let other = |(i, row): (usize, &RowTokens)| i != r && row.block && line_of(row) == line_of(&self.got[r]);
        self.got[r].block && self.got.iter().enumerate().any(other)
    }

    /// Whether the row behind its label, which stands between two, has no values that are surely its own: these may be that
    /// one's. So may they be the row's before it, where a column's head stands between a block of labels and them, or other
    /// labels stand in blocks.
    fn is_disputed(&self, r: usize) -> bool {
        let empty = |other: usize| {
            let row = self.got.get(other).filter(|_| self.is_same_item(r, other));
            row.is_some_and(|row| {
                row.labelled && (row.tokens.is_empty() || !row.agreed || self.is_alone_on_its_side(other))
            })
        };
        let before = || r.checked_sub(1).is_some_and(empty);
        let behind = if self.got[r].label_behind { before() } else { empty(r + 1) };
        let on_its_line = self.got[r].tied && self.stands_on_a_line(r);
        let apart = |r: usize| !self.got[r].tokens.is_empty() && self.is_set_apart(r);
        let blocks = || self.is_apart_from_label(r) || (0..self.got.len()).any(apart);
        !on_its_line && (behind || (before() && blocks()))
    }

    /// Whether a line of text stands between the row's label and its first value.
    fn is_apart_from_label(&self, r: usize) -> bool {
        let first = self.got[r].tokens.first();
        self.layout.items.windows(2).any(|pair| match pair {
            [Item::Label { row, item: false, line, .. }, Item::Run(run)] => {
                usize::from(*row) == r && first.is_some_and(|t| run.contains(t) && self.token(*t).line > line + 1)
            }
            _ => false,
        })
    }

    /// Whether lines of text that are no label stand straight before the run of the row's values: heads, behind which a converter
    /// prints the rows as it does them.
    fn stands_below_heads(&self, r: usize) -> bool {
        let first = self.got[r].tokens.first();
        self.layout.items.windows(2).any(|pair| match pair {
            [Item::Label { line, .. }, Item::Run(run)] => {
                first.is_some_and(|t| run.contains(t)) && self.token(run.start).line > line + 1
            }
            _ => false,
        })
    }

    /// Whether the row stands behind the next item's label, and so in no row's place: blank cells of the item may be
    /// anywhere among its figures.
    fn is_set_apart(&self, r: usize) -> bool {
        self.got[r].labelled && !stands_by_label(self.layout, r, &self.got[r])
    }

    /// Whether the row stands before its label, while as many others, be it none, or most of table 2, stand behind theirs, or
    /// behind it, while more stand before theirs: it may be what another one left there.
    fn is_alone_on_its_side(&self, r: usize) -> bool {
        let on_side = |before: bool| move |got: &&RowTokens| got.labelled && got.label_behind == before && !got.tied;
        let legible = |got: &&RowTokens| got.tokens.iter().any(|t| self.token(*t).count().is_some());
        let count = |before: bool| self.got.iter().filter(legible).filter(on_side(before)).count();
        let (before, behind) = (count(true), count(false));
        if self.got[r].label_behind {
            self.habits.before || behind + 1 >= before
        } else {
            !self.got[r].tied && before > behind
        }
    }

    /// Whether the row stands more than twice as far behind its label as another one, or, where zeros are left out, its one
    /// figure further than before the next label: a label may be lost between.
    fn is_far_behind(&self, r: usize) -> bool {
        let Some(own) = behind_label(self.layout, &self.got[r]) else { return false };
        let alone = !self.habits.shows_zeros && self.rows[r].columns.len() == 1;
        let next = |pair: &[Item]| match pair {
            [Item::Run(run), Item::Label { breaks, .. }] if self.got[r].tokens.contains(&run.start) => Some(*breaks),
            _ => None,
        };
        let beyond = || self.layout.items.windows(2).find_map(next).is_some_and(|next| own > next);
        self.habits.least.is_some_and(|least| own > 2 * least) || (alone && beyond())
    }

    /// Whether another row's value stands straight behind the row's label, where labels stand before their rows.
    fn is_before_others(&self, r: usize) -> bool {
        let own = &self.got[r];
        let behind = |pair: &[Item]| match pair {
            [Item::Label { row, item: false, weak: false, fuzzy: false, .. }, Item::Run(run)] => {
                usize::from(*row) == r && !own.tokens.contains(&run.start)
            }
            _ => false,
        };
        self.habits.before && !own.block && self.layout.items.windows(2).any(behind)
    }

    /// Whether most rows with a label begin on its line, and one begins before it; or whether one without a label has no borders
    /// where those have.
    fn is_off_lines(&self) -> bool {
        let begins = |r: usize, row: &RowTokens| row.tokens.iter().min().is_none_or(|t| self.ties[*t] == Some(r));
        let rows = || self.got.iter().enumerate().filter(|(_, row)| !row.placed);
        let (on_lines, off): (Vec<_>, Vec<_>) =
            rows().filter(|(_, row)| row.labelled).partition(|(r, row)| begins(*r, row));
        let is_before =
            |(r, row): &(usize, &RowTokens)| row.label_behind || row.tokens.iter().any(|t| self.ties[*t] == Some(*r));
        let is_bordered = |row: &RowTokens| row.tokens.iter().all(|t| self.token(*t).bordered);
        let bare = || rows().any(|(_, row)| !row.labelled && !is_bordered(row));
        let off = off.iter().any(is_before) || (on_lines.iter().all(|(_, row)| is_bordered(row)) && bare());
        on_lines.len() > self.rows.len() / 2 && off
    }

    /// Whether values of another row stand between the row's label and its own, and both labels are no block before them.
    fn is_behind_others(&self, r: usize) -> bool {
        // Those at different heights stand in the order of their columns.
        let Some(first) = self.got[r].tokens.iter().min() else { return false };
        let is_label =
            |item: &Item, of: usize| matches!(item, Item::Label { row, item: false, .. } if usize::from(*row) == of);
        let is_in_block = |first: usize| {
            let other = self.got.iter().position(|row| row.tokens.contains(&first));
            let has_label = |other: usize| self.layout.items.iter().any(|item| is_label(item, other));
            self.got[r].block && other.is_some_and(has_label)
        };
        self.layout.items.windows(2).any(|pair| match &pair[1] {
            Item::Run(run) if is_label(&pair[0], r) && run.contains(first) => {
                run.start < *first && !is_in_block(run.start)
            }
            _ => false,
        })
    }

    /// Whether the row is one of a block, of which another has other values straight behind its label: they may be none of a
    /// block.
    fn is_in_torn_block(&self, r: usize) -> bool {
        let is_in = |run: &Range<usize>, row: &RowTokens| row.tokens.first().is_some_and(|t| run.contains(t));
        let runs = self.layout.items.iter().filter_map(|item| if let Item::Run(run) = item { Some(run) } else { None });
        let Some(block) = runs.into_iter().find(|run| self.got[r].block && is_in(run, &self.got[r])) else {
            return false;
        };
        self.layout.items.windows(2).any(|pair| match pair {
            [Item::Label { row, item: false, .. }, Item::Run(run)] => {
                let other = self.got.get(usize::from(*row)).filter(|other| other.block && other.labelled);
                other.is_some_and(|other| is_in(block, other) && !is_in(run, other))
            }
            _ => false,
        })
    }

    /// Whether its figures stand at different distances below one another: cells between them may be empty, or a label lost.
    fn is_broken(&self, r: usize) -> bool {
        let tokens: Vec<&Token> = self.tokens(r).collect();
        let mut steps = tokens.windows(2).map(|pair| (pair[1].line.saturating_sub(pair[0].line), pair[1].breaks));
        let first = steps.next();
        let lines = tokens.windows(2).all(|pair| pair[0].line != pair[1].line);
        !self.got[r].placed && lines && steps.any(|other| Some(other) != first)
    }

    /// Whether digits of full width stand on the lines above and below its label, and those above are no row: a narrow
    /// column may have broken its figures there.
    fn is_below_pieces(&self, r: usize) -> bool {
        let Some(first) = self.got[r].tokens.first().copied() else { return false };
        let Some(before) = first.checked_sub(1).filter(|_| is_wide(self.token(first))) else { return false };
        let is_taken = self.got.iter().any(|row| row.whole && row.tokens.contains(&before));
        is_wide(self.token(before)) && !is_taken && self.token(before).line + 2 == self.token(first).line
    }

    /// Whether it begins with a mark below its label's line, and the row behind it has no label: that may be what is left of it.
    fn begins_in_label(&self, r: usize) -> bool {
        let first = self.got[r].tokens.first().map(|t| self.token(*t));
        let below = first.is_some_and(|t| t.content == Content::Mark && t.breaks > 0) && !self.got[r].label_behind;
        below && self.is_same_item(r, r + 1) && !self.got[r + 1].labelled
    }

    /// Whether the row behind it on a line that runs on has no label: its figures may have run into this one's.
    fn may_hold_the_next(&self, r: usize) -> bool {
        let lost = |next: &RowTokens| !next.labelled && (self.is_same_item(r, r + 1) || !next.itemized);
        self.layout.runs_on && self.got.get(r + 1).is_some_and(lost)
    }

    /// Whether its cells stand on a line each, and of the row behind it nothing is left: the lines lost between may have been
    /// its own last ones and that row's first ones.
    fn may_end_in_the_next(&self, r: usize) -> bool {
        let gone = |next: &RowTokens| !next.labelled && next.tokens.is_empty();
        let apart = self.rows[r].columns.len() > 1 && self.tokens(r).map(|t| t.line).is_sorted_by(|a, b| a < b);
        apart && self.is_same_item(r, r + 1) && self.got.get(r + 1).is_some_and(gone)
    }

    /// Whether it ends in a mark on a line of its own, where the next label should stand: that may be what is left of it.
    fn ends_in_label(&self, r: usize) -> bool {
        let [.., before, last] = self.got[r].tokens.as_slice() else { return false };
        let (before, last) = (self.token(*before), self.token(*last));
        let named = |next: &RowTokens| if self.is_same_item(r, r + 1) { next.labelled } else { next.itemized };
        let apart = last.content == Content::Mark && last.line != before.line;
        apart && self.got.get(r + 1).is_some_and(|next| !named(next))
    }

    /// Whether the row, or what stands beside it without text between, has figures of full width and zeros that are not, on
    /// several lines; or has zeros only behind its label, where others have theirs before it, in a table of both.
    fn has_zeros_apart(&self, r: usize) -> bool {
        let own = &self.got[r].tokens;
        let beside = |item: &Item| match item {
            Item::Run(run) if own.iter().any(|t| run.contains(t)) => Some(run.clone()),
            _ => None,
        };
        let beside: Vec<usize> = self.layout.items.iter().filter_map(beside).flatten().collect();
        let is_mixed = |row: &[usize]| is_mixed(&self.layout.tokens, row);
        let zeros = |r: usize, behind: bool| {
            let row = &self.got[r];
            !row.tokens.is_empty() && row.label_behind == behind && are_same_zeros(self.tokens(r))
        };
        let before_labels = || zeros(r, false) && (0..self.got.len()).any(|other| zeros(other, true));
        let all = || (0..self.layout.tokens.len()).collect::<Vec<_>>();
        is_mixed(&beside) || (before_labels() && is_mixed(&all()))
    }

    /// Whether digits of full width stand straight behind what is on the row's line, on the next one: a narrow column may have
    /// broken a figure.
    fn goes_on(&self, r: usize) -> bool {
        let Some(last) = self.got[r].tokens.iter().max().copied() else { return false };
        let piece = |t: &Token| is_wide(t) || t.content == Content::Mark;
        let below = |(own, next): (&Token, &Token)| piece(next) && next.line == own.line + 1;
        let inside = self.got[r].tied && !self.got[r].placed && self.tokens(r).zip(self.tokens(r).skip(1)).any(below);
        inside || (self.is_in_one_run_with_more(r) && below((self.token(last), self.token(last + 1))))
    }

    /// Whether no text parts the row's last value from the one behind it: they may be one.
    fn is_in_one_run_with_more(&self, r: usize) -> bool {
        let last = self.got[r].tokens.iter().max().copied();
        let both = |run: &Range<usize>| last.is_some_and(|last| run.contains(&last) && run.contains(&(last + 1)));
        self.layout.items.iter().any(|item| matches!(item, Item::Run(run) if both(run)))
    }

    /// Whether every cell of the row holds a figure of its column's kind, or a dash.
    fn is_legible(&self, r: usize) -> bool {
        self.tokens(r).zip(self.rows[r].columns).all(|(t, c)| match t.content {
            Content::Figure(f) => f.value(c.kind, None).is_some(),
            content => content == Content::Dash,
        })
    }

    /// Only the last field of the row is empty: a cell may be lost, and what stood behind it have moved up, unless a figure
    /// of a column of its own kind stands there.
    fn may_have_moved_up(&self, r: usize) -> bool {
        let columns = self.rows[r].columns;
        let at = |slot: usize| self.tokens(r).find(|t| t.slot.map(usize::from) == Some(slot));
        let Some(last) = columns.len().checked_sub(1) else { return false };
        let is_gap = |slot: usize| at(slot).is_none_or(|t| t.content == Content::Gap);
        let in_place = |slot: usize| match at(slot).map(|t| t.content) {
            Some(Content::Figure(f)) => f.is_marked(columns[slot].kind),
            _ => false,
        };
        is_gap(last) && (0..last).any(|slot| !is_gap(slot)) && !(0..last).any(in_place)
    }

    /// Whether the empty field at the row's end cannot stand for a zero, beside the figures before it: what was made is among
    /// all there is, what is procured has its price, and a change without a sign may be the figure of the column behind it.
    fn ends_in_no_zero(&self, r: usize) -> bool {
        let columns = self.rows[r].columns;
        let filled = |slot: usize| {
            let of_slot = |t: &&Token| t.slot.map(usize::from) == Some(slot);
            self.tokens(r).find(of_slot).is_some_and(|t| matches!(t.content, Content::Figure(_)))
        };
        match columns.iter().map(|c| c.kind).collect::<Vec<_>>().as_slice() {
            [Kind::Count, Kind::Change, Kind::Count] => filled(1),
            // What is not counted anew may have been repealed: the last of it, so that nothing is left.
            [Kind::Count, ..] => filled(0) || (self.edition == Edition::V2019 && filled(1)),
            _ => false,
        }
    }

    fn is_displaced(&self, r: usize) -> bool {
        is_displaced(self.tokens(r), self.rows[r].columns)
    }

    fn stands_on_a_line(&self, r: usize) -> bool {
        self.tokens(r).map(|t| t.line).is_sorted_by(|a, b| a == b)
    }
}

/// A signed figure is a change, one with a unit of money an amount: elsewhere in its row it lost its place.
fn is_displaced<'t>(tokens: impl Iterator<Item = &'t Token>, columns: &[Column]) -> bool {
    tokens.enumerate().any(|(i, t)| match (t.content, columns.get(t.slot.map_or(i, usize::from))) {
        (Content::Figure(f), Some(own)) => columns.iter().any(|c| f.is_marked(c.kind) && !f.is_marked(own.kind)),
        _ => false,
    })
}

fn put<'t>(tokens: impl Iterator<Item = &'t usize>, cells: &mut [CellCase]) {
    for (cell, token) in cells.iter_mut().zip(tokens) {
        cell.token = Some(*token);
    }
}

/// Whether a label of the row stands straight before its tokens, or straight behind them.
fn stands_by_label(layout: &Layout, row: usize, got: &RowTokens) -> bool {
    let own = |item: &Item| matches!(item, Item::Label { row: r, item: false, .. } if usize::from(*r) == row);
    let holds = |item: &Item, t: Option<&usize>| matches!((item, t), (Item::Run(run), Some(t)) if run.contains(t));
    layout.items.windows(2).any(|pair| {
        (own(&pair[0]) && holds(&pair[1], got.tokens.first())) || (holds(&pair[0], got.tokens.last()) && own(&pair[1]))
    })
}
