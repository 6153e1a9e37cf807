//! In: plain text. Out: dates and the statistical period, however a converter left them.
//! It knows nothing of where they stand.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, one_of, satisfy, space0};
use nom::combinator::{map_opt, not, opt, peek, recognize, verify};
use nom::multi::{count, many1};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use crate::model::{Date, Period};

/// A date: `2024年1月18日`, `二〇二四年一月十八日`, `2024-01-18`, and `20240118日`, `20241月18日` where a conversion lost
/// the characters between.
pub(super) fn date(input: &str) -> IResult<&str, Date> {
    let (rest, year) = year(input)?;
    alt((
        map_opt(preceded((space0, char('年'), space0), month_day), |(m, d)| Date::new(year, m, d)),
        map_opt(iso_month_day, |(m, d)| Date::new(year, m, d)),
        map_opt(alt((month_day, run_together)), |(m, d)| Date::new(year, m, d)),
    ))
    .parse(rest)
}

/// The year of a date or of a title.
pub(super) fn year(input: &str) -> IResult<&str, u16> {
    let arabic = map_opt(take_while_m_n(4, 4, |c: char| c.is_ascii_digit()), |y: &str| y.parse().ok());
    let chinese = map_opt(recognize(count(satisfy(|c| digit(c).is_some()), 4)), |y: &str| {
        y.chars().try_fold(0, |year, c| Some(year * 10 + digit(c)?))
    });
    verify(alt((arabic, chinese, spaced)), |year| (1990..2100).contains(year)).parse(input)
}

/// `2 0 2 4`, as headings and signatures are set now and then.
fn spaced(input: &str) -> IResult<&str, u16> {
    let digit = || satisfy(|c| c.is_ascii_digit());
    let digits = recognize((digit(), count(preceded(char(' '), digit()), 3)));
    map_opt(digits, |y: &str| y.replace(' ', "").parse().ok()).parse(input)
}

fn digit(c: char) -> Option<u16> {
    match c {
        '〇' | '○' | 'O' | 'o' | '零' | '0' | '◯' => Some(0),
        '\u{4E00}'..='\u{9FFF}' => "一二三四五六七八九".chars().zip(1..).find(|(d, _)| *d == c).map(|(_, n)| n),
        _ => None,
    }
}

fn month_day(input: &str) -> IResult<&str, (u8, u8)> {
    let first = char('元').map(|_| 1);
    let month = terminated(alt((first, small_number)), (space0, char('月'), space0));
    (month, terminated(small_number, (space0, one_of("日号")))).parse(input)
}

fn iso_month_day(input: &str) -> IResult<&str, (u8, u8)> {
    let (rest, mark) = delimited(space0, one_of("-./"), space0).parse(input)?;
    let (rest, month) = small_number(rest)?;
    let (rest, _) = delimited(space0, char(mark), space0).parse(rest)?;
    let (rest, day) = small_number(rest)?;
    Ok((rest, (month, day)))
}

/// Month and day with nothing between, `11日`, `1231日`, where just one division of the digits is a date.
fn run_together(input: &str) -> IResult<&str, (u8, u8)> {
    map_opt(terminated(take_while_m_n(2, 4, |c: char| c.is_ascii_digit()), (space0, char('日'))), |digits: &str| {
        let divisions = (1..digits.len()).filter_map(|at| {
            let (month, day) = digits.split_at_checked(at)?;
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            // 2000 is a leap year: whether the day exists in the report's own year is asked later.
            Date::new(2000, month, day).map(|_| (month, day))
        });
        let mut divisions = divisions.filter(|(month, _)| *month > 0);
        divisions.next().filter(|_| divisions.next().is_none())
    })
    .parse(input)
}

/// A number of one or two digits, or the same in Chinese (`十二`, `三十一`).
fn small_number(input: &str) -> IResult<&str, u8> {
    let digit_alone = || satisfy(|c| c.is_ascii_digit());
    let spaced =
        map_opt(recognize((digit_alone(), char(' '), digit_alone())), |n: &str| n.replace(' ', "").parse().ok());
    let arabic = map_opt(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), |n: &str| n.parse().ok());
    let chinese = map_opt(take_while_m_n(1, 3, |c| c == '十' || c == '廿' || digit(c).is_some()), |n: &str| {
        let n = n.replace('廿', "二十");
        match n.split_once('十') {
            None => n.chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?)),
            Some((tens, ones)) => Some(10 * one_digit(tens, 1)? + one_digit(ones, 0)?),
        }
        .and_then(|n| n.try_into().ok())
    });
    alt((spaced, arabic, chinese)).parse(input)
}

fn one_digit(text: &str, default: u16) -> Option<u16> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (None, _) => Some(default),
        (Some(c), None) => digit(c),
        _ => None,
    }
}

/// The period from one day to another; the second may leave its year out, and both their days.
pub(super) fn period(input: &str) -> IResult<&str, Period> {
    alt((of_days, of_months, without_months)).parse(input)
}

/// `2024年11日至1231日`, where a conversion lost 月.
fn without_months(input: &str) -> IResult<&str, Period> {
    let in_year = || terminated(year, (space0, char('年'), space0));
    let start = terminated((in_year(), run_together), (opt(char('起')), space0, until, space0));
    map_opt((start, opt(in_year()), run_together), |((first, (m, d)), last, (month, day))| {
        let start = Date::new(first, m, d)?;
        let end = Date::new(last.unwrap_or(first), month, day).filter(|end| *end > start)?;
        Some(Period { start: Some(start), end: Some(end) })
    })
    .parse(input)
}

/// `2024年1月至12月`, `2024年1-12月`, with no day behind.
fn of_months(input: &str) -> IResult<&str, Period> {
    let in_year = || terminated(year, (space0, char('年'), space0));
    let start = (in_year(), small_number, opt((space0, char('月'))));
    let end = (opt(in_year()), small_number, (space0, char('月')));
    let months = (terminated(start, (space0, until, space0)), terminated(end, not((space0, small_number))));
    map_opt(months, |((first, start, _), (last, end, _))| {
        let start = Date::new(first, start, 1)?;
        let end = (28..=31).rev().find_map(|day| Date::new(last.unwrap_or(first), end, day));
        Some(Period { start: Some(start), end: Some(end.filter(|end| *end > start)?) })
    })
    .parse(input)
}

fn of_days(input: &str) -> IResult<&str, Period> {
    let (rest, start) = date(input)?;
    let (rest, _) = (space0, opt(alt((tag("起"), tag("开始"), tag("始")))), space0, opt(one_of(",，"))).parse(rest)?;
    let (rest, _) = delimited(space0, until, space0).parse(rest)?;
    // Of two digits it would be a day of the same month: `1月1日至31日`.
    let lost = preceded(peek(take_while_m_n(4, 4, |c: char| c.is_ascii_digit())), run_together);
    let stated = preceded(opt((alt((tag("当年"), tag("本年"), tag("同年"), tag("年"))), space0)), month_day);
    let same_year = alt((stated, lost));
    let end = alt((date, map_opt(same_year, |(m, d)| Date::new(start.year(), m, d))));
    let (rest, end) = verify(end, |end| *end > start).parse(rest)?;
    Ok((rest, Period { start: Some(start), end: Some(end) }))
}

fn until(input: &str) -> IResult<&str, &str> {
    alt((recognize(many1(one_of("-—–－―─~～"))), tag("截至"), tag("截止到"), tag("截止"), tag("至"), tag("到")))
        .parse(input)
}

/// Every place where `grammar` finds a date or a period.
pub(super) fn all<T>(text: &str, grammar: impl Fn(&str) -> IResult<&str, T>) -> Vec<(Range<usize>, T)> {
    let mut found = Vec::new();
    let (mut from, mut before) = (0, ' ');
    for (i, c) in text.char_indices() {
        let opens = matches!(c, '1' | '2' | '一' | '二') && !before.is_ascii_digit();
        before = c;
        if i < from || !opens {
            continue;
        }
        if let Ok((rest, value)) = grammar(&text[i..]) {
            from = text.len() - rest.len();
            found.push((i..from, value));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_writings() {
        for text in [
            "2022年12月31日",
            "2022 年 12 月 31 日",
            "2022年12月31号",
            "二〇二二年十二月三十一日",
            "二○二二年十二月三十一日",
            "2022-12-31",
            "2022.12.31",
            "2022/12/31",
            "20221231日",
            "202212月31日",
        ] {
            assert_eq!(date(text).map(|(_, d)| d.to_string()), Ok("2022-12-31".to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        // 111日 may be 11 January and 1 November.
        for text in [
            "2022111日",
            "2022年13月1日",
            "2022年2月30日",
            "2022年",
            "20221231",
            "22年1月1日",
            "2022年六五五四八月31日",
        ] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn periods_in_many_writings() {
        for text in [
            "2024年1月1日起至2024年12月31日",
            "2024年1月1日至12月31日",
            "2024年1月1日-2024年12月31日",
            "2024年1月1日起，至当年12月31日",
            "202411日起至20241231日",
            "20241月1日起至202412月31日",
            "二〇二四年一月一日起至二〇二四年十二月三十一日",
            "2024年01月01日——12月31日",
            "2024年1月1日开始到2024年12月31日",
            "2024年元月1日起至2024年12月31日",
            "2024年1月至12月",
            "2024年11日至1231日",
            "2024年11日起至2024年1231日",
            "2024年1-12月",
            "2024 年 1 月—2024 年 12 月",
        ] {
            let (_, period) = period(text).expect(text);
            assert_eq!(period.start, Date::new(2024, 1, 1), "{text}");
            assert_eq!(period.end, Date::new(2024, 12, 31), "{text}");
        }
        for text in ["2024年12月31日至2024年1月1日", "2024年12月至1月", "2024年1月至13月", "2024年1月至12月3"]
        {
            assert!(period(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_second_day_without_year_and_marks() {
        let end = |text| period(text).ok().and_then(|(_, period)| period.end).map(|date| date.to_string());
        assert_eq!(end("202111日起至1231日止").as_deref(), Some("2021-12-31"));
        assert_eq!(end("2021年1月1日至31日"), None);
    }

    #[test]
    fn all_that_a_text_holds() {
        let text = "发文12024年1月1日；2024年1月2日，二〇二四年一月三日";
        let days: Vec<u8> = all(text, date).into_iter().map(|(_, d)| d.day()).collect();
        assert_eq!(days, [2, 3]);
    }
}
