//! In: plain text. Out: what it says of whom to ask: address, postcode, phone, fax, e-mail, website.
//! It finds statements; which of them count is decided by who asks.

use std::ops::Range;
use std::sync::LazyLock;

use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, digit1, one_of, space0};
use nom::combinator::{not, opt, peek, recognize, verify};
use nom::multi::{count, many0, many1};
use nom::sequence::{delimited, pair, preceded, terminated};
use nom::{IResult, Parser};

use super::dates;
use crate::model::Field;
use crate::read::initials::ByInitial;

/// A label and the fields that follow it.
type Label = (&'static str, &'static [Field]);

/// The labels of contact lines and what follows them; nothing for those that are not about the report.
const LABELS: &[Label] = &[
    ("联系地址", &[Field::Address]),
    ("通讯地址", &[Field::Address]),
    ("通信地址", &[Field::Address]),
    ("办公地址", &[Field::Address]),
    ("单位地址", &[Field::Address]),
    ("邮寄地址", &[Field::Address]),
    ("详细地址", &[Field::Address]),
    ("办公地点", &[Field::Address]),
    ("联系地点", &[Field::Address]),
    ("地址", &[Field::Address]),
    ("邮政编码", &[Field::Postcode]),
    ("邮政编号", &[Field::Postcode]),
    ("邮编", &[Field::Postcode]),
    ("联系电话", &[Field::Phone]),
    ("联系方式", &[Field::Phone]),
    ("咨询电话", &[Field::Phone]),
    ("办公电话", &[Field::Phone]),
    ("电话号码", &[Field::Phone]),
    ("联系电话号码", &[Field::Phone]),
    ("座机", &[Field::Phone]),
    ("致电", &[Field::Phone]),
    ("电话", &[Field::Phone]),
    ("Tel", &[Field::Phone]),
    ("电话/传真", &[Field::Phone, Field::Fax]),
    ("电话(传真)", &[Field::Phone, Field::Fax]),
    ("电话、传真", &[Field::Phone, Field::Fax]),
    ("电话及传真", &[Field::Phone, Field::Fax]),
    ("传真/电话", &[Field::Phone, Field::Fax]),
    ("传真电话", &[Field::Fax]),
    ("传真号码", &[Field::Fax]),
    ("传真号", &[Field::Fax]),
    ("传真", &[Field::Fax]),
    ("Fax", &[Field::Fax]),
    ("电子邮箱地址", &[Field::Email]),
    ("电子邮件地址", &[Field::Email]),
    ("电子信箱", &[Field::Email]),
    ("电子邮箱", &[Field::Email]),
    ("电子邮件", &[Field::Email]),
    ("邮箱地址", &[Field::Email]),
    ("邮箱", &[Field::Email]),
    ("E-mail", &[Field::Email]),
    ("Email", &[Field::Email]),
    ("网站地址", &[Field::Website]),
    ("网站网址", &[Field::Website]),
    ("官方网站", &[Field::Website]),
    ("门户网站", &[Field::Website]),
    ("网址", &[Field::Website]),
    ("网站", &[Field::Website]),
    ("监督电话", &[]),
    ("举报电话", &[]),
    ("投诉电话", &[]),
    ("监督举报电话", &[]),
    ("监督投诉电话", &[]),
    ("投诉举报电话", &[]),
    ("技术支持电话", &[]),
    ("网站电话", &[]),
    ("网站联系电话", &[]),
    ("网站管理电话", &[]),
    ("网站维护电话", &[]),
    ("值班电话", &[]),
    ("服务热线", &[]),
    ("热线电话", &[]),
    ("办公时间", &[]),
    ("联系人", &[]),
];

/// The labels by their first characters, so that most positions are passed over at once.
static BY_INITIAL: LazyLock<ByInitial<Label>> = LazyLock::new(|| ByInitial::new(LABELS, |label| label.0));

/// The most characters of an address.
const ADDRESS_CHARS: usize = 80;

/// A statement: the field, and where its value stands. A value that could not be read is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) field: Field,
    pub(super) value: Range<usize>,
}

/// All statements of a text, in its order.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let (mut from, mut before) = (0, ' ');
    for (i, c) in text.char_indices() {
        let previous = std::mem::replace(&mut before, c);
        if i < from {
            continue;
        }
        let end = match c {
            '(' => lone_phone(text, i, &mut found),
            _ if c.is_ascii_alphanumeric() && in_a_word(previous) => None,
            'a'..='z' | 'A'..='Z' => labelled(text, i, &mut found).or_else(|| bare(text, i, &mut found)),
            '0'..='9' => bare(text, i, &mut found),
            _ if BY_INITIAL.of(c).is_empty() => None,
            _ => labelled(text, i, &mut found),
        };
        from = end.unwrap_or(from);
    }
    found.retain(|statement| !is_cut_off(text, statement));
    found
}

/// Whether a value without a measure of its own ends where a sentence breaks off, to go on below an empty line, or a website at a
/// point.
fn is_cut_off(text: &str, statement: &Statement) -> bool {
    let point = text[statement.value.end..].strip_prefix('.').filter(|_| statement.field == Field::Website);
    if point.is_some_and(|behind| behind.trim_start().starts_with(char::is_lowercase)) {
        return true;
    }
    let measured = matches!(statement.field, Field::Postcode | Field::Phone | Field::Fax);
    let Some(below) = text[statement.value.end..].strip_prefix('\n').filter(|_| !measured) else { return false };
    let house = below.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    if statement.field == Field::Address && house.starts_with('号') {
        return true;
    }
    let line = text[..statement.value.start].rfind('\n').map_or(0, |end| end + 1);
    let within_a_sentence = text[line..statement.value.start].contains([',', '。', ';']);
    within_a_sentence && !opens_with_label(below) && !next_sentence(below)
}

/// Whether a word or an address goes on behind this character: each is tried once, at its start.
fn in_a_word(previous: char) -> bool {
    is_of_a_mailbox(previous)
}

/// Whether a text begins with a label and its value.
pub(super) fn opens_with_label(text: &str) -> bool {
    let mut found = Vec::new();
    labelled(text, 0, &mut found).is_some() && !found.is_empty()
}

/// A label and its value at `at`; where they end.
fn labelled(text: &str, at: usize, found: &mut Vec<Statement>) -> Option<usize> {
    let (fields, rest) = label(&text[at..])?;
    let (value, colon) = separator(rest).ok()?;
    let start = text.len() - value.len();
    let Some(field) = fields.first() else {
        // The value of a label that is not about the report must not be read as anything else.
        return Some(phones(value).map_or(start, |(rest, _)| text.len() - rest.len()));
    };
    let length = match field {
        Field::Address => address(value, colon, opens_clause(&text[..at])),
        Field::Postcode => postcode(value).ok().map(|(_, v)| v.len()),
        Field::Phone | Field::Fax => phones(value).ok().map(|(_, v)| v.len()),
        Field::Email => email(value).ok().map(|(_, v)| v.len()),
        _ if !colon && !is_of_a_sentence(text, at) => None,
        _ => alt((url, domain)).parse(value).ok().map(|(_, v)| v.trim_end_matches(['.', ',', '-']).len()),
    }?;
    found.extend(fields.iter().map(|field| Statement { field: *field, value: start..start + length }));
    let behind = if *field == Field::Address { bracketed_postcode(&value[length..]) } else { None };
    let Some((code, behind)) = behind else { return Some(start + length) };
    let end = text.len() - behind.len();
    found.push(Statement { field: Field::Postcode, value: end - 1 - code.len()..end - 1 });
    Some(end)
}

/// A postcode alone in brackets, and what stands behind these.
fn bracketed_postcode(text: &str) -> Option<(&str, &str)> {
    let (behind, code) = delimited(char('('), postcode, char(')')).parse(text).ok()?;
    Some((code, behind))
}

/// The longest label that a text begins with, spaces inside allowed (`邮 编`), and what follows it.
fn label(text: &str) -> Option<(&'static [Field], &str)> {
    let labels = BY_INITIAL.of(text.chars().next()?).iter();
    let longest = labels.filter_map(|(label, fields)| Some((fields, strip_spaced(text, label)?)));
    longest.min_by_key(|(_, rest)| rest.len()).map(|(fields, rest)| (*fields, rest))
}

/// What follows a label that a text begins with, spaces inside allowed.
pub(super) fn strip_spaced<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let mut rest = text;
    for (i, wanted) in label.chars().enumerate() {
        if i > 0 {
            rest = rest.trim_start_matches([' ', '　']);
        }
        rest = rest.strip_prefix(|c: char| c.eq_ignore_ascii_case(&wanted))?;
    }
    Some(rest)
}

/// What stands between a label and its value; whether that is a colon or a word for one.
fn separator(input: &str) -> IResult<&str, bool> {
    let colon = alt((recognize(many1(one_of(":："))), tag("为"), tag("是"))).map(|_| true);
    let bracket = preceded(not(peek(phone)), one_of("(<[")).map(|_| false);
    let (rest, mark) = delimited(space0, opt(alt((colon, bracket))), space0).parse(input)?;
    Ok((rest, mark.unwrap_or(false)))
}

/// Whether a label that stands after `before` opens a clause.
fn opens_clause(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|c| matches!(c, ' ' | '\n' | '(' | ',' | ';' | '，' | '；' | '。' | '、' | ':'))
}

/// How long an address is that the text begins with. Without a colon it must open a clause and look like one.
fn address(text: &str, colon: bool, opens_clause: bool) -> Option<usize> {
    let mut depth = 0;
    let mut end = 0;
    for (n, (i, c)) in text.char_indices().enumerate() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        let clause_ends = matches!(c, ',' | ';' | '。') && depth == 0 && !(c == ',' && names_a_room(&text[i + 1..]));
        let stops = clause_ends || depth < 0 || c == '\n';
        let code = c == '(' && bracketed_postcode(&text[i..]).is_some();
        if stops || code || next_label(&text[i..]) || next_sentence(&text[i..]) {
            break;
        }
        if n == ADDRESS_CHARS {
            return None;
        }
        end = i + c.len_utf8();
    }
    let value = text[..end].trim_end_matches([' ', '、', '(', '-', ':']);
    let place = value.chars().any(|c| "路街号道巷楼室区市县镇乡村厦院旗州盟弄里组座层中心".contains(c));
    let numbered = value.contains(|c: char| c.is_ascii_digit() || "路街道号楼厦".contains(c));
    let long_enough = value.chars().count() >= 4 && !value.contains(['|', '<']);
    (long_enough && place && !value.starts_with(['、', '(']) && (colon || opens_clause && numbered))
        .then_some(value.len())
}

/// Whether the next clause is a building or a room of the address before it: `文昌路3号,办公大楼4楼`.
fn names_a_room(behind: &str) -> bool {
    let mut ahead = behind.char_indices().take(ROOM_CHARS + 1);
    let end = ahead.find(|(_, c)| matches!(c, ',' | ';' | '。' | ')' | '\n'));
    let Some(clause) = end.map(|(end, _)| behind[..end].trim_end()) else { return false };
    let numbered = clause.ends_with('室') && clause.contains(|c: char| c.is_ascii_digit());
    numbered || clause.ends_with(['楼', '层', '座', '厦', '栋'])
}

/// The most characters of such a clause.
const ROOM_CHARS: usize = 20;

/// Whether another item begins here.
fn next_label(text: &str) -> bool {
    let Some((_, rest)) = label(text) else { return false };
    let rest = rest.trim_start_matches(' ');
    rest.starts_with(|c: char| ":([〔【".contains(c) || c.is_ascii_alphanumeric())
}

/// Whether the text goes on with `2023年`, where a line or a bracket ended without a mark.
fn next_sentence(text: &str) -> bool {
    text.starts_with(['1', '2']) && dates::year(text).is_ok_and(|(rest, _)| rest.starts_with('年'))
}

/// Six digits.
fn postcode(input: &str) -> IResult<&str, &str> {
    let digits = recognize((
        take_while_m_n(1, 6, |c: char| c.is_ascii_digit()),
        many0(pair(char(' '), take_while_m_n(1, 5, |c: char| c.is_ascii_digit()))),
    ));
    let six = verify(digits, |v: &str| v.bytes().filter(u8::is_ascii_digit).count() == 6);
    terminated(six, not(peek(one_of("0123456789-")))).parse(input)
}

/// One phone number or several, as they are printed.
fn phones(input: &str) -> IResult<&str, &str> {
    let another = (space0, one_of("、/,;或"), space0, alt((phone, short)));
    // A number that cannot be read, behind one that can, leaves the statement half read.
    let unread = (space0, one_of("、/"), space0, count(one_of("0123456789"), 7));
    terminated(recognize((phone, many0(another))), not(peek(unread))).parse(input)
}

/// The last digits of a number that differs from the one before in them alone.
fn short(input: &str) -> IResult<&str, &str> {
    terminated(take_while_m_n(1, 4, |c: char| c.is_ascii_digit()), not(peek(one_of("0123456789-年月日号室楼."))))
        .parse(input)
}

fn phone(input: &str) -> IResult<&str, &str> {
    let country = alt((recognize((alt((tag("+86"), tag("0086"))), space0, opt(dash))), recognize((tag("86"), dash))));
    let area = alt((
        recognize((one_of("([〔【"), space0, area_code, space0, one_of(")]〕】"), space0, opt(dash))),
        recognize((area_code, alt((recognize((space0, dash)), tag(" "))))),
    ));
    let extension =
        (space0, alt((tag("转"), tag("-"), tag("—"))), space0, take_while_m_n(1, 5, |c: char| c.is_ascii_digit()));
    let number = recognize((opt(country), alt((recognize((area, subscriber)), whole)), opt(extension)));
    terminated(number, not(peek(one_of("0123456789")))).parse(input)
}

fn dash(input: &str) -> IResult<&str, &str> {
    delimited(space0, recognize(many1(one_of("-—–－―‐‑─"))), space0).parse(input)
}

fn area_code(input: &str) -> IResult<&str, &str> {
    verify(take_while_m_n(3, 4, |c: char| c.is_ascii_digit()), |v: &str| v.starts_with('0')).parse(input)
}

/// Seven or eight digits, perhaps in two groups.
fn subscriber(input: &str) -> IResult<&str, &str> {
    let grouped = recognize((
        take_while_m_n(3, 4, |c: char| c.is_ascii_digit()),
        one_of(" -"),
        take_while_m_n(4, 4, |c: char| c.is_ascii_digit()),
    ));
    alt((verify(digit1, |v: &str| matches!(v.len(), 7 | 8)), grouped)).parse(input)
}

/// A number without an area code: a subscriber's, a mobile one, a 400 number, a hotline, or all digits in one.
fn whole(input: &str) -> IResult<&str, &str> {
    let together = verify(digit1, |v: &str| match v.len() {
        5 => v.starts_with('1'),
        7 | 8 => true,
        11 => v.starts_with('1') || v.starts_with('0'),
        10 | 12 => v.starts_with('0') || v.starts_with("400"),
        _ => false,
    });
    let service = recognize((alt((tag("400"), tag("800"))), dash, digit1, opt((dash, digit1))));
    alt((service, together, subscriber)).parse(input)
}

/// A phone number alone in brackets, `办公室（0632-1174218）`.
fn lone_phone(text: &str, at: usize, found: &mut Vec<Statement>) -> Option<usize> {
    let mut inner = preceded((char::<&str, _>('('), space0), phones);
    let (rest, value) = inner.parse(&text[at..]).ok()?;
    let closed = rest.trim_start_matches(' ').starts_with(|c: char| ")，,;".contains(c));
    let end = text.len() - rest.len();
    let subscriber = value.bytes().filter(u8::is_ascii_digit).count() >= 7;
    (closed && subscriber).then(|| {
        found.push(Statement { field: Field::Phone, value: end - value.len()..end });
        end
    })
}

/// An e-mail address or a website that stands without a label.
fn bare(text: &str, at: usize, found: &mut Vec<Statement>) -> Option<usize> {
    let (field, value) = match (email(&text[at..]), url(&text[at..])) {
        (Ok((_, value)), _) => (Field::Email, value),
        // Alone on a line with a site's name and a date, it is what the site prints around the report.
        (_, Ok((_, value))) if is_of_a_sentence(text, at) => (Field::Website, value.trim_end_matches(['.', ',', '-'])),
        _ => return None,
    };
    found.push(Statement { field, value: at..at + value.len() });
    Some(at + value.len())
}

/// Whether a mark of a sentence or a bracket stands on the line of a byte.
fn is_of_a_sentence(text: &str, at: usize) -> bool {
    let mark = |c: char| matches!(c, ',' | ';' | '。' | '(' | '、');
    let before = text[..at].chars().rev().take_while(|c| *c != '\n').take(LONGEST_CLAUSE);
    let behind = text[at..].chars().take_while(|c| *c != '\n').take(LONGEST_CLAUSE);
    before.chain(behind).any(mark)
}

/// So many characters on either side of a website are looked at for such a mark.
const LONGEST_CLAUSE: usize = 200;

/// Whether the name of a mailbox may hold this character.
fn is_of_a_mailbox(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

fn email(input: &str) -> IResult<&str, &str> {
    let local = take_while1(is_of_a_mailbox);
    // Some sites hide addresses from robots.
    let at = alt((tag("@"), tag("[at]"), tag("(at)"), tag("(@)"), tag("[@]")));
    recognize((local, space0, at, space0, domain)).parse(input)
}

/// An address as it is written to: `xxgk[at]example.cn` is `xxgk@example.cn`.
pub(super) fn email_address(printed: &str) -> String {
    ["[at]", "(at)", "(@)", "[@]"].iter().fold(printed.to_owned(), |address, at| address.replace(at, "@"))
}

fn domain(input: &str) -> IResult<&str, &str> {
    let name = || take_while1(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    recognize((name(), many1(preceded(char('.'), name())))).parse(input)
}

fn url(input: &str) -> IResult<&str, &str> {
    peek(one_of("hHwW")).parse(input)?;
    let scheme = alt((tag_no_case("http://"), tag_no_case("https://")));
    let start = alt((recognize((scheme, domain)), recognize((peek(tag_no_case("www.")), domain))));
    let port = preceded(char(':'), digit1);
    let path = preceded(char('/'), take_while(|c: char| c.is_ascii_alphanumeric() || "/._~%?&=#+-:@!$".contains(c)));
    recognize((start, opt(port), opt(path))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&'static str, &str)> {
        statements(text).into_iter().map(|s| (s.field.id(), &text[s.value])).collect()
    }

    #[test]
    fn in_brackets() {
        assert_eq!(
            read(
                "请联系云溪市教育局(地址:云溪市文昌路3号(市府大院)4楼,邮编:990000;电话:0610-1000000;传真0638-1170828;电子邮箱(xxgk20@example.cn)。"
            ),
            [
                ("address", "云溪市文昌路3号(市府大院)4楼"),
                ("postcode", "990000"),
                ("phone", "0610-1000000"),
                ("fax", "0638-1170828"),
                ("email", "xxgk20@example.cn"),
            ]
        );
    }

    #[test]
    fn a_site_on_a_line_of_its_own_is_not_the_reports() {
        assert_eq!(read("云溪市人民政府门户网站 www.example.cn 2022-01-27"), []);
        assert_eq!(read("可从门户网站(www.example.cn)下载。"), [("website", "www.example.cn")]);
        assert_eq!(read("网址:www.example.cn"), [("website", "www.example.cn")]);
        assert_eq!(read("网址:www.example. cn"), []);
        assert_eq!(read("网址:www.example.cn. 邮编:990000").len(), 2);
        assert_eq!(read("电话、传真:0610-1000000"), [("phone", "0610-1000000"), ("fax", "0610-1000000")]);
    }

    #[test]
    fn a_sentence_has_so_many_characters_on_either_side_of_a_site() {
        for (length, found) in [(LONGEST_CLAUSE, 1), (LONGEST_CLAUSE + 1, 0)] {
            let words = "云".repeat(length - 1);
            assert_eq!(read(&format!(",{words}www.example.cn")).len(), found, "{length}");
            let words = "云".repeat(length - "www.example.cn".len() - 1);
            assert_eq!(read(&format!("www.example.cn{words},")).len(), found, "{length}");
        }
    }

    #[test]
    fn phones_in_many_writings() {
        for phone in [
            "0610-1000000",
            "0620—1079190",
            "(0636)1205894",
            "0618-1063352、1063353",
            "1459302",
            "0531-68966710转802",
            "13800000000",
            "0531 - 68966710",
            "400-123-4567",
        ] {
            assert_eq!(read(&format!("联系电话:{phone}。")), [("phone", phone)], "{phone}");
            assert_eq!(read(&format!("电 话 {phone},")), [("phone", phone)], "{phone}");
        }
    }

    #[test]
    fn what_is_no_contact() {
        for text in [
            "办公地址、办公时间、联系方式",
            "监督电话:0531-1234567",
            "电话解答群众提问3000余次",
            "邮编:2500012",
            "网站发布信息6068条",
            "(2020)1234567",
            "经办机构地址电话等信息",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn a_postcode_in_brackets_behind_the_address() {
        let contact = [("address", "云溪市文昌路3号"), ("postcode", "990000"), ("phone", "0610-1000000")];
        assert_eq!(read("地址:云溪市文昌路3号(990000),电话:0610-1000000。"), contact);
        assert_eq!(read("地址:云溪市文昌路3号(9900001)。")[0].1, "云溪市文昌路3号(9900001)");
    }

    #[test]
    fn the_phone_of_a_site_is_not_the_report_s() {
        assert_eq!(read("网站管理电话:0610-1000001。电话:0610-1000000。"), [("phone", "0610-1000000")]);
        assert_eq!(read("网站联系电话:0610-1000001。"), []);
    }

    #[test]
    fn without_colons_and_labels() {
        assert_eq!(
            read("(地址青坪区滨河东路3号;邮编993668;办公室(0632-1174218)"),
            [("address", "青坪区滨河东路3号"), ("postcode", "993668"), ("phone", "0632-1174218")]
        );
        assert_eq!(read("可在网站(http://www.example04.cn/)下载"), [("website", "http://www.example04.cn/")]);
        assert_eq!(read("网址:www.example.cn。"), [("website", "www.example.cn")]);
    }

    #[test]
    fn an_address_has_so_many_characters() {
        for (chars, found) in [(ADDRESS_CHARS, true), (ADDRESS_CHARS + 1, false)] {
            let address = "云".repeat(chars - "路3号".chars().count()) + "路3号";
            let text = format!("地址:{address}。");
            assert_eq!(read(&text).contains(&("address", address.as_str())), found, "{chars}");
        }
    }
}
