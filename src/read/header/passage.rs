//! In: paragraphs. Out: their text as the grammars read it, each character with its place in the document.
//! It is for reading alone: values are taken from the document itself.

use std::ops::Range;

use crate::read::fold::{simplify, unify};
use crate::read::paragraphs::Paragraph;

/// Paragraphs with half-width letters, digits and punctuation, simplified characters, plain spaces, and no markup. A
/// line break stands between paragraphs alone.
pub(super) struct Passage<'a> {
    document: &'a str,
    pub(super) text: String,
    /// For each byte of `text`, where its character starts in the document.
    starts: Vec<usize>,
}

/// The most bytes that are read as one passage: sentences are looked up around what was found in them, and this keeps
/// the time linear where a document is one endless sentence.
const PASSAGE_BYTES: usize = 12_000;

impl<'a> Passage<'a> {
    pub(super) fn new<'p>(document: &'a str, paragraphs: impl IntoIterator<Item = &'p Paragraph>) -> Self {
        let mut passage = Passage { document, text: String::new(), starts: Vec::new() };
        for paragraph in paragraphs {
            if !passage.text.is_empty() {
                passage.push('\n', paragraph.first().map_or(0, |p| p.start));
            }
            for piece in paragraph {
                passage.append(piece);
            }
        }
        passage
    }

    fn append(&mut self, piece: &Range<usize>) {
        let Some(content) = self.document.get(piece.clone()) else { return };
        self.text.reserve(content.len().min(PASSAGE_BYTES));
        self.starts.reserve(content.len().min(PASSAGE_BYTES));
        for (i, c) in content.char_indices() {
            if self.text.len() > PASSAGE_BYTES {
                return;
            }
            if let Some(c) = plain(c) {
                self.push(c, piece.start + i);
            }
        }
    }

    fn push(&mut self, c: char, start: usize) {
        self.text.push(c);
        self.starts.resize(self.text.len(), start);
    }

    /// Where a part of the text stands in the document.
    pub(super) fn place(&self, part: Range<usize>) -> Range<usize> {
        let Some(last) = part.end.checked_sub(1).and_then(|i| self.starts.get(i)).copied() else { return 0..0 };
        let start = self.starts.get(part.start).copied().unwrap_or(last).min(last);
        start..last + self.document[last..].chars().next().map_or(0, char::len_utf8)
    }

    /// A part of the text as the document prints it: without line breaks and markup, runs of spaces as one.
    pub(super) fn printed(&self, part: Range<usize>) -> String {
        let mut printed = String::with_capacity(part.len());
        for (i, _) in self.text[part.clone()].char_indices() {
            let start = self.starts[part.start + i];
            match self.document[start..].chars().next() {
                Some(c) if !c.is_whitespace() => printed.push(unify(c)),
                Some(_) if !printed.ends_with(' ') => printed.push(' '),
                _ => {}
            }
        }
        printed.trim().to_owned()
    }
}

/// A character as the grammars read it; none for markup.
pub(super) fn plain(c: char) -> Option<char> {
    match c {
        '*' | '\\' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{00ad}' => None,
        '\u{4E00}'..='\u{9FFF}' => Some(simplify(c)),
        _ if c.is_whitespace() => Some(' '),
        _ if c.is_ascii() => Some(c),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0),
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
}
