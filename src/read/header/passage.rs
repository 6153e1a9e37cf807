//! In: paragraphs. Out: their text as the grammars read it, each character with its place in the document.
//! It is for reading alone: values are taken from the document itself.

use std::ops::Range;

use crate::read::fold::{gloss, simplify, unify};
use crate::read::marks::{is_invisible, narrow};
use crate::read::paragraphs::Paragraph;
use crate::read::text::beginning;

/// The most bytes of a passage that are read: far more than any preamble has.
const MAX_BYTES: usize = 1 << 14;

/// Paragraphs with half-width letters, digits and punctuation, simplified characters, plain spaces, and no markup. A
/// line break stands between paragraphs alone.
pub(super) struct Passage<'a> {
    document: &'a str,
    pub(super) text: String,
    /// Where in `text` a stretch begins that stands so in the document, or a character that stands in for one, and where
    /// that is in the document.
    stretches: Vec<(usize, usize)>,
}

impl<'a> Passage<'a> {
    pub(super) fn new<'p>(document: &'a str, paragraphs: impl IntoIterator<Item = &'p Paragraph>) -> Self {
        let mut passage = Passage { document, text: String::new(), stretches: Vec::new() };
        for paragraph in paragraphs {
            if !passage.text.is_empty() {
                passage.push("\n", paragraph.first().map_or(0, |p| p.start));
            }
            for piece in paragraph {
                if passage.text.ends_with(|c: char| c.is_ascii_alphanumeric()) && opens_with_year(document, piece) {
                    passage.push("\n", piece.start);
                }
                passage.append(piece);
            }
        }
        passage
    }

    fn append(&mut self, piece: &Range<usize>) {
        let Some(content) = self.document.get(piece.clone()) else { return };
        let content = beginning(content, MAX_BYTES.saturating_sub(self.text.len()));
        self.text.reserve(content.len());
        let mut from = 0;
        for (i, c) in content.char_indices() {
            if i < from {
                continue;
            }
            let aside = if matches!(c, '(' | '（') { aside(&content[i..]) } else { 0 };
            let read = plain(c);
            if aside > 0 {
                self.push(&content[from..i], piece.start + from);
                from = i + aside;
            } else if read != Some(c) {
                self.push(&content[from..i], piece.start + from);
                from = i + c.len_utf8();
                if let Some(read) = read {
                    self.push(read.encode_utf8(&mut [0; 4]), piece.start + i);
                }
            }
        }
        self.push(&content[from..], piece.start + from);
    }

    fn push(&mut self, stretch: &str, start: usize) {
        self.stretches.push((self.text.len(), start));
        self.text.push_str(stretch);
    }

    /// Where the character that holds a byte of the text starts in the document.
    fn start(&self, byte: usize) -> Option<usize> {
        let at = (0..=byte.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at))?;
        let stretch = self.stretches.partition_point(|(from, _)| *from <= at).checked_sub(1)?;
        let (from, start) = self.stretches[stretch];
        (byte < self.text.len()).then_some(start + at - from)
    }

    /// The passage from the first clause with one of these words on.
    pub(super) fn starting_at_clause_with(mut self, words: &[&str]) -> Self {
        let first = words.iter().filter_map(|w| self.text.find(w)).min().unwrap_or(0);
        let before = self.text[..first].char_indices().rev();
        // No name holds what contacts end with: letters, digits, stops.
        let clause = before.take_while(|(_, c)| matches!(c, '(' | ')') || !c.is_ascii() && !"。、".contains(*c));
        let start = clause.last().map_or(first, |(at, _)| at);
        self.text.drain(..start);
        for (from, place) in &mut self.stretches {
            *place += start.saturating_sub(*from);
            *from = from.saturating_sub(start);
        }
        self
    }

    /// Where a part of the text stands in the document.
    pub(super) fn place(&self, part: Range<usize>) -> Range<usize> {
        let Some(last) = part.end.checked_sub(1).and_then(|i| self.start(i)) else { return 0..0 };
        let start = self.start(part.start).unwrap_or(last).min(last);
        start..last + self.document[last..].chars().next().map_or(0, char::len_utf8)
    }

    /// A part of the text as the document prints it: without line breaks and markup, runs of spaces as one.
    pub(super) fn printed(&self, part: Range<usize>) -> String {
        let mut printed = String::with_capacity(part.len());
        for (i, _) in self.text[part.clone()].char_indices() {
            match self.start(part.start + i).and_then(|start| self.document[start..].chars().next()) {
                Some(c) if !c.is_whitespace() => printed.push(unify(c)),
                Some(_) if !printed.ends_with(' ') => printed.push(' '),
                _ => {}
            }
        }
        printed.trim().to_owned()
    }
}

/// The closing bracket of a short name stands in so many bytes of the opening one.
const LONGEST_ASIDE: usize = 120;

/// How long a bracket is that the text begins with and that says nothing of the report: a short name, or a character's reading.
fn aside(text: &str) -> usize {
    let inner = text.chars().skip(1).map(simplify);
    let is_name = ["以下简称", "以下称", "下称", "简称"].iter().any(|w| {
        let mut inner = inner.clone();
        w.chars().all(|c| inner.next() == Some(c))
    });
    if !is_name {
        return gloss(text);
    }
    let close =
        text.char_indices().take_while(|(i, _)| *i < LONGEST_ASIDE).skip(1).find(|(_, c)| ")）(（\n".contains(*c));
    close.filter(|(_, c)| ")）".contains(*c)).map_or(0, |(i, c)| i + c.len_utf8())
}

/// Whether a line begins with `2023年`: it does not go on with a number or an address that the line above ends with.
fn opens_with_year(document: &str, line: &Range<usize>) -> bool {
    let content = document.get(line.clone()).unwrap_or("");
    let behind = content.trim_start_matches(|c: char| c.is_ascii_digit());
    content.len() - behind.len() == 4 && behind.starts_with('年')
}

/// A character as the grammars read it; none for markup.
pub(super) fn plain(c: char) -> Option<char> {
    match c {
        '*' | '\\' => None,
        _ if is_invisible(c) => None,
        '\u{4E00}'..='\u{9FFF}' => Some(simplify(c)),
        _ if c.is_whitespace() => Some(' '),
        _ if c.is_ascii() => Some(c),
        '\u{FF01}'..='\u{FF5E}' => Some(narrow(c)),
        _ => Some(simplify(unify(c))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_document() {
        let document = "（電話：０５３１\n—1）";
        let pieces = vec![0.."（電話：０５３１".len(), "（電話：０５３１\n".len()..document.len()];
        let passage = Passage::new(document, [&pieces]);
        assert_eq!(passage.text, "(电话:0531—1)");
        let part = passage.text.find("0531").unwrap()..passage.text.len() - 1;
        assert_eq!(passage.printed(part.clone()), "０５３１—1");
        assert_eq!(&document[passage.place(part)], "０５３１\n—1");
    }

    #[test]
    fn brackets_that_say_nothing_of_the_report() {
        let read = |document: &str| Passage::new(document, [&std::iter::once(0..document.len()).collect()]).text;
        assert_eq!(read("由云溪市税务局（以下简称“市税务局”，下同）编制"), "由云溪市税务局编制");
        assert_eq!(read("電話(huà)：010"), "电话:010");
        for kept in ["由云溪市税务局(简称", "云溪市新闻局(版权局)"] {
            assert_eq!(read(kept), kept);
        }
    }

    #[test]
    fn a_passage_has_its_measure() {
        for (length, read) in [(MAX_BYTES, MAX_BYTES), (MAX_BYTES + 1, MAX_BYTES)] {
            let document = "x".repeat(length);
            assert_eq!(Passage::new(&document, [&std::iter::once(0..length).collect()]).text.len(), read);
        }
    }

    #[test]
    fn a_short_name_has_so_many_bytes() {
        let own = "(简称".len();
        for (length, whole) in [(LONGEST_ASIDE - 1, true), (LONGEST_ASIDE, false)] {
            let text = format!("(简称{})", "x".repeat(length - own));
            assert_eq!(aside(&text), if whole { text.len() } else { 0 }, "{length}");
        }
    }
}
