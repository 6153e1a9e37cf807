//! In: the text and its outline. Out: the paragraphs of the three sections of prose.
//! It reads no figures.

use std::ops::Range;

use super::fold::unify;
use super::outline::Outline;
use crate::form::Section;
use crate::model::Report;

/// Puts the paragraphs of the sections of prose into the report.
pub(crate) fn read(text: &str, lines: &[Range<usize>], outline: &Outline, report: &mut Report) {
    for section in [Section::Overview, Section::Problems, Section::OtherMatters] {
        let Some(body) = outline.body(section) else { continue };
        let paragraphs = paragraphs(text, lines, body);
        if let Some(prose) = report.prose_mut(section) {
            *prose = paragraphs;
        }
    }
}

fn paragraphs(text: &str, lines: &[Range<usize>], body: Range<usize>) -> Vec<String> {
    let first = lines.partition_point(|l| l.end <= body.start);
    let mut paragraphs: Vec<String> = Vec::new();
    for line in lines[first..].iter().take_while(|l| l.start < body.end) {
        let range = line.start.max(body.start)..line.end.min(body.end);
        let content = text.get(range).unwrap_or("").trim();
        if !content.is_empty() {
            paragraphs.push(content.chars().map(unify).collect());
        }
    }
    paragraphs
}
