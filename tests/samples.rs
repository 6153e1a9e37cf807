//! The documents of the fixture folders, each with LF and with CRLF, against their truth.

mod common;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;

use common::truth::Truth;
use common::{Document, documents, read};

/// The documents that are not yet read entirely; with `wrong` behind the name where even a value is wrong. One that is
/// read better must be taken from the list.
const KNOWN: &str = include_str!("known_failures.txt");

/// How a document is read; the better, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reading {
    Wrong,
    Lacking,
    Entire,
}

fn known() -> BTreeMap<&'static str, Reading> {
    let lines = KNOWN.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.strip_suffix(" wrong").map_or((line, Reading::Lacking), |name| (name, Reading::Wrong)))
        .collect()
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
fn printed() {
    folder("printed");
}

/// How often each print is damaged.
const DAMAGES: usize = 60;

/// The damaged prints that are still read wrong: which line stands there twice, and which is gone. One that is read right
/// must be taken out.
const WRONG: &[&str] = &["r007s554-2021-official/pdfminer.txt 127 133", "r012s125-2021-word/pdftotext.txt 117 95"];

#[test]
fn a_print_with_one_figure_twice_and_another_gone_is_right_or_empty() {
    let mut wrong = Vec::new();
    for document in documents(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/printed")) {
        let truth = Truth::load(&document.truth);
        let text = std::fs::read_to_string(&document.path).expect("a fixture in UTF-8");
        let lines: Vec<&str> = text.lines().collect();
        let is_figure = |line: &&str| !line.is_empty() && line.chars().all(|c| c.is_ascii_digit());
        let figures: Vec<usize> = (0..lines.len()).filter(|i| is_figure(&lines[*i])).collect();
        // pdftotext -layout puts no figure on a line of its own.
        for i in 0..if figures.is_empty() { 0 } else { DAMAGES } {
            // Strides without a common measure go through all pairs of places.
            let (twice, gone) = (figures[i * 7919 % figures.len()], figures[i * 104_729 % figures.len()]);
            let copies = |at: usize| usize::from(at != gone) + usize::from(at == twice);
            let damaged: String = (0..lines.len()).map(|at| format!("{}\n", lines[at]).repeat(copies(at))).collect();
            if truth.score(&read(&document.name, &damaged)).wrong > 0 {
                wrong.push(format!("{} {twice} {gone}", document.name));
            }
        }
    }
    assert_eq!(wrong, WRONG);
}

#[test]
fn known_failures_are_there() {
    for name in known().into_keys() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
        assert!(path.is_file(), "tests/known_failures.txt lists {name}, which is not there");
    }
}

fn folder(folder: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let documents = documents(&root);
    assert!(!documents.is_empty(), "{} holds no document", root.display());
    let known = known();
    let mut report = Vec::new();
    for document in &documents {
        let name = format!("{folder}/{}", document.name);
        let (reading, differences) = compare(document);
        match reading.cmp(known.get(name.as_str()).unwrap_or(&Reading::Entire)) {
            Ordering::Less => report.push(format!("\n{name}: {reading:?}\n  {}", differences.join("\n  "))),
            Ordering::Greater => report.push(format!("\n{name}: {reading:?}, better than in tests/known_failures.txt")),
            Ordering::Equal => {}
        }
    }
    assert!(report.is_empty(), "{}", report.concat());
}

/// How the reading of a document differs from its truth, with either kind of line break.
fn compare(document: &Document) -> (Reading, Vec<String>) {
    let truth = Truth::load(&document.truth);
    let text = std::fs::read_to_string(&document.path).expect("a fixture in UTF-8").replace("\r\n", "\n");
    let lf = truth.score(&read(&document.name, &text));
    let crlf = truth.score(&read(&document.name, &text.replace('\n', "\r\n")));
    let wrong = [&lf, &crlf].iter().any(|score| score.wrong + score.fields_wrong > 0);
    let with_crlf = crlf.differences.into_iter().map(|line| format!("with CRLF: {line}"));
    let differences: Vec<String> = lf.differences.into_iter().chain(with_crlf).collect();
    match (wrong, differences.is_empty()) {
        (true, _) => (Reading::Wrong, differences),
        (false, false) => (Reading::Lacking, differences),
        (false, true) => (Reading::Entire, differences),
    }
}
