//! In: the tokens that one row got. Out: where the layout alone puts them, or else every reading that the row's own sums
//! allow. It sees no other row.

use std::ops::Range;

use super::align::RowTokens;
use super::layout::{Token, are_same_zeros};
use super::token::Content;

/// A row to be settled.
pub(crate) struct RowCase<'a> {
    /// The position of its first cell in the form.
    pub(crate) first: usize,
    /// How many cells it has.
    pub(crate) width: usize,
    /// The lengths of its parts that each end with their total; none where nothing adds up.
    pub(crate) sums: &'static [usize],
    pub(crate) got: &'a RowTokens,
    pub(crate) tokens: &'a [Token],
    /// The values of no row that stand straight before and behind its own.
    pub(crate) strays: [Option<usize>; 2],
    /// Whether no text parts these from the row.
    pub(crate) joined: [bool; 2],
    /// Digits of full width stand straight behind its own, on the next line: they may be parts of its figures.
    pub(crate) goes_on: bool,
    /// It stands on a line that runs on, which ties none to its label.
    pub(crate) adrift: bool,
}

/// What is known of a cell while solving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Figure(u64),
    /// Blank or not applicable: no figure, but zero if a sum then holds.
    Empty,
    Nothing,
}

impl Known {
    /// The figure; what is empty counts as zero.
    fn figure(&self) -> u128 {
        if let Known::Figure(figure) = self { u128::from(*figure) } else { 0 }
    }
}

/// One way to put a row's tokens into its cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) tokens: Vec<Option<usize>>,
    pub(super) known: Vec<Known>,
}

impl Reading {
    /// Whether the tokens stand in the document as they stand here.
    pub(super) fn is_as_printed(&self, tokens: &[usize]) -> bool {
        self.tokens.iter().flatten().eq(tokens) && tokens.is_sorted()
    }

    /// Two ways with the same figures: which token a cell holds is known only where they agree.
    fn forget_differing(&mut self, other: &Reading) {
        for (own, other) in self.tokens.iter_mut().zip(&other.tokens) {
            if own != other {
                *own = None;
            }
        }
    }
}

/// Where the layout alone puts a row's tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Each into its column.
    Slots,
    /// One behind the other into the row's cells.
    Row,
    /// Nowhere yet: the sums must tell.
    Open,
}

/// A row with more tokens missing than this is not put together again.
const MOST_MISSING: usize = 2;
/// A row in more pieces than this is only read in the order in which it stands.
const MOST_PIECES: usize = 7;
/// A row with more readings than this has none.
const MOST_READINGS: usize = 128;

impl RowCase<'_> {
    /// Where its cells stand in the form.
    pub(super) fn cells(&self) -> Range<usize> {
        self.first..self.first + self.width
    }

    pub(super) fn place(&self, lost_its_end: bool) -> Place {
        match self.has_slots() && !lost_its_end {
            true => Place::Slots,
            false if self.is_sure() && !self.floats() => Place::Row,
            false => Place::Open,
        }
    }

    /// Its place is told without sums.
    pub(super) fn is_firm(&self) -> bool {
        self.got.firm && !self.adrift
    }

    /// The layout alone puts the tokens in their place, though they have no columns of their own.
    fn is_sure(&self) -> bool {
        let printed = || self.got.tokens.iter().filter(|t| !self.is_empty(**t)).count();
        let whole = self.got.whole && self.got.agreed && printed() == self.width;
        whole && self.is_legible() && (self.got.firm || self.weighs())
    }

    /// A mark that cannot be read is a cell only where all values stand on one line or in one box, with a figure or the
    /// row's label before them; elsewhere it may be what is left of a label.
    pub(super) fn is_legible(&self) -> bool {
        let legible = |t: &usize| self.known(*t) != Known::Nothing;
        let first = self.got.tokens.first();
        let line = first.map(|t| self.tokens[*t].line);
        let together = self.got.boxed || self.got.tokens.iter().all(|t| Some(self.tokens[*t].line) == line);
        let led = self.got.tied || (self.got.boxed && self.got.labelled);
        (together && (led || first.is_some_and(legible))) || self.is_readable()
    }

    /// None of its tokens is something that cannot be read.
    pub(super) fn is_readable(&self) -> bool {
        self.got.tokens.iter().all(|t| self.known(*t) != Known::Nothing)
    }

    /// The tokens add up in the order in which they stand, and not to zero.
    fn weighs(&self) -> bool {
        let mut known: Vec<Known> = self.got.tokens.iter().map(|t| self.known(*t)).collect();
        known.iter().any(|k| matches!(k, Known::Figure(f) if *f > 0)) && self.complete(&mut known)
    }

    /// Its figures ran together, and only sums told them apart.
    pub(crate) fn is_parted(&self) -> bool {
        self.got.tokens.iter().any(|t| self.tokens[*t].parted)
    }

    /// Pieces of its figures stand below one another.
    pub(super) fn is_stacked(&self) -> bool {
        self.got.tokens.iter().any(|t| self.tokens[*t].is_stacked())
    }

    /// Only spaces or line breaks stand between its figures; a line may have a border before the first or behind the last of them.
    pub(super) fn is_loose(&self) -> bool {
        let (tokens, own) = (self.tokens, &self.got.tokens);
        let bordered = |t: &usize| tokens[*t].bordered && !tokens[*t].parted;
        let between =
            if own.len() == 1 { bordered(&own[0]) } else { own.windows(2).any(|pair| pair.iter().all(bordered)) };
        !self.got.boxed && !between
    }

    /// The row adds up only if the border between two of its figures stands elsewhere among their digits, or not at all: a
    /// converter ran figures together and broke them (`18 118` as `1811 8`), or broke one where a cell is lost.
    pub(super) fn is_torn(&self) -> bool {
        let tokens = || self.got.tokens.iter().map(|t| &self.tokens[*t]);
        if self.got.tokens.len() != self.width || !self.is_loose() {
            return false;
        }
        let known: Vec<Known> = self.got.tokens.iter().map(|t| self.known(*t)).collect();
        if self.adds_up(&known) {
            return false;
        }
        let neighbours = tokens().zip(tokens().skip(1)).enumerate().filter(|(_, (a, b))| a.line == b.line);
        neighbours.into_iter().any(|(i, _)| {
            let [Known::Figure(a), Known::Figure(b)] = known[i..i + 2] else { return false };
            let digits = format!("{a}{b}");
            let figure = |digits: &str| match digits {
                "" => Some(Known::Empty),
                _ => digits.parse().ok().map(Known::Figure),
            };
            (0..digits.len()).any(|at| {
                let (left, right) = digits.split_at(at);
                let (Some(left), Some(right)) = (figure(left), figure(right)) else { return false };
                let mut known = known.clone();
                (known[i], known[i + 1]) = (left, right);
                self.adds_up(&known)
            })
        })
    }

    /// The row adds up only if its last figure goes on with the value of no row on the next line: the line's end cut it.
    pub(super) fn is_cut_off(&self) -> bool {
        let ([.., last], [_, Some(rest)]) = (self.got.tokens.as_slice(), self.strays) else { return false };
        let mut known: Vec<Known> = self.got.tokens.iter().map(|t| self.known(*t)).collect();
        let Some(Known::Figure(figure)) = known.pop() else { return false };
        // Zeros in front of others stand each for itself, straight behind one another.
        let glued = |pair: &[Token]| pair[0].end == pair[1].start;
        let more = self.tokens[rest..].windows(2).take(MOST_PIECES).take_while(|pair| glued(pair)).count();
        let parts = std::iter::once(Known::Figure(figure)).chain((rest..=rest + more).map(|t| self.known(t)));
        let digits = |part| if let Known::Figure(figure) = part { Some(figure.to_string()) } else { None };
        let Some(Ok(whole)) = parts.map(digits).collect::<Option<String>>().map(|digits| digits.parse()) else {
            return false;
        };
        let adds_up = |last: u64| self.adds_up(&[&known[..], &[Known::Figure(last)]].concat());
        self.tokens[*last].line < self.tokens[rest].line && !adds_up(figure) && adds_up(whole)
    }

    /// A value of no row straight before or behind its own may be the row's, and one of these none: it adds up with other
    /// figures so.
    pub(super) fn may_have_moved(&self) -> bool {
        let figures = |tokens: &[usize]| tokens.iter().map(|t| self.known(*t)).collect::<Vec<_>>();
        let own = &self.got.tokens;
        let with = |stray: usize, before: bool, out: usize| {
            let rest = [&own[..out], &own[out + 1..]].concat();
            figures(&if before { [&[stray][..], &rest].concat() } else { [&rest[..], &[stray]].concat() })
        };
        let moved = |(side, stray): (usize, &Option<usize>)| {
            let Some(stray) = stray.filter(|_| self.joined[side] && own.len() == self.width) else { return false };
            let others = (0..own.len()).map(|out| with(stray, side == 0, out));
            others.into_iter().any(|other| self.adds_up(&other) && other != figures(own))
        };
        self.strays.iter().enumerate().any(moved)
    }

    /// It has figures of full width, which narrow columns break over several lines.
    pub(super) fn is_of_full_width(&self) -> bool {
        self.got.tokens.iter().any(|t| self.is_wide(*t))
    }

    /// It has figures of full width, which narrow columns break over several lines, and values of no row beside it, or it stands
    /// on one line and such digits straight below, or some of its own where its places do not tell the order.
    pub(super) fn may_have_broken(&self) -> bool {
        let lines = || self.got.tokens.iter().map(|t| self.tokens[*t].line);
        let below = || self.goes_on && lines().is_sorted_by(|a, b| a == b);
        let beside = || self.strays.iter().any(Option::is_some) || below();
        self.is_of_full_width() && (beside() || (!self.got.agreed && self.may_go_on()))
    }

    /// It has figures of full width, and so has a line of no row next to it, whatever stands between.
    pub(super) fn is_beside_pieces(&self) -> bool {
        let is_near = |line: u32| self.got.tokens.iter().any(|t| self.tokens[*t].line.abs_diff(line) == 1);
        let has_pieces = |stray: &usize| {
            let line = self.tokens[*stray].line;
            let on_line = |t: &&Token| t.line == line;
            let (before, behind) = self.tokens.split_at(*stray);
            let mut others = before.iter().rev().take_while(on_line).chain(behind.iter().take_while(on_line));
            is_near(line) && others.any(is_wide)
        };
        self.is_of_full_width() && self.strays.iter().flatten().any(has_pieces)
    }

    /// It stands on one line and has figures of full width, and on the line before or behind stand few others and no zeros: they
    /// may be parts of its figures, whichever row has them.
    pub(super) fn is_beside_few(&self) -> bool {
        let (Some(first), Some(last)) = (self.got.tokens.iter().min(), self.got.tokens.iter().max()) else {
            return false;
        };
        let line = self.tokens[*first].line;
        let few = |others: Vec<&Token>| {
            let figures = || others.iter().filter(|t| t.content != Content::Gap);
            figures().count() < self.width && figures().next().is_some() && figures().all(|t| is_wide(t))
        };
        let before = self.tokens[..*first].iter().rev().take_while(|t| t.line + 1 == line).collect();
        let behind = self.tokens[last + 1..].iter().take_while(|t| t.line == line + 1).collect();
        self.tokens[*last].line == line && self.is_of_full_width() && (few(before) || few(behind))
    }

    /// Figures of full width stand on several of its lines, and two on one: those below may be parts of those above.
    pub(super) fn may_go_on(&self) -> bool {
        let wide = self.got.tokens.iter().filter(|t| self.is_wide(**t));
        let mut lines: Vec<u32> = wide.map(|t| self.tokens[*t].line).collect();
        lines.sort_unstable();
        let is_any = |step: fn(&[u32]) -> bool| lines.windows(2).any(step);
        is_any(|pair| pair[0] == pair[1]) && is_any(|pair| pair[0] != pair[1])
    }

    /// Its zeros are both of full width and not, without borders between them: where zeros are `0` and other figures `３９０`,
    /// a `０` is what is left of a figure that broke.
    pub(super) fn has_two_zeros(&self) -> bool {
        let zeros = || self.got.tokens.iter().filter(|t| self.known(**t) == Known::Figure(0));
        self.is_loose() && zeros().any(|t| self.is_wide(*t)) && zeros().any(|t| !self.is_wide(*t))
    }

    /// Each token stands in a column of its own. Where a row begins or ends with an empty field, and adds up only if its
    /// figures are moved, a cell was lost and the columns say nothing.
    pub(super) fn has_slots(&self) -> bool {
        let mut taken = 0_u32;
        let mut distinct = |t: &usize| {
            let before = taken;
            taken |= self.tokens[*t].slot.map_or(0, |slot| 1 << slot);
            taken != before
        };
        let explicit = !self.got.tokens.is_empty() && self.got.tokens.iter().all(&mut distinct);
        explicit && (!self.has_empty_end() || self.adds_up_in_slots() || !self.adds_up_moved())
    }

    /// Only its last fields are empty, or they are and the figures do not add up where they stand: cells were lost, and what
    /// stood behind them has moved up.
    pub(super) fn has_lost_its_end(&self) -> bool {
        let is_gap = |t: &&usize| self.tokens[**t].content == Content::Gap;
        if !self.got.tokens.iter().any(|t| is_gap(&t)) {
            return false;
        }
        let mut tokens = self.got.tokens.clone();
        tokens.sort_by_key(|t| self.tokens[*t].slot);
        let lost = tokens.iter().rev().take_while(is_gap).count();
        let others = tokens.iter().filter(is_gap).count() - lost;
        (1..=MOST_MISSING).contains(&lost) && (others == 0 || !self.adds_up_in_slots())
    }

    /// Its last field is empty, and shows no more than that.
    pub(super) fn ends_in_gap(&self) -> bool {
        let is_last = |t: &&usize| self.tokens[**t].slot.map(usize::from) == Some(self.width - 1);
        self.got.tokens.iter().filter(is_last).any(|t| self.tokens[*t].content == Content::Gap)
    }

    /// Its first or last field is empty.
    pub(super) fn has_empty_end(&self) -> bool {
        self.got.tokens.iter().any(|t| {
            let slot = self.tokens[*t].slot.map(usize::from);
            self.is_empty(*t) && (slot == Some(0) || slot == Some(self.width - 1))
        })
    }

    /// An empty field, which may be no cell: one before a row without its label may be what is left of that.
    pub(super) fn is_empty(&self, token: usize) -> bool {
        let label = self.sums.len() == 1 && !self.got.labelled && self.got.tokens.first() == Some(&token);
        match self.tokens[token].content {
            Content::Gap => true,
            Content::Blank => label,
            _ => false,
        }
    }

    fn adds_up_moved(&self) -> bool {
        let printed = self.printed();
        let missing = self.width.saturating_sub(printed.len());
        let legible = printed.iter().all(|t| self.known(*t) != Known::Nothing);
        let parts = self.sums.len() > 1 && missing > 1;
        (1..=MOST_MISSING).contains(&missing) && legible && (parts || !self.gaps(&printed, missing).is_empty())
    }

    fn adds_up_in_slots(&self) -> bool {
        let mut known = vec![Known::Empty; self.width];
        for token in &self.got.tokens {
            if let Some(cell) = self.tokens[*token].slot.and_then(|s| known.get_mut(usize::from(s))) {
                *cell = self.known(*token);
            }
        }
        self.complete(&mut known)
    }

    /// The row's tokens without the empty fields, which may be none of its cells.
    fn printed(&self) -> Vec<usize> {
        let mut printed = self.got.tokens.clone();
        printed.retain(|t| !self.is_empty(*t));
        printed
    }

    pub(super) fn known(&self, token: usize) -> Known {
        match self.tokens[token].content {
            Content::Figure(f) | Content::Stacked(f) => f.count().map_or(Known::Nothing, Known::Figure),
            Content::Dash | Content::Blank | Content::Gap => Known::Empty,
            _ => Known::Nothing,
        }
    }

    pub(super) fn option(&self, tokens: Vec<Option<usize>>) -> Reading {
        let known = tokens.iter().map(|t| t.map_or(Known::Nothing, |t| self.known(t))).collect();
        Reading { tokens, known }
    }

    /// All ways to put the tokens into the cells that the row's own sums allow.
    pub(super) fn options(&self) -> Vec<Reading> {
        if !self.got.agreed {
            return Vec::new();
        }
        if self.floats() {
            return self.interleaved().into_iter().map(|order| self.option(order)).collect();
        }
        let printed = self.printed();
        let legible = printed.iter().all(|t| self.known(*t) != Known::Nothing);
        let options = match self.width.checked_sub(printed.len()) {
            Some(0) if self.is_legible() => self.orders(),
            // What cannot be read may be what is left of the label, or a line between, and a cell is lost.
            Some(0) => self.orders().into_iter().chain(self.gaps_for_mark(&printed)).collect(),
            Some(missing) if missing <= MOST_MISSING && self.got.even && legible && !self.goes_on => {
                self.gaps(&printed, missing)
            }
            _ => Vec::new(),
        };
        if options.len() > MOST_READINGS {
            return Vec::new();
        }
        let mut distinct: Vec<Reading> = Vec::new();
        for option in options {
            match distinct.iter_mut().find(|d| d.known == option.known) {
                Some(same) if printed.len() < self.width => same.forget_differing(&option),
                Some(_) => {}
                None => distinct.push(option),
            }
        }
        distinct
    }

    /// The ways to leave a cell without a token, where one that cannot be read is none of the row's: it stands before the
    /// others, or they all on one line and it on another.
    fn gaps_for_mark(&self, printed: &[usize]) -> Vec<Reading> {
        let (marks, legible): (Vec<usize>, Vec<usize>) =
            printed.iter().partition(|t| self.known(**t) == Known::Nothing);
        let mut lines = legible.iter().map(|t| self.tokens[*t].line);
        let line = lines.next().filter(|line| lines.all(|other| other == *line));
        match marks.as_slice() {
            [mark] if line.is_some_and(|line| line != self.tokens[*mark].line) => self.gaps(&legible, 1),
            _ => self.gaps(&printed[1..], 1),
        }
    }

    /// The orders of the row's pieces, lines and parts of lines, in which it adds up.
    fn orders(&self) -> Vec<Reading> {
        let mut as_printed = self.option(self.printed().into_iter().map(Some).collect());
        let legible = !as_printed.known.contains(&Known::Nothing);
        let fits = self.complete(&mut as_printed.known);
        let mixed = self.is_mixed();
        if fits && !(legible && (mixed || !self.got.cuts.is_empty())) {
            return vec![as_printed];
        }
        if self.got.placed || !legible {
            return Vec::new();
        }
        let pieces = self.pieces(mixed || self.got.cuts.is_empty());
        // An empty cell fits anywhere.
        let blank = |piece: &&[usize]| piece.iter().all(|t| self.tokens[*t].content == Content::Blank);
        if pieces.len() > MOST_PIECES || pieces.iter().any(blank) || (mixed && !self.breaks_at_columns(&pieces)) {
            return Vec::new();
        }
        let mut options = Vec::new();
        let sum = self.got.tokens.iter().map(|t| self.known(*t).figure()).sum();
        let mut pieces: Vec<Option<&[usize]>> = pieces.into_iter().map(Some).collect();
        self.arrange(&mut pieces, &mut Vec::new(), sum, &mut options);
        options
    }

    /// Some of its figures stand above and below the others.
    pub(super) fn floats(&self) -> bool {
        self.got.tokens.iter().any(|t| self.tokens[*t].afloat)
    }

    /// All ways in which a row adds up whose figures stand at different heights: those of each height stand in their order.
    pub(super) fn interleaved(&self) -> Vec<Vec<Option<usize>>> {
        if self.got.tokens.len() != self.width {
            return Vec::new();
        }
        let mut orders = Vec::new();
        if self.floats() {
            let (afloat, others): (Vec<usize>, Vec<usize>) =
                self.got.tokens.iter().partition(|t| self.tokens[**t].afloat);
            self.merge([&afloat, &others], &mut Vec::new(), &mut orders);
        } else {
            orders = self.with_zeros_between();
        }
        orders.into_iter().map(|order| order.into_iter().map(Some).collect()).collect()
    }

    /// The same of figures of full width and zeros that are not: what stands together on a line, stands in neighbouring
    /// columns; the figures stand in their order, and what are only zeros of another height, anywhere between.
    fn with_zeros_between(&self) -> Vec<Vec<usize>> {
        let others = self.got.tokens.iter().filter(|t| !self.is_wide(**t)).map(|t| &self.tokens[*t]);
        // Here and there among the heads of table 3, nothing is in order.
        let in_order = !self.got.contradicted || self.sums.len() == 1;
        if !in_order || !are_same_zeros(others) {
            return Vec::new();
        }
        let mut orders = Vec::new();
        // What stands behind the text that cuts a row may be its beginning: it stands on its label's line.
        for cut in std::iter::once(0).chain(self.got.cuts.iter().copied()) {
            let behind = |piece: &&[usize]| self.got.tokens[cut..].contains(&piece[0]);
            let (first, rest): (Vec<&[usize]>, Vec<&[usize]>) = self.pieces(true).into_iter().partition(behind);
            let is_figure = |piece: &&[usize]| piece.iter().any(|t| self.is_wide(*t));
            let (figures, zeros): (Vec<&[usize]>, Vec<&[usize]>) = first.into_iter().chain(rest).partition(is_figure);
            self.interleave(&figures, &zeros, &mut Vec::new(), &mut orders);
        }
        orders
    }

    /// Adds every order of the rest of two sequences in which each part adds up.
    fn merge(&self, rest: [&[usize]; 2], order: &mut Vec<usize>, orders: &mut Vec<Vec<usize>>) {
        if !self.begins_to_add_up(order) {
            return;
        }
        if rest.iter().all(|rest| rest.is_empty()) {
            orders.push(order.clone());
        }
        for side in 0..2 {
            let [first, behind @ ..] = rest[side] else { continue };
            order.push(*first);
            self.merge(if side == 0 { [behind, rest[1]] } else { [rest[0], behind] }, order, orders);
            order.pop();
        }
    }

    /// Adds every order of the rest in which each part adds up; zeros of as many columns are the same.
    fn interleave(
        &self,
        figures: &[&[usize]],
        zeros: &[&[usize]],
        order: &mut Vec<usize>,
        orders: &mut Vec<Vec<usize>>,
    ) {
        if !self.begins_to_add_up(order) {
            return;
        }
        if figures.is_empty() && zeros.is_empty() {
            orders.push(order.clone());
        }
        let start = order.len();
        if let [first, rest @ ..] = figures {
            order.extend(*first);
            self.interleave(rest, zeros, order, orders);
            order.truncate(start);
        }
        for (i, zero) in zeros.iter().enumerate().filter(|(i, zero)| !zeros[..*i].iter().any(|z| z.len() == zero.len()))
        {
            order.extend(*zero);
            self.interleave(figures, &[&zeros[..i], &zeros[i + 1..]].concat(), order, orders);
            order.truncate(start);
        }
    }

    /// Whether the parts add up for which there are tokens.
    fn begins_to_add_up(&self, order: &[usize]) -> bool {
        let mut rest = order;
        self.sums.iter().all(|length| {
            let Some((part, behind)) = rest.split_at_checked(*length) else { return true };
            rest = behind;
            let figure = |t: &usize| self.known(*t).figure();
            part.split_last().is_some_and(|(total, parts)| parts.iter().map(figure).sum::<u128>() == figure(total))
        })
    }

    /// The row's tokens, cut where another run begins, and at the ends of lines; where a line is drawn with more than a space
    /// between its figures, other columns may lie between.
    fn pieces(&self, lines: bool) -> Vec<&[usize]> {
        let tokens = &self.got.tokens;
        let starts = [0].into_iter().chain(self.got.cuts.iter().copied());
        let ends = self.got.cuts.iter().copied().chain([tokens.len()]);
        let runs = starts.zip(ends).map(|(start, end)| &tokens[start..end]);
        let beside = |a: &Token, b: &Token| a.line == b.line && b.start <= a.end + 1;
        let same = |a: &usize, b: &usize| !lines || beside(&self.tokens[*a], &self.tokens[*b]);
        runs.flat_map(|run| run.chunk_by(same)).collect()
    }

    /// Adds every order of the pieces, whose figures have this sum, in which the row adds up; pieces of the same figures are
    /// the same piece.
    fn arrange(&self, pieces: &mut [Option<&[usize]>], order: &mut Vec<usize>, sum: u128, options: &mut Vec<Reading>) {
        if order.len() == self.got.tokens.len() {
            let printed = order.iter().copied().filter(|t| !self.is_empty(*t));
            let option = self.option(printed.map(Some).collect());
            if self.adds_up(&option.known) {
                options.push(option);
            }
            return;
        }
        // More readings than that are none.
        if options.len() > MOST_READINGS || !pieces.iter().flatten().any(|piece| self.may_end(piece, sum)) {
            return;
        }
        let same = |a: &[usize], b: &[usize]| a.iter().map(|t| self.known(*t)).eq(b.iter().map(|t| self.known(*t)));
        for i in 0..pieces.len() {
            let Some(piece) = pieces[i] else { continue };
            if pieces[..i].iter().flatten().any(|tried| same(tried, piece)) {
                continue;
            }
            order.extend(piece);
            pieces[i] = None;
            self.arrange(pieces, order, sum, options);
            pieces[i] = Some(piece);
            order.truncate(order.len() - piece.len());
        }
    }

    /// Whether a row whose figures have this sum may end with the piece: with its total, if it has but one.
    fn may_end(&self, piece: &[usize], sum: u128) -> bool {
        let last = piece.iter().rfind(|t| !self.is_empty(**t));
        self.sums.len() > 1 || last.is_none_or(|t| 2 * self.known(*t).figure() == sum)
    }

    /// Its figures are of full width and its zeros are not, without borders between them.
    pub(super) fn is_mixed(&self) -> bool {
        self.is_loose() && is_mixed(self.tokens, &self.got.tokens)
    }

    /// A figure of full width.
    fn is_wide(&self, token: usize) -> bool {
        is_wide(&self.tokens[token])
    }

    /// Figures of one height stand in several pieces: what stands together there, stands in neighbouring columns.
    fn breaks_at_columns(&self, pieces: &[&[usize]]) -> bool {
        let of_height = |wide: bool| pieces.iter().filter(|p| p.iter().any(|t| self.is_wide(*t) == wide)).count();
        of_height(true) > 1 || of_height(false) > 1
    }

    /// The ways to leave some cells without a token, in which what is missing can be worked out; none where two may be
    /// missing from the same part, of which nobody knows what each was.
    fn gaps(&self, tokens: &[usize], missing: usize) -> Vec<Reading> {
        let (mut options, mut open) = (Vec::new(), false);
        let mut place = |gaps: &[usize]| {
            let mut rest = tokens.iter().copied();
            let cells = (0..self.width).map(|c| if gaps.contains(&c) { None } else { rest.next() }).collect();
            let mut option = self.option(cells);
            if self.complete(&mut option.known) {
                options.push(option);
            } else {
                open |= self.lacks_two(&option.known);
            }
        };
        for a in 0..self.width {
            if missing == 1 {
                place(&[a]);
            } else {
                (a + 1..self.width).for_each(|b| place(&[a, b]));
            }
        }
        let known: Vec<Known> = tokens.iter().map(|t| self.known(*t)).collect();
        if open || self.adds_up_parted(&known, missing) { Vec::new() } else { options }
    }

    /// Whether the row is whole and adds up if so many of its figures are two that ran together.
    fn adds_up_parted(&self, known: &[Known], more: usize) -> bool {
        if more == 0 {
            return self.adds_up(known);
        }
        known.iter().enumerate().any(|(i, figure)| {
            let Known::Figure(figure) = figure else { return false };
            let digits = figure.to_string();
            (1..digits.len()).filter_map(|at| halves(&digits, at)).any(|halves| {
                let parted = [&known[..i], &halves.map(Known::Figure), &known[i + 1..]].concat();
                self.adds_up_parted(&parted, more - 1)
            })
        })
    }

    /// Whether some part lacks two figures, and any two could be they that are not negative.
    fn lacks_two(&self, known: &[Known]) -> bool {
        let mut at = 0;
        let mut two = false;
        let possible = self.sums.iter().all(|length| {
            let Some([parts @ .., total]) = known.get(at..at + length) else { return false };
            at += length;
            let sum: u128 = parts.iter().map(Known::figure).sum();
            let lacking = parts.iter().chain([total]).filter(|k| **k == Known::Nothing).count();
            two |= lacking > 1;
            *total == Known::Nothing || sum == total.figure() || (lacking > 0 && sum < total.figure())
        });
        two && possible
    }

    /// Whether every part adds up to its total, empty cells counted as zero.
    pub(super) fn adds_up(&self, known: &[Known]) -> bool {
        let mut at = 0;
        let part_adds_up = |length: &usize| {
            let Some([parts @ .., total]) = known.get(at..at + length) else { return false };
            at += length;
            parts.iter().map(Known::figure).sum::<u128>() == total.figure()
        };
        !known.contains(&Known::Nothing) && self.sums.iter().all(part_adds_up) && at == self.width
    }

    /// Works out the one unknown of each part; false where there are more, or none fits.
    fn complete(&self, known: &mut [Known]) -> bool {
        let mut at = 0;
        for length in self.sums {
            let Some(part) = known.get_mut(at..at + length) else { return false };
            at += length;
            let unknown: Vec<usize> = (0..*length).filter(|i| part[*i] == Known::Nothing).collect();
            let total = part[length - 1].figure();
            let sum: u128 = part[..length - 1].iter().map(Known::figure).sum();
            match unknown.as_slice() {
                [] if sum == total => {}
                // An empty cell is no total of figures; what one leaves open otherwise, it does not force.
                [_] if part[length - 1] == Known::Empty && sum > 0 => return false,
                [_] if part.contains(&Known::Empty) => {}
                [i] => {
                    let forced = if *i == length - 1 { Some(sum) } else { total.checked_sub(sum) };
                    let Some(forced) = forced.and_then(|f| u64::try_from(f).ok()) else { return false };
                    part[*i] = Known::Figure(forced);
                }
                _ => return false,
            }
        }
        at == self.width
    }

    /// Whether figures of one line stand in the reading as they do there.
    pub(super) fn keeps_lines(&self, reading: &Reading) -> bool {
        let order: Vec<usize> = reading.tokens.iter().flatten().copied().collect();
        let turned = |(i, t): (usize, &usize)| {
            order[i..].iter().any(|other| other < t && self.tokens[*other].line == self.tokens[*t].line)
        };
        !order.iter().enumerate().any(turned)
    }

    /// Whether all the row's legible figures are among its cells' figures, in the same order where they stand in one piece,
    /// and each in its cell where nothing before them may be what is left of a label.
    pub(super) fn holds_all(&self, known: &[Known]) -> bool {
        let one_each = self.got.tokens.len() == self.width && self.got.cuts.is_empty() && self.got.tokens.is_sorted();
        let led = self.got.tokens.first().is_some_and(|t| self.known(*t) != Known::Nothing);
        if one_each && led && !self.got.tokens.iter().any(|t| self.is_empty(*t)) {
            let held =
                |(t, cell): (&usize, &Known)| !matches!(self.known(*t), Known::Figure(_)) || self.known(*t) == *cell;
            return self.got.tokens.iter().zip(known).all(held);
        }
        let mut figures = self.got.tokens.iter().map(|t| self.known(*t)).filter(|k| matches!(k, Known::Figure(_)));
        if self.got.cuts.is_empty() && self.got.tokens.is_sorted() {
            let mut cells = known.iter();
            return figures.all(|figure| cells.any(|k| *k == figure));
        }
        let mut left: Vec<Known> = known.to_vec();
        figures.all(|figure| left.iter().position(|k| *k == figure).map(|i| left.swap_remove(i)).is_some())
    }
}

/// The two figures on both sides of a border among digits; no figure begins with a zero.
fn halves(digits: &str, at: usize) -> Option<[u64; 2]> {
    let (left, right) = digits.split_at(at);
    let begins_with_zero = right.len() > 1 && right.starts_with('0');
    if begins_with_zero { None } else { Some([left.parse().ok()?, right.parse().ok()?]) }
}

/// Figures of full width and others stand on several lines: they are printed at different heights, and converters that
/// read by height put the zeros in front of the figures. An empty cell has no height.
pub(super) fn is_mixed(tokens: &[Token], row: &[usize]) -> bool {
    let lines = row.windows(2).any(|pair| tokens[pair[0]].line != tokens[pair[1]].line);
    let narrow = |t: &Token| !is_wide(t) && !matches!(t.content, Content::Blank | Content::Gap);
    lines && row.iter().any(|t| is_wide(&tokens[*t])) && row.iter().any(|t| narrow(&tokens[*t]))
}

/// A zero that is not of full width stands behind a figure that is, on a later line: not all zeros were put in front.
pub(super) fn has_zeros_between(tokens: &[Token], row: &[usize]) -> bool {
    let mut row = row.iter().map(|t| &tokens[*t]).skip_while(|t| !is_wide(t));
    row.next().is_some_and(|first| row.any(|t| !is_wide(t) && t.count() == Some(0) && t.line > first.line))
}

/// A figure of full width.
pub(super) fn is_wide(token: &Token) -> bool {
    matches!(token.content, Content::Figure(figure) if figure.wide)
}
