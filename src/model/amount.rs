//! Amounts of money: exact decimals with the unit that the form or the cell names.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The unit of an [`Amount`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Unit {
    /// 元, one yuan.
    #[serde(rename = "元")]
    Yuan,
    /// 万元, ten thousand yuan.
    #[serde(rename = "万元")]
    TenThousandYuan,
}

impl Unit {
    /// The unit as the form prints it.
    pub const fn label(self) -> &'static str {
        match self {
            Unit::Yuan => "元",
            Unit::TenThousandYuan => "万元",
        }
    }
}

/// An exact, non-negative amount of money, with its digits as printed (`0.60` keeps its zero).
///
/// # Examples
/// ```
/// use xxgk::{Amount, Unit};
/// let amount = Amount::new("0.60", Some(Unit::TenThousandYuan)).unwrap();
/// assert_eq!(amount.number(), "0.60");
/// assert_eq!(amount.unit(), Some(Unit::TenThousandYuan));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    number: Decimal,
    unit: Option<Unit>,
}

impl Amount {
    /// An amount from its plain decimal digits (`251000`, `0.44`); `None` where that is no non-negative decimal that fits in
    /// 96 bits, of which at most 28 digits stand behind the point, or where it is not written plainly: with a digit on both
    /// sides of a point, and without a zero before other digits.
    pub fn new(number: &str, unit: Option<Unit>) -> Option<Self> {
        let number = is_plain(number).then(|| Decimal::from_str_exact(number).ok())??;
        Some(Amount { number, unit })
    }

    /// The plain decimal digits.
    pub fn number(&self) -> String {
        self.number.to_string()
    }

    /// The unit, where the cell or the form names one.
    pub const fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// The amount in yuan, plain decimal digits; `None` without a unit or where it does not fit.
    pub fn in_yuan(&self) -> Option<String> {
        let factor = match self.unit? {
            Unit::Yuan => Decimal::ONE,
            Unit::TenThousandYuan => Decimal::from(10_000),
        };
        Some(self.number.checked_mul(factor)?.normalize().to_string())
    }
}

/// Whether it is written as JSON writes it: `0.5`, not `.5`, `5.` or `00.5`.
fn is_plain(number: &str) -> bool {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

impl PartialEq for Amount {
    /// The same digits and the same unit: `0.6` is not `0.60`.
    fn eq(&self, other: &Self) -> bool {
        self.number.serialize() == other.number.serialize() && self.unit == other.unit
    }
}

impl Eq for Amount {}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number, self.unit.map_or("", Unit::label))
    }
}

/// A text that is no [`Amount`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no amount: plain decimal digits are expected")]
pub struct InvalidAmount(String);

impl FromStr for Amount {
    type Err = InvalidAmount;

    fn from_str(s: &str) -> Result<Self, InvalidAmount> {
        let (number, unit) = match (s.strip_suffix("万元"), s.strip_suffix('元')) {
            (Some(number), _) => (number, Some(Unit::TenThousandYuan)),
            (None, Some(number)) => (number, Some(Unit::Yuan)),
            (None, None) => (s, None),
        };
        Amount::new(number, unit).ok_or_else(|| InvalidAmount(s.to_owned()))
    }
}

/// An amount of money; its digits are text, so that no reader rounds them.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Plain {
    /// Plain decimal digits.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^(0|[1-9][0-9]*)(\.[0-9]+)?$")))]
    number: String,
    /// 元, 万元, or none.
    unit: Option<Unit>,
}

impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Plain { number: self.number(), unit: self.unit }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let plain = Plain::deserialize(deserializer)?;
        Amount::new(&plain.number, plain.unit).ok_or_else(|| serde::de::Error::custom(InvalidAmount(plain.number)))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Plain::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_units_survive() {
        for text in ["0", "0.0", "0.60", "251000元", "25.1万元", "79228162514264337593543950335"] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), text);
        }
        assert_eq!("25.1万元".parse::<Amount>().unwrap().in_yuan().unwrap(), "251000");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "-1", "1.2.3", "1e5", "一", "元", "1.", ".5", ".", "007", "00", "00.5"] {
            assert_eq!(text.parse::<Amount>(), Err(InvalidAmount(text.to_owned())));
        }
        let error = "1e5元".parse::<Amount>().unwrap_err().to_string();
        assert_eq!(error, r#""1e5元" is no amount: plain decimal digits are expected"#);
        // One more than 96 bits hold, and one digit too many behind the point.
        for text in ["79228162514264337593543950336", "0.00000000000000000000000000001"] {
            assert_eq!(text.parse::<Amount>(), Err(InvalidAmount(text.to_owned())));
        }
    }
}
