//! In: a line. Out: which marks stand in it that separate fields, draw a frame or tell prose, in one pass over its bytes.
//! It knows nothing of where they stand.

/// What may stand between the fields of lines without tabs and bars.
pub(super) const SEPARATORS: [char; 4] = [',', '，', ';', '；'];

/// What separates the fields of a line, and what tells prose: one bit each.
#[derive(Clone, Copy)]
pub(super) struct Marks(pub(super) u16);

impl Marks {
    pub(super) const TAB: u16 = 1;
    pub(super) const BAR: u16 = 2;
    /// A full stop.
    pub(super) const STOP: u16 = 4;
    /// `&` between fields.
    pub(super) const LATEX: u16 = 8;
    /// `<`, which begins a break within a cell.
    pub(super) const TAG: u16 = 16;
    /// What a table's frame is drawn with, and what never stands in one.
    pub(super) const STROKE: u16 = 32;
    pub(super) const NO_FRAME: u16 = 64;
    /// The frame's line between two rows.
    pub(super) const RULE: u16 = 128;
    /// A bar that is not of ASCII.
    pub(super) const WIDE_BAR: u16 = 1 << 12;
    /// What every page's number has beside figures: a stroke, a slash, or the byte that 页 begins with.
    pub(super) const PAGE: u16 = 1 << 13;
    /// A no-break space.
    pub(super) const NO_BREAK: u16 = 1 << 14;
    /// Each of [`SEPARATORS`], from this bit on.
    pub(super) const SEPARATOR: u16 = 256;

    /// Looks at each byte once, and more closely only at those that begin a character asked for, or one like it.
    pub(super) fn of(line: &str) -> Self {
        const WIDE: u16 = 1 << 15;
        const KINDS: [u16; 256] = {
            let mut kinds = [Marks::NO_FRAME; 256];
            kinds[b'\t' as usize] = Marks::TAB;
            kinds[b'|' as usize] = Marks::BAR;
            kinds[b',' as usize] |= Marks::SEPARATOR;
            kinds[b';' as usize] |= Marks::SEPARATOR << 2;
            kinds[b'&' as usize] |= Marks::LATEX;
            kinds[b'<' as usize] |= Marks::TAG;
            (kinds[b'-' as usize], kinds[b'=' as usize]) = (Marks::STROKE | Marks::PAGE, Marks::STROKE);
            kinds[b'/' as usize] |= Marks::PAGE;
            kinds["页".as_bytes()[0] as usize] |= Marks::PAGE;
            (kinds[b' ' as usize], kinds[b'+' as usize], kinds[b':' as usize]) = (0, 0, 0);
            kinds[0x0B] = 0;
            let mut b = 0x80;
            while b < 0xC0 {
                kinds[b] = 0;
                b += 1;
            }
            // White space begins so too.
            (kinds[0xC2], kinds[0xE1], kinds[0xE2], kinds[0xE3], kinds[0xEF]) = (WIDE, WIDE, WIDE, WIDE, WIDE);
            kinds
        };
        let bytes = line.as_bytes();
        let mut seen = bytes.iter().fold(0, |seen, b| seen | KINDS[usize::from(*b)]);
        if seen & WIDE == 0 {
            return Marks(seen);
        }
        // A frame is drawn with the same character again and again.
        let (mut at, mut before) = (0, None);
        while let Some(next) = bytes[at..].iter().position(|b| KINDS[usize::from(*b)] == WIDE) {
            at += next;
            let here = bytes[at..].first_chunk::<3>();
            if before != here || here.is_none() {
                seen |= line[at..].chars().next().map_or(0, Marks::wide);
                before = here;
            }
            at += if bytes[at] == 0xC2 { 2 } else { 3 };
        }
        Marks(seen)
    }

    fn wide(c: char) -> u16 {
        let stroke = if is_stroke(c) { Marks::STROKE } else { Marks::NO_FRAME };
        match c {
            '。' => Marks::STOP | Marks::NO_FRAME,
            '，' => Marks::SEPARATOR << 1 | Marks::NO_FRAME,
            '；' => Marks::SEPARATOR << 3 | Marks::NO_FRAME,
            '—' | '–' | '－' | '―' | '·' | '•' | '／' => Marks::PAGE | Marks::NO_FRAME,
            '─' => Marks::RULE | stroke,
            _ if is_bar(c) => Marks::BAR | Marks::WIDE_BAR | stroke,
            '\u{a0}' => Marks::NO_BREAK,
            _ if c.is_whitespace() => 0,
            _ => stroke,
        }
    }

    pub(super) fn has(self, mark: u16) -> bool {
        self.0 & mark != 0
    }
}

pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '\u{2502}' | '\u{2503}' | '\u{2506}'..='\u{254F}' | '\u{2551}' | '\u{2554}'..='\u{256C}')
}

/// What editors leave between characters and nobody sees: soft hyphens, joiners, marks of direction and of byte order.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// A digit, of full width too.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_wide_digit(c)
}

pub(super) fn is_wide_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

/// A character of full width as the plain one, any other as it is.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// White space, but not the non-breaking space, which is what an empty cell leaves.
pub(super) fn is_space(c: char) -> bool {
    c != '\u{a0}' && c.is_whitespace()
}

/// Whether three strokes stand side by side, as in a line of a table's frame: `|---|---|`, `├────┼`, `+----+`, `=====`.
pub(super) fn has_strokes(line: &str) -> bool {
    let mut strokes = 0;
    line.chars().any(|c| {
        strokes = if is_stroke(c) { strokes + 1 } else { 0 };
        strokes == 3
    })
}

fn is_stroke(c: char) -> bool {
    matches!(c, '-' | '=' | '\u{2500}'..='\u{257F}')
}
