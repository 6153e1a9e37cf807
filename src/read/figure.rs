//! In: one word. Out: what it is as the content of a cell: a figure, a dash, a mark that cannot be read, or none of
//! these. It decides nothing about where the word belongs.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{all_consuming, map, opt, recognize, rest, value, verify};
use nom::multi::many1_count;
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use super::fold::{simplify, unify};
use super::marks::{is_invisible, is_wide_digit, narrow};
use crate::form::Kind;
use crate::model::{Amount, Unit, Value};

/// A legible figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figure {
    /// The digits without their point, as far as they fit in 64 bits.
    pub(crate) digits: u64,
    /// How many of the digits stand behind the point.
    pub(crate) scale: u8,
    /// `+`, `增加` and the like, or `-`, `减少`; none where there is no sign.
    pub(crate) negative: Option<bool>,
    /// 元 or 万元 behind the digits.
    pub(crate) unit: Option<Unit>,
    /// 件, 项 and the like behind the digits.
    pub(crate) counted: bool,
    /// Its digits are of full width.
    pub(crate) wide: bool,
}

impl Figure {
    /// The figure as a count; `None` where it is none.
    pub(crate) fn count(self) -> Option<u64> {
        if self.negative == Some(true) || self.unit.is_some() {
            return None;
        }
        if self.scale == 0 {
            return Some(self.digits);
        }
        let power = 10_u64.checked_pow(u32::from(self.scale))?;
        self.digits.is_multiple_of(power).then(|| self.digits / power)
    }

    fn change(self) -> Option<i64> {
        let size = i64::try_from(Figure { negative: None, ..self }.count()?).ok()?;
        Some(if self.negative == Some(true) { -size } else { size })
    }

    fn amount(self, unit: Option<Unit>) -> Option<Amount> {
        if self.negative.is_some() || self.counted {
            return None;
        }
        let mut number = format!("{:0width$}", self.digits, width = usize::from(self.scale) + 1);
        if self.scale > 0 {
            number.insert(number.len() - usize::from(self.scale), '.');
        }
        Amount::new(&number, self.unit.or(unit))
    }

    /// Whether it is written as only what a column of this kind holds: with a sign, or with a unit of money.
    pub(crate) fn is_marked(self, kind: Kind) -> bool {
        match kind {
            Kind::Count => false,
            Kind::Change => self.negative.is_some(),
            Kind::Amount => self.unit.is_some(),
        }
    }

    /// The figure as what a column of this kind holds; `unit` is the one that the form names.
    pub(crate) fn value(self, kind: Kind, unit: Option<Unit>) -> Option<Value> {
        match kind {
            Kind::Count => self.count().map(Value::Count),
            Kind::Change => self.change().map(Value::Change),
            Kind::Amount => self.amount(unit).map(Value::Amount),
        }
    }
}

/// What a word is as the content of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// A legible figure.
    Figure(Figure),
    /// `/`, `-`, `无` and the like.
    Dash,
    /// No text, no figure: `■`, `?`, `1O`.
    Mark,
    /// The number of an item (`1.`, `（一）`, `①`) or mere punctuation.
    Void,
    /// Text.
    Text,
}

/// The longest word, in bytes, that can be a figure.
const LONGEST: usize = 96;

/// Whether a common character may stand in a cell's content.
#[rustfmt::skip]
fn is_word(c: char) -> bool {
    matches!(
        c,
        '增' | '加' | '了' | '新' | '上' | '升' | '减' | '少' | '下' | '降' | '万' | '元' | '人' | '民' | '币' | '整' | '件' | '个'
            | '项' | '条' | '宗' | '次' | '部' | '起' | '份' | '无' | '不' | '适' | '用'
    )
}

/// Tells what a word is.
#[inline]
pub(crate) fn word(text: &str) -> Word {
    match plain_number(text) {
        Some(digits) => {
            Word::Figure(Figure { digits, scale: 0, negative: None, unit: None, counted: false, wide: false })
        }
        None => other_word(text),
    }
}

/// Tells what a word is that is not digits alone.
fn other_word(text: &str) -> Word {
    match text.as_bytes() {
        b"/" | b"-" | b"_" => return Word::Dash,
        [b'1'..=b'9', b'.'] => return Word::Void,
        // A command of LaTeX that holds no figure.
        [b'\\', b'a'..=b'z', b'a'..=b'z', ..] if !text.contains(char::is_numeric) => return Word::Void,
        [b'-', b'-', b'-', rest @ ..] if rest.iter().all(|b| *b == b'-') => return Word::Void,
        _ => {}
    }
    let first = text.chars().next().unwrap_or(' ');
    // What an empty cell leaves, and a table's frame.
    if matches!(first, '\u{a0}' | '─') && text.chars().all(|c| c == first) {
        return Word::Void;
    }
    // Nothing that a cell holds but signs in words and dashes begins with a common character.
    let cjk = matches!(unify(first), '\u{4E00}'..='\u{9FFF}');
    if text.len() > LONGEST || (cjk && !matches!(first, '增' | '减' | '无' | '不' | '新' | '上' | '下')) {
        let letters = matches!(first, '\u{4E00}'..='\u{9FFF}') || text.chars().any(char::is_alphanumeric);
        return if letters { Word::Text } else { Word::Void };
    }
    // A document's number has brackets of its own: `〔2021〕30`.
    if text.chars().any(|c| matches!(c, '〔' | '〕') || matches!(c, '\u{4E00}'..='\u{9FFF}') && !is_word(simplify(c)))
    {
        return Word::Text;
    }
    let wide = text.chars().any(is_wide_digit);
    if wide && text.contains(|c: char| c.is_ascii_digit()) {
        // Two figures that ran together (`２４９0`), or a misprint: nobody knows.
        return Word::Mark;
    }
    let mut chars = text.chars().peekable();
    let unescaped = std::iter::from_fn(|| {
        let escapes = |next: &char| next.is_ascii_punctuation();
        chars.next().map(|c| if c == '\\' { chars.next_if(escapes).unwrap_or(c) } else { c })
    });
    let plain: String = unescaped.filter(|c| !is_invisible(*c)).map(plain).collect();
    let plain = plain.trim_matches('\u{a0}');
    if let Ok((_, figure)) = all_consuming(figure).parse(plain) {
        return Word::Figure(Figure { wide, ..figure });
    }
    if all_consuming(dash).parse(plain).is_ok() {
        return Word::Dash;
    }
    if all_consuming(item_number).parse(plain).is_ok() {
        return Word::Void;
    }
    other(text, plain)
}

/// What most figures are: digits, and nothing else.
#[inline]
fn plain_number(text: &str) -> Option<u64> {
    let digits = text.as_bytes();
    let plain = matches!(digits, [b'0'..=b'9'] | [b'1'..=b'9', ..]) && digits.len() < 19;
    if !plain {
        return None;
    }
    digits.iter().try_fold(0, |n, d| d.is_ascii_digit().then(|| n * 10 + u64::from(d - b'0')))
}

/// A word that is no figure and no dash.
fn other(text: &str, plain: &str) -> Word {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    let cjk = text.chars().any(|c| matches!(c, '\u{2E80}'..='\u{2FD5}' | '\u{3400}'..='\u{9FFF}'));
    // Digits with a unit that are no figure stand in a cell of their own: `012件`, `5万`.
    let digits = plain.starts_with(|c: char| c.is_ascii_digit());
    let circled = |c: char| matches!(c, '①'..='⓿' | '❶'..='➓');
    match text.chars().next() {
        _ if cjk && !digits || plain.contains("://") || is_moment(plain) => Word::Text,
        Some(c) if circled(c) => Word::Void,
        _ if letters > 0 => Word::Mark,
        _ if plain.chars().all(|c| "()[]{}<>《》“”\"'、,;:.。·•|=_~^*-─━".contains(c)) => Word::Void,
        _ => Word::Mark,
    }
}

/// Whether it is a date or a time of day: `2024-01-15`, `10:30`.
fn is_moment(plain: &str) -> bool {
    let of_digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let time = || plain.split(':').all(|part| of_digits(part, 2)) && plain.contains(':');
    let mut date = plain.split(['-', '/', '.']);
    let year = date.next().is_some_and(|year| year.len() == 4 && year.starts_with("20"));
    year && of_digits(date.next().unwrap_or_default(), 2) && date.all(|day| of_digits(day, 2)) && plain.len() > 7
        || time()
}

/// ASCII for full-width digits, signs and points; others as they are.
fn plain(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => narrow(c),
        '−' | '﹣' | '–' | '—' | '―' | '‐' | '‑' => '-',
        _ => simplify(unify(c)),
    }
}

fn figure(input: &str) -> IResult<&str, Figure> {
    let (input, negative) = opt(sign).parse(input)?;
    let (input, (whole, fraction)) =
        pair(alt((thousands, recognize(plain_digits))), opt(preceded(char('.'), digit1))).parse(input)?;
    let (input, (unit, counted)) = unit(input)?;
    let fraction = fraction.unwrap_or("");
    let digits = whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit);
    let digits = digits.into_iter().try_fold(0_u64, |n, d| n.checked_mul(10)?.checked_add(u64::from(d - b'0')));
    match (digits, u8::try_from(fraction.len())) {
        (Some(digits), Ok(scale)) if scale < 20 => {
            Ok((input, Figure { digits, scale, negative, unit, counted, wide: false }))
        }
        _ => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Digit))),
    }
}

fn sign(input: &str) -> IResult<&str, bool> {
    alt((
        value(false, alt((tag("+"), tag("增加了"), tag("增加"), tag("新增"), tag("增"), tag("上升")))),
        value(true, alt((tag("-"), tag("减少了"), tag("减少"), tag("减"), tag("下降")))),
    ))
    .parse(input)
}

/// Digits without a leading zero: `000` is several figures run together, and nobody knows which.
fn plain_digits(input: &str) -> IResult<&str, &str> {
    verify(digit1, |d: &str| d.len() == 1 || !d.starts_with('0')).parse(input)
}

fn thousands(input: &str) -> IResult<&str, &str> {
    let group = preceded(char(','), take_while_m_n(3, 3, |c: char| c.is_ascii_digit()));
    let first = verify(take_while_m_n(1, 3, |c: char| c.is_ascii_digit()), |d: &str| !d.starts_with('0'));
    recognize(pair(first, many1_count(group))).parse(input)
}

/// The unit of money, and whether it is a measure word instead.
fn unit(input: &str) -> IResult<&str, (Option<Unit>, bool)> {
    let money = alt((
        value((Some(Unit::TenThousandYuan), false), alt((tag("万元人民币"), tag("万元"), tag("(万元)"), tag("万")))),
        value((Some(Unit::Yuan), false), alt((tag("元人民币"), tag("元整"), tag("元"), tag("(元)")))),
    ));
    let measure = || one_of("件个项条宗次部人起份");
    let count = alt((recognize(measure()), recognize((char('('), measure(), char(')')))));
    alt((money, value((None, true), count), value((None, false), rest_is_empty))).parse(input)
}

fn rest_is_empty(input: &str) -> IResult<&str, &str> {
    verify(rest, str::is_empty).parse(input)
}

fn dash(input: &str) -> IResult<&str, ()> {
    let strokes = map(verify(take_while1(|c| c == '-'), |s: &str| s.len() <= 2), |_| ());
    let words = value((), alt((tag("/"), tag("\\"), tag("无"), tag("不适用"), tag("N/A"), tag("n/a"))));
    alt((strokes, words)).parse(input)
}

/// `1.`, `2、`, `(3)`, `1)`: the number of an item, whose label stands in the next word. None is `0.`, of which the decimals
/// may stand below.
fn item_number(input: &str) -> IResult<&str, ()> {
    let short = || verify(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), |number: &str| !number.starts_with('0'));
    let bracketed = map((char('('), short(), char(')'), opt(one_of(".、"))), |_| ());
    let followed = map((short(), one_of(".、)")), |_| ());
    alt((bracketed, followed)).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Option<u64> {
        match word(text) {
            Word::Figure(f) => f.count(),
            _ => None,
        }
    }

    #[test]
    fn figures() {
        let counts = [
            ("0", 0),
            ("1,053", 1053),
            ("２３", 23),
            ("3件", 3),
            ("+4", 4),
            ("17467", 17467),
            ("12.0", 12),
            ("1，053", 1053),
            ("12\\.0", 12),
            ("\\+4", 4),
        ];
        for (text, want) in counts {
            assert_eq!(count(text), Some(want), "{text}");
        }
        for text in ["000", "0017", "1O", "-3", "1,05", "12,3456", "99999999999999999999", "1.5", "3元", "134-2"] {
            assert_eq!(count(text), None, "{text}");
        }
    }

    #[test]
    fn changes_and_amounts() {
        let value = |text: &str, kind| match word(text) {
            Word::Figure(f) => f.value(kind, None).map(|v| v.to_string()),
            _ => None,
        };
        for (text, want) in [("+3", "3"), ("-2", "-2"), ("－2", "-2"), ("增加3", "3"), ("减少2项", "-2"), ("0", "0")]
        {
            assert_eq!(value(text, Kind::Change).as_deref(), Some(want), "{text}");
        }
        for (text, want) in [
            ("0.60", "0.60"),
            ("251000元", "251000"),
            ("25.1万元", "25.1"),
            ("25.1万", "25.1"),
            ("1,234.50", "1234.50"),
        ] {
            assert_eq!(value(text, Kind::Amount).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn limits_just_below_and_just_above() {
        let longest = format!("增加了{}元人民币", "1，111，111，111，111，111，111".replace('1', "１"));
        assert_eq!(longest.len(), LONGEST);
        assert!(matches!(word(&longest), Word::Figure(Figure { digits: 1_111_111_111_111_111_111, .. })));
        assert_eq!(word(&longest.replace('元', "万元")), Word::Text);
        for (zeros, legible) in [(19, true), (20, false)] {
            let text = format!("0.{}", "0".repeat(zeros));
            assert_eq!(count(&text), legible.then_some(0), "{text}");
        }
    }

    #[test]
    fn what_is_no_figure() {
        for (text, want) in [
            ("/", Word::Dash),
            ("_", Word::Dash),
            ("—", Word::Dash),
            ("——", Word::Dash),
            ("\\-", Word::Dash),
            ("\\", Word::Dash),
            ("无", Word::Dash),
            ("不适用", Word::Dash),
            ("---", Word::Void),
            ("1.", Word::Void),
            ("①", Word::Void),
            ("■", Word::Mark),
            ("?", Word::Mark),
            ("#", Word::Mark),
            ("1O", Word::Mark),
            ("000", Word::Mark),
            ("007.5", Word::Mark),
            (".5", Word::Mark),
            ("5.", Word::Void),
            ("２４９0", Word::Mark),
            ("012件", Word::Mark),
            ("详见附表", Word::Text),
            ("1.属于国家秘密", Word::Text),
            ("⾏政许可", Word::Text),
            ("〔2021〕30", Word::Text),
            ("2024-1-15", Word::Text),
            ("2024-1", Word::Mark),
            ("10:30", Word::Text),
            ("10:305", Word::Mark),
            ("http://www.example.cn/1.html", Word::Text),
            ("NaN", Word::Mark),
        ] {
            assert_eq!(word(text), want, "{text}");
        }
    }
}
