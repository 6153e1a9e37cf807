//! In: the pieces of table 2 and its labels. Out: how many columns of the office's own stand behind the form's, and whether
//! others stand where nothing tells them from these. It looks at no figure.

use super::label::{self, What};
use super::labels::Found;
use super::layout::MOST_BEHIND;
use super::token::{Content, Piece, Pieces};
use crate::form::{APPLICANTS, Table};

/// So many rows must have the cells of an office's own columns.
const LEAST_ROWS: usize = 3;
const WIDTH: usize = APPLICANTS.len();
/// The total's column, the last one.
const TOTAL: usize = WIDTH - 1;

/// The office's own columns, as the heads name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnColumns {
    /// So many behind the form's, in a grid.
    Behind(u32),
    /// One in the place of the total, or several that nothing tells from the form's.
    Among,
}

/// What stands in a field among the heads.
struct Head {
    line: u32,
    /// None where it is the office's own.
    of_form: Option<OfForm>,
}

#[derive(Clone, Copy, PartialEq)]
enum OfForm {
    Column(usize),
    Other,
}

impl OwnColumns {
    /// How many stand behind the form's.
    pub(super) fn behind(self) -> u32 {
        if let OwnColumns::Behind(count) = self { count } else { 0 }
    }

    pub(super) fn find(text: &str, pieces: &Pieces, found: &[Found]) -> Option<Self> {
        let heads = heads(text, pieces, found);
        let own = heads.iter().filter(|head| head.of_form.is_none()).count();
        if own == 0 {
            return None;
        }
        let lines = || heads.chunk_by(|a, b| a.line == b.line);
        let behind = lines().map(|line| own_behind(pieces, line)).sum::<usize>();
        let is_undivided = |head: &Head| head.of_form.is_none() && !pieces.lines[head.line as usize].explicit;
        let has = |column: usize| heads.iter().any(|head| head.of_form == Some(OfForm::Column(column)));
        if !has(TOTAL) && (0..TOTAL).all(has) && (behind > 0 || heads.iter().any(is_undivided)) {
            return Some(OwnColumns::Among);
        }
        let rows: Vec<Cells> = (0..found.len()).filter_map(|at| Cells::of(pieces, found, at)).collect();
        // A subtotal of the organisations is looked for by its sums.
        let width = WIDTH + usize::from(found.iter().any(|f| f.hit.what == What::Subtotal));
        let count = |is_so: &dyn Fn(&Cells) -> bool| rows.iter().filter(|row| is_so(row)).count();
        let (with_own, wider) = (width + behind, count(&|row| row.upto_end > width + behind));
        let have_room = 2 * count(&|row| row.behind_label >= with_own) > rows.len();
        if behind > 0 && have_room && count(&|row| row.upto_end == with_own) > wider {
            return Some(OwnColumns::Behind(behind as u32));
        }
        let is_wide = |row: &Cells| (width + 1..=width + own).contains(&row.filled);
        // Where zeros leave no trace, an own column's figure fills the row up.
        let lacking = (0..WIDTH).all(has) && count(&|row| !row.in_grid && row.filled < WIDTH) >= LEAST_ROWS;
        let among = count(&|row| row.in_grid && is_wide(row)) >= LEAST_ROWS
            || lacking && rows.iter().any(|row| !row.in_grid && is_wide(row));
        among.then_some(OwnColumns::Among)
    }
}

/// How many of a line's heads are the office's own and stand behind the form's; below the organisations' head all are theirs.
fn own_behind(pieces: &Pieces, line: &[Head]) -> usize {
    let is_grid = line.first().is_some_and(|head| pieces.lines[head.line as usize].explicit);
    let Some(last) = line.iter().rposition(|head| head.of_form.is_some()).filter(|_| is_grid) else { return 0 };
    let mut of_form = line.iter().filter_map(|head| head.of_form);
    let organisations = of_form.all(|head| matches!(head, OfForm::Column(1..TOTAL)));
    if organisations { 0 } else { line.len() - 1 - last }
}

/// The heads between the first of the form and the first row's label.
fn heads(text: &str, pieces: &Pieces, found: &[Found]) -> Vec<Head> {
    let is_head = |f: &Found| matches!(f.hit.what, What::Column(_) | What::Head(Table::Requests)) && !f.hit.fuzzy;
    let is_row = |f: &Found| matches!(f.hit.what, What::Row(Table::Requests, _) | What::Group) && !f.hit.weak;
    let Some(first) = found.iter().position(is_head) else { return Vec::new() };
    let last = found[first..].iter().position(is_row).map_or(found.len(), |at| first + at);
    let end = found.get(last).map_or(0, |row| row.hit.start);
    let divided = |p: &Piece| pieces.lines[p.line as usize].explicit && pieces.lines[p.line as usize].fields > 1;
    let first_piece = pieces.pieces.partition_point(|p| p.end <= found[first].hit.start);
    let its_line = pieces.pieces.get(first_piece).filter(|p| divided(p)).map(|p| &pieces.lines[p.line as usize]);
    let start = its_line.map_or(first_piece, |line| line.pieces.start);
    let upto = pieces.pieces.partition_point(|p| p.end <= end).max(start);
    let one_field = |a: &Piece, b: &Piece| (a.line, a.field) == (b.line, b.field) && divided(a);
    let mut heads: Vec<Head> = Vec::new();
    let is_head = |field: &&[Piece]| match field[0].content {
        Content::Text => true,
        // A year is no label.
        Content::Mark => divided(&field[0]),
        _ => false,
    };
    for field in pieces.pieces[start..upto].chunk_by(one_field).filter(is_head) {
        let (line, start, end) = (field[0].line, field[0].start, field[field.len() - 1].end);
        let words = &text[start..end];
        let from = first + found[first..last].partition_point(|f| f.hit.end <= start);
        let labels = found[from..last].iter().take_while(|f| f.hit.start < end);
        let before = heads.len();
        heads.extend(labels.map(|label| Head { line, of_form: Some(named(text, label)) }));
        if heads.len() == before {
            let of_form = match like(words, 0) {
                OfForm::Other => label::is_part_of(words, Table::Requests).then_some(OfForm::Other),
                column @ OfForm::Column(_) => Some(column),
            };
            heads.push(Head { line, of_form });
        } else if words.contains(APPLICANTS[TOTAL].label) {
            // Where lines were joined, another head touches the total's.
            heads.push(Head { line, of_form: Some(OfForm::Column(TOTAL)) });
        }
    }
    heads
}

/// Which head of the form a label is.
fn named(text: &str, label: &Found) -> OfForm {
    match label.hit.what {
        What::Column(column) => OfForm::Column(usize::from(column)),
        // 其他 and 总计 are labels of other tables too.
        _ => like(&text[label.hit.start..label.hit.end], TOTAL - 1),
    }
}

/// Which head of the form a word is, from that column on; a misprinted one is still one.
fn like(word: &str, from: usize) -> OfForm {
    let column = (from..WIDTH).find(|column| label::is_like(word, APPLICANTS[*column].label));
    column.map_or(OfForm::Other, OfForm::Column)
}

/// How many cells stand behind a row's label.
struct Cells {
    /// In a grid, with what its merged cells leave.
    behind_label: usize,
    /// In a grid, from the first one with a value on.
    upto_end: usize,
    /// Up to the last one in a grid that is not empty, or else up to the next text.
    filled: usize,
    in_grid: bool,
}

impl Cells {
    fn of(pieces: &Pieces, found: &[Found], at: usize) -> Option<Self> {
        let label = found.get(at).filter(|f| matches!(f.hit.what, What::Row(Table::Requests, _)) && !f.hit.fuzzy)?;
        let next = found.get(at + 1).map_or(pieces.pieces.len(), |next| next.piece);
        let behind = pieces.pieces.get(label.piece + 1..next)?;
        let behind = &behind[behind.iter().take(MOST_BEHIND).position(Piece::is_value)?..];
        let (first, line) = (behind.first()?, &pieces.lines[behind.first()?.line as usize]);
        if !line.explicit || line.fields == 1 {
            let filled = behind.iter().take_while(|p| p.is_value()).count();
            return Some(Cells { behind_label: 0, upto_end: 0, filled, in_grid: false });
        }
        let is_filled = |p: &&Piece| p.is_value() && p.content != Content::Blank;
        let last = behind.iter().take_while(|p| p.line == first.line).filter(is_filled).last()?;
        let cells = |end: u32| end.saturating_sub(first.field) as usize;
        let own = pieces.pieces.get(label.piece).filter(|p| p.line == first.line).map_or(first.field, |p| p.field + 1);
        let behind_label = line.fields.saturating_sub(own) as usize;
        Some(Cells { behind_label, upto_end: cells(line.fields), filled: cells(last.field + 1), in_grid: true })
    }
}
