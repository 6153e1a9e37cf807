//! The JSON Schema is the one that is checked in, and reports are valid by it.
#![cfg(feature = "schema")]

#[path = "common/reports.rs"]
mod reports;

use proptest::prelude::*;
use serde_json::json;
use xxgk::{Edition, Report};

fn validator() -> jsonschema::Validator {
    let schema = serde_json::from_str(&xxgk::json_schema()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// To renew the file: `UPDATE_SCHEMA=1 cargo test --features schema --test schema`.
#[test]
fn the_schema_checked_in_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/report.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, xxgk::json_schema()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), xxgk::json_schema());
}

#[test]
fn what_deserialisation_refuses_is_invalid() {
    let validator = validator();
    let report = serde_json::to_value(Report::new(Edition::V2021)).unwrap();
    assert!(validator.is_valid(&report));
    for (place, wrong) in [
        ("/edition", json!("2020")),
        ("/sections", json!(["preface"])),
        ("/header/issued", json!(20_240_118)),
        ("/header/year", json!(1899)),
        ("/header/year", json!(3000)),
        ("/header/contact", json!({"telephone": "1"})),
        ("/disclosure/rules/issued", json!({"state": "reported"})),
        ("/disclosure/rules/issued", json!({"state": "blank", "value": 0})),
        ("/disclosure/rules/issued", json!({"state": "reported", "value": -1})),
        ("/disclosure/fees/amount", json!({"state": "reported", "value": {"number": "1e3", "unit": null}})),
        ("/disclosure/fees/amount", json!({"state": "reported", "value": {"number": "1.", "unit": null}})),
        ("/disclosure/fees/amount", json!({"state": "reported", "value": {"number": "007", "unit": null}})),
        ("/requests/outcomes/denied/state_secret/total", json!(0)),
    ] {
        let mut report = report.clone();
        *report.pointer_mut(place).unwrap() = wrong.clone();
        assert!(!validator.is_valid(&report), "{place} may be {wrong}");
        assert!(serde_json::from_value::<Report>(report).is_err(), "{place} is read as {wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_report_is_valid(report in reports::report()) {
        let json = serde_json::to_value(&report).unwrap();
        let errors: Vec<String> = validator().iter_errors(&json).map(|e| e.to_string()).collect();
        prop_assert!(errors.is_empty(), "{errors:?}");
    }
}
