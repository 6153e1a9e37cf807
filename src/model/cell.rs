//! What one cell of the form says: one of six states, and the figure where there is one.

use serde::{Deserialize, Serialize};

/// What a cell of the form says.
///
/// `T` is [`u64`] for counts, [`i64`] for changes, [`Amount`](super::Amount) for money.
///
/// # Examples
/// ```
/// use xxgk::Cell;
/// assert_eq!(Cell::Reported { value: 3_u64 }.value(), Some(&3));
/// assert_eq!(Cell::<u64>::Blank.value(), None); // never zero by itself
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(!from, rename = "Cell_of_{T}"))]
#[serde(from = "Strict<T>", tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum Cell<T> {
    /// The document prints this figure.
    Reported {
        /// The figure as printed.
        value: T,
    },
    /// The document has no legible figure in this place, but the form's own arithmetic leaves exactly one.
    Inferred {
        /// The figure that the sums force.
        value: T,
    },
    /// The document has the cell, and nothing in it.
    Blank,
    /// The document prints `/`, `-`, `—`, `无` or `不适用`.
    NotApplicable,
    /// The document prints something that is no figure.
    Unreadable {
        /// What it prints.
        raw: String,
    },
    /// The document has no such cell.
    #[default]
    Absent,
}

/// A [`Cell`] as it is read from JSON: serde passes over unknown fields next to a tag unless each variant has braces.
#[derive(Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
enum Strict<T> {
    Reported { value: T },
    Inferred { value: T },
    Blank {},
    NotApplicable {},
    Unreadable { raw: String },
    Absent {},
}

impl<T> From<Strict<T>> for Cell<T> {
    fn from(cell: Strict<T>) -> Self {
        match cell {
            Strict::Reported { value } => Cell::Reported { value },
            Strict::Inferred { value } => Cell::Inferred { value },
            Strict::Blank {} => Cell::Blank,
            Strict::NotApplicable {} => Cell::NotApplicable,
            Strict::Unreadable { raw } => Cell::Unreadable { raw },
            Strict::Absent {} => Cell::Absent,
        }
    }
}

/// The state of a cell, without its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// See [`Cell::Reported`].
    Reported,
    /// See [`Cell::Inferred`].
    Inferred,
    /// See [`Cell::Blank`].
    Blank,
    /// See [`Cell::NotApplicable`].
    NotApplicable,
    /// See [`Cell::Unreadable`].
    Unreadable,
    /// See [`Cell::Absent`].
    Absent,
}

impl State {
    /// All states, in the order of the specification.
    pub const ALL: [State; 6] =
        [State::Reported, State::Blank, State::NotApplicable, State::Unreadable, State::Absent, State::Inferred];

    /// The state's name in JSON and in the cells table.
    pub const fn id(self) -> &'static str {
        match self {
            State::Reported => "reported",
            State::Inferred => "inferred",
            State::Blank => "blank",
            State::NotApplicable => "not_applicable",
            State::Unreadable => "unreadable",
            State::Absent => "absent",
        }
    }
}

impl<T> Cell<T> {
    /// The figure, reported or inferred.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Cell::Reported { value } | Cell::Inferred { value } => Some(value),
            _ => None,
        }
    }

    /// The state without the figure.
    pub const fn state(&self) -> State {
        match self {
            Cell::Reported { .. } => State::Reported,
            Cell::Inferred { .. } => State::Inferred,
            Cell::Blank => State::Blank,
            Cell::NotApplicable => State::NotApplicable,
            Cell::Unreadable { .. } => State::Unreadable,
            Cell::Absent => State::Absent,
        }
    }

    /// The same cell with its figure converted; `None` where the figure does not fit.
    pub(crate) fn try_map<U>(self, f: impl FnOnce(T) -> Option<U>) -> Option<Cell<U>> {
        Some(match self {
            Cell::Reported { value } => Cell::Reported { value: f(value)? },
            Cell::Inferred { value } => Cell::Inferred { value: f(value)? },
            Cell::Blank => Cell::Blank,
            Cell::NotApplicable => Cell::NotApplicable,
            Cell::Unreadable { raw } => Cell::Unreadable { raw },
            Cell::Absent => Cell::Absent,
        })
    }
}

impl<T> From<T> for Cell<T> {
    /// A reported figure.
    fn from(value: T) -> Self {
        Cell::Reported { value }
    }
}
