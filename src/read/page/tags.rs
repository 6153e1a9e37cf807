//! In: a tag's name. Out: what the tag means for the layout of text.
//! It sees no attributes.

/// What an element means for the layout of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Part of a line, and whatever is not known.
    Inline,
    /// On lines of its own.
    Block,
    /// A block that the next block ends.
    Paragraph,
    /// A block that the next of its kind ends.
    Item,
    /// A block whose line breaks count.
    Preformatted,
    Table,
    /// `tbody` and the like.
    Group,
    Row,
    Cell,
    /// Reading aids over characters.
    Ruby,
    /// A reading aid itself, which is no part of the text.
    Annotation,
    /// Above or below the line: behind a word, the number of a note.
    Raised,
    /// Never shown as text, or struck out.
    Unshown,
    /// A line break, with nothing in it.
    Break,
    /// Nothing in it, and part of a line.
    Void,
}

impl Kind {
    /// How many kinds there are.
    pub(crate) const COUNT: usize = Kind::Void as usize + 1;

    /// The kind of the element with this name in lower case.
    pub(crate) fn of(name: &[u8]) -> Kind {
        match name {
            b"td" | b"th" => Kind::Cell,
            b"tr" => Kind::Row,
            b"p" => Kind::Paragraph,
            b"br" | b"hr" => Kind::Break,
            b"table" => Kind::Table,
            b"tbody" | b"thead" | b"tfoot" => Kind::Group,
            b"li" | b"dt" | b"dd" => Kind::Item,
            b"pre" | b"listing" | b"xmp" | b"plaintext" => Kind::Preformatted,
            b"ruby" => Kind::Ruby,
            b"rt" | b"rp" | b"rtc" => Kind::Annotation,
            b"sup" | b"sub" => Kind::Raised,
            b"script" | b"style" | b"template" | b"noscript" | b"title" | b"select" | b"datalist" | b"textarea"
            | b"iframe" | b"noembed" | b"noframes" | b"svg" | b"canvas" | b"audio" | b"video" | b"del" | b"s"
            | b"strike" => Kind::Unshown,
            b"img" | b"input" | b"meta" | b"link" | b"col" | b"wbr" | b"area" | b"base" | b"embed" | b"param"
            | b"source" | b"track" | b"frame" | b"bgsound" => Kind::Void,
            b"div" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"center" | b"section" | b"article"
            | b"header" | b"footer" | b"nav" | b"aside" | b"main" | b"ul" | b"ol" | b"dl" | b"dir" | b"menu"
            | b"form" | b"fieldset" | b"legend" | b"blockquote" | b"address" | b"figure" | b"figcaption"
            | b"details" | b"summary" | b"hgroup" | b"caption" | b"colgroup" | b"html" | b"head" | b"body"
            | b"frameset" | b"optgroup" | b"option" | b"marquee" | b"search" | b"dialog" => Kind::Block,
            _ => Kind::Inline,
        }
    }

    /// Whether the element ends the line before it and begins one of its own.
    pub(crate) fn breaks_lines(self) -> bool {
        !matches!(self, Kind::Inline | Kind::Ruby | Kind::Annotation | Kind::Raised | Kind::Unshown | Kind::Void)
    }

    /// Whether the element is part of a block, or of a table.
    pub(crate) fn is_within_block(self) -> bool {
        matches!(self, Kind::Inline | Kind::Paragraph | Kind::Row | Kind::Cell)
    }

    /// Whether the start of an `other` element ends an open element of this kind, its end tag left out.
    pub(crate) fn is_ended_by(self, other: Kind) -> bool {
        match self {
            Kind::Paragraph => other.breaks_lines() && other != Kind::Break,
            Kind::Item => matches!(other, Kind::Item | Kind::Cell | Kind::Row | Kind::Group),
            Kind::Cell => matches!(other, Kind::Cell | Kind::Row | Kind::Group),
            Kind::Row => matches!(other, Kind::Row | Kind::Group),
            Kind::Group => other == Kind::Group,
            Kind::Annotation => other == Kind::Annotation,
            Kind::Unshown | Kind::Table => false,
            _ => matches!(other, Kind::Cell | Kind::Row | Kind::Group),
        }
    }
}
