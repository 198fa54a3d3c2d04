//! What the library promises, checked from outside: one binary for all of it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod network;

mod browser;
mod commands;
mod formats;
mod hostile;
mod laws;
mod linkedin_exports;
mod schema;
mod tidy;
