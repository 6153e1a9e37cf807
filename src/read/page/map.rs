//! In: which piece of rendered text came from where. Out: the page's bytes for any bytes of the rendered text.
//! It holds no text.

use std::ops::Range;

use crate::diagnostic::Place;

/// Where a piece of text stood in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// From this byte on, byte for byte.
    Verbatim(usize),
    /// In other words here: a character reference, or an empty cell.
    Instead(Range<usize>),
}

impl Source {
    /// The bytes of the page for a piece of so many bytes.
    pub(crate) fn range(&self, len: usize) -> Range<usize> {
        match self {
            Source::Verbatim(start) => *start..start + len,
            Source::Instead(range) => range.clone(),
        }
    }

    /// Where the rest of the piece stood, from its `by`th byte on.
    pub(crate) fn skip(&self, by: usize) -> Source {
        match self {
            Source::Verbatim(start) => Source::Verbatim(start + by),
            Source::Instead(range) => Source::Instead(range.clone()),
        }
    }
}

/// A piece of rendered text and the bytes of the page that it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its first byte in the rendered text.
    pub(crate) at: usize,
    pub(crate) page: Range<usize>,
    verbatim: bool,
}

impl Run {
    /// The part of the run from `range.start` on and at most up to `range.end`, to stand at `at`.
    fn part(&self, range: &Range<usize>, at: usize) -> Option<Run> {
        let start = self.at.max(range.start);
        let at = at + (start - range.start);
        if start >= range.end {
            return None;
        }
        if !self.verbatim {
            return Some(Run { at, ..self.clone() });
        }
        let from = self.page.start + (start - self.at);
        let to = self.page.end.min(from + (range.end - start));
        (from < to).then_some(Run { at, page: from..to, verbatim: true })
    }
}

/// The runs of a rendered text, in order.
#[derive(Debug, Default)]
pub(crate) struct Map {
    runs: Vec<Run>,
}

impl Map {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Map { runs: Vec::with_capacity(capacity) }
    }

    /// Notes that the `len` bytes of rendered text at `at` came from `source`.
    pub(crate) fn push(&mut self, at: usize, len: usize, source: Source) {
        match source {
            Source::Instead(page) => self.runs.push(Run { at, page, verbatim: false }),
            Source::Verbatim(start) => {
                let end = start + len;
                if let Some(last) = self.runs.last_mut().filter(|l| l.verbatim) {
                    // A single blank between two words is the same length in both.
                    if start.checked_sub(last.page.start) == at.checked_sub(last.at) {
                        last.page.end = end;
                        return;
                    }
                }
                self.runs.push(Run { at, page: start..end, verbatim: true });
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.runs.len()
    }

    /// Moves the runs from the `first` on into `out`.
    pub(crate) fn take_from(&mut self, first: usize, out: &mut Vec<Run>) {
        out.clear();
        out.extend(self.runs.drain(first.min(self.runs.len())..));
    }

    /// Notes that `range` of a text whose runs are `runs` now stands at `at`, and gives back how many of the runs are
    /// done with.
    pub(crate) fn push_part(&mut self, runs: &[Run], range: &Range<usize>, at: usize) -> usize {
        let mut done = 0;
        for (i, run) in runs.iter().enumerate().take_while(|(_, r)| r.at < range.end) {
            done = i;
            if runs.get(i + 1).is_none_or(|next| next.at > range.start) {
                self.runs.extend(run.part(range, at));
            }
        }
        done
    }

    /// Turns places in the rendered text, in its order, into places in the page.
    pub(crate) fn lead_back(&self, places: &mut [&mut Place]) {
        let mut after = 0;
        for place in places {
            after += self.runs.iter().skip(after).take_while(|r| r.at <= place.start).count();
            let range = self.behind(after, place.start..place.end);
            (place.start, place.end) = (range.start, range.end);
        }
    }

    /// The bytes of the page for bytes of the rendered text.
    #[cfg(test)]
    pub(crate) fn page(&self, range: Range<usize>) -> Range<usize> {
        self.behind(self.runs.partition_point(|r| r.at <= range.start), range)
    }

    /// The bytes of the page for bytes of the rendered text before whose first one so many runs begin.
    fn behind(&self, after: usize, range: Range<usize>) -> Range<usize> {
        let next = self.runs.get(after).map_or(usize::MAX, |r| r.page.start);
        let start = match after.checked_sub(1).and_then(|i| self.runs.get(i)) {
            Some(run) if range.start == run.at => run.page.start,
            // Blanks that the page does not have belong to what follows them.
            Some(run) if run.verbatim && range.start - run.at < run.page.len() => {
                run.page.start + (range.start - run.at)
            }
            Some(run) if next == usize::MAX => run.page.end,
            _ if next == usize::MAX => 0,
            _ => next,
        };
        if range.is_empty() {
            return start..start;
        }
        // Nearly always it lies in one run.
        let is_in_one = self.runs.get(after).is_none_or(|r| r.at >= range.end);
        let before = if is_in_one { after } else { self.runs.partition_point(|r| r.at < range.end) };
        let end = match before.checked_sub(1).and_then(|i| self.runs.get(i)) {
            Some(run) if run.verbatim => run.page.end.min(run.page.start + (range.end - run.at)),
            Some(run) => run.page.end,
            None => start,
        };
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Map {
        // Page `<p>ab&amp;c</p><p>d`, rendered `ab&c\nd`.
        let mut map = Map::default();
        map.push(0, 2, Source::Verbatim(3));
        map.push(2, 1, Source::Instead(5..10));
        map.push(3, 1, Source::Verbatim(10));
        map.push(5, 1, Source::Verbatim(18));
        map
    }

    #[test]
    fn places_lead_back() {
        let map = sample();
        assert_eq!(map.page(0..2), 3..5);
        assert_eq!(map.page(1..4), 4..11);
        assert_eq!(map.page(2..3), 5..10);
        assert_eq!(map.page(4..6), 18..19, "a blank belongs to what follows it");
        assert_eq!(map.page(3..5), 10..11, "and ends nothing");
        assert_eq!(map.page(9..9), 19..19);
        assert_eq!(map.page(2..2), 5..5, "nothing stands there");
        let mut behind = Map::default();
        behind.push(0, 1, Source::Instead(5..10));
        assert_eq!(behind.page(2..2), 10..10, "nor within other words");
        assert_eq!(Map::default().page(0..0), 0..0);
    }

    #[test]
    fn parts_keep_their_places() {
        let map = sample();
        let mut moved = Map::default();
        assert_eq!(moved.push_part(&map.runs, &(1..4), 100), 2);
        assert_eq!(moved.page(100..103), 4..11);
        assert_eq!(moved.runs.len(), 3);
    }
}
