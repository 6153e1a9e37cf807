//! In: the lines before the first section. Out: the title, with the authority and the year that it names.
//! It joins lines over which a title is broken, and tells titles from a site's links to them.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use super::contact::strip_spaced;
use super::dates;
use super::names::{announces, beginning, begins_a_name, is_akin, is_organ, is_organ_or_area, names_area};
use super::passage::plain;
use crate::read::fold::{gloss, unify};
use crate::read::initials::ByInitial;
use crate::read::paragraphs::{WRAPPED_CHARS, is_site_furniture};

/// A title as it was found.
#[derive(Debug, Clone)]
pub(super) struct Title {
    /// As printed, without line breaks.
    pub(super) text: String,
    /// Its place in the document.
    pub(super) place: Range<usize>,
    /// The organ that it names, plain.
    pub(super) authority: Option<Named>,
    /// The year that it names, and where.
    pub(super) year: Option<(u16, Range<usize>)>,
}

/// A name and its place in the document.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) place: Range<usize>,
}

impl Title {
    /// Whether it may be the title of the report of this authority on this year, as far as they are known.
    pub(super) fn is_of(&self, authority: Option<&str>, year: Option<u16>) -> bool {
        let own_year = self.year.as_ref().zip(year).is_none_or(|((own, _), year)| *own == year);
        own_year && self.authority.as_ref().is_none_or(|own| authority.is_some_and(|other| is_akin(&own.name, other)))
    }

    /// The title with the whole of the name that it begins with, where that is broken over lines.
    pub(super) fn with_whole_name(mut self, document: &str, said: &[Named]) -> Self {
        let Some(own) = self.authority.as_mut().filter(|own| own.place.start == self.place.start) else { return self };
        let start = |whole: &Named| beginning(document, own.place.start, &own.name, &whole.name);
        if let Some((start, whole)) = said.iter().find_map(|whole| Some((start(whole)?, whole))) {
            self.text.insert_str(0, whole.name.strip_suffix(own.name.as_str()).unwrap_or_default());
            self.place.start = start;
            *own = Named { name: whole.name.clone(), place: start..own.place.end };
        }
        self
    }
}

/// The most characters of a title.
const TITLE_CHARS: usize = 80;

/// A title stands on no more lines than this.
const TITLE_LINES: usize = 4;

/// A line with something on it.
struct Line<'d> {
    content: &'d str,
    start: usize,
    /// Its characters, once they were asked for.
    chars: OnceCell<Vec<(char, usize)>>,
    /// The line above it, which may be empty.
    above: &'d str,
    /// A title may end here.
    ends: bool,
}

/// All titles of an opening, in its order.
pub(super) fn titles(document: &str, lines: &[Range<usize>]) -> Vec<Title> {
    let mut above = "";
    let mut lines = lines.iter().filter_map(|range| {
        let above = std::mem::replace(&mut above, document.get(range.clone())?.trim_end());
        Some(Line { above, ..line(document, range)? })
    });
    // A title's lines, and the one behind them, which may hold its year.
    let mut ahead: Vec<Line> = Vec::with_capacity(TITLE_LINES + 1);
    let mut titles = Vec::new();
    loop {
        ahead.extend(lines.by_ref().take(TITLE_LINES + 1 - ahead.len()));
        if ahead.is_empty() {
            return titles;
        }
        let found = title_from(document, &ahead);
        let foreign = |(title, used): &(Title, usize)| (1..*used).find(|n| is_foreign(document, &ahead, *n, title));
        if let Some(above) = found.as_ref().and_then(foreign) {
            ahead.drain(..above);
            continue;
        }
        ahead.drain(..found.as_ref().map_or(1, |(_, used)| *used));
        titles.extend(found.map(|(title, _)| title));
    }
}

/// Whether a line is one of a sentence that goes on below.
fn is_cut_off(line: &str) -> bool {
    let wrapped = line.chars().nth(WRAPPED_CHARS - 1).is_some();
    announces(line.trim_start()) && !is_site_furniture(line)
        || wrapped
            && line.contains(['，', '。', '《', ','])
            && !line.ends_with(['。', '》', '：', ':', '；', ')', '）'])
}

/// Whether the first `n` lines are no part of the title that they make with those below: a site's name or its link to
/// such reports may stand right above one, and another office's signature.
fn is_foreign(document: &str, lines: &[Line], n: usize, title: &Title) -> bool {
    let Some((own, _)) = title_from(document, &lines[n..]) else { return false };
    let above: String = lines[..n].iter().flat_map(Line::chars).map(|(c, _)| *c).collect();
    if strip_year(&above).is_empty() {
        return own.year.is_some() && own.authority.is_some();
    }
    // The name of a national office may stand on a line of its own above that of its branch.
    let national = is_organ(&above) && ["国家", "中国", "中华"].iter().any(|n| above.starts_with(n));
    let complete = own.authority.is_some_and(|own| names_area(&own.name) || above.ends_with(&own.name));
    title.authority.is_none() || complete && !national
}

impl Line<'_> {
    /// Whether it is no part of a title. A sentence that a converter wrapped may have a line that looks like one.
    fn is_foreign(&self) -> bool {
        let content = self.content;
        content.is_empty()
            || is_site_furniture(content)
            || ends_with_date(content)
            || announces(content)
            || is_cut_off(self.above)
    }

    /// Its characters, plain and without spaces, with their places.
    fn chars(&self) -> &[(char, usize)] {
        self.chars.get_or_init(|| {
            let mut chars = Vec::with_capacity(self.content.len() / 2);
            chars.extend(self.each_char());
            chars
        })
    }

    fn each_char(&self) -> impl Iterator<Item = (char, usize)> {
        let mut behind = 0;
        self.content.char_indices().filter_map(move |(i, c)| {
            let c = visible(c).filter(|_| i >= behind)?;
            behind = i + gloss(&self.content[i..]);
            (behind == i).then_some((c, self.start + i))
        })
    }
}

fn visible(c: char) -> Option<char> {
    plain(c).filter(|c| *c != ' ')
}

fn line<'d>(document: &'d str, range: &Range<usize>) -> Option<Line<'d>> {
    let content = document.get(range.clone())?.trim_matches(|c: char| {
        matches!(c, '#' | '=' | '|' | '-' | '*' | '•' | '●' | '·' | '■' | '◆') || c.is_whitespace()
    });
    let content = bare(behind_page_number(without_extension(content)));
    let content = &content[..content.len() - behind_title(content).len()];
    let start = range.start + content.as_ptr() as usize - document.get(range.clone())?.as_ptr() as usize;
    if !content.contains(char::is_alphanumeric) {
        return None;
    }
    let long = content.len() > TITLE_CHARS * 6;
    let content = if long { "" } else { content };
    let ends = content.chars().rev().find_map(visible).is_some_and(ends_a_title);
    Some(Line { content, start, chars: OnceCell::new(), above: "", ends })
}

/// What may stand between a title and the name of its site behind it.
const SITE_MARKS: [char; 8] = ['_', '|', '-', '—', '–', '>', '/', ':'];

/// What stands behind a title on its line: the name of a site, with the mark before it, as in `…年度报告_云溪市人民政府`, or the
/// first sentence of the report.
fn behind_title(line: &str) -> &str {
    let ends = line.match_indices('报').flat_map(|(at, sign)| [at + sign.len(), at + "报告".len()]);
    let is_end = |end: &usize| line.get(..*end).is_some_and(|title| title.ends_with("报告") || title.ends_with("年报"));
    let first = ends.filter(is_end).find(|end| is_site(&line[*end..]) || line[*end..].starts_with("根据《"));
    first.map_or("", |end| &line[end..])
}

/// Whether this behind a title is the name of its site, behind a mark or a space, or what a site prints below a title.
fn is_site(behind: &str) -> bool {
    let name = behind.trim_start();
    let named = name.len() < behind.len() && is_organ_or_area(name.trim_end());
    name.starts_with(SITE_MARKS) || named || is_site_furniture(name)
}

/// Where the line of a title ends that ends at this byte, if a site's name stands behind it.
pub(super) fn end_of(text: &str, end: usize) -> usize {
    let behind = &text[end..];
    let line = &behind[..behind.find('\n').unwrap_or(behind.len())];
    if is_site(line) { end + line.len() } else { end }
}

/// The date of another document's signature is no part of a title below it.
fn ends_with_date(line: &str) -> bool {
    line.trim_end_matches([')', '）']).ends_with('日') && line.contains('年')
}

/// What stands before a title on its line: what the card of a document calls it, and a site's buttons for the size of letters.
const LABELS: &[&str] = &[
    "标题",
    "標題",
    "名称",
    "名稱",
    "信息名称",
    "信息标题",
    "文件名称",
    "公文名称",
    "题名",
    "主题",
    "内容概述",
    "大中小",
    "小中大",
];

static LABELS_BY_INITIAL: LazyLock<ByInitial<&str>> = LazyLock::new(|| ByInitial::new(LABELS, |label| label));

/// The name of a file, without what it ends with.
fn without_extension(line: &str) -> &str {
    [".docx", ".doc", ".wps", ".pdf"].iter().find_map(|end| line.strip_suffix(end)).unwrap_or(line)
}

/// `Page 8 - …`, as some converters begin a page.
fn behind_page_number(line: &str) -> &str {
    let number = line.strip_prefix("Page ").map(|line| line.trim_start_matches(|c: char| c.is_ascii_digit()));
    number.and_then(|line| line.strip_prefix(" - ")).unwrap_or(line)
}

/// A title without what says that it is one: `附件：…`, `标 题 …`, `《…》`.
fn bare(line: &str) -> &str {
    let initial = line.chars().next().unwrap_or_default();
    let colon = |c| matches!(c, '：' | ':');
    let annexed = strip_spaced(line, "附件").and_then(|behind| {
        let behind = behind.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
        behind.strip_prefix(colon)
    });
    let labelled = || LABELS_BY_INITIAL.of(initial).iter().find_map(|label| strip_spaced(line, label));
    let line = annexed
        .or_else(labelled)
        .map_or(line, |line| line.trim_start_matches(|c: char| colon(c) || c == '|' || c.is_whitespace()));
    line.strip_prefix('《').and_then(|l| l.strip_suffix('》')).unwrap_or(line)
}

/// A title that begins on the first of these lines, and how many of them it takes.
fn title_from(document: &str, lines: &[Line]) -> Option<(Title, usize)> {
    if !lines.iter().take(TITLE_LINES).any(|l| l.ends) {
        return None;
    }
    let mut joined: Vec<(char, usize)> = Vec::new();
    for (n, line) in lines.iter().take(TITLE_LINES).enumerate() {
        if line.is_foreign() || joined.len() + line.chars().len() > TITLE_CHARS * 2 {
            return None;
        }
        joined.extend(line.chars());
        let late_year = lines.get(n + 1).filter(|l| n < 2 && is_year(l.each_char())).map(Line::chars);
        if let Some(late_year) = late_year
            && let Some(title) = with_late_year(document, &joined, late_year)
        {
            return Some((title, n + 2));
        }
        if let Some(title) = whole(document, once(&joined), None) {
            let with_note = lines.get(n + 1).filter(|l| title.year.is_none() && is_year_note(l.chars()));
            let noted = with_note.and_then(|l| whole(document, &[joined.as_slice(), l.chars()].concat(), None));
            return Some(noted.filter(|t| t.year.is_some()).map_or((title, n + 1), |noted| (noted, n + 2)));
        }
        // A title begins with who reports, or with the year; everything else stands alone.
        if n == 0 && !may_go_on(&joined) {
            return None;
        }
    }
    None
}

/// The line without its second half where that repeats the first: html `title` and heading run together.
fn once(chars: &[(char, usize)]) -> &[(char, usize)] {
    let (first, second) = chars.split_at(chars.len() / 2);
    let same = first.len() == second.len() && first.iter().zip(second).all(|(a, b)| a.0 == b.0);
    if same { first } else { chars }
}

fn text_of(chars: &[(char, usize)]) -> String {
    let mut text = String::with_capacity(chars.len() * 3);
    text.extend(chars.iter().map(|(c, _)| *c));
    text
}

fn is_year(chars: impl Iterator<Item = (char, usize)>) -> bool {
    let text: String = chars.take(5).map(|(c, _)| c).collect();
    text.chars().count() == 4 && dates::year(&text).is_ok_and(|(rest, _)| rest.is_empty())
}

/// `(2023年度)` on a line of its own under the title.
fn is_year_note(chars: &[(char, usize)]) -> bool {
    let text = text_of(chars);
    let note = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    note.is_some_and(|note| {
        !note.is_empty() && strip_year(note).is_empty() || dates::year(note).is_ok_and(|(r, _)| r.is_empty())
    })
}

fn may_go_on(chars: &[(char, usize)]) -> bool {
    let text = text_of(chars);
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit());
    is_organ_or_area(name)
        || begins_a_name(name)
        || is_year(chars.iter().copied())
        || text.contains('年')
        || text.contains("信息")
}

/// pdfplumber sets the digits of a heading's line apart: `年政府信息公开工作年度报告`, and the year on the next line.
fn with_late_year(document: &str, chars: &[(char, usize)], year: &[(char, usize)]) -> Option<Title> {
    let text = text_of(chars);
    let at = text.find("年政府信息公开").or_else(|| text.find("年度政府信息公开"))?;
    if !text[..at].is_empty() && !is_organ_or_area(&text[..at]) {
        return None;
    }
    let before = text[..at].chars().count();
    let mut joined = chars[..before].to_vec();
    joined.extend(year);
    joined.extend(&chars[before..]);
    whole(document, &joined, Some((chars.first()?.1, year.last()?.1)))
}

fn ends_a_title(c: char) -> bool {
    matches!(c, '告' | '报' | ')')
}

/// What these characters are as a whole title; `span`, where they do not stand in this order, says from where to where.
fn whole(document: &str, chars: &[(char, usize)], span: Option<(usize, usize)>) -> Option<Title> {
    if chars.len() > TITLE_CHARS || !ends_a_title(chars.last()?.0) {
        return None;
    }
    if let Some(title) = behind_site(document, chars).and_then(|chars| whole(document, chars, None)) {
        return Some(title);
    }
    let text = text_of(chars);
    if text.contains([',', '，', '。', ';', ':', '>', '|', '《', '"', '“', '!', '?']) {
        return None;
    }
    let bare = without_note(&text);
    let (before, behind) = bare.rsplit_once("信息公开").or_else(|| {
        // 政务公开 is the subject of other reports too.
        bare.rsplit_once("政务公开").filter(|(_, behind)| behind.ends_with("年度报告") || behind.ends_with("年报"))
    })?;
    if before.contains("报告") || !is_report(behind) {
        return None;
    }
    let year = find_year(&text, chars);
    let named = authority(before);
    if year.is_none() && named.is_none() {
        return None;
    }
    let first = chars.first()?.1;
    let (start, last) = span.unwrap_or((first, chars.last()?.1));
    let end = |at: usize| at + document[at..].chars().next().map_or(0, char::len_utf8);
    let place_of = |range: Range<usize>| {
        let from = text[..range.start].chars().count();
        let to = text[..range.end].chars().count();
        chars[from].1..end(chars[to - 1].1)
    };
    let authority = named.map(|range| {
        let letters = text[..range.start].chars().count()..text[..range.end].chars().count();
        Named { name: printed(document, &chars[letters]).replace(' ', ""), place: place_of(range) }
    });
    let year = year.map(|(year, range)| (year, place_of(range)));
    Some(Title { text: printed(document, chars), place: start..end(last), authority, year })
}

/// What begins with the same area behind the name of its site: `云溪市人民政府 云溪市教育局…`.
fn behind_site<'c>(document: &str, chars: &'c [(char, usize)]) -> Option<&'c [(char, usize)]> {
    let area = |at: usize| chars.get(at..at + 2).map(|pair| [pair[0].0, pair[1].0]);
    let between = |at: usize| document.get(chars[at - 1].1..chars[at].1);
    let spaced = |at: &usize| between(*at).is_some_and(|between| between.contains(char::is_whitespace));
    let at = (2..chars.len()).rev().find(|at| area(*at) == area(0) && spaced(at))?;
    let (site, behind) = chars.split_at(at);
    let site = text_of(site);
    ["政府", "网站", "网", "部门"].iter().any(|end| site.ends_with(end)).then_some(behind)
}

/// The title without a note in brackets behind it.
fn without_note(text: &str) -> &str {
    text.strip_suffix(')').and_then(|t| t.rfind('(').map(|i| &t[..i])).unwrap_or(text)
}

/// Whether this is what stands behind 信息公开 in a title: `工作年度报告`, `2025年度工作报告`, `年报`.
fn is_report(text: &str) -> bool {
    let mut rest = text.strip_suffix("报告").or_else(|| text.strip_suffix("年报")).unwrap_or("?");
    while let Some(shorter) =
        ["工作", "年度", "年", "情况", "的", "总结", "开展"].iter().find_map(|w| rest.strip_suffix(w))
    {
        rest = shorter;
        rest = rest.trim_end_matches(|c: char| c.is_ascii_digit() || "〇○◯Oo零一二三四五六七八九()".contains(c));
    }
    rest.is_empty()
}

fn find_year(text: &str, chars: &[(char, usize)]) -> Option<(u16, Range<usize>)> {
    let mut before = ' ';
    for ((i, c), _) in text.char_indices().zip(chars) {
        let opens = matches!(c, '1' | '2' | '二' | '一') && !before.is_ascii_digit();
        before = c;
        if let Some((rest, year)) = opens.then(|| dates::year(&text[i..]).ok()).flatten()
            && (rest.starts_with(['年', '政']) || rest == ")" && text[..i].ends_with('('))
        {
            return Some((year, i..text.len() - rest.len()));
        }
    }
    None
}

/// The organ or the area in what stands before 信息公开 in a title.
fn authority(before: &str) -> Option<Range<usize>> {
    let subject = before.strip_suffix("政府").filter(|b| !b.ends_with("人民")).unwrap_or(before);
    let subject = subject.strip_suffix("政务").unwrap_or(subject);
    let trimmed = subject.trim_end_matches("关于").trim_end_matches("政务和");
    let front = strip_year(trimmed);
    let start = trimmed.len() - front.len();
    let back = strip_year_behind(front).trim_end_matches("关于");
    let back = ["(本级)", "(本级机关)", "(机关)"].iter().find_map(|own| back.strip_suffix(own)).unwrap_or(back);
    is_organ_or_area(back).then(|| start..start + back.len())
}

fn strip_year(text: &str) -> &str {
    match dates::year(text) {
        Ok((rest, _)) => rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')).unwrap_or(text),
        Err(_) => text,
    }
}

fn strip_year_behind(text: &str) -> &str {
    let bare = text.strip_suffix("年度").or_else(|| text.strip_suffix('年')).unwrap_or(text);
    match bare.char_indices().rev().nth(3) {
        Some((at, _)) if dates::year(&bare[at..]).is_ok() => &bare[..at],
        _ => text,
    }
}

/// The characters as the document prints them, with the spaces between those of one line.
fn printed(document: &str, chars: &[(char, usize)]) -> String {
    let mut printed = String::with_capacity(chars.len() * 3);
    let mut before: Option<usize> = None;
    for (_, at) in chars {
        let Some(c) = document[*at..].chars().next() else { continue };
        let between = before.and_then(|end| document.get(end..*at)).unwrap_or("");
        if !between.contains(['\n', '\r', '\x0c']) && between.contains(char::is_whitespace) && !printed.is_empty() {
            printed.push(' ');
        }
        printed.push(unify(c));
        before = Some(at + c.len_utf8());
    }
    printed
}

/// The title among several: one of the report's year, then one that names both, then one that names the organ; the last
/// of them before the text. A site's links to other years' reports look like titles, and stand above the report's own:
/// where nothing else says the `year`, the last title does.
pub(super) fn choose(titles: &[Title], year: Option<u16>) -> Option<&Title> {
    let year = year.or_else(|| titles.last()?.year.as_ref().map(|(year, _)| *year));
    let rank = |t: &&Title| {
        let agrees = year.is_none() || t.year.as_ref().is_none_or(|(y, _)| Some(*y) == year);
        let organ = t.authority.as_ref().map_or(0, |a| if is_organ(&a.name) { 2 } else { 1 });
        (agrees, t.year.is_some(), organ)
    };
    titles.iter().max_by_key(rank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::lines;

    fn read(text: &str) -> Option<(String, Option<String>, Option<u16>)> {
        let titles = titles(text, &lines(text));
        let title = choose(&titles, None)?;
        Some((title.text.clone(), title.authority.clone().map(|a| a.name), title.year.clone().map(|(y, _)| y)))
    }

    #[test]
    fn titles_in_many_layouts() {
        for text in [
            "云溪海关2022年政府信息公开工作年度报告",
            "# 云溪海关\n\n## 2022年政府信息公开工作年度报告",
            "云溪海关2022年政府信息\n公开工作年度报告",
            "**云溪海关2022年政府信息公开工作年度报告**\n====",
            "云溪海关2022年政府信息公开工作年度报告云溪海关2022年政府信息公开工作年度报告",
            "云溪海关\n年政府信息公开⼯作年度报告\n2022\n正文",
            "云溪海关\n2022\n年政府信息公开工作年度报告",
            "当前位置：首页 > 云溪海关2021年政府信息公开工作年度报告\n云溪海关\n2022年政府信息公开工作年度报告",
            "附件1：云溪海关2022年政府信息公开工作年度报告",
            "《云溪海关2022年政府信息公开工作年度报告》",
            "政府信息公开指南\n政府信息公开年报\n云溪海关\n2022年政府信息公开工作年度报告",
            "云溪海关2022年政府信息公开工作年度报告_云溪市人民政府",
            "云溪海关2022年政府信息公开工作年度报告 - 部门年报 - 云溪市人民政府",
            "云溪海关2022年政府信息公开工作年度报告 云溪市人民政府",
            "云溪市人民政府门户网站 部门 云溪海关2022年政府信息公开工作年度报告",
            "云溪海关2022年政府信息公开工作年度报告.docx",
            "Page 8 - 云溪海关2022年政府信息公开工作年度报告",
            "• 云溪海关2022年政府信息公开工作年度报告",
            "名  称 云溪海关2022年政府信息公开工作年度报告",
            "标题\t云溪海关2022年政府信息公开工作年度报告",
            "| 標 題 | 云溪海关2022年政府信息公开工作年度报告 | ||",
            "| 信息名称: | 云溪海关2022年政府信息公开工作年度报告 | ||||",
            "信息名称 | 云溪海关2022年政府信息公开工作年度报告 | 发布机构 | 云溪市人民政府办公室 |",
            "大中小云溪海关2022年政府信息公开工作年度报告",
            "大 中 小 云溪海关2022年政府信息公开工作年度报告",
            "云溪海关2022年政府信息公开工作年度报告 发布日期：2023-01-31",
            "云溪海关2022年政府信息公开工作年度报告根据《中华人民共和国政府信息公开条例》编制。",
            "云溪海关\n?? ??\n2022年政府信息公开工作年度报告",
        ] {
            let (title, authority, year) = read(text).expect(text);
            assert_eq!(title, "云溪海关2022年政府信息公开工作年度报告", "{text}");
            assert_eq!((authority.as_deref(), year), (Some("云溪海关"), Some(2022)), "{text}");
        }
    }

    #[test]
    fn titles_in_many_wordings() {
        for (title, authority, year) in [
            ("云溪市教育局政府信息公开工作2025年度报告", Some("云溪市教育局"), Some(2025)),
            ("2021年云溪市教育局政府信息公开工作年度报告", Some("云溪市教育局"), Some(2021)),
            ("2021年度政府信息公开工作年度报告", None, Some(2021)),
            ("临河区人民政府2021年政府信息公开工作报告", Some("临河区人民政府"), Some(2021)),
            ("云溪市审计局2021年政务信息公开工作开展年度报告", Some("云溪市审计局"), Some(2021)),
            ("云溪二中2021年政府信息公开工作年度报告", Some("云溪二中"), Some(2021)),
            ("云溪市教育局政府信息公开年报(2021年度)", Some("云溪市教育局"), Some(2021)),
            ("云溪市教育局二〇二一年政府信息公开工作年度报告", Some("云溪市教育局"), Some(2021)),
            ("双柳乡2021年政府信息公开工作年度报告", Some("双柳乡"), Some(2021)),
            ("2021年柳县政府信息公开工作年度报告", Some("柳县"), Some(2021)),
            ("2021年度榆镇政府信息公开工作年度报告", Some("榆镇"), Some(2021)),
            ("2021年乡镇政府信息公开工作年度报告", None, Some(2021)),
            ("2021年全县政府信息公开工作年度报告", None, Some(2021)),
            ("双柳旗银海苏木2021年政府信息公开工作年度报告", Some("双柳旗银海苏木"), Some(2021)),
            ("双柳市医疗保障局2021政府信息公开工作年度报告", Some("双柳市医疗保障局"), Some(2021)),
            ("双柳市医疗保障局2021年政务公开工作年度报告", Some("双柳市医疗保障局"), Some(2021)),
            ("云溪市新闻出版局(版权局)2021年政府信息公开工作年度报告", Some("云溪市新闻出版局(版权局)"), Some(2021)),
        ] {
            assert_eq!(read(title), Some((title.to_owned(), authority.map(str::to_owned), year)), "{title}");
        }
    }

    #[test]
    fn lines_above_a_title_that_names_its_office() {
        for above in ["中国·云溪", "美丽通州", "云溪市", "2022年"] {
            let text = format!("{above}\n\n双柳市水利局2022年政府信息公开工作年度报告");
            assert_eq!(read(&text).unwrap().0, "双柳市水利局2022年政府信息公开工作年度报告", "{above}");
        }
        let (_, authority, _) = read("国家税务总局\n云溪市税务局2022年政府信息公开工作年度报告").unwrap();
        assert_eq!(authority.as_deref(), Some("国家税务总局云溪市税务局"));
        let (_, authority, _) = read("海关总署(本级机关)2020年政府信息公开工作年度报告").unwrap();
        assert_eq!(authority.as_deref(), Some("海关总署"));
        let (title, authority, _) = read("云溪市審計(jì)局2022年政府信息公開(kāi)工作年度報(bào)告").unwrap();
        assert_eq!(title, "云溪市審計局2022年政府信息公開工作年度報告");
        assert_eq!(authority.as_deref(), Some("云溪市審計局"));
    }

    #[test]
    fn a_year_in_brackets_below() {
        let (title, authority, year) = read("云溪海关政府信息公开工作年度报告\n（ 2021 年度）\n正文").unwrap();
        assert_eq!(title, "云溪海关政府信息公开工作年度报告（ 2021 年度）");
        assert_eq!((authority.as_deref(), year), (Some("云溪海关"), Some(2021)));
    }

    #[test]
    fn what_is_no_title() {
        for text in [
            "政府信息公开年报",
            "当前位置：首页 > 政务公开 > 政府信息公开年报 > 2020",
            "现将2021年政府信息公开工作年度报告公布如下",
            "根据《条例》，编制2021年政府信息公开工作年度报告",
            "政府信息公开指南",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_title_has_so_many_characters() {
        let own = "2022年政府信息公开工作年度报告";
        let title = |chars: usize| "云".repeat(chars - own.chars().count()) + own;
        assert_eq!(read(&title(TITLE_CHARS)).map(|(text, ..)| text), Some(title(TITLE_CHARS)));
        assert_eq!(read(&title(TITLE_CHARS + 1)), None);
    }

    #[test]
    fn a_title_stands_on_so_many_lines() {
        let authority = |lines: &[&str]| read(&lines.join("\n")).and_then(|(_, authority, _)| authority);
        let lines = ["云溪海关", "2022年", "政府信息", "公开工作年度报告"];
        assert_eq!(lines.len(), TITLE_LINES);
        assert_eq!(authority(&lines).as_deref(), Some("云溪海关"));
        assert_eq!(authority(&["云溪海关", "2022年", "政府", "信息", "公开工作年度报告"]), None);
    }
}
