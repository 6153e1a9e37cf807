use super::*;

#[test]
fn dump() {
    let file = std::env::var("DUMP").unwrap();
    let r = render(&std::fs::read_to_string(file).unwrap(), Breaks::Blank);
    println!("{}", r.text.replace('\t', "→").replace('\u{a0}', "␣"));
}

#[test]
fn timing() {
    let root = std::env::var("PAGES").unwrap();
    let mut all = (0.0, 0.0, 0.0);
    for e in std::fs::read_dir(root).unwrap() {
        let p = e.unwrap().path().join("page.html");
        let html = std::fs::read_to_string(&p).unwrap();
        let time = |f: &dyn Fn() -> usize| {
            let mut best = f64::MAX;
            for _ in 0..300 {
                let t = std::time::Instant::now();
                std::hint::black_box(f());
                best = best.min(t.elapsed().as_secs_f64() * 1e6);
            }
            best
        };
        let bare = time(&|| html5gum::Tokenizer::new(html.as_str()).count());
        let rendered = time(&|| render(&html, Breaks::Blank).text.len());
        let whole = time(&|| parse_html(&html).report.sections.len());
        println!("{:8} bytes bare {bare:7.1} render {rendered:7.1} whole {whole:7.1} µs {p:?}", html.len());
        all = (all.0 + bare, all.1 + rendered, all.2 + whole);
    }
    println!("{all:?} {} {}", all.1 / all.0, all.2 / all.0);
}
