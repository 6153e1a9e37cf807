//! The report as plain typed data. It knows nothing of parsing, positions, or output formats.

mod amount;
mod cell;
mod date;
mod fill;
mod header;
mod tables;

use serde::{Deserialize, Serialize};

pub use amount::{Amount, InvalidAmount, Unit};
pub use cell::{Cell, State};
pub use date::{Date, InvalidDate};
pub use header::{Contact, Field, Header, Period};
pub use tables::{
    Applicants, Count, Decisions2019, Decisions2021, Denied, Disclosure, Disclosure2019, Disclosure2021, Documents2019,
    Documents2021, Fees2019, Fees2021, NotProcessed, OtherOutcomes, OtherReasons, Outcomes, Proceedings, Procurement,
    Requests, Results, Unable,
};

use crate::form::{CellPath, Edition, Section};

/// An annual report on the disclosure of government information (政府信息公开工作年度报告).
///
/// Plain data, without positions; JSON is lossless both ways. Reading from JSON refuses unknown fields, so that a
/// misspelt one is not lost in silence, tables of another edition than the one named, and a year that no [`Date`] has.
///
/// # Examples
/// ```
/// use xxgk::{Cell, Edition, Report};
/// let mut report = Report::new(Edition::V2021);
/// report.requests.outcomes.denied.state_secret.total = Cell::from(0);
/// assert_eq!(report.get("requests/denied.state_secret/total".parse().unwrap()).unwrap().to_string(), "0");
/// ```
/// A line of `batch --format json` has a field `file` besides, which must be taken out before it is read as a report:
/// ```
/// # use xxgk::{Edition, Report};
/// # let report = Report::new(Edition::V2021);
/// # let mut line = serde_json::to_value(&report).unwrap();
/// # line["file"] = "reports/2023.txt".into();
/// # let line = line.to_string();
/// assert!(serde_json::from_str::<Report>(&line).is_err());
/// let mut line: serde_json::Value = serde_json::from_str(&line).unwrap();
/// let file = line.as_object_mut().unwrap().remove("file").unwrap();
/// assert_eq!(file, "reports/2023.txt");
/// assert_eq!(serde_json::from_value::<Report>(line).unwrap(), report);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(!try_from))]
#[serde(try_from = "Unchecked", deny_unknown_fields)]
pub struct Report {
    /// The version of this JSON, [`Report::VERSION`].
    pub version: u32,
    /// The edition of the form that the tables follow.
    pub edition: Edition,
    /// Title, authority, period, contact and signature.
    pub header: Header,
    /// The sections that the document has, in its order.
    pub sections: Vec<Section>,
    /// 一、总体情况, a paragraph each.
    pub overview: Vec<String>,
    /// 二、主动公开政府信息情况.
    pub disclosure: Disclosure,
    /// 三、收到和处理政府信息公开申请情况.
    pub requests: Requests,
    /// 四、政府信息公开行政复议、行政诉讼情况.
    pub proceedings: Proceedings,
    /// 五、存在的主要问题及改进情况, a paragraph each.
    pub problems: Vec<String>,
    /// 六、其他需要报告的事项, a paragraph each.
    pub other_matters: Vec<String>,
}

/// A [`Report`] as it stands in JSON, before what the types cannot say is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    version: u32,
    edition: Edition,
    header: Header,
    sections: Vec<Section>,
    overview: Vec<String>,
    disclosure: Disclosure,
    requests: Requests,
    proceedings: Proceedings,
    problems: Vec<String>,
    other_matters: Vec<String>,
}

/// What JSON can say and a [`Report`] cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum InvalidReport {
    /// The JSON was written by another version of the crate.
    #[error("version is {0}, and this crate reads version {known}", known = Report::VERSION)]
    Version(u32),
    /// A table has the rows of another edition than the one named.
    #[error("{place} has the rows of another edition than edition {edition}")]
    Edition {
        /// Where in the JSON.
        place: &'static str,
        /// The edition that the report names.
        edition: Edition,
    },
    /// The report is on a year that no date has.
    #[error(
        "header.year is {0}, and a year from {first} to {last} is expected",
        first = Date::YEARS.start(),
        last = Date::YEARS.end()
    )]
    Year(u16),
}

impl TryFrom<Unchecked> for Report {
    type Error = InvalidReport;

    fn try_from(u: Unchecked) -> Result<Self, InvalidReport> {
        if u.version != Report::VERSION {
            return Err(InvalidReport::Version(u.version));
        }
        let disclosure = matches!(u.disclosure, Disclosure::V2021(_)) == (u.edition == Edition::V2021);
        let requests = matches!(u.requests.outcomes.other, OtherOutcomes::V2021(_)) == (u.edition == Edition::V2021);
        for (place, fits) in [("disclosure", disclosure), ("requests.outcomes.other", requests)] {
            if !fits {
                return Err(InvalidReport::Edition { place, edition: u.edition });
            }
        }
        if let Some(year) = u.header.year.filter(|year| !Date::YEARS.contains(year)) {
            return Err(InvalidReport::Year(year));
        }
        Ok(Report {
            version: u.version,
            edition: u.edition,
            header: u.header,
            sections: u.sections,
            overview: u.overview,
            disclosure: u.disclosure,
            requests: u.requests,
            proceedings: u.proceedings,
            problems: u.problems,
            other_matters: u.other_matters,
        })
    }
}

/// A figure of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A non-negative whole number.
    Count(u64),
    /// A signed whole number.
    Change(i64),
    /// An amount of money.
    Amount(Amount),
}

impl std::fmt::Display for Value {
    /// The plain number, without a unit.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Count(n) => write!(f, "{n}"),
            Value::Change(n) => write!(f, "{n}"),
            Value::Amount(a) => f.write_str(&a.number()),
        }
    }
}

impl std::fmt::Display for Cell<Value> {
    /// The plain number, or nothing.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value().map_or(Ok(()), |value| value.fmt(f))
    }
}

/// A cell of any kind, borrowed.
#[derive(Clone, Copy)]
pub(crate) enum Slot<'a> {
    Count(&'a Cell<u64>),
    Change(&'a Cell<i64>),
    Amount(&'a Cell<Amount>),
}

/// A cell of any kind, to be changed.
pub(crate) enum SlotMut<'a> {
    Count(&'a mut Cell<u64>),
    Change(&'a mut Cell<i64>),
    Amount(&'a mut Cell<Amount>),
}

impl Slot<'_> {
    fn to_cell(self) -> Cell<Value> {
        let cell = match self {
            Slot::Count(c) => c.clone().try_map(|v| Some(Value::Count(v))),
            Slot::Change(c) => c.clone().try_map(|v| Some(Value::Change(v))),
            Slot::Amount(c) => c.clone().try_map(|v| Some(Value::Amount(v))),
        };
        cell.unwrap_or_default()
    }
}

impl SlotMut<'_> {
    /// Puts a cell in; `None` where its figure is of another kind.
    pub(crate) fn put(self, cell: Cell<Value>) -> Option<()> {
        match self {
            SlotMut::Count(c) => *c = cell.try_map(|v| if let Value::Count(v) = v { Some(v) } else { None })?,
            SlotMut::Change(c) => *c = cell.try_map(|v| if let Value::Change(v) = v { Some(v) } else { None })?,
            SlotMut::Amount(c) => *c = cell.try_map(|v| if let Value::Amount(v) = v { Some(v) } else { None })?,
        }
        Some(())
    }
}

/// Why a cell could not be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetError {
    /// The report's edition has no such cell.
    #[error("edition {edition} has no cell {path}")]
    NoSuchCell {
        /// The cell asked for.
        path: CellPath,
        /// The report's edition.
        edition: Edition,
    },
    /// The figure is of another kind than the cell.
    #[error("{path} holds another kind of figure")]
    WrongKind {
        /// The cell asked for.
        path: CellPath,
    },
}

impl Report {
    /// The version of the JSON that this crate writes and reads.
    pub const VERSION: u32 = 1;

    /// An empty report: every cell absent, every field unknown.
    pub fn new(edition: Edition) -> Self {
        let (disclosure, other) = match edition {
            Edition::V2019 => {
                (Disclosure::V2019(Disclosure2019::default()), OtherOutcomes::V2019(Applicants::default()))
            }
            Edition::V2021 => {
                (Disclosure::V2021(Disclosure2021::default()), OtherOutcomes::V2021(OtherReasons::default()))
            }
        };
        Report {
            version: Report::VERSION,
            edition,
            header: Header::default(),
            sections: Vec::new(),
            overview: Vec::new(),
            disclosure,
            requests: Requests {
                new_received: Applicants::default(),
                carried_over: Applicants::default(),
                outcomes: Outcomes {
                    granted: Applicants::default(),
                    partially_granted: Applicants::default(),
                    denied: Denied::default(),
                    unable: Unable::default(),
                    not_processed: NotProcessed::default(),
                    other,
                },
                outcomes_total: Applicants::default(),
                carried_forward: Applicants::default(),
            },
            proceedings: Proceedings::default(),
            problems: Vec::new(),
            other_matters: Vec::new(),
        }
    }

    /// Every cell in the form's order, borrowed.
    pub(crate) fn slots(&self) -> Vec<Slot<'_>> {
        let mut slots = self.disclosure.slots();
        slots.extend(self.requests.rows().into_iter().flat_map(Applicants::cells).map(Slot::Count));
        slots.extend(self.proceedings.rows().into_iter().flat_map(Results::cells).map(Slot::Count));
        slots
    }

    /// Every cell in the form's order, to be changed.
    pub(crate) fn slots_mut(&mut self) -> Vec<SlotMut<'_>> {
        let mut slots = self.disclosure.slots_mut();
        slots.extend(self.requests.rows_mut().into_iter().flat_map(Applicants::cells_mut).map(SlotMut::Count));
        slots.extend(self.proceedings.rows_mut().into_iter().flat_map(Results::cells_mut).map(SlotMut::Count));
        slots
    }

    /// Every cell with its path, in the form's order: 200 in the edition of 2021, 198 in that of 2019.
    pub fn cells(&self) -> impl Iterator<Item = (CellPath, Cell<Value>)> + '_ {
        self.edition.form().paths.iter().copied().zip(self.slots().into_iter().map(Slot::to_cell))
    }

    /// One cell; `None` where the edition has none of that path.
    pub fn get(&self, path: CellPath) -> Option<Cell<Value>> {
        let index = self.edition.form().index(path)?;
        self.slots().get(index).map(|slot| slot.to_cell())
    }

    /// Sets one cell.
    ///
    /// # Errors
    /// [`SetError`] where the edition has no such cell or the figure is of another kind; nothing is changed then.
    pub fn set(&mut self, path: CellPath, cell: Cell<Value>) -> Result<(), SetError> {
        let edition = self.edition;
        let index = edition.form().index(path).ok_or(SetError::NoSuchCell { path, edition })?;
        let slot = self.slots_mut().into_iter().nth(index).ok_or(SetError::NoSuchCell { path, edition })?;
        slot.put(cell).ok_or(SetError::WrongKind { path })
    }

    /// The paragraphs of a section of prose; none for the tables.
    pub fn prose(&self, section: Section) -> &[String] {
        match section {
            Section::Overview => &self.overview,
            Section::Problems => &self.problems,
            Section::OtherMatters => &self.other_matters,
            _ => &[],
        }
    }

    /// The paragraphs of a section of prose, to be changed; `None` for the tables.
    pub fn prose_mut(&mut self, section: Section) -> Option<&mut Vec<String>> {
        match section {
            Section::Overview => Some(&mut self.overview),
            Section::Problems => Some(&mut self.problems),
            Section::OtherMatters => Some(&mut self.other_matters),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths of the leaves that carry a `state`, as JSON nests them.
    fn paths_of(json: &serde_json::Value, at: &str, paths: &mut Vec<String>) {
        let Some(map) = json.as_object() else { return };
        if map.contains_key("state") {
            paths.push(at.to_owned());
        }
        for (key, value) in map {
            paths_of(value, &format!("{at}.{key}"), paths);
        }
    }

    #[test]
    fn fields_stand_in_the_order_of_the_form() {
        for edition in Edition::ALL {
            let mut report = Report::new(edition);
            for (i, slot) in report.slots_mut().into_iter().enumerate() {
                let raw = edition.form().paths[i].to_string();
                slot.put(Cell::Unreadable { raw }).unwrap();
            }
            let json = serde_json::to_value(&report).unwrap();
            let mut paths = Vec::new();
            paths_of(&json, "", &mut paths);
            assert_eq!(paths.len(), edition.form().paths.len());
            for at in paths {
                let leaf = json.pointer(&at.replace('.', "/")).unwrap();
                let path = at[1..].replace("outcomes.", "");
                let (table, rest) = path.split_once('.').unwrap();
                let (row, column) = rest.rsplit_once('.').unwrap();
                assert_eq!(leaf["raw"], format!("{table}/{row}/{column}"), "{at}");
            }
        }
    }

    #[test]
    fn tables_of_another_edition_are_refused() {
        let mut json = serde_json::to_value(Report::new(Edition::V2021)).unwrap();
        json["edition"] = "2019".into();
        let error = serde_json::from_value::<Report>(json).unwrap_err().to_string();
        assert_eq!(error, "disclosure has the rows of another edition than edition 2019");
    }

    #[test]
    fn years_that_no_date_has_are_refused() {
        let read = |year: u16| {
            let mut json = serde_json::to_value(Report::new(Edition::V2021)).unwrap();
            json["header"]["year"] = year.into();
            serde_json::from_value::<Report>(json).map_err(|error| error.to_string())
        };
        for year in [1900, 2999] {
            assert_eq!(read(year).map(|report| report.header.year), Ok(Some(year)));
        }
        for year in [0, 1899, 3000, u16::MAX] {
            let error = format!("header.year is {year}, and a year from 1900 to 2999 is expected");
            assert_eq!(read(year), Err(error));
        }
    }
}
