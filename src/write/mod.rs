//! Reports written out again.
