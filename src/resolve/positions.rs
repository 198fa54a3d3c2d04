//! Where identities stand in their list.

use crate::domain::{Identity, IdentityId};

/// Identities are numbered from 1 within each file; this finds their place in the list.
#[derive(Debug, Default)]
pub(super) struct Positions {
    starts: Vec<u32>,
}

impl Positions {
    pub(super) fn new(identities: &[(IdentityId, Identity)]) -> Self {
        let mut starts = Vec::new();
        for (at, (id, _)) in (0_u32..).zip(identities) {
            let file = usize::try_from(id.0 >> 32).unwrap_or(0);
            if starts.len() <= file {
                starts.resize(file + 1, at);
            }
        }
        Self { starts }
    }

    pub(super) fn of(&self, id: IdentityId) -> u32 {
        let file = usize::try_from(id.0 >> 32).unwrap_or(0);
        let count = u32::try_from(id.0 & 0xffff_ffff).unwrap_or(1);
        self.starts[file] + count - 1
    }
}
