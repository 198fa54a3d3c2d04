//! `demo`: a first run for whoever has the binary alone.

use std::{fs, io, path::Path, process::ExitCode};

use touchstone::{report::create_folder, store::write_owner_only};

use super::{
    args, failure::Failure, output::Output, progress::Progress, run, settings::Settings,
};

/// The sample exports: their names, with `/` between folders, and their bytes.
const SAMPLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// Writes the sample exports into a folder, runs on them, and says where everything is.
pub(super) fn demo(
    own: &args::Demo,
    args: &args::Args,
    mut settings: Settings,
    progress: &Progress,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    if args.shared.db.is_some() {
        return Err(Failure::usage("--db: a demonstration has a database of its own")
            .hint("it stands in the folder: touchstone demo DIR"));
    }
    let exports = own.folder.join("exports");
    write(&exports)?;
    settings.database = own.folder.join("touchstone.db");
    settings.out = own.folder.join("touchstone-report");
    let task = args::Run { paths: vec![exports.clone()], ..args::Run::default() };
    let code = run::run(&task, &settings, progress, output)?;
    output.line(&format!("Made of the sample exports in {}", exports.display()))?;
    output.line("Yours: touchstone run FOLDER")?;
    Ok(code)
}

/// Writes the samples; a file of somebody else's is left as it is.
fn write(folder: &Path) -> Result<(), Failure> {
    for (name, bytes) in SAMPLES {
        let path = folder.join(name);
        let cannot = |error: io::Error| {
            Failure::other(format!("cannot write {}: {error}", path.display()))
                .hint("name a folder that you may write to: touchstone demo DIR")
        };
        match fs::read(&path) {
            Ok(found) if found == *bytes => continue,
            Ok(_) => {
                return Err(Failure::other(format!(
                    "{} is there, and is none of the samples",
                    path.display()
                ))
                .hint("name a folder that is new: touchstone demo DIR"));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(cannot(error)),
        }
        create_folder(path.parent().unwrap_or(folder)).map_err(cannot)?;
        write_owner_only(&path, bytes).map_err(cannot)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(folder: &Path, files: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else {
                files.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
    }

    #[test]
    fn files_of_somebody_else_stay_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let labels = folder.path().join("themes.csv");
        fs::write(&labels, "mine").unwrap();
        let failure = write(folder.path()).unwrap_err().to_string();
        assert!(failure.contains("themes.csv is there"), "{failure}");
        assert_eq!(fs::read(&labels).unwrap(), b"mine");
        fs::remove_file(&labels).unwrap();
        write(folder.path()).unwrap();
        write(folder.path()).unwrap();
    }

    #[test]
    fn the_binary_carries_the_samples() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data");
        let mut files = Vec::new();
        walk(Path::new(root), &mut files);
        files.sort_unstable();
        let names: Vec<String> =
            SAMPLES.iter().map(|(name, _)| format!("{root}/{name}")).collect();
        assert_eq!(names, files);
        for (name, bytes) in SAMPLES {
            assert!(fs::read(Path::new(root).join(name)).unwrap() == *bytes, "{name}");
        }
    }
}
