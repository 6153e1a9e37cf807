//! In: the bytes of a file. Out: what was read from them, as a page or as a text.
//! The encoding is the declared one unless the bytes contradict it; what a file's name says is not asked for.
//! It never fails: what cannot be decoded becomes U+FFFD, and is counted.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::page::{Breaks, parse_page};
use super::text::beginning;
use super::{Parsed, parse};
use crate::diagnostic::{Code, Diagnostic, Subject};

/// How far into a file its encoding may be declared: browsers look at 1024 bytes, but offices' sites put long comments
/// first.
const DECLARATION_BYTES: usize = 4096;
/// How much of a file is looked at to tell UTF-16, and a page from a text.
const SAMPLE_BYTES: usize = 8192;
/// So many tags in the sample make a page of what does not begin as one.
const TAGS_OF_A_PAGE: usize = 8;

/// A decoded file.
#[derive(Debug)]
struct Decoded<'a> {
    text: Cow<'a, str>,
    encoding: &'static Encoding,
    /// How many malformed sequences were replaced.
    malformed: usize,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Page,
    /// A text whose tables are in HTML, as some converters of PDFs write.
    TextWithTables,
    Text,
}

/// Reads a file of unknown encoding, page or text.
///
/// Places refer to the decoded text without its byte order mark, which for UTF-8 is the file without its own. An
/// encoding other than UTF-8 is named by a [`Code::Encoding`] diagnostic; bytes that mean nothing in it are replaced
/// and counted by [`Code::Malformed`].
///
/// # Examples
/// ```
/// // 规章 in GBK, then three columns.
/// let parsed = xxgk::parse_bytes(b"\xb9\xe6\xd5\xc2\t0\t1\t12\n");
/// assert_eq!(parsed.diagnostics[0].code.id(), "document.encoding");
/// assert!(parsed.diagnostics[0].to_string().contains("GB18030"));
/// ```
pub fn parse_bytes(bytes: &[u8]) -> Parsed {
    let decoded = decode(bytes);
    let mut parsed = match content(&decoded.text) {
        Content::Page => parse_page(&decoded.text, Breaks::Blank),
        Content::TextWithTables => parse_page(&decoded.text, Breaks::Lines),
        Content::Text => parse(&decoded.text),
    };
    parsed.diagnostics.splice(..0, decoded.diagnostics());
    parsed
}

impl Decoded<'_> {
    /// The encoding's name as people write it.
    fn name(&self) -> &'static str {
        if self.encoding == GB18030 { "GB18030" } else { self.encoding.name() }
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        let name = self.name().to_owned();
        let document = |code, particulars| Diagnostic::new(code, Subject::Document, particulars);
        let foreign = (self.encoding != UTF_8).then(|| document(Code::Encoding, vec![name.clone()]));
        let malformed = (self.malformed > 0).then(|| document(Code::Malformed, vec![self.malformed.to_string(), name]));
        foreign.into_iter().chain(malformed).collect()
    }
}

/// Decodes a file by its byte order mark, its declaration, or its bytes.
fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, len)) = marked(bytes) {
        return decode_as(bytes.get(len..).unwrap_or(&[]), encoding);
    }
    if let Some(encoding) = utf_16(bytes.get(..SAMPLE_BYTES).unwrap_or(bytes)) {
        return decode_as(bytes, encoding);
    }
    let declared = declared(bytes.get(..DECLARATION_BYTES).unwrap_or(bytes));
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Two Chinese characters in GBK can pass for two letters of other scripts in UTF-8, never for Chinese ones.
        let is_chinese = text.is_ascii() || text.chars().any(|c| c >= '\u{800}');
        if is_chinese || declared == Some(UTF_8) {
            return Decoded { text: Cow::Borrowed(text), encoding: UTF_8, malformed: 0 };
        }
    }
    if is_damaged_utf_8(bytes) { decode_as(bytes, UTF_8) } else { best(bytes, declared) }
}

/// The encoding that a byte order mark names, and its length.
fn marked(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    const GB18030_MARK: &[u8] = b"\x84\x31\x95\x33";
    Encoding::for_bom(bytes).or_else(|| bytes.starts_with(GB18030_MARK).then_some((GB18030, GB18030_MARK.len())))
}

/// Whether this is Chinese in UTF-8 but for a few bytes. Such text is often valid in GB18030 as well, as nonsense.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut chinese, mut malformed) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        chinese += chunk.valid().chars().filter(|c| *c >= '\u{800}').count();
        malformed += usize::from(!chunk.invalid().is_empty());
    }
    chinese > 0 && malformed * 10 <= chinese
}

/// The reading with the fewest malformed sequences: as declared, as the bytes look, or in UTF-8; the earlier of equals.
fn best<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Decoded<'a> {
    let mut best: Option<Decoded<'a>> = None;
    let candidates = [declared, Some(detected(bytes)), Some(UTF_8), Some(GB18030)];
    for (i, encoding) in candidates.iter().enumerate() {
        let Some(encoding) = encoding.filter(|_| !candidates.iter().take(i).any(|c| c == encoding)) else { continue };
        let decoded = decode_as(bytes, encoding);
        if decoded.malformed == 0 {
            return decoded;
        }
        if best.as_ref().is_none_or(|b| decoded.malformed < b.malformed) {
            best = Some(decoded);
        }
    }
    best.unwrap_or_else(|| decode_as(bytes, UTF_8))
}

/// Decodes everything as one encoding, and counts what is malformed.
fn decode_as<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Decoded { text: Cow::Borrowed(text), encoding, malformed: 0 };
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() * 3 / 2 + 16);
    let (mut rest, mut malformed) = (bytes, 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = rest.get(read..).unwrap_or(&[]);
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(rest.len() + 16),
            DecoderResult::Malformed(..) => {
                malformed += 1;
                text.push('\u{FFFD}');
            }
        }
    }
    Decoded { text: Cow::Owned(text), encoding, malformed }
}

/// The encoding of Chinese text that the beginning of a page declares. A page of Chinese that declares another, as
/// those made with foreign tools do, declares nothing.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    let mut rest = lower.as_slice();
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = rest.get(at + 1..).unwrap_or(&[]);
        let tag = rest.get(..rest.iter().position(|b| *b == b'>').unwrap_or(rest.len())).unwrap_or(rest);
        let label = match tag {
            _ if tag.starts_with(b"meta") => after(tag, b"charset"),
            _ if tag.starts_with(b"?xml") => after(tag, b"encoding"),
            _ => None,
        };
        if let Some(encoding) = label.and_then(Encoding::for_label) {
            return chinese(encoding);
        }
    }
    None
}

/// The value that follows a word and `=` in a tag.
fn after<'a>(tag: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let at = tag.windows(word.len()).position(|w| w == word)?;
    let value = tag.get(at + word.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    value.get(..value.iter().position(|b| b" \t\r\n\"';/?>".contains(b)).unwrap_or(value.len()))
}

/// An encoding that Chinese text can be in. GB 2312 and GBK are decoded as what they grew into.
fn chinese(encoding: &'static Encoding) -> Option<&'static Encoding> {
    match encoding {
        e if e == GBK || e == GB18030 => Some(GB18030),
        e if e == UTF_8 || e == BIG5 => Some(e),
        _ => None,
    }
}

/// The encoding that the bytes look like.
fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    chinese(detector.guess(None, Utf8Detection::Deny)).unwrap_or(GB18030)
}

/// UTF-16 without a byte order mark: nearly all units are what Chinese pages and texts consist of, in one byte order
/// and not in the other. Two letters of UTF-8 look like a Chinese character, but those of UTF-16 have zeros between.
fn utf_16(sample: &[u8]) -> Option<&'static Encoding> {
    // The sample may end within a character.
    let is_utf_8 = std::str::from_utf8(sample).map_or_else(|error| error.error_len().is_none(), |_| true);
    if is_utf_8 && !sample.contains(&0) {
        return None;
    }
    let (pairs, _) = sample.as_chunks::<2>();
    let units = pairs.len();
    let little = pairs.iter().filter(|pair| is_usual(u16::from_le_bytes(**pair))).count();
    let big = pairs.iter().filter(|pair| is_usual(u16::from_be_bytes(**pair))).count();
    // Of UTF-8 and GBK it is never more than a third.
    let nearly_all = units - units / 10;
    match (little >= nearly_all, big >= nearly_all) {
        _ if units < 2 => None,
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// A unit of UTF-16 that stands for a letter, a figure, a blank, a Chinese character or punctuation.
fn is_usual(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0 | 0x2010..=0x2027 | 0x3000..=0x303F | 0x4E00..=0x9FFF
        | 0xFF01..=0xFF5E)
}

/// Tells a page from a text. A text may hold `<`, bars, and `<br>` in the cells of its tables.
fn content(text: &str) -> Content {
    let begins = |s: &str, word: &str| s.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if ["<!doctype", "<?xml", "<html", "<head", "<body"].iter().any(|word| begins(start, word)) {
        return Content::Page;
    }
    let (tags, blocks) = tags(beginning(text, SAMPLE_BYTES));
    let begins_as_markup = start.starts_with('<');
    // Converters of PDFs write each table of a text as a page of its own.
    let is_text = !begins_as_markup && blocks == 0 || has_paragraphs(text);
    if is_text && has_table(text) {
        return Content::TextWithTables;
    }
    let is_page = blocks > 0 && tags >= TAGS_OF_A_PAGE || begins_as_markup && has_table(text);
    if is_page { Content::Page } else { Content::Text }
}

/// Whether there are paragraphs between blank lines with no tag in them. Markdown has them even where a converter left
/// it some of the page's blocks as tags; a page has hardly any.
fn has_paragraphs(text: &str) -> bool {
    const FEW: usize = 3;
    let mut count = 0;
    let (mut is_filled, mut has_tag) = (false, false);
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            count += usize::from(is_filled && !has_tag);
            (is_filled, has_tag) = (false, false);
        } else {
            (is_filled, has_tag) = (true, has_tag || line.contains(['<', '>', '{', ';']));
        }
    }
    count > FEW
}

/// Whether a table in HTML begins somewhere.
fn has_table(text: &str) -> bool {
    text.split('<').skip(1).any(|tag| tag.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("table")))
}

/// How many known tags there are, and how many of them a page has and a text with tables does not.
fn tags(sample: &str) -> (usize, usize) {
    const BLOCKS: &[&str] = &["p", "div", "h1", "h2", "h3", "head", "meta", "title", "link", "script", "style", "ul"];
    const OTHERS: &[&str] = &["html", "body", "table", "tbody", "tr", "td", "th", "span", "a", "li", "font", "strong"];
    let (mut tags, mut blocks) = (0, 0);
    for piece in sample.split('<').skip(1) {
        let piece = piece.strip_prefix('/').unwrap_or(piece);
        let name = piece.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let is_one_of = |names: &[&str]| names.iter().any(|n| n.eq_ignore_ascii_case(name));
        blocks += usize::from(is_one_of(BLOCKS));
        tags += usize::from(is_one_of(BLOCKS) || is_one_of(OTHERS));
    }
    (tags, blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "二、主动公开政府信息情况\n规章\t0\t1\t12\n本机关全年未收到政府信息公开申请。\n";

    fn utf_16_of(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[track_caller]
    fn reads(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes);
        assert_eq!((decoded.name(), decoded.malformed), (encoding, 0));
        assert_eq!(decoded.text, text);
    }

    #[test]
    fn by_the_byte_order_mark() {
        reads(format!("\u{feff}{SENTENCE}").as_bytes(), "UTF-8", SENTENCE);
        reads(&[&b"\xff\xfe"[..], &utf_16_of(SENTENCE, u16::to_le_bytes)].concat(), "UTF-16LE", SENTENCE);
        reads(&[&b"\xfe\xff"[..], &utf_16_of(SENTENCE, u16::to_be_bytes)].concat(), "UTF-16BE", SENTENCE);
        reads(&[b"\x84\x31\x95\x33", &*GB18030.encode(SENTENCE).0].concat(), "GB18030", SENTENCE);
    }

    #[test]
    fn by_the_bytes_alone() {
        reads(SENTENCE.as_bytes(), "UTF-8", SENTENCE);
        reads(&GB18030.encode(SENTENCE).0, "GB18030", SENTENCE);
        reads(&utf_16_of(SENTENCE, u16::to_le_bytes), "UTF-16LE", SENTENCE);
        reads(&utf_16_of(SENTENCE, u16::to_be_bytes), "UTF-16BE", SENTENCE);
        let traditional = "二、主動公開政府資訊情況\n規章\t0\t1\t12\n本機關全年未收到政府資訊公開申請，特此說明。\n";
        reads(&BIG5.encode(traditional).0, "Big5", traditional);
        reads(b"plain", "UTF-8", "plain");
        let style = "p{}\n".repeat(SAMPLE_BYTES);
        reads(style.as_bytes(), "UTF-8", &style);
        reads(b"", "UTF-8", "");
        for short in ["联通", "模牛"] {
            reads(&GB18030.encode(short).0, "GB18030", short);
        }
    }

    #[test]
    fn by_the_declaration_unless_the_bytes_contradict_it() {
        for label in ["gb2312", "GBK", "utf-8", "iso-8859-1", "gb18030", "nonsense"] {
            let page = format!("<html><META http-equiv=Content-Type content='text/html; charset={label}'>{SENTENCE}");
            reads(page.as_bytes(), "UTF-8", &page);
            reads(&GB18030.encode(&page).0, "GB18030", &page);
        }
        let xml = format!("<?xml version=\"1.0\" encoding='gb2312'?><html>{SENTENCE}");
        reads(&GB18030.encode(&xml).0, "GB18030", &xml);
    }

    #[test]
    fn what_is_malformed_is_replaced_and_counted() {
        let cut = &SENTENCE.as_bytes()[..SENTENCE.len() - 2];
        let decoded = decode(cut);
        assert_eq!((decoded.name(), decoded.malformed), ("UTF-8", 1));
        assert!(decoded.text.ends_with('\u{FFFD}'));
        let mut gb = GB18030.encode(SENTENCE).0.into_owned();
        gb.push(0xFF);
        let parsed = parse_bytes(&gb);
        let codes: Vec<_> = parsed.diagnostics.iter().take(2).map(|d| d.code).collect();
        assert_eq!(codes, [Code::Encoding, Code::Malformed]);
        assert!(parsed.diagnostics[1].to_string().starts_with("1 malformed byte sequences"));
    }

    #[test]
    fn pages_and_texts() {
        for page in [
            "<!DOCTYPE html>",
            " \n<HTML>",
            "<table><tr><td>1</table>",
            "<div><p>1</p><p>2</p><p>3</p><p>4</p><p>5</p></div>",
        ] {
            assert_eq!(content(page), Content::Page, "{page}");
        }
        for text in ["", "规章 0 1 12", "a < b", "| 结果<br>维持 | 总<br/>计 |\n|---|---|\n| 0 | 0 |", "<见附件>"]
        {
            assert_eq!(content(text), Content::Text, "{text}");
        }
        let mixed =
            "# 报告\n\n二、主动公开\n\n<html><body><table><tr><td>规章</td><td>0</td></tr></table></body></html>\n";
        assert_eq!(content(mixed), Content::TextWithTables);
        let markdown = "<div class=\"nav\">\n\n- 首页\n\n</div>\n\n# 报告\n\n本报告由某局编制\n\n一、总体情况\n\n全年无。\n\n<table><tr><td>规章</table>\n";
        assert_eq!(content(markdown), Content::TextWithTables);
    }

    #[test]
    fn an_encoding_is_declared_within_so_many_bytes() {
        // In GBK two Chinese characters, unless they are declared to be letters of UTF-8.
        let (declaration, letters) = ("<meta charset=utf-8>", "ģţ");
        assert_eq!(GB18030.decode(letters.as_bytes()).0, "模牛");
        for (end, encoding) in [(DECLARATION_BYTES, "UTF-8"), (DECLARATION_BYTES + 1, "GB18030")] {
            let comment = " ".repeat(end + ">".len() - declaration.len());
            let page = format!("{comment}{declaration}{letters}");
            assert_eq!(decode(page.as_bytes()).name(), encoding, "{end}");
        }
    }

    #[test]
    fn so_many_tags_within_so_many_bytes_make_a_page() {
        let text = |tags: usize, before: usize| " ".repeat(before) + "报告" + &"<p>".repeat(tags);
        assert_eq!(content(&text(TAGS_OF_A_PAGE, 0)), Content::Page);
        assert_eq!(content(&text(TAGS_OF_A_PAGE - 1, 0)), Content::Text);
        let room = SAMPLE_BYTES - text(TAGS_OF_A_PAGE, 0).len();
        assert_eq!(content(&text(TAGS_OF_A_PAGE, room + ">".len())), Content::Page);
        assert_eq!(content(&text(TAGS_OF_A_PAGE, room + "p>".len())), Content::Text);
    }

    #[test]
    fn more_than_a_few_paragraphs_without_tags_make_a_text() {
        let text = |paragraphs: usize| "<div>\n\n".to_owned() + &"无。\n\n".repeat(paragraphs) + "<table>\n";
        assert_eq!(content(&text(4)), Content::TextWithTables);
        assert_eq!(content(&text(3)), Content::Page);
    }
}
