//! The report's header: what the title, the preamble and the signature say.

use serde::{Deserialize, Serialize};

use super::Date;

/// What the title, the preamble and the signature say. Text is given as printed, in NFKC only where a font's
/// substitutes for common characters (Kangxi radicals) demand it, and without line breaks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The title.
    pub title: Option<String>,
    /// The administrative organ that reports.
    pub authority: Option<String>,
    /// The year that the report is on, 1900 to 2999.
    #[cfg_attr(feature = "schema", schemars(range(min = 1900, max = 2999)))]
    pub year: Option<u16>,
    /// The statistical period.
    pub period: Period,
    /// Whom to ask.
    pub contact: Contact,
    /// The date of issue (article 49: by 31 January for a department, by 31 March for a people's government).
    pub issued: Option<Date>,
    /// The signature (落款).
    pub signature: Option<String>,
}

/// The statistical period; an end that the document leaves out is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub end: Option<Date>,
}

/// Whom to ask about the report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The postal address.
    pub address: Option<String>,
    /// The postcode, six digits.
    pub postcode: Option<String>,
    /// The phone numbers, as printed.
    pub phone: Option<String>,
    /// The fax number, as printed.
    pub fax: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The website.
    pub website: Option<String>,
}

/// A field of the header, written `header/year`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// [`Header::title`].
    Title,
    /// [`Header::authority`].
    Authority,
    /// [`Header::year`].
    Year,
    /// [`Period::start`].
    PeriodStart,
    /// [`Period::end`].
    PeriodEnd,
    /// [`Contact::address`].
    Address,
    /// [`Contact::postcode`].
    Postcode,
    /// [`Contact::phone`].
    Phone,
    /// [`Contact::fax`].
    Fax,
    /// [`Contact::email`].
    Email,
    /// [`Contact::website`].
    Website,
    /// [`Header::issued`].
    Issued,
    /// [`Header::signature`].
    Signature,
}

impl Field {
    /// All fields, in the order of the headers table.
    pub const ALL: [Field; 13] = [
        Field::Title,
        Field::Authority,
        Field::Year,
        Field::PeriodStart,
        Field::PeriodEnd,
        Field::Address,
        Field::Postcode,
        Field::Phone,
        Field::Fax,
        Field::Email,
        Field::Website,
        Field::Issued,
        Field::Signature,
    ];

    /// The identifier, as in the headers table.
    pub const fn id(self) -> &'static str {
        [
            "title",
            "authority",
            "year",
            "period_start",
            "period_end",
            "address",
            "postcode",
            "phone",
            "fax",
            "email",
            "website",
            "issued",
            "signature",
        ][self as usize]
    }
}

impl Header {
    /// A field as text: dates in ISO 8601, `None` where the document does not state it.
    pub fn get(&self, field: Field) -> Option<String> {
        let date = |d: Option<Date>| d.map(|d| d.to_string());
        match field {
            Field::Title => self.title.clone(),
            Field::Authority => self.authority.clone(),
            Field::Year => self.year.map(|y| y.to_string()),
            Field::PeriodStart => date(self.period.start),
            Field::PeriodEnd => date(self.period.end),
            Field::Address => self.contact.address.clone(),
            Field::Postcode => self.contact.postcode.clone(),
            Field::Phone => self.contact.phone.clone(),
            Field::Fax => self.contact.fax.clone(),
            Field::Email => self.contact.email.clone(),
            Field::Website => self.contact.website.clone(),
            Field::Issued => date(self.issued),
            Field::Signature => self.signature.clone(),
        }
    }
}
