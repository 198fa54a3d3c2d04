//! Every file of the fuzz corpora goes through the entry point of its target.

use std::{collections::BTreeMap, fs, path::Path};

#[path = "../../fuzz/entries.rs"]
mod entries;

#[test]
fn every_file_of_the_corpora_is_read_without_a_crash() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let targets: BTreeMap<&str, fn(&[u8])> = BTreeMap::from([
        ("archives", entries::archives as fn(&[u8])),
        ("decode", entries::decode),
        ("normalize", entries::normalize),
        ("recognize", entries::recognize),
        ("urls", entries::urls),
    ]);
    for (target, entry) in targets {
        let mut count = 0;
        for file in fs::read_dir(corpora.join(target)).unwrap() {
            entry(&fs::read(file.unwrap().path()).unwrap());
            count += 1;
        }
        assert!(10 <= count, "{target} has {count} files");
    }
}
