//! Arbitrary reports, for every test that holds for all of them.
#![allow(dead_code, reason = "no user of it needs all")]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use xxgk::form::Kind;
use xxgk::{Amount, Cell, Contact, Date, Disclosure, Edition, Header, Period, Report, Section, Unit, Value};

/// A report of either edition, with cells in every state.
///
/// Texts are such as a report prints: they stand on one line, they begin and end in something visible, they are no
/// section's title and no page number, and an unreadable cell prints something that is no figure.
pub fn report() -> impl Strategy<Value = Report> {
    prop_oneof![Just(Edition::V2019), Just(Edition::V2021)].prop_flat_map(report_of)
}

/// A report of one edition.
pub fn report_of(edition: Edition) -> impl Strategy<Value = Report> {
    let cells: Vec<_> = edition.form().kinds.iter().map(|kind| cell(value(*kind))).collect();
    let prose = || vec(paragraph(), 0..4);
    let titles = proptest::sample::subsequence(Section::ALL.to_vec(), 0..=6);
    (cells, header(), titles, prose(), prose(), prose()).prop_map(
        move |(cells, header, sections, overview, problems, other_matters)| {
            let mut report = Report::new(edition);
            for (path, cell) in edition.form().paths.iter().zip(cells) {
                report.set(*path, cell).expect("a value of the cell's kind");
            }
            Report { header, sections, overview, problems, other_matters, ..report }
        },
    )
}

/// A cell in any state, most often with a figure.
pub fn cell(value: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Cell<Value>> {
    prop_oneof![
        8 => value.clone().prop_map(|value| Cell::Reported { value }),
        1 => value.prop_map(|value| Cell::Inferred { value }),
        1 => Just(Cell::Blank),
        1 => Just(Cell::NotApplicable),
        1 => prop_oneof!["■", "1O", "详见附表", "<[■]>&"].prop_map(|raw| Cell::Unreadable { raw }),
        1 => Just(Cell::Absent),
    ]
}

/// A figure of a kind, most often a small one.
pub fn value(kind: Kind) -> BoxedStrategy<Value> {
    match kind {
        Kind::Count => prop_oneof![Just(0), 0..100_u64, 0..99_999_999_u64].prop_map(Value::Count).boxed(),
        Kind::Change => prop_oneof![Just(0), -9..=9_i64, -99_999..=99_999_i64].prop_map(Value::Change).boxed(),
        Kind::Amount => (r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?", unit())
            .prop_map(|(number, unit)| Value::Amount(Amount::new(&number, unit).expect("plain decimal digits")))
            .boxed(),
    }
}

fn unit() -> impl Strategy<Value = Option<Unit>> {
    prop_oneof![Just(None), Just(Some(Unit::Yuan)), Just(Some(Unit::TenThousandYuan))]
}

/// A header whose parts agree on the year, with any of them missing; a period has both ends, a signature a date.
fn header() -> impl Strategy<Value = Header> {
    let authority = option::of("(清河|东岭|青坪)(省|市|县)(教育|民政|医疗保障)局");
    (authority, 2019..2030_u16, 1..=3_u8, 1..=28_u8, contact(), any::<[bool; 5]>()).prop_map(
        |(authority, year, month, day, contact, [titled, dated, limited, issued, signed])| Header {
            title: authority.as_ref().filter(|_| titled).map(|a| format!("{a}{year}年政府信息公开工作年度报告")),
            signature: authority.clone().filter(|_| issued && signed),
            authority,
            year: (titled || dated).then_some(year),
            period: Period {
                start: Date::new(year, 1, 1).filter(|_| limited),
                end: Date::new(year, 12, 31).filter(|_| limited),
            },
            contact,
            issued: Date::new(year + 1, month, day).filter(|_| issued),
        },
    )
}

fn contact() -> impl Strategy<Value = Contact> {
    (
        option::of("(文昌|长安)(路|街)[1-9][0-9]{0,2}号"),
        option::of("[1-9][0-9]{5}"),
        option::of("0[1-9][0-9]{2}-[1-9][0-9]{6}"),
        option::of("0[1-9][0-9]{2}-[1-9][0-9]{6}"),
        option::of("[a-z]{2,8}(_[a-z]{1,3})?@[a-z]{2,6}\\.gov\\.cn"),
        option::of("http://www\\.[a-z]{2,8}\\.gov\\.cn"),
    )
        .prop_map(|(address, postcode, phone, fax, email, website)| Contact {
            address,
            postcode,
            phone,
            fax,
            email,
            website,
        })
}

/// A paragraph, with everything in it that some format takes for markup.
fn paragraph() -> impl Strategy<Value = String> {
    "(（[一二三]）|#|- |> |\\| |[0-9]{1,2}\\. |\\*\\*)?(全年公开信息|修订目录|举办培训)[ 0-9一-龟，。“”<>&|*_`#\\[\\]~]{0,30}[条次。]"
}

/// A report as offices fill it in, in the edition of 2021; the figures are those of the sample `luan-2023`.
pub fn sample_2021() -> Report {
    let mut report = Report::new(Edition::V2021);
    report.header = sample_header("清河市医疗保障局", 2023);
    report.sections = Section::ALL.to_vec();
    report.overview = paragraphs(&[
        "（一）主动公开。全年通过网站公开信息593条，其中政策解读6条。",
        "（二）依申请公开。全年收到申请4件，均按期办理。",
    ]);
    if let Disclosure::V2021(disclosure) = &mut report.disclosure {
        disclosure.normative_documents.in_force = Cell::from(21);
        disclosure.fees.amount = Cell::from(Amount::new("0.44", Some(Unit::TenThousandYuan)).expect("an amount"));
    }
    report.requests.new_received.natural_person = Cell::from(4);
    report.requests.outcomes.granted.natural_person = Cell::from(2);
    report.requests.carried_forward.natural_person = Cell::from(2);
    report.problems = paragraphs(&["目录更新不够及时 | 下一步按季度核对<目录>。"]);
    report.other_matters = paragraphs(&["本年度未收取信息处理费。"]);
    report.fill_zeros();
    report.compute_totals();
    report
}

/// A report in the edition of 2019, with a cell in each state.
pub fn sample_2019() -> Report {
    let mut report = Report::new(Edition::V2019);
    report.header = sample_header("东岭县民政局", 2019);
    report.sections = Section::ALL.to_vec();
    if let Disclosure::V2019(disclosure) = &mut report.disclosure {
        disclosure.licensing.change = Cell::from(3);
        disclosure.penalties.change = Cell::from(-2);
        disclosure.rules.made = Cell::NotApplicable;
        disclosure.procurement.amount =
            Cell::from(Amount::new("25.1", Some(Unit::TenThousandYuan)).expect("an amount"));
    }
    report.fill_zeros();
    let requests = &mut report.requests;
    requests.new_received.business = Cell::Unreadable { raw: "1O".to_owned() };
    requests.new_received.total = Cell::Inferred { value: 10 };
    requests.carried_over.natural_person = Cell::Blank;
    requests.outcomes.unable.not_held = xxgk::Applicants::default();
    report.overview = paragraphs(&["全年公开信息120条。"]);
    report.compute_totals();
    report
}

fn sample_header(authority: &str, year: u16) -> Header {
    Header {
        title: None,
        authority: Some(authority.to_owned()),
        year: Some(year),
        period: Period { start: Date::new(year, 1, 1), end: Date::new(year, 12, 31) },
        contact: Contact {
            address: Some("文昌路3号".to_owned()),
            postcode: Some("237000".to_owned()),
            phone: Some("0564-1234567".to_owned()),
            ..Contact::default()
        },
        issued: Date::new(year + 1, 1, 18),
        signature: Some(authority.to_owned()),
    }
}

fn paragraphs(paragraphs: &[&str]) -> Vec<String> {
    paragraphs.iter().map(|p| (*p).to_owned()).collect()
}
