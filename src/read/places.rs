//! In: what was read, with byte ranges. Out: the same with lines and columns counted, in one pass over the input.
//! It changes nothing else.

use super::Parsed;
use crate::diagnostic::Place;

/// Counts the line and the column of every place.
pub(crate) fn count(text: &str, parsed: &mut Parsed) {
    let diagnostics = parsed.diagnostics.iter_mut().filter_map(|d| d.place.as_mut());
    let mut places: Vec<&mut Place> = parsed.evidence.places_mut().chain(diagnostics).collect();
    places.sort_by_key(|p| p.start);
    let mut breaks = memchr::memchr_iter(b'\n', text.as_bytes()).peekable();
    let (mut at, mut line, mut column) = (0, 1, 1);
    for place in places {
        while let Some(end) = breaks.next_if(|end| *end < place.start) {
            (at, line, column) = (end + 1, line + 1, 1);
        }
        let Some(between) = text.get(at..place.start) else { continue };
        column += between.chars().count();
        at = place.start;
        (place.line, place.column) = (line, column);
    }
}
