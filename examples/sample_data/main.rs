//! Writes the invented network of `sample-data/`: `cargo run --example sample_data -- DIR
//! [--seed N]`.

use std::{error::Error, fs, path::PathBuf};

mod files;

fn main() -> Result<(), Box<dyn Error>> {
    let mut folder = PathBuf::from("sample-data");
    let mut seed = files::SEED;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--seed" {
            seed = arguments.next().ok_or("--seed needs a number")?.parse()?;
        } else {
            folder = PathBuf::from(argument);
        }
    }
    for (path, bytes) in files::all(seed)? {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}
