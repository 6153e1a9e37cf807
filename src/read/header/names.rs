//! In: plain text. Out: the names of administrative organs in it.
//! It knows what a name looks like, not which organs there are.

use std::ops::Range;
use std::sync::LazyLock;

/// The characters that the name of an organ ends with.
const ORGAN_ENDS: &str = "局委会府室办厅部院署关行处心队所站司团校社馆协庭";

/// The characters that the name of an area ends with; its government reports under it now and then.
const AREA_ENDS: &str = "省市区县旗镇乡州盟道";

/// Words that no organ's name contains.
const NO_NAME: &[&str] = &[
    "本局",
    "本机关",
    "本单位",
    "本级",
    "本市",
    "本区",
    "本县",
    "本镇",
    "我局",
    "我单位",
    "我市",
    "我区",
    "我县",
    "我委",
    "我办",
    "我厅",
    "我镇",
    "各",
    "信息公开",
    "年度",
    "规定",
    "条例",
    "要求",
    "报告",
    "会议",
    "以及",
    "进行",
    "并",
    "的",
    "联系",
    "上级",
    "疑问",
    "我",
];

/// Words that end like the name of an organ and are none.
const NO_END: &[&str] = &["机关", "有关", "相关", "社会", "机会", "大会", "全部", "内部", "外部", "场所"];

/// Whether a text, spaces aside, is the name of an organ, perhaps with its other name in brackets: `新闻出版局(版权局)`.
pub(super) fn is_organ(name: &str) -> bool {
    let ends = |name: &str| name.chars().next_back().is_some_and(|c| ORGAN_ENDS.contains(c));
    let other = name.strip_suffix(')').and_then(|n| n.rsplit_once('('));
    other.map_or_else(|| ends(name), |(name, other)| ends(name) && ends(other)) && looks_like_a_name(name)
}

/// Whether a text is the name of an organ or of an area.
pub(super) fn is_organ_or_area(name: &str) -> bool {
    is_organ(name) || name.chars().next_back().is_some_and(|c| AREA_ENDS.contains(c)) && looks_like_a_name(name)
}

fn looks_like_a_name(name: &str) -> bool {
    let letters =
        |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}' | '(' | ')' | '·' | ' ' | '、' | '\u{3400}'..='\u{4DBF}');
    (3..=40).contains(&name.chars().filter(|c| *c != ' ').count())
        && name.chars().all(letters)
        && name.starts_with(|c: char| matches!(c, '\u{3400}'..='\u{9FFF}'))
        && !contains_no_name(name)
        && !NO_END.iter().any(|w| name.ends_with(w))
}

/// The words that no name contains by their first characters, so that most positions are passed over at once.
static NO_NAME_BY_INITIAL: LazyLock<Vec<(char, Vec<&str>)>> = LazyLock::new(|| {
    let initial = |word: &&str| word.chars().next().unwrap_or_default();
    let mut words = NO_NAME.to_vec();
    words.sort_by_key(initial);
    words.chunk_by(|a, b| initial(a) == initial(b)).map(|same| (initial(&same[0]), same.to_vec())).collect()
});

fn contains_no_name(name: &str) -> bool {
    name.char_indices().any(|(i, c)| {
        let at = NO_NAME_BY_INITIAL.binary_search_by_key(&c, |(initial, _)| *initial);
        at.is_ok_and(|at| NO_NAME_BY_INITIAL[at].1.iter().any(|w| name[i..].starts_with(w)))
    })
}

/// Words that a clause begins with before the name of who reports.
const BEFORE: &[&str] = &[
    "本年度报告由",
    "本年报由",
    "本报告由",
    "该报告由",
    "报告由",
    "现由",
    "由",
    "现将",
    "现公布",
    "现发布",
    "现向社会公布",
    "特公布",
    "公布",
    "发布",
    "根据",
];

/// Words that follow the name of who reports.
const BEHIND: &[&str] = &[
    "根据",
    "依据",
    "依照",
    "按照",
    "结合",
    "编制",
    "编写",
    "组织编",
    "撰写",
    "严格按",
    "严格依",
    "认真对照",
    "遵照",
    "现发布",
    "现公布",
    "现将",
    "特编",
    "向社会公布",
    "对照",
    "负责编",
];

/// Who a sentence says reports: `X根据《…》`, `X编写了这份年度报告`, `本报告由X依据`, `编制2023年度X信息公开年度报告`.
pub(super) fn reporters(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for clause in clauses(text) {
        found.extend(at_a_clause_start(text, clause.clone()).or_else(|| before_the_subject(text, clause)));
    }
    found
}

fn clauses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive(|c: char| ",，。;；:\n".contains(c)).map(move |clause| {
        let range = start..start + clause.trim_end_matches(|c: char| ",，。;；:\n".contains(c)).len();
        start += clause.len();
        range
    })
}

fn at_a_clause_start(text: &str, clause: Range<usize>) -> Option<Range<usize>> {
    let content = text.get(clause.clone())?.trim_start();
    let mut start = clause.end - content.len();
    if let Some(before) = BEFORE.iter().find(|b| content.starts_with(**b)) {
        start += before.len();
    }
    let rest = &text[start..clause.end];
    let end = BEHIND.iter().filter_map(|b| rest.find(b)).min()?;
    named(text, start..start + end)
}

/// `2023年度X政府信息公开`: the name between the year and the subject.
fn before_the_subject(text: &str, clause: Range<usize>) -> Option<Range<usize>> {
    let content = &text[clause.clone()];
    let subject = content.find("政府信息公开").or_else(|| content.find("信息公开"))?;
    let before = &content[..subject];
    let (year, mark) = before.rfind("年度").map(|i| (i, "年度")).or_else(|| before.rfind('年').map(|i| (i, "年")))?;
    let dated = before[..year].trim_end().ends_with(|c: char| c.is_ascii_digit() || "〇一二三四五六七八九".contains(c));
    dated.then(|| named(text, clause.start + year + mark.len()..clause.start + subject)).flatten()
}

/// Whom a sentence says to ask: `与X联系`, `请联系X（`; a name with its office is given as it stands.
pub(super) fn contacts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, word) in text.match_indices("联系").chain(text.match_indices("咨询")) {
        let behind = at + word.len();
        let end = text[behind..].find(|c: char| "(,，。;；:\n".contains(c)).map_or(text.len(), |i| behind + i);
        found.extend(named(text, behind..end));
        let stop = |c: char| ",，。;；:\n".contains(c);
        let clause = text[..at].char_indices().rev().find(|(_, c)| stop(*c)).map_or(0, |(i, c)| i + c.len_utf8());
        if let Some(with) = text[clause..at].rfind(['与', '向', '和', '同']) {
            let start = clause + with + text[clause + with..].chars().next().map_or(0, char::len_utf8);
            let end = text[start..at].find('(').map_or(at, |i| start + i);
            found.extend(named(text, start..end));
        }
    }
    found
}

/// The range without spaces at its ends, where it holds the name of an organ.
fn named(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let content = text.get(range.clone())?;
    let front = content.trim_start();
    let start = range.end - front.len();
    let name = front.trim_end();
    is_organ(name).then(|| start..start + name.len())
}

/// A name without the office that answers for the organ; none where the office may be the organ itself.
pub(super) fn without_office(name: &str) -> Option<&str> {
    const OFFICES: &[&str] =
        &["综合办公室", "政务公开办公室", "办公室", "综合科", "办公厅", "综合处", "政务公开科", "法规科", "秘书科"];
    match OFFICES.iter().find_map(|office| name.strip_suffix(office)) {
        None => Some(name),
        // The office of a people's government reports under its own name, too.
        Some(organ) if organ.ends_with("政府") => None,
        Some(organ) => is_organ(organ).then_some(organ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reports() {
        for (text, name) in [
            ("云溪海关根据《条例》第五十条编制本报告,内容", "云溪海关"),
            ("依照《条例》的规定,云溪市教育局编写了这份年度报告。", "云溪市教育局"),
            ("本报告由南湖街道自然资源和规划局依据《条例》编制", "南湖街道自然资源和规划局"),
            ("根据《条例》要求,青岛市医疗保障局结合年度工作实际编制本报告。", "青岛市医疗保障局"),
            ("编制2023年度六安市医疗保障局信息公开年度报告。", "六安市医疗保障局"),
            ("现公布威海市医疗保障局 2021 年度政府信息公开年度报告。", ""),
            ("本局根据《条例》编制本报告。", ""),
        ] {
            let names: Vec<&str> = reporters(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(names.join(""), name, "{text}");
        }
    }

    #[test]
    fn whom_to_ask() {
        for (text, name) in [
            ("请与云溪市教育局办公室联系(地址:", "云溪市教育局办公室"),
            ("如有疑问请联系栖霞坪市医疗保障局(地址", "栖霞坪市医疗保障局"),
            ("可直接与河清区民政局办公室(0666-1443464)联系。", "河清区民政局办公室"),
            ("请与我单位联系。联系电话:", ""),
        ] {
            let names: Vec<&str> = contacts(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(names.join(""), name, "{text}");
        }
        assert_eq!(without_office("云溪市教育局办公室"), Some("云溪市教育局"));
        assert_eq!(without_office("松原岭区人民政府办公室"), None);
    }
}
