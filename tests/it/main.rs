//! What the library promises, checked from outside: one binary for all of it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod binary;
mod network;
mod nights;

mod bombs;
mod browser;
mod changing;
mod commands;
mod corpora;
mod custom;
mod divided;
mod documents;
mod erased_ids;
mod exchange;
mod export;
mod extremes;
mod faults;
mod forget;
mod formats;
mod hostile;
mod joins;
mod labels;
mod laws;
mod linkedin_exports;
mod looks;
mod orders;
mod origins;
mod own_formats;
mod power;
mod privacy;
mod pseudonyms;
mod retention;
mod schema;
mod sheets;
mod spaces;
mod spellings;
mod spread;
mod stories;
mod tidy;
mod untold;
mod versions;
mod weak_ids;
mod who_is_who;
