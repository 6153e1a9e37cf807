//! In: the end of the document. Out: who signed it and the date of issue.
//! It passes over what a site prints below.

use std::ops::Range;

use super::dates;
use super::names::{beginning, is_akin, is_organ};
use super::passage::Passage;
use super::title::Named;
use crate::model::Date;
use crate::read::paragraphs::{is_page_furniture, is_site_furniture};

/// What stands under a report.
#[derive(Debug, Default)]
pub(super) struct Signature {
    /// Who signed it, as printed.
    pub(super) name: Option<Named>,
    /// The date of issue, and where.
    pub(super) date: Option<(Date, Range<usize>)>,
}

impl Signature {
    /// With the date in brackets on the line below the title, if the report bears none and is due in that year.
    pub(super) fn or_dated_below(mut self, document: &str, title: Option<usize>, known: Known) -> Self {
        let below = title.and_then(|end| line_below(document, end)).filter(|_| self.date.is_none());
        let bracketed = |line: &Range<usize>| {
            let content = document[line.clone()].trim();
            content.starts_with(['(', '（']) && content.ends_with([')', '）']) && content.contains('年')
        };
        let passage = below.filter(bracketed).map(|line| Passage::new(document, [&vec![line]]));
        if let Some(Line::Date(date, place)) = passage.and_then(|passage| date_alone(&passage))
            && known.year.is_some_and(|year| date.year() == year + 1)
        {
            self.date = Some((date, place));
        }
        self
    }

    /// Where it begins.
    pub(super) fn start(&self) -> Option<usize> {
        let name = self.name.as_ref().map(|n| n.place.start);
        let date = self.date.as_ref().map(|(_, place)| place.start);
        name.into_iter().chain(date).min()
    }
}

/// A signature stands within this many lines from the end of the report and what a site prints below it.
const END_LINES: usize = 300;

/// A longer line is text, and is searched from its end.
const LINE_CHARS: usize = 60;

/// How much of a long last line is searched, in bytes.
const TAIL_BYTES: usize = 900;

/// What one of the last lines is.
#[derive(Debug)]
enum Line {
    Organ(Named),
    Date(Date, Range<usize>),
    Both(Named, Date, Range<usize>),
    Furniture,
    Text,
}

/// What is known of a report before its signature is looked for.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Known<'k> {
    /// Who reports.
    pub(super) authority: Option<&'k str>,
    /// On which year.
    pub(super) year: Option<u16>,
}

impl Known<'_> {
    /// Whether a report on this year is due in the year of this date.
    fn is_due(self, date: Date) -> bool {
        self.year.is_none_or(|year| date.year() == year + 1)
    }
}

/// Several signatures that may be the report's: a guide or a notice may stand below it.
#[derive(Debug)]
pub(super) struct Doubt(pub(super) Vec<(Date, Range<usize>)>);

/// Reads the signature from these lines, the last of the report.
pub(super) fn read(document: &str, lines: &[Range<usize>], known: Known) -> Result<Signature, Doubt> {
    let filled = lines.iter().filter(|l| !document[(*l).clone()].trim().is_empty());
    let mut last: Vec<&Range<usize>> = filled.rev().take(END_LINES).collect();
    last.reverse();
    let classified = last.iter().map(|l| classify(document, (*l).clone()));
    let last: Vec<Line> = classified.filter(|l| !matches!(l, Line::Furniture)).collect();
    let signed = likeliest(pairs(&last, known), known);
    let Some((name, first, place)) = signed.first() else { return Ok(alone(document, &last, known)) };
    if signed.iter().any(|(_, date, _)| date != first) {
        return Err(Doubt(signed.into_iter().map(|(_, date, place)| (date, place)).collect()));
    }
    let whole = known.authority.and_then(|authority| {
        let start = beginning(document, name.place.start, &name.name, authority)?;
        Some(Named { name: authority.to_owned(), place: start..name.place.end })
    });
    Ok(Signature { name: Some(whole.unwrap_or_else(|| name.clone())), date: Some((*first, place.clone())) })
}

/// A name and a date that stand together.
type Pair = (Named, Date, Range<usize>);

/// The names with the dates below them, or on their lines; where the authority is known, also with a date above.
fn pairs(lines: &[Line], known: Known) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        match (line, lines.get(i + 1)) {
            (Line::Both(name, date, place), _) | (Line::Organ(name), Some(Line::Date(date, place))) => {
                pairs.push((name.clone(), *date, place.clone()));
            }
            (Line::Date(date, place), Some(Line::Organ(name)))
                if known.authority == Some(name.name.as_str())
                    && !matches!(lines.get(i + 2), Some(Line::Date(..)))
                    && pairs.last().is_none_or(|(_, _, taken)| taken != place) =>
            {
                pairs.push((name.clone(), *date, place.clone()));
            }
            _ => {}
        }
    }
    pairs
}

/// Of several signatures those of the authority, and of them those of the year in which the report is due. One that
/// stands alone may be of another name, if it is of that year.
fn likeliest(mut pairs: Vec<Pair>, known: Known) -> Vec<Pair> {
    let due = |(_, date, _): &Pair| known.is_due(*date);
    pairs.retain(|(_, date, _)| known.year.is_none_or(|year| date.year() >= year));
    if let Some(authority) = known.authority {
        let own = |(name, _, _): &Pair| is_akin(&name.name, authority);
        if pairs.iter().any(own) {
            pairs.retain(own);
        } else if pairs.len() > 1 || !pairs.iter().all(due) {
            return Vec::new();
        }
    }
    if pairs.iter().any(due) {
        pairs.retain(due);
    }
    pairs
}

/// A date on a line of its own, if there is only one, or a name alone as the very last line.
fn alone(document: &str, lines: &[Line], known: Known) -> Signature {
    let dates = || {
        lines
            .iter()
            .filter_map(|l| if let Line::Date(date, place) = l { Some((*date, place)) } else { None })
            .filter(|(date, _)| known.year.is_none_or(|year| (year..=year + 1).contains(&date.year())))
    };
    if let Some((date, place)) = dates().next_back()
        && dates().all(|(other, _)| other == date)
        && !is_labelled(&document[..place.start])
    {
        return Signature { name: None, date: Some((date, place.clone())) };
    }
    match lines.last() {
        Some(Line::Organ(name)) if known.authority.is_some_and(|a| is_akin(&name.name, a)) => {
            Signature { name: Some(name.clone()), date: None }
        }
        _ => Signature::default(),
    }
}

/// Whether the text ends with what says of another date which it is: `提交日期`.
fn is_labelled(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(['：', ':']) || before.ends_with("日期") || before.ends_with("时间")
}

fn classify(document: &str, line: Range<usize>) -> Line {
    let content = document[line.clone()].trim();
    let content =
        content.strip_suffix('|').filter(|cell| !cell.trim_start_matches('|').contains('|')).unwrap_or(content);
    let content = content.trim();
    if content.ends_with(['。', '；', '|', '、', '，']) {
        return Line::Text;
    }
    if is_page_furniture(content) {
        return Line::Furniture;
    }
    if content.chars().nth(LINE_CHARS).is_some() {
        let tail = Passage::new(document, [&vec![tail(document, line)]]);
        return within(&tail).unwrap_or(if is_site_furniture(content) { Line::Furniture } else { Line::Text });
    }
    if is_site_furniture(content) {
        return Line::Furniture;
    }
    let passage = Passage::new(document, [&vec![line]]);
    organ(&passage).or_else(|| date_alone(&passage)).or_else(|| within(&passage)).unwrap_or(Line::Text)
}

fn tail(document: &str, line: Range<usize>) -> Range<usize> {
    let mut start = line.end.saturating_sub(TAIL_BYTES).max(line.start);
    while !document.is_char_boundary(start) {
        start += 1;
    }
    // Of a name that is cut off, the rest may be another one.
    let is_cut = document[line.start..start].ends_with(char::is_alphabetic);
    let rest = if is_cut { document[start..line.end].find(|c: char| !c.is_alphabetic()) } else { Some(0) };
    rest.map_or(line.end, |rest| start + rest)..line.end
}

/// The line straight below the one that ends at this byte, or on which it stands.
fn line_below(document: &str, end: usize) -> Option<Range<usize>> {
    let start = end + document.get(end..)?.find('\n')? + 1;
    let length = document[start..].find('\n').unwrap_or(document.len() - start);
    Some(start..start + length)
}

/// What stands around a signature's name or date: spaces, brackets, bars.
fn is_margin(c: char) -> bool {
    matches!(c, '(' | ')' | '|' | '#' | '>' | '_' | '。') || c.is_whitespace()
}

fn trimmed(text: &str) -> Range<usize> {
    let front = text.trim_start_matches(is_margin);
    let start = text.len() - front.len();
    start..start + front.trim_end_matches(is_margin).len()
}

/// What stands behind a name for its seal.
const SEALS: &[&str] = &["(盖章)", "(公章)", "(签章)", "(印章)", "(章)"];

fn organ(passage: &Passage) -> Option<Line> {
    let mut range = trimmed(&passage.text);
    let behind = passage.text[range.end..].starts_with(')') && passage.text[range.clone()].contains('(');
    range.end += usize::from(behind);
    if let Some(seal) = SEALS.iter().find(|s| passage.text[range.clone()].ends_with(**s)) {
        range.end -= seal.len();
        range = range.start..range.start + passage.text[range.clone()].trim_end().len();
    }
    let name: String = passage.text[range.clone()].chars().filter(|c| *c != ' ').collect();
    is_organ(&name).then(|| Line::Organ(Named { name, place: passage.place(range) }))
}

fn date_alone(passage: &Passage) -> Option<Line> {
    let range = trimmed(&passage.text);
    let (behind, date) = dates::date(&passage.text[range.clone()]).ok()?;
    // A page that was cut in behind the report may begin on the line of its date: `2026年1月22日# 政府信息公开指南`.
    let ends = behind.is_empty() || behind.trim_start().starts_with('#') || is_site_furniture(behind.trim_start());
    ends.then(|| Line::Date(date, passage.place(range.start..range.end - behind.len())))
}

/// A name and a date with nothing between, at the end of a text or before what a site prints: converters that lose line
/// breaks print `某市某局2025年1月25日分享到：`.
fn within(passage: &Passage) -> Option<Line> {
    let text = &passage.text;
    dates::all(text, dates::date).into_iter().rev().find_map(|(range, date)| {
        let behind = text[range.end..].trim_start_matches(is_margin);
        if !behind.is_empty() && !is_site_furniture(behind) {
            return None;
        }
        let before = text[..range.start].trim_end_matches(|c| is_margin(c) && c != ')');
        let before = SEALS.iter().find_map(|seal| before.strip_suffix(seal)).unwrap_or(before).trim_end();
        // 新闻出版局(版权局)
        let bracket = if before.ends_with(')') { before.rfind('(') } else { None };
        let front = &before[..bracket.unwrap_or(before.len())];
        let start = front
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |i| i + front[i..].chars().next().map_or(0, char::len_utf8));
        is_organ(&before[start..]).then(|| {
            let name = Named { name: before[start..].to_owned(), place: passage.place(start..before.len()) };
            Line::Both(name, date, passage.place(range))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::lines;

    fn signed(text: &str) -> (Option<String>, Option<String>) {
        let signature = read(text, &lines(text), Known::default()).unwrap_or_default();
        (signature.name.map(|n| n.name), signature.date.map(|(d, _)| d.to_string()))
    }

    #[test]
    fn signatures_in_many_layouts() {
        for text in [
            "无。\n云溪海关\n2025年1月25日",
            "无。\n\n   云溪海关\n\n      二〇二五年一月二十五日\n\n",
            "无。\n云溪海关\n—8—\n2025 年 1 ⽉ 25 日\n分享到：\n【打印本页】【关闭窗口】\n主办单位：望江市生态环境局 网站地图",
            "无。\n云溪海关 2025年1月25日",
            "无。\n云溪海关\n2025年1月25日# 政府信息公开指南\n\n机关职能。\n## 一、依申请公开\n",
            "（二）建议提案办理情况。全年承办建议提案19件，全部按期办结并公开。 云溪海关2025年1月25日分享到：【打印本页】【关闭窗口】主办单位：望江市生态环境局 网站标识码：3701000012 网站地图",
            "无。\n云溪海关（盖章）\n2025-01-25\n信息来源：云溪海关 发布时间：2025-02-01",
            "无。\n云溪海关\n2025.1.25\n相关报告\n2023年政府信息公开工作年度报告 2024-01-20",
            "六、其他需要报告的事项 无。 云溪海关 2025年1月25日 分享到： 相关信息 政府信息公开指南 2020-02-02 主办单位：云溪市大数据局",
            "六、其他需要报告的事项|无。|云溪海关|2025年1月25日|分享到：|相关信息|政府信息公开指南|2020-02-02|主办单位：云溪市大数据局",
        ] {
            assert_eq!(signed(text), (Some("云溪海关".to_owned()), Some("2025-01-25".to_owned())), "{text}");
        }
    }

    #[test]
    fn a_date_alone() {
        for text in [
            "无。\n2025年1月25日\n责任编辑：张三\n附件：报告.pdf",
            "无。\n本机关\n2025-01-25\n（发布日期：2025年3月30日）",
        ] {
            assert_eq!(signed(text), (None, Some("2025-01-25".to_owned())), "{text}");
        }
    }

    #[test]
    fn what_is_no_signature() {
        for text in [
            "特此报告。\n发布日期：2025-01-25",
            "无。\n发布日期：\n2025-01-25",
            "无。\n2025-01-25\n2024-01-20",
            "截至2024年12月31日，无。",
            "全年共收到申请11件。",
            "",
        ] {
            assert_eq!(signed(text), (None, None), "{text}");
        }
    }

    #[test]
    fn a_signature_stands_within_so_many_last_lines() {
        for (below, found) in [(END_LINES - 2, true), (END_LINES - 1, false)] {
            let text = format!("无。\n云溪海关\n2025年1月25日\n{}", "栏目\n".repeat(below));
            assert_eq!(signed(&text).0.is_some(), found, "{below}");
        }
    }

    #[test]
    fn a_line_of_so_many_characters_is_what_a_site_prints_and_a_longer_one_may_hold_the_signature() {
        let (site, end) = ("分享到：", "。云溪海关2025年1月25日");
        for (chars, found) in [(LINE_CHARS, false), (LINE_CHARS + 1, true)] {
            let between = "x".repeat(chars - site.chars().count() - end.chars().count());
            assert_eq!(signed(&format!("{site}{between}{end}")).0.is_some(), found, "{chars}");
        }
    }

    #[test]
    fn of_a_long_last_line_so_many_bytes_are_searched() {
        let (signature, site) = ("云溪海关2025年1月25日", "分享到：");
        for (bytes, found) in [(TAIL_BYTES, Some("云溪海关")), (TAIL_BYTES + 1, None)] {
            let behind = "x".repeat(bytes - signature.len() - site.len());
            assert_eq!(signed(&format!("无。{signature}{site}{behind}")).0.as_deref(), found, "{bytes}");
        }
    }
}
