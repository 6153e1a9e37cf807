//! In: the items of table 2 and their alignment, in which rows are torn. Out: the same, with the rows that stand in their
//! order in the text, each in seven values that add up, wherever their labels stand. A row may be cut by its own label, and
//! what stands on that label's line is then its beginning. One way only may fit. It changes no figure.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::align::{Alignment, RowTokens, is_even};
use super::layout::{Item, Layout, Token};
use super::mend::{adds_up, sums_up};
use super::row::{is_mixed, is_wide};
use crate::form::{APPLICANTS, Equation, Form, Rule, Table};

/// What a sequence costs.
mod cost {
    /// A value of no row.
    pub(super) const STRAY: u32 = 8;
    /// A row without values.
    pub(super) const LOST_ROW: u32 = 45;
    /// Values that do not add up, though they have the room of a row between texts.
    pub(super) const SLIP: u32 = 50;
    /// So many values as the row has, torn from their order.
    pub(super) const TORN: u32 = 55;
    /// No label next to the row.
    pub(super) const NO_LABEL: u32 = 10;
    /// A row with too few values, and each that is missing.
    pub(super) const SHORT: u32 = 15;
    pub(super) const MISSING: u32 = 10;
    /// A row without values has its label between others' values, with no other label there.
    pub(super) const LABEL_BETWEEN: u32 = 60;
    /// The label before a row is of a later one, or the one behind of an earlier one.
    pub(super) const OTHER_LABEL: u32 = 60;
    /// The row's label stands on the other side than all others'.
    pub(super) const OTHER_SIDE: u32 = 45;
    /// Another row's label stands within it.
    pub(super) const CUT_BY_OTHER: u32 = 60;
    /// A sequence that is so much cheaper is clearly the better one.
    pub(super) const CLEAR: u32 = 40;
}

/// So many rows must have their own label next to them for all to be believed to stand in order.
const LEAST_LABELS: usize = 6;
/// So many columns with figures tell that all outcomes stand in their rows.
const LEAST_TOLD: usize = 2;
const WIDTH: usize = APPLICANTS.len();

/// Puts the rows that stand in sequence in their place, if need be with a value of some that stands apart.
/// False where labels are out of order, or columns are told otherwise.
pub(super) fn in_sequence(form: &Form, layout: &Layout, ties: &[Option<usize>], alignment: &mut Alignment) -> bool {
    let rows = alignment.rows.len();
    if layout.is_longer_than(rows * WIDTH) || layout.tokens.iter().any(|t| t.slot.is_some()) {
        return false;
    }
    let mut sequence = Sequence::new(layout, ties, rows);
    if !sequence.labels_in_order() {
        return false;
    }
    if sequence.most_rows() < LEAST_LABELS {
        return true;
    }
    if let Some(places) = sequence.believed(form).or_else(|| sequence.believed_apart(form)) {
        sequence.put(&places, alignment);
    }
    true
}

/// Where a row's values begin, and how many stand there in sequence; the first ones of fewer stand apart, at its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    at: usize,
    len: usize,
}

impl Place {
    fn end(self) -> usize {
        self.at + self.len
    }
}

struct Sequence<'a> {
    layout: &'a Layout,
    ties: &'a [Option<usize>],
    rows: usize,
    /// Before each token, and behind the last: the rows whose labels stand there, and whether text does.
    labels: Vec<Vec<(usize, bool)>>,
    /// Some row's label stands nowhere.
    has_lost_labels: bool,
    text: Vec<bool>,
    /// For each row the values on its label's line, from the first to the last.
    on_lines: Vec<Option<Range<usize>>>,
    /// For each token, whether as many values as a row has, from this one on, add up.
    sums: Vec<bool>,
    /// For each row the values that stand alone behind its label: a label of several lines may draw the first ones to it.
    apart: Vec<Range<usize>>,
    /// Labels stand behind their rows, or before them, where either is known.
    behind: Option<bool>,
}

impl<'a> Sequence<'a> {
    fn new(layout: &'a Layout, ties: &'a [Option<usize>], rows: usize) -> Self {
        let tokens = layout.tokens.len();
        let (mut labels, mut text) = (vec![Vec::new(); tokens + 1], vec![false; tokens + 1]);
        (text[0], text[tokens]) = (true, true);
        let mut at = 0;
        for item in &layout.items {
            match item {
                Item::Label { row, item: false, weak, .. } => labels[at].push((usize::from(*row), *weak)),
                Item::Label { .. } => {}
                Item::Run(run) => {
                    text[run.start] = true;
                    at = run.end;
                }
            }
        }
        let mut on_lines: Vec<Option<Range<usize>>> = vec![None; rows];
        for (t, tie) in ties.iter().enumerate() {
            if let Some(own) = tie.and_then(|row| on_lines.get_mut(row)) {
                *own = Some(own.as_ref().map_or(t, |own| own.start)..t + 1);
            }
        }
        let sums = (0..=tokens).map(|at| layout.tokens.get(at..at + WIDTH).is_some_and(adds_up)).collect();
        let mut named = vec![false; rows];
        for (gap, labels) in labels.iter().enumerate() {
            // Words of the table's head could be labels.
            let sure = labels.iter().filter(|(_, weak)| gap > 0 || !weak);
            sure.for_each(|(row, _)| named.get_mut(*row).into_iter().for_each(|named| *named = true));
        }
        let has_lost_labels = named.contains(&false);
        let apart = vec![0..0; rows];
        Sequence { layout, ties, rows, labels, has_lost_labels, text, on_lines, sums, apart, behind: None }
    }

    /// The places of rows, if enough of them are known, and the columns do not speak against them.
    fn believed(&mut self, form: &Form) -> Option<Vec<Option<Place>>> {
        self.behind = None;
        let (_, mut places) = self.places();
        if self.is_complete(&places) && self.columns_against(form, &places) == 0 {
            return Some(places);
        }
        if let Some(places) = self.but_for_the_end(form) {
            return Some(places);
        }
        match self.sides(&places) {
            (before, behind) if before.min(behind) == 0 => {
                if before.max(behind) >= LEAST_LABELS && places.contains(&None) {
                    self.behind = Some(before == 0);
                    (_, places) = self.places();
                }
            }
            (before, behind) => {
                // Where few rows tell on which side labels stand, either may be the usual one.
                let told = before.max(behind) >= LEAST_LABELS;
                let (sure, contradicted) = self.places_on_sides(behind > before, told);
                if contradicted || !told {
                    places = sure;
                } else {
                    self.keep_unmoved(&mut places, &sure);
                }
            }
        }
        self.drop_contradicted(&mut places);
        self.drop_doubtful(&mut places);
        self.drop_shifted(&mut places);
        let named = |(r, place): &(usize, &Option<Place>)| place.is_some_and(|place| self.is_named(*r, place));
        let enough = places.iter().enumerate().filter(named).count() >= LEAST_LABELS;
        let fits = enough && self.columns_against(form, &places) < 2 && !self.changes_sides(&places);
        fits.then_some(places)
    }

    /// The places of rows where all values from the first one on are rows in sequence, and the outcomes add up in columns; of the
    /// last row some may stand behind the end of the table.
    fn but_for_the_end(&self, form: &Form) -> Option<Vec<Option<Place>>> {
        let place = |row: usize| Some(Place { at: row * WIDTH, len: WIDTH });
        let whole = (self.layout.tokens.len() / WIDTH).min(self.rows);
        let mut places: Vec<Option<Place>> = (0..whole).map(place).collect();
        places.resize(self.rows, None);
        let near = |row: usize| self.cost(row, row * WIDTH).is_some_and(|cost| cost <= cost::NO_LABEL);
        let holds = (0..whole).all(near) && self.columns_against(form, &places) == 0;
        (holds && whole + 1 >= self.rows && self.outcomes_add_up(form, &places)).then_some(places)
    }

    /// All values are rows in sequence: whichever labels stand beside them, no row can have moved.
    fn is_complete(&self, places: &[Option<Place>]) -> bool {
        self.layout.tokens.len() == self.rows * WIDTH && places.iter().all(|p| p.is_some_and(|p| p.len == WIDTH))
    }

    /// The same, where a label of several lines may have drawn a value of its row to it.
    fn believed_apart(&mut self, form: &Form) -> Option<Vec<Option<Place>>> {
        self.apart = apart(self.layout, self.rows);
        if self.apart.iter().all(Range::is_empty) { None } else { self.believed(form) }
    }

    /// The row's values, as many in sequence from this one on, the first ones those that stand apart.
    fn tokens(&self, row: usize, place: Place) -> Vec<usize> {
        let apart = if place.len < WIDTH { self.apart[row].clone() } else { 0..0 };
        apart.chain(place.at..place.end()).collect()
    }

    /// Whether so many values from this one on are the row's with those that stand apart.
    fn completes(&self, row: usize, place: Place) -> bool {
        let apart = &self.apart[row];
        let in_lines = || !self.is_within_line(place.at) && !self.is_within_line(place.end());
        let other =
            || (place.at..place.end()).any(|t| apart.contains(&t) || self.ties[t].is_some_and(|tie| tie != row));
        let all = apart.len() + place.len == WIDTH && place.len < WIDTH && apart.end != place.at;
        all && in_lines() && !other() && adds_up(self.tokens(row, place).iter().map(|t| &self.layout.tokens[*t]))
    }

    /// The labels that stand alone between values are in order: the rows have not changed places with their labels.
    fn labels_in_order(&self) -> bool {
        let mut last = 0;
        for labels in &self.labels {
            let mut sure = labels.iter().filter(|(_, weak)| !weak);
            let row = match (sure.next(), sure.next(), labels.as_slice()) {
                (Some((row, _)), None, _) => *row,
                // `其他` may be a column's head.
                (None, _, [(row, _)]) if *row <= last + 2 => *row,
                _ => continue,
            };
            if row < last {
                return false;
            }
            last = row;
        }
        true
    }

    /// How many rows that add up have room one behind the other.
    fn most_rows(&self) -> usize {
        let (mut rows, mut at) = (0, 0);
        while at < self.sums.len() {
            let fits = self.sums[at];
            rows += usize::from(fits);
            at += if fits { WIDTH } else { 1 };
        }
        rows
    }

    /// Values alone between texts add up only in another order than theirs: so may those of other rows.
    fn has_turned_row(&self) -> bool {
        let starts = (0..self.layout.tokens.len()).filter(|at| self.text[*at]);
        let mut runs = starts.filter(|at| self.text.get(at + WIDTH) == Some(&true) && self.cuts(*at).next().is_none());
        runs.any(|at| !self.sums[at] && sums_up(&self.layout.tokens[at..at + WIDTH]))
    }

    /// The labels straight before a token that are not tied to it.
    fn loose_labels(&self, gap: usize) -> impl Iterator<Item = &(usize, bool)> {
        let tie = self.ties.get(gap).copied().flatten();
        self.labels[gap].iter().filter(move |(label, _)| tie != Some(*label))
    }

    /// Whether the row's own label stands before, within or behind the values from this one on.
    fn is_named(&self, row: usize, place: Place) -> bool {
        let behind = self.loose_labels(place.end());
        let before = self.labels[place.at..place.end()].iter().flatten();
        place.len < WIDTH || before.chain(behind).any(|(label, _)| *label == row)
    }

    /// The token begins a line further in than the last one ended, with no text between: a page is drawn there.
    fn is_indented(&self, t: usize) -> bool {
        let (Some(before), token) = (t.checked_sub(1).map(|t| &self.layout.tokens[t]), &self.layout.tokens[t]) else {
            return false;
        };
        // A break takes two bytes at the most.
        !self.text[t] && token.line > before.line && token.start.saturating_sub(before.end) > 2 * token.breaks as usize
    }

    /// The line goes on before and behind, with no text between.
    fn is_within_line(&self, gap: usize) -> bool {
        !self.text[gap] && self.layout.tokens[gap - 1].line == self.layout.tokens[gap].line
    }

    /// How many of the rows that have their place have their label before it, and how many behind it.
    fn sides(&self, places: &[Option<Place>]) -> (usize, usize) {
        let found = || places.iter().enumerate().filter_map(|(row, place)| Some((row, (*place)?)));
        let before = found().filter(|(row, place)| self.has_label(*row, place.at)).count();
        let behind = found().filter(|(row, place)| self.has_label(*row, place.end())).count();
        (before, behind)
    }

    /// The places on which it makes no difference on which side of their rows all labels are taken to stand, unless the other
    /// side is clearly dearer: where labels and rows take turns, rows may have moved past a gone one. And whether the other side
    /// is clearly cheaper, though fewer labels stand there.
    fn places_on_sides(&mut self, mostly_behind: bool, told: bool) -> (Vec<Option<Place>>, bool) {
        self.behind = Some(mostly_behind);
        let (cost, places) = self.places();
        self.behind = Some(!mostly_behind);
        let Some((other, others)) = self.places_within(if told { cost + cost::CLEAR } else { u32::MAX }) else {
            return (places, false);
        };
        let same = |(place, other): (Option<Place>, Option<Place>)| place.filter(|_| place == other);
        (places.into_iter().zip(others).map(same).collect(), other + cost::CLEAR < cost)
    }

    /// Takes the sure places, and of the others those that stand between two sure ones with as many values between as rows:
    /// there no row can have moved.
    fn keep_unmoved(&self, places: &mut [Option<Place>], sure: &[Option<Place>]) {
        let mut row = 0;
        while row < sure.len() {
            let open = sure[row..].iter().take_while(|place| place.is_none()).count();
            let start = row.checked_sub(1).map_or(Some(0), |before| sure[before].map(Place::end));
            let end = sure.get(row + open).map_or(Some(self.layout.tokens.len()), |place| place.map(|place| place.at));
            let between = |(start, end): (usize, usize)| {
                let inside = |p: &Option<Place>| p.is_none_or(|p| start <= p.at && p.end() <= end);
                start + open * WIDTH == end && places[row..row + open].iter().all(inside)
            };
            if !start.zip(end).is_some_and(between) {
                places[row..row + open].fill(None);
            }
            row += open;
            if let Some(place) = sure.get(row) {
                places[row] = *place;
            }
            row += 1;
        }
    }

    /// Of rows with a label before and one behind, many have their own on the one side, and many on the other: where labels
    /// and rows take turns, a row is gone between, and the others have moved up.
    fn changes_sides(&self, places: &[Option<Place>]) -> bool {
        let found = || places.iter().enumerate().filter_map(|(row, place)| Some((row, (*place)?)));
        let between = || found().filter(|(_, p)| !self.labels[p.at].is_empty() && !self.labels[p.end()].is_empty());
        let before = between().filter(|(row, place)| self.has_label(*row, place.at)).count();
        let behind = between().filter(|(row, place)| self.has_label(*row, place.end())).count();
        before.min(behind) >= LEAST_LABELS
    }

    /// Drops the rows before their labels and behind that of a row without a place, where the table begins with a label and ends
    /// with values: they may be that row's.
    fn drop_shifted(&self, places: &mut [Option<Place>]) {
        let sure = |gap: usize| self.labels[gap].iter().any(|(_, weak)| !weak);
        if !sure(0) || sure(self.layout.tokens.len()) {
            return;
        }
        let mut from = 0;
        for row in 0..places.len() {
            let Some(place) = places[row] else { continue };
            let before = self.labels.get(from..=place.at).unwrap_or_default();
            let mut before = before.iter().rev().flat_map(|labels| labels.iter().rev()).filter(|(_, weak)| !weak);
            let left = before.next().is_some_and(|(label, _)| *label < row && places.get(*label) == Some(&None));
            places[row] = Some(place).filter(|_| !left);
            from = place.end();
        }
    }

    fn has_label(&self, row: usize, gap: usize) -> bool {
        self.loose_labels(gap).any(|(label, _)| *label == row)
    }

    /// The row's label stands on the side on which no other's does, and does not go on within the row.
    fn is_on_other_side(&self, row: usize, at: usize) -> bool {
        let sides = [self.has_label(row, at), self.has_label(row, at + WIDTH)];
        let around = || self.cuts(at).any(|cut| self.goes_on(row, at, cut));
        self.behind.is_some_and(|behind| sides == [behind, !behind]) && !around()
    }

    /// Text that names no row cuts the values behind the row's label: it may be the rest of a label of several lines.
    fn goes_on(&self, row: usize, at: usize, cut: usize) -> bool {
        self.labels[at + cut].is_empty() && self.labels[at].last().is_some_and(|(label, _)| *label == row)
    }

    /// Where texts cut the values of a row.
    fn cuts(&self, at: usize) -> impl Iterator<Item = usize> {
        (1..WIDTH).filter(move |i| self.text[at + i])
    }

    /// Every piece of the row between texts has a figure: what cannot be read, with text between it and the row's figures,
    /// is none of its values.
    fn has_figures(&self, at: usize) -> bool {
        let mut start = at;
        let mut has = |end: usize| {
            let piece = std::mem::replace(&mut start, end)..end;
            self.layout.tokens[piece].iter().any(|t| t.count().is_some())
        };
        self.cuts(at).chain([WIDTH]).all(|cut| has(at + cut))
    }

    /// The values from this one on add up, or do so if what stands behind the row's label is put first.
    fn fits(&self, row: usize, at: usize) -> bool {
        let own = |(label, _): &(usize, bool)| *label == row;
        let led = |cut: &usize| {
            self.ties[at + cut] == Some(row) || self.labels[at + cut].iter().any(own) || self.goes_on(row, at, *cut)
        };
        let in_lines = !self.is_within_line(at) && !self.is_within_line(at + WIDTH);
        let add_up = || self.sums[at] || self.cuts(at).filter(led).any(|cut| self.adds_up_from(at, cut));
        in_lines && add_up() && self.has_figures(at)
    }

    /// The values from this one on add up if those before the cut stand behind the others.
    fn adds_up_from(&self, at: usize, cut: usize) -> bool {
        adds_up((at + cut..at + WIDTH).chain(at..at + cut).map(|t| &self.layout.tokens[t]))
    }

    /// What it costs that the values from this one on are this row; none where they cannot be.
    fn cost(&self, row: usize, at: usize) -> Option<u32> {
        let inside = at + 1..at + WIDTH;
        let tied = |range: Range<usize>| self.ties[range].iter().flatten();
        // What stands on a label's line is that row's.
        let elsewhere = || self.on_lines[row].as_ref().is_some_and(|own| own.end <= at || own.start >= at + WIDTH);
        if tied(at..at + WIDTH).any(|tie| *tie != row) || elsewhere() {
            return None;
        }
        let other = |i: &usize| self.loose_labels(*i).any(|(_, weak)| !weak);
        let label = if self.is_on_other_side(row, at) {
            cost::OTHER_SIDE
        } else if self.is_named(row, Place { at, len: WIDTH }) {
            0
        } else if inside.clone().any(|i| other(&i)) {
            cost::CUT_BY_OTHER
        } else if self.is_among_others(row, at) {
            cost::OTHER_LABEL
        } else {
            cost::NO_LABEL
        };
        let alone = || self.text[at] && self.text[at + WIDTH] && !inside.clone().any(|i| self.text[i]);
        match self.fits(row, at) {
            true => Some(label),
            false if alone() && label == 0 => Some(cost::SLIP),
            false => Some(cost::TORN + label),
        }
    }

    /// The nearest sure label before the values is of a later row, or the one behind of an earlier one; rows between may be
    /// lost.
    fn is_among_others(&self, row: usize, at: usize) -> bool {
        // `其他` and `总计` may be heads of columns, but hardly beside the row next to theirs.
        let sure = |(label, weak): &&(usize, bool)| !weak || label.abs_diff(row) == 1;
        let before = self.loose_labels(at).filter(sure).last();
        let behind = self.loose_labels(at + WIDTH).find(sure);
        before.is_some_and(|(label, _)| *label > row) || behind.is_some_and(|(label, _)| *label < row)
    }

    /// What it costs that so many values from this one on, alone between texts, are all that is left of the row.
    fn short(&self, row: usize, at: usize, len: usize) -> Option<u32> {
        if self.completes(row, Place { at, len }) {
            return Some(0);
        }
        let end = at + len;
        let alone = self.text[at] && *self.text.get(end)? && !self.text[at + 1..end].contains(&true);
        let labels = || self.labels[at].iter().chain(self.loose_labels(end));
        let own = alone
            && labels().any(|(label, _)| *label == row)
            && self.ties[at..end].iter().flatten().all(|tie| *tie == row);
        own.then_some(cost::SHORT + (WIDTH - len) as u32 * cost::MISSING)
    }

    /// What it costs that the row has no values, all before this one being of rows before it.
    fn lost(&self, row: usize, at: usize) -> u32 {
        let mut labels = self.labels[at].iter().filter(|(_, weak)| !weak);
        let alone = labels.next().is_some_and(|(label, _)| *label == row) && labels.next().is_none();
        let between = alone && at > 0 && at < self.layout.tokens.len();
        cost::LOST_ROW + u32::from(between) * cost::LABEL_BETWEEN
    }

    /// What it costs that the row has so many values, each of [`LENGTHS`], from this one on.
    fn ways(&self, row: usize, at: usize) -> Ways {
        LENGTHS.map(|length| match length {
            0 => self.lost(row, at),
            _ if at + length > self.layout.tokens.len() => NO_WAY,
            WIDTH => self.cost(row, at).unwrap_or(NO_WAY),
            _ => self.short(row, at, length).unwrap_or(NO_WAY),
        })
    }

    /// The cost of the best way to go through the tokens, and for each row where its values begin, if that is clearly the
    /// best as far as the row.
    fn places(&self) -> (u32, Vec<Option<Place>>) {
        self.places_within(u32::MAX).unwrap_or_default()
    }

    /// The same; none where the best way costs more than this.
    fn places_within(&self, cap: u32) -> Option<(u32, Vec<Option<Place>>)> {
        let (least, rows) = self.near_ways(cap)?;
        let ahead = ahead(&rows, self.layout.tokens.len());
        let place = |row: usize| {
            let (behind, ahead) = (&rows[row].behind, &ahead[row + 1]);
            let near = |(at, length, cost): &(usize, usize, u32)| {
                behind[*at] + cost + ahead[at + length] <= least + cost::CLEAR
            };
            let mut possible = rows[row].steps().filter(near);
            let (Some((at, len, _)), None) = (possible.next(), possible.next()) else { return None };
            let place = Place { at, len };
            let fits = if len == WIDTH { self.fits(row, at) } else { self.completes(row, place) };
            fits.then_some(place)
        };
        Some((least, (0..self.rows).map(place).collect()))
    }

    /// The cost of the best way, and for each row all ways through it that may be part of one not clearly dearer.
    fn near_ways(&self, cap: u32) -> Option<(u32, Vec<RowWays>)> {
        let tokens = self.layout.tokens.len();
        let mut rows = vec![RowWays::new(tokens); self.rows + 1];
        // A row with a value apart is whole with one less in sequence.
        let missing = if self.apart.iter().all(Range::is_empty) { LEAST_MISSING } else { 0 };
        let least_ahead = |row: usize, at: usize| match (tokens - at).checked_sub((self.rows - row) * WIDTH) {
            Some(more) => more as u32 * cost::STRAY,
            None => ((self.rows - row) * WIDTH + at - tokens) as u32 * missing,
        };
        // Where to go on from, first where the whole way may cost the least.
        let mut open = BinaryHeap::from([Reverse((least_ahead(0, 0), 0, 0))]);
        rows[0].behind[0] = 0;
        let mut least = None;
        while let Some(Reverse((cost, row, at))) = open.pop() {
            if cost > least.map_or(cap, |least| least + cost::CLEAR) {
                break;
            }
            if row == self.rows {
                least.get_or_insert(cost);
                continue;
            }
            if rows[row].ways[at].is_some() {
                continue;
            }
            let (ways, spent) = (self.ways(row, at), rows[row].behind[at]);
            rows[row].ways[at] = Some(ways);
            let next = steps(&ways).map(|(length, cost)| (row + 1, at + length, cost));
            for (row, at, cost) in next.chain([(row, at + 1, cost::STRAY)]).filter(|(_, at, _)| *at <= tokens) {
                if spent + cost < rows[row].behind[at] {
                    rows[row].behind[at] = spent + cost;
                    open.push(Reverse((spent + cost + least_ahead(row, at), row, at)));
                }
            }
        }
        Some((least?, rows))
    }

    /// How many columns cannot add up, whatever stands in the rows that have no place.
    fn columns_against(&self, form: &Form, places: &[Option<Place>]) -> usize {
        let in_one_piece = |place: &Place| place.len == WIDTH && self.cuts(place.at).next().is_none();
        let columns = form.equations.iter().filter(|e| e.is_of_column());
        let fails = |[(left, all_left), (right, all_right)]: [(u128, bool); 2]| {
            (all_left && left < right) || (all_right && right < left)
        };
        columns.filter(|e| fails(self.sides_of(form, e, places, |place| in_one_piece(place).then_some(0)))).count()
    }

    /// All columns of the outcomes add up, several of them to figures.
    fn outcomes_add_up(&self, form: &Form, places: &[Option<Place>]) -> bool {
        let turned = |place: &Place| self.cuts(place.at).find(|cut| self.adds_up_from(place.at, *cut));
        let begin = |place: &Place| if self.sums[place.at] { Some(0) } else { turned(place) };
        let outcomes = form.equations.iter().filter(|e| e.rule == Rule::OutcomesSum);
        let mut told = 0;
        let mut holds = |[left, right]: [(u128, bool); 2]| {
            told += usize::from(right.0 > 0);
            left == right && left.1
        };
        outcomes.map(|e| self.sides_of(form, e, places, begin)).all(&mut holds) && told >= LEAST_TOLD
    }

    /// What the figures on either side of a column's equation come to, and whether all are known, of the rows of which is known
    /// where they begin among their values.
    fn sides_of(
        &self,
        form: &Form,
        equation: &Equation,
        places: &[Option<Place>],
        begin: impl Fn(&Place) -> Option<usize>,
    ) -> [(u128, bool); 2] {
        let first = form.first(Table::Requests);
        let known = |cell: &usize| {
            let (row, column) = ((cell - first) / WIDTH, (cell - first) % WIDTH);
            let place = places[row]?;
            self.layout.tokens[place.at + (begin(&place)? + column) % WIDTH].count()
        };
        [&equation.left, &equation.right].map(|cells| {
            let figures = cells.iter().map(known);
            (figures.clone().flatten().sum(), figures.clone().all(|figure| figure.is_some()))
        })
    }

    /// Which values have their place.
    fn taken(&self, places: &[Option<Place>]) -> Vec<bool> {
        let mut taken = vec![false; self.layout.tokens.len()];
        for (row, place) in places.iter().enumerate().filter_map(|(row, place)| Some((row, (*place)?))) {
            self.tokens(row, place).into_iter().for_each(|t| taken[t] = true);
        }
        taken
    }

    /// Where values that have no place add up straight beside their label, on the side of all others, earlier rows cannot stand
    /// behind them, and later ones not before: what follows the last row made them seem to.
    fn drop_contradicted(&self, places: &mut [Option<Place>]) {
        let taken = self.taken(places);
        let sides = self.sides(places);
        for (gap, labels) in self.labels.iter().enumerate() {
            // Of several labels the nearest one is that of the values.
            let (label, at) = match sides.1 {
                0 => (labels.last(), Some(gap)),
                _ => (labels.first(), gap.checked_sub(WIDTH)),
            };
            let (Some((label, false)), Some(at)) = (label, at) else { continue };
            let weighs = |at: usize| self.layout.tokens[at..at + WIDTH].iter().any(|t| t.count() > Some(0));
            if sides.0.min(sides.1) > 0 || !self.sums[at] || taken[at..at + WIDTH].contains(&true) || !weighs(at) {
                continue;
            }
            for (row, place) in places.iter_mut().enumerate() {
                *place = place.filter(|place| if place.at < at { row < *label } else { row > *label });
            }
        }
    }

    /// Next to values that have no place, with no text between, a row may be none but a part of them: where its label cuts it
    /// and only then it adds up, and where it has no label, unless the table has as many values as the form. So may zeros be
    /// beside what alone is left of a row on its label's line.
    fn drop_doubtful(&self, places: &mut [Option<Place>]) {
        let complete = self.layout.tokens.len() == self.rows * WIDTH;
        loop {
            let taken = self.taken(places);
            let left = |gap: usize, t: usize| !self.text[gap] && !taken[t];
            let doubtful = |(row, place): (usize, &Option<Place>)| {
                place.is_some_and(|place| {
                    let beside = left(place.at, place.at.saturating_sub(1)) || left(place.end(), place.end());
                    let turned = place.len == WIDTH && !self.sums[place.at];
                    // What stands on a label's line begins its row, whose rest may be among zeros.
                    let torn = |t: usize| !taken[t] && self.ties[t].is_some_and(|tie| tie != row);
                    let zero = |t: usize| self.layout.tokens[t].count() == Some(0);
                    let mixed = place.at.checked_sub(1).is_some_and(torn)
                        && (place.at..place.end()).all(zero)
                        && (place.at..place.end()).any(|t| self.ties[t] != Some(row));
                    mixed || (beside && (turned || !(complete || self.is_named(row, place))))
                })
            };
            let Some(row) = places.iter().enumerate().position(doubtful) else { return };
            places[row] = None;
        }
    }

    /// Gives the rows their values, and takes these from others.
    fn put(&self, places: &[Option<Place>], alignment: &mut Alignment) {
        let turned = self.has_turned_row();
        let taken = self.taken(places);
        let complete = self.is_complete(places);
        let shifted = self.may_have_shifted(places);
        let (before, behind) = self.sides(places);
        // Where labels stand on either side, values next to the label of a row without any may be that row's.
        let is_left = |r: usize, gap: usize| {
            let mut labels = self.labels[gap].iter().filter(|(_, weak)| !weak);
            before.min(behind) > 0 && labels.any(|(label, _)| *label != r && places.get(*label) == Some(&None))
        };
        for (r, (row, place)) in alignment.rows.iter_mut().zip(places).enumerate() {
            if place.is_none() && !row.tokens.iter().any(|t| taken[*t]) {
                continue;
            }
            alignment.stray.extend(row.tokens.iter().filter(|t| !taken[**t]));
            *row = match place {
                Some(place) => {
                    // Digits of full width may go on in the next line.
                    let left = |gap: usize, t: usize| !self.text[gap] && !taken[t] && is_wide(&self.layout.tokens[t]);
                    let broken = left(place.at, place.at.saturating_sub(1)) || left(place.end(), place.end());
                    // Zeros may be of the row that its label cuts, straight before them.
                    let is_cut = |p: &Place| p.end() == place.at && self.cuts(p.at).next().is_some();
                    let torn = !self.text[place.at] && places.iter().flatten().any(is_cut);
                    let unsure = shifted || is_left(r, place.at) || is_left(r, place.end());
                    let row = self.row(r, *place, turned || broken || unsure, torn, complete);
                    RowTokens { in_sequence: row.in_sequence && !shifted, firm: row.firm && !unsure, ..row }
                }
                None => RowTokens { labelled: row.labelled, ..RowTokens::default() },
            };
        }
        alignment.stray.retain(|t| !taken[*t]);
        self.put_between(places, alignment);
    }

    /// Rows without a place have too few values between them in one place, and in another as many as a further row has:
    /// the rows between may be their neighbours.
    fn may_have_shifted(&self, places: &[Option<Place>]) -> bool {
        let (mut end, mut open) = (0, 0);
        let (mut few, mut many) = (false, false);
        let last = Some(Place { at: self.layout.tokens.len(), len: 0 });
        for place in places.iter().chain([&last]) {
            if let Some(place) = place {
                let values = place.at.saturating_sub(end);
                few |= values < open * WIDTH;
                many |= values >= (open + 1) * WIDTH;
                (end, open) = (place.end(), 0);
            } else {
                open += 1;
            }
        }
        few && many
    }

    /// A row alone between two that have their place has what values stand there, and no other has them.
    fn put_between(&self, places: &[Option<Place>], alignment: &mut Alignment) {
        let taken = self.taken(places);
        for row in 0..self.rows {
            let before = match row.checked_sub(1) {
                Some(before) => places[before].map(Place::end),
                None => Some(0),
            };
            let behind =
                if row + 1 == self.rows { Some(self.layout.tokens.len()) } else { places[row + 1].map(|p| p.at) };
            let (None, Some(start), Some(end)) = (places[row], before, behind) else { continue };
            let tokens: Vec<usize> = (start..end).collect();
            let own = &alignment.rows[row].tokens;
            if start < end && (own.is_empty() || *own == tokens) && !taken[start..end].contains(&true) {
                let cuts = (1..end - start).filter(|i| self.text[start + i]).collect();
                let even = is_even(&self.layout.tokens[start..end]);
                alignment.stray.retain(|t| !tokens.contains(t));
                for other in alignment.rows.iter_mut().filter(|other| other.tokens.iter().any(|t| tokens.contains(t))) {
                    alignment.stray.extend(other.tokens.iter().filter(|t| !tokens.contains(t)));
                    *other = RowTokens { labelled: other.labelled, ..RowTokens::default() };
                }
                let labelled = alignment.rows[row].labelled;
                alignment.rows[row] = RowTokens { tokens, cuts, even, agreed: true, labelled, ..RowTokens::default() };
            }
        }
    }

    fn row(&self, row: usize, place: Place, turned: bool, torn: bool, complete: bool) -> RowTokens {
        let (all, at) = (&self.layout.tokens, place.at);
        if place.len < WIDTH {
            let (tokens, cuts) = (self.tokens(row, place), vec![self.apart[row].len()]);
            return RowTokens { tokens, cuts, labelled: true, agreed: true, ..RowTokens::default() };
        }
        let tokens: Vec<usize> = (at..at + WIDTH).collect();
        let named = |gap: usize| self.labels[gap].iter().any(|(label, _)| *label == row);
        let cuts: Vec<usize> = self.cuts(at).collect();
        let zero = tokens.iter().all(|t| all[*t].count() == Some(0));
        // What stands on the label's line begins the row, so that its parts have one order.
        let begin = if self.sums[at] { Some(&0) } else { cuts.first().filter(|_| cuts.len() == 1) };
        let led = cuts.is_empty() || begin.is_some_and(|begin| self.ties[at + begin] == Some(row));
        let in_place = zero || !(turned || is_mixed(all, &tokens) || has_zeros_below(&all[at..at + WIDTH]));
        // Zeros with their label behind them and another row's before them may be either's, where a label is lost.
        let contested = self.has_lost_labels
            && !named(at)
            && (torn || self.labels[at].iter().any(|(label, weak)| *label != row && !weak));
        let (labelled, line) = (self.is_named(row, place), all[at].line);
        let sure =
            if zero { complete || (labelled && !contested) } else { labelled || all[at + WIDTH - 1].line == line };
        let even = is_even(&all[at..at + WIDTH]);
        RowTokens {
            whole: cuts.is_empty() && self.sums[at] && (in_place || even),
            cuts,
            even,
            labelled,
            label_behind: named(at + WIDTH) && !named(at),
            in_sequence: !(at..at + WIDTH).any(|t| self.is_indented(t)),
            contradicted: self.labels[at + 1..at + WIDTH].iter().flatten().any(|(label, weak)| *label != row && !weak),
            firm: in_place && led && sure && !torn && !all[at..at + WIDTH].iter().any(|t| t.parted),
            agreed: true,
            tokens,
            ..RowTokens::default()
        }
    }
}

/// Below several figures on one line, zeros alone on theirs stand behind all the row's figures: a page may have them
/// between.
fn has_zeros_below(row: &[Token]) -> bool {
    let Some((_, values)) = row.split_last() else { return false };
    let figures = values.iter().take_while(|t| t.count() != Some(0)).count();
    let (figures, zeros) = values.split_at(figures);
    let alone = |pair: &[Token]| pair[0].line != pair[1].line;
    figures.windows(2).any(|pair| !alone(pair))
        && !zeros.is_empty()
        && zeros.iter().all(|t| t.count() == Some(0))
        && row[figures.len() - 1..].windows(2).all(alone)
}

/// For each row the values alone between texts, straight behind its label.
fn apart(layout: &Layout, rows: usize) -> Vec<Range<usize>> {
    let mut apart = vec![0..0; rows];
    for (i, pair) in layout.items.windows(2).enumerate() {
        let [Item::Label { row, item: false, .. }, Item::Run(run)] = pair else { continue };
        let closed = !matches!(layout.items.get(i + 2), Some(Item::Run(_)));
        if let Some(own) = apart.get_mut(usize::from(*row)).filter(|_| closed && run.len() <= MOST_APART) {
            *own = run.clone();
        }
    }
    apart
}

/// So many of a row's values stand apart from the others at the most.
const MOST_APART: usize = 1;

/// The lengths that a row's values may have.
const LENGTHS: [usize; 4] = [0, WIDTH - 2, WIDTH - 1, WIDTH];

/// What each of [`LENGTHS`] costs.
type Ways = [u32; LENGTHS.len()];

/// Dearer than any way through a table.
const NO_WAY: u32 = 1 << 20;

/// What each value that is missing costs at least.
const LEAST_MISSING: u32 = cost::LOST_ROW / WIDTH as u32;

/// The ways through a row that were looked at.
#[derive(Clone)]
struct RowWays {
    /// What it costs to come to each token with the rows before.
    behind: Vec<u32>,
    /// The ways on from there.
    ways: Vec<Option<Ways>>,
}

impl RowWays {
    fn new(tokens: usize) -> Self {
        RowWays { behind: vec![NO_WAY; tokens + 1], ways: vec![None; tokens + 1] }
    }

    /// From where, with how many values, and at what cost.
    fn steps(&self) -> impl Iterator<Item = (usize, usize, u32)> {
        let of_token = |(at, ways): (usize, &Option<Ways>)| Some((at, (*ways)?));
        let ways = self.ways.iter().enumerate().filter_map(of_token);
        ways.flat_map(|(at, ways)| steps(&ways).map(move |(length, cost)| (at, length, cost)))
    }
}

fn steps(ways: &Ways) -> impl Iterator<Item = (usize, u32)> + use<> {
    LENGTHS.into_iter().zip(*ways).filter(|(_, cost)| *cost < NO_WAY)
}

/// The least cost from each row and token to the end.
fn ahead(rows: &[RowWays], tokens: usize) -> Vec<Vec<u32>> {
    let mut ahead: Vec<Vec<u32>> = vec![(0..=tokens as u32).rev().map(|left| left * cost::STRAY).collect()];
    for (row, RowWays { ways, .. }) in rows.iter().rev().skip(1).enumerate() {
        let mut here = vec![NO_WAY; tokens + 1];
        let mut least = NO_WAY;
        for at in (0..=tokens).rev() {
            let ways = ways[at].iter().flat_map(steps);
            let costs = ways.map(|(length, cost)| cost + ahead[row][at + length]);
            least = costs.fold(least + cost::STRAY, u32::min);
            here[at] = least;
        }
        ahead.push(here);
    }
    ahead.reverse();
    ahead
}
