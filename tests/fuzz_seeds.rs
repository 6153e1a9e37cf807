//! The fixtures and the fuzz targets' seeds, replayed with the targets' own bodies.

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::fmt::Write;
use std::path::Path;

use xxgk::form::{APPLICANTS, APPLICANTS_HEAD, BALANCE_NOTE, CONTENT_HEAD, RESULTS};
use xxgk::{Edition, Section, Table};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Gives every fixture and every seed of a target to its body. A seed whose name begins with `known-` is a known failure
/// that breaks the build as soon as it passes.
fn replay(target: &str, body: fn(&[u8])) {
    let fixtures = ["samples", "damaged", "pages"].map(|folder| root().join("tests").join(folder));
    let seeds = root().join("fuzz/seeds").join(target);
    let files = fixtures.iter().chain(seeds.is_dir().then_some(&seeds)).flat_map(walkdir::WalkDir::new);
    let mut replayed = 0;
    for entry in files.map(|entry| entry.expect("a readable entry")).filter(|entry| entry.file_type().is_file()) {
        let seed = std::fs::read(entry.path()).expect("a readable seed");
        if entry.file_name().to_string_lossy().starts_with("known-") {
            let passed = std::panic::catch_unwind(|| body(&seed)).is_ok();
            assert!(!passed, "{} passes: take known- from its name", entry.path().display());
        } else {
            body(&seed);
        }
        replayed += 1;
    }
    assert!(replayed > 0, "there are no seeds for {target}");
}

#[test]
fn text() {
    replay("text", fuzz::text);
}

#[test]
fn page() {
    replay("page", fuzz::page);
}

#[test]
fn bytes() {
    replay("bytes", fuzz::bytes);
}

#[test]
fn header() {
    replay("header", fuzz::header);
}

#[test]
fn tables() {
    replay("tables", fuzz::tables);
}

#[test]
fn structured() {
    replay("structured", fuzz::structured);
}

/// The labels of the form, each once, in its order.
fn labels() -> Vec<&'static str> {
    let mut labels = vec![BALANCE_NOTE, APPLICANTS_HEAD, CONTENT_HEAD];
    labels.extend(Section::ALL.iter().flat_map(|section| section.titles()));
    labels.extend(APPLICANTS.iter().chain(RESULTS).map(|column| column.label));
    for row in Edition::ALL.iter().flat_map(|e| Table::ALL.map(|t| e.form().rows(t))).flatten() {
        labels.extend(row.groups);
        labels.extend([row.label, row.note]);
        labels.extend(row.columns.iter().map(|column| column.label));
    }
    let mut seen = std::collections::HashSet::new();
    labels.retain(|label| !label.is_empty() && seen.insert(*label));
    labels
}

#[test]
fn the_dictionary_has_the_form_s_labels() {
    let mut dictionary = String::from("# The form's labels, written by tests/fuzz_seeds.rs.\n");
    for label in labels() {
        let escaped = label.bytes().fold(String::new(), |s, byte| s + &format!("\\x{byte:02x}"));
        writeln!(dictionary, "# {label}\n\"{escaped}\"").expect("a string");
    }
    let path = root().join("fuzz/form.dict");
    if std::fs::read_to_string(&path).unwrap_or_default() != dictionary {
        std::fs::write(&path, dictionary).expect("a dictionary");
        panic!("fuzz/form.dict was not up to date, and is now");
    }
}
