//! Reports whose figures are known, in many layouts and with much damage: what is read from one is right or empty.

use std::collections::HashMap;
use std::fmt::Write;

use xxgk::form::{self, Form, Row};
use xxgk::{CellPath, Edition, Section, Table};

use super::dice::Dice;

/// How a row of cells is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Tabs,
    Pipes,
    Spaces,
    CellLines,
    PipeCellLines,
    IndentedCells,
    /// A cell to a line, and nothing more at a row's end.
    Lines,
    /// Rows with bars between their cells only.
    OpenPipes,
    /// Rows with a frame around them, in which texts take several lines.
    Frame,
    /// Figures of full width in columns of a page, which break after two digits; zeros stand on the first line or the second.
    Drawn {
        low: bool,
    },
    /// The same without columns: pieces above and below the row's line.
    Stacked,
    /// A row's zeros before its label, and the other figures, of full width, behind it.
    Heights,
    /// A cell to a line with a bar behind it; rows are filled up with bars on a line of their own.
    RowEnds,
    /// The same, and an empty cell before each row.
    Led,
    /// Each cell and the bar behind it on lines of their own.
    Closers,
    /// A row to a line, a bar behind each cell, and filled up with bars.
    RowBars,
    /// A row to a line, and nothing between its cells.
    Glued,
    /// Nothing between cells, nor between rows.
    RunOn,
}

const LAYOUTS: [Layout; 6] =
    [Layout::Tabs, Layout::Pipes, Layout::Spaces, Layout::CellLines, Layout::PipeCellLines, Layout::IndentedCells];

/// Lines of sentences, notes and furniture with figures that are none of the tables.
const TOLD: [&str; 8] = [
    "本年培训 3 次，参加 120 人次，其中予以公开",
    "12 件，不予处理 4 件，含行政许可 5",
    "件，比上年多 17.4 %，其他处理\n2 件，合计 21 件。",
    "2024 年以来，发布信息 45 条；办理行政处罚 6",
    "附表 1 单位：件",
    "（其中 3 件为上年结转，依据〔2021〕30 号文件）",
    "发布日期：2024-01-15 10:30",
    "### 行政许可、行政处罚情况",
];

/// A piece of a document.
enum Piece {
    Line(String),
    Cells(Vec<String>),
}

/// A document and the figures that stand in it.
struct Sheet {
    pieces: Vec<Piece>,
    figures: HashMap<CellPath, String>,
}

/// A random report in a random layout with random damage.
pub fn structured(data: &[u8]) {
    let mut dice = Dice::new(data);
    let layout = *dice.pick(&LAYOUTS);
    let mut sheet = Sheet::new(&mut dice);
    sheet.damage(&mut dice);
    let mut retyped: [bool; 4] = std::array::from_fn(|_| dice.once_in(4));
    // Drawn last, so that older inputs stay what they were.
    let layout = *[layout, layout, layout, Layout::Lines, Layout::OpenPipes, Layout::Frame]
        .get(dice.below(6))
        .unwrap_or(&layout);
    if dice.below(4) == 3 {
        sheet.leave_zeros_blank();
    }
    let prints = [layout, Layout::Drawn { low: false }, Layout::Drawn { low: true }, Layout::Stacked, Layout::Heights];
    let layout = *prints.get(dice.below(8)).unwrap_or(&layout);
    let bars = [layout, layout, Layout::RowEnds, Layout::Led, Layout::Closers, Layout::RowBars];
    let layout = *bars.get(dice.below(8)).unwrap_or(&layout);
    sheet.tell(&mut dice);
    let glued = [layout, Layout::Glued, Layout::RunOn];
    let layout = *glued.get(dice.below(8)).unwrap_or(&layout);
    // There only their width tells zeros from figures of another height.
    retyped[2] &= layout != Layout::Heights;
    let mut text = render(&sheet.pieces, layout);
    retype(&mut text, retyped);
    let parsed = super::parse(&text);
    // No column tells that table 3 lost a cell: where its figures ran together, they may add up in another way.
    let cells = 3 * form::RESULTS.len();
    let is_short = |p: &Piece| matches!(p, Piece::Cells(c) if c.len() == cells && c.iter().any(String::is_empty));
    let short = matches!(layout, Layout::Glued | Layout::RunOn) && sheet.pieces.iter().any(is_short);
    for (path, cell) in parsed.report.cells().filter(|(path, _)| !(short && path.table == Table::Proceedings)) {
        let Some(read) = cell.value() else { continue };
        let Some(truth) = sheet.figures.get(&path) else { panic!("{path} is no cell of the document:\n{text}") };
        let same = read.to_string() == truth.trim_start_matches('+');
        assert!(same, "{path} is {truth} and was read as {read}:\n{text}");
    }
}

/// A report in order, tab-separated.
pub fn plain(dice: &mut Dice) -> String {
    render(&Sheet::new(dice).pieces, Layout::Tabs)
}

impl Sheet {
    fn new(dice: &mut Dice) -> Self {
        let edition = *dice.pick(&[Edition::V2021, Edition::V2019]);
        let form = edition.form();
        let figures: HashMap<CellPath, String> = form.paths.iter().copied().zip(figures(form, dice)).collect();
        let mut pieces = Vec::new();
        for section in Section::ALL {
            pieces.push(Piece::Line(format!("{}、{}", section.number(), section.title())));
            match Table::ALL.into_iter().find(|table| table.section() == section) {
                Some(Table::Disclosure) => disclosure(form, &figures, &mut pieces),
                Some(Table::Requests) => requests(form, &figures, &mut pieces),
                Some(Table::Proceedings) => proceedings(form, &figures, &mut pieces),
                None => pieces.push(Piece::Line("照常办理。".to_owned())),
            }
        }
        Sheet { pieces, figures }
    }

    /// Breaks things in ways that leave the truth what it was, or leave a cell without a legible figure.
    fn damage(&mut self, dice: &mut Dice) {
        for _ in 0..dice.below(8) {
            let at = dice.below(self.pieces.len());
            match dice.below(6) {
                0 => self.pieces.insert(at, Piece::Line("- 4 -".to_owned())),
                1 => self.pieces.insert(at, Piece::Line(String::new())),
                2 => self.pieces.insert(at, Piece::Line("第 4 页 共 9 页".to_owned())),
                3 => drop(self.pieces.remove(at)),
                4 => self.change_cell(at, dice, |cell| "■".clone_into(cell)),
                _ => self.change_cell(at, dice, String::clear),
            }
        }
    }

    /// Puts sentences between the lines.
    fn tell(&mut self, dice: &mut Dice) {
        for _ in 0..dice.below(4) {
            let at = dice.below(self.pieces.len());
            self.pieces.insert(at, Piece::Line((*dice.pick(&TOLD)).to_owned()));
        }
    }

    fn leave_zeros_blank(&mut self) {
        let cells = self.pieces.iter_mut().filter_map(|p| if let Piece::Cells(cells) = p { Some(cells) } else { None });
        cells.flatten().filter(|cell| *cell == "0").for_each(String::clear);
    }

    fn change_cell(&mut self, at: usize, dice: &mut Dice, change: impl Fn(&mut String)) {
        if let Piece::Cells(cells) = &mut self.pieces[at] {
            let which = dice.below(cells.len());
            change(&mut cells[which]);
        }
    }
}

/// The figures of a form in which everything adds up, in its order.
fn figures(form: &Form, dice: &mut Dice) -> Vec<String> {
    let first = form.first(Table::Requests);
    let mut figures: Vec<String> = form.kinds[..first].iter().map(|kind| table_1(*kind, dice)).collect();
    let rows = form.rows(Table::Requests).len();
    figures.extend(numbers(table_2(rows, dice)));
    for _ in form.rows(Table::Proceedings) {
        let mut results: Vec<u64> = (1..form::RESULTS.len()).map(|_| small(dice)).collect();
        results.push(results.iter().sum());
        figures.extend(numbers(results));
    }
    figures
}

fn numbers(numbers: Vec<u64>) -> impl Iterator<Item = String> {
    numbers.into_iter().map(|n| n.to_string())
}

/// Most figures of a form are zero.
fn small(dice: &mut Dice) -> u64 {
    if dice.once_in(4) { dice.below(300) as u64 } else { 0 }
}

fn table_1(kind: form::Kind, dice: &mut Dice) -> String {
    match (kind, dice.below(4)) {
        (form::Kind::Count, 3) => dice.below(10_000_000).to_string(),
        (form::Kind::Change, 3) => format!("+{}", dice.below(99) + 1),
        (form::Kind::Change, 2) => format!("-{}", dice.below(99) + 1),
        (form::Kind::Amount, 3) => format!("{}.{:02}", dice.below(9999), dice.below(100)),
        _ => "0".to_owned(),
    }
}

/// Rows of seven: received, carried over, the outcomes, their total, carried forward.
fn table_2(rows: usize, dice: &mut Dice) -> Vec<u64> {
    let width = form::APPLICANTS.len();
    let mut cells = vec![vec![0; width]; rows];
    for column in 0..width - 1 {
        let outcomes: Vec<u64> = (2..rows - 2).map(|_| small(dice)).collect();
        let total: u64 = outcomes.iter().sum();
        let forward = small(dice).min(9);
        let over = small(dice).min(total + forward);
        let figures = [total + forward - over, over].into_iter().chain(outcomes).chain([total, forward]);
        cells.iter_mut().zip(figures).for_each(|(row, figure)| row[column] = figure);
    }
    for row in &mut cells {
        row[width - 1] = row[..width - 1].iter().sum();
    }
    cells.concat()
}

/// The figures of a row, in order.
fn row_figures<'a>(table: Table, row: &'a Row, figures: &'a HashMap<CellPath, String>) -> impl Iterator<Item = String> {
    row.columns.iter().filter_map(move |c| figures.get(&CellPath { table, row: row.id, column: c.id }).cloned())
}

fn disclosure(form: &Form, figures: &HashMap<CellPath, String>, pieces: &mut Vec<Piece>) {
    let (mut group, mut columns): (&[&str], &[form::Column]) = (&[], &[]);
    for row in form.rows(Table::Disclosure) {
        if row.groups != group || row.columns != columns {
            (group, columns) = (row.groups, row.columns);
            pieces.push(Piece::Cells(group.iter().map(|&g| g.to_owned()).collect()));
            let labels = columns.iter().map(|c| c.label.to_owned());
            pieces.push(Piece::Cells(std::iter::once(form::CONTENT_HEAD.to_owned()).chain(labels).collect()));
        }
        let figures = row_figures(Table::Disclosure, row, figures);
        pieces.push(Piece::Cells(std::iter::once(row.label.to_owned()).chain(figures).collect()));
    }
}

fn requests(form: &Form, figures: &HashMap<CellPath, String>, pieces: &mut Vec<Piece>) {
    pieces.push(Piece::Cells(vec![form::BALANCE_NOTE.to_owned(), form::APPLICANTS_HEAD.to_owned()]));
    pieces.push(Piece::Cells(form::APPLICANTS.iter().map(|c| c.label.to_owned()).collect()));
    let mut groups: &[&str] = &[];
    for row in form.rows(Table::Requests) {
        let opened = row.groups.iter().enumerate().filter(|(i, group)| groups.get(*i) != Some(*group));
        let mut cells: Vec<String> = opened.map(|(_, &group)| group.to_owned()).collect();
        groups = row.groups;
        cells.push(format!("{}{}{}", row.number, row.label, row.note));
        cells.extend(row_figures(Table::Requests, row, figures));
        pieces.push(Piece::Cells(cells));
    }
}

fn proceedings(form: &Form, figures: &HashMap<CellPath, String>, pieces: &mut Vec<Piece>) {
    let rows = form.rows(Table::Proceedings);
    pieces.push(Piece::Cells(rows.iter().map(|row| row.label.to_owned()).collect()));
    let labels = rows.iter().flat_map(|_| form::RESULTS.iter().map(|c| c.label.to_owned()));
    pieces.push(Piece::Cells(labels.collect()));
    let figures = rows.iter().flat_map(|row| row_figures(Table::Proceedings, row, figures));
    pieces.push(Piece::Cells(figures.collect()));
}

fn render(pieces: &[Piece], layout: Layout) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) if layout == Layout::RunOn => text += line,
            Piece::Line(line) => writeln!(text, "{line}").expect("a string"),
            Piece::Cells(cells) => text += &lay_out(cells, layout),
        }
    }
    text
}

fn lay_out(cells: &[String], layout: Layout) -> String {
    match layout {
        Layout::Tabs => cells.join("\t") + "\n",
        Layout::Pipes => format!("| {} |\n", cells.join(" | ")),
        Layout::Spaces => cells.join("  ") + "\n",
        Layout::CellLines => cells.join("\n") + "\n\n",
        Layout::PipeCellLines => cells.join(" |\n") + " | ||\n",
        Layout::IndentedCells => format!("\t{}\n\n", cells.join("\n\t")),
        Layout::Lines => cells.join("\n") + "\n",
        Layout::OpenPipes => cells.join(" | ") + "\n",
        Layout::Frame => framed(cells),
        Layout::Drawn { low } => drawn(cells, low),
        Layout::Stacked => stacked(cells),
        Layout::Heights => by_heights(cells),
        Layout::RowEnds => cells.iter().map(|cell| closed(cell)).collect::<String>() + &filled_up(cells, "\n"),
        Layout::Led => {
            let row: String = cells.iter().map(|cell| closed(cell)).collect();
            format!("|\n{}{}\n", row.trim_end(), filled_up(cells, "").replacen('|', " |", 1))
        }
        Layout::Closers => {
            let row: String = cells.iter().map(|cell| closed(cell)).collect();
            row.replace(" |\n", "\n|\n") + &filled_up(cells, "\n")
        }
        Layout::Glued => cells.concat() + "\n",
        Layout::RunOn => cells.concat(),
        Layout::RowBars => format!("{} |{}\n", cells.join(" | "), filled_up(cells, "").replacen('|', " |", 1)),
    }
}

/// A cell and the bar behind it.
fn closed(cell: &str) -> String {
    if cell.is_empty() { "|\n".to_owned() } else { format!("{cell} |\n") }
}

/// The bars that fill up a row of the widest of the tables that may have so many cells.
fn filled_up(cells: &[String], end: &str) -> String {
    let columns = [4, 10, 15].into_iter().find(|columns| cells.len() <= *columns).unwrap_or(cells.len());
    let more = columns - cells.len();
    if more > 0 { "|".repeat(more) + end } else { String::new() }
}

/// The texts of a row, and its figures, zeros in ASCII and all others of full width.
fn parted(cells: &[String]) -> (String, Vec<String>) {
    let is_text = |cell: &&String| !cell.is_empty() && !cell.chars().all(|c| c.is_ascii_digit() || "+-.■".contains(c));
    let last = cells.iter().rposition(|cell| is_text(&cell)).map_or(0, |last| last + 1);
    // A label that is gone is no figure: no row has eight.
    let first = if cells.len() - last == 8 { last + 1 } else { last };
    let (texts, figures) = cells.split_at(first);
    let wide = |cell: &String| if cell == "0" { cell.clone() } else { cell.chars().map(full_width).collect() };
    (texts.join(" "), figures.iter().map(wide).collect())
}

/// What a column of two digits shows of a figure on this line; what has no digits of full width does not break.
fn piece(figure: &str, line: usize) -> String {
    const MOST: usize = 2;
    figure.chars().skip(line * MOST).take(MOST).collect()
}

fn drawn(cells: &[String], low: bool) -> String {
    let (label, figures) = parted(cells);
    let lines =
        figures.iter().map(|figure| figure.chars().count().div_ceil(2)).max().unwrap_or(1).max(1 + usize::from(low));
    let mut text = String::new();
    for line in 0..lines {
        let mut drawn = if line == 0 { label.clone() } else { String::new() };
        for (i, figure) in figures.iter().enumerate() {
            let part = match figure.as_str() {
                "0" if line == usize::from(low) => figure.clone(),
                "0" => String::new(),
                _ => piece(figure, line),
            };
            if !part.is_empty() {
                let gap = (60 + 5 * i).saturating_sub(drawn.chars().count()).max(1);
                drawn += &(" ".repeat(gap) + &part);
            }
        }
        writeln!(text, "{drawn}").expect("a string");
    }
    text
}

fn stacked(cells: &[String]) -> String {
    let (label, figures) = parted(cells);
    let (broken, whole): (Vec<&String>, Vec<&String>) =
        figures.iter().partition(|f| (3..=4).contains(&f.chars().count()));
    let pieces = |line: usize| broken.iter().map(|figure| piece(figure, line)).collect::<Vec<_>>().join(" ");
    let whole: Vec<&str> = whole.into_iter().map(String::as_str).collect();
    format!("{}\n{label} {}\n{}\n", pieces(0), whole.join(" "), pieces(1)).replace("\n\n", "\n")
}

fn by_heights(cells: &[String]) -> String {
    let (label, figures) = parted(cells);
    let (zeros, others): (Vec<String>, Vec<String>) = figures.into_iter().partition(|figure| figure == "0");
    format!("{}\n{label}\n{}\n", zeros.join("\n"), others.join("\n")).replace("\n\n", "\n")
}

/// A row with a line of its frame above and below, texts of more than a few characters on several lines.
fn framed(cells: &[String]) -> String {
    const MOST: usize = 6;
    let parts = |cell: &String| {
        let chars: Vec<char> = cell.chars().collect();
        let most = if cell.is_ascii() { chars.len().max(1) } else { MOST };
        chars.chunks(most).map(|part| part.iter().collect()).collect::<Vec<String>>()
    };
    let cells: Vec<Vec<String>> = cells.iter().map(parts).collect();
    let frame = format!("+{}\n", "------+".repeat(cells.len()));
    let mut text = frame.clone();
    for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0).max(1) {
        let of_line = cells.iter().map(|cell| cell.get(line).map_or("", String::as_str));
        writeln!(text, "| {} |", of_line.collect::<Vec<_>>().join(" | ")).expect("a string");
    }
    text + &frame
}

/// Other writings of the same characters.
fn retype(text: &mut String, [brackets, radicals, wide, returns]: [bool; 4]) {
    if brackets {
        *text = text.replace('（', "(").replace('）', ")").replace('，', ",");
    }
    if radicals {
        *text = text.replace('一', "⼀").replace('行', "⾏").replace('止', "⽌");
    }
    if wide {
        *text = text.chars().map(full_width).collect();
    }
    if returns {
        *text = text.replace('\n', "\r\n");
    }
}

fn full_width(c: char) -> char {
    c.to_digit(10).and_then(|digit| char::from_u32('０' as u32 + digit)).unwrap_or(c)
}
