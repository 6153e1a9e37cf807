//! In: the lines. Out: the six sections by their titles, as the best chain of six.
//! It reads no figures and no prose.

use std::ops::Range;

use super::fold::{Folded, fold};
use crate::form::Section;

/// The sections of a document, in its order.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    titles: Vec<Title>,
    end: usize,
}

/// A section's title.
#[derive(Debug, Clone)]
struct Title {
    section: Section,
    bytes: Range<usize>,
}

impl Outline {
    /// The sections that were found, in the document's order.
    pub(crate) fn sections(&self) -> Vec<Section> {
        self.titles.iter().map(|t| t.section).collect()
    }

    /// What stands before the first title.
    pub(crate) fn opening(&self) -> Range<usize> {
        0..self.titles.first().map_or(self.end, |t| t.bytes.start)
    }

    /// What stands between a section's title and the next title.
    pub(crate) fn body(&self, section: Section) -> Option<Range<usize>> {
        let i = self.titles.iter().position(|t| t.section == section)?;
        Some(self.titles[i].bytes.end..self.titles.get(i + 1).map_or(self.end, |t| t.bytes.start))
    }
}

/// The most characters that a title with its number and markup may have.
const TITLE_CHARS: usize = 48;

/// Finds the sections.
pub(crate) fn outline(text: &str, lines: &[Range<usize>]) -> Outline {
    let mut candidates = Vec::new();
    for line in lines {
        candidates.extend(candidate(text, line));
    }
    Outline { titles: best_chain(&candidates), end: text.len() }
}

/// A line that could be a section's title.
struct Candidate {
    title: Title,
    score: i32,
}

fn candidate(text: &str, line: &Range<usize>) -> Option<Candidate> {
    let content = text[line.clone()].trim_matches(|c: char| c.is_whitespace() || "#*|=".contains(c));
    if content.is_empty() || content.len() > TITLE_CHARS * 3 {
        return None;
    }
    let mut folded = Vec::with_capacity(TITLE_CHARS);
    fold(content, 0, &mut folded);
    let (number, rest) = number(&folded);
    let (section, fit) = Section::ALL
        .into_iter()
        .flat_map(|s| s.titles().iter().map(move |t| (s, *t)))
        .map(|(s, title)| (s, fit(rest, title)))
        .max_by_key(|(_, fit)| *fit)?;
    let numbered = match number {
        Some(n) if n == section as usize => 30,
        Some(_) => -40,
        None => 0,
    };
    let score = fit + numbered;
    (fit >= 60 && score >= 75).then(|| Candidate { title: Title { section, bytes: line.clone() }, score })
}

/// The number before a title, 0-based, and what follows it.
fn number(folded: &[Folded]) -> (Option<usize>, &[Folded]) {
    let number = folded.first().and_then(|f| "一二三四五六".chars().position(|c| c == f.char));
    (number, if number.is_some() { &folded[1..] } else { folded })
}

/// How well a line fits a title, in per cent: shared neighbouring characters.
fn fit(line: &[Folded], title: &str) -> i32 {
    let mut want = Vec::new();
    fold(title, 0, &mut want);
    if line.len() < 2 || want.len() < 2 {
        return 0;
    }
    let pairs = |f: &[Folded]| f.windows(2).map(|w| (w[0].char, w[1].char)).collect::<Vec<_>>();
    let (line, want) = (pairs(line), pairs(&want));
    let shared = want.iter().filter(|p| line.contains(p)).count();
    (200 * shared / (line.len() + want.len())) as i32
}

/// The chain of titles in the form's order with the greatest score.
fn best_chain(candidates: &[Candidate]) -> Vec<Title> {
    let mut best: [(i32, Option<usize>); 7] = [(0, None); 7];
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    for (i, candidate) in candidates.iter().enumerate() {
        let k = candidate.title.section as usize;
        let (before, from) = best[..=k].iter().copied().max_by_key(|(score, _)| *score).unwrap_or_default();
        previous.push(from);
        if before + candidate.score > best[k + 1].0 {
            best[k + 1] = (before + candidate.score, Some(i));
        }
    }
    let mut at = best.iter().copied().max_by_key(|(score, _)| *score).and_then(|(_, at)| at);
    let mut chain = Vec::new();
    while let Some(i) = at {
        chain.push(candidates[i].title.clone());
        at = previous[i];
    }
    chain.reverse();
    chain
}
