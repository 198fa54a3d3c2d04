//! Tells the LinkedIn posts that bring business from those that bring applause.
//!
//! The modules stand in the order in which data flows; a module uses only those above it.

pub mod domain;
pub mod discover;
pub mod decode;
pub mod recognize;
pub mod normalize;
pub mod propose;
pub mod resolve;
pub mod classify;
pub mod link;
pub mod attribute;
pub mod analyze;
pub mod journeys;
pub mod store;
pub mod report;
pub mod pipeline;
pub mod config;
