//! The files of the sample data, made from one story and one seed.

use std::{collections::BTreeMap, error::Error};

mod broken;
mod crm;
mod engagers;
mod linkedin;
mod story;
mod text;

/// The seed of the committed sample data.
pub(crate) const SEED: u64 = 2024;

/// Every file by its path below the folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Makes all files of the sample data.
pub(crate) fn all(seed: u64) -> Result<Files, Box<dyn Error>> {
    let story = story::Story::new(seed)?;
    let mut files = Files::new();
    linkedin::write(&story, &mut files)?;
    engagers::write(&story, &mut files);
    crm::write(&story, &mut files);
    broken::write(&mut files)?;
    Ok(files)
}
