//! In: the fuzzer's bytes. Out: choices. Where the bytes end, every choice is the first.

/// The bytes that are left.
pub struct Dice<'a>(&'a [u8]);

impl<'a> Dice<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Dice(bytes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }

    /// A number below `n`, which is not zero.
    pub fn below(&mut self, n: usize) -> usize {
        let mut number = self.byte();
        if n > 256 {
            number = number << 16 | self.byte() << 8 | self.byte();
        }
        number % n
    }

    /// Yes in one case of `n`, and no where the bytes end.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    /// One of the things.
    pub fn pick<'b, T>(&mut self, things: &'b [T]) -> &'b T {
        &things[self.below(things.len())]
    }

    /// A piece of the bytes as text.
    pub fn text(&mut self, len: usize) -> String {
        let (piece, rest) = self.0.split_at(len.min(self.0.len()));
        self.0 = rest;
        String::from_utf8_lossy(piece).into_owned()
    }
}
