//! What people read of the five samples: their JSON and their diagnostics, as reviewed snapshots.

use std::fmt::Write;
use std::path::Path;

use xxgk::{Language, Parsed};

fn sample(name: &str) -> Parsed {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name).join("document.txt");
    xxgk::parse(&std::fs::read_to_string(path).expect("a sample"))
}

/// A line for each diagnostic, as a compiler prints them, in both languages.
fn diagnostics(parsed: &Parsed) -> String {
    let mut out = String::new();
    for d in &parsed.diagnostics {
        let place = d.place.map_or_else(|| "-".to_owned(), |p| format!("{}:{}", p.line, p.column));
        let (code, severity, subject) = (d.code.id(), d.severity().id(), d.subject.to_string());
        writeln!(out, "{place} {severity}[{code}] {subject}: {d}").expect("a string");
        writeln!(out, "    {}", d.message(Language::Chinese)).expect("a string");
    }
    out
}

#[test]
#[ignore = "the snapshots are taken once the tables are read"]
fn the_samples() {
    for name in ["jinan-2023", "luan-2023", "qingdao-2024", "shandong-2023", "weihai-2021"] {
        let parsed = sample(name);
        insta::assert_json_snapshot!(format!("{name}.json"), parsed.report);
        insta::assert_snapshot!(format!("{name}.diagnostics"), diagnostics(&parsed));
    }
}
