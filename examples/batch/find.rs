//! In: the paths that were given. Out: the documents under them, in path order, and what could not be reached.
//! It opens no document.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// The endings of the files that are read in a folder; a file that is given by itself may have any.
pub const ENDINGS: [&str; 4] = [".txt", ".md", ".html", ".htm"];

/// A file to be read.
pub struct Document {
    /// As given or walked.
    pub path: PathBuf,
    /// The same, relative to the path that was given.
    pub relative: PathBuf,
}

impl Document {
    /// The path for people and tables; what is not UTF-8 in it is replaced.
    pub fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }
}

/// The documents under the paths, each once, and a sentence for each that could not be reached.
pub fn documents(paths: &[PathBuf]) -> (Vec<Document>, Vec<String>) {
    let (mut found, mut unreachable) = (Vec::new(), Vec::new());
    for path in paths {
        walk(path, &mut found, &mut unreachable);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    (found, unreachable)
}

fn walk(root: &Path, found: &mut Vec<Document>, unreachable: &mut Vec<String>) {
    for entry in WalkDir::new(root).follow_links(true) {
        match entry {
            // What is given by itself is read whatever it is: a pipe, `/dev/stdin`.
            Ok(entry) if entry.depth() == 0 && !entry.file_type().is_dir() => {
                let relative = PathBuf::from(root.file_name().unwrap_or_default());
                found.push(Document { path: entry.into_path(), relative });
            }
            Ok(entry) if entry.file_type().is_file() && is_document(entry.path()) => {
                let relative = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_owned();
                found.push(Document { path: entry.into_path(), relative });
            }
            // A link back to a folder above it hides nothing: that folder is being read.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => unreachable.push(sentence(root, &error)),
            Ok(_) => {}
        }
    }
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known[1..] == ending))
}

fn sentence(root: &Path, error: &walkdir::Error) -> String {
    let path = error.path().unwrap_or(root).display();
    match error.io_error() {
        Some(reason) => format!("{path}: cannot be read: {reason}"),
        None => format!("{path}: cannot be read: {error}"),
    }
}
