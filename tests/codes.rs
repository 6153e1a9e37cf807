//! The page of the codes, `docs/codes.md`, is what the table of codes says. `UPDATE_DOCS=1` writes it anew.

use std::fmt::Write as _;
use std::path::Path;

use xxgk::{Code, Language};

fn page() -> String {
    let mut page = String::from(
        "# Codes of diagnostics and findings\n\n\
         Codes are stable. Those that begin with `rule.` are findings: a rule of the form, or of the Regulations, that a\n\
         report does not keep. `{0}` and so on stand for the particulars.\n\n\
         | code | severity | source | English | 中文 |\n| --- | --- | --- | --- | --- |\n",
    );
    for code in Code::all() {
        let (english, chinese) = (code.template(Language::English), code.template(Language::Chinese));
        let source = code.source().unwrap_or_default();
        let _ = writeln!(page, "| `{}` | {} | {source} | {english} | {chinese} |", code.id(), code.severity().id());
    }
    page
}

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes.md");
    if std::env::var_os("UPDATE_DOCS").is_some_and(|v| v == "1") {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written.replace("\r\n", "\n") == page(),
        "docs/codes.md is out of date: run UPDATE_DOCS=1 cargo test --test codes"
    );
}
