//! In: folded text from between the figures. Out: the labels of the form in it, exact ones first, then those that are
//! misspelt or cut off. It knows the labels from the form alone and decides nothing about figures.

use std::ops::Range;
use std::sync::LazyLock;

use super::fold::{Folded, fold};
use crate::form::{
    APPLICANTS, APPLICANTS_HEAD, BALANCE_NOTE, CONTENT_HEAD, Edition, Kind, LITIGATION_HEAD, NUMBERS_HEAD,
    ORGANISATIONS_HEAD, OTHER_DOCUMENTS, RESULTS, SUBTOTAL_HEADS, Table,
};

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// A row, by its position in each edition's table.
    Row(Table, [Option<u8>; 2]),
    /// An item of article 20, by the first row that stands under it in each edition.
    Item([Option<u8>; 2]),
    /// The head of a column, by its position among the columns of table 2.
    Column(u8),
    /// The head of a subtotal that is not part of the form.
    Subtotal,
    /// The head of a column that numbers the rows.
    Numbers,
    /// A group of rows of table 2.
    Group,
    /// A row that is no part of the form, in table 1.
    Foreign,
    /// The head of a column of table 1, by the column's identifier.
    Heading(&'static str),
    /// The head of a column of table 3, by its position among its part's columns.
    Result(u8),
    /// Another head or a note.
    Head(Table),
}

/// A label that was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) what: What,
    /// The label could be a piece of another text just as well: `其他`, `总计`.
    pub(crate) weak: bool,
    /// It is misspelt or cut off.
    pub(crate) fuzzy: bool,
    /// It lacks its first character, or that is misprinted.
    pub(crate) headless: bool,
    /// Only one edition has it.
    pub(crate) edition: Option<Edition>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

struct Label {
    text: Vec<char>,
    what: What,
    edition: Option<Edition>,
}

/// All labels of both editions, to be looked up by their first two characters.
struct Index {
    labels: Vec<Label>,
    /// First two characters, and the labels that begin so, longest first; in the order of their hashes.
    starts: Vec<((char, char), Vec<u16>)>,
    /// For each hash one more than the position in `starts` of the first pair that has it, or 0.
    by_hash: [u16; 4096],
    /// The labels of rows that may be guessed, and the bits of their characters.
    rows: Vec<(u64, u16)>,
}

static INDEX: LazyLock<Index> = LazyLock::new(Index::new);

fn hash((a, b): (char, char)) -> usize {
    (a as usize).wrapping_mul(31).wrapping_add(b as usize) % 4096
}

fn chars(text: &[Folded]) -> Vec<char> {
    text.iter().map(|f| f.char).collect()
}

fn folded(text: &str) -> Vec<char> {
    let mut out = Vec::new();
    fold(text, 0, &mut out);
    chars(&out)
}

impl Index {
    fn new() -> Self {
        let mut index = Index { labels: Vec::new(), starts: Vec::new(), by_hash: [0; 4096], rows: Vec::new() };
        for edition in Edition::ALL {
            for table in Table::ALL {
                for (r, row) in edition.form().rows(table).iter().enumerate() {
                    let mut at = [None; 2];
                    at[edition as usize] = Some(r as u8);
                    index.add(row.label, What::Row(table, at), Some(edition));
                    for variant in row.variants {
                        index.add(variant, What::Row(table, at), None);
                    }
                    for group in row.groups {
                        let what = match table {
                            Table::Disclosure => What::Item(at),
                            Table::Requests => What::Group,
                            Table::Proceedings => What::Head(table),
                        };
                        index.add(group.trim_start_matches(is_numbering), what, None);
                    }
                    for column in row.columns.iter().filter(|_| table == Table::Disclosure) {
                        index.add(column.label, What::Heading(column.id), Some(edition));
                    }
                    index.add(row.note, What::Head(table), None);
                }
            }
        }
        for (i, column) in APPLICANTS.iter().enumerate() {
            index.add(column.label, What::Column(i as u8), None);
        }
        for (i, column) in RESULTS.iter().enumerate() {
            index.add(column.label, What::Result(i as u8), None);
        }
        for head in [BALANCE_NOTE, APPLICANTS_HEAD, ORGANISATIONS_HEAD] {
            index.add(head, What::Head(Table::Requests), None);
        }
        index.add(CONTENT_HEAD, What::Head(Table::Disclosure), None);
        index.add(LITIGATION_HEAD, What::Head(Table::Proceedings), None);
        for head in SUBTOTAL_HEADS {
            index.add(head, What::Subtotal, None);
        }
        index.add(NUMBERS_HEAD, What::Numbers, None);
        index.add(OTHER_DOCUMENTS, What::Foreign, None);
        index.sort();
        index
    }

    /// Adds a label, or the other edition's row to one that is there.
    fn add(&mut self, label: &str, what: What, edition: Option<Edition>) {
        let text = folded(label);
        if text.len() < 2 {
            return;
        }
        let Some(known) = self.labels.iter_mut().find(|l| l.text == text) else {
            self.labels.push(Label { text, what, edition });
            return;
        };
        if known.edition != edition {
            known.edition = None;
        }
        match (&mut known.what, what) {
            (What::Row(table, at), What::Row(other, new)) if *table == other => merge(at, new),
            (What::Item(at), What::Item(new)) => merge(at, new),
            // A row's label wins over the same words as a head: 其他, 总计, 其他处理.
            (known, What::Row(..)) if !matches!(known, What::Row(..)) => *known = what,
            _ => {}
        }
    }

    fn sort(&mut self) {
        for (i, label) in self.labels.iter().enumerate() {
            if matches!(label.what, What::Row(..)) && label.text.len() >= 4 {
                let bits = label.text.iter().fold(0, |bits, c| bits | bit(*c));
                self.rows.push((bits, i as u16));
            }
            let (a, b) = (label.text[0], label.text[1]);
            match self.starts.iter_mut().find(|(pair, _)| *pair == (a, b)) {
                Some((_, labels)) => labels.push(i as u16),
                None => self.starts.push(((a, b), vec![i as u16])),
            }
        }
        self.starts.sort_by_key(|(pair, _)| hash(*pair));
        for (i, (pair, _)) in self.starts.iter().enumerate().rev() {
            self.by_hash[hash(*pair)] = i as u16 + 1;
        }
        for (_, labels) in &mut self.starts {
            labels.sort_by_key(|&l| std::cmp::Reverse(self.labels[usize::from(l)].text.len()));
        }
    }

    /// The longest label that the text begins with.
    fn longest(&self, text: &[Folded]) -> Option<&Label> {
        let [a, b, ..] = text else { return None };
        let pair = (a.char, b.char);
        let first = usize::from(self.by_hash[hash(pair)]).checked_sub(1)?;
        let same_hash = self.starts[first..].iter().take_while(|(other, _)| hash(*other) == hash(pair));
        let (_, labels) = same_hash.into_iter().find(|(other, _)| *other == pair)?;
        let labels = labels.iter().map(|&l| &self.labels[usize::from(l)]);
        labels
            .into_iter()
            .find(|l| l.text.len() <= text.len() && l.text.iter().zip(text).all(|(want, have)| *want == have.char))
    }
}

/// Fewer characters are part of many labels.
const LEAST_PART: usize = 4;

/// What stands before the name of a group.
fn is_numbering(c: char) -> bool {
    "一二三四五六七（）()、".contains(c)
}

/// A word without the number before it.
fn unnumbered(word: &str) -> Vec<Folded> {
    let mut out = Vec::new();
    fold(word.trim_start_matches(|c: char| is_numbering(c) || c.is_ascii_digit() || c == '.'), 0, &mut out);
    out
}

/// The labels and names of groups that have this word in them, as narrow cells break them.
fn labels_with(word: Vec<char>) -> impl Iterator<Item = &'static Label> {
    let holds = move |label: &&Label| word.is_empty() || label.text.windows(word.len()).any(|part| part == word);
    INDEX.labels.iter().filter(holds)
}

/// Whether a label or a group's name has this word in it.
pub(crate) fn is_part_of_label(word: &str) -> bool {
    labels_with(chars(&unnumbered(word))).next().is_some()
}

/// The table that a label is of.
pub(super) fn table_of(what: What) -> Table {
    match what {
        What::Row(table, _) | What::Head(table) => table,
        What::Result(_) => Table::Proceedings,
        What::Item(_) | What::Heading(_) | What::Foreign => Table::Disclosure,
        What::Column(_) | What::Group | What::Subtotal | What::Numbers => Table::Requests,
    }
}

/// Whether a label of this table has this word in it.
pub(crate) fn is_part_of(word: &str, table: Table) -> bool {
    labels_with(folded(word)).any(|label| table_of(label.what) == table)
}

/// Whether a word is part of a label of other rows of table 2, and of none of this one's, as narrow cells break them.
pub(crate) fn is_part_of_another(word: &str, row: u8, edition: Edition) -> bool {
    let word = chars(&unnumbered(word));
    // 其他处理 is a row of edition 2019, and a group of the other.
    let is_another = |label: &'static Label| match label.what {
        What::Row(Table::Requests, at) => at[edition as usize].is_some_and(|other| other != row),
        _ => false,
    };
    let is_long = word.len() >= LEAST_PART;
    let mut labels = labels_with(word).map(is_another).peekable();
    is_long && labels.peek().is_some() && labels.all(|another| another)
}

/// Whether a word is the head of a column.
pub(crate) fn is_head(word: &str) -> bool {
    let word = unnumbered(word);
    let is_head = |label: &&Label| matches!(label.what, What::Heading(_) | What::Column(_) | What::Result(_));
    INDEX.longest(&word).filter(is_head).is_some_and(|label| label.text.len() == word.len())
}

/// Whether a word is this label but for one character.
pub(crate) fn is_like(word: &str, label: &str) -> bool {
    let (word, label) = (unnumbered(word), folded(label));
    word.len().abs_diff(label.len()) < 2 && distance(&word, &label) < 2
}

fn merge(at: &mut [Option<u8>; 2], new: [Option<u8>; 2]) {
    for (at, new) in at.iter_mut().zip(new) {
        *at = at.or(new);
    }
}

fn is_weak(label: &Label) -> bool {
    label.text.len() == 2 && label.text != ['规', '章']
}

/// Whether a letter stands straight before the one at a position.
fn is_glued(text: &[Folded], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| text.get(i)).filter(|f| !f.char.is_ascii_digit());
    before.is_some_and(|f| f.end == text[at].start)
}

/// Whether no letter touches the words: `3.其他` and `（七）总计`, but not `其他法律`, of which a line break may leave no more.
fn stands_alone(text: &[Folded], at: usize, length: usize) -> bool {
    let behind = text.get(at + length).filter(|f| !f.char.is_ascii_digit());
    !is_glued(text, at) && behind.is_none_or(|f| f.start != text[at + length - 1].end)
}

fn hit(label: &Label, text: &[Folded], fuzzy: bool) -> Hit {
    Hit {
        what: label.what,
        weak: is_weak(label),
        fuzzy,
        headless: text.first().map(|f| f.char) != label.text.first().copied(),
        edition: label.edition,
        start: text.first().map_or(0, |f| f.start),
        end: text.last().map_or(0, |f| f.end),
    }
}

/// Finds the labels in `text`, in its order; `breaks` are the positions at which a line or a field begins.
pub(crate) fn find(text: &[Folded], breaks: &[usize], hits: &mut Vec<Hit>) {
    let guess = |range: Range<usize>, hits: &mut Vec<Hit>| {
        if range.len() < SHORTEST_GUESS {
            return;
        }
        let upto = |at: usize| breaks.partition_point(|b| *b <= at);
        let inner = &breaks[upto(range.start)..upto(range.end.saturating_sub(1)).max(upto(range.start))];
        if let Some((mut cost, mut best)) = guess(&text[range.clone()]) {
            // Its last lines may be of the next label.
            for to in inner.iter().rev() {
                let shorter =
                    guess(&text[range.start..*to]).filter(|(less, hit)| hit.what == best.what && *less < cost);
                let Some(shorter) = shorter else { break };
                (cost, best) = shorter;
            }
            return hits.push(best);
        }
        let mut from = range.start;
        for to in inner.iter().copied().chain([range.end]).filter(|_| !inner.is_empty()) {
            hits.extend(guess(&text[from..to]).map(|(_, hit)| hit));
            from = to;
        }
    };
    let (mut at, mut rest) = (0, 0);
    while at < text.len() {
        match INDEX.longest(&text[at..]) {
            Some(label) if !is_weak(label) || stands_alone(text, at, label.text.len()) => {
                guess(rest..at, hits);
                let end = at + label.text.len();
                let found = hit(label, &text[at..end], false);
                // Behind letters it may be the end of the other edition's label: 处理决定数量 of 本年（2023）处理决定数量.
                let field = breaks[..breaks.partition_point(|b| *b <= at)].last().copied().unwrap_or(0);
                let before = &text[rest.max(field)..at];
                let edition = found.edition.filter(|_| before.iter().all(|f| f.char.is_ascii_digit()));
                hits.push(Hit { edition, ..found });
                (at, rest) = (end, end);
            }
            _ => at += 1,
        }
    }
    guess(rest..text.len(), hits);
}

/// The row whose label begins at one of these positions and ends at one of the others; and at which.
pub(crate) fn whole(text: &[Folded], mut starts: Range<usize>, ends: &[usize]) -> Option<(Hit, usize)> {
    starts.find_map(|start| {
        let label = INDEX.longest(&text[start..]).filter(|label| matches!(label.what, What::Row(..)))?;
        let end = start + label.text.len();
        let at = ends.iter().position(|other| *other == end)?;
        Some((hit(label, &text[start..end], false), at))
    })
}

/// Whether a text ends with the label of a row.
pub(crate) fn ends_with_row(text: &str) -> bool {
    row_at_end(text).is_some()
}

/// Whether a text ends with the label of a row that holds an amount of money.
pub(crate) fn ends_with_amount(text: &str) -> bool {
    let Some((table, at)) = row_at_end(text) else { return false };
    Edition::ALL.into_iter().zip(at).any(|(edition, row)| {
        let row = row.and_then(|row| edition.form().rows(table).get(usize::from(row)));
        row.is_some_and(|row| row.columns.iter().any(|column| column.kind == Kind::Amount))
    })
}

fn row_at_end(text: &str) -> Option<(Table, [Option<u8>; 2])> {
    let mut folded = Vec::new();
    fold(text, 0, &mut folded);
    let mut hits = Vec::new();
    find(&folded, &[], &mut hits);
    match hits.last()?.what {
        What::Row(table, at) if Some(hits.last()?.end) == folded.last().map(|f| f.end) => Some((table, at)),
        _ => None,
    }
}

/// The shortest and the longest text in which a misspelt label is looked for: no other is like one.
const SHORTEST_GUESS: usize = 4;
const LONGEST_GUESS: usize = 64;
/// A piece of a label needs so many characters to tell it.
const SHORTEST_PIECE: usize = 5;

/// The one row whose label is misspelt or cut off in `text`, and how far it is from that.
fn guess(text: &[Folded]) -> Option<(usize, Hit)> {
    let numbers = text.iter().take_while(|f| is_numeral(f.char)).count();
    let text = &text[numbers..];
    if text.len() < SHORTEST_GUESS || text.len() > LONGEST_GUESS {
        return None;
    }
    let mut best: Option<(usize, &Label)> = None;
    let mut tie = false;
    let bits = text.iter().fold(0, |bits, f| bits | bit(f.char));
    let repeated = text.len() - bits.count_ones() as usize;
    // Most texts share too few characters with a label to be compared with it.
    for (own, label) in &INDEX.rows {
        let label = &INDEX.labels[usize::from(*label)];
        // A label that is much shorter is another one.
        if text.len().saturating_sub(label.text.len()) > label.text.len() / 4 {
            continue;
        }
        let shared = (bits & own).count_ones() as usize + repeated;
        let exactly = || text.iter().filter(|f| bit(f.char) & own != 0).count();
        let near = |shared| is_shared(shared, text.len(), label.text.len());
        if !near(shared) || !near(exactly()) {
            continue;
        }
        let Some(cost) = likeness(text, &label.text, *own) else { continue };
        match best {
            Some((least, _)) if cost > least => {}
            Some((least, _)) if cost == least => tie = true,
            _ => (best, tie) = (Some((cost, label)), false),
        }
    }
    best.filter(|_| !tie).map(|(cost, label)| (cost, hit(label, text, true)))
}

fn is_numeral(c: char) -> bool {
    matches!(c, '0'..='9' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八')
}

/// One of 64 bits for a character; others have the same.
fn bit(c: char) -> u64 {
    1 << ((c as u32).wrapping_mul(0x9E37_79B1) >> 26)
}

/// Whether two texts of these lengths share enough characters to be alike.
fn is_shared(shared: usize, a: usize, b: usize) -> bool {
    shared * 3 >= a.min(b) * 2
}

/// How far `text` is from being `label`, whose characters have these bits, misspelt or cut off at the end; `None` where it
/// is too far.
fn likeness(text: &[Folded], label: &[char], bits: u64) -> Option<usize> {
    let shared = text.iter().filter(|f| bit(f.char) & bits != 0 && label.contains(&f.char)).count();
    if !is_shared(shared, text.len(), label.len()) {
        return None;
    }
    let most = text.len().min(label.len());
    let head = &label[..most];
    let wrong = text.iter().zip(head).filter(|(have, want)| have.char != **want).count();
    if text.len() == label.len() && wrong * 4 <= label.len() {
        return Some(wrong);
    }
    if text.len() < label.len() && text.len() >= SHORTEST_PIECE && wrong * 6 <= text.len() {
        return Some(wrong + 1);
    }
    let most = label.len() / 4;
    if label.len() < 6 || text.len().abs_diff(label.len()) > most || text.len() - shared > most {
        return None;
    }
    let far = distance(text, label);
    (far <= most).then_some(far + 1)
}

/// The edit distance of two short texts.
fn distance(a: &[Folded], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, have) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, want) in b.iter().enumerate() {
            let cost = diagonal + usize::from(have.char != *want);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<&'static str> {
        let mut folded = Vec::new();
        fold(text, 0, &mut folded);
        let mut hits = Vec::new();
        find(&folded, &[], &mut hits);
        let rows = hits.iter().filter_map(|h| match h.what {
            What::Row(table, at) => {
                let edition = if at[1].is_some() { Edition::V2021 } else { Edition::V2019 };
                Some(edition.form().rows(table)[usize::from(at[edition as usize].unwrap())].id)
            }
            _ => None,
        });
        rows.collect()
    }

    #[test]
    fn labels_among_groups_and_numbers() {
        assert_eq!(rows("三、本年度办理结果 （一）予以公开"), ["granted"]);
        assert_eq!(rows("（三）不 4.保护第三⽅合法权益"), ["denied.third_party_rights"]);
        assert_eq!(rows("(四) 无法提供 1. 本机关不掌握相关政府信息"), ["unable.not_held"]);
        assert_eq!(rows("（二）部分公开（区分处理的，只计这一情形，不计其他情形）"), ["partially_granted"]);
        assert_eq!(rows("予公开"), [] as [&str; 0]);
    }

    #[test]
    fn misspelt_and_cut_labels() {
        assert_eq!(rows("4.保护第三万合法权益"), ["denied.third_party_rights"]);
        assert_eq!(rows("2.重复申清"), ["not_processed.repeat"]);
        assert_eq!(rows("2.其他法律法规禁止公开"), ["denied.prohibited_by_law"]);
        assert_eq!(rows("5.要求行政机关确认或重新出具已获"), ["not_processed.reconfirmation"]);
        assert_eq!(rows("1.申请人无正当理由逾期不补正、行"), ["other.not_corrected"]);
        assert_eq!(rows("取信息"), [] as [&str; 0]);
    }

    #[test]
    fn a_character_too_few_or_too_many() {
        assert_eq!(rows("1.属于国秘密"), ["denied.state_secret"]);
        assert_eq!(rows("1.属于国国家秘密"), ["denied.state_secret"]);
        assert_eq!(rows("属国秘"), [] as [&str; 0]);
        assert_eq!(rows("1.不属于国家的秘密事项"), [] as [&str; 0]);
    }

    #[test]
    fn behind_letters_a_label_speaks_for_no_edition() {
        let edition = |text: &str| {
            let (mut folded, mut hits) = (Vec::new(), Vec::new());
            fold(text, 0, &mut folded);
            find(&folded, &[], &mut hits);
            hits.last().and_then(|hit: &Hit| hit.edition)
        };
        assert_eq!(edition("处理决定数量"), Some(Edition::V2019));
        assert_eq!(edition("本年增/减处理决定数量"), Some(Edition::V2019));
        assert_eq!(edition("本年处理决定数量"), Some(Edition::V2021));
        assert_eq!(edition("木年处理决定数量"), None);
    }

    #[test]
    fn what_could_be_either_of_two_labels_is_none() {
        assert_eq!(rows("行政处罪"), ["penalties"]);
        assert_eq!(rows("行政处制"), [] as [&str; 0]);
    }

    #[test]
    fn the_beginning_of_a_label_tells_it_by_so_many_characters() {
        assert_eq!(SHORTEST_PIECE, "补正后申请".chars().count());
        assert_eq!(rows("3.补正后申请"), ["unable.still_unclear"]);
        assert_eq!(rows("3.补正后申"), [] as [&str; 0]);
    }

    #[test]
    fn no_text_beyond_the_longest_is_like_a_label() {
        let longest = INDEX.labels.iter().map(|label| label.text.len()).max().unwrap();
        assert!(longest + longest / 4 <= LONGEST_GUESS, "{longest}");
    }

    #[test]
    fn a_part_of_a_label_has_so_many_characters() {
        let of_another = |word: &str| is_part_of_another(word, 20, Edition::V2021);
        assert!(of_another("未按收费"));
        assert!(!of_another("未按收"));
        assert!(!of_another("逾期不补正"), "it is its own");
        assert!(!of_another("其他处理"), "it is a group's");
    }
}
