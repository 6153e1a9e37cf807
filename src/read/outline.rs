//! In: the lines. Out: the six sections by their titles, as the best chain of six.
//! It reads no figures and no prose.

use std::iter::Peekable;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::fold::{Folded, fold, folded, is_void, unify};
use super::marks::is_digit;
use super::text::beginning;
use crate::form::Section;

/// The sections of a document, in its order.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    titles: Vec<Title>,
    end: usize,
}

/// A section's title.
#[derive(Debug, Clone)]
struct Title {
    section: Section,
    bytes: Range<usize>,
}

impl Outline {
    /// The sections that were found, in the document's order.
    pub(crate) fn sections(&self) -> Vec<Section> {
        self.titles.iter().map(|t| t.section).collect()
    }

    /// What stands before the first title.
    pub(crate) fn opening(&self) -> Range<usize> {
        0..self.titles.first().map_or(self.end, |t| t.bytes.start)
    }

    /// Where the report ends: the document's end, or where another report begins.
    pub(crate) fn end(&self) -> usize {
        self.end
    }

    /// What stands behind the title that begins at this byte.
    pub(crate) fn behind(&self, start: usize) -> Option<Range<usize>> {
        let title = self.titles.iter().find(|t| t.bytes.start == start)?;
        self.body(title.section)
    }

    /// What stands between a section's title and the next title.
    pub(crate) fn body(&self, section: Section) -> Option<Range<usize>> {
        let i = self.titles.iter().position(|t| t.section == section)?;
        Some(self.titles[i].bytes.end..self.titles.get(i + 1).map_or(self.end, |t| t.bytes.start))
    }
}

/// The most characters that a title with its number and markup may have.
const TITLE_CHARS: usize = 48;

/// How far behind a title the head of its table is looked for, in bytes.
const HEAD_BYTES: usize = 1500;

/// Finds the sections.
pub(crate) fn outline(text: &str, lines: &[Range<usize>]) -> Outline {
    let mut candidates = Vec::new();
    let mut commas = memmem::find_iter(text.as_bytes(), "、").peekable();
    let mut folded = Vec::with_capacity(TITLE_CHARS);
    for (i, line) in lines.iter().enumerate() {
        if candidates.last().is_some_and(|c: &Candidate| c.title.bytes.end > line.start) {
            continue;
        }
        match on_a_line(text, line, &lines[i + 1..], &mut folded) {
            Some(candidate) => candidates.push(candidate),
            None => within_a_line(text, line, &mut commas, &mut candidates),
        }
    }
    weigh_by_content(text, &mut candidates);
    let end = report_after_tables(text, &candidates);
    candidates.retain(|c| end.is_none_or(|end| c.title.bytes.start < end));
    let titles = best_chain(&candidates);
    let end = second_report(&titles, &candidates).or(end).unwrap_or(text.len());
    Outline { titles, end }
}

/// Where, behind the heads of all tables, the first section's title stands, and behind it those of two tables once more:
/// there another report begins, though the first one may have no titles. One that has them all may have pictures for tables.
fn report_after_tables(text: &str, candidates: &[Candidate]) -> Option<usize> {
    const TABLES: [Section; 3] = [Section::Disclosure, Section::Requests, Section::Proceedings];
    let last_of = |section: Section| candidates.iter().rposition(|c| c.title.section == section);
    let mut last: Vec<usize> = TABLES.iter().filter_map(|table| last_of(*table)).collect();
    last.sort_unstable();
    let [.., upto, _] = last.as_slice() else { return None };
    let is_first = |c: &Candidate| c.title.section == Section::Overview;
    // Most texts have one such title, and no head before it.
    let before = candidates[..*upto].iter().rfind(|c| is_first(c))?.title.bytes.start;
    // One word of a head may as well stand in prose.
    let second = |table: Section| {
        let find = |word: &&str| memmem::find(&text.as_bytes()[..before], word.as_bytes());
        let mut heads: Vec<usize> = words(table).iter().filter_map(find).collect();
        heads.sort_unstable();
        heads.get(1).copied()
    };
    let filled: Vec<usize> = TABLES.into_iter().filter_map(second).collect();
    let from = candidates.partition_point(|c| filled.iter().any(|head| c.title.bytes.start <= *head));
    let next = from + candidates.get(from..*upto)?.iter().position(is_first)?;
    let is_whole = filled.len() == TABLES.len() || !filled.is_empty() && has_all_titles(&candidates[..next]);
    is_whole.then(|| candidates[next].title.bytes.start)
}

/// Whether the titles of all sections stand among these in the form's order.
fn has_all_titles(candidates: &[Candidate]) -> bool {
    let mut sections = candidates.iter().map(|c| c.title.section);
    Section::ALL.into_iter().all(|section| sections.any(|other| other == section))
}

/// Where, behind the last of these titles, one stands that the report has had: there another report begins.
fn second_report(titles: &[Title], candidates: &[Candidate]) -> Option<usize> {
    let last = titles.last()?.bytes.end;
    let had = |c: &&Candidate| titles.iter().any(|t| t.section == c.title.section);
    candidates.iter().filter(|c| c.title.bytes.start >= last).find(had).map(|c| c.title.bytes.start)
}

/// What could be a section's title.
#[derive(Debug)]
struct Candidate {
    title: Title,
    score: usize,
}

/// A title's wording as it is compared.
struct Wording {
    section: Section,
    prescribed: bool,
    chars: Vec<char>,
    pairs: Vec<Pair>,
}

/// Two characters of a title that follow each other, and one of 64 bits for them; other pairs have the same.
type Pair = (u64, char, char);

static WORDINGS: LazyLock<Vec<Wording>> = LazyLock::new(|| {
    let mut wordings: Vec<Wording> = Section::ALL
        .into_iter()
        .flat_map(|section| section.titles().iter().map(move |title| (section, *title)))
        .map(|(section, title)| {
            let mut folded = Vec::new();
            fold(title, 0, &mut folded);
            let chars = folded.iter().map(|f| f.char).collect();
            Wording { section, prescribed: title == section.title(), chars, pairs: pairs(&folded) }
        })
        .collect();
    wordings.sort_by_key(|w| std::cmp::Reverse(w.chars.len()));
    wordings
});

fn pairs(folded: &[Folded]) -> Vec<Pair> {
    let bit = |a: char, b: char| 1 << ((a as u32 ^ (b as u32).rotate_left(16)).wrapping_mul(0x9E37_79B1) >> 26);
    folded.windows(2).map(|w| (bit(w[0].char, w[1].char), w[0].char, w[1].char)).collect()
}

fn is_markup(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => false,
        '#' | '*' | '|' | '=' | '_' | '>' | '\u{feff}' => true,
        _ => c.is_whitespace(),
    }
}

/// A line that is a title as a whole, perhaps broken over this one and the next; `folded` is overwritten.
fn on_a_line(
    text: &str,
    line: &Range<usize>,
    following: &[Range<usize>],
    folded: &mut Vec<Folded>,
) -> Option<Candidate> {
    let content = begin_of_title(&text[line.clone()])?;
    let number = content.chars().next().and_then(number);
    // Most lines of a table end with a figure, or as no title does.
    let ends_otherwise =
        |c: char| c.is_ascii_digit() || matches!(c, '\u{4E00}'..='\u{9FFF}') && !LAST_CHARS.contains(&c);
    if number.is_none() && content.ends_with(ends_otherwise) {
        return None;
    }
    let content = content.trim_end_matches(is_markup);
    if content.is_empty() || content.len() > TITLE_CHARS * 3 {
        return None;
    }
    if number.is_none() && !could_be_unnumbered(content) {
        return None;
    }
    folded.clear();
    fold(content, 0, folded);
    let (section, fit) = best_fit(after_number(folded, number), number);
    if fit < 100
        && let Some(wording) = exact(after_number(folded, number)).filter(|w| w.prescribed)
    {
        // Some reports count their sections otherwise.
        return accept(wording.section, None, 100, line.clone());
    }
    if fit < 100
        && number.is_some()
        && let Some(next) = continuation(text, following)
    {
        fold(&text[next.clone()], 0, folded);
        let (joined, better) = best_fit(after_number(folded, number), number);
        if better > fit {
            return accept(joined, number, better, line.start..next.end);
        }
    }
    accept(section, number, fit, line.clone())
}

/// A line without markup before it, where it begins as a title may: not with a figure, as most lines of a table do.
fn begin_of_title(line: &str) -> Option<&str> {
    let markup = |b: &u8| b.is_ascii() && is_markup(char::from(*b));
    let begin = line.bytes().position(|b| !markup(&b))?;
    let content = &line[begin..];
    let begins = content.starts_with(|c: char| !c.is_ascii() || c.is_ascii_alphabetic());
    begins.then(|| content.trim_start_matches(is_markup))
}

/// A title with its number may differ more from the prescribed wording than one without.
fn accept(section: Section, number: Option<usize>, fit: usize, bytes: Range<usize>) -> Option<Candidate> {
    let (least, bonus) = if number.is_some() { (60, 30) } else { (75, 0) };
    // Between good titles the first decides: a second report in the same text must not win by a better wording.
    let score = if fit >= least { fit.max(100) + bonus } else { 0 };
    (score > 0).then_some(Candidate { title: Title { section, bytes }, score })
}

/// The section, 0-based, whose number this is.
fn number(c: char) -> Option<usize> {
    match unify(c) {
        '一' => Some(0),
        '二' => Some(1),
        '三' => Some(2),
        '四' => Some(3),
        '五' => Some(4),
        '六' => Some(5),
        _ => None,
    }
}

fn after_number(folded: &[Folded], number: Option<usize>) -> &[Folded] {
    folded.get(usize::from(number.is_some())..).unwrap_or_default()
}

/// The characters with which titles end.
const LAST_CHARS: [char; 7] = ['况', '況', '项', '項', '述', '施', '表'];

/// Whether a line without a number may be a title: most lines of a table are not, by their first and last characters.
fn could_be_unnumbered(content: &str) -> bool {
    let begins = content;
    let content = content.trim_end_matches(|c: char| c.is_ascii_punctuation() || matches!(c, '：' | '。'));
    let ends = ["情况", "情況", "事项", "事項", "概述", "措施", "统计表", "統計表"];
    content.len() <= TITLE_CHARS * 2
        && content.ends_with(LAST_CHARS)
        && ends.iter().any(|end| content.ends_with(end))
        && begins.starts_with(char::is_alphabetic)
}

/// The next line with something on it, where it could be the rest of a title.
fn continuation(text: &str, following: &[Range<usize>]) -> Option<Range<usize>> {
    let next = following.iter().take(2).find(|l| !text[(*l).clone()].trim().is_empty())?;
    let content = text[next.clone()].trim_matches(is_markup);
    let goes_on = content.starts_with(char::is_alphabetic) && content.chars().next().and_then(number).is_none();
    (goes_on && content.len() <= TITLE_CHARS * 3 / 2).then(|| next.clone())
}

/// The wording that this is to the letter.
fn exact(line: &[Folded]) -> Option<&'static Wording> {
    let equal = |w: &&Wording| w.chars.len() == line.len() && w.chars.iter().zip(line).all(|(c, f)| *c == f.char);
    WORDINGS.iter().find(equal)
}

/// The wording that a line fits best, of the section with its number if it has one, and how well, in per cent.
fn best_fit(line: &[Folded], number: Option<usize>) -> (Section, usize) {
    let of_number = |w: &&Wording| number.is_none_or(|n| n == w.section as usize);
    if let Some(wording) = exact(line).filter(of_number) {
        return (wording.section, 100);
    }
    let line = pairs(line);
    let bits = line.iter().fold(0, |bits, (bit, ..)| bits | bit);
    let fit = |wording: &Wording| {
        let shared = wording.pairs.iter().filter(|p| bits & p.0 != 0 && line.contains(p)).count();
        200 * shared / (line.len() + wording.pairs.len()).max(1)
    };
    // Of two texts so unequal in length, not enough can be shared.
    let near = |w: &&Wording| w.pairs.len() * 7 >= line.len() * 2 && line.len() * 7 >= w.pairs.len() * 2;
    let own = WORDINGS.iter().filter(of_number).filter(near);
    own.map(|w| (w.section, fit(w))).max_by_key(|(_, fit)| *fit).unwrap_or((Section::Overview, 0))
}

/// Titles within a line: before text, or anywhere where a converter lost the line breaks of a sloppy page.
fn within_a_line(
    text: &str,
    line: &Range<usize>,
    commas: &mut Peekable<memmem::FindIter>,
    candidates: &mut Vec<Candidate>,
) {
    let mut from = line.start;
    while let Some(at) = commas.next_if(|at| *at < line.end) {
        if at < from {
            continue;
        }
        from = at + '、'.len_utf8();
        let Some((start, first)) = text[line.start..at].char_indices().next_back() else { continue };
        let Some(number) = number(first) else { continue };
        if !is_boundary(&text[line.start..line.start + start]) {
            continue;
        }
        if let Some((section, end)) = prefix(text, from..line.end)
            && section as usize == number
        {
            let bytes = line.start + start..end;
            candidates.push(Candidate { title: Title { section, bytes }, score: 115 });
            from = end;
        }
    }
}

/// Whether a title may follow: at a line's start, after a space, a bar, a comma, a full stop or a quotation mark, a figure or
/// an amount.
fn is_boundary(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| is_markup(c) || is_digit(c) || "。；;,）)元\"".contains(c))
}

/// The wording that a stretch of text begins with, and where it ends.
fn prefix(text: &str, range: Range<usize>) -> Option<(Section, usize)> {
    let chars = text[range.clone()].char_indices().take(TITLE_CHARS);
    let end = chars.last().map(|(i, c)| range.start + i + c.len_utf8())?;
    let mut folded = Vec::with_capacity(TITLE_CHARS);
    fold(&text[range.start..end], range.start, &mut folded);
    let begins = |w: &&Wording| folded.len() >= w.chars.len() && w.chars.iter().zip(&folded).all(|(c, f)| *c == f.char);
    let wording = WORDINGS.iter().find(begins)?;
    Some((wording.section, folded[wording.chars.len() - 1].end))
}

/// Prefers, where several titles contend for a section, one that has something fitting in it: a table of contents and
/// the guide that jinan-2023 holds have the titles alone.
fn weigh_by_content(text: &str, candidates: &mut [Candidate]) {
    let mut contenders = [0; Section::ALL.len()];
    for candidate in candidates.iter() {
        contenders[candidate.title.section as usize] += 1;
    }
    for i in 0..candidates.len() {
        let Title { section, ref bytes } = candidates[i].title;
        if contenders[section as usize] < 2 {
            continue;
        }
        let next = candidates.get(i + 1).map_or(text.len(), |c| c.title.bytes.start);
        if fills(beginning(&text[bytes.end..next.max(bytes.end)], HEAD_BYTES), section) {
            candidates[i].score += 50;
        }
    }
}

/// What stands in the head of a section's table.
const fn words(section: Section) -> &'static [&'static str] {
    match section {
        Section::Disclosure => &["信息内容", "第二十条", "规章", "规范性文件"],
        Section::Requests => &["勾稽关系", "自然人", "商业企业", "本年新收"],
        Section::Proceedings => &["结果维持", "结果纠正", "尚未审结", "复议后起诉"],
        Section::Overview | Section::Problems | Section::OtherMatters => &[],
    }
}

fn fills(content: &str, section: Section) -> bool {
    let words = words(section);
    if words.is_empty() {
        return content.chars().any(|c| !is_void(c));
    }
    let holds = |content: &str| words.iter().any(|w| content.contains(w));
    holds(content) || holds(&folded(content))
}

/// The chain of titles in the form's order with the greatest score.
fn best_chain(candidates: &[Candidate]) -> Vec<Title> {
    let mut best: [(usize, Option<usize>); 7] = [(0, None); 7];
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    for (i, candidate) in candidates.iter().enumerate() {
        let k = candidate.title.section as usize;
        let (before, from) = best[..=k].iter().copied().max_by_key(|(score, _)| *score).unwrap_or_default();
        previous.push(from);
        if before + candidate.score > best[k + 1].0 {
            best[k + 1] = (before + candidate.score, Some(i));
        }
    }
    let mut at = best.iter().copied().max_by_key(|(score, _)| *score).and_then(|(_, at)| at);
    let mut chain = Vec::new();
    while let Some(i) = at {
        chain.push(candidates[i].title.clone());
        at = previous[i];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::lines;

    fn titles(text: &str) -> Vec<(Section, &str)> {
        let outline = outline(text, &lines(text));
        outline.titles.iter().map(|t| (t.section, text[t.bytes.clone()].trim())).collect()
    }

    #[test]
    fn titles_in_many_writings() {
        for title in [
            "三、收到和处理政府信息公开申请情况",
            "## 三、收到和处理政府信息公开申请情况",
            "**三、收到和处理政府信息公开申请情况",
            "三，收到和处理政府信息公开申请情况统计表",
            "三.收到和处理政府信息公开申请情况",
            "三收到和处理政府信息公开申请情况",
            "三、收到和处理政府信息公开申请情\n况",
            "三、\n收到和处理政府信息公开申请情况",
            "收到和处理政府信息公开申请情况",
        ] {
            assert_eq!(titles(&format!("前言。\n{title}\n自然人\n")), [(Section::Requests, title)], "{title}");
        }
    }

    #[test]
    fn what_is_no_title() {
        for line in [
            "一、本年新收政府信息公开申请数量",
            "四、结转下年度继续办理",
            "（二）依申请公开",
            "在“二、主动公开政府信息情况”中，规章一项有误。",
            "二、依申请公开",
        ] {
            assert_eq!(titles(line), [], "{line}");
        }
    }

    #[test]
    fn titles_within_one_line() {
        let text = "规章| 0  三、收到和处理政府信息公开申请情况 | 自然人| 0  四、政府信息公开行政复议、行政诉讼情况 | 结果维持| 0 五、存在的主要问题及改进情况 （一）无。六、其他需要报告的事项 无。";
        let found: Vec<Section> = titles(text).into_iter().map(|(section, _)| section).collect();
        assert_eq!(found, [Section::Requests, Section::Proceedings, Section::Problems, Section::OtherMatters]);
    }

    #[test]
    fn a_table_of_contents_does_not_win() {
        let text = "目录\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n一、总体情况\n正文。\n二、主动公开政府信息情况\n信息内容\n三、收到和处理政府信息公开申请情况\n自然人\n";
        let outline = outline(text, &lines(text));
        assert_eq!(outline.sections(), [Section::Overview, Section::Disclosure, Section::Requests]);
        assert_eq!(&text[outline.body(Section::Overview).unwrap()], "\n正文。\n");
    }

    #[test]
    fn a_second_report_is_left_alone() {
        let report = "一、总体情况\n正文。\n二、主动公开政府信息情况\n规章\n六、其他需要报告的事项\n无。\n";
        let text = report.repeat(2);
        let outline = outline(&text, &lines(&text));
        assert_eq!(outline.sections(), [Section::Overview, Section::Disclosure, Section::OtherMatters]);
        assert_eq!(&text[outline.body(Section::OtherMatters).unwrap()], "\n无。\n");
    }

    #[test]
    fn a_second_report_with_better_titles_does_not_win() {
        let first = "一、总体情况\n正文。\n信息内容\n规章 1 2 3\n自然人 商业企业\n结果维持 结果纠正\n";
        let second = "一、总体情况\n正文。\n二、主动公开政府信息情况\n信息内容\n三、收到和处理政府信息公开申请情况\n自然人\n四、政府信息公开行政复议、行政诉讼情况\n结果维持\n";
        let text = first.to_owned() + second;
        let outline = outline(&text, &lines(&text));
        assert_eq!(outline.sections(), [Section::Overview]);
        assert_eq!(outline.end, first.len());
    }

    #[test]
    fn a_second_report_behind_all_titles_is_left_alone_where_the_first_has_pictures_for_tables() {
        let report = "一、总体情况\n正文。\n二、主动公开政府信息情况\n信息内容\n规章 1 2 3\n三、收到和处理政府信息公开申请情况\n自然人 商业企业\n四、政府信息公开行政复议、行政诉讼情况\n结果维持 结果纠正\n五、存在的主要问题及改进情况\n六、其他需要报告的事项\n无。\n";
        for table in ["信息内容\n规章 1 2 3\n", "自然人 商业企业\n", "结果维持 结果纠正\n"] {
            let first = report.replace(table, "（见附图）\n");
            let text = first.clone() + report;
            assert_eq!(outline(&text, &lines(&text)).end, first.len(), "{table}");
            // A list of the sections alone is no report.
            let listed = report.lines().filter(|l| l.contains('、')).collect::<Vec<_>>().join("\n") + "\n";
            assert_eq!(outline(&(listed.clone() + report), &lines(&(listed + report))).sections().len(), 6);
        }
    }

    #[test]
    fn headings_of_foreign_matter_do_not_win() {
        let text = "一、总体情况\n正文。\n## 一、主动公开政府信息\n### （一）公开范围\n## 二、依申请公开\n二、主动公开政府信息情况\n规章\n";
        let found = titles(text);
        assert_eq!(found, [(Section::Overview, "一、总体情况"), (Section::Disclosure, "二、主动公开政府信息情况")]);
    }

    #[test]
    fn a_title_has_so_many_bytes() {
        let (front, behind) = ("三、收到和处理", "政府信息公开申请情况");
        let title = |bytes: usize| format!("{front}{}{behind}", " ".repeat(bytes - front.len() - behind.len()));
        assert_eq!(titles(&title(TITLE_CHARS * 3)).len(), 1);
        assert_eq!(titles(&title(TITLE_CHARS * 3 + 1)), []);
    }

    #[test]
    fn of_two_titles_that_one_counts_which_has_its_table_s_head_within_so_many_bytes() {
        let title = "二、主动公开政府信息情况\n";
        for (bytes, second) in [(HEAD_BYTES, true), (HEAD_BYTES + 1, false)] {
            let room = "x".repeat(bytes - "\n\n规章".len());
            let text = format!("{title}{title}{room}\n规章\n");
            let outline = outline(&text, &lines(&text));
            let body = outline.body(Section::Disclosure).expect("the section");
            assert_eq!(body.start > title.len(), second, "{bytes}");
        }
    }
}
