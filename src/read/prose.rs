//! In: the text, its outline, and where the signature begins. Out: the paragraphs of the three sections of prose.
//! It reads no figures.

use std::ops::Range;

use super::fold::unify;
use super::outline::Outline;
use super::paragraphs::{Paragraph, is_site_furniture, paragraphs};
use crate::form::Section;
use crate::model::Report;

/// Puts the paragraphs of the sections of prose into the report.
pub(crate) fn read(text: &str, lines: &[Range<usize>], outline: &Outline, signature: usize, report: &mut Report) {
    for section in [Section::Overview, Section::Problems, Section::OtherMatters] {
        let Some(body) = outline.body(section) else { continue };
        let end = if body.contains(&signature) { signature } else { body.end };
        let mut paragraphs = paragraphs(text, lines, body.start..end);
        if outline.sections().last() == Some(&section) {
            drop_site_furniture(text, &mut paragraphs);
        }
        if let Some(prose) = report.prose_mut(section) {
            *prose = paragraphs.iter().map(|p| printed(text, p)).filter(|p| !p.is_empty()).collect();
        }
    }
}

/// Takes what a site prints below a document off its end.
fn drop_site_furniture(text: &str, paragraphs: &mut Vec<Paragraph>) {
    while paragraphs.last().and_then(|p| p.first()).is_some_and(|p| is_site_furniture(&text[p.clone()])) {
        paragraphs.pop();
    }
}

/// A paragraph as the document prints it, without line breaks, bold markup and a font's substitutes.
fn printed(text: &str, paragraph: &Paragraph) -> String {
    let mut printed = String::with_capacity(paragraph.iter().map(Range::len).sum());
    for piece in paragraph {
        let content = text.get(piece.clone()).unwrap_or("");
        let joins_words = printed.ends_with(|c: char| c.is_ascii_alphabetic())
            && content.starts_with(|c: char| c.is_ascii_alphabetic());
        if joins_words {
            printed.push(' ');
        }
        // These bytes begin the characters that a font may substitute.
        let altered = |pair: &[u8]| matches!(pair, b"**" | [0xE2, 0xBA..=0xBF]);
        let may_be_altered = memchr::memchr2(b'*', 0xE2, content.as_bytes()).is_some();
        if may_be_altered && content.as_bytes().windows(2).any(altered) {
            printed.extend(content.replace("**", "").chars().map(unify));
        } else {
            printed.push_str(content);
        }
    }
    printed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn paragraphs_without_furniture_and_signature() {
        let text = "一、总体情况\n**（一）主动公开。**全年公开各类信息二千余条，覆盖主要栏目\n- 4 -\n与专题。\n## （二）依申请公开\n无。\n六、其他需要报告的事项\n⽆。\n云溪海关\n2025年1月25日\n分享到：\n";
        let report = parse(text).report;
        assert_eq!(
            report.prose(Section::Overview),
            ["（一）主动公开。全年公开各类信息二千余条，覆盖主要栏目与专题。", "（二）依申请公开", "无。"]
        );
        assert_eq!(report.prose(Section::OtherMatters), ["无。"]);
    }

    #[test]
    fn site_furniture_below_the_text_is_dropped() {
        let text = "六、其他需要报告的事项\n无。\n扫一扫在手机打开当前页";
        assert_eq!(parse(text).report.prose(Section::OtherMatters), ["无。"]);
    }
}
