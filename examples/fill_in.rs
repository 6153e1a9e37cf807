//! Fills in a report and writes the form as a web page.
//!
//! `cargo run --example fill_in > report.html`

use xxgk::{Cell, Date, Disclosure, Edition, Report, Section};

fn main() {
    let mut report = Report::new(Edition::of_year(2023));
    report.sections = Section::ALL.to_vec();

    let header = &mut report.header;
    header.authority = Some("清河市教育局".to_owned());
    header.year = Some(2023);
    header.period.start = Date::new(2023, 1, 1);
    header.period.end = Date::new(2023, 12, 31);
    header.contact.phone = Some("0550-1234567".to_owned());
    header.signature = header.authority.clone();
    header.issued = Date::new(2024, 1, 18);

    report.overview.push("（一）主动公开。全年公开信息593条。".to_owned());
    if let Disclosure::V2021(disclosure) = &mut report.disclosure {
        disclosure.normative_documents.in_force = Cell::from(21);
    }
    report.requests.new_received.natural_person = Cell::from(4);
    report.requests.outcomes.granted.natural_person = Cell::from(2);
    report.requests.carried_forward.natural_person = Cell::from(2);
    // Everything else is zero, and the totals follow.
    report.fill_zeros();
    report.compute_totals();
    assert_eq!(report.requests.outcomes_total.total, Cell::from(2));

    print!("{}", xxgk::write::html(&report));
}
