//! In: the text and its outline. Out: title, authority, year, period, contact, date of issue and signature.
//! It reads the opening and the end; of what stands between, only sentences about the report itself.

mod contact;
mod dates;
mod names;
mod passage;
mod signature;
mod title;

use std::ops::Range;

use self::passage::Passage;
use self::signature::Signature;
use self::title::{Named, Title};
use super::Sink;
use super::outline::Outline;
use super::paragraphs::{Paragraph, is_site_furniture, paragraphs};
use crate::diagnostic::{Code, Subject};
use crate::evidence::{Evidence, EvidenceTable};
use crate::form::Section;
use crate::model::{Date, Field, Header, Period, Report};

/// Reads the header into the report; says where the signature begins, or where the document ends.
pub(crate) fn read(
    text: &str,
    lines: &[Range<usize>],
    outline: &Outline,
    report: &mut Report,
    evidence: &mut EvidenceTable,
    sink: &mut Sink,
) -> usize {
    let opening = &lines[..lines.partition_point(|l| l.start < outline.opening().end)];
    let titles = title::titles(text, opening);
    let passages = passages(text, lines, outline, &titles);
    let mut reader = Reader { text, header: &mut report.header, evidence, sink };
    let period = reader.period(&passages);
    let title = title::choose(&titles, period.as_ref().and_then(|p| p.end).map(Date::year));
    reader.title(title);
    reader.contact(&passages);
    let authority = title.and_then(|t| t.authority.clone());
    let signature = signature::read(text, ending(text, lines, outline), authority.as_ref().map(|a| a.name.as_str()));
    reader.authority(authority, &passages, &signature);
    reader.year(title, period.as_ref(), &signature, &passages);
    reader.signature(&signature);
    signature.start().unwrap_or(text.len())
}

/// The most bytes of an opening that are read; a preamble has less than a third of it.
const OPENING_BYTES: usize = 8000;

/// The same for a preamble that stands under the first section's title.
const OVERVIEW_BYTES: usize = 3000;

/// How many paragraphs of the first section are looked at for a preamble that stands under its title.
const OVERVIEW_PARAGRAPHS: usize = 4;

/// The passages that may speak of the report itself, the likeliest first.
fn passages<'a>(text: &'a str, lines: &[Range<usize>], outline: &Outline, titles: &[Title]) -> Vec<Passage<'a>> {
    let mut passages = vec![Passage::new(text, &preamble(text, lines, outline, titles))];
    if let Some(body) = outline.body(Section::Overview) {
        let first = paragraphs(text, lines, limited(text, body, OVERVIEW_BYTES));
        passages.push(Passage::new(text, about_the_report(text, first.get(..OVERVIEW_PARAGRAPHS).unwrap_or(&first))));
    }
    // jinan-2023 states period and contact in section 六.
    if let Some(body) = outline.body(Section::OtherMatters)
        && ["疑问", "疑問", "期限", "时限", "時限"].iter().any(|w| text[body.clone()].contains(w))
    {
        passages.push(Passage::new(text, about_the_report(text, &paragraphs(text, lines, body))));
    }
    passages
}

fn limited(text: &str, range: Range<usize>, bytes: usize) -> Range<usize> {
    let mut end = range.end.min(range.start + bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    range.start..end
}

/// What stands between the title and the first section; without a title, from the first sentence about the report on,
/// for a site's own contact may stand before it.
fn preamble(text: &str, lines: &[Range<usize>], outline: &Outline, titles: &[Title]) -> Vec<Paragraph> {
    let opening = outline.opening();
    let start = titles.last().map_or(opening.start, |t| t.place.end).min(opening.end);
    let all = paragraphs(text, lines, start..opening.end);
    let first = if titles.is_empty() { all.iter().position(|p| is_about_the_report(text, p)) } else { Some(0) };
    let Some(first) = first else { return Vec::new() };
    let from = all.get(first).and_then(|p| p.first()).map_or(start, |p| p.start);
    let near = |p: &Paragraph| p.first().is_some_and(|piece| piece.start < from + OPENING_BYTES);
    let own = |p: &Paragraph| !p.first().is_some_and(|piece| is_site_furniture(&text[piece.clone()]));
    all.into_iter().skip(first).take_while(near).filter(own).collect()
}

/// Whether a paragraph is a sentence about the report, not a link to it or a heading.
fn is_about_the_report(text: &str, paragraph: &Paragraph) -> bool {
    let has = |words: &[&str]| paragraph.iter().any(|p| words.iter().any(|w| text[p.clone()].contains(w)));
    has(&["报告", "報告", "年报"])
        && has(&["，", "。", ",", "："])
        && has(&["条例", "條例", "编制", "編制", "编写", "疑问", "疑問", "期限", "时限", "统计", "公布如下"])
}

/// The paragraphs that are about the report, with the contact lines that follow them.
fn about_the_report<'p>(text: &str, all: &'p [Paragraph]) -> Vec<&'p Paragraph> {
    let mut own = Vec::new();
    let mut follows = false;
    for paragraph in all {
        let about = is_about_the_report(text, paragraph);
        follows = about || follows && contact::opens_with_label(&Passage::new(text, [paragraph]).text);
        if follows {
            own.push(paragraph);
        }
    }
    own
}

/// The lines in which a signature may stand.
fn ending<'l>(text: &str, lines: &'l [Range<usize>], outline: &Outline) -> &'l [Range<usize>] {
    let last = outline.sections().last().and_then(|s| outline.body(*s));
    let start = last.map_or(0, |body| body.start.min(text.len()));
    &lines[lines.partition_point(|l| l.end <= start)..]
}

/// Sets fields with their evidence.
struct Reader<'r> {
    text: &'r str,
    header: &'r mut Header,
    evidence: &'r mut EvidenceTable,
    sink: &'r mut Sink,
}

impl Reader<'_> {
    fn found(&mut self, field: Field, place: Range<usize>) {
        let raw = self.text.get(place.clone()).unwrap_or("").to_owned();
        self.evidence.set_field(field, Evidence { place: Some(super::bytes(place)), raw, ..Evidence::default() });
    }

    fn ambiguous(&mut self, field: Field, place: Range<usize>, said: &[String]) {
        let said = said.iter().map(|s| format!("“{s}”")).collect::<Vec<_>>().join("、");
        self.sink.say(Code::FieldAmbiguous, Subject::Field(field), Some(place), vec![said]);
    }

    fn title(&mut self, title: Option<&Title>) {
        if let Some(title) = title {
            self.header.title = Some(title.text.clone());
            self.found(Field::Title, title.place.clone());
        }
    }

    /// The period from the first passage that states it.
    fn period(&mut self, passages: &[Passage]) -> Option<Period> {
        for passage in passages {
            let stated = stated_periods(&passage.text);
            let Some((first, period)) = stated.first() else { continue };
            if let Some((other, _)) = stated.iter().find(|(_, p)| p != period) {
                let said = [passage.printed(first.clone()), passage.printed(other.clone())];
                for field in [Field::PeriodStart, Field::PeriodEnd] {
                    self.ambiguous(field, passage.place(first.clone()), &said);
                }
                return None;
            }
            self.header.period = period.clone();
            for (field, date) in [(Field::PeriodStart, period.start), (Field::PeriodEnd, period.end)] {
                if date.is_some() {
                    self.found(field, passage.place(first.clone()));
                }
            }
            return Some(period.clone());
        }
        None
    }

    /// Each field of the contact from the first passage that states it.
    fn contact(&mut self, passages: &[Passage]) {
        let stated: Vec<Vec<contact::Statement>> = passages.iter().map(|p| contact::statements(&p.text)).collect();
        for field in [Field::Address, Field::Postcode, Field::Phone, Field::Fax, Field::Email, Field::Website] {
            let with_field = |s: &&Vec<contact::Statement>| s.iter().any(|s| s.field == field);
            if let Some(i) = stated.iter().position(|s| with_field(&s)) {
                let values: Vec<_> = stated[i].iter().filter(|s| s.field == field).map(|s| s.value.clone()).collect();
                self.contact_field(field, &passages[i], &values);
            }
        }
    }

    fn contact_field(&mut self, field: Field, passage: &Passage, stated: &[Range<usize>]) {
        let squeezed = |range: &Range<usize>| passage.text[range.clone()].replace(' ', "");
        let Some(first) = stated.first() else { return };
        if let Some(other) = stated.iter().find(|s| squeezed(s) != squeezed(first)) {
            let said = [passage.printed(first.clone()), passage.printed(other.clone())];
            return self.ambiguous(field, passage.place(first.clone()), &said);
        }
        let contact = &mut self.header.contact;
        let (slot, value) = match field {
            Field::Address => (&mut contact.address, passage.printed(first.clone())),
            Field::Postcode => (&mut contact.postcode, squeezed(first)),
            Field::Phone => (&mut contact.phone, ascii_digits(&passage.printed(first.clone()))),
            Field::Fax => (&mut contact.fax, ascii_digits(&passage.printed(first.clone()))),
            Field::Email => (&mut contact.email, squeezed(first)),
            _ => (&mut contact.website, squeezed(first)),
        };
        *slot = Some(value);
        self.found(field, passage.place(first.clone()));
    }

    /// The authority: from the title, else from who says that they report, else from the signature, else from whom to ask.
    fn authority(&mut self, title: Option<Named>, passages: &[Passage], signature: &Signature) {
        if let Some(title) = title.as_ref().filter(|t| names::is_organ(&t.name)) {
            return self.set_authority(title);
        }
        let said = said_authorities(passages, signature);
        if let Some(area) = title {
            // 双柳乡2021年…报告 is the report of 双柳乡人民政府, where the text says so.
            let fuller = said.iter().find(|s| s.name.starts_with(&area.name));
            return self.set_authority(fuller.unwrap_or(&area));
        }
        let Some(first) = said.first() else { return };
        self.set_authority(
            said.iter().find(|s| s.name != first.name && s.name.ends_with(&first.name)).unwrap_or(first),
        );
    }

    fn set_authority(&mut self, named: &Named) {
        self.header.authority = Some(named.name.clone());
        self.found(Field::Authority, named.place.clone());
    }

    /// The year: from the title, else from the period, else from the preamble. A title that the period contradicts is
    /// followed only where the date of issue bears it out.
    fn year(&mut self, title: Option<&Title>, period: Option<&Period>, signature: &Signature, passages: &[Passage]) {
        let titled = title.and_then(|t| t.year.clone());
        let period = period.and_then(|p| p.end).map(Date::year);
        let issued = signature.date.as_ref().map(|(date, _)| date.year());
        match (titled, period) {
            (Some((year, place)), Some(other)) if year != other && issued != Some(year + 1) => {
                self.ambiguous(Field::Year, place, &[year.to_string(), other.to_string()]);
            }
            (Some((year, place)), _) => self.set_year(year, place),
            (None, Some(year)) => {
                let place = self.evidence.field(Field::PeriodEnd).and_then(|e| e.place);
                self.set_year(year, place.map_or(0..0, |p| p.start..p.end));
            }
            (None, None) => {
                if let Some((year, place)) = passages.first().and_then(stated_year) {
                    self.set_year(year, place);
                }
            }
        }
    }

    fn set_year(&mut self, year: u16, place: Range<usize>) {
        self.header.year = Some(year);
        self.found(Field::Year, place);
    }

    fn signature(&mut self, signature: &Signature) {
        if let Some(name) = &signature.name {
            self.header.signature = Some(name.name.clone());
            self.found(Field::Signature, name.place.clone());
        }
        if let Some((date, place)) = &signature.date {
            self.header.issued = Some(*date);
            self.found(Field::Issued, place.clone());
        }
    }
}

/// Full-width digits as plain ones; all else as it is.
fn ascii_digits(text: &str) -> String {
    text.chars()
        .map(|c| {
            ('０'..='９')
                .contains(&c)
                .then(|| char::from_u32(c as u32 - '０' as u32 + '0' as u32))
                .flatten()
                .unwrap_or(c)
        })
        .collect()
}

/// Every statement of a statistical period in a text.
fn stated_periods(text: &str) -> Vec<(Range<usize>, Period)> {
    let of_figures = |range: &Range<usize>| {
        let sentence = sentence(text, range);
        ["统计", "数据", "期限", "时限", "涵盖", "期间", "时间", "本报告", "年度报告"]
            .iter()
            .any(|w| sentence.contains(w))
    };
    let mut stated: Vec<(Range<usize>, Period)> = dates::all(text, dates::period);
    stated.retain(|(range, _)| of_figures(range));
    if stated.is_empty() {
        let ends = dates::all(text, dates::date).into_iter().filter(|(range, _)| is_end(text, range));
        stated.extend(ends.map(|(range, end)| (range, Period { start: None, end: Some(end) })));
    }
    stated
}

/// Whether a date is said to be the day up to which the figures count.
fn is_end(text: &str, date: &Range<usize>) -> bool {
    let sentence = sentence(text, date);
    let of_the_report = ["数据", "统计", "核定"].iter().any(|w| sentence.contains(w));
    of_the_report && ["截至", "截止", "时间点", "时点", "为止"].iter().any(|w| sentence.contains(w))
}

/// The sentence around a part of the text.
fn sentence<'t>(text: &'t str, part: &Range<usize>) -> &'t str {
    let stop = |c: char| "。;\n".contains(c);
    let start = text[..part.start].rfind(stop).unwrap_or(0);
    let end = text[part.end..].find(stop).map_or(text.len(), |i| part.end + i);
    &text[start..end]
}

/// The year in `2023年度…报告` of a preamble.
fn stated_year(passage: &Passage) -> Option<(u16, Range<usize>)> {
    let text = &passage.text;
    let years = dates::all(text, dates::year).into_iter();
    let mut of_the_report = years.filter(|(range, _)| {
        let behind = text[range.end..].trim_start();
        let clause = &behind[..behind.find(|c: char| ",，。;".contains(c)).unwrap_or(behind.len())];
        behind.starts_with('年') && clause.contains("信息公开") && clause.contains("报告")
    });
    let (range, year) = of_the_report.next()?;
    of_the_report.all(|(_, other)| other == year).then(|| (year, passage.place(range)))
}

/// Who is said to report, the surest first.
fn said_authorities(passages: &[Passage], signature: &Signature) -> Vec<Named> {
    let named = |passage: &Passage, range: Range<usize>, name: &str| {
        let range = range.start..range.start + name.len();
        Named { name: passage.printed(range.clone()).replace(' ', ""), place: passage.place(range) }
    };
    let mut said = Vec::new();
    for passage in passages {
        let reporters = names::reporters(&passage.text).into_iter();
        said.extend(reporters.map(|r| named(passage, r.clone(), &passage.text[r])));
    }
    said.extend(signature.name.clone());
    for passage in passages {
        for range in names::contacts(&passage.text) {
            let name = names::without_office(&passage.text[range.clone()]);
            said.extend(name.map(|name| named(passage, range.clone(), name)));
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use crate::{Code, Diagnostic, Field, parse};

    fn field(text: &str, field: Field) -> Option<String> {
        parse(text).report.header.get(field)
    }

    #[test]
    fn period_and_contact_at_the_end() {
        // jinan-2023 holds a guide of its own in between, and states period and contact in section 六.
        let text = "云溪市教育局2023年政府信息公开工作年度报告\n一、总体情况\n平稳。\n# 政府信息公开指南\n地址：别处路1号\n电话：0600-5550000\n二、主动公开政府信息情况\n六、其他需要报告的事项\n报告中所列数据的统计期限自2023年1月1日至2023年12月31日。如对本报告有疑问，请与云溪市教育局办公室联系（地址：文昌路3号，电话：0610-1000000）\n云溪市教育局\n2024年1月18日\n电话：0600-5550001";
        assert_eq!(field(text, Field::PeriodStart).as_deref(), Some("2023-01-01"));
        assert_eq!(field(text, Field::Address).as_deref(), Some("文昌路3号"));
        assert_eq!(field(text, Field::Phone).as_deref(), Some("0610-1000000"));
        assert_eq!(field(text, Field::Issued).as_deref(), Some("2024-01-18"));
        assert_eq!(field(text, Field::Signature).as_deref(), Some("云溪市教育局"));
    }

    #[test]
    fn two_statements_are_none() {
        let text = "云溪市教育局2023年政府信息公开工作年度报告\n数据统计期限为2022年1月1日至2022年12月31日。电话：0610-1000000。联系电话：0610-1000001。\n一、总体情况\n";
        let parsed = parse(text);
        assert_eq!(parsed.report.header.contact.phone, None);
        assert_eq!(parsed.report.header.year, None);
        let doubts = parsed.diagnostics.iter().filter(|d: &&Diagnostic| d.code == Code::FieldAmbiguous).count();
        assert_eq!(doubts, 2);
    }

    #[test]
    fn the_government_of_an_area() {
        let text = "双柳乡2021年政府信息公开工作年度报告\n双柳乡人民政府根据《条例》编制本报告。\n一、总体情况\n";
        assert_eq!(field(text, Field::Authority).as_deref(), Some("双柳乡人民政府"));
    }
}
