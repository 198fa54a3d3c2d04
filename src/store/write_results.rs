//! What was made of the facts.
