//! Reading pages, next to what only tokenizes them: html5gum's default tokenizer, and html5ever's.
//! The pages are those of tests/pages, or of the folder that `XXGK_PAGES` names.

use std::cell::Cell;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer};

/// Counts tokens, all that has to be built for them being built.
#[derive(Default)]
struct Counter(Cell<usize>);

impl TokenSink for Counter {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        black_box(token);
        self.0.set(self.0.get() + 1);
        TokenSinkResult::Continue
    }
}

fn html5ever_tokens(page: &str) -> usize {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    let tokenizer = Tokenizer::new(Counter::default(), html5ever::tokenizer::TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.get()
}

/// The pages in a folder of folders.
fn pages() -> Vec<String> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let root = std::env::var_os("XXGK_PAGES").map_or(own, PathBuf::from);
    let folders = root.read_dir().unwrap_or_else(|e| panic!("{}: {e}", root.display()));
    let mut paths: Vec<_> = folders.filter_map(|f| Some(f.ok()?.path().join("page.html"))).collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}

fn benchmark(c: &mut Criterion) {
    let pages = pages();
    let mut group = c.benchmark_group("pages");
    group.throughput(Throughput::Bytes(pages.iter().map(|p| p.len() as u64).sum()));
    let readers: [(&str, fn(&str) -> usize); 3] = [
        ("html5gum tokens", |page| html5gum::Tokenizer::new(page).count()),
        ("html5ever tokens", html5ever_tokens),
        ("parse_html", |page| xxgk::parse_html(page).diagnostics.len()),
    ];
    for (name, read) in readers {
        group.bench_function(name, |b| b.iter(|| pages.iter().map(|page| read(black_box(page))).sum::<usize>()));
    }
    group.finish();
}

criterion_group!(benches, benchmark);
criterion_main!(benches);
