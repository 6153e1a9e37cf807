//! In: plain text. Out: the names of administrative organs in it.
//! It knows what a name looks like, not which organs there are.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::passage::plain;
use crate::read::initials::ByInitial;

/// The characters that the name of an organ ends with.
const ORGAN_ENDS: &str = "局委会府室办厅部院署关行处心队所站司团校社馆协庭";

/// And the words.
const ORGAN_WORDS: &[&str] = &["残联", "妇联", "农场", "林场", "牧场", "小学", "中学", "大学", "幼儿园"];

/// The numbers of middle schools, as their short names have them: 二中.
const SCHOOLS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// The characters that the name of an area ends with; its government reports under it now and then.
const AREA_ENDS: &str = "省市区县旗镇乡州盟道街";

/// And the word: a township of 内蒙古.
const AREA_WORD: &str = "苏木";

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
    "本乡",
    "本街",
    "全省",
    "全市",
    "全区",
    "全县",
    "全镇",
    "全乡",
    "全街",
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
    "欢迎",
    "网站",
    "门户",
    "专栏",
    "栏目",
    "首页",
    "指南",
    "通知",
    "公告",
    "关于",
    "附件",
];

/// Offices that answer for an organ.
const OFFICES: &[&str] = &["综合办公室", "办公室", "综合科", "办公厅", "综合处", "法规科", "秘书科"];

/// Offices within an organ, which never report themselves.
const WITHIN: &[&str] = &[
    "党政综合办公室",
    "党政综合办",
    "党政办公室",
    "党政办",
    "单位办公室",
    "综合办",
    "政务公开办公室",
    "政务公开办",
    "政务公开处",
    "政务公开科",
    "政府信息公开办公室",
];

/// The lowest organs, whose offices never report themselves.
const LOWEST: &[&str] = &["镇人民政府", "乡人民政府", "街道办事处"];

/// Words that end like the name of an organ and are none.
const NO_END: &[&str] = &["机关", "有关", "相关", "社会", "机会", "大会", "全部", "内部", "外部", "场所"];

/// No name has more bytes, spaces between its characters included.
const NAME_BYTES: usize = 400;

/// Whether a text, spaces aside, is the name of an organ, perhaps with its other name in brackets: `新闻出版局(版权局)`.
pub(super) fn is_organ(name: &str) -> bool {
    if name.len() > NAME_BYTES {
        return false;
    }
    let ends = |name: &str| {
        name.chars().next_back().is_some_and(|c| ORGAN_ENDS.contains(c))
            || ORGAN_WORDS.iter().any(|word| name.ends_with(word))
            || name.strip_suffix('中').is_some_and(|name| name.ends_with(SCHOOLS))
    };
    let other = name.strip_suffix(')').and_then(|n| n.rsplit_once('('));
    other.map_or_else(|| ends(name), |(name, other)| ends(name) && ends(other)) && looks_like_a_name(name)
}

/// Whether a text is the name of an area.
pub(super) fn is_area(name: &str) -> bool {
    let ends = name.chars().next_back().is_some_and(|c| AREA_ENDS.contains(c)) || name.ends_with(AREA_WORD);
    name.len() <= NAME_BYTES && ends && (looks_like_a_name(name) || is_short_area(name))
}

/// Whether a text is an area's name of two characters: 礼县, but not 全县 or 乡镇.
fn is_short_area(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| *c != ' ');
    let (first, kind) = (letters.next(), letters.next());
    letters.next().is_none()
        && kind.is_some_and(|kind| "县镇乡".contains(kind))
        && first.is_some_and(|c| {
            matches!(c, '\u{3400}'..='\u{9FFF}') && !"省市区县旗镇乡州村城集郊各全本我该两贵下家外".contains(c)
        })
}

/// Whether a text is the name of an organ or of an area.
pub(super) fn is_organ_or_area(name: &str) -> bool {
    is_organ(name) || is_area(name)
}

/// Whether a text may be the first part of a name that is broken over lines.
pub(super) fn begins_a_name(text: &str) -> bool {
    names_area(text) && looks_like_a_name(text)
}

/// Whether a name says of which area it is: 督管理局 does not, and may be the end of a name.
pub(super) fn names_area(name: &str) -> bool {
    name.chars().skip(1).any(|c| "省市县区旗州盟镇乡".contains(c))
}

/// Where a whole name begins, of which `end` stands at `at`, and the rest on the line above.
pub(super) fn beginning(document: &str, at: usize, end: &str, whole: &str) -> Option<usize> {
    let above = whole.strip_suffix(end).filter(|above| !above.is_empty())?;
    let mut before =
        document[..at].char_indices().rev().filter(|(_, c)| plain(*c).is_some_and(|c| c != ' ' && c != '|'));
    let mut start = at;
    for wanted in above.chars().rev() {
        start = before.next().filter(|(_, c)| plain(*c) == Some(wanted))?.0;
    }
    Some(start)
}

/// Whether two names may be those of one organ: one is short for the other, as 云溪市卫健委 for 云溪市卫生健康委员会.
pub(super) fn is_akin(one: &str, other: &str) -> bool {
    let short_for = |short: &str, long: &str| {
        let mut long = long.chars().filter_map(plain);
        short.chars().filter_map(plain).all(|c| long.any(|l| l == c))
    };
    short_for(one, other) || short_for(other, one)
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

/// The words that no name contains, so that most positions are passed over at once.
static NO_NAME_BY_INITIAL: LazyLock<ByInitial<&str>> = LazyLock::new(|| ByInitial::new(NO_NAME, |word| word));

fn contains_no_name(name: &str) -> bool {
    NO_NAME_BY_INITIAL.find(name).is_some()
}

/// Words that a clause begins with before the name of who reports.
const BEFORE: &[&str] = &[
    "本年度报告是由",
    "本年报是由",
    "本报告是由",
    "本年度报告由",
    "本年报由",
    "本报告由",
    "该报告由",
    "报告由",
    "现由",
    "由",
    "根据",
];

static BEFORE_BY_INITIAL: LazyLock<ByInitial<&str>> = LazyLock::new(|| ByInitial::new(BEFORE, |word| word));

/// Words that announce a report, of which several may follow one another. The first ones announce one alone.
const ANNOUNCING: &[&str] = &[
    "编制",
    "编写",
    "公布",
    "发布",
    "公开",
    "制定",
    "撰写",
    "形成",
    "完成",
    "印发",
    "梳理",
    "向社会",
    "对外",
    "依法",
    "正式",
    "全文",
    "主动",
    "予以",
    "并",
    "了",
];
const ALONE: &[&str] = &["编制", "编写", "公布", "发布"];

static ANNOUNCING_BY_INITIAL: LazyLock<ByInitial<&str>> = LazyLock::new(|| ByInitial::new(ANNOUNCING, |word| word));

/// What stands behind the words with which a clause announces a report or says who made it: `现编制并公布X2023年…报告`, `本报告由X`.
fn behind_opening(clause: &str) -> Option<&str> {
    if let Some(by) = BEFORE_BY_INITIAL.opening(clause) {
        return Some(&clause[by.len()..]);
    }
    let now = clause.strip_prefix(['现', '特']);
    let (mut rest, now) = (now.unwrap_or(clause), now.is_some());
    if let Some(behind) = rest.strip_prefix('将').filter(|_| now) {
        return Some(behind);
    }
    let mut announced = false;
    while let Some(word) = ANNOUNCING_BY_INITIAL.opening(rest) {
        announced |= now || rest.len() < clause.len() || ALONE.contains(&word);
        rest = &rest[word.len()..];
    }
    announced.then_some(rest)
}

/// Whether a line announces a report rather than being its title: `现公布某市某局2023年…报告`.
pub(super) fn announces(line: &str) -> bool {
    behind_opening(line).is_some()
}

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
    "现向社会",
    "特向社会",
    "向社会公布",
    "向社会公开",
    "对照",
    "负责编",
    "围绕",
    "针对",
    "综合区",
    "综合各",
];

static BEHIND_BY_INITIAL: LazyLock<ByInitial<&str>> = LazyLock::new(|| ByInitial::new(BEHIND, |word| word));

/// Words of the clause that opens a preamble.
pub(super) const OPENERS: &[&str] = &[
    "根据",
    "依据",
    "依照",
    "按照",
    "遵照",
    "现将",
    "现公布",
    "本报告",
    "本年度报告",
    "本年报",
    "编制",
    "编写",
    "向社会公布",
    "向社会公开",
];

/// What every report is about.
static SUBJECT: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("信息公开"));

/// Who a sentence says reports: `X根据《…》`, `X编写了这份年度报告`, `本报告由X依据`, `编制2023年度X信息公开年度报告`.
pub(super) fn reporters(text: &str) -> Vec<Range<usize>> {
    let said =
        |clause: Range<usize>| at_a_clause_start(text, clause.clone()).or_else(|| before_the_subject(text, clause));
    let organ = |name: Range<usize>| {
        let whole = &text[name.clone()];
        name.start..name.start + without_office(whole).unwrap_or_else(|| without_inner_office(whole)).len()
    };
    clauses(text).filter_map(said).map(organ).collect()
}

/// The name of an organ without that of an office within it which never reports itself.
fn without_inner_office(name: &str) -> &str {
    let lowest = LOWEST.iter().find_map(|organ| Some(name.find(organ)? + organ.len()));
    let name = lowest.map_or(name, |end| &name[..end]);
    let organ = WITHIN.iter().find_map(|office| name.strip_suffix(office));
    organ
        .filter(|organ| is_organ(organ) || organ.ends_with(['镇', '乡', '道']) || organ.ends_with(AREA_WORD))
        .unwrap_or(name)
}

fn ends_a_clause(c: char) -> bool {
    matches!(c, ',' | '，' | '。' | ';' | '；' | ':' | '\n')
}

fn clauses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive(ends_a_clause).map(move |clause| {
        let range = start..start + clause.trim_end_matches(ends_a_clause).len();
        start += clause.len();
        range
    })
}

fn at_a_clause_start(text: &str, clause: Range<usize>) -> Option<Range<usize>> {
    let content = text.get(clause.clone())?.trim_start();
    let start = clause.end - behind_opening(content).unwrap_or(content).len();
    let rest = &text[start..clause.end];
    let end = BEHIND_BY_INITIAL.find(rest)?;
    named(text, start..start + end)
}

/// `2023年度X政府信息公开` and `现将X2023年政府信息公开…报告公布`: the name between the year and the subject, or before both.
fn before_the_subject(text: &str, clause: Range<usize>) -> Option<Range<usize>> {
    let content = &text[clause.clone()];
    let subject = SUBJECT.find(content.as_bytes())?;
    let before = content[..subject].strip_suffix("政府").unwrap_or(&content[..subject]);
    let subject = before.len();
    let year = ["年度", "年"].iter().find_map(|m| Some((before.rfind(m)?, before.rfind(m)? + m.len())));
    let Some((mark, behind)) = year else {
        let name = behind_opening(before.trim_start()).filter(|_| content[subject..].ends_with("报告"))?;
        let end = clause.start + subject;
        return named(text, end - name.len()..end);
    };
    let digit = |c: char| c == ' ' || c.is_ascii_digit() || "〇○零一二三四五六七八九".contains(c);
    let year = before[..mark].trim_end_matches(digit).len();
    if year == mark {
        return None;
    }
    let announced = behind_opening(before[..year].trim_start()).filter(|_| content[subject..].contains("报告"));
    let is_named_area = |name: &str| is_area(name.trim()) && !content.trim_start().starts_with("根据");
    let name = &before[behind..];
    if !name.trim().is_empty() {
        let own = clause.start + behind..clause.start + subject;
        let area = || announced.is_some() && is_named_area(name);
        return named(text, own.clone()).or_else(|| area().then(|| own.end - name.trim_start().len()..own.end));
    }
    let end = clause.start + year;
    let name = announced?.trim_start_matches('《');
    named(text, end - name.len()..end).or_else(|| is_named_area(name).then(|| end - name.trim_start().len()..end))
}

/// Whom a sentence says to ask: `与X联系`, `请联系X（`; a name with its office is given as it stands.
pub(super) fn contacts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, word) in ["联系", "咨询", "致电"].iter().flat_map(|word| text.match_indices(word)) {
        let behind = text.len() - text[at + word.len()..].trim_start_matches([':', '：']).len();
        let end = text[behind..].find(|c| c == '(' || ends_a_clause(c)).map_or(text.len(), |i| behind + i);
        found.extend(asked(text, behind..end));
        let clause =
            text[..at].char_indices().rev().find(|(_, c)| ends_a_clause(*c)).map_or(0, |(i, c)| i + c.len_utf8());
        if let Some(start) = with(&text[clause..at]).map(|start| clause + start) {
            let end = text[start..at].find('(').map_or(at, |i| start + i);
            found.extend(asked(text, start..end));
        }
    }
    // `请与X(地址:…)`, with no word for it.
    for start in text.match_indices("请与").map(|(at, with)| at + with.len()) {
        let end = text[start..].find(|c| c == '(' || ends_a_clause(c)).map_or(text.len(), |i| start + i);
        found.extend(asked(text, start..end).filter(|_| text[end..].starts_with('(')));
    }
    found
}

/// Whom to ask, without a section of it, or an office named after the disclosure: `云溪市教育局信息公开领导小组办公室`. That of
/// an area or of its government answers for all its organs.
fn asked(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let name = text.get(range.clone())?.trim();
    let start = range.end - text[range.clone()].trim_start().len();
    let subject = ["政府信息公开", "政务信息公开", "信息公开"].iter().find_map(|subject| name.find(subject));
    let is_own = |organ: &str| {
        !organ.ends_with("政府") && (is_organ(organ) || is_area(organ) && organ.ends_with(['镇', '乡', '道']))
    };
    match subject.filter(|_| name.ends_with(['办', '室', '组', '科', '股'])) {
        Some(end) => Some(&name[..end]).filter(|organ| is_own(organ)),
        None => Some(name).filter(|name| is_organ(name)).or_else(|| {
            let organ = without_section(name);
            (organ.len() < name.len()).then_some(organ)
        }),
    }
    .map(|organ| start..start + organ.len())
}

/// Where in a clause the name begins behind `请与`, or else behind the last word of this kind, which a name may hold as well.
fn with(clause: &str) -> Option<usize> {
    const WITH: [char; 4] = ['与', '向', '和', '同'];
    let asks = |before: &str| before.is_empty() || ["请", "可", "接", "可以"].iter().any(|word| before.ends_with(word));
    let mut all = clause.match_indices(WITH);
    let first = all.find(|(at, _)| asks(clause[..*at].trim_end()));
    first.or_else(|| clause.rmatch_indices(WITH).next()).map(|(at, word)| at + word.len())
}

/// The range without spaces at its ends, where it holds the name of an organ.
fn named(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let content = text.get(range.clone())?;
    let front = content.trim_start();
    let start = range.end - front.len();
    let name = front.trim_end();
    is_organ(name).then(|| start..start + name.len())
}

/// Whether a name is more than that of an office within some organ: 办公室 alone says of nobody who it is.
pub(super) fn is_whole(name: &str) -> bool {
    name.chars().nth(3).is_some() && !OFFICES.contains(&name) && !WITHIN.contains(&name)
}

/// Whether a name says of which area it is by its kind alone, as only those can read who know it: 市统计局, but not 镇江市统计局.
pub(super) fn is_relative(name: &str) -> bool {
    name.starts_with(|c: char| "省市区县旗镇乡州盟".contains(c)) && !names_area(name)
}

/// The name of an organ without that of a section within it: 综合部 of 管理委员会综合部.
fn without_section(name: &str) -> &str {
    let ends = ["管理委员会", "管委会", "局", "厅"];
    let end = ends.iter().filter_map(|end| Some(name.rfind(end)? + end.len())).max().unwrap_or(name.len());
    let (organ, section) = name.split_at(end);
    if section.ends_with(['部', '处', '科', '股', '室']) && is_organ(organ) { organ } else { name }
}

/// A name without the office that answers for the organ; none where the office may be the organ itself.
pub(super) fn without_office(name: &str) -> Option<&str> {
    let name = without_inner_office(name);
    if WITHIN.iter().any(|office| name.ends_with(office)) || name.ends_with("政府办") {
        return None;
    }
    match OFFICES.iter().find_map(|office| name.strip_suffix(office)) {
        None => Some(without_section(name)),
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
            ("现公布威海市医疗保障局 2021 年度政府信息公开年度报告。", "威海市医疗保障局"),
            ("本报告由双柳镇人民政府党政办公室编制。", "双柳镇人民政府"),
            ("由云溪市地震局办公室负责编制。", "云溪市地震局"),
            ("由云溪市人民政府办公室编制。", "云溪市人民政府办公室"),
            ("本年度报告是由云溪市财政局依据《条例》编制,", "云溪市财政局"),
            ("云溪市财政局现向社会公开报告,", "云溪市财政局"),
            ("由云溪市统计局围绕2021年度工作编制而成。", "云溪市统计局"),
            ("由云溪旗银海苏木党政综合办公室编制。", "云溪旗银海苏木"),
            ("云溪高新区管委会向社会公布2021年度政府信息公开年度报告。", "云溪高新区管委会"),
            ("本局根据《条例》编制本报告。", ""),
        ] {
            let names: Vec<&str> = reporters(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(names.join(""), name, "{text}");
        }
    }

    #[test]
    fn who_is_announced() {
        for (text, name) in [
            ("根据《条例》,现将云溪市教育局2023年政府信息公开工作情况报告如下。", "云溪市教育局"),
            ("特编制云溪市教育局二〇二三年度政府信息公开工作年度报告。", "云溪市教育局"),
            ("编制发布云溪市审计局2023年度政府信息公开报告。", "云溪市审计局"),
            ("现发布《云溪市审计局2023年政府信息公开工作年度报告》。", "云溪市审计局"),
            ("现公布云溪县2023年度政府信息公开工作年度报告。", "云溪县"),
            ("现公布柳县2023年度政府信息公开工作年度报告。", "柳县"),
            ("现公布该县2023年度政府信息公开工作年度报告。", ""),
            ("等规定,梳理编制云溪海关2023年政府信息公开工作年度报告。", "云溪海关"),
            ("现编制并公布云溪市财政局2023年政府信息公开工作年度报告。", "云溪市财政局"),
            ("特编制发布云溪市财政局2023年政府信息公开工作年度报告。", "云溪市财政局"),
            ("现向社会公开《云溪市财政局2023年政府信息公开工作年度报告》。", "云溪市财政局"),
            ("现向社会公布2023年银海乡信息公开工作年度报告。", "银海乡"),
            ("特向社会公布云溪电业局政府信息公开工作2023年度报告。", "云溪电业局"),
            ("现公布2023年本街道政府信息公开工作年度报告。", ""),
            ("将乐县2023年政府信息公开工作年度报告。", ""),
            ("现公布特克斯县2023年政府信息公开工作年度报告。", "特克斯县"),
            ("根据云溪县2023年度政府信息公开工作年度报告的要求,", ""),
            ("按照云溪市人民政府2023年政府信息公开工作要点,", ""),
        ] {
            let names: Vec<&str> = reporters(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(names.join(""), name, "{text}");
        }
    }

    #[test]
    fn short_names() {
        assert!(is_akin("云溪市卫健委", "云溪市卫生健康委员会"));
        assert!(is_akin("國家税务总局云溪市税务局", "云溪市税务局"));
        assert!(!is_akin("云溪市财政局", "云溪市教育局"));
    }

    #[test]
    fn whom_to_ask() {
        for (text, name) in [
            ("请与云溪市教育局办公室联系(地址:", "云溪市教育局办公室"),
            ("如有疑问请联系栖霞坪市医疗保障局(地址", "栖霞坪市医疗保障局"),
            ("可直接与河清区民政局办公室(0666-1443464)联系。", "河清区民政局办公室"),
            ("请与云溪市人力资源和社会保障局联系(地址:", "云溪市人力资源和社会保障局"),
            ("可致电云溪市审计局,电话:", "云溪市审计局"),
            ("请联系:云溪市林业局,地址:", "云溪市林业局"),
            ("如有疑问请与云溪县政务服务局(地址:文昌路3号,联系电话:", "云溪县政务服务局"),
            ("请与我单位联系。联系电话:", ""),
            ("请与云溪市教育局信息公开领导小组办公室联系(地址:", "云溪市教育局"),
            ("请联系:云溪县银海乡政府信息公开办公室,邮编:", "云溪县银海乡"),
            ("请与云溪市政府信息公开办公室联系", ""),
            ("请与云溪区教育局综合科联系(地址:", "云溪区教育局"),
            ("请与云溪市人民政府信息公开办公室联系", ""),
        ] {
            let names: Vec<&str> = contacts(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(names.join(""), name, "{text}");
        }
        assert_eq!(without_office("云溪市教育局办公室"), Some("云溪市教育局"));
        assert_eq!(without_office("松原岭区人民政府办公室"), None);
        assert_eq!(without_office("南湖街道党政办"), Some("南湖街道"));
        assert_eq!(without_office("云溪县政务公开办"), None);
        assert_eq!(without_office("党政综合办"), None);
        assert_eq!(without_office("云溪市政府办"), None);
        assert_eq!(without_office("云溪新区管理委员会政策法规处"), Some("云溪新区管理委员会"));
        assert!(
            is_relative("市统计局")
                && !is_relative("市南区统计局")
                && !is_relative("镇江市统计局")
                && !is_relative("云溪市统计局")
        );
        assert_eq!(without_office("双柳镇人民政府综合指挥室(党政办公室)"), Some("双柳镇人民政府"));
    }
}
