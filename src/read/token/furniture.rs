//! In: a line, or the pieces of one. Out: whether it is a page's number, and the pieces of which such a number is none.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{one_of, space0};
use nom::combinator::{all_consuming, opt};

use super::{Content, Cutter, Piece};
use crate::read::marks::is_digit;

/// The word for a page, also in traditional writing and as a radical.
const PAGE: &[char] = &['页', '頁', '⻚'];

impl Cutter<'_> {
    /// A page's number between the words of a line is no cell (`行政许可 - 1 - 0`), unless the whole line may be one row
    /// whose neighbours print dashes.
    pub(super) fn drop_pages(&mut self) {
        let start = self.line_start();
        let line = &self.out.pieces[start..];
        let pages: Vec<usize> = (0..line.len()).filter(|i| self.is_page_at(line, *i)).collect();
        if pages.is_empty() {
            return;
        }
        let dash = |i: usize| line.get(i).is_some_and(|p| p.content == Content::Dash);
        let (strokes, others): (Vec<usize>, Vec<usize>) =
            pages.into_iter().partition(|i| dash(i.wrapping_sub(1)) && dash(i + 1));
        let text = |p: &Piece| p.content == Content::Text;
        let dashes = (0..line.len()).filter(|i| dash(*i)).count();
        let sure =
            |i: &usize| dashes == 2 * strokes.len() && line[..*i].iter().any(text) && line[*i..].iter().any(text);
        let strokes = strokes.iter().filter(|i| sure(i)).flat_map(|i| i - 1..i + 2);
        let pages: Vec<usize> = others.into_iter().chain(strokes).collect();
        for page in pages {
            self.out.pieces[start + page].content = Content::Text;
        }
    }

    /// Whether the figure stands between strokes, or between 第 or 共 and 页, with nothing but spaces between.
    fn is_page_at(&self, line: &[Piece], at: usize) -> bool {
        let piece = line[at];
        if !matches!(piece.content, Content::Figure(_)) || piece.end - piece.start > 4 {
            return false;
        }
        if matches!(self.text.as_bytes().get(piece.end), Some(b'\t' | b'|' | b'\n') | None) {
            return false;
        }
        let stroke = |c: Option<char>| matches!(c, Some('-' | '—' | '–' | '－' | '―'));
        let behind = self.text[piece.end..].trim_start_matches(' ').chars().next();
        let page = |c: Option<char>| c.is_some_and(|c| PAGE.contains(&c));
        if !stroke(behind) && !page(behind) {
            return false;
        }
        let before = self.text[..piece.start].trim_end_matches(' ').chars().next_back();
        (stroke(before) && stroke(behind)) || (matches!(before, Some('第' | '共')) && page(behind))
    }
}

/// A page's number among the fields of a line; `4/9` there may be a misprint of a figure.
pub(super) fn is_page(field: &str) -> bool {
    !field.starts_with(|c: char| c.is_ascii_digit()) && is_furniture(field)
}

/// A page's number, `- 4 -`, `—2—`, `第 4 页 共 9 页`, `4/9`, or the address that a browser prints beside one.
pub(super) fn is_furniture(line: &str) -> bool {
    if ["https://", "http://", "file:///"].iter().any(|begin| line.starts_with(begin)) {
        return true;
    }
    let opens = |c: char| matches!(c, '第' | '-' | '—' | '–' | '－' | '―' | '·' | '•' | '0'..='9');
    if line.len() > 40
        || !line.starts_with(|c| c == ' ' || c == '\t' || opens(c))
        || line.bytes().all(|b| b.is_ascii_digit())
        || !line.contains(is_digit)
    {
        return false;
    }
    let strokes = || take_while_m_n(1, 2, |c| "-—–－―·•".contains(c));
    let number = || (space0::<&str, nom::error::Error<&str>>, take_while_m_n(1, 4, is_digit), space0);
    let between = (strokes(), number(), strokes()).map(|_| ());
    let total = || (opt(one_of(",，/／ ")), space0, tag("共"), number(), one_of(PAGE)).map(|_| ());
    let chinese = (tag("第"), number(), one_of(PAGE), space0, opt(total())).map(|_| ());
    let of = (number(), one_of("/／"), number()).map(|_| ());
    all_consuming(alt((between, chinese, of))).parse(line).is_ok()
}
