//! In: a piece of text. Out: the same in the form in which labels are compared, each character with its place.
//! It is computed only where labels are looked for, and never changes what a report says.

use unicode_normalization::UnicodeNormalization;

/// A character of the folded form and the bytes of the original that it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) char: char,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Radicals that stand for common characters in the text of PDFs and that NFKC does not know (CJK Radicals Supplement),
/// and the traditional characters of the form's labels and of what sites print around it.
const SAME: &[(char, char)] = &[
    ('⺁', '厂'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺩', '王'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
    ('傳', '传'),
    ('備', '备'),
    ('儘', '尽'),
    ('內', '内'),
    ('處', '处'),
    ('別', '别'),
    ('務', '务'),
    ('動', '动'),
    ('區', '区'),
    ('協', '协'),
    ('單', '单'),
    ('員', '员'),
    ('問', '问'),
    ('報', '报'),
    ('導', '导'),
    ('層', '层'),
    ('屬', '属'),
    ('審', '审'),
    ('對', '对'),
    ('專', '专'),
    ('廢', '废'),
    ('徑', '径'),
    ('從', '从'),
    ('應', '应'),
    ('總', '总'),
    ('據', '据'),
    ('數', '数'),
    ('於', '于'),
    ('時', '时'),
    ('書', '书'),
    ('會', '会'),
    ('構', '构'),
    ('機', '机'),
    ('決', '决'),
    ('況', '况'),
    ('準', '准'),
    ('無', '无'),
    ('獲', '获'),
    ('現', '现'),
    ('產', '产'),
    ('當', '当'),
    ('發', '发'),
    ('確', '确'),
    ('種', '种'),
    ('範', '范'),
    ('結', '结'),
    ('維', '维'),
    ('網', '网'),
    ('編', '编'),
    ('續', '续'),
    ('繫', '系'),
    ('聯', '联'),
    ('臺', '台'),
    ('與', '与'),
    ('舉', '举'),
    ('裏', '里'),
    ('製', '制'),
    ('規', '规'),
    ('計', '计'),
    ('訪', '访'),
    ('訴', '诉'),
    ('許', '许'),
    ('詢', '询'),
    ('認', '认'),
    ('語', '语'),
    ('請', '请'),
    ('論', '论'),
    ('證', '证'),
    ('議', '议'),
    ('護', '护'),
    ('貧', '贫'),
    ('費', '费'),
    ('資', '资'),
    ('轉', '转'),
    ('辦', '办'),
    ('進', '进'),
    ('過', '过'),
    ('違', '违'),
    ('郵', '邮'),
    ('錄', '录'),
    ('鎮', '镇'),
    ('開', '开'),
    ('間', '间'),
    ('關', '关'),
    ('電', '电'),
    ('話', '话'),
    ('碼', '码'),
    ('廳', '厅'),
    ('縣', '县'),
    ('隊', '队'),
    ('館', '馆'),
    ('項', '项'),
    ('須', '须'),
    ('題', '题'),
    ('類', '类'),
    ('體', '体'),
    ('黨', '党'),
    ('號', '号'),
    ('條', '条'),
    ('復', '复'),
    ('覆', '复'),
    ('複', '复'),
    ('執', '执'),
    ('營', '营'),
    ('業', '业'),
    ('團', '团'),
    ('給', '给'),
    ('華', '华'),
    ('國', '国'),
    ('門', '门'),
    ('長', '长'),
    ('東', '东'),
    ('還', '还'),
    ('幾', '几'),
    ('歸', '归'),
    ('變', '变'),
    ('學', '学'),
    ('並', '并'),
    ('嚴', '严'),
    ('場', '场'),
    ('寫', '写'),
    ('將', '将'),
    ('廈', '厦'),
    ('強', '强'),
    ('後', '后'),
    ('戶', '户'),
    ('採', '采'),
    ('樓', '楼'),
    ('標', '标'),
    ('檔', '档'),
    ('欄', '栏'),
    ('權', '权'),
    ('歡', '欢'),
    ('沒', '没'),
    ('減', '减'),
    ('為', '为'),
    ('熱', '热'),
    ('爲', '为'),
    ('監', '监'),
    ('祕', '秘'),
    ('稱', '称'),
    ('穩', '稳'),
    ('簽', '签'),
    ('籤', '签'),
    ('糾', '纠'),
    ('納', '纳'),
    ('級', '级'),
    ('細', '细'),
    ('組', '组'),
    ('統', '统'),
    ('經', '经'),
    ('綜', '综'),
    ('線', '线'),
    ('織', '织'),
    ('繳', '缴'),
    ('繼', '继'),
    ('罰', '罚'),
    ('萬', '万'),
    ('蓋', '盖'),
    ('衆', '众'),
    ('術', '术'),
    ('補', '补'),
    ('裡', '里'),
    ('訊', '讯'),
    ('訟', '讼'),
    ('該', '该'),
    ('詳', '详'),
    ('諮', '咨'),
    ('負', '负'),
    ('責', '责'),
    ('購', '购'),
    ('這', '这'),
    ('鄉', '乡'),
    ('頁', '页'),
    ('額', '额'),
    ('點', '点'),
    ('佈', '布'),
    ('來', '来'),
    ('們', '们'),
    ('圍', '围'),
    ('圖', '图'),
    ('掃', '扫'),
    ('擊', '击'),
    ('瀏', '浏'),
    ('覽', '览'),
    ('識', '识'),
    ('讀', '读'),
    ('載', '载'),
    ('輯', '辑'),
    ('鏈', '链'),
    ('閉', '闭'),
    ('閱', '阅'),
    ('頂', '顶'),
];

/// A character that stands in for a common one, in place of it: Kangxi radicals and the like. Others stay as they are.
pub(crate) fn unify(c: char) -> char {
    match c {
        '\u{2F00}'..='\u{2FD5}' => c.nfkc().next().unwrap_or(c),
        '\u{2E80}'..='\u{2EFF}' => SAME.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to),
        _ => c,
    }
}

/// Whether a character carries no meaning in a label: space, punctuation, markup.
pub(crate) fn is_void(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => false,
        _ => !c.is_alphanumeric(),
    }
}

/// How long a gloss is that the text begins with: the reading of the character before it, which programs that make text
/// traditional leave in brackets, as in `據(jù)`.
pub(crate) fn gloss(text: &str) -> usize {
    const TONES: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ";
    const LONGEST: usize = 6;
    let Some(inner) = text.strip_prefix('(') else { return 0 };
    let end = inner.char_indices().take(LONGEST + 1).find(|(_, c)| !c.is_ascii_lowercase() && !TONES.contains(*c));
    let Some((end, ')')) = end else { return 0 };
    if inner[..end].is_ascii() { 0 } else { end + "()".len() }
}

/// Appends the folded form of `text`, whose first byte is at `start`.
pub(crate) fn fold(text: &str, start: usize, out: &mut Vec<Folded>) {
    out.reserve(text.len() / 3);
    let mut behind = 0;
    for (i, c) in text.char_indices() {
        if i < behind {
            continue;
        }
        let from = start + i;
        let mut push = |char| out.push(Folded { char, start: from, end: from + c.len_utf8() });
        match c {
            '\u{4E00}'..='\u{9FFF}' => push(simplify(c)),
            '0'..='9' | 'a'..='z' | 'A'..='Z' => push(c),
            '(' => behind = i + gloss(&text[i..]),
            _ if c.is_ascii() => {}
            '、' | '。' | '，' | '；' | '：' | '（' | '）' | '“' | '”' | '\u{3000}' => {}
            '０'..='９' => push(char::from(b'0' + (c as u32 - '０' as u32) as u8)),
            _ => unify(c).nfkc().filter(|c| !is_void(*c)).for_each(|c| push(simplify(c))),
        }
    }
}

/// The simplified character for a traditional one that is listed.
pub(crate) fn simplify(c: char) -> char {
    const FIRST: u32 = 0x4E00;
    /// Which common characters stand in `SAME`, so that the many that do not are passed over at once.
    const LISTED: [u64; 0x5200 / 64] = {
        let mut listed = [0; 0x5200 / 64];
        let mut i = 0;
        while i < SAME.len() {
            let at = (SAME[i].0 as u32).wrapping_sub(FIRST) as usize;
            if at < listed.len() * 64 {
                listed[at / 64] |= 1 << (at % 64);
            }
            i += 1;
        }
        listed
    };
    let at = (c as u32).wrapping_sub(FIRST) as usize;
    if LISTED.get(at / 64).is_none_or(|word| word >> (at % 64) & 1 == 0) {
        return c;
    }
    SAME.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)
}

/// The folded form as plain text.
pub(crate) fn folded(text: &str) -> String {
    let mut out = Vec::new();
    fold(text, 0, &mut out);
    out.into_iter().map(|f| f.char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_label_in_many_writings() {
        for text in ["1.属于国家秘密", "①属于国家秘密", "１．属 于\u{a0}国家秘密", "1、属于国家秘密", "1.屬於国家秘密"]
        {
            assert_eq!(folded(text), "1属于国家秘密", "{text}");
        }
        assert_eq!(folded("⼀、⾏政⽌⺠⻓"), "一行政止民长");
        assert_eq!(folded("規(guī)章"), "规章");
        assert_eq!(folded("规章(gui)"), "规章gui");
    }

    #[test]
    fn each_character_that_stands_for_another_is_listed_once() {
        let from: std::collections::BTreeSet<char> = SAME.iter().map(|(from, _)| *from).collect();
        assert_eq!(from.len(), SAME.len());
        for (from, to) in SAME {
            assert_ne!(from, to);
        }
    }

    #[test]
    fn places_are_those_of_the_original() {
        let mut out = Vec::new();
        fold("（一） ①", 10, &mut out);
        assert_eq!(out[0], Folded { char: '一', start: 13, end: 16 });
        assert_eq!(out[1], Folded { char: '1', start: 20, end: 23 });
    }
}
