//! In: the header. Out: the title, the preamble and the signature as offices word them.
//! It states what the header states, and no more.

use super::layout::one_line;
use crate::form::{REGULATIONS, REPORT_NAME};
use crate::model::{Contact, Date, Header, Period};

/// The title as stated, or else made of authority and year.
pub(super) fn title(header: &Header) -> Option<String> {
    match (stated(header.title.as_ref()), stated(header.authority.as_ref()), header.year) {
        (Some(title), ..) => Some(title),
        (None, Some(authority), Some(year)) => Some(format!("{authority}{year}年{REPORT_NAME}")),
        _ => None,
    }
}

/// The preamble: who reports on which year, the statistical period, and whom to ask.
pub(super) fn preamble(header: &Header) -> String {
    let authority = stated(header.authority.as_ref()).unwrap_or_default();
    let year = header.year.map(|y| y.to_string());
    let in_title = title(header).zip(year.as_ref()).is_some_and(|(title, year)| title.contains(year));
    let subject = match year {
        Some(year) if !in_title => format!("{year}年{REPORT_NAME}"),
        _ => "本报告".to_owned(),
    };
    let mut preamble = format!("根据{REGULATIONS}，{authority}编制{subject}。");
    preamble += &period(&header.period);
    preamble += &contact(&header.contact, &authority);
    preamble
}

fn period(period: &Period) -> String {
    let start = period.start.map(|d| format!("自{}起", in_words(d)));
    let end = period.end.map(|d| format!("至{}止", in_words(d)));
    match (start, end) {
        (None, None) => String::new(),
        (start, end) => format!("本报告所列数据的统计期限{}{}。", start.unwrap_or_default(), end.unwrap_or_default()),
    }
}

fn contact(contact: &Contact, authority: &str) -> String {
    let fields = [
        ("地址", &contact.address),
        ("邮编", &contact.postcode),
        ("电话", &contact.phone),
        ("传真", &contact.fax),
        ("电子邮箱", &contact.email),
        ("网址", &contact.website),
    ];
    let named = |(name, field): (&str, &Option<String>)| Some(format!("{name}：{}", stated(field.as_ref())?));
    let fields: Vec<String> = fields.into_iter().filter_map(named).collect();
    match (fields.join("，"), authority) {
        (fields, _) if fields.is_empty() => String::new(),
        (fields, "") => format!("如有疑问，请联系（{fields}）。"),
        (fields, authority) => format!("如有疑问，请与{authority}联系（{fields}）。"),
    }
}

/// The signature and the date of issue, a line each.
pub(super) fn signature(header: &Header) -> Vec<String> {
    stated(header.signature.as_ref()).into_iter().chain(header.issued.map(in_words)).collect()
}

fn stated(field: Option<&String>) -> Option<String> {
    field.map(|text| one_line(text)).filter(|text| !text.is_empty())
}

fn in_words(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_stated_that_the_header_does_not_state() {
        let mut header = Header::default();
        assert_eq!(title(&header), None);
        assert_eq!(preamble(&header), "根据《中华人民共和国政府信息公开条例》，编制本报告。");
        header.title = Some("年度报告".to_owned());
        header.year = Some(2023);
        header.period.end = Date::new(2023, 12, 31);
        header.contact.phone = Some("0564-1234567".to_owned());
        let expected = "根据《中华人民共和国政府信息公开条例》，编制2023年政府信息公开工作年度报告。\
                        本报告所列数据的统计期限至2023年12月31日止。如有疑问，请联系（电话：0564-1234567）。";
        assert_eq!(preamble(&header), expected);
    }
}
