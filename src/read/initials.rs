//! In: a list of words. Out: those that begin with a character.
//! It passes over most characters at once, and leaves to others whether a word really stands there.

/// Words by their first characters, a small letter as a capital.
pub(crate) struct ByInitial<W> {
    /// One of 1024 bits for each initial; few other characters have the same.
    bits: [u64; 16],
    words: Vec<(char, Vec<W>)>,
}

impl<W: Copy> ByInitial<W> {
    pub(crate) fn new(words: &[W], spelling: impl Fn(&W) -> &'static str) -> Self {
        let initial = |word: &W| spelling(word).chars().next().unwrap_or_default().to_ascii_lowercase();
        let mut words = words.to_vec();
        words.sort_by_key(initial);
        let words = words.chunk_by(|a, b| initial(a) == initial(b)).map(|same| (initial(&same[0]), same.to_vec()));
        let words: Vec<(char, Vec<W>)> = words.collect();
        let mut bits = [0; 16];
        for (initial, _) in &words {
            let (at, bit) = place(*initial);
            bits[at] |= bit;
        }
        ByInitial { bits, words }
    }

    /// The words that begin with this character, in the order of the list.
    pub(crate) fn of(&self, c: char) -> &[W] {
        let c = c.to_ascii_lowercase();
        let (at, bit) = place(c);
        if self.bits[at] & bit == 0 {
            return &[];
        }
        let at = self.words.binary_search_by_key(&c, |(initial, _)| *initial);
        at.map_or(&[], |at| &self.words[at].1)
    }
}

impl ByInitial<&'static str> {
    /// The first word of the list that a text begins with.
    pub(crate) fn opening(&self, text: &str) -> Option<&'static str> {
        self.of(text.chars().next()?).iter().copied().find(|word| text.starts_with(word))
    }

    /// Where the first of the words in a text stands.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let stands = |(i, c): &(usize, char)| self.of(*c).iter().any(|word| text[*i..].starts_with(word));
        text.char_indices().find(stands).map(|(i, _)| i)
    }
}

fn place(c: char) -> (usize, u64) {
    (c as usize / 64 % 16, 1 << (c as u32 % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_initials() {
        let words = ByInitial::new(&["Tel", "年度", "年", "te"], |word| word);
        assert_eq!(words.of('年'), ["年度", "年"]);
        assert_eq!(words.of('T'), ["Tel", "te"]);
        assert_eq!(words.of('月'), [""; 0]);
        assert_eq!(words.opening("年度报告"), Some("年度"));
        assert_eq!(words.opening("年报"), Some("年"));
        assert_eq!(words.opening(""), None);
        assert_eq!(words.find("全年报告"), Some(3));
        assert_eq!(words.find("月报"), None);
    }
}
