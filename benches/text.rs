//! How long the reading of a text takes, beside what must be done to any text: checking its UTF-8, a pass of NFKC, and
//! a parse as Markdown of the same bytes in the same run.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput};
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

/// From this size on a measurement is long enough by itself, and few of them must do.
const LARGE: usize = 1 << 20;

/// A text with its name.
struct Input {
    name: String,
    text: String,
}

impl Input {
    fn new(name: &str, text: String) -> Self {
        Input { name: name.to_owned(), text }
    }
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let inputs: Vec<Input> = [samples(), variants(), hostile()].into_iter().flatten().collect();
    measure(&mut criterion, "utf8", &inputs, |text| {
        let _ = black_box(std::str::from_utf8(text.as_bytes()));
    });
    measure(&mut criterion, "nfkc", &inputs, |text| {
        black_box(text.nfkc().count());
    });
    measure(&mut criterion, "markdown", &inputs, |text| {
        black_box(pulldown_cmark::Parser::new(text).count());
    });
    measure(&mut criterion, "parse", &inputs, |text| drop(black_box(xxgk::parse(text))));
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion, group: &str, inputs: &[Input], work: impl Fn(&str)) {
    let mut group = criterion.benchmark_group(group);
    for input in inputs {
        set_effort(&mut group, input.text.len());
        group.throughput(Throughput::Bytes(input.text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(&input.name), input, |b, input| {
            b.iter(|| work(black_box(&input.text)));
        });
    }
}

fn set_effort(group: &mut BenchmarkGroup<WallTime>, bytes: usize) {
    let large = bytes >= LARGE;
    group.sample_size(if large { 10 } else { 20 });
    group.warm_up_time(Duration::from_millis(if large { 1 } else { 300 }));
    group.measurement_time(Duration::from_secs(1));
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The texts under a folder, in order, with their paths.
fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let files =
        WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let texts = files.filter(|path| path.extension().is_some_and(|e| e == "txt"));
    texts.map(|path| (path.clone(), std::fs::read_to_string(path).expect("a text in UTF-8"))).collect()
}

/// The five samples, each.
fn samples() -> Vec<Input> {
    let texts = texts(&folder("tests/samples"));
    let name = |path: &Path| path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
    texts.into_iter().map(|(path, text)| Input { name: name(&path), text }).collect()
}

/// All text variants of the pages, and all damaged documents, one behind the other: the mean over many layouts.
fn variants() -> Vec<Input> {
    let join = |name: &str| texts(&folder(name)).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n");
    vec![Input::new("all-pages", join("tests/pages")), Input::new("all-damaged", join("tests/damaged"))]
}

/// Inputs that try a reader: what repeats must take no more than linear time.
fn hostile() -> Vec<Input> {
    let sample = std::fs::read_to_string(folder("tests/samples/jinan-2023/document.txt")).expect("a sample");
    let mut inputs = Vec::new();
    for (size, bytes) in [("10KB", 10_000), ("1MB", 1_000_000)] {
        inputs.push(Input::new(&format!("figures-{size}"), repeat("0\t", bytes)));
        inputs.push(Input::new(&format!("digits-{size}"), repeat("7", bytes)));
        inputs.push(Input::new(&format!("labels-{size}"), repeat("1.属于国家秘密\n", bytes)));
        inputs.push(Input::new(&format!("titles-{size}"), repeat("三、收到和处理政府信息公开申请情况\n", bytes)));
        inputs.push(Input::new(&format!("reports-{size}"), repeat(&sample, bytes)));
    }
    inputs.push(Input::new("reports-100MB", repeat(&sample, 100_000_000)));
    inputs
}

/// The pattern as often as fits into so many bytes, and at least once.
fn repeat(pattern: &str, bytes: usize) -> String {
    pattern.repeat((bytes / pattern.len()).max(1))
}
