//! In: what was read from a document, with byte ranges. Out: the same with lines and columns counted, in one pass over the
//! input.
//! It changes nothing else.

use super::Parsed;
use crate::diagnostic::Place;

/// Every place, in the order of the document.
pub(crate) fn in_order(parsed: &mut Parsed) -> Vec<&mut Place> {
    let mut places: Vec<&mut Place> = Vec::with_capacity(256);
    places.extend(parsed.evidence.places_mut());
    places.extend(parsed.diagnostics.iter_mut().filter_map(|d| d.place.as_mut()));
    places.sort_by_key(|p| p.start);
    places
}

/// Counts the line and the column of every place.
pub(crate) fn count(text: &str, parsed: &mut Parsed) {
    count_in_order(text, in_order(parsed));
}

/// Counts the line and the column of places that are in the order of the text.
pub(crate) fn count_in_order(text: &str, places: Vec<&mut Place>) {
    let mut breaks = memchr::memchr_iter(b'\n', text.as_bytes());
    let mut end = breaks.next().unwrap_or(usize::MAX);
    let (mut at, mut line, mut column) = (0, 1, 1);
    for place in places {
        while end < place.start {
            (at, line, column) = (end + 1, line + 1, 1);
            end = breaks.next().unwrap_or(usize::MAX);
        }
        let Some(between) = text.get(at..place.start) else { continue };
        column += between.chars().count();
        at = place.start;
        (place.line, place.column) = (line, column);
    }
}
