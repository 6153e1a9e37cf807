//! The corpus, where it lies next to the project: no kind of document may be read worse than it was.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use common::truth::{Score, Truth};
use common::{Document, documents, read};

/// What a kind of document must at least give: cells, cells that are not zero, and fields of the header in per cent,
/// and how many cells may have a value that is not the document's.
struct Least {
    corpus: &'static str,
    /// The converter for pages, the layout for messy ones, or `all`.
    kind: &'static str,
    cells: f64,
    nonzero: f64,
    header: f64,
    wrong: usize,
}

const fn least(corpus: &'static str, kind: &'static str, [cells, nonzero, header]: [f64; 3], wrong: usize) -> Least {
    Least { corpus, kind, cells, nonzero, header, wrong }
}

const ENTIRELY: [f64; 3] = [100.0; 3];

const LEAST: &[Least] = &[
    least("samples", "all", ENTIRELY, 0),
    least("corpus/messy", "all", ENTIRELY, 0),
    least("corpus/pages", "page", ENTIRELY, 0),
    least("corpus/pages", "browser_copy", ENTIRELY, 0),
    least("corpus/pages", "bs4_lines", ENTIRELY, 0),
    least("corpus/pages", "docx2txt", ENTIRELY, 0),
    least("corpus/pages", "html2text", ENTIRELY, 0),
    least("corpus/pages", "lynx", ENTIRELY, 0),
    least("corpus/pages", "markdownify", ENTIRELY, 0),
    least("corpus/pages", "pandoc_plain", ENTIRELY, 0),
    least("corpus/pages", "pdfplumber", [95.6, 95.7, 100.0], 0),
    least("corpus/pages", "pdftotext", [89.2, 91.5, 100.0], 0),
    least("corpus/pages", "pdftotext_layout", [95.6, 95.7, 100.0], 0),
    least("corpus/pages", "pdftotext_raw", [95.6, 95.7, 100.0], 0),
    least("corpus/pages", "pymupdf", ENTIRELY, 0),
    least("corpus/pages", "pypdf", ENTIRELY, 0),
    least("corpus/pages", "soffice_txt", ENTIRELY, 0),
    least("corpus/pages", "trafilatura", ENTIRELY, 0),
    least("corpus/pages", "w3m", ENTIRELY, 0),
    // Of table 1, which has no sums, nobody can tell where figures end that ran together.
    least("corpus/glued", "all", [94.4, 91.7, 100.0], 0),
];

#[test]
fn samples() {
    corpus("samples");
}

#[test]
fn pages() {
    corpus("corpus/pages");
}

#[test]
fn messy() {
    corpus("corpus/messy");
}

#[test]
fn glued() {
    corpus("corpus/glued");
}

fn corpus(name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !root.is_dir() {
        return;
    }
    let scores = scores(&root);
    let report: String = scores.iter().map(|(kind, score)| line(name, kind, score)).collect();
    // Shown by `cargo test --test corpus -- --nocapture`.
    println!("{report}");
    for least in LEAST.iter().filter(|least| least.corpus == name) {
        let read = scores.get(least.kind).unwrap_or_else(|| panic!("{name} has no {}", least.kind));
        assert!(least.is_kept(read), "{} is read worse than it was:\n{report}", least.kind);
    }
}

impl Least {
    fn is_kept(&self, read: &Score) -> bool {
        let [cells, nonzero, header] = percents(read);
        cells >= self.cells && nonzero >= self.nonzero && header >= self.header && read.wrong <= self.wrong
    }
}

/// The scores of a corpus by kind of document, and of all together.
fn scores(root: &Path) -> BTreeMap<String, Score> {
    let each: Vec<(String, Score)> = documents(root).par_iter().map(score).collect();
    assert!(!each.is_empty(), "{} holds no document", root.display());
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for (own, score) in each {
        for kind in [own, "all".to_owned()] {
            add(scores.entry(kind).or_default(), &score);
        }
    }
    scores
}

fn add(sum: &mut Score, score: &Score) {
    sum.cells += score.cells;
    sum.right += score.right;
    sum.nonzero += score.nonzero;
    sum.nonzero_right += score.nonzero_right;
    sum.wrong += score.wrong;
    sum.fields += score.fields;
    sum.fields_right += score.fields_right;
}

fn score(document: &Document) -> (String, Score) {
    let content = std::fs::read_to_string(&document.path).expect("a document in UTF-8");
    let score = Truth::load(&document.truth).score(&read(&document.name, &content));
    (kind(document), score)
}

/// `text.txt` and `document.txt` are of the kind that their folder's name ends in; all others are named by converter.
fn kind(document: &Document) -> String {
    let path = PathBuf::from(&document.name);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().unwrap_or(&path).to_string_lossy().into_owned();
    match stem.as_str() {
        "text" | "document" => folder.rsplit('-').next().unwrap_or_default().to_owned(),
        _ => stem,
    }
}

fn line(corpus: &str, kind: &str, score: &Score) -> String {
    let ([cells, nonzero, header], wrong) = (percents(score), score.wrong);
    format!("{corpus:13} {kind:18} cells {cells:7.3}%  nonzero {nonzero:7.3}%  wrong {wrong}  header {header:7.3}%\n")
}

/// Cells, cells that are not zero, and fields of the header.
fn percents(score: &Score) -> [f64; 3] {
    let parts = [(score.right, score.cells), (score.nonzero_right, score.nonzero), (score.fields_right, score.fields)];
    parts.map(|(part, whole)| percent(part, whole))
}

fn percent(part: usize, whole: usize) -> f64 {
    let share = |n: usize| u32::try_from(n).map_or(f64::MAX, f64::from);
    if whole == 0 { 100.0 } else { 100.0 * share(part) / share(whole) }
}
