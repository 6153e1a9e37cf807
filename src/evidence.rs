//! Where each figure and each field of a report stands in the input, and how it was settled.
//! It refers to the input by places alone and keeps no reference to it.

use crate::diagnostic::Place;
use crate::form::{CellPath, Edition, Rule};
use crate::model::Field;

/// How a cell or a field came by what it says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Settled {
    /// It is printed so.
    #[default]
    Printed,
    /// The sums force it.
    Inferred {
        /// The rules that force it.
        rules: Vec<Rule>,
        /// The cells that it rests on.
        from: Vec<CellPath>,
    },
}

/// Where a cell or a field stands, and how it was settled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Its place in the input; none for what is not printed.
    pub place: Option<Place>,
    /// The raw text there (of a page: as the page shows it, entities resolved); empty for what is not printed.
    pub raw: String,
    /// How it was settled.
    pub settled: Settled,
}

/// The evidence for a report: for every cell and every field that the document has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceTable {
    edition: Edition,
    cells: Vec<Option<Evidence>>,
    fields: [Option<Evidence>; Field::ALL.len()],
}

impl EvidenceTable {
    pub(crate) fn new(edition: Edition) -> Self {
        let cells = edition.form().paths.iter().map(|_| None).collect();
        EvidenceTable { edition, cells, fields: Default::default() }
    }

    pub(crate) fn set_cell(&mut self, index: usize, evidence: Evidence) {
        if let Some(slot) = self.cells.get_mut(index) {
            *slot = Some(evidence);
        }
    }

    pub(crate) fn set_field(&mut self, field: Field, evidence: Evidence) {
        self.fields[field as usize] = Some(evidence);
    }

    pub(crate) fn places_mut(&mut self) -> impl Iterator<Item = &mut Place> {
        self.cells.iter_mut().chain(&mut self.fields).flatten().filter_map(|e| e.place.as_mut())
    }

    /// The evidence for one cell; `None` where the document has no such cell.
    pub fn cell(&self, path: CellPath) -> Option<&Evidence> {
        self.cells.get(self.edition.form().index(path)?)?.as_ref()
    }

    /// The evidence for one field; `None` where the document does not state it.
    pub fn field(&self, field: Field) -> Option<&Evidence> {
        self.fields[field as usize].as_ref()
    }

    /// Every cell with its evidence, in the form's order.
    pub fn cells(&self) -> impl Iterator<Item = (CellPath, Option<&Evidence>)> {
        self.edition.form().paths.iter().copied().zip(self.cells.iter().map(Option::as_ref))
    }

    /// Every field with its evidence, in the order of the headers table.
    pub fn fields(&self) -> impl Iterator<Item = (Field, Option<&Evidence>)> {
        Field::ALL.into_iter().zip(self.fields.iter().map(Option::as_ref))
    }
}
