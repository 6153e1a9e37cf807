//! In: a page's style sheets. Out: whether elements of a class are to be seen.
//! Only rules for a class alone count (`.note { … }`, `span.note { … }`), outside media queries. It knows no cascade but
//! that the last rule of a class holds.

use std::collections::BTreeMap;

use super::tokens::{Sight, sight};
use super::{Limit, Limits, MAX_CLASSES};

/// The classes whose elements are not seen like other text, with what their last rule says.
#[derive(Debug, Default)]
pub(super) struct Sheet(BTreeMap<Vec<u8>, Sight>);

impl Sheet {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the rules of a style sheet.
    pub(super) fn read(&mut self, sheet: &[u8], limits: &mut Limits) {
        let mut rest = sheet;
        while let Some((selectors, after)) = split(rest, b'{') {
            // `@charset "utf-8"; .note { … }`
            let selectors = selectors.rsplit(|b| *b == b';').next().unwrap_or(selectors);
            let is_query = selectors.contains(&b'@');
            let len = if is_query { end_of_block(after) } else { after.iter().position(|b| *b == b'}') };
            let Some((declarations, after)) = len.and_then(|len| after.split_at_checked(len)) else { return };
            if !is_query {
                self.note(selectors, sight(declarations), limits);
            }
            rest = after.get(1..).unwrap_or(b"");
        }
    }

    /// What the rules say of an element with this attribute `class`.
    pub(super) fn sight(&self, classes: &[u8]) -> Sight {
        let names = classes.split(u8::is_ascii_whitespace);
        names.filter_map(|name| self.0.get(name)).copied().max().unwrap_or_default()
    }

    fn note(&mut self, selectors: &[u8], sight: Sight, limits: &mut Limits) {
        for class in selectors.split(|b| *b == b',').filter_map(class) {
            if sight == Sight::Shown {
                self.0.remove(class);
            } else if self.0.len() == MAX_CLASSES && !self.0.contains_key(class) {
                return limits.bite(Limit::Classes);
            } else {
                self.0.insert(class.to_vec(), sight);
            }
        }
    }
}

/// What stands before the first such byte, and behind it.
fn split(text: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let (before, after) = text.split_at_checked(text.iter().position(|b| *b == byte)?)?;
    Some((before, after.get(1..)?))
}

/// Where the block that holds other blocks ends.
fn end_of_block(text: &[u8]) -> Option<usize> {
    let mut open = 0u32;
    text.iter().position(|b| {
        match b {
            b'{' => open += 1,
            b'}' if open == 0 => return true,
            b'}' => open -= 1,
            _ => {}
        }
        false
    })
}

/// The class of a selector that names a class alone, or one of an element.
fn class(selector: &[u8]) -> Option<&[u8]> {
    // A comment before the rule ends in a slash.
    let selector = selector.rsplit(|b| *b == b'/').next()?.trim_ascii();
    let (element, class) = split(selector, b'.')?;
    let is_name =
        |name: &[u8]| name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_') || *b >= 0x80);
    (!class.is_empty() && is_name(element) && is_name(class)).then_some(class)
}
