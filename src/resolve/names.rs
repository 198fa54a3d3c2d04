//! Names and companies as keys that are made only where they are needed.

use std::hash::{BuildHasher, Hash};

use rustc_hash::FxBuildHasher;

use crate::{
    domain::Identity,
    normalize::{
        company::{self, CompanyKey},
        email, name,
    },
};

/// The comparison form of a person's name.
pub fn name_key(identity: Identity<&str>) -> Option<String> {
    name::key(identity.full_name?)
}

/// A number for a key, which few others share.
pub(super) fn hash(key: impl Hash) -> u64 {
    FxBuildHasher.hash_one(key)
}

/// All keys of an identity's company, folded: its name, its domain, its aliases.
pub(super) fn company_keys(identity: Identity<&str>) -> Vec<String> {
    identity.company.map(keys_of).unwrap_or_default()
}

/// All keys of a company's name or domain.
pub(super) fn keys_of(text: &str) -> Vec<String> {
    let own = company::key(text).map(|key| match key {
        CompanyKey::Name(name) => name,
        CompanyKey::Domain(domain) => domain_key(&domain),
    });
    own.into_iter().chain(company::aliases(text)).collect()
}

/// The key of the company whose domain stands in an address.
pub(super) fn mail_key(address: &str) -> Option<String> {
    email::company_domain(address).map(domain_key)
}

/// Whether a key of a company is a domain.
pub(super) fn is_domain(key: &str) -> bool {
    key.starts_with(DOMAIN)
}

const DOMAIN: &str = "domain:";

fn domain_key(domain: &str) -> String {
    format!("{DOMAIN}{domain}")
}
