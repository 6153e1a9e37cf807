//! The report written out in the prescribed form: as plain text, as Markdown, as a web page; and as tables for analysis.
//! Every writer lays out the same blocks, so that the form's order and wording stand in one place.
//! Writing never fails on what a report says, and never adds a figure.
//!
//! # What reads back
//! What [`text`], [`markdown`] and [`html`] write is a report again, and written once more it is the same text. Where the
//! form has no way to say something, it is lost on the first trip:
//!
//! - An inferred figure becomes a reported one; only the page marks it (`class="inferred"`).
//! - A row without a single cell is left out and stays absent; an absent cell among others becomes blank. A
//!   blank cell holds a no-break space, so that it is not taken for what a lost one left.
//! - A text that could be a figure, a `/` or nothing at all is no longer unreadable.
//! - Fees without a unit take that of the form (万元).
//! - All six sections are written, with those that the document did not have.
//! - A title that is not stated is made of authority and year; where either is unknown, there is none.
//! - A statistical period of which only one end is stated is not found again; a signature without a date becomes a
//!   paragraph.
//! - Line breaks and tabs within a text become spaces, a page shows a run of blanks as one, and empty paragraphs go. A
//!   paragraph that is word for word a section's title, or a page number, is read as such; `**`, and `#`, `|` and `>`
//!   before a paragraph, as markup.
//! - Markdown's escapes are read as they stand, and not escaped again.

#[cfg(feature = "csv")]
pub mod csv;
mod html;
mod layout;
mod markdown;
mod opening;
mod text;

pub use html::html;
pub use markdown::markdown;
pub use text::text;
