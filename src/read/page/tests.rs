use std::path::PathBuf;

use super::grid::{MANY_CELLS, PARAGRAPHS_BYTES, PROSE_BYTES};
use super::*;

/// The rendered text, with tabs and the fields of empty cells made visible.
fn rendered(page: &str) -> String {
    let rendered = render(page, Breaks::Blank);
    check_map(page, &rendered);
    rendered.text.replace('\t', "→").replace('\u{a0}', "_")
}

/// Every character that came from the page leads back to where the page has it.
#[track_caller]
fn check_map(page: &str, rendered: &Rendered) {
    for (i, c) in rendered.text.char_indices() {
        let range = rendered.map.page(i..i + c.len_utf8());
        let source = page.get(range.clone()).unwrap_or_else(|| panic!("{range:?} of {c:?} is no slice"));
        let is_blank = matches!(c, '\t' | '\n' | ' ' | '\u{a0}');
        assert!(is_blank || source.starts_with('&') || source.chars().eq([c]), "{c:?} leads to {source:?}");
    }
}

fn pages() -> Vec<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let folders = root.read_dir().expect("tests/pages").map(|entry| entry.expect("a readable entry").path());
    let mut pages: Vec<PathBuf> = folders.map(|f| f.join("page.html")).filter(|p| p.is_file()).collect();
    pages.sort();
    assert!(pages.len() > 10, "the fixtures are missing");
    pages
}

#[test]
fn pages_are_rendered_as_expected() {
    for path in pages() {
        let page = std::fs::read_to_string(&path).expect("a page");
        for page in [page.replace("\r\n", "\n"), page.replace("\r\n", "\n").replace('\n', "\r\n")] {
            let rendered = rendered(&page);
            let expected = path.with_file_name("rendered.expected");
            if std::env::var_os("UPDATE_PAGES").is_some() && expected.is_file() {
                std::fs::write(&expected, &rendered).expect("a writable fixture");
            }
            if let Ok(expected) = std::fs::read_to_string(expected) {
                assert_eq!(rendered.trim_end(), expected.replace("\r\n", "\n").trim_end(), "{}", path.display());
            }
        }
    }
}

#[test]
fn blocks_and_blanks() {
    assert_eq!(rendered("<p> a  b<b> c</b>d\n<p>e<br>f<div>g</div>h"), "a b cd\n\ne\nf\ng\nh\n");
    assert_eq!(rendered("　　一&nbsp;二 <i></i> 三"), "　　一_二 三\n");
    assert_eq!(rendered("政府信息\r\n  公开 12\n34 a\nb"), "政府信息公开 12 34 a b\n", "wrapped source");
    assert_eq!(rendered("<pre>a\n  b\tc\n\n\nd</pre>e"), "a\n  b→c\n\nd\ne\n");
    assert_eq!(rendered("\u{feff}<title>x</title>a&lt;b&amp;&#20108;&hellip;&bogus;&"), "a<b&二…&bogus;&\n");
    assert_eq!(rendered(""), "");
}

#[test]
fn merged_cells_leave_empty_fields() {
    let page = "<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td><td>&nbsp;</table>";
    assert_eq!(rendered(page), "a→→b\n→→c\nd→_→_\n");
    let short = "<table><tr><td>a<td>b<td>c<td rowspan=2>d<tr><td>e<tr><td>f<td>g</table>";
    assert_eq!(rendered(short), "a→b→c→d\ne→→→\nf→g\n", "cells that were left out are no empty ones");
    assert_eq!(rendered("<table><tr><td rowspan=0>a<td>b<tr><td>c</table>"), "a→b\n→c\n");
    let groups = "<table><thead><tr><td rowspan=9>a<td>b<tbody><tr><td>c<td>d</table>";
    assert_eq!(rendered(groups), "a→b\nc→d\n", "a group ends what spans its rows");
    assert_eq!(rendered("<table><tr><td colspan=x>a<td rowspan=-1>b</table>"), "a→b\n");
}

#[test]
fn lines_that_only_make_room_are_left_out() {
    let page = "<p>&nbsp;</p><p>a</p><div>&nbsp;&nbsp;</div><table><tr><td>1<td>2</table><p>　</p><p>&nbsp; b</p>";
    assert_eq!(rendered(page), "a\n\n1→2\n\n_ b\n");
    let layout = "<table><tr><td>&nbsp;<td><table><tr><td>1<td>&nbsp;</table><td>&nbsp;</table>";
    assert_eq!(rendered(layout), "1→_\n");
    assert_eq!(rendered("<div>0</div><div>&nbsp;</div><div>&nbsp;</div><div>3</div>"), "0\n_\n_\n3\n", "cells");
}

#[test]
fn cells_become_one_line() {
    let page = "<table><tr><td>结果<br>维持<td><p>总</p>\n<p>计</p><td>12<br>34<td>　<td>１<br>２<td> a\tb </table>";
    assert_eq!(rendered(page), "结果维持→总计→12 34→_→１ ２→a b\n");
}

#[test]
fn tags_left_out() {
    let page = "<TABLE><TR><TD>1<P>2<TD>3<TR><TH>4<TD>5</TABLE>6";
    assert_eq!(rendered(page), "1 2→3\n4→5\n6\n");
    assert_eq!(rendered("<table><tr><td>1<td>2<table><tr><td>3<td>4"), "1\n2\n3→4\n", "not closed at the end");
    assert_eq!(rendered("<table><tr><td>1<td>2</td><table><tr><td>3<td>4</table>"), "1→2\n\n3→4\n");
    assert_eq!(rendered("</table></td><td>a</tr>b"), "a\nb\n");
}

#[test]
fn tables_for_layout_are_no_rows() {
    let page = "<table><tr><td>菜单<td><h1>报告</h1><table><tr><td>规章<td>0</table><p>完</table>";
    assert_eq!(rendered(page), "菜单\n报告\n规章→0\n完\n");
    assert_eq!(rendered("<table><tr><td>a<tr><td>b</table>"), "a\nb\n", "one column");
    let one = "<table><tr><td>规章<td><table><tr><td>0</table></table>";
    assert_eq!(rendered(one), "规章→0\n", "a cell in a frame of its own");
    let prose = "本机关".repeat(100);
    let page = format!("<table><tr><td>左<td><p>{prose}</p><p>{prose}</p></table>");
    assert_eq!(rendered(&page), format!("左\n{prose}\n{prose}\n"));
}

#[test]
fn prose_in_a_table_of_figures_keeps_its_paragraphs() {
    let rows = "<tr><td>规章<td>0<td>1".repeat(5);
    let prose = "本机关".repeat(100);
    let page = format!("<table><tr><td colspan=3><p>{prose}</p><p>完</p>{rows}</table>");
    let expected = format!("{prose}\n完\n{}", "规章→0→1\n".repeat(5));
    assert_eq!(rendered(&page), expected);
}

#[test]
fn a_caption_stands_before_the_rows() {
    assert_eq!(rendered("<table><caption>表一</caption><tr><td>a<td>b</table>"), "表一\na→b\n");
}

#[test]
fn what_is_not_seen_is_no_text() {
    let page = "<script>var a='<p>'</script><style>p{}</style><!-- c --><p hidden>x<p>a<span style='Display : NONE'>y</span>\
                <select><option>z</select><noscript>n</noscript><template><tr><td>t</template><ruby>汉<rt>han</ruby>字";
    assert_eq!(rendered(page), "a汉字\n");
    let cells = "<table><tr><td>1<td style='display:none'>2<td>3<tr style=display:none><td>4<tr><td>5\
                 <td style=visibility:hidden>6</table>";
    assert_eq!(rendered(cells), "1→3\n5→_\n");
    let notes = "<table><tr><td>54<sup>1</sup><td><sup>3</sup><td>m<sup>2</sup><td>7<sub>①<td>8 <sup>9</sup></table>";
    assert_eq!(rendered(notes), "54→3→m→7→8 9\n", "a note's number is none of what it stands behind");
    let notes = "<table><tr><td>54<span style='Vertical-Align: super'>[1]</span><td><del>1</del>15\
                 <td>2<s>0</s><td><span style='text-decoration-line:line-through'>3</span>4</table>";
    assert_eq!(rendered(notes), "54→15→2→4\n", "what is struck out is none either");
    assert_eq!(rendered("<table><tr><td>1&shy;2<td>\u{200e}3<td>&#8203;</table>"), "12→3→_\n");
    assert_eq!(rendered("<table style='display:none'><tr><td>1<td>2</table>a"), "a\n");
    assert_eq!(rendered("<div><span style='display:none'>x</div>a"), "a\n", "the end of what is around it ends it");
    assert_eq!(rendered("<div style='display:none'><div>x</div>y</div>a"), "a\n");
}

#[test]
fn what_a_style_sheet_hides_is_no_text() {
    let page = |sheet: &str| {
        let cells = "<table><tr><td><span class=h>1</span>23<td class='x h'>4<td><p class=h>5</p>6<td>7<i class=n>8</i></table>";
        rendered(&format!("<style>{sheet}</style>{cells}<div class=h>9</div>"))
    };
    assert_eq!(page(".h{display:none}"), "23→6→78\n9\n", "a script may show the block");
    assert_eq!(page("p { margin: 0 }\n/* a, b */ td.m, span.h { color: red; Display: none }"), "23→6→78\n9\n");
    assert_eq!(page("@charset 'utf-8';.h,.n{display:none}"), "23→6→7\n9\n");
    assert_eq!(page(".n{vertical-align:super}.h{visibility:hidden}"), "23→_→6→7\n9\n");
    for shown in [
        ".h{color:red}",
        ".h{display:none}.h{display:inline}",
        "@media print{p{margin:0}.h{display:none}}p{}",
        ".a .h,.h:hover,#h,h,.h>p{display:none}",
        ".h{display:none",
        "",
    ] {
        assert_eq!(page(shown), "123→4→5 6→78\n9\n", "{shown}");
    }
}

#[test]
fn style_sheets_hide_only_so_many_classes() {
    let page = |classes: usize| {
        let names: Vec<String> = (0..classes).map(|i| format!(".c{i}")).collect();
        let sheet = format!("{}{{display:none}}.c0{{display:none}}", names.join(","));
        format!("<style>{sheet}</style><i class=c{}>a</i>b", classes - 1)
    };
    assert_eq!((rendered(&page(MAX_CLASSES)).as_str(), limits(&page(MAX_CLASSES))), ("b\n", vec![]));
    let more = page(MAX_CLASSES + 1);
    assert_eq!((rendered(&more).as_str(), limits(&more)), ("ab\n", vec![Limit::Classes]));
}

#[test]
fn texts_with_tables_keep_their_lines() {
    let text =
        "# 报告\n\n一、总体情况\n<html><body><table><tr><td>规章</td>\n<td>0</td></tr></table></body></html>\n完\n";
    let rendered = render(text, Breaks::Lines);
    check_map(text, &rendered);
    assert_eq!(rendered.text.replace('\t', "→"), "# 报告\n\n一、总体情况\n规章→0\n完\n");
}

/// The limits that a page exceeds.
fn limits(page: &str) -> Vec<Limit> {
    render(page, Breaks::Blank).limits.0
}

#[test]
fn spans_are_cut_as_browsers_do() {
    let page =
        |columns: u32, rows: u32| format!("<table><tr><td colspan={columns}>a<tr><td rowspan={rows}>b<td>c</table>");
    assert_eq!(limits(&page(MAX_COLSPAN, MAX_ROWSPAN)), []);
    assert_eq!(limits(&page(MAX_COLSPAN + 1, 1)), [Limit::Spans]);
    assert_eq!(limits(&page(1, MAX_ROWSPAN + 1)), [Limit::Spans]);
    assert_eq!(limits(&page(u32::MAX, u32::MAX)), [Limit::Spans]);
    let wide = render(&page(1000, 1), Breaks::Blank).text;
    assert_eq!(wide.lines().map(|l| l.matches('\t').count()).max(), Some(MAX_COLUMNS - 1));
}

#[test]
fn wide_tables_keep_their_text() {
    let page = |columns: usize| format!("<table><tr>{}</table>", "<td>a".repeat(columns));
    assert_eq!(limits(&page(MAX_COLUMNS)), []);
    assert_eq!(render(&page(MAX_COLUMNS), Breaks::Blank).text.lines().count(), 1);
    assert_eq!(limits(&page(MAX_COLUMNS + 1)), [Limit::Columns]);
    assert_eq!(render(&page(MAX_COLUMNS + 1), Breaks::Blank).text.lines().count(), MAX_COLUMNS + 1);
}

#[test]
fn a_page_has_only_so_many_fields() {
    let rows = MAX_FIELDS / MAX_COLUMNS;
    let page = |rows: usize| format!("<table><tr><td colspan={MAX_COLUMNS}>a{}</table>", "<tr><td>b<td>c".repeat(rows));
    assert_eq!(limits(&page(rows - 1)), []);
    assert_eq!(limits(&page(rows)), [Limit::Fields]);
    let small = format!("<table><tr><td colspan={MAX_COLUMNS}>a<tr><td>b<td>c</table>");
    assert_eq!(limits(&small.repeat(rows / 2)), []);
    assert_eq!(limits(&small.repeat(rows / 2 + 1)), [Limit::Fields], "all tables together");
}

#[test]
fn tables_stand_only_so_deep() {
    let page = |depth: usize| format!("{}规章<td>0{}", "<table><tr><td>".repeat(depth), "</table>".repeat(depth));
    assert_eq!(limits(&page(MAX_TABLE_DEPTH)), []);
    assert_eq!(rendered(&page(MAX_TABLE_DEPTH)), "规章→0\n");
    assert_eq!(limits(&page(MAX_TABLE_DEPTH + 1)), [Limit::TableDepth]);
    assert_eq!(rendered(&format!("{}<p>完", page(MAX_TABLE_DEPTH + 1))), "规章\n0\n\n完\n");
}

#[test]
fn a_page_is_read_so_far() {
    let page = |bytes: usize| format!("<p>{}</p>", " ".repeat(bytes - 7));
    assert_eq!(limits(&page(MAX_PAGE_BYTES)), []);
    assert_eq!(limits(&page(MAX_PAGE_BYTES + 1)), [Limit::PageBytes]);
    assert_eq!(beginning("a二b", 3), "a");
}

#[test]
fn a_cell_of_more_bytes_than_any_label_is_prose() {
    let page = |cell: &str| rendered(&format!("<table><tr><td>{cell}<td>0</table>"));
    for (cell, is_prose) in [
        ("x".repeat(PROSE_BYTES), false),
        ("x".repeat(PROSE_BYTES + 1), true),
        // The breaks between three paragraphs are a byte each.
        (format!("x<p>x<p>{}", "x".repeat(PARAGRAPHS_BYTES - 4)), false),
        (format!("x<p>x<p>{}", "x".repeat(PARAGRAPHS_BYTES - 3)), true),
    ] {
        assert_eq!(!page(&cell).contains('→'), is_prose, "{cell}");
    }
}

#[test]
fn a_table_of_many_cells_may_hold_prose() {
    let page =
        |cells: usize| format!("<table><tr><td>{}{}</table>", "x".repeat(PROSE_BYTES + 1), "<td>0".repeat(cells - 1));
    assert!(rendered(&page(MANY_CELLS)).contains('→'));
    assert!(!rendered(&page(MANY_CELLS - 1)).contains('→'));
}

#[test]
fn so_much_of_a_style_is_looked_at() {
    let hidden = "display:none";
    for (bytes, text) in [(4096, "b\n"), (4097, "ab\n")] {
        let style = " ".repeat(bytes - hidden.len()) + hidden;
        assert_eq!(rendered(&format!("<span style='{style}'>a</span>b")), text, "{bytes}");
    }
}
