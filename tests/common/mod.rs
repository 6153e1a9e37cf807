//! What the tests share.

pub mod invariants;
pub mod sheet;
pub mod truth;

use std::path::{Path, PathBuf};

use xxgk::Parsed;

/// A document and where its truth stands.
pub struct Document {
    /// `folder/document.txt`.
    pub name: String,
    pub path: PathBuf,
    pub truth: PathBuf,
}

/// The documents of all folders under `root` that hold a truth, in order.
pub fn documents(root: &Path) -> Vec<Document> {
    let mut documents = Vec::new();
    for folder in children(root) {
        let truth = folder.join("truth.json");
        if !truth.is_file() {
            continue;
        }
        for path in children(&folder).into_iter().filter(|path| *path != truth) {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            documents.push(Document { name, path, truth: truth.clone() });
        }
    }
    documents
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    paths.sort();
    paths
}

/// Reads a document as its ending says, and asserts what holds for every reading.
#[allow(dead_code, reason = "not every test reads documents")]
pub fn read(name: &str, content: &str) -> Parsed {
    if Path::new(name).extension().is_some_and(|ending| ending == "html") {
        let parsed = xxgk::parse_html(content);
        invariants::check_page(content, &parsed);
        return parsed;
    }
    let parsed = xxgk::parse(content);
    invariants::check(content, &parsed);
    parsed
}
