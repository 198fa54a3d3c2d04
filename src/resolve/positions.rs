//! Where identities stand in their list.

use crate::domain::{Identities, IdentityId};

/// Identities are numbered from 1 within each file; this finds their place in the list.
#[derive(Debug, Default)]
pub(super) struct Positions {
    starts: Vec<u32>,
    /// All ids, where some were left out, so that numbers do not tell places.
    with_gaps: Option<Vec<i64>>,
}

impl Positions {
    pub(super) fn new(identities: &Identities) -> Self {
        let mut starts = Vec::new();
        for (at, (id, _)) in (0_u32..).zip(identities.iter()) {
            let file = id.source_file_id() as usize;
            if starts.len() <= file {
                starts.resize(file + 1, at);
            }
        }
        let with_gaps = || identities.iter().map(|(id, _)| id.0).collect();
        let dense = Self { starts, with_gaps: None };
        let is_dense =
            (0_u32..).zip(identities.iter()).all(|(at, (id, _))| dense.of(id) == at);
        if is_dense { dense } else { Self { with_gaps: Some(with_gaps()), ..dense } }
    }

    pub(super) fn of(&self, id: IdentityId) -> u32 {
        if let Some(ids) = &self.with_gaps {
            let at = ids.binary_search(&id.0).expect("every identity is in the list");
            return u32::try_from(at).expect("fewer than 2^32 identities");
        }
        self.starts[id.source_file_id() as usize] + id.count() - 1
    }
}
