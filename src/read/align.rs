//! In: a table's items, labels of rows and runs of values in the order of the document. Out: which run is which row, by
//! the alignment with the least cost over the whole table. It adds up no figures.

use std::ops::Range;

use super::layout::{Item, Layout, Token};
use super::token::Content;

/// The tokens that one row got.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowTokens {
    /// Positions in [`Layout::tokens`], in the order of the document.
    pub(crate) tokens: Vec<usize>,
    /// Where in `tokens` another run begins: a label stands before it.
    pub(crate) cuts: Vec<usize>,
    /// They are one run, of as many values as the row has cells, that the layout shows as a unit.
    pub(crate) whole: bool,
    /// They come from a block of values behind a block of labels.
    pub(crate) block: bool,
    /// They are one run on one line, or with each value on a line of its own.
    pub(crate) even: bool,
    /// The row's own label stands next to them.
    pub(crate) labelled: bool,
    /// It stands behind them.
    pub(crate) label_behind: bool,
    /// The item of article 20 that begins with the row is named.
    pub(crate) itemized: bool,
    /// The layout ties them to the row's label, the whole table is in order, or they stand in sequence by their sums.
    pub(crate) firm: bool,
    /// They stand on the line of the row's label.
    pub(crate) tied: bool,
    /// They stand in sequence with other rows, in whatever order among themselves.
    pub(crate) in_sequence: bool,
    /// They stand in a box of their own, as all rows of the table do.
    pub(crate) boxed: bool,
    /// They are all its figures but the zeros, which the document leaves out.
    pub(crate) left_out: bool,
    /// They stand at different heights, and were put in the order of their columns.
    pub(crate) placed: bool,
    /// It makes no difference whether labels are taken to stand before their values or behind them.
    pub(crate) agreed: bool,
    /// Values that belong to no row stand next to it.
    pub(crate) doubtful: bool,
    /// The table has columns that the form does not have: a row of no more values lacks one.
    pub(crate) narrow: bool,
    /// A label of another row stands next to them, and belongs to nothing else; or heads of table 3 stand in several places
    /// among them.
    pub(crate) contradicted: bool,
}

/// The alignment of a table.
#[derive(Debug, Default)]
pub(crate) struct Alignment {
    pub(crate) rows: Vec<RowTokens>,
    /// Tokens that belong to no row.
    pub(crate) stray: Vec<usize>,
}

/// What an alignment costs, in tenths.
mod cost {
    /// A row with neither label nor values.
    pub(super) const LOST_ROW: u32 = 50;
    /// Several such rows in a row: a whole page may be gone.
    pub(super) const LOST_ROWS: u32 = 100;
    /// A label without values.
    pub(super) const LOST_VALUES: u32 = 40;
    /// Values without a label.
    pub(super) const LOST_LABEL: u32 = 15;
    /// A row with too few values.
    pub(super) const SHORT: u32 = 20;
    /// A label that names no row here: a sure one, a misspelt one, one that could be anything.
    pub(super) const SKIPPED_LABEL: [u32; 3] = [30, 12, 3];
    /// Values that belong to no row, and each of them.
    pub(super) const SKIPPED_RUN: u32 = 25;
    pub(super) const SKIPPED_VALUE: u32 = 8;
    /// And that they stand on the line of a label.
    pub(super) const OWN_LINE: u32 = 2;
    /// Empty cells that belong to no row.
    pub(super) const SKIPPED_BLANKS: u32 = 6;
    /// A label on the other side of its values than the rest.
    pub(super) const OTHER_SIDE: u32 = 25;
    /// Values apart from the label on their own line.
    pub(super) const OTHER_LINE: u32 = 200;
    /// A block of labels, and then a block of their values.
    pub(super) const BLOCK: u32 = 10;
    /// The same label again.
    pub(super) const AGAIN: u32 = 2;
    /// A reading that is so much cheaper is clearly the better one.
    pub(super) const CLEAR: u32 = 60;
    /// Paths so much dearer than the best are given up.
    pub(super) const MARGIN: u32 = 250;
    /// So many paths are kept at the most.
    pub(super) const PATHS: usize = 96;
}

/// Where a path stands: the row, how many values it has, and whether its label has come.
#[derive(Debug, Clone, Copy)]
struct Path {
    /// One more than the row's position; 0 before the first row.
    row: u8,
    filled: u8,
    labelled: bool,
    /// How many labels of successive rows have come without a value between them, this row's the last; once there are
    /// values for the first of these rows, how many rows behind this one still wait for theirs.
    pending: u8,
    cost: u32,
    /// Its last step, and the node of the step before; once it is kept, the node of its last step.
    step: Step,
    node: u32,
}

/// The cheapest path to a place: its cost, and in the lower half its node, so that of paths that cost the same the one from
/// the earlier node is less.
type Cheapest = u64;

/// There is no such path.
const NOWHERE: Cheapest = Cheapest::MAX;

fn cheapest_at(cost: u32, node: u32) -> Cheapest {
    Cheapest::from(cost) << 32 | Cheapest::from(node)
}

/// Rows further on than this all cost the same to go to.
const NEAR: usize = (cost::LOST_ROWS / cost::LOST_ROW) as usize;

/// What a path did with an item.
#[derive(Debug, Clone, Copy)]
enum Step {
    Skip,
    /// The label names this row.
    Label(u8),
    /// The run fills so many rows from this one on.
    Fill(u8, u8),
    /// The run fills so many rows from this one on, all of which have their labels in a block before it.
    Block(u8, u8),
    /// The run is a piece of this row.
    Part(u8),
}

struct Node {
    before: u32,
    step: Step,
}

/// A run, or a line of one.
struct Unit {
    tokens: Range<usize>,
    /// Where its run begins and ends.
    run: Range<usize>,
    /// The row whose label stands on the same line, or clearly nearest.
    line_row: Option<u8>,
    same_line: bool,
    /// That label stands before it on the line, so that its first values are the row's.
    leads: bool,
    /// And no other label does.
    alone: bool,
    /// It is a single empty cell.
    empty: bool,
    /// It stands on one line of a grid, behind text that names no row.
    foreign: bool,
}

enum Part {
    Label { row: u8, item: bool, weak: bool, fuzzy: bool },
    Unit(Unit),
}

/// Aligns a table with rows of these widths.
pub(crate) fn align(layout: &Layout, widths: &[u8]) -> Alignment {
    let parts = parts(layout, widths);
    let (reading, other) = cheapest(&parts, widths);
    let mut best = assemble(layout, &parts, &reading, widths);
    let in_order = best.stray.is_empty() && best.rows.iter().all(|r| r.whole && !r.contradicted);
    let other = other.map(|reading| assemble(layout, &parts, &reading, widths).rows);
    for (r, row) in best.rows.iter_mut().enumerate() {
        let agreed = other.as_ref().is_none_or(|other| row.tokens == other[r].tokens);
        row.agreed = agreed && !row.contradicted;
        row.firm |= in_order;
    }
    best.doubt_unlabelled();
    best
}

/// What was done with each item, and whether labels were taken to stand behind their values.
type Reading = (Vec<Step>, bool);

/// The steps of the better one of the two readings, labels before their values or behind them, and those of the other
/// unless the better one clearly is.
fn cheapest(parts: &[Part], widths: &[u8]) -> (Reading, Option<Reading>) {
    let mut front = None;
    let nodes = Vec::with_capacity(parts.len() * 4);
    let mut aligner = Aligner { parts, widths, after: false, bound: 0, nodes };
    let mut run = |after, bound| {
        (aligner.after, aligner.bound) = (after, bound);
        if aligner.least() > bound { None } else { aligner.run(front.get_or_insert_with(|| Front::new(widths))) }
    };
    let ((steps, cost), after) = straight(parts, widths).map_or_else(|| first(&mut run), |reading| (reading, false));
    // The other reading matters as far as it is better, or not clearly worse, or as the table's ends bear it out.
    let ends = ends_behind(parts);
    let matters = |side: bool, more: u32| more < cost::CLEAR || ends == Some(side);
    let bound = if ends == Some(!after) { u32::MAX } else { cost + cost::CLEAR - 1 };
    match run(!after, bound) {
        Some((other, less)) if less < cost => ((other, !after), matters(after, cost - less).then_some((steps, after))),
        other => ((steps, after), other.map(|(steps, _)| (steps, !after))),
    }
}

/// Whether labels stand behind their values, as the table's ends say: it ends with a label, or it begins with one.
fn ends_behind(parts: &[Part]) -> Option<bool> {
    let weak = |part: &&Part| matches!(part, Part::Label { weak: true, .. } | Part::Label { item: true, .. });
    let is_label = |part: &Part| matches!(part, Part::Label { .. });
    let first = parts.iter().find(|part| !weak(part)).map(is_label)?;
    let last = parts.last().map(is_label)?;
    (first != last).then_some(last)
}

/// The first path within a bound on the cost, and whether labels then stand behind their values. Most tables are in order
/// and cost next to nothing: the bound begins low, and grows until there is a path.
fn first(run: &mut impl FnMut(bool, u32) -> Option<(Vec<Step>, u32)>) -> ((Vec<Step>, u32), bool) {
    let mut bound = LOW_BOUND;
    loop {
        for after in [false, true] {
            if let Some(reading) = run(after, bound) {
                return (reading, after);
            }
        }
        bound = bound * 2 + LOW_BOUND;
    }
}

/// The bound on the cost within which a path is looked for first.
const LOW_BOUND: u32 = cost::CLEAR / 2;

/// The steps where each row's label stands straight before all its values, in the order of the rows, behind nothing but
/// words that are heads, and perhaps behind its item's label: they cost so little that no other path can be as cheap, for each
/// must leave out a label.
fn straight(parts: &[Part], widths: &[u8]) -> Option<(Vec<Step>, u32)> {
    let is_head = |part: &&Part| matches!(part, Part::Label { row: 1.., item: false, weak: true, .. });
    let heads = parts.iter().take_while(is_head).count();
    let mut cost = cost::SKIPPED_LABEL[2] * heads as u32;
    let mut steps = Vec::with_capacity(parts.len());
    steps.resize(heads, Step::Skip);
    let mut rest = &parts[heads..];
    for (r, width) in (0..).zip(widths) {
        if let [Part::Label { row, item: true, .. }, behind @ ..] = rest
            && *row == r
        {
            (cost, rest) = (cost + cost::AGAIN, behind);
            steps.push(Step::Label(r + 1));
        }
        let [Part::Label { row, item: false, .. }, Part::Unit(unit), behind @ ..] = rest else { return None };
        let own = *row == r && unit.line_row.is_none_or(|row| row == r) && !unit.empty;
        if !own || unit.tokens.len() != usize::from(*width) {
            return None;
        }
        steps.extend([Step::Label(r + 1), Step::Fill(r + 1, 1)]);
        rest = behind;
    }
    (rest.is_empty() && cost <= LOW_BOUND).then_some((steps, cost))
}

/// Cuts the runs where their lines show rows.
fn parts(layout: &Layout, widths: &[u8]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(layout.items.len());
    let width = widths.first().copied().filter(|width| widths.iter().all(|other| other == width)).map(usize::from);
    for (i, item) in layout.items.iter().enumerate() {
        match item {
            Item::Label { row, item, weak, fuzzy, .. } => {
                parts.push(Part::Label { row: *row, item: *item, weak: *weak, fuzzy: *fuzzy });
            }
            Item::Run(run) => {
                let label = on_line_before(layout, i, run);
                let units = match width {
                    Some(width) => rows(&layout.tokens, run.clone(), width),
                    None => lines(&layout.tokens, run.clone(), label.and_then(|row| widths.get(usize::from(row)))),
                };
                let whole = units.is_empty().then(|| run.clone());
                let neighbours = [i.checked_sub(1), Some(i + 1)].map(|i| i.and_then(|i| layout.items.get(i)));
                for tokens in whole.into_iter().chain(units) {
                    let line = |i: usize| layout.tokens[i].line;
                    let lines = line(tokens.start)..=line(tokens.end - 1);
                    let on_line = |item: Option<&Item>| match item {
                        Some(Item::Label { row, item: false, line, .. }) if lines.contains(line) => Some(*row),
                        _ => None,
                    };
                    let near = || nearer(layout, i, run, &tokens);
                    // Behind the last of several lines, a label may stand there for a line break that was lost.
                    let behind = on_line(neighbours[1]).filter(|_| lines.start() == lines.end());
                    let before = on_line(neighbours[0]);
                    let same_line = before.or(behind);
                    let line_row = same_line.or_else(near);
                    let blank = |t: &Token| t.content == Content::Blank;
                    let empty = tokens.len() == 1 && layout.tokens[tokens.clone()].iter().all(blank);
                    let (same_line, leads) = (same_line.is_some(), before.is_some());
                    let alone = leads && on_line(i.checked_sub(2).and_then(|i| layout.items.get(i))).is_none();
                    let foreign = lines.start() == lines.end() && layout.foreign.binary_search(lines.start()).is_ok();
                    let run = run.clone();
                    parts.push(Part::Unit(Unit { tokens, run, line_row, same_line, leads, alone, empty, foreign }));
                }
            }
        }
    }
    parts
}

/// The row of the label before or behind a run that stands clearly nearer to it than to the run on the label's other
/// side: converters that print a cell to a line leave more room between rows than between cells.
fn nearer(layout: &Layout, item: usize, run: &Range<usize>, tokens: &Range<usize>) -> Option<u8> {
    let label = |i: Option<usize>| match i.and_then(|i| layout.items.get(i)) {
        Some(Item::Label { row, item: false, weak: false, line, breaks, .. }) => Some((*row, *line, *breaks)),
        _ => None,
    };
    let run_at = |i: Option<usize>| match i.and_then(|i| layout.items.get(i)) {
        Some(Item::Run(run)) => Some(run.clone()),
        _ => None,
    };
    let breaks = layout.tokens.get(run.start)?.breaks;
    if let Some((row, line, before)) = label(item.checked_sub(1)) {
        let taken = run_at(item.checked_sub(2)).is_some_and(|r| layout.tokens[r.end - 1].line == line);
        return (before > breaks && tokens.start == run.start && !taken).then_some(row);
    }
    let (row, line, between) = label(Some(item + 1)).filter(|_| tokens.end == run.end)?;
    let behind = match (run_at(Some(item + 2)), label(Some(item + 2))) {
        (Some(run), _) if layout.tokens[run.start].line == line => return None,
        (Some(run), _) => layout.tokens[run.start].breaks,
        (None, next) => next?.2,
    };
    (behind > between).then_some(row)
}

/// The row whose label stands before a run, on the line on which that begins.
fn on_line_before(layout: &Layout, item: usize, run: &Range<usize>) -> Option<u8> {
    match item.checked_sub(1).and_then(|i| layout.items.get(i))? {
        Item::Label { row, line, .. } if layout.tokens.get(run.start)?.line == *line => Some(*row),
        _ => None,
    }
}

/// Cuts a run, on whose first line the label of a row of so many cells stands, into its lines; none where it stays whole.
fn lines(tokens: &[Token], run: Range<usize>, width: Option<&u8>) -> Vec<Range<usize>> {
    let Some(width) = width else { return Vec::new() };
    let mut lines = cut(tokens, run.clone(), 1);
    without_repeats(tokens, &mut lines[0], usize::from(*width));
    // The first of a row's values, a line each, is glued to its label (`行政规范性文件0`).
    if lines.len() == usize::from(*width) && run.len() == lines.len() { Vec::new() } else { lines }
}

/// Cuts a run into what are rows of so many cells by its lines; none where it stays whole, as one that is as long as
/// several rows does.
fn rows(tokens: &[Token], run: Range<usize>, width: usize) -> Vec<Range<usize>> {
    if run.len() <= width {
        return Vec::new();
    }
    let lines = cut(tokens, run.clone(), 1);
    if lines.iter().all(|l| l.len() == width) {
        return lines;
    }
    // Longer gaps than the shortest one between cells, be they blank lines or row ends, separate rows.
    let gaps = || tokens[run.start + 1..run.end].iter().map(|t| t.breaks);
    let (least, most) = (gaps().min().unwrap_or(0), gaps().max().unwrap_or(0));
    let mut rows = cut(tokens, run.clone(), most);
    for row in &mut rows {
        // What is left of a label that nobody can read stands before its row's values.
        if row.len() == width + 1 && tokens[row.start].content == Content::Mark {
            row.start += 1;
        }
    }
    let even = run.len().is_multiple_of(width);
    if most == least || (even && rows.iter().any(|r| r.len() != width)) {
        return Vec::new();
    }
    rows
}

/// Readers of data frames repeat a merged cell in each of its columns: once is enough.
fn without_repeats(tokens: &[Token], line: &mut Range<usize>, width: usize) {
    let Some(own) = tokens.get(line.clone()).filter(|own| own.len() > width && own[0].bordered) else { return };
    if own[width..].iter().all(|t| t.content == own[width - 1].content) {
        line.end = line.start + width;
    }
}

/// Cuts a run at breaks of at least this length.
fn cut(tokens: &[Token], run: Range<usize>, breaks: u32) -> Vec<Range<usize>> {
    let mut units = Vec::new();
    let mut start = run.start;
    for (i, token) in tokens.iter().enumerate().take(run.end).skip(run.start + 1) {
        if token.breaks >= breaks {
            units.push(start..i);
            start = i;
        }
    }
    units.push(start..run.end);
    units
}

struct Aligner<'a> {
    parts: &'a [Part],
    widths: &'a [u8],
    /// Labels stand behind their values.
    after: bool,
    /// Dearer paths are not followed.
    bound: u32,
    nodes: Vec<Node>,
}

impl Aligner<'_> {
    /// The steps of the cheapest path, and its cost; none where it is beyond the bound.
    fn run(&mut self, next: &mut Front) -> Option<(Vec<Step>, u32)> {
        self.nodes.clear();
        let start = Path { row: 0, filled: 0, labelled: false, pending: 0, cost: 0, step: Step::Skip, node: u32::MAX };
        let mut paths = vec![start];
        let mut leaving = vec![NOWHERE; self.widths.len() + 1];
        for part in self.parts {
            if let Part::Unit(unit) = part {
                self.further(&paths, unit, &mut leaving, next);
            }
            for path in paths.iter().copied() {
                match part {
                    Part::Label { row, item: true, .. } if path.row == row + 1 && path.filled > 0 => {
                        self.skip_label(path, 0, next);
                    }
                    Part::Label { row, weak, fuzzy, .. } => self.label(path, *row, *weak, *fuzzy, next),
                    Part::Unit(unit) => self.unit(path, unit, next),
                }
            }
            next.prune(&mut paths);
            if paths.is_empty() {
                return None;
            }
            for path in &mut paths {
                self.nodes.push(Node { before: path.node, step: path.step });
                path.node = self.nodes.len() as u32 - 1;
            }
        }
        let end = self.widths.len() as u8 + 1;
        let total = |p: &Path| p.cost + self.leave(*p, end);
        let best = paths.iter().min_by_key(|p| total(p)).filter(|p| total(p) <= self.bound)?;
        let mut steps = Vec::with_capacity(self.parts.len());
        let mut at = best.node;
        while let Some(node) = self.nodes.get(at as usize) {
            steps.push(node.step);
            at = node.before;
        }
        steps.reverse();
        Some((steps, total(best)))
    }

    /// What every path costs at least: where labels are to stand behind their values, each row whose values the layout ties
    /// to the label before them.
    fn least(&self) -> u32 {
        if !self.after {
            return 0;
        }
        let tied = |pair: &&[Part]| match pair {
            [Part::Label { row, weak: false, fuzzy: false, .. }, Part::Unit(unit)] => {
                let width = self.widths.get(usize::from(*row)).map(|w| usize::from(*w));
                unit.line_row == Some(*row) && Some(unit.tokens.len()) == width && !unit.empty
            }
            _ => false,
        };
        self.parts.windows(2).filter(tied).count() as u32 * cost::OTHER_SIDE
    }

    #[inline]
    fn step(&self, to: Path, step: Step, next: &mut Front) {
        if to.cost <= self.bound {
            next.add(Path { step, ..to });
        }
    }

    /// What it costs to leave the path's row for `row`, with nothing for the rows between.
    fn leave(&self, path: Path, row: u8) -> u32 {
        let between = (u32::from(row.saturating_sub(path.row + 1)) * cost::LOST_ROW).min(cost::LOST_ROWS);
        let Some(width) = path.row.checked_sub(1).and_then(|r| self.widths.get(usize::from(r))) else { return between };
        let own = match (path.filled, path.labelled) {
            (0, _) => cost::LOST_VALUES * u32::from(path.pending.max(1)),
            (filled, labelled) => {
                let short = u32::from(filled < *width) * cost::SHORT + u32::from(!labelled) * cost::LOST_LABEL;
                short + cost::LOST_VALUES * u32::from(path.pending)
            }
        };
        between + own
    }

    fn skip_label(&self, path: Path, kind: usize, next: &mut Front) {
        self.step(Path { cost: path.cost + cost::SKIPPED_LABEL[kind], ..path }, Step::Skip, next);
    }

    fn label(&self, path: Path, row: u8, weak: bool, fuzzy: bool, next: &mut Front) {
        let row = row + 1;
        // 其他 and 总计 are heads of columns as well, but heads stand before all values.
        let kind = if weak && path.row == 0 { 2 } else { usize::from(fuzzy || weak) };
        self.skip_label(path, kind, next);
        if row == path.row + 1 && path.pending > 0 && path.filled == 0 {
            let pending = path.pending + 1;
            self.step(Path { row, filled: 0, labelled: true, pending, ..path }, Step::Label(row), next);
        } else if row > path.row {
            let cost = path.cost + self.leave(path, row);
            let to = Path { row, filled: 0, labelled: true, pending: 1, cost, ..path };
            self.step(to, Step::Label(row), next);
        } else if row == path.row {
            let behind = path.filled > 0 && !path.labelled;
            let side = u32::from(behind && !self.after) * cost::OTHER_SIDE;
            let again = u32::from(path.labelled) * cost::AGAIN;
            self.step(Path { labelled: true, cost: path.cost + side + again, ..path }, Step::Label(row), next);
        }
    }

    fn unit(&self, path: Path, unit: &Unit, next: &mut Front) {
        let values = unit.tokens.len() as u32;
        let skipped = match (unit.empty, unit.same_line) {
            (true, false) => cost::SKIPPED_BLANKS,
            (true, true) => cost::OTHER_LINE,
            (false, _) => cost::SKIPPED_RUN + cost::SKIPPED_VALUE * values + u32::from(unit.leads) * cost::OWN_LINE,
        };
        // Values between labels end a block of them.
        let waiting = u32::from(path.pending.saturating_sub(u8::from(path.filled == 0))) * cost::LOST_VALUES;
        let (ended, pending) = if unit.empty { (0, path.pending) } else { (waiting, 0) };
        self.step(Path { cost: path.cost + skipped + ended, pending, ..path }, Step::Skip, next);
        self.fill_pending(path, unit, next);
        if path.row > 0 {
            let at = Path { cost: path.cost + waiting, pending: 0, ..path };
            self.fill(at, unit, next);
            self.part(at, unit, next);
        }
    }

    /// The unit belongs to a row further on. There nothing but their cost tells the paths apart, so that only the cheapest
    /// needs to go to each row.
    fn further(&self, paths: &[Path], unit: &Unit, leaving: &mut [Cheapest], next: &mut Front) {
        leaving.fill(NOWHERE);
        let (mut first, mut last) = (usize::MAX, 0);
        for path in paths {
            let row = usize::from(path.row);
            let cost = path.cost + self.leave(*path, path.row + 1);
            leaving[row] = leaving[row].min(cheapest_at(cost, path.node));
            (first, last) = (first.min(row + 1), last.max(row + NEAR));
        }
        let last = if self.bound < cost::LOST_ROWS { last.min(self.widths.len()) } else { self.widths.len() };
        let mut far = NOWHERE;
        for row in first..=last {
            let passing = |path: Cheapest, cost: u32| path.saturating_add(cheapest_at(cost, 0));
            let mut start = leaving[row - 1];
            for between in 1..NEAR.min(row) {
                start = start.min(passing(leaving[row - 1 - between], between as u32 * cost::LOST_ROW));
            }
            if let Some(beyond) = (row - 1).checked_sub(NEAR) {
                far = far.min(leaving[beyond]);
                start = start.min(passing(far, cost::LOST_ROWS));
            }
            let (cost, node) = ((start >> 32) as u32, start as u32);
            if cost <= self.bound {
                let step = Step::Skip;
                let at = Path { row: row as u8, filled: 0, labelled: false, pending: 0, cost, step, node };
                self.fill(at, unit, next);
                self.part(at, unit, next);
            }
        }
    }

    /// The unit fills the next of the rows whose labels stand in a block before it, if its run fills them all.
    fn fill_pending(&self, path: Path, unit: &Unit, next: &mut Front) {
        let begins = path.filled == 0;
        if path.pending <= u8::from(begins) || unit.alone {
            return;
        }
        let first = if begins { path.row - path.pending.min(path.row) } else { path.row };
        let widths = &self.widths[usize::from(first)..usize::from(first + path.pending)];
        let values: usize = widths.iter().map(|w| usize::from(*w)).sum();
        if values != unit.run.end - unit.tokens.start {
            return;
        }
        let mut left = unit.tokens.len();
        for (rows, width) in (1..=path.pending).zip(widths) {
            let Some(rest) = left.checked_sub(usize::from(*width)) else { return };
            left = rest;
            if left == 0 {
                let (row, pending) = (first + rows, path.pending - rows);
                let cost = path.cost + u32::from(begins) * cost::BLOCK;
                let to = Path { row, filled: *width, labelled: true, pending, cost, ..path };
                return self.step(to, Step::Block(first + 1, rows), next);
            }
        }
    }

    /// What it costs to give the unit to these rows, of which one end must be the row whose label stands on its line.
    fn other_line(unit: &Unit, rows: Range<u8>) -> u32 {
        let end = if unit.leads { rows.start } else { rows.end - 1 };
        let fits = |own: u8| if unit.same_line { own + 1 == end } else { rows.contains(&(own + 1)) };
        unit.line_row.map_or(0, |own| u32::from(!fits(own)) * cost::OTHER_LINE)
    }

    /// The unit fills whole rows, from the one the path stands in on.
    fn fill(&self, at: Path, unit: &Unit, next: &mut Front) {
        if at.filled > 0 {
            return;
        }
        let mut left = unit.tokens.len();
        let mut rows = 0_u8;
        for width in &self.widths[usize::from(at.row - 1)..] {
            let Some(rest) = left.checked_sub(usize::from(*width)) else { return };
            left = rest;
            rows += 1;
            if left > 0 {
                continue;
            }
            let last = at.row + rows - 1;
            let side = u32::from(at.labelled && self.after) * cost::OTHER_SIDE;
            let unlabelled = u32::from(rows - 1) - u32::from(rows > 1 && at.labelled);
            // What stands on the line of a label is that row's alone.
            let alone = u32::from(rows > 1 && unit.same_line) * cost::OTHER_LINE;
            let cost =
                at.cost + side + alone + unlabelled * cost::LOST_LABEL + Self::other_line(unit, at.row..last + 1);
            let labelled = rows == 1 && at.labelled;
            self.step(Path { row: last, filled: *width, labelled, cost, ..at }, Step::Fill(at.row, rows), next);
            return;
        }
    }

    /// The unit is a piece of the row the path stands in.
    fn part(&self, at: Path, unit: &Unit, next: &mut Front) {
        let width = usize::from(self.widths[usize::from(at.row - 1)]);
        let filled = usize::from(at.filled) + unit.tokens.len();
        if unit.tokens.len() == width || filled > width {
            return;
        }
        let side = u32::from(at.labelled && self.after && at.filled == 0) * cost::OTHER_SIDE;
        let cost = at.cost + side + 1 + Self::other_line(unit, at.row..at.row + 1);
        self.step(Path { filled: filled as u8, cost, ..at }, Step::Part(at.row), next);
    }
}

/// The paths that have come equally far: the cheapest to each place.
struct Front {
    paths: Vec<Path>,
    /// One bit for each place that a path has come to.
    taken: Vec<u64>,
    /// For each of these the position of its path.
    at: Vec<u16>,
    rows: usize,
    width: usize,
    best: u32,
}

impl Front {
    fn new(widths: &[u8]) -> Self {
        let (rows, width) = (widths.len() + 1, usize::from(widths.iter().copied().max().unwrap_or(0)) + 1);
        let places = rows * (width + rows) * 2;
        let (taken, at) = (vec![0; places.div_ceil(64)], vec![0; places]);
        Front { paths: Vec::new(), taken, at, rows, width, best: u32::MAX }
    }

    /// Where a path stands, as one number. Either its row has no values yet, or, if others wait for theirs, it has all.
    fn place(&self, path: &Path) -> usize {
        let behind_pending = if path.filled > 0 { self.rows } else { 0 };
        let in_row = usize::from(path.filled) * 2 + usize::from(path.labelled) + usize::from(path.pending);
        usize::from(path.row) * (self.width + self.rows) * 2 + in_row + behind_pending
    }

    /// Adds a path, unless a cheaper one is there, or one as cheap from an earlier node, or it is much dearer than the best.
    fn add(&mut self, path: Path) {
        if path.cost > self.best.saturating_add(cost::MARGIN) {
            return;
        }
        self.best = self.best.min(path.cost);
        let place = self.place(&path);
        let (taken, bit) = (&mut self.taken[place / 64], 1 << (place % 64));
        if *taken & bit == 0 {
            *taken |= bit;
            self.at[place] = self.paths.len() as u16;
            self.paths.push(path);
        } else {
            let other = &mut self.paths[usize::from(self.at[place])];
            if (path.cost, path.node) < (other.cost, other.node) {
                *other = path;
            }
        }
    }

    /// Moves the paths that are not much dearer than the best into `out`, in the order of their places.
    fn prune(&mut self, out: &mut Vec<Path>) {
        let dearest = self.best.saturating_add(cost::MARGIN);
        out.clear();
        for (word, taken) in self.taken.iter_mut().enumerate() {
            while *taken != 0 {
                let place = word * 64 + taken.trailing_zeros() as usize;
                *taken &= *taken - 1;
                let path = self.paths[usize::from(self.at[place])];
                if path.cost <= dearest {
                    out.push(path);
                }
            }
        }
        if out.len() > cost::PATHS {
            out.sort_by_key(|p| p.cost);
            out.truncate(cost::PATHS);
        }
        self.paths.clear();
        self.best = u32::MAX;
    }
}

fn assemble(layout: &Layout, parts: &[Part], (steps, after): &Reading, widths: &[u8]) -> Alignment {
    let alignment = Alignment { rows: vec![RowTokens::default(); widths.len()], stray: Vec::new() };
    let mut filled = vec![false; widths.len()];
    for step in steps {
        let rows = match *step {
            Step::Fill(first, count) | Step::Block(first, count) => first - 1..first - 1 + count,
            Step::Part(row) => row - 1..row,
            _ => continue,
        };
        filled[usize::from(rows.start)..usize::from(rows.end)].fill(true);
    }
    let mut assembler = Assembler {
        layout,
        parts,
        steps,
        after: *after,
        widths,
        filled,
        alignment,
        last: None,
        stray: false,
        foreign: false,
        passed: 0,
    };
    for i in 0..parts.len().min(steps.len()) {
        assembler.step(i);
    }
    assembler.out_of_turn();
    assembler.alignment
}

/// Puts the rows together as a reading says.
struct Assembler<'a> {
    layout: &'a Layout,
    parts: &'a [Part],
    steps: &'a [Step],
    after: bool,
    widths: &'a [u8],
    /// The rows that get values.
    filled: Vec<bool>,
    alignment: Alignment,
    /// The last row that got values.
    last: Option<usize>,
    /// Values of no row have come since then; and such behind a text of their own.
    stray: bool,
    foreign: bool,
    /// How many have come since the last row's label.
    passed: usize,
}

impl Assembler<'_> {
    fn step(&mut self, i: usize) {
        match (&self.parts[i], self.steps[i]) {
            (Part::Label { item: false, .. }, Step::Label(row)) => {
                let row = &mut self.alignment.rows[usize::from(row - 1)];
                row.labelled = true;
                row.label_behind = !row.tokens.is_empty();
                self.passed = 0;
            }
            (Part::Label { item: true, .. }, Step::Label(row)) => {
                self.alignment.rows[usize::from(row - 1)].itemized = true;
            }
            (Part::Unit(unit), Step::Skip) => self.skip(unit),
            (Part::Unit(unit), Step::Fill(first, count)) => self.fill(i, unit, first, count, false),
            (Part::Unit(unit), Step::Block(first, count)) => self.fill(i, unit, first, count, true),
            (Part::Unit(unit), Step::Part(row)) => self.part(unit, usize::from(row - 1)),
            _ => {}
        }
    }

    fn skip(&mut self, unit: &Unit) {
        if unit.empty || self.other_row(unit).is_some() {
            return;
        }
        self.alignment.stray.extend(unit.tokens.clone());
        self.stray |= !unit.foreign;
        self.foreign |= unit.foreign;
        self.passed += unit.tokens.len();
        if let Some(row) = self.last {
            let row = &mut self.alignment.rows[row];
            row.doubtful |= !(unit.foreign && row.tied && row.whole);
        }
    }

    fn fill(&mut self, i: usize, unit: &Unit, first: u8, count: u8, block: bool) {
        let even = is_even(&self.layout.tokens[unit.tokens.clone()]);
        let whole = even && (count == 1 || block);
        let own_end = usize::from(if unit.leads { first - 1 } else { first + count - 2 });
        let mut at = unit.tokens.start;
        for row in usize::from(first - 1)..usize::from(first - 1 + count) {
            let end = at + usize::from(self.widths[row]);
            let (stray, foreign) = (std::mem::take(&mut self.stray), std::mem::take(&mut self.foreign));
            self.alignment.give(row, at..end, whole, even, stray);
            // The row's own values may be among those that were passed over behind its label.
            let passed = !self.after && self.alignment.rows[row].labelled && self.passed >= end - at;
            let own = unit.line_row == Some(row as u8) && (!unit.same_line || row == own_end);
            let other = unit.line_row.is_some() && !(block && unit.same_line);
            let contradicted = !own && (other || passed || self.is_contradicted(i, row));
            let got = &mut self.alignment.rows[row];
            got.block = block;
            let tied = own && unit.same_line && (unit.leads || self.after);
            got.tied |= tied;
            got.firm |= tied;
            got.doubtful |= foreign && !(tied && got.whole);
            got.contradicted |= contradicted;
            (at, self.last) = (end, Some(row));
        }
    }

    fn part(&mut self, unit: &Unit, row: usize) {
        let even = is_even(&self.layout.tokens[unit.tokens.clone()]);
        let stray = std::mem::take(&mut self.stray) | std::mem::take(&mut self.foreign);
        if unit.tokens.start == unit.run.start && !self.alignment.rows[row].tokens.is_empty() {
            let cut = self.alignment.rows[row].tokens.len();
            self.alignment.rows[row].cuts.push(cut);
        }
        self.alignment.give(row, unit.tokens.clone(), false, even, stray);
        let other = unit.line_row.is_some_and(|own| usize::from(own) != row);
        self.alignment.rows[row].contradicted |= other;
        self.last = Some(row);
    }

    /// Whether a label next to the unit, used for nothing, speaks against its being this row.
    fn is_contradicted(&self, i: usize, row: usize) -> bool {
        let is_item = |p: &Part| matches!(p, Part::Label { item: true, .. });
        let before = self.unused(self.parts[..i].iter().rposition(|p| !is_item(p)));
        let behind = self.unused(Some(i + 1));
        let (here, across) = if self.after { (behind, i.checked_sub(1)) } else { (before, Some(i + 1)) };
        let sure = |(_, item, sure): (u8, bool, bool)| !item && sure;
        // `其他` may be any word, but not before a row that has its own label on the other side than most.
        let next = |(own, ..): (u8, bool, bool)| row.abs_diff(usize::from(own)) == 1;
        let across = across.and_then(|i| self.steps.get(i));
        let other_side = matches!(across, Some(Step::Label(r)) if usize::from(*r) == row + 1);
        let early = behind == Some((row as u8, true, true));
        early || [before, behind].into_iter().flatten().any(sure) || (other_side && here.is_some_and(next))
    }

    /// A label that was used for nothing: its row, whether it is an item's, and whether it is sure.
    fn unused(&self, i: Option<usize>) -> Option<(u8, bool, bool)> {
        match i.and_then(|i| self.parts.get(i).zip(self.steps.get(i)))? {
            (Part::Label { row, item, weak, fuzzy }, Step::Skip) => Some((*row, *item, !weak && !fuzzy)),
            _ => None,
        }
    }

    /// The row to whose label the layout ties values that were skipped, if it got none in its turn.
    fn other_row(&self, unit: &Unit) -> Option<usize> {
        let row = usize::from(unit.line_row?);
        (unit.tokens.len() == usize::from(*self.widths.get(row)?) && !self.filled[row]).then_some(row)
    }

    /// Of a row whose label stands on two lines with as many values, which are not the same, nobody knows which are its own.
    fn drop_twofold(&mut self, i: usize, unit: &Unit) {
        let label = i.checked_sub(1).and_then(|i| self.parts.get(i)).filter(|_| unit.leads && unit.same_line);
        let Some(Part::Label { row, item: false, weak: false, fuzzy: false }) = label else { return };
        let row = &mut self.alignment.rows[usize::from(*row)];
        let tokens = &self.layout.tokens;
        let same = |(own, other): (&usize, usize)| tokens[*own].content == tokens[other].content;
        let alike = row.tokens.len() == unit.tokens.len();
        if row.tied && row.whole && alike && !row.tokens.iter().zip(unit.tokens.clone()).all(same) {
            let own = std::mem::take(row);
            self.alignment.stray.extend(own.tokens);
            (row.labelled, row.doubtful) = (true, true);
        }
    }

    /// Values that were skipped count where the layout ties them to a label: two rows changed places, or the values that
    /// the label's row has got are another's.
    fn out_of_turn(&mut self) {
        for (i, (part, step)) in self.parts.iter().zip(self.steps).enumerate() {
            let (Part::Unit(unit), Step::Skip) = (part, step) else { continue };
            self.drop_twofold(i, unit);
            if let Some(row) = self.other_row(unit)
                && self.alignment.rows[row].tokens.is_empty()
            {
                let even = is_even(&self.layout.tokens[unit.tokens.clone()]);
                self.alignment.give(row, unit.tokens.clone(), true, even, false);
                (self.alignment.rows[row].labelled, self.alignment.rows[row].firm) = (true, unit.same_line);
            } else if let (true, Some(row)) = (unit.same_line, unit.line_row) {
                let row = &mut self.alignment.rows[usize::from(row)];
                row.contradicted |= !row.tied;
            }
        }
    }
}

impl Alignment {
    /// Values without a label could be any row's between the labels around them: where a row there has no values, or
    /// another row's label, nobody knows which of them are whose.
    fn doubt_unlabelled(&mut self) {
        let mut rows = self.rows.as_mut_slice();
        while !rows.is_empty() {
            let known = |r: &RowTokens| r.labelled && !r.tokens.is_empty() && !r.contradicted;
            let gap = rows.iter().position(known).unwrap_or(rows.len());
            let (between, rest) = rows.split_at_mut(gap);
            if between.iter().any(|r| r.tokens.is_empty() || r.contradicted) {
                for row in between {
                    row.agreed = false;
                }
            }
            rows = rest.get_mut(1..).unwrap_or_default();
        }
    }

    fn give(&mut self, row: usize, tokens: Range<usize>, whole: bool, even: bool, doubtful: bool) {
        let got = &mut self.rows[row];
        got.whole = whole && got.tokens.is_empty();
        got.even = even && got.tokens.is_empty();
        got.doubtful |= doubtful;
        if got.tokens.is_empty() {
            got.tokens = tokens.collect();
        } else {
            got.tokens.extend(tokens);
        }
    }
}

/// Whether all tokens stand on one line, or each on a line of its own.
pub(crate) fn is_even(tokens: &[Token]) -> bool {
    let same = tokens.windows(2).filter(|w| w[0].line == w[1].line).count();
    same == 0 || same + 1 >= tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(tokens: Range<usize>, row: u8, same_line: bool) -> Part {
        Part::Unit(Unit {
            run: tokens.clone(),
            tokens,
            line_row: same_line.then_some(row),
            same_line,
            leads: same_line,
            alone: same_line,
            empty: false,
            foreign: false,
        })
    }

    #[test]
    fn the_straight_path_is_the_cheapest() {
        for (widths, items, heads) in [
            (&[3, 3, 1, 1, 1, 1][..], &[0, 2, 3, 5][..], 0),
            (&[3, 3, 3, 3, 3, 3, 2, 2], &[0, 2, 4, 6, 7], 0),
            (&[7; 25], &[], 2),
        ] {
            for (same_line, fuzzy) in [(true, false), (false, false), (false, true)] {
                let label = |row, item| Part::Label { row, item, weak: false, fuzzy };
                let head = |row| Part::Label { row, item: false, weak: true, fuzzy: false };
                let (mut parts, mut end): (Vec<Part>, _) = ((1..=heads).map(head).collect(), 0);
                for (row, width) in (0..).zip(widths) {
                    parts.extend(items.contains(&row).then(|| label(row, true)));
                    let start = end;
                    end += usize::from(*width);
                    parts.extend([label(row, false), unit(start..end, row, same_line)]);
                }
                let bound = LOW_BOUND;
                let mut aligner = Aligner { parts: &parts, widths, after: false, bound, nodes: Vec::new() };
                let searched = aligner.run(&mut Front::new(widths));
                assert!(searched.is_some());
                assert_eq!(format!("{:?}", straight(&parts, widths)), format!("{searched:?}"));
            }
        }
    }
}
