//! Files that were written earlier, and name a person still.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// What was written into some folders.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Files that name the person.
    pub(super) naming: Vec<PathBuf>,
    /// Compressed files, which are not looked into.
    pub(super) packed: Vec<PathBuf>,
}

/// Looks through folders, and those within, for words in any case.
pub(super) fn written(folders: &[&Path], words: &BTreeSet<String>) -> Written {
    let words: BTreeSet<String> = words
        .iter()
        .map(|word| word.to_lowercase())
        .filter(|word| 3 < word.len())
        .flat_map(|word| spellings(&word))
        .collect();
    let mut written = Written::default();
    for folder in folders {
        look(folder, &words, &mut written);
    }
    written
}

/// A word as text, pages, drawings and tables write it.
fn spellings(word: &str) -> [String; 5] {
    let escaped = |signs: &[(char, &str)]| -> String {
        let sign = |one: char| {
            let known = signs.iter().find(|(sign, _)| *sign == one);
            known.map_or_else(|| one.to_string(), |(_, escaped)| (*escaped).to_owned())
        };
        word.chars().map(sign).collect()
    };
    [
        word.to_owned(),
        escaped(&[
            ('&', "&#38;"),
            ('<', "&#60;"),
            ('>', "&#62;"),
            ('"', "&#34;"),
            ('\'', "&#39;"),
        ]),
        escaped(&[
            ('&', "&amp;"),
            ('<', "&lt;"),
            ('>', "&gt;"),
            ('"', "&quot;"),
            ('\'', "&apos;"),
        ]),
        // JSON, CSV.
        escaped(&[('"', "\\\""), ('\\', "\\\\")]),
        escaped(&[('"', "\"\"")]),
    ]
}

fn look(folder: &Path, words: &BTreeSet<String>, written: &mut Written) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type());
        if kind.as_ref().is_ok_and(fs::FileType::is_dir) {
            look(&path, words, written);
        } else if kind.is_ok_and(|kind| kind.is_file()) {
            match names(&path, words) {
                Ok(true) => written.naming.push(path),
                Ok(false) => {}
                // What cannot be read may name anybody, as what is compressed.
                Err(_) => written.packed.push(path),
            }
        }
    }
}

const WINDOW_BYTES: usize = 1 << 20;

/// Whether a file names any of them; an error where it cannot be told.
fn names(path: &Path, words: &BTreeSet<String>) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let longest = words.iter().map(String::len).max().unwrap_or(0);
    let mut window = Vec::new();
    loop {
        let count = file.by_ref().take(WINDOW_BYTES as u64).read_to_end(&mut window)?;
        if window.starts_with(b"PK\x03\x04") || window.starts_with(b"PAR1") {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let text = String::from_utf8_lossy(&window).to_lowercase();
        if words.iter().any(|word| text.contains(word.as_str())) {
            return Ok(true);
        }
        if count == 0 {
            return Ok(false);
        }
        // A name may lie across the end; letters in another case may take more bytes.
        window.drain(..window.len().saturating_sub(4 * longest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_however_its_signs_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let texts = [
            "Pat \"Al\" O'Dell & Co",
            "Pat &#34;Al&#34; O&#39;Dell &#38; Co",
            "Pat &quot;Al&quot; O&apos;Dell &amp; Co",
            "Pat \\\"Al\\\" O'Dell & Co",
            "Pat \"\"Al\"\" O'Dell & Co",
        ];
        for (at, text) in texts.iter().enumerate() {
            fs::write(folder.path().join(at.to_string()), text).unwrap();
        }
        let words = BTreeSet::from([texts[0].to_owned()]);
        let written = written(&[folder.path()], &words);
        assert_eq!(written.naming.len(), texts.len(), "{:?}", written.naming);
    }

    #[test]
    fn a_name_is_found_wherever_it_lies_and_what_is_compressed_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        for (name, bytes) in [
            (
                "across.csv",
                [vec![b'x'; WINDOW_BYTES - 3], b"Zo\xc3\xab Ward".to_vec()].concat(),
            ),
            ("nobody.csv", b"Zoo Warden".to_vec()),
            ("tables.xlsx", b"PK\x03\x04".to_vec()),
        ] {
            fs::write(inner.join(name), bytes).unwrap();
        }
        let written = written(&[folder.path()], &["Zoë Ward".to_owned()].into());
        assert_eq!(written.naming, [inner.join("across.csv")]);
        assert_eq!(written.packed, [inner.join("tables.xlsx")]);
    }
}
