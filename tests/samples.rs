//! The documents of the fixture folders, each with LF and with CRLF, against their truth.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use common::truth::Truth;
use common::{Document, documents, read};

/// The documents that are not yet read entirely. One that is must be taken from the list.
const KNOWN: &str = include_str!("known_failures.txt");

fn known() -> BTreeSet<&'static str> {
    KNOWN.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[test]
fn samples() {
    folder("samples");
}

#[test]
fn damaged() {
    folder("damaged");
}

#[test]
fn pages() {
    folder("pages");
}

#[test]
fn known_failures_are_there() {
    for name in known() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
        assert!(path.is_file(), "tests/known_failures.txt lists {name}, which is not there");
    }
}

fn folder(folder: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let documents = documents(&root);
    assert!(!documents.is_empty(), "{} holds no document", root.display());
    let known = known();
    let mut report = String::new();
    for document in &documents {
        let name = format!("{folder}/{}", document.name);
        let Some(differences) = differences(document) else { continue };
        match (known.contains(name.as_str()), differences.is_empty()) {
            (false, false) => write!(report, "\n{name}:\n  {}", differences.join("\n  ")).expect("a string"),
            (true, true) => {
                write!(report, "\n{name}: passes; take it from tests/known_failures.txt").expect("a string");
            }
            _ => {}
        }
    }
    assert!(report.is_empty(), "{report}");
}

/// How the reading of a document differs from its truth, with either kind of line break.
fn differences(document: &Document) -> Option<Vec<String>> {
    let truth = Truth::load(&document.truth);
    let text = std::fs::read_to_string(&document.path).expect("a fixture in UTF-8").replace("\r\n", "\n");
    let mut differences = truth.score(&read(&document.name, &text)?).differences;
    let crlf = truth.score(&read(&document.name, &text.replace('\n', "\r\n"))?).differences;
    differences.extend(crlf.into_iter().map(|line| format!("with CRLF: {line}")));
    Some(differences)
}
