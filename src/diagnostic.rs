//! Diagnostics and findings: one type, one table of codes with severity and text in English and Chinese.
//! Whoever notices something makes a [`Diagnostic`]; nothing here decides what is noticed.

use std::fmt::{self, Write as _};

use unicode_width::UnicodeWidthChar;

use crate::form::{CellPath, Edition, REGULATIONS, Section, Table};
use crate::model::Field;

/// How much a diagnostic matters, from the least to the most serious.
///
/// # Examples
/// ```
/// use xxgk::Severity;
/// let parsed = xxgk::parse("没有表格的文章");
/// assert_eq!(parsed.diagnostics.iter().map(|d| d.severity()).max(), Some(Severity::Error));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something worth knowing.
    Note,
    /// Something is missing or doubtful.
    Warning,
    /// Something is wrong in the document, or it could not be read.
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub const fn id(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// The language of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese.
    Chinese,
}

/// What a diagnostic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The document as a whole; its path is empty.
    Document,
    /// A field of the header, `header/year`.
    Field(Field),
    /// A section, `problems`.
    Section(Section),
    /// A table, `requests`.
    Table(Table),
    /// A row, `requests/granted`.
    Row(Table, &'static str),
    /// A cell, `requests/granted/total`.
    Cell(CellPath),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Document => Ok(()),
            Subject::Field(field) => write!(f, "header/{}", field.id()),
            Subject::Section(section) => f.write_str(section.id()),
            Subject::Table(table) => f.write_str(table.id()),
            Subject::Row(table, row) => write!(f, "{}/{row}", table.id()),
            Subject::Cell(path) => path.fmt(f),
        }
    }
}

/// A place in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The first byte, 0-based.
    pub start: usize,
    /// The byte after the last, 0-based.
    pub end: usize,
    /// The line of the first byte, 1-based.
    pub line: usize,
    /// The column of the first byte in characters, 1-based.
    pub column: usize,
}

/// The kind of a diagnostic. The codes are stable; each stands in one table with its severity and its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// `document.not_a_report`
    NotAReport,
    /// `document.edition_year`
    EditionYear,
    /// `document.limit`
    Limit,
    /// `document.encoding`
    Encoding,
    /// `document.malformed`
    Malformed,
    /// `cell.unreadable`
    CellUnreadable,
    /// `cell.blank`
    CellBlank,
    /// `cell.inferred`
    CellInferred,
    /// `cell.ambiguous`
    CellAmbiguous,
    /// `cell.missing`
    CellMissing,
    /// `cell.conflict`
    CellConflict,
    /// `row.missing`
    RowMissing,
    /// `row.ambiguous`
    RowAmbiguous,
    /// `row.reordered`
    RowReordered,
    /// `row.parted`
    RowParted,
    /// `row.doubtful`
    RowDoubtful,
    /// `row.misheaded`
    RowMisheaded,
    /// `row.padded`
    RowPadded,
    /// `table.missing`
    TableMissing,
    /// `table.misheaded`
    TableMisheaded,
    /// `table.twice`
    TableTwice,
    /// `table.stray`
    StrayFigures,
    /// `header.ambiguous`
    FieldAmbiguous,
    /// `rule.balance`
    Balance,
    /// `rule.outcomes_sum`
    OutcomesSum,
    /// `rule.row_sum`
    RowSum,
    /// `rule.proceedings_sum`
    ProceedingsSum,
    /// `rule.newly_disclosed`
    NewlyDisclosed,
    /// `rule.blank_as_zero`
    BlankAsZero,
    /// `rule.carry`
    Carry,
    /// `rule.in_force`
    InForce,
    /// `rule.narrative`
    Narrative,
    /// `rule.period`
    PeriodRule,
    /// `rule.deadline`
    Deadline,
    /// `rule.sections`
    Sections,
    /// `rule.same_year`
    SameYear,
}

/// A code with its name, severity and texts; `{0}` and so on stand for the particulars.
struct Entry(Code, &'static str, Severity, &'static str, &'static str);

const TABLE: &[Entry] = &[
    Entry(
        Code::NotAReport,
        "document.not_a_report",
        Severity::Error,
        "The document has none of the form's tables, so it is no annual report, or one that cannot be read.",
        "文中找不到规定格式的任何一张表格，可能不是年度报告，或者无法识读。",
    ),
    Entry(
        Code::EditionYear,
        "document.edition_year",
        Severity::Note,
        "The report is on {0}, and its tables follow edition {1}; the tables decide.",
        "报告年度为{0}年，表格却采用{1}年版格式，以表格为准。",
    ),
    Entry(
        Code::Limit,
        "document.limit",
        Severity::Warning,
        "The document exceeds a limit of the reader ({0}); what lies beyond was not read.",
        "文档超出识读上限（{0}），超出部分未读取。",
    ),
    Entry(
        Code::Encoding,
        "document.encoding",
        Severity::Note,
        "The bytes were decoded as {0}; places refer to the decoded text.",
        "文件按{0}编码解码，位置以解码后的文本为准。",
    ),
    Entry(
        Code::Malformed,
        "document.malformed",
        Severity::Warning,
        "{0} malformed byte sequences were replaced while decoding as {1}.",
        "按{1}解码时有{0}处非法字节，已用替换符代替。",
    ),
    Entry(
        Code::CellUnreadable,
        "cell.unreadable",
        Severity::Warning,
        "The cell prints {0}, which is no figure; it stays without a value.",
        "该单元格印作“{0}”，不是数字，未取值。",
    ),
    Entry(
        Code::CellBlank,
        "cell.blank",
        Severity::Note,
        "The cell is empty; it has no value, which is not the same as zero.",
        "该单元格为空，未取值，空白不等于零。",
    ),
    Entry(
        Code::CellInferred,
        "cell.inferred",
        Severity::Note,
        "No legible figure stands in this cell; the sums of the form leave only {0}, resting on {1}.",
        "该单元格没有可辨认的数字，按勾稽关系只能是{0}，依据为{1}。",
    ),
    Entry(
        Code::CellAmbiguous,
        "cell.ambiguous",
        Severity::Warning,
        "The figure of this cell cannot be told: {0} would fit equally well; it stays without a value.",
        "该单元格的数字无法确定：{0}都说得通，未取值。",
    ),
    Entry(
        Code::CellMissing,
        "cell.missing",
        Severity::Warning,
        "No figure was found for this cell; it stays without a value.",
        "找不到该单元格的数字，未取值。",
    ),
    Entry(
        Code::CellConflict,
        "cell.conflict",
        Severity::Warning,
        "The sums contradict each other on this cell ({0}); it stays without a value.",
        "勾稽关系对该单元格给出的结果相互矛盾（{0}），未取值。",
    ),
    Entry(
        Code::RowMissing,
        "row.missing",
        Severity::Warning,
        "No figures were found for this row; its cells stay without a value.",
        "找不到该行的数字，整行未取值。",
    ),
    Entry(
        Code::RowAmbiguous,
        "row.ambiguous",
        Severity::Warning,
        "The row has {0} figures where {1} are prescribed, and the sums do not settle which is which; it stays without values.",
        "该行应有{1}个数字，实有{0}个，勾稽关系无法确定各属何列，未取值。",
    ),
    Entry(
        Code::RowReordered,
        "row.reordered",
        Severity::Note,
        "The row's figures stand out of order in the text; the sums leave one order, which was taken.",
        "该行数字在文中次序错乱，按勾稽关系只有一种排法，已照此读取。",
    ),
    Entry(
        Code::RowParted,
        "row.parted",
        Severity::Note,
        "The row's figures ran together or broke in the text; the sums leave one way to read them, which was taken.",
        "该行数字在文中连写或断行，按勾稽关系只有一种读法，已照此读取。",
    ),
    Entry(
        Code::RowDoubtful,
        "row.doubtful",
        Severity::Warning,
        "Figures next to this row belong to no row, and the sums do not confirm the row; it stays without values.",
        "该行旁有不属于任何一行的数字，勾稽关系又不能印证，未取值。",
    ),
    Entry(
        Code::RowMisheaded,
        "row.misheaded",
        Severity::Warning,
        "The heads by this row are not those of its columns, in the form's order; it stays without values.",
        "该行的栏目与规定格式不符，或者次序不同，未取值。",
    ),
    Entry(
        Code::RowPadded,
        "row.padded",
        Severity::Note,
        "The row ends in empty fields, taken for zeros as the document leaves them blank; but a cell may be lost before them.",
        "该行以空白单元格结尾，因文中零值均留空，按零值留空读取；但其前也可能缺失单元格，数字因而错列。",
    ),
    Entry(Code::TableMissing, "table.missing", Severity::Warning, "The table was not found.", "找不到该表格。"),
    Entry(
        Code::TableMisheaded,
        "table.misheaded",
        Severity::Warning,
        "The heads of the table's columns are not the form's, or not in its order; it stays without values.",
        "该表格各栏与规定格式不符，或者次序不同，全表未取值。",
    ),
    Entry(
        Code::TableTwice,
        "table.twice",
        Severity::Warning,
        "The table stands there several times with different figures, and nothing says which are this year's; it stays without \
         values.",
        "该表格出现多次且数据不同，无法判断哪一份属于本年度，全表未取值。",
    ),
    Entry(
        Code::StrayFigures,
        "table.stray",
        Severity::Warning,
        "{0} figures in the table belong to no cell: {1}.",
        "表中有{0}个数字不属于任何单元格：{1}。",
    ),
    Entry(
        Code::FieldAmbiguous,
        "header.ambiguous",
        Severity::Warning,
        "The document states this more than once, and not the same: {0}; nothing was taken.",
        "文中对此有不止一种说法：{0}，未取值。",
    ),
    Entry(
        Code::Balance,
        "rule.balance",
        Severity::Error,
        "{0} + {1} = {2}, but {3} + {4} = {5}, a difference of {6}: what was received and carried over must equal what was answered and carried forward (the rule printed in the form).",
        "第一项加第二项之和为{0}＋{1}＝{2}，第三项加第四项之和为{3}＋{4}＝{5}，相差{6}，两者应当相等（表头载明的勾稽关系）。",
    ),
    Entry(
        Code::OutcomesSum,
        "rule.outcomes_sum",
        Severity::Error,
        "The outcomes add up to {1}, but （七）总计 prints {0}, a difference of {2}.",
        "各项办理结果之和为{1}，（七）总计却为{0}，相差{2}。",
    ),
    Entry(
        Code::RowSum,
        "rule.row_sum",
        Severity::Error,
        "The six kinds of applicant add up to {1}, but 总计 prints {0}, a difference of {2}.",
        "六类申请人之和为{1}，总计却为{0}，相差{2}。",
    ),
    Entry(
        Code::ProceedingsSum,
        "rule.proceedings_sum",
        Severity::Error,
        "The four results add up to {1}, but 总计 prints {0}, a difference of {2}.",
        "四种结果之和为{1}，总计却为{0}，相差{2}。",
    ),
    Entry(
        Code::NewlyDisclosed,
        "rule.newly_disclosed",
        Severity::Warning,
        "{0} were newly disclosed, more than the {1} disclosed in total.",
        "本年新公开数量{0}大于对外公开总数量{1}。",
    ),
    Entry(
        Code::BlankAsZero,
        "rule.blank_as_zero",
        Severity::Note,
        "The sum ({1}) holds if the blank cells are zero: {0}.",
        "空白单元格按零计则勾稽关系（{1}）成立：{0}。",
    ),
    Entry(
        Code::Carry,
        "rule.carry",
        Severity::Error,
        "The report on {0} carries {1} forward, but the report on {2} carries {3} over, a difference of {4}.",
        "{0}年报告结转下年度{1}件，{2}年报告上年结转却为{3}件，相差{4}件。",
    ),
    Entry(
        Code::InForce,
        "rule.in_force",
        Severity::Warning,
        "By the report on {0}, {1} + {2} − {3} = {4} should be in force, but the report on {5} prints {6}; documents may have lapsed.",
        "按{0}年报告推算，现行有效应为{1}＋{2}－{3}＝{4}件，{5}年报告为{6}件，可能有文件自行失效。",
    ),
    Entry(
        Code::Narrative,
        "rule.narrative",
        Severity::Warning,
        "The text says {0} ({1}), the table {2}.",
        "正文称{0}（{1}），表格为{2}。",
    ),
    Entry(
        Code::PeriodRule,
        "rule.period",
        Severity::Warning,
        "The statistical period is stated as {0} to {1}; for a report on {2} it runs from 1 January to 31 December {2}.",
        "统计期限写作{0}至{1}，{2}年度报告应为{2}年1月1日至12月31日。",
    ),
    Entry(
        Code::Deadline,
        "rule.deadline",
        Severity::Warning,
        "The report is dated {0}; article 49 of the Regulations asks for {1} by {2}.",
        "报告落款日期为{0}；按《条例》第四十九条，{1}应于{2}前发布。",
    ),
    Entry(
        Code::Sections,
        "rule.sections",
        Severity::Warning,
        "The document's sections are {0}; the form prescribes all six, once each, in order.",
        "文中各部分为{0}；规定格式要求六个部分依次齐备、各一次。",
    ),
    Entry(
        Code::SameYear,
        "rule.same_year",
        Severity::Warning,
        "{0} reports of this authority are on {1}; none of them is compared with the years next to it.",
        "该机关{1}年度有{0}份报告，均未与前后年度比对。",
    ),
];

impl Code {
    /// All codes.
    pub fn all() -> impl Iterator<Item = Code> {
        TABLE.iter().map(|entry| entry.0)
    }

    /// The stable code, as in `rule.row_sum`.
    pub const fn id(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// How much it matters.
    pub const fn severity(self) -> Severity {
        TABLE[self as usize].2
    }

    /// The text of its messages; `{0}` and so on stand for the particulars.
    pub const fn template(self, language: Language) -> &'static str {
        match language {
            Language::English => TABLE[self as usize].3,
            Language::Chinese => TABLE[self as usize].4,
        }
    }

    /// Whether it is a finding: a rule of the form that does not hold.
    pub fn is_rule(self) -> bool {
        self.id().starts_with("rule.")
    }

    /// What a finding's rule rests on, in Chinese as it is cited: the notices that prescribe the form, or an article of
    /// the Regulations. `None` for what is no finding.
    ///
    /// # Examples
    /// ```
    /// use xxgk::Code;
    /// assert_eq!(Code::Deadline.source().unwrap(), "《中华人民共和国政府信息公开条例》第四十九条");
    /// assert_eq!(Code::InForce.source().unwrap(), "国办公开办函〔2021〕30号");
    /// assert_eq!(Code::CellUnreadable.source(), None);
    /// ```
    pub fn source(self) -> Option<String> {
        let form = |editions: &[Edition]| editions.iter().map(|e| e.notice()).collect::<Vec<_>>().join("、");
        let article = |number| format!("{REGULATIONS}第{number}条");
        match self {
            Code::NewlyDisclosed => Some(form(&[Edition::V2019])),
            Code::InForce => Some(form(&[Edition::V2021])),
            Code::PeriodRule | Code::Deadline | Code::SameYear => Some(article("四十九")),
            Code::Narrative => Some(article("五十")),
            _ => self.is_rule().then(|| form(&Edition::ALL)),
        }
    }
}

/// The two sides of a rule that does not hold, and who could be the culprit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// The cells on the left.
    pub left: Vec<CellPath>,
    /// The cells on the right.
    pub right: Vec<CellPath>,
    /// What the left adds up to.
    pub left_sum: u128,
    /// What the right adds up to.
    pub right_sum: u128,
    /// The one cell that would settle every sum it stands in, and what it should be then: a suggestion, no more.
    pub suspect: Option<(CellPath, u64)>,
}

/// A particular of a message: the same in both languages, or one for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Particular {
    /// A figure, a name, a quotation.
    Same(String),
    /// Words.
    Each {
        /// In English.
        english: String,
        /// In Chinese.
        chinese: String,
    },
}

impl Particular {
    fn text(&self, language: Language) -> &str {
        match (self, language) {
            (Particular::Same(text), _) => text,
            (Particular::Each { english, .. }, Language::English) => english,
            (Particular::Each { chinese, .. }, Language::Chinese) => chinese,
        }
    }
}

impl From<String> for Particular {
    fn from(text: String) -> Self {
        Particular::Same(text)
    }
}

/// Something to know about the document or the report.
///
/// # Examples
/// ```
/// let parsed = xxgk::parse("没有表格的文章");
/// let first = &parsed.diagnostics[0];
/// assert_eq!(first.code.id(), "document.not_a_report");
/// assert!(first.to_string().starts_with("The document has none of the form's tables"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// What it is about.
    pub subject: Subject,
    /// Where it is, if it is anywhere.
    pub place: Option<Place>,
    /// For a rule of sums, its two sides.
    pub sums: Option<Box<Sums>>,
    particulars: Vec<Particular>,
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub(crate) fn new<P: Into<Particular>>(code: Code, subject: Subject, particulars: Vec<P>) -> Self {
        let particulars = particulars.into_iter().map(Into::into).collect();
        Diagnostic { code, subject, place: None, sums: None, particulars }
    }

    /// How much it matters.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The sentence for a person. Where one cell alone could be the culprit, a second sentence names it.
    pub fn message(&self, language: Language) -> String {
        let mut message = String::new();
        let mut rest = self.code.template(language);
        while let Some((before, after)) = rest.split_once('{') {
            message.push_str(before);
            let (index, after) = after.split_once('}').unwrap_or(("", after));
            let particular = index.parse().ok().and_then(|i: usize| self.particulars.get(i));
            message.push_str(particular.map_or("", |p| p.text(language)));
            rest = after;
        }
        message.push_str(rest);
        if let Some((path, value)) = self.sums.as_ref().and_then(|sums| sums.suspect) {
            // Writing to a String does not fail.
            let _ = match language {
                Language::English => write!(message, " {path} = {value} would settle every sum that it stands in."),
                Language::Chinese => write!(message, "若{path}为{value}，其所在的各项勾稽关系均成立。"),
            };
        }
        message
    }

    /// The message with the line that it is about and a caret under the place, for a terminal or a log. `input` is
    /// the text that was read; a long line is cut down to what stands around the place.
    ///
    /// # Examples
    /// ```
    /// use xxgk::Language;
    /// let input = "三、收到和处理政府信息公开申请情况\n（一）予以公开\t1\t0\t0\t0\t0\t0\t2\n";
    /// let parsed = xxgk::parse(input);
    /// for diagnostic in parsed.diagnostics.iter().chain(&parsed.findings()) {
    ///     assert!(diagnostic.render(input, Language::Chinese).contains(diagnostic.code.id()));
    /// }
    /// ```
    pub fn render(&self, input: &str, language: Language) -> String {
        let mut out = format!("{}[{}]: {}\n", self.severity().id(), self.code.id(), self.message(language));
        let subject = self.subject.to_string();
        let Some(place) = self.place else {
            if !subject.is_empty() {
                let _ = writeln!(out, "  --> {subject}");
            }
            return out;
        };
        let gutter = place.line.to_string();
        let margin = " ".repeat(gutter.len());
        let _ = writeln!(out, "{margin}--> {}:{} {subject}", place.line, place.column);
        if let Some((line, indent, carets)) = excerpt(input, place) {
            let (indent, carets) = (" ".repeat(indent), "^".repeat(carets));
            let _ = write!(out, "{margin} |\n{gutter} | {line}\n{margin} | {indent}{carets}\n");
        }
        out
    }
}

/// The most columns of a line that are shown before a place, and the most in all.
const BEFORE_PLACE: usize = 40;
const LINE_WIDTH: usize = 100;
/// The columns that a tab takes up.
const TAB_WIDTH: usize = 4;

/// So many characters of a line are looked at before a place, and behind it: more than are shown, even where some have no
/// width.
const LOOKED_AT: usize = 256;

/// The line of a place as a terminal shows it, the columns before the place, and the columns that it takes up.
fn excerpt(input: &str, place: Place) -> Option<(String, usize, usize)> {
    let (before, goes_back) = line_before(input.get(..place.start)?);
    let (after, goes_on) = line_behind(input.get(place.start..)?);
    let inside = after.get(..place.end.saturating_sub(place.start)).unwrap_or(after);

    let mut line = shown(before);
    let cut = line.char_indices().rev().scan(0, |width, (i, c)| {
        *width += columns(c);
        (*width <= BEFORE_PLACE).then_some(i)
    });
    let cut = cut.last().unwrap_or(line.len());
    if cut > 0 || goes_back {
        line.replace_range(..cut, "…");
    }
    let indent = line.chars().map(columns).sum::<usize>();
    let carets = shown(inside).chars().map(columns).sum::<usize>().clamp(1, LINE_WIDTH - indent);
    let (mut width, mut goes_on) = (indent, goes_on);
    for c in shown(after).chars() {
        width += columns(c);
        if width > LINE_WIDTH {
            goes_on = true;
            break;
        }
        line.push(c);
    }
    if goes_on {
        line.push('…');
    }
    Some((line, indent, carets))
}

/// The end of a text, back to the last line break, and whether its line begins before what is looked at.
fn line_before(text: &str) -> (&str, bool) {
    let start = text.char_indices().rev().nth(LOOKED_AT - 1).map_or(0, |(i, _)| i);
    match text[start..].rfind('\n') {
        Some(line_break) => (&text[start + line_break + 1..], false),
        None => (&text[start..], start > 0),
    }
}

/// The beginning of a text, up to the first line break and without the blanks before it, and whether its line ends behind what
/// is looked at.
fn line_behind(text: &str) -> (&str, bool) {
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(i, _)| i);
    match text[..end].find('\n') {
        Some(line_break) => (text[..line_break].trim_end(), false),
        None if end == text.len() => (text.trim_end(), false),
        None => (&text[..end], true),
    }
}

/// A piece of a line with its tabs as spaces and its control characters as one space each.
fn shown(text: &str) -> String {
    text.replace('\t', &" ".repeat(TAB_WIDTH)).chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

impl fmt::Display for Diagnostic {
    /// The sentence in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_double_width_characters() {
        let input = "首行\n（一）予以公开\t１\t12\r\n";
        let start = input.find("12").unwrap();
        let place = Place { start, end: start + 2, line: 2, column: 11 };
        let mut diagnostic = Diagnostic::new(Code::TableMissing, Subject::Field(Field::Year), Vec::<String>::new());
        diagnostic.place = Some(place);
        assert_eq!(
            diagnostic.render(input, Language::English),
            "warning[table.missing]: The table was not found.\n --> 2:11 header/year\n  |\n\
             2 | （一）予以公开    １    12\n  |                         ^^\n"
        );
    }

    #[test]
    fn what_people_read() {
        let input = "（一）予以公开\t１\t12\n";
        let start = input.find("12").unwrap();
        let path: CellPath = "requests/granted/total".parse().unwrap();
        let mut rendered = String::new();
        for code in Code::all() {
            let particulars = (0..7).map(|i| format!("⟨{i}⟩")).collect();
            let mut diagnostic = Diagnostic::new::<String>(code, Subject::Cell(path), particulars);
            diagnostic.place = Some(Place { start, end: start + 2, line: 1, column: 11 });
            if code == Code::RowSum {
                diagnostic.sums = Some(Box::new(Sums { suspect: Some((path, 1)), ..Sums::default() }));
            }
            for language in [Language::English, Language::Chinese] {
                rendered += &diagnostic.render(input, language);
            }
        }
        insta::assert_snapshot!(rendered);
    }

    #[test]
    fn long_lines_are_cut_and_odd_places_do_no_harm() {
        let input = "长".repeat(200) + "12" + &"尾".repeat(200);
        for (start, end) in [(600, 602), (0, 1202), (600, 600), (1202, 1202), (601, 602), (5000, 5001), (602, 600)] {
            let place = Place { start, end, line: 1, column: 201 };
            let mut diagnostic = Diagnostic::new(Code::TableMissing, Subject::Document, Vec::<String>::new());
            diagnostic.place = Some(place);
            let rendered = diagnostic.render(&input, Language::Chinese);
            assert!(rendered.lines().all(|l| l.chars().map(columns).sum::<usize>() <= LINE_WIDTH + 6), "{rendered}");
        }
    }

    #[test]
    fn severities_rise_from_note_to_error() {
        assert!(Severity::Note < Severity::Warning && Severity::Warning < Severity::Error);
    }

    #[test]
    fn the_table_is_in_the_order_of_the_codes() {
        for (i, entry) in TABLE.iter().enumerate() {
            assert_eq!(entry.0 as usize, i, "{}", entry.1);
        }
    }

    #[test]
    fn a_line_is_shown_so_far_before_its_place_and_in_all() {
        let shown = |before: usize, behind: usize| {
            let input = "a".repeat(before) + "12" + &"b".repeat(behind);
            let place = Place { start: before, end: before + 2, line: 1, column: 1 };
            excerpt(&input, place).expect("a place of the input").0
        };
        let (whole, cut) = ("a".repeat(BEFORE_PLACE), format!("…{}", "a".repeat(BEFORE_PLACE)));
        assert_eq!(shown(BEFORE_PLACE, 0), format!("{whole}12"));
        assert_eq!(shown(BEFORE_PLACE + 1, 0), format!("{cut}12"));
        let room = LINE_WIDTH - "12".len();
        assert_eq!(shown(0, room), format!("12{}", "b".repeat(room)));
        assert_eq!(shown(0, room + 1), format!("12{}…", "b".repeat(room)));
        // So much of a line is looked at that it makes no difference to what is shown.
        for length in [LOOKED_AT - 1, LOOKED_AT, LOOKED_AT + 1, 1 << 20] {
            assert_eq!(shown(length, length), shown(LINE_WIDTH, LINE_WIDTH), "{length}");
        }
    }

    #[test]
    fn of_a_line_of_a_megabyte_no_more_is_copied_than_is_looked_at() {
        let joiners = "\u{200d}".repeat(1 << 20);
        for input in [joiners.clone() + "12" + &joiners, format!("{joiners}12\n"), format!("\n12{joiners}")] {
            let start = input.find("12").unwrap();
            let (line, indent, carets) = excerpt(&input, Place { start, end: start + 2, line: 1, column: 1 }).unwrap();
            assert!(line.chars().count() <= 2 * LOOKED_AT + "…12…".chars().count());
            assert_eq!((indent, carets), (line.starts_with('…').into(), 2));
        }
        let spaces = format!("12{}34", " ".repeat(1 << 20));
        let place = Place { start: 0, end: spaces.len(), line: 1, column: 1 };
        assert_eq!(excerpt(&spaces, place).unwrap(), (format!("12{}…", " ".repeat(LINE_WIDTH - 2)), 0, LINE_WIDTH));
    }
}
