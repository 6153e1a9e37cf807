//! The checks of what must add up (勾稽关系), on reports alone.
