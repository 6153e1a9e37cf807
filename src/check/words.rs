//! In: a sentence. Out: its words, as far as they bear on what the tables repeat, each with its bytes.
//! It knows words and figures, and nothing of what they mean together.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::combinator::{opt, recognize, value, verify};
use nom::multi::many1;
use nom::{IResult, Parser};
use unicode_normalization::UnicodeNormalization;

/// What a figure can be a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    Request,
    Reconsideration,
    Litigation,
    Normative,
}

/// A word, by what it does in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A figure, `None` where it is approximate or no whole number, and whether a measure word follows.
    Figure {
        value: Option<u64>,
        counted: bool,
    },
    Noun(Noun),
    /// 收到.
    Receive,
    /// 新收: what was carried over is not in it.
    ReceiveNew,
    /// 受理: to receive; of reconsiderations, what the deciding organ does.
    Accept,
    /// 办理: to have answered, or to have to.
    Process,
    /// 办结, 答复.
    Answer,
    /// 制发.
    Issue,
    /// 废止.
    Repeal,
    /// 现行有效.
    InForce,
    /// 发生, 引发, 被.
    Occur,
    /// 上年结转.
    CarriedOver,
    /// 结转下年度.
    CarriedForward,
    /// 未, 没有, 无.
    Not,
    /// 均, 全部, 各.
    All,
    /// 共, 合计.
    Sum,
    /// 其中, 含.
    OfWhich,
    /// 本年, 全年.
    ThisYear,
    /// 去年, 历年.
    OtherYear,
    Year(u16),
    /// 12月31日.
    Day {
        month: u8,
        day: u8,
    },
    /// 截至, 以来.
    Since,
    /// 累计.
    Cumulative,
    /// 较, 同比.
    Compared,
    /// 增加, 减少.
    Change,
    /// 约, 近.
    About,
    /// 自然人, 网上: some of them only.
    Part,
    /// 等渠道: all of them, by every way.
    AllWays,
    /// 延期, 逾期.
    Late,
    /// 全市, 所属: more than the authority itself.
    Wider,
    /// 我局, 本机关: the authority itself.
    Own,
    /// 协助, 备案, 代拟: what the authority does for another.
    ForOthers,
    /// 建议, 来信, 规章: what the tables do not count, or not here.
    Foreign,
    /// 政府信息公开, without 申请.
    Open,
    /// What may stand between a verb and its noun.
    Modifier,
    /// What may stand between a noun or verb and its figure.
    Filler,
    /// 、, 和, 或.
    Link,
    Comma,
    Stop,
    OpenBracket,
    CloseBracket,
    Unknown,
}

/// A word and its bytes in the sentence.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) bytes: Range<usize>,
}

/// Words by what they do; the longest that fits is taken.
const WORDS: &[(Word, &str)] = &[
    (
        Word::Noun(Noun::Request),
        "政府信息公开申请 信息公开申请 公开申请 政府信息公开的申请 信息公开的申请 政府信息申请 \
         依申请公开政府信息申请 依申请公开政府信息 依申请公开信息 依申请公开申请 依申请公开事项 \
         依申请公开件 依申请公开 依申请件 依申请 申请公开政府信息 申请公开信息 公开政府信息的申请 \
         公开政府信息申请 公开信息的申请 政务公开申请 政府信息公开申请件 信息公开申请件 \
         政府信息公开申请事项",
    ),
    (
        Word::Noun(Noun::Reconsideration),
        "行政复议申请 行政复议案件 行政复议 复议申请 复议案件 复议 申请行政复议 申请复议 \
         提起行政复议",
    ),
    (Word::Noun(Noun::Litigation), "行政诉讼案件 行政诉讼 诉讼案件 诉讼 提起行政诉讼 提起诉讼"),
    (Word::Noun(Noun::Normative), "行政规范性文件 规范性文件"),
    (Word::Receive, "收到 共收到 共收 接到 接收到 接收 收件"),
    (Word::ReceiveNew, "新收 新收到 新接收 新受理 新接到"),
    (Word::Accept, "受理"),
    (Word::Process, "办理 处理 承办 需办理 共需办理 需要办理 需答复 需处理"),
    (
        Word::Answer,
        "办结 答复 办理完毕 办复 作出答复 予以答复 办理答复 答复完毕 答复办结 回复 办理完结 \
         审结答复",
    ),
    (
        Word::Issue,
        "制发 制定 出台 印发 颁布 制订 新制发 新制定 新出台 新印发 制定出台 制定印发 \
         制定并印发 制定发布 制定并发布 制发并公开 新制订",
    ),
    (Word::Repeal, "废止 废止和失效 废止或失效 宣布废止"),
    (Word::InForce, "现行有效 继续有效 目前有效 现有效 仍有效 仍然有效 保留 现保留 继续保留 有效 现存有效"),
    (
        Word::Occur,
        "发生 产生 引发 引起 出现 导致 涉及 涉 被 被申请 被提起 被提出 提起 因 由 由于 对 \
         不服 而",
    ),
    (Word::Not, "未 没有 无 不存在 从未 并未 尚未 未有 没 均无 均未 也未 也无 皆无 无人"),
    (Word::All, "均 都 全部 均已 均为 皆 悉数 各 已全部 均系"),
    (Word::Sum, "共 共计 合计 总计 总共 一共 总数"),
    (Word::OfWhich, "其中 含 包含 包括 内含"),
    (Word::ThisYear, "本年 本年度 今年 今年以来 当年 全年 年内 这一年 一年来 本报告期 报告期内"),
    (
        Word::OtherYear,
        "上年 上年度 上一年 上一年度 去年 去年同期 上年同期 往年 历年 前年 近三年 近两年 \
         近五年 近年来 近年 同期 以前年度 明年 下年 下一年",
    ),
    (Word::Since, "截至 截止 截止到 以来"),
    (Word::Cumulative, "累计 累计共"),
    (Word::Compared, "较 比 同比 环比 相比 相较 对比"),
    (
        Word::Change,
        "增加 减少 增长 下降 上升 增多 增至 降至 增加了 减少了 增加到 减少到 减少至 增加至 \
         多 少 净增 净减 新增 多了 少了",
    ),
    (Word::About, "约 近 超 超过 逾 将近 大约 不足 不少于 最多 至少"),
    (
        Word::Part,
        "自然人 公民 法人 企业 商业企业 科研机构 社会公益组织 法律服务机构 个人 其他组织 网络 \
         网上 线上 线下 信函 信件 邮寄 当面 现场 电子邮件 邮件 传真 平台 书面 口头 电话 \
         窗口 上半年 下半年 季度 微信 网站 律师 村民 居民 渠道 方式 途径 形式 予以公开 \
         同意公开 部分公开 不予公开 无法提供 不予处理 其他处理 主动公开 维持 纠正 撤销 驳回 \
         败诉 胜诉 撤诉",
    ),
    (
        Word::AllWays,
        "等渠道 等方式 等途径 等形式 等多种渠道 等多种方式 等多种形式 等各种渠道 等各种方式 \
         各种渠道 各渠道 多种渠道 线上线下 各种形式 各种方式 各类渠道 等平台",
    ),
    (Word::Late, "延期 逾期 超期 延长"),
    (
        Word::Wider,
        "全市 全区 全县 全省 全州 全旗 全国 全系统 各镇 各街道 各部门 各单位 各区 各县 各乡 \
         各级 各市 各地 各行政机关 区县 县区 镇街 街镇 市县 下属 所属 直属 辖区 市直 县直 \
         区直 省直 下级 两级 三级 系统",
    ),
    (
        Word::Own,
        "我局 本局 我委 本委 本机关 我单位 本单位 我厅 本厅 我办 我镇 我街道 我中心 本级 \
         全局 全镇 全街道 全委 我处 我院 我乡 市本级 区本级 县本级",
    ),
    (
        Word::ForOthers,
        "上级 省厅 市局 省局 总局 国家 市政府 省政府 区政府 县政府 市委 区委 县委 法院 \
         检察院 其他机关 其他部门 协助 配合 转办 交办 会办 代 代拟 起草 名义 联合 转发 转载 \
         提请 报请 审查 审核 备案 解读 拟 指导 督促 委托 移交 转送 转交 省级 市级 兄弟 原 \
         草案 清理出",
    ),
    (
        Word::Foreign,
        "信访 建议 提案 来信 来电 来访 留言 咨询 投诉 举报 热线 工单 稿件 许可 处罚 规章 \
         政府规章 信息 案卷 采购 项目 标准 文件 信箱 诉求 问题",
    ),
    (Word::Open, "政府信息公开工作 政府信息公开 信息公开工作 信息公开 政务公开 政府信息"),
    (
        Word::Modifier,
        "的 任何 公民、法人和其他组织 公民、法人或者其他组织 公民、法人或其他组织 \
         公民、法人及其他组织 公民、法人和其它组织 公民、法人以及其他组织 公民法人和其他组织 \
         自然人、法人和其他组织 自然人、法人或其他组织 自然人、法人或者其他组织 社会公众 公众 群众 \
         申请人 各类 有关 相关 关于 提出的 提交的 提起的 提出 提交 方面 要求 行政行为 事项 \
         新 其他 工作 具体 针对 向 行政机关 机关 公开 类 公开工作",
    ),
    (
        Word::Filler,
        "从 自 件数 数量 总量 数 量 为 是 有 达 计 了 案件 情况 等 已 已经 现 现已 目前 当前 \
         按时 按期 按规定 依法 依规 依法依规 及时 规范 在规定期限内 在法定期限内 期限内 \
         法定期限内 规定时限内 在规定时限内 在法定时限内 如期 也 另 另外 另有 还有 尚有 仍有 \
         继续 同时 外 其余 剩余 余下 余 除 除了 以外 之外 于 在 内 自行 行为 现象 情形 \
         至 到 年底 底 末 过 进行 完成 予以 尚在 加上 连同",
    ),
    (Word::Link, "、 和 与 及 以及 或 或者 并 并且 且 暨 / 和(或)"),
    (Word::Comma, ", :"),
    (Word::Stop, "; 。 ! ?"),
    (Word::OpenBracket, "( [ 【"),
    (Word::CloseBracket, ") ] 】"),
    // Words that begin or end like one of those above and are none of them.
    (
        Word::Unknown,
        "各类申请 申请表 申请书 申请材料 未经复议 经复议 复议后 复议机关 行政复议机关 \
         行政复议决定 行政复议法 行政复议体制 行政复议委员会 公益诉讼 民事诉讼 行政诉讼法 诉讼法 \
         答复率 办结率 回复率 答复书 答复意见 答复文书 答复期限 答复告知 答复格式 答复内容 \
         答复时限 答复质量 收费 收取 占比 比例 比如 比率 评比 比对 未来 未经 未能 未按 无法 \
         无偿 无效 无关 无障碍 无论 无正当理由 无需 无须 未办结 未公开 未予 未及时 公共 共同 \
         共享 平均 月均 均衡 有效期 有效性 有效率 党内规范性文件 规范性文件草案 因此 对外 各项 \
         多次 少数 少量 多种 多个 废止或修改 尚未办结 一并 为了 因为 原则 原因 有力 有序 \
         所有 还有效 代表 超市 附近 最近 计划 会计 了解 现场会 数据 数字 等级 外部 \
         包括但不限于 拟办 无一例外 不含 无人机 无人值守",
    ),
];

/// The words by their first character, the longest first; of the same length, the one that is none of the others.
static BY_FIRST: LazyLock<HashMap<char, Vec<(&str, Word)>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<(&str, Word)>> = HashMap::new();
    for (word, texts) in WORDS {
        for text in texts.split(' ') {
            by_first.entry(text.chars().next().unwrap_or_default()).or_default().push((text, *word));
        }
    }
    for list in by_first.values_mut() {
        list.sort_by_key(|(text, word)| (Reverse(text.len()), *word != Word::Unknown));
    }
    by_first
});

/// The words of a sentence. `year` is the year that the report is on, where it is known.
pub(super) fn words(sentence: &str, year: Option<u16>) -> Vec<Token> {
    let (text, places) = normal(sentence);
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let (word, length) = next(rest, &text[..at], tokens.last().map(|t| t.word), year);
        let bytes = places[at].start..places[at + length - 1].end;
        match tokens.last_mut() {
            Some(last) if word == Word::Unknown && last.word == Word::Unknown => last.bytes.end = bytes.end,
            _ => tokens.push(Token { word, bytes }),
        }
        at += length;
    }
    tokens
}

/// The sentence in NFKC without spaces and markup, and for each byte of it the bytes that it came from.
fn normal(sentence: &str) -> (String, Vec<Range<usize>>) {
    let mut text = String::with_capacity(sentence.len());
    let mut places = Vec::with_capacity(sentence.len());
    for (i, original) in sentence.char_indices() {
        let bytes = i..i + original.len_utf8();
        for c in original.nfkc().filter(|c| *c == '\n' || !(c.is_whitespace() || "*#_`".contains(*c))) {
            text.push(c);
            places.extend(std::iter::repeat_n(bytes.clone(), c.len_utf8()));
        }
    }
    (text, places)
}

/// The next word and its length; at least one character.
fn next(rest: &str, before: &str, last: Option<Word>, year: Option<u16>) -> (Word, usize) {
    let length = |after: &str| rest.len() - after.len();
    if let Ok((after, word)) = carry(rest, year) {
        return (word, length(after));
    }
    if let Ok((after, word)) = alt((calendar_year, day)).parse(rest) {
        return (word, length(after));
    }
    let ordinal = before.ends_with('第') || before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
    // The rest of a numeral that is too long is another number.
    let is_rest = before.ends_with(is_chinese_numeral) && rest.starts_with(is_chinese_numeral);
    if !ordinal
        && !is_rest
        && let Ok((after, word)) = figure(rest)
    {
        return (word, length(after));
    }
    if rest.starts_with("申请") && !rest.starts_with("申请人") && (makes_request(last) || before.ends_with("提出的"))
    {
        return (Word::Noun(Noun::Request), "申请".len());
    }
    let first = rest.chars().next().unwrap_or_default();
    let known = BY_FIRST.get(&first).and_then(|list| list.iter().find(|(text, _)| rest.starts_with(text)));
    match known {
        Some((text, word)) => (*word, text.len()),
        None if first == '\n' => (Word::Stop, 1),
        None => (Word::Unknown, first.len_utf8()),
    }
}

/// Whether 申请 alone is a request for information behind this word: 收到申请, 上年结转申请, 网上申请, 41件申请, 零申请.
fn makes_request(last: Option<Word>) -> bool {
    use Word::{Accept, Answer, CarriedForward, CarriedOver, Figure, Part, Process, Receive, ReceiveNew};
    let verb = matches!(last, Some(Receive | ReceiveNew | Accept | Answer | Process | CarriedOver | CarriedForward));
    verb || matches!(last, Some(Part | Figure { counted: true, .. } | Figure { value: Some(0), .. }))
}

/// `上年度结转`, `结转上年`, `2022年结转`; `结转至下一年度继续办理`, `转下年`.
fn carry(i: &str, year: Option<u16>) -> IResult<&str, Word> {
    let last_year = move |i| {
        let named =
            (alt((tag("上一年"), tag("上年"), tag("去年"), tag("往年"), tag("前一年"), tag("年初"))), opt(tag("度")))
                .map(|_| true);
        let numbered = calendar_year
            .map(move |w| matches!((w, year), (Word::Year(y), Some(year)) if year.checked_sub(1) == Some(y)));
        (verify(alt((named, numbered)), |is| *is), opt(alt((tag("末"), tag("底"))))).parse(i)
    };
    let next_year = move |i| {
        let named =
            (alt((tag("下一年"), tag("下年"), tag("次年"), tag("翌年"), tag("明年"), tag("来年"))), opt(tag("度")))
                .map(|_| true);
        let numbered = calendar_year
            .map(move |w| matches!((w, year), (Word::Year(y), Some(year)) if year.checked_add(1) == Some(y)));
        verify(alt((named, numbered)), |is| *is).parse(i)
    };
    let moved = alt((tag("结转"), tag("转来"), tag("转入"), tag("转结"), tag("接转"), tag("遗留"), tag("未办结")));
    let to_this = opt((
        opt(alt((tag("至"), tag("到"), tag("入")))),
        alt((tag("本年"), tag("今年"), tag("当年"))),
        opt(tag("度")),
        opt(tag("继续")),
        opt(alt((tag("办理"), tag("处理")))),
    ));
    let over = alt((
        recognize((last_year, moved, to_this)),
        recognize((tag("结转"), opt(alt((tag("自"), tag("了")))), last_year)),
    ));
    let forward = recognize((
        alt((tag("结转"), tag("顺延"), tag("延续"), tag("转"), tag("延"), tag("留待"))),
        opt(alt((tag("至"), tag("到"), tag("入"), tag("往")))),
        next_year,
        opt(tag("继续")),
        opt(alt((tag("办理"), tag("处理"), tag("答复"), tag("办结")))),
    ));
    alt((value(Word::CarriedOver, over), value(Word::CarriedForward, forward))).parse(i)
}

/// `2023年`, `二〇二三年度`.
fn calendar_year(i: &str) -> IResult<&str, Word> {
    let arabic = take_while_m_n(4, 4, |c: char| c.is_ascii_digit());
    let chinese = take_while_m_n(4, 4, |c| "〇零O○一二三四五六七八九".contains(c));
    let (i, digits) = alt((arabic, chinese)).parse(i)?;
    let (i, _) = (tag("年"), opt(tag("度"))).parse(i)?;
    let digit = |c: char| c.to_digit(10).or_else(|| CHINESE_DIGITS.chars().position(|d| d == c).map(|d| d as u32));
    let year = digits.chars().fold(0, |year, c| year * 10 + digit(c).unwrap_or(0));
    Ok((i, Word::Year(year as u16)))
}

/// `12月31日`, `6月份`.
fn day(i: &str) -> IResult<&str, Word> {
    let number = |i| take_while_m_n(1, 2, |c: char| c.is_ascii_digit()).map(|d: &str| d.parse().unwrap_or(0)).parse(i);
    let (i, (month, _, _, day)) = (number, tag("月"), opt(tag("份")), opt((number, tag("日")))).parse(i)?;
    Ok((i, Word::Day { month, day: day.map_or(0, |(day, _)| day) }))
}

/// The most characters that a figure in words has.
const NUMERAL_CHARS: usize = 12;
const CHINESE_DIGITS: &str = "〇一二三四五六七八九";
/// The measure words of the form's figures.
const MEASURES: [&str; 9] = ["件", "宗", "个", "项", "条", "份", "起", "例", "笔"];
/// What makes a measure word another one: 件次, 个工作日.
const NO_MEASURES: [&str; 8] = ["次", "工作日", "月", "小时", "方面", "部门", "栏目", "环节"];

/// A figure with its measure word. One in words counts only with a measure word, but for 零.
fn figure(i: &str) -> IResult<&str, Word> {
    let (i, (value, in_words)) = alt((arabic.map(|v| (v, false)), chinese.map(|v| (v, true)))).parse(i)?;
    let (i, about) = opt(alt((tag("余"), tag("多"), tag("几"), tag("来")))).parse(i)?;
    let (i, counted) = opt(measure).parse(i)?;
    if in_words && counted.is_none() && value != Some(0) {
        return Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Digit)));
    }
    let (i, after) = opt(alt((tag("左右"), tag("以上"), tag("以下"), tag("多")))).parse(i)?;
    let value = value.filter(|_| about.is_none() && after.is_none());
    Ok((i, Word::Figure { value, counted: counted.is_some() }))
}

fn measure(i: &str) -> IResult<&str, ()> {
    let found =
        MEASURES.iter().find_map(|m| i.strip_prefix(m)).filter(|i| !NO_MEASURES.iter().any(|n| i.starts_with(n)));
    found.map(|i| (i, ())).ok_or_else(|| nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Tag)))
}

/// `26`, `1,053`; `1.5`, `3万` and `100%` are no counts.
fn arabic(i: &str) -> IResult<&str, Option<u64>> {
    let digits = |i| take_while1(|c: char| c.is_ascii_digit()).parse(i);
    let three = |i| verify(digits, |d: &str| d.len() == 3).parse(i);
    let grouped = recognize((verify(digits, |d: &str| d.len() <= 3), many1((tag(","), three))));
    let (i, number) = alt((grouped, recognize(digits))).parse(i)?;
    let (i, inexact) = opt(alt((
        recognize((tag("."), digits, opt(alt((tag("万"), tag("%"), tag("亿")))))),
        alt((tag("万"), tag("千"), tag("百"), tag("亿"), tag("%"), tag("‰"))),
        recognize((alt((tag("-"), tag("~"), tag("—"), tag("/"))), digits)),
    )))
    .parse(i)?;
    let value = number.replace(',', "").parse().ok();
    Ok((i, value.filter(|_| inexact.is_none())))
}

/// `十二`, `两`, `一百零三`, `一二〇`.
fn chinese(i: &str) -> IResult<&str, Option<u64>> {
    let (i, numeral) = take_while_m_n(1, NUMERAL_CHARS, is_chinese_numeral).parse(i)?;
    Ok((i, numeral_value(numeral)))
}

fn is_chinese_numeral(c: char) -> bool {
    "零〇一二三四五六七八九十百千万两".contains(c)
}

fn numeral_value(numeral: &str) -> Option<u64> {
    let digit = |c: char| match c {
        '零' => Some(0),
        '两' => Some(2),
        _ => CHINESE_DIGITS.chars().position(|d| d == c).map(|d| d as u64),
    };
    if numeral.chars().all(|c| digit(c).is_some()) {
        return numeral.chars().try_fold(0_u64, |n, c| n.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut section, mut last) = (0_u64, 0_u64, None);
    for c in numeral.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => {
                total = total.checked_add((section + last.take().unwrap_or(0)).checked_mul(10_000)?)?;
                section = 0;
                continue;
            }
            _ => {
                last = digit(c);
                continue;
            }
        };
        section = section.checked_add(last.take().unwrap_or(1).checked_mul(unit)?)?;
    }
    total.checked_add(section)?.checked_add(last.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(sentence: &str) -> Vec<Word> {
        words(sentence, Some(2023)).into_iter().map(|t| t.word).collect()
    }

    fn count(value: u64) -> Word {
        Word::Figure { value: Some(value), counted: true }
    }

    #[test]
    fn figures_in_digits_and_in_words() {
        for (text, value) in [
            ("26件", 26),
            ("1,053 件", 1053),
            ("１２宗", 12),
            ("两件", 2),
            ("十二件", 12),
            ("一百零三起", 103),
            ("二十份", 20),
            ("一千零五十三件", 1053),
            ("十二万三千件", 123_000),
        ] {
            assert_eq!(kinds(text), [count(value)], "{text}");
        }
        for text in ["1.5万件", "26余件", "26件以上", "3万件", "5-6件", "99999999999999999999999件"] {
            assert_eq!(kinds(text)[0], Word::Figure { value: None, counted: true }, "{text}");
        }
        for (text, value) in [("26件次", 26), ("20个工作日", 20), ("3次", 3)] {
            assert_eq!(kinds(text)[0], Word::Figure { value: Some(value), counted: false }, "{text}");
        }
        assert_eq!(kinds("统一第一件"), [Word::Unknown]);
    }

    #[test]
    fn a_figure_in_words_has_so_many_characters() {
        let numeral = "一千二百三十四万五千六百";
        assert_eq!(numeral.chars().count(), NUMERAL_CHARS);
        assert_eq!(kinds(&format!("{numeral}件")), [count(12_345_600)]);
        assert_eq!(kinds(&format!("{numeral}七件")), [Word::Unknown]);
    }

    #[test]
    fn years_carried_from_and_to() {
        for text in [
            "上年结转",
            "上一年度结转",
            "去年底结转",
            "结转上年度",
            "2022年结转",
            "上年转来",
            "上年度结转至本年继续办理",
        ] {
            assert_eq!(kinds(text), [Word::CarriedOver], "{text}");
        }
        for text in ["结转下年度", "结转至下一年度继续办理", "转下年", "转入下一年度", "结转至2024年", "顺延至次年"]
        {
            assert_eq!(kinds(text), [Word::CarriedForward], "{text}");
        }
        assert_eq!(kinds("结转"), [Word::Unknown]);
        assert_eq!(kinds("二〇二二年度"), [Word::Year(2022)]);
        assert_eq!(kinds("12月31日"), [Word::Day { month: 12, day: 31 }]);
    }

    #[test]
    fn a_request_is_one_for_information() {
        let request = Word::Noun(Noun::Request);
        assert_eq!(kinds("收到申请"), [Word::Receive, request]);
        assert_eq!(kinds("零申请"), [Word::Figure { value: Some(0), counted: false }, request]);
        assert_eq!(kinds("低保申请"), [Word::Unknown]);
        assert_eq!(kinds("收到申请人"), [Word::Receive, Word::Modifier]);
    }

    #[test]
    fn bytes_are_those_of_the_sentence() {
        let sentence = "收 到 １２ 件";
        let tokens = words(sentence, None);
        assert_eq!(&sentence[tokens[0].bytes.clone()], "收 到");
        assert_eq!(&sentence[tokens[1].bytes.clone()], "１２ 件");
    }
}
