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
use self::signature::{Doubt, Known, Signature};
use self::title::{Named, Title};
use super::Sink;
use super::marks::{is_wide_digit, narrow};
use super::outline::Outline;
use super::paragraphs::{Paragraph, is_site_furniture, paragraphs};
use super::text::beginning;
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
    let mut titles = without_links(text, lines, title::titles(text, opening));
    let mut passages = vec![preamble(text, lines, outline, &titles), overview(text, lines, outline)];
    let mut periods: Vec<_> = passages.iter().map(|p| stated_periods(&p.text)).collect();
    let stated = year_of(&passages, &periods);
    let mut said = reporters(&passages);
    let reported = passages.iter().find_map(stated_year).map(|(year, _)| year);
    titles.retain(|title| !is_of_another(title, &said, reported));
    let title = title::choose(&titles, stated);
    let authority = title.and_then(|t| t.authority.as_ref()).or_else(|| said.first());
    let authority: Option<String> = authority.map(|a| a.name.chars().filter_map(passage::plain).collect());
    let known = Known {
        authority: authority.as_deref(),
        year: stated.or_else(|| title.and_then(|t| t.year.as_ref()).map(|(year, _)| *year)),
    };
    let (ending, end) = ending(text, lines, outline, known);
    let signed = signature::read(text, ending, known);
    let end = signed.as_ref().map_or(None, Signature::start).unwrap_or(end);
    let last = other_matters(text, lines, outline, end);
    said.extend(reporters(last.as_slice()));
    periods.extend(last.iter().map(|p| stated_periods(&p.text)));
    passages.extend(last);
    let mut reader = Reader { text, header: &mut report.header, evidence, sink };
    let dated = |signature: Signature| signature.or_dated_below(text, title.map(|t| t.place.end), known);
    let signature = signed.map_or_else(|Doubt(dates)| reader.unsigned(&dates), dated);
    let period = reader.period(&passages, &periods);
    said.extend(signature.name.clone().filter(|name| names::is_whole(&name.name)));
    said.extend(whom_to_ask(&passages));
    let year = period.as_ref().and_then(|p| p.end).map(Date::year).or(stated);
    let title = title::choose(&titles, year).map(|title| title.clone().with_whole_name(text, &said));
    reader.title(title.as_ref());
    reader.contact(&passages);
    reader.authority(title.as_ref().and_then(|t| t.authority.as_ref()), &said);
    let narrated = || narrated_year(text, lines, outline);
    reader.year(title.as_ref(), period.as_ref(), &signature, &passages, narrated);
    reader.signature(&signature);
    end
}

/// The most bytes of an opening that are read; a preamble has less than a third of it.
const OPENING_BYTES: usize = 8000;

/// The same for a preamble that stands under the first section's title.
const OVERVIEW_BYTES: usize = 3000;

/// How many paragraphs of the first section are looked at for a preamble that stands under its title.
const OVERVIEW_PARAGRAPHS: usize = 4;

/// What the first section says of the report: the preamble may stand under its title.
fn overview<'a>(text: &'a str, lines: &[Range<usize>], outline: &Outline) -> Passage<'a> {
    let Some(body) = outline.body(Section::Overview) else { return Passage::new(text, []) };
    let end = body.start + beginning(&text[body.clone()], OVERVIEW_BYTES).len();
    let first = paragraphs(text, lines, body.start..end);
    Passage::new(text, about_the_report(text, first.get(..OVERVIEW_PARAGRAPHS).unwrap_or(&first)))
}

/// What the last section says of the report, up to its `end`: jinan-2023 states period and contact in section 六.
fn other_matters<'a>(text: &'a str, lines: &[Range<usize>], outline: &Outline, end: usize) -> Option<Passage<'a>> {
    let body = outline.body(Section::OtherMatters)?;
    let signed = end < body.end;
    // Another report's preamble may stand below an unsigned one.
    if !signed && body.end < text.len() {
        return None;
    }
    let body = body.start..end.clamp(body.start, body.end);
    let about = ["疑问", "疑問", "期限", "时限", "時限"].iter().any(|w| text[body.clone()].contains(w));
    about.then(|| Passage::new(text, about_the_report(text, &paragraphs(text, lines, body))))
}

/// The titles without those behind a sentence about the report that are of another authority or year than those before it: a
/// site's links to other reports.
fn without_links(text: &str, lines: &[Range<usize>], mut titles: Vec<Title>) -> Vec<Title> {
    let [first, .., last] = titles.as_slice() else { return titles };
    let between = paragraphs(text, lines, first.place.end..last.place.start);
    let about = between.iter().find(|p| is_about_the_report(&Passage::new(text, [*p])));
    let Some(about) = about.and_then(|p| p.first()).map(|p| p.start) else { return titles };
    let behind = titles.split_off(titles.partition_point(|title| title.place.start < about));
    let own = |title: &Title| {
        let named = |own: &&Title| own.authority.is_some();
        let name = titles.iter().rev().find(named).and_then(|own| own.authority.as_ref());
        let year = titles.iter().rev().find_map(|own| own.year.as_ref());
        title.is_of(name.map(|name| name.name.as_str()), year.map(|(year, _)| *year))
    };
    let behind: Vec<Title> = behind.into_iter().filter(own).collect();
    titles.extend(behind);
    titles
}

/// Whether a title is of another year than the report of which the preamble speaks, and of another authority than all whom it
/// names. A year alone may be the office's slip.
fn is_of_another(title: &Title, said: &[Named], year: Option<u16>) -> bool {
    let other_year = title.year.as_ref().zip(year).is_some_and(|((own, _), year)| *own != year);
    let akin = |own: &Named| said.iter().any(|other| names::is_akin(&own.name, &other.name));
    other_year && !said.is_empty() && title.authority.as_ref().is_some_and(|own| !akin(own))
}

/// What stands between the title and the first section; without a title, from the first sentence about the report on,
/// for a site's own contact may stand before it.
fn preamble<'a>(text: &'a str, lines: &[Range<usize>], outline: &Outline, titles: &[Title]) -> Passage<'a> {
    let opening = outline.opening();
    let start = titles.last().map_or(opening.start, |t| title::end_of(text, t.place.end)).min(opening.end);
    let all = paragraphs(text, lines, start..opening.end);
    let first = if titles.is_empty() {
        all.iter().position(|p| is_about_the_report(&Passage::new(text, [p])))
    } else {
        Some(0)
    };
    let own = first.and_then(|first| all.get(first..)).unwrap_or_default();
    let from = own.first().and_then(|p| p.first()).map_or(start, |p| p.start);
    let near = |p: &&Paragraph| p.first().is_some_and(|piece| piece.start < from + OPENING_BYTES);
    // Where a scraper glued all lines, what the site prints above the report stands in its paragraph.
    let is_own = |p: &Paragraph| is_about_the_report(&Passage::new(text, [p]));
    let site = |p: &&Paragraph| p.first().is_some_and(|piece| is_site_furniture(&text[piece.clone()])) && !is_own(p);
    let passage = Passage::new(text, own.iter().take_while(near).filter(|p| !site(p)));
    if titles.is_empty() { passage.starting_at_clause_with(names::OPENERS) } else { passage }
}

/// Whether a paragraph is a sentence about the report, not a link to it or a heading.
fn is_about_the_report(paragraph: &Passage) -> bool {
    let has = |words: &[&str]| words.iter().any(|w| paragraph.text.contains(w));
    has(&["报告", "年报"])
        && has(&[",", "。", ":"])
        && has(&["条例", "编制", "编写", "疑问", "期限", "时限", "统计", "公布如下", "现公布"])
}

/// Whether a paragraph, behind one about the report, is about it too: period and contact may stand in their own.
fn goes_on_about_it(paragraph: &Passage) -> bool {
    ["统计期", "统计时", "统计截", "核定", "涵盖", "疑问", "电子版", "请与", "请联系", "可直接与"]
        .iter()
        .any(|w| paragraph.text.contains(w))
        || contact::opens_with_label(paragraph.text.trim_start_matches(['(', ' ']))
}

/// The paragraphs that are about the report, with the contact lines that follow them.
fn about_the_report<'p>(text: &str, all: &'p [Paragraph]) -> Vec<&'p Paragraph> {
    let mut own = Vec::new();
    let mut follows = false;
    for paragraph in all {
        // Most paragraphs do not speak of any report.
        let may_be_about = || paragraph.iter().map(|p| &text[p.clone()]).any(|p| p.contains('报') || p.contains('報'));
        follows = (follows || may_be_about()) && {
            let passage = Passage::new(text, [paragraph]);
            is_about_the_report(&passage) || follows && goes_on_about_it(&passage)
        };
        if follows {
            own.push(paragraph);
        }
    }
    own
}

/// The lines in which the signature may stand, and where the report ends: a title of another authority's or another
/// year's report opens the next one, or a site's links to others.
fn ending<'l>(text: &str, lines: &'l [Range<usize>], outline: &Outline, known: Known) -> (&'l [Range<usize>], usize) {
    let body = outline.sections().last().and_then(|s| outline.body(*s)).unwrap_or(0..text.len());
    let from = lines.partition_point(|l| l.end <= body.start);
    let lines = &lines[from..lines.partition_point(|l| l.start < body.end).max(from)];
    let other = title::titles(text, lines).into_iter().find(|other| !other.is_of(known.authority, known.year));
    let end = other.map_or(body.end, |other| other.place.start);
    (&lines[..lines.partition_point(|l| l.start < end)], end)
}

/// What follows an area's name in that of the organ that reports for it.
const GOVERNMENTS: &[&str] =
    &["人民政府", "政府", "街道办事处", "办事处", "街道办", "管理委员会", "管委会", "行政公署"];

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
    fn period(&mut self, passages: &[Passage], stated: &[Vec<Stated>]) -> Option<Period> {
        let (passage, stated) = passages.iter().zip(stated).find(|(_, s)| !s.is_empty())?;
        let (first, period) = stated.first()?;
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
        Some(period.clone())
    }

    /// No signature, where several dates may be the report's.
    fn unsigned(&mut self, dates: &[(Date, Range<usize>)]) -> Signature {
        let said: Vec<String> = dates.iter().map(|(date, _)| date.to_string()).collect();
        if let Some((_, place)) = dates.first() {
            self.ambiguous(Field::Issued, place.clone(), &said);
        }
        Signature::default()
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
            Field::Email => (&mut contact.email, contact::email_address(&squeezed(first))),
            _ => (&mut contact.website, squeezed(first)),
        };
        *slot = Some(value);
        self.found(field, passage.place(first.clone()));
    }

    /// The authority: from the title, else from who says that they report, else from the signature, else from whom to ask.
    fn authority(&mut self, title: Option<&Named>, said: &[Named]) {
        if let Some(title) = title {
            // 双柳乡2021年…报告 is the report of 双柳乡人民政府, where the text says so, and 教育局 that of 双柳市教育局.
            let organ = names::is_organ(&title.name);
            let governs = |name: &str| name.strip_prefix(&title.name).is_some_and(|rest| GOVERNMENTS.contains(&rest));
            let fuller = |s: &&Named| if organ { s.name.ends_with(&title.name) } else { governs(&s.name) };
            return self.set_authority(said.iter().find(fuller).unwrap_or(title));
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

    /// The year: from the title, else from the preamble, else from the period, else the one of which the overview tells. What
    /// the period contradicts is followed only where the date of issue bears it out.
    fn year(
        &mut self,
        title: Option<&Title>,
        period: Option<&Period>,
        signature: &Signature,
        passages: &[Passage],
        narrated: impl FnOnce() -> Option<(u16, Range<usize>)>,
    ) {
        let said = || passages.iter().find_map(stated_year);
        let titled = title.and_then(|t| t.year.clone()).or_else(said);
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
                let narrated = narrated().filter(|(year, _)| issued.is_none_or(|issued| issued == year + 1));
                if let Some((year, place)) = narrated {
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
    text.chars().map(|c| if is_wide_digit(c) { narrow(c) } else { c }).collect()
}

/// A statistical period, and where it is stated.
type Stated = (Range<usize>, Period);

/// Every statement of a statistical period in a text.
fn stated_periods(text: &str) -> Vec<Stated> {
    let of_figures = |range: &Range<usize>| {
        let sentence = sentence(text, range);
        ["统计", "数据", "期限", "时限", "涵盖", "期间", "时间", "本报告", "年度报告"]
            .iter()
            .any(|w| sentence.contains(w))
    };
    let mut stated = dates::all(text, dates::period);
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
    let stop = |c: char| matches!(c, '。' | ';' | '\n');
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
        let clause = &behind[..behind.find(|c: char| ",，。;\n".contains(c)).unwrap_or(behind.len())];
        let is_date = || dates::date(&text[range.start..]).is_ok();
        behind.starts_with('年') && clause.contains("信息公开") && clause.contains("报告") && !is_date()
    });
    let (range, year) = of_the_report.next()?;
    of_the_report.all(|(_, other)| other == year).then(|| (year, passage.place(range)))
}

/// What stands before a sentence of the overview.
const ENDS: [char; 6] = ['。', ';', ':', ')', '、', '.'];
/// A month, or the end or the beginning of a year.
const PARTS: &str = "底末初一二三四五六七八九十";
/// A report may tell of the years since then.
const SINCE: [&str; 6] = ["以来", "来", "起", "至", "以后", "之后"];

/// The year with which sentences of the overview open, `2022年,我局…`, where it is the same in all.
fn narrated_year(text: &str, lines: &[Range<usize>], outline: &Outline) -> Option<(u16, Range<usize>)> {
    let body = outline.body(Section::Overview)?;
    let end = body.start + beginning(&text[body.clone()], OVERVIEW_BYTES).len();
    let passage = Passage::new(text, &paragraphs(text, lines, body.start..end));
    let said = &passage.text;
    // Whether the year stands there for itself, or only a time from it on; none where it is part of another statement.
    let opens = |range: &Range<usize>| {
        let before = said[..range.start].trim_end();
        let begins = range.start == 0 || said[before.len()..range.start].contains('\n') || before.ends_with(ENDS);
        let behind = said[range.end..].trim_start().strip_prefix('年').filter(|_| begins)?.trim_start();
        let of_part = behind.starts_with(|c: char| c.is_ascii_digit() || PARTS.contains(c));
        (!of_part).then(|| !SINCE.iter().any(|since| behind.starts_with(since)))
    };
    let years = dates::all(said, dates::year).into_iter();
    let years: Vec<_> = years.filter_map(|(range, year)| Some((opens(&range)?, range, year))).collect();
    let (_, range, year) = years.iter().find(|(for_itself, ..)| *for_itself)?;
    years.iter().all(|(.., other)| other == year).then(|| (*year, passage.place(range.clone())))
}

/// The year that these passages state, with their periods, as that of the period or of the report.
fn year_of(passages: &[Passage], periods: &[Vec<Stated>]) -> Option<u16> {
    let period = periods.iter().flatten().find_map(|(_, period)| period.end);
    period.map(Date::year).or_else(|| passages.iter().find_map(stated_year).map(|(year, _)| year))
}

/// Who these passages say reports.
fn reporters(passages: &[Passage]) -> Vec<Named> {
    let of = |p: &Passage| names::reporters(&p.text).into_iter().map(|r| named(p, r.clone(), &p.text[r])).collect();
    passages.iter().flat_map::<Vec<Named>, _>(of).collect()
}

/// Whom these passages say to ask: it is who reports, where nothing else says that.
fn whom_to_ask(passages: &[Passage]) -> Vec<Named> {
    let mut asked = Vec::new();
    for passage in passages {
        for range in names::contacts(&passage.text) {
            let name = names::without_office(&passage.text[range.clone()]).filter(|name| !names::is_relative(name));
            asked.extend(name.map(|name| named(passage, range.clone(), name)));
        }
    }
    asked
}

fn named(passage: &Passage, range: Range<usize>, name: &str) -> Named {
    let range = range.start..range.start + name.len();
    Named { name: passage.printed(range.clone()).replace(' ', ""), place: passage.place(range) }
}

#[cfg(test)]
mod tests {
    use super::{OPENING_BYTES, OVERVIEW_BYTES, OVERVIEW_PARAGRAPHS};
    use crate::{Code, Diagnostic, Field, parse};

    fn field(text: &str, field: Field) -> Option<String> {
        parse(text).report.header.get(field)
    }

    #[test]
    fn who_reports_in_the_first_sentence_of_a_page_without_a_title() {
        let text = "云溪高新区管委会向社会公布2020年度本级政府信息公开年度报告。本报告所列数据的统计期限自2020年1月1日起至2020年12月31日止。\n一、总体情况\n平稳。\n";
        assert_eq!(field(text, Field::Authority).as_deref(), Some("云溪高新区管委会"));
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
    fn the_year_of_which_the_overview_tells() {
        let year =
            |overview: &str| field(&format!("一、总体情况\n{overview}\n二、主动公开政府信息情况\n无。\n"), Field::Year);
        for overview in [
            "2022年,我局平稳。",
            "（一）主动公开。2022年度公开信息3条，比2021年增加1条。2019年5月15日起施行新条例。",
            "二〇二二年以来，我局平稳。\n2022年，收到申请1件。",
        ] {
            assert_eq!(year(overview).as_deref(), Some("2022"), "{overview}");
        }
        for overview in [
            "2021年，我局受到表彰。2022年，我局平稳。",
            "按照《2022年政务公开工作要点》，我局平稳。",
            "2022年12月31日以前，我局平稳。",
            "2022年底以前，我局平稳。",
            "2022年五月，我局平稳。",
            "2019年以来，我局平稳。",
            "2019年以来，我局平稳。2022年，收到申请1件。",
        ] {
            assert_eq!(year(overview), None, "{overview}");
        }
        let signed = "云溪市教育局\n2024年1月18日\n";
        let text = format!("一、总体情况\n2022年，平稳。\n六、其他需要报告的事项\n无。\n{signed}");
        assert_eq!(field(&text, Field::Year), None);
    }

    #[test]
    fn the_date_of_a_paragraph_is_no_year_of_the_report() {
        for paragraph in [
            "根据《中华人民共和国政府信息公开条例》，编制本报告。",
            "政府信息公开工作年度报告如下。",
            "本报告依据政府信息公开条例编制，是年度报告。",
        ] {
            let text = format!("本报告依法编制。\n2022年1月18日\n{paragraph}\n一、总体情况\n平稳。\n");
            assert_eq!(field(&text, Field::Year), None, "{paragraph}");
        }
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
    fn two_signatures_are_none() {
        let text = "云溪市教育局2023年政府信息公开工作年度报告\n一、总体情况\n平稳。\n六、其他需要报告的事项\n无。\n云溪市教育局\n2024年1月18日\n开放日安排\n定于三月。\n云溪市教育局\n2024年2月1日\n";
        let parsed = parse(text);
        assert_eq!(parsed.report.header.issued, None);
        assert!(parsed.diagnostics.iter().any(|d| d.code == Code::FieldAmbiguous));
    }

    #[test]
    fn the_government_of_an_area() {
        let text = "双柳乡2021年政府信息公开工作年度报告\n双柳乡人民政府根据《条例》编制本报告。\n一、总体情况\n";
        assert_eq!(field(text, Field::Authority).as_deref(), Some("双柳乡人民政府"));
    }

    #[test]
    fn an_organ_of_an_area_that_others_ask_or_that_compiles_is_not_the_area_s_government() {
        for (sentence, authority) in [
            ("如有疑问，请与双柳区行政审批局联系（电话：0610-1000000）。", "双柳区"),
            ("本报告由双柳区政务服务局汇总各部门报告编制。", "双柳区"),
            ("双柳区人民政府根据《条例》编制本报告。", "双柳区人民政府"),
        ] {
            let text = format!("双柳区2021年政府信息公开工作年度报告\n{sentence}\n一、总体情况\n");
            assert_eq!(field(&text, Field::Authority).as_deref(), Some(authority), "{sentence}");
        }
    }

    #[test]
    fn addresses_that_go_on() {
        let address = |address: &str| {
            let title = "云溪市教育局2023年政府信息公开工作年度报告";
            field(&format!("{title}\n地址：{address}，邮编：990000。\n一、总体情况\n"), Field::Address)
        };
        assert_eq!(address("云溪市文昌路3号,办公大楼4楼").as_deref(), Some("云溪市文昌路3号,办公大楼4楼"));
        assert_eq!(address("云溪市文昌路3号,办公室").as_deref(), Some("云溪市文昌路3号"));
        assert_eq!(address("云溪市文昌路3号,市府301室").as_deref(), Some("云溪市文昌路3号,市府301室"));
        assert_eq!(address("云溪市文昌路3号,电话总机").as_deref(), Some("云溪市文昌路3号"));
        // A number on the lines below may be lost with them.
        assert_eq!(address("云溪市文昌路\n3\n号"), None);
        assert_eq!(address("云溪市文昌路|3|号"), None);
    }

    #[test]
    fn a_date_in_brackets_below_the_title_is_that_of_issue_where_none_is_signed() {
        let issued = |below: &str, signed: &str| {
            let title = format!("云溪市教育局2023年政府信息公开工作年度报告\n{below}\n{CONTACT}");
            field(&format!("{title}\n一、总体情况\n平稳。\n六、其他需要报告的事项\n无。\n{signed}"), Field::Issued)
        };
        assert_eq!(issued("（2024年1月19日）", "").as_deref(), Some("2024-01-19"));
        assert_eq!(issued("（2024年1月19日）", "云溪市教育局\n2024年1月20日\n").as_deref(), Some("2024-01-20"));
        assert_eq!(issued("2024年1月19日", ""), None);
        assert_eq!(issued("（2022年1月19日）", ""), None);
    }

    const PREAMBLE: &str = "根据《条例》，云溪市教育局编制本报告。统计期限为2023年1月1日至2023年12月31日。";

    #[test]
    fn links_to_other_reports_behind_the_preamble_are_no_titles() {
        let title = "云溪市教育局\n2023年政府信息公开工作年度报告";
        for link in ["双柳市财政局2019年政府信息公开工作年度报告", "2020年政府信息公开工作年度报告"]
        {
            for text in [
                format!("{title}\n{PREAMBLE}\n{link}\n一、总体情况\n平稳。\n云溪市教育局\n2024年1月18日\n"),
                format!("{title}\n{PREAMBLE}\n平稳。\n无。\n云溪市教育局\n2024年1月18日\n{link}\n"),
            ] {
                assert_eq!(field(&text, Field::Authority).as_deref(), Some("云溪市教育局"), "{text}");
                assert_eq!(field(&text, Field::Year).as_deref(), Some("2023"), "{text}");
                assert_eq!(field(&text, Field::PeriodStart).as_deref(), Some("2023-01-01"), "{text}");
                assert_eq!(field(&text, Field::Issued).as_deref(), Some("2024-01-18"), "{text}");
            }
        }
    }

    #[test]
    fn a_link_above_a_report_without_a_title_gives_it_no_name() {
        let link = "双柳市财政局2019年政府信息公开工作年度报告";
        let said = "现公布云溪市教育局2023年政府信息公开工作年度报告。统计期限为2023年1月1日至2023年12月31日。";
        let text = format!("{link}\n根据《条例》，{said}\n一、总体情况\n平稳。\n");
        assert_eq!(field(&text, Field::Title), None);
        assert_eq!(field(&text, Field::Authority).as_deref(), Some("云溪市教育局"));
        assert_eq!(field(&text, Field::Year).as_deref(), Some("2023"));
    }

    const CONTACT: &str = "本报告如有疑问，请与云溪市教育局办公室联系（电话：0610-1000000）。";

    #[test]
    fn a_preamble_s_paragraphs_begin_within_so_many_bytes() {
        let opening = "本报告根据《条例》编制。";
        for (bytes, read) in [(OPENING_BYTES - 1, true), (OPENING_BYTES, false)] {
            let prose = "x".repeat(bytes - opening.len() - "。\n".len());
            let title = "云溪市教育局2023年政府信息公开工作年度报告";
            let text = format!("{title}\n{opening}{prose}。\n{CONTACT}\n一、总体情况\n");
            assert_eq!(field(&text, Field::Phone).is_some(), read, "{bytes}");
        }
    }

    #[test]
    fn a_preamble_and_its_period_must_name_the_same_year() {
        let text = "现公布云溪市财政局2020年政府信息公开工作年度报告。统计期限为2020年1月1日至2021年12月31日。\n一、总体情况\n";
        assert_eq!(field(text, Field::Year), None);
        assert!(parse(text).diagnostics.iter().any(|d| d.code == Code::FieldAmbiguous));
        assert_eq!(field(&text.replace("2021", "2020"), Field::Year).as_deref(), Some("2020"));
    }

    #[test]
    fn nothing_is_said_of_an_edition_that_no_table_shows() {
        let text = "云溪市财政局2020年政府信息公开工作年度报告\n一、总体情况\n平稳。\n";
        assert!(!parse(text).diagnostics.iter().any(|d| d.code == Code::EditionYear));
    }

    #[test]
    fn a_preamble_below_the_first_section_s_title_stands_in_so_many_paragraphs_and_bytes() {
        let phone = |before: &str| {
            let title = "云溪市教育局2023年政府信息公开工作年度报告\n一、总体情况";
            field(&format!("{title}\n{before}{CONTACT}\n二、主动公开政府信息情况\n"), Field::Phone)
        };
        for (paragraphs, read) in [(OVERVIEW_PARAGRAPHS - 1, true), (OVERVIEW_PARAGRAPHS, false)] {
            assert_eq!(phone(&"平稳。\n".repeat(paragraphs)).is_some(), read, "{paragraphs}");
        }
        let room = OVERVIEW_BYTES - "\n。\n".len() - CONTACT.find('）').expect("the number's end");
        assert_eq!(phone(&("x".repeat(room) + "。\n")).as_deref(), Some("0610-1000000"));
        assert_eq!(phone(&("x".repeat(room + 1) + "。\n")), None);
    }
}
