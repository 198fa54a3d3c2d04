//! What is personal stays with its owner: no network, and nobody else's eyes.

use std::{fs, process::Command};

#[cfg(unix)]
use crate::binary::{Place, samples};

/// Crates that open sockets, or are made for whoever does.
const OF_THE_NETWORK: &[&str] = &[
    "reqwest",
    "hyper",
    "h2",
    "http",
    "ureq",
    "curl",
    "isahc",
    "attohttpc",
    "tokio",
    "async-std",
    "smol",
    "mio",
    "socket2",
    "polling",
    "rustls",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "tungstenite",
    "trust-dns-resolver",
    "hickory-resolver",
    "url",
    "ssh2",
    "lettre",
    "sentry",
    "opentelemetry",
];

#[test]
fn no_crate_of_the_program_speaks_to_a_network() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .args(["--offline", "--locked", "--package", "touchstone"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let text = String::from_utf8(tree.stdout).unwrap();
    let names: Vec<&str> =
        text.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"rusqlite"), "{text}");
    for name in names {
        assert!(!OF_THE_NETWORK.contains(&name), "{name} speaks to a network");
    }
}

#[test]
fn no_code_names_a_socket() {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                for words in ["std::net", "TcpStream", "UdpSocket", "UnixStream"] {
                    assert!(!text.contains(words), "{} has {words}", path.display());
                }
            }
        }
    }
}

#[cfg(unix)]
mod modes {
    use std::{collections::BTreeMap, os::unix::fs::PermissionsExt as _, path::Path};

    use super::{Command, Place, fs, samples};

    /// What tests write themselves is theirs.
    const OWN: &[&str] = &["paths.csv", "touchstone.toml"];

    /// The permissions of all files and folders below a folder, by path.
    fn modes(folder: &Path, found: &mut BTreeMap<String, u32>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if OWN.iter().any(|own| path.ends_with(own)) {
                continue;
            }
            let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            found.insert(path.display().to_string(), mode);
            if path.is_dir() {
                modes(&path, found);
            }
        }
    }

    fn check(place: &Place) {
        let mut found = BTreeMap::new();
        modes(&place.path("."), &mut found);
        assert!(!found.is_empty());
        for (path, mode) in found {
            let expected = if Path::new(&path).is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, expected, "{path} has {mode:o}");
        }
    }

    fn run(place: &Place, umask: &str, words: &str) {
        let line = format!(
            "umask {umask}; exec {} {words} --quiet",
            env!("CARGO_BIN_EXE_touchstone")
        );
        let output =
            Command::new("sh").args(["-c", &line]).current_dir(place.path(".")).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    #[test]
    fn nobody_else_can_read_what_is_written_whatever_the_umask() {
        for umask in ["000", "022"] {
            let place = Place::new();
            let samples = samples();
            let crm = samples.join("crm");
            run(&place, umask, &format!("run {} --out a/b/report", crm.display()));
            check(&place);
            run(&place, umask, &format!("run {} --out a/b/report", samples.display()));
            run(&place, umask, "forget somebody@example.com");
            fs::write(place.path("paths.csv"), "path,conversions\na > b,3\nb,1\n")
                .unwrap();
            // One of an earlier release, which anybody may read.
            fs::write(place.path("effects.csv"), "").unwrap();
            fs::set_permissions(
                place.path("effects.csv"),
                fs::Permissions::from_mode(0o644),
            )
            .unwrap();
            run(
                &place,
                umask,
                "journeys paths.csv --models markov --removal-effects effects.csv \
                 --transitions transitions.csv",
            );
            check(&place);
        }
    }

    #[test]
    fn files_of_a_run_that_was_killed_are_nobody_elses_either() {
        let place = Place::new();
        let line = format!(
            "umask 000; exec {} run {} --quiet",
            env!("CARGO_BIN_EXE_touchstone"),
            samples().display()
        );
        for moment in [5, 20, 60, 150] {
            let mut child = Command::new("sh")
                .args(["-c", &line])
                .current_dir(place.path("."))
                .spawn()
                .unwrap();
            let started = std::time::Instant::now();
            while started.elapsed().as_millis() < moment {
                std::thread::yield_now();
            }
            drop(child.kill());
            child.wait().unwrap();
            let mut found = BTreeMap::new();
            modes(&place.path("."), &mut found);
            for (path, mode) in found {
                assert_eq!(mode & 0o077, 0, "{path} has {mode:o}");
            }
        }
    }
}
