//! In: a sentence of the prose. Out: the figures of the tables that it states.
//! A sentence that could mean something else makes no claim.

use std::ops::Range;

use super::words::{Noun, Token, Word, words};

/// What a sentence states a figure of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ClaimKind {
    /// Requests received in the year (本年新收).
    NewRequests,
    /// Requests carried over from the year before (上年结转).
    CarriedOver,
    /// Requests answered in the year (办结).
    Answered,
    /// Requests carried forward to the next year (结转下年度).
    CarriedForward,
    /// Reconsiderations (行政复议).
    Reconsiderations,
    /// Lawsuits, with or without a reconsideration before (行政诉讼).
    Litigations,
    /// Normative documents issued in the year (制发行政规范性文件).
    NormativeIssued,
    /// Normative documents repealed in the year (废止).
    NormativeRepealed,
    /// Normative documents in force (现行有效).
    NormativeInForce,
}

impl ClaimKind {
    /// All kinds.
    pub const ALL: &[ClaimKind] = &[
        ClaimKind::NewRequests,
        ClaimKind::CarriedOver,
        ClaimKind::Answered,
        ClaimKind::CarriedForward,
        ClaimKind::Reconsiderations,
        ClaimKind::Litigations,
        ClaimKind::NormativeIssued,
        ClaimKind::NormativeRepealed,
        ClaimKind::NormativeInForce,
    ];

    /// A stable name: `new_requests`, `carried_over`, `answered`, `carried_forward`, `reconsiderations`, `litigations`,
    /// `normative_issued`, `normative_repealed`, `normative_in_force`.
    pub const fn id(self) -> &'static str {
        [
            "new_requests",
            "carried_over",
            "answered",
            "carried_forward",
            "reconsiderations",
            "litigations",
            "normative_issued",
            "normative_repealed",
            "normative_in_force",
        ][self as usize]
    }
}

/// A figure that a sentence states and that the tables repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What it is a figure of.
    pub kind: ClaimKind,
    /// The figure, in pieces.
    pub value: u64,
    /// Its bytes in the sentence, 0-based: the figure, or the words that say that there is none.
    pub range: Range<usize>,
    /// Whether the sentence gives no figure and only says that all that were received have been answered (均已办结).
    pub derived: bool,
}

/// The figures of the tables that a sentence states, in its order. Figures of another year, of another organ, of a part
/// or of something else are none, nor are approximate ones.
///
/// # Examples
/// ```
/// use xxgk::check::{ClaimKind, claims};
/// let sentence = "全年受理公开申请14宗（其中上年结转2宗），较上年增加3宗，未发生行政复议。";
/// let found: Vec<_> = claims(sentence).into_iter().map(|claim| (claim.kind, claim.value)).collect();
/// assert_eq!(
///     found,
///     [(ClaimKind::NewRequests, 12), (ClaimKind::CarriedOver, 2), (ClaimKind::Reconsiderations, 0)]
/// );
/// assert!(claims("办理人大建议12件、政协提案8件。").is_empty());
/// ```
pub fn claims(sentence: &str) -> Vec<Claim> {
    claims_of_year(sentence, None)
}

/// The most figures that a sentence has; what has more is the text of a table.
const MOST_FIGURES: usize = 64;

/// The same in a report on `year`: figures of other years are none.
pub(super) fn claims_of_year(sentence: &str, year: Option<u16>) -> Vec<Claim> {
    let tokens = words(sentence, year);
    if tokens.iter().filter(|t| matches!(t.word, Word::Figure { .. })).count() > MOST_FIGURES {
        return Vec::new();
    }
    let mut reader = Reader::new(&tokens, year);
    let mut start = 0;
    for (i, token) in tokens.iter().enumerate() {
        if matches!(token.word, Word::Comma | Word::Stop | Word::OpenBracket | Word::CloseBracket) {
            reader.clause(start..i);
            reader.mark(token.word);
            start = i + 1;
        }
    }
    reader.clause(start..tokens.len());
    reader.claims()
}

/// A claim with what later words may do to it.
#[derive(Debug, Clone)]
struct Found {
    claim: Claim,
    /// Whether the sentence calls it a sum.
    summed: bool,
}

/// The number of requests received that a 其中 may follow.
#[derive(Debug, Default)]
struct Whole {
    /// The place in the list of claims.
    claim: usize,
    /// What 其中 says was carried over from the year before.
    over: Option<u64>,
    /// The other parts that 其中 names.
    parts: Vec<u64>,
    /// Whether a bracket names what was carried over, and not whether it is inside: 收到6件（上年结转1件）.
    unclear: bool,
}

impl Whole {
    fn is_undivided(&self) -> bool {
        self.over.is_none() && self.parts.is_empty() && !self.unclear
    }
}

/// What has been read of a sentence so far.
#[allow(clippy::struct_excessive_bools, reason = "what a sentence has said so far is independent facts, no states")]
struct Reader<'a> {
    tokens: &'a [Token],
    year: Option<u16>,
    /// Whether the sentence names several years and it is not known which is the report's.
    several_years: bool,
    /// Whether the sentence is on disclosure, and not on an organ's other lawsuits.
    on_disclosure: bool,
    /// What the figures are of, until a noun says otherwise.
    topic: Option<Noun>,
    /// Whether the figures are of another year, of all years up to a day, of the named year.
    other_year: bool,
    since: bool,
    this_year: bool,
    /// Whether the figures are of more than the authority.
    wider: bool,
    /// Whether the figures are parts, now and outside of the bracket.
    of_which: bool,
    of_which_outside: bool,
    in_bracket: bool,
    /// The verbs of the last figure.
    verbs: Vec<Word>,
    /// Parts of the requests received, one after the other.
    parts: Vec<u64>,
    whole: Option<Whole>,
    found: Vec<Found>,
    /// The words that say that all were answered.
    all_answered: Option<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn new(tokens: &'a [Token], year: Option<u16>) -> Self {
        let has = |f: fn(&Word) -> bool| tokens.iter().any(|t| f(&t.word));
        let carries = has(|w| matches!(w, Word::CarriedOver | Word::CarriedForward));
        let foreign = has(|w| matches!(w, Word::Foreign));
        let mut years = tokens.iter().filter_map(|t| if let Word::Year(year) = t.word { Some(year) } else { None });
        let first = years.next();
        Reader {
            tokens,
            year,
            several_years: year.is_none() && years.any(|year| Some(year) != first),
            on_disclosure: has(|w| matches!(w, Word::Open | Word::Noun(Noun::Request))),
            // Only requests are carried from year to year: 除2件转入下一年度外,其余13件都已答复.
            topic: (carries && !foreign).then_some(Noun::Request),
            other_year: false,
            since: false,
            this_year: false,
            wider: false,
            of_which: false,
            of_which_outside: false,
            in_bracket: false,
            verbs: Vec::new(),
            parts: Vec::new(),
            whole: None,
            found: Vec::new(),
            all_answered: None,
        }
    }

    /// What a punctuation mark does.
    fn mark(&mut self, mark: Word) {
        match mark {
            Word::OpenBracket => (self.of_which_outside, self.in_bracket) = (self.of_which, true),
            Word::CloseBracket => (self.of_which, self.in_bracket) = (self.of_which_outside, false),
            Word::Stop => self.of_which = false,
            _ => {}
        }
    }

    /// Reads what stands between two punctuation marks.
    fn clause(&mut self, clause: Range<usize>) {
        let (mut lead, mut at) = (clause.start, clause.start);
        let (mut compared, mut for_others) = (false, false);
        while at < clause.end {
            let word = self.tokens[at].word;
            compared |= word == Word::Compared;
            for_others |= word == Word::ForOthers;
            let figure = match word {
                Word::Figure { value, counted: true } => Some(value),
                // 行政诉讼为零
                Word::Figure { value: Some(0), counted: false } if at + 1 == clause.end => Some(Some(0)),
                _ => None,
            };
            if let Some(value) = figure {
                if !compared {
                    self.figure(lead..at, at, value, clause.end);
                }
                lead = at + 1;
            } else if word == Word::Not && !for_others {
                at = self.negation(clause.clone(), at);
            } else if matches!(word, Word::Figure { value: Some(0), .. }) {
                self.zero_before_noun(at, clause.end);
            } else {
                self.context(word, compared);
            }
            at += 1;
        }
        self.all_answered(&clause);
    }

    /// What a word tells of the figures that follow.
    fn context(&mut self, word: Word, compared: bool) {
        match word {
            Word::ThisYear => (self.other_year, self.since, self.this_year) = (false, false, true),
            Word::OtherYear if !compared => self.other_year = true,
            Word::Year(year) if !compared && !self.since => {
                self.other_year = self.year.map_or(self.several_years, |this| this != year);
                self.this_year = !self.other_year;
            }
            Word::Since => self.since = true,
            Word::Cumulative => self.since |= !self.this_year,
            Word::Wider => self.wider = true,
            Word::Own => self.wider = false,
            Word::OfWhich => self.of_which = true,
            Word::Foreign => self.topic = None,
            Word::Noun(noun) => self.topic = Some(noun),
            _ => {}
        }
    }

    fn words(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = Word> + Clone + use<'a> {
        self.tokens[range].iter().map(|t| t.word)
    }

    /// Reads a figure by what leads up to it since the last one, and what follows it up to the next.
    fn figure(&mut self, lead: Range<usize>, at: usize, value: Option<u64>, end: usize) {
        let next = (at + 1..end).find(|i| matches!(self.tokens[*i].word, Word::Figure { counted: true, .. }));
        let tail = at + 1..next.unwrap_or(end);
        if !self.of_which && !self.in_bracket && self.whole.as_ref().is_some_and(Whole::is_undivided) {
            // 收到24件，答复23件（含上年结转1件）: the bracket is on what was answered.
            self.whole = None;
        }
        let phrase =
            Phrase::new(self.words(lead.clone()).collect(), &self.words(tail).collect::<Vec<_>>(), next.is_none());
        let Some(value) = value.filter(|_| !phrase.is_no_figure()) else { return };
        let inherits = phrase.follows_on();
        let verbs = if phrase.verbs.is_empty() && inherits { self.verbs.clone() } else { phrase.verbs.clone() };
        let part = phrase.is_part() || self.of_which && !verbs.contains(&Word::ReceiveNew) && is_receiving(&verbs);
        let nouns = self.nouns(&phrase);
        if part {
            self.part(value, &nouns, &verbs, &phrase);
        } else if !(self.wider || self.other_year || phrase.has(Word::ForOthers) || phrase.has(Word::Not)) {
            for kind in self.kinds(&phrase, &nouns, &verbs, value) {
                self.claim(kind, value, at, &phrase);
            }
        }
        if nouns.is_empty() && !phrase.is_plain {
            self.topic = None;
        }
        self.verbs = if phrase.all_verbs.is_empty() && inherits { verbs } else { phrase.all_verbs };
    }

    /// What the figure is of: the nouns before it, the noun behind it, or what the sentence has been on.
    fn nouns(&self, phrase: &Phrase) -> Vec<Noun> {
        if !phrase.nouns.is_empty() {
            return phrase.nouns.clone();
        }
        let topic = self.topic.filter(|_| phrase.is_plain);
        phrase.noun_behind.or(topic).into_iter().collect()
    }

    /// Keeps a part of the requests received, for the sum that may follow.
    fn part(&mut self, value: u64, nouns: &[Noun], verbs: &[Word], phrase: &Phrase) {
        let received = is_receiving(verbs) || verbs.is_empty() && !phrase.nouns.is_empty();
        if nouns == [Noun::Request] && received {
            self.parts.push(value);
        }
        if let (true, Some(whole)) = (self.of_which, &mut self.whole) {
            whole.parts.push(value);
        }
    }

    /// What the figure is claimed to be.
    fn kinds(&self, phrase: &Phrase, nouns: &[Noun], verbs: &[Word], value: u64) -> Vec<ClaimKind> {
        match nouns {
            [Noun::Request] => self.request_kinds(phrase, verbs, value),
            [Noun::Normative] => self.normative_kind(verbs).into_iter().collect(),
            [Noun::Reconsideration | Noun::Litigation] => self.proceedings(phrase, nouns, verbs, value),
            // 行政复议、行政诉讼各1件, 均为0件: but 共3件 does not tell which.
            [_, _, ..] if (value == 0 || phrase.each) && !self.of_which => {
                let requests = nouns.contains(&Noun::Request) && value == 0 && no_other_verb(verbs);
                let mut kinds = self.proceedings(phrase, nouns, verbs, value);
                kinds.extend(requests.then_some(ClaimKind::NewRequests));
                kinds
            }
            _ => Vec::new(),
        }
    }

    fn request_kinds(&self, phrase: &Phrase, verbs: &[Word], value: u64) -> Vec<ClaimKind> {
        let has = |word| verbs.contains(&word);
        match (has(Word::CarriedOver), has(Word::CarriedForward)) {
            (true, true) => return Vec::new(),
            (true, false) => return vec![ClaimKind::CarriedOver],
            (false, true) => return vec![ClaimKind::CarriedForward],
            (false, false) => {}
        }
        if verbs.is_empty() {
            return self.verbless(phrase, value).into_iter().collect();
        }
        let mut kinds = Vec::new();
        if is_receiving(verbs) && !self.since {
            kinds.push(ClaimKind::NewRequests);
        }
        let received_before = self.found.iter().any(|f| f.claim.kind == ClaimKind::NewRequests);
        if has(Word::Answer) && (!self.since || received_before) {
            kinds.push(ClaimKind::Answered);
        }
        kinds
    }

    /// 其余2宗结转下年; 合计4件, after the parts; 政府信息公开申请0件.
    fn verbless(&self, phrase: &Phrase, value: u64) -> Option<ClaimKind> {
        if let Some(kind) = phrase.kind_behind {
            return Some(kind);
        }
        let sum = self.parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(*part));
        let adds_up = phrase.has(Word::Sum) && !self.parts.is_empty() && sum == Some(value);
        let none = value == 0 && !phrase.nouns.is_empty() && !self.of_which;
        ((adds_up && phrase.nouns.is_empty()) || none).then_some(ClaimKind::NewRequests)
    }

    fn normative_kind(&self, verbs: &[Word]) -> Option<ClaimKind> {
        match verbs {
            [Word::InForce] => Some(ClaimKind::NormativeInForce),
            [Word::Issue] if !self.since => Some(ClaimKind::NormativeIssued),
            [Word::Repeal] if !self.since => Some(ClaimKind::NormativeRepealed),
            _ => None,
        }
    }

    /// Reconsiderations and lawsuits: those against the authority, on disclosure; not those that it decides on.
    fn proceedings(&self, phrase: &Phrase, nouns: &[Noun], verbs: &[Word], value: u64) -> Vec<ClaimKind> {
        let stated = !nouns.contains(&Noun::Normative) && (!phrase.nouns.is_empty() || phrase.noun_behind.is_some());
        let decides = verbs.iter().any(|v| !matches!(v, Word::Receive));
        let against = value == 0 || self.on_disclosure && (phrase.is_plain || phrase.occurs);
        if !stated || decides || !against || self.of_which || self.since {
            return Vec::new();
        }
        nouns.iter().filter_map(|noun| kind_of_proceeding(*noun)).collect()
    }

    fn claim(&mut self, kind: ClaimKind, value: u64, at: usize, phrase: &Phrase) {
        let range = self.tokens[at].bytes.clone();
        if kind == ClaimKind::CarriedOver
            && let Some(whole) = &mut self.whole
        {
            whole.over = whole.over.or(self.of_which.then_some(value));
            whole.unclear |= self.in_bracket && !self.of_which && value > 0;
        }
        if kind == ClaimKind::NewRequests {
            if self.of_which {
                // 受理12件，其中新收8件: the eight are the new ones.
                self.found.retain(|f| f.claim.kind != ClaimKind::NewRequests);
                self.whole = None;
            } else {
                self.whole = Some(Whole { claim: self.found.len(), ..Whole::default() });
            }
            if phrase.all_answered_behind {
                self.all_answered = Some(range.clone());
            }
        }
        let summed = phrase.has(Word::Sum);
        self.found.push(Found { claim: Claim { kind, value, range, derived: false }, summed });
    }

    fn zero(&mut self, kind: ClaimKind, range: Range<usize>) {
        if !self.other_year && !self.wider {
            self.found.push(Found { claim: Claim { kind, value: 0, range, derived: false }, summed: false });
        }
    }

    /// 零申请, 零复议.
    fn zero_before_noun(&mut self, at: usize, end: usize) {
        let after = self.words(at + 1..end).take(2).collect::<Vec<_>>();
        let (Some(Word::Noun(noun)), None | Some(Word::Link | Word::Filler)) = (after.first(), after.get(1)) else {
            return;
        };
        let range = self.tokens[at].bytes.start..self.tokens[at + 1].bytes.end;
        let kind = kind_of_proceeding(*noun).or((*noun == Noun::Request).then_some(ClaimKind::NewRequests));
        if let Some(kind) = kind {
            self.zero(kind, range);
        }
    }

    /// Reads 未收到…, 未发生… and …均无. Gives the last word that it has understood.
    fn negation(&mut self, clause: Range<usize>, at: usize) -> usize {
        let more = (at + 1..clause.end).find(|i| self.tokens[*i].word == Word::Not).unwrap_or(clause.end);
        let denied: Vec<Word> = self.words(at + 1..more).collect();
        if !denied.iter().all(may_be_denied) {
            return at;
        }
        let mut kinds = denied_kinds(&denied);
        let mut start = at;
        if kinds.is_empty() && !denied.iter().any(|w| is_verb(*w) || matches!(w, Word::Noun(_))) {
            let before = self.words(clause.start..at).rev().take_while(may_precede_denial).count();
            start = at - before;
            let free = start == clause.start
                || matches!(self.tokens[start - 1].word, Word::ThisYear | Word::Own | Word::Year(_));
            let nouns = self.words(start..at).filter_map(noun_of);
            kinds = if free { nouns.filter_map(zero_kind).collect() } else { Vec::new() };
        }
        if kinds.is_empty() {
            return at;
        }
        for word in denied {
            if let Word::Noun(noun) = word {
                self.topic = Some(noun);
            }
        }
        let range = self.tokens[start].bytes.start..self.tokens[more - 1].bytes.end;
        for kind in kinds {
            self.zero(kind, range.clone());
        }
        more - 1
    }

    /// Reads 均在期限内办结, after a figure of requests received.
    fn all_answered(&mut self, clause: &Range<usize>) {
        let words = || self.words(clause.clone());
        let opens = words().find(|w| !matches!(w, Word::Filler | Word::Own | Word::ThisYear | Word::Link));
        let answered = words().any(|w| w == Word::Answer);
        let more = words().any(|w| {
            matches!(w, Word::Figure { .. } | Word::Not | Word::Noun(_) | Word::Foreign | Word::Part | Word::Wider)
        });
        if opens == Some(Word::All) && answered && !more && self.topic == Some(Noun::Request) {
            self.all_answered = Some(self.tokens[clause.start].bytes.start..self.tokens[clause.end - 1].bytes.end);
        }
    }

    /// The claims of the sentence, once it has been read to its end.
    fn claims(mut self) -> Vec<Claim> {
        let received = self.take_out_what_was_carried_over();
        let late = self
            .tokens
            .iter()
            .enumerate()
            .any(|(i, t)| t.word == Word::Late && !(i > 0 && matches!(self.tokens[i - 1].word, Word::Not)));
        if late {
            // 按时答复10件，延期答复2件: neither is the whole.
            self.found.retain(|f| f.claim.kind != ClaimKind::Answered);
            self.all_answered = None;
        }
        let mut claims: Vec<Claim> = ClaimKind::ALL.iter().filter_map(|kind| self.settle(*kind)).collect();
        claims.extend(self.derive(&claims, received));
        claims.sort_by_key(|claim| (claim.range.start, claim.kind));
        claims
    }

    /// 受理14件（其中上年结转2件）: twelve are new. Gives the fourteen.
    fn take_out_what_was_carried_over(&mut self) -> Option<u64> {
        let whole = self.whole.take()?;
        let found = self.found.get_mut(whole.claim)?;
        if whole.unclear {
            self.found.remove(whole.claim);
            return None;
        }
        let (received, over) = (found.claim.value, whole.over?);
        let parts = whole.parts.iter().map(|part| u128::from(*part)).sum::<u128>();
        let inside = whole.parts.is_empty() || parts + u128::from(over) == u128::from(received);
        if inside && over <= received {
            found.claim.value = received - over;
            Some(received)
        } else {
            if parts != u128::from(received) {
                // Whether the total has those carried over in it cannot be told.
                self.found.remove(whole.claim);
            }
            None
        }
    }

    /// The one figure of a kind; none where the sentence gives several and calls none of them the sum.
    fn settle(&self, kind: ClaimKind) -> Option<Claim> {
        let of_kind = || self.found.iter().filter(move |f| f.claim.kind == kind);
        let first = of_kind().next()?;
        if of_kind().all(|f| f.claim.value == first.claim.value) {
            return Some(first.claim.clone());
        }
        let mut summed = of_kind().filter(|f| f.summed);
        summed.next().filter(|_| summed.next().is_none()).map(|f| f.claim.clone())
    }

    /// That all were answered, as a figure.
    fn derive(&self, claims: &[Claim], received: Option<u64>) -> Option<Claim> {
        let value = |kind| claims.iter().find(|claim| claim.kind == kind).map(|claim| claim.value);
        let range = self.all_answered.clone()?;
        let new = value(ClaimKind::NewRequests)?;
        let forward = value(ClaimKind::CarriedForward).unwrap_or(0);
        if new == 0 || forward > 0 || value(ClaimKind::Answered).is_some() {
            return None;
        }
        let over = value(ClaimKind::CarriedOver).unwrap_or(0);
        let value = received.or_else(|| new.checked_add(over))?;
        Some(Claim { kind: ClaimKind::Answered, value, range, derived: true })
    }
}

/// A figure's surroundings: what leads up to it, what follows it.
#[allow(clippy::struct_excessive_bools, reason = "each is a question asked of the same words")]
struct Phrase {
    lead: Vec<Word>,
    /// The nouns that the figure can be of, since the last word that is not understood.
    nouns: Vec<Noun>,
    /// The verbs since then, each once.
    verbs: Vec<Word>,
    /// The verbs of the whole lead.
    all_verbs: Vec<Word>,
    /// Whether every word of the lead is understood.
    is_plain: bool,
    /// Whether something is said to have occurred, since the last word that is not understood.
    occurs: bool,
    /// Whether the figure is that of each of the nouns.
    each: bool,
    /// 收到12件政府信息公开申请.
    noun_behind: Option<Noun>,
    /// 其余2宗结转下年.
    kind_behind: Option<ClaimKind>,
    /// 收到申请9件均已办结.
    all_answered_behind: bool,
}

impl Phrase {
    fn new(lead: Vec<Word>, tail: &[Word], is_last: bool) -> Self {
        let unknown = |w: &Word| matches!(w, Word::Unknown | Word::Foreign | Word::Figure { .. } | Word::Late);
        let core = &lead[lead.iter().rposition(unknown).map_or(0, |i| i + 1)..];
        let behind = if is_last { behind(tail) } else { None };
        let has_reading = lead.iter().any(|w| is_verb(*w) || matches!(w, Word::Noun(_)));
        Phrase {
            nouns: nouns(core),
            verbs: verbs(core),
            all_verbs: verbs(&lead),
            is_plain: core.len() == lead.len(),
            occurs: core.contains(&Word::Occur),
            each: core.contains(&Word::All),
            noun_behind: noun_behind(tail),
            kind_behind: behind.filter(|_| !has_reading && core.len() == lead.len()),
            all_answered_behind: is_last && answers_all(tail),
            lead,
        }
    }

    fn has(&self, word: Word) -> bool {
        self.lead.contains(&word)
    }

    /// An increase, or an approximate figure.
    fn is_no_figure(&self) -> bool {
        matches!(self.lead.last(), Some(Word::About | Word::Change))
    }

    /// Only some: 网上申请8件, 自然人3件, 6月收到3件.
    fn is_part(&self) -> bool {
        let some = self.lead.iter().any(|w| match w {
            Word::Part => true,
            Word::Day { month, day } => !matches!((month, day), (1, 1) | (12, 31)),
            _ => false,
        });
        some && !self.has(Word::AllWays)
    }

    /// 收到来信55件、政府信息公开申请3件; 制发文件30件，其中规范性文件5件: the verb is that of the figure before.
    fn follows_on(&self) -> bool {
        self.is_plain && matches!(self.lead.first(), Some(Word::Link | Word::OfWhich)) && !self.nouns.is_empty()
            || self.is_part()
    }
}

fn is_verb(word: Word) -> bool {
    matches!(
        word,
        Word::Receive
            | Word::ReceiveNew
            | Word::Accept
            | Word::Process
            | Word::Answer
            | Word::Issue
            | Word::Repeal
            | Word::InForce
            | Word::CarriedOver
            | Word::CarriedForward
    )
}

fn is_receiving(verbs: &[Word]) -> bool {
    verbs.iter().any(|v| matches!(v, Word::Receive | Word::ReceiveNew | Word::Accept))
}

fn no_other_verb(verbs: &[Word]) -> bool {
    verbs.iter().all(|v| matches!(v, Word::Receive | Word::ReceiveNew | Word::Accept))
}

fn verbs(words: &[Word]) -> Vec<Word> {
    let mut verbs: Vec<Word> = Vec::new();
    for word in words {
        if is_verb(*word) && !verbs.contains(word) {
            verbs.push(*word);
        }
    }
    verbs
}

fn noun_of(word: Word) -> Option<Noun> {
    if let Word::Noun(noun) = word { Some(noun) } else { None }
}

/// The nouns that a figure behind them can be of. In 因政府信息公开申请引发行政复议2件 the requests are but the cause.
fn nouns(words: &[Word]) -> Vec<Noun> {
    let mut nouns: Vec<Noun> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let Some(noun) = noun_of(*word) else { continue };
        let cause = nouns == [Noun::Request] && words[..i].contains(&Word::Occur) && noun != Noun::Request;
        if cause {
            nouns.clear();
        }
        if !nouns.contains(&noun) {
            nouns.push(noun);
        }
    }
    nouns
}

fn kind_of_proceeding(noun: Noun) -> Option<ClaimKind> {
    match noun {
        Noun::Reconsideration => Some(ClaimKind::Reconsiderations),
        Noun::Litigation => Some(ClaimKind::Litigations),
        Noun::Request | Noun::Normative => None,
    }
}

fn zero_kind(noun: Noun) -> Option<ClaimKind> {
    if noun == Noun::Request { Some(ClaimKind::NewRequests) } else { kind_of_proceeding(noun) }
}

/// The noun that opens what follows a figure.
fn noun_behind(tail: &[Word]) -> Option<Noun> {
    let mut rest = tail.iter().skip_while(|w| matches!(w, Word::Modifier | Word::Open)).peekable();
    let noun = noun_of(*rest.next()?)?;
    let goes_on = matches!(rest.peek(), None | Some(Word::Filler | Word::All | Word::Link | Word::Answer | Word::Sum));
    goes_on.then_some(noun)
}

/// What happened to a figure's requests, by what follows it.
fn behind(tail: &[Word]) -> Option<ClaimKind> {
    let plain = |w: &Word| {
        matches!(w, Word::Filler | Word::All | Word::Process | Word::Modifier | Word::Open)
            || *w == Word::Noun(Noun::Request)
    };
    let kind = |w: &Word| match w {
        Word::CarriedForward => Some(ClaimKind::CarriedForward),
        Word::CarriedOver => Some(ClaimKind::CarriedOver),
        Word::Answer => Some(ClaimKind::Answered),
        _ => None,
    };
    let found = tail.iter().find_map(kind)?;
    tail.iter().all(|w| plain(w) || kind(w) == Some(found) || *w == Word::Link).then_some(found)
}

fn answers_all(tail: &[Word]) -> bool {
    let opens = tail.iter().find(|w| !matches!(w, Word::Filler | Word::Link | Word::Noun(Noun::Request)));
    let plain = |w: &Word| !matches!(w, Word::Not | Word::Foreign | Word::Part | Word::Figure { .. });
    opens == Some(&Word::All) && tail.contains(&Word::Answer) && tail.iter().all(plain)
}

/// Words that do not narrow down what is denied: 未收到任何公民、法人和其他组织提出的政府信息公开申请.
fn may_be_denied(word: &Word) -> bool {
    let one = matches!(word, Word::Figure { value: Some(0 | 1), counted: true });
    let year = matches!(word, Word::ThisYear | Word::Own | Word::All | Word::Link | Word::Filler | Word::Sum);
    let phrase = matches!(word, Word::Noun(_) | Word::Open | Word::Modifier | Word::Occur);
    one || year || phrase || is_verb(*word)
}

fn may_precede_denial(word: &Word) -> bool {
    matches!(word, Word::Noun(_) | Word::Link | Word::Filler | Word::All | Word::Open)
}

/// What is denied, as kinds whose figure is zero.
fn denied_kinds(denied: &[Word]) -> Vec<ClaimKind> {
    let (verbs, nouns) = (verbs(denied), nouns(denied));
    let has = |word| verbs.contains(&word);
    let mut kinds = Vec::new();
    if has(Word::CarriedOver) || has(Word::CarriedForward) {
        kinds.extend(has(Word::CarriedOver).then_some(ClaimKind::CarriedOver));
        kinds.extend(has(Word::CarriedForward).then_some(ClaimKind::CarriedForward));
        return kinds;
    }
    let received = is_receiving(&verbs) || verbs.is_empty() && !denied.contains(&Word::Occur);
    if nouns.contains(&Noun::Request) && received && !has(Word::Answer) {
        kinds.push(ClaimKind::NewRequests);
    }
    if no_other_verb(&verbs) && !has(Word::Accept) {
        kinds.extend(nouns.iter().filter_map(|noun| kind_of_proceeding(*noun)));
    }
    if nouns == [Noun::Normative] {
        kinds.extend(has(Word::Issue).then_some(ClaimKind::NormativeIssued));
        kinds.extend(has(Word::Repeal).then_some(ClaimKind::NormativeRepealed));
        kinds.extend(has(Word::InForce).then_some(ClaimKind::NormativeInForce));
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_just_below_and_just_above() {
        for (more, found) in [(MOST_FIGURES - 1, 1), (MOST_FIGURES, 0)] {
            let sentence = format!("收到政府信息公开申请12件{}", "，网上3件".repeat(more));
            assert_eq!(claims(&sentence).len(), found, "{more}");
        }
    }
}
