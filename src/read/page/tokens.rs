//! In: a page. Out: its text, tags and where they stand, told to `flow` as the tokenizer comes upon them.
//! It keeps no tokens: attributes are read only where they can matter for the layout.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::naive_next_state;
use html5gum::{Emitter, Error, State, Tokenizer};

use super::flow::Flow;
use super::map::Source;
use super::sheet::Sheet;
use super::tags::Kind;
use super::{Breaks, Limit, Limits, MAX_COLSPAN, MAX_ROWSPAN, Rendered};

/// Renders the page from its byte `start` on.
pub(super) fn render(page: &str, start: usize, breaks: Breaks, limits: Limits) -> Rendered {
    let mut flow = Flow::new(page.len(), breaks, limits);
    let teller = Teller {
        page,
        position: start,
        told: start,
        verbatim: start..start,
        name: Name::default(),
        is_end: false,
        last_start: Name::default(),
        attribute: Name::default(),
        is_read: false,
        value: Vec::new(),
        tag: Tag::default(),
        sheet: Sheet::default(),
        flow: &mut flow,
    };
    let Ok(()) = Tokenizer::new_with_emitter(page.get(start..).unwrap_or(""), teller).finish();
    flow.finish()
}

/// The name of a tag or attribute; longer ones are cut, none that matters is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Name {
    bytes: [u8; 12],
    len: u8,
}

impl Name {
    fn push(&mut self, more: &[u8]) {
        for byte in more {
            if let Some(slot) = self.bytes.get_mut(usize::from(self.len)) {
                *slot = *byte;
            }
            self.len = self.len.saturating_add(1);
        }
    }

    /// The name; of one that was cut, nothing.
    fn get(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or(b"")
    }
}

/// Whether an element is to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Sight {
    #[default]
    Shown,
    /// Above or below the line, as the numbers of notes are.
    Raised,
    /// It takes up its place, and nothing is seen there.
    Unseen,
    /// It is not there.
    Gone,
}

/// What a start tag says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag {
    pub(super) kind: Kind,
    pub(super) columns: u32,
    /// 0 for all that follow.
    pub(super) rows: u32,
    pub(super) sight: Sight,
    pub(super) self_closing: bool,
}

impl Default for Tag {
    fn default() -> Self {
        Tag { kind: Kind::Inline, columns: 1, rows: 1, sight: Sight::Shown, self_closing: false }
    }
}

/// Takes what the tokenizer comes upon, and tells it on.
struct Teller<'a> {
    page: &'a str,
    /// How far the tokenizer has come.
    position: usize,
    /// Where the last thing told ended.
    told: usize,
    /// Text that stands in the page as it is and is still to be told. After a character reference the tokenizer hands
    /// on the next character byte by byte.
    verbatim: Range<usize>,
    name: Name,
    is_end: bool,
    last_start: Name,
    attribute: Name,
    /// Whether the value of the attribute is read.
    is_read: bool,
    value: Vec<u8>,
    tag: Tag,
    sheet: Sheet,
    flow: &'a mut Flow,
}

impl Teller<'_> {
    /// The longest value of an attribute that is looked at.
    const MAX_VALUE: usize = 4096;

    #[inline]
    fn tell_verbatim(&mut self) {
        if !self.verbatim.is_empty() {
            let text = self.page.get(self.verbatim.clone()).unwrap_or("");
            self.flow.text(text, &Source::Verbatim(self.verbatim.start));
        }
        self.verbatim = self.position..self.position;
    }

    #[inline]
    fn finish_attribute(&mut self) {
        if self.attribute.len > 0 {
            self.take_attribute();
        }
    }

    fn take_attribute(&mut self) {
        match self.attribute.get() {
            b"colspan" => self.tag.columns = self.span(MAX_COLSPAN).max(1),
            b"rowspan" => self.tag.rows = self.span(MAX_ROWSPAN),
            b"hidden" => self.tag.sight = Sight::Gone,
            b"style" => self.tag.sight = self.tag.sight.max(sight(&self.value)),
            // What a script may show later, as the panes of a page are, is a block.
            b"class" if !self.sheet.is_empty() && Kind::of(self.name.get()).is_within_block() => {
                self.tag.sight = self.tag.sight.max(self.sheet.sight(&self.value));
            }
            _ => {}
        }
        self.attribute = Name::default();
        self.is_read = false;
        self.value.clear();
    }

    /// A span as HTML reads numbers, and at most `limit`.
    fn span(&mut self, limit: u32) -> u32 {
        let digits = self.value.trim_ascii_start();
        let digits = digits.strip_prefix(b"+").unwrap_or(digits);
        let len = digits.iter().take_while(|b| b.is_ascii_digit()).count();
        if len == 0 {
            return 1;
        }
        let number =
            digits.iter().take(len).fold(0u32, |n, b| n.saturating_mul(10).saturating_add(u32::from(b - b'0')));
        if number > limit {
            self.flow.limits.bite(Limit::Spans);
        }
        number.min(limit)
    }

    /// Where the character reference that ends at the tokenizer's position begins.
    fn reference(&self) -> usize {
        let since = self.page.get(self.told..self.position).unwrap_or("");
        self.told + since.rfind('&').unwrap_or(0)
    }
}

/// What a `style` says about being seen.
pub(super) fn sight(style: &[u8]) -> Sight {
    let mut sight = Sight::Shown;
    for declaration in style.split(|b| *b == b';') {
        let declaration = declaration.trim_ascii_start();
        if !matches!(declaration.first(), Some(b'd' | b'D' | b't' | b'T' | b'v' | b'V')) {
            continue;
        }
        let Some((property, value)) = declaration.iter().position(|b| *b == b':').and_then(|i| {
            let (property, value) = declaration.split_at_checked(i)?;
            Some((property.trim_ascii_end(), value.get(1..)?.trim_ascii_start()))
        }) else {
            continue;
        };
        let starts = |word: &[u8]| value.get(..word.len()).is_some_and(|v| v.eq_ignore_ascii_case(word));
        if property.eq_ignore_ascii_case(b"display") && starts(b"none") {
            return Sight::Gone;
        }
        if property.eq_ignore_ascii_case(b"visibility") && (starts(b"hidden") || starts(b"collapse")) {
            sight = Sight::Unseen;
        }
        if property.eq_ignore_ascii_case(b"vertical-align") && (starts(b"super") || starts(b"sub")) {
            sight = sight.max(Sight::Raised);
        }
        let has = |word: &[u8]| value.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
        if property.get(..15).is_some_and(|p| p.eq_ignore_ascii_case(b"text-decoration")) && has(b"line-through") {
            return Sight::Gone;
        }
    }
    sight
}

impl Emitter for Teller<'_> {
    type Token = Infallible;

    #[inline]
    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, string: &[u8]) {
        let start = self.position.saturating_sub(string.len());
        let here = self.page.as_bytes().get(start..self.position);
        if here.is_some_and(|here| std::ptr::eq(here, string) || here == string) {
            if self.verbatim.end != start {
                self.tell_verbatim();
                self.verbatim.start = start;
            }
            self.verbatim.end = self.position;
        } else {
            self.tell_verbatim();
            let source = Source::Instead(self.reference()..self.position);
            self.flow.text(std::str::from_utf8(string).unwrap_or(""), &source);
        }
        self.told = self.position;
    }

    fn init_start_tag(&mut self) {
        self.name = Name::default();
        self.is_end = false;
        self.tag = Tag::default();
    }

    fn init_end_tag(&mut self) {
        self.name = Name::default();
        self.is_end = true;
    }

    #[inline]
    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.push(name);
    }

    fn init_attribute(&mut self) {
        self.finish_attribute();
    }

    #[inline]
    fn push_attribute_name(&mut self, name: &[u8]) {
        self.attribute.push(name);
    }

    fn init_attribute_value(&mut self) {
        self.is_read = match self.attribute.get() {
            b"class" => !self.sheet.is_empty(),
            name => matches!(name, b"colspan" | b"rowspan" | b"style"),
        };
    }

    #[inline]
    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.is_read {
            let room = Self::MAX_VALUE.saturating_sub(self.value.len());
            self.value.extend_from_slice(value.get(..room).unwrap_or(value));
        }
    }

    fn set_self_closing(&mut self) {
        self.tag.self_closing = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        if self.is_end && self.name.get() == b"style" {
            let sheet = self.page.as_bytes().get(self.verbatim.clone()).unwrap_or(b"");
            self.sheet.read(sheet, &mut self.flow.limits);
        }
        self.tell_verbatim();
        self.finish_attribute();
        self.told = self.position;
        let kind = Kind::of(self.name.get());
        if self.is_end {
            self.flow.end(kind);
            return None;
        }
        self.last_start = self.name;
        self.tag.kind = kind;
        // All other content is markup.
        let is_raw = matches!(kind, Kind::Unshown | Kind::Preformatted);
        let next = if is_raw { naive_next_state(self.name.get()) } else { None };
        // Only where the tokenizer takes the content for markup can there be none.
        self.tag.self_closing &= next.is_none();
        self.flow.start(&self.tag, self.position);
        next
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && self.name.len > 0 && self.name == self.last_start
    }

    fn emit_current_comment(&mut self) {
        self.told = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.told = self.position;
    }

    fn emit_eof(&mut self) {
        self.tell_verbatim();
    }

    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}
