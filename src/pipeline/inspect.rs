//! What each file is, before anything is taken from it.

use std::{io, path::PathBuf};

use jiff::Timestamp;
use rayon::prelude::*;

use super::{Event, Observer, PipelineError};
use crate::{
    decode::{self, workbook},
    discover::{self, ExportFile, Found, Limits, Looks, Scan, Whole, hex},
    domain::Rejection,
    normalize::{self, Batch, Outcome, Settings},
    recognize::{self, Registry, Verdict},
};

/// A file with what its bytes tell.
#[derive(Debug)]
pub struct Inspected {
    /// The file; a sheet of a workbook has a name of its own in it.
    pub file: ExportFile,
    /// The workbook's name, where this is one of its sheets.
    pub workbook: Option<String>,
    /// What it is.
    pub verdict: Verdict,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// What all of its bytes tell; their number is its size, decompressed.
    pub whole: Whole,
    /// By what a later run knows the file again, where it can.
    key: Option<[u8; 32]>,
}

impl Inspected {
    /// What came of reading it, as long as it is the file that was looked at.
    pub(super) fn unchanged(&self, outcome: io::Result<Outcome>) -> io::Result<Outcome> {
        if self.file.is_unchanged() {
            return outcome;
        }
        Err(io::Error::other("it changed while it was read; run again once it is whole"))
    }
}

/// Everything found under some paths.
#[derive(Debug, Default)]
pub struct Inspection {
    /// The files, by name.
    pub files: Vec<Inspected>,
    /// What could not be opened.
    pub unreadable: Vec<discover::Unreadable>,
}

impl Inspection {
    /// What later runs need not find again, known already or of files that had not changed for
    /// a while before an instant: one that is written in the moment of the look could change
    /// once more and have the same stamp.
    pub(super) fn looks(&self, known: &Looks, unchanged_before: Timestamp) -> Looks {
        let found = |one: &Inspected| {
            let (file, whole) = (&one.file, one.whole);
            let is_old = file.stamp.is_older_than(unchanged_before);
            (is_old && file.is_unchanged()).then_some(whole)
        };
        self.files
            .iter()
            .filter_map(|one| {
                let key = one.key?;
                Some((key, known.get(&key).copied().or_else(|| found(one))?))
            })
            .collect()
    }
}

/// Looks at all files under the paths: reads each once, and recognizes it.
pub fn inspect(
    paths: &[PathBuf],
    registry: &Registry,
    limits: Limits,
    observer: Observer<'_>,
) -> Result<Inspection, PipelineError> {
    inspect_again(paths, registry, limits, &Looks::new(), observer)
}

/// Looks at all files under the paths; those that are known as they are, are not read to
/// their ends.
pub(super) fn inspect_again(
    paths: &[PathBuf],
    registry: &Registry,
    limits: Limits,
    known: &Looks,
    observer: Observer<'_>,
) -> Result<Inspection, PipelineError> {
    let found = discover::files(paths, limits)?;
    if found.files.is_empty() && found.unreadable.is_empty() {
        let paths: Vec<String> =
            paths.iter().map(|path| path.display().to_string()).collect();
        return Err(PipelineError::Empty { paths: paths.join(", ") });
    }
    Ok(inspect_found(found, registry, limits, known, observer))
}

/// Looks at files that were found.
pub(super) fn inspect_found(
    found: Found,
    registry: &Registry,
    limits: Limits,
    known: &Looks,
    observer: Observer<'_>,
) -> Inspection {
    let total = found.files.len() as u64;
    observer(Event::Begin { stage: "look", total });
    let mut files: Vec<_> = found.files.into_iter().enumerate().collect();
    // The largest first, so that none is left to a single thread at the end.
    files.sort_by_key(|(_, file)| std::cmp::Reverse(file.stamp.bytes()));
    let mut looked: Vec<(usize, Result<Vec<Inspected>, discover::Unreadable>)> = files
        .into_iter()
        .par_bridge()
        .map(|(place, file)| {
            let key = file.look_key(limits);
            let whole = key.as_ref().and_then(|key| known.get(key));
            let again =
                whole.and_then(|whole| scan_again(&file, registry, *whole, limits));
            let scanned = match again {
                Some(scanned) => Ok(scanned),
                None => scan(&file, limits).map(|scan| (scan, None)),
            };
            observer(Event::Advance { count: 1 });
            let looked = match scanned {
                Ok((scan, Some(verdict))) => Ok(vec![one(file, verdict, (&scan, key))]),
                Ok((scan, None)) => Ok(inspected(file, registry, (&scan, key), limits)),
                Err(error) => Err(discover::Unreadable {
                    reason: format!("it cannot be read to its end: {error}"),
                    name: file.name,
                }),
            };
            (place, looked)
        })
        .collect();
    looked.sort_unstable_by_key(|(place, _)| *place);
    let mut inspection = Inspection { files: Vec::new(), unreadable: found.unreadable };
    for (_, one) in looked {
        match one {
            Ok(tables) => inspection.files.extend(tables),
            Err(unreadable) => inspection.unreadable.push(unreadable),
        }
    }
    let known =
        inspection.files.iter().filter(|one| matches!(one.verdict, Verdict::Known(_)));
    let counts = [("files", total), ("known exports", known.count() as u64)];
    observer(Event::End { stage: "look", counts: &counts });
    inspection
}

/// What a table is where other formats are known.
pub(super) fn again(
    inspected: &Inspected,
    registry: &Registry,
    limits: Limits,
) -> Option<Verdict> {
    let mut file = inspected.file.clone();
    if let Some(workbook) = &inspected.workbook {
        file.name.clone_from(workbook);
    }
    let scan = scan(&file, limits).ok()?;
    let tables = self::inspected(file, registry, (&scan, inspected.key), limits);
    let same = tables.into_iter().find(|one| one.file.name == inspected.file.name);
    same.map(|one| one.verdict)
}

/// Reads a file to its end.
fn scan(file: &ExportFile, limits: Limits) -> io::Result<Scan> {
    file.source.with_bytes(limits, |bytes| discover::scan(bytes))
}

/// Reads the first bytes of a file of which the others are known, or so many as tell what it
/// is; none where it cannot be read, or has just changed.
fn scan_again(
    file: &ExportFile,
    registry: &Registry,
    whole: Whole,
    limits: Limits,
) -> Option<(Scan, Option<Verdict>)> {
    let mut scan = Scan { whole, head: Vec::new() };
    let read = file.source.with_bytes(limits, |bytes| {
        discover::read_head(bytes, &mut scan.head)?;
        let verdict = recognize::by_begin(registry, &file.name, &scan);
        if verdict.is_none() {
            discover::read_head(bytes, &mut scan.head)?;
        }
        Ok(verdict)
    });
    let verdict = read.ok()?;
    file.is_unchanged().then_some((scan, verdict))
}

/// A file that is one table.
fn one(
    file: ExportFile,
    verdict: Verdict,
    (scan, key): (&Scan, Option<[u8; 32]>),
) -> Inspected {
    let sha256 = hex(&scan.whole.sha256);
    Inspected { file, workbook: None, verdict, sha256, whole: scan.whole, key }
}

/// The tables of a file: one, or one for each sheet of a workbook.
fn inspected(
    file: ExportFile,
    registry: &Registry,
    (scan, key): (&Scan, Option<[u8; 32]>),
    limits: Limits,
) -> Vec<Inspected> {
    let one = |file: ExportFile, verdict| vec![one(file, verdict, (scan, key))];
    let refused = |error: io::Error| Verdict::Refused(error.to_string());
    let encoding = decode::text_encoding(scan);
    if decode::json::is_json(&decode::head(scan, encoding)) {
        let encoding = decode::json::encoding(encoding);
        let columns = file.source.with_bytes(limits, |bytes| {
            decode::json::columns(bytes, encoding, limits.record_bytes)
        });
        let verdict = columns
            .map_or_else(refused, |columns| recognize::json(registry, columns, encoding));
        return one(file, verdict);
    }
    if !workbook::is_workbook(&scan.head) {
        let verdict = recognize::file(registry, &file.name, scan);
        return one(file, verdict);
    }
    let heads =
        file.source.with_bytes(limits, |bytes| workbook::sheet_heads(bytes, limits));
    let heads = match heads {
        Ok(heads) => heads,
        Err(error) => return one(file, refused(error)),
    };
    recognize::workbook(registry, &heads)
        .into_iter()
        .map(|(sheet, verdict)| Inspected {
            file: ExportFile { name: format!("{}/{sheet}", file.name), ..file.clone() },
            workbook: Some(file.name.clone()),
            verdict,
            sha256: hex(&scan.whole.sha256),
            whole: scan.whole,
            key,
        })
        .collect()
}

/// Why a file cannot be used, with the way out; none for those that can or need not be.
pub fn why_not(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Known(_) | Verdict::Ignored(_) => None,
        Verdict::Refused(reason) => Some(reason.clone()),
        Verdict::Ambiguous(names) => {
            // Formats of the user's own are told apart where they stand.
            let is_usual = names.iter().all(|name| name.starts_with("generic-"));
            let way_out = if is_usual {
                "; `touchstone inspect` of the file proposes a format that decides"
            } else {
                ""
            };
            Some(format!("several formats fit alike: {}{way_out}", names.join(", ")))
        }
        Verdict::Unknown(unknown) => Some(match &unknown.nearest {
            Some(nearest) => format!(
                "no format fits; the nearest is {}, which lacks: {}; `touchstone inspect` of the \
                 file proposes one, where its columns tell",
                nearest.format,
                nearest.lacks.join(", ")
            ),
            None => "no format fits, and none is near".to_owned(),
        }),
    }
}

/// What a file would give, and what is wrong with it.
#[derive(Debug)]
pub struct Preview {
    /// How its rows read.
    pub outcome: Outcome,
    /// How many rejections there are.
    pub rejections: u64,
    /// The first of them.
    pub first: Vec<Rejection>,
}

/// Rejections that a preview keeps.
const FIRST_REJECTIONS: usize = 5;

/// Reads a known file to its end without keeping anything.
pub fn preview(
    inspected: &Inspected,
    settings: &Settings,
    limits: Limits,
) -> Option<io::Result<Preview>> {
    let Verdict::Known(known) = &inspected.verdict else { return None };
    let (mut rejections, mut first) = (0, Vec::new());
    let mut count = |batch: Batch| {
        rejections += batch.rejections.len() as u64;
        let wanted = FIRST_REJECTIONS.saturating_sub(first.len());
        first.extend(batch.rejections.into_iter().take(wanted));
    };
    let source = &inspected.file.source;
    let outcome = normalize::file(source, limits, known, 1, settings, &mut count);
    Some(outcome.map(|outcome| {
        if let Some(fault) = outcome.broken_off() {
            rejections += 1;
            first.push(fault);
        }
        Preview { outcome, rejections, first }
    }))
}
