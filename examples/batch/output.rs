//! In: what was rendered, in order. Out: one stream, or a file for each document.
//! It never writes over a file that is being read, nor over what it wrote for another document.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::find::Document;
use crate::formats::Format;

/// Where the results go.
pub enum Output {
    Stream(Box<dyn Write>),
    Folder { root: PathBuf, ending: &'static str, taken: HashSet<PathBuf> },
}

/// The one stream is gone, so that nothing more can be written.
#[derive(Debug)]
pub struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the output cannot be written")
    }
}

/// The names that the file made of a document may have, without end: `a.txt`, `a.html.txt`, `a.html.2.txt`, `a.html.3.txt`.
fn names(document: &Path, ending: &str) -> impl Iterator<Item = OsString> {
    let name = document.file_name().unwrap_or_default();
    let longer = move |middle: String| {
        let mut name = name.to_owned();
        name.push(format!(".{middle}{ending}"));
        name
    };
    let plain = Path::new(name).with_extension(ending).into_os_string();
    [plain, longer(String::new())].into_iter().chain((2_u64..).map(move |number| longer(format!("{number}."))))
}

impl Output {
    pub fn open(format: Format, out: Option<&Path>, documents: &[Document]) -> anyhow::Result<Self> {
        let Some(out) = out else { return Ok(Output::Stream(Box::new(BufWriter::new(io::stdout().lock())))) };
        let mut read = documents.iter().filter_map(|d| d.path.canonicalize().ok());
        if let Some(ending) = format.ending() {
            fs::create_dir_all(out).with_context(|| format!("{} cannot be made a folder", out.display()))?;
            return Ok(Output::Folder { root: out.to_owned(), ending, taken: read.collect() });
        }
        if out.canonicalize().is_ok_and(|out| read.any(|path| path == out)) {
            bail!("{} is one of the files to be read, and would be written over", out.display());
        }
        if let Some(folder) = out.parent() {
            fs::create_dir_all(folder).with_context(|| format!("{} cannot be made a folder", folder.display()))?;
        }
        let file = File::create(out).with_context(|| format!("{} cannot be written", out.display()))?;
        Ok(Output::Stream(Box::new(BufWriter::new(file))))
    }

    pub const fn is_stream(&self) -> bool {
        matches!(self, Output::Stream(_))
    }

    /// Writes what belongs to no single document; a folder has no place for it.
    pub fn bytes(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        match self {
            Output::Stream(stream) => stream.write_all(bytes).map_err(anyhow::Error::from).context(Broken),
            Output::Folder { .. } => Ok(()),
        }
    }

    /// Writes what was made of one document.
    pub fn document(&mut self, document: &Document, rendered: &[u8]) -> anyhow::Result<()> {
        let Output::Folder { root, ending, taken } = self else { return self.bytes(rendered) };
        let path = root.join(&document.relative);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made a folder", folder.display()))?;
        let real = folder.canonicalize()?;
        let free = names(&path, ending).find(|name| taken.insert(real.join(name))).unwrap_or_default();
        let path = folder.join(free);
        fs::write(&path, rendered).with_context(|| format!("{} cannot be written", path.display()))
    }

    pub fn finish(&mut self) -> anyhow::Result<()> {
        match self {
            Output::Stream(stream) => stream.flush().map_err(anyhow::Error::from).context(Broken),
            Output::Folder { .. } => Ok(()),
        }
    }
}
