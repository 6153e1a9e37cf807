//! In: lines. Out: paragraphs, each the pieces of the lines that it stands on, without what pages and sites put around.
//! It copies nothing; the pieces are byte ranges.

use std::ops::Range;
use std::sync::LazyLock;

use super::fold::{simplify, unify};
use super::initials::ByInitial;

/// The pieces of a paragraph, in order.
pub(crate) type Paragraph = Vec<Range<usize>>;

/// A line of fewer characters was not wrapped by a converter: the paragraph ends there.
pub(crate) const WRAPPED_CHARS: usize = 20;

/// The paragraphs of a stretch of the text: lines that a PDF wrapped are joined, page numbers are left out.
pub(crate) fn paragraphs(text: &str, lines: &[Range<usize>], within: Range<usize>) -> Vec<Paragraph> {
    let first = lines.partition_point(|l| l.end <= within.start);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut ended = true;
    for line in lines[first..].iter().take_while(|l| l.start < within.end) {
        let piece = trimmed(text, line.start.max(within.start)..line.end.min(within.end));
        let content = text.get(piece.clone()).unwrap_or("");
        if content.is_empty() {
            ended = true;
        } else if !is_page_furniture(content) {
            match paragraphs.last_mut() {
                Some(last) if goes_on(last.last().map_or("", |p| &text[p.clone()]), content, ended) => last.push(piece),
                _ => paragraphs.push(vec![piece]),
            }
            ended = false;
        }
    }
    paragraphs
}

/// The part of a line without spaces and markup at its ends.
fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    let content = text.get(line.clone()).unwrap_or("");
    let front = content
        .trim_ascii_start()
        .trim_start_matches(|c: char| matches!(c, '#' | '*' | '|' | '>' | '\u{feff}') || c.is_whitespace());
    let start = line.end - front.len();
    let front = front.trim_ascii_end();
    start..start + front.trim_end_matches(|c: char| matches!(c, '*' | '|' | '\u{200b}') || c.is_whitespace()).len()
}

/// Whether a line goes on from the one before.
fn goes_on(before: &str, next: &str, blank_between: bool) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), next.chars().next()) else { return false };
    if matches!(first, '，' | '。' | '；' | '、' | '：' | '）' | '》' | '”' | ',' | ';' | ')') {
        // pdftotext breaks a line before the punctuation that it set aside.
        return true;
    }
    // pdfplumber's layout has empty lines between those of one paragraph.
    let ended = matches!(last, '。' | '！' | '？' | '；' | ';' | '!' | '?');
    if ended || blank_between && !is_cut_off(before, next) {
        return false;
    }
    let within_number = || last.is_ascii_digit() && first.is_ascii_digit() && is_cut_off(before, next);
    if opens_an_item(next) && !within_number() {
        return false;
    }
    let wrapped =
        matches!(last, '，' | '、' | '（' | '(' | '：' | ':') || before.chars().nth(WRAPPED_CHARS - 1).is_some();
    wrapped && !is_site_furniture(before) && !is_site_furniture(next)
}

/// Whether a long line ends within a bracket or a date.
fn is_cut_off(before: &str, next: &str) -> bool {
    let long = before.chars().nth(WRAPPED_CHARS - 1).is_some();
    let in_bracket =
        || before.chars().rev().find(|c| matches!(c, '（' | '(' | '）' | ')')).is_some_and(|c| matches!(c, '（' | '('));
    let in_date = || {
        before.ends_with(|c: char| c.is_ascii_digit() || "年月自至".contains(c))
            && next.starts_with(|c: char| c.is_ascii_digit() || "年月日".contains(c))
    };
    long && (in_bracket() || in_date())
}

/// Whether a line begins a numbered item or a heading: （一）, 一、, 1., 1、, ①.
fn opens_an_item(line: &str) -> bool {
    let first = line.chars().next().map(unify);
    let bracketed = matches!(first, Some('（' | '('));
    if !bracketed && !first.is_some_and(is_numeral) {
        return matches!(first, Some('①'..='⑳'));
    }
    let mut chars = line.chars().map(unify).skip(usize::from(bracketed)).peekable();
    let (mut numerals, mut digits) = (0, 0);
    while let Some(c) = chars.next_if(|c| is_numeral(*c)) {
        numerals += 1;
        digits += usize::from(c.is_ascii_digit());
    }
    // Not what a broken line leaves of phone numbers and sites' names: `（0551）`, `8839、`, `36.gov.cn`.
    if !(1..=ITEM_NUMERALS).contains(&numerals) || digits > ITEM_DIGITS {
        return false;
    }
    if bracketed {
        return chars.any(|c| "）)".contains(c));
    }
    let mark = chars.next().is_some_and(|c| "、.．".contains(c));
    mark && !chars.next().is_some_and(|c| c.is_ascii_alphanumeric())
}

/// The most digits of an item's number.
const ITEM_DIGITS: usize = 2;

/// The most characters of an item's number: 二十一.
const ITEM_NUMERALS: usize = 3;

fn is_numeral(c: char) -> bool {
    matches!(c, '0'..='9' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Whether a line is a page number or a rule: `- 4 -`, `—2—`, `第 4 页 共 9 页`, `1/9`, `---`.
pub(crate) fn is_page_furniture(line: &str) -> bool {
    if line.len() > 60 {
        return false;
    }
    let has = |set: &str| line.chars().any(|c| set.contains(c));
    let made_of =
        |set: &str| line.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || set.contains(simplify(unify(c))));
    // `2025-01-25` may be the date of issue.
    let is_date = || line.split(['-', '.', '/']).map(|part| part.trim().len()).eq([4, 2, 2]);
    (made_of("-—–－―─_=*·") && has("-—–－―─_=*") && !is_date())
        || (made_of("第页共,，/之总") && has("页頁⻚"))
        || (made_of("/") && line.matches('/').count() == 1 && line.len() < 12 && has("0123456789"))
}

/// What sites print around a document; a line that begins so is no part of it.
const SITE_FURNITURE: &[&str] = &[
    "分享",
    "打印",
    "关闭",
    "扫一扫",
    "扫码",
    "主办",
    "承办",
    "版权所有",
    "网站标识码",
    "网站地图",
    "技术支持",
    "上一篇",
    "下一篇",
    "相关链接",
    "相关文档",
    "相关附件",
    "附件下载",
    "联系我们",
    "关于我们",
    "当前位置",
    "您现在的位置",
    "您的位置",
    "首页",
    "登录",
    "索引号",
    "索 引 号",
    "发布机构",
    "发布单位",
    "发文机关",
    "成文日期",
    "公开方式",
    "公开范围",
    "公开日期",
    "发布日期",
    "发布时间",
    "发文日期",
    "发文时间",
    "信息来源",
    "文章来源",
    "来源",
    "浏览次数",
    "点击",
    "阅读",
    "访问量",
    "字体",
    "字号",
    "责任编辑",
    "编辑",
    "收藏",
    "返回顶部",
    "回到顶部",
    "ICP",
    "Copyright",
    "copyright",
    "©",
];

/// The same by their first characters, so that most lines are passed over at once.
static FURNITURE_BY_INITIAL: LazyLock<ByInitial<&str>> = LazyLock::new(|| ByInitial::new(SITE_FURNITURE, |word| word));

/// Whether a line is one that a site prints around a document.
pub(crate) fn is_site_furniture(line: &str) -> bool {
    let line = line.trim_start_matches(['[', '【', '|', ' ', '　']);
    let simple = |c: char| simplify(unify(c));
    let Some(first) = line.chars().next().map(simple) else { return false };
    let begins = |furniture: &&str| {
        let mut line = line.chars().map(simple);
        furniture.chars().all(|c| line.next() == Some(c))
    };
    FURNITURE_BY_INITIAL.of(first).iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::lines;

    fn joined(text: &str) -> Vec<String> {
        let paragraphs = paragraphs(text, &lines(text), 0..text.len());
        paragraphs.iter().map(|p| p.iter().map(|piece| &text[piece.clone()]).collect()).collect()
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "根据《中华人民共和国政府信息公开条例》\n，某市某局编制本报告。报告所列数据的统计\n- 4 -\n期限自1月1日起。\n（一）主动公开\n短行\n另一行\n";
        assert_eq!(
            joined(text),
            [
                "根据《中华人民共和国政府信息公开条例》，某市某局编制本报告。报告所列数据的统计期限自1月1日起。",
                "（一）主动公开",
                "短行",
                "另一行"
            ]
        );
    }

    #[test]
    fn empty_lines_within_a_paragraph() {
        let text = "如有疑问，请与石桥县自然资源和规划局联系（地\n\n址：滨江东路25号）。\n\n本年度报告中所列数据的统计期限自2022年1\n\n月1日起。\n\n短行（\n\n另一行";
        assert_eq!(
            joined(text),
            [
                "如有疑问，请与石桥县自然资源和规划局联系（地址：滨江东路25号）。",
                "本年度报告中所列数据的统计期限自2022年1月1日起。",
                "短行（",
                "另一行"
            ]
        );
    }

    #[test]
    fn numbers_that_are_broken_are_no_items() {
        for (first, next) in [
            ("如有疑问，请与石桥县自然资源局联系（电话：0312-2345", "678、传真：0312-2345679）。"),
            ("如有疑问，请与石桥县自然资源局联系，网址：http://www.shiqiao", "36.example.cn。"),
            ("如有疑问，请与石桥县自然资源局联系，联系电话为", "（0312）2345678。"),
        ] {
            assert_eq!(joined(&format!("{first}\n{next}")).len(), 1, "{next}");
        }
        for next in ["1.数量", "1、数量", "（1）数量", "（二十一）数量", "十一、数量", "①数量"]
        {
            assert_eq!(joined(&format!("石桥县自然资源局全年公开信息分为以下几种情形，\n{next}")).len(), 2, "{next}");
        }
    }

    #[test]
    fn a_line_of_so_many_characters_goes_on_in_the_next() {
        for (chars, paragraphs) in [(WRAPPED_CHARS, 1), (WRAPPED_CHARS - 1, 2)] {
            assert_eq!(joined(&format!("{}\n信息", "公".repeat(chars))).len(), paragraphs, "{chars}");
        }
    }

    #[test]
    fn an_item_s_number_has_so_many_digits_or_numerals() {
        let long = "石桥县自然资源局全年公开信息分为以下几种情形，";
        for (number, paragraphs) in [("99", 2), ("100", 1), ("二十一", 2), ("二十一一", 1)] {
            assert_eq!(joined(&format!("{long}\n（{number}）数量")).len(), paragraphs, "{number}");
        }
    }

    #[test]
    fn page_furniture() {
        for line in ["- 4 -", "—2—", "第 4 页 共 9 页", "1/9", "---", "第4⻚", "===="] {
            assert!(is_page_furniture(line), "{line}");
        }
        for line in ["4", "2024年", "—", "1.5", "页", "无。"] {
            assert_eq!(is_page_furniture(line), ["—", "页"].contains(&line), "{line}");
        }
    }
}
